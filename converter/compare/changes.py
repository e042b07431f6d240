"""The list of changes, for people and for other programs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count
from typing import Literal

from converter.compare.paragraphs import Alignment, Group
from converter.compare.units import SceneUnits, Unit
from converter.compare.words import edits
from converter.records import dataclass
from converter.tree import ELEMENT_NAMES, words


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneChange:
    """One scene that is not as it was. The numbers and headings of a draft that has no such scene are None."""

    what: Literal["new", "cut", "omitted", "moved", "changed", "renumbered"]
    old_number: str | None
    number: str | None
    old_heading: str | None
    heading: str | None
    paragraphs: int  # that changed, came or went
    words_new: int
    words_cut: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One paragraph, or several that became one another, that is not as it was."""

    what: Literal["new", "cut", "moved", "changed"]
    scene: str | None  # its number in the new draft, else in the old one
    kind: str  # Final Draft's name of the element
    old: str
    new: str


@dataclass(slots=True)
class _Count:
    paragraphs: int = 0
    new: int = 0
    cut: int = 0


def changes_of(found: Alignment) -> Iterator[Change]:
    """In the new draft's order; what was cut stands where it was."""
    went_elsewhere = set(found.moved.values())
    for old, new in _blocks(found):
        what = _what_became(found, old, new, went_elsewhere)
        if what is not None:
            place, is_new = (new.start, True) if new else (old.start, False)
            before, after = [found.old[i] for i in old], [found.new[j] for j in new]
            yield _change(what, _number(found, place, after=is_new), before, after)


def _what_became(
    found: Alignment, old: range, new: range, went_elsewhere: Container[int]
) -> Literal["new", "cut", "moved", "changed"] | None:
    """None for what stayed, and for the place from which a paragraph moved away."""
    if old and new:
        is_same = [found.old[i].key for i in old] == [found.new[j].key for j in new]
        return None if is_same else "changed"
    if new:
        return "moved" if new.start in found.moved else "new"
    return None if old.start in went_elsewhere else "cut"


def decided(found: Alignment, accepted: Container[int]) -> Iterator[tuple[range, range]]:
    """Units of the old draft, or of the new one, for each place: with some of the changes, by their places in the list.

    What did not change is the new draft's, with its emphasis and numbers; if nothing is accepted, the old one's.
    """
    came_from = {old: new for new, old in found.moved.items()}
    blocks = list(_blocks(found))
    counted = count()
    numbers = [next(counted) if _what_became(found, old, new, came_from) is not None else None for old, new in blocks]
    moves = {new.start: number for (old, new), number in zip(blocks, numbers, strict=True) if not old}
    is_any_accepted = any(number is not None and number in accepted for number in numbers)
    nothing = range(0)
    for (old, new), number in zip(blocks, numbers, strict=True):
        if number is not None:
            is_new = number in accepted
        elif new:
            is_new = is_any_accepted or accepted is EVERYTHING
        else:
            is_new = moves[came_from[old.start]] in accepted
        yield (nothing, new) if is_new else (old, nothing)


class _Everything:
    def __contains__(self, number: object) -> bool:
        return True


EVERYTHING = _Everything()


def _change(
    what: Literal["new", "cut", "moved", "changed"], scene: str | None, old: list[Unit], new: list[Unit]
) -> Change:
    said = ["\n".join(words(unit.paragraph.text) for unit in units) for units in (old, new)]
    return Change(what=what, scene=scene, kind=ELEMENT_NAMES[(new or old)[0].kind], old=said[0], new=said[1])


def _blocks(found: Alignment) -> Iterator[tuple[range, range]]:
    """Groups, and single units of either draft between them."""
    i = j = 0
    for group in (*found.groups, Group(range(len(found.old), len(found.old)), range(len(found.new), len(found.new)))):
        yield from ((range(one, one + 1), range(j, j)) for one in range(i, group.old.start))
        yield from ((range(i, i), range(one, one + 1)) for one in range(j, group.new.start))
        if group.old or group.new:
            yield group.old, group.new
        i, j = group.old.stop, group.new.stop


def _number(found: Alignment, place: int, *, after: bool) -> str | None:
    all_scenes = found.new_scenes if after else found.old_scenes
    at = bisect_right(all_scenes, place, key=lambda scene: scene.start) - 1
    return all_scenes[max(0, at)].number


# ---------------------------------------------------------------- scenes


