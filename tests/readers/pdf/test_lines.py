"""From a PDF's operators to lines: words, places, styles."""

from __future__ import annotations

import pytest

from converter.contract import Diagnostic, Source
from converter.readers.pdf import Options, read_pages
from converter.tree import Style
from tests.readers.pdf.build import COURIER, pdf, stream, text

IN_PROCESS = Options(isolate=False)


def lines(data: bytes) -> list[tuple[float, float, str]]:
    pages = read_pages(Source("a.pdf", data), IN_PROCESS).pages
    return [
        (round(line.x, 1), round(line.y, 1), "".join(run.text for run in line.text))
        for page in pages
        for line in page.lines
    ]


def runs(data: bytes) -> list[tuple[str, Style]]:
    pages = read_pages(Source("a.pdf", data), IN_PROCESS).pages
    return [(run.text, run.style) for page in pages for line in page.lines for run in line.text]


def test_places_count_from_the_top_left_corner() -> None:
    assert lines(pdf(text(108, 80, "Rain."))) == [(108, 80, "Rain.")]


def test_letters_drawn_one_by_one_make_words() -> None:
    letters = "".join(text(108 + 7 * place, 80, char) for place, char in enumerate("Rain falls."))
    assert lines(pdf(letters)) == [(108, 80, "Rain falls.")]


def test_the_order_of_drawing_is_not_the_order_of_reading() -> None:
    assert lines(pdf(text(108, 104, "second") + text(108, 80, "first"))) == [(108, 80, "first"), (108, 104, "second")]


def test_what_is_drawn_twice_at_one_place_is_there_once() -> None:
    assert lines(pdf(text(252, 728, "(MORE)") + text(252, 728, "(MORE)"))) == [(252, 728, "(MORE)")]


def test_twin_letters_side_by_side_stay_two() -> None:
    assert lines(pdf(text(108, 80, "Anna, poor Anna"))) == [(108, 80, "Anna, poor Anna")]


def test_room_between_words_is_a_blank_where_no_blank_is_drawn() -> None:
    words = text(108, 80, "Rain") + text(108 + 5 * 7.2, 80, "falls.") + text(108 + 13 * 7.2, 80, "Again.")
    assert lines(pdf(words)) == [(108, 80, "Rain falls.  Again.")]


def test_columns_side_by_side_are_lines_of_their_own() -> None:
    page = text(108, 80, "Left words here") + text(333, 80, "right words here")
    assert lines(pdf(page)) == [(108, 80, "Left words here"), (333, 80, "right words here")]


def test_where_blanks_are_drawn_a_small_gap_parts_columns_too() -> None:
    page = text(108, 80, "a left column that is quite full.") + text(108 + 33 * 7.2 + 6, 80, "and its right one")
    assert [line[2] for line in lines(pdf(page))] == ["a left column that is quite full.", "and its right one"]


def test_strings_drawn_over_each_other_stay_two() -> None:
    page = text(108, 80, "INT. A VERY LONG ROAD") + text(108 + 18 * 7.2 + 3, 80, "110A")
    assert [line[2] for line in lines(pdf(page))] == ["INT. A VERY LONG ROAD", "110A"]


def test_a_letter_that_falls_on_its_like_is_kept() -> None:
    page = text(108, 80, "October") + text(108 + 3 * 7.2, 80, "ocean")
    assert [line[2] for line in lines(pdf(page))] == ["October", "ocean"]


def test_uneven_baselines_of_a_scan_are_one_line() -> None:
    words = text(108, 80.9, "Rain") + text(144, 79.3, "falls") + text(187, 80.2, "here.")
    assert [line[2] for line in lines(pdf(words))] == ["Rain falls here."]


def test_invisible_words_over_a_picture_are_read() -> None:
    assert lines(pdf("3 Tr " + text(108, 80, "Scanned words."))) == [(108, 80, "Scanned words.")]


def test_strings_with_brackets_escapes_and_digits() -> None:
    page = r"BT /F 12 Tf 108 712 Td (\(a\) (b) \\ \143\053) Tj 0 -12 Td <52 61 696E> Tj ET"
    assert [line[2] for line in lines(pdf(page))] == [r"(a) (b) \ c+", "Rain"]


