"""Which elements of two versions of a script are the same ones, in n log n."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

_DEEPEST = 24


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int]:
    """For each of `old` its place in `new`, or -1. Places only go up.

    What both begin and end with is the same; between, what both have once holds them together (Bram Cohen's patience
    diff), and so on in the gaps.
    """
    numbers: dict[Hashable, int] = {}
    a = [numbers.setdefault(one, len(numbers)) for one in old]
    b = [numbers.setdefault(one, len(numbers)) for one in new]
    places = [-1] * len(a)
    gaps = [_Gap(0, len(a), 0, len(b), 0)]
    while gaps:
        gap = _without_ends(gaps.pop(), a, b, places)
        if gap.is_empty or gap.depth == _DEEPEST:
            continue
        held = _held(a, b, gap)
        for place, found in held:
            gaps.append(gap._replace(end=place, last=found, depth=gap.depth + 1))
            places[place] = found
            gap = gap._replace(start=place + 1, first=found + 1)
        if held:
            gaps.append(gap._replace(depth=gap.depth + 1))
    return places


class _Gap(NamedTuple):
    """What is not told apart yet: old ones from start to end, new ones from first to last."""

    start: int
    end: int
    first: int
    last: int
    depth: int

    @property
    def is_empty(self) -> bool:
        return self.start == self.end or self.first == self.last


def _without_ends(gap: _Gap, a: list[int], b: list[int], places: list[int]) -> _Gap:
    """Without what both parts begin and end with, which finds its places."""
    start, end, first, last, depth = gap
    while start < end and first < last and a[start] == b[first]:
        places[start] = first
        start, first = start + 1, first + 1
    while start < end and first < last and a[end - 1] == b[last - 1]:
        end, last = end - 1, last - 1
        places[end] = last
    return _Gap(start, end, first, last, depth)


def _held(a: list[int], b: list[int], gap: _Gap) -> list[tuple[int, int]]:
    """What stands once in both parts, as far as it stands in the same order."""
    start, end, first, last, _ = gap
    in_a, in_b = Counter(a[start:end]), Counter(b[first:last])
    where = {number: place for place, number in enumerate(b[first:last], first) if in_b[number] == 1}
    common = [(place, where[a[place]]) for place in range(start, end) if in_a[a[place]] == 1 and a[place] in where]
    return _rising(common)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs whose second numbers go up."""
    ends: list[int] = []  # the smallest end of a rising part of each length
    ends_at: list[int] = []  # the pair that it is in
    before: list[int] = []
    for at, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        before.append(ends_at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            ends_at.append(at)
        else:
            ends[length], ends_at[length] = number, at
    chosen: list[tuple[int, int]] = []
    at = ends_at[-1] if ends_at else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]
