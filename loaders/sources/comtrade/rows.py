"""UN Comtrade's cells become rows of the one table; what does not is named or counted."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.core import schema
from loaders.core.source import SourceError
from loaders.sources.comtrade import cells as codes
from loaders.sources.comtrade.cells import Reading
from loaders.sources.comtrade.columns import ItemCells
from loaders.sources.comtrade.names import shown
from loaders.tables import amounts, decimals, file_words, row_account
from loaders.tables.parsing import ROW, numbers

_AMOUNTS: Final = ("value", "cif", "fob", "weight", "quantity")
# as RE2 writes it, whose \\s is a plain blank alone: a no-break and a narrow one part groups too
_ODD: Final = "[0-9](?:[,\\s\\x{a0}\\x{202f}'’]|\\.[0-9]*\\.)[0-9]|^\\s*,[0-9]"
_LONG: Final = re.compile(r"[+-]?([0-9]{4,})")
_SIX: Final = 6  # no other nomenclature of UN Comtrade has codes of six digits
# how the Harmonized System names goods that SITC and BEC file under other codes
_HARMONIZED: Final[dict[str, list[str]]] = file_words.lists()["comtrade"]["harmonized"]


class CellReader(row_account.Account):
    """Reads the cells of a file item by item, and keeps account of rows that do not become figures.

    ``headers`` holds the file's own name of each item.
    """

    def __init__(self, name: str, headers: dict[str, str]) -> None:
        """Begin with nothing read."""
        super().__init__(name)
        self.headers = headers

    def refuse(self, rows: pd.DataFrame, bad: pd.Series, item: str, why: Callable[[str], str]) -> pd.DataFrame:
        """Name the rows where ``bad`` is true, by their cell of ``item``, and return the others."""
        if not bad.any():
            return rows
        for row, cell in zip(rows.loc[bad, ROW], rows.loc[bad, item], strict=True):
            self.refuse_row(row, why(str(cell)))
        return rows[~bad]

    def read(self, rows: pd.DataFrame, items: Sequence[str], reading: Callable[..., Reading]) -> pd.DataFrame:
        """Read each distinct combination of ``items`` once; the first of them takes the value read."""
        cells = list(items)
        which, first = _distinct([rows[cell] for cell in cells])
        readings = [reading(*values) for values in zip(*(rows[cell].iloc[first] for cell in cells), strict=True)]
        rows = rows.assign(**{cells[0]: _taken([one.value for one in readings], which, rows.index)})
        bad = np.array([bool(one.refused) for one in readings], dtype="bool").take(which)
        out = np.array([bool(one.left_out) for one in readings], dtype="bool").take(which)
        if out.any():
            self.left_out.update(readings[group].left_out for group in which[out])
        if bad.any():
            for row, group in zip(rows.loc[bad, ROW], which[bad], strict=True):
                self.refuse_row(row, readings[group].refused)
        return rows[~(bad | out)] if bad.any() or out.any() else rows


def _distinct(columns: Sequence[pd.Series]) -> tuple[np.ndarray, np.ndarray]:
    """Number each row's combination of cells, and tell where each combination stands first."""
    which = np.zeros(len(columns[0]), dtype="int64")
    for cells in columns:
        numbered, known = pd.factorize(cells)
        which, _ = pd.factorize(which * (len(known) + 1) + numbered)
    return which, np.unique(which, return_index=True)[1]


def _taken(values: list[str], which: np.ndarray, index: pd.Index) -> pd.Series:
    return pd.Series(pd.array(values, dtype="str").take(which), index=index)


def typed(sheet: ItemCells, reader: CellReader) -> pd.DataFrame:
    """Return the sheet's rows with the columns of the one table, ``row`` and the part columns."""
    rows = sheet.cells
    if not {"classification", "family"} & set(sheet.headers):
        named = rows if "commodity_name" in rows else rows.assign(commodity_name="")
        rows = rows.assign(classification=_nomenclature(named, sheet.name))
    rows = reader.read(rows, ("type",), codes.kind)
    rows = reader.read(rows, ("supply",), codes.supply)
    rows = reader.read(rows, ("flow", "flow_text"), codes.flow)
    rows = _countries(rows, reader)
    rows = reader.read(rows, ("period", "year", "month", "freq"), codes.period)
    rows = reader.read(rows, ("classification", "family"), codes.classification)
    rows = reader.read(rows, ("commodity", "level", "classification"), codes.commodity)
    rows = reader.read(rows, ("released",), codes.released)
    rows = _measured(_ungrouped(rows, sheet), reader)
    return _finished(rows)


