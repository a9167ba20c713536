"""What every parser needs: text from bytes, numbers from text, countries from codes, and the last step."""

import codecs
import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.core import schema, store
from loaders.core.columns import categories
from loaders.core.columns.row_numbers import repeated
from loaders.core.source import Parsed, Reduced, SourceError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ROW: Final = "row"


def decode(content: bytes, name: str, encodings: Sequence[str] = ("utf-8",)) -> str:
    """Return the text of ``content``: by its byte-order mark, else by the first encoding that fits.

    Raises:
        SourceError: no encoding fits, or the text holds NUL characters.
    """
    chosen = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None)
    for encoding in (chosen,) if chosen else encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise SourceError(f"{name}: holds NUL characters, so it is no text file; download it again")
        return text
    raise SourceError(f"{name}: not readable as {chosen or ', '.join(encodings)} text; save it as UTF-8 and try again")


def row_numbers(content: bytes) -> Sequence[int]:
    """Return the number that each record of ``content`` has in its file, the first of them 1."""
    return content.rows if isinstance(content, Reduced) else range(1, sys.maxsize)


def numbers(cells: pd.Series, thousands: str = "", decimal: str = ".") -> pd.Series:
    """Return ``cells`` as floats, missing where a cell is empty or is not a finite plain number.

    ``"nan"``, ``"inf"``, hexadecimal and the like are not numbers here. The caller tells an empty
    cell from a bad one with :func:`blank`.
    """
    text = cells.astype("str").str.strip()
    if thousands:
        grouped = text.str.fullmatch(rf"[+-]?\d{{1,3}}(?:[{thousands}]\d{{3}})+(?:\{decimal}\d*)?", na=False)
        text = text.mask(grouped, text.str.replace(f"[{thousands}]", "", regex=True))
    if decimal != ".":
        text = text.str.replace(decimal, ".", regex=False)
    plain = text.str.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", na=False)
    values = _floats(text.where(plain))
    return values.where(values.abs().lt(float("inf")))


def _floats(plain: pd.Series) -> pd.Series:
    """Return plain numbers as floats; those without sign, exponent and bare point at once."""
    cells = pa.array(plain, pa.string())
    simple = pc.match_substring_regex(cells, r"^[0-9]+(?:\.[0-9]+)?$")
    if pc.all(pc.fill_null(simple, fill_value=True), min_count=0).as_py():
        return pd.Series(cells.cast(pa.float64()).to_numpy(zero_copy_only=False), plain.index)
    return pd.to_numeric(plain, errors="coerce").astype("float64")


def blank(cells: pd.Series) -> pd.Series:
    """Return which cells are empty."""
    return cells.isna() | cells.astype("str").str.strip().eq("")


@cache
def _listed() -> pd.DataFrame:
    """Return the list of countries; nobody changes it."""
    return store.read_codes("countries")


@cache
def countries(system: str) -> dict[str, str]:
    """Return ISO alpha-3 codes by the codes of ``system``: ``comtrade``, ``m49``, ``gacc`` or ``name``."""
    table = _listed()
    rows = table.dropna(subset=[system])
    keys = rows[system].str.casefold() if system == "name" else rows[system]
    return dict(zip(keys, rows["iso3"], strict=True))


def settle(
    rows: pd.DataFrame, name: str, rows_read: int, refused: Sequence[str] = (), notes: Sequence[str] = ()
) -> Parsed:
    """Turn a parser's rows into :class:`Parsed`: scope, duplicates, conflicts, types.

    ``rows`` has the columns of the one table and ``row``, the row's number in the file as a reader
    would count it (the header is row 1). ``reference`` may be left out: it becomes the file's name
    and the row. Identical rows count once. Rows that share a key and differ are all refused and
    named together. Rows out of scope are counted by the side that is outside of it.

    Raises:
        SourceError: a cell that the parser let through does not fit the table.
    """
    if rows.empty:
        return Parsed(schema.empty(), rows_read, tuple(refused), {}, tuple(notes))
    rows = rows.reset_index(drop=True)
    texts = [column for column in schema.CATEGORIES if isinstance(rows[column].dtype, pd.StringDtype)]
    rows = rows.assign(**{column: rows[column].astype("category") for column in texts})
    if "reference" not in rows:
        rows["reference"] = f"{name}, row " + rows[ROW].astype("str")
    if "known_by" not in rows:
        rows["known_by"] = rows["released"]
    rows, strangers = _of_countries(rows, name)
    kept = schema.in_scope(rows) if len(rows) else pd.Series([], dtype="bool")
    left_out = (
        {} if kept.all() else dict(Counter(outside(rows["reporter"][~kept], rows["partner"][~kept])).most_common())
    )
    rows = rows[kept] if left_out else rows
    whole = len(rows)
    clash = repeated(rows, schema.KEY)
    if clash.any():
        figures = [column for column in schema.COLUMNS if column not in {"reference", "known_by"}]
        rows = rows[~repeated(rows, figures, but="first")]
        clash = repeated(rows, schema.KEY)
    named = _conflicts(rows[clash], name)
    bad = [*refused, *strangers, *named]
    merged = whole - len(rows) + int(clash.sum()) - len(named)
    try:
        table = schema.conform(rows.loc[~clash, list(schema.COLUMNS)])
    except schema.SchemaError as error:
        raise SourceError(f"{name}: {error}") from error
    return Parsed(table, rows_read, tuple(bad), left_out, tuple(notes), merged=merged)


def _of_countries(rows: pd.DataFrame, name: str) -> tuple[pd.DataFrame, list[str]]:
    """Refuse rows whose reporter or partner is in no list of countries: a letter may be wrong."""
    if rows.empty:
        return rows, []
    known = _every_country()
    sides = {side: categories.coded(rows[side]) for side in ("reporter", "partner")}
    odd = ~sides["reporter"].isin(known) | ~sides["partner"].isin(known)
    if not odd.any():
        return rows, []
    lines = [
        f"{name}, row {row}: {reporter if reporter not in known else partner} is no country's code"
        for row, reporter, partner in zip(
            rows.loc[odd, ROW], sides["reporter"][odd], sides["partner"][odd], strict=True
        )
    ]
    return rows[~odd].reset_index(drop=True), lines


@cache
def _every_country() -> frozenset[str]:
    """Return the codes of all countries that any list names."""
    return frozenset(countries("name").values()) | frozenset(store.read_codes("iso2")["iso3"]) | schema.SCOPE


def outside(reporters: pd.Series, partners: pd.Series) -> pd.Series:
    """Name the side that puts each row out of scope: the partner, where the reporter is a country of the scope."""
    reporters, partners = reporters.astype("str"), partners.astype("str")
    return ("partner " + partners).where(reporters.isin(schema.SCOPE - {schema.WORLD}), "reporter " + reporters)


def _conflicts(rows: pd.DataFrame, name: str) -> list[str]:
    """Name each group of rows that share a key and differ."""
    if rows.empty:
        return []
    groups = rows.groupby(list(schema.KEY), observed=True, dropna=False, sort=False)
    return [
        f"{name}, rows {' and '.join(group[ROW].astype('str'))}: the same key with the values "
        f"{' and '.join(group['value'].map('{:.15g}'.format))}; none of them is taken"
        for _, group in groups
    ]
