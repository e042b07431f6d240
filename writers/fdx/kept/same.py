"""When a unit is still what the file has; what the tree holds beside the words of a paragraph does not count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from converter.records import replace
from converter.tree import LineBreak, Marker, PageMark, Paragraph, Run, SceneHeading, Synopsis, Text
from writers.fdx.units import Unit


def is_same(new: Unit, old: Unit, *, notes_inside: bool) -> bool:
    """Does the paragraph of the old unit say the new one as it is?"""
    if new is old:
        return True
    return (
        is_alike(new, old)
        and (new.page_break, new.alone) == (old.page_break, old.alone)
        and bare_paragraph(new.paragraph) == bare_paragraph(old.paragraph)
        and summary_texts(new) == summary_texts(old)
        and (not notes_inside or inline_markers(new) == inline_markers(old))
        and are_same(new.inner, old.inner, notes_inside=notes_inside)
    )


def are_same(new: list[Unit], old: list[Unit], *, notes_inside: bool) -> bool:
    return len(new) == len(old) and all(is_same(a, b, notes_inside=notes_inside) for a, b in zip(new, old, strict=True))


def is_alike(new: Unit, old: Unit) -> bool:
    """Can the one be made of the other's paragraph? A synopsis of a card has no paragraph of its own."""
    if new.dual != old.dual or (new.paragraph is None) != (old.paragraph is None):
        return False
    return isinstance(new.paragraph, Synopsis) == isinstance(old.paragraph, Synopsis)


def summary_texts(unit: Unit) -> list[Text]:
    return [one.text for one in unit.summary]


def inline_markers(unit: Unit) -> list[Marker]:
    """Those that a paragraph holds itself in files before Version 5."""
    return not_locked(unit.markers)


def not_locked(markers: Iterable[Marker]) -> list[Marker]:
    return [one for one in markers if not (isinstance(one, PageMark) and one.locked)]


def bare_paragraph(paragraph: Paragraph | None) -> Paragraph | None:
    """Without what is anchored by offset or written inside."""
    if paragraph is None:
        return None
    changes: dict[str, Any] = {}
    if len(paragraph.text) > 1 or paragraph.text and type(paragraph.text[0]) is not Run:
        changes["text"] = bare_text(paragraph.text)
    if isinstance(paragraph, SceneHeading) and paragraph.omitted:
        changes["omitted"] = ()
    return replace(paragraph, **changes) if changes else paragraph


def bare_text(text: Text) -> Text:
    """Words and line breaks; neighbouring runs set alike are one."""
    result: list[Any] = []
    for one in text:
        if isinstance(one, Run):
            last = result[-1] if result else None
            if isinstance(last, Run) and replace(last, text="") == replace(one, text=""):
                result[-1] = replace(last, text=last.text + one.text)
            else:
                result.append(one)
        elif isinstance(one, LineBreak):
            result.append(one)
    return tuple(result)


def common_start(one: str, other: str) -> int:
    """How many characters both begin with."""
    length = min(len(one), len(other))
    for place in range(length):
        if one[place] != other[place]:
            return place
    return length
