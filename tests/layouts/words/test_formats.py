"""Numbers, money, months and lists in the three languages, each worked by hand after its own rules."""

from __future__ import annotations

import math
import re
from typing import Final

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.selection import LANGUAGES
from layouts.words import basis_words, language, names, text
from layouts.words.forms import CASES, Forms

CODES: Final = ("en", "zh", "ru")
DIGITS: Final = re.compile(r"\d")
# what is written, by the name of the writer and what it is given; _ is a no-break space
NUMBERS: Final = [
    (text.number, (1_234_567.891, 2), ("1,234,567.89", "1,234,567.89", "1_234_567,89")),
    (text.number, (-94.23,), ("−94.2", "−94.2", "−94,2")),
    (text.number, (-0.04,), ("0.0", "0.0", "0,0")),
    (text.signed, (21.68,), ("+21.7", "+21.7", "+21,7")),
    (text.signed, (0.04,), ("0.0", "0.0", "0,0")),
    (text.percent, (21.68,), ("+21.7%", "+21.7%", "+21,7_%")),
    (text.percent, (-3.0, 0), ("−3%", "−3%", "−3_%")),
    (text.percent, (math.nan,), ("–", "–", "–")),
    (text.share, (36.54,), ("36.5%", "36.5%", "36,5_%")),
    (text.share, (math.nan,), ("–", "–", "–")),
    (text.shares, (61.2, 84.4), ("61–84%", "61%～84%", "61–84_%")),
    (text.shares, (61.2, 61.4), ("61%", "61%", "61_%")),
    (text.as_typed, (32.18,), ("32.18", "32.18", "32,18")),
    (text.as_typed, (81.0,), ("81", "81", "81")),
    (text.per_cent, ("40.7",), ("40.7%", "40.7%", "40.7_%")),
]
MONEY: Final = [
    (text.bn, (80.86e9,), ("80.9", "809", "80,9")),
    (text.bn, (80.86e9, 2), ("80.86", "808.6", "80,86")),
    (text.bn, (80.86e9, 0), ("81", "809", "81")),
    (text.money, (114.882e9, "USD"), ("US$_114.9_bn", "1,149亿美元", "114,9_млрд_долл.")),
    (text.money, (1.0999e12, "CNY"), ("1,099.9_bn_yuan", "10,999亿元", "1_099,9_млрд_юаней")),
    (text.money, (5e9, "EUR"), ("5.0_bn_EUR", "50亿（EUR）", "5,0_млрд_EUR")),
    (text.millions, (276.4e6, "USD"), ("US$_276_m", "2.76亿美元", "276_млн_долл.")),
    (text.millions, (3e8, "USD"), ("US$_300_m", "3亿美元", "300_млн_долл.")),
    (text.millions, (276.4e6, "CNY", 1), ("276.4_m_yuan", "2.764亿元", "276,4_млн_юаней")),
    (text.exact, (9_530_188_306, "USD"), ("US$_9,530,188,306", "9,530,188,306美元", "9_530_188_306_долл.")),
    (text.exact, (12.5, "CNY"), ("12.50 yuan", "12.50元", "12,50 юаней")),
    (text.exact, (7, "EUR"), ("7.00 EUR", "7.00（EUR）", "7,00 EUR")),
    (text.unit_bn, ("USD",), ("US$ bn", "亿美元", "млрд_долл. США")),
    (text.unit_bn, ("CNY",), ("bn yuan", "亿元", "млрд юаней")),
    (text.unit_bn, ("EUR",), ("bn EUR", "亿（EUR）", "млрд EUR")),
    (text.currency_name, ("CNY",), ("yuan", "人民币", "юани")),
    (text.currency_name, ("CHF",), ("CHF", "CHF", "CHF")),
]


def month(written: str) -> pd.Timestamp:
    """Return the first day of a month."""
    return pd.Timestamp(f"{written}-01")


