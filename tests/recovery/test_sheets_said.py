"""What the lines of a drawn title page seem to say, and what attributes of words come to."""

from __future__ import annotations

import pytest
from lxml import etree

from converter.contract import Source
from converter.normal import normal
from converter.notation.fdx.styles import DEFAULTS
from converter.readers import fdx as reader
from converter.readers.fdx.runs import Runs, effective_style
from converter.readers.fdx.title import read_title_page
from converter.records import replace
from converter.recovery.sheets_said import guessed_fields, is_blank
from converter.tree import (
    NO_STYLE,
    Align,
    Boneyard,
    Deletion,
    General,
    Look,
    Note,
    PageMark,
    ParagraphLayout,
    Run,
    Screenplay,
    Style,
    TitleField,
    TitlePage,
    words,
)
from writers import fdx

X = (Run(text="x"),)
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


# ---------------------------------------------------------------- lines as drawn


def drawn(*paragraphs: str) -> list[General]:
    root = etree.fromstring(f"<FinalDraft><TitlePage><Content>{''.join(paragraphs)}</Content></TitlePage></FinalDraft>")
    page = read_title_page(root)
    assert page is not None
    return [line for sheet in page.sheets for line in sheet]


@pytest.mark.parametrize(
    ("attributes", "line"),
    [
        ("", General(text=X)),
        ('Alignment="Left"', General(text=X)),
        ('Alignment="Center"', General(text=X, align=CENTER)),
        ('Number="7"', General(text=X, number="7")),
        ('Number=""', General(text=X)),
        ('Type="General"', General(text=X)),
        ('Type="Title"', General(text=X, style_name="Title")),
        ('FirstIndent="0.00" LeftIndent="1.00" RightIndent="7.50" SpaceBefore="0" Spacing="1"', General(text=X)),
        ('FirstIndent="0.5"', General(text=X, layout=ParagraphLayout(first_indent=0.5))),
        ('LeftIndent="2"', General(text=X, layout=ParagraphLayout(left=2.0))),
        ('RightIndent="2"', General(text=X, layout=ParagraphLayout(right=2.0))),
        ('SpaceBefore="12"', General(text=X, layout=ParagraphLayout(space_before=12.0))),
        ('Spacing="2"', General(text=X, layout=ParagraphLayout(line_spacing=2.0))),
    ],
)
def test_a_line_is_drawn_as_its_attributes_say(attributes: str, line: General) -> None:
    assert drawn(f"<Paragraph {attributes}><Text>x</Text></Paragraph>") == [line]


def test_a_new_page_begins_a_sheet() -> None:
    root = etree.fromstring(
        "<FinalDraft><TitlePage><Content><Paragraph StartsNewPage='Yes'><Text>a</Text></Paragraph>"
        "<Paragraph StartsNewPage='No'/><Paragraph StartsNewPage='Yes'><Text>b</Text></Paragraph>"
        "</Content></TitlePage></FinalDraft>"
    )
    page = read_title_page(root)
    assert page and [len(sheet) for sheet in page.sheets] == [2, 1]


def test_no_sheets_and_empty_ones_are_no_title_page() -> None:
    assert read_title_page(etree.fromstring("<FinalDraft/>")) is None
    assert read_title_page(etree.fromstring("<FinalDraft><TitlePage><Content/></TitlePage></FinalDraft>")) is None
    assert (
        read_title_page(
            etree.fromstring("<FinalDraft><TitlePage><Content><Paragraph/></Content></TitlePage></FinalDraft>")
        )
        is None
    )


def test_what_stands_between_the_words_of_a_field_comes_back() -> None:
    note = Note(text="n", title="t", category="c", author="Ines", color="#FF0000", date="2026-05-01")
    line = (Run(text="a"), note, PageMark(label="2", locked=True), Run(text="b"), PageMark(label="3"))
    more = (Boneyard(source="/* x */"), Deletion(revision=2), Run(text="c", style=Style.ITALIC))
    tree = Screenplay(title_page=TitlePage(fields=(TitleField(name="Title", lines=(line, more)),)))
    read = reader.read(Source("x.fdx", fdx.write(tree)))
    written = normal(tree).title_page
    assert read.title_page is not None and written is not None
    assert read.title_page.fields == written.fields


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
