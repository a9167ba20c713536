"""What do they trade? The largest goods each way, beside their level of 2021."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import goods, origins
from layouts import text
from layouts.charts import sources, wings
from layouts.charts.base import Chart, Choice, Words
from layouts.charts.frame import blank, framed
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

MOST: Final = 8
_LEVELS: Final = {2: "HS chapters", 4: "HS headings", 6: "HS six-digit codes"}


def year_of(book: Book, selection: Selection) -> int | None:
    """Return the newest whole year inside the months asked for, None where there is none."""
    held = pd.Series(goods.years(book), dtype="int64")
    if selection.first is not None:
        held = held[held.ge(selection.first.year + (selection.first.month > 1))]
    if selection.last is not None:
        held = held[held.le(selection.last.year - (selection.last.month < 12))]
    return None if held.empty else int(held.max())


def asked(selection: Selection) -> tuple[str | None, str]:
    """Return the code to open, and the words to look for: digits of a whole code open it."""
    words = (selection.find or "").strip()
    if words.isdecimal() and words.isascii() and len(words) in _LEVELS:
        return words, ""
    return selection.code, words


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return the eight largest goods each way of the newest year in view; whole US$, rates in per cent."""
    year = year_of(book, selection)
    if year is None:
        return pd.DataFrame(columns=list(goods.COLUMNS))
    (code, sought), base = asked(selection), goods.BASE if year > goods.BASE else None
    table = goods.found(book, year, sought, base) if sought else goods.goods(book, year, code, base)
    table = table.dropna(subset=["value"])
    return table.groupby("flow").head(MOST).reset_index(drop=True)


def _lower(name: str) -> str:
    return name if name.startswith("HS ") or name[1:2].isupper() else name[0].lower() + name[1:]


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    code, sought = asked(selection)
    if sought:
        return _found(rows, sought)
    if rows.empty:
        what = f"HS {code}" if code else "these years"
        return Words(f"No whole year of goods for {what}", "Choose another period or code", "", "US$ bn")
    year, level = rows["period_end"].iloc[0].year, _LEVELS[len(rows["code"].iloc[0])]
    inside = f" inside {_lower(wings.named(code, rows['inside'].iloc[0]))} (HS {code})" if code else ""
    based = f"; line: {goods.BASE}" if rows["base_value"].notna().any() else ""
    what = f"HS {code}" if code and len(code) == 6 else f"Largest {level} each way{inside}"
    subtitle = f"{what}, US$ bn, {year}, FOB{based}"
    return Words(_finding(rows, code), subtitle, sources.line(rows), "US$ bn", _note(rows))


def _found(rows: pd.DataFrame, sought: str) -> Words:
    """Say what a search found: the largest of it, its change, and that levels are not added."""
    quoted = f"“{text.plain(sought)}”"
    if rows.empty:
        advice = "Look for another word (English, 中文, русский), or type the digits that a code begins with"
        return Words(f"No goods named {quoted} are traded in these years", advice, "", "US$ bn")
    top = rows.sort_values("value").iloc[-1]
    name, verb = _lower(wings.named(top["code"], top["name"])), {"import": "buys", "export": "sells"}[top["flow"]]
    change = "" if pd.isna(top["change_pct"]) else f", {text.percent(top['change_pct'], 0)} on {goods.BASE}"
    finding = f"{quoted}: China {verb} {name} for US$ {wings.money(top['value'], spell=True)}{change}"
    year, based = top["period_end"].year, f"; line: {goods.BASE}" if rows["base_value"].notna().any() else ""
    subtitle = f"Largest goods found each way, HS chapters, headings and codes, US$ bn, {year}, FOB{based}"
    note = "A chapter and what lies inside it stand side by side and are never added. Edition HS 2017."
    return Words(finding, subtitle, sources.line(rows), "US$ bn", note)


