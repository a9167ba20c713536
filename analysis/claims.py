"""Claims: the article's figures, computed again on every basis at hand, and judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import energy
from analysis.windows import Window, period_name, total_window
from loaders import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.book import Book

HOLDS: Final = "holds"
OTHERWISE: Final = "holds for another window"
NOT: Final = "does not follow"
UNTESTED: Final = "cannot be tested from customs data"
VERDICTS: Final = (HOLDS, OTHERWISE, NOT, UNTESTED)
FIRST_PRINT_DAYS: Final = 75  # a print within this many days of the window's end is one of the day


@dataclass(frozen=True)
class Basis:
    """One recomputation: what it rests on, its figure, and the steps taken."""

    label: str
    figure: float
    unit: str
    window: str
    source: str
    vintage: str
    steps: str


@dataclass(frozen=True)
class Verdict:
    """One claim judged."""

    id: str
    quoted: str
    says: str
    value: str
    unit: str
    scope: str
    verdict: str
    sentence: str
    bases: tuple[Basis, ...] = ()
    found: tuple[Basis, ...] = field(default=())


@lru_cache(maxsize=4)
def judge(book: Book) -> tuple[Verdict, ...]:
    """Return a verdict for each row of the claims table, in its order."""
    claims = book.side("claims")
    rows = (row for _, row in claims.iterrows()) if len(claims) else iter(())
    return tuple(_TESTS.get(str(row["id"]), _untestable)(book, row) for row in rows)


def matches(figure: float, quoted: float, text: str) -> bool:
    """Return whether ``figure`` rounds to the quoted number at the decimals it was quoted with."""
    decimals = len(text.partition(".")[2])
    return abs(figure - quoted) <= 0.5 * 10**-decimals + 1e-9


def basis_now(book: Book, flow: str, start: str, end: str) -> Window | None:
    """Return the window as now published: monthly customs totals of UN Comtrade."""
    rows = book.pair_totals
    return total_window(rows[rows["source"].eq("comtrade") & rows["currency"].eq("USD")], flow, start, end)


def basis_then(book: Book, flow: str, start: str, end: str) -> Window | None:
    """Return the window as first printed in the press: the earliest dated print of that very window."""
    rows = book.trade
    first, last = pd.Timestamp(f"{start}-01"), pd.Timestamp(f"{end}-01")
    chosen = rows["source"].eq("press") & rows["reporter"].eq("CHN") & rows["partner"].eq("RUS") & rows["flow"].eq(flow)
    chosen &= rows["commodity_code"].eq("TOTAL") & rows["currency"].eq("USD")
    prints = rows[chosen & rows["period_start"].eq(first) & rows["period_end"].eq(last)].sort_values("released")
    early = prints[prints["released"].le(last + pd.DateOffset(months=1) + pd.Timedelta(days=FIRST_PRINT_DAYS))]
    if len(early):
        # Of the prints of the first days, the one with the most digits says most.
        digits = early["value"].map(lambda value: len(f"{value:.0f}".rstrip("0")))
        return total_window(early.loc[[digits.idxmax()]], flow, start, end)
    return total_window(prints.head(1), flow, start, end) if len(prints) else None


def printed_rates(book: Book, flow: str, start: str, end: str) -> pd.DataFrame:
    """Return the growth rates printed for a window, per cent, with currency, publisher and release."""
    rates = book.side("printed_rates")
    if rates.empty:
        return rates
    chosen = rates["flow"].eq(flow) & rates["period_start"].eq(start) & rates["period_end"].eq(end)
    return rates[chosen & rates["partner"].eq("RUS")]


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1}{month[4:]}"


def _name(start: str, end: str) -> str:
    return period_name(pd.Timestamp(f"{start}-01"), pd.Timestamp(f"{end}-01"))


def _day(released: pd.Timestamp | None) -> str:
    return f"{released:%Y-%m-%d}" if released is not None and not pd.isna(released) else ""


def _growth(top: Window, bottom: Window, label: str, window: str) -> Basis:
    steps = f"{top.value / 1e9:.3f} bn over {bottom.value / 1e9:.3f} bn"
    figure = 100 * (top.value / bottom.value - 1)
    return Basis(label, figure, "percent y/y", window, top.source, _day(top.released) or "as now published", steps)


def growth_bases(book: Book, flow: str, start: str, end: str) -> list[Basis]:
    """Return growth of a window on every basis: now, the printed rate, and first print over first print."""
    window = _name(start, end)
    bases = []
    pairs: tuple[tuple[str, Callable[[Book, str, str, str], Window | None]], ...] = (
        ("customs now", basis_now),
        ("first print over first print", basis_then),
    )
    for label, basis in pairs:
        top, bottom = basis(book, flow, start, end), basis(book, flow, _year_before(start), _year_before(end))
        if top and bottom:
            bases.append(_growth(top, bottom, label, window))
    return bases + _printed(book, flow, start, end)


def _printed(book: Book, flow: str, start: str, end: str) -> list[Basis]:
    """Return each distinct printed rate once, its earliest print, dollars before unstated."""
    rates = printed_rates(book, flow, start, end)
    out = []
    for rate, group in rates.groupby("yoy_pct") if len(rates) else ():
        first = group.sort_values("released", na_position="last").iloc[0]
        vintage = "" if pd.isna(first["released"]) else str(first["released"])
        steps = f"rate as printed by {first['publisher']}"
        out.append(Basis("printed rate", float(str(rate)), "percent y/y", _name(start, end), "press", vintage, steps))
    return out


def search_growth(book: Book, quoted: float, text: str, around: tuple[str, str], flow: str = "total") -> list[Basis]:
    """Return other windows whose growth rounds to the quoted rate, the likeliest first.

    All windows that start in January of the quoted year, then all others of up to twelve months that
    end in it; flows and bases alike. A printed rate for the same flow comes first.
    """
    year = around[1][:4]
    windows = [(f"{year}-01", f"{year}-{month:02d}") for month in range(1, 13)]
    windows += [(f"{year}-{month:02d}", f"{year}-{month:02d}") for month in range(2, 13)]
    found = []
    for place, (start, end) in enumerate(w for w in windows if w != around):
        for side in dict.fromkeys((flow, "total", "export", "import")):
            for basis in growth_bases(book, side, start, end):
                if matches(basis.figure, quoted, text):
                    rank = (side != flow, basis.label != "printed rate", place)
                    found.append((rank, basis if side == flow else _labelled(basis, side)))
    return [basis for _, basis in sorted(found, key=lambda item: item[0])]


def _labelled(basis: Basis, flow: str) -> Basis:
    return Basis(f"{basis.label}, {flow}s", *list(vars(basis).values())[1:])


def _verdict(row: pd.Series, verdict: str, sentence: str, bases: list[Basis], found: list[Basis] | None = None) -> Verdict:
    return Verdict(
        id=str(row["id"]),
        quoted=str(row["quoted"]),
        says=str(row["says"]),
        value="" if pd.isna(row["value"]) else str(row["value"]),
        unit="" if pd.isna(row["unit"]) else str(row["unit"]),
        scope="" if pd.isna(row["scope"]) else str(row["scope"]),
        verdict=verdict,
        sentence=sentence,
        bases=tuple(bases),
        found=tuple(found or ()),
    )


def _lacking(row: pd.Series, what: str) -> Verdict:
    return _verdict(row, UNTESTED, f"The figures that would test it are not among the data: {what}.", [])


def _trade_growth(book: Book, row: pd.Series) -> Verdict:
    start, end, text = str(row["period_start"]), str(row["period_end"]), str(row["value"])
    quoted = float(text)
    bases = growth_bases(book, "total", start, end)
    if not bases:
        return _lacking(row, f"monthly totals for {_name(start, end)} and the year before")
    now = bases[0]
    if any(matches(basis.figure, quoted, text) for basis in bases):
        return _verdict(row, HOLDS, f"{now.window}: {now.figure:+.1f}% as {now.label}.", bases)
    printed = next((basis for basis in bases if basis.label == "printed rate"), None)
    said = f" Customs printed {printed.figure:+.1f}% for the half-year at the time;" if printed else ""
    found = search_growth(book, quoted, text, (start, end))
    if not found:
        return _verdict(row, NOT, f"{said} today's figures give {now.figure:+.1f}%; no other window gives {quoted}%.".strip(), bases)
    hit = found[0]
    dated = f" of {pd.Timestamp(hit.vintage):%B %Y}" if hit.vintage[:1].isdigit() else ""
    where = f"{quoted}% is the rate for {hit.window}, {hit.label}{dated}."
    return _verdict(row, OTHERWISE, f"{where}{said} today's figures give {now.figure:+.1f}%.", bases, found)


def _above_2020(book: Book, row: pd.Series) -> Verdict:
    start, end = str(row["period_start"]), str(row["period_end"])
    base_start, base_end = str(row["base_start"]), str(row["base_end"])
    bases, held = [], []
    for label, basis in (("customs now", basis_now), ("first print", basis_then)):
        top, bottom = basis(book, "total", start, end), basis(book, "total", base_start, base_end)
        if top and bottom:
            for side, window in ((top, _name(start, end)), (bottom, _name(base_start, base_end))):
                vintage = _day(side.released) or "as now published"
                bases.append(Basis(label, side.value / 1e9, "US$ bn", window, side.source, vintage, side.steps))
            held.append((top.value, bottom.value))
    if not held:
        return _lacking(row, f"totals for {_name(start, end)} and {_name(base_start, base_end)}")
    verdict = HOLDS if all(top > bottom for top, bottom in held) else NOT
    top, bottom = held[0]
    months = "Six months" if (start[5:], end[5:]) == ("01", "06") else _name(start, end)
    sentence = f"{months} of 2023 brought US$ {top / 1e9:.2f} bn; the twelve months of 2020 brought {bottom / 1e9:.2f} bn."
    return _verdict(row, verdict, sentence, bases)


def _largest_share(book: Book, row: pd.Series) -> Verdict:
    year = int(str(row["period_start"])[:4])
    ranks = energy.chapters(book, year)
    if ranks.empty or "27" not in set(ranks["chapter"]):
        return _lacking(row, f"Russia's exports to China by chapter in {year}")
    bases = [
        Basis(f"HS chapter {chapter}", 100 * share, "percent of imports", str(year), "baci", "", f"{value / 1e9:.2f} of {ranks['value'].sum() / 1e9:.1f} bn")
        for chapter, value, share in ranks.head(3).itertuples(index=False)
    ]
    first, second = ranks.iloc[0], ranks.iloc[1]
    fuels = ranks[ranks["chapter"].eq("27")].iloc[0]
    sentence = (
        f"Chapter 27 was US$ {fuels['value'] / 1e9:.2f} bn of {ranks['value'].sum() / 1e9:.1f} bn, "
        f"{100 * fuels['share']:.0f}% of what China bought; "
        f"the next, chapter {second['chapter'] if first['chapter'] == '27' else first['chapter']}, "
        f"was {100 * (second if first['chapter'] == '27' else first)['share']:.1f}%."
    )
    return _verdict(row, HOLDS if first["chapter"] == "27" else NOT, sentence, bases)


def _fuel_sum(book: Book, year: int) -> float | None:
    rows = energy.four_fuels(book)
    rows = rows[rows["period_start"].dt.year.eq(year)] if len(rows) else rows
    return float(rows["value"].sum()) if set(energy.FUELS) <= set(rows.get("fuel", ())) else None


def _hs27(book: Book, year: int) -> float | None:
    rows = energy.chapter_27(book)
    rows = rows[rows["period_start"].dt.year.eq(year)] if len(rows) else rows
    return float(rows["value"].sum()) if len(rows) else None


def customs_crude(book: Book, year: int) -> Basis | None:
    """Return China's own value of crude from Russia for a year (imports, CIF), the longest print."""
    known = book.known
    chosen = known["reporter"].eq("CHN") & known["partner"].eq("RUS") & known["flow"].eq("import")
    chosen &= known["commodity_code"].isin(["2709", "270900"]) & known["currency"].eq("USD")
    rows = known[chosen & known["period_start"].dt.year.eq(year)]
    rows = rows[schema.months(rows).eq(12)]
    if rows.empty:
        return None
    best = rows.loc[rows["value"].map(lambda value: len(f"{value:.0f}".rstrip("0"))).idxmax()]
    vintage = _day(best["released"]) or "as now published"
    return Basis("crude oil alone, Chinese customs (CIF)", best["value"] / 1e9, "US$ bn", str(year), str(best["source"]), vintage, "as printed")


