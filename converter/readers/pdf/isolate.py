"""Runs the reading of a PDF in a process of its own and takes its answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Timer
from typing import Any, NamedTuple

from converter import contract
from converter.contract import MORE_TIME, ConverterError, Hint, LimitError, Limits
from converter.readers.pdf.child import limits_as_json, processor_seconds

# Nothing from the environment, the working folder or the machine's own start-up code. The folders to import from are
# handed over, so that the child finds this very package, installed or not.
_FLAGS = ("-I", "-S", "-X", "utf8")
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from converter.readers.pdf.child import main; main()"
_ERRORS = ("FormatError", "EncryptedError", "NoTextError", "LimitError")
_BYTES_A_LETTER = 20  # of an answer: its letters are counted in the child, but who knows what became of the child
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 1 << 16)  # how a process ends that used up its time on the processor


def extract_elsewhere(data: bytes, limits: Limits) -> dict[str, Any]:
    """What child.answer gives. A child that dies or takes too long is a LimitError."""
    ended = _run(data, limits)
    if ended.is_late:
        raise LimitError(f"this PDF takes longer than {limits.max_seconds:g} seconds to read", hint=MORE_TIME)
    if ended.code == _OUT_OF_TIME:
        seconds = processor_seconds(limits)
        raise LimitError(f"to read this PDF takes the processor more than {seconds} seconds", hint=MORE_TIME)
    try:
        answer = json.loads(ended.answer) if ended.code == 0 else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise LimitError("the process that reads this PDF died, most likely for want of memory")
    return checked(answer)


class _Ended(NamedTuple):
    """How a child ended."""

    answer: bytes
    code: int
    is_late: bool


def _run(data: bytes, limits: Limits) -> _Ended:
    lateness: list[bool] = []

    def end_late() -> None:
        lateness.append(True)
        child.kill()

    try:
        child = _started(limits)
        timer = Timer(limits.seconds_left(), end_late)
        timer.daemon = True
        timer.start()
    except (OSError, RuntimeError) as error:
        message = f"no process could be started to read this PDF ({error}); isolate=no reads it without"
        raise LimitError(message) from error
    with child:
        try:
            answer = _exchanged(child, data, _BYTES_A_LETTER * limits.text_characters)
            code = child.wait()
        finally:
            timer.cancel()
            child.kill()
    return _Ended(answer, code, bool(lateness))


def _started(limits: Limits) -> subprocess.Popen[bytes]:
    package = package_folder()
    path = [package, *(folder for folder in sys.path if os.path.isabs(folder) and folder != package)]
    # The child's names of files are UTF-8, whatever they are here.
    folders = [os.fsencode(folder).decode("utf-8", "surrogateescape") for folder in path]
    own_group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {}
    return subprocess.Popen(
        [
            sys.executable,
            *_FLAGS,
            *(("-B",) if sys.dont_write_bytecode else ()),
            "-c",
            _START,
            json.dumps(folders),
            limits_as_json(limits),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _TO_START if name in os.environ},
        **own_group,
    )


# Without them some systems cannot start Python; the child forgets them at once.
_TO_START = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def _exchanged(child: subprocess.Popen[bytes], data: bytes, most: int) -> bytes:
    """The child reads all of its input before it answers."""
    assert child.stdin and child.stdout
    with suppress(OSError):  # it died; its end tells why
        child.stdin.write(data)
        child.stdin.close()
    pieces = []
    while piece := os.read(child.stdout.fileno(), 1 << 20):
        pieces.append(piece)
        most -= len(piece)
        if most < 0:
            raise LimitError("this PDF says more than can be taken in at a time; no option allows more")
    return b"".join(pieces)


def package_folder() -> str:
    """The folder that holds the package `converter`."""
    return os.path.dirname(os.path.dirname(os.path.abspath(contract.__file__)))


def checked(answer: dict[str, Any]) -> dict[str, Any]:
    name = answer.get("error")
    if name is not None:
        kind: type[ConverterError] = getattr(contract, name) if name in _ERRORS else contract.FormatError
        hint = answer.get("hint")
        raise kind(answer["message"], hint=hint and Hint(*map(str, hint)))
    return answer
