"""The IMF's Direction of Trade as it was until 2025: workbooks by area and country, and the old CSV files.

The workbooks hold one country a file, a sheet a flow, periods across, "e" beside an estimate; the CSV files
hold pairs of countries, one figure a row, or periods or indicators across.
"""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from loaders.core.schema import WORLD
from loaders.core.source import Hints, SourceError
from loaders.tables import amounts, country_words, grids, header_periods, money_units, row_account, text_files

_TITLE: Final = re.compile(r"(?P<what>exports|imports),?\s*\(?(?P<how>FOB|CIF|F\.O\.B\.|C\.I\.F\.)", re.IGNORECASE)
_PARTNERS: Final = re.compile(r"(?:to|from) Partner Countries|by Areas? and Countr", re.IGNORECASE)
_FLAGGED: Final = r"(?P<number>.*?)\s*(?P<flag>[A-Za-z]?)"
_FLAGS: Final = {"e": "E", "p": "P", "": ""}
_TOP: Final = 40
_SIDES: Final = {"reporter": "Country Name", "partner": "Counterpart Country Name"}
_WORDS: Final = re.compile(
    r"value of (?P<what>exports|imports).*\((?P<how>FOB|CIF)\), (?P<unit>US Dollars)", re.IGNORECASE
)
_PLAIN_WORDS: Final = re.compile(r"value of imports, cost, insurance", re.IGNORECASE)
_CODE: Final = re.compile(r"T(?:XG_FOB|MG_CIF|MG_FOB|BG)_USD")


def recognises(head: bytes) -> bool:
    """Tell a workbook by its title, an old CSV file by its two columns of countries and its indicators."""
    if grids.is_workbook(head):
        return any(_header(grid) is not None for grid in grids.tops(head))
    return _names(text_files.header(head))


def _names(header: Sequence[str]) -> bool:
    names = {name.casefold() for name in header}
    return {name.casefold() for name in _SIDES.values()} <= names and bool(
        "indicator name" in names or any(_indicator(name) for name in header)
    )


def read(content: bytes, name: str, hints: Hints) -> row_account.TableRows:
    """Return ``reporter, partner, indicator, period, value, scale, status`` of each figure.

    Raises:
        SourceError: the file does not say whose trade it is, or in what unit.
    """
    if not grids.is_workbook(content):
        return _old_csv(row_account.read(content, name))
    sheets = [(grid, at) for grid in grids.read(content, name) if (at := _header(grid)) is not None]
    if not sheets:
        raise SourceError(f"{name}: no sheet is titled 'Exports, FOB' or 'Imports, CIF'; download the workbook again")
    first, *rest = (_sheet(grid, at, name, hints) for grid, at in sheets)
    for other in rest:
        first.absorb(other)
    first.beside = "period"
    return first


def _header(grid: grids.TextGrid) -> int | None:
    """Return the row of periods below a title of the workbook; None where the sheet has no such title."""
    rows = grid.rows[:_TOP]
    titled = [at for at, row in enumerate(rows) for cell in row if _TITLE.match(cell) and _PARTNERS.search(cell)]
    named = _TITLE.match(grid.place) is not None
    if not titled and not named:
        return None
    start = titled[0] + 1 if titled else 0
    return next((at for at, row in enumerate(rows) if at >= start and any(map(header_periods.read, row))), None)


def _sheet(grid: grids.TextGrid, header: int, name: str, hints: Hints) -> row_account.TableRows:
    """Read one sheet: one country, one flow."""
    called = grid.name(name)
    words = [cell for row in grid.rows[:header] for cell in row if cell.strip()]
    title = next((hit for cell in [*words, grid.place] if (hit := _TITLE.match(cell))), None)
    unit = next((money for cell in words if (money := money_units.read(cell))), None)
    if title is None or unit is None or unit[0] != "USD":
        raise SourceError(f"{called}: says no unit such as 'US Dollars, Millions' above its figures; not taken")
    reporter = _reporter(words, called, hints)
    table = _figures(grid, header, name)
    table.frame["reporter"] = reporter
    table.frame["indicator"] = _indicator_of(title["what"], title["how"])
    table.frame["scale"] = unit[1]
    return table


def _reporter(words: list[str], called: str, hints: Hints) -> str:
    """Return the country that stands above the figures, else the reader's word."""
    rest = [
        word
        for word in words
        if not _TITLE.match(word) and not money_units.read(word) and not header_periods.read(word)
    ]
    country = next((iso for word in rest if (iso := country_words.named(word))), None)
    if country or hints.reporter:
        return country or str(hints.reporter)
    if rest:
        return rest[0]
    raise SourceError(f"{called}: names no country above its figures; give it with --reporter")


