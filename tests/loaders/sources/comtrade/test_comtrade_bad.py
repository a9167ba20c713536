"""Whatever stands in a file, it reads or it is refused in one line: never anything else."""

from __future__ import annotations

import json

import pytest

from loaders.core.source import SourceError
from loaders.sources.comtrade import source as comtrade
from tests.loaders.support.comtrade_kit import NAME, NEW, ROWS, answer, delimited, parse, row


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \r\n\n ", "is empty"),
        (b"<!DOCTYPE html><html><body>502</body></html>", "is a web page"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "download it again"),
        (b"\xff\xd8\xff\xe0" + bytes(range(1, 256)), "save it as UTF-8"),
        (delimited(ROWS).replace(b"2709", b"27\x0009"), "NUL"),
        (b"\n" + delimited(ROWS), "row 1: no UN Comtrade column names in ''"),
        (delimited(ROWS).split(b"\n", 1)[1], "row 1: no UN Comtrade column names in 'C,A,"),
        (delimited(ROWS, [*NEW, "primaryValue"]), "columns primaryValue and primaryValue both hold the value"),
        (delimited(ROWS).decode().encode("utf-16")[:-1], "not readable as utf-16"),
        (b"\xff\xd8\xff\xe0JFIF", "row 1: no UN Comtrade column names"),
        (b"\xef\xbb\xbf" + delimited(ROWS) + b"\xf4", "row 6: mixes encodings"),
        ("Côte".join(delimited(ROWS).decode().split("Coal")).encode() + b"C\xf4te\n", "row 6: mixes encodings"),
        (b'{"elapsedTime": "0.1 secs", "data": [', "not readable as JSON"),
        (b"[" * 100_000, "not readable as JSON"),
        (b"{}", "JSON without a list of trade records"),
        (b'{"data": "none"}', "JSON without a list of trade records"),
        (b'{"data": [1, 2]}', "JSON without a list of trade records"),
        (b'{"data": [{"fileUrl": "x", "fileSize": "1 KB"}]}', "holds 'fileUrl', 'fileSize' ..., no trade figures"),
        (json.dumps({"data": [{**row(), "CMDCODE": "1"}]}).encode(), "columns cmdCode and CMDCODE both hold"),
    ],
)
def test_not_readable(content: bytes, why: str) -> None:
    """Each kind of file that is none of ours, or no longer, is refused in one line that says what it is."""
    with pytest.raises(SourceError) as caught:
        parse(content)
    assert why in str(caught.value)
    assert str(caught.value).startswith(NAME)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"statusCode": 401, "message": "Access denied due to missing\nsubscription key."}, "401 Access denied"),
        ({"statusCode": 403, "message": "Out of call volume quota."}, "403 Out of call volume quota."),
        ({"statusCode": 429, "message": "Rate limit is exceeded."}, "429 Rate limit is exceeded."),
        ({"elapsedTime": "0", "count": 0, "data": [], "error": "bad period"}, "bad period"),
        ({"errorObject": {"errorMessage": "one period only"}}, "one period only"),
        ({"statusCode": 500, "errorObject": "down"}, "500 down"),
    ],
)
def test_error_answers(body: dict[str, object], why: str) -> None:
    """A refusal of the service that was saved as data is told as what it is."""
    with pytest.raises(SourceError, match="an error answer of the service, not data") as caught:
        parse(json.dumps(body).encode())
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_error_answers_are_recognised() -> None:
    """A saved refusal is known as the service's, so that the reader is told what it says."""
    assert comtrade.recognises(b'{ "statusCode": 401, "message": "Access denied" }')
    assert comtrade.recognises(b'{"elapsedTime": "0.08 secs", "count": 0, "data": [], "error": ""}')


@pytest.mark.parametrize("content", [answer([]), b"[]", delimited([]), delimited([])[:-1]])
def test_nothing_in_it(content: bytes) -> None:
    """An answer or a file without rows is no fault: it says that it holds nothing."""
    parsed = parse(content)
    assert parsed.table.empty
    assert (parsed.rows_read, parsed.refused, parsed.left_out) == (0, (), {})
    assert len(parsed.notes) == 1


