"""Random edits of FDX files: what was not touched keeps its bytes, and what is read again is the edited tree.

Scripts of other people are used where they are found beside the project (../shared/real), some 200 edits each; they
belong to them, so they are no part of it. Our own samples take fewer edits but are always there.
"""

from __future__ import annotations

import dataclasses
import pickle
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.contract import Diagnostic, Source
from converter.normal import normal
from converter.readers import fdx as reader
from converter.readers import fountain
from converter.safe.xml import Span, spans
from converter.tree import (
    Action,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    LineBreak,
    Note,
    NoteEnd,
    Paragraph,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Style,
    map_paragraphs,
)
from tests import harness, test_untouched
from tests.examples import share
from tests.strategies import screenplays
from writers import fdx as writer
from writers import outline

ROOT = Path(__file__).parent.parent
OTHERS = sorted((ROOT.parent / "shared" / "real").glob("*/*.fdx"))
SAMPLES = sorted((ROOT / "samples").glob("*.fountain"))

# Omitted scenes, deletions, locked pages, a page break of the style: what the scripts of others do not have together.
PRODUCTION = harness.fdx_document(
    """    <Paragraph Number="1" Type="Scene Heading">
      <SceneProperties Color="#7676D6D6FFFF" Length="1 3/8" Page="14" Title="Low water">
        <Summary>
          <Paragraph><Text Font="Arial" Size="12" Style="">They meet.</Text></Paragraph>
          <Paragraph><Text Font="Arial" Size="12" Style="Bold">He runs.</Text></Paragraph>
        </Summary>
      </SceneProperties>
      <Text>INT. TIDE STATION - DAWN</Text>
    </Paragraph>
    <Paragraph Alignment="Left" FirstIndent="0.00" LeftIndent="2.50" RightIndent="7.50" SpaceBefore="12" Spacing="1" \
Leading="Regular" StartsNewPage="No" Type="Action">
      <Text>Rain on </Text>
      <Text AdornmentStyle="-1">Merrow</Text>
      <Text RevisionID="2" Style="Italic">, \U0001f30a all night.</Text>
    </Paragraph>
    <Paragraph Number="2" Type="Scene Heading">
      <Text>OMITTED</Text>
      <OmittedScene>
        <Paragraph Type="Scene Heading" id="a"><Text>EXT. YARD - DUSK</Text></Paragraph>
        <Paragraph Type="Action" id="b"><Text>A dog.</Text></Paragraph>
        <Paragraph Type="General" id="c">
          <DualDialogue>
            <SpellCheckIgnoreLists/>
            <Paragraph Type="Character"><Text>MARA</Text></Paragraph>
            <Paragraph Type="Dialogue"><Text>Sit.</Text></Paragraph>
            <Paragraph Type="Character"><Text>ODILE</Text></Paragraph>
            <Paragraph Type="Dialogue"><Text>Stay.</Text></Paragraph>
          </DualDialogue>
        </Paragraph>
      </OmittedScene>
    </Paragraph>
    <Paragraph Type="General">
      <DualDialogue>
        <Paragraph Type="Character"><Text>MARA</Text></Paragraph>
        <Paragraph Type="Parenthetical"><Text>(low)</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Now?</Text></Paragraph>
        <Paragraph Type="Character"><Text>ODILE</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Not yet.</Text></Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph StartsNewPage="Yes" Type="Action"><Text>The sea comes &amp; goes.</Text></Paragraph>
    <Paragraph Type="New Act" id="d"/>
    <Paragraph Type="New Act" id="d"><Text>ACT TWO</Text></Paragraph>
    <Paragraph Type="Character"><Text>MARA</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>One
two.</Text><Alts Current="0"><AltId>3</AltId></Alts></Paragraph>
    <Paragraph><DualDialogue>
      <Paragraph Type="Character"><Text>ONE CUE</Text></Paragraph>
      <Paragraph Type="Dialogue"><Text>Alone in a pair.</Text></Paragraph>
    </DualDialogue></Paragraph>
    <Paragraph Type="Action"><Text>The end of it.</Text></Paragraph>
"""
).replace(
    "</Content>",
    """</Content>
  <SpellCheckIgnoreLists>
    <IgnoredRanges><Range End="39" Start="33"/><Range End="72" Start="70"/></IgnoredRanges>
  </SpellCheckIgnoreLists>
  <LockedPages>
    <LockedPage LevelIndex="0" LockLevel="0" PageNumber="1" Position="0"/>
    <LockedPage LevelIndex="1" LockLevel="0" PageNumber="2A" Position="66"/>
  </LockedPages>
  <DeletedText>
    <DeletedTextLocation Offset="33" RevisionID="2"/>
    <DeletedTextLocation Offset="55" RevisionID="1"/>
  </DeletedText>
  <AltCollection><Alt Id="3"><Paragraph><Text>Three, four.</Text></Paragraph></Alt></AltCollection>
  <ScriptNotes>
    <ScriptNote Id="1" Name="Where?" Range="33,39" Type="Place">
      <Paragraph><Text>Where is that?</Text></Paragraph>
    </ScriptNote>
    <ScriptNote Id="2" Range="60,61" Type=""><Paragraph><Text>A scene.</Text></Paragraph></ScriptNote>
    <ScriptNote Id="3" Range="77,103" Type=""><Paragraph><Text>Both.</Text></Paragraph></ScriptNote>
    <ScriptNote Id="4" Range="900,901" Type=""><Paragraph><Text>At last.</Text></Paragraph></ScriptNote>
  </ScriptNotes>""",
)


