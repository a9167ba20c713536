"""What a file that no source recognises looks like, in a few words, and what to do about it."""

import codecs
import csv
import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from loaders.core.console import shown
from loaders.core.source import SourceError
from loaders.importing.nearest_layout import nearest
from loaders.tables import grids, text_files

_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"BM", "an image (BMP)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"%PDF", "a PDF document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"PK", "an Office file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_NO_DATA: Final = ("an image", "a PDF", "a program")  # what may lie beside data; a workbook or a database may be data
_ARCHIVE: Final = "unpack it, then import the table inside"
_AGAIN: Final = "download the data themselves again"
_TABLE: Final = "bring a table in one of the layouts that README lists"
_SHOWN: Final = 5
_WORDS: Final = 80
_LINES: Final = 3
_WIDE: Final = 20_000
_CODE_LIST: Final = re.compile(
    "(?:country|product|hs|cmd)?_?(?:code|name|desc|description|iso_?[23]|text|id|label|parent|level|section|region|notes)s?",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[^\W\d_]")
_ERROR_WORDS: Final = ("message", "errorMessage", "error_message", "error", "detail", "title", "description")


@dataclass(frozen=True)
class FileLook:
    """What a file looks like; ``beside`` marks what may lie next to data without being an error."""

    words: str
    advice: str = _AGAIN
    beside: bool = False

    def __str__(self) -> str:
        """Return the words and the advice as the end of a sentence."""
        return f"looks like {self.words}; {self.advice}"


def look(head: bytes) -> FileLook:
    """Describe the first bytes of a file that no source recognises."""
    if not head:
        return FileLook("an empty file")
    if columns := _heading(grids.tops(head)):
        return FileLook(f"a workbook with unknown columns ({_listed(columns)})", nearest(columns))
    for magic, words in _MAGIC:
        if head.startswith(magic):
            archive = words.endswith("archive")
            return FileLook(words, _ARCHIVE if archive else _TABLE, beside=words.startswith(_NO_DATA))
    if head[257:262] == b"ustar":
        return FileLook("a tar archive", _ARCHIVE)
    if not head.strip(b"\0"):
        return FileLook("zero bytes only")
    text = _text(head)
    return FileLook("binary data", _TABLE) if text is None else _look_at_text(text.strip())


def _text(head: bytes) -> str | None:
    """Return the head as text for looking at, never for reading figures; None for binary data."""
    if text_files.is_utf16(head):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        return None
    for encoding in ("utf-8-sig", "gb18030", "cp1251"):
        text = codecs.getincrementaldecoder(encoding)("strict")
        try:
            return text.decode(head)
        except UnicodeDecodeError:
            continue
    return head.decode("latin-1")


def _look_at_text(text: str) -> FileLook:
    if not text:
        return FileLook("blank text")
    if text.startswith("version https://git-lfs"):
        return FileLook("a Git LFS pointer")
    if "<!ENTITY" in text:
        return FileLook("XML that declares entities", "no customs file needs them; nothing of it is read")
    if text.startswith("<"):
        return _markup(text)
    if text.startswith(("{", "[")):
        return _json(text)
    return _table(text)


def _markup(text: str) -> FileLook:
    plain = re.search(r"<html|<!doctype html|<body", text[:2000], re.IGNORECASE) is None
    title = re.search(r"<(title|h1)[^>]*>(.*?)</\1", text, re.IGNORECASE | re.DOTALL)
    if not plain:
        named = f" titled {_quoted(html.unescape(title[2]))}" if title and title[2].strip() else ""
        return FileLook(f"a web page{named} without a table that is known", _of_page(text))
    root = re.search(r"<(?:\w+:)?(\w+)", text)
    message = re.search(r"<(?:\w+:)?(code|message|text)\b[^<>]*>\s*([^<>\s][^<>]*)<", text, re.IGNORECASE)
    words = f" that says {_quoted(message[2])}" if message else ""
    return FileLook(f"XML ({root[1] if root else 'no element'}){words}", "ask for CSV and import that")


def _json(text: str) -> FileLook:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return FileLook("JSON that is cut short or of an unknown shape")
    if isinstance(body, dict):
        if (tables := _described(body)) is not None:
            return FileLook(f"the description of a Data Package ({_listed(tables)})", "import the tables", beside=True)
        messages = [str(body[word]) for word in _ERROR_WORDS if isinstance(body.get(word), str) and body[word]]
        code = body.get("statusCode", body.get("status", body.get("code", "")))
        if messages:
            number = f" {code}" if isinstance(code, int | str) and code else ""
            return FileLook(f"an error message of a service{number}: {_quoted(messages[0])}", "ask the service again")
        keys = ", ".join(_quoted(str(key)) for key in list(body)[:_SHOWN])
        return FileLook(f"JSON with the unknown keys {keys or '(none)'}")
    return FileLook("a JSON list of an unknown shape" if body else "an empty JSON list")


def _described(body: dict[str, object]) -> list[str] | None:
    """Return the files that the description of a Data Package names, None where it is none."""
    tables = body.get("resources")
    if not isinstance(tables, list) or not all(isinstance(one, dict) and "path" in one for one in tables):
        return None
    return [str(one["path"]) for one in tables]


def _table(text: str) -> FileLook:
    """Describe delimited text by its header, and anything else as text."""
    lines = [line for line in text.splitlines()[:_LINES] if line.strip()]
    header, *rows = _cells(lines)
    prose = text.startswith("# ") or not header[1:]
    if prose or (rows and abs(len(rows[0]) - len(header)) > 1) or any(not row[1:] for row in rows):
        figures = sum(len(re.findall(r"(?<![\w.])[\d.,]*\d(?![\w])", line)) > 1 for line in lines)
        return FileLook(f"text that begins {_quoted(text)}", "name a file with a table", beside=figures < 2)
    names = _listed(header)
    beside = all(_CODE_LIST.fullmatch(name) for name in header)
    if not rows:
        return FileLook(f"a header without rows ({names})", beside=beside)
    return FileLook(f"a table with unknown columns ({names})", nearest(header), beside)


def _listed(names: list[str]) -> str:
    return ", ".join(_quoted(name) for name in names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")


def _heading(tables: Iterable[grids.TextGrid]) -> list[str]:
    """Return the names of the columns of the first table that has some: the row that names most."""
    for grid in tables:
        row = max(grid.rows, key=lambda row: len({cell for cell in row if _NAME.search(cell)}), default=[])
        names = [cell for cell in row if cell]
        if names[1:]:
            return names
    return []


def _of_page(text: str) -> str:
    """Say what the largest table of a page lacks, or that there is none."""
    try:
        tables = grids.read(text.encode(), "")[1:]
    except SourceError:
        tables = []
    columns = _heading(sorted(tables, key=lambda grid: -len(grid.rows)))
    return f"of its largest table: {nearest(columns)}" if columns else "save the page that shows the table"


def _cells(lines: list[str]) -> list[list[str]]:
    """Split the first lines by the delimiter that all of them hold, and the first of them most of."""
    delimiter = max(",\t;|", key=lambda one: (min(line.count(one) for line in lines) > 0, lines[0].count(one)))
    try:
        read = list(csv.reader([line[:_WIDE] for line in lines], delimiter=delimiter))
    except csv.Error:
        return [[""]]
    return [[cell.strip() for cell in row] for row in read] or [[""]]


def _quoted(text: str) -> str:
    """Return the first few words of ``text`` in quotes, without line breaks."""
    words = " ".join(text.split())
    return f'"{shown(words[:_WORDS])}{"..." if len(words) > _WORDS else ""}"'
