"""Through third countries: who rose, what speaks against it, what a panel says of a missing year. Made up here."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.partners.rerouting import BASE, COUNTED, FROM_CHINA, TO_RUSSIA, YUAN
from analysis.selection import Selection
from layouts.charts.rerouting import chart, panels
from layouts.look.theme import LIGHT, PRINT, on_page

NAN = float("nan")


def row(place: str, leg: str, year: int, value: float, base: float = 1e9, **over: Any) -> dict[Any, Any]:
    """Return one year of a leg, whole US$."""
    days = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 1)}
    cells = {"place": place, "name": place, "leg": leg, "value": value, "base_value": base, "index": 100 * value / base}
    cells |= {
        "reason": None,
        "status": "final",
        "source": "comtrade",
        "yoy_pct": NAN,
        "basis": "OWN FOB HS now computed",
    }
    cells |= {"reference": "synthetic", "released": pd.NaT, "provisional": False, "point": f"p:{place}.{leg}.{year}"}
    return {**days, **cells, **over}


def place(code: str, to_russia: float, from_china: float, year: int = 2023) -> list[dict[Any, Any]]:
    """Return both legs of a place in the base year and another."""
    legs = ((TO_RUSSIA, to_russia), (FROM_CHINA, from_china))
    return [row(code, leg, which, value) for leg, end in legs for which, value in ((BASE, 1e9), (year, end))]


def drawn(rows: list[dict[Any, Any]], width: int = 0) -> dict[str, Any]:
    """Return the picture in print or on a page."""
    return chart.draw(pd.DataFrame(rows), Selection(), on_page(width) if width else PRINT)


def texts(figure: dict[str, Any]) -> list[str]:
    """Return the words of a picture."""
    return [str(one["text"]) for one in figure["layout"]["annotations"]]


def test_places_where_both_legs_rose_are_counted() -> None:
    """Two of three: in the third sales to Russia fell, and the note says by how much, in both years."""
    rows = pd.DataFrame([*place("KAZ", 3e9, 2e9), *place("ARM", 2e9, 3e9), *place("TUR", 0.5e9, 2e9)])
    words = chart.words(rows, Selection())
    assert "2" in words.finding
    assert "3" in words.finding
    assert [one.value for one in words.stated] == [2.0]
    assert panels.named("TUR") in words.note
    assert "0.50" in words.note
    assert panels.named("KAZ") not in words.note


def test_without_an_index_nothing_is_judged_or_drawn() -> None:
    """Figures in yuan alone stand in no panel; no rows say what is lacking."""
    yuan = pd.DataFrame([row("KAZ", YUAN, 2023, 90e9, index=NAN)])
    assert not chart.shows(yuan, Selection())
    assert chart.words(yuan, Selection()).source == ""
    assert chart.draw(yuan, Selection(), PRINT).empty
    assert chart.shows(pd.DataFrame(place("KAZ", 3e9, 2e9)), Selection())


@pytest.mark.parametrize("width", [0, 288, 390, 768, 1040])
def test_the_steepest_rise_towards_russia_stands_first(width: int) -> None:
    """Panels in the order of the newest index, at every width; each leg in the colour of whose figure it is."""
    figure = drawn([*place("TUR", 2e9, 2e9, 2022), *place("KAZ", 5e9, 2e9, 2022)], width)
    names = [text for text in texts(figure) if text in {f"<b>{panels.named(code)}</b>" for code in ("KAZ", "TUR")}]
    assert names == [f"<b>{panels.named('KAZ')}</b>", f"<b>{panels.named('TUR')}</b>"]
    lines = [one for one in figure["data"] if one["type"] == "scatter" and one["mode"] == "lines"]
    assert {LIGHT.china, LIGHT.ink2} <= {one["line"]["color"] for one in lines}
    assert any("500" in text for text in texts(figure))


def test_a_missing_year_is_hatched_with_its_reason_and_breaks_the_line() -> None:
    """No line leads over it; the hatching is in the colour of who should report."""
    rows = place("KAZ", 3e9, 2e9)
    rows += [row("KAZ", TO_RUSSIA, 2022, NAN, reason="not reported", index=NAN), row("KAZ", TO_RUSSIA, 2024, 4e9)]
    figure = drawn(rows)
    (hatch,) = [one for one in figure["data"] if one["type"] == "bar"]
    assert "not reported" in hatch["hovertemplate"]
    assert hatch["marker"]["pattern"]["fgcolor"] == LIGHT.ink2
    (line,) = [one for one in figure["data"] if one.get("mode") == "lines"]
    assert line["line"]["color"] == LIGHT.ink2
    assert len(line["x"]) == 3, "of 2023 and 2024 alone, and a gap behind them"
    assert line["x"][-1] is None


def test_a_year_of_nought_is_no_point_on_a_logarithmic_scale() -> None:
    """It is left out of the line, and the picture stands."""
    rows = [*place("KAZ", 3e9, 2e9), row("KAZ", TO_RUSSIA, 2022, 0.0)]
    dots = next(
        one for one in drawn(rows)["data"] if one.get("mode") == "markers" and "p:KAZ.to_russia.2023" in one["ids"]
    )
    assert dots["ids"] == [f"p:KAZ.{TO_RUSSIA}.{year}" for year in (BASE, 2023)]


def test_an_estimate_is_hollow() -> None:
    """A year that nobody reported firmly is an open dot on the ground."""
    rows = [
        *place("KAZ", 3e9, 2e9),
        row("KAZ", COUNTED, BASE, 1e9),
        row("KAZ", COUNTED, 2023, 2e9, status="preliminary"),
    ]
    dots = [one for one in drawn(rows)["data"] if one.get("mode") == "markers"]
    thin = next(one for one in dots if one["marker"]["line"]["color"] == LIGHT.russia)
    assert thin["marker"]["color"] == [LIGHT.russia, PRINT.palette.ground]


@pytest.mark.parametrize(
    ("before", "after", "late", "words"),
    [
        (1e9, 3e9, False, ("1.00", "3.00")),
        (0.05e9, 0.2e9, False, ("50", "200")),
        (1e9, 3e9, True, ("1.00", "3.00", "2023")),
    ],
)
def test_a_panel_says_what_was_sent_in_dollars(before: float, after: float, late: bool, words: tuple[str, ...]) -> None:  # noqa: FBT001
    """Billions with two decimals, less in millions; where other legs go on, until when it is known."""
    rows = [row("KAZ", TO_RUSSIA, BASE, before, before), row("KAZ", TO_RUSSIA, 2023, after, before)]
    rows += [row("KAZ", FROM_CHINA, BASE, 1e9), row("KAZ", FROM_CHINA, 2024 if late else 2023, 2e9)]
    said = " ".join(texts(drawn(rows)))
    assert all(word in said for word in words)
    assert ("(2023)" in said) == late


def test_yuan_are_said_with_growth_and_the_year_to_date() -> None:
    """The newest whole year first; where there is no room the year to date goes, then the growth."""
    year = row("KAZ", YUAN, 2024, 100e9, index=NAN, yoy_pct=12.0)
    late = {**row("KAZ", YUAN, 2025, 60e9, index=NAN), "period_end": pd.Timestamp("2025-07-01")}
    wide, narrow = (panels._year_in_yuan(year, room, PRINT) for room in (400.0, 10.0))
    assert "+12%" in wide
    assert "+12%" not in narrow
    figure = drawn([*place("KAZ", 3e9, 2e9), year, late])
    said = " ".join(texts(figure))
    assert "100" in said
    assert "Jan–Jul 2025" in said
