"""From the paragraphs of a Word document, one after another, to speeches, pairs of speeches and cut scenes."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from lxml import etree

from converter.contract import ignore
from converter.notation.docx import BREAK_BOOKMARK
from converter.readers.docx import ours
from converter.readers.docx.styles import Format, Styles
from converter.readers.docx.text import Authors, Content, TextReader
from converter.recovery.documents.assemble import Alternate, Item, Line, Loose, Pair, Removed, body, removed
from converter.recovery.documents.lines import as_context
from converter.tree import (
    Action,
    Align,
    Boneyard,
    Character,
    Dialogue,
    Lyric,
    Note,
    PageField,
    PageFieldKind,
    Paragraph,
    Parenthetical,
    Run,
    SceneHeading,
    Screenplay,
    Transition,
)
from tests.readers.docx.build import HEAD, p, r
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


# ---------------------------------------------------------------- paragraphs of ours


@pytest.mark.parametrize(
    ("typed", "direct", "literally", "saved_elsewhere"),
    [(0, None, 0, 0), (1, None, 1, 1), (2, None, 2, 1), (0, True, 1, 1), (1, True, 2, 1), (0, False, 0, 0)],
)
def test_page_breaks_before_a_paragraph(typed: int, direct: bool | None, literally: int, saved_elsewhere: int) -> None:
    """Another program may write one twice."""
    content, said = Content(breaks=typed), Format(new_page=direct)
    assert ours._breaks_of_the_script(content, said, None) == literally
    assert ours._breaks_of_the_script(content, said, Format()) == saved_elsewhere
    content.turn = BREAK_BOOKMARK.fullmatch("_Page1")
    assert ours._breaks_of_the_script(content, said, None) == 0


def test_tab_stops_say_their_kind_and_stand_on_the_paper() -> None:
    page = ours.Geometry(left=2160, right=10800)
    kinds = ("left", "start", "center", "right", "end", "decimal", "bar")
    stops = ours._tab_stops(tuple((1440, kind) for kind in kinds), page) or ()
    left, center, right = Align.LEFT, Align.CENTER, Align.RIGHT
    assert [one.align for one in stops] == [left, left, center, right, right, left, left]
    assert [one.decimal for one in stops] == [False] * 5 + [True, False]
    assert {one.position for one in stops} == {2.5}
    assert ours._tab_stops((), page) is None and ours._tab_stops(None, page) is None


def reader(*, is_ours: bool = True, in_band: bool = False) -> TextReader:
    styles = Styles(None)
    styles.ours = is_ours
    found = TextReader(styles, {}, {}, Authors({}), ignore)
    found.in_band = in_band
    return found


def content(runs: str, reader: TextReader) -> Content:
    (paragraph,) = etree.fromstring(f"<w:body {HEAD}>{p(runs=runs)}</w:body>")
    return reader.read(paragraph, Format(), None)


def test_our_bookmarks_say_where_pages_begin() -> None:
    def named(name: str, **more: Any) -> Content:
        return content(f'<w:bookmarkStart w:id="1" w:name="{name}"/>' + r("Rain."), reader(**more))

    assert (named("_Break1").breaks, named("_Break1").turn) == (1, None)
    turned = named("_Split2_240")
    assert turned.breaks == 0 and turned.turn is not None and turned.turn["before"] == "240"
    assert (named("_Break1", is_ours=False).breaks, named("_Split2", is_ours=False).turn) == (0, None)
    assert named("other").text == [Run(text="Rain.")]


@pytest.mark.parametrize(
    "field",
    [
        f'<w:fldSimple w:instr=" PAGE ">{r("12")}</w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_the_number_of_the_page_is_a_field_in_a_header_and_words_elsewhere(field: str) -> None:
    page = PageField(kind=PageFieldKind.PAGE)
    assert content(field + r("."), reader(in_band=True)).text == [page, Run(text=".")]
    assert content(field + r("."), reader()).text == [Run(text="12.")]
