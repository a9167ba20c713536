"""Claims: the article's figures, computed again on every basis at hand, and judged."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from analysis import readings
from analysis.basis import Making
from analysis.cache import per_dataset
from analysis.claims import verdict_rule
from analysis.claims.figures import figure_search, goods_values, own_count
from analysis.claims.parser import month_spans
from analysis.claims.verdicts import HOLDS, NOT, OTHERWISE, REVISED, SPLIT, UNTESTED, VERDICTS, Outcome, Row, Verdict
from analysis.dataset import Dataset
from analysis.measures.energy import definitions as energy
from analysis.readings import Span
from analysis.recomputations import year_on_year
from analysis.recomputations.figures import (
    BN_USD,
    MLN_USD,
    Amount,
    How,
    Kind,
    Message,
    Months,
    Quoted,
    Rate,
    Recomputation,
    Rest,
    Translated,
    half_digit,
    matches,
    message,
    year_before,
)
from analysis.recomputations.year_on_year import vintage
from analysis.source_names import name_of
from loaders.core.source_records import SourceRole, serving

__all__ = ["HOLDS", "NOT", "OTHERWISE", "REVISED", "SPLIT", "UNTESTED", "VERDICTS", "Verdict", "judge"]


@per_dataset(4)
def judge(dataset: Dataset) -> tuple[Verdict, ...]:
    """Return a verdict for each row of the claims table, in its order."""
    return tuple(_TESTS.get(row["id"], _untestable)(dataset, row) for row in _texts(dataset))


def _texts(dataset: Dataset) -> list[Row]:
    claims = dataset.side("claims").fillna("")
    return [{str(key): cell for key, cell in row.items()} for row in claims.to_dict("records")]


def _verdict(
    row: Row, outcome: Outcome, sentences: tuple[Message, ...], figures: Iterable[Recomputation] = ()
) -> Verdict:
    return Verdict(row, outcome, sentences, tuple(figures))


def _is_sum(one: Recomputation) -> bool:
    """Return whether a figure is a sum of fuels, not their whole chapter."""
    return one.rests is not None and one.rests.codes != ("27",)


def _lacking(row: Row, what: Message) -> Verdict:
    return _verdict(row, UNTESTED, (what,))


def _span(row: Row, which: str = "period") -> Span:
    return row[f"{which}_start"], row[f"{which}_end"]


def _year(row: Row) -> int:
    return int(row["period_start"][:4])


def _trade_growth(dataset: Dataset, row: Row) -> Verdict:
    """Judge a growth rate of trade; where it fails, search the window that it fits."""
    span, quoted, flow = _span(row), row["value"], row["flow"]
    figures = year_on_year.growth(dataset, flow, span)
    if not figures:
        return _lacking(row, message("claims.lacking.growth", months=Months(*span)))
    number, lead = verdict_rule.QuotedNumber(quoted, unit=row["unit"]), verdict_rule.leading(figures, "CHN", "")
    if judgement := verdict_rule.judge(dataset, number, figures, lead, span, flow):
        return _verdict(row, judgement.verdict, judgement.sentences, judgement.figures)
    tested, sentences = verdict_rule.fails(number, figures), _then_and_now(lead, span)
    hits = figure_search.search(figure_search.growth(dataset), quoted, span, flow)
    rate = Quoted(quoted, row["unit"])
    if not hits.likely:
        nowhere = message("claims.no_period_gives", number=rate)
        return Verdict(row, NOT, (*sentences, nowhere), tested, searched=hits.sentences)
    hit = hits.likely[0]
    rate_of = message("claims.rate_of", number=rate, months=Months(*hit.span), how=How(hit))
    return Verdict(row, OTHERWISE, (rate_of, *sentences), tested, hits.likely, hits.sentences)


def _then_and_now(lead: list[Recomputation], span: Span) -> tuple[Message, ...]:
    """Say what customs printed of a window at the time, and what the figures of now give."""
    printed = next((one for one in lead if one.kind is Kind.RATE), None)
    now = next((one for one in lead if not verdict_rule.of_the_day(one)), None)
    months = Months(*span)
    if printed and now:
        return (message("claims.then_and_now", months=months, then=Rate(printed.figure), now=(now,)),)
    if printed:
        return (message("claims.at_the_time", months=months, then=Rate(printed.figure)),)
    return (message("claims.of_now", months=months, now=(now,)),) if now else ()


def _more_than(dataset: Dataset, row: Row) -> Verdict:
    """Judge that one window is larger than another, on figures of now and of the time, each on one basis."""
    out, larger = [], []
    spans = _span(row), _span(row, "base")
    for kind, read in ((Kind.NOW, readings.now), (Kind.FIRST, readings.then)):
        top, bottom = (read(dataset, row["flow"], span) for span in spans)
        if top and bottom:
            for span, window in zip(spans, (top, bottom), strict=True):
                own = readings.rests(dataset, row["flow"], window, span)
                steps, rests = year_on_year.summed(window, own, 1), Rest(window.value, row["flow"], span)
                figure, day = window.value / 1e9, vintage(window)
                out.append(Recomputation(kind, figure, BN_USD, span, window.source, day, steps, rests=rests, basis=own))
            larger.append((top.value, bottom.value))
    months, base = (Months(*span) for span in spans)
    if not larger:
        return _lacking(row, message("claims.lacking.two", first=months, second=base))
    top_value, bottom_value = larger[0]
    sentence = message("claims.more_than", months=months, top=Amount(top_value), base=base, bottom=Amount(bottom_value))
    return _verdict(row, HOLDS if all(a > b for a, b in larger) else NOT, (sentence,), out)


def _largest(dataset: Dataset, row: Row) -> Verdict:
    """Judge that a chapter is the largest of what Russia sold to China."""
    year, span = _year(row), month_spans.of(_year(row))
    ranks = energy.chapters(dataset, year)
    if row["scope"] not in set(ranks["chapter"]):
        return _lacking(row, message("claims.lacking.chapters", months=Months(*span)))
    whole, rests = float(ranks["value"].sum()), own_count.merged(dataset, ("",), "import", year)
    figures = [
        Recomputation(
            Kind.MERGED,
            100 * r["share"],
            "percent of imports",
            span,
            name_of(SourceRole.MERGED),
            energy.release(dataset, year),
            message("claims.steps.of", part=Amount(float(r["value"])), whole=Amount(whole, decimals=1)),
            rests=Rest(float(r["value"]), "import", span, (str(r["chapter"]),)),
            basis=rests,
            base=rests,
            goods=(str(r["chapter"]),),
        )
        for r in ranks.head(3).to_dict("records")
    ]
    own = ranks[ranks["chapter"].eq(row["scope"])].iloc[0]
    others = ranks[ranks["chapter"].ne(row["scope"])]
    if others.empty:  # no second chapter to be larger than
        return _lacking(row, message("claims.lacking.chapters", months=Months(*span)))
    other = others.iloc[0]
    sentence = message(
        "claims.largest",
        chapter=str(row["scope"]),
        value=Amount(float(own["value"])),
        whole=Amount(whole, decimals=1),
        share=Rate(100 * float(own["share"]), 0, signed=False),
        other=str(other["chapter"]),
        other_share=Rate(100 * float(other["share"]), signed=False),
    )
    return _verdict(row, HOLDS if own["value"] > other["value"] else NOT, (sentence,), figures)


def _fuel_bill(dataset: Dataset, row: Row) -> Verdict:
    """Judge the sum of the four fuels on China's own count, and say what other sources give."""
    span = _span(row)
    figures = goods_values.levels(dataset, goods_values.ALL_FUELS, "import", span)
    lead = [one for one in verdict_rule.leading(figures, "CHN", "USD") if _is_sum(one)]
    number = verdict_rule.QuotedNumber(row["value"], unit=row["unit"])
    if not lead:
        return _lacking(row, message("claims.lacking.fuels", months=Months(*span)))
    own, judgement = lead[0], verdict_rule.judge(dataset, number, figures, lead, span, "import")
    rest = _beside(figures, own)
    if judgement is None:
        sentence = message("claims.fuels.come_to", figure=(own,))
        return _verdict(row, NOT, (sentence, *rest), verdict_rule.fails(number, figures))
    first = next(one for one in judgement.figures if one.code == own.code)
    sentences = (*_agreement(dataset, row, first, span), _left_out(dataset, span), *rest)
    return _verdict(row, judgement.verdict, sentences, [first, *(one for one in judgement.figures if one is not first)])


