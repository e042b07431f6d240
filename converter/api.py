"""Read, write, convert: what programs and the command line call.

An exception (always a ConverterError, but for bugs) means that there is no result and that no file has changed.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from converter.contract import (
    DEFAULT_LIMITS,
    ConverterError,
    Diagnostic,
    Kind,
    LimitError,
    Limits,
    Report,
    Source,
    StrictError,
    UsageError,
    Writer,
    ignore,
)
from converter.cuts import cut_words
from converter.fonts import KEEPS, keep_index
from converter.formats import find_reader, find_writer, reader_named, writer_named
from converter.options import options_from
from converter.records import dataclass, fields, replace
from converter.safe.clean import clean
from converter.safe.files import check_target, read_file, write_atomic
from converter.transforms import Transform
from converter.tree import Screenplay, is_empty

Path: TypeAlias = str | os.PathLike[str]
Options: TypeAlias = object  # the format's own Options object, or a mapping of its fields; None for the defaults
Strict: TypeAlias = Literal[False, "loss", "guess"]


# ---------------------------------------------------------------- results


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """`diagnostics` are the first of many and at least one of each code; `counts` says how many each code had."""

    screenplay: Screenplay
    format: str
    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteResult:
    """The whole file, and what it could not hold; see ReadResult for the rest.

    `cut_words`: how many words that were cut the file still carries, for whoever gets it to read.
    """

    data: bytes
    format: str
    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]
    cut_words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertResult:
    """What was done, without the script itself; `pages` where Settings asked for them; see WriteResult for the rest."""

    source: str
    target: str
    read_format: str
    write_format: str
    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]
    pages: int | None = None
    cut_words: int = 0


class Collector:
    """A report that keeps Limits.diagnostics of them whole and counts the rest: a hostile file can cause millions."""

    def __init__(self, limits: Limits):
        self.kept: list[Diagnostic] = []
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[Kind] = Counter()
        self._limits = limits

    def __call__(self, diagnostic: Diagnostic) -> None:
        if len(self.kept) < self._limits.diagnostics or not self.counts[diagnostic.code]:
            self.kept.append(replace(diagnostic, message=clean(diagnostic.message, self._limits.message_characters)))
        self.counts[diagnostic.code] += 1
        self.kinds[diagnostic.kind] += 1

    def refuse(self, strict: Strict) -> None:
        """Raises StrictError where there was what the caller does not accept."""
        kinds = {False: (), "loss": (Kind.WARNING, Kind.LOSS), "guess": tuple(Kind)}[strict]
        count = sum(self.kinds[kind] for kind in kinds)
        if count:
            raise StrictError(f"{count} {'warning' if count == 1 else 'warnings'}, so nothing was written")


# ---------------------------------------------------------------- reading and writing


def read(
    path: Path, *, format: str | None = None, options: Options = None, limits: Limits = DEFAULT_LIMITS
) -> ReadResult:
    """Read a script from a file. The format is the one that content and suffix show, unless named.

    `options`: an Options object of the format's reader, or a mapping of its fields, such as {"language": "de"};
    `matchcut formats NAME` lists them. What was odd in the file is in the result's `diagnostics`.

    Raises MissingError, which is a FileNotFoundError, or InputError, an OSError, where the file cannot be opened;
    FormatError where it is not what it should be, EncryptedError and NoTextError among them; UnknownFormat or
    UsageError for a format or an option that there is not; LimitError where one of the `limits` was passed. All are
    ConverterErrors.
    """
    return _read(Source(os.fspath(path), read_file(path, limits)), format, options, limits)


def read_bytes(
    data: bytes, *, name: str = "", format: str | None = None, options: Options = None, limits: Limits = DEFAULT_LIMITS
) -> ReadResult:
    """Read a script from bytes. The name is for messages and its suffix; nothing is opened.

    Options and errors are those of `read`, but for the ones of opening a file.
    """
    return _read(Source(name, data), format, options, limits)


def _read(source: Source, format: str | None, options: Options, limits: Limits) -> ReadResult:
    report = Collector(limits)
    screenplay, name = read_source(source, format, options, limits, report)
    return ReadResult(screenplay=screenplay, format=name, diagnostics=tuple(report.kept), counts=dict(report.counts))


def read_source(
    source: Source, format: str | None, options: Options, limits: Limits, report: Report
) -> tuple[Screenplay, str]:
    """The screenplay and the format that it was read as."""
    with _errors_of(source.name):
        if len(source.data) > limits.input_bytes:
            raise limits.passed("input_bytes", "this file is too large (bytes)")
        reader = reader_named(format, source.data, report) if format else find_reader(source, report)
        filled = options_from(reader.options, options, reader.name)
        screenplay = reader.read(source, filled, report, limits)
        if is_empty(screenplay):
            report(Diagnostic(Kind.WARNING, "format.empty-script", "No word of a script was found here; it is empty."))
        return screenplay, reader.name


def write(
    screenplay: Screenplay,
    path: Path,
    *,
    format: str | None = None,
    options: Options = None,
    limits: Limits = DEFAULT_LIMITS,
) -> WriteResult:
    """Write a script to a file, in the format of its suffix unless named. A file that is there is replaced.

    `options`: an Options object of the format's writer, or a mapping of its fields, such as {"paper": "a4"};
    `matchcut formats NAME` lists them. What the format cannot hold is in the result's `diagnostics`, as losses.

    Raises OutputError, an OSError, where the file cannot be written; UnknownFormat or UsageError for a format or an
    option that there is not, or options that contradict each other; LimitError. All are ConverterErrors, and the file
    that was there is as it was.
    """
    check_target(path)
    result = _write(screenplay, os.fspath(path), format, options, limits)
    write_atomic(path, result.data)
    return result


def write_bytes(
    screenplay: Screenplay, *, format: str, options: Options = None, limits: Limits = DEFAULT_LIMITS
) -> WriteResult:
    """Write a script to bytes. Options and errors are those of `write`, but for the ones of writing a file."""
    return _write(screenplay, "", format, options, limits)


def _write(screenplay: Screenplay, path: str, format: str | None, options: Options, limits: Limits) -> WriteResult:
    report = Collector(limits)
    output = chosen_output(path, format, options, report)
    with _errors_of(path):
        data = output.writer.write(screenplay, output.options, report, limits)
        carried = _cut_words(screenplay, output)
    return WriteResult(
        data=data,
        format=output.name,
        diagnostics=tuple(report.kept),
        counts=dict(report.counts),
        cut_words=carried,
    )


def _cut_words(screenplay: Screenplay, output: Output) -> int:
    """What is cut no page shows; other formats say by `fit` what they hold of it."""
    if output.writer.fit is None or not cut_words(screenplay):
        return 0
    return cut_words(output.writer.fit(screenplay, output.options, ignore))


@dataclass(frozen=True, slots=True)
class Output:
    """A writer and its options, made before anything is read, so that a wrong wish costs no time."""

    writer: Writer
    options: Any

    @property
    def name(self) -> str:
        return self.writer.name


def chosen_output(path: str, format: str | None, options: Options, report: Report) -> Output:
    with _errors_of(path):
        writer = writer_named(format, report) if format else find_writer(path, report)
        return Output(writer, options_from(writer.options, options, writer.name))


@contextmanager
def _errors_of(path: str) -> Iterator[None]:
    """Errors name the file; to run out of memory or stack is a limit too."""
    try:
        yield
    except ConverterError as error:
        error.path = error.path or path or None
        raise
    except MemoryError:
        raise LimitError("there is not enough memory for this script", path=path or None) from None
    except RecursionError:
        raise LimitError("this script is nested too deeply", path=path or None) from None


# ---------------------------------------------------------------- converting


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How conversions are to be done: the arguments of `convert`, for many scripts at a time.

    `transforms` are functions from Screenplay to Screenplay; to travel to another process they must be functions of a
    module. `filters` are programs that the tree goes through as JSON.
    `house` are options of writers and their values, used where neither `write_options` nor the script says how.
    To count the pages of the script costs as much as to lay them out. `keep_font_index`: an index of this machine's
    fonts that had to be made is kept in the user's cache folder.
    """

    read_as: str | None = None
    write_as: str | None = None
    read_options: Options = None
    write_options: Options = None
    transforms: tuple[Transform, ...] = ()
    filters: tuple[str, ...] = ()
    strict: Strict = False
    limits: Limits = DEFAULT_LIMITS
    count_pages: bool = False
    house: tuple[tuple[str, Any], ...] = ()
    keep_font_index: bool = False


