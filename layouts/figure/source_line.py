"""The source line of a picture: publishers, release, licence, in words, from the rows plotted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.exchange_rates import NAMES as RATES
from analysis.source_names import joined, names_of
from layouts.words import text
from loaders.core import import_marks, schema
from loaders.core.source_records import record_of

# A row that no publisher dated says in its reference that its date is ours.
# Whoever is no source of the project is quoted with a figure or two.
QUOTED: Final = "single figures quoted with their source"

_READ: Final = ("period_start", "period_end", "provisional")

if TYPE_CHECKING:
    from loaders.core.source_records import Record


def held(name: str) -> Record | None:
    """Return the record of the source that a row names, None where it is none of ours."""
    return record_of(name)


def names(rows: pd.DataFrame) -> list[str]:
    """Return the distinct source names of the rows, in order of first use."""
    columns = [column for column in ("source", "base_source") if column in rows]
    return names_of(joined(*(str(cell) for column in columns for cell in rows[column].dropna().unique())))


def short(source: str) -> str:
    """Name the publishers of one row: ``UN Comtrade``."""
    return " and ".join(_title(name) for name in names_of(str(source)))


def _title(name: str) -> str:
    source = held(name)
    return source.brief or source.title if source else name


def line(rows: pd.DataFrame) -> str:
    """Return publishers with their spans, the rate where one was used, the newest release, licences."""
    if rows.empty:
        return ""
    parts = [_spanned(rows, name) for name in names(rows)]
    said = [f"Source: {'; '.join(parts)}."]
    if "rate_source" in rows and (used := rows["rate_source"].dropna().unique()).size:
        kinds = names_of(joined(*map(str, used)))
        said.append(f"Converted at {' and '.join(RATES.get(kind, kind) for kind in kinds)}.")
    said += _dates(rows)
    if own := brought(rows):
        said.append(f"Your own import: {', '.join(own)}.")
    said.append(f"Licence: {'; '.join(dict.fromkeys(licence(name) for name in names(rows)))}.")
    return " ".join(said)


def _dates(rows: pd.DataFrame) -> list[str]:
    """Say the newest release that a publisher dated, and the newest day we dated ourselves.

    Where figures are of later months than that release, they bear no date, and that is said.
    """
    if "released" not in rows or "reference" not in rows:
        return []
    ours = rows["reference"].str.contains(schema.DATED_HERE, regex=False, na=False)
    theirs, read = rows.loc[~ours, "released"].max(), rows.loc[ours, "released"].max()
    figures = rows["reference"].fillna("").ne("")  # a row without a reference says that there is none
    later = "; later figures carry no release day" if theirs < rows.loc[figures, "period_end"].max() else ""
    said = [f"Newest dated release: {text.release_day(theirs)}{later}."] if pd.notna(theirs) else []
    return [*said, f"Read {read:%d %b %Y}."] if pd.notna(read) else said


def brought(rows: pd.DataFrame) -> list[str]:
    """Return the files by which the reader brought some of the rows."""
    if "reference" not in rows:
        return []
    return list(
        dict.fromkeys(file for cell in rows["reference"].dropna().unique() for file in import_marks.files(str(cell)))
    )


def licence(name: str) -> str:
    """Return a source's licence in words."""
    source = held(name)
    return source.licence.rstrip(".") if source else QUOTED


def _spanned(rows: pd.DataFrame, name: str) -> str:
    written = [text for text in rows["source"].dropna().unique() if name in names_of(str(text))]
    own = rows.loc[rows["source"].isin(written), [column for column in _READ if column in rows]]
    if own.empty:
        return _title(name)
    start, end = own["period_start"].min(), own["period_end"].max()
    years: Final = f"{start:%Y}" if start.year == end.year else f"{start:%Y}–{end:%Y}"
    weak = ", preliminary" if "provisional" in own and own["provisional"].all() else ""
    return f"{_title(name)} ({years}{weak})"


def record(name: str) -> dict[str, str]:
    """Return publisher, licence and how to cite a source, as an export states them."""
    source = held(name)
    if source is None:
        return {"name": name}
    return {key: getattr(source, key) for key in ("name", "title", "publisher", "homepage", "licence", "cite")}
