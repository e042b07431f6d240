"""Many scripts into a folder: `convert` with --out-dir."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from converter.batch import Job, Outcome, convert_many
from converter.cli.gather import jobs_into
from converter.cli.one import STREAM, make_end_polite, output_for
from converter.cli.screen import View, clear_line_of_bar, progress_bar, report_line, say
from converter.contract import DEFAULT_LIMITS, UsageError, ignore
from converter.formats import readable_suffixes
from converter.safe.files import make_folder, read_file, writing_lines

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from converter.api import Settings
    from converter.cli.request import Conversion

SOME_FAILED = 6


def convert_into(folder: str, wanted: Conversion, settings: Settings) -> int:
    make_end_polite()
    if settings.write_as is None:
        raise click.UsageError("--out-dir needs a format with --to")
    if STREAM in wanted.paths:
        raise click.UsageError("standard input has no name to make one from; --out-dir takes files")
    suffix = output_for(STREAM, settings).writer.suffixes[0]
    jobs = jobs_into(folder, wanted.paths, suffix, readable_suffixes(settings.read_as, ignore))
    _refuse_reports(wanted.report, jobs)
    with _executor(wanted, len(jobs), settings) as executor, _reporter(wanted.report, wanted.skip_existing) as tell:
        outcomes = convert_many(
            jobs,
            settings,
            executor=executor,
            fail_fast=wanted.fail_fast,
            skip_existing=wanted.skip_existing,
            same_files=not wanted.dask or wanted.shared_files,
        )
        if not wanted.overwrite and not wanted.skip_existing:
            _refuse_existing([job.target for job in jobs])
        make_folder(folder)
        return _show_all(outcomes, len(jobs), wanted.view(), tell)


def _refuse_reports(report: str | None, jobs: Sequence[Job]) -> None:
    place = report and os.path.realpath(report)
    if place and any(place in (os.path.realpath(job.source), os.path.realpath(job.target)) for job in jobs):
        raise UsageError("the report would replace a script or a result; give it another name", path=report)


@contextmanager
def _executor(wanted: Conversion, scripts: int, settings: Settings) -> Iterator[Executor | None]:
    if wanted.dask is not None:
        from converter.cluster import cluster

        with cluster(wanted.dask) as executor:
            yield executor
        return
    jobs = min(wanted.jobs or _cores(), scripts)
    if jobs <= 1:
        yield None
        return
    from converter.safe.processes import Processes

    # The stages look at the time themselves; this is for code that hangs.
    with Processes(jobs, patience=1.5 * settings.limits.max_seconds + 10) as executor:
        yield executor


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _reporter(path: str | None, go_on: bool) -> Iterator[Callable[[Outcome], None] | None]:
    """Writes a line for each outcome; a batch that goes on keeps the lines of its first run."""
    if path is None:
        yield None
        return
    told = _told(path) if go_on and os.path.isfile(path) else None
    with writing_lines(path, add=told is not None) as write:

        def tell(outcome: Outcome) -> None:
            if not (outcome.is_skipped and told and (outcome.source, outcome.target) in told):
                write(report_line(outcome))

        yield tell


def _told(report: str) -> set[tuple[object, object]]:
    """Source and target of each line that an earlier run wrote. UsageError if the file is something else."""
    from json import loads

    found: set[tuple[object, object]] = set()
    try:
        for line in read_file(report, DEFAULT_LIMITS).decode("utf-8").splitlines():
            entry = loads(line)
            found.add((str(entry["source"]), str(entry["target"])))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError("this file is no report to go on with; give another name", path=report) from None
    return found


def _refuse_existing(targets: Sequence[str]) -> None:
    there = [target for target in targets if os.path.lexists(target)]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        message = f"there is a file of this name already{more}; --overwrite replaces them, --skip-existing keeps them"
        raise UsageError(message, path=there[0])


def _show_all(outcomes: Iterator[Outcome], total: int, view: View, tell: Callable[[Outcome], None] | None) -> int:
    tally = _Tally()
    try:
        with progress_bar(total, view) as bar:
            for outcome in outcomes:
                if tell:
                    tell(outcome)
                if bar:
                    clear_line_of_bar()
                tally.add(outcome, view)
                if bar:
                    bar.update(1)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(tally.interrupted(total)) from None
    if not view.as_json and not view.quiet:
        for line in tally.lines():
            say(line)
    return SOME_FAILED if tally.failed else 0


_SCREENFUL = 10  # scripts; where there are more, errors have gone from the screen before the end
_MOST_NAMES = 20


class _Tally:
    """What became of the scripts so far."""

    def __init__(self) -> None:
        self.converted = self.skipped = 0
        self.failed: list[str] = []

    def add(self, outcome: Outcome, view: View) -> None:
        if outcome.is_skipped:
            self.skipped += 1
        elif view.show(outcome):
            self.failed.append(outcome.source)
        else:
            self.converted += 1

    def _done(self) -> int:
        return self.converted + self.skipped + len(self.failed)

    def lines(self) -> Iterator[str]:
        """The names of those that failed, where their errors are far above, and how many of each there are."""
        if self._done() > _SCREENFUL:
            yield from (f"Failed: {name}" for name in self.failed[:_MOST_NAMES])
            if len(self.failed) > _MOST_NAMES:
                yield f"Failed: {len(self.failed) - _MOST_NAMES:,} more; --report FILE lists all"
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        yield f"{self.converted} converted, {len(self.failed)} failed{skipped}"

    def interrupted(self, total: int) -> str:
        return f"interrupted: {self._done():,} of {total:,} done; go on with --skip-existing"
