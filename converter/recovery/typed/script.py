"""A typed script: the manner in which its writer marks who speaks, and what each paragraph is in that manner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from converter.patterns import pattern
from converter.records import dataclass, field
from converter.recovery.decoder.roles import ACTION, CUE, DIALOGUE, HEADING, PARENTHETICAL, TRANSITION
from converter.recovery.manner import Manner
from converter.recovery.typed.alone import find_alone
from converter.recovery.typed.dashes import find_dashes
from converter.recovery.typed.headings import is_end, is_part, is_typed_heading
from converter.recovery.typed.labels import COLON, Label, Labels, find_labels, is_effect, key_of
from converter.recovery.typed.paragraphs import Typed
from converter.terms import has_lower, is_capitals
from converter.tree import EndOfAct, NewAct, Paragraph, SceneHeading, Transition


class Part(NamedTuple):
    """Words of one paragraph, and what they are."""

    paragraph: int
    start: int  # in the paragraph's text
    end: int
    role: int
    made: type[Paragraph] | None = None
    number: tuple[int, int] | None = None


@dataclass(slots=True)
class Reading:
    manner: Manner
    paragraphs: Sequence[Typed]
    parts: list[Part] = field(default_factory=list)
    begins: int = 0  # the first paragraph that is surely of the script; all, if none is


def read_typed(paragraphs: Sequence[Typed], manner: Manner = "auto") -> Reading:
    """`printed` where neither names before words nor names above words come back: then more than names must tell."""
    reader = _Reader(paragraphs, manner)
    parts = list(reader.parts()) if reader.manner != "printed" else []
    return Reading(reader.manner, paragraphs, parts, reader.begins())


class _Reader:
    def __init__(self, paragraphs: Sequence[Typed], manner: Manner):
        self.paragraphs = paragraphs
        self.labels = find_labels(paragraphs, certain=manner == "inline") if manner in ("auto", "inline") else Labels()
        if manner == "auto" and _printed_cues(paragraphs) > len(self.labels.found):
            self.labels = Labels()
        self.alone: set[int] = set()
        if self.labels.found:
            self.alone = {place for place in range(len(paragraphs)) if self._is_known_name(place)}
        elif manner in ("auto", "above"):
            self.alone = find_alone(paragraphs, certain=manner == "above")
        self.dashes: set[int] = set()
        if manner in ("auto", "dashes") and not (self.labels.found or self.alone):
            self.dashes = find_dashes(paragraphs, certain=manner == "dashes")
        found: Manner = "inline" if self.labels.found else "above" if self.alone else "dashes"
        found = found if found != "dashes" or self.dashes else "printed"
        self.manner = manner if manner != "auto" else found
        self.in_blocks = self._stand_in_blocks()
        self.speeches = self._speeches()
        # Where the writer's own headings name acts and scenes, the others head something else.
        self.inside = self._names_inside()
        self.names_scenes = any(one.level and one.made in _HEADS for one in paragraphs)

    def begins(self) -> int:
        sure = (place for place, one in enumerate(self.paragraphs) if _is_title(one) or self._is_speech(place))
        return next(sure, len(self.paragraphs))

    def _is_speech(self, place: int) -> bool:
        return place in self.labels.found or place in self.alone

    def _is_known_name(self, place: int) -> bool:
        """A name of this script alone on its line, with words under it."""
        one = self.paragraphs[place]
        key = key_of(one.text.rstrip(":： ").lstrip("*"))
        if (
            one.is_apart
            or place in self.labels.found
            or place + 1 >= len(self.paragraphs)
            or self.labels.names[key] < 2
        ):
            return False
        below = place + 1
        return (
            below not in self.labels.found and below not in self.labels.facts and self.paragraphs[place + 1].blank <= 1
        )

    def _speeches(self) -> list[int]:
        """Of each line: how many speak in its paragraph. Where several do, each line is somebody's, or action."""
        counts: list[list[int]] = []
        for place, one in enumerate(self.paragraphs):
            counts.append(counts[-1] if one.tied and counts else [0])
            counts[-1][0] += self._is_speech(place)
        return [count for (count,) in counts]

    def _stand_in_blocks(self) -> bool:
        """Does an empty line stand above nearly every speech? Then what follows without one goes on with it."""
        places = [place for place in (*self.labels.found, *self.alone) if place]
        above = sum(self.paragraphs[place].blank > 0 for place in places)
        return bool(places) and above * 5 >= len(places) * 4

    def _names_inside(self) -> re.Pattern[str] | None:
        """Names in capitals before a colon, also behind the end of a sentence."""
        names = {
            re.escape(self.paragraphs[place].text[label.start : label.end])
            for place, label in self.labels.found.items()
            if label.form == COLON and self.labels.names[label.key] > 1
        }
        capitals = sorted(name for name in names if name.isupper())
        if not capitals:
            return None
        return re.compile(rf"(?<=[.!?…)\]”\"»])\s{{1,9}}(?P<name>{'|'.join(capitals)})\s?[:：]\s{{0,9}}(?=\S)")

    # ---------------------------------------------------------------- parts

    def parts(self) -> Iterator[Part]:
        self._speaks: int | None = None  # the paragraph with the name
        self._has_words = False
        for place, one in enumerate(self.paragraphs):
            label = self.labels.found.get(place)
            if one.role is not None and not (one.role == ACTION and is_typed_heading(one.text)):
                yield self._styled(place, one.role)
            elif (made := self._made(place)) is not None:
                self._speaks = None
                role = TRANSITION if made is Transition else HEADING if made in _HEADS else ACTION
                yield Part(place, 0, len(one.text), role, made)
            elif label is not None:
                yield from self._labelled(place, label)
            elif place in self.dashes:
                yield Part(place, 0, len(one.text), DIALOGUE)
            elif place in self.alone:
                self._speaks, self._has_words = place, False
                yield Part(place, 0, len(one.text), CUE)
            else:
                if end := _opening_transition(one.text):
                    self._speaks = None
                    yield Part(place, 0, end, TRANSITION, Transition)
                yield from self._with_names(Part(place, _words_from(one.text, end), len(one.text), self._plain(place)))

    def _styled(self, place: int, role: int) -> Part:
        if role == CUE:
            self._speaks, self._has_words = place, False
        elif role in (DIALOGUE, PARENTHETICAL):
            self._has_words = True
        else:
            self._speaks = None
        return Part(place, 0, len(self.paragraphs[place].text), role)

    def _made(self, place: int) -> type[Paragraph] | None:
        one = self.paragraphs[place]
        made = one.made
        if made is not None:
            return None if is_end(one.text) and self._stands_over_words(place) else made
        if one.level and not self.names_scenes and (self.manner == "printed" or _COUNTED.search(one.text)):
            below = self.paragraphs[place + 1] if place + 1 < len(self.paragraphs) else None
            return NewAct if below is not None and below.level > one.level else SceneHeading
        return NewAct if self.manner != "printed" and is_part(one.text) else None

    def _stands_over_words(self, place: int) -> bool:
        """FIN may be a name."""
        below = self.paragraphs[place + 1] if place + 1 < len(self.paragraphs) else None
        return below is not None and not below.blank and has_lower(below.text)

    def _labelled(self, place: int, label: Label) -> Iterator[Part]:
        text = self.paragraphs[place].text
        if is_effect(label.key):
            self._speaks = None
            yield Part(place, 0, len(text), ACTION)
            return
        self._speaks, self._has_words = place, label.rest < len(text)
        start, end = label.start, label.end
        if label.number is None and any(map(str.isalnum, text[:start])):
            start = 0  # the time of a chat
        tone = label.tone
        if tone is not None and _is_extension(text[slice(*tone)]):
            end, tone = tone[1], None
        yield Part(place, start, end, CUE, None, label.number)
        for span in (tone, label.middle):
            if span is not None:
                yield Part(place, *_trimmed(text, span), PARENTHETICAL)
        for role, start, end in spoken(text, label.rest):
            yield from self._with_names(Part(place, start, end, role))

    def _with_names(self, part: Part) -> Iterator[Part]:
        """Cut where somebody else begins to speak in the middle of a paragraph."""
        text, start = self.paragraphs[part.paragraph].text, part.start
        for found in self.inside.finditer(text, start, part.end) if self.inside is not None else ():
            yield part._replace(start=start, end=found.start())
            yield part._replace(start=found.start("name"), end=found.end("name"), role=CUE)
            part = part._replace(role=DIALOGUE)
            self._speaks, self._has_words = part.paragraph, True
            start = found.end()
        yield part._replace(start=start)

    def _plain(self, place: int) -> int:
        """A paragraph that bears no mark: is it said by who spoke last?"""
        one = self.paragraphs[place]
        if self._speaks is None or not self._goes_on(place):
            self._speaks = None
            return ACTION
        if _is_bracketed(one.text):
            return PARENTHETICAL
        self._has_words = True
        return DIALOGUE

    def _goes_on(self, place: int) -> bool:
        assert self._speaks is not None
        one, name = self.paragraphs[place], self.paragraphs[self._speaks]
        if not self._has_words:
            return one.blank <= 1
        if one.tied:
            return self.speeches[place] <= 1
        if one.blank:
            return False
        if _is_bracketed(one.text):
            return self.in_blocks and place + 1 < len(self.paragraphs) and self._follows(place + 1)
        if self._speaks in self.alone:
            return self._is_under_words(place)
        return self.in_blocks or one.align is name.align and one.column - name.column >= _HANGING

    def _follows(self, place: int) -> bool:
        one = self.paragraphs[place]
        return not (one.blank or self._is_speech(place) or self._made(place) or one.role is not None)

    def _is_under_words(self, place: int) -> bool:
        """At the edge of the words above; where all stands at one edge, empty lines part speech from action."""
        one, above = self.paragraphs[place], self.paragraphs[place - 1]
        if one.align is not above.align or abs(one.column - above.column) > 1:
            return False
        return self.in_blocks or one.column > min(each.column for each in self.paragraphs)