def _inputs() -> dict[str, tuple[bytes, int]]:
    """Files by name, and how often each is edited."""
    inputs = {path.name: (path.read_bytes(), 60) for path in OTHERS}
    inputs["production"] = (PRODUCTION.encode("utf-8"), 60)
    inputs["production, CRLF"] = (PRODUCTION.replace("\n", "\r\n").encode("utf-8"), 20)
    inputs["waves"] = (test_untouched.DATA, 40)
    for path in SAMPLES:
        tree = fountain.read(Source(path.name, path.read_bytes()))
        for version in (4, 5, 6):
            inputs[f"{path.stem} as version {version}"] = (writer.write(tree, writer.Options(version=version)), 15)
    return inputs


INPUTS = _inputs()


def test_scripts_of_others_are_there_to_be_tried() -> None:
    if not OTHERS:
        pytest.skip("NO SCRIPTS OF OTHERS: put .fdx files under ../shared/real to try some 200 edits on each")


def read(data: bytes) -> Screenplay:
    said: list[Diagnostic] = []
    screenplay = reader.read(Source("script.fdx", data), report=said.append)
    assert said == []
    assert screenplay.origin is not None
    return screenplay


@pytest.mark.parametrize("name", INPUTS)
def test_untouched_files_keep_their_bytes(name: str) -> None:
    data, _ = INPUTS[name]
    screenplay = read(data)
    rebuilt = dataclasses.replace(screenplay, body=test_untouched.rebuilt(screenplay.body))
    for same in (screenplay, pickle.loads(pickle.dumps(screenplay)), rebuilt, normal(screenplay)):
        assert writer.write(same) == data


@pytest.mark.parametrize("name", INPUTS)
def test_an_edited_file_reads_as_edited_and_keeps_the_rest(name: str) -> None:
    data, count = INPUTS[name]
    screenplay, old = read(data), spans(data)
    for seed in range(share(count)):
        chance = random.Random(f"{name} {seed}")
        edit = _Edited(screenplay, chance)
        for _ in range(chance.choice((1, 2, 4, 8))):  # reading and writing cost, edits do not
            chance.choice(EDITS)(edit)
        _check(data, old, edit, f"{name}, seed {seed}: {', '.join(edit.done)}")


def _check(data: bytes, old: Span, edit: _Edited, where: str) -> None:
    new = dataclasses.replace(edit.screenplay, body=tuple(edit.body))
    out = writer.write(new)
    losses: list[Diagnostic] = []
    again, fitted = read(out), writer.fit(new, report=losses.append)
    assert again == fitted or outline.to_text(again) == outline.to_text(fitted), where
    if not losses:
        assert dataclasses.replace(again, opaque=()) == dataclasses.replace(normal(new), opaque=()), where
    _check_bytes(data, old, out, edit.touched, where)


