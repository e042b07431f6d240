"""CPU seconds and peak memory of commands, taken in turn so that a busy machine hurts both sides alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds (user and system, the median) and peak resident megabytes (the largest) of one command."""

    seconds: float
    megabytes: float


def costs(commands: Sequence[Sequence[str]], rounds: int = 9) -> list[Cost]:
    """The cost of each command over `rounds` runs, one of each in turn. Raises RuntimeError if a command fails."""
    for command in commands:
        run(command)  # once for nothing: whoever was installed last has no bytecode yet
    seconds: list[list[float]] = [[] for _ in commands]
    memory = [0.0] * len(commands)
    for _ in range(rounds):
        for place, command in enumerate(commands):
            spent, peak = run(command)
            seconds[place].append(spent)
            memory[place] = max(memory[place], peak)
    return [Cost(statistics.median(taken), peak) for taken, peak in zip(seconds, memory, strict=True)]


def run(command: Sequence[str]) -> tuple[float, float]:
    """CPU seconds and peak megabytes of one run. Started from a small process: a fork keeps its parent's peak."""
    with tempfile.TemporaryFile() as errors:
        reader, writer = os.pipe()
        starter = [sys.executable, "-S", str(Path(__file__).with_name("child.py")), str(writer), *command]
        # As on anybody's machine: bytecode is kept from one run to the next.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        child = subprocess.run(
            starter, stdout=subprocess.DEVNULL, stderr=errors, pass_fds=[writer], check=False, env=environment
        )
        os.close(writer)
        with os.fdopen(reader) as report:
            line = report.read()
        if child.returncode or not line:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed: {errors.read()[-2000:].decode(errors='replace')}")
    spent, peak = line.split()
    return float(spent), float(peak) / 1024


def in_process(module: str, alternatives: Sequence[Sequence[str]], rounds: int = 9) -> list[float]:
    """The median of the seconds that `python -m module ARGUMENTS` prints for each of the arguments, run in turn."""
    taken: list[list[float]] = [[] for _ in alternatives]
    for _ in range(rounds):
        for place, arguments in enumerate(alternatives):
            command = [sys.executable, "-m", module, *arguments]
            taken[place].append(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return [statistics.median(one) for one in taken]
