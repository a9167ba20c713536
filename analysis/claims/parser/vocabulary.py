"""The words that a reader may use: flows, goods, bounds, and what customs do not know."""

import re
from typing import Final

# the whole that a share is a part of: a country's trade, the trade of the two, China's imports of the goods
TRADE: Final = "trade"
PAIR: Final = "pair"
ORIGIN: Final = "origin"
# what customs data cannot tell, and why: the first that fits is said
_UNTOLD: Final = (
    (
        r"\b(?:soldiers?|troops?|arm(?:y|ies)|casualt\w+|weapons?|missiles?)\b",
        "claims.untold.arms",
    ),
    (
        (
            r"\b(?:settle\w*|payments?|paid in|national currenc\w+|de-?dollari\w+|swift|invoic\w+)\b"
            r"|\bpa(?:id|y|ys|ying)\b[^,;]{1,60}\bin (?:renminbi|yuan|rmb|rou?bles?|dollars|local)\b"
        ),
        "claims.untold.payment",
    ),
    (
        r"\b(?:shares? prices?|prices? of shares?|stocks?|stock market|equit\w+|bonds?|moex|dividends?)\b",
        "claims.untold.securities",
    ),
    (
        r"\b(?:invest\w*|fdi|loans?|lend\w*|debts?|bank (?:assets|credits?)|deposits?|reserves)\b",
        "claims.untold.investment",
    ),
    (
        r"\b(?:gdp|economy|economic growth|inflation|unemployment|budget|wages?|interest rates?)\b",
        "claims.untold.economy",
    ),
    (
        r"\b(?:tourists?|visitors?|students?|migrants?|flights?|passengers?(?! cars?)|population|workers)\b",
        "claims.untold.people",
    ),
    (r"\b(?:(?<!customs )services?|software)\b", "claims.untold.services"),
    (
        r"\b(?:shell compan\w+|smuggl\w+|evad\w+|evasion|circumvent\w*|third countr\w+|end[- ]users?|defen[cs]e)\b",
        "claims.untold.users",
    ),
    (
        r"\b(?:exchange rate|rou?bles? (?:rate|fell|rose|lost|gained)|rou?ble's)\b",
        "claims.untold.exchange_rate",
    ),
    (
        r"(?:€|£|₽|\b(?:euros?|eur|rou?bles?|rub|pounds?|gbp|yen)\b)",
        "claims.untold.currencies",
    ),
    (
        (
            r"\b(?:month|quarter)[- ](?:on|over)[- ](?:month|quarter)\b|\b(?:m/m|mom|q/q|qoq)\b|\bon a monthly basis\b"
            r"|\bover the month\b|\b(?:from|than|compared (?:to|with)|over) the (?:previous|prior|preceding) month\b"
        ),
        "claims.untold.previous_month",
    ),
    (
        r"\b(?:percentage points?|pp|p\.p\.|bps|basis points?)\b",
        "claims.untold.points",
    ),
    (
        r"\b(?:tonnes?|tons?|barrels?|bpd|bcm|cubic|kilograms?|kg|kwh|pieces)\b",
        "claims.untold.quantities",
    ),
    (
        r"\bprices?\b|\bcheaper\b|\bdearer\b|\bdiscount\b|\b(?:less|more) than other\b|\bunit values?\b",
        "claims.untold.prices",
    ),
    (
        r"\bcounted\b.{1,24}\b(?:more|less) than (?:russia|china)\b|\bmirror\b|\btwo counts\b",
        "claims.untold.mirror",
    ),
    (
        r"\b(?:were|was|changed) (?:raised|cut|revised|most)\b|\brevisions?\b",
        "claims.untold.revisions",
    ),
    (
        (
            r"\bprovinc\w+|\b(?:private|state-owned|foreign-(?:funded|invested)) (?:enterprises?|companies"
            r"|firms|businesses)\b"
            r"|\b(?:border|processing) trade\b|\be-commerce\b"
        ),
        "claims.untold.part",
    ),
    (
        r"\bhigh-priority\b|\bdual-use\b|\bboth legs\b|\bsay nothing\b|\b(?:reported figures|statements)\b",
        "claims.untold.charts",
    ),
)
_ASIDE: Final = frozenset(
    f"claims.untold.{name}" for name in ("arms", "securities", "investment", "economy", "people", "exchange_rate")
)
_ELSEWHERE: Final = (
    r"\b(?:india\w*|eu|europe\w*|united states|u\.s\.a?\.?(?! ?(?:dollar|\$))|usa|america\w*|japan\w*|germany|turkey"
    r"|türkiye|kazakh\w*|kyrgyz\w*|belarus\w*|hong kong|taiwan\w*|ukrain\w*|africa\w*|asean|brics|world(?:wide)?|global"
    r"|iran\w*|north korea\w*|uae)\b"
)
_RUSSIA: Final = r"\brussia(?:n|'s)?\b"
_CHINA: Final = r"\b(?:china|chinese|beijing)(?:'s)?\b"
# the first that fits: flow and the side that counts it
_SELLS: Final = r"(?:exports?|sales|suppl\w{1,9}|deliver\w{1,9}|shipments?)"
_SOLD_BY_RUSSIA: Final = (
    rf"\bexports? (?:\w{{1,20}} )?to {_CHINA}|{_RUSSIA} (?:\w{{1,20}} )?{_SELLS}|{_SELLS} (?:from|by) russia"
    rf"|{_SELLS} of russian\b"
    r"|russia (?:sold|supplied|delivered|shipped|provided)"
)
_FLOWS: Final = (
    (r"\b(?:balance|deficit|surplus)\b", "balance", ""),
    (_SOLD_BY_RUSSIA, "export", "RUS"),
    (
        (
            rf"\bimports? (?:\w{{1,20}} )?from (?:{_CHINA})|\b(?:imports?|purchases) of chinese\b"
            rf"|{_RUSSIA} imports?\b|russia (?:bought|imported)"
        ),
        "import",
        "RUS",
    ),
    (r"\b(?:exports?|sales|shipments?|deliver\w+|suppl\w+|sold|exported|exporting)\b", "export", "CHN"),
    (r"\b(?:imports?|imported|importing|bought|buys|buying|purchas\w+|bill|spen[dt]\w*|cost|paid)\b", "import", "CHN"),
)
_BOTH_WAYS: Final = r"\bexports? and imports?\b|\bimports? and exports?\b|\btrade\b|\bturnover\b"
_DOWN: Final = (
    r"\b(?:down|fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w+|decreas\w+|shr[aiu]nk\w*|contract(?:ed|ing|ion)|lower"
    r"|less|lost|slump\w*|slid|plung\w+|reduc\w+|dip(?:s|ped)?|cut|slip(?:s|ped|ping)?|tumbl\w+|sank|plummet\w*"
    r"|retreat\w*|collaps\w+|shed|minus)\b"
)
_BOUNDS: Final = (
    (
        r"(?:(?:more|higher|greater) than|\bover|above|exceed\w*|surpass\w*|at least|topp\w+|beyond|(?<![\w/])>=?|≥)",
        ">",
    ),
    (r"(?:\bless than|\bunder|\bbelow|at most|no more than|(?<![\w/])<=?|≤|fewer than|\blower than)", "<"),
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]").match  # a Chinese word may be a single letter
_NEAR: Final = 60  # letters before a number in which its bound stands
_BETWEEN: Final = r"\s*(?:(?:an?|the|by)(?: |$)|us\$|\$|usd|¥|cny|rmb|[+-] ?)*\s*$"


