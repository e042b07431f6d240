"""What the lines of a drawn title page seem to say, and what attributes of words come to."""

from __future__ import annotations

import pytest
from lxml import etree

from converter.notation.fdx.styles import DEFAULTS
from converter.readers.fdx.fields import guessed_fields, is_blank
from converter.readers.fdx.runs import Runs, effective_style
from converter.records import replace
from converter.tree import NO_STYLE, Align, General, Look, Run, Style, words

CENTER, RIGHT = Align.CENTER, Align.RIGHT
Line = str | tuple[str, Align | None] | tuple[str, Align | None, Style]


def sheet(*lines: Line) -> tuple[General, ...]:
    """Centered lines, or those that say how they are aligned."""
    drawn = []
    for line in lines:
        text, align, style = (*((line,) if isinstance(line, str) else line), CENTER, NO_STYLE)[:3]
        if not isinstance(line, str) and len(line) == 2:
            style = NO_STYLE
        drawn.append(General(text=(Run(text=text, style=style),) if text else (), align=align))
    return tuple(drawn)


def fields(*lines: Line) -> dict[str, list[str]]:
    return {one.name: [words(line) for line in one.lines] for one in guessed_fields((sheet(*lines),))}


def test_lines_of_the_template_say_nothing() -> None:
    assert is_blank(sheet("Script Title", "", "Written by", "NAME OF FIRST WRITER", "Based on, If Any"))
    assert is_blank(sheet())
    assert not is_blank(sheet("Low Water", "by"))
    assert fields("Script Title", "", "written by", "Name of First Writer", ("Phone number", None)) == {
        "Title": ["written by"]
    }


def test_a_title_page_as_most_are() -> None:
    assert fields(
        "LOW WATER",
        "",
        "Written by",
        "",
        "Ines Quill",
        "Odile Merrow",
        "",
        "Based on her letters",
        "",
        ("Second draft", None),
        ("Pier 4", None),
        ("(c) 2026", RIGHT),
    ) == {
        "Title": ["LOW WATER"],
        "Credit": ["Written by"],
        "Author": ["Ines Quill", "Odile Merrow"],
        "Source": ["Based on her letters"],
        "Draft date": ["Second draft"],
        "Contact": ["Pier 4"],
        "Copyright": ["(c) 2026"],
    }


def test_a_title_goes_on_right_below_or_as_emphatic_below_an_empty_line() -> None:
    assert fields("LOW WATER", "The Second Night", "by", "Ines")["Title"] == ["LOW WATER", "The Second Night"]
    assert fields("LOW WATER", "", "The Second Night")["Notes"] == ["The Second Night"]
    for style in (Style.BOLD, Style.UNDERLINE, Style.ALL_CAPS):
        assert fields("LOW WATER", "", ("The Second Night", CENTER, style))["Title"] == [
            "LOW WATER",
            "The Second Night",
        ]
    assert fields("LOW WATER", "", "", ("The Second Night", CENTER, Style.BOLD))["Notes"] == ["The Second Night"]
    assert fields("LOW WATER", "", ("The Second Night", CENTER, Style.ITALIC))["Notes"] == ["The Second Night"]


def test_authors_end_after_three_empty_lines() -> None:
    assert fields("T", "by", "Ines", "", "", "Odile")["Author"] == ["Ines", "Odile"]
    assert fields("T", "by", "Ines", "", "", "", "Odile") == {
        "Title": ["T"],
        "Credit": ["by"],
        "Author": ["Ines"],
        "Notes": ["Odile"],
    }
    assert fields("T", "by", "", "", "", "Ines")["Author"] == ["Ines"]
    assert fields("T", "by", "Ines", "May 1, 2026", "Odile")["Notes"] == ["Odile"]


def test_a_second_credit_is_an_author_s_line() -> None:
    assert fields("T", "Story by", "Ines", "Screenplay by", "Odile")["Author"] == ["Ines", "Screenplay by", "Odile"]


def test_lines_at_the_side_are_notes_above_the_last_in_the_middle_and_contacts_below() -> None:
    assert fields("T", ("a", None), "by", "Ines", ("b", None)) == {
        "Title": ["T"],
        "Notes": ["a"],
        "Credit": ["by"],
        "Author": ["Ines"],
        "Contact": ["b"],
    }
    assert fields(("a", None), ("Copyright Ines", None)) == {"Contact": ["a"], "Copyright": ["Copyright Ines"]}


