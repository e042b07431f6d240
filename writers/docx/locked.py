"""Our own page breaks for a document: where each page begins, and what it and the page before print besides."""

from __future__ import annotations

from typing import NamedTuple

from converter.contract import Limits, ignore
from converter.layout.paginate import paginate
from converter.layout.style import PageOptions, Setup
from converter.lines import Line, Page
from converter.tree import Character, Screenplay


class Turn(NamedTuple):
    """From one page to the next, at an offset in the words of a paragraph."""

    offset: int
    foot: tuple[tuple[str, str], ...]  # style and words of what the page before ends with
    head: tuple[tuple[str, str], ...]


def page_turns(screenplay: Screenplay, options: PageOptions, setup: Setup, limits: Limits) -> dict[int, list[Turn]]:
    """The turns by the number of the paragraph, as `tree.paragraphs` counts."""
    pages = paginate(screenplay, options, ignore, limits).script
    turns: dict[int, list[Turn]] = {}
    for before, page in zip(pages, pages[1:], strict=False):
        if page.start is not None:
            turn = Turn(page.start.offset, _foot(before, setup), _head(page, setup))
            turns.setdefault(page.start.paragraph, []).append(turn)
    return turns


def _foot(page: Page, setup: Setup) -> tuple[tuple[str, str], ...]:
    last = max((line.y for line in page.lines if not line.generated), default=0.0)
    below = [line for line in page.lines if line.generated and not line.column and last < line.y < setup.footer_y]
    return tuple(_styled(below, setup.continued.bottom, "More"))


def _head(page: Page, setup: Setup) -> tuple[tuple[str, str], ...]:
    first = min((line.y for line in page.lines if not line.generated), default=0.0)
    above = [line for line in page.lines if line.generated and not line.column and setup.header_y < line.y < first]
    return tuple(_styled(above, setup.continued.top, "Character Continued"))


def _styled(lines: list[Line], continued: str, spoken: str) -> list[tuple[str, str]]:
    """One paragraph a baseline: what a cut speech prints where cues stand, what a cut scene prints elsewhere."""
    found: dict[float, tuple[str, str]] = {}
    for line in sorted(lines, key=lambda line: (line.y, line.x)):
        words = "".join(run.text for run in line.text)
        if line.element is Character:
            style, said = found.get(line.y, (spoken, ""))
            found[line.y] = style, f"{said} {words}".strip()
        elif words.startswith(continued):
            found[line.y] = "Continued", words
    return list(found.values())