def test_spaced_strings_and_line_operators() -> None:
    page = "BT /F 12 Tf 14 TL 108 712 Td [(Ra)-10(in)] TJ T* (falls) Tj (again) ' ET"
    assert lines(pdf(page)) == [(108, 80, "Rain"), (108, 94, "falls"), (108, 108, "again")]


# Words at (x, y, words, size), and the lines that they make.
RAISED: dict[str, tuple[list[tuple[float, float, str, float]], list[str]]] = {
    "Raised letters stay in their word.": (
        [(108, 80, "Le 2", 12), (136.8, 76, "nd", 7), (150, 80, "jour", 12)],
        ["Le 2nd jour"],
    ),
    "Lowered letters stay in their word.": (
        [(108, 80, "H", 12), (115.2, 83, "2", 7), (119.4, 80, "O", 12)],
        ["H2O"],
    ),
    "Raised letters end a line.": ([(108, 80, "the 2", 12), (144, 75, "nd", 7)], ["the 2nd"]),
    "Raised letters may stand a little away, and are drawn further than they are wide.": (
        [(108, 80, "le 1", 12), (145, 76, "er", 7), (156, 80, "jour", 12)],
        ["le 1er jour"],
    ),
    "Small letters far from a word are none of it.": (
        [(108, 80, "le 1", 12), (147, 76, "er", 7)],
        ["er", "le 1"],
    ),
    "Letters as large as the word are no raised ones.": (
        [(108, 80, "le 1", 12), (136.8, 76, "er", 11)],
        ["er", "le 1"],
    ),
    "Small letters far above are a line.": ([(108, 80, "le 1", 12), (136.8, 72, "er", 7)], ["er", "le 1"]),
    "Small letters before a word are a line.": ([(108, 80, "jour", 12), (96, 76, "er", 7)], ["er", "jour"]),
    "Small letters over the next word are a line.": (
        [(108, 80, "le 1", 12), (136.8, 76, "small one", 7), (144, 80, "jour de la nuit", 12)],
        ["small one", "le 1", "jour de la nuit"],
    ),
    "Small letters after a blank are a line.": ([(108, 80, "le ", 12), (129.6, 76, "er", 7)], ["er", "le"]),
    "Of two small words each goes to the word that it stands at.": (
        [(108, 80, "2", 12), (115.2, 76, "nd", 7), (300, 80, "3", 12), (307.2, 76, "rd", 7)],
        ["2nd", "3rd"],
    ),
}


@pytest.mark.parametrize("rule", RAISED)
def test_small_letters_beside_a_word_are_raised(rule: str) -> None:
    words, expected = RAISED[rule]
    drawn = "".join(text(x, y, said, size=size) for x, y, said, size in words)
    assert [said for _, _, said in lines(pdf(drawn))] == expected


# ---------------------------------------------------------------- styles


def test_faces_make_bold_and_italic() -> None:
    page = text(108, 80, "plain ") + text(151.2, 80, "bold", "B") + text(180, 80, " slanted", "I")
    assert runs(pdf(page)) == [("plain ", Style(0)), ("bold", Style.BOLD), (" slanted", Style.ITALIC)]


@pytest.mark.parametrize(
    "rule", ["151.2 711 28.8 0.6 re f", "151.2 711 m 180 711 l S", "0.5 w 151.2 710.5 m 180 710.5 l s"]
)
def test_a_rule_under_words_underlines_them(rule: str) -> None:
    drawn = runs(pdf(text(108, 80, "plain under plain") + rule))
    assert drawn == [("plain ", Style(0)), ("under", Style.UNDERLINE), (" plain", Style(0))] or drawn == [
        ("plain ", Style(0)),
        ("unde", Style.UNDERLINE),
        ("r plain", Style(0)),
    ]


def test_a_rule_through_words_strikes_them_out() -> None:
    assert runs(pdf(text(108, 80, "gone") + "108 715.4 28.8 0.6 re f")) == [("gone", Style.STRIKEOUT)]


def test_a_rule_across_the_page_is_no_underline() -> None:
    assert runs(pdf(text(108, 80, "plain") + "72 711 468 0.6 re f")) == [("plain", Style(0))]


