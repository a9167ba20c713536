"""The words of statements: lists of ``data/codes/claim_words*.toml``, read and checked when first asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any, Final

from loaders.core import schema

Rules = tuple[tuple[re.Pattern[str], str], ...]
_ENGLISH: Final = "claim_words"
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_MARGIN: Final = re.compile(r"(?:^|\n) {2,}")  # of a pattern that goes over several lines
# of whole words: no letter or digit before, no letter after; a full stop behind a shortened word is part of it
_WHOLE: Final = r"(?<![0-9a-zа-я])(?:{})(?:(?![а-я])\.?|(?<=[ %]))"
_ENDING: Final = "[а-я]{0,9}"


@dataclass(frozen=True)
class Language:
    """What puts a language into English: rules before and after its amounts, and the scales and currencies of those."""

    letters: dict[int, int]
    before: Rules
    scales: dict[str, tuple[str, int]]
    currencies: dict[str, str]
    rules: Rules


@cache
def several(name: str) -> tuple[str, ...]:
    """Return the words of a list in their order.

    Raises:
        ValueError: there is no such list, or it is a pattern.
    """
    lists = schema.lists(_ENGLISH)
    given = lists["words"].get(name, "").split() or lists.get(name)
    if not isinstance(given, list):
        raise ValueError(f"claim_words: no list of words is named {name!r}")  # noqa: TRY004 (of a file, not of a call)
    return tuple(given)


@cache
def table(name: str, lists: str = _ENGLISH) -> dict[str, Any]:
    """Return a table of one of the files in its order; patterns in it are filled, and nobody changes it."""
    named = schema.lists(lists)
    return {key: _filled(one, named) if isinstance(one, str) else one for key, one in named[name].items()}


@cache
def rows(name: str) -> tuple[tuple[str, str], ...]:
    """Return rows of a pattern and what stands in its place, in their order."""
    return tuple((_joined(given), put) for given, put in schema.lists(_ENGLISH)[name])


@cache
def regex(pattern: str) -> re.Pattern[str]:
    """Return a pattern, compiled once: ``{name}`` in it is any of the words of that name.

    Raises:
        ValueError: the lists lack the name, or what they hold is no pattern.
    """
    return _compiled(_filled(pattern, schema.lists(_ENGLISH)))


@cache
def language(code: str) -> Language:
    """Return what puts Chinese or Russian (``zh``, ``ru``) into English.

    Raises:
        ValueError: a row of its file names what is not there, or is no pattern.
    """
    lists = schema.lists(f"{_ENGLISH}_{code}")
    parts = {**lists, **lists["parts"], "filling": lists["filling"].split()}
    letters = str.maketrans(lists["letters"]["written"], lists["letters"]["read"])
    before, rules = (
        tuple(one for block in lists[name] for one in _rules(block, parts)) for name in ("before", "rules")
    )
    scales = {pattern: (scale, places) for pattern, (scale, places) in lists["scales"].items()}
    return Language(letters, before, scales, lists["currencies"], rules)


def _rules(block: dict[str, Any], lists: dict[str, Any]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Yield the rules of a block: a row each, or one for each line of the table that a row names."""
    for row in block["rows"]:
        for given, put in _of_each(row, lists) if isinstance(row, dict) else [row]:
            pattern = _filled(_joined(given), lists)
            if block.get("whole_words"):
                pattern = _WHOLE.replace("{}", pattern.replace("~", _ENDING))
            compiled = _compiled(pattern)
            try:
                compiled.sub(put, "")
            except re.error as error:
                raise ValueError(f"claim_words: {put!r} cannot stand for {pattern!r}: {error}") from error
            yield compiled, put


def _of_each(row: dict[str, str], lists: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield pattern and put of a row for each word of a table, with the word that follows it."""
    words = lists.get(row["each"])
    if words is None:
        raise ValueError(f"claim_words: no table is named {row['each']!r}, of {row['pattern']!r}")
    for word, following in zip_longest(words, [*words][1:]):
        if following or "{next}" not in row["pattern"]:
            pattern = row["pattern"].replace("{word}", word).replace("{next}", following or "")
            yield pattern, row["put"].replace("{meaning}", words[word])


def _joined(given: Any) -> str:  # noqa: ANN401 (as TOML has it: a pattern, several, or a table of them)
    """Return alternatives as one pattern, without the margins of those that go over several lines."""
    return "|".join(_MARGIN.sub("", one) for one in ([given] if isinstance(given, str) else given))


def _filled(pattern: str, lists: dict[str, Any]) -> str:
    """Fill the places of a pattern; several words are a group of their own, a part is put in as it is."""

    def put(met: re.Match[str]) -> str:
        if met[1] not in lists:
            raise ValueError(f"claim_words: no list is named {met[1]!r}, of {pattern!r}")
        given = _filled(_joined(lists[met[1]]), lists)
        return given if isinstance(lists[met[1]], str) else f"(?:{given})"

    return _PLACE.sub(put, _joined(pattern))


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"claim_words: {pattern!r} is no pattern: {error}") from error
