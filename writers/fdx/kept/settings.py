"""Words that an edit left alone keep the settings that the file gave them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from converter.tree import LineBreak, Run, Text
from writers.fdx.kept.same import common_start

# The attributes of a Text element as the file spells them, and its words.
Stretch = tuple[str, str]


def with_old_settings(now: Text, was: Text, old: list[Stretch], setting_of: Callable[[Run], str]) -> list[Stretch]:
    """Attributes and words of the new text. Characters before and after the change keep the attributes they had."""
    change = _Change(_words(was), _words(now))
    kept = _Kept(old, was)
    result: list[tuple[str, list[str]]] = []
    for words, run, place in _pieces(now, change, kept):
        before = result[-1][0] if result else None
        attributes = _attributes(run, before, place, change, kept)
        if attributes is None:
            attributes = setting_of(run) if run is not None else before or ""
        if attributes == before:
            result[-1][1].append(words)
        else:
            result.append((attributes, [words]))
    return [(attributes, "".join(words)) for attributes, words in result]


class _Change:
    """Between what both texts begin with and what both end with."""

    def __init__(self, was: str, now: str):
        self.start = common_start(was, now)
        self.end = len(now) - common_start(was[self.start :][::-1], now[self.start :][::-1])
        self._grown = len(now) - len(was)

    def place_before(self, place: int) -> int | None:
        """Where the character stood in the old text; None for a new one."""
        if place < self.start:
            return place
        return place - self._grown if place >= self.end else None

    def limit(self, place: int) -> int | None:
        """Where the part of the text ends that a character is in; None: with the text."""
        return next((bound for bound in (self.start, self.end) if place < bound), None)


class _Old(NamedTuple):
    """A stretch of old words: where it ends, its attributes in the file, its run in the tree."""

    end: int
    attributes: str
    run: Run | None


class _Kept:
    """What the file says of each character of the old text."""

    def __init__(self, old: list[Stretch], was: Text):
        known = "".join(words for _, words in old) == _words(was)
        self._stretches = list(_stretches(old, was)) if known else []
        self._ends = [one.end for one in self._stretches]

    def at(self, place: int) -> _Old | None:
        found = bisect_right(self._ends, place)
        return self._stretches[found] if found < len(self._stretches) else None


def _stretches(old: list[Stretch], was: Text) -> Iterator[_Old]:
    """The old words, cut where either the file or the tree sets them in another way."""
    bounds: list[tuple[int, Run | None]] = []
    place = 0
    for words, run in _characters(was):
        place += len(words)
        bounds.append((place, run))
    start = which = 0
    for attributes, words in old:
        end = start + len(words)
        while start < end:
            while bounds[which][0] <= start:
                which += 1
            start = min(end, bounds[which][0])
            yield _Old(start, attributes, bounds[which][1])


def _pieces(now: Text, change: _Change, kept: _Kept) -> Iterator[tuple[str, Run | None, int]]:
    """The new words with their run and their place, cut where the change begins and ends and where old ones are."""
    start = 0
    for words, run in _characters(now):
        end = start + len(words)
        place = start
        while place < end:
            stop = min(end, change.limit(place) or end)
            was_place = change.place_before(place)
            old = None if was_place is None else kept.at(was_place)
            if was_place is not None and old is not None:
                stop = min(stop, place + old.end - was_place)
            yield words[place - start : stop - start], run, place
            place = stop
        start = end


def _attributes(run: Run | None, before: str | None, place: int, change: _Change, kept: _Kept) -> str | None:
    """What the file says of these words; of new ones, what it says of those before them."""
    was_place = change.place_before(place)
    if was_place is not None:
        old = kept.at(was_place)
        return None if old is None or _set_anew(run, old.run) else old.attributes
    if before is None or run is None or not change.start:
        return None
    return _as_neighbours(before, kept.at(change.start - 1), run)


def _set_anew(run: Run | None, was: Run | None) -> bool:
    return run is not None and was is not None and _setting(run) != _setting(was)


def _as_neighbours(attributes: str, old: _Old | None, run: Run) -> str | None:
    """New words in the midst of old ones look like those before them; only a spelling mark is not theirs."""
    if old is None or old.attributes != attributes or 'AdornmentStyle="-1"' in attributes:
        return None
    return attributes if old.run is not None and _setting(run) == _setting(old.run) else None


def _setting(run: Run) -> tuple[object, ...]:
    return run.style, run.look, run.revision, run.tags


def _characters(text: Text) -> list[tuple[str, Run | None]]:
    return [
        (one.text, one) if isinstance(one, Run) else ("\n", None) for one in text if isinstance(one, Run | LineBreak)
    ]


def _words(text: Text) -> str:
    return "".join(words for words, _ in _characters(text))
