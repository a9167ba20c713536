"""The one table as Arrow rows in the order of its key, and whether others are the same."""

import pandas as pd
import pyarrow as pa

from loaders.core import schema


def rows(table: pd.DataFrame) -> pa.Table:
    """Return a conforming table in the order of its key."""
    order = [column for column in schema.KEY if _varies(table[column])]
    ordered = table.sort_values(order, kind="stable", ignore_index=True) if order else table
    return pa.Table.from_pandas(ordered, preserve_index=False)


def _varies(cells: pd.Series) -> bool:
    """Return whether it takes a column to put rows in order."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return len(cells.cat.categories) > 1
    return cells.hasnans or cells.min() != cells.max()


def same(read_back: pa.Table, rows: pa.Table) -> bool:
    """Return whether rows that were read back are exactly ``rows``."""
    if read_back.column_names != rows.column_names:
        return False
    texts = pa.schema([_plain(field) for field in rows.schema])
    return bool(read_back.cast(rows.schema).equals(rows) or read_back.cast(texts).equals(rows.cast(texts)))


def _plain(field: pa.Field) -> pa.Field:
    """Return the field of a column with text in place of categories, whose numbers are no part of the data."""
    return field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field
