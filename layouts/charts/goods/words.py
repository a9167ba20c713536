"""The words of the chart of goods: what is largest, what grew, each rate within one basis that is named."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.basis import Basis, Print
from layouts.figure import mirrored_bars, source_line
from layouts.figure.chart import Stated, Words
from layouts.words import basis_words, text
from layouts.words.catalogue import say
from layouts.words.forms import CASES, Forms

LEVELS: Final = {2: "charts.goods.chapters", 4: "charts.goods.headings", 6: "charts.goods.codes"}
_LEVELS_INSIDE: Final = {4: "charts.goods.headings_inside", 6: "charts.goods.codes_inside"}
_FLOWS: Final = ("import", "export")
_BOTH: Final = "both"
_MOST: Final = {
    _BOTH: "charts.goods.most",
    "import": "charts.goods.most_bought",
    "export": "charts.goods.most_sold",
}
_MOST_SAYS: Final = {"import": "bought", "export": "sold"}


@dataclass(frozen=True)
class Grown:
    """The keys of one sentence about a growth: it rose, it fell, it became a multiple (from twice on)."""

    rose: str
    fell: str
    multiplied: str

    def say(self, rate: float, **values: str) -> str:
        """Say a rate in per cent: a large one as a multiple."""
        if rate >= 100:
            return say(self.multiplied, times=text.number(1 + rate / 100), **values)
        return say(self.rose if rate >= 0 else self.fell, rate=text.share(abs(rate), 0), **values)


_ALL: Final = Grown("charts.goods.all_rose", "charts.goods.all_fell", "charts.goods.all_multiplied")
_GROUPS: Final = {
    "HS84_85": "goods.group.machinery",
    "PASSENGER_CARS": "goods.group.cars",
    "TOTAL": "goods.group.all",
}
_SHARES: Final = {
    ("import", True): "charts.goods.shown.bought_rate",
    ("import", False): "charts.goods.shown.bought",
    ("export", True): "charts.goods.shown.sold_rate",
    ("export", False): "charts.goods.shown.sold",
}
# what a code came to: (flow, how it is said)
_INSIDE: Final = {
    ("import", "more"): "charts.goods.inside.bought_more",
    ("import", "less"): "charts.goods.inside.bought_less",
    ("import", "worth"): "charts.goods.inside.bought_worth",
    ("export", "more"): "charts.goods.inside.sold_more",
    ("export", "less"): "charts.goods.inside.sold_less",
    ("export", "worth"): "charts.goods.inside.sold_worth",
}
_FOUND: Final = {
    ("import", True): "charts.goods.found.bought_rate",
    ("import", False): "charts.goods.found.bought",
    ("export", True): "charts.goods.found.sold_rate",
    ("export", False): "charts.goods.found.sold",
}
_PRINTED: Final = {
    ("import", True): "charts.goods.printed.bought_rate",
    ("import", False): "charts.goods.printed.bought",
    ("export", True): "charts.goods.printed.sold_rate",
    ("export", False): "charts.goods.printed.sold",
}


def who(codes: Iterable[str]) -> Forms:
    """Name who counted the figures of some bases: China’s customs."""
    counted = [basis_words.counted_by(one) for one in dict.fromkeys(Basis.read(code).counted_by for code in codes)]
    cases = {case: text.listed(format(one, case) for one in counted) for case in CASES}
    return Forms(text.listed(counted), **cases)


def group(code: str) -> str | None:
    """Name goods that China's customs count together; None where the code is one of the nomenclature."""
    return say(_GROUPS[code]) if code in _GROUPS else None


def stated(row: dict[Hashable, Any], value: float, base: str = "") -> Stated:
    """Declare a figure of a row; ``base`` is the basis of what it is compared with."""
    return Stated(value, str(row["basis"]), row["period_start"], row["period_end"], base)


def lower(name: str) -> str:
    """Write a name inside a sentence."""
    return name if name.startswith("HS ") or name[1:2].isupper() else name[0].lower() + name[1:]


def _named(row: dict[Hashable, Any]) -> str:
    return lower(mirrored_bars.named(str(row["code"]), row["name"]))


def _largest(rows: pd.DataFrame) -> dict[str, dict[Hashable, Any]]:
    return {flow: rows[rows["flow"].eq(flow)].iloc[0].to_dict() for flow in _FLOWS if rows["flow"].eq(flow).any()}


def _both(clauses: dict[str, str]) -> str:
    """Set what is said of the two flows side by side, or the one that is there."""
    parts = list(clauses.values())
    return say("charts.goods.both", bought=parts[0], sold=parts[1]) if len(parts) == 2 else "".join(parts)


