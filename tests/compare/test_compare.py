"""What is marked in the new draft, one kind of change at a time."""

from __future__ import annotations

import pytest

from converter.compare import Options
from converter.compare.words import Edit, edits
from converter.tree import Revisions, RevisionSet, Run, paragraphs
from tests.compare.drafts import DRAFT, compared, marks, read

LOCKED = Options(lock_scenes=True)
KITCHEN = DRAFT[: DRAFT.index("EXT. GARDEN")]
GARDEN = DRAFT[DRAFT.index("EXT. GARDEN") : DRAFT.index("INT. SHED")]
SHED = DRAFT[DRAFT.index("INT. SHED") : DRAFT.index("EXT. LANE")]
LANE = DRAFT[DRAFT.index("EXT. LANE") : DRAFT.index("INT. KITCHEN - DAWN")]
DAWN = DRAFT[DRAFT.index("INT. KITCHEN - DAWN") :] + "\n"
BUS = "INT. BUS - DAY\n\nMara asleep against the window.\n\n"


# What is replaced by what in the draft, and the marks.
EDITS: dict[str, tuple[str, str, list[str]]] = {
    "a word": ("hums.", "sings.", ["The kettle [-hums.][+sings.] MARA reads the back of a seed packet."]),
    "words put in": (
        "seed packet",
        "very old seed packet",
        ["The kettle hums. MARA reads the back of a [+very old] seed packet."],
    ),
    "words cut inside": ("the back of ", "", ["The kettle hums. MARA reads[- the back of] a seed packet."]),
    "words cut at the start": ("The kettle hums. ", "", ["[-The kettle hums. ]MARA reads the back of a seed packet."]),
    "words cut at the end": (" The packet is empty.", "", ["The kettle is off.[- The packet is empty.]"]),
    "a few short words between two changes": (
        "reads the back of a seed packet",
        "eats the end of a leek pie",
        ["The kettle hums. MARA [-reads the back of a seed packet.][+eats the end of a leek pie.]"],
    ),
    "a speech": ("OTIS\nForty.\n\n", "", ["CUT OTIS", "CUT Forty."]),
    "a parenthetical": ("(shrugging)\n", "", ["CUT (shrugging)"]),
    "a parenthetical put in": ("OTIS\nForty.", "OTIS\n(firmly)\nForty.", ["[+(firmly)]"]),
    "a new speech": ("He loses", "MARA (O.S.)\nForty-one.\n\nHe loses", ["[+MARA (O.S.)]", "[+Forty-one.]"]),
    "another speaker": ("OTIS\nForty.", "ABEL\nForty.", ["[-OTIS][+ABEL]"]),
    "another speaker and words": ("OTIS\nForty.", "ABEL\nNone.", ["CUT OTIS", "CUT Forty.", "[+ABEL]", "[+None.]"]),
    "another kind": (
        "He loses count.",
        "OTIS\nHe loses count.",
        ["CUT He loses count.", "[+OTIS]", "[+He loses count.]"],
    ),
    "a paragraph": ("He loses count.\n\n", "", ["CUT He loses count."]),
    "a sentence that has nothing left": (
        "She pushes the barrow into the hedge and walks away without it.",
        "Then both of them laugh.",
        ["CUT She pushes the barrow into the hedge and walks away without it.", "[+Then both of them laugh.]"],
    ),
    "a heading": ("INT. SHED - NIGHT", "INT. GARAGE - NIGHT", ["3 INT. [-SHED][+GARAGE] - NIGHT"]),
    "a paragraph split": ("off. The", "off.\n\nThe", []),
    "emphasis": ("Forty.", "*Forty.*", []),
    "a note": ("Forty.", "Forty. [[Or fifty?]]", []),
    "typography": ("You had it", "“You” had  it…", ["[-You had it][+“You” had  it…] on Sunday."]),
    "a title page": ("INT. KITCHEN - DAY", "Title: Barrow\n\nINT. KITCHEN - DAY", []),
}


