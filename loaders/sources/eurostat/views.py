"""Eurostat's other shapes of Comext: Easy Comext's Relational View, Data Browser workbooks, and TSV.

All three name the same dimensions, by code or by label, and become rows of ``reporter, partner, product,
flow, indicator, period, value, flag``.
"""

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL
from loaders.core.source import SourceError
from loaders.tables import amounts, country_words, grids, header_periods, parsing, row_account, text_files

_VIEW: Final = {"reporter": "REPORTER", "partner": "PARTNER", "product": "PRODUCT", "flow": "FLOW", "period": "PERIOD"}
_DIMENSIONS: Final = ("reporter", "partner", "product", "flow", "indicator", "period")
_INDICATORS: Final = {
    "VALUE_IN_EUR": "VALUE_IN_EUROS",
    "VALUE_IN_EUROS": "VALUE_IN_EUROS",
    "VALUE_EUR": "VALUE_IN_EUROS",
    "QUANTITY_IN_KG": "QUANTITY_KG",
    "QUANTITY_KG": "QUANTITY_KG",
    "QUANTITY_IN_100KG": "QUANTITY_IN_100KG",
}
_FLOWS: Final = {"IMPORT": "1", "IMPORTS": "1", "1": "1", "EXPORT": "2", "EXPORTS": "2", "2": "2"}
_OWN: Final = {"INDICATORS": "indicator", "INDICATOR": "indicator", "TIME": "period", "TIME_PERIOD": "period"}
_UPDATED: Final = re.compile(r"last updated?(?: of data)?\s*:?", re.IGNORECASE)
_TOP: Final = 40
_LINE: Final = 1 << 16


def recognises(head: bytes) -> bool:
    """Tell the three shapes by the names of Comext's dimensions."""
    if grids.is_workbook(head):
        return any(_layout(grid) is not None for grid in grids.tops(head))
    return _is_view(text_files.header(head)) or _tsv_names(_first_line(head)) is not None


def _first_line(content: bytes) -> str:
    return content[:_LINE].removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode(errors="replace")


def _is_view(header: tuple[str, ...]) -> bool:
    names = {name.upper() for name in header}
    return set(_VIEW.values()) <= names and bool(names & set(_INDICATORS))


def _tsv_names(line: str) -> list[str] | None:
    """Return the dimensions in the first column of a TSV, before the periods; None for other files."""
    first, _, time = line.split("\t", 1)[0].partition("\\")
    names = [_own(name) for name in first.split(",")]
    return names if time.upper().startswith("TIME") and {"reporter", "partner", "flow"} <= set(names) else None


def _own(name: str) -> str:
    """Return our name of a dimension that Eurostat writes as ``PRODUCT [PRODUCT]`` or ``REPORTER (Labels)``."""
    plain = re.sub(r"\s*[(\[].*$", "", name.strip()).upper()
    return _OWN.get(plain, plain.lower())


def read(content: bytes, name: str) -> row_account.TableRows:
    """Return the figures of a file of any of the three shapes; sides, flows and periods as the parser wants them.

    Raises:
        SourceError: a dimension is missing.
    """
    if grids.is_workbook(content):
        table = _book(content, name)
    else:
        names = _tsv_names(_first_line(content))
        table = _plain(_tsv(content, name, names) if names else _view(row_account.read(content, name)))
    amounts.put(table, numbers=grids.is_workbook(content))
    return table


def _plain(table: row_account.TableRows) -> row_account.TableRows:
    """Turn labels, codes and flags into what the parser reads, and leave out what is neither China's nor Russia's.

    Raises:
        SourceError: a dimension is missing.
    """
    for own in _DIMENSIONS:
        if own not in table.frame:
            raise SourceError(f"{table.name}: names no {own}; download it again with all dimensions")
    _flags(table)
    _sides(table)
    _words(table)
    table.frame["reference"] = f"{table.name}, row " + table.frame[row_account.ROW].astype("str")
    return table


