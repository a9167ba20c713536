"""The words of the energy bill by year: one count at a time, what it rests on, and what the others give."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.basis import BOTH, Basis
from analysis.measures.energy import definitions as energy
from analysis.measures.energy import years as fuel_years
from analysis.selection import Selection
from layouts.drawing.values import records
from layouts.figure import source_line
from layouts.figure.chart import Stated, Words
from layouts.words import names, text
from layouts.words.catalogue import say, say_many
from layouts.words.forms import Forms

WHAT: Final = "charts.energy.what.{}"
BASIS: Final = "charts.energy.basis.{}"
CREA: Final = "charts.energy.crea"
NO_CREA: Final = "charts.energy.no_crea"
_BILL: Final = "charts.energy.bill.{}"
_COUNTED: Final = "charts.energy.codes.{}"
_COAL: Final = "charts.energy.coal.{}"
# who counted, by the code of a basis: beside a sentence, of a figure of BACI, and inside a sentence
_WHO: Final = {"CHN": "charts.energy.who.china", "RUS": "charts.energy.who.russia", BOTH: "charts.energy.who.both"}
_BACI: Final = {
    "CHN": "charts.energy.baci.china",
    "RUS": "charts.energy.baci.russia",
    BOTH: "charts.energy.baci.both",
}
_BY: Final = {"CHN": "charts.energy.by.china", "RUS": "charts.energy.by.russia", BOTH: "charts.energy.by.both"}
_VALUED: Final = {
    "FOB": "names.valuation.FOB",
    "CIF": "names.valuation.CIF",
    "FOB+CIF": "charts.energy.valuation.mixed",
}
_SUMS: Final = {
    "sum_four": "charts.energy.sum.four",
    "sum_four_all_coal": "charts.energy.sum.all_coal",
    "sum_products": "charts.energy.sum.products",
    "sum_electricity": "charts.energy.sum.electricity",
    "sum_hs27": "charts.energy.sum.hs27",
}
_BACI_GIVES: Final = "charts.energy.baci_gives"
_LEAST: Final = 0.01e9  # US$: no rounding is said to be finer
_VERDICTS: Final = {energy.HOLDS: "charts.energy.article.holds", energy.NOT: "charts.energy.article.not"}


@dataclass(frozen=True)
class Sum:
    """A year's bill: whole US$, its basis (a code of ``analysis.basis``), first and last month."""

    value: float
    basis: str
    start: pd.Timestamp
    end: pd.Timestamp


def bills(rows: pd.DataFrame) -> dict[int, Sum]:
    """Return the bill of each year that has one, in order."""
    if rows.empty or "role" not in rows:
        return {}
    first = rows[rows["role"].eq(fuel_years.BILL)].drop_duplicates("period_start")
    return {
        int(row["period_start"].year): Sum(row["bill"], row["bill_basis"], row["period_start"], row["period_end"])
        for row in records(first)
    }


def growth(sums: dict[int, Sum]) -> dict[int, float]:
    """Return the change on the year before in per cent, of years that rest on the same basis as the year before."""
    return {
        year: 100 * (now.value / before.value - 1)
        for year, now in sums.items()
        if (before := sums.get(year - 1)) and before.basis == now.basis
    }


def by_year(rows: pd.DataFrame, selection: Selection) -> Words:
    """Say what the bill did on one count under one definition, and what the others give."""
    sums, count, who = bills(rows), selection.count or "four", selection.counted or "china"
    if not sums:
        return _without(rows, who)
    years = text.years(min(sums), max(sums))
    subtitle = _subtitle("charts.energy.subtitle", who, what=say(WHAT.format(count)), years=years)
    sentences = [  # what is drawn comes first: a picture has room for two lines
        _outline(rows, sums),
        _breaks(rows, sums),
        _weak(rows, sums),
        _gaps(rows, sums, count),
        _counted(count, who),
        _others(rows, sums),
        _article(rows, who, count),
        say(CREA if rows["count"].eq("crea").any() else NO_CREA),
    ]
    finding, stated = _finding(sums, count, who)
    source = source_line.line(rows[rows["count"].ne("article")])
    return Words(finding, subtitle, source, text.unit_bn("USD"), text.sentences(sentences), stated)


def _subtitle(key: str, who: str, **places: str) -> str:
    return say(key, basis=say(BASIS.format(who)), unit=text.unit_bn("USD"), **places)


def _without(rows: pd.DataFrame, who: str) -> Words:
    """Say what there is where no year of the view has a bill."""
    single = rows[rows["role"].eq(fuel_years.ALONE)] if len(rows) and "role" in rows else rows
    unit = text.unit_bn("USD")
    if single.empty:
        lacking = say("charts.energy.lacking", basis=say(BASIS.format(who)))
        return Words(say("charts.energy.none"), lacking, "", unit)
    newest = records(single.sort_values(["period_end", "value"]))[-1]
    finding = say(
        "charts.energy.alone",
        who=whose(newest["basis"], baci=who == "baci"),
        fuel=fuel_name(newest["fuel"]),
        amount=money(newest["value"]),
        year=str(newest["period_end"].year),
    )
    stated = Stated(float(newest["value"]), str(newest["basis"]), newest["period_start"], newest["period_end"])
    source = source_line.line(rows[rows["count"].ne("article")])
    reason = text.sentences([*_lacking(single), _outline(rows, {})])
    return Words(finding, _subtitle("charts.energy.subtitle.alone", who), source, unit, reason, (stated,))


