"""The page as a browser is first given it: its words and its first picture are there before any script has run.

The words are the page's own, written as HTML, so that nothing moves when React puts the living page in their place;
the picture is the default view's first chart, drawn by ``layouts.first_picture.svg``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any, Final

from analysis.selection import Selection
from layouts import page_facts
from layouts.charts.registry import CHARTS
from layouts.figure.chart import WINDOW
from layouts.first_picture import link_preview, markup, static_html, svg
from layouts.look.ids import part
from layouts.look.theme import on_page
from layouts.page import Edition, layout, spoken
from layouts.words import language
from layouts.words.catalogue import say
from layouts.words.language import speaking
from loaders.core.store import StoreError

if TYPE_CHECKING:
    from flask import Request

    from callbacks.live_dataset import LiveDataset

CSV: Final = "/chart/<name>.csv"  # the rows of a chart, without a script
FIRST: Final = "pulse"  # the chart whose picture comes first
_RENDERER: Final = "dash-renderer/build/"  # the first script of those that make the page a living one
_OUTPUT: Final = re.compile(r"([a-z][a-z0-9-]*)\.[a-z]")  # the ids in ``..one-id.property...other-id.property..``
_SCRIPT: Final = re.compile(r'<script src="([^"]+)"')
WIDE, PHONE = 1040, 358  # pixels of its two drawings; a browser shows the one that fits


@dataclass(frozen=True)
class Opened:
    """What a page is made for: all that tells the page of one address from that of another.

    ``code`` is its language; ``plain`` whether it is of the default view, in whatever language and with whatever
    point. ``version`` is the earlier version of the data that it shows, empty for the newest, and ``unknown`` whether
    one is asked for that there is not. ``only`` is the chart that it shows alone, empty for all.
    """

    code: str
    plain: bool
    version: str = ""
    unknown: bool = False
    only: str = ""


def opened(request: Request, live: LiveDataset, code: str) -> Opened:
    """Return what the page of an address is made for in a language."""
    only = request.args.get("only", "")
    selection = Selection.from_query(request.query_string.decode("utf-8", "replace"))
    alone = only if only in CHARTS and CHARTS[only].page else ""
    plain = not alone and replace(selection, lang=None, point=None, v=None) == Selection()
    try:
        dataset = live.version(selection.v)
    except (KeyError, StoreError):
        return Opened(code, plain, unknown=True, only=alone)
    return Opened(code, plain, "" if dataset is live.dataset() else dataset.version, only=alone)


def page(template: str, live: LiveDataset, dependencies: str, asked: Opened) -> str:
    """Fill the double brackets of ``layouts.page.INDEX``; ``dependencies`` are Dash's own, as JSON.

    The preview of a link is left for :func:`previewed`: it names the view and the address that were asked.
    Only the default view has a first picture: another would be drawn while its reader waits.
    """
    selection = Selection(lang=asked.code if asked.code != language.FIRST else None, v=asked.version or None)
    dataset = live.of(selection)
    edition = Edition(earlier=bool(asked.version), unknown=asked.unknown, only=asked.only)
    with speaking(asked.code):
        facts = page_facts.facts(asked.code, dataset.version, asked.only, earlier=edition.earlier)
        whole = static_html.as_json(layout(dataset, edition))
        words = {
            "language": spoken(),
            "title": escape(say("page.title")),
            "description": escape(say("page.description")),
            "colours": svg.colours(),
            "page": _opened(whole, _picture(live, selection) if asked.plain else ""),
            "facts": _within(json.dumps(facts, ensure_ascii=False)),
            "layout": _within(json.dumps(static_html.lightened(whole, _live(dependencies)), ensure_ascii=False)),
            "dependencies": _within(dependencies),
        }
    for name, text in words.items():
        template = template.replace(f"[[{name}]]", text, 1)
    return template


def asked_view(request: Request) -> Selection:
    """Return the view that an address asks for, in the words that tell it from others."""
    return replace(Selection.from_query(request.query_string.decode("utf-8", "replace")), point=None)


def dash_later(page_: str) -> str:
    """Return a page whose first chart comes before Dash: its scripts are named, for ``assets/ask.js`` to begin them."""
    start = page_.index('<script src="', page_.rindex("</script>", 0, page_.index(_RENDERER)))
    end = page_.index("</footer>", start)
    scripts = _SCRIPT.findall(page_, start, end)
    hints = "".join(f'<link rel="preload" as="script" href="{address}">' for address in scripts)
    later = f'<script id="later" type="application/json">{json.dumps(scripts)}</script>'
    return f"{page_[:start]}{later}{page_[end:]}".replace("</head>", f"{hints}</head>", 1)


def default_view(asked: Opened) -> Selection:
    """Return the default view in the language of a page."""
    return Selection(lang=asked.code if asked.code != language.FIRST else None)


def previewed(page_: bytes, live: LiveDataset, asked: Opened, view: Selection, root: str) -> bytes:
    """Put into a page made by :func:`page` what a link to it shows elsewhere; ``root`` is the page's own address."""
    chart = CHARTS[asked.only or FIRST]
    own = {word: getattr(view, word) for word in (*WINDOW, *chart.reads) if word not in {"lang", "v"}}
    lang = asked.code if asked.code != language.FIRST else None
    followed = Selection(**own, lang=lang, v=asked.version or None)
    with speaking(asked.code):
        words = chart.words(live.table(chart, followed), followed)
        first = link_preview.FirstChart(chart, followed, words)
        head = link_preview.head(live.of(followed).on(view.asof), first, view.to_query(), root)
    return page_.replace(b"[[preview]]", head.encode(), 1)


def _picture(live: LiveDataset, selection: Selection) -> str:
    """Return both drawings of the first chart; where it has nothing to show, none."""
    chart = CHARTS[FIRST]
    rows = live.table(chart, selection)
    drawn = [(name, chart.draw(rows, selection, on_page(width))) for name, width in (("wide", WIDE), ("phone", PHONE))]
    if any(figure.empty for _, figure in drawn):
        return ""
    pictures = "".join(svg.written(figure, f"first-{name}") for name, figure in drawn)
    return f'<div id="first-picture" role="img" aria-label="{escape(drawn[0][1].description)}">{pictures}</div>'


def _opened(whole: dict[str, Any], picture: str) -> str:
    """Write the page as HTML; who has no script is led to the rows of each chart."""
    language_ = f"?lang={language.current()}" if language.current() != language.FIRST else ""
    links = (
        f'<li><a href=".{CSV.replace("<name>", name)}{language_}">{escape(chart.title)}</a></li>'
        for name, chart in CHARTS.items()
        if chart.page
    )
    fallback = f"<p>{escape(say('page.no_script'))}</p><ul>{''.join(links)}</ul>"
    bare = f'<noscript><div class="scriptless">{fallback}</div></noscript>'
    return f'<div id="opening">{markup.written(whole, {part("figure", FIRST): picture})}{bare}</div>'


def _live(dependencies: str) -> frozenset[str]:
    """Return the ids that callbacks read or write, from Dash's own list of them."""
    wires = json.loads(dependencies)
    given = {one["id"] for wire in wires for kind in ("inputs", "state") for one in wire[kind]}
    return frozenset(given | {id_ for wire in wires for id_ in _OUTPUT.findall(wire["output"])})


def _within(text: str) -> str:
    """Return JSON as it may stand in a script element, which nothing inside must end."""
    return text.replace("<", "\\u003c")
