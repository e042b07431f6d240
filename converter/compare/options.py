"""What a person can ask of a comparison."""

from __future__ import annotations

from typing import Literal

from converter.contract import UsageError, option
from converter.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    set_name: str = option("", "The name of the new revision set; else the next colour.")
    color: str = option("", "The colour of its marks: a name or #RRGGBB.")
    lock_scenes: bool = option(False, "Keep the old draft's scene numbers, and give new scenes numbers between them.")
    lock_pages: bool = option(False, "Keep the old draft's locked pages; converter.production.lock_pages makes them.")
    mark: Literal["words", "lines"] = option("words", "Mark the words that changed, or each typed line that has one.")
    ignore: tuple[str, ...] = option(
        (), "What does not count: case in comparing; notes and typography, which are reported beside the words."
    )
    since: str = option("", "Also show the marks of older sets after this one, and take away those up to it.")
    scheme: Literal["prefix", "suffix"] | None = option(
        None, "Where new numbers have their letters: A12 before 12, or 11A after 11; else as the drafts have them."
    )


IGNORED = ("notes", "case", "typography")


def check_ignored(names: tuple[str, ...]) -> None:
    for name in names:
        if name not in IGNORED:
            raise UsageError(f"{name!r} is nothing that a comparison can ignore; there are: {', '.join(IGNORED)}")
