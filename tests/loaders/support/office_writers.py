"""Writers of layouts of offices and services: customs of China and Russia, BACI, Atlas, OEC, IMTS, older Comtrade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from loaders.core.source import Hints
from tests.loaders.support import gacc_files
from tests.loaders.support import layout_kit as kit
from tests.loaders.support.layout_kit import M49, NAMES, PAIRS, Written, key, shuffled

if TYPE_CHECKING:
    from collections.abc import Mapping

GACC = {"RUS": "344", "HKG": "110", "KAZ": "145", "TUR": "137"}
CHINESE = {"RUS": "俄罗斯联邦", "HKG": "中国香港", "KAZ": "哈萨克斯坦", "TUR": "土耳其"}
RUSSIAN = {"CHN": "Китай", "KAZ": "Казахстан", "TUR": "Турция", "MNG": "Монголия", "RUS": "Россия"}
TITLES = {"RUS": "Внешняя торговля Российской Федерации по странам", "KAZ": "Внешняя торговля по странам"}
OLD = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,"
    "Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Trade Value (US$)"
)
SERVICE = "pfCode,yr,period,aggrLevel,rgCode,rgDesc,rtCode,rtTitle,ptCode,ptTitle,cmdCode,cmdDescE,NetWeight,TradeValue"


def _pairs(draw: Any) -> list[tuple[str, str]]:
    return list(draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=4, unique=True)))


@st.composite
def query(draw: st.DrawFn) -> Written:
    """The online query of Chinese customs: Chinese or English, yuan, dollars or both, groups, GB18030 or UTF-8."""
    chinese, flow = draw(st.booleans()), draw(st.sampled_from(["import", "export"]))
    moneys = draw(st.sampled_from([("CNY",), ("USD",), ("CNY", "USD")]))
    heads = {"period": "数据年月", "partner": "贸易伙伴编码", "name": "贸易伙伴名称", "code": "商品编码"}
    heads |= {"goods": "商品名称", "CNY": "人民币", "USD": "美元"}
    if not chinese:
        heads = {"period": "Date of data", "partner": "Trading partner code", "name": "Trading partner"}
        heads |= {"code": "Commodity code", "goods": "Commodity", "CNY": "Renminbi Yuan", "USD": "US dollar"}
    columns = ["period", "partner", "name", "code", "goods", *moneys]
    table, rows = [[heads[column] for column in columns]], set()
    for partner in draw(st.lists(st.sampled_from(sorted(GACC)), min_size=1, max_size=3, unique=True)):
        for span in kit.periods(draw, "M"):
            code = draw(st.sampled_from(["27", "2709", "271121", "27090000"]))
            line = [span.replace("-", ""), GACC[partner], CHINESE[partner], code, "石油"]
            for money in moneys:
                value = draw(st.integers(1, 10**12))
                line.append(f"{value:,}")
                rows.add(key(("CHN", partner), flow, span, code, value, money))
            table.append(line)
    text = kit.delimited(shuffled(draw, table)).decode()
    return Written(text.encode(draw(st.sampled_from(["utf-8-sig", "gb18030"]))), "query.csv", rows, Hints(flow=flow))


@st.composite
def customs_table(draw: st.DrawFn) -> Written:
    """Chinese customs' table by country as a workbook: both flows and the turnover, a month and the year to date."""
    year, month = draw(st.integers(2019, 2024)), draw(st.integers(3, 12))
    unit, power = draw(st.sampled_from([("百万美元", 6), ("万美元", 4), ("亿美元", 8)]))
    whole = ["进出口", None, "出口", None, "进口", None]
    heads: list[list[object]] = [["进口原产国（地）", *whole], [None, *[f"{month}月", f"1至{month}月"] * 3]]
    lines: list[list[object]] = []
    rows = set()
    for partner in draw(st.lists(st.sampled_from(sorted(CHINESE)), min_size=1, max_size=3, unique=True)):
        values = [draw(st.integers(1, 10**6)) for _ in range(6)]
        lines.append([f"　{CHINESE[partner]}", *values])
        for at, value in enumerate(values):
            flow = ("total", "export", "import")[at // 2]
            row = list(key(("CHN", partner), flow, f"{year}-{month:02}", "TOTAL", value * 10**power))
            row[3] = f"{year}-{1 if at % 2 else month:02}"
            rows.add(tuple(row))
    title = f"（4）{year}年{month}月进出口商品主要国别（地区）总值表（美元值）"
    return Written(gacc_files.xlsx(title, f"单位：{unit}", heads, *lines), "table.xlsx", rows)


@st.composite
def russian(draw: st.DrawFn) -> Written:
    """Russian customs' table, and another country's with the reporter said: any unit, encoding and writing."""
    reporter, year = draw(st.sampled_from(["RUS", "KAZ"])), draw(st.integers(2015, 2021))
    unit, power = draw(st.sampled_from([("млн долл. США", 6), ("тыс. долл. США", 3)]))
    style = draw(st.sampled_from(["plain", "french", "english"]))
    partners = [one for one in RUSSIAN if one != reporter and {one, reporter} & {"CHN", "RUS"}]
    order = draw(st.permutations(["export", "import"]))
    words = {"export": "Экспорт", "import": "Импорт"}
    table: list[list[Any]] = [[f"{TITLES[reporter]} за {year} год, {unit}"], ["Страна", *(words[one] for one in order)]]
    rows, numbers = set(), iter(kit.values(draw, 2 * len(partners)))
    for partner in partners:
        line = [RUSSIAN[partner]]
        for flow in order:
            value = next(numbers)
            line.append(kit.amount(value, style))
            rows.add(key((reporter, partner), flow, str(year), "TOTAL", value * 10**power))
        table.append(line)
    text = kit.delimited(table, ";").decode()
    encoding = "utf-8" if style == "french" else draw(st.sampled_from(["utf-8", "windows-1251"]))
    return Written(text.encode(encoding), "s.csv", rows, Hints(reporter=None if reporter == "RUS" else reporter))


@st.composite
def baci(draw: st.DrawFn) -> Written:
    """CEPII BACI: thousand dollars, the exporter reports; a lost zero; columns in any order."""
    table: list[list[Any]] = [["t", "i", "j", "k", "v", "q"]]
    rows = set()
    for pair in _pairs(draw):
        year, code = draw(st.integers(2001, 2023)), draw(st.sampled_from(["270900", "030314", "854231"]))
        value = draw(st.integers(0, 10**10))
        shown = code.lstrip("0") if draw(st.booleans()) else code
        table.append([year, M49[pair[0]], M49[pair[1]], shown, f"{value / 1000:.3f}", ""])
        rows.add(key(pair, "export", str(year), code, value))
    return Written(kit.delimited(shuffled(draw, table)), "BACI_HS17_Y2020.csv", rows)


@st.composite
def atlas(draw: st.DrawFn) -> Written:
    """The Atlas: both flows in one row, goods or totals, columns in any order."""
    goods, rows = draw(st.booleans()), set()
    head = ["country_iso3_code", "partner_iso3_code", "year", "export_value", "import_value"]
    table: list[list[Any]] = [head + (["product_hs92_code"] if goods else [])]
    for pair in _pairs(draw):
        year, code = (
            draw(st.integers(2001, 2023)),
            draw(st.sampled_from(["2709", "0303", "8542"])) if goods else "TOTAL",
        )
        both = draw(st.integers(0, 10**12)), draw(st.integers(0, 10**12))
        table.append([*pair, year, *both, *([code] if goods else [])])
        rows |= {key(pair, flow, str(year), code, n) for flow, n in zip(("export", "import"), both, strict=True)}
    return Written(kit.delimited(shuffled(draw, table)), "atlas.csv", rows)


@st.composite
def oec(draw: st.DrawFn) -> Written:
    """The OEC: one column a pair with its unit, or exporter and importer in rows; any writing of numbers."""
    wide, style = draw(st.booleans()), draw(st.sampled_from(kit.STYLES))
    codes = draw(st.lists(st.sampled_from(["2709", "8542", "0303"]), min_size=1, max_size=3, unique=True))
    pair, year = draw(st.sampled_from(PAIRS)), draw(st.integers(2001, 2023))
    unit, power = draw(st.sampled_from([("USD", 0), ("USD Millions", 6)])) if wide else ("", 0)
    numbers = kit.values(draw, len(codes))
    sides = [NAMES[one][0].removesuffix(", China").removesuffix(" Federation") for one in pair]
    sides = ["Russia" if side == "Russian" else "Turkey" if side == "Türkiye" else side for side in sides]
    rows = {key(pair, "export", str(year), c, n * 10**power) for c, n in zip(codes, numbers, strict=True)}
    if wide:
        table: list[list[Any]] = [["HS4 ID", "HS4", "Year", f"Exports from {sides[0]} to {sides[1]} ({unit})"]]
        table += [[c, "x", year, kit.amount(n, style)] for c, n in zip(codes, numbers, strict=True)]
    else:
        table = [["Exporter Country", "Importer Country", "HS4 ID", "HS4", "Year", "Trade Value"]]
        table += [[*sides, c, "x", year, kit.amount(n, style)] for c, n in zip(codes, numbers, strict=True)]
    return Written(kit.delimited(shuffled(draw, table)), "oec.csv", rows)


@st.composite
def imts(draw: st.DrawFn) -> Written:
    """The IMF's IMTS: the portal's years across in millions, or the service's whole dollars, one a row."""
    portal, rows = draw(st.booleans()), set()
    spans = kit.periods(draw, "Y")
    side = ["COUNTRY.ID", "COUNTERPART_COUNTRY.ID", "INDICATOR.ID", "FREQUENCY.ID"]
    if portal:
        table: list[list[Any]] = [[*side, "SCALE.ID", *spans]]
    else:
        table = [["COUNTRY", "COUNTERPART_COUNTRY", "INDICATOR", "FREQUENCY", "SCALE", "TIME_PERIOD", "OBS_VALUE"]]
    for pair in _pairs(draw):
        flow = draw(st.sampled_from(["export", "import"]))
        values = [draw(st.integers(1, 10**12)) for _ in spans]
        rows |= {key(pair, flow, span, "TOTAL", value) for span, value in zip(spans, values, strict=True)}
        keys = [*pair, "XG_FOB_USD" if flow == "export" else "MG_CIF_USD", "A", 6]
        if portal:
            table.append([*keys, *(f"{value // 10**6}.{value % 10**6:06}" for value in values)])
        else:
            table += [[*keys, span, value] for span, value in zip(spans, values, strict=True)]
    return Written(kit.delimited(shuffled(draw, table)), "imts.csv", rows)


@st.composite
def older_comtrade(draw: st.DrawFn) -> Written:
    """UN Comtrade before 2023: the 35 columns or the old service's names, in any order, delimiter and writing."""
    names = draw(st.sampled_from([OLD, SERVICE])).split(",")
    style, delimiter = draw(st.sampled_from(kit.STYLES)), draw(st.sampled_from(",;\t"))
    pairs, rows, table = _pairs(draw), set(), []
    for pair, value in zip(pairs, kit.values(draw, len(pairs)), strict=True):
        flow, year = draw(st.sampled_from(["import", "export"])), draw(st.integers(2001, 2021))
        code = draw(st.sampled_from(["TOTAL", "27", "030314"]))
        level = 0 if code == "TOTAL" else len(code)
        number = kit.amount(value, style)
        made: Mapping[str, object] = {
            **dict.fromkeys(("Classification", "pfCode"), "H4"),
            **dict.fromkeys(("Year", "Period", "Period Desc.", "yr", "period"), year),
            **dict.fromkeys(("Aggregate Level", "aggrLevel"), level),
            **dict.fromkeys(("Trade Flow Code", "rgCode"), 1 if flow == "import" else 2),
            **dict.fromkeys(("Trade Flow", "rgDesc"), flow.title()),
            **dict.fromkeys(("Reporter Code", "rtCode"), M49[pair[0]]),
            **dict.fromkeys(("Partner Code", "ptCode"), M49[pair[1]]),
            **dict.fromkeys(("Commodity Code", "cmdCode"), code),
            **dict.fromkeys(("Trade Value (US$)", "TradeValue"), number),
        }
        rows.add(key(pair, flow, str(year), code, value))
        table.append([made.get(name, "") for name in names])
    return Written(kit.delimited(shuffled(draw, [names, *table]), delimiter), "old.csv", rows)


@st.composite
def comext(draw: st.DrawFn) -> Written:
    """Eurostat's service: SDMX-CSV of values in euros, columns in any order."""
    partner, rows = draw(st.sampled_from(["CN", "RU"])), set()
    table: list[list[Any]] = [
        ["freq", "reporter", "partner", "product", "flow", "indicators", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG"]
    ]
    for span in kit.periods(draw, "M"):
        flow, value = draw(st.sampled_from("12")), draw(st.integers(0, 10**12))
        table.append(
            ["M", "EU27_2020", partner, "2709", flow, "VALUE_IN_EUROS", span, value, draw(st.sampled_from("ep"))]
        )
        pair = ("EUU", "CHN" if partner == "CN" else "RUS")
        rows.add(key(pair, "import" if flow == "1" else "export", span, "2709", value, "EUR"))
    return Written(kit.delimited(shuffled(draw, table)), "comext.csv", rows)


OFFICES = {
    "gacc": (query(), customs_table()),
    "fcs": (russian(),),
    "baci": (baci(),),
    "atlas": (atlas(),),
    "oec": (oec(),),
    "imf": (imts(),),
    "comtrade": (older_comtrade(),),
    "eurostat": (comext(),),
}
