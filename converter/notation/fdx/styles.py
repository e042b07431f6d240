"""Element settings: Final Draft's own, and what a type's name and settings make of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from converter.notation.fdx import ALONE, BLACK, BLANK_PAGE, WHITE
from converter.records import dataclass, replace
from converter.tree import (
    ELEMENT_NAMES,
    NO_STYLE,
    Action,
    Align,
    ElementStyle,
    EndOfAct,
    General,
    Look,
    Lyric,
    NewAct,
    PageBreak,
    Paragraph,
    ParagraphLayout,
    Section,
    Style,
    Synopsis,
    TabStop,
)

FONT, SIZE = "Courier Final Draft", 12.0


@dataclass(frozen=True, slots=True)
class Settings:
    """An ElementSettings with everything said. Indents in inches from the paper's left edge, space before in points."""

    behaves_as: str
    next_name: str
    align: Align = Align.LEFT
    first: float = 0.0
    left: float = 1.5
    right: float = 7.5
    before: float = 0.0
    spacing: float = 1.0
    new_page: bool = False
    tabs: tuple[TabStop, ...] | None = None
    style: Style = NO_STYLE
    font: str = FONT
    size: float = SIZE
    color: str = BLACK
    background: str = WHITE


_CAPS = Style.ALL_CAPS
_ACT = Style.BOLD | Style.UNDERLINE | Style.ALL_CAPS
_OUTLINE_COLOR = "#878FE0"


def _outline(name: str, left: float, before: float, size: float) -> Settings:
    # Final Draft sets them in italics and bold as well; without, an author's own emphasis stays visible.
    return Settings(
        behaves_as=name,
        next_name="Outline Body",
        left=left,
        before=before,
        size=size,
        style=Style.HIDDEN,
        color=_OUTLINE_COLOR,
    )


# Final Draft 12's "Screenplay" on US Letter, inches and points; then Lyrics as Beat measures them, and our own types.
DEFAULTS: dict[str, Settings] = {
    "General": Settings(behaves_as="General", next_name="General"),
    "Scene Heading": Settings(behaves_as="Scene Heading", next_name="Action", before=24.0, style=_CAPS),
    "Action": Settings(behaves_as="Action", next_name="Action", before=12.0),
    "Character": Settings(behaves_as="Character", next_name="Dialogue", left=3.5, right=7.25, before=12.0, style=_CAPS),
    "Parenthetical": Settings(behaves_as="Parenthetical", next_name="Dialogue", first=-0.1, left=3.0, right=5.5),
    "Dialogue": Settings(behaves_as="Dialogue", next_name="Action", left=2.5, right=6.0),
    "Transition": Settings(
        behaves_as="Transition",
        next_name="Scene Heading",
        align=Align.RIGHT,
        left=5.5,
        right=7.1,
        before=12.0,
        style=_CAPS,
    ),
    "Shot": Settings(behaves_as="Scene Heading", next_name="Action", before=12.0, style=_CAPS),
    "Cast List": Settings(behaves_as="Action", next_name="Action", style=_CAPS),
    "New Act": Settings(
        behaves_as="Scene Heading",
        next_name="Scene Heading",
        align=Align.CENTER,
        before=12.0,
        new_page=True,
        style=_ACT,
    ),
    "End of Act": Settings(behaves_as="Character", next_name="New Act", align=Align.CENTER, before=24.0, style=_ACT),
    "Outline Body": _outline("General", 1.25, 0.0, 10.0),
    "Summary": _outline("Outline Body", 1.25, 0.0, 10.0),
    "Outline 1": _outline("General", 1.25, 12.0, 12.0),
    "Outline 2": _outline("General", 1.38, 12.0, 12.0),
    "Outline 3": _outline("General", 1.5, 12.0, 12.0),
    "Outline 4": _outline("General", 1.62, 12.0, 12.0),
    "Sequence": Settings(behaves_as="Scene Heading", next_name="Scene Heading", left=1.25, before=24.0, style=_ACT),
    "Note": _outline("Outline", 1.63, 12.0, 12.0),
    "Lyrics": Settings(behaves_as="Dialogue", next_name="Lyrics", left=2.75, right=6.5, style=Style.ITALIC),
    ALONE: Settings(behaves_as="Action", next_name=ALONE, left=2.75, right=6.5, before=12.0, style=Style.ITALIC),
    BLANK_PAGE: Settings(behaves_as="General", next_name="Action", new_page=True),
}
ALWAYS_WRITTEN = tuple(DEFAULTS)[:9]

