"""Screenwriting vocabulary: what a cue and a scene heading consist of, and when a speaker is continued.

The tree holds what was typed; these functions derive the rest.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from converter.languages import any_word, foreign_intros, listed
from converter.patterns import pattern
from converter.records import replace
from converter.tree import Character, Element, Inline, Run, SceneHeading, Style, Text, map_paragraphs, words

# ---------------------------------------------------------------- cues


class Cue(NamedTuple):
    """A cue taken apart: the name as typed and each extension with its brackets."""

    name: str
    extensions: tuple[str, ...]


def split_cue(text: str) -> Cue:
    """`ANNA (V.O.) (CONT'D)` is ANNA with two extensions. An unclosed bracket runs to the end."""
    start = text.find("(")
    if start < 0:
        return Cue(text.strip(), ())
    extensions = []
    name, rest = text[:start], text[start:]
    while rest.startswith("("):
        end = rest.find(")") + 1 or len(rest)
        extensions.append(rest[:end].strip())
        rest = rest[end:].lstrip()
    return Cue((name.rstrip() + " " + rest).strip(), tuple(extensions))


def cue_name(cue: Character) -> str:
    """Who speaks: the cue without its extensions, in upper case, so that two cues of one speaker are equal."""
    return " ".join(split_cue(words(cue.text)).name.upper().split())


CAPITALS = Style.ALL_CAPS | Style.SMALL_CAPS  # both draw small letters as others


def without_brackets(text: str) -> str:
    """A cue without all that stands in brackets; an unclosed one runs to the end."""
    if "(" not in text:
        return text
    pieces, start = [], 0
    while (opening := text.find("(", start)) >= 0:
        pieces.append(text[start:opening])
        start = text.find(")", opening) + 1 or len(text)
    pieces.append(text[start:])
    return "".join(pieces)


def has_small_name(cue: str) -> bool:
    """Are there small letters in the name, which the element's capitals would not show? Extensions do not count."""
    return not cue.isupper() and has_lower(without_brackets(cue))


def as_typed(text: Text) -> Text:
    """The words without the element's own style: McCLANE is drawn so, not in capitals."""
    return tuple(replace(one, style=one.style | Style.PLAIN) if isinstance(one, Run) else one for one in text)


def not_as_typed(text: Text) -> Text:
    """The words in the element's own style again."""
    return tuple(replace(one, style=one.style & ~Style.PLAIN) if isinstance(one, Run) else one for one in text)


def with_capital_cues(body: tuple[Element, ...]) -> tuple[Element, ...]:
    """Every name over a speech in capitals, also where the writer typed small letters."""
    return map_paragraphs(body, _cue_in_capitals)


def _cue_in_capitals(one: Any) -> Any:
    if isinstance(one, SceneHeading) and one.omitted:
        return replace(one, omitted=with_capital_cues(one.omitted))
    if not isinstance(one, Character):
        return one
    text = tuple(replace(run, text=run.text.upper()) if isinstance(run, Run) else run for run in one.text)
    return replace(one, text=not_as_typed(text))


def cue_as_seen(text: Text) -> Text:
    """A cue read off a page: small letters in its name are no capitals there, so the words are as typed."""
    return as_typed(text) if has_small_name("".join(map(_seen, text))) else text


def _seen(inline: Inline) -> str:
    if not isinstance(inline, Run):
        return ""
    return inline.text.upper() if inline.style & CAPITALS else inline.text


# Every spelling of "continued" that writers type behind a name; a typed one is never doubled.
CONTINUED = pattern(rf"\(\s*(?:{any_word('continued')})\.?\s*\)", re.IGNORECASE)


class Continuity:
    """Which cues of a script get an automatic (CONT'D).

    The rule is Final Draft's, measured on 2,318 cues: the same name speaks again in the same scene with only action
    between. Extensions do not count, but a cue with exactly (V.O.) never gets one and counts as nobody. Both speakers
    of a dual dialogue are compared with whoever spoke before the pair, and both count afterwards.
    """

    def __init__(self) -> None:
        self._speakers: frozenset[str] = frozenset()
        self._known: dict[str, tuple[str, bool]] = {}

    def new_scene(self) -> None:
        self._speakers = frozenset()

    def speech(self, *cues: str) -> tuple[bool, ...]:
        """For the cue of a speech (two for a pair): does the page add (CONT'D)?"""
        speakers = [self._known.get(cue) or self._learn(cue) for cue in cues]
        continued = tuple(name in self._speakers and may_be_marked for name, may_be_marked in speakers)
        self._speakers = frozenset(name for name, _ in speakers if name)
        return continued

    def _learn(self, cue: str) -> tuple[str, bool]:
        """Who speaks, nobody for a voice over, and whether the cue can take the mark. A script has few cues."""
        name, extensions = split_cue(cue)
        voice = any(extension.upper() == "(V.O.)" for extension in extensions)
        name = "" if voice else " ".join(name.upper().split())
        self._known[cue] = name, not CONTINUED.search(cue)
        return self._known[cue]


# ---------------------------------------------------------------- scene headings


class Heading(NamedTuple):
    """A scene heading taken apart; what it lacks is empty."""

    intro: str  # INT., EXT., I/E, INNEN. ...
    place: str
    time: str  # what stands behind the last dash, or a time of day at the end


# Fountain 1.1's prefixes and the doubles that scripts use, with or without dots.
HEADING_INTRO = pattern(
    r"(?: INT\.? \s?/\s? EXT | EXT\.? \s?/\s? INT | I\.? / E | E\.? / I | INT | EXT | EST ) (?: \. | (?=[\s\-]) )",
    re.VERBOSE | re.IGNORECASE,
)


