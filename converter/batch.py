"""Many conversions, each on its own: one that fails stops no other."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from converter.api import Collector, ConvertResult, Settings, chosen_output, convert_file, convert_source
from converter.contract import MORE_TIME, ConverterError, Diagnostic, LimitError, Source, UsageError
from converter.records import dataclass
from converter.safe.files import check_target, make_folder, read_file, write_atomic

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
    """What became of one conversion: a result, an error, or neither if it was skipped for a result that is there.

    `seconds` are those on the clock of whoever converted it. `trace` is there for an error that is a bug of ours.
    """

    source: str
    target: str
    result: ConvertResult | None
    error: ConverterError | None
    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]
    seconds: float = 0.0
    trace: str | None = None

    @property
    def is_skipped(self) -> bool:
        return self.result is None and self.error is None


def convert_many(
    jobs: Sequence[Job],
    settings: Settings = _DEFAULT,
    *,
    executor: Executor | None = None,
    fail_fast: bool = False,
    skip_existing: bool = False,
    same_files: bool = True,
    ahead: int = 64,
) -> Iterator[Outcome]:
    """The outcomes in the order of the jobs, each as soon as it and those before it are done.

    UsageError at once, before anything is written, if two targets are one file or a target is a source. Folders of
    targets are made. `fail_fast` ends after the first outcome with an error. `skip_existing` leaves a job alone whose
    target is there and not older than its source.

    The executor is the caller's, to choose and to shut down; it has at most `ahead` jobs at a time, so memory does not
    grow with their number. Without `same_files` its workers get and give bytes, and only this process opens files.
    """
    _refuse_clashes(jobs)
    wanted = ((job, skip_existing and _is_made(job)) for job in jobs)
    if executor is None:
        return _until_failure(_in_turn(wanted, settings), fail_fast)
    return _until_failure(_spread(wanted, settings, executor, same_files, ahead), fail_fast)


def _refuse_clashes(jobs: Sequence[Job]) -> None:
    sources = {_place(job.source) for job in jobs}
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


def _is_made(job: Job) -> bool:
    """Targets are whole or absent, so one that is there is done, unless its script has changed since."""
    try:
        return os.stat(job.target).st_mtime_ns >= os.stat(job.source).st_mtime_ns
    except (OSError, ValueError):
        return False


def _until_failure(outcomes: Iterator[Outcome], fail_fast: bool) -> Iterator[Outcome]:
    for outcome in outcomes:
        yield outcome
        if fail_fast and outcome.error:
            return


# ---------------------------------------------------------------- one at a time


def _in_turn(jobs: Iterator[tuple[Job, bool]], settings: Settings) -> Iterator[Outcome]:
    for job, is_made in jobs:
        yield _skipped(job) if is_made else _refusal(job) or convert_job(job, settings)


def _skipped(job: Job) -> Outcome:
    return Outcome(source=job.source, target=job.target, result=None, error=None, diagnostics=(), counts={})


def _refusal(job: Job) -> Outcome | None:
    """Makes the target's folder; what became of the job where that cannot be."""
    try:
        make_folder(os.path.dirname(job.target) or os.curdir)
    except ConverterError as error:
        return _failed(job, error)
    return None


def _failed(job: Job, error: ConverterError) -> Outcome:
    return Outcome(source=job.source, target=job.target, result=None, error=error, diagnostics=(), counts={})


def convert_job(job: Job, settings: Settings) -> Outcome:
    return outcome_of(job, settings, lambda report: convert_file(job.source, job.target, settings, report))


def outcome_of(job: Job, settings: Settings, work: Callable[[Collector], ConvertResult]) -> Outcome:
    """What became of the work: a bug of ours is an error too, so that it stops no other conversion."""
    report = Collector(settings.limits)
    result = error = trace = None
    start = time.monotonic()
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
        seconds=time.monotonic() - start,
        trace=trace,
    )


# ---------------------------------------------------------------- on an executor


def _spread(
    jobs: Iterator[tuple[Job, bool]], settings: Settings, executor: Executor, same_files: bool, ahead: int
) -> Iterator[Outcome]:
    start = _start_with_paths if same_files else _start_with_bytes
    waiting: deque[tuple[Job, Future[_Answer] | Outcome]] = deque()
    try:
        for job, is_made in jobs:
            waiting.append((job, _skipped(job) if is_made else _refusal(job) or start(job, settings, executor)))
            while waiting and (len(waiting) >= ahead or _is_over(waiting[0][1])):
                yield _ended(*waiting.popleft())
        while waiting:
            yield _ended(*waiting.popleft())
    finally:
        for _, future in waiting:
            if not isinstance(future, Outcome):
                future.cancel()


def _is_over(started: Future[_Answer] | Outcome) -> bool:
    return isinstance(started, Outcome) or started.done()


class _Answer(NamedTuple):
    """What a worker gives: an outcome, and the bytes of the result if they are not in their file yet."""

    outcome: Outcome
    data: bytes | None


def _start_with_paths(job: Job, settings: Settings, executor: Executor) -> Future[_Answer] | Outcome:
    return _started(job, lambda: executor.submit(_with_paths, job, settings))


def _with_paths(job: Job, settings: Settings) -> _Answer:
    return _Answer(convert_job(job, settings), None)


def _start_with_bytes(job: Job, settings: Settings, executor: Executor) -> Future[_Answer] | Outcome:
    try:
        check_target(job.target, job.source)
        data = read_file(job.source, settings.limits)
    except ConverterError as error:
        return _failed(job, error)
    return _started(job, lambda: executor.submit(_with_bytes, job, data, settings))


def _with_bytes(job: Job, data: bytes, settings: Settings) -> _Answer:
    made = []

    def work(report: Collector) -> ConvertResult:
        output = chosen_output(job.target, settings.write_as, settings.write_options, report)
        converted = convert_source(Source(job.source, data), output, settings, report)
        made.append(converted.data)
        return converted.result(job.source, job.target, report)

    return _Answer(outcome_of(job, settings, work), made[0] if made else None)


def _started(job: Job, submit: Callable[[], Future[_Answer]]) -> Future[_Answer] | Outcome:
    """The work on its way; an executor that takes none any more, for one of its processes died, fails the job."""
    try:
        return submit()
    except Exception as error:
        return _failed(job, _lost(job, error))


def _ended(job: Job, started: Future[_Answer] | Outcome) -> Outcome:
    if isinstance(started, Outcome):
        return started
    try:
        outcome, data = started.result()
    except ConverterError as error:
        error.path = error.path or job.source
        return _failed(job, error)
    except Exception as error:
        return _failed(job, _lost(job, error))
    if data is None:
        return outcome
    try:
        write_atomic(job.target, data, job.source)
    except ConverterError as error:
        return _failed(job, error)
    return outcome


def _lost(job: Job, error: Exception) -> LimitError:
    """Work that did not come back: each executor has errors of its own for that."""
    from concurrent.futures import BrokenExecutor

    if isinstance(error, BrokenExecutor):
        message = "the process that converted it was ended by the system, perhaps for want of memory"
    elif isinstance(error, TimeoutError):
        return LimitError("this takes far too long", path=job.source, hint=MORE_TIME)
    else:
        message = f"the process that converted it gave nothing back ({type(error).__name__}: {error})"
    return LimitError(message, path=job.source)