# ---------------------------------------------------------------- bytes outside what was touched

OFFSETS = re.compile(rb'\b(Range|Position|Offset|Start|End)="[\d,]+"')
# Parts that hold offsets, or that an edit may add to.
_MOVING = {"Content", "LockedPages", "DeletedText", "ScriptNotes", "SpellCheckIgnoreLists", "ElementSettings"}
_MOVING |= {"AltCollection", "UnanchoredScriptNotes"}


def _check_bytes(before: bytes, old: Span, after: bytes, touched: set[int], where: str) -> None:
    new = spans(after)
    parts = [_parts(before, old), _parts(after, new)]
    assert parts[0] == parts[1], where
    number = 0
    kept = Counter(after[one.start : one.end] for one in _paragraphs(new))
    for one in _paragraphs(old):
        first = number + 1
        number += _count(one)
        if touched.isdisjoint(range(first, number + 1)):
            assert kept[before[one.start : one.end]] > 0, f"{where}: paragraph {first} has other bytes"


def _parts(data: bytes, root: Span) -> list[bytes]:
    return [data[part.start : part.end] for part in root.children if part.tag not in _MOVING]


def _paragraphs(root: Span) -> list[Span]:
    content = root.child("Content")
    return [] if content is None else content.each("Paragraph")


def _count(paragraph: Span) -> int:
    """The paragraph and those in its blocks, as they are numbered."""
    blocks = [child for child in paragraph.children if child.tag in {"DualDialogue", "OmittedScene"}]
    return 1 + sum(_count(inner) for block in blocks for inner in block.each("Paragraph"))


# ---------------------------------------------------------------- edits


class _Edited:
    """A body that is being changed, and the paragraphs whose bytes may change with it."""

    def __init__(self, screenplay: Screenplay, chance: random.Random):
        self.screenplay = screenplay
        self.chance = chance
        self.body: list[Element] = list(screenplay.body)
        self.touched: set[int] = set()
        self.done: list[str] = []

    def touch(self, value: Any) -> None:
        """Every paragraph that a node in there came from, and its neighbours: markers and page breaks may be theirs."""
        for at in _positions(value):
            if at.paragraph is not None:
                self.touched.update(range(at.paragraph - 1, at.paragraph + 2))

    def any_place(self) -> int | None:
        return self.chance.randrange(len(self.body)) if self.body else None


def _positions(value: Any) -> list[Position]:
    found = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Position):
            found.append(one)
        elif isinstance(one, (tuple, list)):
            waiting.extend(one)
        elif dataclasses.is_dataclass(one):
            waiting.extend(getattr(one, field.name) for field in dataclasses.fields(one))
    return found


def _around(edit: _Edited, place: int) -> list[Element]:
    """An element and those that lines without a cue or lyrics would join."""
    return edit.body[max(0, place - 2) : place + 3]


def change_words(edit: _Edited) -> None:
    _change_a_paragraph(edit, lambda paragraph: _with_other_words(paragraph, edit.chance), "words")


def _with_other_words(paragraph: Paragraph, chance: random.Random) -> Paragraph:
    places = [place for place, inline in enumerate(paragraph.text) if isinstance(inline, Run)]
    if not places:
        return dataclasses.replace(paragraph, text=(*paragraph.text, Run(text="new")))
    text = list(paragraph.text)
    place = chance.choice(places)
    run = text[place]
    assert isinstance(run, Run)
    cut = chance.randrange(len(run.text) + 1)
    word = chance.choice(("wave", "\U0001f30a & <tide>", " ", "x" * 40, ""))
    rest = run.text[cut + chance.choice((0, 0, 1, 3)) :]
    pieces: list[Any] = (
        [dataclasses.replace(run, text=run.text[:cut] + word + rest)] if run.text[:cut] + word + rest else []
    )
    if chance.random() < 0.2:
        pieces.append(LineBreak())
    if chance.random() < 0.2:
        pieces.append(dataclasses.replace(run, text="set otherwise", style=run.style ^ Style.UNDERLINE))
    text[place : place + 1] = pieces
    return dataclasses.replace(paragraph, text=tuple(text))