@pytest.mark.parametrize("what", EDITS)
def test_what_is_marked(what: str) -> None:
    old, new, expected = EDITS[what]
    found = compared(DRAFT, DRAFT.replace(old, new, 1))
    assert marks(found) == expected
    assert found.is_equal is (not expected)


def test_quotes_dots_dashes_and_blanks_of_another_make_are_no_change() -> None:
    old = DRAFT.replace("Forty.", '"Don\'t" ask... not now -- never.')
    new = DRAFT.replace("Forty.", "“Don’t” ask…  not now — never.")
    assert marks(compared(old, new)) == [] and compared(old, new).is_equal


def test_paragraphs_that_became_one_are_no_change() -> None:
    assert compared(DRAFT.replace("off. The", "off.\n\nThe"), DRAFT).is_equal
    assert compared(DRAFT, DRAFT.replace("hums. MARA", "hums.\n\nMARA")).is_equal


def test_a_paragraph_that_moved_is_marked_where_it_is_and_where_it_was() -> None:
    words = "She pushes the barrow into the hedge and walks away without it.\n\n"
    moved = DRAFT.replace(words, "").replace("He loses", words + "He loses")
    found = compared(DRAFT, moved)
    assert marks(found) == [f"CUT {words.strip()}", f"[+{words.strip()}]"]
    assert [one.what for one in found.changes] == ["moved"]


def test_a_short_paragraph_elsewhere_is_another() -> None:
    moved = DRAFT.replace("He loses count.\n\n", "").replace("rider.", "rider.\n\nHe loses count.")
    assert [one.what for one in compared(DRAFT, moved).changes] == ["cut", "new"]


# ---------------------------------------------------------------- scenes


SCENES: dict[str, tuple[str, list[tuple[str, str | None, str | None]], list[str]]] = {
    "a new one between": (
        KITCHEN + GARDEN + BUS + SHED + LANE + DAWN,
        [("new", None, "2A")],
        ["2A [+INT. BUS - DAY]", "[+Mara asleep against the window.]"],
    ),
    "a new one first": (
        BUS + DRAFT,
        [("new", None, "A1")],
        ["A1 [+INT. BUS - DAY]", "[+Mara asleep against the window.]"],
    ),
    "a new one last": (
        DRAFT + "\n" + BUS,
        [("new", None, "6")],
        ["6 [+INT. BUS - DAY]", "[+Mara asleep against the window.]"],
    ),
    "one cut": (
        KITCHEN + GARDEN + SHED + DAWN,
        [("omitted", "4", "4")],
        ["4 [+OMITTED]", "OMITTED EXT. LANE - NIGHT", "OMITTED A bicycle goes by without a rider."],
    ),
    "the last one cut": (
        KITCHEN + GARDEN + SHED + LANE,
        [("omitted", "5", "5")],
        ["5 [+OMITTED]", "OMITTED INT. KITCHEN - DAWN", "OMITTED The kettle is off. The packet is empty."],
    ),
    "one replaced": (
        KITCHEN + GARDEN + SHED + BUS + DAWN,
        [("new", None, "4A"), ("omitted", "4", "4")],
        [
            *("4 [+OMITTED]", "OMITTED EXT. LANE - NIGHT", "OMITTED A bicycle goes by without a rider."),
            *("4A [+INT. BUS - DAY]", "[+Mara asleep against the window.]"),
        ],
    ),
    "one moved": (
        LANE + KITCHEN + GARDEN + SHED + DAWN,
        [("moved", "4", "A1")],
        [
            *("A1 [+EXT. LANE - NIGHT]", "[+A bicycle goes by without a rider.]"),
            *("4 [+OMITTED]", "OMITTED EXT. LANE - NIGHT", "OMITTED A bicycle goes by without a rider."),
        ],
    ),
    "one split": (
        KITCHEN + GARDEN + SHED.replace("OTIS\n", "EXT. SHED - LATER\n\nOTIS\n") + LANE + DAWN,
        [("new", None, "3A")],
        ["3A [+EXT. SHED - LATER]"],
    ),
    "two joined": (
        KITCHEN + GARDEN + SHED.partition("\n\n")[2] + LANE + DAWN,
        [("omitted", "3", "3")],
        ["3 [+OMITTED]", "OMITTED INT. SHED - NIGHT"],
    ),
    "one rewritten under its number": (
        KITCHEN + GARDEN + "EXT. SEA - DAY #3#\n\nGulls.\n\n" + LANE + DAWN,
        [("changed", "3", "3")],
        [
            "3 [-INT. SHED - NIGHT][+EXT. SEA - DAY]",
            *("CUT OTIS counts nails into a jam jar.", "CUT OTIS", "CUT Forty.", "CUT He loses count."),
            "[+Gulls.]",
        ],
    ),
    "one without its number": (DRAFT.replace(" #3#", ""), [], []),
    "one under another number": (DRAFT.replace("#5#", "#6#"), [], []),
}


