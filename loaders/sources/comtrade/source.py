"""UN Comtrade: what countries report to the United Nations, goods by goods, in US dollars.

Every layout that people have is read: the new service's 43 to 47 columns (CSV, TXT, JSON, Excel), the
35-column files of before, and the names of the old service, in any order and mixture; with the names of
countries alone, without a classification, and with a translated header, where the cells leave no doubt.
"""

import re
from typing import Final

from loaders.core.source import Hints, Key, Parsed, Source
from loaders.sources.comtrade import names
from loaders.sources.comtrade import requests as comtrade_fetch
from loaders.sources.comtrade import workbooks as comtrade_books
from loaders.sources.comtrade.rows import CellReader, typed
from loaders.sources.comtrade.text_columns import read, split
from loaders.sources.comtrade.totals_and_parts import totals
from loaders.tables import grids

_KEY: Final = re.compile(rb'"(\w+)"\s*:')


def recognises(head: bytes) -> bool:
    """Return whether the beginning of a file is UN Comtrade's: by column names, or by its answers' form."""
    if grids.is_workbook(head):
        return comtrade_books.recognises(head)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace").encode()
    start = text.lstrip()
    if start[:1] in {b"{", b"["}:
        return _recognises_json(start)
    lines = text.splitlines()
    first = [line.decode(errors="replace") for line in lines[:2]]
    return bool(first) and (names.ours(split(first[0])[1]) or comtrade_books.translated("\n".join(first)) is not None)


def _recognises_json(start: bytes) -> bool:
    keys = {key.decode(errors="replace") for key in _KEY.findall(start)}
    return names.ours(sorted(keys)) or {"elapsedTime", "data"} <= keys or {"statusCode", "message"} <= keys


def parse(content: bytes, name: str, hints: Hints = Hints()) -> Parsed:  # noqa: B008 (frozen)
    """Return the rows in scope of a file or an answer of UN Comtrade.

    Values are whole US dollars. Only totals over customs procedures, means of transport and second
    partners count; where a series has none, the sum of its parts, marked as derived. Flows other
    than imports and exports, services, and partners that are no country are left out and counted.

    Raises:
        SourceError: the bytes are not UN Comtrade's, are an error answer, or lack a needed column.
    """
    del hints
    sheet = read(content, name)
    reader = CellReader(name, dict(sheet.headers))
    reader.rows_read = sheet.rows_read
    for line in sheet.refused:
        reader.refuse_line(line)
    rows, notes = totals(typed(sheet, reader), reader)
    reader.notes += [*sheet.notes, *_flows(reader), *notes]
    return reader.parsed(rows)


def _flows(reader: CellReader) -> list[str]:
    """Say which flows were left out: they are parts of imports and exports, or lie beside them."""
    left = {reason: count for reason, count in reader.left_out.most_common() if reason.startswith("flow ")}
    counted = ", ".join(f"{count} of {reason}" for reason, count in left.items())
    return [f"{reader.name}: rows left out, no plain imports or exports: {counted}"] if left else []


SOURCE: Final = Source.of(
    "comtrade",
    parse=parse,
    recognises=recognises,
    base="https://comtradeapi.un.org",
    fetch=comtrade_fetch.fetch,
    pause=1.05,
    key=Key("COMTRADE_API_KEY", "Ocp-Apim-Subscription-Key"),
)
