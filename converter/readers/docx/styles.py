"""The styles of a document: which element of ours each stands for, and how it sets its paragraphs."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from converter.notation import docx as notation
from converter.notation.docx import BASES, Base, Role, w
from converter.readers.docx.package import Node
from converter.recovery.documents.layers import on_top
from converter.tree import Align, Style

_VAL = w("val")
_LONGEST_CHAIN = 20
_OFF = {"0", "false", "off", "none"}
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)


class Format(NamedTuple):
    """How a paragraph and its words are set, measures in twips; None: not said."""

    left: int | None = None
    right: int | None = None
    first: int | None = None  # relative to left
    before: int | None = None
    after: int | None = None
    line: int | None = None  # of an exact or least height
    align: Align | None = None
    new_page: bool | None = None
    tabs: tuple[tuple[int, str], ...] | None = None
    outline: int | None = None
    list: str | None = None  # of numbers that Word counts
    list_level: int | None = None
    font: str | None = None
    size: int | None = None  # half points
    color: str | None = None
    background: str | None = None
    on: Style = Style(0)  # what is switched on of the words' style
    off: Style = Style(0)

    def under(self, other: Format) -> Format:
        """This with all that `other` says on top."""
        return on_top(self, other)


class Meaning(NamedTuple):
    """What a paragraph style of ours says."""

    base: Base
    style_name: str | None
    cut: int  # how many cut scenes lie around it


class _Definition(NamedTuple):
    name: str
    kind: str
    based_on: str | None
    own: Format


class Styles:
    def __init__(self, root: Node | None):
        self._definitions: dict[str, _Definition] = {}
        self._formats: dict[str | None, Format] = {}
        self._meanings: dict[str, Meaning | None] = {}
        self._default = Format()
        self.default_id: str | None = None
        if root is not None:
            self._read(root)
        # The base of our elements, and an element built on it: any program that saves the file keeps both.
        self.ours = any(
            one.name in BASES and self.name(one.based_on) == notation.ROOT_STYLE for one in self._definitions.values()
        )

    def _read(self, root: Node) -> None:
        for default in root.iter(w("docDefaults")):
            for properties in default.iter(w("pPr")):
                self._default = self._default.under(paragraph_format(properties))
            for properties in default.iter(w("rPr")):
                self._default = self._default.under(run_format(properties))
        for style in root.iter(w("style")):
            id_, kind = style.get(w("styleId")), style.get(w("type"), "paragraph")
            if id_ is None:
                continue
            own = Format()
            for child in style:
                if child.tag == w("pPr"):
                    own = own.under(paragraph_format(child))
                elif child.tag == w("rPr"):
                    own = own.under(run_format(child))
            self._definitions[id_] = _Definition(value(style, "name") or id_, kind, value(style, "basedOn"), own)
            if kind == "paragraph" and style.get(w("default"), "0") not in _OFF:
                self.default_id = id_

    def name(self, id_: str | None) -> str:
        found = self._definitions.get(id_ or "")
        return found.name if found else id_ or ""

    def names(self, id_: str | None) -> list[str]:
        """The names of a style and of those that it is built on."""
        return [definition.name for definition in self._chain(self.default_id if id_ is None else id_)]

    def format(self, id_: str | None) -> Format:
        """Everything that a style says, its chain and the document's defaults included."""
        if id_ is None:
            id_ = self.default_id
        found = self._formats.get(id_)
        if found is None:
            found = self._default
            for definition in reversed(self._chain(id_)):
                found = found.under(definition.own)
            self._formats[id_] = found
        return found

    def measures(self, name: str) -> notation.StyleMeasures | None:
        """How the style of this name sets its paragraphs now."""
        id_ = next((id_ for id_, one in self._definitions.items() if one.name == name), None)
        if id_ is None:
            return None
        now = self.format(id_)
        return notation.style_measures(
            now.left or 0, now.right or 0, now.first or 0, now.before or 0, now.align, now.on
        )

    def run_style(self, id_: str) -> Format:
        """What a character style says, without the document's defaults."""
        found = Format()
        for definition in reversed(self._chain(id_)):
            found = found.under(definition.own)
        return found

    def _chain(self, id_: str | None) -> list[_Definition]:
        chain: list[_Definition] = []
        seen: set[str] = set()
        while id_ is not None and id_ not in seen and id_ in self._definitions and len(chain) < _LONGEST_CHAIN:
            seen.add(id_)
            chain.append(self._definitions[id_])
            id_ = self._definitions[id_].based_on
        return chain

    def meaning(self, id_: str | None) -> Meaning | None:
        """What a style of ours, or one built on it, stands for; None for any other."""
        if id_ is None:
            return None
        if id_ not in self._meanings:
            self._meanings[id_] = self._found_meaning(id_)
        return self._meanings[id_]

    def _found_meaning(self, id_: str) -> Meaning | None:
        name: str | None = None
        cut = 0
        chain = self._chain(id_)
        for place, definition in enumerate(chain):
            base = BASES.get(definition.name)
            if base is not None:
                return Meaning(base, _author_name(name, base), cut)
            on = chain[place + 1].name if place + 1 < len(chain) else None
            if name is None and on is not None and definition.name == notation.omitted_name(on):
                cut += 1
            elif name is None:
                name = definition.name
        return None


def _author_name(name: str | None, base: Base) -> str | None:
    if name is None:
        return None
    if base.role is Role.FIELD:
        return name.removesuffix(f" ({notation.FIELD_MARK})")
    return notation.author_name(name, base)


# ---------------------------------------------------------------- properties


