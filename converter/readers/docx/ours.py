"""Paragraphs in our own styles, or in styles that an author built on them: nothing to guess."""

from __future__ import annotations

from typing import Any

from converter.notation import docx as notation
from converter.notation.docx import Role, w
from converter.readers.docx.package import Node
from converter.readers.docx.styles import Format, Meaning, paragraph_format, rgb
from converter.readers.docx.text import Content
from converter.records import replace
from converter.recovery.documents.assemble import Alternate, Line, Loose
from converter.tree import (
    Action,
    Align,
    Boneyard,
    ElementStyle,
    General,
    LineBreak,
    Note,
    PageMark,
    Paragraph,
    ParagraphLayout,
    Position,
    Run,
    SceneHeading,
    Section,
    TabStop,
    Text,
)

_SLACK = 6  # twips: other programs count in hundredths of a millimetre


class Geometry:
    """The page that a paragraph stands on, in twips."""

    __slots__ = ("left", "right")

    def __init__(self, left: int, right: int):
        self.left = left  # the left margin, from the paper's left edge
        self.right = right  # the right one, from there too


def body_line(
    meaning: Meaning,
    content: Content,
    properties: Node,
    inherited: Format | None,
    page: Geometry,
    at: Position | None,
) -> Line | Loose | Alternate | None:
    """The paragraph as an item of the body. `inherited` is what its style says, None where only we saved the file."""
    base = meaning.base
    direct = paragraph_format(properties)
    breaks = _breaks_of_the_script(content, direct, inherited)
    direct = _at_page_top(direct, content)
    text: Text = tuple(content.text)  # type: ignore[arg-type]  # page fields are only in bands
    match base.role:
        case Role.ELEMENT:
            paragraph = _element(meaning, content, direct, inherited, page, at)
            if isinstance(paragraph, SceneHeading):
                paragraph = replace(paragraph, color=_shade(properties))
            kind = content.turn["kind"] if content.turn else ""
            goes_on = _GOES_ON.get(kind)
            return Line(paragraph=paragraph, cut=meaning.cut, breaks=breaks, joins=base.joins, goes_on=goes_on)
        case Role.ALTERNATE:
            return Alternate(text=text)
        case Role.BONEYARD:
            source = "".join(_source(inline) for inline in text)
            return Loose(markers=(*_markers(text), Boneyard(source=source, at=at)), cut=meaning.cut, breaks=breaks)
        case Role.MARKER:
            if any(isinstance(inline, Run) for inline in text):  # somebody typed here
                return Line(paragraph=Action(text=text, at=at), cut=meaning.cut, breaks=breaks)
            return Loose(markers=_markers(text), cut=meaning.cut, breaks=breaks)
        case _:
            return None


_GOES_ON = {"SplitLine": "\n", "Split": ""}  # what joins a piece to the one on the page before


def _breaks_of_the_script(content: Content, direct: Format, inherited: Format | None) -> int:
    """Page breaks in front of the paragraph, but for those that the pages of ours made."""
    breaks = content.breaks + int(direct.new_page is True)
    if not breaks or content.turn is not None:
        return 0
    return breaks if inherited is None else 1  # LibreOffice writes the break in front of a table twice


def _at_page_top(direct: Format, content: Content) -> Format:
    """Without what stands only because a page begins here: no space above, and the break itself if it is ours."""
    if direct.before == notation.NO_SPACE:
        own = content.turn["before"] if content.turn else None
        direct = direct._replace(before=int(own) if own else None)
    if content.turn is None or not direct.new_page:
        return direct
    return direct._replace(new_page=False if content.turn["kind"] == "Kept" else None)


def _source(inline: Any) -> str:
    match inline:
        case Run(text=text):
            return text
        case LineBreak():
            return "\n"
        case Boneyard(source=source):
            return source
        case _:
            return ""


def _markers(text: Text) -> tuple[Note | PageMark, ...]:
    return tuple(inline for inline in text if isinstance(inline, Note | PageMark))


def _shade(properties: Node) -> str | None:
    shade = properties.find(w("shd"))
    return None if shade is None else rgb(shade.get(w("fill")))


