"""What publishers' files call things: the word lists of ``data/codes/file_words.toml``."""

import tomllib
from functools import cache
from typing import Any

from loaders.core.store import CODES


@cache
def lists() -> dict[str, Any]:
    """Return the lists by publisher and name; nobody changes them."""
    with (CODES / "file_words.toml").open("rb") as file:
        return tomllib.load(file)
