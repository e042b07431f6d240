"""The pages of ours as Word has them: what stands on those that were asked for, and the sections that carry labels.

Word only counts, so a page that it cannot count to, such as 12A, is a section with its label typed in the header.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from converter.cuts import with_cuts_marked
from converter.layout.blocks import saying_omitted
from converter.layout.style import PageOptions
from converter.normal import normal
from converter.notation.docx import w
from converter.records import replace
from converter.tree import (
    Boneyard,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    Inline,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Paragraph,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Synopsis,
    Text,
)
from writers.docx.runs import Node

P = TypeVar("P", bound=Paragraph)

# ---------------------------------------------------------------- nothing but what pages print


def only_printed(screenplay: Screenplay, options: PageOptions) -> Screenplay:
    """Without what no page prints and a document would hold all the same: who gets some pages gets these alone.

    Gone are notes, boneyards, cut scenes and words, hidden words, other versions of dialogue, tags and, unless they are
    printed, sections and synopses; the pages stay as they are.
    """
    hidden = tuple(kind for kind, is_shown in _shown(options) if not is_shown)
    body = tuple(shown for element in with_cuts_marked(screenplay.body) for shown in _element(element, hidden))
    return normal(replace(screenplay, title_page=None, body=body, tags=()))


def _shown(options: PageOptions) -> tuple[tuple[type[Paragraph], bool], ...]:
    return (Section, options.sections), (Synopsis, options.synopses)


def _element(element: Element, hidden: tuple[type[Paragraph], ...]) -> Iterator[Element]:
    match element:
        case Note() | Boneyard() | Cut():
            return
        case PageBreak() | PageMark():
            yield element
        case Speech():
            yield _speech(element)
        case DualDialogue():
            yield replace(element, left=_speech(element.left), right=_speech(element.right))
        case SceneHeading():
            heading = saying_omitted(element)
            yield _paragraph(heading if heading.omitted is None else replace(heading, omitted=()))
        case Section() | Synopsis() if isinstance(element, hidden):
            yield from (one for one in element.text if isinstance(one, PageMark))
        case _:
            yield _paragraph(element)


def _speech(speech: Speech) -> Speech:
    cue = None if speech.cue is None else _paragraph(speech.cue)
    return Speech(cue=cue, parts=tuple(shown for part in speech.parts for shown in _part(part)))


def _part(part: Part) -> Iterator[Part]:
    match part:
        case Note() | Boneyard() | Cut():
            return
        case PageBreak() | PageMark():
            yield part
        case Dialogue():
            yield _paragraph(replace(part, alternates=()))
        case _:
            yield _paragraph(part)


def _paragraph(paragraph: P) -> P:
    return replace(paragraph, text=_text(paragraph.text))


def _text(text: Text) -> Text:
    return tuple(_inline(one) for one in text if not _is_unprinted(one))


def _is_unprinted(inline: Inline) -> bool:
    return isinstance(inline, Note | NoteEnd | Boneyard) or isinstance(inline, Run) and Style.HIDDEN in inline.style


def _inline(inline: Inline) -> Inline:
    match inline:
        case Run(tags=tags) if tags:
            return replace(inline, tags=())
        case Deletion(text=text) if text:
            return replace(inline, text=())
        case _:
            return inline


# ---------------------------------------------------------------- what stands on a page


class Placed(NamedTuple):
    """A paragraph of the document's flow, or a row of two columns, and the pages it stands on, counted from 0."""

    node: Node
    first: int
    last: int


def keep_pages(placed: Sequence[Placed], chosen: Iterable[int]) -> list[Placed]:
    """Takes all from the document that stands on other pages than those; what is left, in order."""
    wanted = set(chosen)
    kept = []
    for one in placed:
        if wanted.isdisjoint(range(one.first, one.last + 1)):
            _remove(one.node)
        else:
            kept.append(one)
    mark = next(kept[0].node.iter(w("pageBreakBefore")), None) if kept else None
    if mark is not None:
        mark.getparent().remove(mark)  # the first page begins by itself
    return kept


def _remove(node: Node) -> None:
    parent = node.getparent()
    parent.remove(node)
    if parent.tag == w("tbl") and parent.find(w("tr")) is None:
        parent.getparent().remove(parent)


# ---------------------------------------------------------------- sections


class Numbered(NamedTuple):
    """Pages that a section of their own numbers, from `page` on: Word counts them from `start`, or a label is typed."""

    page: int
    start: int
    label: str | None = None


def numbered(labels: Sequence[str], places: Iterable[int]) -> list[Numbered]:
    """The sections that these pages need to be called what they are."""
    found: list[Numbered] = []
    following = ""
    for place in places:
        label = labels[place]
        if _IS_COUNTED.fullmatch(label):
            if label != following:
                found.append(Numbered(place, int(label)))
            following = str(int(label) + 1)
        else:
            digits = _DIGITS.search(label)
            found.append(Numbered(place, int(digits[0]) if digits else 0, label))
            following = ""
    return found


_IS_COUNTED = re.compile("0|[1-9][0-9]{0,3}")
_DIGITS = re.compile("[0-9]{1,4}")


def end_sections(
    placed: Sequence[Placed], pages: Sequence[int], properties: Sequence[Node], ending: Callable[[Node], Node]
) -> None:
    """Ends a section before each of these pages; `ending` gives a paragraph that can hold the properties."""
    waiting = list(zip(pages, properties, strict=True))[::-1]
    before: Node = None
    for one in placed:
        while waiting and one.last >= waiting[-1][0]:
            _, section = waiting.pop()
            if before is not None:
                before = ending(before)
                before[0].append(section)
        before = one.node


def can_end_section(node: Node, hidden: set[str]) -> bool:
    """Word takes no section's end from a table, nor from a paragraph whose end is hidden or struck out."""
    if node.tag != w("p") or node[0].find(w("sectPr")) is not None:
        return False
    is_struck = node[0].find(f"{w('rPr')}/{w('del')}") is not None
    return not is_struck and node[0][0].get(w("val")) not in hidden