def _agreement(dataset: Dataset, row: Row, own: Recomputation, span: Span) -> tuple[Message, ...]:
    """Say how far a quoted sum lies from China's own count, and within what."""
    figure, number, quoted = Amount(1e9 * own.figure), Quoted(row["value"], row["unit"]), float(row["value"])
    if matches(own.figure, row["value"]):
        return (message("claims.fuels.rounds", figure=figure, number=number),)
    off, known = 100 * (quoted / own.figure - 1), verdict_rule.usual(dataset, own, span, "import")
    key = "claims.fuels.more" if off > 0 else "claims.fuels.less"
    sentence = message(key, figure=figure, number=number, off=Rate(abs(off), signed=False))
    return (sentence, verdict_rule.usually(known, own)) if known else (sentence,)


def _left_out(dataset: Dataset, span: Span) -> Message:
    """Name the codes that China's count leaves out, and what they came to where it tells."""
    codes = own_count.beside(goods_values.ALL_FUELS)
    counted = own_count.year(dataset, codes, "import", int(span[0][:4]))
    if counted is None:
        return message("claims.fuels.left_out_untold", first=codes[0], last=codes[-1])
    return message("claims.fuels.left_out", first=codes[0], last=codes[-1], figure=Amount(counted.value))


def _beside(figures: list[Recomputation], own: Recomputation) -> tuple[Message, ...]:
    """Say what BACI gives, on its basis, and all of HS 27 on the basis of the count itself."""
    carried = next(
        (one for one in figures if one.source in serving(SourceRole.MERGED) and one is not own and _is_sum(one)), None
    )
    chapter = next((one for one in figures if one.basis == own.basis and not _is_sum(one)), None)
    sentences = (message("claims.fuels.baci", figure=_carried(carried)),) if carried else ()
    if chapter:
        sentences = (*sentences, message("claims.fuels.chapter", figure=Amount(1e9 * chapter.figure)))
    return sentences


