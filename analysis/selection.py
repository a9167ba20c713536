"""Selection: what the reader asked for. It equals the query string of the address."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import parse_qsl, urlencode

import pandas as pd

FLOWS: Final = ("both", "export", "import", "total")
MEASURES: Final = ("level", "yoy", "ytd_yoy", "sum12")
CURRENCIES: Final = ("CNY", "USD")
_WORDS: Final = {"flow": FLOWS, "measure": MEASURES, "currency": CURRENCIES}
_MONTH: Final = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Selection:
    """What is shown. A field that is None is the chart's own default.

    ``start`` and ``end`` are months as ``YYYY-MM``; a bare year means its first or last month.
    """

    start: str | None = None
    end: str | None = None
    flow: str | None = None
    measure: str | None = None
    currency: str | None = None

    @classmethod
    def from_query(cls, query: str | None) -> Selection:
        """Read a query string; words that mean nothing here are passed over."""
        try:
            words = dict(parse_qsl((query or "").lstrip("?"), max_num_fields=50))
        except ValueError:
            return cls()
        chosen = {key: words[key] for key, allowed in _WORDS.items() if words.get(key) in allowed}
        start, end = _month(words.get("start"), "01"), _month(words.get("end"), "12")
        if start and end and start > end:
            start = end = None
        return cls(start=start, end=end, **chosen)

    def to_query(self) -> str:
        """Write only what differs from the defaults; empty where nothing does."""
        words = {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}
        return f"?{urlencode(words)}" if words else ""

    @property
    def first(self) -> pd.Timestamp | None:
        """The first month asked for."""
        return pd.Timestamp(f"{self.start}-01") if self.start else None

    @property
    def last(self) -> pd.Timestamp | None:
        """The last month asked for."""
        return pd.Timestamp(f"{self.end}-01") if self.end else None

    def covers(self, rows: pd.DataFrame, default_start: str | None = None) -> pd.Series:
        """Return which rows lie wholly inside the months asked for."""
        inside = pd.Series(data=True, index=rows.index)
        start = self.start or default_start
        if start:
            inside &= rows["period_start"].ge(pd.Timestamp(f"{start}-01"))
        if self.end:
            inside &= rows["period_end"].le(pd.Timestamp(f"{self.end}-01"))
        return inside


def _month(text: str | None, month: str) -> str | None:
    found = _MONTH.fullmatch(text or "")
    return f"{found[1]}-{found[2] or month}" if found else None