def test_doubts_about_an_answer() -> None:
    """An answer that is shorter than it says, that carries an error, or that is full, is told as such."""
    assert parse(answer(ROWS, count=7)).notes == (f"{NAME}: says 7 records and holds 4",)
    assert parse(answer(ROWS, error="slow")).notes == (f"{NAME}: the answer carries an error beside its records: slow",)
    full = parse(answer([row()] * 500))
    assert full.notes == (f"{NAME}: 500 records are as many as one answer can hold, so some may be missing",)
    assert len(full.table) == 1


def _line(cells: dict[str, str]) -> bytes:
    return delimited([cells]).split(b"\n")[1]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (_line(ROWS[1]) + b",extra", "holds 48 cells where the header names 47"),
        (_line(ROWS[1]).rsplit(b",", 1)[0], "holds 46 cells where the header names 47"),
        (b"Source: UN Comtrade", "holds 1 cells where the header names 47"),
        (delimited([]).strip(), "repeats the header"),
        (b'"' + b"x" * 200_000 + b'"', "field larger than field limit"),
    ],
)
def test_lines_of_another_width(line: bytes, why: str) -> None:
    """A line with more or fewer cells, or with the header once more, is named, and the others are read."""
    content = b"\n".join([delimited([]).strip(), _line(ROWS[0]), line, _line(ROWS[3]), b""])
    parsed = parse(content)
    assert len(parsed.table) == 2
    assert parsed.rows_read == 3
    assert parsed.table["reference"].tolist() == [f"{NAME}, row 2", f"{NAME}, row 4"]
    assert len(parsed.refused) == 1
    assert parsed.refused[0].startswith(f"{NAME}, row 3: ")
    assert why in parsed.refused[0]


def test_quotation_mark_never_closed() -> None:
    """Rows behind an open quotation mark are not silently lost."""
    lines = delimited([row(cmdDesc="Coal", cmdCode=f"270{number}") for number in range(1, 5)]).split(b"\n")
    lines[2] = lines[2].replace(b"Russian Federation", b'"Russian Federation')
    parsed = parse(b"\n".join(lines))
    assert len(parsed.table) == 1
    assert parsed.refused == (
        f"{NAME}, row 3: a quotation mark is opened and never closed, so nothing after it can be read",
    )


def test_quotation_mark_in_the_wrong_place() -> None:
    """Two stray marks that run rows together, with the right number of cells, do not mix their figures."""
    rows = [row(cmdDesc="Coal", cmdCode=f"27{number:02d}", primaryValue=f"{number}") for number in range(1, 7)]
    lines = delimited(rows).split(b"\n")
    lines[2] = lines[2].replace(b"Russian Federation", b'"Russian Federation')
    lines[5] = lines[5].replace(b"Russian Federation", b'Russian Federation"')
    parsed = parse(b"\n".join(lines))
    assert parsed.table["commodity_code"].tolist() == ["2701", "2706"]
    assert parsed.refused == (
        f"{NAME}, row 3: a quotation mark in the wrong place runs several rows into one; mend it",
    )


def test_ambiguous_commas_are_refused() -> None:
    """Where every comma could as well group thousands, no value is taken."""
    content = delimited([row(primaryValue="1,234", cifvalue="", netWgt="1", qty="1")], delimiter=";")
    parsed = parse(content)
    assert parsed.table.empty
    assert parsed.refused == (f"{NAME}, row 2: primaryValue '1,234' is no amount",)


def test_points_and_commas_are_not_mixed() -> None:
    """In a file of decimal points a comma is no decimal sign, and the row is refused."""
    content = delimited([row(), row(cmdCode="2709", primaryValue="12,5")], delimiter="\t")
    parsed = parse(content)
    assert parsed.table["commodity_code"].tolist() == ["2701"]
    assert parsed.refused == (f"{NAME}, row 3: primaryValue '12,5' is no amount",)
