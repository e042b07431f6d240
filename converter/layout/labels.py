"""What pages are called: 1, 2, 3, and in a locked script 12, 12A, 13."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LABEL = re.compile(r"(?P<before>[A-Z]*) (?P<number>[0-9]{1,9}) (?P<after>[A-Z]*)", re.VERBOSE)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def page_labels(locks: Sequence[Sequence[str]], first: int, *, skip: bool) -> list[str]:
    """A label for each page; `locks` are the labels of the locked pages that begin with it.

    A locked page keeps its label. What overflows page 12 stands on 12A, 12B, and before a locked 12A on A12A; what
    stands before page 1 on A1. A page that lost its text is named with the next, 12-13; an A-page that did is gone.
    `skip` leaves out the letters I and O.
    """
    starts = [place for place, labels in enumerate(locks) if labels]
    if not starts:
        return [str(first + place) for place in range(len(locks))]
    labels = _leading_labels(starts[0], first, locks[starts[0]][0], skip)
    for start, end in zip(starts, [*starts[1:], len(locks)], strict=True):
        following = locks[end][0] if end < len(locks) else None
        labels.append(_joined(locks[start]))
        more = _after(locks[start][-1], following, skip)
        labels.extend(next(more) for _ in range(end - start - 1))
    return labels


def _leading_labels(count: int, first: int, following: str, skip: bool) -> list[str]:
    """Pages before the first locked one: numbers as long as there are any left below it."""
    match = _LABEL.fullmatch(following)
    free = count if match is None else max(0, min(count, int(match["number"]) - first))
    labels = [str(first + place) for place in range(free)]
    more = _after(labels[-1], following, skip) if labels else _before(following, skip)
    return labels + [next(more) for _ in range(count - free)]


def _joined(labels: Sequence[str]) -> str:
    """Of several labels for one page those of A-pages go; the rest makes a range."""
    if len(labels) == 1:
        return labels[0]
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