def _finding(rows: pd.DataFrame, code: str | None) -> str:
    """Name what is largest each way and what added most to sales; inside a code, how both sides grew."""
    if code:
        return _inside(rows, code)
    largest = {flow: part.iloc[0] for flow, part in rows.groupby("flow")}
    said = [
        f"{verb} {_lower(wings.named(str(largest[flow]['code']), largest[flow]['name']))}"
        for flow, verb in (("import", "buys"), ("export", "sells"))
        if flow in largest
    ]
    head = f"China {' and '.join(said)}"
    sold = rows[rows["flow"].eq("export")].dropna(subset=["contribution_pct", "change_pct"])
    if sold.empty or sold["change_pct"].max() <= 0:
        return f"{head} most"
    first = sold.sort_values("contribution_pct").iloc[-1]
    name, rate = _lower(wings.named(str(first["code"]), first["name"])), float(first["change_pct"])
    grew = f"rose {rate:.0f}%" if rate < 100 else f"grew {1 + rate / 100:.1f}-fold"
    return f"{head}; {name} {grew} since {goods.BASE}"


def _inside(rows: pd.DataFrame, code: str) -> str:
    name, year = wings.named(code, rows["inside"].iloc[0]), rows["period_end"].iloc[0].year
    said, based = [], bool(rows["base_whole"].notna().all())
    for flow, verb in (("export", "sold"), ("import", "bought")):
        part = rows[rows["flow"].eq(flow)]
        if part.empty:
            continue
        whole, base = part["whole"].iloc[0], part["base_whole"].iloc[0]
        grew = 100 * (whole / base - 1)
        than = f"{abs(grew):,.0f}% {'more' if grew >= 0 else 'less'}" if based else wings.money(whole, spell=True)
        said.append(f"{verb} {than}")
    when = f"than in {goods.BASE}" if based else f"in {year}"
    return f"{name[0].upper()}{name[1:]}: China {' and '.join(said)} {when}"


def _note(rows: pd.DataFrame) -> str:
    """Say how much of the whole is shown and how the whole grew."""
    said = []
    for flow, verb in (("import", "bought"), ("export", "sold")):
        part = rows[rows["flow"].eq(flow)]
        if len(part):
            whole, base = part["whole"].iloc[0], part["base_whole"].iloc[0]
            grew = "" if pd.isna(base) else f" ({text.percent(100 * (whole / base - 1))} on {goods.BASE})"
            said.append(
                f"{100 * part['value'].sum() / whole:.0f}% of the {wings.money(whole, spell=True)} {verb}{grew}"
            )
    return f"Shown: {', '.join(said)}. Edition HS 2017 of the Harmonized System."


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw bars outwards from the names, one scale for both sides; on a phone one side below the other."""
    stacked = look.narrow
    look = replace(look, height=620) if stacked else look
    figure = blank(look)
    room = look.width - 2 * look.margin
    figure.update_xaxes(range=[0, room], visible=False)
    longest = max(5, int(rows.groupby("flow").size().max())) if len(rows) else MOST
    deep = 2 * longest + 1.6 if stacked else longest
    figure.update_yaxes(range=[deep - 0.4, -1.3], visible=False)
    figure.update_layout(barmode="overlay")
    for place in range(0 if stacked else longest):
        figure.add_shape(
            type="line", x0=0, x1=room, y0=place - 0.5, y1=place - 0.5, line={"color": look.palette.rule, "width": 1}
        )
    for wing in (wings.below(rows, room, longest) if stacked else wings.beside(rows, room, look)) if len(rows) else ():
        wings.bars(figure, rows[rows["flow"].eq(wing.flow)], wing, look)
        wings.head(figure, wing, look)
    return framed(figure, words(rows, selection), look, below=2, left=0, gutter=0)


CHART: Final = Chart(
    "goods",
    "Goods",
    "What do they trade?",
    rows,
    words,
    draw,
    choices=(
        Choice(
            "code",
            "Inside",
            (
                ("all", "All goods"),
                ("27", "Fuels"),
                ("26", "Ores"),
                ("44", "Wood"),
                ("84", "Machinery"),
                ("85", "Electrical"),
                ("87", "Vehicles"),
            ),
        ),
        Choice("find", "Look for", example="copper, машины, 天然气, 8471"),
    ),
    caveat=(
        "BACI reconciles what both countries report and ends with 2023; the goods of later years are not known "
        "in this detail. Codes hold whatever customs put under them, arms and secret goods not at all."
    ),
    reads=("code", "find"),
    marks=("flow", "code"),
    parts=origins.lines,
)
