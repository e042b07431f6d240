"""The file that a tree came from: its paragraphs by number, its units, its styles."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from converter.contract import Limits
from converter.notation.fdx import ALONE, digest
from converter.notation.fdx.listed import read_style_table
from converter.notation.fdx.loose import is_sound, settle_words
from converter.notation.fdx.places import BLOCKS, body_paragraphs, raw_length
from converter.notation.fdx.source import Working, working_text
from converter.notation.fdx.styles import StyleTable
from converter.notation.numbers import integer_of
from converter.records import dataclass
from converter.safe.xml import Span, parse, spans
from converter.tree import Marker, Origin, Position, SceneHeading, Screenplay, Synopsis
from writers.fdx.kept.bytes import Source
from writers.fdx.kept.same import not_locked
from writers.fdx.units import CardTest, Unit, fits_card, has_block, nested, units_of


@dataclass(slots=True)
class Top:
    """A paragraph of Content: its number, where its text begins, and the units that were read from it."""

    number: int
    start: int  # offset
    length: int  # with its end
    first: int  # of its units among all
    units: list[Unit]
    regular: bool  # one unit, shaped like the paragraph


class OwnCards(CardTest):
    """A synopsis that has a paragraph of its own in the file stays there."""

    def __init__(self, source: int, in_paragraphs: frozenset[int]):
        self._source = source
        self._in_paragraphs = in_paragraphs

    def on_card(self, heading: SceneHeading, synopsis: Synopsis) -> bool:
        at = synopsis.at
        own = at is not None and at.source == self._source and at.paragraph in self._in_paragraphs
        return not own and fits_card(synopsis)


class File:
    """An FDX file as it came, taken apart once for an edit."""

    def __init__(self, origin: Origin, limits: Limits):
        working = working_text(origin.data)
        assert working is not None, "a file that is not text has no origin"
        self.working: Working = working
        self.source = Source(working.data)
        self.digest = digest(origin.data)
        self.screenplay: Screenplay = origin.screenplay
        self.element: etree._Element = parse(working.data, limits, encoding="utf-8")
        _free_of_namespace(self.element)
        self.root: Span = spans(working.data)
        self.version = self._version()
        self.content = self.root.child("Content")
        self.table: StyleTable = read_style_table(self.element)
        lyrics = [self.table.listed[name] for name in ("Lyrics", ALONE) if name in self.table.listed]
        self.table.upright_lyrics = any(not settings.style for settings in lyrics)
        self.alternates = frozenset(one.get("Id", "") for one in self.element.iterfind("AltCollection/Alt"))
        self._number()
        self.card: CardTest = OwnCards(self.digest, self._synopsis_numbers())
        self.units, self.trailing = units_of(self.screenplay.body, self.card)
        self._divide()

    def _version(self) -> int:
        version = integer_of(self.root.attributes.get("Version")) or 5
        return max(5, version) if self.root.child("ScriptNotes") is not None else version

    @property
    def notes_inside(self) -> bool:
        """Do notes stand in the paragraphs that they belong to?"""
        return self.version < 5

    @property
    def is_mixed(self) -> bool:
        """Notes both in paragraphs and apart: no Version of Final Draft writes that."""
        inside = self.element.find("Content//ScriptNote") is not None
        return inside and not self.notes_inside

    @property
    def is_loose(self) -> bool:
        """Words outside the Text elements: what is written there anew would stand beside them."""
        return not is_sound(self.element) and bool(settle_words(self.element))

    def _number(self) -> None:
        self.paragraphs: list[Span] = []
        self.top_numbers: list[int] = []
        for top in self.content.each("Paragraph") if self.content is not None else ():
            self.top_numbers.append(len(self.paragraphs) + 1)
            self.paragraphs.extend(_nested_spans(top))
        content = self.element.find("Content")
        self.elements = [] if content is None else list(body_paragraphs(content))
        self.last_inside = [0] * (len(self.paragraphs) + 1)  # number -> the last number in that paragraph
        for number, span in enumerate(self.paragraphs, start=1):
            self.last_inside[number] = number + sum(1 for _ in _nested_spans(span)) - 1 if _blocks(span) else number

    def _synopsis_numbers(self) -> frozenset[int]:
        return frozenset(
            number
            for number, element in enumerate(self.elements, start=1)
            if self.table.kind(element.get("Type", "General")).element is Synopsis
        )

    def raw_length(self, number: int) -> int:
        """With the paragraph's end."""
        return raw_length(self.elements[number - 1]) + 1

    # -------- notes

    def inline_note(self, marker: Marker) -> Span | None:
        """The note in a paragraph that a node came from, if it still says the same."""
        at = marker.at
        if at is None or at.source != self.digest or at.column is None:
            return None
        notes, markers = self._inline_notes(at.paragraph)
        same = any(one == marker and one.at == at for one in not_locked(markers))
        return notes[at.column - 1] if same and at.column <= len(notes) else None

    def _inline_notes(self, number: int | None) -> tuple[list[Span], Iterable[Marker]]:
        """The notes in a paragraph, or those tied to nothing, and what was read from them."""
        if number is None:
            loose = self.root.child("UnanchoredScriptNotes")
            return [] if loose is None else loose.each("ScriptNote"), self.trailing
        if number > len(self.paragraphs):
            return [], ()
        unit = self.unit_at.get(number)
        return self.paragraphs[number - 1].each("ScriptNote"), () if unit is None else unit.markers

    # -------- units

    def number_of(self, unit: Unit) -> int | None:
        """The paragraph that the nodes of a unit came from."""
        if not unit.dual:
            return self._valid(unit.at if unit.paragraph is None else unit.paragraph.at)
        for inner in unit.inner:
            number = None if inner.paragraph is None else self._valid(inner.paragraph.at)
            if number is not None and number in self.wrapper_of:
                return self.wrapper_of[number]
        return None

    def _valid(self, at: Position | None) -> int | None:
        if at is None or at.source != self.digest or at.paragraph is None:
            return None
        return at.paragraph if 1 <= at.paragraph <= len(self.paragraphs) else None

    def _divide(self) -> None:
        """Which units came from which paragraph of Content, and which single ones can be found again by number."""
        self.wrapper_of = {
            inner: number
            for number, span in enumerate(self.paragraphs, start=1)
            if span.child("DualDialogue") is not None
            for inner in range(number + 1, self.last_inside[number] + 1)
        }
        self.old_units: dict[int, Unit] = {}
        self.unit_at: dict[int, Unit] = {}  # every unit by its paragraph
        self.tops: list[Top] = []
        self.odd_tops: dict[int, Top] = {}  # by the number of their first unit's paragraph
        self.top_of_unit: dict[int, Top] = {}
        self.empty_before: dict[int, int] = {}  # how far the paragraphs count that were not read, by the next one
        offset = place = empty = 0
        for number in self.top_numbers:
            top = self._top(number, offset, place)
            self.tops.append(top)
            if top.units:
                self.empty_before[number], empty = empty, 0
            else:
                empty += top.length
            offset += top.length
            place += len(top.units)
            self.top_of_unit.update((index, top) for index in range(top.first, place))
            self._remember(top)
        self.length = offset

    def _top(self, number: int, offset: int, first: int) -> Top:
        """A paragraph of Content and its units, which begin with the first of those that are left."""
        last, end = self.last_inside[number], first
        while end < len(self.units) and number <= (self.number_of(self.units[end]) or 0) <= last:
            end += 1
        inside = self.units[first:end]
        regular = len(inside) == 1 and self._is_regular(inside[0], number)
        return Top(number, offset, self.raw_length(number), first, inside, regular)

    def _remember(self, top: Top) -> None:
        if top.units and not top.regular:
            first = self.number_of(top.units[0])
            assert first is not None
            self.odd_tops[first] = top
        for unit in nested(top.units):
            number = self.number_of(unit)
            if number is not None:
                self.unit_at.setdefault(number, unit)
            if number is not None and (top.regular or not (unit.dual or has_block(unit))):
                self.old_units.setdefault(number, unit)

    def _is_regular(self, unit: Unit, number: int) -> bool:
        blocks = _blocks(self.paragraphs[number - 1])
        if self.number_of(unit) != number or len(blocks) > 1:
            return False
        if not blocks:
            return not has_block(unit)
        return self._fits_block(unit, blocks[0], number) and self._are_regular(unit.inner, blocks[0], number + 1)

    def _fits_block(self, unit: Unit, block: Span, number: int) -> bool:
        if unit.dual != (block.tag == "DualDialogue") or not has_block(unit):
            return False
        return not unit.dual or not any(text.text for text in self.elements[number - 1].iterfind("Text"))

    def _are_regular(self, inner: list[Unit], block: Span, number: int) -> bool:
        """Is each paragraph of the block, the first of which has that number, one of these units?"""
        paragraphs = block.each("Paragraph")
        if len(paragraphs) != len(inner):
            return False
        for unit, span in zip(inner, paragraphs, strict=True):
            if not self._is_regular(unit, number):
                return False
            number += len(_nested_spans(span))
        return True


def _blocks(span: Span) -> list[Span]:
    return [child for child in span.children if child.tag in BLOCKS]


def _nested_spans(paragraph: Span) -> list[Span]:
    """The paragraph and those inside it, as they are numbered."""
    found = []
    waiting = [paragraph]
    while waiting:
        one = waiting.pop()
        if one.tag == "Paragraph":
            found.append(one)
            waiting.extend(child for child in reversed(one.children) if child.tag in BLOCKS)
        else:
            waiting.extend(child for child in reversed(one.children) if child.tag == "Paragraph")
    return found


def _free_of_namespace(root: etree._Element) -> None:
    if "}" in root.tag:
        for element in root.iter("{*}*"):
            element.tag = etree.QName(element).localname
