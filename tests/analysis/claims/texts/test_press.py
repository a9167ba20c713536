"""Sentences that newspapers printed, labelled by hand before any was read: each is read and judged as labelled.

``press_sentences.csv`` quotes single sentences with their page and day; ``after`` names the one that stands before it
in the same article. ``press_figures.csv`` has a row for each number about the two countries' trade: its flow as China
counts it, its months (empty where the text does not say them without doubt), the right verdict, and what is at hand.
``dated`` is the right verdict once the text says its own day.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from analysis.claims.texts.check import Judged, check
from analysis.claims.texts.dates import Dated
from analysis.claims.verdicts import HOLDS, NOT, OPEN, OTHERWISE, REVISED, SPLIT, UNREAD, UNTESTED
from analysis.points import FLIPPED

if TYPE_CHECKING:
    from analysis.dataset import Dataset

HERE: Final = Path(__file__).parent
KINDS: Final = {
    HOLDS: "true",
    REVISED: "true",
    SPLIT: "on one basis",
    OTHERWISE: "false",
    NOT: "false",
    UNTESTED: "untested",
    UNREAD: "untested",
    OPEN: "no verdict",
}
JUDGED: Final = {"true", "on one basis", "false"}
PARTS: Final = (
    "development",
    "held back",
    *(f"{number} blind" for number in ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")),
    *(f"{number} blind" for number in ("ninth", "tenth")),
)
Row = dict[str, str]


@dataclass
class Outcome:
    """What came of the sentences of one part."""

    labelled: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


def rows(name: str) -> list[Row]:
    """Read one of the two tables."""
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def flow_of(one: Judged) -> str:
    """Return the flow as China counts it."""
    claim = one.claim
    return FLIPPED.get(claim.flow, claim.flow) if claim.side == "RUS" and claim.measure != "share" else claim.flow


def is_read(one: Judged, label: Row) -> bool:
    """Return whether a figure was read as it is labelled; what cannot be tested need not be."""
    if label["verdict"] in {"untested", "no verdict"}:
        return True
    same = abs(float(one.claim.number) - float(label["number"])) < 0.05
    return same and flow_of(one) == label["flow"] and one.claim.span == (label["period_start"], label["period_end"])


def matched(left: list[Judged], label: Row) -> Judged | None:
    """Take the figure with the digits and the unit of a label."""
    unit = label["unit"].split("_")[0]
    for one in left:
        near = abs(abs(float(one.claim.number or "nan")) - abs(float(label["number"]))) < 0.05
        if near and one.claim.unit.split("_")[0] == unit:
            left.remove(one)
            return one
    return None


def chain_of(row: Row, sentences: dict[str, Row]) -> list[Row]:
    """Return a sentence behind those that stand before it in its article."""
    chain = [row]
    while before := chain[0]["after"]:
        chain.insert(0, sentences[before])
    return chain


def figures_of(dataset: Dataset, sentences: dict[str, Row]) -> dict[str, list[Judged]]:
    """Check each article once, as far as its sentences are quoted; return the figures of each sentence."""
    out: dict[str, list[Judged]] = {}
    befores = {row["after"] for row in sentences.values()}
    for last in (row for name, row in sentences.items() if name not in befores):
        chain = chain_of(last, sentences)
        checked = check(dataset, "\n\n".join(one["sentence"] for one in chain))
        for number, one in enumerate(chain, 1):
            out.setdefault(one["id"], [figure for figure in checked.figures if figure.number == number])
    return out


@pytest.fixture(scope="module")
def outcomes(dataset: Dataset) -> dict[str, Outcome]:
    """Set each figure beside its label, once for all tests."""
    sentences, labels = {row["id"]: row for row in rows("press_sentences.csv")}, rows("press_figures.csv")
    out = {part: Outcome() for part in PARTS}
    figures = figures_of(dataset, sentences)
    for name, row in sentences.items():
        left, into = figures[name], out[row["part"]]
        for label in (one for one in labels if one["id"] == name):
            into.labelled += 1
            one, what = matched(left, label), f"{name}: {label['number']} {label['unit']}"
            if one is None:
                into.missed.append(what)
                continue
            if KINDS[one.verdict.verdict] != label["verdict"]:
                into.wrong.append(f"{what}: {one.verdict.verdict.value}, not {label['verdict']}")
            if not is_read(one, label):
                into.misread.append(what)
        into.alarms += [f"{name}: {one.claim.number}" for one in left if KINDS[one.verdict.verdict] in JUDGED]
    return out


@pytest.mark.parametrize("part", PARTS)
def test_figures_are_found_read_and_judged(outcomes: dict[str, Outcome], part: str) -> None:
    """At least 95 % of the figures are found, 97.5 % of the verdicts right, and no number of other things is judged."""
    result = outcomes[part]
    assert len(result.missed) <= 0.05 * result.labelled, result.missed
    assert len(result.wrong) <= 0.025 * result.labelled, result.wrong
    assert len(result.misread) <= 0.02 * result.labelled, result.misread
    assert result.alarms == []


def test_the_day_of_a_text_settles_what_is_relative(dataset: Dataset) -> None:
    """What had no verdict without a date has the right one on the day of its article, nineteen times in twenty."""
    sentences, labels = rows("press_sentences.csv"), [row for row in rows("press_figures.csv") if row["dated"]]
    named, wrong = {row["id"]: row for row in sentences}, []
    for name in dict.fromkeys(row["id"] for row in labels):
        chain = chain_of(named[name], named)
        day = Dated(date.fromisoformat(named[name]["day"]), own=True)
        checked = check(dataset, "\n\n".join(one["sentence"] for one in chain), dated=day)
        left = [one for one in checked.figures if one.number == len(chain)]
        for label in (row for row in labels if row["id"] == name):
            one = matched(left, label)
            got = KINDS[one.verdict.verdict] if one else "missed"
            if got != label["dated"]:
                wrong.append(f"{name}: {label['number']} {label['unit']}: {got}, not {label['dated']}")
    assert len(labels) >= 50
    assert len(wrong) <= 0.05 * len(labels), wrong


def test_the_sentences_are_what_they_should_be() -> None:
    """A hundred sentences at least, single and short, in three languages, each with its page; both parts are filled."""
    sentences, labels = rows("press_sentences.csv"), rows("press_figures.csv")
    languages = [row["language"] for row in sentences]
    assert len(sentences) >= 100
    assert (languages.count("en") >= 60, languages.count("zh") >= 20, languages.count("ru") >= 20) == (True,) * 3
    assert all(re.match("https?://", row["url"]) and row["publisher"] and row["day"] for row in sentences)
    assert max(len(row["sentence"]) for row in sentences) < 400
    assert {row["id"] for row in labels} <= {row["id"] for row in sentences}
    assert all(row["at_hand"] for row in labels)
    parts = [row["part"] for row in sentences]
    assert min(parts.count("development"), parts.count("held back")) >= 40
