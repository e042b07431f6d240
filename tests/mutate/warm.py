"""Runs pytest again and again for `make mutate`, each time in a child that finds everything of others imported.

Each line of input is a run: its arguments and the seconds of processor time that it may take, as JSON. The answer is
its exit code, what it took and what it showed. Nothing of ours is imported before the child has forked: it reads the
code as it stands then.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import Any

import pytest

THEIRS = ("hypothesis.strategies", "hypothesis.internal.conjecture.engine", "lxml.etree", "fontTools.ttLib", "click")
MEMORY = 8 << 30  # bytes of addresses; a wrong change may ask for all there is
PATIENCE = 4  # times the processor time, for what is asleep or where the machine has much else to do


def main() -> None:
    for module in THEIRS:
        importlib.import_module(module)
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(_run(asked["arguments"], asked["seconds"])), flush=True)


def _run(arguments: Sequence[str], seconds: int) -> dict[str, Any]:
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if not child:
            _be_pytest(arguments, seconds, output.fileno())
        status, took = _ended(child, time.monotonic() + seconds * PATIENCE)
        output.seek(0)
        shown = output.read().decode("utf-8", "replace")
    return {"code": os.waitstatus_to_exitcode(status), "seconds": took, "shown": shown}


def _be_pytest(arguments: Sequence[str], seconds: int, output: int) -> None:
    code = 1
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, file in enumerate((nothing, output, output)):
            os.dup2(file, number)
        code = int(pytest.main([*arguments]))
    finally:
        sys.stdout.flush()
        os._exit(code)


def _ended(child: int, latest: float) -> tuple[int, float]:
    ended, status, usage = os.wait4(child, os.WNOHANG)
    while not ended and time.monotonic() < latest:
        time.sleep(0.02)
        ended, status, usage = os.wait4(child, os.WNOHANG)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # with all that its tests have started
    if not ended:
        _, status, usage = os.wait4(child, 0)
    return status, usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
