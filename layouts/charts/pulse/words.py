"""The words of the monthly chart: one finding, subtitle and note for each measure, from its rows."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.measures.monthly import index_and_share
from analysis.measures.monthly.series import JOINED_SINCE
from analysis.source_names import names_of
from layouts.figure import series_words, source_line
from layouts.figure.chart import Stated
from layouts.words import text
from layouts.words.catalogue import say

Row = dict[Hashable, Any]

SUMS: Final = {"sum3": "charts.pulse.months.sum3", "sum12": "charts.pulse.months.sum12"}
_MEASURE: Final = "charts.pulse.measure.{}"
_WHAT: Final = "charts.pulse.what.{}"
_SHARE_OF: Final = "charts.pulse.share_of.{}"
_VALUES: Final = "charts.pulse.values.{}"
_SUM: Final = "charts.pulse.sum.{}"
_INDEX: Final = "charts.pulse.index.{}"
_SHARES: Final = "charts.pulse.shares.{}"
# by flow and whether it rose; both flows by whether exports and imports did
_GROWTH: Final = {
    ("export", True): "charts.pulse.grew.export_more",
    ("export", False): "charts.pulse.grew.export_less",
    ("import", True): "charts.pulse.grew.import_more",
    ("import", False): "charts.pulse.grew.import_less",
    ("total", True): "charts.pulse.grew.total_more",
    ("total", False): "charts.pulse.grew.total_less",
}
_BOTH_GREW: Final = {
    (True, True): "charts.pulse.grew.more_more",
    (True, False): "charts.pulse.grew.more_less",
    (False, True): "charts.pulse.grew.less_more",
    (False, False): "charts.pulse.grew.less_less",
}
_LACKING: Final = {
    "sum3": ("charts.pulse.none.sum3", "charts.pulse.lacking.sum3"),
    "sum12": ("charts.pulse.none.sum12", "charts.pulse.lacking.sum12"),
    "index": ("charts.pulse.none.index", "charts.pulse.lacking.index"),
    "share": ("charts.pulse.none.share", "charts.pulse.lacking.share"),
}
_OURS: Final = "charts.pulse.ours.{}"
_WIDE: Final = {
    "level": "charts.pulse.wide.level",
    "index": "charts.pulse.wide.index",
    "yoy": "charts.pulse.wide.yoy",
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
        return say("charts.pulse.unit.index") if self.measure == "index" else "%"


def nothing(shown: Shown) -> tuple[str, str]:
    """Return finding and subtitle where a measure lacks its inputs: what it needs."""
    none, lacking = _LACKING.get(shown.measure, ("charts.pulse.none.level", "charts.pulse.lacking.level"))
    base, currency = str(index_and_share.BASE_YEAR), text.currency_name(shown.currency)
    known = {"charts.pulse.lacking.index": {"year": base, "currency": currency}}
    known |= {"charts.pulse.lacking.share": {"currency": currency}}
    return say(none), say(lacking, **known.get(lacking, {}))


def subtitle(rows: pd.DataFrame, shown: Shown) -> str:
    """Say what is measured, in which unit, over which months."""
    start = rows["period_end" if shown.measure in SUMS else "period_start"].min()
    span = text.span(start, rows["period_end"].max())
    currency = text.currency_name(shown.currency)
    if shown.measure == "share":
        what = say(_SHARE_OF.format(shown.flow))
        pair, whole = (_publishers(rows[column]) for column in ("pair_source", "world_source"))
        return say("charts.pulse.subtitle.share", what=what, currency=currency, span=span, pair=pair, world=whole)
    what = say(_WHAT.format(shown.flow))
    if shown.measure == "index":
        year = str(int(rows["base"].iloc[0]))
        return say("charts.pulse.subtitle.index", what=what, currency=currency, year=year, span=span)
    measure = say(_MEASURE.format(shown.measure))
    return say("charts.pulse.subtitle", what=what, measure=measure, unit=shown.unit, span=span)


def _publishers(names: pd.Series) -> str:
    met = dict.fromkeys(name for cell in names for name in names_of(str(cell)))
    return " + ".join(source_line.short(name) for name in met)


def finding(rows: pd.DataFrame, shown: Shown) -> tuple[str, tuple[Stated, ...]]:
    """Say what the newest period shows, neutral where that cannot be said; with the figures that it states."""
    if shown.measure == "share":
        return _shares(rows)
    flows = _newest(rows)
    first = next(iter(flows.values()))
    when = text.period(first["period_start"], first["period_end"])
    if shown.measure in SUMS:
        months = say(SUMS[shown.measure], month=text.short_month(first["period_end"]))
        amounts = {flow: _amount(row, shown.currency) for flow, row in flows.items()}
        rated = ["yoy_pct"] if any(pd.notna(row["yoy_pct"]) for row in flows.values()) else []
        return say(_SUM.format(_which(flows)), period=months, **_placed(amounts)), _stated(flows, "value", *rated)
    if shown.measure == "index":
        amounts = {flow: text.number(row["index"], 0) for flow, row in flows.items()}
        places = {"period": when, "year": str(int(first["base"])), **_placed(amounts)}
        return say(_INDEX.format(_which(flows)), **places), _stated(flows, "index")
    if any(pd.isna(row["yoy_pct"]) for row in flows.values()):
        amounts = {flow: text.money(row["value"], shown.currency) for flow, row in flows.items()}
        return say(_VALUES.format(_which(flows)), period=when, **_placed(amounts)), _stated(flows, "value")
    return _growth(flows, when, shown)


def _which(flows: Mapping[str, object]) -> str:
    """Return the flow of a sentence, ``both`` where it is of exports and imports."""
    return "both" if len(flows) > 1 else next(iter(flows))


def _placed(by_flow: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of each flow under the place that it has in a sentence: what is sold, what is bought."""
    names = {"export": "sold", "import": "bought"}
    return {names.get(flow, "traded"): words for flow, words in by_flow.items()}


