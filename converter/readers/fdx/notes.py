"""Everything that Final Draft anchors by an offset into the body: notes, locked pages, deletion marks.

An offset counts the direct text of each paragraph of Content in UTF-16 units, 1 for the paragraph's end, and 2 for
each dual dialogue or omitted scene at its place (measured on Final Draft 8, 12 and 13).
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from converter.notation.fdx import BLACK, BONEYARD_NOTE, PAGE_NOTE, card_color, color_of, date_of, first_words, units
from converter.notation.fdx.places import BLOCKS, nested_paragraphs, raw_length
from converter.notation.numbers import integer_of
from converter.records import dataclass, field, replace
from converter.tree import Boneyard, Deletion, Inline, Note, NoteEnd, PageMark, Position

if TYPE_CHECKING:
    from lxml import etree


class Place(NamedTuple):
    """In the text of a paragraph, or (`before`) between it and what comes before it."""

    paragraph: int  # of Content, from 0; one past the last is the end of the script
    nested: int  # 0: the paragraph itself; else which of those inside it, in document order
    character: int


@dataclass(slots=True)
class Anchors:
    """What stands where: `before` a paragraph, and `inside` its text by the character it stands at."""

    before: dict[tuple[int, int], list[Note | Boneyard | PageMark]] = field(default_factory=dict)
    inside: dict[tuple[int, int], list[tuple[int, Inline]]] = field(default_factory=dict)
    definitions: dict[str, etree._Element] = field(default_factory=dict)

    def put(self, place: Place, inline: Inline) -> None:
        key = (place.paragraph, place.nested)
        if place.character == 0 and isinstance(inline, Boneyard | PageMark | Note) and not _opens_range(inline):
            self.before.setdefault(key, []).append(inline)
        else:
            self.inside.setdefault(key, []).append((place.character, inline))

    def left_over(self) -> list[Note | Boneyard | PageMark]:
        """Markers at places that the script does not have."""
        inside = (inline for _, entries in sorted(self.inside.items()) for _, inline in entries)
        markers = [marker for _, found in sorted(self.before.items()) for marker in found]
        markers.extend(inline for inline in inside if isinstance(inline, Note | Boneyard | PageMark))
        return markers


def _opens_range(inline: Inline) -> bool:
    return isinstance(inline, Note) and inline.id is not None


def read_anchors(root: etree._Element, content: etree._Element) -> Anchors:
    definitions = reversed(root.findall("ScriptNoteDefinitions/ScriptNoteDefinition"))
    anchors = Anchors(definitions={one.get("ID", ""): one for one in definitions})
    deleted = root.findall("DeletedText/DeletedTextLocation")
    locked = root.findall("LockedPages/LockedPage")
    notes = root.findall("ScriptNotes/ScriptNote")
    loose = root.findall("UnanchoredScriptNotes/ScriptNote")
    if not (deleted or locked or notes or loose):
        return anchors
    offsets = _Offsets(content)
    for mark in deleted:
        _put_deletion(mark, offsets, anchors)
    for number, page in enumerate(locked, start=1):
        place = offsets.place_of(page, page.get("Position"), "Start") or offsets.end
        anchors.put(place, PageMark(label=page.get("PageNumber", ""), locked=True, at=Position(column=number)))
    for number, note in enumerate(notes, start=1):
        _put_note(note, number, offsets, anchors)
    for number, note in enumerate(loose, start=1):
        anchors.put(offsets.end, read_note(note, number, anchors))
    return anchors


def _put_deletion(mark: etree._Element, offsets: _Offsets, anchors: Anchors) -> None:
    place = offsets.place_of(mark, mark.get("Offset"), "Start", opens=True)
    if place is not None and len(offsets):
        revision = integer_of(mark.get("RevisionID")) or 0
        anchors.put(offsets.last if place == offsets.end else place, Deletion(revision=revision))


def _put_note(note: etree._Element, number: int, offsets: _Offsets, anchors: Anchors) -> None:
    start_offset, _, end_offset = note.get("Range", "").partition(",")
    made = read_note(note, number, anchors)
    if isinstance(made, Note) and end_offset not in ("", start_offset) or note.get("EndPlace"):
        start = offsets.place_of(note, start_offset, "Start", opens=True)
        end = offsets.place_of(note, end_offset, "End", closes=True)
        if isinstance(made, Note) and start is not None and end is not None and start < end:
            end = offsets.last if end == offsets.end else end
            anchors.put(start, replace(made, id=number))
            anchors.put(end, NoteEnd(id=number))
            return
    anchors.put(offsets.place_of(note, start_offset, "Start") or offsets.end, made)


# ---------------------------------------------------------------- offsets


@dataclass(frozen=True, slots=True)
class _Shape:
    """A paragraph with blocks in it: how long its text is, at which characters they stand, what is inside them."""

    length: int
    blocks: tuple[int, ...]
    nested: int
    is_dual: bool  # nothing of its own stands before the dual dialogue
    last_length: int  # of the last text inside


class _Offsets:
    """Offsets into places. Nested paragraphs have no offset; our own writer says which one is meant by an attribute."""

    def __init__(self, content: etree._Element):
        self._paragraphs = content.findall("Paragraph")
        self._starts = [0, *accumulate(raw_length(paragraph) + 1 for paragraph in self._paragraphs)]
        self._shapes: dict[int, _Shape | None] = {}
        self.end = Place(len(self._paragraphs), 0, 0)

    def __len__(self) -> int:
        return len(self._paragraphs)

    @property
    def last(self) -> Place:
        """The very end of the last text."""
        if not self._paragraphs:
            return self.end
        return self._in_paragraph(len(self._paragraphs) - 1, 1 << 60, closes=True)

    def place_of(
        self, element: etree._Element, value: str | None, which: str, *, opens: bool = False, closes: bool = False
    ) -> Place | None:
        offset = integer_of(value)
        if offset is None:
            return None
        if offset >= self._starts[-1]:
            return self.end
        index = max(0, bisect_right(self._starts, max(0, offset)) - 1)
        number, _, character = element.get(which + "Place", "").partition(",")
        nested = integer_of(number)
        if nested is not None and 0 < nested <= self._inside(index):
            return Place(index, nested, integer_of(character) or 0)
        return self._in_paragraph(index, max(0, offset - self._starts[index]), opens=opens, closes=closes)

    def _inside(self, index: int) -> int:
        """How many paragraphs are inside; the end of an omitted scene counts as one more."""
        shape = self._shape(index)
        return 0 if shape is None else shape.nested if shape.is_dual else shape.nested + 1

    def _in_paragraph(self, index: int, offset: int, *, opens: bool = False, closes: bool = False) -> Place:
        shape = self._shape(index)
        if shape is None:
            return Place(index, 0, min(offset, self._starts[index + 1] - self._starts[index] - 1))
        if shape.is_dual:
            return self._around(index, shape, offset, opens=opens, closes=closes)
        for block in shape.blocks:
            if offset > block:
                offset = max(block, offset - 2)
        return Place(index, 0, min(offset, shape.length))

    def _around(self, index: int, shape: _Shape, offset: int, *, opens: bool, closes: bool) -> Place:
        """A place at a dual dialogue: ranges reach into its texts, points stand before or behind it."""
        if closes:
            return Place(index, 1, 0) if offset == 0 else Place(index, shape.nested, shape.last_length)
        if offset < 2:
            return Place(index, 1 if opens else 0, 0)
        following = self._shape(index + 1)
        return Place(index + 1, 1 if opens and following is not None and following.is_dual else 0, 0)

    def _shape(self, index: int) -> _Shape | None:
        """None for a paragraph without blocks."""
        if index not in self._shapes:
            exists = index < len(self._paragraphs)
            self._shapes[index] = _shape_of(self._paragraphs[index]) if exists else None
        return self._shapes[index]


def _shape_of(paragraph: etree._Element) -> _Shape | None:
    length, blocks, inside = 0, [], []
    is_dual = False
    for child in paragraph:
        if child.tag == "Text":
            length += units(child.text or "")
        elif child.tag in BLOCKS:
            nested = list(nested_paragraphs(child))
            is_dual = is_dual or child.tag == "DualDialogue" and length == 0 and bool(nested)
            blocks.append(length)
            inside.extend(nested)
    if not blocks:
        return None
    return _Shape(length, tuple(blocks), len(inside), is_dual, raw_length(inside[-1]) if inside else 0)


# ---------------------------------------------------------------- one note


def read_note(note: etree._Element, number: int, anchors: Anchors) -> Note | Boneyard | PageMark:
    """`number` says which of its list it is, and stays with the node: that is how the writer finds the note again."""
    at = Position(column=number)
    said = _note_words(note)
    name, category = note.get("Name"), note.get("Type")
    if category == name == BONEYARD_NOTE:
        return Boneyard(source=said, at=at)
    if category == name == PAGE_NOTE:
        return PageMark(label=said, at=at)
    definition = anchors.definitions.get(note.get("ID", ""))
    if not category and definition is not None:
        category = definition.get("Name")
    date = note.get("DateTime")
    return Note(
        text=said,
        title=None if not name or name == first_words(said) else name,
        category=category or None,
        author=note.get("WriterName") or note.get("Author") or None,
        color=note_color(note, definition),
        date=date_of(date) if date else None,
        at=at,
    )


def _note_words(note: etree._Element) -> str:
    """A line for each paragraph; some programs leave the paragraphs out."""
    paragraphs = note.findall("Paragraph") or [note]
    return "\n".join("".join(text.text or "" for text in one.iterfind("Text")) for one in paragraphs)


def note_color(element: etree._Element, definition: etree._Element | None = None) -> str | None:
    """The colour of a card; black is none. ColorName counts as long as it goes with Color."""
    value, own = element.get("Color"), element.get("ColorName")
    if own and card_color(own) == (value, own):
        return own
    if value is None and definition is not None:
        value = definition.get("Color")
    color = color_of(value)
    return None if color == BLACK else color
