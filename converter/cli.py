"""The matchcut command: the only code that prints or exits.

`convert SOURCE TARGET` alone, the commonest call, is understood here; whatever has an option goes to click in
`converter.commands`, for to load that takes as long as to convert a short script. What a call does not use is imported
inside the functions, for the same reason.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NoReturn

from converter.records import dataclass

if TYPE_CHECKING:
    from converter.api import Collector, ConvertResult, Output, Settings
    from converter.batch import Outcome
    from converter.contract import Limits, Source

BUG, OUTPUT, INTERRUPTED = 1, 5, 9
STREAM = "-"
_LONGEST_LINE = 2000


def command() -> NoReturn:
    """What `matchcut` is: runs `main` and ends the process at once.

    Python would first take apart every node and module, which costs a tenth of a small conversion. Nothing waits for
    that: files are whole and renamed, temporary ones gone, workers joined, before `main` returns.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads any more
            if stream is not None:
                stream.flush()
    os._exit(code)


def main() -> int:
    """Runs the command line and returns its exit code (docs/cli.md)."""
    _collect_garbage_rarely()
    _make_output_forgiving()
    try:
        code = _run(sys.argv[1:])
        if sys.stdout is not None:  # a program without a console has none
            sys.stdout.flush()
    except KeyboardInterrupt:
        say("Error: interrupted")
        return INTERRUPTED
    except OSError as error:
        say(f"Error: this cannot be shown: {error.strerror}")
        return OUTPUT
    except Exception as error:
        return _failed(error)
    return code


def _run(words: list[str]) -> int:
    if len(words) == 3 and words[0] == "convert" and not any(word.startswith("-") for word in words):
        from converter.api import Settings

        make_end_polite()
        return convert_one(words[1], words[2], Settings(), View(as_json=False, debug=False))
    from converter.commands import run

    return run()


def _failed(error: Exception) -> int:
    from converter.contract import ConverterError
    from converter.show import error_line

    if isinstance(error, ConverterError):
        say(error_line(error))
        return error.code
    if "--debug" in sys.argv:
        raise error
    say(f"Error: a bug in the converter, please report it: {type(error).__name__}: {error}")
    return BUG


def _make_output_forgiving() -> None:
    """A terminal that lacks a letter shows its number instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def make_end_polite() -> None:
    """The system's wish to end becomes an exception, so that temporary files go."""
    import signal

    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _collect_garbage_rarely() -> None:
    """Trees hold no cycles, and looking for them costs a tenth of a conversion."""
    import gc

    gc.set_threshold(1_000_000, 50, 50)


# ---------------------------------------------------------------- one script


def convert_one(
    source: str, target: str, settings: Settings, view: View, *, named: bool = True, overwrite: bool = False
) -> int:
    """One script into one target; `named`: the person gave the target's name, and it may be replaced."""
    _refuse_slips(source, target, settings, named=named, overwrite=overwrite)
    return view.show(_converted(source, target, settings))


def _converted(source: str, target: str, settings: Settings) -> Outcome:
    from converter.batch import Job, convert_job, outcome_of

    job = Job(source, target)
    if STREAM in (source, target):
        return outcome_of(job, settings, lambda report: _streamed(source, target, settings, report))
    return convert_job(job, settings)


def _streamed(source: str, target: str, settings: Settings, report: Collector) -> ConvertResult:
    """Standard input, standard output or both; what is written is whole, as with files."""
    from converter.api import chosen_output, convert_source
    from converter.safe.files import write_atomic, write_stream

    path = "" if target == STREAM else target
    output = chosen_output(path, settings.write_as, settings.write_options, report)
    converted = convert_source(script_from(source, settings.limits), output, settings, report)
    if target == STREAM:
        _refuse_terminal(converted.data)
        write_stream(sys.stdout.buffer, converted.data, "standard output")
    else:
        write_atomic(target, converted.data)
    return converted.result(source, target, report)


def script_from(path: str, limits: Limits) -> Source:
    from converter.contract import Source
    from converter.safe.files import read_file, read_stream

    if path == STREAM:
        name = "standard input"
        return Source(name, read_stream(sys.stdin.buffer, limits, name))
    return Source(path, read_file(path, limits))


def _refuse_terminal(data: bytes) -> None:
    from converter.contract import UsageError

    if sys.stdout.isatty() and not data.decode("utf-8", errors="replace").replace("\n", "").isprintable():
        raise UsageError("this is no text for a terminal; send it into a file with >, or name a target")


def output_for(target: str, settings: Settings) -> Output:
    from converter.api import chosen_output
    from converter.contract import ignore

    path = "" if target == STREAM else target
    return chosen_output(path, settings.write_as, settings.write_options, ignore)


def _refuse_slips(source: str, target: str, settings: Settings, *, named: bool, overwrite: bool) -> None:
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


# ---------------------------------------------------------------- what is shown


@dataclass(frozen=True, slots=True)
class View:
    """How warnings and errors are printed."""

    as_json: bool
    debug: bool

    def show(self, outcome: Outcome) -> int:
        """Prints what was reported, all but the result; returns the outcome's exit code."""
        from converter.show import as_json, error_line, warning_lines

        if self.as_json:
            _put(sys.stderr, as_json(outcome))
        else:
            for line in warning_lines(outcome.source, outcome.diagnostics, outcome.counts):
                say(line)
            if outcome.error:
                say(error_line(outcome.error))
        if self.debug and outcome.trace:
            _put(sys.stderr, outcome.trace)
        return outcome.error.code if outcome.error else 0


def say(line: str) -> None:
    """A line for the person, beside the result."""
    from converter.safe.clean import clean

    _put(sys.stderr, clean(line, _LONGEST_LINE))


def show(lines: Iterable[str]) -> None:
    """Lines that are the result."""
    from converter.safe.clean import clean

    for line in lines:
        _put(sys.stdout, clean(line, _LONGEST_LINE))


def _put(stream: IO[str] | None, text: str) -> None:
    if stream is not None:
        stream.write(text + "\n")
        stream.flush()
