"""The faults that are tried: on the line, by status, in the packing, in what an answer holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.loaders.support.faulty import Case
from tests.servers import comtrade, faults
from tests.servers.base import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.servers.base import Ask

_LATER = "run the refresh again later"
_HTML = Reply(b"<!DOCTYPE html><html><body>Service down</body></html>", "text/html")


def _always(reply: Reply) -> Callable[[Ask, Reply], Reply]:
    return lambda _ask, _healthy: reply


def _status(status: int, words: str = "", **headers: str) -> Callable[[Ask, Reply], Reply]:
    return _always(comtrade.error(status, words, **headers))


def _first(times: int, reply: Reply) -> Callable[[Ask, Reply], Reply]:
    """Fail the first times that each address is asked, then be well."""
    seen: Counter[str] = Counter()

    def answer(ask: Ask, healthy: Reply) -> Reply:
        seen[ask.target] += 1
        return reply if seen[ask.target] <= times else healthy

    return answer


def _edit(edit: Callable[[str], str], encoding: str = "utf-8") -> Callable[[Ask, Reply], Reply]:
    return lambda _ask, healthy: faults.edited(healthy, edit, encoding)


def _rows(edit: Callable[[list[str]], list[str]]) -> Callable[[Ask, Reply], Reply]:
    """Edit a CSV row by row, the header first."""
    return _edit(lambda text: "\n".join([*edit(text.splitlines()), ""]))


def _cells(edit: Callable[[list[str]], list[str]]) -> Callable[[Ask, Reply], Reply]:
    return _rows(lambda rows: [",".join(edit(row.split(","))) for row in rows])


def _records(edit: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Callable[[Ask, Reply], Reply]:
    """Edit the records of UN Comtrade's data, not its list of releases."""

    def answer(ask: Ask, healthy: Reply) -> Reply:
        if "getDA" in ask.path or healthy.status != 200:
            return healthy
        records = edit(json.loads(healthy.body)["data"])
        body = {"elapsedTime": "0.1 secs", "count": len(records), "data": records, "error": ""}
        return Reply(json.dumps(body).encode(), healthy.content_type)

    return answer


def _pages(edit: Callable[[str], str]) -> Callable[[Ask, Reply], Reply]:
    """Edit the tables of customs, not their index."""
    return lambda ask, healthy: faults.edited(healthy, edit) if "/Statics/" in ask.path else healthy


_WIDE = Reply(b"[]", "application/json", headers={"Content-Encoding": "br"})

