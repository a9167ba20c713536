"""What a claim can come out as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from analysis.recomputations import Recomputation

HOLDS: Final = "holds"
REVISED: Final = "holds as printed then, revised since"
SPLIT: Final = "holds on one basis, not on another"
OTHERWISE: Final = "holds for another window"
NOT: Final = "does not follow"
UNTESTED: Final = "cannot be tested from customs data"
VERDICTS: Final = (HOLDS, REVISED, SPLIT, OTHERWISE, NOT, UNTESTED)
# no verdict: no window was named, so many may be meant; or what was typed could not be read
OPEN: Final = "no verdict"
UNREAD: Final = "not understood"
Row = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """One claim judged: the claim's own row, the verdict, a sentence, and every recomputation of both.

    ``searched`` says how many windows and figures were searched, where a search was made.
    """

    row: Row
    verdict: str
    sentence: str
    bases: tuple[Recomputation, ...] = ()
    found: tuple[Recomputation, ...] = ()
    searched: str = ""

    def __getattr__(self, name: str) -> str:
        """Return a column of the claim's row as text, empty where it has none."""
        try:
            return str(self.__dict__["row"][name])
        except KeyError as error:
            raise AttributeError(name) from error
