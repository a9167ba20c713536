"""What publishers' files call things: the word lists of ``data/codes/file_words.toml``."""

from typing import Any

from loaders.core import schema


def lists() -> dict[str, Any]:
    """Return the lists by publisher and name; nobody changes them."""
    return schema.lists("file_words")
