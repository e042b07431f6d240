"""Tables of others' documents: headings parted over cells, and names with their words in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from converter.readers.docx.foreign import Foreign
from converter.readers.docx.names import Named
from converter.records import replace
from converter.recovery.typed.labels import is_name, key_of
from converter.tree import Action, Character, Dialogue, Run

Cells = Sequence[Sequence[Foreign]]

_INTRO = re.compile(r"(?:INT|EXT|I/E|INT\.?\s?/\s?EXT|INNEN|AUSSEN|AU\u00dfEN|ИНТ|НАТ|内|外)\.?", re.IGNORECASE)
_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,4}[A-Z]{0,2}[.)]?")
_NAMES = frozenset(
    "character characters name speaker role who figur rolle sprecher personnage personaje personaggio 角色 人物".split()
)
_WORDS = frozenset(
    "line lines text dialogue dialog speech words script replik text réplique diálogo battuta реплика 台词 台詞".split()
)
_FEWEST_ROWS = 3


def heading_row(cells: Cells) -> Foreign | None:
    """INT. or EXT., the place and the time in a cell each, with a number or none: one heading."""
    filled = [cell for cell in cells if cell]
    texts = [cell[0].said for cell in filled]
    if len(filled) < 2 or any(len(cell) > 1 for cell in filled) or any(len(text) > _LONGEST_PLACE for text in texts):
        return None
    number = texts[0] if _NUMBER.fullmatch(texts[0]) else None
    rest = filled[1:] if number is not None else filled
    if any(cell[0].number for cell in filled) or number is not None and not _is_plain(filled[0][0]):
        return None
    if len(rest) < 2 or not _INTRO.fullmatch(rest[0][0].said):
        return None
    text = [inline for place, cell in enumerate(rest) for inline in (*(_BLANK if place else ()), *cell[0].text)]
    one = replace(rest[0][0], text=tuple(text), number=number and number.rstrip(".)"), breaks=filled[0][0].breaks)
    one.said = " ".join(cell[0].said for cell in rest)
    return one


_LONGEST_PLACE = 40
_BLANK = (Run(text=" "),)


def speech_columns(rows: Sequence[Cells]) -> tuple[int, int] | None:
    """Which columns hold names and their words: by their heads, or because the names come back."""
    if len(rows) < _FEWEST_ROWS:
        return None
    heads = _heads(rows[0])
    names = next((place for place, head in enumerate(heads) if head in _NAMES), None)
    words = next((place for place, head in enumerate(heads) if head in _WORDS), None)
    if names is not None and words is not None and names != words:
        return names, words
    if any(len(row) != 2 for row in rows):
        return None
    first = [row[0][0].said.rstrip(":") for row in rows if len(row[0]) == 1 and row[1]]
    keys = Counter(key_of(name) for name in first if is_name(name) and name[-1] not in ".!?")
    again = sum(count for count in keys.values() if count > 1)
    return (0, 1) if len(keys) > 1 and 2 * again >= len(rows) and again >= _FEWEST_ROWS else None


def has_head(cells: Cells) -> bool:
    """Do the cells say what stands below them?"""
    heads = _heads(cells)
    return not _NAMES.isdisjoint(heads) and not _WORDS.isdisjoint(heads)


def _heads(cells: Cells) -> list[str]:
    return [" ".join(one.said for one in cell).casefold().rstrip(":") for cell in cells]


def speech_row(cells: Cells, names: int, words: int) -> list[Foreign]:
    """The name, what is said, and what else stands in the row; a number is the cue's."""
    if max(names, words) >= len(cells) or not cells[names] or not cells[words]:
        return [one for cell in cells for one in cell]
    numbers = [place for place, cell in enumerate(cells) if place not in (names, words) and _is_number(cell)]
    cue, *more = cells[names]
    cue = replace(cue, named=Named(Character), number=cells[numbers[0]][0].said if numbers else cue.number)
    said = [replace(one, named=Named(Dialogue)) for one in (*more, *cells[words])]
    others = [
        replace(one, named=Named(Action))
        for place, cell in enumerate(cells)
        for one in cell
        if place not in (names, words, *numbers[:1])
    ]
    return [cue, *said, *others]


def _is_number(cell: Sequence[Foreign]) -> bool:
    return len(cell) == 1 and _is_plain(cell[0]) and _NUMBER.fullmatch(cell[0].said) is not None


def _is_plain(one: Foreign) -> bool:
    """Words alone, so that nothing is lost when they become a number."""
    return not one.breaks and not one.break_behind and all(isinstance(inline, Run) for inline in one.text)
