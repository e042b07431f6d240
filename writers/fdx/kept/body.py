"""Content of a file with what was changed in it: units copied, patched or written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from converter.normal import allowed
from converter.notation.fdx import ALONE, integer_of
from converter.notation.fdx.places import BLOCKS
from converter.notation.fdx.styles import Settings, StyleTable, type_name
from converter.records import dataclass, replace
from converter.safe.xml import Span
from converter.tree import (
    Dialogue,
    LineBreak,
    Marker,
    PageMark,
    Paragraph,
    ParagraphLayout,
    Run,
    SceneHeading,
    Synopsis,
    Text,
)
from writers.fdx.kept.bytes import Piece, Source, patched_tag
from writers.fdx.kept.file import File, Top
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


class Rewriter:
    """Writes units into a file: each paragraph of it can be used once, then it is a copy."""

    def __init__(self, file: File, table: StyleTable):
        self.file = file
        self.source: Source = file.source
        self.table = table
        taken = max((integer_of(one) or 0 for one in file.alternates), default=0)
        self.writer = ParagraphWriter(file.version, table, seed=f"{file.digest} ", first_alternate=taken + 1)
        self.writer.inner = self._inner
        self._used: set[int] = set()

    # -------- a sequence of paragraphs

    def content(self, body_units: list[Unit]) -> tuple[bytes, list[Written]]:
        """Content, and for each unit what was written for it. A unit that shares its paragraph has no length."""
        span = self.file.content
        assert span is not None
        written: list[Written] = []
        entries: list[tuple[int | None, bytes]] = []
        indent = self._indent(span)
        place = 0
        while place < len(body_units):
            top = self._odd_top(body_units, place)
            if top is not None:
                self._use(top.number)
                data = self.source.text(self.file.paragraphs[top.number - 1])
                entries.append((top.number, data))
                written.append(Written(data, top.length, before=self.file.empty_before.get(top.number, 0)))
                written.extend(Written(b"", 0) for _ in top.units[1:])
                place += len(top.units)
                continue
            first_use = self.file.number_of(body_units[place])
            fresh = first_use is not None and first_use not in self._used
            one = self.unit(body_units[place], indent)
            entries.append((first_use if fresh else None, one.data))
            if fresh and first_use is not None:
                one.before = self.file.empty_before.get(first_use, 0)
            written.append(one)
            place += 1
        return self._spliced(span, entries), written

    def _odd_top(self, body_units: list[Unit], place: int) -> Top | None:
        """A paragraph that was read as several units goes back whole as long as they all are what they were."""
        number = self.file.number_of(body_units[place])
        top = None if number is None else self.file.odd_tops.get(number)
        if top is None or top.number in self._used:
            return None
        now = body_units[place : place + len(top.units)]
        same = len(now) == len(top.units) and all(
            self.file.number_of(new) == self.file.number_of(old) and self._same(new, old)
            for new, old in zip(now, top.units, strict=True)
        )
        anchored = any(one.markers for one in now[1:])
        return top if same and not anchored else None

    def _spliced(self, span: Span, entries: Iterable[tuple[int | None, bytes]]) -> bytes:
        """An element with these paragraphs in place of its own; each old one brings the blanks before it along."""
        leads, head, tail = self._leads(span)
        usual = leads[min(1, len(leads) - 1)][1] if leads else self.source.child_lead(span, [])
        by_number = {
            number: (fixed, blanks) for number, (fixed, blanks) in zip(self._numbers(span), leads, strict=True)
        }
        out = [head]
        for number, data in entries:
            fixed, blanks = by_number.pop(number, (b"", usual)) if number is not None else (b"", usual)
            out.append(fixed + blanks + data)
        # What somebody else put between paragraphs stays even where the next paragraph is gone.
        out.extend(fixed for fixed, _ in by_number.values() if b"<" in fixed and b"<Paragraph" not in fixed)
        inside = b"".join(out)
        start = self.source.tag(span)
        if not start.endswith(b"/>"):
            return start + inside + tail + self.source.data[span.close : span.end]
        if not inside:
            return start
        end = self.source.newline + self.source.indent(span) + b"</" + span.tag.encode() + b">"
        return start[:-2].rstrip() + b">" + inside + end

    def _numbers(self, span: Span) -> list[int]:
        """Of the paragraphs in an element that were read."""
        return [self._number_by_start[one.start] for one in span.each("Paragraph") if one.start in self._read_starts]

    @property
    def _number_by_start(self) -> dict[int, int]:
        if not hasattr(self, "_starts"):
            self._starts = {one.start: number for number, one in enumerate(self.file.paragraphs, start=1)}
        return self._starts

    @property
    def _read_starts(self) -> set[int]:
        if not hasattr(self, "_reads"):
            empty = {top.number for top in self.file.tops if not top.units}
            self._reads = {one.start for number, one in enumerate(self.file.paragraphs, start=1) if number not in empty}
        return self._reads

    def _leads(self, span: Span) -> tuple[list[tuple[bytes, bytes]], bytes, bytes]:
        """For each paragraph what else and which blanks stand before it; what stands before the first; the end."""
        data = self.source.data
        place = span.inner
        leads: list[tuple[bytes, bytes]] = []
        head = b""
        for one in span.each("Paragraph"):
            if one.start not in self._read_starts:
                continue
            before = data[place : one.start]
            fixed = before.rstrip()
            blanks = before[len(fixed) :]
            if not leads:
                head = fixed if b"<Paragraph" not in fixed else b""
                fixed = b"" if head else fixed
            leads.append((fixed, blanks))
            place = one.end
        if not leads:
            inside = data[span.inner : span.close]
            head = inside.rstrip()
            return [], head, inside[len(head) :]
        return leads, head, data[place : span.close]

    def _indent(self, span: Span) -> str:
        paragraph = span.child("Paragraph")
        if paragraph is not None:
            return self.source.indent(paragraph).decode()
        return self.source.indent(span).decode() + "  "

    def _inner(self, unit: Unit, indent: str) -> str:
        return indent + self.unit(unit, indent).data.decode("utf-8") + "\n"

    # -------- one unit

    def unit(self, unit: Unit, indent: str) -> Written:
        number = self.file.number_of(unit)
        old = None if number is None else self.file.old_units.get(number)
        if number is None or old is None or not _alike(unit, old):
            text = self.writer.unit(unit, indent)
            return Written(self.source.native(text[len(indent) : -1]), unit_length(unit))
        span = self.file.paragraphs[number - 1]
        again = number in self._used
        if self._same(unit, old):
            self._use(number)
            data = self.source.without_ids(span) if again else self.source.text(span)
            return Written(data, self.file.raw_length(number), number)
        self._used.add(number)
        return _Patch(self, unit, old, number, again).written()

    def _use(self, number: int) -> None:
        self._used.update(range(number, self.file.last_inside[number] + 1))

    def block(self, span: Span, inner: list[Unit]) -> bytes:
        """A dual dialogue or an omitted scene with these units."""
        indent = self._indent(span)
        entries = []
        for unit in inner:
            number = self.file.number_of(unit)
            fresh = number is not None and number not in self._used
            entries.append((number if fresh else None, self.unit(unit, indent).data))
        return self._spliced(span, entries)

    def old_inline_note(self, marker: Marker) -> Span | None:
        """The note in a paragraph that a node came from, if it still says the same."""
        at = marker.at
        if at is None or at.source != self.file.digest or at.column is None:
            return None
        if at.paragraph is None:
            loose = self.file.root.child("UnanchoredScriptNotes")
            notes = [] if loose is None else loose.each("ScriptNote")
            markers: Iterable[Marker] = self.file.trailing
        elif at.paragraph <= len(self.file.paragraphs):
            notes = self.file.paragraphs[at.paragraph - 1].each("ScriptNote")
            old = self.file.unit_at.get(at.paragraph)
            markers = () if old is None else old.markers
        else:
            return None
        same = any(one == marker and one.at == at for one in inline(markers))
        return notes[at.column - 1] if same and at.column <= len(notes) else None

    def _same(self, new: Unit, old: Unit) -> bool:
        if new is old:
            return True
        return (
            _alike(new, old)
            and new.page_break == old.page_break
            and new.alone == old.alone
            and bare_paragraph(new.paragraph) == bare_paragraph(old.paragraph)
            and [one.text for one in new.summary] == [one.text for one in old.summary]
            and (self.file.version >= 5 or inline(new.markers) == inline(old.markers))
            and len(new.inner) == len(old.inner)
            and all(self._same(a, b) for a, b in zip(new.inner, old.inner, strict=True))
        )


def _alike(new: Unit, old: Unit) -> bool:
    """Can the one be made of the other's paragraph? A synopsis of a card has no paragraph of its own."""
    if new.dual != old.dual or (new.paragraph is None) != (old.paragraph is None):
        return False
    return isinstance(new.paragraph, Synopsis) == isinstance(old.paragraph, Synopsis)


