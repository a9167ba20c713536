"""Sentences: a point ends one, but not after a shortened word or inside a number."""

from __future__ import annotations

import pytest

from analysis.claims.texts.sentences import split


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Trade rose by 2.9%. Exports to the U.S. fell 5%. It was $5 bln. In May it fell.", 4),
        ("BEIJING, Jan. 12 (Xinhua). Mr. Li said trade rose 5 pct. yesterday.", 2),
        ("Товарооборот вырос до 5 млрд долл. Экспорт упал на 5 проц. в год, в 2022 г. вырос.", 2),
        ("2023年增长。其中,出口下降!进口呢?", 3),
        ("A headline without a stop\n\nThe text goes\non here.", 2),
        ("- first\n- second", 2),
        ("  \n\n ", 0),
    ],
)
def test_where_sentences_end(text: str, many: int) -> None:
    """English, Chinese and Russian alike, over line ends."""
    assert len(list(split(text))) == many
