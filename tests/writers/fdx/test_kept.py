"""What an edit changes in a file that came in as FDX: the lines of its difference, each edit with its own.

kept.edits holds a sentence for each edit and the difference that it makes; `pytest --accept` rewrites it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from converter.contract import Diagnostic, Source
from converter.readers import fdx as reader
from converter.tree import (
    Action,
    Align,
    Band,
    Boneyard,
    Continued,
    Deletion,
    Dialogue,
    DualDialogue,
    ElementStyle,
    LineBreak,
    Look,
    Margins,
    More,
    Note,
    NoteEnd,
    PageBreak,
    PageField,
    PageFieldKind,
    PageMark,
    PageSetup,
    Paper,
    ParagraphLayout,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    SceneNumbers,
    Screenplay,
    Shot,
    Speech,
    Style,
    Synopsis,
    TabStop,
    Tag,
    TitleField,
    TitlePage,
)
from writers import fdx, outline

HERE = Path(__file__).parent
EXPECTED = HERE / "kept.edits"

BODY = """    <Paragraph Number="1" Type="Scene Heading">
      <SceneProperties Color="#7676D6D6FFFF" Length="1 3/8" Number="1" Page="14" Title="Low water">
        <Summary>
          <Paragraph><Text>They meet.</Text></Paragraph>
        </Summary>
        <SceneArcBeats/>
      </SceneProperties>
      <Text>INT. TIDE STATION - DAWN</Text>
    </Paragraph>
    <Paragraph Alignment="Left" FirstIndent="0.00" LeftIndent="2.50" RightIndent="7.50" SpaceBefore="12" Spacing="1" \
Leading="Regular" StartsNewPage="No" Type="Action">
      <Text>Rain on </Text>
      <Text AdornmentStyle="-1">Merrow</Text>
      <Text Style="Italic" RevisionID="2">, \U0001f30a all night.</Text>
    </Paragraph>
    <Paragraph Number="2" Type="Scene Heading">
      <Text>OMITTED</Text>
      <OmittedScene>
        <Paragraph Type="Scene Heading" id="a"><Text>EXT. YARD - DUSK</Text></Paragraph>
        <Paragraph Type="Action" id="b"><Text>A dog.</Text></Paragraph>
      </OmittedScene>
    </Paragraph>
    <Paragraph Type="General">
      <DualDialogue>
        <Paragraph Type="Character"><Text>MARA</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Now?</Text></Paragraph>
        <Paragraph Type="Character"><Text>ODILE</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Not yet.</Text></Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph StartsNewPage="Yes" Type="Action"><Text>The sea comes &amp; goes.</Text></Paragraph>
    <Paragraph Type="Stage"><Text>A curtain.</Text><Tabstops><Tabstop Position="3.00" Type="Left"/></Tabstops>\
</Paragraph>
    <Paragraph StartsNewPage="No" Type="Stage"><Text>No page of its own.</Text></Paragraph>
    <Paragraph Type="Character" id="c"><Text>MARA</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>One
two.</Text><Alts Current="0"><AltId>3</AltId></Alts></Paragraph>
    <Paragraph><DualDialogue>
      <Paragraph Type="Character"><Text>ONE CUE</Text></Paragraph>
      <Paragraph Type="Dialogue"><Text>Alone in a pair.</Text></Paragraph>
      <Paragraph Type="Action"><Text>And a line.</Text></Paragraph>
    </DualDialogue></Paragraph>
    <Paragraph Type="New Act" id="d"/>
    <Paragraph Type="New Act" id="d"><Text>ACT TWO</Text></Paragraph>
    <Marker/>
    <Paragraph Type="Action"><Text>The end of it.</Text></Paragraph>
"""
FONT = '<FontSpec Color="#000000000000" Font="Courier Final Draft" Size="12" Style=""/>'
STYLES = f"""  <ElementSettings Type="Action">
    {FONT}
    <ParagraphSpec Alignment="Left" FirstIndent="0.00" LeftIndent="1.50" RightIndent="7.50" SpaceBefore="12" \
