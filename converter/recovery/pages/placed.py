"""Positioned pages as rows: the pieces on one baseline, without page numbers, headers and other furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.lines import Line, Page, cells
from converter.records import dataclass, field, replace
from converter.terms import HEADING_INTRO
from converter.tree import Position, Run, Style

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


# ---------------------------------------------------------------- furniture

PAGE_LABEL = re.compile(
    r"[-–(]? \s? (?:page\s)? (?P<label> [A-Z]{0,3}\d{1,5}[A-Z]{0,3} (?: -\d{1,5}[A-Z]{0,3} )? ) \s? [-–).]{0,2}",
    re.VERBOSE | re.IGNORECASE,
)
# What a page break in a scene prints: CONTINUED:, (CONTINUED), CONTINUED: (2).
SCENE_CONTINUED = re.compile(r"\(?\s?CONT(?:INUED|['’]D)\s?\)?[:.]?\s?(?:\(\d{1,3}\))?[:.]?\)?", re.IGNORECASE)
_ROMAN_LABEL = re.compile(r"[ivxlc]{1,6}\.?")
_DIGITS = re.compile(r"\d+")
_FEWEST_ALIKE = 3


def take_headers(sheets: Sequence[Sheet], leading: float) -> None:
    """Moves page numbers, headers and footers out of the rows; a page's printed number becomes its label."""
    inside = {_DIGITS.sub("0", row.first.text) for sheet in sheets for row in sheet.rows[3:-3]}
    for _ in range(4):
        taken = _take_edge_rows(sheets, leading, inside, first=True)
        taken |= _take_edge_rows(sheets, leading, inside, first=False)
        if not taken:
            return


def _take_edge_rows(sheets: Sequence[Sheet], leading: float, inside: set[str], *, first: bool) -> bool:
    """What stands on the script too, such as a name over a speech, is no header, however often it begins a page."""
    edge = [(sheet, sheet.rows[0 if first else -1]) for sheet in sheets if sheet.rows]
    alike: Counter[tuple[str, int]] = Counter(_signature(row) for _, row in edge)
    level = Counter(round(row.y / 4) for _, row in edge)
    taken = False
    for sheet, row in edge:
        if not _is_in_zone(row, sheet, first=first) or not _apart(sheet, row, leading, first=first) or _is_script(row):
            continue
        least = max(_FEWEST_ALIKE, 0.3 * len(edge), 0.6 * level[round(row.y / 4)])
        is_common = alike[_signature(row)] >= least and _DIGITS.sub("0", row.first.text) not in inside
        if is_common or _is_label_row(row, sheet):
            sheet.rows.remove(row)
            _keep_header(sheet, row)
            taken = True
    return taken


def _is_in_zone(row: PlacedRow, sheet: Sheet, *, first: bool) -> bool:
    return row.y < 0.12 * sheet.height if first else row.y > 0.93 * sheet.height


def _signature(row: PlacedRow) -> tuple[str, int]:
    return _DIGITS.sub("0", " ".join(piece.text for piece in row.pieces)), round(row.y / 4)


def _is_script(row: PlacedRow) -> bool:
    """A scene heading, CONTINUED, the underlined line of an act."""
    return any(
        HEADING_INTRO.match(piece.text)
        or SCENE_CONTINUED.fullmatch(piece.text)
        or all(Style.UNDERLINE in run.style for run in piece.runs)
        for piece in row.pieces
    )


def _apart(sheet: Sheet, row: PlacedRow, leading: float, *, first: bool) -> bool:
    """Does the row stand away from the text, more than two lines?"""
    others = sheet.rows[1:] if first else sheet.rows[:-1]
    if not others:
        return True
    return abs(others[0 if first else -1].y - row.y) > 1.6 * leading


def _is_label_row(row: PlacedRow, sheet: Sheet) -> bool:
    """A row in the margin that ends with a page number: nothing else has been seen so near to the edge."""
    last = row.pieces[-1].text
    in_margin = row.y < 0.085 * sheet.height or row.y > 0.935 * sheet.height
    return in_margin and bool(PAGE_LABEL.fullmatch(last) or _ROMAN_LABEL.fullmatch(last))


def _keep_header(sheet: Sheet, row: PlacedRow) -> None:
    for piece in row.pieces:
        match = PAGE_LABEL.fullmatch(piece.text)
        if match and (piece is row.pieces[-1] or piece is row.pieces[0]):
            sheet.label = match["label"]
        else:
            sheet.header.append(piece.text)
