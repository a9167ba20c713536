"""Attributes that Dash takes only by keyword with a dash in the name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.selection import Selection


def data(**names: str) -> dict[str, Any]:
    """Return ``data-*`` attributes: ``data(point="pulse:export.2023-06")``."""
    return {f"data-{name}": value for name, value in names.items()}


def asked(selection: Selection, point: str) -> str:
    """Return the address of this view with the panel of a point open."""
    return replace(selection, point=point).to_query()


def aria(**names: str) -> dict[str, Any]:
    """Return ``aria-*`` attributes: ``aria(live="polite")``."""
    return {f"aria-{name}": value for name, value in names.items()}