ON_THE_LINE = [
    Case("no answer", "crea", _always(faults.Silent()), "no whole answer within 2 s", None, (), timeout=2.0),
    Case("a byte a second", "crea", _always(faults.Dripping()), "no whole answer within 2 s", timeout=2.0),
    Case("headers byte by byte", "crea", _always(faults.Dripping(early=True)), "within 2 s", timeout=2.0),
    Case("reset in the body", "crea", lambda _a, h: faults.Cut(h.body, h.content_type, reset=True), "broke the", 4),
    Case("truncated", "crea", lambda _a, h: faults.Cut(h.body, h.content_type), "before its announced length", 4),
    Case(
        "last chunk missing",
        "crea",
        lambda _a, h: faults.Chunked(h.body, "text/csv", whole=False),
        "cannot be|ended",
        4,
    ),
    Case("chunks, whole", "crea", lambda _a, h: faults.Chunked(h.body, "text/csv")),
    Case(
        "length too short",
        "crea",
        lambda _a, h: replace(h, headers={"Content-Length": str(len(h.body) - 20)}),
        "ends in the middle of a row",
    ),
    Case("not HTTP", "crea", _always(faults.Garbage()), "broke the connection off|cannot be read", 4),
    Case(
        "broken gzip", "crea", lambda _a, h: faults.packed(h, lambda b: b[:40] + b"\0" + b[41:]), "gzip and damaged", 4
    ),
    Case("gzip ends early", "crea", lambda _a, h: faults.packed(h, lambda b: b[:-30]), "gzip and ends early", 4),
    Case("gzip, whole", "crea", lambda _a, h: faults.packed(h)),
    Case("gzip bomb", "crea", lambda _a, _h: faults.bomb(), "swells", 1),
    Case("packing not asked for", "crea", _always(_WIDE), "packed as br", 1),
    Case(
        "300 MB announced", "crea", _always(Reply(headers={"Content-Length": "314572800"})), "announces 314,572,800", 1
    ),
    Case("300 MB unannounced", "crea", _always(faults.huge()), "larger than the 104,857,600 bytes", 1),
]
BY_STATUS = [
    Case("empty", "crea", _always(Reply(b"", "text/csv")), "is empty", 1),
    Case("HTML with 200", "crea", _always(_HTML), r"is a web page, not CSV \(Service down\)", 1),
    Case("JSON error with 200", "crea", _status(200, "Internal failure"), r"is JSON, not CSV \(Internal failure\)", 1),
    Case("204", "crea", _always(Reply(status=204)), "has no data", 1),
    Case("400", "crea", _status(400, "bad commodity"), r"does not take this request \(400\) \(bad commodity\)", 1),
    Case("401", "crea", _status(401, "v0 has been removed"), r"asks for a key \(401\)", 1),
    Case("403", "crea", _status(403, "Access Denied"), r"refuses this machine \(403\)", 1),
    Case("404", "crea", _status(404, "Resource not found"), r"is not there \(404\)", 1),
    Case("410", "crea", _status(410), "answers 410", 1),
    Case(
        "412, a challenge",
        "gacc",
        _always(replace(_HTML, status=412)),
        "by hand at http://english.customs.gov.cn, then add it with --import FILE",
        1,
    ),
    Case("413", "eurostat", _status(413, "EXTRACTION_TOO_BIG"), r"too large an extract", 2),
    Case("414", "crea", _status(414), "too long an address", 1),
    Case(
        "quota spent",
        "comtrade",
        _status(403, "Out of call volume quota. Quota will be replenished in 00:50:00."),
        "00:50:00",
        1,
    ),
    Case("429, 1 s, once", "crea", _first(1, comtrade.error(429, "Slow down", Retry_After="1")), "", 2, (1.0,)),
    Case(
        "429, 1 s, for ever",
        "crea",
        _status(429, "Slow down", Retry_After="1"),
        "answers 429 .*tried 4 times",
        4,
        (1, 1, 1),
    ),
    Case("429, 86,400 s", "crea", _status(429, "", Retry_After="86400"), "asks to wait 86,400 s", 1, ()),
    Case(
        "429, a date near",
        "crea",
        _first(
            1,
            comtrade.error(429, "", Retry_After="Tue, 24 Nov 2026 08:00:03 GMT", Date="Tue, 24 Nov 2026 08:00:00 GMT"),
        ),
        "",
        2,
        (3.0,),
    ),
    Case(
        "429, a date far", "crea", _status(429, "", Retry_After="Tue, 24 Nov 2099 08:00:00 GMT"), "asks to wait", 1, ()
    ),
    Case(
        "500 for ever", "crea", _status(500, "oops"), rf"answers 500 \(oops\), tried 4 times; {_LATER}", 4, (0.5, 1, 2)
    ),
    Case("502 once", "gacc", _first(1, replace(_HTML, status=502))),
    Case("502 twice", "crea", _first(2, replace(_HTML, status=502)), "", 3, (0.5, 1.0)),
    Case("503 for ever", "gacc", _always(replace(_HTML, status=503)), "answers 503", 4),
    Case(
        "503, index well, pages not",
        "gacc",
        lambda a, h: h if "report" in a.path else replace(_HTML, status=503),
        "503",
    ),
    Case("504 near the deadline", "crea", _status(504), "answers 504, tried 3 times", 3, (0.5, 1.0), timeout=3.4),
    Case(
        "301 to another host",
        "crea",
        _always(Reply(status=301, headers={"Location": "http://example.org/x"})),
        "another host",
        1,
    ),
    Case("301 within the host", "crea", lambda a, h: h if "moved" in a.query else _moved(f"{a.target}&moved=1")),
    Case("redirect loop", "crea", lambda a, _h: _moved(a.target), "in a circle", 1),
    Case("redirects without end", "crea", lambda a, _h: _moved(f"{a.target}x"), "in a circle", 5),
    Case("302 to nowhere", "crea", _always(Reply(status=302)), "in a circle", 1),
]


def _moved(where: str) -> Reply:
    return Reply(status=302, headers={"Location": where})


