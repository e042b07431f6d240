"""Many scripts at once: each stands alone."""

import json
import os
import subprocess
import time
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from converter import Job, Settings, convert_many
from converter.processes import Processes
from tests.cli.conftest import Command, command, environment


def write(**texts: str) -> list[str]:
    for name, text in texts.items():
        Path(f"{name}.toy").write_text(text, encoding="utf-8")
    return [f"{name}.toy" for name in texts]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_one_failure_stops_no_other_and_messages_come_in_order(process: Command, jobs: str) -> None:
    names = write(a="WARN\n", b="DAMAGED\n", c="Rain.\n", d="BUG\n", e="WARN\n", f="SLOW\n")
    ended = process("convert", *names, "--to", "toy-binary", "--out-dir", "results", "--jobs", jobs, "--timeout", "2")
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


# ---------------------------------------------------------------- folders and patterns


def tree(*paths: str) -> None:
    for path in paths:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        Path(path).write_text("Rain.\n", encoding="utf-8")


def results(folder: str = "results") -> list[str]:
    found = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
    return sorted(os.path.relpath(path, folder).replace(os.sep, "/") for path in found)


def test_a_folder_is_mirrored(matchcut: Command) -> None:
    tree("all/a.toy", "all/b/a.toy", "all/b/c/d.toy", "all/e.unknown", "all/.hidden/f.toy", "all/.g.toy")
    ended = matchcut("convert", "all", "--to", "toy-binary", "--out-dir", "results")
    assert (ended.code, ended.err) == (0, "3 converted, 0 failed\n")
    assert results() == ["a.toyb", "b/a.toyb", "b/c/d.toyb"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("all/*.toy", ["a.toyb"]),
        ("all/**/*.toy", ["a.toyb", "b/a.toyb", "b/c/d.toyb"]),
        ("all/b/**/?.toy", ["a.toyb", "c/d.toyb"]),
        ("a[l]l/*/[!x].toy", ["all/b/a.toyb"]),
        ("**/c/*", ["all/b/c/d.toyb"]),
    ],
)
def test_patterns_that_no_shell_spelled_out(matchcut: Command, pattern: str, found: list[str]) -> None:
    tree("all/a.toy", "all/b/a.toy", "all/b/c/d.toy")
    assert matchcut("convert", pattern, "--to", "toy-binary", "--out-dir", "results").code == 0
    assert results() == found


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(matchcut: Command) -> None:
    tree("./[a].toy", "./a.toy")
    assert matchcut("convert", "[a].toy", "--to", "toy-binary", "--out-dir", "results").code == 0
    assert results() == ["[a].toyb"]


@pytest.mark.parametrize("word", ["empty", "*.nothing", "empty/**/*.toy"])
def test_where_there_is_no_script(matchcut: Command, word: str) -> None:
    os.mkdir("empty")
    ended = matchcut("convert", word, "--to", "toy-binary", "--out-dir", "results")
    assert ended.code == 2
    assert not os.path.exists("results")


def test_folders_behind_links_and_the_results_themselves_are_left_out(matchcut: Command) -> None:
    tree("all/a.toy", "elsewhere/b.toy")
    os.symlink(os.path.abspath("elsewhere"), "all/linked")
    os.symlink(os.path.abspath("all"), "all/itself")
    for _ in range(2):
        command = ["convert", "all", "--to", "toy", "--out-dir", "all/results", "--overwrite"]
        assert matchcut(*command).err == "1 converted, 0 failed\n"
    assert results("all/results") == ["a.toy"]


def test_only_the_format_that_is_named(matchcut: Command) -> None:
    tree("all/a.toy", "all/a.fountain")
    assert matchcut("convert", "all", "--to", "toy-binary", "--out-dir", "results").code == 2
    assert matchcut("convert", "all", "--from", "toy", "--to", "toy-binary", "--out-dir", "results").code == 0
    assert results() == ["a.toyb"]


def test_a_file_in_the_way_of_a_folder_fails_one_script(matchcut: Command) -> None:
    tree("all/a.toy", "all/b/a.toy", "results/b")
    ended = matchcut("convert", "all", "--to", "toy-binary", "--out-dir", "results")
    assert ended.code == 6
    assert ended.err.endswith("1 converted, 1 failed\n")


