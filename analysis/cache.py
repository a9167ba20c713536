"""Answers kept with the dataset they were computed from: they are dropped when it is."""

import weakref
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
D = TypeVar("D")
_KEPT: Final = "_answers"


def per_dataset(maxsize: int = 64) -> Callable[[Callable[Concatenate[D, P], R]], Callable[Concatenate[D, P], R]]:
    """Keep the last ``maxsize`` answers of a function for each dataset, its first argument.

    The answers live on the dataset itself and die with it: an old one is not kept alive by what was
    computed from it. Further arguments must be hashable; an answer must not be changed.
    """

    def decorate(function: Callable[Concatenate[D, P], R]) -> Callable[Concatenate[D, P], R]:
        @wraps(function)
        def answered(dataset: D, *args: P.args, **kwargs: P.kwargs) -> R:
            kept: dict[object, Callable[..., R]] = dataset.__dict__.setdefault(_KEPT, {})
            if function not in kept:
                kept[function] = lru_cache(maxsize)(_bound(function, weakref.ref(dataset)))
            return kept[function](*args, **kwargs)

        return cast("Callable[Concatenate[D, P], R]", answered)

    return decorate


def _bound(function: Callable[..., R], dataset: weakref.ref[Any]) -> Callable[..., R]:
    """Return ``function`` of the dataset, without keeping that alive: whoever calls holds it."""
    return lambda *args, **kwargs: function(dataset(), *args, **kwargs)


def of_rows(function: Callable[Concatenate[D, P], R]) -> Callable[Concatenate[D, P], R]:
    """Keep the last answer of a function of some rows, its first argument, for as long as the same are asked about.

    Several pictures are drawn of the same rows, one after the other. Neither rows nor answer may be changed.
    """
    last: list[tuple[weakref.ref[Any], tuple[object, ...], R]] = []

    @wraps(function)
    def answered(rows: D, *args: P.args, **kwargs: P.kwargs) -> R:
        asked = (*args, *kwargs.items())
        for known, before, answer in last:
            if known() is rows and before == asked:
                return answer
        answer = function(rows, *args, **kwargs)
        last[:] = [(weakref.ref(rows), asked, answer)]
        return answer

    return cast("Callable[Concatenate[D, P], R]", answered)
