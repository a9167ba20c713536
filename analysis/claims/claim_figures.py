"""What a reader's claim is set against: the recomputations of its window, their pool, records, and goods by name."""

import re
from itertools import pairwise
from typing import Final

from analysis.cache import per_dataset
from analysis.claims import quoted_number
from analysis.claims.figures import figure_search, goods_values, levels, shares
from analysis.claims.parser import goods as parser_goods
from analysis.claims.parser import month_spans
from analysis.claims.parser.typed import GROWTH, SHARE, Typed
from analysis.claims.parser.vocabulary import as_china_counts
from analysis.claims.parser.words import several
from analysis.dataset import Dataset
from analysis.readings import Span
from analysis.recomputations import year_on_year
from analysis.recomputations.figures import Amount, Message, Months, Recomputation, message, year_before

_STEM: Final = 5  # letters that a Russian word keeps in all its cases
_FIRST: Final = 1992  # the first year that any source holds


def pool_of(dataset: Dataset, claim: Typed) -> figure_search.Pool:
    """Return every figure of the kind that is claimed."""
    if claim.measure == SHARE:
        asked = shares.ShareAsked(claim.whole, claim.side, claim.flow, claim.codes, claim.by_weight)
        return shares.pool(dataset, asked)
    rate = claim.measure == GROWTH
    if claim.codes:
        return figure_search.of_goods(dataset, claim.codes, flow_of(claim), rate=rate)
    return figure_search.growth(dataset) if rate else figure_search.values(dataset)


def flow_of(claim: Typed) -> str:
    """Return the flow as China counts it; a share is of the flow of its own side."""
    return claim.flow if claim.measure == SHARE else as_china_counts(claim.flow, claim.side)


def counter(claim: Typed) -> str:
    """Return whose count the words point to first; a surplus of Russia's is China's deficit on China's count."""
    return "CHN" if claim.flow == "balance" else claim.side


def figures_of(dataset: Dataset, claim: Typed, span: Span) -> list[Recomputation]:
    """Return every basis of one window."""
    if claim.measure == SHARE:
        return [entry.basis for entry in pool_of(dataset, claim).entries if entry.span == span]
    flow, rate = flow_of(claim), claim.measure == GROWTH
    if claim.codes:
        if rate:
            return goods_values.growth(dataset, claim.codes, flow, span, claim.base)
        return goods_values.levels(dataset, claim.codes, flow, span)
    if not rate:
        return levels.levels(dataset, flow, span)
    mirrors = _mirrored(dataset, flow, span, claim.base) if claim.side == "RUS" else []
    return [*mirrors, *year_on_year.growth(dataset, flow, span, claim.base)]


def _mirrored(dataset: Dataset, flow: str, span: Span, earlier: Span | None) -> list[Recomputation]:
    """Return growth as Russia's side reports it, each source on its own base and one basis."""
    before = {one.code: one for one in levels.mirrored(dataset, flow, earlier or year_before(span))}
    pairs = [(top, before.get(top.code)) for top in levels.mirrored(dataset, flow, span)]
    return [
        year_on_year.of_two(top, base, top.basis)
        for top, base in pairs
        if base and base.figure and top.basis == base.basis
    ]


def recorded(dataset: Dataset, claim: Typed, span: Span) -> tuple[bool | None, Message, list[Recomputation]]:
    """Compare a window with the same months of all earlier years, on one counter's figures in one currency."""
    spans = (month_spans.ending_in(span, year) for year in range(_FIRST, int(span[1][:4]) + 1))
    by_year = [one for each in spans if (one := _level(dataset, claim, each))]
    if len(by_year) < 2 or by_year[-1].span != span:
        return None, message("claims.record.untested"), by_year
    own, earlier = by_year[-1], by_year[:-1]
    highest = max(earlier, key=lambda one: one.figure)
    if own.figure > highest.figure:
        sentence = message("claims.record", len(earlier), figure=(own,), first=Months(*earlier[0].span))
        return True, sentence, [own, highest]
    sentence = message(
        "claims.record.none",
        highest=Months(*highest.span),
        figure=(highest,),
        months=Months(*span),
        own=Amount(1e9 * own.figure, own.currency),
    )
    return False, sentence, [own, highest]


def _level(dataset: Dataset, claim: Typed, span: Span) -> Recomputation | None:
    """Return the value of a window that the words point to first."""
    flow = flow_of(claim)
    figures = (
        goods_values.levels(dataset, claim.codes, flow, span) if claim.codes else levels.levels(dataset, flow, span)
    )
    lead = quoted_number.leading(figures, counter(claim), claim.currency or "USD")
    return next((one for one in lead if not quoted_number.of_the_day(one)), lead[0] if lead else None)


@per_dataset(4)
def _wares(dataset: Dataset) -> frozenset[str]:
    """Return the words that the Harmonized System names goods with."""
    text = " ".join(
        str(cell)
        for name in ("hs_chapters_en", "hs_headings_en")
        for column in dataset.side(name).columns
        if column.startswith(("name", "title", "text", "short"))
        for cell in dataset.side(name)[column]
    )
    return frozenset(re.findall(r"[a-z]{3,}", text.lower()))


@per_dataset(4)
def _stems(dataset: Dataset) -> frozenset[str]:
    """Return how the words begin that name goods in Russian, and each two letters beside each other in Chinese."""
    names = dataset.side("hs_names")
    if names.empty:
        return frozenset()
    own = {lang: " ".join(names.loc[names["lang"].eq(lang), "name"]).lower().replace("ё", "е") for lang in ("ru", "zh")}
    pairs = {one + two for one, two in pairwise(own["zh"]) if _is_han(one) and _is_han(two)}
    return frozenset({word[:_STEM] for word in re.findall(rf"[а-я]{{{_STEM},}}", own["ru"])} | pairs)


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


def _names_goods(dataset: Dataset, word: str) -> bool:
    """Return whether a word is one that the Harmonized System names goods with, in any of the languages."""
    if word.isascii():
        return bool({word, f"{word}s", word.removesuffix("s")} & _wares(dataset))
    if _is_han(word[0]):
        return any(one + two in _stems(dataset) for one, two in pairwise(word))
    return len(word) >= _STEM and word[:_STEM] in _stems(dataset)


def unknown_ware(dataset: Dataset, claim: Typed) -> Message | None:
    """Say that goods are named which this test does not know by name."""
    met = next((word for word in claim.passed if _names_goods(dataset, word)), "")
    met = met or parser_goods.ware(claim.plain, tuple(word for word in claim.passed if word not in several("no_kinds")))
    return message("claims.ware", word=met) if met and not claim.codes else None
