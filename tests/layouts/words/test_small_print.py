"""Small print in pictures: two lines, whole sentences, publishers first; the whole of it stays on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.selection import LANGUAGES, Selection
from layouts.charts.registry import CHARTS
from layouts.look.theme import PRINT, on_page
from layouts.words.small_print import LINES, sentences, shortened, small_print
from layouts.words.widths import width, wrap

if TYPE_CHECKING:
    from analysis.dataset import Dataset

LOOKS = (PRINT, on_page(1040), on_page(704), on_page(358), on_page(288))
# pictures whose publishers alone take more than two lines, on a phone
LONG = {"claims": 4, "coverage": 5, "dependence": 5, "discount": 4, "settlement": 7}


def test_sentences_end_where_they_end() -> None:
    """Not behind an abbreviation, an initial, or before a figure; Chinese needs no space."""
    assert sentences("One. Two. 3 is three. “Four.” Five") == ["One.", "Two. 3 is three.", "“Four.” Five"]
    assert sentences("По 5 млрд долл. США в год. А. Новак сказал 31 авг. 2026. Всё.") == [
        "По 5 млрд долл. США в год.",
        "А. Новак сказал 31 авг. 2026.",
        "Всё.",
    ]
    assert sentences("U.S. EIA (2016). Read 1 May.") == ["U.S. EIA (2016).", "Read 1 May."]
    assert sentences("来源：海关。宽柱：合并。") == ["来源：海关。", "宽柱：合并。"]
    assert sentences("") == []


WORDS = st.text("ab ", min_size=1, max_size=40).map(lambda text: f"Aa{text.strip()}.")


@given(WORDS, st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=4), st.floats(60, 900))
def test_small_print_is_short_and_whole(named: str, more: list[str], note: list[str], room: float) -> None:
    """The publishers always stand first; no sentence is cut; no more than two lines but for the publishers."""
    lines = small_print(" ".join([named, *more]), " ".join(note), 12, room)
    known = {*sentences(" ".join([named, *more])), *sentences(" ".join(note))}
    first = sentences(" ".join([named, *more]))[0]
    assert " ".join(lines).startswith(first)
    assert set(sentences(" ".join(lines))) <= known
    assert len(lines) <= max(LINES, len(wrap(first, 12, room)))


def test_what_does_not_fit_leaves_room_for_the_note() -> None:
    """By hand: the licence comes last, after the note, and a sentence that is too long lets no later one overtake."""
    source = "Source: one. Rate of that day. Licence: free."
    assert small_print(source, "Pale: weak.", 12, 400) == ["Source: one. Rate of that day. Pale: weak. Licence: free."]
    assert " ".join(small_print(source, f"{'Long ' * 60}. Pale: weak.", 12, 400)) == source
    assert small_print("", "", 12, 400) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_picture_has_two_lines(dataset: Dataset, code: str) -> None:
    """On the page, on a phone and in print, in each language; more only where the publishers alone need it."""
    for name, chart in CHARTS.items():
        if not chart.page:
            continue
        selection = Selection(lang=code)
        words = chart.words(chart.table(dataset, selection), selection)
        assert words.source, f"{name} shows no figure that ships: let some ship first, see CONTRIBUTING.md"
        for look in LOOKS:
            room = look.width - 2 * look.margin - 170 * look.printed
            lines = small_print(words.source, words.note, look.source, room)
            most = LONG.get(name, 3) if look.narrow else LINES
            assert 0 < len(lines) <= most, (name, look.width, lines)
            assert all(width(line, look.source) <= room for line in lines)


def test_shortened_keeps_all() -> None:
    """What everyone sees and what is asked for make up the whole."""
    text = "First sentence here. Second one. " + "A third that is long" * 9 + "."
    first, rest = shortened(text)
    assert f"{first} {rest}" == text
    assert first == "First sentence here. Second one."
    assert shortened("") == ("", "")
