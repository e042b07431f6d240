"""A script passes through programs of the user's; one that fails ends in one line and no output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from converter import Limits, convert
from converter.contract import ConverterError, FormatError, LimitError, UsageError

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "filters"
SCRIPT = "INT. ROOM - DAY\n\nRain.\n\nODILE\nHello?\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.fountain"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def program(folder: Path, code: str, name: str = "filter.py") -> str:
    path = folder / name
    path.write_text(f"import json, os, sys, time\n{code}\n", encoding="utf-8")
    return str(path)


def through(draft: Path, *programs: str, limits: Limits = Limits()) -> str:
    target = draft.with_name("out.fountain")
    convert(draft, target, filters=programs, limits=limits)
    return target.read_text(encoding="utf-8")


def failure(draft: Path, kind: type[ConverterError], code: str, limits: Limits = Limits()) -> str:
    """The message of a filter that fails."""
    with pytest.raises(kind) as caught:
        through(draft, program(draft.parent, code), limits=limits)
    assert not draft.with_name("out.fountain").exists()
    return caught.value.message.replace(str(draft.parent), "")


def test_the_example_in_python_works(draft: Path) -> None:
    assert through(draft, str(EXAMPLES / "shout.py")) == SCRIPT.replace("Hello?", "HELLO?")


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_example_in_javascript_works(draft: Path) -> None:
    assert through(draft, str(EXAMPLES / "rename.js")) == SCRIPT.replace("ODILE", "MARA")


def test_filters_follow_each_other_and_hear_the_target(draft: Path) -> None:
    code = "sys.stdout.write(sys.stdin.read().replace('Rain.', 'Rain. ' + sys.argv[1]))"
    one = program(draft.parent, code)
    two = program(draft.parent, code.replace("'Rain. '", "'Snow. '"), "two.py")
    assert "Snow. fountain fountain" in through(draft, one, two)


def test_a_final_draft_file_keeps_the_bytes_that_no_filter_changed(tmp_path: Path) -> None:
    path, target = ROOT / "samples" / "production-draft.fdx", tmp_path / "out.fdx"
    convert(path, target, filters=[program(tmp_path, "sys.stdout.write(sys.stdin.read())")])
    assert target.read_bytes() == path.read_bytes()


def test_a_filter_that_fails(draft: Path) -> None:
    code = "print('no such scene', file=sys.stderr); sys.exit(3)"
    assert failure(draft, FormatError, code) == "the filter /filter.py ended with 3: no such scene"
    assert failure(draft, FormatError, "sys.exit(3)") == "the filter /filter.py ended with 3"


def test_a_filter_that_writes_junk(draft: Path) -> None:
    assert failure(draft, FormatError, "print('hello')") == (
        "the filter /filter.py gave no screenplay back: this is no JSON: expecting value"
    )
    assert failure(draft, FormatError, "pass").startswith("the filter /filter.py gave no screenplay back")


def test_a_filter_that_writes_without_end(draft: Path) -> None:
    code = "while True: sys.stdout.write(' ' * 100_000)"
    assert failure(draft, LimitError, code, Limits(input_bytes=1_000_000)) == (
        "the filter /filter.py writes too much (bytes): the limit is 1,000,000"
    )


@pytest.mark.parametrize(
    "before", ["", "sys.stdin.read();", "os.close(1);", "os.fork();" if os.name == "posix" else ""]
)
def test_a_filter_that_hangs(draft: Path, before: str) -> None:
    """It would sleep for an hour; however slow this machine is, the time is over before."""
    code = f"{before}time.sleep(3600)"
    with pytest.raises(LimitError, match="takes longer than 2 seconds"):
        through(draft, program(draft.parent, code), limits=Limits(max_seconds=2))


def test_a_filter_that_is_not_there(draft: Path) -> None:
    for name in ("./nothing.py", "no-such-program-anywhere"):
        with pytest.raises(UsageError, match="there is no filter"):
            through(draft, name)


def test_a_file_that_nothing_runs(draft: Path) -> None:
    path = draft.with_name("filter.xyz")
    path.write_bytes(b"\0\1\2")
    with pytest.raises(UsageError, match="cannot be started"):
        through(draft, str(path))


def test_the_command_says_it_in_one_line(draft: Path) -> None:
    target = draft.with_name("out.pdf")
    command = [sys.executable, "-m", "converter", "convert", str(draft), str(target)]
    bad = program(draft.parent, "raise ValueError('an odd scene')")
    ended = subprocess.run([*command, "--filter", bad], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert ended.stderr == f"Error: {draft}: the filter {bad} ended with 1: ValueError: an odd scene\n"
    assert not target.exists()
