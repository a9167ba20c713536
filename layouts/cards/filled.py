"""Sentences of the catalogue whose places hold parts of the page: a bold figure, a command, a link."""

import re
from typing import Any, Final

from layouts.words.catalogue import say

_PRIVATE: Final = 0xE000  # letters of Unicode that no text has
_MARKED: Final = re.compile("([\ue000-\uf8ff])")


def filled(key: str, **parts: Any) -> list[Any]:  # noqa: ANN401 (text, a component, or a list of both)
    """Return the text of a key as children; a place may hold a component, or a list of text and components.

    Raises:
        LookupError: as :func:`layouts.words.catalogue.say`.
    """
    marks = {name: chr(_PRIVATE + place) for place, name in enumerate(parts) if not isinstance(parts[name], str)}
    components = {mark: parts[name] for name, mark in marks.items()}
    marked = say(key, **parts | marks)
    children: list[Any] = []
    for piece in _MARKED.split(marked):
        part = components.get(piece, piece)
        children += part if isinstance(part, list) else [part]
    return [child for child in children if child != ""]
