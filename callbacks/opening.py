"""The page as a browser is first given it: its words and its first picture are there before any script has run.

The words are the page's own, written as HTML, so that nothing moves when React puts the living page in their place;
the picture is the default view's first chart, drawn by ``layouts.first_picture.svg``.
"""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, Final

from analysis.selection import Selection
from layouts import page_facts
from layouts.charts.registry import CHARTS
from layouts.first_picture import markup, svg
from layouts.look.ids import part
from layouts.look.theme import in_dark, on_page
from layouts.page import layout, spoken
from layouts.words import language
from layouts.words.catalogue import say
from layouts.words.language import speaking

if TYPE_CHECKING:
    from callbacks.live_dataset import LiveDataset

CSV: Final = "/chart/<name>.csv"  # the rows of a chart, without a script
FIRST: Final = "pulse"  # the chart whose picture comes first
WIDE, PHONE = 1040, 358  # pixels of its two drawings; a browser shows the one that fits


def is_plain(query: str) -> bool:
    """Return whether an address asks for the default view, in whatever language and with whatever point."""
    return replace(Selection.from_query(query), lang=None, point=None) == Selection()


def page(template: str, live: LiveDataset, dependencies: str, code: str, *, plain: bool) -> str:
    """Fill the double brackets of ``layouts.page.INDEX`` in a language; ``dependencies`` are Dash's own, as JSON.

    Only the default view, ``plain``, has a first picture: another would be drawn while its reader waits.
    """
    with speaking(code):
        whole = json.dumps(layout(live.dataset()), default=_plain, ensure_ascii=False)
        words = {
            "language": spoken(),
            "title": escape(say("page.title")),
            "description": escape(say("page.description")),
            "colours": colours(),
            "page": _opened(json.loads(whole), _picture(live, code) if plain else ""),
            "facts": _within(json.dumps(page_facts.facts(code), ensure_ascii=False)),
            "layout": _within(whole),
            "dependencies": _within(dependencies),
        }
    for name, text in words.items():
        template = template.replace(f"[[{name}]]", text, 1)
    return template


def colours() -> str:
    """Return the style that gives the first picture its colours, light and dark, each named by the light one."""
    pairs = (f"--{light[1:]}:light-dark({light},{dark})" for light, dark in in_dark().items())
    return f"#first-picture{{{';'.join(pairs)}}}"


def _picture(live: LiveDataset, code: str) -> str:
    """Return both drawings of the first chart; where it has nothing to show, none."""
    chart, selection = CHARTS[FIRST], Selection(lang=code if code != language.FIRST else None)
    rows = live.table(chart, selection)
    drawn = [(name, chart.draw(rows, selection, on_page(width))) for name, width in (("wide", WIDE), ("phone", PHONE))]
    if any(figure.empty for _, figure in drawn):
        return ""
    pictures = "".join(svg.written(figure, f"first-{name}") for name, figure in drawn)
    return f'<div id="first-picture" role="img" aria-label="{escape(drawn[0][1].said)}">{pictures}</div>'


def _opened(whole: dict[str, Any], picture: str) -> str:
    """Write the page as HTML; who has no script is led to the rows of each chart."""
    language_ = f"?lang={language.current()}" if language.current() != language.FIRST else ""
    links = (
        f'<li><a href=".{CSV.replace("<name>", name)}{language_}">{escape(chart.title)}</a></li>'
        for name, chart in CHARTS.items()
        if chart.page
    )
    said = f"<p>{escape(say('page.no_script'))}</p><ul>{''.join(links)}</ul>"
    bare = f'<noscript><div class="scriptless">{said}</div></noscript>'
    return f'<div id="opening">{markup.written(whole, {part("figure", FIRST): picture})}{bare}</div>'


def _plain(component: Any) -> Any:  # noqa: ANN401 (a component of Dash)
    """Return a component as JSON holds it; Dash gives ``data-`` and ``aria-`` in another order in each process."""
    written = component.to_plotly_json()
    return {**written, "props": dict(sorted(written["props"].items()))}


def _within(text: str) -> str:
    """Return JSON as it may stand in a script element, which nothing inside must end."""
    return text.replace("<", "\\u003c")
