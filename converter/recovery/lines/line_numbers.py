"""A column of line numbers beside a text, as some programs save it for readings: it says nothing of the script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import gcd
from typing import NamedTuple

from converter.contract import Diagnostic, Kind, Report
from converter.tree import Position

_SIDES = (
    re.compile(r"[ \t]{0,8}(?P<number>\d{1,5}[.:|)]?)(?=[ \t]|$)"),
    re.compile(r"(?:^|(?<=[ \t]{2}))(?P<number>\d{1,5})[ \t]*$"),
)
_FEWEST = 8
_NEARLY_ALL = 0.9


class _Numbered(NamedTuple):
    line: int
    value: int
    start: int
    end: int
    is_alone: bool


def without_line_numbers(text: str, report: Report) -> str:
    """The text with blanks in place of the numbers that count its lines, if there are any."""
    if text.count("\n") < _FEWEST or not any(map(str.isdecimal, text[:1_000])):
        return text
    lines = text.split("\n")
    for side in _SIDES:
        numbered = [one for place, line in enumerate(lines) if (one := _number(line, place, side)) is not None]
        if not _counts_lines(numbered, len(lines)):
            continue
        message = "The numbers that stand in a column beside the lines were taken for line numbers and left out."
        report(Diagnostic(Kind.GUESS, "text.line-numbers", message, Position(line=numbered[0].line + 1)))
        for one in numbered:
            line = lines[one.line]
            lines[one.line] = line[: one.start] + " " * (one.end - one.start) + line[one.end :]
        return "\n".join(lines)
    return text


def _number(line: str, place: int, side: re.Pattern[str]) -> _Numbered | None:
    line = line.rstrip("\r")
    found = side.search(line) if side is _SIDES[1] else side.match(line)
    if found is None:
        return None
    digits = found["number"].rstrip(".:|)")
    return _Numbered(place, int(digits), *found.span("number"), line.strip() == found["number"])


def _counts_lines(numbered: Sequence[_Numbered], lines: int) -> bool:
    """Do they count every line, the empty ones too, or every fifth? What counts words only numbers scenes or cues."""
    if len(numbered) < _FEWEST:
        return False
    steps = [(one.line, two.line - one.line, two.value - one.value, two.value) for one, two in pairwise(numbered)]
    counted = sum(between == more or after == 1 for _, between, more, after in steps)
    if counted < _NEARLY_ALL * len(steps):
        return False
    every = gcd(*(one.value for one in numbered))
    if every > 1:
        return every * len(numbered) >= _NEARLY_ALL * (lines - every)
    alone = sum(one.is_alone for one in numbered)
    return len(numbered) >= _NEARLY_ALL * (lines - 1) and alone >= 2 and 20 * alone >= len(numbered)
