"""What comments and footnotes of a Word document say."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from converter.notation import docx as notation
from converter.readers.docx.notes import band_words, comments, footnotes
from converter.tree import Note
from tests.readers.docx.build import HEAD, p, r


class Styles:
    """Ids that are the names of their styles."""

    def name(self, id_: str | None) -> str | None:
        return id_


def comment(attributes: str, *paragraphs: str, literal: bool = False) -> Note:
    inside = "".join(paragraphs or (p("wet"),))
    root = etree.fromstring(f'<w:comments {HEAD}><w:comment w:id="1" {attributes}>{inside}</w:comment></w:comments>')
    styles: Any = Styles()
    return comments(root, styles, literal)["1"]


@pytest.mark.parametrize(
    ("attributes", "note"),
    [
        ("", Note(text="wet")),
        ('w:author=""', Note(text="wet")),
        ('w:author="Unknown Author"', Note(text="wet")),
        ('w:author="Ines"', Note(text="wet", author="Ines")),
        ('w:date="2026-05-01T10:30:00"', Note(text="wet", date="2026-05-01T10:30:00")),
        ('w:date="2026-05-01T00:00:00"', Note(text="wet", date="2026-05-01")),
        ('w:date="0001-01-01T00:00:00"', Note(text="wet")),
        ('w:date="1970-01-01T01:00:00"', Note(text="wet")),
        ('w:date="0-00-00T00:00:00"', Note(text="wet")),
        ('w:date=""', Note(text="wet")),
    ],
)
def test_who_wrote_a_comment_and_when(attributes: str, note: Note) -> None:
    assert comment(attributes) == note


def test_a_comment_has_a_line_for_each_paragraph() -> None:
    assert (
        comment("", p("a\tb"), p(), p(runs="<w:r><w:t>c</w:t><w:br/><w:t>d</w:t><w:cr/></w:r>")).text
        == "a\tb\n\nc\nd\n"
    )


def test_our_own_comments_say_their_title_and_category_in_styles() -> None:
    title, category = p("Rain", style=notation.NOTE_TITLE), p("Props", style=notation.NOTE_CATEGORY)
    assert comment("", title, category, p("wet")) == Note(text="wet", title="Rain", category="Props")
    assert comment("", title, title, p("wet")) == Note(text="Rain\nwet", title="Rain")
    assert comment("", p("wet"), title) == Note(text="wet\nRain")


@pytest.mark.parametrize(
    ("color", "literal", "found"),
    [("FF0000", False, "#FF0000"), ("000000", False, None), ("000000", True, "#000000"), ("auto", False, None)],
)
def test_the_color_of_the_first_words_is_the_comment_s(color: str, literal: bool, found: str | None) -> None:
    colored = p(runs=r("wet", f'<w:color w:val="{color}"/>'))
    other = p(runs=r("dry", '<w:color w:val="0000FF"/>'))
    assert comment("", p("x"), colored, literal=literal).color == found
    assert comment("", colored, other).color == (found if found not in (None, "#000000") else "#0000FF")


def test_the_first_of_two_comments_with_one_id_counts() -> None:
    both = "".join(f'<w:comment w:id="1">{p(text)}</w:comment>' for text in "ab")
    styles: Any = Styles()
    assert comments(etree.fromstring(f"<w:comments {HEAD}>{both}</w:comments>"), styles, False)["1"].text == "a"
    assert comments(None, styles, False) == {}


def test_signs_of_symbol_fonts_are_letters() -> None:
    wing = '<w:rPr><w:rFonts w:hAnsi="Wingdings"/></w:rPr>'
    runs = f'<w:r>{wing}<w:t>J</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:char="odd"/></w:r>'
    assert comment("", p(runs=runs)).text == "☺☺\ufffd"


def test_footnotes_are_known_by_their_kind_and_id_and_separators_are_none() -> None:
    root = etree.fromstring(
        f'<w:footnotes {HEAD}><w:footnote w:id="0" w:type="separator">{p("-")}</w:footnote>'
        f'<w:footnote w:id="1">{p(" a")}{p("b ")}</w:footnote>'
        f'<w:footnote w:type="normal" w:id="2">{p("c")}</w:footnote></w:footnotes>'
    )
    assert footnotes(root, "footnote") == {"footnote 1": "a\nb", "footnote 2": "c"}
    assert footnotes(root, "endnote") == {}
    assert footnotes(None, "footnote") == {}


def test_the_words_of_a_header_are_those_beside_its_fields() -> None:
    def field(*inside: str) -> str:
        marks = {name: f'<w:r><w:fldChar w:fldCharType="{name}"/></w:r>' for name in ("begin", "separate", "end")}
        return f"{marks['begin']}{marks['separate']}{''.join(inside)}{marks['end']}"

    runs = r("\t") + field(r("7"), field(r("8")), r("9")) + r(".")
    header = etree.fromstring(f"<w:hdr {HEAD}>{p('LOW', runs=runs)}{p('b')}</w:hdr>")
    assert band_words(header) == "LOW .\nb\n"
