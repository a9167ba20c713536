"""The claims that ship, as rows of their table."""

from analysis.claims.verdicts import Row
from analysis.dataset import Dataset
from analysis.readings import Span


def rows(dataset: Dataset) -> list[Row]:
    """Return the rows of the claims table as text, in its order."""
    claims = dataset.side("claims").fillna("")
    return [{str(key): cell for key, cell in row.items()} for row in claims.to_dict("records")]


def span(row: Row, which: str = "period") -> Span:
    """Return the window that a claim is of, or its ``base``."""
    return row[f"{which}_start"], row[f"{which}_end"]
