"""Which elements of two versions of a script are the same ones, in n log n."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

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
    gaps = [(0, len(a), 0, len(b), 0)]
    while gaps:
        start, end, first, last, depth = gaps.pop()
        while start < end and first < last and a[start] == b[first]:
            places[start] = first
            start, first = start + 1, first + 1
        while start < end and first < last and a[end - 1] == b[last - 1]:
            end, last = end - 1, last - 1
            places[end] = last
        if start == end or first == last or depth == _DEEPEST:
            continue
        held = _held(a, start, end, b, first, last)
        for place, found in held:
            gaps.append((start, place, first, found, depth + 1))
            places[place] = found
            start, first = place + 1, found + 1
        if held:
            gaps.append((start, end, first, last, depth + 1))
    return places


def _held(a: list[int], start: int, end: int, b: list[int], first: int, last: int) -> list[tuple[int, int]]:
    """What stands once in both parts, as far as it stands in the same order."""
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