def scene_changes(found: Alignment, omitted: Mapping[int, str], numbers: Sequence[str | None]) -> Iterator[SceneChange]:
    """Every scene that is not as it was: in the new draft's order, those that went before the next that stayed.

    numbers: of the new draft's scenes that have a heading, as the result has them.
    """
    old_of = {new: old for old, new in found.scenes}
    moved = {new for _, new in found.moved_scenes}
    counts_new, counts_old = _counts(found)
    own = iter(numbers)
    stayed = set(old_of.values())
    gone = [place for place in range(len(found.old_scenes)) if place not in stayed]
    for place, scene in enumerate(found.new_scenes):
        old = old_of.get(place)
        while gone and old is not None and place not in moved and gone[0] < old:
            yield _gone(found, gone.pop(0), omitted, counts_old)
        number = next(own) if scene.heading is not None else None
        before = found.old_scenes[old] if old is not None else None
        what = _what(before, counts_new[place], number, is_moved=place in moved)
        if what is not None:
            yield _scene_change(what, before, scene, number, counts_new[place])
    for place in gone:
        yield _gone(found, place, omitted, counts_old)


def _what(
    before: SceneUnits | None, count: _Count, number: str | None, *, is_moved: bool
) -> Literal["new", "moved", "changed", "renumbered"] | None:
    if before is None:
        return "new"
    if is_moved:
        return "moved"
    if count.paragraphs:
        return "changed"
    return "renumbered" if before.number != number and (before.number or number) else None


def _scene_change(
    what: Literal["new", "moved", "changed", "renumbered"],
    before: SceneUnits | None,
    scene: SceneUnits,
    number: str | None,
    count: _Count,
) -> SceneChange:
    return SceneChange(
        what=what,
        old_number=before.number if before is not None else None,
        number=number,
        old_heading=_heading(before),
        heading=_heading(scene),
        paragraphs=count.paragraphs,
        words_new=count.new,
        words_cut=count.cut,
    )


def _gone(found: Alignment, place: int, omitted: Mapping[int, str], counts: list[_Count]) -> SceneChange:
    scene = found.old_scenes[place]
    return SceneChange(
        what="omitted" if place in omitted else "cut",
        old_number=scene.number,
        number=omitted.get(place),
        old_heading=_heading(scene),
        heading=None,
        paragraphs=counts[place].paragraphs,
        words_new=0,
        words_cut=counts[place].cut,
    )


def _heading(scene: SceneUnits | None) -> str | None:
    return None if scene is None or scene.heading is None else words(scene.heading.text)


def _counts(found: Alignment) -> tuple[list[_Count], list[_Count]]:
    """Of each scene of the new and of the old draft; what went counts in the new scene around it, too."""
    new, old = [_Count() for _ in found.new_scenes], [_Count() for _ in found.old_scenes]
    scene_new, scene_old = _scene_of(found.new_scenes, len(found.new)), _scene_of(found.old_scenes, len(found.old))
    new_of = dict(found.scenes)
    went_elsewhere = set(found.moved.values())
    moved = {place for _, place in found.moved_scenes}
    for before, after in _blocks(found):
        if before and after:
            _count_edits(found, before, after, new[scene_new[after.start]])
        elif after and after.start in found.moved:
            _add_moved(new, scene_new[after.start], moved)
        elif before and before.start in went_elsewhere:
            _add_moved(new, new_of.get(scene_old[before.start]), moved)
        elif after:
            _add(new[scene_new[after.start]], len(found.new[after.start].words), 0)
        else:
            went = scene_old[before.start]
            count = len(found.old[before.start].words)
            _add(old[went], 0, count)
            if went in new_of:
                _add(new[new_of[went]], 0, count)
    return new, old


def _add_moved(counts: list[_Count], scene: int | None, moved: Container[int]) -> None:
    """A paragraph that moved changes the scenes that it left and reached, but for one that moved whole."""
    if scene is not None and scene not in moved:
        _add(counts[scene], 0, 0)


def _count_edits(found: Alignment, before: range, after: range, count: _Count) -> None:
    old = [word for i in before for word in found.old[i].words]
    new = [word for j in after for word in found.new[j].words]
    if old != new:
        some = edits(old, new)
        _add(count, sum(one.new_end - one.new_start for one in some), sum(one.old_end - one.old_start for one in some))


def _add(count: _Count, new: int, cut: int) -> None:
    count.paragraphs += 1
    count.new += new
    count.cut += cut


def _scene_of(all_scenes: list[SceneUnits], units: int) -> list[int]:
    found = [0] * units
    for place, scene in enumerate(all_scenes):
        for unit in range(scene.start, scene.end):
            found[unit] = place
    return found
