"""Writers of the layouts that people download: a table of made-up figures in, the bytes of a file out."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pandas as pd
from hypothesis import strategies as st

from loaders.core.source import Hints

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loaders.core.source import Parsed

NAMES: Final = {
    "CHN": ("China", "China, P.R.: Mainland", "China"),
    "RUS": ("Russian Federation", "Russian Federation", "Russian Federation (Russia)"),
    "KAZ": ("Kazakhstan", "Kazakhstan, Rep. of", "Kazakhstan"),
    "HKG": ("Hong Kong, China", "China, P.R.: Hong Kong", "Hong Kong"),
    "TUR": ("Türkiye", "Türkiye, Rep. of", "Türkiye"),
    "KGZ": ("Kyrgyzstan", "Kyrgyz Rep.", "Kyrgyzstan"),
    "MNG": ("Mongolia", "Mongolia", "Mongolia"),
}
M49: Final = {"CHN": 156, "RUS": 643, "KAZ": 398, "HKG": 344, "TUR": 792, "KGZ": 417, "MNG": 496}
PAIRS: Final = [(one, other) for one in NAMES for other in NAMES if one != other and {"CHN", "RUS"} & {one, other}]
CODES: Final = ("TOTAL", "01", "27", "2709", "271121", "8542", "030314")
DECISIVE: Final = 1_234_567  # a number that no other writing fits
STYLES: Final = ("plain", "english", "french", "german")


@dataclass(frozen=True)
class Written:
    """A file, its name, the rows that stand in it, and what the reader has to add."""

    content: bytes = field(repr=False)
    name: str
    rows: set[tuple[Any, ...]] = field(default_factory=set)
    hints: Hints = field(default_factory=Hints)


def amount(value: int, style: str) -> str:
    """Write a number as people of a country do."""
    grouped = f"{value:,}"
    return {
        "plain": str(value),
        "english": grouped,
        "french": grouped.replace(",", "\u202f"),
        "german": grouped.replace(",", "."),
    }[style]


def book(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Return an .xlsx."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def delimited(rows: Sequence[Sequence[object]], mark: str = ",") -> bytes:
    """Return a CSV."""
    file = io.StringIO()
    csv.writer(file, delimiter=mark, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


def page(title: str, product: str, unit: str, rows: Sequence[Sequence[str]], heads: int = 1) -> bytes:
    """Return a saved page of Trade Map, which is called .xls."""
    lines = [
        "<tr>"
        + "".join(f"<{'th' if at < heads else 'td'}>{cell}</{'th' if at < heads else 'td'}>" for cell in row)
        + "</tr>"
        for at, row in enumerate(rows)
    ]
    return (
        "<!DOCTYPE html><html><body><table><tr><td><center><b>"
        f"{title}</b></center></td></tr><tr><td><center>Product: {product} Some goods</center></td></tr></table>"
        "<table><tr><td>Sources: ITC calculations.</td></tr></table>"
        f"<table><tr><td><span>Unit : {unit}</span></td></tr></table>"
        f"<div><table id='ctl00_PageContent_MyGridView1'>{''.join(lines)}</table></div></body></html>"
    ).encode()


def rows_of(parsed: Parsed) -> set[tuple[Any, ...]]:
    """Return what a parser found, as the writers note it."""
    table = parsed.table
    columns = ["reporter", "partner", "flow", "period_start", "period_end", "commodity_code", "currency", "value"]
    cells = table[columns].astype(dict.fromkeys(columns[:3] + columns[5:7], "str"))
    return {
        (*row[:3], f"{row[3]:%Y-%m}", f"{row[4]:%Y-%m}", *row[5:]) for row in cells.itertuples(index=False, name=None)
    }


def key(
    pair: tuple[str, str], flow: str, period: str, code: str, value: float, currency: str = "USD"
) -> tuple[Any, ...]:
    """Return a row as :func:`rows_of` does; ``period`` is 2019, 2019-Q2 or 2019-03."""
    year, _, part = period.partition("-")
    first = int(part[1]) * 3 - 2 if part.startswith("Q") else int(part or 1)
    last = first + 2 if part.startswith("Q") else int(part or 12)
    return (*pair, flow, f"{year}-{first:02}", f"{year}-{last:02}", code, currency, float(value))


def periods(draw: Callable[..., Any], kinds: str = "YQM") -> list[str]:
    """Draw periods of one kind."""
    kind = draw(st.sampled_from(kinds))
    years = draw(st.lists(st.integers(2001, 2024), min_size=1, max_size=3, unique=True))
    if kind == "Y":
        return [str(year) for year in years]
    part = draw(st.integers(1, 4 if kind == "Q" else 12))
    return [f"{year}-Q{part}" if kind == "Q" else f"{year}-{part:02}" for year in years]


def months(text: str) -> str:
    """Write a period as Trade Map heads its columns."""
    return text if "-" not in text or "Q" in text else text.replace("-", "-M")


def values(draw: Callable[..., Any], count: int) -> list[int]:
    """Draw amounts, the first of them one that tells how numbers are written."""
    rest = draw(st.lists(st.integers(0, 10**9), min_size=count - 1, max_size=count - 1))
    return [DECISIVE, *rest]


def stamp(period: str) -> pd.Timestamp:
    """Return the first day of a month."""
    return pd.Timestamp(f"{period}-01")


def shuffled(draw: Callable[..., Any], rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return the same table with its columns in another order."""
    order = draw(st.permutations(range(len(rows[0]))))
    return [[row[at] for at in order] for row in rows]
