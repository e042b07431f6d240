"""Acts, scenes, parts and transitions by their words, in the languages in which people type them."""

from __future__ import annotations

import re

from converter.languages import any_word, caseless_intros, foreign_intros
from converter.lines import is_wide
from converter.patterns import pattern
from converter.terms import HEADING_INTRO, has_lower
from converter.tree import Action, EndOfAct, NewAct, Paragraph, SceneHeading, Transition

LONGEST = 90  # letters of a heading

# ---------------------------------------------------------------- words

_ACT = """act akt aufzug acte acto atto ato akte bedrijf näytös dějství jednání felvonás perde πράξη babak
    акт действие дія дзеянне чин अंक องก์ فصل الفصل מערכה hồi"""
_SCENE = """scene szene scène escena scena cena scen scén scéna kohtaus jelenet sahne σκηνή adegan cảnh
    сцена сцэна явление картина مشهد المشهد סצנה תמונה दृश्य ฉาก காட்சி trường\u00a0đoạn sequence séquence secuencia sequenz
    장면 씬 シーン cutscene level niveau ebene nivel livello уровень рівень"""
_PART = """part chapter episode teil kapitel folge partie chapitre épisode parte capítulo episodio episódio capitolo
    deel hoofdstuk aflevering del avsnitt часть глава эпизод серия частина розділ część rozdział odcinek
    μέρος κεφάλαιο bölüm bab phần chương"""
_ORDINALS = """one two three four five six seven eight nine ten eleven twelve first second third fourth fifth
    eins zwei drei vier fünf erster erste erstes zweiter zweite zweites dritter dritte drittes
    vierter vierte fünfter fünfte
    premier première deuxième troisième quatrième cinquième un deux trois quatre cinq
    primero primera primer segundo segunda tercero tercera cuarto cuarta quinto quinta uno dos tres cuatro cinco
    primo prima secondo seconda terzo terza quarto quarta due tre quattro cinque
    primeiro primeira terceiro terceira dois três quatro
    первый первая первое второй вторая второе третий третья третье четвёртый четвертый четвёртая четвертая пятый пятая
    перша перший друга другий третя третій
    pierwszy pierwsza drugi druga trzeci trzecia eerste tweede derde första andra tredje første anden tredje
    الأول الأولى الثاني الثانية الثالث الثالثة ראשונה ראשון שנייה שני שלישית שלישי पहला दूसरा तीसरा"""


def _any_of(words: str) -> str:
    """Longest first, so that no word hides one that goes on."""
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True)).replace("\u00a0", r"\s")


# 1, 12A, 0.0, IV, ONE, premier; Arabic, Indian and Thai digits are digits too.
_COUNT = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})?[A-Za-z]?|[IVXLC]{{1,6}}|(?:{_any_of(_ORDINALS)}))"
_SIGN = r"(?:№|\#|no\.?|nr\.?|n[°º])?"
_ENDING = r"(?:[.)]|-?(?:st|nd|rd|th|er|ère|e|º|ª|°|я|й|е|ая|ый|ой))?"
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0dff\u0e00-\u0e4e])"  # with the vowel signs of India and Thailand
_NUMBERED = pattern(
    rf"(?:(?:cut[\s-]?)?(?P<word>{_LETTER}+(?:\s[đĐ]oạn)?)\s{{0,3}}{_SIGN}\s{{0,3}}{_COUNT}(?![^\W_])"
    rf"|{_COUNT}{_ENDING}\s{{0,3}}(?:cut[\s-]?)?(?P<after>{_LETTER}+))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WIDE = pattern(
    r"(?:第\s?[一二三四五六七八九十百零〇\d]{1,4}\s?|[序终終尾])(?P<word>[幕场場景集回章节節话話折])(?P<rest>.*)"
    r"|(?:제\s?)?\d{1,3}\s?(?P<korean>[막장])(?P<more>.*)",
    re.DOTALL,
)
_ACTS = frozenset(_ACT.split()) | {"幕", "막"}
_SCENES = frozenset(_SCENE.split()) | {"场", "場", "景", "장", "節", "节", "折"}
_PARTS = frozenset(_PART.split()) | {"集", "回", "章", "话", "話"}
_SEPARATED = pattern(
    r"[ \t\u3000]{0,80}(?:$|[:：.\-–—(（\[/|\n]|,(?=.{0,30}\d))|[ \t]{2}|[ \t\u3000]{1,4}(?=(?:INT|EXT)\b)"
)