def untold(words: str) -> str:
    """Return the key of why customs data cannot tell what the words speak of; empty where they may."""
    return next((why for pattern, why in _UNTOLD if re.search(pattern, words)), "")


def aside(words: str) -> bool:
    """Return whether the words speak of what is no trade at all: output, people, money lent, shares, soldiers."""
    return untold(words) in _ASIDE


def elsewhere(words: str) -> str:
    """Return the other country that the words name, or empty."""
    match = re.search(_ELSEWHERE, words)
    return match[0] if match else ""


def flow(words: str) -> tuple[str, str]:
    """Return the flow and the side that counts it, as the words put it; trade both ways where they do not."""
    both = re.search(_BOTH_WAYS, words)
    theirs = re.search(
        r"(?<!with )(?<!from )(?<!to )(?<!and )(?<!-)\brussia(?:n|'s)? (?:\w{1,12} ){0,4}(?:deficit|surplus|balance)"
        r"|(?:deficit|surplus|balance) (?:of|for|in) russia|(?:deficit|surplus|balance) (?:in trade )?with china",
        words,
    )
    for pattern, named, side in _FLOWS:
        if re.search(pattern, words) and not (both and named != "balance"):
            return named, side or ("RUS" if theirs else "CHN")
    return "total", "CHN"


