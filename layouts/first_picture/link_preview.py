"""What a link to the page shows elsewhere: Open Graph and card tags, and the data as a ``Dataset`` of schema.org.

Imports ``figure`` and the words; addresses are absolute, below the root that the reader's request names.
"""

import json
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

from analysis.dataset import Dataset
from analysis.selection import Selection
from layouts.figure import source_line
from layouts.figure.chart import Chart, Words
from layouts.look.theme import PRINT
from layouts.words import language, names, text
from layouts.words.catalogue import say
from loaders.core.program import VERSION

_LOCALES: Final = {"en": "en_GB", "zh": "zh_CN", "ru": "ru_RU"}  # as Open Graph names them
_FILES: Final = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True)
class FirstChart:
    """The first chart of a page, under as much of the page's view as it follows, and its words."""

    chart: Chart
    view: Selection
    words: Words


def head(dataset: Dataset, first: FirstChart, query: str, root: str) -> str:
    """Return the tags for the head of a page, in the language spoken.

    ``root`` is the absolute address of the page, with a slash at its end, and ``query`` what follows it.
    """
    words, chart = first.words, first.chart
    picture = replace(first.view, lang=language.current()).to_query()
    properties = {
        "og:type": "website",
        "og:site_name": say("page.title"),
        "og:title": say("page.title"),
        "og:description": words.finding,
        "og:url": f"{root}{query}",
        "og:locale": _LOCALES[language.current()],
        "og:image": f"{root}chart/{chart.name}.png{picture}",
        "og:image:type": "image/png",
        "og:image:width": str(round(PRINT.width * PRINT.scale)),
        "og:image:height": str(round(PRINT.height * PRINT.scale)),
        "og:image:alt": text.sentences([words.finding, words.subtitle]),
    }
    tags = [f'<meta property="{name}" content="{escape(text)}">' for name, text in properties.items()]
    tags.append('<meta name="twitter:card" content="summary_large_image">')
    described = json.dumps(described_data(dataset, root), ensure_ascii=False).replace("<", "\\u003c")
    return "\n".join([*tags, f'<script type="application/ld+json">{described}</script>'])


def described_data(dataset: Dataset, root: str) -> dict[str, Any]:
    """Return the data as schema.org has them: name, terms, version, span, files, and what they rest on."""
    trade = dataset.trade
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": say("page.title"),
        "description": say("takeaway.package"),
        "url": root,
        "inLanguage": language.current(),
        "version": VERSION,
        "license": f"{root}#about-name",
        "isAccessibleForFree": True,
        "spatialCoverage": [str(names.country(code)) for code in ("CHN", "RUS")],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{root}chart/table.{form}"}
            for form, kind in _FILES.items()
        ],
        "isBasedOn": [_source(str(name)) for name in trade["source"].unique()],
    }
    if len(trade):
        first, last = trade["period_start"].min(), trade["period_end"].max()
        made["temporalCoverage"] = f"{first:%Y-%m}/{last:%Y-%m}"
    return made


def _source(name: str) -> dict[str, str]:
    record = source_line.record(name)
    facts = {"name": record.get("title", name), "url": record.get("homepage", ""), "license": source_line.licence(name)}
    return {"@type": "CreativeWork", **{key: words for key, words in facts.items() if words}}
