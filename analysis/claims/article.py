"""Claims: the article's figures, computed again on every basis at hand, and judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from analysis import readings, recomputations
from analysis.cache import per_dataset
from analysis.claims import figure_search, goods_values, own_count, verdict_rule, wording
from analysis.claims.verdicts import HOLDS, NOT, OTHERWISE, REVISED, SPLIT, UNTESTED, VERDICTS, Row, Verdict
from analysis.measures.energy import definitions as energy
from analysis.recomputations import BN_USD, CALLED, Kind, Recomputation, Rest, Span, span_name, vintage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from analysis.dataset import Dataset

__all__ = ["HOLDS", "NOT", "OTHERWISE", "REVISED", "SPLIT", "UNTESTED", "VERDICTS", "Verdict", "judge"]
_FUELS: Final = "the four fuels"


@per_dataset(4)
def judge(dataset: Dataset) -> tuple[Verdict, ...]:
    """Return a verdict for each row of the claims table, in its order."""
    return tuple(_TESTS.get(row["id"], _untestable)(dataset, row) for row in _texts(dataset))


def _texts(dataset: Dataset) -> list[Row]:
    claims = dataset.side("claims").fillna("")
    return [{str(key): cell for key, cell in row.items()} for row in claims.to_dict("records")]


def _verdict(row: Row, verdict: str, sentence: str, held: Iterable[Recomputation] = ()) -> Verdict:
    return Verdict(row, verdict, sentence, tuple(held))


def _is_sum(one: Recomputation) -> bool:
    """Return whether a figure is a sum of fuels, not their whole chapter."""
    return one.rests is not None and one.rests.codes != ("27",)


def _lacking(row: Row, what: str) -> Verdict:
    return _verdict(row, UNTESTED, f"The figures that would test it are not among the data: {what}.")


def _span(row: Row, which: str = "period") -> Span:
    return row[f"{which}_start"], row[f"{which}_end"]


def _year(row: Row) -> int:
    return int(row["period_start"][:4])


def _whole(year: int) -> Span:
    return f"{year}-01", f"{year}-12"


def _trade_growth(dataset: Dataset, row: Row) -> Verdict:
    """Judge a growth rate of trade; where it fails, search the window that it fits."""
    span, quoted, flow = _span(row), row["value"], row["flow"]
    held = recomputations.growth(dataset, flow, span)
    if not held:
        return _lacking(row, f"totals for {span_name(span)} and the year before")
    number, lead = verdict_rule.Number(quoted), verdict_rule.leading(held, "CHN", "")
    if found := verdict_rule.judge(dataset, number, held, lead, span, flow):
        return _verdict(row, found.verdict, found.sentence, found.held)
    tested = verdict_rule.fails(number, held)
    printed = next((one for one in lead if one.kind is Kind.RATE), None)
    now = next((one for one in lead if not verdict_rule.of_the_day(one)), None)
    parts = [f"customs printed {printed.figure:+.1f}% at the time"] if printed else []
    parts += [f"the figures of now give {wording.listed([now])}"] if now else []
    said = f"For {span_name(span)} {'; '.join(parts)}"
    hits = figure_search.search(figure_search.growth(dataset), quoted, span, flow)
    if not hits.likely:
        return Verdict(row, NOT, f"{said}; no other window gives {quoted}%.", tested, searched=hits.said)
    hit = hits.likely[0]
    sentence = f"{quoted}% is the rate for {hit.window}, {wording.how(hit)}. {said}."
    return Verdict(row, OTHERWISE, sentence, tested, hits.likely, hits.said)


def _more_than(dataset: Dataset, row: Row) -> Verdict:
    """Judge that one window is larger than another, on figures of now and of the time, each on one basis."""
    out, larger = [], []
    spans = _span(row), _span(row, "base")
    for kind, read in ((Kind.NOW, recomputations.now), (Kind.FIRST, recomputations.then)):
        top, bottom = (read(dataset, row["flow"], span) for span in spans)
        if top and bottom:
            for span, window in zip(spans, (top, bottom), strict=True):
                steps = window.steps if window.printed else f"sum of {len(window.parts)} prints"
                rests = Rest(window.value, row["flow"], span)
                own = readings.rests(dataset, row["flow"], window, span)
                name, value, day = span_name(span), window.value / 1e9, vintage(window)
                label = CALLED[kind]
                made = Recomputation(label, value, BN_USD, name, window.source, day, steps, rests=rests, basis=own)
                out.append(replace(made, kind=kind))
            larger.append((top.value, bottom.value))
    if not larger:
        return _lacking(row, f"totals for {span_name(spans[0])} and {span_name(spans[1])}")
    top_value, bottom_value = larger[0]
    sentence = (
        f"{span_name(spans[0])} brought US$ {top_value / 1e9:.2f} bn, all of {span_name(spans[1])} "
        f"{bottom_value / 1e9:.2f} bn."
    )
    return _verdict(row, HOLDS if all(a > b for a, b in larger) else NOT, sentence, out)


def _largest(dataset: Dataset, row: Row) -> Verdict:
    """Judge that a chapter is the largest of what Russia sold to China."""
    year, span = _year(row), _whole(_year(row))
    ranks = energy.chapters(dataset, year)
    if row["scope"] not in set(ranks["chapter"]):
        return _lacking(row, f"Russia’s exports to China by chapter in {year}")
    whole, rests = ranks["value"].sum() / 1e9, own_count.merged(dataset, ("",), "import", year)
    held = [
        Recomputation(
            f"HS chapter {r['chapter']}, {goods_values.called(rests)}",
            100 * r["share"],
            "percent of imports",
            str(year),
            "baci",
            energy.release(dataset, year),
            f"{r['value'] / 1e9:.2f} of {whole:.1f} bn",
            rests=Rest(float(r["value"]), "import", span, (str(r["chapter"]),)),
            basis=rests,
            base=rests,
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


def _fuel_bill(dataset: Dataset, row: Row) -> Verdict:
    """Judge the sum of the four fuels on China's own count, and say what other sources give."""
    span = _span(row)
    held = goods_values.levels(dataset, goods_values.ALL_FUELS, _FUELS, "import", span)
    lead = [one for one in verdict_rule.leading(held, "CHN", "USD") if _is_sum(one)]
    number = verdict_rule.Number(row["value"])
    if not lead:
        return _lacking(row, f"imports of each of the four fuels in {span[0][:4]}")
    own, found = lead[0], verdict_rule.judge(dataset, number, held, lead, span, "import")
    rest = _beside(held, own)
    if found is None:
        said = f"The four fuels come to {wording.listed([own])}.{rest}"
        return _verdict(row, NOT, said, verdict_rule.fails(number, held))
    first = next(one for one in found.held if one.label == own.label)
    said = f"{_agreement(dataset, row['value'], first, span)}{_left_out(dataset, span)}{rest}"
    return _verdict(row, found.verdict, said, [first, *(one for one in found.held if one is not first)])


