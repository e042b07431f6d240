"""Positioned lines: what layout makes of a screenplay and recovery makes a screenplay of."""

from __future__ import annotations

from dataclasses import dataclass

from converter.tree import Paragraph, Position, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text on a page.

    `x` and `y` in points from the paper's top left corner to the first cell and the baseline; `element` is the class of
    the paragraph it belongs to (None: page furniture, or not known); `generated` text is not the author's.
    """

    text: tuple[Run, ...]
    x: float
    y: float
    element: type[Paragraph] | None = None
    generated: bool = False
    column: int = 0  # 1 and 2: left and right of a dual dialogue
    mark: str | None = None  # what stands in the right margin because the line was revised
    at: Position | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A printed page: size in points, its label as printed ("12A"), its lines from top to bottom."""

    width: float
    height: float
    label: str | None
    lines: tuple[Line, ...]
