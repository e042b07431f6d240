"""What the lines of other people's documents say by themselves: their words, where they begin, the room above them."""

from __future__ import annotations

from typing import Any

import pytest

from converter.notation import docx as notation
from converter.records import replace
from converter.recovery.documents.foreign import Foreign, cut, find_blanks, lines_of, trim
from converter.recovery.documents.front import (
    act,
    is_heading,
    is_shot,
    is_transition,
    title_field,
    title_page,
    unnumbered,
)
from converter.recovery.documents.names import Named
from converter.tree import (
    Action,
    Align,
    Character,
    EndOfAct,
    LineBreak,
    NewAct,
    Note,
    Paragraph,
    Position,
    Run,
    Style,
    Text,
    words,
)

INCH = notation.INCH


def foreign(*text: str | Any, **more: Any) -> Foreign:
    usual: dict[str, Any] = {
        "named": None,
        "style": None,
        "left": INCH,
        "right": 7 * INCH,
        "tabs": (),
        "align": None,
        "before": 0,
        "after": 0,
        "breaks": 0,
        "break_behind": False,
        "number": None,
        "capitals": False,
        "at": None,
    }
    inlines = tuple(Run(text=one) if isinstance(one, str) else one for one in text if one)
    return Foreign(text=inlines, **{**usual, **more})


def trimmed(*text: str | Any, **more: Any) -> Foreign:
    one = foreign(*text, **more)
    trim(one)
    return one


# ---------------------------------------------------------------- words that tell


@pytest.mark.parametrize(
    "said",
    ["INT. PIER - DAY", "12 INT. PIER", "12A.\tINT. PIER 12A.", "INNEN. STEG", "AUßEN / STEG", "INTÉRIEUR - QUAI"]
    + [
        "PL. MOLO",
        "ИНТ. ПРИЧАЛ",
        "ΕΣΩΤ. ΠΡΟΒΛΗΤΑ",
        "○港",
        "港（夜）",
        "港（雨の夜の前）",
        "OMITTED",
        "12 OMIT",
        "INT. PIER.",
    ]
    + ["INT. pier", "INT. " + "X" * 114],
)
def test_headings(said: str) -> None:
    assert is_heading(said)


@pytest.mark.parametrize(
    "said",
    ["PIER - DAY", "int. pier", "Int. Pier - Day.", "INT. We see the pier.", "INT. Who is it?", "INT. Ah!", "PLAN"]
    + ["OMITTED NOW", "港（雨）", "○港。", "INT. " + "X" * 115, "12", ""],
)
def test_no_headings(said: str) -> None:
    assert not is_heading(said)


@pytest.mark.parametrize(
    "said",
    ["CUT TO:", "SMASH CUT TO:", "DISSOLVE TO:", "FADE IN", "FADE IN:", "FADE OUT.", "FADE UP ON THE PIER", "CUT:"]
    + ["JUMP CUT:", "MATCH CUT BACK:", "CUTS:"],
)
def test_transitions(said: str) -> None:
    assert is_transition(said)


@pytest.mark.parametrize("said", ["Cut to:", "CUT", "FADE", "FADE OUTSIDE", "UNTO:", "HE CUTS:", "FADE IN " + "X" * 21])
def test_no_transitions(said: str) -> None:
    assert not is_transition(said)


@pytest.mark.parametrize(
    ("said", "found"),
    [("INSERT", True), ("CLOSE ON THE LAMP", True), ("CLOSE-UP", True), ("CLOSEUP", True), ("ANGLE ON INES", True)]
    + [("BACK TO SCENE", True), ("CLOSE the door", False), ("INSERTS", False), ("ANGLE", False)],
)
def test_shots(said: str, found: bool) -> None:
    assert is_shot(said) is found


