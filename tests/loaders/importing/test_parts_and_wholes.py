"""A part is never taken for the whole: of a heading, a unit, a year, an area, a means of transport, a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders.checking import identities
from loaders.core.source import Hints, SourceError
from loaders.registry import SOURCES
from loaders.sources.china_customs import source as gacc
from loaders.tables import russian_money
from tests.loaders.sources.russia_customs.test_fcs_titles import _read
from tests.loaders.support.bring import TINY, Desk, lines
from tests.loaders.support.comtrade_kit import NEW, delimited, parse, row
from tests.loaders.support.gacc_files import HEADS, LINE, USD, text, xlsx

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "（4）2024年6月进出口商品主要国别（地区）总值表（美元值）"
RUSSIA = Hints(reporter="RUS")


@pytest.mark.parametrize(
    ("export", "imports"),
    [
        ("Export", "Import (CIF)"),
        ("Exports (FOB)", "Imports (CIF)"),
        ("Export, FOB", "Import, C.I.F."),
        ("出口", "进口"),
    ],
)
def test_a_heading_with_its_valuation_is_read(export: str, imports: str) -> None:
    """Imports headed "Import (CIF)" are imports: they do not vanish."""
    page = text(USD).replace("<b>Export</b>", f"<b>{export}</b>").replace("<b>Import</b>", f"<b>{imports}</b>")
    assert gacc.parse(page.encode(), USD).table["flow"].value_counts().to_dict() == dict.fromkeys(
        ["export", "import", "total"], 6
    )


@pytest.mark.parametrize("heading", ["进口（到岸价）", "进口(CIF)"])
def test_a_heading_of_a_sheet_with_its_valuation(heading: str) -> None:
    """The same in Chinese."""
    heads = [[heading if cell == "进口" else cell for cell in HEADS[0]], HEADS[1]]
    assert len(gacc.parse(xlsx(SHEET, "单位：百万美元", heads, LINE), "x.xlsx").table) == 6


@pytest.mark.parametrize("heading", ["Arrivals", "Import by bonded zones", "Imports of services"])
def test_a_column_of_figures_that_is_not_known_is_refused(heading: str) -> None:
    """Its figures would be lost without a word."""
    page = text(USD).replace("<b>Import</b>", f"<b>{heading}</b>", 2)
    with pytest.raises(SourceError, match=rf"its column '{heading}.*is no flow"):
        gacc.parse(page.encode(), USD)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"motCode": "2100"}, "means of transport 2100 alone"),
        ({"customsCode": "C04"}, "customs procedure C04 alone"),
        ({"partner2Code": "392"}, "second partner 392 alone"),
        ({"partner2Code": "643"}, "second partner 643 alone"),
    ],
)
def test_what_was_asked_for_alone_is_no_total(cells: dict[str, str], why: str) -> None:
    """By sea alone, under one procedure, through one country: refused by name, also where codes are left out."""
    for goods in (("2701",), ("2701", "2709", "8471")):
        parsed = parse(delimited([row(cmdCode=code, **cells) for code in goods]))
        assert parsed.table.empty
        assert len(parsed.refused) == len(goods)
        assert all(why in line for line in parsed.refused)


@pytest.mark.parametrize(
    ("cells", "dropped"),
    [
        ({"motDesc": "Sea"}, "motCode"),
        ({"customsDesc": "Inward processing"}, "customsCode"),
        ({"partner2ISO": "JPN"}, "partner2Code"),
        ({"partner2Desc": "Japan"}, "partner2Code partner2ISO"),
    ],
)
def test_names_tell_a_part_where_codes_are_missing(cells: dict[str, str], dropped: str) -> None:
    """A file without the code is judged by the words, and whole where they say so."""
    columns = [column for column in NEW if column not in dropped.split()]
    assert len(parse(delimited([row()], columns)).table) == 1
    assert parse(delimited([row(**cells)], columns)).table.empty


def test_a_mode_of_supply_is_of_services() -> None:
    """Left out and counted."""
    parsed = parse(delimited([row(), row(mosCode="1", cmdCode="84")]))
    assert parsed.left_out == {"mode of supply 1": 1}


def test_equal_rows_under_an_unknown_column_are_no_repetition() -> None:
    """Two provinces with one value each are not one: both refused, the column named; a true repetition counts once."""
    columns = [*NEW, "province"]
    apart = parse(delimited([row() | {"province": "1"}, row() | {"province": "2"}], columns))
    assert apart.table.empty
    assert "rows 2 and 3" in apart.refused[0]
    assert "province" in apart.refused[0]
    twice = parse(delimited([row() | {"province": "1"}] * 2, columns))
    assert len(twice.table) == 1
    assert twice.refused == ()


def test_the_same_in_any_table_of_text() -> None:
    """BACI with a column of somebody's own."""
    baci = SOURCES["baci"]
    head, body = "t,i,j,k,v,q,port\n", "2022,643,156,270900,5,1,{}\n"
    apart = baci.parse((head + body.format("a") + body.format("b")).encode(), "BACI_HS17_Y2022_V202501.csv")
    assert apart.table.empty
    assert len(apart.refused) == 2
    twice = baci.parse((head + body.format("a") * 2).encode(), "BACI_HS17_Y2022_V202501.csv")
    assert len(twice.table) == 1


