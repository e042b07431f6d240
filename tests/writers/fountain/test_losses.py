"""Each thing that Fountain cannot hold is said, with its place, and each in the smallest script that shows it."""

from __future__ import annotations

import pytest

from converter.contract import Diagnostic, Kind
from converter.fitting import Loss
from converter.notation.fountain.fit import HOLDS, losses
from converter.tree import (
    Action,
    Align,
    Boneyard,
    CastList,
    Character,
    Cut,
    Dialogue,
    ElementStyle,
    General,
    LineBreak,
    Look,
    NewAct,
    Note,
    NoteEnd,
    Opaque,
    PageMark,
    PageSetup,
    ParagraphLayout,
    Parenthetical,
    Position,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Speech,
    Style,
    Synopsis,
    Tag,
    Text,
    TitleField,
    TitlePage,
    Transition,
    words,
)
from writers import fountain

HERE = Position(line=7)
RAIN: Text = (Run(text="Rain."),)


def body(*elements: object) -> Screenplay:
    return Screenplay(body=elements)  # type: ignore[arg-type]


def action(*inlines: object) -> Screenplay:
    return body(Action(text=inlines, at=HERE))  # type: ignore[arg-type]


def styled(style: Style, text: str = "Rain") -> Screenplay:
    return action(Run(text=text, style=style), Run(text=" falls."))


def speech(*parts: object) -> Screenplay:
    return body(Speech(cue=Character(text=(Run(text="ODILE"),), at=HERE), parts=parts))  # type: ignore[arg-type]


def title(*fields: TitleField, sheets: tuple[tuple[General, ...], ...] = ()) -> Screenplay:
    return Screenplay(title_page=TitlePage(fields=fields, sheets=sheets))


def cut(depth: int) -> SceneHeading:
    heading = SceneHeading(text=(Run(text="OMITTED"),), at=HERE)
    for _ in range(depth):
        heading = SceneHeading(text=(Run(text="OMITTED"),), omitted=(heading,), at=HERE)
    return heading


LOSSES: dict[str, Screenplay] = {
    "no-page-setup": Screenplay(page_setup=PageSetup(first_page=3)),
    "no-styles": Screenplay(styles=(ElementStyle(name="Singing"),)),
    "no-revisions": Screenplay(revisions=Revisions(sets=(RevisionSet(id=1, name="Blue"),))),
    "no-cut-words": body(Cut(revision=0, elements=(Action(text=RAIN),), at=HERE)),
    "no-tags": Screenplay(tags=(Tag(number=1, category="Props", label="Lamp"),)),
    "not-held": Screenplay(opaque=(Opaque(format="fdx", name="beat board", at=HERE),)),
    "no-look": action(Run(text="Rain.", look=Look(font="Arial"))),
    "no-strikeout": styled(Style.STRIKEOUT),
    "no-small-caps": styled(Style.SMALL_CAPS),
    "no-all-caps": styled(Style.ALL_CAPS),
    "no-plain-style": styled(Style.PLAIN),
    "no-hidden-text": styled(Style.HIDDEN),
    "no-outer-blanks": action(Run(text="Rain. ")),
    "no-tabs": action(Run(text="\tRain.")),
    "emphasis-moved": styled(Style.BOLD, "Rain "),
    "no-line-break": body(Transition(text=(*RAIN, LineBreak(), *RAIN), at=HERE)),
    "no-empty-line": speech(Dialogue(text=(LineBreak(), *RAIN), at=HERE)),
    "no-empty-element": body(SceneHeading(at=HERE)),
    "no-alignment": body(Action(text=RAIN, align=Align.RIGHT, at=HERE)),
    "no-layout": body(Action(text=RAIN, layout=ParagraphLayout(left=2.0), at=HERE)),
    "no-style-name": body(Action(text=RAIN, style_name="Weather", at=HERE)),
    "no-number": body(Action(text=RAIN, number="7", at=HERE)),
    "odd-scene-number": body(SceneHeading(text=RAIN, number="7*", at=HERE)),
    "odd-scene-color": body(SceneHeading(text=RAIN, color="puce", at=HERE)),
    "no-general": body(General(text=RAIN, at=HERE)),
    "no-cast-list": body(CastList(text=RAIN, at=HERE)),
    "no-acts": body(NewAct(text=RAIN, at=HERE)),
    "no-cue": body(Speech(parts=(Dialogue(text=RAIN, at=HERE),))),
    "joined-dialogue": speech(Dialogue(text=RAIN, at=HERE), Dialogue(text=RAIN, at=HERE)),
    "no-alternates": speech(Dialogue(text=RAIN, alternates=(RAIN,), at=HERE)),
    "no-cut-scene": body(cut(5)),
    "section-too-deep": body(Section(text=RAIN, level=33, at=HERE)),
    "cue-as-drawn": body(Speech(cue=Character(text=(Run(text="Odile"),), at=HERE), parts=(Dialogue(text=RAIN),))),
    "no-parenthetical": speech(Parenthetical(text=(Run(text="((low)"),), at=HERE)),
    "no-note-range": action(Run(text="It "), Note(text="wet", id=1), Run(text="rains."), NoteEnd(id=1)),
    "no-note-details": body(Note(text="wet", author="Ines", at=HERE)),
    "note-changed": body(Note(text="[[", at=HERE)),
    "note-moved": speech(Dialogue(text=(*RAIN, LineBreak(), Note(text="wet"), LineBreak(), *RAIN), at=HERE)),
    "page-mark-changed": body(PageMark(label="twelve", at=HERE)),
    "boneyard-changed": body(Boneyard(source="no marks", at=HERE)),
    "no-title-layout": title(sheets=((General(text=RAIN),),)),
    "title-name-changed": title(TitleField(name="Tel: office", lines=(RAIN,))),
    "no-title-line": title(TitleField(name="Contact", lines=((), RAIN))),
}

