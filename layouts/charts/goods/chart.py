"""What do they trade? The largest goods each way, beside the year before on the same basis."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.goods import customs_goods, goods
from analysis.selection import GOODS, Selection
from analysis.trace import row_parts
from layouts.charts.goods import reasons
from layouts.charts.goods import words as goods_words
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure import instead, mirrored_bars
from layouts.figure.chart import Chart, Choice, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import language

MOST: Final = 8
CODES: Final = ("all", "27", "26", "44", "84", "85", "87")  # chapters that a reader may open
_TWO: Final = 800  # pixels across from which bars have room side by side


def year_of(dataset: Dataset, selection: Selection) -> int | None:
    """Return the newest whole year inside the months asked for, None where there is none."""
    years = pd.Series(goods.years(dataset), dtype="int64")
    if selection.first_year is not None:
        years = years[years.ge(selection.first_year)]
    if selection.last_year is not None:
        years = years[years.le(selection.last_year)]
    return None if years.empty else int(years.max())


def years_shown(dataset: Dataset, selection: Selection) -> list[int]:
    """Return the years that goods are held for, as they are counted."""
    return customs_goods.years_of_goods(dataset) if selection.goods == "printed" else list(goods.years(dataset))


def asked(selection: Selection) -> tuple[str | None, str]:
    """Return the code to open, and the words to look for: digits of a whole code open it."""
    words = (selection.find or "").strip()
    if words.isdecimal() and words.isascii() and len(words) in goods_words.LEVELS:
        return words, ""
    return selection.code, words


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the eight largest goods each way of the newest year in view; whole US$, rates in per cent."""
    if selection.goods == "printed":
        return _printed(dataset, selection)
    year = year_of(dataset, selection)
    if year is None:
        return pd.DataFrame(columns=list(goods.COLUMNS))
    (code, sought), base = asked(selection), goods.base_of(dataset, year)
    table = goods.matching(dataset, year, sought, base) if sought else goods.goods(dataset, year, code, base)
    table = table.dropna(subset=["value"])
    shown = table.groupby("flow").head(MOST).reset_index(drop=True)
    opened = None if sought else goods.names(dataset, language.current()).get(code or "")
    return _in_words(dataset, shown).assign(inside=opened)


def _in_words(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with names of goods, short and official, and reasons, in the language that is spoken."""
    known = {"name": goods.names, "official": goods.official}
    cells = {column: rows["code"].map(of(dataset, language.current())) for column, of in known.items()}
    named = rows.assign(**{column: cell.astype("object").where(cell.notna(), None) for column, cell in cells.items()})
    return reasons.with_reasons(named, "apart")


def _printed(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return chapters, machines, cars and all goods as China's customs count them, beside the base year."""
    year = customs_goods.newest(dataset, selection.last_year, selection.first_year)
    if year is None:
        return pd.DataFrame(columns=list(customs_goods.COLUMNS))
    table = customs_goods.goods_of(dataset, year, goods.BASE if year > goods.BASE else None)
    named = _in_words(dataset, table.groupby("flow").head(MOST).reset_index(drop=True))
    groups = named["commodity_code"].map(goods_words.group)
    return named.assign(name=named["name"].where(groups.isna(), groups))


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    if selection.goods == "printed":
        return goods_words.printed(rows)
    code, sought = asked(selection)
    return goods_words.of_search(rows, sought) if sought else goods_words.inside(rows, code)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw bars outwards from the names, one scale for both sides; where it is narrow one side below the other."""
    stacked = look.width < _TWO
    look = replace(look, height=620) if look.narrow else look
    figure = blank(look, words(rows, selection), geometry.bare())
    room = figure.frame.across
    figure.update_xaxes(range=[0, room], visible=False)
    longest = max(5, int(rows.groupby("flow").size().max())) if len(rows) else MOST
    deep = 2 * longest + 1.6 if stacked else longest
    figure.update_yaxes(range=[deep - 0.4, -1.3], visible=False)
    figure.update_layout(barmode="overlay")
    for place in range(0 if stacked or rows.empty else longest):
        figure.add_shape(
            type="line", x0=0, x1=room, y0=place - 0.5, y1=place - 0.5, line={"color": look.palette.rule, "width": 1}
        )
    for side in (
        (mirrored_bars.below(rows, room, longest, look) if stacked else mirrored_bars.beside(rows, room, look))
        if len(rows)
        else ()
    ):
        mirrored_bars.bars(figure, rows[rows["flow"].eq(side.flow)], side, look)
        mirrored_bars.head(figure, side, look, _base_year(rows))
    return framed(figure)


def _base_year(rows: pd.DataFrame) -> int | None:
    start = rows["base_start"].min()
    return None if pd.isna(start) else int(start.year)


CHART: Final = Chart(
    "goods",
    rows,
    words,
    draw,
    choices=(Choice("code", CODES), Choice("goods", GOODS), Choice("find")),
    reads=("code", "find", "goods"),
    marks=("flow", "code"),
    parts=row_parts.lines,
    years=years_shown,
)
