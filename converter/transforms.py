"""Tree to tree: what a person wants changed on the way from one format to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from enum import Enum
from itertools import count, product
from typing import Any, Literal, TypeAlias, TypeVar

from converter.normal import normal
from converter.patterns import pattern
from converter.records import replace
from converter.tree import (
    Band,
    Boneyard,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Inline,
    LineBreak,
    Note,
    NoteEnd,
    PageMark,
    Paragraph,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    Text,
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


def without_marks(screenplay: Screenplay, revisions: Container[int]) -> Screenplay:
    """The marks of these sets taken away, by their numbers; their words stay, and what they cut is gone."""

    def unmarked(node: Any) -> Any:
        is_theirs = isinstance(node, Run | Deletion | Cut) and node.revision in revisions
        return _unrevised(node) if is_theirs else node

    return _edited(screenplay, unmarked)


def without_scene_numbers(screenplay: Screenplay) -> Screenplay:
    return _edited(screenplay, lambda node: replace(node, number=None) if isinstance(node, SceneHeading) else node)


def without_page_locks(screenplay: Screenplay) -> Screenplay:
    """Pages begin where the text fills them, and are counted from the first."""
    return _edited(screenplay, lambda node: None if isinstance(node, PageMark) and node.locked else node)


def anonymous(screenplay: Screenplay) -> Screenplay:
    """For contests: the title and the script, and nothing that tells who wrote or read it.

    Gone are all other fields of the title page and its drawn sheets, notes, boneyards, what was cut, revisions, tags,
    the words of headers and footers, and what only the file that was read holds.
    """
    for leave_out in (without_notes, without_boneyard, without_revisions):
        screenplay = leave_out(screenplay)
    bare = _edited(screenplay, lambda node: replace(node, tags=()) if isinstance(node, Run) and node.tags else node)
    page, setup = bare.title_page, bare.page_setup
    if page is not None:
        titles = tuple(one for one in page.fields if one.name.strip().lower() == "title")
        page = TitlePage(fields=titles) if titles else None
    if setup is not None:
        setup = replace(setup, header=_without_words(setup.header), footer=_without_words(setup.footer))
    body = tuple(map(_without_cut_scene, bare.body))
    return normal(replace(bare, title_page=page, page_setup=setup, body=body, tags=(), opaque=(), origin=None))


def _without_words(band: Band | None) -> Band | None:
    """A header with its page number alone."""
    if band is None:
        return None
    kept = [tuple(one for one in part if not isinstance(one, Run) or not any(map(str.isalpha, one.text))) for part in
            (band.left, band.center, band.right)]  # fmt: skip
    left, center, right = kept
    return replace(band, left=left, center=center, right=right)


def _without_cut_scene(element: Any) -> Any:
    """An omitted scene stays omitted, without the text that it had."""
    is_kept = not isinstance(element, SceneHeading) or element.omitted is None
    return element if is_kept else replace(element, text=element.text or (Run(text="OMITTED"),), omitted=None)


def taken_out(before: Screenplay, after: Screenplay) -> list[str]:
    """What `anonymous` took out, in words for people."""
    fields = [one.name for one in before.title_page.fields] if before.title_page else []
    kept = [one.name for one in after.title_page.fields] if after.title_page else []
    said = [name for name in dict.fromkeys(fields) if name not in kept]
    counts = (
        ("note", _count(before, Note)),
        ("boneyard", _count(before, Boneyard)),
        ("cut passage", _count(before, Deletion, Cut)),
        ("tag", len(before.tags)),
        ("revision set", len(before.revisions.sets) if before.revisions else 0),
    )
    said += [f"{count} {name}{'s' if count > 1 else ''}" for name, count in counts if count]
    if before.page_setup != after.page_setup:
        said.append("the words of the header or footer")
    if before.origin is not None or before.opaque:
        said.append("what only the source's own program knows")
    return said


def _count(screenplay: Screenplay, *kinds: type) -> int:
    count = 0

    def seen(node: Any) -> Any:
        nonlocal count
        count += isinstance(node, kinds)
        return node

    _edited(screenplay, seen)
    return count


LEAVE_OUT: dict[str, Transform] = {
    "notes": without_notes,
    "boneyard": without_boneyard,
    "sections": without_sections,
    "synopses": without_synopses,
    "revisions": without_revisions,
    "scene-numbers": without_scene_numbers,
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
            kept = edit(node)
            return kept and replace(kept, text=_edited_all(kept.text, edit), omitted=_edited_all(omitted, edit))
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


# ---------------------------------------------------------------- locked pages

# By the number of a paragraph, as `tree.paragraphs` counts: offsets in its words, and the marks of pages.
Turns: TypeAlias = dict[int, list[tuple[int, PageMark]]]


def with_page_locks(screenplay: Screenplay, turns: Turns) -> Screenplay:
    """The screenplay with these marks, at a paragraph's start before it."""
    return normal(replace(screenplay, body=tuple(_Locks(turns).elements(screenplay.body))))