@pytest.mark.parametrize(
    ("said", "kind"),
    [("ACT ONE", NewAct), ("ACT IV", NewAct), ("ACT 12.", NewAct), ("TEASER", NewAct), ("COLD OPENING:", NewAct)]
    + [("END OF ACT ONE", EndOfAct), ("END ACT TWO", EndOfAct), ("END TAG", EndOfAct), ("ACTION", None), ("ACT", None)]
    + [("ACT NINE", None), ("ACT 123", None)],
)
def test_acts(said: str, kind: type[Paragraph] | None) -> None:
    assert act(said) is kind


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("12 INT. PIER", "INT. PIER"),
        ("12\tINT. PIER\t12", "INT. PIER"),
        ("12A INT. PIER 12A", "INT. PIER"),
        ("A12-1B. INT. PIER", "INT. PIER"),
        ("12 INT. PIER 12A", "INT. PIER 12A"),
        ("12 INT. PIER12", "INT. PIER12"),
        ("INT. PIER 12", "INT. PIER 12"),
        ("12", "12"),
        ("ABC1 INT.", "ABC1 INT."),
    ],
)
def test_a_number_before_a_heading_is_none_of_its_words(said: str, rest: str) -> None:
    assert unnumbered(said) == rest


# ---------------------------------------------------------------- where the words begin


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("Rain.", "Rain.", INCH),
        ("  Rain. ", "Rain.", INCH + 288),
        ("\tRain.", "Rain.", INCH + 720),
        (" \tRain.", "Rain.", INCH + 720),
        ("\u00a0\u3000Rain.", "Rain.", INCH + 288),
        ("Rain.  *", "Rain.", INCH),
        ("Rain.\t\t**", "Rain.", INCH),
        ("Rain. *", "Rain. *", INCH),
        ("Rain*", "Rain*", INCH),
        ("   ", "", INCH),
        ("", "", INCH),
    ],
)
def test_blanks_before_the_words_say_where_they_stand(text: str, said: str, left: int) -> None:
    one = trimmed(text)
    assert (one.said, words(one.text)) == (said, said)
    assert said == "" or one.left == left


def test_tabs_go_to_the_stops_of_their_paragraph_first() -> None:
    assert trimmed("\tRain.", tabs=(INCH, 2000, 3000)).left == 2000
    assert trimmed("\t\tRain.", tabs=(2000,)).left == 2160  # then to every half inch
    assert trimmed("\tRain.", left=0).left == 720


@pytest.mark.parametrize(
    ("align", "left", "column"),
    [(None, 1440, 10), (None, 1500, 10), (None, 1520, 11), (Align.CENTER, 1440, 38), (Align.RIGHT, 1440, 65)]
    + [(Align.CENTER, 6480, 55), (Align.RIGHT, 9600, 67)],
)
def test_a_column_is_where_the_words_begin(align: Align | None, left: int, column: int) -> None:
    assert trimmed("Rains", align=align, left=left).column == column


def test_capitals_of_a_style_and_of_words_are_printed() -> None:
    assert trimmed("Rain", capitals=True).said == "RAIN"
    assert trimmed("Ra", Run(text="in", style=Style.ALL_CAPS), LineBreak(), "ß").said == "RaIN ß"
    assert trimmed(Run(text="Rain", style=Style.ALL_CAPS)).said == "RAIN"
    assert trimmed("Straße", capitals=True).said == "STRAßE"  # a letter stays one letter


def test_a_cut_keeps_notes_and_the_breaks_between() -> None:
    text: Text = (Run(text="ab"), LineBreak(), Note(text="n"), Run(text="cd"))
    assert cut(text, 0, 5) == text
    assert cut(text, 1, 4) == (Run(text="b"), LineBreak(), Note(text="n"), Run(text="c"))
    assert cut(text, 3, 5) == (Note(text="n"), Run(text="cd"))
    assert cut(text, 0, 2) == (Run(text="ab"), Note(text="n"))
    assert cut((*text, Run(text="ef")), 4, 6) == (Note(text="n"), Run(text="d"), Run(text="e"))


# ---------------------------------------------------------------- lines of a paragraph


