"""Whose trade a Russian-language table holds, in what unit and of which months: said by it, or refused."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from loaders.core.source import Hints, Parsed, SourceError
from loaders.sources.russia_customs import source as fcs
from loaders.tables import grouped_numbers, russian_money
from loaders.tables.row_account import NO_HINTS

TABLE = "{title}\n{unit}\nСтрана;Экспорт;Импорт\nКитай;{figure};10,5\nТурция;5,25;1\n"
TITLE = "Внешняя торговля Российской Федерации по основным странам за 2021 г."


def _read(hints: Hints = NO_HINTS, **words: str) -> Parsed:
    text = TABLE.format(**{"title": TITLE, "unit": "млн долл. США", "figure": "1"} | words)
    return fcs.parse(text.encode(), "x.csv", hints)


def _exports(parsed: Parsed, partner: str = "CHN") -> pd.Series:
    table = parsed.table
    return table[table["partner"].eq(partner) & table["flow"].eq("export")].iloc[0]


@pytest.mark.parametrize(
    "title",
    [
        "Внешняя торговля Республики Казахстан по странам за 2023 год",
        "Внешняя торговля Республики Беларусь по странам за 2021 год",
        "Внешняя торговля Украины по странам за 2021 год",
        "Внешняя торговля государств-членов ЕАЭС с третьими странами за 2021 год",
        "Внешняя торговля Приморского края по странам за 2021 год",
        "Внешняя торговля Дальневосточного федерального округа по странам за 2021 год",
        "Экспорт и импорт услуг Российской Федерации по странам за 2021 год",
        "Экспорт Российской Федерации сырой нефти по странам за 2021 год",
        "Экспорт сырой нефти по странам за 2021 год",
        "Товарооборот Хабаровского края за 2021 год",
        "Внешняя торговля по основным странам за 2021 год",
        "",
    ],
)
def test_nothing_else_is_taken_for_russia(title: str) -> None:
    """Another country's, a union's, an area's, services' or some goods' table is refused without a flag."""
    with pytest.raises(SourceError, match=r"does not say whose trade it is|not the whole trade of a country"):
        _read(title=title)


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "ВНЕШНЯЯ ТОРГОВЛЯ РОССИЙСКОЙ ФЕДЕРАЦИИ ПО ОСНОВНЫМ СТРАНАМ И ГРУППАМ СТРАН ЗА 2021 ГОД",
        "Экспорт и импорт России по странам, 2021 год",
        "Итоги внешней торговли Российской Федерации с основными торговыми партнерами за 2021 год",
        "Внешняя торговля Российской Федерации\nпо основным странам\nза 2021 год",
        "ФТС России\nИтоги внешней торговли с основными странами за 2021 год",
        "Таблица 2. Внешняя торговля РФ со странами 2021".replace("Таблица 2. ", "Таблица 2\n"),
    ],
)
def test_titles_of_russian_customs_are_russias(title: str) -> None:
    """A whole known title, in one row or several, needs no flag."""
    assert set(_read(title=title).table["reporter"]) == {"RUS"}


def test_the_flag_offered_is_the_country_named() -> None:
    """The refusal of Kazakhstan's table names --reporter KAZ, and that flag stores it as Kazakhstan's, not Russia's."""
    title = "Внешняя торговля Республики Казахстан по странам за 2023 год"
    with pytest.raises(SourceError, match="--reporter KAZ"):
        _read(title=title)
    table = _read(Hints(reporter="KAZ"), title=title).table
    assert set(table["reporter"]) == {"KAZ"}
    assert set(table["source"]) == {"bns_kaz"}
    with pytest.raises(SourceError, match="KAZ, and --reporter says RUS"):
        _read(Hints(reporter="RUS"), title=title)


def test_a_table_with_russia_among_its_partners_is_not_russias() -> None:
    """Russia is no partner of itself, whatever flag or title says."""
    text = TABLE.format(title=TITLE, unit="млн долл. США", figure="1") + "Россия;7;8\n"
    for hints in (NO_HINTS, Hints(reporter="RUS")):
        with pytest.raises(SourceError, match="among its partners"):
            fcs.parse(text.encode(), "x.csv", hints)


