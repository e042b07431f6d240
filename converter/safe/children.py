"""A program of somebody else's that is given bytes and gives bytes back, for so long and so much."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import suppress
from typing import IO, NamedTuple

_CHUNK = 65536
_LAST_WORDS = 4096  # of what it says on standard error


class Ended(NamedTuple):
    code: int  # below 0: the signal that ended it
    output: bytes
    last_words: str  # its last line on standard error


def run_child(command: list[str], data: bytes, seconds: float, most_bytes: int) -> Ended:
    """Raises TimeoutError and OverflowError, once the program and all that it started were ended; OSError."""
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # so that its own children end with it
    )
    assert child.stdin and child.stdout and child.stderr
    out, err = _Kept(child.stdout, most_bytes + 1), _Kept(child.stderr, _LAST_WORDS, goes_on=True)
    workers = [threading.Thread(target=_feed, args=(child.stdin, data), daemon=True)]
    workers += [threading.Thread(target=one.read, daemon=True) for one in (out, err)]
    try:
        for worker in workers:
            worker.start()
        workers[1].join(seconds)
        if workers[1].is_alive():
            raise TimeoutError
        if len(out.data) > most_bytes:
            raise OverflowError
        try:
            code = child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None
        workers[2].join(1)
    finally:
        _end(child)
        for worker in workers:
            worker.join(1)
    said = bytes(err.data).decode("utf-8", errors="replace").strip().splitlines()
    return Ended(code, bytes(out.data), said[-1] if said else "")


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with suppress(OSError):  # a program need not read all
        pipe.write(data)
    with suppress(OSError):
        pipe.close()


class _Kept:
    """The first bytes that come through a pipe, or the last where it goes on."""

    def __init__(self, pipe: IO[bytes], most: int, *, goes_on: bool = False):
        self._pipe, self._most, self._goes_on = pipe, most, goes_on
        self.data = bytearray()

    def read(self) -> None:
        while self._goes_on or len(self.data) < self._most:
            piece = os.read(self._pipe.fileno(), _CHUNK)
            if not piece:
                return
            self.data += piece
            if self._goes_on:
                del self.data[: -self._most]


def _end(child: subprocess.Popen[bytes]) -> None:
    """The program, and what it started and left running."""
    with suppress(OSError, AttributeError):
        os.killpg(child.pid, signal.SIGKILL)
    if child.poll() is None:
        child.kill()
    child.wait()
