"""UN Comtrade: preview without a key, data with one, and the list of releases."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from tests.servers.base import Reply, not_found

if TYPE_CHECKING:
    from tests.servers.base import Ask
    from tests.servers.world import World

KEY: Final = "0123456789abcdef0123456789abcdef"
PREVIEW_ROWS: Final = 500
_CHAPTERS: Final = [f"{n:02d}" for n in range(1, 98) if n != 77]
_LEVELS: Final = {
    "TOTAL": ["TOTAL"],
    "AG2": _CHAPTERS,
    "AG4": [f"{chapter}01" for chapter in _CHAPTERS],
    "AG6": [f"{chapter}0110" for chapter in _CHAPTERS],
}


def comtrade(ask: Ask, world: World) -> Reply:
    """Answer as the service: one period a call and 500 rows without a key, twelve periods with one."""
    keyed = ask.headers.get("Ocp-Apim-Subscription-Key") == KEY
    path = re.fullmatch(r"/(public|data)/v1/(getDA|getDa|preview|get)/C/([AM])/HS", ask.path)
    if not path:
        return not_found(ask)
    if path[1] == "data" and not keyed:
        return error(401, "Access denied due to missing subscription key. Make sure to include subscription key.")
    if path[2].lower() == "getda":
        return _json(_releases(world, path[3]))
    periods = ask.query["period"].split(",")
    most = 12 if path[1] == "data" else 1
    if len(periods) > most:
        return Reply(b'{"errorObject":{"errorMessage":"Too many periods"}}', "application/json", 400)
    records = [_record(world, period, flow, code) for period in periods for flow in _flows(ask) for code in _codes(ask)]
    rows = [row for record in records for row in _spread(record, ask)]
    return _json(rows if keyed else rows[:PREVIEW_ROWS])


def error(status: int, message: str, **headers: str) -> Reply:
    """Answer with an error in the gateway's shape."""
    body = json.dumps({"statusCode": status, "message": message}).encode()
    return Reply(body, "application/json", status, {name.replace("_", "-"): value for name, value in headers.items()})


def _flows(ask: Ask) -> list[str]:
    return ask.query["flowCode"].split(",")


def _codes(ask: Ask) -> list[str]:
    asked = ask.query["cmdCode"].split(",")
    return [code for word in asked for code in _LEVELS.get(word, [word])]


def _json(rows: list[dict[str, Any]]) -> Reply:
    body = {"elapsedTime": "0.21 secs", "count": len(rows), "data": rows, "error": ""}
    return Reply(json.dumps(body).encode(), "application/json; charset=utf-8")


def _releases(world: World, freq: str) -> list[dict[str, Any]]:
    years = range(world.first.year, world.year + 1)
    months = [int(month.replace("-", "")) for month in world.months() if month < f"{world.year}"]
    return [
        {
            "datasetCode": 20156000000000000 + period,
            "typeCode": "C",
            "freqCode": freq,
            "period": period,
            "reporterCode": 156,
            "reporterISO": "CHN",
            "classificationCode": "H6",
            "classificationSearchCode": "HS",
            "isOriginalClassification": True,
            "totalRecords": 1000,
            "firstReleased": "2025-06-12T01:47:07.73",
            "lastReleased": world.released,
        }
        for period in (years if freq == "A" else months)
    ]


def _record(world: World, period: str, flow: str, code: str) -> dict[str, Any]:
    value = world.figure("comtrade", period, flow, code, size=1_000_000)
    year = int(period[:4])
    return {
        "typeCode": "C",
        "freqCode": "A" if len(period) == 4 else "M",
        "refPeriodId": int(f"{period[:6]:0<6}01") if len(period) == 6 else year * 10000 + 101,
        "refYear": year,
        "refMonth": int(period[4:]) if len(period) == 6 else 52,
        "period": period,
        "reporterCode": 156,
        "reporterISO": None,
        "flowCode": flow,
        "partnerCode": 643,
        "partnerISO": None,
        "partner2Code": 0,
        "classificationCode": "H6" if year > 2021 else "H5",
        "classificationSearchCode": "HS",
        "isOriginalClassification": True,
        "cmdCode": code,
        "aggrLevel": 0 if code == "TOTAL" else len(code),
        "isLeaf": len(code) == 6,
        "customsCode": "C00",
        "mosCode": "0",
        "motCode": 0,
        "qtyUnitCode": -1,
        "qtyUnitAbbr": "N/A",
        "qty": None,
        "isQtyEstimated": False,
        "altQtyUnitCode": -1,
        "altQtyUnitAbbr": "N/A",
        "altQty": None,
        "isAltQtyEstimated": False,
        "netWgt": None if code == "TOTAL" else value // 3,
        "isNetWgtEstimated": False,
        "grossWgt": None,
        "isGrossWgtEstimated": False,
        "cifvalue": value if flow == "M" else None,
        "fobvalue": value if flow == "X" else None,
        "primaryValue": value,
        "legacyEstimationFlag": 0,
        "isReported": False,
        "isAggregate": True,
    }


def _spread(record: dict[str, Any], ask: Ask) -> list[dict[str, Any]]:
    """Without all three 'totals only' terms a total comes with its parts by procedure and transport."""
    if {"partner2Code", "customsCode", "motCode"} <= set(ask.query):
        return [record]
    parts = [("C01", 1000), ("C01", 2100), ("C04", 1000)]
    value = record["primaryValue"]
    return [record, *({**record, "customsCode": c, "motCode": m, "primaryValue": value / len(parts)} for c, m in parts)]