@pytest.mark.parametrize("flag", [None, "RUS"])
@pytest.mark.parametrize("title", ["Внешняя торговля Приморского края за 2021", "Экспорт услуг России за 2021"])
def test_no_flag_makes_an_area_or_services_a_country(title: str, flag: str | None) -> None:
    """What a title narrows stays narrow."""
    with pytest.raises(SourceError, match=r"goods or an area|not the whole trade"):
        _read(Hints(reporter=flag), title=title)


@pytest.mark.parametrize(
    ("unit", "power"),
    [
        ("долларов США, млн.", 6),
        ("USD, млн", 6),
        ("долл. США (тыс.)", 3),
        ("млрд долларов США", 9),
        ("тыс. долл. США", 3),
        ("млн. американских долларов", 6),
        ("US$ million", 6),
        ("долл. США - в тысячах", 3),
        ("$ млн", 6),
        ("(в долларах США: млн)", 6),
        ("тыс.дол.США", 3),
        ("долларов США", 0),
    ],
)
def test_a_scale_counts_on_either_side_of_the_currency(unit: str, power: int) -> None:
    """Eleven wordings and plain dollars."""
    assert _exports(_read(unit=unit), "TUR")["value"] == pytest.approx(5.25 * 10**power)


@pytest.mark.parametrize("unit", ["сотни долларов США", "1000 долл. США", "USD '000", "млн"])
def test_a_scale_that_no_currency_takes_is_a_refusal(unit: str) -> None:
    """A word or a figure of scale that was not understood never leaves plain dollars behind."""
    with pytest.raises(SourceError):
        _read(unit=unit)


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("первое полугодие 2021", (1, 6)),
        ("второе полугодие 2021 года", (7, 12)),
        ("1 кв. 2021", (1, 3)),
        ("янв.-июн. 2021", (1, 6)),
        ("девять месяцев 2021 года", (1, 9)),
        ("первые шесть месяцев 2021", (1, 6)),
        ("H1 2021", (1, 6)),
        ("2021H1", (1, 6)),
        ("I-II кварталы 2021", (1, 6)),
        ("1-3 кв. 2021", (1, 9)),
        ("6 месяцев 2021", (1, 6)),
        ("11 мес. 2021", (1, 11)),
        ("три квартала 2021", (1, 9)),
        ("четвертый квартал 2021", (10, 12)),
        ("1 п/г 2021", (1, 6)),
        ("2021 год", (1, 12)),
    ],
)
def test_parts_of_a_year_are_read(words: str, months: tuple[int, int]) -> None:
    """A quarter, a half, so many months: never the year."""
    row = _exports(_read(title=f"Внешняя торговля России за {words}"), "TUR")
    assert (row["period_start"].month, row["period_end"].month) == months


@pytest.mark.parametrize(
    "words",
    [
        *(
            "полугодие 2021",
            "с начала года 2021",
            "январь, февраль 2021",
            "март и январь-март 2021",
            "I, III кварталы 2021",
        ),
        *(
            "январь 2021 и 2 квартал",
            "1-6.2021",
            "January-June 2021",
            "весну 2021",
            "март-январь 2021",
            "3 квартала 2021",
        ),
    ],
)
def test_words_of_a_period_that_are_not_understood_refuse(words: str) -> None:
    """A bare year counts only where no other word of a period remains; --period settles it."""
    title = f"Внешняя торговля России за {words}"
    with pytest.raises(SourceError, match="period is not clear"):
        _read(title=title)
    row = _exports(_read(Hints(period="2021-01..2021-06"), title=title), "TUR")
    assert (row["period_start"].month, row["period_end"].month) == (1, 6)


def test_a_date_over_the_table_is_its_release() -> None:
    """The day on which the office printed it is no period."""
    row = _exports(_read(title="Внешняя торговля России за январь 2018 г. по состоянию на 08.04.2018"), "TUR")
    assert row["released"] == pd.Timestamp("2018-04-08")
    assert row["period_end"] == pd.Timestamp("2018-01-01")


