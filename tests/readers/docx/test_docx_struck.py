"""Which paragraphs a tracked change struck out as a whole, and which go on in the next (ECMA-376, 17.13.5)."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from converter.notation.docx import WORD, w
from converter.readers.docx.struck import deleted_row, settle_deleted_marks, struck_by
from tests.readers.docx.build import HEAD, r


def p(*runs: str, end: str = "", more: str = "") -> str:
    """A paragraph whose end is struck out by that kind of change, `del` or `moveFrom`."""
    mark = f'<w:rPr><w:{end} w:author="Ines"/></w:rPr>' if end else ""
    return f"<w:p><w:pPr>{more}{mark}</w:pPr>{''.join(runs)}</w:p>"


def gone(words: str, kind: str = "del") -> str:
    return f'<w:{kind} w:author="Odile"><w:r><w:delText>{words}</w:delText></w:r></w:{kind}>'


def settled(*paragraphs: str, keep_empty: bool = False) -> list[tuple[str | None, str]]:
    """Of each paragraph that is left: who struck it out, and its words, those that were cut in brackets."""
    body = etree.fromstring(f"<w:body {HEAD}>{''.join(paragraphs)}</w:body>")
    settle_deleted_marks(body, keep_empty=keep_empty)
    return [(struck_by(one), _words(one)) for one in body.iter(w("p"))]


def _words(paragraph: Any) -> str:
    shown = ""
    for run in paragraph.iter(w("r")):
        text = "".join("/" if one.tag == w("br") else one.text or "" for one in run)
        shown += f"[{text}]" if run.getparent().tag in (w("del"), w("moveFrom")) else text
    return shown


@pytest.mark.parametrize("kind", ["del", "moveFrom"])
def test_a_paragraph_of_which_all_is_struck_out_is_gone(kind: str) -> None:
    assert settled(p(gone("Rain.", kind), end=kind), p(r("Snow."))) == [("Ines", "[Rain.]"), (None, "Snow.")]


def test_a_paragraph_that_lost_its_words_alone_is_gone_unless_empty_ones_count() -> None:
    one = p(gone("Rain."))
    assert settled(one, p(r("Snow."))) == [("Odile", "[Rain.]"), (None, "Snow.")]
    assert settled(one, p(r("Snow.")), keep_empty=True) == [(None, "[Rain.]"), (None, "Snow.")]


def test_a_paragraph_that_lost_some_words_is_still_there() -> None:
    assert settled(p(r("Rain "), gone("falls"), r("."))) == [(None, "Rain [falls].")]


def test_a_paragraph_whose_end_is_struck_out_goes_on_in_the_next() -> None:
    assert settled(p(r("Rain."), end="del"), p(r(" Snow."))) == [(None, "Rain. Snow.")]
    assert settled(p(r("Rain."), end="del")) == [(None, "Rain.")]


def test_several_go_on_in_the_last() -> None:
    assert settled(p(r("a"), end="del"), p(r("b"), end="del"), p(r("c"))) == [(None, "abc")]


def test_what_was_struck_out_from_the_middle_of_one_to_the_middle_of_another_is_cut_in_one() -> None:
    found = settled(p(r("a "), gone("b"), end="del"), p(gone("c"), end="del"), p(gone("d"), r(" e")))
    assert found == [(None, "a [b][/][c][/][d] e")]


def test_words_that_were_struck_out_to_the_start_of_a_paragraph_leave_it_alone() -> None:
    assert settled(p(gone("b"), end="del"), p(gone("c"), r(" d"))) == [("Ines", "[b]"), (None, "[c] d")]


def test_an_empty_paragraph_that_is_struck_out_is_none_unless_empty_ones_count() -> None:
    assert settled(p(end="del"), p(r("Snow."))) == [(None, "Snow.")]
    assert settled(p(end="del"), p(r("Snow.")), keep_empty=True) == [("Ines", ""), (None, "Snow.")]


def test_a_struck_out_paragraph_after_an_empty_one_is_gone_by_itself() -> None:
    assert settled(p(end="del"), p(gone("b"), end="del"), p(r("c"))) == [("Ines", "[b]"), (None, "c")]


def test_a_change_around_paragraphs_strikes_out_all_of_them() -> None:
    around = f'<w:del w:author="Ines">{p(r("Rain."))}{p(r("Snow."))}</w:del>'
    assert settled(around, p(r("Hail."))) == [("Ines", "Rain."), ("Ines", "Snow."), (None, "Hail.")]


def test_the_end_of_a_section_is_not_struck_out() -> None:
    assert settled(p(r("Rain."), end="del", more="<w:sectPr/>"), p(r("Snow."))) == [(None, "Rain."), (None, "Snow.")]


def test_what_shows_nothing_is_no_content() -> None:
    seen = "<w:r><w:rPr/><w:lastRenderedPageBreak/><w:commentReference/></w:r>"
    assert settled(p(seen, gone("Rain."), end="del")) == [("Ines", "[Rain.]")]
    assert settled(p(seen))[0][0] is None


def test_joined_paragraphs_have_the_style_of_those_with_words() -> None:
    def styles(*paragraphs: str) -> list[str]:
        body = etree.fromstring(f"<w:body {HEAD}>{''.join(paragraphs)}</w:body>")
        settle_deleted_marks(body, keep_empty=False)
        return [one.get(w("val"), "") for one in body.iter(w("pStyle"))]

    one, two = '<w:pStyle w:val="One"/>', '<w:pStyle w:val="Two"/>'
    assert styles(p(r("a"), end="del", more=one), p(r("b"), more=two)) == ["One"]
    assert styles(p(end="del", more=one), p(r("b"), more=two)) == ["Two"]


def test_a_row_of_a_table_is_struck_out_by_its_properties() -> None:
    def row(properties: str) -> Any:
        return etree.fromstring(f'<w:tr xmlns:w="{WORD}">{properties}</w:tr>')

    assert deleted_row(row('<w:trPr><w:del w:author="Ines"/></w:trPr>')) == "Ines"
    assert deleted_row(row("<w:trPr><w:del/></w:trPr>")) == ""
    assert deleted_row(row("<w:trPr/>")) is None
    assert deleted_row(row("")) is None
