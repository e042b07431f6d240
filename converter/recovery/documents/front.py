"""What the words of a line say by themselves, and what a title page looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.languages import foreign_intros
from converter.patterns import pattern
from converter.recovery.documents.foreign import Foreign, is_upper
from converter.recovery.documents.names import Named
from converter.recovery.titles import is_contact, is_copyright
from converter.terms import HEADING_INTRO, has_lower
from converter.tree import (
    Align,
    Character,
    Dialogue,
    EndOfAct,
    NewAct,
    Paragraph,
    Parenthetical,
    SceneHeading,
    Transition,
)
from converter.twips import INCH

# ---------------------------------------------------------------- words that tell

_TRANSITION = pattern(r"(?:[^a-z]{0,40}\bTO:|FADE (?:IN|OUT|UP)\b.{0,20}|(?:SMASH |MATCH |JUMP )?CUTS?\b.{0,12}:)")
_FURTHER_INTRO = pattern(rf"(?:INT|EXT|{foreign_intros()})\b\s?[./\-\u2013]", re.IGNORECASE)
# A circle, or a place with a time of day in brackets.
_JAPANESE = pattern(
    r"[\u25cb\u3007\u25ef][^\u3002]{1,60}"
    r"|[^\u3002\uff08]{1,40}\uff08[^\uff08\uff09]{0,6}(?:[\u671d\u663c\u5915\u591c\u6669\u540c\u7fcc]|\u56de\u60f3)[^\uff08\uff09]{0,6}\uff09"
)
_SHOT = pattern(r"(?:INSERT|CLOSE ON|CLOSE-?UP|CLOSER ON|ANGLE ON|WIDE ON|REVERSE ANGLE|BACK TO)\b[^a-z]{0,60}")
_ACT = pattern(
    r"(?P<end>END (?:OF )?)?(?:ACT (?:[IVX]{1,4}|[0-9]{1,2}|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT)"
    r"|TEASER|COLD OPEN(?:ING)?|TAG)[.:]?"
)
_OMITTED = pattern(r"OMIT(?:TED)?")
NUMBER = r"[A-Z]{0,2}[0-9]{1,4}(?:-?[A-Z0-9]{1,3})?\.?"
LEFT_NUMBER = pattern(rf"(?P<number>{NUMBER})(?:\t|[ ]{{1,40}})[\t ]{{0,40}}(?=\S)")
_LONGEST_HEADING = 120


def is_heading(said: str) -> bool:
    """A scene heading by its first word, number or none, or a cut scene."""
    said = unnumbered(said)
    if _JAPANESE.fullmatch(said):
        return True
    intro = HEADING_INTRO.match(said) or _FURTHER_INTRO.match(said)
    if intro is None:
        return _OMITTED.fullmatch(said) is not None
    return len(said) < _LONGEST_HEADING and not has_lower(intro[0]) and not (said[-1:] in ".!?" and has_lower(said))


def is_transition(said: str) -> bool:
    return is_upper(said) and _TRANSITION.fullmatch(said) is not None


def is_shot(said: str) -> bool:
    return _SHOT.fullmatch(said) is not None


def act(said: str) -> type[Paragraph] | None:
    """The first or last line of an act."""
    found = _ACT.fullmatch(said)
    return None if found is None else EndOfAct if found["end"] else NewAct


def unnumbered(said: str) -> str:
    """Without a scene number in front, and behind where the same stands there."""
    found = LEFT_NUMBER.match(said)
    if found is None:
        return said
    rest = said[found.end() :]
    tail = rest.removesuffix(found["number"])
    return tail.rstrip() if tail != rest and tail[-1:] in {" ", "\t"} else rest


# ---------------------------------------------------------------- title page

_CREDIT = pattern(
    r"(?:.{0,40}\b)?(?:by|von|par|de|di)\s*:?|(?:written|screenplay|teleplay|story|drehbuch|scénario|guion)\b.{0,40}",
    re.IGNORECASE,
)
_SOURCE = pattern(r"(?:based (?:up)?on|from (?:the|a)|adapted|nach|d'après|basado)\b.{0,200}", re.IGNORECASE)
_DATE = pattern(
    r".{0,40}(?:\b(?:draft|revis\w{0,6}|version|fassung)\b|\b[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}\b"
    r"|\b(?:19|20)[0-9]{2}\b).{0,40}",
    re.IGNORECASE,
)
_LONGEST_TITLE = 40  # lines


def title_page(lines: Sequence[Foreign]) -> int:
    """How many lines stand before the first page break, if they look like a title page and no scene begins there."""
    count, ended = _first_page(lines)
    filled = [one for one in lines[:count] if one.said]
    names = [one.named for one in filled if one.named is not None]
    if not filled or len(filled) > _LONGEST_TITLE or any(map(_is_script, names)):
        return 0
    if any(name.field for name in names):
        return count
    credited = ended or any(_CREDIT.fullmatch(one.said) for one in filled)
    return count if credited and any(map(_is_centered, filled)) else 0


def _first_page(lines: Sequence[Foreign]) -> tuple[int, bool]:
    """The lines before the script: up to a page break (True), or up to a scene or FADE IN."""
    for place, one in enumerate(lines):
        if place and one.breaks:
            return place, True
        if is_heading(one.said) or is_transition(one.said):
            return place, False
        if one.break_behind:
            return place + 1, True
        if place > 2 * _LONGEST_TITLE:
            break
    return 0, False


def _is_centered(one: Foreign) -> bool:
    return one.align is Align.CENTER or one.left > 3 * INCH


def title_field(one: Foreign, known: Sequence[str]) -> str:
    """Which field a line of the title page is of; `known` are those before it."""
    if one.named is not None and one.named.field:
        return one.named.field
    if "Title" not in known:
        return "Title"
    if "Author" not in known and _CREDIT.fullmatch(one.said):
        return "Credit"
    centered = one.align is Align.CENTER or one.align is None and one.left > 3 * INCH
    return _field_below_title(one, known, centered)


def _field_below_title(one: Foreign, known: Sequence[str], centered: bool) -> str:
    if _SOURCE.fullmatch(one.said):
        return "Source"
    if "Author" in known and is_contact(one.said):
        return "Contact"
    if "Author" in known and is_copyright(one.said):
        return "Copyright"
    if _DATE.fullmatch(one.said) and not (centered and "Author" not in known):
        return "Draft date"
    if centered and "Contact" not in known:
        return "Author" if "Credit" in known else "Title"
    return "Contact"


def _is_script(named: Named) -> bool:
    return named.kind in (SceneHeading, Character, Dialogue, Parenthetical, Transition) and not named.weak
