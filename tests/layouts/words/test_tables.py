"""What the tables that ship say in words has a text in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.basis import breaks
from analysis.measures.partners import coverage
from layouts.words.catalogue import has

if TYPE_CHECKING:
    from analysis.dataset import Dataset


def test_every_break_has_a_text(dataset: Dataset) -> None:
    """No two breaks have one name, and each has its reason."""
    names = [one.code for one in breaks(dataset)]
    assert len(set(names)) == len(names) > 0
    assert [name for name in names if not has(f"breaks.{name}")] == []


def test_every_silence_has_a_text(dataset: Dataset) -> None:
    """Each has its reason, and the short one where the table has one."""
    rows = dataset.side("silences").to_dict("records")
    codes = [coverage.silence(row) for row in rows]
    assert len(set(codes)) == len(codes) > 0
    assert [code for code in codes if not has(f"silences.{code}.reason")] == []
    short = [isinstance(row["short"], str) for row in rows]
    assert short == [has(f"silences.{code}.short") for code in codes]


def test_every_labelled_event_has_a_text(dataset: Dataset) -> None:
    """Each event that a picture can show has a label and its words; no two have one day."""
    dates = dataset.side("events").dropna(subset=["label"])["date"].tolist()
    assert len(set(dates)) == len(dates) > 0
    keys = [f"events.{date}.{which}" for date in dates for which in ("label", "event")]
    assert [key for key in keys if not has(key)] == []
