"""What a chart is, and the frame that every picture has: title, subtitle, plot, source line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, Protocol

import pandas as pd

from analysis import points
from analysis.basis import BASE_BASIS, BASIS, codes
from analysis.dataset import Dataset
from analysis.selection import Selection
from layouts.drawing.canvas import Canvas
from layouts.figure import nearest_view
from layouts.look.theme import PRINT, Look
from layouts.words.catalogue import say, say_or
from layouts.words.language import speaking


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
    """The words of one picture, all computed from its rows; ``stated`` are the figures that ``finding`` joins.

    The first sentence of ``source`` names all publishers. A picture shows of ``source`` and ``note`` what fits two
    lines, and all of ``key``: what signs in it mean that say nothing by themselves.
    """

    finding: str
    subtitle: str
    source: str
    unit: str
    note: str = ""
    stated: tuple[Stated, ...] = ()
    key: str = ""


class Draw(Protocol):
    """Rows and selection in, figure out: pure."""

    def __call__(self, rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
        """Return the whole picture, frame included."""
        ...


@dataclass(frozen=True)
class Choice:
    """A control of one chart: it sets ``field`` of the selection; the first option is the default.

    Without options it is a field to type in, empty by default. Its words stand in the catalogue
    under ``charts.<chart>.<field>``: ``label``, one for each option, and ``example`` of a field.
    """

    field: str
    options: tuple[str, ...] = ()

    @property
    def default(self) -> str:
        """What the control shows while nothing is chosen."""
        return self.options[0] if self.options else ""


# the letters of what the pointer is told, in pixels, and how long a line of them may be: a phone has room for it
HOVER: Final = (13, 320)
# the words of the address that every chart follows
WINDOW: Final = ("start", "end", "asof", "lang", "v")


def any_rows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there is a row at all."""
    del selection
    return len(rows) > 0


def _as_written(rows: pd.DataFrame) -> pd.DataFrame:
    return rows


@dataclass(frozen=True)
class Chart:
    """One question and its answer; ``name`` is its file, its id on the page and its export.

    Its title, question and caveat stand in the catalogue under ``charts.<name>``. ``choices`` are controls
    of its own. ``marks`` are the
    columns that, with the period, tell one plotted point from the others; ``parts`` says which
    reported values stand behind it. ``reads`` are the words of the address that it follows besides
    ``WINDOW``: it is drawn anew for no others. ``shows`` is whether rows fill its picture, ``years`` those
    that it can show where it shows few of them at a time, by default those of its rows. ``dated`` is whether
    its rows end with the month in which the data are read. ``spoken`` says cells in the language that is spoken
    once they have named the points, whose names are of no language.
    """

    name: str
    rows: Callable[[Dataset, Selection], pd.DataFrame]
    words: Callable[[pd.DataFrame, Selection], Words]
    draw: Draw
    page: bool = True
    choices: tuple[Choice, ...] = ()
    marks: tuple[str, ...] = ()
    parts: Callable[[Mapping[str, Any]], list[points.PointPart]] = points.own_parts

    reads: tuple[str, ...] = ()
    shows: Callable[[pd.DataFrame, Selection], bool] = any_rows
    years: Callable[[Dataset, Selection], Iterable[int]] | None = None
    dated: bool = False
    spoken: Callable[[pd.DataFrame], pd.DataFrame] = _as_written

    def __post_init__(self) -> None:
        """Let rows, words and pictures be in the language of the selection that they are asked for."""
        for name in ("rows", "words", "draw"):
            object.__setattr__(self, name, _in_its_language(getattr(self, name)))

    @property
    def title(self) -> str:
        """Its name, in the language that is spoken."""
        return say(f"charts.{self.name}.title")

    @property
    def question(self) -> str:
        """The question that it answers, in the language that is spoken."""
        return say(f"charts.{self.name}.question")

    @property
    def caveat(self) -> str:
        """What its data cannot tell, in the language that is spoken; empty where nothing needs saying."""
        return say_or(f"charts.{self.name}.caveat", "")

    def word(self, choice: Choice, which: str = "label") -> str:
        """Return the name of a control of its own, the name of an option, or its ``example``."""
        return say(f"charts.{self.name}.{choice.field}.{which}")

    def table(self, dataset: Dataset, selection: Selection) -> pd.DataFrame:
        """Return the rows with the name of each point: what is drawn, listed and exported.

        Where the view asked for fills no picture they are of the nearest that does, and say so.
        The rows of a chart that is not on the page stay as they are.
        """
        rows = nearest_view.rows(self, dataset, selection)
        if not self.page:
            return rows
        with speaking(selection.lang):
            return self.spoken(points.named(_based(dataset, rows), self.name, self.marks))


def _in_its_language(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function whose second argument is a selection write in the language of that."""

    @wraps(answer)
    def written(subject: object, selection: Selection, *rest: object, **more: object) -> object:
        with speaking(selection.lang):
            return answer(subject, selection, *rest, **more)

    return written


def _based(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Add what each figure, and the base of its rate, rests on, where the measure has not."""
    if BASIS not in rows and "period_start" in rows:
        rows = rows.assign(**{BASIS: codes(dataset, rows)})
    return rows if BASE_BASIS in rows else rows.assign(**{BASE_BASIS: ""})


def ids(part: pd.DataFrame) -> list[str] | None:
    """Return the names of the points that a trace draws, for its ``ids``: a click then says which it was."""
    return part[points.POINT].tolist() if points.POINT in part else None


def pointed(part: pd.DataFrame, hover: Callable[[dict[Any, Any]], str]) -> dict[str, Any]:
    """Return the names of the points that a trace draws, one a row, and what the pointer is told of each."""
    texts = [hover(row) for row in part.to_dict("records")]
    return {"ids": ids(part), "customdata": texts, "hovertemplate": "%{customdata}<extra></extra>"}