def test_typed_breaks_make_lines_of_which_the_first_and_the_last_have_the_room() -> None:
    one = foreign("INT. PIER", LineBreak(), "Rain.", LineBreak(), "Snow.", before=240, after=120, breaks=1, number="7")
    first, second, third = lines_of(replace(one, break_behind=True))
    assert [line.said for line in (first, second, third)] == ["INT. PIER", "Rain.", "Snow."]
    assert [(line.before, line.after) for line in (first, second, third)] == [(240, 0), (0, 0), (0, 120)]
    assert [(line.breaks, line.break_behind, line.number) for line in (first, second, third)] == [
        (1, False, "7"),
        (0, False, None),
        (0, True, None),
    ]
    assert [line.tied for line in (first, second, third)] == [False, True, True]


def test_a_style_that_says_what_its_paragraph_is_holds_for_all_lines() -> None:
    (one,) = lines_of(foreign("Rain.", LineBreak(), "Snow.", named=Named(Action)))
    assert one.said == "Rain. Snow."
    assert len(list(lines_of(foreign("Rain.", LineBreak(), "Snow.", named=Named(Action, weak=True))))) == 2


def blanks(*lines: Foreign) -> list[int]:
    for one in lines:
        trim(one)
    found = list(lines)
    find_blanks(found)
    return [one.blank for one in found if one.said]


def test_empty_paragraphs_and_room_are_empty_lines() -> None:
    line = notation.LINE
    assert blanks(foreign("a"), foreign(), foreign("b"), foreign(), foreign(), foreign("c")) == [0, 1, 2]
    assert blanks(foreign("a"), foreign("b"), foreign("c", before=line), foreign("d", before=2 * line)) == [0, 0, 1, 2]
    assert blanks(foreign("a"), foreign("b", after=line), foreign("c")) == [0, 0, 1]
    assert blanks(foreign("a", after=line), foreign("b", before=2 * line), foreign("c")) == [0, 2, 0]


def test_room_that_stands_everywhere_says_nothing() -> None:
    line = notation.LINE
    assert blanks(*(foreign(one, after=line) for one in "abc")) == [0, 0, 0]
    assert blanks(*(foreign(one, before=line + 60 * (one == "c")) for one in "abc")) == [0, 0, 0]
    assert blanks(*(foreign(one, before=line + 61 * (one == "c")) for one in "abc")) == [0, 0, 1]


def test_lines_of_one_paragraph_have_no_room_between() -> None:
    one = foreign("b", before=480)
    one.tied = True
    assert blanks(foreign("a"), one, foreign("c")) == [0, 0, 0]
    one.before = 0
    assert blanks(foreign("a"), one, foreign("c", before=240), foreign("d", before=480)) == [0, 0, 0, 1]


def test_empty_lines_under_names_too_are_a_habit() -> None:
    def speeches(count: int, name: str = "ANN") -> list[Foreign]:
        texts = [name, "", "Hi.", "", ""] * count
        return [*map(foreign, texts), foreign("x")]

    assert blanks(*speeches(3)) == [0, 0, 1, 0, 1, 0, 1]
    assert blanks(*speeches(2)) == [0, 1, 2, 1, 2]
    assert blanks(*speeches(3, "A" * 37)) == [0, 0, 1, 0, 1, 0, 1]
    for no_name in ("A" * 38, "Ann", "ANN.", "ANN:"):
        assert blanks(*speeches(3, no_name)) == [0, 1, 2, 1, 2, 1, 2]


# ---------------------------------------------------------------- the title page


def front(*lines: Foreign) -> int:
    for one in lines:
        trim(one)
    return title_page(lines)


def centered(text: str, **more: Any) -> Foreign:
    return foreign(text, align=Align.CENTER, **more)


BODY = foreign("INT. PIER - DAY")


