"""Small files in the layout of data/figures, made by hand for the tests."""

from __future__ import annotations

import csv
import io

from loaders.sources.shipped import figure_files

COLUMNS = (*figure_files.LAYOUT, *figure_files.MORE)
PRINT = {
    "source": "press",
    "reporter": "CHN",
    "partner": "RUS",
    "flow": "total",
    "period_start": "2023-01",
    "period_end": "2023-06",
    "classification": "none",
    "commodity_code": "TOTAL",
    "value": "114.547",
    "unit": "bn_usd",
    "valuation": "unknown",
    "status": "preliminary",
    "released": "2023-07-13",
    "reference": "https://example.org/a",
    "publisher": "A",
}


def file(*lines: dict[str, str]) -> bytes:
    """Return a figures file: each line is ``PRINT`` with other cells."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**PRINT, **line} for line in lines)
    return text.getvalue().encode()
