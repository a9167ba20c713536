"""Windows of months, ``YYYY-MM`` to ``YYYY-MM``: of a year, their length, and the same months of another year."""

from analysis.readings import Span


def of(year: int, first: int = 1, last: int = 12) -> Span:
    """Return months of a year, the whole of it by default."""
    return f"{year:04d}-{first:02d}", f"{year:04d}-{last:02d}"


def is_year(span: Span) -> bool:
    """Return whether a window is January to December of one year."""
    return span == of(int(span[0][:4]))


def length(span: Span) -> int:
    """Return how many months a window has."""
    (year, month), (last_year, last) = (map(int, one.split("-")) for one in span)
    return (last_year - year) * 12 + last - month + 1


def ending_in(span: Span, year: int) -> Span:
    """Return the same months, ending in another year."""
    shift = year - int(span[1][:4])
    start, end = (f"{int(month[:4]) + shift:04d}{month[4:]}" for month in span)
    return start, end
