"""From recognised paragraphs, one after another, to the body: speeches, pairs of speeches, cut scenes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, cast

from converter.records import dataclass, field, replace
from converter.tree import (
    Boneyard,
    Character,
    Cut,
    Dialogue,
    DualDialogue,
    Element,
    Inline,
    LineBreak,
    Lyric,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Position,
    Run,
    SceneHeading,
    Speech,
    Text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph that we know: `cut` scenes lie around it, `breaks` page breaks in front."""

    paragraph: Paragraph
    cut: int = 0
    breaks: int = 0
    joins: bool = True  # a lyric goes on with the speech before it
    goes_on: str | None = None  # a page of ours cut it off from the paragraph before, at this line end or none


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """What prints nothing: notes, boneyards, page marks, empty pages."""

    markers: tuple[Note | Boneyard | PageMark, ...]
    cut: int = 0
    breaks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    left: tuple[Known, ...]
    right: tuple[Known, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Whole paragraphs that were struck out; the cut scenes around all of them are not counted in `items`."""

    revision: int
    items: tuple[Item, ...]
    cut: int = 0
    at: Position | None = None


Known = Line | Loose | Alternate | Removed
Item: TypeAlias = Known | Pair


@dataclass(slots=True)
class _Level:
    """The body, or one cut scene in it."""

    elements: list[Element] = field(default_factory=list)
    cue: Character | None = None
    parts: list[Part] | None = None  # of the speech that is still open

    def end_speech(self) -> None:
        if self.parts is not None:
            self.elements.append(Speech(cue=self.cue, parts=tuple(self.parts)))
            self.cue, self.parts = None, None

    def add_loose(self, loose: PageBreak | Note | Boneyard | PageMark | Cut) -> None:
        if self.parts is not None:
            self.parts.append(loose)
        else:
            self.elements.append(loose)


def removed(revision: int, items: Sequence[Item], at: Position | None) -> Removed:
    """What was struck out, the cut scenes around its first paragraph taken off."""
    around = _depth(items[0])
    return Removed(revision=revision, items=tuple(_lifted_out(one, around) for one in items), cut=around, at=at)


def _depth(item: Item) -> int:
    match item:
        case Alternate():
            return 0
        case Pair(left=left):
            return next((_depth(one) for one in left), 0)
        case _:
            return item.cut


def _lifted_out(item: Item, levels: int) -> Item:
    match item:
        case Alternate():
            return item
        case Pair(left=left, right=right):
            inside = (tuple(cast(Known, _lifted_out(one, levels)) for one in side) for side in (left, right))
            return Pair(left=next(inside), right=next(inside))
        case _:
            return replace(item, cut=max(0, item.cut - levels)) if levels else item


def body(items: Iterable[Item]) -> tuple[Element, ...]:
    builder = _Builder()
    for item in _joined(items):
        builder.add(item)
    return builder.finished()


def _joined(items: Iterable[Item]) -> Iterator[Item]:
    """With the paragraphs whole again that our pages cut."""
    last: Line | None = None
    more: list[Inline] = []
    for item in items:
        if isinstance(item, Line) and item.goes_on is not None and last is not None and _alike(item, last):
            more += (*[LineBreak()] * len(item.goes_on), *item.paragraph.text)
            continue
        if last is not None:
            yield _with_more(last, more)
        last, more = None, []
        if isinstance(item, Line):
            last = item
        else:
            yield item
    if last is not None:
        yield _with_more(last, more)


def _alike(one: Line, other: Line) -> bool:
    return type(one.paragraph) is type(other.paragraph) and one.cut == other.cut


def _with_more(line: Line, more: list[Inline]) -> Line:
    paragraph = line.paragraph
    return replace(line, paragraph=replace(paragraph, text=(*paragraph.text, *more))) if more else line


class _Builder:
    def __init__(self) -> None:
        self._levels = [_Level()]

    def finished(self) -> tuple[Element, ...]:
        self._to_level(0)
        self._levels[0].end_speech()
        return tuple(self._levels[0].elements)

    def add(self, item: Item) -> None:
        match item:
            case Alternate(text=text):
                self._alternate(text)
            case Pair():
                self._pair(item)
            case Removed(revision=revision, items=items, cut=cut):
                self._to_level(cut).add_loose(Cut(revision=revision, elements=body(items), at=item.at))
            case Loose(markers=markers, cut=cut, breaks=breaks):
                level = self._to_level(cut)
                for one in (*[PageBreak()] * breaks, *markers):
                    level.add_loose(one)
            case Line(paragraph=paragraph, cut=cut, breaks=breaks):
                level = self._to_level(cut)
                leading, text = _lifted(paragraph.text)
                for one in (*[PageBreak(at=paragraph.at)] * breaks, *leading):
                    level.add_loose(one)
                self._line(level, replace(paragraph, text=text) if leading else paragraph, item.joins)

    def _line(self, level: _Level, paragraph: Paragraph, joins: bool) -> None:
        match paragraph:
            case Character():
                level.end_speech()
                level.cue, level.parts = paragraph, []
            case Dialogue() | Parenthetical():
                if level.parts is None:
                    level.parts = []
                level.parts.append(paragraph)
            case Lyric() if level.parts is not None and joins:
                level.parts.append(paragraph)
            case _:
                level.end_speech()
                level.elements.append(paragraph)  # type: ignore[arg-type]  # what is left is a block

    def _to_level(self, cut: int) -> _Level:
        """The open level at this depth. A cut scene belongs to the heading before it."""
        while len(self._levels) - 1 > cut:
            inner = self._levels.pop()
            inner.end_speech()
            outer = self._levels[-1]
            heading = outer.elements[-1]
            assert isinstance(heading, SceneHeading)
            outer.elements[-1] = replace(heading, omitted=tuple(inner.elements))
        while len(self._levels) - 1 < cut:
            outer = self._levels[-1]
            outer.end_speech()
            last = outer.elements[-1] if outer.elements else None
            if not isinstance(last, SceneHeading) or last.omitted is not None:
                outer.elements.append(SceneHeading(text=(Run(text="OMITTED"),)))
            self._levels.append(_Level())
        return self._levels[-1]

    def _alternate(self, text: Text) -> None:
        parts = self._levels[-1].parts or []
        for place in range(len(parts) - 1, -1, -1):
            part = parts[place]
            if isinstance(part, Dialogue):
                parts[place] = replace(part, alternates=(*part.alternates, text))
                return

    def _pair(self, pair: Pair) -> None:
        first = next(one for one in pair.left if isinstance(one, Line))  # the name
        level = self._to_level(first.cut)
        level.end_speech()
        (before, left), (between, right) = _speech(pair.left), _speech(pair.right)
        level.elements.extend(before)
        level.elements.append(DualDialogue(left=replace(left, parts=(*left.parts, *between)), right=right))


def _lifted(text: Text) -> tuple[list[Note | Boneyard | PageMark], Text]:
    """The markers in front of the words, which stand before the paragraph in the order that they have here."""
    if not text or isinstance(text[0], Run):
        return [], text
    words = next((place for place, one in enumerate(text) if isinstance(one, Run | LineBreak)), len(text))
    markers = [one for one in text[:words] if _is_marker(one)]
    rest = tuple(one for one in text[:words] if not _is_marker(one))
    return markers, (*rest, *text[words:])  # type: ignore[return-value]  # a point is a Note


def _is_marker(inline: Inline) -> bool:
    """A boneyard, a page mark, or a note at a point."""
    return isinstance(inline, Boneyard | PageMark) or isinstance(inline, Note) and inline.id is None


def _speech(items: tuple[Known, ...]) -> tuple[list[PageBreak | Note | Boneyard | PageMark | Cut], Speech]:
    """What stands before the cue, and the speech of one column."""
    builder = _Builder()
    for item in items:
        builder.add(replace(item, cut=0) if not isinstance(item, Alternate) else item)
    before: list[PageBreak | Note | Boneyard | PageMark | Cut] = []
    speech = Speech()
    for element in builder.finished():
        if isinstance(element, Speech):
            speech = element
        elif isinstance(element, PageBreak | Note | Boneyard | PageMark | Cut):
            before.append(element)
    return before, speech
