"""A screenplay as its pages say it."""

from __future__ import annotations

from typing import Any

import pytest

from converter.layout.losses import used_styles
from converter.layout.printed import printed
from converter.tree import (
    Action,
    Align,
    Boneyard,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
    General,
    LineBreak,
    Look,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    ParagraphLayout,
    Parenthetical,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Synopsis,
    TitleField,
    TitlePage,
    Transition,
)


def text(words: str, **more: Any) -> tuple[Run, ...]:
    return (Run(text=words, **more),)


def action(*inlines: Any, **more: Any) -> Action:
    return Action(text=tuple(Run(text=one) if isinstance(one, str) else one for one in inlines), **more)


def body(*elements: Element) -> list[Element]:
    return list(printed(Screenplay(body=elements)).body)


RAIN = action("Rain.")


@pytest.mark.parametrize(
    "element",
    [
        PageBreak(),
        PageMark(label="2"),
        Note(text="n"),
        Boneyard(source="/* x */"),
        Cut(revision=1, elements=(RAIN,)),
        Section(text=text("One"), level=1),
        Synopsis(text=text("They meet.")),
        action(Run(text="wet", style=Style.HIDDEN)),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_no_page_says_is_left_out(element: Element) -> None:
    assert body(RAIN, element, RAIN) == [RAIN, RAIN]


@pytest.mark.parametrize(
    "inline",
    [Note(text="n"), NoteEnd(id=1), Boneyard(source="/* x */"), PageMark(label="2"), Deletion(revision=1)]
    + [Run(text="wet", style=Style.HIDDEN)],
    ids=lambda one: type(one).__name__,
)
def test_nor_is_it_between_the_words(inline: Any) -> None:
    assert body(action("Rain", inline, " falls.")) == [action("Rain falls.")]


def test_an_empty_paragraph_stays_as_a_blank_line() -> None:
    assert body(RAIN, action(), RAIN) == [RAIN, action(), RAIN]


def test_an_element_that_is_hidden_is_left_out_also_where_it_is_empty() -> None:
    hidden = ElementStyle(name="Action", style=Style.HIDDEN)
    found = printed(Screenplay(body=(RAIN, action(), General(text=text("Snow."))), styles=(hidden,)))
    assert list(found.body) == [General(text=text("Snow."))]


def test_hidden_words_before_a_note_leave_no_blank() -> None:
    assert body(action(Run(text="wet", style=Style.HIDDEN), Note(text="n"), " Rain.")) == [action(" Rain.")]


def test_words_have_the_styles_that_are_drawn_and_not_their_element_s_own() -> None:
    look = Look(font="Arial", color="#FF0000")
    assert body(action(Run(text="Rain.", style=Style.BOLD, look=look, revision=2, tags=(1,)))) == [
        action(Run(text="Rain.", style=Style.BOLD))
    ]
    assert body(action(Run(text="Rain", style=Style.ALL_CAPS), " falls.")) == [action("RAIN falls.")]
    (heading,) = body(SceneHeading(text=text("Int. pier - Day"), number="7", color="#FF0000", omitted=None))
    assert heading == SceneHeading(text=text("INT. PIER - DAY"), number="7")


def test_a_cut_scene_is_a_heading_that_says_so() -> None:
    omitted = SceneHeading(text=text("OMITTED"), number="7")
    assert body(SceneHeading(number="7", omitted=(RAIN,))) == [omitted]
    assert body(SceneHeading(text=text("INT. PIER"), omitted=(RAIN,))) == [SceneHeading(text=text("INT. PIER"))]


def test_blanks_at_the_ends_of_lines_are_not_seen() -> None:
    lines = action("Rain.", Run(text=" ", style=Style.BOLD), LineBreak(), "Snow.  ")
    assert body(lines) == [action("Rain.", LineBreak(), "Snow.")]
    assert body(action("Rain.", Run(text="  ", style=Style.BOLD))) == [RAIN]


def test_alignment_stays_where_it_is_not_the_element_s_own() -> None:
    assert body(action("Rain.", align=Align.CENTER)) == [action("Rain.", align=Align.CENTER)]
    assert body(action("Rain.", align=Align.LEFT)) == [RAIN]
    assert body(Transition(text=text("CUT TO:"), align=Align.RIGHT)) == [Transition(text=text("CUT TO:"))]
    assert body(action("Rain.", layout=ParagraphLayout(left=3.0), style_name="Weather")) == [RAIN]


def test_a_speech_has_its_printed_parts() -> None:
    speech = Speech(
        cue=Character(text=text("Odile")),
        parts=(
            Parenthetical(text=text("(low)")),
            Dialogue(text=text("Who?"), alternates=(text("You?"),)),
            Note(text="n"),
            Dialogue(text=text("wet", style=Style.HIDDEN)),
        ),
    )
    shown = Speech(
        cue=Character(text=text("ODILE")), parts=(Parenthetical(text=text("(low)")), Dialogue(text=text("Who?")))
    )
    assert body(speech) == [shown]
    assert body(DualDialogue(left=speech, right=speech)) == [DualDialogue(left=shown, right=shown)]


def test_a_speech_of_which_nothing_is_printed_is_gone_and_a_name_alone_is_not() -> None:
    hidden = text("wet", style=Style.HIDDEN)
    assert body(RAIN, Speech(cue=Character(text=hidden), parts=(Dialogue(text=hidden),))) == [RAIN]
    assert body(Speech(cue=Character(text=text("ODILE")))) == [Speech(cue=Character(text=text("ODILE")))]
    assert body(Speech(parts=(Dialogue(text=text("Who?")),))) == [Speech(parts=(Dialogue(text=text("Who?")),))]


def test_the_title_page_has_the_fields_that_have_a_place() -> None:
    page = TitlePage(
        fields=(
            TitleField(name="Title", lines=(text("Low Water"),)),
            TitleField(name="Author", lines=(text("Ines", style=Style.BOLD),)),
            TitleField(name="Shoe size", lines=(text("9"),)),
        ),
        sheets=((General(text=text("LOW WATER")),),),
    )
    shown = printed(Screenplay(title_page=page)).title_page
    assert shown is not None
    assert shown.fields == (
        TitleField(name="Title", lines=(text("LOW WATER"),)),
        TitleField(name="Author", lines=(text("Ines", style=Style.BOLD),)),
    )
    assert shown.sheets == ()
    assert printed(Screenplay()).title_page is None


# ---------------------------------------------------------------- styles that are used


def test_the_styles_of_printed_paragraphs_are_used() -> None:
    styles = (
        ElementStyle(name="Weather"),
        ElementStyle(name="Ghost", style=Style.HIDDEN),
        ElementStyle(name="Action"),
        ElementStyle(name="Unused"),
        ElementStyle(name="Outline 1"),
    )
    elements = (
        action("Rain.", style_name="Weather"),
        action("Boo.", style_name="Ghost"),
        RAIN,
        Section(text=text("One"), level=1),
    )
    assert [one.name for one in used_styles(Screenplay(body=elements, styles=styles))] == ["Weather", "Action"]
    assert list(used_styles(Screenplay(body=elements))) == []
