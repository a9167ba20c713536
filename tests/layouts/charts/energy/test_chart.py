"""The energy chart: one count at a time, its headline and basis; months only where printed; CREA never inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.points import POINT
from analysis.selection import COUNTS, Selection
from analysis.trace import trace as tracing
from callbacks.live_dataset import read
from layouts.charts.registry import CHARTS
from layouts.look.theme import PRINT, on_page
from loaders.core.store import Store
from tests.loaders.support.refreshing import refresh
from tests.servers.healthy import Services

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.dataset import Dataset
    from layouts.figure.chart import Words

CHART = CHARTS["energy"]


def words_of(dataset: Dataset, query: str) -> Words:
    """Return the words of a query."""
    selection = Selection.from_query(query)
    return CHART.words(CHART.rows(dataset, selection), selection)


def test_the_headline_moves_with_the_definition(dataset: Dataset) -> None:
    """Four definitions on China's count; a rate only where both years are held on one basis."""
    findings = {count: words_of(dataset, f"?count={count}").finding for count in COUNTS}
    assert findings == {
        "four": "China’s customs: the bill rose 55.8% in 2022, to US$\u00a080.9\u00a0bn; 86.1 in 2024",
        "hs27": "China’s customs: all of HS 27 rose 58.6% in 2022, to US$\u00a085.4\u00a0bn; 95.2 in 2024",
        "products": "China’s customs: the bill with oil products came to US$\u00a094.6\u00a0bn in 2023, +11.6% on 2022",
        "electricity": (
            "China’s customs: the bill with products and power came to US$\u00a094.7\u00a0bn in 2023, +11.5% on 2022"
        ),
    }


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("?lang=zh", "中国海关统计：2022年四种燃料总额增长55.8%，达809亿美元；2024年为861亿美元"),
        ("?lang=zh&count=products", "中国海关统计：2023年含成品油总额为946亿美元（较2022年+11.6%）"),
        (
            "?lang=ru",
            (
                "Таможня Китая: счёт за четыре вида топлива в 2022 году вырос на 55,8\u00a0%, "
                "до 80,9\u00a0млрд\u00a0долл.; в 2024 году — 86,1"
            ),
        ),
        (
            "?lang=ru&counted=russia",
            "Таможня России: счёта за эти годы нет; только нефть — 35,4\u00a0млрд\u00a0долл. в 2021 году",
        ),
    ],
)
def test_the_headline_in_chinese_and_russian(dataset: Dataset, query: str, finding: str) -> None:
    """The same figures as in English, in the unit and with the marks of each language."""
    assert words_of(dataset, query).finding == finding


def test_the_headline_names_whose_count(dataset: Dataset) -> None:
    """BACI's rate of 2022 is not computed; Russia's customs tell crude alone, and all of HS 27."""
    assert words_of(dataset, "?counted=china") == words_of(dataset, "")
    assert words_of(dataset, "?basis=baci").finding == (
        "BACI (China’s customs): the bill came to US$\u00a086.7\u00a0bn in 2023, +6.6% on 2022"
    )
    assert "both countries’ reports merged" in words_of(dataset, "?counted=baci&end=2021").finding
    assert words_of(dataset, "?counted=russia").finding == (
        "Russia’s customs: no bill for these years; crude oil alone came to US$\u00a035.4\u00a0bn in 2021"
    )
    assert words_of(dataset, "?counted=russia&count=hs27").finding == (
        "Russia’s customs: all of HS 27 came to US$\u00a045.7\u00a0bn in 2021, +56.9% on 2020"
    )


@pytest.mark.parametrize("query", ["", "?counted=baci", "?counted=baci&end=2022", "?counted=russia", "?count=hs27"])
def test_every_rate_rests_on_one_basis(dataset: Dataset, query: str) -> None:
    """What a headline states it declares; no rate, in words or rows, joins two bases."""
    selection = Selection.from_query(query)
    rows = CHART.table(dataset, selection)
    words = CHART.words(rows, selection)
    assert words.stated
    assert all(one.base in {"", one.basis} for one in words.stated)
    rated = rows[rows["yoy_pct"].notna()]
    assert rated["base_basis"].eq(rated["basis"]).all()
    assert rows["basis"].ne("").all()
    for year in {f"{one.start:%Y}" for one in words.stated}:
        assert year in words.finding


