"""What is this number: the panel of one plotted point, from its row back to the file it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from dash import html

from analysis import windows
from analysis.measures.partners.rerouting import PLACES
from analysis.points import lacks
from layouts.cards import citation, number_words
from layouts.figure import source_line
from layouts.look.html_attributes import aria
from layouts.words import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layouts.cards.point_facts import PointFacts, Proof, Row
    from layouts.figure.chart import Chart
    from loaders.shipped.provenance import Home

PLACES_NAMED: Final = {**PLACES, "CHN": "China", "RUS": "Russia", "WLD": "the world"}
MOST: Final = 40  # rows shown of one sum; the rest are counted


def panel(chart: Chart, told: Sequence[PointFacts], address: str) -> list[Any]:
    """Return the panel's content: figure, source, rows, steps, other sources, citation."""
    out: list[Any] = [html.P(f"What is this number? · {chart.title}", className="kicker")]
    for one in told:
        out += [
            html.H2(number_words.headline(one.row)),
            html.P(number_words.subject(chart, one.row), className="subject"),
            *_steps(one),
            *(block for proof in one.proofs for block in _proof(proof)),
            *([] if one.proofs else _own(one)),
            *_others(one),
            html.H3("How to cite it"),
            html.Blockquote(citation.citation(chart, one, address), className="cite"),
            _whole_row(one.row),
        ]
    return out


def missing(point: str) -> list[Any]:
    """Say that an address names a point which the view does not hold."""
    return [
        html.P("What is this number?", className="kicker"),
        html.H2("This point is not in the view"),
        html.P(
            [
                "The address asks for ",
                html.Code(point),
                ". Widen the period, or choose the flow, measure and day it was taken from.",
            ]
        ),
    ]


def _steps(one: PointFacts) -> list[Any]:
    steps = number_words.steps(one)
    return [html.H3("How it is made"), html.Ol([html.Li(step) for step in steps])] if steps else []


def _proof(proof: Proof) -> list[Any]:
    part, used = proof.trace.part, proof.trace.used
    head = f"{number_words.named(part.label)}: {number_words.exact(part.value, part.currency)}"
    return [html.H3(head), html.P(_about(proof), className="meta"), _facts(used, proof.homes), _rows(proof)]


def _about(proof: Proof) -> str:
    part = proof.trace.part
    who, other = (PLACES_NAMED.get(code, code) for code in (part.reporter, part.partner))
    named = ", ".join(code if code[:1].isdigit() else code.replace("_", " ").lower() for code in part.codes)
    codes = "all goods" if part.codes == ("TOTAL",) else f"HS {named}" if named[:1].isdigit() else named
    way = {"export": f"exports to {other}", "import": f"imports from {other}", "total": f"trade with {other}"}
    return f"{who}: {way[part.flow]}, {codes}, {windows.period_name(part.start, part.end)}"


def _facts(rows: pd.DataFrame, homes: Sequence[Home]) -> html.Dl:
    """List source, release, retrieval, licence and files of the rows used."""
    out: list[Any] = []
    for name in dict.fromkeys(rows["source"]):
        out += _source(str(name), rows[rows["source"].eq(name)])
    for file, digest, retrieved, own in dict.fromkeys((h.file, h.sha256, h.retrieved, h.own) for h in homes if h.file):
        copy = next((h.copy for h in homes if h.file == file and h.copy), "")
        where: list[Any] = [" (copy at ", html.A(copy, href=copy), ")"] if copy else []
        if own:
            where = [", a file that a reader brought"]
        out += [html.Dt("Read from"), html.Dd([html.Code(file), *where])]
        if retrieved:
            out += [html.Dt("Imported" if own else "Retrieved"), html.Dd(retrieved.replace("T", " "))]
        out += [html.Dt("SHA-256"), html.Dd(html.Code(digest, className="hash") if digest else "not recorded")]
    tables = list(dict.fromkeys(h.table for h in homes if h.table))
    out += [html.Dt("Table"), html.Dd(html.Code(", ".join(tables)))] if tables else []
    return html.Dl(out, className="facts")


def _source(name: str, rows: pd.DataFrame) -> list[Any]:
    held = source_line.held(name)
    title: Any = html.A(held.title, href=held.homepage) if held and held.homepage else held.title if held else name
    out = [html.Dt("Source"), html.Dd([title, f", {held.publisher}" if held else ""])]
    out += [html.Dt("Released"), html.Dd(number_words.released(rows))]
    licence = held.licence if held else source_line.QUOTED
    return [*out, html.Dt("Licence"), html.Dd(licence)]