def _change_a_paragraph(edit: _Edited, change: Callable[[Paragraph], Paragraph], what: str) -> None:
    place = edit.any_place()
    if place is None:
        return
    element = edit.body[place]
    new = _changed_inside(element, change, edit.chance)
    edit.touch(_around(edit, place))
    edit.done.append(f"{what} of element {place}")
    edit.body[place] = new


def _changed_inside(element: Element, change: Callable[[Paragraph], Paragraph], chance: random.Random) -> Element:
    """One paragraph in the element is changed: in a speech, a dual dialogue, a cut scene any of them."""
    found: list[Paragraph] = []

    def collect(paragraph: Paragraph) -> Paragraph:
        found.append(paragraph)
        if isinstance(paragraph, SceneHeading) and paragraph.omitted:
            map_paragraphs(paragraph.omitted, collect)
        return paragraph

    map_paragraphs((element,), collect)
    if not found:
        return element
    chosen = chance.randrange(len(found))
    count = -1

    def changed(paragraph: Paragraph) -> Paragraph:
        nonlocal count
        count += 1
        new = change(paragraph) if count == chosen else paragraph
        if isinstance(new, SceneHeading) and new.omitted:
            new = dataclasses.replace(new, omitted=map_paragraphs(new.omitted, changed))
        return new

    return map_paragraphs((element,), changed)[0]


def change_number(edit: _Edited) -> None:
    headings = [place for place, one in enumerate(edit.body) if isinstance(one, SceneHeading)]
    if not headings:
        return
    place = edit.chance.choice(headings)
    heading = edit.body[place]
    assert isinstance(heading, SceneHeading)
    edit.touch(_around(edit, place))
    edit.done.append(f"number of element {place}")
    number = edit.chance.choice((None, "7", "12A"))
    color = edit.chance.choice((heading.color, heading.color, None, "#FFAA00"))
    edit.body[place] = dataclasses.replace(heading, number=number, color=color)


def cut(edit: _Edited) -> None:
    place = edit.any_place()
    if place is not None:
        edit.touch(_around(edit, place))
        edit.done.append(f"cut {place}")
        del edit.body[place]


def move(edit: _Edited) -> None:
    place = edit.any_place()
    if place is None:
        return
    edit.touch(_around(edit, place))
    element = edit.body.pop(place)
    to = edit.chance.randrange(len(edit.body) + 1)
    edit.touch(_around(edit, to))
    edit.done.append(f"moved {place} to {to}")
    edit.body.insert(to, element)


def copy(edit: _Edited) -> None:
    place = edit.any_place()
    if place is None:
        return
    to = edit.chance.randrange(len(edit.body) + 1)
    edit.touch(_around(edit, place))
    edit.touch(_around(edit, to))
    edit.done.append(f"copied {place} to {to}")
    edit.body.insert(to, edit.body[place])


def insert(edit: _Edited) -> None:
    to = edit.chance.randrange(len(edit.body) + 1)
    edit.touch(_around(edit, to))
    word = Run(text="Something new & unheard.")
    new: Element = edit.chance.choice(
        (
            Action(text=(word,)),
            Speech(parts=(Dialogue(text=(word, LineBreak(), word)),)),
            SceneHeading(text=(Run(text="INT. ATTIC - NIGHT"),), color="#00FF00"),
            Note(text="A remark\nof two lines."),
        )
    )
    edit.done.append(f"inserted {type(new).__name__} at {to}")
    edit.body.insert(to, new)


def add_note(edit: _Edited) -> None:
    """A note in the midst of words; before Final Draft 12 it moves in front of its paragraph."""

    def noted(paragraph: Paragraph) -> Paragraph:
        middle = len(paragraph.text) // 2
        note = Note(text="Is this so?", id=901)
        text = (*paragraph.text[:middle], note, Run(text="word"), NoteEnd(id=901), *paragraph.text[middle:])
        return dataclasses.replace(paragraph, text=text)

    _change_a_paragraph(edit, noted, "note in")


