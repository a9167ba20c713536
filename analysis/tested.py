"""A reader's own number, judged on every basis at hand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from analysis import bases, levels, lines, pool, share_claims, told, typed
from analysis.bases import PERCENT, RATE, Basis, Span, span_name, year_before
from analysis.points import FLIPPED
from analysis.verdicts import HOLDS, NOT, OTHERWISE, UNREAD, UNTESTED, Row, Verdict

if TYPE_CHECKING:
    from analysis.book import Book
    from analysis.typed import Typed

ID: Final = "typed"
_SHOWN: Final = 12


@lru_cache(maxsize=128)
def judge(book: Book, words: str) -> Verdict:
    """Return the verdict on a statement as typed; what cannot be read or told is said, never guessed."""
    claim = typed.parse(words)
    row = _row(claim)
    if claim.untold:
        return Verdict(row, UNTESTED, f"{claim.untold}.")
    if missing := claim.missing or _ware(book, claim):
        return Verdict(row, UNREAD, missing)
    if claim.span and pool.split(claim.span):
        return Verdict(row, UNTESTED, _joined(claim.span))
    return _anywhere(book, claim, row) if claim.span is None else _windowed(book, claim, row, claim.span)


def _row(claim: Typed) -> Row:
    """Return the claim as a row of the claims table."""
    start, end = claim.span or ("", "")
    sign = {">": "> ", "<": "< "}.get(claim.bound, "")
    value = f"{sign}{claim.number}" if claim.unit and not claim.untold else ""
    return {
        "id": ID,
        "says": told.said(claim),
        "quoted": claim.words.strip(),
        "value": value,
        "unit": claim.unit if value else "",
        "period_start": start,
        "period_end": end,
        "flow": claim.flow,
        "scope": " ".join(claim.codes) or "TOTAL",
    }


def _joined(span: Span) -> str:
    year = span[0][:4] if span[0][5:] == "02" else span[1][:4]
    return (
        f"Chinese customs print January and February together since 2020; {span_name(span)} would split them. "
        f"Jan–Feb {year} can be tested."
    )


@lru_cache(maxsize=4)
def _wares(book: Book) -> frozenset[str]:
    """Return the words that the Harmonized System names goods with."""
    text = " ".join(
        str(cell)
        for name in ("hs_chapters_en", "hs_headings_en")
        for column in book.side(name).columns
        if column.startswith(("name", "title", "text", "short"))
        for cell in book.side(name)[column]
    )
    return frozenset(re.findall(r"[a-z]{3,}", text.lower()))


def _ware(book: Book, claim: Typed) -> str:
    """Say that goods are named which this test does not know by name."""
    wares = _wares(book)
    met = next((word for word in claim.passed if {word, f"{word}s", word.removesuffix("s")} & wares), None)
    if met is None or claim.codes:
        return ""
    return (
        f"“{met}” may name goods; all trade, the four fuels and HS codes can be tested. "
        "Give the code, for example: exports of HS 8703 up 30% in 2023."
    )


def _pool(book: Book, claim: Typed) -> pool.Pool:
    if claim.measure == typed.SHARE:
        return share_claims.pool(book, claim.side, claim.flow, claim.codes, claim.goods)
    rate = claim.measure == typed.GROWTH
    if claim.codes:
        return pool.of_goods(book, claim.codes, claim.goods, _flow(claim), rate=rate)
    return pool.growth(book) if rate else pool.values(book)


def _flow(claim: Typed) -> str:
    """Return the flow as China counts it; a share is of the flow of its own side."""
    if claim.measure == typed.SHARE:
        return claim.flow
    return FLIPPED.get(claim.flow, claim.flow) if claim.side == "RUS" else claim.flow


def _held(book: Book, claim: Typed, span: Span) -> list[Basis]:
    """Return every basis of one window."""
    if claim.measure == typed.SHARE:
        return [entry.basis for entry in _pool(book, claim).entries if entry.span == span]
    flow, rate = _flow(claim), claim.measure == typed.GROWTH
    if claim.codes:
        return (lines.growth if rate else lines.levels)(book, claim.codes, claim.goods, flow, span)
    if not rate:
        return levels.levels(book, flow, span)
    mirrors = _mirrored(book, flow, span) if claim.side == "RUS" else []
    return [*mirrors, *bases.growth(book, flow, span)]


def _mirrored(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return growth as Russia's side reports it, each source on its own base."""
    before = {basis.label: basis for basis in levels.mirrored(book, flow, year_before(span))}
    return [
        Basis(
            top.label,
            100 * (top.figure / before[top.label].figure - 1),
            PERCENT,
            top.window,
            top.source,
            top.vintage,
            f"{top.figure:.3f} bn over {before[top.label].figure:.3f} bn",
            rests=bases.over(top, before[top.label]),
        )
        for top in levels.mirrored(book, flow, span)
        if top.label in before and before[top.label].figure
    ]


def _ours(claim: Typed, held: list[Basis]) -> list[Basis]:
    """Keep the currency that the words name."""
    return [basis for basis in held if not claim.currency or basis.currency == claim.currency]


def _searched(claim: Typed, found: list[Basis]) -> list[Basis]:
    """Keep of what a search found the currency named; a value without one is searched in US$."""
    plain = claim.measure == typed.LEVEL and not claim.currency
    return [basis for basis in _ours(claim, found) if not plain or basis.currency == "USD"]


