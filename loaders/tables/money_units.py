"""Units of money as tables print them: ``US Dollar thousand``, ``US Dollars, Millions``, ``Million US dollar``."""

import re
from typing import Final

_CURRENCIES: Final = (
    ("USD", r"u\.?s\.? ?dollars?|usd|us ?\$|dollars us"),
    ("EUR", r"euros?|eur"),
    ("CNY", r"(?:chinese )?yuan(?: renminbi)?|cny|rmb"),
    ("RUB", r"(?:russian )?rou?bles?|rub"),
)
_POWERS: Final = {"": 0, "unit": 0, "thousand": 3, "1000": 3, "million": 6, "mn": 6, "mln": 6, "billion": 9, "bn": 9}


def read(text: str) -> tuple[str, int] | None:
    """Return the currency and the power of ten of a unit; None where it is no money of a currency that is kept."""
    plain = re.sub(r"\b(?:in|of|current)\b|[,()\[\]]", " ", text.lower())
    plain = " ".join(plain.split())
    for code, words in _CURRENCIES:
        match = re.fullmatch(rf"(?:(?P<first>\w+) )?(?:{words})(?: ?(?P<last>\w+))?", plain)
        if match is None or (match["first"] and match["last"]):
            continue
        scale = match["last"] or match["first"] or ""
        power = _POWERS.get(scale, _POWERS.get(scale.removesuffix("s")))
        if power is not None:
            return code, power
    return None
