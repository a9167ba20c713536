"""The language that words are written in: one at a time, set where a request, a picture or a file begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from analysis.selection import LANGUAGES

FIRST: Final = LANGUAGES[0]
TAGS: Final = {"en": "en", "zh": "zh-Hans", "ru": "ru"}  # as HTML names them
_SPOKEN: ContextVar[str] = ContextVar("language", default=FIRST)


def current() -> str:
    """Return the code of the language that is written now: ``en``, ``zh`` or ``ru``."""
    return _SPOKEN.get()


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Write in a language until the block ends; None is the first language.

    Raises:
        ValueError: there is no such language.
    """
    if code is not None and code not in LANGUAGES:
        raise ValueError(f"there is no language {code!r}; there are {', '.join(LANGUAGES)}")
    token = _SPOKEN.set(code or FIRST)
    try:
        yield
    finally:
        _SPOKEN.reset(token)
