"""The bill for Russia's fuels by year on one count: its parts, what nobody prints, how far it may be off."""

from dataclasses import dataclass, field
from statistics import median
from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import definitions as energy
from analysis.measures.energy.counts import BACI, CHAPTER, CHINA, GAS, LPG, RUSSIA, WHO, by_year, prints
from analysis.measures.energy.figures import YearValue, added, combined, less

# Customs' own count is held for hard coal alone in most years: the sum keeps one definition over all of them.
HARD_COAL: Final = ("2701",)
ALL_COAL: Final = energy.FUELS["coal"]
COAL: Final = {CHINA: HARD_COAL, BACI: ALL_COAL, RUSSIA: HARD_COAL}
# The first pipeline, Power of Siberia, delivers since 2 December 2019: before, no gas came by pipe.
PIPE_SINCE: Final = 2019
LNG: Final = "271111"
PIPE: Final = "271121"


@dataclass(frozen=True)
class Bill:
    """A year's bill on one count.

    ``value`` is whole US$, None where a fuel is lacking: a part is never a bill. ``parts`` are whole US$ by fuel, as
    far as held; ``lacking`` names the fuels that nobody prints on this count. ``basis`` is a code of
    ``analysis.basis``, ``bases`` that of each part. ``rounding`` (whole US$) is how far rounding and lines not told
    apart may move the sum; ``revision`` (a share, 0.01 is one per cent) is how far customs usually moved a year's
    bill between its first and its newest print.
    """

    year: int
    who: str
    count: str
    value: float | None
    parts: dict[str, float]
    basis: str
    bases: dict[str, str] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    rounding: float = 0.0
    revision: float = 0.0

    @property
    def tolerance(self) -> float:
        """How far a figure of the day may lie from ``value`` and still be it: rounding and usual revision, US$."""
        return self.rounding + self.revision * (self.value or 0.0)


def bill_on(dataset: Dataset, year: int, who: str = CHINA, count: str = "four") -> Bill | None:
    """Return a year's energy bill on one count; None where that count holds nothing of the year.

    ``who`` is ``china`` (its customs: imports, CIF), ``baci`` (CEPII; merged to 2021, China's count from 2022) or
    ``russia`` (its customs: exports, FOB); ``count`` is a definition of ``energy.DEFINITIONS``. Two bills may be
    compared where their ``basis`` is the same text. Raises ValueError for another word.
    """
    if who not in WHO or count not in energy.DEFINITIONS:
        raise ValueError(f"no such count: {who}, {count}")
    fuels = of_year(dataset, year, who)
    if not fuels:
        return None
    parts = {fuel: fuels[fuel] for fuel in energy.DEFINITIONS[count] if fuel in fuels}
    missing = lacking(dataset, year, who, count)
    whole = added(list(parts.values())) if parts and not missing else None
    if count == "hs27" and whole is not None:
        whole = by_year(dataset, who)[year][CHAPTER]
    return Bill(
        year,
        who,
        count,
        whole.value if whole else None,
        {fuel: part.value for fuel, part in parts.items()},
        whole.basis if whole else combined(part.basis for part in parts.values()),
        {fuel: part.basis for fuel, part in parts.items()},
        missing,
        whole.rounding if whole else 0.0,
        usual_revision(dataset) if who == CHINA else 0.0,
    )


@per_dataset(256)
def of_year(dataset: Dataset, year: int, who: str) -> dict[str, YearValue]:
    """Return the fuels (``energy.PARTS``) of a year on a count, as far as held; ``rest`` is what they leave."""
    figures = by_year(dataset, who).get(year, {})
    fuels: dict[str, YearValue | None] = {
        "crude": figures.get("2709"),
        "coal": _together(figures, COAL[who]),
        "lng": figures.get(LNG),
        "pipeline_gas": figures.get(PIPE) or _piped(dataset, year, who),
        "electricity": figures.get("2716"),
    }
    fuels["oil_products"] = _products(figures, fuels)
    parts = {fuel: fuels[fuel] for fuel in energy.PARTS if fuels.get(fuel) is not None}
    whole = {fuel: part for fuel, part in parts.items() if part is not None}
    if CHAPTER in figures:
        left = less(figures[CHAPTER], list(whole.values())) if whole else figures[CHAPTER]
        whole |= {"rest": left} if left.value > 0 else {}
    return whole