def test_centered_lines_before_a_page_break_are_a_title_page() -> None:
    assert front(centered("LOW WATER"), foreign(""), foreign("INT. PIER", breaks=1)) == 2
    assert front(centered("LOW WATER"), foreign("Pier 4", break_behind=True), BODY) == 2
    assert front(foreign("LOW WATER", left=4 * INCH), foreign("x", breaks=1)) == 1
    assert front(foreign("LOW WATER"), foreign("x", breaks=1)) == 0
    assert front(centered("LOW WATER"), centered("x")) == 0


@pytest.mark.parametrize("credit", ["by", "written by", "Screenplay", "von:", "A film by", "story and screenplay"])
def test_a_credit_makes_one_up_to_the_first_scene(credit: str) -> None:
    assert front(centered("LOW WATER"), centered(credit), BODY) == 2
    assert front(centered("LOW WATER"), centered(credit), foreign("FADE IN:"), BODY) == 2
    assert front(centered("LOW WATER"), centered("Ines"), BODY) == 0


def test_a_script_or_a_page_of_many_lines_is_no_title_page() -> None:
    assert front(centered("LOW WATER"), foreign("ANN", named=Named(Character)), foreign("x", breaks=1)) == 0
    assert front(centered("LOW WATER"), foreign("ANN", named=Named(Character, weak=True)), foreign("x", breaks=1)) == 2
    assert front(*(centered("a") for _ in range(40)), foreign("x", breaks=1)) == 40
    assert front(*(centered("a") for _ in range(41)), foreign("x", breaks=1)) == 0
    assert front(*(foreign("") for _ in range(40)), foreign("x", breaks=1)) == 0
    assert front(centered("written by"), foreign("Rain falls.")) == 0
    assert front(*(centered(one) for one in ["a", *[""] * 79]), foreign("x", breaks=1)) == 80
    assert front(*(centered(one) for one in ["a", *[""] * 80]), foreign("x", breaks=1)) == 81
    assert front(*(centered(one) for one in ["a", *[""] * 81]), foreign("x", breaks=1)) == 0


@pytest.mark.parametrize(
    ("text", "align", "known", "field"),
    [
        ("LOW WATER", Align.CENTER, [], "Title"),
        ("by", Align.CENTER, [], "Title"),
        ("written by", Align.CENTER, ["Title"], "Credit"),
        ("Ines Quill", Align.CENTER, ["Title", "Credit"], "Author"),
        ("The Second Night", Align.CENTER, ["Title"], "Title"),
        ("based on her letters", Align.CENTER, ["Title", "Credit", "Author"], "Source"),
        ("Second draft", None, ["Title"], "Draft date"),
        ("Second draft", Align.CENTER, ["Title"], "Title"),
        ("Second draft", Align.CENTER, ["Title", "Author"], "Draft date"),
        ("1.5.2026", None, ["Title"], "Draft date"),
        ("May 2026", None, ["Title"], "Draft date"),
        ("Pier 4", None, ["Title"], "Contact"),
        ("ines@example.org", Align.CENTER, ["Title", "Author"], "Contact"),
        ("Copyright 2026 Ines", None, ["Title", "Author"], "Copyright"),
        ("Ines Quill", Align.CENTER, ["Title", "Credit", "Contact"], "Contact"),
        ("by her", Align.CENTER, ["Title", "Author"], "Title"),
    ],
)
def test_a_line_of_the_title_page_says_which_field_it_is(
    text: str, align: Align | None, known: list[str], field: str
) -> None:
    assert title_field(trimmed(text, align=align), known) == field


def test_the_name_of_a_style_says_it_more_surely() -> None:
    assert title_field(trimmed("by", named=Named(None, field="Author")), []) == "Author"
    assert front(foreign("LOW WATER", named=Named(None, field="Title")), foreign("x", breaks=1)) == 1


def test_a_position_stays_with_its_line() -> None:
    assert [one.at for one in lines_of(foreign("a", LineBreak(), "b", at=Position(paragraph=7)))] == (
        [Position(paragraph=7)] * 2
    )
