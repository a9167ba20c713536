"""What files may come wrapped in, and what a wrapper may never do."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from loaders.core.source import SourceError
from loaders.importing import unpack
from loaders.importing.describe_unknown import look
from loaders.importing.find_files import find
from tests.loaders.support import kit
from tests.loaders.support.bring import Desk, lines

if TYPE_CHECKING:
    from pathlib import Path

ROWS = lines("CHN,RUS,import,2024-01,27,5", "CHN,RUS,import,2024-02,27,6")
MORE = lines("CHN,RUS,import,2024-03,27,7")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk in an empty folder."""
    return Desk(tmp_path)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of ``members``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def test_gzip(desk: Desk) -> None:
    """A .gz is read as what it holds; two gzip streams in one file are one table."""
    assert desk.bring(desk.file("a.csv.gz", gzip.compress(ROWS[:40]) + gzip.compress(ROWS[40:]))) == 0
    assert desk.out.startswith("a.csv.gz: tiny")
    assert desk.values() == [5, 6]


def test_zip_of_one(desk: Desk) -> None:
    """A zip with one table is read; the reference names archive, member and row."""
    assert desk.bring(desk.file("a.zip", zipped(("deep/er/t.csv", ROWS)))) == 0
    assert desk.store.stored("tiny")["reference"].iloc[0].startswith('import "a.zip", t.csv, row 2, SHA-256 ')


def test_zip_of_many_is_one_file(desk: Desk) -> None:
    """Several tables and a readme in a zip: one line, all rows, no error; --forget takes all of it back."""
    content = zipped(
        ("one.csv", ROWS), ("two.csv", MORE), ("readme.txt", b"made with care"), ("codes.csv", b"code,name")
    )
    assert desk.bring(desk.file("a.zip", content), verbose=True) == 0
    assert desk.err == ""
    assert desk.out.startswith("a.zip: tiny (Tiny Office): 3 rows read, 3 in scope")
    assert 'a.zip: left aside: readme.txt looks like text that begins "made with care"' in desk.out
    assert desk.values() == [5, 6, 7]
    desk.forget("a.zip")
    assert desk.bytes() == {}


def test_zip_is_all_or_nothing(desk: Desk) -> None:
    """One table of a zip that is damaged or cannot be read costs the whole zip; the line names it."""
    broken = b"who,whom,way,when,goods,usd,printed\n" + b'"' * 3
    assert desk.bring(desk.file("a.zip", zipped(("one.csv", ROWS), ("two.csv", broken)))) == 2
    assert desk.err.startswith("a.zip: two.csv: no tiny table")
    assert not desk.store.folder.exists()


def test_zip_of_two_sources_fills_both(desk: Desk) -> None:
    """A zip with tables of two sources says so in its line."""
    assert desk.bring(desk.file("a.zip", zipped(("one.csv", ROWS), ("two.csv", b"#other\n" + MORE)))) == 0
    assert "tiny (Tiny Office) and other (Other Office): 3 rows read" in desk.out
    assert (desk.values("tiny"), desk.values("other")) == ([5, 6], [7])


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "C:\\evil.csv", "a\x1b[2J\n.csv", "..", "x/"])
def test_zip_slip_names_touch_nothing(desk: Desk, name: str) -> None:
    """Whatever a member is called, nothing is written by that name and nothing of it reaches the terminal."""
    before = {file for file in desk.folder.rglob("*") if file.is_file()}
    file = desk.file("a.zip", zipped((name, ROWS), ("b.csv", MORE)))
    assert desk.bring(file, verbose=True) == 0
    new = {path for path in desk.folder.rglob("*") if path.is_file()} - before - {file}
    assert {path.parent for path in new} == {desk.store.folder}
    assert "\x1b" not in desk.out + desk.err


def test_zip_names_of_chinese_windows(desk: Desk) -> None:
    """A member named in GB18030 without a word about it is shown as it was meant."""
    content = zipped(("AAAA.csv", b"#other\n"), ("b.csv", ROWS)).replace(b"AAAA.csv", "进口.csv".encode("gb18030"))
    desk.bring(desk.file("a.zip", content))
    assert "进口.csv" in desk.err + desk.out


def test_system_litter_in_a_zip_is_no_member(desk: Desk) -> None:
    """What macOS adds to an archive is passed over."""
    content = zipped(("t.csv", ROWS), ("__MACOSX/._t.csv", b"\0\1"), (".DS_Store", b"\0\0\0\1Bud1"))
    assert desk.bring(desk.file("a.zip", content), verbose=True) == 0
    assert "left aside" not in desk.out


