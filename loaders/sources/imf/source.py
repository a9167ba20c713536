"""IMF International Trade in Goods by Partner Country (IMTS), the successor of Direction of Trade."""

import re
from collections.abc import Generator
from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL, WORLD
from loaders.core.source import Call, Download, Hints, KnownBefore, Parsed, Source, SourceError
from loaders.sources.imf import direction_of_trade as imf_dots
from loaders.tables import header_periods, row_account, text_files

_INDICATORS: Final = {
    "XG_FOB_USD": ("export", "FOB"),
    "MG_CIF_USD": ("import", "CIF"),
    "MG_FOB_USD": ("import", "FOB"),
}
_CSV: Final = "application/vnd.sdmx.data+csv;version=1.0.0"
_WORDS: Final = {"units": "0", "thousands": "3", "millions": "6", "billions": "9"}
_PERIOD: Final = r"(?:19|20)[0-9]{2}(?:-M(?:0[1-9]|1[0-2])|-Q[1-4])?"
_NAMES: Final = {"reporter": "COUNTRY", "partner": "COUNTERPART_COUNTRY", "indicator": "INDICATOR"}
_AREAS: Final = {"G001": WORLD, "WBG": "PSE"}
_FREQUENCIES: Final = {"A": 4, "M": 8, "Q": 7}
_STATUSES: Final = {"E": "estimated", "P": "preliminary"}
_SIDE: Final = ("reporter", "partner", "period_start", "period_end")


def recognises(head: bytes) -> bool:
    """Tell an IMTS file by its columns: two countries, an indicator, and a period or years; or its forerunner."""
    if imf_dots.recognises(head):
        return True
    columns = {column.upper().removesuffix(".ID") for column in text_files.header(head)}
    return set(_NAMES.values()) <= columns and (
        "TIME_PERIOD" in columns or any(re.fullmatch(_PERIOD, c) for c in columns)
    )


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return the totals of a portal file (periods as columns), of an SDMX-CSV answer, or of Direction of Trade.

    The portal prints figures in the unit of its SCALE, the service whole dollars whatever SCALE says.
    Direction of Trade prints quarters too; they are kept as printed.

    Raises:
        SourceError: the bytes are neither.
    """
    if imf_dots.recognises(content):
        table = imf_dots.read(content, name, hints)
        imf_dots.places(table)
        table.keep_pair()
        _flows(table)
        header_periods.put(table)
        return _settle(table)
    table = row_account.read(content, name)
    periods = [column for column in table.columns if re.fullmatch(_PERIOD, column)]
    if periods:
        _portal(table, periods)
    else:
        _service(table)
    _areas(table)
    table.keep_pair()
    _flows(table)
    _periods(table)
    return _settle(table)


def _settle(table: row_account.TableRows) -> Parsed:
    table.number("value", power=table.frame["scale"])
    _one_import(table)
    _status(table)
    return table.settle(
        source="imf", classification="none", commodity_code=TOTAL, currency="USD", net_weight_kg=None, released=None
    )


def _portal(table: row_account.TableRows, periods: list[str]) -> None:
    """Turn periods as columns into rows, each with the power of ten of its scale."""
    names = {own: (f"{column}.ID", column) for own, column in _NAMES.items()}
    optional = {"frequency": ("FREQUENCY.ID", "FREQUENCY"), "scale": ("SCALE.ID",), "unit": ("SCALE",)}
    table.take(names | {period: (period,) for period in periods}, "an IMTS file of the portal has it", optional)
    frame = table.frame
    named = frame["unit"].str.casefold().map(_WORDS)
    frame["scale"] = frame["scale"].mask(frame["scale"].eq(""), named.fillna(""))
    table.refuse(named.notna() & named.ne(frame["scale"]), "unit", "contradicts SCALE.ID")
    table.match("scale", "[0-9]|1[0-2]", "is no scale, so the unit is unknown")
    table.unfold(periods, "period", "value")
    table.frame["status"] = ""
    table.frame["scale"] = table.frame["scale"].astype("int64")


def _service(table: row_account.TableRows) -> None:
    """Take an SDMX-CSV answer, 1.0 or 2.0, by the names of its columns.

    Raises:
        SourceError: the file is of the portal, with a row for each observation.
    """
    names = _NAMES | {"period": "TIME_PERIOD", "value": "OBS_VALUE"}
    optional = {"frequency": "FREQUENCY", "derivation": "DERIVATION_TYPE", "status": "STATUS"}
    if table.column_named("COUNTRY.ID"):
        raise SourceError(f"{table.name}: of the portal, whose unit here is not known; take periods as columns there")
    table.take(names, "an SDMX-CSV answer of IMTS has it", optional)
    frame = table.frame
    table.leave_out(frame["period"].eq("") & frame["value"].eq(""), "metadata, no figure")
    table.leave_out(table.frame["value"].eq(""), "no value")
    frame = table.frame
    frame["status"] = frame["status"].mask(frame["derivation"].eq("E"), "E")
    frame["scale"] = 0


def _areas(table: row_account.TableRows) -> None:
    """Turn the world's code into WLD and leave other groups out: they are no countries."""
    for side in ("reporter", "partner"):
        table.frame[side] = table.frame[side].replace(_AREAS)
        group = table.frame[side].str.fullmatch("[A-Z]{1,2}[0-9]{3}")
        table.leave_out(group, f"{side} " + table.frame[side] + " (a group)")
        table.match(side, "[A-Z]{3}", "is not an ISO alpha-3 code")