Spacing="1"/>
    <Behavior PaginateAs="Action" ReturnKey="Action" Shortcut="2"/>
  </ElementSettings>

  <ElementSettings Type="Stage">
    {FONT}
    <ParagraphSpec Alignment="Left" FirstIndent="0.00" LeftIndent="2.00" RightIndent="7.50" SpaceBefore="12" \
Spacing="1" \
StartsNewPage="Yes"/>
    <Behavior PaginateAs="Action" ReturnKey="Action" Shortcut=""/>
  </ElementSettings>

  <ElementSettings Type="Chorus">
    {FONT}
    <ParagraphSpec Alignment="Left" FirstIndent="0.00" LeftIndent="3.00" RightIndent="7.50" SpaceBefore="0" \
Spacing="1"/>
    <Behavior PaginateAs="Dialogue" ReturnKey="Action" Shortcut=""/>
  </ElementSettings>"""
PARTS = """  <HeaderAndFooter FooterFirstPage="Yes" FooterVisible="No" HeaderFirstPage="No" \
HeaderVisible="Yes" StartingPage="1">
    <Header>
      <Paragraph Alignment="Right"><DynamicLabel Type="Page #"/><Text>.</Text></Paragraph>
    </Header>
  </HeaderAndFooter>

  <SpellCheckIgnoreLists>
    <IgnoredRanges><Range End="39" Start="33"/><Range End="72" Start="70"/><Range Start="x"/></IgnoredRanges>
  </SpellCheckIgnoreLists>

  <PageLayout BottomMargin="72" DocumentLeading="Normal" FooterMargin="36" HeaderMargin="36" TopMargin="72">
    <PageSize Height="11.00" Width="8.50"/>
    <AutoCastList/>
  </PageLayout>
"""
LISTS = """  <TitlePage>
    <Content>
      <Paragraph Alignment="Center"><Text>LOW WATER</Text></Paragraph>
    </Content>
  </TitlePage>

  <MoresAndContinueds>
    <DialogueBreaks AutomaticCharacterContinueds="Yes" BottomOfPage="Yes" DialogueBottom="(MORE)" \
DialogueTop="(CONT'D)" \
TopOfNext="Yes"/>
  </MoresAndContinueds>

  <LockedPages>
    <LockedPage LevelIndex="0" LockLevel="0" PageNumber="1" Position="0"/>
    <LockedPage LevelIndex="1" LockLevel="0" PageNumber="2A" Position="58"/>
  </LockedPages>

  <Revisions ActiveSet="2" RevisionsShown="Active">
    <Revision Color="#0000FFFF0000" ID="1" Mark="*" Name="Blue" Style=""/>
    <Revision Color="#FFFF00000000" ID="2" Mark="+" Name="Pink" Style="" Odd="kept"/>
  </Revisions>

  <DeletedText>
    <DeletedTextLocation Offset="25" RevisionID="2"/>
    <DeletedTextLocation Odd="kept" Offset="33" RevisionID="1"/>
  </DeletedText>

  <SceneNumberOptions LeftLocation="0.75" NumberScheme="1A" ShowNumbersOnLeft="Yes" ShowNumbersOnRight="Yes"/>

  <AltCollection>
    <Alt Id="3"><Paragraph><Text>Three, four.</Text></Paragraph></Alt>
  </AltCollection>

  <TagData/>

  <ScriptNotes>
    <ScriptNote Id="1" Name="Where?" Range="33,39" Type="Place">
      <Paragraph><Text>Where is that?</Text></Paragraph>
    </ScriptNote>
    <ScriptNote Id="2" Range="56,57" Type=""><Paragraph><Text>A scene.</Text></Paragraph></ScriptNote>
    <ScriptNote Id="9" Range="900,901" Type=""><Paragraph><Text>At last.</Text></Paragraph></ScriptNote>
  </ScriptNotes>
"""
WHOLE = f"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">

  <Content>
{BODY}  </Content>

{PARTS}
{STYLES}

{LISTS}
</FinalDraft>
"""
# Only what has to be there; its one paragraph of a type that it does not list.
BARE = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">

  <Content>
    <Paragraph Type="Action"><Text>Rain.</Text></Paragraph>
    <Paragraph Type="Action"><Text>Snow.</Text></Paragraph>
  </Content>

