from converter.tree import (
    Action,
    Character,
    Dialogue,
    General,
    LineBreak,
    Note,
    NoteEnd,
    Opaque,
    Paragraph,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Style,
    TitleField,
    TitlePage,
)
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
