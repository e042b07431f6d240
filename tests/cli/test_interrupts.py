"""Ctrl-C, the system's wish to end, a pipe that closes."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Command, command, environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")


def started(*arguments: str) -> "subprocess.Popen[bytes]":
    """The command, at work: its script says MARK started, which makes that file, and then SLOW, which never ends."""
    child = subprocess.Popen(
        command(*arguments),
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
        # A shell's background jobs, and so what they start, ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    end = time.monotonic() + 30
    while not Path("started").exists():
        assert time.monotonic() < end, "it never started"
        time.sleep(0.01)
    return child


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_9_interrupted(number: signal.Signals) -> None:
    Path("draft.toy").write_text("MARK started\nSLOW\n", encoding="utf-8")
    Path("copy.toyb").write_text("old")
    child = started("convert", "draft.toy", "copy.toyb")
    child.send_signal(number)
    _, err = child.communicate(timeout=30)
    assert child.returncode == 9
    assert err.strip() == b"Error: interrupted"
    assert Path("copy.toyb").read_text() == "old"
    assert sorted(os.listdir()) == ["copy.toyb", "draft.toy", "started"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_9_a_batch_is_interrupted(jobs: str) -> None:
    Path("a.toy").write_text("Rain.\n", encoding="utf-8")
    Path("b.toy").write_text("MARK started\nSLOW\n", encoding="utf-8")
    flags = ["--to", "toy-binary", "--out-dir", "results", "--jobs", jobs]
    child = started("convert", "a.toy", "b.toy", *flags)
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does
    _, err = child.communicate(timeout=30)
    assert child.returncode == 9
    assert re.fullmatch(rb"Error: interrupted: [01] of 2 done; go on with --skip-existing", err.strip())
    assert set(os.listdir("results")) <= {"a.toyb"}


def test_a_temporary_file_goes_when_the_writing_is_interrupted() -> None:
    script = """
import os, signal, sys
import converter.safe.files
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGTERM)
sys.argv = ["matchcut", "convert", "draft.toy", "copy.toyb"]
from converter.cli import main
sys.exit(main())
"""
    Path("draft.toy").write_text("Rain.\n", encoding="utf-8")
    ended = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, check=False)
    assert ended.returncode == 9
    assert os.listdir() == ["draft.toy"]


def test_1_a_reader_that_goes_away() -> None:
    Path("draft.toy").write_text("Rain.\n" * 100_000, encoding="utf-8")
    for arguments in (["convert", "draft.toy", "-", "--to", "toy"], ["convert", "--help"]):
        reader, writer = os.pipe()
        os.close(reader)
        ended = subprocess.run(
            command(*arguments), stdout=writer, stderr=subprocess.PIPE, env=environment(), check=False
        )
        os.close(writer)
        assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_batch_that_was_killed_goes_on_where_it_was(process: Command, jobs: str) -> None:
    for name in "abc":
        Path(f"{name}.toy").write_text("Rain.\n", encoding="utf-8")
    Path("d.toy").write_text("MARK started\nSLOW\n", encoding="utf-8")
    flags = ["--to", "toy-binary", "--out-dir", "results", "--jobs", jobs, "--skip-existing"]
    child = started("convert", "a.toy", "b.toy", "d.toy", "c.toy", *flags)
    wait_for("results/a.toyb", "results/b.toyb")
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate(timeout=30)
    Path("d.toy").write_text("Snow.\n", encoding="utf-8")
    Path("b.toy").write_text("Hail.\n", encoding="utf-8")
    os.utime("b.toy", (2_000_000_000, 2_000_000_000))
    ended = process("convert", "a.toy", "b.toy", "d.toy", "c.toy", *flags)
    assert ended.code == 0
    assert ended.err.splitlines()[-1] in {"3 converted, 0 failed, 1 skipped", "2 converted, 0 failed, 2 skipped"}
    assert Path("results/b.toyb").read_bytes() == b"\0\1\2Hail.\n"
    names = {name for name in os.listdir("results") if not name.startswith(".matchcut-")}
    assert names == {"a.toyb", "b.toyb", "c.toyb", "d.toyb"}


def wait_for(*paths: str) -> None:
    end = time.monotonic() + 30
    while not all(map(os.path.exists, paths)):
        assert time.monotonic() < end, paths
        time.sleep(0.01)


def test_a_worker_that_dies_takes_its_script_alone(process: Command) -> None:
    scripts = [f"{number}.toy" for number in range(12)]
    for number, name in enumerate(scripts):
        Path(name).write_text("DIE\n" if number in {0, 5, 6} else "Rain.\n", encoding="utf-8")
    ended = process("convert", *scripts, "--to", "toy-binary", "--out-dir", "results", "--jobs", "2")
    assert ended.code == 6
    message = "the process that converted it was ended by the system, perhaps for want of memory"
    errors = [f"Error: {n}.toy: {message}" for n in (0, 5, 6)]
    names = [f"Failed: {n}.toy" for n in (0, 5, 6)]  # again, for the errors may be far above
    assert ended.err.splitlines() == [*errors, *names, "9 converted, 3 failed"]
    assert len(os.listdir("results")) == 9
