"""`Name: words` in its forms: who speaks stands on the line of what is said.

A name alone proves nothing, since notes and lists begin so too. It is one where it comes back: at least two names, and
five lines or a quarter of all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import cache
from itertools import chain

from converter.lines import has_wide
from converter.patterns import pattern
from converter.records import dataclass, field
from converter.recovery.typed.paragraphs import Typed
from converter.terms import has_lower, has_upper, is_capitals

LONGEST_NAME = 40
_MOST_WORDS = 4
_LONGEST_WIDE_NAME = 10

COLON, QUOTE, DASH, TAB, DOT, OPEN = "colon", "quote", "dash", "tab", "dot", "open"

_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s)?"
# Of a chat: [10:12], 04.03.24, 10:12 -
_TIME = rf"(?:[\[(]?{_DAY}\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?\s{{1,10}}(?:[-–]\s)?)?"
_MARKS = rf"(?P<before>[*•·>]{{0,3}}\s?(?:(?P<number>\d{{1,4}})[.)]?\s{{1,40}})?{_TIME})"
_OF_NAME = r"[^:：;“”„«»「」『』\"()（）\[\]\t\n!?…]"
_NAME = rf"(?P<name>[^\W_]{_OF_NAME}{{0,39}}?)"
# Somebody's (Loki's) voice - «...»: a bracket inside the name.
_NAME_OR_PARTED = _NAME.replace(",39}?)", r",39}?(?:\([^()\n]{1,30}\)\s[^\W\d_]{1,20}(?=\s{0,3}[-–—:]))?)")
_TONE = r"(?P<tone>(?:\s{0,3}[(（\[][^()（）\[\]\n]{1,120}[)）\]]){0,2})"
_QUOTES = '“„«"「『'
_OPENING = rf"(?:[{_QUOTES}]|[»”‘](?=\w))"  # »Ja«, ”Ja”: the mark that closes elsewhere opens here
_FORMS = {
    COLON: pattern(rf"{_MARKS}{_NAME}{_TONE}\s{{0,20}}(?P<mark>[:：])[-–—]?(?P<rest>(?!//)[^\n]*)"),
    QUOTE: pattern(
        rf"{_MARKS}{_NAME_OR_PARTED}{_TONE}(?P<middle>\s{{0,3}}[*/\#][^{_QUOTES}\n]{{0,80}})?\s{{0,20}}(?P<mark>[-–—:：]?)\s{{0,5}}(?P<rest>{_OPENING}[^\n]*)"
    ),
    DASH: pattern(
        rf"{_MARKS}{_NAME}{_TONE}(?P<mark>\s{{0,20}}[–—]|\s{{1,20}}-|-(?=[\s«“\"„]|[^\W\d_]))(?P<rest>[^\n]+)"
    ),
    TAB: pattern(rf"{_MARKS}{_NAME}{_TONE}(?P<mark>[.:]?(?:\s{{2,80}}|\t\s{{0,80}}))(?P<rest>\S[^\n]*)"),
    DOT: pattern(rf"{_MARKS}{_NAME}{_TONE}(?P<mark>\.)(?P<rest>\s[^\n]+)"),
}

# What heads facts, lists and minutes, not speech; each may still stand in a script.
_FACTS = frozenset(
    """name age note notes time date day title subtitle author written by location locations place setting set scene
    characters character cast duration length genre logline synopsis summary theme draft version revision contact
    phone tel email mail address subject re from to cc page pages act action actions decision decisions owner due
    present absent agenda topic item result results todo task tasks warning example tip step steps option conclusion
    abstract budget attendees apologies participants
    alter charaktere figuren ort zeit datum titel autor länge besetzung personen rollen hinweis anmerkung thema
    anwesend beschluss aufgabe lieu temps heure titre auteur durée personnages lugar hora fecha título duración
    personajes luogo ora data titolo autore durata personaggi ruoli место время дата название автор персонажи
    http https www 时间 地点 人物 场景 时长 标题 作者 片名 主题 备注 日期 時間 場所 登場人物 시간 장소
    등장인물""".split()
)
# Sounds, light and pictures stand like speeches in radio and audio-visual scripts.
_EFFECTS = frozenset(
    """fx f/x sfx sound sounds sound_effect sound_effects music grams atmos ambience vfx video audio visual camera
    lights light lighting cue stage bgm ton musik geräusch son musique bruitage música sonido musica suono звук музыка
    音效 音乐 音樂 字幕 效果音
    einspieler zuspieler""".split()
)
_COUNTED_EFFECTS = frozenset("track трек titel piste pista canción song lied lx q".split())  # only with a number


@dataclass(slots=True)
class Label:
    """Who speaks, at the start of a paragraph. All places are in the paragraph's text."""

    form: str
    key: str
    start: int  # of the name
    end: int  # of the name
    number: tuple[int, int] | None
    tone: tuple[int, int] | None
    middle: tuple[int, int] | None
    rest: int  # where the words begin; the paragraph's end if none