def inline(markers: Iterable[Marker]) -> list[Marker]:
    """Those that a paragraph holds itself in files before Version 5."""
    return [one for one in markers if not (isinstance(one, PageMark) and one.locked)]


def bare_paragraph(paragraph: Paragraph | None) -> Paragraph | None:
    """Without what is anchored by offset or written inside."""
    if paragraph is None:
        return None
    changes: dict[str, Any] = {}
    if len(paragraph.text) > 1 or paragraph.text and type(paragraph.text[0]) is not Run:
        changes["text"] = bare_text(paragraph.text)
    if isinstance(paragraph, SceneHeading) and paragraph.omitted:
        changes["omitted"] = ()
    return replace(paragraph, **changes) if changes else paragraph


def bare_text(text: Text) -> Text:
    """Words and line breaks; neighbouring runs set alike are one."""
    result: list[Any] = []
    for one in text:
        if isinstance(one, Run):
            last = result[-1] if result else None
            if isinstance(last, Run) and replace(last, text="") == replace(one, text=""):
                result[-1] = replace(last, text=last.text + one.text)
            else:
                result.append(one)
        elif isinstance(one, LineBreak):
            result.append(one)
    return tuple(result)


# ---------------------------------------------------------------- a paragraph changed in part


class _Patch:
    """One paragraph of the file in which some facets differ: attributes, words, card, notes, alternates, insides."""

    def __init__(self, rewriter: Rewriter, new: Unit, old: Unit, number: int, again: bool):
        self._rewriter = rewriter
        self._source = rewriter.source
        self._file = rewriter.file
        self._new, self._old = new, old
        self._number, self._again = number, again
        self._span = rewriter.file.paragraphs[number - 1]
        self._pieces, self._tail = self._source.pieces(self._span)
        self._lead = self._source.child_lead(self._span, self._pieces)
        self._indent = self._lead.rpartition(b"\n")[2].decode() if not self._lead.strip() else ""
        self._keeps_words = True

    def written(self) -> Written:
        paragraph, before = self._new.paragraph, self._old.paragraph
        start = self._source.tag(self._span)
        if self._again:
            start = patched_tag(start, {"id": None})
        if paragraph is None or before is None:
            start = self._page_break_alone(start)
        else:
            start = self._attributes(start, paragraph, before)
            self._words(paragraph, before)
            if isinstance(paragraph, SceneHeading):
                self._card(paragraph, before)
            if isinstance(paragraph, Dialogue):
                self._alternates(paragraph, before)
            self._tabs(paragraph, before)
        if self._file.version < 5:
            self._notes()
        self._inside()
        data = self._source.assembled(self._span, self._pieces, self._tail, start)
        length = unit_length(self._new)
        if self._keeps_words:
            blocks = sum(piece.tag in BLOCKS for piece in self._pieces)
            had = sum(child.tag in BLOCKS for child in self._span.children)
            length = self._file.raw_length(self._number) + 2 * (blocks - had)
        return Written(data, length, self._number if self._keeps_words else None)

    # -------- attributes

    def _page_break_alone(self, start: bytes) -> bytes:
        if self._new.page_break == self._old.page_break:
            return start
        return patched_tag(start, {"StartsNewPage": "Yes" if self._new.page_break else "No"})

    def _attributes(self, start: bytes, paragraph: Paragraph, before: Paragraph) -> bytes:
        name = type_name(paragraph, self._file.version)
        if self._new.alone and paragraph.style_name is None:
            name = ALONE
        changes: dict[str, str | None] = {}
        retyped = (type(paragraph), paragraph.style_name, getattr(paragraph, "level", 0), self._new.alone) != (
            type(before),
            before.style_name,
            getattr(before, "level", 0),
            self._old.alone,
        )
        if retyped:
            changes["Type"] = name
            self._rewriter.writer.used[name] = None
        else:
            name = self._span.attributes.get("Type", "General")
        if paragraph.number != before.number:
            changes["Number"] = paragraph.number
        if (
            retyped
            or paragraph.align != before.align
            or _without_tabs(paragraph.layout) != _without_tabs(before.layout)
            or self._new.page_break != self._old.page_break
        ):
            changes |= self._overrides(paragraph, self._rewriter.table.settings(name))
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
        table = self._rewriter.table
        name = self._type(paragraph)
        own, own_before = table.settings(name).style, self._file.table.settings(self._type(before, old=True)).style
        if now == was and own == own_before:
            return
        self._keeps_words = False
        settings = self._rewriter.writer.runs
        if own == own_before:
            stretches = _with_old_settings(now, was, self._old_stretches(), lambda run: settings.setting(run, own))
        else:
            stretches = settings.stretches(now, own)
        texts = [
            Piece(b"", f"<Text{setting}>{escaped(words)}</Text>".encode(), "Text") for setting, words in stretches
        ] or [Piece(b"", b"<Text></Text>", "Text")]
        self._replace("Text", texts)

    def _type(self, paragraph: Paragraph, *, old: bool = False) -> str:
        if old:
            return self._span.attributes.get("Type", "General")
        unit = self._new
        before = self._old.paragraph
        assert before is not None
        same = (type(paragraph), paragraph.style_name, getattr(paragraph, "level", 0), unit.alone) == (
            type(before),
            before.style_name,
            getattr(before, "level", 0),
            self._old.alone,
        )
        if same:
            return self._span.attributes.get("Type", "General")
        if unit.alone and paragraph.style_name is None:
            return ALONE
        return type_name(paragraph, self._file.version)

    def _old_stretches(self) -> list[tuple[str, str]] | None:
        """Attributes and words of each Text as the file has them; None if there is more than words in one."""
        element = self._file.elements[self._number - 1]
        result = []
        for span, text in zip(self._span.each("Text"), element.iterfind("Text"), strict=True):
            if len(text):
                return None
            start = self._source.tag(span)
            attributes = start[len(b"<Text") :].rstrip(b">").rstrip(b"/").rstrip().decode()
            result.append((attributes, _clean(text.text or "")))
        return result

    # -------- children

    def _replace(self, name: str, new: Sequence[Piece]) -> None:
        """Other children of that tag at the place of the old ones, or where they belong."""
        places = [place for place, piece in enumerate(self._pieces) if piece.tag == name]
        lead = self._pieces[places[0]].lead if places else self._lead
        for piece in new:
            piece.lead = lead
        if places:
            rest = [piece for piece in self._pieces if piece.tag != name]
            at = places[0]
            self._pieces = [*rest[:at], *new, *rest[at:]]
            return
        rank = _ORDER.index(name)
        at = len(self._pieces)
        for place, piece in enumerate(self._pieces):
            if piece.tag in _ORDER and _ORDER.index(piece.tag) > rank:
                at = place
                break
        self._pieces[at:at] = new

    def _generated(self, text: str, name: str) -> Piece:
        return self._source.piece(text, self._indent, b"", name)

    def _tabs(self, paragraph: Paragraph, before: Paragraph) -> None:
        now = None if paragraph.layout is None else paragraph.layout.tabs
        was = None if before.layout is None else before.layout.tabs
        if now == was:
            return
        self._replace("Tabstops", [] if now is None else [self._generated(tab_stops(now, self._indent), "Tabstops")])

    def _alternates(self, paragraph: Dialogue, before: Paragraph) -> None:
        was = before.alternates if isinstance(before, Dialogue) else ()
        if paragraph.alternates == was:
            return
        element = self._file.elements[self._number - 1]
        held = self._file.alternates
        named = [(one.text or "").strip() for one in element.iterfind("Alts/AltId")]
        known = dict(zip(reversed(was), reversed([one for one in named if one in held]), strict=False))
        own = self._rewriter.table.settings(self._type(paragraph)).style
        identities = []
        for text in paragraph.alternates:
            identity = known.get(text)
            if identity is None:
                identity = self._rewriter.writer.new_alternate(text, own)
            identities.append(identity)
        content = (line("AltId", one, None, self._indent + "  ") for one in identities)
        new = tag("Alts", {"Current": "0"}, content, self._indent)
        self._replace("Alts", [self._generated(new, "Alts")] if identities else [])

    def _notes(self) -> None:
        now, was = inline(self._new.markers), inline(self._old.markers)
        if now == was and not self._again:
            return
        pieces = []
        for marker in now:
            old = self._rewriter.old_inline_note(marker)
            if old is not None:
                pieces.append(Piece(b"", self._source.text(old), "ScriptNote"))
            else:
                text = self._rewriter.writer.inline_notes([marker], self._indent)
                pieces.append(self._generated(text, "ScriptNote"))
        self._replace("ScriptNote", pieces)

    # -------- the card

    def _card(self, heading: SceneHeading, before: Paragraph) -> None:
        was_color = before.color if isinstance(before, SceneHeading) else None
        now, was = [one.text for one in self._new.summary], [one.text for one in self._old.summary]
        piece = next((one for one in self._pieces if one.tag == "SceneProperties"), None)
        number_too = heading.number is None and piece is not None and _says(piece, "Number")
        if heading.color == was_color and now == was and not number_too and isinstance(before, SceneHeading):
            return
        if piece is None or piece.span is None:
            text = self._rewriter.writer.scene_properties(heading, self._new.summary, self._indent)
            self._replace("SceneProperties", [self._generated(text, "SceneProperties")])
            return
        span = piece.span
        start = self._source.tag(span)
        if heading.color != was_color:
            start = patched_tag(start, self._rewriter.writer.card_attributes(heading))
        if number_too:
            start = patched_tag(start, {"Number": None})
        pieces, tail = self._source.pieces(span)
        if now != was:
            pieces = self._with_summary(span, pieces)
        piece.data = self._source.assembled(span, pieces, tail, start)

    def _with_summary(self, span: Span, pieces: list[Piece]) -> list[Piece]:
        rest = [one for one in pieces if one.tag != "Summary"]
        if not self._new.summary:
            return rest
        indent = self._indent + "  "
        lead = self._lead + b"  " if b"\n" in self._lead else self._lead
        old = next((one for one in pieces if one.tag == "Summary"), None)
        text = self._rewriter.writer.summary(self._new.summary, indent)
        new = self._source.piece(text, indent, lead if old is None else old.lead, "Summary")
        if old is not None and rest and pieces[0] is old:
            return [new, *rest]
        return [new, *rest]

    # -------- what is inside

    def _inside(self) -> None:
        new, old = self._new, self._old
        name = "DualDialogue" if new.dual else "OmittedScene"
        had = has_block(old)
        if not has_block(new):
            if had:
                self._replace(name, [])
            return
        piece = next((one for one in self._pieces if one.tag == name), None)
        if piece is None or piece.span is None:
            text = tag(
                name, {}, (self._rewriter.writer.inner(one, self._indent + "  ") for one in new.inner), self._indent
            )
            self._replace(name, [self._generated(text, name)])
            return
        piece.data = self._rewriter.block(piece.span, new.inner)


