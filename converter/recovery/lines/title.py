"""What stands before the story in a text in lines: title, credit, author, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.recovery.assemble import TitleLine
from converter.recovery.lines.rows import TypedRow
from converter.terms import HEADING_INTRO

MOST_ROWS = 80
LONGEST_LINE = 55

_CREDIT = re.compile(
    r"(?:(?:screen|tele)?play|written|story|adapted|adaptation|based|teleplay|from)\b.*|(?:a\s.*)?\bby$", re.I
)
_BEGINS = re.compile(r"(?:fade\s+(?:in|up)|over\s+black|black\s+screen|cold\s+open|act\s+one|teaser)\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+(?:\d|of)|\d{1,2}[/.]\d{1,2}[/.]\d{2}|\bdraft\b|\brev",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"@|\bwww\.|\d{3}[-. ]\d{4}|\bagent\b|\bstreet\b|\bavenue\b", re.IGNORECASE)
_COPYRIGHT = re.compile(r"copyright|©|\(c\)|all rights", re.IGNORECASE)


def title_of_rows(rows: Sequence[TypedRow]) -> tuple[list[TitleLine], int]:
    """The title page's lines, and how many rows it has; none without a credit."""
    end = _title_end(rows)
    credit = next((i for i in range(end) if _is_credit(rows[i].text)), None)
    if credit is None or credit > 12:
        return [], 0
    lines = []
    name = "Title"
    for row in rows[:end]:
        if not row.furniture:
            name = _name_by_words(row.text) or _name_after(name, row.blank)
            lines.append(TitleLine(name, row.text, row.span))
    return lines, end


def _name_by_words(text: str) -> str | None:
    if _COPYRIGHT.search(text):
        return "Copyright"
    if _is_credit(text):
        return "Credit"
    if _DATE.search(text):
        return "Draft date"
    return "Contact" if _CONTACT.search(text) else None


def _name_after(name: str, blank: int) -> str:
    """What the next line is if its words do not say."""
    match name:
        case "Title":
            return "Title"
        case "Credit":
            return "Author"
        case "Author" | "Contact" if blank < 3:
            return name
        case _:
            return "Notes"


def _is_credit(text: str) -> bool:
    return len(text) < LONGEST_LINE and _CREDIT.match(text.strip()) is not None


def _title_end(rows: Sequence[TypedRow]) -> int:
    """Where the story begins: FADE IN, a heading, a number, a second page, or a long line of prose."""
    left = rows[0].column if rows else 0
    for i, row in enumerate(rows[:MOST_ROWS]):
        left = min(left, row.column)
        if _begins_story(row) or i and (row.page != rows[0].page or row.furniture):
            return i
        if len(row.text) > LONGEST_LINE and row.column == left:
            return i
    return 0


def _begins_story(row: TypedRow) -> bool:
    is_numbered = row.number or row.furniture == "number"
    return bool(is_numbered or _BEGINS.match(row.text) or HEADING_INTRO.match(row.text))
