"""What `lock`, `unlock`, `number`, `omit`, `restore` and `rename` do with a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from converter.contract import Limits, UsageError
from converter.transforms import Transform, number_scenes, without_page_locks, without_scene_numbers

if TYPE_CHECKING:
    from converter.tree import Screenplay

Scheme: TypeAlias = Literal["prefix", "suffix"] | None


class Edits:
    """Each gives the transforms that the command stands for."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self.lines: list[str] = []  # what was changed, for people

    def lock(self, *, pages: bool, scenes: bool, scheme: Scheme) -> tuple[Transform, ...]:
        from converter.production import lock_pages  # layout is loaded only where pages are counted

        numbered = self.number(anew=False, drop=False, scheme=scheme) if scenes else ()
        return (*numbered, lambda script: lock_pages(script, limits=self._limits)) if pages else numbered

    def unlock(self) -> tuple[Transform, ...]:
        return (without_page_locks,)

    def number(self, *, anew: bool, drop: bool, scheme: Scheme) -> tuple[Transform, ...]:
        dropped = (without_scene_numbers,) if anew or drop else ()
        return dropped if drop else (*dropped, lambda script: number_scenes(script, scheme))

    def omit(self, numbers: Sequence[str]) -> tuple[Transform, ...]:
        from converter.production import omit_scene

        return tuple(lambda script, number=number: omit_scene(script, number) for number in numbers)

    def call(self, names: Sequence[str], *, merge: bool) -> tuple[Transform, ...]:
        """Each OLD=NEW in turn; what they changed is in `lines` afterwards."""
        pairs = [_pair(one) for one in names]
        return tuple(lambda script, pair=pair: self._renamed(script, pair, merge) for pair in pairs)

    def _renamed(self, script: Screenplay, pair: tuple[str, str], merge: bool) -> Screenplay:
        from converter.cli.screen import renamed_lines
        from converter.rename import renamed

        found = renamed(script, *pair, merge=merge)
        self.lines += renamed_lines(*pair, found)
        return found.screenplay

    def restore(self, numbers: Sequence[str]) -> tuple[Transform, ...]:
        from converter.production import restore_scene

        return tuple(lambda script, number=number: restore_scene(script, number) for number in numbers)


def _pair(said: str) -> tuple[str, str]:
    old, sign, new = said.partition("=")
    if not sign:
        raise UsageError(f"a renaming is OLD=NEW, not {said!r}")
    return old, new
