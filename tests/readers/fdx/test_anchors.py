"""What an offset of Final Draft means: a character of a paragraph, with two more for each block at its place."""

from __future__ import annotations

import pytest
from lxml import etree

from converter.notation.fdx import card_color
from converter.readers.fdx.body import _paired
from converter.readers.fdx.notes import Anchors, note_color, read_anchors
from converter.tree import Boneyard, Character, Deletion, DualDialogue, Note, NoteEnd, PageMark, Run, Speech

# Offsets 0 to 2, 3 to 12 (the scene counts two), 13 to 15 (so does the dual dialogue), 16 to 18; 19 is the end.
CONTENT = """
<Content>
  <Paragraph Type="Action"><Text>ab</Text></Paragraph>
  <Paragraph Type="Scene Heading"><Text>OMITTED</Text><OmittedScene>
    <Paragraph Type="Scene Heading"><Text>EXT. YARD</Text></Paragraph>
    <Paragraph Type="Action"><Text>A dog.</Text></Paragraph>
  </OmittedScene></Paragraph>
  <Paragraph><DualDialogue>
    <Paragraph Type="Character"><Text>MARA</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>Now?</Text></Paragraph>
    <Paragraph Type="Character"><Text>ODILE</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>Not yet.</Text></Paragraph>
  </DualDialogue></Paragraph>
  <Paragraph Type="Action"><Text>cd</Text></Paragraph>
</Content>"""
TWO_DUALS = CONTENT.replace(
    '<Paragraph Type="Action"><Text>cd</Text></Paragraph>',
    '<Paragraph><DualDialogue><Paragraph Type="Dialogue"><Text>x</Text></Paragraph></DualDialogue></Paragraph>',
)

Spot = tuple[int, int, int]  # which paragraph, which of those inside it (0: itself), which character


def anchors(lists: str, content: str = CONTENT) -> Anchors:
    root = etree.fromstring(f"<FinalDraft>{content}{lists}</FinalDraft>")
    found = root.find("Content")
    assert found is not None
    return read_anchors(root, found)


def spots(lists: str, content: str = CONTENT) -> list[tuple[Spot, str]]:
    """Where everything stands, and what it is."""
    found = anchors(lists, content)
    before = [((*key, 0), type(one).__name__) for key, some in found.before.items() for one in some]
    inside = [((*key, place), type(one).__name__) for key, some in found.inside.items() for place, one in some]
    return sorted([*before, *inside])


def note(range_: str, more: str = "") -> str:
    inside = "<Paragraph><Text>n</Text></Paragraph>"
    return f'<ScriptNotes><ScriptNote Range="{range_}" {more}>{inside}</ScriptNote></ScriptNotes>'


@pytest.mark.parametrize(
    ("offset", "spot"),
    [
        (-5, (0, 0, 0)),
        (0, (0, 0, 0)),
        (1, (0, 0, 1)),
        (2, (0, 0, 2)),
        (3, (1, 0, 0)),
        (9, (1, 0, 6)),
        (10, (1, 0, 7)),
        (11, (1, 0, 7)),
        (12, (1, 0, 7)),
        (13, (2, 0, 0)),
        (14, (2, 0, 0)),
        (15, (3, 0, 0)),
        (16, (3, 0, 0)),
        (17, (3, 0, 1)),
        (18, (3, 0, 2)),
        (19, (4, 0, 0)),
        (999, (4, 0, 0)),
    ],
)
def test_a_point_note_stands_at_its_offset(offset: int, spot: Spot) -> None:
    assert spots(note(f"{offset},{offset}")) == [(spot, "Note")]
    assert spots(note(f"{offset}")) == [(spot, "Note")]


def test_an_offset_that_is_no_number_is_the_end() -> None:
    assert spots(note("x,y")) == [((4, 0, 0), "Note")]
    assert spots(note("")) == [((4, 0, 0), "Note")]


