"""Rules of reading Fountain that need a limit, an option or two ways of reading."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from converter.contract import Diagnostic, LimitError, Limits
from converter.readers.fountain import Options, body, from_text
from converter.tree import Section
from writers.fountain import to_text

LINES = (
    "ANN",
    "ANN",
    "ANN",
    "Hi.",
    "Hi.\tYou. ",
    "(low)",
    "(low) Hi.",
    "(a (b))",
    "*Hi*",
    "~la",
    "  ",
    " x",
    "=",
    "===",
)
LINES += ("[[n]]", "Hi. [[n]]", "/* x */", "", "", "", "\\(no)", "\u00a0", "Hi:", "CUT TO:", "(a)(b)", "(", ")")


@example(["Hi.", "[[n]]", "Bye."])
@example(["(low)", "[[n]]", "Bye."])
@example(["Hi.", "", "ANN ^", "Hi.", "", "ANN ^", "Bye."])
@example(["Hi.", "", "ANN:", "Hi.", "", "ANN:", "Bye."])
@example(["Hi.", "", "BEN [[n]]", "Hi.", "", "BEN [[n]]", "Bye."])
@example(["Hi.", "", "@ben", "Hi.", "", "@ben", "Bye."])
@given(st.lists(st.sampled_from(LINES), max_size=20))
def test_the_short_way_of_speeches_reads_what_the_long_one_reads(lines: list[str]) -> None:
    text = "\n".join(("ANN", "Hi.", "", "ANN", *lines))
    short = from_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body.Body, "_plain_speech", lambda self, i, name: 0)
        assert from_text(text) == short


def test_the_short_way_is_taken() -> None:
    """Else the law above says nothing."""
    taken = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body.Body, "_plain_speech", lambda self, i, name: taken.append(i) or 0)
        from_text("ANN\nHi.\n\nANN\nBye.")
    assert taken == [3]


def test_a_section_may_be_as_deep_as_the_limit_and_no_deeper() -> None:
    said: list[Diagnostic] = []
    deepest, deeper = from_text("### One\n\n#### Two", report=said.append, limits=Limits(nesting=3)).body
    assert isinstance(deepest, Section) and isinstance(deeper, Section)
    assert (deepest.level, deeper.level) == (3, 3)
    assert [(one.code, one.at.line if one.at else None) for one in said] == [("fountain.deep-section", 3)]


@pytest.mark.parametrize("text", ["A\n\n" * 6, "ANN\nHi.\n\n" * 3, "ANN\nHi.\n(low)\nBye.\n(x)"])
def test_paragraphs_of_every_kind_count_for_the_limit(text: str) -> None:
    limits = Limits(paragraphs=1)
    with pytest.raises(LimitError, match="too many paragraphs"):
        from_text(text * 500, limits=limits)


def test_the_limit_itself_is_no_fault() -> None:
    assert len(from_text("A\n\n" * 2000, limits=Limits(paragraphs=2000)).body) == 2000


def test_line_ends_of_every_system_are_one() -> None:
    assert from_text("A\r\nB\r\rC\n") == from_text("A\nB\n\nC\n")


def test_options_have_their_defaults() -> None:
    assert Options() == Options(encoding="", notes="keep", blank_lines="keep", carried="restore", critic_markup="keep")


@pytest.mark.parametrize("typed", ["!---\ntitle: The Shed\n---\n\nRain.\n", '!+++\ntitle = "Shed"\n+++\n\nRain.\n'])
def test_words_that_read_as_front_matter_are_written_so_that_they_do_not(typed: str) -> None:
    screenplay = from_text(typed)
    again = from_text(to_text(screenplay))
    assert again.body == screenplay.body
    assert again.title_page is None
