"""Numbers and lines for people."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.words import text


def test_numbers() -> None:
    """Grouping commas, a true minus, no minus zero, an en dash for what is missing."""
    assert text.bn(1_099_892_940_322.0) == "1,099.9"
    assert text.number(-94.23) == "−94.2"
    assert text.number(-0.01) == "0.0"
    assert text.percent(21.68) == "+21.7%"
    assert text.percent(float("nan")) == "–"
    assert text.money(114.882e9, "USD") == "US$\u00a0114.9\u00a0bn"
    assert text.money(1.0999e12, "CNY", 0) == "1,100\u00a0bn\u00a0yuan"


def test_spans() -> None:
    """Spans of months are named in full."""
    assert text.span(pd.Timestamp("2026-01-01"), pd.Timestamp("2026-07-01")) == "January–July 2026"
    assert text.span(pd.Timestamp("2019-01-01"), pd.Timestamp("2026-07-01")) == "January 2019 to July 2026"
    assert text.listed(["a", "b", "c"]) == "a, b and c"


@given(st.lists(st.text("abcdefgh WM", min_size=1), min_size=1).map(" ".join), st.floats(60, 900))
def test_wrapping_loses_nothing(words: str, room: float) -> None:
    """Lines joined again are the text, and only a single long word may stick out."""
    lines = text.wrap(words, 14, room)
    assert " ".join(lines) == words
    assert all(text.width(line, 14) <= room or " " not in line for line in lines)


def test_a_single_year_is_named_once() -> None:
    """No span runs from a year to itself."""
    assert text.years(2019, 2026) == "2019–2026"
    assert text.years(2025, 2025) == "2025"


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2023-05", "2023-05", "May 2023"),
        ("2023-01", "2023-12", "2023"),
        ("2023-01", "2023-06", "Jan–Jun 2023"),
        ("2022-03", "2023-02", "Mar 2022–Feb 2023"),
    ],
)
def test_short_spans(start: str, end: str, name: str) -> None:
    """Periods are named as people name them."""
    assert text.short_span(pd.Timestamp(f"{start}-01"), pd.Timestamp(f"{end}-01")) == name


def test_lines_break_where_a_reader_would() -> None:
    """A day stays with its month and a code with its system, no line begins with a dash, no character ends alone."""
    assert text.wrap("Released by 31 Jan 2026, HS 27 alone", 12, 95) == ["Released by", "31 Jan 2026,", "HS 27 alone"]
    assert text.wrap("внизу — разрыв", 12, 40) == ["внизу —", "разрыв"]
    assert text.wrap("中方进口高于俄方出口", 12, 112) == ["中方进口高于俄方", "出口"]
    assert text.wrap("中方进口", 12, 12) == ["中", "方", "进", "口"]
