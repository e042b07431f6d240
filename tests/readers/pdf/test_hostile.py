"""PDFs that are broken or mean harm: an error of ours, in time, and the caller lives."""

from __future__ import annotations

import io
import sys
import time
import zlib
from contextlib import suppress
from dataclasses import replace

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf._codecs._codecs import LzwCodec
from pypdf.errors import FileNotDecryptedError

from converter.contract import (
    DEFAULT_LIMITS,
    ConverterError,
    Diagnostic,
    EncryptedError,
    FormatError,
    LimitError,
    Limits,
    NoTextError,
    Source,
)
from converter.readers.pdf import Options, isolate, read, read_pages
from converter.readers.pdf.streams import _unpacks_lzw
from converter.tree import Position, Run, words
from tests.cost import seconds
from tests.examples import few
from tests.readers.pdf.build import file, pdf, stream, text

SCRIPT = pdf(text(108, 80, "INT. PIER - DAY") + text(108, 104, "Rain falls."), text(108, 80, "More rain."))
FORM = "/Type/XObject/Subtype/Form/Resources<</Font 3 0 R/XObject<</X 50 0 R/Y 51 0 R>>>>"


def read_here(data: bytes, limits: Limits = DEFAULT_LIMITS) -> object:
    return read(Source("a.pdf", data), Options(isolate=False), limits=limits)


def test_the_child_process_reads_what_is_read_here() -> None:
    assert read(Source("a.pdf", SCRIPT)) == read_here(SCRIPT)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(FormatError, match="not a PDF"):
        read(Source("a.pdf", b"INT. PIER - DAY"))


@pytest.mark.parametrize("isolated", [True, False])
def test_a_pdf_of_pictures_speaks_of_ocr(isolated: bool) -> None:
    with pytest.raises(NoTextError, match="OCR"):
        read(Source("a.pdf", pdf("0 0 612 792 re f")), Options(isolate=isolated))


@pytest.mark.parametrize("isolated", [True, False])
def test_a_pdf_with_a_password_says_so(isolated: bool) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(SCRIPT))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(EncryptedError, match="password"):
        read(Source("a.pdf", out.getvalue()), Options(isolate=isolated))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_file_that_ends_early_is_damaged_or_still_read(share: float) -> None:
    try:
        read_here(SCRIPT[: int(len(SCRIPT) * share)])
    except FormatError as error:
        assert "\n" not in error.message


def test_a_page_whose_words_cannot_be_unpacked_is_told_and_the_others_are_read() -> None:
    report: list[Diagnostic] = []
    data = pdf(text(108, 80, "Rain."), text(108, 80, "Gone.")).replace(b"BT /F 12", b"BT /Z 12", 2)
    data = data.replace(b"BT /Z 12", b"BT /F 12", 1)
    pages = read_pages(Source("a.pdf", data), Options(isolate=False), report.append).pages
    assert [len(page.lines) for page in pages] == [1, 0]
    assert [(one.code, one.at.page) for one in report if one.at] == [("pdf.broken-page", 2)]


def codes_of(data: bytes) -> list[tuple[str, int | None]]:
    report: list[Diagnostic] = []
    read_pages(Source("a.pdf", data), Options(isolate=False), report.append)
    return [(one.code, one.at.page if one.at else None) for one in report]


def packed(words: str, entries: str = "") -> bytes:
    """A page of one drawing that is compressed, after a page that is not."""
    return pdf(text(108, 80, "Rain."), "/X Do", objects={50: stream(words.encode(), FORM + entries, flate=1)})


LINES = "".join(text(108, 80 + 12 * row, f"Row {row} of the pier at night.") for row in range(40))


