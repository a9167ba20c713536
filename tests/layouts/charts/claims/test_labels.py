"""What a figure is called and how a number is written back: kinds, digits, versions, in each language. Made up here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest

from analysis.basis import Basis
from analysis.claims.verdicts import Outcome, Verdict
from analysis.recomputations.figures import (
    BN_CNY,
    BN_USD,
    MLN_USD,
    NOW_PUBLISHED,
    PERCENT,
    SHARES,
    UNDATED,
    Amount,
    Goods,
    How,
    Kind,
    Message,
    Months,
    PartOfYear,
    PlainNumber,
    Quoted,
    Rate,
    Recomputation,
    Rest,
    Trade,
    Translated,
    message,
)
from layouts.charts.claims import labels, wording, words
from layouts.look.theme import DARK, LIGHT
from layouts.words import language

CODES: Final = ("en", "zh", "ru")
SPAN = ("2023-01", "2023-06")


def made(kind: Kind = Kind.NOW, **over: Any) -> Recomputation:
    """Return a recomputation."""
    cells: dict[str, Any] = {"kind": kind, "figure": 240.11, "unit": BN_USD, "span": SPAN, "source": "comtrade"}
    cells |= {"vintage": NOW_PUBLISHED, "steps": Message("claims.unreadable")}
    return Recomputation(**{**cells, **over})


def in_all(writer: Any, *given: Any) -> tuple[str, ...]:
    """Return what is written in each language, no-break spaces as plain ones."""
    out = []
    for code in CODES:
        with language.speaking(code):
            out.append(str(writer(*given)).replace("\N{NO-BREAK SPACE}", " "))
    return tuple(out)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (80.852, BN_USD, ("US$ 80.85 bn", "808.5亿美元", "80,85 млрд долл.")),
        (0.4, BN_USD, ("US$ 0.400 bn", "4.00亿美元", "0,400 млрд долл.")),
        (1099.9, BN_CNY, ("1,099.9 bn yuan", "10,999亿元", "1 099,9 млрд юаней")),
        (276.0, MLN_USD, ("US$ 276 m", "2.76亿美元", "276 млн долл.")),
        (40.7, PERCENT, ("+40.7%", "+40.7%", "+40,7 %")),
        (36.5, SHARES[0], ("36.5%", "36.5%", "36,5 %")),
        (float("nan"), PERCENT, ("–", "–", "–")),
    ],
)
def test_a_recomputed_figure_has_its_unit(value: float, unit: str, written: tuple[str, ...]) -> None:
    """A change has its sign, a share none, a value below a billion one decimal more."""
    assert in_all(labels.figure, value, unit) == written


@pytest.mark.parametrize(
    ("quoted", "written"),
    [
        (Quoted("40.7", "percent"), ("40.7%", "40.7%", "40,7 %")),
        (Quoted("40", "percent", 5.0), ("about 40%", "约40%", "около 40 %")),
        (Quoted("81", "bn_usd"), ("US$ 81 bn", "810亿美元", "81 млрд долл.")),
        (Quoted("1.1", "trn_cny"), ("1.1 trn yuan", "1.1万亿元", "1,1 трлн юаней")),
        (Quoted("500", "mln_usd"), ("US$ 500 m", "5亿美元", "500 млн долл.")),
        (Quoted("50", "mln_usd"), ("US$ 50 m", "5,000万美元", "50 млн долл.")),
        (Quoted("250", "mln_cny"), ("250 m yuan", "2.50亿元", "250 млн юаней")),
        (Quoted("5", "bn_"), ("5 bn", "50亿", "5 млрд")),
        (Quoted("7.10"), ("7.10", "7.10", "7,10")),
    ],
)
def test_a_quoted_number_keeps_its_digits(quoted: Quoted, written: tuple[str, ...]) -> None:
    """What a reader typed is written back with as many digits; Chinese moves the point alone."""
    assert in_all(wording.quoted, quoted) == written


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ((">500", "mln_usd"), "> US$ 500 m"),
        (("500", "mln_usd", "bound"), "> US$ 500 m"),
        (("<3", "percent"), "< 3%"),
        (("", "percent"), "in words"),
        (("1", "rank"), "largest"),
    ],
)
def test_what_a_claim_states_is_written_in_a_word_or_a_number(given: tuple[str, ...], written: str) -> None:
    """More or less than a number, a rank, or no number at all."""
    assert words.article_text(*given).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("codes", "name"),
    [
        (("2709",), "crude oil"),
        (("8703",), "passenger cars (HS 8703)"),
        (("2709", "8471"), "crude oil and HS 8471"),
        (labels._ALL_FUELS, "the four fuels"),
    ],
)
def test_goods_are_named_by_what_they_are(codes: tuple[str, ...], name: str) -> None:
    """All four fuels together, a fuel by its codes, other goods by name and code or by code alone."""
    assert labels.goods(codes) == name


@pytest.mark.parametrize(
    ("vintage", "written"),
    [
        (NOW_PUBLISHED, ("published now", "现行公布数", "текущая")),
        (UNDATED, ("release not stated", "未注明发布日期", "дата не указана")),
        ("2024-01-12", ("12 Jan 2024", "2024年1月12日", "12 янв. 2024")),
        ("2024", ("2024", "2024", "2024")),
        ("BACI", ("", "", "")),
    ],
)
def test_a_version_is_a_day_or_the_one_of_now(vintage: str, written: tuple[str, ...]) -> None:
    """A year stays one; a word of a publisher is none."""
    assert in_all(labels.version, vintage) == written


def test_every_kind_has_a_name_of_its_own() -> None:
    """No two kinds go by one label, in any language."""
    merged, own = (
        Basis.read(f"{who} FOB HS2017 now {making}") for who, making in (("CHN+RUS", "merged"), ("CHN", "printed"))
    )
    every = [
        made(Kind.NOW),
        made(Kind.NOW, currency="CNY"),
        made(Kind.FIRST, vintage="2023-07-13"),
        made(Kind.LATER, vintage="2023-08-13"),
        made(Kind.RATE),
        made(Kind.TABLE, currency="CNY"),
        made(Kind.DIFFERENCE),
        made(Kind.DIFFERENCE, currency="CNY"),
        made(Kind.IMF),
        made(Kind.MERGED, basis=merged),
        made(Kind.MERGED, basis=own),
        made(Kind.MERGED, basis=merged, goods=("2709",)),
        made(Kind.MERGED, basis=own, goods=("2709",)),
        made(Kind.OWN, basis=own, goods=("2709",)),
        made(Kind.PRINT, basis=own, goods=("2709",)),
        made(Kind.ORIGIN, goods=("2709",), unit=SHARES[1]),
        made(Kind.ORIGIN, goods=("2709",), unit=SHARES[3]),
        *(made(Kind.MIRROR, counter=one) for one in ("fcs", "comtrade", "imf")),
        made(Kind.MIRROR, counter="fcs", rests=Rest(1.0, "import", SPAN)),
    ]
    for code in CODES:
        with language.speaking(code):
            names = [labels.label(one) for one in every]
            parts = {labels.label(made(Kind.PART, counter=one)) for one in ("china", "national", "imf")}
        assert len(set(names)) == len(names), code
        assert len(parts) == 3, code


def test_a_print_that_nobody_dated_is_not_called_the_first() -> None:
    """It is named as one of several."""
    assert labels.label(made(Kind.FIRST, vintage=UNDATED)) == labels.label(made(Kind.LATER, vintage="2023-08-13"))
    assert labels.label(made(Kind.FIRST, vintage="2023-07-13")) != labels.label(made(Kind.FIRST, vintage=UNDATED))


def test_a_flow_that_a_search_met_is_named() -> None:
    """Behind the name of the figure."""
    plain, flowed = (labels.label(made(Kind.IMF, flow=flow)) for flow in ("", "export"))
    assert flowed.startswith(plain)
    assert flowed != plain


def test_how_says_freight_conversion_and_day() -> None:
    """Valuation of customs' own figures, that one was converted, the day of a first print, the currency of a rate."""
    cif = Basis.read("CHN CIF none now printed")
    assert "CIF" in labels.how(made(basis=cif))
    assert "CIF" not in labels.how(made(Kind.MERGED, basis=None, goods=("2709",)))
    converted = Basis.read("CHN FOB none now converted")
    assert labels.how(made(basis=converted)) != labels.how(made(basis=Basis.read("CHN FOB none now printed")))
    first = Basis.read("CHN FOB none first printed")
    assert "13 Jul 2023" in labels.how(made(Kind.FIRST, basis=first, vintage="2023-07-13"))
    assert "13 Jul 2023" not in labels.how(made(Kind.TABLE, basis=first, vintage="2023-07-13"))
    assert labels.how(made(unit=PERCENT)) != labels.how(made(unit=PERCENT, currency="CNY"))
    assert labels.how(made(Kind.DIFFERENCE)) != labels.label(made(Kind.DIFFERENCE))


