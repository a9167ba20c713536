"""Each language is written as its own editors write it, and what is of another language says so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from babel.messages.pofile import read_po
from dash import html

from analysis.selection import LANGUAGES, Selection
from layouts.cards import rows_table
from layouts.cards.about_data import about_data
from layouts.cards.claim_cards import claim_cards
from layouts.cards.terms import TERMS
from layouts.charts.registry import CHARTS
from layouts.look import foreign_words
from layouts.words import language
from layouts.words.catalogue import FOLDER, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.dataset import Dataset

GLOSSARY: Final = (Path(__file__).parents[3] / "docs" / "GLOSSARY.md").read_text(encoding="utf-8")
HAN: Final = "[\u4e00-\u9fff]"
UNITS: Final = r"(?:%|млрд|млн|тыс\.|трлн|долл\.|п\.п\.|bn\b|mln\b|trn\b)"
# by language: what no text has, and what it is
WRONG: Final = {
    "en": {
        "a straight apostrophe": r"['\"]",
        "a space that breaks before a unit": rf"[\d}}] {UNITS}",
        "a jargon word": r"\b(?:is|are) held\b|\bon a year before\b",
    },
    "zh": {
        "a mark of half width": rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}",
        "a space beside a number or a name": rf"{HAN} [A-Z0-9]|[A-Z0-9%] {HAN}",
        "a dash of half length": r"[\d}年%]–",
        "a quotation mark of half width": r"['\"]",
        "a year that may be left out": r"(?:^|[^0-9])\d{4}年以前",
    },
    "ru": {
        "a straight or English quotation mark": r"['\"]|“(?=[А-ЯЁа-яё])",
        "a hyphen for a dash": r" - ",
        "a space that breaks before a unit": rf"[\d}}] {UNITS}",
        "a sign of per cent without its space": r"[\d}]%",
        "е for ё": r"(?i)\b(?:еще|ее|трех|учет|отчет|пересчет|объем|партнер|экспортер|импортер)\b",
        "a decimal point": r"\d\.\d(?!\d*[-.]\d)(?<!4\.0)(?<!2\.0)",
    },
}
COMMAND: Final = re.compile(r" ?(?:python app\.py )?--[a-z]+(?: [a-z]+| 文件)? ?")
LONGEST: Final = {"en": 34, "ru": 34, "zh": 95}  # words between two stops, in Chinese characters


def texts(code: str) -> Iterator[tuple[str, str]]:
    """Yield key and text of everything in the catalogue but the forms that terms are found by."""
    for file in sorted((FOLDER / code / "LC_MESSAGES").iterdir(), key=str):
        with file.open("rb") as stream:
            messages = [one for one in read_po(stream, locale=code) if one.id]
        for one in messages:
            key, forms = (one.id, [one.string]) if isinstance(one.id, str) else (one.id[0], one.string or ())
            yield from ((str(key), str(form)) for form in forms if not str(key).endswith(".forms"))


@pytest.mark.parametrize(("code", "what"), [(code, what) for code, rules in WRONG.items() for what in rules])
def test_no_text_breaks_a_rule_of_its_language(code: str, what: str) -> None:
    """Marks, spaces, dashes and letters are those of the language; commands stay as they are typed."""
    rule = re.compile(WRONG[code][what])
    plain = ((key, COMMAND.sub("", text)) for key, text in texts(code) if not key.endswith(".note"))
    assert not [(key, text) for key, text in plain if rule.search(text)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_is_out_of_breath(code: str) -> None:
    """Between two stops stand no more words than can be read at once; what is filled in is not counted."""
    long = []
    for key, text in texts(code):
        for one in re.split(
            r"[。；]" if code == "zh" else r"(?<=[.!?;:])\s|<br>", re.sub(r"https?:\S+|\{[^}]*\}", "x", text)
        ):
            long += [(key, one)] if len(one if code == "zh" else one.split()) > LONGEST[code] else []
    assert not long


VERDICTS: Final = ("holds", "revised", "split", "otherwise", "not", "untested", "open", "unread")
FUELS: Final = ("crude", "coal", "lng", "pipeline_gas", "oil_products", "electricity")
NAMED: Final = (
    *(f"page.term.{one}" for one in TERMS),
    *(f"claims.verdict.{one}" for one in VERDICTS),
    *(f"names.fuel.{one}" for one in FUELS),
    *(f"page.flow.{one}" for one in ("export", "import", "total")),
    *(f"page.measure.{one}" for one in ("level", "share", "sum3")),
    *(f"names.counted.{one}" for one in ("CHN", "RUS", "IMF", "BOTH")),
    *("names.flow.balance", "names.making.estimated"),
)


@pytest.mark.parametrize("key", NAMED)
def test_the_glossary_has_the_terms_of_the_page(key: str) -> None:
    """Each term stands in the glossary in the words of the page, the three languages side by side."""
    row = []
    for code in LANGUAGES:
        with language.speaking(code):
            row.append(say(key).partition("|")[0])
    assert f"| {' | '.join(row)} |" in GLOSSARY


def spoken(part: Any, code: str) -> Iterator[tuple[str, str]]:
    """Yield each text of components with the language that it stands in; code is of none."""
    if isinstance(part, str):
        yield part, code
    elif isinstance(part, (list, tuple)):
        for one in part:
            yield from spoken(one, code)
    elif part is not None and not isinstance(part, (int, float, html.Code, html.Pre)):
        yield from spoken(getattr(part, "children", None), getattr(part, "lang", code))


def strangers(part: Any, code: str) -> list[tuple[str, str]]:
    """Return the texts that hold words of a language other than the one they stand in."""
    return [
        (text, own)
        for text, own in spoken(part, code)
        if (own[:2] != "zh" and re.search(HAN, text))
        or (own != "ru" and re.search("[А-Яа-яЁё]", text))
        or (own != "en" and re.search(r"[a-z]+(?: [A-Za-z]+){3}", text))
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_of_another_language_say_so(code: str, dataset: Dataset) -> None:
    """Quotations, publishers and remarks in claims, tables and the list of sources are read aloud as what they are."""
    selection = Selection(lang=code, claim="2023年上半年增长40.7%" if code != "zh" else "trade grew by 40.7% in 2023")
    parts: list[Any] = [claim_cards(dataset, selection)]
    with language.speaking(code):
        parts.append(about_data(dataset))
        charts = [CHARTS[name] for name in ("settlement", "dual-use", "claims", "discount")]
        parts += [rows_table.table(chart, chart.table(dataset, selection), selection) for chart in charts]
    assert not strangers(parts, code)
    assert {own for _, own in spoken(parts, code)} - {code}


def test_a_run_of_another_script_is_an_element() -> None:
    """Nothing is lost, a name of two words stays, commands are left alone, what names its language is not split."""
    with language.speaking("ru"):
        made = foreign_words.named(html.P(["UN Comtrade: «grew by 40.7 percent» (выросла), 海关总署"]))
        command = foreign_words.named(html.P(html.Code("python app.py run it now")))
    assert [getattr(one, "lang", "") for one in made.children] == ["", "en", "", "zh-Hans"]
    assert "".join(text for text, _ in spoken(made, "ru")) == "UN Comtrade: «grew by 40.7 percent» (выросла), 海关总署"
    assert command.children.children == "python app.py run it now"
    with language.speaking("en"):
        assert foreign_words.named("Exports of 2023") == "Exports of 2023"
        assert [vars(one)["lang"] for one in foreign_words.named("ТАСС, 新华社") if isinstance(one, html.Span)] == [
            "ru",
            "zh-Hans",
        ]
    assert strangers(html.P("海关"), "en")