def convert(
    source: Path,
    target: Path,
    *,
    read_as: str | None = None,
    write_as: str | None = None,
    read_options: Options = None,
    write_options: Options = None,
    transforms: Sequence[Transform] = (),
    filters: Sequence[str] = (),
    strict: Strict = False,
    limits: Limits = DEFAULT_LIMITS,
) -> ConvertResult:
    """Read `source` and write `target`, which is replaced at the last step.

    `read_options` and `write_options` are what `options` is to `read` and `write`. `transforms` are functions from
    Screenplay to Screenplay, called in their order, those of `converter.transforms` or your own; `filters` are
    programs, see docs/filters.md. With `strict` "loss" a WARNING or LOSS, with "guess" a GUESS too, is a StrictError
    and nothing is written.

    Raises what `read` and `write` raise, and StrictError; UsageError also where the target is the source.
    """
    settings = Settings(
        read_as=read_as,
        write_as=write_as,
        read_options=read_options,
        write_options=write_options,
        transforms=tuple(transforms),
        filters=tuple(filters),
        strict=strict,
        limits=limits,
    )
    return convert_file(os.fspath(source), os.fspath(target), settings, Collector(limits))


def convert_file(source: str, target: str, settings: Settings, report: Collector) -> ConvertResult:
    """As `convert`; what was reported is in `report` also when there is an error."""
    check_target(target, source)
    output = chosen_output(target, settings.write_as, settings.write_options, report)
    script = Source(source, read_file(source, settings.limits))
    converted = convert_source(script, output, settings, report)
    write_atomic(target, converted.data, source)
    return converted.result(source, target, report)