class _Locks:
    """Puts the marks at their places: before an element, between the parts of a speech, or in the words."""

    def __init__(self, turns: Turns):
        self._turns = turns
        self._number = -1

    def elements(self, body: Sequence[Any]) -> list[Any]:
        placed: list[Any] = []
        for element in body:
            match element:
                case Paragraph():
                    marks, paragraph = self._paragraph(element)
                    placed += [*marks, paragraph]
                case Speech():
                    marks, speech = self._speech(element)
                    placed += [*marks, speech]
                case DualDialogue():
                    marks, left = self._speech(element.left)
                    inside, right = self._speech(element.right)
                    right = replace(right, parts=(*inside, *right.parts))
                    placed += [*marks, DualDialogue(left=left, right=right)]
                case _:
                    placed.append(element)
        return placed

    def _speech(self, speech: Speech) -> tuple[list[PageMark], Speech]:
        """The marks before it, and the speech with those that stand inside."""
        marks: list[PageMark] = []
        cue = speech.cue
        if cue is not None:
            marks, cue = self._paragraph(cue)
        parts = self.elements(speech.parts)
        while cue is None and parts and isinstance(parts[0], PageMark) and parts[0].locked:
            marks.append(parts.pop(0))
        return marks, Speech(cue=cue, parts=tuple(parts))

    def _paragraph(self, paragraph: Any) -> tuple[list[PageMark], Any]:
        self._number += 1
        turns = self._turns.get(self._number, ())
        before = [mark for offset, mark in turns if not offset]
        inside = [turn for turn in turns if turn[0]]
        return before, replace(paragraph, text=_with_marks(paragraph.text, inside)) if inside else paragraph


def _with_marks(text: Text, turns: Sequence[tuple[int, PageMark]]) -> Text:
    placed: list[Inline] = []
    waiting = list(turns)
    offset = 0
    for inline in text:
        rest = inline
        while waiting and isinstance(rest, Run) and waiting[0][0] < offset + len(rest.text):
            place, mark = waiting.pop(0)
            if place > offset:
                placed.append(replace(rest, text=rest.text[: place - offset]))
                rest = replace(rest, text=rest.text[place - offset :])
                offset = place
            placed.append(mark)
        placed.append(rest)
        offset += len(rest.text) if isinstance(rest, Run) else isinstance(rest, LineBreak)
    return (*placed, *(mark for _, mark in waiting))


# ---------------------------------------------------------------- numbers


_NUMBER = pattern(r"(?P<before>[A-Z]{0,2})(?P<digits>[0-9]{1,9})(?P<after>[A-Z]{0,2})")
_SUFFIXED = pattern(r"[0-9]{1,9}[A-Z]{1,2}")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O look like 1 and 0


def number_scenes(screenplay: Screenplay, scheme: Literal["prefix", "suffix"] | None = None) -> Screenplay:
    """A number for every scene that has none; those that are there are kept, as a production needs.

    1, 2, 3 where no scene has one. Between 12 and 13 come 12A and 12B, between 12A and 13 comes 12B, between 12 and 12A
    A12A; before 1 come A1 and B1, behind 13 comes 14. A draft that calls the scenes before its 12 A12 and B12 goes on
    so: A13 and B13 between 12 and 13, AA12 before A12, AB12 before B12. A number that a cut scene had is used.
    A `scheme` that is named overrules what the draft shows.
    """
    headings = [element for element in screenplay.body if isinstance(element, SceneHeading)]
    wanted = _Scheme[scheme.upper()] if scheme else None
    numbers = iter(_numbers([heading.number for heading in headings], _cut_numbers(screenplay), wanted))

    def numbered(paragraph: Any) -> Any:
        return replace(paragraph, number=next(numbers)) if isinstance(paragraph, SceneHeading) else paragraph

    return replace(screenplay, body=map_paragraphs(screenplay.body, numbered))


