"""The one table as SDMX-CSV 2.0: its concepts, and the way of each cell there and back.

docs/sdmx.md lists the concepts for readers.
"""

import re
from collections.abc import Iterable
from typing import Final

import pandas as pd

STRUCTURE_ID: Final = "SINO_RUSSIAN_TRADE:TRADE_FIGURES(1.0)"
INFORMATION: Final = "I"
UNDATED: Final = "_U"  # a dimension may not be empty: the publisher gives no day
_HEAD: Final = {"STRUCTURE": "datastructure", "STRUCTURE_ID": STRUCTURE_ID, "ACTION": INFORMATION}
# concept -> column of the one table; FREQ and TIME_PERIOD stand for its two months
DIMENSIONS: Final = {
    "FREQ": "",
    "SOURCE": "source",
    "REF_AREA": "reporter",
    "COUNTERPART_AREA": "partner",
    "FLOW": "flow",
    "CLASSIFICATION": "classification",
    "PRODUCT": "commodity_code",
    "UNIT_MEASURE": "currency",
    "RELEASE": "released",
    "TIME_PERIOD": "",
}
MEASURE: Final = {"OBS_VALUE": "value"}
ATTRIBUTES: Final = {
    "UNIT_MULT": "",
    "OBS_STATUS": "",
    "STATUS": "status",
    "VALUATION": "valuation",
    "NET_WEIGHT_KG": "net_weight_kg",
    "QUANTITY": "quantity",
    "QUANTITY_UNIT": "quantity_unit",
    "KNOWN_BY": "known_by",
    "REFERENCE": "reference",
}
CONCEPTS: Final = {**DIMENSIONS, **MEASURE, **ATTRIBUTES}
FLOWS: Final = {"export": "X", "import": "M", "total": "T"}
# of the SDMX code list CL_OBS_STATUS, which has none for a sum or a difference of published figures
STATUSES: Final = {"final": "A", "preliminary": "P", "estimated": "E", "derived": "A"}
_LETTERS: Final = {1: "M", 3: "Q", 6: "S", 12: "A"}
_MONTHS: Final = {letter: months for months, letter in _LETTERS.items()}
_OTHER: Final = "_O"
_NAMED: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-(?P<letter>[QS])?(?P<number>[0-9]{1,2}))?")
_RANGE: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>0[1-9]|1[0-2])-01/P(?P<months>[1-9]|1[0-2])M")


def days(column: pd.Series) -> pd.Series:
    """Return dates as text: YYYY-MM-DD, with the time of day where there is one, missing where a date is."""
    timed = column.ne(column.dt.normalize())
    return pd.Series(column.dt.strftime("%Y-%m-%d")).where(~timed, column.dt.strftime("%Y-%m-%dT%H:%M:%S"))


def time_period(start: pd.Timestamp, end: pd.Timestamp) -> tuple[str, str]:
    """Return FREQ and TIME_PERIOD: ``2024-03``, ``2024-Q1``, ``2024-S1``, ``2024``, else ``2024-01-01/P2M``."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    letter = _LETTERS.get(months, _OTHER)
    if letter == _OTHER or (start.month - 1) % months:
        return _OTHER, f"{start:%Y-%m}-01/P{months}M"
    if letter in "AM":
        return letter, f"{start:%Y}" if letter == "A" else f"{start:%Y-%m}"
    return letter, f"{start:%Y}-{letter}{(start.month - 1) // months + 1}"


def months_of(period: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and the last month that a TIME_PERIOD names, None where it is none of :func:`time_period`."""
    if match := _RANGE.fullmatch(period):
        return _from(int(match["year"]), int(match["month"]), int(match["months"]))
    match = _NAMED.fullmatch(period)
    if match is None:
        return None
    if match["number"] is None:
        return _from(int(match["year"]), 1, 12)
    months, number = _MONTHS[match["letter"] or "M"], int(match["number"])
    # a month has two digits, a quarter and a half one
    if not 1 <= number <= 12 // months or len(match["number"]) != 1 + (not match["letter"]):
        return None
    return _from(int(match["year"]), (number - 1) * months + 1, months)


def _from(year: int, month: int, months: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    start = pd.Timestamp(year, month, 1)
    return start, start + pd.DateOffset(months=months - 1)


def frame(table: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the one table with the columns of SDMX-CSV, a row an observation."""
    named = {pair: time_period(*pair) for pair in _pairs(table)}
    when = [named[pair] for pair in zip(table["period_start"], table["period_end"], strict=True)]
    made = {
        **_HEAD,
        "FREQ": [letter for letter, _ in when],
        "TIME_PERIOD": [period for _, period in when],
        "UNIT_MULT": 0,
        "FLOW": table["flow"].astype("str").map(FLOWS),
        "RELEASE": days(table["released"]).fillna(UNDATED),
        "OBS_STATUS": table["status"].astype("str").map(STATUSES),
        "KNOWN_BY": days(table["known_by"]),
    }
    own = {concept: table[column] for concept, column in CONCEPTS.items() if column and concept not in made}
    return pd.DataFrame({**made, **own}, index=table.index)[[*_HEAD, *CONCEPTS]]


def _pairs(table: pd.DataFrame) -> Iterable[tuple[pd.Timestamp, pd.Timestamp]]:
    distinct = table[["period_start", "period_end"]].drop_duplicates()
    return zip(distinct["period_start"], distinct["period_end"], strict=True)


def text(table: pd.DataFrame) -> str:
    """Return rows of the one table as SDMX-CSV 2.0: UTF-8 text, commas, point decimals, empty for missing."""
    return str(frame(table).to_csv(index=False, lineterminator="\n"))
