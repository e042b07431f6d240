"""The normal form: which of several ways to say the same thing is the one that readers return and writers start from.

docs/tree.md lists what it settles.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from itertools import chain, groupby
from typing import Any, TypeAlias, TypeVar, cast

from converter.normal.ranges import belongs_to_range, with_paired_ranges
from converter.normal.texts import (
    FORBIDDEN,
    NO_LAYOUT,
    Loose,
    allowed,
    are_clean_words,
    changed,
    clean_line,
    clean_marker,
    clean_name,
    lifted,
    normal_text,
    scrubbed,
)
from converter.records import fields, replace
from converter.tree import (
    ELEMENT_NAMES,
    Boneyard,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
    General,
    Lyric,
    Marker,
    Note,
    NoteEnd,
    PageBreak,
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
    mapped,
)

__all__ = ["FORBIDDEN", "allowed", "known_normal", "normal"]

T = TypeVar("T")
P = TypeVar("P", bound=Paragraph)


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


def _normal(screenplay: Screenplay) -> Screenplay:
    screenplay = with_paired_ranges(screenplay)
    styles = mapped(scrubbed(screenplay.styles), _normal_style)
    page_setup = scrubbed(screenplay.page_setup)
    revisions = scrubbed(screenplay.revisions)
    changes = {
        "title_page": _normal_title_page(screenplay.title_page),
        "body": _normal_body(screenplay.body, {style.name: style for style in styles}),
        "page_setup": None if page_setup == PageSetup() else page_setup,
        "styles": styles,
        "revisions": None if revisions == Revisions() else revisions,
        "tags": scrubbed(screenplay.tags),
        "opaque": scrubbed(screenplay.opaque),
    }
    return changed(screenplay, changes)


# ---------------------------------------------------------------- paragraphs


def _normal_paragraph(paragraph: P, styles: _Styles) -> tuple[list[Loose], P]:
    """What has to stand before the paragraph, and the paragraph in normal form."""
    before, text = lifted(normal_text(paragraph.text))
    if text is paragraph.text and _has_only_text(paragraph):
        return before, paragraph
    style_name = clean_name(paragraph.style_name)
    if style_name == ELEMENT_NAMES.get(type(paragraph)):
        style_name = None
    style = styles.get(style_name or ELEMENT_NAMES.get(type(paragraph), ""))
    layout = _own_layout(paragraph.layout, style)
    if layout is not None and layout.new_page:
        before.append(PageBreak(at=paragraph.at))
        layout = _own_layout(replace(layout, new_page=None), style)
    changes: dict[str, Any] = {
        "text": text,
        "number": clean_name(paragraph.number),
        "style_name": style_name,
        "layout": layout,
        "align": None if style is not None and paragraph.align == style.align else paragraph.align,
    }
    match paragraph:
        case SceneHeading():
            changes["color"] = clean_name(paragraph.color)
            if paragraph.omitted is not None:
                changes["omitted"] = _normal_body(paragraph.omitted, styles)
        case Section():
            changes["level"] = max(1, paragraph.level)
        case Dialogue():
            changes["alternates"] = mapped(paragraph.alternates, _point_text)
        case _:
            pass
    return before, changed(paragraph, changes)


def _has_only_text(paragraph: Paragraph) -> bool:
    """Is there nothing but the text that could be said in another way?"""
    if (
        paragraph.layout is not None
        or paragraph.align is not None
        or paragraph.style_name is not None
        or paragraph.number is not None
        and clean_name(paragraph.number) is not paragraph.number
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
    return None if layout == NO_LAYOUT else layout


# ---------------------------------------------------------------- the body


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
    return bool(text) and type(text[0]) is Run and are_clean_words(text) and _has_only_text(paragraph)


def _loose_marker(marker: Marker) -> Marker:
    return clean_marker(_point(marker) if isinstance(marker, Note) else marker)


def _point(note: Note) -> Note:
    """Only a note inside a text can open a range."""
    return note if note.id is None else replace(note, id=None)


def _with_speeches_joined(placed: list[Element], styles: _Styles) -> list[Element]:
    """Lines without a cue go on with the speech before them, over any page break, marker and Cut between."""
    if not any(map(_may_move, placed)):
        return placed
    out: list[Element] = []
    loose: list[Loose] = []
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


def _leading(loose: list[Loose]) -> list[Loose]:
    """What was cut stands before all that leads to the paragraph, a page break before the markers."""
    return sorted(loose, key=_leading_order)


def _leading_order(one: Loose) -> int:
    return 0 if isinstance(one, Cut) else 1 if isinstance(one, PageBreak) else 2


def _without_breaks(loose: list[Loose]) -> list[Marker | Cut]:
    return [one for one in loose if not isinstance(one, PageBreak)]


def _normal_speech(speech: Speech, styles: _Styles) -> list[Element]:
    """The speech between what has to stand before it and behind it; no speech if there is no cue and no line."""
    before, normal_speech, after = _taken_apart(speech, styles)
    if normal_speech.cue is None and not normal_speech.parts:
        return [*before, *after]
    return [*before, normal_speech, *after]


def _taken_apart(speech: Speech, styles: _Styles) -> tuple[list[Element], Speech, list[Loose]]:
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


def _normal_parts(parts: tuple[Part, ...], styles: _Styles) -> tuple[list[Part], list[Loose]]:
    """The parts up to the last line; and what is loose after it, with the Cuts that cannot be parts."""
    out: list[Part] = []
    loose: list[Loose] = []
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
    between = [*after_left, *cast(list[Loose], before_right)]
    breaks = [one for one in between if isinstance(one, PageBreak)]
    markers, left_over = _loose_parts([*_without_breaks(between)], styles)
    left = Speech(cue=left.cue, parts=(*left.parts, *markers))
    new = DualDialogue(left=left, right=right)
    return [*before, *breaks, dual if new == dual else new, *left_over, *after]


# ---------------------------------------------------------------- what was cut


def _loose_elements(loose: list[Loose], styles: _Styles) -> Iterator[Loose]:
    """Neighbouring Cuts of one revision as one, and no empty one; as they stand in a body."""
    for revision, alike in groupby(_leading(loose), key=_cut_in):
        if revision is None:
            yield from alike
        else:
            yield from _normal_cut(cast(list[Cut], list(alike)), styles)


def _loose_parts(loose: list[Loose], styles: _Styles) -> tuple[list[Loose], list[Cut]]:
    """The same as they stand in a speech; and the Cuts of what is no part of a speech."""
    if not any(type(one) is Cut for one in loose):
        return _leading(loose), []
    out: list[Loose] = []
    no_parts: list[Cut] = []
    for revision, alike in groupby(_leading(loose), key=_cut_in):
        if revision is None:
            out.extend(alike)
            continue
        inside, left_over = _normal_part_cut(cast(list[Cut], list(alike)), styles)
        out.extend(inside)
        no_parts.extend(left_over)
    return out, no_parts


def _cut_in(loose: Loose) -> int | None:
    return loose.revision if isinstance(loose, Cut) else None


def _normal_cut(alike: list[Cut], styles: _Styles) -> list[Cut]:
    """Cuts of one revision as one, and none that is empty. Lines in it are speeches without a cue."""
    cut = alike[0]
    inside = cut.elements if len(alike) == 1 else tuple(chain.from_iterable(one.elements for one in alike))
    inside = _open(inside)
    if any(isinstance(one, Dialogue | Parenthetical) for one in inside):
        inside = tuple(Speech(parts=(one,)) if isinstance(one, Dialogue | Parenthetical) else one for one in inside)
    inside = _normal_body(cast(tuple[Element, ...], inside), styles)
    return [changed(cut, {"elements": inside})] if inside else []


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
            return (changed(node, changes),)
        case Speech():
            cue = None if node.cue is None else _opened(node.cue)[0]
            parts, others = _as_parts(_open(node.parts))
            return (changed(node, {"cue": cue, "parts": parts}), *others)
        case DualDialogue():
            left, right = _opened(node.left), _opened(node.right)
            return (changed(node, {"left": left[0], "right": right[0]}), *left[1:], *right[1:])
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


# ---------------------------------------------------------------- around the body


def _normal_title_page(page: TitlePage | None) -> TitlePage | None:
    if page is None:
        return None
    title_fields = mapped(page.fields, _normal_field)
    sheets = tuple(sheet for drawn in page.sheets for sheet in _normal_sheets(drawn))
    if not title_fields and not sheets:
        return None
    return changed(page, {"fields": title_fields, "sheets": page.sheets if sheets == page.sheets else sheets})


def _normal_field(one: TitleField) -> TitleField:
    return changed(one, {"name": clean_line(one.name), "lines": mapped(one.lines, _point_text)})


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
        style_name = clean_name(line.style_name)
        changes = {
            "text": _point_text(line.text),
            "layout": _own_layout(layout, None),
            "number": clean_name(line.number),
            "style_name": None if style_name == ELEMENT_NAMES[General] else style_name,
        }
        sheet.append(changed(line, changes))
    if sheet:
        yield tuple(sheet)


def _point_text(text: Text) -> Text:
    """A text outside the body: no range can begin or end there."""
    if any(map(belongs_to_range, text)):
        text = tuple(
            _point(inline) if isinstance(inline, Note) else inline for inline in text if not isinstance(inline, NoteEnd)
        )
    return normal_text(text)


def _normal_style(style: ElementStyle) -> ElementStyle:
    """There is nothing that a style's own style could not apply to."""
    return changed(style, {"style": style.style & ~Style.PLAIN})
