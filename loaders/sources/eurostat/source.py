"""Eurostat Comext: trade of the EU and of its members, as SDMX-CSV answers and as bulk product files."""

from collections.abc import Generator
from typing import Final

import pandas as pd

from loaders.core.schema import KG_ESTIMATED, TOTAL
from loaders.core.source import Call, Download, Hints, KnownBefore, Parsed, Source
from loaders.sources.eurostat import views as comext_views
from loaders.tables import country_words, harmonized_system, row_account, text_files

_FLOWS: Final = {"1": "import", "2": "export"}
_VALUES: Final = {"VALUE_IN_EUROS": 0, "VALUE_EUR": 0}
_WEIGHTS: Final = {"QUANTITY_IN_100KG": 2, "QUANTITY_KG": 0}
_API: Final = {
    "freq": "freq",
    "reporter": "reporter",
    "partner": "partner",
    "product": "product",
    "flow": "flow",
    "indicator": "indicators",
    "period": "TIME_PERIOD",
    "value": "OBS_VALUE",
}
_BULK: Final = {
    "reporter": ("REPORTER", "DECLARANT_ISO"),
    "partner": ("PARTNER_ISO", "PARTNER"),
    "product": ("PRODUCT_NC",),
    "flow": ("FLOW",),
    "period": ("PERIOD",),
    "value": ("VALUE_EUR", "VALUE_IN_EUROS"),
    "weight": ("QUANTITY_KG", "QUANTITY_IN_KG"),
}
_KEY: Final = ("reporter", "partner", "flow", "product", "period")
_GROUP: Final = r"EU[0-9]{2}(?:_[0-9]{4})?|EA[0-9]{2}|(?:EXT|INT)_.*|[A-Z][0-9A-Z]{2,}_.*"
_WHOLE_YEAR: Final = "52"
_PRODUCT: Final = r"TOTAL|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8}"


def recognises(head: bytes) -> bool:
    """Tell Comext by its columns: indicators of the service, or the CN product codes of a bulk file."""
    if comext_views.recognises(head):
        return True
    columns = {column.casefold() for column in text_files.header(head)}
    service = {column.casefold() for column in _API.values()} <= columns
    return service or {"product_nc", "flow", "period"} <= columns


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return values in euros with their weights: imports CIF, exports FOB.

    Raises:
        SourceError: the bytes are no Comext file.
    """
    del hints
    if comext_views.recognises(content):
        return _parse_view(content, name)
    first = {column.casefold() for column in text_files.header(content[:65_536])}
    bulk = "product_nc" in first
    sides = (
        row_account.Sides("reporter", "partner", country_words.iso2())
        if bulk and "declarant_iso" not in first
        else None
    )
    table = row_account.read(content, name, sides=sides)
    if bulk:
        _take_bulk(table)
    else:
        _take_service(table)
    _sides(table)
    table.keep_pair()
    _products(table)
    _periods(table)
    if bulk:
        _sum_procedures(table)
    else:
        _join_weights(table)
    return _settle(table)


def _parse_view(content: bytes, name: str) -> Parsed:
    """Return what a Relational View, a Data Browser workbook or a TSV holds."""
    table = comext_views.read(content, name)
    table.keep_pair()
    _products(table)
    _periods(table)
    _join_weights(table, fold=True)
    return _settle(table)


def _take_service(table: row_account.TableRows) -> None:
    optional = {"flag": "OBS_FLAG", "update": "LAST UPDATE"}
    table.take(_API, "an SDMX-CSV answer of Comext has it", optional)
    table.leave_out(table.frame["value"].isin(["", ":"]), "no value")
    known = table.frame["indicator"].isin([*_VALUES, *_WEIGHTS])
    table.leave_out(~known, "indicator " + table.frame["indicator"])
    expected = table.frame["freq"].map({"A": 4, "M": 7})
    table.refuse(expected.isna(), "freq", "is neither A nor M")
    table.refuse(
        expected.loc[table.frame.index].ne(table.frame["period"].str.len()), "period", "contradicts the frequency"
    )
    table.frame["update"] = pd.to_datetime(table.frame["update"].str[:8], format="%d/%m/%y", errors="coerce")


def _take_bulk(table: row_account.TableRows) -> None:
    table.take(_BULK, "a PRODUCTS file of Comext has it", {"procedure": ("STAT_PROCEDURE", "STAT_REGIME")})
    table.frame["product"] = table.frame["product"].replace({"000TOTAL": TOTAL})
    months = table.frame["period"].str.fullmatch("[0-9]{6}")
    table.refuse(~months, "period", "is not YYYYMM")
    period = table.frame["period"]
    yearly = period.str[4:].eq(_WHOLE_YEAR)
    table.frame["period"] = (period.str[:4] + "-" + period.str[4:]).mask(yearly, period.str[:4])
    table.frame["update"] = pd.NaT


def _sides(table: row_account.TableRows) -> None:
    """Turn codes of reporter and partner into ISO alpha-3; other groups are no countries."""
    for side in ("reporter", "partner"):
        code = table.frame[side]
        iso3 = code.map(country_words.iso2())
        table.leave_out(iso3.isna() & code.str.fullmatch(_GROUP), f"{side} " + code + " (a group)")
        table.match(side, "[A-Z0-9]{2}|EU27_2020|WORLD", "is no code of a country")
        code = table.frame[side]
        table.frame[side] = code.map(country_words.iso2())
        table.leave_out(table.frame[side].isna(), f"{side} " + code)


def _products(table: row_account.TableRows) -> None:
    """Keep whole codes; those with letters stand for goods that Eurostat hides or estimates."""
    product = table.frame["product"]
    table.leave_out(product.str.fullmatch(r"(?=.*[A-Z])[0-9A-Z]{2,10}") & product.ne(TOTAL), "hidden or adjusted goods")
    table.match("product", _PRODUCT, "is no code of the Combined Nomenclature")
    table.match("flow", "[12]", "is neither 1 (import) nor 2 (export)")
    table.frame["flow"] = table.frame["flow"].map(_FLOWS)


def _periods(table: row_account.TableRows) -> None:
    table.match("period", r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?", "is not a year or a month")


def _join_weights(table: row_account.TableRows, *, fold: bool = False) -> None:
    """Make one row of the value and the weight of one key; a weight without a value is left out."""
    frame = table.frame
    table.number("value", power=frame["indicator"].map(_VALUES | _WEIGHTS).astype("int64"))
    frame = table.frame
    weighs = frame["indicator"].isin(_WEIGHTS)
    weights = frame[weighs].drop_duplicates([*_KEY, "value", "flag"])
    differ = weights[weights.duplicated(list(_KEY), keep=False)]
    table.refuse(pd.Series(frame.index.isin(differ.index), frame.index), "value", "is one of two weights of one key")
    frame = table.frame
    weights = weights.drop(differ.index)
    values = frame[frame["indicator"].isin(_VALUES)]
    keys = pd.MultiIndex.from_frame(values[list(_KEY)])
    alone = weighs.loc[frame.index] & ~pd.MultiIndex.from_frame(frame[list(_KEY)]).isin(keys)
    table.leave_out(alone, "a weight without a value")
    joined = int((weighs.loc[frame.index] & ~alone).sum())
    if fold:  # a value and its weight are one figure
        table.rows_read -= joined
    else:
        table.merged += joined
    joined_rows = weights.set_index(list(_KEY))[["value", "flag"]].reindex(keys)
    guess = joined_rows["flag"].str.contains("e", na=False).to_numpy()
    kg = joined_rows["value"].mask(joined_rows["value"].eq(0) & values["value"].gt(0).to_numpy()).to_numpy()
    table.frame = values.assign(
        net_weight_kg=pd.Series(kg, values.index).mask(guess),
        quantity=pd.Series(kg, values.index).where(guess),
        quantity_unit=pd.Series(KG_ESTIMATED, values.index).where(guess & ~pd.isna(kg)),
        status=_status(values["flag"]),
    )


def _status(flag: pd.Series) -> pd.Series:
    """Return what Eurostat's flags say: e is estimated, p provisional."""
    status = pd.Series("final", flag.index).mask(flag.str.contains("p"), "preliminary")
    return status.mask(flag.str.contains("e"), "estimated")


