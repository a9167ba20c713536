"""The words of one plotted point: its figure, what it is of, the steps, the citation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import windows
from analysis.exchange_rates import NAMES as RATES
from analysis.points import empty, lacks
from layouts.charts.claims.words import figure_text
from layouts.figure import export, source_line
from layouts.words import text
from loaders.core import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layouts.cards.point_facts import PointFacts, Proof
    from layouts.figure.chart import Chart

Row = dict[str, Any]
_FLOWS: Final = {"export": "exports", "import": "imports", "total": "trade both ways"}
# Measures of a row in the order in which a reader asks for them: column, what it is, how it is computed, from what.
MEASURES: Final = (
    ("yoy_pct", "growth on a year before", "100 × (figure ÷ the same a year before − 1)", "base_value"),
    ("share_pct", "share", "100 × figure ÷ the whole", "whole world_value"),
    ("gap_pct", "gap", "100 × (first ÷ second − 1)", "exporter_value other_value"),
    ("change_pct", "change", "100 × (figure ÷ base − 1)", "base_value value"),
    ("contribution_pct", "contribution to growth", "100 × (figure − base) ÷ sum of all bases", "base_whole"),
    ("index", "index", "100 × figure ÷ figure of the base", "base_value index_base"),
    ("price_effect", "price effect", "Bennet: mean weight × change of unit value", "value_before"),
    ("volume_effect", "volume effect", "Bennet: mean unit value × change of weight", "value_before"),
    ("saving", "implied saving", "(other price − Russian price) × Russian weight", "other_value"),
    ("hhi", "concentration of partners", "sum of squared shares of all partners", "world_value"),
)
STATED: Final = "as the source states it"
_MONEY: Final = frozenset({"price_effect", "volume_effect", "saving"})
_PLAIN: Final = frozenset({"index", "hhi"})


def exact(value: float, currency: str) -> str:
    """Write whole units in full: ``US$ 9,530,188,306``."""
    figure = text.number(value, 0 if abs(value) >= 1000 else 2)
    return f"US$ {figure}" if currency == "USD" else f"{figure} {text.UNITS.get(currency, currency)}"


def measured(row: Row) -> list[tuple[str, str, str]]:
    """Return name, figure and formula of every measure that a row holds; one that it only quotes has no formula."""
    held = [one for one in MEASURES if not lacks(row, one[0])]
    return [
        (name, _written(row, column), how if any(not lacks(row, part) for part in needs.split()) else STATED)
        for column, name, how, needs in held
    ]


def _written(row: Row, column: str) -> str:
    value = float(row[column])
    if column in _MONEY:
        return text.money(value, str(row.get("currency") or "USD"), 2)
    if column in _PLAIN:
        return text.number(value, 1 if column == "index" else 3)
    return f"{text.number(value, 2)}%" if column == "share_pct" else text.percent(value, 2)


def headline(row: Row) -> str:
    """Return the figure of a row: its value, then its measures."""
    said = []
    if not lacks(row, "value"):
        said.append(_amount(float(row["value"]), str(row.get("currency") or "USD")))
    said += [f"{figure} {name}" for name, figure, _ in measured(row)[:2]]
    if not lacks(row, "brent_usd_bbl"):
        said.append(f"US$ {float(row['brent_usd_bbl']):g} a barrel")
    if not lacks(row, "recomputed"):
        said.append(figure_text(float(row["recomputed"]), str(row.get("recomputed_unit"))))
    return " · ".join(said) or str(row.get("state") or row.get("verdict") or "No figure")


def _amount(value: float, currency: str) -> str:
    if abs(value) >= 1e8:
        return text.money(value, currency, 2)
    return exact(value, currency)


def subject(chart: Chart, row: Row) -> str:
    """Say what the figure is of: the cells that name the point, and the period."""
    cells = [_word(column, row) for column in chart.marks if not lacks(row, column)]
    if not lacks(row, "period_start"):
        cells.append(windows.period_name(row["period_start"], row["period_end"]))
    if row.get("valuation") in {"FOB", "CIF"}:
        cells.append(str(row["valuation"]))
    return " · ".join(cells)


def _word(column: str, row: Row) -> str:
    cell = row[column]
    if column == "flow":
        return _FLOWS.get(str(cell), str(cell))
    if column == "method":
        return str(row["recomputation"])
    if column in {"code", "place"} and not lacks(row, "name"):
        return f"HS {cell}, {row['name']}" if column == "code" else str(row["name"])
    return f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else str(cell).replace("_", " ")


def named(label: str) -> str:
    """Begin a label with a capital letter."""
    return label[:1].upper() + label[1:]


def released(rows: pd.DataFrame) -> str:
    """Say when the rows were released; where nobody says so, by which day they were public at the latest."""
    days = rows["released"].dropna()
    ours = rows["reference"].astype("str").str.contains(schema.DATED_HERE, regex=False).all()
    if days.empty:
        known = rows["known_by"].dropna() if "known_by" in rows else days
        latest = f"; public by {day(known.max())} at the latest" if len(known) else ""
        return f"release day not stated{latest}"
    first, last = days.min(), days.max()
    span = text.release_day(last) if first == last else f"{day(first)} to {day(last)}"
    some = f"; {int(rows['released'].isna().sum())} rows without a release day" if len(days) < len(rows) else ""
    return f"not stated; read {span}" if ours else f"{span}{some}"


def day(moment: pd.Timestamp) -> str:
    """Write a day: 7 Jun 2023."""
    return f"{moment.day} {moment:%b %Y}"


def dated(row: Mapping[Any, Any]) -> str:
    """Return the release day of a row, or the day by which it was public at the latest, told apart."""
    if not pd.isna(row["released"]):
        return f"{row['released']:%Y-%m-%d}"
    known = row.get("known_by")
    return "undated" if known is None or pd.isna(known) else f"public by {known:%Y-%m-%d}"


def steps(one: PointFacts) -> list[str]:
    """Return what was done to the reported rows, step by step."""
    said = [f"{named(proof.trace.part.label)}: {_made(proof)}" for proof in one.proofs]
    said += [
        f"{named(name)}: {figure}, {how}" if how == STATED else f"{named(name)}: {how} = {figure}"
        for name, figure, how in measured(one.row)
    ]
    if not lacks(one.row, "steps"):
        said.append(str(one.row["steps"]))
    return said


def _made(proof: Proof) -> str:
    used = proof.trace.used
    away = int(used["sign"].lt(0).sum())
    if used.empty:
        return "no reported row is at hand for this key"
    count = "one reported row" if len(used) == 1 else f"sum of {len(used):,} reported rows"
    if away:
        count = f"{len(used) - away} reported added, {away} taken away"
    rates = [RATES.get(str(name), str(name)) for name in used["rate_source"].dropna().unique()]
    alone = f", {_stands(used.iloc[0].to_dict())}" if len(used) == 1 else ""
    how = f"{alone}, each month converted at {text.listed(rates)}" if rates else alone
    whole = "" if proof.trace.whole else "; they do not add up to the figure, which rests on more than is listed"
    return f"{count} of {text.listed(map(source_line.short, dict.fromkeys(used['source'])))}{how}{whole}"


def _stands(row: Mapping[Any, Any]) -> str:
    """Say that a row stands as printed, or how it was derived when it was read."""
    return f"derived when it was read ({row['reference']})" if row["status"] == "derived" else "as printed"


def cells(row: Row) -> list[tuple[str, str]]:
    """Return the filled cells of a row as the CSV writes them."""
    frame = export.plain(pd.DataFrame([row]))
    return [(str(name), str(cell)) for name, cell in frame.iloc[0].items() if not empty(cell)]
