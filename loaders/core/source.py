"""What a source is, and what a reader may have to add to a file."""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, Self

import pandas as pd

from loaders.core.source_records import Record, records

Kind = Literal["csv", "json", "xml", "html"]


class SourceError(ValueError):
    """A file or an answer that cannot be read: the message is one line, what, where, what to do."""


@dataclass(frozen=True)
class Hints:
    """What a file does not say of itself, given by the reader: flow, period, reporter (ISO 3166-1 alpha-3)."""

    flow: str | None = None
    period: str | None = None
    reporter: str | None = None


@dataclass(frozen=True)
class Download:
    """The whole answer to one call: its bytes, and where they came from (the URL without any key).

    ``fetched`` is the moment by this machine's clock, ``served`` by the service's own; ``kept``
    says that the service answered "not modified" and the bytes are those kept from last time;
    ``cut`` that the answer reached the call's ``cap``, so that none of it was taken.
    """

    name: str
    url: str
    content: bytes
    status: int
    fetched: pd.Timestamp
    served: pd.Timestamp | None = None
    etag: str = ""
    last_modified: str = ""
    kept: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Call:
    """One request that a source wants made.

    ``name`` says in a word what is asked and names the raw file. ``path`` goes below the source's
    base URL; the whole address of a link on the source's own page will do as well. An answer
    outside ``statuses`` is a failure. With ``parse`` false the answer only guides the next calls;
    ``cap`` is the number of rows at which the service cuts an answer short (such an answer is not
    taken, and the source asks for less); ``released`` dates rows whose answer does not date itself, by
    period (``2025`` or ``202412``);
    rows that end after ``until`` are left out; an ``extra`` is welcome where it is served, so that its
    lack is a remark and no failure; ``then`` tells a dry run what may follow.
    """

    name: str
    path: str
    kind: Kind
    headers: Mapping[str, str] = field(default_factory=dict)
    statuses: frozenset[int] = frozenset({200})
    parse: bool = True
    cap: int | None = None
    released: Mapping[str, pd.Timestamp] = field(default_factory=dict)
    until: pd.Timestamp | None = None
    extra: bool = False
    then: str = ""


@dataclass(frozen=True)
class KnownBefore:
    """What a source may look at to ask only for what is new.

    The rows held in the data dir, the day, whether a key is at hand, and for each call by its name
    the release whose answer was last taken in.
    """

    stored: pd.DataFrame
    today: pd.Timestamp
    keyed: bool = False
    taken: Mapping[str, str] = field(default_factory=dict)


Fetch = Callable[[KnownBefore], Generator[Call, "Download | None", None]]
"""Yields the calls to make, one by one, and is sent each answer: None in a dry run, or where the
call failed (which is then already reported). It opens no connection itself."""


@dataclass(frozen=True)
class Key:
    """Where a reader puts the key of a service, and the header that carries it there."""

    variable: str
    header: str


@dataclass(frozen=True)
class Parsed:
    """What a file or an answer held: the rows in scope, and everything that is not among them.

    ``table`` conforms. ``rows_read`` counts data rows; ``refused`` names each bad row in one line;
    ``left_out`` counts rows that are whole but not kept, by reason (``"partner FRA"``); ``notes``
    says in a line each what the reader must know (a flow taken from the file's name, a sum made).
    ``rates`` holds what is no trade row: exchange rates, in the columns of ``loaders.core.rates``.
    ``merged`` counts the rows read that stand in a row of the table together with another: repeated,
    or added up. Rows read are those stored, left out, refused and merged, none else.
    """

    table: pd.DataFrame
    rows_read: int
    refused: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rates: pd.DataFrame | None = None
    merged: int = 0


class Reduced(bytes):
    """The header of a huge file and those of its records that can be in scope.

    ``rows`` holds the number that each of them has in the file (the header is row 1): a parser
    that counts records asks :func:`loaders.tables.parsing.row_numbers`.
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


@dataclass(frozen=True, kw_only=True)
class Source(Record):
    """A record with how the bytes of its files become rows.

    A source that can be refreshed has ``base`` (scheme and host of its service) and ``fetch``;
    ``pause`` is the least number of seconds between two calls that the service asks for.
    """

    parse: Parse
    recognises: Callable[[bytes], bool] = never
    base: str = ""
    fetch: Fetch | None = None
    pause: float = 0.0
    key: Key | None = None

    @classmethod
    def of(cls, name: str, parse: Parse, **more: Any) -> Self:  # noqa: ANN401 (the fields above)
        """Return the source of the record of that name.

        Raises:
            KeyError: data/codes/sources.csv has no such line.
        """
        return cls(**vars(records()[name]), parse=parse, **more)
