"""Ranges of notes in normal form: both ends in their order, counted from 1, and none across the edge of a Cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from converter.normal.texts import allowed, changed
from converter.records import replace
from converter.tree import (
    Cut,
    DualDialogue,
    Element,
    Inline,
    LineBreak,
    Note,
    NoteEnd,
    Paragraph,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Text,
    cuts,
    map_paragraphs,
    paragraphs,
)

P = TypeVar("P", bound=Paragraph)


def with_paired_ranges(screenplay: Screenplay) -> Screenplay:
    """Ids only where a range holds something, counted from 1 in the order in which they open."""
    if not any(map(_has_range_ends, paragraphs(screenplay.body, omitted=True, cut=True))):
        return screenplay
    if any(True for _ in cuts(screenplay.body)):
        screenplay = _with_ranges_closed(screenplay)
    ends = _ends(screenplay)
    new_ids: dict[int, int] = {}
    for new_id, start_number in enumerate(sorted(ends), start=1):
        new_ids[start_number] = new_ids[ends[start_number]] = new_id
    return _with_ids(screenplay, new_ids)


def _ends(screenplay: Screenplay) -> dict[int, int]:
    """Where each range that holds something ends: which Note inline, which NoteEnd inline."""
    opened: dict[int, tuple[int, int]] = {}  # id -> which inline it is, how much text stood before it
    ends: dict[int, int] = {}
    width = 0
    for number, inline in enumerate(_inlines(screenplay)):
        match inline:
            case Run():
                width += len(allowed(inline.text))
            case LineBreak() | None:
                width += 1
            case Note(id=int(id_)):
                opened.setdefault(id_, (number, width))
            case NoteEnd():
                start = opened.pop(inline.id, None)
                if start is not None and start[1] < width:
                    ends[start[0]] = number
            case _:
                pass
    return ends


def _has_range_ends(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return not (len(text) == 1 and type(text[0]) is Run) and any(map(belongs_to_range, text))


def belongs_to_range(inline: Inline) -> bool:
    return isinstance(inline, NoteEnd) or isinstance(inline, Note) and inline.id is not None


def _inlines(screenplay: Screenplay) -> Iterator[Inline | None]:
    """Every inline of the body's texts in document order, and None at the end of each paragraph."""
    for paragraph in paragraphs(screenplay.body, omitted=True, cut=True):
        yield from paragraph.text
        yield None


def _with_ids(screenplay: Screenplay, new_ids: dict[int, int]) -> Screenplay:
    counter = -1

    def renumber(paragraph: P) -> P:
        nonlocal counter
        text: list[Inline] = []
        for inline in paragraph.text:
            counter += 1
            match inline:
                case Note():
                    text.append(replace(inline, id=new_ids.get(counter)))
                case NoteEnd():
                    if counter in new_ids:
                        text.append(NoteEnd(id=new_ids[counter]))
                case _:
                    text.append(inline)
        counter += 1
        new: P = changed(paragraph, {"text": tuple(text)})
        if isinstance(new, SceneHeading) and new.omitted:
            new = cast(P, changed(new, {"omitted": map_paragraphs(new.omitted, renumber, cut=True)}))
        return new

    return changed(screenplay, {"body": map_paragraphs(screenplay.body, renumber, cut=True)})


def _with_ranges_closed(screenplay: Screenplay) -> Screenplay:
    """A range that would lead into a Cut ends before it, one that would lead out of a Cut ends in it."""
    ranges = _Ranges()
    for number, (paragraph, cut) in enumerate(_paragraphs_in_cuts(screenplay.body, None)):
        ranges.read(number, paragraph.text, cut)
    if not ranges.moved:
        return screenplay
    counter = -1

    def closed(paragraph: P) -> P:
        nonlocal counter
        counter += 1
        gone, more = ranges.gone.get(counter, ()), ranges.ends.get(counter, ())
        kept = tuple(inline for place, inline in enumerate(paragraph.text) if place not in gone)
        new: P = changed(paragraph, {"text": (*kept, *(NoteEnd(id=id_) for id_ in more))})
        if isinstance(new, SceneHeading) and new.omitted:
            new = cast(P, changed(new, {"omitted": map_paragraphs(new.omitted, closed, cut=True)}))
        return new

    return changed(screenplay, {"body": map_paragraphs(screenplay.body, closed, cut=True)})


class _Ranges:
    """Which ends of ranges lie on the other side of a Cut's edge, and where they shall be; by number of paragraph."""

    def __init__(self) -> None:
        self.gone: dict[int, set[int]] = {}  # places in its text
        self.ends: dict[int, list[int]] = {}
        self._open: dict[int, Cut | None] = {}
        self._last: dict[int | None, int] = {}  # Cut -> its last paragraph so far
        self._inside: Cut | None = None

    @property
    def moved(self) -> bool:
        return bool(self.gone or self.ends)

    def read(self, number: int, text: Text, cut: Cut | None) -> None:
        if cut is not self._inside:
            self._leave()
            self._inside = cut
        for place, inline in enumerate(text):
            if isinstance(inline, Note) and inline.id is not None:
                self._open.setdefault(inline.id, cut)
            elif isinstance(inline, NoteEnd) and inline.id in self._open:
                opened_in = self._open.pop(inline.id)
                if opened_in is not cut:
                    self.gone.setdefault(number, set()).add(place)
                    self._end(inline.id, opened_in)
        self._last[_key(cut)] = number

    def _leave(self) -> None:
        """What was opened in the Cut that ends here is closed in it."""
        if self._inside is None:
            return
        for id_ in [id_ for id_, cut in self._open.items() if cut is self._inside]:
            self._end(id_, self._inside)
            del self._open[id_]

    def _end(self, id_: int, cut: Cut | None) -> None:
        self.ends.setdefault(self._last[_key(cut)], []).append(id_)


def _key(cut: Cut | None) -> int | None:
    return None if cut is None else id(cut)


def _paragraphs_in_cuts(elements: Iterable[Element | Part], cut: Cut | None) -> Iterator[tuple[Paragraph, Cut | None]]:
    """Every paragraph, those of omitted scenes too, with the Cut around it."""
    for element in elements:
        match element:
            case Paragraph():
                yield element, cut
                if isinstance(element, SceneHeading) and element.omitted:
                    yield from _paragraphs_in_cuts(element.omitted, cut)
            case Speech():
                if element.cue is not None:
                    yield element.cue, cut
                yield from _paragraphs_in_cuts(element.parts, cut)
            case DualDialogue():
                yield from _paragraphs_in_cuts((element.left, element.right), cut)
            case Cut():
                yield from _paragraphs_in_cuts(element.elements, cut or element)
            case _:
                pass
