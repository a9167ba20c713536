"""Dated events beside the figures: never a cause, only what happened when."""

from typing import Final

import pandas as pd

from analysis.dataset import Dataset

MOST: Final = 5
_COLUMNS: Final = ("date", "day", "label", "event", "reference")


def labelled(dataset: Dataset, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Return the newest ``MOST`` events that carry a label and fall into the months ``start``..``end``.

    Columns: date (as written, which names the event), day (a month only counts as its first day), label, event,
    reference.
    """
    events = dataset.side("events")
    if events.empty:
        return pd.DataFrame(columns=list(_COLUMNS))
    named = events.dropna(subset=["label"])
    table = named.assign(day=pd.to_datetime(named["date"], format="mixed"))
    inside = table["day"].ge(start) & table["day"].lt(end + pd.DateOffset(months=1))
    return table.loc[inside, list(_COLUMNS)].sort_values("day").tail(MOST)
