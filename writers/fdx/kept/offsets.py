"""What a file anchors by offset, after its body was rewritten: notes, locked pages, deletion and spelling marks.

Offsets move with the words they stand at. An entry of the file that still stands in the same words of the same
paragraph keeps its distance from the paragraph's start, whatever odd place Final Draft gave it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from converter.notation.fdx import first_words, integer_of, units
from converter.records import dataclass, field
from converter.safe.xml import Span
from converter.tree import Deletion, Note, PageMark, Position, Run
from writers.fdx.kept.body import Rewriter, Written, bare_text
from writers.fdx.kept.bytes import Piece, patched_tag
from writers.fdx.kept.file import File
from writers.fdx.markup import tag
from writers.fdx.paragraphs import Offsets, is_noted, note_words
from writers.fdx.units import Anchor, Spot, Unit, anchors_of, text_length


@dataclass(slots=True)
class _Entry:
    """An anchor of the new tree, and which element of the file it came from."""

    anchor: Anchor
    old: int | None = None  # from 0
    was: Anchor | None = None
    copy_of: int | None = None


@dataclass(slots=True)
class Moves:
    """Where units stand now."""

    file: File
    units: list[Unit]
    written: list[Written]
    starts: list[int] = field(default_factory=list)
    total: int = 0
    by_number: dict[int, int] = field(default_factory=dict)  # paragraph -> the unit that still has its words

    def __post_init__(self) -> None:
        place = 0
        for index, one in enumerate(self.written):
            place += one.before
            self.starts.append(place)
            place += one.length
            if one.number is not None:
                self.by_number.setdefault(one.number, index)
        self.starts.append(place)
        self.total = place

    def offset(self, spot: Spot, was: Spot | None, old_offset: int | None) -> int:
        if spot.unit >= len(self.units):
            beyond = 0
            if was is not None and old_offset is not None and was.unit >= len(self.file.units):
                beyond = max(0, old_offset - self.file.length)
            return self.total + beyond
        start = self.starts[spot.unit]
        kept = self._kept_distance(spot, was, old_offset)
        if kept is not None:
            return start + kept
        if not spot.nested:
            return start + spot.character
        paragraph = self.units[spot.unit].paragraph
        return start + (text_length(paragraph.text) if paragraph is not None else 0)

    def nested(self, spot: Spot, was: Spot | None, old_offset: int | None, said: str | None) -> str | None:
        """Which paragraph inside a block is meant; what the file says of that, if only by silence, still holds."""
        kept = spot.unit < len(self.units) and self._kept_distance(spot, was, old_offset) is not None
        return said if kept else Offsets.nested(spot)

    def _kept_distance(self, spot: Spot, was: Spot | None, old_offset: int | None) -> int | None:
        """How far from the paragraph's start the file has it, if it stands in the same words still."""
        if was is None or old_offset is None or was.unit >= len(self.file.units):
            return None
        written = self.written[spot.unit]
        top = self.file.top_of_unit.get(was.unit)
        if top is None or not top.regular or written.number != top.number:
            return None
        if (spot.nested, spot.character) != (was.nested, was.character):
            return None
        distance = old_offset - top.start
        last = spot.unit == len(self.units) - 1
        return distance if 0 <= distance < written.length or distance > 0 and last else None


# ---------------------------------------------------------------- the lists