@pytest.mark.parametrize("hints", [Hints(), RUSSIA])
@pytest.mark.parametrize(
    "unit",
    [
        *("долл. США, 000", "долл. США × 1000", "мил. долл. США", "M USD", "US$m", "$ m", "т. долл. США", "кило-долл."),
        *("тыщ долл. США", "млон долл. США", "долл. США (МЛ)", "bil. USD", "10^6 долл. США", "в тыс"),
    ],
)
def test_no_word_beside_a_currency_is_passed_over(unit: str, hints: Hints) -> None:
    """A scale in a wording that no list has never leaves plain dollars behind, whoever says whose the table is."""
    with pytest.raises(SourceError):
        _read(hints, unit=unit)


@pytest.mark.parametrize(
    "unit", ["долл. США", "в долларах США", "Единица измерения: долл. США", "в текущих ценах, USD"]
)
def test_plain_dollars_stay_plain(unit: str) -> None:
    """Known words beside the currency are no scale."""
    assert _read(RUSSIA, unit=unit).table["value"].min() == 1
    assert russian_money.unscaled(f"Экспорт России за 2021 год, {unit}") == ""


@pytest.mark.parametrize("words", ["начало 2021", "конец 2021", "first half 2021", "half-year 2021", "2021 неполный"])
def test_a_year_beside_an_unknown_word_is_not_whole(words: str) -> None:
    """With --reporter other titles pass, but not as a year; --period settles it."""
    title = f"Торговля России по странам за {words}"
    with pytest.raises(SourceError, match=r"period is not clear|may be an area"):
        _read(RUSSIA, title=title)


@pytest.mark.parametrize(
    "title",
    [
        *("Внешняя торговля Республики Татарстан за 2021 год", "Экспорт товаров ДФО за 2021 год"),
        *(
            "Внешняя торговля Якутии 2021",
            "Взаимная торговля России 2021",
            "Внешняя торговля Союзного государства 2021",
        ),
        *("Экспорт России: группа 27, 2021", "Экспорт углеводородов 2021"),
    ],
)
def test_no_flag_makes_an_unknown_area_a_country(title: str) -> None:
    """A title of trade names the country of the flag, or nothing beside the usual words."""
    with pytest.raises(SourceError):
        _read(RUSSIA, title=title)


YEAR = [f"CHN,RUS,import,2023-{month:02},TOTAL,{1000 + 10 * month}" for month in range(1, 13)]


def test_what_does_not_fit_what_is_held_is_refused(tmp_path: Path) -> None:
    """A table whose total is not its exports and imports: within the size of what is held, and wrong."""
    desk = Desk(tmp_path, (TINY,))
    flows = [*YEAR, *(line.replace("import", "export") for line in YEAR)]
    good = [f"CHN,RUS,total,2023-{month:02},TOTAL,{2000 + 20 * month}" for month in range(1, 12)]
    assert desk.bring(desk.file("a.csv", lines(*flows, *good))) == 0
    bad = desk.file("b.csv", lines(*flows[11::12], "CHN,RUS,total,2023-12,TOTAL,2790"))
    assert desk.bring(bad) == 1
    assert "exports and imports do not make their total" in desk.err
    assert "--force" in desk.err
    assert len(desk.values()) == 35
    assert desk.bring(bad, force=True) == 0


def test_half_a_year_is_less_than_its_months() -> None:
    """A year to date below the one before it is of another period or unit."""
    known = TINY.parse(lines(*YEAR), "h.csv").table
    year = known.iloc[-1:].assign(period_start=known["period_start"].min(), value=6_210.0)
    assert "the months do not make the period printed over them" in identities.broken(year, known)
    assert identities.broken(year.assign(value=known["value"].sum()), known) == ""
    assert identities.fits(known)
