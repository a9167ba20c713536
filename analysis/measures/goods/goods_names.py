"""Names of goods: the short English one of a code, and the codes that words in three languages mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.cache import per_dataset

if TYPE_CHECKING:
    from analysis.dataset import Dataset


@per_dataset(4)
def _named(dataset: Dataset) -> pd.DataFrame:
    """Return code, lang and name of every list: English (chapters, common headings, fifty lines), Chinese, Russian."""
    fifty = dataset.side("chpl").rename(columns={"hs6": "code"}).assign(lang="en")
    tables = [dataset.side("hs_chapters_en"), dataset.side("hs_headings_en"), fifty, dataset.side("hs_names")]
    return pd.concat([table.reindex(columns=["code", "lang", "name"]).astype("str") for table in tables])


@per_dataset(4)
def names(dataset: Dataset) -> dict[str, str]:
    """Return the short English name of each code that has one."""
    table = _named(dataset)
    english = table[table["lang"].eq("en")]
    return dict(zip(english["code"], english["name"], strict=True))


@dataclass(frozen=True)
class Found:
    """A code whose name, or itself, answers a search."""

    code: str
    lang: str
    name: str


def find_codes(dataset: Dataset, words: str, most: int = 20) -> tuple[Found, ...]:
    """Return codes for words in English, Chinese or Russian, or for the digits a code begins with.

    Every word must stand in one name, or begin the code; case and ё do not matter. Chapters come
    before headings; of one code the English name is shown where it has one.
    """
    sought = [_folded(word) for word in words.split()]
    if not sought:
        return ()
    table = _named(dataset).reset_index(drop=True)
    text, code = table["name"].map(_folded), table["code"]
    met = pd.Series(data=True, index=table.index)
    for word in sought:
        met &= code.str.startswith(word) if word.isdecimal() else text.str.contains(word, regex=False)
    hits = table.assign(length=code.str.len())[met].sort_values(["length", "code"], kind="stable")
    hits = hits.drop_duplicates("code").head(most)
    english = names(dataset)
    shown = zip(hits["code"].tolist(), hits["lang"].tolist(), hits["name"].tolist(), strict=True)
    return tuple(Found(code, "en", english[code]) if code in english else Found(code, *rest) for code, *rest in shown)


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
