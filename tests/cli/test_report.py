"""`matchcut report`: on the terminal, into files, and the slips."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

SCRIPT = "INT. SHED - DAY #1#\n\nMARA\nWho is it?\n\nA.C./DC\nMe.\n\nEXT. YARD - NIGHT #2#\n\nMARA\nJoe?\n"


@pytest.fixture(autouse=True)
def script(folder: Path) -> None:
    Path("shed.fountain").write_text(SCRIPT, encoding="utf-8")


def test_a_table_on_the_terminal(matchcut: Command) -> None:
    ended = matchcut("report", "cast", "shed.fountain")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "Cast",
        "  Number  Character  Scenes  Present in  Speeches  Words  First page  Last page",
        "  1       MARA       2       2           2         4      1           1",
        "  2       A.C./DC    1       1           1         1      1           1",
        "A voice over speaks in a scene and is not present in it.",
    ]


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "html", "pdf"])
def test_a_file_of_every_form(matchcut: Command, ending: str) -> None:
    for _ in range(2):  # a name that was given is replaced
        assert matchcut("report", "scenes", "shed.fountain", f"scenes.{ending}").code == 0
    assert Path(f"scenes.{ending}").stat().st_size > 100


def test_some_scenes_and_characters(matchcut: Command) -> None:
    matchcut("report", "characters", "shed.fountain", "lines.json", "--lines", "--scenes", "1", "--characters", "mara")
    (table,) = json.loads(Path("lines.json").read_text(encoding="utf-8"))["tables"]
    assert [row["Words"] for row in table["rows"]] == ["Who is it?"]


def test_a_file_for_each_character(matchcut: Command) -> None:
    assert matchcut("report", "characters", "shed.fountain", "each", "--each").code == 0
    assert sorted(path.name for path in Path("each").iterdir()) == ["A_C__DC.csv", "MARA.csv"]
    again = matchcut("report", "characters", "shed.fountain", "each", "--each")
    assert again.code == 2 and "--overwrite" in again.err
    assert matchcut("report", "characters", "shed.fountain", "each", "--each", "--overwrite").code == 0


def test_all_reports(matchcut: Command) -> None:
    assert matchcut("report", "all", "shed.fountain", "reports", "--form", "json").code == 0
    names = {path.stem for path in Path("reports").iterdir()}
    assert {"scenes", "cast", "matrix", "dialogue", "statistics"} <= names
    assert matchcut("report", "all", "shed.fountain", "reports.xlsx").code == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("all", "shed.fountain"), "name a folder"),
        (("cast", "shed.fountain", "cast.doc"), "a report is written as .csv"),
        (("cast", "shed.fountain", "cast", "--each"), "--each is for the report characters"),
        (("cast", "shed.fountain", "--lines"), "--lines is for the report characters"),
        (("characters", "shed.fountain", "a.csv", "--each"), "name a folder"),
        (("characters", "shed.fountain", "--characters", "MARRA"), "did you mean MARA"),
        (("scenes", "shed.fountain", "--scenes", "7"), "no scene '7'"),
        (("budget", "shed.fountain"), "budget"),
    ],
)
def test_slips_are_told(matchcut: Command, given: tuple[str, ...], said: str) -> None:
    ended = matchcut("report", *given)
    assert ended.code == 2 and said in ended.err


def test_a_script_is_never_replaced_by_its_own_report(matchcut: Command) -> None:
    Path("shed.html").write_text("<p>INT. SHED - DAY</p>", encoding="utf-8")
    ended = matchcut("report", "scenes", "shed.html", "shed.html")
    assert ended.code == 2 and Path("shed.html").read_text(encoding="utf-8") == "<p>INT. SHED - DAY</p>"
