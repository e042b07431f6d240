"""From the paragraphs of a Word document, one after another, to speeches, pairs of speeches and cut scenes."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from converter.readers.docx.assemble import Alternate, Item, Line, Loose, Pair, Removed, body, removed
from converter.readers.docx.lines import as_context
from converter.tree import (
    Action,
    Boneyard,
    Character,
    Dialogue,
    Lyric,
    Note,
    Paragraph,
    Parenthetical,
    Run,
    SceneHeading,
    Screenplay,
    Transition,
)
from writers import outline


def line(kind: type[Paragraph], said: str, *marks: Any, **more: Any) -> Line:
    return Line(paragraph=kind(text=(*marks, Run(text=said))), **more)


def shown(*items: Item) -> str:
    return outline.to_text(Screenplay(body=body(items)))


def expected(text: str) -> str:
    return dedent(text).lstrip("\n")


HEADING, CUE, WORDS = line(SceneHeading, "INT. PIER"), line(Character, "ODILE"), line(Dialogue, "Well.")


def test_a_cut_scene_belongs_to_the_heading_before_it() -> None:
    assert shown(HEADING, line(Action, "Rain.", cut=1), line(Action, "Snow.")) == expected("""
        SceneHeading "INT. PIER"
          omitted
            Action "Rain."
        Action "Snow."
        """)


def test_a_cut_scene_without_a_heading_before_it_gets_one() -> None:
    omitted = expected("""
        SceneHeading "OMITTED"
          omitted
            Action "Rain."
        """)
    assert shown(line(Action, "Rain.", cut=1)) == omitted
    assert shown(line(Action, "Snow."), line(Action, "Rain.", cut=1)) == 'Action "Snow."\n' + omitted
    assert shown(HEADING, WORDS, line(Action, "Rain.", cut=1)) == (
        'SceneHeading "INT. PIER"\nSpeech without cue\n  Dialogue "Well."\n' + omitted
    )
    assert shown(HEADING, line(Action, "Rain.", cut=2)) == expected("""
        SceneHeading "INT. PIER"
          omitted
            SceneHeading "OMITTED"
              omitted
                Action "Rain."
        """)


def test_words_after_a_name_are_its_speech_until_something_else_comes() -> None:
    bracket, lyric = line(Parenthetical, "(low)"), line(Lyric, "La.")
    assert shown(CUE, bracket, WORDS, lyric, line(Lyric, "Lo.", joins=False)) == expected("""
        Speech "ODILE"
          Parenthetical "(low)"
          Dialogue "Well."
          Lyric "La."
        Lyric "Lo."
        """)
    assert shown(lyric, WORDS, CUE, CUE, line(Action, "Rain."), WORDS) == expected("""
        Lyric "La."
        Speech without cue
          Dialogue "Well."
        Speech "ODILE"
        Speech "ODILE"
        Action "Rain."
        Speech without cue
          Dialogue "Well."
        """)


def test_marks_before_the_words_stand_before_the_paragraph() -> None:
    note, kept = Note(text="n"), Note(text="range", id=1)
    assert shown(line(Action, "Rain.", note, kept, Boneyard(source="b"), breaks=2)) == expected("""
        PageBreak
        PageBreak
        Note "n"
        Boneyard "b"
        Action [Note "range" id=1] "Rain."
        """)
    assert shown(CUE, line(Dialogue, "Well.", note), Loose(markers=(note,), breaks=1)) == expected("""
        Speech "ODILE"
          Note "n"
          Dialogue "Well."
          PageBreak
          Note "n"
        """)


def test_another_wording_is_the_last_dialogue_s() -> None:
    other = Alternate(text=(Run(text="Well, well."),))
    assert shown(CUE, WORDS, WORDS, line(Parenthetical, "(low)"), other, other) == expected("""
        Speech "ODILE"
          Dialogue "Well."
          Dialogue "Well."
            alternate "Well, well."
            alternate "Well, well."
          Parenthetical "(low)"
        """)
    assert shown(other, CUE, other) == 'Speech "ODILE"\n'


def test_a_paragraph_that_a_page_of_ours_cut_is_whole_again() -> None:
    below, turned = line(Dialogue, "Really.", goes_on=""), line(Dialogue, "Truly.", goes_on="\n")
    assert shown(CUE, WORDS, below, turned) == 'Speech "ODILE"\n  Dialogue "Well." "Really." / "Truly."\n'
    assert shown(CUE, below) == 'Speech "ODILE"\n  Dialogue "Really."\n'
    assert shown(WORDS, Loose(markers=()), below) == 'Speech without cue\n  Dialogue "Well."\n  Dialogue "Really."\n'
    assert shown(line(Parenthetical, "(low)"), below).count("Really") == 1
    assert shown(HEADING, line(SceneHeading, "PIER", cut=1, goes_on="")).count("SceneHeading") == 2


def test_two_columns_are_one_pair_with_what_stands_before_the_names_before_both() -> None:
    note = Loose(markers=(Note(text="n"),))
    pair = Pair(left=(note, CUE, WORDS), right=(note, line(Character, "MARA"), line(Dialogue, "Yes.")))
    assert shown(HEADING, pair) == expected("""
        SceneHeading "INT. PIER"
        Note "n"
        DualDialogue
          Speech "ODILE"
            Dialogue "Well."
            Note "n"
          Speech "MARA"
            Dialogue "Yes."
        """)


def test_paragraphs_that_were_struck_out_are_a_cut_without_the_scenes_around_all_of_them() -> None:
    items = (line(SceneHeading, "PIER", cut=1), line(Action, "Rain.", cut=2), line(Action, "Snow.", cut=1))
    cut = removed(3, items, None)
    assert isinstance(cut, Removed) and cut.cut == 1
    assert shown(HEADING, cut) == expected("""
        SceneHeading "INT. PIER"
          omitted
            Cut revision=3
              SceneHeading "PIER"
                omitted
                  Action "Rain."
              Action "Snow."
        """)
    inner = Pair(left=(line(Character, "ODILE", cut=1),), right=(line(Character, "MARA", cut=1),))
    assert removed(3, (inner,), None).items == (Pair(left=(CUE,), right=(line(Character, "MARA"),)),)
    assert removed(3, (Alternate(text=()),), None).cut == 0


@pytest.mark.parametrize(
    ("kind", "column"),
    [(Action, 15), (Character, 35), (Parenthetical, 30), (Dialogue, 25), (Lyric, 25), (Transition, 55)],
)
def test_a_paragraph_that_is_known_stands_where_its_element_stands(kind: type[Paragraph], column: int) -> None:
    one = as_context(line(kind, "Rain", breaks=1))
    assert (one.column, one.breaks, one.known) == (column, 1, True)
    assert bool(one.before) is (kind not in (Parenthetical, Dialogue, Lyric))
    assert one.said == ("RAIN" if kind in (Character, Transition) else "Rain")
