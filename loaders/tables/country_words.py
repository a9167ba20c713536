"""Countries by the words that files use: two letters, English names, Russian names.

Parsers get nothing for a group (CIS, a continent) or a name that no list knows, and say so.
"""

import re
from functools import cache
from typing import Final

from loaders.core import store
from loaders.tables import parsing

_EUROSTAT: Final = {"EU27_2020": "EUU", "WORLD": "WLD", "EL": "GRC", "UK": "GBR", "XS": "SRB"}


@cache
def iso2() -> dict[str, str]:
    """Return ISO alpha-3 codes by ISO alpha-2 and by Eurostat's own codes."""
    table = store.read_codes("iso2")
    return dict(zip(table["iso2"], table["iso3"], strict=True)) | _EUROSTAT


@cache
def english() -> dict[str, str]:
    """Return ISO alpha-3 codes by English name, in small letters: the list's and the usual others."""
    table = store.read_codes("country_aliases")
    return parsing.countries("name") | dict(zip(table["name"].str.casefold(), table["iso3"], strict=True))


_GROUP: Final = re.compile(r"european union|euro area|eu ?[0-9]{2}|world.*[(]", re.IGNORECASE)
_STATE: Final = re.compile(
    r"(?!China\b)(.+?),(?: (?:Islamic|Arab|Bolivarian|Plurinational|Fed\.|Federal))?"
    r" (?:Rep\.|Republic|Kingdom|State|Principality|The)(?: of)?(?: the)?",
    re.IGNORECASE,
)


@cache
def named(name: str) -> str | None:
    """Return the ISO code of a country's English name as publishers embroider it; None for groups and the rest.

    ``Kazakhstan, Rep. of`` and ``Russian Federation (Russia)`` are the countries before the comma and the
    bracket. The world is the world; the European Union only as it is now, of 27 members.
    """
    text = " ".join(name.split())
    if re.fullmatch(r"European Union(?: - 27 countries)? \((?:EU ?27|EU27_2020|from 2020|AT, BE, .*)\)", text):
        return None if "GB" in text or "UK" in text else "EUU"
    if code := english().get(text.casefold()):
        return code
    if _GROUP.match(text):
        return None
    bare = re.sub(r"\s*\(.*\)$", "", text)
    state = _STATE.fullmatch(bare)
    return english().get(bare.casefold()) or (english().get(state[1].casefold()) if state else None)


@cache
def _russian() -> dict[str, str]:
    table = store.read_codes("countries_ru").fillna("")
    names: dict[str, str] = {}
    for iso3, name, alias in zip(table["iso3"], table["name_ru"], table["alias"], strict=True):
        names |= {plain_russian(word): iso3 for word in (name, *alias.split("|")) if word}
    return names


def plain_russian(name: str) -> str:
    """Return a Russian name without case, ё, footnote marks and extra blanks."""
    text = re.sub(r"[\s\u00a0]+", " ", name.casefold().replace("ё", "е").replace(",", " "))
    return re.sub(r"(?:\s*(?:\*+|\d\)))+\s*:?$|:$", "", text.strip()).strip(" .")


def russian(name: str) -> str | None:
    """Return the ISO code of a Russian name, with or without a two-letter code before it (``CN - КИТАЙ``)."""
    coded = re.fullmatch(r"([A-Z]{2})(?:\s*[-–—]\s*.*)?", name.strip())
    if coded:
        return iso2().get(coded[1])
    return _russian().get(plain_russian(name))


@cache
def russian_stems() -> tuple[tuple[str, str], ...]:
    """Return the stems of Russian names with their ISO codes, so that a name is found in any case."""
    known = ((name, iso3) for name, iso3 in _russian().items() if len(name) > 3 and " " not in name)
    return tuple((name.rstrip("аеиоуыьэюяй"), iso3) for name, iso3 in known)
