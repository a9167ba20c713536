"""The dictionary of columns: what each column of a chart's CSV is called, what it means and in which unit.

The catalogue holds it, ``columns.<name>`` and ``columns.<name>.note``; ``docs/columns.md`` is made of it by
``python -m layouts.words.column_dictionary > docs/columns.md``.
"""

import sys
from typing import Final

from babel.messages.pofile import read_po

from layouts.words import language
from layouts.words.catalogue import FOLDER, has, say, say_or

_DOMAIN: Final = "columns"
_HEADING: Final = "columns.{}"
_NOTE: Final = "columns.{}.note"
_HEAD: Final = """# Columns

What the columns of the CSV files mean, in alphabetical order. Each chart has some of them; an empty cell is
a figure that is not known, never a zero. Numbers have a point and no grouping; months are YYYY-MM.

| column | in words | meaning and unit |
| --- | --- | --- |
"""


def heading(column: str) -> str:
    """Name a column for people; one that the dictionary lacks by its own name."""
    key = _HEADING.format(column)
    return say(key) if has(_NOTE.format(column)) else column.replace("_", " ")


def entry(column: str) -> dict[str, str]:
    """Return name, heading and meaning (with its unit) of a column; no meaning where the dictionary lacks it."""
    return {"name": column, "heading": heading(column), "note": say_or(_NOTE.format(column), "")}


def columns() -> list[str]:
    """Return the names of all columns that the dictionary explains."""
    before, _, after = _NOTE.partition("{}")
    with (FOLDER / language.FIRST / "LC_MESSAGES" / f"{_DOMAIN}.po").open("rb") as stream:
        keys = [str(message.id) for message in read_po(stream)]
    return sorted(
        key.removeprefix(before).removesuffix(after) for key in keys if key.startswith(before) and key.endswith(after)
    )


def as_markdown() -> str:
    """Return the dictionary as a table."""
    lines = [f"| `{name}` | {heading(name)} | {say(_NOTE.format(name))} |\n" for name in columns()]
    return f"{_HEAD}{''.join(lines)}"


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
