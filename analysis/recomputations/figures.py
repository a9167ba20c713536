"""A recomputed figure and all that is told of it, as data in no language: kind, basis, steps, what it rests on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

import pandas as pd
from pandas._libs.tslibs.nattype import NaTType

from analysis.basis import Basis, Print
from analysis.readings import Span


class Kind(StrEnum):
    """What a recomputation is, whatever it is called."""

    NOW = "now"  # customs' months as UN Comtrade holds them
    FIRST = "first"  # the first print of a window
    LATER = "later"  # another print of it
    RATE = "rate"  # a rate as printed
    TABLE = "table"  # customs' own table in yuan
    DIFFERENCE = "difference"  # of two years to date
    IMF = "imf"
    OWN = "own"  # goods as China's customs count them
    PRINT = "print"  # goods as a paper printed them
    MERGED = "merged"  # BACI
    MIRROR = "mirror"  # the other side's report
    PART = "part"  # the other's part in a country's trade
    ORIGIN = "origin"  # Russia's part in what China imports of goods


PERCENT: Final = "percent y/y"
BN_USD: Final = "bn_usd"
BN_CNY: Final = "bn_cny"
MLN_USD: Final = "mln_usd"
BY_WEIGHT: Final = "percent of imports, by weight"
SHARES: Final = ("percent of exports", "percent of imports", "percent of trade", BY_WEIGHT)
# vintages that are no day: what is published now, and what nobody dated
NOW_PUBLISHED: Final = "now"
UNDATED: Final = "undated"


@dataclass(frozen=True)
class Rest:
    """The reported values that a recomputation rests on: whose, of what, in whole units.

    ``before`` is the value a year earlier, of ``before_source``, where the figure is a rate.
    """

    value: float
    flow: str
    span: Span
    codes: tuple[str, ...] = ("TOTAL",)
    before: float | None = None
    reporter: str = "CHN"
    before_source: str = ""


class Months(NamedTuple):
    """A window to be named, months ``YYYY-MM``."""

    first: str
    last: str


class Amount(NamedTuple):
    """Money in whole units, to be written with so many ``decimals`` of a billion, or of a million where ``small``."""

    value: float
    currency: str = "USD"
    decimals: int = 2
    small: bool = False


class Rate(NamedTuple):
    """A change in per cent, to be written with its sign; a share, or how far apart, without."""

    percent: float
    decimals: int = 1
    signed: bool = True


class PlainNumber(NamedTuple):
    """A number without a unit."""

    value: float
    decimals: int = 0
    signed: bool = False


class Quoted(NamedTuple):
    """A number with the digits it was quoted with: ``unit`` as of a claim; ``slack`` where it was said in a word."""

    digits: str
    unit: str = ""
    slack: float = 0.0


class Trade(NamedTuple):
    """A flow between the two as ``side`` sees it, of the goods of ``codes``; of all goods without."""

    flow: str
    side: str
    codes: tuple[str, ...] = ()


class PartOfYear(NamedTuple):
    """Months whose year is not known, by their first and last number."""

    first: int
    last: int


class Translated(NamedTuple):
    """A text of the claims table: ``pattern`` is the key of its texts in the catalogue, if it is there, by ``id``."""

    pattern: str
    id: str
    original: str


class Goods(NamedTuple):
    """Goods by their codes of the Harmonized System."""

    codes: tuple[str, ...]


Value: TypeAlias = (
    "str | Months | PartOfYear | Amount | Rate | PlainNumber | Quoted | Trade | Goods | Translated | How | Message"
    " | tuple[Message, ...] | tuple[Recomputation, ...]"
)


@dataclass(frozen=True)
class Message:
    """A sentence as data: the key of its text and the values of its places; ``count`` chooses a plural."""

    key: str
    places: tuple[tuple[str, Value], ...] = ()
    count: int | None = None


def message(key: str, count: int | None = None, /, **places: Value) -> Message:
    """Return a sentence as data."""
    return Message(key, tuple(places.items()), count)


@dataclass(frozen=True)
class Recomputation:
    """One recomputation: its figure, the steps taken, what it was computed from and on which basis.

    ``basis`` is that of the figure or of the upper figure of a rate, ``base`` that of the lower; a
    rate has two equal ones. ``tolerance`` is how far from the figure, in its own unit, a number
    may lie that still agrees with it; empty where nothing was judged by it. ``vintage`` is a day
    ``YYYY-MM-DD``, ``NOW_PUBLISHED`` or ``UNDATED``; ``counter`` whose report a mirror or a part is.
    """

    kind: Kind
    figure: float
    unit: str
    span: Span
    source: str
    vintage: str
    steps: Message
    currency: str = "USD"
    rests: Rest | None = None
    basis: Basis | None = None
    base: Basis | None = None
    tolerance: float | None = None
    goods: tuple[str, ...] = ()
    counter: str = ""
    flow: str = ""  # named where a search met it in another flow than the one asked for

    @property
    def printed(self) -> bool:
        """Whether the figure stands in print as it is, a rate or a value of the day."""
        return self.basis is not None and self.basis.print is Print.FIRST and self.vintage != NOW_PUBLISHED

    @property
    def code(self) -> str:
        """What it is, in one word that no language changes: kind, currency, whose report, goods."""
        goods = "_".join(self.goods) if self.goods != ("",) else ""
        return "-".join(filter(None, (self.kind.value, self.currency, self.counter, goods, self.flow)))


class How(NamedTuple):
    """What a recomputation rests on, to be named without its figure."""

    one: Recomputation


def year_before(span: Span) -> Span:
    """Return the same months one year earlier."""
    start, end = (f"{int(month[:4]) - 1}{month[4:]}" for month in span)
    return start, end


def dated(released: pd.Timestamp | NaTType | None, otherwise: str = NOW_PUBLISHED) -> str:
    """Return a day of release as ``YYYY-MM-DD``, ``otherwise`` where there is none."""
    return otherwise if released is None or pd.isna(released) else f"{released:%Y-%m-%d}"


def half_digit(number: str) -> float:
    """Return half a unit of the last digit of a number as quoted."""
    return 0.5 * 10.0 ** -len(number.partition(".")[2])


def matches(figure: float, quoted: str) -> bool:
    """Return whether ``figure`` rounds to the quoted number at the decimals it is quoted with."""
    return abs(figure - float(quoted)) <= half_digit(quoted) + 1e-9
