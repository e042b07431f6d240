from dataclasses import fields
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.tree import (
    Action,
    Character,
    Dialogue,
    Element,
    ElementStyle,
    General,
    Inline,
    LineBreak,
    Note,
    NoteEnd,
    Opaque,
    PageSetup,
    Paragraph,
    Part,
    Position,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Style,
    Tag,
    Text,
    TitleField,
    TitlePage,
)
from tests.examples import few
from tests.strategies import node, screenplays, texts
from writers import outline


def test_an_outline_shows_each_field_that_is_not_its_default() -> None:
    screenplay = Screenplay(
        title_page=TitlePage(
            fields=(TitleField(name="Author", lines=((Run(text="Odile"),), ())), TitleField(name="Source")),
            sheets=((General(),),),
        ),
        body=(
            SceneHeading(text=(Run(text="OMITTED"),), number="12A", omitted=(Action(text=(Run(text="Cut."),)),)),
            Action(
                text=(
                    Run(text="Rain. ", style=Style.BOLD | Style.ITALIC),
                    LineBreak(),
                    Note(text="too\nsoft?", id=1),
                    Run(text='"Again\\"', revision=2, tags=(1, 4)),
                    NoteEnd(id=1),
                )
            ),
            Speech(
                cue=Character(text=(Run(text="ANN\u00a0B"),), number="3"),
                parts=(Dialogue(text=(Run(text="Hi."),), alternates=((), (Run(text="Ho."),))),),
            ),
            Speech(),
        ),
        opaque=(Opaque(format="fdx", name="Images", quiet=True),),
    )
    assert (
        outline.to_text(screenplay)
        == r"""
TitlePage
  "Author": "Odile" | empty
  "Source":
  sheet
    General
SceneHeading "OMITTED" number="12A"
  omitted
    Action "Cut."
Action bold+italic "Rain. " / [Note "too\nsoft?" id=1] "\"Again\\\"" {revision=2 tags=(1 4)} [NoteEnd id=1]
Speech "ANN\u{a0}B" number="3"
  Dialogue "Hi."
    alternate
    alternate "Ho."
Speech without cue
Opaque format="fdx" name="Images" quiet=yes
""".lstrip("\n")
    )


def test_where_a_node_came_from_does_not_show() -> None:
    assert outline.to_text(Screenplay(body=(Action(at=Position(line=3)),))) == "Action\n"


def test_deep_trees_do_not_exhaust_the_stack() -> None:
    heading = SceneHeading()
    for _ in range(5000):
        heading = SceneHeading(omitted=(heading,))
    assert outline.to_text(Screenplay(body=(heading,))).count("SceneHeading") == 5001


def test_a_paragraph_kind_is_named_by_its_class() -> None:
    def kinds(base: type[Paragraph]) -> list[type[Paragraph]]:
        return [base, *(kind for child in base.__subclasses__() for kind in kinds(child))]

    for kind in kinds(Paragraph)[1:]:
        assert outline.to_text(Screenplay(body=(kind(),))) == kind.__name__ + "\n"


def _tree_with(value: Any) -> Screenplay:
    """A screenplay that holds the value where its kind belongs."""
    if isinstance(value, get_args(Inline)) and not isinstance(value, Note):
        return Screenplay(body=(Action(text=(value,)),))
    if isinstance(value, get_args(Part)):
        return Screenplay(body=(Speech(parts=(value,)),))
    if isinstance(value, Character):
        return Screenplay(body=(Speech(cue=value),))
    if isinstance(value, TitleField):
        return Screenplay(title_page=TitlePage(fields=(value,)))
    for one in fields(Screenplay):
        if isinstance(value, AROUND.get(one.name, ())):
            return Screenplay(**{one.name: (value,) if one.name in {"styles", "tags", "opaque"} else value})
    return Screenplay(body=(value,))


AROUND = {
    "title_page": TitlePage,
    "page_setup": PageSetup,
    "styles": ElementStyle,
    "revisions": Revisions,
    "tags": Tag,
    "opaque": Opaque,
}
KINDS = sorted(
    {*get_args(Element), *get_args(Part), *get_args(Inline), Character, TitleField, *AROUND.values()} - {LineBreak},
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@few(200)
@given(data=st.data())
def test_another_tree_is_another_text(kind: type[Any], data: st.DataObject) -> None:
    one, other = data.draw(node(kind)), data.draw(node(kind))
    same_text = outline.to_text(_tree_with(one)) == outline.to_text(_tree_with(other))
    assert same_text == (_tree_with(one) == _tree_with(other))


@given(texts(), texts())
def test_another_text_is_written_otherwise(one: Text, other: Text) -> None:
    same_text = outline.to_text(Screenplay(body=(Action(text=one),))) == outline.to_text(
        Screenplay(body=(Action(text=other),))
    )
    assert same_text == (one == other)


@given(screenplays())
def test_an_outline_can_be_written_as_utf_8_and_has_no_line_end_within_a_line(screenplay: Screenplay) -> None:
    text = outline.write(screenplay).decode("utf-8")
    assert text.splitlines() == text.split("\n")[:-1]
