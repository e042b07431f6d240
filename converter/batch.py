"""Many conversions, each on its own: one that fails stops no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.api import Collector, ConvertResult, Settings, convert_file
from converter.contract import ConverterError, Diagnostic, LimitError, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future  # 5 ms, for those who bring one

_DEFAULT = Settings()


@dataclass(frozen=True, slots=True)
class Job:
    """One script and where its result goes."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one conversion: a result or an error. `trace` is there for an error that is a bug of ours."""

    source: str
    target: str
    result: ConvertResult | None
    error: ConverterError | None
    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]
    trace: str | None = None


def jobs_into(folder: str, sources: Iterable[str], suffix: str) -> list[Job]:
    """Each source with a target in the folder, of its own name with another suffix."""
    return [Job(source, os.path.join(folder, target_name(source, suffix))) for source in sources]


def target_name(source: str, suffix: str) -> str:
    return os.path.splitext(os.path.basename(source))[0] + suffix


def convert_many(
    jobs: Sequence[Job], settings: Settings = _DEFAULT, *, executor: Executor | None = None, fail_fast: bool = False
) -> Iterator[Outcome]:
    """The outcomes in the order of the jobs, each as soon as it and those before it are done.

    UsageError at once, before anything is written, if two targets are one file or a target is a source. `fail_fast`
    ends after the first outcome with an error. The executor is the caller's, to choose and to shut down.
    """
    _refuse_clashes(jobs)
    return _in_turn(jobs, settings, fail_fast) if executor is None else _spread(jobs, settings, executor, fail_fast)


def _refuse_clashes(jobs: Sequence[Job]) -> None:
    sources = {_place(job.source): job for job in jobs}
    targets: dict[str, Job] = {}
    for job in jobs:
        place = _place(job.target)
        other = targets.setdefault(place, job)
        if other is not job:
            raise UsageError(f"both {other.source} and {job.source} would become this file", path=job.target)
        if place in sources:
            raise UsageError("this is a script that is to be read; write to another folder", path=job.target)


def _place(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _in_turn(jobs: Sequence[Job], settings: Settings, fail_fast: bool) -> Iterator[Outcome]:
    for job in jobs:
        outcome = convert_job(job, settings)
        yield outcome
        if fail_fast and outcome.error:
            return


def _spread(jobs: Sequence[Job], settings: Settings, executor: Executor, fail_fast: bool) -> Iterator[Outcome]:
    waiting = [(job, executor.submit(convert_job, job, settings)) for job in jobs]
    try:
        for job, future in waiting:
            outcome = _awaited(job, future)
            yield outcome
            if fail_fast and outcome.error:
                return
    finally:
        for _, future in waiting:
            future.cancel()


def _awaited(job: Job, future: Future[Outcome]) -> Outcome:
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor:
        message = "the process that converted it was ended by the system, perhaps for want of memory"
        error = LimitError(message, path=job.source)
        return Outcome(source=job.source, target=job.target, result=None, error=error, diagnostics=(), counts={})


def convert_job(job: Job, settings: Settings) -> Outcome:
    return outcome_of(job, settings, lambda report: convert_file(job.source, job.target, settings, report))


def outcome_of(job: Job, settings: Settings, work: Callable[[Collector], ConvertResult]) -> Outcome:
    """What became of the work: a bug of ours is an error too, so that it stops no other conversion."""
    report = Collector(settings.limits)
    result = error = trace = None
    try:
        result = work(report)
    except ConverterError as caught:
        error = caught
    except BrokenPipeError:
        raise
    except Exception as caught:
        from traceback import format_exc

        message = f"a bug in the converter, please report it: {type(caught).__name__}: {caught}"
        error = ConverterError(message, path=job.source)
        trace = format_exc()
    return Outcome(
        source=job.source,
        target=job.target,
        result=result,
        error=error,
        diagnostics=tuple(report.kept),
        counts=dict(report.counts),
        trace=trace,
    )
