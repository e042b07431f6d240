"""Positioned lines: what layout makes of a screenplay and recovery makes a screenplay of.

One unit throughout: points, 72 to the inch, from the paper's top left corner; y counts downwards to the baseline.
Text is 12 point and one cell is 7.2 points wide (10 to the inch), a wide character two cells.
"""

from __future__ import annotations

import re
import unicodedata
from math import floor
from typing import NamedTuple

from converter.records import dataclass
from converter.tree import Paragraph, Position, Run

CELL = 7.2  # points from one character to the next


def measured_width(width: float) -> float:
    """The width in inches on which right edges count, for paper of this one.

    All is measured on US Letter, and nothing moves on A4 (Final Draft 12) or on wider paper. Where the usual measures
    find no room, what ends at the right margin moves with the edge of the paper, in quarters of an inch.
    """
    return 8.5 if width >= 8.0 else floor(width * 4 + 0.01) / 4


class Line(NamedTuple):
    """Words that stand side by side on one baseline, from the cell at `x` on.

    `text` is as drawn: capitals where the element has them, the styles of the element and of the words together, no
    blank at the end. Two lines may share a baseline: a scene number and its heading, the columns of a dual dialogue.
    A line that a reader measured knows `text`, `x` and `y`; the rest is what layout knows besides. A named tuple,
    because a script has ten thousand of them; give its fields by name.
    """

    text: tuple[Run, ...]
    x: float
    y: float
    element: type[Paragraph] | None = None  # None: page furniture, or not known
    generated: bool = False  # not the author's words: (MORE), page numbers, a repeated cue
    column: int = 0  # 1 and 2: left and right of a dual dialogue
    mark: str | None = None  # what stands in the right margin because the line was revised
    paragraph: int | None = None  # which of tree.paragraphs(body), from 0; which line of its sheet on a title page
    at: Position | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where in the tree a page begins: paragraph number and offset in its `words`, both from 0.

    An offset above 0 says that the page before ended inside the paragraph.
    """

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A printed page: size in points, its label as printed ("12A"), its lines from top to bottom.

    Revision marks are lines of their own too (generated, at the right margin), so a page is drawn by drawing `lines`.
    """

    width: float
    height: float
    label: str | None
    lines: tuple[Line, ...]
    start: Start | None = None  # None: no words of the script, a title page, or not known
    color: str | None = None  # paper of the newest revision on this page, as #RRGGBB


# ---------------------------------------------------------------- how much room letters take

# Never at the start of a row, never at its end; the usual East Asian rules.
NO_START = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝」』】〉》〕〗〙”’…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‰℃"
)
NO_END = frozenset("（［｛「『【〈《〔〖〘“‘￥＄＃")

# One cell each, whatever stands beside them: no combining mark, no wide character, nothing that joins.
_NARROW = re.compile(
    "[\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u1fff\u2010-\u2027\u2030-\u205e]*"
)
_JOINER, _EMOJI_LOOK = "\u200d", "\ufe0f"


def is_wide(char: str) -> bool:
    return char >= "\u1100" and unicodedata.east_asian_width(char) in "WF"


def has_wide(text: str) -> bool:
    return not text.isascii() and any(map(is_wide, text))


def is_narrow(text: str) -> bool:
    """Does each character surely take one cell?"""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def cells(text: str) -> int:
    """How many cells the text takes."""
    if text.isascii() or is_narrow(text):
        return len(text)
    return sum(widths(text))


def widths(text: str) -> list[int]:
    """The cells of each character. A cluster's cells are all on its first character, so that no cut can part it."""
    widths: list[int] = []
    base = -1  # where the cluster that is going on began
    joined = False
    flag_open = False
    for place, char in enumerate(text):
        is_flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        if base < 0:
            width = _width(char, is_flag)
        elif char == _JOINER:
            widths.append(0)
            joined = True
            continue
        elif char == _EMOJI_LOOK:
            widths[base] = 2
            width = 0
        elif joined or _is_tone(char) or is_flag and flag_open:
            width = 0
            is_flag = False
        else:
            width = _width(char, is_flag)
        if width:
            base = place
        widths.append(width)
        joined = False
        flag_open = is_flag
    return widths


def _is_tone(char: str) -> bool:
    """A skin tone, which colours the emoji before it."""
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def _width(char: str, is_flag: bool) -> int:
    if char < "\x7f":
        return 1
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if is_flag or is_wide(char) else 1
