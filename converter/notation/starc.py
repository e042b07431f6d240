"""What KIT Scenarist and its successor Story Architect (STARC) share: words with ranges over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any, NamedTuple

from converter.normal import allowed
from converter.notation.flat import Para
from converter.notation.numbers import integer_of
from converter.records import replace
from converter.terms import bracketed
from converter.tree import (
    NO_STYLE,
    Character,
    Dialogue,
    Inline,
    LineBreak,
    Lyric,
    Note,
    NoteEnd,
    Opaque,
    Parenthetical,
    Run,
    Style,
    Text,
)

_LINES = (Dialogue, Parenthetical, Lyric)
_LONGEST = 2**31
STYLES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "underline": Style.UNDERLINE,
    "strikethrough": Style.STRIKEOUT,
}


class Range(NamedTuple):
    """Of the words of a paragraph, in UTF-16 units as Qt counts."""

    start: int
    length: int


def range_of(element: Any) -> Range:
    start, length = (integer_of(element.get(name) or "") or 0 for name in ("from", "length"))
    return Range(max(0, min(start, _LONGEST)), max(0, min(length, _LONGEST)))


def style_of(element: Any) -> Style:
    style = NO_STYLE
    for name, one in STYLES.items():
        if element.get(name) == "true":
            style |= one
    return style


class Words:
    """Makes texts; the ids of notes are counted through the whole script."""

    def __init__(self) -> None:
        self._ids = count(1)

    def text(
        self, said: str, styles: Sequence[tuple[Range, Style]] = (), notes: Sequence[tuple[Range, Note]] = ()
    ) -> Text:
        said = allowed(said.replace("\r\n", "\n").replace("\r", "\n"))
        at = _places(said)
        spans = [(at(one.start), at(one.start + one.length), style) for one, style in styles]
        marks: list[tuple[int, int, Inline]] = []  # where, ends first, what
        for one, note in notes:
            start, end = at(one.start), at(one.start + one.length)
            if start == end:
                marks.append((start, 1, note))
                continue
            number = next(self._ids)
            marks += [(start, 1, replace(note, id=number)), (end, 0, NoteEnd(id=number))]
        edges = {0, len(said), *(edge for start, end, _ in spans for edge in (start, end)), *(one[0] for one in marks)}
        marks.sort(key=lambda one: one[:2], reverse=True)
        text: list[Inline] = []
        ordered = sorted(edges)
        for start, end in zip(ordered, [*ordered[1:], len(said)], strict=True):
            while marks and marks[-1][0] <= start:
                text.append(marks.pop()[2])
            style = NO_STYLE
            for first, last, one_style in spans:
                if first <= start < last:
                    style |= one_style
            text += _lines(said[start:end], style)
        return tuple(text)


def _lines(said: str, style: Style) -> Iterable[Inline]:
    for number, line in enumerate(said.split("\n")):
        if number:
            yield LineBreak()
        if line:
            yield Run(text=line, style=style)


def _places(said: str) -> Any:
    """From UTF-16 units to characters."""
    if said.isascii() or max(said) < "\U00010000":
        return lambda unit: min(unit, len(said))
    places = [place for place, char in enumerate(said) for _ in range(1 + (char > "\uffff"))]
    return lambda unit: places[unit] if unit < len(places) else len(said)


def paragraph(kind: Any, text: Text, **more: Any) -> Any:
    """Both programs keep parentheticals without their brackets."""
    return kind(text=bracketed(text) if kind is Parenthetical else text, **more)


def beside(left: list[Para], right: list[Para]) -> bool:
    """Marks two columns as a dual dialogue; False if they are something else, and then follow each other."""
    if not (_is_speech(left) and _is_speech(right)):
        return False
    left[0].dual = True
    return True


def _is_speech(column: Sequence[Para]) -> bool:
    kinds = [type(one.paragraph) for one in column]
    return len(kinds) > 1 and kinds[0] is Character and all(kind in _LINES for kind in kinds[1:])


class Labels:
    """What a project holds and the tree has no place for, counted by name."""

    def __init__(self, format: str):
        self._format = format
        self._counts: dict[str, int] = {}

    def add(self, name: str, number: int = 1) -> None:
        if number:
            self._counts[name] = self._counts.get(name, 0) + number

    def opaques(self) -> tuple[Opaque, ...]:
        return tuple(Opaque(format=self._format, name=name, count=n) for name, n in sorted(self._counts.items()))
