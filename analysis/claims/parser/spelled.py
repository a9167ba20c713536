"""Numbers spelled out in words, put into digits where a scale, a currency or "per cent" stands by them.

What is no plain number ("hundreds of billions", "two or three billion", 数千亿) stays as it is, and is not read.
"""

import re
from typing import Final

# from one on, each in its place
COUNTS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_UNITS, _TEENS = COUNTS[:9], COUNTS[9:]
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH: Final = {
    **{word: size for size, word in enumerate(COUNTS, 1)},
    **{word: 10 * size for size, word in enumerate(_TENS, 2)},
}
_SMALL: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS)}))?|{'|'.join(reversed(_TEENS))}|{'|'.join(_UNITS)})"
)
_HUNDREDS: Final = rf"(?:(?:(?:an?|{'|'.join(_UNITS)}) hundred(?:(?: and)? {_SMALL})?)|{_SMALL})"
_WHOLE: Final = rf"(?:{_HUNDREDS} thousand(?:(?: and)? {_HUNDREDS})?|{_HUNDREDS})"
_POINT: Final = rf"(?: point (?P<part>(?:(?:zero|{'|'.join(_UNITS)}) ?){{1,4}}))?(?P<half> and a half)?"
_IN_ENGLISH: Final = re.compile(
    rf"(?<![\w-])(?P<whole>{_WHOLE}){_POINT}[ -](?=(?:billion|million|trillion|bn|mln|percent|per cent|pct)\b)"
)
# a second number right before: a range, or a part of a number that was not read
_UNSURE: Final = re.compile(
    rf"\b(?:{'|'.join(_ENGLISH)}|hundreds?|thousands?|several|few|dozens?)(?: ?- ?| (?:to|or|and|of|a) | )$"
    r"|[0-9](?: ?- ?| (?:to|or) )$"
)

_STEMS: Final = {
    pattern: int(size)
    for size, pattern in re.findall(
        r"(\d+)=(\S+)",
        """
        1=од(?:ин|ного|на|ной|ну) 2=дв(?:а|е|ух|умя) 3=тр(?:и|ех|емя) 4=четыр(?:е|ех) 5=пят[ьи] 6=шест[ьи] 7=сем[ьи]
        8=вос(?:емь|ьми) 9=девят[ьи] 10=десят[ьи] 11=одиннадцат[ьи] 12=двенадцат[ьи] 13=тринадцат[ьи]
        14=четырнадцат[ьи] 15=пятнадцат[ьи] 16=шестнадцат[ьи] 17=семнадцат[ьи] 18=восемнадцат[ьи] 19=девятнадцат[ьи]
        20=двадцат[ьи] 30=тридцат[ьи] 40=сорока? 50=пят(?:ьдесят|идесяти) 60=шест(?:ьдесят|идесяти)
        70=сем(?:ьдесят|идесяти) 80=вос(?:емьдесят|ьмидесяти) 90=девяност[оа] 100=ст[оа] 200=дв(?:ести|ухсот)
        300=тр(?:иста|ехсот) 400=четыр(?:еста|ехсот) 500=пят(?:ьсот|исот) 600=шест(?:ьсот|исот) 700=сем(?:ьсот|исот)
        800=вос(?:емьсот|ьмисот) 900=девят(?:ьсот|исот)
        """,
    )
}
_RUSSIAN: Final = "|".join(sorted(_STEMS, key=len, reverse=True))
_IN_RUSSIAN: Final = re.compile(
    rf"(?<![а-я0-9-])(?:(?P<whole>(?:(?:{_RUSSIAN}|тысяч[аи]?) ){{1,8}})(?P<half>с половиной )?|полтор[аы] |полутора )"
    r"(?=(?:миллиард|миллион|триллион|млрд|млн|трлн|процент))"
)
_UNSURE_RUSSIAN: Final = re.compile(
    rf"(?<![а-я])(?:{_RUSSIAN}|сотн[яиь]\w*|десятк\w+|полтор[аы])(?: ?- ?| (?:до|или|и) |,? )$"
    r"|[0-9](?: ?- ?| (?:до|или) )$"
)

