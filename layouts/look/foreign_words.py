"""Words of another language inside a page, each with its language named, so that they are read aloud as they are."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from layouts.words import language

_HAN: Final = "\u2e80-\u9fff"
_CYRILLIC: Final = "\u0400-\u04ff"
_LATIN: Final = r"[A-Za-zÀ-ž0-9$%’'.-]+"
# runs of a script; Latin ones are English where they are in quotation marks, or three words and more: no mere name
_RUNS: Final = {
    "zh": f"[{_HAN}][{_HAN}\uff00-\uffef]*",
    "ru": f"[{_CYRILLIC}]+(?:[ \u00a0-][{_CYRILLIC}]+)*",
    "en": rf"(?<=[“«])[A-Za-z$][^“”«»{_CYRILLIC}{_HAN}]*(?=[”»])|[A-Za-z][A-Za-zÀ-ž’'.-]*(?:,? {_LATIN}){{2,}}",
}
_OWN: Final = (html.Code, html.Pre)  # what stands in them is of no language


def named(part: Any) -> Any:  # noqa: ANN401 (what Dash takes as children)
    """Return children with each run of words of another language in an element that names it."""
    if isinstance(part, str):
        return _split(part, language.current())
    if isinstance(part, (list, tuple)):
        return named_all(part)
    if isinstance(part, Component) and not isinstance(part, _OWN) and not hasattr(part, "lang"):
        children = getattr(part, "children", None)
        if children is not None:
            part.children = named(children)
    return part


def named_all(parts: Iterable[Any]) -> list[Any]:
    """Return :func:`named` of each part, one behind the other."""
    return [child for one in parts for child in _several(named(one))]


def _several(made: Any) -> list[Any]:  # noqa: ANN401
    return made if isinstance(made, list) else [made]


def _split(text: str, spoken: str) -> str | list[Any]:
    """Split a text at its foreign runs; one without any stays what it is."""
    out: list[Any] = []
    end = 0
    for run in _foreign(spoken).finditer(text):
        before = [text[end : run.start()]] if run.start() > end else []
        out += [*before, html.Span(run[0], lang=language.TAGS[str(run.lastgroup)])]
        end = run.end()
    if not out:
        return text
    return [*out, text[end:]] if end < len(text) else out


@cache
def _foreign(spoken: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{code}>{run})" for code, run in _RUNS.items() if code != spoken))
