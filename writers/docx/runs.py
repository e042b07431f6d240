"""Runs: their words, and the direct formatting of words."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml import etree

from converter.notation import docx as notation
from converter.notation.docx import w
from converter.tree import Look, Style

Node: TypeAlias = Any  # lxml's element class has no public name

_R, _RPR, _RSTYLE, _T, _TAB, _BR = (w(name) for name in ("r", "rPr", "rStyle", "t", "tab", "br"))
_VAL, _ID = w("val"), w("id")
PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}


def write_words(run: Node, text: str) -> None:
    """Words, typed tabs and (in a boneyard) line ends of one run."""
    if "\t" not in text and "\n" not in text:
        etree.SubElement(run, _T, PRESERVE).text = text
        return
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, _BR)
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, _TAB)
            if piece:
                etree.SubElement(run, _T, PRESERVE).text = piece


def run_in_style(paragraph: Node, style: str, hidden: bool = False) -> Node:
    run = etree.SubElement(paragraph, _R)
    properties = etree.SubElement(run, _RPR)
    etree.SubElement(properties, _RSTYLE, {_VAL: style.replace(" ", "")})
    if hidden:
        etree.SubElement(properties, w("vanish"))
    return run


def write_run_properties(run: Node, style: Style, look: Look | None) -> None:
    """Direct formatting, in the order that the standard wants (ECMA-376, EG_RPrBase)."""
    properties = etree.SubElement(run, _RPR)
    look = look or Look()
    if Style.PLAIN in style:
        etree.SubElement(properties, _RSTYLE, {_VAL: notation.AS_TYPED.replace(" ", "")})
    if look.font is not None:
        etree.SubElement(properties, w("rFonts"), fonts(look.font))
    _write_toggles(properties, style)
    if look.color is not None:
        etree.SubElement(properties, w("color"), {_VAL: look.color[1:]})
    if look.size is not None:
        write_size(properties, look.size)
    if Style.UNDERLINE in style:
        etree.SubElement(properties, w("u"), {_VAL: "single"})
    elif Style.PLAIN in style:
        etree.SubElement(properties, w("u"), {_VAL: "none"})
    if look.background is not None:
        etree.SubElement(properties, w("shd"), {_VAL: "clear", w("color"): "auto", w("fill"): look.background[1:]})


_TOGGLES = (
    (Style.BOLD, w("b")),
    (Style.ITALIC, w("i")),
    (Style.ALL_CAPS, w("caps")),
    (Style.SMALL_CAPS, w("smallCaps")),
    (Style.STRIKEOUT, w("strike")),
    (Style.HIDDEN, w("vanish")),
)
_OF_ELEMENTS = Style.BOLD | Style.ITALIC | Style.ALL_CAPS  # and the underline


def _write_toggles(properties: Node, style: Style) -> None:
    for flag, tag in _TOGGLES:
        if flag in style:
            etree.SubElement(properties, tag)
        elif Style.PLAIN in style and flag in _OF_ELEMENTS:
            etree.SubElement(properties, tag, {_VAL: "0"})


def fonts(name: str) -> dict[str, str]:
    """All four, or a theme's fonts win."""
    return {w("ascii"): name, w("eastAsia"): name, w("hAnsi"): name, w("cs"): name}


def write_size(properties: Node, size: float) -> None:
    for tag in ("sz", "szCs"):
        etree.SubElement(properties, w(tag), {_VAL: str(round(size * 2))})


def comment_reference(paragraph: Node, number: str) -> None:
    run = etree.SubElement(paragraph, _R)
    etree.SubElement(etree.SubElement(run, _RPR), _RSTYLE, {_VAL: "CommentReference"})
    etree.SubElement(run, w("commentReference"), {_ID: number})
