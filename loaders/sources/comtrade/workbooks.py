"""UN Comtrade's files whose header does not stand in the first line of a text: workbooks, and translated headers."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from loaders.core.source import SourceError
from loaders.sources.comtrade import names
from loaders.tables import grids, text_files

_NEW: Final = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,"
    "partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,"
    "classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,"
    "mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,"
    "isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,"
    "legacyEstimationFlag,isReported,isAggregate"
)
_OLD: Final = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,"
    "Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,2nd Partner Code,2nd Partner,2nd Partner ISO,"
    "Customs Proc. Code,Customs,Mode of Transport Code,Mode of Transport,Commodity Code,Commodity,Qty Unit Code,"
    "Qty Unit,Qty,Alt Qty Unit Code,Alt Qty Unit,Alt Qty,Netweight (kg),Gross weight (kg),Trade Value (US$),"
    "CIF Trade Value (US$),FOB Trade Value (US$),Flag"
)
_LAYOUTS: Final = tuple(layout.split(",") for layout in (_NEW, _OLD))
_CODES: Final = {
    "typeCode": "[CS]",
    "freqCode": "[AMQ]",
    "refPeriodId": "[0-9]{8}",
    "refYear": "[0-9]{4}",
    "reporterCode": "[0-9]{1,3}",
    "flowCode": "M|X|RM|RX|DX|FM|[MX][IO]P",
    "partnerCode": "[0-9]{1,3}",
    "classificationCode": "[HSB][0-9]|HS|SS",
    "Classification": "[HSB][0-9]|HS",
    "Year": "[0-9]{4}",
    "Trade Flow Code": "[1-4]",
    "Reporter Code": "[0-9]{1,3}",
    "Partner Code": "[0-9]{1,3}",
}
_ROWS: Final = 20


def standard(header: Sequence[str], row: Sequence[str]) -> list[str] | None:
    """Return the service's own names for a translated header, told by the codes that stand in their places.

    A translation keeps the order of the columns; ``row`` is the first row below. None where the codes do not fit.
    """
    for layout in _LAYOUTS:
        checks = [(at, _CODES[name]) for at, name in enumerate(layout) if name in _CODES]
        fits = len(header) == len(row) == len(layout) and all(
            re.fullmatch(code, row[at].strip()) for at, code in checks
        )
        if fits and not names.ours(header):
            return layout
    return None


def translated(text: str) -> tuple[str, list[str]] | None:
    """Return the delimiter and the service's own names for a text whose header is translated; None for others."""
    lines = text.splitlines()[:2]
    mark = text_files.delimiter(lines[0]) if lines else ","
    if len(lines) < 2 or lines[0].count(mark) + 1 not in {len(layout) for layout in _LAYOUTS}:
        return None
    try:
        header, row = csv.reader(lines, delimiter=mark)
    except (csv.Error, ValueError):
        return None
    made = standard(header, row)
    return (mark, made) if made else None


def header(grid: grids.TextGrid) -> tuple[int, list[str]] | None:
    """Return where a sheet names UN Comtrade's columns, and the names; None where it does not."""
    for at, row in enumerate(grid.rows[:_ROWS]):
        if names.ours(row):
            return at, row
        made = standard(row, grid.rows[at + 1]) if at + 1 < len(grid.rows) else None
        if made:
            return at, made
    return None


def recognises(head: bytes) -> bool:
    """Return whether a workbook has a sheet of UN Comtrade."""
    return any(header(grid) is not None for grid in grids.tops(head))


def as_csv(content: bytes, name: str) -> tuple[bytes, int]:
    """Return the one sheet of a workbook that holds data as CSV in UTF-8, and the row of its header.

    Raises:
        SourceError: no sheet has UN Comtrade's columns, or several have.
    """
    sheets = [(grid, named) for grid in grids.read(content, name) if (named := header(grid))]
    if len(sheets) != 1:
        what = "no sheet has UN Comtrade's columns" if not sheets else "several sheets hold data; save each as a file"
        raise SourceError(f"{name}: {what}")
    grid, (at, columns) = sheets[0]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([*row, *[""] * (len(columns) - len(row))] for row in grid.rows[at + 1 :])
    return text.getvalue().encode(), at + 1
