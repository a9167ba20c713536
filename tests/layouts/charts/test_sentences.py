"""No sentence and no number joins two bases unawares: each chart is walked through the views of its words.

Not every combination is walked: each value of each word of the address, and each day, with each value of every other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd
import pytest

from analysis.basis import BASE_BASIS, BASIS, Basis
from analysis.cache import per_dataset
from analysis.selection import CURRENCIES, FLOWS, MEASURES, Selection
from layouts.charts.registry import CHARTS
from tests.layouts.covering import covering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.dataset import Dataset
    from layouts.figure.chart import Chart, Stated, Words

DAYS: Final = (None, "2023-07-31", "2025-10-31")
COMMON: Final = {"flow": FLOWS[1:], "currency": CURRENCIES[1:], "measure": MEASURES[1:]}
# what these charts are about is two counts, two prints or two statements of one thing: both are named in each row
TWO: Final = {"mirror", "revisions", "claims", "coverage", "settlement"}
RATES: Final = ("yoy_pct", "share_pct", "change_pct", "contribution_pct", "price_effect", "volume_effect", "index")
_VERBS: Final = "(?: customs|’s customs|’s (?:own )?count| count(?:s|ed)| sa(?:ys|id)| reports?| reported)"
# how a sentence may name who counted; that a country is its subject does not say that its customs counted
SPOKEN: Final = {
    "CHN": rf"China{_VERBS}|Chinese customs|customs in China",
    "RUS": rf"Russia{_VERBS}|Russian customs|customs in Russia",
    "CHN+RUS": r"BACI|merged",
    "IMF": r"\bIMF\b",
}


def views(chart: Chart) -> Iterator[Selection]:
    """Yield the views that the words of the address make of a chart; growth in both currencies reads no measure."""
    words: dict[str, tuple[str | None, ...]] = {
        word: (None, *allowed) for word, allowed in COMMON.items() if word in chart.reads
    }
    own = [choice for choice in chart.choices if choice.options and choice.field != "events"]  # marks beside figures
    words |= {choice.field: (None, *choice.options[1:]) for choice in own}
    words["asof"] = DAYS
    against = words.pop("against", ())
    alone = covering({**{word: words[word] for word in words if word != "measure"}, "against": against[1:]})
    for chosen in (*covering(words), *(alone if against else ())):
        yield Selection.from_query(replace(Selection(), **chosen).to_query())


@pytest.fixture(params=sorted(name for name, chart in CHARTS.items() if chart.page))
def chart(request: pytest.FixtureRequest) -> Chart:
    """Return each chart of the page in turn."""
    return CHARTS[str(request.param)]


@per_dataset(32)
def tables(dataset: Dataset, name: str) -> tuple[tuple[Selection, pd.DataFrame], ...]:
    """Return the views of a chart with their rows; both tests below walk the same."""
    chart = CHARTS[name]
    return tuple((one, chart.table(dataset.on(one.asof), one)) for one in views(chart))


def test_no_sentence_joins_two_bases(chart: Chart, dataset: Dataset) -> None:
    """A finding declares its figures; where they rest on two bases, or are of two windows, it names both."""
    wrong = []
    for selection, rows in tables(dataset, chart.name):
        words = chart.words(rows, selection)
        wrong += [f"{selection.to_query()}: {words.finding!r}: {why}" for why in faults(words, chart.name)]
    assert not wrong, "\n".join(wrong[:20])


def faults(words: Words, chart: str) -> Iterator[str]:
    """Yield what is wrong with the figures that a sentence joins."""
    if re.search(r"\d", words.finding) and not words.stated:
        yield "states a number and declares none"
    for one in words.stated:
        if one.base and one.base != one.basis and chart not in TWO:
            yield f"a rate of {one.basis} over {one.base}"
    yield from unnamed(words)
    yield from unlike(words.stated, words.finding)


def unnamed(words: Words) -> Iterator[str]:
    """Yield who counted a figure of a sentence that joins several counts and does not name this one."""
    counted = {Basis.read(code).counted_by for one in words.stated for code in (one.basis, one.base) if code}
    if len(counted) > 1:
        for who in counted:
            if not re.search(SPOKEN.get(who, who), words.finding):
                yield f"joins {sorted(counted)} and does not name {who}"


def unlike(stated: tuple[Stated, ...], finding: str) -> Iterator[str]:
    """Yield the windows of a sentence that joins several and does not name this one's year."""
    windows = {(one.start, one.end) for one in stated}
    if len(windows) > 1:
        years = {window: {str(window[0].year), str(window[1].year)} for window in windows}
        yield from (
            f"does not name {window[0]:%Y-%m}..{window[1]:%Y-%m}"
            for window, named in years.items()
            if not any(year in finding for year in named)
        )
    lengths = {_length(*window) for window in windows}
    if len(lengths) > 1:
        yield from (
            f"does not name the months of {start:%Y-%m}..{end:%Y-%m}"
            for start, end in windows
            if _length(start, end) < 12 and f"{end:%b}" not in finding
        )


def _length(start: pd.Timestamp, end: pd.Timestamp) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def test_every_exported_rate_rests_on_one_basis(chart: Chart, dataset: Dataset) -> None:
    """Each row says what it rests on; a rate, share or split says the same of its base."""
    wrong = []
    for selection, rows in tables(dataset, chart.name):
        assert {BASIS, BASE_BASIS} <= set(rows.columns) or rows.empty, selection
        for column in RATES if chart.name not in TWO else ():
            if column in rows:
                rated = rows[rows[column].notna() & rows["status"].ne("quoted")] if "status" in rows else rows
                bad = rated[rated[BASIS].ne(rated[BASE_BASIS])]
                wrong += [
                    f"{selection.to_query()} {column}: {one[BASIS]} over {one[BASE_BASIS]!r}"
                    for one in bad.head(3).to_dict("records")
                ]
    assert not wrong, "\n".join(wrong[:20])


def test_the_guard_sees_a_joint(dataset: Dataset) -> None:
    """A sentence made to join two counts, or two windows, is found out."""
    from layouts.figure.chart import Stated, Words  # noqa: PLC0415 - the rest of the file needs their types only

    del dataset
    year = pd.Timestamp(2021, 1, 1), pd.Timestamp(2021, 12, 1)
    half = pd.Timestamp(2022, 1, 1), pd.Timestamp(2022, 6, 1)
    one, other = "CHN CIF HS2017 now printed", "RUS FOB HS2017 now printed"
    joined = Words("Up 83% to 81", "", "", "", stated=(Stated(83.0, one, *year, base=other),))
    assert len(list(faults(joined, "energy"))) == 3
    assert list(faults(Words("Up 83%", "", "", ""), "energy"))
    windows = Words("21.7% after 7.1% in 2025", "", "", "", stated=(Stated(21.7, one, *half), Stated(7.1, one, *year)))
    assert len(list(faults(windows, "growth"))) == 3
