"""What a chart is, and the frame that every picture has: title, subtitle, plot, source line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from analysis import points
from analysis.basis import BASE_BASIS, BASIS, codes
from layouts.figure import nearest_view
from layouts.look.theme import PRINT, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    import pandas as pd

    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas


@dataclass(frozen=True)
class Stated:
    """One figure that a sentence states: its value, what it rests on, of which months, and what it is compared with.

    ``basis`` and ``base`` are codes of ``analysis.basis``; ``base`` is empty where the figure is no rate, share or
    difference. ``start`` and ``end`` are the first days of the first and last month.
    """

    value: float
    basis: str
    start: pd.Timestamp
    end: pd.Timestamp
    base: str = ""


@dataclass(frozen=True)
class Words:
    """The words of one picture, all computed from its rows; ``stated`` are the figures that ``finding`` joins."""

    finding: str
    subtitle: str
    source: str
    unit: str
    note: str = ""
    stated: tuple[Stated, ...] = ()


class Draw(Protocol):
    """Rows and selection in, figure out: pure."""

    def __call__(self, rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
        """Return the whole picture, frame included."""
        ...


@dataclass(frozen=True)
class Choice:
    """A control of one chart: it sets ``field`` of the selection; the first option is the default.

    Without options it is a field to type in, empty by default, with ``example`` shown in it.
    """

    field: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    example: str = ""

    @property
    def default(self) -> str:
        """What the control shows while nothing is chosen."""
        return self.options[0][0] if self.options else ""


WINDOW: Final = ("start", "end", "asof")


def any_rows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there is a row at all."""
    del selection
    return len(rows) > 0


@dataclass(frozen=True)
class Chart:
    """One question and its answer; ``name`` is its file, its id on the page and its export.

    ``choices`` are controls of its own; ``caveat`` says what its data cannot tell. ``marks`` are the
    columns that, with the period, tell one plotted point from the others; ``parts`` says which
    reported values stand behind it. ``reads`` are the words of the address that it follows besides
    ``WINDOW``: it is drawn anew for no others. ``shows`` is whether rows fill its picture, ``held`` the
    years that it can show where it shows few of them at a time, by default those of its rows.
    """

    name: str
    title: str
    question: str
    rows: Callable[[Dataset, Selection], pd.DataFrame]
    words: Callable[[pd.DataFrame, Selection], Words]
    draw: Draw
    page: bool = True
    choices: tuple[Choice, ...] = ()
    caveat: str = ""
    marks: tuple[str, ...] = ()
    parts: Callable[[Mapping[str, Any]], list[points.Part]] = points.own_parts

    reads: tuple[str, ...] = ()
    shows: Callable[[pd.DataFrame, Selection], bool] = any_rows
    held: Callable[[Dataset, Selection], Iterable[int]] | None = None

    def table(self, dataset: Dataset, selection: Selection) -> pd.DataFrame:
        """Return the rows with the name of each point: what is drawn, listed and exported.

        Where the view asked for fills no picture they are of the nearest that does, and say so.
        The rows of a chart that is not on the page stay as they are.
        """
        rows = nearest_view.rows(self, dataset, selection)
        return points.named(_based(dataset, rows), self.name, self.marks) if self.page else rows


def _based(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Add what each figure, and the base of its rate, rests on, where the measure has not."""
    if BASIS not in rows and "period_start" in rows:
        rows = rows.assign(**{BASIS: codes(dataset, rows)})
    return rows if BASE_BASIS in rows else rows.assign(**{BASE_BASIS: ""})


def ids(part: pd.DataFrame) -> list[str] | None:
    """Return the names of the points that a trace draws, for its ``ids``: a click then says which it was."""
    return part[points.POINT].tolist() if points.POINT in part else None
