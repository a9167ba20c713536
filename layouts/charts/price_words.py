"""The words of the split of price and volume: one basis, named; what is refused, with its reason."""

from __future__ import annotations

import pandas as pd

from analysis import energy, prices
from layouts import basis_words, text
from layouts.charts import goods_words, sources
from layouts.charts.base import Stated, Words


def words(rows: pd.DataFrame) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    if rows.empty:
        return Words("No two years to compare for this choice", "Choose years that BACI holds", "", "US$ bn")
    first, last = rows["period_start"].iloc[0].year, rows["period_end"].iloc[0].year
    own = rows[rows["count"].eq(prices.BACI)]
    finding, declared = _finding(own, str(last) if last == first + 1 else f"{first} to {last}")
    counted = dict.fromkeys(basis_words.named(code) for code in own["basis"])
    subtitle = (
        f"Russia’s goods to China, change from {first} to {last}, US$ bn, {text.listed(counted)}; "
        "split exactly into price and volume (Bennet, by six-digit code)"
    )
    return Words(finding, subtitle, sources.line(rows), "US$ bn", _note(rows, own), declared)


def _finding(own: pd.DataFrame, when: str) -> tuple[str, tuple[Stated, ...]]:
    """Say which did more for the fuels that can be split."""
    fuels = own[own["good"].isin(list(energy.FUELS)) & own["refused"].isna()]
    if fuels.empty:
        parted = own["change"].isna().any()
        return f"No split of price and volume {'across a change of who counts' if parted else 'for these years'}", ()
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
    """Say how customs' own prints differ, or why they are not split."""
    said = []
    for row in rows[rows["count"].eq(prices.CUSTOMS)].to_dict("records"):
        name = prices.NAMES[str(row["good"])]
        if not pd.isna(row["refused"]):
            said.append(f"{name}, not split: {row['refused']}.")
            continue
        twin = own[own["good"].eq(row["good"])].iloc[0]
        more = [100 * (one["weight_kg"] / one["weight_before_kg"] - 1) for one in (row, twin)]
        beside = "" if pd.isna(more[1]) else f", {text.percent(more[1], 0)} in BACI"
        counted = basis_words.named(str(row["basis"]))
        said.append(f"Hollow: {counted}, rounded; {name.lower()} {text.percent(more[0], 0)} by weight{beside}.")
    return said


def _names(rows: pd.DataFrame) -> str:
    return text.listed(prices.NAMES[good].lower() for good in rows["good"])


def _refused(own: pd.DataFrame) -> str:
    held = own[own["refused"].notna()]
    return "; ".join(f"{prices.NAMES[good]}, {why}" for good, why in zip(held["good"], held["refused"], strict=True))