</FinalDraft>
"""
# Final Draft 11 keeps notes in the paragraphs that they belong to.
OLD = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="4">

  <Content>
    <Paragraph Type="Scene Heading">
      <SceneProperties Title=""/>
      <ScriptNote Name="Why?" Odd="kept" Type=""><Paragraph><Text>Why here?</Text></Paragraph></ScriptNote>
      <ScriptNote Name="And" Type=""><Paragraph><Text>And when?</Text></Paragraph></ScriptNote>
      <Text>INT. TIDE STATION - DAWN</Text>
    </Paragraph>
    <Paragraph Type="Action">
      <Text>Rain.</Text>
    </Paragraph>
    <Paragraph Type="General"><DualDialogue>
      <Paragraph Type="Character"><Text>ONE CUE</Text></Paragraph>
      <Paragraph Type="Dialogue"><Text>Alone.</Text></Paragraph>
      <Paragraph Type="Action"><ScriptNote Name="In it" Type=""><Text>Inside.</Text></ScriptNote>\
<Text>A line.</Text></Paragraph>
    </DualDialogue></Paragraph>
  </Content>

  <UnanchoredScriptNotes>
    <ScriptNote Name="Loose" Odd="kept" Type=""><Paragraph><Text>Loose.</Text></Paragraph></ScriptNote>
  </UnanchoredScriptNotes>
</FinalDraft>
"""


def read(text: str) -> Screenplay:
    said: list[Diagnostic] = []
    screenplay = reader.read(Source("script.fdx", text.encode("utf-8")), report=said.append)
    assert said == [] and screenplay.origin is not None
    return screenplay


Edit = Callable[[Screenplay], Screenplay]


def body(change: Callable[[list[Any]], Any]) -> Edit:
    def edit(screenplay: Screenplay) -> Screenplay:
        elements = list(screenplay.body)
        change(elements)
        return replace(screenplay, body=tuple(elements))

    return edit


def at(find: type[Any] | int, **changes: Any) -> Edit:
    """The element at that place, or the first of that kind, with other fields."""

    def change(elements: list[Any]) -> None:
        place = find if isinstance(find, int) else next(i for i, one in enumerate(elements) if type(one) is find)
        elements[place] = replace(elements[place], **changes)

    return body(change)


def words(find: type[Any] | int, change: Callable[[Any], Any]) -> Edit:
    def edit(elements: list[Any]) -> None:
        place = find if isinstance(find, int) else next(i for i, one in enumerate(elements) if type(one) is find)
        elements[place] = replace(elements[place], text=change(elements[place].text))

    return body(edit)


def setup(**changes: Any) -> Edit:
    return lambda one: replace(one, page_setup=replace(one.page_setup or PageSetup(), **changes))


def run(text: str, **more: Any) -> Run:
    return Run(text=text, **more)


def new_action(text: str = "A new line.", **more: Any) -> Action:
    return Action(text=(Run(text=text),), **more)


def first(kind: type[Any], elements: list[Any]) -> int:
    return next(place for place, one in enumerate(elements) if type(one) is kind)


def _in_speech(change: Callable[[Speech], Speech]) -> Edit:
    def edit(elements: list[Any]) -> None:
        place = first(Speech, elements)
        elements[place] = change(elements[place])

    return body(edit)


def _first_line(change: Callable[[Dialogue], Dialogue]) -> Edit:
    def edit(speech: Speech) -> Speech:
        return replace(speech, parts=tuple(change(one) if isinstance(one, Dialogue) else one for one in speech.parts))

    return _in_speech(edit)


def _dual(change: Callable[[DualDialogue], DualDialogue]) -> Edit:
    def edit(elements: list[Any]) -> None:
        place = first(DualDialogue, elements)
        elements[place] = change(elements[place])

    return body(edit)


def _omitted(omitted: Any) -> Edit:
    def edit(elements: list[Any]) -> None:
        place = next(i for i, one in enumerate(elements) if isinstance(one, SceneHeading) and one.omitted)
        old = elements[place].omitted
        elements[place] = replace(elements[place], omitted=omitted(old) if callable(omitted) else omitted)

    return body(edit)