@dataclass(slots=True)
class Labels:
    """The manner of a document with names before words."""

    found: dict[int, Label] = field(default_factory=dict)  # by paragraph
    names: Counter[str] = field(default_factory=Counter)
    forms: tuple[str, ...] = ()
    facts: set[int] = field(default_factory=set)  # paragraphs that head a list of facts


def find_labels(paragraphs: Sequence[Typed], *, certain: bool = False) -> Labels:
    """Which paragraphs begin with a name; none where too few names come back. `certain`: the user says that some do."""
    candidates = [(place, label) for place, one in enumerate(paragraphs) for label in _candidates(one)]
    facts = _facts(candidates, paragraphs) | _cast(candidates, paragraphs)
    candidates = [(place, label) for place, label in candidates if place not in facts]
    accepted = _accepted(candidates, paragraphs, certain)
    if not accepted:
        return Labels()
    names = _names(candidates, {*accepted, *_SURE}, paragraphs)
    known = set(_again(names))
    head = _head(candidates, known, paragraphs)
    labels = Labels(names=names, forms=tuple(accepted), facts=facts)
    for place, label in candidates:
        words = paragraphs[place].text[label.rest :]
        begun = place >= head or place > 0 and _is_said(words)
        if place not in labels.found and begun and _counts(label, known, accepted, bool(words)):
            labels.found[place] = label
    return labels


def _accepted(candidates: Sequence[tuple[int, Label]], paragraphs: Sequence[Typed], certain: bool) -> list[str]:
    """The forms in which the names of this document stand."""
    filled = sum(not one.is_apart for one in paragraphs)
    accepted = [form for form in (*_FORMS, OPEN) if _is_manner(form, candidates, paragraphs, filled)]
    if accepted or not certain:
        return accepted
    there = {label.form for _, label in candidates}
    return [form for form in (*_FORMS, OPEN) if form in there][:1]


def _head(candidates: Sequence[tuple[int, Label]], known: Container[str], paragraphs: Sequence[Typed]) -> int:
    """Where the script begins: at the first name that comes again, or at what was recognised before that."""
    first = min((place for place, label in candidates if label.key in known), default=0)
    return next((place for place, one in enumerate(paragraphs[:first]) if one.made is not None), first)


def _names(candidates: Sequence[tuple[int, Label]], forms: set[str], paragraphs: Sequence[Typed]) -> Counter[str]:
    """In how many paragraphs each name stands before words."""
    spoken = {
        (place, label.key)
        for place, label in candidates
        if label.form in forms and label.rest < len(paragraphs[place].text)
    }
    return Counter(key for _, key in spoken)


def _facts(candidates: list[tuple[int, Label]], paragraphs: Sequence[Typed]) -> set[int]:
    """Where heads of facts stand: three or more different ones that come again in one order (name, age, job)."""
    runs = _runs_of_labels(candidates, paragraphs)
    lists = [keys for keys, count in runs.items() if count > 1 and _may_be_facts(keys)]
    lists += filter(None, map(_list_again, runs))
    elsewhere = (keys for keys, count in runs.items() if count == 1 and not _list_again(keys))
    facts = set(chain.from_iterable(lists)).difference(*elsewhere)
    return {place for place, label in candidates if label.key in facts}


