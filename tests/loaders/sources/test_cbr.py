"""The Bank of Russia's daily rates: whole months only, for one unit, averaged exactly."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from loaders.core.source import KnownBefore
from loaders.sources import cbr
from tests.loaders.support import kit

CNY = kit.recorded("cbr", "cny.xml")


def test_the_mean_is_of_roubles_for_one_yuan() -> None:
    """Ten-yuan and one-yuan days average to (12.55 + 12.6 + 12.5763) / 3 roubles."""
    parsed = cbr.parse(CNY, "CNY")
    assert parsed.rates is not None
    row = parsed.rates.set_index("period_start").loc["2023-12"]
    assert row["value"] == "12.575433"
    assert row["pair"] == "RUB per CNY"
    assert row["kind"] == "computed: mean of 3 official daily rates"


def test_a_month_counts_when_the_range_covers_it() -> None:
    """November, asked for from its first day, counts; January, cut at the 30th, does not."""
    parsed = cbr.parse(CNY, "CNY")
    assert parsed.rates is not None
    assert parsed.rates["period_start"].tolist() == ["2023-11", "2023-12"]
    assert parsed.rows_read == 5
    later = cbr.parse(CNY.replace(b'DateRange1="01.11.2023"', b'DateRange1="02.11.2023"'), "CNY")
    assert later.rates is not None
    assert later.rates["period_start"].tolist() == ["2023-12"]


def test_the_running_month_is_not_asked_for() -> None:
    """On 24 November the range ends with October."""
    known = KnownBefore(pd.DataFrame(), pd.Timestamp("2026-11-24"))
    assert all("date_req2=31/10/2026" in call.path for call in cbr.fetch(known))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"R01375", b"R01239", "not about the dollar or the yuan (ID 'R01239')"),
        (b'05.12.2023" Id="R01375"', b'05.12.2023" Id="R01235"', "record 3: is about R01235, not R01375"),
        (b"<Value>12,6000", b"<Value>-12,6000", "record 3: '-12,6000' is no rate"),
        (b"<Value>12,6000", b"<Value>0,0000", "record 3: '0,0000' is no rate"),
        (b"<VunitRate>12,55<", b"<VunitRate>125,5<", "record 2: 125,5 roubles a unit contradict 125,5000 for 10"),
        (b"05.12.2023", b"35.12.2023", "record 3: '35.12.2023' is no date"),
        (b"05.12.2023", b"01.12.2023", "has two rates"),
        (b"</ValCurs>", b"", "is no whole XML answer"),
        (b"?>", b'?><!DOCTYPE a [<!ENTITY x "y">]>', "declares entities"),
    ],
)
def test_a_doubtful_answer_is_refused(old: bytes, new: bytes, why: str) -> None:
    """Another currency, a bad number, a contradiction or broken XML refuses the whole answer."""
    assert why in kit.refusal(cbr.parse, CNY.replace(old, new))


def test_an_answer_without_rates_says_what_it_holds() -> None:
    """The bank's own words about wrong parameters are passed on."""
    text = '<?xml version="1.0"?><ValCurs ID="R01375">Error in parameters</ValCurs>'
    assert 'it says "Error in parameters"' in kit.refusal(cbr.parse, text.encode())


@settings(max_examples=40, deadline=None)
@given(kit.any_of("cbr"))
def test_damage_never_invents_a_rate(content: bytes) -> None:
    """A damaged answer is refused in one line, or read."""
    kit.survives(cbr.SOURCE, content)
