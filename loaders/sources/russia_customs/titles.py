"""Whose trade, and which of it, the words over a Russian-language table say: known titles, or nothing is assumed.

Many offices publish tables of the same form in Russian. A table is Russia's where one of the titles
of Russian customs stands over it, whole, and nothing there narrows it: not because it is in Russian.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from loaders.core.source import Hints, SourceError
from loaders.sources.russia_customs import russian_money, russian_periods
from loaders.tables import country_words, parsing

RUSSIA: Final = "RUS"
_OFFICE: Final = re.compile(
    r"(?:источник ?:? )?(?:данные )?(?:федеральн(?:ая|ой) таможенн(?:ая|ой) служб[аы](?: российской федерации| россии)?"
    r"|фтс(?: россии| рф)?|customs\.gov\.ru|таможенная статистика внешней торговли российской федерации)"
)
_WHOSE: Final = r"(?:российской федерации|россии|рф)"
_WHAT: Final = (
    r"(?:внешн(?:яя|ей) торговл[яи](?: товарами)?|внешнеторгов(?:ый|ого) (?:товаро)?оборота?|товарооборота?"
    r"|(?:экспорт|импорт)[аеу]?(?: (?:и|/) (?:экспорт|импорт)[аеу]?)?(?: товаров)?)"
)
_BY: Final = (
    r"(?: (?:по|с|со|в разрезе|между|в|из))?(?: (?:основны|отдельны|важнейши|крупнейши)(?:м|ми|х))?"
    r"(?: (?:зарубежны(?:м|ми|х)|торговы(?:м|ми|х)|внешнеторговы(?:м|ми|х)))?"
    r"(?: (?:стран(?:ам|ами|ы)?|партнер(?:ам|ами|ов)|странам-партнерам|странами-партнерами))?(?: контрагент(?:ам|ами))?"
    r"(?:,? (?:и|и по) (?:группам стран|группам|торговым партнерам))?(?: мира)?"
)
_ABOUT: Final = (
    r"(?:(?:итоги|данные|сведения|динамика|структура|статистика|таможенная статистика|показатели|основные показатели|"
    r"объем(?:ы)?)(?: об?| по)? )?"
)
_OWN: Final = re.compile(rf"{_ABOUT}{_WHAT} {_WHOSE}{_BY}")
_ANY: Final = re.compile(rf"{_ABOUT}{_WHAT}{_BY}|географическая структура(?: внешней торговли)?")
_PLAIN: Final = re.compile(
    r"(?:таблица|табл|форма|раздел|лист|приложение) ?[0-9.]*|в том числе"
    r"|единиц[аы] измерения|ед\.? изм\.?|период|отчетный(?: период)?|за|на|в|от|и|по состоянию на"
    r"|дата(?: (?:обновления|публикации|выгрузки|формирования))?|обновлено"
    r"|опубликовано|предварительные данные|всего|стоимость|фоб|сиф|в (?:текущих |фактических )?ценах"
    r"|экспорт ?-? ?фоб|импорт ?-? ?сиф|(?:по )?паспорт[а-я]*"
)
_KNOWN: Final = (_OWN, _OFFICE, _ANY, _PLAIN)
_GOES_ON: Final = re.compile(_BY)
_NARROW: Final = re.compile(
    r"услуг|област|(?<![а-я])кра(?:й|я|ю|ем|е)(?![а-я])|округ|приморь|примор|сибир|дальневосточн|субъект|регион|москв"
    r"|петербург|таможенн\w+ союз|еаэс|евразэс|евразийск|снг|нефт|(?<![а-я])газ|угл[яь]|уголь|металл|древесин|лес"
    r"|зерн|продовольств|топлив|энерг|машин|оборудован|удобрен|химическ|товарн\w+ (?:групп|структур)|физическ|иностранн"
    r"|инвестиц|давальческ|переработк|взаимн|союзн|(?<![а-я])групп[аы] \d|тн вэд"
)
_COMMON: Final = re.compile(
    r"внешн\w+|внешнеторгов\w+|торговл\w+|торгов\w+|товар\w*|товарооборот\w*|оборот\w*|экспорт\w*|импорт\w*|итог\w*|данны\w+"
    r"|сведени\w+|динамик\w+|структур\w+|географическ\w+|статистик\w+|показател\w+|объем\w*|основн\w+|стран\w*|партнер\w*|контрагент\w*"
    r"|зарубежн\w+|крупнейш\w+|важнейш\w+|отдельн\w+|мир\w?|групп\w*|республик\w+|федерац\w+|государств\w*|таможенн\w+|национальн\w+"
    r"|комитет\w*|бюро|статистическ\w+|агентств\w+|министерств\w+|официальн\w+|по|со?|во?|и|об?|за|на|из|от|ко?|до|рф|год|фтс|между|разрезе|всего|[^а-я]*"
)
_NATIONAL: Final = {"KAZ": "bns_kaz", "KGZ": "nsc_kgz", "ARM": "armstat"}


@dataclass(frozen=True)
class Whose:
    """Who counted a table, the name of the source that its rows get, and a note where a reader said so."""

    reporter: str
    source: str
    note: str = ""


def reporter(above: Sequence[str], columns: Sequence[str], partners: Iterable[str], name: str, hints: Hints) -> Whose:
    """Return whose figures a table holds: as a known whole title tells, else as the reader says.

    ``above`` are the cells over the header, ``columns`` the titles of its columns, ``partners`` the
    countries in its rows.

    Raises:
        SourceError: neither tells, the two contradict, or the words narrow the trade to goods, services or an area.
    """
    lines = [words for cell in above if (words := _words(cell))]
    titles = [*lines, *map(_words, columns)]
    office = any(map(_OFFICE.fullmatch, lines)) and any(map(_ANY.fullmatch, titles))
    own = office or any(map(_OWN.fullmatch, titles))
    odd = next((cell for cell in above if not _known(_words(cell))), "")
    given = _given(hints, name)
    itself = {country_words.russian(partner) for partner in partners}
    if given:
        return _as_given(given, odd, name, own=own, itself=itself)
    if not own or odd:
        raise SourceError(_unnamed(odd or " ".join(above), name))
    if RUSSIA in itself:
        raise SourceError(
            f"{name}: its title says Russia, and Russia is among its partners; say whose with --reporter ISO3"
        )
    return Whose(RUSSIA, "fcs")


def _words(cell: str) -> str:
    """Return what a cell says beside its period and its unit of money."""
    words = re.sub(
        r"[\"«»“”*()\[\]|;:]|(?<![а-я])год[ауы]?(?![а-я])",
        " ",
        russian_periods.without(russian_money.without_money(cell)),
    )
    words = " ".join(re.sub(r"\s[–—-]\s|[.,–—-]+(?=\s|$)|^[.,–—-]+", " ", words).split())
    return re.sub(r"(?:^| )(?:(?:за|на|в|от|к|и|с|по|по состоянию на|[0-9]+)(?: |$))+$", "", words).strip()


def _known(words: str) -> bool:
    """Return whether a cell says nothing that could narrow or move a table."""
    return not words or any(form.fullmatch(words) for form in _KNOWN) or bool(_GOES_ON.fullmatch(f" {words}"))


def _given(hints: Hints, name: str) -> str:
    """Return the reporter that the reader names, checked."""
    if hints.reporter is None:
        return ""
    if hints.reporter not in set(parsing.countries("name").values()):
        raise SourceError(f"{name}: --reporter {hints.reporter} is no country's ISO 3166 code of three letters, as RUS")
    return hints.reporter


def _as_given(given: str, odd: str, name: str, *, own: bool, itself: set[str | None]) -> Whose:
    """Take the reader's word where the words of the table do not deny it."""
    shown = f"{odd[:80]!r}"
    if odd and _NARROW.search(_words(odd)):
        raise SourceError(f"{name}: its words {shown} narrow it to some goods or an area; bring the country's table")
    named = _country(odd)
    if odd and not named and (other := _stranger(odd)):
        raise SourceError(
            f"{name}: {other!r} in its words {shown} may be an area or some goods, which --reporter cannot make a "
            "country's whole trade; bring the country's table, or take the words out"
        )
    if (own and given != RUSSIA) or (named and named != given):
        raise SourceError(f"{name}: says it is of {RUSSIA if own else named}, and --reporter says {given}; correct it")
    if given in itself:
        raise SourceError(f"{name}: {given} is among its partners, so --reporter {given} cannot be right")
    source = "fcs" if given == RUSSIA else _NATIONAL.get(given, "national")
    return Whose(given, source, "" if own else f"reporter {given}: as given with --reporter")


def _stranger(odd: str) -> str:
    """Return a word of a title of trade that is neither of such titles nor a country's name, empty for none."""
    words = _words(odd)
    if not re.search(r"торговл|экспорт|импорт|оборот", words):
        return ""
    tokens = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words)
    return next((word for word in tokens if not _COMMON.fullmatch(word)), "")


def _unnamed(odd: str, name: str) -> str:
    """Say that nothing tells whose figures these are, and what to do about it."""
    words = " ".join(odd.split())
    shown = f" ({words[:80]!r} is no title of Russian customs' tables)" if words else ""
    if _NARROW.search(russian_periods.plain(words)):
        return f"{name}: not the whole trade of a country{shown}; bring the national table by country"
    flag = _country(words) or "RUS"
    return f"{name}: does not say whose trade it is{shown}; say it with --reporter {flag}"


def _country(text: str) -> str:
    """Return the country that a title names in whatever case, empty for none or for several."""
    words = russian_periods.plain(text)
    countries = {
        iso3
        for stem, iso3 in country_words.russian_stems()
        if iso3 != "WLD" and re.search(rf"(?<![а-я]){re.escape(stem)}[а-я]{{0,3}}(?![а-я])", words)
    }
    return countries.pop() if len(countries) == 1 else ""
