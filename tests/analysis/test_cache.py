"""Answers live and die with their dataset."""

from __future__ import annotations

import gc
import weakref
from dataclasses import dataclass

from analysis.cache import of_rows, per_dataset


@dataclass(frozen=True, eq=False)
class Numbers:
    """A dataset for these tests."""

    values: tuple[int, ...]


def test_an_answer_is_computed_once_for_each_dataset() -> None:
    """The same question of one dataset is answered from memory, of another anew."""
    asked: list[tuple[int, ...]] = []

    @per_dataset(maxsize=4)
    def total(numbers: Numbers, factor: int = 1) -> int:
        asked.append(numbers.values)
        return factor * sum(numbers.values)

    one, other = Numbers((1, 2)), Numbers((3, 4))
    assert [total(one), total(one), total(other), total(one, 2), total(one, 2)] == [3, 3, 7, 6, 6]
    assert asked == [(1, 2), (3, 4), (1, 2)]


def test_no_more_than_the_bound_is_kept() -> None:
    """The oldest answer makes room."""
    asked: list[int] = []

    @per_dataset(maxsize=2)
    def plus(numbers: Numbers, more: int) -> int:
        asked.append(more)
        return sum(numbers.values) + more

    one = Numbers((1,))
    for more in (1, 2, 3, 1):
        plus(one, more)
    assert asked == [1, 2, 3, 1]


def test_answers_die_with_their_dataset() -> None:
    """After ten datasets none of the first nine is alive, nor what was computed from them."""

    class Answer:
        pass

    @per_dataset()
    def answer(numbers: Numbers) -> Answer:
        del numbers
        return Answer()

    alive: list[weakref.ref[object]] = []
    numbers = Numbers((0,))
    for turn in range(10):
        numbers = Numbers((turn,))
        alive += [weakref.ref(numbers), weakref.ref(answer(numbers))]
    assert [ref() is not None for ref in alive] == [False] * 18 + [True] * 2


def test_rows_are_asked_about_once() -> None:
    """The last answer is kept for the same rows and words; of others, alike or not, it is made anew."""
    asked: list[tuple[int, str]] = []

    @of_rows
    def said(numbers: Numbers, word: str) -> str:
        asked.append((sum(numbers.values), word))
        return f"{word} {sum(numbers.values)}"

    one, alike = Numbers((1, 2)), Numbers((1, 2))
    assert [said(one, "a"), said(one, "a"), said(one, "b"), said(alike, "b"), said(one, "b")] == [
        *("a 3", "a 3", "b 3", "b 3", "b 3")
    ]
    assert asked == [(3, "a"), (3, "b"), (3, "b"), (3, "b")]
    kept = weakref.ref(alike)
    del alike
    gc.collect()
    assert kept() is None
