"""A table of Trade Map: its columns of values told apart, and each figure given its countries, flow and goods."""

import re
from dataclasses import replace
from pathlib import PurePath
from typing import Final

import pandas as pd

from loaders.core.schema import TOTAL, WORLD
from loaders.core.source import Hints, SourceError
from loaders.sources.trade_map import labels as words
from loaders.sources.trade_map.labels import ColumnMeaning, Title
from loaders.tables import country_words, grids
from loaders.tables import row_account as sheet

CODES: Final = ("code", "product code", "hs code", "productcd", "hs6", "hs4", "hs2")
_COUNTRIES: Final = ("exporters", "importers", "partners", "partner countries", "countries")
_BETA: Final = {"reporterlabel": "reporter", "partnerlabel": "partner"}
_NONE: Final = ("", "-", "--", ".", "..", "...", "n.a.", "n/a", "na", "not available", "no quantity", "nd")
_OWN_FLOW: Final = {"exporters": "export", "importers": "import"}
_FILE_FLOW: Final = re.compile(r"(?:^|[^a-z])(?P<flow>im|ex)port(?:s-(?:to|from)|ing-)", re.IGNORECASE)
_FILE_CODE: Final = re.compile(r"_(?P<code>[0-9]{6}|[0-9]{4}|[0-9]{2})(?: ?\([0-9]+\))?$")


_GOODS: Final = "take the .xls, or put '(All products)' or 'HS 27' into the name"


class Table:
    """The names of the columns, and what each column of values holds."""

    def __init__(self, grid: grids.TextGrid, header: int, name: str) -> None:
        """Read the header row, and the row of groups above it where there is one."""
        self.name = name
        self.grid, self.header = grid, header
        row = [" ".join(cell.split()) for cell in grid.rows[header]]
        above = grid.rows[header - 1] if header else []
        self.groups = _filled(above) if any(words.is_group(cell) for cell in above) else []
        if row and words.column(row[0]) and above:  # the labels stand in the row of groups alone
            shift = next((at for at, cell in enumerate(above) if words.is_group(cell)), 0)
            row = [*above[:shift], *row]
        self.names = row
        self.kind = self._kind()

    def _kind(self) -> str:
        """Return what the rows are: ``beta`` names both countries, ``code`` goods, else who is listed."""
        names = [name.casefold() for name in self.names]
        if set(_BETA) <= set(names):
            return "beta"
        if any(name in CODES for name in names):
            return "code"
        return next((name for name in names if name in _COUNTRIES), "")

    def figures(self, title: Title, lines: list[str], hints: Hints) -> dict[int, ColumnMeaning]:
        """Return what each column of values holds, by its place.

        Raises:
            SourceError: the file does not say whose trade, or which flow, and no flag does.
        """
        columns = {at: one for at, cell in enumerate(self.names) if (one := words.column(cell))}
        if not self.kind:
            raise SourceError(f"{self.name}: no column Exporters, Importers or Code before the values; keep it")
        if self.groups:
            return {
                at: words.group(self.groups[at] if at < len(self.groups) else "", one) for at, one in columns.items()
            }
        if self.kind == "beta":
            return self._beta(columns, hints)
        return self._listed(columns, title, words.pair([*lines, PurePath(self.name).stem]), hints)

    def _beta(self, columns: dict[int, ColumnMeaning], hints: Hints) -> dict[int, ColumnMeaning]:
        named = _FILE_FLOW.search(self.name)
        flow = words.flow(named["flow"]) if named else hints.flow or ""
        if not flow:
            raise SourceError(f"{self.name}: does not say which flow it holds; give it with --flow")
        return {at: replace(one, flow=flow, reporter=words.ROWS, partner=words.ROWS) for at, one in columns.items()}

    def _listed(
        self, columns: dict[int, ColumnMeaning], title: Title, pair: tuple[str, str], hints: Hints
    ) -> dict[int, ColumnMeaning]:
        """Give the columns of a list the flow and the countries of its title, or of the flags."""
        made = {at: self._one(one, title, pair, hints) for at, one in columns.items()}
        lacks = {flag for one in made.values() for flag in _lacks(one)}
        if lacks:
            what = " and ".join(sorted(lacks))
            raise SourceError(f"{self.name}: neither its title nor its name says whose trade it is; give {what}")
        first: dict[ColumnMeaning, int] = {}
        for at, one in made.items():
            first.setdefault(one, at)
        return {at: one for one, at in first.items()} if any(pair) else made

    def _one(self, one: ColumnMeaning, title: Title, pair: tuple[str, str], hints: Hints) -> ColumnMeaning:
        flow = one.flow or title.flow or hints.flow or ""
        if one.flow and title.flow and one.flow != title.flow:
            raise SourceError(f"{self.name}: its title is about {title.flow}s, its column about {one.flow}s; check it")
        reporter, partner = title.reporter or pair[0], title.partner or pair[1]
        if not reporter and _OWN_FLOW.get(self.kind) == flow:
            reporter, partner = words.ROWS, WORLD
        rows = WORLD if self.kind == "code" else words.ROWS
        return replace(one, flow=flow, reporter=reporter or hints.reporter or "", partner=partner or rows)

    def sheet(self, figures: dict[int, ColumnMeaning]) -> sheet.TableRows:
        """Return one row a figure: the labels, ``at`` (the place of its column), ``column`` and ``value``."""
        labels = self._labels()
        keys = {at: f"{self.names[at]} (column {at + 1})" for at in figures}
        columns = [labels.get(at) or keys.get(at) or f"column {at + 1}" for at in range(len(self.names))]
        table = grids.table(self.grid, self.name, self.header, columns)
        frame = table.frame[[sheet.ROW, *labels.values(), *keys.values()]].copy()
        for key in keys.values():
            frame[key] = frame[key].str.strip()
            frame[key] = frame[key].mask(frame[key].str.casefold().isin(_NONE), "")
        table.frame = frame
        table.unfold(list(keys.values()), "column", "value")
        back = {key: at for at, key in keys.items()}
        table.frame["at"] = table.frame["column"].map(back).astype("int64")
        return table

    def _labels(self) -> dict[int, str]:
        """Return the places of the labels: ``reporter`` and ``partner``, or ``country``; and ``code``."""
        labels: dict[int, str] = {}
        for at, name in enumerate(name.casefold() for name in self.names):
            own = _BETA.get(name) or ("code" if name in CODES else "country" if name in _COUNTRIES else "")
            if own and own not in labels.values():
                labels[at] = own
        return labels