def _is_title(one: Typed) -> bool:
    return one.made in _HEADS and not is_typed_heading(one.text)


_COUNTED = pattern(r"\d|\b[IVX]{1,5}\b")
_HEADS = (SceneHeading, NewAct, EndOfAct)
_HANGING = 3  # cells
_OPENING, _CLOSING = "(（[", ")）]"


def _is_bracketed(text: str) -> bool:
    return text[0] in _OPENING and text.rstrip(".。")[-1:] in tuple(_CLOSING)


_EXTENSION = pattern(
    r"[(（\[]\s?(?:V\.?\s?/?O\.?|O\.?\s?S\.?|O\.?\s?C\.?|off(?:\s?screen)?|voice[\s-]?over"
    r"|CONT['’.]?D?|continued|contd|画外音|旁白|ЗК|за кадром)\.?\s?[)）\]]"
    r"(?:\s?[(（\[]\s?(?:CONT['’.]?D?|continued)\.?\s?[)）\]])?",
    re.IGNORECASE,
)


def _is_extension(tone: str) -> bool:
    """(V.O.) belongs to the name, (softly) to the words."""
    return _EXTENSION.fullmatch(tone.strip()) is not None


_OPENING_TRANSITION = pattern(
    r"\[(?:(?:SMASH|MATCH|JUMP|HARD) )?(?:CUT|DISSOLVE|FADE)(?: BACK)? (?:TO|IN|OUT)\b[^\]\n]{0,60}\](?=\s*\S)"
)