@pytest.mark.parametrize("what", SCENES)
def test_scenes_keep_their_numbers(what: str) -> None:
    new, changes, expected = SCENES[what]
    found = compared(DRAFT, new, LOCKED)
    assert [(one.what, one.old_number, one.number) for one in found.scenes] == changes
    assert marks(found) == expected


def numbers(options: Options, old: str, new: str) -> list[str | None]:
    return [one.number for one in paragraphs(compared(old, new, options).screenplay.body) if one.number]


def test_letters_go_where_the_scheme_has_them() -> None:
    new = KITCHEN + GARDEN + BUS + BUS.replace("Mara", "Nobody") + SHED + LANE + DAWN
    assert numbers(Options(lock_scenes=True, scheme="suffix"), DRAFT, new) == ["1", "2", "2A", "2B", "3", "4", "5"]
    assert numbers(Options(lock_scenes=True, scheme="prefix"), DRAFT, new) == ["1", "2", "A3", "B3", "3", "4", "5"]
    prefixed = DRAFT.replace("#2#", "#A3#")
    assert numbers(LOCKED, prefixed, new.replace("#2#", "#A3#"))[:4] == ["1", "A3", "B3", "C3"]


def test_between_a_scene_and_its_letter_no_number_is_used_twice() -> None:
    old = KITCHEN + GARDEN + SHED.replace("#3#", "#2A#") + LANE + DAWN
    new = KITCHEN + GARDEN + BUS + SHED.replace("#3#", "#2A#") + LANE + DAWN
    assert numbers(Options(lock_scenes=True, scheme="suffix"), old, new)[1:4] == ["2", "A2A", "2A"]
    assert numbers(Options(lock_scenes=True, scheme="prefix"), old, new)[1:4] == ["2", "2AA", "2A"]


def test_a_number_that_two_new_scenes_have_is_the_first_ones() -> None:
    twice = BUS.replace("DAY", "DAY #2A#")
    new = KITCHEN + GARDEN + twice + twice.replace("Mara", "Nobody") + SHED + LANE + DAWN
    assert numbers(LOCKED, DRAFT, new) == ["1", "2", "2A", "2B", "3", "4", "5"]


def test_a_scene_that_was_omitted_stays_so_and_its_number_is_used_no_more() -> None:
    old = KITCHEN + GARDEN + ".OMITTED #3#\n\n" + LANE + DAWN
    found = compared(old, KITCHEN + GARDEN + BUS + LANE + DAWN, LOCKED)
    assert numbers(LOCKED, old, KITCHEN + GARDEN + BUS + LANE + DAWN) == ["1", "2", "3", "3A", "4", "5"]
    assert "3 [+OMITTED]" not in marks(found)


