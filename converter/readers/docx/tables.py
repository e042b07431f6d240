"""Tables of others' documents: headings parted over cells, and names with their words in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from converter.languages import caseless_intros, foreign_intros
from converter.readers.docx.foreign import Foreign
from converter.readers.docx.names import Named
from converter.records import replace
from converter.recovery.typed.labels import is_name, key_of
from converter.tree import Action, Character, Dialogue, Run

Cells = Sequence[Sequence[Foreign]]

_INTRO = re.compile(rf"(?:INT|EXT|I/E|INT\.?\s?/\s?EXT|{foreign_intros()}|{caseless_intros()})\.?", re.IGNORECASE)
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
    if len(filled) < 2 or not all(map(_may_be_of_heading, filled)):
        return None
    first = filled[0][0]
    number = first.said if _NUMBER.fullmatch(first.said) and _is_plain(first) else None
    rest = [cell[0] for cell in (filled if number is None else filled[1:])]
    if len(rest) < 2 or not _INTRO.fullmatch(rest[0].said):
        return None
    text = [inline for place, one in enumerate(rest) for inline in (*(_BLANK if place else ()), *one.text)]
    whole = replace(rest[0], text=tuple(text), number=number and number.rstrip(".)"), breaks=first.breaks)
    whole.said = " ".join(one.said for one in rest)
    return whole


def _may_be_of_heading(cell: Sequence[Foreign]) -> bool:
    return len(cell) == 1 and len(cell[0].said) <= _LONGEST_PLACE and not cell[0].number


_LONGEST_PLACE = 40
_BLANK = (Run(text=" "),)


def speech_columns(rows: Sequence[Cells]) -> tuple[int, int] | None:
    """Which columns hold names and their words: by their heads, or because the names come back."""
    if len(rows) < _FEWEST_ROWS:
        return None
    heads = _heads(rows[0])
    names, words = (next((place for place, head in enumerate(heads) if head in one), None) for one in (_NAMES, _WORDS))
    if names is not None and words is not None and names != words:
        return names, words
    return (0, 1) if all(len(row) == 2 for row in rows) and _names_come_back(rows) else None


def _names_come_back(rows: Sequence[Cells]) -> bool:
    """In half of the rows and more a name that stands first in others too, and not always the same."""
    keys = Counter(key_of(row[0][0].said.rstrip(":")) for row in rows if _is_name(row[0]) and row[1])
    again = sum(count for count in keys.values() if count > 1)
    return len(keys) > 1 and 2 * again >= len(rows) and again >= _FEWEST_ROWS


def _is_name(cell: Sequence[Foreign]) -> bool:
    name = cell[0].said.rstrip(":") if len(cell) == 1 else ""
    return is_name(name) and name[-1] not in ".!?"


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
