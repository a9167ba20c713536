"""How numbers, periods, units and exponents are written, each case by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from loaders.tables import amounts, country_words, decimals, header_periods, money_units


@pytest.mark.parametrize(
    ("cells", "plain"),
    [
        (["1,234,567", "1,234"], ["1234567", "1234"]),
        (["1.234.567", "1.234"], ["1234567", "1234"]),
        (["1 234,5", "1,234"], ["1234.5", "1.234"]),
        (["1\u00a0234\u00a0567", "12"], ["1234567", "12"]),
        (["1'234.5", "7"], ["1234.5", "7"]),
        (["12345", "1.234"], ["12345", "1.234"]),
        (["n/a", "5"], ["n/a", "5"]),
    ],
)
def test_one_file_has_one_writing(cells: list[str], plain: list[str]) -> None:
    """A cell that leaves no choice decides for those that do."""
    text, unclear = amounts.plain(pd.Series(cells, dtype="str"))
    assert text.tolist() == plain
    assert not unclear.any()


@pytest.mark.parametrize("cells", [["1,234"], ["1.234"], ["1,234", "1.234,5", "7,654.5"], ["12,34,567", "1,234,567"]])
def test_what_could_be_two_numbers_is_none(cells: list[str]) -> None:
    """Without a cell that decides, or where two disagree, nothing is guessed."""
    assert amounts.plain(pd.Series(cells, dtype="str"))[1].any()


def test_a_workbook_has_a_decimal_point_for_certain() -> None:
    """Numbers of a workbook are numbers already."""
    assert not amounts.plain(pd.Series(["1.234"], dtype="str"), numbers=True)[1].any()


@pytest.mark.parametrize(
    ("cells", "hides"),
    [
        (["4.5E+10", "45123456789"], [False, False]),
        (["4.5E+10", "123"], [True, False]),
        (["1.23457E+11", "98765432101"], [True, False]),
        (["1.23457E+11", "198765432101"], [False, False]),
        (["1.5E+1", "2"], [False, False]),
        (["4.5E+10", "4.6E+10"], [True, True]),
        (["0.5", "7"], [False, False]),
    ],
)
def test_an_exponent_may_hide_digits(cells: list[str], hides: list[bool]) -> None:
    """It is believed where another cell of the column is printed with as many digits, else it is refused."""
    assert decimals.rounded(pd.Series(cells, dtype="str")).tolist() == hides


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01", "2019-12"),
        ("2019-M02", "2019-02", "2019-02"),
        ("2019Q3", "2019-07", "2019-09"),
        ("Aug. 2024", "2024-08", "2024-08"),
        ("Jan.-Dec. 2023", "2023-01", "2023-12"),
        ("2018-05-01", "2018-05", "2018-05"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    """Years, quarters and months, in figures or in English."""
    period = header_periods.read(text)
    assert period is not None
    assert (f"{period[0]:%Y-%m}", f"{period[1]:%Y-%m}") == (first, last)


def test_what_is_no_period() -> None:
    """Product codes, words and months that do not exist."""
    assert not any(map(header_periods.read, ("2709", "1812", "World", "2019-M13", "Dec.-Jan. 2020", "")))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("US Dollar thousand", ("USD", 3)),
        ("US Dollars, Millions", ("USD", 6)),
        ("Million US dollar", ("USD", 6)),
        ("Euro thousand", ("EUR", 3)),
        ("USD billion", ("USD", 9)),
        ("US dollars", ("USD", 0)),
        ("Japanese Yen thousand", None),
        ("Tons", None),
        ("Index", None),
    ],
)
def test_units(text: str, unit: tuple[str, int] | None) -> None:
    """Currency and power of ten, or no money at all."""
    assert money_units.read(text) == unit


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Kazakhstan, Rep. of", "KAZ"),
        ("China, P.R.: Hong Kong", "HKG"),
        ("Russian Federation (Russia)", "RUS"),
        ("Korea, Dem. People's Rep. of", "PRK"),
        ("World", "WLD"),
        ("European Union (EU 27)", "EUU"),
        ("European Union (EU 28)", None),
        ("Euro Area", None),
        ("Areas, nes", None),
        ("Asia not specified", None),
    ],
)
def test_countries_as_publishers_write_them(name: str, iso: str | None) -> None:
    """A country with its style, the world, the Union as it is now; groups and unknown areas are none."""
    assert country_words.named(name) == iso