def test_commas_are_read_as_their_column_reads() -> None:
    """Beside 10,5 a comma begins decimals, beside 1,234,567 it groups; alone it is refused by name."""
    assert _exports(_read(unit="тыс. долл. США", figure="68,030"))["value"] == 68030
    whole = "{0}\nтыс. долл. США\nСтрана;Экспорт\nКитай;{1}\nТурция;{2}\n"
    one = fcs.parse(whole.format(TITLE, "68,030", "1,234,567").encode(), "x.csv")
    assert _exports(one)["value"] == 68030e3
    for figure in ("68,030", "321.000"):
        two = fcs.parse(whole.format(TITLE, figure, "5").encode(), "x.csv")
        assert "could be read in two ways" in two.refused[0]


@pytest.mark.parametrize(
    ("cells", "plain"),
    [
        (["68,030", "1.234,5"], ["68.030", "1234.5"]),
        (["68,030", "1,234.5"], ["68030", "1234.5"]),
        (["321.000", "12.5"], ["321.000", "12.5"]),
        (["13 500,25", "5 000"], ["13500.25", "5000"]),
        (["0,5", "1,234,567"], ["0,5?", "1,234,567?"]),
        (["1,23,456", "x", ""], ["1,23,456?", "x", ""]),
        (["1'234'567", "5'000"], ["1234567", "5000"]),
    ],
)
def test_a_column_tells_its_marks(cells: list[str], plain: list[str]) -> None:
    """Groups and decimals are told by cells that can be read in one way only; contradictions are marked."""
    assert grouped_numbers.plain(cells) == plain


@pytest.mark.parametrize("column", ["Экспорт сырой нефти, 2021", "Экспорт услуг, 2021", "Экспорт, тыс."])
def test_a_column_of_something_else_is_refused(column: str) -> None:
    """Some goods, services, or a scale without a currency in a column's title: the file is refused."""
    with pytest.raises(SourceError, match="column"):
        fcs.parse(f"{TITLE}\nмлн долл. США\nСтрана;{column}\nКитай;5\n".encode(), "x.csv")


def test_rates_of_growth_are_no_money() -> None:
    """A column against another year is left, whatever stands in it."""
    text = f"{TITLE}\nмлн долл. США\nСтрана;Экспорт 2021;Экспорт к 2020;Импорт, прирост\nКитай;5;104,1;3\n"
    assert fcs.parse(text.encode(), "x.csv").table["value"].tolist() == [5e6]


@pytest.mark.parametrize("between", ["Импорт;;", "ИМПОРТ РОССИИ ПО СТРАНАМ;;", "Наименование страны;2020;2021"])
def test_a_second_table_below_the_first_is_refused(between: str) -> None:
    """Imports that stand below exports never become exports."""
    text = f"Экспорт России по странам, млн долл. США\nСтрана;2020;2021\nКитай;5;6\n{between}\nТурция;7;8\n"
    parsed = fcs.parse(text.encode(), "x.csv")
    assert any("begins another table" in line or "repeats the header" in line for line in parsed.refused)


def test_a_sheet_without_its_header_is_named() -> None:
    """A sheet headed otherwise beside a good one is no longer passed over; Государство is a header."""
    book = openpyxl.Workbook()
    for title, head in (("good", "Государство"), ("odd", "Территория")):
        sheet = book.create_sheet(title)
        for row in ([TITLE], ["млн долл. США"], [head, "Экспорт", "Импорт"], ["Китай", 5, 6]):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    parsed = fcs.parse(out.getvalue(), "x.xlsx")
    assert parsed.table["value"].tolist() == [5e6, 6e6]
    assert any("the sheet odd holds figures" in line for line in parsed.refused)


def test_money_and_scales_in_words() -> None:
    """Two currencies keep their own scales; a scale of goods is not one of money."""
    assert russian_money.money("млн долл. США, млрд руб.") == {(6, "USD"), (9, "RUB")}
    assert russian_money.loose_scale("тыс. долл. США, тыс. тонн") == ""
    assert russian_money.loose_scale("Экспорт, тыс.") == "тыс."
