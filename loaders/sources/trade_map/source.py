"""ITC Trade Map: trade by product, by partner, and lists of exporters and importers, as people download it.

The download named .xls is a saved page, .txt has tabs; newer ones are real workbooks. For the reader's own
use: the terms of Trade Map do not let its series be passed on.
"""

from typing import Final

import pandas as pd

from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.sources.trade_map import labels as words
from loaders.sources.trade_map import tables as trademap_tables
from loaders.sources.trade_map.labels import ColumnMeaning, Title
from loaders.tables import amounts, grids, header_periods, row_account

_HEAD: Final = 1 << 16
_TOP: Final = 60
_BETA: Final = ("reporterlabel", "partnerlabel", "reportercd")
_DEFAULT_UNIT: Final = "US Dollar thousand"
_MIRROR: Final = ", mirror data: counted by the partner countries"


def recognises(head: bytes) -> bool:
    """Tell a Trade Map file by the names of its columns of values, whatever the file is called."""
    if grids.is_workbook(head):
        return any(_header(grid) is not None for grid in grids.tops(head))
    text = head[:_HEAD].replace(b"\0", b"").decode("utf-8", "replace").casefold()
    if text.lstrip("\ufeff").lstrip()[:1] in {"{", "["}:
        return False
    if all(name in text for name in _BETA):
        return True
    return words.recognised(text) and (grids.is_page(head) or _listed(head[:_HEAD]))


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return values in whole units of the currency that the file names: exports FOB, imports CIF.

    Quarters, months and years are kept as printed. Mirror data, which the partners counted, are marked:
    status ``derived``, valuation ``unknown``, and the reference says so.

    Raises:
        SourceError: the bytes are no Trade Map table, or it does not say whose trade, which flow or which goods.
    """
    tables = grids.read(content, name)
    grid = next((grid for grid in tables if _header(grid) is not None), None)
    if grid is None:
        raise SourceError(f"{name}: no column of values such as 'Imported value in 2020'; download the table again")
    header = _header(grid) or 0
    around = [cell for other in tables if other is not grid for row in other.rows for cell in row]
    lines = [*around, *(cell for row in grid.rows[:header] for cell in row)]
    title = words.title(lines, name)
    layout = trademap_tables.Table(grid, header, name)
    try:
        figures = layout.figures(title, lines, hints)
    except SourceError as error:
        raise SourceError(f"{error}{trademap_tables.goods_too(layout, title.code)}") from error
    table = layout.sheet(figures)
    _notes(table, figures, title, hints)
    trademap_tables.place(table, figures, title.code)
    _units(table, figures, title)
    header_periods.put(table)
    amounts.put(table, numbers=grids.is_workbook(content))
    table.number("value", power=table.frame["power"])
    _mirror(table, grid, figures, title)
    return table.settle(source="trademap")


def _listed(head: bytes) -> bool:
    """Return whether a text has Trade Map's column names as cells of one row; in a sentence they tell nothing."""
    end = max(head.rfind(b"\n") + 1, 0) or len(head)
    cut = head if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head[:end]
    try:
        return any(
            _header(grid) is not None for grid in grids.read(cut[: len(cut) // 2 * 2] if cut is head else cut, "")
        )
    except SourceError:
        return False


def _header(grid: grids.TextGrid) -> int | None:
    """Return the first row that names a column of values."""
    return next((at for at, row in enumerate(grid.rows[:_TOP]) if any(map(words.column, row))), None)


def _notes(table: row_account.TableRows, figures: dict[int, ColumnMeaning], title: Title, hints: Hints) -> None:
    """Say what the file leaves open and how it was read."""
    if not title.unit and not any(one.unit for one in figures.values()):
        table.notes.append(f"{table.name}: names no unit; read as Trade Map's own, thousand US dollars")
    if hints.reporter and any(one.reporter == hints.reporter for one in figures.values()) and not title.reporter:
        table.notes.append(f"{table.name}: the reporter {hints.reporter} is the reader's word")


def _units(table: row_account.TableRows, figures: dict[int, ColumnMeaning], title: Title) -> None:
    """Give each figure the currency and the power of ten of its column's unit, else of the table's."""
    known = {at: words.unit(one.unit or title.unit or _DEFAULT_UNIT, table.name) for at, one in figures.items()}
    table.frame["currency"] = table.frame["at"].map({at: currency for at, (currency, _) in known.items()})
    table.frame["power"] = table.frame["at"].map({at: power for at, (_, power) in known.items()}).astype("int64")


def _mirror(
    table: row_account.TableRows, grid: grids.TextGrid, figures: dict[int, ColumnMeaning], title: Title
) -> None:
    """Mark mirror data: by the cell's own word, else by its column, else by the title."""
    frame = table.frame
    places = zip(frame[row_account.ROW] - 1, frame["at"], strict=True)
    cells = [grid.cell_titles.get((int(row), int(at)), "").casefold() for row, at in places]
    columns = {
        at: one.mirror or title.mirror or words.counted_elsewhere(one, title.reported) for at, one in figures.items()
    }
    labels = frame["country"].str.contains(r"\(mirror", case=False) if "country" in frame else [False] * len(frame)
    marked = [
        cell.startswith("mirror") or (not cell.startswith("direct") and (columns[at] or label))
        for cell, at, label in zip(cells, frame["at"], labels, strict=True)
    ]
    mirror = pd.Series(marked, frame.index, dtype="bool")
    own = frame["flow"].map({"export": "FOB", "import": "CIF"})
    reference = f"{table.name}, row " + frame[row_account.ROW].astype("str")
    table.frame = frame.assign(
        valuation=own.mask(mirror, "unknown"),
        status=pd.Series("final", frame.index).mask(mirror, "derived"),
        reference=reference.mask(mirror, reference + _MIRROR),
    )
    if mirror.any():
        table.notes.append(f"{table.name}: {int(mirror.sum())} figures are mirror data, marked derived")


SOURCE: Final = Source.of("trademap", parse=parse, recognises=recognises)