# 12, A12, 12AB, 12a: with whatever letters a production drew between its numbers.
SCENE_NUMBER = r"(?:[A-Z]{0,2}|[a-z])\d{1,4}(?:[A-Z]{0,2}|[a-z])"


_DASHES = (" - ", " -- ", " – ", " — ")


@cache  # so many words take milliseconds to compile, and most scripts are in English with a dash before the time
def _foreign_intro() -> re.Pattern[str]:
    intros = foreign_intros()
    return re.compile(rf"(?:{intros})(?:\.?\s?/\s?(?:{intros}))?(?:\.|(?=[\s\-–]))")


@cache
def _time() -> re.Pattern[str]:
    return re.compile(rf"[.,]?\s(?:{any_word('times')})\.?$")


def split_heading(text: str) -> Heading:
    """`INT. TIDE STATION - BACK ROOM - DAWN` is INT., TIDE STATION - BACK ROOM, DAWN; `ИНТ. КУХНЯ. НОЧЬ` has НОЧЬ."""
    text = text.strip()
    intro = HEADING_INTRO.match(text) or _foreign_intro().match(text)
    rest = text[intro.end() :].strip() if intro else text
    dash = max(_DASHES, key=rest.rfind)
    if dash in rest:
        start = rest.rfind(dash) + len(dash)
    else:
        end = _time().search(rest)
        start = len(rest) if end is None else end.start()
    place, time = rest[:start], rest[start:]
    return Heading(intro.group() if intro else "", place.strip(" -–—"), time.strip(" .,"))


# What pages print with the heading of a scene that goes on: CONTINUED: EXT. PIER - DAY (2), EXT. PIER - CONT'D (2).
_GOES_ON = r"\(?\s?CONT(?:INUED|['’]?D\b|\.)\s?\)?\s?[:.]?"
_COUNTED = re.compile(r"\s?\(\d{1,3}\)$")  # how often it has gone on
_LONGEST_HEADING = 200
_NO_WORD = pattern(r"\W+")


@cache
def _goes_on() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Before the heading and after it; words of other languages with a sign, for a place may be called SUITE."""
    others = any_word("continued")
    count = r"(?:\s?\(\d{1,3}\))?"
    before = rf"(?:{_GOES_ON}{count}\s?[-–—:.]?|(?:\((?:{others})[.]?\)|(?:{others})[.]?){count}\s?[-–—:])\s"
    after = rf"(?:\s[-–—])?\s(?:{_GOES_ON}|\((?:{others})[.]?\)){count}[:.]?$"
    return re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE)


def is_heading_again(text: str, heading: str) -> bool:
    """Does a page say with this line that the scene of a heading goes on? After CONTINUED it may be shortened."""
    if len(text) > _LONGEST_HEADING:
        return False
    first, last = _goes_on()
    before = first.match(text)
    start = before.end() if before else 0
    if before:
        text = _COUNTED.sub("", text)
    after = last.search(text, start)
    again, scene = _bare_heading(text[start : after.start() if after else None]), _bare_heading(heading)
    if before and again:
        return scene.startswith(again)
    return after is not None and again in (scene, _bare_heading(last.sub("", heading[:_LONGEST_HEADING])))


def _bare_heading(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().upper()


_OMITTED = frozenset(listed("omitted"))


def is_omitted(heading: SceneHeading) -> bool:
    """A scene that was cut: it holds the cut scene, or says OMITTED in some language."""
    return heading.omitted is not None or words(heading.text).strip().upper() in _OMITTED


# ---------------------------------------------------------------- parentheticals

# What a parenthetical begins and ends with; those of East Asian programs are as wide as their letters.
OPENING_BRACKETS, CLOSING_BRACKETS = ("(", "（"), (")", "）")

_ANY_OPENING, _ANY_CLOSING = frozenset("([{（［｛【〔"), frozenset(")]}）］｝】〕")


def opens_bracket(typed: str) -> bool:
    return typed[:1] in _ANY_OPENING


def closes_bracket(typed: str) -> bool:
    return typed[-1:] in _ANY_CLOSING


def closes_more(typed: str) -> int:
    """How many brackets are closed in these words, less those that are opened."""
    return sum((char in _ANY_CLOSING) - (char in _ANY_OPENING) for char in typed)


def is_bare(typed: str) -> bool:
    """Words of a parenthetical without a bracket at either end: the program that stored them drew the brackets."""
    typed = typed.strip()
    return typed != "" and typed[0] not in _ANY_OPENING and typed[-1] not in _ANY_CLOSING


def bracketed(text: Text) -> Text:
    """A parenthetical as it prints, for readers of formats that store it bare."""
    if not is_bare(words(text)):
        return text
    runs = [place for place, inline in enumerate(text) if isinstance(inline, Run)]
    new: list[Inline] = list(text)
    for place, opening, closing in ((runs[0], "(", ""), (runs[-1], "", ")")):
        run = new[place]
        assert isinstance(run, Run)
        new[place] = replace(run, text=opening + run.text + closing)
    return tuple(new)


# ---------------------------------------------------------------- letters


def has_lower(text: str) -> bool:
    """Is a letter in lower case? `ß` does not count: it has no capital that people type."""
    return text != text.upper() and any(unicodedata.category(char) == "Ll" and char != "ß" for char in text)


def is_capitals(text: str) -> bool:
    """No letter is small; letters of scripts without capitals count, since they cannot be."""
    return not has_lower(text) and any(char.isalpha() for char in text)


def has_upper(text: str) -> bool:
    return any(unicodedata.category(char) in {"Lu", "Lt"} for char in text)
