"""Terms of the trade: each is explained in every language, found where texts have it, and marked once a card."""

from __future__ import annotations

import re
from typing import Any

import pytest
from dash import html

from analysis.selection import LANGUAGES
from layouts import controls
from layouts.cards import terms
from layouts.charts.registry import CHARTS
from layouts.words.catalogue import say, texts
from layouts.words.language import speaking


def _text(children: list[Any]) -> str:
    return "".join(one.children if isinstance(one, html.A) else one for one in children)


def _terms(children: list[Any]) -> list[str]:
    return [getattr(one, "data-term") for one in children if isinstance(one, html.A)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_term_has_its_words(code: str) -> None:
    """Each has a name, a meaning that is no other's, and a form that some text of the language has."""
    written = [str(text) for key, text in texts(code)._catalog.items() if "page.term." not in str(key)]
    with speaking(code):
        meanings = [say(f"page.term.{name}.meaning") for name in terms.TERMS]
        assert len(set(meanings)) == len(meanings)
        for name, pattern in terms.patterns().items():
            met = [text for text in written if re.search(pattern, text, re.IGNORECASE)]
            assert met, f"no text of {code} has {name}"
            assert re.search(pattern, say(f"page.term.{name}.forms").split("; ")[0].replace("*", ""), re.IGNORECASE)


def test_a_form_is_a_word_of_its_own() -> None:
    """HS is not in HSBC, an inflected form is found by its stem, Chinese has no spaces, the longer form counts."""
    with speaking("en"):
        assert _terms(terms.marked("HSBC and HS 27", set())) == ["hs"]
        (link,) = [one for one in terms.marked("values as first published", set()) if isinstance(one, html.A)]
        assert link.children == "as first published"
    with speaking("ru"):
        assert _terms(terms.marked("Предварительные данные и зеркальная статистика", set())) == [
            "preliminary",
            "mirror",
        ]
    with speaking("zh"):
        assert _terms(terms.marked("中国对俄出口（离岸价）同比增长", set())) == ["fob", "yoy"]


def test_once_a_card_and_nothing_lost() -> None:
    """What is seen is not marked again; the text stays letter by letter; the link leads to the meaning."""
    seen: set[str] = set()
    first = terms.marked("Exports FOB, imports CIF; FOB again", seen)
    assert _text(first) == "Exports FOB, imports CIF; FOB again"
    assert _terms(first) == ["fob", "cif"] == sorted(seen, reverse=True)
    assert terms.marked("FOB and CIF", seen) == ["FOB and CIF"]
    assert (first[1].href, getattr(first[1], "aria-describedby")) == ("#term-fob", "term-fob-meaning")
    assert terms.marked("", set()) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_texts_of_all_cards_stay_whole(code: str) -> None:
    """Of each chart, what its data cannot tell and how it is read; a radio's term stands beside it, once."""
    with speaking(code):
        for chart in CHARTS.values():
            assert _text(terms.marked(chart.caveat, set())) == chart.caveat
        seen: set[str] = set()
        whole = str(controls.own(CHARTS["energy"], seen))
    assert seen >= {"baci"}
    assert whole.count("#term-baci") == 1
