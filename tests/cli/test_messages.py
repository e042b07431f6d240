"""What is said, in one line each, whatever names and scripts hold."""

import json
import os
import re
from pathlib import Path

import pytest

from benchmarks import damage
from converter.cli.screen import warning_lines
from converter.contract import Diagnostic, Kind
from converter.readers import fountain
from converter.tree import Position
from tests.cli.conftest import Command

SAMPLES = Path(__file__).parent.parent.parent / "samples"
HOSTILE_NAMES = [
    "line\nfeed.toy",
    "escape\x1b[31m.toy",
    "bell\x07.toy",
    "right\u202eto left.toy",
    "separator\u2028.toy",
    "-dash.toy",
    "l" * 200 + ".toy",
    "Überfall “neu”.toy",
    os.fsdecode(b"not utf-8 \xff.toy"),
]


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=ascii)
@pytest.mark.parametrize("text", ["Rain.\n", "WARN\n", "DAMAGED\n"], ids=str.strip)
def test_hostile_file_names(process: Command, name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError:
        pytest.skip("this disk has no such names")
    ended = process("convert", "--to", "toy-binary", "--", name, LC_ALL="C.UTF-8")
    lines = ended.err.splitlines()
    assert len(lines) == (text != "Rain.\n")
    for line in lines:
        assert line.isprintable()
        assert line.startswith(("Warning: ", "Error: "))
    assert (name.removesuffix(".toy") + ".toyb" in os.listdir()) == (text != "DAMAGED\n")


def test_a_terminal_without_the_letters(process: Command) -> None:
    Path("中Ü.toy").write_text("WARN\n", encoding="utf-8")
    ended = process("convert", "中Ü.toy", "--to", "toy-binary", PYTHONIOENCODING="cp437", LC_ALL="C.UTF-8")
    assert ended.err == "Warning: \\u4e2dÜ.toy, line 1: This line warns. [toy.warned]\n"


def test_diagnostics_are_grouped_by_code(matchcut: Command) -> None:
    Path("draft.toy").write_text("Rain.\nWARN\nGUESS\n" + "WARN\n" * 1233, encoding="utf-8")
    assert matchcut("convert", "draft.toy", "copy.toyb").err == (
        "Warning: draft.toy, line 2: This line warns. [toy.warned, 1,234 times]\n"
        "Warning: draft.toy, line 3: This line was guessed. [toy.guessed]\n"
    )


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (Position(line=2, column=7), ", line 2"),
        (Position(page=3, line=2), ", page 3, line 2"),
        (Position(paragraph=9), ", paragraph 9"),
        (Position(), ""),
        (None, ""),
    ],
)
def test_places(at: Position | None, place: str) -> None:
    diagnostic = Diagnostic(Kind.LOSS, "toy.lost", "Gone.", at)
    assert list(warning_lines("a.toy", [diagnostic], {"toy.lost": 1})) == [f"Warning: a.toy{place}: Gone. [toy.lost]"]


def test_a_code_that_comes_late_is_not_lost(matchcut: Command) -> None:
    Path("draft.toy").write_text("WARN\n" * 5000 + "GUESS\n", encoding="utf-8")
    assert "line 5001: This line was guessed." in matchcut("convert", "draft.toy", "copy.toyb").err


def test_diagnostics_as_json(matchcut: Command) -> None:
    Path("draft.toy").write_text("WARN\n" * 300 + "GUESS\n", encoding="utf-8")
    ended = matchcut("convert", "draft.toy", "copy.toyb", "--diagnostics", "json")
    told = json.loads(ended.err)
    assert ended.err.count("\n") == 1
    assert told["source"] == "draft.toy"
    assert told["target"] == "copy.toyb"
    assert (told["read_format"], told["write_format"]) == ("toy", "toy-binary")
    assert len(told["diagnostics"]) == 201
    assert told["diagnostics"][1] == {
        "kind": "warning",
        "code": "toy.warned",
        "message": "This line warns.",
        "line": 2,
        "column": None,
        "page": None,
        "paragraph": None,
    }
    assert told["counts"] == {"toy.warned": 300, "toy.guessed": 1}
    assert told["error"] is None