def test_a_printed_rate_says_by_whom_and_when() -> None:
    """Customs' own table, a newspaper of the day, one that looks back, and one that nobody dated."""
    own = made(Kind.RATE, source="gacc", vintage="2023-07-13", unit=PERCENT)
    press, undated = replace(own, source="press"), replace(own, vintage=UNDATED)
    back = replace(own, source="press", vintage="2024-06-01")
    said = [labels.how(one) for one in (own, press, back, undated, replace(undated, source="press"))]
    assert len(set(said)) == 5
    assert all("2023" in one for one in said[:2])
    assert not any("2023" in one for one in said[3:])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Months("2023-01", "2023-12"), ("2023", "2023年", "2023 год")),
        (Months("2023-01", "2023-06"), ("Jan–Jun 2023", "2023年1—6月", "янв.–июнь 2023")),
        (PartOfYear(1, 6), ("Jan–Jun", "1月至6月", "янв.–июнь")),
        (PartOfYear(3, 3), ("Mar", "3月", "март")),
        (Amount(80.852e9), ("US$ 80.85 bn", "808.5亿美元", "80,85 млрд долл.")),
        (Amount(276e6, small=True, decimals=0), ("US$ 276 m", "2.76亿美元", "276 млн долл.")),
        (Rate(-3.46), ("−3.5%", "−3.5%", "−3,5 %")),
        (Rate(3.46, signed=False), ("3.5%", "3.5%", "3,5 %")),
        (PlainNumber(1234.0), ("1,234", "1,234", "1 234")),
        (PlainNumber(2.5, 1, signed=True), ("+2.5", "+2.5", "+2,5")),
        (Goods(("2709",)), ("crude oil", "原油", "нефть")),
        ("as it is", ("as it is",) * 3),
        (Translated("claims.article.{}", "nobody", "own words"), ("own words",) * 3),
    ],
)
def test_a_value_of_a_sentence_is_written_by_its_kind(value: Any, written: tuple[str, ...]) -> None:
    """Months, money, rates, goods: as each language has them; a text without a translation as it is."""
    assert in_all(wording._written, value) == written


