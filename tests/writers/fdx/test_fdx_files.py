"""New FDX files as a whole: order of parts, legal XML for any text, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converter.contract import Diagnostic, Source, UsageError
from converter.notation.fdx.styles import DEFAULTS
from converter.readers import fdx as reader
from converter.terms import as_typed
from converter.tree import (
    NO_STYLE,
    Action,
    Character,
    Deletion,
    Dialogue,
    ElementStyle,
    Look,
    Note,
    ParagraphLayout,
    Parenthetical,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Tag,
    Transition,
)
from tests.strategies import screenplays
from writers import fdx
from writers.fdx.kept.lists import _Entry, _sort_places
from writers.fdx.kept.parts import PARTS
from writers.fdx.units import Anchor, Spot

VERSIONS = [fdx.Options(version=version) for version in (4, 5, 6)]


def action(words: str) -> Action:
    return Action(text=(Run(text=words),))


@given(screenplays(), st.sampled_from(VERSIONS))
def test_any_tree_makes_legal_xml_in_final_drafts_form(screenplay: Screenplay, options: fdx.Options) -> None:
    data = fdx.write(screenplay, options)
    root = etree.fromstring(data)
    assert data.startswith(
        b'<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft DocumentType="Script"'
    )
    names = [part.tag for part in root]
    singles = [name for name in names if name != "ElementSettings"]
    assert len(singles) == len(set(singles))
    assert [PARTS.index(name) for name in names] == sorted(PARTS.index(name) for name in names)
    listed = [one.get("Type") for one in root.iterfind("ElementSettings")]
    assert len(listed) == len(set(listed))
    used = {one.get("Type") for one in root.iterfind("Content//Paragraph")} - {None}
    assert used <= set(listed)
    for element in root.iter():
        assert list(element.keys()) == sorted(element.keys())
    for paragraph in root.iterfind("Content//Paragraph"):
        assert paragraph.get("Number") not in {"", "None", "(null)"}


@given(screenplays())
def test_the_same_tree_makes_the_same_bytes(screenplay: Screenplay) -> None:
    assert fdx.write(screenplay) == fdx.write(screenplay)


def test_ids_are_those_of_version_6_and_never_twice() -> None:
    tree = Screenplay(body=tuple(action("Rain.") for _ in range(300)))
    assert b" id=" not in fdx.write(tree)
    ids = re.findall(rb' id="([^"]*)"', fdx.write(tree, fdx.Options(version=6)))
    assert len(ids) == len(set(ids)) == 300
    assert all(re.fullmatch(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in ids)


def test_versions_that_nobody_should_write_are_refused() -> None:
    with pytest.raises(UsageError, match="4, 5 or 6"):
        fdx.write(Screenplay(), fdx.Options(version=1))


def test_lists_for_autocompletion_come_from_the_script() -> None:
    def cue(words: str) -> Speech:
        return Speech(cue=Character(text=(Run(text=words),)))

    tree = Screenplay(
        body=(
            SceneHeading(text=(Run(text="int. tide station - back room - high tide"),)),
            cue("odile (V.O.)"),
            cue("ODILE"),
            cue("Mara (CONT'D)"),
            Transition(text=(Run(text="IRIS OUT:"),)),
            SceneHeading(text=(Run(text="EXT. PIER"),)),
        )
    )
    root = etree.fromstring(fdx.write(tree))
    assert [one.text for one in root.iterfind("SmartType/Characters/*")] == ["ODILE", "MARA"]
    assert [one.text for one in root.iterfind("SmartType/Locations/*")] == ["TIDE STATION - BACK ROOM", "PIER"]
    assert [one.text for one in root.iterfind("SmartType/TimesOfDay/*")][-1] == "HIGH TIDE"
    assert [one.text for one in root.iterfind("SmartType/Transitions/*")][-1] == "IRIS OUT:"


def test_hidden_outline_styles_are_listed_for_every_level() -> None:
    root = etree.fromstring(fdx.write(Screenplay(body=(Section(text=(Run(text="Deep"),), level=7),))))
    font = root.find("ElementSettings[@Type='Outline 7']/FontSpec")
    assert font is not None and font.get("Style") == "HiddenText"


def test_a_note_without_a_title_is_listed_under_its_first_words() -> None:
    note = Note(text="A remark that is far too long to stand in a list of notes.\nSecond line.")
    root = etree.fromstring(fdx.write(Screenplay(body=(note, action("Rain.")))))
    written = root.find("ScriptNotes/ScriptNote")
    assert written is not None and written.get("Name") == "A remark that is far too long to stand..."


def test_a_paragraph_refuses_the_new_page_of_its_style() -> None:
    stage = ElementStyle(name="Stage", behaves_as="Action", layout=ParagraphLayout(new_page=True))
    refusing = Action(text=(Run(text="So."),), style_name="Stage", layout=ParagraphLayout(new_page=False))
    screenplay = Screenplay(body=(refusing, replace(refusing, layout=None)), styles=(stage,))
    data = fdx.write(screenplay)
    assert re.findall(r'<Paragraph( StartsNewPage="\w+")? Type="Stage">', data.decode()) == [' StartsNewPage="No"', ""]
    assert reader.read(Source("script.fdx", data)).body == screenplay.body


def test_cues_are_in_capitals_on_request_in_a_new_file_and_in_one_that_is_kept() -> None:
    cue = Character(text=as_typed((Run(text="Anna"),)))
    screenplay = Screenplay(body=(Speech(cue=cue, parts=(Dialogue(text=(Run(text="Come in."),)),)),))
    new = fdx.write(screenplay)
    kept = reader.read(Source("a.fdx", new))
    for one in (screenplay, kept):
        data = fdx.write(one, fdx.Options(cue_case="upper"))
        assert b">ANNA<" in data and b"Anna" not in data
    assert b">Anna<" in new
    assert fdx.write(kept) == new


def test_headings_and_cues_are_shown_as_typed_on_request() -> None:
    """By their styles, the source's own too; the words stay as they are."""
    own = ElementStyle(name="Loud Cue", behaves_as="Character", style=Style.ALL_CAPS | Style.BOLD)
    cues = (Character(text=(Run(text="Mara"),)), Character(text=(Run(text="Bram"),), style_name="Loud Cue"))
    body = (SceneHeading(text=(Run(text="int. barn"),)), *(Speech(cue=one) for one in cues))
    screenplay = Screenplay(body=body, styles=(own,))
    said: list[Diagnostic] = []
    data = fdx.write(screenplay, fdx.Options(as_typed=True), said.append)
    back = reader.read(Source("", data))
    assert back.body == body
    assert {one.name: one.style for one in back.styles} == {
        "Scene Heading": NO_STYLE,
        "Character": NO_STYLE,
        "Loud Cue": Style.BOLD,
    }
    kept = reader.read(Source("", fdx.write(screenplay)))
    again = fdx.write(kept, fdx.Options(as_typed=True), said.append)
    assert said == []
    assert set(reader.read(Source("", again)).styles) == set(back.styles), "in a file that was read, too"


