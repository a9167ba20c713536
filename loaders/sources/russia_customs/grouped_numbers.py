"""Printed numbers whose groups and decimals the column itself must tell: is 68,030 sixty-eight or thousands?"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_BLANKS: Final = "  \u202f\u2009"
_NUMBER: Final = re.compile(rf"[+-]?[0-9]+(?:[.,'’{_BLANKS}][0-9]+)*")
_PART: Final = re.compile(rf"([.,'’{_BLANKS}])([0-9]+)")
_ONE: Final = dict.fromkeys(_BLANKS, " ") | {"’": "'"}
DOUBTFUL: Final = "?"


def plain(cells: Sequence[str], beside: Iterable[str] = ()) -> list[str]:
    """Return the cells of one column without groups and with a point for decimals.

    Which mark groups and which one begins the decimals is told by cells that can be read in one way
    only: ``1,234,567``, ``1.234,5``, ``0,5``. Where the column tells nothing, the cells ``beside``
    it do. A number that could still be read in two ways, or against its column, comes back with
    ``DOUBTFUL`` behind it, so that no reader of numbers takes it; what is no number is unchanged.
    """
    texts = [cell.strip() for cell in cells]
    own = _marks(texts)
    others = own if own != (set(), set()) else _marks([cell.strip() for cell in beside])
    return [_plain(text, *others) for text in texts]


def _parts(text: str) -> list[tuple[str, str]]:
    """Return each mark of a number with the digits after it."""
    return [(_ONE.get(mark, mark), digits) for mark, digits in _PART.findall(text)]


def _marks(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the marks that surely group thousands, and those that surely begin decimals."""
    groups: set[str] = set()
    points: set[str] = set()
    for text in texts:
        parts = _parts(text) if _NUMBER.fullmatch(text) else []
        if not parts:
            continue
        last, digits = parts[-1]
        several = len({mark for mark, _ in parts}) > 1
        groups |= {mark for mark, _ in parts[:-1]} | ({last} if _many(parts) or last in " '" else set())
        if several or (len(parts) == 1 and last in ".," and (len(digits) != 3 or _long(text))):
            points.add(last)
    return groups, points


def _many(parts: list[tuple[str, str]]) -> bool:
    return len(parts) > 1 and len({mark for mark, _ in parts}) == 1


def _long(text: str) -> bool:
    """Return whether the digits before the first mark are no group: none, a leading zero, or more than three."""
    whole = re.match(r"[+-]?([0-9]*)", text)
    first = whole[1] if whole else ""
    return len(first) > 3 or first.startswith("0")


def _plain(text: str, groups: set[str], points: set[str]) -> str:
    parts = _parts(text) if _NUMBER.fullmatch(text) else []
    if not parts:
        return text
    if groups & points or len(groups) > 1 or len(points) > 1:
        return text + DOUBTFUL
    *before, (last, digits) = parts
    decimals = last in points or (last in ".," and last not in groups and (len(digits) != 3 or _long(text)))
    grouping = before if decimals else parts
    whole = text[: -len(digits) - 1] if decimals else text
    if (not decimals and last not in groups) or not _fits(whole, grouping, groups):
        return text + DOUBTFUL
    joined = re.sub(r"[^0-9+-]", "", whole)
    return f"{joined}.{digits}" if decimals else joined


def _fits(whole: str, grouping: list[tuple[str, str]], groups: set[str]) -> bool:
    """Return whether the whole part is grouped by threes with the column's mark, or not at all."""
    if not grouping:
        return True
    first = re.match(r"[+-]?([0-9]+)", whole)
    return (
        first is not None
        and len(first[1]) <= 3
        and {mark for mark, _ in grouping} <= groups
        and all(len(digits) == 3 for _, digits in grouping)
    )