def _fits(claim: Typed, basis: Basis) -> bool:
    """Return whether a figure bears the number out: it rounds to it, or lies beyond it where that was said."""
    figure, number = (
        basis.figure * 1e9 / claim.scale,
        float(claim.number),
    )
    if claim.bound == ">":
        return figure > number
    if claim.bound == "<":
        return figure < number
    return bases.matches(figure, claim.number)


def _windowed(book: Book, claim: Typed, row: Row, span: Span) -> Verdict:
    """Judge a number whose months are named."""
    held = _held(book, claim, span)
    if not held:
        return Verdict(row, UNTESTED, _beyond(book, claim, span))
    own = _ours(claim, held)
    fits = [basis for basis in own if _fits(claim, basis)]
    if fits:
        rest = [basis for basis in held if basis not in fits]
        also = f" Beside it: {told.listed(rest[:3])}." if rest else ""
        return Verdict(row, HOLDS, f"{span_name(span)}: {told.listed(fits[:2])}.{also}", (*fits, *rest))
    said = f"For {span_name(span)} the figures give {told.listed(held[:4])}."
    if claim.bound:
        return Verdict(row, NOT, said, tuple(held))
    return _elsewhere(book, claim, row, held, said)


def _elsewhere(book: Book, claim: Typed, row: Row, held: list[Basis], said: str) -> Verdict:
    """Search the window that a number fits where it does not fit its own."""
    span = claim.span or ("", "")
    found = pool.search(_pool(book, claim), claim.number, span, _flow(claim), claim.scale)
    likely = _searched(claim, list(found.likely))
    if likely:
        hit = likely[0]
        sentence = f"{told.number(claim)} is {hit.window}, {told.how(hit)}. {said}"
        return Verdict(row, OTHERWISE, sentence, tuple(held), tuple(likely), found.said)
    far = _searched(claim, list(found.others))
    by_chance = (
        f" Only another year gives it: {far[0].window} ({told.how(far[0])})." if far else " No other window gives it."
    )
    return Verdict(row, NOT, f"{said}{by_chance}", tuple(held), tuple(far), found.said)


def _anywhere(book: Book, claim: Typed, row: Row) -> Verdict:
    """List the windows that a number fits where no months, or no year, were named."""
    named = "You named no year" if claim.months else "You named no months"
    if claim.bound:
        return Verdict(
            row, UNREAD, f"{named}: more or less than {told.number(claim)} of which window? Example: {typed.EXAMPLE}."
        )
    held = _pool(book, claim)
    flow = _flow(claim)
    fits = [entry for entry in held.fits(claim.number, claim.scale) if _in_months(entry.span, claim.months)]
    fits = [entry for entry in fits if not claim.currency or entry.basis.currency == claim.currency]
    own = [entry for entry in fits if entry.flow == flow]
    own.sort(
        key=lambda entry: (-int(entry.span[1].replace("-", "")), entry.basis.label != RATE, -pool.length(entry.span))
    )
    own.sort(key=lambda entry: (entry.basis.label != RATE, abs(_off(claim, entry.basis))))
    counted = pool.counted(held, len(fits))
    if not own:
        what = told.FLOWS[claim.flow, claim.side]
        beside = f" It fits {fits[0].flow}s of {fits[0].basis.window}." if fits and fits[0].flow != "total" else ""
        return Verdict(
            row, NOT, f"{named}; no window held gives {told.number(claim)} for {what}.{beside}", searched=counted
        )
    windows = list(dict.fromkeys(f"{entry.basis.window} ({told.how(entry.basis)})" for entry in own))
    more = f" and {len(windows) - 3} more" if len(windows) > 3 else ""
    sentence = f"{named}; {told.number(claim)} fits {', '.join(windows[:3])}{more}."
    return Verdict(row, HOLDS, sentence, tuple(entry.basis for entry in own[:_SHOWN]), searched=counted)


def _off(claim: Typed, basis: Basis) -> float:
    """Return how far a figure is from the number, in units of its last digit, to one decimal."""
    figure = basis.figure * 1e9 / claim.scale
    return round(abs(figure - float(claim.number)) * 10.0**claim.decimals, 1)


def _in_months(span: Span, months: tuple[int, int] | None) -> bool:
    return months is None or (span[0][:4] == span[1][:4] and (int(span[0][5:]), int(span[1][5:])) == months)


def _beyond(book: Book, claim: Typed, span: Span) -> str:
    """Name the span that is held where a window lies outside it."""
    flow = _flow(claim)
    held = [entry.span for entry in _pool(book, claim).entries if entry.flow == flow]
    what = claim.goods or told.FLOWS[claim.flow, claim.side]
    kind = "Growth" if claim.measure == typed.GROWTH else "Figures"
    what = "such a share" if claim.measure == typed.SHARE else what
    if not held:
        return (
            f"{kind} of {what} are not among the data."
            if kind == "Figures"
            else f"{kind} of {what} is not among the data."
        )
    start, end = min(one[0] for one in held), max(one[1] for one in held)
    gaps = "" if span[1] < start or span[0] > end else ", but not for these months"
    verb = "are" if kind == "Figures" else "is"
    ends = " to ".join(span_name((month, month)) for month in (start, end))
    return f"{kind} of {what} {verb} held from {ends}{gaps}; {span_name(span)} cannot be tested."
