"""One paragraph made ready for the page: its words as drawn, its rows, and what a row becomes on paper."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from math import floor
from typing import NamedTuple, assert_never

from converter.layout.style import GREY, INCH, Face, Measure, Setup
from converter.layout.wrap import Rows, wrap
from converter.lines import CELL, Line, cells
from converter.tree import (
    NO_STYLE,
    Align,
    Boneyard,
    Deletion,
    LineBreak,
    Look,
    Note,
    NoteEnd,
    PageMark,
    Paragraph,
    Run,
    Style,
    TabStop,
    Text,
)

_TAB_COLUMNS = 5


class MarginNumber(NamedTuple):
    """A number beside a paragraph: where it starts on the left and ends on the right, in points; None: not there."""

    text: str
    left: float | None
    right: float | None


_LEFT, _FULL = Align.LEFT, Align.FULL  # asking an enumeration takes as long as the rest of the question


class Drawn:
    """A text as the page shows it. Offsets count drawn characters, with a line feed for each typed line break."""

    __slots__ = ("parted", "deleted", "pieces", "revised", "stops", "text")

    def __init__(self, text: str, pieces: Sequence[tuple[int, Run]]):
        self.text = text
        self.pieces = pieces  # where each piece ends, and a run that shows how it is set
        self.parted: Sequence[tuple[int, int]] = ()  # (drawn, typed) offsets where the two part ways
        self.revised: Sequence[tuple[int, int, int]] = ()  # end, start and revision of words that changed
        self.deleted: Sequence[tuple[int, int]] = ()  # where words were cut, and in which revision
        self.stops: Sequence[tuple[int, str]] = ()  # locked pages that begin inside

    def typed_offset(self, offset: int) -> int:
        """Where in tree.words(text) a drawn character was typed."""
        place = bisect_right(self.parted, (offset, 1 << 60)) - 1
        if place < 0:
            return offset
        drawn, typed = self.parted[place]
        typed += offset - drawn
        return min(typed, self.parted[place + 1][1]) if place + 1 < len(self.parted) else typed


def draw(text: Text, element: Face, *, look: Look | None = None, notes: bool = False, tabs: bool = False) -> Drawn:
    """The text in the element's style: capitals where that has them, no notes unless they are asked for.

    Tabs become blanks to the next fifth column, unless `tabs` keeps them for the paragraph's own stops.
    """
    if len(text) == 1 and look is None and not element.hidden:
        run = text[0]
        if type(run) is Run and run.style is NO_STYLE and run.text.isascii() and "\t" not in run.text:
            return _one_plain_run(run, element)
    return _Pen(element, look, notes, tabs).drawn(text)


def _one_plain_run(run: Run, element: Face) -> Drawn:
    """The short way for most paragraphs: nothing in them can change its length."""
    words = run.text
    if element.capitals or element.drawn is not NO_STYLE:
        words = words.upper() if element.capitals else words
        run = Run(text=words, style=element.drawn, look=run.look, revision=run.revision, tags=run.tags)
    drawn = Drawn(words, ((len(words), run),))
    if run.revision is not None:
        drawn.revised = ((len(words), 0, run.revision),)
    return drawn


# What changes its length when it is drawn: a tab, letters whose capital is two letters.
_LONGER = re.compile("[\tßŉǰΐΰևẖ-ẚᾀ-ᾯᾲ-ᾴᾶᾷᾼῂ-ῄῆῇῌῒΐῖῗῢ-ῤῦῧῲ-ῴῶῷῼﬀ-ﬗ]")


class _Pen:
    """Draws one text inline by inline."""

    def __init__(self, element: Face, look: Look | None, notes: bool, tabs: bool):
        self.element, self.look, self.notes, self.tabs = element, look, notes, tabs
        self.words: list[str] = []
        self.length = 0
        self.typed = 0
        self.row_start = 0  # for tabs: where the typed line began
        self.after_blank_and_note = False
        self.pieces: list[tuple[int, Run]] = []
        self.parted: list[tuple[int, int]] = []
        self.revised: list[tuple[int, int, int]] = []
        self.deleted: list[tuple[int, int]] = []
        self.stops: list[tuple[int, str]] = []

    def drawn(self, text: Text) -> Drawn:
        for inline in text:
            match inline:
                case Run():
                    self.run(inline)
                case LineBreak():
                    self.put("\n", None)
                    self.typed += 1
                    self.row_start = self.length
                case Note():
                    self.note(inline)
                case Boneyard():
                    self.left_out()
                case PageMark(locked=True):
                    self.stops.append((self.length, inline.label))
                case PageMark():
                    self.left_out()
                case Deletion():
                    self.deleted.append((self.length, inline.revision))
                case NoteEnd():
                    pass
                case _:
                    assert_never(inline)
        drawn = Drawn("".join(self.words), self.pieces)
        drawn.parted, drawn.stops = self.parted, self.stops
        drawn.revised, drawn.deleted = self.revised, self.deleted
        return drawn

    def note(self, note: Note) -> None:
        if self.notes:
            words = f"[[{' '.join(note.text.split())}]]"
            self.put(words, Run(text=words, style=Style.ITALIC, look=GREY))
        elif note.id is None:
            self.left_out()

    def left_out(self) -> None:
        """Of the blanks around something that is not printed, one is printed."""
        self.after_blank_and_note = bool(self.words) and self.words[-1].endswith(" ")

    def run(self, run: Run) -> None:
        own = self.element if run.style is NO_STYLE else self.element.with_words(run.style)
        words = run.text
        if own.hidden:
            self.typed += len(words)
        elif words.isascii() and not (self.look is not None or self.after_blank_and_note or "\t" in words):
            self.plain(run, words, own)
        else:
            self.letters(run, words, own)

    def letters(self, run: Run, words: str, own: Face) -> None:
        """The long way: letters that are composed, widened or left out, so that offsets part from what was typed."""
        if self.after_blank_and_note and words.startswith(" "):
            words = words[1:]
            self.typed += 1
        self.after_blank_and_note = False
        look = run.look if self.look is None else _with_look(self.look, run.look)
        shown = Run(text=run.text, style=own.drawn, look=look, revision=run.revision, tags=run.tags)
        start, typed_start = self.length, self.typed
        for number, piece in enumerate(_LONGER.split(words)):
            if number:
                self.longer(words[self.typed - typed_start], own.capitals, shown)
            self.piece(piece, own.capitals, shown)
        if run.revision is not None:
            self.revised.append((self.length, start, run.revision))

    def plain(self, run: Run, words: str, own: Face) -> None:
        """The short way for most runs: nothing in them can change its length."""
        if own.drawn is not run.style:
            run = Run(text=words, style=own.drawn, look=run.look, revision=run.revision, tags=run.tags)
        if run.revision is not None:
            self.revised.append((self.length + len(words), self.length, run.revision))
        self.put(words.upper() if own.capitals else words, run)
        self.typed += len(words)

    def piece(self, typed: str, capitals: bool, shown: Run) -> None:
        if typed:
            words = unicodedata.normalize("NFC", typed)
            self.put(words.upper() if capitals else words, shown)
            self.typed += len(typed)

    def longer(self, char: str, capitals: bool, shown: Run) -> None:
        if char == "\t" and not self.tabs:
            words = " " * (_TAB_COLUMNS - (self.length - self.row_start) % _TAB_COLUMNS)
        else:
            words = char.upper() if capitals else char
        self.put(words, shown)
        self.typed += 1

    def put(self, words: str, shown: Run | None) -> None:
        if self.length != self.typed or self.parted:
            self.parted.append((self.length, self.typed))
        if not words:
            return
        self.words.append(words)
        self.length += len(words)
        pieces = self.pieces
        if shown is None:
            shown = pieces[-1][1] if pieces else _BLANK
        if pieces and pieces[-1][1] is shown:
            pieces[-1] = (self.length, shown)
        else:
            pieces.append((self.length, shown))


_BLANK = Run(text=" ")


def _with_look(element: Look, words: Look | None) -> Look:
    """The element's colours where the words have none of their own."""
    if words is None:
        return element
    return Look(
        font=words.font,
        size=words.size,
        color=words.color or element.color,
        background=words.background or element.background,
    )


