"""What the Harmonized System of 2022 did to the codes of 2017: which groups of codes it left whole.

The table ``hs_changes`` holds the pairs of the UN's correlation: a code of 2017, a code of 2022 that
took some of its goods, and the kind of change. Codes that are in no pair go over as they are. A pair
of the kind ``sliver`` stands for what a new heading took a little of out of hundreds of codes (waste,
display modules, transducers): it joins no groups, and is said. Of a chapter that is not ``listed`` the table holds
some pairs only, so nothing is said to close there; a table without such rows holds all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset

CHANGED: Final = pd.Timestamp(2022, 1, 1)
SAME: Final = "same"
SLIVER: Final = "sliver"
LISTED: Final = "listed"
ANY: Final = "HS"  # the edition of a code that every edition gives the same goods
EDITIONS: Final = ("HS2017", "HS2022")


@dataclass(frozen=True)
class Group:
    """Codes of 2017 (``before``) that hold the same goods as codes of 2022 (``after``), no fewer of either would.

    ``kind`` is same, moved, split, merged, regrouped or thinned (a code that kept its number and lost what it was).
    """

    before: frozenset[str]
    after: frozenset[str]
    kind: str = SAME
    reason: str = ""


@dataclass(frozen=True)
class _Groups:
    before: Mapping[str, Group]
    after: Mapping[str, Group]


@per_dataset(8)
def _groups(dataset: Dataset) -> _Groups:
    table = dataset.side("hs_changes")
    if table.empty:
        return _Groups({}, {})
    pairs = table[~table["kind"].isin([SLIVER, LISTED])].fillna("")
    groups = [_group(pairs, codes) for codes in _joined(zip(pairs["hs2017"], pairs["hs2022"], strict=True))]
    return _Groups(
        {code: one for one in groups for code in one.before}, {code: one for one in groups for code in one.after}
    )


def _joined(pairs: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """Return the codes of 2017 of each group: those that share a code of 2022, over any number of steps."""
    takers: dict[str, set[str]] = defaultdict(set)
    for old, new in pairs:
        takers[new].add(old)
    whole: list[set[str]] = []
    for givers in takers.values():
        met = [one for one in whole if one & givers]
        whole = [one for one in whole if not one & givers] + [set(givers).union(*met)]
    return [frozenset(one) for one in whole]


def _group(pairs: pd.DataFrame, codes: frozenset[str]) -> Group:
    own = pairs[pairs["hs2017"].isin(list(codes))]
    reasons = list(dict.fromkeys(text for text in own["reason"] if text))
    return Group(codes, frozenset(own["hs2022"]), str(own["kind"].iloc[0]), "; ".join(reasons))


def of_2017(dataset: Dataset, code: str) -> Group:
    """Return the group of a six-digit code of 2017."""
    return _groups(dataset).before.get(code, Group(frozenset([code]), frozenset([code])))


def of_2022(dataset: Dataset, code: str) -> Group:
    """Return the group of a six-digit code of 2022."""
    return _groups(dataset).after.get(code, Group(frozenset([code]), frozenset([code])))


@per_dataset(256)
def crossing(dataset: Dataset, codes: tuple[str, ...]) -> tuple[Group, ...]:
    """Return the groups that hold goods both of ``codes`` (or beginnings of codes) and of others: none if it closes."""
    crossed = []
    for group in dict.fromkeys(_groups(dataset).before.values()):
        inside = {code.startswith(codes) for code in group.before | group.after}
        if inside == {True, False}:
            crossed.append(group)
    return tuple(crossed)


def closes(dataset: Dataset, *codes: str) -> bool:
    """Return whether a chapter, a heading, a code or several together hold the same goods in both editions."""
    table = dataset.side("hs_changes")
    listed = tuple(table.loc[table["kind"].eq(LISTED), "hs2017"]) if len(table) else ()
    known = not listed or all(code.startswith(listed) for code in codes if code.isdecimal())
    return known and not crossing(dataset, codes)


def edition(dataset: Dataset, code: str, classification: str) -> str:
    """Return the edition that a figure's basis names: ``HS`` where 2017 and 2022 give the code the same goods."""
    whole = classification in EDITIONS and code.isdecimal() and closes(dataset, code)
    return ANY if whole else classification


def apart(start: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Return whether the change of edition lies between two periods."""
    return start < CHANGED <= end
