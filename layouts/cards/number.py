"""What is this number: the panel of one plotted point, from its row back to the file it was read from."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from dash import html

from analysis.points import lacks
from layouts.cards import citation, number_words
from layouts.cards.cells import code_text
from layouts.cards.filled import filled
from layouts.cards.point_facts import PointFacts, Proof, Row
from layouts.drawing.values import records
from layouts.figure import source_line
from layouts.figure.chart import Chart
from layouts.look import foreign_words
from layouts.look.html_attributes import aria
from layouts.words import names, text
from layouts.words.catalogue import say, say_many
from loaders.core import schema
from loaders.shipped.provenance import Home

MOST: Final = 40  # rows shown of one sum; the rest are counted
_ABOUT: Final = "cards.about.{}"


def panel(chart: Chart, facts: Sequence[PointFacts], address: str) -> list[Any]:
    """Return the panel's content: figure, source, rows, steps, other sources, citation."""
    out: list[Any] = [html.P(say("cards.kicker", chart=chart.title), className="kicker")]
    for one in facts:
        out += [
            html.H2(number_words.headline(one.row)),
            html.P(number_words.subject(chart, one.row), className="subject"),
            *_steps(one),
            *(block for proof in one.proofs for block in _proof(proof)),
            *([] if one.proofs else _own(one)),
            *_others(one),
            html.H3(say("cards.cite")),
            html.Blockquote(citation.citation(chart, one, address), className="cite"),
            _whole_row(one.row),
        ]
    return foreign_words.named_all(out)


def missing(point: str) -> list[Any]:
    """Say that an address names a point which the view does not hold."""
    return [
        html.P(say("page.point"), className="kicker"),
        html.H2(say("cards.missing")),
        html.P(say("cards.missing.say", point=point)),
    ]


def _steps(one: PointFacts) -> list[Any]:
    steps = number_words.steps(one)
    return [html.H3(say("cards.steps")), html.Ol([html.Li(step) for step in steps])] if steps else []


def _proof(proof: Proof) -> list[Any]:
    part, used = proof.trace.part, proof.trace.used
    amount = text.exact(part.value, part.currency)
    head = say("cards.part", part=names.capital(number_words.role(part)), amount=amount)
    return [html.H3(head), html.P(_about(proof), className="meta"), _facts(used, proof.homes), _rows(proof)]


def _about(proof: Proof) -> str:
    part = proof.trace.part
    who, other = names.country(part.reporter), names.country(part.partner)
    period = text.short_span(part.start, part.end)
    return say(_ABOUT.format(part.flow), who=names.capital(who), other=other, goods=_goods(part.codes), period=period)


def _goods(codes: tuple[str, ...]) -> str:
    """Name the goods of a value: codes of the Harmonized System, or what publishers sum up under a word."""
    named = text.commas(code if code[:1].isdigit() else names.good(code) for code in codes)
    return say("cards.hs", code=named) if codes[0][:1].isdigit() else named


def _facts(rows: pd.DataFrame, homes: Sequence[Home]) -> html.Dl:
    """List source, release, retrieval, licence and files of the rows used."""
    out: list[Any] = []
    for name in dict.fromkeys(rows["source"]):
        out += _source(str(name), rows[rows["source"].eq(name)])
    for file, digest, retrieved, own in dict.fromkeys((h.file, h.sha256, h.retrieved, h.own) for h in homes if h.file):
        copy = next((h.copy for h in homes if h.file == file and h.copy), "")
        out += [html.Dt(say("cards.fact.own_file" if own else "cards.fact.file")), html.Dd(html.Code(file))]
        out += [html.Dt(say("cards.fact.copy")), html.Dd(html.A(copy, href=copy))] if copy and not own else []
        if retrieved:
            word = say("cards.fact.imported" if own else "cards.fact.retrieved")
            out += [html.Dt(word), html.Dd(retrieved.replace("T", " "))]
        known = html.Code(digest, className="hash") if digest else say("cards.fact.unhashed")
        out += [html.Dt("SHA-256"), html.Dd(known)]
    tables = list(dict.fromkeys(h.table for h in homes if h.table))
    out += [html.Dt(say("cards.fact.table")), html.Dd(html.Code(", ".join(tables)))] if tables else []
    return html.Dl(out, className="facts")


def _source(name: str, rows: pd.DataFrame) -> list[Any]:
    record, title = source_line.known(name), source_line.title(name)
    linked: Any = html.A(title, href=record.homepage) if record and record.homepage else title
    return [
        *(
            html.Dt(say("cards.fact.source")),
            html.Dd([linked, *([" · ", source_line.publisher(name)] if record else [])]),
        ),
        *(html.Dt(say("cards.fact.released")), html.Dd(number_words.released(rows))),
        *(html.Dt(say("cards.fact.licence")), html.Dd(source_line.licence(name))),
    ]


def _rows(proof: Proof) -> html.Div:
    """List the reported rows, as many as a reader can look through."""
    shown = records(proof.trace.used.head(MOST))
    homes = list(proof.homes) + [None] * len(shown)
    lines = [_line(row, home) for row, home in zip(shown, homes, strict=False)]
    left = len(proof.trace.used) - len(shown)
    label = say("cards.rows.label", part=number_words.role(proof.trace.part), about=_about(proof))
    more = [html.P(say_many("cards.rows.more", left), className="meta")] if left > 0 else []
    heads = (
        *(say("cards.head.period"), say("cards.head.code"), say("cards.head.reported")),
        *(say("cards.head.status"), say("cards.head.dated"), say("cards.head.row")),
    )
    return _table(heads, lines, label, more)


