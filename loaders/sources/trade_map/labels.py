"""What ITC Trade Map writes above and beside its figures: whose trade, which flow, goods, unit, and mirror data."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final

from loaders.core.schema import TOTAL, WORLD
from loaders.core.source import SourceError
from loaders.tables import country_words, money_units

ROWS: Final = "the countries in the rows"
_FLOWS: Final = {"import": "import", "export": "export"}
_PERIOD: Final = r"(?P<period>(?:19|20)[0-9]{2}(?:[\s-]?[MQ][0-9]{1,2})?)"
_UNIT: Final = r"(?:,?\s*[(\[]?(?P<unit>(?:US|Euro|EUR)[^)\]]*)[)\]]?)?"
_MIRROR: Final = r"(?:\s*\((?P<mirror>mirror)[^)]*\))?"
_COLUMN: Final = re.compile(
    rf"(?:(?P<before>im|ex)ported\s+)?value(?:\s+(?P<after>im|ex)ported)?\s+in\s+{_PERIOD}{_UNIT}{_MIRROR}",
    re.IGNORECASE,
)
_BETA: Final = re.compile(rf"{_PERIOD}\s*\((?P<unit>[^)]*)\)", re.IGNORECASE)
_GROUP: Final = re.compile(
    rf"(?P<reporter>.+?)['’](?:s\b)?\s*(?P<flow>im|ex)ports\s+(?:from|to)\s+(?P<partner>.+?){_MIRROR}", re.IGNORECASE
)
_LISTS: Final = (
    (re.compile(r"list of (?P<flow>im|ex)porters for the selected product", re.IGNORECASE), ROWS, WORLD),
    (re.compile(r"list of (?P<flow>im|ex)ported products for the selected product", re.IGNORECASE), WORLD, WORLD),
    (re.compile(r"markets for (?:a|the) product (?P<flow>im|ex)ported by (?P<who>.+)", re.IGNORECASE), "", ROWS),
    (re.compile(r"markets for (?:a|the) product commerciali[sz]ed by (?P<who>.+)", re.IGNORECASE), "", ROWS),
    (re.compile(r"\bproducts (?P<flow>im|ex)ported by (?P<who>.+)", re.IGNORECASE), "", WORLD),
)
_AFTER_NAME: Final = re.compile(
    r"\s*(?:\bin (?:19|20)[0-9]{2}\b.*|detailed products? .*|product ?:.*|\bHS ?[0-9].*"
    r"|metadata.*|[(\[](?!dutch|malvinas).*)$",
    re.IGNORECASE,
)
_PRODUCT: Final = re.compile(r"product\s*:\s*'?(?P<code>TOTAL|[0-9]{2,10})\b", re.IGNORECASE)
_NAMED_PRODUCT: Final = re.compile(
    r"(?:\bHS ?|\bproduct )(?P<code>[0-9]{2}|[0-9]{4}|[0-9]{6})(?![0-9])|all products|\bTOTAL\b", re.IGNORECASE
)
_ANY_COLUMN: Final = re.compile(
    rf"(?:im|ex)ported\s+value\s+in\s|value\s+(?:im|ex)ported\s+in\s|\bvalue\s+in\s+{_PERIOD}", re.IGNORECASE
)
_UNIT_LINE: Final = re.compile(r"\bunit\s*:\s*(?P<unit>.+)", re.IGNORECASE)
_REPORTED: Final = re.compile(r"(?P<what>.+?) (?:have|has) been reported by (?P<by>.+)", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnMeaning:
    """Whose trade a column holds. ``reporter`` or ``partner`` may be the countries in the rows; empty is unknown."""

    period: str = ""
    flow: str = ""
    reporter: str = ""
    partner: str = ""
    unit: str = ""
    mirror: bool = False


@dataclass(frozen=True)
class Title:
    """What the words around a table say: the list it is, its goods, its unit, and who reported."""

    flow: str = ""
    reporter: str = ""
    partner: str = ""
    code: str = ""
    unit: str = ""
    mirror: bool = False
    reported: dict[str, str] = field(default_factory=dict)


def recognised(words: str) -> bool:
    """Tell whether these are the column names of a Trade Map table."""
    return _ANY_COLUMN.search(words) is not None


def flow(word: str | None) -> str:
    """Return import or export for ``im`` and ``ex``."""
    return _FLOWS.get(f"{(word or '').lower()}port", "")


def column(text: str) -> ColumnMeaning | None:
    """Read the name of a column of values; None for quantities, shares, growth and labels."""
    match = _COLUMN.fullmatch(" ".join(text.split())) or _BETA.fullmatch(text.strip())
    if match is None:
        return None
    cells = match.groupdict()
    return ColumnMeaning(
        period=cells["period"].replace(" ", "-").upper(),
        flow=flow(cells.get("before") or cells.get("after")),
        unit=cells.get("unit") or "",
        mirror=bool(cells.get("mirror")),
    )


def is_group(text: str) -> bool:
    """Return whether ``text`` stands above columns and says whose trade they hold."""
    return _GROUP.fullmatch(" ".join(text.split())) is not None


def group(text: str, figures: ColumnMeaning) -> ColumnMeaning:
    """Add what stands above a column: ``China's imports from Russian Federation``."""
    match = _GROUP.fullmatch(" ".join(text.split()))
    if match is None:
        return figures
    reporter, partner = (country_words.named(match[side]) or match[side] for side in ("reporter", "partner"))
    return replace(
        figures,
        flow=flow(match["flow"]),
        reporter=reporter,
        partner=partner,
        mirror=figures.mirror or bool(match["mirror"]),
    )