# ---------------------------------------------------------------- going on, telling


def test_what_is_there_is_skipped_unless_its_script_is_newer(matchcut: Command) -> None:
    names = write(a="Rain.\n", b="Snow.\n")
    command = ["convert", *names, "--to", "toy-binary", "--out-dir", "results", "--skip-existing", "--jobs", "1"]
    assert matchcut(*command).err == "2 converted, 0 failed\n"
    assert matchcut(*command).err == "0 converted, 0 failed, 2 skipped\n"
    os.utime("a.toy", (2_000_000_000, 2_000_000_000))
    write(c="Hail.\n")
    assert matchcut(*command, "c.toy").err == "2 converted, 0 failed, 1 skipped\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_report_has_a_line_for_each_script(process: Command, jobs: str) -> None:
    names = write(a="WARN\nWARN\n", b="DAMAGED\n", c="Rain.\n")
    Path("results").mkdir()
    Path("results/c.toyb").write_text("there")
    os.utime("results/c.toyb", (2_000_000_000, 2_000_000_000))
    flags = ["--report", "report.jsonl", "--skip-existing", "--jobs", jobs]
    assert process("convert", *names, "--to", "toy-binary", "--out-dir", "results", *flags).code == 6
    a, b, c = map(json.loads, Path("report.jsonl").read_text(encoding="utf-8").splitlines())
    assert a.pop("seconds") >= 0 and b.pop("seconds") >= 0
    target = os.path.join("results", "a.toyb")
    assert a == {
        "source": "a.toy",
        "target": target,
        "outcome": "converted",
        "pages": 1,
        "cut_words": 0,
        "diagnostics": {"toy.warned": 2},
        "error": None,
    }
    assert (b["outcome"], b["pages"], b["diagnostics"]) == ("failed", None, {})
    assert b["error"] == {"code": 3, "message": "this is damaged", "where": "line 1"}
    assert (c["outcome"], c["seconds"], c["pages"]) == ("skipped", 0, None)


def test_a_report_keeps_its_lines_when_the_batch_goes_on(matchcut: Command) -> None:
    command = ["convert", *write(a="Rain.\n", b="DAMAGED\n"), "--to", "toy-binary", "--out-dir", "results"]
    flags = ["--report", "report.jsonl", "--skip-existing"]
    assert matchcut(*command, *flags).code == 6
    first = Path("report.jsonl").read_text(encoding="utf-8")
    write(b="Hail.\n", c="Snow.\n")
    assert matchcut(*command, "c.toy", *flags).code == 0
    whole = Path("report.jsonl").read_text(encoding="utf-8")
    assert whole.startswith(first)
    told = [(one["source"], one["outcome"]) for one in map(json.loads, whole[len(first) :].splitlines())]
    assert told == [("b.toy", "converted"), ("c.toy", "converted")]
    assert matchcut(*command, "--overwrite", "--report", "report.jsonl").code == 0
    assert len(Path("report.jsonl").read_text(encoding="utf-8").splitlines()) == 2  # a new run, a new report


@pytest.mark.parametrize("text", ["INT. BARN\n", "[1]\n", '{"source": "a"}\n', "[" * 5000 + "\n"])
def test_only_a_report_is_gone_on_with(matchcut: Command, text: str) -> None:
    names = write(a="Rain.\n")
    Path("notes").write_text(text, encoding="utf-8")
    ended = matchcut("convert", *names, "--to", "toy-binary", "--out-dir", "r", "--skip-existing", "--report", "notes")
    assert ended == (2, "", "Error: notes: this file is no report to go on with; give another name\n")
    assert Path("notes").read_text(encoding="utf-8") == text


def test_a_report_replaces_no_script_and_no_result(matchcut: Command) -> None:
    names = write(a="Rain.\n")
    for report in ("a.toy", "results/a.toyb", "./results/../a.toy"):
        command = ["convert", *names, "--to", "toy-binary", "--out-dir", "results", "--overwrite", "--report", report]
        assert matchcut(*command).code == 2
    assert matchcut(*command[:-1], "missing/report.jsonl").code == 5
    assert Path("a.toy").read_text() == "Rain.\n"