def test_errors_as_json(matchcut: Command) -> None:
    Path("draft.toy").write_text("WARN\nDAMAGED\n", encoding="utf-8")
    ended = matchcut("convert", "draft.toy", "copy.toyb", "--diagnostics", "json")
    assert ended.code == 3
    told = json.loads(ended.err)
    assert told["error"] == {"code": 3, "message": "this is damaged", "where": "line 2"}
    assert told["counts"] == {"toy.warned": 1}


def test_a_batch_as_json_is_a_line_for_each(matchcut: Command) -> None:
    for name in "ab":
        Path(f"{name}.toy").write_text("WARN\n", encoding="utf-8")
    flags = ["--to", "toy-binary", "--out-dir", "results", "--diagnostics", "json"]
    ended = matchcut("convert", "a.toy", "b.toy", *flags)
    assert [json.loads(line)["source"] for line in ended.err.splitlines()] == ["a.toy", "b.toy"]


def test_somebody_who_forgets_convert_is_told(matchcut: Command) -> None:
    assert "matchcut convert draft.toy ..." in matchcut("draft.toy", "copy.toyb").err


def test_a_file_that_is_called_like_a_command_is_in_nobody_s_way(matchcut: Command) -> None:
    Path("formats").touch()
    assert matchcut("formats").code == 0


def test_help_and_version(matchcut: Command) -> None:
    assert "Usage: " in matchcut("--help").out
    assert "matchcut convert *.fdx" in matchcut("convert", "-h").out
    assert matchcut("--version").out.startswith("matchcut ")


def test_inspect(matchcut: Command) -> None:
    Path("draft.toy").write_text("Rain.\nWARN\n", encoding="utf-8")
    ended = matchcut("inspect", "draft.toy")
    assert ended.code == 0
    assert ended.out == (
        "draft.toy (toy)\n1 page, 0 scenes, 0 speaking parts, 0 speeches, 0 notes\n\nElements\n  2  Action\n"
    )
    assert ended.err == "Warning: draft.toy, line 2: This line warns. [toy.warned]\n"
    assert json.loads(matchcut("inspect", "draft.toy", "--diagnostics", "json").err)["counts"] == {"toy.warned": 1}


def test_doubts_are_listed_with_their_places(matchcut: Command) -> None:
    script = damage.pieces_of(fountain.from_text((SAMPLES / "short-film.fountain").read_text("utf-8")))
    flat = damage.flat(script, 1, stems=True)[0]
    Path("draft.txt").write_text(flat, encoding="utf-8")
    ended = matchcut("inspect", "draft.txt", "--doubts")
    assert ended.code == 0
    assert ended.err == ""
    doubts = [line for line in ended.out.splitlines() if "[text.doubtful]" in line]
    assert doubts
    assert all(re.match(r"line 1(, column \d+)?: Took “.+” for .+; it may be .+\.", line) for line in doubts)
    assert any("column" in line for line in doubts)


def test_formats(matchcut: Command) -> None:
    out = matchcut("formats").out
    assert "toy         reads and writes  .toy" in out
    assert "toy-binary  writes            .toyb" in out


def test_options_of_a_format(matchcut: Command) -> None:
    assert matchcut("formats", "toy").out == (
        "toy: toy, a plug-in\n"
        "\n"
        "Options for --read-set\n"
        "  encoding=text, else \n"
        "      how the file stores its letters\n"
        "  shout=yes or no, else no\n"
        "      read everything in capitals\n"
        "\n"
        "Options for --set\n"
        "  mark=none or star, else none\n"
        "      what stands before each line\n"
        "  wide=a whole number, else 0\n"
        "      so many blanks before each line\n"
    )


def test_a_broken_plug_in_is_told_where_it_is_missed(matchcut: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "toy" / "broken"))
    Path("draft.toy").write_text("Rain.\n", encoding="utf-8")
    assert matchcut("convert", "draft.toy", "copy.toyb") == (0, "", "")
    missed = matchcut("convert", "draft.toy", "copy.nothing")
    assert "Warning: The plug-in no-writer could not be loaded" not in missed.out
    assert missed.code == 2
    listed = matchcut("formats")
    assert listed.code == 0
    assert "Warning: The plug-in broken could not be loaded (ModuleNotFoundError: " in listed.err
    assert "[format.broken-plug-in, 2 times]" in listed.err
