"""The names of sources: each has them in every language, and English says what the record of the source says."""

from __future__ import annotations

import pytest

from analysis.exchange_rates import ORDER
from layouts.figure import source_line
from layouts.words import language
from loaders.registry import SOURCES


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_english_is_the_record(name: str) -> None:
    """The command line shows the record, the page the catalogue: they say the same."""
    source = SOURCES[name]
    texts = (source_line.title(name), source_line.brief(name), source_line.publisher(name), source_line.licence(name))
    assert texts == (source.title, source.brief, source.publisher, source.licence)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_other_languages_say_it_in_their_words(name: str) -> None:
    """A full name is no English left as it was."""
    for code in ("zh", "ru"):
        with language.speaking(code):
            assert not source_line.title(name).isascii(), f"sources.po in {code} lacks sources.{name}.title"
            assert source_line.brief(name)
            assert source_line.publisher(name)


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
def test_each_exchange_rate_has_a_name(code: str) -> None:
    """A rate is named, never shown by its code."""
    with language.speaking(code):
        words = source_line.rates(ORDER)
    assert not any(name in words for name in ORDER)
