"""What stands before the story in a text in lines: title, credit, author, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from converter.patterns import pattern
from converter.recovery.assemble import TitleLine
from converter.recovery.lines.rows import TypedRow
from converter.recovery.titles import Place, TitleRow, may_be_credit, parts, prose
from converter.terms import HEADING_INTRO

MOST_ROWS = 80
LONGEST_LINE = 55

_CREDIT = pattern(
    r"(?:(?:screen|tele)?play|written|story|adapted|adaptation|based|teleplay|from)\b.*|(?:a\s.*)?\bby$", re.I
)
_BEGINS = pattern(r"(?:fade\s+(?:in|up)|over\s+black|black\s+screen|cold\s+open|act\s+one|teaser)\b", re.IGNORECASE)


def title_of_rows(rows: Sequence[TypedRow], begins: int = MOST_ROWS) -> tuple[list[TitleLine], int]:
    """The title page's lines, and how many rows it has; none without a credit or a page of its own.

    `begins`: the row in which an act, a scene or somebody's first words begin the script, if any do.
    """
    end = _title_end(rows, begins)
    credit = next((i for i in range(end) if _is_credit(rows[i].text)), None)
    if credit is None and not _is_page_of_its_own(rows, end) or credit is not None and credit > 12:
        return [], 0
    lines = list(_pieces([row for row in rows[:end] if not row.furniture]))
    return [_line(lines[part.row], part.name, part.start, part.end) for part in parts(_title_rows(lines))], end


def _is_credit(text: str) -> bool:
    text = text.strip()
    return len(text) < LONGEST_LINE and _CREDIT.match(text) is not None


_FEWEST_BLANK = 8  # lines above a title that stands in the middle of its page
_MOST_ALONE = 30  # rows of a title page


def _is_page_of_its_own(rows: Sequence[TypedRow], end: int) -> bool:
    """It begins far down the first page, and ends before the story with it or with a gap."""
    if not 0 < end < min(len(rows), _MOST_ALONE) or rows[0].blank < _FEWEST_BLANK:
        return False
    return rows[end].page != rows[0].page or rows[end].blank >= 3


def _title_end(rows: Sequence[TypedRow], begins: int) -> int:
    """The row in which the story begins: FADE IN, a heading, a number, a second page, or a long line of prose."""
    left = rows[0].column if rows else 0
    for i, row in enumerate(rows[:MOST_ROWS]):
        left = min(left, row.column)
        if i >= begins or _begins_story(row) or i and (row.page != rows[0].page or row.furniture):
            return i
        if len(row.text) > LONGEST_LINE and row.column == left and not _WIDE_GAP.search(row.text):
            return i
    return len(rows) if len(rows) <= _MOST_ALONE else 0  # a title page and nothing else, if it has a credit


def _begins_story(row: TypedRow) -> bool:
    is_numbered = row.number or row.furniture == "number"
    return bool(is_numbered or _BEGINS.match(row.text) or HEADING_INTRO.match(row.text))


# ---------------------------------------------------------------- columns

_WIDE_GAP = pattern(r"\s{4,}")
_FEWEST_CELLS = 8  # between the foot's left edge and what stands in the middle


class _TypedPiece(NamedTuple):
    """Words side by side in a row."""

    text: str
    start: int  # in the sheet's text
    column: int
    line: int  # of the text
    is_alone: bool  # in its row

    @property
    def middle(self) -> float:
        return self.column + len(self.text) / 2


def _pieces(rows: Sequence[TypedRow]) -> Iterator[_TypedPiece]:
    """The rows, cut where a wide gap parts two columns."""
    line = 0
    for row in rows:
        line += row.blank + 1
        start = 0
        gaps = list(_WIDE_GAP.finditer(row.text))
        for end, next_start in [*(gap.span() for gap in gaps), (len(row.text), 0)]:
            yield _TypedPiece(row.text[start:end], row.start + start, row.column + start, line, not gaps)
            start = next_start


def _title_rows(pieces: Sequence[_TypedPiece]) -> list[TitleRow]:
    full = _prose(pieces)
    center = _center(pieces)
    if any(may_be_credit(piece.text) and _place(piece, center) != "middle" for piece in pieces):
        center = None  # typed unevenly: no credit stands at the foot
    rows = []
    last_lines: dict[Place, int] = {}
    for number, piece in enumerate(pieces):
        place = "middle" if number in full else _place(piece, center)
        opens = piece.line - last_lines.get(place, -1) > 1
        last_lines[place] = piece.line
        rows.append(TitleRow(piece.text, place, opens, is_prose=number in full))
    return rows


def _prose(pieces: Sequence[_TypedPiece]) -> set[int]:
    texts = [piece.text if piece.is_alone else "" for piece in pieces]
    lines = [piece.line for piece in pieces]
    return prose(texts, [below - above - 1 for above, below in zip([-9, *lines], lines, strict=False)])


def _center(pieces: Sequence[_TypedPiece]) -> float | None:
    """The axis of the page; None where the text has no columns."""
    left = min(piece.column for piece in pieces)
    if max(piece.column for piece in pieces) - left < _FEWEST_CELLS and left < _FEWEST_CELLS:
        return None
    return pieces[0].middle


def _place(piece: _TypedPiece, center: float | None) -> Place:
    if center is None or abs(piece.middle - center) <= 1.5:
        return "middle"
    return "left" if piece.column < center else "right"


def _line(piece: _TypedPiece, name: str, start: int, end: int) -> TitleLine:
    return TitleLine(name, piece.text[start:end], (piece.start + start, piece.start + end))
