"""Content of a file with what was changed in it: units copied, patched or written anew."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from converter.notation.fdx.styles import StyleTable
from converter.notation.numbers import integer_of
from converter.safe.xml import Span
from writers.fdx.kept.bytes import Source
from writers.fdx.kept.file import File, Top
from writers.fdx.kept.patch import Patch, Target, Written
from writers.fdx.kept.same import is_alike, is_same
from writers.fdx.paragraphs import ParagraphWriter
from writers.fdx.units import Unit, unit_length


class BodyWriter:
    """Writes units into a file: each paragraph of it can be used once, then it is a copy."""

    def __init__(self, file: File, table: StyleTable):
        taken = max((integer_of(one) or 0 for one in file.alternates), default=0)
        self.writer = ParagraphWriter(file.version, table, seed=f"{file.digest} ", first_alternate=taken + 1)
        self.writer.inner = self._inner
        self.target = Target(file, table, self.writer)
        self._file = file
        self._source: Source = file.source
        self._used: set[int] = set()

    # -------- a sequence of paragraphs

    def content(self, body_units: list[Unit]) -> tuple[bytes, list[Written]]:
        """Content, and for each unit what was written for it. A unit that shares its paragraph has no length."""
        span = self._file.content
        assert span is not None
        written: list[Written] = []
        entries: list[tuple[int | None, bytes]] = []
        indent = self._indent(span)
        place = 0
        while place < len(body_units):
            top = self._odd_top(body_units, place)
            number = self._fresh(body_units[place]) if top is None else top.number
            one = self.unit(body_units[place], indent) if top is None else self._whole(top)
            count = 1 if top is None else len(top.units)
            if number is not None:
                one.before = self._file.empty_before.get(number, 0)
            entries.append((number, one.data))
            written.append(one)
            written.extend(Written(b"", 0) for _ in range(1, count))
            place += count
        return self._spliced(span, entries), written

    def _whole(self, top: Top) -> Written:
        self._use(top.number)
        return Written(self._source.text(self._file.paragraphs[top.number - 1]), top.length)

    def _fresh(self, unit: Unit) -> int | None:
        """The paragraph that a unit came from, if nothing has been made of it yet."""
        number = self._file.number_of(unit)
        return None if number in self._used else number

    def _odd_top(self, body_units: list[Unit], place: int) -> Top | None:
        """A paragraph that was read as several units goes back whole as long as they all are what they were."""
        number = self._file.number_of(body_units[place])
        top = None if number is None else self._file.odd_tops.get(number)
        if top is None or top.number in self._used:
            return None
        now = body_units[place : place + len(top.units)]
        same = len(now) == len(top.units) and all(map(self._is_as_read, now, top.units))
        anchored = any(one.markers for one in now[1:])
        return top if same and not anchored else None

    def _is_as_read(self, new: Unit, old: Unit) -> bool:
        return self._file.number_of(new) == self._file.number_of(old) and self._is_same(new, old)

    def _is_same(self, new: Unit, old: Unit) -> bool:
        return is_same(new, old, notes_inside=self._file.notes_inside)

    def _spliced(self, span: Span, entries: Iterable[tuple[int | None, bytes]]) -> bytes:
        """An element with these paragraphs in place of its own; each old one brings the blanks before it along."""
        leads, head, tail = self._leads(span)
        usual = leads[min(1, len(leads) - 1)][1] if leads else self._source.child_lead(span, [])
        by_number = dict(zip(self._numbers(span), leads, strict=True))
        out = [head]
        for number, data in entries:
            fixed, blanks = by_number.pop(number, (b"", usual)) if number is not None else (b"", usual)
            out.append(fixed + blanks + data)
        # What another program put between paragraphs stays even where the next paragraph is gone.
        out.extend(fixed for fixed, _ in by_number.values() if b"<" in fixed and b"<Paragraph" not in fixed)
        inside = b"".join(out)
        start = self._source.tag(span)
        if not start.endswith(b"/>"):
            return start + inside + tail + self._source.data[span.close : span.end]
        if not inside:
            return start
        end = self._source.newline + self._source.indent(span) + b"</" + span.tag.encode() + b">"
        return start[:-2].rstrip() + b">" + inside + end

    def _numbers(self, span: Span) -> list[int]:
        """Of the paragraphs in an element that were read."""
        return [self._number_by_start[one.start] for one in self._read(span)]

    def _read(self, span: Span) -> list[Span]:
        return [one for one in span.each("Paragraph") if one.start in self._number_by_start]

    @cached_property
    def _number_by_start(self) -> dict[int, int]:
        """The paragraphs that were read, by where they stand."""
        empty = {top.number for top in self._file.tops if not top.units}
        numbered = enumerate(self._file.paragraphs, start=1)
        return {one.start: number for number, one in numbered if number not in empty}

    def _leads(self, span: Span) -> tuple[list[tuple[bytes, bytes]], bytes, bytes]:
        """For each paragraph what else and which blanks stand before it; what stands before the first; the end."""
        data = self._source.data
        place = span.inner
        leads: list[tuple[bytes, bytes]] = []
        head = b""
        for one in self._read(span):
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
            return self._source.indent(paragraph).decode()
        return self._source.indent(span).decode() + "  "

    def _inner(self, unit: Unit, indent: str) -> str:
        return indent + self.unit(unit, indent).data.decode("utf-8") + "\n"

    # -------- one unit

    def unit(self, unit: Unit, indent: str) -> Written:
        number = self._file.number_of(unit)
        old = None if number is None else self._file.old_units.get(number)
        if number is None or old is None or not is_alike(unit, old):
            text = self.writer.unit(unit, indent)
            return Written(self._source.native(text[len(indent) : -1]), unit_length(unit))
        copied = number in self._used
        if not self._is_same(unit, old):
            self._used.add(number)
            return Patch(self.target, unit, old, number, copied=copied).written(self._block)
        self._use(number)
        span = self._file.paragraphs[number - 1]
        data = self._source.without_ids(span) if copied else self._source.text(span)
        return Written(data, self._file.raw_length(number), number)

    def _use(self, number: int) -> None:
        self._used.update(range(number, self._file.last_inside[number] + 1))

    def _block(self, span: Span, inner: list[Unit]) -> bytes:
        """A dual dialogue or an omitted scene with these units."""
        indent = self._indent(span)
        return self._spliced(span, [(self._fresh(unit), self.unit(unit, indent).data) for unit in inner])
