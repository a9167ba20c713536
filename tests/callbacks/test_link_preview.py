"""What a link to the page shows elsewhere: tags and the described data, absolute, in its language, within a budget."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from analysis.selection import LANGUAGES, Selection
from layouts.charts.registry import CHARTS
from loaders.core.program import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash

    from analysis.dataset import Dataset

MOST = 2048  # bytes that it may add to the page, packed


def opened(app: Dash, path: str, **headers: str) -> str:
    """Return the page as HTML."""
    answer = app.server.test_client().get(path, headers=headers)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def tags(page: str) -> dict[str, str]:
    """Return the tags of the head by property or name."""
    found = re.findall(r'<meta (?:property|name)="([a-z]+:[a-z:]+)" content="([^"]*)">', page)
    return {name: unescape(said) for name, said in found}


def described(page: str) -> dict[str, Any]:
    """Return the described data."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    made: dict[str, Any] = json.loads(text)
    return made


@pytest.mark.parametrize("code", LANGUAGES)
def test_tags_say_the_sentence_of_the_first_chart(application: tuple[Dash, Path], dataset: Dataset, code: str) -> None:
    """Title, sentence and picture in the language of the page; every address begins with that of the server."""
    page = opened(application[0], f"/?lang={code}")
    chart, view = CHARTS["pulse"], Selection(lang=code)
    words = chart.words(chart.table(dataset, view), view)
    said = tags(page)
    assert said["og:description"] == words.finding
    assert said["og:image"] == f"http://localhost/chart/pulse.png?lang={code}"
    assert said["og:url"] == ("http://localhost/" if code == "en" else f"http://localhost/?lang={code}")
    assert said["og:locale"].startswith(code)
    assert said["twitter:card"] == "summary_large_image"
    assert (said["og:image:width"], said["og:image:height"]) == ("2400", "1350")
    assert application[0].server.test_client().get("/chart/pulse.csv").status_code == 200
    assert "[[" not in page.partition("<body>")[0]


def test_another_view_has_its_own(application: tuple[Dash, Path], dataset: Dataset) -> None:
    """The sentence and the picture are those of the view; words that the chart does not follow change neither."""
    said = tags(opened(application[0], "/?currency=USD&end=2023-06&find=copper"))
    view = Selection.from_query("?currency=USD&end=2023-06")
    assert said["og:description"] == CHARTS["pulse"].words(CHARTS["pulse"].table(dataset, view), view).finding
    assert said["og:image"] == "http://localhost/chart/pulse.png?end=2023-06&currency=USD&lang=en"
    assert said["og:url"] == "http://localhost/?end=2023-06&currency=USD&find=copper"


def test_what_is_typed_stays_words(application: tuple[Dash, Path]) -> None:
    """Marks of HTML in an address end no tag and no script."""
    page = opened(application[0], "/?claim=%22%3E%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page
    assert "alert%281%29" in tags(page)["og:url"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_data_are_described(application: tuple[Dash, Path], dataset: Dataset, code: str) -> None:
    """Name, version, span, files that are there, and the terms of each source whose rows there are."""
    data = described(opened(application[0], f"/?lang={code}"))
    trade = dataset.trade
    assert (data["@type"], data["version"], data["inLanguage"]) == ("Dataset", VERSION, code)
    assert data["temporalCoverage"] == f"{trade['period_start'].min():%Y-%m}/{trade['period_end'].max():%Y-%m}"
    assert len(data["isBasedOn"]) == trade["source"].nunique()
    assert all(one["name"] and one["license"] for one in data["isBasedOn"])
    assert data["license"] == "http://localhost/#about-name"
    client = application[0].server.test_client()
    for one in data["distribution"]:
        path = one["contentUrl"].removeprefix("http://localhost")
        answer = client.get(f"{path}?start=2026&end=2026")
        assert (answer.status_code, answer.mimetype) == (200, one["encodingFormat"])


def test_it_stays_small_and_nothing_of_it_runs(application: tuple[Dash, Path]) -> None:
    """Packed it adds two kilobytes at most; the policy of the page allows no script for it."""
    answer = application[0].server.test_client().get("/")
    page = answer.get_data(as_text=True)
    bare = re.sub(r'<meta (?:property="og|name="twitter).*?>\n?|<script type="application/ld.*?</script>', "", page)
    assert "ld+json" in page
    assert "ld+json" not in bare
    assert 0 < len(gzip.compress(page.encode())) - len(gzip.compress(bare.encode())) <= MOST
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"].partition("style-src")[0]
