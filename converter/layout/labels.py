"""What pages are called: 1, 2, 3, and in a locked script 12, 12A, 13."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from converter.patterns import pattern

_LABEL = pattern(r"(?P<before>[A-Z]*) (?P<number>[0-9]{1,9}) (?P<after>[A-Z]*)", re.VERBOSE)
_RANGE = pattern(r"(?P<first>[A-Z]*([0-9]{1,9})[A-Z]*) [-–] (?P<last>[A-Z]*([0-9]{1,9})[A-Z]*)", re.VERBOSE)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def page_labels(locks: Sequence[Sequence[str]], first: int, *, skip: bool) -> list[str]:
    """A label for each page; `locks` are the labels of the locked pages that begin with it.

    A locked page keeps its label. What overflows page 12 stands on 12A, 12B, and before a locked 12A on A12A; what
    stands before page 1 on A1. A page that lost its text is named with the next, 12-13, and what overflows that stands
    on 13A; an A-page that lost its text is gone.
    `skip` leaves out the letters I and O.
    """
    starts = [place for place, labels in enumerate(locks) if labels]
    if not starts:
        return list(map(str, range(first, first + len(locks))))
    ranges = _ranges(label for one in locks for label in one)
    pages = [_pages(locks[start], ranges) for start in starts]
    labels = _leading_labels(starts[0], first, pages[0][0], skip)
    for place, start in enumerate(starts):
        end, following = _next(place, starts, pages) or (len(locks), None)
        labels.append(locks[start][0] if len(locks[start]) == 1 else _joined(pages[place]))
        labels.extend(islice(_after(pages[place][-1], following, skip), end - start - 1))
    return labels


def _next(place: int, starts: Sequence[int], pages: Sequence[list[str]]) -> tuple[int, str] | None:
    """Where the next locked page begins, and what it is called."""
    return (starts[place + 1], pages[place + 1][0]) if place + 1 < len(starts) else None


def _pages(labels: Sequence[str], ranges: Mapping[str, tuple[str, str]]) -> list[str]:
    """The pages that labels stand for, of 12-13 the first and the last."""
    return [page for label in labels for page in ranges.get(label, (label,))]


def _leading_labels(count: int, first: int, following: str, skip: bool) -> list[str]:
    """Pages before the first locked one: numbers as long as there are any left below it."""
    match = _LABEL.fullmatch(following)
    free = count if match is None else max(0, min(count, int(match["number"]) - first))
    labels = [str(first + place) for place in range(free)]
    more = _after(labels[-1], following, skip) if labels else _before(following, skip)
    return labels + [next(more) for _ in range(count - free)]


def _ranges(labels: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The first and the last page of each label for pages that became one, as Final Draft 8 writes 23-24.

    1-12 and 1-13 are pages of an episode, and so is 101-12.
    """
    found = [match for match in map(_RANGE.fullmatch, labels) if match is not None]
    begun = Counter(match["first"] for match in found)
    return {
        match[0]: (match["first"], match["last"])
        for match in found
        if begun[match["first"]] == 1 and int(match[2]) < int(match[4])
    }


def _joined(labels: Sequence[str]) -> str:
    """Of several labels for one page those of A-pages go; the rest makes a range."""
    plain = [label for label in labels if label.isdigit()]
    if len(plain) < 2:
        return plain[0] if plain else labels[-1]
    return f"{plain[0]}-{plain[-1]}"


def _after(label: str, following: str | None, skip: bool) -> Iterator[str]:
    """The labels of what overflows a page, before the locked page that follows."""
    match = _LABEL.fullmatch(label)
    if match is None:
        for letters in _letters("", skip):
            yield label + letters
        return
    if match["before"]:
        for letters in _letters(match["before"], skip):
            yield letters + match["number"] + match["after"]
    if following is None:
        number = int(match["number"])
        while True:
            number += 1
            yield str(number)
    for letters in _letters(match["after"], skip):
        name = match["number"] + letters
        if name == following:
            yield from _before(following, skip)
        yield name


def _before(label: str, skip: bool) -> Iterator[str]:
    for letters in _letters("", skip):
        yield letters + label


def _letters(letters: str, skip: bool) -> Iterator[str]:
    """What comes after these letters, without end: A, B ... Z, AA, AB."""
    alphabet = [letter for letter in _ALPHABET if not (skip and letter in "IO")]
    value = 0
    for letter in letters:
        value = value * len(alphabet) + 1 + sum(known < letter for known in alphabet if known != letter)
    while True:
        value += 1
        rest, name = value, ""
        while rest:
            rest, place = divmod(rest - 1, len(alphabet))
            name = alphabet[place] + name
        yield name