class Lists:
    """The lists of a file, rewritten for the anchors of the new body."""

    def __init__(self, rewriter: Rewriter, body_units: list[Unit], written: list[Written], trailing: Iterable[Any]):
        self._rewriter = rewriter
        self._file = rewriter.file
        self._source = rewriter.source
        self._moves = Moves(self._file, body_units, written)
        self._new = anchors_of(body_units, tuple(trailing))
        self._old = anchors_of(self._file.units, self._file.trailing)
        self._unit_of: dict[int, int] = {}  # the first unit that each paragraph became
        for index, unit in enumerate(body_units):
            number = self._file.number_of(unit)
            if number is not None:
                self._unit_of.setdefault(number, index)

    # -------- notes

    def notes(self) -> list[tuple[Span | None, str, bytes]]:
        """The part called ScriptNotes anew, if anything in it moves."""
        part = self._file.root.child("ScriptNotes")
        spans = [] if part is None else part.each("ScriptNote")
        entries = self._matched(is_noted, len(spans))
        following = 1 + max((integer_of(one.attributes.get("Id")) or 0 for one in spans), default=0)

        def written(entry: _Entry) -> bytes:
            nonlocal following
            index = entry.old if entry.old is not None else entry.copy_of
            places = self._places(entry, {} if index is None else spans[index].attributes)
            if index is None:
                places["Id"], following = str(following), following + 1
                assert not isinstance(entry.anchor.node, Deletion)
                text = self._rewriter.writer.note(entry.anchor.node, places, "    ")
                return self._source.native(text[4:-1])
            if entry.old is None:
                places["Id"], following = str(following), following + 1
            return self._patched_note(spans[index], entry, places)

        return self._rewritten("ScriptNotes", part, "ScriptNote", spans, entries, written)

    def _places(self, entry: _Entry, attributes: dict[str, str]) -> dict[str, str | None]:
        first, _, last = attributes.get("Range", "").partition(",")
        anchor, was = entry.anchor, entry.was
        was_start, offset = None if was is None else was.start, integer_of(first)
        start = end = self._moves.offset(anchor.start, was_start, offset)
        places = {
            "StartPlace": self._moves.nested(anchor.start, was_start, offset, attributes.get("StartPlace")),
            "EndPlace": None,
        }
        if anchor.end is not None:
            was_end, offset = None if was is None else was.end, integer_of(last)
            end = self._moves.offset(anchor.end, was_end, offset)
            places["EndPlace"] = self._moves.nested(anchor.end, was_end, offset, attributes.get("EndPlace"))
        elif was is not None and was.end is None and anchor.start.unit >= len(self._moves.units):
            end += max(
                0, (integer_of(last) or 0) - (integer_of(first) or 0)
            )  # behind the last word any range is a point
        elif was is not None and was.end is None and last and start == integer_of(first):
            end = integer_of(last) or end
        return {"Range": f"{start},{end}", **places}

    def _patched_note(self, span: Span, entry: _Entry, places: dict[str, str | None]) -> bytes:
        node: Any = entry.anchor.node
        was: Any = None if entry.was is None else entry.was.node
        changes: dict[str, str | None] = {
            name: value for name, value in places.items() if span.attributes.get(name) != value
        }
        pieces, tail = self._source.pieces(span)
        if was is None or _said(was) != _said(node):
            fresh = self._rewriter.writer.note_attributes(node)
            changes |= {
                name: fresh.get(name)
                for name in ("Name", "Type", "Color", "ColorName", "WriterName", "DateTime")
                if was is None or _facet(was, name) != _facet(node, name)
            }
            if was is None or note_words(was) != note_words(node):
                lead = self._source.child_lead(span, pieces)
                indent = lead.rpartition(b"\n")[2].decode() if not lead.strip() else ""
                lines = self._rewriter.writer.note_lines(note_words(node), indent)
                pieces = [piece for piece in pieces if piece.tag not in {"Paragraph", "Text"}]
                pieces += [self._source.piece(one, indent, lead, "Paragraph") for one in lines]
                if not tail.strip():
                    tail = self._source.newline + self._source.indent(span)
        start = patched_tag(self._source.tag(span), changes)
        return self._source.assembled(span, pieces, tail, start)

    # -------- locked pages and deletions

    def locked_pages(self) -> list[tuple[Span | None, str, bytes]]:
        part = self._file.root.child("LockedPages")
        spans = [] if part is None else part.each("LockedPage")
        entries = self._matched(lambda anchor: isinstance(anchor.node, PageMark) and anchor.node.locked, len(spans))
        level = 1 + max((integer_of(one.attributes.get("LevelIndex")) or 0 for one in spans), default=-1)

        def written(entry: _Entry) -> bytes:
            nonlocal level
            index = entry.old if entry.old is not None else entry.copy_of
            attributes = {} if index is None else spans[index].attributes
            was = None if entry.was is None else entry.was.start
            old_offset = integer_of(attributes.get("Position"))
            offset = self._moves.offset(entry.anchor.start, was, old_offset)
            assert isinstance(entry.anchor.node, PageMark)
            values: dict[str, str | None] = {
                "PageNumber": entry.anchor.node.label,
                "Position": str(offset),
                "StartPlace": self._moves.nested(entry.anchor.start, was, old_offset, attributes.get("StartPlace")),
            }
            if entry.old is None:
                values["LevelIndex"], level = str(level), level + 1
            if index is None:
                values["LockLevel"] = "0"
                return self._source.native(tag("LockedPage", values, None)[:-1])
            changes = {name: value for name, value in values.items() if attributes.get(name) != value}
            return (
                patched_tag(self._source.tag(spans[index]), changes)
                + self._source.data[spans[index].inner : spans[index].end]
            )

        return self._rewritten("LockedPages", part, "LockedPage", spans, entries, written)

    def deletions(self) -> list[tuple[Span | None, str, bytes]]:
        part = self._file.root.child("DeletedText")
        spans = [] if part is None else part.each("DeletedTextLocation")
        entries = self._matched_deletions(spans)

        def written(entry: _Entry) -> bytes:
            attributes = {} if entry.old is None else spans[entry.old].attributes
            was = None if entry.was is None else entry.was.start
            old_offset = integer_of(attributes.get("Offset"))
            offset = self._moves.offset(entry.anchor.start, was, old_offset)
            assert isinstance(entry.anchor.node, Deletion)
            values: dict[str, str | None] = {
                "Offset": str(offset),
                "RevisionID": str(entry.anchor.node.revision),
                "StartPlace": self._moves.nested(entry.anchor.start, was, old_offset, attributes.get("StartPlace")),
            }
            if entry.old is None:
                return self._source.native(tag("DeletedTextLocation", values, None)[:-1])
            span = spans[entry.old]
            changes = {name: value for name, value in values.items() if attributes.get(name) != value}
            if integer_of(attributes.get("RevisionID")) == entry.anchor.node.revision:
                changes.pop("RevisionID", None)
            return patched_tag(self._source.tag(span), changes) + self._source.data[span.inner : span.end]

        return self._rewritten("DeletedText", part, "DeletedTextLocation", spans, entries, written)

    # -------- which is which

    def _matched(self, wanted: Callable[[Anchor], bool], count: int) -> list[_Entry]:
        """By the place in the list that each node brought along from reading; met again it is a copy."""
        old = {
            index: anchor
            for anchor in self._old
            if wanted(anchor) and (index := self._index(anchor)) is not None and index < count
        }
        taken: set[int] = set()
        entries = []
        for anchor in self._new:
            if not wanted(anchor):
                continue
            index = self._index(anchor)
            if index is None or index not in old:
                entries.append(_Entry(anchor))
            elif index in taken:
                entries.append(_Entry(anchor, copy_of=index, was=None))
            else:
                taken.add(index)
                entries.append(_Entry(anchor, index, old[index]))
        return entries

    def _index(self, anchor: Anchor) -> int | None:
        if isinstance(anchor.node, Deletion):
            return None
        at: Position | None = anchor.node.at
        known = at is not None and at.source == self._file.digest and at.column is not None
        return at.column - 1 if known and at is not None and at.column is not None else None

    def _matched_deletions(self, spans: list[Span]) -> list[_Entry]:
        """Deletions are told apart by their paragraph and how many stand before them in it."""
        old_anchors = [anchor for anchor in self._old if isinstance(anchor.node, Deletion)]
        order = sorted(
            (index for index, span in enumerate(spans) if self._was_read(span)),
            key=lambda index: _deletion_key(spans[index]),
        )
        by_key = {}
        if len(order) == len(old_anchors):
            counts: dict[int | None, int] = {}
            for anchor, index in zip(old_anchors, order, strict=True):
                number = self._number(self._file.units, anchor.start)
                place = counts[number] = counts.get(number, -1) + 1
                by_key[number, place] = (index, anchor)
        entries = []
        counts = {}
        for anchor in self._new:
            if not isinstance(anchor.node, Deletion):
                continue
            number = self._number(self._moves.units, anchor.start)
            place = counts[number] = counts.get(number, -1) + 1
            found = by_key.pop((number, place), None) if number is not None else None
            entries.append(_Entry(anchor) if found is None else _Entry(anchor, found[0], found[1]))
        return entries

    def _was_read(self, span: Span) -> bool:
        return integer_of(span.attributes.get("Offset")) is not None and bool(self._file.tops)

    def _number(self, body_units: list[Unit], spot: Spot) -> int | None:
        return self._file.number_of(body_units[spot.unit]) if spot.unit < len(body_units) else None

    # -------- a list as a part

    def _rewritten(
        self,
        name: str,
        part: Span | None,
        child: str,
        spans: list[Span],
        entries: list[_Entry],
        write: Callable[[_Entry], bytes],
    ) -> list[tuple[Span | None, str, bytes]]:
        if part is None:
            if not entries:
                return []
            lines = "".join(f"    {write(entry).decode('utf-8')}\n" for entry in entries)
            return [(None, name, f"<{name}>\n{lines}  </{name}>".encode())]
        read = {entry.old for entry in entries}
        data = {id(entry): write(entry) for entry in entries}
        unchanged = (
            len(entries) == len(spans)
            and read == set(range(len(spans)))
            and all(
                data[id(entry)] == self._source.text(spans[entry.old]) for entry in entries if entry.old is not None
            )
            and self._in_order(entries)
        )
        if unchanged:
            return []
        pieces, tail = self._source.pieces(part)
        lead = self._source.child_lead(part, [piece for piece in pieces if piece.tag == child] or pieces)
        behind: dict[int | None, list[_Entry]] = {}
        last: int | None = None
        for entry in entries:
            if entry.old is None:
                behind.setdefault(last, []).append(entry)
            else:
                last = entry.old
        by_old = {entry.old: entry for entry in entries if entry.old is not None}
        order: list[Any] = list(behind.get(None, ()))
        index = -1
        known = self._known(child)
        for piece in pieces:
            if piece.tag != child:
                order.append(piece)
                continue
            index += 1
            if index in by_old:
                order.append(by_old[index])
            elif index not in known:
                order.append(piece)
            order.extend(behind.get(index, ()))
        self._sort_places(order, entries)
        leads = iter([piece.lead for piece in pieces if piece.tag == child])
        out = []
        for item in order:
            if isinstance(item, Piece):
                out.append(item)
            else:
                out.append(Piece(next(leads, lead) if item.old is not None else lead, data[id(item)], child))
        if not out:
            tail = b"" if not tail.strip() else tail
        return [(part, name, self._source.assembled(part, out, tail))]

    def _known(self, child: str) -> set[int]:
        """Which entries of the file became nodes of the tree; others are none of ours."""
        if child == "DeletedTextLocation":
            spans = self._file.root.child("DeletedText")
            return {index for index, one in enumerate(spans.children if spans else ()) if self._was_read(one)}
        wanted = is_noted if child == "ScriptNote" else lambda anchor: not is_noted(anchor)
        return {index for anchor in self._old if wanted(anchor) and (index := self._index(anchor)) is not None}

    def _in_order(self, entries: list[_Entry]) -> bool:
        """Do entries of one place stand in the file in the order of the tree?"""
        last: dict[tuple[int, int, int], int] = {}
        for entry in entries:
            if entry.old is None:
                return False
            key = _spot_key(entry)
            if last.get(key, -1) > entry.old:
                return False
            last[key] = entry.old
        return True

    def _sort_places(self, order: list[Any], entries: list[_Entry]) -> None:
        """Entries of one place take the order of the tree among the places that they have in the list."""
        rank = {id(entry): place for place, entry in enumerate(entries)}
        groups: dict[tuple[int, int, int], list[int]] = {}
        for place, item in enumerate(order):
            if isinstance(item, _Entry):
                groups.setdefault(_spot_key(item), []).append(place)
        for places in groups.values():
            if len(places) > 1:
                items = sorted((order[place] for place in places), key=lambda item: rank[id(item)])
                for place, item in zip(places, items, strict=True):
                    order[place] = item

    # -------- spelling

    def ignored_ranges(self) -> list[tuple[int, int, bytes]]:
        """Ranges that the spelling checker passes over: moved, or gone with their words."""
        lists = self._file.root.child("SpellCheckIgnoreLists")
        part = None if lists is None else lists.child("IgnoredRanges")
        changes = []
        for span in () if part is None else part.each("Range"):
            places = [integer_of(span.attributes.get(name)) for name in ("Start", "End")]
            if None in places:
                continue
            start, end = (self._moved(place) for place in places if place is not None)
            if start is None or end is None or start > end:
                blanks = self._source.data[: span.start]
                changes.append((len(blanks.rstrip()), span.end, b""))
            elif [start, end] != places:
                new = patched_tag(self._source.tag(span), {"Start": str(start), "End": str(end)})
                changes.append((span.start, span.inner, new))
        return changes

    def _moved(self, offset: int) -> int | None:
        """Where the place of an old offset is now; None if its words are gone."""
        if offset >= self._file.length:
            return self._moves.total + offset - self._file.length
        low, high = 0, len(self._file.tops)
        while low + 1 < high:
            middle = (low + high) // 2
            if self._file.tops[middle].start <= offset:
                low = middle
            else:
                high = middle
        top = self._file.tops[low]
        distance = offset - top.start
        index = self._moves.by_number.get(top.number)
        if index is not None:
            return self._moves.starts[index] + distance
        return self._moved_in_changed(top.number, distance)

    def _moved_in_changed(self, number: int, distance: int) -> int | None:
        old = self._file.unit_at.get(number)
        index = self._unit_of.get(number)
        if old is None or index is None or old.paragraph is None:
            return None
        new = self._moves.units[index].paragraph
        if new is None:
            return None
        was, now = (_plain_words(one.text) for one in (old.paragraph, new))
        head = _common_units(was, now)
        rest_was, rest_now = was[head:], now[head:]
        foot = _common_units(rest_was[::-1], rest_now[::-1])
        if distance <= units(was[:head]):
            return self._moves.starts[index] + distance
        if distance >= units(was) - units(was[len(was) - foot :]):
            return self._moves.starts[index] + distance + units(now) - units(was)
        return None


def _spot_key(entry: _Entry) -> tuple[int, int, int]:
    spot = entry.anchor.start
    return (spot.unit, spot.nested, spot.character)


def _deletion_key(span: Span) -> tuple[int, int, int]:
    number, _, character = span.attributes.get("StartPlace", "").partition(",")
    return (
        integer_of(span.attributes.get("Offset")) or 0,
        integer_of(number) or 0,
        integer_of(character) or 0,
    )


def _said(node: Any) -> Any:
    if isinstance(node, Note):
        return (node.text, node.title, node.category, node.author, node.color, node.date)
    return node


def _facet(node: Any, attribute: str) -> Any:
    if not isinstance(node, Note):
        return type(node)
    return {
        "Name": node.title or first_words(node.text),
        "Type": node.category,
        "Color": node.color,
        "ColorName": node.color,
        "WriterName": node.author,
        "DateTime": node.date,
    }[attribute]


def _plain_words(text: Any) -> str:
    return "".join(one.text if isinstance(one, Run) else "\n" for one in bare_text(text))


def _common_units(one: str, other: str) -> int:
    length = min(len(one), len(other))
    for place in range(length):
        if one[place] != other[place]:
            return place
    return length
