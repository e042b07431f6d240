"""Where the reader and the writer of Fountain take a short way, the long one comes to the same."""

from hypothesis import given
from hypothesis import strategies as st

from converter.notation.fountain import inline
from converter.readers.fountain import from_text
from converter.tree import Action, LineBreak, Note, Run

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