def test_what_belongs_to_many_needs_a_folder(matchcut: Command) -> None:
    write(a="Rain.\n")
    for flags in (["--skip-existing"], ["--report", "r"], ["--fail-fast"], ["--dask", "tcp://127.0.0.1:1"]):
        assert matchcut("convert", "a.toy", "b.toyb", *flags).code == 2
    assert os.listdir() == ["a.toy"]


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_sees_a_bar() -> None:
    import pty

    names = write(a="WARN\n", b="DAMAGED\n", c="Rain.\n")
    ours, theirs = pty.openpty()
    arguments = command("convert", *names, "--to", "toy-binary", "--out-dir", "results", "--jobs", "2")
    child = subprocess.Popen(arguments, stderr=theirs, env=environment(TERM="xterm"))
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # the end, as Linux tells it
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    assert child.wait() == 6
    assert b"3/3" in shown
    assert b"Error: b.toy: this is damaged (line 1)\r\n" in shown
    assert shown.endswith(b"2 converted, 1 failed\r\n")


# ---------------------------------------------------------------- time and memory


@pytest.mark.timing
def test_the_time_is_for_the_whole_script(matchcut: Command) -> None:
    """Not for each of its stages: here reading takes most, and what writes looks at the time too."""
    write(a="NAP\nSLOW WRITING\n")
    began = time.monotonic()
    ended = matchcut("convert", "a.toy", "a.toyb", "--timeout", "3")
    assert ended.code == 4
    assert "this takes longer than 3 seconds; --timeout allows more" in ended.err
    assert time.monotonic() - began < 4.8


@pytest.mark.long
def test_a_script_that_hangs_is_ended() -> None:
    write(a="HANG\n", b="Rain.\n", c="Snow.\n")
    jobs = [Job(f"{name}.toy", f"{name}.toyb") for name in "abc"]
    with Processes(2, patience=8) as executor:
        a, b, c = convert_many(jobs, executor=executor)
    assert a.error and "max_seconds" in str(a.error)
    assert b.result and c.result


def test_results_are_given_while_others_run_and_not_all_at_once() -> None:
    """The second is only read when there is room for it, so a million scripts need no more memory than a few."""
    jobs = [Job(name, f"{name}b") for name in write(**{f"s{number}": "Rain.\n" for number in range(40)})]
    begun: list[str] = []

    class Watching(ThreadPoolExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            begun.append(args[0].source)
            return super().submit(fn, *args, **kwargs)

    with Watching(2) as executor:
        for number, outcome in enumerate(convert_many(jobs, executor=executor, ahead=4), start=1):
            assert outcome.source == jobs[number - 1].source
            assert len(begun) <= number + 4


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor, Processes])
def test_workers_that_see_no_files(kind: type[Executor]) -> None:
    jobs = [Job(name, f"{name}b") for name in [*write(a="WARN\n", b="DAMAGED\n", c="Snow.\n"), "missing.toy"]]
    with kind(2) as executor:  # type: ignore[call-arg]
        a, b, c, d = convert_many(jobs, executor=executor, same_files=False)
    assert a.counts == {"toy.warned": 1} and c.result
    assert b.error and b.error.code == 3
    assert d.error and d.error.code == 5
    assert Path("c.toyb").read_bytes() == b"\0\1\2Snow.\n"


def test_a_pool_that_broke_fails_what_it_had() -> None:
    """concurrent.futures' own pool takes nothing more after a death; each script is told so."""
    jobs = [Job(name, f"{name}b") for name in write(a="DIE\n", b="Rain.\n", c="Snow.\n")]
    with ProcessPoolExecutor(1) as executor:
        errors = [one.error for one in convert_many(jobs, executor=executor, ahead=1)]
    assert all(error and error.code == 4 for error in errors)


def test_work_that_cannot_travel_is_an_error() -> None:
    jobs = [Job(name, f"{name}b") for name in write(a="Rain.\n")]
    settings = Settings(transforms=(lambda screenplay: screenplay,))
    with Processes(1) as executor:
        (outcome,) = convert_many(jobs, settings, executor=executor)
    assert outcome.error and "gave nothing back" in outcome.error.message
