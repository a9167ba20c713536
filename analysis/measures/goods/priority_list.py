"""The Common High Priority List: which codes of the edition of 2017 carry each of its codes, and which cannot."""

from dataclasses import dataclass

from analysis import nomenclature
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.goods import goods, reasons


@dataclass(frozen=True)
class Member:
    """A code of the list: the codes of 2017 that carry it, and why its years before and after 2022 are not comparable.

    ``carriers`` without ``reason`` hold the same goods in both editions, or share them with other codes of the same
    tier; with a reason they bear the number alone. No carriers: the edition of 2017 has no such code.
    """

    code: str
    tier: str
    carriers: tuple[str, ...]
    reason: str = ""


@per_dataset(4)
def members(dataset: Dataset) -> tuple[Member, ...]:
    """Return the codes of the list, each with what carries it in the edition of 2017."""
    listed = dataset.side("chpl")
    if listed.empty:
        return ()
    tiers = {str(code): str(tier) for code, tier in zip(listed["hs6"], listed["tier"], strict=True)}
    known = dict(zip(listed["hs6"], listed["edition"].str.contains(goods.EDITION, regex=False), strict=True))
    return tuple(_member(dataset, code, tiers, old=bool(known[code])) for code in tiers)


def _member(dataset: Dataset, code: str, tiers: dict[str, str], *, old: bool) -> Member:
    group, tier = nomenclature.of_2022(dataset, code), tiers[code]
    if group.kind == nomenclature.SAME:
        return Member(code, tier, (code,) if old else (), "" if old else reasons.written("begins"))
    if all(tiers.get(one) == tier for one in group.after):
        gone = _gone(dataset, group.before)
        return Member(code, tier, () if gone else tuple(sorted(group.before)), gone)
    part = reasons.written("part", codes=reasons.BETWEEN.join(sorted(group.before)))
    if code not in group.before:
        return Member(code, tier, (), part)
    return Member(code, tier, (code,), reasons.written("changed", code=code))


def _gone(dataset: Dataset, codes: frozenset[str]) -> str:
    """Return the reason where the source carries nothing under codes since the change, though it did before."""
    lines = goods.lines(dataset)
    own, change = lines[lines["code"].isin(list(codes))], nomenclature.CHANGED.year
    ended = len(own) and lines["year"].max() >= change and own["year"].max() < change
    return reasons.written("gone", codes=reasons.BETWEEN.join(sorted(codes)), year=change) if ended else ""
