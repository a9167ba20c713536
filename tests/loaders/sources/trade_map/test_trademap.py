"""Trade Map: hand-made files in the shapes of its downloads, refusals, mirror data, damage, and the real examples."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from loaders.core.source import Hints, SourceError
from loaders.sources.trade_map import source as trademap
from tests.loaders.support import kit, layout_kit

SUPPLIERS = kit.recorded("trademap", "suppliers.xls")
BILATERAL = kit.recorded("trademap", "bilateral.xls")
MIRROR = kit.recorded("trademap", "mirror.xls")
QUARTERS = kit.recorded("trademap", "quarters.csv")
PRODUCTS = "Trade_Map_-_List_of_products_imported_by_China.txt"


def test_a_page_named_xls_says_all_itself() -> None:
    """Country, flow and goods from the title, the unit from its label; quantities and 'not available' are no values."""
    parsed = trademap.parse(SUPPLIERS, "download (3).xls")
    row = kit.only(parsed, partner="RUS", period_start="2019-01-01")
    assert (row["reporter"], row["flow"], row["valuation"], row["commodity_code"]) == ("CHN", "import", "CIF", "2709")
    assert (row["value"], row["currency"], row["status"]) == (2500001000.0, "USD", "final")
    assert kit.only(parsed, partner="SAU")["value"] == 3000000000.0
    assert parsed.left_out == {"partner CHN": 2, "partner Area Nes": 2}
    assert kit.accounted(parsed) == parsed.rows_read == 9


def test_a_bilateral_table_has_a_group_above_each_block() -> None:
    """Each block has a reporter and a partner of its own; euros are euros; the apostrophe before a code goes."""
    parsed = trademap.parse(BILATERAL, "b.xls")
    bought = kit.only(parsed, reporter="CHN", commodity_code="2711", period_start="2023-01-01")
    assert (bought["partner"], bought["value"], bought["currency"]) == ("RUS", 12000000000.0, "EUR")
    sold = kit.only(parsed, reporter="RUS", commodity_code="2709", period_start="2022-01-01")
    assert (sold["partner"], sold["flow"], sold["status"]) == ("WLD", "export", "final")


def test_mirror_data_never_look_like_an_own_count() -> None:
    """A cell's own word, else the title: derived, without a valuation, and the reference says who counted."""
    one = kit.only(trademap.parse(BILATERAL, "b.xls"), reporter="RUS", period_start="2023-01-01")
    assert (one["status"], one["valuation"]) == ("derived", "unknown")
    parsed = trademap.parse(MIRROR, "m.xls")
    assert set(parsed.table["status"]) == {"derived"}
    assert parsed.table["reference"].str.endswith("mirror data: counted by the partner countries").all()
    assert parsed.notes == ("m.xls: 4 figures are mirror data, marked derived",)


def test_a_legend_can_say_that_the_partner_counted() -> None:
    """What another country has reported about a reporter's trade is mirror data too."""
    legend = SUPPLIERS.replace(
        b"Sources: ITC calculations.", b"China's imports have been reported by Russian Federation"
    )
    assert set(trademap.parse(legend, "s.xls").table["status"]) == {"derived"}
    own = SUPPLIERS.replace(b"Sources: ITC calculations.", b"China's imports have been reported by China")
    assert set(trademap.parse(own, "s.xls").table["status"]) == {"final"}


def test_a_text_file_says_country_and_flow_in_its_name_alone() -> None:
    """The unit is Trade Map's own and the note says so; under another name a flag is asked for, and believed."""
    content = kit.recorded("trademap", PRODUCTS)
    parsed = trademap.parse(content, PRODUCTS)
    assert kit.only(parsed, commodity_code="TOTAL", period_start="2020-01-01")["value"] == 2055590612000.0
    assert "names no unit" in parsed.notes[0]
    assert kit.refusal(trademap.parse, content, "x.txt").endswith("give --reporter")
    flagged = trademap.parse(content, "x.txt", Hints(reporter="CHN"))
    assert flagged.table.drop(columns="reference").equals(parsed.table.drop(columns="reference"))
    assert "reader's word" in flagged.notes[1]


