"""Columns of words beside each other: the left one is read first, then the right one, as if it stood below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from converter.records import dataclass, replace
from converter.recovery.pages.placed import Piece, PlacedRow, Sheet
from converter.terms import is_capitals, split_cue

_FEWEST_ROWS = 3  # with words in both columns
_GUTTER = 2.5  # cells between them
_FEWEST_LETTERS = 12  # of most rows in each column; what is shorter is a list, or stands in a margin


@dataclass(slots=True)
class _Block:
    """Rows from `start` on that leave a gutter free, from `left` to `right`."""

    start: int
    end: int
    left: float
    right: float

    def side(self, piece: Piece) -> int:
        return 0 if piece.right <= self.left else 1


def part_columns(sheets: Sequence[Sheet], pitch: float, leading: float, *, names_too: bool = False) -> None:
    """Puts right columns under the left ones, and what follows further down, in place.

    Two names over the columns are two who speak at once, whom places tell; `names_too` parts them as well.
    """
    for sheet in sheets:
        rows: list[PlacedRow] = []
        down, place = 0.0, 0
        for block in list(_blocks(sheet.rows, pitch, leading)):
            left, right = _sides(sheet.rows[block.start : block.end], block, pitch)
            if not names_too and _is_under_names(sheet.rows, block.start, leading):
                continue
            if not (_is_prose(left) and _is_prose(right)):
                continue
            rows += _lower(sheet.rows[place : block.start], down)
            rows += _lower(left, down)
            rows += _lower(right, rows[-1].y + 2 * leading - right[0].y)
            place = block.end
            if place < len(sheet.rows):  # as far below the right column as it stood below both
                down = rows[-1].y - sheet.rows[place - 1].y
        if place:
            sheet.rows = rows + _lower(sheet.rows[place:], down)


def _lower(rows: Sequence[PlacedRow], down: float) -> list[PlacedRow]:
    for row in rows:
        row.y += down
        for piece in row.pieces:
            piece.y += down
    return list(rows)


def _blocks(rows: Sequence[PlacedRow], pitch: float, leading: float) -> Iterator[_Block]:
    place = 0
    while place < len(rows):
        block = _block(rows, place, pitch, leading) if len(rows[place].pieces) == 2 else None
        if block is not None:
            yield block
        place = block.end if block is not None else place + 1


def _block(rows: Sequence[PlacedRow], start: int, pitch: float, leading: float) -> _Block | None:
    """As many rows close under each other as leave room for the gutter."""
    left, right = rows[start].pieces[0].right, rows[start].pieces[1].x
    both, end = 0, start
    while end < len(rows) and (end == start or rows[end].y - rows[end - 1].y <= 1.6 * leading):
        pieces = rows[end].pieces
        middle = (left + right) / 2
        new_left = max([left, *(piece.right for piece in pieces if piece.x < middle)])
        new_right = min([right, *(piece.x for piece in pieces if piece.x >= middle)])
        if new_right - new_left < _GUTTER * pitch:
            break
        left, right = new_left, new_right
        both += len(pieces) > 1
        end += 1
    return _Block(start, end, left, right) if both >= _FEWEST_ROWS else None


def _sides(rows: Sequence[PlacedRow], block: _Block, pitch: float) -> tuple[list[PlacedRow], list[PlacedRow]]:
    sides: tuple[list[PlacedRow], list[PlacedRow]] = ([], [])
    for row in rows:
        for side in (0, 1):
            pieces = [piece for piece in row.pieces if block.side(piece) == side]
            if pieces:
                sides[side].append(replace(row, pieces=pieces, numbers=list(row.numbers)))
    for rows_of_side in sides:
        columns = max((row.pieces[-1].right - row.first.x) / pitch for row in rows_of_side)
        for row in rows_of_side:
            row.columns = round(columns)
    return sides


def _is_prose(rows: Sequence[PlacedRow]) -> bool:
    """Rows of several words, one of which goes on with the sentence above it."""
    if median(sum(piece.length for piece in row.pieces) for row in rows) < _FEWEST_LETTERS:
        return False
    return any(row.first.text[0].islower() for row in rows[1:])


def _is_under_names(rows: Sequence[PlacedRow], place: int, leading: float) -> bool:
    """Does it say above the columns who speaks in each? The page before may say so too."""
    while place and len(rows[place - 1].pieces) > 1 and rows[place].y - rows[place - 1].y <= 1.6 * leading:
        place -= 1
    return not place or all(is_capitals(split_cue(piece.text).name) for piece in rows[place].pieces)
