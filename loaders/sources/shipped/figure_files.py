"""Figures that ship as readable CSV: one layout, exact scaling, and what is not the value of a flow set apart."""

import csv
import io
from decimal import Decimal
from typing import Final

import pandas as pd

from loaders.core import schema
from loaders.core.source import Hints, Parsed, SourceError
from loaders.tables.parsing import ROW, blank, decode, numbers, settle
from loaders.tables.row_account import NO_HINTS

LAYOUT: Final = schema.columns_of("figures")
MORE: Final = ("publisher", "yoy_pct", "yoy_currency", "confidence", "basis", "known_by")
_SCALES: Final = {
    "": 1,
    "thousand_": 10**3,
    "10k_": 10**4,
    "mln_": 10**6,
    "100_mln_": 10**8,
    "bn_": 10**9,
    "trn_": 10**12,
}
UNITS: Final = {
    f"{word}{currency.lower()}": (currency, factor)
    for word, factor in _SCALES.items()
    for currency in schema.CURRENCIES
}
DOUBTS: Final = schema.columns_of("doubts")
QUANTITIES: Final = schema.columns_of("quantities")
RATES: Final = schema.columns_of("growth_rates")


def recognises(head: bytes) -> bool:
    """Tell the layout by its header."""
    first = head.decode("utf-8-sig", errors="replace").split("\n", 1)[0].strip()
    return tuple(first.split(",")[: len(LAYOUT)]) == LAYOUT


def scale(printed: str, unit: str) -> tuple[str, float]:
    """Return the currency and the whole units of a printed value, exactly: ``114.547, bn_usd`` is 114547000000.

    Raises:
        KeyError: the unit is not known.
    """
    currency, factor = UNITS[unit]
    return currency, float(Decimal(printed) * factor)


def read(content: bytes, name: str) -> pd.DataFrame:
    """Return the lines of a file as text, with ``file`` and ``row`` (the header is row 1); absent columns are empty.

    Raises:
        SourceError: the header is not that of the layout, or a line has another number of cells.
    """
    lines = list(csv.reader(io.StringIO(decode(content, name))))
    header = lines[0] if lines else []
    unknown = [column for column in header if column not in (*LAYOUT, *MORE)]
    missing = [column for column in LAYOUT if column not in header]
    if missing or unknown:
        raise SourceError(f"{name}, row 1: columns missing: {missing or 'none'}; not known: {unknown or 'none'}")
    for row, line in enumerate(lines[1:], start=2):
        if len(line) != len(header):
            raise SourceError(f"{name}, row {row}: {len(line)} cells, {len(header)} columns; quote cells with commas")
    frame = pd.DataFrame(lines[1:], columns=header, dtype="str")
    frame = frame.reindex(columns=[*LAYOUT, *MORE], fill_value="")
    return frame.assign(file=name, **{ROW: range(2, len(frame) + 2)})


def doubtful(lines: pd.DataFrame) -> pd.Series:
    """Return which lines carry a doubt: they are kept aside, with the reason."""
    return ~blank(lines["doubt"]) | lines["note"].str.contains("DOUBT", regex=False)


def doubts(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the doubtful lines as printed, each with its reason."""
    kept = lines[doubtful(lines)]
    reason = kept["doubt"].where(~blank(kept["doubt"]), kept["note"])
    return kept.assign(reason=reason)[list(DOUBTS)].reset_index(drop=True)


def quantities(lines: pd.DataFrame) -> pd.DataFrame:
    """Return sound lines with a quantity, a price or its growth, and no value."""
    kept = lines[~doubtful(lines) & blank(lines["value"]) & ~blank(lines["quantity_unit"])]
    return kept[list(QUANTITIES)].reset_index(drop=True)


def printed_rates(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the growth of values as printed, in per cent on the year before, in the currency it is of.

    The currency is empty where the page leaves it open.
    """
    kept = lines[~doubtful(lines) & blank(lines["quantity_unit"]) & ~blank(lines["yoy_pct"])]
    return kept.rename(columns={"yoy_currency": "currency"})[list(RATES)].reset_index(drop=True)


def values(lines: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the sound lines that hold a value, in the columns of the one table and more, and the refused in words.

    ``printed`` keeps the value as it stands on the page.
    """
    kept = lines[~doubtful(lines) & ~blank(lines["value"])]
    bad = numbers(kept["value"]).isna() | ~kept["unit"].isin(UNITS)
    refused = [
        f"{line.file}, row {line.row}: value {line.value!r} in {line.unit!r} cannot be read; "
        f"use a plain number and one of {', '.join(UNITS)}"
        for line in kept[bad].itertuples()
    ]
    kept = kept[~bad].rename(columns={"value": "printed"})
    scaled = [scale(printed, unit) for printed, unit in zip(kept["printed"], kept["unit"], strict=True)]
    rows = kept.assign(
        currency=pd.Series([currency for currency, _ in scaled], index=kept.index, dtype="str"),
        value=pd.Series([value for _, value in scaled], index=kept.index, dtype="float64"),
    )
    for column in ("period_start", "period_end"):
        rows[column] = pd.to_datetime(rows[column], format="%Y-%m", errors="coerce")
    for column in ("released", "known_by"):
        rows[column] = pd.to_datetime(rows[column].mask(blank(rows[column])), format="%Y-%m-%d")
    rows["known_by"] = rows["known_by"].fillna(rows["released"])
    for column in ("net_weight_kg", "quantity"):
        rows[column] = numbers(rows[column])
    rows["quantity_unit"] = rows["quantity_unit"].mask(blank(rows["quantity_unit"]))
    return rows.reset_index(drop=True), refused


def parse(content: bytes, name: str, hints: Hints = NO_HINTS) -> Parsed:
    """Return the rows of a file in the layout; doubts, rates and quantities are left out and counted."""
    del hints
    lines = read(content, name)
    rows, refused = values(lines)
    parsed = settle(rows, name, len(lines), refused)
    aside = {
        "kept aside with a doubt": int(doubtful(lines).sum()),
        "without a value": int((~doubtful(lines) & blank(lines["value"])).sum()),
    }
    left_out = {**parsed.left_out, **{why: count for why, count in aside.items() if count}}
    return Parsed(parsed.table, parsed.rows_read, parsed.refused, left_out, parsed.notes)
