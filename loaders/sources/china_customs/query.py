"""Customs' online query: a CSV in Chinese or English, with the columns that the reader asked for.

The file names neither its flow nor, where it is not by month, its period: see ``flow_and_period``.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.core import flow_and_period, schema
from loaders.core.columns import categories
from loaders.core.source import Hints, Parsed, SourceError
from loaders.sources.china_customs import partner_names
from loaders.sources.china_customs import query_header as gacc_columns
from loaders.sources.china_customs import query_lines as gacc_lines
from loaders.sources.china_customs.query_header import QueryHeader
from loaders.sources.china_customs.query_lines import QueryLines
from loaders.tables import parsing

_CAP: Final = 10_000
_KG: Final = ("千克", "公斤", "kg", "kilogram", "kilograms")
_NOTHING: Final = ("", "-", "--", "—", "?", "？")
_PARTS: Final = (("trade regime", "regime", "regime_name"), ("province", "province", "province_name"))
_SHOWN: Final = 40
_WHOLE: Final = "^(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})$"
_KEY: Final = ["partner", "period_start", "period_end", "commodity_code", "currency"]
_FIGURES: Final = ["value", "net_weight_kg", "quantity", "quantity_unit"]
_WHOLE_SUMS: Final = {
    "net_weight_kg": ("net_weight_kg", "sum"),
    "weights": ("net_weight_kg", "count"),
    "quantity": ("quantity", "sum"),
    "quantities": ("quantity", "count"),
    "quantity_unit": ("quantity_unit", "first"),
    "units": ("quantity_unit", "nunique"),
    "parts": ("value", "size"),
}
_VALUATION: Final = {"export": "FOB", "import": "CIF", "total": "unknown"}
_EDITIONS: Final = ((2028, "HS"), (2022, "HS2022"), (2017, "HS2017"), (2012, "HS2012"), (2007, "HS2007"))


def parse(content: bytes, name: str, hints: Hints) -> Parsed:
    """Return the rows of one file of the query.

    Raises:
        SourceError: no such file, a column is missing, or flow or period are said nowhere.
    """
    top = gacc_columns.header(content, name)
    _check_columns(top)
    dated = "period" in top.places
    flow, span, notes = flow_and_period.flow_and_period(name, hints, flow=True, period=not dated)
    if dated and hints.period is not None:
        notes.append("--period is not used: the file has its own months")
    lines = gacc_lines.read(top)
    if not lines.rows_read:
        raise SourceError(f"{name}: holds a header and no rows; ask the query again")
    rows = _rows(top, lines, span)
    lines.notes += notes
    if lines.rows_read == _CAP:
        lines.notes.append(f"exactly {_CAP:,} rows, the most that the query gives: it may be cut off")
    figures = lines.rows_read + len(rows) - rows[parsing.ROW].nunique()  # a line in yuan and dollars holds two
    parts, split = _parts(top.places), len(rows)
    if parts:
        rows = _summed(rows, list(parts.values()), lines, name)
        lines.notes.append(
            f"rows by {' and '.join(parts)} are summed, marked derived; a query for only some gives only their sum"
        )
    lines.rows_read, lines.merged = figures, split - len(rows)
    return lines.parsed(_labelled(rows, flow, "derived" if parts else "final"))


def _parts(columns: Collection[str]) -> dict[str, str]:
    """Return the columns that split a figure, by what they are: the number of a regime, else its name."""
    present = {word: [column for column in pair if column in columns] for word, *pair in _PARTS}
    return {word: pair[0] for word, pair in present.items() if pair}


def _check_columns(top: QueryHeader) -> None:
    """Refuse a file whose rows cannot be told apart or have no unit."""
    if "code" not in top.places:
        raise SourceError(f"{top.name}, row 1: the column 商品编码 (Commodity code) is missing; ask the query for it")
    if not {"CNY", "USD"} & set(top.places):
        raise SourceError(f"{top.name}, row 1: no column 人民币 (Renminbi Yuan) or 美元 (US dollar); ask for one")


def _rows(top: QueryHeader, lines: QueryLines, span: flow_and_period.Period | None) -> pd.DataFrame:
    """Turn text into figures, one row a line and currency; what is no figure is refused by row."""
    cells = lines.cells
    code = cells["code"]
    why = pd.Series("", index=cells.index, dtype="str")
    _refuse(why, ~code.str.fullmatch("([0-9]{2}){1,5}"), code, "is no commodity code of 2, 4, 6, 8 or 10 digits")
    rows = pd.DataFrame({parsing.ROW: cells[parsing.ROW], "commodity_code": code})
    rows["partner"] = _partners(cells, why)
    rows["period_start"], rows["period_end"] = _periods(cells, span, why)
    moneys = [money for money in ("CNY", "USD") if money in cells]
    values = pd.DataFrame({money: _numbers(cells[money], why) for money in moneys})
    _refuse(why, values.isna().all(axis="columns"), cells[moneys[0]], "is no value")
    rows[["net_weight_kg", "quantity", "quantity_unit"]] = _quantities(cells, values.max(axis="columns"), why)
    parts = list(_parts(top.places).values())
    rows[parts] = cells[parts]
    bad, group = why.ne(""), why.eq("") & rows["partner"].eq("")
    for row, reason in zip(cells.loc[bad, parsing.ROW], why[bad], strict=True):
        lines.refuse_row(int(row), reason)
    lines.left_out += Counter("partner " + _printed(cells)[group].astype("str"))
    whole = ~bad & ~group
    if not whole.all():
        rows, values = rows[whole], values[whole]
    split = [rows.assign(currency=categories.constant(money, rows), value=values[money]) for money in moneys]
    split = [part[part["value"].notna()] for part in split]
    return split[0] if len(split) == 1 else pd.concat(split, ignore_index=True)


def _refuse(why: pd.Series, bad: pd.Series, cells: pd.Series, reason: str) -> None:
    """Give a reason to the bad rows that have none yet, with the cell as it stands."""
    rows = bad.index[bad & why[bad.index].eq("")]
    if len(rows):
        why[rows] = cells[rows].astype("str").str.slice(stop=_SHOWN).map(repr) + f" {reason}"


def _printed(cells: pd.DataFrame) -> pd.Series:
    """Return the partner as the file has it: its number, else its name, else the world."""
    column = next((column for column in ("partner", "partner_name") if column in cells), None)
    return categories.constant(schema.WORLD, cells) if column is None else cells[column]


def _partners(cells: pd.DataFrame, why: pd.Series) -> pd.Series:
    """Return ISO codes, empty for what is no country."""
    printed = _printed(cells)
    if "partner" in cells:
        _refuse(why, ~printed.str.fullmatch("[0-9]{3}"), printed, "is no partner number of three digits")
        iso = gacc_lines.partner_codes()
        return categories.mapped(printed, [iso.get(number, "") for number in printed.cat.categories])
    if "partner_name" not in cells:
        return printed
    known = {label: partner_names.partners().get(partner_names.key(label)) for label in printed.cat.categories}
    unknown = [label for label, iso3 in known.items() if iso3 is None]
    _refuse(why, printed.isin(unknown), printed, "is no partner that a list here knows")
    return categories.mapped(printed, [iso3 or "" for iso3 in known.values()])


def _periods(cells: pd.DataFrame, span: flow_and_period.Period | None, why: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return first and last month of each row: its own month, or the period said for the file."""
    if span is not None:
        return pd.Series(span[0], index=cells.index), pd.Series(span[1], index=cells.index)
    printed = cells["period"]
    spans = {text: _month(text) for text in printed.unique()}
    unread = [text for text, months in spans.items() if months is None]
    _refuse(why, printed.isin(unread), printed, "is no month; write 202403")
    first, last = ({text: months[end] for text, months in spans.items() if months} for end in (0, 1))
    return printed.map(first).astype(schema.UNIT), printed.map(last).astype(schema.UNIT)


