"""The ElementSettings of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from converter.notation.fdx import ALIGN, color_of, style_of
from converter.notation.fdx.styles import Settings, StyleTable
from converter.notation.numbers import number_of
from converter.tree import Align, TabStop

if TYPE_CHECKING:
    from lxml import etree


def read_style_table(root: etree._Element) -> StyleTable:
    listed: dict[str, Settings] = {}
    elements = {one.get("Type", ""): one for one in reversed(root.findall("ElementSettings"))}
    behaviours = {
        name: Settings(behaves_as=_behaves_as(element, name), next_name="") for name, element in elements.items()
    }
    defaults = StyleTable(behaviours)
    for name in reversed(elements):
        listed[name] = _settings(elements[name], name, defaults.default(name))
    return StyleTable(listed)


def _behaves_as(element: etree._Element, name: str) -> str:
    behavior = element.find("Behavior")
    return (behavior.get("PaginateAs") if behavior is not None else None) or name


def _settings(element: etree._Element, name: str, default: Settings) -> Settings:
    font: Any = _attributes(element.find("FontSpec"))
    spec: Any = _attributes(element.find("ParagraphSpec"))
    behavior: Any = _attributes(element.find("Behavior"))
    stops = element.find("ParagraphSpec/Tabstops")
    return Settings(
        behaves_as=behavior.get("PaginateAs") or default.behaves_as,
        next_name=behavior.get("ReturnKey") or default.next_name,
        align=ALIGN.get(spec.get("Alignment", ""), default.align),
        first=_number(spec.get("FirstIndent"), default.first),
        left=_number(spec.get("LeftIndent"), default.left),
        right=_number(spec.get("RightIndent"), default.right),
        before=_number(spec.get("SpaceBefore"), default.before),
        spacing=_number(spec.get("Spacing"), default.spacing),
        new_page=spec.get("StartsNewPage", "Yes" if default.new_page else "No") == "Yes",
        tabs=None if stops is None else read_tab_stops(stops),
        style=style_of(font["Style"]) if "Style" in font else default.style,
        font=font.get("Font") or default.font,
        size=_number(font.get("Size"), default.size),
        color=color_of(font.get("Color")) or default.color,
        background=color_of(font.get("Background")) or default.background,
    )


def _attributes(element: etree._Element | None) -> dict[str, str]:
    return {} if element is None else dict(cast(Any, element.items()))


def _number(value: str | None, default: float) -> float:
    number = number_of(value)
    return default if number is None else number


def read_tab_stops(stops: etree._Element) -> tuple[TabStop, ...]:
    read = []
    for stop in stops.iterfind("Tabstop"):
        position = number_of(stop.get("Position"))
        kind = stop.get("Type", "Left")
        if position is not None:
            align = ALIGN.get(kind, Align.LEFT)
            read.append(TabStop(position=position, align=align, decimal=kind == "Decimal"))
    return tuple(read)