def _carried(one: Recomputation) -> Message:
    """Name a sum of BACI's with what it carries."""
    merged = one.basis is not None and one.basis.making is Making.MERGED
    key = "claims.fuels.merged" if merged else "claims.fuels.own"
    valuation = one.basis.valuation if one.basis else ""
    return message(key, figure=Amount(1e9 * one.figure), months=Months(*one.span), valuation=valuation)


def _bill_growth(dataset: Dataset, row: Row) -> Verdict:
    """Judge the growth that follows from two quoted sums, within the rounding of both."""
    span, quoted = _span(row), row["value"]
    figures = goods_values.growth(dataset, goods_values.ALL_FUELS, "import", span)
    lead = [one for one in verdict_rule.leading(figures, "CHN", "USD") if _is_sum(one)]
    earlier = year_before(span)
    if not lead:
        return _lacking(row, message("claims.lacking.fuels_twice", first=Months(*earlier), second=Months(*span)))
    least, most = _implied(dataset, row) or (float(quoted), float(quoted))
    slack = max(most - float(quoted), float(quoted) - least, half_digit(quoted))
    number, own = verdict_rule.QuotedNumber(quoted, slack=slack, unit=row["unit"]), lead[0]
    judgement = verdict_rule.judge(dataset, number, figures, lead, span, "import")
    before = goods_values.levels(dataset, goods_values.ALL_FUELS, "import", earlier)
    sentence = message("claims.fuels.growth", least=Rate(least), most=Rate(most), rate=Rate(own.figure), sums=own.steps)
    tested = judgement.figures if judgement else verdict_rule.fails(number, figures)
    tested = tuple(replace(one, tolerance=slack) if one.code == own.code else one for one in tested)
    return _verdict(row, judgement.verdict if judgement else NOT, (sentence, *_parted(dataset, span, before)), tested)


