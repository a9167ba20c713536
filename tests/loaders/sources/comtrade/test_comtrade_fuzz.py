"""However a UN Comtrade file is saved or damaged, it reads alike, or is refused in lines."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core import schema
from loaders.core.source import Parsed, SourceError
from loaders.sources.comtrade import source as comtrade
from tests.loaders.support.comtrade_kit import NEW, ROWS, answer, delimited, parse

if TYPE_CHECKING:
    import pandas as pd


def _same(left: pd.DataFrame, right: pd.DataFrame) -> bool:
    return left.drop(columns="reference").equals(right.drop(columns="reference"))


@settings(max_examples=30, deadline=None)
@given(
    columns=st.permutations(list(NEW)),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    ending=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    as_json=st.booleans(),
)
def test_forms_do_not_matter(columns: list[str], delimiter: str, ending: str, encoding: str, *, as_json: bool) -> None:
    """Order of columns, delimiter, line ending, encoding and JSON carry the same figures."""
    rows = [{key: cells[key] for key in columns} for cells in ROWS]
    content = answer(rows) if as_json else delimited(rows, columns, delimiter, ending).decode().encode(encoding)
    assert _same(parse(content).table, parse(delimited(ROWS)).table)


NASTY = ["", "0", "-1", "nan", "inf", "1e309", "=1", "@x", "202313", "9" * 5000, "\n", '"', "a,b;c\td", "é", "٣", "1,5"]


@settings(max_examples=30, deadline=None)
@given(
    changes=st.lists(
        st.tuples(
            st.integers(0, 4), st.integers(0, len(NEW) - 1), st.one_of(st.sampled_from(NASTY), st.text(max_size=8))
        ),
        min_size=1,
        max_size=4,
    ),
    delimiter=st.sampled_from([",", "\t", ";"]),
)
def test_changed_cells(changes: list[tuple[int, int, str]], delimiter: str) -> None:
    """With any cells changed, rows that were not touched read as before, or are named beside one that clashes."""
    table = [list(NEW), *([cells[name] for name in NEW] for cells in ROWS)]
    for line, place, cell in changes:
        table[line][place] = cell
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table)
    content = out.getvalue().encode(errors="replace")
    comtrade.recognises(content)
    try:
        parsed = parse(content)
    except SourceError as error:
        assert "\n" not in str(error)  # noqa: PT017 (most tries raise nothing)
        return
    _account(parsed)
    touched = {line for line, _, _ in changes}
    if 0 not in touched:
        read, named = _figures(parsed), " ".join(parsed.refused)
        for line, figure in enumerate(_figures(parse(delimited(ROWS))), start=1):
            assert line in touched or figure in read or str(line + 1) in named


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_damaged_bytes(data: st.DataObject) -> None:
    """Bytes cut out, put in or swapped give a reading or a refusal in lines, never another error."""
    whole = data.draw(st.sampled_from([delimited(ROWS), answer(ROWS), delimited(ROWS).decode().encode("utf-16")]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 80)))
    content = whole[:start] + data.draw(st.binary(max_size=6)) + whole[end:]
    comtrade.recognises(content)
    try:
        parsed = parse(content)
    except SourceError as error:
        assert "\n" not in str(error)  # noqa: PT017 (most tries raise nothing)
        return
    _account(parsed)


def _figures(parsed: Parsed) -> list[tuple[object, ...]]:
    figures = parsed.table.drop(columns="reference").astype("str")
    return list(figures.itertuples(index=False, name=None))


def _account(parsed: Parsed) -> None:
    """Check what every reading promises: a conforming table, refusals in one line, nothing made up."""
    schema.conform(parsed.table)
    assert all("\n" not in line for line in (*parsed.refused, *parsed.notes, *parsed.left_out))
    assert len(parsed.table) <= parsed.rows_read


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    """Bytes of any kind are recognised or not, and refused, without another error."""
    assert not comtrade.recognises(content)
    with pytest.raises(SourceError):
        parse(content)
