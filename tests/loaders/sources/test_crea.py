"""CREA's estimates: two currencies, tonnes as a quantity, never as a reported weight."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings

from loaders.core.source import KnownBefore
from loaders.sources import crea
from tests.loaders.support import kit

COUNTER = kit.recorded("crea", "counter.csv")


def test_an_estimate_is_marked_as_one() -> None:
    """A figure is Russia's export to China, estimated, in a code of its own, as printed."""
    row = kit.only(crea.parse(COUNTER, "counter"), commodity_code="CREA_CRUDE_OIL", currency="EUR")
    assert row["value"] == 1900000000.25
    wanted = ["crea", "RUS", "CHN", "export", "none", "unknown", "estimated"]
    assert row[["source", "reporter", "partner", "flow", "classification", "valuation", "status"]].tolist() == wanted
    assert row["period_start"] == row["period_end"] == pd.Timestamp("2026-03-01")


def test_modelled_tonnes_are_no_reported_weight() -> None:
    """Tonnes stand as a quantity that says it is estimated; the weight stays empty."""
    row = kit.only(crea.parse(COUNTER, "counter"), commodity_code="CREA_CRUDE_OIL", currency="USD")
    assert (row["quantity"], row["quantity_unit"]) == (4123456.7, "t, estimated")
    assert pd.isna(row["net_weight_kg"])


def test_missing_tonnes_stay_missing() -> None:
    """A value without tonnes has neither quantity nor unit."""
    row = kit.only(crea.parse(COUNTER, "counter"), commodity_code="CREA_LNG", currency="USD")
    assert pd.isna(row["quantity"])
    assert pd.isna(row["quantity_unit"])


def test_both_ways_to_write_a_month_are_read() -> None:
    """2026-04 is April, and 8.078e8 is 807,800,000."""
    row = kit.only(crea.parse(COUNTER, "counter"), commodity_code="CREA_COAL", currency="USD")
    assert row["period_start"] == pd.Timestamp("2026-04-01")
    assert row["value"] == 807_800_000


def test_other_scenarios_and_unknown_goods_are_counted() -> None:
    """What is not the default estimate of a known fuel is left out by reason."""
    parsed = crea.parse(COUNTER, "counter")
    assert parsed.left_out == {"another pricing scenario": 1, "unknown commodity moonshine": 1}
    assert len(parsed.table) == 6


def test_another_destination_is_left_out() -> None:
    """An answer that brings other countries too loses them, and says how many."""
    text = COUNTER.replace(b"month,", b"month,destination_iso2,").replace(b"-01,def", b"-01,CN,def")
    text = text.replace(b"2026-04,", b"2026-04,IN,")
    assert crea.parse(text, "counter").left_out["destination IN"] == 2


def test_only_months_that_are_over_are_asked_for() -> None:
    """On 24 November the counter is asked up to the end of October, and later months are not kept."""
    call = next(crea.fetch(KnownBefore(pd.DataFrame(), pd.Timestamp("2026-11-24 08:00"))))
    assert "&date_to=2026-10-31&" in call.path
    assert call.until == pd.Timestamp("2026-10-31")


@settings(max_examples=40, deadline=None)
@given(kit.any_of("crea"))
def test_damage_never_invents_a_figure(content: bytes) -> None:
    """A damaged answer is refused in one line, or every row of it is accounted for."""
    kit.survives(crea.SOURCE, content)