def _view(table: row_account.TableRows) -> row_account.TableRows:
    """Read the Relational View: values and weights are columns; only totals over statistical procedures count."""
    columns = {column.upper(): column for column in table.columns}
    measures = {column: _INDICATORS[upper] for upper, column in columns.items() if upper in _INDICATORS}
    table.take(_VIEW | {one: one for one in measures}, "a Relational View has it", {"procedure": "STAT_PROCEDURE"})
    table.unfold(list(measures), "indicator", "value")
    table.frame["indicator"] = table.frame["indicator"].map(measures)
    procedure = table.frame["procedure"]
    part = ~procedure.str.casefold().isin(["", "total", "0", "tot"])
    table.leave_out(part, "statistical procedure " + procedure)
    table.frame["update"] = pd.NaT
    return table


def _tsv(content: bytes, name: str, names: list[str]) -> row_account.TableRows:
    """Read a TSV: the dimensions in the first column, periods across.

    Raises:
        SourceError: no period is named.
    """
    lines = [line.split("\t") for line in parsing.decode(content, name).splitlines()]
    table = grids.table(grids.TextGrid(lines), name, 0, [cell.strip() for cell in lines[0]])
    first, *periods = table.columns
    if not periods:
        raise SourceError(f"{name}: names no period; download it again with all dimensions")
    keys = table.frame[first].str.split(",", expand=True).reindex(columns=range(len(names))).astype("str")
    table.refuse(keys.isna().any(axis=1), first, f"does not hold {len(names)} dimensions")
    keys = keys.loc[table.frame.index]
    for at, own in enumerate(names):
        table.frame[own] = keys[at].str.strip()
    table.frame = table.frame.drop(columns=first)
    table.unfold(periods, "period", "value")
    table.frame["update"] = pd.NaT
    return table


def _book(content: bytes, name: str) -> row_account.TableRows:
    """Read a Data Browser workbook: a sheet a slice, its other dimensions named above the table."""
    made: row_account.TableRows | None = None
    for grid in grids.read(content, name):
        if layout := _layout(grid):
            one = _plain(_slice(grid, layout, name))
            if made:
                made.absorb(one)
            made = made or one
    if made is None:
        raise SourceError(f"{name}: no sheet holds a table of Comext; download the workbook again")
    return made


def _layout(grid: grids.TextGrid) -> tuple[int, int] | None:
    """Return the first row that tells columns apart and the row that names the row's dimensions; None for others."""
    rows = grid.rows[:_TOP]
    if not any(row and row[0].strip().lower().startswith("dataset") for row in rows):
        return None
    time = next((at for at, row in enumerate(rows) if row and _own(row[0]) == "period"), None)
    if time is None:
        return None
    last = time
    while last + 1 < len(rows) and re.search(r"\((?:Labels|Codes)\)$", rows[last + 1][0] if rows[last + 1] else ""):
        last += 1
    return (time, last) if last > time else None


def _slice(grid: grids.TextGrid, layout: tuple[int, int], name: str) -> row_account.TableRows:
    """Read one sheet of a workbook."""
    first, last = layout
    labels = [cell for cell in grid.rows[last] if cell.strip()]
    columns = {at: [row[at] if at < len(row) else "" for row in grid.rows[first:last]] for at in _places(grid, layout)}
    keys = {at: f"column {at + 1}" for at in columns}
    width = max((len(row) for row in grid.rows), default=0)
    names = [f"label {at}" if at < len(labels) else f"column {at + 1}" for at in range(width)]
    table = grids.table(grid, name, last, names)
    frame = table.frame
    for at, key in keys.items():
        flag = f"column {at + 2}"
        if at + 1 not in keys and flag in frame:
            frame[key] = (frame[key] + " " + frame[flag]).str.strip()
    table.frame = frame[[row_account.ROW, *names[: len(labels)], *keys.values()]].copy()
    table.unfold(list(keys.values()), "at", "value")
    back = {keys[at]: column for at, column in columns.items()}
    for place, row in enumerate(grid.rows[first:last]):
        table.frame[_own(row[0])] = table.frame["at"].map({key: cells[place] for key, cells in back.items()})
    for place, label in enumerate(labels):
        table.frame[_own(label)] = table.frame[f"label {place}"]
    for own, cell in _above(grid, first):
        table.frame[own] = cell
    table.frame["update"] = _update(grid, first)
    table.beside = None
    return table


