"""What is checked in an answer before anyone reads it: size, packing, kind; and what it says when it is an error.

Pure functions of headers and bytes; the connections are in ``http.py``.
"""

import email.utils
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final, Protocol

import pandas as pd

from loaders.core.source import Kind

BODY: Final = 100 * 2**20
BLOCK: Final = 2**16
_SWELL: Final = 200
_SMALL: Final = 10 * 2**20
_MARKUP: Final = "markup"
_NAMES: Final = {"csv": "CSV", "json": "JSON", "xml": "XML", "html": "a web page"}


class GuardError(ValueError):
    """An answer that is refused as it is: one clause that says why."""


class BrokenError(ValueError):
    """An answer that was damaged on its way: worth another try."""


class Raw(Protocol):
    """A body that can be read in blocks, not yet unpacked."""

    def read(self, amt: int, *, decode_content: bool) -> bytes:
        """Return up to ``amt`` bytes, none at the end."""
        ...


def read_body(raw: Raw, headers: Mapping[str, str], limit: int = BODY) -> bytes:
    """Read and unpack a body of at most ``limit`` bytes, never holding more than that.

    Raises:
        GuardError: the body is too large, swells too much, or is packed in a way not asked for.
        BrokenError: the packed body is damaged or ends early.
    """
    declared = headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise GuardError(f"announces {int(declared):,} bytes, more than the {limit:,} allowed")
    packing = headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise GuardError(f"is packed as {clean(packing)}, which was not asked for")
    blocks = iter(lambda: raw.read(BLOCK, decode_content=False), b"")
    if declared.isdecimal():
        blocks = _of_full_length(blocks, int(declared))
    gzipped = packing.endswith("gzip")
    body = _bounded(_unzipped(blocks) if gzipped else blocks, limit)
    has_end = declared.isdecimal() or gzipped or "chunked" in headers.get("Transfer-Encoding", "").lower()
    if not has_end and body[-1:].isdigit():
        raise BrokenError("tells no length and ends in a digit without a line end, so a number may be cut")
    return body


def _of_full_length(blocks: Iterator[bytes], declared: int) -> Iterator[bytes]:
    """Pass the blocks on; a body that ends before its announced length is cut, maybe inside a number."""
    size = 0
    for block in blocks:
        size += len(block)
        yield block
    if size < declared:
        raise BrokenError(f"ended after {size:,} of its announced {declared:,} bytes")


def _bounded(blocks: Iterator[bytes], limit: int) -> bytes:
    kept, size = [], 0
    for block in blocks:
        size += len(block)
        if size > limit:
            raise GuardError(f"is larger than the {limit:,} bytes allowed")
        kept.append(block)
    return b"".join(kept)


def _unzipped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip block by block, so that a bomb is seen before it has grown."""
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    packed = unpacked = 0
    for block in blocks:
        packed += len(block)
        rest = block
        while rest and not unpack.eof:
            try:
                out = unpack.decompress(rest, BLOCK)
            except zlib.error as error:
                raise BrokenError("is packed as gzip and damaged") from error
            unpacked += len(out)
            if unpacked > max(_SMALL, packed * _SWELL):
                raise GuardError(f"swells from {packed:,} to over {unpacked:,} bytes when unpacked")
            yield out
            rest = unpack.unconsumed_tail
    if not unpack.eof:
        raise BrokenError("is packed as gzip and ends early")


def misfit(kind: Kind, content_type: str, content: bytes) -> str | None:
    """Return why an answer is not of the kind asked for, by its content type and first bytes."""
    if not content.strip():
        return "is empty"
    declared, seen = _declared(content_type), _seen(content)
    if seen == _MARKUP and kind in ("xml", "html"):
        seen = kind
    for other in (seen, declared):
        if other not in (None, kind):
            return f"is {_NAMES.get(str(other), other)}, not {_NAMES[kind]}"
    if seen != kind:
        return f"does not look like {_NAMES[kind]}"
    return "ends in the middle of a row" if kind == "csv" and _torn(content) else None


def _torn(content: bytes) -> bool:
    """Return whether the last line of a CSV has no end and fewer cells than the first."""
    last = content[content.rfind(b"\n") + 1 :]
    return bool(last.strip()) and last.count(b",") < content.partition(b"\n")[0].count(b",")


def _declared(content_type: str) -> str | None:
    """Return the kind that a content type names, none where it names none of ours."""
    name = content_type.partition(";")[0].strip().lower()
    match = re.search(r"csv|json|html|xml", name)
    if match:
        return "html" if "xhtml" in name else match.group()
    return "a picture or an archive" if name.startswith(("image/", "video/", "application/zip")) else None


def _seen(content: bytes) -> str | None:
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    low = head.lower()
    if b"\0" in head:
        return "binary data"
    if low.startswith(b"<?xml") and b"<html" not in low:
        return "xml"
    if low.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head")):
        return "html"
    if low.startswith(b"<"):
        return _MARKUP
    if low.startswith((b"{", b"[")):
        return "json"
    return "csv" if b"," in low.partition(b"\n")[0] else None


def retry_after(headers: Mapping[str, str], now: pd.Timestamp) -> float | None:
    """Return how many seconds a service asks to wait; a date counts from the service's own clock."""
    asked = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", asked):
        return float(asked)
    when, here = moment(asked), moment(headers.get("Date", "")) or now
    return max(0.0, (when - here).total_seconds()) if when is not None else None


def moment(text: str) -> pd.Timestamp | None:
    """Return the moment that an HTTP date names, in universal time without a zone."""
    try:
        return pd.Timestamp(email.utils.parsedate_to_datetime(text)).tz_convert("UTC").tz_localize(None)
    except (TypeError, ValueError, OverflowError):
        return None


def clean(text: str, length: int = 160) -> str:
    """Return text from outside on one line: nothing that a terminal would obey, and not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= length else line[: length - 1] + "…"


def error_message(content: bytes) -> str:
    """Return what an error answer says of itself, in one short line, or nothing."""
    text = content[:BLOCK].decode("utf-8", "replace")
    try:
        words = _message(json.loads(text))
    except (ValueError, RecursionError):
        words = re.sub(r"(?s)<(style|script)\b.*?</\1>|<[^>]*>", " ", text)
    return clean(words)


def _message(answer: object) -> str:
    """Find the message in the shapes that the services use."""
    if isinstance(answer, list):
        return next((message for item in answer if (message := _message(item))), "")
    if not isinstance(answer, dict):
        return ""
    for name in ("message", "errorMessage", "error", "errorObject", "value"):
        inner = answer.get(name)
        if isinstance(inner, str) and inner:
            return inner
        if isinstance(inner, dict | list) and (message := _message(inner)):
            return message
    return ""
