"""Words and numbers for people: formats, and how wide a text will be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"
UNITS: Final = {"USD": "US$", "CNY": "yuan"}
CURRENCIES: Final = {"CNY": "yuan", "USD": "US dollars"}  # written out
# Advance widths of Helvetica, which Arial and Liberation Sans share, in thousandths of the size;
# what is not named here is 556, as most small letters and all digits are.
_USUAL: Final = 556
_WIDTHS: Final = dict.fromkeys("abdeghnopqu0123456789", _USUAL) | {
    letter: advance
    for letters, advance in (
        ("ijl'’‘", 222),
        (" \u00a0!,./:;I[]ft|·", 278),
        ("()-r“”", 333),
        ("cksvxyz", 500),
        ("+<>=~−", 584),
        ("FTZ", 611),
        ("ABEKPSVXY&", 667),
        ("CDHNRUw", 722),
        ("GOQ", 778),
        ("Mm", 833),
        ("%", 889),
        ("W", 944),
        ("→", 1000),
        ("@—…", 1015),
    )
    for letter in letters
}
_BOLD: Final = 1.065


def plain(typed: str) -> str:
    """Return what a reader typed with signs that a picture does not take for markup."""
    return " ".join(typed.split()).translate(str.maketrans("<>", "‹›"))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the width of ``text`` in pixels, CJK counts a full square."""
    return _advance(text) * size / 1000 * (_BOLD if bold else 1)


def _advance(text: str) -> int:
    """Return the width of ``text`` in thousandths of its size."""
    widths = [_WIDTHS.get(letter, 0) for letter in text]
    total = sum(widths)
    if 0 in widths:  # letters that are not named above
        total += sum(1000 if ord(c) > 0x2E7F else _USUAL for c, known in zip(text, widths, strict=True) if not known)
    return total


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break ``text`` at spaces into lines no wider than ``room`` pixels."""
    lines: list[str] = []
    wide = 0  # thousandths of the size that the last line takes
    for word in text.split(" "):
        own = _advance(word)
        longer = wide + _WIDTHS[" "] + own
        if lines and longer * size / 1000 * (_BOLD if bold else 1) <= room:
            lines[-1], wide = f"{lines[-1]} {word}", longer
        else:
            lines.append(word)
            wide = own
    return lines


def number(value: float, decimals: int = 1) -> str:
    """Format with grouping commas and a true minus: 1,099.9 and −94.2."""
    return f"{value:,.{decimals}f}".replace("-", MINUS) if f"{value:.{decimals}f}" != "-0.0" else "0.0"


def signed(value: float, decimals: int = 1) -> str:
    """Format with its sign: +21.7 and −3.5."""
    return f"{value:+,.{decimals}f}".replace("-", MINUS)


def percent(value: float, decimals: int = 1) -> str:
    """Format a change in per cent with its sign; a missing one as an en dash."""
    return "–" if pd.isna(value) else f"{signed(value, decimals)}%"


def bn(value: float, decimals: int = 1) -> str:
    """Format whole units as billions, without the unit."""
    return number(value / 1e9, decimals)


def money(value: float, currency: str, decimals: int = 1) -> str:
    """Format whole units as billions with the unit: 1,099.9 bn yuan, US$ 114.9 bn."""
    figure = bn(value, decimals)
    if currency == "USD":
        return f"US${NBSP}{figure}{NBSP}bn"
    return f"{figure}{NBSP}bn{NBSP}{UNITS.get(currency, currency)}"


def unit_bn(currency: str) -> str:
    """Name billions of a currency: ``bn yuan``, ``US$ bn``."""
    return "US$ bn" if currency == "USD" else f"bn {UNITS.get(currency, currency)}"


def month(day: pd.Timestamp) -> str:
    """Name a month in full: July 2026."""
    return f"{day:%B %Y}"


def span(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Name a span of months in full: January–July 2026, January 2019 to July 2026."""
    if start == end:
        return month(start)
    return f"{start:%B}–{end:%B %Y}" if start.year == end.year else f"{month(start)} to {month(end)}"


def years(first: int, last: int) -> str:
    """Name a span of years: 2019–2026, or the one year."""
    return str(first) if first == last else f"{first}–{last}"


def listed(parts: Iterable[str]) -> str:
    """Join words: a, b and c."""
    words = list(parts)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def release_day(moment: pd.Timestamp) -> str:
    """Write a day of release: 7 Jun 2023; the last of a month stands for a day in it that is not known: by 31 Aug."""
    return f"{'by ' if moment.is_month_end else ''}{moment.day} {moment:%b %Y}"
