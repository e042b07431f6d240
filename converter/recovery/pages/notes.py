"""Notes that lie over a page: each goes after the element that it lies beside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from converter.normal import normal
from converter.records import replace
from converter.recovery.pages.placed import PlacedRow, Sheet
from converter.tree import DualDialogue, Element, Note, Paragraph, Screenplay, Speech

PlacedNote: TypeAlias = tuple[int, float, Note]  # page from 0, points from its top
_Place: TypeAlias = tuple[int, int]  # page and line, from 1


def with_notes(screenplay: Screenplay, notes: Sequence[PlacedNote], sheets: Sequence[Sheet]) -> Screenplay:
    if not notes:
        return screenplay
    starts = _starts(screenplay.body)
    rows: dict[int, list[PlacedRow]] = {}
    for sheet in sheets:
        rows.setdefault(sheet.number, []).extend(sheet.rows)
    after: dict[int, list[Note]] = {}
    for page, y, note in notes:
        after.setdefault(bisect_right(starts, _row_at(page, rows[page], y)), []).append(note)
    body: list[Element] = list(after.get(0, ()))
    for count, element in enumerate(screenplay.body, start=1):
        body += [element, *after.get(count, ())]
    return normal(replace(screenplay, body=tuple(body)))


def _row_at(page: int, rows: Sequence[PlacedRow], y: float) -> _Place:
    """The first row that is not above the note, else the last."""
    return page + 1, next((row.line for row in rows if row.y >= y), rows[-1].line if rows else 0)


def _starts(body: Sequence[Element]) -> list[_Place]:
    """Where each element begins, never before the one above it."""
    starts: list[_Place] = []
    for element in body:
        place = starts[-1] if starts else (0, 0)
        first = _first_paragraph(element)
        if first is not None and first.at is not None and first.at.page:
            place = max(place, (first.at.page, first.at.line or 0))
        starts.append(place)
    return starts


def _first_paragraph(element: Element) -> Paragraph | None:
    match element:
        case Speech(cue=cue, parts=parts):
            return cue or next((part for part in parts if isinstance(part, Paragraph)), None)
        case DualDialogue(left=left):
            return _first_paragraph(left)
        case Paragraph():
            return element
        case _:
            return None