def _energy_level(book: Book, row: pd.Series) -> Verdict:
    year, text = int(str(row["period_start"])[:4]), str(row["value"])
    four, all_27 = _fuel_sum(book, year), _hs27(book, year)
    if four is None or all_27 is None:
        return _lacking(row, f"six-digit fuel imports of {year}")
    bases = [
        Basis("four fuels (FOB, reconciled)", four / 1e9, "US$ bn", str(year), "baci", "", "HS 2709, 2701 to 2704, 271111, 271121"),
        Basis("all of HS 27 (FOB, reconciled)", all_27 / 1e9, "US$ bn", str(year), "baci", "", "HS 27"),
    ]
    crude = customs_crude(book, year)
    if crude:
        bases.append(crude)
    quoted = float(text)
    if matches(four / 1e9, quoted, text):
        return _verdict(row, HOLDS, f"Exactly the four fuels named, without oil products, add up to US$ {four / 1e9:.2f} bn.", bases)
    whole = "even all of HS 27 stays below" if all_27 / 1e9 < quoted else "all of HS 27 would be"
    own = f" Customs' own value of crude (CIF) is {crude.figure:.2f} bn, against {_crude(book, year) / 1e9:.2f} bn here." if crude else ""
    sentence = f"The four fuels come to US$ {four / 1e9:.2f} bn, and {whole} ({all_27 / 1e9:.2f} bn).{own}"
    return _verdict(row, NOT, sentence, bases)


