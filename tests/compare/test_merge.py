"""Two writers' changes in one draft."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.compare.merge import Merged, merge
from converter.normal import normal
from converter.readers.fountain import from_text
from converter.tree import (
    Action,
    Dialogue,
    DualDialogue,
    ElementStyle,
    Note,
    Run,
    Screenplay,
    Speech,
    Style,
    Tag,
    paragraphs,
    words,
)
from tests.compare.test_compare_laws import DRAFTS, all_words, pairs
from tests.examples import few
from tests.strategies import screenplays
from writers import fountain

BASE = """\
INT. KITCHEN - DAY #1#

The kettle hums. MARA reads the back of a seed packet.

MARA
You had it on Sunday.

OTIS
I had it on Saturday.

EXT. GARDEN - DAY #2#

A barrow with one wheel and two owners.
"""
MINE, THEIRS = "[[merge conflict: mine]]\n\n", "[[merge conflict: theirs]]\n\n"


def merged(mine: tuple[str, str], theirs: tuple[str, str], base: str = BASE) -> Merged:
    return merge(*(from_text(text) for text in (base, base.replace(*mine), base.replace(*theirs))))


def text(found: Merged) -> str:
    return fountain.to_text(found.screenplay)


# ---------------------------------------------------------------- changes that do not touch


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("kettle hums", "kettle sings"), ("two owners", "three owners")),
        (("The kettle hums.", "The old kettle hums."), ("seed packet", "seed bag")),
        (("You had it on Sunday.\n", "You had it.\n"), ("on Saturday", "on Monday")),
        (("OTIS\nI had it on Saturday.\n\n", ""), ("two owners", "three owners")),
        (("EXT. GARDEN", "EXT. OLD GARDEN"), ("#2#", "#3#")),
        (("A barrow", "Rain.\n\nA barrow"), ("two owners.", "two owners.\n\nIt rolls.")),
        (("INT. KITCHEN", "Before.\n\nINT. KITCHEN"), ("You had", "Yes. You had")),
        (("MARA\n", "MARA (V.O.)\n"), ("on Sunday.", "on Monday.")),
        (("kettle", "*kettle*"), ("packet", "bag")),
        (("OTIS\n", "OTIS ^\n"), ("hums", "sings")),
        (("The kettle hums. ", ""), ("seed packet.", "seed packet. Rain.")),
        (("packet.", "packet. Snow."), ("The kettle", "Rain. The kettle")),
        (("hums", "sings"), ("back of a ", "")),
    ],
)
def test_both_are_taken(mine: tuple[str, str], theirs: tuple[str, str]) -> None:
    both = BASE.replace(*mine).replace(*theirs)
    for one, other in ((mine, theirs), (theirs, mine)):
        found = merged(one, other)
        assert found.conflicts == () and text(found) == fountain.to_text(from_text(both))


def test_what_both_changed_alike_is_taken_once() -> None:
    change = ("two owners", "three owners")
    assert merged(change, change).conflicts == ()
    assert text(merged(change, change)) == BASE.replace(*change)
    cut = ("MARA\nYou had it on Sunday.\n\n", "")
    assert text(merged(cut, cut)) == BASE.replace(*cut)


# ---------------------------------------------------------------- changes that touch


def test_a_line_of_dialogue_has_theirs_as_an_alternate() -> None:
    found = merged(("on Sunday", "on Monday"), ("on Sunday", "on Friday"))
    (speech,) = (one for one in found.screenplay.body if isinstance(one, Speech) and "MARA" in words(one.cue.text))  # type: ignore[union-attr]
    note, line = speech.parts
    assert note == Note(text="merge conflict: theirs is the alternate")
    assert isinstance(line, Dialogue) and words(line.text) == "You had it on Monday."
    assert [words(one) for one in line.alternates] == ["You had it on Friday."]
    (conflict,) = found.conflicts
    assert (conflict.scene, conflict.kind) == ("INT. KITCHEN - DAY", "Dialogue")
    assert (conflict.mine, conflict.theirs) == ("You had it on Monday.", "You had it on Friday.")


def test_elsewhere_both_texts_stand_one_after_the_other() -> None:
    found = merged(("two owners", "three owners"), ("two owners", "no owner"))
    barrow = "A barrow with one wheel and "
    assert text(found) == BASE.replace(f"{barrow}two", f"{MINE}{barrow}three").rstrip() + (
        f"\n\n{THEIRS}{barrow}no owner.\n"
    )
    assert [(one.scene, one.kind) for one in found.conflicts] == [("EXT. GARDEN - DAY", "Action")]


@pytest.mark.parametrize("names", [("LENA", "IDA"), ("IDA", "LENA")])
def test_two_names_over_one_speech_both_stand(names: tuple[str, str]) -> None:
    found = merged(("OTIS", names[0]), ("OTIS", names[1]))
    said = [words(one.text) for one in paragraphs(found.screenplay.body)]
    assert [one for one in said if one in names] == list(names) and len(found.conflicts) == 1


@pytest.mark.parametrize(
    ("mine", "theirs", "note"),
    [
        (
            ("A barrow with one wheel and two owners.\n", ""),
            ("two owners", "no owner"),
            "cut in mine, changed in theirs",
        ),
        (
            ("two owners", "no owner"),
            ("A barrow with one wheel and two owners.\n", ""),
            "changed in mine, cut in theirs",
        ),
    ],
)
def test_what_one_cut_and_the_other_changed_stays(mine: tuple[str, str], theirs: tuple[str, str], note: str) -> None:
    found = merged(mine, theirs)
    assert f"[[merge conflict: {note}]]\n\nA barrow with one wheel and no owner.\n" in text(found)
    assert [one.mine == "" or one.theirs == "" for one in found.conflicts] == [True]


def test_what_both_put_at_one_place_stands_there_twice() -> None:
    found = merged(("A barrow", "Rain.\n\nA barrow"), ("A barrow", "Snow.\n\nA barrow"))
    assert text(found) == BASE.replace("A barrow", f"{MINE}Rain.\n\n{THEIRS}Snow.\n\nA barrow")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("kettle hums", "kettle sings"), ("kettle hums. MARA", "kettle hums. Nobody")),
        (("hums.", "hums loudly."), ("hums.", "hums softly.")),
        (("The kettle", "Rain. The kettle"), ("The kettle", "Snow. The kettle")),
        (("kettle", "kettle [[whose?]]"), ("The kettle hums", "The kettle [[hers]] hums")),
    ],
)
def test_words_that_touch_or_that_have_a_note_are_a_conflict(mine: tuple[str, str], theirs: tuple[str, str]) -> None:
    assert len(merged(mine, theirs).conflicts) == 1


# ---------------------------------------------------------------- around the words


def test_notes_of_both_stay() -> None:
    found = merged(("EXT. GARDEN", "[[Mine.]]\n\nEXT. GARDEN"), ("EXT. GARDEN", "[[Theirs.]]\n\nEXT. GARDEN"))
    assert text(found) == BASE.replace("EXT. GARDEN", "[[Mine.]]\n\n[[Theirs.]]\n\nEXT. GARDEN")
    assert found.conflicts == ()
    at_end = merge(*(from_text(BASE + more) for more in ("\n[[A]]\n", "\n[[A]]\n\n[[B]]\n", "\n[[C]]\n")))
    assert text(at_end).endswith("owners.\n\n[[A]]\n\n[[B]]\n\n[[C]]\n")


def test_a_dual_dialogue_that_one_made_stays() -> None:
    found = merged(("OTIS\n", "OTIS ^\n"), ("on Sunday", "on Monday"))
    assert any(isinstance(one, DualDialogue) for one in found.screenplay.body)


def test_title_pages_are_merged_by_their_fields() -> None:
    titles = (
        "Title: Rain\nCredit: by\n",
        "Title: Rain\nCredit: by\nAuthor: Mara\nContact: Here\n",
        "Title: Snow\nCredit: by\nAuthor: Otis\nSource: A book\n",
    )
    found = merge(*(from_text(f"{title}\n{BASE}") for title in titles))
    page = found.screenplay.title_page
    assert page is not None
    assert {one.name: [words(line) for line in one.lines] for one in page.fields} == {
        "Title": ["Snow"],
        "Credit": ["by"],
        "Author": ["Mara", "Otis"],
        "Contact": ["Here"],
        "Source": ["A book"],
    }
    none, new = from_text(BASE), from_text(f"{titles[0]}\n{BASE}")
    assert merge(none, none, new).screenplay.title_page == merge(none, new, none).screenplay.title_page
    assert merge(new, none, new).screenplay.title_page is None


def test_styles_and_tags_of_both_are_there() -> None:
    body = (Action(text=(Run(text="Rain."),)),)
    base = Screenplay(body=body, styles=(ElementStyle(name="A", style=Style.BOLD),))
    mine = Screenplay(body=body, styles=(*base.styles, ElementStyle(name="B", style=Style.BOLD)))
    theirs = Screenplay(
        body=body,
        styles=(ElementStyle(name="C", style=Style.BOLD),),
        tags=(Tag(number=1, category="Props", label="x"),),
    )
    found = merge(base, mine, theirs).screenplay
    assert [one.name for one in found.styles] == ["A", "B", "C"] and found.tags == theirs.tags
    assert merge(base, base, theirs).screenplay == theirs
    assert merge(base, mine, base).screenplay == mine


# ---------------------------------------------------------------- laws


@few(150)
@given(screenplays(), screenplays())
def test_one_writer_alone_gets_the_own_draft(base: Screenplay, other: Screenplay) -> None:
    base, other = normal(base), normal(other)
    for found in (merge(base, other, base), merge(base, base, other), merge(base, other, other)):
        assert found.screenplay == other and found.conflicts == ()


@few(150)
@given(pairs(), st.data())
def test_no_word_that_either_wrote_is_lost(drafts: tuple[Screenplay, Screenplay], data: st.DataObject) -> None:
    base, mine = drafts
    theirs = data.draw(st.one_of(DRAFTS, pairs().map(lambda two: two[1])))
    found = merge(base, mine, theirs).screenplay
    there = all_words(found, gone=True) + Counter(word for line in _alternates(found) for word in line.split())
    before = all_words(base, gone=False)
    for one in (mine, theirs):
        assert not (all_words(one, gone=False) - before) - there


def _alternates(screenplay: Screenplay) -> list[str]:
    lines = (one for one in paragraphs(screenplay.body) if isinstance(one, Dialogue))
    return [words(text) for one in lines for text in one.alternates]
