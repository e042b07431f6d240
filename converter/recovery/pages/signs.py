"""What single rows and pieces of a page say: a name again, a bracket that is open, words that had to turn."""

from __future__ import annotations

from collections.abc import Sequence

from converter.lines import cells
from converter.recovery.pages.measures import Measures
from converter.recovery.pages.placed import Piece, Sheet
from converter.recovery.pages.placed_paragraph import PlacedParagraph, Slot
from converter.recovery.pages.wrapped import Habits, would_have_fitted
from converter.terms import CONTINUED, closes_bracket, closes_more, is_capitals, opens_bracket, split_cue
from converter.tree import Run


def speaker_of(text: str) -> str:
    return " ".join(split_cue(text).name.upper().split())


def is_whole_bracket(text: str) -> bool:
    """Under a bracket that somebody forgot to close, one that is closed is the next."""
    return opens_bracket(text) and closes_bracket(text) and closes_more(text) == 0


def is_open_bracket(paragraph: PlacedParagraph | None) -> bool:
    """A parenthetical whose bracket is not closed yet."""
    if paragraph is None or paragraph.slot is not Slot.BRACKET:
        return False
    return sum(closes_more(row.piece.text) for row in paragraph.rows) < 0


def says_again(text: str, cue: str, *, more: bool, above: bool) -> bool:
    """The name again after (MORE) or `above` the text, or at least (CONT'D) after (MORE)."""
    if speaker_of(text) == speaker_of(cue):
        return more or above
    return more and CONTINUED.search(text) is not None


def is_name_again(piece: Piece) -> bool:
    return is_capitals(split_cue(piece.text).name) and CONTINUED.search(piece.text) is not None


def would_turn(above: Piece, below: Piece, columns: int, habits: Habits) -> bool:
    return not would_have_fitted(above.text, above.length, below.text, columns, habits)


def pieces_together(pieces: Sequence[Piece], pitch: float) -> Piece:
    """Pieces of one row that belong to one paragraph, with the blanks between them."""
    runs = list(pieces[0].runs)
    for before, piece in zip(pieces, pieces[1:], strict=False):
        runs.append(Run(text=" " * max(1, round((piece.x - before.right) / pitch))))
        runs.extend(piece.runs)
    text = "".join(run.text for run in runs)
    return Piece(tuple(runs), text, pieces[0].x, pieces[0].y, pieces[-1].right, cells(text))


def lines_of_page(sheets: Sequence[Sheet], measures: Measures) -> int:
    """Lines of text on a page: an inch of margin above and below, more where some page shows more."""
    height = max((sheet.height for sheet in sheets), default=792.0)
    return int((height - 144) / measures.leading + 1e-6)
