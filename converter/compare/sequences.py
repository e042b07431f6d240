"""Rows of things that came in one order and stand in another."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence


def rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising row among the numbers."""
    ends: list[int] = []  # the smallest number that a row of that length ends with
    at: list[int] = []  # its place
    before: list[int] = [-1] * len(numbers)
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before[place] = at[length - 1] if length else -1
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    found: set[int] = set()
    place = at[-1] if at else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return found


def unique_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """What stands once in either, as long as it comes in the same order."""
    counts_old, counts_new = Counter(old), Counter(new)
    places = {key: place for place, key in enumerate(old) if counts_old[key] == 1}
    pairs = [(places[key], place) for place, key in enumerate(new) if counts_new[key] == 1 and key in places]
    kept = rising([one for one, _ in pairs])
    return [pair for place, pair in enumerate(pairs) if place in kept]
