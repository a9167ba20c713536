"""A value with its basis: sums and differences that know what they rest on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd
from pandas._libs.tslibs.nattype import NaTType

from analysis.basis import Basis, Making, Print
from analysis.source_names import joined


@dataclass(frozen=True)
class YearValue:
    """One year's value of some codes: whole US$, its basis (a code of ``analysis.basis``) and where it was read.

    ``rounding`` is how far the value may be off by rounding, and by lines that could not be told apart, whole US$;
    ``listed`` says that it comes from a list of the year that is whole: what the list lacks was not traded.
    """

    value: float
    codes: str
    basis: str
    valuation: str
    status: str
    source: str
    released: pd.Timestamp | NaTType
    reference: str
    rounding: float = 0.0
    listed: bool = False


def combined(codes: Iterable[str]) -> str:
    """Return the code of what rests on all of these bases: the one that they share, else each word that they bring.

    What mixes bases is computed or merged, so that its code is never that of a single print.
    """
    bases = [Basis.read(code) for code in dict.fromkeys(codes)]
    if len(bases) < 2:
        return str(bases[0]) if bases else ""
    counted = sorted({who for one in bases for who in one.counted_by.split("+")})
    valuations = {one.valuation for one in bases}
    merged = any(one.making is Making.MERGED for one in bases)
    return str(
        replace(
            bases[0],
            counted_by="+".join(counted),
            valuation=bases[0].valuation if len(valuations) == 1 else "FOB+CIF",
            print=Print.FIRST if any(one.print is Print.FIRST for one in bases) else Print.NOW,
            making=Making.MERGED if merged else Making.COMPUTED,
        )
    )


def added(parts: list[YearValue]) -> YearValue:
    """Return the sum of figures; codes, sources and references joined."""
    first, *rest = parts
    if not rest:
        return first
    days = [part.released for part in parts if pd.notna(part.released)]
    return replace(
        first,
        value=sum(part.value for part in parts),
        codes=" ".join(part.codes for part in parts),
        basis=combined(part.basis for part in parts),
        valuation=_one([part.valuation for part in parts]),
        status=_weakest(parts),
        source=joined(*(part.source for part in parts)),
        released=max(days) if days else pd.NaT,
        reference=f"sum of {len(parts)}: " + " ; ".join(dict.fromkeys(part.reference for part in parts)),
        rounding=sum(part.rounding for part in parts),
        listed=all(part.listed for part in parts),
    )


def less(whole: YearValue, parts: list[YearValue], unknown: float = 0.0) -> YearValue:
    """Return what parts leave of a whole, marked as derived; ``unknown`` is what lines not told apart may hold."""
    both = added([whole, *parts])
    made = replace(Basis.read(both.basis), making=Making.COMPUTED)
    return replace(
        both,
        value=whole.value - sum(part.value for part in parts),
        codes=f"{whole.codes} less {' '.join(part.codes for part in parts)}",
        basis=str(made),
        status="derived",
        reference=f"{whole.codes} less {', '.join(part.codes for part in parts)}: "
        + " ; ".join(dict.fromkeys(part.reference for part in (whole, *parts))),
        rounding=both.rounding + unknown,
        listed=False,
    )


def _one(words: list[str]) -> str:
    return words[0] if len(set(words)) == 1 else "unknown"


def _weakest(parts: list[YearValue]) -> str:
    statuses = {part.status for part in parts}
    return next((status for status in ("estimated", "preliminary", "derived") if status in statuses), "final")
