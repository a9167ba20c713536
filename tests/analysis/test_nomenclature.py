"""What the edition of 2022 left whole: groups by hand, the shipped table, and what the data say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import nomenclature
from analysis.measures.goods import goods
from tests.analysis.kit import dataset as small
from tests.analysis.kit import row

if TYPE_CHECKING:
    from analysis.dataset import Dataset


def changes(*pairs: tuple[str, str, str]) -> pd.DataFrame:
    """Return a table of pairs: code of 2017, code of 2022, kind."""
    return pd.DataFrame(pairs, columns=["hs2017", "hs2022", "kind"]).assign(reason="", reference="synthetic")


def changes_of(*pairs: tuple[str, str, str]) -> Dataset:
    """Return a dataset with a table of changes."""
    return small(row("2021-01"), hs_changes=changes(*pairs))


def test_a_group_is_closed_over_several_steps() -> None:
    """100010 and 100020 share 100021, 100020 and 100030 share 100031: one group; a sliver joins nothing."""
    pairs = [("100010", "100021", "x"), ("100020", "100021", "x"), ("100020", "100031", "x"), ("100030", "100031", "x")]
    dataset = changes_of(*pairs, ("1000", "999999", "sliver"))
    group = nomenclature.of_2017(dataset, "100010")
    assert (sorted(group.before), sorted(group.after)) == (["100010", "100020", "100030"], ["100021", "100031"])
    assert nomenclature.of_2022(dataset, "100031") == group
    assert nomenclature.of_2022(dataset, "999999").kind == "same"


def test_a_chapter_closes_where_its_goods_stay_in_it() -> None:
    """A split inside a heading leaves it whole; goods that come from another chapter do not."""
    dataset = changes_of(("270111", "270121", "split"), ("270111", "270122", "split"), ("900010", "850010", "moved"))
    assert nomenclature.closes(dataset, "27")
    assert not nomenclature.closes(dataset, "270111")
    assert not nomenclature.closes(dataset, "85")
    assert nomenclature.closes(dataset, "85", "90")
    assert nomenclature.edition(dataset, "27", "HS2022") == nomenclature.edition(dataset, "27", "HS2017") == "HS"
    assert nomenclature.edition(dataset, "85", "HS2022") == "HS2022"


def test_of_a_chapter_that_is_not_listed_nothing_is_said() -> None:
    """A table that lists chapters says nothing of the others."""
    dataset = changes_of(("27", "27", "listed"))
    assert nomenclature.closes(dataset, "2709")
    assert not nomenclature.closes(dataset, "3004")


def test_without_a_table_every_code_goes_over_as_it_is() -> None:
    """No table, no change."""
    assert nomenclature.of_2017(small(row("2021-01")), "870322").kind == "same"
    assert nomenclature.closes(small(row("2021-01")), "87")


codes = st.sampled_from(["100010", "100020", "100030", "100040"])


@given(st.lists(st.tuples(codes, codes), min_size=1, max_size=8))
def test_groups_part_the_codes(pairs: list[tuple[str, str]]) -> None:
    """Whatever the pairs, a code is in one group on each side, and both codes of a pair are in the same."""
    dataset = changes_of(*((old, new, "regrouped") for old, new in pairs))
    for old, new in pairs:
        assert nomenclature.of_2017(dataset, old) == nomenclature.of_2022(dataset, new)
    groups = {nomenclature.of_2017(dataset, old) for old, _ in pairs}
    assert sum(len(group.before) for group in groups) == len({old for old, _ in pairs})
    assert sum(len(group.after) for group in groups) == len({new for _, new in pairs})


def test_each_priority_code_is_listed_with_its_partners(dataset: Dataset) -> None:
    """Of the fifty 42 stay as they are and two are thinned; of the six of 2022 alone two were renumbered."""
    listed = dataset.side("chpl")["hs6"]
    table = dataset.side("hs_changes")
    assert set(listed) <= set(table["hs2017"]) | set(table["hs2022"])
    kinds = {code: nomenclature.of_2022(dataset, code).kind for code in listed}
    assert [code for code, kind in kinds.items() if kind == "thinned"] == ["852990", "901380"]
    assert sorted(code for code, kind in kinds.items() if kind == "moved") == ["854800", "880730"]
    assert sum(kind == "same" for kind in kinds.values()) == 42
    assert nomenclature.of_2022(dataset, "880730").before == {"880330"}


def test_the_table_says_what_the_data_show(dataset: Dataset) -> None:
    """Codes of the list that lose more than two thirds in 2022 are those that the table calls thinned."""
    lines = goods.lines(dataset)
    lines = lines[lines["flow"].eq("export") & lines["code"].isin(list(dataset.side("chpl")["hs6"]))]
    years = lines.pivot_table(index="code", columns="year", values="value", aggfunc="sum")
    broken = years[(years[2022] / years[2021]).lt(1 / 3) & years[2021].gt(100e6)].index
    assert sorted(broken) == ["852990", "901380"]
    assert {nomenclature.of_2017(dataset, code).kind for code in broken} == {"thinned"}


@pytest.mark.parametrize("code", ["27", "26", "10", "87", "8703", "2709"])
def test_fuels_ores_grain_and_cars_are_left_whole(dataset: Dataset, code: str) -> None:
    """What is compared across the two editions on China's own count did not change."""
    assert nomenclature.closes(dataset, code)


def test_machines_took_display_modules_from_chapter_90(dataset: Dataset) -> None:
    """Chapters 84 and 85 together gained 901380's modules: the groups that cross are named."""
    before = {code for group in nomenclature.crossing(dataset, ("84", "85")) for code in group.before}
    assert "901380" in before
    assert not nomenclature.closes(dataset, "84", "85")