def _rows(proof: Proof) -> html.Div:
    """List the reported rows, as many as a reader can look through."""
    shown = proof.trace.used.head(MOST).to_dict("records")
    homes = list(proof.homes) + [None] * len(shown)
    lines = [_line({str(k): v for k, v in row.items()}, home) for row, home in zip(shown, homes, strict=False)]
    left = len(proof.trace.used) - len(shown)
    name = f"{proof.trace.part.label}, {_about(proof)}"
    more = [html.P(f"and {left:,} more rows of the same kind", className="meta")] if left > 0 else []
    return _table(
        ("Period", "Code", "As reported", "Status", "Released, or public by", "Row"),
        lines,
        f"Reported rows: {name}",
        more,
    )


def _line(row: Row, home: Home | None) -> list[Any]:
    value = number_words.exact(float(row["value"]), str(row["currency"]))
    rate = row.get("rate")
    if rate is not None and not pd.isna(rate):
        value += f" × {rate:.4f}" if row["currency"] == "USD" else f" ÷ {rate:.4f}"
    where = home.row if home and home.row else ""
    cells = [
        ("− " if row["sign"] < 0 else "") + windows.period_name(row["period_start"], row["period_end"]),
        str(row["commodity_code"]),
        value,
        f"{row['status']}, {row['valuation']}",
        number_words.dated(row),
    ]
    return [*cells, _reference(str(row["reference"]), where)]


def _reference(reference: str, row: str) -> Any:  # noqa: ANN401 (a link or text)
    """Link a row to the address it was read from, where it has one."""
    said = f"row {row}" if row else "link" if reference.startswith("http") else reference
    address = reference.split(", row ", maxsplit=1)[0].split(";", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    if address.startswith(("http://", "https://")):
        return html.A(said, href=address, title=reference)
    return html.Span(said, title=reference)


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
    said = html.P(["Reference: ", _reference(reference, where[0] if where else "")]) if reference else None
    told = [html.P(str(row[name])) for name in ("reason", "sentence") if not lacks(row, name)]
    vintage = html.P(f"Vintage: {row['vintage']}") if not lacks(row, "vintage") and not said else None
    return [block for block in (facts, vintage, said, *told) if block is not None]


def _others(one: PointFacts) -> list[Any]:
    """Set beside it what others, other vintages and the other country print for the very key."""
    lines = [line for proof in one.proofs[:2] for line in _other_lines(proof)]
    rates = [line for proof in one.proofs[:1] for line in _printed(proof)]
    if not lines and not rates:
        said = "No other source at hand prints the same key." if one.proofs else ""
        return [html.H3("What others print"), html.P(said)] if said else []
    heads = ("Who", "Figure", "Against it", "Released, or public by", "Where")
    return [html.H3("What others print"), _table(heads, [*lines, *rates], "Other figures for the same key", [])]


def _other_lines(proof: Proof) -> list[list[Any]]:
    return [_other({str(key): cell for key, cell in row.items()}) for row in proof.trace.others.to_dict("records")]


def _other(row: Mapping[str, Any]) -> list[Any]:
    who = source_line.short(str(row["source"]))
    if row["mirror"]:
        who += f", as {PLACES_NAMED.get(str(row['reporter']), str(row['reporter']))} counts it"
    code = "" if row["commodity_code"] == "TOTAL" else f", HS {row['commodity_code']}"
    return [
        f"{who}{code}, {row['valuation']}, {row['status']}",
        number_words.exact(float(row["value"]), str(row["currency"])),
        "another currency" if pd.isna(row["difference_pct"]) else text.percent(row["difference_pct"], 2),
        number_words.dated(row),
        _reference(str(row["reference"]), ""),
    ]


def _printed(proof: Proof) -> list[list[Any]]:
    held = proof.printed.fillna("") if len(proof.printed) else proof.printed
    return [
        [
            f"{row['publisher']}, printed growth",
            _rate(row),
            "",
            str(row["released"] or "undated"),
            _reference(str(row["reference"]), ""),
        ]
        for row in held.to_dict("records")
    ]


def _rate(row: Mapping[Any, Any]) -> str:
    rate = f"{float(row['yoy_pct']):+g}%".replace("-", text.MINUS)
    return f"{rate} in {row['currency']}" if row["currency"] else rate


def _table(heads: tuple[str, ...], lines: list[list[Any]], name: str, more: list[Any]) -> html.Div:
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in heads]))
    body = html.Tbody([html.Tr([html.Td(cell) for cell in line]) for line in lines])
    grid = html.Div(html.Table([head, body]), className="scroll", tabIndex="0", role="region", **aria(label=name))
    return html.Div([grid, *more])


def _whole_row(row: Row) -> html.Details:
    """Show every cell of the row as the CSV has it."""
    cells = number_words.cells(row)
    listed = html.Dl([part for name, cell in cells for part in (html.Dt(name), html.Dd(cell))], className="facts")
    return html.Details([html.Summary("The row as in the CSV"), listed])
