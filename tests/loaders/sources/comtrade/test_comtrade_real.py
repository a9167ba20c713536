"""Real UN Comtrade files, where they stand beside the project, read to what a plain loop finds in them."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from loaders.core.source import SourceError
from loaders.sources.comtrade import source as comtrade
from tests.loaders.support.comtrade_kit import SHARED, parse

if TYPE_CHECKING:
    from pathlib import Path

FILES = SHARED / "customs" / "comtrade"
CODES = {"0": "WLD", "156": "CHN", "643": "RUS", "344": "HKG", "699": "IND", "398": "KAZ", "792": "TUR", "268": "GEO"}
CODES |= {"784": "ARE", "446": "MAC", "417": "KGZ", "51": "ARM", "860": "UZB", "762": "TJK", "112": "BLR", "496": "MNG"}

FUELLED = CODES | {"124": "CAN", "192": "CUB", "196": "CYP", "203": "CZE"}  # chapter 27 is kept with any country


def _column(names: dict[str, str], *choices: str) -> str:
    return next(names[choice] for choice in choices if choice in names)


def _by_hand(content: bytes) -> tuple[int, dict[tuple[str, str, str], tuple[int, Decimal]]]:
    """Count and add up, row by row, what a reader would expect in scope."""
    reader = csv.DictReader(content.decode("utf-8-sig").splitlines())
    sums: dict[tuple[str, str, str], tuple[int, Decimal]] = {}
    read = 0
    names = {name: name for name in reader.fieldnames or ()}
    value = _column(names, "primaryValue", "Trade Value (US$)")
    flow = _column(names, "flowCode", "Trade Flow Code", "rgCode")
    schema = _column(names, "classificationCode", "Classification", "pfCode")
    reporter, partner = (_column(names, f"{side}Code", f"{side.title()} Code") for side in ("reporter", "partner"))
    for cells in reader:
        read += 1
        fuel = cells[_column(names, "cmdCode", "Commodity Code")] == "27" and cells[schema][0] == "H"
        sides = CODES.get(cells[reporter]), (FUELLED if fuel else CODES).get(cells[partner])
        if None in sides or not {"CHN", "RUS"} & set(sides):
            continue
        key = (str(sides[0]), str(sides[1]), {"M": "import", "1": "import"}.get(cells[flow], "export"))
        count, total = sums.get(key, (0, Decimal(0)))
        sums[key] = (count + 1, total + Decimal(cells[value]))
    return read, sums


@pytest.mark.skipif(not FILES.exists(), reason="the real files are not beside the project")
@pytest.mark.parametrize("file", sorted(FILES.glob("[lv]*.csv")), ids=lambda file: file.stem)
def test_real_files(file: Path) -> None:
    """Real files give, pair by pair and flow by flow, the counts and sums of a plain loop."""
    content = file.read_bytes()
    read, expected = _by_hand(content)
    parsed = parse(content)
    assert comtrade.recognises(content[:65536])
    assert (parsed.rows_read, parsed.refused) == (read, ())
    groups = parsed.table.astype({"reporter": "str", "partner": "str", "flow": "str"}).groupby(
        ["reporter", "partner", "flow"]
    )["value"]
    assert {key: (len(values), Decimal(values.sum())) for key, values in groups} == expected
    assert len(parsed.table) + sum(parsed.left_out.values()) == read


@pytest.mark.skipif(not FILES.exists(), reason="the real files are not beside the project")
def test_real_half_year() -> None:
    """China's imports from Russia in the first half of 2023, month by month, to the dollar."""
    content = (FILES / "v1_chn_imports_from_rus_monthly_2017_2024.csv").read_bytes()
    table = parse(content).table
    months = table[table["period_start"].between(pd.Timestamp("2023-01-01"), pd.Timestamp("2023-06-01"))]
    expected = [
        int(Decimal(cells["primaryValue"]))
        for cells in csv.DictReader(content.decode().splitlines())
        if "202301" <= cells["period"] <= "202306"
    ]
    assert months["value"].astype("int64").tolist() == expected
    assert len(expected) == 6
    assert set(months["classification"]) == {"none"}
    assert months[["net_weight_kg", "quantity"]].isna().all().all()


@pytest.mark.skipif(not FILES.exists(), reason="the real files are not beside the project")
def test_real_cuts() -> None:
    """The real cut without a partner, and a table that somebody tidied, are refused for what they are."""
    with pytest.raises(SourceError, match="no partner column"):
        parse((FILES / "semicolon_turkey_2021_import_27.csv").read_bytes())
    tidied = (FILES / "tidied_chn_rus_monthly_2017_2024.csv").read_bytes()
    assert not comtrade.recognises(tidied)
    with pytest.raises(SourceError, match="no UN Comtrade column names"):
        parse(tidied)
