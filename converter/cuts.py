"""What was cut and is still in the tree: how many words, and how it is shown where they cannot be."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

from converter.records import replace
from converter.tree import (
    Boneyard,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    LineBreak,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Part,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    Text,
    TitlePage,
    cuts,
    map_paragraphs,
    paragraphs,
    words,
)

P = TypeVar("P", bound=Paragraph)


def cut_words(screenplay: Screenplay) -> int:
    """How many words that were cut the screenplay still holds, in deletions and in Cuts."""
    if not _holds_cuts(screenplay):
        return 0
    texts = list(_texts_outside_of_cuts(screenplay))
    deletions = (one for one in chain.from_iterable(texts) if isinstance(one, Deletion))
    inside = (one for cut in cuts(screenplay.body) for one in paragraphs(cut.elements, omitted=True, cut=True))
    return sum(len(words(one.text).split()) for one in deletions) + sum(
        len(words(text, cut=True).split()) for one in inside for text in _own_texts(one)
    )


def without_cut_words(
    screenplay: Screenplay,
    lost: Callable[[Position | None], None],
    *,
    marks: bool = True,
    held: Container[int] = (),
) -> Screenplay:
    """The screenplay for a format that has no place for words that were cut; `lost` hears of each place.

    With `marks` every Cut leaves a mark of deletion. What was cut in the revisions that are `held` stays. The same
    object comes back where nothing is lost.
    """
    if not _holds_cuts(screenplay):
        return screenplay

    def loses_words(text: Text) -> bool:
        return any(type(one) is Deletion and one.text and one.revision not in held for one in text)

    gone = [cut for cut in cuts(screenplay.body) if cut.revision not in held]
    if not gone and not any(map(loses_words, _texts_outside_of_cuts(screenplay))):
        return screenplay
    for cut in gone:
        lost(cut.at)
    body = with_cuts_marked(screenplay.body, held) if marks else without_cuts(screenplay.body)

    def bare(at: Position | None, text: Text) -> Text:
        if not loses_words(text):
            return text
        lost(at)
        return tuple(
            Deletion(revision=one.revision) if isinstance(one, Deletion) and one.revision not in held else one
            for one in text
        )

    def paragraph(one: P) -> P:
        changes: dict[str, Any] = {"text": bare(one.at, one.text)}
        if isinstance(one, Dialogue):
            changes["alternates"] = tuple(bare(one.at, text) for text in one.alternates)
        elif isinstance(one, SceneHeading) and one.omitted:
            changes["omitted"] = map_paragraphs(one.omitted, paragraph)
        same = all(getattr(one, name) == value for name, value in changes.items())
        return one if same else replace(one, **changes)

    page = screenplay.title_page
    if page is not None:
        lines = tuple(replace(one, lines=tuple(bare(None, line) for line in one.lines)) for one in page.fields)
        page = replace(page, fields=lines, sheets=tuple(tuple(map(paragraph, sheet)) for sheet in page.sheets))
    return replace(screenplay, title_page=page, body=map_paragraphs(body, paragraph))


def _holds_cuts(screenplay: Screenplay) -> bool:
    held = screenplay.holds_cuts
    if held is None:
        page = screenplay.title_page
        held = _is_anything_cut(screenplay.body) or page is not None and _is_title_cut(page)
        object.__setattr__(screenplay, "holds_cuts", held)  # the walk is asked for twice in a conversion
    return held


def _is_anything_cut(nodes: Iterable[Any]) -> bool:
    """Is there any Cut, or words in a deletion? Every conversion asks this, so plain words cost next to nothing."""
    for node in nodes:
        kind = type(node)
        if kind is Speech:
            if node.cue is not None and _is_cut_from(node.cue.text) or _is_anything_cut(node.parts):
                return True
        elif kind in _WITHOUT_TEXT:
            if kind is Cut or kind is DualDialogue and _is_anything_cut((node.left, node.right)):
                return True
        else:
            text = node.text
            if (len(text) != 1 or type(text[0]) is not Run) and _is_cut_from(text):
                return True
            if kind is Dialogue and node.alternates and any(map(_is_cut_from, node.alternates)):
                return True
            if kind is SceneHeading and node.omitted and _is_anything_cut(node.omitted):
                return True
    return False


_WITHOUT_TEXT = frozenset({Cut, DualDialogue, PageBreak, Note, Boneyard, PageMark})


def _is_cut_from(text: Text) -> bool:
    for one in text:  # noqa: SIM110  # a generator costs more than the rest
        if type(one) is Deletion and one.text:
            return True
    return False


def _is_title_cut(page: TitlePage) -> bool:
    lines = (line for field in page.fields for line in field.lines)
    return any(map(_is_cut_from, lines)) or any(map(_is_anything_cut, page.sheets))


def _texts_outside_of_cuts(screenplay: Screenplay) -> Iterator[Text]:
    page = screenplay.title_page
    if page is not None:
        for field in page.fields:
            yield from field.lines
        yield from (line.text for sheet in page.sheets for line in sheet)
    for paragraph in paragraphs(screenplay.body, omitted=True):
        yield from _own_texts(paragraph)


def _own_texts(paragraph: Paragraph) -> tuple[Text, ...]:
    return (paragraph.text, *paragraph.alternates) if isinstance(paragraph, Dialogue) else (paragraph.text,)


def with_cuts_marked(elements: tuple[Element, ...], held: Container[int] = ()) -> tuple[Element, ...]:
    """The elements with a mark of deletion in place of each Cut, for whatever shows only that something is gone.

    It stands at the start of the next paragraph that may print, else at the end of the last. The page marks in a Cut
    stay, for their pages do; and so do the Cuts of the revisions that are `held`.
    """
    if not any(cut.revision not in held for cut in cuts(elements)):
        return elements
    return _without_cuts(elements, *_places_of_marks(elements, held), held)


def without_cuts(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """The elements without any Cut; the page marks in it stay."""
    return _without_cuts(elements, None, {}) if any(True for _ in cuts(elements)) else elements


def _without_cuts(
    elements: tuple[Element, ...],
    at_start: dict[int, list[int]] | None,
    at_end: dict[int, list[int]],
    held: Container[int] = (),
) -> tuple[Element, ...]:
    """With these revisions' marks at the start and at the end of those of `paragraphs(elements)`, if there are any."""
    number = -1

    def paragraph(one: Any) -> Any:
        nonlocal number
        number += 1
        changes: dict[str, Any] = {}
        if at_start and number in at_start:
            changes["text"] = _with_marks_first(at_start[number], one.text)
        if number in at_end:
            text = changes.get("text", one.text)
            changes["text"] = _with_marks_first(at_end[number][::-1], text[::-1])[::-1]
        if isinstance(one, SceneHeading) and one.omitted:
            inside = without_cuts(one.omitted) if at_start is None else with_cuts_marked(one.omitted, held)
            changes["omitted"] = inside
        return replace(one, **changes) if changes else one

    def shown(nodes: Iterable[Any]) -> Iterator[Any]:
        for node in nodes:
            match node:
                case Paragraph():
                    yield paragraph(node)
                case Cut() if node.revision not in held:
                    yield from page_marks(node.elements)
                case Speech():
                    yield speech(node)
                case DualDialogue():
                    yield DualDialogue(left=speech(node.left), right=speech(node.right))
                case _:
                    yield node

    def speech(one: Speech) -> Speech:
        cue = None if one.cue is None else paragraph(one.cue)
        return Speech(cue=cue, parts=tuple(shown(one.parts)))

    return tuple(shown(elements))


