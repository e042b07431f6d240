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
from converter.contract import UsageError, ignore
from converter.formats import readable_suffixes
from converter.safe.files import make_folder, writing_lines

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
    with _executor(wanted, len(jobs), settings) as executor, _reporter(wanted.report) as tell:
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
def _reporter(path: str | None) -> Iterator[Callable[[str], None] | None]:
    if path is None:
        yield None
        return
    with writing_lines(path) as write:
        yield write


def _refuse_existing(targets: Sequence[str]) -> None:
    there = [target for target in targets if os.path.lexists(target)]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        message = f"there is a file of this name already{more}; --overwrite replaces them, --skip-existing keeps them"
        raise UsageError(message, path=there[0])


def _show_all(outcomes: Iterator[Outcome], total: int, view: View, tell: Callable[[str], None] | None) -> int:
    converted = failed = skipped = 0
    with progress_bar(total, view) as bar:
        for outcome in outcomes:
            if tell:
                tell(report_line(outcome))
            if bar:
                clear_line_of_bar()
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
