"""What a claim can come out as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from analysis.bases import Basis

HOLDS: Final = "holds"
OTHERWISE: Final = "holds for another window"
NOT: Final = "does not follow"
UNTESTED: Final = "cannot be tested from customs data"
VERDICTS: Final = (HOLDS, OTHERWISE, NOT, UNTESTED)
# what was typed could not be read: no verdict on it
UNREAD: Final = "not understood"
Row = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """One claim judged: the claim's own row, the verdict, a sentence, and every basis of both.

    ``searched`` says how many windows and figures were searched, where a search was made.
    """

    row: Row
    verdict: str
    sentence: str
    bases: tuple[Basis, ...] = ()
    found: tuple[Basis, ...] = ()
    searched: str = ""

    def __getattr__(self, name: str) -> str:
        """Return a column of the claim's row as text, empty where it has none."""
        try:
            return str(self.__dict__["row"][name])
        except KeyError as error:
            raise AttributeError(name) from error
