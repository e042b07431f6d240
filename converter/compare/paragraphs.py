"""Which paragraph of the new draft is which of the old one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from converter.compare.scenes import pair_scenes
from converter.compare.sequences import rising, unique_pairs
from converter.compare.units import SceneUnits, Unit, scenes_of
from converter.records import dataclass
from converter.tree import Character, SceneHeading

_ALIKE = 0.4  # the share of words in common that makes two paragraphs one
_SPEAKER_CHANGED = 0.3  # what a new name above the same speech is worth
_LARGEST_TABLE = 40_000  # pairs of paragraphs that are weighed against each other
_FEWEST_MOVED = 6  # words that cannot be the same by chance
_GAIN = 0.05  # by how much two paragraphs that became one are more like it than one of them


@dataclass(slots=True)
class Group:
    """Paragraphs that became one another: one and one, but for those that were split or joined."""

    old: range
    new: range


@dataclass(slots=True)
class Alignment:
    """The units of two drafts, and which are the same; what is in no group was cut, or is new."""

    old: list[Unit]
    new: list[Unit]
    groups: list[Group]  # in the order of both drafts
    moved: dict[int, int]  # new -> old, out of order
    scenes: list[tuple[int, int]]  # pairs of scenes, in the new draft's order
    old_scenes: list[SceneUnits]
    new_scenes: list[SceneUnits]
    moved_scenes: list[tuple[int, int]]


def align(old: list[Unit], new: list[Unit]) -> Alignment:
    old_scenes, new_scenes = scenes_of(old), scenes_of(new)
    pairs = pair_scenes(old_scenes, new_scenes)
    kept = rising([one for one, _ in pairs])
    in_order = [pair for place, pair in enumerate(pairs) if place in kept]
    moved_scenes = [pair for place, pair in enumerate(pairs) if place not in kept]
    matcher = _Matcher(old, new)
    starts = [(old_scenes[one].start, new_scenes[other].start) for one, other in in_order]
    matcher.pair_headings(starts)
    for (first, second), (end, other_end) in zip([(0, 0), *starts], [*starts, (len(old), len(new))], strict=True):
        matcher.match(range(first, end), range(second, other_end))
    moved: dict[int, int] = {}
    for one, other in moved_scenes:
        moved.update(_moved_scene(matcher, old_scenes[one], new_scenes[other]))
    groups = matcher.groups()
    _find_moved(matcher, moved)
    return Alignment(old, new, groups, moved, pairs, old_scenes, new_scenes, moved_scenes)


def _moved_scene(matcher: _Matcher, old: SceneUnits, new: SceneUnits) -> Iterator[tuple[int, int]]:
    """Its paragraphs, as far as nothing in order claimed them."""
    keys = defaultdict(list)
    for place in range(old.start, old.end):
        if place not in matcher.pair_of_old:
            keys[matcher.old[place].kind, matcher.old[place].key].append(place)
    for place in range(new.start, new.end):
        there = keys.get((matcher.new[place].kind, matcher.new[place].key))
        if there and place not in matcher.pair_of_new:
            yield place, there.pop(0)


def _find_moved(matcher: _Matcher, moved: dict[int, int]) -> None:
    """Long paragraphs that went and stand elsewhere word for word."""
    taken = set(moved.values())
    gone = defaultdict(list)
    for place, unit in enumerate(matcher.old):
        if place not in matcher.pair_of_old and place not in taken and len(unit.words) >= _FEWEST_MOVED:
            gone[unit.key].append(place)
    for place, unit in enumerate(matcher.new):
        if place not in matcher.pair_of_new and place not in moved and gone.get(unit.key):
            moved[place] = gone[unit.key].pop(0)


class _Matcher:
    """Pairs of units in order, found from the surest to the least sure."""

    def __init__(self, old: list[Unit], new: list[Unit]):
        self.old, self.new = old, new
        self.pair_of_new: dict[int, int] = {}
        self.pair_of_old: dict[int, int] = {}

    def _pair(self, old: int, new: int) -> None:
        self.pair_of_new[new], self.pair_of_old[old] = old, new

    def pair_headings(self, starts: Sequence[tuple[int, int]]) -> None:
        for old, new in starts:
            if self.old[old].kind is self.new[new].kind is SceneHeading:
                self._pair(old, new)

    def match(self, old: range, new: range) -> None:
        """A scene of each draft, or several of which nobody knows where one ends."""
        if old and self.pair_of_old.get(old[0]) is not None:
            old, new = old[1:], new[1:]
        waiting = [(old, new)]
        while waiting:
            old, new = self._without_equal_ends(*waiting.pop())
            if not old or not new:
                continue
            anchors = unique_pairs([self._key(self.old, i) for i in old], [self._key(self.new, j) for j in new])
            if not anchors:
                self._weigh(old, new)
                continue
            first, second = old.start, new.start
            for one, other in anchors:
                i, j = old[one], new[other]
                self._pair(i, j)
                waiting.append((range(first, i), range(second, j)))
                first, second = i + 1, j + 1
            waiting.append((range(first, old.stop), range(second, new.stop)))

    def _key(self, units: list[Unit], place: int) -> tuple[object, ...]:
        unit = units[place]
        return (unit.kind, unit.key) if unit.kind is not SceneHeading else (place, units is self.old)

    def _without_equal_ends(self, old: range, new: range) -> tuple[range, range]:
        while old and new and self._key(self.old, old[0]) == self._key(self.new, new[0]):
            self._pair(old[0], new[0])
            old, new = old[1:], new[1:]
        while old and new and self._key(self.old, old[-1]) == self._key(self.new, new[-1]):
            self._pair(old[-1], new[-1])
            old, new = old[:-1], new[:-1]
        return old, new

    def _weigh(self, old: range, new: range) -> None:
        """The pairs that have most in common in all, none crossing another."""
        if len(old) * len(new) > _LARGEST_TABLE:
            return  # nothing in common stands once: other scripts, or none
        likeness = [[self.likeness(i, j) for j in new] for i in old]
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        for a in range(len(old) - 1, -1, -1):
            row, below, likes = best[a], best[a + 1], likeness[a]
            for b in range(len(new) - 1, -1, -1):
                row[b] = max(below[b], row[b + 1], below[b + 1] + likes[b] if likes[b] else 0.0)
        a = b = 0
        while a < len(old) and b < len(new):
            like = likeness[a][b]
            if like and best[a][b] == best[a + 1][b + 1] + like:
                self._pair(old[a], new[b])
                a, b = a + 1, b + 1
            elif best[a][b] == best[a + 1][b]:
                a += 1
            else:
                b += 1

    def likeness(self, i: int, j: int) -> float:
        """From 0, not the same, to 1."""
        old, new = self.old[i], self.new[j]
        if old.kind is not new.kind or old.kind is SceneHeading:
            return 0.0  # a pair of scenes has a pair of headings, and no other heading is another's
        if old.kind is Character:
            return 1.0 if old.key == new.key else self._as_speaker(i, j)
        share = _share(old.words, new.words)
        return share if share >= _ALIKE else 0.0

    def _as_speaker(self, i: int, j: int) -> float:
        """Another name above the same words."""
        if i + 1 >= len(self.old) or j + 1 >= len(self.new):
            return 0.0
        old, new = self.old[i + 1], self.new[j + 1]
        says = old.kind is new.kind and old.kind not in (Character, SceneHeading)
        return _SPEAKER_CHANGED if says and _share(old.words, new.words) >= _ALIKE else 0.0

    # -------- split and joined

    def groups(self) -> list[Group]:
        found = []
        old_end = new_end = 0  # what the group before took
        for j in sorted(self.pair_of_new):
            if j < new_end:
                continue
            i = self.pair_of_new[j]
            group = self._grown(Group(range(i, i + 1), range(j, j + 1)), old_end, new_end)
            old_end, new_end = group.old.stop, group.new.stop
            found.append(group)
        for group in found:
            for i in group.old:
                self.pair_of_old.setdefault(i, group.new.start)
            for j in group.new:
                self.pair_of_new.setdefault(j, group.old.start)
        return found

    def _grown(self, group: Group, old_end: int, new_end: int) -> Group:
        """With the neighbours, cut or new, that make both sides more like each other."""
        share = self._group_share(group)
        while share < 1.0:
            wider = max(self._wider(group, old_end, new_end), key=self._group_share, default=group)
            new_share = self._group_share(wider)
            if new_share < share + _GAIN:
                break
            group, share = wider, new_share
        return group

    def _wider(self, group: Group, old_end: int, new_end: int) -> Iterator[Group]:
        old, new = group.old, group.new
        kind = self.old[old[0]].kind
        if kind in (Character, SceneHeading):
            return
        if self._is_left(self.old, self.pair_of_old, old.stop, kind):
            yield Group(range(old.start, old.stop + 1), new)
        if self._is_left(self.new, self.pair_of_new, new.stop, kind):
            yield Group(old, range(new.start, new.stop + 1))
        if old.start > old_end and self._is_left(self.old, self.pair_of_old, old.start - 1, kind):
            yield Group(range(old.start - 1, old.stop), new)
        if new.start > new_end and self._is_left(self.new, self.pair_of_new, new.start - 1, kind):
            yield Group(old, range(new.start - 1, new.stop))

    def _is_left(self, units: Sequence[Unit], paired: dict[int, int], place: int, kind: type) -> bool:
        return place < len(units) and place not in paired and units[place].kind is kind

    def _group_share(self, group: Group) -> float:
        old = [word for i in group.old for word in self.old[i].words]
        new = [word for j in group.new for word in self.new[j].words]
        return _share(old, new)


def _share(old: Sequence[str], new: Sequence[str]) -> float:
    """How many of the words of both are in both."""
    if not old or not new:
        return 1.0 if not old and not new else 0.0
    if len(old) == len(new) == 1:
        return 1.0 if old[0] == new[0] else 0.0
    return 2 * (Counter(old) & Counter(new)).total() / (len(old) + len(new))
