"""Attributes that Dash takes only by keyword with a dash in the name."""

from __future__ import annotations

from typing import Any


def data(**names: str) -> dict[str, Any]:
    """Return ``data-*`` attributes: ``data(point="pulse:export.2023-06")``."""
    return {f"data-{name}": value for name, value in names.items()}


def aria(**names: str) -> dict[str, Any]:
    """Return ``aria-*`` attributes: ``aria(live="polite")``."""
    return {f"aria-{name}": value for name, value in names.items()}
