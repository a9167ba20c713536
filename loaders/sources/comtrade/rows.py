"""UN Comtrade's cells become rows of the one table; what does not is named or counted."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from loaders.core import schema
from loaders.sources.comtrade import amounts as comtrade_amounts
from loaders.sources.comtrade import cells as codes
from loaders.sources.comtrade.cells import Reading
from loaders.sources.comtrade.classification import nomenclature
from loaders.sources.comtrade.columns import ItemCells
from loaders.sources.comtrade.names import shown
from loaders.tables import decimals, row_account
from loaders.tables.parsing import ROW, numbers


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
        rows = rows.assign(classification=nomenclature(named, sheet.name))
    rows = reader.read(rows, ("type",), codes.kind)
    rows = reader.read(rows, ("supply",), codes.supply)
    rows = reader.read(rows, ("flow", "flow_text"), codes.flow)
    rows = _countries(rows, reader)
    rows = reader.read(rows, ("period", "year", "month", "freq"), codes.period)
    rows = reader.read(rows, ("classification", "family"), codes.classification)
    rows = reader.read(rows, ("commodity", "level", "classification"), codes.commodity)
    rows = reader.read(rows, ("released",), codes.released)
    rows = _measured(comtrade_amounts.plain(rows, sheet), reader)
    return _finished(rows)


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
