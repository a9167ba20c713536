"""Claims: the article's figures, computed again on every basis at hand, and judged."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import bases, energy, lines, pool
from analysis.bases import BN_USD, NOW, PERCENT, RATE, THEN, Basis, Rest, Span, matches, span_name, vintage
from analysis.verdicts import HOLDS, NOT, OTHERWISE, UNTESTED, VERDICTS, Row, Verdict
from loaders import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from analysis.book import Book

__all__ = ["HOLDS", "NOT", "OTHERWISE", "UNTESTED", "VERDICTS", "Verdict", "customs_crude", "judge"]
_FOB: Final = "FOB, reconciled"


@lru_cache(maxsize=4)
def judge(book: Book) -> tuple[Verdict, ...]:
    """Return a verdict for each row of the claims table, in its order."""
    claims = book.side("claims").fillna("")
    return tuple(_TESTS.get(row["id"], _untestable)(book, row) for row in _texts(claims))


def _texts(claims: pd.DataFrame) -> list[Row]:
    return [{str(key): cell for key, cell in row.items()} for row in claims.to_dict("records")]


def _verdict(row: Row, verdict: str, sentence: str, held: Iterable[Basis] = ()) -> Verdict:
    return Verdict(row, verdict, sentence, tuple(held))


def _lacking(row: Row, what: str) -> Verdict:
    return _verdict(row, UNTESTED, f"The figures that would test it are not among the data: {what}.")


def _span(row: Row, which: str = "period") -> Span:
    return row[f"{which}_start"], row[f"{which}_end"]


def _year(row: Row) -> int:
    return int(row["period_start"][:4])


def _trade_growth(book: Book, row: Row) -> Verdict:
    """Judge a growth rate of trade; where it fails, search the window that it fits."""
    span, quoted = _span(row), row["value"]
    held = bases.growth(book, row["flow"], span)
    if not held:
        return _lacking(row, f"totals for {span_name(span)} and the year before")
    today = f"today’s figures in dollars give {held[0].figure:+.1f}%"
    fits = [basis for basis in held if matches(basis.figure, quoted)]
    if fits:
        return _verdict(row, HOLDS, f"{fits[0].window}: {quoted}% as {fits[0].label}; {today}.", held)
    printed = next((basis for basis in held if basis.label == RATE), None)
    said = f"For {span_name(span)} customs printed {printed.figure:+.1f}% at the time; " if printed else ""
    found = pool.search(pool.growth(book), quoted, span, row["flow"])
    if not found.likely:
        return Verdict(row, NOT, f"{said}{today}; no other window gives {quoted}%.", tuple(held), searched=found.said)
    hit = found.likely[0]
    when = f" in {pd.Timestamp(hit.vintage):%B %Y}" if hit.vintage[:1].isdigit() else ""
    how = f"as printed{when}" if hit.label == RATE else hit.label
    sentence = f"{quoted}% is the rate for {hit.window}, {how}. {said}{today}."
    return Verdict(row, OTHERWISE, sentence, tuple(held), found.likely, found.said)


def _more_than(book: Book, row: Row) -> Verdict:
    """Judge that one window is larger than another, on figures of now and of the time."""
    out, larger = [], []
    spans = _span(row), _span(row, "base")
    for label, read in ((NOW, bases.now), (THEN, bases.then)):
        top, bottom = (read(book, row["flow"], span) for span in spans)
        if top and bottom:
            for span, window in zip(spans, (top, bottom), strict=True):
                steps = window.steps if window.printed else f"sum of {len(window.parts)} prints"
                name = span_name(span)
                rests = Rest(window.value, row["flow"], span)
                value = window.value / 1e9
                out.append(Basis(label, value, BN_USD, name, window.source, vintage(window), steps, rests=rests))
            larger.append((top.value, bottom.value))
    if not larger:
        return _lacking(row, f"totals for {span_name(spans[0])} and {span_name(spans[1])}")
    top_value, bottom_value = larger[0]
    sentence = (
        f"{span_name(spans[0])} brought US$ {top_value / 1e9:.2f} bn, all of {span_name(spans[1])} "
        f"{bottom_value / 1e9:.2f} bn."
    )
    return _verdict(row, HOLDS if all(a > b for a, b in larger) else NOT, sentence, out)


def _largest(book: Book, row: Row) -> Verdict:
    """Judge that a chapter is the largest of what Russia sold to China."""
    ranks = energy.chapters(book, _year(row))
    if row["scope"] not in set(ranks["chapter"]):
        return _lacking(row, f"Russia’s exports to China by chapter in {_year(row)}")
    whole = ranks["value"].sum() / 1e9
    held = [
        Basis(
            f"HS chapter {r['chapter']} ({_FOB})",
            100 * r["share"],
            "percent of imports",
            str(_year(row)),
            "baci",
            energy.release(book, _year(row)),
            f"{r['value'] / 1e9:.2f} of {whole:.1f} bn",
            rests=Rest(float(r["value"]), "import", _span(row), (str(r["chapter"]),)),
        )
        for r in ranks.head(3).to_dict("records")
    ]
    own = ranks[ranks["chapter"].eq(row["scope"])].iloc[0]
    other = ranks[ranks["chapter"].ne(row["scope"])].iloc[0]
    sentence = (
        f"Chapter {row['scope']} was US$ {own['value'] / 1e9:.2f} bn of {whole:.1f} bn, {100 * own['share']:.0f}% of "
        f"what China bought; the largest other, chapter {other['chapter']}, was {100 * other['share']:.1f}%."
    )
    return _verdict(row, HOLDS if own["value"] > other["value"] else NOT, sentence, held)


def _bn(book: Book, label: str, value: float, year: int, steps: str, codes: tuple[str, ...]) -> Basis:
    vintage_ = energy.release(book, year)
    rests = Rest(value, "import", _whole(year), codes)
    return Basis(f"{label} ({_FOB})", value / 1e9, BN_USD, str(year), "baci", vintage_, steps, rests=rests)


def _whole(year: int) -> Span:
    return f"{year}-01", f"{year}-12"


def _fuel_bill(book: Book, row: Row) -> Verdict:
    """Judge the sum of the four fuels, beside all of chapter 27 and customs' own crude."""
    year, quoted = _year(row), row["value"]
    four, chapter = energy.bill(book, year), energy.chapter_bill(book, year)
    if four is None or chapter is None:
        return _lacking(row, f"six-digit fuel imports of {year}")
    held = [
        _bn(book, "four fuels", four.value, year, "HS 2709, 2701 to 2704, 271111, 271121", lines.ALL_FUELS),
        _bn(book, "all of HS 27", chapter.value, year, "HS 27", ("27",)),
    ]
    crude = customs_crude(book, year)
    held += [crude] if crude else []
    if matches(four.value / 1e9, quoted):
        sentence = f"Exactly the four fuels named, without oil products, add up to US$ {four.value / 1e9:.2f} bn."
        return _verdict(row, HOLDS, sentence, held)
    side = "even all of HS 27 stays below" if chapter.value / 1e9 < float(quoted) else "all of HS 27 is"
    sentence = f"The four fuels come to US$ {four.value / 1e9:.2f} bn; {side} ({chapter.value / 1e9:.2f})."
    if crude:
        sentence += (
            f" Customs’ own value of crude (CIF) is higher: {crude.figure:.2f}, against {four.crude / 1e9:.2f} here."
        )
    return _verdict(row, NOT, sentence, held)


