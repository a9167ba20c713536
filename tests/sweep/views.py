"""The views to look at: each value of each word of an address, odd ones, and as many by chance as are asked for."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from analysis import selection

if TYPE_CHECKING:
    from collections.abc import Iterator

# every word that changes a picture, with what it may be
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "flow": selection.FLOWS[1:],
    "measure": selection.MEASURES[1:],
    "currency": selection.CURRENCIES[1:],
    "count": selection.COUNTS[1:],
    "basis": selection.BASES[1:],
    "events": selection.EVENTS[1:],
    "step": selection.STEPS[1:],
    "window": selection.WINDOWS[1:],
    "grain": selection.GRAINS[1:],
    "counted": selection.COUNTERS[1:],
    "list": selection.LISTS[1:],
    "prices": selection.PRICES[1:],
    "goods": selection.GOODS[1:],
    "against": selection.AGAINST[1:],
    "code": ("27", "84", "2709", "8471", "854231", "99", "0101"),
    "find": ("copper", "8471", "天然气", "лес", "машины", "nothing of the kind"),
    "claim": ("40.7% in the first half of 2023", "2023年上半年增长40.7%", "240 bn dollars in 2023", "?"),
    "asof": ("2023-07-01", "2015-06-30", "2024-03-31", "1999-01-01"),
    "start": ("2011", "2012", "2022", "2025-01", "2026-07", "2030"),
    "end": ("2012", "2016", "2021", "2023-06", "2026"),
}
ODD: Final = (
    "start=2025-01",
    "end=2016",
    "start=2023-06&end=2023-06",
    "start=2026-07&end=2026-07&flow=total",
    "start=2023-01&end=2023-01&measure=yoy",
    "start=2022-02&end=2022-03&measure=index",
    "start=2024&end=2024&grain=month",
    "start=2011&end=2011&currency=USD",
    "start=2011&currency=USD&events=on",
    "start=2021&end=2021&goods=printed",
    "start=2023&end=2019",
    "asof=2015-06-30&currency=CNY",
    "asof=1999-01-01",
    "asof=2023-07-01&currency=CNY&measure=sum12",
    "currency=CNY&goods=printed&code=27",
    "currency=USD&against=currencies&measure=share",
    "flow=sideways&start=99&measure=%00",
)


def all_values() -> Iterator[str]:
    """Yield a query for each value of each word by itself, the default one first, then the odd ones."""
    yield ""
    for word, values in WORDS.items():
        for value in values:
            yield urlencode({word: value})
    yield from ODD


def by_chance(seed: int, many: int) -> Iterator[str]:
    """Yield queries of two to six words each, the same for the same seed."""
    chance = Random(seed)  # noqa: S311 (views, no secrets)
    for _ in range(many):
        names = chance.sample(sorted(WORDS), chance.randint(2, 6))
        yield urlencode({name: chance.choice(WORDS[name]) for name in names})
