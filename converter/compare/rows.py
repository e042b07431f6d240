"""A draft as a row of pieces that can be taken from several drafts, and put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from converter.records import dataclass, replace
from converter.tree import (
    Character,
    DualDialogue,
    Element,
    Note,
    Paragraph,
    Screenplay,
    Section,
    Speech,
    Synopsis,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A paragraph as `units_of` counts them, with what stands around it and is no unit: notes, breaks, synopses."""

    paragraph: Any
    before: tuple[Any, ...] = ()  # elements
    inside: tuple[Any, ...] = ()  # parts of its speech before it
    after: tuple[Any, ...] = ()  # parts of its speech behind the last paragraph
    is_spoken: bool = False
    opens: bool = False  # the first of its speech
    side: int | None = None  # of a dual dialogue, 0 or 1

    def with_note(self, text: str) -> Piece:
        note = Note(text=text)
        if self.is_spoken and not self.opens:
            return replace(self, inside=(*self.inside, note))
        return replace(self, before=(*self.before, note))


def pieces_of(screenplay: Screenplay) -> tuple[list[Piece], tuple[Any, ...]]:
    """The row, and what stands behind its last paragraph."""
    row: list[Piece] = []
    waiting: list[Any] = []

    def before() -> tuple[Any, ...]:
        found = tuple(waiting)
        waiting.clear()
        return found

    for element in screenplay.body:
        match element:
            case Speech():
                row += _of_speech(element, None, before())
            case DualDialogue():
                row += _of_speech(element.left, 0, before())
                row += _of_speech(element.right, 1, ())
            case Paragraph() if not isinstance(element, Section | Synopsis):
                row.append(Piece(paragraph=element, before=before()))
            case _:
                waiting.append(element)
    return row, tuple(waiting)


def _of_speech(speech: Speech, side: int | None, before: tuple[Any, ...]) -> Iterator[Piece]:
    parts: list[Any] = [*filter(None, [speech.cue]), *speech.parts]
    last = max(place for place, part in enumerate(parts) if isinstance(part, Paragraph))
    inside: list[Any] = []
    opens = True
    for place, part in enumerate(parts[: last + 1]):
        if not isinstance(part, Paragraph):
            inside.append(part)
            continue
        after = tuple(parts[last + 1 :]) if place == last else ()
        yield Piece(
            paragraph=part,
            before=before if opens else (),
            inside=tuple(inside),
            after=after,
            is_spoken=True,
            opens=opens,
            side=side,
        )
        inside, opens = [], False


def body_of(row: Iterable[Piece], tail: Sequence[Any]) -> tuple[Element, ...]:
    """Speeches put together: a line of a speech goes on the one before, whichever draft that is from."""
    builder = _Builder()
    for piece in row:
        builder.add(piece)
    builder.close()
    return (*builder.elements, *tail)


class _Builder:
    def __init__(self) -> None:
        self.elements: list[Any] = []
        self._cue: Character | None = None
        self._parts: list[Any] | None = None  # of the speech that goes on
        self._side: int | None = None
        self._left: int | None = None  # where the speech stands that waits for the one beside it

    def add(self, piece: Piece) -> None:
        if not piece.is_spoken or piece.opens or self._parts is None:
            self.close()
            self.elements += piece.before
        if not piece.is_spoken:
            self.elements.append(piece.paragraph)
            return
        if self._parts is None:
            self._cue, self._parts, self._side = None, [], piece.side if piece.opens else None
        if isinstance(piece.paragraph, Character):
            self._cue = piece.paragraph
            self._parts += [*piece.inside, *piece.after]
        else:
            self._parts += [*piece.inside, piece.paragraph, *piece.after]

    def close(self) -> None:
        if self._parts is None:
            return
        speech = Speech(cue=self._cue, parts=tuple(self._parts))
        self._parts = None
        if self._side == 1 and self._left == len(self.elements) - 1:
            self.elements[-1] = DualDialogue(left=self.elements[-1], right=speech)
            return
        self._left = len(self.elements) if self._side == 0 else None
        self.elements.append(speech)
