"""The European Central Bank's exchange rates: yuan and dollar for one euro, monthly means."""

from collections.abc import Generator
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.core import rates
from loaders.core.source import Call, Download, Hints, KnownBefore, Parsed, Source, SourceError
from loaders.tables import row_account

_CURRENCIES: Final = ("CNY", "USD")
_SERIES: Final = {"FREQ": "M", "CURRENCY_DENOM": "EUR", "EXR_TYPE": "SP00", "EXR_SUFFIX": "A"}
_COLUMNS: Final = {**_SERIES, "CURRENCY": "", "TIME_PERIOD": "", "OBS_VALUE": ""}


def fetch(_known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for both currencies since 2015 in one call."""
    path = "/service/data/EXR/M.CNY+USD.EUR.SP00.A?startPeriod=2015-01&format=csvdata"
    yield Call("EXR-M-CNY-USD", path, "csv", {"Accept": "text/csv"})


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return the rates as printed: units of the currency for one euro.

    Raises:
        SourceError: the bytes are no such answer, or count in another unit.
    """
    del hints
    table = row_account.read(content, name)
    table.take(
        {column: column for column in _COLUMNS}, "the answer of EXR has it", {"UNIT": "UNIT", "MULT": "UNIT_MULT"}
    )
    _check_unit(table)
    frame = table.frame
    other = ~frame["CURRENCY"].isin(_CURRENCIES)
    for column, wanted in _SERIES.items():
        other |= frame[column].ne(wanted)
    table.leave_out(other, "series " + frame["CURRENCY"] + " " + frame["FREQ"])
    table.leave_out(table.frame["OBS_VALUE"].eq(""), "no value")
    table.match("TIME_PERIOD", r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])", "is not a month")
    table.match("OBS_VALUE", rates.PLAIN, "is not a rate")
    monthly = _rates(table.frame, name)
    table.frame = table.frame.iloc[:0]
    return replace(table.settle(source="ecb"), rates=rates.checked(monthly, name))


def _check_unit(table: row_account.TableRows) -> None:
    """Refuse an answer that counts in another unit than the currency itself."""
    frame = table.frame
    odd = (frame["UNIT"].ne("") & frame["UNIT"].ne(frame["CURRENCY"])) | ~frame["MULT"].isin(["", "0"])
    if odd.any():
        row = frame[odd].iloc[0]
        unit = f"{row['UNIT']} times ten to the {row['MULT'] or '0'}"
        raise SourceError(
            f"{table.name}, row {row[row_account.ROW]}: the unit is {unit}, not {row['CURRENCY']}; not taken"
        )


def _rates(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    currency = frame["CURRENCY"]
    return pd.DataFrame(
        {
            "series": "ECB_EXR_" + currency,
            "pair": currency + " per EUR",
            "freq": "M",
            "period_start": frame["TIME_PERIOD"],
            "period_end": frame["TIME_PERIOD"],
            "value": frame["OBS_VALUE"],
            "unit": currency.str.lower() + "_per_eur",
            "kind": "monthly mean",
            "publisher": "European Central Bank",
            "reference": f"{name}, row " + frame[row_account.ROW].astype("str"),
            "licence": "free reuse with source",
        }
    )


SOURCE: Final = Source.of("ecb", parse=parse, base="https://data-api.ecb.europa.eu", fetch=fetch)
