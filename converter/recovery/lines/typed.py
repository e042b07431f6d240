"""Rows as the paragraphs of a typed script, and what was read of them as units again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from converter.recovery.assemble import Unit
from converter.recovery.decoder.roles import ACTION, HEADING
from converter.recovery.lines.rows import TypedRow
from converter.recovery.proof import Span
from converter.recovery.typed.headings import is_foreign_heading, is_parted_heading, is_typed_heading, kind_by_words
from converter.recovery.typed.labels import opening_name
from converter.recovery.typed.paragraphs import Typed
from converter.recovery.typed.script import Part, Reading
from converter.terms import has_lower, has_upper
from converter.tree import Action, Align, Paragraph, Transition

PageMarks = Mapping[int, Sequence[tuple[str, Span]]]


def paragraphs_of(rows: Sequence[TypedRow], source: str) -> list[Typed]:
    """The rows that are no furniture; lines that only turned are one paragraph again."""
    story = [row for row in rows if not row.furniture]
    texts = [row.words or source[row.start : row.start + len(row.text)] for row in story]
    names = [opening_name(text) if not row.whole else "" for row, text in zip(story, texts, strict=True)]
    for row, text in zip(story, texts, strict=True):
        row.made = kind_by_words(text)
    turned = _Turned(story, texts, names)
    paragraphs: list[Typed] = []
    for place, (row, text) in enumerate(zip(story, texts, strict=True)):
        if place and turned.goes_on(place, paragraphs[-1]):
            last = paragraphs[-1]
            last.starts.append(len(last.text) + 1)
            last.text += " " + text
            last.rows.append(row)
        else:
            paragraphs.append(_paragraph(row, text))
    return paragraphs


def _paragraph(row: TypedRow, text: str) -> Typed:
    return Typed(
        text=text,
        rows=[row],
        starts=[0],
        blank=row.blank,
        column=row.column,
        align=row.align,
        level=row.level,
        lead=row.lead,
        is_bold=row.is_bold,
        tied=row.tied,
        role=row.role,
        made=row.made,
    )


class _Turned:
    """Which rows go on with the paragraph above, because the line was full or they hang under its words."""

    def __init__(self, rows: Sequence[TypedRow], texts: Sequence[str], names: Sequence[str]):
        self.rows, self.texts, self.names = rows, texts, names
        self.counts = Counter(name for name in names if name)
        self.edges: dict[int, int] = {}  # column -> where the lines that begin there end
        for row, text in zip(rows, texts, strict=True):
            if not row.whole:
                self.edges[row.column] = max(self.edges.get(row.column, 0), len(text))
        self.is_wrapped = self._lines_are_full()

    def _lines_are_full(self) -> bool:
        """Nearly every line with another right below has no room for its first word, and sentences go on there."""
        below = [place for place in range(1, len(self.rows)) if self._is_below(place)]
        full = list(filter(self._turns, below))
        turned = sum(self.texts[place - 1][-1] not in _SENTENCE_ENDS for place in full)
        return turned >= _FEWEST_TURNED and turned * 4 >= len(full) and len(full) * 4 >= len(below) * 3

    def _is_below(self, place: int) -> bool:
        row, above = self.rows[place], self.rows[place - 1]
        return not (row.whole or row.blank or row.number) and row.column == above.column and not self._has_name(place)

    def _has_name(self, place: int) -> bool:
        return self.counts[self.names[place]] > 1 if self.names[place] else False

    def _is_full(self, place: int) -> bool:
        above, word = self.texts[place - 1], self.texts[place].partition(" ")[0]
        return len(above) + 1 + len(word) > self.edges[self.rows[place - 1].column]

    def _turns(self, place: int) -> bool:
        """The line above was full, or in letters of several widths nearly so, and its sentence goes on."""
        above = self.texts[place - 1]
        is_long = len(above) > _NEARLY_FULL * self.edges[self.rows[place - 1].column]
        return self._is_full(place) or is_long and above[-1] not in _SENTENCE_ENDS

    def goes_on(self, place: int, paragraph: Typed) -> bool:
        row = self.rows[place]
        if row.whole or row.blank or row.number or self._has_name(place) or row.made is not None:
            return False
        if row.column > paragraph.column and opening_name(paragraph.text):
            return row.column - paragraph.column >= _HANGING
        above = self.rows[place - 1]
        if row.column != above.column or not self._turns(place):
            return False
        return self.is_wrapped or self.texts[place][0].islower() and self.texts[place - 1][-1] not in _SENTENCE_ENDS


_FEWEST_TURNED = 2
_NEARLY_FULL = 0.75
_SENTENCE_ENDS = tuple('.!?…:"”»)。！？」』）')
_HANGING = 3  # cells


def first_row(reading: Reading, rows: Sequence[TypedRow]) -> int:
    """Where the script surely begins; behind all rows if nothing is sure."""
    if reading.begins >= len(reading.paragraphs):
        return len(rows)
    first = reading.paragraphs[reading.begins].rows[0]
    return next(place for place, row in enumerate(rows) if row is first)


def sure_rows(rows: Sequence[TypedRow], source: str) -> dict[int, tuple[int, type[Paragraph]]]:
    """Of a script as printed: the rows that are acts, scenes or THE END by their words, whatever stands around them."""
    sure: dict[int, tuple[int, type[Paragraph]]] = {}
    for place, row in enumerate(rows):
        if row.made is None or row.made is Transition:
            continue
        text = row.words or source[row.start : row.start + len(row.text)]
        if row.made is Action:
            below = rows[place + 1] if place + 1 < len(rows) else None
            if below is None or below.blank or not has_lower(below.text):
                sure[place] = ACTION, Action
        elif not is_typed_heading(text) or _is_heading_without_capitals(row, text):
            sure[place] = HEADING, row.made
    return sure


def _is_heading_without_capitals(row: TypedRow, text: str) -> bool:
    in_capitals = has_upper(text) and not has_lower(text)
    return (
        is_parted_heading(text)
        or is_foreign_heading(text)
        or not in_capitals
        and (row.blank > 0 or row.whole or not row.start)
    )


def units_of(reading: Reading, rows: Sequence[TypedRow], source: str, marks: PageMarks) -> list[Unit]:
    """The parts that stand in these rows; page marks go with the row that they stand before."""
    places = set(map(id, rows))
    marked = {id(rows[place]): found for place, found in marks.items() if place < len(rows)}
    return [
        _unit(part, reading.paragraphs[part.paragraph], source, marked)
        for part in reading.parts
        if id(reading.paragraphs[part.paragraph].rows[0]) in places
    ]


def _unit(part: Part, paragraph: Typed, source: str, marks: PageMarks) -> Unit:
    first = paragraph.rows[0]
    opens = not part.start or part.number is not None and not any(map(str.isalnum, paragraph.text[: part.number[0]]))
    unit = Unit(part.role, "", [], first.at, made=part.made)
    if opens:
        unit.number, unit.number_spans = first.number, list(first.number_spans)
    if part.number is not None:
        start, end = part.number
        unit.number = paragraph.text[start:end]
        unit.number_spans = [(first.start + start, first.start + end)]
    for start, row in zip(paragraph.starts, paragraph.rows, strict=True):
        begin, end = max(part.start, start), min(part.end, start + len(row.text))
        if begin >= end:
            continue
        span = row.start + begin - start, row.start + end - start
        text = " ".join(source[slice(*span)].split())
        offset = len(unit.text) + bool(unit.text)
        if begin == start or row is first and opens:
            unit.marks += [(offset, label, where) for label, where in marks.get(id(row), ())]
        if row.revised:
            unit.revised.append((offset, offset + len(text)))
        unit.spans.append(span)
        unit.text += " " * bool(unit.text) + text
    unit.centered = part.role == ACTION and first.align is Align.CENTER
    return unit