def _opening_transition(text: str) -> int:
    """Where [CUT TO: THE YARD] ends before what is seen there; 0 if the paragraph begins otherwise."""
    found = _OPENING_TRANSITION.match(text)
    return found.end() if found is not None else 0


def _words_from(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip())


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def spoken(text: str, start: int) -> Iterator[tuple[int, int, int]]:
    """What is said, and the brackets before it: role, start and end."""
    end = len(text)
    while start < end and text[start] in _OPENING:
        close = _close(text, start)
        if close is None:
            break
        yield PARENTHETICAL, start, close
        start = close + len(text[close:]) - len(text[close:].lstrip())
    if start < end:
        yield DIALOGUE, start, end


def _close(text: str, start: int) -> int | None:
    """Where the bracket ends that opens here; brackets inside count."""
    depth = 0
    for place in range(start, min(len(text), start + _LONGEST_TONE)):
        depth += (text[place] in _OPENING) - (text[place] in _CLOSING)
        if not depth:
            return place + 1
    return None


_LONGEST_TONE = 300


def _printed_cues(paragraphs: Sequence[Typed]) -> int:
    """Names in capitals that come back on lines of their own right above words, and those that a style names."""
    names: Counter[str] = Counter()
    for one, below in zip(paragraphs, paragraphs[1:], strict=False):
        if (
            one.role == CUE
            or not below.blank
            and len(one.text) < _LONGEST_CUE
            and _is_printed_cue(one.text, below.text)
        ):
            names[key_of(one.text.partition("(")[0])] += 1
    return sum(count for count in names.values() if count > 1)


_LONGEST_CUE = 38


def _is_printed_cue(name: str, words: str) -> bool:
    return name.upper() != name.lower() and is_capitals(name) and name[-1] not in ".:!?" and has_lower(words)
