"""What lies over a page: fields of a form are words of the page, notes are notes, stamps are marks."""

from __future__ import annotations

import subprocess
import sys

import pytest

from converter.contract import Diagnostic, Source
from converter.readers.pdf import Options, read, read_pages
from converter.tree import Note, Screenplay
from tests.readers.pdf.build import COURIER, pdf, stream, text
from writers import outline

FORM = "/Type/XObject/Subtype/Form"
RECT = "/Rect[108 400 308 420]"
FONT = f"/Resources<</Font<</F {COURIER}>>>>"


def with_annotations(*annotations: str, objects: dict[int, bytes] | None = None, content: str = "") -> bytes:
    page = "".join(text(108, 80 + 12 * row, f"Row {row} of the pier at night.") for row in range(0, 20, 2))
    return pdf(content or page, page=f"/Annots[{' '.join(annotations)}]", objects=objects)


def lines(data: bytes, report: list[Diagnostic] | None = None) -> list[tuple[float, float, str]]:
    found = read_pages(Source("a.pdf", data), Options(isolate=False), (report if report is not None else []).append)
    return [
        (round(line.x), round(line.y), "".join(run.text for run in line.text))
        for page in found.pages
        for line in page.lines
        if "Row" not in str(line.text)
    ]


def look(content: str, entries: str = "/BBox[0 0 200 20]") -> dict[int, bytes]:
    return {60: stream(content.encode(), FORM + FONT + entries)}


TYPED = "/Tx BMC q BT /F 12 Tf 2 5 Td (THE LONG OAR) Tj ET Q EMC"


def test_the_look_of_a_field_is_read_where_it_lies() -> None:
    field = f"<</Subtype/Widget/FT/Tx/V(THE LONG OAR){RECT}/AP<</N 60 0 R>>>>"
    assert lines(with_annotations(field, objects=look(TYPED))) == [(110, 387, "THE LONG OAR")]
    turned = look(TYPED, "/BBox[0 0 200 20]/Matrix[1 0 0 1 50 50]")
    assert lines(with_annotations(field, objects=turned)) == [(110, 387, "THE LONG OAR")]
    chosen = field.replace("/N 60 0 R", "/N<</On 60 0 R>>").replace("/Tx/V", "/Tx/AS/On/V")
    assert lines(with_annotations(chosen, objects=look(TYPED))) == [(110, 387, "THE LONG OAR")]


@pytest.mark.parametrize("empty", [{}, look("/Tx BMC EMC")])
def test_a_field_without_a_look_shows_its_value(empty: dict[int, bytes]) -> None:
    look_of = "/AP<</N 60 0 R>>" if empty else ""
    field = f"<</Subtype/Widget/FT/Tx/V(THE LONG OAR){RECT}{look_of}>>"
    [(x, y, words)] = lines(with_annotations(field, objects=empty))
    assert words == "THE LONG OAR"
    assert (x, 372 < y < 392) == (110, True)


def test_a_field_has_what_the_one_above_it_has() -> None:
    field = f"<</Subtype/Widget/Parent 61 0 R{RECT}>>"
    objects = {61: b"<</FT/Ch/V[(INT.)(EXT.)]>>"}
    assert [words for _, _, words in lines(with_annotations(field, objects=objects))] == ["INT."]
    loop = {61: b"<</Parent 61 0 R>>"}
    assert lines(with_annotations(field, objects=loop)) == []


def test_a_field_of_several_lines_and_buttons() -> None:
    field = "<</Subtype/Widget/FT/Tx/V(First line\\rSecond line)/Rect[108 360 308 420]>>"
    assert [words for _, _, words in lines(with_annotations(field))] == ["First line", "Second line"]
    button = f"<</Subtype/Widget/FT/Btn/V(Yes){RECT}>>"
    assert lines(with_annotations(button)) == []


def test_notes_are_read_as_notes() -> None:
    note = "<</Subtype/FreeText/Contents(Cut this?\\rAsk Ben.)/T(Ann)/Rect[400 700 500 740]>>"
    report: list[Diagnostic] = []
    found = read(Source("a.pdf", with_annotations(note)), Options(isolate=False), report.append)
    assert [one for one in found.body if isinstance(one, Note)] == [Note(text="Cut this?\nAsk Ben.", author="Ann")]
    assert "pdf.note" in {one.code for one in report}
    place = next(place for place, one in enumerate(found.body) if isinstance(one, Note))
    before = outline.to_text(Screenplay(body=found.body[:place]))
    assert "Row 0" in before
    assert "Row 4" not in before