def test_bold_by_a_second_copy_or_by_outlines_and_italic_by_a_slant() -> None:
    assert runs(pdf(text(108, 80, "twice") + text(108.4, 80, "twice"))) == [("twice", Style.BOLD)]
    assert runs(pdf("2 Tr " + text(108, 80, "outlined"))) == [("outlined", Style.BOLD)]
    slanted = "BT /F 12 Tf 1 0 0.21 1 108 712 Tm (sheared) Tj ET"
    assert runs(pdf(slanted)) == [("sheared", Style.ITALIC)]


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("rotation", "matrix"), [(90, "0 1 -1 0 80 108"), (180, "-1 0 0 -1 504 80"), (270, "0 -1 1 0 532 684")]
)
def test_a_turned_page_is_read_as_it_is_seen(rotation: int, matrix: str) -> None:
    page = f"BT /F 12 Tf {matrix} Tm (Turned.) Tj ET"
    assert lines(pdf(page, page=f"/Rotate {rotation}")) == [(108, 80, "Turned.")]


def test_a_cropped_page_begins_at_its_crop() -> None:
    data = pdf(text(118, 100, "Rain."), page="/CropBox[10 0 612 772]")
    assert lines(data) == [(108, 80, "Rain.")]


def test_a_page_label_is_kept() -> None:
    data = pdf(text(108, 80, "Rain.")).replace(b"<</Type/Catalog", b"<</PageLabels<</Nums[0<</P(12A)>>]>>/Type/Catalog")
    [page] = read_pages(Source("a.pdf", data), IN_PROCESS).pages
    assert page.label == "12A"


def test_words_at_an_angle_are_a_watermark() -> None:
    report: list[Diagnostic] = []
    data = pdf(text(108, 80, "Rain.") + "BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (SECRET) Tj ET")
    [page] = read_pages(Source("a.pdf", data), IN_PROCESS, report.append).pages
    assert len(page.lines) == 1
    assert [(one.code, "SECRET" in one.message) for one in report] == [("pdf.watermark", True)]


def test_words_in_a_form_are_read_where_it_stands() -> None:
    form = stream(text(8, 792 - 20, "Inside.").encode(), "/Type/XObject/Subtype/Form/Matrix[1 0 0 1 0 0]")
    assert lines(pdf("q 1 0 0 1 100 692 cm /X Do Q", objects={50: form})) == [(108, 80, "Inside.")]


# ---------------------------------------------------------------- fonts


def font_page(font: str, string: str, objects: dict[int, bytes] | None = None) -> bytes:
    return pdf(f"BT /T 12 Tf 108 712 Td {string} Tj ET", page=f"/Resources<</Font<</T {font}>>>>", objects=objects)


def test_differences_name_their_letters() -> None:
    font = COURIER.replace(
        "/Encoding/WinAnsiEncoding", "/Encoding<</Differences[1/Eacute/uni0142/quotedblleft/a.alt]>>"
    )
    assert lines(font_page(font, r"(\001\002\003\004)")) == [(108, 80, "\u00c9\u0142\u201ca")]


CMAP = b"""1 beginbfchar <0003> <0041> endbfchar
2 beginbfrange <0004> <0006> <0061> <0007> <0008> [<00660069> <4E2D>] endbfrange"""


def test_a_composite_font_is_read_through_its_unicode_table() -> None:
    font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 60 0 R/DescendantFonts[61 0 R]>>"
    objects = {60: stream(CMAP), 61: b"<</Type/Font/Subtype/CIDFontType2/DW 600/W[3[600 600] 5 8 600]>>"}
    assert lines(font_page(font, "<000300040005000600070008>", objects)) == [(108, 80, "Aabcfi\u4e2d")]


def test_a_range_from_nothing_on_names_every_code_as_itself() -> None:
    font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 60 0 R/DescendantFonts[61 0 R]>>"
    objects = {60: stream(b"1 beginbfrange <0000> <FFFF> <0000> endbfrange"), 61: b"<</Subtype/CIDFontType2/DW 500>>"}
    assert lines(font_page(font, "<00480069>", objects)) == [(108, 80, "Hi")]
    assert lines(font_page(font, "<D8000069>", objects)) == [(108, 80, "\ufffdi")]
    assert lines(font_page(font, "<00000069>", objects)) == [(108, 80, "\ufffdi")]


