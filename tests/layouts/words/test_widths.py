"""Where a text breaks: no word is lost, no line begins with a sign that closes, a number keeps its unit."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.words.small_print import sentences, shortened, small_print
from layouts.words.widths import width, wrap

LATIN: Final = ("trade", "rose", "by", "HS", "27", "US$", "114.9", "bn", "—", "2019–2026", "(CIF)")
RUSSIAN: Final = ("товарооборот", "вырос", "на", "21,5\u00a0%", "ТН", "ВЭД", "27", "—", "млрд", "«Сила")
CHINESE: Final = "中国海关统计进口原油煤炭增长2026年"
CLOSING: Final = "，。、；：！？）」』》】％%…·"
SIZES: Final = st.sampled_from([9, 12, 14, 18, 30])
ROOMS: Final = st.floats(20, 900)


@given(st.lists(st.sampled_from((*LATIN, *RUSSIAN)), min_size=1, max_size=25), SIZES, ROOMS)
def test_words_with_spaces_are_all_kept_in_order(words: list[str], size: int, room: float) -> None:
    """Joined again the lines are the text, and only a piece that cannot be divided may stick out."""
    whole = " ".join(words)
    lines = wrap(whole, size, room)
    assert " ".join(lines) == whole
    for line in lines:
        assert (
            width(line, size) <= room
            or len(line.split(" ")) <= 1
            or any(one in line for one in ("—", "HS", "ТН", "27"))
        )


CLAUSES: Final = st.tuples(
    st.text(CHINESE, min_size=1, max_size=9), st.sampled_from(["", "，", "。", "、", "）", "%。"])
)


@given(st.lists(CLAUSES, min_size=1, max_size=9), SIZES, ROOMS)
def test_squares_are_all_kept_and_no_line_begins_with_what_closes(
    clauses: list[tuple[str, str]], size: int, room: float
) -> None:
    """Chinese breaks between any two squares, but a comma or a bracket stays with the one before it."""
    text = "".join(f"{letters}{closed}" for letters, closed in clauses)
    lines = wrap(text, size, room)
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in CLOSING]


@given(st.lists(st.sampled_from(LATIN), min_size=1, max_size=20), SIZES, st.floats(60, 400), st.floats(0, 300))
def test_more_room_never_makes_more_lines(words: list[str], size: int, room: float, more: float) -> None:
    """A wider place has as many lines or fewer."""
    whole = " ".join(words)
    assert len(wrap(whole, size, room + more)) <= len(wrap(whole, size, room))


@given(st.text("abcXYZ 019.,%абвЯ中国", max_size=40), st.text("abcXYZ中", max_size=10), SIZES)
def test_widths_add_up_and_grow_with_the_letters(one: str, other: str, size: int) -> None:
    """Two texts side by side are as wide as both; letters of twice the size are twice as wide, bold ones wider."""
    assert width(one + other, size) == pytest.approx(width(one, size) + width(other, size))
    assert width(one, 2 * size) == pytest.approx(2 * width(one, size))
    assert width(one, size, bold=True) == pytest.approx(1.065 * width(one, size))


def test_a_square_is_as_wide_as_it_is_high() -> None:
    """By hand: three Chinese letters of 12 pixels are 36 wide, a digit of 10 is 5.56, an i of 100 is 22.2."""
    assert width("中国的", 12) == pytest.approx(36.0)
    assert width("7", 10) == pytest.approx(5.56)
    assert width("i", 100) == pytest.approx(22.2)
    assert width("ß", 100) == pytest.approx(55.6), "a letter that is not named is as wide as most"


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("HS 27 alone", 30, ["HS 27", "alone"]),
        ("31 Jan 2026", 30, ["31 Jan", "2026"]),
        ("ТН ВЭД 2709", 40, ["ТН ВЭД 2709"]),
        ("2026年7月增长", 60, ["2026年7月", "增长"]),
        ("共809亿美元。", 40, ["共", "809亿美元。"]),
        ("a — b", 10, ["a —", "b"]),
        ("（中国）", 12, ["（中", "国）"]),
    ],
)
def test_what_belongs_together_stays_together(text: str, room: float, lines: list[str]) -> None:
    """A code with its nomenclature, a day with its month, a number with its unit, a bracket with what it holds."""
    assert wrap(text, 12, room) == lines


def test_no_square_stands_alone_on_the_last_line() -> None:
    """It takes the one before it along; where the line before has but two, it stays."""
    assert wrap("中国海关统计", 10, 50) == ["中国海关", "统计"]
    assert wrap("中国海", 10, 20) == ["中国", "海"]
    assert wrap("中国海关统计。", 10, 50) == ["中国海关", "统计。"]


@given(
    st.lists(st.sampled_from(["One of them.", "A second, longer sentence.", "Is it? Yes.", "Third (3)."]), max_size=9)
)
def test_a_shortened_text_loses_no_sentence(parts: list[str]) -> None:
    """What fits and what is left are the whole, and the first sentence is always shown."""
    whole = " ".join(parts)
    shown, left = shortened(whole)
    assert " ".join(filter(None, (shown, left))) == whole
    assert not parts or shown.startswith(parts[0].split("?")[0])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Up. Down.", ["Up.", "Down."]),
        ("114,9 млрд долл. США. Далее.", ["114,9 млрд долл. США.", "Далее."]),
        ("A. Novak said so. True.", ["A. Novak said so.", "True."]),
        ("增长。下降！", ["增长。", "下降！"]),
        ("", []),
    ],
)
def test_where_a_sentence_ends(text: str, parts: list[str]) -> None:
    """Not after an initial, nor after an abbreviation of money."""
    assert sentences(text) == parts


@given(st.integers(0, 12), st.integers(0, 12), st.floats(150, 900))
def test_small_print_names_who_publishes_and_takes_two_lines_else(sources: int, notes: int, room: float) -> None:
    """The first sentence is there in full whatever its length; what more is said leaves it at two lines."""
    named = f"Source: {', '.join(['UN Comtrade'] * (sources + 1))}."
    note = " ".join(f"Note {number} of the picture." for number in range(notes))
    lines = small_print(f"{named} Newest: 7 Jun 2023. Licence: terms.", note, 12, room)
    whole = " ".join(lines)
    assert whole.startswith(named)
    assert len(lines) <= max(2, len(wrap(named, 12, room)))
    rest = whole.removeprefix(named)
    assert all(sentence in f"Newest: 7 Jun 2023. {note} Licence: terms." for sentence in sentences(rest.strip()))


def test_an_empty_picture_has_no_small_print() -> None:
    """Nobody publishes nothing."""
    assert small_print("", "", 12, 300) == []
