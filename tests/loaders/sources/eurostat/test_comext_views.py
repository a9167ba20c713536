"""Eurostat's Relational View, TSV and Data Browser workbooks: worked examples, flags, and the real view of Armenia."""

from __future__ import annotations

import pytest

from loaders.sources.eurostat import source as comext
from tests.loaders.support import kit

VIEW = kit.recorded("eurostat", "relational_view.csv")
TSV = kit.recorded("eurostat", "flags.tsv")


def test_a_view_has_names_and_a_weight_beside_the_value() -> None:
    """Names become codes, 'Aug. 2024' a month; a part by procedure, a changing group and other pairs are left out."""
    parsed = comext.parse(VIEW, "view.csv")
    fuel = kit.only(parsed, commodity_code="27")
    assert (fuel["value"], fuel["net_weight_kg"], fuel["valuation"], fuel["currency"]) == (1000.0, 2500.0, "CIF", "EUR")
    year = kit.only(parsed, reporter="EUU")
    assert (f"{year['period_start']:%Y-%m}", f"{year['period_end']:%Y-%m}") == ("2023-01", "2023-12")
    assert parsed.left_out["statistical procedure Normal"] == 2
    assert kit.accounted(parsed) == parsed.rows_read


def test_flags_stand_behind_figures() -> None:
    """A p is provisional, an e estimated, ':' no figure, ': c' a secret one; 100 kg become kilograms."""
    parsed = comext.parse(TSV, "flags.tsv")
    assert kit.only(parsed, reporter="EUU")["status"] == "preliminary"
    oil = kit.only(parsed, reporter="DEU")
    assert (oil["value"], oil["status"], oil["net_weight_kg"]) == (77.0, "estimated", 500.0)
    assert parsed.left_out == {"no value": 3}
    assert kit.accounted(parsed) == parsed.rows_read


def test_a_missing_dimension_is_named() -> None:
    """Without a flow nothing is taken."""
    content = TSV.replace(b",flow,", b",direction,")
    assert not comext.recognises(content)
    assert "names no product" in kit.refusal(comext.parse, TSV.replace(b",product,", b",goods,"), "x.csv")


@pytest.mark.parametrize("row", ["", "\nM,CN,RU,TOTAL,1,VALUE_IN_EUROS\n"])
def test_a_table_without_periods_is_refused_in_a_line(row: str) -> None:
    """A download cut off in its header has no figure: that is said, whatever rows are left."""
    content = f"freq,reporter,partner,product,flow,indicators\\TIME_PERIOD{row}".encode()
    line = "cut.tsv: names no period; download it again with all dimensions"
    assert kit.refusal(comext.parse, content, "cut.tsv") == line


def test_the_real_view_of_armenia() -> None:
    """Members with Armenia are other countries' trade: all counted, none kept."""
    parsed = comext.parse(kit.shared("eurostat/relational_view_armenia_2024.csv"), "arm.csv")
    assert not len(parsed.table)
    assert parsed.refused == ()
    assert kit.accounted(parsed) == parsed.rows_read == 30
