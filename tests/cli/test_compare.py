"""`matchcut compare`: the list, the marked draft, the files, the exit codes."""

from __future__ import annotations

import csv
import json
import re
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
        "Pages with changes: 1. Length: 7/8, before 1.",
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


# ---------------------------------------------------------------- to read


def test_html_is_a_page_to_read(matchcut: Command) -> None:
    ended = matchcut("compare", "old.fountain", "new.fountain", "out.html", "--lock-scenes")
    assert (ended.code, ended.out, ended.err) == (8, "", "")
    page = Path("out.html").read_text(encoding="utf-8")
    assert "<h1>new.fountain compared with old.fountain</h1>" in page
    assert "the back of a<del> seed</del> packet" in page and "<ins>=</ins> Forty." in page
    assert re.findall(r'id="(change-\d)"', page) == [f"change-{number}" for number in range(1, 5)]
    assert page.count('href="#change-2"') == 1


def test_the_marked_draft_is_html_when_a_form_is_asked_for(matchcut: Command) -> None:
    assert matchcut("compare", "old.fountain", "new.fountain", "out.html", "--set", "form=flow").code == 8
    assert read("out.html").screenplay.revisions is not None


def test_the_page_to_read_obeys_the_rules_for_targets(matchcut: Command) -> None:
    Path("new.html").write_text("<p>Rain.</p>", encoding="utf-8")
    ended = matchcut("compare", "old.fountain", "new.html", "new.html")
    assert ended.code == 2 and Path("new.html").read_text(encoding="utf-8") == "<p>Rain.</p>"


