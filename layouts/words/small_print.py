"""Long texts in short: whole sentences as far as a few lines hold them, the others where a reader asks for them."""

import re
from typing import Final

from layouts.words.text import gap
from layouts.words.widths import wrap

LINES: Final = 2
SHORT: Final = 170  # letters that two lines of the page hold; a Chinese one is as wide as two
# a sentence ends before a capital letter or a bracket; «долл. США», U.S. and initials end none
_END: Final = re.compile(r"(?<=[.!?])(?<!\bдолл\.)(?<!\bруб\.)(?<!\b[A-ZА-ЯЁ]\.)\s+(?=[A-ZА-ЯЁ“«(])|(?<=[。！？])")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [one for one in _END.split(text) if one]


def shortened(text: str) -> tuple[str, str]:
    """Return the sentences that fit two lines of the page, at least one, and the others."""
    first, *rest = sentences(text) or [""]
    while rest and _wide(first) + _wide(rest[0]) < SHORT:
        first = f"{first}{_gap(first)}{rest.pop(0)}"
    return first, _gap(text).join(rest)


def small_print(source: str, note: str, size: float, room: float) -> list[str]:
    """Return the lines of small print in a picture: who publishes in full, then what else fits two lines of ``room``.

    The first sentence of ``source`` names the publishers and its last one the licences, which come after the note.
    """
    named, *more = sentences(source) or [""]
    most = max(LINES, len(wrap(named, size, room)))
    for part in (more[:-1], sentences(note), more[-1:]):
        for sentence in part:
            longer = f"{named}{gap() if named else ''}{sentence}"
            if len(wrap(longer, size, room)) > most:
                break
            named = longer
    return wrap(named, size, room) if named else []


def _gap(text: str) -> str:
    return "" if text.endswith("。") else " "


def _wide(text: str) -> int:
    return sum(2 if letter > "⺀" else 1 for letter in text)
