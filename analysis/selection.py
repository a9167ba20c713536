"""Selection: what the reader asked for. It equals the query string of the address."""

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Final
from urllib.parse import parse_qsl, urlencode

import pandas as pd

FLOWS: Final = ("both", "export", "import", "total")
MEASURES: Final = ("level", "yoy", "ytd_yoy", "sum3", "sum12", "index", "share")
CURRENCIES: Final = ("CNY", "USD")
COUNTS: Final = ("four", "hs27", "products", "electricity")
EVENTS: Final = ("off", "on")
BASES: Final = ("national", "imf", "mirror")
COUNTERS: Final = ("china", "baci", "russia")
STEPS: Final = ("sum12", "month", "year")
WINDOWS: Final = ("half", "year", "month")
GRAINS: Final = ("year", "month")
LISTS: Final = ("comparable", "all")
PRICES: Final = ("split", "constant")
GOODS: Final = ("codes", "printed")
AGAINST: Final = ("prints", "currencies")
LANGUAGES: Final = ("en", "zh", "ru")
_WORDS: Final = {
    "flow": FLOWS,
    "measure": MEASURES,
    "currency": CURRENCIES,
    "count": COUNTS,
    "basis": BASES,
    "events": EVENTS,
    "step": STEPS,
    "window": WINDOWS,
    "grain": GRAINS,
    "counted": COUNTERS,
    "list": LISTS,
    "prices": PRICES,
    "goods": GOODS,
    "against": AGAINST,
    "lang": LANGUAGES,
}
TYPED: Final = 160  # characters that a reader may type: a claim to test, goods to look for
_FREE: Final = re.compile(rf"(?=.*\S)[^\x00-\x1f\x7f]{{1,{TYPED}}}")
_PATTERNS: Final = {
    "code": re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}"),
    "asof": re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"),
    "claim": _FREE,
    "find": _FREE,
    "point": re.compile(r"[a-z][a-z-]*:[A-Za-z0-9._~,-]{1,240}"),
    "v": _FREE,
}
_MONTH: Final = re.compile(r"((?:19|20)[0-9]{2})(?:-(0[1-9]|1[0-2]))?")
_MANY: Final = 50  # words of one query
# what each word may be, as a reader is told it
_TOLD: Final = {
    "start": "2019 or 2019-03",
    "end": "2019 or 2019-03, not before start",
    **{word: ", ".join(allowed) for word, allowed in _WORDS.items()},
    "basis": ", ".join((*BASES, *COUNTERS)),
    "code": "2, 4 or 6 digits",
    "asof": "a day as 2023-03-31",
    "claim": f"up to {TYPED} characters",
    "find": f"up to {TYPED} characters",
    "point": "a name in the column point of a CSV",
    "v": "a version of the data, by its name",
}


