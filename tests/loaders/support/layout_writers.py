"""One writer a layout, each a Hypothesis strategy: random reporter, unit, order of columns and writing of numbers."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.loaders.support import layout_kit as kit
from tests.loaders.support.layout_kit import M49, NAMES, PAIRS, Written, key, shuffled
from tests.loaders.support.office_writers import OFFICES

_UNITS = {"US Dollar thousand": ("USD", 1000), "Euro thousand": ("EUR", 1000), "US Dollar million": ("USD", 10**6)}
_NEW = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,"
    "partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,"
    "classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,"
    "mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,"
    "isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,"
    "legacyEstimationFlag,isReported,isAggregate"
)


@st.composite
def trademap_products(draw: st.DrawFn) -> Written:
    """Products of one country with the world: page, tabbed text, or workbook."""
    reporter = draw(st.sampled_from(["CHN", "RUS"]))
    flow, unit = draw(st.sampled_from(["import", "export"])), draw(st.sampled_from(list(_UNITS)))
    style, shape = draw(st.sampled_from(kit.STYLES)), draw(st.sampled_from(["xls", "txt", "xlsx"]))
    spans = kit.periods(draw)
    codes = draw(st.lists(st.sampled_from(kit.CODES), min_size=1, max_size=4, unique=True))
    numbers = iter(kit.values(draw, len(spans) * len(codes)))
    head = ["Code", "Product label", *(f"{flow.title()}ed value in {kit.months(span)}" for span in spans)]
    currency, factor = _UNITS[unit] if shape == "xls" else ("USD", 1000)
    rows, table = set(), []
    for code in codes:
        line: list[Any] = [f"'{code}" if shape == "xls" else code, "Some goods; others"]
        for span in spans:
            value = next(numbers)
            rows.add(key((reporter, "WLD"), flow, span, code, value * factor, currency))
            line.append(value if shape == "xlsx" else kit.amount(value, style))
        table.append(line)
    title = f"List of products {flow}ed by {NAMES[reporter][0]}"
    name = f"Trade_Map_-_{title.replace(' ', '_')}.{shape}"
    if shape == "xls":
        return Written(kit.page(title, "TOTAL", unit, [head, *table]), "renamed.xls", rows)
    content = (
        kit.delimited([[*row, ""] for row in (head, *table)], "\t")
        if shape == "txt"
        else kit.book({"Sheet": [head, *table]})
    )
    return Written(content, name, rows)


@st.composite
def trademap_partners(draw: st.DrawFn) -> Written:
    """Supplying or importing markets of one country, or the list of exporters or importers."""
    listed, flow = draw(st.booleans()), draw(st.sampled_from(["import", "export"]))
    code, style = draw(st.sampled_from(kit.CODES)), draw(st.sampled_from(kit.STYLES))
    reporter = draw(st.sampled_from(["CHN", "RUS"]))
    others = [other for one, other in PAIRS if one == reporter]
    spans = kit.periods(draw)
    names = ["CHN", "RUS"] if listed else draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
    numbers = iter(kit.values(draw, len(spans) * len(names)))
    rows, table = set(), []
    for name in names:
        line = [NAMES[name][0]]
        for span in spans:
            value = next(numbers)
            pair = (name, "WLD") if listed else (reporter, name)
            rows.add(key(pair, flow, span, code, value * 1000))
            line.append(kit.amount(value, style))
        table.append(line)
    kind = "markets for a product"
    title = (
        f"List of {flow}ers for the selected product"
        if listed
        else f"List of {'supplying' if flow == 'import' else 'importing'} {kind} {flow}ed by {NAMES[reporter][0]}"
    )
    label = f"{flow}ers" if listed else ("exporters" if flow == "import" else "importers")
    head = [label.title(), *(f"{flow.title()}ed value in {kit.months(span)}" for span in spans)]
    return Written(kit.page(title, code, "US Dollar thousand", [head, *table]), "some.xls", rows)


@st.composite
def trademap_beta(draw: st.DrawFn) -> Written:
    """The new site's workbook: both countries and the goods in each row, columns in any order."""
    flow = draw(st.sampled_from(["export", "import"]))
    pairs = draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=4, unique=True))
    spans, rows = kit.periods(draw, "Y"), set()
    head = ["reporterCd", "reporterLabel", "partnerCd", "partnerLabel", "productCd", "productLabel"]
    table: list[list[Any]] = [[*head, *(f"{span} (USD Thousand)" for span in spans)]]
    for pair in pairs:
        code = draw(st.sampled_from(kit.CODES))
        line: list[Any] = [f"{M49[pair[0]]:03}", NAMES[pair[0]][0], f"{M49[pair[1]]:03}", NAMES[pair[1]][0], code, "x"]
        for span in spans:
            value = draw(st.integers(0, 10**9))
            rows.add(key(pair, flow, span, code, value * 1000))
            line.append(value)
        table.append(line)
    name = f"chinas-{flow}s-{'to' if flow == 'export' else 'from'}-world_all.xlsx"
    return Written(kit.book({"Data": shuffled(draw, table)}), name, rows)


