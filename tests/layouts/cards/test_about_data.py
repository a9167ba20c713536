"""About the data: every source of the table with its span and licence, every kind of difference counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.dataset import Dataset
from analysis.selection import LANGUAGES
from layouts.cards import about_data
from layouts.words import language
from layouts.words.catalogue import say
from loaders.checking.checks import Check
from loaders.core import schema
from tests.analysis import kit

if TYPE_CHECKING:
    from dash.development.base_component import Component


def texts(component: Component | list[Any] | str | None) -> list[str]:
    """Return the texts of a component, from first to last."""
    if component is None:
        return []
    if isinstance(component, list):
        return [text for one in component for text in texts(one)]
    if isinstance(component, (str, int, float)):
        return [str(component)]
    return texts(getattr(component, "children", None))


def test_every_source_is_listed(dataset: Dataset) -> None:
    """Each source that the table names has a line with its rows, and the lines hold all rows."""
    shown = texts(about_data.about_data(dataset))
    counts = dataset.trade["source"].astype("str").value_counts()
    assert len(counts) > 5
    for count in counts:
        assert f"{count:,}" in shown
    assert "CEPII BACI" in shown
    assert "Etalab Open Licence 2.0" in shown


def test_a_moment_of_import_is_no_release() -> None:
    """Figures that nobody dated are not said to be released on the day on which they were brought."""
    day, ours = "2024-06-30", f'import "a.csv"{schema.BROUGHT}'
    brought = kit.row("2024-01", source="oec", released=day, reference=ours)
    own = kit.row("2024-01", source="fcs", reporter="RUS", partner="CHN", flow="export", released=day)
    both = texts(about_data.about_data(kit.dataset(brought, own)))
    assert both.count(say("about.undated")) == 1
    assert both.count("by 30 Jun 2024") == 1


def test_differences_add_up(dataset: Dataset) -> None:
    """The kinds of differences count all that the checks have found."""
    checks = dataset.side("CHECKS")
    lines = [
        shown for shown in texts(about_data.about_data(dataset)) if "explained" in shown and "differences," in shown
    ]
    assert sum(int(line.split(": ")[1].split(" ")[0].replace(",", "")) for line in lines) == len(checks) - 1
    assert len({line.split(":")[0] for line in lines}) == checks["check"].nunique() - 1  # one kind has one difference


def test_every_kind_of_difference_has_words(dataset: Dataset) -> None:
    """A new check gets its words with it."""
    assert set(dataset.side("CHECKS")["check"]) <= set(Check)
    for code in LANGUAGES:
        with language.speaking(code):
            assert len({say(about_data._CHECK.format(check)) for check in Check}) == len(Check)


@pytest.mark.parametrize(("code", "words"), [("zh", "来源之间的差异"), ("ru", "Где источники расходятся")])
def test_other_languages(dataset: Dataset, code: str, words: str) -> None:
    """The same in Chinese and Russian."""
    with language.speaking(code):
        assert words in texts(about_data.about_data(dataset))


def test_a_check_of_an_earlier_version_keeps_its_name(dataset: Dataset) -> None:
    """Data of an earlier release may name its checks otherwise: the page stands, and says the name as it is."""
    old = dataset.side("CHECKS").head(1).assign(check="a name of before")
    earlier = replace(dataset, sides={"CHECKS": old})
    assert any(words.startswith("a name of before") for words in texts(about_data.about_data(earlier)))


def test_nothing_held_is_nothing_listed() -> None:
    """Without data there is no table and no count."""
    assert about_data.about_data(Dataset(pd.DataFrame())) == []


def test_a_bar_lies_inside_the_whole() -> None:
    """The bar of a source that covers half of the months is half as long, at its place."""
    days = [pd.Timestamp(day) for day in ("2000-01-01", "2010-01-01", "2020-01-01")]
    style = about_data._bar(days[1], days[2], (days[0], days[2])).children.style
    assert style == {"left": "50.0%", "width": "50.0%"}
