"""CEPII BACI: yearly trade of every pair of countries by HS6, reconciled from both sides' reports."""

import re
from typing import Final

import pandas as pd

from loaders.core import schema
from loaders.core.columns import categories
from loaders.core.source import Hints, Parsed, Source
from loaders.tables import harmonized_system, parsing, row_account, text_files

_COLUMNS: Final = ("t", "i", "j", "k", "v", "q")
_NOT_REPORTED: Final = ("NA",)


def recognises(head: bytes) -> bool:
    """Tell a BACI file by its six columns."""
    return {column.casefold() for column in text_files.header(head)} == set(_COLUMNS)


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return the flows of a year file, of any HS edition: the exporter is the reporter, values are FOB.

    Raises:
        SourceError: the bytes are no BACI file.
    """
    del hints
    table = row_account.read(content, name, sides=row_account.Sides("i", "j", parsing.countries("comtrade")))
    table.take({column: (column,) for column in _COLUMNS}, "a BACI file has t, i, j, k, v and q")
    _countries(table)
    table.keep_pair()
    table.match("t", "(?:19|20)[0-9]{2}", "is not a year")
    table.match("k", "[0-9]{5,6}", "is not an HS6 code")
    table.number("v", power=3)
    table.number("q", power=3, empty=_NOT_REPORTED)
    edition = harmonized_system.named(name)
    if edition == "HS":
        table.notes.append(f"{name}: names no HS edition, so the codes are kept as HS; name it like BACI_HS17_...")
    return _settle(table, edition, _release(name))


def _countries(table: row_account.TableRows) -> None:
    """Turn the numbers of exporter and importer into ISO codes."""
    iso = parsing.countries("comtrade")
    for column, side, word in (("i", "reporter", "exporter"), ("j", "partner", "importer")):
        table.frame[column] = table.frame[column].astype("category")
        table.match(column, "[0-9]{1,3}", "is not a country number")
        codes = table.frame[column].cat.categories
        table.frame[side] = categories.mapped(table.frame[column], [iso.get(text.lstrip("0"), "") for text in codes])
        unknown = table.frame[side].eq("")
        if unknown.any():
            table.leave_out(unknown, word + " " + table.frame[column].astype("str"))


def _settle(table: row_account.TableRows, edition: str, released: pd.Timestamp | None) -> Parsed:
    frame = table.frame
    year = frame["t"].map({text: pd.Timestamp(int(text), 1, 1) for text in frame["t"].unique()}).astype(schema.UNIT)
    weight = frame["q"].mask(frame["q"].eq(0) & frame["v"].gt(0))
    reference = f"{table.name}, row " + frame[row_account.ROW].astype("str") + ", reconciled by CEPII from both reports"
    table.frame = frame.assign(
        period_start=year,
        period_end=year + pd.DateOffset(months=11),
        commodity_code=frame["k"].str.zfill(6),
        value=frame["v"],
        net_weight_kg=weight,
        reference=reference,
    )
    return table.settle(
        source="baci",
        flow="export",
        classification=edition,
        currency="USD",
        valuation="FOB",
        status="final",
        released=released,
    )


def _release(name: str) -> pd.Timestamp | None:
    """Return the last day of the month of the release in the file's name, as V202501, else nothing."""
    match = re.search(r"(?<![a-z])v(20[0-9]{2})(0[1-9]|1[0-2])(?![0-9])", name.lower())
    return pd.Timestamp(int(match[1]), int(match[2]), 1) + pd.offsets.MonthEnd(0) if match else None


SOURCE: Final = Source.of("baci", parse=parse, recognises=recognises)