def _span(start: str, end: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    return month(start), month(end)


DAYS: Final = [
    (text.month, (month("2026-07"),), ("July 2026", "2026年7月", "июль 2026")),
    (text.short_month, (month("2026-07"),), ("Jul 2026", "2026年7月", "июль 2026")),
    (text.short_month_name, (month("2026-02"),), ("Feb", "2月", "февр.")),
    (text.span, _span("2026-07", "2026-07"), ("July 2026", "2026年7月", "июль 2026")),
    (text.span, _span("2026-01", "2026-07"), ("January–July 2026", "2026年1—7月", "январь–июль 2026")),
    (
        text.span,
        _span("2019-01", "2026-07"),
        ("January 2019 to July 2026", "2019年1月至2026年7月", "январь 2019 — июль 2026"),
    ),
    (text.short_span, _span("2026-01", "2026-07"), ("Jan–Jul 2026", "2026年1—7月", "янв.–июль 2026")),
    (
        text.short_span,
        _span("2022-03", "2023-02"),
        ("Mar 2022–Feb 2023", "2022年3月至2023年2月", "март 2022 — февр. 2023"),
    ),
    (text.short_span, _span("2023-01", "2023-12"), ("2023", "2023年", "2023")),
    (text.year, (2022,), ("2022", "2022年", "2022")),
    (text.years, (2019, 2026), ("2019–2026", "2019—2026年", "2019–2026")),
    (text.years, (2020, 2020), ("2020", "2020年", "2020")),
    (text.day, (pd.Timestamp("2023-06-07"),), ("7 Jun 2023", "2023年6月7日", "7 июн. 2023")),
    (
        text.release_day,
        (pd.Timestamp("2026-08-31"),),
        ("by 31 Aug 2026", "不晚于2026年8月31日", "не позднее 31 авг. 2026"),
    ),
    (text.release_day, (pd.Timestamp("2026-08-30"),), ("30 Aug 2026", "2026年8月30日", "30 авг. 2026")),
]
LISTS: Final = [
    (text.listed, (["a", "b", "c"],), ("a, b and c", "a、b和c", "a, b и c")),
    (text.listed, (["a", "b"],), ("a and b", "a和b", "a и b")),
    (text.listed, (["a"],), ("a", "a", "a")),
    (text.listed, ([],), ("", "", "")),
    (text.together, (["a", "b"],), ("a, b", "a、b", "a, b")),
    (text.sentences, (["A.", "", "B."],), ("A. B.", "A.B.", "A. B.")),
    (text.clauses, (["a", "", "b"],), ("a; b", "a；b", "a; b")),
    (text.commas, (["a", "", "b"],), ("a, b", "a，b", "a, b")),
    (text.separators, (), (".,", ".,", ",_")),
    (text.stop, (), (". ", "。", ". ")),
]


@pytest.mark.parametrize(("writer", "given_", "written"), [*NUMBERS, *MONEY, *DAYS, *LISTS])
def test_each_language_writes_by_its_own_rules(writer: object, given_: tuple[object, ...], written: object) -> None:
    """Decimal mark, grouping, unit, order of day and month, dash of a span: as a newspaper of the language has them."""
    assert callable(writer)
    made = []
    for code in CODES:
        with language.speaking(code):
            made.append(str(writer(*given_)).replace("\N{NO-BREAK SPACE}", "_"))
    assert tuple(made) == written


@given(st.floats(-1e15, 1e15), st.integers(0, 3), st.sampled_from(CODES))
def test_a_number_can_be_read_back(value: float, decimals: int, code: str) -> None:
    """Whatever its marks, the digits are the value rounded; nothing is written as minus nought."""
    with language.speaking(code):
        written = text.number(value, decimals)
        mark = text.separators()[0]
    plain = written.replace("−", "-").replace("\N{NO-BREAK SPACE}", "")
    plain = plain.replace(",", "") if mark == "." else plain.replace(",", ".")
    assert float(plain) == pytest.approx(float(f"{value:.{decimals}f}"), rel=1e-12, abs=0)
    assert not re.fullmatch(r"−0[.,]?0*", written)
    assert "-" not in written


@given(st.floats(1e6, 9e12), st.integers(0, 3))
def test_chinese_holds_the_digits_of_the_others(value: float, decimals: int) -> None:
    """A billion is ten hundred millions: one decimal fewer, and the value within half a last digit of it."""
    with language.speaking("zh"):
        chinese = float(text.bn(value, decimals).replace(",", "")) * 1e8
    english = float(text.bn(value, decimals).replace(",", "")) * 1e9
    step = 10.0 ** (9 - decimals)
    assert abs(english - value) <= step * 0.5001
    assert abs(chinese - value) <= max(step, 1e8) * 0.5001


@given(st.integers(1990, 2060), st.integers(1, 12), st.integers(0, 120), st.sampled_from(CODES))
def test_a_span_names_its_years(year: int, first: int, months: int, code: str) -> None:
    """Both years stand in the name of a span, each once, whatever the language; a month alone is no span."""
    start = pd.Timestamp(year, first, 1)
    end = start + pd.DateOffset(months=months)
    with language.speaking(code):
        for written in (str(text.span(start, end)), text.short_span(start, end)):
            years = re.findall(r"(?:19|20)\d\d", written)
            assert years == list(dict.fromkeys([str(start.year), str(end.year)]))
        assert (str(text.span(start, end)) == str(text.month(start))) == (months == 0)


@pytest.mark.parametrize(
    ("made", "case", "written"),
    [
        (lambda: text.month(month("2026-07")), "gen", "июля 2026"),
        (lambda: text.month(month("2026-07")), "prep", "июле 2026"),
        (lambda: text.month_name(month("2023-03")), "gen", "марта"),
        (lambda: text.span(month("2026-01"), month("2026-07")), "prep", "январе–июле 2026"),
        (lambda: text.span(month("2019-01"), month("2026-07")), "gen", "января 2019 — июля 2026"),
        (lambda: text.period(month("2023-01"), month("2023-12")), "prep", "2023 году"),
        (lambda: text.period(month("2023-01"), month("2023-06")), "gen", "января–июня 2023 года"),
        (lambda: names.country("RUS"), "gen", "России"),
    ],
)
def test_russian_has_its_cases(made: object, case: str, written: str) -> None:
    """A month after a preposition, a span in the genitive, a year with its word."""
    assert callable(made)
    with language.speaking("ru"):
        assert format(made(), case) == written


def test_a_case_that_is_none_is_refused() -> None:
    """A text that asks for a case nobody knows fails, and so does a word with some of its cases."""
    word = Forms.read("Россия|России|России|Россию|Россией|России")
    assert [format(word, case) for case in CASES] == ["России", "России", "Россию", "Россией", "России"]
    assert f"{word}" == "Россия"
    assert f"{Forms('trade'):gen}" == "trade"
    with pytest.raises(ValueError, match="no case"):
        format(word, "genitive")
    with pytest.raises(ValueError, match=r"shorter|longer|argument"):
        Forms.read("Россия|России")


def test_what_a_reader_types_is_no_markup() -> None:
    """Brackets that a picture would take for bold letters are other signs, and blanks are one."""
    assert text.plain("  <b>40.7%</b>\n in 2023 ") == "‹b›40.7%‹/b› in 2023"


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("CHN", ("China", "中国", "Китай")),
        ("FRA", ("France", "法国", "Франция")),
        ("XYZ", ("XYZ", "XYZ", "XYZ")),
    ],
)
def test_a_country_has_a_name_in_every_language(code: str, written: tuple[str, ...]) -> None:
    """One of the catalogue, one of Unicode's list, and what is no country stays its code."""
    spoken = []
    for lang in LANGUAGES:
        with language.speaking(lang):
            spoken.append(str(names.country(code)))
    assert tuple(spoken) == written