def swapped(elements: list[Any]) -> None:
    elements[7], elements[14] = elements[14], elements[7]


def edited_runs(text: tuple[Any, ...], change: Callable[[str], str]) -> tuple[Any, ...]:
    return tuple(replace(one, text=change(one.text)) if isinstance(one, Run) else one for one in text)


def style(name: str, **changes: Any) -> Edit:
    return lambda one: replace(
        one, styles=tuple(replace(each, **changes) if each.name == name else each for each in one.styles)
    )


def without_notes(elements: list[Any]) -> None:
    elements[:] = [one for one in elements if not isinstance(one, Note)]


NOTE = Note(text="New.\nOf two lines.", title="Title", category="Kind", author="Ann", color="#FF0000")
SONG = ElementStyle(name="Song", behaves_as="Dialogue", layout=ParagraphLayout(left=3.0, new_page=True))
LAST = -2  # of the paragraphs; a note comes after it

EDITS: dict[str, tuple[str, Edit]] = {
    # -------- words
    "New words inside old ones are set as those before them.": (
        WHOLE,
        words(Action, lambda text: edited_runs(text, lambda said: said.replace("all night", "all the night"))),
    ),
    "New words before a spelling mark stay without it.": (
        WHOLE,
        words(Action, lambda text: edited_runs(text, lambda said: said.replace("Rain", "Hail"))),
    ),
    "New words in a word with a spelling mark do not get it.": (
        WHOLE,
        words(Action, lambda text: edited_runs(text, lambda said: said.replace("Merrow", "Meadow"))),
    ),
    "Words set in another way have their own settings.": (
        WHOLE,
        words(Action, lambda text: (*text[:-1], replace(text[-1], style=Style.BOLD, revision=None))),
    ),
    "Words behind the last are not in its revision.": (WHOLE, words(Action, lambda text: (*text, run(" More.")))),
    "A broken line goes into the words.": (WHOLE, words(LAST, lambda text: (*text, LineBreak(), run("Really.")))),
    "A paragraph without words keeps an empty text.": (WHOLE, words(LAST, lambda text: ())),
    "A look is written out.": (
        WHOLE,
        words(LAST, lambda text: (replace(text[0], look=Look(font="Arial", size=10.0, color="#0000FF")),)),
    ),
    # -------- attributes
    "Another kind of element gets another type and its measures.": (
        WHOLE,
        body(lambda it: it.__setitem__(-2, Shot(text=it[-2].text, at=it[-2].at))),
    ),
    "A paragraph that says all its measures goes on saying them.": (WHOLE, at(Action, layout=None)),
    "One that says none gets only what differs.": (
        WHOLE,
        at(LAST, layout=ParagraphLayout(left=2.0, space_before=24.0), align=Align.CENTER),
    ),
    "A paragraph that refuses its style's new page takes it now.": (WHOLE, at(9, layout=None)),
    "A paragraph of a style with a page of its own refuses it.": (
        WHOLE,
        at(8, layout=ParagraphLayout(new_page=False, tabs=(TabStop(position=3.0),))),
    ),
    "A page break goes.": (WHOLE, body(lambda it: it.__delitem__(first(PageBreak, it)))),
    "A page break comes.": (WHOLE, body(lambda it: it.insert(14, PageBreak()))),
    "A scene gets another number.": (WHOLE, at(SceneHeading, number="1A")),
    "A scene loses its number everywhere.": (WHOLE, at(SceneHeading, number=None)),
    "Tab stops come.": (WHOLE, at(LAST, layout=ParagraphLayout(tabs=(TabStop(position=4.0, align=Align.RIGHT),)))),
    "Tab stops go.": (WHOLE, at(8, layout=None)),
    # -------- the card
    "A scene gets another color.": (WHOLE, at(SceneHeading, color="#00FF00")),
    "A scene's summary changes in its place.": (
        WHOLE,
        body(lambda it: it.__setitem__(first(Synopsis, it), Synopsis(text=(run("They part."),)))),
    ),
    "A scene's summary goes.": (WHOLE, body(lambda it: it.__delitem__(first(Synopsis, it)))),
    "A scene without a card gets one for its summary.": (
        WHOLE,
        body(
            lambda it: it.insert(
                1 + next(i for i, x in enumerate(it) if getattr(x, "omitted", None)), Synopsis(text=(run("Cut."),))
            )
        ),
    ),
    # -------- blocks
    "A line inside a dual dialogue changes.": (
        WHOLE,
        _dual(lambda pair: replace(pair, right=replace(pair.right, parts=(Dialogue(text=(run("Never."),)),)))),
    ),
    "Another one speaks inside it.": (
        WHOLE,
        _dual(lambda pair: replace(pair, left=replace(pair.left, cue=replace(pair.left.cue, text=(run("ANN"),))))),
    ),
    "A line inside an omitted scene changes.": (
        WHOLE,
        _omitted(lambda old: (old[0], replace(old[1], text=(run("A cat."),)))),
    ),
    "A line of an omitted scene goes.": (WHOLE, _omitted(lambda old: old[:1])),
    "An omitted scene is restored.": (WHOLE, _omitted(None)),
    "Another scene is omitted.": (WHOLE, at(SceneHeading, omitted=(new_action("Cut."),))),
    "A paragraph that was read as several goes back whole beside an edit.": (
        WHOLE,
        body(lambda it: it.append(new_action())),
    ),
    "A note in the midst of one that was read as several is kept.": (
        WHOLE,
        body(lambda it: it.insert(12, NOTE)),
    ),
    "One that was read as several is written anew once a part of it is another.": (
        WHOLE,
        words(12, lambda text: (run("Other."),)),
    ),
    # -------- order
    "A paragraph goes; what another program put before it stays.": (WHOLE, body(lambda it: it.__delitem__(14))),
    "Two paragraphs change places.": (WHOLE, body(swapped)),
    "A copy has no id.": (WHOLE, body(lambda it: it.append(it[first(Speech, it)]))),
    "A changed copy has none, too.": (
        WHOLE,
        body(
            lambda it: it.append(
                replace(it[first(Speech, it)], cue=replace(it[first(Speech, it)].cue, text=(run("ANN"),)))
            )
        ),
    ),
    "All of it goes.": (WHOLE, lambda one: replace(one, body=())),
    # -------- alternates
    "A line gets one more wording.": (
        WHOLE,
        _first_line(lambda line: replace(line, alternates=(*line.alternates, (run("Five."),)))),
    ),
    "A line loses its other wordings.": (WHOLE, _first_line(lambda line: replace(line, alternates=()))),
    # -------- what is anchored
    "A new note has the next number.": (WHOLE, body(lambda it: it.insert(14, NOTE))),
    "A note over a range says where it ends.": (
        WHOLE,
        words(LAST, lambda text: (run("The "), replace(NOTE, id=7), run("end"), NoteEnd(id=7), run(" of it."))),
    ),
    "A note's words change.": (
        WHOLE,
        body(lambda it: it.__setitem__(-1, replace(it[-1], text="At the very last."))),
    ),
    "A note's category and colour change.": (
        WHOLE,
        body(lambda it: it.__setitem__(-1, replace(it[-1], category="Plot", color="#0000FF"))),
    ),
    "A copied note has a number of its own.": (WHOLE, body(lambda it: it.insert(0, it[-1]))),
    "Notes at one place take the order of the script.": (
        WHOLE,
        body(lambda it: it.extend((NOTE, Boneyard(source="/* x */")))),
    ),
    "A note goes.": (WHOLE, body(lambda it: it.__delitem__(-1))),
    "A note at the start of an omitted scene says which paragraph.": (
        WHOLE,
        _omitted(lambda old: (NOTE, *old, replace(NOTE, text="At its end."))),
    ),
    "A page is locked.": (WHOLE, body(lambda it: it.insert(14, PageMark(label="3", locked=True)))),
    "A locked page gets another number.": (
        WHOLE,
        body(lambda it: it.__setitem__(first(PageMark, it), replace(it[first(PageMark, it)], label="1B"))),
    ),
    "A deletion comes.": (WHOLE, words(LAST, lambda text: (*text, Deletion(revision=1)))),
    "A deletion comes before those of the file.": (
        WHOLE,
        words(SceneHeading, lambda text: (*text, Deletion(revision=1))),
    ),
    "Of two deletions in a paragraph the first goes; the other takes its entry.": (
        WHOLE,
        words(Action, lambda text: tuple(one for one in text if one != Deletion(revision=2))),
    ),
    "A deletion is of another revision.": (
        WHOLE,
        words(
            Action, lambda text: tuple(replace(one, revision=2) if isinstance(one, Deletion) else one for one in text)
        ),
    ),
    "Deletions go, and their list stays.": (
        WHOLE,
        words(Action, lambda text: tuple(one for one in text if not isinstance(one, Deletion))),
    ),
    "New words at the front move all that comes after.": (
        WHOLE,
        words(SceneHeading, lambda text: (run("EXT. "), *text)),
    ),
    "A new paragraph at the front moves all.": (WHOLE, body(lambda it: it.insert(0, new_action()))),
    # -------- styles
    "A new style comes behind the file's own.": (WHOLE, lambda one: replace(one, styles=(*one.styles, SONG))),
    "A style changes.": (WHOLE, style("Chorus", next_name="Chorus", style=Style.BOLD)),
    "A style that nothing uses goes.": (
        WHOLE,
        lambda one: replace(one, styles=tuple(each for each in one.styles if each.name != "Chorus")),
    ),
    "A type that the file does not list is listed once it is used.": (
        BARE,
        body(lambda it: it.append(Shot(text=(run("CLOSE"),), style_name=None))),
    ),
    # -------- the page
    "Other margins.": (WHOLE, setup(margins=Margins(top=60.0, bottom=80.0, header=30.0, footer=40.0))),
    "Another paper.": (WHOLE, setup(paper=Paper(width=8.27, height=11.69))),
    "Another first page.": (WHOLE, setup(first_page=4)),
    "Another header.": (WHOLE, setup(header=Band(left=(run("DRAFT"),), right=(PageField(kind=PageFieldKind.PAGE),)))),
    "A footer where there was none.": (WHOLE, setup(footer=Band(center=(run("c"),), on_first_page=False))),
    "Other words at the break of a speech.": (
        WHOLE,
        setup(more=More(bottom="(mehr)", top="(weiter)", automatic=False)),
    ),
    "Words at the break of a scene.": (WHOLE, setup(continued=Continued(at_bottom=True, at_top=True))),
    "Scene numbers on one side.": (WHOLE, setup(scene_numbers=SceneNumbers(left=True, right=False))),
    "A file without a page layout is told what is only filled in.": (
        BARE,
        setup(paper=Paper(width=8.27, height=11.69)),
    ),
    "A setting is taken back.": (WHOLE, setup(first_page=None)),
    # -------- the rest
    "Fields of a title page are kept beside the lines.": (
        WHOLE,
        lambda one: replace(
            one, title_page=TitlePage(fields=(TitleField(name="Title", lines=((run("HIGH WATER"),),)),))
        ),
    ),
    "A title page goes.": (WHOLE, lambda one: replace(one, title_page=None)),
    "A title page comes.": (
        BARE,
        lambda one: replace(one, title_page=TitlePage(fields=(TitleField(name="Author", lines=((run("Ann"),),)),))),
    ),
    "A revision set is added; the others keep what only the file knows.": (
        WHOLE,
        lambda one: replace(
            one,
            revisions=replace(
                one.revisions,
                active=3,
                show_all=True,
                sets=(*one.revisions.sets, RevisionSet(id=3, name="Gold", mark="#", color=None, page_color=None)),
            ),
        ),
    ),
    "Marks move to another place; what else the file says of revisions stays.": (
        WHOLE,
        lambda one: replace(one, revisions=replace(one.revisions, location=7.5)),
    ),
    "Revisions come.": (BARE, lambda one: replace(one, revisions=Revisions(active=1))),
    "Tags come.": (
        WHOLE,
        lambda one: replace(
            one, tags=(Tag(number=1, category="Props", label="Lamp"), Tag(number=2, category="Own", label="x"))
        ),
    ),
    "Everything at once goes into a file that has none of it.": (
        BARE,
        lambda one: replace(
            one,
            body=(NOTE, PageMark(label="1", locked=True), *one.body, Action(text=(run("x"), Deletion(revision=1)))),
            styles=(SONG,),
            tags=(Tag(number=1, category="Props", label="Lamp"),),
        ),
    ),
    # -------- notes inside paragraphs
    "A note inside a paragraph keeps what only the file knows beside a new one.": (
        OLD,
        body(lambda it: it.insert(1, NOTE)),
    ),
    "A note inside a paragraph goes.": (OLD, body(lambda it: it.__delitem__(0))),
    "A note inside a paragraph changes.": (
        OLD,
        body(lambda it: it.__setitem__(0, replace(it[0], text="Why there?"))),
    ),
    "Notes move with their paragraph.": (OLD, body(lambda it: it.insert(3, it.pop(0)))),
    "A copy of a paragraph with notes.": (OLD, body(lambda it: it.extend(it[:3]))),
    "A page is locked in a file with notes inside paragraphs.": (
        OLD,
        body(lambda it: it.insert(2, PageMark(label="1", locked=True))),
    ),
    "A card that is empty gets a summary.": (OLD, body(lambda it: it.insert(3, Synopsis(text=(run("They meet."),))))),
    "A loose note comes.": (OLD, body(lambda it: it.append(NOTE))),
    "A loose note goes.": (OLD, body(lambda it: it.pop())),
    "All notes go.": (OLD, body(without_notes)),
}


