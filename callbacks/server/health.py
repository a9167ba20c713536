"""Routes for machines: how old the data are, and what this process has answered."""

from typing import Any, Final

import pandas as pd
from flask import Flask, Response, jsonify

from callbacks.kept_answers import KeptValues
from callbacks.live_dataset import LiveDataset
from callbacks.server.answers import READY
from callbacks.server.metrics import TYPE, Metrics
from loaders.refreshing import failing

METRICS: Final = "metrics"  # the extension that holds them
HEALTH: Final = ("/health", "/healthz")  # one answer; the second name is the one that many checkers ask for


def install(server: Flask, live: LiveDataset, metrics: Metrics) -> None:
    """Add the routes and count every request."""
    server.extensions[METRICS] = metrics
    metrics.install(server)
    for path in HEALTH:
        server.add_url_rule(path, path[1:], lambda: health(live), methods=["GET"])

    def metrics_text() -> Response:
        return Response(metrics.text(_gauges(live, server.extensions[READY])), content_type=TYPE)

    server.add_url_rule("/metrics", METRICS, metrics_text, methods=["GET"])


def state(live: LiveDataset) -> dict[str, Any]:
    """Return rows, newest month and its age in days, and what could not be read or refreshed."""
    dataset, problems = live.dataset(), live.problems
    newest = dataset.pair_totals["period_end"].max()
    known = not pd.isna(newest)
    whole = "incomplete" if problems else "ok"
    return {
        "status": whole if len(dataset.trade) else "no data",
        "rows": len(dataset.trade),
        "newest_month": f"{newest:%Y-%m}" if known else None,
        "age_days": (pd.Timestamp.now().normalize() - (newest + pd.offsets.MonthEnd(0))).days if known else None,
        "read": dataset.read.isoformat(timespec="seconds"),
        "refreshed": dataset.refreshed,
        "problems": len(problems),
        "failing": failing.names(live.store),
    }


def health(live: LiveDataset) -> Response:
    """Say the state as JSON; 503 where no row is held at all: such a server has nothing to show."""
    now = state(live)
    answer: Response = jsonify(now)
    answer.status_code = 200 if now["rows"] else 503
    return answer


def _gauges(live: LiveDataset, kept: KeptValues[bytes]) -> dict[str, tuple[str, float | None]]:
    now = state(live)
    return {
        "trade_rows": ("Rows of the one table.", now["rows"]),
        "trade_age_days": ("Days since the end of the newest month held.", now["age_days"]),
        "trade_problems": ("Files that could not be read.", now["problems"]),
        "trade_failing_sources": ("Sources that failed when they were last refreshed.", len(now["failing"])),
        "trade_ready_answers": ("Answers kept ready.", len(kept)),
        "trade_ready_bytes": ("Bytes that they take.", kept.weight),
    }