@dataclass(frozen=True, slots=True)
class Converted:
    """The bytes to write, and what is known of them."""

    data: bytes
    read_format: str
    write_format: str
    pages: int | None
    cut_words: int

    def result(self, source: str, target: str, report: Collector) -> ConvertResult:
        return ConvertResult(
            source=source,
            target=target,
            read_format=self.read_format,
            write_format=self.write_format,
            diagnostics=tuple(report.kept),
            counts=dict(report.counts),
            pages=self.pages,
            cut_words=self.cut_words,
        )


def convert_source(source: Source, output: Output, settings: Settings, report: Collector) -> Converted:
    limits = settings.limits.running()
    screenplay, read_format = read_source(source, settings.read_as, settings.read_options, limits, report)
    with _errors_of(source.name):
        for transform in settings.transforms:
            limits.deadline().check()
            screenplay = transform(screenplay)
        for program in settings.filters:
            screenplay = _filtered(program, screenplay, output.name, report, limits)
        if settings.house:
            output = _at_home(output, screenplay, settings, report)
        with keep_index(settings.keep_font_index or KEEPS.get()):
            data = output.writer.write(screenplay, output.options, report, limits)
        report.refuse(settings.strict)
        pages = _pages(screenplay, output, limits) if settings.count_pages else None
        carried = _cut_words(screenplay, output)
    return Converted(data, read_format, output.name, pages, carried)


# The part of a script's page setup that says what the option says.
_SAID_BY = {
    "paper": "paper",
    "header": "header",
    "footer": "footer",
    "more": "more",
    "more_text": "more",
    "contd": "more",
    "contd_text": "more",
    "scene_continued": "continued",
    "scene_continued_bottom": "continued",
    "scene_continued_top": "continued",
    "scene_numbers": "scene_numbers",
    "break_at_sentences": "break_at_sentences",
}


def _at_home(output: Output, screenplay: Screenplay, settings: Settings, report: Report) -> Output:
    """With the settings of the house that the writer has, where the script is silent and no option was given."""
    given = settings.write_options
    known = {one.name for one in fields(output.options)}
    options = output.options
    for name, value in settings.house:
        is_said = isinstance(given, Mapping) and name in given
        if name in known and not is_said and getattr(screenplay.page_setup, _SAID_BY.get(name, ""), None) is None:
            try:
                made = options_from(output.writer.options, {name: value}, output.name)
            except UsageError as error:
                message = f"A setting of the house was left out: {error.message}."
                report(Diagnostic(Kind.WARNING, "format.unusable-setting", message))
            else:
                options = replace(options, **{name: getattr(made, name)})
    return Output(output.writer, options)


def _filtered(program: str, screenplay: Screenplay, target: str, report: Report, limits: Limits) -> Screenplay:
    from converter.filters import filtered  # starting programs takes modules that few conversions need

    return filtered(program, screenplay, target, report, limits)


def _pages(screenplay: Screenplay, output: Output, limits: Limits) -> int | None:
    from converter.overview import page_count

    try:
        return page_count(screenplay, output.options, limits)
    except LimitError:  # more pages than anybody prints; the script itself was converted
        return None