def _filled(row: list[str]) -> list[str]:
    """Return a row of groups in which each name stands over all its columns, merged or not."""
    made: list[str] = []
    for cell in row:
        made.append(cell if cell.strip() or not made else made[-1])
    return made


def _lacks(one: ColumnMeaning) -> list[str]:
    return [flag for flag, stated in (("--flow", one.flow), ("--reporter", one.reporter)) if not stated]


def place(table: sheet.TableRows, figures: dict[int, ColumnMeaning], code: str) -> None:
    """Give each figure its countries, flow, period, goods and unit; groups and unknown areas are left out."""
    frame = table.frame
    for part in ("flow", "period"):
        frame[part] = frame["at"].map({at: getattr(one, part) for at, one in figures.items()})
    for side in ("reporter", "partner"):
        own = frame[side] if side in frame else frame.get("country", pd.Series("", frame.index))
        fixed = frame["at"].map({at: getattr(one, side) for at, one in figures.items()})
        frame[side] = own.where(fixed.eq(words.ROWS), fixed)
    for side in ("reporter", "partner"):
        word = table.frame[side].map(clean)
        known = {
            text: country_words.named(text) or (text if text in country_words.english().values() else None)
            for text in word.unique()
        }
        table.frame[side] = word.map(known)
        table.leave_out(table.frame[side].isna(), f"{side} " + word)
    _goods(table, code)


def clean(text: str) -> str:
    """Return a label without the apostrophe and the mark of mirror data that Trade Map adds."""
    return re.sub(r"\s*\(mirror[^)]*\)$", "", text.strip().lstrip("'").strip(), flags=re.IGNORECASE)


def goods_too(layout: Table, code: str) -> str:
    """Say that a table lacks its goods as well, where it does, so that one line tells all."""
    known = layout.kind in {"beta", "code"} or code or _named_code(layout.name)
    return "" if known else f"; it says no goods either: {_GOODS}"


def _named_code(name: str) -> str:
    match = _FILE_CODE.search(PurePath(name).stem)
    return match["code"] if match else ""


def _goods(table: sheet.TableRows, code: str) -> None:
    """Take the goods of each row, else those of the title or of the file's name; a lost zero comes back."""
    if "code" not in table.frame:
        code = code or _named_code(table.name)
        if not code:
            raise SourceError(f"{table.name}: says no goods; {_GOODS}")
        table.frame["code"] = code
    goods = table.frame["code"].map(clean).str.upper()
    table.frame["code"] = goods.mask(goods.str.fullmatch("[0-9]|[0-9]{3}|[0-9]{5}"), "0" + goods)
    table.match("code", "TOTAL|[0-9]{2}|[0-9]{4}|[0-9]{6,10}", "is no code of the Harmonized System")
    table.frame["commodity_code"] = table.frame["code"]
    table.frame["classification"] = pd.Series("HS", table.frame.index).mask(table.frame["code"].eq(TOTAL), "none")
