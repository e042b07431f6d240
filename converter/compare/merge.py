"""Three drafts into one: what two writers changed since the draft that both began with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from converter.compare.paragraphs import align
from converter.compare.rows import Piece, body_of, pieces_of
from converter.compare.units import Unit, units_of
from converter.compare.words import Edit, edits, spans
from converter.normal import normal
from converter.records import dataclass, fields, replace
from converter.tree import (
    ELEMENT_NAMES,
    Character,
    Dialogue,
    Inline,
    LineBreak,
    Run,
    SceneHeading,
    Screenplay,
    Text,
    TitleField,
    TitlePage,
    words,
)

_MINE = "merge conflict: mine"
_THEIRS = "merge conflict: theirs"
_CUT_IN_MINE = "merge conflict: cut in mine, changed in theirs"
_CUT_IN_THEIRS = "merge conflict: changed in mine, cut in theirs"
_ALTERNATE = "merge conflict: theirs is the alternate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A place that both changed. The texts are paragraphs, one a line; empty where a draft has none there."""

    scene: str | None  # the heading above it in the result
    kind: str  # Final Draft's name of the element
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    screenplay: Screenplay
    conflicts: tuple[Conflict, ...]


def merge(base: Screenplay, mine: Screenplay, theirs: Screenplay) -> Merged:
    """`mine` with what `theirs` changed since `base`.

    Changes that do not touch are both taken, also in one paragraph. Where they do, a line of dialogue has theirs as an
    alternate; elsewhere both texts stand one after the other. Each such place has a note. No word of either is lost.
    """
    drafts = _Drafts(*map(normal, (base, mine, theirs)))
    merger = _Merger(drafts)
    row = list(merger.row())
    tail = merger.around([pieces_of(one)[1] for one in drafts])
    return Merged(
        screenplay=normal(_with_rest(drafts, replace(drafts.mine, body=body_of(row, tail)))),
        conflicts=tuple(merger.conflicts),
    )


class _Drafts(NamedTuple):
    base: Screenplay
    mine: Screenplay
    theirs: Screenplay


# ---------------------------------------------------------------- paragraphs


