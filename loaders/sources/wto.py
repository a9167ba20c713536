"""WTO Stats: merchandise trade of economies, by year, quarter and month, as its CSV download."""

import re
from typing import Final

from loaders.core.schema import TOTAL
from loaders.core.source import Hints, Parsed, Source
from loaders.tables import amounts, country_words, file_words, header_periods, money_units, row_account, text_files

_NEEDED: Final[dict[str, row_account.Choice]] = file_words.lists()["wto"]["needed"]
_OPTIONAL: Final[dict[str, row_account.Choice]] = file_words.lists()["wto"]["optional"]
_FLOW: Final = re.compile(
    r"(?:total )?merchandise (?P<flow>exports|imports)\b(?!.*(?:ind(?:ex|ices)|share|change|volume))", re.IGNORECASE
)
_GOODS: Final = ("total merchandise", "merchandise", "total")
_STATUSES: Final = {"": "final", "E": "estimated", "P": "preliminary"}


def recognises(head: bytes) -> bool:
    """Tell WTO Stats by the names of its columns."""
    columns = {column.casefold() for column in text_files.header(head, ("utf-8", "cp1252"))}
    return {"reporting economy", "indicator", "unit", "value"} <= columns


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return total merchandise exports (FOB) and imports (CIF), by partner where the file has partners.

    Services, groups of goods, indices and economies that are no country are counted and left out.

    Raises:
        SourceError: the bytes are no such file.
    """
    del hints
    table = row_account.read(content, name, ("utf-8", "cp1252"))
    table.take(_NEEDED, "a CSV file of WTO Stats has it", _OPTIONAL)
    table.leave_out(table.frame["value"].eq(""), "no value")
    flow = table.frame["indicator"].str.extract(_FLOW, expand=False).str.lower().str.removesuffix("s")
    table.leave_out(flow.isna(), "indicator " + table.frame["indicator"])
    table.frame["flow"] = flow.loc[table.frame.index]
    goods = table.frame["product"].str.casefold()
    table.leave_out(goods.ne("") & ~goods.isin(_GOODS), "product " + table.frame["product"])
    _sides(table)
    table.keep_pair()
    _periods(table)
    _values(table)
    return table.settle(source="wto", classification="none", commodity_code=TOTAL)


def _sides(table: row_account.TableRows) -> None:
    """Read countries by code, else by name; a file without partners is refused row by row."""
    codes = set(country_words.english().values())
    for side in ("reporter", "partner"):
        word, code = table.frame[side], table.frame[f"{side}_iso"]
        named = word.map({text: country_words.named(text) for text in word.unique()})
        table.frame[side] = named.fillna(code.where(code.isin(codes)))
        table.refuse(word.eq("") & code.eq(""), side, "is empty; download the file again with partners")
        word = word.loc[table.frame.index]
        table.leave_out(table.frame[side].isna(), f"{side} " + word)


def _periods(table: row_account.TableRows) -> None:
    """Join year and period: M03 or March, Q1 or Quarter 1, else the whole year."""
    frame = table.frame
    code = frame["period_code"].where(frame["period_code"].str.fullmatch("[MQ][0-9]{1,2}"), "")
    word = frame["period"].str.replace("Quarter ", "Q", case=False, regex=False)
    word = word.mask(word.str.casefold().isin(["annual", "year"]) | word.eq(frame["year"]), "")
    part = code.mask(code.eq(""), word)
    table.frame["when"] = frame["year"] + ("-" + part).where(part.ne(""), "")
    header_periods.put(table, "when")


def _values(table: row_account.TableRows) -> None:
    """Turn values into whole units of the currency that each row's unit names."""
    known = {text: money_units.read(text) for text in table.frame["unit"].unique()}
    table.refuse(table.frame["unit"].map(known).isna(), "unit", "is no amount of a currency that is kept")
    unit = table.frame["unit"].map(known)
    table.frame = table.frame.assign(currency=unit.str[0], power=unit.str[1].astype("int64"))
    flag = table.frame["flag"].str.upper()
    table.refuse(~flag.isin(_STATUSES), "flag", "is none of E (estimated) and P (preliminary)")
    table.frame["status"] = flag.loc[table.frame.index].map(_STATUSES)
    amounts.put(table)
    table.number("value", power=table.frame["power"])
    table.frame["valuation"] = table.frame["flow"].map({"export": "FOB", "import": "CIF"})


SOURCE: Final = Source.of("wto", parse=parse, recognises=recognises)
