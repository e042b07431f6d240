"""Where the old draft's locked pages begin in the new one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from converter.compare.marks import Said
from converter.compare.paragraphs import Alignment, Group
from converter.compare.words import edits
from converter.transforms import Turns, with_page_locks, without_page_locks
from converter.tree import (
    DualDialogue,
    LineBreak,
    PageMark,
    Paragraph,
    Run,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    paragraphs,
)


class _Lock(NamedTuple):
    unit: int
    offset: int  # in its words
    mark: PageMark


def with_old_locks(old: Screenplay, new: Screenplay, found: Alignment) -> Screenplay:
    """The new draft with the old one's locked pages and no other.

    A page begins with the word that it began with, or with what came in its place. What was put before that word is
    still on the page before. A page whose words all went begins with the next one, which then has both numbers.
    """
    numbers = [
        number
        for number, one in enumerate(paragraphs(without_page_locks(new).body))
        if not isinstance(one, Section | Synopsis)
    ]
    turns: Turns = defaultdict(list)
    for lock in _locks(old.body):
        unit, offset = _in_new(lock, found)
        if unit < len(numbers):
            turns[numbers[unit]].append((offset, lock.mark))
    return with_page_locks(without_page_locks(new), turns)


def _locks(body: Sequence[Any]) -> Iterator[_Lock]:
    """In order; the units are counted as `units_of` does."""
    unit = 0
    for one in _flat(body):
        if isinstance(one, PageMark):
            if one.locked:
                yield _Lock(unit, 0, one)
            continue
        offset = 0
        for inline in one.text:
            if isinstance(inline, PageMark) and inline.locked:
                yield _Lock(unit, offset, inline)
            offset += len(inline.text) if isinstance(inline, Run) else isinstance(inline, LineBreak)
        unit += not isinstance(one, Section | Synopsis)


def _flat(body: Sequence[Any]) -> Iterator[Any]:
    """Paragraphs and the marks between them."""
    for element in body:
        match element:
            case Paragraph() | PageMark():
                yield element
            case Speech():
                yield from _flat((*filter(None, [element.cue]), *element.parts))
            case DualDialogue():
                yield from _flat((element.left, element.right))
            case _:
                pass


def _in_new(lock: _Lock, found: Alignment) -> tuple[int, int]:
    """The unit of the new draft and the offset in its words; the number of units, if all that comes after went."""
    place = bisect_right([group.old.stop for group in found.groups], lock.unit)
    if place == len(found.groups):
        return len(found.new), 0
    group = found.groups[place]
    if lock.unit < group.old.start or lock.unit == group.old.start and not lock.offset:
        return group.new.start, 0
    return _inside(lock, group, found)


def _inside(lock: _Lock, group: Group, found: Alignment) -> tuple[int, int]:
    old, new = found.old[group.old.start : group.old.stop], found.new[group.new.start : group.new.stop]
    before, after = Said.of(old), Said.of(new)
    at = before.starts[lock.unit - group.old.start] + lock.offset
    word = bisect_left([start for start, _ in before.spans], at)
    word = _after_edits(word, [word for one in old for word in one.words], [word for one in new for word in one.words])
    if word >= len(after.spans):
        return group.new.stop, 0
    start = after.spans[word][0]
    number = bisect_right(after.starts, start) - 1
    is_first = not after.text[after.starts[number] : start].strip()
    return group.new.start + number, 0 if is_first else start - after.starts[number]


def _after_edits(word: int, old: Sequence[str], new: Sequence[str]) -> int:
    shift = 0
    for edit in edits(old, new):
        if word < edit.old_start:
            break
        if word < edit.old_end:
            return edit.new_start
        shift = edit.new_end - edit.old_end
    return word + shift