def test_a_letter_that_is_named_as_a_control_character_is_unknown() -> None:
    font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 60 0 R/DescendantFonts[61 0 R]>>"
    table = b"1 beginbfrange <0003> <0007> [<007F> <0080> <009F> <007E> <00A1>] endbfrange"
    objects = {60: stream(table), 61: b"<</Type/Font/Subtype/CIDFontType2/DW 600>>"}
    assert lines(font_page(font, "<00030004000500060007>", objects)) == [(108, 80, "\ufffd\ufffd\ufffd~\xa1")]


def test_letters_that_the_file_does_not_name_are_kept_as_signs_and_told() -> None:
    font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[61 0 R]>>"
    report: list[Diagnostic] = []
    data = font_page(font, "<00030004>", {61: b"<</Type/Font/Subtype/CIDFontType2/DW 600>>"})
    [page] = read_pages(Source("a.pdf", data), IN_PROCESS, report.append).pages
    assert [run.text for run in page.lines[0].text] == ["\ufffd\ufffd"]
    assert [one.code for one in report] == ["pdf.unknown-letters"]


def test_words_in_a_font_that_is_missing_are_told() -> None:
    report: list[Diagnostic] = []
    data = pdf(text(108, 80, "Rain.") + text(108, 104, "Lost.", "Q"))
    read_pages(Source("a.pdf", data), IN_PROCESS, report.append)
    assert [one.code for one in report] == ["pdf.broken-page"]


def test_the_pitch_is_that_of_most_lines() -> None:
    letters = "".join(text(108 + 7 * place, 80, char) for place, char in enumerate("Rain falls on the pier."))
    assert read_pages(Source("a.pdf", pdf(letters)), IN_PROCESS).pitch == 7.0


def test_letters_of_the_usual_size_are_no_title_however_narrow_they_are() -> None:
    narrow = COURIER.replace(
        "/Encoding/WinAnsiEncoding", "/FirstChar 32/Widths[" + "400 " * 95 + "]/Encoding/WinAnsiEncoding"
    )
    said = "Rain falls on all of the boards of the pier and on the boats."
    drawn = "".join(f"BT /T 12 Tf 150 {712 - 14 * row} Td ({said}) Tj ET\n" for row in range(5))
    large = "BT /T 24 Tf 240 500 Td (The Long Tide) Tj ET"
    data = pdf(drawn + large, page=f"/Resources<</Font<</T {narrow}>>>>")
    placed = lines(data)
    assert {x for x, _, text in placed if text == said} == {150}
    [(x, _, _)] = [one for one in placed if one[2] == "The Long Tide"]
    assert x > 240


SCANNED = (
    "Rain falls on the boards of the pier and on",
    "nobody who stands there, and the boats lie",
    "still. Odile waits for the tide to come in.",
)


def scanned(slope: float, rows: int = 20, gap: float = 12.0) -> str:
    """Words recognised one by one on a page that lay askew, each as wide as its ink, with a blank drawn after it."""
    drawn = ""
    for row in range(rows):
        x = 108.0
        for number, word in enumerate(SCANNED[row % 3].split()):
            drawn += text(x, 100 + 14 * row + slope * x + 0.2 * (7 * number % 5), word + " ", size=10 + row % 2)
            x += len(word) * 6 + gap
    return drawn


@pytest.mark.parametrize("slope", [-0.02, 0.0, 0.008, 0.03])
def test_the_words_of_a_scan_that_lay_askew_make_lines(slope: float) -> None:
    found = lines(pdf(scanned(slope)))
    assert [said for _, _, said in found] == [SCANNED[row % 3] for row in range(20)]
    assert [round(y - found[0][1]) for _, y, _ in found] == [14 * row for row in range(20)]


def test_words_of_a_scan_far_apart_are_lines_of_their_own() -> None:
    assert len(lines(pdf(scanned(0.01, gap=40)))) == sum(len(SCANNED[row % 3].split()) for row in range(20))