def test_a_place_of_marks_that_is_no_number_is_reported_and_left_out() -> None:
    told: list[Diagnostic] = []
    fitted = fdx.fit(Screenplay(revisions=Revisions(active=1, location=float("nan"))), report=told.append)
    assert fitted.revisions == Revisions(active=1)
    assert [one.code for one in told] == ["fdx.not-a-measure"]


def test_a_deletion_in_a_paragraph_without_words_is_listed() -> None:
    tree = Screenplay(body=(action("Rain."), Action(text=(Deletion(revision=2),)), action("Snow.")))
    root = etree.fromstring(fdx.write(tree))
    deleted = root.find("DeletedText/DeletedTextLocation")
    assert deleted is not None and (deleted.get("Offset"), deleted.get("RevisionID")) == ("6", "2")


@pytest.mark.parametrize("field", ["font", "size", "color", "background"])
def test_what_an_element_looks_like_anyway_is_not_said_of_its_words(field: str) -> None:
    own = DEFAULTS["Action"]
    look = Look(font="Arial", size=9.0, color="#FF0000", background="#00FF00")
    text = (Run(text="Rain", look=replace(look, **{field: getattr(own, field)})), Run(text=" falls."))
    (fitted,) = fdx.fit(Screenplay(body=(Action(text=text),))).body
    assert isinstance(fitted, Action)
    assert fitted.text == (Run(text="Rain", look=replace(look, **{field: None})), Run(text=" falls."))


def test_categories_of_tags_have_final_draft_s_numbers_and_others_come_after_them() -> None:
    names = (
        "Synopsis, Cast Members, Background Actors, Stunts, Vehicles, Props, Camera, Special Effects, Wardrobe, "
        "Makeup/Hair, Animals, Animal Wrangler, Music, Sound, Art Department, Set Dressing, Greenery, "
        "Special Equipment, Security, Additional Labor, Visual Effects, Mechanical Effects, Miscellaneous, Notes, "
        "Script Day, Unit, Sequence, Location, Comments"
    ).split(", ")
    tags = tuple(Tag(number=place, category=name, label="x") for place, name in enumerate([*names, "Mine"], start=1))
    root = etree.fromstring(fdx.write(Screenplay(tags=tags)))
    found = {one.get("Name"): int(one.get("Number", "0")) for one in root.iterfind("TagData/TagCategories/*")}
    assert [found[name] for name in names] == [number for number in range(1, 32) if number not in (14, 22)]
    assert found["Mine"] > 31


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (Parenthetical(text=(Run(text="softly"),)), "fdx.bare-parenthetical"),
        (
            Dialogue(text=(Run(text="Now."),), alternates=((Run(text="Then"), Note(text="why?"), Run(text=".")),)),
            "fdx.note-out-of-body",
        ),
    ],
)
def test_what_a_speech_loses_is_reported(part: Parenthetical | Dialogue, code: str) -> None:
    said: list[Diagnostic] = []
    fdx.fit(
        Screenplay(body=(Speech(cue=Character(text=(Run(text="ODILE"),)), parts=(part,)),)), VERSIONS[-1], said.append
    )
    assert [one.code for one in said] == [code]


def test_new_entries_of_one_place_keep_the_order_of_the_tree() -> None:
    starts = (Spot(0, 1, 0), Spot(0, 1, 0), Spot(0, 2, 0))
    one, two, three = (_Entry(Anchor(Note(text=text), start)) for text, start in zip("abc", starts, strict=True))
    order: list[Any] = [two, b"old", three, one]
    _sort_places(order, [one, two, three])
    assert order == [one, b"old", three, two]
