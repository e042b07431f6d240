"""Which pages are printed: all of them, some, those of some scenes, those with changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from converter.contract import UsageError
from converter.layout.style import PageOptions
from converter.lines import Page


def is_selective(options: PageOptions) -> bool:
    """Are only some of the pages asked for?"""
    return options.only_pages is not None or options.only_scenes is not None or options.only_revised


class SceneSpan(NamedTuple):
    """The pages of a scene, counted from 0."""

    number: str | None
    first: int
    last: int


def selected(
    pages: tuple[Page, ...], revised: Sequence[bool], spans: Sequence[SceneSpan], options: PageOptions
) -> tuple[int, ...] | None:
    """The places of the pages that every choice of the caller wants; None where there is no choice."""
    wanted = _choices(pages, revised, spans, options)
    if not wanted:
        return None
    chosen = tuple(place for place in range(len(pages)) if all(place in some for some in wanted))
    if not chosen:
        raise UsageError("no page is among all the pages, scenes and revisions that were asked for")
    return chosen


def _choices(
    pages: tuple[Page, ...], revised: Sequence[bool], spans: Sequence[SceneSpan], options: PageOptions
) -> list[set[int]]:
    """What each choice of the caller wants, as places of pages."""
    wanted: list[set[int]] = []
    if options.only_pages is not None:
        labels = [page.label or "" for page in pages]
        wanted.append(set(_ranges(options.only_pages, "page", labels, lambda place: (place, place))))
    if options.only_scenes is not None:
        numbers = [span.number or "" for span in spans]
        wanted.append(set(_ranges(options.only_scenes, "scene", numbers, lambda place: spans[place][1:])))
    if options.only_revised:
        if not any(revised):
            raise UsageError(_NO_PAGE.get(options.revised_set.casefold(), _NOT_REVISED))
        wanted.append(set(compress(range(len(pages)), revised)))
    return wanted


_NOT_REVISED = "no line of the script is marked as revised, so there are no revised pages"
_NO_PAGE = {"unrevised": "every page of the script is revised, so there is none that is not"}


def _ranges(said: str, what: str, names: Sequence[str], pages_of: Callable[[int], tuple[int, int]]) -> Iterator[int]:
    """`3, 5-8, 12A` as pages."""
    known = _first_places(names)
    for item in filter(None, (item.strip() for item in said.split(","))):
        for first, last in _readings(item):
            if first in known and last in known:
                for place in range(known[first], known[last] + 1):
                    start, end = pages_of(place)
                    yield from range(start, end + 1)
                break
        else:
            there = f"it has {next(iter(known))} to {next(reversed(known))}" if known else "none has a number"
            raise UsageError(f"the script has no {what} {item!r}; {there}")


def places_in_order(said: str, what: str, names: Sequence[str]) -> list[int]:
    """The places of `12, 14A-16` among names, in the order of the list, each once; UsageError for one that is none."""
    return list(dict.fromkeys(_ranges(said, what, names, lambda place: (place, place))))


def _first_places(names: Sequence[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for place, name in enumerate(names):
        if name:
            known.setdefault(name, place)
    return known


def _readings(item: str) -> Iterator[tuple[str, str]]:
    """A name may have hyphens in it, such as I-1-A: each of them may be the one between two names, or none."""
    yield item, item
    pieces = item[:100].split("-")
    for place in range(1, len(pieces)):
        yield "-".join(pieces[:place]).strip(), "-".join(pieces[place:]).strip()
