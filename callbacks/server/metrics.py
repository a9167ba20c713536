"""What was answered and how long it took, counted by this process, in Prometheus' text form."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Final

from flask import Flask, Response, g, request

TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
ANY: Final = "/<path:path>"  # Dash's rule for whatever it has no other for
_NONE: Final = "none"  # the route of a path that there is not


class Metrics:
    """Requests by route and status, the seconds that they took, and how many are under way.

    Routes are those of the application, never the path as it came: there are only so many.
    """

    def __init__(self, unknown: Iterable[str] = ()) -> None:
        """Count nothing yet; ``unknown`` are rules that stand for paths that there are not."""
        self._unknown = frozenset(unknown)
        self._lock = Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._seconds: dict[str, float] = {}
        self._under_way = 0

    def install(self, server: Flask) -> None:
        """Count every request from now on; to be called before whatever may refuse one."""
        server.before_request(self._begin)
        server.after_request(self._answered)
        server.teardown_request(lambda _: self._end())

    @property
    def busy(self) -> bool:
        """True while a request is under way."""
        return self._under_way > 0

    def _begin(self) -> None:
        g.begun = time.perf_counter()
        with self._lock:
            self._under_way += 1

    def _answered(self, answer: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else _NONE
        route = _NONE if rule in self._unknown else rule
        took = time.perf_counter() - g.get("begun", time.perf_counter())
        with self._lock:
            self._requests[route, answer.status_code] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + took
        return answer

    def _end(self) -> None:
        if g.pop("begun", None) is not None:
            with self._lock:
                self._under_way -= 1

    def text(self, gauges: Mapping[str, tuple[str, float | None]]) -> str:
        """Return the counts and some gauges, each with its meaning; one without a value is left out."""
        with self._lock:
            requests, seconds = dict(self._requests), dict(self._seconds)
        answered: Counter[str] = Counter()
        for (route, _), number in requests.items():
            answered[route] += number
        lines = _head("trade_requests_total", "counter", "Requests answered by this process.")
        lines += [
            f'trade_requests_total{{route="{_escaped(route)}",status="{status}"}} {number}'
            for (route, status), number in sorted(requests.items())
        ]
        lines += _head("trade_request_seconds", "summary", "Seconds from a request to its answer.")
        for route, took in sorted(seconds.items()):
            named = f'{{route="{_escaped(route)}"}}'
            lines += [
                f"trade_request_seconds_sum{named} {took:.6f}",
                f"trade_request_seconds_count{named} {answered[route]}",
            ]
        for name, (meaning, value) in gauges.items():
            if value is not None:
                lines += [*_head(name, "gauge", meaning), f"{name} {value:.17g}"]
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str, meaning: str) -> list[str]:
    return [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
