"""The band of events: named above the plot, numbered on a phone, opened to the side with room."""

from __future__ import annotations

import pandas as pd

from analysis.selection import Selection
from layouts.figure import event_band
from layouts.figure.chart import Words
from layouts.figure.frame import blank
from layouts.look.theme import PRINT, on_page
from tests.analysis.kit import dataset, row

PHONE = on_page(358)


def happened(*months: str) -> pd.DataFrame:
    """Return one event a month."""
    days = [pd.Timestamp(f"{month}-01") for month in months]
    cells = {"flow": event_band.FLOW, "label": "a label of four words", "event": "what happened"}
    return pd.DataFrame({"period_start": days, "period_end": days}).assign(**cells)


def drawn(table: pd.DataFrame, look: object = PRINT) -> list[dict[str, object]]:
    """Return the words that are written above the plot."""
    figure = blank(look, Words("A", "b", "c", ""))  # type: ignore[arg-type]
    event_band.draw(figure, table, look, numbered=look is PHONE)  # type: ignore[arg-type]
    assert len(figure["layout"]["shapes"]) == len(table)
    return list(figure["layout"]["annotations"])


def test_a_label_opens_away_from_its_nearer_neighbour() -> None:
    """The first of two close ones opens to the left, the second and a lone one to the right."""
    sides = [one["xanchor"] for one in drawn(happened("2022-01", "2022-03", "2023-12"))]
    assert sides == ["right", "left", "left"]
    assert [one["xanchor"] for one in drawn(happened("2022-01"))] == ["left"]


def test_on_a_phone_numbers_stand_above_and_their_words_below() -> None:
    """The list below has one entry a number; elsewhere there is none."""
    two = happened("2022-02", "2023-06")
    assert [one["text"] for one in drawn(two, PHONE)] == ["<b>1</b>", "<b>2</b>"]
    listed = event_band.note(two, numbered=True)
    assert listed.count("a label of four words") == 2
    assert "Feb 2022" in listed
    assert event_band.note(two, numbered=False) == ""
    assert event_band.band(two, PHONE, numbered=True) < event_band.band(two, PRINT, numbered=False)
    assert event_band.band(two.iloc[:0], PRINT, numbered=False) == 0


def test_words_that_have_no_room_side_by_side_are_numbered() -> None:
    """Three events of two years have room above four years, not above twenty; a phone has room for none."""
    three = happened("2022-02", "2022-12", "2023-12")
    for first, crowded in (("2021-01", False), ("2005-01", True)):
        assert event_band.numbered(three, happened(first, "2024-12"), PRINT) is crowded
    assert event_band.numbered(three.iloc[:1], happened("2005-01", "2024-12"), PRINT) is False
    assert event_band.numbered(three, happened("2021-01", "2024-12"), PHONE)


def test_a_label_takes_two_lines() -> None:
    """It is broken where that makes it narrowest."""
    assert event_band._two_lines("one two three four", 14).count("<br>") == 1


def test_events_are_added_only_when_asked_for_and_come_apart_again() -> None:
    """The rows of a chart are its figures; events stand behind them, month by month."""
    events = pd.DataFrame([{"date": "2023-02-24", "label": "short", "event": "long", "reference": "x"}])
    table = pd.DataFrame({"flow": ["export"] * 3, "provisional": [False] * 3, "value": [1.0, 2.0, 3.0]})
    days = pd.date_range("2023-01-01", periods=3, freq="MS").astype("datetime64[us]")
    table = table.assign(period_start=days, period_end=days)
    data = dataset(row("2023-01"), events=events)
    assert event_band.added(data, table, Selection()) is table
    both = event_band.added(data, table, Selection(events="on"))
    figures, added = event_band.apart(both)
    assert figures["value"].tolist() == [1.0, 2.0, 3.0]
    assert figures["provisional"].dtype == bool
    assert added["period_start"].tolist() == [pd.Timestamp("2023-02-01")]