SHORTCUTS = {name: str(place) for place, name in enumerate(ALWAYS_WRITTEN)} | {
    "New Act": "9",
    "End of Act": "Ctrl+9",
    "Outline Body": "Ctrl+0",
    "Summary": "Ctrl+0",
    "Sequence": "Ctrl+8",
    **{f"Outline {level}": f"Ctrl+{level}" for level in (1, 2, 3, 4)},
}
OUTLINE_LEVELS = {"Scene Heading": 2, "New Act": 6, "End of Act": 6, "Outline 1": 7, "Outline 2": 5, "Outline 3": 3}


# ---------------------------------------------------------------- types


@dataclass(frozen=True, slots=True)
class Kind:
    """What a paragraph of some type is in the tree."""

    element: type[Paragraph] | type[PageBreak]
    base: str  # the type whose default settings it would have
    style_name: str | None = None
    level: int = 0
    alone: bool = False  # lyrics that join no speech


_KINDS: dict[str, Kind] = {
    **{name.lower(): Kind(element, name) for element, name in ELEMENT_NAMES.items()},
    "lyric": Kind(Lyric, "Lyrics"),
    ALONE.lower(): Kind(Lyric, ALONE, alone=True),
    BLANK_PAGE.lower(): Kind(PageBreak, BLANK_PAGE),
    "outline body": Kind(Synopsis, "Outline Body"),
    "outline": Kind(Synopsis, "Outline Body"),
    "summary": Kind(Synopsis, "Summary"),
    "note": Kind(Synopsis, "Note"),
    "sequence": Kind(Section, "Sequence", level=2),
}
# What the tree calls by no name of its own.
_CANONICAL = {*ELEMENT_NAMES.values(), ALONE, BLANK_PAGE, "Outline Body", "Summary"}
_OUTLINE_LEVEL = re.compile(r"outline (?P<level>[1-9]\d{0,8})\Z", re.ASCII)
_END_OF_ACT = re.compile(r"\bend of\b")
_ACT_NAME = re.compile(r"\bact\b|teaser|cold open")
_LYRIC_NAME = re.compile(r"lyric|\bsing|\bsong")


_LONGEST_CHAIN = 20  # of types that behave like each other; a circle has no end


class StyleTable:
    """The settings that a file or a tree lists, and behind them Final Draft's own."""

    def __init__(self, listed: dict[str, Settings], *, upright_lyrics: bool = False):
        self.listed = listed
        self.upright_lyrics = upright_lyrics
        self._kinds: dict[str, Kind] = {}
        self._settings: dict[str, Settings] = {}

    def kind(self, name: str) -> Kind:
        found = self._kinds.get(name)
        if found is None:
            found = self._kinds[name] = self._classified(name)
        return found

    def settings(self, name: str) -> Settings:
        found = self._settings.get(name)
        if found is None:
            found = self._settings[name] = self.listed.get(name) or self.default(name)
        return found

    def default(self, name: str) -> Settings:
        """What a type has that nobody lists: its own built-in settings, or those of the type it behaves like."""
        found = DEFAULTS.get(name)
        if found is None:
            kind = self.kind(name)
            found = DEFAULTS.get(kind.base) or DEFAULTS["Outline 4"]
            behaves_as = "General" if name == kind.base else kind.base
            found = replace(found, behaves_as=behaves_as)
        if self.upright_lyrics and name in ("Lyrics", ALONE):
            found = replace(found, style=NO_STYLE)
        return found

    def is_default(self, name: str, settings: Settings) -> bool:
        if settings == self.default(name):
            return True
        return name in ("Lyrics", ALONE) and settings == replace(DEFAULTS[name], style=NO_STYLE)

    def is_built_in(self, name: str) -> bool:
        return _named(name) is not None

    def add_type(self, name: str, behaves_as: str) -> None:
        """List a type with the default settings of the one it behaves like."""
        settings = DEFAULTS.get(behaves_as) or self.default(behaves_as)
        self.listed[name] = replace(settings, behaves_as=behaves_as)
        self._kinds.pop(name, None)
        self._settings.pop(name, None)

    def own_names(self) -> list[str]:
        """The listed types that are not as they would be unlisted, and those that others behave like."""
        behaved_like = {settings.behaves_as for name, settings in self.listed.items() if settings.behaves_as != name}
        return [
            name
            for name, settings in self.listed.items()
            if not self.is_default(name, settings) or name in behaved_like and not self.is_built_in(name)
        ]

    def _classified(self, name: str) -> Kind:
        """By the built-in names, then by what the type paginates as, then by its own name."""
        kind = _named(name)
        if kind is None:
            kind = self._behaving(name)
        if kind is None or kind.element is General:
            kind = _trade_name(name) or kind or Kind(Action, "Action")
        return kind if name in _CANONICAL or _is_outline(name) else replace(kind, style_name=name)

    def _behaving(self, name: str) -> Kind | None:
        for _ in range(_LONGEST_CHAIN):
            if name not in self.listed:
                return None
            name = self.listed[name].behaves_as
            kind = _named(name)
            if kind is not None:
                return kind
        return None


