"""Texts inside a picture's file: title, source, licence, version and address travel with it.

PNG: iTXt chunks (PNG specification, third edition, 11.3.3.3). SVG: ``title``, ``desc`` and Dublin Core in
``metadata`` (SVG 1.1, chapter 21).
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_NAME: Final = re.compile(r"[!-~](?:[ -~]{0,77}[!-~])?")
_ROOT: Final = re.compile(r"<svg\b[^>]*>")
# Dublin Core for the names that a PNG has
_ELEMENTS: Final = {
    "Title": "title",
    "Description": "description",
    "Source": "source",
    "Licence": "rights",
    "Version": "hasVersion",
    "Address": "identifier",
}
_DC: Final = "http://purl.org/dc/terms/"


def with_png_texts(picture: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a PNG with a text chunk for each name; one that is there already under a name is replaced.

    Raises:
        ValueError: the bytes are no PNG, or a name is not 1 to 79 Latin characters.
    """
    if not picture.startswith(_SIGNATURE):
        raise ValueError("this is no PNG")
    if wrong := [name for name in texts if not _NAME.fullmatch(name)]:
        raise ValueError(f"{wrong[0]!r} cannot name a text of a PNG")
    kept = [chunk for kind, chunk, name in _chunks(picture) if not (kind in {b"iTXt", b"tEXt"} and name in texts)]
    made = [_chunk(b"iTXt", name.encode("latin-1") + b"\0\0\0\0\0" + words.encode()) for name, words in texts.items()]
    return b"".join([_SIGNATURE, kept[0], *made, *kept[1:]])


def with_png_dots(picture: bytes, dots: int) -> bytes:
    """Return a PNG that says how many of its pixels make an inch on paper (chunk pHYs); as it is for none."""
    if not dots:
        return picture
    kept = [chunk for kind, chunk, _ in _chunks(picture) if kind != b"pHYs"]
    metre = round(dots / 0.0254)
    return b"".join([_SIGNATURE, kept[0], _chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1)), *kept[1:]])


def png_texts(picture: bytes) -> dict[str, str]:
    """Return the international texts of a PNG by name."""
    texts = {}
    for kind, chunk, name in _chunks(picture):
        if kind == b"iTXt":
            texts[name] = chunk[8:-4].split(b"\0", 5)[-1].decode()
    return texts


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes, str]]:
    """Yield kind, whole bytes and, of a text, name of each chunk."""
    at = len(_SIGNATURE)
    while at + 12 <= len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        chunk = picture[at : at + length + 12]
        kind = chunk[4:8]
        yield kind, chunk, chunk[8:].split(b"\0", 1)[0].decode("latin-1") if kind in {b"iTXt", b"tEXt"} else ""
        at += length + 12


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_svg_texts(picture: str, texts: Mapping[str, str]) -> str:
    """Return an SVG that begins with its title, its source as description, and all texts as Dublin Core.

    Raises:
        ValueError: the text is no SVG.
    """
    root = _ROOT.search(picture)
    if root is None:
        raise ValueError("this is no SVG")
    return f"{picture[: root.end()]}{svg_head(texts)}{picture[root.end() :]}"


def svg_head(texts: Mapping[str, str]) -> str:
    """Return what an SVG begins with: its title, its source as description, and all texts as Dublin Core."""
    core = "".join(
        f'<dc:{_ELEMENTS[name]} xmlns:dc="{_DC}">{escape(words)}</dc:{_ELEMENTS[name]}>'
        for name, words in texts.items()
        if name in _ELEMENTS
    )
    words = f"<title>{escape(texts.get('Title', ''))}</title><desc>{escape(texts.get('Source', ''))}</desc>"
    return f"{words}<metadata>{core}</metadata>"
