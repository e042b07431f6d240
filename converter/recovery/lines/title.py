"""What stands before the story: title, credit, author, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.recovery.assemble import TitleLine
from converter.recovery.decoder.words import Words
from converter.recovery.lines.rows import Row
from converter.terms import HEADING_INTRO

MOST_ROWS = 80
MOST_WORDS = 80
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


# ---------------------------------------------------------------- text in lines


def title_of_rows(rows: Sequence[Row]) -> tuple[list[TitleLine], int]:
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


def _title_end(rows: Sequence[Row]) -> int:
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


# ---------------------------------------------------------------- flat text


def title_of_words(words: Words) -> tuple[list[TitleLine], int]:
    """Title, credit and author in front of FADE IN or the first heading, and how many words they are."""
    end = _story_begins(words)
    by = next((i for i in range(min(end, 24)) if words.low[i] == "by"), None)
    if not by or not end:
        return [], 0
    credit = by
    while credit > 1 and words.low[credit - 1] in ("written", "screenplay", "story", "a", "directed", "and", "script"):
        credit -= 1
    if not credit or by + 1 >= end:
        return [], 0
    parts = (("Title", 0, credit), ("Credit", credit, by + 1), ("Author", by + 1, end))
    return [_line(words, name, start, stop) for name, start, stop in parts], end


def _story_begins(words: Words) -> int:
    for i in range(min(len(words) - 1, MOST_WORDS)):
        if words.low[i] == "fade" and words.low[i + 1] in ("in", "up"):
            return i
        if words.kind[i] == "int":
            return i - (i > 0 and words.kind[i - 1] in ("num", "numx"))
    return 0


def _line(words: Words, name: str, start: int, stop: int) -> TitleLine:
    span = words.start[start], words.end[stop - 1]
    text = " ".join(words.text[span[0] : span[1]].split())
    if name == "Title":
        text = text.upper()
    elif name == "Author" and text.islower():
        text = text.title()
    elif text.islower():
        text = text.capitalize()
    return TitleLine(name, text, span)