@st.composite
def comtrade(draw: st.DrawFn) -> Written:
    """UN Comtrade: a workbook with an empty second sheet, names alone, no classification, or a translated header."""
    kind = draw(st.sampled_from(["book", "names", "plain", "translated"]))
    names, rows, table = _NEW.split(","), set(), []
    pairs = draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=4, unique=True))
    for pair in pairs:
        flow, year = draw(st.sampled_from(["import", "export"])), draw(st.integers(2001, 2024))
        code, value = draw(st.sampled_from(["TOTAL", "271121", "030314"])), draw(st.integers(1, 10**12))
        cells: dict[str, Any] = dict.fromkeys(names, "")
        cells |= {"typeCode": "C", "freqCode": "A", "refPeriodId": year * 10000 + 101, "refYear": year, "refMonth": 52}
        cells |= {
            "period": year,
            "reporterCode": M49[pair[0]],
            "reporterISO": pair[0],
            "reporterDesc": NAMES[pair[0]][0],
        }
        cells |= {"partnerCode": M49[pair[1]], "partnerISO": pair[1], "partnerDesc": NAMES[pair[1]][0]}
        cells |= {"flowCode": "M" if flow == "import" else "X", "flowDesc": flow.title(), "partner2Code": 0}
        cells |= {"classificationCode": "H4", "classificationSearchCode": "HS", "cmdCode": code, "customsCode": "C00"}
        cells |= {"motCode": 0, "primaryValue": value, "isReported": True, "aggrLevel": 6 if code != "TOTAL" else 0}
        rows.add(key(pair, flow, str(year), code, value))
        table.append([cells[name] for name in names])
    if kind == "translated":
        return Written(kit.delimited([[f"Столбец {at}" for at in range(len(names))], *table]), "t.csv", rows)
    gone = {"reporterCode", "reporterISO", "partnerCode", "partnerISO"} if kind == "names" else set()
    gone |= {"classificationCode", "classificationSearchCode"} if kind == "plain" else set()
    kept = [at for at, name in enumerate(names) if name not in gone]
    made = shuffled(draw, [[row[at] for at in kept] for row in (names, *table)])
    if kind == "book":
        return Written(kit.book({"Sheet1": made, "Sheet2": []}), "TradeData.xlsx", rows)
    return Written(kit.delimited(made), "c.csv", rows)


