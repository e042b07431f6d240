"""What of a page's styles a script shows: indents, alignment, emphasis, blanks that count. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from converter.records import dataclass, replace
from converter.tree import NO_STYLE, Align, Style
from converter.twips import INCH

_COMMENT = re.compile(r"/\*(?>.*?\*/)", re.DOTALL)
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?\.([\w-]+)|([a-z][a-z0-9]*)", re.IGNORECASE)
_MEASURE = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)\s*(in|pt|px|cm|mm|pc|em|rem|ch|ex)?")
_UNITS = {"in": INCH, "pt": 20.0, "px": 15.0, "cm": INCH / 2.54, "mm": INCH / 25.4, "pc": 240.0}
_UNITS |= {"em": 240.0, "rem": 240.0, "ch": 144.0, "ex": 120.0}  # of letters of 12 points
_MOST = 20 * INCH
_ALIGNS = {"center": Align.CENTER, "right": Align.RIGHT, "justify": Align.FULL, "left": Align.LEFT}
_LINE = 240  # what browsers leave above and below a paragraph
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "dl"})
_PRE = frozenset({"pre", "listing", "xmp"})

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a block is set. Measures in twips; `left` and `right` from the edges of the text, `first` beside it."""

    left: int = 0
    right: int = 0
    first: int = 0
    before: int = 0
    after: int = 0
    align: Align | None = None
    style: Style = NO_STYLE
    pre: bool = False
    capitals: bool = False
    new_page: bool = False


class Sheet:
    """The rules for classes and elements that stand in the page itself."""

    def __init__(self, texts: list[str]):
        self._rules: dict[str, dict[str, str]] = {}
        for text in texts:
            for rule in _COMMENT.sub("", text).split("}"):
                selectors, _, said = rule.rpartition("{")
                declared = _declared(said)
                for selector in selectors.split(","):
                    found = _SIMPLE.fullmatch(selector.strip())
                    if found is not None:
                        key = f".{found[1]}" if found[1] else found[2].lower()
                        self._rules.setdefault(key, {}).update(declared)

    def style(self, element: Any, names: tuple[str, ...]) -> Style:
        """What an inline element sets on its words."""
        return _style(self._said(element, names))

    def look(self, element: Any, names: tuple[str, ...], around: Look) -> Look:
        """The look of a block within a block of the look `around`.

        What a rule sets on all words of a class is how the page looks; only its own attribute sets them apart.
        """
        said = self._said(element, names)
        inline = element.get("style")
        tag = element.tag
        own = replace(around, style=NO_STYLE, first=0, new_page=False, pre=around.pre or tag in _PRE)
        if tag in _APART:
            own = replace(own, before=_LINE, after=_LINE)
        elif tag in ("center", "div", "td"):
            own = replace(own, before=0, after=0, align=Align.CENTER if tag == "center" else own.align)
        align = element.get("align", "").lower()
        if align in _ALIGNS:
            own = replace(own, align=_ALIGNS[align])
        return _with(own, said, _style(_declared(inline)) if inline else NO_STYLE) if said else own

    def hides(self, element: Any) -> bool:
        if not self._rules and not element.get("style"):
            return False
        said = self._said(element, tuple(element.get("class", "").split()))
        return said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse")

    def _said(self, element: Any, names: tuple[str, ...]) -> dict[str, str]:
        said: dict[str, str] = {}
        for key in (element.tag, *(f".{name}" for name in names)) if self._rules else ():
            said |= self._rules.get(key, {})
        inline = element.get("style")
        return said | _declared(inline) if inline else said


def _declared(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for piece in text.lower().split(";"):
        name, colon, value = piece.partition(":")
        if colon:
            said[name.strip()] = value.replace("!important", "").strip()
    return said


def _with(look: Look, said: Said, style: Style) -> Look:
    sides = _sides(said.get("margin", ""))
    margins = {side: _twips(said.get(f"margin-{side}")) for side in ("left", "right", "top", "bottom")}
    left, right, top, bottom = (_first(margins[side], sides.get(side)) for side in ("left", "right", "top", "bottom"))
    padding = _sides(said.get("padding", ""))
    left_pad = _first(_twips(said.get("padding-left")), padding.get("left")) or 0
    return replace(
        look,
        left=look.left + (left or 0) + left_pad,
        right=look.right + (right or 0),
        first=_twips(said.get("text-indent")) or 0,
        before=look.before if top is None else max(top, 0),
        after=look.after if bottom is None else max(bottom, 0),
        align=_ALIGNS.get(said.get("text-align", ""), look.align),
        style=style,
        pre=_keeps_blanks(said.get("white-space"), look.pre),
        capitals=said.get("text-transform", "uppercase" if look.capitals else "") == "uppercase",
        new_page="always" in (said.get("page-break-before"), said.get("break-before"))
        or said.get("break-before") == "page",
    )


def _first(*found: int | None) -> int | None:
    return next((one for one in found if one is not None), None)


def _keeps_blanks(said: str | None, around: bool) -> bool:
    return around if said is None else said.startswith("pre") and said != "pre-line"


def _sides(said: str) -> dict[str, int | None]:
    """One to four measures: above, right, below, left."""
    parts = [_twips(one) for one in said.split()[:4]]
    if not parts:
        return {}
    top, right = parts[0], parts[1 if len(parts) > 1 else 0]
    bottom = parts[2] if len(parts) > 2 else top
    left = parts[3] if len(parts) > 3 else right
    return {"top": top, "right": right, "bottom": bottom, "left": left}


def _twips(said: str | None) -> int | None:
    """None for what is no length: `auto`, a share of the window."""
    found = _MEASURE.fullmatch(said.strip()) if said else None
    if found is None or found[2] is None and float(found[1]):
        return None
    return round(max(-_MOST, min(float(found[1]) * _UNITS.get(found[2] or "in", 0), _MOST)))


def _style(said: Said) -> Style:
    style = NO_STYLE
    weight = said.get("font-weight", "")
    if weight in ("bold", "bolder") or weight.isdecimal() and len(weight) == 3 and weight >= "600":
        style |= Style.BOLD
    if said.get("font-style") in ("italic", "oblique"):
        style |= Style.ITALIC
    lines = said.get("text-decoration", "") + " " + said.get("text-decoration-line", "")
    if "underline" in lines:
        style |= Style.UNDERLINE
    if "line-through" in lines:
        style |= Style.STRIKEOUT
    return style
