"""What is said of shares of settlement: who stated one, how surely, and the sentence over the picture."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.measures.partners.settlement import ASIA, COUNTED, DEFINITIONS, REGIONS, SAID
from analysis.selection import Selection
from layouts.figure import instead, source_line
from layouts.figure.chart import Stated, Words
from layouts.words import text
from layouts.words.catalogue import part_of_key, say, say_many, say_or

_MEASURE: Final = DEFINITIONS[0]
HEADINGS: Final = dict(
    zip(
        DEFINITIONS,
        (
            "charts.settlement.what.national",
            "charts.settlement.what.yuan_and_roubles",
            "charts.settlement.what.yuan",
            "charts.settlement.what.roubles",
        ),
        strict=True,
    )
)
# who said it: the key of the whole name, and of the one that stands in a title or on a phone
_SPEAKERS: Final = {
    "RT (unattributed)": ("charts.settlement.speaker.rt", "charts.settlement.short.rt"),
    "A. Denisov (ambassador)": ("charts.settlement.speaker.denisov", "charts.settlement.short.denisov"),
    "M. Mishustin": ("charts.settlement.speaker.mishustin", "charts.settlement.short.mishustin"),
    "S. Lavrov": ("charts.settlement.speaker.lavrov", "charts.settlement.short.lavrov"),
    "V. Putin": ("charts.settlement.speaker.putin", "charts.settlement.short.putin"),
    "unattributed official data": ("charts.settlement.speaker.official", "charts.settlement.short.official"),
    "G. Zinoviev (MFA)": ("charts.settlement.speaker.zinoviev", "charts.settlement.short.zinoviev"),
    "M. Reshetnikov": ("charts.settlement.speaker.reshetnikov", "charts.settlement.short.reshetnikov"),
    "A. Belousov": ("charts.settlement.speaker.belousov", "charts.settlement.short.belousov"),
    "A. Novak": ("charts.settlement.speaker.novak", "charts.settlement.short.novak"),
    "A. Siluanov": ("charts.settlement.speaker.siluanov", "charts.settlement.short.siluanov"),
}
_SHARE_OF: Final = "columns.cell.{}"
_REMARK: Final = "charts.settlement.remark.{}"  # of what a table of quoted figures remarks or doubts
_VAGUE: Final = {
    "about": "charts.settlement.share.about",
    "over": "charts.settlement.share.over",
    "almost": "charts.settlement.share.almost",
}
_REGIONAL: Final = {"export": "charts.settlement.regional.exports", "import": "charts.settlement.regional.imports"}
_TOGETHER: Final = ("", "", "charts.settlement.two_parts", "charts.settlement.three_parts")


def spoken(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows whose wordings, speakers, notes and doubts are in the language that is spoken.

    One without a text stays as written.
    """
    writers = {"what": share_of, "speaker": _speaker, "note": _remark, "doubt": _remark}
    return rows.assign(**{name: rows[name].map(write, na_action="ignore") for name, write in writers.items()})


def share_of(written: str) -> str:
    """Return what a share is a share of, in the language that is spoken."""
    return say_or(_SHARE_OF.format(part_of_key(written)), written)


def _speaker(written: str) -> str:
    return say(_SPEAKERS[written][0]) if written in _SPEAKERS else written


def _remark(written: str) -> str:
    return say_or(_REMARK.format(part_of_key(written)), written)


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    if rows.empty:
        return Words(say("charts.settlement.empty"), say("charts.settlement.lacking"), "", "%")
    stated, months = rows[rows["series"].eq(SAID)], rows[rows["series"].eq(COUNTED)]
    asia = with_asia(rows)
    parts, sources = [], []
    if len(stated):
        parts.append(say("charts.settlement.subtitle.said", years=_years(stated)))
        sources.append(say_many("charts.settlement.source.said", stated["source"].nunique()))
    if len(months):
        parts.append(say("charts.settlement.subtitle.months", years=_years(months)))
        publisher = source_line.brief(str(months["source"].iloc[0]))
        sources.append(say("charts.settlement.source.months", publisher=publisher, years=_years(months)))
    if len(asia):
        parts.append(say("charts.settlement.subtitle.asia", years=_years(asia)))
        sources.append(say_many("charts.settlement.source.asia", asia["source"].nunique(), years=_years(asia)))
    finding, figures = _finding(stated, months, asia)
    source = say("sources.line", sources=text.clauses(sources))
    return Words(finding, _together(parts), source, "%", say("charts.settlement.note"), figures)


