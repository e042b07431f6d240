"""Tree to tree: what a person wants changed on the way from one format to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count, product
from typing import Any, TypeAlias, TypeVar

from converter.normal import normal
from converter.records import replace
from converter.tree import (
    Band,
    Boneyard,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Note,
    NoteEnd,
    Paragraph,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    TitleField,
    TitlePage,
    cuts,
    map_paragraphs,
    paragraphs,
)

Transform: TypeAlias = Callable[[Screenplay], Screenplay]


# ---------------------------------------------------------------- leaving out


def without_notes(screenplay: Screenplay) -> Screenplay:
    return _edited(screenplay, _unless(Note, NoteEnd))


def without_boneyard(screenplay: Screenplay) -> Screenplay:
    return _edited(screenplay, _unless(Boneyard))


def without_sections(screenplay: Screenplay) -> Screenplay:
    return _edited(screenplay, _unless(Section))


def without_synopses(screenplay: Screenplay) -> Screenplay:
    return _edited(screenplay, _unless(Synopsis))


def without_revisions(screenplay: Screenplay) -> Screenplay:
    """The words as they stand, with no mark of what was changed when."""
    return replace(_edited(screenplay, _unrevised), revisions=None)


LEAVE_OUT: dict[str, Transform] = {
    "notes": without_notes,
    "boneyard": without_boneyard,
    "sections": without_sections,
    "synopses": without_synopses,
    "revisions": without_revisions,
}

_Edit: TypeAlias = Callable[[Any], Any]  # a node as it shall be, None to drop it


def _unless(*kinds: type) -> _Edit:
    return lambda node: None if isinstance(node, kinds) else node


def _unrevised(node: Any) -> Any:
    match node:
        case Deletion() | Cut():
            return None
        case Run(revision=int()):
            return replace(node, revision=None)
        case _:
            return node


def _edited(screenplay: Screenplay, edit: _Edit) -> Screenplay:
    """`edit` applied to every element, part of a speech and inline, wherever the screenplay has text."""
    page = screenplay.title_page
    if page is not None:
        page = TitlePage(
            fields=tuple(_edited_field(one, edit) for one in page.fields),
            sheets=tuple(_edited_all(sheet, edit) for sheet in page.sheets),
        )
    setup = screenplay.page_setup
    if setup is not None:
        setup = replace(setup, header=_edited_band(setup.header, edit), footer=_edited_band(setup.footer, edit))
    body = _edited_all(screenplay.body, edit)
    return normal(replace(screenplay, title_page=page, body=body, page_setup=setup))


def _edited_band(band: Band | None, edit: _Edit) -> Band | None:
    if band is None:
        return None
    left, center, right = (_edited_all(part, edit) for part in (band.left, band.center, band.right))
    return replace(band, left=left, center=center, right=right)


def _edited_field(one: TitleField, edit: _Edit) -> TitleField:
    return replace(one, lines=tuple(_edited_all(line, edit) for line in one.lines))


N = TypeVar("N")


def _edited_all(nodes: tuple[N, ...], edit: _Edit) -> tuple[N, ...]:
    edited = (_edited_node(node, edit) for node in nodes)
    return tuple(node for node in edited if node is not None)


def _edited_node(node: Any, edit: _Edit) -> Any:
    match node:
        case Speech():
            cue = None if node.cue is None else _edited_node(node.cue, edit)
            return Speech(cue=cue, parts=_edited_all(node.parts, edit))
        case DualDialogue():
            return DualDialogue(left=_edited_node(node.left, edit), right=_edited_node(node.right, edit))
        case SceneHeading(omitted=tuple(omitted)):
            return replace(node, text=_edited_all(node.text, edit), omitted=_edited_all(omitted, edit))
        case Dialogue():
            alternates = tuple(_edited_all(text, edit) for text in node.alternates)
            return replace(node, text=_edited_all(node.text, edit), alternates=alternates)
        case Cut():
            kept = edit(node)
            return kept and replace(kept, elements=_edited_all(kept.elements, edit))
        case Deletion():
            kept = edit(node)
            return kept and replace(kept, text=_edited_all(kept.text, edit))
        case Paragraph():
            kept = edit(node)
            return kept and replace(kept, text=_edited_all(kept.text, edit))
        case _:
            return edit(node)


# ---------------------------------------------------------------- numbers


_NUMBER = re.compile(r"(?P<before>[A-Z]{0,2})(?P<digits>[0-9]{1,9})(?P<after>[A-Z]{0,2})")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O look like 1 and 0


def number_scenes(screenplay: Screenplay) -> Screenplay:
    """A number for every scene that has none; those that are there are kept, as a production needs.

    1, 2, 3 where no scene has one. Between 12 and 13 come 12A and 12B, between 12A and 13 comes 12B, between 12 and 12A
    A12A; before 1 come A1 and B1, behind 13 comes 14. A number that a cut scene had is used.
    """
    headings = [element for element in screenplay.body if isinstance(element, SceneHeading)]
    numbers = iter(_numbers([heading.number for heading in headings], _cut_numbers(screenplay)))

    def numbered(paragraph: Any) -> Any:
        return replace(paragraph, number=next(numbers)) if isinstance(paragraph, SceneHeading) else paragraph

    return replace(screenplay, body=map_paragraphs(screenplay.body, numbered))


def _cut_numbers(screenplay: Screenplay) -> set[str]:
    inside = (one for cut in cuts(screenplay.body) for one in paragraphs(cut.elements, omitted=True, cut=True))
    return {one.number for one in inside if isinstance(one, SceneHeading) and one.number}


def _numbers(given: Sequence[str | None], cut: set[str]) -> Iterator[str]:
    taken = cut.union(number for number in given if number)
    first = next((number for number in given if number), None)
    new = _between(None, first)
    for number, after in zip(given, _following(given), strict=True):
        if number:
            new = _between(number, after)
        yield number or next(one for one in new if one not in taken)


def _following(given: Sequence[str | None]) -> list[str | None]:
    """For each scene the number that the next numbered one has."""
    found: list[str | None] = []
    after = None
    for number in reversed(given):
        found.append(after)
        after = number or after
    return found[::-1]


def _between(before: str | None, after: str | None) -> Iterator[str]:
    """Numbers for scenes between these two, without end: 12A, 12B; before a 12A that is there A12A, B12A."""
    if before is None:
        yield from (letters + after for letters in _letters("")) if after else map(str, count(1))
        return
    known = _NUMBER.match(before)
    if after is None and known:
        yield from map(str, count(int(known["digits"]) + 1))
    for new in _behind(before):
        if new == after:
            yield from (letters + after for letters in _letters(""))
        yield new


def _behind(number: str) -> Iterator[str]:
    known = _NUMBER.fullmatch(number)
    if known is None:
        return (number + letters for letters in _letters(""))
    if known["before"]:
        return (letters + known["digits"] + known["after"] for letters in _letters(known["before"]))
    return (known["digits"] + letters for letters in _letters(known["after"]))


def _letters(behind: str) -> Iterator[str]:
    """A to Z, then AA to ZZ and so on; only those that come behind."""
    for length in count(max(1, len(behind))):
        for letters in map("".join, product(_LETTERS, repeat=length)):
            if length > len(behind) or letters > behind:
                yield letters