ABOUT_THE_WHOLE = {"no-page-setup", "no-styles", "no-revisions", "no-tags", "no-title-layout", "title-name-changed"}
ABOUT_THE_WHOLE |= {"no-title-line"}


@pytest.mark.parametrize("code", LOSSES)
def test_what_is_lost_is_said_once_with_its_place(code: str) -> None:
    said: list[Diagnostic] = []
    fountain.fit(LOSSES[code], report=said.append)
    assert [(one.kind, one.code) for one in said] == [(Kind.LOSS, f"fountain.{code}")]
    assert said[0].at == (None if code in ABOUT_THE_WHOLE else HERE)
    assert said[0].message.endswith(".")


def test_every_loss_is_here() -> None:
    found = {one.code for one in vars(losses).values() if isinstance(one, Loss)}
    for table in (HOLDS.rows, HOLDS.elements, HOLDS.inlines):
        found |= {one.code for one in table.values() if isinstance(one, Loss)}  # type: ignore[attr-defined]
        found |= {one.loss.code for one in table.values() if getattr(one, "loss", None)}  # type: ignore[attr-defined]
    assert found == {f"fountain.{code}" for code in LOSSES}


# ---------------------------------------------------------------- what an option leaves out is no loss


SHOT = body(Shot(text=RAIN, at=HERE))
WET = action(Run(text="Rain"), Note(text="wet", author="Ines"), Run(text=" falls."))


@pytest.mark.parametrize(
    ("options", "screenplay"),
    [
        (fountain.Options(notes="drop"), WET),
        (fountain.Options(blank_lines="drop"), body(Action(text=RAIN), Action(), Action(text=RAIN))),
        (fountain.Options(plain_shots=True), SHOT),
    ],
    ids=["notes", "blank lines", "shots"],
)
def test_options_leave_out_in_silence(options: fountain.Options, screenplay: Screenplay) -> None:
    said: list[Diagnostic] = []
    assert fountain.fit(screenplay, options, said.append) != screenplay
    assert said == []


# ---------------------------------------------------------------- nothing that stays is lost


def test_words_that_were_drawn_on_the_title_page_alone_become_its_notes() -> None:
    sheet = (General(text=(Run(text="LOW WATER"),)), General(), General(text=(Run(text="For Ines"),)))
    fitted = fountain.fit(title(TitleField(name="Title", lines=((Run(text="Low Water"),),)), sheets=(sheet,)))
    assert fitted.title_page
    assert [(one.name, [words(line) for line in one.lines]) for one in fitted.title_page.fields] == [
        ("Title", ["Low Water"]),
        ("Notes", ["For Ines"]),
    ]


