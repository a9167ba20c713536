"""Names of countries, flows and fuels, with the cases that a Russian sentence needs."""

from functools import cache
from typing import Final

from babel import Locale

from layouts.words import language
from layouts.words.catalogue import has, say, say_or
from layouts.words.forms import Forms
from loaders.tables.country_words import iso2

_COUNTRY: Final = "names.country.{}"
_FLOW: Final = "names.flow.{}"
_FUEL: Final = "names.fuel.{}"
_GOOD: Final = "names.good.{}"


def country(code: str) -> Forms:
    """Name a country by its ISO 3166-1 alpha-3 code; ``WLD`` is the world.

    An English name has its article in each case: ``{country:gen}`` is "the Emirates" where ``{country}``
    is "Emirates". Countries that the catalogue does not name have the name of Unicode's CLDR and no
    cases; what is no country is its code.
    """
    key = _COUNTRY.format(code)
    if has(key):
        return Forms.read(say(key))
    return Forms(_territories(language.current()).get(code, code))


@cache
def _territories(spoken: str) -> dict[str, str]:
    """Return CLDR's names of all countries in a language, by ISO alpha-3 code."""
    known = Locale.parse(spoken).territories
    return {long: str(known[short]) for short, long in iso2().items() if short in known}


def flow(code: str) -> Forms:
    """Name a flow in small letters: exports, imports, trade (both ways), balance, both (one beside the other)."""
    return Forms.read(say(_FLOW.format(code)))


def fuel(code: str) -> Forms:
    """Name a fuel, or what wider definitions add, in small letters: crude oil, coal, LNG, pipeline gas."""
    return Forms.read(say(_FUEL.format(code)))


def good(code: str) -> str:
    """Name goods that a publisher sums up under a word of its own, as ``PASSENGER_CARS``; else the code as it is."""
    return say_or(_GOOD.format(code), code.replace("_", " ").lower())


def capital(word: str) -> str:
    """Return a label with a capital at its beginning, as a heading has it."""
    return f"{word[:1].upper()}{word[1:]}"
