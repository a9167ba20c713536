"""The Observatory of Economic Complexity: yearly exports by HS, as its site and its service save them.

For the reader's own use: the OEC restricts passing its data on, so nothing of it ships.
"""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL
from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.tables import amounts, country_words, harmonized_system, row_account, text_files

_FROM_TO: Final = r"(?P<flow>exports?|imports?)\s+from\s+(?P<origin>.+?)\s+(?:in)?to\s+(?P<destination>.+?)"
_TO_FROM: Final = r"(?P<flow>imports?)\s+(?:in)?(?:to|of|by)\s+(?P<destination>.+?)\s+from\s+(?P<origin>.+?)"
_TITLES: Final = tuple(
    re.compile(rf"{words}(?:\s+(?:in\s+)?(?P<year>(?:19|20)[0-9]{{2}}))?\s*(?:\((?P<unit>.*)\))?", re.IGNORECASE)
    for words in (_FROM_TO, _TO_FROM)
)
_SCALES: Final = {"thousand": 3, "thousands": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9}
_LEVELS: Final = (6, 4, 2)
_EXPORTER: Final = ("exporter country id", "exporter country")
_IMPORTER: Final = ("importer country id", "importer country")
_NEEDS: Final = "an OEC file by HS2, HS4 or HS6 has it"
_REFERENCE: Final = ", reconciled by CEPII (BACI), as published by the OEC"


def recognises(head: bytes) -> bool:
    """Tell an OEC file by an HS column beside exports between two countries, or by exporter and importer."""
    columns = text_files.header(head)
    plain = _plain(columns)
    wide = _level(plain) > 0 and any(_title(column) for column in columns)
    return wide or bool(_first(plain, _EXPORTER) and _first(plain, _IMPORTER) and _value(plain))


def _plain(columns: Sequence[str]) -> dict[str, str]:
    """Return the columns by their names in small letters and without the word "Official"."""
    return {column.casefold().replace(" official", ""): column for column in columns}


def _first(plain: dict[str, str], choices: Sequence[str]) -> str:
    return next((plain[choice] for choice in choices if choice in plain), "")


def _value(plain: dict[str, str]) -> str:
    return next((column for key, column in plain.items() if key.startswith("trade value")), "")


def _level(plain: dict[str, str]) -> int:
    """Return the digits of the deepest HS column, or 0."""
    return next((digits for digits in _LEVELS if f"hs{digits} id" in plain), 0)