def _says(piece: Piece, name: str) -> bool:
    return piece.span is not None and name in piece.span.attributes


def _without_tabs(layout: ParagraphLayout | None) -> ParagraphLayout:
    return replace(layout, tabs=None) if layout is not None else ParagraphLayout()


# ---------------------------------------------------------------- old settings on surviving characters

_LINE_ENDS = re.compile("\r\n|[\r\u2028]")


def _clean(words: str) -> str:
    return allowed(_LINE_ENDS.sub("\n", words))


def _with_old_settings(
    now: Text, was: Text, old: list[tuple[str, str]] | None, setting_of: Any
) -> list[tuple[str, str]]:
    """Attributes and words of the new text. Characters before and behind the change keep the attributes they had."""
    was_pieces = _characters(was)
    was_words = "".join(words for words, _ in was_pieces)
    now_pieces = _characters(now)
    now_words = "".join(words for words, _ in now_pieces)
    if old is None or "".join(words for _, words in old) != was_words:
        old = []
    prefix = _common(was_words, now_words)
    suffix = _common(was_words[prefix:][::-1], now_words[prefix:][::-1])
    kept = _by_character(old, was_pieces)
    shift = len(now_words) - len(was_words)
    result: list[tuple[str, list[str]]] = []
    place = 0
    for words, run in now_pieces:
        end = place + len(words)
        while place < end:
            was_place = place if place < prefix else place - shift if place >= len(now_words) - suffix else None
            limit = prefix if place < prefix else end if was_place is not None else len(now_words) - suffix
            stop, attributes = min(end, limit), None
            if was_place is not None:
                stretch = kept(was_place)
                if stretch is not None:
                    stretch_end, attributes, was_run = stretch
                    stop = min(stop, place + stretch_end - was_place)
                    if run is not None and was_run is not None and _other_setting(run, was_run):
                        attributes = None
            elif result and run is not None:
                attributes = _neighbours(result[-1][0], kept(prefix - 1) if prefix else None, run)
            if attributes is None:
                attributes = setting_of(run) if run is not None else result[-1][0] if result else ""
            if result and result[-1][0] == attributes:
                result[-1][1].append(now_words[place:stop])
            else:
                result.append((attributes, [now_words[place:stop]]))
            place = stop
    return [(attributes, "".join(words)) for attributes, words in result]


