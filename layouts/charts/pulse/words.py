"""The words of the monthly chart: one finding, subtitle and note for each measure, from its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import windows
from analysis.measures.monthly import index_and_share
from analysis.measures.monthly.series import JOINED_SINCE
from layouts.figure import series_words, source_line
from layouts.words import text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from layouts.figure.chart import Stated

    Row = dict[Hashable, Any]

MEASURES: Final = {
    "level": "value by month",
    "yoy": "change on the same months a year before",
    "ytd_yoy": "year to date, change on a year before",
    "sum3": "sum of three months",
    "sum12": "sum of twelve months",
    "index": "index of the monthly average",
    "share": "share of China’s trade with the world",
}
SUMS: Final = {"sum3": "Three", "sum12": "Twelve"}
_VERBS: Final = {"export": "exports", "import": "imports", "total": "trade"}
_WHAT: Final = {
    "both": "exports to Russia (FOB) and imports from Russia (CIF)",
    "export": "exports to Russia (FOB)",
    "import": "imports from Russia (CIF)",
    "total": "trade with Russia, exports (FOB) plus imports (CIF)",
}
_OF_WORLD: Final = {
    "both": "China’s exports (FOB) and imports (CIF)",
    "export": "China’s exports (FOB)",
    "import": "China’s imports (CIF)",
    "total": "China’s trade, exports (FOB) plus imports (CIF)",
}


@dataclass(frozen=True)
class Shown:
    """What is shown: a measure, a currency, and ``both`` or one flow."""

    measure: str
    currency: str
    flow: str

    @property
    def unit(self) -> str:
        """The unit of the value axis."""
        if self.measure in {"level", *SUMS}:
            return text.unit_bn(self.currency)
        return "index" if self.measure == "index" else "%"


def nothing(shown: Shown) -> tuple[str, str]:
    """Return finding and subtitle where a measure lacks its inputs: what it needs."""
    money = text.CURRENCIES[shown.currency]
    return {
        "sum3": ("No sum of three months", "No three months that are held follow each other without a gap"),
        "sum12": ("No sum of twelve months", "No twelve months that are held follow each other without a gap"),
        "index": (
            "No year can be the base of an index",
            f"Neither {index_and_share.BASE_YEAR} nor another year has all twelve months in {money}",
        ),
        "share": (
            "No share can be computed",
            f"For no window are China’s totals with the world and with Russia held on one basis in {money}",
        ),
    }.get(shown.measure, ("No figures are held", "Lacking: China’s totals with Russia, in yuan or in US dollars"))


def subtitle(rows: pd.DataFrame, shown: Shown) -> str:
    """Say what is measured, in which unit, over which months."""
    start = rows["period_end" if shown.measure in SUMS else "period_start"].min()
    span = text.span(start, rows["period_end"].max())
    if shown.measure == "index":
        base = f"average month of {int(rows['base'].iloc[0])} = 100"
        return f"China’s {_WHAT[shown.flow]}, {text.CURRENCIES[shown.currency]}, index, {base}, {span}"
    if shown.measure == "share":
        pair, whole = (_publishers(rows[column]) for column in ("pair_source", "world_source"))
        named = f"trade with Russia from {pair}; with the world from {whole}"
        return f"Russia’s share of {_OF_WORLD[shown.flow]}, {text.CURRENCIES[shown.currency]}, %, {span}; {named}"
    return f"China’s {_WHAT[shown.flow]}, {MEASURES[shown.measure]}, {shown.unit}, {span}"


def _publishers(names: pd.Series) -> str:
    met = dict.fromkeys(name for text_ in names for name in str(text_).split(" + "))
    return " + ".join(source_line.short(name) for name in met)


def finding(rows: pd.DataFrame, shown: Shown) -> tuple[str, tuple[Stated, ...]]:
    """Say what the newest period shows, neutral where that cannot be said; with the figures that it states."""
    if shown.measure == "share":
        return _shares(rows)
    flows = _newest(rows)
    first = next(iter(flows.values()))
    when = windows.period_name(first["period_start"], first["period_end"])
    if shown.measure in SUMS:
        said = [f"{_VERBS[f]} {text.money(row['value'], shown.currency)}{_bracketed(row)}" for f, row in flows.items()]
        sentence = f"{SUMS[shown.measure]} months to {first['period_end']:%b %Y}: {text.listed(said)}"
        return sentence, _stated(flows, "value", *(["yoy_pct"] if any(map(_bracketed, flows.values())) else []))
    if shown.measure == "index":
        said = [f"{_VERBS[flow]} at {text.number(row['index'], 0)}" for flow, row in flows.items()]
        sentence = f"{when}: {text.listed(said)} (average month of {int(first['base'])} = 100)"
        return sentence, _stated(flows, "index")
    if any(pd.isna(row["yoy_pct"]) for row in flows.values()):
        levels = [f"{_VERBS[flow]} {text.money(row['value'], shown.currency)}" for flow, row in flows.items()]
        return f"{when}: {text.listed(levels)}", _stated(flows, "value")
    return _growth(flows, when, shown)


def _stated(flows: dict[str, Row], *columns: str) -> tuple[Stated, ...]:
    """Declare the figures of some columns; all but the value itself compare with a base."""
    return tuple(
        series_words.figure(row, column, rate=column != "value")
        for row in flows.values()
        for column in columns
        if pd.notna(row[column])
    )


def _newest(rows: pd.DataFrame) -> dict[str, Row]:
    """Return the rows of the newest period by flow."""
    newest = rows[rows["period_end"].eq(rows["period_end"].max())]
    return {row["flow"]: row for row in newest.to_dict("records")}


def _growth(flows: dict[str, Row], when: str, shown: Shown) -> tuple[str, tuple[Stated, ...]]:
    if "total" in flows:
        row = flows["total"]
        way = "up" if row["yoy_pct"] >= 0 else "down"
        change = f"{way} {text.number(abs(row['yoy_pct']))}% on a year before"
        sentence = f"Trade came to {text.money(row['value'], shown.currency)} in {when}, {change}"
        return sentence, _stated(flows, "value", "yoy_pct")
    deeds = {"export": "sold", "import": "bought"}
    said = [f"{deeds[flow]} {_more(row['yoy_pct'])}" for flow, row in flows.items()]
    return f"{when}: China {text.listed(said)} than a year before", _stated(flows, "yoy_pct")


def _more(rate: float) -> str:
    return f"{text.number(abs(rate))}% {'more' if rate >= 0 else 'less'}"


def _bracketed(row: Row) -> str:
    return "" if pd.isna(row["yoy_pct"]) else f" ({text.percent(row['yoy_pct'])})"


def _shares(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say the newest share of each flow, with its own window: the longest that ends last."""
    said = []
    held = rows.sort_values(["period_end", "months"]).drop_duplicates("flow", keep="last").to_dict("records")
    last = {row["flow"]: row for row in held}
    deeds = {
        "export": "took {}% of China’s exports",
        "import": "gave {}% of its imports" if "export" in last else "gave {}% of China’s imports",
        "total": "was party to {}% of China’s trade",
    }
    flows = {flow: last[flow] for flow in deeds if flow in last}
    for flow, row in flows.items():
        when = windows.period_name(row["period_start"], row["period_end"])
        said.append((deeds[flow].format(text.number(row["share_pct"])), when))
    stated = _stated(flows, "share_pct")
    if len({when for _, when in said}) == 1:
        return f"{said[0][1]}: Russia {text.listed(deed for deed, _ in said)}", stated
    return f"Russia {text.listed(f'{deed} in {when}' for deed, when in said)}", stated


