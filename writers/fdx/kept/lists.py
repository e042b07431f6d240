"""The parts of a file that list what it anchors by offset: notes, locked pages, deletion marks, spelling marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

from converter.notation.fdx import first_words
from converter.notation.numbers import integer_of
from converter.records import dataclass
from converter.safe.xml import Span
from converter.tree import Boneyard, Deletion, PageMark
from writers.fdx.kept.bytes import Piece, patched_tag
from writers.fdx.kept.offsets import Moves
from writers.fdx.kept.patch import Target, Written
from writers.fdx.markup import tag
from writers.fdx.paragraphs import is_noted, note_words
from writers.fdx.units import Anchor, Spot, Unit, anchors_of


@dataclass(slots=True)
class _Entry:
    """An anchor of the new tree, and which element of the file it came from."""

    anchor: Anchor
    old: int | None = None  # from 0
    was: Anchor | None = None
    copy_of: int | None = None

    @property
    def model(self) -> int | None:
        """The element that it is made of."""
        return self.copy_of if self.old is None else self.old

    @property
    def was_start(self) -> Spot | None:
        return None if self.was is None else self.was.start


@dataclass(slots=True)
class Listed:
    """A part of the file as it is to be."""

    part: Span | None
    name: str
    data: bytes


class Lists:
    """The lists of a file, rewritten for the anchors of the new body."""

    def __init__(self, target: Target, body_units: list[Unit], written: list[Written], trailing: Iterable[Any]):
        self._file, self._writer = target.file, target.writer
        self._source = target.file.source
        self._moves = Moves(self._file, body_units, written)
        self._new = anchors_of(body_units, tuple(trailing))
        self._old = anchors_of(self._file.units, self._file.trailing)

    def _spans(self, part: str, child: str) -> list[Span]:
        found = self._file.root.child(part)
        return [] if found is None else found.each(child)

    # -------- notes

    def notes(self) -> Listed | None:
        """The part called ScriptNotes anew, if anything in it moves."""
        spans = self._spans("ScriptNotes", "ScriptNote")
        entries = self._matched(is_noted, len(spans))
        numbers = _following(spans, "Id", start=1)

        def written(entry: _Entry) -> bytes:
            model = None if entry.model is None else spans[entry.model]
            places = self._places(entry, {} if model is None else model.attributes)
            if entry.old is None:
                places["Id"] = next(numbers)
            if model is not None:
                return self._patched_note(model, entry, places)
            assert not isinstance(entry.anchor.node, Deletion)
            return self._source.native(self._writer.note(entry.anchor.node, places, "    ")[4:-1])

        known = self._known(is_noted)
        return self._rewritten("ScriptNotes", "ScriptNote", entries, known, written)

    def _places(self, entry: _Entry, attributes: dict[str, str]) -> dict[str, str | None]:
        first, _, last = attributes.get("Range", "").partition(",")
        anchor, was = entry.anchor, entry.was
        start, start_place = self._spot(anchor.start, entry.was_start, integer_of(first), attributes.get("StartPlace"))
        end, end_place = start, None
        if anchor.end is not None:
            was_end = None if was is None else was.end
            end, end_place = self._spot(anchor.end, was_end, integer_of(last), attributes.get("EndPlace"))
        elif was is not None and was.end is None:
            end = self._end_of_point(anchor.start, start, integer_of(first), integer_of(last))
        return {"Range": f"{start},{end}", "StartPlace": start_place, "EndPlace": end_place}

    def _spot(self, spot: Spot, was: Spot | None, offset: int | None, said: str | None) -> tuple[int, str | None]:
        return self._moves.offset(spot, was, offset), self._moves.nested(spot, was, offset, said)

    def _end_of_point(self, spot: Spot, start: int, first: int | None, last: int | None) -> int:
        """A note that is no range here may be one in the file: after the last word any range is a point."""
        if spot.unit >= len(self._moves.units):
            return start + max(0, (last or 0) - (first or 0))
        return last or start if start == first else start

    def _patched_note(self, span: Span, entry: _Entry, places: dict[str, str | None]) -> bytes:
        node: Any = entry.anchor.node
        was: Any = None if entry.was is None else entry.was.node
        changes = _changed(span, places)
        had, has = _facets(was), _facets(node)
        if had != has:
            fresh = self._writer.note_attributes(node)
            changes |= {name: fresh.get(name) for name in has if had.get(name, _MISSING) != has[name]}
        pieces, tail = self._source.pieces(span)
        if was is None or note_words(was) != note_words(node):
            pieces = self._with_words(span, pieces, node)
            if not tail.strip():
                tail = self._source.newline + self._source.indent(span)
        start = patched_tag(self._source.tag(span), changes)
        return self._source.assembled(span, pieces, tail, start)

    def _with_words(self, span: Span, pieces: list[Piece], node: Any) -> list[Piece]:
        lead = self._source.child_lead(span, pieces)
        indent = lead.rpartition(b"\n")[2].decode() if not lead.strip() else ""
        lines = self._writer.note_lines(note_words(node), indent)
        rest = [piece for piece in pieces if piece.tag not in {"Paragraph", "Text"}]
        return rest + [self._source.piece(one, indent, lead, "Paragraph") for one in lines]

    # -------- locked pages and deletions

    def locked_pages(self) -> Listed | None:
        spans = self._spans("LockedPages", "LockedPage")
        entries = self._matched(_is_locked_page, len(spans))
        levels = _following(spans, "LevelIndex", start=0)

        def written(entry: _Entry) -> bytes:
            assert isinstance(entry.anchor.node, PageMark)
            model = None if entry.model is None else spans[entry.model]
            values = self._page_values(entry, entry.anchor.node, {} if model is None else model.attributes)
            if entry.old is None:
                values["LevelIndex"] = next(levels)
            if model is None:
                values["LockLevel"] = "0"
                return self._source.native(tag("LockedPage", values, None)[:-1])
            return self._patched(model, _changed(model, values))

        known = self._known(_is_locked_page)
        return self._rewritten("LockedPages", "LockedPage", entries, known, written)

    def _page_values(self, entry: _Entry, page: PageMark, attributes: dict[str, str]) -> dict[str, str | None]:
        position = integer_of(attributes.get("Position"))
        offset, place = self._spot(entry.anchor.start, entry.was_start, position, attributes.get("StartPlace"))
        return {"PageNumber": page.label, "Position": str(offset), "StartPlace": place}

    def deletions(self) -> Listed | None:
        spans = self._spans("DeletedText", "DeletedTextLocation")
        read = {index for index, span in enumerate(spans) if self._was_read(span)}
        entries = self._matched_deletions(spans, read)

        def written(entry: _Entry) -> bytes:
            assert isinstance(entry.anchor.node, Deletion)
            model = None if entry.old is None else spans[entry.old]
            attributes = {} if model is None else model.attributes
            old_offset = integer_of(attributes.get("Offset"))
            offset, place = self._spot(entry.anchor.start, entry.was_start, old_offset, attributes.get("StartPlace"))
            values: dict[str, str | None] = {"Offset": str(offset), "StartPlace": place}
            if integer_of(attributes.get("RevisionID")) != entry.anchor.node.revision:
                values["RevisionID"] = str(entry.anchor.node.revision)
            if model is None:
                return self._source.native(tag("DeletedTextLocation", values, None)[:-1])
            return self._patched(model, _changed(model, values))

        return self._rewritten("DeletedText", "DeletedTextLocation", entries, read, written)

    def _patched(self, span: Span, changes: dict[str, str | None]) -> bytes:
        return patched_tag(self._source.tag(span), changes) + self._source.data[span.inner : span.end]

    # -------- which is which

    def _matched(self, wanted: Callable[[Anchor], bool], spans: int) -> list[_Entry]:
        """By the place in the list that each node brought along from reading; met again it is a copy."""
        old = {
            index: anchor
            for anchor in self._old
            if wanted(anchor) and (index := self._index(anchor)) is not None and index < spans
        }
        taken: set[int] = set()
        entries = []
        for anchor in filter(wanted, self._new):
            index = self._index(anchor)
            if index is None or index not in old:
                entries.append(_Entry(anchor))
            elif index in taken:
                entries.append(_Entry(anchor, copy_of=index))
            else:
                taken.add(index)
                entries.append(_Entry(anchor, index, old[index]))
        return entries

    def _known(self, wanted: Callable[[Anchor], bool]) -> set[int]:
        """Which entries of the file became nodes of the tree; others are none of ours."""
        return {index for anchor in filter(wanted, self._old) if (index := self._index(anchor)) is not None}

    def _index(self, anchor: Anchor) -> int | None:
        """From 0; the reader left it as the column of a node's place."""
        at = None if isinstance(anchor.node, Deletion) else anchor.node.at
        if at is None or at.source != self._file.digest or at.column is None:
            return None
        return at.column - 1

    def _matched_deletions(self, spans: list[Span], read: set[int]) -> list[_Entry]:
        """Deletions are told apart by their paragraph and how many stand before them in it."""
        old = list(self._numbered_deletions(self._file.units, self._old))
        order = sorted(read, key=lambda index: (_deletion_key(spans[index]), index))
        by_key = {}
        if len(order) == len(old):
            by_key = {key: (index, anchor) for (key, anchor), index in zip(old, order, strict=True)}
        entries = []
        for key, anchor in self._numbered_deletions(self._moves.units, self._new):
            found = by_key.pop(key, None) if key[0] is not None else None
            entries.append(_Entry(anchor) if found is None else _Entry(anchor, found[0], found[1]))
        return entries

    def _numbered_deletions(
        self, body_units: list[Unit], anchors: Iterable[Anchor]
    ) -> Iterator[tuple[tuple[int | None, int], Anchor]]:
        counts: dict[int | None, int] = {}
        for anchor in anchors:
            if isinstance(anchor.node, Deletion):
                unit = anchor.start.unit
                number = self._file.number_of(body_units[unit]) if unit < len(body_units) else None
                counts[number] = counts.get(number, -1) + 1
                yield (number, counts[number]), anchor

    def _was_read(self, span: Span) -> bool:
        return integer_of(span.attributes.get("Offset")) is not None and bool(self._file.tops)

    # -------- a list as a part

    def _rewritten(
        self, name: str, child: str, entries: list[_Entry], known: set[int], write: Callable[[_Entry], bytes]
    ) -> Listed | None:
        """The part with these entries, of which it has others than `known` besides; None if it has just these."""
        part = self._file.root.child(name)
        written = [write(entry) for entry in entries]
        if part is None:
            return self._new_part(name, written) if written else None
        if self._is_unchanged(part.each(child), entries, written):
            return None
        order = _merged(self._source.pieces(part)[0], child, entries, known)
        _sort_places(order, entries)
        return Listed(
            part, name, self._reassembled(part, child, order, dict(zip(map(id, entries), written, strict=True)))
        )

    def _reassembled(self, part: Span, child: str, order: list[Piece | _Entry], data: dict[int, bytes]) -> bytes:
        """The part in that order; an entry that the file had brings blanks of its kind along."""
        pieces, tail = self._source.pieces(part)
        listed = [piece for piece in pieces if piece.tag == child]
        lead = self._source.child_lead(part, listed or pieces)
        leads = iter([piece.lead for piece in listed])
        out = []
        for item in order:
            if isinstance(item, _Entry):
                out.append(Piece(lead if item.old is None else next(leads, lead), data[id(item)], child))
            else:
                out.append(item)
        if not out and not tail.strip():
            tail = b""
        return self._source.assembled(part, out, tail)

    def _new_part(self, name: str, written: list[bytes]) -> Listed:
        lines = "".join(f"    {data.decode('utf-8')}\n" for data in written)
        return Listed(None, name, self._source.native(f"<{name}>\n{lines}  </{name}>"))

    def _is_unchanged(self, spans: list[Span], entries: list[_Entry], written: list[bytes]) -> bool:
        if len(entries) != len(spans) or not _in_order(entries):
            return False
        return all(
            data == self._source.text(spans[entry.old])
            for entry, data in zip(entries, written, strict=True)
            if entry.old is not None
        )

    # -------- spelling

    def ignored_ranges(self) -> list[tuple[int, int, bytes]]:
        """Ranges that the spelling checker passes over: moved, or gone with their words."""
        lists = self._file.root.child("SpellCheckIgnoreLists")
        part = None if lists is None else lists.child("IgnoredRanges")
        spans = [] if part is None else part.each("Range")
        return [change for span in spans if (change := self._moved_range(span)) is not None]

    def _moved_range(self, span: Span) -> tuple[int, int, bytes] | None:
        was_start, was_end = (integer_of(span.attributes.get(name)) for name in ("Start", "End"))
        if was_start is None or was_end is None:
            return None
        start, end = self._moves.moved(was_start), self._moves.moved(was_end)
        if start is None or end is None or start > end:
            return len(self._source.data[: span.start].rstrip()), span.end, b""
        if (start, end) == (was_start, was_end):
            return None
        new = patched_tag(self._source.tag(span), {"Start": str(start), "End": str(end)})
        return span.start, span.inner, new


