"""What was read of a statement, and what a number of it measures."""

from dataclasses import dataclass
from typing import Final

from analysis.claims.parser.numbers import SIZES
from analysis.readings import Span
from analysis.recomputations.figures import Message, Months, PartOfYear

GROWTH: Final = "growth"
LEVEL: Final = "level"
SHARE: Final = "share"
RECORD: Final = "record"


@dataclass(frozen=True)
class Typed:
    """What was read of a reader's words.

    ``number`` keeps its printed digits with a point; ``unit`` is ``percent`` or scale and currency
    (``bn_usd``, ``bn_cny``, ``bn_`` where no currency was named). ``flow`` is seen from ``side``.
    ``base`` is the window that growth is over where it is not a year before. ``span`` are months
    ``YYYY-MM``; ``months`` a part of a year without one. ``slack`` is how far a number in words
    reaches, in points. ``whole`` is what a share is a part of, see ``vocabulary``. ``record``
    says that a record is claimed, ``bare`` that the number stands alone. ``missing`` says what
    could not be read, ``untold`` what customs data do not know. ``plain`` are the words as they were
    read: small letters, plain marks, and what was not English put into it.
    """

    words: str
    plain: str = ""
    number: str = ""
    measure: str = ""
    unit: str = ""
    bound: str = ""
    currency: str = ""
    flow: str = "total"
    side: str = "CHN"
    span: Span | None = None
    months: tuple[int, int] | None = None
    codes: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    base: Span | None = None
    slack: float = 0.0
    whole: str = ""
    by_weight: bool = False
    record: bool = False
    bare: bool = False
    missing: Message | None = None
    untold: Message | None = None

    @property
    def rate(self) -> bool:
        """Whether the number is in per cent: growth, or a share."""
        return self.unit == "percent"

    @property
    def scale(self) -> float:
        """Whole currency units in one unit of the number; a rate, which has none, is searched as it stands."""
        if self.rate:
            return 1e9
        return next((size for name, size in SIZES.items() if self.unit.startswith(name)), 1.0)

    @property
    def decimals(self) -> int:
        """How many decimals the number is printed with."""
        return len(self.number.partition(".")[2])


def named_months(span: Span | None, months: tuple[int, int] | None) -> Months | PartOfYear | None:
    """Return a window to be named, or a part of a year without its year; None for neither."""
    if span:
        return Months(*span)
    return PartOfYear(*months) if months else None