def drop_notes(edit: _Edited) -> None:
    def bare(paragraph: Paragraph) -> Paragraph:
        return dataclasses.replace(
            paragraph, text=tuple(one for one in paragraph.text if not isinstance(one, Note | NoteEnd))
        )

    places = [place for place, one in enumerate(edit.body) if isinstance(one, Note)]
    if places and edit.chance.random() < 0.5:
        place = edit.chance.choice(places)
        edit.touch(_around(edit, place))
        edit.done.append(f"note {place} dropped")
        del edit.body[place]
    else:
        _change_a_paragraph(edit, bare, "notes in")


def swap_a_pair(edit: _Edited) -> None:
    pairs = [place for place, one in enumerate(edit.body) if isinstance(one, DualDialogue)]
    if pairs:
        place = edit.chance.choice(pairs)
        pair = edit.body[place]
        assert isinstance(pair, DualDialogue)
        edit.touch(_around(edit, place))
        edit.done.append(f"pair {place} swapped")
        edit.body[place] = DualDialogue(left=pair.right, right=pair.left)


EDITS = (
    *(change_words, change_words, change_words, change_number, cut, move, copy, insert, add_note, drop_notes),
    swap_a_pair,
)


# ---------------------------------------------------------------- another script in an old file

# Small ones, since each is written and read for each tree; PRODUCTION has what a script in production has.
OLD_NAMES = [name for name in INPUTS if name.startswith(("production", "waves", "two-pages"))]
OLD_FILES = {name: read(INPUTS[name][0]) for name in OLD_NAMES if not name.startswith("production-draft")}


@given(screenplays(), st.sampled_from(sorted(OLD_FILES)), st.randoms(use_true_random=False))
def test_any_tree_fits_into_any_old_file(other: Screenplay, name: str, chance: random.Random) -> None:
    """Elements of another script among its own, and its title page, setup, styles, revisions and tags."""
    screenplay = OLD_FILES[name]
    body = list(screenplay.body)
    for element in other.body:
        body.insert(chance.randrange(len(body) + 1), element)
    taken = {
        field: getattr(other, field)
        for field in ("title_page", "page_setup", "styles", "revisions", "tags")
        if chance.random() < 0.5
    }
    new = dataclasses.replace(screenplay, body=tuple(body), **taken)
    again, fitted = read(writer.write(new)), writer.fit(new)
    assert again == fitted or outline.to_text(again) == outline.to_text(fitted)
    said: list[Diagnostic] = []
    assert writer.fit(fitted, report=said.append) == fitted
    assert said == []


@pytest.mark.parametrize("name", sorted(OLD_FILES))
def test_a_new_line_with_other_wordings_comes_into_an_old_file(name: str) -> None:
    screenplay = OLD_FILES[name]
    new_line = Dialogue(text=(Run(text="Hello?"),), alternates=((), (Run(text="Anybody?"),)))
    speech = Speech(cue=Character(text=(Run(text="ANN"),)), parts=(new_line,))
    new = dataclasses.replace(screenplay, body=(speech, *screenplay.body))
    assert read(writer.write(new)) == writer.fit(new)
    assert read(writer.write(new)).body[0] == speech


@pytest.mark.parametrize("name", sorted(OLD_FILES))
def test_a_new_pair_with_a_broken_line_comes_into_an_old_file(name: str) -> None:
    """Also where lines end in CR LF."""
    screenplay = OLD_FILES[name]
    two_lines = (Run(text="A"), LineBreak(), Run(text="B"))
    left, right = (Speech(cue=Character(text=(Run(text=who),)), parts=(Dialogue(text=two_lines),)) for who in "XY")
    pair = DualDialogue(left=left, right=right)
    new = dataclasses.replace(screenplay, body=(pair, *screenplay.body))
    data = writer.write(new)
    assert b"\r\r" not in data
    assert read(data) == writer.fit(new)
