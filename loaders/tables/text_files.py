"""What every reader of text files needs: the header in the first bytes, lines, and answers that are no table."""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from loaders.core.source import SourceError
from loaders.tables.delimited import Delimited

_DELIMITERS: Final = (",", ";", "\t")
_LONGEST: Final = 1 << 16  # bytes of a header
_SHOWN: Final = 40


def shown(cell: object) -> str:
    """Return a cell as a message shows it: quoted, on one line, shortened."""
    text = str(cell)
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")


def delimiter(line: str) -> str:
    """Return the delimiter of a header line: the most frequent."""
    return max(_DELIMITERS, key=line.count)


def split(line: str, known: Callable[[list[str]], int] | None = None) -> tuple[str, list[str]]:
    """Return the delimiter of a header line and its cells; no cells where no reader of CSV takes it.

    With ``known``, which counts the cells that somebody knows, the delimiter is that which gives most of them.
    """
    marks = (delimiter(line),) if known is None else (*_DELIMITERS, "|")
    try:
        splits = [(mark, next(csv.reader([line], delimiter=mark), [])) for mark in marks]
    except csv.Error:
        return marks[0], []
    return splits[0] if known is None else max(splits, key=lambda one: known(one[1]))


def is_utf16(head: bytes) -> bool:
    """Return whether a file begins with the byte-order mark of UTF-16."""
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def first_line(head: bytes, encodings: Sequence[str] = ("utf-8",)) -> tuple[str, str]:
    """Return the first line that is not blank, and the encoding that reads it: its mark's, else the first that fits.

    Both are empty where none fits, or where the line holds NUL characters.
    """
    wide = is_utf16(head)
    line = head[: min(len(head), _LONGEST) // 2 * 2] if wide else head.lstrip(b"\r\n").split(b"\n", 1)[0]
    for encoding in ("utf-16",) if wide else encodings:
        try:
            text = line.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace" if wide else "strict")
        except UnicodeDecodeError:
            continue
        return ("", "") if "\0" in text else (text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r"), encoding)
    return "", ""


def header(head: bytes, encodings: Sequence[str] = ("utf-8",)) -> tuple[str, ...]:
    """Return the column names in the first bytes of a file, as they would be read, or nothing."""
    return tuple(cell.strip() for cell in split(first_line(head, encodings)[0])[1])


def refuse_answers(text: str, name: str) -> None:
    """Raise :class:`SourceError` where the text is a web page, XML or JSON instead of a table."""
    start = text.lstrip()[:1]
    if start == "<":
        kind = "a web page" if re.match(r"\s*<(!doctype\s+html|html)", text, re.IGNORECASE) else "XML"
        raise SourceError(f"{name}: is {kind}, no CSV table; download the data again as CSV")
    if start in ("{", "["):
        raise SourceError(
            f"{name}: is a JSON answer, no CSV table{_error_message(text)}; download the data again as CSV"
        )


def _error_message(text: str) -> str:
    """Return the message of a JSON error body, where there is one."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    body = body[0] if isinstance(body, list) and body else body
    messages = [body.get(key) for key in ("message", "error", "errorMessage")] if isinstance(body, dict) else []
    message = next((item for item in messages if isinstance(item, str) and item), "")
    return f' (it says "{" ".join(message.split())[:120]}")' if message else ""


def below_header(text: str, name: str, numbers: Sequence[int]) -> Delimited:
    """Return what stands below the first row of ``text`` that is not blank; ``numbers`` are those of all its rows.

    Raises:
        SourceError: no row can be read.
    """
    start = len(text) - len(text.lstrip("\r\n"))
    mark = delimiter(text[start : start + _LONGEST].split("\n", 1)[0])
    reader = csv.reader(lines(text), delimiter=mark, strict=True)
    place, cells = 0, list[str]()
    try:
        for place, cells in enumerate(reader, 1):  # noqa: B007
            if any(cell.strip() for cell in cells):
                break
    except csv.Error as error:
        raise SourceError(
            f"{name}, line {reader.line_num}: not readable as CSV ({error}); download it again"
        ) from error
    rest = 0
    for _ in range(reader.line_num):
        rest = text.find("\n", rest) + 1 or len(text)
    return Delimited(name, text[rest:].encode(), mark, cells, numbers[place:])


def lines(text: str) -> Iterator[str]:
    """Yield the lines of ``text`` without a second copy of it."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def rows(text: str, name: str, mark: str, *, strict: bool = False) -> Iterator[list[str]]:
    """Yield the rows of a text that somebody laid out by hand, of whatever width.

    Raises:
        SourceError: one of them is no row of a CSV.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict)
    try:
        yield from reader
    except csv.Error as error:
        raise SourceError(
            f"{name}, line {reader.line_num}: not readable as CSV ({error}); download it again"
        ) from error
