"""The claims on the page and as a picture: what the reader typed comes first, as text and never as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.basis import Basis
from analysis.selection import Selection
from layouts.cards.claim_cards import claim_cards
from layouts.charts.registry import CHARTS
from layouts.figure import export
from layouts.look.theme import PRINT, on_page

if TYPE_CHECKING:
    from analysis.dataset import Dataset

CLAIMS = CHARTS["claims"]
TYPED = (
    "40.7% in the first half of 2023",
    "$240.1 bn in 2023",
    "Russia’s exports to China rose 10% in 2021",
    "Russian oil is 20% of China’s oil imports in 2024",
    "fuels were 68% of imports from Russia in 2021",
    "China accounts for 33% of Russia’s trade in 2024",
    "energy rose 55% in 2022",
    "imports fell 3.9% in 2025",
)
H1 = Selection(claim="40.7% in the first half of 2023")


def words_of(part: Any) -> str:
    """Return all text of a part of the page."""
    if isinstance(part, str):
        return part
    children = getattr(part, "children", part)
    return " ".join(map(words_of, children)) if isinstance(children, (list, tuple)) else str(children or "")


def test_typed_rows_come_first(dataset: Dataset) -> None:
    """The typed claim has the id ``typed`` and stands before the article's eight."""
    rows = CLAIMS.rows(dataset, H1)
    assert rows["id"].iloc[0] == "typed"
    assert rows["id"].nunique() == 9
    own = rows[rows["id"].eq("typed")]
    assert set(own["verdict"]) == {"true for another period"}
    assert own.loc[own["role"].eq("for another window"), "window"].iloc[0] == "Jan–May 2023"
    assert "periods" in own["searched"].iloc[0]
    assert "typed" not in set(CLAIMS.rows(dataset, Selection())["id"])


def test_the_article_shows_its_search(dataset: Dataset) -> None:
    """The working of the 40.7 per cent says how many windows were searched and how many fit."""
    rows = CLAIMS.rows(dataset, Selection())
    searched = rows.loc[rows["id"].eq("trade-growth-2023h1"), "searched"].iloc[0]
    assert searched.startswith("Searched: ")
    assert "growth rates of" in searched


def test_the_typed_card_stands_first(dataset: Dataset) -> None:
    """Its heading quotes the reader and says so; without a claim there are the article's cards alone."""
    cards = claim_cards(dataset, H1)
    assert len(cards) == 9
    assert cards[0].id == "claim-typed"
    assert "What you typed “40.7% in the first half of 2023”" in words_of(cards[0])
    assert "Searched: " in words_of(cards[0])
    assert len(claim_cards(dataset, Selection())) == 8


def test_every_row_names_its_basis(dataset: Dataset) -> None:
    """Each recomputed figure carries the code of its basis, each rate and share that of its base: the same one."""
    rows = pd.concat([CLAIMS.table(dataset, Selection(claim=words)) for words in TYPED])
    figures = rows[rows["recomputation"].notna()]
    assert [str(Basis.read(code)) for code in figures["basis"]] == figures["basis"].tolist()
    rates = figures[figures["recomputed_unit"].str.startswith("percent")]
    assert (rates["basis"] == rates["base_basis"]).all()
    assert len(rates) > len(TYPED)
    assert figures.loc[~figures.index.isin(rates.index) & figures["base_value"].isna(), "base_basis"].eq("").all()


def test_the_energy_rows_are_exported_with_their_tolerance(dataset: Dataset) -> None:
    """The first row of each of the three has value, tolerance, basis and verdict, on China's own count."""
    rows = CLAIMS.table(dataset, Selection())
    for name in ("energy-2022", "energy-2021", "energy-growth-2022"):
        first = rows[rows["id"].eq(name)].iloc[0]
        assert (first["verdict"], first["basis"][:7]) == ("holds", "CHN CIF")
        assert abs(first["recomputed"] - float(first["article"])) <= first["tolerance"]
        assert first["value"] > 0


@pytest.mark.parametrize("look", [PRINT, on_page(358, dark=True)])
def test_markup_is_text_in_the_picture(dataset: Dataset, look: Any) -> None:
    """What looks like markup is shown as typed: neither bold nor a link."""
    selection = Selection(claim="<b>wild</b> <a href='http://x'>40.7%</a> & co")
    rows = CLAIMS.rows(dataset, selection)
    figure = CLAIMS.draw(rows, selection, look)
    inside = " ".join(note.text or "" for note in figure.layout.annotations)
    assert "&lt;b&gt;wild&lt;/b&gt;" in inside
    assert "<a" not in inside
    assert "href" in inside


