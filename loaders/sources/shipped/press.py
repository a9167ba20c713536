"""Customs figures as newspapers printed them on the day: each print a vintage."""

from typing import Final

import pandas as pd

from loaders.core.source import Hints, Parsed, Source
from loaders.sources.shipped import figure_files
from loaders.tables.parsing import settle
from loaders.tables.row_account import NO_HINTS

_WINDOW: Final = (
    "reporter",
    "partner",
    "flow",
    "period_start",
    "period_end",
    "classification",
    "commodity_code",
    "currency",
    "released",
)
PRINTS: Final = ("file", "row", *_WINDOW, "value", "printed", "unit", "publisher", "confidence", "reference", "note")


def digits(printed: pd.Series) -> pd.Series:
    """Count the digits of a printed number, without leading zeros: ``0.503`` has three, ``20.750`` five."""
    return printed.str.replace(".", "", regex=False).str.lstrip("0").str.len()


def select(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row a window and day, the longest print, and all the other prints.

    Papers cut or round, so the print with most digits says most. Of equally long prints that
    differ, the number that more papers print is taken, then the one that stands first.
    """
    window = list(_WINDOW)
    agreeing = rows.groupby([*window, "printed"], dropna=False)["printed"].transform("size")
    order = pd.DataFrame({"digits": digits(rows["printed"]), "agreeing": agreeing})
    ranked = rows.loc[order.sort_values(["digits", "agreeing"], ascending=False, kind="stable").index]
    further = ranked.duplicated(window, keep="first")
    return ranked[~further].sort_index(), ranked[further].sort_index()[list(PRINTS)]


def as_text(prints: pd.DataFrame) -> pd.DataFrame:
    """Return prints with their dates as the side tables write them."""
    months = {column: prints[column].dt.strftime("%Y-%m") for column in ("period_start", "period_end")}
    return prints.assign(**months, released=prints["released"].dt.strftime("%Y-%m-%d")).reset_index(drop=True)


def parse(content: bytes, name: str, hints: Hints = NO_HINTS) -> Parsed:
    """Return the longest print of each window and day; the others are counted."""
    del hints
    lines = figure_files.read(content, name)
    rows, refused = figure_files.values(lines)
    chosen, further = select(rows)
    parsed = settle(chosen, name, len(lines), refused)
    left_out = {**parsed.left_out, "further prints of the same day": len(further)}
    return Parsed(parsed.table, parsed.rows_read, parsed.refused, left_out, parsed.notes)


SOURCE: Final = Source.of("press", parse=parse)
