"""What a claim can come out as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from analysis.recomputations.figures import Message, Recomputation


class Outcome(StrEnum):
    """What a claim comes out as; the value is its code in tables, whatever language the page has."""

    HOLDS = "holds"
    REVISED = "held when printed"  # and was revised since
    SPLIT = "true on one basis"
    OTHERWISE = "true for another period"
    NOT = "figures disagree"
    UNTESTED = "cannot be tested"
    OPEN = "no verdict"  # no window was named, so many may be meant
    UNREAD = "not understood"


HOLDS: Final = Outcome.HOLDS
REVISED: Final = Outcome.REVISED
SPLIT: Final = Outcome.SPLIT
OTHERWISE: Final = Outcome.OTHERWISE
NOT: Final = Outcome.NOT
UNTESTED: Final = Outcome.UNTESTED
OPEN: Final = Outcome.OPEN
UNREAD: Final = Outcome.UNREAD
Row = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """One claim judged: the claim's own row, what it comes out as, why, and every recomputation of both.

    ``sentences`` say why, ``searched`` how much was searched, ``reading`` how a reader's words were
    read: all as data, in no language. ``elsewhere`` are recomputations of other windows that fit.
    """

    row: Row
    verdict: Outcome
    sentences: tuple[Message, ...]
    bases: tuple[Recomputation, ...] = ()
    elsewhere: tuple[Recomputation, ...] = ()
    searched: tuple[Message, ...] = ()
    reading: tuple[Message, ...] = ()

    def __getattr__(self, name: str) -> str:
        """Return a column of the claim's row as text, empty where it has none."""
        try:
            return str(self.__dict__["row"][name])
        except KeyError as error:
            raise AttributeError(name) from error
