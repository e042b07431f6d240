"""The normal form: which of several ways to say the same thing is the one that readers return and writers start from.

docs/tree.md lists what it settles.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, groupby
from typing import Any, TypeAlias, TypeVar, assert_never, cast

from converter.records import fields, is_dataclass, replace
from converter.tree import (
    ELEMENT_NAMES,
    Band,
    Boneyard,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
    General,
    Inline,
    LineBreak,
    Look,
    Lyric,
    Marker,
    Note,
    NoteEnd,
    PageBreak,
    PageField,
    PageMark,
    PageSetup,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Part,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Text,
    TitleField,
    TitlePage,
    cuts,
    map_paragraphs,
    mapped,
    paragraphs,
    words,
)

T = TypeVar("T")
P = TypeVar("P", bound=Paragraph)

_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")

_NO_LAYOUT = ParagraphLayout()
_NO_LOOK = Look()


def normal(screenplay: Screenplay) -> Screenplay:
    """The same screenplay, said in the one way that readers return and writers start from. Idempotent.

    Printed words stay. Unused note ids, markers at the start of a paragraph, stray parts of speeches, layout that only
    repeats the style: each has one place. What is normal already comes back as the same object.
    """
    if screenplay.is_normal:
        return screenplay
    settled = _normal(screenplay)
    if any(
        True for _ in cuts(screenplay.body)
    ):  # one that moves changes which ranges open first, and what is beside it
        once, settled = settled, _normal(settled)
        while settled != once:
            once, settled = settled, _normal(settled)
    return known_normal(settled)


def known_normal(screenplay: Screenplay) -> Screenplay:
    """The screenplay marked as normal, as nodes are frozen for good; for readers that build nothing else."""
    object.__setattr__(screenplay, "is_normal", True)
    return screenplay


@cache  # compiling it takes a millisecond, and few scripts hold anything that is not plainly allowed
def forbidden() -> re.Pattern[str]:
    """What no Run may hold: C0 controls but tab, U+FEFF, lone surrogates, U+FFFE and U+FFFF. XML 1.0 has none."""
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ud800-\udfff\ufffe\uffff]")


def allowed(words: str) -> str:
    """The words without what is forbidden."""
    return words if words.isprintable() else forbidden().sub("", words)


def _normal(screenplay: Screenplay) -> Screenplay:
    screenplay = _with_paired_ranges(screenplay)
    styles = mapped(_scrubbed(screenplay.styles), _normal_style)
    page_setup = _scrubbed(screenplay.page_setup)
    revisions = _scrubbed(screenplay.revisions)
    changes = {
        "title_page": _normal_title_page(screenplay.title_page),
        "body": _normal_body(screenplay.body, {style.name: style for style in styles}),
        "page_setup": None if page_setup == PageSetup() else page_setup,
        "styles": styles,
        "revisions": None if revisions == Revisions() else revisions,
        "tags": _scrubbed(screenplay.tags),
        "opaque": _scrubbed(screenplay.opaque),
    }
    return _changed(screenplay, changes)


def _changed(node: T, changes: dict[str, Any]) -> T:
    """`node` with the changes that are changes; the node itself if there is none."""
    real = {name: value for name, value in changes.items() if value is not getattr(node, name)}
    if all(value == getattr(node, name) and type(value) is type(getattr(node, name)) for name, value in real.items()):
        return node
    return cast(T, replace(cast(Any, node), **real))


# ---------------------------------------------------------------- texts


def _is_dirty(words: str) -> bool:
    """Is there what no run may hold? Nearly all words are printable, which is faster to ask."""
    return not words.isprintable() and (_LINE_END.search(words) or forbidden().search(words)) is not None


def _clean_line(words: str) -> str:
    return allowed(_LINE_END.sub(" ", words)) if _is_dirty(words) else words


def _clean_lines(words: str) -> str:
    return allowed(_LINE_END.sub("\n", words))


def _normal_text(text: Text) -> Text:
    """Neighbouring runs differ, anchors between two words stand in one order, no forbidden character."""
    if _are_clean_words(text):
        return text
    result: list[Inline] = []
    gap: list[Inline] = []
    for inline in _merged(_clean_inlines(text)):
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


def _are_clean_words(text: Text) -> bool:
    """The short way for nearly every text: nothing but runs that differ, and line breaks."""
    last: Inline | None = None
    for inline in text:
        if type(inline) is Run:
            if inline.look is not None or not inline.text or _is_dirty(inline.text):
                return False
            if type(last) is Run and _same_setting(last, inline):
                return False
        elif type(inline) is not LineBreak:
            return False
        last = inline
    return True


Piece = TypeVar("Piece")


def _merged(inlines: Iterable[Piece]) -> Iterator[Piece]:
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
                yield _clean_marker(inline)
            case LineBreak() | NoteEnd():
                yield inline
            case Deletion():
                yield _changed(inline, {"text": _normal_text(inline.text)}) if inline.text else inline
            case _:
                assert_never(inline)


def _clean_run(run: Run) -> Iterator[Run | LineBreak]:
    if run.look is not None:
        run = _changed(run, {"look": _said(_scrubbed(run.look))})
    if not _is_dirty(run.text):
        if run.text:
            yield run
        return
    for number, piece in enumerate(_LINE_END.split(run.text)):
        if number:
            yield LineBreak()
        piece = allowed(piece)
        if piece:
            yield replace(run, text=piece)


def _clean_marker(marker: Marker) -> Marker:
    match marker:
        case Note():
            title, category, author = (_clean_name(x) for x in (marker.title, marker.category, marker.author))
            color, date = _clean_name(marker.color), _clean_name(marker.date)
            changes = {"text": _clean_lines(marker.text), "title": title, "category": category, "author": author}
            return _changed(marker, {**changes, "color": color, "date": date})
        case Boneyard():
            return _changed(marker, {"source": _clean_lines(marker.source)})
        case PageMark():
            return _changed(marker, {"label": _clean_line(marker.label)})
        case _:
            assert_never(marker)


def _clean_name(name: str | None) -> str | None:
    """A one-line name: an empty one is none."""
    return None if name is None else _clean_line(name) or None


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
            yield Deletion(revision=revision, text=cast(Any, _normal_text(text)))


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


def _lifted(text: Text) -> tuple[list[_Loose], Text]:
    """The markers before the first word, which stand before the block; and the text without them."""
    if not text or isinstance(text[0], Run):
        return [], text
    markers: list[_Loose] = []
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


# ---------------------------------------------------------------- paragraphs


def _normal_paragraph(paragraph: P, styles: _Styles) -> tuple[list[_Loose], P]:
    """What has to stand before the paragraph, and the paragraph in normal form."""
    text = _normal_text(paragraph.text)
    if isinstance(paragraph, Parenthetical):
        text = _bracketed(text)
    before, text = _lifted(text)
    if text is paragraph.text and _has_only_text(paragraph):
        return before, paragraph
    style_name = _clean_name(paragraph.style_name)
    if style_name == ELEMENT_NAMES.get(type(paragraph)):
        style_name = None
    style = styles.get(style_name or ELEMENT_NAMES.get(type(paragraph), ""))
    layout = _own_layout(paragraph.layout, style)
    if layout is not None and layout.new_page:
        before.append(PageBreak(at=paragraph.at))
        layout = _own_layout(replace(layout, new_page=None), style)
    changes: dict[str, Any] = {
        "text": text,
        "number": _clean_name(paragraph.number),
        "style_name": style_name,
        "layout": layout,
        "align": None if style is not None and paragraph.align == style.align else paragraph.align,
    }
    match paragraph:
        case SceneHeading():
            changes["color"] = _clean_name(paragraph.color)
            if paragraph.omitted is not None:
                changes["omitted"] = _normal_body(paragraph.omitted, styles)
        case Section():
            changes["level"] = max(1, paragraph.level)
        case Dialogue():
            changes["alternates"] = mapped(paragraph.alternates, _point_text)
        case _:
            pass
    return before, _changed(paragraph, changes)


def _has_only_text(paragraph: Paragraph) -> bool:
    """Is there nothing but the text that could be said in another way?"""
    if (
        paragraph.layout is not None
        or paragraph.align is not None
        or paragraph.style_name is not None
        or paragraph.number is not None
        and _clean_name(paragraph.number) is not paragraph.number
    ):
        return False
    kind = type(paragraph)
    if kind is Dialogue:
        return not cast(Dialogue, paragraph).alternates
    if kind is SceneHeading:
        heading = cast(SceneHeading, paragraph)
        return heading.color is None and heading.omitted is None
    return kind is not Section or cast(Section, paragraph).level >= 1


def _own_layout(layout: ParagraphLayout | None, style: ElementStyle | None) -> ParagraphLayout | None:
    if layout is None:
        return None
    if style is not None and style.layout is not None:
        same = {
            one.name: None
            for one in fields(ParagraphLayout)
            if getattr(layout, one.name) is not None and getattr(layout, one.name) == getattr(style.layout, one.name)
        }
        layout = replace(layout, **cast(Any, same)) if same else layout
    return None if layout == _NO_LAYOUT else layout


# Those of East Asian programs are as wide as their letters.
OPENING_BRACKETS, CLOSING_BRACKETS = ("(", "（"), (")", "）")


def _bracketed(text: Text) -> Text:
    """A parenthetical's text with the brackets it lacks at either end."""
    typed = words(text)
    opens, closes = typed.lstrip().startswith(OPENING_BRACKETS), typed.rstrip().endswith(CLOSING_BRACKETS)
    if opens and closes and typed.strip() != ")" and typed.strip() != "(":
        return text
    runs = [place for place, inline in enumerate(text) if isinstance(inline, Run)]
    if not runs:
        return _normal_text((*text, Run(text="()")))
    changed = list(text)
    if not opens:
        first = cast(Run, changed[runs[0]])
        changed[runs[0]] = replace(first, text="(" + first.text)
    if not closes:
        last = cast(Run, changed[runs[-1]])
        changed[runs[-1]] = replace(last, text=last.text + ")")
    return tuple(changed)