@pytest.mark.parametrize(
    ("range_", "start", "end"),
    [
        ("0,2", (0, 0, 0), (0, 0, 2)),
        ("1,10", (0, 0, 1), (1, 0, 7)),
        ("2,13", (0, 0, 2), (2, 1, 0)),  # it ends in the first text of the dual dialogue
        ("13,14", (2, 1, 0), (2, 4, 8)),
        ("13,15", (2, 1, 0), (2, 4, 8)),
        ("14,17", (2, 1, 0), (3, 0, 1)),
        ("15,17", (3, 0, 0), (3, 0, 1)),
        ("17,19", (3, 0, 1), (3, 0, 2)),  # the end of the script is the end of its last text
        ("17,99", (3, 0, 1), (3, 0, 2)),
    ],
)
def test_a_range_reaches_into_the_texts_of_a_dual_dialogue(range_: str, start: Spot, end: Spot) -> None:
    assert spots(note(range_)) == [(start, "Note"), (end, "NoteEnd")]


def test_a_range_from_behind_a_dual_dialogue_begins_inside_the_next() -> None:
    assert spots(note("15,17"), TWO_DUALS) == [((3, 1, 0), "Note"), ((3, 1, 1), "NoteEnd")]
    assert spots(note("15,15"), TWO_DUALS) == [((3, 0, 0), "Note")]


@pytest.mark.parametrize("range_", ["17,1", "2,2", "19,25"])
def test_a_range_without_length_is_a_point(range_: str) -> None:
    found = spots(note(range_))
    assert [kind for _, kind in found] == ["Note"]


@pytest.mark.parametrize(
    ("offset", "place", "spot"),
    [
        (13, "1,2", (2, 1, 2)),
        (13, "4,8", (2, 4, 8)),
        (13, "5,0", (2, 0, 0)),
        (13, "0,1", (2, 0, 0)),
        (13, "3", (2, 3, 0)),
        (13, "x,1", (2, 0, 0)),
        (3, "2,3", (1, 2, 3)),
        (3, "3,0", (1, 3, 0)),  # the end of the omitted scene
        (3, "4,0", (1, 0, 0)),
        (1, "1,1", (0, 0, 1)),
    ],
)
def test_we_say_in_an_attribute_which_text_inside_is_meant(offset: int, place: str, spot: Spot) -> None:
    assert spots(note(f"{offset},{offset}", f'StartPlace="{place}"')) == [(spot, "Note")]


def test_a_range_inside_one_block_has_its_end_there() -> None:
    both = note("13,13", 'StartPlace="1,2" EndPlace="2,3"')
    assert spots(both) == [((2, 1, 2), "Note"), ((2, 2, 3), "NoteEnd")]
    found = anchors(both)
    (start,) = (one for _, one in found.inside[2, 1])
    (end,) = (one for _, one in found.inside[2, 2])
    assert isinstance(start, Note) and isinstance(end, NoteEnd)
    assert start.id == end.id == 1


@pytest.mark.parametrize(
    ("offset", "spot"),
    [(0, (0, 0, 0)), (1, (0, 0, 1)), (13, (2, 1, 0)), (15, (3, 0, 0)), (19, (3, 0, 2)), (99, (3, 0, 2))],
)
def test_a_deletion_stands_in_a_text(offset: int, spot: Spot) -> None:
    deleted = f'<DeletedText><DeletedTextLocation Offset="{offset}" RevisionID="2"/></DeletedText>'
    assert spots(deleted) == [(spot, "Deletion")]
    found = [one for some in anchors(deleted).inside.values() for _, one in some]
    assert found == [Deletion(revision=2)]


def test_a_deletion_needs_a_place_and_a_script() -> None:
    assert spots('<DeletedText><DeletedTextLocation RevisionID="2"/></DeletedText>') == []
    assert spots('<DeletedText><DeletedTextLocation Offset="0"/></DeletedText>', "<Content/>") == []
    found = anchors('<DeletedText><DeletedTextLocation Offset="1"/></DeletedText>')
    assert found.inside[0, 0] == [(1, Deletion(revision=0))]


def test_locked_pages_and_loose_notes() -> None:
    found = anchors('<LockedPages><LockedPage PageNumber="12A" Position="3"/><LockedPage/></LockedPages>')
    assert found.before == {
        (1, 0): [PageMark(label="12A", locked=True)],
        (4, 0): [PageMark(label="", locked=True)],
    }
    assert [one.at.column for some in found.before.values() for one in some if one.at] == [1, 2]
    loose = note("0,0").replace("ScriptNotes", "UnanchoredScriptNotes")
    assert spots(loose) == [((4, 0, 0), "Note")]
    assert [one.at.column for one in anchors(note("0,0") + loose).left_over() if one.at] == [1, 1]


