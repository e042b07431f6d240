"""The commands, their options and their help, as click understands them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from converter import __version__
from converter.cli import INTERRUPTED, STREAM, View, convert_one, make_end_polite, output_for, say, script_from, show

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from converter.api import Settings
    from converter.batch import Job, Outcome
    from converter.contract import Limits

USAGE, SOME_FAILED = 2, 6
F = TypeVar("F", bound=Callable[..., Any])


def run() -> int:
    """Runs the command that was typed; errors of ours go on to the caller."""
    try:
        code = matchcut.main(standalone_mode=False)
    except click.ClickException as error:
        say(f"Error: {error.format_message()}{_hint(error)}")
        return error.exit_code
    except click.Abort:
        say("Error: interrupted")
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _hint(error: click.ClickException) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f" (see: {error.ctx.command_path} --help)"
    return ""


# ---------------------------------------------------------------- commands


class _Commands(click.Group):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Somebody who forgets `convert` is told so, and not that draft.fdx is no command."""
        if args and args[0] not in self.commands and ("." in args[0] or os.path.exists(args[0])):
            ctx.fail(f"say what to do with it: matchcut convert {args[0]} ...")
        return super().resolve_command(ctx, args)


class _Convert(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--strict` alone is `--strict=loss`; click would take the next word for its value."""
        end = args.index("--") if "--" in args else len(args)
        args = ["--strict=loss" if arg == "--strict" else arg for arg in args[:end]] + args[end:]
        return super().parse_args(ctx, args)


def _help_width() -> int:
    """As click would choose it; to ask through shutil, as click does, costs 4 ms."""
    columns = os.environ.get("COLUMNS", "")
    if not columns.isdecimal():
        try:
            columns = str(os.get_terminal_size().columns)
        except (OSError, ValueError, AttributeError):  # no terminal, or no standard output at all
            columns = "80"
    return max(50, min(int(columns[:4]), 100) - 2)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": _help_width()},
)
@click.version_option(__version__, prog_name="matchcut", message="%(prog)s %(version)s")
@click.pass_context
def matchcut(ctx: click.Context) -> None:
    """Convert screenplays from one format into another.

    \b
    matchcut convert draft.fountain draft.fdx      from Fountain to Final Draft
    matchcut convert draft.fdx --to fountain       beside the source: draft.fountain
    matchcut inspect draft.fdx                     pages, scenes, cast and notes
    matchcut formats                               what can be read and written

    Nothing is lost in silence: whatever the new format cannot hold, or the old one left unclear, is said in a line that
    begins "Warning:" and names the place in your script.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(USAGE)


def _reading(function: F) -> F:
    """The options of every command that reads a script."""
    options = (
        click.option(
            "--from", "read_as", metavar="FORMAT", help="The format of the script, if its name does not tell."
        ),
        click.option(
            "--encoding", metavar="NAME", help="How a text file stores its letters: utf-8, cp1252, mac-roman."
        ),
        click.option(
            "--read-set", metavar="KEY=VALUE", multiple=True, help="An option of the reader (see formats NAME)."
        ),
        click.option(
            "--diagnostics",
            type=click.Choice(["text", "json"]),
            default="text",
            help="How warnings are shown: one line for each kind, or all of them as JSON.",
        ),
        click.option("--timeout", metavar="SECONDS", type=float, help="Give up after so long (120)."),
        click.option("--limit", metavar="NAME=N", multiple=True, help="Raise one of the limits (docs/limits.md)."),
        click.option("--debug", is_flag=True, help="Show where in the program a bug happened."),
    )
    for option in reversed(options):
        function = option(function)
    return function


@matchcut.command(cls=_Convert)
@click.argument("paths", metavar="SOURCE... [TARGET]", nargs=-1, required=True)
@click.option("--to", "write_as", metavar="FORMAT", help="The format to write, if the target's name does not tell.")
@click.option("--out-dir", metavar="FOLDER", help="Convert every SOURCE into this folder; needs --to.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there, and do what looks like a slip.")
@click.option(
    "--drop",
    multiple=True,
    type=click.Choice(["notes", "boneyard", "sections", "synopses", "revisions"]),
    help="Leave these out of the result; can be given several times.",
)
@click.option("--number-scenes", is_flag=True, help="Give a number to every scene that has none.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="The paper of PDF, text and Word pages.")
@click.option(
    "--scene-numbers",
    type=click.Choice(["none", "left", "right", "both"]),
    help="Where the scene numbers that the script has are printed.",
)
@click.option("--pages", metavar="LIST", help="Print only these pages, with their numbers: 10-20,34A.")
@click.option("--scenes", metavar="LIST", help="Print only the pages with these scenes: A19,20-25.")
@click.option("--revised-pages", is_flag=True, help="Print only the pages that the newest revision touched.")
@click.option("--font", metavar="NAME", help="A font of this machine or a font file, for PDF.")
@click.option("--reference-docx", metavar="FILE", help="A Word document whose styles the result is to have.")
@click.option(
    "--set", "write_set", metavar="KEY=VALUE", multiple=True, help="An option of the writer (see formats NAME)."
)
@click.option(
    "--strict",
    metavar="[=guess]",
    type=click.Choice(["loss", "guess"]),
    help="Write nothing if there is a warning or a loss; with =guess, or a guess.",
)
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="With --out-dir, convert N at a time (all cores).")
@click.option("--fail-fast", is_flag=True, help="With --out-dir, stop at the first that fails.")
@click.option("--skip-existing", is_flag=True, help="With --out-dir, leave out what was converted since it changed.")
@click.option("--report", metavar="FILE", help="With --out-dir, tell what became of each script, as lines of JSON.")
@click.option("--dask", metavar="ADDRESS", help="With --out-dir, convert on the workers of this Dask scheduler.")
@click.option("--shared-files", is_flag=True, help="With --dask, let the workers open the files themselves.")
@_reading
def convert(
    paths: tuple[str, ...],
    write_as: str | None,
    out_dir: str | None,
    overwrite: bool,
    drop: tuple[str, ...],
    number_scenes: bool,
    paper: str | None,
    scene_numbers: str | None,
    pages: str | None,
    scenes: str | None,
    revised_pages: bool,
    font: str | None,
    reference_docx: str | None,
    write_set: tuple[str, ...],
    strict: str | None,
    jobs: int | None,
    fail_fast: bool,
    skip_existing: bool,
    report: str | None,
    dask: str | None,
    shared_files: bool,
    read_as: str | None,
    encoding: str | None,
    read_set: tuple[str, ...],
    diagnostics: str,
    timeout: float | None,
    limit: tuple[str, ...],
    debug: bool,
) -> int:
    """Convert a script, or many.

    \b
    matchcut convert draft.fountain draft.fdx
    matchcut convert draft.fdx --to fountain
    matchcut convert *.fdx --to fountain --out-dir fountain/
    matchcut convert archive/ --to pdf --out-dir pdf/ --skip-existing
    cat draft.fountain | matchcut convert - - --to fdx > draft.fdx

    The formats are known by the names and the contents of the files; --from and --to say otherwise. A TARGET that you
    name is replaced. A name that is made up for you (without TARGET, or in --out-dir) never replaces a file, unless you
    say --overwrite. If something goes wrong, files that were there stay as they were.
    """
    from converter.api import Settings
    from converter.transforms import LEAVE_OUT
    from converter.transforms import number_scenes as numbered

    make_end_polite()
    settings = Settings(
        read_as=read_as,
        write_as=write_as,
        read_options=_reader_options(read_set, encoding),
        write_options=_from_words(write_set)
        | _said(paper=paper, scene_numbers=scene_numbers, font=font, reference_docx=reference_docx)
        | _said(only_pages=pages, only_scenes=scenes, only_revised="yes" if revised_pages else None),
        transforms=(*(LEAVE_OUT[what] for what in drop), *([numbered] if number_scenes else [])),
        strict=cast(Any, strict or False),
        limits=_limits(timeout, limit),
    )
    view = View(as_json=diagnostics == "json", debug=debug)
    if out_dir is not None:
        how = _How(overwrite, fail_fast, skip_existing, report, jobs, dask, shared_files)
        return _convert_into(out_dir, paths, settings, view, how)
    if fail_fast or skip_existing or report or dask:
        raise click.UsageError("--fail-fast, --skip-existing, --report and --dask need --out-dir")
    source, target = _source_and_target(paths, settings)
    return convert_one(source, target, settings, view, named=len(paths) == 2, overwrite=overwrite)


@matchcut.command()
@click.argument("path", metavar="SOURCE")
@click.option("--doubts", is_flag=True, help="List what was guessed, the most doubtful first, instead.")
@_reading
def inspect(
    path: str,
    doubts: bool,
    read_as: str | None,
    encoding: str | None,
    read_set: tuple[str, ...],
    diagnostics: str,
    timeout: float | None,
    limit: tuple[str, ...],
    debug: bool,
) -> int:
    """Show what is in a script: pages, scenes, cast, notes."""
    from converter.api import Collector, read_source
    from converter.batch import Outcome
    from converter.contract import ConverterError, Kind
    from converter.overview import overview
    from converter.show import doubt_lines, overview_lines

    limits = _limits(timeout, limit).running()
    report = Collector(limits)
    error = None
    try:
        script = script_from(path, limits)
        screenplay, name = read_source(script, read_as, _reader_options(read_set, encoding), limits, report)
        show(doubt_lines(report.kept) if doubts else overview_lines(path, name, overview(screenplay, limits)))
    except ConverterError as caught:
        error = caught
    kept = tuple(one for one in report.kept if not doubts or one.kind is not Kind.GUESS)
    counts = dict(report.counts)
    outcome = Outcome(source=path, target="", result=None, error=error, diagnostics=kept, counts=counts)
    return View(as_json=diagnostics == "json", debug=debug).show(outcome)


@matchcut.command()
@click.argument("name", metavar="[NAME]", required=False)
def formats(name: str | None) -> None:
    """List the formats; with the NAME of one, its options."""
    from converter.api import Collector
    from converter.contract import DEFAULT_LIMITS, UnknownFormat
    from converter.formats import known_formats
    from converter.show import format_lines, table_lines, warning_lines

    report = Collector(DEFAULT_LIMITS)
    known = known_formats(report)
    for line in warning_lines("", report.kept, report.counts):
        say(line)
    if name is None:
        return show(table_lines(known))
    for one in known:
        if one.name == name:
            return show(format_lines(one))
    raise UnknownFormat(f"there is no format called {name!r}; there are: {', '.join(one.name for one in known)}")


# ---------------------------------------------------------------- what was asked for


def _reader_options(words: Sequence[str], encoding: str | None) -> dict[str, str]:
    return _from_words(words) | _said(encoding=encoding)


def _said(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def _from_words(words: Sequence[str]) -> dict[str, str]:
    from converter.options import from_words

    return from_words(words)


_UNITS = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def _limits(timeout: float | None, words: Sequence[str]) -> Limits:
    from converter.contract import DEFAULT_LIMITS, Limits
    from converter.records import fields, replace

    names = [one.name for one in fields(Limits) if one.name not in ("max_seconds", "ends")]
    changes: dict[str, Any] = {}
    for name, value in _from_words(words).items():
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


def _source_and_target(paths: Sequence[str], settings: Settings) -> tuple[str, str]:
    """The one script and where it goes: beside it, with the suffix of --to, if no target is named."""
    if len(paths) > 2:
        raise click.UsageError("several scripts need --out-dir, the folder for the results")
    if len(paths) == 2:
        return paths[0], paths[1]
    source = paths[0]
    if settings.write_as is None:
        raise click.UsageError("name a target, such as draft.fdx, or a format with --to")
    if source == STREAM:
        raise click.UsageError("standard input has no name to make one from; name a target, or - for standard output")
    return source, os.path.splitext(source)[0] + output_for(STREAM, settings).writer.suffixes[0]


# ---------------------------------------------------------------- many scripts


class _How(NamedTuple):
    """What was said of converting many."""

    overwrite: bool
    fail_fast: bool
    skip_existing: bool
    report: str | None
    jobs: int | None
    dask: str | None
    shared_files: bool


def _convert_into(folder: str, words: Sequence[str], settings: Settings, view: View, how: _How) -> int:
    from converter.batch import convert_many
    from converter.gather import jobs_into
    from converter.records import replace
    from converter.safe.files import make_folder

    if settings.write_as is None:
        raise click.UsageError("--out-dir needs a format with --to")
    if STREAM in words:
        raise click.UsageError("standard input has no name to make one from; --out-dir takes files")
    suffix = output_for(STREAM, settings).writer.suffixes[0]
    jobs = jobs_into(folder, words, suffix, _endings(settings))
    _refuse_reports(how.report, jobs)
    with _executor(how, len(jobs), settings) as executor, _reporter(how.report) as tell:
        outcomes = convert_many(
            jobs,
            replace(settings, count_pages=how.report is not None),
            executor=executor,
            fail_fast=how.fail_fast,
            skip_existing=how.skip_existing,
            same_files=not how.dask or how.shared_files,
        )
        if not how.overwrite and not how.skip_existing:
            _refuse_existing([job.target for job in jobs])
        make_folder(folder)
        return _show_all(outcomes, len(jobs), view, tell)


def _endings(settings: Settings) -> tuple[str, ...]:
    from converter.contract import ignore
    from converter.formats import readable_suffixes

    return readable_suffixes(settings.read_as, ignore)


def _refuse_existing(targets: Sequence[str]) -> None:
    from converter.contract import UsageError

    there = [target for target in targets if os.path.lexists(target)]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        message = f"there is a file of this name already{more}; --overwrite replaces them, --skip-existing keeps them"
        raise UsageError(message, path=there[0])


def _refuse_reports(report: str | None, jobs: Sequence[Job]) -> None:
    from converter.contract import UsageError

    place = report and os.path.realpath(report)
    if place and any(place in (os.path.realpath(job.source), os.path.realpath(job.target)) for job in jobs):
        raise UsageError("the report would replace a script or a result; give it another name", path=report)


@contextmanager
def _reporter(path: str | None) -> Iterator[Callable[[str], None] | None]:
    if path is None:
        yield None
        return
    from converter.safe.files import writing_lines

    with writing_lines(path) as write:
        yield write


def _show_all(outcomes: Iterator[Outcome], total: int, view: View, tell: Callable[[str], None] | None) -> int:
    from converter.show import report_line

    converted = failed = skipped = 0
    with _bar(total, view) as bar:
        for outcome in outcomes:
            if tell:
                tell(report_line(outcome))
            if bar:
                _say_above_bar()
            if outcome.is_skipped:
                skipped += 1
            elif view.show(outcome):
                failed += 1
            else:
                converted += 1
            if bar:
                bar.update(1)
    if not view.as_json:
        say(f"{converted} converted, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return SOME_FAILED if failed else 0


@contextmanager
def _bar(total: int, view: View) -> Iterator[Any]:
    """A bar at the foot of the terminal; None where nobody watches."""
    if view.as_json or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=total, show_pos=True, file=sys.stderr) as bar:
        yield bar


def _say_above_bar() -> None:
    click.echo("\r\x1b[K", nl=False, err=True)


@contextmanager
def _executor(how: _How, scripts: int, settings: Settings) -> Iterator[Executor | None]:
    if how.dask is not None:
        from converter.cluster import cluster

        with cluster(how.dask) as executor:
            yield executor
        return
    jobs = min(how.jobs or _cores(), scripts)
    if jobs <= 1:
        yield None
        return
    from converter.processes import Processes

    # The stages look at the time themselves; this is for code that hangs.
    with Processes(jobs, patience=1.5 * settings.limits.max_seconds + 10) as executor:
        yield executor


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