def _lacking(single: pd.DataFrame) -> list[str]:
    """Say that years of single fuels are no bill, and why."""
    return [say("charts.energy.diamonds"), *_wanting(single)] if len(single) else []


def _wanting(rows: pd.DataFrame) -> list[str]:
    """Say what nobody publishes of each year: no bill of 2025, for want of coal and pipeline gas."""
    gaps: dict[str, list[int]] = {}
    for row in records(rows.drop_duplicates("period_start")):
        gaps.setdefault(str(row["lacking"]), []).append(int(row["period_end"].year))
    return [
        say_many(
            "charts.energy.gap",
            len(years),
            years=_years(years),
            fuels=text.listed(f"{fuel_name(fuel):gen}" for fuel in fuels.split()),
        )
        for fuels, years in gaps.items()
    ]


def _years(years: list[int]) -> str:
    whole = len(years) > 2 and years[-1] - years[0] + 1 == len(years)
    return text.years(years[0], years[-1]) if whole else text.listed(map(text.year, years))


def whose(code: str, *, baci: bool = False) -> str:
    """Name who counted, at the beginning of a sentence; of BACI, whose count it carries."""
    return say((_BACI if baci else _WHO)[Basis.read(code).counted_by])


def by(code: str) -> str:
    """Name who counted, inside a sentence."""
    return say(_BY[Basis.read(code).counted_by])


def _finding(sums: dict[int, Sum], count: str, who: str) -> tuple[str, tuple[Stated, ...]]:
    """Say what 2022 changed, where one basis holds both years; else what the last year brought."""
    rates, last = growth(sums), max(sums)
    year = 2022 if 2022 in rates else last
    own = sums[year]
    places = {
        "who": whose(own.basis, baci=who == "baci"),
        "bill": say(_BILL.format(count)),
        "amount": money(own.value),
        "year": str(year),
    }
    stated: tuple[Stated, ...] = (Stated(own.value, own.basis, own.start, own.end),)
    if year not in rates:
        return say("charts.energy.came", **places), stated
    stated = (Stated(rates[year], own.basis, own.start, own.end, own.basis), *stated)
    if year == last:
        change = {"rate": text.percent(rates[year]), "before": str(year - 1)}
        return say("charts.energy.came_on", **places, **change), stated
    key = "charts.energy.rose" if rates[year] >= 0 else "charts.energy.fell"
    places |= {"rate": text.share(abs(rates[year])), "last": text.bn(sums[last].value), "last_year": str(last)}
    return say(key, **places), (*stated, Stated(sums[last].value, sums[last].basis, sums[last].start, sums[last].end))


def _counted(count: str, who: str) -> str:
    """Name the codes that are counted."""
    if count == "hs27":
        return say("charts.energy.codes_hs27")
    return say(_COUNTED.format(count), coal=say(_COAL.format(who)))


def _others(rows: pd.DataFrame, sums: dict[int, Sum]) -> str:
    """Say what each definition gives in one year: 2022 where it is in view, else the last."""
    year = 2022 if 2022 in sums else max(sums)
    row = rows[rows["role"].eq(fuel_years.BILL) & rows["period_start"].dt.year.eq(year)].iloc[0]
    same = {"sum_four_all_coal"} if row["sum_four_all_coal"] == row["sum_four"] else set()
    given_by = {key: row[column] for column, key in _SUMS.items() if column not in same and pd.notna(row[column])}
    given = text.listed(say(key, amount=text.bn(value)) for key, value in given_by.items())
    return say("charts.energy.sums", year=str(year), sums=given)


def _article(rows: pd.DataFrame, who: str, count: str) -> str:
    """Say how the article's figures stand on this count, and what the other gives."""
    quoted = records(rows[rows["count"].eq("article")])
    if not quoted:
        return ""
    judged = [
        say(_VERDICTS[row["verdict"]], amount=text.as_typed(row["value"] / text.large_unit()), year=_year(row))
        for row in quoted
    ]
    column, other = ("china_bill", "charts.energy.china_gives") if who != "china" else ("baci_bill", _BACI_GIVES)
    given = [
        say("charts.energy.given", amount=text.bn(row[column]), year=_year(row))
        for row in quoted
        if pd.notna(row[column])
    ]
    key = "charts.energy.article.count" if count == "four" else "charts.energy.article.definition"
    return text.sentences([say(key, sums=text.listed(judged)), say(other, sums=text.listed(given)) if given else ""])