_ALONE = pattern(
    r"TEASER|COLD OPEN(?:ING)?|TAG|PROLOGUE?|EPILOGUE?|PRÓLOGO|EPÍLOGO|PROLOGO|EPILOGO"
    r"|ПРОЛОГ|ЭПИЛОГ|ЕПІЛОГ|ΠΡΟΛΟΓΟΣ|序幕|尾声|尾聲"
)
_IN_CAPITALS = frozenset({"TAG", "TEASER"})  # in small letters these are words like others
_END_OF_ACT = pattern(
    r"(?:the\s)?end of (?:the\s)?(?:\w{1,8}\s)?(?:act|teaser|cold open(?:ing)?|tag|prologue|part|episode)\b.{0,12}"
    r"|ende (?:des|von) .{0,12}akt\w{0,2}\b.{0,8}|fin de (?:l['’])?act[eo]\b.{0,10}|fine (?:dell['’])?\s?atto\b.{0,10}"
    r"|конец (?:\w{1,12}\s)?(?:акта|действия)\b.{0,8}|koniec (?:\w{1,12}\s)?aktu\b.{0,8}",
    re.IGNORECASE,
)
_END = pattern(
    r"(?:THE END|END(?: OF (?:SHOW|PLAY|FILM|SCRIPT|EPISODE))?|FIN|FINE|FINIS|ENDE|KONIEC|EINDE|SLUT|LOPPU|FIM"
    r"|КОНЕЦ|КІНЕЦЬ|ΤΕΛΟΣ"
    r"|CURTAIN|BLACKOUT|BLACK OUT|VORHANG|RIDEAU|TELÓN|SIPARIO|INTERMISSION|INTERVAL"
    r"|完|終|终|剧终|全剧终|幕|끝|النهاية|סוף|समाप्त)"
    r"[.!]?"
)


def title_kind(text: str) -> type[Paragraph] | None:
    """NewAct, EndOfAct or SceneHeading for a line that names an act or a scene without INT. or EXT."""
    said = text.strip()
    if not said or len(said) > LONGEST or not _may_be_title(said):
        return None
    if _END_OF_ACT.fullmatch(said.strip("[](). ")):
        return EndOfAct
    bare = said.strip("[]():. –—-")
    if _ALONE.fullmatch(bare.upper()) and (bare not in _ALONE_SMALL or bare.isupper()):
        return NewAct
    word = numbered_word(said)
    if word in _SCENES or word and _names_a_scene(said, word):
        return SceneHeading
    return NewAct if word in _ACTS else None


def _may_be_title(said: str) -> bool:
    """By its first word, which is quick to look at."""
    first = said.lstrip("[(")[:1]
    if first.islower() or not first:
        return False
    if not first.isascii() and is_wide(first) or first.isdigit():
        return True
    word = said.lstrip("[(").split(None, 1)[0].rstrip(".,:;)]-–—#№").casefold()
    return word in _OPENERS or word.rstrip("0123456789.") in _OPENERS or _ROMAN.fullmatch(word) is not None


_ROMAN = pattern(r"[ivxlc]{1,6}")
_OPENERS = (
    _ACTS
    | _SCENES
    | _PARTS
    | frozenset(_ORDINALS.split())
    | frozenset(
        """cut cut-scene end the ende fin fine конец koniec teaser cold tag prologue prolog epilogue epilog prólogo
        epílogo prologo epilogo пролог эпилог епілог προλογος πρόλογος cảnh trường 제""".split()
    )
)
_ALONE_SMALL = frozenset(form for word in _IN_CAPITALS for form in (word.title(), word.lower()))


def is_part(text: str) -> bool:
    """Chapter 2, Part One, Episode 4: they head a script as well as a book."""
    said = text.strip()
    return 0 < len(said) <= LONGEST and _may_be_title(said) and numbered_word(said) in _PARTS


def numbered_word(said: str) -> str:
    """What is counted in a line that is a title with a number: act, scene, сцена ..."""
    wide = _WIDE.match(said)
    if wide is not None:
        word, rest = wide["word"] or wide["korean"], wide["rest"] or wide["more"] or ""
        return word if _SEPARATED.match(rest) or rest[:1].isspace() else ""
    found = _NUMBERED.match(said)
    if found is None or not _SEPARATED.match(found["rest"]):
        return ""
    return (found["word"] or found["after"]).casefold()


