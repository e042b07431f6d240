"""The styles of an OpenDocument text: their names, what they are built on and how they set paragraphs and words."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from converter.records import dataclass, field
from converter.recovery.documents.layers import on_top
from converter.tree import Align, Style
from converter.twips import FURTHEST, INCH

Node: TypeAlias = Any  # lxml's element class has no public name

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def o(name: str) -> str:
    """The whole name of an element or attribute: text:p."""
    prefix, _, rest = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{rest}"


class Format(NamedTuple):
    """How a paragraph and its words are set, measures in twips; None: not said."""

    left: int | None = None
    right: int | None = None
    first: int | None = None
    before: int | None = None
    after: int | None = None
    align: Align | None = None
    new_page: bool | None = None
    ends_page: bool | None = None
    tabs: tuple[int, ...] | None = None
    on: Style = Style(0)
    off: Style = Style(0)

    def under(self, other: Format) -> Format:
        """This with all that `other` says on top."""
        return on_top(self, other)


class _Definition(NamedTuple):
    name: str
    parent: str | None
    automatic: bool
    own: Format
    level: int


_LONGEST_CHAIN = 20


@dataclass(slots=True)
class Styles:
    """Of one family: paragraphs or words."""

    definitions: dict[str, _Definition] = field(default_factory=dict)
    default: Format = Format()
    formats: dict[str | None, Format] = field(default_factory=dict)

    def add(self, node: Node, *, automatic: bool) -> None:
        name = node.get(o("style:name")) or ""
        shown = node.get(o("style:display-name")) or re.sub(
            r"_([0-9a-f]{2})_", lambda found: chr(int(found[1], 16)), name
        )
        level = node.get(o("style:default-outline-level")) or "0"
        self.definitions[name] = _Definition(
            shown,
            node.get(o("style:parent-style-name")),
            automatic,
            format_of(node),
            int(level) if re.fullmatch("[1-9]", level) else 0,
        )

    def names(self, name: str | None) -> list[str]:
        """Those that a person gave: of a style and of those that it is built on."""
        return [one.name for one in self._chain(name) if not one.automatic]

    def level(self, name: str | None) -> int:
        return next((one.level for one in self._chain(name) if one.level), 0)

    def format(self, name: str | None, *, own: bool = True) -> Format:
        """Everything that a style says; `own=False`: without what was set on the paragraph alone."""
        chain = self._chain(name)
        if not own:
            chain = [one for one in chain if not one.automatic]
        found = self.default
        for definition in reversed(chain):
            found = found.under(definition.own)
        return found

    def _chain(self, name: str | None) -> list[_Definition]:
        chain: list[_Definition] = []
        seen: set[str] = set()
        while name is not None and name not in seen and name in self.definitions and len(chain) < _LONGEST_CHAIN:
            seen.add(name)
            chain.append(self.definitions[name])
            name = self.definitions[name].parent
        return chain


_ALIGNED = {"start": Align.LEFT, "left": Align.LEFT, "center": Align.CENTER, "end": Align.RIGHT, "right": Align.RIGHT,
            "justify": Align.FULL}  # fmt: skip
_UNITS = {"in": INCH, "cm": 566.929, "mm": 56.6929, "pt": 20.0, "pc": 240.0, "px": 15.0}
_MEASURE = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,9})?)(in|cm|mm|pt|pc|px)", re.ASCII)


def twips(said: str | None) -> int | None:
    """A length, no larger than any paper."""
    found = _MEASURE.fullmatch(said or "")
    if found is None:
        return None
    return max(-FURTHEST, min(FURTHEST, round(float(found[1]) * _UNITS[found[2]])))


def format_of(node: Node) -> Format:
    """What a style says itself."""
    said: dict[str, Any] = {}
    paragraph = node.find(o("style:paragraph-properties"))
    if paragraph is not None:
        for name, key in (
            ("left", "margin-left"),
            ("right", "margin-right"),
            ("first", "text-indent"),
            ("before", "margin-top"),
            ("after", "margin-bottom"),
        ):
            said[name] = twips(paragraph.get(o(f"fo:{key}")))
        said["align"] = _ALIGNED.get(paragraph.get(o("fo:text-align")) or "")
        said["new_page"] = _breaks(paragraph.get(o("fo:break-before")))
        said["ends_page"] = _breaks(paragraph.get(o("fo:break-after")))
        stops = [twips(stop.get(o("style:position"))) for stop in paragraph.iter(o("style:tab-stop"))]
        said["tabs"] = tuple(stop for stop in stops if stop is not None)[:64] or None
    if node.get(o("style:master-page-name")):
        said["new_page"] = True  # a page of another kind begins
    words = node.find(o("style:text-properties"))
    if words is not None:
        said["on"], said["off"] = _switches(words)
    return Format(**said)


def _breaks(said: str | None) -> bool | None:
    return None if said is None else said == "page"


def _switches(words: Node) -> tuple[Style, Style]:
    on = off = Style(0)
    for style, key, is_on in _SWITCHES:
        said = words.get(o(key))
        if said is not None:
            on, off = (on | style, off) if is_on(said) else (on, off | style)
    return on, off


def _is_drawn(said: str) -> bool:
    return said != "none"


_SWITCHES = (
    (Style.BOLD, "fo:font-weight", lambda said: said in ("bold", "700", "800", "900")),
    (Style.ITALIC, "fo:font-style", lambda said: said in ("italic", "oblique")),
    (Style.UNDERLINE, "style:text-underline-style", _is_drawn),
    (Style.STRIKEOUT, "style:text-line-through-style", _is_drawn),
    (Style.ALL_CAPS, "fo:text-transform", lambda said: said == "uppercase"),
    (Style.SMALL_CAPS, "fo:font-variant", lambda said: said == "small-caps"),
    (Style.HIDDEN, "text:display", lambda said: said == "none"),
)
