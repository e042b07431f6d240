"""A paragraph of the file in which some facets differ; all else of it keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from converter.normal import allowed
from converter.notation.fdx.places import BLOCKS
from converter.notation.fdx.styles import Settings, StyleTable
from converter.records import dataclass, replace
from converter.safe.xml import Span
from converter.tree import Dialogue, Paragraph, ParagraphLayout, SceneHeading, TabStop, Text
from writers.fdx.kept.bytes import Piece, patched_tag
from writers.fdx.kept.file import File
from writers.fdx.kept.same import bare_text, inline_markers, summary_texts
from writers.fdx.kept.settings import Stretch, with_old_settings
from writers.fdx.markup import escaped, line, tag
from writers.fdx.paragraphs import (
    ALIGN_NAMES,
    ParagraphWriter,
    layout_attributes,
    paragraph_attributes,
    tab_stops,
)
from writers.fdx.units import Unit, has_block, unit_length

# Where a new child goes among those of a paragraph.
_ORDER = ("SceneProperties", "ScriptNote", "DualDialogue", "Text", "Picture", "OmittedScene", "Alts", "Tabstops")


@dataclass(slots=True)
class Written:
    """A unit as bytes. `length` is how far offsets count it; `number` the paragraph whose text it still has."""

    data: bytes
    length: int
    number: int | None = None
    before: int = 0  # how far offsets count what stands before it and was not read


@dataclass(slots=True)
class Target:
    """What is written into: the file, the styles that it will have, and what writes the new in it."""

    file: File
    table: StyleTable
    writer: ParagraphWriter


class Patch:
    """One paragraph, changed in some of: attributes, words, card, notes, alternates, insides."""

    def __init__(self, target: Target, new: Unit, old: Unit, number: int, *, copied: bool):
        self._file, self._table, self._writer = target.file, target.table, target.writer
        self._source = target.file.source
        self._new, self._old = new, old
        self._number, self._copied = number, copied
        self._span = self._file.paragraphs[number - 1]
        self._pieces, self._tail = self._source.pieces(self._span)
        self._lead = self._source.child_lead(self._span, self._pieces)
        self._indent = self._lead.rpartition(b"\n")[2].decode() if not self._lead.strip() else ""
        self._old_type = self._span.attributes.get("Type", "General")
        self._type = self._old_type
        self._keeps_words = True

    def written(self, block: Callable[[Span, list[Unit]], bytes]) -> Written:
        """`block` writes a dual dialogue or an omitted scene anew."""
        paragraph, before = self._new.paragraph, self._old.paragraph
        start = self._source.tag(self._span)
        if self._copied:
            start = patched_tag(start, {"id": None})
        if paragraph is None or before is None:
            start = self._page_break_alone(start)
        else:
            start = self._attributes(start, paragraph, before)
            self._children(paragraph, before)
        if self._file.notes_inside:
            self._notes()
        self._inside(block)
        data = self._source.assembled(self._span, self._pieces, self._tail, start)
        if not self._keeps_words:
            return Written(data, unit_length(self._new))
        return Written(data, self._kept_length(), self._number)

    def _kept_length(self) -> int:
        """As the file counts it, but for blocks that came or went."""
        blocks = sum(piece.tag in BLOCKS for piece in self._pieces)
        had = sum(child.tag in BLOCKS for child in self._span.children)
        return self._file.raw_length(self._number) + 2 * (blocks - had)

    # -------- attributes

    def _page_break_alone(self, start: bytes) -> bytes:
        if self._new.page_break == self._old.page_break:
            return start
        return patched_tag(start, {"StartsNewPage": "Yes" if self._new.page_break else "No"})

    def _attributes(self, start: bytes, paragraph: Paragraph, before: Paragraph) -> bytes:
        changes: dict[str, str | None] = {}
        retyped = _kind(self._new, paragraph) != _kind(self._old, before)
        if retyped:
            self._type = changes["Type"] = self._writer.type_of(self._new, paragraph)
        if paragraph.number != before.number:
            changes["Number"] = paragraph.number
        if retyped or _placed(self._new, paragraph) != _placed(self._old, before):
            changes |= self._overrides(paragraph, self._table.settings(self._type))
        return patched_tag(start, changes)

    def _overrides(self, paragraph: Paragraph, settings: Settings) -> dict[str, str | None]:
        """Each measure as it is to be; one that the element has anyway stays said where the file says them all."""
        layout = paragraph.layout or ParagraphLayout()
        values = layout_attributes(layout)
        values["Alignment"] = None if paragraph.align is None else ALIGN_NAMES[paragraph.align]
        values["StartsNewPage"] = "Yes" if self._new.page_break else "No" if layout.new_page is False else None
        own = paragraph_attributes(settings)
        says_all = len(own.keys() & self._span.attributes.keys()) >= len(own) - 1
        return {name: own[name] if value is None and says_all else value for name, value in values.items()}

    # -------- words

    def _words(self, paragraph: Paragraph, before: Paragraph) -> None:
        now, was = bare_text(paragraph.text), bare_text(before.text)
        own, own_before = self._table.settings(self._type).style, self._file.table.settings(self._old_type).style
        if now == was and own == own_before:
            return
        self._keeps_words = False
        runs = self._writer.runs
        if own == own_before:
            stretches = with_old_settings(now, was, self._old_stretches(), lambda run: runs.setting(run, own))
        else:
            stretches = runs.stretches(now, own)
        texts = [f"<Text{setting}>{escaped(words)}</Text>" for setting, words in stretches] or ["<Text></Text>"]
        self._replace("Text", [Piece(b"", self._source.native(text), "Text") for text in texts])

    def _old_stretches(self) -> list[Stretch]:
        """Attributes and words of each Text as the file has them; none if there is more than words in one."""
        element = self._file.elements[self._number - 1]
        result = []
        for span, text in zip(self._span.each("Text"), element.iterfind("Text"), strict=True):
            if len(text):
                return []
            start = self._source.tag(span)
            attributes = start[len(b"<Text") :].rstrip(b">").rstrip(b"/").rstrip().decode()
            result.append((attributes, _clean(text.text or "")))
        return result

    # -------- children

    def _children(self, paragraph: Paragraph, before: Paragraph) -> None:
        self._words(paragraph, before)
        if isinstance(paragraph, SceneHeading):
            self._card(paragraph, before)
        if isinstance(paragraph, Dialogue):
            self._alternates(paragraph, before)
        self._tabs(paragraph, before)

    def _replace(self, name: str, new: Sequence[Piece]) -> None:
        """Other children of that tag at the place of the old ones, or where they belong."""
        places = [place for place, piece in enumerate(self._pieces) if piece.tag == name]
        lead = self._pieces[places[0]].lead if places else self._lead
        for piece in new:
            piece.lead = lead
        at = places[0] if places else self._place_for(name)
        rest = [piece for piece in self._pieces if piece.tag != name]
        self._pieces = [*rest[:at], *new, *rest[at:]]

    def _place_for(self, name: str) -> int:
        later = _ORDER[_ORDER.index(name) + 1 :]
        return next((place for place, piece in enumerate(self._pieces) if piece.tag in later), len(self._pieces))

    def _first(self, name: str) -> Piece | None:
        return next((piece for piece in self._pieces if piece.tag == name), None)

    def _generated(self, text: str, name: str) -> Piece:
        return self._source.piece(text, self._indent, b"", name)

    def _tabs(self, paragraph: Paragraph, before: Paragraph) -> None:
        now = _tab_stops(paragraph)
        if now != _tab_stops(before):
            new = [] if now is None else [self._generated(tab_stops(now, self._indent), "Tabstops")]
            self._replace("Tabstops", new)

    def _alternates(self, paragraph: Dialogue, before: Paragraph) -> None:
        was = before.alternates if isinstance(before, Dialogue) else ()
        if paragraph.alternates == was:
            return
        known = self._known_alternates(was)
        own = self._table.settings(self._type).style
        identities = [
            known[text] if text in known else self._writer.new_alternate(text, own) for text in paragraph.alternates
        ]
        content = (line("AltId", one, None, self._indent + "  ") for one in identities)
        new = tag("Alts", {"Current": "0"}, content, self._indent)
        self._replace("Alts", [self._generated(new, "Alts")] if identities else [])

    def _known_alternates(self, was: tuple[Text, ...]) -> dict[Text, str]:
        """The numbers of wordings that the file has; of two that say the same, the first."""
        element = self._file.elements[self._number - 1]
        named = ((one.text or "").strip() for one in element.iterfind("Alts/AltId"))
        held = [one for one in named if one in self._file.alternates]
        return dict(zip(reversed(was), reversed(held), strict=False))

    def _notes(self) -> None:
        now = inline_markers(self._new)
        if now == inline_markers(self._old) and not self._copied:
            return
        pieces = []
        for marker in now:
            old = self._file.inline_note(marker)
            if old is not None:
                pieces.append(Piece(b"", self._source.text(old), "ScriptNote"))
            else:
                text = self._writer.inline_notes([marker], self._indent)
                pieces.append(self._generated(text, "ScriptNote"))
        self._replace("ScriptNote", pieces)

    # -------- the card

    def _card(self, heading: SceneHeading, before: Paragraph) -> None:
        properties = self._first("SceneProperties")
        recolored = heading.color != getattr(before, "color", None)
        told_anew = summary_texts(self._new) != summary_texts(self._old)
        number_goes = heading.number is None and _says(properties, "Number")
        if isinstance(before, SceneHeading) and not (recolored or told_anew or number_goes):
            return
        if properties is None or properties.span is None:
            text = self._writer.scene_properties(heading, self._new.summary, self._indent)
            self._replace("SceneProperties", [self._generated(text, "SceneProperties")])
            return
        changes = self._writer.card_attributes(heading) if recolored else {}
        if number_goes:
            changes["Number"] = None
        properties.data = self._patched_card(properties.span, changes, told_anew)

    def _patched_card(self, span: Span, changes: dict[str, str | None], told_anew: bool) -> bytes:
        pieces, tail = self._source.pieces(span)
        if told_anew:
            pieces = self._with_summary(pieces)
        return self._source.assembled(span, pieces, tail, patched_tag(self._source.tag(span), changes))

    def _with_summary(self, pieces: list[Piece]) -> list[Piece]:
        """A summary comes first in the card."""
        rest = [one for one in pieces if one.tag != "Summary"]
        if not self._new.summary:
            return rest
        indent = self._indent + "  "
        lead = self._lead + b"  " if b"\n" in self._lead else self._lead
        lead = next((one.lead for one in pieces if one.tag == "Summary"), lead)
        text = self._writer.summary(self._new.summary, indent)
        return [self._source.piece(text, indent, lead, "Summary"), *rest]

    # -------- what is inside

    def _inside(self, block: Callable[[Span, list[Unit]], bytes]) -> None:
        name = "DualDialogue" if self._new.dual else "OmittedScene"
        if not has_block(self._new):
            if has_block(self._old):
                self._replace(name, [])
            return
        piece = self._first(name)
        if piece is None or piece.span is None:
            content = (self._writer.inner(one, self._indent + "  ") for one in self._new.inner)
            self._replace(name, [self._generated(tag(name, {}, content, self._indent), name)])
        else:
            piece.data = block(piece.span, self._new.inner)


def _kind(unit: Unit, paragraph: Paragraph) -> tuple[object, ...]:
    """What makes its type."""
    return type(paragraph), paragraph.style_name, getattr(paragraph, "level", 0), unit.alone


def _placed(unit: Unit, paragraph: Paragraph) -> tuple[object, ...]:
    """What makes its measures."""
    layout = ParagraphLayout() if paragraph.layout is None else replace(paragraph.layout, tabs=None)
    return paragraph.align, layout, unit.page_break


def _tab_stops(paragraph: Paragraph) -> tuple[TabStop, ...] | None:
    return None if paragraph.layout is None else paragraph.layout.tabs


def _says(piece: Piece | None, name: str) -> bool:
    return piece is not None and piece.span is not None and name in piece.span.attributes


_LINE_ENDS = re.compile("\r\n|[\r\u2028]")


def _clean(words: str) -> str:
    return allowed(_LINE_ENDS.sub("\n", words))