# ---------------------------------------------------------------- the body


_Loose: TypeAlias = PageBreak | Marker | Cut  # what stands between paragraphs
_LOOSE = frozenset({PageBreak, Note, Boneyard, PageMark, Cut})
_Styles: TypeAlias = dict[str, ElementStyle]


def _normal_body(elements: tuple[Element, ...], styles: _Styles) -> tuple[Element, ...]:
    placed: list[Element] = []
    for element in elements:
        if _is_plain_element(element):
            placed.append(element)
            continue
        match element:
            case Speech():
                placed.extend(_normal_speech(element, styles))
            case DualDialogue():
                placed.extend(_normal_dual(element, styles))
            case PageBreak() | Cut():
                placed.append(element)
            case Note() | Boneyard() | PageMark():
                placed.append(_loose_marker(element))
            case _:
                before, paragraph = _normal_paragraph(element, styles)
                placed.extend(before)
                placed.append(paragraph)
    body = tuple(_with_speeches_joined(placed, styles))
    same = len(body) == len(elements) and all(map(operator.is_, body, elements))
    return elements if same else body


def _is_plain_element(element: Element) -> bool:
    """The short way for what nearly every element is: normal as it stands."""
    if isinstance(element, Paragraph):
        return _is_plain(element)
    if type(element) is not Speech or element.cue is None or not _is_plain(element.cue):
        return False
    return all(isinstance(part, Paragraph) and _is_plain(part) for part in element.parts)