IN_THE_ANSWER = [
    Case("columns reordered", "crea", _cells(lambda c: c[::-1])),
    Case("column added", "crea", _cells(lambda c: [*c, "new"])),
    Case("column missing", "crea", _cells(lambda c: c[:-2] + c[-1:]), "no column 'value_usd'"),
    Case("column renamed", "crea", _edit(lambda t: t.replace("value_eur", "euros")), "no column 'value_eur'"),
    Case("header alone", "crea", _rows(lambda r: r[:1]), "a header and no row"),
    Case(
        "values as text",
        "imf",
        _edit(lambda t: re.sub(r",\d{10,},6,", ",about a billion,6,", t)),
        "holds no figure .*row 2: value 'about a billion'",
    ),
    Case(
        "one value as text",
        "imf",
        _edit(lambda t: re.sub(r",\d{10,},6,", ",unknown,6,", t, count=1)),
        "1 bad row left out, the first: row [0-9]+: value 'unknown'",
        partly=True,
    ),
    Case("NaN", "crea", _edit(lambda t: re.sub(r"\d+\.5,", "NaN,", t)), "bad"),
    Case("negative", "crea", _edit(lambda t: re.sub(r"(\d+\.5,)", r"-\1", t)), "bad"),
    Case("duplicate rows", "crea", _rows(lambda r: [*r, *r[1:]])),
    Case(
        "rows that contradict",
        "crea",
        _rows(lambda r: [*r, *(row.replace(".5,", ".6,") for row in r[1:])]),
        "the same key",
    ),
    Case(
        "repeats by procedure",
        "comtrade",
        _records(lambda r: r + [{**x, "customsCode": "C01", "primaryValue": 1} for x in r]),
    ),
    Case(
        "unknown goods",
        "crea",
        _edit(lambda t: t.replace("crude_oil", "moonshine").replace("lng", "gold")),
        "holds [0-9]+ figures of RUS export CHN EUR where",
    ),
    Case(
        "unknown country",
        "imf",
        _edit(lambda t: t.replace(",RUS,", ",XQX,")),
        "holds no figure .*XQX is no country's code",
        partly=True,
    ),
    Case(
        "a period in the future",
        "crea",
        _edit(lambda t: t.replace("2026-04-01", "2027-05-01")),
        "holds figures of 2027-05",
    ),
    Case(
        "shrunk",
        "crea",
        _rows(lambda r: r[: len(r) * 8 // 10]),
        "holds [0-9]+ figures of RUS export CHN EUR where an earlier answer held 90",
    ),
    Case("in thousands", "imf", _edit(lambda t: re.sub(r",(\d+)\d{3},6,", r",\1,6,", t)), "the unit must be another"),
    Case("a scale that does not count", "imf", _edit(lambda t: t.replace(",6,,,", ",9,,,"))),
    Case("start ignored", "imf", _edit(lambda t: t + t.splitlines()[1].replace("2024-M01", "2010-M07") + "\n")),
    Case(
        "SDMX-ML for CSV",
        "imf",
        _always(Reply(b'<?xml version="1.0"?><x/>', "application/vnd.sdmx.data+xml")),
        "is XML, not CSV",
    ),
    Case(
        "XML for JSON", "worldbank", _always(Reply(b'<?xml version="1.0"?><x/>', "application/xml")), "is XML, not JSON"
    ),
    Case("not UTF-8", "crea", _edit(lambda t: t.replace("Default", "D\u00e9faut"), "cp1252"), "not readable as utf-8"),
    Case("binary", "crea", _always(Reply(b"PK\x03\x04\0\0,\n", "text/csv")), "binary data"),
    Case("cut off in JSON", "comtrade", lambda a, h: h if "getDA" in a.path else replace(h, body=h.body[:-9]), "JSON"),
    Case(
        "truncated at the cap",
        "comtrade",
        _records(lambda r: (r * 500)[:500]),
        "is cut short and cannot be split further",
    ),
    Case(
        "releases of another kind",
        "comtrade",
        _always(Reply(b'{"data":[{"x":1}]}', "application/json")),
        "no list of releases",
    ),
    Case(
        "no releases",
        "comtrade",
        _always(Reply(b'{"count":0,"data":[],"error":""}', "application/json")),
        "lists no release",
    ),
    Case("nothing for a year", "comtrade", _records(lambda _r: []), "holds no figure"),
    Case(
        "yuan page with dollar unit",
        "gacc",
        _pages(lambda t: t.replace("Unit: CNY 100 Million", "Unit: USD1 Million")),
        "its unit USD",
        partly=True,
    ),
    Case(
        "unit unknown",
        "gacc",
        _pages(lambda t: t.replace("Unit: CNY 100 Million", "Unit: CNY 100 Dozen")),
        "is not known",
        partly=True,
    ),
    Case(
        "another title",
        "gacc",
        _pages(lambda t: t.replace("by Country/Region", "by Trade Mode")),
        "no table by",
        partly=True,
    ),
    Case("index without links", "gacc", _edit(lambda t: t.replace("/Statics/", "/Elsewhere/")), "links to no table"),
    Case(
        "link to another host",
        "gacc",
        _edit(lambda t: t.replace("english.customs.gov.cn", "example.org")),
        "leads to another host",
    ),
    Case(
        "quantities for values",
        "eurostat",
        _edit(lambda t: t.replace("VALUE_IN_EUROS", "QUANTITY_IN_100KG")),
        "holds no figure",
    ),
    Case(
        "error list",
        "worldbank",
        _always(Reply(b'[{"message":[{"id":"120","value":"invalid"}]}]', "application/json")),
        "invalid",
    ),
    Case("first of two pages", "worldbank", _edit(lambda t: t.replace('"pages": 1', '"pages": 2')), "first of 2 pages"),
    Case(
        "another currency",
        "cbr",
        _edit(lambda t: t.replace("R01235", "R01239").replace("R01375", "R01239"), "cp1251"),
        "not about the dollar",
    ),
    Case(
        "a rate of zero",
        "cbr",
        _edit(lambda t: re.sub(r"<Value>[^<]*", "<Value>0,0000", t, count=1), "cp1251"),
        "is no rate",
    ),
    Case(
        "entities in XML",
        "cbr",
        _edit(lambda t: t.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>'), "cp1251"),
        "declares entities",
    ),
    Case(
        "another unit", "ecb", _edit(lambda t: t.replace(",CNY,0\n", ",CNY,3\n")), "the unit is CNY times ten to the 3"
    ),
    Case(
        "rates a hundredfold",
        "ecb",
        _cells(lambda c: [*c[:7], f"{float(c[7]) * 100:.4f}" if c[7][0].isdigit() else c[7], *c[8:]]),
        "the unit must be another",
    ),
]
CASES = [*ON_THE_LINE, *BY_STATUS, *IN_THE_ANSWER]
