"""What a line of a Word document without telling styles is, once recovery has said what it looks like."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from converter.contract import DEFAULT_LIMITS, Diagnostic
from converter.recovery.decoder import roles
from converter.recovery.documents import engine, guess, lines
from converter.recovery.documents.foreign import TENTH, Foreign, find_blanks
from converter.recovery.documents.names import Named
from converter.recovery.documents.pieces import Found, Piece
from converter.tree import (
    Action,
    Align,
    Character,
    Dialogue,
    EndOfAct,
    Lyric,
    NewAct,
    Paragraph,
    Parenthetical,
    SceneHeading,
    Shot,
    Transition,
)
from tests.readers.docx.test_docx_lines import INCH, foreign, trimmed

Kind = type[Paragraph]


def known(**more: Any) -> guess._Known:
    usual: dict[str, Any] = {"styles": {}, "columns": {}, "times": frozenset(), "blank_above": None}
    return guess._Known(**{**usual, "scene_levels": frozenset(), "speech_is_named": False, **more})


def kind(said: str, found: Kind, before: Kind | None = None, known: guess._Known = known(), **more: Any) -> Kind:
    one = trimmed(said, **{name: value for name, value in more.items() if name != "blank"})
    one.blank = more.get("blank", 0)
    return guess._kind(one, said, found, before, known)


def test_words_that_are_plain_overrule_what_it_looks_like() -> None:
    assert kind("INT. PIER - DAY", Dialogue, Character) is SceneHeading
    assert kind("CUT TO:", Action) is Transition
    assert kind("CUT TO:", Dialogue, Character) is Dialogue
    assert kind("INSERT THE LAMP", Action) is Shot
    assert kind("ACT ONE", Action) is NewAct
    assert kind("END OF ACT ONE", Action) is EndOfAct
    assert kind("ACT ONE", Dialogue, Character) is Dialogue
    assert kind("THE END", Action, align=Align.RIGHT) is Transition


def test_a_name_is_in_capitals_but_for_a_few_letters() -> None:
    assert kind("ODILE", Character) is Character
    assert kind("McGARRY", Character) is Character
    assert kind("Odile says", Character) is Action
    assert kind("\u7b11\u3046\u3002", Character) is Action


def test_what_is_spoken_has_a_name_above_it() -> None:
    assert kind("Who is there?", Dialogue, Character) is Dialogue
    assert kind("Who is there?", Dialogue, Dialogue) is Dialogue
    assert kind("Who is there?", Dialogue, Action) is Action
    assert kind("Who is there?", Dialogue, None) is Action
    assert kind("(low)", Parenthetical, SceneHeading) is Action


def test_words_right_below_a_name_are_spoken() -> None:
    assert kind("Who is there?", Action, Character) is Dialogue
    assert kind("(low)", Action, Character) is Parenthetical
    assert kind("Who is there?", Action, Character, blank=1) is Action
    assert kind("SNOW", Action, Character) is Action


def test_a_parenthetical_has_a_bracket_or_goes_on_with_one() -> None:
    assert kind("(low)", Parenthetical, Character) is Parenthetical
    assert kind("and low)", Parenthetical, Parenthetical) is Parenthetical
    assert kind("and low", Parenthetical, Character) is Dialogue
    assert kind("ODILE", Parenthetical, Dialogue) is Character
    assert kind("ODILE", Parenthetical, Character) is Dialogue


def test_a_heading_that_is_a_sentence_is_action() -> None:
    assert kind("THE PIER", SceneHeading) is SceneHeading
    assert kind("The pier", SceneHeading) is Action


def test_a_style_says_what_all_its_lines_are() -> None:
    styles = known(styles={"s": Dialogue})
    assert kind("Who is there?", Action, Character, styles, style="s") is Dialogue
    assert kind("Who is there?", Action, Action, styles, style="t") is Action


def test_where_speech_has_styles_a_line_without_one_is_told() -> None:
    assert kind("Who is there?", Dialogue, Character, known(speech_is_named=True)) is Action
    assert kind("Who is there?", Dialogue, Character, known(speech_is_named=True), style="s") is Dialogue


def test_capitals_with_the_time_or_the_room_of_headings_are_one() -> None:
    times, room = known(times=frozenset({"NIGHT"})), known(blank_above=2)
    assert kind("THE PIER - NIGHT", Action, None, times) is SceneHeading
    assert kind("THE PIER - NIGHT", Action) is Action
    assert kind("THE PIER - NIGHT", Action, None, times, align=Align.CENTER) is Action
    assert kind("THE PIER", Action, None, room, blank=2) is SceneHeading
    assert kind("THE PIER", Action, None, room, blank=1) is Action
    assert kind("THE PIER", Action, named=Named(SceneHeading, weak=True)) is SceneHeading


# ---------------------------------------------------------------- what stands at an edge

AT_TEN = (None, 10)


@pytest.mark.parametrize(
    ("usual", "said", "found", "kind"),
    [
        (Dialogue, "Who?", Action, Dialogue),
        (Dialogue, "(low)", Action, Parenthetical),
        (Dialogue, "CUT TO:", Transition, Transition),
        (Parenthetical, "Who?", Action, Dialogue),
        (Character, "ODILE", Action, Character),
        (Character, "Odile", Action, Action),
        (Character, "(low)", Action, Parenthetical),
        (Character, "CUT TO:", Transition, Transition),
        (Action, "Who?", Dialogue, Action),
        (Action, "Who?", Lyric, Action),
        (Action, "INT. PIER", SceneHeading, SceneHeading),
        (Action, "Who?", Action, Action),
    ],
)
def test_where_nearly_all_is_one_thing_all_is(usual: Kind, said: str, found: Kind, kind: Kind) -> None:
    one = trimmed(said, left=10 * TENTH)
    assert guess._by_column(one, said, found, known(columns={AT_TEN: usual})) is kind
    assert guess._by_column(one, said, found, known(columns={(None, 11): usual})) is found


def counted(*kinds: tuple[int, Kind]) -> tuple[list[Foreign], list[Piece]]:
    lines = [trimmed("x", left=column * TENTH, style=f"s{column}") for column, _ in kinds]
    return lines, [Piece(place, 0, 1, one) for place, (_, one) in enumerate(kinds)]


def test_three_of_four_are_nearly_all() -> None:
    at = [(10, Action)] * 3
    assert guess._most_often(*counted(*at), guess._place) == {AT_TEN: Action}
    assert guess._most_often(*counted(*at, (10, Dialogue)), guess._place) == {AT_TEN: Action}
    assert guess._most_often(*counted(*at, (10, Dialogue), (10, Dialogue)), guess._place) == {}
    assert guess._most_often(*counted(*at[:2]), guess._place) == {}


def test_far_from_the_left_edge_more_than_half_is_enough() -> None:
    left = [(10, Action)] * 3
    mixed = [(15, Dialogue)] * 3 + [(15, Action)] * 2
    assert guess._most_often_there(*counted(*left, *mixed)) == {AT_TEN: Action, (None, 15): Dialogue}
    near = [(14, Dialogue)] * 3 + [(14, Action)] * 2
    assert guess._most_often_there(*counted(*left, *near)) == {AT_TEN: Action}
    half = [(15, Dialogue)] * 3 + [(15, Action)] * 3
    assert guess._most_often_there(*counted(*left, *half)) == {AT_TEN: Action}
    few = [(15, Dialogue)] * 2 + [(15, Action)]
    assert guess._most_often_there(*counted(*left, *few)) == {AT_TEN: Action}


def test_lines_that_say_themselves_what_they_are_do_not_count() -> None:
    lines, pieces = counted(*[(10, Action)] * 3)
    for one in lines:
        one.named = Named(Dialogue)
    assert guess._most_often(lines, pieces, guess._place) == {}


def test_lines_in_the_middle_and_at_the_right_stand_there_however_long_they_are() -> None:
    assert guess._place(foreign("x", align=Align.CENTER, left=720)) == (Align.CENTER, 0)
    assert guess._place(foreign("x", align=Align.RIGHT, left=720)) == (Align.RIGHT, 0)
    assert guess._place(foreign("x", left=720)) == (None, 5)


# ---------------------------------------------------------------- what all of a document tells


def levels(*lines: tuple[int, str]) -> frozenset[int]:
    made = [trimmed(said) for _, said in lines]
    for one, (level, _) in zip(made, lines, strict=True):
        one.level = level
    return guess._scene_levels(made)


def test_headings_of_a_level_that_comes_back_are_scenes() -> None:
    assert levels((1, "One"), (2, "Pier"), (2, "Quay"), (0, "Rain."), (0, "Snow.")) == {2}
    assert levels((1, "One"), (1, ""), (0, "Rain.")) == frozenset()
    assert levels((1, "ACT ONE"), (2, "Pier"), (2, "Quay")) == frozenset()


def test_speech_is_named_where_action_is_not() -> None:
    def named(*kinds: Kind, known: bool = False) -> bool:
        lines = [trimmed("x", named=Named(one)) for one in kinds]
        for one in lines:
            one.known = known
        return guess._speech_is_named(lines)

    assert named(Character, Dialogue)
    assert not named(Character, Dialogue, Action)
    assert not named(Character)
    assert not named(Dialogue)
    assert not named(Character, Dialogue, known=True)


@pytest.mark.parametrize(
    ("headings", "actions", "above"),
    [([3] * 3, [1] * 3, 3), ([3] * 2, [1] * 3, 2), ([1] * 3, [1] * 3, None), ([3] * 3, [], None), ([], [2], None)]
    + [([], [1], 2), ([3, 3, 1], [1, 1, 3], 3)],
)
def test_more_empty_lines_stand_above_headings_than_above_action(
    headings: list[int], actions: list[int], above: int | None
) -> None:
    lines, pieces = counted(*[(10, SceneHeading)] * len(headings), *[(10, Action)] * len(actions))
    for one, blank in zip(lines, [*headings, *actions], strict=True):
        one.blank = blank
    assert guess._blank_above_headings(lines, pieces) == above


# ---------------------------------------------------------------- marks of the page, cells of a table


@pytest.mark.parametrize(
    ("said", "is_mark"),
    [("(MORE)", True), ("( more )", True), ("CONTINUED:", True), ("(CONTINUED)", True), ("12 CONTINUED: (2) 12", True)]
    + [
        ("CONTINUED", True),
        ("12A  (CONTINUED)", True),
        ("MORE", False),
        ("CONTINUED: NOW", False),
        ("(MORE) x", False),
    ],
)
def test_what_only_the_printed_page_says(said: str, is_mark: bool) -> None:
    assert guess._is_mark(said) is is_mark


@pytest.mark.parametrize(
    ("said", "begins"),
    [("ODILE", True), ("ODILE (O.S.)", True), ("Odile", False), ("ODILE!", False), ("ODILE:", False), ("ODILE.", False)]
    + [("INT. PIER", False), ("X" * 37, True), ("X" * 38, False)],
)
def test_a_cell_that_begins_with_a_name_is_a_speech(said: str, begins: bool) -> None:
    assert lines.begins_speech(trimmed(said)) is begins
    assert lines.is_speech([trimmed(said), trimmed("Who?")]) is begins
    assert not lines.is_speech([trimmed(said)])


def test_the_lines_of_a_cell_are_a_name_and_what_is_said() -> None:
    kinds = [
        type(lines.spoken_line(place, trimmed(said)).paragraph) for place, said in enumerate(("A", "(b)", "(c", "D"))
    ]
    assert kinds == [Character, Parenthetical, Dialogue, Dialogue]


# ---------------------------------------------------------------- the document as a whole


def guesser(*made: Foreign) -> tuple[guess._Guesser, list[Diagnostic]]:
    said: list[Diagnostic] = []
    found = guess._Guesser("docx", said.append, DEFAULT_LIMITS.deadline(), "auto")
    found._lines = list(made)
    return found, said


def test_page_breaks_of_a_print_are_left_out_and_counted() -> None:
    known = trimmed("x", breaks=1)
    known.known = True
    found, said = guesser(trimmed("a", breaks=1), known, trimmed("b"), trimmed("c", breaks=2))
    found._drop_pages()
    assert [one.breaks for one in found._lines] == [0, 1, 0, 0]
    assert [one.message.partition(",")[0] for one in said] == ["Left out 2 page breaks"]


def test_what_a_style_names_is_no_furniture_and_stays_in_its_place() -> None:
    """But for a mark of the page, which no style makes words of the script."""
    named, mark, cell, number = (
        trimmed("2.", named=Named(Action)),
        trimmed("(MORE)", named=Named(Dialogue)),
        trimmed("3."),
        trimmed("4."),
    )
    cell.in_cell = True
    made = [named, trimmed("Rain falls."), mark, cell, trimmed("Snow falls."), number]
    found, _ = guesser(*made)
    dropped = dict.fromkeys((0, 2, 3, 5), "the number of a page")
    pieces = [Piece(place, 0, len(made[place].said), Action) for place in (1, 4)]

    def find(*_: object) -> Found:
        return Found(pieces, dropped, [], True, False)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("converter.recovery.documents.engine.find", find)
        kept = found._found(may_have_title=False)
    assert [piece.line for piece in kept.pieces] == [0, 1, 3, 4]
    assert list(kept.dropped) == [2, 5]


def test_lines_that_look_like_a_title_page_are_one_unless_there_is_one_already() -> None:
    made = [trimmed("LOW WATER"), trimmed("Rain falls.")]
    titled = Found([], {}, [("Title", 0)], True, False)
    found, said = guesser(*made)
    assert found._no_titles(titled, True) == set()
    assert found._titles == [("Title", made[0].text)]
    assert [one.code for one in said] == ["docx.guessed-title-page"]
    assert found._no_titles(titled, True) == {0}  # it has one now
    assert guesser(*made)[0]._no_titles(titled, False) == {0}
    assert guesser(trimmed("LOW WATER", named=Named(Action)))[0]._no_titles(titled, True) == {0}
    found, said = guesser(*made)
    assert (found._no_titles(Found([], {}, [], True, False), True), said) == (set(), [])


def test_several_titles_are_headings() -> None:
    title, other = Named(None, field="Title"), Named(None, field="Author")
    one, two, three = foreign("a", named=title), foreign("b", named=title, level=3), foreign("c", named=other)
    guess._raise_titles([one, three])
    assert (one.level, three.level) == (0, 0)
    guess._raise_titles([one, two, three])
    assert (one.level, two.level, three.level) == (1, 3, 0)


@pytest.mark.parametrize(
    ("lead", "runner_up", "doubt"),
    [(0.0, roles.CUE, Character), (0.0, roles.NUMBER, None), (0.0, -1, None), (1e9, roles.CUE, None)]
    + [(0.0, roles.ACTION, None)],
)
def test_a_close_decision_has_a_runner_up(lead: float, runner_up: int, doubt: Kind | None) -> None:
    """A number is action too, and so no other element than action."""
    row = SimpleNamespace(start=7)
    typed = SimpleNamespace(manner="printed", rows=[row], roles=[roles.ACTION], margins=[(lead, runner_up)])
    assert engine._doubts(typed) == ({7: doubt} if doubt else {})  # type: ignore[arg-type]
    typed.manner = "labelled"
    assert engine._doubts(typed) == {}  # type: ignore[arg-type]


def test_a_number_may_be_what_a_heading_was_nearly_taken_for() -> None:
    row = SimpleNamespace(start=7)
    typed = SimpleNamespace(manner="printed", rows=[row], roles=[roles.HEADING], margins=[(0.0, roles.NUMBER)])
    assert engine._doubts(typed) == {7: Action}  # type: ignore[arg-type]


def test_prose_on_a_printed_page_is_hardly_a_script() -> None:
    prose = [trimmed(f"The tide comes in, and number {count} goes out.") for count in range(8)]
    find_blanks(prose)
    script = [trimmed("INT. PIER - DAY"), *prose[:2], trimmed("ODILE", left=5 * INCH), trimmed("Well.", left=4 * INCH)]
    find_blanks(script)
    deadline = DEFAULT_LIMITS.deadline()
    assert not engine.find(prose, deadline, "printed").is_script
    assert engine.find(script, deadline, "printed").is_script
    assert engine.find(prose, deadline, "labelled").is_script