def test_markers_that_no_text_takes_are_left_over_in_order() -> None:
    lists = note("3,3", 'StartPlace="3,2"') + '<LockedPages><LockedPage PageNumber="2" Position="99"/></LockedPages>'
    deleted = '<DeletedText><DeletedTextLocation Offset="1"/></DeletedText>'
    left = anchors(lists + deleted).left_over()
    assert left == [PageMark(label="2", locked=True), Note(text="n")]


# ---------------------------------------------------------------- what a note says


def read(more: str, inside: str = "<Paragraph><Text>wet</Text></Paragraph>", lists: str = "") -> object:
    made = f'<ScriptNotes><ScriptNote Range="0,0" {more}>{inside}</ScriptNote></ScriptNotes>{lists}'
    ((one,),) = anchors(made).before.values()
    return one


DEFINITIONS = (
    '<ScriptNoteDefinitions><ScriptNoteDefinition ID="7" Name="Props" Color="#0000FFFF0000"/>'
    '<ScriptNoteDefinition ID="7" Name="Other"/></ScriptNoteDefinitions>'
)


@pytest.mark.parametrize(
    ("more", "note_read"),
    [
        ("", Note(text="wet")),
        ('Name="wet"', Note(text="wet")),  # Final Draft takes the name from the first words
        ('Name="Rain"', Note(text="wet", title="Rain")),
        ('Type="Props"', Note(text="wet", category="Props")),
        ('ID="7"', Note(text="wet", category="Props", color="#00FF00")),
        ('ID="7" Type="Mine"', Note(text="wet", category="Mine", color="#00FF00")),
        ('ID="8"', Note(text="wet")),
        ('WriterName="Ines" Author="x"', Note(text="wet", author="Ines")),
        ('Author="Ines"', Note(text="wet", author="Ines")),
        ('Color="#FFFF00000000"', Note(text="wet", color="#FF0000")),
        ('Color="#000000000000"', Note(text="wet")),
        ('ID="7" Color="#FFFF00000000"', Note(text="wet", category="Props", color="#FF0000")),
        ('DateTime=""', Note(text="wet")),
    ],
)
def test_what_a_note_says_of_itself(more: str, note_read: Note) -> None:
    assert read(more, lists=DEFINITIONS) == note_read


def test_the_words_of_a_note_are_lines() -> None:
    two = "<Paragraph><Text>a</Text><Text>b</Text></Paragraph><Paragraph/><Paragraph><Text>c</Text></Paragraph>"
    assert read("", two) == Note(text="ab\n\nc")
    assert read("", "<Text>a</Text><Text/>") == Note(text="a")


def test_our_own_notes_are_what_they_were() -> None:
    assert read('Name="Boneyard" Type="Boneyard"') == Boneyard(source="wet")
    assert read('Name="Page" Type="Page"') == PageMark(label="wet")
    assert read('Name="Page" Type="Boneyard"') == Note(text="wet", title="Page", category="Boneyard")


def test_a_named_color_counts_as_long_as_it_goes_with_the_other() -> None:
    element = etree.fromstring('<ScriptNote Color="#FFFF00000000" ColorName="red"/>')
    assert note_color(element) == "red"
    assert card_color("red") == ("#FFFF00000000", "red")
    element.set("Color", "#0000FFFF0000")
    assert note_color(element) == "#00FF00"


def test_speeches_with_a_name_make_pairs() -> None:
    ann, bo, cy = (Speech(cue=Character(text=(Run(text=name),))) for name in ("ANN", "BO", "CY"))
    nameless, note = Speech(), Note(text="n")
    assert list(_paired([ann, bo, cy])) == [DualDialogue(left=ann, right=bo), cy]
    assert list(_paired([ann, nameless, bo])) == [ann, nameless, bo]
    assert list(_paired([nameless, ann, note, bo])) == [
        nameless,
        DualDialogue(left=Speech(cue=ann.cue, parts=(note,)), right=bo),
    ]
