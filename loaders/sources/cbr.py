"""The Bank of Russia's official rates: roubles for one dollar and one yuan, monthly means of the daily rates."""

import re
from collections.abc import Generator
from datetime import datetime
from decimal import Decimal
from typing import Final
from xml.etree import ElementTree as ET

import pandas as pd

from loaders.core import rates, schema
from loaders.core.source import Call, Download, Hints, KnownBefore, Parsed, Source, SourceError

_CURRENCIES: Final = {"R01235": "USD", "R01375": "CNY"}
_NO_HINTS: Final = Hints()
_PLACES: Final = Decimal("0.000001")
_SINCE: Final = "01/01/2015"
_DATE: Final = "%d.%m.%Y"


def fetch(known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for each currency from 2015 to the end of last month, since a running month has no mean yet."""
    end = (known.today.normalize().replace(day=1) - pd.Timedelta(days=1)).strftime("%d/%m/%Y")
    for code, currency in _CURRENCIES.items():
        path = f"/scripts/XML_dynamic.asp?date_req1={_SINCE}&date_req2={end}&VAL_NM_RQ={code}"
        yield Call(f"daily-{currency}", path, "xml")


def parse(content: bytes, name: str, hints: Hints = _NO_HINTS) -> Parsed:
    """Return the mean of the official daily rates of each whole month, in roubles for one unit.

    Raises:
        SourceError: the bytes are no such answer, or are about another currency.
    """
    del hints
    root = _root(content, name)
    currency = _CURRENCIES.get(root.get("ID", ""))
    if root.tag != "ValCurs" or currency is None:
        raise SourceError(f"{name}: is not about the dollar or the yuan (ID {root.get('ID')!r}); not taken")
    days = [_day(record, root.get("ID", ""), name, row) for row, record in enumerate(root.iter("Record"), start=1)]
    if not days:
        raise SourceError(f"{name}: holds no rate{_error_text(root)}; run the refresh again later")
    daily = pd.DataFrame(days, columns=["date", "value"]).drop_duplicates()
    if daily["date"].duplicated().any():
        raise SourceError(f"{name}: {daily.loc[daily['date'].duplicated(), 'date'].iloc[0]} has two rates; not taken")
    monthly = _months(_whole_months(daily, root), currency, name)
    return Parsed(schema.empty(), len(days), rates=rates.checked(monthly, name))


def _root(content: bytes, name: str) -> ET.Element:
    """Parse XML that declares nothing of its own: no entities, no document type."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", content):
        raise SourceError(f"{name}: declares entities, which this answer never does; not taken")
    try:
        return ET.fromstring(content)  # noqa: S314  # without a document type there is nothing to expand
    except (ET.ParseError, ValueError, LookupError) as error:
        raise SourceError(f"{name}: is no whole XML answer ({error}); run the refresh again later") from error


def _error_text(root: ET.Element) -> str:
    text = " ".join("".join(root.itertext()).split())[:80]
    return f' (it says "{text}")' if text else ""


def _day(record: ET.Element, code: str, name: str, row: int) -> tuple[datetime, Decimal]:
    """Return date and roubles for one unit: the nominal changed from ten to one within the series."""
    where = f"{name}, record {row}"
    if record.get("Id") not in (None, code):
        raise SourceError(f"{where}: is about {record.get('Id')}, not {code}; not taken")
    texts = (record.get("Date", ""), record.findtext("Nominal", ""), record.findtext("Value", ""))
    try:
        date = datetime.strptime(texts[0], _DATE)  # noqa: DTZ007  # a calendar day has no zone
    except ValueError as error:
        raise SourceError(f"{where}: {texts[0]!r} is no date; not taken") from error
    nominal, value = (_decimal(text, where) for text in texts[1:])
    unit = value / nominal
    printed = record.findtext("VunitRate")
    if printed is not None and abs(_decimal(printed, where) - unit) > Decimal("0.0001") + unit / 1000:
        raise SourceError(f"{where}: {printed} roubles a unit contradict {texts[2]} for {texts[1]}; not taken")
    return date, unit


def _decimal(text: str, where: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,9}(?:[.,][0-9]{1,12})?", text.strip()) or not float(text.replace(",", ".")):
        raise SourceError(f"{where}: {text!r} is no rate; not taken")
    return Decimal(text.strip().replace(",", "."))


def _whole_months(daily: pd.DataFrame, root: ET.Element) -> pd.DataFrame:
    """Keep the days of whole months only: those that the range asked for, as the answer repeats it, covers."""
    start = _limit(root, "DateRange1", daily["date"].min())
    end = _limit(root, "DateRange2", daily["date"].max())
    first = daily["date"].dt.to_period("M").dt.start_time
    whole: pd.Series = first.ge(start) & (first + pd.offsets.MonthEnd(0)).le(end)
    return daily[whole]


def _limit(root: ET.Element, name: str, otherwise: pd.Timestamp) -> pd.Timestamp:
    try:
        return pd.to_datetime(root.get(name, ""), format=_DATE) if root.get(name) else otherwise
    except ValueError:
        return otherwise


def _months(daily: pd.DataFrame, currency: str, name: str) -> pd.DataFrame:
    """Average by month."""
    groups = daily.groupby(daily["date"].dt.strftime("%Y-%m"))["value"]
    rows = [(period, len(group), sum(group, Decimal(0)) / len(group)) for period, group in groups]
    return pd.DataFrame(
        {
            "series": f"CBR_{currency}",
            "pair": f"RUB per {currency}",
            "freq": "M",
            "period_start": [period for period, _, _ in rows],
            "period_end": [period for period, _, _ in rows],
            "value": [str(mean.quantize(_PLACES)) for _, _, mean in rows],
            "unit": f"rub_per_{currency.lower()}",
            "kind": [f"computed: mean of {days} official daily rates" for _, days, _ in rows],
            "publisher": "Bank of Russia",
            "reference": name,
            "licence": "for conversion only; the table of daily rates is not redistributed",
        }
    )


SOURCE: Final = Source.of("cbr", parse=parse, base="https://www.cbr.ru", fetch=fetch)
