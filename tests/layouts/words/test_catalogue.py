"""The catalogue of words: no key without a text, no text without a use, the same places in each language."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from babel.messages.pofile import read_po

from analysis.selection import LANGUAGES
from layouts.charts.registry import CHARTS
from layouts.words import language
from layouts.words.catalogue import say, say_many
from layouts.words.forms import CASES

ROOT = Path(__file__).parents[3]
LOCALE = ROOT / "layouts" / "words" / "locale"
DOMAINS = sorted(file.stem for file in (LOCALE / "en" / "LC_MESSAGES").glob("*.po"))
ROOMS: Final = ("commands", "callbacks", "layouts", "analysis", "loaders")
KEY = re.compile(rf"(?:{'|'.join(DOMAINS)})(?:\.[A-Za-z0-9_-]+)+")
OTHERS = [code for code in LANGUAGES if code != language.FIRST]

Text = tuple[str, ...]


@cache
def texts(code: str, domain: str) -> dict[str, Text]:
    """Return the forms of each key of a domain."""
    file = LOCALE / code / "LC_MESSAGES" / f"{domain}.po"
    if not file.exists():
        return {}
    with file.open("rb") as stream:
        messages = [message for message in read_po(stream, locale=code) if message.id]
    return {
        (one.id if isinstance(one.id, str) else one.id[0]): (
            (one.string,) if isinstance(one.string, str) else tuple(one.string or ())
        )
        for one in messages
    }


def places(text: str) -> set[str]:
    """Return the names of the places of a text; a case must be one that names have."""
    named = set()
    for _, name, spec, _ in string.Formatter().parse(text):
        if name is not None:
            assert name.isidentifier(), text
            assert not spec or spec in CASES, text
            named.add(name)
    return named


@cache
def strings() -> frozenset[str]:
    """Return every string of the program."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    return frozenset(
        node.value
        for file in [ROOT / "app.py", *files]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def literals() -> set[str]:
    """Return every string of the program that has the form of a key."""
    files = {"sources.csv", "columns.po", "columns.toml"}
    return {text for text in strings() if KEY.fullmatch(text)} - files


def by_rule() -> set[str]:
    """Return the keys that code makes of names: those of charts and of the controls."""
    keys = set()
    for chart in CHARTS.values():
        keys |= {f"charts.{chart.name}.{word}" for word in ("title", "question", "caveat")}
        for choice in chart.choices:
            words = ("label", *choice.options) if choice.options else ("label", "example")
            keys |= {f"charts.{chart.name}.{choice.field}.{word}" for word in words}
    return keys


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_used(domain: str) -> None:
    """A text that nothing asks for is gone."""
    patterns = [re.compile(re.escape(key).replace(r"\{\}", r"[\w-]+")) for key in patterned()]
    unused = [
        key
        for key in set(texts(language.FIRST, domain)) - literals() - by_rule()
        if not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert not unused, (
        f"{sorted(unused)}: no module names these keys, whole or with one open place as in 'charts.pulse.flow.{{}}' "
        "(not in an f-string); name them so, or take them out of all three languages"
    )


def patterned() -> set[str]:
    """Return the keys with one open place that code fills with a value of a fixed set, as in page.flow.{}."""
    form = re.compile(rf"(?:{'|'.join(DOMAINS)})\.[A-Za-z0-9_.-]*\{{\}}[A-Za-z0-9_.-]*")
    return {text for text in strings() if form.fullmatch(text)}


def test_every_key_has_a_text() -> None:
    """A key that the program names is in the English catalogue."""
    known = {key for domain in DOMAINS for key in texts(language.FIRST, domain)}
    needed = {key for key in by_rule() if not key.endswith(".caveat")}
    lacking = sorted((literals() | needed) - known)
    assert not lacking, f"no text in layouts/words/locale/en/LC_MESSAGES for {lacking}"


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("domain", DOMAINS)
def test_languages_have_the_same_keys_and_places(domain: str, code: str) -> None:
    """Another language lacks no text and has none of its own; each names the same places."""
    first, own = texts(language.FIRST, domain), texts(code, domain)
    only_english = {"names.millions.dollars", "names.millions.yuan"} if code == "zh" else set()  # it has no such unit
    assert set(first) - only_english == set(own)
    for key, forms in own.items():
        wanted = set().union(*map(places, first[key]))
        assert all(form for form in forms), key
        for form in forms:
            assert places(form) | {"count"} == wanted | {"count"}, key


@pytest.mark.parametrize("domain", DOMAINS)
def test_plural_forms(domain: str) -> None:
    """A text with plural forms has as many as its language needs."""
    for code, many in (("en", 2), ("zh", 1), ("ru", 3)):
        for key, forms in texts(code, domain).items():
            plural = len(texts(language.FIRST, domain)[key]) > 1
            assert len(forms) == (many if plural else 1), (code, key)


def test_a_key_without_a_text_is_an_error() -> None:
    """Nothing reaches a reader that is a key."""
    with pytest.raises(LookupError):
        say("page.no.such")
    with pytest.raises(LookupError):
        say_many("page.no.such", 2)
    with pytest.raises(LookupError):
        say("page.png.label")  # without its place


def test_the_language_ends_with_its_block() -> None:
    """One language at a time, and none is left behind by an error."""
    with language.speaking("ru"):
        assert say("page.close") == "Закрыть"
        with language.speaking(None):
            assert say("page.close") == "Close"
        with pytest.raises(ValueError, match="there is no language"), language.speaking("fr"):
            pass
        assert say("page.close") == "Закрыть"
    assert say("page.close") == "Close"


@pytest.mark.parametrize(("count", "form"), [(1, "файл загружен"), (3, "файла загружены"), (5, "файлов загружено")])
def test_plurals(count: int, form: str) -> None:
    """The number chooses the form."""
    with language.speaking("ru"):
        assert form in say_many("page.imports.count", count)