def _sections() -> dict[str, str]:
    if not EXPECTED.exists():
        return {}
    blocks = EXPECTED.read_text(encoding="utf-8").split("-" * 80 + "\n")
    return {sentence: rest for sentence, _, rest in (block.partition("\n") for block in blocks)}


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return "".join(f"{line}\n" for line in lines if line[:3] not in {"---", "+++"})


@pytest.mark.parametrize("sentence", EDITS)
def test_an_edit_changes_just_these_lines(sentence: str, request: pytest.FixtureRequest) -> None:
    text, edit = EDITS[sentence]
    new = edit(read(text))
    data = fdx.write(new)
    shown = _difference(text, data.decode("utf-8"))
    if request.config.getoption("--accept"):
        sections = _sections() | {sentence: shown}
        blocks = [f"{one}\n{sections[one]}" for one in EDITS if one in sections]
        EXPECTED.write_text(("-" * 80 + "\n").join(blocks), encoding="utf-8")
    assert shown == _sections()[sentence]
    assert outline.to_text(read(data.decode("utf-8"))) == outline.to_text(fdx.fit(new))


@pytest.mark.parametrize("sentence", EDITS)
def test_a_file_with_lines_that_end_in_cr_lf_goes_on_with_them(sentence: str) -> None:
    text, edit = EDITS[sentence]
    data = fdx.write(edit(read(text.replace("\n", "\r\n"))))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r\r" not in data


@pytest.mark.parametrize("sentence", EDITS)
def test_a_file_without_blanks_between_its_elements_is_edited_too(sentence: str) -> None:
    text, edit = EDITS[sentence]
    new = edit(read(re.sub(r">\s+<", "><", text)))
    assert outline.to_text(read(fdx.write(new).decode("utf-8"))) == outline.to_text(fdx.fit(new))


def test_a_summary_stands_in_a_card_as_the_card_s_own_children_do() -> None:
    text, edit = EDITS["A card that is empty gets a summary."]
    flat = fdx.write(edit(read(re.sub(r">\s+<", "><", text))))
    assert b'<SceneProperties Title=""><Summary>' in flat
    lines = fdx.write(edit(read(text)))
    assert b'      <SceneProperties Title="">\n        <Summary>\n          <Paragraph' in lines


def test_every_difference_is_of_an_edit() -> None:
    assert list(_sections()) == list(EDITS)
