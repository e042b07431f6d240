"""Notes, page marks and boneyards: how they are found in a text, what they say and how they are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from converter.notation.colors import NAMED_COLORS
from converter.notation.fountain.lines import BLANKS, BONEYARD_ANCHOR, INSTRUCTION, NOTE_ANCHOR, PAGE_LABEL, is_blank
from converter.patterns import pattern
from converter.records import replace
from converter.tree import (
    Boneyard,
    Inline,
    LineBreak,
    Marker,
    Note,
    PageBreak,
    PageMark,
    Part,
    Position,
    Run,
    Text,
    words,
)

MARKERS = frozenset((Note, Boneyard, PageMark))


def lifted(inlines: Sequence[Inline]) -> tuple[list[Marker], list[Inline]]:
    """The markers before the first word or line break, and the rest."""
    markers: list[Marker] = []
    for place, one in enumerate(inlines):
        if isinstance(one, Run | LineBreak):
            return markers, list(inlines[place:])
        assert isinstance(one, Marker)
        markers.append(one)
    return markers, []


# ---------------------------------------------------------------- finding them


class Found(NamedTuple):
    """A note or boneyard in the source: text[start:end], marks included."""

    start: int
    end: int
    anchor: str


class Unclosed(NamedTuple):
    """A `[[` or `/*` that nothing closes; it stays text."""

    start: int
    opening: str


def find(text: str) -> Iterator[Found | Unclosed]:
    """Every note and boneyard from left to right; whichever opens first wins. Linear, however many never close."""
    note_ends = _Ends(text)
    at = 0
    note, boneyard = text.find("[["), text.find("/*")
    while note >= 0 or boneyard >= 0:
        if boneyard >= 0 and (note < 0 or boneyard < note):
            end = text.find("*/", boneyard + 2)
            if end < 0:
                yield Unclosed(boneyard, "/*")
                boneyard = -1
                continue
            yield Found(boneyard, end + 2, BONEYARD_ANCHOR)
            at = end + 2
        else:
            at = _BRACKETS.match(text, note).end()  # type: ignore[union-attr]
            if at > note + 2 or not _is_escaped(text, note):
                end = note_ends.after(at)
                if end < 0:
                    yield Unclosed(at - 2, "[[")
                else:
                    yield Found(at - 2, end + 2, NOTE_ANCHOR)
                    at = end + 2
        if 0 <= note < at:
            note = text.find("[[", at)
        if 0 <= boneyard < at:
            boneyard = text.find("/*", at)


_BRACKETS = pattern(r"\[+")


def _is_escaped(text: str, place: int) -> bool:
    start = place
    while start and text[start - 1] == "\\":
        start -= 1
    return (place - start) % 2 == 1


class _Ends:
    """Where notes close. Both searches only go forward, so all of them together read the text once."""

    def __init__(self, text: str):
        self._text = text
        self._close = self._blank = 0

    def after(self, start: int) -> int:
        """The `]]` that closes a note opened before `start`, or -1: a blank line comes first, or none is left."""
        if 0 <= self._close < start:
            self._close = self._text.find("]]", start)
        if self._close < 0:
            return -1
        if self._blank < start:
            self._blank = self._next_blank_line(start)
        return -1 if self._blank < self._close else self._close

    def _next_blank_line(self, start: int) -> int:
        for found in _BLANK_LINE.finditer(self._text, start):
            line = found.group()[1:]
            if len(line) < 2 or line.strip(" "):  # two spaces or more keep the line in the note
                return found.start()
        return len(self._text)


_BLANK_LINE = pattern(f"\n[{BLANKS}]*+(?=\n)")


# ---------------------------------------------------------------- what they say

# Beat's colours, which may stand before a note's text, or as #rrggbb.
_COLORED = pattern(
    r"(?P<color>red|blue|green|pink|brown|cyan|orange|magenta|purple|yellow|teal|mint|gray|olive|gold|violet"
    r"|#[0-9A-Fa-f]{6}): (?P<text>.*)",
    re.DOTALL,
)
_PAGE_MARK = pattern(rf"page (?P<label>{PAGE_LABEL})")
# A scene's colour, as Beat reads it: in any case, with or without the word, by name or as #rrggbb or #rgb.
_SCENE_COLOR = pattern(
    r" *(?:colou?r *:? +)?(?P<color>" + "|".join(NAMED_COLORS) + r"|#[0-9a-f]{6}|#[0-9a-f]{3}) *", re.IGNORECASE
)


def parse_note(inner: str, at: Position | None = None) -> Note | PageMark:
    """What stands between `[[` and `]]`."""
    if "\n" in inner or "\u2028" in inner:
        *lines, last = inner.replace("\u2028", "\n").split("\n")
        inner = "\n".join(["" if is_blank(line) else line.rstrip(BLANKS) for line in lines] + [last])
    page = _PAGE_MARK.fullmatch(inner)
    if page:
        return PageMark(label=page["label"], at=at)
    colored = _COLORED.fullmatch(inner)
    if colored:
        return Note(text=colored["text"], color=colored["color"], at=at)
    return Note(text=inner, at=at)


def spelled(marker: Marker) -> str:
    """As it stands in the file, marks included. For markers that Fountain can hold."""
    match marker:
        case Note():
            return f"[[{_inner(marker)}]]".replace("\n\n", "\n  \n").replace("\n\n", "\n  \n")
        case PageMark():
            return f"[[page {marker.label}]]"
        case Boneyard():
            return marker.source


def _inner(note: Note) -> str:
    return f"{note.color}: {note.text}" if note.color is not None else note.text


def heading_color(marker: Inline) -> str | None:
    """Beat colours a scene with a note at the end of its heading: `[[color #RRGGBB]]`, `[[blue]]`."""
    if not isinstance(marker, Note) or marker.color is not None:
        return None
    found = _SCENE_COLOR.fullmatch(marker.text)
    if found is None:
        return None
    color = found["color"]
    if color[0] != "#":
        return color.lower()
    return color if len(color) == 7 else "#" + "".join(digit * 2 for digit in color[1:])


def color_note(color: str) -> Note:
    return Note(text=f"color {color}")


# ---------------------------------------------------------------- what can be written


def fit_note(note: Note) -> Note | PageMark:
    """The note as it comes back once written: a point with a text and perhaps a colour."""
    text = note.text
    if note.title is not None and not text.startswith(note.title):
        text = f"{note.title}: {text}" if text else note.title
    inner = _inner(Note(text=text, color=note.color))
    if note.color is not None and not _COLORED.fullmatch(inner):
        inner = text
    inner = _TWO_BRACKETS.sub("] ", inner)
    if inner.startswith("["):
        inner = " " + inner
    if inner.endswith("]"):
        inner += " "
    return parse_note(inner, note.at)


def alternate_note(text: Text) -> Note:
    """What becomes of an alternate line of dialogue."""
    return Note(text=f"ALT: {words(text)}")


_TWO_BRACKETS = pattern(r"\](?=\])")


def fit_page_mark(mark: PageMark) -> Note | PageMark:
    fitted = fit_note(Note(text=f"page {mark.label}", at=mark.at))
    if mark.label == getattr(fitted, "label", None) and not mark.locked:
        return mark
    return fitted


def fit_boneyard(boneyard: Boneyard, *, own_line: bool) -> Boneyard:
    """With its marks, and closed nowhere but at its end."""
    source = boneyard.source
    if own_line and INSTRUCTION.fullmatch(source) and "/*" not in source and "[[" not in source:
        return boneyard
    marked = len(source) >= 4 and source.startswith("/*") and source.endswith("*/")
    inner = source[2:-2] if marked else f" {source} "
    if "*/" not in inner and marked:
        return boneyard
    return replace(boneyard, source="/*" + inner.replace("*/", "* /") + "*/")


# ---------------------------------------------------------------- cut scenes in a boneyard

CUT_SCENES_DEEP = 4  # cut scenes inside cut scenes
_ENDS_COMMENT = pattern(r"\*(\\*)/")
_ENDED_COMMENT = pattern(r"\*\\(\\*)/")


def cut_scene(fountain: str, *, says_omitted: bool) -> str:
    """A cut scene as the boneyard behind its heading. A boneyard inside it is closed by `*\\/`.

    Behind a heading that says OMITTED the marks stand alone on their lines; behind another the word is at the first.
    """
    return _opening(says_omitted) + _ENDS_COMMENT.sub(r"*\\\1/", fountain) + "\n*/"


def cut_scene_text(source: str, *, says_omitted: bool) -> str | None:
    """The Fountain of a cut scene, if the boneyard is one."""
    opening = _opening(says_omitted)
    if not source.startswith(opening) or not source.endswith("\n*/"):
        return None
    return _ENDED_COMMENT.sub(r"*\1/", source[len(opening) : -3])


def _opening(says_omitted: bool) -> str:
    return "/*\n" if says_omitted else "/* OMITTED\n"


def is_spoken(parts: Sequence[Part]) -> bool:
    """Is there a line right under the cue, over notes?"""
    for part in parts:
        kind = type(part)
        if kind not in MARKERS:
            return kind is not PageBreak
    return False
