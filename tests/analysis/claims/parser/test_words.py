"""The lists of words: each is asked for, each is a pattern, and what is no pattern is one clear line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from analysis.claims.parser import words
from loaders.core import schema
from loaders.core.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = ("claim_words", "claim_words_zh", "claim_words_ru")


def named(given: object) -> Iterator[str]:
    """Yield the names that the patterns of a list fill in."""
    if isinstance(given, str):
        yield from re.findall(r"\{([a-z_]+)\}", given)
    elif isinstance(given, dict):
        for one in given.values():
            yield from named(one)
    elif isinstance(given, list):
        for one in given:
            yield from named(one)


def test_every_list_is_asked_for() -> None:
    """By a module, in a pattern or by its name, or by another list."""
    modules = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "analysis" / "claims").rglob("*.py"))
    lists = schema.lists("claim_words")
    inside = {name for given in lists.values() for name in named(given)}
    lists = {**lists, **lists["words"]}
    asked = {"words"} | {name for name in lists if f"{{{name}}}" in modules or f'"{name}"' in modules}
    assert set(lists) <= asked | inside


@pytest.mark.parametrize("file", FILES[1:])
def test_every_part_of_a_language_is_asked_for(file: str) -> None:
    """By a row, or by what reads the file."""
    lists = schema.lists(file)
    rows = {name for block in ("before", "rules") for name in named(lists[block])}
    each = {row["each"] for block in (*lists["before"], *lists["rules"]) for row in block["rows"] if "each" in row}
    read = {"letters", "parts", "scales", "currencies", "before", "rules"}
    assert set(lists) <= rows | each | read
    assert set(lists["parts"]) <= rows | set(named(lists["parts"]))


def test_every_list_is_a_pattern() -> None:
    """Filled with the others that it names; nothing of it is empty, nothing stands in it twice."""
    for name, given in schema.lists("claim_words").items():
        if isinstance(given, dict):
            assert all(words.regex(key) and one != "" for key, one in words.table(name).items())
        elif isinstance(given, list) and isinstance(given[0], list):
            assert all(words.regex(pattern) for pattern, _ in words.rows(name))
        elif words.regex(f"{{{name}}}") and isinstance(given, list):
            assert len(set(words.several(name))) == len(words.several(name)), name


@pytest.mark.parametrize("code", ["zh", "ru"])
def test_a_language_is_read_once(code: str) -> None:
    """Its rules are compiled, and what they put in place has its groups."""
    language = words.language(code)
    assert words.language(code) is language
    assert language.before
    assert all(isinstance(pattern, re.Pattern) for pattern, _ in language.rules)


@pytest.mark.parametrize(
    ("pattern", "message"), [("{no_such_list}", "no list is named 'no_such_list'"), ("(", "'(' is no pattern")]
)
def test_what_is_no_pattern_is_said(pattern: str, message: str) -> None:
    """In one line that names it."""
    with pytest.raises(ValueError, match=re.escape(message)):
        words.regex(pattern)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["мука", r" flour \1 "], "cannot stand for"),
        (["{мука", " flour "], ""),
        ([["мука", "{grains}"], " flour "], "no list is named 'grains'"),
        ({"each": "grains", "pattern": "{word}", "put": "{meaning}"}, "no table is named 'grains'"),
    ],
)
def test_a_row_that_cannot_be_read_is_said(row: object, message: str) -> None:
    """With the row's own words; what only looks like a place is none."""
    block = {"whole_words": True, "rows": [row]}
    if not message:
        assert list(words._rules(block, {}))
        return
    with pytest.raises(ValueError, match=message):
        list(words._rules(block, {}))


def test_a_row_stands_for_each_word_of_a_table() -> None:
    """With the word that follows it, where the pattern names it; ``~`` is an ending."""
    rows = [{"each": "grains", "pattern": "{word} и {next}", "put": " {meaning} "}, ["мук~", " flour "]]
    made = list(words._rules({"whole_words": True, "rows": rows}, {"grains": {"рожь": "rye", "овес": "oats"}}))
    assert [put for _, put in made] == [" rye ", " flour "]
    assert made[0][0].search("рожь и овес")
    assert made[1][0].sub(made[1][1], "мукой и мука") == " flour  и  flour "
    assert not made[1][0].search("наука")


@pytest.mark.parametrize("name", ["no_such_list", "since_event", "untold"])
def test_what_is_no_list_of_words_is_said(name: str) -> None:
    """A pattern is none."""
    with pytest.raises(ValueError, match=f"no list of words is named '{name}'"):
        words.several(name)


def test_a_pattern_over_several_lines_is_one() -> None:
    """Its margins are no part of it; the words of a list are a group of their own."""
    assert "\n" not in words.table("untold")["previous_month"]
    assert words.regex("{tens}-{units}").fullmatch("twenty-one")
    assert not words.regex("{tens}-{units}").fullmatch("twenty")