def _runs_of_labels(candidates: list[tuple[int, Label]], paragraphs: Sequence[Typed]) -> Counter[tuple[str, ...]]:
    """Names with a colon in paragraphs without a gap between them, and how often they come in this order."""
    labels = {place: label.key for place, label in candidates if label.form == COLON}
    runs: Counter[tuple[str, ...]] = Counter()
    run: list[str] = []
    for place in sorted(labels):
        if place - 1 not in labels or paragraphs[place].blank:
            run = []
        run.append(labels[place])
        if place + 1 not in labels or paragraphs[place + 1].blank:
            runs[tuple(run)] += 1
    return runs


def _may_be_facts(keys: tuple[str, ...]) -> bool:
    return len(keys) >= _FEWEST_FACTS and len(set(keys)) == len(keys)


_FEWEST_FACTS = 3


def _list_again(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Of name, age, job, name, age, job the three; none of others."""
    length = len(set(keys))
    is_again = len(keys) > length >= _FEWEST_FACTS and len(keys) % length == 0
    return keys[:length] if is_again and keys == keys[:length] * (len(keys) // length) else ()


# What stands over the names of those who play.
CAST_HEADS = frozenset(
    """characters cast dramatis_personae the_cast cast_of_characters personen figuren rollen besetzung
    personnages distribution personajes reparto personaggi interpreti personagens elenco персонажи роли
    действующие_лица дійові_особи postacie osoby obsada karakterler kişiler oyuncular tokoh pemeran roller roles
    personages rolverdeling 人物 人物表 出场人物 登場人物 등장인물 الشخصيات पात्र""".split()
)


def is_cast_head(text: str) -> bool:
    return "_".join(text.strip(":： .").casefold().split()) in CAST_HEADS


def _cast(candidates: Sequence[tuple[int, Label]], paragraphs: Sequence[Typed]) -> set[int]:
    """Where those who play are listed, each once: under a head for them, or before the script with no sentence."""
    labels: dict[int, Label] = {}
    for place, label in candidates:
        labels.setdefault(place, label)
    title = next((place for place, one in enumerate(paragraphs) if one.made is not None), len(paragraphs))
    found: set[int] = set()
    for run in _runs(labels, paragraphs):
        has_head = run[0] > 0 and is_cast_head(paragraphs[run[0] - 1].text)
        said = sum(_is_said(paragraphs[place].text) for place in run)
        is_before = run[-1] < title < len(paragraphs) and 2 * said < len(run)
        if len(run) > 1 and (has_head or is_before):
            found.update(run)
    return found


def _runs(labels: dict[int, Label], paragraphs: Sequence[Typed]) -> Iterator[list[int]]:
    """Names right under each other, up to a gap or to one that stands there already."""
    run: list[int] = []
    keys: set[str] = set()
    for place in sorted(labels):
        if run and (place != run[-1] + 1 or paragraphs[place].blank or labels[place].key in keys):
            yield run
            run, keys = [], set()
        run.append(place)
        keys.add(labels[place].key)
    if run:
        yield run


_LONGEST_OPENING = 60


def opening_name(text: str) -> str:
    """The key of what may be a name before a colon, a quotation, a gap or a full stop; empty if nothing is."""
    start = text[:_LONGEST_OPENING]
    for form in (COLON, QUOTE, TAB, DOT):
        found = _FORMS[form].match(text) if any(sign in start for sign in _SIGNS[form]) else None
        if found is None or form == DOT and not is_capitals(found["name"]):
            continue
        if is_name(found["name"].strip()):
            return key_of(found["name"])
    return ""


def key_of(name: str) -> str:
    return " ".join(name.casefold().split()).rstrip(".")


def _candidates(one: Typed) -> Iterator[Label]:
    """Each form that the paragraph has, the surest first."""
    if one.is_apart or one.made is not None:
        return
    start = one.text[:_LOOKED_AT]
    if any(bracket in start for bracket in "([（"):
        start = one.text[: _LOOKED_AT * 4]
    for form in (*_FORMS, OPEN):
        found = _match(form, one) if _may_have(form, start, one) else None
        if found is not None and _may_be_label(form, found, one):
            yield _label(form, found)


def _match(form: str, one: Typed) -> re.Match[str] | None:
    if form != OPEN:
        return _FORMS[form].match(one.text)
    length = _open_name(one)
    return _open(length).match(one.text) if 0 < length <= LONGEST_NAME else None


_BEFORE_NAME = pattern(_MARKS)


def _open_name(one: Typed) -> int:
    """How long the name is that no sign ends: what is bold or underlined, else the words in capitals."""
    before = _BEFORE_NAME.match(one.text)
    start = before.end() if before is not None else 0
    if one.lead > start:
        return len(one.text[start : one.lead].rstrip())
    end = start
    for word in _WORD.finditer(one.text, start, start + LONGEST_NAME):
        if word.start() - end > 1 or not _is_in_capitals(word[0]):
            break
        end = word.end()
    return end - start


_WORD = pattern(r"[^\s(（\[]+")


def _is_in_capitals(word: str) -> bool:
    """Of one letter only with a full stop, since a sentence may begin with I or A."""
    return is_capitals(word) and has_upper(word) and len(word) > 1


@cache
def _open(length: int) -> re.Pattern[str]:
    name = rf"(?P<name>[^\W_]{_OF_NAME}{{{length - 1}}})"
    return re.compile(rf"{_MARKS}{name}{_TONE}(?P<mark>)(?P<rest>(?:\s|(?<=[)）\]])(?=\S))[^\n]+)")


_LOOKED_AT = 50  # letters; a tone in brackets may follow the name
_SIGNS = {COLON: ":：", QUOTE: _QUOTES + "»”‘", DASH: "-–—", TAB: ("  ", "\t"), DOT: "."}


def _may_have(form: str, start: str, one: Typed) -> bool:
    """Is the form's sign there at all? That is quick to see, and most paragraphs have none."""
    if form in (DOT, OPEN, TAB) and not one.lead and not start.lstrip("*•·> 0123456789.)[]:-")[:2].isupper():
        return form == TAB and start[:1].isalnum() and ("  " in start or "\t" in start)
    return form == OPEN or any(sign in start for sign in _SIGNS[form])


def _label(form: str, found: re.Match[str]) -> Label:
    rest = found.end() - len(found["rest"].lstrip(" \t\u3000"))
    name = found["name"].rstrip()
    if form == DASH and name[-1] == "." and is_capitals(name):
        name = name[:-1]  # ANA.- words
    middle = found.span("middle") if form == QUOTE and found["middle"] else None
    return Label(
        form,
        key_of(name),
        found.start("name"),
        found.start("name") + len(name),
        found.span("number") if found["number"] else None,
        found.span("tone") if found["tone"].strip() else None,
        middle,
        rest,
    )


def _may_be_label(form: str, found: re.Match[str], one: Typed) -> bool:
    name, rest = found["name"].strip(), found["rest"]
    if not is_name(name):
        return False
    match form:
        case "colon" | "quote":
            return form == QUOTE or not (name.isdigit() or rest[:1].isdigit() and name[-1].isdigit())
        case "dash":
            return _is_after_dash(found["mark"], rest)
        case "tab":
            return not found["mark"].startswith(".") or _is_set_apart(name, one)
        case "dot":
            return _is_set_apart(name, one) and not rest.lstrip()[:1].islower()
        case _:
            opens = rest.lstrip()
            return _is_set_apart(name, one) and (opens[0] in '(（[“"' or _begins_sentence(opens, one))


def _begins_sentence(words: str, one: Typed) -> bool:
    """With a capital; in a script without capitals only after a name in letters of its own."""
    if words[0].isalpha() and not has_upper(words) and not has_lower(words):
        return one.lead > 0
    return words[0].isupper() and has_lower(words) or words[0] in "¿¡"


def _is_after_dash(mark: str, rest: str) -> bool:
    """After a hyphen without blanks a word goes on in small letters: кто-то."""
    words = rest.strip()
    if mark == "-" and not rest[:1].isspace() and (rest[0].islower() or rest[0].isdigit()):
        return False
    return has_lower(words) or not has_upper(words) or any(char in ".!?…" for char in words)


def _is_set_apart(name: str, one: Typed) -> bool:
    """In capitals, or in letters of its own: bold or underlined as far as the name goes."""
    return is_capitals(name) and len(name) > 1 or one.lead > 0 and abs(one.lead - one.text.find(name) - len(name)) <= 2


def is_name(name: str) -> bool:
    if has_wide(name):
        return len(name) <= _LONGEST_WIDE_NAME and not any(char in "，。、！？" for char in name)
    words = name.split()
    if len(words) > _MOST_WORDS or not any(map(str.isalpha, name)):
        return False
    return all(_is_part_of_name(word) for word in words) and name[-1] not in ",-–"


def _is_part_of_name(word: str) -> bool:
    """Mr. and J. end in a full stop; a sentence's last word does so too, but is longer."""
    return not word.endswith(".") or len(word) <= _LONGEST_SHORT_FORM or is_capitals(word)


_LONGEST_SHORT_FORM = 6


def _is_manner(form: str, candidates: Sequence[tuple[int, Label]], paragraphs: Sequence[Typed], filled: int) -> bool:
    """Do names come back in this form often enough?"""
    words = list(_lines_of(form, candidates, paragraphs))
    names = Counter(key for key, _ in words)
    again = _again(names)
    if form == QUOTE and len(names) > 1 and len(words) >= _FEW_LINES and 5 * len(words) >= filled:
        return _go_on_after_quotes(words)
    if form in _SURE:
        return _is_narrator(again, filled) or len(names) > 1 and _is_sure_manner(again, len(words), filled)
    total = sum(again.values())
    often = total >= _LEAST_LINES and 6 * total >= filled or _are_many(total, filled)
    return len(again) > 1 and often and 2 * sum(_is_said(said) for key, said in words if key in again) >= total


def _again(names: Counter[str]) -> dict[str, int]:
    """Those that come more than once."""
    return {key: count for key, count in names.items() if count > 1}


def _lines_of(
    form: str, candidates: Sequence[tuple[int, Label]], paragraphs: Sequence[Typed]
) -> Iterator[tuple[str, str]]:
    """The name and the words of each line in this form."""
    for place, label in candidates:
        if label.form == form and may_speak(label.key) and label.rest < len(paragraphs[place].text):
            yield label.key, paragraphs[place].text[label.rest :]


def _go_on_after_quotes(words: Sequence[tuple[str, str]]) -> bool:
    """Most lines go on after what is quoted."""
    return 5 * sum(_goes_on_after_quote(said) for _, said in words) >= 3 * len(words)


def _goes_on_after_quote(said: str) -> bool:
    """Or ends with the mark that closes what another opened: „Ja“, »Ja«."""
    return _is_said(said) and (said[-1] not in _QUOTES or said[0] + said[-1] in ("„“", "»«"))


def _is_sure_manner(again: dict[str, int], lines: int, filled: int) -> bool:
    """Do enough lines have a name in this form, and most of them one that comes back?"""
    total = sum(again.values())
    often = total >= _LEAST_LINES and 20 * lines >= filled or _are_many(lines, filled)
    return bool(again) and often and 3 * total >= lines


_SURE = (COLON, QUOTE)
_LEAST_LINES, _FEW_LINES = 5, 3


def _are_many(lines: int, filled: int) -> bool:
    return lines >= _FEW_LINES and 4 * lines >= filled


def may_speak(key: str) -> bool:
    return not is_effect(key) and key not in _FACTS


def is_effect(key: str) -> bool:
    """Sound, music, light: also with a number, as a list of cues has them."""
    word = key.rstrip("0123456789 #№.")
    return key.replace(" ", "_") in _EFFECTS or word in _EFFECTS or word != key and word in _COUNTED_EFFECTS


def _is_narrator(again: dict[str, int], filled: int) -> bool:
    """One voice alone tells all: at least five times, and a sixth of the paragraphs."""
    return any(count >= _LEAST_LINES and 6 * count >= filled for count in again.values())


def _is_said(words: str) -> bool:
    return words[-1:] in SENTENCE_ENDS


SENTENCE_ENDS = tuple(".!?…)”»«“\"'’」』。！？）]-–—*,~～।॥؟۔።፣")


def _counts(label: Label, known: set[str], accepted: Sequence[str], has_words: bool) -> bool:
    """A name that comes back, or one that stands once among the speeches, in a form of this document."""
    if label.key in known:
        return label.form in accepted or label.form in (*_SURE, DASH)
    return has_words and label.form in accepted and label.key not in _FACTS and label.form in (*_SURE, accepted[0])