def _implied(dataset: Dataset, row: Row) -> tuple[float, float] | None:
    """Return the least and the greatest growth in per cent that two quoted sums of one scope can mean."""
    same = [one for one in _texts(dataset) if one["kind"] == "level" and one["scope"] == row["scope"]]
    levels = {_span(one): one["value"] for one in same}
    top, bottom = levels.get(_span(row)), levels.get(_span(row, "base"))
    if not (top and bottom):
        return None
    up, down = half_digit(top), half_digit(bottom)
    least = 100 * ((float(top) - up) / (float(bottom) + down) - 1)
    return least, 100 * ((float(top) + up) / (float(bottom) - down) - 1)


def _parted(dataset: Dataset, span: Span, before: list[Recomputation]) -> tuple[Message, ...]:
    """Say why BACI's growth is not computed where it changes its basis in between."""
    gap = goods_values.broken(dataset, goods_values.ALL_FUELS, "import", span)
    if gap is None:
        return ()
    now = goods_values.levels(dataset, goods_values.ALL_FUELS, "import", span)
    sums = [one for figures in (before, now) for one in figures if one.kind is Kind.MERGED and _is_sum(one)]
    start, end = (f"{day:%Y}" for day in (gap.last_before, gap.first_after))
    first, last = Months(f"{start}-01", f"{start}-12"), Months(f"{end}-01", f"{end}-12")
    if len(sums) < 2:
        return (message("claims.fuels.break", first=first, last=last),)
    before_it, after_it = _carried(sums[0]), _carried(sums[-1])
    return (message("claims.fuels.break_between", before=before_it, after=after_it),)


def _arms_makers(dataset: Dataset, row: Row) -> Verdict:
    """Show what customs do know beside a claim about users that they do not know."""
    year, codes = _year(row), tuple(row["scope"].split())
    chips = energy.sold_to_russia(dataset, year, codes)
    figures, sentences = [], [message("claims.untold.users")]
    if chips is not None:
        rests, behind = (
            own_count.merged(dataset, codes, "export", year),
            Rest(chips, "export", month_spans.of(year), codes),
        )
        day, steps = energy.release(dataset, year), message("claims.steps.chips")
        figure, span = chips / 1e6, month_spans.of(year)
        made = Recomputation(
            Kind.MERGED, figure, MLN_USD, span, name_of(SourceRole.MERGED), day, steps, rests=behind, basis=rests
        )
        figures = [replace(made, goods=codes)]
        sentences.append(message("claims.chips", figure=Amount(chips, decimals=0, small=True)))
    return _verdict(row, UNTESTED, tuple(sentences), figures)


def _untestable(dataset: Dataset, row: Row) -> Verdict:
    del dataset
    return _verdict(
        row,
        UNTESTED,
        (message("claims.tested", reason=Translated("claims.tested.{}", str(row["id"]), str(row["tested_by"]))),),
    )


_TESTS: Final[dict[str, Callable[[Dataset, Row], Verdict]]] = {
    "trade-growth-2023h1": _trade_growth,
    "trade-above-2020": _more_than,
    "fuels-largest-share": _largest,
    "energy-2022": _fuel_bill,
    "energy-2021": _fuel_bill,
    "energy-growth-2022": _bill_growth,
    "microelectronics-2022": _arms_makers,
}
