"""UN Comtrade's JSON answers as text: of the preview, the keyed and the old service."""

import json
from typing import Final

import pandas as pd

from loaders.core.source import SourceError
from loaders.sources.comtrade import names
from loaders.sources.comtrade.columns import ItemCells, complete, places
from loaders.sources.comtrade.names import shown
from loaders.tables.parsing import ROW

_AGAIN: Final = "download it again"
_WORDS: Final = 160
_ANSWER: Final = (
    *("type", "freq", "period", "reporter", "partner", "partner2", "flow", "classification", "commodity", "customs"),
    *("transport", "value", "weight", "weight_estimated", "quantity", "quantity_estimated"),
)
_ALL: Final = (*_ANSWER, "level", "cif", "fob", "unit", "unit_code", "flag", "supply")
_CAPS: Final = frozenset({500, 100_000, 250_000})


def read_json(raw: bytes, name: str) -> ItemCells:
    """Return the cells of an answer, or of a plain list of its records.

    Raises:
        SourceError: the answer is an error, is cut off, or holds something else than trade figures.
    """
    try:
        answer = json.loads(raw, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name}: not readable as JSON ({error}); {_AGAIN}") from error
    records, notes = _records(answer, name)
    if not records:
        empty = complete(pd.DataFrame({ROW: pd.Series(dtype="int64")}))
        return ItemCells(name, empty, {}, 0, notes=[*notes, f"{name}: the answer holds no records"])
    headers = list(dict.fromkeys(key for record in records for key in record))
    if not names.ours(headers):
        raise SourceError(
            f"{name}: holds {', '.join(map(shown, headers[:3]))} ..., no trade figures; ask for data instead"
        )
    called = {item: headers[place] for item, place in places(headers, name).items()}
    if name.startswith(("http://", "https://")):
        _check_columns(called, [headers[place] for place in names.strange(headers)], name)
    cells = pd.DataFrame(
        {item: [_cell(record.get(key)) for record in records] for item, key in called.items()}, dtype="str"
    )
    cells[ROW] = range(1, len(cells) + 1)
    return ItemCells(name, complete(cells), called, len(cells), notes=notes)


def _check_columns(called: dict[str, str], strange: list[str], name: str) -> None:
    """Refuse the service's own answer where it lacks a column, or where one of any use has another name now."""
    lost = [item for item in (_ALL if strange else _ANSWER) if item not in called]
    if lost:
        new = f" and holds {', '.join(map(shown, strange[:3]))}" if strange else ""
        words = ", ".join(lost).replace("_", " ")
        raise SourceError(f"{name}: the answer lacks {words}{new}; the service may have changed its columns")


def _records(answer: object, name: str) -> tuple[list[dict[str, object]], list[str]]:
    """Return the records of an answer of either service, or of a plain list of them."""
    records: object = answer
    notes = []
    if isinstance(answer, dict):
        records = answer.get("data", answer.get("dataset"))
        _check_answer(answer, records, name)
        notes = _doubts(answer, records, name)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise SourceError(f"{name}: JSON without a list of trade records; {_AGAIN}")
    return records, notes


def _check_answer(answer: dict[str, object], records: object, name: str) -> None:
    """Raise for a service's refusal that was saved as if it were data."""
    nested = answer.get("errorObject")
    message = (
        answer.get("message")
        or answer.get("error")
        or (nested.get("errorMessage") if isinstance(nested, dict) else nested)
    )
    if not records and message:
        words = " ".join(f"{answer.get('statusCode') or ''} {message}".split())[:_WORDS]
        raise SourceError(f"{name}: an error answer of the service, not data ({words}); ask again later or with a key")


def _doubts(answer: dict[str, object], records: object, name: str) -> list[str]:
    size = len(records) if isinstance(records, list) else 0
    count, error = answer.get("count"), " ".join(str(answer.get("error") or "").split())[:_WORDS]
    notes = []
    if isinstance(count, str) and count != str(size):
        notes.append(f"{name}: says {count} records and holds {size}")
    if error:
        notes.append(f"{name}: the answer carries an error beside its records: {error}")
    if size in _CAPS:
        notes.append(f"{name}: {size} records are as many as one answer can hold, so some may be missing")
    return notes


def _cell(value: object) -> str:
    return "" if value is None else str(value)
