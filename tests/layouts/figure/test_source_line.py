"""The line of sources names every source plotted with its years, the newest release, and who may use it. Made up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.figure import source_line
from layouts.words.language import speaking
from layouts.words.small_print import sentences
from loaders.core import schema
from loaders.core.source_records import record_of


def rows(*cells: tuple[str, str, str], **over: Any) -> pd.DataFrame:
    """Return rows: source, first month and last month."""
    made = pd.DataFrame(
        {
            "source": [source for source, *_ in cells],
            "period_start": [pd.Timestamp(f"{start}-01") for _, start, _ in cells],
            "period_end": [pd.Timestamp(f"{end}-01") for *_, end in cells],
        }
    )
    return made.assign(**{"reference": "a synthetic row", "released": pd.NaT, "provisional": False, **over})


def test_each_source_has_the_years_of_its_own_rows() -> None:
    """Two sources, each with its span; a row of both counts for either."""
    said = source_line.line(rows(("imf", "2019-01", "2020-12"), ("baci", "2022-01", "2022-12")))
    assert said.startswith("Source: IMF (2019–2020); CEPII BACI (2022).")
    both = source_line.line(rows(("imf + baci", "2019-01", "2019-12"), ("baci", "2022-01", "2022-12")))
    assert both.startswith("Source: IMF (2019); CEPII BACI (2019–2022).")


SOURCES = st.lists(st.sampled_from(["imf", "baci", "comtrade", "gacc", "fcs", "press", "crea"]), min_size=1, max_size=6)


@given(SOURCES, st.sampled_from(["en", "zh", "ru"]))
def test_every_source_is_named_in_the_first_sentence(names: list[str], code: str) -> None:
    """Whoever stands in a row or in a base is named once, in every language; and all licences stand in the last."""
    table = rows(*((name, "2023-01", "2023-12") for name in names), base_source=names[::-1])
    with speaking(code):
        said = source_line.line(table)
        first = sentences(said)[0]
        for name in set(names):
            assert source_line.brief(name) in first
            assert source_line.licence(name).rstrip(".") in said
    assert source_line.names(table) == list(dict.fromkeys(names))


def test_a_base_alone_is_named_without_years() -> None:
    """A source that is only compared with has no months of its own in the picture."""
    said = source_line.line(rows(("imf", "2023-01", "2023-12"), base_source="gacc"))
    assert sentences(said)[0] == f"Source: IMF (2023); {source_line.brief('gacc')}."


def test_figures_that_are_all_preliminary_say_so() -> None:
    """One firm row is enough for none to be called preliminary."""
    weak = rows(("imf", "2023-01", "2023-12"), ("imf", "2022-01", "2022-12"), provisional=True)
    assert "preliminary" in source_line.line(weak)
    assert "preliminary" not in source_line.line(weak.assign(provisional=[True, False]))


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"released": pd.Timestamp("2024-01-12")}, "12 Jan 2024"),
        ({"released": pd.Timestamp("2024-01-31")}, "by 31 Jan 2024"),
        ({"released": pd.NaT}, ""),
        ({"released": pd.Timestamp("2024-01-12"), "reference": f"x {schema.DATED_HERE}"}, "12 Jan 2024"),
    ],
)
def test_the_newest_day_is_the_publishers_or_ours(over: dict[str, Any], said: str) -> None:
    """A day of a publisher, a month's end as "by", none where nobody dated it, and the day of reading apart."""
    line = source_line.line(rows(("imf", "2023-01", "2023-12"), **over))
    assert said in line
    dated = source_line.line(rows(("imf", "2023-01", "2023-12"), released=pd.Timestamp("2024-01-12")))
    assert (line == dated) == (over == {"released": pd.Timestamp("2024-01-12")})


def test_months_after_the_newest_dated_release_are_said_to_bear_no_date() -> None:
    """A release of June cannot hold figures of December: the sentence is another one."""
    table = rows(("imf", "2023-01", "2023-05"), ("gacc", "2023-06", "2023-12"))
    early = table.assign(released=pd.to_datetime(["2023-06-07", ""]))
    late = table.assign(released=pd.to_datetime(["2024-01-12", ""]))
    assert source_line._dates(early) != source_line._dates(late)
    assert len(source_line._dates(early)[0]) > len(source_line._dates(late)[0])
    missing = early.assign(reference=["a synthetic row", ""])
    assert "Newest dated release: 7 Jun 2023" in source_line._dates(missing)[0]
    assert source_line._dates(missing) != source_line._dates(early), "a row that says that there is none dates nothing"


def test_a_rate_is_named_where_one_was_used() -> None:
    """Each rate once; one that nobody knows by its code; none without a column."""
    converted = rows(("imf", "2023-01", "2023-12"), ("imf", "2022-01", "2022-12"), rate_source=["GACC_IMPLIED", None])
    assert source_line.rates(["GACC_IMPLIED"]) in source_line.line(converted)
    assert source_line.rates(["OWN_RATE"]) == "OWN_RATE"
    both = source_line.rates(["GACC_IMPLIED + H10_CNY"])
    assert source_line.rates(["GACC_IMPLIED"]) in both
    assert source_line.rates(["H10_CNY"]) in both
    plain = rows(("imf", "2023-01", "2023-12"))
    assert source_line._rates(plain) == source_line._rates(plain.assign(rate_source=None)) == ""


def test_files_of_the_reader_are_named() -> None:
    """What the reader brought is told by the mark of its import, each file once."""
    mark = 'import "mine.csv", row 12 (2026-11-24T08:00:05)'
    table = rows(("oec", "2023-01", "2023-12"), ("oec", "2022-01", "2022-12"), reference=mark)
    assert source_line.brought(table) == ["mine.csv"]
    assert "mine.csv" in source_line.line(table)
    assert source_line.brought(table.drop(columns="reference")) == []


def test_nothing_rests_on_nobody() -> None:
    """An empty picture has no line."""
    assert source_line.line(rows()) == ""


def test_whoever_is_none_of_ours_is_quoted_by_name() -> None:
    """A paper's own name, no publisher, and terms of quotation; a source of ours has all of them."""
    assert source_line.brief("A. Paper") == source_line.title("A. Paper") == "A. Paper"
    assert source_line.publisher("A. Paper") == ""
    assert source_line.record("A. Paper") == {"name": "A. Paper"}
    assert source_line.licence("A. Paper") == source_line.licence("B. Paper")
    record = record_of("baci")
    assert record is not None
    own = source_line.record("baci")
    assert own["cite"] == record.cite
    assert own["homepage"].startswith("https://")


@pytest.mark.parametrize("code", ["zh", "ru"])
def test_an_office_is_named_in_the_language(code: str) -> None:
    """A publisher of ours has its name in the language; another keeps the one it was given."""
    record = record_of("baci")
    assert record is not None
    with speaking(code):
        assert source_line.office(record.publisher) == source_line.publisher("baci")
        assert source_line.office("Somebody") == "Somebody"
        assert source_line.short("imf + A. Paper").endswith("A. Paper")
