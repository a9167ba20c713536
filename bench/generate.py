"""Made-up customs files in the real layouts, for measuring only: no figure in them means anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

import numpy as np
import polars as pl

from loaders.core import schema, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]

BLOCK: Final = 250_000
NEAR: Final = 8  # each eighth row has China or Russia on one side
# No chapter has a heading 99: a made-up figure beside a real one of the same goods would rightly stop the import.
CODES: Final = [f"{chapter:02}{rest:04}" for chapter in range(1, 98) for rest in range(9901, 9961)]
PLACES: Final = ("俄罗斯", "哈萨克斯坦", "阿拉伯联合酋长国", "土耳其", "蒙古")  # any name will do
NAMES: Final = (
    "石油原油及从沥青矿物提取的原油，虚构数据",
    "其他未列名的具有独立功能的机器及机械器具的零件",
    "按重量计含棉量在百分之八十五以上的其他色织机织物",
    "装有点燃往复式活塞内燃发动机的其他载人机动车辆",
    "鲜、冷、冻的其他未列名食用杂碎，不论是否切块",
)


def comtrade(file: Path, rows: int) -> None:
    """Write a UN Comtrade file of 47 columns, ``rows`` rows, 2 % of them in scope."""
    pick = _Picker("comtrade", scope_every=50)
    descriptions = [
        f"Made-up goods; of heading {code}, whether or not knitted or crocheted, not elsewhere specified"
        for code in CODES
    ]
    with file.open("wb") as out:
        for index in _blocks(rows):
            reporter, partner, code = pick(index)
            value, weight = _spread(index, 1, 5_000_000), _spread(index, 2, 9_000_000)
            flows = pick.cycle(index) % 2
            cells = {
                **_cells("typeCode freqCode refPeriodId refYear refMonth period", "C", "A", 20230101, 2023, 52, 2023),
                **pick.sides("reporter", reporter),
                **_cells("flowCode flowDesc", _take(["M", "X"], flows), _take(["Import", "Export"], flows)),
                **pick.sides("partner", partner),
                **_cells("partner2Code partner2ISO partner2Desc", 0, "W00", "World"),
                **_cells("classificationCode classificationSearchCode isOriginalClassification", "H6", "HS", "True"),
                **_cells("cmdCode cmdDesc aggrLevel isLeaf", _take(CODES, code), _take(descriptions, code), 6, "True"),
                **_cells("customsCode customsDesc mosCode motCode motDesc", "C00", "TOTAL CPC", 0, 0, "TOTAL MOT"),
                **_cells("qtyUnitCode qtyUnitAbbr qty isQtyEstimated", 8, "kg", weight, "False"),
                **_cells("altQtyUnitCode altQtyUnitAbbr altQty isAltQtyEstimated", 8, "kg", weight, "False"),
                **_cells("netWgt isNetWgtEstimated grossWgt isGrossWgtEstimated", weight, "False", 0, "False"),
                **_cells("cifvalue fobvalue primaryValue", *[value / 8] * 3),
                **_cells("legacyEstimationFlag isReported isAggregate", 0, "True", "False"),
            }
            _write(out, cells, header=index[0] == 0)


def baci(file: Path, rows: int) -> None:
    """Write a CEPII BACI world year of ``rows`` rows, one in 84 of them in scope, about as many as in a real year."""
    pick = _Picker("comtrade", scope_every=84, without=frozenset({schema.WORLD, "EUU"}))
    with file.open("wb") as out:
        for index in _blocks(rows):
            exporter, importer, code = pick(index)
            value, tonnes = _spread(index, 1, 5_000_000) / 1000, _spread(index, 2, 90_000) / 1000
            cells = _cells("t i j", 2023, pick.codes[exporter], pick.codes[importer])
            cells |= _cells("k v q", _take(CODES, code), value, tonnes)
            _write(out, cells, header=index[0] == 0)


def gacc(file: Path, rows: int) -> None:
    """Write a file of the Chinese customs query in GB18030, a tenth of its ``rows`` rows in scope."""
    pick = _Picker("gacc", scope_every=10)
    names = "数据年月 贸易伙伴编码 贸易伙伴名称 商品编码 商品名称 第一数量 第一计量单位 第二数量 第二计量单位 美元"
    with file.open("wb") as out:
        out.write((",".join(f'"{name}"' for name in names.split()) + ",\n").encode("gb18030"))
        for index in _blocks(rows):
            _, partner, code = pick(index)
            months = _take([f"2023{month:02}" for month in range(1, 13)], pick.cycle(index) % 12)
            grouped = pl.Series([f"{value:,}" for value in _spread(index, 1, 5_000_000).tolist()])
            cells = _cells("month code partner", months, pick.codes[partner], _take(PLACES, partner % 5))
            cells |= _cells("goods title", _take([f"{code}00" for code in CODES], code), _take(NAMES, code % 5))
            cells |= _cells("first unit", pl.Series(_spread(index, 2, 9_000_000)).cast(pl.String), "千克")
            cells |= _cells("second second_unit value end", "0", "?", grouped, None)
            text = pl.DataFrame(_columns(cells)).write_csv(include_header=False, quote_style="non_numeric")
            out.write(text.encode("gb18030"))


class _Picker:
    """Deals out reporters, partners and goods: every ``scope_every``-th row in scope, its key unique."""

    def __init__(self, system: str, scope_every: int, without: frozenset[str] = frozenset()) -> None:
        table = store.read_codes("countries").dropna(subset=[system]).reset_index(drop=True)
        iso = table["iso3"].tolist()
        near = [i for i, code in enumerate(iso) if code in schema.SCOPE - without]
        pair = [i for i, code in enumerate(iso) if code in schema.PAIR]
        far = [i for i, code in enumerate(iso) if code not in schema.SCOPE]
        one_side = system == "gacc"
        sides = [(a, b) for a in pair for b in near if a != b and (not one_side or iso[a] == "CHN")]
        self.scope = np.array(
            sides if one_side else sides + [(b, a) for a, b in sides if b not in pair and iso[b] != schema.WORLD]
        )
        apart = [(a, b) for a in pair for b in far]
        self.half = np.array(apart if one_side else apart + [(b, a) for a, b in apart])
        self.far, self.every = np.array(far), scope_every
        self.iso, self.names = pl.Series(iso), pl.Series(table["name"].tolist())
        self.codes = pl.Series(table[system].astype("int64").astype("str").tolist())
        self.off_fuels = np.array([i for i, code in enumerate(CODES) if not code.startswith("27")])

    def __call__(self, index: Ints) -> tuple[Ints, Ints, Ints]:
        """Return reporter, partner and goods of each row number."""
        turn, near = index // self.every, index // NEAR
        scoped, wide = index % self.every == 0, index % NEAR == 1
        scope, half = self.scope[turn % len(self.scope)], self.half[near % len(self.half)]
        far = self.far[index * 7 // 1000 % len(self.far)], self.far[(index * 13 + 5) % len(self.far)]
        reporter, partner = (
            np.where(scoped, scope[:, side], np.where(wide, half[:, side], far[side])) for side in (0, 1)
        )
        elsewhere = self.off_fuels[index * 17 % len(self.off_fuels)]
        return reporter, partner, np.where(scoped, turn // len(self.scope) % len(CODES), elsewhere)

    def cycle(self, index: Ints) -> Ints:
        """Return how often all pairs and goods in scope have been dealt out before."""
        return index // self.every // len(self.scope) // len(CODES)

    def sides(self, side: str, chosen: Ints) -> dict[str, object]:
        """Return the three columns of a reporter or a partner."""
        return _cells(f"{side}Code {side}ISO {side}Desc", self.codes[chosen], self.iso[chosen], self.names[chosen])


def _blocks(rows: int) -> Iterator[Ints]:
    for start in range(0, rows, BLOCK):
        yield np.arange(start, min(start + BLOCK, rows))


def _spread(index: Ints, salt: int, top: int) -> Ints:
    """Return numbers that look scattered and are the same at every run."""
    return (index * 2654435761 + salt * 40503) % 4294967296 % top + 1


def _take(choices: Sequence[str], chosen: Ints) -> pl.Series:
    return pl.Series(choices)[chosen]


def _cells(names: str, *values: object) -> dict[str, object]:
    return dict(zip(names.split(), values, strict=True))


def _columns(cells: dict[str, object]) -> list[pl.Series]:
    """Give every column its name and its full length."""
    length = max(len(cell) for cell in cells.values() if isinstance(cell, (pl.Series, np.ndarray)))
    return [_column(name, cell, length) for name, cell in cells.items()]


def _column(name: str, cell: object, length: int) -> pl.Series:
    if isinstance(cell, (pl.Series, np.ndarray)):
        return pl.Series(name, cell)
    return pl.Series(name, [cell], pl.String if cell is None else None).new_from_index(0, length)


def _write(out: BinaryIO, cells: dict[str, object], *, header: bool) -> None:
    pl.DataFrame(_columns(cells)).write_csv(out, include_header=header)
