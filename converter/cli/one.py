"""One script: `convert` without --out-dir, and `inspect`.

What a call does not use is imported inside the functions: the shortest ones are to start quickly.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.api import Collector, ConvertResult, Output, Settings
    from converter.batch import Outcome
    from converter.cli.screen import View
    from converter.contract import Limits, Source

STREAM = "-"


def convert_one(
    source: str, target: str, settings: Settings, view: View, *, named: bool = True, overwrite: bool = False
) -> int:
    """One script into one target; `named`: the person gave the target's name, and it may be replaced."""
    from converter.cli.screen import waiting_line

    make_end_polite()
    refuse_slips(source, target, settings, named=named, overwrite=overwrite)
    with waiting_line(source, view):
        outcome = _converted(source, target, settings)
    return view.show(outcome)


def make_end_polite() -> None:
    """The system's wish to end becomes an exception, so that temporary files go."""
    import signal

    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _converted(source: str, target: str, settings: Settings) -> Outcome:
    from converter.batch import Job, convert_job, outcome_of

    job = Job(source, target)
    if STREAM in (source, target):
        return outcome_of(job, settings, lambda report: _streamed(source, target, settings, report))
    return convert_job(job, settings)


def _streamed(source: str, target: str, settings: Settings, report: Collector) -> ConvertResult:
    """Standard input, standard output or both; what is written is whole, as with files."""
    from converter.api import chosen_output, convert_source
    from converter.contract import OutputError
    from converter.safe.files import write_atomic, write_stream

    path = "" if target == STREAM else target
    output = chosen_output(path, settings.write_as, settings.write_options, report)
    converted = convert_source(script_from(source, settings.limits), output, settings, report)
    if target == STREAM:
        _refuse_terminal(converted.data)
        if sys.stdout is None:
            raise OutputError("cannot be written: it is closed", path="standard output")
        write_stream(sys.stdout.buffer, converted.data, "standard output")
    else:
        write_atomic(target, converted.data)
    return converted.result(source, target, report)


def script_from(path: str, limits: Limits) -> Source:
    from converter.contract import InputError, Source
    from converter.safe.files import read_file, read_stream

    if path == STREAM:
        name = "standard input"
        if sys.stdin is None:
            raise InputError("cannot be read: it is closed", path=name)
        return Source(name, read_stream(sys.stdin.buffer, limits, name))
    return Source(path, read_file(path, limits))


def _refuse_terminal(data: bytes) -> None:
    from converter.cli.screen import is_for_eyes
    from converter.contract import UsageError

    if is_for_eyes() and not data.decode("utf-8", errors="replace").replace("\n", "").isprintable():
        raise UsageError("this is no text for a terminal; send it into a file with >, or name a target")


def output_for(target: str, settings: Settings) -> Output:
    from converter.api import chosen_output
    from converter.contract import ignore

    path = "" if target == STREAM else target
    return chosen_output(path, settings.write_as, settings.write_options, ignore)


def refuse_slips(source: str, target: str, settings: Settings, *, named: bool, overwrite: bool) -> None:
    """What would destroy a file, or is not what the person meant. All but the source itself goes with --overwrite."""
    from converter.contract import UsageError
    from converter.safe.files import check_target

    if target == STREAM:
        return
    check_target(target, None if source == STREAM else source)
    if overwrite:
        return
    if not named and os.path.lexists(target):
        raise UsageError("there is a file of this name already; --overwrite replaces it", path=target)
    _refuse_contradiction(target, settings)
    if source != STREAM and os.path.exists(target):
        _refuse_own_kind(source, target, settings)


def _refuse_contradiction(target: str, settings: Settings) -> None:
    from converter.contract import UsageError
    from converter.formats import row_of_suffix, suffix_of

    suffix = suffix_of(target)
    if settings.write_as and row_of_suffix(target) and suffix not in output_for(target, settings).writer.suffixes:
        message = (
            f"--to {settings.write_as} does not go with a name that ends in {suffix}; --overwrite does it all the same"
        )
        raise UsageError(message, path=target)


def _refuse_own_kind(source: str, target: str, settings: Settings) -> None:
    """`convert *.fdx` with two scripts must not eat the second."""
    from converter.contract import ConverterError, Source, UsageError, ignore
    from converter.formats import find_reader, row_of_suffix, surely
    from converter.safe.files import read_file

    ours, theirs = row_of_suffix(source), row_of_suffix(target)
    if ours and theirs and ours is not theirs:
        return  # their names tell them apart
    try:
        there = surely(read_file(target, settings.limits))
        read_as = settings.read_as or find_reader(Source(source, read_file(source, settings.limits)), ignore).name
    except ConverterError:
        return  # the conversion itself will say what is wrong with the source
    if there is not None and there.name == read_as:
        message = "there is a script of the source's own format here; --overwrite replaces it, --out-dir converts both"
        raise UsageError(message, path=target)


# ---------------------------------------------------------------- what is in it


def inspect_one(path: str, settings: Settings, view: View, *, doubts: bool, as_json: bool = False) -> int:
    """Shows what is in a script, or only what was guessed."""
    from converter.api import Collector, read_source
    from converter.batch import Outcome
    from converter.cli.screen import doubt_lines, overview_as_json, overview_lines, show
    from converter.contract import ConverterError, Kind
    from converter.overview import overview

    limits = settings.limits.running()
    report = Collector(limits)
    error = None
    try:
        script = script_from(path, limits)
        screenplay, name = read_source(script, settings.read_as, settings.read_options, limits, report)
        if doubts:
            show(doubt_lines(report.kept))
        else:
            seen = overview(screenplay, limits)
            show(overview_as_json(name, seen) if as_json else overview_lines(path, name, seen))
    except ConverterError as caught:
        error = caught
    kept = tuple(one for one in report.kept if not doubts or one.kind is not Kind.GUESS)
    counts = dict(report.counts)
    outcome = Outcome(source=path, target="", result=None, error=error, diagnostics=kept, counts=counts)
    return view.show(outcome)