def sold_by_russia(codes: tuple[str, ...], flow: str, side: str, words: str) -> bool:
    """Return whether goods are what Russia sells China: fuels are, unless the words say that China sells them."""
    if side != "CHN" or not all(code.startswith("27") for code in codes):
        return False
    theirs = re.search(
        rf"{_CHINA} (?:sold|sells|exports?|exported|sales)|(?:exports?|sales|shipments?) to russia", words
    )
    return flow == "total" or (flow == "export" and not theirs)


def named(words: str) -> bool:
    """Return whether the words name a trade: a country, a flow, or trade itself."""
    flows = (pattern for pattern, _, _ in _FLOWS)
    return any(re.search(pattern, words) for pattern in (_RUSSIA, _CHINA, _BOTH_WAYS, *flows))


def falls(words: str) -> bool:
    """Return whether the words speak of less."""
    return bool(re.search(_DOWN, words))


def bound(before: str) -> str:
    """Return ``>`` or ``<`` where the words before a number say more or less than it; empty for the number itself."""
    near = before[-_NEAR:]
    return next((sign for pattern, sign in _BOUNDS if re.search(pattern + _BETWEEN, near)), "")


def passed_over(words: str) -> list[str]:
    """Return the words that mean nothing here, in order, each once."""
    met = re.findall(r"[^\W\d_][\w'’/-]*", words)
    return list(dict.fromkeys(word for word in met if word not in _FILLING and len(word) > (0 if _HAN(word) else 2)))


# words that a statement about trade is made of and that change nothing here
_FILLING: Final = frozenset(
    re.findall(
        r"\S+",
        """
    a about above according accounted accounts achieved after against all almost also amount amounted an and annual
    annualised annualized annually approximately are around as at average back balance be been beijing being
    below between beyond bilateral bill billion bln bn boom boost both bought but buying buys by ca came can
    cent china china's china-russia chinese circa claim climb climbed climbing cny come commodities commodity
    compared contracted cost countries countries' country country's customs
    customs' cut data date deals declared decline
    declined decrease decreased deficit deliveries did dip dipped does dollar dollar-denominated dollars down
    drop dropped drops due during each earlier ended ending euro even exactly exceeded exceeding exceeds expand
    expanded expansion export exported exports fall fallen falling falls fell figure figures first for from gacc
    gain gained goods goods' grew grow growing grown growth h1 h2 had half half-year has have high higher hit
    hits import imported imports in increase increased increases increasing is it its jump jumped jumping just
    kind last least less level levels lost lower made make makes march market may merchandise million mln money
    month months more moscow most mutual nearly new no now of official on on-year only or out over paid part pct
    per percent period plunged preliminary press printed purchased purchases put quarter quarters quick rate
    rates reach reached reaching recorded reduced reverse renminbi report reported respectively rise risen rises
    rising rmb rose roughly russia russia's russia-china russian russian-chinese russo-chinese said sales same
    say says second set share shipments shrank shrunk since sino sino-russian slump slumped so soar soared sold
    some spending spent stand stands statistics stood sum supplied supplies surge surged surging surpass surpassed
    surpassing surplus taken takes term terms than that the their them then there these they third this those
    time tn to today together took topped topping total totaled totalled totalling trade trade's traded trading
    trillion trn turnover two two-way under until up us usd value valued volume volumes was went were what when
    which while whole with worth would y/y year year-on-year years yoy ytd yuan yuan-denominated
    """,
    )
)
