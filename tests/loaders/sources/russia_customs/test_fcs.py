"""Russian customs: hand-made tables in the published form (no real file is at hand), and damage."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from loaders.core.source import Hints
from loaders.sources.russia_customs import russian_money, russian_periods
from loaders.sources.russia_customs import source as fcs
from loaders.sources.russia_customs.russian_periods import Span
from loaders.tables import country_words, parsing
from tests.loaders.support import kit

TWO_ROWS = kit.recorded("fcs", "two_rows.csv")
LONG = kit.recorded("fcs", "long.csv")
BY_MONTH = kit.recorded("fcs", "by_month.csv")
RUSSIA = Hints(reporter="RUS")


def _workbook(*sheets: list[list[object]]) -> bytes:
    """Return an .xlsx with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_recognised_by_its_words() -> None:
    """Partners and trade in Russian, as UTF-8, windows-1251 or a workbook; nothing else."""
    for content in (TWO_ROWS, LONG, BY_MONTH):
        assert fcs.recognises(content)
        assert fcs.recognises(content.decode().encode("windows-1251"))
    assert fcs.recognises(_workbook([["Страна", "Экспорт, млн долл. США"], ["Китай", 1]]))
    assert not fcs.recognises(_workbook([["Country", "Export"], ["China", 1]]))
    assert not fcs.recognises("Страна;Столица\nКитай;Пекин\n".encode())
    assert not fcs.recognises("<html>Страна; экспорт</html>".encode())


def test_a_header_of_two_rows() -> None:
    """A flow over several years heads each of them; the title gives months and unit; percentages are no money."""
    parsed = fcs.parse(TWO_ROWS, "страны.csv")
    row = kit.only(parsed, partner="CHN", flow="export", period_start="2021-01-01")
    assert (row["value"], row["currency"], row["valuation"], row["status"]) == (13500250000.0, "USD", "FOB", "final")
    assert (row["reporter"], row["commodity_code"], row["classification"]) == ("RUS", "TOTAL", "none")
    assert row["period_end"] == pd.Timestamp("2021-03-01")
    assert row["reference"] == "страны.csv, row 9, Экспорт 2021 г."
    assert kit.only(parsed, partner="CHN", flow="import", period_start="2020-01-01")["value"] == 10200500000.0
    turnover = kit.only(parsed, partner="CHN", flow="total")
    assert (turnover["value"], turnover["valuation"]) == (27800250000.0, "unknown")
    assert kit.only(parsed, partner="WLD", flow="import", period_start="2021-01-01")["valuation"] == "CIF"


def test_dashes_groups_and_footnotes_are_no_figures() -> None:
    """A dash is missing and not zero; groups and names no list knows are counted, and so are rows of words."""
    parsed = fcs.parse(TWO_ROWS, "x.csv")
    assert set(parsed.table[parsed.table["partner"].eq("BLR")]["value"]) == {3000000000.0, 2900100000.0}
    assert parsed.left_out == {"partner СНГ": 5, "partner Абхазия": 5, "no figures": 2}
    assert kit.accounted(parsed) == parsed.rows_read
    assert parsed.refused == ()


def test_rows_may_tell_period_and_direction() -> None:
    """A long table has them in columns of their own, in several spellings; weights are no money."""
    parsed = fcs.parse(LONG, "x.csv", RUSSIA)
    assert kit.only(parsed, partner="CHN", flow="export")["value"] == 3921000500.0
    assert kit.only(parsed, partner="KAZ", flow="import")["value"] == 500000000.0
    assert kit.only(parsed, partner="TUR", flow="import")["value"] == 400000250.0
    assert parsed.table["period_start"].eq(pd.Timestamp("2021-01-01")).all()
    assert parsed.table["period_end"].eq(pd.Timestamp("2021-01-01")).all()


def test_months_may_be_columns() -> None:
    """The title gives flow and unit, each column its period: a year to date keeps its own."""
    parsed = fcs.parse(BY_MONTH, "x.csv")
    months = parsed.table.assign(months=parsed.table["period_end"].dt.month)
    assert set(zip(months["months"], months["value"], strict=True)) == {
        (1, 4011500000.0),
        (2, 4200000000.0),
        (2, 8211500000.0),
    }
    assert set(parsed.table["flow"]) == {"export"}


def test_windows_1251_and_workbooks_give_the_same() -> None:
    """The encoding does not matter, and a number of a workbook keeps all its digits."""
    plain = fcs.parse(TWO_ROWS, "x.csv").table
    assert fcs.parse(TWO_ROWS.decode().encode("windows-1251"), "x.csv").table.equals(plain)
    rows: list[list[object]] = [
        ["Внешняя торговля России за март 2021 г., тыс. долл. США"],
        ["Страна", "Экспорт", "Импорт"],
        ["Китай", 1197010.99, 5],
    ]
    other: list[list[object]] = [["Примечание"], ["без таблицы"]]
    parsed = fcs.parse(_workbook(rows, other), "x.xlsx")
    assert kit.only(parsed, flow="export")["value"] == 1197010990.0
    assert kit.only(parsed, flow="import")["reference"].endswith("row 3, Импорт")