def _month(text: str) -> flow_and_period.Period | None:
    """Read a month or a range of months; a bare year is not taken, for the query may have covered less."""
    try:
        return flow_and_period.period(text) if len(text) > len("2024") else None
    except ValueError:
        return None


def _numbers(cells: pd.Series, why: pd.Series) -> pd.Series:
    """Return numbers, missing where customs print none; anything else, and less than nothing, is refused."""
    values = _whole_numbers(cells)
    if values is None:
        values = parsing.numbers(cells, thousands=",")
        _refuse(why, values.isna() & ~cells.isin(_NOTHING), cells, "is no number")
        _refuse(why, values.lt(0), cells, "is less than zero")
    return values


def _whole_numbers(cells: pd.Series) -> pd.Series | None:
    """Return whole numbers, as customs print them; nothing where one cell is anything else (six times as fast)."""
    texts = pa.array(cells, pa.string())
    if not pc.all(pc.match_substring_regex(texts, _WHOLE), min_count=0).as_py():
        return None
    whole = pc.cast(pc.replace_substring(texts, ",", ""), pa.float64())
    return pd.Series(whole.to_numpy(zero_copy_only=False), index=cells.index)


def _quantities(cells: pd.DataFrame, value: pd.Series, why: pd.Series) -> pd.DataFrame:
    """Return net weight, quantity and its unit; a quantity without a unit, or zero beside a value, is missing."""
    weight = pd.Series(float("nan"), index=cells.index)
    quantity, unit = weight.copy(), pd.Series(None, index=cells.index, dtype="str")
    for number, name in (("q1", "u1"), ("q2", "u2")):
        if not {number, name} <= set(cells):
            continue
        measured = cells.loc[~cells[name].isin(_NOTHING), number]
        if measured.empty:
            continue
        amount = _numbers(measured, why).reindex(cells.index)
        amount = amount.mask(amount.eq(0) & value.gt(0))
        kilograms = cells[name].str.casefold().isin(_KG)
        weight = weight.fillna(amount.where(kilograms))
        fresh = quantity.isna() & amount.notna() & ~kilograms
        if fresh.any():
            quantity, unit = quantity.mask(fresh, amount), unit.mask(fresh, cells[name].astype("str"))
    return pd.DataFrame({"net_weight_kg": weight, "quantity": quantity, "quantity_unit": unit})


