"""Scene headings by their words: in several languages, with a number before them, with INT. and EXT. at their end."""

from __future__ import annotations

import re

from converter.languages import foreign_intros
from converter.terms import HEADING_INTRO, SCENE_NUMBER, is_capitals

_FOREIGN = foreign_intros()
# 12, 12A., 12) or 12- before the words, or alone.
NUMBER_BEFORE = re.compile(rf"(?P<number>{SCENE_NUMBER})(?:\.?\s?[-–](?=\s)|\s?[.)])?(?:\s{{1,40}}|$)")
_FOREIGN_INTRO = re.compile(rf"(?:{_FOREIGN})\s?[./\-–]")
# French productions write the place first: MAISON, cuisine – INT/JOUR, CHALET - EXT. NUIT.
_INTRO_AFTER = re.compile(
    rf"\S\s?[-–—,.(]\s?(?:INT|EXT|{_FOREIGN})\b\.?(?:\s?[/\-–]\s?(?:INT|EXT|{_FOREIGN})\b\.?)?"
    r"(?:\s?[-–—/,.]\s?\S.{0,20}|\s[^\W\d_]{1,12}\)?)?$"
)
_LONGEST = 120  # letters


def reads_as_heading(text: str) -> bool:
    """Does the line begin as headings do, in capitals where that is not INT. or EXT., or end so?"""
    if HEADING_INTRO.match(text):
        return True
    return _FOREIGN_INTRO.match(text) is not None and is_capitals(text) or has_intro_after(text)


def has_intro_after(text: str) -> bool:
    """INT. or EXT. and the time after the place, which may have small letters then."""
    return len(text) <= _LONGEST and _INTRO_AFTER.search(text) is not None


def without_number(text: str) -> str:
    """The words of a heading after its number, if it has one."""
    number = NUMBER_BEFORE.match(text)
    return text[number.end() :] or text if number else text
