"""Shares that a statement may name: the other in a country's trade, goods in what the two trade, Russia in goods.

Part and whole of a share are of one counter, one valuation and one year.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from analysis import readings
from analysis.basis import Basis
from analysis.cache import per_dataset
from analysis.claims.figures import goods_values, own_count
from analysis.claims.figures.figure_search import Entry, Pool
from analysis.claims.parser import month_spans
from analysis.claims.parser.vocabulary import ORIGIN
from analysis.dataset import Dataset
from analysis.measures.monthly.series import plus
from analysis.measures.partners import dependence
from analysis.recomputations.figures import BY_WEIGHT, Amount, Kind, Message, PlainNumber, Recomputation, dated, message
from analysis.source_names import harmonized, name_of, serves
from loaders.core import schema
from loaders.core.source_records import SourceRole

_BASES: Final = ("china", "national", "imf")  # whose count a share of a country's trade rests on
_SIDES: Final = {"CHN": "china", "RUS": "russia"}


@dataclass(frozen=True)
class ShareAsked:
    """What share is asked for: of what ``whole`` (``TRADE``, ``PAIR`` or ``ORIGIN``), on whose side, of which goods."""

    whole: str
    side: str
    flow: str
    codes: goods_values.Codes
    weight: bool = False


@per_dataset(32)
def pool(dataset: Dataset, asked: ShareAsked) -> Pool:
    """Return every share in per cent, by year, of the kind that is asked for."""
    codes = asked.codes
    if asked.whole == ORIGIN:
        by_weight = _of_origin(dataset, codes, weight=True)
        return Pool.of(by_weight if asked.weight else [*_of_origin(dataset, codes, weight=False), *by_weight])
    return Pool.of(_of_goods(dataset, asked.flow, codes) if codes else _of_trade(dataset, asked.side, asked.flow))


def _share(part: float, whole: float, flow: str, year: int, made: Recomputation) -> Entry:
    """Fill in figure, unit and window of a share; ``made`` says what it rests on."""
    unit = f"percent of {flow}s" if flow != "total" else "percent of trade"
    span = month_spans.of(year)
    return Entry(replace(made, figure=100 * part / whole, unit=unit, span=span, base=made.basis), flow, span)


def _made(kind: Kind, source: str, day: str, rests: Basis, steps: Message) -> Recomputation:
    return Recomputation(kind, 0.0, "", ("", ""), source, day, steps, basis=rests)


def _parts(part: float, whole: float, currency: str = "USD", decimals: int = 2) -> Message:
    """Say that one value, in whole units, is a part of another."""
    return message("claims.steps.of", part=Amount(part, currency), whole=Amount(whole, currency, decimals))


def _of_goods(dataset: Dataset, flow: str, codes: goods_values.Codes) -> list[Entry]:
    """Return ``100 * goods / all goods`` of one flow between the two: China's own count, then BACI's lines."""
    part, whole = goods_values.years(dataset, codes, flow), goods_values.years(dataset, ("",), flow)
    out = list(_of_own_count(dataset, flow, codes))
    for year, value in part.items():
        if whole.get(year):
            rests = own_count.merged(dataset, ("",), flow, year)
            made = _made(
                Kind.MERGED,
                name_of(SourceRole.MERGED),
                goods_values.release(dataset),
                rests,
                _parts(value, whole[year]),
            )
            out.append(_share(value, whole[year], flow, year, replace(made, goods=codes)))
    return out + (_of_goods(dataset, flow, goods_values.CHAPTER) if codes == goods_values.ALL_FUELS else [])


def _of_own_count(dataset: Dataset, flow: str, codes: goods_values.Codes) -> Iterator[Entry]:
    for year in range(1992, dataset.last_year + 1):
        part = own_count.year(dataset, own_count.heads(codes), flow, year)
        whole = readings.now(dataset, flow, month_spans.of(year))
        if part and whole and part.value <= whole.value:
            source = plus((part.source, whole.source)) or ""
            made = _made(Kind.OWN, source, part.vintage, part.basis, _parts(part.value, whole.value))
            yield _share(part.value, whole.value, flow, year, replace(made, goods=codes))


def _of_origin(dataset: Dataset, codes: goods_values.Codes, *, weight: bool) -> Iterator[Entry]:
    """Return Russia's part in China's imports of goods, ``100 * from Russia / from the world``, by value or weight."""
    heads = own_count.heads(codes)
    for year in range(1992, dataset.last_year + 1):
        part = _amount(dataset, heads, "RUS", year, weight=weight)
        whole = _amount(dataset, heads, "WLD", year, weight=weight)
        if part and whole and 0 < part[0] <= whole[0]:
            rests = part[1].basis if part[1].basis.edition == whole[1].basis.edition else _edition(part[1].basis)
            source = plus((part[1].source, whole[1].source)) or ""
            steps = _amounts(part[0], whole[0], heads, weight=weight)
            made = replace(_made(Kind.ORIGIN, source, part[1].vintage, rests, steps), goods=codes)
            entry = _share(part[0], whole[0], "import", year, made)
            yield entry._replace(basis=replace(entry.basis, unit=BY_WEIGHT)) if weight else entry


def _amounts(part: float, whole: float, codes: goods_values.Codes, *, weight: bool) -> Message:
    """Say what a share of goods was divided from: value in US$, weight in kg."""
    named = ", ".join(codes)
    if weight:
        million_tonnes = PlainNumber(part / 1e9, 2), PlainNumber(whole / 1e9, 2)
        return message("claims.steps.of_weight", codes=named, part=million_tonnes[0], whole=million_tonnes[1])
    return message("claims.steps.of_goods", codes=named, part=Amount(part), whole=Amount(whole))


def _edition(rests: Basis) -> Basis:
    """Return a basis for codes that are the same in two editions."""
    return replace(rests, edition="HS")


def _amount(
    dataset: Dataset, codes: goods_values.Codes, partner: str, year: int, *, weight: bool
) -> tuple[float, own_count.YearOfCodes] | None:
    """Return value in US$ or weight in kg of China's imports of some codes in a year; None unless all are held."""
    if partner == "RUS" and not weight:
        own = own_count.year(dataset, codes, "import", year)
        return (own.value, own) if own else None
    cells = [_reported(dataset, partner).get((code, year)) for code in codes]
    known = [one for one in cells if one]
    amounts = [one[1] if weight else one[0].value for one in known]
    if not known or len(known) < len(codes) or any(not amount > 0 for amount in amounts):
        return None
    return sum(amounts), known[0][0]