def test_words_that_were_drawn_twice_are_kept_once_more() -> None:
    name = General(text=(Run(text="LOW WATER"),))
    fitted = fountain.fit(title(TitleField(name="Title", lines=((Run(text="Low Water"),),)), sheets=((name, name),)))
    assert fitted.title_page
    assert [words(line) for line in fitted.title_page.fields[1].lines] == ["LOW WATER"]


def test_the_title_comes_first_where_the_first_entry_cannot_begin_a_page() -> None:
    field = TitleField(name="SHOE SIZE", lines=((Run(text="9"),),))
    low = TitleField(name="title", lines=((Run(text="Low Water"),),))
    fitted = fountain.fit(title(field, low))
    assert fitted.title_page and fitted.title_page.fields == (low, field)
    fitted = fountain.fit(title(field))
    assert fitted.title_page and fitted.title_page.fields == (TitleField(name="Title"), field)


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("(low)", True),
        ("((low))", True),
        ("（low）", True),
        ("(low (and) slow)", True),
        ("(low", False),
        ("low)", False),
    ]
    + [("low", False), ("((low)", False), ("(low))", False), ("(a) (b)", False)],
)
def test_a_parenthetical_whose_brackets_do_not_match_is_dialogue(typed: str, is_one: bool) -> None:
    parts = (Parenthetical(text=(Run(text=typed),)), Dialogue(text=RAIN))
    (fitted,) = fountain.fit(speech(*parts)).body
    assert isinstance(fitted, Speech)
    joined = Dialogue(text=(Run(text=typed), LineBreak(), *RAIN))
    assert fitted.parts == (parts if is_one else (joined,))


def test_a_note_that_says_a_color_at_the_end_of_a_heading_is_its_color() -> None:
    text = (Run(text="INT. PIER"), Note(text="wet"), Note(text="color blue"))
    assert fountain.fit(body(SceneHeading(text=text))).body == (SceneHeading(text=text[:2], color="blue"),)
    colored = SceneHeading(text=text, color="red")
    assert fountain.fit(body(colored)).body == (colored,)


def test_an_empty_heading_of_a_scene_that_is_cut_too_deep_is_reported_with_it() -> None:
    scene = SceneHeading(omitted=(Action(text=RAIN),), at=HERE)
    for _ in range(4):
        scene = SceneHeading(text=(Run(text="OMITTED"),), omitted=(scene,), at=HERE)
    said: list[Diagnostic] = []
    fountain.fit(body(scene), report=said.append)
    assert [one.code for one in said] == ["fountain.no-cut-scene", "fountain.no-empty-element"]


def test_an_alternate_is_a_note_at_its_dialogue() -> None:
    (fitted,) = fountain.fit(speech(Dialogue(text=RAIN, alternates=(RAIN,), at=HERE))).body
    assert isinstance(fitted, Speech) and isinstance(fitted.parts[0], Dialogue)
    (note,) = (one for one in fitted.parts[0].text if isinstance(one, Note))
    assert (note.text, note.at) == ("ALT: Rain.", HERE)


def test_a_note_on_an_empty_line_moves_in_a_speech_alone() -> None:
    text = (*RAIN, LineBreak(), Note(text="wet"), LineBreak(), *RAIN)
    assert fountain.fit(body(Action(text=text))).body == (Action(text=text),)


def test_a_tab_reaches_to_the_next_column_in_action_that_is_not_centered() -> None:
    tabbed = (Run(text="a\tb"),)
    assert fountain.fit(body(Action(text=tabbed))).body == (Action(text=(Run(text="a   b"),)),)
    centered, one = Action(text=tabbed, align=Align.CENTER), Action(text=(Run(text="a b"),), align=Align.CENTER)
    assert fountain.fit(body(centered)).body == (one,)


def test_a_synopsis_without_words_is_left_out_and_a_heading_leaves_an_empty_line() -> None:
    fitted = fountain.fit(body(Synopsis(), SceneHeading(), Action(text=RAIN)))
    assert fitted.body == (Action(), Action(text=RAIN))