def valued(valuation: str) -> str:
    """Name how figures are valued: with or without freight."""
    return say(_VALUED.get(valuation, "charts.energy.valuation.unknown"))


def _year(row: dict[str, Any]) -> str:
    return str(row["period_start"].year)


def _breaks(rows: pd.DataFrame, sums: dict[int, Sum]) -> str:
    """Say where the count changes its basis, and that no rate crosses the place."""
    return text.sentences(
        say("charts.energy.rule", year=str(year), now=_counter(sums[year]), before=_counter(sums[year - 1]))
        for year in broken(rows, sums)
    )


def _counter(own: Sum) -> str:
    """Name who counted a bill and how it is valued; BACI's merged one has pipeline gas from China's customs."""
    valuation = Basis.read(own.basis).valuation
    if valuation == "FOB+CIF":
        return say("charts.energy.counter_mixed", who=by(own.basis))
    return say("charts.energy.counter", who=by(own.basis), valuation=valued(valuation))


def broken(rows: pd.DataFrame, sums: dict[int, Sum]) -> list[int]:
    """Return the years that a declared break parts from the year before, where both have a bill."""
    if not sums or "break_reason" not in rows:
        return []
    parted = rows.loc[rows["break_reason"].fillna("").ne("") & rows["role"].eq(fuel_years.BILL), "period_start"]
    years = set(parted.dt.year)
    return [y for y, own in sums.items() if y in years and y - 1 in sums and own.basis != sums[y - 1].basis]


def _weak(rows: pd.DataFrame, sums: dict[int, Sum]) -> str:
    """Say which parts of a bill are first prints, remainders or new to its basis, and that they give no rate."""
    own = rows[rows["role"].eq(fuel_years.BILL) & ~rows["fuel"].isin(["rest", "hs27"])]
    bases = {year: set(part["basis"]) for year, part in own.groupby(own["period_start"].dt.year)}
    rates, rules, sentences = growth(sums), broken(rows, sums), []
    for year, part in own.groupby(own["period_start"].dt.year):
        halting = year - 1 in sums and year not in rates and year not in rules
        fuels = [_remainder(row, bases.get(year - 1) if halting else None) for row in records(part)]
        if any(fuels):
            key = "charts.energy.weak_no_rate" if halting else "charts.energy.weak"
            sentences.append(say(key, year=str(year), fuels=text.listed(filter(None, fuels))))
    return text.sentences(sentences)


def _remainder(row: dict[str, Any], before: set[str] | None) -> str:
    """Say of a fuel that it is a first print, a remainder or new to the bases of the year before; else nothing."""
    name = fuel_name(row["fuel"])
    if row["status"] == "preliminary":
        return say("charts.energy.first", fuel=name)
    if row["status"] == "derived" and " less " in row["codes"]:
        key = "charts.energy.less_lpg" if row["fuel"] == "pipeline_gas" else "charts.energy.less_pipeline"
        return say(key, fuel=name, amount=text.bn(max(row["rounding"], _LEAST), 2))
    if before is None or row["basis"] in before:
        return ""
    return say(
        "charts.energy.new", fuel=name, who=by(row["basis"]), valuation=valued(Basis.read(row["basis"]).valuation)
    )


def _outline(rows: pd.DataFrame, sums: dict[int, Sum]) -> str:
    """Say what the outline is, and which years lack it."""
    frames = set(rows.loc[rows["role"].eq(fuel_years.FRAME), "period_start"].dt.year)
    missing = [year for year in sums if year not in frames]
    if not frames:
        return ""
    if not missing:
        return say("charts.energy.outline")
    return say("charts.energy.outline_lacks", years=text.listed(map(text.year, missing)))


def _gaps(rows: pd.DataFrame, sums: dict[int, Sum], count: str) -> str:
    """Say which years have no bill, and what those of the diamonds lack."""
    frames = rows[rows["role"].eq(fuel_years.FRAME) & rows["period_start"].dt.year.lt(max(sums))]
    framed = frames[~frames["period_start"].dt.year.isin(sums)]
    known = set(framed["period_start"].dt.year)
    bare = [year for year in range(min(sums), max(sums)) if year not in sums and year not in known]
    sentences = _wanting(framed) if len(framed) else []
    if bare:
        key = "charts.energy.gap_hs27" if count == "hs27" else "charts.energy.gap_fuel"
        sentences.append(say_many(key, len(bare), years=_years(bare)))
    single = rows[rows["role"].eq(fuel_years.ALONE)]
    return text.sentences([*sentences, *_lacking(single)])


def fuel_name(fuel: str) -> Forms:
    """Name a fuel, or all of HS 27, inside a sentence."""
    return Forms.read(say("charts.energy.hs27")) if fuel == "hs27" else names.fuel(fuel)


def money(value: float) -> str:
    """Write US dollars in the large unit of the language."""
    return text.money(value, "USD")
