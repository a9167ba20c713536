"""What to ask UN Comtrade: its list of releases first, then only what is new or released again."""

import json
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import pandas as pd

from loaders.core import store
from loaders.core.source import Call, Download, KnownBefore, SourceError

_YEARS: Final = 6
_BUDGET: Final = 10
_CAP: Final = 500
_CAP_KEYED: Final = 100_000
_BLOCK: Final = 12
_FIRST_YEAR: Final = 1989
_BAD_REQUEST: Final = 400
_BOTH: Final = ("M", "X")
_CHAPTERS: Final = tuple(f"{n:02d}" for n in range(1, 98) if n != 77)  # 77 is kept free in HS
_FUELS: Final = ("2701", "2709", "2710", "2711", "271111", "271121")
_TOTALS_ONLY: Final = "partner2Code=0&motCode=0&customsCode=C00"


@dataclass(frozen=True)
class Ask:
    """One request for China's trade with Russia: which periods, codes and flows."""

    what: str
    periods: tuple[str, ...]
    codes: tuple[str, ...]
    flows: tuple[str, ...] = _BOTH
    keyed: bool = False

    @property
    def freq(self) -> str:
        """Return ``A`` for years, ``M`` for months."""
        return "A" if len(self.periods[0]) == len("2024") else "M"

    @property
    def name(self) -> str:
        """Name the request: the same one of a later day has the same name."""
        span = "-".join(dict.fromkeys((self.periods[-1], self.periods[0])))
        return "-".join([self.freq, span, self.what, *(self.flows if self.flows != _BOTH else ())])

    def call(self, released: Mapping[str, pd.Timestamp], statuses: frozenset[int] = frozenset({200})) -> Call:
        """Return the call; all three 'totals only' terms are sent, else each procedure comes as a row."""
        door, cap = ("data/v1/get", _CAP_KEYED) if self.keyed else ("public/v1/preview", _CAP)
        path = (
            f"/{door}/C/{self.freq}/HS?reporterCode=156&partnerCode=643&period={','.join(self.periods)}"
            f"&cmdCode={','.join(self.codes)}&flowCode={','.join(self.flows)}&{_TOTALS_ONLY}"
        )
        own = {period: released[period] for period in self.periods}
        return Call(self.name, path, "json", statuses=statuses, cap=cap, released=own)

    def halves(self) -> "list[Ask]":
        """Split a request whose answer was cut short: by flow, else by period, else by code."""
        codes = _CHAPTERS if self.codes == ("AG2",) else self.codes
        if len(self.flows) > 1:
            return [replace(self, flows=part) for part in _halved(self.flows)]
        if len(self.periods) > 1:
            return [replace(self, periods=part) for part in _halved(self.periods)]
        if len(codes) > 1:
            parts = enumerate(_halved(codes), start=1)
            return [replace(self, codes=part, what=f"{self.what}-{number}") for number, part in parts]
        raise SourceError(f"{self.name}: is cut short and cannot be split further; not taken")