def test_a_note_goes_after_the_element_that_it_lies_beside() -> None:
    rows = [
        (108, 80, "INT. PIER - DAY"),
        (108, 104, "Rain."),
        (252, 128, "MARA"),
        (180, 140, "You came."),
        (108, 164, "Snow."),
    ]
    content = "".join(text(*row) for row in rows)
    for top, place in ((85, 1), (108, 2), (132, 3), (170, 4), (300, 4)):
        note = f"<</Subtype/Text/Contents(Here)/Rect[400 {792 - top - 5} 420 {792 - top + 5}]>>"
        found = read(Source("a.pdf", with_annotations(note, content=content)), Options(isolate=False))
        [at] = [at for at, one in enumerate(found.body) if isinstance(one, Note)]
        assert at == place, (top, at)


@pytest.mark.parametrize("kind", ["Link", "Popup"])
def test_links_and_windows_say_nothing(kind: str) -> None:
    report: list[Diagnostic] = []
    assert lines(with_annotations(f"<</Subtype/{kind}/Contents(Here){RECT}>>"), report) == []
    assert report == []


@pytest.mark.parametrize("flags", [2, 32])
def test_what_is_hidden_is_not_read(flags: int) -> None:
    report: list[Diagnostic] = []
    assert lines(with_annotations(f"<</Subtype/FreeText/F {flags}/Contents(Here){RECT}>>"), report) == []
    assert report == []


def test_rich_words_lose_their_marks() -> None:
    note = f"<</Subtype/FreeText/RC(<body><p>Cut &amp; paste<br/>this</p></body>){RECT}>>"
    [(_, _, found)] = read_pages(Source("a.pdf", with_annotations(note)), Options(isolate=False)).notes
    assert found.text == "Cut & paste\nthis"


@pytest.mark.parametrize("kind", ["Stamp", "Watermark"])
def test_stamps_are_marks(kind: str) -> None:
    report: list[Diagnostic] = []
    stamp = f"<</Subtype/{kind}{RECT}/AP<</N 60 0 R>>>>"
    assert lines(with_annotations(stamp, objects=look(TYPED)), report) == []
    assert [(one.code, "THE LONG OAR" in one.message) for one in report] == [("pdf.watermark", True)]


@pytest.mark.parametrize(
    "broken", ["/Annots 7", "/Annots[7 null<<>>]", "/Annots[<</Subtype/Widget/FT/Tx/V(x)/Rect[1 2]>>]"]
)
def test_broken_annotations_are_none(broken: str) -> None:
    assert lines(pdf(text(108, 80, "Rain."), page=broken)) == [(108, 80, "Rain.")]


def test_what_pypdf_says_of_broken_annotations_does_not_reach_the_screen() -> None:
    note = f"<</Subtype/FreeText/Contents(Here)/DA 0 0 rg{RECT}>>".encode()
    data = with_annotations("70 0 R", objects={70: note})
    program = (
        "import sys; from converter.contract import Source; from converter.readers.pdf import Options, read_pages;"
        "read_pages(Source('a.pdf', sys.stdin.buffer.read()), Options(isolate=False))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    assert done.stderr == b""


def test_a_broken_annotation_takes_nothing_else_with_it() -> None:
    report: list[Diagnostic] = []
    broken = f"<</Subtype/Widget/FT/Tx{RECT}/AP<</N 60 0 R>>>>"
    note = "<</Subtype/FreeText/Contents(Here)/Rect[400 600 500 640]>>"
    objects = look(TYPED, "/BBox[0 0 /x 20]")
    found = read_pages(
        Source("a.pdf", with_annotations(broken, note, objects=objects)), Options(isolate=False), report.append
    )
    assert len(found.pages[0].lines) == 10
    assert [one.text for _, _, one in found.notes] == ["Here"]
    assert [one.code for one in report] == ["pdf.broken-page", "pdf.note"]
