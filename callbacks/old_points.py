"""Names that points had in earlier versions: links and citations that hold one still open its panel.

They named a figure in English words; today's name it by codes that are the same in every language.
"""

import re
from typing import Final

_FOUR: Final = "2709_2701_2702_2703_2704_271111_271121"
_REVISION: Final = re.compile(r"revisions:[^.]+\.(\w+)\.(first~print|now|[\w~]+)\.([\d_-]+)")
_CLAIM: Final = re.compile(r"(claims:[\w-]+\.[\w~]+)\.([^.]+)\.([\w~]+)\.([\d_-]*)")
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# the beginning of what a recomputation was called, and the codes it may have
_METHODS: Final = (
    ("customs~now~in~yuan", ("now-CNY",)),
    ("customs~now", ("now-USD",)),
    ("first~print", ("first-USD", "first-CNY")),
    ("another~print", ("later-USD", "later-CNY")),
    ("printed~rate", ("rate-USD", "rate-CNY")),
    ("customs~table~in~yuan", ("table-CNY",)),
    ("customs~table", ("table-USD", "table-CNY")),
    ("difference~of~customs~years~to~date", ("difference-CNY", "difference-USD")),
    ("IMF~Russia", ("mirror-USD-imf",)),
    ("IMF", ("imf-USD",)),
    ("the~four~fuels~China", (f"own-USD-{_FOUR}",)),
    ("the~four~fuels~BACI", (f"merged-USD-{_FOUR[:-1]}", f"merged-USD-{_FOUR}")),
    ("all~of~HS~27~China", ("own-USD-27",)),
    ("all~of~HS~27~BACI", ("merged-USD-27",)),
    ("HS~8541~and~8542", ("merged-USD-8541_8542",)),
    ("crude~oil~from~Russia", ("origin-USD-2709",)),
    ("CEPII~BACI", ("merged-USD",)),
)
_CHAPTER: Final = re.compile(r"HS~chapter~(\d\d)~")


def today(name: str) -> list[str]:
    """Return the names that a point of an old name may have today; none where the name is no old one."""
    if match := _REVISION.fullmatch(name):
        return [f"revisions:{match[1]}.{match[2].removesuffix('~print')}.{match[3]}"]
    if name.startswith("coverage:") and "two~months~together" in name:
        return [name.replace("two~months~together", "pair")]
    if match := _CLAIM.fullmatch(name):
        months = match[4] or _months(match[3])
        return [f"{match[1]}.{method}.{months}" for method in _methods(match[2])]
    # a claim without any figure had one more empty word
    return [name.removesuffix(".")] if name.startswith("claims:") and name.endswith("....") else []


def _methods(label: str) -> list[str]:
    if chapter := _CHAPTER.match(label):
        return [f"merged-USD-{chapter[1]}"]
    return list(next((codes for start, codes in _METHODS if label.startswith(start)), ()))


def _months(window: str) -> str:
    """Return ``Jan~May~2023`` as ``2023-01_2023-05``, a year as its first and last month."""
    *months, year = window.split("~")
    places = [_MONTHS.index(month) + 1 for month in months if month in _MONTHS] or [1, 12]
    ends = [f"{year}-{place:02}" for place in (places[0], places[-1])]
    return ends[0] if ends[0] == ends[1] else "_".join(ends)