def _is_plain(paragraph: Paragraph) -> bool:
    """Clean words that begin with a run, and nothing that could be said in another way."""
    text = paragraph.text
    if not text or type(text[0]) is not Run or not _are_clean_words(text) or not _has_only_text(paragraph):
        return False
    return type(paragraph) is not Parenthetical or _bracketed(text) is text


def _loose_marker(marker: Marker) -> Marker:
    return _clean_marker(_point(marker) if isinstance(marker, Note) else marker)


def _point(note: Note) -> Note:
    """Only a note inside a text can open a range."""
    return note if note.id is None else replace(note, id=None)


def _with_speeches_joined(placed: list[Element], styles: _Styles) -> list[Element]:
    """Lines without a cue go on with the speech before them, over any page break, marker and Cut between."""
    if not any(map(_may_move, placed)):
        return placed
    out: list[Element] = []
    loose: list[_Loose] = []
    parts: list[Part] = []  # of the speech at the end of `out`, once it has got lines that stood alone
    no_parts: list[Cut] = []  # what was cut between those lines and cannot stand in a speech
    for element in placed:
        if isinstance(element, PageBreak | Note | Boneyard | PageMark | Cut):
            loose.append(element)
        elif isinstance(element, Speech) and element.cue is None and out and isinstance(out[-1], Speech):
            between, left_over = _loose_parts(loose, styles)
            parts.extend((*(() if parts else out[-1].parts), *between, *element.parts))
            no_parts.extend(left_over)
            loose.clear()
        else:
            _close_speech(out, parts)
            if loose or no_parts:
                out.extend(_loose_elements([*no_parts, *loose], styles))
                loose.clear()
                no_parts.clear()
            out.append(element)
    _close_speech(out, parts)
    # a page break with no block after it has nothing to move
    out.extend(_loose_elements([*no_parts, *_without_breaks(loose)], styles))
    return out


