"""Scenes that are omitted and come back, and numbers that are taken away."""

from __future__ import annotations

import pytest

from converter import read_bytes, write_bytes
from converter.contract import UsageError
from converter.normal import normal
from converter.production import omit_scene, restore_scene
from converter.readers.fountain import from_text
from converter.transforms import LEAVE_OUT, without_scene_numbers
from converter.tree import EndOfAct, NewAct, PageMark, Run, SceneHeading, Screenplay, paragraphs, words

DRAFT = """\
Before.

INT. KITCHEN - DAY #1#

A kettle.

MARA
Yes.

EXT. LANE - DAY #2A#

A bicycle.

INT. SHED - NIGHT

Dark.
"""


def draft(text: str = DRAFT) -> Screenplay:
    return normal(from_text(text))


def said(screenplay: Screenplay) -> list[str]:
    return [words(one.text) for one in paragraphs(screenplay.body)]


@pytest.mark.parametrize("number", ["1", "2A", "2a", " 2A "])
def test_an_omitted_scene_keeps_its_number_and_its_text_and_comes_back(number: str) -> None:
    omitted = omit_scene(draft(), number)
    (heading,) = (one for one in omitted.body if isinstance(one, SceneHeading) and one.omitted)
    assert heading.number == number.strip().upper() and words(heading.text) == "OMITTED"
    assert restore_scene(omitted, number) == draft()


def test_a_scene_ends_where_the_next_one_begins() -> None:
    assert said(omit_scene(draft(), "1")) == [
        "Before.",
        "OMITTED",
        "EXT. LANE - DAY",
        "A bicycle.",
        "INT. SHED - NIGHT",
        "Dark.",
    ]


@pytest.mark.parametrize("kind", [NewAct, EndOfAct])
def test_an_act_that_begins_or_ends_is_no_part_of_a_scene(kind: type[NewAct | EndOfAct]) -> None:
    act = kind(text=(Run(text="ACT TWO"),))
    script = Screenplay(body=(*draft("INT. A - DAY #1#\n\nRain.\n").body, act))
    assert said(omit_scene(script, "1")) == ["OMITTED", "ACT TWO"]


def test_pages_that_began_in_it_begin_after_it() -> None:
    script = draft()
    two, nine = PageMark(label="2", locked=True), PageMark(label="9")
    body = (*script.body[:2], two, nine, *script.body[2:])
    omitted = omit_scene(Screenplay(body=body), "1")
    assert omitted.body[2] == two
    assert isinstance(omitted.body[1], SceneHeading)
    assert nine in (omitted.body[1].omitted or ()) and two not in (omitted.body[1].omitted or ())


@pytest.mark.parametrize(
    ("text", "number", "message"),
    [
        (DRAFT, "7", "no scene 7"),
        ("INT. A - DAY\n\nRain.\n", "1", "matchcut number"),
        (".OMITTED #3#\n", "3", "omitted already"),
    ],
)
def test_a_scene_that_cannot_be_omitted_says_why(text: str, number: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        omit_scene(draft(text), number)


@pytest.mark.parametrize(
    ("text", "number", "message"),
    [(DRAFT, "1", "is not omitted"), (".OMITTED #3#\n", "3", "not in this script"), (DRAFT, "5", "no scene 5")],
)
def test_a_scene_that_cannot_be_restored_says_why(text: str, number: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        restore_scene(draft(text), number)


def test_a_scene_whose_heading_lost_its_number_inside_has_it_again() -> None:
    omitted = omit_scene(draft(), "1")
    heading = omitted.body[1]
    assert isinstance(heading, SceneHeading) and heading.omitted
    inner = without_scene_numbers(Screenplay(body=heading.omitted)).body
    body = (omitted.body[0], SceneHeading(text=heading.text, number="1", omitted=inner), *omitted.body[2:])
    assert restore_scene(Screenplay(body=body), "1") == draft()


@pytest.mark.parametrize("name", ["fdx", "fountain", "json"])
def test_an_omitted_scene_travels(name: str) -> None:
    data = write_bytes(omit_scene(draft(), "1"), format=name).data
    assert restore_scene(read_bytes(data, format=name).screenplay, "1").body == draft().body


def test_numbers_go_from_every_heading_also_in_omitted_scenes() -> None:
    bare = without_scene_numbers(omit_scene(draft(), "1"))
    headings = [one for one in paragraphs(bare.body, omitted=True) if isinstance(one, SceneHeading)]
    assert len(headings) == 4 and {one.number for one in headings} == {None}
    assert LEAVE_OUT["scene-numbers"](draft()) == without_scene_numbers(draft())
