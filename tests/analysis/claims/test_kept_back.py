"""Prints of the day, each kept back in turn, hold; the same numbers shifted fall."""

from __future__ import annotations

import calendar
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from analysis.claims import claim_figures, reader_claim
from analysis.claims.figures.figure_search import Pool, split
from analysis.claims.verdicts import HOLDS, REVISED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.dataset import Dataset
    from analysis.readings import Span

FLOWS: Final = {"total": "trade with Russia", "export": "exports to Russia", "import": "imports from Russia"}
MONTHS: Final = tuple(calendar.month_name)[1:]
MONEY: Final = {"USD": "in dollars", "CNY": "in yuan"}
HELD: Final = {HOLDS, REVISED}
EVERY: Final = 29  # of the prints one in so many: each needs a dataset of its own
MOST_LOST: Final = 0.2  # of the true prints: some moved further than others ever did
MOST_KEPT: Final = 0.1  # of the shifted ones


@pytest.fixture(autouse=True)
def _no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the search for other windows: whether a number holds for its own does not rest on it."""
    monkeypatch.setattr(claim_figures, "pool_of", lambda *_: Pool.of([]))


def window(span: Span) -> str:
    """Write a window as a paper does."""
    first, last = int(span[0][5:]), int(span[1][5:])
    if (first, last) == (1, 12):
        return span[0][:4]
    months = MONTHS[first - 1] if first == last else f"{MONTHS[first - 1]}-{MONTHS[last - 1]}"
    return f"{months} {span[0][:4]}"


def next_to(span: Span) -> Span:
    """Return a neighbouring window of the same kind."""
    year, first, last = int(span[0][:4]), int(span[0][5:]), int(span[1][5:])
    if first == last:
        month = first + 1 if 1 < first < 12 else first - 1
        return f"{year}-{month:02d}", f"{year}-{month:02d}"
    if last == 12:
        return f"{year - 1}-{first:02d}", f"{year - 1}-12"
    return span[0], f"{year}-{last + 1:02d}"


def levels(dataset: Dataset) -> Iterator[tuple[Dataset, str, float, int, Span]]:
    """Yield each value printed since 2019 with a dataset that lacks it."""
    rows = dataset.trade
    chosen = rows["source"].eq("press") & rows["reporter"].eq("CHN") & rows["partner"].eq("RUS")
    chosen &= rows["commodity_code"].eq("TOTAL") & rows["currency"].eq("USD") & rows["period_start"].ge("2019")
    prints = rows[chosen].drop_duplicates(["flow", "period_start", "period_end", "value"])
    for row in prints.iloc[::EVERY].to_dict("records"):
        same = chosen.copy()
        for name in ("flow", "period_start", "period_end", "value"):
            same &= rows[name].eq(row[name])
        span = f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}"
        decimals = len(f"{row['value'] / 1e9:.6f}".rstrip("0").partition(".")[2])
        kept = replace(dataset, trade=rows[~same].reset_index(drop=True))
        yield kept, str(row["flow"]), float(row["value"]) / 1e9, decimals, span


def rates(dataset: Dataset) -> Iterator[tuple[Dataset, dict[str, Any], Span]]:
    """Yield each rate printed since 2019, in dollars or yuan, with a dataset that lacks it."""
    side = dataset.side("printed_rates")
    chosen = side["reporter"].eq("CHN") & side["partner"].eq("RUS") & side["commodity_code"].eq("TOTAL")
    chosen &= side["period_start"].ge("2019") & side["currency"].isin(list(MONEY))
    names = ["flow", "period_start", "period_end", "yoy_pct", "currency"]
    for row in side[chosen].drop_duplicates(names).iloc[::EVERY].to_dict("records"):
        same = chosen.copy()
        for name in names:
            same &= side[name].eq(row[name])
        kept = replace(dataset, sides={**dataset.sides, "printed_rates": side[~same].reset_index(drop=True)})
        yield kept, {str(name): cell for name, cell in row.items()}, (row["period_start"], row["period_end"])


def holds(dataset: Dataset, words: str) -> bool:
    """Return whether a statement comes out as true of its own window and basis."""
    return reader_claim.judge(dataset, words).verdict in HELD


def tally(asked: list[tuple[str, bool]], kind: str) -> float:
    """Return the part of the statements of a kind that held."""
    own = [print_ for name, print_ in asked if name == kind]
    assert len(own) >= 8
    return sum(own) / len(own)


def test_values_kept_back_hold_and_shifted_ones_fall(dataset: Dataset) -> None:
    """A value of the day holds without its print; 5 % more, 5 % less, or the next window's do not."""
    asked = []
    for print_, flow, value, decimals, span in levels(dataset):
        sentence = f"China's {FLOWS[flow]}: {{:.{decimals}f}} billion dollars in {{}}"
        asked.append(("true", holds(print_, sentence.format(value, window(span)))))
        asked += [("shifted", holds(print_, sentence.format(value * by, window(span)))) for by in (1.05, 0.95)]
        if not split(next_to(span)):
            asked.append(("moved", holds(print_, sentence.format(value, window(next_to(span))))))
    assert tally(asked, "true") >= 1 - MOST_LOST
    assert tally(asked, "shifted") <= MOST_KEPT
    assert tally(asked, "moved") <= MOST_KEPT


def test_rates_kept_back_hold_and_shifted_ones_fall(dataset: Dataset) -> None:
    """A rate of the day holds without its print, in its currency; four points more or less do not."""
    asked = []
    for print_, row, span in rates(dataset):
        if split(span):
            continue
        decimals = len(str(row["yoy_pct"]).partition(".")[2])
        for kind, by in (("true", 0.0), ("shifted", 4.0), ("shifted", -4.0)):
            rate = f"{float(row['yoy_pct']) + by:.{decimals}f}"
            verb = f"fell {rate[1:]}" if rate.startswith("-") else f"rose {rate}"
            words = f"China's {FLOWS[row['flow']]} {verb}% {MONEY[row['currency']]} in {window(span)}"
            asked.append((kind, holds(print_, words)))
    assert tally(asked, "true") >= 1 - MOST_LOST
    assert tally(asked, "shifted") <= MOST_KEPT
