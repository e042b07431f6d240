"""What was cut stays sayable: in the tree, its views and its normal form, on pages and in each format."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from converter.api import write_bytes
from converter.contract import Diagnostic, Source
from converter.cuts import cut_words, with_cuts_marked
from converter.layout.paginate import paginate
from converter.normal import normal
from converter.readers import docx as docx_reader
from converter.transforms import number_scenes, without_revisions
from converter.tree import (
    Action,
    Character,
    Cut,
    Deletion,
    Dialogue,
    Element,
    LineBreak,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Parenthetical,
    Part,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    paragraphs,
    scenes,
    words,
)
from writers import docx, fdx, fountain, outline, text

BLUE, PINK = RevisionSet(id=1, name="Blue Rev."), RevisionSet(id=2, name="Pink Rev.")


def script(*body: Element) -> Screenplay:
    return Screenplay(body=body, revisions=Revisions(sets=(BLUE, PINK)))


def action(*text: str | Any) -> Action:
    return Action(text=tuple(Run(text=one) if isinstance(one, str) else one for one in text))


def line(text: str) -> Dialogue:
    return Dialogue(text=(Run(text=text),))


def speech(*parts: Part) -> Speech:
    return Speech(cue=Character(text=(Run(text="ODILE"),)), parts=parts)


def heading(text: str, number: str | None = None) -> SceneHeading:
    return SceneHeading(text=(Run(text=text),), number=number)


def cut(*elements: Element | Part, revision: int = 1) -> Cut:
    return Cut(revision=revision, elements=elements)


def gone(text: str, revision: int = 1) -> Deletion:
    return Deletion(revision=revision, text=(Run(text=text),) if text else ())


def body(*elements: Element) -> tuple[Element, ...]:
    return normal(script(*elements)).body


# ---------------------------------------------------------------- views


def test_views_skip_what_was_cut_unless_asked() -> None:
    inside = cut(heading("INT. LOFT - DAY"), speech(line("Hail?")))
    screenplay = script(heading("INT. BARN - DAY"), action("Rain ", gone("falls "), "on."), inside, action("Snow."))
    shown = [words(one.text) for one in paragraphs(screenplay.body)]
    assert shown == ["INT. BARN - DAY", "Rain on.", "Snow."]
    whole = [words(one.text, cut=True) for one in paragraphs(screenplay.body, cut=True)]
    assert whole == ["INT. BARN - DAY", "Rain falls on.", "INT. LOFT - DAY", "ODILE", "Hail?", "Snow."]
    assert [scene.elements[-1] for scene in scenes(screenplay)] == [action("Snow.")]
    assert [scene.heading for scene in scenes(screenplay, cut=True)] == [screenplay.body[0], inside.elements[0]]
    assert cut_words(screenplay) == 1 + 4 + 1 + 1  # a dash between blanks counts


def test_a_number_that_a_cut_scene_had_is_used() -> None:
    numbered = number_scenes(
        script(heading("INT. BARN", "1"), cut(heading("INT. LOFT", "2")), heading("INT. YARD"), heading("EXT. PIER"))
    )
    numbers = [one.number for one in paragraphs(numbered.body, cut=True) if isinstance(one, SceneHeading)]
    assert numbers == ["1", "2", "3", "4"]


def test_dropping_revisions_drops_what_was_cut() -> None:
    left = without_revisions(script(action("Rain ", gone("falls ")), cut(action("Hail.")), speech(line("Well?"))))
    assert left.body == (action("Rain "), speech(line("Well?")))


# ---------------------------------------------------------------- normal form


def test_neighbouring_cuts_of_one_revision_are_one_and_none_is_empty() -> None:
    some = body(action("A"), cut(action("B")), cut(), cut(action("C")), cut(action("D"), revision=2), action("E"))
    assert some == (action("A"), cut(action("B"), action("C")), cut(action("D"), revision=2), action("E"))


def test_no_cut_lies_in_a_cut_and_no_deletion_either() -> None:
    inner = cut(action("C ", gone("d ", 1), "e"), revision=2)
    assert body(cut(action("B"), inner)) == (cut(action("B"), action("C d e")),)


def test_deletions_of_one_revision_at_one_place_are_one_if_there_are_words() -> None:
    assert body(action("A", gone("b "), gone(""), gone("c"))) == (action("A", gone("b c")),)
    bare = action("A", gone(""), gone(""))
    assert body(bare) == (bare,)
    assert body(action("A", gone("b"), gone("c", 2))) == (action("A", gone("b"), gone("c", 2)),)


def test_the_words_of_a_deletion_are_normal_too() -> None:
    untidy = Deletion(revision=1, text=(Run(text="a\nb"), Run(text=""), Run(text="c\x00")))
    assert body(action("A", untidy)) == (
        action("A", Deletion(revision=1, text=(Run(text="a"), LineBreak(), Run(text="bc")))),
    )


def test_a_cut_in_a_speech_holds_parts_and_what_is_none_stands_after_the_speech() -> None:
    mixed = cut(line("b"), action("C"), Speech(parts=(line("d"),)))
    assert body(speech(line("a"), mixed, line("e"))) == (
        speech(line("a"), cut(line("b"), line("d")), line("e")),
        cut(action("C")),
    )


def test_lines_that_were_cut_outside_of_a_speech_are_a_speech_without_cue() -> None:
    after = cut(Speech(parts=(line("b"), line("c"))))
    assert body(speech(line("a")), cut(line("b"), line("c"))) == (speech(line("a")), after)
    assert body(speech(line("a"), cut(line("b"), line("c")))) == (speech(line("a")), after)


def test_lines_without_a_cue_go_on_with_the_speech_before_a_cut() -> None:
    some = body(speech(line("a")), cut(action("B")), cut(line("c"), revision=2), Speech(parts=(line("d"),)))
    assert some == (speech(line("a"), cut(line("c"), revision=2), line("d")), cut(action("B")))


def test_a_cut_stands_before_the_breaks_and_marks_that_lead_to_a_paragraph() -> None:
    note = Note(text="why?")
    some = body(action("A"), note, PageBreak(), cut(action("B")), action("C"))
    assert some == (action("A"), cut(action("B")), PageBreak(), note, action("C"))


def test_a_range_of_a_note_does_not_cross_the_edge_of_a_cut() -> None:
    note, end = Note(text="why?", id=7), NoteEnd(id=7)
    leading_in = body(action(note, "A"), action("B"), cut(action("C", end, "D")))
    first, last = Note(text="why?", id=1), NoteEnd(id=1)
    assert leading_in == (action(first, "A"), action("B", last), cut(action("CD")))
    leading_out = body(cut(action(note, "A"), action("B")), action("C", end))
    assert leading_out == (cut(action(first, "A"), action("B", last)), action("C"))
    around = body(action(note, "A"), cut(action("B")), action("C", end))
    assert around == (action(first, "A"), cut(action("B")), action("C", last))


# ---------------------------------------------------------------- marks in its place


def marked(*elements: Element) -> tuple[Element, ...]:
    return with_cuts_marked(body(*elements))


def test_a_cut_is_marked_at_the_start_of_the_next_paragraph_that_may_print() -> None:
    section = Section(text=(Run(text="Two"),))
    assert marked(action("A"), cut(action("B")), section, action("C")) == (action("A"), section, action(gone(""), "C"))


def test_a_cut_at_the_end_is_marked_at_the_end_of_the_last_paragraph() -> None:
    some = marked(action("A"), cut(action("B")), cut(action("C"), revision=2))
    assert some == (action("A", gone(""), gone("", 2)),)


def test_one_mark_of_a_revision_is_enough_at_one_place() -> None:
    assert marked(cut(action("B")), action(gone("x"), "C")) == (action(gone("x"), "C"),)
    assert marked(action("A"), cut(action("B")), Note(text="?"), cut(action("C"), revision=1), action("D"))[-1] == (
        action(gone(""), "D")
    )


def test_a_cut_in_a_speech_is_marked_at_the_next_line() -> None:
    parenthetical = Parenthetical(text=(Run(text="(low)"),))
    some = marked(speech(cut(parenthetical), line("a")))
    assert some == (speech(Dialogue(text=(gone(""), Run(text="a")))),)


def test_the_marks_of_pages_move_out_of_a_cut() -> None:
    mark, other = PageMark(label="2"), PageMark(label="3")
    some = marked(action("A"), cut(action("B", mark, "C"), other, action("D")), action("E"))
    assert some == (action("A"), mark, other, action(gone(""), "E"))


def test_a_cut_in_a_cut_scene_is_marked_there() -> None:
    omitted = SceneHeading(omitted=(heading("INT. BARN"), action("A"), cut(action("B"))))
    assert marked(omitted, action("C")) == (
        SceneHeading(omitted=(heading("INT. BARN"), action("A", gone("")))),
        action("C"),
    )


# ---------------------------------------------------------------- pages


def test_a_page_prints_one_mark_where_something_was_cut() -> None:
    screenplay = script(action("Rain falls."), cut(action("Snow. " * 2000), action("Hail.")), action("Sun."))
    assert text.to_text(screenplay).rstrip().splitlines()[-1].split() == ["Sun.", "*"]
    assert "Hail" not in text.to_text(screenplay)
    assert paginate(screenplay).count == 1


def test_a_page_does_not_print_the_words_of_a_deletion() -> None:
    assert "Rain on." in text.to_text(script(action("Rain ", gone("falls "), "on.")))


# ---------------------------------------------------------------- formats

CUT = script(action("Rain ", gone("falls "), "on."), cut(action("Snow falls.")), action("Hail."))


def codes(writer: Any, screenplay: Screenplay, **options: Any) -> list[str]:
    told: list[Diagnostic] = []
    writer.fit(screenplay, writer.Options(**options), told.append)
    return [one.code for one in told]


def test_the_outline_shows_what_was_cut() -> None:
    assert outline.to_text(CUT).splitlines()[:4] == [
        'Action "Rain " [Deletion "falls " revision=1] "on."',
        "Cut revision=1",
        '  Action "Snow falls."',
        'Action "Hail."',
    ]


def test_fountain_keeps_no_word_that_was_cut_and_tells() -> None:
    assert fountain.to_text(CUT) == "Rain on.\n\nHail.\n"
    assert codes(fountain, CUT).count("fountain.no-cut-words") == 2


def test_final_draft_marks_where_words_were_cut_and_tells() -> None:
    fitted = fdx.fit(CUT)
    assert fitted.body == (action("Rain ", gone(""), "on."), action(gone(""), "Hail."))
    assert codes(fdx, CUT) == ["fdx.no-cut-words"] * 2
    assert b"falls" not in fdx.write(CUT)


def test_word_marks_where_words_were_cut_unless_changes_are_tracked() -> None:
    assert docx.fit(CUT).body == (action("Rain ", gone(""), "on."), action(gone(""), "Hail."))
    assert codes(docx, CUT) == ["docx.no-cut-words"] * 2
    tracked = docx.Options(changes="tracked")
    assert docx.fit(CUT, tracked) == CUT
    assert docx_reader.read(Source("a.docx", docx.write(CUT, tracked))) == CUT
    assert codes(docx, CUT, changes="tracked") == []


def test_tracked_deletions_are_what_word_itself_writes() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(CUT, docx.Options(changes="tracked")))) as archive:
        document = archive.read("word/document.xml").decode()
    assert '<w:rPr><w:del w:id="2" w:author="Blue Rev."/></w:rPr></w:pPr>' in document
    assert (
        '<w:del w:id="3" w:author="Blue Rev."><w:r><w:delText xml:space="preserve">Snow falls.</w:delText>' in document
    )


def test_what_was_cut_in_an_unknown_revision_cannot_be_tracked() -> None:
    unknown = script(action("Rain."), cut(action("Snow."), revision=7), action("Hail."))
    assert docx.fit(unknown, docx.Options(changes="tracked")).body == (action("Rain."), action("Hail."))
    assert codes(docx, unknown, changes="tracked") == ["docx.no-cut-words", "docx.unknown-revision"]


def test_blanks_that_were_cut_alone_are_a_mark_in_word() -> None:
    blank = script(action("Rain", gone("  "), "s."))
    assert docx.fit(blank, docx.Options(changes="tracked")).body == (action("Rain", gone(""), "s."),)
    assert codes(docx, blank, changes="tracked") == ["docx.cut-blanks"]


@pytest.mark.parametrize(
    ("format", "options", "count"),
    [("docx", {"changes": "tracked"}, 3), ("docx", {}, 0), ("fdx", {}, 0), ("fountain", {}, 0), ("text", {}, 0)],
)
def test_the_result_says_how_many_cut_words_a_file_carries(format: str, options: dict[str, str], count: int) -> None:
    assert write_bytes(CUT, format=format, options=options).cut_words == count