def _names_a_scene(said: str, word: str) -> bool:
    """Act II, Scene 3."""
    return word in _ACTS and any(numbered_word(part.strip()) in _SCENES for part in re.split(r"[,;:/]", said)[1:3])


_LONGEST_END = 30


def is_end(text: str) -> bool:
    """THE END and its like: centred action, and nobody's name."""
    if len(text) > _LONGEST_END:
        return False
    said = text.strip("-–—* \t")
    return _END.fullmatch(said) is not None


# ---------------------------------------------------------------- INT. and EXT. as typed

_INTRO = pattern(
    rf"(?:INT|EXT|I/E|E/I|EST|{foreign_intros()})(?:\.?\s?/\s?(?:INT|EXT|{foreign_intros()})\b)?"
    r"(?P<mark>\.\s?|\s?[/:\-–]\s?|[ \t]{2,80}|\s)(?=\S)",
    re.IGNORECASE,
)
# In scripts without capitals before a mark, or before a place, a dash and a time.
_CASELESS_INTRO = pattern(
    rf"(?:{caseless_intros()})(?:[./／](?:{caseless_intros()}))?"
    r"(?:[.．、:：]\s?\S.{0,70}|[ \u3000]\s?\S.{0,60}\s?[-–—―]\s?\S.{0,20})",
)
# What heads a scene in Japan: a circle before the place.
_CIRCLED = pattern(r"[\u25cb\u3007\u25ef][^\u3002]{1,60}")
_LONGEST_SENTENCE_CASE = 60


def is_typed_heading(text: str) -> bool:
    """INT. and EXT. in any case, also parted by tabs or wide gaps, also with a full stop at the end."""
    found = _INTRO.match(text)
    if found is None:
        return text[:1] > "\u0500" and text[-1] not in "。！？.!?।" and _is_caseless_heading(text)
    length = len(" ".join(text.split()))
    if length > LONGEST:
        return False
    if not has_lower(text):
        return True
    has_dash = " - " in text or " – " in text
    if not text[0].isupper():
        return has_dash and HEADING_INTRO.match(text) is not None
    if found["mark"] == " ":
        return text[found.end()].isupper() and text[-1] not in ".!?,;"
    return has_dash or length <= _LONGEST_SENTENCE_CASE


def _is_caseless_heading(text: str) -> bool:
    return _CASELESS_INTRO.fullmatch(text) is not None or _CIRCLED.fullmatch(text) is not None


def is_parted_heading(text: str) -> bool:
    """Int, place and time with wide gaps between: nothing else looks so."""
    found = _INTRO.match(text)
    return found is not None and found["mark"].isspace() and len(found["mark"]) > 1 and is_typed_heading(text)


def is_foreign_heading(text: str) -> bool:
    """INNEN. KÜCHE - NACHT: no weights know these words, so the mark after them or the dash has to tell."""
    found = _INTRO.match(text)
    if found is None or HEADING_INTRO.match(text) or not is_typed_heading(text):
        return False
    return not found["mark"].isspace() or " - " in text or " – " in text


_CUT = r"(?:(?:smash|match|jump|hard|quick|flash|slow|cross)\s?-?)?(?:cut|dissolve|fade|wipe|iris)s?"
_TRANSITION = pattern(
    rf"\[?(?:{_CUT}(?:\s(?:back\s)?to)(?:\s(?:black|white))?|fade\s(?:in|out|up)|fades?\s(?:in|out)|dissolve|smash\scut|jump\scut|match\scut|{_CUT}\s?back"
    rf"|{any_word('transitions')})\s?[.:…]{{0,3}}\]?",
    re.IGNORECASE,
)


def is_typed_transition(text: str) -> bool:
    """Cut to. and Fade out: alone in their line, in any case, and begun with a capital."""
    bare = text.lstrip("[")
    return len(text) < 40 and bare[:1].isupper() and _TRANSITION.fullmatch(text) is not None


def kind_by_words(text: str) -> type[Paragraph] | None:
    """What a line surely is, whatever stands around it."""
    if is_typed_heading(text):
        return SceneHeading
    if is_typed_transition(text):
        return Transition
    found = title_kind(text)
    if found is not None:
        return found
    return Action if is_end(text) else None