def _amount(row: Row, currency: str) -> str:
    """Return a sum of months, with its growth behind it where there is one."""
    money = text.money(row["value"], currency)
    if pd.isna(row["yoy_pct"]):
        return money
    return say("charts.pulse.rated", amount=money, rate=text.percent(row["yoy_pct"]))


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
    rates = {flow: text.share(abs(row["yoy_pct"])) for flow, row in flows.items()}
    rose = {flow: row["yoy_pct"] >= 0 for flow, row in flows.items()}
    if "total" in flows:
        amount = text.money(flows["total"]["value"], shown.currency)
        sentence = say(_GROWTH["total", rose["total"]], period=when, amount=amount, rate=rates["total"])
        return sentence, _stated(flows, "value", "yoy_pct")
    if len(flows) > 1:
        key = _BOTH_GREW[rose["export"], rose["import"]]
        return say(key, period=when, **_placed(rates)), _stated(flows, "yoy_pct")
    ((flow, grew),) = rose.items()
    return say(_GROWTH[flow, grew], period=when, **_placed(rates)), _stated(flows, "yoy_pct")


def _shares(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say the newest share of each flow, with its own window: the longest that ends last."""
    newest = rows.sort_values(["period_end", "months"]).drop_duplicates("flow", keep="last").to_dict("records")
    last = {row["flow"]: row for row in newest}
    flows = {flow: last[flow] for flow in ("export", "import", "total") if flow in last}
    shares = _placed({flow: text.share(row["share_pct"]) for flow, row in flows.items()})
    when = {flow: text.period(row["period_start"], row["period_end"]) for flow, row in flows.items()}
    if len(set(when.values())) == 1:
        sentence = say(_SHARES.format(_which(flows)), period=next(iter(when.values())), **shares)
    else:
        periods = {"sold_period": when["export"], "bought_period": when["import"]}
        sentence = say("charts.pulse.shares.apart", **shares, **periods)
    return sentence, _stated(flows, "share_pct")


def note(rows: pd.DataFrame, shown: Shown) -> str:
    """Say how a measure treats January-February, and what it leaves out."""
    sentences = [_shape(rows, shown), _rates(rows, shown)]
    if shown.measure != "share":
        sentences.append(series_words.basis_note(rows, shown.currency))
    if shown.measure == "index":
        sentences.append(say("charts.pulse.index.one_basis"))
    return text.sentences(sentences)


def _shape(rows: pd.DataFrame, shown: Shown) -> str:
    """Say how January and February stand in the picture, and which sums there cannot be."""
    if shown.measure == "share":
        return say("charts.pulse.wide.share")
    if shown.measure == "sum3" and rows["period_end"].dt.year.ge(JOINED_SINCE).any():
        return say("charts.pulse.wide.sum3", year=str(JOINED_SINCE))
    return say(_WIDE[shown.measure]) if shown.measure in _WIDE and rows["months"].eq(2).any() else ""


def _rates(rows: pd.DataFrame, shown: Shown) -> str:
    """Say whose the rates are."""
    if shown.measure not in {"yoy", "ytd_yoy"}:
        return ""
    if not rows["yoy_pct"].notna().any():
        return say("charts.pulse.rates.none")
    if shown.measure == "yoy":
        return say("charts.pulse.rates.computed")
    own = rows["printed_pct"].notna()
    if not own.any():
        return say("charts.pulse.rates.to_date")
    newest = rows[own & rows["computed_pct"].notna()].sort_values("period_end").drop_duplicates("flow", keep="last")
    ours = {row["flow"]: text.percent(row["computed_pct"]) for row in newest.to_dict("records")}
    more = say(_OURS.format(_which(ours)), **_placed(ours)) if ours else ""
    return text.sentences([say("charts.pulse.rates.customs"), more])
