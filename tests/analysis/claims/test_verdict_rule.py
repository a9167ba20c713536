"""The rule that judges a number, by hand: whose count first, prints of the day, revisions, breaks."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims import reader_claim
from analysis.claims.verdicts import HOLDS, NOT, OTHERWISE, REVISED, SPLIT
from tests.analysis.claims.telling import sentence
from tests.analysis.claims.test_article import printed
from tests.analysis.kit import dataset, rate, row, year

PRESS = {"source": "press", "status": "preliminary"}


def test_a_print_of_the_day_holds_as_printed_then() -> None:
    """100 bn were printed, customs now have 103: the print holds as such, the sentence says what it is now."""
    data = dataset(row("2023-05", value=103e9), row("2023-05", value=100e9, released="2023-06-07", **PRESS))
    verdict = reader_claim.judge(data, "trade of $100 bn in May 2023")
    assert verdict.verdict == REVISED
    assert "US$ 103.00 bn (customs now)" in sentence(verdict)
    assert reader_claim.judge(data, "trade of $103 bn in May 2023").verdict == HOLDS


def revised(change: float, months: int = 13) -> list[dict[str, object]]:
    """Return months that were printed at about 100 bn and revised by ``change`` per cent since."""
    names = [f"{2020 + step // 9}-{3 + step % 9:02d}" for step in range(months)]
    first = [100e9 + 1e6 * step + 1e5 for step in range(months)]
    prints = [row(name, value=value, released=f"{name}-28", **PRESS) for name, value in zip(names, first, strict=True)]
    now = [row(name, value=value * (1 + change / 100)) for name, value in zip(names, first, strict=True)]
    return [*prints, *now]


@pytest.mark.parametrize(
    ("number", "expected"),
    [("98.04", REVISED), ("100.00", HOLDS), ("100.31", ""), ("102.00", ""), ("95.00", ""), ("105.00", "")],
)
def test_a_number_within_the_known_revision(number: str, expected: str) -> None:
    """Where thirteen prints rose by 2 %, a month of 100 bn now was printed as 98.04; nothing else holds."""
    data = dataset(*revised(2.0), row("2023-05", value=100e9))
    verdict = reader_claim.judge(data, f"trade of ${number} bn in May 2023")
    assert verdict.verdict == expected or (not expected and verdict.verdict in {NOT, OTHERWISE})
    if expected == REVISED:
        assert "13 of 13 such published values (single months) were later revised by" in sentence(verdict)


def test_a_held_print_leaves_no_room_for_a_guess() -> None:
    """Where the very window's print is held and is another number, the known revision does not help."""
    data = dataset(
        *revised(2.0), row("2023-05", value=100e9), row("2023-05", value=99.5e9, released="2023-06-07", **PRESS)
    )
    assert reader_claim.judge(data, "trade of $98.04 bn in May 2023").verdict == NOT


def test_the_rate_of_the_next_window_is_not_a_revision() -> None:
    """A rate that was printed for five months is not excused as a revision of the six months' rate."""
    rates = pd.concat([printed("2023-01", "2023-05", "40.7"), printed("2023-01", "2023-06", "40.6", "2023-07-13")])
    data = dataset(*year(2022, 100.0), *year(2023, 141.0), printed_rates=rates)
    assert reader_claim.judge(data, "trade rose 40.7% in January-June 2023").verdict == OTHERWISE
    assert reader_claim.judge(data, "trade rose 40.6% in January-June 2023").verdict == REVISED


def test_the_count_that_the_words_point_to() -> None:
    """China's imports are 110 (CIF), Russia's exports 100 (FOB): each holds on its own count, and both are named."""
    china = row("2020-05", value=110e9, flow="import", valuation="CIF")
    russia = row("2020-05", value=100e9, flow="export", valuation="FOB", source="fcs", reporter="RUS", partner="CHN")
    data = dataset(china, russia)
    assert reader_claim.judge(data, "China imported $110 bn from Russia in May 2020").verdict == HOLDS
    assert reader_claim.judge(data, "Russia's exports to China were $100 bn in May 2020").verdict == HOLDS
    other = reader_claim.judge(data, "China imported $100 bn from Russia in May 2020")
    assert other.verdict == SPLIT
    assert "holds on US$ 100.00 bn (Russian customs" in sentence(other)
    assert "not on US$ 110.00 bn (customs now, CIF)" in sentence(other)


def test_dollars_first_and_both_shown() -> None:
    """A dollar figure of a month that is only printed in yuan is judged in dollars; the yuan stand beside it."""
    yuan = row("2026-06", value=700e9, source="gacc", status="preliminary", currency="CNY")
    data = dataset(yuan, rates=(rate("2026-06", 7.0),))
    verdict = reader_claim.judge(data, "Trade in June 2026 was $100bn")
    assert verdict.verdict == HOLDS
    assert "US$ 100.00 bn (customs’ table, converted)" in sentence(verdict)
    assert "700.0 bn yuan" in sentence(verdict)
    assert reader_claim.judge(data, "Trade in June 2026 was $70bn").verdict == NOT


def lines_(values: dict[int, float], source: str = "baci") -> list[dict[str, object]]:
    """Return years of one heading that Russia sold to China, in bn US$."""
    side = {"reporter": "RUS", "partner": "CHN", "flow": "export", "valuation": "FOB"}
    common = {**side, "source": source, "classification": "HS2017", "commodity_code": "260111"}
    return [row(f"{which}-01", f"{which}-12", 1e9 * value, **common) for which, value in values.items()]


def test_no_rate_over_a_break() -> None:
    """BACI changes what it counts between 2021 and 2022: the rate over it is not computed, one after it is."""
    breaks = pd.DataFrame(
        [
            {
                "source": "baci",
                "reporter": "RUS",
                "partner": "CHN",
                "flow": "export",
                "commodity_code": "",
                "last_before": "2021-12",
                "first_after": "2022-01",
                "kind": "counting",
                "counted_before": "CHN+RUS",
                "valuation_before": "FOB",
                "counted_after": "CHN",
                "valuation_after": "CIF",
                "reason": "synthetic",
                "reference": "synthetic",
            }
        ]
    )
    data = dataset(*lines_({2021: 10, 2022: 15, 2023: 18}), breaks=breaks)
    assert reader_claim.judge(data, "imports of HS 26 rose 50% in 2022").verdict != HOLDS
    after = reader_claim.judge(data, "imports of HS 26 rose 20% in 2023")
    assert after.verdict == HOLDS
    assert all(one.basis == one.base for one in after.bases)