def test_folder(desk: Desk) -> None:
    """A folder is walked in order, hidden files and a readme passed over."""
    desk.file("f/b/2.csv", ROWS)
    desk.file("f/a/1.csv.gz", gzip.compress(MORE))
    desk.file("f/.hidden.csv", b"junk")
    desk.file("f/.git/x.csv", b"junk")
    desk.file("f/README.md", b"# About these files\n\nDownloaded by hand.\n")
    assert desk.bring(desk.folder / "files" / "f") == 0
    assert [line.split(":")[0] for line in desk.out.splitlines()] == ["1.csv.gz", "2.csv"]
    assert desk.err == ""


def test_folder_with_an_unknown_table_says_so(desk: Desk) -> None:
    """A table in a folder that nobody recognises is an error; the others load."""
    desk.file("f/1.csv", ROWS)
    desk.file("f/2.csv", b"year,gdp\n2020,5\n")
    assert desk.bring(desk.folder / "files" / "f") == 1
    assert desk.err.startswith('2.csv: looks like a table with unknown columns ("year", "gdp")')


def test_folder_without_data_is_exit_2(desk: Desk) -> None:
    """A folder that holds only a readme: the readme is named, since nothing else can be."""
    desk.file("f/README.md", b"Nothing here\n")
    assert desk.bring(desk.folder / "files" / "f") == 2
    assert desk.err.startswith('README.md: looks like text that begins "Nothing here"')


def test_linked_folders_are_entered_once(desk: Desk) -> None:
    """A link back to where we were neither loops nor reads a file twice."""
    file = desk.file("f/a/1.csv", ROWS)
    (desk.folder / "files" / "f" / "loop").symlink_to(desk.folder / "files" / "f")
    (desk.folder / "files" / "f" / "a" / "same.csv").symlink_to(file)
    (desk.folder / "files" / "f" / "dead.csv").symlink_to("nowhere")
    files, problems = find([desk.folder / "files" / "f"])
    assert ([one.name for one in files], problems) == (["1.csv"], [])


def test_names_that_are_no_utf8(desk: Desk) -> None:
    """A file name of any bytes is imported, shown safely, and forgotten by the same name."""
    name = os.fsdecode(b"caf\xe9\n.csv")
    assert desk.bring(desk.file(name, ROWS)) == 0
    assert desk.out.startswith("caf\\udce9\\n.csv: tiny")
    assert desk.out.count("\n") == 1
    assert desk.forget(name) == 0


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"", "an empty file"),
        (b"\x89PNG\r\n\x1a\n....", "an image (PNG)"),
        (b"%PDF-1.7", "a PDF document"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it"),
        (b"\0" * 300, "zero bytes only"),
        (b"\x01\x02\0\x03", "binary data"),
        (b"   \r\n \t", "blank text"),
        (b"<!DOCTYPE html><title> 403\n Forbidden </title>", 'a web page titled "403 Forbidden"'),
        (b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", 'XML (Error) that says "NoSuchKey"'),
        (b"# Notes, of a kind\n\nOne, two.\n", 'text that begins "# Notes, of a kind One, two."'),
        (b"To whom it may concern,\nplease, find, the, data.\n", 'text that begins "To whom it may concern,'),
        (b'{"statusCode": 429, "message": "Rate limit is exceeded."}', 'of a service 429: "Rate limit is exceeded."'),
        (b'{"a": 1}', 'JSON with the unknown keys "a"'),
        (b'{"a": ', "JSON that is cut short"),
        (b"[" * 100_000, "JSON that is cut short or of an unknown shape"),
        (b"[]", "an empty JSON list"),
        (b"a;b;c", 'a header without rows ("a", "b", "c")'),
        (b"a,b,c,d,e,f\n1,2,3,4,5,6", 'unknown columns ("a", "b", "c", "d", "e", ...)'),
        ("дата\tстоимость\n1\t2".encode("cp1251"), "unknown columns ("),
        ("日期,金额\n1,2".encode("gb18030"), 'unknown columns ("日期", "金额")'),
        ("a,b\n1,2".encode("utf-16"), 'unknown columns ("a", "b")'),
        (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
        (b"Too Many Requests", 'text that begins "Too Many Requests"'),
    ],
)
def test_looks(head: bytes, words: str) -> None:
    """What no source recognises is named for what it is."""
    assert words in str(look(head))


def test_a_directory_that_points_before_the_beginning() -> None:
    """A workbook whose zip directory was damaged so is refused as damaged."""
    raw = bytearray(kit.recorded("imf", "dots.xlsx"))
    end = raw.rfind(b"PK\x05\x06")
    raw[end + 16 : end + 20] = (int.from_bytes(raw[end + 16 : end + 20], "little") + 11).to_bytes(4, "little")
    with pytest.raises(SourceError, match=r"dots\.xlsx: a damaged workbook \(negative seek value"):
        unpack._check_office(bytes(raw), "dots.xlsx")
