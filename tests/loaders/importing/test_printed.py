"""A dry run sets the file's own cell beside what would be stored, with the factor between."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.core.source import Hints
from loaders.importing import file_cells
from loaders.importing.file_cells import Cell
from loaders.importing.unpack import Piece
from loaders.registry import SOURCES
from loaders.sources.china_customs import source as gacc
from loaders.sources.comtrade import source as comtrade
from loaders.sources.world_bank import wits
from tests.loaders.support.bring import TINY, Desk, lines
from tests.loaders.support.layout_writers import LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.core.source import Parsed


def _shown(content: bytes, name: str, parsed: Parsed) -> list[Cell | None]:
    return [one.cell for one in file_cells.beside(Piece(name, lambda: io.BytesIO(content)), parsed.table)]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_layout_shows_the_cell_that_was_read(data: st.DataObject) -> None:
    """Whatever the layout, the cell found times its factor is the stored value."""
    source = data.draw(st.sampled_from(sorted(LAYOUTS)))
    written = data.draw(st.one_of(LAYOUTS[source]))
    table = SOURCES[source].parse(written.content, written.name, written.hints).table
    shown = file_cells.beside(Piece(written.name, lambda: io.BytesIO(written.content)), table)
    assert len(shown) == min(len(table), file_cells.SHOWN)
    assert {(one.reference, one.value) for one in shown} <= set(zip(table["reference"], table["value"], strict=True))
    for one in shown:
        assert one.cell is not None, one.reference
        digits = "".join(sign for sign in one.cell.text if sign.isdigit())
        assert str(int(one.value)).rstrip("0").startswith(digits.lstrip("0").rstrip("0")[:5]), one


def test_a_wrong_unit_shows_as_another_factor(tmp_path: Path) -> None:
    """A parser that takes dollars for thousands is seen by the factor."""
    content = lines("CHN,RUS,import,2024-01,TOTAL,1234", "CHN,RUS,import,2024-02,TOTAL,5678")
    parsed = TINY.parse(content, "a.csv")
    assert [cell.power for cell in _shown(content, "a.csv", parsed) if cell] == [0, 0]
    parsed.table["value"] *= 1000
    assert [cell.power for cell in _shown(content, "a.csv", parsed) if cell] == [3, 3]
    desk = Desk(tmp_path)
    assert desk.bring(desk.file("a.csv", content), dry_run=True) == 0
    assert "a.csv, row 2: raw '1234' in column 6 'usd', times 1: stored as 1234 USD, CHN import RUS" in desk.out
    assert "currency: USD, in whole units: the file's figures times 1 (2 of 2 rows below)" in desk.out
    assert not desk.store.folder.exists()


def test_a_number_that_stands_twice_is_taken_where_its_column_is() -> None:
    """5000 dollars are 5000 times 1 and no 5 times 1,000 of a column beside."""
    head = "Reporter Name,Partner Name,Year,Trade Flow,Export (US$ Thousand),Share\n"
    rows = "China,Russian Federation,2020,Export,5000,5000000\nChina,Russian Federation,2021,Export,7,1\n"
    content = (head + rows).encode()
    assert [cell and (cell.text, cell.power) for cell in _shown(content, "w.csv", wits.parse(content, "w.csv"))] == [
        ("5000", 3),
        ("7", 3),
    ]


def test_rows_that_are_summed_say_so() -> None:
    """No cell of the file makes a sum of two rows."""
    head = "typeCode,freqCode,period,reporterCode,flowCode,partnerCode,classificationCode,cmdCode,motCode,primaryValue"
    content = "\n".join([head, *(f"C,A,2023,156,M,643,H6,27,{mot},77" for mot in (2100, 3100))]).encode()
    table = comtrade.parse(content, "c.csv").table
    (one,) = file_cells.beside(Piece("c.csv", lambda: io.BytesIO(content)), table)
    assert one.cell is None
    assert "no single cell" in str(one)


def test_customs_query_in_chinese_and_grouped() -> None:
    """The number as it is printed, commas and all, out of a file in GB18030."""
    content = '"数据年月","商品编码","人民币",\n"202403","27090000","639,240,426",\n'.encode("gb18030")
    (cell,) = _shown(content, "in.csv", gacc.parse(content, "in.csv", Hints(flow="import")))
    assert cell == Cell("639,240,426", 3, "人民币", 0)


@pytest.mark.parametrize(
    ("text", "value", "power"),
    [
        ("1.234,5", 1234.5, 0),
        ("1 234", 1_234_000, 3),
        ("128.11 e", 128_110_000, 6),
        ("41,046.4", 4_104_640_000_000, 8),
        ("4.5E+10", 45e9, 0),
    ],
)
def test_any_writing_of_a_number(text: str, value: float, power: int) -> None:
    """Groups, decimals, a flag behind, an exponent."""
    assert power in {Decimal(one) for one in file_cells.powers(text, value)}
