"""Which known layouts an unknown table was tried as, what each lacked, and what the nearest needs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from loaders.core import schema
from loaders.tables import file_words

_FEWEST: Final = 2
_NAMED: Final = 3
_SHOWN: Final = 3
_YEARS: Final = "a column a year"


@dataclass(frozen=True)
class LayoutNeeds:
    """A layout's name, the columns that it needs (others that will do after a bar), and flags that may be needed."""

    name: str
    needs: Sequence[str]
    flags: str = ""


LAYOUTS: Final = (
    *(LayoutNeeds(**layout) for layout in file_words.lists()["layouts"]),
    LayoutNeeds("this program's table", schema.COLUMNS),
)


def nearest(columns: Iterable[str]) -> str:
    """Say what each layout lacks in a header, and what the nearest needs: columns, and flags where it may need them."""
    header = list(columns)
    names = {_simple(column) for column in header}
    if any(re.fullmatch("(?:19|20)[0-9]{2}", column.strip()) for column in header):
        names.add(_simple(_YEARS))
    ranked = sorted(LAYOUTS, key=lambda layout: len(_lacks(layout, names)) / len(layout.needs))
    best = ranked[0]
    lacks = _lacks(best, names)
    near = len(best.needs) - len(lacks) >= _FEWEST
    tried = _tried(ranked[near:], names)
    if not near:
        return f"no layout is near: tried {tried}; README lists what is read"
    missing = " and ".join(" or ".join(need.split("|")[:_SHOWN]) for need in lacks)
    needs = f"which needs the column {missing}" if lacks else "and its cells do not fit it"
    flags = f"; it may need {best.flags} too" if best.flags else ""
    return f"nearest is {best.name}, {needs}{flags}; tried too: {tried}"


def _tried(layouts: Sequence[LayoutNeeds], names: set[str]) -> str:
    """Say what each layout lacks, those of which no column is there together at the end."""
    some = [layout for layout in layouts if len(_lacks(layout, names)) < len(layout.needs)]
    none = [layout.name for layout in layouts if layout not in some]
    parts = [f"{layout.name} (lacks {_short(layout, names)})" for layout in some]
    if none:
        parts.append(f"{', '.join(none)} (no column of theirs)")
    return ", ".join(parts)


def _short(layout: LayoutNeeds, names: set[str]) -> str:
    """Name what a layout lacks, or count it where it is much."""
    lacks = _lacks(layout, names)
    if len(lacks) > _NAMED:
        return f"{len(lacks)} of {len(layout.needs)} columns"
    return " and ".join(need.partition("|")[0] for need in lacks) or "other signs of it"


def _lacks(layout: LayoutNeeds, names: set[str]) -> list[str]:
    return [need for need in layout.needs if not any(_simple(name) in names for name in need.split("|"))]


def _simple(column: str) -> str:
    return re.sub(r"[\W_]", "", column).casefold()
