"""Many scripts at once: each stands alone."""

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Command


def write(**texts: str) -> list[str]:
    for name, text in texts.items():
        Path(f"{name}.toy").write_text(text, encoding="utf-8")
    return [f"{name}.toy" for name in texts]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_one_failure_stops_no_other_and_messages_come_in_order(process: Command, jobs: str) -> None:
    names = write(a="WARN\n", b="DAMAGED\n", c="Rain.\n", d="BUG\n", e="WARN\n", f="SLOW\n")
    ended = process("convert", *names, "--to", "toy-binary", "--out-dir", "results", "--jobs", jobs, "--timeout", "0.2")
    assert ended.code == 6
    starts = [line.split(":")[:2] for line in ended.err.splitlines()]
    assert starts == [
        ["Warning", " a.toy, line 1"],
        ["Error", " b.toy"],
        ["Error", " d.toy"],
        ["Warning", " e.toy, line 1"],
        ["Error", " f.toy"],
        ["3 converted, 3 failed"],
    ]
    assert sorted(os.listdir("results")) == ["a.toyb", "c.toyb", "e.toyb"]


def test_all_went_well(matchcut: Command) -> None:
    names = write(a="Rain.\n", b="Snow.\n")
    assert matchcut("convert", *names, "--to", "toy-binary", "--out-dir", "results/deep") == (
        0,
        "",
        "2 converted, 0 failed\n",
    )
    assert Path("results/deep/b.toyb").read_bytes() == b"\0\1\2Snow.\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_fail_fast_stops_at_the_first(process: Command, jobs: str) -> None:
    names = write(a="Rain.\n", b="DAMAGED\n", c="DAMAGED\n")
    flags = ["--to", "toy-binary", "--out-dir", "results", "--fail-fast", "--jobs", jobs]
    ended = process("convert", *names, *flags)
    assert ended.code == 6
    assert ended.err == "Error: b.toy: this is damaged (line 1)\n1 converted, 1 failed\n"


def test_two_scripts_of_one_name_are_refused_before_anything_is_written(matchcut: Command) -> None:
    os.mkdir("other")
    names = write(a="Rain.\n", b="Snow.\n")
    Path("other/a.toy").write_text("Hail.\n", encoding="utf-8")
    ended = matchcut("convert", *names, "other/a.toy", "--to", "toy-binary", "--out-dir", "results", "--overwrite")
    assert ended.code == 2
    assert "both a.toy and other/a.toy would become this file" in ended.err
    assert not os.path.exists("results")


def test_a_result_that_is_a_source_is_refused(matchcut: Command) -> None:
    names = write(a="Rain.\n", b="Snow.\n")
    ended = matchcut("convert", *names, "--to", "toy", "--out-dir", ".", "--overwrite")
    assert ended.code == 2
    assert Path("a.toy").read_text() == "Rain.\n"


def test_results_that_are_there_need_overwrite(matchcut: Command) -> None:
    names = write(a="Rain.\n", b="Snow.\n", c="Hail.\n")
    os.mkdir("results")
    for name in ("b", "c"):
        Path(f"results/{name}.toyb").write_text("old")
    command = ["convert", *names, "--to", "toy-binary", "--out-dir", "results"]
    ended = matchcut(*command)
    assert ended.code == 2
    assert "there is a file of this name already and 1 more" in ended.err.replace(os.sep, "/")
    assert sorted(os.listdir("results")) == ["b.toyb", "c.toyb"]
    assert matchcut(*command, "--overwrite").code == 0


def test_a_folder_that_is_a_file(matchcut: Command) -> None:
    names = write(a="Rain.\n")
    Path("results").write_text("old")
    ended = matchcut("convert", *names, "--to", "toy-binary", "--out-dir", "results")
    assert ended.code == 5
    assert Path("results").read_text() == "old"


def test_a_script_whose_format_nothing_tells_fails_alone(matchcut: Command) -> None:
    names = write(a="Rain.\n")
    Path("b.bin").write_bytes(bytes(range(256)))
    ended = matchcut("convert", "b.bin", *names, "--to", "toy-binary", "--out-dir", "results")
    assert ended.code == 6
    assert os.listdir("results") == ["a.toyb"]
