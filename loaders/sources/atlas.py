"""Harvard's Atlas of Economic Complexity: yearly trade of pairs of countries, reconciled by the Growth Lab.

For the reader's own use: the Growth Lab's terms stand between its data and a copy here.
"""

import re
from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL
from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.tables import country_words, harmonized_system, row_account, text_files

_REPORTERS: Final = ("country_iso3_code", "location_code")
_PARTNERS: Final = ("partner_iso3_code", "partner_country_iso3_code", "partner_code")
_PRODUCT: Final = r"product_(?:hs|sitc).*_code|product_code|(?:hs|sitc)_product_code"
_VALUES: Final = {"export_value": "export", "import_value": "import"}
_SECTIONS: Final = frozenset(f"{number:02}" for number in range(10))
_NO_PARTNER: Final = "country totals without a partner; download the country-partner-product file"


def recognises(head: bytes) -> bool:
    """Tell an Atlas file by its columns: a country's code, a year, and the values of exports and imports."""
    columns = {column.casefold() for column in text_files.header(head)}
    return bool(columns & set(_REPORTERS)) and {"year", *_VALUES} <= columns


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return exports and imports in US$, by product where the file has products, else totals.

    Raises:
        SourceError: the bytes are no Atlas file, or it has no partner.
    """
    del hints
    table = row_account.read(content, name)
    product = _take(table)
    known = set(country_words.english().values())
    for side in ("reporter", "partner"):
        table.match(side, "[A-Z]{3}", "is not an ISO alpha-3 code")
        table.leave_out(~table.frame[side].isin(known), f"{side} " + table.frame[side] + " (no country)")
    table.keep_pair()
    table.match("year", "(?:19|20)[0-9]{2}", "is not a year")
    _codes(table, product)
    table.unfold(list(_VALUES), "title", "value")
    table.frame["flow"] = table.frame["title"].map(_VALUES)
    table.number("value")
    return _settle(table)


def _take(table: row_account.TableRows) -> str:
    """Take the columns under any of the names that the Atlas gave them; return the product's, if any."""
    if table.column_named(_REPORTERS) and not table.column_named(_PARTNERS):
        raise SourceError(f"{table.name}: holds {_NO_PARTNER}")
    product = next((column for column in table.columns if re.fullmatch(_PRODUCT, column, re.IGNORECASE)), "")
    names: dict[str, row_account.Choice] = {"reporter": _REPORTERS, "partner": _PARTNERS, "year": "year"}
    values = {column: column for column in _VALUES}
    table.take(names | values, "a file of the Atlas has it", {"code": product})
    return product.casefold()


def _codes(table: row_account.TableRows, product: str) -> None:
    """Restore HS codes that lost a zero; services and goods without a code are left out."""
    if not product:
        table.frame["code"] = TOTAL
        table.frame["classification"] = "none"
        return
    code = table.frame["code"]
    table.leave_out(code.str.fullmatch("[A-Za-z ]+"), "product " + code + " (no goods code)")
    table.match("code", "[0-9]{1,6}", "is no product code")
    code = table.frame["code"]
    sitc = "sitc" in product
    if not sitc:
        _check_chapters(code, table.name)
    table.frame["code"] = code if sitc else code.str.zfill(2).mask(code.str.len().isin([3, 5]), "0" + code)
    table.frame["classification"] = "SITC2" if sitc else _edition(product, table.name)


def _check_chapters(codes: pd.Series, name: str) -> None:
    """Refuse a list of sections: ten numbers of one digit are no chapters that lost a zero.

    Raises:
        SourceError: codes of one digit, and none of two digits beside them.
    """
    listed = set(codes.unique())
    short, two = {code for code in listed if len(code) == 1}, {code for code in listed if len(code) == 2}
    sections = bool(short) and (not two or "0" in short)
    if sections or (two and not short and two <= _SECTIONS and "00" in two):
        raise SourceError(
            f"{name}: goods by the Atlas's ten sections, which are no HS codes; download 2, 4 or 6 digits"
        )


def _edition(product: str, name: str) -> str:
    """Return the HS edition that the column's name tells, else the file's."""
    edition = harmonized_system.named(product)
    return harmonized_system.named(name) if edition == "HS" else edition


def _settle(table: row_account.TableRows) -> Parsed:
    frame = table.frame
    start = pd.to_datetime(frame["year"], format="%Y")
    table.frame = frame.assign(
        commodity_code=frame["code"],
        period_start=start,
        period_end=start + pd.DateOffset(months=11),
        valuation=frame["flow"].map({"export": "FOB", "import": "unknown"}),
        reference=f"{table.name}, row " + frame[row_account.ROW].astype("str") + ", reconciled by the Growth Lab",
    )
    return table.settle(source="atlas", currency="USD", status="final")


SOURCE: Final = Source.of("atlas", parse=parse, recognises=recognises)