def _neighbours(attributes: str, stretch: tuple[int, str, Run | None] | None, run: Run) -> str | None:
    """New words in the midst of old ones look like those before them; only a spelling mark is not theirs."""
    if stretch is None or stretch[1] != attributes or 'AdornmentStyle="-1"' in attributes:
        return None
    was_run = stretch[2]
    return attributes if was_run is not None and not _other_setting(run, was_run) else None


def _other_setting(one: Run, other: Run) -> bool:
    return (one.style, one.look, one.revision, one.tags) != (other.style, other.look, other.revision, other.tags)


def _characters(text: Text) -> list[tuple[str, Run | None]]:
    return [
        (one.text, one) if isinstance(one, Run) else ("\n", None) for one in text if isinstance(one, Run | LineBreak)
    ]


def _common(one: str, other: str) -> int:
    length = min(len(one), len(other))
    for place in range(length):
        if one[place] != other[place]:
            return place
    return length


def _by_character(old: list[tuple[str, str]], was: list[tuple[str, Run | None]]) -> Any:
    """A function from a character's place to the end of its stretch, its attributes and its run in the tree."""
    ends: list[tuple[int, str, Run | None]] = []
    place = 0
    bounds = []
    for words, run in was:
        place += len(words)
        bounds.append((place, run))
    start = 0
    which = 0
    for attributes, words in old:
        end = start + len(words)
        while start < end:
            while bounds[which][0] <= start:
                which += 1
            stop = min(end, bounds[which][0])
            ends.append((stop, attributes, bounds[which][1]))
            start = stop

    def stretch(place: int) -> tuple[int, str, Run | None] | None:
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if ends[middle][0] <= place:
                low = middle + 1
            else:
                high = middle
        return ends[low] if low < len(ends) else None

    return stretch
