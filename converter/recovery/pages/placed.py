"""Positioned pages as rows: the pieces on one baseline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.lines import Line, Page, cells
from converter.records import dataclass, field, replace
from converter.tree import Position, Run

_SAME_BASELINE = 3.0  # points; scans that went through OCR stand unevenly


@dataclass(slots=True)
class Piece:
    """Words side by side. `right` is where the last cell ends."""

    runs: tuple[Run, ...]
    text: str
    x: float
    y: float
    right: float
    length: int  # in cells

    @property
    def middle(self) -> float:
        return (self.x + self.right) / 2


@dataclass(slots=True)
class PlacedRow:
    """What stands on one baseline of a page, from left to right."""

    page: int  # from 0
    line: int  # which row of its page, from 1
    y: float
    pieces: list[Piece]
    numbers: list[str] = field(default_factory=list)  # scene numbers taken from the margins
    mark: str | None = None  # the revision mark in the right margin
    columns: int | None = None  # cells of the longest row, where it was parted from words beside it

    @property
    def first(self) -> Piece:
        return self.pieces[0]

    @property
    def at(self) -> Position:
        return Position(page=self.page + 1, line=self.line)


@dataclass(slots=True)
class Sheet:
    """A page: its rows, and what was printed above and below them."""

    number: int
    width: float
    height: float
    label: str | None  # as printed in the header, else as the file calls it
    rows: list[PlacedRow]
    header: list[str] = field(default_factory=list)
    first_y: float | None = None  # where the script begins on it, if not where it does on other pages


def sheets_of(pages: Sequence[Page], pitch: float) -> list[Sheet]:
    """Every page in rows, furniture included."""
    sheets = []
    for number, page in enumerate(pages):
        rows: list[PlacedRow] = []
        for line in sorted(page.lines, key=_baseline):
            pieces = list(_pieces(line, pitch))
            if pieces and (not rows or line.y - rows[-1].y > _SAME_BASELINE):
                rows.append(PlacedRow(number, len(rows) + 1, line.y, []))
            if pieces:
                rows[-1].pieces.extend(pieces)
        for row in rows:
            row.pieces.sort(key=_left)
            row.pieces = _joined(row.pieces, pitch)
        sheets.append(Sheet(number, page.width, page.height, page.label, rows))
    return sheets


def _baseline(line: Line) -> float:
    return line.y


def _left(piece: Piece) -> float:
    return piece.x


_WORDS_TOGETHER = re.compile(r"[^ ]+(?: {1,2}[^ ]+)*")


def _pieces(line: Line, pitch: float) -> Iterator[Piece]:
    """The line, cut where it has three blanks or more: typed pages reach their columns by blanks."""
    text = "".join(run.text for run in line.text)
    for match in _WORDS_TOGETHER.finditer(text):
        start, end = match.span()
        x = line.x + pitch * cells(text[:start])
        length = cells(match[0])
        yield Piece(cut(line.text, start, end), match[0], x, line.y, x + pitch * length, length)


def _joined(pieces: list[Piece], pitch: float) -> list[Piece]:
    """A label that hangs behind a name, (CONT'D), was drawn by itself; so were the words of an uneven scan."""
    out: list[Piece] = []
    for piece in pieces:
        gap = piece.x - out[-1].right if out else 0.0
        if out and 0.5 * pitch < gap < (1.8 if piece.text.startswith("(") else 1.1) * pitch:
            before = out[-1]
            blank = Run(text=" ", style=before.runs[-1].style & piece.runs[0].style)
            runs = _merged((*before.runs, blank, *piece.runs))
            text = "".join(run.text for run in runs)
            out[-1] = Piece(runs, text, before.x, before.y, piece.right, cells(text))
        else:
            out.append(piece)
    return out


def cut(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs between two offsets of their text."""
    out = []
    place = 0
    for run in runs:
        text = run.text[max(0, start - place) : max(0, end - place)]
        place += len(run.text)
        if text:
            out.append(run if text == run.text else replace(run, text=text))
    return tuple(out)


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    out: list[Run] = []
    for run in runs:
        if out and out[-1].style == run.style:
            out[-1] = replace(out[-1], text=out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)


# ---------------------------------------------------------------- distances


def usual_leading(sheets: Sequence[Sheet], pitch: float) -> float:
    """Points from line to line inside paragraphs: the smallest distance that is common."""
    counts: Counter[float] = Counter()
    for sheet in sheets:
        for above, below in pairwise(sheet.rows):
            step = below.y - above.y
            if 6 <= step <= 40:
                counts[round(step * 2) / 2] += 1
    if not counts:
        return 12.0
    most = max(counts.values())
    near = min(step for step, count in counts.items() if 4 * count >= most)
    # 12 points go with letters 7.0 or 7.2 apart; speech in double space may outnumber all else.
    is_usual_type = 6.8 <= pitch <= 7.4 and abs(near / 12 - round(near / 12)) < 0.1
    if abs(near - 12) <= 1 or is_usual_type:
        return 12.0
    return near
