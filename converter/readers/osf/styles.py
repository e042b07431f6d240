"""What a paragraph's style says: which element it is, and what differs from that element's own look.

A style names the one that it is based on; the chain ends at one of the eight built-in styles. What a style of the
script's own sets is put on the paragraphs and words that have it, as the tree has styles by name only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from converter.notation.numbers import integer_of, number_of
from converter.notation.osf import BASES, BUILT_IN, KINDS, LINE, NAMES, SIDE_MARGIN, TENTHS, plain_number
from converter.notation.osf.setup import LARGEST, normal_names
from converter.records import dataclass
from converter.tree import (
    NO_STYLE,
    Action,
    Align,
    Look,
    Paragraph,
    ParagraphLayout,
    Run,
    Style,
)

if TYPE_CHECKING:
    from lxml import etree

_ALIGN = {
    "left": Align.LEFT,
    "center": Align.CENTER,
    "centre": Align.CENTER,
    "right": Align.RIGHT,
    "justified": Align.FULL,
    "justify": Align.FULL,
}
_LONGEST_CHAIN = 20
_FURTHEST = 20_000  # tenths of a millimetre
_MOST_LINES = 100
_COLOR_LETTERS = frozenset("0123456789abcdefABCDEF")
_FLAGS = (("bold", Style.BOLD), ("italic", Style.ITALIC), ("underline", Style.UNDERLINE))
_STRIKEOUT = ("strikethrough", Style.STRIKEOUT)
_STYLE_STRIKES = 4  # of `effects`, in version 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """All that the style of a paragraph comes to."""

    kind: type[Paragraph]
    style_name: str | None
    align: Align | None
    layout: ParagraphLayout | None
    words: WordSettings
    is_known: bool
    column: bool  # stands beside the text
    dual: bool
    new_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSettings:
    """What the words of a style have."""

    style: Style
    font: str | None
    size: float | None
    color: str | None

    @property
    def is_plain(self) -> bool:
        return self.style is NO_STYLE and self.color is None


class Styles:
    """The styles of a file; what came to be known of one is kept."""

    def __init__(self, listed: Iterable[etree._Element], settings: Mapping[str, str]):
        self._listed: dict[str, dict[str, str]] = {}
        for element in listed:
            attributes = attributes_of(element)
            if name_of(element) == "style" and attributes.get("name"):
                self._listed.setdefault(attributes["name"].casefold(), attributes)
        self._margin = number_of(settings.get("marginleft"))
        width, right = number_of(settings.get("pagewidth")), number_of(settings.get("marginright"))
        self._width = (2159.0 if width is None else width) - (SIDE_MARGIN if right is None else right)
        self._shapes: dict[tuple[tuple[str, str], ...], Shape] = {}
        self._runs: dict[tuple[int, tuple[tuple[str, str], ...]], Run] = {}

    # -------- paragraphs

    def shape(self, attributes: Mapping[str, str]) -> Shape:
        """Of the attributes of a paragraph's style, which may be empty."""
        key = tuple(attributes.items())
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = self._shape(normal_names(attributes))
        return shape

    def _shape(self, own: dict[str, str]) -> Shape:
        name = own.get("basestyle") or own.get("basestylename") or own.get("name")
        chain = self._chain(name)
        kind, is_known = self._kind(name, chain)
        base = BASES.get(kind, BUILT_IN[0])
        usual = self._merged(self._chain(base.name)) if base.name.casefold() in self._listed else base.measures
        whole = self._merged(chain) | {key: value for key, value in own.items() if key not in _NAMES_OF_STYLES}
        if not chain or chain[-1]["name"].casefold() not in KINDS:  # it does not end at a built-in style of the file
            whole = {**usual, **whole}
        style_name = None if name is None or name.casefold() == NAMES[kind].casefold() or not is_known else name
        if not is_known:
            style_name = name or None
        return Shape(
            kind=kind,
            style_name=style_name,
            align=_align(whole, base.measures.get("align", "left")),
            layout=self._layout(whole, usual),
            words=_word_settings(whole),
            is_known=is_known,
            column=whole.get("column", "0") in {"1", "2"},
            dual=own.get("dualdialogue") in _TRUE,
            new_page=whole.get("pagebreakbefore") in _TRUE,
        )

    def _chain(self, name: str | None) -> list[dict[str, str]]:
        """The style and those that it is based on, as far as they are listed and once each."""
        chain: list[dict[str, str]] = []
        seen: set[str] = set()
        while name and name.casefold() not in seen and len(chain) < _LONGEST_CHAIN:
            seen.add(name.casefold())
            listed = self._listed.get(name.casefold())
            if listed is None:
                break
            chain.append(listed)
            name = listed.get("basestyle") or listed.get("basestylename")
        return chain

    def _kind(self, name: str | None, chain: list[dict[str, str]]) -> tuple[type[Paragraph], bool]:
        if not name:
            return Action, True
        for one in (name, *(listed["name"] for listed in chain)):
            kind = KINDS.get(one.casefold()) or self._built_in(one)
            if kind is not None:
                return kind, True
        last = (chain[-1].get("basestyle") or chain[-1].get("basestylename") or "") if chain else ""
        kind = KINDS.get(last.casefold())
        return (kind, True) if kind is not None else (Action, False)

    def _built_in(self, name: str) -> type[Paragraph] | None:
        index = integer_of(self._listed.get(name.casefold(), {}).get("builtinindex"))
        return BUILT_IN[index].kind if index is not None and 0 <= index < len(BUILT_IN) else None

    @staticmethod
    def _merged(chain: list[dict[str, str]]) -> dict[str, str]:
        whole: dict[str, str] = {}
        for listed in reversed(chain):
            whole |= listed
        return {key: value for key, value in whole.items() if key not in _NAMES_OF_STYLES}

    def _layout(self, whole: Mapping[str, str], usual: Mapping[str, str]) -> ParagraphLayout | None:
        margin = SIDE_MARGIN if self._margin is None else self._margin
        left, right = _other(whole, usual, "leftindent", "0"), _other(whole, usual, "rightindent", "0")
        before, spacing = _other(whole, usual, "spacebefore", "0"), _other(whole, usual, "linespacing", "1")
        layout = ParagraphLayout(
            left=None if left is None or abs(left) > _FURTHEST else (margin + left) / TENTHS,
            right=None if right is None or abs(right) > _FURTHEST else (self._width - right) / TENTHS,
            space_before=None if before is None or not 0 <= before <= _MOST_LINES else _rounded(before) * LINE,
            line_spacing=None if spacing is None or not 0 < spacing <= _MOST_LINES else _rounded(spacing),
        )
        return None if layout == ParagraphLayout() else layout

    # -------- words

    def run(self, words: str, attributes: Mapping[str, str], settings: WordSettings) -> Run:
        if not attributes and settings.is_plain:
            return Run(text=words)
        key = (id(settings), tuple(attributes.items()))
        model = self._runs.get(key)
        if model is None:
            model = self._runs[key] = _run(normal_names(attributes), settings)
        return Run(text=words, style=model.style, look=model.look, revision=model.revision)


