"""Paragraphs without a telling style that stand where those of a style stand: the commonest way to leave a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from converter.recovery.documents.foreign import Foreign
from converter.recovery.documents.names import Named
from converter.recovery.typed.labels import is_name
from converter.terms import split_cue
from converter.tree import Action, Align, Character, Dialogue, Paragraph, Parenthetical, SceneHeading

_SPOKEN = (Character, Parenthetical, Dialogue)
_NEAR = 100  # twips
_LONGEST_CUE = 38


def take_places(lines: Sequence[Foreign]) -> list[Foreign]:
    """Gives a kind to lines that none of their styles names; returns them."""
    edges = _edges(lines)
    if not edges:
        return []
    taken: list[Foreign] = []
    before: Foreign | None = None
    filled = [one for one in lines if one.said]
    for one, below in zip(filled, [*filled[1:], None], strict=True):
        kind = None if one.kind is not None or one.known else _kind(one, edges, before, below)
        if kind is not None:
            one.named = Named(kind)
            taken.append(one)
        before = one
    return taken


def _edges(lines: Sequence[Foreign]) -> dict[type[Paragraph], int]:
    """Where names, brackets and speech of named styles begin; none where all else begins there too."""
    lefts: dict[type[Paragraph], Counter[int]] = {}
    for one in lines:
        if one.kind is not None and one.said and not one.known and one.align in (None, Align.LEFT):
            lefts.setdefault(one.kind, Counter())[one.left] += 1
    usual = {kind: counts.most_common(1)[0][0] for kind, counts in lefts.items()}
    told = [usual[kind] for kind in (Action, SceneHeading) if kind in usual]
    told.append(min((one.left for one in lines if one.said), default=0))
    return {
        kind: usual[kind] for kind in _SPOKEN if kind in usual and all(abs(usual[kind] - left) > _NEAR for left in told)
    }


def _kind(
    one: Foreign, edges: dict[type[Paragraph], int], before: Foreign | None, below: Foreign | None
) -> type[Paragraph] | None:
    found = next((kind for kind, left in edges.items() if abs(one.left - left) <= _NEAR), None)
    if one.align in (Align.CENTER, Align.RIGHT):
        found = None
    is_under_name = before is not None and before.kind in _SPOKEN
    if found is Character or found is None and _is_over_speech(below) and not is_under_name:
        return Character if _may_be_name(one.said) else None
    if found is None or not is_under_name:
        return None
    return Parenthetical if one.said[0] in "(（" and one.said[-1] in ")）" else Dialogue


def _is_over_speech(below: Foreign | None) -> bool:
    return below is not None and below.kind in (Dialogue, Parenthetical) and not below.blank


def _may_be_name(said: str) -> bool:
    name = split_cue(said).name
    return 0 < len(name) < _LONGEST_CUE and is_name(name) and name[-1] not in ".!?:" and not name[0].islower()
