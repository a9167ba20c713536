"""World Integrated Trade Solution of the World Bank: trade by product groups and by HS.

For the reader's own use: WITS passes on what UN Comtrade holds.
"""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL
from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.tables import amounts, country_words, file_words, grids, harmonized_system, row_account, text_files

_REPORTERS: Final = ("ReporterISO3", "Reporter", "Reporter Name", "ReporterName")
_PARTNERS: Final = ("PartnerISO3", "Partner", "Partner Name", "PartnerName")
_PRODUCTS: Final = ("productcode", "product code", "product group", "product")
_FLOWS: Final = ("tradeflowname", "trade flow", "tradeflow", "flow")
_EDITIONS: Final = ("nomenclature", "nomencode")
_WORDS: Final[dict[str, str]] = file_words.lists()["wits"]["flows"]
_VALUE: Final = re.compile(
    r"(?P<flow>exports?|imports?|trade(?:\s?value)?)\s*(?:\(us\$ thousand\)|\(?(?:in )?1000 ?usd\)?)",
    re.IGNORECASE,
)
_BOTH: Final = frozenset({"exports & imports", "imports & exports", "export & import", "exports and imports"})
_TOP: Final = 30
_YEAR: Final = "(?:19|20)[0-9]{2}"
_AREAS: Final = {"EUN": "EUU", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS"}
_GROUPS: Final[dict[str, str]] = file_words.lists()["wits"]["groups"]
_NOMENCLATURES: Final = dict(
    zip(("H0", "H1", "H2", "H3", "H4", "H5", "H6"), harmonized_system.EDITIONS.values(), strict=True)
) | {
    "S1": "SITC1",
    "S2": "SITC2",
    "S3": "SITC3",
    "S4": "SITC4",
}


def recognises(head: bytes) -> bool:
    """Tell a WITS file by a reporter, a partner and a value in thousand US$, or an indicator with years."""
    if grids.is_workbook(head):
        return any(_header(grid) is not None for grid in grids.tops(head))
    return _names(text_files.header(head))


def _names(header: Sequence[str]) -> bool:
    """Tell whether these are the column names of a WITS table."""
    columns = [column.casefold() for column in header]
    sides = all(any(name.casefold() in columns for name in names) for names in (_REPORTERS, _PARTNERS))
    valued = any(_VALUE.fullmatch(column) for column in columns)
    years = "indicator" in columns and any(re.fullmatch(_YEAR, column) for column in columns)
    return sides and (valued or years)


def _header(grid: grids.TextGrid) -> int | None:
    return next((at for at, row in enumerate(grid.rows[:_TOP]) if _names(row)), None)


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return exports (FOB) and imports (CIF) by partner: totals, groups of HS chapters, or HS codes.

    A workbook's sheets are read one by one; those without the columns of WITS hold nothing.

    Raises:
        SourceError: the bytes are no WITS file, or it names no value in thousand US$.
    """
    if not grids.is_workbook(content):
        return _settle(_read(row_account.read(content, name), hints, numbers=False))
    sheets = [(grid, at) for grid in grids.read(content, name) if (at := _header(grid)) is not None]
    if not sheets:
        raise SourceError(
            f"{name}: no sheet has the columns of WITS (Reporter Name, Partner Name, Export (US$ Thousand))"
        )
    first, *rest = (_read(grids.table(grid, name, at, grid.rows[at]), hints, numbers=True) for grid, at in sheets)
    for other in rest:
        first.absorb(other)
    return _settle(first)


def _read(table: row_account.TableRows, hints: Hints, *, numbers: bool) -> row_account.TableRows:
    """Turn one table into rows of the one table, less what is the same in all."""
    name = table.name
    years = [column for column in table.columns if re.fullmatch(_YEAR, column)]
    values = [column for column in table.columns if _VALUE.fullmatch(column)]
    sides: dict[str, row_account.Choice] = {"reporter": _REPORTERS, "partner": _PARTNERS}
    optional = {"code": _PRODUCTS, "flow": _FLOWS, "edition": _EDITIONS}
    if years:
        table.take(sides | {"title": "Indicator"} | {year: year for year in years}, "a WITS file has it", optional)
        table.unfold(years, "year", "value")
    elif values:
        table.take(sides | {"year": "Year"} | {value: value for value in values}, "a WITS file has it", optional)
        table.unfold(values, "title", "value")
    else:
        raise SourceError(f"{name}: no column of a value such as 'Export (US$ Thousand)', so the unit is unknown")
    _flows(table, hints)
    _sides(table)
    _codes(table, has_products=table.column_named(_PRODUCTS) is not None)
    table.match("year", _YEAR, "is not a year")
    amounts.put(table, numbers=numbers)
    table.number("value", power=3)
    table.frame["reference"] = f"{name}, row " + table.frame[row_account.ROW].astype("str")
    return table


def _flows(table: row_account.TableRows, hints: Hints) -> None:
    """Take the flow from the trade flow, else from the value's title, else from the reader."""
    parts = table.frame["title"].str.extract(_VALUE)
    table.leave_out(parts["flow"].isna(), "indicator " + table.frame["title"])
    titled = parts["flow"].loc[table.frame.index].str.casefold()
    stated = table.frame["flow"].str.casefold()
    stated = stated.mask(stated.isin(_BOTH), "")
    table.leave_out(stated.ne("") & ~stated.isin(_WORDS), "flow " + table.frame["flow"])
    titled, stated = (words.loc[table.frame.index].map(_WORDS) for words in (titled, stated))
    if hints.flow and stated.isna().any() and titled.isna().any():
        table.notes.append(f"{table.name}: the flow {hints.flow} is the reader's word")
    both = titled.notna() & stated.notna() & titled.ne(stated)
    table.leave_out(both, "a column of the other flow")
    flow = stated.fillna(titled).fillna(hints.flow or "").loc[table.frame.index]
    known = flow.isin(["export", "import"])
    if len(flow) and not known.any():
        raise SourceError(f"{table.name}: does not say its flow; give it with --flow import or --flow export")
    table.refuse(~known, "flow", "is no flow; give it with --flow")
    table.frame["flow"] = flow.loc[table.frame.index]


def _sides(table: row_account.TableRows) -> None:
    """Turn names or codes into ISO alpha-3; regions and unknown areas are no countries."""
    for side in ("reporter", "partner"):
        word = table.frame[side]
        known = word.map({name: country_words.named(name) for name in word.unique()})
        code = word.replace(_AREAS)
        table.frame[side] = known.fillna(code.where(code.isin(set(country_words.english().values()))))
        table.leave_out(table.frame[side].isna(), f"{side} " + word)
    table.keep_pair()


def _codes(table: row_account.TableRows, *, has_products: bool) -> None:
    """Turn groups into chapters or aggregates; groups that are no HS chapters are left out."""
    word = table.frame["code"].str.casefold() if has_products else pd.Series("total", table.frame.index)
    chapters = word.str.extract(r"^([0-9]{2})-([0-9]{2})_.*$")
    ranged = ("HS" + chapters[0] + "_" + chapters[1]).mask(chapters[0].eq(chapters[1]), chapters[0])
    code = ranged.fillna(word.map(_GROUPS)).fillna(word.where(word.str.fullmatch("[0-9]{1,10}")))
    table.leave_out(code.isna(), "product group " + table.frame["code"])
    code = code.loc[table.frame.index]
    edition = table.frame["edition"].str.upper().map(_NOMENCLATURES).fillna("HS")
    zeros = code.str.fullmatch("[0-9]{3}|[0-9]{5}") & edition.str.startswith("HS")
    table.frame["commodity_code"] = code.mask(zeros, "0" + code)
    table.frame["classification"] = edition.mask(code.eq(TOTAL), "none")


def _settle(table: row_account.TableRows) -> Parsed:
    frame = table.frame
    start = pd.to_datetime(frame["year"], format="%Y")
    table.frame = frame.assign(
        period_start=start,
        period_end=start + pd.DateOffset(months=11),
        valuation=frame["flow"].map({"export": "FOB", "import": "CIF"}),
    )
    return table.settle(source="wits", currency="USD", status="final")


SOURCE: Final = Source.of("wits", parse=parse, recognises=recognises)
