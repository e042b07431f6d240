"""Which scene of the new draft is which of the old one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from converter.compare.units import SceneUnits

_NAMED, _AGREES, _SAME = 0.02, 0.3, 0.5  # shares of their words that two scenes have in common
_RAREST = 6  # words of a scene by which others like it are looked for
_MOST_SCENES = 12  # that a word may stand in to be looked for


def pair_scenes(old: Sequence[SceneUnits], new: Sequence[SceneUnits]) -> list[tuple[int, int]]:
    """Pairs in the new draft's order: equal ones, one number, one heading, then the most words in common."""
    return _Pairs(old, new).made()


class _Pairs:
    def __init__(self, old: Sequence[SceneUnits], new: Sequence[SceneUnits]):
        self.old, self.new = old, new
        self.found: dict[int, int] = {}  # of the new draft -> of the old one
        self.taken: set[int] = set()
        self.seen = Counter(word for scene in (*old, *new) for word in scene.bag)
        self.weights = [[self._weight(scene.bag) for scene in scenes] for scenes in (old, new)]

    def made(self) -> list[tuple[int, int]]:
        if self.old and self.new and self.old[0].heading is None and self.new[0].heading is None:
            self._pair(0, 0)
        self._pair_alike(lambda scene: tuple(unit.key for unit in scene.units), 0.0)
        self._pair_alike(lambda scene: scene.number, _AGREES)
        self._pair_alike(lambda scene: scene.units[0].key if scene.heading else None, _AGREES)
        self._pair_by_words()
        self._pair_alike(lambda scene: scene.number, 0.0)
        self._pair_between()
        return [(self.found[place], place) for place in sorted(self.found)]

    def _pair(self, old: int, new: int) -> None:
        self.found[new] = old
        self.taken.add(old)

    def _free(self) -> tuple[Iterable[int], Iterable[int]]:
        return (
            (place for place in range(len(self.old)) if place not in self.taken),
            (place for place in range(len(self.new)) if place not in self.found),
        )

    def _pair_alike(self, key: Callable[[SceneUnits], Hashable | None], least: float) -> None:
        """Scenes with one key, the most words in common first where several have it."""
        free_old, free_new = self._free()
        by_key: dict[Hashable, list[int]] = defaultdict(list)
        for place in free_old:
            if said := key(self.old[place]):
                by_key[said].append(place)
        for place in free_new:
            candidates = by_key.get(key(self.new[place]))
            if not candidates:
                continue
            best = max(candidates[:_MOST_SCENES], key=lambda one: self.common(one, place))
            if self.common(best, place) >= least:
                candidates.remove(best)
                self._pair(best, place)

    def _pair_by_words(self) -> None:
        """By what rare words they share: every scene is compared with few others."""
        free_old, free_new = self._free()
        by_word: dict[str, list[int]] = defaultdict(list)
        for place in free_old:
            for word in self._rarest(self.old[place]):
                by_word[word].append(place)
        likely = []
        for place in free_new:
            counts = Counter(one for word in self._rarest(self.new[place]) for one in by_word[word][:_MOST_SCENES])
            likely += [(self.common(one, place), one, place) for one, _ in counts.most_common(_MOST_SCENES)]
        for share, one, place in sorted(likely, key=lambda found: (-found[0], found[1:])):
            if share >= _SAME and one not in self.taken and place not in self.found:
                self._pair(one, place)

    def _pair_between(self) -> None:
        """One that is left on either side between the same two, with something in common, was rewritten."""
        for place in range(len(self.new)):
            before, after = self.found.get(place - 1, -1), self.found.get(place + 1, len(self.old))
            lies_between = place not in self.found and after - before == 2 and before + 1 not in self.taken
            if lies_between and self.common(before + 1, place) > _NAMED and self._is_one_place(before + 1, place):
                self._pair(before + 1, place)

    def _is_one_place(self, old: int, new: int) -> bool:
        one, other = self.old[old], self.new[new]
        return (one.heading is None) == (other.heading is None) and one.units[0].key == other.units[0].key

    def _rarest(self, scene: SceneUnits) -> list[str]:
        shared = (word for word in scene.bag if 1 < self.seen[word] <= _MOST_SCENES)
        return sorted(shared, key=lambda word: (self.seen[word], word))[:_RAREST]

    def common(self, old: int, new: int) -> float:
        """The share of their words that both have; rare words weigh more."""
        both = self._weight(self.old[old].bag & self.new[new].bag)
        whole = self.weights[0][old] + self.weights[1][new]
        return float(2 * both / whole) if whole else 1.0

    def _weight(self, bag: Counter[str]) -> float:
        return float(sum(count / self.seen[word] ** 0.5 for word, count in bag.items()))
