"""What changed between two drafts: the new one with its changes marked as a revision, and the list of them.

Scenes are paired first, then the paragraphs of a pair, then the words of a paragraph, so that a line that only turned
elsewhere carries no mark and a scene that moved is no scene that went and another that came.
"""

from __future__ import annotations

from converter.compare.changes import Change, SceneChange, changes_of, scene_changes
from converter.compare.locks import with_old_locks
from converter.compare.marks import Marker
from converter.compare.options import Options
from converter.compare.paragraphs import align
from converter.compare.revision import next_set, with_set
from converter.compare.units import units_of
from converter.normal import normal
from converter.records import dataclass, replace
from converter.transforms import number_scenes
from converter.tree import SceneHeading, Screenplay

__all__ = ["Change", "Comparison", "Options", "SceneChange", "compare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`screenplay`: the new draft with the set `revision`. Lists are in its order; what went stands where it was."""

    screenplay: Screenplay
    revision: int
    scenes: tuple[SceneChange, ...]
    changes: tuple[Change, ...]

    @property
    def is_equal(self) -> bool:
        return not self.scenes


def compare(old: Screenplay, new: Screenplay, options: Options = Options()) -> Comparison:
    """The new draft with what changed since the old one. Both may come from any format.

    Words, kinds and the order of paragraphs count; not notes, synopses, the title page, emphasis, and typography
    (curly or straight quotes, dots, dashes, blanks).
    """
    old, new = normal(old), normal(new)
    found = align(units_of(old), units_of(new))
    if options.lock_pages:
        new = with_old_locks(old, new, found)
        found = align(found.old, units_of(new))
    revision = next_set(old, new, options)
    marker = Marker(old, new, found, revision.id, lock_scenes=options.lock_scenes)
    body = marker.body()
    screenplay = normal(replace(new, body=body, revisions=with_set(old, new, revision)))
    if options.lock_scenes and any(scene.number for scene in found.old_scenes):
        screenplay = number_scenes(screenplay, options.scheme)
    return Comparison(
        screenplay=screenplay,
        revision=revision.id,
        scenes=tuple(scene_changes(found, marker.omitted, _own_numbers(screenplay, marker.is_own))),
        changes=tuple(changes_of(found)),
    )


def _own_numbers(screenplay: Screenplay, is_own: list[bool]) -> list[str | None]:
    """Those of the new draft's scenes, as they are now."""
    headings = [one for one in screenplay.body if isinstance(one, SceneHeading)]
    return [one.number for one, own in zip(headings, is_own, strict=True) if own]