@dataclass(frozen=True)
class Selection:
    """What is shown. A field that is None is the chart's own default.

    ``start`` and ``end`` are months as ``YYYY-MM``; a bare year means its first or last month.
    ``count`` is which fuels count as energy, ``basis`` whose figures a share rests on, ``code`` a
    code of the Harmonized System, ``asof`` the day ``YYYY-MM-DD`` whose knowledge is shown, ``step``
    how long the windows are that two customs offices are compared over, ``window`` which windows
    are looked up again for revisions; ``events`` says whether dated events are marked. ``claim`` is
    a statement to test and ``find`` goods to look for, as typed; ``point`` names one plotted point.
    ``grain`` is whether the energy bill stands by year or by month, ``counted`` whose count of it is shown
    (an address may also call it ``basis``); ``list`` is how much of the list of high-priority goods is
    added up, ``prices`` whether a change is split or shown at constant prices, ``goods`` whether goods
    stand by code or as China's customs count them, ``against`` what growth stands beside: rates as
    printed, or the same growth in the other currency; ``lang`` is the language of the words; ``v`` is the
    version of the data by its name, whether there is such a one or not.
    """

    start: str | None = None
    end: str | None = None
    flow: str | None = None
    measure: str | None = None
    currency: str | None = None
    count: str | None = None
    basis: str | None = None
    code: str | None = None
    asof: str | None = None
    events: str | None = None
    step: str | None = None
    window: str | None = None
    claim: str | None = None
    find: str | None = None
    point: str | None = None
    grain: str | None = None
    counted: str | None = None
    list: str | None = None
    prices: str | None = None
    goods: str | None = None
    against: str | None = None
    lang: str | None = None
    v: str | None = None

    @classmethod
    def from_query(cls, query: str | None) -> "Selection":
        """Read a query string; words that mean nothing here are passed over."""
        try:
            words = dict(parse_qsl((query or "").lstrip("?"), max_num_fields=_MANY))
        except ValueError:
            return cls()
        chosen = {key: words[key] for key, allowed in _WORDS.items() if words.get(key) in allowed}
        if words.get("basis") in COUNTERS:
            chosen.setdefault("counted", words["basis"])
        chosen |= {key: words[key] for key, form in _PATTERNS.items() if form.fullmatch(words.get(key, ""))}
        if day_of(chosen.get("asof")) is None:
            chosen.pop("asof", None)
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

    @property
    def one_flow(self) -> str:
        """The flow of a chart that shows one at a time: trade both ways unless exports or imports were asked for."""
        return self.flow if self.flow in {"export", "import"} else "total"

    @property
    def first_year(self) -> int | None:
        """The first year that lies wholly inside the months asked for, None where they have no beginning."""
        return None if self.first is None else self.first.year + (self.first.month > 1)

    @property
    def last_year(self) -> int | None:
        """The last such year, None where they have no end."""
        return None if self.last is None else self.last.year - (self.last.month < 12)

    def covers(self, rows: pd.DataFrame, default_start: str | None = None) -> pd.Series:
        """Return which rows lie wholly inside the months asked for.

        A default start holds where none is asked for, unless the end asked for lies before it.
        """
        inside = pd.Series(data=True, index=rows.index)
        start = self.start or (
            default_start if default_start and default_start <= (self.end or default_start) else None
        )
        if start:
            inside &= rows["period_start"].ge(pd.Timestamp(f"{start}-01"))
        if self.end:
            inside &= rows["period_end"].le(pd.Timestamp(f"{self.end}-01"))
        return inside


def misread(query: str) -> str:
    """Say in one line which words of a query mean nothing here, and what there is; empty where all are understood.

    The page passes over such words in an address; whoever types a command is better told.
    """
    try:
        pairs = parse_qsl(query.lstrip("?"), keep_blank_values=True, max_num_fields=_MANY)
    except ValueError:
        return f"more than {_MANY} words"
    read = Selection.from_query(query)
    words = [word for word, _ in pairs]
    wrong = [f"{word}={value}" for word, value in pairs if words.count(word) > 1 or not _is_read(read, word, value)]
    known = "; ".join(f"{word}: {may}" for word, may in _TOLD.items())
    return f"there is no {' and no '.join(dict.fromkeys(wrong))}; each word once, there are {known}" if wrong else ""


def _is_read(selection: Selection, word: str, value: str) -> bool:
    """Return whether a word of the query that was read as ``selection`` left its mark there."""
    if word == "basis":
        return value in (*BASES, *COUNTERS)
    return word in _TOLD and getattr(selection, word) is not None


def day_of(text: str | None) -> str | None:
    """Return a day ``YYYY-MM-DD`` of the calendar since 1900, None for anything else."""
    try:
        match = _PATTERNS["asof"].fullmatch(text or "")
        return str(date.fromisoformat(match[0])) if match else None
    except ValueError:
        return None


def _month(text: str | None, month: str) -> str | None:
    match = _MONTH.fullmatch(text or "")
    return f"{match[1]}-{match[2] or month}" if match else None
