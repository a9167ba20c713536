"""The European Central Bank's rates: as printed, monthly, and in no other unit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.core import rates
from loaders.sources import ecb
from tests.loaders.support import kit

EXR = kit.recorded("ecb", "exr.csv")


def test_rates_are_kept_to_the_last_digit() -> None:
    """A rate stands as printed, with what it is a rate of, since when and from whom."""
    parsed = ecb.parse(EXR, "https://service/EXR")
    assert parsed.table.empty
    assert parsed.rates is not None
    assert tuple(parsed.rates) == rates.COLUMNS
    first = parsed.rates.iloc[0]
    assert first[["series", "pair", "freq", "period_start", "period_end", "value", "unit"]].tolist() == [
        *("ECB_EXR_CNY", "CNY per EUR", "M", "2026-03", "2026-03", "8.000470000000002", "cny_per_eur")
    ]
    assert first["reference"] == "https://service/EXR, row 2"


def test_months_without_a_rate_and_other_series_are_counted() -> None:
    """An empty observation and a daily rate are left out, each under its reason."""
    parsed = ecb.parse(EXR, "EXR")
    assert parsed.left_out == {"series USD D": 1, "no value": 1}
    assert parsed.rows_read == 5
    assert parsed.rates is not None
    assert len(parsed.rates) == 3


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"CNY,0\n", b"CNY,2\n", "row 2: the unit is CNY times ten to the 2, not CNY"),
        (b",CNY,0\n", b",CNH,0\n", "row 2: the unit is CNH"),
        (b"8.000470000000002", b"0.0", "0.0 is no rate"),
        (b"2026-04,7.9", b"2026-03,7.9", "stands beside another value"),
        (b"OBS_VALUE", b"VALUE", "no column 'OBS_VALUE'"),
    ],
)
def test_another_unit_or_shape_is_refused(old: bytes, new: bytes, why: str) -> None:
    """What would change the meaning of a rate refuses the whole answer."""
    assert why in kit.refusal(ecb.parse, EXR.replace(old, new))


def test_a_rate_that_is_no_number_is_named() -> None:
    """NaN and text are bad rows with their place, not rates."""
    parsed = ecb.parse(EXR.replace(b",7.9,", b",NaN,"), "EXR")
    assert parsed.refused == ("EXR, row 3: OBS_VALUE 'NaN' is not a rate",)


@settings(max_examples=40, deadline=None)
@given(kit.any_of("ecb"))
def test_damage_never_invents_a_rate(content: bytes) -> None:
    """A damaged answer is refused in one line or its rates are positive numbers."""
    kit.survives(ecb.SOURCE, content)


@settings(max_examples=20, deadline=None)
@given(st.decimals(min_value="0.0001", max_value="9999", places=6))
def test_any_printed_decimal_survives(value: object) -> None:
    """The text of a rate is never rounded."""
    parsed = ecb.parse(EXR.replace(b",7.9,", f",{value},".encode()), "EXR")
    assert parsed.rates is not None
    assert parsed.rates["value"].tolist()[1] == str(value)