def test_the_break_is_drawn_and_said(dataset: Dataset) -> None:
    """BACI's rule stands between 2021 and 2022 with what begins there; China's own count has none."""
    selection = Selection.from_query("?counted=baci")
    rows = CHART.rows(dataset, selection)
    for look in (PRINT, on_page(358, dark=True)):
        rules = [shape for shape in CHART.draw(rows, selection, look).layout.shapes if shape.type == "line"]
        assert 2021.5 in {rule.x0 for rule in rules}
    assert "no rate crosses it" in CHART.words(rows, selection).note
    plain = CHART.rows(dataset, Selection())
    assert 2021.5 not in {shape.x0 for shape in CHART.draw(plain, Selection()).layout.shapes}
    assert "Rule:" not in words_of(dataset, "").note


@pytest.mark.parametrize("count", COUNTS)
def test_the_note_names_codes_and_all_sums(dataset: Dataset, count: str) -> None:
    """Whatever is chosen, the reader sees what the others give, which codes are counted, and what BACI says.

    What is drawn comes first: a picture has room for two lines.
    """
    note = words_of(dataset, f"?count={count}").note
    assert (
        "In 2022: four fuels 80.9, with lignite, peat and coke 81.3, with oil products 84.7, "
        "with electricity too 84.9 and all of HS 27 85.4."
    ) in note
    assert 0 < note.index("Diamonds: ") < note.index("Counted: HS 27") < note.index("In 2022: ")
    assert ("2710" in note) == (count in {"products", "electricity"})
    assert ("2716" in note) == (count == "electricity")
    assert "BACI gives" in note


def test_gaps_and_weak_parts_are_said(dataset: Dataset) -> None:
    """2024 rests on a first print and a remainder, HS 27 of 2018 is not found, 2025 lacks two fuels."""
    note = words_of(dataset, "").note
    assert "2024: LNG as first published and pipeline gas from HS 2711 less LNG and LPG (±0.01); no growth rate" in note
    assert "2018 not found" in note
    assert "No bill for 2025: no figures of coal and pipeline gas." in note
    products = words_of(dataset, "?count=products").note
    assert "No bill for 2016, 2017, 2020 and 2021: no figures of oil products." in products


@pytest.mark.parametrize(
    ("query", "verdicts"),
    [
        ("", ["52.1</b><br>holds", "81</b><br>holds"]),
        ("?counted=baci", ["52.1</b><br>figures disagree", "81</b><br>holds"]),
        ("?count=hs27", ["52.1</b><br>figures disagree", "81</b><br>figures disagree"]),
        ("?count=products", ["81</b><br>figures disagree"]),
        ("?counted=russia", []),
    ],
)
def test_the_article_is_marked_where_there_is_a_bill(dataset: Dataset, query: str, verdicts: list[str]) -> None:
    """Its figures stand in the picture with the verdict that the count gives, and nowhere without a bill."""
    selection = Selection.from_query(query)
    rows = CHART.rows(dataset, selection)
    for look in (PRINT, on_page(358, dark=True)):
        notes = [note.text or "" for note in CHART.draw(rows, selection, look).layout.annotations]
        assert sorted(text.removeprefix("<b>article: ") for text in notes if "article:" in text) == verdicts


@pytest.mark.parametrize("query", ["", "?count=products", "?count=hs27&start=2016", "?counted=baci&count=electricity"])
def test_the_stack_is_the_bill(dataset: Dataset, query: str) -> None:
    """Bars hold the parts of whole bills and nothing else; each column is the bill of its year."""
    selection = Selection.from_query(query)
    rows = CHART.rows(dataset, selection)
    figure = CHART.draw(rows, selection)
    drawn = sum(float(y) for trace in figure.data if trace.type == "bar" for y in trace.y)
    whole = rows[rows["role"].eq("bill")]
    assert drawn == pytest.approx(whole["value"].sum() / 1e9)
    parts, bills = (whole.groupby("period_start")[name] for name in ("value", "bill"))
    assert parts.sum().tolist() == pytest.approx(bills.first().tolist())


