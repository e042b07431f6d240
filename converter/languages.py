"""The trade's words by language: what stands in other scripts for INT., DAY, CUT TO: and (MORE).

A row holds the words of one language as people type them, in capitals where the script has them, parted by `|`, and
the pages that they were read from. What has no source for one language is left out of its row rather than translated.
Chinese, Japanese, Korean, Hebrew, Arabic, Persian, Hindi, Thai and Tamil: as typed in the scripts that recovery was
tried on.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from converter.contract import UsageError


class Language(NamedTuple):
    """What one language has for INT., EXT., DAY ...; `|` parts the words of a field."""

    name: str
    own_name: str
    inside: str
    outside: str
    times: str
    transitions: str = ""
    more: str = ""  # below a speech that a page cuts
    continued: str = ""  # after the name of somebody who goes on
    omitted: str = ""
    credit: str = ""  # the first word of the line above the writer's name
    source: str = ""


LANGUAGES = {
    "en": Language(
        "English",
        "English",
        "INT|INTERIOR",
        "EXT|EXTERIOR",
        "DAY|NIGHT|MORNING|AFTERNOON|EVENING|NOON|MIDNIGHT|DAWN|DUSK|SUNRISE|SUNSET|LATER|MOMENTS LATER|SAME|SAME TIME"
        "|CONTINUOUS",
        more="MORE",
        continued="CONT'D|CONT’D|CONTD|CONT|CONTINUED",
        omitted="OMITTED|OMIT",
        source="Fountain 1.1; Final Draft's SmartType lists",
    ),
    "de": Language(
        "German",
        "Deutsch",
        "INNEN|INN",
        "AUSSEN|AUßEN|AUSS",
        "TAG|NACHT|MORGEN|ABEND|MITTAG|NACHMITTAG|VORMITTAG|DÄMMERUNG|MORGENDÄMMERUNG|ABENDDÄMMERUNG|SPÄTER",
        "SCHNITT AUF|SCHNITT ZU|SCHNITT|ÜBERBLENDUNG|ABBLENDE|AUFBLENDE|AUSBLENDE|EINBLENDE",
        "MEHR|WEITER|FORTSETZUNG",
        "FORTS|FORTSETZUNG|WEITER",
        "ENTFÄLLT|GESTRICHEN",
        "drehbuch|buch|geschrieben",
        "belletristica.com, Formale Drehbuchstandards; A. Beitinger, Das Drehbuchformat im Überblick",
    ),
    "fr": Language(
        "French",
        "français",
        "INTÉRIEUR|INTERIEUR",
        "EXTÉRIEUR|EXTERIEUR",
        "JOUR|NUIT|MATIN|SOIR|MIDI|MINUIT|APRÈS-MIDI|AUBE|AURORE|CRÉPUSCULE|PLUS TARD",
        "FONDU AU NOIR|FONDU ENCHAÎNÉ|FONDU ENCHAINÉ|FONDU|COUPE FRANCHE|COUPE À",
        "SUITE|À SUIVRE",
        "SUITE",
        "SUPPRIMÉE|SUPPRIMÉ|OMISE",
        "écrit|scénario",
        "scenarmag.fr, L'en-tête de scène; commentfaireunfilm.com, Rédiger un scénario",
    ),
    "es": Language(
        "Spanish",
        "español",
        "INTERIOR",
        "EXTERIOR",
        "DÍA|DIA|NOCHE|MAÑANA|TARDE|ATARDECER|AMANECER|ANOCHECER|MEDIODÍA|MEDIANOCHE|MADRUGADA|MÁS TARDE",
        "CORTE A|CORTA A|FUNDIDO A NEGRO|FUNDIDO ENCADENADO|FUNDIDO A|FUNDIDO DE ENTRADA|FUNDE A NEGRO|FUNDE A",
        "MÁS|MAS",
        "CONT|CONTINÚA",
        "OMITIDA|OMITIDO",
        "escrito|guion|guión",
        "IUNA Manual de estilo, Guión (2014); M. Carless, Formato de guión",
    ),
    "it": Language(
        "Italian",
        "italiano",
        "INTERNO",
        "ESTERNO",
        "GIORNO|NOTTE|MATTINA|MATTINO|SERA|POMERIGGIO|ALBA|TRAMONTO|CREPUSCOLO|PIÙ TARDI|INDISTINTO",
        "STACCO SU|STACCO|DISSOLVENZA INCROCIATA|DISSOLVENZA",
        "ALTRO|CONTINUA|SEGUE",
        "CONT|CONTINUA|SEGUE",
        "OMESSA|OMESSO",
        "scritto|sceneggiatura",
        "ilcorto.eu, Come si scrive formalmente una scena; scriveresceneggiatura.blogspot.com, Intestazioni",
    ),
    "pt": Language(
        "Portuguese",
        "português",
        "INTERIOR|INTERNA",
        "EXTERIOR|EXTERNA",
        "DIA|NOITE|MANHÃ|TARDE|AMANHECER|ENTARDECER|ANOITECER|MADRUGADA|FIM DE TARDE|MAIS TARDE",
        "CORTA PARA|CORTE PARA|FUSÃO PARA|FUSÃO",
        "MAIS",
        "CONT|CONTINUA",
        "OMITIDA|OMITIDO",
        "escrito|roteiro|argumento",
        "R. Peixoto, Formatação de roteiro para filmes; roteiroparacinema.blogspot.com, Algumas regras de formatação",
    ),
    "pl": Language(
        "Polish",
        "polski",
        "WNĘTRZE|WN",
        "PLENER|PL",
        "DZIEŃ|NOC|RANO|RANEK|WIECZÓR|ŚWIT|ZMIERZCH|POPOŁUDNIE|PÓŹNIEJ",
        "CIĘCIE DO|CIĘCIE|PRZENIKANIE",
        credit="napisał|scenariusz",
        source="morystwarowski.com, Nagłówki scen; Lekcja nr 2, Format scenariusza filmowego",
    ),
    "ru": Language(
        "Russian",
        "русский",
        "ИНТ|ПАВ",
        "НАТ|ЭКСТ",
        "ДЕНЬ|НОЧЬ|УТРО|РАННЕЕ УТРО|ВЕЧЕР|ПОЗДНИЙ ВЕЧЕР|РАССВЕТ|ЗАКАТ|СУМЕРКИ|РЕЖИМ",
        "ИЗ ЗАТЕМНЕНИЯ|В ЗАТЕМНЕНИЕ|ЗАТЕМНЕНИЕ|ИЗ ЗТМ|В ЗТМ|ЗТМ|СКЛЕЙКА|НАПЛЫВ",
        "ДАЛЕЕ|ПРОД",
        "ПРОД|ПРОДОЛЖЕНИЕ|ПРОДОЛЖАЕТ",
        "ВЫРЕЗАНО|УДАЛЕНО",
        "сценарий|автор",
        "screenwriter.ru forum on ИНТ, НАТ, ЭКСТ and ПАВ; Как профессионально записать профессиональный сценарий",
    ),
    "uk": Language(
        "Ukrainian", "українська", "ІНТ", "НАТ|ЕКСТ", "ДЕНЬ|НІЧ|РАНОК|ВЕЧІР|СВІТАНОК|СУТІНКИ", credit="сценарій"
    ),
    "tr": Language(
        "Turkish",
        "Türkçe",
        "İÇ",
        "DIŞ",
        "GÜN|GÜNDÜZ|GECE|SABAH|AKŞAM|ŞAFAK VAKTİ|ŞAFAK|İKİNDİ|GÜN BATIMI|ALACAKARANLIK|AYNI ANDA|SÜRDÜRÜLÜR|DAHA SONRA",
        credit="senaryo|yazan",
        source="katrantuy.com, Senaryo 101; Senaryo Yazım Biçimi",
    ),
    "el": Language(
        "Greek", "ελληνικά", "ΕΣΩΤ", "ΕΞΩΤ", "ΜΕΡΑ|ΗΜΕΡΑ|ΝΥΧΤΑ|ΠΡΩΙ|ΒΡΑΔΥ|ΑΠΟΓΕΥΜΑ|ΞΗΜΕΡΩΜΑ|ΣΟΥΡΟΥΠΟ", credit="σενάριο"
    ),
    "nl": Language(
        "Dutch",
        "Nederlands",
        "BINNEN|INTERIEUR",
        "BUITEN|EXTERIEUR",
        "DAG|NACHT|OCHTEND|MORGEN|MIDDAG|AVOND",
        credit="geschreven|scenario",
        source="videoclub-hoorn.nl, Scenario; alai-web.org/nl, INT. en EXT.",
    ),
    "sv": Language(
        "Swedish",
        "svenska",
        "INTERIÖR",
        "EXTERIÖR",
        "DAG|NATT|MORGON|KVÄLL|GRYNING|SKYMNING",
        credit="manus",
        source="voodoofilm.org, Ordlista: scenrubrik; alai-web.org/sv, INT. och EXT.",
    ),
    "da": Language(
        "Danish",
        "dansk",
        "INDE",
        "UDE",
        "DAG|NAT|MORGEN|AFTEN|DAGGRY|SKUMRING",
        credit="manuskript",
        source="ofilm.dk, Opsætning af manuskript; alai-web.org/da, INT. og EXT.",
    ),
    "zh": Language(
        "Chinese",
        "中文",
        "内景|內景|室内|内|內|内外景",
        "外景|室外|外",
        "日|夜|晨|昏|白天|夜晚|清晨|早晨|黄昏|傍晚|中午|上午|下午|深夜|凌晨",
        "切至|切入|淡入|淡出|叠化",
        credit="编剧|編劇",
    ),
    "ja": Language("Japanese", "日本語", "内", "外", "朝|昼|夕|夜|夕方|深夜|早朝", credit="脚本|作"),
    "ko": Language("Korean", "한국어", "실내|내부", "실외|외부", "낮|밤|아침|저녁|새벽|오전|오후"),
    "he": Language("Hebrew", "עברית", "פנים|פנימי", "חוץ|חיצוני", "יום|לילה|בוקר|ערב"),
    "ar": Language("Arabic", "العربية", "داخلي", "خارجي", "نهار|ليل|صباح|مساء|فجر|غروب"),
    "fa": Language("Persian", "فارسی", "داخلی", "خارجی", "روز|شب|صبح|عصر|غروب"),
    "hi": Language("Hindi", "हिन्दी", "अंदर|आंतरिक|अंतः|इंट", "बाहर|बाहरी|बाह्य|एक्स्ट", "दिन|रात|सुबह|शाम|दोपहर"),
    "th": Language("Thai", "ไทย", "ภายใน", "ภายนอก", "กลางวัน|กลางคืน|เช้า|เย็น"),
    "ta": Language("Tamil", "தமிழ்", "உள்|உள்ளே|உட்புறம்", "வெளி|வெளியே|வெளிப்புறம்", "பகல்|இரவு|காலை|மாலை"),
}


# ---------------------------------------------------------------- one of them


def known(name: str) -> Language | None:
    """By its code, with a country or without, or by its name in English or its own: de, de-AT, German, Deutsch."""
    said = name.strip().casefold()
    by_code = LANGUAGES.get(re.split("[-_]", said)[0])
    return by_code or next((one for one in LANGUAGES.values() if said in _names(one)), None)


def _names(language: Language) -> tuple[str, str]:
    return language.name.casefold(), language.own_name.casefold()


def find(name: str) -> Language:
    """As `known`; UsageError lists the codes."""
    found = known(name)
    if found is None:
        raise UsageError(f"no words of the language {name!r} are known; there are {', '.join(LANGUAGES)}")
    return found


@cache
def heading(language: Language) -> re.Pattern[str]:
    """A whole line that begins with a word for inside or outside, and a full stop, a dash or a place and a time."""
    return re.compile(rf"(?:{_intros(language.inside, language.outside)}){AFTER_INTRO}")


@cache
def transition(language: Language) -> re.Pattern[str]:
    """A whole line in capitals that is one of the language's transitions, with or without where it goes."""
    return re.compile(rf"(?:{_any_of(language.transitions) or '(?!)'})(?:\s[^a-z]{{1,40}})?[.:]?")


