"""One line of JSON a request, where that is asked for: what was answered, never who asked or what was typed."""

import json
import sys
import time
from datetime import UTC, datetime
from typing import Final

from flask import Flask, Response, g, request

LONGEST: Final = 200  # characters of a path


def install(server: Flask) -> None:
    """Write a line for each request from now on; no address of a reader and no words of a query stand in it."""
    server.before_request(_begin)
    server.after_request(_logged)


def _begin() -> None:
    g.log_begun = time.perf_counter()


def _logged(answer: Response) -> Response:
    took = time.perf_counter() - g.get("log_begun", time.perf_counter())
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": request.method,
        "path": request.path[:LONGEST],
        "status": answer.status_code,
        "ms": round(1000 * took, 1),
        "bytes": answer.content_length,
    }
    sys.stderr.write(f"{json.dumps(line)}\n")
    return answer