def _places_of_marks(
    elements: tuple[Element, ...], held: Container[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Which revisions' marks stand at the start and at the end of which of `paragraphs(elements)`."""
    at_start: dict[int, list[int]] = {}
    waiting: list[int] = []
    number, last = -1, None
    for one in _paragraphs_and_cuts(elements):
        if isinstance(one, Cut):
            if one.revision not in held and one.revision not in waiting:
                waiting.append(one.revision)
            continue
        number += 1
        if not isinstance(one, Section | Synopsis):
            last = number
            if waiting:
                at_start[number], waiting = waiting, []
    return at_start, {last: waiting} if waiting and last is not None else {}


def _paragraphs_and_cuts(elements: Iterable[Element | Part]) -> Iterator[Paragraph | Cut]:
    for element in elements:
        match element:
            case Paragraph() | Cut():
                yield element
            case Speech():
                if element.cue is not None:
                    yield element.cue
                yield from _paragraphs_and_cuts(element.parts)
            case DualDialogue():
                yield from _paragraphs_and_cuts((element.left, element.right))
            case _:
                pass


def _with_marks_first(revisions: list[int], text: Text) -> Text:
    """Only where the text does not begin with a mark of that revision anyway."""
    place = next((place for place, one in enumerate(text) if isinstance(one, Run | LineBreak)), len(text))
    known = {one.revision for one in text[:place] if isinstance(one, Deletion)}
    return (*(Deletion(revision=revision) for revision in revisions if revision not in known), *text)


def page_marks(elements: Iterable[Element | Part]) -> Iterator[PageMark]:
    """All marks of pages, also those inside of words, of Cuts and of omitted scenes."""
    for element in elements:
        match element:
            case PageMark():
                yield element
            case SceneHeading():
                yield from _marks_in(element.text)
                yield from page_marks(element.omitted or ())
            case Paragraph():
                yield from _marks_in(element.text)
            case Speech():
                yield from _marks_in(() if element.cue is None else element.cue.text)
                yield from page_marks(element.parts)
            case DualDialogue():
                yield from page_marks((element.left, element.right))
            case Cut():
                yield from page_marks(element.elements)
            case _:
                pass


def _marks_in(text: Text) -> Iterator[PageMark]:
    return (one for one in text if isinstance(one, PageMark))