def _summed(rows: pd.DataFrame, parts: Sequence[str], lines: QueryLines, name: str) -> pd.DataFrame:
    """Add up the parts of each figure; where a part is missing there is no sum.

    Raises:
        SourceError: a part cannot be read, stands there twice with two values, or may be cut off.
    """
    if lines.rows_read == _CAP:
        raise SourceError(f"{name}: {_CAP:,} rows are all that the query gives, so sums may lack parts; ask for less")
    if lines.refused:
        raise SourceError(f"{lines.refused[0]}; {len(lines.refused)} such rows are parts of sums, so none is taken")
    rows = rows[~rows.duplicated([*_KEY, *parts, *_FIGURES])]
    clash = rows.duplicated([*_KEY, *parts], keep=False)
    if clash.any():
        both = " and ".join(rows.loc[clash, parsing.ROW].iloc[:2].astype("str"))
        raise SourceError(f"{name}, rows {both}: the same part with two values, so no sum is taken")
    groups = rows.groupby(_KEY, sort=False, as_index=False)
    sums = groups.agg(row=(parsing.ROW, "first"), value=("value", "sum"), **_WHOLE_SUMS)
    sums["net_weight_kg"] = sums["net_weight_kg"].where(sums["weights"].eq(sums["parts"]))
    alike = sums["quantities"].eq(sums["parts"]) & sums["units"].eq(1)
    sums["quantity"], sums["quantity_unit"] = sums["quantity"].where(alike), sums["quantity_unit"].where(alike)
    sums["reference"] = f"{name}, row " + sums[parsing.ROW].astype("str") + ", sum of " + sums["parts"].astype("str")
    return sums.drop(columns=["weights", "quantities", "units", "parts"])


def _labelled(rows: pd.DataFrame, flow: str, status: str) -> pd.DataFrame:
    """Add what is the same for all rows, and the edition of the Harmonized System by year."""
    first, last = (_editions(rows[end].dt.year) for end in ("period_start", "period_end"))
    texts = {"source": "gacc", "reporter": "CHN", "flow": flow, "valuation": _VALUATION[flow], "status": status}
    return rows.assign(
        **{column: categories.constant(text, rows) for column, text in texts.items()},
        classification=first.where(first.eq(last), "HS"),
        released=pd.Timestamp("NaT"),
    )


def _editions(years: pd.Series) -> pd.Series:
    """Return the edition of the Harmonized System that each year's first six digits belong to."""
    return years.map(
        {year: next((name for since, name in _EDITIONS if year >= since), "HS") for year in years.unique()}
    )
