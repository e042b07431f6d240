"""Lines of the script made of paragraphs whose element is known, and the other way round for neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from converter.records import replace
from converter.recovery.documents.assemble import Item, Line, Loose, Removed
from converter.recovery.documents.foreign import Foreign, is_upper, trim
from converter.recovery.documents.front import is_heading
from converter.recovery.documents.names import Named
from converter.terms import cue_as_seen, split_cue
from converter.tree import (
    Action,
    Align,
    Boneyard,
    Character,
    Deletion,
    Dialogue,
    EndOfAct,
    General,
    Lyric,
    NewAct,
    Note,
    PageMark,
    Paragraph,
    Parenthetical,
    Run,
    SceneHeading,
    Shot,
    Style,
    Text,
    Transition,
)
from converter.twips import INCH, LEFT_MARGIN, LINE, PAGE, RIGHT_MARGIN

_CALLED = {
    SceneHeading: "a scene heading",
    Character: "a character's name",
    Dialogue: "dialogue",
    Parenthetical: "a parenthetical",
    Transition: "a transition",
    Shot: "a shot",
    NewAct: "the start of an act",
    EndOfAct: "the end of an act",
}


def called(kind: type[Paragraph] | None) -> str:
    return _CALLED.get(kind or Action, (kind or Action).__name__.lower())


_IN_CAPITALS = (SceneHeading, Character, Transition, Shot, NewAct, EndOfAct)
_ALIGNED = (Action, General)  # others stand where they stand because of what they are


def line_of(one: Foreign, kind: type[Paragraph], text: Text, number: str | None) -> Line:
    if kind in _IN_CAPITALS:
        seen = cue_as_seen(text) if kind is Character and not one.capitals else text
        text = _without_capitals(text) if seen is text else seen
    said: dict[str, Any] = {"text": text, "number": number, "at": one.at}
    if one.named is not None and one.named.centered and kind is one.kind:
        said["align"] = Align.CENTER
    elif one.align in (Align.CENTER, Align.RIGHT) and kind in _ALIGNED:
        said["align"] = one.align
    return Line(paragraph=kind(**said), breaks=one.breaks)


def _without_capitals(text: Text) -> Text:
    """Capitals that the element has anyway."""
    return tuple(
        replace(one, style=one.style & ~Style.ALL_CAPS) if isinstance(one, Run) and Style.ALL_CAPS in one.style else one
        for one in text
    )


def not_empty(cell: Sequence[Foreign]) -> list[Foreign]:
    return [one for one in cell if one.said]


def is_speech(cell: Sequence[Foreign]) -> bool:
    return len(cell) > 1 and begins_speech(cell[0])


def begins_speech(one: Foreign) -> bool:
    if one.kind is not None:
        return one.kind is Character
    name = split_cue(one.said).name
    return len(one.said) < _LONGEST_CUE and is_upper(name) and name[-1] not in ".!?:-" and not is_heading(one.said)


_LONGEST_CUE = 38


def spoken_line(place: int, one: Foreign) -> Line:
    bracketed = one.said.startswith("(") and one.said.endswith(")")
    kind = Character if not place else Parenthetical if bracketed else Dialogue
    return line_of(one, kind, one.text, one.number)


def leftover(one: Foreign) -> list[Item]:
    """What a line carries besides words that are none of the script's."""
    markers = tuple(inline for inline in one.text if isinstance(inline, Note | Boneyard | PageMark))
    return [Loose(markers=markers, breaks=one.breaks)] if markers or one.breaks else []


_STANDS_AT = {Character: 2.0, Parenthetical: 1.5, Dialogue: 1.0, Lyric: 1.0, Transition: 4.0}  # inches


def as_context(line: Line) -> Foreign:
    """A paragraph that we know, as a neighbour of others that we do not."""
    paragraph = line.paragraph
    kind = type(paragraph)
    one = Foreign(
        text=paragraph.text,
        named=Named(kind),
        style=None,
        left=LEFT_MARGIN + round(_STANDS_AT.get(kind, 0) * INCH),
        right=PAGE[0] - RIGHT_MARGIN,
        tabs=(),
        align=paragraph.align,
        before=0 if kind in (Parenthetical, Dialogue, Lyric) else LINE,
        after=0,
        breaks=line.breaks,
        break_behind=False,
        number=paragraph.number,
        capitals=kind in _IN_CAPITALS,
        at=paragraph.at,
        known=True,
    )
    trim(one)
    return one


def struck_out(one: Foreign) -> Removed | None:
    """A paragraph of which every word was struck out."""
    deletions = [inline for inline in one.text if isinstance(inline, Deletion)]
    if not deletions or any(isinstance(inline, Run) and inline.text.strip() for inline in one.text):
        return None
    text = tuple(inline for deletion in deletions for inline in deletion.text)
    line = line_of(one, one.kind or Action, text, None)
    return Removed(revision=deletions[0].revision, items=(line,), at=one.at)
