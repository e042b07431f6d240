"""Programs of the user's that a script passes through as JSON: `--filter`, as pandoc has it.

A program gets the tree on its standard input and the name of the target's format as its argument, and gives a tree back
on its standard output. It is trusted to run, but not to end, to be brief or to write what it should.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib import import_module

from converter.contract import (
    MORE_TIME,
    ConverterError,
    FormatError,
    LimitError,
    Limits,
    Report,
    Source,
    UsageError,
    ignore,
)
from converter.normal import known_normal
from converter.records import replace
from converter.safe.children import Ended, run_child
from converter.safe.clean import clean
from converter.tree import Screenplay

# What a file is run with that the system would not run by itself, as pandoc does.
_INTERPRETERS = {".py": sys.executable, ".js": "node", ".mjs": "node", ".rb": "ruby", ".pl": "perl", ".sh": "sh"}
_LONGEST_REASON = 200


def filtered(program: str, screenplay: Screenplay, target: str, report: Report, limits: Limits) -> Screenplay:
    """The screenplay that the program gives back. What it left as it was still knows the bytes it was read from.

    UsageError where the program cannot be started, LimitError where it takes or writes too much, FormatError where it
    fails or gives back no screenplay.
    """
    writer, reader = import_module("writers.json"), import_module("converter.readers.json")
    data = writer.write(screenplay, writer.Options(places=True), ignore, limits)
    ended = _run(program, target, data, limits)
    if ended.code:
        reason = f": {clean(ended.last_words, _LONGEST_REASON)}" if ended.last_words else ""
        raise FormatError(f"the filter {program} ended with {ended.code}{reason}")
    try:
        changed: Screenplay = reader.read(Source(program, ended.output), reader.Options(), report, limits)
    except LimitError:
        raise
    except ConverterError as error:
        raise FormatError(f"the filter {program} gave no screenplay back: {error.message}", where=error.where) from None
    return known_normal(replace(changed, origin=screenplay.origin))


def _run(program: str, target: str, data: bytes, limits: Limits) -> Ended:
    try:
        return run_child([*_command(program), target], data, limits.seconds_left(), limits.input_bytes)
    except TimeoutError:
        message = f"the filter {program} takes longer than {limits.max_seconds:g} seconds"
        raise LimitError(message, hint=MORE_TIME) from None
    except OverflowError:
        raise limits.passed("input_bytes", f"the filter {program} writes too much (bytes)") from None
    except OSError as error:
        raise UsageError(f"the filter {program} cannot be started: {error.strerror}") from None


def _command(program: str) -> list[str]:
    """A file that is there, run by the system or by what its name asks for; else a program on the path."""
    if os.path.isfile(program):
        interpreter = _INTERPRETERS.get(os.path.splitext(program)[1].lower())
        path = os.path.abspath(program)
        return [path] if interpreter is None or os.name == "posix" and os.access(path, os.X_OK) else [interpreter, path]
    found = shutil.which(program) if os.path.basename(program) == program else None
    if found is None:
        raise UsageError(f"there is no filter {program}: no file of that name here, and no program")
    return [found]
