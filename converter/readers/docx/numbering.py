"""The numbers that Word itself puts before paragraphs (ECMA-376, 17.9): they count, so they are read in order."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.notation.docx import w
from converter.readers.docx.package import Node
from converter.readers.docx.styles import value

_LEVELS = 9
_DIGITS = re.compile(r"-?[0-9]{1,7}", re.ASCII)
_PLACE = re.compile(r"%([1-9])")
_ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
)
_ROMAN += ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST_ROMAN = 3999


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    style: str | None  # whose paragraphs are of this level


class Numbering:
    def __init__(self, root: Node | None):
        self._levels: dict[str, dict[int, _Level]] = {}  # of an abstract list
        self._lists: dict[str, str] = {}  # list -> abstract list
        self._starts: dict[tuple[str, int], int] = {}  # where a list begins otherwise
        self._counts: dict[str, list[int | None]] = {}  # of an abstract list, by level
        self._begun: set[str] = set()
        for node in () if root is None else root:
            id_ = node.get(w("abstractNumId"), "")
            if node.tag == w("abstractNum"):
                self._levels[id_] = dict(map(_level, node.iter(w("lvl"))))
            elif node.tag == w("num"):
                self._add_list(node)

    def _add_list(self, node: Node) -> None:
        id_ = node.get(w("numId"), "")
        self._lists[id_] = value(node, "abstractNumId") or ""
        for change in node.iter(w("lvlOverride")):
            start = _number(value(change, "startOverride"))
            if start is not None:
                self._starts[id_, _number(change.get(w("ilvl"))) or 0] = start

    def number(self, list_: str | None, level: int | None, style: str | None) -> str | None:
        """The number of the paragraph that comes now, without the marks around it; None for a bullet and for none."""
        abstract = self._lists.get(list_ or "")
        levels = self._levels.get(abstract or "")
        if abstract is None or list_ is None or not levels:
            return None
        if level is None:
            level = _level_of(style, levels)
        found = levels.get(level)
        if found is None:
            return None
        self._count(list_, abstract, levels, level)
        return self._shown(abstract, levels, found)

    def _count(self, list_: str, abstract: str, levels: dict[int, _Level], level: int) -> None:
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if list_ not in self._begun:
            self._begun.add(list_)
            for (other, place), start in self._starts.items():
                if other == list_ and place < _LEVELS:
                    counts[place] = start - 1
        for place in range(level):
            if counts[place] is None and place in levels:
                counts[place] = levels[place].start
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)

    def _shown(self, abstract: str, levels: dict[int, _Level], found: _Level) -> str | None:
        counts = self._counts[abstract]

        def count(place: re.Match[str]) -> str:
            number = int(place[1]) - 1
            return _written(counts[number] or 0, levels[number].format if number in levels else "decimal")

        if found.format in ("bullet", "none") or not _PLACE.search(found.text):
            return None
        words = _PLACE.sub(count, found.text).split()
        return words[-1].strip("().:[]") or None if words else None


def _level(node: Node) -> tuple[int, _Level]:
    place = min(_number(node.get(w("ilvl"))) or 0, _LEVELS - 1)
    start = _number(value(node, "start"))
    text = (value(node, "lvlText") or "")[:100]
    return max(0, place), _Level(
        1 if start is None else start, value(node, "numFmt") or "decimal", text, value(node, "pStyle")
    )


def _level_of(style: str | None, levels: dict[int, _Level]) -> int:
    """The level that a style of paragraphs is numbered by."""
    return next((place for place, one in levels.items() if one.style is not None and one.style == style), 0)


def _number(said: str | None) -> int | None:
    return int(said) if said and _DIGITS.fullmatch(said) else None


def _written(number: int, format_: str) -> str:
    match format_:
        case "upperLetter" | "lowerLetter" if number > 0:
            letters = chr(ord("A") + (number - 1) % 26) * min(9, (number - 1) // 26 + 1)
            return letters if format_ == "upperLetter" else letters.lower()
        case "upperRoman" | "lowerRoman" if 0 < number <= _MOST_ROMAN:
            return _roman(number) if format_ == "upperRoman" else _roman(number).lower()
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    letters = []
    for worth, letter in _ROMAN:
        letters.append(letter * (number // worth))
        number %= worth
    return "".join(letters)
