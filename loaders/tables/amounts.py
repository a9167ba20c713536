"""Printed amounts in any country's writing, as plain decimals: 1,234,567 or 1 234 567,8 or 1.234.567.

One file has one writing. Which sign groups thousands and which parts decimals is read from the cells
that leave no choice; where 1,234 could be either and no other cell decides, it is refused.
"""

import re
from typing import Final

import pandas as pd

from loaders.tables import row_account

_SPACES: Final = "[\u0020\u00a0\u2009\u202f'’]"
_GROUPED: Final = re.compile(rf"([+-]?[0-9]{{1,3}})((?:{_SPACES}[0-9]{{3}})+)((?:[.,][0-9]+)?)")
_PLAIN: Final = re.compile(r"[+-]?(?:[0-9]+|[0-9]*\.[0-9]+|[0-9]+\.)(?:[eE][+-]?[0-9]{1,3})?")
_OTHER: Final = {".": ",", ",": "."}


def plain(cells: pd.Series, *, numbers: bool = False) -> tuple[pd.Series, pd.Series]:
    """Return ``cells`` as plain decimals, and which of them two readings fit; others stay as they are.

    ``numbers`` says that the cells are a workbook's, whose numbers have a decimal point for certain.
    """
    text = cells.astype("str").str.strip()
    known = {cell: _ungrouped(cell) for cell in text.unique()}
    long = any(re.match(r"[+-]?[0-9]{4}", cell) for cell in known.values())
    decimal = _decimal(list(known.values())) or ("." if numbers or long else "")
    simple = decimal == "."
    read = {cell: one if simple and _PLAIN.fullmatch(one) else _read(one, decimal) for cell, one in known.items()}
    unclear = {cell for cell, one in read.items() if one is None}
    return text.map({cell: one or cell for cell, one in read.items()}), text.isin(unclear)


def _ungrouped(cell: str) -> str:
    """Take out blanks and apostrophes between groups of three, which never part decimals."""
    match = _GROUPED.fullmatch(cell)
    return match[1] + re.sub(_SPACES, "", match[2]) + match[3] if match else cell


def _decimal(cells: list[str]) -> str:
    """Return the sign that parts decimals: ``.`` or ``,``; nothing where no cell tells, ``!`` where cells disagree."""
    signs = {sign for cell in cells if (sign := _decimal_sign(cell))}
    return signs.pop() if len(signs) == 1 else "!" if signs else ""


def _decimal_sign(cell: str) -> str:
    """Return the decimal sign that a single cell leaves no choice about."""
    signs = [sign for sign in cell if sign in ".,"]
    if not signs or not re.fullmatch(r"[+-]?[0-9.,]+(?:[eE][+-]?[0-9]{1,3})?", cell):
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return _OTHER[signs[0]]
    thousands = re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}", cell)
    return "" if thousands else signs[0]


def _read(cell: str, decimal: str) -> str | None:
    """Return a cell as a plain decimal; itself where it is none, None where two readings fit."""
    if not re.fullmatch(r"[+-]?[0-9.,]+(?:[eE][+-]?[0-9]{1,3})?", cell) or not set(cell) & set(".,"):
        return cell
    if decimal not in _OTHER:  # cells that disagree speak for themselves alone
        return cell if decimal and _PLAIN.fullmatch(cell) and _decimal_sign(cell) else None
    whole, _, part = cell.partition(decimal)
    other = _OTHER[decimal]
    grouped = rf"[+-]?[0-9]{{1,3}}(?:\{other}[0-9]{{3}})+"
    if set(part) & set(".,") or (other in whole and not re.fullmatch(grouped, whole)):
        return None
    return whole.replace(other, "") + (f".{part}" if part else "")


def put(table: row_account.TableRows, column: str = "value", *, numbers: bool = False) -> None:
    """Turn ``column`` of a sheet into plain decimals; cells that two readings fit are refused."""
    text, unclear = plain(table.frame[column], numbers=numbers)
    table.frame[column] = text
    table.refuse(unclear, column, "could be a thousand or a decimal; save the file with plain numbers")
