"""Where Final Draft would have ended a page: after a sentence, two lines above and two below, as late as it can."""

from __future__ import annotations

from converter.patterns import pattern
from converter.recovery.pages.wrapped import rows_of


def is_cut_as_late(above: str, below: str, columns: int, room: int, tail: int = 0) -> bool:
    """Would one paragraph of both have been cut here, with so many lines of room?

    tail: lines down to the end of a transition below, which stays with the paragraph.
    """
    whole = f"{above} {below}"
    rows = rows_of(whole, columns)
    cut_row = next((place for place, (start, end) in enumerate(rows) if end >= len(above)), 0)
    rest = len(rows) - cut_row - 1
    if rest < 2 or rest + tail <= room:
        return False  # too little to be cut off, or nothing had to be: the page ended for another reason
    last = min(len(rows) - 2, cut_row + 1 + room)
    return not _has_sentence_end(whole, rows, cut_row, last, len(above))  # else the cut would have come later


def would_begin_above(below: str, columns: int, room: int) -> bool:
    """Would the words of the page below, as a paragraph of their own, have begun in the room of the page before?"""
    rows = rows_of(below, columns)
    return room - 1 >= len(rows) or _has_sentence_end(below, rows, 1, min(len(rows) - 2, room - 1), 0)


def _has_sentence_end(text: str, rows: list[tuple[int, int]], first: int, last: int, after: int) -> bool:
    """Does a sentence end in one of these rows, after a place, where more follows?"""
    for place in range(max(0, first), min(last, len(rows))):
        start, end = rows[place]
        for match in _ENDS.finditer(text, max(start, after + 1), end):
            if match.end() < len(text) and text[match.end()] == " ":
                return True
    return False


_ENDS = pattern(r"""[.?!…]+["'”’)\]]*""")
