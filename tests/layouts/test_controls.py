"""The years to choose from."""

from __future__ import annotations

import pytest

from layouts.controls import bar, shown_year, year_choices
from layouts.look.ids import Id


@pytest.mark.parametrize("id_", [Id.START, Id.END])
@pytest.mark.parametrize("month", [None, "2023-06", "2030-01", "2030-12", "1990-01", "1990-12"])
def test_what_is_shown_can_be_chosen(id_: Id, month: str | None) -> None:
    """Whatever month the address names, the control has a value for it."""
    assert shown_year(id_, month) in {choice["value"] for choice in year_choices(id_, month, 2026)}


def test_measures_are_named_in_plain_words() -> None:
    """A reader who knows no jargon can tell what each measure is."""
    words = str(bar(2026))
    for name in ("Value", "Change from a year earlier", "Change, year to date", "12-month sum", "Share"):
        assert f"'label': '{name}'" in words
    assert "a year ago" not in words
    assert "Show figures as published by" in words
