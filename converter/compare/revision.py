"""The revision set that a comparison adds."""

from __future__ import annotations

from collections.abc import Iterator

from converter.compare.options import Options
from converter.records import replace
from converter.tree import Deletion, Revisions, RevisionSet, Run, Screenplay, cuts, paragraphs

# The Writers Guild's order of coloured pages, and what a screen draws them in.
_COLORS = {
    "Blue": "#0000FF",
    "Pink": "#FF00FF",
    "Yellow": "#B8860B",
    "Green": "#008000",
    "Goldenrod": "#DAA520",
    "Buff": "#C19A6B",
    "Salmon": "#FA8072",
    "Cherry": "#DE3163",
}


def next_set(old: Screenplay, new: Screenplay, options: Options) -> RevisionSet:
    """The set after the last one that either draft lists or uses, in the next colour."""
    listed = [one for draft in (old, new) if draft.revisions for one in draft.revisions.sets]
    known = {*(one.id for one in listed), *_used(old), *_used(new)}
    names = [*_COLORS, *(f"Second {name}" for name in _COLORS)]
    last = max((names.index(name) for one in listed for name in names if _is_called(one.name, name)), default=-1)
    name = options.set_name or names[min(last + 1, len(names) - 1)]
    color = options.color or next((_COLORS[one] for one in _COLORS if _is_called(name, one)), _COLORS["Blue"])
    return RevisionSet(id=max(known, default=0) + 1, name=name, color=color)


def _is_called(name: str, color: str) -> bool:
    said = name.casefold()
    return color.casefold() in said and ("second" in said) == color.startswith("Second")


def _used(screenplay: Screenplay) -> Iterator[int]:
    for paragraph in paragraphs(screenplay.body, omitted=True, cut=True):
        for inline in paragraph.text:
            if isinstance(inline, Run) and inline.revision is not None or isinstance(inline, Deletion):
                yield inline.revision  # type: ignore[misc]  # the line above
    yield from (cut.revision for cut in cuts(screenplay.body))


def with_set(old: Screenplay, new: Screenplay, added: RevisionSet) -> Revisions:
    """The sets of both drafts and the new one, which is the active one."""
    revisions = new.revisions or old.revisions or Revisions()
    known = {one.id for one in revisions.sets}
    older = tuple(one for one in (old.revisions.sets if old.revisions else ()) if one.id not in known)
    return replace(revisions, sets=(*older, *revisions.sets, added), active=added.id)
