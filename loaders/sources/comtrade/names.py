"""What UN Comtrade calls things, in every layout it has used: columns, flows, classifications, units."""

import re
from collections.abc import Sequence
from typing import Final

# An item's column names in the new service, the 35-column files and the old service, all without
# case, blanks and signs: "Trade Value (US$)" stands here as "tradevalueus".
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "type": ("typecode",),
    "freq": ("freqcode",),
    "period": ("period",),
    "year": ("refyear", "year", "yr"),
    "month": ("refmonth",),
    "reporter": ("reportercode", "rtcode"),
    "reporter_iso": ("reporteriso", "rt3iso"),
    "partner": ("partnercode", "ptcode"),
    "partner_iso": ("partneriso", "pt3iso"),
    "partner2": ("partner2code", "2ndpartnercode", "ptcode2"),
    "customs": ("customscode", "customsproccode", "cstcode"),
    "transport": ("motcode", "modeoftransportcode"),
    "supply": ("moscode", "modeofsupplycode"),
    "flow": ("flowcode", "tradeflowcode", "rgcode"),
    "flow_text": ("flowdesc", "tradeflow", "rgdesc"),
    "classification": ("classificationcode", "classification", "pfcode"),
    "family": ("classificationsearchcode",),
    "commodity": ("cmdcode", "commoditycode"),
    "level": ("aggrlevel", "aggregatelevel"),
    "value": ("primaryvalue", "tradevalueus", "tradevalueusd", "tradevalue"),
    "cif": ("cifvalue", "ciftradevalueus"),
    "fob": ("fobvalue", "fobtradevalueus"),
    "weight": ("netwgt", "netweight", "netweightkg"),
    "weight_estimated": ("isnetwgtestimated", "isnetweightestimated"),
    "quantity": ("qty", "tradequantity"),
    "quantity_estimated": ("isqtyestimated",),
    "unit": ("qtyunitabbr", "qtyunit", "qtdesc"),
    "unit_code": ("qtyunitcode", "qtcode"),
    "flag": ("legacyestimationflag", "flag", "estcode"),
    "released": ("lastreleased", "publicationdate"),
}
# what stands in for an item that a file lacks: names of countries for their codes, names of goods for the nomenclature
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "reporter_name": ("reporterdesc", "reporter", "rttitle", "reportername"),
    "partner_name": ("partnerdesc", "partner", "pttitle", "partnername"),
    "commodity_name": ("cmddesc", "cmddesce", "commodity", "commodityname"),
    "customs": ("customsdesc", "customsprocdesc", "customs", "customsproc"),
    "transport": ("motdesc", "modeoftransport", "modeoftransportdesc"),
    "partner2": ("partner2iso", "2ndpartneriso", "partner2desc", "2ndpartner"),
}
# what else the service's files hold: further words on the columns above, and measures that are not kept
BESIDE: Final = frozenset(
    {
        "refperiodid",
        "perioddesc",
        "isoriginalclassification",
        "isleaf",
        "isleafcode",
        "altqtyunitcode",
        "altqtyunitabbr",
    }
    | {"altqty", "isaltqtyestimated", "altqtyunit", "grosswgt", "isgrosswgtestimated", "isreported", "isaggregate"}
    | {"grossweightkg", "netweightkg", "qtyunit", "periodcode", "flowcategory", "datasetcode", "et", "estcode"}
)
ITEMS: Final = {column: item for item, columns in COLUMNS.items() for column in columns}
# words that other publishers' tables use as well say nothing about who made a file
_COMMON: Final = frozenset({"period", "year", "yr", "flag", "qty", "classification", "freqcode", "tradevalue"})
_TITLES: Final = {"rgdesc", "rttitle", "pttitle", "cmddesce", "cmddesc", "perioddesc", "reporterdesc", "partnerdesc"}
_SIGNS: Final = (frozenset(ITEMS) - _COMMON) | _TITLES
_GOODS_OR_VALUE: Final = frozenset({*COLUMNS["commodity"], *COLUMNS["value"]})
ENOUGH: Final = 4
_SHOWN: Final = 40

