"""What numbers in words have in common: what stands before them, parts of one, and ends of a range."""

from typing import Final

_AHEAD: Final = 40  # letters before a number in which what it belongs to stands


def ahead(text: str, place: int) -> str:
    """Return the words right before a place, of a bounded length."""
    return text[max(0, place - _AHEAD) : place]


def decimal(number: str) -> str:
    """Return a number with a fraction, as ``2 1/4``, in decimals, to the tenth or hundredth; others as they are."""
    whole, _, part = number.rpartition(" ")
    top, _, bottom = part.partition("/")
    if not bottom:
        return number
    return f"{int(whole or 0) + int(top) / int(bottom):.{1 if reach(number) == 0 else 2}f}"


def reach(number: str) -> float:
    """Return how far a number with a fraction reaches: a tenth of the part; 0 where decimals say it, which round."""
    top, _, bottom = number.rpartition(" ")[2].partition("/")
    return 0.1 / int(bottom) if bottom and 10 * int(top) % int(bottom) else 0.0


def is_range(low: str, high: str) -> bool:
    """Return whether two numbers are ends of a range; "two to three hundred" may be short for two hundred."""
    first, last = float(low), float(high)
    return first < last and not (first < 10 and last >= 100)
