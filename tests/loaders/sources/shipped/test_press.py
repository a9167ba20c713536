"""Prints of one day: the longest is the row, the others stand beside it."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from loaders.core import store
from loaders.sources.shipped import figure_files, press
from tests.loaders.sources.shipped.test_figures import needs_origin, origin
from tests.loaders.support.lines import file


def test_digits_by_hand() -> None:
    """Leading zeros say nothing, trailing zeros are printed digits."""
    printed = pd.Series(["114.547", "114.5", "20.750", "0.503", "100", "0.0"])
    assert press.digits(printed).tolist() == [6, 4, 5, 3, 3, 0]


def test_the_longest_print_is_the_row() -> None:
    """Of three papers on one day the one with most digits stays; another day is another vintage."""
    content = file(
        {"value": "114.5", "publisher": "B"},
        {"value": "114.547", "publisher": "A"},
        {"value": "114.55", "publisher": "C"},
        {"value": "115", "released": "2023-08-08"},
    )
    parsed = press.parse(content, "press.csv")
    assert sorted(parsed.table["value"]) == [114547000000.0, 115000000000.0]
    assert parsed.left_out == {"further prints of the same day": 2}
    _, further = press.select(figure_files.values(figure_files.read(content, "press.csv"))[0])
    assert press.as_text(further)[["printed", "publisher", "released"]].to_numpy().tolist() == [
        ["114.5", "B", "2023-07-13"],
        ["114.55", "C", "2023-07-13"],
    ]


def test_equally_long_prints() -> None:
    """Where two prints are equally long the one that more papers carry is taken, else the first."""
    more = file({"value": "38.18"}, {"value": "38.17"}, {"value": "38.17"})
    first = file({"value": "61.44"}, {"value": "61.45"})
    assert press.parse(more, "a.csv").table["value"].tolist() == [38170000000.0]
    assert press.parse(first, "a.csv").table["value"].tolist() == [61440000000.0]


def test_flows_and_currencies_do_not_compete() -> None:
    """A print in yuan or of another flow stands on its own."""
    content = file({"value": "1"}, {"value": "2.22", "unit": "bn_cny"}, {"value": "3.333", "flow": "export"})
    assert len(press.parse(content, "a.csv").table) == 3


@given(st.lists(st.tuples(st.sampled_from(["100", "100.1", "100.12", "99.9"]), st.sampled_from("ABC")), min_size=1))
def test_selection_loses_nothing(prints: list[tuple[str, str]]) -> None:
    """Rows and further prints together are all prints; no further print of a day has more digits than its row."""
    days = {"A": "2023-01-01", "B": "2023-01-02", "C": ""}
    content = file(*({"value": value, "released": days[day]} for value, day in prints))
    rows, _ = figure_files.values(figure_files.read(content, "a.csv"))
    chosen, further = press.select(rows)
    assert sorted([*chosen["row"], *further["row"]]) == sorted(rows["row"])
    assert len(chosen) == len({day for _, day in prints})
    longest = dict(zip(press.as_text(chosen)["released"].fillna(""), press.digits(chosen["printed"]), strict=True))
    released = press.as_text(further)["released"].fillna("")
    assert all(d <= longest[day] for d, day in zip(press.digits(further["printed"]), released, strict=True))


@needs_origin
def test_agrees_with_plain_loops() -> None:
    """The collected press file, counted by loops: one row a window, flow, partner and day, of the longest value."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in origin("press_totals.csv"):
        converted = any(word in row["note"] for word in ("converted by Reuters", "conversion;", "6.48 trn", "NOT the"))
        if row["value_usd_bn"] and not row["doubt"] and not converted:
            key = (row["period_start"], row["period_end"], row["measure"], row["partner"], row["published"])
            groups[key].append(row["value_usd_bn"])
    rows, _ = figure_files.values(figure_files.read((store.FIGURES / "press.csv").read_bytes(), "press.csv"))
    chosen, further = press.select(rows)
    assert (len(chosen), len(further)) == (len(groups), sum(map(len, groups.values())) - len(groups))
    most = [max(len(value.replace(".", "").lstrip("0")) for value in values) for values in groups.values()]
    assert sorted(press.digits(chosen["printed"])) == sorted(most)
