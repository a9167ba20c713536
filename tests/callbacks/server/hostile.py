"""Requests that no browser sends: addresses, bodies and headers made from a seed, the same on every run."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

VALUES: Final[tuple[Any, ...]] = (
    None, True, -1, 0, 3, 1e308, float("nan"), float("inf"), 10**30, "", "?", "light", "\ud800", "\x00",
    "x" * 9000, [], ["a"], {}, {"a": 1}, "__proto__", "../../etc/passwd", "<script>alert(1)</script>",
    "'; drop table", "%00", "{{7*7}}",
)  # fmt: skip
WORDS: Final = (
    "start", "end", "flow", "measure", "currency", "count", "basis", "code", "asof", "events", "step", "window",
    "claim", "find", "point", "grain", "only", "nothing",
)  # fmt: skip
SAID: Final = (
    "", "import", "USD", "yoy", "2019", "2019-13", "9999-12-31", "1900-01-01", "2024-02-30", "0000", "-1", "27",
    "270900", "40.7% in the first half of 2023", "1" * 150, "9" * 400, "." * 160, " " * 80 + "7%", "1e999%",
    "NaN", "\x00", "\ud800", "％７", "pulse:export.2023-06", "goods:import.27.2020", "table:x", "zzz:y",
    "pulse:" + "a" * 240, "(((((((((((((((", "a+" * 50 + "$", "../../../../etc/passwd", "file:///etc/passwd",
    "<img src=x onerror=alert(1)>", "石油", "нефть", "💥" * 40,
)  # fmt: skip
PATHS: Final = (
    "..", ".", "%2e%2e", "%2f", "%5c", "..\\", "%00", "etc", "passwd", "app.py", "assets", "trade.js", "static",
    "data", "_dash-component-suites", "dash", "plotly", "package_data", "plotly.min.js", "_dash-layout",
    "_reload-hash", "~root", "%ff", "%c0%ae", "x" * 300, "é", "health", "_favicon.ico", "_mcp", "_alive_x",
    "C:", ".git", "config", "%252e%252e", "//",
)  # fmt: skip
HEADERS: Final = (
    "Host", "Content-Type", "Content-Length", "Cookie", "Range", "If-None-Match", "If-Modified-Since",
    "Accept-Encoding", "Transfer-Encoding", "X-Forwarded-Host", "X-Forwarded-For", "X-Original-URL", "Origin",
    "Expect", "Authorization",
)  # fmt: skip
HEADER_VALUES: Final = (
    "", "localhost", "localhost:99999", "evil.example", "a" * 2000, "-1", "99999999999999999999",
    "bytes=0-,5-1", "chunked", "application/json", 'text/html; charset="x', "*", '"',
    "Thu, 99 Foo 2026 99:99:99 GMT", "é", "gzip, chunked", "100-continue", "Basic !!!", "session=" + "x" * 500,
    "../../x", "multipart/form-data; boundary=", "[::1", "[::1]", "localhost.", "127.1",
)  # fmt: skip


def path(rng: Random) -> str:
    """Return a path that climbs, hides or repeats."""
    return "/" + "/".join(rng.choice(PATHS) for _ in range(rng.randint(1, 5)))


def search(rng: Random) -> str:
    """Return a query string of known and unknown words with values that they do not mean."""
    pairs = [(rng.choice(WORDS), rng.choice(SAID)) for _ in range(rng.randint(1, 5))]
    return "?" + "&".join(f"{word}={quote(value, errors='replace')}" for word, value in pairs)


def question(rng: Random, callbacks: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body as the page sends it for one callback of the server, with a hostile search."""
    output = rng.choice([name for name, one in callbacks.items() if "callback" in one])
    plain = {"n_clicks": 1}
    filled = {}
    for kind in ("inputs", "state"):
        named = [(one["id"], one["property"]) for one in callbacks[output][kind]]
        filled[kind] = [
            {"id": str(id_), "property": name, "value": 576 if id_ == "width" else plain.get(name, search(rng))}
            for id_, name in named
        ]
    first = filled["inputs"][0]
    return {"output": output, **filled, "changedPropIds": [f"{first['id']}.{first['property']}"]}


def broken(rng: Random, body: dict[str, Any]) -> dict[str, Any]:
    """Return a body with one to three of its parts replaced or removed."""
    out = copy.deepcopy(body)
    for _ in range(rng.randint(1, 3)):
        where: Any = out
        for _ in range(rng.randint(0, 3)):
            inner = [
                one for one in (where.values() if isinstance(where, dict) else where) if isinstance(one, dict | list)
            ]
            where = rng.choice(inner) if inner else where
        keys = list(where) if isinstance(where, dict) else list(range(len(where)))
        if not keys:
            continue
        if rng.random() < 0.3:
            del where[rng.choice(keys)]
        else:
            where[rng.choice(keys)] = rng.choice(VALUES)
    return out


def cut(rng: Random, body: dict[str, Any]) -> bytes:
    """Return the bytes of a body with a few of them changed, lost or repeated."""
    raw = bytearray(json.dumps(body).encode())
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(raw))
        raw[at : at + rng.randint(0, 3)] = rng.randbytes(rng.randint(0, 3))
    return bytes(raw)


def headers(rng: Random) -> dict[str, str]:
    """Return a few headers with values that they do not take."""
    return {rng.choice(HEADERS): rng.choice(HEADER_VALUES) for _ in range(rng.randint(1, 3))}
