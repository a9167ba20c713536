"""A changed figure in a line: what it is, what it was, what it is now."""

from typing import Final

import pandas as pd

from layouts.figure import source_line
from layouts.words import names, text
from layouts.words.catalogue import say
from loaders.core import schema
from loaders.versions.table_changes import GONE, NEW, REVISED, FigureChange

_SAID: Final = {NEW: "takeaway.change.new", REVISED: "takeaway.change.revised", GONE: "takeaway.change.gone"}


def sentence_of(one: FigureChange) -> str:
    """Say what happened to a figure: ``Revised: UN Comtrade, China, imports from Russia, ...: 1 → 2 USD``."""
    start, end = (pd.Timestamp(f"{month}-01") for month in (one.start, one.end))
    old, new = ("–" if value is None else text.number(value, 0) for value in (one.old, one.new))
    subject = say(
        "takeaway.change.subject",
        source=source_line.short(one.source),
        reporter=names.country(one.reporter),
        flow=names.flow(one.flow),
        partner=names.country(one.partner),
        goods=_goods(one),
        period=text.short_span(start, end),
    )
    return say(_SAID[one.kind], subject=subject, old=old, new=new, currency=one.currency)


def _goods(one: FigureChange) -> str:
    """Name the goods: all, what a publisher sums up under a word, or a code with the classification that it is of."""
    if one.code == schema.TOTAL:
        return say("takeaway.all_goods")
    if not one.code[:1].isdigit():
        return names.good(one.code)
    system = one.classification.rstrip("0123456789")
    return say("cards.hs", code=one.code) if system in {"", "none", "HS"} else f"{system} {one.code}"
