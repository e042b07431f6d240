"""What depends on what stands before or after: joined dialogue, page breaks, cut scenes."""

from __future__ import annotations

from typing import Any, cast

from converter.fitting import Fitting
from converter.normal.texts import normal_text
from converter.notation.fountain.fit import losses
from converter.notation.fountain.markers import CUT_SCENES_DEEP, MARKERS, cut_scene_text, is_spoken
from converter.records import replace
from converter.terms import has_lower, is_omitted, not_as_typed
from converter.tree import (
    Boneyard,
    Dialogue,
    DualDialogue,
    Inline,
    LineBreak,
    Marker,
    PageBreak,
    Run,
    SceneHeading,
    Speech,
    words,
)


class _Joining:
    """Dialogue that other dialogue went on with, and the whole text so far."""

    def __init__(self, first: Dialogue):
        self.first = first
        self.inlines = list(first.text)


def join_dialogue(placed: list[Any], node: Any, fitting: Fitting) -> None:
    """Dialogue goes on with the dialogue before, if nothing parts them."""
    if type(node) is not Dialogue:
        placed.append(node)
        return
    start = len(placed)
    while start and type(placed[start - 1]) in MARKERS:
        start -= 1
    between = placed[start:]
    before = placed[start - 1] if start else None
    if type(before) in (Dialogue, _Joining) and _joins(between):
        fitting.lose(losses.JOINED_DIALOGUE)
        joining = _Joining(before) if isinstance(before, Dialogue) else cast(_Joining, before)
        joining.inlines.extend((LineBreak(), *between, *node.text))
        placed[start - 1 :] = [joining]
    else:
        placed.append(node)


def _joins(markers: list[Marker]) -> bool:
    """A note between can part the two, a boneyard cannot."""
    return not markers or any(isinstance(marker, Boneyard) for marker in markers)


def with_dialogue_joined(placed: list[Any], fitting: Fitting) -> list[Any]:
    return [replace(one.first, text=tuple(one.inlines)) if type(one) is _Joining else one for one in placed]


def breaks_first(placed: list[Any], fitting: Fitting | None) -> list[Any]:
    """Page breaks stand before the markers that lead to their block."""
    if PageBreak not in map(type, placed):
        return placed
    out: list[Any] = []
    markers: list[Marker] = []
    for one in placed:
        if type(one) in MARKERS:
            markers.append(one)
        elif type(one) is PageBreak:
            out.append(one)
        else:
            out.extend((*markers, one))
            markers.clear()
    return [*out, *markers]


def with_breaks_in_place(elements: list[Any], fitting: Fitting | None = None) -> list[Any]:
    """Page breaks stand before the markers that lead to their block, and none without a block behind it."""
    end = len(elements)
    while end and (type(elements[end - 1]) is PageBreak or type(elements[end - 1]) in MARKERS):
        end -= 1
    behind = [one for one in elements[end:] if type(one) is not PageBreak]
    return [*breaks_first(elements[:end], fitting), *behind]


def cut_scenes_apart(placed: list[Any], fitting: Fitting) -> list[Any]:
    """A boneyard right behind a heading must not look like the scene that was cut there."""
    if fitting.depth == CUT_SCENES_DEEP or Boneyard not in map(type, placed):  # no deeper one is read
        return placed
    for place in range(1, len(placed)):
        boneyard, heading = placed[place], placed[place - 1]
        if type(boneyard) is Boneyard and type(heading) is SceneHeading and _looks_cut(boneyard, heading):
            fitting.go_to(boneyard.at)
            fitting.lose(losses.BONEYARD_CHANGED)
            placed[place] = replace(boneyard, source="/* " + boneyard.source[2:])
    return placed


def silent_cues_as_drawn(placed: list[Any], fitting: Fitting) -> list[Any]:
    """A cue without words needs an @, and then its brackets are drawn as typed."""
    for place, one in enumerate(placed):
        kind = type(one)
        if kind is Speech:
            placed[place] = one if is_spoken(one.parts) else _as_drawn(one, fitting)
        elif kind is DualDialogue:
            left, right = (
                side if is_spoken(side.parts) else _as_drawn(side, fitting) for side in (one.left, one.right)
            )
            if left is not one.left or right is not one.right:
                placed[place] = DualDialogue(left=left, right=right)
    return placed


def _as_drawn(one: Speech, fitting: Fitting) -> Speech:
    cue = one.cue
    if cue is None or cue.text != not_as_typed(cue.text) or not has_lower(words(cue.text)):
        return one
    fitting.go_to(cue.at)
    fitting.lose(losses.CUE_AS_DRAWN)
    return replace(one, cue=replace(cue, text=normal_text(tuple(_in_capitals(inline) for inline in cue.text))))


def _in_capitals(inline: Inline) -> Inline:
    return replace(inline, text=inline.text.upper()) if isinstance(inline, Run) else inline


def _looks_cut(boneyard: Boneyard, heading: SceneHeading) -> bool:
    return heading.omitted is None and cut_scene_text(boneyard.source, says_omitted=is_omitted(heading)) is not None
