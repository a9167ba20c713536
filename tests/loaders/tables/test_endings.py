"""A file that is cut inside its last number reads well and is wrong: it is refused, whatever its layout."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from loaders.big_files import scan
from loaders.core.source import SourceError
from loaders.importing import describe_unknown
from loaders.refreshing import body_checks
from loaders.registry import SOURCES
from loaders.tables import cut_files
from tests.loaders.refreshing.test_refresh_guards import _Body
from tests.loaders.support.bring import TINY, Desk, lines
from tests.loaders.support.gacc_files import USD, text
from tests.loaders.support.kit import recorded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = [f"2022,276,840,{270900 + number % 90},{number}.5,1" for number in range(3000)]
BACI = "\n".join(["t,i,j,k,v,q", *ROWS, "2022,643,156,270900,1234.567,99876"]).encode()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk that knows every source."""
    return Desk(tmp_path, tuple(SOURCES.values()))


@pytest.mark.parametrize(
    ("folder", "file", "cut"),
    [
        ("atlas", "pairs_old.csv", 2),
        ("baci", "BACI_HS17_Y2022_V202501.csv", 2),
        ("oec", "wide.csv", 2),
        ("trademap", "Trade_Map_-_List_of_products_imported_by_China.txt", 3),
        ("fcs", "two_rows.csv", 0),
    ],
)
def test_a_recorded_file_less_its_last_signs(desk: Desk, folder: str, file: str, cut: int) -> None:
    """Whole it is stored; without its last digits it is refused in one line, and nothing is stored."""
    whole = recorded(folder, file)
    stripped = whole.rstrip()
    while not stripped[-1:].isdigit():
        stripped = stripped[:-1]
    if cut:
        assert desk.bring(desk.file(file, stripped[:-cut])) == 2
        assert "no line end after" in desk.err
        assert desk.err.count("\n") == 1
    assert desk.bring(desk.file(file, whole)) == 0


@pytest.mark.parametrize(("pack", "encoding"), [(bytes, "utf-8"), (bytes, "utf-16"), (gzip.compress, "utf-8")])
def test_a_huge_file_and_a_packed_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes], encoding: str
) -> None:
    """The end of a file that is read as a stream is seen as well, packed or not, in either encoding."""
    content = BACI.decode().encode(encoding)
    monkeypatch.setattr(scan, "LARGE", 1 << 12)
    assert desk.bring(desk.file("BACI_HS17_Y2022_V202501.csv", pack(content))) == 2
    assert "'99876'" in desk.err
    assert not desk.store.folder.exists()


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,25.50\n2,13.75\n3,90.25",
        "a,b\n1,2023\n2,2023\n3,2023\n4,2023",
        'a,b\n1,"25"',
        "a,b\n1,text",
        "a,b\n1,25\n",
        "a,b\n1,25\r\n",
        "12",
        "",
    ],
)
def test_what_is_whole_stands(text: str) -> None:
    """A last line with its end, with quotes, with the decimals that all rows have, with a word: whole."""
    cut_files.check(text.encode(), "a.csv")


@pytest.mark.parametrize("text", ["a,b\n1,25.50\n2,13.7", "a,b\n1,2023\n2,2023\n3,2023\n4,202", "a;b\n1;2", "a,b\n1,-"])
def test_what_may_be_cut_is_refused(text: str) -> None:
    """Fewer decimals, another number, the first row of all."""
    if text.endswith("-"):
        cut_files.check(text.encode(), "a.csv")
        return
    with pytest.raises(SourceError, match=r"a\.csv: its last row has no line end after"):
        cut_files.check(text.encode(), "a.csv")


def test_a_page_that_ends_inside_its_table(desk: Desk) -> None:
    """The rows before the cut are not taken either."""
    page = text(USD).replace("2031", "2024")
    assert desk.bring(desk.file(USD, page[: page.index("25,000.5") + 4].encode())) == 2
    assert "ends inside its table" in desk.err
    assert desk.bring(desk.file(USD, page.encode())) == 0


def test_an_answer_that_does_not_tell_its_length() -> None:
    """Without length, pieces or packing only a line end shows that a number is whole."""
    assert body_checks.read_body(_Body(b"a,b\n1,2\n"), {}) == b"a,b\n1,2\n"
    assert body_checks.read_body(_Body(b"a,b\n1,2"), {"Content-Length": "7"}) == b"a,b\n1,2"
    assert body_checks.read_body(_Body(b"a,b\n1,2"), {"Transfer-Encoding": "chunked"}) == b"a,b\n1,2"
    with pytest.raises(body_checks.BrokenError, match="may be cut"):
        body_checks.read_body(_Body(b"a,b\n1,2"), {})


@pytest.mark.parametrize(
    ("head", "beside"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), False),
        (b"PAR1\x15\x04PAR1", False),
        (b"2020 1234 5678\n2021 333 444\n", False),
        (b"\x89PNG\r\n\x1a\n", True),
        (b"%PDF-1.7\n", True),
        (b"Read me first, please.\nOf 2020.\n", True),
    ],
)
def test_what_may_be_data_is_not_passed_over(head: bytes, *, beside: bool) -> None:
    """A workbook, a database or columns of figures beside a good table are named, pictures and words are not."""
    assert describe_unknown.look(head).beside == beside


def test_a_tiny_file_whose_last_figure_is_cut(tmp_path: Path) -> None:
    """Seven empty cells after the figure show it to be whole."""
    desk = Desk(tmp_path, (TINY,))
    content = lines("CHN,RUS,import,2023-01,TOTAL,1000", "CHN,RUS,import,2023-02,TOTAL,1234567").rstrip()
    assert desk.bring(desk.file("a.csv", content[:-4].rstrip(b","))) == 2
    assert "no line end" in desk.err
    assert desk.bring(desk.file("b.csv", content + b"\n")) == 0
