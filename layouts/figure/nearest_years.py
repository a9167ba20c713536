"""The nearest years that are held, where the window asked for holds nothing."""

from collections.abc import Iterable, Iterator


def windows(known: Iterable[int], first: int | None, last: int | None) -> Iterator[tuple[int, int]]:
    """Yield first and last year of windows to show instead of ``first``..``last``, the nearest first.

    All years held inside it; then each of them alone, the newest first; then single years outside it,
    the nearer first and of two equally near the one before.
    """
    years = sorted(set(known))
    inside = [year for year in years if _apart(year, first, last) == 0]
    if len(inside) > 1:
        yield inside[0], inside[-1]
    outside = (year for year in years if _apart(year, first, last) > 0)
    singles = [*inside[::-1], *sorted(outside, key=lambda year: (_apart(year, first, last), year))]
    yield from ((year, year) for year in singles)


def _apart(year: int, first: int | None, last: int | None) -> int:
    """Return how many years a year lies outside the window; 0 inside."""
    before = 0 if first is None else max(0, first - year)
    after = 0 if last is None else max(0, year - last)
    return before + after
