"""A column of line numbers beside the words, as some programs print for readings: it says nothing of the script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from converter.contract import Diagnostic, Kind, Report
from converter.lines import cells
from converter.records import replace
from converter.recovery.pages.placed import Piece, PlacedRow, Sheet, cut
from converter.tree import Position

_FIRST = re.compile(r"(\d{1,5})[.:)]?(?: +|$)")
_LAST = re.compile(r"(?:^| )(\d{1,5})$")
_FEWEST = 6  # numbers of a page that show how it counts
_NEAR = 4.0  # points: numbers may be set in smaller letters than those that are counted in
_OMITTED = re.compile(r"\bOMIT(?:TED)?\b", re.IGNORECASE)


class _Numbered(NamedTuple):
    row: PlacedRow
    place: int  # which row of the page it is in
    value: int
    left: float
    right: float


def take_line_numbers(sheets: Sequence[Sheet], leading: float, report: Report) -> None:
    """Takes such a column out of the rows, where most pages have one at the left, or at the right."""
    filled = [sheet for sheet in sheets if len(sheet.rows) >= _FEWEST]
    for side in (0, -1):
        columns = [_column(sheet, side, leading) for sheet in filled]
        if 2 * sum(map(bool, columns)) <= len(filled):
            continue
        number = next(sheet.number for sheet, column in zip(filled, columns, strict=True) if column)
        message = "The numbers that stand in a column beside the lines were taken for line numbers and left out."
        report(Diagnostic(Kind.GUESS, "pdf.line-numbers", message, Position(page=number + 1)))
        for sheet, column in zip(filled, columns, strict=True):
            for one in column:
                _take(one.row, side)
            sheet.rows = [row for row in sheet.rows if row.pieces]


def _column(sheet: Sheet, side: int, leading: float) -> list[_Numbered]:
    """The numbers under each other that count the lines of a page."""
    numbered = [
        one for place, row in enumerate(sheet.rows) if (one := _number(row, place, side, sheet.width / 2)) is not None
    ]
    if len(numbered) < _FEWEST:
        return []
    column = max(_under_each_other(numbered, "left"), _under_each_other(numbered, "right"), key=len)
    if len(column) < _FEWEST or _lists_omitted(column):
        return []
    return column if _counts_rows(column) or _counts_lines(column, leading) else []


def _under_each_other(numbered: Sequence[_Numbered], end: str) -> list[_Numbered]:
    """Those that begin, or end, at one edge; scene numbers stand beside it."""
    edge = median(getattr(one, end) for one in numbered)
    return [one for one in numbered if abs(getattr(one, end) - edge) < _NEAR]


def _counts_rows(column: Sequence[_Numbered]) -> bool:
    """Each row with words has its number, or every fifth. Scenes are longer than a row."""
    pairs = list(pairwise(column))
    counting = sum(below.value - above.value == below.place - above.place for above, below in pairs)
    return counting >= max(_FEWEST - 1, 0.8 * len(pairs))


def _counts_lines(column: Sequence[_Numbered], leading: float) -> bool:
    """The numbers grow as fast as the page runs down, blank lines and all."""
    steps = [
        (below.row.y - above.row.y) / (below.value - above.value)
        for above, below in pairwise(column)
        if below.value > above.value
    ]
    if len(steps) < _FEWEST - 1:
        return False
    step = median(steps)
    even = sum(abs(one - step) < 0.1 * step for one in steps)
    return 0.6 * leading < step < 2.6 * leading and even >= max(_FEWEST - 1, 0.7 * len(column))


def _lists_omitted(column: Sequence[_Numbered]) -> bool:
    """Scenes that went stand in single lines, each with its number."""
    return 2 * sum(any(_OMITTED.search(piece.text) for piece in one.row.pieces) for one in column) > len(column)


def _number(row: PlacedRow, place: int, side: int, middle: float) -> _Numbered | None:
    piece = row.pieces[side]
    match = _FIRST.match(piece.text) if side == 0 else _LAST.search(piece.text)
    is_there = piece.x < middle if side == 0 else piece.right > middle
    if match is None or not is_there:
        return None
    pitch = (piece.right - piece.x) / max(1, piece.length)
    left, right = piece.x + pitch * cells(piece.text[: match.start(1)]), piece.right
    return _Numbered(row, place, int(match[1]), left, left + pitch * len(match[1]) if side == 0 else right)


def _take(row: PlacedRow, side: int) -> None:
    piece = row.pieces[side]
    match = _FIRST.match(piece.text) if side == 0 else _LAST.search(piece.text)
    assert match is not None
    start, end = (match.end(), len(piece.text)) if side == 0 else (0, match.start())
    if start >= end:
        row.pieces.pop(side)
    else:
        row.pieces[side] = _part(piece, start, end)


def _part(piece: Piece, start: int, end: int) -> Piece:
    pitch = (piece.right - piece.x) / max(1, piece.length)
    x = piece.x + pitch * cells(piece.text[:start])
    text = piece.text[start:end]
    return replace(
        piece,
        runs=cut(piece.runs, start, end),
        text=text,
        x=x,
        length=cells(text),
        right=x + pitch * cells(text),
    )
