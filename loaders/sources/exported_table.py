"""The one table as this program writes it out: CSV, as in its Data Package, and SDMX-CSV.

No source of its own: each row names the source that published it, and goes back there.
"""

import csv
import io
from typing import Final

import pandas as pd

from loaders.core import schema
from loaders.core.columns import sdmx_csv
from loaders.core.source import Hints, Parsed, Source
from loaders.core.source_records import records
from loaders.tables import row_account, text_files

_HEAD: Final = 1 << 16  # bytes that hold a header and a row
_DAY: Final = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2})?"
_MONTH: Final = r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"
_WHAT: Final = "a table that this program exported has it"
_CODED: Final = tuple(column for column in schema.CATEGORIES if column not in {"source", "quantity_unit"})


def recognises(head: bytes) -> bool:
    """Tell the table by its own columns, and its SDMX-CSV by the structure that it names."""
    columns = text_files.header(head)
    return set(schema.COLUMNS) <= set(columns) or ("STRUCTURE_ID" in columns and _named(head) == _agency())


def _named(head: bytes) -> str:
    """Return the structure, without its version, that the first row below the header names."""
    lines = csv.DictReader(io.StringIO(head[:_HEAD].decode("utf-8-sig", "replace")))
    try:
        return str(next(lines, {}).get("STRUCTURE_ID") or "").partition("(")[0]
    except csv.Error:
        return ""


def _agency() -> str:
    return sdmx_csv.STRUCTURE_ID.partition("(")[0]


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return the rows with all that they say: source, release, day known by, valuation, status, reference.

    Raises:
        SourceError: the bytes are no such table.
    """
    del hints
    table = row_account.read(content, name)
    if table.column_named("STRUCTURE_ID"):
        _from_sdmx(table)
    else:
        table.take({column: column for column in schema.COLUMNS}, _WHAT)
        for column in ("period_start", "period_end"):
            table.match(column, _MONTH, "is no month YYYY-MM")
            table.frame[column] = pd.to_datetime(table.frame[column], format="%Y-%m")
    table.refuse(
        ~table.frame["source"].isin(records()), "source", "is none of this program's sources; --list names them"
    )
    for column in _CODED:
        cells = pd.Index(table.frame[column].unique())
        allowed = cells[schema.well_formed(column, cells)]
        table.refuse(~table.frame[column].isin(allowed), column, "is not allowed here")
    _in_order(table)
    for column in ("released", "known_by"):
        _dates(table, column)
    table.number("value")
    for column in ("net_weight_kg", "quantity"):
        table.number(column, empty=())
    table.frame["quantity_unit"] = table.frame["quantity_unit"].mask(table.frame["quantity_unit"].eq(""))
    table.frame["reference"] = (
        f"{name}, row " + table.frame[row_account.ROW].astype("str") + ", " + table.frame["reference"]
    )
    return table.settle()


def _from_sdmx(table: row_account.TableRows) -> None:
    """Turn concepts back into columns; what is no observation to take in is refused."""
    concepts = {column or concept: concept for concept, column in sdmx_csv.CONCEPTS.items()}
    table.take({**concepts, "STRUCTURE_ID": "STRUCTURE_ID", "ACTION": "ACTION"}, _WHAT)
    table.refuse(table.frame["STRUCTURE_ID"].ne(sdmx_csv.STRUCTURE_ID), "STRUCTURE_ID", "is another structure")
    table.refuse(table.frame["ACTION"].ne(sdmx_csv.INFORMATION), "ACTION", "is not I: rows are taken in, never deleted")
    table.refuse(table.frame["UNIT_MULT"].ne("0"), "UNIT_MULT", "is not 0: values are whole units")
    flows = {code: flow for flow, code in sdmx_csv.FLOWS.items()}
    table.refuse(~table.frame["flow"].isin(flows), "flow", "is none of X, M and T")
    table.frame["flow"] = table.frame["flow"].map(flows)
    known = {text: sdmx_csv.months_of(text) for text in table.frame["TIME_PERIOD"].unique()}
    table.refuse(table.frame["TIME_PERIOD"].map(known).isna(), "TIME_PERIOD", "is no period of months")
    letters = {text: sdmx_csv.time_period(*months)[0] for text, months in known.items() if months}
    table.refuse(table.frame["FREQ"].ne(table.frame["TIME_PERIOD"].map(letters)), "FREQ", "contradicts TIME_PERIOD")
    months = table.frame["TIME_PERIOD"].map(known)
    table.frame = table.frame.assign(
        period_start=pd.to_datetime(months.str[0]),
        period_end=pd.to_datetime(months.str[1]),
        released=table.frame["released"].mask(table.frame["released"].eq(sdmx_csv.UNDATED), ""),
    )


def _in_order(table: row_account.TableRows) -> None:
    """Refuse what ends before it begins or lasts longer than a year."""
    length = schema.months(table.frame)
    shown = table.frame.assign(period_end=table.frame["period_end"].dt.strftime("%Y-%m"))
    table.frame = shown
    table.refuse(~length.between(1, 12), "period_end", "does not end a period of 1 to 12 months")
    table.frame["period_end"] = pd.to_datetime(table.frame["period_end"], format="%Y-%m")


def _dates(table: row_account.TableRows, column: str) -> None:
    """Turn days and moments into dates; an empty cell is a day that the publisher does not say."""
    text = table.frame[column]
    dates = pd.to_datetime(text.where(text.str.fullmatch(_DAY)), format="ISO8601", errors="coerce")
    table.refuse(text.ne("") & dates.isna(), column, "is no day YYYY-MM-DD")
    table.frame[column] = dates.loc[table.frame.index].astype(schema.UNIT)


SOURCE: Final = Source(
    name="exported_table", title="A table exported by this program", parse=parse, recognises=recognises
)