@st.composite
def wits(draw: st.DrawFn) -> Written:
    """WITS: both flows in one row, years across, or HS codes; as CSV or as a workbook behind an empty sheet."""
    kind, shape = draw(st.sampled_from(["partner", "series", "product"])), draw(st.sampled_from(["csv", "xlsx"]))
    style = "plain" if shape == "xlsx" else draw(st.sampled_from(kit.STYLES))
    pair, rows = draw(st.sampled_from(PAIRS)), set()
    years = kit.periods(draw, "Y")
    numbers = kit.values(draw, 2 * len(years))
    shown: list[Any] = numbers if shape == "xlsx" else [kit.amount(number, style) for number in numbers]
    sides = [NAMES[pair[0]][0], NAMES[pair[1]][0]]
    if kind == "partner":
        table = [
            ["Reporter Name", "Partner Name", "Year", "Trade Flow", "Export (US$ Thousand)", "Import (US$ Thousand)"]
        ]
        for at, year in enumerate(years):
            table.append([*sides, year, "Exports & Imports", *shown[2 * at : 2 * at + 2]])
            rows |= {key(pair, "export", year, "TOTAL", numbers[2 * at] * 1000)}
            rows |= {key(pair, "import", year, "TOTAL", numbers[2 * at + 1] * 1000)}
    elif kind == "series":
        table = [["Reporter Name", "Partner Name", "Trade Flow", "Product Group", "Indicator", *years]]
        table += [[*sides, "Export", "All Products", "Export (US$ Thousand)", *shown[: len(years)]]]
        rows = {key(pair, "export", year, "TOTAL", numbers[at] * 1000) for at, year in enumerate(years)}
    else:
        table = [
            ["Reporter", "TradeFlow", "ProductCode", "Product Description", "Year", "Partner", "Trade Value 1000USD"]
        ]
        for at, year in enumerate(years):
            table.append([sides[0], "Import", "270900", "Oils", year, sides[1], shown[at]])
            rows.add(key(pair, "import", year, "270900", numbers[at] * 1000))
    table = shuffled(draw, table)
    content = kit.book({"Sheet1": [], "Partner": table}) if shape == "xlsx" else kit.delimited(table, ";")
    return Written(content, f"w.{shape}", rows)


@st.composite
def dots(draw: st.DrawFn) -> Written:
    """The IMF's workbook: one country, a sheet a flow, any period across, estimates in or beside cells."""
    reporter = draw(st.sampled_from(list(NAMES)))
    beside, scale = draw(st.booleans()), draw(st.sampled_from(["Millions", "Thousands"]))
    factor, rows, sheets = (10**6 if scale == "Millions" else 1000), set(), {}
    partners = [other for one, other in PAIRS if one == reporter]
    spans = kit.periods(draw)
    for flow, title in (
        ("export", "Exports, FOB to Partner Countries"),
        ("import", "Imports, CIF from Partner Countries"),
    ):
        heads = [
            cell
            for span in spans
            for cell in ((kit.months(span).replace("-", ""), None) if beside else (kit.months(span).replace("-", ""),))
        ]
        table: list[list[Any]] = [[], [None, title], [], [None, NAMES[reporter][1]], [None, f"US Dollars, {scale}"], []]
        table.append([None, None, *heads])
        for partner in draw(st.lists(st.sampled_from(partners), min_size=1, max_size=3, unique=True)):
            line: list[Any] = [None, NAMES[partner][1]]
            for span in spans:
                value, guess = draw(st.integers(0, 10**9)), draw(st.booleans())
                line += [value, "e" if guess else None] if beside else [f"{value} e" if guess else value]
                rows.add(key((reporter, partner), flow, span, "TOTAL", value * factor))
            table.append(line)
        sheets[title.split(" to ")[0].split(" from ")[0]] = table
    return Written(kit.book(sheets), "dots.xlsx", rows)


@st.composite
def dot_csv(draw: st.DrawFn) -> Written:
    """The old CSV files: one figure a row, or indicators across; columns in any order."""
    words = {
        "export": "Goods, Value of Exports, Free on board (FOB), US Dollars",
        "import": "Goods, Value of Imports, Cost, Insurance, Freight (CIF), US Dollars",
    }
    pair, spans, wide = draw(st.sampled_from(PAIRS)), kit.periods(draw), draw(st.booleans())
    sides = [NAMES[pair[0]][1], NAMES[pair[1]][1]]
    code, rows = {"export": "TXG_FOB_USD", "import": "TMG_CIF_USD"}, set()
    heads = [f"{words[flow]} ({code[flow]})" for flow in words] if wide else ["Indicator Name", "Value"]
    table: list[list[Any]] = [["Country Name", "Counterpart Country Name", "Time Period", *heads]]
    for span in spans:
        when = span.replace("-Q", "Q").replace("-", "M")
        drawn = {flow: draw(st.integers(0, 10**12)) for flow in words}
        rows |= {key(pair, flow, span, "TOTAL", value) for flow, value in drawn.items()}
        if wide:
            table.append([*sides, when, *drawn.values()])
        else:
            table += [[*sides, when, words[flow], value] for flow, value in drawn.items()]
    return Written(kit.delimited(shuffled(draw, table)), "DOT.csv", rows)


