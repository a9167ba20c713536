"""The services of trade figures that answer in one call: IMF, Eurostat, CREA."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.servers.base import Reply, not_found

if TYPE_CHECKING:
    from tests.servers.base import Ask
    from tests.servers.world import World

_IMF_HEAD: Final = (
    "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,PRECISION,"
    "DECIMALS_DISPLAYED,TRADE_FLOW,VALUATION,UNIT,DERIVATION_TYPE,OVERLAP,STATUS"
)
_SDMX_CSV: Final = "application/vnd.sdmx.data+csv;version=1.0.0"
_CREA_HEAD: Final = (
    "commodity,commodity_group,commodity_group_name,month,pricing_scenario,pricing_scenario_name,"
    "value_tonne,value_eur,value_usd,version"
)
_FUELS: Final = ("crude_oil", "pipeline_oil", "oil_products", "lng", "natural_gas", "coal")


def imf(ask: Ask, world: World) -> Reply:
    """Answer IMTS 2.1 as CSV; asked for anything else it gives SDMX-ML, as the service does."""
    match = re.fullmatch(r".*/2\.1/data/IMF\.STA,IMTS,1\.0\.0/([^.]*)\.([^.]*)\.([^.]*)\.([AM])", ask.path)
    if not match:
        return not_found(ask)
    if "csv" not in ask.headers.get("Accept", ""):
        return Reply(b'<?xml version="1.0"?><message:StructureSpecificData/>', "application/vnd.sdmx.data+xml")
    countries, indicators, partners, freq = (part.split("+") for part in match.groups())
    rows = [
        _observation(world, country, indicator, partner, month)
        for country in countries
        for indicator in indicators
        for partner in partners
        for month in world.months(ask.query.get("startPeriod", "2015-01"))
        if freq == ["M"]
    ]
    return Reply("\n".join([_IMF_HEAD, *rows, ""]).encode(), _SDMX_CSV)


def _observation(world: World, country: str, indicator: str, partner: str, month: str) -> str:
    trade, valuation = indicator.split("_")[:2]
    parts = ("XG_FOB_USD", "MG_CIF_USD") if indicator == "TBG_USD" else (indicator,)
    value, *minus = (world.figure("imf", country, part, partner, month) for part in parts)
    value -= sum(minus)
    period = month.replace("-", "-M")
    return f"IMF.STA:IMTS(1.0.0),{country},{indicator},{partner},M,{period},{value},6,,,{trade},{valuation},USD,O,OL,"


def eurostat(ask: Ask, world: World) -> Reply:
    """Answer Comext's SDMX 2.1 as SDMX-CSV; without a time window the extract is too big."""
    match = re.fullmatch(r".*/sdmx/2\.1/data/DS-045409/M\.([^.]*)\.([^.]*)\.([^.]*)\.([^.]*)\.([^.]*)", ask.path)
    if not match or ask.query.get("format") != "SDMX-CSV":
        return not_found(ask)
    if "startPeriod" not in ask.query:
        return Reply(b'{"error":[{"status":413,"id":"EXTRACTION_TOO_BIG"}]}', "application/json", 413)
    reporters, partners, products, flows, indicators = (part.split("+") for part in match.groups())
    updated = f"{world.released[8:10]}/{world.released[5:7]}/{world.released[2:4]} 11:00:00"
    rows = [
        f"ESTAT:DS-045409(1.0),{updated},M,{r},{p},{c},{f},{i},{month},{world.figure('estat', r, p, c, f, i, month)}"
        for r in reporters
        for p in partners
        for c in products
        for f in flows
        for i in indicators
        for month in world.months(ask.query["startPeriod"])
    ]
    head = "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE"
    return Reply("\n".join([head, *rows, ""]).encode(), "application/vnd.sdmx.data+csv")


def crea(ask: Ask, world: World) -> Reply:
    """Answer ``/v0/counter`` as CSV; old versions are gone, and nothing to tell is 204."""
    if ask.path != "/v0/counter":
        return not_found(ask)
    if ask.query.get("format") != "csv" or ask.query.get("destination_iso2") != "CN":
        return Reply(status=204)
    rows = [
        f"{fuel},group,Group,{month}-01,default,Default,{world.figure('crea', 't', fuel, month, size=10**6)}.25,"
        f"{world.figure('crea', 'eur', fuel, month)}.5,{world.figure('crea', 'usd', fuel, month)}.75,v2"
        for month in world.months(ask.query["date_from"][:7])
        for fuel in _FUELS
    ]
    return Reply("\n".join([_CREA_HEAD, *rows, ""]).encode(), "text/csv; charset=utf-8")