def _line(row: Row, home: Home | None) -> list[Any]:
    value = text.exact(float(row["value"]), str(row["currency"]))
    rate = row.get("rate")
    if rate is not None and not pd.isna(rate):
        key = "cards.rows.times" if row["currency"] == "USD" else "cards.rows.over"
        value = say(key, amount=value, rate=text.number(rate, 4))
    where = home.row if home and home.row else ""
    period = text.short_span(row["period_start"], row["period_end"])
    code = str(row["commodity_code"])
    cells = [
        say("cards.rows.taken", period=period) if row["sign"] < 0 else period,
        code if code[:1].isdigit() else names.good(code),
        value,
        _status(row),
        number_words.dated(row),
    ]
    return [*cells, _reference(str(row["reference"]), where)]


def _status(row: Mapping[str, Any]) -> str:
    return text.commas([code_text(str(row["status"])), code_text(str(row["valuation"]))])


def _reference(reference: str, row: str) -> Any:  # noqa: ANN401 (a link or text)
    """Link a row to the address it was read from, where it has one."""
    label = reference
    if row or reference.startswith("http"):
        label = say("cards.rows.row", row=row) if row else say("cards.rows.link")
    address = reference.split(", row ", maxsplit=1)[0].split(";", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    if address.startswith(("http://", "https://")):
        return html.A(label, href=address, title=reference)
    return html.Span(label, title=reference)


def _own(one: PointFacts) -> list[Any]:
    """Tell the source of a row that is itself what a source states."""
    row = one.row
    reference = "" if lacks(row, "reference") else str(row["reference"])
    cells = {
        "source": row.get("source"),
        "released": row.get("released"),
        "reference": reference,
        "known_by": row.get("known_by"),
    }
    facts = None if lacks(row, "source") else _facts(pd.DataFrame([cells]), one.homes)
    where = [home.row for home in one.homes if home.row][:1]
    link = (
        html.P(filled("cards.own.reference", reference=_reference(reference, where[0] if where else "")))
        if reference
        else None
    )
    reasons = [html.P(str(row[name])) for name in ("reason", "sentence") if not lacks(row, name)]
    vintage = (
        html.P(say("cards.own.vintage", vintage=str(row["vintage"])))
        if not lacks(row, "vintage") and not link
        else None
    )
    return [block for block in (facts, vintage, link, *reasons) if block is not None]


def _others(one: PointFacts) -> list[Any]:
    """Set beside it what others, other vintages and the other country print for the very key."""
    lines = [line for proof in one.proofs[:2] for line in _other_lines(proof)]
    rates = [line for proof in one.proofs[:1] for line in _printed(proof)]
    if not lines and not rates:
        return [html.H3(say("cards.others")), html.P(say("cards.others.none"))] if one.proofs else []
    heads = (
        *(say("cards.head.who"), say("cards.head.figure"), say("cards.head.against")),
        *(say("cards.head.dated"), say("cards.head.where")),
    )
    return [html.H3(say("cards.others")), _table(heads, [*lines, *rates], say("cards.others.label"), [])]


def _other_lines(proof: Proof) -> list[list[Any]]:
    return [_other(row) for row in records(proof.trace.others)]


def _other(row: Mapping[str, Any]) -> list[Any]:
    who = source_line.short(str(row["source"]))
    if row["mirror"]:
        who = say("cards.other.mirror", source=who, country=names.country(str(row["reporter"])))
    code = str(row["commodity_code"])
    goods = "" if code == schema.TOTAL else _goods((code,))
    return [
        text.commas([who, goods, code_text(str(row["valuation"])), code_text(str(row["status"]))]),
        text.exact(float(row["value"]), str(row["currency"])),
        say("cards.other.currency") if pd.isna(row["difference_pct"]) else text.percent(row["difference_pct"], 2),
        number_words.dated(row),
        _reference(str(row["reference"]), ""),
    ]


def _printed(proof: Proof) -> list[list[Any]]:
    printed = proof.printed.fillna("") if len(proof.printed) else proof.printed
    return [
        [
            say("cards.other.growth", publisher=source_line.office(str(row["publisher"]))),
            _rate(row),
            "",
            str(row["released"] or say("cards.dated.none")),
            _reference(str(row["reference"]), ""),
        ]
        for row in printed.to_dict("records")
    ]


def _rate(row: Mapping[Any, Any]) -> str:
    rate = text.per_cent(text.as_typed(float(row["yoy_pct"]), sign=True))
    currency = str(row["currency"])
    return say("cards.other.rate", rate=rate, currency=text.currency_name(currency)) if currency else rate


def _table(heads: tuple[str, ...], lines: list[list[Any]], name: str, more: list[Any]) -> html.Div:
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in heads]))
    body = html.Tbody([html.Tr([html.Td(cell) for cell in line]) for line in lines])
    grid = html.Div(html.Table([head, body]), className="scroll", tabIndex="0", role="region", **aria(label=name))
    return html.Div([grid, *more])


def _whole_row(row: Row) -> html.Details:
    """Show every cell of the row as the CSV has it."""
    cells = number_words.cells(row)
    listed = html.Dl([part for name, cell in cells for part in (html.Dt(name), html.Dd(cell))], className="facts")
    return html.Details([html.Summary(say("cards.whole_row")), listed])
