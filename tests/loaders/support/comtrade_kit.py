"""Small UN Comtrade files made by hand, in the shapes of the real ones."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders.sources.comtrade import source as comtrade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.core.source import Parsed

RECORDED = Path(__file__).parents[2] / "recorded" / "comtrade"
SHARED = Path(__file__).parents[3] / ".." / "shared"
NAME = "brought.csv"

# the 47 columns of the new service, with the cells of one yearly figure: China's imports of coal from Russia
NEW = {
    "typeCode": "C",
    "freqCode": "A",
    "refPeriodId": "20230101",
    "refYear": "2023",
    "refMonth": "52",
    "period": "2023",
    "reporterCode": "156",
    "reporterISO": "CHN",
    "reporterDesc": "China",
    "flowCode": "M",
    "flowDesc": "Import",
    "partnerCode": "643",
    "partnerISO": "RUS",
    "partnerDesc": "Russian Federation",
    "partner2Code": "0",
    "partner2ISO": "W00",
    "partner2Desc": "World",
    "classificationCode": "H6",
    "classificationSearchCode": "HS",
    "isOriginalClassification": "true",
    "cmdCode": "2701",
    "cmdDesc": "Coal; briquettes, ovoids",
    "aggrLevel": "4",
    "isLeaf": "false",
    "customsCode": "C00",
    "customsDesc": "TOTAL CPC",
    "mosCode": "0",
    "motCode": "0",
    "motDesc": "TOTAL MOT",
    "qtyUnitCode": "8",
    "qtyUnitAbbr": "kg",
    "qty": "900",
    "isQtyEstimated": "false",
    "altQtyUnitCode": "-1",
    "altQtyUnitAbbr": "N/A",
    "altQty": "0",
    "isAltQtyEstimated": "false",
    "netWgt": "900",
    "isNetWgtEstimated": "false",
    "grossWgt": "0",
    "isGrossWgtEstimated": "false",
    "cifvalue": "1200.5",
    "fobvalue": "",
    "primaryValue": "1200.5",
    "legacyEstimationFlag": "0",
    "isReported": "true",
    "isAggregate": "false",
}


def row(**cells: str) -> dict[str, str]:
    """Return the cells of a row of the new layout, some of them changed."""
    assert set(cells) <= set(NEW)
    return {**NEW, **cells}


ROWS = [
    row(),
    row(cmdCode="2709", primaryValue="77.25", flowCode="X", flowDesc="Export", fobvalue="77.25", cifvalue=""),
    row(partnerCode="0", partnerISO="W00", cmdCode="TOTAL", aggrLevel="0", primaryValue="9000000000"),
    row(cmdCode="0301", netWgt="12", isNetWgtEstimated="true", legacyEstimationFlag="4"),
]


def delimited(
    rows: Iterable[dict[str, str]], columns: Sequence[str] = tuple(NEW), delimiter: str = ",", ending: str = "\n"
) -> bytes:
    """Return a file of these columns."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
    writer.writerow(columns)
    writer.writerows([cells[column] for column in columns] for cells in rows)
    return out.getvalue().encode()


def answer(rows: Iterable[dict[str, str]], **envelope: Any) -> bytes:
    """Return a JSON answer of the new service, with numbers, booleans and nulls as it has them."""
    data = [{key: _json(key, cell) for key, cell in cells.items()} for cells in rows]
    return json.dumps({"elapsedTime": "0.1 secs", "count": len(data), "data": data, "error": "", **envelope}).encode()


def _json(key: str, cell: str) -> object:
    if key in {"period", "cmdCode", "mosCode"}:
        return cell
    if cell in {"", "true", "false"}:
        return {"": None, "true": True, "false": False}[cell]
    try:
        return int(cell) if cell.lstrip("-").isdecimal() else float(cell)
    except ValueError:
        return cell


def parse(content: bytes) -> Parsed:
    """Parse as the import does."""
    return comtrade.parse(content, NAME)


def one(**cells: str) -> dict[str, Any]:
    """Return the one figure of a file of one row."""
    parsed = parse(delimited([row(**cells)]))
    assert (len(parsed.table), parsed.refused) == (1, ())
    return dict(parsed.table.astype(object).iloc[0])


def refusal(**cells: str) -> str:
    """Return why the changed row is refused, having seen that the row beside it is not."""
    parsed = parse(delimited([row(), row(**cells)]))
    assert len(parsed.table) == 1
    assert len(parsed.refused) == 1
    assert "\n" not in parsed.refused[0]
    return parsed.refused[0]
