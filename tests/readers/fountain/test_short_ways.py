"""Where the reader and the writer of Fountain take a short way, the long one comes to the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.notation.fountain import inline
from converter.notation.fountain.fit.texts import _are_plain_lines, are_plain_words
from converter.readers.fountain import from_text
from converter.readers.fountain.speech import Parts
from converter.tree import Action, LineBreak, Look, Note, PageBreak, Position, Run, Style, Text

LINES = st.text(st.sampled_from("**__  ab/\u00a0\u2003-"), min_size=1, max_size=14)


@given(LINES)
def test_marks_that_can_be_no_emphasis_are_characters(line: str) -> None:
    assert inline.parse(line) == inline._emitted(inline._switched(line), ())


@given(LINES)
def test_marks_beside_which_nothing_needs_hiding_are_spelled_as_they_are(line: str) -> None:
    if "/" not in line:
        raw = inline.write([(line, 0)], hide_brackets=False, hide_marks=False)
        assert raw.line == inline._Speller([(line, 0)], False, False).line() == line


def test_equal_lines_of_an_action_are_read_alike_but_for_their_notes() -> None:
    (action,) = from_text("Rain *\nRain *[[one]]\nRain *\nRain *[[two]]").body
    stars, gap = Run(text="Rain *"), LineBreak()
    notes = Note(text="one"), Note(text="two")
    assert action == Action(text=(stars, gap, stars, notes[0], gap, stars, gap, stars, notes[1]))


def test_what_stands_behind_a_speech_keeps_its_order() -> None:
    parts, at = Parts(), Position(line=1)
    parts.dialogue([Run(text="Hi.")], at)
    parts.markers([Note(text="one"), None])
    parts.page_break(at, [Note(text="two")])
    assert parts.loose_end() == [Note(text="one"), PageBreak(), Note(text="two")]
    assert len(parts.done) == 1


GAP, RAIN, SNOW = LineBreak(), Run(text="Rain"), Run(text="Snow")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ((RAIN,), True),
        ((RAIN, GAP, SNOW), True),
        ((RAIN, GAP, RAIN), True),
        ((RAIN, SNOW), False),
        ((RAIN, RAIN), False),
        ((RAIN, GAP), False),
        ((GAP, RAIN), False),
        ((RAIN, GAP, GAP, SNOW), False),
        ((), False),
        ((RAIN, GAP, Run(text=" Snow")), False),
        ((RAIN, GAP, Run(text="Snow\t.")), False),
        ((RAIN, GAP, Run(text="Snow", style=Style.BOLD)), False),
        ((RAIN, GAP, Note(text="n")), False),
    ],
)
def test_lines_of_plain_words_are_told_at_once(text: Text, plain: bool) -> None:
    assert _are_plain_lines(text) is plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ((RAIN,), True),
        ((Run(text="Rain "),), False),
        ((Run(text="a\tb"),), False),
        ((RAIN, Run(text=" and "), SNOW), True),
        ((RAIN, Run(text="and", style=Style.BOLD | Style.ITALIC), SNOW), True),
        ((RAIN, Run(text="and ", style=Style.BOLD), SNOW), False),
        ((RAIN, Run(text="and", style=Style.ALL_CAPS), SNOW), False),
        ((RAIN, Run(text="a/b"), SNOW), False),
        ((RAIN, Run(text="a", look=Look(size=9)), SNOW), False),
        ((RAIN, Run(text="a", revision=1), SNOW), False),
        ((RAIN, Run(text="a", tags=(1,)), SNOW), False),
        ((Run(text=" Rain"), SNOW), False),
        ((RAIN, Run(text="Snow ")), False),
        ((RAIN, GAP, SNOW), False),
        ((), False),
    ],
)
def test_words_whose_marks_can_stand_are_told_at_once(text: Text, plain: bool) -> None:
    assert are_plain_words(text) is plain