def _places(grid: grids.TextGrid, layout: tuple[int, int]) -> list[int]:
    """Return the columns that hold figures: those with a period above; the ones between hold flags."""
    return [at for at, cell in enumerate(grid.rows[layout[0]]) if at and header_periods.read(cell)]


def _above(grid: grids.TextGrid, first: int) -> Iterator[tuple[str, str]]:
    """Yield the dimensions above a table with the one position that the sheet is about."""
    for row in grid.rows[:first]:
        if row and (own := _own(row[0])) in _DIMENSIONS:
            yield own, next((cell for cell in row[1:] if cell.strip()), "")


def _update(grid: grids.TextGrid, first: int) -> pd.Timestamp | None:
    """Return the day of the last update that the sheet names."""
    for row in grid.rows[:first]:
        if row and _UPDATED.match(row[0]):
            match = re.search(r"(\d{2})/(\d{2})/(\d{4})", " ".join(row))
            day = pd.to_datetime("-".join(match.groups()[::-1]), errors="coerce") if match else None
            return None if day is None or pd.isna(day) else day
    return None


def _flags(table: row_account.TableRows) -> None:
    """Part figures from their flags; ``:`` is no figure, ``: c`` a secret one."""
    text = table.frame["value"].str.strip()
    void = text.str.match(":")
    table.leave_out(void, "no value")
    parts = text[~void].str.extract(r"^(?P<number>.*?)\s*(?P<flag>[a-z]*)$")
    table.frame = table.frame.assign(value=parts["number"], flag=parts["flag"].fillna(""))


def _sides(table: row_account.TableRows) -> None:
    """Turn countries into codes; groups, unknown areas and pairs of other countries are left out."""
    for side in ("reporter", "partner"):
        word = table.frame[side]
        table.frame[side] = word.map({text: _country(text) for text in word.unique()})
        table.leave_out(table.frame[side].isna(), f"{side} " + word)
    table.keep_pair()


def _words(table: row_account.TableRows) -> None:
    """Turn indicator, flow, goods and period into the codes that the parser reads."""
    indicator = table.frame["indicator"].map(_code).str.upper()
    known = indicator.map(_INDICATORS)
    table.leave_out(known.isna(), "indicator " + table.frame["indicator"])
    table.frame["indicator"] = known.loc[table.frame.index]
    table.frame["flow"] = table.frame["flow"].map(_code).str.upper().map(_FLOWS).fillna(table.frame["flow"])
    product = table.frame["product"].map(_product)
    table.frame["product"] = product.mask(product.str.casefold().eq("total"), TOTAL)
    period = table.frame["period"]
    table.frame["period"] = period.map({text: _period(text) for text in period.unique()})


def _code(text: str) -> str:
    """Return the code in brackets at the end of a label, else the text."""
    match = re.search(r"\[([^\[\]]+)\]$", text.strip())
    return match[1] if match else text.strip()


def _product(text: str) -> str:
    match = re.match(r"([0-9]{2,8})\b", text.strip())
    return match[1] if match else _code(text)


def _country(text: str) -> str | None:
    code = _code(text)
    if re.fullmatch("[A-Z]{2}|EU27_2020|WORLD", code):
        return country_words.iso2().get(code)
    return country_words.named(text)


def _period(text: str) -> str:
    """Return YYYY or YYYY-MM; other spans stay as they are, and the parser refuses them."""
    span = header_periods.read(text)
    if span is None or (span[0] != span[1] and (span[0].month, span[1].month) != (1, 12)):
        return text
    return f"{span[0]:%Y-%m}" if span[0] == span[1] else f"{span[0]:%Y}"
