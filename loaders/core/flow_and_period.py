"""What a file does not say of itself: its flow and period, from the reader or from words in its name.

Nothing is guessed: a name that says two things, or none, is no answer.
"""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any, Final

import pandas as pd

from loaders.core import schema
from loaders.core.source import Hints, SourceError

Period = tuple[pd.Timestamp, pd.Timestamp]

_YEAR_LONG: Final = 12
_YEAR: Final = r"((?:19|20)\d\d)"
_MONTH: Final = r"(0?[1-9]|1[0-2])"
_TO: Final = r"\s*(?:\.\.|-|–|—|~|至|到|to)\s*"
# In a name six digits may be a commodity (200811 is ground-nuts); the query platform begins with 2015.
_NAMED_YEAR: Final = r"(?<!\d)(20(?:1[5-9]|[2-9]\d))"
_TWO: Final = r"(0[1-9]|1[0-2])"
# A day after the month makes it the date of a download, not a period.
_NO_DAY: Final = r"(?!\d|[-_.]\d\d(?!\d))"
_IN_NAMES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAMED_YEAR}[-_.]?{_TWO}{_TO}(20\d\d)[-_.]?{_TWO}{_NO_DAY}",
        rf"{_NAMED_YEAR}年{_MONTH}月?{_TO}()(0?[1-9]|1[0-2])月",
        rf"{_NAMED_YEAR}年{_MONTH}月()()",
        rf"{_NAMED_YEAR}[-_.]?{_TWO}()(){_NO_DAY}",
        rf"{_NAMED_YEAR}(?:年?全年|年度)()()()",
    )
)
_FLOW_WORDS: Final = {
    "import": "import",
    "imports": "import",
    "imp": "import",
    "export": "export",
    "exports": "export",
    "exp": "export",
    "进口": "import",
    "出口": "export",
}


def name_only(name: str) -> str:
    """Return the last part of a path, without its ending and with full-width characters made plain."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return unicodedata.normalize("NFKC", re.sub(r"(\.(csv|txt|html?|xlsx?|zip|gz))+$", "", last, flags=re.IGNORECASE))


def months(first: tuple[int, int], last: tuple[int, int]) -> Period:
    """Return the period from one (year, month) to another.

    Raises:
        ValueError: a month that does not exist, or not 1 to 12 months in order.
    """
    start, end = (pd.Timestamp(year=year, month=month, day=1) for year, month in (first, last))
    if not 1 <= (end.year - start.year) * 12 + end.month - start.month + 1 <= _YEAR_LONG:
        raise ValueError("not a period of 1 to 12 months")
    return start, end


def period(text: str) -> Period:
    """Read ``2024-03``, ``202403``, ``2024年3月``, ``2024-01..2024-12`` or ``2024``.

    Raises:
        ValueError: the text is none of these.
    """
    one = rf"{_YEAR}(?:[-/.年](?=\d)|(?=\d\d)){_MONTH}月?"
    text = text.strip()
    if match := re.fullmatch(rf"{_YEAR}年?", text):
        return months((int(match[1]), 1), (int(match[1]), 12))
    if match := re.fullmatch(one, text):
        return months((int(match[1]), int(match[2])), (int(match[1]), int(match[2])))
    if match := re.fullmatch(rf"{one}{_TO}{one}", text):
        return months((int(match[1]), int(match[2])), (int(match[3]), int(match[4])))
    raise ValueError("not a period")


def written(span: Period) -> str:
    """Return a period as readers write it: ``2024-03`` or ``2024-01..2024-12``."""
    first, last = (f"{moment:%Y-%m}" for moment in span)
    return first if first == last else f"{first}..{last}"


def flow_of(name: str, hints: Hints) -> tuple[str, str]:
    """Return the flow and a note on where it was taken from: the reader, else a word of the file's name.

    Raises:
        SourceError: neither says it, or the name says both.
    """
    words = _flow_words(name_only(name))
    flows = {_FLOW_WORDS.get(word, word) for word in words}
    if hints.flow is not None:
        if hints.flow not in schema.FLOWS:
            raise SourceError(f"{name}: --flow {hints.flow} is none of {', '.join(schema.FLOWS)}")
        against = f", against the word {min(words)!r} in the file's name" if flows and hints.flow not in flows else ""
        return hints.flow, f"flow {hints.flow}: as given with --flow{against}"
    if len(flows) > 1:
        raise SourceError(f"{name}: its name says import and export; say which with --flow import or --flow export")
    if not flows:
        raise SourceError(
            f"{name}: does not say whether it holds imports or exports; say it with --flow import or --flow export"
        )
    flow = flows.pop()
    return flow, f"flow {flow}: from the word {min(words)!r} in the file's name"


def _flow_words(stem: str) -> set[str]:
    """Words of a flow that stand alone in a file's name; ``2024in`` and ``2024out`` are such names."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", stem)
    words = {part.casefold() for part in parts} & set(_FLOW_WORDS)
    if "进出口" in stem:
        words |= {"进口", "出口"}
    words |= {word for word in ("进口", "出口") if word in stem.replace("进出口", "")}
    if match := re.fullmatch(r"\d{4}(in|out)", stem):
        words |= {"import" if match[1] == "in" else "export"}
    return words


def period_of(name: str, hints: Hints) -> tuple[Period, str]:
    """Return the period and a note on where it was taken from: the reader, else the file's name.

    A bare year in a name is no period: the query may have covered less.

    Raises:
        SourceError: neither says it, the text is no period, or the name says two.
    """
    if hints.period is not None:
        try:
            span = period(hints.period)
        except ValueError:
            raise SourceError(
                f"{name}: --period {hints.period} is no period of 1 to 12 months; write 2024-03 or 2024-01..2024-12"
            ) from None
        return span, f"period {written(span)}: as given with --period"
    spans = _named_periods(name_only(name))
    if len(spans) > 1:
        both = " and ".join(sorted(map(written, spans)))
        raise SourceError(f"{name}: its name says {both}; say which with --period")
    if not spans:
        raise SourceError(f"{name}: does not say its period; say it with --period 2024-03, 2024-01..2024-12 or 2024")
    span = spans.pop()
    return span, f"period {written(span)}: from the file's name"


def flow_and_period(name: str, hints: Hints, *, flow: bool, period: bool) -> tuple[str, Period | None, list[str]]:
    """Return the flow and the period that the file does not say, those of them that are wanted, and notes on both.

    Raises:
        SourceError: one of them is said nowhere; where both are, the one line says so of both.
    """
    lacks: list[str] = []
    notes: list[str] = []
    named: dict[str, Any] = {"flow": "", "period": None}
    for what, wanted, reading in (("flow", flow, flow_of), ("period", period, period_of)):
        try:
            if wanted:
                named[what], note = reading(name, hints)
                notes.append(note)
        except SourceError as error:
            lacks.append(str(error).removeprefix(f"{name}: "))
    if lacks:
        raise SourceError(f"{name}: {'; and it '.join(lacks)}")
    return named["flow"], named["period"], notes


def _named_periods(stem: str) -> set[Period]:
    periods: set[Period] = set()
    for pattern in _IN_NAMES:
        for match in pattern.finditer(stem):
            year, month, last_year, last = (int(part) if part else 0 for part in match.groups())
            first = (year, month or 1)
            end = (last_year or year, last or month or 12)
            try:
                periods.add(months(first, end))
            except ValueError:
                continue
        stem = pattern.sub(" ", stem)
    return periods