def _named(name: str) -> Kind | None:
    lower = name.lower()
    found = _KINDS.get(lower)
    if found is None and (outline := _OUTLINE_LEVEL.match(lower)):
        level = int(outline["level"])
        found = Kind(Section, f"Outline {level}", level=level)
    return found


def _is_outline(name: str) -> bool:
    return name.startswith("Outline ") and _OUTLINE_LEVEL.match(name.lower()) is not None


def _trade_name(name: str) -> Kind | None:
    lower = name.lower()
    if _ACT_NAME.search(lower):
        return Kind(EndOfAct, "End of Act") if _END_OF_ACT.search(lower) else Kind(NewAct, "New Act")
    if _LYRIC_NAME.search(lower):
        return Kind(Lyric, "Lyrics")
    return None


def type_name(paragraph: Paragraph, version: int) -> str:
    if paragraph.style_name is not None:
        return paragraph.style_name
    if isinstance(paragraph, Section):
        return f"Outline {paragraph.level}"
    if isinstance(paragraph, Synopsis):
        return "Summary" if version >= 6 else "Outline Body"
    return ELEMENT_NAMES[type(paragraph)]


# ---------------------------------------------------------------- styles of the tree


def own_styles(table: StyleTable) -> tuple[ElementStyle, ...]:
    """The listed settings that are not Final Draft's own."""
    return tuple(element_style(name, table.listed[name], table) for name in table.own_names())


def element_style(name: str, settings: Settings, table: StyleTable) -> ElementStyle:
    default = table.default(name)
    look = Look(
        font=None if settings.font == default.font else settings.font,
        size=None if settings.size == default.size else settings.size,
        color=None if settings.color == default.color else settings.color,
        background=None if settings.background == default.background else settings.background,
    )
    return ElementStyle(
        name=name,
        behaves_as=settings.behaves_as,
        align=settings.align,
        layout=ParagraphLayout(
            first_indent=settings.first,
            left=settings.left,
            right=settings.right,
            space_before=settings.before,
            line_spacing=settings.spacing,
            new_page=settings.new_page,
            tabs=settings.tabs,
        ),
        style=settings.style,
        look=None if look == Look() else look,
        next_name=settings.next_name,
    )


def table_of(
    styles: Iterable[ElementStyle], listed: Mapping[str, Settings] | None = None, *, upright_lyrics: bool = False
) -> StyleTable:
    """The table in which a tree's styles say everything; what they leave open is as the type has it by default.

    `listed` is what a file lists besides.
    """
    styles = tuple(styles)
    sketch = dict(listed or {})
    sketch |= {style.name: Settings(behaves_as=style.behaves_as or style.name, next_name="") for style in styles}
    defaults = StyleTable(sketch, upright_lyrics=upright_lyrics)
    completed = {style.name: _completed(style, defaults.default(style.name)) for style in styles}
    return StyleTable({**(listed or {}), **completed}, upright_lyrics=upright_lyrics)


def _completed(style: ElementStyle, default: Settings) -> Settings:
    layout = style.layout or ParagraphLayout()
    look = style.look or Look()
    return Settings(
        behaves_as=style.behaves_as or default.behaves_as,
        next_name=style.next_name or default.next_name,
        align=style.align or default.align,
        first=_said(layout.first_indent, default.first),
        left=_said(layout.left, default.left),
        right=_said(layout.right, default.right),
        before=_said(layout.space_before, default.before),
        spacing=_said(layout.line_spacing, default.spacing),
        new_page=default.new_page if layout.new_page is None else layout.new_page,
        tabs=default.tabs if layout.tabs is None else layout.tabs,
        style=style.style,
        font=look.font or default.font,
        size=_said(look.size, default.size),
        color=look.color or default.color,
        background=look.background or default.background,
    )


def _said(value: float | None, default: float) -> float:
    return default if value is None else value