_TRUE = frozenset({"1", "true"})
_NAMES_OF_STYLES = frozenset({"name", "label", "builtin", "builtinindex", "basestyle", "basestylename"})


def name_of(element: etree._Element) -> str:
    """The element's name as every version has it: lower case, without _ and namespace."""
    return element.tag.rpartition("}")[2].lower().replace("_", "")


def attributes_of(element: etree._Element | None) -> dict[str, str]:
    """The attributes by their names as every version has them."""
    items: Any = () if element is None else element.items()  # the stubs allow bytes
    return normal_names(dict(items))


def _align(whole: Mapping[str, str], usual: str) -> Align | None:
    said = whole.get("align", usual).lower()
    return None if said == usual else _ALIGN.get(said)


def _other(whole: Mapping[str, str], usual: Mapping[str, str], name: str, default: str) -> float | None:
    """The measure where it is another than the element's own."""
    value = number_of(whole.get(name, default))
    return None if value == number_of(usual.get(name, default)) else value


def _word_settings(whole: Mapping[str, str]) -> WordSettings:
    style = NO_STYLE
    for name, flag in _FLAGS:
        if whole.get(name) in _TRUE:
            style |= flag
    effects = integer_of(whole.get("effects")) or 0
    if effects & _STYLE_STRIKES:
        style |= Style.STRIKEOUT
    color = color_of(whole.get("color"))
    return WordSettings(
        style=style,
        font=whole.get("font"),
        size=_size(whole.get("size")),
        color=None if color == "#000000" else color,
    )


def _size(value: str | None) -> float | None:
    size = number_of(value)
    return _rounded(size) if size is not None and 0.01 <= size < 10_000 else None


def _rounded(value: float) -> float:
    return float(plain_number(value))


def color_of(value: str | None) -> str | None:
    """#RRGGBB; other writers leave the # out."""
    digits = (value or "").removeprefix("#")
    return f"#{digits}" if len(digits) == 6 and _COLOR_LETTERS.issuperset(digits) else None


def _run(attributes: Mapping[str, str], settings: WordSettings) -> Run:
    style = settings.style
    for name, flag in (*_FLAGS, _STRIKEOUT):
        value = attributes.get(name)
        if value is not None:
            style = style | flag if value in _TRUE else style & ~flag
    font, size = attributes.get("font"), _size(attributes.get("size"))
    revision = integer_of(attributes.get("revision"))
    look = Look(
        font=None if font == settings.font else font or None,
        size=None if size == settings.size else size,
        color=color_of(attributes.get("color")) or settings.color,
        background=color_of(attributes.get("bgcolor")),
    )
    return Run(
        text=" ",
        style=style,
        look=None if look == Look() else look,
        revision=revision if revision is not None and 0 < revision <= LARGEST else None,
    )
