"""What changed between two drafts: the new one with its changes marked as a revision, and the list of them.

Scenes are paired first, then the paragraphs of a pair, then the words of a paragraph, so that a line that only turned
elsewhere carries no mark and a scene that moved is no scene that went and another that came.
"""

from __future__ import annotations

from collections.abc import Container

from converter.compare.apart import Apart, apart_of
from converter.compare.changes import EVERYTHING, Change, SceneChange, changes_of, decided, scene_changes
from converter.compare.locks import with_old_locks
from converter.compare.marks import Marker
from converter.compare.options import Options, check_ignored
from converter.compare.paragraphs import Alignment, align
from converter.compare.revision import next_set, with_set, without_older_sets
from converter.compare.rows import Piece, body_of, pieces_of
from converter.compare.units import units_of
from converter.normal import normal
from converter.records import dataclass, replace
from converter.transforms import number_scenes
from converter.tree import SceneHeading, Screenplay

__all__ = ["Apart", "Change", "Comparison", "Options", "SceneChange", "accept", "compare", "refuse", "resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`screenplay`: the new draft with the set `revision`. Lists are in its order; what went stands where it was."""

    screenplay: Screenplay
    revision: int
    scenes: tuple[SceneChange, ...]
    changes: tuple[Change, ...]
    drafts: tuple[Screenplay, Screenplay]  # the old and the new one, in normal form
    alignment: Alignment
    apart: Apart  # what differs beside the words

    @property
    def is_equal(self) -> bool:
        return not self.scenes


def compare(old: Screenplay, new: Screenplay, options: Options = Options()) -> Comparison:
    """The new draft with what changed since the old one. Both may come from any format.

    Words, kinds and the order of paragraphs count; not notes, synopses, the title page, emphasis, and typography
    (curly or straight quotes, dots, dashes, blanks).
    """
    check_ignored(options.ignore)
    old, new = normal(old), normal(new)
    if options.since:
        old, new = without_older_sets((old, new), options.since)
    ignore_case = "case" in options.ignore
    found = align(units_of(old, ignore_case=ignore_case), units_of(new, ignore_case=ignore_case))
    if options.lock_pages:
        new = with_old_locks(old, new, found)
        found = align(found.old, units_of(new, ignore_case=ignore_case))
    revision = next_set(old, new, options)
    marker = Marker(old, new, found, revision.id, lock_scenes=options.lock_scenes, whole_lines=options.mark == "lines")
    body = marker.body()
    screenplay = normal(replace(new, body=body, revisions=with_set(old, new, revision, show_all=bool(options.since))))
    if options.lock_scenes and any(scene.number for scene in found.old_scenes):
        screenplay = number_scenes(screenplay, options.scheme)
    return Comparison(
        screenplay=screenplay,
        revision=revision.id,
        scenes=tuple(scene_changes(found, marker.omitted, _own_numbers(screenplay, marker.is_own))),
        changes=tuple(changes_of(found)),
        drafts=(old, new),
        alignment=found,
        apart=apart_of(old, new, found, options.ignore),
    )


def accept(found: Comparison) -> Screenplay:
    """The new draft, without any mark of the comparison."""
    return resolve(found, EVERYTHING)


def refuse(found: Comparison) -> Screenplay:
    """The old draft."""
    return resolve(found, ())


def resolve(found: Comparison, accepted: Container[int]) -> Screenplay:
    """The draft with some of the changes: `accepted` are places in `found.changes`, counted from 0.

    Where none is accepted it says what the old draft says, with its kinds and numbers, and where all are, what the new
    one says. What is no change (emphasis, notes, the title page) is the new draft's as soon as one is accepted.
    """
    old, new = found.drafts
    (old_row, old_tail), (new_row, new_tail) = pieces_of(old), pieces_of(new)
    row: list[Piece] = []
    is_new = False
    for before, after in decided(found.alignment, accepted):
        row += [*(old_row[i] for i in before), *(new_row[j] for j in after)]
        is_new = is_new or bool(after)
    draft, tail = (new, new_tail) if is_new or accepted is EVERYTHING else (old, old_tail)
    return normal(replace(draft, body=body_of(row, tail)))


def _own_numbers(screenplay: Screenplay, is_own: list[bool]) -> list[str | None]:
    """Those of the new draft's scenes, as they are now."""
    headings = [one for one in screenplay.body if isinstance(one, SceneHeading)]
    return [one.number for one, own in zip(headings, is_own, strict=True) if own]
