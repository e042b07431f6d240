"""What Word cannot hold is said, each by its own code; all else comes back."""

from dataclasses import replace

import pytest
from hypothesis import given, note

from converter.contract import Diagnostic, Kind, Source
from converter.normal import normal
from converter.notation.docx import plain_name
from converter.readers import docx as reader
from converter.tree import (
    Action,
    Align,
    Band,
    Boneyard,
    Character,
    Deletion,
    DualDialogue,
    Element,
    Look,
    Lyric,
    Note,
    Opaque,
    PageBreak,
    PageMark,
    PageSetup,
    ParagraphLayout,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    TabStop,
    Tag,
    Text,
    TitleField,
    TitlePage,
)
from tests.examples import few
from tests.strategies import screenplays
from writers import docx, outline

BLUE = Revisions(sets=(RevisionSet(id=1, name="Blue"),))


def words(text: str) -> Text:
    return (Run(text=text),)


def action(*inlines: object) -> Action:
    return Action(text=tuple(Run(text=one) if isinstance(one, str) else one for one in inlines))  # type: ignore[misc]


def script(*elements: Element) -> Screenplay:
    return Screenplay(body=elements)


def fitted(screenplay: Screenplay, **options: object) -> tuple[Screenplay, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return docx.fit(screenplay, docx.Options(**options), said.append), said


def cut_scenes(depth: int) -> SceneHeading:
    heading = SceneHeading(text=words("OMITTED"))
    for _ in range(depth):
        heading = replace(heading, omitted=(heading,))
    return heading


def styled(style: str | None = None, layout: ParagraphLayout | None = None) -> Screenplay:
    return script(replace(action("Rain."), style_name=style, layout=layout))


LOST = {
    "foreign-part": Screenplay(opaque=(Opaque(format="fdx", name="beat board"),)),
    "section-level": script(Section(text=words("Deep"), level=12)),
    "omitted-too-deep": script(cut_scenes(10)),
    "style-name": styled("Loud, {angry}"),
    "empty-boneyard": script(action("a", Boneyard(source=""), "b")),
    "joined-boneyards": script(action("a", Boneyard(source="/*b*/"), Boneyard(source="/*c*/"))),
    "joined-deletions": replace(script(action("a", Deletion(revision=1), Deletion(revision=1))), revisions=BLUE),
    "unknown-revision": script(action(Run(text="a", revision=7))),
    "tag-order": script(action(Run(text="a", tags=(2, 1)))),
    "font-name": script(action(Run(text="a", look=Look(font="Arial, bold")))),
    "font-size": script(action(Run(text="a", look=Look(size=11.3)))),
    "color": script(action(Run(text="a", look=Look(color="red")))),
    "page-label": script(PageMark(label="far too long a label for a page"), action("a")),
    "note-date": script(Note(text="n", date="last Tuesday"), action("a")),
    "dual-layout": script(
        DualDialogue(
            left=Speech(cue=Character(text=words("A"), layout=ParagraphLayout(left=2.0))),
            right=Speech(cue=Character(text=words("B"))),
        )
    ),
    "measures": styled(layout=ParagraphLayout(left=1 / 3)),
    "joined-fields": Screenplay(
        title_page=TitlePage(
            fields=(TitleField(name="A", lines=(words("b"),)), TitleField(name="A", lines=(words("c"),)))
        )
    ),
    "field-name": Screenplay(title_page=TitlePage(fields=(TitleField(name="A, B", lines=(words("b"),)),))),
    "empty-field-line": Screenplay(title_page=TitlePage(fields=(TitleField(name="A", lines=((),)),))),
    "first-page": Screenplay(page_setup=PageSetup(first_page=10**12)),
    "band": Screenplay(page_setup=PageSetup(header=Band(left=(Run(text="a\tb"),)))),
    "revision-sets": Screenplay(revisions=Revisions(sets=(*BLUE.sets, RevisionSet(id=1, name="Pink")))),
    "tag-number": Screenplay(tags=(Tag(number=-1, category="Props", label="ham"),)),
}


@pytest.mark.parametrize("code", LOST)
def test_what_is_lost_is_said(code: str) -> None:
    screenplay, said = fitted(LOST[code])
    assert {(one.kind, one.code) for one in said} == {(Kind.LOSS, f"docx.{code}")}
    assert all(one.message.endswith(".") for one in said)
    assert reader.read(Source("", docx.write(LOST[code]))) == screenplay


HELD = {
    "styles of one name for two elements": script(
        replace(action("a"), style_name="Sung"), replace(Lyric(text=words("b")), style_name="Sung")
    ),
    "a style named like another element": styled("Dialogue"),
    "a style named like one of ours in brackets": styled("Loud (Action)"),
    "a style named like a hidden one": styled("Loud (omitted)"),
    "two page breaks": script(action("a"), PageBreak(), PageBreak(), action("b")),
    "a page break that a style forbids": script(
        action("a"), PageBreak(), replace(action("b"), layout=ParagraphLayout(new_page=False))
    ),
    "notes and locked pages in their order": script(
        Note(text="n"), PageMark(label="12-13", locked=True), Note(text="m"), action("a")
    ),
    "pages of one label": script(action("a", PageMark(label="2"), "b", PageMark(label="2"), "c")),
    "a lyric behind a speech": script(
        Speech(cue=Character(text=words("A")), parts=(Lyric(text=words("b")),)), Lyric(text=words("c"))
    ),
    "a cut scene with nothing in it": script(SceneHeading(text=words("OMITTED"), omitted=())),
    "hidden words in a cut scene": script(
        SceneHeading(
            omitted=(
                action("a", Run(text="b", style=Style.HIDDEN), Run(text="c", style=Style.PLAIN), Boneyard(source="d")),
            )
        )
    ),
    "a number with a tab": script(SceneHeading(number="1\t2\t"), SceneHeading(text=words("a"), number="\t")),
    "revision sets of one name": Screenplay(
        body=(action(Run(text="a", revision=1), Run(text="b", revision=2), Deletion(revision=2)),),
        revisions=Revisions(sets=(RevisionSet(id=1, name="Blue"), RevisionSet(id=2, name="Blue")), active=2),
    ),
    "measures": styled(
        layout=ParagraphLayout(
            left=1.625,
            right=7.38,
            first_indent=-0.1,
            space_before=11.5,
            line_spacing=1.5,
            tabs=(TabStop(position=2.0, align=Align.RIGHT), TabStop(position=3.25, decimal=True)),
        )
    ),
}


@pytest.mark.parametrize("what", HELD)
def test_what_is_held_comes_back(what: str) -> None:
    screenplay = normal(HELD[what])
    same, said = fitted(screenplay)
    assert same == screenplay
    assert said == []
    found = reader.read(Source("", docx.write(screenplay)))
    assert outline.to_text(found) == outline.to_text(screenplay)


@given(screenplays())
@few(30)
def test_capitals_can_be_typed(screenplay: Screenplay) -> None:
    options = docx.Options(real_caps=True)
    fits = docx.fit(screenplay, options)
    assert docx.fit(fits, options) == fits
    found = reader.read(Source("", docx.write(screenplay, options)))
    note(outline.to_text(found))
    assert found == fits


def test_typed_capitals_are_those_that_the_page_draws() -> None:
    screenplay = script(SceneHeading(text=words("int. barn")), action("Rain."))
    assert fitted(screenplay, real_caps=True) == (script(SceneHeading(text=words("INT. BARN")), action("Rain.")), [])


@pytest.mark.parametrize("name", ["Singing", "Cold Opening 2", "Bühne (leise)"])
def test_ordinary_names_of_styles_stay(name: str) -> None:
    assert plain_name(name) == name
