"""Lines that were turned at the end of a column, joined again; and where a text would turn."""

from __future__ import annotations

from converter.lines import NO_END, NO_START, cells, is_wide
from converter.patterns import pattern
from converter.records import dataclass

_FIRST_WORD = pattern(r"[^ ]*")
_FIRST_PIECE = pattern(r"[^ -]*-?")


def first_piece(text: str, at_hyphens: bool = True) -> str:
    """What would have had to fit on the line before: a word, up to its first hyphen, or one wide character."""
    if is_wide(text[0]):
        return text[: _end_of_wide(text)]
    match = (_FIRST_PIECE if at_hyphens else _FIRST_WORD).match(text)
    piece = match[0] if match else text[:1]
    narrow = next((place for place, char in enumerate(piece) if is_wide(char)), len(piece))
    return piece[:narrow] or text[:1]


def _end_of_wide(text: str) -> int:
    """After a wide character, with what may not end a line before it and what may not begin one after it."""
    end = 0
    while end < len(text) - 1 and text[end] in NO_END:
        end += 1
    end += 1
    while end < len(text) and text[end] in NO_START:
        end += 1
    return end


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How this document turns its lines and writes its dashes."""

    at_hyphens: bool = True  # lines may turn behind any hyphen, as Final Draft's do
    spaced_dashes: bool = False  # "no-- not" rather than "no--not"


FINAL_DRAFT = Habits()


def joint(above: str, above_cells: int, below: str, columns: int | None, habits: Habits = FINAL_DRAFT) -> str:
    """What stood between two rows of one paragraph: a line break, a blank, or nothing.

    A line break was typed where the words below would have fitted on the row above; at a page's end (`columns` is
    None) nobody can tell.
    """
    if _is_bare_dash(above) and columns is not None and habits.at_hyphens:
        if _room(above_cells + 1, below, columns, habits):
            return "\n"
        is_blank = below[0] == "(" or habits.spaced_dashes or _room(above_cells, below, columns, habits)
        return " " if is_blank else ""
    blank = _blank(above, above_cells, below, columns, habits)
    return "\n" if columns is not None and _room(above_cells + len(blank), below, columns, habits) else blank


def would_have_fitted(above: str, above_cells: int, below: str, columns: int, habits: Habits = FINAL_DRAFT) -> bool:
    """Could the words of the row below have begun on the row above? Then the end of that was typed."""
    return joint(above, above_cells, below, columns, habits) == "\n"


def needed(above: str, above_cells: int, below: str, habits: Habits) -> int:
    """Columns that the row above would have needed to take in the first word below."""
    blank = _blank(above, above_cells, below, None, habits)
    return above_cells + len(blank) + _width(first_piece(below, habits.at_hyphens))


def _is_bare_dash(text: str) -> bool:
    return text.endswith("--") and not text.endswith(" --") and len(text) > 2


def _room(cells: int, below: str, columns: int, habits: Habits) -> bool:
    return cells + _width(first_piece(below, habits.at_hyphens)) <= columns


def _width(piece: str) -> int:
    """Cells of a piece; one hyphen may stand beyond the last column."""
    width = cells(piece)
    return width - 1 if len(piece) > 1 and piece.endswith("-") else width


def _blank(above: str, above_cells: int, below: str, columns: int | None, habits: Habits) -> str:
    """A blank, or nothing after a hyphen, between wide characters and in a word too long for its column."""
    last, first = above[-1], below[0]
    if is_wide(last) and is_wide(first):
        return ""
    if last == "-" and (first == "(" or habits.spaced_dashes and _is_bare_dash(above)):
        return " "
    if last in "-—" and _turns_at_dash(above, first, habits):
        return ""
    is_cut_word = " " not in above and above_cells == columns and "-" not in above
    return "" if is_cut_word else " "


def _turns_at_dash(above: str, first: str, habits: Habits) -> bool:
    """Was the line turned right after its dash, or between the two hyphens of one?"""
    if above.endswith((" -", " --", " —")):
        return above.endswith(" -") and first == "-"
    return habits.at_hyphens and len(above) > 1


def rows_of(text: str, columns: int) -> list[tuple[int, int]]:
    """Where the rows of a text begin and end when it is set in a column."""
    rows = []
    start = 0
    while len(text) - start > columns:
        end = text.rfind(" ", start, start + columns + 1)
        hyphen = text.rfind("-", start, start + columns + 1) + 1
        end = max(end, hyphen)
        if end <= start:
            end = start + columns
        rows.append((start, end))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    rows.append((start, len(text)))
    return rows
