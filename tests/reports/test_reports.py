"""Each report against a count that is not its own."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from converter import api
from converter.contract import Diagnostic, UsageError
from converter.overview import overview
from converter.readers import fountain
from converter.reports import KINDS, facts_of, report, select
from converter.reports.facts import near_names
from converter.reports.table import Table, shown
from converter.tree import Screenplay

SAMPLES = Path(__file__).parent.parent.parent / "samples"
SCRIPT = """\
Title: The Shed

INT. SHED - DAY #1#

= Mara waits for Joe.

Rain on the roof.

MARA
Who is it?

JOE (V.O.)
Only me.
It is only me.

MARA
(low)
Come in, Joe, and shut that old door behind you now.

EXT. YARD - NIGHT

MARA (O.S.)
Joe?

INT. SHED - LOFT - NIGHT #3#

JOE
Here. ^

.OMITTED #4#

INT. KITCHEN - HALL #5#

JOE
Done.
"""


@cache
def script() -> Screenplay:
    return fountain.from_text(SCRIPT)


def table(kind: str, of: Screenplay | None = None) -> Table:
    return report(of or script(), kind)[0]


def column(found: Table, name: str) -> list[str]:
    place = [one.name for one in found.columns].index(name)
    return [row[place] for row in found.texts()]


# ---------------------------------------------------------------- scenes


def test_a_row_for_each_scene() -> None:
    found = table("scenes")
    assert column(found, "Scene") == ["1", "(2)", "3", "4", "5"]
    assert column(found, "INT/EXT") == ["INT", "EXT", "INT", "", "INT"]
    assert column(found, "Set") == ["SHED", "YARD", "SHED", "", "KITCHEN"]
    assert column(found, "Part of set") == ["", "", "LOFT", "", "HALL"]
    assert column(found, "Time") == ["DAY", "NIGHT", "NIGHT", "", ""]
    assert column(found, "Page") == ["1"] * 5
    assert column(found, "Speaking") == ["MARA, JOE", "MARA", "JOE", "", "JOE"]
    assert column(found, "Present") == ["MARA", "MARA", "JOE", "", "JOE"]  # (V.O.) is heard alone, (O.S.) is there
    assert column(found, "Synopsis")[0] == "Mara waits for Joe."
    assert column(found, "Omitted") == ["", "", "", "omitted", ""]
    assert column(found, "Eighths")[3] == column(found, "Length")[3] == "0"


@pytest.mark.parametrize("name", ["production-draft.fdx", "two-pages.fountain", "short-film.fountain"])
def test_lengths_and_pages_are_those_of_inspect(name: str) -> None:
    """Which the tests of pages hold against Final Draft's own."""
    screenplay = api.read(SAMPLES / name).screenplay
    seen = [one for one in overview(screenplay).scenes if one.heading]
    rows = [row for row in table("scenes", screenplay).texts() if row[0]]
    assert [(row[5], row[6]) for row in rows] == [(one.page or "", one.length) for one in seen]


def test_numbers_of_ours_are_none_of_the_script_s() -> None:
    text = "INT. A - DAY\n\nOne.\n\nINT. B - DAY #1#\n\nTwo.\n\nINT. C - DAY\n\nThree.\n"
    assert column(table("scenes", fountain.from_text(text)), "Scene") == ["(2)", "1", "(3)"]


def test_the_act_and_the_revision_of_a_scene() -> None:
    found = table("scenes", api.read(SAMPLES / "production-draft.fdx").screenplay)
    assert set(column(found, "Revision")) >= {"Pink Rev.", "Yellow Rev.", "Blue Rev.", ""}


# ---------------------------------------------------------------- cast


def counted(text: str) -> tuple[Counter[str], Counter[str]]:
    """Speeches and words by speaker, by the lines of Fountain alone."""
    speeches: Counter[str] = Counter()
    said: Counter[str] = Counter()
    name = ""
    for line in text.splitlines():
        if re.fullmatch(r"[A-Z]+(?: \(.*\))?", line) and line != "OMITTED":
            name = line.partition(" (")[0]
            speeches[name] += 1
        elif not line:
            name = ""
        elif name and not line.startswith("("):
            said[name] += len(line.split())
    return speeches, said


def test_the_cast_is_counted() -> None:
    found = table("cast")
    speeches, said = counted(SCRIPT)
    assert column(found, "Character") == [name for name, _ in said.most_common()]
    for row in found.rows:
        assert (row[4], row[5]) == (speeches[str(row[1])], said[str(row[1])])
    assert [row[:4] for row in found.rows] == [(1, "MARA", 2, 2), (2, "JOE", 3, 2)]


def test_the_cast_of_a_production() -> None:
    production = api.read(SAMPLES / "production-draft.fdx").screenplay
    speeches = Counter(
        line.split(" (")[0].strip()
        for line in re.findall(
            r'<Paragraph[^>]*Type="Character"[^>]*>(?:(?!</Paragraph>).)*?<Text[^>]*>([^<]*)</Text>',
            (SAMPLES / "production-draft.fdx").read_text(encoding="utf-8"),
            re.DOTALL,
        )
    )
    found = table("characters", production)
    ours = {str(row[0]): row[2] for row in found.rows}
    assert {name: ours[name] for name in ("MAGS", "PRIYA", "FENELLA")} == {
        name: speeches[name] for name in ("MAGS", "PRIYA", "FENELLA")
    }


def test_characters_have_lines_pages_and_scenes() -> None:
    row = table("characters").rows[0]
    assert row[0] == "MARA" and row[4] == 2 + 4 + 2  # cues, parenthetical, and two lines of 35 letters
    assert row[5:] == ("1", "1", "1, (2)")


