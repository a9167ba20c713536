"""The words of the split of price and volume: one basis, named; what is refused, with its reason."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from analysis.basis import Basis, Print
from analysis.measures.energy import definitions as energy
from analysis.measures.prices import price_volume
from layouts.charts.goods import words as goods_words
from layouts.figure import source_line
from layouts.figure.chart import Stated, Words
from layouts.words import basis_words, names, text
from layouts.words.catalogue import say
from layouts.words.forms import Forms

_GOOD: Final = "goods.weighed.{}"
# by what became dearer, and what more: price up or not, volume up or not, and which of the two did more
_DEARER: Final = "charts.price-volume.mostly_dearer"
_MORE: Final = "charts.price-volume.mostly_more"
_VERDICTS: Final = {
    (True, False): "charts.price-volume.dearer_less",
    (False, True): "charts.price-volume.cheaper_more",
    (False, False): "charts.price-volume.cheaper_less",
}
_HOLLOW: Final[dict[tuple[Print, ...], str]] = {
    (Print.FIRST,): "charts.price-volume.hollow.first",
    (Print.NOW,): "charts.price-volume.hollow.now",
}


def good(code: str) -> Forms:
    """Name goods that are sold by weight, in small letters."""
    return names.fuel(code) if code in energy.FUELS else Forms.read(say(_GOOD.format(code)))


def words(rows: pd.DataFrame) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    unit = text.unit_bn("USD")
    if rows.empty:
        return Words(say("charts.price-volume.empty"), say("charts.price-volume.lacking"), "", unit)
    first, last = rows["period_start"].iloc[0].year, rows["period_end"].iloc[0].year
    own = rows[rows["count"].eq(price_volume.BACI)]
    finding, declared = _finding(rows, text.year(last) if last == first + 1 else text.years(first, last))
    subtitle = _subtitle(own, {"first": text.year(first), "last": text.year(last), "unit": unit})
    return Words(finding, subtitle, source_line.line(rows), unit, _note(rows, own), declared)


def _subtitle(own: pd.DataFrame, years: dict[str, str]) -> str:
    """Say who counted, and with or without freight; or that two counts are not compared."""
    if own["change"].isna().any():
        return say("charts.price-volume.subtitle_apart", **years)
    kinds = dict.fromkeys(basis_words.valued(Basis.read(code).valuation) for code in own["basis"])
    who = goods_words.who(dict.fromkeys(own["basis"]))
    return say("charts.price-volume.subtitle", **years, who=who, valuation=text.listed(kinds))


def _finding(rows: pd.DataFrame, when: str) -> tuple[str, tuple[Stated, ...]]:
    """Say which did more for the fuels that can be split: in BACI, else as China's customs count them."""
    split = rows[rows["good"].isin(list(energy.FUELS)) & rows["refused"].isna()]
    fuels = next(
        (
            split[split["count"].eq(one)]
            for one in (price_volume.BACI, price_volume.CUSTOMS)
            if split["count"].eq(one).any()
        ),
        split,
    )
    if fuels.empty:
        parted = rows["change"].isna().any()
        return say("charts.price-volume.no_split_across" if parted else "charts.price-volume.no_split"), ()
    bases = dict.fromkeys(fuels["basis"])
    fuels = fuels[fuels["basis"].eq(next(iter(bases)))]  # one basis a sentence
    row, (price, volume) = fuels.iloc[0].to_dict(), _sums(fuels)
    figures = {"price": text.signed_bn(price), "volume": text.signed_bn(volume), "unit": text.unit_bn("USD")}
    finding = say(_verdict(price, volume), when=when, goods=text.listed(map(good, fuels["good"])), **figures)
    return finding, tuple(goods_words.stated(row, value, row["base_basis"]) for value in (price, volume))


def _sums(rows: pd.DataFrame) -> tuple[float, float]:
    return float(rows["price_effect"].sum()), float(rows["volume_effect"].sum())


def _verdict(price: float, volume: float) -> str:
    """Return the key of the sentence that names the change in two or three words."""
    if price > 0 and volume > 0:
        return _DEARER if price > volume else _MORE
    return _VERDICTS[price > 0, volume > 0]


def _note(rows: pd.DataFrame, own: pd.DataFrame) -> str:
    hatched, parted = own[own["change"].notna() & own["refused"].notna()], own[own["change"].isna()]
    sentences = [say("charts.price-volume.hatched", goods=_with_reasons(hatched))] if len(hatched) else []
    if len(parted):
        reason, goods = str(parted["refused"].iloc[0]), text.listed(map(good, parted["good"]))
        sentences.append(say("charts.price-volume.not_compared", reason=reason, goods=goods))
    if own.loc[own["refused"].isna(), "unsplit"].abs().gt(5e6).any():
        sentences.append(say("charts.price-volume.one_year_only"))
    return text.sentences([*sentences, *_printed(rows, own)])


def _with_reasons(rows: pd.DataFrame) -> str:
    pairs = zip(rows["good"], rows["refused"], strict=True)
    return text.listed(say("charts.price-volume.because", good=good(code), reason=str(why)) for code, why in pairs)


def _printed(rows: pd.DataFrame, own: pd.DataFrame) -> list[str]:
    """Say what the hollow bars are, how their weights grew, and why some are not split."""
    customs = rows[rows["count"].eq(price_volume.CUSTOMS)]
    split, apart = customs[customs["refused"].isna()], customs[customs["refused"].notna()]
    sentences = [say("charts.price-volume.customs_apart", goods=_with_reasons(apart))] if len(apart) else []
    if split.empty:
        return sentences
    kinds = tuple(dict.fromkeys(Basis.read(code).print for code in split["basis"]))
    weights = text.listed(_weight(row, own) for row in split.to_dict("records"))
    return [*sentences, say(_HOLLOW.get(kinds, "charts.price-volume.hollow.both"), weights=weights)]


def _weight(row: dict[Hashable, Any], own: pd.DataFrame) -> str:
    """Say how the weight of a good grew as customs print it, and beside it in BACI."""
    named = {"good": good(str(row["good"])), "rate": _heavier(row)}
    merged = own[own["good"].eq(row["good"]) & own["weight_kg"].notna()]
    if merged.empty:
        return say("charts.price-volume.weight", **named)
    return say("charts.price-volume.weight_beside", **named, other=_heavier(merged.iloc[0].to_dict()))


def _heavier(row: dict[Hashable, Any]) -> str:
    return text.percent(100 * (row["weight_kg"] / row["weight_before_kg"] - 1), 0)
