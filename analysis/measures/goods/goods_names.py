"""Names of goods: the short one of a code in each language, and the codes that words in three languages mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from loaders.core import schema

_COLUMNS: Final = ("code", "lang", "name")
_WORDS: Final = re.compile(r"[^\W_]+")
_SQUARES: Final = re.compile(r"[\u3400-\u9fff]")
# endings that a word loses before it is compared, the longest first; what is left has at least three letters
_ENDINGS: Final = (
    *("иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям"),
    *("ая", "яя", "ое", "ее", "ые", "ие", "ый", "ий", "ой", "ей", "ах", "ях", "ов", "ев", "ам", "ям", "ом", "ем"),
    *("ию", "ия", "ии", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й"),
    *("ies", "es", "s", "y", "e"),
)
_LEAST: Final = 3  # letters of a stem
_BEGUN: Final = 4  # letters from which the beginning of a word is enough


@per_dataset(4)
def _named(dataset: Dataset) -> pd.DataFrame:
    """Return code, lang and name of every list, short names in three languages and official ones (``long``)."""
    fifty = dataset.side("chpl").rename(columns={"hs6": "code"}).assign(lang="en")
    english = (dataset.side("hs_chapters_en"), dataset.side("hs_headings_en"), fifty)
    short = [table.reindex(columns=list(_COLUMNS)) for table in (*english, dataset.side("hs_short_names"))]
    whole = dataset.side("hs_names").reindex(columns=list(_COLUMNS)).assign(long=True)
    table = schema.stacked(*(table.assign(long=False) for table in short), whole)
    return table.astype(dict.fromkeys(_COLUMNS, "str"))


@per_dataset(8)
def names(dataset: Dataset, lang: str = "en") -> dict[str, str]:
    """Return the short name in a language (``en``, ``zh``, ``ru``) of each code that has one, else the official one."""
    table = _named(dataset)
    own = table[table["lang"].eq(lang)].drop_duplicates("code")
    named = zip(own["code"], own["name"], own["long"], strict=True)
    return {code: _sentence(name) if long else name for code, name, long in named}


@per_dataset(8)
def official(dataset: Dataset, lang: str) -> dict[str, str]:
    """Return the wording of the customs tariff (``zh``, ``ru``) of each code that has one."""
    wordings = dataset.side("hs_names").reindex(columns=list(_COLUMNS))
    own = wordings[wordings["lang"].eq(lang)]
    return {code: _sentence(name) for code, name in zip(own["code"], own["name"], strict=True)}


def _sentence(name: str) -> str:
    """Write a name that is printed in capitals as a sentence has it."""
    return name.capitalize() if name.isupper() else name


@dataclass(frozen=True)
class NamedCode:
    """A code whose name, or itself, answers a search."""

    code: str
    lang: str
    name: str


def find_codes(dataset: Dataset, words: str, most: int = 20, lang: str = "en") -> tuple[NamedCode, ...]:
    """Return codes for words in English, Chinese or Russian, or for the digits that a code begins with.

    What everyday words mean comes first (``data/codes/everyday_words.csv``), then chapters, headings and codes
    in whose short name every word stands, in one of its forms, or whose official name begins with it; only where
    there is none of these, what an official name holds anywhere. Case and ё do not matter. A code is shown by
    its name in ``lang`` where it has one.
    """
    sought = _folded(words).split()
    if not sought:
        return ()
    table, meant = _named(dataset), _everyday(dataset, " ".join(sought))
    met, known_by = _met(dataset, sought), table["code"].isin(meant)
    near = (met & (~table["long"] | _begun(dataset, sought[0]))) | known_by
    met = near if near.any() else met
    hits = table.assign(late=~table["code"].isin(meant), length=table["code"].str.len())[met]
    hits = hits.sort_values(["late", "length", "code"], kind="stable").drop_duplicates("code")
    known, shown = names(dataset, lang), zip(hits["code"], hits["lang"], hits["name"], strict=True)
    named = [NamedCode(code, lang, known[code]) if code in known else NamedCode(code, *rest) for code, *rest in shown]
    nameless = [NamedCode(code, lang, code) for code in meant if code not in set(hits["code"])]
    return tuple([*named, *nameless][:most])


@per_dataset(4)
def _meanings(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """Return the codes of each everyday word, by the stems of its words."""
    table = dataset.side("everyday_words")
    if table.empty:
        return {}
    keys = [_stems(_folded(word)) for word in table["word"]]
    return {str(key): tuple(part) for key, part in table["code"].groupby(pd.Series(keys, index=table.index))}


def _everyday(dataset: Dataset, words: str) -> tuple[str, ...]:
    return _meanings(dataset).get(_stems(words), ())


def _stems(words: str) -> str:
    return " ".join(_stem(word) for word in words.split())


@per_dataset(4)
def _folded_names(dataset: Dataset) -> tuple[pd.Series, tuple[frozenset[str], ...]]:
    """Return the folded names, and the stems of their words, row by row of all names."""
    folded = _named(dataset)["name"].map(_folded)
    return folded, tuple(frozenset(_stem(word) for word in _WORDS.findall(name)) for name in folded)


def _met(dataset: Dataset, sought: list[str]) -> pd.Series:
    """Return which names hold every word, or which codes begin with it."""
    table, (folded, stems) = _named(dataset), _folded_names(dataset)
    met = pd.Series(data=True, index=table.index)
    for word in sought:
        if word.isdecimal():
            met &= table["code"].str.startswith(word)
        elif _SQUARES.search(word):
            met &= folded.str.contains(word, regex=False)
        else:
            met &= pd.Series([_holds(name_stems, _stem(word)) for name_stems in stems], index=table.index)
    return met


def _begun(dataset: Dataset, word: str) -> pd.Series:
    """Return which names, or codes, begin with a word."""
    table, (folded, _) = _named(dataset), _folded_names(dataset)
    first = folded.map(lambda name: next(iter(_WORDS.findall(name)), ""))
    stem = _stem(word)
    return table["code"].str.startswith(word) | folded.str.startswith(word) | first.map(_stem).eq(stem)


def _holds(stems: Iterable[str], sought: str) -> bool:
    """Return whether a stem is among the words of a name, or the beginning of one where it is long enough."""
    return any(stem == sought or (len(sought) >= _BEGUN and stem.startswith(sought)) for stem in stems)


def _stem(word: str) -> str:
    """Take the ending off a word: столы and столов become стол, batteries and battery batter."""
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _LEAST), "")
    return word.removesuffix(ending)


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
