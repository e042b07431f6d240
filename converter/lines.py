"""Positioned lines: what layout makes of a screenplay and recovery makes a screenplay of.

One unit throughout: points, 72 to the inch, from the paper's top left corner; y counts downwards to the baseline.
Text is 12 point and one cell is 7.2 points wide (10 to the inch), a wide character two cells.
"""

from __future__ import annotations

from typing import NamedTuple

from converter.records import dataclass
from converter.tree import Paragraph, Position, Run

CELL = 7.2  # points from one character to the next


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