_HAN: Final = {mark: size for size, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER: Final = "[零〇一二两兩三四五六七八九十百千]"
_HAN_DIGIT: Final = "[零〇一二三四五六七八九]"
_IN_CHINESE: Final = re.compile(
    rf"(?<![几幾数數多余上成近\d.点點])(?<!{_HAN_NUMBER})(?P<about>近)?(?P<whole>{_HAN_NUMBER}{{1,9}})"
    rf"(?:(?:[点點](?P<part>{_HAN_DIGIT}{{1,4}}))?(?=(?:万|萬)?[亿億](?!分之)|[万萬](?:美|人民币|人民幣|元))"
    rf"|[点點](?P<tenths>{_HAN_DIGIT}{{1,4}})(?=倍))"
)
_HAN_PERCENT: Final = re.compile(
    rf"百分之 ?(?P<whole>{_HAN_NUMBER}{{1,5}})(?:[点點](?P<part>{_HAN_DIGIT}{{1,4}}))?(?!{_HAN_NUMBER}|[点點])"
)
_HAN_YEAR: Final = re.compile(r"(?P<year>[一二][零〇一二三四五六七八九]{3})(?= ?年)")
_HAN_TENTHS: Final = re.compile(
    "([一二三四五六七八九两])成([一二三四五六七八九半])(?![零〇一二两三四五六七八九十百千])"
)


def digits(plain: str) -> str:
    """Return lower-case words with the numbers spelled out in them in digits, where they are plain ones."""
    if re.search("[а-я]", plain):
        plain = _IN_RUSSIAN.sub(_russian, plain)
    if re.search("[\u3400-\u9fff]", plain):
        plain = _HAN_YEAR.sub(lambda met: "".join(str(_HAN[mark]) for mark in met["year"]), plain)
        plain = _HAN_TENTHS.sub(lambda met: f"{_HAN[met[1]]}{5 if met[2] == '半' else _HAN[met[2]]}%", plain)
        plain = _HAN_PERCENT.sub(lambda met: _chinese(met, "%"), plain)
        return _IN_CHINESE.sub(lambda met: _chinese(met, ""), plain)
    return _IN_ENGLISH.sub(_english, plain)


def _english(met: re.Match[str]) -> str:
    if _UNSURE.search(met.string[: met.start()]) or _is_word_percent(met):
        return met[0]
    whole, part = 0, 0
    for word in re.findall("[a-z]+", met["whole"]):
        if word == "thousand":
            whole, part = 1000 * part, 0
        elif word == "hundred":
            part *= 100
        elif word != "and":
            part += 1 if word in {"a", "an"} else _ENGLISH[word]
    after = "".join(str(("zero", *_UNITS).index(word)) for word in (met["part"] or "").split())
    if met["half"]:
        after = "5"
    return f"{whole + part}{'.' if after else ''}{after} "


def _is_word_percent(met: re.Match[str]) -> bool:
    """Return whether a number is one to ten per cent, which ``numbers`` reads by itself."""
    return met["whole"] in {*_UNITS, "ten"} and met.string.startswith("p", met.end())


def _russian(met: re.Match[str]) -> str:
    if _UNSURE_RUSSIAN.search(met.string[: met.start()]):
        return met[0]
    if met["whole"] is None:
        return "1.5 "
    sizes = [1000 if word.startswith("тысяч") else _russian_size(word) for word in met["whole"].split()]
    whole, part, last = 0, 0, 10_000
    for size in sizes:
        if size == 1000:
            if whole:
                return met[0]
            whole, part, last = 1000 * (part or 1), 0, 1000
        elif size >= last or (last < 20) or (last < 100 and size > 9) or (last < 1000 and size >= 100):
            return met[0]  # no number goes so
        else:
            part, last = part + size, size
    return f"{whole + part}{'.5' if met['half'] else ''} "


def _russian_size(word: str) -> int:
    return next(size for stem, size in _STEMS.items() if re.fullmatch(stem, word))


def _chinese(met: re.Match[str], after: str) -> str:
    whole = _han(met["whole"])
    if whole is None:
        return met[0]
    named = met.groupdict()
    part = "".join(str(_HAN[mark]) for mark in named["part"] or named.get("tenths") or "")
    about = named.get("about") or ""
    return f"{about}{whole}{'.' if part else ''}{part}{after}"


def _han(marks: str) -> int | None:
    """Return what Chinese numerals come to: 两千四百 is 2400; None where they are no plain number."""
    total, one, last, before = 0, 0, 10_000, ""
    for mark in marks:
        if size := _HAN_TENS.get(mark):
            if size >= last or (not one and size > 10):
                return None
            total, one, last = total + max(one, 1) * size, 0, size
        elif one or (before in {"百", "千"} and _HAN[mark] and marks.endswith(before + mark)):
            return None  # two digits side by side are a range, a digit right behind a hundred is short for tens
        else:
            one = _HAN[mark]
        before = mark
    return total + one