AFTER_INTRO = r"(?:[./\uff0e]\s?\S.*|\s?[-–—]\s?\S.*|\s\S.*\s[-–—]\s\S.*)"


# ---------------------------------------------------------------- all of them


def any_word(field: str) -> str:
    """A field's words of all languages, as an alternation."""
    return _any_of(*_column(field))


def listed(field: str) -> list[str]:
    """A field's words of all languages, the longest first."""
    return _listed(*_column(field))


def _column(field: str) -> list[str]:
    index = Language._fields.index(field)
    return [one[index] for one in LANGUAGES.values()]


def _any_of(*fields: str) -> str:
    """The longest first, so that no word hides one that goes on."""
    return "|".join(map(re.escape, _listed(*fields)))


def _intros(*fields: str) -> str:
    return "|".join(map(_marked, _listed(*fields)))


def _listed(*fields: str) -> list[str]:
    names = {name for field in fields for name in field.split("|") if name}
    return sorted(names, key=lambda name: (-len(name), name))


def _marked(name: str) -> str:
    """A short Latin word is also the beginning of names, so it needs a mark: INN. SUPERMARKT, but INN KEEPER."""
    pattern = re.escape(name)
    return rf"{pattern}(?=\s?[./,])" if len(name) < _LONG and name < _GREEK else pattern


_LONG, _GREEK = 5, "\u0370"


def foreign_intros() -> str:
    """Inside and outside in all languages that have capitals, as an alternation."""
    return _intros(*(name for name in foreign_words() if name != name.lower()))


def caseless_intros() -> str:
    """The same of those that have none."""
    return _intros(*(name for name in foreign_words() if name == name.lower()))


@cache
def foreign_words() -> frozenset[str]:
    """The words of both."""
    return frozenset((*listed("inside"), *listed("outside"))) - {"INT", "EXT"}
