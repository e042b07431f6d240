"""Notes and boneyards taken out of a text: an anchor stands in the place of each while lines are read."""

from __future__ import annotations

from itertools import islice

from converter.contract import (
    Diagnostic,
    Kind,
    Report,
)
from converter.notation.fountain.lines import (
    BLANKS,
    FORM_FEED,
    NOTE_ANCHOR,
    only_anchors,
    without_anchors,
)
from converter.notation.fountain.markers import (
    Unclosed,
    find,
    parse_note,
)
from converter.records import dataclass
from converter.tree import (
    Boneyard,
    Marker,
    Note,
    Position,
)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text with an anchor for each note and boneyard, and what the anchors stand for."""

    lines: list[str]
    plain: list[str]  # the same without anchors: what the line tests see
    markers: dict[int, list[Marker | None]]  # by line; None is a note that an option leaves out
    numbers: list[int] | None  # the line of the source that each line starts on; None: they agree


def taken_apart(text: str, report: Report, first_line: int = 1, *, without_notes: bool = False) -> Lines:
    lines = _taken_apart(text, report, first_line, without_notes)
    return _with_own_lines(lines, first_line) if FORM_FEED in text else lines


def _taken_apart(text: str, report: Report, first_line: int, without_notes: bool) -> Lines:
    if "[[" not in text and "/*" not in text:
        lines = text.split("\n")
        numbers = None if first_line == 1 else [first_line + at for at in range(len(lines))]
        return Lines(lines, lines, {}, numbers)
    pieces: list[str] = []
    markers: dict[int, list[Marker | None]] = {}
    swallowed: dict[int, int] = {}  # by line, how many of the source lie in what is taken out of it
    start = line = hidden = 0
    for found in find(text):
        line += text.count("\n", start, found.start)
        at = Position(first_line + line + hidden)
        if isinstance(found, Unclosed):
            _report_unclosed(found, at, report)
            pieces.append(text[start : found.start])
            start = found.start
            continue
        pieces += (_before_anchor(text[start : found.start], found.anchor), found.anchor)
        start = found.end
        marker = _marker(text[found.start : found.end].replace(FORM_FEED, "\n"), found.anchor, at)
        markers.setdefault(line, []).append(None if without_notes and isinstance(marker, Note) else marker)
        inside = text.count("\n", found.start, found.end)
        if inside:
            hidden += inside
            swallowed[line] = swallowed.get(line, 0) + inside
    pieces.append(text[start:])
    lines = "".join(pieces).split("\n")
    plain = lines.copy()
    for number in markers:
        plain[number] = without_anchors(lines[number])
    return Lines(lines, plain, markers, _numbers(len(lines), first_line, swallowed))


def _report_unclosed(found: Unclosed, at: Position, report: Report) -> None:
    if found.opening == "[[":
        code, message = "fountain.unclosed-note", "This note is never closed, so it was read as ordinary text."
    else:
        code = "fountain.unclosed-boneyard"
        message = "Nothing closes the boneyard that /* opens here, so the rest was read as ordinary text."
    report(Diagnostic(Kind.WARNING, code, message, at))


def _before_anchor(text: str, anchor: str) -> str:
    """Right before a note two backslashes are one; a single one would have hidden it."""
    if anchor == NOTE_ANCHOR and text.endswith("\\"):
        count = len(text) - len(text.rstrip("\\"))
        return text[: len(text) - count // 2]
    return text


def _marker(source: str, anchor: str, at: Position) -> Marker:
    if anchor == NOTE_ANCHOR:
        return parse_note(source[2:-2], at)
    return Boneyard(source=source.replace("\u2028", "\n"), at=at)


def _with_own_lines(given: Lines, first_line: int) -> Lines:
    """Each form feed on a line of its own, which has the number of the line that it stood in."""
    lines: list[str] = []
    numbers: list[int] = []
    markers: dict[int, list[Marker | None]] = {}
    for at, line in enumerate(given.lines):
        waiting = iter(given.markers.get(at, ()))
        number = first_line + at if given.numbers is None else given.numbers[at]
        for piece in _parted(line):
            here = list(islice(waiting, len(only_anchors(piece))))
            if here:
                markers[len(lines)] = here
            lines.append(piece)
            numbers.append(number)
    return Lines(lines, [without_anchors(line) for line in lines], markers, numbers)


def _parted(line: str) -> list[str]:
    if FORM_FEED not in line:
        return [line]
    pieces = line.replace(FORM_FEED, f"\n{FORM_FEED}\n").split("\n")
    return [piece for piece in pieces if piece.strip(BLANKS)]


def _numbers(count: int, first_line: int, swallowed: dict[int, int]) -> list[int] | None:
    if not swallowed and first_line == 1:
        return None
    numbers, number = [], first_line
    for at in range(count):
        numbers.append(number)
        number += 1 + swallowed.get(at, 0)
    return numbers
