"""Trelby's export: an element `pre` for each line on its screen, with a class of two letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.notation.flat import Para, typed
from converter.readers.html.blocks import Block
from converter.tree import (
    Action,
    Character,
    Dialogue,
    Inline,
    LineBreak,
    NewAct,
    Note,
    Paragraph,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Shot,
    Text,
    Transition,
    words,
)

# The element, and how many letters fit into a line of it.
_KINDS: dict[str, tuple[type[Paragraph] | None, int]] = {
    "sc": (SceneHeading, 60),
    "ac": (Action, 60),
    "ch": (Character, 38),
    "di": (Dialogue, 35),
    "pa": (Parenthetical, 25),
    "tr": (Transition, 20),
    "sh": (Shot, 60),
    "nt": (None, 50),
    "ab": (NewAct, 60),
}


def are_screen_lines(blocks: Sequence[Block]) -> bool:
    lines = [block for block in blocks if block.place.tag == "pre"]
    return len(lines) > 1 and len(lines) * 2 > len(blocks) and all(map(_name, lines))


def _name(block: Block) -> str:
    return next((name for name in block.place.names if name in _KINDS), "")


def screen_paras(blocks: Sequence[Block]) -> tuple[list[Para], list[Note]]:
    """The paragraphs, and the notes after the last one."""
    paras: list[Para] = []
    notes: list[Note] = []
    for name, lines, at in _groups(blocks):
        kind, width = _KINDS[name]
        text = _joined(lines, width)
        if kind is None:
            notes.append(Note(text=words(text), at=at))
        else:
            paras.append(Para(paragraph=typed(kind(text=text, at=at)), notes=tuple(notes)))
            notes = []
    return paras, notes


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Text], Position]]:
    """The lines of each element: those of one class, up to an empty one."""
    lines: list[Text] = []
    name, at = "", Position()
    for count, block in enumerate(blocks, 1):
        here = _name(block) or "ac"
        if lines and (here != name or not block.text):
            yield name, lines, at
            lines = []
        if block.text:
            if not lines:
                name, at = here, Position(paragraph=count)
            lines.append(_stripped(block.text))
    if lines:
        yield name, lines, at


def _stripped(text: Text) -> Text:
    first, last = text[0], text[-1]
    if isinstance(first, Run) and len(text) == 1:
        return (Run(text=first.text.strip(), style=first.style),)
    start = (Run(text=first.text.lstrip(), style=first.style),) if isinstance(first, Run) and first.text.strip() else ()
    end = (Run(text=last.text.rstrip(), style=last.style),) if isinstance(last, Run) and last.text.strip() else ()
    return (*start, *text[1:-1], *end)


def _joined(lines: Sequence[Text], width: int) -> Text:
    """A line ends where the next word no longer fits; where it would have, the break was typed."""
    text: list[Inline] = list(lines[0])
    room = width - len(words(lines[0]))
    for line in lines[1:]:
        said = words(line)
        fits = len(said.partition(" ")[0]) < room
        text.append(LineBreak() if fits else Run(text=" "))
        text.extend(line)
        room = width - len(said)
    return tuple(text)
