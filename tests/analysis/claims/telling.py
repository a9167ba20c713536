"""Sentences as a reader reads them: a no-break space is a space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts.charts.claims import wording

if TYPE_CHECKING:
    from analysis.claims.verdicts import Verdict


def sentence(verdict: Verdict) -> str:
    """Return the sentences of a verdict with plain spaces."""
    return wording.sentence(verdict).replace("\N{NO-BREAK SPACE}", " ")
