"""What a drawn page must keep, confirmed with readers that know nothing of our layout."""

from __future__ import annotations

import io
from pathlib import Path
from unittest import mock

import pdfplumber
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.contract import Diagnostic, Limits, UsageError
from converter.layout.paginate import paginate
from converter.tree import (
    NO_STYLE,
    Action,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    General,
    Look,
    NewAct,
    Note,
    PageMark,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Text,
    TitleField,
    TitlePage,
)
from tests.examples import few
from writers import pdf
from writers.pdf.families import package_folder

PLEX = package_folder("fontpkg_ibm_plex_mono") / "IBMPlexMono-Regular.ttf"
CONTROLS = "a\x00b\x1bc"


def plain(words: str, style: Style = NO_STYLE) -> Text:
    return (Run(text=words, style=style),)


def script(*body: Element, title: str | None = None) -> Screenplay:
    page = TitlePage(fields=(TitleField(name="Title", lines=(plain(title),)),)) if title else None
    return Screenplay(body=body, title_page=page)


def drawn(screenplay: Screenplay, **options: object) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.write(screenplay, pdf.Options(**options))))  # type: ignore[arg-type]


def reported(screenplay: Screenplay, **options: object) -> list[Diagnostic]:
    diagnostics: list[Diagnostic] = []
    pdf.write(screenplay, pdf.Options(**options), diagnostics.append)  # type: ignore[arg-type]
    return diagnostics


def fonts(reader: pypdf.PdfReader) -> dict[str, bool]:
    """Every font of the file: is it embedded?"""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            parts = font.get_object().get("/DescendantFonts", [font])
            descriptor = parts[0].get_object().get("/FontDescriptor", {})
            found[font["/BaseFont"]] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def test_every_font_is_embedded_and_only_the_faces_that_are_used() -> None:
    body = (
        Action(text=(*plain("Most of it is plain. " * 40), *plain("bold", Style.BOLD), *plain(" Łódź Αθήνα Москва"))),
    )
    embedded = fonts(drawn(script(*body)))
    assert all(embedded.values())
    assert {name.strip("/").split("+")[-1] for name in embedded} == {
        "Matchcut-Courier",
        "Matchcut-Courier-Bold",
        "IBMPlexMono-Regular",
        "JetBrainsMono-Regular",
    }


def test_a_script_in_other_letters_is_set_in_one_font() -> None:
    embedded = fonts(drawn(script(Action(text=plain("Москва. Дождь. Никто не говорит, 12 минут.")))))
    assert {name.strip("/").split("+")[-1] for name in embedded} == {"IBMPlexMono-Regular"}


def test_a_language_that_courier_lacks_letters_of_is_set_in_one_font() -> None:
    polish = "Zdzisław trzyma kwit daleko od oczu, potem blisko. Słychać przesuwane pudła."
    embedded = fonts(drawn(script(Action(text=plain(polish)))))
    assert {name.strip("/").split("+")[-1] for name in embedded} == {"IBMPlexMono-Regular"}


def test_a_foreign_name_changes_no_font_but_its_own() -> None:
    english = "The wind has taken the door off the shed and half the roof. " * 10
    embedded = fonts(drawn(script(Action(text=plain(f"{english} Zdzisław laughs.")))))
    assert {name.strip("/").split("+")[-1] for name in embedded} == {"Matchcut-Courier", "IBMPlexMono-Regular"}


def test_the_text_can_be_copied_in_every_alphabet() -> None:
    words = "Größe “quoted” – Łódź Αθήνα Москва Việt €"
    assert words in drawn(script(Action(text=plain(words)))).pages[0].extract_text()


def test_a_dual_dialogue_is_copied_column_by_column() -> None:
    left = Speech(cue=Character(text=plain("ANN")), parts=(Dialogue(text=plain("One two three. " * 6)),))
    right = Speech(cue=Character(text=plain("BO")), parts=(Dialogue(text=plain("Four five six. " * 6)),))
    text = drawn(script(*[DualDialogue(left=left, right=right)] * 2)).pages[0].extract_text()
    pairs = [text[: text.rindex("ANN")], text[text.rindex("ANN") :]]
    assert all(pair.rindex("three") < pair.index("Four") for pair in pairs)


def test_letters_stand_ten_to_the_inch_from_whole_points() -> None:
    page = pdfplumber.open(io.BytesIO(pdf.write(script(Action(text=plain("Wind.")))))).pages[0]
    assert [round(char["x0"], 2) for char in page.chars] == [108, 115.2, 122.4, 129.6, 136.8]
    assert round(page.height - page.chars[0]["matrix"][5], 2) == 80  # the first line's baseline


