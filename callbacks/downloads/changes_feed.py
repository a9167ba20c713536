"""``/changes.atom``: what each refresh, import and upgrade changed, an entry a figure, newest first (RFC 4287)."""

import xml.etree.ElementTree as ET
from itertools import islice
from typing import Final

import pandas as pd
from flask import Flask, Response, request

from callbacks.kept_answers import KeptValues
from callbacks.live_dataset import LiveDataset
from callbacks.server.delivery import ASK_AGAIN, pack, send
from layouts.takeaway.figure_changes import sentence_of
from layouts.words.catalogue import say
from loaders.core.store import StoreError
from loaders.versions.history import History, Version

PATH: Final = "/changes.atom"
ROOM: Final = 4 * 1024 * 1024  # bytes of packed feeds kept
MOST: Final = 1000  # entries: readers of feeds keep what they have seen
_ATOM: Final = "http://www.w3.org/2005/Atom"


def install(server: Flask, live: LiveDataset) -> None:
    """Answer under :data:`PATH`; a history that cannot be read is an empty feed."""
    kept: KeptValues[bytes] = KeptValues(ROOM, len)

    def feed() -> Response:
        history, root = History(live.store), request.url_root
        try:
            known = history.versions()
            state = tuple(one.figures for one in known)
            content = kept.get(state, root, lambda: pack(_feed(history, known, root)))
        except StoreError:
            content = pack(_feed(history, [], root))
        return send(content, "application/atom+xml", ASK_AGAIN)

    server.add_url_rule(PATH, "changes_feed", feed, methods=["GET"])


def _feed(history: History, known: list[Version], root: str) -> bytes:
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    moment = known[-1].moment if known else "1970-01-01T00:00:00"
    _fill(feed, id=f"{root}changes.atom", title=say("takeaway.changes"), updated=_utc(moment))
    ET.SubElement(feed, f"{{{_ATOM}}}link", href=f"{root}changes.atom", rel="self")
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _fill(author, name=say("page.title"))
    changes = ((one, place, change) for one in reversed(known) for place, change in enumerate(history.changes(one)))
    for version, place, change in islice(changes, MOST):
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        name = f"{root}changes/{version.figures.partition('.')[0]}/{place}"
        _fill(entry, id=name, title=sentence_of(change), updated=_utc(version.moment))
        ET.SubElement(entry, f"{{{_ATOM}}}link", href=root)
    return _written(feed)


def _fill(parent: ET.Element, **texts: str) -> None:
    for name, words in texts.items():
        ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = words


def _utc(moment: str) -> str:
    """Return a local time as RFC 3339 wants it."""
    local = pd.Timestamp(moment).to_pydatetime().astimezone()
    return local.isoformat(timespec="seconds")


def _written(feed: ET.Element) -> bytes:
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))