FLOWS: Final = {
    "M": "import",
    "X": "export",
    "1": "import",
    "2": "export",
    "IMPORT": "import",
    "IMPORTS": "import",
    "EXPORT": "export",
    "EXPORTS": "export",
}
# re-exports, re-imports, domestic exports, foreign imports, processing: parts of M and X, or beside them
OTHER_FLOWS: Final = frozenset(
    {"RX", "RM", "DX", "FM", "MIP", "MOP", "XIP", "XOP", "3", "4", "RE-EXPORT", "RE-EXPORTS", "RE-IMPORT", "RE-IMPORTS"}
)
CLASSIFICATIONS: Final = {
    "HS": "HS",
    "H0": "HS1988",
    "H1": "HS1996",
    "H2": "HS2002",
    "H3": "HS2007",
    "H4": "HS2012",
    "H5": "HS2017",
    "H6": "HS2022",
    "S1": "SITC1",
    "S2": "SITC2",
    "S3": "SITC3",
    "S4": "SITC4",
    "B4": "BEC4",
    "B5": "BEC5",
}
# the quantity units by number, and as the 35-column files spell them out
UNITS: Final = {
    "2": "m²",
    "3": "1000 kWh",
    "4": "m",
    "5": "u",
    "6": "2u",
    "7": "l",
    "8": "kg",
    "9": "1000u",
    "10": "u (jeu/pack)",
    "11": "12u",
    "12": "m³",
    "13": "carat",
}
UNIT_WORDS: Final = {
    "area in square meters": "m²",
    "electrical energy in thousands of kilowatt-hours": "1000 kWh",
    "length in meters": "m",
    "number of items": "u",
    "number of pairs": "2u",
    "volume in liters": "l",
    "volume in litres": "l",
    "weight in kilograms": "kg",
    "thousand of items": "1000u",
    "number of packages": "u (jeu/pack)",
    "dozen of items": "12u",
    "volume in cubic meters": "m³",
    "weight in carats": "carat",
}
NO_UNIT: Final = frozenset({"", "N/A", "NO QUANTITY", "-1"})
# spreadsheets write the words of their own language
TRUE: Final = frozenset({"TRUE", "T", "1", "YES", "WAHR", "VRAI", "VERDADERO", "VERO", "VERDADEIRO", "WAAR", "ИСТИНА"})
FALSE: Final = frozenset({"", "FALSE", "F", "0", "NO", "FALSCH", "FAUX", "FALSO", "ONWAAR", "ЛОЖЬ"})


def simple(header: str) -> str:
    """Return a column name without case, blanks and signs."""
    return re.sub(r"[^0-9a-z]", "", header.casefold())


def ours(headers: Sequence[str]) -> bool:
    """Return whether these column names are UN Comtrade's."""
    names = {simple(header) for header in headers}
    return len(names & _SIGNS) >= ENOUGH and bool(names & _GOODS_OR_VALUE)


def positions(headers: Sequence[str]) -> dict[str, list[int]]:
    """Return which columns carry which item; columns that nobody needs are not among them."""
    columns: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        item = ITEMS.get(simple(header))
        if item is not None:
            columns.setdefault(item, []).append(place)
    return columns


def strange(headers: Sequence[str]) -> list[int]:
    """Return which columns no layout of the service has: somebody added them, and they may split the figures."""
    known = {*ITEMS, *BESIDE, *(name for names in NAMES.values() for name in names), ""}
    return [place for place, header in enumerate(headers) if simple(header) not in known]


def instead(headers: Sequence[str], item: str) -> list[int]:
    """Return which columns carry names, such as ``partner_name``."""
    return [place for place, header in enumerate(headers) if simple(header) in NAMES[item]][:1]


def shown(cell: str) -> str:
    """Return a cell as a message can carry it: on one line, and short."""
    return repr(cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}...")