def _agreement(dataset: Dataset, quoted: str, own: Recomputation, span: Span) -> str:
    """Say how far a quoted sum lies from China's own count, and within what."""
    said = f"China’s customs count US$ {own.figure:.2f} bn (imports, CIF), without oil products"
    if recomputations.matches(own.figure, quoted):
        return f"{said}, which rounds to {quoted}."
    off, known = 100 * (float(quoted) / own.figure - 1), verdict_rule.usual(dataset, own, span, "import")
    how = f" {wording.usual(known, own)}" if known else ""
    return f"{said}; {quoted} is {abs(off):.1f}% {'more' if off > 0 else 'less'}, within revision and rounding.{how}"


def _left_out(dataset: Dataset, span: Span) -> str:
    """Name the codes that China's count leaves out, and what they came to where it tells."""
    codes = own_count.beside(goods_values.ALL_FUELS)
    held = own_count.year(dataset, codes, "import", int(span[0][:4]))
    much = f"US$ {held.value / 1e9:.2f} bn" if held else "this count does not tell how much"
    return f" Lignite, peat and coke (HS {codes[0]} to {codes[-1]}) are left out: {much}."


def _beside(held: list[Recomputation], own: Recomputation) -> str:
    """Say what BACI gives, on its basis, and all of HS 27 on the basis of the count itself."""
    carried = next((one for one in held if one.source == "baci" and one is not own and _is_sum(one)), None)
    chapter = next((one for one in held if one.basis == own.basis and not _is_sum(one)), None)
    said = f" BACI gives {carried.figure:.2f} ({_called(carried)})." if carried else ""
    return said + (f" All of HS 27 on customs’ count: {chapter.figure:.2f}." if chapter else "")


def _called(one: Recomputation) -> str:
    return goods_values.called(one.basis).removeprefix("BACI (").removesuffix(")") if one.basis else ""


