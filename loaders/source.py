"""What a source is, and what a reader may have to add to a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd
    import requests


class SourceError(ValueError):
    """A file or an answer that cannot be read: the message is one line, what, where, what to do."""


@dataclass(frozen=True)
class Hints:
    """What a file does not say of itself: the flow and the period, given by the reader."""

    flow: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class Download:
    """Raw bytes of one request and where they came from (the URL without any key)."""

    name: str
    url: str
    content: bytes


@dataclass(frozen=True)
class Parsed:
    """What a file or an answer held: the rows in scope, and everything that is not among them.

    ``table`` conforms. ``rows_read`` counts data rows; ``refused`` names each bad row in one line;
    ``left_out`` counts rows that are whole but not kept, by reason (``"partner FRA"``); ``notes``
    says in a line each what the reader must know (a flow taken from the file's name, a sum made).
    """

    table: pd.DataFrame
    rows_read: int
    refused: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Reduced(bytes):
    """The header of a huge file and those of its records that can be in scope.

    ``rows`` holds the number that each of them has in the file (the header is row 1): a parser
    that counts records asks :func:`loaders.parsing.row_numbers`.
    """

    rows: list[int]

    def __new__(cls, records: Iterable[bytes], rows: list[int]) -> Self:
        """Join the records and keep their numbers."""
        made = super().__new__(cls, b"".join(records))
        made.rows = rows
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[bytes], list[int]]]:
        """Travel to another process with the row numbers."""
        return type(self), ((bytes(self),), self.rows)


class Parse(Protocol):
    """Bytes in, the one table out: no network, no clock, no disk but the code lists.

    Raises:
        SourceError: the bytes cannot be read as this source; the message says what, where, what to do.
    """

    def __call__(self, content: bytes, name: str, hints: Hints = ...) -> Parsed:
        """Return the rows of ``content``; ``name`` is the file's name, for messages and references."""
        ...


def never(head: bytes) -> bool:
    """Recognise nothing: for sources whose files nobody brings."""
    del head
    return False


@dataclass(frozen=True)
class Source:
    """A publisher's series: who made it, on what terms, and how its bytes become rows.

    ``brief`` is the name in a picture's source line, where the title would be too long.
    """

    name: str
    title: str
    publisher: str
    homepage: str
    licence: str
    cite: str
    coverage: str
    parse: Parse
    recognises: Callable[[bytes], bool] = never
    brief: str = ""
    fetch: Callable[[requests.Session], Iterable[Download]] | None = None
