"""Growth at constant prices: volume, price and value of what is weighed, chained; parted where who counts changes."""

from typing import Any, Final

import pandas as pd

from analysis.measures.prices import constant_prices
from layouts.charts.goods import words as goods_words
from layouts.charts.price_volume import words as price_words
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.plot import Plot
from layouts.drawing.sheet import Sheet
from layouts.figure import source_line
from layouts.figure.chart import Stated, Words, pointed
from layouts.figure.frame import blank, framed, note, rule
from layouts.look.theme import Look
from layouts.words import basis_words, text
from layouts.words.catalogue import say

_NAMES: Final = {
    "volume": "charts.price-volume.volume",
    "price": "charts.price-volume.price",
    "value": "charts.price-volume.value",
}
_HOVERS: Final = {
    "volume": "charts.price-volume.index.volume",
    "price": "charts.price-volume.index.price",
    "value": "charts.price-volume.index.value",
}
_COVERED: Final = 90  # pixels across, for why years are not compared
_DASHES: Final = {"volume": "solid", "value": "dot", "price": "dash"}


def words(rows: pd.DataFrame) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    unit = say("charts.price-volume.index.unit")
    if rows.empty:
        return Words(say("charts.price-volume.index.empty"), say("charts.price-volume.index.lacking"), "", unit)
    bases = dict.fromkeys(rows["base_start"].dt.year)
    starts = text.listed(say("charts.price-volume.index.base", year=text.year(year)) for year in bases)
    subtitle = say("charts.price-volume.index.subtitle", bases=starts, coverage=_coverage(rows))
    finding, declared = _finding(rows)
    return Words(finding, subtitle, source_line.line(rows), unit, _note(rows), declared)


def checked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows whose ``check`` says in words how weights grew in BACI and as customs print them."""
    return rows.assign(check=rows["check"].map(_check))


def _check(cell: str) -> str:
    """Read ``crude:15:24 lng:1:2``: goods, per cent in BACI, per cent as customs print it."""
    parts = [part.split(":") for part in cell.split()]
    return text.listed(
        say(
            "charts.price-volume.index.check",
            good=price_words.good(good),
            baci=text.percent(float(baci), 0),
            customs=text.percent(float(printed), 0),
        )
        for good, baci, printed in parts
    )


def _finding(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say how volume and price moved in the last year that is linked to the one before."""
    linked = rows.dropna(subset=["change_pct"])
    last = linked[linked["period_end"].eq(linked["period_end"].max())].set_index("kind")
    if last.empty:
        return say("charts.price-volume.index.no_link"), ()
    volume, price = (last.loc[kind].to_dict() for kind in ("volume", "price"))
    rates = [text.percent(float(row["change_pct"]), 0) for row in (volume, price)]
    who, year = goods_words.who([str(volume["basis"])]), text.year(volume["period_end"].year)
    finding = say("charts.price-volume.index.finding", year=year, volume=rates[0], price=rates[1], who=who)
    return finding, tuple(
        goods_words.stated(row, float(row["change_pct"]), row["base_basis"]) for row in (volume, price)
    )


def _coverage(rows: pd.DataFrame) -> str:
    shares = rows["coverage_pct"].dropna()
    if shares.empty:
        return say("charts.price-volume.index.nothing_weighed")
    span = text.shares(shares.min(), shares.max())
    least = text.share(100 * constant_prices.LEAST, 0)
    return say("charts.price-volume.index.weighed", span=span, least=least)


def _note(rows: pd.DataFrame) -> str:
    """Say where the chain is broken, what stays out and how customs' own weights differ."""
    own = rows[rows["kind"].eq("volume")]
    sentences = [
        say("charts.price-volume.index.anew", year=text.year(row["period_start"].year), reason=row["refused"])
        for row in _broken(own).to_dict("records")
    ]
    checks = [str(text_) for text_ in own["check"] if text_]
    if checks:
        sentences.append(say("charts.price-volume.index.checks", goods=checks[-1]))
    return text.sentences([*sentences, say("charts.price-volume.index.stays_out")])


