"""Positioned pages to a screenplay: the layout run backwards.

Where a line stands says what it is. The edges are those of a template that explains the document, else those that its
own surest lines show; what the page added goes again: numbers, (MORE), repeated cues, CONTINUED, automatic (CONT'D).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.contract import DEFAULT_LIMITS, Diagnostic, Kind, Limits, Report, ignore
from converter.lines import CELL, Page
from converter.normal import normal
from converter.recovery.pages.beside import part_columns
from converter.recovery.pages.by_words import is_typed, recover_by_words
from converter.recovery.pages.elements import REVISION, Elements, Recovered
from converter.recovery.pages.furniture import booklet_order, take_furniture
from converter.recovery.pages.line_numbers import take_line_numbers
from converter.recovery.pages.measures import INCH, explained_share, find_measures, has_columns, has_no_columns
from converter.recovery.pages.notes import PlacedNote, with_notes
from converter.recovery.pages.paragraphs import Paragraphs
from converter.recovery.pages.placed import Sheet, sheets_of, usual_leading
from converter.recovery.pages.straight import straightened
from converter.recovery.pages.title_page import count_title_pages, cut_title, title_page
from converter.tree import Continued, More, PageSetup, Paper, Position, Revisions, RevisionSet, Screenplay


def recover(
    pages: Sequence[Page],
    pitch: float = CELL,
    report: Report = ignore,
    limits: Limits = DEFAULT_LIMITS,
    *,
    bookmarks: Sequence[str] = (),
    is_proportional: bool = False,
    notes: Sequence[PlacedNote] = (),
) -> Screenplay:
    """The screenplay that these pages print, in normal form. `pitch`: points from one character to the next.

    Of the lines only text and place are looked at; a line in capitals that is also a bookmark is a scene heading.
    Proportional letters stand in no columns, so there the words decide.
    """
    sheets = sheets_of(pages, pitch)
    order = booklet_order(sheets)
    if order:
        pages = [pages[place] for place in order]
        sheets = sheets_of(pages, pitch)
        notes = [(order.index(page), y, note) for page, y, note in notes]
    leading = usual_leading(sheets, pitch)
    take_line_numbers(sheets, leading, report)
    take_furniture(sheets, leading)
    cut_title(sheets)
    front = count_title_pages(sheets, leading)
    script = sheets[front:]

    def by_words() -> Screenplay:
        _report_headers(sheets, None, report)
        part_columns(script, pitch, leading, names_too=True)
        return with_notes(recover_by_words(sheets, pitch, leading, report, limits), notes, sheets)

    if is_proportional:
        return by_words()
    part_columns(script, pitch, leading)
    measures = find_measures(script, pitch, leading)
    if not measures.is_known:
        if not has_columns(script, measures) and is_typed(sheets, pitch, leading):
            return by_words()
        measures = straightened(script, measures, pitch, leading)
    says_little = not measures.is_known and explained_share(script, measures) < _LEAST_EXPLAINED
    if says_little or has_no_columns(script, measures):
        return by_words()
    paragraphs = Paragraphs(script, measures, limits)
    labels = _kept_labels(script, len(sheets))
    recovered = Elements(paragraphs.paragraphs, measures, labels, bookmarks, report).run()
    revisions = _revisions(script, recovered)
    _report_headers(sheets, revisions, report)
    screenplay = Screenplay(
        title_page=title_page(sheets[:front], leading, measures.first_y, pitch),
        body=tuple(recovered.body),
        page_setup=_page_setup(sheets, recovered, paragraphs),
        revisions=revisions,
    )
    return with_notes(normal(screenplay), notes, sheets)


def _report_headers(sheets: Sequence[Sheet], revisions: Revisions | None, report: Report) -> None:
    """Words that only the pages had, and that are left out; the name of a revision is kept with its marks."""
    kept = {one.name for one in revisions.sets} if revisions else set()
    found = [(text, sheet.number) for sheet in sheets for text in sheet.header if text not in kept]
    if found:
        text, number = found[0]
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        message = f"Took “{text[:60]}”{more} at the edge of pages for headers and footers and left them out."
        report(Diagnostic(Kind.GUESS, "pdf.page-header", message, Position(page=number + 1)))


# Below this the edges that were learned explain the pages no better than chance.
_LEAST_EXPLAINED = 0.75

_LETTERED = re.compile(r"\d+[A-Z]+|[A-Z]+\d+", re.IGNORECASE)


def _kept_labels(script: Sequence[Sheet], count: int) -> list[str | None]:
    """Page labels by page. Pages are worth a mark where some have letters: then the pages of this script are locked."""
    labels: list[str | None] = [None] * count
    if not any(_LETTERED.fullmatch(sheet.label or "") for sheet in script):
        return labels
    for sheet in script:
        labels[sheet.number] = sheet.label
    return labels


def _page_setup(sheets: Sequence[Sheet], recovered: Recovered, paragraphs: Paragraphs) -> PageSetup:
    width, height = (sheets[-1].width, sheets[-1].height) if sheets else (612.0, 792.0)
    paper = Paper(width=round(width / INCH, 2), height=round(height / INCH, 2))
    return PageSetup(
        paper=None if (paper.width, paper.height) == (8.5, 11.0) else paper,
        more=None if recovered.prints_continued else More(automatic=False),
        continued=Continued(at_bottom=True, at_top=True) if paragraphs.has_scene_continued else None,
    )


_REVISION_NAME = re.compile(r"\b(?:rev|white|blue|pink|yellow|green|goldenrod|buff|salmon|cherry|tan)", re.IGNORECASE)


def _revisions(script: Sequence[Sheet], recovered: Recovered) -> Revisions | None:
    """One set for all marks: its name where a header gives one."""
    if not recovered.is_revised:
        return None
    names = (text for sheet in script for text in sheet.header if _REVISION_NAME.search(text))
    return Revisions(sets=(RevisionSet(id=REVISION, name=next(names, "Revision")),), active=REVISION)
