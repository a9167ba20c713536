"""Few combinations of many words: each value of each word with each value of every other, once at least."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

T = TypeVar("T")


def covering(words: Mapping[str, Sequence[T]]) -> Iterator[dict[str, T]]:
    """Yield combinations of one value a word, the same ones on every run, that hold every pair of values of two words.

    Of one word each value is yielded alone; of none, one empty combination.
    """
    if len(words) < 2:
        yield from (dict(zip(words, values, strict=True)) for values in product(*words.values()))
        return
    missing = {
        frozenset([(one, a), (other, b)]): None
        for one, other in combinations(words, 2)
        for a, b in product(words[one], words[other])
    }
    while missing:
        chosen = dict(next(iter(missing)))

        def new(word: str, value: T, chosen: dict[str, T] = chosen) -> int:
            return sum(frozenset([(word, value), pair]) in missing for pair in chosen.items())

        for word in (word for word in words if word not in chosen):
            chosen[word] = max(words[word], key=lambda value, word=word: new(word, value))  # type: ignore[misc]
        for pair in combinations(chosen.items(), 2):
            missing.pop(frozenset(pair), None)
        yield {word: chosen[word] for word in words}