class _Merger:
    def __init__(self, drafts: _Drafts):
        self.conflicts: list[Conflict] = []
        self._units = [units_of(one) for one in drafts]
        self._pieces = [pieces_of(one)[0] for one in drafts]
        self._scene: str | None = None

    def row(self) -> Iterator[Piece]:
        starts = [0, 0, 0]
        ends = [*map(len, self._units)]
        for place in (*self._common(), ends):
            between = [pieces[start:stop] for pieces, start, stop in zip(self._pieces, starts, place, strict=True)]
            yield from self._noticed(self._between(*between))
            if place != ends:
                yield from self._noticed(self._same(place))
            starts = [one + 1 for one in place]

    def _noticed(self, row: Sequence[Piece]) -> Sequence[Piece]:
        for piece in row:
            if isinstance(piece.paragraph, SceneHeading):
                self._scene = words(piece.paragraph.text)
        return row

    def _common(self) -> Iterator[list[int]]:
        """Paragraphs that are in all three drafts, in order."""
        base, mine, theirs = self._units
        pairs = [
            {
                group.old.start: group.new.start
                for group in align(base, other).groups
                if len(group.old) == len(group.new) == 1
            }
            for other in (mine, theirs)
        ]
        for place in range(len(base)):
            if place in pairs[0] and place in pairs[1]:
                yield [place, pairs[0][place], pairs[1][place]]

    def around(self, nodes: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
        """Notes, breaks and the like at one place."""
        base, mine, theirs = nodes
        if mine == base:
            return theirs
        if theirs in (base, mine):
            return mine
        return (*mine, *(one for one in theirs if one not in mine and one not in base))

    def _between(self, base: list[Piece], mine: list[Piece], theirs: list[Piece]) -> list[Piece]:
        """What stands between two paragraphs that all have."""
        if mine == base:
            return theirs
        if theirs in (base, mine):
            return mine
        self._add_conflict(mine, theirs)
        if not mine or not theirs:
            first, *rest = mine or theirs
            return [first.with_note(_CUT_IN_THEIRS if mine else _CUT_IN_MINE), *rest]
        return [mine[0].with_note(_MINE), *mine[1:], theirs[0].with_note(_THEIRS), *theirs[1:]]

    def _add_conflict(self, mine: Sequence[Piece], theirs: Sequence[Piece]) -> None:
        kind = type((mine or theirs)[0].paragraph)
        said = ["\n".join(words(one.paragraph.text) for one in some) for some in (mine, theirs)]
        self.conflicts.append(Conflict(scene=self._scene, kind=ELEMENT_NAMES[kind], mine=said[0], theirs=said[1]))

    def _same(self, place: list[int]) -> list[Piece]:
        """One paragraph that all three have."""
        pieces = base, mine, theirs = [row[number] for row, number in zip(self._pieces, place, strict=True)]
        around: dict[str, Any] = {
            name: self.around([getattr(one, name) for one in pieces]) for name in ("before", "inside", "after")
        }
        for name in ("is_spoken", "opens", "side"):
            around[name] = getattr(theirs if getattr(mine, name) == getattr(base, name) else mine, name)
        if mine.paragraph == base.paragraph:
            return [replace(theirs, **around)]
        if theirs.paragraph in (base.paragraph, mine.paragraph):
            return [replace(mine, **around)]
        units = [row[number] for row, number in zip(self._units, place, strict=True)]
        text = _text(units)
        kinds = {type(one.paragraph) for one in pieces}
        if text is not None and len(kinds) == 1:
            return [replace(mine, paragraph=_paragraph(units, text), **around)]
        self._add_conflict([mine], [theirs])
        if kinds == {Dialogue}:
            alternates = (*mine.paragraph.alternates, theirs.paragraph.text, *theirs.paragraph.alternates)
            kept = tuple(dict.fromkeys(one for one in alternates if one and one != mine.paragraph.text))
            both = replace(mine, paragraph=replace(mine.paragraph, alternates=kept), **around)
            return [both.with_note(_ALTERNATE)]
        first = replace(mine, before=around["before"], inside=around["inside"], after=())
        second = replace(theirs, before=(), inside=(), after=around["after"], side=None)
        second = replace(second, opens=isinstance(theirs.paragraph, Character))  # else it goes on in the same speech
        return [first.with_note(_MINE), second.with_note(_THEIRS)]


def _paragraph(units: Sequence[Unit], text: Text) -> Any:
    """Mine with the text, and what only theirs changed beside it: number, alignment, style."""
    base, mine, theirs = (unit.paragraph for unit in units)
    changes = {
        one.name: getattr(theirs, one.name)
        for one in fields(mine)
        if one.name not in ("text", "at") and getattr(mine, one.name) == getattr(base, one.name)
    }
    return replace(mine, **changes, text=text)


# ---------------------------------------------------------------- words


def _text(units: Sequence[Unit]) -> Text | None:
    """Of a paragraph in three drafts; None where the changes touch."""
    base, mine, theirs = (unit.paragraph.text for unit in units)
    if mine == base:
        return theirs
    if theirs in (base, mine):
        return mine
    if _beside(theirs) != _beside(base):
        return None  # a note in the midst of words has no other place to go
    ours, other = (edits(units[0].words, unit.words) for unit in units[1:])
    if not other:  # they changed emphasis alone, which mine has on the words that did not change
        return _with_edits((units[0], units[2], units[1]), other, ours) if _beside(mine) == _beside(base) else mine
    if any(_touch(one, another) for one in ours for another in other):
        return None
    return _with_edits(units, ours, other)


def _beside(text: Text) -> list[Inline]:
    return [one for one in text if not isinstance(one, Run | LineBreak)]


def _touch(one: Edit, other: Edit) -> bool:
    return one.old_start <= other.old_end and other.old_start <= one.old_end


def _with_edits(units: Sequence[Unit], ours: Sequence[Edit], other: Sequence[Edit]) -> Text:
    """My text with their changes."""
    mine, theirs = units[1].paragraph.text, units[2].paragraph.text
    my_spans, their_spans = spans(words(mine)), spans(words(theirs))
    out: list[Inline] = []
    copied = 0
    for edit in other:
        shift = sum(
            (one.new_end - one.new_start) - (one.old_end - one.old_start)
            for one in ours
            if one.old_end < edit.old_start
        )
        here = _range(my_spans, edit.old_start + shift, edit.old_end + shift)
        there = _range(their_spans, edit.new_start, edit.new_end)
        if here[0] == here[1] or there[0] == there[1]:
            here, there = (
                _with_blank(my_spans, here, edit.old_start + shift),
                _with_blank(their_spans, there, edit.new_start),
            )
        out += [*_slice(mine, copied, here[0]), *_slice(theirs, *there)]
        copied = here[1]
    return (*out, *_slice(mine, copied, None))


def _range(known: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """Words as characters; no words are a place before the next, or behind the last."""
    if first < last:
        return known[first][0], known[last - 1][1]
    place = known[first][0] if first < len(known) else known[-1][1] if known else 0
    return place, place


def _with_blank(known: Sequence[tuple[int, int]], place: tuple[int, int], first: int) -> tuple[int, int]:
    """Words that come or go take the blank along that parts them from the next, or from the one before."""
    start, stop = place
    if start == stop:
        return place
    following = next((one for one, _ in known if one >= stop), None)
    if following is not None:
        return start, following
    return (known[first - 1][1], stop) if first else (start, stop)


def _slice(text: Text, start: int, stop: int | None) -> Iterator[Inline]:
    """The characters from `start` to `stop`, and what stands among them; at `start` but not at `stop`."""
    offset = 0
    for inline in text:
        length = len(inline.text) if isinstance(inline, Run) else int(isinstance(inline, LineBreak))
        begin, end = offset, offset + length
        offset = end
        if isinstance(inline, Run):
            piece = inline.text[max(0, start - begin) : None if stop is None else max(0, stop - begin)]
            if piece:
                yield replace(inline, text=piece)
        elif start <= begin and (stop is None or begin < stop):
            yield inline


# ---------------------------------------------------------------- all around the body


def _with_rest(drafts: _Drafts, merged: Screenplay) -> Screenplay:
    """Title page, paper, styles, sets and tags."""
    changes: dict[str, Any] = {}
    for name in ("page_setup", "revisions", "styles", "tags", "opaque"):
        base, mine, theirs = (getattr(one, name) for one in drafts)
        changes[name] = theirs if mine == base else mine
        if name in _KEYS and mine != base and theirs != base:
            known = {getattr(one, _KEYS[name]) for one in mine}
            changes[name] = (*mine, *(one for one in theirs if getattr(one, _KEYS[name]) not in known))
    return replace(merged, **changes, title_page=_title_page(*(one.title_page for one in drafts)))


_KEYS = {"styles": "name", "tags": "number"}


def _title_page(base: TitlePage | None, mine: TitlePage | None, theirs: TitlePage | None) -> TitlePage | None:
    if mine == base:
        return theirs
    if theirs in (base, mine) or theirs is None:
        return mine
    if mine is None:
        return theirs
    known = {} if base is None else {one.name: one for one in base.fields}
    new = {one.name: one for one in theirs.fields}
    merged = [_field(known.get(one.name), one, new.pop(one.name, None)) for one in mine.fields]
    sheets = (*mine.sheets, *(one for one in theirs.sheets if one not in mine.sheets))
    return TitlePage(fields=(*merged, *(one for one in new.values() if one != known.get(one.name))), sheets=sheets)


def _field(base: TitleField | None, mine: TitleField, theirs: TitleField | None) -> TitleField:
    if theirs is None or theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    return replace(mine, lines=(*mine.lines, *(one for one in theirs.lines if one not in mine.lines)))
