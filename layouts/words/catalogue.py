"""The one catalogue of everything that a reader sees: a text by its key, in the language that is spoken.

The texts stand in ``locale/<language>/LC_MESSAGES/<domain>.po``; a key begins with its domain, as in
``charts.pulse.question``. Each text is a whole sentence or a whole label with named places, as in
``{rate}``. A place may name a grammatical case, as in ``{country:gen}``, where the value has forms
(:class:`layouts.words.forms.Forms`). The English text is the first; another language that lacks a key
shows it.
"""

import io
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from layouts.words import language

_STOPS: Final = re.compile(r"(?<=\w)\.\.(?=$|[\s»”)])")
_BETWEEN: Final = re.compile("[^A-Za-z0-9]+")
FOLDER: Final = files("layouts.words") / "locale"


def say(key: str, **values: str) -> str:
    """Return the text of a key with its places filled.

    Raises:
        LookupError: no language has the key, or a place has no value.
    """
    return _stopped(_text(key).format(**values))


def _stopped(sentence: str) -> str:
    """Return a sentence that ends in an abbreviation with the one full stop that it takes."""
    return _STOPS.sub(".", sentence) if ".." in sentence else sentence


def say_many(key: str, count: int, **values: str) -> str:
    """Return the text of a key in the plural form that ``count`` takes; ``{count}`` is the number itself.

    Raises:
        LookupError: no language has the key, or a place has no value.
    """
    for code in (language.current(), language.FIRST):
        pattern = texts(code).ungettext(key, f"{key}s", count)
        if pattern not in {key, f"{key}s"}:
            return _stopped(str(pattern).format(count=count, **values))
    raise LookupError(f"no text has the key {key!r}")


def has(key: str) -> bool:
    """Return whether there is a text of a key."""
    return texts(language.FIRST).ugettext(key) != key


def say_or(key: str, otherwise: str) -> str:
    """Return the text of a key that has no places; ``otherwise`` where there is no such text."""
    return say(key) if has(key) else otherwise


def part_of_key(words: str) -> str:
    """Return the words of a table as a part of a key: letters and digits, ``_`` between them."""
    return _BETWEEN.sub("_", words).strip("_")


def _text(key: str) -> str:
    for code in (language.current(), language.FIRST):
        known = str(texts(code).ugettext(key))
        if known != key:
            return known
    raise LookupError(f"no text has the key {key!r}")


@cache
def texts(code: str) -> Translations:
    """Return all texts of a language."""
    folder = (FOLDER / code / "LC_MESSAGES").iterdir()
    first, *rest = (_read(file, code) for file in sorted(folder, key=str) if file.name.endswith(".po"))
    for part in rest:
        first.merge(part)  # the rule of plural forms is the first one's
    return first


def _read(file: Traversable, code: str) -> Translations:
    made = io.BytesIO()
    with file.open("rb") as stream:
        write_mo(made, read_po(stream, locale=code))
    made.seek(0)
    return Translations(made)