def test_each_speech_comes_after_its_cue_line() -> None:
    found = table("lines")
    assert column(found, "Cue line") == ["", "JOE: Only me. It is only me.", "", "MARA: Who is it?", "", ""]
    assert column(found, "Parenthetical")[1] == "(low)"
    long = fountain.from_text("ANN\none two three four five six seven eight nine\n\nBEN\nYes.\n")
    assert column(table("lines", long), "Cue line")[1] == "ANN: ... two three four five six seven eight nine"


def test_the_matrix_says_who_is_in_which_scene() -> None:
    found = table("matrix")
    assert [one.name for one in found.columns][3:] == ["1 MARA", "2 JOE"]
    assert [row[3:] for row in found.texts()] == [
        ["X", "V.O."], ["X", ""], ["", "X"], ["", ""], ["", "X"], ["2", "3"], [*eighths()],
    ]  # fmt: skip


def eighths() -> list[str]:
    sizes = [int(one) for one in column(table("scenes"), "Eighths")]
    return [str(sizes[0] + sizes[1]), str(sizes[0] + sizes[2] + sizes[4])]


# ---------------------------------------------------------------- the others


def test_sets_have_their_scenes_and_lengths() -> None:
    found = table("locations")
    assert {row[0] for row in found.rows} == {"SHED", "YARD", "KITCHEN"}
    shed = next(row for row in found.rows if row[0] == "SHED")
    assert shed[1:5] == ("INT", "LOFT", 2, "1, 3")
    assert all(row[5] == int(row[6] or 0) + int(row[7] or 0) + int(row[8] or 0) for row in found.rows)
    assert shed[6] and shed[7] and not shed[8]


def test_dialogue_has_room_for_times() -> None:
    found = table("dialogue")
    assert column(found, "Words")[1] == "Only me.\nIt is only me."
    assert column(found, "Extension")[1] == "(V.O.)"
    assert set(column(found, "Time in")) == set(column(found, "Notes")) == {""}


def test_a_breakdown_has_a_sheet_for_each_scene_and_the_tags() -> None:
    found = table("breakdown")
    assert column(found, "Sheet") == ["1", "2", "3", "4"]
    assert column(found, "Sheet color") == ["white", "green", "blue", ""]
    assert column(found, "What") == ["1 MARA, 2 JOE", "1 MARA", "2 JOE", "2 JOE"]
    tagged = table("breakdown", api.read(SAMPLES / "production-draft.fdx").screenplay)
    assert {"Cast", "Vehicles"} <= set(column(tagged, "Category"))


def test_statistics() -> None:
    found = {one.name: one for one in report(script(), "statistics")}
    said = sum(counted(SCRIPT)[1].values())
    whole = dict(zip(column(found["whole"], "What"), column(found["whole"], "How much"), strict=True))
    assert whole["Speeches"] == "6" and whole["Words of dialogue"].startswith(f"{said} (")
    assert sum(int(str(row[1])) for row in found["speeches"].rows) == 6
    assert found["pairs"].rows == (("JOE", "MARA", 2),)
    assert {row[:3] for row in found["times"].rows} >= {("INT", "day", 1), ("EXT", "night", 1), ("INT", "night", 1)}


# ---------------------------------------------------------------- doubts and choices


def told(text: str) -> list[str]:
    found: list[Diagnostic] = []
    facts_of(fountain.from_text(text), found.append)
    return [one.code for one in found]


def test_a_heading_that_does_not_divide_is_a_guess() -> None:
    assert told(SCRIPT) == ["report.heading"]
    assert told("INT. A - DAY\n\nRain.\n") == []


def test_near_names_are_told() -> None:
    assert told("MARTHA\nYes.\n\nMARTA\nNo.\n") == ["report.near-names"]
    assert near_names(["MARTHA", "MARTA", "ANN", "DAN", "GUARD 1", "GUARD 2"]) == [("MARTHA", "MARTA")]
    assert near_names(["MARA QUILL", "MARA"]) == [("MARA QUILL", "MARA")]
    assert near_names(["PETER", "PETRA", "OLGA"]) == []


def test_some_scenes_and_some_characters() -> None:
    facts = facts_of(script())
    some = select(facts, ("1-3", "5"))
    assert [scene.number for scene in some.scenes] == ["1", "2", "3", "5"]
    assert column(KINDS["lines"](some)[0], "Scene") == ["1", "1", "(2)", "1", "3", "5"]
    only = select(facts, (), ("joe",))
    assert [scene.number for scene in only.scenes] == ["1", "3", "5"] and only.cast == ["JOE"]
    assert [row[:2] for row in KINDS["cast"](only)[0].rows] == [(2, "JOE")]  # his number in the whole script
    with pytest.raises(UsageError, match="no scene '9'"):
        select(facts, ("9",))
    with pytest.raises(UsageError, match="did you mean MARA"):
        select(facts, (), ("MARAH",))
    with pytest.raises(UsageError, match="there are: scenes, cast"):
        report(script(), "budget")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", "Rain.", "ANN\nHi.\n", "INT. A - DAY\n", "Title: A\n"])
def test_scripts_that_lack_something(kind: str, text: str) -> None:
    for one in report(fountain.from_text(text), kind):
        assert all(len(row) == len(one.columns) for row in one.rows)


def test_eighths_are_never_reduced() -> None:
    assert [shown(count, "eighths") for count in (0, 4, 8, 11, 16)] == ["0", "4/8", "1", "1 3/8", "2"]