def _is_locked_page(anchor: Anchor) -> bool:
    return isinstance(anchor.node, PageMark) and anchor.node.locked


def _following(spans: list[Span], name: str, start: int) -> Iterator[str]:
    """The numbers that come after those that the file uses."""
    used = (integer_of(one.attributes.get(name)) or 0 for one in spans)
    return map(str, count(max(used, default=start - 1) + 1))


def _changed(span: Span, values: dict[str, str | None]) -> dict[str, str | None]:
    return {name: value for name, value in values.items() if span.attributes.get(name) != value}


_MISSING = object()


def _facets(node: Any) -> dict[str, Any]:
    """What the attributes of a note say."""
    if node is None:
        return {}
    names = ("Name", "Type", "Color", "ColorName", "WriterName", "DateTime")
    if isinstance(node, Boneyard | PageMark):
        return dict.fromkeys(names, type(node))
    values = (node.title or first_words(node.text), node.category, node.color, node.color, node.author, node.date)
    return dict(zip(names, values, strict=True))


# ---------------------------------------------------------------- the order of a list


def _in_order(entries: list[_Entry]) -> bool:
    """Do entries of one place stand in the file in the order of the tree?"""
    last: dict[Spot, int] = {}
    for entry in entries:
        if entry.old is None or last.get(entry.anchor.start, -1) > entry.old:
            return False
        last[entry.anchor.start] = entry.old
    return True