@pytest.mark.parametrize(
    "credit",
    ["by", "By:", "written by", "Screenplay by", "an original screenplay by", "Teleplay and story by", "par", "von"]
    + ["Created for the stage by", "A film written by", "Drehbuch geschrieben von", "écrit par", "escrito por", "di"],
)
def test_credits(credit: str) -> None:
    assert fields("T", "", credit).get("Credit") == [credit]


@pytest.mark.parametrize("said", ["bye", "Ines Quill", "stand by me", "parka"])
def test_no_credits(said: str) -> None:
    assert "Credit" not in fields("T", "", said)


@pytest.mark.parametrize("said", ["based on her letters", "Based upon x", "from the play", "adapted from x"])
def test_sources(said: str) -> None:
    assert fields("T", "", said)["Source"] == [said]


@pytest.mark.parametrize(
    "said",
    ["First draft", "Revision 2", "revised", "Rev. 3", "version 1", "1.5.2026", "2026-05-01", "5/1/26", "May 1, 2026"]
    + ["Sept. 2nd 2026", "1 May 2026", "1. Mai 2026".replace("Mai", "mar")],
)
def test_dates(said: str) -> None:
    assert fields("T", (said, None))["Draft date"] == [said]


@pytest.mark.parametrize("said", ["Pier 4", "2026", "12.5", "Mayor 1, 2026x", "drafty"])
def test_no_dates(said: str) -> None:
    assert "Draft date" not in fields("T", (said, None))


@pytest.mark.parametrize("said", ["Copyright Ines", "© 2026", "(C) Ines"])
def test_copyrights(said: str) -> None:
    assert fields("T", (said, None))["Copyright"] == [said]


def test_how_a_line_is_drawn_is_none_of_its_words_settings() -> None:
    style = Style.BOLD | Style.UNDERLINE | Style.ALL_CAPS | Style.ITALIC
    (title, credit) = guessed_fields((sheet(("LOW WATER", CENTER, style), ("by", CENTER, style | Style.PLAIN)),))
    assert title.lines == ((Run(text="LOW WATER", style=Style.ITALIC),),)
    assert credit.lines == ((Run(text="by", style=Style.ITALIC | Style.BOLD | Style.UNDERLINE),),)


def test_the_first_sheet_speaks_alone() -> None:
    assert [one.name for one in guessed_fields((sheet("T"), sheet("by")))] == ["Title"]
    assert guessed_fields(()) == ()


# ---------------------------------------------------------------- what attributes of words come to


def run(attributes: str) -> Run:
    settings = replace(
        DEFAULTS["Action"], font="Courier", size=12.0, color="#000000", background=None, style=Style.BOLD
    )
    return Runs().run(etree.fromstring(f"<Text {attributes}/>"), "x", settings)


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ("", Run(text="x")),
        ('Font="Arial"', Run(text="x", look=Look(font="Arial"))),
        ('Font="Courier"', Run(text="x")),
        ('Font=""', Run(text="x")),
        ('Size="10"', Run(text="x", look=Look(size=10.0))),
        ('Size="12"', Run(text="x")),
        ('Color="#FFFF00000000"', Run(text="x", look=Look(color="#FF0000"))),
        ('Color="#000000000000"', Run(text="x")),
        ('Background="#FFFF00000000"', Run(text="x", look=Look(background="#FF0000"))),
        ('RevisionID="2"', Run(text="x", revision=2)),
        ('RevisionID="0"', Run(text="x")),
        ('TagNumber="1, 2 x 3"', Run(text="x", tags=(1, 2, 3))),
        ('Style="Italic"', Run(text="x", style=Style.ITALIC | Style.PLAIN)),
        ('Style="Bold+Italic"', Run(text="x", style=Style.ITALIC)),
        ('Style="Bold"', Run(text="x")),
        ('Style=""', Run(text="x", style=Style.PLAIN)),
    ],
)
def test_what_is_set_on_words_without_what_their_element_has(attributes: str, found: Run) -> None:
    assert run(attributes) == found


def test_a_style_replaces_the_element_s_own() -> None:
    assert effective_style(None, Style.BOLD) == NO_STYLE
    assert effective_style("Bold+Underline", Style.BOLD) == Style.UNDERLINE
    assert effective_style("Underline", Style.BOLD) == Style.UNDERLINE | Style.PLAIN
