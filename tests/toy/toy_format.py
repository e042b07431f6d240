"""A format of somebody else's, found by its entry points: each line is an Action, some words do something.

A file that surely is one begins with the line TOY.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    EncryptedError,
    FormatError,
    Kind,
    Limits,
    NoTextError,
    Reader,
    Report,
    Sniff,
    Source,
    Writer,
    ignore,
    option,
)
from converter.normal import normal
from converter.safe.decode import decode
from converter.tree import Action, Position, Run, Screenplay, paragraphs, words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    encoding: str = option("", "how the file stores its letters")
    shout: bool = option(False, "read everything in capitals")


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    mark: Literal["none", "star"] = option("none", "what stands before each line")
    wide: int = option(0, "so many blanks before each line")


def read(
    source: Source, options: ReadOptions = ReadOptions(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    text = decode(source.data, report, limits, options.encoding or None)
    if options.shout:
        text = text.upper()
    for number, line in enumerate(text.splitlines(), start=1):
        _act(line, Position(line=number), report, limits)
    return normal(Screenplay(body=tuple(Action(text=(Run(text=line),)) for line in text.splitlines() if line)))


def _act(line: str, at: Position, report: Report, limits: Limits) -> None:
    match line:
        case "WARN":
            report(Diagnostic(Kind.WARNING, "toy.warned", "This line warns.", at))
        case "GUESS":
            report(Diagnostic(Kind.GUESS, "toy.guessed", "This line was guessed.", at))
        case "DAMAGED":
            raise FormatError("this is damaged", where=f"line {at.line}")
        case "LOCKED":
            raise EncryptedError("this needs a password")
        case "EMPTY":
            raise NoTextError("there is no text here")
        case "BUG":
            raise RuntimeError("the toy\nbroke")
        case "MEMORY":
            raise MemoryError
        case "DEEP":
            raise RecursionError
        case "DIE":
            os.kill(os.getpid(), signal.SIGKILL)
        case "MARK started":
            Path("started").touch()
        case "NAP":
            time.sleep(2)
        case "HANG":
            time.sleep(600)
        case "SLOW":
            _never_end(limits)


def _never_end(limits: Limits) -> None:
    deadline = limits.deadline()
    while True:
        deadline.check()
        time.sleep(0.01)


def write(
    screenplay: Screenplay,
    options: WriteOptions = WriteOptions(),
    report: Report = ignore,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    lines = [words(paragraph.text) for paragraph in paragraphs(screenplay.body)]
    if "SLOW WRITING" in lines:
        _never_end(limits)
    for _ in range(lines.count("LOSS")):
        report(Diagnostic(Kind.LOSS, "toy.lost", "Toys cannot hold this."))
    lines = [f"{'*' if options.mark == 'star' else ''}{' ' * options.wide}{line}" for line in lines]
    return "".join(line + "\n" for line in lines).encode()


def write_binary(
    screenplay: Screenplay,
    options: WriteOptions = WriteOptions(),
    report: Report = ignore,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    return b"\0\1\2" + write(screenplay, options, report, limits)


def sniff(data: bytes) -> Sniff:
    return Sniff.SURE if data.startswith(b"TOY\n") else Sniff.NO


READER = Reader("toy", (".toy",), ReadOptions, read, sniff)
WRITER = Writer("toy", (".toy",), WriteOptions, write)
BINARY_WRITER = Writer("toy-binary", (".toyb",), WriteOptions, write_binary)
