"""What reader and writer of Trelby's files share: the marks of lines, both ways.

Each line of a script has two marks: how it ends, and which element it is of. Read in Trelby's source and in its files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from converter.notation.flat import Para, lines_of, typed
from converter.tree import (
    Action,
    Character,
    Dialogue,
    NewAct,
    Note,
    Paragraph,
    Parenthetical,
    Position,
    SceneHeading,
    Shot,
    Transition,
    words,
)

NOTE = "%"
KINDS: dict[str, type[Paragraph]] = {
    "\\": SceneHeading,
    ".": Action,
    "_": Character,
    ":": Dialogue,
    "(": Parenthetical,
    "/": Transition,
    "=": Shot,
    "@": NewAct,
}
MARKS = {kind: mark for mark, kind in KINDS.items()}
END = "."
# How a line goes on in the next one.
JOINS = {">": " ", "+": "  ", "&": "", "|": "\n"}
WIDTHS = {"\\": 60, ".": 60, "_": 38, ":": 35, "(": 25, "/": 20, "=": 60, "@": 30, NOTE: 60}


# ---------------------------------------------------------------- from lines


def elements_of(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Number, mark and words of each element, of numbered lines of the script; another mark begins another element."""
    mark, said, number = "", list[str](), 0
    for at, line in lines:
        ends, kind, text = line[:1], line[1:2], line[2:]
        if said and kind != mark:
            yield number, mark, _whole(said)
            said = []
        if not said:
            mark, number = kind, at
        said.append(text)
        if ends in JOINS:
            said.append(JOINS[ends])
        else:
            yield number, mark, _whole(said)
            said = []
    if said:
        yield number, mark, _whole(said)


def _whole(said: list[str]) -> str:
    return "".join(said)


def paras_of(elements: Iterable[tuple[int, str, str]]) -> tuple[list[Para], list[Note]]:
    """The paragraphs, each with the notes before it, and the notes at the end."""
    paras: list[Para] = []
    notes: list[Note] = []
    for number, mark, said in elements:
        at = Position(number, None, None, None, None)
        kind: Any = KINDS.get(mark, Action)
        if mark == NOTE:
            if said:
                notes.append(Note(text=said, at=at))
        elif said or kind not in (Character, Dialogue, Parenthetical):
            made = kind if said else Action
            paras.append(Para(paragraph=typed(made(text=lines_of(said), at=at)), notes=tuple(notes)))
            notes = []
    return paras, notes


# ---------------------------------------------------------------- to lines


def lines_from(paras: Iterable[Para], notes: Iterable[Note]) -> Iterator[str]:
    for para in paras:
        for note in para.notes:
            yield from _lines(NOTE, note.text)
        yield from _lines(MARKS[type(para.paragraph)], words(para.paragraph.text))
    for note in notes:
        yield from _lines(NOTE, note.text)


def _lines(mark: str, said: str) -> Iterator[str]:
    segments = said.split("\n")
    for number, segment in enumerate(segments):
        *first, last = wrapped(segment, WIDTHS[mark])
        yield from (f">{mark}{line}" for line in first)
        yield ("|" if number < len(segments) - 1 else END) + mark + last


def wrapped(segment: str, width: int) -> list[str]:
    """Lines of at most so many characters where there are single blanks to break at."""
    lines: list[str] = []
    start = 0
    last = -1  # the last single blank in the line
    for place, char in enumerate(segment):
        if place - start >= width and last > start:
            lines.append(segment[start:last])
            start = last + 1
            last = -1
        if (
            char == " "
            and place > start
            and segment[place - 1] != " "
            and segment[place + 1 : place + 2] not in ("", " ")
        ):
            last = place
    lines.append(segment[start:])
    return lines
