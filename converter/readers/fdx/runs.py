"""Text elements into runs: what was set on the words, without what their element has anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.notation.fdx import color_of, style_of
from converter.notation.fdx.styles import Settings
from converter.notation.numbers import integer_of, number_of
from converter.records import dataclass
from converter.tree import NO_STYLE, Look, Run, Style

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Setting:
    style: Style
    look: Look | None
    revision: int | None
    tags: tuple[int, ...]


_PLAIN = Setting(NO_STYLE, None, None, ())


class Runs:
    """Makes runs of the words in Text elements; remembers what each set of attributes came to."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, tuple[tuple[str, str], ...]], Setting] = {}

    def run(self, element: etree._Element, words: str, settings: Settings) -> Run:
        items: Any = element.items()  # the stubs allow bytes
        if not items:
            return Run(text=words)
        key = (id(settings), tuple(items))  # the style table keeps them alive
        setting = self._known.get(key)
        if setting is None:
            setting = self._known[key] = self._setting(dict(items), settings)
        return Run(text=words, style=setting.style, look=setting.look, revision=setting.revision, tags=setting.tags)

    def _setting(self, attributes: dict[str, str], settings: Settings) -> Setting:
        return Setting(
            style=effective_style(attributes.get("Style"), settings.style),
            look=_look(attributes, settings),
            revision=integer_of(attributes.get("RevisionID")) or None,
            tags=_tags(attributes.get("TagNumber", "")),
        )


def effective_style(flags: str | None, elements_own: Style) -> Style:
    """A Style replaces the element's own; where it holds all of that, the rest is what the author added."""
    if flags is None:
        return NO_STYLE
    style = style_of(flags)
    return style & ~elements_own if style & elements_own == elements_own else style | Style.PLAIN


def _look(attributes: dict[str, str], settings: Settings) -> Look | None:
    font, size = attributes.get("Font"), number_of(attributes.get("Size"))
    color, background = color_of(attributes.get("Color")), color_of(attributes.get("Background"))
    look = Look(
        font=None if not font or font == settings.font else font,
        size=None if size == settings.size else size,
        color=None if color == settings.color else color,
        background=None if background == settings.background else background,
    )
    return None if look == Look() else look


def _tags(value: str) -> tuple[int, ...]:
    numbers = (integer_of(piece) for piece in value.replace(",", " ").split())
    return tuple(number for number in numbers if number is not None)
