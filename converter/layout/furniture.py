"""What stands around the text of a page: headers, footers, page numbers; and which changes are marked."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from converter.contract import Diagnostic, Kind
from converter.layout.style import PageOptions, Setup
from converter.layout.wrap import beginning
from converter.lines import CELL, Line, Page, Start, cells
from converter.tree import Band, PageField, PageFieldKind, Revisions, RevisionSet, Run, Screenplay, words


class Marks(NamedTuple):
    """The revisions that are marked, with their marks, in the order of their age."""

    marks: dict[int, str]
    order: dict[int, int]

    def rank(self, revision: int) -> int:
        return self.order.get(revision, revision)

    def newest(self, revisions: set[int]) -> int | None:
        return max(revisions, key=self.rank, default=None)


class _AllMarks(dict[int, str]):
    """A source can mark words as revised without saying anything of the revision."""

    def __contains__(self, revision: object) -> bool:
        return True

    def __missing__(self, revision: int) -> str:
        return "*"


def shown_marks(screenplay: Screenplay, options: PageOptions) -> Marks:
    """Final Draft marks the active set, or all of them when the script says so."""
    revisions = screenplay.revisions or Revisions()
    order = {one.id: place for place, one in enumerate(revisions.sets)}
    marks = {one.id: one.mark for one in revisions.sets}
    choice = options.revision_marks or ("all" if revisions.show_all else "active")
    if choice == "none":
        return Marks({}, order)
    if choice == "all" or revisions.active is None:
        return Marks(_AllMarks(marks), order)
    return Marks({revisions.active: marks.get(revisions.active, "*")}, order)


_LINE = 12.0
_EDGE = 2 * CELL  # nothing stands nearer to the edge of the paper


class Furniture:
    """Makes finished pages."""

    def __init__(self, screenplay: Screenplay, setup: Setup, marks: Marks):
        self.setup = setup
        self.marks = marks
        self.sets = {one.id: one for one in screenplay.revisions.sets} if screenplay.revisions else {}
        self.date = _draft_date(screenplay)
        self.is_cut = False  # a header, so that it is told once

    def page(self, lines: list[Line], label: str, is_first: bool, start: Start | None, revisions: set[int]) -> Page:
        setup = self.setup
        newest = self.marks.newest(revisions)
        revision = self.sets.get(newest) if newest is not None else None
        if not setup.endless:
            top = self.band(setup.header, setup.header_y, label, is_first, revision)
            lines = [*top, *lines, *self.band(setup.footer, setup.footer_y, label, is_first, revision)]
        color = revision.page_color if revision is not None else None
        return Page(width=setup.width, height=setup.height, label=label, lines=tuple(lines), start=start, color=color)

    def band(self, band: Band, y: float, label: str, is_first: bool, revision: RevisionSet | None) -> list[Line]:
        """Left, middle and right; what would stand over another part moves away from the text, line by line."""
        if is_first and not band.on_first_page or not (band.left or band.center or band.right):
            return []
        start, end = self.setup.band_left, self.setup.number_right
        # Final Draft's center tab: half way between the margins of the text, 4.50 inches on US Letter.
        middle = (self.setup.text_left + self.setup.text_right) / 2
        away = self.away_from_text(y)
        placed: list[Line] = []
        for parts, at, share in ((band.right, end, 1.0), (band.center, middle, 0.5), (band.left, start, 0.0)):
            text = self.filled(parts, label, revision)
            if text:
                width = CELL * run_cells(text)
                x = max(_EDGE, min(at - width * share, self.setup.width - _EDGE - width))
                placed.append(Line(text=text, x=x, y=_free_line(placed, x, width, y, away), generated=True))
        return placed[::-1]

    def away_from_text(self, y: float) -> float:
        """A line up from a header and down from a footer; the other way where the paper ends two lines on."""
        away = _LINE if y > self.setup.height / 2 else -_LINE
        return away if _LINE <= y + 2 * away <= self.setup.height - _LINE else -away

    def filled(self, parts: tuple[Run | PageField, ...], label: str, revision: RevisionSet | None) -> tuple[Run, ...]:
        runs = []
        says_nothing = False
        for part in parts:
            match part:
                case Run():
                    runs.append(part)
                case PageField():
                    text = self.field(part.kind, label, revision)
                    if text:
                        runs.append(Run(text=text))
                    else:
                        says_nothing = True
                case _:
                    assert_never(part)
        if says_nothing and not any(any(map(str.isalnum, run.text)) for run in runs):
            return ()  # the full stop behind a number that there is not
        return self.fitting(tuple(runs))

    def fitting(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """As much of a part as the paper is wide."""
        room = int((self.setup.width - 2 * _EDGE) / CELL)
        if run_cells(runs) <= room:
            return runs
        if not self.is_cut:
            self.is_cut = True
            message = "A header or footer is wider than the paper, so its end was cut off."
            self.setup.report(Diagnostic(Kind.LOSS, "pages.wide-header", message))
        kept = []
        for run in runs:
            shown = beginning(run.text, room)
            room -= cells(shown)
            if shown:
                kept.append(Run(text=shown, style=run.style, look=run.look))
        return tuple(kept)

    def field(self, kind: PageFieldKind, label: str, revision: RevisionSet | None) -> str:
        match kind:
            case PageFieldKind.PAGE:
                return label
            case PageFieldKind.REVISION:
                return revision.name if revision is not None else ""
            case PageFieldKind.DATE:
                return self.date
            case PageFieldKind.LABEL:
                return ""  # a text that a heading sets in Final Draft; no tree holds it
            case _:
                assert_never(kind)


def _free_line(placed: list[Line], x: float, width: float, y: float, away: float) -> float:
    """The first baseline from y on where nothing stands."""
    for line in placed:
        if line.y == y and line.x < x + width + CELL and x < line.x + CELL * (run_cells(line.text) + 1):
            return _free_line(placed, x, width, y + away, away)
    return y


def run_cells(runs: tuple[Run, ...]) -> int:
    return sum(cells(run.text) for run in runs)


def _draft_date(screenplay: Screenplay) -> str:
    """The date on the title page: a page that asked the clock would never print the same twice."""
    if screenplay.title_page is not None:
        for name in ("draft date", "date"):
            for field in screenplay.title_page.fields:
                if field.name.strip().casefold() == name:
                    return " ".join(words(line).strip() for line in field.lines)
    return ""
