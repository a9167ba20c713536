"""A refused file says in one line all that it lacks: columns, flags, and the layouts it was tried as."""

from __future__ import annotations

import io

import openpyxl
import pytest

from commands.arguments import parser
from loaders.core.source import Hints
from loaders.importing.describe_unknown import look
from loaders.importing.nearest_layout import LAYOUTS, nearest
from loaders.registry import SOURCES
from loaders.sources import oec
from loaders.sources.china_customs import source as gacc
from loaders.sources.comtrade import source as comtrade
from loaders.sources.russia_customs import source as fcs
from loaders.sources.trade_map import source as trademap
from loaders.sources.world_bank import wits
from tests.loaders.support import kit


def test_every_missing_column_stands_in_the_line() -> None:
    """Reporter, partner and value at once, not one after the other; partnerISO is among what would do."""
    line = kit.refusal(
        comtrade.parse, b"period,flowCode,cmdCode,classificationCode,aggrLevel\n2020,M,27,H5,2\n", "c.csv"
    )
    assert line.startswith(
        "c.csv, row 1: no partner column (partnerCode, partnerISO, partnerDesc or Partner Code) and "
    )
    assert "no reporter column" in line
    assert "no value column" in line
    line = kit.refusal(oec.parse, b"Exporter Country,Importer Country,HS4\nRussia,China,x\n", "o.csv")
    assert "no column 'Year' and 'Trade Value'" in line


FLAGS = {
    "Trade Map": (trademap.parse, b"Code\tProduct label\tvalue in 2020\t\nTOTAL\tAll\t5\t\n", "t.txt"),
    "Chinese customs": (
        gacc.parse,
        '"商品编码","商品名称","人民币",\n"27090000","原油","639,240,426",\n'.encode("gb18030"),
        "t.csv",
    ),
    "statistics in Russian": (
        fcs.parse,
        "Внешняя торговля;;\nСтрана;Стоимость, млн долл. США;\nКитай;5,5;\nТурция;7,5;\n".encode(),
        "t.csv",
    ),
    "WITS": (wits.parse, b"Reporter,Partner,Year,Trade Value (US$ Thousand)\nChina,Russia,2020,5\n", "t.csv"),
}
NEEDED = {
    "Trade Map": ("--flow", "--reporter"),
    "Chinese customs": ("--flow", "--period"),
    "statistics in Russian": ("--reporter", "--flow", "--period"),
    "WITS": ("--flow",),
}
GIVEN = Hints(flow="import", period="2020", reporter="KAZ")


@pytest.mark.parametrize("layout", FLAGS)
def test_every_missing_flag_stands_in_the_line_and_leads_on(layout: str) -> None:
    """All flags at once; with just these flags the file is read."""
    parse, content, name = FLAGS[layout]
    line = kit.refusal(parse, content, name)
    assert all(flag in line for flag in NEEDED[layout]), line
    assert "\n" not in line
    reporter = "CHN" if layout == "Trade Map" else GIVEN.reporter
    hints = Hints(
        flow=GIVEN.flow,
        period=GIVEN.period if "--period" in NEEDED[layout] else None,
        reporter=reporter if "--reporter" in NEEDED[layout] else None,
    )
    parsed = parse(content, name, hints)
    assert parsed.refused == ()
    assert len(parsed.table)


def test_goods_that_are_not_named_stand_in_the_same_line() -> None:
    """A list of partners without flow, country and goods lacks all three."""
    line = kit.refusal(trademap.parse, b"Exporters\tvalue in 2020\t\nChina\t5\t\n", "t.txt")
    assert "says no goods either" in line
    assert "--reporter" in line or "--flow" in line


def test_the_layouts_tried_say_what_they_lack() -> None:
    """The nearest with its columns, others with theirs, and those of which nothing is there by name alone."""
    line = nearest(["period", "cmdCode", "classificationCode", "primaryValue", "reporterISO"])
    assert line.startswith(
        "nearest is UN Comtrade, which needs the column partnerCode or partnerISO or partnerDesc and "
    )
    assert "flowCode" in line
    assert "Eurostat Comext (lacks 5 of 6 columns)" in line
    assert "(no column of theirs)" in line
    assert all(layout.name in line for layout in LAYOUTS)
    assert nearest(["x", "y"]).startswith("no layout is near: tried ")


def test_a_workbook_that_is_not_known_is_not_sent_to_csv() -> None:
    """Its columns are named and set beside the layouts, as those of a text are."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Some office"], ["Country", "Year", "Turnover"], ["China", 2020, 5]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    line = str(look(out.getvalue()))
    assert line.startswith('looks like a workbook with unknown columns ("Country", "Year", "Turnover"); ')
    assert "export" not in line
    page = (
        b"<html><body><table><tr><td>Country</td><td>Turnover</td></tr><tr><td>China</td><td>5</td></tr></table></body>"
    )
    assert "of its largest table: no layout is near" in str(look(page))


@pytest.mark.parametrize(
    "text",
    [
        "file,what\na.txt,the column Imported value in 2009 holds dollars\n",
        'layout,header\nTrade Map,"Code TAB Product label TAB Imported value in 2009 ..."\n',
    ],
)
def test_words_in_a_sentence_are_no_header(text: str) -> None:
    """A list that speaks of Trade Map's columns is no file of Trade Map, nor of any other source."""
    assert [source.name for source in SOURCES.values() if source.recognises(text.encode())] == []


def test_no_parser_needs_a_flag_that_does_not_exist() -> None:
    """What layouts advise is on the command line."""
    known = parser().format_help()
    assert all(flag.strip() in known for layout in LAYOUTS for flag in layout.flags.split(",") if flag)
