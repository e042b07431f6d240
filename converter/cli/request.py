"""What a person asks for with the options of a command, and what that means for reading and writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

from converter.api import Settings
from converter.cli.house import NOTHING, House, house_for
from converter.cli.screen import View
from converter.contract import DEFAULT_LIMITS, Limits
from converter.options import from_words
from converter.records import dataclass, fields, replace
from converter.transforms import LEAVE_OUT, Transform, anonymous, number_scenes

if TYPE_CHECKING:
    from converter.compare.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The options of every command that reads a script."""

    read_as: str | None
    encoding: str | None
    language: str | None
    read_set: tuple[str, ...]
    diagnostics: str
    timeout: float | None
    limit: tuple[str, ...]
    debug: bool
    quiet: bool

    def settings(self) -> Settings:
        return Settings(read_as=self.read_as, read_options=self.reader_options(), limits=self.limits())

    def reader_options(self) -> dict[str, str]:
        return from_words(self.read_set) | _given(encoding=self.encoding, language=self.language)

    def limits(self) -> Limits:
        return _limits(self.timeout, self.limit)

    def view(self) -> View:
        return View(as_json=self.diagnostics == "json", debug=self.debug, quiet=self.quiet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion(Reading):
    """All that `convert` can be told."""

    paths: tuple[str, ...]
    write_as: str | None
    out_dir: str | None
    overwrite: bool
    drop: tuple[str, ...]
    filters: tuple[str, ...]
    number_scenes: bool
    paper: str | None
    scene_numbers: str | None
    pages: str | None
    scenes: str | None
    revised_pages: str | None
    font: str | None
    reference_docx: str | None
    write_set: tuple[str, ...]
    strict: Literal["loss", "guess"] | None
    jobs: int | None
    fail_fast: bool
    skip_existing: bool
    report: str | None
    dask: str | None
    shared_files: bool
    watermark_list: str | None
    watermark_pages: str
    anonymous: bool
    profile: str | None
    no_settings: bool

    def house(self) -> House:
        """Of the one script's folder; of many, the user's own file alone."""
        if self.no_settings or self.anonymous:  # a header may tell who wrote it
            return NOTHING
        return house_for(None if self.out_dir is not None else self.paths[0], self.profile)

    def settings(self, house: House = NOTHING) -> Settings:
        return Settings(
            house=tuple(house.values.items()),
            read_as=self.read_as,
            write_as=self.write_as,
            read_options=self.reader_options(),
            write_options=self.writer_options(),
            transforms=self.transforms(),
            filters=self.filters,
            strict=self.strict or False,
            limits=self.limits(),
            count_pages=self.report is not None,
            keep_font_index=self.dask is None,  # a worker elsewhere leaves nothing behind
        )

    def writer_options(self) -> dict[str, str]:
        return from_words(self.write_set) | _given(
            paper=self.paper,
            scene_numbers=self.scene_numbers,
            font=self.font,
            reference_docx=self.reference_docx,
            only_pages=self.pages,
            only_scenes=self.scenes,
            only_revised=None if self.revised_pages is None else "yes",
            revised_set=self.revised_pages or None,
        )

    def transforms(self) -> tuple[Transform, ...]:
        numbering = (number_scenes,) if self.number_scenes else ()
        hiding = (anonymous,) if self.anonymous else ()
        return (*hiding, *(LEAVE_OUT[what] for what in self.drop), *numbering)

    def needs_a_folder(self) -> bool:
        return bool(self.fail_fast or self.skip_existing or self.report or self.dask)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing(Reading):
    """The options of every command that writes a script changed."""

    write_as: str | None
    write_set: tuple[str, ...]

    def settings(self, transforms: tuple[Transform, ...] = ()) -> Settings:
        return Settings(
            read_as=self.read_as,
            write_as=self.write_as,
            read_options=self.reader_options(),
            write_options=from_words(self.write_set),
            transforms=transforms,
            limits=self.limits(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting(Reading):
    """All that `report` can be told."""

    scenes: str | None
    characters: str | None
    lines: bool
    each: bool
    form: str
    overwrite: bool

    def scene_numbers(self) -> tuple[str, ...]:
        return _parted(self.scenes)

    def names(self) -> tuple[str, ...]:
        return _parted(self.characters)

    def ending(self) -> str:
        return f".{self.form}"


def _parted(said: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in (said or "").split(","))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts(Editing):
    """All that `compare` can be told of its drafts and its result."""

    set_name: str | None
    color: str | None
    lock_scenes: bool
    lock_pages: bool
    scheme: Literal["prefix", "suffix"] | None
    mark: Literal["words", "lines"]
    ignore: str | None
    since: str | None

    def comparing(self) -> Options:
        from converter.compare.options import Options

        return Options(
            set_name=self.set_name or "",
            color=self.color or "",
            lock_scenes=self.lock_scenes,
            lock_pages=self.lock_pages,
            scheme=self.scheme,
            mark=self.mark,
            ignore=_parted(self.ignore),
            since=self.since or "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesWanted(Editing):
    """All that `sides` can be told."""

    scenes: str | None
    characters: str | None
    others: str
    highlight: bool
    two_up: bool
    line: str

    def names(self) -> tuple[str, ...]:
        return _parted(self.characters)


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


# ---------------------------------------------------------------- limits

_UNITS = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def _limits(timeout: float | None, words: Sequence[str]) -> Limits:
    names = [one.name for one in fields(Limits) if one.name not in ("max_seconds", "ends")]
    changes: dict[str, Any] = {}
    for name, value in from_words(words).items():
        if name not in names:
            known = ", ".join(one.replace("_", "-") for one in names)
            raise click.UsageError(f"there is no limit {name!r}; there are: {known}")
        changes[name] = _number(value)
    if timeout is not None:
        if not timeout > 0:
            raise click.UsageError("--timeout is a number of seconds above 0")
        changes["max_seconds"] = timeout
    return replace(DEFAULT_LIMITS, **changes)


def _number(value: str) -> int:
    """`200000`, `200k` or `50M`."""
    unit = _UNITS.get(value[-1:].lower())
    digits = value[:-1] if unit else value
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise click.UsageError(f"a limit is a whole number such as 200000, 200k or 50M, not {value!r}")
    return int(digits) * (unit or 1)