def note(rows: pd.DataFrame, shown: Shown) -> str:
    """Say how a measure treats January-February, and what it leaves out."""
    pairs = bool(rows["months"].eq(2).any())
    said = {
        "level": "Wide bars: January and February together, monthly average." if pairs else "",
        "index": "Wide marks: January and February together, monthly average." if pairs else "",
        "yoy": "Wide marks: January and February together, never alone." if pairs else "",
        "share": (
            "Long lines: whole years, or from January to the month named; dots: months; short lines: January and "
            "February together; dashed, hollow: preliminary. No share where both totals are not held on one basis."
        ),
    }.get(shown.measure, "")
    if shown.measure == "sum3" and rows["period_end"].dt.year.ge(JOINED_SINCE).any():
        said = "No sum ends in January or April since 2020: it would split January–February, printed together."
    return " ".join(part for part in (said, _rates(rows, shown), _bases(rows, shown)) if part)


def _bases(rows: pd.DataFrame, shown: Shown) -> str:
    """Say what the months are, and of an index why months of another series are not in it."""
    if shown.measure == "index":
        return (
            f"{series_words.basis_note(rows, shown.currency)} An index joins no two bases: other months are left out."
        )
    return "" if shown.measure == "share" else series_words.basis_note(rows, shown.currency)


def _rates(rows: pd.DataFrame, shown: Shown) -> str:
    """Say whose the rates are."""
    if shown.measure not in {"yoy", "ytd_yoy"}:
        return ""
    if not rows["yoy_pct"].notna().any():
        return "No change can be computed: the months a year before are not held on the same basis."
    if shown.measure == "yoy":
        return "Computed: each month over the same print, basis and currency of the year before."
    own = rows["printed_pct"].notna()
    if not own.any():
        return "Computed from the figures shown; customs’ own rates use bases that they revise."
    newest = rows[own & rows["computed_pct"].notna()].sort_values("period_end").drop_duplicates("flow", keep="last")
    ours = [f"{_VERBS[row['flow']]} {text.percent(row['computed_pct'])}" for row in newest.to_dict("records")]
    more = f" (ours, print over print, newest: {text.listed(ours)})" if ours else ""
    return (
        f"First prints carry customs’ own printed rate, whose base they have revised{more}; other rates are computed."
    )
