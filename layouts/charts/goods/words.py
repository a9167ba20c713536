"""The words of the chart of goods: what is largest, what grew, each rate within one basis that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.basis import Basis
from layouts.figure import mirrored_bars, source_line
from layouts.figure.chart import Stated, Words
from layouts.words import basis_words, text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

LEVELS: Final = {2: "HS chapters", 4: "HS headings", 6: "HS six-digit codes"}
_VERBS: Final = {"import": ("buys", "bought"), "export": ("sells", "sold")}
_UNIT: Final = "US$ bn"


def who(codes: Iterable[str]) -> str:
    """Name who counted the figures of some bases: China’s customs."""
    counted = dict.fromkeys(Basis.read(code).counted_by for code in codes)
    return text.listed(basis_words.COUNTED.get(one, f"customs of {one}") for one in counted)


def stated(row: dict[Hashable, Any], value: float, base: str = "") -> Stated:
    """Declare a figure of a row; ``base`` is the basis of what it is compared with."""
    return Stated(value, str(row["basis"]), row["period_start"], row["period_end"], base)


def lower(name: str) -> str:
    """Write a name inside a sentence."""
    return name if name.startswith("HS ") or name[1:2].isupper() else name[0].lower() + name[1:]


def _largest(rows: pd.DataFrame) -> dict[str, dict[Hashable, Any]]:
    return {flow: rows[rows["flow"].eq(flow)].iloc[0].to_dict() for flow in _VERBS if rows["flow"].eq(flow).any()}


def grew(rate: float) -> str:
    """Say a growth in words: a large one as a multiple."""
    if rate >= 100:
        return f"grew {1 + rate / 100:.1f}-fold"
    return f"{'rose' if rate >= 0 else 'fell'} {abs(rate):.0f}%"


def inside(rows: pd.DataFrame, code: str | None) -> Words:
    """Return the words for all goods, or for what lies inside a code."""
    if rows.empty:
        what = f"HS {code}" if code else "goods by code"
        lacking = f"Lacking: a year of {what} in BACI, exports or imports"
        return Words(f"No whole year of {what} is held", lacking, "", _UNIT)
    year, level = rows["period_end"].iloc[0].year, LEVELS[len(rows["code"].iloc[0])]
    within = f" inside {lower(mirrored_bars.named(code, rows['inside'].iloc[0]))} (HS {code})" if code else ""
    what = f"HS {code}" if code and len(code) == 6 else f"Largest {level} each way{within}"
    finding, declared = _inside(rows, code) if code else _all(rows)
    subtitle = f"{what}, US$ bn, {year}, {_counted(rows)}{_ticks(rows)}"
    return Words(finding, subtitle, source_line.line(rows), _UNIT, _note(rows), declared)


def _all(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Name what is largest each way, and what added most to sales."""
    said = [
        f"{_VERBS[f][0]} {lower(mirrored_bars.named(str(r['code']), r['name']))}" for f, r in _largest(rows).items()
    ]
    head = f"China {' and '.join(said)} most"
    sold = rows[rows["flow"].eq("export")].dropna(subset=["contribution_pct", "change_pct"])
    if sold.empty or sold["change_pct"].max() <= 0:
        return head, ()
    first = sold.sort_values("contribution_pct").iloc[-1].to_dict()
    name, rate = lower(mirrored_bars.named(str(first["code"]), first["name"])), float(first["change_pct"])
    head = head.removesuffix(" most")
    return f"{head}; {name} {grew(rate)} in {first['period_end'].year}", (stated(first, rate, first["base_basis"]),)


def _inside(rows: pd.DataFrame, code: str) -> tuple[str, tuple[Stated, ...]]:
    """Say how both sides of a code grew, or what they came to where nothing can be compared."""
    name, year = mirrored_bars.named(code, rows["inside"].iloc[0]), rows["period_end"].iloc[0].year
    said, declared = [], []
    rated = bool(rows["base_whole"].notna().all())
    for flow, row in _largest(rows).items():
        whole = float(row["whole"])
        rate = 100 * (whole / float(row["base_whole"]) - 1)
        than = (
            f"{abs(rate):,.0f}% {'more' if rate >= 0 else 'less'}" if rated else mirrored_bars.money(whole, spell=True)
        )
        said.append(f"{_VERBS[flow][1]} {than}")
        declared.append(stated(row, rate, row["basis"]) if rated else stated(row, whole))
    counted = who(row.basis for row in declared)
    finding = f"{name[0].upper()}{name[1:]}, by {counted}: China {' and '.join(said)} in {year}"
    return finding, tuple(declared)


def found(rows: pd.DataFrame, sought: str) -> Words:
    """Say what a search found: the largest of it, its change, and that levels are not added."""
    quoted = f"“{text.plain(sought)}”"
    if rows.empty:
        advice = "look for another word (English, 中文, русский), or type the digits that a code begins with"
        return Words("No goods of this name are traded in a year that is held", f"{quoted}: {advice}", "", _UNIT)
    top = rows.sort_values("value").iloc[-1].to_dict()
    year, value, rate = top["period_end"].year, float(top["value"]), float(top["change_pct"])
    change = "" if pd.isna(rate) else f", {text.percent(rate, 0)} on {year - 1}"
    name = lower(mirrored_bars.named(top["code"], top["name"]))
    verb = _VERBS[top["flow"]][0]
    finding = f"{quoted}: China {verb} {name} for US$ {mirrored_bars.money(value, spell=True)}{change}"
    declared = (stated(top, value), *([] if pd.isna(rate) else [stated(top, rate, top["base_basis"])]))
    kinds = "HS chapters, headings and codes"
    subtitle = f"Largest goods found each way, {kinds}, US$ bn, {year}, {_counted(rows)}{_ticks(rows)}"
    note = "A chapter and what lies inside it stand side by side and are never added. Edition HS 2017."
    return Words(finding, subtitle, source_line.line(rows), _UNIT, f"{note}{_break(rows)}", declared)