def _crude(book: Book, year: int) -> float:
    rows = energy.four_fuels(book)
    return float(rows.loc[rows["fuel"].eq("crude") & rows["period_start"].dt.year.eq(year), "value"].sum())


def _energy_growth(book: Book, row: pd.Series) -> Verdict:
    year, text = int(str(row["period_start"])[:4]), str(row["value"])
    now, before = _fuel_sum(book, year), _fuel_sum(book, year - 1)
    now_27, before_27 = _hs27(book, year), _hs27(book, year - 1)
    if not (now and before and now_27 and before_27):
        return _lacking(row, f"six-digit fuel imports of {year - 1} and {year}")
    window = f"{year} over {year - 1}"
    bases = [
        Basis("four fuels (FOB, reconciled)", 100 * (now / before - 1), "percent y/y", window, "baci", "", f"{now / 1e9:.2f} over {before / 1e9:.2f} bn"),
        Basis("all of HS 27 (FOB, reconciled)", 100 * (now_27 / before_27 - 1), "percent y/y", window, "baci", "", f"{now_27 / 1e9:.2f} over {before_27 / 1e9:.2f} bn"),
    ]
    holds = any(matches(basis.figure, float(text), text) for basis in bases[:1])
    sentence = f"The two quoted sums give {float(text):+.1f}%; the data give {bases[0].figure:+.1f}%, since the sum for {year - 1} is lower."
    return _verdict(row, HOLDS if holds else NOT, sentence, bases)


def _microelectronics(book: Book, row: pd.Series) -> Verdict:
    year = int(str(row["period_start"])[:4])
    chips = energy.sold_to_russia(book, year, ("8541", "8542"))
    bases = []
    if chips is not None:
        bases.append(Basis("HS 8541 and 8542, China to Russia (FOB)", chips / 1e6, "US$ m", str(year), "baci", "", "semiconductors and circuits, solar cells included"))
    said = f" China's direct exports of semiconductors to all of Russia were US$ {chips / 1e6:.0f} m." if chips is not None else ""
    sentence = f"Customs do not publish who the buyer is, nor the route.{said}"
    return _verdict(row, UNTESTED, sentence, bases)


def _untestable(book: Book, row: pd.Series) -> Verdict:
    del book
    return _verdict(row, UNTESTED, f"{row['tested_by']}", [])


_TESTS: Final[dict[str, Callable[[Book, pd.Series], Verdict]]] = {
    "trade-growth-2023h1": _trade_growth,
    "trade-above-2020": _above_2020,
    "fuels-largest-share": _largest_share,
    "energy-2022": _energy_level,
    "energy-2021": _energy_level,
    "energy-growth-2022": _energy_growth,
    "microelectronics-2022": _microelectronics,
}
