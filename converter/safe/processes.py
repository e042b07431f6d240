"""Python processes that work for this one. A process that dies takes only its own piece of work with it."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Not multiprocessing: that runs the caller's script again, which fails without a __main__ guard.
_START = "import sys; sys.path[:] = sys.argv[1:]; from converter.safe.processes import serve; serve()"


class Processes(ThreadPoolExecutor):
    """An executor for `convert_many` on `count` processes, each with a thread here that waits for it.

    Where a process dies, its future alone raises BrokenExecutor (concurrent.futures' own pool fails all of them and
    takes no more), and the next piece of work gets a new process. One that works for more than `patience` seconds is
    ended and its future raises TimeoutError.
    """

    def __init__(self, count: int, *, patience: float | None = None):
        super().__init__(count)
        self._patience = patience
        self._own = threading.local()
        self._started: list[_Process] = []
        self._is_stopped = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return super().submit(self._elsewhere, fn, args, kwargs)

    def _elsewhere(self, function: Callable[..., T], args: Any, kwargs: Any) -> T:
        process: _Process | None = getattr(self._own, "process", None)
        if process is None or process.has_ended():
            if self._is_stopped:
                raise BrokenExecutor("the executor was stopped")
            process = self._own.process = _Process()
            self._started.append(process)
        result: T = process.call((function, args, kwargs), self._patience)
        return result

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is not None:
            self.stop()
        self.shutdown()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait, cancel_futures=cancel_futures)
        for process in self._started if wait else ():
            process.close()

    def stop(self) -> None:
        """End the processes, which first take their temporary files away; nothing more is begun."""
        self._is_stopped = True
        super().shutdown(wait=False, cancel_futures=True)
        for process in self._started:
            process.terminate()


class _Process:
    def __init__(self) -> None:
        folders = [os.path.abspath(folder) for folder in sys.path]
        self._child = subprocess.Popen(
            [sys.executable, "-c", _START, *folders], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._is_late = False

    def has_ended(self) -> bool:
        return self._child.poll() is not None

    def call(self, work: object, patience: float | None) -> Any:
        data = pickle.dumps(work)
        timer = threading.Timer(patience, self._end_late) if patience is not None else None
        if timer:
            timer.daemon = True
            timer.start()
        try:
            is_result, value = self._answer(data)
        finally:
            if timer:
                timer.cancel()
        if is_result:
            return value
        raise value

    def _end_late(self) -> None:
        self._is_late = True
        self._child.kill()

    def _answer(self, data: bytes) -> tuple[bool, Any]:
        assert self._child.stdin and self._child.stdout
        try:
            _send(self._child.stdin, data)
            answer: tuple[bool, Any] = pickle.loads(_received(self._child.stdout))
        except (OSError, EOFError):
            self._child.kill()
            self.close()
            raise TimeoutError if self._is_late else BrokenExecutor("the process died") from None
        return answer

    def terminate(self) -> None:
        self._child.terminate()

    def close(self) -> None:
        """A process that reads the end of its input ends."""
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(OSError):
                assert pipe
                pipe.close()
        self._child.wait()


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes:
    size = int.from_bytes(_exactly(pipe, 8), "big")
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


# ---------------------------------------------------------------- in the process


def serve() -> None:
    """Take a function and its arguments, give back what it returns or raises, until there is no more."""
    # Ctrl-C reaches every process of a terminal; it is the first one that decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # an exception, so that temporary files go
    gc.set_threshold(200_000, 50, 50)  # as the command does: trees hold no cycles
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what somebody's format prints must not come between
    try:
        while True:
            _send(answers, _worked(_received(sys.stdin.buffer)))
    except (EOFError, OSError, KeyboardInterrupt):
        os._exit(0)


def _worked(data: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(data)
        return pickle.dumps((True, function(*args, **kwargs)))
    except Exception as error:
        return _as_bytes(error)


def _as_bytes(error: Exception) -> bytes:
    try:
        return pickle.dumps((False, error))
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
