"""Start every healthy server and print what leads a refresh there: ``python -m tests.servers``."""

from __future__ import annotations

import sys
import threading

from tests.servers.comtrade import KEY
from tests.servers.healthy import Services


def main() -> None:
    """Serve until Ctrl-C."""
    with Services() as services:
        for name, url in services.variables().items():
            sys.stdout.write(f"export {name}={url}\n")
        sys.stdout.write(
            f"# the keyed service of UN Comtrade: export COMTRADE_API_KEY={KEY}\n"
            "# paste these lines into another terminal, then: python app.py --refresh --data-dir /tmp/made-up\n"
            "# all figures served here are made up; Ctrl-C ends\n"
        )
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")


main()