def customs_crude(book: Book, year: int) -> Basis | None:
    """Return China's own value of crude from Russia for a year (imports, CIF), the longest print."""
    known = book.known
    chosen = known["reporter"].eq("CHN") & known["partner"].eq("RUS") & known["flow"].eq("import")
    chosen &= known["commodity_code"].isin(["2709", "270900"]) & known["currency"].eq("USD")
    rows = known[chosen & known["period_start"].dt.year.eq(year)]
    rows = rows[schema.months(rows).eq(12)]
    if rows.empty:
        return None
    best = rows.loc[rows["value"].map(bases.digits).idxmax()].to_dict()
    day = "as now published" if pd.isna(best["released"]) else f"{best['released']:%Y-%m-%d}"
    label = "crude oil alone, Chinese customs (CIF)"
    value, source = float(best["value"]), str(best["source"])
    rests = Rest(value, "import", _whole(year), ("2709",))
    return Basis(label, value / 1e9, BN_USD, str(year), source, day, "as printed", rests=rests)


def _bill_growth(book: Book, row: Row) -> Verdict:
    """Judge the growth that follows from the two quoted sums."""
    year, quoted = _year(row), row["value"]
    sums = [(energy.bill(book, y), energy.chapter_bill(book, y)) for y in (year, year - 1)]
    (four, chapter), (four_before, chapter_before) = sums
    if not (four and chapter and four_before and chapter_before):
        return _lacking(row, f"six-digit fuel imports of {year - 1} and {year}")
    held = [
        Basis(
            f"{label} ({_FOB})",
            100 * (top.value / bottom.value - 1),
            PERCENT,
            f"{year} over {year - 1}",
            "baci",
            energy.release(book, _year(row)),
            f"{top.value / 1e9:.2f} over {bottom.value / 1e9:.2f} bn",
            rests=Rest(top.value, "import", _whole(year), codes, bottom.value),
        )
        for label, top, bottom, codes in (
            ("four fuels", four, four_before, lines.ALL_FUELS),
            ("all of HS 27", chapter, chapter_before, ("27",)),
        )
    ]
    verdict = HOLDS if matches(held[0].figure, quoted) else NOT
    sentence = (
        f"The two quoted sums give {float(quoted):+.1f}%; the four fuels grew by {held[0].figure:.1f}% here, "
        f"from US$ {four_before.value / 1e9:.2f} bn to {four.value / 1e9:.2f} bn."
    )
    return _verdict(row, verdict, sentence, held)


def _arms_makers(book: Book, row: Row) -> Verdict:
    """Show what customs do know beside a claim about users that they do not know."""
    year, codes = _year(row), tuple(row["scope"].split())
    chips = energy.sold_to_russia(book, year, codes)
    held, said = [], ""
    if chips is not None:
        label = f"HS {' and '.join(codes)}, China to Russia ({_FOB})"
        steps = "semiconductors and circuits, solar cells included"
        rests = Rest(chips, "export", _whole(year), codes)
        day = energy.release(book, year)
        held = [Basis(label, chips / 1e6, "mln_usd", str(year), "baci", day, steps, rests=rests)]
        said = (
            " China’s direct exports of semiconductors to all of Russia, solar cells included, "
            f"were US$ {chips / 1e6:.0f} m."
        )
    return _verdict(row, UNTESTED, f"Customs do not publish who the user is, nor the route.{said}", held)


def _untestable(book: Book, row: Row) -> Verdict:
    del book
    said = str(row["tested_by"])
    return _verdict(row, UNTESTED, f"{said[:1].upper()}{said[1:]}.")


_TESTS: Final[dict[str, Callable[[Book, Row], Verdict]]] = {
    "trade-growth-2023h1": _trade_growth,
    "trade-above-2020": _more_than,
    "fuels-largest-share": _largest,
    "energy-2022": _fuel_bill,
    "energy-2021": _fuel_bill,
    "energy-growth-2022": _bill_growth,
    "microelectronics-2022": _arms_makers,
}