def _sum_procedures(table: row_account.TableRows) -> None:
    """Add the statistical procedures of one key up; a sum that we made is derived."""
    table.number("value")
    table.number("weight", empty=())
    part = [*_KEY, "procedure"]
    rows = table.frame.drop_duplicates([*part, "value", "weight"])
    clash = rows[rows.duplicated(part, keep=False)]
    table.refuse(pd.Series(table.frame.index.isin(clash.index), table.frame.index), "value", "is one of two of one key")
    rows = rows.drop(clash.index)
    groups = rows.groupby(list(_KEY), sort=False)
    summed = groups.agg(
        value=("value", "sum"),
        weight=("weight", lambda parts: parts.sum(skipna=False)),
        row=(row_account.ROW, "first"),
        update=("update", "first"),
        parts=("value", "size"),
    ).reset_index()
    if many := int(summed["parts"].gt(1).sum()):
        table.notes.append(f"{table.name}: {many} figures are sums over statistical procedures, marked derived")
    table.merged += len(table.frame) - len(summed)
    summed["net_weight_kg"] = summed["weight"].mask(summed["weight"].eq(0) & summed["value"].gt(0))
    summed["status"] = pd.Series("final", summed.index).mask(summed["parts"].gt(1), "derived")
    table.frame = summed


def _settle(table: row_account.TableRows) -> Parsed:
    frame = table.frame
    yearly = frame["period"].str.len().eq(4)
    start = pd.to_datetime(frame["period"].mask(yearly, frame["period"] + "-01"), format="%Y-%m")
    edition = start.dt.year.map(harmonized_system.of_year).mask(frame["product"].str.len().eq(8), "CN8")
    table.frame = frame.assign(
        commodity_code=frame["product"],
        classification=edition.mask(frame["product"].eq(TOTAL), "none"),
        period_start=start,
        period_end=start.mask(yearly, start + pd.DateOffset(months=11)),
        valuation=frame["flow"].map({"import": "CIF", "export": "FOB"}),
        released=frame["update"],
    )
    return table.settle(source="eurostat", currency="EUR")


def fetch(_known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for the EU's monthly totals with Russia and with China since 2015."""
    for partner in ("RU", "CN"):
        key = f"M.EU27_2020.{partner}.TOTAL.1+2.VALUE_IN_EUROS"
        path = "/eurostat/api/comext/dissemination/sdmx/2.1/data/DS-045409"
        yield Call(f"EU27-{partner}-M", f"{path}/{key}?format=SDMX-CSV&compressed=false&startPeriod=2015-01", "csv")


SOURCE: Final = Source.of("eurostat", parse=parse, recognises=recognises, base="https://ec.europa.eu", fetch=fetch)