def test_a_list_as_html(matchcut: Command) -> None:
    Path("new.fountain").write_text(CHANGED.replace("jam jar", "<jar>"), encoding="utf-8")
    assert matchcut("compare", "old.fountain", "new.fountain", "--changes", "list.html").code == 8
    page = Path("list.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 6 and "&lt;jar&gt;" in page


# ---------------------------------------------------------------- what counts


def test_what_differs_beside_the_words_is_told(matchcut: Command) -> None:
    beside = DRAFT.replace("OTIS counts", "OTIS *counts*").replace("with one wheel", "with [[why?]]one wheel")
    Path("new.fountain").write_text(beside.replace("jam jar", "jam—jar"), encoding="utf-8")
    Path("old.fountain").write_text(DRAFT.replace("jam jar", "jam--jar"), encoding="utf-8")
    ended = matchcut("compare", "old.fountain", "new.fountain")
    told = "Beside the words: typography in 1 paragraph, emphasis in 1 paragraph, 1 new note.\n"
    assert (ended.code, ended.out) == (0, "new.fountain says what old.fountain says.\n" + told)
    some = matchcut("compare", "old.fountain", "new.fountain", "--ignore", "typography")
    assert some.out.endswith("Beside the words: 1 new note.\n")
    none = matchcut("compare", "old.fountain", "new.fountain", "--ignore", "notes, typography")
    assert none.out == "new.fountain says what old.fountain says.\n"


def test_case_can_be_ignored(matchcut: Command) -> None:
    Path("new.fountain").write_text(DRAFT.replace("jam jar", "JAM JAR"), encoding="utf-8")
    assert matchcut("compare", "old.fountain", "new.fountain").code == 8
    assert matchcut("compare", "old.fountain", "new.fountain", "--ignore", "case").code == 0
    assert "'spelling' is nothing" in matchcut("compare", "old.fountain", "new.fountain", "--ignore", "spelling").err


def marks(path: str) -> list[str]:
    inlines = [one for paragraph in paragraphs(read(path).screenplay.body) for one in paragraph.text]
    return [one.text for one in inlines if isinstance(one, Run) and one.revision is not None]


def test_whole_lines_are_marked_on_request(matchcut: Command) -> None:
    old = "INT. HALL - DAY\n\nRain on the roof.\nWind in the eaves.\nSnow on the sill.\n"
    Path("old.fountain").write_text(old, encoding="utf-8")
    Path("new.fountain").write_text(
        old.replace("the eaves", "the trees").replace("on the sill", "there"), encoding="utf-8"
    )
    matchcut("compare", "old.fountain", "new.fountain", "words.fdx", "--words")
    matchcut("compare", "old.fountain", "new.fountain", "lines.fdx", "--lines")
    assert marks("words.fdx") == ["trees.", "there."]
    assert "".join(marks("lines.fdx")) == "Wind in the trees.Snow there."


def test_marks_since_a_set(matchcut: Command) -> None:
    third = CHANGED.replace("He loses count.", "He loses count again.")
    Path("third.fountain").write_text(third, encoding="utf-8")
    Path("fourth.fountain").write_text(third.replace("jam jar", "box"), encoding="utf-8")
    matchcut("compare", "old.fountain", "new.fountain", "blue.fdx", "--set-name", "Blue")
    matchcut("compare", "blue.fdx", "third.fountain", "pink.fdx", "--set-name", "Pink")
    matchcut("compare", "pink.fdx", "fourth.fountain", "all.fdx")
    matchcut("compare", "pink.fdx", "fourth.fountain", "since.fdx", "--since", "blue")
    assert "box." in marks("all.fdx") and "=" in marks("all.fdx")
    assert "=" not in marks("since.fdx") and {"box.", "again."} <= {one.split()[-1] for one in marks("since.fdx")}
    revisions = read("since.fdx").screenplay.revisions
    assert revisions is not None and revisions.show_all
    unknown = matchcut("compare", "pink.fdx", "fourth.fountain", "--since", "Buff")
    assert unknown.code == 2 and "there are: Blue, Pink" in unknown.err


# ---------------------------------------------------------------- folders


def test_folders_are_compared_script_by_script(matchcut: Command) -> None:
    for name in ("a", "b", "b/acts"):
        Path(name).mkdir()
    for name in ("a/same", "a/changed", "b/changed", "b/acts/new"):
        Path(f"{name}.fountain").write_text(CHANGED if name == "b/changed" else DRAFT, encoding="utf-8")
    assert matchcut("convert", "a/same.fountain", "b/same.fdx").code == 0
    ended = matchcut("compare", "a", "b")
    assert ended.code == 8
    assert ended.out.splitlines() == [
        f"{Path('acts/new')}: only in b",
        "changed: 1 omitted, 2 changed; words: 1 new, 12 cut",
        "same: the same",
    ]
    assert matchcut("compare", "a", "a").code == 0
    assert "two folders give a list" in matchcut("compare", "a", "b", "out.pdf").err


def test_a_script_that_cannot_be_read_does_not_end_a_comparison_of_folders(matchcut: Command) -> None:
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(f"{name}/one.fdx").write_bytes(b"<FinalDraft" if name == "b" else b"<FinalDraft></FinalDraft>")
        Path(f"{name}/two.fountain").write_text(DRAFT, encoding="utf-8")
    ended = matchcut("compare", "a", "b")
    assert ended.code not in (0, 8) and ended.out.splitlines() == ["one: cannot be compared", "two: the same"]


# ---------------------------------------------------------------- revised pages


@pytest.mark.parametrize(
    ("choice", "pages"), [("", [3]), ("=Blue", [2]), ("=pink", [3]), ("=all", [2, 3]), ("=unrevised", [1, 4])]
)
def test_whose_revised_pages(matchcut: Command, choice: str, pages: list[int]) -> None:
    scenes = "".join(f"INT. ROOM {number} - DAY\n\nWords {number}.\n\n===\n\n" for number in range(1, 5))
    Path("white.fountain").write_text(scenes, encoding="utf-8")
    Path("second.fountain").write_text(scenes.replace("Words 2", "Other 2"), encoding="utf-8")
    Path("third.fountain").write_text(
        scenes.replace("Words 2", "Other 2").replace("Words 3", "Other 3"), encoding="utf-8"
    )
    matchcut("compare", "white.fountain", "second.fountain", "blue.fdx", "--set-name", "Blue")
    matchcut("compare", "blue.fdx", "third.fountain", "pink.fdx", "--set-name", "Pink")
    assert matchcut("convert", "pink.fdx", "out.txt", f"--revised-pages{choice}").code == 0
    text = Path("out.txt").read_text(encoding="utf-8")
    assert [number for number in range(1, 5) if f"ROOM {number}" in text] == pages


def test_a_revision_that_is_not_there_is_told(matchcut: Command) -> None:
    matchcut("compare", "old.fountain", "new.fountain", "blue.fdx", "--set-name", "Blue")
    assert "there are: Blue" in matchcut("convert", "blue.fdx", "out.pdf", "--revised-pages=Buff").err
    assert (
        "every page of the script is revised"
        in matchcut("convert", "blue.fdx", "out.pdf", "--revised-pages=unrevised").err
    )
