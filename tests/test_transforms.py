"""What can be left out and numbered on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from converter.normal import normal
from converter.transforms import LEAVE_OUT, number_scenes
from converter.tree import (
    Action,
    Boneyard,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Note,
    NoteEnd,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    paragraphs,
    words,
)
from tests.strategies import screenplays


def nodes(value: Any) -> Iterator[Any]:
    """Every node of a tree, origin apart."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, tuple) and type(one) is tuple:
            stack.extend(one)
        elif hasattr(one, "__dataclass_fields__"):
            yield one
            stack.extend(getattr(one, name) for name in one.__dataclass_fields__ if name not in {"origin", "at"})


GONE = {
    "notes": (Note, NoteEnd),
    "boneyard": (Boneyard,),
    "sections": (Section,),
    "synopses": (Synopsis,),
    "revisions": (Deletion, Cut),
    "scene-numbers": (),
}


@pytest.mark.parametrize("what", LEAVE_OUT)
@given(screenplay=screenplays())
def test_what_is_left_out_is_gone_and_the_words_stay(what: str, screenplay: Screenplay) -> None:
    left = LEAVE_OUT[what](screenplay)
    assert normal(replace(left)) == left
    kinds = GONE[what]
    assert not [node for node in nodes(left) if isinstance(node, kinds)]
    if what == "scene-numbers":
        assert not [node for node in nodes(left) if isinstance(node, SceneHeading) and node.number]
    if what == "revisions":
        assert left.revisions is None
        assert not [node for node in nodes(left) if isinstance(node, Run) and node.revision is not None]
    before = [words(one.text) for one in paragraphs(normal(screenplay).body) if not isinstance(one, kinds)]
    assert "".join("".join(before).split()) == "".join("".join(words(p.text) for p in paragraphs(left.body)).split())


@pytest.mark.parametrize("what", LEAVE_OUT)
@given(screenplay=screenplays())
def test_leaving_out_twice_is_leaving_out_once(what: str, screenplay: Screenplay) -> None:
    left = LEAVE_OUT[what](screenplay)
    assert LEAVE_OUT[what](left) == left


def test_notes_go_from_every_place() -> None:
    note = Note(text="soft")
    text = (Run(text="a"), note, Run(text="b"))
    speech = Speech(cue=Character(text=text), parts=(note, Dialogue(text=text)))
    screenplay = Screenplay(
        body=(
            note,
            SceneHeading(text=text, omitted=(note, Action(text=text))),
            speech,
            DualDialogue(left=speech, right=speech),
        )
    )
    plain = (Run(text="ab"),)
    bare = Speech(cue=Character(text=plain), parts=(Dialogue(text=plain),))
    assert LEAVE_OUT["notes"](screenplay).body == (
        SceneHeading(text=plain, omitted=(Action(text=plain),)),
        bare,
        DualDialogue(left=bare, right=bare),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- - -", "1 2 3"),
        ("1 - - 2 - -", "1 1A 1B 2 3 4"),
        ("- - 1 2", "A1 B1 1 2"),
        ("1 - 1A - 2", "1 A1A 1A 1B 2"),
        ("1A - - 1C 2", "1A 1B A1C 1C 2"),
        ("A12 - 12", "A12 B12 12"),
        ("X - 2", "X XA 2"),
        ("1 - 2 1A", "1 1B 2 1A"),
        ("12A -", "12A 13"),
        ("1 X -", "1 X XA"),
        ("2 1 -", "2 1 3"),
        ("1 1 -", "1 1 2"),
        ("1 2", "1 2"),
        ("1 2 A3 3 - 4", "1 2 A3 3 A4 4"),
        ("11 - - A12 - B12 - 12 -", "11 AA12 BA12 A12 AB12 B12 C12 12 13"),
        ("5 A6 6 - - 7 8A 9 A10 10", "5 A6 6 A7 B7 7 8A 9 A10 10"),
        ("A12 12 - 13", "A12 12 A13 13"),
        ("A1 1 - 2", "A1 1 1A 2"),
        ("1 1A 2 A3 3 - 4", "1 1A 2 A3 3 3A 4"),
        ("1 A1 2 - 3 - A3 4", "1 A1 2 A2 3 AA3 A3 4"),
        ("1 A1A 2 - 3", "1 A1A 2 2A 3"),
        ("1 A2 2 - X", "1 A2 2 AX X"),
        ("1 A2 2 - 13 - 3", "1 A2 2 A13 13 A3 3"),
    ],
)
def test_scene_numbers(before: str, after: str) -> None:
    headings = [SceneHeading(text=(Run(text="INT. A"),), number=None if x == "-" else x) for x in before.split()]
    numbered = number_scenes(Screenplay(body=tuple(headings)))
    assert [heading.number for heading in numbered.body if isinstance(heading, SceneHeading)] == after.split()


def test_letters_go_on_behind_z() -> None:
    headings = [SceneHeading(text=(Run(text="INT. A"),)) for _ in range(60)]
    body = (SceneHeading(number="1"), *headings, SceneHeading(number="2"))
    numbers = [one.number for one in number_scenes(Screenplay(body=body)).body if isinstance(one, SceneHeading)]
    assert [numbers[place] for place in (8, 9, 14, 24, 25, 49)] == ["1H", "1J", "1P", "1Z", "1AA", "1BA"]


@given(screenplay=screenplays())
def test_every_scene_gets_a_number_and_nothing_else_changes(screenplay: Screenplay) -> None:
    screenplay = normal(screenplay)
    numbered = number_scenes(screenplay)
    assert normal(replace(numbered)) == numbered
    assert len(numbered.body) == len(screenplay.body)
    for old, new in zip(screenplay.body, numbered.body, strict=True):
        if isinstance(old, SceneHeading) and isinstance(new, SceneHeading):
            assert new.number and new.number == (old.number or new.number)
            assert new.text == old.text
        else:
            assert old == new
    assert number_scenes(numbered) == numbered
