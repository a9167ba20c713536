"""A desk to bring files to: a store of its own, what was said, and a tiny source to try the engine with."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from loaders.core import schema
from loaders.core.columns import categories
from loaders.core.source import Hints, Parsed, Source, SourceError
from loaders.core.store import Store
from loaders.importing.file_checks import Options
from loaders.importing.run import run_import
from loaders.importing.undo import run_forget
from loaders.tables import parsing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOMENT = pd.Timestamp("2026-11-24 08:00:05")
HEADER = "who,whom,way,when,goods,usd,printed"
_NAMES = {"who": "reporter", "whom": "partner", "way": "flow", "goods": "commodity_code", "usd": "value"}


def lines(*rows: str) -> bytes:
    """Return a file of the tiny source: ``rows`` like ``CHN,RUS,import,2024-01,27,5``."""
    return "\n".join((HEADER, *(row + "," * (HEADER.count(",") - row.count(",")) for row in rows), "")).encode()


def _parse(content: bytes, name: str, hints: Hints = Hints(), *, source: str = "tiny") -> Parsed:  # noqa: B008 - frozen
    try:
        head, *cells = csv.reader(io.StringIO(parsing.decode(content, name)), strict=True)
        whole = [row + [""] * (len(head) - len(row)) for row in cells if row]
        table = pd.DataFrame(whole, columns=head, dtype="str")
        rows = table.rename(columns=_NAMES)[[*_NAMES.values(), "when", "printed"]]
    except (csv.Error, ValueError, KeyError) as error:
        raise SourceError(f"{name}: no tiny table ({error}); write one") from error
    rows[parsing.ROW] = range(2, len(rows) + 2)
    number = parsing.numbers(rows["value"])
    period = pd.to_datetime(rows["when"], format="%Y-%m", errors="coerce")
    bad = number.isna() | number.lt(0) | period.isna()
    refused = [f"{name}, row {row}: no number or no month; mend it" for row in rows.loc[bad, parsing.ROW]]
    rows = rows.assign(value=number, period_start=period, period_end=period)[~bad]
    fixed = {"source": source, "classification": "HS2022", "currency": "USD", "valuation": "CIF", "status": "final"}
    rows = rows.assign(**{column: categories.constant(cell, rows) for column, cell in fixed.items()})
    rows = rows.assign(quantity=None, quantity_unit=None, net_weight_kg=None)
    rows["released"] = pd.to_datetime(rows["printed"].where(rows["printed"].ne("")))
    if hints.flow:
        rows["flow"] = hints.flow
    notes = [f"flow {hints.flow}: as given with --flow"] if hints.flow else []
    return parsing.settle(rows, name, len(table), refused, notes)


def _parse_other(content: bytes, name: str, hints: Hints = Hints()) -> Parsed:  # noqa: B008 - frozen
    return _parse(content.replace(b"#other\n", b""), name, hints, source="other")


def _tiny(head: bytes) -> bool:
    return head.startswith(HEADER.encode())


def _other(head: bytes) -> bool:
    return head.startswith(b"#other\n")


TINY = Source(name="tiny", title="Tiny", publisher="Tiny Office", licence="CC0", parse=_parse, recognises=_tiny)
OTHER = Source(
    name="other", title="Other", publisher="Other Office", licence="CC0", parse=_parse_other, recognises=_other
)


@dataclass
class Desk:
    """A store in a folder of its own, and what the last command said."""

    folder: Path
    sources: Sequence[Source] = (TINY, OTHER)
    out: str = ""
    err: str = ""
    moment: pd.Timestamp = MOMENT
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        """Put the data dir and the files to bring beside each other."""
        self.store = Store(self.folder / "data", self.folder / "snapshot")

    def file(self, name: str, content: bytes) -> Path:
        """Write a file to bring."""
        path = self.folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def bring(
        self,
        *paths: Path | str,
        hints: Hints | None = None,
        quiet: bool = False,
        verbose: bool = False,
        **options: Any,
    ) -> int:
        """Import, a minute later than the last time."""
        out, err = io.StringIO(), io.StringIO()
        self.moment += pd.Timedelta(minutes=1)
        code = run_import(
            self.store,
            paths,
            hints or Hints(),
            moment=self.moment,
            out=out,
            err=err,
            quiet=quiet,
            verbose=verbose,
            sources=self.sources,
            options=Options(**options),
        )
        self.out, self.err = out.getvalue(), err.getvalue()
        return code

    def forget(self, *names: str) -> int:
        """Take imports back."""
        out, err = io.StringIO(), io.StringIO()
        code = run_forget(self.store, names, out=out, err=err)
        self.out, self.err = out.getvalue(), err.getvalue()
        return code

    def values(self, source: str = "tiny") -> list[float]:
        """Return the values held, sorted."""
        return sorted(self.store.stored(source)["value"].tolist())

    def bytes(self) -> dict[str, str]:
        """Return a digest of each file of the data dir but the lock."""
        files = sorted(self.store.folder.rglob("*")) if self.store.folder.exists() else []
        return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.name != ".lock" and f.is_file()}


def facts(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the rows of a table as comparable text, whatever their order."""
    return sorted(map(tuple, table[list(schema.COLUMNS)].astype("str").to_numpy().tolist()))