def test_a_flipped_bit_of_a_compressed_stream_is_told_with_its_page() -> None:
    whole = packed(LINES)
    assert codes_of(whole) == []
    start = whole.index(b"stream\n", whole.index(b"50 0 obj")) + 7
    end = whole.index(b"\nendstream", start)
    for place in range(start + 2, end, (end - start) // 25):
        data = bytearray(whole)
        data[place] ^= 4
        assert ("pdf.broken-page", 2) in codes_of(bytes(data)), place - start


def test_a_compressed_stream_that_ends_early_is_told() -> None:
    short = zlib.compress(LINES.encode())[:-40]
    form = f"<</Length {len(short)}/Filter/FlateDecode{FORM}>>stream\n".encode() + short + b"\nendstream"
    assert codes_of(pdf(text(108, 80, "Rain."), "/X Do", objects={50: form})) == [("pdf.broken-page", 2)]


def test_damage_in_a_drawing_that_a_page_does_not_use_is_not_its_own() -> None:
    form = bytearray(stream(LINES.encode(), FORM, flate=1))
    form[len(form) // 2 + 60] ^= 1
    objects = {50: bytes(form)}
    assert codes_of(pdf(text(108, 80, "Rain."), objects=objects)) == []
    assert codes_of(pdf(text(108, 80, "Rain.") + "/X Do", objects=objects)) == [("pdf.broken-page", 1)]


def test_contents_of_a_page_that_do_not_unpack_are_told() -> None:
    damaged = bytearray(stream(LINES.encode(), flate=1))
    damaged[len(damaged) // 2] ^= 1
    data = pdf(text(108, 80, "Rain."), objects={60: bytes(damaged)})
    assert codes_of(data) == []
    data = data.replace(b"/Contents 101 0 R", b"/Contents[101 0 R 60 0 R]")
    assert codes_of(data) == [("pdf.broken-page", 1)]


def test_lzw_unpacks_whole_or_is_told() -> None:
    # PDF 32000-1, 7.4.4.2: the bytes 45 45 45 45 45 65 45 45 45 66
    example = bytes.fromhex("800b6050220c0c8501")
    assert _unpacks_lzw(example, 100)
    assert not _unpacks_lzw(example[:-2], 100)  # no code ends it
    assert not _unpacks_lzw(bytes.fromhex("800b6fd0220c0c8501"), 100)  # a code that the table does not have yet
    assert _unpacks_lzw(example[:-2], 2)  # too long, which is for others to say
    long = bytes(range(256)) * 40  # widths of 9 to 12 bits
    packed = LzwCodec().encode(long)
    assert _unpacks_lzw(packed, len(long))
    assert not _unpacks_lzw(packed[:-3], len(long))
    cut = f"<</Length {len(packed) - 9}/Filter/LZWDecode{FORM}>>stream\n".encode() + packed[:-9] + b"\nendstream"
    assert codes_of(pdf(text(108, 80, "Rain."), text(108, 80, "Rain.") + "/X Do", objects={50: cut})) == [
        ("pdf.broken-page", 2)
    ]


def test_damaged_names_of_letters_are_told() -> None:
    table = stream(b"1 beginbfrange <20> <7e> <0020> endbfrange", flate=1)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Courier/ToUnicode 61 0 R>>"
    page = "/Resources<</Font<</F 60 0 R>>>>"
    assert codes_of(pdf(text(108, 80, "Rain."), page=page, objects={60: font, 61: table})) == []
    cut = bytearray(table)
    cut[-14] ^= 1
    assert codes_of(pdf(text(108, 80, "Rain."), page=page, objects={60: font, 61: bytes(cut)}))


# ---------------------------------------------------------------- loops and explosions


def test_letters_named_again_and_again_end_in_a_limit() -> None:
    table = stream(b"1 beginbfrange" + b"<0000><ffff><0020>" * 3 + b"endbfrange")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Courier/ToUnicode 61 0 R>>"
    page = "/Resources<</Font<</F 60 0 R>>>>"
    with pytest.raises(LimitError, match="names its letters"):
        read_here(pdf(text(108, 80, "Rain."), page=page, objects={60: font, 61: table}))
    once = stream(b"1 beginbfrange" + b"<0000><ffff><0020>" * 2 + b"endbfrange")
    assert read_here(pdf(text(108, 80, "Rain."), page=page, objects={60: font, 61: once}))


@pytest.mark.parametrize("widths", ["0 65535 600 " * 3, f"0 [{'600 ' * 50_000}]" * 3])
def test_widths_given_again_and_again_end_in_a_limit(widths: str) -> None:
    font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[61 0 R]>>"
    objects = {60: font, 61: f"<</Type/Font/Subtype/CIDFontType2/DW 600/W[{widths}]>>".encode()}
    with pytest.raises(LimitError, match="names its letters"):
        read_here(pdf(text(108, 80, "Rain."), page="/Resources<</Font<</F 60 0 R>>>>", objects=objects))


@pytest.mark.parametrize("unicode", [True, False])
def test_fonts_share_what_they_may_cost(unicode: bool) -> None:
    """Each alone is within its limit, and all have one table."""
    kind = (
        "/Subtype/Type1/BaseFont/Courier/ToUnicode" if unicode else "/Subtype/Type0/Encoding/Identity-H/DescendantFonts"
    )
    table = stream(b"1 beginbfrange" + b"<0000><ffff><0020>" * 2 + b"endbfrange")
    widths = f"<</Type/Font/Subtype/CIDFontType2/DW 600/W[{'0 65535 600 ' * 2}]>>".encode()
    objects = {61: table if unicode else widths}
    objects |= {200 + at: f"<</Type/Font{kind}{' 61 0 R' if unicode else '[61 0 R]'}>>".encode() for at in range(9)}

    def page(count: int) -> bytes:
        named = " ".join(f"/F{at} {200 + at} 0 R" for at in range(count))
        content = "".join(text(108, 80 + 12 * at, "Rain", f"F{at}") for at in range(count))
        return pdf(content, page=f"/Resources<</Font<<{named}>>>>", objects=objects)

    assert read_here(page(6))
    with pytest.raises(LimitError, match="fonts of this PDF"):
        read_here(page(9))


def test_pages_that_share_their_contents_share_a_limit() -> None:
    content = text(108, 80, "Rain.") + "q Q " * 20_000
    limits = Limits(pdf_stream_bytes=200_000)

    def shared(count: int) -> bytes:
        data = pdf(*[""] * count, objects={60: stream(content.encode(), flate=1)})
        for at in range(count):
            data = data.replace(f"/Contents {101 + 2 * at} 0 R".encode(), b"/Contents 60 0 R")
        return data

    assert read_here(shared(2), limits)
    with pytest.raises(LimitError, match="draws too much"):
        read_here(shared(9), limits)


def test_a_form_that_draws_itself_ends() -> None:
    loop = stream(text(108, 100, "Round.").encode() + b" /X Do /Y Do", FORM)
    assert read_here(pdf("/X Do", objects={50: loop, 51: loop}))


def test_forms_that_multiply_end_in_a_limit() -> None:
    twenty = b"".join(b"/Y Do " for _ in range(200))
    objects = {50: stream(twenty, FORM), 51: stream(b"/Z Do " * 200, FORM.replace("/Y 51", "/Z 52"))}
    objects[52] = stream(text(108, 80, "x").encode(), FORM)
    with pytest.raises(LimitError):
        read_here(pdf("/X Do", objects=objects))


def test_a_stream_that_explodes_ends_in_a_limit() -> None:
    bomb = stream(b"(a) Tj " * 5_000_000, flate=2)
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[4 0 R]>>"}
    objects[4] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 50 0 R>>"
    with pytest.raises(LimitError):
        read_here(file({**objects, 50: bomb}))


def test_a_tree_of_pages_that_loops_ends() -> None:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"}
    with pytest.raises(ConverterError):
        read_here(file(objects))


def test_too_many_pages_and_letters_end_in_a_limit() -> None:
    with pytest.raises(LimitError, match="pdf_pages"):
        read_here(SCRIPT, replace(DEFAULT_LIMITS, pdf_pages=1))
    with pytest.raises(LimitError, match="pdf_page_glyphs"):
        read_here(SCRIPT, replace(DEFAULT_LIMITS, pdf_page_glyphs=10))
    with pytest.raises(LimitError, match="input_bytes"):
        read_here(SCRIPT, replace(DEFAULT_LIMITS, input_bytes=100))
    with pytest.raises(LimitError, match="text_characters"):
        read_here(SCRIPT, replace(DEFAULT_LIMITS, text_characters=20))


def test_a_child_that_takes_too_long_is_ended() -> None:
    start = time.monotonic()
    with pytest.raises(LimitError, match="seconds"):
        read(Source("a.pdf", SCRIPT), limits=replace(DEFAULT_LIMITS, max_seconds=0.01))
    assert time.monotonic() - start < 20


def test_a_child_that_dies_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolate, "_START", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(LimitError, match="want of memory"):
        read(Source("a.pdf", SCRIPT))


def test_no_child_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(LimitError, match="isolate=no reads it without"):
        read(Source("a.pdf", SCRIPT))
    assert read(Source("a.pdf", SCRIPT), Options(isolate=False)).body


@pytest.mark.parametrize(
    ("error", "ours"),
    [(FileNotDecryptedError(), EncryptedError), (MemoryError(), LimitError), (RecursionError(), LimitError)],
)
def test_what_comes_up_in_the_middle_is_our_error(
    monkeypatch: pytest.MonkeyPatch, error: Exception, ours: type[ConverterError]
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(pypdf.PageObject, "get_contents", fail)
    with pytest.raises(ours):
        read_here(SCRIPT)


def test_the_child_takes_nothing_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere.py")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    assert read(Source("a.pdf", SCRIPT))


@pytest.mark.timing
@pytest.mark.parametrize("shape", ["(", "[", "<<", "(a) Tj ", "1 ", "%", "BI ", "/", "q ", "\\", "<4", "0 0 1 1 re S "])
def test_long_nonsense_takes_linear_time(shape: str) -> None:
    def read_nonsense(count: int) -> None:
        with suppress(ConverterError):
            read_pages(Source("a.pdf", pdf("BT /F 12 Tf 108 712 Td (x) Tj " + shape * count)), Options(isolate=False))

    less, more = (seconds(read_nonsense, count) for count in (15_000, 60_000))
    assert more < 8 * less + 0.5


@few(40)
@given(st.lists(st.tuples(st.integers(0, len(SCRIPT) - 1), st.binary(min_size=1, max_size=3)), min_size=1, max_size=6))
def test_bytes_changed_anywhere_give_a_screenplay_or_an_error(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(SCRIPT)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        read_here(bytes(data))
    except ConverterError as error:
        assert error.message


@few(40)
@given(st.binary(max_size=300))
def test_any_content_gives_a_screenplay_or_an_error(content: bytes) -> None:
    data = pdf("BT /F 12 Tf 108 712 Td (x) Tj " + content.decode("latin-1"))
    try:
        read_here(data)
    except ConverterError as error:
        assert error.message


@pytest.mark.parametrize("name", ["JBIG2Decode", "JPXDecode", "Crypt", "Nonsense", "BrotliDecode", "#00", "DCTDecode"])
@pytest.mark.parametrize("entries", ["", "/DecodeParms<</Predictor 99/Columns 0/Colors -1>>", "/DecodeParms 7"])
def test_a_filter_that_is_not_known_is_damage_of_its_page(name: str, entries: str) -> None:
    form = f"<</Length 1/Filter[/{name}]{entries}{FORM}>>stream\nx\nendstream".encode()
    data = pdf(text(108, 80, "Rain."), text(108, 80, "Snow.") + "/X Do", objects={50: form})
    report: list[Diagnostic] = []
    pages = read_pages(Source("a.pdf", data), Options(isolate=False), report.append).pages
    assert [line.text[0].text for line in pages[0].lines if isinstance(line.text[0], Run)] == ["Rain."]
    if name in {"JBIG2Decode", "Nonsense", "BrotliDecode"}:
        assert ("pdf.broken-page", 2) in [(one.code, one.at.page) for one in report if one.at]


@pytest.mark.parametrize("lock", ["/V 9/R 9", "/V 5/R 6/StmF/X/CF<</X<</CFM/Nope>>>>", "/V 4/R 4", "/V/x/R/y", ""])
def test_a_lock_that_is_not_known_is_an_error_of_ours(lock: str) -> None:
    entries = f"<</Filter/Standard{lock}/O({'o' * 32})/U({'u' * 32})/P -4>>".encode()
    data = pdf(text(108, 80, "Rain."), objects={60: entries}).replace(
        b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 60 0 R/ID[<00><00>]"
    )
    with suppress(ConverterError):
        read_here(data)


def test_labels_that_are_nested_too_deep_are_none() -> None:
    nested = "".join("<</Kids[" for _ in range(200)) + "]>>" * 200
    data = pdf(text(108, 80, "Rain.")).replace(b"/Pages 2 0 R>>", f"/Pages 2 0 R/PageLabels {nested}>>".encode())
    assert read_here(data)


def test_the_library_is_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    data = pdf(text(108, 80, "Rain.")).replace(b"startxref\n", b"startxref\n1")
    with suppress(pypdf.errors.PyPdfError):
        pypdf.PdfReader(io.BytesIO(data), strict=False)  # it was heard before, and its loggers remember that
    capfd.readouterr()
    read_here(data)
    assert capfd.readouterr() == ("", "")


def test_control_characters_are_taken_out_of_the_lines_and_told() -> None:
    report: list[Diagnostic] = []
    data = pdf(text(108, 80, "Ra\x08in\x07 &amp\x1b; sn\now.") + text(108, 104, "More."))
    read(Source("a.pdf", data), Options(isolate=False), report.append)
    pages = read_pages(Source("a.pdf", data), Options(isolate=False)).pages
    assert words(pages[0].lines[0].text) == "Rain &amp; sn ow."
    told = [one for one in report if one.code == "text.control-characters"]
    assert [(one.message, one.at) for one in told] == [
        ("Left out 3 control characters; no script can hold them.", Position(page=1))
    ]


def test_a_title_page_of_a_mile_has_no_line_for_each_twelve_points() -> None:
    title = "".join(text(250, 300 + 12 * row, line) for row, line in enumerate(("THE TIDE", "", "by", "", "Odile")))
    low = "BT /F 12 Tf 1 0 0 1 108 -9000000 Tm (Far below) Tj ET\n"
    data = pdf(title + low, text(108, 80, "INT. PIER - DAY") + text(108, 104, "Rain."), box="[0 -9999999 612 792]")
    screenplay = read(Source("a.pdf", data), Options(isolate=False))
    assert screenplay.title_page is None or all(len(sheet) < 500 for sheet in screenplay.title_page.sheets)


def test_a_note_over_a_page_cannot_act_on_a_terminal() -> None:
    note = "/Annots[<</Type/Annot/Subtype/FreeText/Rect[90 90 300 120]/Contents(Cut\x7f \x1b this)>>]"
    report: list[Diagnostic] = []
    read_pages(Source("a.pdf", pdf(text(108, 80, "Rain."), page=note)), Options(isolate=False), report.append)
    assert [one.message for one in report if one.code == "pdf.note" and not one.message.isprintable()] == []


def test_lines_are_no_farther_from_each_other_than_paper_is_large() -> None:
    far = "BT /F 12 Tf 1 0 0 1 9000000 -9000000 Tm (Far) Tj ET\n"
    (page,) = read_pages(Source("a.pdf", pdf(text(108, 80, "Rain.") + far)), Options(isolate=False)).pages
    assert [(line.x, line.y) for line in page.lines] == [(108, 80), (14_400, 14_400)]
