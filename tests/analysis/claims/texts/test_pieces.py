"""What a sentence mentions and where: its walls, the words and months of each figure, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.claims.texts import carried_months, figure_verdicts, figure_words, mentions, months, own_months, scopes
from analysis.claims.texts.topics import PAIR, Context

TWO = (
    "In 2023, China's exports to Russia rose 46.9% to $111 billion, "
    "while imports fell 3% from the $114 billion of 2022."
)


def test_words_go_to_the_nearest_wall_on_either_side() -> None:
    """To the ends of the sentence where there is none."""
    sentence = mentions.read(TWO)
    figure = sentence.figures[0]
    start, end = mentions.around(sentence, figure.start, figure.end, sentence.placed)
    assert (start, sentence.text[end : end + 4]) == (0, "$111")
    assert mentions.around(sentence, figure.start, figure.end, ()) == (0, len(sentence.text))
    assert sentence.text[mentions.around(sentence, len(sentence.text), len(sentence.text), sentence.hard)[0] :] == (
        " imports fell 3% from the $114 billion of 2022."
    )


def test_each_figure_has_its_words_and_sign() -> None:
    """A rate that fell is negative; what another is compared with is set beside it."""
    parts = scopes.signed(scopes.parts(mentions.read(TWO)))
    assert [part.figure.number.digits for part in parts] == ["46.9", "111", "-3", "114"]
    assert [part.figure.beside for part in parts] == [False, False, False, True]
    assert ["export" in part.phrase for part in parts] == [True, True, False, False]


def test_each_figure_has_its_months() -> None:
    """Named before it in its thought, or behind what it is set beside."""
    sentence = mentions.read(TWO)
    spans = [months.when(sentence, part).span for part in scopes.parts(sentence)]
    assert spans[:2] == [("2023-01", "2023-12")] * 2
    assert spans[3] == ("2022-01", "2022-12")
    assert [one.span for one in own_months.own_windows(sentence)][:1] == [("2023-01", "2023-12")]


def test_months_carry_on_from_the_sentence_before() -> None:
    """Where it names none and follows at once; a year named there is that of the months here."""
    before = Context(topic=PAIR, span=("2023-01", "2023-06"), year=2023, age=1)
    bare = mentions.read("Exports rose 5%.")
    assert carried_months.when(bare, scopes.parts(bare)[0], before, []).span == ("2023-01", "2023-06")
    march = mentions.read("Exports rose 5% in March.")
    assert carried_months.when(march, scopes.parts(march)[0], before, []).span == ("2023-03", "2023-03")
    assert carried_months.when(bare, scopes.parts(bare)[0], Context(topic=PAIR, age=1), []).span is None


def test_months_without_a_year_are_the_last_before_the_day() -> None:
    """On the day of the text; without it they have none."""
    march = mentions.read("Exports rose 5% in March.")
    dated = carried_months.windows(march, Context(day=date(2024, 2, 15)))
    assert [one.span for one in dated] == [("2023-03", "2023-03")]
    assert [one.span for one in carried_months.windows(march, Context())] == [None]


@pytest.mark.parametrize(
    ("words", "flows"),
    [
        ("Russia's exports and imports were $5 bn and $6 bn, respectively.", ["export", "import"]),
        ("China's exports rose 22.7%, and Russia raised them by 4.1%, to $20.75 billion.", ["", "import", ""]),
    ],
)
def test_flows_go_in_order_or_turn(words: str, flows: list[str]) -> None:
    """Two flows for two figures "respectively"; a subject of its own turns the flow, seen from China."""
    sentence, context = mentions.read(words), Context(topic=PAIR)
    parts = scopes.parts(sentence)
    given = [figure_words.of(sentence, part, months.when(sentence, part), context, []) for part in parts]
    assert [one.flow for one in given] == flows


@pytest.mark.parametrize(
    ("words", "left", "difference"),
    [
        ("Exports to Russia may reach $300 billion by 2030.", True, False),
        ("Exports to Russia rose by $30 billion in 2023.", False, True),
        ("Exports to Russia came to $111 billion in 2023.", False, False),
    ],
)
def test_a_wish_is_left_alone_and_a_difference_is_no_amount(words: str, *, left: bool, difference: bool) -> None:
    """What is planned is no figure; how much more is one that customs do not print."""
    sentence = mentions.read(words)
    part = scopes.parts(sentence)[0]
    assert figure_verdicts.is_left_alone(sentence, part) is left
    assert figure_verdicts.is_difference(part) is difference
