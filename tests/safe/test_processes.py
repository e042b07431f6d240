"""Processes that work for this one: what comes back, and what becomes of those that die, hang or are not wanted."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest

from converter.contract import FormatError
from converter.safe.processes import Processes


def test_results_come_back_from_other_processes() -> None:
    with Processes(2) as executor:
        numbers = {executor.submit(os.getpid).result() for _ in range(6)}
        assert executor.submit(divmod, 7, 2).result() == (3, 1)
        assert executor.submit(int, "11", base=2).result() == 3
    assert os.getpid() not in numbers
    assert 1 <= len(numbers) <= 2


def test_errors_come_back_with_their_facts() -> None:
    with Processes(1) as executor:
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 1, 0).result()
        error = FormatError("damaged", path="a.fdx", where="line 3")
        with pytest.raises(FormatError, match="damaged") as caught:
            executor.submit(_raise, error).result()
        assert (caught.value.path, caught.value.where) == ("a.fdx", "line 3")


def _raise(error: Exception) -> None:
    raise error


def test_an_error_or_a_result_that_cannot_travel_is_an_error_that_can() -> None:
    with Processes(1) as executor:
        with pytest.raises(RuntimeError, match="^Unpicklable: no way"):
            executor.submit(_raise_unpicklable).result()
        with pytest.raises(Exception, match="pickle"):
            executor.submit(_lambda).result()
        assert executor.submit(abs, -3).result() == 3


def _raise_unpicklable() -> None:
    class Unpicklable(Exception):
        pass

    raise Unpicklable("no way")


def _lambda() -> Any:
    return lambda: None


def test_a_process_that_dies_takes_only_its_own_work() -> None:
    with Processes(1) as executor:
        first = executor.submit(os.getpid).result()
        with pytest.raises(BrokenExecutor, match="the process died"):
            executor.submit(os._exit, 3).result()
        assert executor.submit(os.getpid).result() != first


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_a_process_that_no_longer_answers_is_ended_though_it_lives() -> None:
    with Processes(1) as executor:
        with pytest.raises(BrokenExecutor, match="the process died"):
            executor.submit(_fall_silent).result()
        assert executor._started[0]._child.returncode == -signal.SIGKILL


def _fall_silent() -> None:
    os.closerange(3, 64)  # its answers go to one of them
    time.sleep(1)


def test_a_process_that_hangs_is_ended() -> None:
    with Processes(1, patience=0.3) as executor:
        with pytest.raises(TimeoutError):
            executor.submit(time.sleep, 20).result()
        executor._patience = None
        assert executor.submit(abs, -3).result() == 3


def test_a_piece_of_work_that_is_done_in_time_is_no_longer_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    class Timer:
        daemon = False

        def __init__(self, seconds: float, call: object):
            seen.append(seconds)

        def start(self) -> None:
            seen.append("start")

        def cancel(self) -> None:
            seen.append("cancel")

    monkeypatch.setattr(threading, "Timer", Timer)
    with Processes(1, patience=7) as executor:
        assert executor.submit(abs, -3).result() == 3
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 1, 0).result()
    assert seen == [7, "start", "cancel"] * 2


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_processes_that_are_stopped_take_their_temporary_files_away(tmp_path: Path) -> None:
    with Processes(1) as executor:
        future = executor.submit(_wait_beside_a_file, tmp_path)
        while not any(tmp_path.glob("*/begun")):
            time.sleep(0.01)
        executor.stop()
        with pytest.raises(BrokenExecutor):
            future.result(timeout=30)
    assert list(tmp_path.iterdir()) == []


def _wait_beside_a_file(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as inside:
        (Path(inside) / "begun").touch()
        time.sleep(60)


def test_what_is_printed_there_does_not_come_between(capfd: pytest.CaptureFixture[str]) -> None:
    with Processes(1) as executor:
        assert executor.submit(print, "aside").result() is None
        assert executor.submit(abs, -3).result() == 3
    assert capfd.readouterr() == ("", "aside\n")


def test_large_results_come_whole() -> None:
    with Processes(1) as executor:
        assert executor.submit(bytes, 3_000_000).result() == bytes(3_000_000)


def test_an_error_outside_ends_the_processes(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Processes(1) as executor:
        future = executor.submit(_sleep_long, begun)
        waiting = executor.submit(abs, -3)
        while not begun.exists():
            time.sleep(0.01)
        raise KeyboardInterrupt
    with pytest.raises(BrokenExecutor):
        future.result(timeout=30)
    assert waiting.cancelled()
    assert time.monotonic() - start < 50


def _sleep_long(begun: Path) -> None:
    begun.touch()
    time.sleep(60)


def test_processes_end_with_the_executor() -> None:
    with Processes(2) as executor:
        numbers = [executor.submit(os.getpid).result() for _ in range(3)]
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
