"""The words of one plotted point: its figure, what it is of, when it was released, the steps."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import pandas as pd

from analysis import readings
from analysis.points import PointPart, empty, lacks
from layouts.cards.cells import cell_text
from layouts.cards.point_facts import PointFacts, Proof
from layouts.charts.claims.words import figure_text
from layouts.figure import export, source_line
from layouts.figure.chart import Chart
from layouts.words import basis_words, names, text
from layouts.words.catalogue import say, say_many
from loaders.core import schema

Row = dict[str, Any]
# Measures of a row in the order in which a reader asks for them: column, and what it is computed from.
MEASURES: Final = (
    ("yoy_pct", "base_value"),
    ("share_pct", "whole world_value"),
    ("gap_pct", "exporter_value other_value"),
    ("change_pct", "base_value value"),
    ("contribution_pct", "base_whole"),
    ("index", "base_value index_base"),
    ("price_effect", "value_before"),
    ("volume_effect", "value_before"),
    ("saving", "other_value"),
    ("hhi", "world_value"),
)
_MONEY: Final = frozenset({"price_effect", "volume_effect", "saving"})
_PLAIN: Final = frozenset({"index", "hhi"})
_NAME: Final = "cards.measure.{}"
_HOW: Final = "cards.measure.{}.how"
_FIGURE: Final = "cards.measure.{}.figure"
_ROLE: Final = "cards.role.{}"
_RELEASED: Final = "cards.released.{}"
_CITED: Final = "cards.cited.{}"


class Measured(NamedTuple):
    """One measure of a row: its column, its figure written out, whether it was computed here or is only quoted."""

    column: str
    figure: str
    computed: bool


def measured(row: Row) -> list[Measured]:
    """Return every measure that a row holds."""
    known = [one for one in MEASURES if not lacks(row, one[0])]
    return [
        Measured(column, _written(row, column), any(not lacks(row, part) for part in needs.split()))
        for column, needs in known
    ]


def _written(row: Row, column: str) -> str:
    value = float(row[column])
    if column in _MONEY:
        return text.money(value, str(row.get("currency") or "USD"), 2)
    if column in _PLAIN:
        return text.number(value, 1 if column == "index" else 3)
    return text.share(value, 2) if column == "share_pct" else text.percent(value, 2)


def headline(row: Row) -> str:
    """Return the figure of a row: its value, then its measures."""
    parts = []
    if not lacks(row, "value"):
        parts.append(_amount(float(row["value"]), str(row.get("currency") or "USD")))
    parts += [say(_FIGURE.format(one.column), figure=one.figure) for one in measured(row)[:2]]
    if not lacks(row, "brent_usd_bbl"):
        parts.append(say("cards.brent", price=text.as_typed(float(row["brent_usd_bbl"]))))
    if not lacks(row, "recomputed"):
        parts.append(figure_text(float(row["recomputed"]), str(row.get("recomputed_unit"))))
    word = next((cell_text(name, row[name]) for name in ("state", "verdict") if not lacks(row, name)), "")
    return " · ".join(parts) or names.capital(word) or say("cards.no_figure")


def _amount(value: float, currency: str) -> str:
    if abs(value) >= 1e8:
        return text.money(value, currency, 2)
    return text.exact(value, currency)


def subject(chart: Chart, row: Row) -> str:
    """Say what the figure is of: the cells that name the point, and the period."""
    cells = [_word(column, row) for column in chart.marks if not lacks(row, column)]
    if not lacks(row, "period_start"):
        cells.append(text.short_span(row["period_start"], row["period_end"]))
    if row.get("valuation") in {"FOB", "CIF"}:
        cells.append(basis_words.valued(str(row["valuation"])))
    return " · ".join(cells)


def _word(column: str, row: Row) -> str:
    if column == "code" and not lacks(row, "name"):
        return say("cards.hs.named", code=str(row["code"]), name=str(row["name"]))
    if column == "method":  # of a recomputation, which has words of its own
        return str(row["recomputation"])
    return cell_text(column, row[column])


def role(part: PointPart) -> str:
    """Say what a value is to the point that it stands behind: the figure, the same a year before."""
    return say(_ROLE.format(part.role), year=text.year(part.start.year))


class Release(NamedTuple):
    """When rows were released: the case, the days that its sentence names, and how many rows have no day."""

    case: str
    days: dict[str, str]
    undated: int = 0


def _release(rows: pd.DataFrame) -> Release:
    """Find when rows were released; where nobody says so, by which day they were public at the latest."""
    days = rows["released"].dropna()
    if days.empty:
        known = rows["known_by"].dropna() if "known_by" in rows else days
        return Release("by", {"day": text.day(known.max())}) if len(known) else Release("none", {})
    first, last = days.min(), days.max()
    named = {"day": text.release_day(last), "first": text.day(first), "last": text.day(last)}
    if rows["reference"].astype("str").str.contains(schema.DATED_HERE, regex=False).all():
        return Release("read", named)
    if first == last and all(_looks_back(row) for row in rows.to_dict("records")):
        return Release("recalled", named)
    return Release("on" if first == last else "span", named, int(rows["released"].isna().sum()))


def _looks_back(row: Mapping[Any, Any]) -> bool:
    """Return whether a row is what a newspaper printed of an earlier release."""
    if "period_end" not in row or "source" not in row:
        return False
    return readings.looks_back(str(row["source"]), row["period_end"], row["released"])


def released(rows: pd.DataFrame) -> str:
    """Say when the rows were released; where nobody says so, by which day they were public at the latest."""
    release = _release(rows)
    return _some(say(_RELEASED.format(release.case), **release.days), release.undated)


def cited_release(rows: pd.DataFrame) -> str:
    """Say of rows when they were released, as a citation does."""
    release = _release(rows)
    pattern = _RELEASED if release.case in {"by", "none"} else _CITED
    return _some(say(pattern.format(release.case), **release.days), release.undated)


def _some(days: str, undated: int) -> str:
    return say_many("cards.released.some", undated, days=days) if undated else days


def dated(row: Mapping[Any, Any]) -> str:
    """Return the release day of a row, or the day by which it was public at the latest, told apart."""
    if _looks_back(row):
        return say("cards.dated.recalled", day=f"{row['released']:%Y-%m-%d}")
    if not pd.isna(row["released"]):
        return f"{row['released']:%Y-%m-%d}"
    known = row.get("known_by")
    if known is None or pd.isna(known):
        return say("cards.dated.none")
    return say("cards.dated.by", day=f"{known:%Y-%m-%d}")


def steps(one: PointFacts) -> list[str]:
    """Return what was done to the reported rows, step by step."""
    sentences = [
        say("cards.step.made", part=names.capital(role(proof.trace.part)), made=_made(proof)) for proof in one.proofs
    ]
    sentences += [_step(measure) for measure in measured(one.row)]
    if not lacks(one.row, "steps"):
        sentences.append(str(one.row["steps"]))
    return sentences


def _step(measure: Measured) -> str:
    name = names.capital(say(_NAME.format(measure.column)))
    if not measure.computed:
        return say("cards.step.stated", name=name, figure=measure.figure)
    return say("cards.step.computed", name=name, how=say(_HOW.format(measure.column)), figure=measure.figure)


def _made(proof: Proof) -> str:
    used = proof.trace.used
    if used.empty:
        return say("cards.made.none")
    summed = _summed(used)
    if rates := source_line.rates(map(str, used["rate_source"].dropna().unique())):
        summed = say("cards.made.converted", made=summed, rates=rates)
    return summed if proof.trace.whole else say("cards.made.more", made=summed)


def _summed(used: pd.DataFrame) -> str:
    """Say which reported rows were taken, and what was done to them."""
    sources = text.listed(map(source_line.short, dict.fromkeys(used["source"])))
    away = int(used["sign"].lt(0).sum())
    if away:
        added, taken = (text.number(many, 0) for many in (len(used) - away, away))
        return say("cards.made.signed", added=added, taken=taken, sources=sources)
    if len(used) > 1:
        return say_many("cards.made.sum", len(used), sources=sources)
    row = used.iloc[0]
    if row["status"] == "derived":
        return say("cards.made.derived", sources=sources, reference=str(row["reference"]))
    return say("cards.made.one", sources=sources)


def cells(row: Row) -> list[tuple[str, str]]:
    """Return the filled cells of a row as the CSV writes them."""
    frame = export.plain(pd.DataFrame([row]))
    return [(str(name), str(cell)) for name, cell in frame.iloc[0].items() if not empty(cell)]
