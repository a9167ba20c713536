"""Months of both flows together, 2017-2024, and the exports that follow from them: two small parsers, no source."""

import csv
import io
from decimal import Decimal

import pandas as pd

from loaders.core import schema
from loaders.core.source import Parsed, SourceError
from loaders.tables.parsing import decode, settle

_HEADER = ["date", "value", "yuan_share"]


def parse(content: bytes, name: str, imports: pd.DataFrame) -> Parsed:
    """Return the monthly sums and, where ``imports`` has the month, the exports: the sum less the imports.

    Both are derived. ``yuan_share`` is an assumption of its author, no figure, and is not read.

    Raises:
        SourceError: the header or a cell is not as expected.
    """
    lines = list(csv.reader(io.StringIO(decode(content, name))))
    if not lines or lines[0] != _HEADER:
        raise SourceError(f"{name}, row 1: the columns must be {','.join(_HEADER)}")
    known = _months(imports)
    rows: list[dict[str, object]] = []
    for number, (date, value, _) in enumerate(lines[1:], start=2):
        month = pd.Timestamp(date)
        total = Decimal(value).quantize(Decimal("0.01"))
        where = f"{name}, row {number}"
        rows.append(_row(month, "total", total, number, f"{where}: sum of both flows"))
        if month in known:
            less, reference = known[month]
            words = f"{where}: sum of both flows less the imports of {reference}"
            rows.append(_row(month, "export", total - less, number, words))
    return settle(pd.DataFrame(rows), name, len(lines) - 1)


def _months(imports: pd.DataFrame) -> dict[pd.Timestamp, tuple[Decimal, str]]:
    """Return value and reference of each month of China's imports from Russia, all goods."""
    pair = imports["reporter"].eq("CHN") & imports["partner"].eq("RUS") & imports["flow"].eq("import")
    kept = imports[pair & imports["commodity_code"].eq(schema.TOTAL) & schema.months(imports).eq(1)]
    values = [Decimal(repr(value)) for value in kept["value"].tolist()]
    return dict(zip(kept["period_start"], zip(values, kept["reference"], strict=True), strict=True))


def _row(month: pd.Timestamp, flow: str, value: Decimal, number: int, reference: str) -> dict[str, object]:
    return {
        "source": "comtrade",
        "reporter": "CHN",
        "partner": "RUS",
        "flow": flow,
        "period_start": month,
        "period_end": month,
        "classification": "none",
        "commodity_code": schema.TOTAL,
        "currency": "USD",
        "value": float(value),
        "net_weight_kg": None,
        "quantity": None,
        "quantity_unit": None,
        "valuation": "FOB" if flow == "export" else "unknown",
        "status": "derived",
        "released": pd.NaT,
        "reference": reference,
        "row": number,
    }