def inside(rows: pd.DataFrame, code: str | None) -> Words:
    """Return the words for all goods, or for what lies inside a code."""
    unit = text.unit_bn("USD")
    if rows.empty:
        if code is None:
            return Words(say("charts.goods.empty"), say("charts.goods.lacking"), "", unit)
        return Words(say("charts.goods.empty_code", code=code), say("charts.goods.lacking_code", code=code), "", unit)
    finding, declared = _inside(rows, code) if code else _all(rows)
    subtitle = _subtitle(rows, _what(rows, code))
    return Words(finding, subtitle, source_line.line(rows), unit, _note(rows), declared)


def _what(rows: pd.DataFrame, code: str | None) -> str:
    """Say which goods are shown."""
    level = len(rows["code"].iloc[0])
    if code is None:
        return say(LEVELS[level])
    if len(code) == 6:
        return say("charts.goods.one_code", code=code)
    name = lower(mirrored_bars.named(code, rows["inside"].iloc[0]))
    return say(_LEVELS_INSIDE[level], name=name, code=code)


def _all(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Name what is largest each way, and what added most to sales."""
    tops = {flow: _named(row) for flow, row in _largest(rows).items()}
    goods = {_MOST_SAYS[flow]: name for flow, name in tops.items()}
    sold = rows[rows["flow"].eq("export")].dropna(subset=["contribution_pct", "change_pct"])
    if sold.empty or sold["change_pct"].max() <= 0 or len(tops) < 2:
        return say(_MOST[_BOTH if len(tops) == 2 else next(iter(tops))], **goods), ()
    first = sold.sort_values("contribution_pct").iloc[-1].to_dict()
    rate, year = float(first["change_pct"]), text.year(first["period_end"].year)
    sentence = _ALL.say(rate, **goods, name=_named(first), year=year)
    return sentence, (stated(first, rate, first["base_basis"]),)


def _inside(rows: pd.DataFrame, code: str) -> tuple[str, tuple[Stated, ...]]:
    """Say how both sides of a code grew, or what they came to where nothing can be compared."""
    name = mirrored_bars.named(code, rows["inside"].iloc[0])
    clauses, declared = {}, []
    rated = bool(rows["base_whole"].notna().all())
    for flow, row in _largest(rows).items():
        whole = float(row["whole"])
        rate = 100 * (whole / float(row["base_whole"]) - 1)
        way = ("more" if rate >= 0 else "less") if rated else "worth"
        clauses[flow] = say(_INSIDE[flow, way], rate=text.share(abs(rate), 0), amount=amount(whole))
        declared.append(stated(row, rate, row["basis"]) if rated else stated(row, whole))
    counted, year = who(row.basis for row in declared), text.year(rows["period_end"].iloc[0].year)
    title = f"{name[0].upper()}{name[1:]}"
    return say("charts.goods.inside", name=title, who=counted, said=_both(clauses), year=year), tuple(declared)


def amount(value: float) -> str:
    """Write whole US$ with the unit: in the large unit of the language, a small amount in a smaller one."""
    return say("charts.goods.amount", figure=mirrored_bars.money(value, spell=True))


def of_search(rows: pd.DataFrame, sought: str) -> Words:
    """Say what a search found: the largest of it, its change, and that levels are not added."""
    quoted, unit = text.plain(sought), text.unit_bn("USD")
    if rows.empty:
        return Words(say("charts.goods.found.nothing"), say("charts.goods.found.advice", sought=quoted), "", unit)
    top = rows.sort_values("value").iloc[-1].to_dict()
    year, value, rate = top["period_end"].year, float(top["value"]), float(top["change_pct"])
    rated = not pd.isna(rate)
    words = {"sought": quoted, "name": _named(top), "amount": amount(value)}
    words |= {"rate": text.percent(rate, 0), "before": text.year(year - 1)} if rated else {}
    finding = say(_FOUND[str(top["flow"]), rated], **words)
    declared = (stated(top, value), *([stated(top, rate, top["base_basis"])] if rated else []))
    subtitle = _subtitle(rows, say("charts.goods.found.what"))
    note = text.sentences([say("charts.goods.found.note"), *_break(rows)])
    return Words(finding, subtitle, source_line.line(rows), unit, note, declared)


def printed(rows: pd.DataFrame) -> Words:
    """Return the words for goods as China's customs count them."""
    unit = text.unit_bn("USD")
    if rows.empty:
        return Words(say("charts.goods.printed.empty"), say("charts.goods.printed.lacking"), "", unit)
    finding, declared = _since(rows)
    year, base = text.year(rows["period_end"].iloc[0].year), rows["base_start"].min()
    lined = {} if pd.isna(base) else {"base": text.year(base.year)}
    key = "charts.goods.printed.subtitle_line" if lined else "charts.goods.printed.subtitle"
    subtitle = say(key, unit=unit, year=year, **lined)
    return Words(finding, subtitle, source_line.line(rows), unit, _printed_note(rows), declared)


def _since(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say how the largest goods each way grew since the base year."""
    goods = rows[rows["commodity_code"].ne("TOTAL")]
    goods = goods if len(goods) else rows
    tops = _largest(goods)
    rated = {flow: row for flow, row in tops.items() if pd.notna(row["change_pct"])}
    year = text.year(goods["period_end"].iloc[0].year)
    if not rated:
        clauses = {
            flow: say(_PRINTED[flow, False], name=lower(row["name"]), amount=amount(row["value"]))
            for flow, row in tops.items()
        }
        declared = [stated(row, float(row["value"])) for row in tops.values()]
        return say("charts.goods.printed.finding", said=_both(clauses), year=year), tuple(declared)
    clauses = {
        flow: say(_PRINTED[flow, True], name=lower(row["name"]), rate=text.percent(row["change_pct"], 0))
        for flow, row in rated.items()
    }
    one = next(iter(rated.values()))
    declared = [stated(row, float(row["change_pct"]), row["base_basis"]) for row in rated.values()]
    years = {"year": text.year(one["period_end"].year), "base": text.year(one["base_start"].year)}
    return say("charts.goods.printed.finding_since", said=_both(clauses), **years), tuple(declared)


def _printed_note(rows: pd.DataFrame) -> str:
    sentences = [say("charts.goods.printed.note")]
    first = rows[rows["basis"].map(lambda code: Basis.read(code).print is Print.FIRST)]
    if len(first):
        sentences.append(say("charts.goods.printed.first", goods=_listed(first)))
    crossed = rows.dropna(subset=["crossing"]).drop_duplicates("code")
    sentences += [
        say("charts.goods.printed.exchanged", code=row["code"], codes=row["crossing"])
        for row in crossed.to_dict("records")
    ]
    lacking = rows[rows["apart"].notna()]
    if len(lacking):
        sentences.append(say("charts.goods.printed.no_base", goods=_listed(lacking)))
    return text.sentences(sentences)


def _listed(rows: pd.DataFrame) -> str:
    return text.listed(dict.fromkeys(lower(name) for name in rows["name"]))


def _subtitle(rows: pd.DataFrame, what: str) -> str:
    """Say what is shown, of which year, who counted it, and what the marks beside the bars are."""
    places = {"what": what, "unit": text.unit_bn("USD"), "year": text.year(rows["period_end"].iloc[0].year)}
    places["counted"], ticks = _counted(rows), _ticks(rows)
    return (
        say("charts.goods.subtitle_ticks", **places, ticks=ticks) if ticks else say("charts.goods.subtitle", **places)
    )


def _counted(rows: pd.DataFrame) -> str:
    """Say who counted, and with or without freight, by flow: China’s customs, exports FOB, imports CIF."""
    codes = {flow: Basis.read(row["basis"]) for flow, row in _largest(rows).items()}
    kinds = {flow: basis_words.valued(one.valuation) for flow, one in codes.items()}
    counted = who(dict.fromkeys(str(one) for one in codes.values()))
    if len(set(kinds.values())) == 1:
        return say("charts.goods.counted", who=counted, valuation=next(iter(kinds.values())))
    return say("charts.goods.counted_apart", who=counted, export=kinds["export"], imports=kinds["import"])


def _ticks(rows: pd.DataFrame) -> str:
    """Explain the marks beside the bars."""
    based, before = rows["base_value"].notna().any(), rows.dropna(subset=["before_value"])
    words = {"base": text.year(rows["base_start"].min().year)} if based else {}
    if len(before):
        row = before.iloc[0]
        words |= {"before": text.year(row["before_start"].year), "who": who([row["before_basis"]])}
        return say("charts.goods.ticks.both" if based else "charts.goods.ticks.dotted", **words)
    return say("charts.goods.ticks.line", **words) if based else ""


def _note(rows: pd.DataFrame) -> str:
    """Say how much of the whole is shown, how the whole grew, and where nothing can be compared."""
    sentences = []
    for flow, row in _largest(rows).items():
        whole, base = float(row["whole"]), row["base_whole"]
        words = {"share": text.share(100 * rows.loc[rows["flow"].eq(flow), "value"].sum() / whole, 0)}
        words["amount"] = amount(whole)
        if pd.notna(base):
            words |= {"rate": text.percent(100 * (whole / base - 1)), "before": text.year(row["period_end"].year - 1)}
        sentences.append(say(_SHARES[flow, pd.notna(base)], **words))
    return text.sentences([*sentences, say("charts.goods.edition"), *_break(rows)])


def _break(rows: pd.DataFrame) -> list[str]:
    """Say why there is no rate, where there is none."""
    if rows["change_pct"].notna().any() or rows["before_value"].isna().all():
        return []
    row = rows.dropna(subset=["before_value"]).iloc[0]
    years = {"before": text.year(row["before_start"].year), "year": text.year(row["period_end"].year)}
    return [say("charts.goods.no_rate", **years, whose=who([row["before_basis"]]), own=who([row["basis"]]))]
