"""Which words of a paragraph changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from converter.records import dataclass

_LONGEST = 1_000_000  # pairs of words; above that the middle is one change
_FEWEST_KEPT = 3  # words between two changes that are worth keeping apart
_SHORT_WORD = 3  # letters


@dataclass(frozen=True, slots=True)
class Edit:
    """old[old_start:old_end] became new[new_start:new_end]; one of them may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


_WORD = re.compile(r"\S+")


def spans(text: str) -> list[tuple[int, int]]:
    """Where each word stands."""
    return [found.span() for found in _WORD.finditer(text)]


def edits(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """The changes from the words of one to those of the other, in order, none touching the next."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    rest = 0
    while rest < min(len(old), len(new)) - start and old[-1 - rest] == new[-1 - rest]:
        rest += 1
    inner_old, inner_new = old[start : len(old) - rest], new[start : len(new) - rest]
    if not inner_old and not inner_new:
        return []
    if len(inner_old) * len(inner_new) > _LONGEST:
        return [Edit(start, start + len(inner_old), start, start + len(inner_new))]
    found = [
        Edit(start + i1, start + i2, start + j1, start + j2)
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    return _without_islands(found, new)


def _without_islands(found: Sequence[Edit], new: Sequence[str]) -> list[Edit]:
    """A few short words that happen to stand between two changes belong to them."""
    joined: list[Edit] = []
    for edit in found:
        if joined and _is_island(new[joined[-1].new_end : edit.new_start]):
            last = joined.pop()
            edit = Edit(last.old_start, edit.old_end, last.new_start, edit.new_end)
        joined.append(edit)
    return joined


def _is_island(between: Sequence[str]) -> bool:
    return len(between) < _FEWEST_KEPT and all(len(word) <= _SHORT_WORD for word in between)
