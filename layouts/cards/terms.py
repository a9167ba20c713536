"""Words of the trade, explained where a reader meets them.

The catalogue names each term, its meaning and the forms in which texts have it; a text is searched for them as it is
rendered: here for what the page says itself, by ``assets/terms.js`` for pictures and for what comes with them. The
first occurrence in a card is a link to the meaning, which ``terms.js`` shows beside it.
"""

import re
from functools import cache
from typing import Any, Final

from dash import html

from layouts.look.html_attributes import aria, data
from layouts.words import language
from layouts.words.catalogue import say

TERMS: Final = (
    *("fob", "cif", "basis", "hs", "baci", "mirror", "yoy", "to_date", "sum12", "index", "first", "preliminary"),
    *("as_known", "unit_value", "bennet", "constant", "hhi", "chpl"),
)
_TERM, _MEANING, _FORMS = "page.term.{}", "page.term.{}.meaning", "page.term.{}.forms"
_LETTER: Final = "[A-Za-zА-Яа-яЁё0-9]"


def section() -> html.Section:
    """Return all terms, each opened by a tap, by Enter, or by a link to it."""
    entries = [
        html.Details(
            [
                html.Summary(html.Dfn(say(_TERM.format(name)))),
                html.P(say(_MEANING.format(name)), id=f"term-{name}-meaning"),
            ],
            id=f"term-{name}",
            className="term",
        )
        for name in TERMS
    ]
    head = html.H2(say("page.terms"), id="terms-name")
    return html.Section([head, *entries], className="terms", id="terms", **aria(labelledby="terms-name"))


def patterns() -> dict[str, str]:
    """Return for each term what finds it in a text of the language spoken: a pattern that browsers read too."""
    return _patterns(language.current())


@cache
def _patterns(code: str) -> dict[str, str]:
    """Return them for the language that is spoken, ``code``; of two forms the first one counts, so the longer is."""
    del code
    out = {}
    for name in TERMS:
        forms = sorted(say(_FORMS.format(name)).split("; "), key=len, reverse=True)
        either = "|".join(re.escape(form).replace(r"\*", f"{_LETTER}*").replace(r"\ ", r"\s") for form in forms)
        out[name] = f"(?<!{_LETTER})(?:{either})(?!{_LETTER})"
    return out


def marked(text: str, seen: set[str]) -> list[Any]:
    """Return a text as children in which each term that is not yet ``seen`` is a link to its meaning, once."""
    children: list[Any] = []
    while (nearest := _first(text, seen)) is not None:
        name, start, end = nearest
        seen.add(name)
        children += [text[:start], _link(name, text[start:end])] if start else [_link(name, text[:end])]
        text = text[end:]
    return [*children, text] if text else children


def asides(texts: list[str], seen: set[str]) -> list[html.A]:
    """Return for each term of texts that can hold no link, as those of a control, a small one to stand beside them."""
    links = [link for one in texts for link in marked(one, seen) if isinstance(link, html.A)]
    return [_link(getattr(link, "data-term"), str(link.children), aside=True) for link in links]


def _first(text: str, seen: set[str]) -> tuple[str, int, int] | None:
    """Return the term that comes first in a text, the longer of two, with its place."""
    places = [
        (place.start(), -place.end(), name)
        for name, pattern in patterns().items()
        if name not in seen and (place := re.search(pattern, text, re.IGNORECASE))
    ]
    if not places:
        return None
    start, end, name = min(places)
    return name, start, -end


def _link(name: str, words: str, *, aside: bool = False) -> html.A:
    described = aria(describedby=f"term-{name}-meaning")
    kinds = ["explained"]
    if aside:
        kinds.append("aside")
        described |= aria(label=say("page.term.what", term=words))
    to = data(term=name)
    return html.A("?" if aside else words, href=f"#term-{name}", className=" ".join(kinds), **to, **described)