def _title(column: str) -> re.Match[str] | None:
    """Return the parts of a column such as "Exports from Russia to China (USD)"."""
    return next((match for title in _TITLES if (match := title.fullmatch(column.strip()))), None)


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return the flows of a file by HS: values as the column's name says, FOB, reconciled.

    Raises:
        SourceError: the bytes are no OEC file, or a column names no unit.
    """
    del hints
    table = row_account.read(content, name)
    titles = [column for column in table.columns if _title(column)]
    digits = _level(_plain(table.columns))
    if titles:
        _wide(table, titles)
    else:
        _long(table)
    table.match("year", "(?:19|20)[0-9]{2}", "is not a year")
    amounts.put(table)
    table.number("value", power=table.frame["power"])
    _codes(table, digits)
    return _settle(table)


def _wide(table: row_account.TableRows, titles: list[str]) -> None:
    """Make one row of each filled cell below "Exports from A to B (USD)"."""
    parts = {column: _from_name(column, table.name) for column in titles}
    plain = _plain(table.columns)
    code = plain.get(f"hs{_level(plain)} id", "HS4 ID")
    dated = all(part["year"] for part in parts.values())
    year = {"year": "Year"}
    names = {"code": code} | {column: column for column in titles} | ({} if dated else year)
    table.take(names, _NEEDS, year)
    table.unfold(titles, "title", "value")
    for part in ("flow", "reporter", "partner", "power"):
        table.frame[part] = [parts[title][part] for title in table.frame["title"]]
    years = table.frame["title"].map({title: str(part["year"]) for title, part in parts.items()})
    table.frame["year"] = years.where(years.ne(""), table.frame["year"])


def _from_name(column: str, name: str) -> dict[str, str | int]:
    """Return flow, sides, unit and year that a column's name tells.

    Raises:
        SourceError: a country is not known or the unit is not in US$.
    """
    match = _title(column)
    part = {key: value or "" for key, value in match.groupdict().items()} if match else {}
    flow = part["flow"].casefold().rstrip("s")
    origin, destination = _country(part["origin"], name), _country(part["destination"], name)
    reporter, partner = (origin, destination) if flow == "export" else (destination, origin)
    power = _power(part["unit"], column, name)
    return {"flow": flow, "reporter": reporter, "partner": partner, "power": power, "year": part["year"]}


def _country(word: str, name: str) -> str:
    iso3 = country_words.english().get(word.strip().casefold().removeprefix("the "))
    if iso3 is None:
        raise SourceError(f"{name}: the country {text_files.shown(word)} in a column's name is not known; rename it")
    return iso3


def _power(unit: str, column: str, name: str) -> int:
    """Return the power of ten of a unit such as "USD" or "USD Millions"."""
    words = re.sub(r"us\$|us dollars?|\$", "usd", unit.casefold()).split()
    scales = [_SCALES[word] for word in words if word in _SCALES]
    if "usd" not in words or len(words) != 1 + len(scales) or len(scales) > 1:
        raise SourceError(f"{name}: the column {text_files.shown(column)} names no unit in US$; add it, as (USD)")
    return scales[0] if scales else 0


def _long(table: row_account.TableRows) -> None:
    """Take rows of exporter, importer and trade value, which the OEC documents to be US$."""
    plain = _plain(table.columns)
    value, digits = _value(plain) or "Trade Value", _level(plain)
    exporter, importer = _first(plain, _EXPORTER), _first(plain, _IMPORTER)
    names = {"reporter": exporter or "Exporter Country", "partner": importer or "Importer Country"}
    table.take(names | {"year": "Year", "value": value}, _NEEDS, {"code": plain.get(f"hs{digits} id", "")})
    unit = re.search(r"\((.*)\)", value)
    table.frame["power"] = _power(unit[1], value, table.name) if unit else 0
    if not unit:
        table.notes.append(f"{table.name}: {value!r} names no unit; the OEC documents it as US$")
    for side in ("reporter", "partner"):
        word = table.frame[side]
        known = word.str.casefold().map(country_words.english())
        iso3 = word.str[-3:].str.upper().where(word.str.fullmatch("[a-z]{3}|[a-z]{5}"))
        table.frame[side] = known.fillna(iso3.where(iso3.isin(set(country_words.english().values()))))
        table.leave_out(table.frame[side].isna(), f"{side} " + word)
    table.frame["flow"] = "export"


def _codes(table: row_account.TableRows, digits: int) -> None:
    """Restore HS codes: a lost zero, or the section's number that the OEC writes before them."""
    if not digits:
        table.frame["code"] = TOTAL
        return
    table.match("code", f"[0-9]{{{digits - 1},{digits + 2}}}", f"is no HS{digits} code of the OEC")
    code = table.frame["code"]
    prefixed = code.str.len().gt(digits)
    plain = code.str[-digits:].where(prefixed, code.str.zfill(digits))
    section = plain.str[:2].astype("int64").map(harmonized_system.section).astype("str")
    table.refuse(prefixed & section.ne(code.str[:-digits]), "code", "does not begin with its section's number")
    table.frame["code"] = plain.loc[table.frame.index]


def _settle(table: row_account.TableRows) -> Parsed:
    frame = table.frame
    start = pd.to_datetime(frame["year"], format="%Y")
    edition = harmonized_system.named(table.name)
    table.frame = frame.assign(
        commodity_code=frame["code"],
        classification=frame["code"].ne(TOTAL).map({True: edition, False: "none"}),
        period_start=start,
        period_end=start + pd.DateOffset(months=11),
        reference=f"{table.name}, row " + frame[row_account.ROW].astype("str") + _REFERENCE,
    )
    return table.settle(source="oec", currency="USD", valuation="FOB", status="final")


SOURCE: Final = Source.of("oec", parse=parse, recognises=recognises)
