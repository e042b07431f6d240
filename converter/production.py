"""Tree to tree, for a script in production: page numbers that stay, scenes that are omitted and come back.

What scene numbers do by themselves is in `converter.transforms`: a number that is there is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

from converter.contract import DEFAULT_LIMITS, Limits, UsageError
from converter.cuts import page_marks
from converter.layout.paginate import paginate
from converter.layout.style import DEFAULT_OPTIONS, PageOptions
from converter.normal import normal
from converter.records import replace
from converter.terms import is_omitted
from converter.transforms import without_page_locks
from converter.tree import (
    DualDialogue,
    Element,
    EndOfAct,
    Inline,
    LineBreak,
    NewAct,
    PageMark,
    Paragraph,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Text,
)

# ---------------------------------------------------------------- pages


def lock_pages(
    screenplay: Screenplay, options: PageOptions = DEFAULT_OPTIONS, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """A locked page mark where each page begins now, so that what is added later stands on 12A and not on 13.

    Pages that were locked keep their labels; those that came since, 12A, are locked as well. The first page is locked
    only if it was: nothing can come before it. Raises LimitError for more pages than `limits.output_pages`.
    """
    screenplay = normal(screenplay)
    pages = paginate(screenplay, options, limits=limits).whole
    known = {mark.label: mark for mark in page_marks(screenplay.body) if mark.locked}  # they know their place in a file
    turns: _Turns = defaultdict(list)
    for page in pages if _begins_locked(screenplay.body) else pages[1:]:
        if page.start is not None and page.label:
            mark = known.get(page.label) or PageMark(label=page.label, locked=True)
            turns[page.start.paragraph].append((page.start.offset, mark))
    unlocked = without_page_locks(screenplay)
    return normal(replace(unlocked, body=tuple(_Locks(turns).elements(unlocked.body))))


def _begins_locked(body: Sequence[Element | Part]) -> bool:
    for element in body:
        if isinstance(element, PageMark) and element.locked:
            return True
        if isinstance(element, Paragraph | Speech | DualDialogue):
            return False
    return False


# By the number of a paragraph, as `tree.paragraphs` counts: offsets in its words, and the marks of pages.
_Turns: TypeAlias = dict[int, list[tuple[int, PageMark]]]


class _Locks:
    """Puts the marks at their places: before an element, between the parts of a speech, or in the words."""

    def __init__(self, turns: _Turns):
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


# ---------------------------------------------------------------- scenes


def omit_scene(screenplay: Screenplay, number: str) -> Screenplay:
    """The scene called `number` as OMITTED: its number stays in use, its text stays in the tree and is not printed.

    Locked pages that began in it begin after it. Raises UsageError if there is no such scene or it is omitted already.
    """
    place = _place_of(screenplay, number)
    heading = screenplay.body[place]
    assert isinstance(heading, SceneHeading)
    if is_omitted(heading):
        raise UsageError(f"scene {number} is omitted already")
    end = next(
        (
            later
            for later in range(place + 1, len(screenplay.body))
            if isinstance(screenplay.body[later], SceneHeading | NewAct | EndOfAct)
        ),
        len(screenplay.body),
    )
    scene = screenplay.body[place:end]
    text = without_page_locks(Screenplay(body=scene)).body
    new = SceneHeading(text=(Run(text="OMITTED"),), number=heading.number, omitted=text, at=heading.at)
    locks = (mark for mark in page_marks(scene) if mark.locked)
    body = (*screenplay.body[:place], new, *locks, *screenplay.body[end:])
    return normal(replace(screenplay, body=body))


def restore_scene(screenplay: Screenplay, number: str) -> Screenplay:
    """The omitted scene called `number` with its text again.

    Raises UsageError if there is no such scene, if it is not omitted, or if the script does not hold its text.
    """
    place = _place_of(screenplay, number)
    heading = screenplay.body[place]
    assert isinstance(heading, SceneHeading)
    if not is_omitted(heading):
        raise UsageError(f"scene {number} is not omitted")
    if not heading.omitted:
        raise UsageError(f"the text of scene {number} is not in this script, which only says that it is omitted")
    first, *rest = heading.omitted
    if isinstance(first, SceneHeading) and first.number is None:
        first = replace(first, number=heading.number)
    return normal(replace(screenplay, body=(*screenplay.body[:place], first, *rest, *screenplay.body[place + 1 :])))


def _place_of(screenplay: Screenplay, number: str) -> int:
    wanted = number.strip().upper()
    for place, element in enumerate(screenplay.body):
        if isinstance(element, SceneHeading) and (element.number or "").upper() == wanted:
            return place
    if not any(isinstance(one, SceneHeading) and one.number for one in screenplay.body):
        raise UsageError("no scene of this script has a number; matchcut number gives them some")
    raise UsageError(f"there is no scene {number} in this script")
