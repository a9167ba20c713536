"""CREA's Russia fossil tracker: modelled estimates of the fuels that Russia ships to China, by month."""

from collections.abc import Generator
from typing import Final

import pandas as pd

from loaders.core.source import Call, Download, Hints, KnownBefore, Parsed, Source
from loaders.tables import file_words, row_account

TONNES: Final = "t, estimated"
_VALUES: Final = {"value_eur": "EUR", "value_usd": "USD"}
_COLUMNS: Final = {"commodity": "commodity", "month": "month", "quantity": "value_tonne", **{v: v for v in _VALUES}}
_OPTIONAL: Final = {"destination": "destination_iso2", "scenario": "pricing_scenario"}
_MONTH: Final = r"((?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2]))(?:-01(?:[T ]00:00:00.*)?)?"
_KNOWN: Final[list[str]] = file_words.lists()["crea"]["commodities"]


def fetch(known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for all months since 2021 that are over, in one call."""
    last = known.today.normalize().replace(day=1) - pd.Timedelta(days=1)
    path = (
        "/v0/counter?destination_iso2=CN&aggregate_by=month,commodity&commodity_grouping=split_gas_oil"
        f"&date_from=2021-01-01&date_to={last:%Y-%m-%d}&keep_zeros=False&currency=EUR,USD&format=csv"
    )
    yield Call("counter-CN-month-commodity", path, "csv", until=last)


def parse(content: bytes, name: str, hints: Hints = row_account.NO_HINTS) -> Parsed:
    """Return each fuel's value in euros and in dollars, with its modelled tonnes as a quantity.

    Raises:
        SourceError: the bytes are no such answer.
    """
    del hints
    table = row_account.read(content, name)
    table.take(_COLUMNS, "the answer of the counter has it", _OPTIONAL)
    frame = table.frame
    table.leave_out(~frame["destination"].isin(["", "CN"]), "destination " + frame["destination"])
    table.leave_out(~table.frame["scenario"].isin(["", "default"]), "another pricing scenario")
    table.match("month", _MONTH, "is not a month")
    table.match("commodity", "[a-z][a-z0-9_]*", "is no commodity")
    commodity = table.frame["commodity"]
    table.leave_out(~commodity.isin(_KNOWN), "unknown commodity " + commodity)
    table.number("quantity", empty=())
    table.unfold(list(_VALUES), "currency", "value")
    table.number("value")
    return _settled(table)


def _settled(table: row_account.TableRows) -> Parsed:
    frame = table.frame
    month = pd.to_datetime(frame["month"].str[:7], format="%Y-%m")
    table.frame = frame.assign(
        currency=frame["currency"].map(_VALUES),
        commodity_code="CREA_" + frame["commodity"].str.upper(),
        period_start=month,
        period_end=month,
        quantity_unit=pd.Series(TONNES, frame.index).where(frame["quantity"].notna()),
    )
    return table.settle(
        source="crea",
        reporter="RUS",
        partner="CHN",
        flow="export",
        classification="none",
        valuation="unknown",
        status="estimated",
    )


SOURCE: Final = Source.of("crea", parse=parse, base="https://api.russiafossiltracker.com", fetch=fetch)
