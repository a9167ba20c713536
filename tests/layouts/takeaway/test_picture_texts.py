"""Texts inside pictures: any reader finds them, and the picture stays the same."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.takeaway.picture_texts import png_texts, with_png_texts, with_svg_texts

TEXTS = {
    "Title": "中俄贸易 <1>",
    "Source": "Торговля & UN",
    "Licence": "CC BY 4.0",
    "Version": "abc",
    "Address": "https://x/?a=1&b=2",
}


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk with its length and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


# one grey pixel, made up
PIXEL = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\x80"))
    + chunk(b"IEND", b"")
)


def test_png() -> None:
    """Names and texts come back; the chunks of the picture are the same bytes, in place, each checksum right."""
    made = with_png_texts(PIXEL, TEXTS)
    assert png_texts(made) == TEXTS
    assert made.startswith(PIXEL[:33])
    assert made.endswith(PIXEL[33:])
    at = 8
    while at < len(made):
        (length,) = struct.unpack(">I", made[at : at + 4])
        body = made[at + 4 : at + 8 + length]
        assert struct.pack(">I", zlib.crc32(body)) == made[at + 8 + length : at + 12 + length]
        at += 12 + length


def test_a_text_is_replaced_not_repeated() -> None:
    """Once more with other texts holds the other texts alone."""
    twice = with_png_texts(with_png_texts(PIXEL, TEXTS), TEXTS | {"Title": "other"})
    assert png_texts(twice) == TEXTS | {"Title": "other"}
    assert twice.count(b"Title\0") == 1


@given(st.dictionaries(st.from_regex(r"[A-Za-z][A-Za-z ]{0,20}[A-Za-z]", fullmatch=True), st.text(), max_size=4))
def test_any_text_comes_back(texts: dict[str, str]) -> None:
    """Whatever is written is read."""
    clean = {name: words.encode("utf-8", "ignore").decode() for name, words in texts.items()}
    assert png_texts(with_png_texts(PIXEL, clean)) == clean


def test_what_is_no_picture() -> None:
    """One line each."""
    with pytest.raises(ValueError, match="no PNG"):
        with_png_texts(b"GIF89a", TEXTS)
    with pytest.raises(ValueError, match="cannot name"):
        with_png_texts(PIXEL, {"": "x"})
    with pytest.raises(ValueError, match="no SVG"):
        with_svg_texts("<html></html>", TEXTS)


def test_svg() -> None:
    """The file is well formed and holds title, description and metadata before what it draws."""
    made = with_svg_texts('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="1"><g/></svg>', TEXTS)
    root = ET.fromstring(made)  # noqa: S314 (made by this test)
    space = "{http://www.w3.org/2000/svg}"
    assert [child.tag for child in root] == [f"{space}title", f"{space}desc", f"{space}metadata", f"{space}g"]
    assert root[0].text == TEXTS["Title"]
    core = {child.tag.rpartition("}")[2]: child.text for child in root[2]}
    assert core == {
        "title": TEXTS["Title"],
        "source": TEXTS["Source"],
        "rights": TEXTS["Licence"],
        "hasVersion": TEXTS["Version"],
        "identifier": TEXTS["Address"],
    }
