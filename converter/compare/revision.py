"""The revision set that a comparison adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.compare.options import Options
from converter.contract import UsageError
from converter.records import replace
from converter.transforms import without_marks
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


def without_older_sets(drafts: Sequence[Screenplay], name: str) -> list[Screenplay]:
    """Without the marks of that set and of those before it. UsageError where neither draft lists a set of the name."""
    sets = [draft.revisions.sets if draft.revisions is not None else () for draft in drafts]
    places = [next((i for i, one in enumerate(some) if one.name.casefold() == name.casefold()), -1) for some in sets]
    if max(places) < 0:
        known = ", ".join(dict.fromkeys(one.name for some in sets for one in some)) or "they have none"
        raise UsageError(f"neither draft has a revision set called {name!r}; there are: {known}")
    older = [{one.id for one in some[: place + 1]} for some, place in zip(sets, places, strict=True)]
    return [without_marks(draft, some) if some else draft for draft, some in zip(drafts, older, strict=True)]


def with_set(old: Screenplay, new: Screenplay, added: RevisionSet, *, show_all: bool) -> Revisions:
    """The sets of both drafts and the new one, which is the active one."""
    revisions = new.revisions or old.revisions or Revisions()
    known = {one.id for one in revisions.sets}
    older = tuple(one for one in (old.revisions.sets if old.revisions else ()) if one.id not in known)
    shown = revisions.show_all or show_all
    return replace(revisions, sets=(*older, *revisions.sets, added), active=added.id, show_all=shown)
