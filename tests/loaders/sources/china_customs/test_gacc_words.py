"""Tests of what is taken from the reader and from a file's name."""

from __future__ import annotations

import pytest

from loaders.core import flow_and_period
from loaders.core.source import Hints, SourceError
from loaders.sources.china_customs import partner_names

NONE = Hints()


@pytest.mark.parametrize(
    ("name", "flow"),
    [
        ("imports_2024.csv", "import"),
        ("China Import 2024.csv", "import"),
        ("ChinaExport2024.csv", "export"),
        ("gacc-EXP-202403.csv", "export"),
        ("2024年进口原油.csv", "import"),
        ("出口202403.csv", "export"),
        ("2024in.csv", "import"),
        ("2024out.csv", "export"),
        ("folder of exports/imp_2024.csv.gz", "import"),
    ],
)
def test_flow_is_a_plain_word_of_the_name(name: str, flow: str) -> None:
    """A word that stands alone says the flow, and the note says that the name said it."""
    read, note = flow_and_period.flow_of(name, NONE)
    assert read == flow
    assert "in the file's name" in note


@pytest.mark.parametrize(
    "name",
    ["2024.csv", "important.csv", "expert.csv", "trade_in_2024.csv", "export/2024.csv", "downloadData.csv", "in.csv"],
)
def test_no_flow_is_guessed(name: str) -> None:
    """Parts of words, prepositions and folders say nothing: the reader is asked."""
    with pytest.raises(SourceError, match="--flow import or --flow export"):
        flow_and_period.flow_of(name, NONE)


@pytest.mark.parametrize("name", ["import_export.csv", "进出口2024.csv", "进口和出口.csv", "imp 出口.csv"])
def test_a_name_that_says_both_is_refused(name: str) -> None:
    """A contradictory name decides nothing, but the reader may."""
    with pytest.raises(SourceError, match="says import and export"):
        flow_and_period.flow_of(name, NONE)
    assert flow_and_period.flow_of(name, Hints(flow="export")) == ("export", "flow export: as given with --flow")


def test_the_reader_is_right_against_the_name() -> None:
    """What the reader says stands, and the note says that the name says otherwise."""
    flow, note = flow_and_period.flow_of("imports_2024.csv", Hints(flow="export"))
    assert flow == "export"
    assert note == "flow export: as given with --flow, against the word 'imports' in the file's name"


def test_an_unknown_flow_is_refused() -> None:
    """The reader's word must be one of the three flows."""
    with pytest.raises(SourceError, match="--flow both"):
        flow_and_period.flow_of("x.csv", Hints(flow="both"))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2024-03", "2024-03"),
        ("202403", "2024-03"),
        ("2024年3月", "2024-03"),
        ("2024/3", "2024-03"),
        ("2024", "2024-01..2024-12"),
        ("2024-01..2024-12", "2024-01..2024-12"),
        ("202401-202402", "2024-01..2024-02"),
        (" 2023-11..2024-02 ", "2023-11..2024-02"),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, span: str) -> None:
    """Months, ranges and years in the usual spellings are one and the same period."""
    period, note = flow_and_period.period_of("imports_202601.csv", Hints(period=text))
    assert flow_and_period.written(period) == span
    assert note == f"period {span}: as given with --period"


@pytest.mark.parametrize(
    "text",
    [
        "202313",
        "2024-00",
        "24-03",
        "20243",
        "2024-03..2024-01",
        "2023-01..2024-06",
        "March 2024",
        "",
        "2024-03-01",
        "0000",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    """Months that do not exist, years of two digits and more than twelve months are named."""
    with pytest.raises(SourceError, match="is no period of 1 to 12 months"):
        flow_and_period.period_of("x.csv", Hints(period=text))


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("imports_202403.csv", "2024-03"),
        ("imports 2024-03.csv", "2024-03"),
        ("2024年3月进口.csv", "2024-03"),
        ("2024年1-3月进口.csv", "2024-01..2024-03"),
        ("2024年1至12月进口.csv", "2024-01..2024-12"),
        ("进口202401-202412.csv", "2024-01..2024-12"),
        ("import_2024-01..2024-06.csv", "2024-01..2024-06"),
        ("2024年全年进口.csv", "2024-01..2024-12"),
        ("270900 imports 202403 (1).csv", "2024-03"),
        ("202403/imports 202404.csv", "2024-04"),
    ],
)
def test_a_period_stands_in_the_name(name: str, span: str) -> None:
    """Months and ranges in plain digits or Chinese are taken, and the note says from where."""
    period, note = flow_and_period.period_of(name, NONE)
    assert flow_and_period.written(period) == span
    assert note == f"period {span}: from the file's name"


@pytest.mark.parametrize(
    "name",
    [
        "imports_2024.csv",
        "2024年进口.csv",
        "imports_20240315.csv",
        "imports 2024-03-15.csv",
        "imports_202313.csv",
        "imports 200811.csv",
        "imports 270900.csv",
        "imports.csv",
        "202403/imports.csv",
    ],
)
def test_no_period_is_guessed(name: str) -> None:
    """A bare year, a day, a commodity code or a folder is no period: the reader is asked."""
    with pytest.raises(SourceError, match="say it with --period"):
        flow_and_period.period_of(name, NONE)


def test_two_periods_in_a_name_are_refused() -> None:
    """A name with two months decides nothing."""
    with pytest.raises(SourceError, match="says 2024-03 and 2024-04"):
        flow_and_period.period_of("imports 202403 202404.csv", NONE)


@pytest.mark.parametrize(
    ("label", "iso3"),
    [
        ("Russian Federation", "RUS"),
        ("Russia", "RUS"),
        ("俄罗斯", "RUS"),
        ("俄罗斯联邦", "RUS"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Hong Kong,China", "HKG"),
        ("Hong Kong, China", "HKG"),
        ("中国香港", "HKG"),
        ("United Arab Emirates", "ARE"),
        ("阿联酋", "ARE"),
        ("R. O. Korea", "KOR"),
        ("Republic of Korea", "KOR"),
        ("Byelorussia", "BLR"),
        ("Kirghizia", "KGZ"),
        ("EU", "EUU"),
        ("European Union", "EUU"),
        ("欧洲联盟", "EUU"),
        ("Total", "WLD"),
        ("总值", "WLD"),
        ("ASEAN", ""),
        ("Africa", ""),
        ("Latin America", ""),
        ("共建“一带一路”国家和地区", ""),
    ],
)
def test_partners_have_the_names_that_tables_print(label: str, iso3: str) -> None:
    """Names old and new, English and Chinese, are the same country; a group is none."""
    assert partner_names.partners()[partner_names.key(label)] == iso3


def test_every_partner_of_the_query_has_its_country() -> None:
    """Each named country of the project's scope is found by a Chinese name too."""
    chinese = {iso3 for name, iso3 in partner_names.partners().items() if not name.isascii()}
    assert {
        "RUS",
        "HKG",
        "MAC",
        "TUR",
        "ARE",
        "KAZ",
        "KGZ",
        "ARM",
        "UZB",
        "TJK",
        "GEO",
        "BLR",
        "MNG",
        "IND",
        "EUU",
    } <= chinese