def test_goods_without_a_name_are_their_words() -> None:
    """A word for an aggregate that the catalogue lacks is written small; a label begins with a capital."""
    assert names.good("PASSENGER_CARS") == "passenger cars"
    assert names.good("SOME_THING") == "some thing"
    assert [names.capital(word) for word in ("oil", "", "LNG")] == ["Oil", "", "LNG"]


@pytest.mark.parametrize(
    ("basis", "written"),
    [
        ("CHN CIF HS2017 now printed", "China’s customs, CIF, HS2017, as now published, as reported"),
        ("KAZ FOB none now computed", "customs of Kazakhstan, FOB, as now published, derived"),
        (
            "CHN+RUS FOB+CIF none first merged",
            ("both countries’ reports merged, FOB+CIF, as first published, merged from both countries’ reports"),
        ),
    ],
)
def test_a_basis_is_named_part_by_part(basis: str, written: str) -> None:
    """Who counted, valuation, edition, print, making; what is unknown or none is left out."""
    assert basis_words.named(basis) == written
    unknown = basis_words.named("CHN unknown none now printed")
    assert unknown == "China’s customs, as now published, as reported"


def test_two_valuations_are_both_named() -> None:
    """Joined by a plus; one that nobody knows stays its code."""
    assert basis_words.valued("FOB+CIF") == "FOB+CIF"
    assert basis_words.valued("DAP") == "DAP"
    with language.speaking("zh"):
        assert basis_words.valued("FOB+CIF") == "离岸价+到岸价"


def test_there_is_no_fourth_language() -> None:
    """An unknown code is refused and names those that there are; after a block the language is the one before."""
    with pytest.raises(ValueError, match="en, zh, ru"), language.speaking("fr"):
        pass
    with language.speaking("zh"):
        with language.speaking(None):
            assert language.current() == "en"
        assert language.current() == "zh"
    assert language.current() == "en"