@st.composite
def eurostat(draw: st.DrawFn) -> Written:
    """Eurostat: Relational View, TSV, or a Data Browser workbook with flags between the columns."""
    kind = draw(st.sampled_from(["view", "tsv", "book"]))
    flow, code = draw(st.sampled_from(["import", "export"])), draw(st.sampled_from(["TOTAL", "27", "270900"]))
    partner, spans = draw(st.sampled_from(["CHN", "RUS"])), kit.periods(draw, "YM")
    numbers = [draw(st.integers(0, 10**12)) for _ in spans]
    rows = {key(("DEU", partner), flow, s, code, n, "EUR") for s, n in zip(spans, numbers, strict=True)}
    label = "Germany (incl. German Democratic Republic 'DD' from 1991)"
    if kind == "view":
        head = ["REPORTER", "PARTNER", "PRODUCT", "FLOW", "STAT_PROCEDURE", "PERIOD", "VALUE_IN_EUR"]
        named = [f"{kit.stamp(s):%b}. {s[:4]}" if "-" in s else f"Jan.-Dec. {s}" for s in spans]
        table: list[list[Any]] = [head]
        for when, number in zip(named, numbers, strict=True):
            table.append(
                [label, NAMES[partner][2], code.replace("TOTAL", "Total"), flow.upper(), "Total", when, number]
            )
        return Written(kit.delimited(shuffled(draw, table)), "Relational_View.csv", rows)
    if kind == "tsv":
        dims = {"freq": "M", "reporter": "DE", "partner": partner[:2] if partner == "CHN" else "RU", "product": code}
        dims["partner"] = "CN" if partner == "CHN" else "RU"
        dims |= {"flow": "1" if flow == "import" else "2", "indicators": "VALUE_IN_EUROS"}
        order = draw(st.permutations(list(dims)))
        head_line = ",".join(order) + "\\TIME_PERIOD\t" + "\t".join(f"{s} " for s in spans)
        line = ",".join(dims[one] for one in order) + "\t" + "\t".join(f"{n} p" for n in numbers)
        return Written(f"{head_line}\n{line}\n".encode(), "ds.tsv", rows)
    cells: list[Any] = [cell for number in numbers for cell in (number, "e")]
    sheet: list[list[Any]] = [
        ["Data extracted on 21/01/2023 20:35:13 from [ESTAT]"],
        ["Dataset: ", "EU trade since 1988 by HS2-4-6 and CN8 [DS-045409]"],
        ["Last updated: ", "13/01/2023 11:00"],
        [],
        ["PRODUCT [PRODUCT]", None, f"Some goods [{code}]"],
        ["FLOW", None, flow.upper()],
        ["INDICATORS", None, "VALUE_IN_EUROS"],
        [],
        ["TIME", None, *(cell for s in spans for cell in (s, None))],
        ["REPORTER (Labels)", "PARTNER (Labels)", ""],
        [label, NAMES[partner][2], *cells],
        [],
        ["Special value"],
        [":", "not available"],
    ]
    return Written(kit.book({"Summary": [["Dataset: "]], "Sheet 1": sheet}), "db.xlsx", rows)