def test_trade_is_named_from_either_side_and_by_its_goods() -> None:
    """China's exports are Russia's imports; of goods they are named first."""
    sides = {wording._trade(Trade(flow, side)) for side in ("CHN", "RUS") for flow in ("export", "import")}
    assert len(sides) == 4
    assert "crude oil" in wording._trade(Trade("import", "CHN", ("2709",)))


def test_several_figures_stand_side_by_side() -> None:
    """A tuple of sentences or figures is joined; a figure is written with what it rests on."""
    one, other = made(Kind.IMF), made(Kind.NOW)
    both = wording._written((one, other))
    assert wording.basis(one) in both
    assert wording.basis(other) in both
    assert wording._written(How(one)) == labels.how(one)
    assert "240.11" in wording.basis(one)
    assert wording.shown(made(figure=0.2)).replace("\N{NO-BREAK SPACE}", " ") == "US$ 200.0 m"
    assert wording.shown(made(unit=SHARES[2], figure=20.0)) == "20.0%"


def test_an_abbreviation_ends_its_sentence_once() -> None:
    """Two stops become one where a word with a stop is the last."""
    with language.speaking("ru"):
        said = wording.text_of(message("claims.typed", words="x"))
    assert ".." not in said


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_verdict_has_shape_word_and_colour(palette: Any) -> None:
    """Eight shapes and eight words; what holds, what fails and what is split have colours of their own."""
    assert set(words.SHAPES) == set(Outcome)
    assert len(set(words.SHAPES.values())) == len(Outcome)
    for code in CODES:
        with language.speaking(code):
            assert len({wording.verdict_word(one) for one in Outcome}) == len(Outcome)
    assert words.colour(Outcome.HOLDS, palette) == words.colour(Outcome.REVISED, palette) == palette.holds
    assert words.colour(Outcome.NOT, palette) == palette.fails
    assert words.colour(Outcome.OPEN, palette) == palette.untested


def test_a_claim_that_quotes_nothing_says_that_it_follows() -> None:
    """A figure of two others has no words of its own; a quoted one has, with a translation where there is one."""
    follows = Verdict({"id": "x", "quoted": "", "says": ""}, Outcome.HOLDS, ())
    quoted = Verdict({"id": "x", "quoted": "grew a lot", "says": "It grew."}, Outcome.HOLDS, ())
    assert wording.quotation(quoted) != wording.quotation(follows)
    assert "grew a lot" in wording.quotation(quoted)
    assert wording.says(quoted) == "It grew."
    assert wording.says(follows) == ""
    assert wording.searched(quoted) == wording.sentence(quoted) == ""