def _cut_numbers(screenplay: Screenplay) -> set[str]:
    inside = (one for cut in cuts(screenplay.body) for one in paragraphs(cut.elements, omitted=True, cut=True))
    return {one.number for one in inside if isinstance(one, SceneHeading) and one.number}


def _numbers(given: Sequence[str | None], cut: set[str], wanted: _Scheme | None) -> Iterator[str]:
    taken = cut.union(number for number in given if number)
    first = next((number for number in given if number), None)
    scheme = wanted or _scheme(given)
    new = _between(None, first, scheme)
    for number, after in zip(given, _following(given), strict=True):
        if number:
            new = _between(number, after, scheme)
        yield number or next(one for one in new if one not in taken)


def _following(given: Sequence[str | None]) -> list[str | None]:
    """For each scene the number that the next numbered one has."""
    found: list[str | None] = []
    after = None
    for number in reversed(given):
        found.append(after)
        after = number or after
    return found[::-1]


class _Scheme(Enum):
    """Where a draft puts the letters of the scenes that came later, and which number they stand at."""

    SUFFIX = "12A comes after 12"  # Final Draft's "1A"
    PREFIX = "A12 comes before 12"
    PREFIX_AFTER = "A12 comes after 12"  # Better Fountain's


def _scheme(given: Sequence[str | None]) -> _Scheme:
    """That of most numbers with letters, the suffix where none has any."""
    found: Counter[_Scheme | None] = Counter()
    whole: set[str] = set()  # the numbers without letters so far
    for number in given:
        known = _NUMBER.fullmatch(number) if number else None
        if known is not None:
            found[_shown_scheme(known["before"], known["digits"], known["after"], whole)] += 1
            if not known["before"] and not known["after"]:
                whole.add(known["digits"])
    return max(_Scheme, key=lambda scheme: found[scheme])


def _shown_scheme(before: str, digits: str, after: str, whole: set[str]) -> _Scheme | None:
    """What one number shows. A1 before 1 is A1 in every scheme, and A12A comes between others in two."""
    if bool(before) == bool(after):
        return None
    if after:
        return _Scheme.SUFFIX
    if digits in whole:
        return _Scheme.PREFIX_AFTER
    return _Scheme.PREFIX if whole or digits != "1" else None


def _between(before: str | None, after: str | None, scheme: _Scheme) -> Iterator[str]:
    """Numbers for scenes between these two, without end."""
    known = _NUMBER.match(before) if before else None
    if before is None and after is None:
        return map(str, count(1))
    if after is None and known:
        return map(str, count(int(known["digits"]) + 1))
    if before is not None and after is not None and scheme is _Scheme.PREFIX and _SUFFIXED.fullmatch(after):
        return (after + letters for letters in _letters(""))  # A2A would be read as the one behind A2
    if before is None or after is not None and scheme is _Scheme.PREFIX:
        return _before(after or "", before)
    return _after(before, after, scheme)


def _before(after: str, before: str | None) -> Iterator[str]:
    """A12, B12 before 12, and C12 where B12 is there; AA12 before A12."""
    there = before[: -len(after)] if before and after and before.endswith(after) else ""
    return (letters + after for letters in _letters(there if there.isalpha() else ""))


def _after(before: str, after: str | None, scheme: _Scheme) -> Iterator[str]:
    """12A, 12B; before a 12A that is there A12A, B12A."""
    for new in _behind(before, scheme):
        if new == after:
            yield from _before(after, None)
        yield new


def _behind(number: str, scheme: _Scheme) -> Iterator[str]:
    known = _NUMBER.fullmatch(number)
    if known is None:
        return (number + letters for letters in _letters(""))
    if known["before"] or scheme is _Scheme.PREFIX_AFTER:
        return (letters + known["digits"] + known["after"] for letters in _letters(known["before"]))
    return (known["digits"] + letters for letters in _letters(known["after"]))


def _letters(behind: str) -> Iterator[str]:
    """A to Z, then AA to ZZ and so on; only those that come behind."""
    for length in count(max(1, len(behind))):
        for letters in map("".join, product(_LETTERS, repeat=length)):
            if length > len(behind) or letters > behind:
                yield letters
