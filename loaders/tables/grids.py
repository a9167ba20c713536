"""Whatever holds a table, as plain grids of text: workbooks (.xls, .xlsx), saved pages, delimited text.

Titles above a table stay in the grid; the parser finds the header in it. Cells lose no digit.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from loaders.core.source import SourceError
from loaders.tables import parsing, row_account, text_files, workbooks
from loaders.tables.workbooks import WIDEST, TextGrid, is_workbook, tops

__all__ = ["TextGrid", "is_page", "is_workbook", "laid_out", "markup", "read", "table", "tops", "words"]

Element: TypeAlias = Any  # lxml carries no types
_TOP: Final = 40


def is_page(content: bytes) -> bool:
    """Return whether the bytes begin like a page of the web, whatever the file is called."""
    return content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def read(content: bytes, name: str, encodings: Sequence[str] = ("utf-8", "cp1252")) -> list[TextGrid]:
    """Return the tables of a file that is read whole.

    Raises:
        SourceError: the bytes are broken, or no table.
    """
    if is_workbook(content):
        return workbooks.read(content, name)
    text = parsing.decode(content, name, encodings)
    return _page(text, name) if is_page(content) else [_delimited(text, name)]


def _delimited(text: str, name: str) -> TextGrid:
    lines = text.lstrip("\r\n").split("\n", _TOP)[:_TOP]
    mark = max((text_files.delimiter(line) for line in lines), key=lambda one: sum(line.count(one) for line in lines))
    return TextGrid([[cell.strip() for cell in row] for row in text_files.rows(text, name, mark)])


def markup(text: str, name: str) -> Element:
    """Return the tree of a page, however broken; nothing is fetched for it.

    Raises:
        SourceError: it is empty.
    """
    from lxml import etree  # noqa: PLC0415 (large, and only a reader of files needs it)

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode(), parser) if text.strip() else None
    except etree.XMLSyntaxError:
        tree = None
    if tree is None:
        raise SourceError(f"{name}: an empty page; save it again")
    return tree


def _page(text: str, name: str) -> list[TextGrid]:
    """Return the innermost tables of a page, after a grid of one row with what stands outside of them."""
    tree = markup(text, name)
    outside = tree.xpath("//title | //h1 | //h2 | //h3 | //caption | //b")
    return [TextGrid([[words(one) for one in outside]]), *map(laid_out, tree.xpath("//table[not(.//table)]"))]


def words(element: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def laid_out(table: Element, longest: int | None = None, widest: int = WIDEST) -> TextGrid:
    """Lay out a table of a page; a cell that spans columns or rows stands in each of them."""
    grid = TextGrid([])
    pending: dict[int, tuple[int, str]] = {}
    for line in table.xpath("./tr | ./*/tr")[:longest]:
        cells: list[str] = []
        waiting, pending = pending, {}
        for cell in [*line.xpath("./td | ./th"), None]:
            while len(cells) in waiting:
                left, text = waiting.pop(len(cells))
                _span(cells, pending, text, 1, left)
            if cell is not None and len(cells) < widest:
                if title := str(cell.get("title") or ""):
                    grid.cell_titles[len(grid.rows), len(cells)] = " ".join(title.split())
                wide, high = (min(_number(cell, side), widest) for side in ("colspan", "rowspan"))
                _span(cells, pending, words(cell), wide, high)
        grid.rows.append(cells)
    return grid


def _span(cells: list[str], pending: dict[int, tuple[int, str]], text: str, wide: int, high: int) -> None:
    """Add a cell ``wide`` times and note where it hangs down into the next row."""
    for _ in range(wide):
        if high > 1:
            pending[len(cells)] = (high - 1, text)
        cells.append(text)


def _number(cell: Element, attribute: str) -> int:
    text = str(cell.get(attribute) or "").strip()
    return min(int(text), WIDEST) if text.isascii() and text.isdigit() and len(text) <= 4 and int(text) else 1


def table(grid: TextGrid, name: str, header: int, columns: Iterable[str]) -> row_account.TableRows:
    """Return the rows below ``header`` as a sheet under the names ``columns``.

    Raises:
        SourceError: there is no row below the header.
    """
    names = [*columns]
    while names and not names[-1]:
        names.pop()
    filled = [column or f"column {place}" for place, column in enumerate(names, 1)]
    seen = Counter(column.casefold() for column in filled)
    filled = [
        f"{column} ({place})" if seen[column.casefold()] > 1 else column for place, column in enumerate(filled, 1)
    ]
    made = row_account.TableRows(grid.name(name), filled)
    made.fill((place, [*row, *[""] * (len(filled) - len(row))]) for place, row in grid.below(header))
    return made
