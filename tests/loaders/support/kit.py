"""What the tests of parsers share: hand-made files, files beside the project, damage, and what must still hold."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import strategies as st

from loaders.core import schema
from loaders.core.source import Parsed, SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

    from loaders.core.source import Parse, Source

RECORDED = Path(__file__).parents[2] / "recorded"
SHARED = Path(__file__).parents[3].parent / "shared" / "customs"
NASTY = (
    *("", " ", "n/a", "NaN", "nan", "inf", "-1", "1e400", "0x1F", "=1+1", "@SUM(A1)", '"', "''", ",", ";", "\t"),
    *("\n", "\r", "202313", "2022", "99", "1,234.5", "١٢", "A" * 200, "\u00a0", "RUS", "CHN", "1E5", "+", "0"),
)


def recorded(source: str, name: str) -> bytes:
    """Return the bytes of a hand-made file."""
    return (RECORDED / source / name).read_bytes()


def shared(path: str) -> bytes:
    """Return the bytes of a real file beside the project, or skip the test where there is none."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"no {path} beside the project")
    return file.read_bytes()


def rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV as a plain loop sees them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def only(parsed: Parsed, **cells: str) -> pd.Series:
    """Return the one row of a table whose cells are as given; a period is given by its first month."""
    table = parsed.table
    for column, cell in cells.items():
        table = table[table[column].eq(pd.Timestamp(cell) if column.startswith("period") else cell)]
    assert len(table) == 1, f"{len(table)} rows have {cells}"
    return table.iloc[0]


# Where something is done: what is drawn may not hang on the content, for a workbook bears the moment it was made.
PLACES = st.integers(0, 1 << 24)


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """Return ``good`` with bytes changed, cut out or put in, lines moved, or a cell replaced."""
    content = bytearray(good)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(PLACES) % max(len(content), 1)
        length = draw(st.integers(0, 12))
        kind = draw(st.sampled_from(("bytes", "cut", "nasty", "repeat", "end")))
        if kind == "bytes":
            content[at : at + length] = draw(st.binary(max_size=12))
        elif kind == "cut":
            del content[at : at + length]
        elif kind == "nasty":
            end = min((i for i in range(at, len(content)) if content[i] in b",\n;"), default=len(content))
            content[at:end] = draw(st.sampled_from(NASTY)).encode()
        elif kind == "repeat":
            lines = bytes(content).split(b"\n")
            lines.insert(draw(PLACES) % (len(lines) + 1), lines[draw(PLACES) % len(lines)])
            content = bytearray(b"\n".join(lines))
        else:
            del content[at:]
    return bytes(content)


def any_of(source: str) -> SearchStrategy[bytes]:
    """Return damaged forms of all hand-made files of a source."""
    files = sorted((RECORDED / source).iterdir())
    return st.one_of([damaged(file.read_bytes()) for file in files])


def survives(source: Source, content: bytes) -> None:
    """Assert that a damaged file is refused in one line, or read with every row accounted for."""
    source.recognises(content[:65_536])
    refusal_line = ""
    try:
        parsed = source.parse(content, "damaged.csv")
    except SourceError as error:
        refusal_line = str(error)
    if refusal_line:
        assert refusal_line.startswith("damaged.csv")
        assert "\n" not in refusal_line
        return
    assert schema.conform(parsed.table).equals(parsed.table)
    assert parsed.table["source"].eq(source.name).all()
    assert all("\n" not in line and line.startswith("damaged.csv") for line in parsed.refused)
    assert len(parsed.table) <= parsed.rows_read
    assert all("\n" not in reason for reason in (*parsed.left_out, *parsed.notes))


def refusal(parse: Parse, content: bytes, name: str = "file.csv") -> str:
    """Return the line with which a file is refused."""
    with pytest.raises(SourceError) as caught:
        parse(content, name)
    return str(caught.value)


def accounted(parsed: Parsed) -> int:
    """Return how many rows are kept, refused, left out or merged with another."""
    return len(parsed.table) + len(parsed.refused) + sum(parsed.left_out.values()) + parsed.merged


def variants(content: bytes) -> Sequence[bytes]:
    """Return the same CSV with a byte-order mark, as UTF-16, with CRLF, and with blank lines at the end."""
    text = content.decode("utf-8-sig")
    return (
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.replace("\n", "\r\n").encode(),
        (text + "\n\n").encode(),
    )