def test_quarters_and_grouped_numbers_in_a_saved_csv() -> None:
    """Thousands separators are read where other cells leave no choice; the goods must be named somewhere."""
    with pytest.raises(SourceError, match="says no goods"):
        trademap.parse(QUARTERS, "quarters.csv", Hints(reporter="CHN"))
    name = "List of importing markets for a product exported by China HS 2709.csv"
    parsed = trademap.parse(QUARTERS, name)
    row = kit.only(parsed, partner="RUS", period_start="2019-04-01")
    assert (row["value"], f"{row['period_end']:%Y-%m}", row["flow"]) == (678000.0, "2019-06", "export")
    assert kit.only(parsed, partner="WLD", period_start="2019-01-01")["value"] == 1234567000.0


def test_what_is_missing_or_contradicts_is_named() -> None:
    """A foreign currency, a title against its columns, a bilateral table without its groups."""
    assert "Japanese Yen" in kit.refusal(trademap.parse, SUPPLIERS.replace(b"US Dollar", b"Japanese Yen"), "s.xls")
    swapped = SUPPLIERS.replace(b"Imported value", b"Exported value")
    assert "its title is about imports" in kit.refusal(trademap.parse, swapped, "s.xls")
    flat = b"Product code\tProduct label\tValue in 2022\tValue in 2022\n2709\tOil\t5\t6\n"
    name = "Trade_Map_-_Bilateral_trade_between_China_and_Russian_Federation.txt"
    assert kit.refusal(trademap.parse, flat, name).endswith("give --flow")
    parsed = trademap.parse(flat, name, Hints(flow="import"))
    assert layout_kit.rows_of(parsed) == {layout_kit.key(("CHN", "RUS"), "import", "2022", "2709", 5000)}


def test_what_the_whole_world_trades_is_nobodys_count() -> None:
    """The list of products that the world imports names no country: it is counted, and none is asked for."""
    content = kit.recorded("trademap", PRODUCTS)
    parsed = trademap.parse(
        content, "Trade_Map_-_List_of_imported_products_for_the_selected_product_(All_products).txt"
    )
    assert (len(parsed.table), parsed.left_out) == (0, {"reporter WLD": 3})


def test_an_ambiguous_number_is_refused_by_name() -> None:
    """1,234 alone may be a thousand or a decimal: nothing is guessed."""
    content = b"Code\tProduct label\tImported value in 2022\nTOTAL\tAll\t1,234\n"
    parsed = trademap.parse(content, PRODUCTS)
    assert not len(parsed.table)
    assert "could be a thousand or a decimal" in parsed.refused[0]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(kit.any_of("trademap"))
def test_damage_is_refused_or_accounted_for(content: bytes) -> None:
    """Whatever is changed in a file, it is refused in one line or read with every row in its place."""
    kit.survives(trademap.SOURCE, content)


def test_the_real_list_of_exporters() -> None:
    """China's exports of 848620 by month; Russia is not listed; every figure is accounted for."""
    parsed = trademap.parse(kit.shared("trademap/exporters_for_848620_by_month.xls"), "exporters.xls")
    assert kit.only(parsed, period_start="2024-02-01")["value"] == 38391000.0
    assert kit.accounted(parsed) == parsed.rows_read == 1083


def test_the_real_products_of_china() -> None:
    """Twelve years, all chapters and the total, in thousand US dollars."""
    parsed = trademap.parse(kit.shared("trademap/products_imported_by_china.txt"), PRODUCTS)
    fuels = kit.only(parsed, commodity_code="27", period_start="2020-01-01")
    assert (fuels["value"], len(parsed.table)) == (267556481000.0, 1176)