def value(parent: Node, name: str) -> str | None:
    """The val of a child."""
    child = parent.find(w(name))
    found: str | None = None if child is None else child.get(_VAL)
    return found


def is_on(node: Node) -> bool:
    return node.get(_VAL, "1") not in _OFF


def twips(said: str | None) -> int | None:
    """A measure; other units than twips, which the standard allows too, are rare."""
    if said is None:
        return None
    for unit, factor in _UNITS:
        if said.endswith(unit):
            said = said.removesuffix(unit)
            return round(float(said) * factor) if _NUMBER.fullmatch(said) else None
    return round(float(said)) if _NUMBER.fullmatch(said) else None


_UNITS = (("pt", 20.0), ("in", 1440.0), ("mm", 56.6929), ("cm", 566.929), ("pc", 240.0), ("pi", 240.0))
_ALIGNMENTS = {
    "left": Align.LEFT,
    "start": Align.LEFT,
    "center": Align.CENTER,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
    "both": Align.FULL,
    "distribute": Align.FULL,
}


def paragraph_format(properties: Node) -> Format:
    """What a w:pPr says itself."""
    said: dict[str, Any] = {}
    for child in properties:
        match child.tag:
            case _Tags.ind:
                _read_indents(said, child)
            case _Tags.spacing:
                said["before"], said["after"] = twips(child.get(w("before"))), twips(child.get(w("after")))
                said["line"] = _line(child)
            case _Tags.jc:
                said["align"] = _ALIGNMENTS.get(child.get(_VAL, ""))
            case _Tags.page_break:
                said["new_page"] = is_on(child)
            case _Tags.tabs:
                said["tabs"] = _tab_stops(child)
            case _Tags.outline:
                said["outline"] = twips(child.get(_VAL))
            case _Tags.numbers:
                said["list"], said["list_level"] = value(child, "numId"), twips(value(child, "ilvl"))
            case _:
                pass
    return Format(**said)


def _tab_stops(child: Node) -> tuple[tuple[int, str], ...]:
    stops = ((twips(tab.get(w("pos"))), tab.get(_VAL, "left")) for tab in child.iter(w("tab")))
    return tuple((stop, kind) for stop, kind in stops if stop is not None and kind != "clear")


def _line(child: Node) -> int | None:
    line = twips(child.get(w("line")))
    if line is not None and child.get(w("lineRule")) == "atLeast" and abs(line - notation.LARGE_LINE) <= 1:
        return None  # large type, not a measure of the author's
    return line


def _read_indents(said: dict[str, Any], child: Node) -> None:
    for name, sides in (("left", ("left", "start")), ("right", ("right", "end"))):
        said[name] = next((twips(child.get(w(side))) for side in sides if child.get(w(side)) is not None), None)
    first, hanging = twips(child.get(w("firstLine"))), twips(child.get(w("hanging")))
    said["first"] = -hanging if hanging else first if first is not None else hanging


class _Tags:
    ind, spacing, jc, tabs = w("ind"), w("spacing"), w("jc"), w("tabs")
    page_break, outline, numbers = w("pageBreakBefore"), w("outlineLvl"), w("numPr")
    fonts, size, color, shade, underline, highlight = (
        w("rFonts"),
        w("sz"),
        w("color"),
        w("shd"),
        w("u"),
        w("highlight"),
    )


_TOGGLES = {
    w("b"): Style.BOLD,
    w("i"): Style.ITALIC,
    w("caps"): Style.ALL_CAPS,
    w("smallCaps"): Style.SMALL_CAPS,
    w("strike"): Style.STRIKEOUT,
    w("dstrike"): Style.STRIKEOUT,
    w("vanish"): Style.HIDDEN,
    w("u"): Style.UNDERLINE,
}
_RGB = re.compile("[0-9A-Fa-f]{6}")
# The names of w:highlight (ECMA-376, ST_HighlightColor).
_HIGHLIGHTS = {
    "black": "#000000",
    "blue": "#0000FF",
    "cyan": "#00FFFF",
    "green": "#00FF00",
    "magenta": "#FF00FF",
    "red": "#FF0000",
    "yellow": "#FFFF00",
    "white": "#FFFFFF",
    "darkBlue": "#000080",
    "darkCyan": "#008080",
    "darkGreen": "#008000",
    "darkMagenta": "#800080",
    "darkRed": "#800000",
    "darkYellow": "#808000",
    "darkGray": "#808080",
    "lightGray": "#C0C0C0",
}


def run_format(properties: Node) -> Format:
    """What a w:rPr says itself."""
    said: dict[str, Any] = {}
    on = off = Style(0)
    for child in properties:
        toggle = _TOGGLES.get(child.tag)
        if toggle is not None:
            on, off = (on | toggle, off) if _is_switched_on(child) else (on, off | toggle)
            continue
        match child.tag:
            case _Tags.fonts:
                said["font"] = child.get(w("ascii")) or child.get(w("hAnsi"))
            case _Tags.size:
                said["size"] = twips(child.get(_VAL))
            case _Tags.color:
                said["color"] = rgb(child.get(_VAL))
            case _Tags.shade:
                said["background"] = rgb(child.get(w("fill"))) or said.get("background")
            case _Tags.highlight:
                said["background"] = _HIGHLIGHTS.get(child.get(_VAL, ""))
            case _:
                pass
    return Format(**said, on=on, off=off)


def _is_switched_on(toggle: Node) -> bool:
    if toggle.tag == _Tags.underline:
        return toggle.get(_VAL, "single") not in _OFF
    return is_on(toggle)


def rgb(said: str | None) -> str | None:
    return f"#{said}" if said and _RGB.fullmatch(said) else None