def _merged(pieces: list[Piece], child: str, entries: list[_Entry], known: set[int]) -> list[Piece | _Entry]:
    """The pieces of the file with the entries in their places: a new one comes after the one that it follows."""
    new_after: dict[int | None, list[_Entry]] = {}
    last: int | None = None
    for entry in entries:
        if entry.old is None:
            new_after.setdefault(last, []).append(entry)
        else:
            last = entry.old
    by_old = {entry.old: entry for entry in entries if entry.old is not None}
    order: list[Piece | _Entry] = list(new_after.get(None, ()))
    index = -1
    for piece in pieces:
        if piece.tag != child:
            order.append(piece)
            continue
        index += 1
        if index in by_old:
            order.append(by_old[index])
        elif index not in known:
            order.append(piece)
        order.extend(new_after.get(index, ()))
    return order


def _sort_places(order: list[Piece | _Entry], entries: list[_Entry]) -> None:
    """Entries of one place take the order of the tree among the places that they have in the list."""
    rank = {id(entry): place for place, entry in enumerate(entries)}
    groups: dict[Spot, list[int]] = {}
    for place, item in enumerate(order):
        if isinstance(item, _Entry):
            groups.setdefault(item.anchor.start, []).append(place)
    for places in groups.values():
        items = sorted((order[place] for place in places), key=lambda item: rank[id(item)])
        for place, item in zip(places, items, strict=True):
            order[place] = item


def _deletion_key(span: Span) -> tuple[int, int, int]:
    number, _, character = span.attributes.get("StartPlace", "").partition(",")
    return integer_of(span.attributes.get("Offset")) or 0, integer_of(number) or 0, integer_of(character) or 0
