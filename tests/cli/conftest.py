"""Running the command: `matchcut` in this process, which is quick, `process` as a person's shell does."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from converter import cli

ROOT = Path(__file__).parent.parent.parent
TOY = ROOT / "tests" / "toy"


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The formats toy and toy-binary, as if installed."""
    monkeypatch.syspath_prepend(str(TOY))
    importlib.invalidate_caches()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def matchcut(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    before = signal.getsignal(signal.SIGTERM)

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["matchcut", *map(str, arguments)])
        capsys.readouterr()
        code = cli.main()
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    yield run
    signal.signal(signal.SIGTERM, before)


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{TOY}", **more}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "converter", *map(str, arguments)]


@pytest.fixture
def process() -> Command:
    def run(*arguments: str | Path, stdin: bytes = b"", **more: str) -> Ended:
        ended = subprocess.run(
            command(*arguments), input=stdin, capture_output=True, env=environment(**more), check=False, timeout=60
        )
        encoding = more.get("PYTHONIOENCODING", "utf-8")
        return Ended(ended.returncode, ended.stdout.decode(encoding), ended.stderr.decode(encoding))

    return run