def _halved(items: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return items[: len(items) // 2], items[len(items) // 2 :]


def fetch(known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for what the reader may have: the preview's newest years, or with a key the whole history."""
    plan = _keyed(known) if known.keyed else _few(_keyless(known), _BUDGET)
    yield from plan


def _few(plan: Generator[Call, Download | None, None], most: int) -> Generator[Call, Download | None, None]:
    """Stop after so many calls; what is left comes with the next refresh."""
    try:
        call = next(plan)
        for _ in range(most):
            call = plan.send((yield call))
    except StopIteration:
        return
    raise SourceError(f"what is new takes more than {most} calls; run the refresh again for the rest")


def _keyless(known: KnownBefore) -> Generator[Call, Download | None, None]:
    then = f"up to {_BUDGET - 1} calls for years that are new or released again: chapters, fuels, high-priority goods"
    released = yield from _releases("A", "public/v1/getDA", then)
    years = sorted(released, reverse=True)[:_YEARS]
    chapters: tuple[str, ...] = ("AG2",)
    for year in years:
        ask = Ask("AG2", (year,), chapters)
        if _stale(known, ask, released):
            download = yield ask.call(released, frozenset({200, _BAD_REQUEST}))
            if download is not None and download.status == _BAD_REQUEST:
                chapters = _CHAPTERS
                yield from _complete(known, replace(ask, codes=chapters), released)
            else:
                yield from _rest(known, ask, download, released)
    for year in years[:1]:
        for ask in _goods((year,), keyed=False):
            yield from _complete(known, ask, released)


def _keyed(known: KnownBefore) -> Generator[Call, Download | None, None]:
    """Ask for all years at every level, then for all months; each answer is written before the next call."""
    for freq in ("A", "M"):
        released = yield from _releases(freq, "data/v1/getDa", "what is new or released again, 12 periods a call")
        for periods in _blocks(sorted(released, reverse=True)):
            wanted = [Ask(level, periods, (level,), keyed=True) for level in ("TOTAL", "AG2")]
            if freq == "A":
                wanted.append(Ask("AG4", periods, ("AG4",), keyed=True))
                wanted += [Ask("AG6", periods, ("AG6",), (flow,), keyed=True) for flow in _BOTH]
            else:
                wanted += _goods(periods, keyed=True)
            for ask in wanted:
                yield from _complete(known, ask, released)


def _goods(periods: tuple[str, ...], *, keyed: bool) -> list[Ask]:
    """Return the requests for the four fuels, and for the common high-priority goods."""
    listed = tuple(store.read_codes("chpl")["hs6"])
    return [Ask("fuels", periods, _FUELS, ("M",), keyed), Ask("high-priority", periods, listed, ("X",), keyed)]


def _blocks(periods: list[str]) -> Iterator[tuple[str, ...]]:
    """Group periods, newest first, by calendar year or by twelve years, so that a block keeps its name."""

    def block(period: str) -> int:
        year = int(period[:4])
        return (year - _FIRST_YEAR) // _BLOCK if len(period) == len("2024") else year

    for _, group in groupby(periods, block):
        yield tuple(group)


def _complete(
    known: KnownBefore, ask: Ask, released: Mapping[str, pd.Timestamp]
) -> Generator[Call, Download | None, None]:
    """Ask for what is stale, and again in halves where the answer was cut short."""
    if _stale(known, ask, released):
        download = yield ask.call(released)
        yield from _rest(known, ask, download, released)


def _rest(
    known: KnownBefore, ask: Ask, download: Download | None, released: Mapping[str, pd.Timestamp]
) -> Generator[Call, Download | None, None]:
    if download is not None and download.cut:
        for half in ask.halves():
            yield from _complete(known, half, released)


def _stale(known: KnownBefore, ask: Ask, released: Mapping[str, pd.Timestamp]) -> bool:
    """Tell whether a request was never answered, or has been released again since, or its rows are gone."""
    taken = known.taken.get(ask.name)
    newest = max(released[period] for period in ask.periods)
    stored = known.stored["period_start"].dt.year.isin([int(period[:4]) for period in ask.periods])
    return taken is None or pd.Timestamp(taken) < newest or not stored.any()


def _releases(freq: str, door: str, then: str) -> Generator[Call, Download | None, dict[str, pd.Timestamp]]:
    """Ask when each period was last released; nothing where there is no answer."""
    download = yield Call(f"releases-{freq}", f"/{door}/C/{freq}/HS?reporterCode=156", "json", parse=False, then=then)
    return {} if download is None else releases(download.content, download.url)


def releases(content: bytes, name: str) -> dict[str, pd.Timestamp]:
    """Return for each period the moment of its last release, to the second.

    Raises:
        SourceError: the bytes are no list of releases, or list none of China.
    """
    try:
        rows = json.loads(content)["data"]
        released = {
            str(row["period"]): pd.Timestamp(row["lastReleased"]).floor("s")
            for row in sorted(rows, key=lambda row: str(row["lastReleased"]))
            if str(row["reporterCode"]) == "156"
        }
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(f"{name}: is no list of releases ({error!r}); the service may have changed") from error
    if not released or not all(period.isdecimal() and len(period) in (4, 6) for period in released):
        raise SourceError(f"{name}: lists no release of China; run the refresh again later")
    return released