def test_wide_letters_take_two_cells_and_marks_none() -> None:
    body = script(Action(text=plain("e\u0323\u0301x日本y")))
    page = pdfplumber.open(io.BytesIO(pdf.write(body))).pages[0]
    places = {char["text"]: round(char["x0"], 1) for char in page.chars}
    assert (places["x"], places["y"]) == (115.2, 151.2)


def test_underline_runs_through_inner_blanks_and_not_beyond_the_word() -> None:
    body = script(Action(text=(*plain("a "), *plain("b c", Style.UNDERLINE), *plain(" d"))))
    [line] = pdfplumber.open(io.BytesIO(pdf.write(body))).pages[0].rects
    assert (round(line["x0"], 1), round(line["x1"], 1)) == (108 + 2 * 7.2, 108 + 5 * 7.2)
    assert round(line["top"], 1) == 81.0  # one point under the baseline


def test_a_watermark_is_seen_but_not_copied() -> None:
    body = script(Action(text=plain("Wind.")))
    marked = drawn(body, watermark="For Odile only")
    assert "Odile" not in marked.pages[0].extract_text()
    assert marked.pages[0].get_contents().get_data() != drawn(body).pages[0].get_contents().get_data()


def test_a_watermark_in_other_letters_is_drawn_and_what_no_font_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHCUT_FONTS", "")
    body = script(Action(text=plain("Wind.")))
    assert reported(body, watermark="Łódź Αθήνα Москва") == []
    [loss] = reported(body, watermark="Odile \U0001e900")
    assert (loss.code, "the watermark" in loss.message) == ("pdf.missing-glyph", True)


def test_bookmarks_show_acts_sections_and_numbered_scenes() -> None:
    body = script(
        NewAct(text=plain("Act One")),
        SceneHeading(text=plain("Int. Barn - Day"), number="12A"),
        Section(text=plain("The flood"), level=1),
        SceneHeading(text=plain("EXT. FIELD")),
    )
    assert bookmarks(drawn(body).outline) == ["Act One", ["12A  INT. BARN - DAY"], "The flood", ["EXT. FIELD"]]
    assert drawn(body, bookmarks=False).outline == []


def bookmarks(outline: list[object]) -> list[object]:
    return [bookmarks(one) if isinstance(one, list) else one["/Title"] for one in outline]  # type: ignore[index]


def test_bookmarks_may_jump_over_levels() -> None:
    body = script(
        Section(text=plain("Deep"), level=40),
        Section(text=plain("Less"), level=3),
        Section(text=plain("Top")),
        Action(text=plain("x")),
    )
    assert bookmarks(drawn(body).outline) == ["Deep", "Less", "Top"]


def test_page_labels_are_the_printed_page_numbers() -> None:
    body = script(
        Action(text=plain("One.")),
        PageMark(label="2", locked=True),
        Action(text=plain("Two.")),
        PageMark(label="2A", locked=True),
        Action(text=plain("Two A.")),
        title="Labels",
    )
    pages = paginate(body).all
    assert drawn(body).page_labels == [page.label or "" for page in pages]
    assert drawn(body).page_labels[-2:] == ["2", "2A"]


def test_metadata_is_the_title_pages_and_no_clock() -> None:
    about = drawn(script(Action(text=plain("x")), title="The Tide Book")).metadata
    assert about is not None
    assert about.title == "The Tide Book"
    assert about.creator == "matchcut"
    assert "anonymous" not in str(about)


@given(st.lists(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=12), max_size=6))
@few(20)
def test_plain_lines_are_drawn_the_same_run_by_run(lines: list[str]) -> None:
    screenplay = script(*(General(text=plain(words)) for words in lines if words), Action(text=plain("a (b) \\c")))
    short = pdf.write(screenplay)
    with mock.patch("writers.pdf.draw._is_plain", lambda _: False):
        assert pdf.write(screenplay) == short


def test_the_same_script_gives_the_same_bytes() -> None:
    body = script(Action(text=plain("Größe Łódź Москва 日本")), title="Twice")
    assert pdf.write(body) == pdf.write(body)


@pytest.mark.parametrize(
    "words", ["</para><b>&amp;", "(un(balanced\\", "%PDF BT ET Tj", "<img src='file:///etc/hosts'/>"]
)
def test_markup_stays_letters(words: str) -> None:
    reader = drawn(script(Action(text=plain(words)), title=words))
    assert words in reader.pages[1].extract_text()
    assert "/Annots" not in reader.pages[1]


def test_controls_never_reach_the_page() -> None:
    assert "abc" in drawn(script(Action(text=plain(CONTROLS)))).pages[0].extract_text()


