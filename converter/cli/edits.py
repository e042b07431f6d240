"""What `lock`, `unlock`, `number`, `omit` and `restore` do with a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from converter.contract import Limits
from converter.transforms import Transform, number_scenes, without_page_locks, without_scene_numbers

Scheme: TypeAlias = Literal["prefix", "suffix"] | None


class Edits:
    """Each gives the transforms that the command stands for."""

    def __init__(self, limits: Limits):
        self._limits = limits

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

    def restore(self, numbers: Sequence[str]) -> tuple[Transform, ...]:
        from converter.production import restore_scene

        return tuple(lambda script, number=number: restore_scene(script, number) for number in numbers)