def _figures(grid: grids.TextGrid, header: int, name: str) -> row_account.TableRows:
    """Return one row a figure: ``partner``, ``period``, ``value`` and ``status``, the flag in or beside its cell."""
    names = list(grid.rows[header])
    names += [""] * (max(map(len, grid.rows)) - len(names))  # a flag may stand beside the last period
    label = _label(grid, header, names)
    columns = ["partner" if at == label else text or f"beside {at}" for at, text in enumerate(names)]
    table = grids.table(grid, name, header, columns)
    periods = [(at, text) for at, text in enumerate(names) if header_periods.read(text)]
    frame = table.frame
    for at, text in periods:
        flag = f"beside {at + 1}"
        if flag in frame:
            letter = frame[flag].str.strip()
            frame[text] = frame[text].mask(letter.str.fullmatch("[A-Za-z]"), frame[text] + " " + letter)
    table.frame = frame[[row_account.ROW, "partner", *(text for _, text in periods)]].copy()
    table.unfold([text for _, text in periods], "period", "value")
    _flags(table)
    table.frame["reference"] = f"{table.name}, row " + table.frame[row_account.ROW].astype("str")
    amounts.put(table, numbers=True)
    return table


def _label(grid: grids.TextGrid, header: int, names: list[str]) -> int:
    """Return the column of partners: the last one before the periods that has words below the header."""
    first = next(at for at, text in enumerate(names) if header_periods.read(text))
    below = grid.rows[header + 1 : header + _TOP]
    filled = [at for at in range(first) if any(at < len(row) and row[at].strip() for row in below)]
    return filled[-1] if filled else 0


def _flags(table: row_account.TableRows) -> None:
    """Part figures from their flags: ``0.14 e`` is an estimate."""
    parts = table.frame["value"].str.strip().str.extract(rf"^{_FLAGGED}$")
    flag = parts["flag"].fillna("").str.lower()
    known = flag.isin(_FLAGS) & parts["number"].fillna("").ne("")
    table.frame["value"] = parts["number"].where(known, table.frame["value"])
    table.frame["status"] = flag.map(_FLAGS).where(known, "")


def _indicator_of(what: str, how: str) -> str:
    return f"{'XG' if what.lower().startswith('exp') else 'MG'}_{how.replace('.', '').upper()}_USD"


def _indicator(text: str) -> str:
    """Return the code of an indicator: its own without the T before it, or as its words tell; empty for others."""
    if code := _CODE.search(text):
        return code[0][1:]
    match = _WORDS.search(text)
    if match:
        return _indicator_of(match["what"], match["how"])
    return "MG_CIF_USD" if _PLAIN_WORDS.search(text) and "us dollars" in text.lower() else ""


def _old_csv(table: row_account.TableRows) -> row_account.TableRows:
    """Read a file of pairs: one figure a row, or periods across, or indicators across."""
    what = "an old CSV file of Direction of Trade has it"
    periods = [column for column in table.columns if header_periods.read(column)]
    wide = [column for column in table.columns if _indicator(column)]
    extra: dict[str, row_account.Choice] = {"attribute": "Attribute", "status": "Status"}
    if periods:
        table.take(_SIDES | {"words": "Indicator Name"} | {one: one for one in periods}, what, extra)
        table.unfold(periods, "period", "value")
        _join_status(table)
    elif wide:
        table.take(_SIDES | {"period": "Time Period"} | {one: one for one in wide}, what, extra)
        table.unfold(wide, "words", "value")
    else:
        table.take(_SIDES | {"words": "Indicator Name", "period": "Time Period", "value": "Value"}, what, extra)
        table.leave_out(table.frame["value"].eq(""), "no value")
    frame = table.frame
    code = frame["words"].map({text: _indicator(text) or text for text in frame["words"].unique()})
    flag = frame["status"].str.lower().map(_FLAGS).fillna("")
    table.frame = frame.assign(indicator=code, status=flag, scale=0)
    amounts.put(table)
    return table


def _join_status(table: row_account.TableRows) -> None:
    """Give each figure the status that the file has in a row of its own."""
    frame, key = table.frame, ["reporter", "partner", "words", "period"]
    is_status = frame["attribute"].str.casefold().eq("status")
    statuses = frame[is_status].drop_duplicates(key).set_index(key)["value"]
    table.leave_out(is_status, "status, no figure")
    rows = pd.MultiIndex.from_frame(table.frame[key])
    table.frame["status"] = statuses.reindex(rows).fillna("").to_numpy() if len(statuses) else table.frame["status"]


def places(table: row_account.TableRows) -> None:
    """Turn names of countries into codes; groups of countries and unknown areas are left out."""
    for side in ("reporter", "partner"):
        word = table.frame[side]
        iso = {
            name: country_words.named(name) or (name if name in country_words.english().values() else None)
            for name in word.unique()
        }
        table.frame[side] = word.map(iso)
        table.leave_out(table.frame[side].isna(), f"{side} " + word)
    table.leave_out(table.frame["reporter"].eq(WORLD), "reporter World, no country")