def test_one_endless_word_is_broken(dataset: Dataset) -> None:
    """A word that no line can hold is broken in the picture."""
    selection = Selection(claim="9" * 160)
    figure = export.drawn(CLAIMS, CLAIMS.rows(dataset, selection), selection)
    inside = " ".join(note.text or "" for note in figure.layout.annotations)
    assert "9" * 37 not in inside


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("40.7% in the first half of 2023", "40.7% is true for another period: Jan–May 2023"),
        ("40.7% Jan-May 2023", "40.7% held as printed then for Jan–May 2023, and was revised since"),
        ("98 bn imports 2022", "98\u00a0bn holds for 2022 on one basis, not on another"),
        ("56 bn energy 2021", "56\u00a0bn disagrees with the figures for 2021"),
        ("40.7%", "40.7% could be Jan–May 2023 or another period"),
        ("10 000 soldiers", "This cannot be tested from customs data"),
        ("hello", "These words cannot be tested as they stand"),
    ],
)
def test_the_title_says_the_verdict(dataset: Dataset, words: str, title: str) -> None:
    """The picture of a typed claim is titled with what came out."""
    selection = Selection(claim=words)
    assert CLAIMS.words(CLAIMS.rows(dataset, selection), selection).finding == title


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
def test_no_claim_is_written_over_the_next(dataset: Dataset, code: str) -> None:
    """In the printed picture each claim ends above the line where the next begins, the last inside the plot."""
    selection = Selection(lang=code)
    figure = export.drawn(CLAIMS, CLAIMS.rows(dataset, selection), selection)
    lines = [shape.y0 for shape in figure.layout.shapes if shape.xref != "paper"]
    room = figure.layout.yaxis.range[0]
    cells = [note for note in figure.layout.annotations if note.yshift == -5]
    assert len(lines) == 8
    assert len(cells) == 5 * len(lines)
    for note in cells:
        below = min([line for line in lines if line > note.y], default=room)
        assert note.y + (note.text.count("<br>") + 1) * note.font.size * 1.3 <= below


@pytest.mark.parametrize(
    ("code", "words", "title"),
    [
        ("zh", "2023年上半年增长40.7%", "40.7%对应其他时期：2023年1—5月"),
        ("zh", "2022年中国自俄罗斯进口能源809亿美元", "809亿美元（2022年）成立"),
        ("zh", "10000名士兵", "海关数据无法核实这一说法"),
        ("ru", "40,7 % в первом полугодии 2023 года", "40,7 % верно за другой период: янв.–май 2023"),
        ("ru", "импорт энергоносителей в 2021 году 56 млрд долларов", "56 млрд долл. расходится с данными за 2021 год"),
        ("ru", "привет", "В таком виде эти слова проверить нельзя"),
    ],
)
def test_the_title_in_other_languages(dataset: Dataset, code: str, words: str, title: str) -> None:
    """The picture of a typed claim is titled in the language of the page."""
    selection = Selection(claim=words, lang=code)
    finding = CLAIMS.words(CLAIMS.rows(dataset, selection), selection).finding
    assert finding.replace("\N{NO-BREAK SPACE}", " ") == title


def test_points_have_one_name_in_each_language(dataset: Dataset) -> None:
    """A link to a recomputation opens it in each language: its name holds no words of one."""
    points = [CLAIMS.table(dataset, Selection(lang=code))["point"].tolist() for code in ("en", "zh", "ru")]
    assert points[0] == points[1] == points[2]
    assert len(set(points[0])) == len(points[0])


@pytest.mark.parametrize(("code", "verdict"), [("en", "Holds"), ("zh", "成立"), ("ru", "Подтверждается")])
def test_cards_in_each_language(dataset: Dataset, code: str, verdict: str) -> None:
    """The quotation stays as printed, with its translation; verdict and sentence are of the language."""
    card = words_of(next(card for card in claim_cards(dataset, Selection(lang=code)) if card.id == "claim-energy-2022"))
    card = card.replace("\N{NO-BREAK SPACE}", " ")
    assert verdict in card
    assert "$81 billion" in card
    assert ("810亿美元" in card, "81 млрд долларов" in card) == (code == "zh", code == "ru")