@st.composite
def world_bank(draw: st.DrawFn) -> Written:
    """World Development Indicators: an indicator's CSV below its titles, or DataBank's."""
    databank, country = draw(st.booleans()), draw(st.sampled_from(["CHN", "RUS"]))
    flow, years = draw(st.sampled_from(["import", "export"])), kit.periods(draw, "Y")
    code = "TX.VAL.MRCH.CD.WT" if flow == "export" else "TM.VAL.MRCH.CD.WT"
    numbers = [draw(st.integers(0, 10**13)) for _ in years]
    rows = {key((country, "WLD"), flow, y, "TOTAL", n) for y, n in zip(years, numbers, strict=True)}
    word = "Series" if databank else "Indicator"
    heads = [f"{y} [YR{y}]" for y in years] if databank else years
    table: list[list[Any]] = [
        ["Country Name", "Country Code", f"{word} Name", f"{word} Code", *heads, ""],
        [NAMES[country][0], country, "Merchandise (current US$)", code, *numbers, ""],
        [NAMES[country][0], country, "Population", "SP.POP.TOTL", *numbers, ""],
    ]
    above: list[list[Any]] = (
        []
        if databank
        else [["Data Source", "World Development Indicators", ""], [], ["Last Updated Date", "2024-05-30", ""], []]
    )
    return Written(kit.delimited([*above, *table]), "API.csv", rows)


@st.composite
def wto(draw: st.DrawFn) -> Written:
    """WTO Stats: merchandise by partner, one figure a row, columns in any order."""
    pair, flow = draw(st.sampled_from(PAIRS)), draw(st.sampled_from(["import", "export"]))
    kind, unit = draw(st.sampled_from("YQM")), draw(st.sampled_from(["Million US dollar", "US dollar thousand"]))
    factor, rows = (10**6 if unit.startswith("Million") else 1000), set()
    table: list[list[Any]] = [
        [
            "Indicator",
            "Reporting Economy",
            "Reporting Economy ISO3A Code",
            "Partner Economy",
            "Product/Sector",
            "Period",
            "Period Code",
            "Unit",
            "Year",
            "Value Flag Code",
            "Value",
        ]
    ]
    for span in kit.periods(draw, kind):
        year, _, part = span.partition("-")
        named = {"Y": ("Annual", "A"), "Q": (f"Quarter {part[-1:]}", part), "M": ("", f"M{part}")}[kind]
        value = draw(st.integers(0, 10**7))
        rows.add(key(pair, flow, span, "TOTAL", value * factor))
        table.append(
            [
                f"Merchandise {flow}s by product group - annual",
                NAMES[pair[0]][0],
                pair[0],
                NAMES[pair[1]][0],
                "Total merchandise",
                *named,
                unit,
                year,
                "",
                value,
            ]
        )
    return Written(kit.delimited(shuffled(draw, table)), "WtoData.csv", rows)


@st.composite
def bruegel(draw: st.DrawFn) -> Written:
    """Bruegel's tracker: Russia's imports and exports by partner, months across."""
    spans, rows = kit.periods(draw, "M"), set()
    table: list[list[Any]] = [["Figure 1: Russian imports and exports of goods"], []]
    table.append(["direction of trade", "country", "unit", *(kit.stamp(s).to_pydatetime() for s in spans)])
    for partner in draw(st.lists(st.sampled_from(["CHN", "TUR", "KAZ"]), min_size=1, max_size=3, unique=True)):
        flow = draw(st.sampled_from(["import", "export"]))
        line: list[Any] = [f"{flow}s", NAMES[partner][0], "USD million"]
        for span in spans:
            value = draw(st.integers(0, 10**6))
            rows.add(key(("RUS", partner), flow, span, "TOTAL", value * 10**6))
            line.append(value)
        table.append(line)
    return Written(kit.book({"README": [["About"]], "Figure 1": table}), "tracker.xlsx", rows)


_PEOPLE = {
    "trademap": (trademap_products(), trademap_partners(), trademap_beta()),
    "comtrade": (comtrade(),),
    "wits": (wits(),),
    "imf": (dots(), dot_csv()),
    "eurostat": (eurostat(),),
    "worldbank": (world_bank(),),
    "wto": (wto(),),
    "bruegel": (bruegel(),),
}
LAYOUTS = {source: (*_PEOPLE.get(source, ()), *OFFICES.get(source, ())) for source in {**_PEOPLE, **OFFICES}}
