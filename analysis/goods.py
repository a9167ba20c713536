"""The goods of the trade: both directions by code, change since a base year, contribution to growth; search by word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import schema

if TYPE_CHECKING:
    from analysis.book import Book

EDITION: Final = "HS2017"  # the one edition whose six-digit lines are held of both directions
BASE: Final = 2021  # the last whole year before the war
_SIDES: Final = {("CHN", "RUS"): "export", ("RUS", "CHN"): "import"}
_WHOLE: Final = 0.5  # a year with fewer lines than half the fullest is a selection of goods, not the trade
COLUMNS: Final = (
    "flow",
    "code",
    "name",
    "inside",
    "period_start",
    "period_end",
    "value",
    "base_value",
    "change",
    "change_pct",
    "share_pct",
    "contribution_pct",
    "whole",
    "base_whole",
    "currency",
    "valuation",
    "classification",
    "source",
    "status",
    "released",
    "reference",
)


@lru_cache(maxsize=4)
def lines(book: Book) -> pd.DataFrame:
    """Return the six-digit lines of BACI between the two countries: flow (China's), code, year, value, reference.

    One edition of the Harmonized System, whole years only: of a year that holds only some goods no
    sum would mean anything.
    """
    known = book.known
    chosen = known["source"].eq("baci") & known["classification"].eq(EDITION) & known["currency"].eq("USD")
    rows = known[chosen & known["reporter"].isin(["CHN", "RUS"]) & known["partner"].isin(["CHN", "RUS"])]
    code = rows["commodity_code"].astype("str")
    rows = rows[code.str.fullmatch(r"\d{6}") & schema.months(rows).eq(12)]
    sides = list(zip(rows["reporter"].astype("str"), rows["partner"].astype("str"), strict=True))
    table = pd.DataFrame(
        {
            "flow": [_SIDES[side] for side in sides],
            "code": rows["commodity_code"].astype("str").to_numpy(),
            "year": rows["period_start"].dt.year.to_numpy(),
            "value": rows["value"].to_numpy(),
            "status": rows["status"].astype("str").to_numpy(),
            "released": rows["released"].to_numpy(),
            "reference": rows["reference"].to_numpy(),
        }
    )
    count = table.groupby(["flow", "year"])["code"].transform("size")
    most = count.groupby(table["flow"]).transform("max")
    return table[count.ge(_WHOLE * most)].reset_index(drop=True)


@lru_cache(maxsize=4)
def years(book: Book) -> tuple[int, ...]:
    """Return the years that are held whole in both directions, oldest first."""
    table = lines(book)
    sides = table.groupby("year")["flow"].nunique()
    return tuple(int(str(year)) for year in sides.index[sides.eq(2)])


@lru_cache(maxsize=64)
def goods(book: Book, year: int, code: str | None = None, base: int | None = BASE) -> pd.DataFrame:
    """Return the goods of a year one level below ``code`` (chapters without one), largest first in each direction.

    Values in whole US$ (BACI, free on board). With ``v`` the value of a good in ``year`` and ``b``
    in ``base``: change ``v - b``; change_pct ``100 * (v / b - 1)``; share_pct ``100 * v / sum(v)``;
    contribution_pct ``100 * (v - b) / sum(b)``, in percentage points. Sums run over all goods below
    ``code`` in that direction, so contributions add up to its growth (the usual decomposition of a
    growth rate into shares of the base times growth). BACI lists every flow of a year it holds: a
    good without a line in one of the two years counts there as nil in ``change`` and contribution,
    while its value and ``change_pct`` stay empty.
    """
    level = 2 if code is None else min(6, len(code) + 2)
    table = _sums(book, level)
    table = table[table["year"].isin([year, base])]
    table = table[table["code"].str.startswith(code or "")].set_index(["flow", "code"])
    now = table[table["year"].eq(year)]
    before = table[table["year"].eq(base)] if base in years(book) and base != year else now.iloc[:0]
    if now.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    out = now.join(before["value"].rename("base_value"), how="outer" if len(before) else "left")
    out = _measured(out.reset_index(), held=bool(len(before)))
    return _told(book, out.assign(inside=names(book).get(code or "")), year)


def _told(book: Book, out: pd.DataFrame, year: int) -> pd.DataFrame:
    """Add names, period and what is the same for all, and order the rows."""
    named = names(book)
    out = out.assign(
        name=pd.Series([named.get(one) for one in out["code"]], dtype="str"),
        period_start=pd.Timestamp(year, 1, 1),
        period_end=pd.Timestamp(year, 12, 1),
        currency="USD",
        valuation="FOB",
        classification=EDITION,
        source="baci",
    )
    order = out.sort_values(["flow", "value", "code"], ascending=[True, False, True], na_position="last")
    return order[list(COLUMNS)].reset_index(drop=True)


@lru_cache(maxsize=64)
def found(book: Book, year: int, words: str, base: int | None = BASE) -> pd.DataFrame:
    """Return the goods of a year that a search finds, of any level, largest first in each direction.

    Columns and measures are those of :func:`goods`; shares and contributions are of all goods of
    the direction. A chapter and its headings stand side by side and are never added.
    """
    codes = [one.code for one in find_codes(book, words, most=2000)]
    held = pd.concat([_sums(book, level) for level in (2, 4, 6)], ignore_index=True)
    held = held[held["code"].isin(codes)].set_index(["flow", "code"])
    now, based = held[held["year"].eq(year)], base in years(book) and base != year
    if now.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    before = held[held["year"].eq(base or 0)] if based else now.iloc[:0]
    out = now.join(before["value"].rename("base_value"), how="left").reset_index()
    sums = lines(book).groupby(["year", "flow"])["value"].sum().to_dict()
    known = [year, base if based else None]  # of no year there is no sum
    whole, base_whole = (out["flow"].map(lambda flow, of=of: sums.get((of, flow))).astype("float64") for of in known)
    out = _rated(out, whole, base_whole, held=based)
    return _told(book, out.assign(inside=None), year)


@lru_cache(maxsize=12)
def _sums(book: Book, level: int) -> pd.DataFrame:
    """Sum the lines of every year to codes of ``level`` digits, and say of how many lines."""
    table = lines(book)
    groups = table.assign(code=table["code"].str[:level]).groupby(["flow", "code", "year"])
    out = groups["value"].sum().to_frame()
    size, first = groups.size(), groups["reference"].first()
    said = "sum of " + size.astype("str") + " six-digit lines, first: " + first
    out = out.assign(
        status=groups["status"].first(), released=groups["released"].max(), reference=said.where(size.gt(1), first)
    )
    return out.reset_index()


def _measured(out: pd.DataFrame, *, held: bool) -> pd.DataFrame:
    """Add change, shares and contributions; all empty where no base year is held."""
    whole = out.groupby("flow")["value"].transform("sum")
    base_whole = out.groupby("flow")["base_value"].transform("sum", min_count=1)
    return _rated(out, whole, base_whole, held=held)


def _rated(out: pd.DataFrame, whole: pd.Series, base_whole: pd.Series, *, held: bool) -> pd.DataFrame:
    change = out["value"].fillna(0) - out["base_value"].fillna(0) if held else out["base_value"]
    return out.assign(
        whole=whole,
        base_whole=base_whole,
        change=change,
        change_pct=100 * (out["value"] / out["base_value"] - 1),
        share_pct=100 * out["value"] / whole,
        contribution_pct=100 * change / base_whole,
    )


@lru_cache(maxsize=4)
def _named(book: Book) -> pd.DataFrame:
    """Return code, lang and name of every list: English (chapters, common headings, fifty lines), Chinese, Russian."""
    fifty = book.side("chpl").rename(columns={"hs6": "code"}).assign(lang="en")
    tables = [book.side("hs_chapters_en"), book.side("hs_headings_en"), fifty, book.side("hs_names")]
    return pd.concat([table.reindex(columns=["code", "lang", "name"]).astype("str") for table in tables])


@lru_cache(maxsize=4)
def names(book: Book) -> dict[str, str]:
    """Return the short English name of each code that has one."""
    table = _named(book)
    english = table[table["lang"].eq("en")]
    return dict(zip(english["code"], english["name"], strict=True))


@dataclass(frozen=True)
class Found:
    """A code whose name, or itself, answers a search."""

    code: str
    lang: str
    name: str


def find_codes(book: Book, words: str, most: int = 20) -> tuple[Found, ...]:
    """Return codes for words in English, Chinese or Russian, or for the digits a code begins with.

    Every word must stand in one name, or begin the code; case and ё do not matter. Chapters come
    before headings; of one code the English name is shown where it has one.
    """
    sought = [_folded(word) for word in words.split()]
    if not sought:
        return ()
    table = _named(book).reset_index(drop=True)
    text, code = table["name"].map(_folded), table["code"]
    met = pd.Series(data=True, index=table.index)
    for word in sought:
        met &= code.str.startswith(word) if word.isdecimal() else text.str.contains(word, regex=False)
    hits = table.assign(length=code.str.len())[met].sort_values(["length", "code"], kind="stable")
    hits = hits.drop_duplicates("code").head(most)
    english = names(book)
    shown = zip(hits["code"].tolist(), hits["lang"].tolist(), hits["name"].tolist(), strict=True)
    return tuple(Found(code, "en", english[code]) if code in english else Found(code, *rest) for code, *rest in shown)


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