def _element(
    meaning: Meaning, content: Content, direct: Format, inherited: Format | None, page: Geometry, at: Position | None
) -> Paragraph:
    base = meaning.base
    assert base.kind is not None
    number = scene_number(content)
    if number is not None:  # these place the number
        direct = direct._replace(first=None, tabs=None)
    if base.dual:
        direct = direct._replace(left=None, right=None, first=None, before=None, line=None, tabs=None)
    align = direct.align
    if inherited is not None:
        direct = _apart_from(direct, inherited)
        align = direct.align
    if base.align is not None and align is None:
        align = base.align
    said: dict[str, Any] = {
        "text": tuple(content.text),
        "align": align,
        "number": number,
        "style_name": meaning.style_name,
        "layout": _layout(direct, page),
        "at": at,
    }
    if base.kind is Section:
        said["level"] = base.level
    return base.kind(**said)


def _apart_from(direct: Format, inherited: Format) -> Format:
    """What a paragraph says itself and not only again: other programs write out what the style has."""
    same: dict[str, Any] = {}
    for name in ("left", "right", "first", "before", "line"):
        own, styles = getattr(direct, name), getattr(inherited, name)
        if own is not None and abs(own - (styles or 0)) <= _SLACK:
            same[name] = None
    if direct.align is (inherited.align or Align.LEFT):
        same["align"] = None
    if direct.new_page is False and not inherited.new_page:
        same["new_page"] = None
    if direct.tabs == inherited.tabs:
        same["tabs"] = None
    return direct._replace(**same)


def scene_number(content: Content) -> str | None:
    """The number without the tab between it and the words; the left one counts."""
    number = content.left_number.removesuffix("\t") if content.left_number else content.right_number.removeprefix("\t")
    return number or None


def _layout(direct: Format, page: Geometry) -> ParagraphLayout | None:
    layout = ParagraphLayout(
        first_indent=None if direct.first is None else notation.inches(direct.first),
        left=None if direct.left is None else notation.inches(page.left + direct.left),
        right=None if direct.right is None else notation.inches(page.right - direct.right),
        space_before=None if direct.before is None else notation.points(direct.before),
        line_spacing=None if direct.line is None else notation.lines(direct.line),
        new_page=False if direct.new_page is False else None,
        tabs=_tab_stops(direct.tabs, page),
    )
    return None if layout == ParagraphLayout() else layout


_TAB_KINDS = {"center": Align.CENTER, "right": Align.RIGHT, "end": Align.RIGHT}


def _tab_stops(tabs: tuple[tuple[int, str], ...] | None, page: Geometry) -> tuple[TabStop, ...] | None:
    if not tabs:
        return None
    return tuple(
        TabStop(
            position=notation.inches(page.left + stop),
            align=_TAB_KINDS.get(kind, Align.LEFT),
            decimal=kind == "decimal",
        )
        for stop, kind in tabs
    )


def sheet_line(
    meaning: Meaning,
    content: Content,
    properties: Node,
    inherited: Format | None,
    page: Geometry,
    at: Position | None,
) -> tuple[General, bool]:
    """A line of the title page as drawn, and whether it begins another sheet."""
    direct = paragraph_format(properties)
    begins = content.breaks > 0 or direct.new_page is True
    direct = _at_page_top(direct, content)
    line = _element(meaning, content, direct, inherited, page, at)
    assert isinstance(line, General)
    return line, begins


def changed_style(name: str, told: notation.StyleMeasures, now: notation.StyleMeasures, page: Geometry) -> ElementStyle:
    """What is otherwise in a style of ours than we wrote it."""
    changed = [abs(one - other) > _NOTICED for one, other in zip(told[:4], now[:4], strict=True)]
    layout = ParagraphLayout(
        left=notation.inches(page.left + now.left) if changed[0] else None,
        right=notation.inches(page.right - now.right) if changed[1] else None,
        first_indent=notation.inches(now.first) if changed[2] else None,
        space_before=notation.points(now.before) if changed[3] else None,
    )
    return ElementStyle(
        name=name,
        align=now.align if now.align is not told.align else None,
        layout=None if layout == ParagraphLayout() else layout,
        style=now.style,
    )


_NOTICED = 20  # twips
