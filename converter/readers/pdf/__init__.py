"""Reads a screenplay from a PDF: first its lines and where they stand, then what each line is."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    Limits,
    NoTextError,
    Reader,
    Report,
    Source,
    ignore,
    option,
)
from converter.lines import Line, Page
from converter.normal import allowed
from converter.readers.pdf.isolate import extract_elsewhere
from converter.records import dataclass
from converter.safe.clean import clean
from converter.tree import Note, Position, Run, Screenplay, Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    isolate: bool = option(True, "Take the PDF apart in a process of its own, which a hostile file cannot harm.")


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    from converter.recovery.pages.script import (
        recover,  # the child process, which imports this package, needs none of it
    )

    printed = read_pages(source, options, report, limits)
    return recover(
        printed.pages,
        printed.pitch,
        report,
        limits,
        bookmarks=printed.bookmarks,
        is_proportional=printed.is_proportional,
        notes=printed.notes,
    )


class Printed(NamedTuple):
    """What a PDF says: its pages, the points from one character to the next, the words of its bookmarks.

    Where letters are not all as wide, places are less than they say of a typed page.
    """

    pages: list[Page]
    pitch: float
    bookmarks: list[str]
    is_proportional: bool
    notes: list[tuple[int, float, Note]]  # page from 0, how far down it lies


def read_pages(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Printed:
    """The pages as they are printed."""
    if len(source.data) > limits.input_bytes:
        raise limits.passed("input_bytes", "this PDF is too large")
    if b"%PDF-" not in source.data[:1024]:
        raise FormatError("this is not a PDF")
    answer = _answer(source.data, options, limits)
    sheets = [_Sheet(*sheet) for sheet in answer["sheets"]]
    _report_controls(sheets, report)
    if not any(sheet.segments for sheet in sheets):
        if any(sheet.is_broken for sheet in sheets):
            raise FormatError("this PDF is damaged; none of its pages can be read")
        if any(sheet.unread for sheet in sheets):
            raise NoTextError("the letters of this PDF are too small to be seen; print it larger and try again")
        raise NoTextError(
            "this PDF holds pictures of pages and no text; run it through a program for text recognition (OCR) first"
        )
    _report_unread(sheets, report)
    pitch = answer["pitch"]
    size = max(pitch / 0.6, _usual_size(sheets))
    return Printed(
        [_page(sheet, pitch, size) for sheet in sheets],
        pitch,
        answer["outline"],
        _is_proportional(sheets, pitch),
        [
            (number, y, Note(text=text, author=author or None, at=Position(page=number + 1)))
            for number, sheet in enumerate(sheets)
            for y, text, author in sheet.notes
        ],
    )


_LONG = 20  # letters that say how wide letters are
_FEWEST_LONG = 10


def _is_proportional(sheets: list[_Sheet], pitch: float) -> bool:
    """Are lines of as many letters not as wide as each other? Type made for typewriters has one width."""
    long = uneven = 0
    for sheet in sheets:
        for left, right, _, _, runs in sheet.segments:
            line = "".join(text for text, _ in runs)
            if len(line) >= _LONG and line.isascii():
                long += 1
                uneven += abs((right - left) / len(line) - pitch) > 0.02 * pitch
    return long >= _FEWEST_LONG and uneven > 0.5 * long


class _Sheet(NamedTuple):
    """A page as the child process tells of it."""

    width: float
    height: float
    label: str
    segments: list[tuple[float, float, float, float, list[tuple[str, int]]]]  # left, right, y, size, runs
    watermarks: list[str]
    is_broken: bool
    notes: list[tuple[float, str, str]]  # y, words, author
    unread: str


def _answer(data: bytes, options: Options, limits: Limits) -> dict[str, Any]:
    if options.isolate:
        return extract_elsewhere(data, limits)
    from converter.readers.pdf.child import answer
    from converter.readers.pdf.isolate import checked

    return checked(answer(data, limits))


READER = Reader("pdf", (), Options, read)


# ---------------------------------------------------------------- pages

_STYLES = tuple(
    (Style.BOLD if bits & 1 else Style(0))
    | (Style.ITALIC if bits & 2 else Style(0))
    | (Style.UNDERLINE if bits & 4 else Style(0))
    | (Style.STRIKEOUT if bits & 8 else Style(0))
    for bits in range(16)
)


_FARTHEST = 14_400.0  # points: no page is wider or higher (ISO 32000-1, annex C.2)


def _on_paper(place: float) -> float:
    return min(max(place, -_FARTHEST), _FARTHEST)


def _usual_size(sheets: list[_Sheet]) -> float:
    """The size of most letters."""
    counts: Counter[float] = Counter()
    for sheet in sheets:
        for _, _, _, size, runs in sheet.segments:
            counts[round(size, 1)] += sum(len(text) for text, _ in runs)
    return max(counts, key=lambda one: (counts[one], one), default=0.0)


def _page(sheet: _Sheet, pitch: float, usual_size: float) -> Page:
    lines = []
    for left, right, y, size, runs in sheet.segments:
        text = tuple(Run(text=words, style=_STYLES[bits]) for said, bits in runs if (words := _visible(said)))
        if not text:
            continue
        # Lines are measured in cells of one size: a title in large type keeps its middle.
        is_large = size > 1.25 * usual_size and abs((left + right) / 2 - sheet.width / 2) < 40
        x = (left + right - pitch * sum(len(run.text) for run in text)) / 2 if is_large else left
        lines.append(Line(text=text, x=_on_paper(x), y=_on_paper(y)))
    return Page(width=sheet.width, height=sheet.height, label=sheet.label or None, lines=tuple(lines))


def _report_controls(sheets: list[_Sheet], report: Report) -> None:
    count, first = 0, 0
    for number, sheet in enumerate(sheets, start=1):
        for *_, runs in sheet.segments:
            for text, _ in runs:
                if not text.isprintable():
                    count += len(text) - len(_visible(text))
                    first = first or number * bool(count)
    if count:
        message = f"Left out {count:,} control character{'s' if count > 1 else ''}; no script can hold them."
        report(Diagnostic(Kind.WARNING, "text.control-characters", message, Position(page=first)))


def _visible(text: str) -> str:
    """No font draws a control character, but a file may say that a sign of it is one; and a line has no lines in it."""
    return text if text.isprintable() else allowed(_LINE_ENDS.sub(" ", text))


_LINE_ENDS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]")


def _report_unread(sheets: list[_Sheet], report: Report) -> None:
    """What was seen on the pages and cannot be read: damage for each page, the rest once."""
    across = unread = noted = unknown = False
    for number, sheet in enumerate(sheets, start=1):
        at = Position(page=number)
        if sheet.is_broken:
            message = f"Page {number} is damaged; some or all of its words are missing."
            report(Diagnostic(Kind.WARNING, "pdf.broken-page", message, at))
        if sheet.watermarks and not across:
            across = True
            said = "".join(sheet.watermarks).strip()[:60]
            message = f"The words {said!r} lie across the page; they were taken for a watermark and left out."
            report(Diagnostic(Kind.GUESS, "pdf.watermark", message, at))
        if sheet.unread and not unread:
            unread = True
            message = f"The words {sheet.unread[:60]!r} are too small to be seen; such words were left out."
            report(Diagnostic(Kind.WARNING, "pdf.unread-letters", message, at))
        if sheet.notes and not noted:
            noted = True
            said = clean(sheet.notes[0][1].partition("\n")[0], 60)
            message = f"“{said}” lies over the page as a note; what does was read as notes of the script."
            report(Diagnostic(Kind.GUESS, "pdf.note", message, at))
        if not unknown and any(UNKNOWN in text for segment in sheet.segments for text, _ in segment[4]):
            unknown = True
            message = f"The file does not say which letters some of its signs are; each was kept as {UNKNOWN}."
            report(Diagnostic(Kind.WARNING, "pdf.unknown-letters", message, at))


UNKNOWN = "\ufffd"  # what converter.readers.pdf.fonts gives for such a sign
