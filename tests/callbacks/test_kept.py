"""Values are made once, kept under a bound, and never outlive the data that they were made of."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from callbacks.kept_answers import KeptValues


def test_fifty_who_ask_at_once_cost_one_making() -> None:
    """All get the very same value, and it is made once, though it is not ready when the others ask."""
    kept: KeptValues[object] = KeptValues(10)
    asked, made = threading.Barrier(50), []

    def make() -> object:
        made.append(1)
        return object()

    def ask(_: int) -> object:
        asked.wait()
        return kept.get("data", "view", make)

    with ThreadPoolExecutor(50) as readers:
        answers = list(readers.map(ask, range(50)))
    assert len(made) == 1
    assert len({id(value) for value in answers}) == 1


def test_other_values_do_not_wait() -> None:
    """One that is long in the making keeps nobody from another."""
    kept: KeptValues[str] = KeptValues(10)
    go = threading.Event()
    slow = threading.Thread(target=lambda: kept.get("data", "slow", lambda: str(go.wait(60))))
    slow.start()
    assert kept.get("data", "quick", lambda: "here") == "here"
    go.set()
    slow.join()
    assert kept.get("data", "slow", lambda: "made again") == "True"


def test_the_bound_holds_over_many_views() -> None:
    """Twenty thousand values leave as many as the room holds: the newest, and those asked for again."""
    kept: KeptValues[bytes] = KeptValues(1000, len)
    for number in range(20_000):
        kept.get("data", number, lambda: b"x" * 10)
        kept.get("data", 0, lambda: b"x" * 10)
    assert len(kept) == 100
    assert kept.weight == 1000
    assert kept.get("data", 0, lambda: b"lost") == b"x" * 10
    assert kept.get("data", 5, lambda: b"made anew") == b"made anew"


def test_a_value_too_large_is_given_and_not_kept() -> None:
    """It would drive out all others."""
    kept: KeptValues[bytes] = KeptValues(1000, len)
    kept.get("data", "small", lambda: b"x")
    assert len(kept.get("data", "large", lambda: b"x" * 5000)) == 5000
    assert (len(kept), kept.weight) == (1, 1)


def test_new_data_free_the_old() -> None:
    """The first question about new data drops every value of the old, also one that was still being made."""
    kept: KeptValues[str] = KeptValues(10)
    kept.get("old", "view", lambda: "old value")
    assert kept.get("old", "late", lambda: kept.get("new", "view", lambda: "new value")) == "new value"
    assert len(kept) == 1
    assert kept.get("new", "view", lambda: "made again") == "new value"
    assert kept.get("new", "late", lambda: "of the new data") == "of the new data"


def test_a_failure_reaches_all_and_is_not_kept() -> None:
    """Who waits gets the same error; who asks later may be luckier."""
    kept: KeptValues[str] = KeptValues(10)
    asked = threading.Barrier(8)

    def fail() -> str:
        raise LookupError("no such thing")

    def ask(_: int) -> str:
        asked.wait()
        with pytest.raises(LookupError, match="no such thing"):
            kept.get("data", "view", fail)
        return "failed"

    with ThreadPoolExecutor(8) as readers:
        assert list(readers.map(ask, range(8))) == ["failed"] * 8
    assert kept.get("data", "view", lambda: "found") == "found"
