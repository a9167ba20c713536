"""The list of what changed: sentences of then and now, counts, and what is too much for a list. All made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest

from layouts.cards import changed
from layouts.charts.registry import CHARTS
from layouts.takeaway.turned_sentences import Turned
from loaders.versions.history import Version
from loaders.versions.table_changes import NEW, REVISED, FigureChange

FIGURE = FigureChange(NEW, "imf", "CHN", "RUS", "import", "2025-03", "2025-03", "TOTAL", "USD", None, 2e9, "2025-05-01")
REVISION = FigureChange(
    REVISED, "imf", "CHN", "RUS", "export", "2025-03", "2025-03", "TOTAL", "USD", 1e9, 2e9, "2025-05-01"
)


def words(component: Any) -> str:
    """Return all text inside components."""
    if component is None or isinstance(component, str):
        return component or ""
    if isinstance(component, (list, tuple)):
        return " ".join(words(part) for part in component)
    return words(getattr(component, "children", None))


@dataclass(frozen=True)
class Change:
    """Stands for what differs in a chart."""

    points: list[str]
    sentences: tuple[str, str] = ("", "")
    figures: list[FigureChange] = field(default_factory=list)
    chart: Any = CHARTS["pulse"]
    then: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"point": ["a", "b"]}))
    now: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"point": ["b", "c"]}))

    def behind(self, changes: Any) -> list[FigureChange]:
        """Return the figures behind the points."""
        del changes
        return self.figures


def since(change: Change) -> str:
    """Return the words of a chart's changes."""
    return words(changed.since(change, []))  # type: ignore[arg-type]


def version(name: str, cause: str, *, figures: str = "figures.csv") -> Version:
    """Return a version of a made-up day."""
    return Version(name, "2026-03-05T12:00:00", cause, {}, {}, figures)


def test_a_chart_that_stands_says_so() -> None:
    """No point differs: one sentence; points without another sentence say that it stands."""
    assert since(Change([])) == words(changed.since(Change([]), []))  # type: ignore[arg-type]
    stands, turned = since(Change(["a"], ("Up", "Up"))), since(Change(["a"], ("Up 3%", "Down 2%")))
    assert "Up 3%" in turned
    assert "Down 2%" in turned
    assert "Up" not in stands


def test_points_are_counted_of_all_that_were_or_are() -> None:
    """One of three names, those of both states taken together."""
    assert "3" in since(Change(["a"], ("Up", "Up")))


def test_a_long_list_is_cut_and_the_rest_counted() -> None:
    """Forty figures are read through; of two more it is said that they are left out."""
    made = words(changed._figures([FIGURE] * (changed.MOST + 2)))
    assert made.count("Mar 2025") == changed.MOST
    assert "2" in made[-60:]
    assert changed._figures([]) == []
    assert len(changed._figures([FIGURE])) == 1


@pytest.mark.parametrize(("cause", "other"), [("refresh, imf", "import"), ("import", "refresh")])
def test_a_refresh_names_day_and_cause(cause: str, other: str) -> None:
    """What came first is counted apart from what was revised."""
    made = words(changed.refreshes([(3, version("aaaabbbbcccc", cause), [FIGURE, REVISION, REVISION])], "ddddeeeeffff"))
    assert "5 Mar 2026" in made
    assert "ddddeeeeffff" in made
    assert "aaaabbbbcccc" in made
    assert made != words(changed.refreshes([(3, version("aaaabbbbcccc", other), [FIGURE])], "ddddeeeeffff"))


def test_the_first_version_changed_nothing() -> None:
    """Without a version that has figures the list says that there is none, and which version is shown."""
    made = words(changed.refreshes([(0, version("aaaabbbbcccc", "begun", figures=""), [])], "aaaabbbbcccc"))
    assert "aaaabbbbcccc" in made
    assert "5 Mar 2026" not in made


def test_many_refreshes_are_cut() -> None:
    """Fifty are listed, and what is earlier is counted."""
    every = [(place, version(f"{place:012d}", "import"), [FIGURE]) for place in range(changed.VERSIONS + 3)]
    made = words(changed.refreshes(every, "x"))
    assert f"{changed.VERSIONS - 1:012d}" in made
    assert f"{changed.VERSIONS:012d}" not in made
    assert "3 " in made[made.rindex("000000000049") :]


def test_a_cause_without_a_text_has_a_common_one() -> None:
    """A version of a program that is newer may name a cause nobody knows here."""
    assert words(changed._refresh(0, version("a", "teleported"), [FIGURE]))


def test_what_a_refresh_turned_is_quoted_before_and_after() -> None:
    """Charts with the figures behind them; sentences of charts as they are, verdicts in words."""
    sentences = [Turned("pulse", "Up", ""), Turned("trade-growth-2023h1", "holds", "figures disagree")]
    made = words(changed.turned([Change(["a"], figures=[FIGURE]), Change([])], [FIGURE], sentences))  # type: ignore[list-item]
    assert CHARTS["pulse"].title in made
    assert "Mar 2025" in made
    assert "Up" in made
    assert "–" in made, "what was not said before, or is not said now"
    nothing = words(changed.turned([], [], []))
    assert nothing
    assert "–" not in nothing


def test_points_without_a_figure_behind_them_are_counted_alone() -> None:
    """A computed share may move where no figure of the one table did."""
    alone, resting = (words(changed._behind(Change(["a"], figures=own), [])) for own in ([], [FIGURE]))  # type: ignore[arg-type]
    assert alone != resting
    assert "Mar 2025" not in alone
