"""A scene heading as a production reads it: inside or outside, the set, the part of it, the time."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from converter.languages import any_word, caseless_intros, foreign_words, listed
from converter.terms import split_heading

Side = Literal["INT", "EXT", "INT/EXT", ""]

_PARTS = re.compile(r"\s+[-–—]+\s+")
_MOST_TIME_WORDS = 5
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
# What stands where a time does and is none: when a scene plays, rather than at what hour.
_WHEN = re.compile(
    r"(?:FLASH ?BACK|FLASH ?FORWARD|DREAM|PRESENT|PAST|FUTURE|INTERCUT|VARIOUS|ESTABLISHING|MONTAGE|ON TV|YEARS? |"
    r"[A-Z]* ?\d{4}s?\b|\d{1,2}[:.]\d\d)",
    re.IGNORECASE,
)


class Split(NamedTuple):
    """`is_sure`: every part was known by a word; else the split is a guess."""

    side: Side
    place: str
    part: str
    time: str
    is_sure: bool


def split(text: str) -> Split:
    """`INT. PIER - HUT - DAWN` is INT, PIER, HUT, DAWN, and so is `PIER, HUT. INT. DAWN.`, as in Spain and Italy."""
    text = " ".join(text.split())
    said = split_heading(text)
    if said.intro:
        rest = text[len(said.intro) :].strip(" .-–—")
        return _placed(_side(said.intro), rest)
    caseless = _caseless_intro().match(text)
    if caseless is not None:
        return _placed(_side(caseless[1]), _with_dash(text[caseless.end() :].strip(" .-–—．・、:：")))
    inside = _inner_intro().search(text)
    if inside is None:
        return _placed("", text)
    before, after = text[: inside.start()].strip(" .-–—,"), text[inside.end() :].strip(" .-–—,")
    place, part = _place_and_part(before)
    if not after or is_time(after):
        return Split(_side(inside["intro"]), place, part, after, True)
    return _placed(_side(inside["intro"]), f"{before} - {after}")


def _with_dash(rest: str) -> str:
    """`厨房 夜` has its time behind a blank; it is read as if a dash stood there."""
    place, blank, last = rest.rpartition(" ")
    return f"{place} - {last}" if blank and place.strip(" -–—") == place and last in listed("times") else rest


def _placed(side: Side, rest: str) -> Split:
    parts = _PARTS.split(rest)
    time = parts[-1].strip(" .") if len(parts) > 1 else ""
    if time and is_time(time):
        place, part = _place_and_part(" - ".join(parts[:-1]))
        return Split(side, place, part, time, bool(side))
    if not time:
        found = _time_at_end().search(rest)
        if found is not None and rest[: found.start()].strip(" .,"):
            place, part = _place_and_part(rest[: found.start()].strip(" .,"))
            return Split(side, place, part, found[1].strip(" ."), bool(side))
    place, part = _place_and_part(rest.strip(" ."))
    return Split(side, place, part, "", bool(side) and len(parts) == 1)


def _place_and_part(said: str) -> tuple[str, str]:
    first, *others = _PARTS.split(said)
    if not others and " / " not in first and ", " in first:
        first, *others = first.split(", ", 1)
    return first.strip(" .,"), " - ".join(others).strip(" .,")


def is_time(said: str) -> bool:
    """DAY, LATER THAT NIGHT, DAY 2, FLASHBACK, 1985: a few words with one of a time in any language."""
    said = _IN_BRACKETS.sub("", said).strip(" .")
    if not said or len(said.split()) > _MOST_TIME_WORDS:
        return False
    return _WHEN.match(said) is not None or _time_word().search(said) is not None


@cache
def _time_word() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’])(?:{any_word('times')})(?![\w'’])", re.IGNORECASE)


@cache
def _time_at_end() -> re.Pattern[str]:
    """After a full stop or a comma."""
    return re.compile(rf"[.,]\s+((?:[\w'’]+\s){{0,2}}(?:{any_word('times')})(?:\s\d+)?)\.?$", re.IGNORECASE)


@cache
def _inner_intro() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted({*foreign_words(), "INT", "EXT", "EST"}, key=len, reverse=True)))
    one = rf"(?:{words})\.?"
    return re.compile(rf"(?:(?<=[.,] )|(?<= [-–—] ))(?P<intro>{one}(?:\s?/\s?{one})?)(?=\s|$)")


@cache
def _caseless_intro() -> re.Pattern[str]:
    """Of writing without capitals, where the words for inside and outside are common ones: only at the very start."""
    words = caseless_intros()
    return re.compile(rf"((?:{words})(?:\s?[/／・]\s?(?:{words}))?)(?=[\s.．・、:：\-–—])")


@cache
def _sides() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset((*listed("inside"), "I")), frozenset((*listed("outside"), "E"))


def _side(intro: str) -> Side:
    """Of INT., EXT/INT, I/E, INNEN ...; EST. is outside."""
    inside, outside = _sides()
    names = [name.strip(" .").upper() for name in re.split("[/.／・]", intro) if name.strip(" .")]
    is_inside, is_outside = (any(name in some for name in names) for some in (inside, outside))
    if is_inside and is_outside:
        return "INT/EXT"
    return "INT" if is_inside else "EXT" if is_outside or "EST" in names else ""
