"""Which damage a text has suffered."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from converter.recovery.lines.rows import TAB_CELLS

Damage = Literal["indented", "unindented", "contiguous", "flat"]

# More characters than this to a line, on average, and the line breaks mean nothing.
LONGEST_MEAN_LINE = 400
# A few lines that are longer than any typed one have no line breaks to speak of.
FEW_LINES, LONG_LINE = 4, 120
# A text with fewer blank lines than this has lost them.
FEWEST_BLANK_PERCENT = 5
SAMPLE_LINES = 5_000
SAMPLE_CHARACTERS = 50_000
FEWEST_LETTERS = 500


def detect(text: str) -> Damage:
    lines = text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES]
    filled = [line for line in lines if not line.isspace() and line]
    longest_mean = LONG_LINE if len(filled) < FEW_LINES else LONGEST_MEAN_LINE
    if not filled or sum(map(len, filled)) > longest_mean * len(filled) or _has_no_capitals(filled):
        return "flat"
    if _has_columns(filled):
        return "indented"
    if (len(lines) - len(filled)) * 100 < FEWEST_BLANK_PERCENT * len(lines):
        return "contiguous"
    return "unindented"


def _has_no_capitals(lines: list[str]) -> bool:
    """Cues and headings in lines are known by their capitals; without, lines tell less than words do."""
    sample = "".join(lines)[:SAMPLE_CHARACTERS]
    small = sum(map(str.islower, sample))
    return small > FEWEST_LETTERS and sum(map(str.isupper, sample)) * 200 < small


def _has_columns(lines: list[str]) -> bool:
    """At least three left edges that many lines share, or two far apart."""
    edges = Counter(_indent(line) for line in lines)
    common = sorted(edge for edge, count in edges.items() if count * 50 >= len(lines))
    clusters: list[int] = []
    for edge in common:
        if not clusters or edge - clusters[-1] > 2:
            clusters.append(edge)
    return len(clusters) > 2 or len(clusters) == 2 and clusters[1] - clusters[0] > 6


def _indent(line: str) -> int:
    line = line.lstrip("\f")
    blanks = line[: len(line) - len(line.lstrip())]
    return len(blanks.expandtabs(TAB_CELLS))