def _bill_growth(dataset: Dataset, row: Row) -> Verdict:
    """Judge the growth that follows from two quoted sums, within the rounding of both."""
    span, quoted = _span(row), row["value"]
    held = goods_values.growth(dataset, goods_values.ALL_FUELS, _FUELS, "import", span)
    lead = [one for one in verdict_rule.leading(held, "CHN", "USD") if _is_sum(one)]
    if not lead:
        return _lacking(row, f"imports of each of the four fuels in {int(span[0][:4]) - 1} and {span[0][:4]}")
    least, most = _implied(dataset, row) or (float(quoted), float(quoted))
    slack = max(most - float(quoted), float(quoted) - least, recomputations.half(quoted))
    number, own = verdict_rule.Number(quoted, slack=slack), lead[0]
    found = verdict_rule.judge(dataset, number, held, lead, span, "import")
    before = goods_values.levels(dataset, goods_values.ALL_FUELS, _FUELS, "import", recomputations.year_before(span))
    sums = f"{own.steps.replace(' bn over ', ' over ')}, CIF"
    said = (
        f"The two quoted sums, rounded as they are, give {least:+.1f} to {most:+.1f}%; China’s customs count "
        f"{own.figure:+.1f}% ({sums}).{_parted(dataset, span, before)}"
    )
    tested = found.held if found else verdict_rule.fails(number, held)
    tested = tuple(replace(one, tolerance=slack) if one.label == own.label else one for one in tested)
    return _verdict(row, found.verdict if found else NOT, said, tested)


def _implied(dataset: Dataset, row: Row) -> tuple[float, float] | None:
    """Return the least and the greatest growth in per cent that two quoted sums of one scope can mean."""
    same = [one for one in _texts(dataset) if one["kind"] == "level" and one["scope"] == row["scope"]]
    levels = {_span(one): one["value"] for one in same}
    top, bottom = levels.get(_span(row)), levels.get(_span(row, "base"))
    if not (top and bottom):
        return None
    up, down = recomputations.half(top), recomputations.half(bottom)
    least = 100 * ((float(top) - up) / (float(bottom) + down) - 1)
    return least, 100 * ((float(top) + up) / (float(bottom) - down) - 1)


def _parted(dataset: Dataset, span: Span, before: list[Recomputation]) -> str:
    """Say why BACI's growth is not computed where it changes its basis in between."""
    gap = goods_values.broken(dataset, goods_values.ALL_FUELS, "import", span)
    if gap is None:
        return ""
    now = goods_values.levels(dataset, goods_values.ALL_FUELS, _FUELS, "import", span)
    ends = [one for held in (before, now) for one in held if one.kind is Kind.MERGED]
    sums = [f"{one.figure:.2f} in {one.window} ({_called(one)})" for one in ends if _is_sum(one)]
    return (
        f" BACI gives {' and '.join(sums)}: between {gap.last_before:%Y} and {gap.first_after:%Y} it changes what it "
        "counts, so its growth is not computed."
    )


def _arms_makers(dataset: Dataset, row: Row) -> Verdict:
    """Show what customs do know beside a claim about users that they do not know."""
    year, codes = _year(row), tuple(row["scope"].split())
    chips = energy.sold_to_russia(dataset, year, codes)
    held, said = [], ""
    if chips is not None:
        rests = own_count.merged(dataset, codes, "export", year)
        label = f"HS {' and '.join(codes)}, China to Russia, {goods_values.called(rests)}"
        steps = "semiconductors and circuits, solar cells included"
        behind = Rest(chips, "export", _whole(year), codes)
        day = energy.release(dataset, year)
        held = [Recomputation(label, chips / 1e6, "mln_usd", str(year), "baci", day, steps, rests=behind, basis=rests)]
        said = (
            " China’s direct exports of semiconductors to all of Russia, solar cells included, "
            f"were US$ {chips / 1e6:.0f} m."
        )
    return _verdict(row, UNTESTED, f"Customs do not publish who the user is, nor the route.{said}", held)


def _untestable(dataset: Dataset, row: Row) -> Verdict:
    del dataset
    said = str(row["tested_by"])
    return _verdict(row, UNTESTED, f"{said[:1].upper()}{said[1:]}.")


_TESTS: Final[dict[str, Callable[[Dataset, Row], Verdict]]] = {
    "trade-growth-2023h1": _trade_growth,
    "trade-above-2020": _more_than,
    "fuels-largest-share": _largest,
    "energy-2022": _fuel_bill,
    "energy-2021": _fuel_bill,
    "energy-growth-2022": _bill_growth,
    "microelectronics-2022": _arms_makers,
}
