"""The services of exchange rates: European Central Bank, Bank of Russia, World Bank."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pandas as pd

from tests.servers.base import Reply, not_found

if TYPE_CHECKING:
    from tests.servers.base import Ask
    from tests.servers.world import World

_NAMES: Final = {"CNY": "Chinese yuan renminbi", "USD": "US dollar"}
_ECB_HEAD: Final = (
    "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,DECIMALS,TITLE,"
    "UNIT,UNIT_MULT"
)
_USUAL: Final = {"CNY": 7.8, "USD": 1.1, "CHN": 6.8, "RUS": 75.0}
_CBR: Final = {"R01235": ("USD", 1), "R01375": ("CNY", 10)}


def ecb(ask: Ask, world: World) -> Reply:
    """Answer ``/service/data/EXR/...`` as CSV."""
    if not ask.path.startswith("/service/data/EXR/M.") or ask.query.get("format") != "csvdata":
        return not_found(ask)
    rows = [
        f"EXR.M.{c}.EUR.SP00.A,M,{c},EUR,SP00,A,{month},{_rate(world, c, month)},A,4,{_NAMES[c]}/Euro,{c},0"
        for c in ("CNY", "USD")
        for month in world.months(ask.query["startPeriod"])
    ]
    return Reply("\n".join([_ECB_HEAD, *rows, ""]).encode(), "text/csv")


def _rate(world: World, currency: str, month: str) -> str:
    """Return a rate about its usual height: no month leaps beside the next."""
    return f"{_USUAL[currency] * _about_one(world.figure('ecb', currency, month)):.6f}"


def _about_one(figure: int) -> float:
    """Turn a figure of one to ten billion into a factor of 0.955 to 1.045."""
    return 1 + (figure / 1e9 - 5.5) / 100


def cbr(ask: Ask, world: World) -> Reply:
    """Answer ``/scripts/XML_dynamic.asp`` in windows-1251, with a nominal that changes on the way."""
    code = ask.query.get("VAL_NM_RQ", "")
    if ask.path != "/scripts/XML_dynamic.asp" or code not in _CBR:
        return not_found(ask)
    start, end = (pd.to_datetime(ask.query[name], format="%d/%m/%Y") for name in ("date_req1", "date_req2"))
    currency, nominal = _CBR[code]
    records = []
    for day in pd.date_range(start, min(end, world.last.end_time), freq="B"):
        units = 1 if day.year > 2022 else nominal
        rate = 10 + world.figure("cbr", currency, f"{day:%Y-%m-%d}", size=1000) / 1000
        texts = [f"{number:.4f}".replace(".", ",") for number in (rate * units, rate)]
        records.append(
            f'<Record Date="{day:%d.%m.%Y}" Id="{code}"><Nominal>{units}</Nominal><Value>{texts[0]}</Value>'
            f"<VunitRate>{texts[1]}</VunitRate></Record>"
        )
    span = f'DateRange1="{start:%d.%m.%Y}" DateRange2="{end:%d.%m.%Y}"'
    head = f'<ValCurs ID="{code}" {span} name="Foreign Currency Market Dynamic">'
    text = f'<?xml version="1.0" encoding="windows-1251"?>{head}{"".join(records)}</ValCurs>'
    return Reply(text.encode("cp1251"), "application/xml; charset=windows-1251")


def worldbank(ask: Ask, world: World) -> Reply:
    """Answer ``/v2/country/.../indicator/...``: a list of two parts, errors with status 200."""
    parts = ask.path.split("/")
    if len(parts) != 6 or parts[1] != "v2" or ask.query.get("format") != "json":
        return not_found(ask)
    countries, indicators = parts[3].split(";"), parts[5].split(";")
    if len(indicators) > 1 and "source" not in ask.query:
        message = {"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}
        return _json([{"message": [message]}])
    first, last = (int(year) for year in ask.query["date"].split(":"))
    years = range(last, first - 1, -1)
    rows = [_indicator(world, code, country, year) for code in indicators for country in countries for year in years]
    meta = {"page": 1, "pages": 1, "per_page": 1000, "total": len(rows), "lastupdated": world.released[:10]}
    return _json([meta, rows])


def _indicator(world: World, code: str, country: str, year: int) -> dict[str, object]:
    figure = world.figure("wb", code, country, str(year), size=10**9)
    rate = _USUAL.get(country, 10.0) * _about_one(figure)
    value = None if year > world.year - 1 else rate if code.startswith("PA.") else figure * 1000.0
    return {
        "indicator": {"id": code, "value": "made up"},
        "country": {"id": country[:2], "value": country},
        "countryiso3code": country,
        "date": str(year),
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    }


def _json(body: object) -> Reply:
    return Reply(json.dumps(body).encode(), "application/json;charset=utf-8")