def _may_move(element: Element) -> bool:
    kind = type(element)
    return kind is Speech and cast(Speech, element).cue is None or kind in _LOOSE


def _close_speech(out: list[Element], parts: list[Part]) -> None:
    if parts:
        out[-1] = Speech(cue=cast(Speech, out[-1]).cue, parts=tuple(parts))
        parts.clear()


def _leading(loose: list[_Loose]) -> list[_Loose]:
    """What was cut stands before all that leads to the paragraph, a page break before the markers."""
    return sorted(loose, key=_leading_order)


def _leading_order(one: _Loose) -> int:
    return 0 if isinstance(one, Cut) else 1 if isinstance(one, PageBreak) else 2


def _without_breaks(loose: list[_Loose]) -> list[Marker | Cut]:
    return [one for one in loose if not isinstance(one, PageBreak)]


def _normal_speech(speech: Speech, styles: _Styles) -> list[Element]:
    """The speech between what has to stand before it and behind it; no speech if there is no cue and no line."""
    before, normal_speech, after = _taken_apart(speech, styles)
    if normal_speech.cue is None and not normal_speech.parts:
        return [*before, *after]
    return [*before, normal_speech, *after]


def _taken_apart(speech: Speech, styles: _Styles) -> tuple[list[Element], Speech, list[_Loose]]:
    """What stands before the speech, the speech, and the markers and page breaks behind its last line."""
    before: list[Element] = []
    cue = speech.cue
    if cue is not None:
        loose_before, cue = _normal_paragraph(cue, styles)
        before.extend(loose_before)
    parts, after = _normal_parts(speech.parts, styles)
    if cue is None:
        first = next((i for i, part in enumerate(parts) if isinstance(part, Dialogue | Parenthetical)), len(parts))
        before.extend(cast(list[Element], parts[:first]))
        parts = parts[first:]
    if cue is speech.cue and len(parts) == len(speech.parts) and all(map(operator.is_, parts, speech.parts)):
        return before, speech, after
    return before, Speech(cue=cue, parts=tuple(parts)), after


def _normal_parts(parts: tuple[Part, ...], styles: _Styles) -> tuple[list[Part], list[_Loose]]:
    """The parts up to the last line; and what is loose after it, with the Cuts that cannot be parts."""
    out: list[Part] = []
    loose: list[_Loose] = []
    no_parts: list[Cut] = []
    for part in parts:
        match part:
            case PageBreak() | Cut():
                loose.append(part)
            case Note() | Boneyard() | PageMark():
                loose.append(_loose_marker(part))
            case _:
                before, paragraph = _normal_paragraph(part, styles)
                if loose or before:
                    between, left_over = _loose_parts([*loose, *before], styles)
                    out.extend(between)
                    no_parts.extend(left_over)
                    loose.clear()
                out.append(paragraph)
    return out, [*no_parts, *loose]


def _normal_dual(dual: DualDialogue, styles: _Styles) -> list[Element]:
    """Markers between the two cues end the left speech; a page break there can only come before the pair."""
    if dual.left.cue is None or dual.right.cue is None:
        return [*_normal_speech(dual.left, styles), *_normal_speech(dual.right, styles)]
    before, left, after_left = _taken_apart(dual.left, styles)
    before_right, right, after = _taken_apart(dual.right, styles)
    between = [*after_left, *cast(list[_Loose], before_right)]
    breaks = [one for one in between if isinstance(one, PageBreak)]
    markers, left_over = _loose_parts([*_without_breaks(between)], styles)
    left = Speech(cue=left.cue, parts=(*left.parts, *markers))
    new = DualDialogue(left=left, right=right)
    return [*before, *breaks, dual if new == dual else new, *left_over, *after]


# ---------------------------------------------------------------- what was cut


def _loose_elements(loose: list[_Loose], styles: _Styles) -> Iterator[_Loose]:
    """Neighbouring Cuts of one revision as one, and no empty one; as they stand in a body."""
    for revision, alike in groupby(_leading(loose), key=_cut_in):
        if revision is None:
            yield from alike
        else:
            yield from _normal_cut(cast(list[Cut], list(alike)), styles)


