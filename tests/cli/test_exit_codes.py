"""One test for each row of the table in docs/cli.md."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command, command, environment
from tests.readers.pdf.build import pdf, text

ALWAYS_FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a disk that is always full is Linux's")
POSIX_SHELL = pytest.mark.skipif(os.name != "posix", reason="streams are closed with a POSIX shell's words")
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def script(text: str) -> Path:
    path = Path("draft.toy")
    path.write_text(text, encoding="utf-8")
    return path


def test_0_done(matchcut: Command) -> None:
    assert matchcut("convert", script("Rain.\n"), "copy.toyb") == (0, "", "")
    assert Path("copy.toyb").read_bytes() == b"\0\1\2Rain.\n"


def test_0_with_a_warning(matchcut: Command) -> None:
    ended = matchcut("convert", script("Rain.\nWARN\n"), "copy.toyb")
    assert ended == (0, "", "Warning: draft.toy, line 2: This line warns. [toy.warned]\n")


def test_1_a_bug_is_one_line(matchcut: Command) -> None:
    ended = matchcut("convert", script("BUG\n"), "copy.toyb")
    assert ended == (
        1,
        "",
        "Error: draft.toy: a bug in the converter, please report it: RuntimeError: the toy\\x0abroke\n",
    )
    assert not Path("copy.toyb").exists()


def test_1_a_bug_shows_its_place_with_debug(matchcut: Command) -> None:
    ended = matchcut("convert", script("BUG\n"), "copy.toyb", "--debug")
    assert ended.code == 1
    assert "toy_format.py" in ended.err


def test_1_a_bug_while_inspecting(process: Command) -> None:
    script("BUG\n")
    assert process("inspect", "draft.toy").code == 1
    assert process("inspect", "draft.toy").err.count("\n") == 1
    assert "toy_format.py" in process("inspect", "draft.toy", "--debug").err


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert"],
        ["convert", "draft.toy"],
        ["convert", "draft.toy", "--nonsense"],
        ["convert", "draft.toy", "copy.toyb", "more.toyb"],
        ["convert", "draft.toy", "copy.nothing"],
        ["convert", "draft.toy", "copy"],
        ["convert", "draft.toy", "--to", "nothing"],
        ["convert", "draft.toy", "copy.toyb", "--from", "nothing"],
        ["convert", "draft.toy", "copy.toyb", "--set", "nothing=1"],
        ["convert", "draft.toy", "copy.toyb", "--set", "wide=much"],
        ["convert", "draft.toy", "copy.toyb", "--read-set", "nothing=1"],
        ["convert", "draft.toy", "copy.toyb", "--encoding", "nothing"],
        ["convert", "draft.toy", "copy.toyb", "--limit", "nothing=1"],
        ["convert", "draft.toy", "copy.toyb", "--limit", "paragraphs=many"],
        ["convert", "draft.toy", "copy.toyb", "--limit", "paragraphs=9999999999999"],
        ["convert", "draft.toy", "copy.toyb", "--timeout", "0"],
        ["convert", "draft.toy", "copy.toyb", "--timeout", "nan"],
        ["convert", "draft.toy", "copy.toyb", "--jobs", "0"],
        ["convert", "draft.toy", "copy.toyb", "--strict=nothing"],
        ["convert", "draft.toy", "--out-dir", "results"],
        ["convert", "-", "--to", "toy"],
        ["convert", "-", "--to", "toy", "--out-dir", "results"],
        ["convert", "draft.toy", "-"],
        ["inspect"],
        ["inspect", "draft.toy", "more.toy"],
        ["formats", "nothing"],
        ["nothing"],
        ["draft.toy"],
        [],
    ],
    ids=" ".join,
)
def test_2_wrong_use(matchcut: Command, arguments: list[str]) -> None:
    script("Rain.\n")
    ended = matchcut(*arguments)
    assert ended.code == 2
    if arguments:
        assert ended.err.startswith("Error: ")
        assert ended.err.count("\n") == 1
    assert os.listdir() == ["draft.toy"]


@pytest.mark.parametrize("what", ["DAMAGED", "LOCKED", "EMPTY"])
def test_3_unreadable(matchcut: Command, what: str) -> None:
    ended = matchcut("convert", script(f"Rain.\n{what}\n"), "copy.toyb")
    assert ended.code == 3
    assert ended.err.startswith("Error: draft.toy: ")
    assert os.listdir() == ["draft.toy"]


def test_3_names_the_place(matchcut: Command) -> None:
    assert matchcut("convert", script("Rain.\nDAMAGED\n"), "copy.toyb").err == (
        "Error: draft.toy: this is damaged (line 2)\n"
    )


@pytest.mark.parametrize("what", ["MEMORY", "DEEP"])
def test_4_the_machine_has_limits_too(matchcut: Command, what: str) -> None:
    assert matchcut("convert", script(f"{what}\n"), "copy.toyb").code == 4


def test_4_a_limit_names_its_value_and_the_option_that_raises_it(matchcut: Command) -> None:
    source = script("Rain.\n" * 10)
    ended = matchcut("convert", source, "copy.toyb", "--limit", "input-bytes=59")
    assert ended.code == 4
    assert ended.err == (
        "Error: draft.toy: this file is too large (bytes): the limit is 59; --limit input-bytes=N allows more\n"
    )
    assert matchcut("convert", source, "copy.toyb", "--limit", "input-bytes=60").code == 0


def test_4_time_runs_out(matchcut: Command) -> None:
    ended = matchcut("convert", script("SLOW\n"), "copy.toyb", "--timeout", "0.05")
    assert ended.code == 4
    assert "--timeout" in ended.err


@pytest.mark.parametrize("path", ["nothing.toy", "folder.toy", "nothing/draft.toy", "draft.toy/draft.toy", "x" * 300])
def test_5_no_script_there(matchcut: Command, path: str) -> None:
    script("Rain.\n")
    os.mkdir("folder.toy")
    ended = matchcut("convert", path, "copy.toyb")
    assert ended.code == 5
    assert ended.err.startswith(f"Error: {path}: cannot be read: ")


@pytest.mark.skipif(AS_ROOT, reason="nothing is forbidden to root")
def test_5_no_permission(matchcut: Command) -> None:
    script("Rain.\n").chmod(0)
    assert matchcut("convert", "draft.toy", "copy.toyb").code == 5


@pytest.mark.parametrize("path", ["folder", "nothing/copy.toyb", "draft.toy/copy.toyb", "x" * 300 + ".toyb"])
def test_5_the_target_cannot_be(matchcut: Command, path: str) -> None:
    script("Rain.\n")
    os.mkdir("folder")
    ended = matchcut("convert", "draft.toy", path, "--to", "toy-binary")
    assert ended.code == 5
    assert ended.err.startswith(f"Error: {path}: cannot be written: ")
    assert sorted(os.listdir()) == ["draft.toy", "folder"]


@ALWAYS_FULL
def test_5_standard_output_is_full() -> None:
    script("Rain.\n")
    for arguments in (["convert", "draft.toy", "-", "--to", "toy"], ["inspect", "draft.toy"], ["formats"], ["--help"]):
        with open("/dev/full", "wb") as full:
            ended = subprocess.run(
                command(*arguments), stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
            )
        assert ended.returncode == 5, arguments
        assert ended.stderr.startswith(b"Error: ") and ended.stderr.count(b"\n") == 1


def in_shell(words: str) -> int:
    return subprocess.run(["sh", "-c", words], env=environment(PYTHON=sys.executable), check=False).returncode


@ALWAYS_FULL
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("convert draft.toy copy.toyb", 5),  # a warning that cannot be shown is no success
        ("convert draft.toy copy.toyb --diagnostics json", 5),
        ("convert clean.toy copy.toyb", 0),
        ("convert bug.toy copy.toyb", 1),
        ("convert bug.toy copy.toyb --debug", 1),
        ("convert", 2),
        ("convert draft.toy copy.nothing", 2),
        ("convert damaged.toy copy.toyb", 3),
        ("convert deep.toy copy.toyb", 4),
        ("convert nothing.toy copy.toyb", 5),
        ("inspect damaged.toy", 3),
        ("convert --strict draft.toy copy.toyb", 7),
        ("convert clean.toy damaged.toy --to toy-binary --out-dir results", 6),
        ("convert clean.toy damaged.toy --to toy-binary --out-dir results --jobs 1", 6),
        ("formats >/dev/full", 5),
    ],
)
def test_the_code_is_the_same_where_standard_error_is_full(arguments: str, code: int) -> None:
    scripts = {"draft": "WARN", "clean": "Rain.", "bug": "BUG", "damaged": "DAMAGED", "deep": "DEEP"}
    for name, words in scripts.items():
        Path(f"{name}.toy").write_text(f"{words}\n", encoding="utf-8")
    assert in_shell(f'"$PYTHON" -m converter {arguments} 2>/dev/full') == code


@POSIX_SHELL
def test_1_nobody_reads_the_warnings() -> None:
    script("WARN\n")
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(command("convert", "draft.toy", "copy.toyb"), stderr=writer, env=environment(), check=False)
    os.close(writer)
    assert ended.returncode == 1


@POSIX_SHELL
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("convert - copy.toyb --from toy <&-", 5),
        ("inspect - --from toy <&-", 5),
        ("convert draft.toy copy.toyb <&-", 0),
        ("convert draft.toy copy.toyb <&- >&-", 0),
        ("convert draft.toy copy.toyb <&- >&- 2>&-", 0),
        ("convert draft.toy - --to toy >&-", 5),
        ("convert nothing.toy copy.toyb 2>&-", 5),
        ("convert draft.toy --to toy-binary --out-dir results <&- 2>&-", 0),
        ("convert drawn.pdf copy.outline <&- >&- 2>&-", 0),  # which starts a process
    ],
)
def test_streams_that_are_closed(arguments: str, code: int) -> None:
    script("Rain.\nWARN\n")
    Path("drawn.pdf").write_bytes(pdf(text(108, 80, "INT. PIER - DAY") + text(108, 104, "Rain falls.")))
    assert in_shell(f'exec 2>said; "$PYTHON" -m converter {arguments}') == code
    assert "bug in the converter" not in Path("said").read_text(encoding="utf-8")


@pytest.mark.parametrize("date", ["soon", "1e9", "99999999999999999999", "253402300800", "-", "\x1b[2J" + "9" * 5000])
def test_2_a_date_in_the_environment_that_is_none(
    matchcut: Command, monkeypatch: pytest.MonkeyPatch, date: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
    ended = matchcut("convert", script("Rain.\n"), "copy.pdf")
    assert ended.code == 2
    assert ended.err.startswith("Error: draft.toy: the environment says SOURCE_DATE_EPOCH=")
    assert ended.err.count("\n") == 1 and ended.err.isascii()
    assert os.listdir() == ["draft.toy"]


@pytest.mark.parametrize("date", ["", "0", " 1700000000 ", "253402300799"])
def test_0_a_date_in_the_environment(matchcut: Command, monkeypatch: pytest.MonkeyPatch, date: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
    assert matchcut("convert", script("Rain.\n"), "copy.pdf") == (0, "", "")


def test_6_some_failed(matchcut: Command) -> None:
    script("Rain.\n")
    Path("bad.toy").write_text("DAMAGED\n", encoding="utf-8")
    ended = matchcut("convert", "bad.toy", "draft.toy", "--to", "toy-binary", "--out-dir", "results")
    assert ended == (6, "", "Error: bad.toy: this is damaged (line 1)\n1 converted, 1 failed\n")
    assert os.listdir("results") == ["draft.toyb"]


def test_7_strict(matchcut: Command) -> None:
    for what in ("WARN", "LOSS"):
        ended = matchcut("convert", "--strict", script(f"{what}\n"), "copy.toyb" if what == "WARN" else "copy.toy")
        assert ended.code == 7
        assert ended.err.splitlines()[0].startswith("Warning: ")
        assert ended.err.splitlines()[1] == "Error: draft.toy: 1 warning, so nothing was written"
    assert os.listdir() == ["draft.toy"]


def test_7_a_guess_counts_only_if_asked(matchcut: Command) -> None:
    source = script("GUESS\n")
    assert matchcut("convert", "--strict=guess", source, "copy.toyb").code == 7
    assert matchcut("convert", "--strict", source, "copy.toyb").code == 0
