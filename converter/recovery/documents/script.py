"""From what a reader found in a document of a word processor to the screenplay."""

from __future__ import annotations

from collections.abc import Sequence

from converter.contract import Limits, Report
from converter.normal import normal
from converter.records import dataclass, replace
from converter.recovery.documents import assemble, guess
from converter.recovery.documents.assemble import Item, Line, Loose
from converter.recovery.documents.contd import without_generated
from converter.recovery.documents.flow import Stuff
from converter.recovery.manner import Manner
from converter.tree import PageSetup, Paper, Revisions, Screenplay, TitlePage
from converter.twips import INCH, PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a document holds: its paragraphs and tables in order, and what stands around them."""

    stuff: Sequence[Stuff]
    revisions: Revisions | None = None
    paper: tuple[int, int] | None = None  # width and height in twips


def screenplay_of(found: Found, format: str, manner: Manner, report: Report, limits: Limits) -> Screenplay:
    guessed = guess.recognise(found.stuff, format, report, limits.deadline(), manner, may_have_title=True)
    items = guessed.items
    if guessed.title:
        items = [*map(without_breaks, items[:1]), *items[1:]]
    elements = without_generated(assemble.body(items), format, report)
    return normal(
        Screenplay(
            title_page=TitlePage(fields=guessed.title) if guessed.title else None,
            body=elements,
            page_setup=_page_setup(found.paper),
            revisions=found.revisions,
        )
    )


def without_breaks(item: Item) -> Item:
    """The first line after a title page, which begins a page in any case."""
    return replace(item, breaks=0) if isinstance(item, Line | Loose) else item


def _page_setup(paper: tuple[int, int] | None) -> PageSetup | None:
    """The paper, where it is not Letter and can be one."""
    if paper is None or all(abs(one - usual) <= _NEAR for one, usual in zip(paper, PAGE, strict=True)):
        return None
    width, height = (round(one / INCH, 2) for one in paper)
    return PageSetup(paper=Paper(width=width, height=height)) if min(width, height) >= _SMALLEST else None


_NEAR = 20  # twips
_SMALLEST = 3  # inches
