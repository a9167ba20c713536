"""World Bank indicators: yearly exchange rates, and merchandise trade with the world."""

import json
import re
from collections.abc import Generator
from typing import Any, Final

import pandas as pd
from pandas._libs.tslibs.nattype import NaTType

from loaders.core import rates, schema
from loaders.core.source import Call, Download, Hints, KnownBefore, Parsed, Source, SourceError
from loaders.sources.world_bank import indicator_csv as worldbank_csv
from loaders.tables import parsing

_RATE: Final = "PA.NUS.FCRF"
_TOTALS: Final = worldbank_csv.TOTALS
_CURRENCIES: Final = {"CHN": "CNY", "RUS": "RUB"}
_NUMBER: Final = rates.PLAIN + r"(?:[eE][+-]?[0-9]{1,2})?"
_NO_HINTS: Final = Hints()


def fetch(known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for the rates, then for exports and imports of both countries, since 2015."""
    period = f"format=json&date=2015:{known.today.year}&per_page=1000"
    yield Call("rates", f"/v2/country/CHN;RUS/indicator/{_RATE}?{period}", "json")
    yield Call("merchandise", f"/v2/country/CHN;RUS/indicator/{';'.join(_TOTALS)}?{period}&source=2", "json")


def parse(content: bytes, name: str, hints: Hints = _NO_HINTS) -> Parsed:
    """Return merchandise totals as trade with the world, and yearly rates beside them where the service answers.

    Raises:
        SourceError: the bytes are an error message or no such answer.
    """
    del hints
    if worldbank_csv.recognises(content):
        return worldbank_csv.parse(content, name)
    meta, rows = _body(content, name)
    released = pd.to_datetime(str(meta.get("lastupdated", "")), format="%Y-%m-%d", errors="coerce")
    refused: list[str] = []
    cells = [cell for number, row in enumerate(rows, start=1) if (cell := _cell(row, number, name, refused))]
    table = pd.DataFrame(cells, columns=["row", "indicator", "country", "year", "value"])
    rate, total = table[table["indicator"].eq(_RATE)], table[table["indicator"].isin(_TOTALS)]
    other = table[~table["indicator"].isin([_RATE, *_TOTALS])]
    settled = parsing.settle(_trade(total, released), name, len(rows), refused)
    yearly = rates.checked(_rates(rate, released, name), name) if len(rate) else None
    left_out = {f"indicator {code}": int(count) for code, count in other["indicator"].value_counts().items()}
    return Parsed(settled.table, len(rows), settled.refused, {**settled.left_out, **left_out}, rates=yearly)


def _body(content: bytes, name: str) -> tuple[dict[str, Any], list[Any]]:
    """Return the two parts of an answer; numbers stay text, so that they are kept as printed."""
    try:
        body = json.loads(content, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name}: is no whole JSON answer; run the refresh again later") from error
    match body:
        case [{"message": list(messages)}, *_]:
            text = "; ".join(str(m.get("value", "")) for m in messages if isinstance(m, dict))[:160]
            raise SourceError(f'{name}: is an error message ("{text}"); the service may have changed')
        case [dict(meta), list(rows)] if rows:
            if str(meta.get("pages", "1")) != "1":
                raise SourceError(f"{name}: is only the first of {meta['pages']} pages; not taken")
            return meta, rows
    raise SourceError(f"{name}: holds no figures; run the refresh again later")


def _cell(row: object, number: int, name: str, refused: list[str]) -> tuple[int, str, str, str, str] | None:
    """Return one figure as text; none where the bank has no figure, or where it is refused."""
    match row:
        case {"indicator": {"id": str(indicator)}, "countryiso3code": str(country), "date": str(year), "value": value}:
            if value is None:
                return None
            unit = row.get("unit") if isinstance(row, dict) else None
            whole = re.fullmatch(_NUMBER, str(value)) and re.fullmatch("(?:19|20)[0-9]{2}", year)
            if whole and country in _CURRENCIES and not unit:
                return number, indicator, country, year, str(value)
    refused.append(f"{name}, row {number}: {str(row)[:120]} is no figure of China or Russia; not taken")
    return None


def _trade(rows: pd.DataFrame, released: pd.Timestamp | NaTType) -> pd.DataFrame:
    kind = rows["indicator"].map(_TOTALS)
    return pd.DataFrame(
        {
            "row": rows["row"],
            "source": "worldbank",
            "reporter": rows["country"],
            "partner": schema.WORLD,
            "flow": kind.str[0],
            "period_start": pd.to_datetime(rows["year"] + "-01", format="%Y-%m"),
            "period_end": pd.to_datetime(rows["year"] + "-12", format="%Y-%m"),
            "classification": "none",
            "commodity_code": schema.TOTAL,
            "currency": "USD",
            "value": rows["value"].astype("float64"),
            "net_weight_kg": None,
            "quantity": None,
            "quantity_unit": None,
            "valuation": kind.str[1],
            "status": "final",
            "released": released,
        }
    )


def _rates(rows: pd.DataFrame, released: pd.Timestamp | NaTType, name: str) -> pd.DataFrame:
    currency = rows["country"].map(_CURRENCIES)
    return pd.DataFrame(
        {
            "series": f"WB_{_RATE}",
            "pair": currency + " per USD",
            "freq": "A",
            "period_start": rows["year"] + "-01",
            "period_end": rows["year"] + "-12",
            "value": rows["value"],
            "unit": currency.str.lower() + "_per_usd",
            "kind": "yearly mean",
            "publisher": "World Bank",
            "released": None if pd.isna(released) else f"{released:%Y-%m-%d}",
            "reference": f"{name}, row " + rows["row"].astype("str"),
            "licence": "CC BY 4.0",
        }
    )


SOURCE: Final = Source.of(
    "worldbank", parse=parse, recognises=worldbank_csv.recognises, base="https://api.worldbank.org", fetch=fetch
)
