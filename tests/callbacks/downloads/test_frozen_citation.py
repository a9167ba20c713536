"""A citation stands for ever: rows under the name of a version are the same bytes after any number of refreshes.

All refreshed figures here are made up.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from flask import Flask

from analysis.selection import BASES, COUNTERS, CURRENCIES, FLOWS, GRAINS, MEASURES, Selection
from callbacks.downloads import chart_files
from callbacks.earlier_versions import MOST
from callbacks.live_dataset import LiveDataset
from commands import changes
from layouts.charts.registry import CHARTS
from loaders.core import schema
from loaders.versions.history import History
from tests.callbacks.few_rows import few_codes
from tests.loaders.versions.test_history import made_up

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from loaders.core.store import Store

REFRESHES = 3
LATER = (("pulse", "?currency=USD"), ("mirror", ""))  # asked for under the second and the third version


@dataclass
class Chain:
    """A data dir after three refreshes: what was given under each version while it was the newest."""

    store: Store
    names: list[str] = field(default_factory=list)
    given: list[dict[tuple[str, str], bytes]] = field(default_factory=list)


def pairs() -> list[tuple[str, str]]:
    """Return each chart of the page with two or three views that hold, over all, each value of each word.

    A citation goes the same way whatever its words are: each is asked for with some chart, not with all.
    """
    words: dict[str, tuple[str, ...]] = {
        "flow": FLOWS,
        "measure": MEASURES,
        "currency": CURRENCIES,
        "basis": (*BASES, *COUNTERS),
        "grain": GRAINS,
        "start": ("2015-01", "2022-01"),
        "lang": ("zh", "ru"),
    }
    charts = [name for name, chart in CHARTS.items() if chart.page]
    most = max(len(values) for values in words.values())
    views = [Selection(), *(Selection(**{w: v[turn % len(v)] for w, v in words.items()}) for turn in range(most))]
    # the default view of each chart, then each chart again under the next of the others
    asked = [(name, views[0]) for name in charts]
    asked += [(name, views[1 + turn % most]) for turn, name in enumerate(charts)]
    return [(name, view.to_query()) for name, view in asked]


def client_of(live: LiveDataset) -> FlaskClient:
    """Return a client of a bare server of charts."""
    server = Flask("charts")
    server.testing = True  # what goes wrong is raised
    chart_files.install(server, live)
    return server.test_client()


def rows(client: FlaskClient, chart: str, query: str, version: str) -> bytes:
    """Return the CSV of a view under a version."""
    answer = client.get(f"/chart/{chart}.csv{query}{'&' if query else '?'}v={version}")
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    """Refresh three times; after the first all pairs are asked for, after the others two, under the newest version."""
    made = Chain(few_codes(tmp_path_factory.mktemp("frozen") / "snapshot"))
    table = schema.empty()
    for number, value in enumerate((1e10, 2e10, 3e10)):
        values = {f"2026-{month:02}": value + month for month in (5, 6, 7, 8)}
        fresh = made_up(values, f"2026-0{number + 7}-15", "comtrade")
        table = schema.concat([table, fresh]) if len(table) else fresh
        with changes.noted(made.store, "refresh"):
            made.store.write("comtrade", table)
        live = LiveDataset(made.store)
        client, name = client_of(live), live.dataset().version
        made.names.append(name)
        made.given.append({pair: rows(client, *pair, name) for pair in (LATER if number else pairs())})
    return made


def test_three_refreshes_later_each_citation_gives_the_same_bytes(chain: Chain) -> None:
    """Each chart under two views, byte for byte; the newest figures of some are others, so that it could fail."""
    live = LiveDataset(chain.store)
    client = client_of(live)
    assert len(set(chain.names)) == REFRESHES
    assert [len(given) for given in chain.given] == [len(pairs()), len(LATER), len(LATER)]
    for name, given in zip(chain.names, chain.given, strict=True):
        wrong = [pair for pair, then in given.items() if rows(client, *pair, name) != then]
        assert wrong == []
    oldest = chain.given[0]
    assert any(client.get(f"/chart/{chart}.csv{query}").data != then for (chart, query), then in oldest.items())


def test_a_citation_does_not_depend_on_the_day_it_is_opened(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is counted up to the month of reading, but under a version up to its newest figure."""
    live = LiveDataset(chain.store)
    plain, fixed = (rows_of(live, v) for v in (None, chain.names[-1]))
    later = replace(live.dataset(), read=live.dataset().read + pd.DateOffset(months=5))
    monkeypatch.setattr(live, "_dataset", later)
    monkeypatch.setattr(live, "_stamp", chain.store.stamp())
    assert rows_of(live, chain.names[-1]).equals(fixed)
    assert not rows_of(live, None).equals(plain)
    assert live.of(Selection(v=chain.names[0])).read < later.read


def rows_of(live: LiveDataset, version: str | None) -> pd.DataFrame:
    """Return the rows of the chart of what is missing."""
    return live.table(CHARTS["coverage"], Selection(v=version))


def test_an_unknown_version_is_one_line(chain: Chain) -> None:
    """A file of a version that there is not is no file; nor is one whose version has no name."""
    client = client_of(LiveDataset(chain.store))
    for query in ("?v=nothing", "?v=", "?v=0123456789ab", f"?v={chain.names[0]}x"):
        answer = client.get(f"/chart/pulse.csv{query}")
        assert answer.status_code == 404, query
        assert len(answer.text.strip().splitlines()) >= 1


def test_the_version_is_in_the_name_of_the_file(chain: Chain) -> None:
    """Of the newest as of an earlier one."""
    client = client_of(LiveDataset(chain.store))
    answers = [client.get(f"/chart/pulse.csv{query}") for query in ("", f"?v={chain.names[0]}")]
    newest, earlier = (answer.headers["Content-Disposition"] for answer in answers)
    assert newest.endswith(f'cn-ru_pulse_v-{chain.names[-1]}.csv"')
    assert earlier.endswith(f'cn-ru_pulse_v-{chain.names[0]}.csv"')


def test_a_few_versions_at_once(chain: Chain) -> None:
    """However many are asked for, two are in memory besides the newest."""
    live = LiveDataset(chain.store)
    begun = next(one for one in History(chain.store).versions())
    for name in (begun.name, *chain.names, begun.name, "none"):
        live.of(Selection(v=name))
        assert len(live._earlier) <= MOST
    assert live.of(Selection(v=begun.name)) is live.of(Selection(v=begun.name))
    assert live.of(Selection(v=chain.names[-1])) is live.dataset()