def lacking(dataset: Dataset, year: int, who: str, count: str = "four") -> tuple[str, ...]:
    """Return the fuels of a definition that nobody prints for a year on a count; for all of HS 27, the chapter."""
    figures = by_year(dataset, who).get(year, {})
    if count == "hs27":
        return () if CHAPTER in figures else ("hs27",)
    parts = of_year(dataset, year, who)
    listed = any(figure.listed for figure in figures.values())
    nil = {"pipeline_gas"} if year <= PIPE_SINCE else set()
    nil |= {"electricity"} if listed else set()
    return tuple(fuel for fuel in energy.DEFINITIONS[count] if fuel not in parts and fuel not in nil)


def all_coal(dataset: Dataset, year: int, who: str) -> float | None:
    """Return hard coal, lignite, peat and coke (HS 2701 to 2704) of a year on a count, whole US$; None unless held."""
    part = _together(by_year(dataset, who).get(year, {}), ALL_COAL)
    return part.value if part else None


def _together(figures: dict[str, YearValue], codes: tuple[str, ...]) -> YearValue | None:
    """Sum codes of a year: all of them, or those of a list that is whole."""
    parts = [figures[code] for code in codes if code in figures]
    whole = len(parts) == len(codes) or (bool(parts) and all(part.listed for part in parts))
    return added(parts) if whole else None


def _piped(dataset: Dataset, year: int, who: str) -> YearValue | None:
    """Return gas by pipe as what LNG and LPG leave of heading 2711, where all of them are held."""
    figures = by_year(dataset, who).get(year, {})
    needed = (GAS, LNG, *LPG[:2])
    if year <= PIPE_SINCE or not all(code in figures for code in needed):
        return None
    parts = [figures[code] for code in (LNG, *LPG) if code in figures]
    left = less(figures[GAS], parts, unknown=sum(_most(dataset, who, code) for code in LPG if code not in figures))
    return left if left.value > 0 else None


def _most(dataset: Dataset, who: str, code: str) -> float:
    """Return the most that a code came to in any year of a count, whole US$."""
    return max((year[code].value for year in by_year(dataset, who).values() if code in year), default=0.0)


def _products(figures: dict[str, YearValue], fuels: dict[str, YearValue | None]) -> YearValue | None:
    """Return oil products: 2710, 2713 and LPG, the latter as printed or as what the gases leave of 2711."""
    oil = _together(figures, ("2710", "2713"))
    lines = [figures[code] for code in LPG if code in figures]
    if oil is None:
        return None
    if lines and all(line.listed for line in lines):
        return added([oil, *lines])
    gases = [part for part in (fuels["lng"], fuels["pipeline_gas"]) if part]
    if GAS not in figures or not gases or any(GAS in part.codes.split() for part in gases):
        return None
    return added([oil, less(figures[GAS], gases)])


@per_dataset(32)
def usual_revision(dataset: Dataset) -> float:
    """Return how far China's customs usually moved a year's four fuels from first to newest print (a share).

    The median over years.
    Fuels of which one print is held count as unmoved; only years whose crude has two prints count.
    """
    rows = prints(dataset, CHINA)
    moved = []
    for year, fuels in by_year(dataset, CHINA).items():
        now = {code: fuels[code].value for code in ("2709", *HARD_COAL, LNG, PIPE) if code in fuels}
        first = {code: _first(rows, year, code) for code in now}
        if first.get("2709") is not None:
            shift = sum(now[code] - value for code, value in first.items() if value is not None)
            moved.append(abs(shift) / sum(now.values()))
    return median(moved) if moved else 0.0


def _first(rows: pd.DataFrame, year: int, code: str) -> float | None:
    """Return the first dated print of a code where a later one is held."""
    own = rows[rows["year"].eq(year) & rows["code"].eq(code) & rows["released"].notna()]
    own = own.sort_values("released", kind="stable").drop_duplicates("released")
    return float(own["value"].iloc[0]) if len(own) > 1 else None