# ---------------------------------------------------------------- rows


class Flow:
    """A paragraph, or what a page break left of it, in rows."""

    __slots__ = (
        "drawn",
        "end",
        "kind",
        "margin_number",
        "measure",
        "number",
        "paragraph",
        "rows",
        "start",
        "suffix",
        "tabs",
    )

    def __init__(self, paragraph: Paragraph | None, number: int | None, measure: Measure, drawn: Drawn):
        self.paragraph = paragraph
        self.number = number  # which of tree.paragraphs(body)
        self.kind = type(paragraph) if paragraph is not None else None
        self.measure = measure
        self.drawn = drawn
        self.start, self.end = 0, len(drawn.text)
        self.suffix = self.end  # from here on the words are not the author's: an automatic (CONT'D)
        self.margin_number: MarginNumber | None = None
        self.tabs: tuple[TabStop, ...] = ()
        self.rows: Rows = []

    @property
    def text(self) -> str:
        return self.drawn.text

    @property
    def height(self) -> float:
        return len(self.rows) * self.measure.spacing

    def wrap(self, setup: Setup, *, whole: bool = False) -> Flow:
        """Breaks what there is left into rows; unless `whole` no more of them than any page can hold."""
        measure = self.measure
        limit = None if whole else setup.limit
        if self.tabs:
            self.rows = wrap(self.text, 1 << 30, 1 << 30, start=self.start, end=self.end, limit=limit)
            return self
        # The rest of a paragraph goes on at its left indent.
        first = measure.columns if self.start else measure.first_columns
        text = self.drawn.text
        if self.end - self.start <= first and "\n" not in text and text.isascii():
            self.rows = [(self.start, self.end)]
        else:
            self.rows = wrap(
                text,
                first,
                measure.columns,
                start=self.start,
                end=self.end,
                limit=limit,
                keep_double_hyphen=setup.keep_double_hyphen,
            )
        return self

    def hang(self, mark: str) -> None:
        """Hangs words behind the text that are not the author's, such as (CONT'D); blanks before them go."""
        kept = len(self.drawn.text.rstrip(" "))
        run = self.drawn.pieces[-1][1] if self.drawn.pieces else Run(text=mark)
        text = f"{self.drawn.text[:kept]} {mark}"
        drawn = Drawn(text, [*(piece for piece in self.drawn.pieces if piece[0] < kept), (len(text), run)])
        drawn.parted, drawn.revised, drawn.deleted = self.drawn.parted, self.drawn.revised, self.drawn.deleted
        self.drawn, self.suffix, self.end = drawn, kept, len(text)

    def rest(self, offset: int) -> Flow:
        """The same paragraph from `offset` on, still to be wrapped; blanks and one line break at the cut vanish."""
        new = Flow(self.paragraph, self.number, self.measure, self.drawn)
        new.end, new.suffix, new.tabs = self.end, self.suffix, self.tabs
        new.start = after_cut(self.drawn.text, offset, self.end)
        return new

    def until(self, offset: int) -> Flow:
        new = Flow(self.paragraph, self.number, self.measure, self.drawn)
        new.start, new.end, new.margin_number, new.tabs = self.start, offset, self.margin_number, self.tabs
        new.suffix = min(self.suffix, offset)
        return new

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        """The words between two offsets, without blanks at the end."""
        text = self.drawn.text
        pieces = self.drawn.pieces
        words = text[start:end]
        if words[-1:] == " ":
            words = words.rstrip(" ")
        if not words:
            return ()
        if len(pieces) == 1:
            run = pieces[0][1]
            if words is run.text:  # a slice of the whole is the whole
                return (run,)
            return (Run(text=words, style=run.style, look=run.look, revision=run.revision, tags=run.tags),)
        end = start + len(words)
        out = []
        for place in range(bisect_right(pieces, start, key=_piece_end), len(pieces)):
            piece_end, run = pieces[place]
            words = text[start : min(piece_end, end)]
            out.append(Run(text=words, style=run.style, look=run.look, revision=run.revision, tags=run.tags))
            if piece_end >= end:
                break
            start = piece_end
        return tuple(out)

    def put_all(self, out: list[Line], line: float, setup: Setup, column: int) -> float | None:
        """Adds all rows below `line` and gives the last line: the short way for most paragraphs.

        None, and nothing added, where `put` has more to ask of each row. With the short way of writers/pdf/draw.py it
        saves a tenth of a feature's PDF: 0.193 s against 0.210, medians of 45 runs in turn on a machine that was busy.
        """
        if not self._is_plain():
            return None
        measure = self.measure
        x = measure.x if self.start else measure.first_x
        at = None if self.paragraph is None else self.paragraph.at
        for start, end in self.rows:
            line += measure.spacing
            runs = self.runs(start, end)
            if runs:
                out.append(Line(runs, x, setup.y(line), self.kind, False, column, None, self.number, at))
            x = measure.x
        return line

    def _is_plain(self) -> bool:
        """Words of the author alone, from the left, without a number, a change or a tab."""
        align, drawn = self.measure.align, self.drawn
        if align is not _LEFT and align is not _FULL or self.suffix < self.end:
            return False
        return not (self.tabs or self.margin_number is not None or drawn.revised or drawn.deleted)

    def put(
        self, out: list[Line], row: int, y: float, column: int = 0, cut: int | None = None, mark: str | None = None
    ) -> None:
        """Adds what the row puts on paper, from left to right; nothing if it is blank. `cut` ends it early."""
        start, end = self.rows[row]
        end = end if cut is None else min(cut, end)
        if self.tabs:
            self._put_tabbed(out, start, end, y, mark)
            return
        measure, paragraph = self.measure, self.paragraph
        words_end = min(end, self.suffix)
        runs = self.runs(start, words_end)
        if measure.align is _LEFT or measure.align is _FULL:
            x = measure.x if row or self.start else measure.first_x
        else:
            x = self._aligned_x(start, words_end, end)
        if runs:
            at = None if paragraph is None else paragraph.at
            out.append(Line(runs, x, y, self.kind, False, column, mark, self.number, at))
        if end > words_end:
            self._put_generated_end(out, start, max(start, words_end), end, x, y, column)

    def _aligned_x(self, start: int, words_end: int, end: int) -> float:
        """Blanks typed at the end of a centered line count, those where the text was wrapped are in no row.

        What the page adds to a centered name hangs behind it; it moves only a name that stands on the right.
        """
        text, measure = self.drawn.text, self.measure
        if measure.align is Align.RIGHT:
            return max(0.0, round(measure.right) - CELL * cells(text[start:end].rstrip(" ")))
        words = text[start : words_end if words_end > start else end]
        return max(0, floor(measure.middle - CELL / 2 * cells(words)))

    def _put_generated_end(
        self, out: list[Line], start: int, words_end: int, end: int, x: float, y: float, column: int
    ) -> None:
        text = self.drawn.text
        while words_end < end and text[words_end] == " ":
            words_end += 1
        runs = self.runs(words_end, end)
        if runs:
            at = x + CELL * cells(text[start:words_end])
            out.append(
                Line(text=runs, x=at, y=y, element=self.kind, generated=True, column=column, paragraph=self.number)
            )

    def _put_tabbed(self, out: list[Line], start: int, end: int, y: float, mark: str | None) -> None:
        """Pieces between tabs, each where its tab stop puts it."""
        at = None if self.paragraph is None else self.paragraph.at
        x: float = self.measure.first_x
        for number, piece in enumerate(self.drawn.text[start:end].split("\t")):
            width = CELL * cells(piece.rstrip(" "))
            if number:
                x = _stop(self.tabs, x, width)
            runs = self.runs(start, start + len(piece))
            start += len(piece) + 1
            if runs:
                out.append(Line(text=runs, x=x, y=y, element=self.kind, mark=mark, paragraph=self.number, at=at))
                x += width

    def revisions(self, row: int) -> Iterator[int]:
        """The revisions that changed something in the row."""
        start, end = self.rows[row]
        drawn = self.drawn
        for place in range(bisect_right(drawn.revised, (start, end)), len(drawn.revised)):
            _, from_, revision = drawn.revised[place]
            if from_ >= end:
                break
            yield revision
        # What was cut where a line turned, before the blank that went there, is marked at the line's end.
        stop = self.rows[row + 1][0] if row + 1 < len(self.rows) else len(drawn.text) + 1
        for place in range(bisect_left(drawn.deleted, (start,)), len(drawn.deleted)):
            where, revision = drawn.deleted[place]
            if where >= stop:
                break
            yield revision


def _piece_end(piece: tuple[int, Run]) -> int:
    return piece[0]


def after_cut(text: str, offset: int, end: int) -> int:
    while offset < end and text[offset] == " ":
        offset += 1
    if offset < end and text[offset] == "\n":
        offset += 1
    return offset


def _stop(tabs: tuple[TabStop, ...], x: float, width: float) -> float:
    for tab in tabs:
        position = round(tab.position * INCH)
        if position > x:
            if tab.align is Align.RIGHT:
                return max(x, position - width)
            if tab.align is Align.CENTER:
                return max(x, floor(position - width / 2))
            return position
    step = _TAB_COLUMNS * CELL
    return (floor(x / step + 1e-6) + 1) * step
