"""What a sentence speaks of, each with its place: figures, windows, whose flows, and where a thought ends."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple

from analysis.claims.parser import numbers, periods, translation, vocabulary
from analysis.claims.parser.parse import plain

_GOODS: Final = r"(?:crude|oil|petroleum|coal|lng|gas|energy|fuels?|liquefied|piped?|pipeline|products)"
# where a thought ends; a comma inside a list of goods or of countries ends none
_HARD: Final = r"[;:]|\b(?:while|whereas|but|although|meanwhile)\b|。"
_SOFT: Final = (
    rf",(?![0-9])(?! (?:\w+ ){{0,2}}{_GOODS}\b)|[()、\"“”«»]| - "
    r"|\b(?:amid|due to|because|as|thanks to|driven by|despite|including|before|after|following|when|which"
    r"|reversing|in addition to|excluding|and then)\b"
    # "trade with Russia" is one thought
    r"|(?<!trade )(?<!compared )(?<!turnover )(?<!commerce )"
    r"(?<!surplus )(?<!deficit )(?<!balance )(?<!value )(?<!volume )\bwith\b"
)
_FLOW: Final = re.compile(
    r"\bexports? and imports?\b|\bimports? and exports?\b"
    r"|\b(?:trade )?(?:surplus|deficit|balance)\b"
    r"|\btrade(?: turnover| volumes?| value| exchange)?\b(?! (?:partners?|ministry|war|representat\w+|ties|relations"
    r"|talks|polic\w+|agreements?|surplus|deficit|balance|data|targets?))"
    r"|\b(?:turnover|commerce|exports?|exported|exporting|imports?|imported|importing|shipments?|shipped|sales|sold"
    r"|suppl(?:y|ies|ied)|deliver(?:y|ies|ed)|purchas(?:es?|ed|ing)|bought|spending|spent|outlays?|paid|pays|bill)\b"
)
# a figure takes what follows it: "a 6.2% rise in imports", "$9.7 bn of Russia's exports"
TURN_WORDS: Final = (
    r"(?:rise|increase|jump|drop|fall|decline|decrease|gain|growth|surge|slump|contraction|expansion|uptick|hike|dip)s?"
)
_RIGHTWARD: Final = re.compile(
    rf"\s*(?:(?:year-on-year|annual|yearly)\s+)?(?:(?:{TURN_WORDS}|share|part|portion)\s+)?(?:in|of)\s+"
    r"(?!the \0|\0|\w+ \0)"
)
_BESIDE: Final = re.compile(
    r"(?:compared (?:with|to)|\bcomparison (?:with|to)|\bfrom|\bagainst|\bversus|\bvs\.?|\bthan|\bfollowing|\bafter"
    r"|\bunlike|\bfollows|\bupon)"
    r"(?:[ \0]+(?:the|a|an|its|his|record(?:-high)?|all-time(?:-high)?|high|low|peak|of|about|nearly|around|some|almost"
    r"|us|wartime|just"
    r"|over|under|roughly"
    r"|approximately|well"
    r"|fell|grew|rose|dropped|drops?|falls?|declines?|growth|gains?|surges?|rises?|jumps?|increases?|slumps?|decreases?"
    r"|contraction|expansion|recording|expanding|growing|rising|falling|gaining|increasing|shrinking|dropping|previous|earlier"
    r"|revised)){0,5}[ \0]*$"
)
# of a rate: "surpassing the 10.1% growth seen in August"
_PASSED: Final = re.compile(r"\b(?:surpassing|exceeding|outpacing|beating|above|below|topping)(?: \w+){0,2} *$")
_NO_BASE: Final = re.compile(r"(?:more|less|higher|lower|fewer|greater|other|rather) than(?: \w+){0,2} *$")
_YEAR_BEFORE: Final = re.compile(
    r"\b(?:a|one|the) year (?:earlier|before|ago)\b|\b(?:the )?(?:previous|prior|preceding) year\b"
    r"|\bsame (?:\w+ ){0,2}(?:period|times?|months?|quarter|half)(?: (?:of|in))?(?: (?:the|a))?"
    r" (?:last|previous|preceding|prior|past) year\b"
    r"|\bsame (?:\w+ ){0,2}(?:period|months?|time) (?:a|one) year (?:earlier|ago|before)\b"
    r"|\b(?:corresponding|same) (?:\w+ ){0,1}(?:period|months?|time) (?:last|the previous|a) year(?: earlier)?\b"
)
_DOWN_TO: Final = 48  # letters before a number that say what it is beside
_PLAN: Final = (
    r"\b(?:targets?|goals?|aim(?:s|ed|ing)?|plan(?:s|ned|ning)?|pledg\w+|expect\w*|forecast\w*|project(?:s|ed|ions?)"
    r"|will|would|could|may reach|might|should|hop(?:es?|ed|ing)|intend\w*|agreed|ambition\w*|potential\w*|survey"
    r"|by 20[3-9][0-9]|estimat(?:es|ed) to reach|set to|bring(?:ing)? (?:it )?to|need to)\b"
)
# a wish that came true is no wish
_KEPT: Final = re.compile(
    r"\b(?:exceed\w*|surpass\w*|achiev\w*|beat\w*|overshoot\w*|hit|met|reach\w*)(?: \w+){0,3} (?:targets?|goals?)\b"
    r"|\b(?:than|as) (?:expected|forecast|planned)\b"
)
_OTHER_MONEY: Final = re.compile(r"\s*(?:euros?\b|roubles?|rubles?|pounds|yen\b|€|£|₽)")
_QUANTITY: Final = re.compile(
    r"\s*(?:metric |million |cubic |standard )*(?:tonn?e?s?|tons?|barrels?|b/d|bpd|bcm|mt\b|cubic|met(?:er|re)s|kwh"
    r"|units"
    r"|vehicles|cars|trucks|people|tourists|kilomet|km\b|hectares|visitors"
    r"|passengers|students|contracts|companies|projects|years|days|hours|percentage points|points|pp\b)"
)
_RELATIVE: Final = (
    r"\b(?:last|this|past|current|coming) (?:year|month|quarter|week)\b|(?<!for )\bthe (?:year|month)\b"
    r"|\ba year\b(?!-)(?! (?:earlier|ago|before|later))"
    r"|\b(?:beginning|start) of the year\b|\bso far\b"
    r"|\b(?:in|within|over) (?:just |only |about |nearly |less than |a |the ){0,2}"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2}|decade)(?: years|(?<=decade))\b"
    r"|\b(?:average|averag\w+|per|every|each) (?:annual|year|month|\w+ly)\b|\bannual average\b|\baverage\b"
    r"|(?<!time )(?<!time in )\b(?:over|during|in|within) the (?:past|last) (?:\w+ ){0,2}(?:years|decades?)\b"
)
# of the sentence as it was written: what translation takes for granted
_RELATIVE_WORDS: Final = (
    r"今年|本年|(?<![比较與与較])(?:去年|上一?年(?!度))(?!同期|同月|相比)|上个?月|本月|текущ\w+ год|этом году"
    r"|этого года|начала года"
    r"|(?<!впервые за )последн\w+ (?:[0-9]+|[а-я]+) лет|(?:过去|過去)[0-9一二三四五六七八九十]{1,2}年"
    r"|(?<![0-9])[0-9一二三四五六七八九十两兩]{1,2}年(?:间|間|来|來)|年均|(?<!год )(?<!года )в год\b(?!у)"
    r"|за (?:последн\w+ )?(?:[0-9]{1,2}|[а-я]{3,12}) лет\b"
    r"|за (?:последн\w+ )?десятилет\w*|в среднем"
    r"|(?<!чем )(?:в|за) прошл\w+ год\w*(?! на)|прошл\w+ месяц\w*"
)
_CARRIED: Final = (
    r"\b(?:over|in|during|for|within|throughout) (?:the|that|this) (?:same |said |given |whole |entire |reporting "
    r"|reported"
    r" |reference |mentioned |review )*(?:period|time|months|timeframe|span)\b(?! (?:of|in|last|a year|from))"
    r"|\b(?:in|over|during) the (?:same )?(?:\w+ )?months\b(?! (?:of|to|through))|\bof (?:that|this|which)\b"
    r"|\bperiod under review\b"
)
_CARRIED_WORDS: Final = (
    r"其中|(?<!去年)(?<!上年)(?<!比)(?<!較)(?<!较)同期(?!相比|增|下|為|为)|同一时期|此间"
    r"|(?:за|в) (?:тот|этот|отчетн\w+|указанн\w+|данн\w+|аналогичн\w+|рассматриваем\w+) же? ?период\w*"
    r"|(?:за|в) (?:отчетн|указанн|данн|рассматриваем)\w+ период\w*|из (?:этой|нее|них|этого)|в том числе|при этом"
)
_PAIR: Final = (
    r"\bbilateral\b|\bmutual trade\b|\btwo[- ]way\b|\b(?:sino|chinese|china)[-–](?:russian?)\b|\brussia[n]?[-–]chin\w+"
    r"|\brusso-chinese\b|\b(?:the|both) (?:two )?(?:countries|nations|neighbou?rs|states|sides)\b|\bbetween the two\b"
    r"|\b(?:two|the)(?: large| giant| big| close){0,2} neighbou?r(?:s|ing (?:countries|states|nations))\b"
    r"|\btwo (?:countries|nations|powers|sides)\b"
)
_PAIR_WORDS: Final = (
    r"双边|雙邊|两国|兩國|中俄|俄中|双方|двусторонн|взаимн|дв(?:умя|ух) (?:страна|государства|держава"
    r"|соседя)\w*|дв(?:умя|ух) (?:стран|государств|держав)\b|обоих государств|двумя странами"
    r"|между странами|обеих стран|российско-китайск"
    r"|китайско-российск|двух стран"
)
_WORLD: Final = (
    r"\bforeign trade\b|\bglobal(?:ly)?\b|\bworld(?:wide)?\b|\bthe world\b|\bbroader\b|\boverall\b|\baggregate\b"
    r"|\btotal (?:volume of )?(?:exports?|imports?|foreign)\b|\ball (?:countries|partners)\b|\bcountry's\b"
)
_WORLD_WORDS: Final = r"внешн\w+ торговл\w*|对外贸易|對外貿易|外贸总|внешнеторгов"
# other places that a newspaper sets beside the two
_PLACES: Final = (
    r"\b(?:the us|us(?=[- ](?:china|trade|exports?|imports?|market))|(?<=to )us(?= )|(?<=the )u\.s\b"
    r"|saudi\w*|iraq\w*|malaysia\w*|angola\w*"
    r"|qatar\w*|australia\w*|indonesia\w*|brazil\w*|oman\w*|turkmen\w*|myanmar|uzbek\w*|mongolia\w*|vietnam\w*"
    r"|korea\w*|france"
    r"|netherlands|dutch|finland|sweden|egypt\w*|israel\w*|argentin\w*|azerbaijan\w*|armenia\w*|georgia|tajik\w*"
    r"|pakistan\w*|chile|greece|serbia\w*|hungary|belgium|czech\w*|denmark|philippines|bangladesh"
    r"|ital(?:y|ian)|canad\w+|mexic\w+|britain|british|uk|united kingdom|spain|poland|norway|singapore|thailand"
    r"|latin america\w*"
    r"|southeast asia\w*|central asia\w*|middle east\w*|emirates|switzerland|venezuela\w*|south africa\w*)\b"
    r"|\bu\.s\.(?! ?(?:dollar|\$))"
)
_RUSSIA: Final = r"\brussia(?:n|'s|ns)?\b|\bmoscow(?:'s)?\b"
_CHINA: Final = r"\b(?:china|chinese|beijing|prc)(?:'s)?\b|\bpeople's republic\b"


class Figure(NamedTuple):
    """A number with a unit of money or per cent, and its place; ``beside`` is one that another is compared with."""

    number: numbers.ReadNumber
    start: int
    end: int
    beside: bool
    rightward: bool


class Stretch(NamedTuple):
    """A place that means something."""

    start: int
    end: int


@dataclass(frozen=True)
class Mentions:
    """A sentence with all that it mentions; ``text`` is its English in small letters, windows and all.

    ``blank`` is the same with windows and figures taken out, place by place. ``others`` counts numbers that are
    no figure: days, years and windows, amounts of other things.
    """

    words: str
    text: str
    blank: str
    figures: tuple[Figure, ...]
    windows: tuple[periods.PlacedWindow, ...]
    flows: tuple[Stretch, ...]
    hard: tuple[Stretch, ...]
    soft: tuple[Stretch, ...]
    quantities: tuple[Stretch, ...]
    others: int
    relative: bool
    carried: bool


def read(words: str) -> Mentions:
    """Return what a sentence mentions."""
    text = translation.read(plain(words)).text
    text = re.sub(r"\b(?:the )?world's second[- ](?:largest|biggest) economy('s)?", r"china\1", text)
    text = re.sub(r"(?<=[\w%)]) - (?=[0-9$¥])", " , ", text.replace("。", "."))  # a dash and no sign
    windows, left = periods.windows(_without_base(text))
    placed = numbers.every(left)
    figures = tuple(_figures(left, placed))
    quantities = tuple(
        Stretch(one.start, met.end()) for one in placed if (met := _QUANTITY.match(left, one.end)) and one.carries
    )
    blank = _blanked(left, [*((one.start, one.end) for one in placed), *quantities])
    others = len(placed) - len(figures) + len(windows)
    return Mentions(
        words,
        text,
        blank,
        figures,
        tuple(windows),
        _marks(_FLOW, blank),
        _marks(re.compile(_HARD), blank),
        _marks(re.compile(_SOFT), blank),
        quantities,
        others,
        bool(re.search(_RELATIVE, blank) or re.search(_RELATIVE_WORDS, words.lower())),
        bool(re.search(_CARRIED, blank) or re.search(_CARRIED_WORDS, words.lower().replace("ё", "е"))),
    )


def _without_base(text: str) -> str:
    """Blank out "a year earlier" and the like, which name no window of their own."""
    return _YEAR_BEFORE.sub(lambda met: "\N{SYMBOL FOR NULL}" * len(met[0]), text)


def _blanked(text: str, places: list[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in places:
        letters[start:end] = "_" * (end - start)
    return "".join(letters).replace("\N{NULL}", "_")


def _marks(pattern: re.Pattern[str], text: str) -> tuple[Stretch, ...]:
    return tuple(Stretch(met.start(), met.end()) for met in pattern.finditer(text))


def _figures(left: str, placed: list[numbers.PlacedNumber]) -> list[Figure]:
    """Return the numbers that can be figures of trade: per cent, and money."""
    out = []
    for one in placed:
        if not one.carries or one.number.unit.startswith("_") or _QUANTITY.match(left, one.end):
            continue
        if one.number.unit == "mln_" or _OTHER_MONEY.match(left, one.end):  # a million of what?
            continue
        before = left[max(0, one.start - _DOWN_TO) : one.start]
        met = _BESIDE.search(before)
        # months between are those of an amount: "against 2022's $190 bn"; a rate follows what it is over
        of_months = met is not None and "\N{NULL}" in met[0] and one.number.unit == "percent"
        beside = met is not None and not of_months and not _NO_BASE.search(before)
        beside = beside or (one.number.unit == "percent" and bool(_PASSED.search(before)))
        out.append(Figure(one.number, one.start, one.end, beside, bool(_RIGHTWARD.match(left, one.end))))
    return out


def is_plan(words: str) -> bool:
    """Return whether words speak of what is wished or foreseen."""
    return bool(re.search(_PLAN, _KEPT.sub(" ", words)))


def month_before(words: str) -> bool:
    """Return whether words name the month before, and no change over it."""
    return bool(_MONTH_BEFORE.search(words))


_MONTH_BEFORE: Final = re.compile(
    r"(?<!from )(?<!than )(?<!over )(?<!with )(?<!to )(?:\bthe (?:previous|prior|preceding) month\b"
    r"|\b(?:a|one|the) month (?:earlier|before|ago)\b)"
)


def names_year_before(words: str) -> bool:
    """Return whether words compare with the year before without its number."""
    return bool(_YEAR_BEFORE.search(words))


def elsewhere(words: str) -> bool:
    """Return whether words name another country or region."""
    return bool(vocabulary.elsewhere(_of_money(words)) or re.search(_PLACES, _of_money(words)))


# what happened elsewhere is no trade of others
_EVENTS: Final = (
    r"\b(?:war|invasion|conflict|crisis|fighting|hostilities|operation|offensive|aggression|войн\w*|конфликт\w*|вторжени\w*"
    r"|кризис\w*|операци\w*) (?:(?:in|of|with|against|over|on|на|в) )?(?:the )?ukrain\w*"
    r"|\b(?:russi\w+[- ])?ukrain\w+(?:'s)? ?(?:-russi\w+ )?(?:war|invasion|conflict|crisis|战争|战事|冲突|危机)"
    r"|\b(?:invaded|invading|attack(?:ed)? on) ukraine"
    r"|\b(?:western|u\.s\.|us|eu|american|european|usa) (?:and (?:u\.s\.|us|eu|european) )?(?:sanctions?"
    r"|tariffs?|threats?|pressure"
    r"|embargo|restrictions|ban|санкци\w*|пошлин\w*)"
    r"|\b(?:sanctions?|tariffs?|threats?|restrictions|pressure|санкци\w*|пошлин\w*) (?:(?:by|from|of"
    r"|imposed by) )?(?:the )?"
    r"(?:west|u\.s\.|us|usa|eu|united states|european union)\b"
)


def _of_money(words: str) -> str:
    """Take out the country of the dollar, and what happened elsewhere."""
    return re.sub(rf"\bus ?\$|\bu\.s\. ?\$|\b(?:us|u\.s\.) dollars?\b|{_EVENTS}", " ", words)


def world(words: str, original: str) -> bool:
    """Return whether words speak of trade with all the world."""
    return bool(re.search(_WORLD, words) or re.search(_WORLD_WORDS, original.lower()))


def pair(words: str) -> bool:
    """Return whether words speak of both countries as two."""
    return bool(re.search(_PAIR, words) or re.search(_PAIR_WORDS, words))


def russia(words: str) -> bool:
    """Return whether words name Russia."""
    return bool(re.search(_RUSSIA, words))


def china(words: str) -> bool:
    """Return whether words name China."""
    return bool(re.search(_CHINA, words))


def normal(words: str) -> str:
    """Return words in one form of letters."""
    return unicodedata.normalize("NFKC", words)
