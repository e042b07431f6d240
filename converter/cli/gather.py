"""The scripts that the words of a command mean: files, folders with all that is below them, patterns."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch

from converter.batch import Job
from converter.contract import UsageError
from converter.formats import without_suffix

_MAGIC = "*?["


def jobs_into(folder: str, words: Sequence[str], suffix: str, endings: Sequence[str]) -> list[Job]:
    """Each script with its target in the folder, of its own name with another suffix, in a stable order.

    What lies below a folder or a pattern's fixed part keeps its place below the target folder. In a folder the files
    with one of `endings` are scripts. Hidden files, the target folder itself and folders behind symbolic links are
    left out. UsageError for a folder or pattern without any script.
    """
    own = os.path.realpath(folder)
    return [
        Job(source, os.path.join(folder, without_suffix(place) + suffix))
        for word in words
        for source, place in _meant(word, own, tuple(endings))
    ]


def pairs_of(old: str, new: str, endings: Sequence[str]) -> list[tuple[str, str | None, str | None]]:
    """The scripts below two folders by their names without endings: the name, the old one and the new one."""
    sides = [
        {without_suffix(place): path for path, place in reversed(_meant(folder, "", tuple(endings)))}
        for folder in (old, new)
    ]
    return [(name, sides[0].get(name), sides[1].get(name)) for name in sorted({*sides[0], *sides[1]})]


def _meant(word: str, own: str, endings: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each script, and its place below the folder that was searched."""
    if os.path.isdir(word):
        found = [(path, place) for path, place in _below(word, own) if place.lower().endswith(endings)]
        nothing = f"there is no script in this folder (a name that ends in {', '.join(endings)})"
    elif os.path.lexists(word) or not any(letter in word for letter in _MAGIC):
        return [(word, os.path.basename(word))]
    else:
        found = list(_matching(word, own))
        nothing = "no file has a name like this"
    if not found:
        raise UsageError(nothing, path=word)
    return found


def _below(folder: str, own: str) -> Iterator[tuple[str, str]]:
    if own == os.path.realpath(folder):
        own = ""  # results beside their scripts
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in _shown(folders) if not own or os.path.realpath(os.path.join(place, name)) != own]
        for name in _shown(files):
            path = os.path.join(place, name)
            if os.path.isfile(path):
                yield path, os.path.relpath(path, folder)


def _shown(names: Sequence[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith("."))


def _matching(pattern: str, own: str) -> Iterator[tuple[str, str]]:
    """`scripts/**/*.fdx`: below the folders that are written out, `**` stands for any number of folders."""
    parts = os.path.normpath(pattern).split(os.sep)
    first = next(place for place, part in enumerate(parts) if any(letter in part for letter in _MAGIC))
    folder = os.sep.join(parts[:first]) or (os.sep if os.path.isabs(pattern) else os.curdir)
    for path, place in _below(folder, own):
        if _fits(place.split(os.sep), parts[first:]):
            yield (path if first else place), place


def _fits(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path's parts fit a pattern's; all places in the pattern at once, so that no pattern takes long."""
    places = {0}
    for name in names:
        places = {place for start in places for place in _next(name, pattern, start)}
    return any(all(part == "**" for part in pattern[place:]) for place in places)


def _next(name: str, pattern: Sequence[str], place: int) -> Iterator[int]:
    while place < len(pattern) and pattern[place] == "**":
        yield place
        place += 1
    if place < len(pattern) and fnmatch(name, pattern[place]):
        yield place + 1