def _together(parts: list[str]) -> str:
    """Set the parts of the subtitle one behind the other."""
    if len(parts) < 2:
        return "".join(parts)
    return say(_TOGETHER[len(parts)], **dict(zip(("first", "second", "third"), parts, strict=False)))


def with_asia(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the Bank of Russia's shares of the rouble with Asia, in the order of time."""
    own = rows["series"].eq(REGIONS) & rows["region"].eq(ASIA) & rows["settlement_currency"].eq("RUB")
    return rows[own].sort_values(["flow", "period_start"], kind="stable")


def _years(rows: pd.DataFrame) -> str:
    return text.years(rows["period_start"].min().year, rows["period_end"].max().year)


def _finding(stated: pd.DataFrame, months: pd.DataFrame, asia: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Set the first beside the newest statement of one and the same wording, each with who said it."""
    same = stated[stated["what"].eq(share_of(_MEASURE))]
    if len(same) >= 2 and same["period_end"].iloc[0].year < same["period_end"].iloc[-1].year:
        first, last = (same.iloc[place] for place in (0, -1))
        one = {
            "first": worded_share(first),
            "when": when_stated(first),
            "speaker": short_name(first["speaker"]),
        }
        other = {
            "last": worded_share(last),
            "then": when_stated(last),
            "other": short_name(last["speaker"]),
        }
        return say("charts.settlement.finding", **one, **other), (_figure(first), _figure(last))
    if len(stated):
        last = stated.iloc[-1]
        places = {
            "share": worded_share(last),
            "speaker": short_name(last["speaker"]),
            "when": when_stated(last),
        }
        return say("charts.settlement.one", what=_heading(last["what"]), **places), (_figure(last),)
    paid = months[months["flow"].eq("import")]  # a newer month may have receipts alone
    if paid.empty:
        return _regional(asia)
    newest = paid[paid["period_end"].eq(paid["period_end"].max())]
    share = float(newest["share_pct"].sum())
    row = newest.iloc[0]
    sentence = say("charts.settlement.paid", share=text.share(share, 0), when=when_stated(row))
    return sentence, (replace(_figure(row), value=share),)


def _regional(asia: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    if asia.empty:
        return say("charts.settlement.regions"), ()
    row = asia.sort_values("period_end", kind="stable").iloc[-1]
    return say(_REGIONAL[str(row["flow"])], share=worded_share(row), when=when_stated(row)), (_figure(row),)


def _figure(row: pd.Series) -> Stated:
    span = row["period_start"], row["period_end"]
    return Stated(float(row["share_pct"]), str(row["basis"]), *span, base=str(row["base_basis"]))


def when_stated(row: pd.Series | dict[Hashable, Any]) -> str:
    """Name the months of a share in a few letters."""
    return text.short_span(row["period_start"], row["period_end"])


def as_stated(row: pd.Series | dict[Hashable, Any]) -> str:
    """Write a share with as many decimals as it was stated with."""
    value = float(row["share_pct"])
    return text.share(value, 0 if value.is_integer() else 1)


def worded_share(row: pd.Series) -> str:
    """Write a share as it was stated: about, over or almost so much."""
    share = as_stated(row)
    return say(_VAGUE[row["precision"]], share=share) if row["precision"] in _VAGUE else share


def _heading(what: str) -> str:
    return next((say(key) for written, key in HEADINGS.items() if share_of(written) == what), what)


def short_name(speaker: str) -> str:
    """Name a speaker, who is named in the language that is spoken, by the last name alone."""
    return next((say(short) for full, short in _SPEAKERS.values() if say(full) == speaker), speaker)
