"""What a link shows elsewhere: the finding, an absolute picture, the data with their terms. The figures are made up."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Words
from layouts.first_picture import link_preview
from layouts.first_picture.link_preview import FirstChart
from layouts.words.language import speaking
from tests.analysis.kit import dataset, row

ROOT = "https://example.org/trade/"
DATA = dataset(row("2022-03"), row("2023-12", source="baci", flow="import"))
FIRST = FirstChart(CHARTS["pulse"], Selection(flow="import"), Words('Up "3%" <on> 2022', "by month", "", "%"))


def tags(head: str) -> dict[str, str]:
    """Return the properties of a page's head."""
    return {name: unescape(value) for name, value in re.findall(r'<meta property="([^"]+)" content="([^"]*)">', head)}


@pytest.mark.parametrize(("code", "place"), [("en", "en_GB"), ("zh", "zh_CN"), ("ru", "ru_RU")])
def test_a_card_has_finding_and_picture_of_the_view(code: str, place: str) -> None:
    """The picture is of the same view in its language, at an absolute address, with a text alternative."""
    with speaking(code):
        said = tags(link_preview.head(DATA, FIRST, "?flow=import", ROOT))
    assert said["og:description"] == FIRST.words.finding
    assert said["og:url"] == f"{ROOT}?flow=import"
    assert said["og:image"] == f"{ROOT}chart/pulse.png?flow=import&lang={code}"
    assert said["og:image:alt"].startswith(FIRST.words.finding)
    assert said["og:image:alt"].endswith("by month")
    assert (said["og:image:width"], said["og:image:height"]) == ("2400", "1350")
    assert said["og:locale"] == place


def test_a_finding_is_no_markup_of_the_page() -> None:
    """Quotation marks and brackets of a typed claim end no attribute."""
    head = link_preview.head(DATA, FIRST, "", ROOT)
    assert "<on>" not in head
    assert head.count("<script") == head.count("</script>") == 1


def test_the_data_are_described_with_span_files_and_sources() -> None:
    """First and last month, CSV and JSON, and each source with its terms."""
    described = link_preview.described_data(DATA, ROOT)
    assert described["temporalCoverage"] == "2022-03/2023-12"
    assert [one["encodingFormat"] for one in described["distribution"]] == ["text/csv", "application/json"]
    assert all(one["contentUrl"].startswith(ROOT) for one in described["distribution"])
    based = {one["name"]: one for one in described["isBasedOn"]}
    assert len(based) == 2
    assert all(one["license"] and one["url"].startswith("https://") for one in based.values())
    assert json.loads(json.dumps(described)) == described


def test_without_data_there_is_no_span() -> None:
    """An empty store describes itself without a first month."""
    described = link_preview.described_data(dataset(row("2022-03")).__class__(DATA.trade.iloc[:0], {}), ROOT)
    assert "temporalCoverage" not in described
    assert described["isBasedOn"] == []


def test_a_source_of_nobody_has_its_name_alone() -> None:
    """A figure that a paper quoted has no homepage here."""
    (quoted,) = link_preview.described_data(dataset(row("2022-03", source="a_paper")), ROOT)["isBasedOn"]
    assert quoted["name"] == "a_paper"
    assert "url" not in quoted
