"""Currencies of settlement as the Bank of Russia counts them: a side table that ships."""

from __future__ import annotations

from typing import Final

from loaders.core.source import Source
from loaders.sources.shipped import figure_files

SOURCE: Final = Source(
    name="cbr_review",
    brief="Bank of Russia, Risk Overview",
    title="Overview of Financial Market Risks: settlements by currency",
    publisher="Bank of Russia",
    homepage="https://www.cbr.ru/analytics/finstab/orfr/",
    licence="use with a link to www.cbr.ru",
    cite="Bank of Russia, Overview of Financial Market Risks",
    coverage="receipts and payments by currency, goods and services, all partners, January 2022 to June 2023",
    parse=figure_files.parse,
    aliases=("Bank of Russia, Overview of Financial Market Risks",),
    side="settlement_currency",
)