def _loose_parts(loose: list[_Loose], styles: _Styles) -> tuple[list[_Loose], list[Cut]]:
    """The same as they stand in a speech; and the Cuts of what is no part of a speech."""
    if not any(type(one) is Cut for one in loose):
        return _leading(loose), []
    out: list[_Loose] = []
    no_parts: list[Cut] = []
    for revision, alike in groupby(_leading(loose), key=_cut_in):
        if revision is None:
            out.extend(alike)
            continue
        inside, left_over = _normal_part_cut(cast(list[Cut], list(alike)), styles)
        out.extend(inside)
        no_parts.extend(left_over)
    return out, no_parts


def _cut_in(loose: _Loose) -> int | None:
    return loose.revision if isinstance(loose, Cut) else None


def _normal_cut(alike: list[Cut], styles: _Styles) -> list[Cut]:
    """Cuts of one revision as one, and none that is empty. Lines in it are speeches without a cue."""
    cut = alike[0]
    inside = cut.elements if len(alike) == 1 else tuple(chain.from_iterable(one.elements for one in alike))
    inside = _open(inside)
    if any(isinstance(one, Dialogue | Parenthetical) for one in inside):
        inside = tuple(Speech(parts=(one,)) if isinstance(one, Dialogue | Parenthetical) else one for one in inside)
    inside = _normal_body(cast(tuple[Element, ...], inside), styles)
    return [_changed(cut, {"elements": inside})] if inside else []


def _normal_part_cut(alike: list[Cut], styles: _Styles) -> tuple[list[Cut], list[Cut]]:
    cut = alike[0]
    parts, others = _as_parts(_open(tuple(chain.from_iterable(one.elements for one in alike))))
    lines, after = _normal_parts(parts, styles)
    inside = (*lines, *_without_breaks(after))
    same = len(inside) == len(cut.elements) and all(map(operator.is_, inside, cut.elements))
    kept = cut if same else replace(cut, elements=inside)
    return [kept] if inside else [], [replace(cut, elements=others)] if others else []


def _open(nodes: tuple[Any, ...]) -> tuple[Any, ...]:
    """The content of a Cut without Cuts and deletions of its own: what was cut there stands there as all else."""
    new = tuple(chain.from_iterable(map(_opened, nodes)))
    return nodes if len(new) == len(nodes) and all(map(operator.is_, new, nodes)) else new


def _opened(node: Any) -> tuple[Any, ...]:
    match node:
        case Cut():
            return _open(node.elements)
        case Paragraph():
            changes: dict[str, Any] = {"text": _undeleted(node.text)}
            if isinstance(node, SceneHeading) and node.omitted:
                changes["omitted"] = _open(node.omitted)
            elif isinstance(node, Dialogue) and node.alternates:
                changes["alternates"] = mapped(node.alternates, _undeleted)
            return (_changed(node, changes),)
        case Speech():
            cue = None if node.cue is None else _opened(node.cue)[0]
            parts, others = _as_parts(_open(node.parts))
            return (_changed(node, {"cue": cue, "parts": parts}), *others)
        case DualDialogue():
            left, right = _opened(node.left), _opened(node.right)
            return (_changed(node, {"left": left[0], "right": right[0]}), *left[1:], *right[1:])
        case _:
            return (node,)


def _as_parts(nodes: tuple[Any, ...]) -> tuple[tuple[Part, ...], tuple[Element, ...]]:
    """What may stand in a speech, and what may not."""
    if all(isinstance(node, _PARTS) for node in nodes):
        return nodes, ()
    parts: list[Part] = []
    others: list[Element] = []
    for node in nodes:
        if isinstance(node, Speech) and node.cue is None:
            parts.extend(node.parts)
        else:
            (parts if isinstance(node, _PARTS) else others).append(node)
    return tuple(parts), tuple(others)


_PARTS = (Dialogue, Parenthetical, Lyric, Note, Boneyard, PageMark, PageBreak)


def _undeleted(text: Text) -> Text:
    if not any(type(one) is Deletion for one in text):
        return text
    return tuple(chain.from_iterable(one.text if isinstance(one, Deletion) else (one,) for one in text))


# ---------------------------------------------------------------- ranges of notes


def _with_paired_ranges(screenplay: Screenplay) -> Screenplay:
    """Ids only where a range holds something, counted from 1 in the order in which they open."""
    if not any(map(_has_range_ends, paragraphs(screenplay.body, omitted=True, cut=True))):
        return screenplay
    if any(True for _ in cuts(screenplay.body)):
        screenplay = _with_ranges_closed(screenplay)
    opened: dict[int, tuple[int, int]] = {}  # id -> which inline it is, how much text stood before it
    ends: dict[int, int] = {}  # which Note inline -> which NoteEnd inline
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
    new_ids: dict[int, int] = {}
    for new_id, start_number in enumerate(sorted(ends), start=1):
        new_ids[start_number] = new_ids[ends[start_number]] = new_id
    return _with_ids(screenplay, new_ids)