def test_without_the_lock_the_new_draft_keeps_its_numbers() -> None:
    found = compared(DRAFT, KITCHEN + GARDEN + BUS + SHED + LANE + DAWN.replace("#5#", "#7#"))
    assert [(one.what, one.old_number, one.number) for one in found.scenes] == [
        ("new", None, None),
        ("renumbered", "5", "7"),
    ]


def test_a_scene_without_number_that_went_is_cut() -> None:
    plain = "".join(line.split(" #")[0] + "\n" for line in DRAFT.splitlines())
    found = compared(plain, plain.replace("EXT. LANE - NIGHT\n\nA bicycle goes by without a rider.\n\n", ""))
    assert marks(found) == ["CUT EXT. LANE - NIGHT", "CUT A bicycle goes by without a rider."]
    assert [(one.what, one.old_heading) for one in found.scenes] == [("cut", "EXT. LANE - NIGHT")]


def test_scenes_of_one_heading_are_told_apart_by_their_words() -> None:
    old = "INT. A - DAY\n\nA long red boat is there.\n\nINT. A - DAY\n\nNobody has ever seen the sea.\n"
    new = "INT. A - DAY\n\nNobody has ever seen the sea.\n\nINT. A - DAY\n\nA long red boat is there, still.\n"
    assert [one.what for one in compared(old, new).scenes] == ["moved", "changed"] or [
        one.what for one in compared(old, new).scenes
    ] == ["changed", "moved"]


def test_an_empty_draft_has_nothing_in_common() -> None:
    assert [one.what for one in compared("", DRAFT).scenes] == ["new"] * 5
    assert [one.what for one in compared(DRAFT, "").scenes] == ["omitted"] * 5
    assert compared("", "").is_equal


# ---------------------------------------------------------------- sets


def test_the_next_colour_is_the_set_of_the_changes() -> None:
    found = compared(DRAFT, DRAFT.replace("Forty", "Fifty"))
    assert found.screenplay.revisions == Revisions(sets=(RevisionSet(id=1, name="Blue", color="#0000FF"),), active=1)
    again = compared(DRAFT, DRAFT.replace("Forty", "Fifty"), Options(set_name="Pink Rev. (11/30/26)"))
    assert again.screenplay.revisions and again.screenplay.revisions.sets[0].color == "#FF00FF"


def test_what_the_old_draft_marked_stays_marked() -> None:
    from converter.compare import compare

    first = compared(DRAFT, DRAFT.replace("Forty.", "Fifty, at least."))
    second = compare(first.screenplay, read(DRAFT.replace("Forty.", "Fifty, at most.")))
    revisions = second.screenplay.revisions
    assert revisions and [one.name for one in revisions.sets] == ["Blue", "Pink"] and revisions.active == 2
    said = [
        (one.text, one.revision) for p in paragraphs(second.screenplay.body) for one in p.text if isinstance(one, Run)
    ]
    assert ("Fifty, at", 1) in said and ("most.", 2) in said


# ---------------------------------------------------------------- words


def test_changes_of_words_do_not_touch() -> None:
    assert edits([], []) == [] and edits(["a"], ["a"]) == []
    assert edits(["a", "b"], ["a"]) == [Edit(1, 2, 1, 1)]
    assert edits(["a"], ["b", "a"]) == [Edit(0, 0, 0, 1)]
    assert edits("x to y".split(), "p to q".split()) == [Edit(0, 3, 0, 3)]
    assert edits("x house y".split(), "p house q".split()) == [Edit(0, 1, 0, 1), Edit(2, 3, 2, 3)]
    assert edits("x a b c y".split(), "p a b c q".split()) == [Edit(0, 1, 0, 1), Edit(4, 5, 4, 5)]


def test_two_endless_paragraphs_are_one_change() -> None:
    old, new = ([f"{letter}{number}" for number in range(1_100)] for letter in "ab")
    assert edits(["same", *old], ["same", *new]) == [Edit(1, 1_101, 1, 1_101)]
