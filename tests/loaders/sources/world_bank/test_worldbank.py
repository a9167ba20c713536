"""The World Bank's indicators: totals are trade with the world, rates stand beside them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from loaders.sources.world_bank import source as worldbank
from tests.loaders.support import kit

BOTH = kit.recorded("worldbank", "both.json")


def test_totals_are_trade_with_the_world() -> None:
    """Merchandise exports are FOB and imports CIF, over a calendar year, dated by the bank's last update."""
    parsed = worldbank.parse(BOTH, "wb")
    exports = kit.only(parsed, reporter="CHN")
    assert (exports["value"], exports["flow"], exports["partner"], exports["valuation"]) == (
        3.577e12,
        "export",
        "WLD",
        "FOB",
    )
    assert (exports["period_start"], exports["period_end"]) == (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-12-01"))
    assert exports["released"] == pd.Timestamp("2026-10-13")
    imports = kit.only(parsed, reporter="RUS")
    assert (imports["value"], imports["flow"], imports["valuation"]) == (302_000_000_000, "import", "CIF")


def test_rates_are_kept_to_the_last_digit() -> None:
    """Rates stand as printed; a year without one is missing, not zero."""
    parsed = worldbank.parse(BOTH, "wb")
    assert parsed.rates is not None
    assert parsed.rates[["pair", "period_end", "value", "released"]].to_numpy().tolist() == [
        ["CNY per USD", "2024-12", "7.19749110789917", "2026-10-13"],
        ["RUB per USD", "2024-12", "92.5524", "2026-10-13"],
    ]
    assert parsed.left_out == {"indicator NY.GDP.MKTP.CD": 1}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (
            b'[{"message":[{"id":"120","key":"Invalid value","value":"not valid"}]}]',
            'is an error message ("not valid")',
        ),
        (b'[{"pages":2,"page":1},[{"date":"2024"}]]', "only the first of 2 pages"),
        (b'[{"pages":1},[]]', "holds no figures"),
        (b'[{"pages":1},null]', "holds no figures"),
        (b'{"pages":1}', "holds no figures"),
        (b'[{"pages":1},[', "is no whole JSON answer"),
    ],
)
def test_an_answer_without_figures_is_refused(answer: bytes, why: str) -> None:
    """Errors with status 200, pages that are missing and empty lists are no data."""
    assert why in kit.refusal(worldbank.parse, answer)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"92.5524", b'"many"'),
        (b"92.5524", b"-92.5"),
        (b"92.5524", b"NaN"),
        (b'"countryiso3code":"RUS","date":"2024","value":92', b'"countryiso3code":"XYZ","date":"2024","value":92'),
        (b'"date":"2024","value":92', b'"date":"2024Q1","value":92'),
        (b'92.5524,"unit":""', b'92.5524,"unit":"kopeks"'),
    ],
)
def test_a_bad_figure_is_named(old: bytes, new: bytes) -> None:
    """A figure that is no number, of no known country, year or unit is a bad row with its place."""
    parsed = worldbank.parse(BOTH.replace(old, new), "wb")
    assert len(parsed.refused) == 1
    assert parsed.refused[0].startswith("wb, row 2: ")
    assert parsed.rates is not None
    assert parsed.rates["pair"].tolist() == ["CNY per USD"]


@settings(max_examples=40, deadline=None)
@given(kit.any_of("worldbank"))
def test_damage_never_invents_a_figure(content: bytes) -> None:
    """A damaged answer is refused in one line, or every row of it is accounted for."""
    kit.survives(worldbank.SOURCE, content)
