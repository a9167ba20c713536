"""Claims: the article's figures, computed again on every basis at hand, and judged."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from analysis import readings
from analysis.cache import per_dataset
from analysis.claims import claims_table, fuel_claims, judgements, quoted_number, verdict_rule
from analysis.claims.figures import figure_search, own_count
from analysis.claims.parser import month_spans
from analysis.claims.verdicts import HOLDS, NOT, OTHERWISE, UNTESTED, Row, Verdict
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
    message,
)
from analysis.recomputations.year_on_year import vintage
from analysis.source_names import name_of
from loaders.core.source_records import SourceRole


@per_dataset(4)
def judge(dataset: Dataset) -> tuple[Verdict, ...]:
    """Return a verdict for each row of the claims table, in its order."""
    verdicts = (judge_one(dataset, row["id"]) for row in claims_table.rows(dataset))
    return tuple(verdict for verdict in verdicts if verdict)


@per_dataset(16)
def judge_one(dataset: Dataset, name: str) -> Verdict | None:
    """Return the verdict on one claim, without working out the others; None where the table has none of that name."""
    row = next((row for row in claims_table.rows(dataset) if row["id"] == name), None)
    return None if row is None else _TESTS.get(name, _untestable)(dataset, row)


def _year(row: Row) -> int:
    return int(row["period_start"][:4])


def _trade_growth(dataset: Dataset, row: Row) -> Verdict:
    """Judge a growth rate of trade; where it fails, search the window that it fits."""
    span, quoted, flow = claims_table.span(row), row["value"], row["flow"]
    figures = year_on_year.growth(dataset, flow, span)
    if not figures:
        return Verdict(row, UNTESTED, (message("claims.lacking.growth", months=Months(*span)),))
    number, lead = quoted_number.QuotedNumber(quoted, unit=row["unit"]), quoted_number.leading(figures, "CHN", "")
    if judgement := verdict_rule.judge(dataset, number, figures, lead, span, flow):
        return Verdict(row, judgement.verdict, judgement.sentences, judgement.figures)
    tested, sentences = judgements.rounded(number, figures), _then_and_now(lead, span)
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
    now = next((one for one in lead if not quoted_number.of_the_day(one)), None)
    months = Months(*span)
    if printed and now:
        return (message("claims.then_and_now", months=months, then=Rate(printed.figure), now=(now,)),)
    if printed:
        return (message("claims.at_the_time", months=months, then=Rate(printed.figure)),)
    return (message("claims.of_now", months=months, now=(now,)),) if now else ()


def _more_than(dataset: Dataset, row: Row) -> Verdict:
    """Judge that one window is larger than another, on figures of now and of the time, each on one basis."""
    out, larger = [], []
    spans = claims_table.span(row), claims_table.span(row, "base")
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
        return Verdict(row, UNTESTED, (message("claims.lacking.two", first=months, second=base),))
    top_value, bottom_value = larger[0]
    sentence = message("claims.more_than", months=months, top=Amount(top_value), base=base, bottom=Amount(bottom_value))
    return Verdict(row, HOLDS if all(a > b for a, b in larger) else NOT, (sentence,), tuple(out))


def _largest(dataset: Dataset, row: Row) -> Verdict:
    """Judge that a chapter is the largest of what Russia sold to China."""
    year, span = _year(row), month_spans.of(_year(row))
    ranks = energy.chapters(dataset, year)
    if row["scope"] not in set(ranks["chapter"]) or len(ranks) < 2:  # a chapter alone is larger than none
        return Verdict(row, UNTESTED, (message("claims.lacking.chapters", months=Months(*span)),))
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
    return Verdict(row, HOLDS if own["value"] > other["value"] else NOT, (sentence,), tuple(figures))


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
    return Verdict(row, UNTESTED, tuple(sentences), tuple(figures))


def _untestable(dataset: Dataset, row: Row) -> Verdict:
    del dataset
    return Verdict(
        row,
        UNTESTED,
        (message("claims.tested", reason=Translated("claims.tested.{}", str(row["id"]), str(row["tested_by"]))),),
    )


_TESTS: Final[dict[str, Callable[[Dataset, Row], Verdict]]] = {
    "trade-growth-2023h1": _trade_growth,
    "trade-above-2020": _more_than,
    "fuels-largest-share": _largest,
    "energy-2022": fuel_claims.bill,
    "energy-2021": fuel_claims.bill,
    "energy-growth-2022": fuel_claims.bill_growth,
    "microelectronics-2022": _arms_makers,
}
