"""Which nomenclature a UN Comtrade file uses that does not say so: told by its codes and the names of its goods."""

from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL
from loaders.core.source import SourceError
from loaders.sources.comtrade.cells import plain

_SIX: Final = 6  # no other nomenclature of UN Comtrade has codes of six digits
# how the Harmonized System names goods that SITC and BEC file under other codes
_HARMONIZED: Final = {
    "02": ("meat and edible meat offal",),
    "03": ("fish and crustaceans",),
    "10": ("cereals",),
    "12": ("oil seeds",),
    "15": ("animal or vegetable fats", "animal, vegetable"),
    "25": ("salt",),
    "26": ("ores, slag",),
    "27": ("mineral fuels",),
    "28": ("inorganic chemicals",),
    "29": ("organic chemicals",),
    "30": ("pharmaceutical",),
    "31": ("fertilizers", "fertilisers"),
    "39": ("plastics and articles",),
    "40": ("rubber and articles",),
    "44": ("wood and articles",),
    "47": ("pulp of wood",),
    "48": ("paper and paperboard",),
    "61": ("apparel and clothing", "articles of apparel"),
    "62": ("apparel and clothing", "articles of apparel"),
    "64": ("footwear",),
    "71": ("natural or cultured pearls", "natural, cultured pearls"),
    "72": ("iron and steel",),
    "73": ("iron or steel articles", "articles of iron"),
    "74": ("copper and articles",),
    "75": ("nickel and articles",),
    "76": ("aluminium and articles", "aluminum and articles"),
    "84": ("nuclear reactors", "machinery and mechanical appliances"),
    "85": ("electrical machinery",),
    "87": ("vehicles",),
    "88": ("aircraft",),
    "89": ("ships, boats",),
    "90": ("optical, photographic",),
    "94": ("furniture",),
    "95": ("toys, games",),
    "2701": ("coal; briquettes",),
    "2709": ("petroleum oils",),
    "2710": ("petroleum oils", "oils petroleum"),
    "2711": ("petroleum gases",),
}


def nomenclature(cells: pd.DataFrame, name: str) -> str:
    """Return ``HS`` where codes of six digits, or the names of goods, leave no other; nothing where all are totals.

    Raises:
        SourceError: neither codes nor names tell.
    """
    pairs = cells[["commodity", "commodity_name"]].drop_duplicates()
    goods = {plain(code).upper(): text.strip().casefold() for code, text in pairs.itertuples(index=False, name=None)}
    goods.pop(TOTAL, None)
    if not goods or any(code.isdigit() and len(code) == _SIX for code in goods):
        return "HS"
    known = {code.zfill(2): text for code, text in goods.items() if code.zfill(2) in _HARMONIZED and text}
    if known and all(text.startswith(_HARMONIZED[code]) for code, text in known.items()):
        return "HS"
    raise SourceError(
        f"{name}, row 1: no classification column (classificationCode, Classification or pfCode), and the goods do not"
        " tell which it is; download the file again with it"
    )
