"""Which values stand behind a row: one hand-made row for each kind of chart. All figures here are made up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.monthly import index_and_share
from analysis.points import FLIPPED, PartRole, PointPart, named
from analysis.trace import row_parts

NOTHING = float("nan")


def row(**cells: Any) -> dict[str, Any]:
    """Return a row of 2023 of China's customs, in dollars."""
    year = {"period_start": pd.Timestamp(2023, 1, 1), "period_end": pd.Timestamp(2023, 12, 1)}
    return {**year, "value": 30.0, "source": "comtrade", "flow": "import", "currency": "USD", **cells}


def told(part: PointPart) -> tuple[PartRole, float, str, str, str, int]:
    """Return what a part is: role, value, who reports of whom, flow, year."""
    return part.role, part.value, part.reporter, part.partner, part.flow, part.start.year


def test_goods_by_customs_and_by_baci() -> None:
    """Customs' own goods are China's, BACI's what the seller sold; each with the base year, where there is one."""
    based = {"code": "27", "base_value": 20.0, "base_start": pd.Timestamp(2021, 1, 1)}
    assert [told(one) for one in row_parts.lines(row(**based))] == [
        (PartRole.FIGURE, 30.0, "CHN", "RUS", "import", 2023),
        (PartRole.BASE, 20.0, "CHN", "RUS", "import", 2021),
    ]
    assert [told(one) for one in row_parts.lines(row(source="baci", **based))] == [
        (PartRole.FIGURE, 30.0, "RUS", "CHN", "export", 2023),
        (PartRole.BASE, 20.0, "RUS", "CHN", "export", 2021),
    ]
    for source in ("comtrade", "baci"):
        (alone,) = row_parts.lines(row(source=source, code="27", base_value=NOTHING))
        assert alone.role is PartRole.FIGURE
    assert row_parts.lines(row(value=NOTHING)) == []


def test_chips_are_whole_headings() -> None:
    """The codes of the two headings, not those of the lines that a year happens to have."""
    chips = {"source": "baci", "series": "chips", "tier": "8541+8542", "codes": "854110", "flow": None}
    (part,) = row_parts.lines(row(**chips))
    assert (part.codes, part.reporter, part.flow) == (("8541", "8542"), "CHN", "export")


@pytest.mark.parametrize(("source", "seller"), [("comtrade", "CHN"), ("baci", "RUS")])
def test_a_change_has_two_years(source: str, seller: str) -> None:
    """The year before and the year itself, each with its value; nothing where one is not held."""
    span = {"period_start": pd.Timestamp(2021, 1, 1), "value_before": 12.0, "codes": "2709"}
    parts = row_parts.split(row(source=source, **span))
    assert [(one.start.year, one.end.year, one.value) for one in parts] == [(2021, 2021, 12.0), (2023, 2023, 30.0)]
    assert {(one.role, one.reporter) for one in parts} == {(PartRole.YEAR, seller)}
    assert row_parts.split(row(**span | {"value_before": NOTHING})) == []
    assert row_parts.bought(row(value=NOTHING)) == row_parts.bought(row(source=None)) == []


def test_crude_of_all_origins_is_both_sides_together() -> None:
    """Russia's 30 and the others' 70 are 100 from the world; a price alone has one part."""
    both = row_parts.priced(row(codes="270900", other_value=70.0, base_source="gacc"))
    assert [(one.role, one.value, one.partner, one.source) for one in both] == [
        (PartRole.RUSSIAN_CRUDE, 30.0, "RUS", "comtrade"),
        (PartRole.ALL_CRUDE, 100.0, "WLD", "gacc"),
    ]
    assert {one.codes for one in both} == {("2709",)}
    assert [one.role for one in row_parts.priced(row(other_value=NOTHING))] == [PartRole.RUSSIAN_CRUDE]
    assert row_parts.priced(row(value=NOTHING)) == []


@pytest.mark.parametrize(("flow", "china", "russia"), [("import", 30.0, 20.0), ("export", 20.0, 30.0)])
def test_two_counts_of_one_flow(flow: str, china: float, russia: float) -> None:
    """``value`` is the importer's: China's where it bought, Russia's where it did; each side names its own flow."""
    parts = row_parts.faced(row(flow=flow, exporter_value=20.0, china_source="comtrade", russia_source="fcs"))
    assert [(one.value, one.reporter, one.flow, one.source) for one in parts] == [
        (china, "CHN", flow, "comtrade"),
        (russia, "RUS", FLIPPED[flow], "fcs"),
    ]


def test_a_leg_of_a_way_round() -> None:
    """An index stands on 2021, a rate on the same months a year before, 2021 itself and a piece on nothing."""
    leg = {"reporter": "CHN", "partner": "KAZ", "flow": "export", "base_value": 10.0}
    based = row_parts.placed(row(**leg, index=300.0))
    assert [(one.role, one.value, one.start.year) for one in based] == [
        (PartRole.FIGURE, 30.0, 2023),
        (PartRole.BASE, 10.0, 2021),
    ]
    months = {"period_end": pd.Timestamp(2023, 7, 1), "yoy_pct": 200.0}
    before = row_parts.placed(row(**leg, **months))[1]
    assert (before.role, before.value) == (PartRole.YEAR_BEFORE, 10.0)
    assert (before.start, before.end) == (pd.Timestamp(2022, 1, 1), pd.Timestamp(2022, 7, 1))
    assert len(row_parts.placed(row(**leg, index=NOTHING))) == 1
    year = {"period_start": pd.Timestamp(2021, 1, 1), "period_end": pd.Timestamp(2021, 12, 1)}
    assert len(row_parts.placed(row(**leg, **year, index=100.0))) == 1
    assert row_parts.placed(row(**leg | {"value": NOTHING})) == []


def test_a_statement_rests_on_no_trade_and_a_claim_on_two_years() -> None:
    """What a speaker says leads nowhere; a claim of BACI is what Russia sold, in both years."""
    assert row_parts.none(row()) == []
    parts = row_parts.claimed(row(source="baci", base_value=20.0, base_source="baci"))
    assert [told(one) for one in parts] == [
        (PartRole.FIGURE, 30.0, "RUS", "CHN", "export", 2023),
        (PartRole.YEAR_BEFORE, 20.0, "RUS", "CHN", "export", 2022),
    ]


def test_a_share_of_the_world_has_a_pair_and_a_whole() -> None:
    """Both from China, each of its own source; a row without a whole is the figure alone."""
    cells = {"world_value": 300.0, "pair_source": "gacc", "world_source": "press"}
    assert [(one.role, one.value, one.partner, one.source) for one in index_and_share.parts(row(**cells))] == [
        (PartRole.PAIR, 30.0, "RUS", "gacc"),
        (PartRole.WORLD, 300.0, "WLD", "press"),
    ]
    assert [one.role for one in index_and_share.parts(row())] == [PartRole.FIGURE]


def test_no_rows_have_no_names() -> None:
    """The column is there all the same."""
    assert named(pd.DataFrame({"flow": []}), "pulse", ("flow",))["point"].tolist() == []
