"""The margins of a page: scene numbers left and right of the words, and revision marks."""

from __future__ import annotations

from converter.lines import cells
from converter.records import replace
from converter.recovery.pages.heading_words import NUMBER_BEFORE, reads_as_heading
from converter.recovery.pages.measures import Measures
from converter.recovery.pages.placed import Piece, PlacedRow, cut
from converter.terms import HEADING_INTRO, is_capitals

LONGEST_NUMBER = 12


def take_margins(row: PlacedRow, measures: Measures) -> None:
    """Moves scene numbers and revision marks from the pieces of a row to its `numbers` and `mark`."""
    pieces = row.pieces
    if pieces and _is_mark(pieces[-1], measures, alone=len(pieces) == 1):
        row.mark = pieces.pop().text
    if pieces:
        _take_left_number(row, measures)
    if len(pieces) > 1 and _is_number(pieces[-1]) and _is_right_number(row, measures):
        row.numbers.append(pieces.pop().text)
    elif row.numbers:
        _cut_off_number(row, measures)


def _cut_off_number(row: PlacedRow, measures: Measures) -> None:
    """The number of the left margin again, at the right edge and without a blank after a heading that reaches it."""
    last, number = row.pieces[-1], row.numbers[0]
    words = last.text.removesuffix(number)
    if words == last.text or not words or words[-1].isspace():
        return
    if not (HEADING_INTRO.match(row.first.text) or is_capitals(words)):
        return
    if last.right > measures.text_right - 4 * measures.pitch:
        length = cells(words)
        row.numbers.append(number)
        row.pieces[-1] = replace(
            last,
            runs=cut(last.runs, 0, len(words)),
            text=words,
            right=last.x + measures.pitch * length,
            length=length,
        )


def _take_left_number(row: PlacedRow, measures: Measures) -> None:
    if row.first.right <= measures.action - 1 and _is_number(row.first):
        row.numbers.append(row.pieces.pop(0).text)
    elif not measures.is_known:
        _take_number_at_edge(row)


def _is_right_number(row: PlacedRow, measures: Measures) -> bool:
    """The number of the left margin again, or a number where those of the right margin stand."""
    last, before = row.pieces[-1], row.pieces[-2]
    if row.numbers and last.text == row.numbers[0]:
        return True
    if abs(last.right - measures.number_right) <= measures.near + 1:
        return True
    if last.right > measures.number_right and HEADING_INTRO.match(before.text):
        return True  # a long heading pushes it on
    return not measures.is_known and _is_at_right_edge(last, measures)


def _is_at_right_edge(piece: Piece, measures: Measures) -> bool:
    """Where a document of its own making has no column for its numbers."""
    return piece.x > measures.text_right - 8 * measures.pitch and any(char.isdigit() for char in piece.text)


def _take_number_at_edge(row: PlacedRow) -> None:
    """Where the words begin too, `12A  INT. PIER - DAY`: the heading then stands where its number did."""
    first = row.first
    number = NUMBER_BEFORE.match(first.text)
    if number is None:
        return
    is_alone = number.end() == len(first.text)
    heading, start = (row.pieces[1], 0) if is_alone and len(row.pieces) > 1 else (first, number.end())
    text = heading.text[start:]
    if reads_as_heading(text):
        row.numbers.append(number["number"])
        runs = cut(heading.runs, start, len(heading.text))
        row.pieces[: 2 if is_alone else 1] = [replace(heading, runs=runs, text=text, x=first.x, length=cells(text))]


def _is_number(piece: Piece) -> bool:
    """A scene number has a digit or is one capital; a word beside the margin is a word."""
    text = piece.text
    if piece.length > LONGEST_NUMBER or " " in text:
        return False
    return any(char.isdigit() for char in text) or len(text.strip(".()")) == 1 and text.isupper()


def _is_mark(piece: Piece, measures: Measures, *, alone: bool) -> bool:
    if piece.length > 3:
        return False
    at_mark = abs(piece.x - measures.mark_x) <= measures.near + 1
    stars = not piece.text.strip("*") and piece.x > measures.center
    return stars and (not alone or at_mark or piece.x > measures.text_right) or at_mark
