"""Tree to tree, for a script in production: page numbers that stay, scenes that are omitted and come back.

What scene numbers do by themselves is in `converter.transforms`: a number that is there is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from converter.contract import DEFAULT_LIMITS, Limits, UsageError
from converter.cuts import page_marks
from converter.layout.paginate import paginate
from converter.layout.style import DEFAULT_OPTIONS, PageOptions
from converter.normal import normal
from converter.records import replace
from converter.terms import is_omitted
from converter.transforms import Turns, with_page_locks, without_page_locks
from converter.tree import (
    DualDialogue,
    Element,
    EndOfAct,
    NewAct,
    PageMark,
    Paragraph,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
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
    turns: Turns = defaultdict(list)
    for page in pages if _begins_locked(screenplay.body) else pages[1:]:
        if page.start is not None and page.label:
            mark = known.get(page.label) or PageMark(label=page.label, locked=True)
            turns[page.start.paragraph].append((page.start.offset, mark))
    return with_page_locks(without_page_locks(screenplay), turns)


def _begins_locked(body: Sequence[Element | Part]) -> bool:
    for element in body:
        if isinstance(element, PageMark) and element.locked:
            return True
        if isinstance(element, Paragraph | Speech | DualDialogue):
            return False
    return False


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
