"""Where one row of the table comes from: the file it was read from, the row in it, its hash, and when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from loaders.core import import_marks, raw_files, store
from loaders.sources.shipped import figure_files

_NAMED: Final = re.compile(r"(?P<file>[^/\"]+?\.[A-Za-z]{3,4}), row (?P<row>\d+)")
_COPY: Final = re.compile(r"https?://(?:raw\.)?github", re.IGNORECASE)  # a repository publishes nothing of its own
_ROW: Final = re.compile(r", row (\d+)")
_TEXT: Final = (
    "source",
    "reporter",
    "partner",
    "flow",
    "commodity_code",
    "reference",
    "speaker",
    "currency",
    "series",
    "region",
)
_MONTHS: Final = ("period_start", "period_end")


@dataclass(frozen=True)
class Home:
    """The way home of one row; what is not known is empty.

    ``table`` is the file of ours that holds it, ``file`` the one it was read from with its SHA-256,
    ``row`` the row there (the header is row 1), ``retrieved`` the day or moment it was had; ``publisher``
    who printed it where a figure file says so, a paper by its name; ``copy`` the address of a copy it was read from;
    ``own`` marks a file that a reader brought.
    """

    table: str
    file: str = ""
    row: str = ""
    sha256: str = ""
    retrieved: str = ""
    publisher: str = ""
    copy: str = ""
    own: bool = False


def home(data: store.Store, row: Mapping[str, Any]) -> Home:
    """Return the way home of a row of the one table, or of a side table that ships.

    An import of the reader's own is told by its mark, an answer of a service by its sidecar, what
    ships by the manifest of the snapshot.
    """
    source, reference = str(row["source"]), str(row.get("reference") or "")
    kept = f"{data.folder.name}/{source}.parquet"
    if own := import_marks.marks(reference):
        where = own[0].where.removeprefix(", ").removeprefix("row ")
        return Home(kept, own[0].file, where, own[0].sha256, own[0].moment, own=True)
    if answer := raw_files.answer(data.folder, source, reference):
        number = _ROW.search(reference)
        facts = answer.facts
        file = f"raw/{source}/{answer.file.name}"
        return Home(kept, file, number[1] if number else "", str(facts["sha256"]), str(facts["fetched"]))
    return _shipped(data.snapshot, source, reference, row)


def _shipped(snapshot: Path, source: str, reference: str, row: Mapping[str, Any]) -> Home:
    """Find the row in the manifest of what ships: a raw file named by the reference, or a figure file."""
    manifest = _read(snapshot / store.MANIFEST)
    own = manifest[manifest["file"].eq(f"{source}.parquet")]
    table = f"data/snapshot/{source}.parquet"
    named = _NAMED.match(reference)
    for line in own.to_dict("records"):
        if named and Path(str(line["built_from"])).name == named["file"]:
            where = _origins().get(named["file"], "")
            return Home(table, named["file"], named["row"], line["built_from_sha256"], line["taken"], copy=where)
    files = [name.removeprefix("figures/") for name in own["built_from"] if name.startswith("figures/")]
    facts = {name: (digest, day) for name, digest, day in zip(*_columns(own), strict=True)}
    for name in files or sorted(file.name for file in store.FIGURES.glob("*.csv")):
        number = line_of(store.FIGURES / name, row)
        if number:
            digest, taken = facts.get(f"figures/{name}", (_digest(store.FIGURES / name), ""))
            kept = table if files else f"data/figures/{name}"
            who = _printer(store.FIGURES / name, number)
            copy = reference if _COPY.match(reference) else ""
            return Home(kept, f"data/figures/{name}", number, digest, taken, who, copy)
    return Home(table if len(own) else "")


def _printer(file: Path, number: str) -> str:
    """Return who printed a line of a figure file, empty where the file does not say."""
    frame = _read(file)
    cell = frame["publisher"].iloc[int(number) - 2] if "publisher" in frame else None
    return cell if isinstance(cell, str) else ""


def _origins() -> dict[str, str]:
    """Return the address that each raw file was copied from."""
    frame = _read(store.FIGURES / "raw_origins.csv")
    return dict(zip(frame["file"], frame["address"], strict=True)) if "address" in frame else {}


def _columns(manifest: pd.DataFrame) -> list[list[str]]:
    return [manifest[name].astype("str").tolist() for name in ("built_from", "built_from_sha256", "taken")]


def line_of(file: Path, row: Mapping[str, Any]) -> str:
    """Return the first line of a figure file that says what a row says, empty where none does."""
    frame = _read(file)
    if "reference" not in frame or not isinstance(row.get("reference"), str):
        return ""  # without it any line of the same source and month would do
    same = pd.Series(data=True, index=frame.index)
    for column in (*_TEXT, *_MONTHS):
        cell = row.get("settlement_currency" if column == "currency" and "settlement_currency" in row else column)
        if column in frame and cell is not None and not pd.isna(cell):
            wanted = f"{cell:%Y-%m}" if column in _MONTHS else str(cell)
            printed = frame[column].str.slice(0, 7) if column in _MONTHS else frame[column]
            same &= printed.eq(wanted)
    lines = frame[same]
    if {"value", "unit"} <= set(frame) and not pd.isna(row.get("value")) and row.get("currency"):
        lines = lines[[_says(row, *cells) for cells in zip(lines["value"], lines["unit"], strict=True)]]
    return str(lines.index[0] + 2) if len(lines) else ""


def _says(row: Mapping[str, Any], printed: object, unit: object) -> bool:
    """Return whether a printed value, scaled by its unit, is the row's."""
    try:
        return figure_files.scale(str(printed), str(unit)) == (str(row["currency"]), float(row["value"]))
    except (KeyError, ArithmeticError):
        return False


def _read(file: Path) -> pd.DataFrame:
    try:
        return _cached(file, file.stat().st_mtime_ns)
    except (OSError, store.StoreError):
        return pd.DataFrame(columns=["file", "built_from", "built_from_sha256", "taken"], dtype="str")


@lru_cache(maxsize=64)
def _cached(file: Path, changed: int) -> pd.DataFrame:
    del changed
    return store.read_csv(file)


@lru_cache(maxsize=64)
def _digest(file: Path) -> str:
    return store.sha256(file.read_bytes())