@per_dataset(8)
def _reported(dataset: Dataset, partner: str) -> dict[tuple[str, int], tuple[own_count.YearOfCodes, float]]:
    """Return China's own imports of each code from a partner by year, with their weight: Comtrade before its tables."""
    known = dataset.known
    chosen = known["reporter"].eq("CHN") & known["partner"].eq(partner) & known["flow"].eq("import")
    chosen &= (
        known["currency"].eq("USD")
        & (serves(known, SourceRole.NOW) | serves(known, SourceRole.TABLES))
        & schema.months(known).eq(12)
    )
    rows = known[chosen & harmonized(known)]
    rows = rows[rows["status"].astype("str").isin(["final", "derived"])].astype({"source": "str"})
    rows = rows.sort_values(["source", "status"], ascending=[False, True], kind="stable")
    return {_code(row): _line(row) for row in rows.to_dict("records")}


def _code(row: dict[Any, Any]) -> tuple[str, int]:
    """Name a line by its heading where it is the only one of it: ``270900`` and ``27090000`` are ``2709``."""
    code = str(row["commodity_code"])
    return (code[:4] if len(code) > 4 and not code[4:].strip("0") else code), row["period_start"].year


def _line(row: dict[Any, Any]) -> tuple[own_count.YearOfCodes, float]:
    day = dated(row["released"])
    rests = Basis("CHN", "CIF", str(row["classification"]))
    count = own_count.YearOfCodes(float(row["value"]), (str(row["commodity_code"]),), rests, str(row["source"]), day)
    return count, float(row["net_weight_kg"])


def _of_trade(dataset: Dataset, side: str, flow: str) -> list[Entry]:
    """Return the other country's share of a country's trade; see ``partners.dependence``. ``total`` adds both flows."""
    shares = dependence.dependence(dataset)
    rows = shares[shares["side"].eq(_SIDES[side]) & shares["count"].isin(_BASES) & shares["share_pct"].notna()]
    if flow != "total":
        return [_traded(row, flow) for row in rows[rows["flow"].eq(flow)].to_dict("records")]
    keys = ["count", "basis", "period_start", "currency", "source", "base_source"]
    rows = rows.assign(basis=[str(replace(Basis.read(code), valuation="FOB+CIF")) for code in rows["basis"]])
    both = rows.groupby(keys, as_index=False, observed=True).agg(
        value=("value", "sum"),
        world_value=("world_value", "sum"),
        flows=("flow", "nunique"),
        released=("released", "max"),
    )
    return [_traded(row, flow) for row in both[both["flows"].eq(2)].to_dict("records")]


def _traded(row: dict[Any, Any], flow: str) -> Entry:
    year, rests, currency = row["period_start"].year, Basis.read(str(row["basis"])), str(row["currency"])
    source, day = plus((row["source"], row["base_source"])) or "", dated(row["released"])
    made = _made(Kind.PART, source, day, rests, _parts(row["value"], row["world_value"], currency, 1))
    made = replace(made, currency=currency, counter=str(row["count"]))
    return _share(row["value"], row["world_value"], flow, year, made)
