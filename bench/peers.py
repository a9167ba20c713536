"""What the import is measured against: the same rows and columns with the usual tools, as a user would write it.

Each function imports its tool, then returns what is timed. What is timed returns the number of rows
in scope and the sum of their values when asked, so that all can be seen to agree.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.core import schema
from loaders.core.source import Hints
from loaders.tables import parsing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Outcome = Callable[[], tuple[int, float]]
    Timed = Callable[[Path], Outcome]

CHUNK: Final = 250_000
# the columns that our own import of a UN Comtrade file reads
READ: Final = (
    "typeCode",
    "freqCode",
    "period",
    "refYear",
    "refMonth",
    "reporterCode",
    "reporterISO",
    "partnerCode",
    "partnerISO",
    "partner2Code",
    "customsCode",
    "motCode",
    "flowCode",
    "flowDesc",
    "classificationCode",
    "classificationSearchCode",
    "cmdCode",
    "aggrLevel",
    "primaryValue",
    "cifvalue",
    "fobvalue",
    "netWgt",
    "isNetWgtEstimated",
    "qty",
    "isQtyEstimated",
    "qtyUnitAbbr",
    "qtyUnitCode",
    "legacyEstimationFlag",
)
FEW: Final = ["period", "reporterCode", "flowCode", "partnerCode", "cmdCode", "netWgt", "primaryValue", "customsCode"]
_NUMBERS: Final = ("primaryValue", "cifvalue", "fobvalue", "netWgt", "qty")
_CODES: Final = ("reporterCode", "partnerCode")


def ours(source: str) -> Timed:
    """Import into an empty store as ``--import`` does: recognise, read, check, set beside what ships, merge, write."""
    from loaders.core.store import Store, read_table  # noqa: PLC0415 (each contender loads its own tool)
    from loaders.importing import run as importing  # noqa: PLC0415

    hints = Hints(flow="import") if source == "gacc" else Hints()

    def run(file: Path) -> Outcome:
        folder = tempfile.TemporaryDirectory()
        out, err = io.StringIO(), io.StringIO()
        moment = pd.Timestamp("2026-01-01")
        importing.run_import(Store(folder.name), [file], hints, moment=moment, out=out, err=err, quiet=True)

        def outcome() -> tuple[int, float]:
            with folder:
                table = read_table(Path(folder.name) / f"{source}.parquet")
            return len(table), float(table["value"].sum())

        return outcome

    return run


def codes(system: str) -> tuple[list[int], list[int]]:
    """Return the numbers of China and Russia, and of all countries in scope."""
    known = parsing.countries(system)
    pair = [int(code) for code, iso in known.items() if iso in schema.PAIR]
    return pair, [int(code) for code, iso in known.items() if iso in schema.SCOPE]


def _in_scope(chunk: pd.DataFrame, reporter: str, partner: str, goods: str) -> pd.DataFrame:
    pair, near = codes("comtrade")
    one, other, code = chunk[reporter], chunk[partner], chunk[goods]
    wanted = (one.isin(near) & other.isin(near)) | code.eq("TOTAL") | code.str.startswith("27")
    return chunk[(one.isin(pair) | other.isin(pair)) & wanted]


def pandas_comtrade() -> Timed:
    """Read UN Comtrade in chunks: usecols, dtype, chunksize."""
    kinds = dict.fromkeys(READ, "str") | dict.fromkeys(_NUMBERS, "float64") | dict.fromkeys(_CODES, "int32")

    def run(file: Path) -> Outcome:
        chunks = pd.read_csv(file, usecols=READ, dtype=kinds, chunksize=CHUNK)
        rows = pd.concat([_in_scope(chunk, "reporterCode", "partnerCode", "cmdCode") for chunk in chunks])
        return lambda: (len(rows), float(rows["primaryValue"].sum()))

    return run


def pandas_baci() -> Timed:
    """Read BACI in chunks: dtype, chunksize."""
    kinds = {"t": "int32", "i": "int32", "j": "int32", "k": "str", "v": "float64", "q": "float64"}

    def run(file: Path) -> Outcome:
        chunks = pd.read_csv(file, dtype=kinds, chunksize=CHUNK)
        rows = pd.concat([_in_scope(chunk, "i", "j", "k") for chunk in chunks])
        return lambda: (len(rows), float(rows["v"].sum() * 1000))

    return run


def pandas_gacc() -> Timed:
    """Read a file of the customs query: encoding gb18030, thousands separators."""
    _, near = codes("gacc")

    def run(file: Path) -> Outcome:
        table = pd.read_csv(file, encoding="gb18030", thousands=",", dtype={"商品编码": "str"})
        rows = table[table["贸易伙伴编码"].isin(near) | table["商品编码"].str.startswith("27")]
        return lambda: (len(rows), float(rows["美元"].sum()))

    return run


def polars_comtrade(columns: tuple[str, ...]) -> Timed:
    """Scan UN Comtrade with polars: the same filter, ``columns``, streaming."""
    import polars as pl  # noqa: PLC0415 (each contender loads its own tool)

    pair, near = codes("comtrade")
    kinds = dict.fromkeys(_NUMBERS, pl.Float64) | dict.fromkeys(_CODES, pl.Int32)
    one, other, code = pl.col("reporterCode"), pl.col("partnerCode"), pl.col("cmdCode")
    wanted = (one.is_in(near) & other.is_in(near)) | (code == "TOTAL") | code.str.starts_with("27")

    def run(file: Path) -> Outcome:
        scan = pl.scan_csv(file, schema_overrides=kinds, infer_schema_length=0)
        rows = scan.filter((one.is_in(pair) | other.is_in(pair)) & wanted).select(columns).collect(engine="streaming")
        return lambda: (rows.height, float(rows["primaryValue"].sum()))

    return run


def contenders(source: str) -> Iterator[tuple[str, Callable[[], Timed], float | None]]:
    """Yield each contender's name, how to set it up, and the share of its time that the import may take."""
    yield "this project: import, all checks, written", lambda: ours(source), None
    if source == "comtrade":
        yield f"polars scan_csv, the {len(READ)} columns we read", lambda: polars_comtrade(tuple(READ)), 1.4
        yield f"polars scan_csv, {len(FEW)} columns", lambda: polars_comtrade(tuple(FEW)), None
        yield "pandas in chunks", pandas_comtrade, 0.6
    elif source == "baci":
        yield "pandas in chunks", pandas_baci, 0.6
    else:
        yield "pandas read_csv, gb18030", pandas_gacc, 0.5
