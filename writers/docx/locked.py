"""Our own page breaks for a document: where each page begins, and what it and the page before print besides."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from converter.contract import Limits, ignore
from converter.layout.paginate import paginate
from converter.layout.style import PageOptions, Setup
from converter.lines import Line, Page
from converter.tree import Character, Screenplay


class Turn(NamedTuple):
    """From one page to the next, at an offset in the words of a paragraph."""

    offset: int
    page: int  # the next, counted from 0
    foot: tuple[tuple[str, str], ...]  # style and words of what the page before ends with
    head: tuple[tuple[str, str], ...]


class PagePlan(NamedTuple):
    """The pages of ours. Paragraphs have the numbers that `tree.paragraphs` counts, pages count from 0."""

    turns: dict[int, list[Turn]]  # by the number of the paragraph
    starts: list[tuple[int, int]]  # paragraph and offset, of the pages that hold words
    pages: list[int]  # the pages of `starts`
    labels: list[str]  # of all pages
    chosen: tuple[int, ...]  # those to be written

    def page_of(self, paragraph: int, offset: int = 0) -> int:
        """The page on which a paragraph begins, or has the words at an offset."""
        place = bisect_right(self.starts, (paragraph, offset)) - 1
        return self.pages[place] if place >= 0 else 0


NO_PLAN = PagePlan({}, [], [], [], ())  # Word breaks the pages


def page_plan(screenplay: Screenplay, options: PageOptions, setup: Setup, limits: Limits) -> PagePlan:
    found = paginate(screenplay, options, ignore, limits)
    pages = found.whole
    plan = PagePlan({}, [], [], [page.label or "" for page in pages], found.places)
    for number, page in enumerate(pages):
        if page.start is None:
            continue
        plan.starts.append((page.start.paragraph, page.start.offset))
        plan.pages.append(number)
        if number:
            turn = Turn(page.start.offset, number, _foot(pages[number - 1], setup), _head(page, setup))
            plan.turns.setdefault(page.start.paragraph, []).append(turn)
    return plan


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
