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
        if row.furniture:
            continue
        text = row.text
        if _COPYRIGHT.search(text):
            name = "Copyright"
        elif _is_credit(text):
            name = "Credit"
        elif _DATE.search(text):
            name = "Draft date"
        elif _CONTACT.search(text):
            name = "Contact"
        elif name == "Credit":
            name = "Author"
        elif name != "Title" and not (name in ("Author", "Contact") and row.blank < 3):
            name = "Notes"
        lines.append(TitleLine(name, text, row.span))
    return lines, end


def _is_credit(text: str) -> bool:
    return len(text) < LONGEST_LINE and _CREDIT.match(text.strip()) is not None


def _title_end(rows: Sequence[TypedRow]) -> int:
    """Where the story begins: FADE IN, a heading, a number, a second page, or a long line of prose."""
    for i, row in enumerate(rows[:MOST_ROWS]):
        text = row.text
        if _BEGINS.match(text) or HEADING_INTRO.match(text) or row.number or row.furniture == "number":
            return i
        if i and (row.page != rows[0].page or row.furniture):
            return i
        if len(text) > LONGEST_LINE and row.column <= min(one.column for one in rows[: i + 1]):
            return i
    return 0
