"""Customs' tables by country: preliminary (4) and monthly bulletin (2), from pages or spreadsheets.

Each printed figure is a row of its own: month and year to date; exports, imports and the printed total.
Unit, currency and months are taken from the table's own words, or the table is refused.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from loaders.core.source import Hints, Parsed
from loaders.sources.china_customs import headings as gacc_heads
from loaders.sources.china_customs import partner_names
from loaders.sources.china_customs import titles as gacc_titles
from loaders.sources.china_customs.headings import ColumnHeads
from loaders.sources.china_customs.pages import Page, clean
from loaders.tables import parsing, row_account
from loaders.tables.grids import TextGrid

_VALUATION: Final = {"export": "FOB", "import": "CIF", "total": "unknown"}
_NUMBER: Final = re.compile(
    r"([-−]?)((?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.[0-9]{0,20})?(?:[eE][-+]?[0-9]{1,2})?)"
)
_NOTHING: Final = ("", "-", "--", "–", "—", "...", "…")
_NOTES: Final = re.compile(r"(notes?|source|remarks?)\b|注|备注|资料来源", re.IGNORECASE)
_OF_WHICH: Final = re.compile(r"^(of which|其中) ?:? ?", re.IGNORECASE)
_NAMED: Final = 12
_SHOWN: Final = 40


class _TableRead(row_account.Account):
    """What has been read of a file so far: figures and labels, and those of partners that no list knows."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.rows: list[dict[str, object]] = []
        self.labels: list[str] = []
        self.unknown: list[str] = []


@dataclass(frozen=True)
class _Partner:
    """One partner's row: its number, where a reader finds it, its label, and its cells by column."""

    number: int
    where: str
    label: str
    texts: dict[int, str]


def parse(page: Page, name: str, hints: Hints) -> Parsed:
    """Return the figures of a page or a spreadsheet; ``rows_read`` counts printed figures.

    Raises:
        SourceError: no table by country, or its unit, currency or period is not said or contradicted.
    """
    taken = _TableRead(name)
    for grid in page.grids:
        columns = gacc_heads.columns(grid)
        if columns is not None:
            head = gacc_heads.read(grid, columns, page, name, hints)
            taken.notes += head.notes
            _figures(grid, head, taken)
    if not taken.rows_read:
        raise gacc_titles.no_table(page, name)
    if all(row["partner"] != "RUS" for row in taken.rows):
        taken.notes.append(f"no row for Russia; the table holds {', '.join(taken.labels[:_NAMED])}")
    if taken.unknown:
        taken.notes.append(f"left out, for no list here knows them: {', '.join(taken.unknown[:_NAMED])}")
    return taken.parsed(_frame(taken.rows))


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    columns = ["partner", "flow", "period_start", "period_end", "currency", "value", "valuation", "status", "released"]
    return pd.DataFrame(rows, columns=[parsing.ROW, "reference", *columns]).assign(
        source="gacc",
        reporter="CHN",
        classification="none",
        commodity_code="TOTAL",
        net_weight_kg=float("nan"),
        quantity=float("nan"),
        quantity_unit=None,
    )


def _figures(grid: TextGrid, head: ColumnHeads, taken: _TableRead) -> None:
    """Read the rows below the heading, down to the notes."""
    place = f"{taken.name}, {grid.place + ', ' if grid.place else ''}row"
    for number, cells in enumerate(grid.rows[head.below :], start=head.below + 1):
        printed = clean(cells[head.label]) if len(cells) > head.label else ""
        label = _OF_WHICH.sub("", printed).rstrip(": ")
        if _NOTES.match(label):
            return
        texts = {column: clean(cells[column]) for column in head.columns if len(cells) > column}
        if not set(texts.values()) <= {"", printed}:  # a blank line, the name of a group, or a line merged across
            _line(_Partner(number, f"{place} {number}", label, texts), head, taken)


def _line(line: _Partner, head: ColumnHeads, taken: _TableRead) -> None:
    """Read one partner's figures."""
    if not line.label or not any(_NUMBER.fullmatch(text) or text in _NOTHING for text in line.texts.values()):
        taken.refuse_line(f"{line.where}: {line.label or 'no partner'!r} is no row of figures")
        return
    partner = _partner(line.label)
    taken.labels.append(line.label)
    if partner is None:
        taken.unknown.append(line.label)
    for column, text in line.texts.items():
        if text in _NOTHING:
            continue
        taken.rows_read += 1
        match = _NUMBER.fullmatch(text)
        if match is None or match[1]:
            why = "less than zero" if match else "no number"
            taken.refuse_line(f"{line.where}: {line.label}, {text[:_SHOWN]!r} is {why}")
        elif not partner:
            taken.left_out[f"{'unknown partner' if partner is None else 'group'} {line.label}"] += 1
        else:
            taken.rows.append(_row(line, partner, head, column))


def _row(line: _Partner, partner: str, head: ColumnHeads, column: int) -> dict[str, object]:
    flow, span = head.columns[column]
    return {
        parsing.ROW: line.number,
        "reference": line.where,
        "partner": partner,
        "flow": flow,
        "period_start": span[0],
        "period_end": span[1],
        "currency": head.currency,
        "value": float(Decimal(line.texts[column].replace(",", "")) * head.scale),
        "valuation": _VALUATION[flow],
        "status": head.status,
        "released": head.released,
    }


def _partner(label: str) -> str | None:
    """Return the ISO code of a printed label, empty for a group, nothing for an unknown one."""
    known = partner_names.partners()
    short = re.sub(r" ?\([^()]*\)$", "", label)
    return known.get(partner_names.key(label), known.get(partner_names.key(short)))
