"""A page as plain text, 10 cells to the inch across and 6 rows down: what the text writer, tests and docs show."""

from __future__ import annotations

from converter.lines import CELL, Line, Page, cells

_ROW = 12.0  # points


def picture(page: Page) -> str:
    """The whole page from its top edge to its last line, with its margins; every row ends in a line feed.

    Words that share a row stand in their columns; where one would cover another it moves right.
    """
    rows: dict[int, list[Line]] = {}
    for line in page.lines:
        rows.setdefault(max(0, round((line.y - 8) / _ROW)), []).append(line)
    return "".join(_drawn(rows.get(row, [])) + "\n" for row in range(max(rows, default=-1) + 1))


def text_picture(page: Page) -> str:
    """The same without the empty rows above the first words."""
    return picture(page).lstrip("\n")


def _drawn(lines: list[Line]) -> str:
    pieces: list[str] = []
    used = 0
    for line in sorted(lines, key=_place):
        column = max(round(line.x / CELL), used + 1 if used else 0)
        words = "".join(run.text for run in line.text)
        pieces.append(" " * (column - used))
        pieces.append(words)
        used = column + cells(words)
    return "".join(pieces)


def _place(line: Line) -> float:
    return line.x
