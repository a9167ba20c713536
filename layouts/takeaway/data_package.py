"""A Frictionless Data Package: ``datapackage.json`` over the CSV files of charts, each column explained.

Data Package 2.0 and Table Schema 2.0 (datapackage.org); readers of version 1 pass over what they do not know.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

from analysis import points
from layouts.figure import source_line
from layouts.figure.export import timed
from layouts.takeaway.taken_chart import TakenChart
from layouts.words import column_dictionary
from layouts.words.catalogue import say
from loaders.core import schema
from loaders.core.program import VERSION
from loaders.core.source_records import record_of
from loaders.core.store import read_codes

NAME: Final = "datapackage.json"
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_ADDRESS: Final = re.compile(r"https?://[^\s)]+")


@dataclass(frozen=True)
class PackedTable:
    """The rows of a chart under a view, and the file beside ``datapackage.json`` that holds them as CSV."""

    taken: TakenChart
    path: str
    content: bytes


def description(tables: Sequence[PackedTable]) -> bytes:
    """Return ``datapackage.json`` for CSV files: their columns, types, keys, sources, licences and hashes, in UTF-8."""
    named = list(dict.fromkeys(name for one in tables for name in source_line.names(one.taken.rows)))
    package = {
        "$schema": _PROFILE,
        "name": "sino-russian-trade",
        "title": say("page.title"),
        "description": say("takeaway.package"),
        "version": VERSION,
        **_terms(named),
        "resources": [_resource(one) for one in tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(table: PackedTable) -> dict[str, Any]:
    taken = table.taken
    named = source_line.names(taken.rows)
    return {
        "name": re.sub(r"[^a-z0-9._-]", "-", table.path.removesuffix(".csv").lower()),
        "path": table.path,
        "title": taken.words.finding,
        "description": taken.words.subtitle,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.content),
        "hash": f"sha256:{hashlib.sha256(table.content).hexdigest()}",
        "query": taken.selection.to_query(),
        **({"version": taken.version} if taken.version else {}),
        "schema": table_schema(taken.rows),
        **_terms(named),
    }


def table_schema(rows: pd.DataFrame) -> dict[str, Any]:
    """Return the Table Schema of a chart's CSV: name, type, heading and meaning of each column, and its key.

    The key is that of the one table, or the name of the plotted point; none where it tells no row from another.
    """
    made: dict[str, Any] = {"fields": [_field(str(name), rows[name]) for name in rows], "missingValues": [""]}
    key = list(schema.KEY) if set(schema.KEY) <= set(rows) else [points.POINT]
    if not set(key) <= set(rows) or rows.duplicated(key).any():
        return made
    if rows[key].isna().any(axis=None):  # a primary key may hold no empty cell
        return {**made, "uniqueKeys": [key]}
    return {**made, "primaryKey": key}


def _field(name: str, cells: pd.Series) -> dict[str, str]:
    explained = column_dictionary.entry(name)
    return {"name": name, **_type(name, cells), "title": explained["heading"], "description": explained["note"]}


def _type(name: str, cells: pd.Series) -> dict[str, str]:
    """Return the type of a column as its CSV writes it."""
    kind = cells.dtype.kind
    if kind == "M":
        if name.startswith("period"):
            return {"type": "yearmonth"}
        return {"type": "datetime", "format": "any"} if timed(cells).any() else {"type": "date"}
    if kind == "O" and len(kept := cells.dropna()) and kept.map(lambda one: isinstance(one, bool)).all():
        return {"type": "boolean"}
    return {"type": {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}.get(kind, "string")}


def _terms(names: list[str]) -> dict[str, Any]:
    """Return whose figures these are and on what terms; a list that would be empty is left out."""
    lists = {"sources": _sources(names), "licenses": _licences(names)}
    return {key: listed for key, listed in lists.items() if listed}


def _sources(names: Iterable[str]) -> list[dict[str, str]]:
    listed = []
    for name in names:
        record = source_line.record(name)
        title = ": ".join(filter(None, (record.get("publisher"), record.get("title"))))
        more = {
            "path": record.get("homepage", ""),
            "citation": record.get("cite", ""),
            "terms": source_line.licence(name),
        }
        listed.append({"name": name, "title": title or name, **{key: fact for key, fact in more.items() if fact}})
    return listed


def _licences(names: Iterable[str]) -> list[dict[str, str]]:
    """Return the terms of each source of ours: the licence's own name and address, else where its publisher stands."""
    listed = []
    for name in names:
        record = record_of(name)
        if record is None:  # who is quoted with a figure or two grants no licence
            continue
        text = record.licence
        known, address = next((own for begins, *own in _named() if text.startswith(begins)), ("", ""))
        stated = _ADDRESS.search(text)
        path = address or (stated[0] if stated else record.homepage)
        facts = {"name": known, "path": path, "title": f"{source_line.title(name)}: {source_line.licence(name)}"}
        listed.append({key: words for key, words in facts.items() if words})
    return listed


@cache
def _named() -> list[tuple[str, str, str]]:
    """Return how the text of a licence begins, the licence's own name, and its address where it has one."""
    lines = read_codes("licences").fillna("")
    return list(zip(lines["begins"], lines["name"], lines["path"], strict=True))