def test_single_fuels_of_later_years(dataset: Dataset) -> None:
    """2025 has crude and LNG alone: marks, in no bill."""
    rows = CHART.rows(dataset, Selection())
    later = rows[rows["role"].eq("alone")]
    assert later[["fuel", "codes"]].to_numpy().tolist() == [["crude", "2709"], ["lng", "271111"]]
    assert set(later["period_start"].dt.year) == {2025}


def test_years_without_a_bill_say_so(dataset: Dataset) -> None:
    """2025 alone shows the fuels in print, no bill, and the reason."""
    words = words_of(dataset, "?start=2025")
    assert words.finding == (
        "China’s customs: no bill for these years; crude oil alone came to US$\u00a049.0\u00a0bn in 2025"
    )
    assert words.note == "Diamonds: one fuel alone. No bill for 2025: no figures of coal and pipeline gas."


def test_months_are_drawn_where_printed(dataset: Dataset) -> None:
    """Every mark of the months is a row: as many points as rows, pairs at their monthly average."""
    selection = Selection.from_query("?grain=month")
    rows = CHART.rows(dataset, selection)
    figure = CHART.draw(rows, selection)
    points = [float(y) for trace in figure.data if trace.mode == "markers" for y in trace.y]
    assert sorted(points) == pytest.approx(sorted(rows["value"] / rows["months"] / 1e9))
    words = CHART.words(rows, selection)
    assert "crude oil 92, coal none, LNG 6 and pipeline gas 4" in words.note
    assert words.finding == (
        "Sep 2025, China’s customs: crude oil US$\u00a04.1\u00a0bn; no month has all four fuels published"
    )


def test_an_earlier_day_knows_fewer_months(dataset: Dataset) -> None:
    """As known in June 2023 the newest month in print is March 2023."""
    selection = Selection.from_query("?grain=month&asof=2023-06-01")
    rows = CHART.rows(dataset.on(selection.asof), selection)
    assert CHART.words(rows, selection).finding.startswith("Mar 2023, China’s customs: crude oil")


@pytest.fixture(scope="module")
def richer(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return the dataset after a refresh of CREA."""
    folder: Path = tmp_path_factory.mktemp("crea")
    with Services("crea") as services, pytest.MonkeyPatch.context() as patch:
        for name, url in services.variables().items():
            patch.setenv(name, url)
        assert refresh(folder, "crea").code == 0
    return read(Store(folder))


@pytest.mark.parametrize("query", ["", "?grain=month"])
def test_crea_stands_beside_and_in_no_sum(dataset: Dataset, richer: Dataset, query: str) -> None:
    """After a refresh CREA's model is in rows and picture, named, and no other figure has changed."""
    assert "--refresh crea brings it" in words_of(dataset, query).note
    selection = Selection.from_query(query)
    rows = CHART.rows(richer, selection)
    model = rows["count"].eq("crea")
    assert model.any()
    assert rows.loc[model, "source"].eq("crea").all()
    before = CHART.rows(dataset, selection)
    assert rows.loc[~model, "value"].tolist() == before["value"].tolist()
    words = CHART.words(rows, selection)
    assert "CREA’s model, in its own US dollars" in words.note
    assert words.finding == words_of(dataset, query).finding
    assert "CREA" in words.source
    figure = CHART.draw(rows, selection)
    assert any("CREA, modelled" in (note.text or "") for note in figure.layout.annotations)


@pytest.mark.parametrize(
    "query", ["", "?count=hs27", "?count=electricity", "?counted=baci", "?counted=russia", "?grain=month"]
)
def test_every_figure_is_made_of_reported_rows(dataset: Dataset, query: str) -> None:
    """Each point has a name of its own, is clickable, and is a signed sum of rows of the one table."""
    selection = Selection.from_query(query)
    rows = CHART.table(dataset, selection)
    assert rows[POINT].is_unique
    for row in rows.iloc[:: max(1, len(rows) // 40)].to_dict("records"):
        for part in CHART.parts({str(key): cell for key, cell in row.items()}):
            assert tracing.trace(dataset, part).whole, (row[POINT], part)
    drawn = {name for trace in CHART.draw(rows, selection).data for name in trace.ids or ()}
    assert drawn == set(rows[POINT])
