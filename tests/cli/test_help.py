"""What `--help` shows, word for word; `pytest --accept` writes help.txt anew."""

from __future__ import annotations

import json
import os
from pathlib import Path
from textwrap import wrap

import pytest

from converter.batch import Outcome
from converter.cli import commands, screen
from converter.contract import FormatError, Limits
from converter.overview import Overview, overview
from converter.records import fields, replace
from converter.tree import Action, Revisions, RevisionSet, Run, Screenplay
from tests.cli.conftest import Command

HELP = Path(__file__).parent / "help.txt"


def test_the_help_of_each_command(matchcut: Command, accept: bool) -> None:
    """However wide the terminal is, and whatever the program is called there."""
    shown = ""
    for command in ("", "convert", "inspect", "formats"):
        ended = matchcut(*command.split(), "--help")
        assert (ended.code, ended.err) == (0, "")
        _, _, told = " ".join(ended.out.split()).partition(" [")
        shown += "\n".join([f"matchcut {command}".rstrip(), *wrap(f"[{told}", 100), "", ""])
    if accept:
        HELP.write_text(shown, encoding="utf-8")
    assert shown == HELP.read_text(encoding="utf-8")


@pytest.mark.parametrize(("columns", "width"), [("80", 78), ("100", 98), ("200", 98), ("20", 50), ("99999999", 98)])
def test_help_is_as_wide_as_the_terminal_within_reason(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert commands._help_width() == width


def test_without_a_terminal_help_is_eighty_columns_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> os.terminal_size:
        raise OSError

    monkeypatch.setenv("COLUMNS", "wide")
    monkeypatch.setattr(os, "get_terminal_size", none)
    assert commands._help_width() == 78
    monkeypatch.setattr(os, "get_terminal_size", lambda: os.terminal_size((60, 20)))
    assert commands._help_width() == 58


def test_a_limit_that_is_none_lists_those_there_are(matchcut: Command) -> None:
    names = [one.name.replace("_", "-") for one in fields(Limits) if one.name not in ("max_seconds", "ends")]
    for word in ("nothing", "ends", "max-seconds"):
        ended = matchcut("inspect", "draft.toy", "--limit", f"{word}=1")
        assert ended.code == 2
        assert f"there are: {', '.join(names)}" in " ".join(ended.err.split())


def test_a_line_of_a_report_has_these_names() -> None:
    failed = Outcome(
        source="a.fdx",
        target="a.pdf",
        result=None,
        error=FormatError("this is damaged", where="line 2"),
        diagnostics=(),
        counts={"fdx.x": 2},
    )
    assert json.loads(screen.report_line(failed)) == {
        "source": "a.fdx",
        "target": "a.pdf",
        "outcome": "failed",
        "seconds": 0.0,
        "pages": None,
        "cut_words": None,
        "diagnostics": {"fdx.x": 2},
        "error": {"code": FormatError.code, "message": "this is damaged", "where": "line 2"},
    }
    assert json.loads(screen.report_line(replace(failed, error=None)))["outcome"] == "skipped"


def test_revisions_are_listed_in_a_line() -> None:
    sets = (RevisionSet(id=1, name="Blue"), RevisionSet(id=2, name="Pink"))
    script = Screenplay(body=(Action(text=(Run(text="Rain."),)),), revisions=Revisions(sets=sets))
    seen: Overview = overview(script)
    assert "Revisions: Blue, Pink" in list(screen.overview_lines("a.fdx", "fdx", seen))
