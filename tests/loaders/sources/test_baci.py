"""CEPII BACI: hand-made rows in the real shape, damage, and the real file where it lies beside the project."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from loaders.sources import baci
from tests.loaders.support import kit

NAME = "BACI_HS17_Y2022_V202501.csv"
GOOD = kit.recorded("baci", NAME)
HEAD = "t,i,j,k,v,q\n"


def test_recognised_by_its_columns_alone() -> None:
    """A BACI file is known by its six columns, in any order and with a byte-order mark, and nothing else is."""
    assert baci.recognises(GOOD)
    assert all(baci.recognises(form) for form in kit.variants(GOOD))
    assert baci.recognises(b"q,v,k,j,i,t\n")
    assert not baci.recognises(b"t,i,j,k,v\n")
    assert not baci.recognises(b"t,i,j,k,v,q,x\n")
    assert not baci.recognises(b"\x89PNG\r\n")


def test_values_and_weights_are_whole_units() -> None:
    """Thousand dollars become dollars and tonnes kilograms, exactly as the decimals are printed."""
    row = kit.only(baci.parse(GOOD, NAME), reporter="RUS", commodity_code="270900", partner="CHN")
    assert row["value"] == 58377524583.0
    assert row["net_weight_kg"] == 86248345123.0
    assert (row["flow"], row["valuation"], row["currency"], row["status"]) == ("export", "FOB", "USD", "final")
    assert row["period_start"] == pd.Timestamp("2022-01-01")
    assert row["period_end"] == pd.Timestamp("2022-12-01")


def test_lost_zeros_come_back() -> None:
    """A code of five digits gets its zero back; codes of other lengths are refused by name."""
    assert kit.only(baci.parse(GOOD, NAME), commodity_code="010620")["value"] == 48641.0
    short = baci.parse((HEAD + "2022,643,156,2709,1,1\n2022,643,156,2709001,1,1\n").encode(), NAME)
    assert short.refused == (
        f"{NAME}, row 2: k '2709' is not an HS6 code",
        f"{NAME}, row 3: k '2709001' is not an HS6 code",
    )


def test_missing_weight_is_missing() -> None:
    """A blank, padded or NA weight, and a zero weight beside a value, are empty, never zero."""
    parsed = baci.parse(GOOD, NAME)
    for code in ("281219", "292221", "271111"):
        assert pd.isna(kit.only(parsed, commodity_code=code)["net_weight_kg"])


def test_zero_weight_of_zero_value_stays() -> None:
    """A zero weight is only missing beside a positive value."""
    row = kit.only(baci.parse((HEAD + "2022,643,156,270900,0,0\n").encode(), NAME))
    assert (row["value"], row["net_weight_kg"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("name", "classification", "released"),
    [
        ("BACI_HS17_Y2022_V202501.csv", "HS2017", pd.Timestamp("2025-01-31")),
        ("BACI_HS92_Y1995_V202401b.csv", "HS1988", pd.Timestamp("2024-01-31")),
        ("baci_hs22_rus_chn.csv", "HS2022", pd.NaT),
        ("baci_hs_2017.csv", "HS", pd.NaT),
        ("hs17_or_hs22.csv", "HS", pd.NaT),
        ("trade.csv", "HS", pd.NaT),
    ],
)
def test_edition_and_release_come_from_the_name(name: str, classification: str, released: pd.Timestamp) -> None:
    """The HS edition and the month of release are what the name says, and unknown where it does not."""
    parsed = baci.parse(GOOD, name)
    assert set(parsed.table["classification"]) == {classification}
    assert parsed.table["released"].isna().all() if pd.isna(released) else parsed.table["released"].eq(released).all()
    assert bool(parsed.notes) is (classification == "HS")


def test_every_row_is_accounted_for() -> None:
    """Rows out of scope are counted by the other side; the numbers of read rows add up."""
    parsed = baci.parse(GOOD, NAME)
    assert parsed.rows_read == 9
    assert parsed.left_out == {"partner FRA": 1, "reporter DEU": 1, "exporter 490": 1}
    assert kit.accounted(parsed) == 9
    assert kit.only(parsed, partner="FRA")["commodity_code"] == "270900"


def test_a_number_follows_home() -> None:
    """The reference names file and row as a reader counts them, and says that the figure is reconciled."""
    reference = kit.only(baci.parse(GOOD, NAME), commodity_code="010620")["reference"]
    assert reference == f"{NAME}, row 3, reconciled by CEPII from both reports"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("202,643,156,270900,1,1", "t '202' is not a year"),
        ("2022,RUS,156,270900,1,1", "i 'RUS' is not a country number"),
        ("2022,643,156,27O900,1,1", "k '27O900' is not an HS6 code"),
        ("2022,643,156,270900,,1", "v '' is not a number of zero or more"),
        ("2022,643,156,270900,-1,1", "v '-1' is not a number of zero or more"),
        ("2022,643,156,270900,nan,1", "v 'nan' is not a number of zero or more"),
        ("2022,643,156,270900,1e400,1", "v '1e400' is not a number of zero or more"),
        ("2022,643,156,270900,1,n/a", "q 'n/a' is not a number of zero or more"),
        ("2022,643,156,270900,1,inf", "q 'inf' is not a number of zero or more"),
        ("2022,643,156,270900,1", "holds 5 cells where the header names 6; the file may be cut off"),
        ("2022,643,156,270900,1,1,7", "holds 7 cells where the header names 6"),
        ("t,i,j,k,v,q", "repeats the header"),
    ],
)
def test_bad_rows_are_named_and_good_ones_stay(line: str, why: str) -> None:
    """A row that cannot be a figure is refused with its number; the row after it is still read."""
    parsed = baci.parse(f"{HEAD}{line}\n2022,156,643,847130,5,\n".encode(), NAME)
    assert parsed.refused == (f"{NAME}, row 2: {why}",)
    assert kit.only(parsed)["commodity_code"] == "847130"
    assert parsed.rows_read == 2


def test_a_quotation_mark_that_never_closes_costs_what_follows() -> None:
    """What stands above it is read; the row that it begins is refused, whatever it swallows."""
    rows = '2022,156,643,847130,5,\n2022,643,156,270900,"1,1\n2022,643,156,270900,1,1\n'
    parsed = baci.parse((HEAD + rows).encode(), NAME)
    assert kit.only(parsed)["commodity_code"] == "847130"
    assert parsed.refused == (
        f"{NAME}, row 3: a quotation mark is opened and never closed, so nothing after it can be read",
    )


def test_one_key_with_two_values_takes_neither() -> None:
    """Two values of one key are both refused and named together; the same row twice counts once."""
    lines = "2022,643,156,270900,1,1\n2022,643,156,270900,2,1\n2022,156,643,847130,5,\n2022,156,643,847130,5,\n"
    parsed = baci.parse((HEAD + lines).encode(), NAME)
    assert len(parsed.table) == 1
    assert len(parsed.refused) == 1
    assert parsed.refused[0].startswith(f"{NAME}, rows 2 and 3: the same key with the values 1000 and 2000")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (HEAD.encode(), "holds a header and no row"),
        (b"t,i,j,k,v\n2022,643,156,270900,1\n", "no column 'q'"),
        (b"t,i,j,k,v,v\n2022,643,156,270900,1,1\n", "row 1: the column 'v' stands twice"),
        (b"<!DOCTYPE html><html>Not found</html>", "is a web page"),
        (b'<?xml version="1.0"?><error/>', "is XML"),
        (b'{"statusCode": 401, "message": "Access denied"}', 'it says "Access denied"'),
        (b"t,i,j,k,v,q\n2022,643,156,270900,1,1\0\n", "holds NUL characters"),
        (b"t,i,j,k,v,q\n2022,643,156,270900,\xff,1\n", "not readable as utf-8"),
        (b't,i,j,k,v,q\n2022,643,156,270900,"5"7,1\n', "row 2: not readable as CSV"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content: bytes, why: str) -> None:
    """Anything that is no BACI table ends in one line that says what it is."""
    line = kit.refusal(baci.parse, content)
    assert why in line
    assert "\n" not in line


def test_forms_of_text_do_not_matter() -> None:
    """A byte-order mark, UTF-16, CRLF, semicolons and tabs give the same rows."""
    plain = baci.parse(GOOD, NAME).table
    forms = [*kit.variants(GOOD), GOOD.replace(b",", b";"), GOOD.replace(b",", b"\t")]
    assert all(baci.parse(form, NAME).table.equals(plain) for form in forms)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kit.any_of("baci"))
def test_damage_never_ends_in_a_traceback(content: bytes) -> None:
    """Whatever is done to a good file, it is read or refused in one line."""
    kit.survives(baci.SOURCE, content)


def test_the_real_file_equals_a_plain_loop() -> None:
    """Count, sums and the figures that others quote come out of the real file: four fuels of 81.32 bn in 2022."""
    content = kit.shared("baci/baci_hs17_rus_chn_2017_2023.csv")
    parsed = baci.parse(content, "baci_hs17_rus_chn_2017_2023.csv")
    plain = kit.rows(content)
    assert parsed.rows_read == len(parsed.table) == len(plain) == 43494
    assert parsed.table["value"].sum() == pytest.approx(sum(float(row["v"]) for row in plain) * 1000, rel=1e-12)
    weights = [float(row["q"]) for row in plain if row["q"].strip()]
    assert parsed.table["net_weight_kg"].notna().sum() == len(weights) == 43494 - 449
    exports = parsed.table[parsed.table["reporter"].eq("RUS")]
    code, year = exports["commodity_code"].astype("str"), exports["period_start"].dt.year

    def billions(of: int, codes: pd.Series) -> float:
        return round(float(exports.loc[codes & year.eq(of), "value"].sum()) / 1e9, 2)

    four = code.str.startswith(("2709", "2701", "2702", "2703", "2704", "271111", "271121"))
    assert billions(2022, code.eq("270900")) == 58.38
    assert (billions(2021, four), billions(2022, four)) == (44.38, 81.32)
    assert billions(2022, code.str.startswith("27")) == 85.38
    assert billions(2022, code.ne("")) == 114.15
