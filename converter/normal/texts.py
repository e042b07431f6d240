"""Texts in normal form: what no run may hold is taken out, and what stands between two words has one order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Any, TypeAlias, TypeVar, assert_never, cast

from converter.patterns import pattern
from converter.records import fields, is_dataclass, replace
from converter.tree import (
    Band,
    Boneyard,
    Cut,
    Deletion,
    Inline,
    LineBreak,
    Look,
    Marker,
    Note,
    NoteEnd,
    PageBreak,
    PageField,
    PageMark,
    ParagraphLayout,
    Run,
    Text,
    mapped,
)

T = TypeVar("T")

Loose: TypeAlias = PageBreak | Marker | Cut  # what stands between paragraphs
_LINE_END = pattern("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")

NO_LAYOUT = ParagraphLayout()
_NO_LOOK = Look()


# What no Run may hold: controls but tab, U+FEFF, lone surrogates, U+FFFE and U+FFFF. Of these XML 1.0 has only DEL and
# C1 (U+0085 of them is a line end, and is gone before this is asked).
FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufffe\uffff]")


def allowed(words: str) -> str:
    """The words without what is forbidden."""
    return words if words.isprintable() else FORBIDDEN.sub("", words)


def changed(node: T, changes: dict[str, Any]) -> T:
    """`node` with the changes that are changes; the node itself if there is none."""
    real = {name: value for name, value in changes.items() if value is not getattr(node, name)}
    if all(value == getattr(node, name) and type(value) is type(getattr(node, name)) for name, value in real.items()):
        return node
    return cast(T, replace(cast(Any, node), **real))


def is_dirty(words: str) -> bool:
    """Is there what no run may hold? Nearly all words are printable, which is faster to ask."""
    return not words.isprintable() and (_LINE_END.search(words) or FORBIDDEN.search(words)) is not None


def clean_line(words: str) -> str:
    return allowed(_LINE_END.sub(" ", words)) if is_dirty(words) else words


def clean_lines(words: str) -> str:
    return allowed(_LINE_END.sub("\n", words))


def normal_text(text: Text) -> Text:
    """Neighbouring runs differ, anchors between two words stand in one order, no forbidden character."""
    if are_clean_words(text):
        return text
    result: list[Inline] = []
    gap: list[Inline] = []
    for inline in merged(_clean_inlines(text)):
        if isinstance(inline, Run | LineBreak):
            if gap:
                result.extend(_in_order(gap))
                gap.clear()
            result.append(inline)
        else:
            gap.append(inline)
    result.extend(_in_order(gap))
    new = tuple(result)
    return text if new == text else new


def are_clean_words(text: Text) -> bool:
    """The short way for nearly every text: nothing but runs that differ, and line breaks."""
    last: Inline | None = None
    for inline in text:
        if type(inline) is Run:
            if inline.look is not None or not inline.text or is_dirty(inline.text):
                return False
            if type(last) is Run and _same_setting(last, inline):
                return False
        elif type(inline) is not LineBreak:
            return False
        last = inline
    return True


Piece = TypeVar("Piece")


def merged(inlines: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbouring runs of one setting joined; letters that each have a run of their own cost no more than words."""
    same: list[Run] = []
    for inline in inlines:
        if isinstance(inline, Run) and (not same or _same_setting(same[-1], inline)):
            same.append(inline)
            continue
        if same:
            yield cast(Piece, _joined(same))
            same.clear()
        if isinstance(inline, Run):
            same.append(inline)
        else:
            yield inline
    if same:
        yield cast(Piece, _joined(same))


def _joined(runs: list[Run]) -> Run:
    return runs[0] if len(runs) == 1 else replace(runs[0], text="".join(run.text for run in runs))


def _clean_inlines(text: Text) -> Iterator[Inline]:
    for inline in text:
        match inline:
            case Run():
                yield from _clean_run(inline)
            case Note() | Boneyard() | PageMark():
                yield clean_marker(inline)
            case LineBreak() | NoteEnd():
                yield inline
            case Deletion():
                yield changed(inline, {"text": normal_text(inline.text)}) if inline.text else inline
            case _:
                assert_never(inline)


