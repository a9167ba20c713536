"""How to cite one plotted point: who published it, what was converted or computed and by whom, where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from analysis import windows
from analysis.exchange_rates import NAMES as RATES
from analysis.points import lacks
from analysis.source_names import names_of
from layouts.cards.number_words import exact, headline, released, subject
from layouts.figure import source_line
from layouts.words import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from layouts.cards.point_facts import PointFacts, Proof
    from layouts.figure.chart import Chart
    from loaders.shipped.provenance import Home

_PAPERS: Final = "press"  # a source of many papers: each is cited by its own name
_COPIES: Final = "//github.com/"  # where copies lie, never who published
_US: Final = "this dashboard"


def citation(chart: Chart, one: PointFacts, address: str) -> str:
    """Return the exact citation: whose figures, what, which release and row, when read, where seen."""
    parts = [_cited(proof) for proof in one.proofs] or [_cited_row(one)]
    shown = f"“{chart.title}”, {subject(chart, one.row)}: {headline(one.row)}"
    return f"{' '.join(dict.fromkeys(parts))} Shown in Sino-Russian trade, {shown}, {address}"


def _cited(proof: Proof) -> str:
    used, part = proof.trace.used, proof.trace.part
    who = _publishers(dict.fromkeys(used["source"]) or part.sources, used["reference"].astype("str"), proof.homes)
    day = f", {_released(used)}" if len(used) else ""
    return f"{who}: {_figure(proof)}{day}{_read(proof.homes, len(used))}."


def _figure(proof: Proof) -> str:
    """Say what was printed, then what was made of it and by whom; a figure of ours is never called a print."""
    used, part = proof.trace.used, proof.trace.part
    period = windows.period_name(part.start, part.end)
    ours = f"{exact(part.value, part.currency)} ({period})"
    many = len(used) > 1 or bool(used["sign"].lt(0).any())
    rates = [RATES.get(str(name), str(name)) for name in used["rate_source"].dropna().unique()]
    if not rates:
        return f"{ours}, computed by {_US} from {len(used):,} printed figures" if many else ours
    at = f"at {text.listed(rates)}"
    if not many:
        at += f" of {used['rate'].iloc[0]:.4f}"
    prints = "; ".join(_printed(used)) + f" ({period})"
    made = ", each figure" if many else ""
    return f"{prints}, converted to {exact(part.value, part.currency)} by {_US}{made} {at}"


def _printed(used: pd.DataFrame) -> list[str]:
    """Return what was printed, in each currency of the prints, added up where there are several."""
    signed = used.assign(signed=used["value"] * used["sign"]).groupby("currency", sort=False, observed=True)
    return [exact(float(total), str(currency)) for currency, total in signed["signed"].sum().items()]


def _released(used: pd.DataFrame) -> str:
    said = released(used)
    return said if said.startswith(("release", "not stated")) else f"released {said}"


def _read(homes: Sequence[Home], rows: int) -> str:
    """Say where the copy was read: the repository, the file and its row, when, and its hash."""
    home = next((home for home in homes if home.file), None)
    if home is None:
        return ""
    copy = f"copy at {home.copy}, " if home.copy else ""
    whose = "a reader's file, " if home.own else ""
    where = f"; read from {copy}{whose}{home.file}" + (f", row {home.row}" if home.row else "")
    more = f" and {rows - 1:,} more rows" if rows > 1 else ""
    retrieved = f", {'imported' if home.own else 'retrieved'} {home.retrieved[:10]}" if home.retrieved else ""
    return f"{where}{more}{retrieved}" + (f", SHA-256 {home.sha256}" if home.sha256 else "")


def _cited_row(one: PointFacts) -> str:
    source, reference = ("" if lacks(one.row, name) else str(one.row[name]) for name in ("source", "reference"))
    if not source:
        return f"{_resting(one.row)}."
    copied = any(home.copy for home in one.homes)
    page = "" if copied or not reference else f"; copy at {reference}" if _COPIES in reference else f", {reference}"
    who = _publishers(names_of(source), [reference], one.homes)
    return f"{who}{page}{_read(one.homes, 1)}".rstrip(".") + "."


def _publishers(names: Any, references: Any, homes: Sequence[Home]) -> str:  # noqa: ANN401 (names in any order)
    """Return who published: offices as they ask to be cited, papers by name, else by the site of their page."""
    said: list[str] = []
    for name in names:
        if name != _PAPERS:
            said.append(cite(str(name)))
            continue
        papers = list(dict.fromkeys(home.publisher for home in homes if home.publisher))
        sites = list(dict.fromkeys(site for page in references if (site := urlsplit(page).netloc)))
        said.append(f"{text.listed((papers or sites or ['a newspaper'])[:4])}, quoting the office named there")
    return "; ".join(said)


def _resting(row: dict[str, Any]) -> str:
    """Say of a row without a source what it rests on."""
    said = next((str(row[name]) for name in ("sentence", "reason") if not lacks(row, name)), "")
    return said.rstrip(".") or "No source prints this"


def cite(name: str) -> str:
    """Return how a source asks to be cited; its name where it is no source of the project."""
    held = source_line.held(name)
    return held.cite.rstrip(".") if held else source_line.short(name)
