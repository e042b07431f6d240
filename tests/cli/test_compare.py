"""`matchcut compare`: the list, the marked draft, the files, the exit codes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from converter import read
from converter.tree import Deletion, Run, paragraphs, words
from tests.cli.conftest import Command
from tests.compare.drafts import DRAFT

LANE = "EXT. LANE - NIGHT #4#\n\nA bicycle goes by without a rider.\n\n"
CHANGED = DRAFT.replace("Forty.", "= Forty.").replace("a seed packet", "a packet").replace(LANE, "")


@pytest.fixture(autouse=True)
def drafts(folder: Path) -> None:
    Path("old.fountain").write_text(DRAFT, encoding="utf-8")
    Path("new.fountain").write_text(CHANGED, encoding="utf-8")


def test_the_list_is_for_people(matchcut: Command) -> None:
    ended = matchcut("compare", "old.fountain", "new.fountain")
    assert ended.code == 8 and ended.err == ""
    assert ended.out.splitlines() == [
        "new.fountain compared with old.fountain",
        "Scenes: 1 omitted, 2 changed. Words: 1 new, 12 cut. Pages: 1, before 1.",
        "",
        "Scenes",
        "  1  INT. KITCHEN - DAY  changed  -1",
        "  3  INT. SHED - NIGHT   changed  +1",
        "  4  EXT. LANE - NIGHT   omitted  -11",
    ]


def test_speeches_that_went_are_counted_by_who_spoke(matchcut: Command) -> None:
    Path("new.fountain").write_text(DRAFT.replace("OTIS\nForty.\n\n", ""), encoding="utf-8")
    assert matchcut("compare", "old.fountain", "new.fountain").out.splitlines()[-2:] == [
        "Speeches",
        "  OTIS  -1  1, before 2",
    ]


def test_equal_drafts_are_equal_in_any_format(matchcut: Command) -> None:
    for target in ("old.fdx", "old.docx"):
        assert matchcut("convert", "old.fountain", target).code == 0
        ended = matchcut("compare", target, "old.fountain")
        assert (ended.code, ended.out) == (0, f"old.fountain says what {target} says.\n")


@pytest.mark.parametrize("target", ["out.fdx", "out.pdf", "out.fountain", "out.txt"])
def test_the_marked_draft_is_written(matchcut: Command, target: str) -> None:
    ended = matchcut("compare", "old.fountain", "new.fountain", target, "--set-name", "Pink", "--lock-scenes")
    assert ended.code == 8 and ended.out == "" and Path(target).stat().st_size > 0


def test_a_final_draft_file_has_the_set_and_its_marks(matchcut: Command) -> None:
    matchcut("compare", "old.fountain", "new.fountain", "out.fdx", "--set-name", "Pink Rev.", "--color", "#123456")
    screenplay = read("out.fdx").screenplay
    assert screenplay.revisions is not None and screenplay.revisions.active == 1
    assert [(one.name, one.color) for one in screenplay.revisions.sets] == [("Pink Rev.", "#123456")]
    inlines = [one for paragraph in paragraphs(screenplay.body) for one in paragraph.text]
    assert [one.text for one in inlines if isinstance(one, Run) and one.revision == 1] == ["=", "OMITTED"]
    assert any(isinstance(one, Deletion) for one in inlines)


def test_word_gets_tracked_changes(matchcut: Command) -> None:
    ended = matchcut("compare", "old.fountain", "new.fountain", "out.docx", "--set", "changes=tracked")
    assert ended.code == 8
    inlines = [one for paragraph in paragraphs(read("out.docx").screenplay.body) for one in paragraph.text]
    assert any(isinstance(one, Deletion) and "seed" in words(one.text) for one in inlines)


def test_lists_for_programs(matchcut: Command) -> None:
    assert matchcut("compare", "old.fountain", "new.fountain", "--changes", "list.json").out == ""
    said = json.loads(Path("list.json").read_text(encoding="utf-8"))
    assert said["version"] == 1 and [one["what"] for one in said["scenes"]] == ["changed", "changed", "omitted"]
    assert said["changes"][1] == {
        "what": "changed",
        "scene": "3",
        "kind": "Dialogue",
        "old": "Forty.",
        "new": "= Forty.",
    }
    assert matchcut("compare", "old.fountain", "new.fountain", "--changes", "list.csv").code == 8
    with Path("list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["scene", "what", "kind", "old", "new"]
    assert rows[2] == ["3", "changed", "Dialogue", "Forty.", "'= Forty."]  # a spreadsheet would take it for a formula


def test_no_file_is_replaced_by_a_list(matchcut: Command) -> None:
    Path("list.json").write_text("mine", encoding="utf-8")
    assert matchcut("compare", "old.fountain", "new.fountain", "--changes", "list.json").code == 2
    assert Path("list.json").read_text(encoding="utf-8") == "mine"
    assert matchcut("compare", "old.fountain", "new.fountain", "--changes", "list.json", "--overwrite").code == 8
    assert matchcut("compare", "old.fountain", "new.fountain", "--changes", "new.txt").code == 2
    Path("old.json").write_text(DRAFT, encoding="utf-8")
    to_old = ("--changes", "old.json", "--overwrite", "--from", "fountain")
    ended = matchcut("compare", "old.json", "new.fountain", *to_old)
    assert ended.code == 2 and Path("old.json").read_text(encoding="utf-8") == DRAFT


def test_a_draft_that_cannot_be_read_ends_it(matchcut: Command) -> None:
    assert matchcut("compare", "none.fountain", "new.fountain").code == 5
    assert matchcut("compare", "old.fountain", "none.fountain").code == 5
    assert matchcut("compare", "old.fountain", "none.fountain", "out.fdx").code == 5
    assert not Path("out.fdx").exists()
