"""Files that nobody should have brought: each ends with one line, exit 1 or 2, and the store untouched."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders.registry import SOURCES
from tests.loaders.support.bring import Desk
from tests.loaders.support.kit import recorded

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADER, _CELLS = (line.split(",") for line in recorded("bad", "good.csv").decode().splitlines())
_ROW = dict(zip(_HEADER, _CELLS, strict=True))


def _comtrade(*rows: dict[str, str], leave: tuple[str, ...] = ()) -> bytes:
    """Return a UN Comtrade CSV whose rows differ from a good one by the cells given; columns of ``leave`` are not."""
    columns = [column for column in _HEADER if not column.startswith(leave or "-")]
    lines = [",".join(columns), *(",".join({**_ROW, **row}[column] for column in columns) for row in rows)]
    return "".join(line + "\n" for line in lines).encode()


_GOOD = _comtrade({})


def _zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def _flagged(content: bytes, flag: int) -> bytes:
    """Return a zip of one member whose general flags say ``flag``, in both of its headers."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[content.index(mark) + at] |= flag
    return bytes(changed)


def _rare_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.csv", _GOOD)
    return packed.getvalue()


def _workbook(sheet: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return packed.getvalue()


_BILLION = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'
_DAMAGED_ZIP = _zip(a_csv=_GOOD * 40)
_MIDDLE = len(_DAMAGED_ZIP) // 3

WHOLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "an empty file"),
    "blank": (b" \r\n\t\n", "blank text"),
    "only a byte-order mark": (b"\xef\xbb\xbf", "blank text"),
    "header only": (_comtrade(), "no rows|without rows|0 rows read"),
    "only commas": (b",,,,\n,,,,\n", "unknown columns"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "an image (PNG)"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(300), "an image (JPEG)"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
    "parquet": (b"PAR1\x15\x04PAR1", "a Parquet file"),
    "sqlite": (b"SQLite format 3\0" + bytes(100), "a SQLite database"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(60), "a program"),
    "random bytes": (bytes((i * 7919 + i // 256) % 256 for i in range(5000)), "binary data"),
    "html error": (b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway"),
    "html login": (b"<html><body><h1>Sign in</h1><form></form></body></html>", "Sign in"),
    "html other table": (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
    "401": (b'{"statusCode":401,"message":"Access denied due to missing subscription key."}', "Access denied"),
    "403": (b'{"statusCode":403,"message":"Out of call volume quota."}', "Out of call volume quota"),
    "429": (b'{"statusCode":429,"message":"Rate limit is exceeded. Try again in 1 seconds."}', "Rate limit"),
    "other error": (b'{"error":{"code":500},"message":"It broke"}', "It broke"),
    "answer with an error": (b'{"elapsedTime":"0.1","count":0,"data":[],"error":"too many"}', "too many"),
    "answer without rows": (b'{"elapsedTime":"0.1","count":0,"data":[],"error":""}', "no rows|0 rows|without rows"),
    "cut json": (b'{"elapsedTime":"0.1","count":2,"data":[{"typeCode":"C","freq', "JSON|json"),
    "deep json": (b'{"elapsedTime":"0.1","data":' + b"[" * 100_000, "JSON|json"),
    "other json": (b'{"hello": "world"}', "hello"),
    "empty list": (b"[]", "an empty JSON list"),
    "xml error": (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "AccessDenied"),
    "entity bomb": (_BILLION, "entities"),
    "entity bomb in a workbook": (_workbook(_BILLION), "entities|Office file"),
    "workbook of something": (_workbook(b"<worksheet/>"), "a.x"),
    "workbook cut short": (_workbook(b"<worksheet/>" * 99)[:-60], "damaged|cannot be"),
    "swelling workbook": (_workbook(bytes(80 << 20)), "swells|Office file"),
    "old office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office file|workbook|cannot"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive; unpack it"),
    "rar": (b"Rar!\x1a\x07\x01\0", "a RAR archive; unpack it"),
    "tar": (b"a.csv".ljust(257, b"\0") + b"ustar\x0000" + bytes(247), "a tar archive; unpack it"),
    "bzip2": (b"BZh91AY&SY", "a bzip2 archive; unpack it"),
    "zstd": (b"\x28\xb5\x2f\xfd\x04\0", "a zstd archive; unpack it"),
    "gzip of nothing": (gzip.compress(b""), "an empty file"),
    "gzip cut short": (gzip.compress(_GOOD * 50)[:-40], "damaged or cut short"),
    "gzip damaged": (gzip.compress(_GOOD)[:-6] + b"\0\0\0\0\0\0", "damaged or cut short"),
    "gzip of gzip": (gzip.compress(gzip.compress(_GOOD)), "packed twice"),
    "gzip of zip": (gzip.compress(_zip(a_csv=_GOOD)), "Office file|a zip inside"),
    "zip without members": (_zip(), "holds no file"),
    "zip cut short": (_DAMAGED_ZIP[:-30], "a damaged zip archive"),
    "zip damaged": (
        _DAMAGED_ZIP[:_MIDDLE] + b"\xff" * 40 + _DAMAGED_ZIP[_MIDDLE + 40 :],
        "damaged|cannot be unpacked",
    ),
    "zip in zip": (_zip(a_zip=_zip(a_csv=_GOOD), b_csv=_GOOD), "Office file|a zip inside"),
    "zip of gzip": (_zip(a_gz=gzip.compress(_GOOD)), "packed twice"),
    "zip with a password": (_flagged(_zip(a_csv=_GOOD), 1), "needs a password"),
    "zip packed in a rare way": (_rare_zip(), "zip method 12"),
    "zip of a readme": (_zip(readme_txt=b"Read me first"), "Read me first"),
    "zip with a bad table": (_zip(a_csv=_GOOD, b_csv=_comtrade({}, leave=("partner",))), "b.csv"),
    "zip bomb": (_zip(a_csv=bytes(80 << 20)), "zip bomb"),
    "lfs pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n", "Git LFS pointer"),
    "plain text": (b"Dear reader,\nthe data are attached.\n", "Dear reader"),
    "unknown table": (b"year;gdp;population\n2020;1;2\n", '"year", "gdp", "population"'),
    "nul bytes": (_GOOD.replace(b"500", b"5\x000"), "NUL"),
    "mixed encodings": (
        _comtrade({"cmdDesc": "one é"}, {"cmdDesc": "two", "cmdCode": "28"}).replace(b"two", b"two \xe9"),
        "row 3: mixes encodings",
    ),
    "utf-16 cut short": (_GOOD.decode().encode("utf-16")[:-1], "utf-16|UTF-16"),
    "a thousand columns": ((",".join(f"c{i}" for i in range(100_000)) + "\n1\n").encode(), "unknown columns|header"),
    "quote never closed": (_comtrade() + b'"C,', "row 2: "),
    "no period": (_comtrade({}, leave=("period", "ref")), "period"),
    "no reporter": (_comtrade({}, leave=("reporter",)), "reporter"),
    "no partner": (_comtrade({}, leave=("partner",)), "partner"),
    "no flow": (_comtrade({}, leave=("flow",)), "flow"),
    "no goods": (_comtrade({}, leave=("cmd",)), "cmdCode"),
    "no value": (_comtrade({}, leave=("primaryValue", "cif", "fob")), "primaryValue"),
}

CELLS: dict[str, dict[str, str]] = {
    "month 13": {"period": "202313", "refYear": "2023", "refMonth": "13", "refPeriodId": "20231301"},
    "two-digit year": {"period": "24", "refYear": "24", "freqCode": "A", "refPeriodId": "24"},
    "no period": {"period": "", "refYear": "", "refMonth": "", "refPeriodId": ""},
    "the future": {"period": "209901", "refYear": "2099", "refPeriodId": "20990101"},
    "NaN": {"primaryValue": "NaN"},
    "infinite": {"primaryValue": "inf"},
    "negative": {"primaryValue": "-500"},
    "overflow": {"primaryValue": "1e400"},
    "not available": {"primaryValue": "n/a"},
    "no value": {"primaryValue": "", "cifvalue": "", "fobvalue": ""},
    "formula": {"primaryValue": "=1+1"},
    "at sign": {"primaryValue": "@SUM(A1)"},
    "hexadecimal": {"primaryValue": "0x1F4"},
    "other digits": {"primaryValue": "٥٠٠"},
    "words": {"primaryValue": "five hundred"},
    "bad goods": {"cmdCode": "27-09"},
    "goods as a formula": {"cmdCode": "=27"},
    "no goods": {"cmdCode": ""},
    "bad reporter": {"reporterCode": "x56", "reporterISO": ""},
    "no partner": {"partnerCode": "", "partnerISO": ""},
    "no flow": {"flowCode": ""},
    "weight in words": {"netWgt": "ten"},
    "negative weight": {"netWgt": "-10"},
    "header again": dict(zip(_HEADER, _HEADER, strict=True)),
    "a cell too many": {"isAggregate": "False,surplus"},
    "terminal codes": {"primaryValue": "\x1b[2J\x1b]0;owned\x07"},
}


@pytest.fixture(scope="module")
def one_row(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data dir that holds one row."""
    desk = Desk(tmp_path_factory.mktemp("held"), sources=tuple(SOURCES.values()))
    assert desk.bring(desk.file("before.csv", _comtrade({"cmdCode": "84"}))) == 0
    return desk.store.folder


@pytest.fixture
def desk(tmp_path: Path, one_row: Path) -> Desk:
    """Return a desk with every source, whose store holds one row."""
    desk = Desk(tmp_path, sources=tuple(SOURCES.values()))
    shutil.copytree(one_row, desk.store.folder)
    return desk


def _is_refused(desk: Desk, path: Path | str, words: str, name: str = "") -> None:
    before = desk.bytes()
    assert desk.bring(path) in {1, 2}
    assert desk.err.count("\n") == 1, desk.err
    assert desk.err[:-1].isprintable()
    assert (name or Path(path).name) in desk.err
    assert any(word in desk.err for word in words.split("|")), desk.err
    assert "Traceback" not in desk.out + desk.err
    assert desk.bytes() == before


@pytest.mark.parametrize("kind", WHOLE)
def test_a_bad_file_is_refused_in_one_line(desk: Desk, kind: str) -> None:
    """The line names the file and what is wrong with it."""
    content, words = WHOLE[kind]
    _is_refused(desk, desk.file("a.x", content), words)


@pytest.mark.parametrize("kind", CELLS)
def test_a_bad_row_is_refused_by_its_number(desk: Desk, kind: str) -> None:
    """Alone in a file the row is named and nothing stored; beside a good row only the good one is, with --partial."""
    bad = _comtrade({"cmdCode": "28"}, CELLS[kind])
    _is_refused(desk, desk.file("alone.csv", _comtrade(CELLS[kind])), "row 2", "alone.csv")
    assert desk.bring(desk.file("beside.csv", bad), partial=True) == 1
    assert "beside.csv, row 3" in desk.err or 'import "beside.csv", row 3' in desk.err
    assert "1 new" in desk.out
    assert len(desk.store.stored("comtrade")) == 2


def test_rows_that_contradict_each_other_are_refused_together(desk: Desk) -> None:
    """The same key with two values: the line names both rows."""
    _is_refused(desk, desk.file("a.csv", _comtrade({}, {"primaryValue": "501"})), "rows 2 and 3")


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


def _loop(folder: Path) -> Path:
    (folder / "one").symlink_to(folder / "two")
    (folder / "two").symlink_to(folder / "one")
    return folder / "one"


def _empty_folder(folder: Path) -> Path:
    (folder / "nothing").mkdir()
    return folder / "nothing"


PATHS: dict[str, tuple[Callable[[Path], Path | str], str]] = {
    "missing": (lambda folder: folder / "none.csv", "cannot be opened"),
    "link to itself": (_loop, "cannot be opened"),
    "pipe": (_fifo, "neither a file nor a folder"),
    "device": (lambda _: "/dev/zero", "neither a file nor a folder"),
    "empty folder": (_empty_folder, "holds no file"),
    "name too long": (lambda folder: folder / ("x" * 5000), "cannot be opened"),
    "nul in the name": (lambda _: "a\0b.csv", "cannot be opened"),
    "line break in the name": (lambda folder: folder / "a\nb\x1b[2J.csv", "cannot be opened"),
    "leading dash": (lambda _: "-rf", "cannot be opened"),
}


@pytest.mark.parametrize("kind", PATHS)
def test_a_bad_path_is_refused_in_one_line(desk: Desk, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths that lead nowhere, round in circles, or to what is no file."""
    monkeypatch.chdir(desk.folder)
    make, words = PATHS[kind]
    path = make(desk.folder)
    _is_refused(desk, path, words, "" if str(path).isprintable() and len(str(path)) < 300 else str(path)[-1])


def test_sixty_kinds_are_tried() -> None:
    """The tables above hold more than sixty kinds, and each good ingredient is good."""
    assert len(WHOLE) + len(CELLS) + len(PATHS) >= 60
    assert json.loads(WHOLE["answer without rows"][0])["count"] == 0
