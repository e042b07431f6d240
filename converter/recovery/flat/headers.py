"""Flat text: the page headers that stand between its words, and the pages that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.records import dataclass
from converter.recovery.decoder.words import Words

# A word with this many numbers after it that rise by one is the page header: "revision 2." to "revision 84."
SHORTEST_CHAIN = 4
LONGEST_HEADER = 80  # characters


@dataclass(frozen=True, slots=True)
class PageHeader:
    """The tokens from `first` up to `last` say that page `label` begins here."""

    first: int
    last: int
    label: str


def page_headers(words: Words, pattern: re.Pattern[str] | None = None) -> list[PageHeader]:
    if pattern is not None:
        return list(_given_headers(words, pattern))
    best = _longest_chain(words)
    if len(best) < SHORTEST_CHAIN or words.low[best[0] - 1] in _NO_HEADER and len(best) < 3 * SHORTEST_CHAIN:
        return []
    before = _same_words_before(words, best)
    return [
        PageHeader(place - before, place + 1 + _dot_after(words, place), words.form[place].upper()) for place in best
    ]


def _longest_chain(words: Words) -> list[int]:
    """Where one word stands before numbers that rise by one, page for page."""
    numbers: dict[str, list[int]] = {}
    for place, kind in enumerate(words.kind):
        if kind == "num" and place and len(words.low[place]) < 5 and words.kind[place - 1] != "int":
            numbers.setdefault(words.low[place - 1], []).append(place)
    best: list[int] = []
    for places in numbers.values():
        if len(places) > max(len(best), SHORTEST_CHAIN - 1):
            best = max(best, _rising_chain(words, places), key=len)
    return best


_NO_HEADER = frozenset(". , ! ? ) -- ... : ;".split())


def _given_headers(words: Words, pattern: re.Pattern[str]) -> Iterator[PageHeader]:
    """Where the user's pattern matches; its first group, or the first number in it, is the page."""
    place = 0
    for match in pattern.finditer(words.text):
        if len(match.group()) > LONGEST_HEADER:
            continue
        while place < len(words) and words.start[place] < match.start():
            place += 1
        first = place
        while place < len(words) and words.end[place] <= match.end():
            place += 1
        number = match.group(1) if pattern.groups else next(iter(re.findall(r"\w*\d\w*", match.group())), "")
        if place > first and number:
            yield PageHeader(first, place, number.upper())


def _rising_chain(words: Words, places: list[int]) -> list[int]:
    """The longest run of places, in order, whose numbers rise by exactly one."""
    ends: dict[int, tuple[int, int | None]] = {}  # place -> length of the chain that ends there, the place before
    last: dict[int, int] = {}  # number -> place
    for place in places:
        value = int(words.low[place])
        before = last.get(value - 1)
        ends[place] = (ends[before][0] + 1 if before is not None else 1, before)
        if value not in last or ends[place][0] >= ends[last[value]][0]:
            last[value] = place
    place_or_none: int | None = max(ends, key=lambda place: ends[place][0])
    chain: list[int] = []
    while place_or_none is not None:
        chain.append(place_or_none)
        place_or_none = ends[place_or_none][1]
    return chain[::-1]


def _same_words_before(words: Words, chain: list[int]) -> int:
    """How many words before the number are the same on nearly all pages: at least the one."""
    count = 1
    if words.low[chain[0] - 1] in _NO_HEADER:
        return 0
    while count < 8:
        found = [words.low[place - count - 1] for place in chain if place > count]
        common = max(set(found), key=found.count) if found else ""
        if not common or found.count(common) < 0.9 * len(chain) or common in _NO_HEADER:
            break
        count += 1
    return count


def _dot_after(words: Words, place: int) -> bool:
    return place + 1 < len(words) and words.low[place + 1] == "."