def test_the_reader_may_say_flow_and_period() -> None:
    """What the file does not tell is taken from the reader, with a line that says so, and else refused."""
    content = "Внешняя торговля России\nСтрана;Стоимость, млн долл. США\nКитай;5\n".encode()
    parsed = fcs.parse(content, "x.csv", Hints(flow="import", period="2021-03"))
    row = kit.only(parsed, flow="import")
    assert (row["period_start"], row["value"]) == (pd.Timestamp("2021-03-01"), 5000000.0)
    assert len(parsed.notes) == 2
    with pytest.raises(ValueError, match="--period"):
        fcs.parse(content, "x.csv", Hints(flow="import"))
    with pytest.raises(ValueError, match="--flow"):
        fcs.parse(content, "x.csv", Hints(period="2021-03"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Страна;Экспорт России 2021\nКитай;5\n", "tells no unit of money"),
        ("млн долл. США, млрд руб.\nСтрана;Экспорт России 2021\nКитай;5\n", "tells several units of money"),
        ("Страна;Код ТН ВЭД;Экспорт 2021, млн долл.\nКитай;27;5\n", "a table by goods"),
        ("Страна;Столица\nКитай;Пекин\n", "no column of exports, imports or turnover"),
        ("Экспорт;Импорт\n5;6\n", "no table with a column of countries"),
        ("<html></html>", "is a web page"),
        ("", "no table with a column of countries"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text: str, why: str) -> None:
    """No unit, two units, goods, or no table at all: one line says which."""
    line = kit.refusal(fcs.parse, text.encode())
    assert why in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("13 500,25", "н/д", "row 9: value of 'Экспорт 2021 г.' 'н/д' is not a number of zero or more"),
        ("13 500,25", "-5", "row 9: value of 'Экспорт 2021 г.' '-5' is not a number of zero or more"),
        ("Китай;", ";", "row 9: holds figures and no country"),
        ("27 800,25", "27 800,25;9", "row 9: holds 8 cells where the header names 7"),
        ("в том числе:;", "Страна;", "row 7: repeats the header"),
    ],
)
def test_bad_rows_are_named(old: str, new: str, why: str) -> None:
    """A bad number, a row without a country or with a cell too many is refused by name."""
    parsed = fcs.parse(TWO_ROWS.decode().replace(old, new).encode(), "x.csv")
    assert parsed.refused == (f"x.csv, {why}",)


def test_a_bad_period_or_direction_is_named() -> None:
    """In a long table a word that is no period, or no direction, costs its row."""
    parsed = fcs.parse(LONG.decode().replace("2021-01,", "весна,").replace(",ИМ,", ",??,").encode(), "x.csv", RUSSIA)
    assert parsed.refused == (
        "x.csv, row 2: period of 'Стоимость, тыс. долл. США' 'весна' is no period",
        "x.csv, row 3: direction of 'Стоимость, тыс. долл. США' '??' is neither export nor import",
    )


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("январь-март 2021 года", Span(2021, 1, 3)),
        ("в январе – ноябре 2021 г.", Span(2021, 1, 11)),
        ("Январь 2021", Span(2021, 1, 1)),
        ("янв.2021", Span(2021, 1, 1)),
        ("май 2020", Span(2020, 5, 5)),
        ("за 2021 год", Span(2021)),
        ("9 месяцев 2021 г.", Span(2021, 1, 9)),
        ("I квартал 2021", Span(2021, 1, 3)),
        ("2 полугодие 2021", Span(2021, 7, 12)),
        ("2021-03", Span(2021, 3, 3)),
        ("03.2021", Span(2021, 3, 3)),
        ("202103", Span(2021, 3, 3)),
        ("2021-03-01 00:00:00", Span(2021, 3, 3)),
        ("202113", Span()),
        ("2020-2021 гг.", Span()),
        ("декабрь 2020 - февраль 2021", Span()),
        ("Марокко", Span()),
    ],
)
def test_periods_in_russian(text: str, span: Span) -> None:
    """Each wording of a period is read as what it says, or as nothing."""
    assert russian_periods.span(text) == span


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("млн. долларов США", {(6, "USD")}),
        ("в тысячах долларов США", {(3, "USD")}),
        ("тыс.долл.", {(3, "USD")}),
        ("млрд $", {(9, "USD")}),
        ("долл. США", {(0, "USD")}),
        ("млрд руб.", {(9, "RUB")}),
        ("тыс. тонн", set()),
    ],
)
def test_units_in_russian(text: str, units: set[tuple[int, str]]) -> None:
    """A unit is a scale and a currency; weights are none."""
    assert russian_money.money(text) == units


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Китай", "CHN"),
        ("КИТАЙ", "CHN"),
        ("CN - КИТАЙ", "CHN"),
        ("Китай*", "CHN"),
        ("Корея, Республика", "KOR"),
        ("Объединённые Арабские Эмираты", "ARE"),
        ("Белоруссия 1)", "BLR"),
        ("Всего:", "WLD"),
        ("Страны ЕС", "EUU"),
        ("СНГ", None),
        ("Корея", None),
        ("XX - Неизвестно", None),
    ],
)
def test_names_in_russian(name: str, iso3: str | None) -> None:
    """Case, footnote marks and codes before a name do not matter; groups and doubtful names are nobody."""
    assert country_words.russian(name) == iso3


def test_every_listed_country_has_a_code() -> None:
    """The lists of names and of letters point to countries that the list of codes knows."""
    known = set(parsing.countries("name").values())
    assert set(country_words.iso2().values()) <= known
    assert set(country_words.english().values()) <= known
    assert set(country_words._russian().values()) <= known


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kit.any_of("fcs"))
def test_damage_never_ends_in_a_traceback(content: bytes) -> None:
    """Whatever is done to a good file, it is read or refused in one line."""
    kit.survives(fcs.SOURCE, content)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kit.damaged(_workbook([["млн долл. США, март 2021"], ["Страна", "Экспорт"], ["Китай", 1.5]])))
def test_damaged_workbooks_never_end_in_a_traceback(content: bytes) -> None:
    """The same of a workbook, whose archive may be broken anywhere."""
    kit.survives(fcs.SOURCE, content)