def _clean_run(run: Run) -> Iterator[Run | LineBreak]:
    if run.look is not None:
        run = changed(run, {"look": said(scrubbed(run.look))})
    if not is_dirty(run.text):
        if run.text:
            yield run
        return
    for number, piece in enumerate(_LINE_END.split(run.text)):
        if number:
            yield LineBreak()
        piece = allowed(piece)
        if piece:
            yield replace(run, text=piece)


def clean_marker(marker: Marker) -> Marker:
    match marker:
        case Note():
            title, category, author = (clean_name(x) for x in (marker.title, marker.category, marker.author))
            color, date = clean_name(marker.color), clean_name(marker.date)
            changes = {"text": clean_lines(marker.text), "title": title, "category": category, "author": author}
            return changed(marker, {**changes, "color": color, "date": date})
        case Boneyard():
            return changed(marker, {"source": clean_lines(marker.source)})
        case PageMark():
            return changed(marker, {"label": clean_line(marker.label)})
        case _:
            assert_never(marker)


def clean_name(name: str | None) -> str | None:
    """A one-line name: an empty one is none."""
    return None if name is None else clean_line(name) or None


def _same_setting(a: Run, b: Run) -> bool:
    return a.style == b.style and a.revision == b.revision and a.look == b.look and a.tags == b.tags


def _in_order(gap: list[Inline]) -> Iterator[Inline]:
    """What stands between two words, in one order; deletions of one revision that hold words are one."""
    for revision, alike in groupby(sorted(gap, key=_anchor_order), key=_deleted_in):
        some = list(alike)
        if revision is None or len(some) == 1 or not any(cast(Deletion, one).text for one in some):
            yield from some
        else:
            text = tuple(chain.from_iterable(cast(Deletion, one).text for one in some))
            yield Deletion(revision=revision, text=cast(Any, normal_text(text)))


def _deleted_in(inline: Inline) -> int | None:
    return inline.revision if isinstance(inline, Deletion) else None


def _anchor_order(inline: Inline) -> tuple[int, int]:
    """Between two words: ends of ranges, deletions, locked pages, then notes, boneyards and page marks as they came."""
    match inline:
        case NoteEnd():
            return (0, inline.id)
        case Deletion():
            return (1, 0)
        case PageMark(locked=True):
            return (2, 0)
        case _:
            return (3, 0)


def lifted(text: Text) -> tuple[list[Loose], Text]:
    """The markers before the first word, which stand before the block; and the text without them."""
    if not text or isinstance(text[0], Run):
        return [], text
    markers: list[Loose] = []
    rest: list[Inline] = []
    for place, inline in enumerate(text):
        match inline:
            case Run() | LineBreak():
                rest.extend(text[place:])
                break
            case Note(id=None) | Boneyard() | PageMark():
                markers.append(inline)
            case _:
                rest.append(inline)
    return markers, tuple(rest) if markers else text


# ---------------------------------------------------------------- values with text in them


def scrubbed(value: T) -> T:
    """The value with every string in it, however deep, on one line and free of what no file can hold."""
    if isinstance(value, str):
        return cast(T, clean_line(value))
    if isinstance(value, tuple) and type(value) is tuple:
        return cast(T, mapped(value, scrubbed))
    if isinstance(value, Band):
        return cast(T, _normal_band(value))
    if is_dataclass(value) and not isinstance(value, type):
        changes = {one.name: said(scrubbed(getattr(value, one.name)), one.default) for one in fields(value)}
        return changed(value, changes)
    return value


def said(value: Any, default: Any = None) -> Any:
    """None for an optional value that says nothing."""
    return None if default is None and value in ("", NO_LAYOUT, _NO_LOOK) else value


def _normal_band(band: Band) -> Band:
    return changed(band, {name: _normal_side(getattr(band, name)) for name in ("left", "center", "right")})


def _normal_side(side: tuple[Run | PageField, ...]) -> tuple[Run | PageField, ...]:
    clean = (scrubbed(item) for item in side)
    new = tuple(merged(item for item in clean if not isinstance(item, Run) or item.text))
    return side if new == side else new
