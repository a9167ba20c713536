"""The source line of a picture: publishers, release, licence, in words, from the rows plotted."""

from collections.abc import Callable, Iterable
from typing import Final

import pandas as pd

from analysis.source_names import joined, names_of
from layouts.words import text
from layouts.words.catalogue import has, say, say_or
from loaders.core import import_marks, schema
from loaders.core.source_records import Record, record_of

_READ: Final = ("period_start", "period_end", "provisional")
_TITLE: Final = "sources.{}.title"
_BRIEF: Final = "sources.{}.brief"
_PUBLISHER: Final = "sources.{}.publisher"
_LICENCE: Final = "sources.{}.licence"
_RATE: Final = "sources.rate.{}"


def known(name: str) -> Record | None:
    """Return the record of the source that a row names, None where it is none of ours."""
    return record_of(name)


def names(rows: pd.DataFrame) -> list[str]:
    """Return the distinct source names of the rows, in order of first use."""
    columns = [column for column in ("source", "base_source") if column in rows]
    return names_of(joined(*(str(cell) for column in columns for cell in rows[column].dropna().unique())))


def short(source: str) -> str:
    """Name the publishers of one row: ``UN Comtrade``."""
    return text.listed(brief(name) for name in names_of(str(source)))


def brief(name: str) -> str:
    """Return a source's short name in the language that is spoken; the name itself where it is none of ours."""
    return _text_about(_BRIEF, name, lambda source: source.brief or source.title) or name


def title(name: str) -> str:
    """Return a source's full name in the language that is spoken; the name itself where it is none of ours."""
    return _text_about(_TITLE, name, lambda source: source.title) or name


def publisher(name: str) -> str:
    """Return a source's publisher in the language that is spoken; empty where it is none of ours."""
    return _text_about(_PUBLISHER, name, lambda source: source.publisher)


def office(named: str) -> str:
    """Return a publisher as a table names it, in the language that is spoken where it publishes a source of ours."""
    from loaders.registry import SOURCES  # noqa: PLC0415 (as in :func:`held`)

    own = next((source.name for source in SOURCES.values() if source.publisher == named), "")
    return publisher(own) if own else named


def licence(name: str) -> str:
    """Return a source's licence in words; whoever is no source of ours is quoted with a figure or two."""
    return _text_about(_LICENCE, name, lambda source: source.licence.rstrip(".")) or say("sources.quoted")


def _text_about(pattern: str, name: str, own: Callable[[Record], str]) -> str:
    """Return a text about a source: the catalogue's, else its record's; empty where it is none of ours."""
    source = known(name)
    if source is None:
        return ""
    key = pattern.format(source.name)
    return say(key) if has(key) else own(source)


def rates(cells: Iterable[str]) -> str:
    """Name exchange rates by the cells that hold their codes, as a sentence says them after "converted at"."""
    keys = {name: _RATE.format(name) for name in names_of(joined(*cells))}
    return text.listed(say_or(key, name) for name, key in keys.items())


def line(rows: pd.DataFrame) -> str:
    """Return publishers with their spans, the rate where one was used, the newest release, licences."""
    if rows.empty:
        return ""
    sources = names(rows)
    licences = dict.fromkeys(licence(name) for name in sources)
    return text.sentences(
        [
            say("sources.line", sources=text.clauses(_spanned(rows, name) for name in sources)),
            _rates(rows),
            *_dates(rows),
            say("sources.line.own", files=", ".join(own)) if (own := brought(rows)) else "",
            say("sources.line.licence", licences=text.clauses(licences)),
        ]
    )


def _rates(rows: pd.DataFrame) -> str:
    used = rates(map(str, rows["rate_source"].dropna().unique())) if "rate_source" in rows else ""
    return say("sources.line.rate", rates=used) if used else ""


def _dates(rows: pd.DataFrame) -> list[str]:
    """Say the newest release that a publisher dated, and the newest day we dated ourselves.

    Where figures are of later months than that release, they bear no date, and that is said.
    """
    if "released" not in rows or "reference" not in rows:
        return []
    published = schema.published(rows)
    theirs, read = published.max(), rows.loc[published.isna(), "released"].max()
    figures = rows["reference"].fillna("").ne("")  # a row without a reference says that there is none
    days = []
    if pd.notna(theirs):
        later = theirs < rows.loc[figures, "period_end"].max()
        key = "sources.line.newest_later" if later else "sources.line.newest"
        days.append(say(key, day=text.release_day(theirs)))
    return [*days, say("sources.line.read", day=text.day(read))] if pd.notna(read) else days


def brought(rows: pd.DataFrame) -> list[str]:
    """Return the files by which the reader brought some of the rows."""
    if "reference" not in rows:
        return []
    return list(
        dict.fromkeys(file for cell in rows["reference"].dropna().unique() for file in import_marks.files(str(cell)))
    )


def _spanned(rows: pd.DataFrame, name: str) -> str:
    written = [cell for cell in rows["source"].dropna().unique() if name in names_of(str(cell))]
    own = rows.loc[rows["source"].isin(written), [column for column in _READ if column in rows]]
    if own.empty:
        return brief(name)
    years = text.years(own["period_start"].min().year, own["period_end"].max().year)
    weak = "provisional" in own and bool(own["provisional"].all())
    return say("sources.line.weak" if weak else "sources.line.one", source=brief(name), years=years)


def record(name: str) -> dict[str, str]:
    """Return publisher, licence and how to cite a source, as an export states them."""
    source = known(name)
    if source is None:
        return {"name": name}
    own = {key: getattr(source, key) for key in ("name", "title", "publisher", "homepage", "licence", "cite")}
    return own | {"title": title(name), "licence": licence(name)}