def _flows(table: row_account.TableRows) -> None:
    """Turn indicators into flow and valuation; a balance is no flow."""
    known = table.frame["indicator"].isin(_INDICATORS)
    table.leave_out(~known, "indicator " + table.frame["indicator"])
    pairs = table.frame["indicator"].map(_INDICATORS)
    table.frame["flow"], table.frame["valuation"] = pairs.str[0], pairs.str[1]


def _periods(table: row_account.TableRows) -> None:
    """Turn 2026 and 2026-M04 into periods; quarters are left out, the table has months and years."""
    table.match("period", _PERIOD, "is not a year or a month")
    expected = table.frame["frequency"].str[:1].str.upper().map(_FREQUENCIES)
    length = table.frame["period"].str.len()
    table.refuse(expected.notna() & expected.ne(length), "period", "contradicts the frequency")
    table.leave_out(table.frame["period"].str.contains("Q"), "quarterly figures")
    period = table.frame["period"]
    yearly = period.str.len().eq(_FREQUENCIES["A"])
    start = pd.to_datetime(period.str.replace("-M", "-").mask(yearly, period + "-01"), format="%Y-%m")
    table.frame["period_start"] = start
    table.frame["period_end"] = start.mask(yearly, start + pd.DateOffset(months=11))


def _one_import(table: row_account.TableRows) -> None:
    """Leave an import at FOB out where the same import stands at CIF too."""
    frame = table.frame
    imports = frame[frame["flow"].eq("import")]
    at_cif = pd.MultiIndex.from_frame(imports.loc[imports["valuation"].eq("CIF"), list(_SIDE)])
    twice = frame["indicator"].eq("MG_FOB_USD") & pd.Series(
        pd.MultiIndex.from_frame(frame[list(_SIDE)]).isin(at_cif), frame.index
    )
    if twice.any():
        table.notes.append(
            f"{table.name}: {int(twice.sum())} imports stand at CIF and at FOB; the CIF figures are kept"
        )
    table.leave_out(twice, "import FOB beside import CIF")


def _status(table: row_account.TableRows) -> None:
    """Mark what the file calls estimated, and Russia since 2022, when it stopped to report to the IMF."""
    frame = table.frame
    status = frame["status"].map(_STATUSES).fillna("final")
    silent = frame["reporter"].eq("RUS") & frame["period_start"].dt.year.ge(2022)
    table.frame["status"] = status.mask(silent, "estimated")


def fetch(_known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for China with Russia, China with the world, and Russia's side, by month since 2015."""
    for key in (
        "CHN.XG_FOB_USD+MG_CIF_USD+TBG_USD.RUS.M",
        "CHN.XG_FOB_USD+MG_CIF_USD.G001.M",
        "RUS.XG_FOB_USD+MG_CIF_USD.CHN.M",
    ):
        path = f"/external/sdmx/2.1/data/IMF.STA,IMTS,1.0.0/{key}?startPeriod=2015-01"
        yield Call(f"IMTS-{key[:3]}-{key.split('.')[2]}-M", path, "csv", {"Accept": _CSV})


SOURCE: Final = Source.of("imf", parse=parse, recognises=recognises, base="https://api.imf.org", fetch=fetch)
