"""Completion, the manual page, and how long a line of help may be."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete, get_completion_class

from converter.cli import commands, screen
from tests.cli.conftest import Command


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_click_s_own(matchcut: Command, shell: str) -> None:
    kind = get_completion_class(shell)
    assert kind is not None
    made = kind(commands.matchcut, {}, "matchcut", "_MATCHCUT_COMPLETE")
    ended = matchcut("completion", shell)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.split() == ShellComplete.source(made).split()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("matchcut compl", ["plain,completion"]),
        ("matchcut convert dra", ["file,dra"]),
        ("matchcut convert --to fo", ["plain,fountain"]),
        ("matchcut convert --from pd", ["plain,pdf"]),
        ("matchcut convert --to hig", []),
        ("matchcut formats hig", ["plain,highland"]),
        ("matchcut convert --out-dir re", ["dir,re"]),
        ("matchcut convert --paper a", ["plain,a4"]),
    ],
)
def test_words_are_completed(process: Command, words: str, answer: list[str]) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_MATCHCUT_COMPLETE": "bash_complete"}
    run = "import sys; sys.argv = ['matchcut']; from converter.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", run], env={**_environment(), **asked}, capture_output=True, text=True, check=False
    )
    assert ended.stdout.split() == answer


def _environment() -> dict[str, str]:
    from tests.cli.conftest import environment

    return environment()


def test_the_manual_has_every_command_and_option(matchcut: Command) -> None:
    page = matchcut("manual").out
    assert page.startswith('.TH MATCHCUT 1 "" "matchcut ')
    for name, command in commands.matchcut.commands.items():
        assert f"\n.B matchcut {name}\n" in page
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("-") or option.replace("-", "\\-") in page
    assert all(line.startswith(("\\&.", ".")) or line[:1] not in {".", "'"} for line in page.splitlines())


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed here")
def test_the_manual_is_sound(matchcut: Command) -> None:
    page = matchcut("manual").out
    command = ["groff", "-man", "-Tutf8", "-ww", "-rLL=78n"]
    ended = subprocess.run(command, input=page, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "write nothing" in ended.stdout.lower()


@pytest.mark.parametrize("name", ["", *sorted(commands.matchcut.commands)])
def test_help_fits_into_eighty_columns(matchcut: Command, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(commands.matchcut.context_settings, "terminal_width", 78)
    told = matchcut(*name.split(), "--help").out
    assert [line for line in told.splitlines() if len(line) > 80] == []


def test_quiet_shows_errors_only(matchcut: Command) -> None:
    Path("a.toy").write_text("WARN\n", encoding="utf-8")
    Path("b.toy").write_text("DAMAGED\n", encoding="utf-8")
    assert matchcut("convert", "a.toy", "a.toyb", "--quiet") == (0, "", "")
    ended = matchcut("convert", "a.toy", "b.toy", "--to", "toy-binary", "--out-dir", "r", "--quiet")
    assert ended == (6, "", "Error: b.toy: this is damaged (line 1)\n")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_file_shows_that_it_is_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "_PATIENCE", 0.01)
    monkeypatch.setattr(sys, "stderr", Terminal())
    with screen.waiting_line("draft.pdf", screen.View(as_json=False, debug=False)):
        end = time.monotonic() + 10
        while not sys.stderr.getvalue() and time.monotonic() < end:
            time.sleep(0.01)
    shown = sys.stderr.getvalue()
    assert re.fullmatch(r"(\r\x1b\[Kdraft\.pdf: \d+ s)+\r\x1b\[K", shown)


def test_a_short_file_shows_nothing_and_neither_does_one_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with screen.waiting_line("draft.pdf", screen.View(as_json=False, debug=False)):
        pass
    monkeypatch.setattr(screen, "_PATIENCE", 0.0)
    for view in (screen.View(as_json=True, debug=False), screen.View(as_json=False, debug=False, quiet=True)):
        with screen.waiting_line("draft.pdf", view):
            time.sleep(0.02)
    assert sys.stderr.getvalue() == ""