def _nomenclature(cells: pd.DataFrame, name: str) -> str:
    """Return the nomenclature of a file that does not say it: ``HS``, where codes or the names of goods leave no other.

    Raises:
        SourceError: neither codes nor names tell.
    """
    pairs = cells[["commodity", "commodity_name"]].drop_duplicates()
    goods = {
        codes.plain(code).upper(): text.strip().casefold() for code, text in pairs.itertuples(index=False, name=None)
    }
    goods.pop(schema.TOTAL, None)
    if not goods or any(code.isdigit() and len(code) == _SIX for code in goods):
        return "HS"
    known = {code.zfill(2): text for code, text in goods.items() if code.zfill(2) in _HARMONIZED and text}
    if known and all(text.startswith(tuple(_HARMONIZED[code])) for code, text in known.items()):
        return "HS"
    raise SourceError(
        f"{name}, row 1: no classification column (classificationCode, Classification or pfCode), and the goods do not"
        " tell which it is; download the file again with it"
    )


def _countries(rows: pd.DataFrame, reader: CellReader) -> pd.DataFrame:
    """Read both sides by their codes, or by their names where the file has nothing else."""
    for side, reading, by_name in (
        ("reporter", codes.reporter, codes.named_reporter),
        ("partner", codes.partner, codes.named_partner),
    ):
        if f"{side}_name" in reader.headers:
            rows = reader.read(rows.assign(**{side: rows[f"{side}_name"]}), (side,), by_name)
        else:
            rows = reader.read(rows, (side, f"{side}_iso"), reading)
    return rows


def _ungrouped(rows: pd.DataFrame, sheet: ItemCells) -> pd.DataFrame:
    """Return ``rows`` with plain decimals where somebody saved them with groups of thousands or a comma.

    What stays odd is no amount, and refused as such.
    All amounts of the file tell together which sign parts decimals. Groups of thousands are taken where a
    column is consistent: one that groups some numbers of four digits and others not is left as it is.
    """
    if not sheet.delimiter or not any(_is_odd(sheet.cells[item]) for item in _AMOUNTS):
        return rows
    columns = {item: pd.unique(sheet.cells[item]) for item in _AMOUNTS}
    printed = pd.Series(pd.unique(pd.concat(map(pd.Series, columns.values()))), dtype="str")
    text, unclear = amounts.plain(printed)
    known = dict(zip(printed[~unclear], text[~unclear], strict=True))
    read = {item: known for item, cells in columns.items() if _consistent(cells, known)}
    return rows.assign(**{item: rows[item].map(lambda cell, of=of: of.get(cell, cell)) for item, of in read.items()})


def _is_odd(cells: pd.Series) -> bool:
    """Return whether any cell has groups, or a comma for a point; asked of Arrow, since most files have neither."""
    return bool(pc.any(pc.match_substring_regex(pa.array(cells, pa.string()), _ODD)).as_py())


def _consistent(cells: Iterable[object], known: Mapping[str, str]) -> bool:
    """Return whether all numbers of four digits and more are grouped, or none is."""
    long = {str(cell): match[1] for cell in cells if (match := _LONG.match(known.get(str(cell), "")))}
    grouped = {digits not in cell for cell, digits in long.items()}
    return len(grouped) < 2


def _measured(rows: pd.DataFrame, reader: CellReader) -> pd.DataFrame:
    """Turn the cells of values, weights and quantities into numbers."""
    rows = _valued(rows, reader)
    for item in ("weight", "quantity"):
        rows = _number(rows, reader, item)
    rows = reader.read(rows, ("weight_estimated", "flag"), _weight_estimated)
    rows = reader.read(rows, ("quantity_estimated", "flag"), _quantity_estimated)
    return reader.read(rows, ("unit", "unit_code", "quantity_estimated"), codes.unit)


