"""How an answer travels: packed once, unpacked for the few that cannot read it, told apart by its content."""

import gzip
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final

from flask import Request, Response, request

FOREVER: Final = "public, max-age=31536000, immutable"  # a year: for what its address names by content
ASK_AGAIN: Final = "no-cache"  # kept by the browser, but asked for each time whether it still stands
ROOT: Final = "[[root]]"  # stands in a packed page for the address that it is asked under
_LEVEL: Final = 6  # above it packing takes three times as long for one part in a hundred


def pack(content: bytes) -> bytes:
    """Return the content under gzip; the same content always gives the same bytes."""
    return gzip.compress(content, _LEVEL, mtime=0)


def unpack(packed: bytes) -> bytes:
    """Return what :func:`pack` was given."""
    return gzip.decompress(packed)


def digest(content: bytes) -> str:
    """Return what tells one content from another, as 16 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:16]


def language_of(asked: Request, languages: Sequence[str]) -> str:
    """Return the language that the address names, else the one that the browser likes best, else the first."""
    named = asked.args.get("lang", "")
    return named if named in languages else asked.accept_languages.best_match(languages, languages[0])


def send_page(packed: bytes) -> Response:
    """Answer with the packed page, which names its own address and follows the languages that a browser likes."""
    answer = send(_addressed(packed, request.url_root), "text/html", ASK_AGAIN)
    answer.vary.add("Accept-Language")
    return answer


@lru_cache(16)
def _addressed(packed: bytes, root: str) -> bytes:
    return pack(unpack(packed).replace(ROOT.encode(), escape(root).encode()))


def send(packed: bytes, mimetype: str, caching: str | None = None) -> Response:
    """Answer with packed content as the request can take it; 304 where the browser holds the very same.

    ``caching`` is the Cache-Control of what may be kept; None for answers to questions, which no browser keeps.
    """
    can = request.accept_encodings["gzip"] > 0
    answer = Response(packed if can else unpack(packed), mimetype=mimetype)
    if can:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    if caching is not None:
        answer.headers["Cache-Control"] = caching
        answer.set_etag(digest(packed), weak=True)  # weak: it names the content, packed or not
        answer.make_conditional(request)
    return answer
