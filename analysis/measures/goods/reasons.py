"""Why a figure is refused: a code and what belongs to it, in one cell of a table; the words are made in ``layouts``."""

# a code, or a list of codes of goods, as in ``part of=852580+880211``
BETWEEN = "+"


def written(code: str, /, **values: object) -> str:
    """Write a reason: its code, then ``name=value`` of each thing that it names, as in ``counting year=2022``.

    Raises:
        ValueError: a value holds a blank, which would end it.
    """
    parts = [code, *(f"{name}={value}" for name, value in values.items())]
    if any(" " in part for part in parts):
        raise ValueError(f"a reason is a code and values without blanks, not {parts}")
    return " ".join(parts)


def read(reason: str) -> tuple[str, dict[str, str]]:
    """Return the code of a reason and what it names."""
    code, *parts = reason.split(" ")
    return code, dict(part.split("=", 1) for part in parts)