def _has_range_ends(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return not (len(text) == 1 and type(text[0]) is Run) and any(map(_belongs_to_range, text))


def _belongs_to_range(inline: Inline) -> bool:
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
        new: P = _changed(paragraph, {"text": tuple(text)})
        if isinstance(new, SceneHeading) and new.omitted:
            new = cast(P, _changed(new, {"omitted": map_paragraphs(new.omitted, renumber, cut=True)}))
        return new

    return _changed(screenplay, {"body": map_paragraphs(screenplay.body, renumber, cut=True)})


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
        new: P = _changed(paragraph, {"text": (*kept, *(NoteEnd(id=id_) for id_ in more))})
        if isinstance(new, SceneHeading) and new.omitted:
            new = cast(P, _changed(new, {"omitted": map_paragraphs(new.omitted, closed, cut=True)}))
        return new

    return _changed(screenplay, {"body": map_paragraphs(screenplay.body, closed, cut=True)})


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


# ---------------------------------------------------------------- around the body


def _normal_title_page(page: TitlePage | None) -> TitlePage | None:
    if page is None:
        return None
    title_fields = mapped(page.fields, _normal_field)
    sheets = tuple(sheet for drawn in page.sheets for sheet in _normal_sheets(drawn))
    if not title_fields and not sheets:
        return None
    return _changed(page, {"fields": title_fields, "sheets": page.sheets if sheets == page.sheets else sheets})


def _normal_field(one: TitleField) -> TitleField:
    return _changed(one, {"name": _clean_line(one.name), "lines": mapped(one.lines, _point_text)})


def _normal_sheets(lines: tuple[General, ...]) -> Iterator[tuple[General, ...]]:
    """A line that asks for a new page begins a sheet; an empty sheet is none."""
    sheet: list[General] = []
    for line in lines:
        layout = line.layout
        if layout is not None and layout.new_page is not None:
            if layout.new_page and sheet:
                yield tuple(sheet)
                sheet = []
            layout = _own_layout(replace(layout, new_page=None), None)
        style_name = _clean_name(line.style_name)
        changes = {
            "text": _point_text(line.text),
            "layout": _own_layout(layout, None),
            "number": _clean_name(line.number),
            "style_name": None if style_name == ELEMENT_NAMES[General] else style_name,
        }
        sheet.append(_changed(line, changes))
    if sheet:
        yield tuple(sheet)


def _point_text(text: Text) -> Text:
    """A text outside the body: no range can begin or end there."""
    if any(map(_belongs_to_range, text)):
        text = tuple(
            _point(inline) if isinstance(inline, Note) else inline for inline in text if not isinstance(inline, NoteEnd)
        )
    return _normal_text(text)


def _scrubbed(value: T) -> T:
    """The value with every string in it, however deep, on one line and free of what no file can hold."""
    if isinstance(value, str):
        return cast(T, _clean_line(value))
    if isinstance(value, tuple) and type(value) is tuple:
        return cast(T, mapped(value, _scrubbed))
    if isinstance(value, Band):
        return cast(T, _normal_band(value))
    if is_dataclass(value) and not isinstance(value, type):
        changes = {one.name: _said(_scrubbed(getattr(value, one.name)), one.default) for one in fields(value)}
        return _changed(value, changes)
    return value


def _said(value: Any, default: Any = None) -> Any:
    """None for an optional value that says nothing."""
    return None if default is None and value in ("", _NO_LAYOUT, _NO_LOOK) else value


def _normal_style(style: ElementStyle) -> ElementStyle:
    """There is nothing that a style's own style could not apply to."""
    return _changed(style, {"style": style.style & ~Style.PLAIN})


def _normal_band(band: Band) -> Band:
    return _changed(band, {name: _normal_side(getattr(band, name)) for name in ("left", "center", "right")})


def _normal_side(side: tuple[Run | PageField, ...]) -> tuple[Run | PageField, ...]:
    clean = (_scrubbed(item) for item in side)
    new = tuple(_merged(item for item in clean if not isinstance(item, Run) or item.text))
    return side if new == side else new