def _weight_estimated(column: str, flag: str) -> Reading:
    return codes.estimated(flag, column, 4, "estimated weight")


def _quantity_estimated(column: str, flag: str) -> Reading:
    return codes.estimated(flag, column, 2, "estimated quantity")


def _number(rows: pd.DataFrame, reader: CellReader, item: str, *, needed: bool = False) -> pd.DataFrame:
    """Read one column of amounts; a bad cell refuses its row, an empty one only where it is needed."""
    read = numbers(rows[item]).mask(decimals.rounded(rows[item]))
    bad = read.isna() | read.lt(0)
    if not needed:
        bad[bad] = ~_void(rows.loc[bad, item])
    column = reader.headers.get(item, "cifvalue or fobvalue")
    rows = reader.refuse(rows, bad, item, lambda cell: f"{column} {shown(cell)} is no amount")
    return rows.assign(**{item: read[~bad]})


def _void(cells: pd.Series) -> pd.Series:
    return cells.str.strip().str.upper().isin(codes.NO_VALUE)


def _valued(rows: pd.DataFrame, reader: CellReader) -> pd.DataFrame:
    """Read the value and how it was valued: the primary value, or CIF or FOB where a file lacks it."""
    imports = rows["flow"].eq("import")
    cif, fob = numbers(rows["cif"]), numbers(rows["fob"])
    if "value" not in reader.headers:
        own, other = rows["cif"].where(imports, rows["fob"]), rows["fob"].where(imports, rows["cif"])
        absent = cif.where(imports, fob).eq(0) | _void(own)
        rows = rows.assign(value=own.mask(absent, other))
    rows = _number(rows, reader, "value", needed=True)
    is_cif, is_fob = cif.eq(rows["value"]), fob.eq(rows["value"])
    usual = imports.map({True: "CIF", False: "FOB"})
    valuation = usual.mask(is_cif & ~is_fob, "CIF").mask(is_fob & ~is_cif, "FOB")
    return rows.assign(valuation=valuation[rows.index])


def _finished(rows: pd.DataFrame) -> pd.DataFrame:
    """Name the columns as the one table does, and keep a weight, an estimate or nothing."""
    total = rows["commodity"].eq(schema.TOTAL)
    weight = rows["weight"].mask(rows["weight"].eq(0) & rows["value"].gt(0))
    guess = rows["weight_estimated"].ne("") & weight.notna()
    quantity = rows["quantity"].where(rows["unit"].ne("") & rows["quantity"].gt(0))
    quantity = quantity.mask(guess, weight)
    start, end = _months(rows["period"])
    return pd.DataFrame(
        {
            "source": "comtrade",
            "reporter": rows["reporter"],
            "partner": rows["partner"],
            "flow": rows["flow"],
            "period_start": start,
            "period_end": end,
            "classification": rows["classification"].mask(total, "none"),
            "commodity_code": rows["commodity"],
            "currency": "USD",
            "value": rows["value"],
            "net_weight_kg": weight.mask(guess),
            "quantity": quantity,
            "quantity_unit": rows["unit"].mask(guess, schema.KG_ESTIMATED).where(quantity.notna()),
            "valuation": rows["valuation"],
            "status": "final",
            "released": pd.to_datetime(rows["released"].where(rows["released"].ne("")), format="ISO8601"),
            ROW: rows[ROW],
            "customs": rows["customs"],
            "transport": rows["transport"],
            "partner2": rows["partner2"],
        }
    )


def _months(periods: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the first days of the first and of the last month of YYYY or YYYYMM."""
    known = periods.unique()
    start = {text: pd.Timestamp(int(text[:4]), int(text[4:] or 1), 1) for text in known}
    end = {text: pd.Timestamp(int(text[:4]), int(text[4:] or 12), 1) for text in known}
    return periods.map(start).astype(schema.UNIT), periods.map(end).astype(schema.UNIT)
