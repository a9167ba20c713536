"""How to cite one plotted point: who published it, what was converted or computed and by whom, where it was read."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from analysis.points import lacks
from analysis.source_names import names_of
from layouts.cards.number_words import cited_release, headline, subject
from layouts.cards.point_facts import PointFacts, Proof
from layouts.figure import source_line
from layouts.figure.chart import Chart
from layouts.words import text
from layouts.words.catalogue import say, say_many
from loaders.core.source_records import SourceRole, serving
from loaders.shipped.provenance import Home

_PAPERS: Final = serving(SourceRole.PAPERS)  # a source of many papers: each is cited by its own name
_COPIES: Final = "//github.com/"  # where copies lie, never who published


def citation(chart: Chart, one: PointFacts, address: str) -> str:
    """Return the exact citation: whose figures, what, which release and row, when read, where seen."""
    parts = [_cited(proof) for proof in one.proofs] or [_cited_row(one)]
    figure, what = headline(one.row), subject(chart, one.row)
    shown = say("cards.cite.this", chart=chart.title, subject=what, figure=figure, address=address)
    return text.sentences([*dict.fromkeys(parts), shown])


def _cited(proof: Proof) -> str:
    used, part = proof.trace.used, proof.trace.part
    who = _publishers(dict.fromkeys(used["source"]) or part.sources, used["reference"].astype("str"), proof.homes)
    day = cited_release(used) if len(used) else ""
    what = text.clauses([text.commas([_figure(proof), day]), _read(proof.homes, len(used))])
    return say("cards.cite.said", who=who, what=what)


def _figure(proof: Proof) -> str:
    """Say what was printed, then what was made of it and by whom; a figure of ours is never called a print."""
    used, part = proof.trace.used, proof.trace.part
    period = text.short_span(part.start, part.end)
    amount = text.exact(part.value, part.currency)
    many = len(used) > 1 or bool(used["sign"].lt(0).any())
    rates = source_line.rates(map(str, used["rate_source"].dropna().unique()))
    if not rates:
        ours = say("cards.cite.figure", amount=amount, period=period)
        return say("cards.cite.computed", figure=ours, count=text.number(len(used), 0)) if many else ours
    prints = say("cards.cite.figure", amount=text.clauses(_printed(used)), period=period)
    if many:
        return say("cards.cite.converted_each", figure=prints, amount=amount, rates=rates)
    rate = text.number(float(used["rate"].iloc[0]), 4)
    return say("cards.cite.converted", figure=prints, amount=amount, rates=rates, rate=rate)


def _printed(used: pd.DataFrame) -> list[str]:
    """Return what was printed, in each currency of the prints, added up where there are several."""
    signed = used.assign(signed=used["value"] * used["sign"]).groupby("currency", sort=False, observed=True)
    return [text.exact(float(total), str(currency)) for currency, total in signed["signed"].sum().items()]


def _read(homes: Sequence[Home], rows: int) -> str:
    """Say where the copy was read: the repository, the file and its row, when, and its hash."""
    home = next((home for home in homes if home.file), None)
    if home is None:
        return ""
    day = home.retrieved[:10]
    what = [
        say("cards.cite.copy", address=home.copy) if home.copy else "",
        say("cards.cite.own") if home.own else "",
        home.file,
        _lines(home.row, rows),
        say("cards.cite.imported" if home.own else "cards.cite.retrieved", day=day) if day else "",
        f"SHA-256 {home.sha256}" if home.sha256 else "",
    ]
    return say("cards.cite.read", what=text.commas(what))


def _lines(row: str, rows: int) -> str:
    """Name the row of a file, and count those read with it."""
    if rows > 1:
        return say_many("cards.cite.row_more", rows - 1, row=row) if row else say_many("cards.cite.more", rows - 1)
    return say("cards.rows.row", row=row) if row else ""


def _cited_row(one: PointFacts) -> str:
    source, reference = ("" if lacks(one.row, name) else str(one.row[name]) for name in ("source", "reference"))
    if not source:
        return say("cards.cite.source", what=_resting(one.row))
    who = _publishers(names_of(source), [reference], one.homes)
    if any(home.copy for home in one.homes) or not reference:
        what = who
    elif _COPIES in reference:
        what = text.clauses([who, say("cards.cite.copy", address=reference)])
    else:
        what = text.commas([who, reference])
    return say("cards.cite.source", what=text.clauses([what, _read(one.homes, 1)]).rstrip("."))


def _publishers(names: Any, references: Any, homes: Sequence[Home]) -> str:  # noqa: ANN401 (names in any order)
    """Return who published: offices as they ask to be cited, papers by name, else by the site of their page."""
    publishers: list[str] = []
    for name in names:
        if name not in _PAPERS:
            publishers.append(cite(str(name)))
            continue
        papers = list(dict.fromkeys(home.publisher for home in homes if home.publisher))
        sites = list(dict.fromkeys(site for page in references if (site := urlsplit(page).netloc)))
        listed = text.listed((papers or sites or [say("cards.cite.paper")])[:4])
        publishers.append(say("cards.cite.papers", papers=listed))
    return text.clauses(publishers)


def _resting(row: dict[str, Any]) -> str:
    """Say of a row without a source what it rests on."""
    stated = next((str(row[name]) for name in ("sentence", "reason") if not lacks(row, name)), "")
    return stated.rstrip(".。") or say("cards.cite.none")


def cite(name: str) -> str:
    """Return how a source asks to be cited; its name where it is no source of the project."""
    source = source_line.known(name)
    return source.cite.rstrip(".") if source else source_line.short(name)
