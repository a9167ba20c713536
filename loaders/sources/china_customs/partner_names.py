"""Partners as Chinese customs print them, in Chinese and English."""

import re
import unicodedata
from functools import cache

from loaders.core import store
from loaders.tables import parsing


def key(label: str) -> str:
    """Return a partner's name so that spaces, dots, quotes and letter case do not matter."""
    return re.sub(r"[\s\"'“”‘’.]", "", unicodedata.normalize("NFKC", label)).casefold()


@cache
def partners() -> dict[str, str]:
    """Return ISO alpha-3 codes by the key of a name, empty for a group: what tables print as partner."""
    printed = store.read_codes("customs_names").fillna("")
    own = {key(name): iso3 for name, iso3 in parsing.countries("name").items()}
    return own | dict(zip(map(key, printed["name"]), printed["iso3"], strict=True))
