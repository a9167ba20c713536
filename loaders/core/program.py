"""What this program calls itself to others: its name, its version, where it is published."""

import os
import re
from collections.abc import Mapping
from typing import Final

NAME: Final = "sino-russian-trade"
VERSION: Final = "0.2.0"  # the one place: pyproject.toml reads it here
HOMEPAGE: Final = "TRADE_HOMEPAGE"
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[!#$%&'*+,./:;=?@~\w-]*)?", re.ASCII)


def homepage(environ: Mapping[str, str] = os.environ) -> str:
    """Return the address where whoever runs the program can be met; empty where none is set.

    Raises:
        ValueError: it is no address on the web.
    """
    given = environ.get(HOMEPAGE, "").strip()
    if given and not _ADDRESS.fullmatch(given):
        raise ValueError(f"{HOMEPAGE}: {given!r} is no address; write it as https://example.org/trade, or leave it out")
    return given


def user_agent(environ: Mapping[str, str] = os.environ) -> str:
    """Return how a refresh names itself to publishers: name, version, and the home page where one is set.

    Raises:
        ValueError: the home page is no address on the web.
    """
    page = homepage(environ)
    return f"{NAME}/{VERSION} (+{page})" if page else f"{NAME}/{VERSION}"