def test_colours_are_drawn_when_asked() -> None:
    red = Run(text="red", look=Look(color="#FF0000"))
    body = script(Action(text=(red, *plain(" black"))))
    assert b"1 0 0 rg" in drawn(body, colors=True).pages[0].get_contents().get_data()
    assert b" rg" not in drawn(body).pages[0].get_contents().get_data()


def test_revised_words_have_the_colour_of_their_revision_when_asked() -> None:
    sets = (RevisionSet(id=1, name="Blue", color="#0000FF"), RevisionSet(id=2, name="White"))
    runs = (
        Run(text="a ", revision=1),
        Run(text="b ", revision=2),
        Run(text="c", revision=1, look=Look(color="#FF0000")),
    )
    body = Screenplay(body=(Action(text=runs),), revisions=Revisions(sets=sets, active=1))
    contents = drawn(body, colors=True).pages[0].get_contents().get_data()
    assert contents.index(b"0 0 1 rg") < contents.index(b"0 g") < contents.index(b"1 0 0 rg")
    assert b" rg" not in drawn(body).pages[0].get_contents().get_data()


def test_notes_that_are_printed_are_grey_all_the_same() -> None:
    contents = drawn(script(Note(text="Two hams?"), Action(text=plain("Ham."))), notes=True).pages[0].get_contents()
    assert contents.get_data().index(b"0.502 0.502 0.502 rg") < contents.get_data().index(b"0 g")


def test_highlights_lie_behind_the_words() -> None:
    body = script(Action(text=(*plain("a "), Run(text="bc", look=Look(background="#FFFF00")))))
    data = pdf.write(body, pdf.Options(colors=True))
    [ground] = pdfplumber.open(io.BytesIO(data)).pages[0].rects
    assert (round(ground["x0"], 1), round(ground["x1"], 1)) == (108 + 2 * 7.2, 108 + 4 * 7.2)
    contents = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents().get_data()
    assert contents.index(b"1 1 0 rg") < contents.index(b"Tj")
    assert not pdfplumber.open(io.BytesIO(pdf.write(body))).pages[0].rects


def test_a_font_can_be_a_file(tmp_path: Path) -> None:
    copy = tmp_path / "Own.ttf"
    copy.write_bytes(PLEX.read_bytes())
    embedded = fonts(drawn(script(Action(text=(*plain("plain "), *plain("bold", Style.BOLD)))), font=str(copy)))
    assert all(embedded.values())
    assert all("IBMPlexMono" in name for name in embedded)


@pytest.mark.parametrize("font", ["No Such Family", "missing.ttf"])
def test_a_font_that_is_not_there_is_a_clear_error(font: str) -> None:
    with pytest.raises(UsageError, match="font"):
        pdf.write(script(Action(text=plain("x"))), pdf.Options(font=font))


def test_an_empty_script_is_one_empty_page() -> None:
    assert len(drawn(Screenplay()).pages) == 1


def test_a_sheet_of_general_lines_is_drawn_as_it_stands() -> None:
    sheet = (General(text=plain("THE TIDE BOOK")),)
    reader = drawn(Screenplay(body=(Action(text=plain("x")),), title_page=TitlePage(sheets=(sheet,))))
    assert "THE TIDE BOOK" in reader.pages[0].extract_text()


def spoken(name: str, said: str) -> Speech:
    return Speech(cue=Character(text=plain(name)), parts=(Dialogue(text=plain(said)),))


@pytest.mark.parametrize(
    ("element", "word", "count"),
    [
        (Action(text=plain("x" * 10_000)), "x", 10_000),
        (spoken("ANNA", "The bell has not rung. " * 800), "bell", 800),
        (SceneHeading(text=plain("CORRIDOR " * 11_111), number="1"), "CORRIDOR", 11_111),
        (SceneHeading(text=plain("INT. A"), number="1" * 100_000), "INT", 1),
        (spoken("ANNA " * 20_000, "No."), "ANNA", 20_000),
    ],
    ids=["a word longer than a page", "a speech of ten pages", "a heading", "a scene number", "a cue"],
)
def test_what_is_longer_than_it_ought_to_be_is_printed(element: Element, word: str, count: int) -> None:
    data = pdf.write(script(element), limits=Limits(max_seconds=20))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert text.replace("\n", "").count(word) == count


@pytest.mark.long
def test_ten_thousand_dual_dialogues_are_printed() -> None:
    pair = DualDialogue(left=spoken("ANNA", "Who is there?"), right=spoken("BO", "Nobody."))
    data = pdf.write(script(*[pair] * 10_000), limits=Limits(max_seconds=60))
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 556  # 18 pairs of 3 lines to a page
