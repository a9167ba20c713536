"""Names of countries, flows and fuels in three languages, with Russian cases."""

from __future__ import annotations

import pytest

from analysis.measures.energy.definitions import PARTS
from analysis.measures.partners.rerouting import PLACES
from layouts.words import language, names
from layouts.words.catalogue import has
from layouts.words.forms import CASES, Forms

NAMED = [*PLACES, "CHN", "RUS", "WLD", "BLR", "USA", "SAU"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", ("Hong Kong", "the Emirates")), ("zh", ("中国香港", "阿联酋")), ("ru", ("Гонконга", "ОАЭ"))],
)
def test_a_country_in_a_sentence(code: str, expected: tuple[str, str]) -> None:
    """A case is the Russian one; in English it brings the article, in Chinese nothing."""
    with language.speaking(code):
        assert (f"{names.country('HKG'):gen}", f"{names.country('ARE'):gen}") == expected


def test_russian_cases() -> None:
    """One country through all cases."""
    with language.speaking("ru"):
        cases = [format(names.country("RUS"), case) for case in ("", *CASES)]
    assert cases == ["Россия", "России", "России", "Россию", "Россией", "России"]


@pytest.mark.parametrize("place", NAMED)
def test_countries_of_the_page_are_in_the_catalogue(place: str) -> None:
    """A country that sentences name has its cases written by hand."""
    assert has(f"names.country.{place}")


def test_other_countries_by_unicode() -> None:
    """A country that no sentence names has the name of Unicode's list; what is none stays its code."""
    with language.speaking("ru"):
        assert names.country("PER") == "Перу"
        assert names.country("XYZ") == "XYZ"


@pytest.mark.parametrize("code", ["zh", "ru"])
def test_all_fuels_and_flows(code: str) -> None:
    """Each part of the energy bill and each flow has a name."""
    with language.speaking(code):
        assert all(not names.fuel(part).isascii() for part in PARTS)
        assert all(not names.flow(way).isascii() for way in ("export", "import", "total", "balance", "both"))


def test_some_cases_and_not_all() -> None:
    """A word with half its cases is an error of the catalogue."""
    with pytest.raises(ValueError, match="shorter"):
        Forms.read("Россия|России")
