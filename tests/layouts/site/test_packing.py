"""Answers as a script: whatever is packed is read back, what occurs twice stands once, and no letter breaks a page."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from layouts.site import packing
from layouts.site.packing import SHARED, SharedParts

NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=6)
CELLS = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1e9, 1e9) | st.text("abc中ё\"'<>\\\n", max_size=12)
JSON: st.SearchStrategy[Any] = st.recursive(
    CELLS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(NAMES, inner, max_size=5), max_leaves=25
)


@given(st.dictionaries(NAMES, JSON, max_size=5))
def test_what_is_packed_is_read_back(content: dict[str, Any]) -> None:
    """Nothing is lost or changed on the way, in any script."""
    assert packing.unpacked(packing.script("pulse/en", content)) == content


@given(st.dictionaries(NAMES, JSON, max_size=5))
def test_the_script_holds_plain_letters(content: dict[str, Any]) -> None:
    """It can stand in any text file and ends no element: letters, digits and a few signs."""
    written = packing.script("pulse/en", content).decode()
    assert written.startswith('trade.put("pulse/en","')
    assert written.endswith('");\n')
    assert set(written.split('"')[3]) <= set(string.ascii_letters + string.digits + "+/=")


def test_what_occurs_twice_stands_once() -> None:
    """Two like rows of forty letters are one part; the second names the first."""
    pool = SharedParts()
    long = ["a row that is long enough", "to be worth a place"]
    made = pool.put({"views": [list(long), list(long)], "few": [1, 2], "name": "a whole of forty letters or more"})
    assert pool.parts.count(long) == 1
    content = pool.parts[made[SHARED]]
    assert content["few"] == [1, 2], "what is short stands where it is"
    assert content["views"] == [{SHARED: 0}, {SHARED: 0}]


@given(JSON)
def test_a_part_names_only_parts_before_it(value: Any) -> None:
    """The browser resolves them in one go, from the first to the last."""
    pool = SharedParts()
    pool.put(value)

    def named(one: Any) -> list[int]:
        if isinstance(one, list):
            return [place for part in one for place in named(part)]
        if isinstance(one, dict):
            own = [one[SHARED]] if list(one) == [SHARED] else []
            return own or [place for part in one.values() for place in named(part)]
        return []

    for number, part in enumerate(pool.parts):
        assert all(place < number for place in named(part))