def printed(rows: pd.DataFrame) -> Words:
    """Return the words for goods as China's customs count them."""
    if rows.empty:
        lacking = "Lacking: a year of a chapter, of machines or of cars"
        return Words("No year of goods counted by China’s customs is held", lacking, "", _UNIT)
    finding, declared = _since(rows)
    year, base = rows["period_end"].iloc[0].year, rows["base_start"].min()
    line = "" if pd.isna(base) else f"; line: {base.year}, the same count"
    subtitle = f"As China’s customs count them, US$ bn, {year}, exports FOB, imports CIF{line}"
    return Words(finding, subtitle, source_line.line(rows), _UNIT, _printed_note(rows), declared)


def _since(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say how the largest goods each way grew since the base year."""
    goods = rows[rows["commodity_code"].ne("TOTAL")]
    tops = _largest(goods)
    rated = {flow: row for flow, row in tops.items() if pd.notna(row["change_pct"])}
    if not rated:
        said = [
            f"{lower(row['name'])} {_VERBS[f][1]} {mirrored_bars.money(row['value'], spell=True)}"
            for f, row in tops.items()
        ]
        year = goods["period_end"].iloc[0].year
        declared = [stated(row, float(row["value"])) for row in tops.values()]
        return f"China’s customs: {', '.join(said)} in {year}", tuple(declared)
    said = [f"{lower(row['name'])} {_VERBS[f][1]} {text.percent(row['change_pct'], 0)}" for f, row in rated.items()]
    one = next(iter(rated.values()))
    declared = [stated(row, float(row["change_pct"]), row["base_basis"]) for row in rated.values()]
    when = f"{one['period_end'].year} on {one['base_start'].year}"
    return f"China’s customs: {', '.join(said)}, {when}", tuple(declared)


def _printed_note(rows: pd.DataFrame) -> str:
    said = [
        "Each bar is compared with the base year on its own basis only; shares and points are of all goods imported."
    ]
    first = rows[rows["basis"].map(lambda code: Basis.read(code).print.value).eq("first")]
    if len(first):
        said.append(f"As first printed, rounded: {text.listed(dict.fromkeys(lower(name) for name in first['name']))}.")
    crossed = rows.dropna(subset=["crossing"]).drop_duplicates("code")
    said += [
        f"HS 2022 exchanged goods of {row['code']} with {row['crossing']} (display modules, drones, lamps)."
        for row in crossed.to_dict("records")
    ]
    lacking = dict.fromkeys(lower(name) for name in rows.loc[rows["apart"].notna(), "name"])
    if lacking:
        said.append(f"No base on the same basis: {text.listed(lacking)}.")
    return " ".join(said)


def _counted(rows: pd.DataFrame) -> str:
    """Say who counted, and with or without freight, by flow: China’s customs, exports FOB, imports CIF."""
    codes = {flow: Basis.read(row["basis"]) for flow, row in _largest(rows).items()}
    kinds = {flow: one.valuation for flow, one in codes.items()}
    counted = who(dict.fromkeys(str(one) for one in codes.values()))
    if len(set(kinds.values())) == 1:
        return f"{counted}, {next(iter(kinds.values()))}"
    return f"{counted}, exports {kinds['export']}, imports {kinds['import']}"


def _ticks(rows: pd.DataFrame) -> str:
    """Explain the marks beside the bars."""
    said = ""
    if rows["base_value"].notna().any():
        said += f"; line: {rows['base_start'].min().year}"
    if rows["before_value"].notna().any():
        row = rows.dropna(subset=["before_value"]).iloc[0]
        said += f"; dotted, not comparable: {row['before_start'].year}, {who([row['before_basis']])}"
    return said


def _note(rows: pd.DataFrame) -> str:
    """Say how much of the whole is shown, how the whole grew, and where nothing can be compared."""
    said = []
    for flow, row in _largest(rows).items():
        part = rows[rows["flow"].eq(flow)]
        whole, base = float(row["whole"]), row["base_whole"]
        rate = "" if pd.isna(base) else f" ({text.percent(100 * (whole / base - 1))} on {row['period_end'].year - 1})"
        shown = 100 * part["value"].sum() / whole
        said.append(f"{shown:.0f}% of the {mirrored_bars.money(whole, spell=True)} {_VERBS[flow][1]}{rate}")
    return f"Shown: {', '.join(said)}. Edition HS 2017 of the Harmonized System.{_break(rows)}"


def _break(rows: pd.DataFrame) -> str:
    """Say why there is no rate, where there is none."""
    if rows["change_pct"].notna().any() or rows["before_value"].isna().all():
        return ""
    row = rows.dropna(subset=["before_value"]).iloc[0]
    year = row["period_end"].year
    return (
        f" No rate on {row['before_start'].year}: its figures are {who([row['before_basis']])}, "
        f"those of {year} {who([row['basis']])}."
    )
