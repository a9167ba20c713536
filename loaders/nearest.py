"""Which known layout an unknown table comes nearest to, and what it lacks: advice that leads somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEWEST: Final = 2


@dataclass(frozen=True)
class Layout:
    """A layout's name, the columns that it needs (others that will do after a bar), and flags that may be needed."""

    name: str
    needs: tuple[str, ...]
    flags: str = ""


LAYOUTS: Final = (
    Layout(
        "UN Comtrade",
        (
            "reporterCode|reporterISO|Reporter Code|rtCode",
            "partnerCode|partnerISO|Partner Code|ptCode",
            "flowCode|Trade Flow|Trade Flow Code|rgCode|rgDesc",
            "period|refYear|Year|yr",
            "cmdCode|Commodity Code",
            "classificationCode|Classification|pfCode",
            "primaryValue|cifvalue|fobvalue|Trade Value (US$)|TradeValue",
        ),
    ),
    Layout("CEPII BACI", ("t", "i", "j", "k", "v")),
    Layout(
        "Chinese customs' query", ("商品编码|Commodity code", "人民币|美元|Renminbi Yuan|US dollar"), "--flow, --period"
    ),
    Layout(
        "the Atlas of Economic Complexity",
        (
            "country_iso3_code|location_code",
            "partner_iso3_code|partner_country_iso3_code|partner_code",
            "year",
            "export_value",
            "import_value",
        ),
    ),
    Layout(
        "IMF IMTS",
        ("COUNTRY.ID|COUNTRY", "COUNTERPART_COUNTRY.ID|COUNTERPART_COUNTRY", "INDICATOR.ID|INDICATOR", "SCALE"),
    ),
    Layout(
        "Eurostat Comext", ("reporter", "partner", "product", "flow", "TIME_PERIOD|PERIOD", "OBS_VALUE|VALUE_IN_EUROS")
    ),
)


def nearest(columns: Iterable[str]) -> str:
    """Say which layout a header comes nearest to and what it lacks; nothing where it is near to none."""
    held = {_simple(column) for column in columns}
    ranked = sorted(LAYOUTS, key=lambda layout: len(_lacks(layout, held)) / len(layout.needs))
    best = ranked[0]
    lacks = _lacks(best, held)
    if len(best.needs) - len(lacks) < _FEWEST:
        return ""
    tried = ", ".join(layout.name for layout in ranked)
    missing = " and ".join(need.replace("|", " or ") for need in lacks)
    flags = f"; it may need {best.flags} too" if best.flags else ""
    return f"tried {tried}: nearest is {best.name}, which needs the column {missing}{flags}"


def _lacks(layout: Layout, held: set[str]) -> list[str]:
    return [need for need in layout.needs if not any(_simple(name) in held for name in need.split("|"))]


def _simple(column: str) -> str:
    return re.sub(r"[\W_]", "", column).casefold()
