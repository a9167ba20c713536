"""The words of the split of price and volume: one basis, named; what is refused, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.basis import Basis
from analysis.measures.energy import definitions as energy
from analysis.measures.prices import price_volume
from layouts.charts.goods import words as goods_words
from layouts.figure import source_line
from layouts.figure.chart import Stated, Words
from layouts.words import basis_words, text

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd


def words(rows: pd.DataFrame) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    if rows.empty:
        return Words(
            "No two years to compare are held",
            "Lacking: two years of goods by six-digit code with their weights",
            "",
            "US$ bn",
        )
    first, last = rows["period_start"].iloc[0].year, rows["period_end"].iloc[0].year
    own = rows[rows["count"].eq(price_volume.BACI)]
    finding, declared = _finding(rows, str(last) if last == first + 1 else f"{first} to {last}")
    subtitle = (
        f"Russia’s goods to China, change from {first} to {last}, US$ bn, {_counted(own)}; "
        "split exactly into price and volume (Bennet, by six-digit code)"
    )
    return Words(finding, subtitle, source_line.line(rows), "US$ bn", _note(rows, own), declared)


def _counted(own: pd.DataFrame) -> str:
    """Say who counted, and with or without freight; or that two counts are not compared."""
    if own["change"].isna().any():
        return "of BACI two counts that are not compared; hollow: China’s customs, CIF"
    kinds = dict.fromkeys(Basis.read(code).valuation for code in own["basis"])
    return f"{goods_words.who(dict.fromkeys(own['basis']))}, {text.listed(kinds)}"


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
        return f"No split of price and volume {'across a change of who counts' if parted else 'for these years'}", ()
    bases = dict.fromkeys(fuels["basis"])
    fuels = fuels[fuels["basis"].eq(next(iter(bases)))]  # one basis a sentence
    row, (price, volume) = fuels.iloc[0].to_dict(), _sums(fuels)
    names = [{"crude": "crude", "coal": "coal"}.get(good, energy.NAMES[good]) for good in fuels["good"]]
    said = f"{when}: {_verdict(price, volume)}; {', '.join(names)} price"
    finding = f"{said} {text.signed(price / 1e9)}, volume {text.signed(volume / 1e9)} US${text.NBSP}bn"
    return finding, tuple(goods_words.stated(row, value, row["base_basis"]) for value in (price, volume))


def _sums(rows: pd.DataFrame) -> tuple[float, float]:
    return float(rows["price_effect"].sum()), float(rows["volume_effect"].sum())


def _verdict(price: float, volume: float) -> str:
    """Name the change in two or three words."""
    if price > 0 and volume > 0:
        return "mostly dearer" if price > volume else "mostly more"
    if price <= 0 and volume <= 0:
        return "cheaper and less"
    return "dearer, but less" if price > 0 else "cheaper, but more"


def _note(rows: pd.DataFrame, own: pd.DataFrame) -> str:
    compared = own[own["change"].notna()]
    said = [f"Hatched, not split: {_refused(compared)}."] if compared["refused"].notna().any() else []
    parted = own[own["change"].isna()]
    if len(parted):
        said.append(f"Not compared, {parted['refused'].iloc[0]}: {_names(parted)}.")
    if own.loc[own["refused"].isna(), "unsplit"].abs().gt(5e6).any():
        said.append("Codes found in one year only belong to neither price nor volume.")
    return " ".join([*said, *_printed(rows, own)])


def _printed(rows: pd.DataFrame, own: pd.DataFrame) -> list[str]:
    """Say what the hollow bars are, how their weights grew, and why some are not split."""
    held = rows[rows["count"].eq(price_volume.CUSTOMS)]
    split = held[held["refused"].isna()]
    said = [
        f"{_name(row)} by customs, not compared: {row['refused']}." for row in _records(held[held["refused"].notna()])
    ]
    if split.empty:
        return said
    kinds = dict.fromkeys(basis_words.PRINTS[Basis.read(code).print] for code in split["basis"])
    weights = [f"{_name(row)} {_heavier(row)}{_beside(row, own)}" for row in _records(split)]
    return [*said, f"Hollow: China’s customs, {text.listed(kinds)}; by weight {'; '.join(weights)}."]


def _records(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return rows.to_dict("records")


def _name(row: dict[Hashable, Any]) -> str:
    return _small(price_volume.NAMES[str(row["good"])])


def _heavier(row: dict[Hashable, Any]) -> str:
    return text.percent(100 * (row["weight_kg"] / row["weight_before_kg"] - 1), 0)


def _beside(row: dict[Hashable, Any], own: pd.DataFrame) -> str:
    twin = own[own["good"].eq(row["good"]) & own["weight_kg"].notna()]
    return f" ({_heavier(twin.iloc[0].to_dict())} in BACI)" if len(twin) else ""


def _names(rows: pd.DataFrame) -> str:
    return text.listed(_small(price_volume.NAMES[good]) for good in rows["good"])


def _small(name: str) -> str:
    return name if name.isupper() else name.lower()


def _refused(own: pd.DataFrame) -> str:
    held = own[own["refused"].notna()]
    return "; ".join(
        f"{price_volume.NAMES[good]}, {why}" for good, why in zip(held["good"], held["refused"], strict=True)
    )
