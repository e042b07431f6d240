"""What stands before the story in flat text: title, credit and author."""

from __future__ import annotations

from converter.recovery.assemble import TitleLine
from converter.recovery.decoder.words import Words

MOST_WORDS = 80


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