def _broken(own: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(own[own["refused"].notna()])


def draw(rows: pd.DataFrame, words: Words, look: Look) -> Canvas:
    """Draw the three indices by year, each run of linked years for itself, with a rule between the runs."""
    names = geometry.beside(
        [f"<b>{say(_NAMES[kind])} 888</b>" for kind in constant_prices.KINDS], look.axis, geometry.EDGE
    )
    figure = blank(look, words, geometry.room(look, right=names))
    if len(rows):
        years = rows["period_start"].dt.year
        newest = rows["base_start"].max()
        for _, run in rows.groupby("base_start"):
            for kind in constant_prices.KINDS:
                _line(figure, run[run["kind"].eq(kind)], kind, look)
        _rules(figure, rows, look)
        ticks = sorted({*years})
        shown = [f"’{year % 100:02d}" if look.narrow else text.year(year) for year in ticks]
        figure.update_xaxes(tickvals=ticks, ticktext=shown, range=[ticks[0] - 0.3, ticks[-1] + 0.5])
        low, high = float(rows["index"].min()), float(rows["index"].max())
        figure.update_yaxes(range=[low - 8, high + 14], nticks=6)
        for start, run in rows.groupby("base_start"):
            _ends(figure, run, look, named=start == newest)
    return framed(figure)


def _colour(kind: str, look: Look) -> str:
    p = look.palette
    return {"volume": p.russia, "price": p.fuels[2], "value": p.ink3}[kind]


def _line(figure: Canvas, part: pd.DataFrame, kind: str, look: Look) -> None:
    part = part.sort_values("period_start")
    figure.add_scatter(
        x=part["period_start"].dt.year,
        y=part["index"],
        mode="lines+markers",
        line={"color": _colour(kind, look), "width": 2.5 if kind == "volume" else 1.5, "dash": _DASHES[kind]},
        marker={"size": 6, "color": _colour(kind, look)},
        **pointed(part, _hover),
    )


def _hover(row: dict[Any, Any]) -> str:
    year, base = text.year(row["period_start"].year), text.year(row["base_start"].year)
    index = {"index": text.number(row["index"]), "basis": basis_words.named(row["basis"])}
    sentence = say(_HOVERS[str(row["kind"])], year=year, base=base, **index)
    if pd.isna(row["change_pct"]):
        return sentence
    before, rate = text.year(row["period_start"].year - 1), text.percent(row["change_pct"])
    weighed = text.share(row["coverage_pct"], 0)
    return f"{sentence}<br>{say('charts.price-volume.index.grown', rate=rate, before=before, weighed=weighed)}"


def _ends(figure: Sheet, run: pd.DataFrame, look: Look, *, named: bool) -> None:
    """Write the last values of a run beside its lines, pushed apart, with their names where there is room."""
    last = run[run["period_start"].eq(run["period_start"].max())].sort_values("index")
    if len(run) == len(last) or (look.narrow and not named):  # a point is no line; a phone has no room beside a rule
        return
    placed = Plot.of(figure).column(last["index"].tolist(), look.axis)
    for row, y in zip(last.to_dict("records"), placed, strict=True):
        if y is None:
            continue
        index = text.number(row["index"], 0)
        label = f"{say(_NAMES[str(row['kind'])])} {index}" if named else index
        style: dict[str, Any] = {"size": look.axis, "color": _colour(str(row["kind"]), look)}
        bold = f"<b>{label}</b>" if row["kind"] == "volume" else label
        note(figure, bold, x=row["period_start"].year, y=y, look=look, font=style, xshift=6)


def _rules(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    """Rule off what is not compared, and say why."""
    for row in _broken(rows[rows["kind"].eq("volume")]).to_dict("records"):
        x = row["period_start"].year - 0.5
        rule(figure, x, look.palette.ink3, "3px,3px")
        label = "<br>".join(text.wrap(str(row["refused"]), look.axis, _COVERED))
        small: dict[str, Any] = {"size": look.axis, "color": look.palette.ink3}
        note(figure, label, x=x, y=1, look=look, font=small, yref="paper", yanchor="top", xshift=5)
