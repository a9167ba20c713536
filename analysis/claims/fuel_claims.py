"""The claims about the bill for Russian fuels, judged on China's own count: its sum, and its growth."""

from dataclasses import replace

from analysis.basis import Making
from analysis.claims import claims_table, judgements, quoted_number, verdict_rule
from analysis.claims.figures import goods_values, own_count
from analysis.claims.figures.own_count import ALL_FUELS
from analysis.claims.verdicts import NOT, UNTESTED, Row, Verdict
from analysis.dataset import Dataset
from analysis.readings import Span
from analysis.recomputations.figures import (
    Amount,
    Kind,
    Message,
    Months,
    Quoted,
    Rate,
    Recomputation,
    half_digit,
    matches,
    message,
    year_before,
)
from loaders.core.source_records import SourceRole, serving


def bill(dataset: Dataset, row: Row) -> Verdict:
    """Judge the sum of the four fuels on China's own count, and say what other sources give."""
    span = claims_table.span(row)
    figures = goods_values.levels(dataset, ALL_FUELS, "import", span)
    lead = [one for one in quoted_number.leading(figures, "CHN", "USD") if _is_sum(one)]
    number = quoted_number.QuotedNumber(row["value"], unit=row["unit"])
    if not lead:
        return Verdict(row, UNTESTED, (message("claims.lacking.fuels", months=Months(*span)),))
    own, judgement = lead[0], verdict_rule.judge(dataset, number, figures, lead, span, "import")
    rest = _beside(figures, own)
    if judgement is None:
        sentence = message("claims.fuels.come_to", figure=(own,))
        return Verdict(row, NOT, (sentence, *rest), judgements.rounded(number, figures))
    first = next(one for one in judgement.figures if one.code == own.code)
    sentences = (*_agreement(dataset, row, first, span), _left_out(dataset, span), *rest)
    others = (one for one in judgement.figures if one is not first)
    return Verdict(row, judgement.verdict, sentences, (first, *others))


def bill_growth(dataset: Dataset, row: Row) -> Verdict:
    """Judge the growth that follows from two quoted sums, within the rounding of both."""
    span, quoted = claims_table.span(row), row["value"]
    figures = goods_values.growth(dataset, ALL_FUELS, "import", span)
    lead = [one for one in quoted_number.leading(figures, "CHN", "USD") if _is_sum(one)]
    earlier = year_before(span)
    if not lead:
        lacking = message("claims.lacking.fuels_twice", first=Months(*earlier), second=Months(*span))
        return Verdict(row, UNTESTED, (lacking,))
    least, most = _implied(dataset, row) or (float(quoted), float(quoted))
    slack = max(most - float(quoted), float(quoted) - least, half_digit(quoted))
    own, number = lead[0], quoted_number.QuotedNumber(quoted, slack=slack, unit=row["unit"])
    judgement = verdict_rule.judge(dataset, number, figures, lead, span, "import")
    before = goods_values.levels(dataset, ALL_FUELS, "import", earlier)
    sentence = message("claims.fuels.growth", least=Rate(least), most=Rate(most), rate=Rate(own.figure), sums=own.steps)
    tested = judgement.figures if judgement else judgements.rounded(number, figures)
    tested = tuple(replace(one, tolerance=slack) if one.code == own.code else one for one in tested)
    return Verdict(row, judgement.verdict if judgement else NOT, (sentence, *_parted(dataset, span, before)), tested)


def _agreement(dataset: Dataset, row: Row, own: Recomputation, span: Span) -> tuple[Message, ...]:
    """Say how far a quoted sum lies from China's own count, and within what."""
    figure, number, quoted = Amount(1e9 * own.figure), Quoted(row["value"], row["unit"]), float(row["value"])
    if matches(own.figure, row["value"]):
        return (message("claims.fuels.rounds", figure=figure, number=number),)
    off, known = 100 * (quoted / own.figure - 1), verdict_rule.usual(dataset, own, span, "import")
    key = "claims.fuels.more" if off > 0 else "claims.fuels.less"
    sentence = message(key, figure=figure, number=number, off=Rate(abs(off), signed=False))
    return (sentence, judgements.usually(known, own)) if known else (sentence,)


def _left_out(dataset: Dataset, span: Span) -> Message:
    """Name the codes that China's count leaves out, and what they came to where it tells."""
    codes = own_count.beside(ALL_FUELS)
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


def _parted(dataset: Dataset, span: Span, before: list[Recomputation]) -> tuple[Message, ...]:
    """Say why BACI's growth is not computed where it changes its basis in between."""
    gap = goods_values.broken(dataset, ALL_FUELS, "import", span)
    if gap is None:
        return ()
    now = goods_values.levels(dataset, ALL_FUELS, "import", span)
    sums = [one for figures in (before, now) for one in figures if one.kind is Kind.MERGED and _is_sum(one)]
    start, end = (f"{day:%Y}" for day in (gap.last_before, gap.first_after))
    first, last = Months(f"{start}-01", f"{start}-12"), Months(f"{end}-01", f"{end}-12")
    if len(sums) < 2:
        return (message("claims.fuels.break", first=first, last=last),)
    before_it, after_it = _carried(sums[0]), _carried(sums[-1])
    return (message("claims.fuels.break_between", before=before_it, after=after_it),)


def _is_sum(one: Recomputation) -> bool:
    """Return whether a figure is a sum of fuels, not their whole chapter."""
    return one.rests is not None and one.rests.codes != ("27",)


def _implied(dataset: Dataset, row: Row) -> tuple[float, float] | None:
    """Return the least and the greatest growth in per cent that two quoted sums of one scope can mean."""
    same = [one for one in claims_table.rows(dataset) if one["kind"] == "level" and one["scope"] == row["scope"]]
    levels = {claims_table.span(one): one["value"] for one in same}
    top, bottom = levels.get(claims_table.span(row)), levels.get(claims_table.span(row, "base"))
    if not (top and bottom):
        return None
    up, down = half_digit(top), half_digit(bottom)
    least = 100 * ((float(top) - up) / (float(bottom) + down) - 1)
    return least, 100 * ((float(top) + up) / (float(bottom) - down) - 1)
