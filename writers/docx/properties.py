"""Direct formatting of a paragraph: what it says of its page, its ground and its lines."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from converter.notation import docx as notation
from converter.notation.docx import w
from converter.tree import Align, Paragraph, ParagraphLayout, Run, SceneHeading, Text
from writers.docx.runs import Node

_VAL = w("val")

ALIGNMENTS = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.FULL: "both"}


def is_large(text: Text) -> bool:
    """Is there type that a line of 12 points would cut?"""
    if len(text) == 1 and type(text[0]) is Run and text[0].look is None:
        return False
    looks = (inline.look for inline in text if type(inline) is Run)
    return any(look is not None and look.size is not None and look.size > _LARGEST_ON_A_LINE for look in looks)


_LARGEST_ON_A_LINE = 14  # points


def is_formatted(node: Paragraph) -> bool:
    """Does it say something of its own that Word has as direct formatting?"""
    tinted = isinstance(node, SceneHeading) and node.color is not None
    return bool(node.layout or node.align or node.number is not None or tinted)


def write_page_break(properties: Node, new_page: bool, layout: ParagraphLayout) -> None:
    if new_page:
        etree.SubElement(properties, w("pageBreakBefore"))
    elif layout.new_page is False:
        etree.SubElement(properties, w("pageBreakBefore"), {_VAL: "0"})


def write_tint(properties: Node, node: Paragraph) -> None:
    if isinstance(node, SceneHeading) and node.color is not None:
        fill = {_VAL: "clear", w("color"): "auto", w("fill"): node.color[1:]}
        etree.SubElement(properties, w("shd"), fill)


def write_align(properties: Node, node: Paragraph, base: notation.Base) -> None:
    if node.align is not None and base.align is None:
        etree.SubElement(properties, w("jc"), {_VAL: ALIGNMENTS[node.align]})


def write_spacing(properties: Node, layout: ParagraphLayout, at_top: bool, large: bool) -> None:
    spacing = {}
    if layout.space_before is not None:
        spacing[w("before")] = str(round(layout.space_before * notation.POINT))
    elif at_top:
        spacing[w("before")] = str(notation.NO_SPACE)
    if layout.line_spacing is not None:
        spacing |= {w("line"): str(round(layout.line_spacing * notation.LINE)), w("lineRule"): "exact"}
    elif large:
        spacing |= {w("line"): str(notation.LARGE_LINE), w("lineRule"): "atLeast"}
    if spacing:
        etree.SubElement(properties, w("spacing"), spacing)


def first_line(twips: int) -> dict[str, str]:
    return {w("hanging"): str(-twips)} if twips < 0 else {w("firstLine"): str(twips)}


class FieldSetting(NamedTuple):
    """Where a line of a title page field stands: so far below the one before, or in a frame of its own. Twips."""

    space_before: int = 0
    frame: tuple[int, int, int] | None = None  # left and top edge from those of the paper, and the width
    align: Align | None = None


def write_field_setting(properties: Node, setting: FieldSetting) -> None:
    """In the order that the standard wants. Neighbours in frames of the same measures share one."""
    if setting.frame is not None:
        left, top, width = (str(measure) for measure in setting.frame)
        edges = {w("x"): left, w("y"): top, w("hAnchor"): "page", w("vAnchor"): "page"}
        etree.SubElement(properties, w("framePr"), {w("w"): width, w("wrap"): "around", **edges})
    if setting.space_before:
        etree.SubElement(properties, w("spacing"), {w("before"): str(setting.space_before)})
    if setting.frame is not None:
        etree.SubElement(properties, w("ind"), {w("left"): "0", w("right"): "0"})
    if setting.align is not None:
        etree.SubElement(properties, w("jc"), {_VAL: ALIGNMENTS[setting.align]})