def title(words: Iterable[str], name: str) -> Title:
    """Read the titles in the file, and its name where they do not say."""
    lines = [" ".join(word.split()) for word in words if word.strip()]
    own = re.sub(r"[_\s]+", " ", PurePath(name.rsplit(": ", 1)[-1]).stem)
    listed, named = _list(lines), _list([own])
    code = _first(_PRODUCT, lines, "code") or _named_code(own)
    return Title(
        flow=listed.flow or named.flow,
        reporter=listed.reporter or named.reporter,
        partner=listed.partner or named.partner,
        code=code.upper(),
        unit=_first(_UNIT_LINE, lines, "unit"),
        mirror=any(re.search(r"\bmirror\b", line, re.IGNORECASE) for line in [*lines, own]),
        reported=_reported(lines),
    )


def pair(lines: Iterable[str]) -> tuple[str, str]:
    """Return both countries of ``Bilateral trade between A and B``, in this order; empty where no line says so."""
    for line in lines:
        match = re.search(r"bilateral trade between (.+)", " ".join(re.sub("_", " ", line).split()), re.IGNORECASE)
        if match is None:
            continue
        text = _AFTER_NAME.sub("", match[1])
        for cut in re.finditer(r" and ", text):
            one, other = country_words.named(text[: cut.start()]), country_words.named(text[cut.end() :].strip(" -_."))
            if one and other:
                return one, other
    return "", ""


def _named_code(name: str) -> str:
    """Return the goods that a file's name tells: ``HS 27``, or all products."""
    match = _NAMED_PRODUCT.search(name.replace("_", " "))
    return "" if match is None else match["code"] or TOTAL


def _first(shape: re.Pattern[str], lines: Sequence[str], part: str) -> str:
    return next((match[part].strip() for line in lines if (match := shape.search(line))), "")


def _list(lines: Sequence[str]) -> Title:
    """Return what the first line that names one of Trade Map's lists says."""
    for line in lines:
        for shape, reporter, partner in _LISTS:
            if match := shape.search(line):
                cells = match.groupdict()
                return Title(flow(cells.get("flow")), reporter or _country(cells["who"]), partner)
    return Title()


def _country(text: str) -> str:
    """Return the code of the country at the beginning of ``text``, else its words."""
    word = _AFTER_NAME.sub("", text).strip(" -_.")
    return country_words.named(word) or word


def _reported(lines: Sequence[str]) -> dict[str, str]:
    """Return who reported what, as the legend says: ``China's imports have been reported by ...``."""
    reports = [
        hit
        for line in lines
        for part in re.split(r"(?<=[a-z])\.\s", line)
        if (hit := _REPORTED.fullmatch(part.strip()))
    ]
    return {hit["what"].strip().casefold(): _country(hit["by"]) for hit in reports}


def counted_elsewhere(figures: ColumnMeaning, reported: dict[str, str]) -> bool:
    """Return whether the legend says that another country reported what a column calls the reporter's trade."""
    for what, by in reported.items():
        if what.startswith("bilateral trade") and figures.partner not in {WORLD, ROWS}:
            return by != figures.reporter
        match = re.fullmatch(r"(.+?)['’](?:s\b)?\s*(im|ex)ports", what)
        if match and country_words.named(match[1]) == figures.reporter and flow(match[2]) == figures.flow:
            return by != figures.reporter
    return False


def unit(text: str, name: str) -> tuple[str, int]:
    """Return the currency and the power of ten of a unit such as ``US Dollar thousand``.

    Raises:
        SourceError: it is no money, or a currency that the table does not hold.
    """
    if money := money_units.read(text):
        return money
    raise SourceError(f"{name}: the unit {text!r} is no amount of dollars, euros, yuan or roubles; choose US dollars")
