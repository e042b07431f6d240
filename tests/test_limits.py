"""Each limit is met by an input that passes it: the error names it, its value and the option that raises it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from converter.api import Collector, read_bytes
from converter.contract import DEFAULT_LIMITS, LimitError, Limits, Source, ignore
from converter.layout.blocks import Builder
from converter.layout.style import PageOptions, Setup
from converter.readers import fountain, plain
from converter.safe.zip import open_zip
from converter.tree import Action, Run, Screenplay, Section
from tests.laws import READERS, WRITERS
from tests.readers.pdf import build
from writers import pdf

READER = {reader.name: reader for reader in READERS}
WRITER = {writer.name: writer for writer in WRITERS}
SCRIPT = b"INT. SHED - NIGHT\n\nRain.\n\nANN\nNow.\n\nMore rain.\n"


def read(name: str, data: bytes, limits: Limits, **options: object) -> object:
    reader = READER[name]
    return reader.read(Source("a", data), reader.options(**options), lambda _: None, limits)


def fdx(limits: Limits) -> object:
    paragraph = "<Paragraph Type='Action'><Text>Rain.</Text></Paragraph>"
    data = f"<FinalDraft DocumentType='Script' Version='5'><Content>{paragraph * 2}</Content></FinalDraft>"
    return read("fdx", data.encode(), limits)


def archive(limits: Limits) -> object:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("a", bytes(50_000))
        members.writestr("b", bytes(50_000))
    opened = open_zip(buffer.getvalue(), limits)
    return [opened.read(name) for name in opened.names()]


def drawn(limits: Limits) -> object:
    page = build.text(108, 80, "Rain falls, and more of it.") * 3
    return read("pdf", build.pdf(page, page), limits, isolate=False)


def paged(limits: Limits) -> object:
    return pdf.write(fountain.from_text("Rain.\n\n===\n\n" * 4 + "Sun."), limits=limits)


PASSED: dict[str, tuple[float, Callable[[Limits], object]]] = {
    "input_bytes": (20, lambda limits: read_bytes(SCRIPT, name="a.fountain", limits=limits)),
    "text_characters": (20, lambda limits: read("fountain", SCRIPT, limits)),
    "zip_members": (1, archive),
    "zip_member_bytes": (40_000, archive),
    "zip_total_bytes": (90_000, archive),
    "xml_depth": (2, fdx),
    "xml_elements": (5, fdx),
    "xml_attributes": (1, fdx),
    "pdf_pages": (1, drawn),
    "pdf_page_glyphs": (20, drawn),
    "output_pages": (2, paged),
    "max_seconds": (-1.0, paged),
}


@pytest.mark.parametrize("name", PASSED)
def test_a_limit_that_is_passed(name: str) -> None:
    value, work = PASSED[name]
    assert work(DEFAULT_LIMITS)
    with pytest.raises(LimitError) as caught:
        work(replace(DEFAULT_LIMITS, **{name: value}))  # type: ignore[arg-type]
    assert f"{name}=N" in str(caught.value)
    assert f"{value:,}" in caught.value.message or name == "max_seconds"


@pytest.mark.parametrize("name", [name for name in READER if name in WRITER])
def test_every_reader_counts_paragraphs_at_least_now_and_then(name: str) -> None:
    many = Screenplay(body=tuple(Action(text=(Run(text=f"Drop {number} falls."),)) for number in range(2500)))
    data = WRITER[name].write(many, WRITER[name].options(), lambda _: None, DEFAULT_LIMITS)
    with pytest.raises(LimitError, match=r"the limit is 1,000; Limits\(paragraphs=N\) allows more"):
        read(name, data, replace(DEFAULT_LIMITS, paragraphs=1_000))


def test_an_archive_that_is_packed_too_small() -> None:
    limits = replace(DEFAULT_LIMITS, zip_ratio=10, zip_ratio_from_bytes=60_000)
    with pytest.raises(LimitError, match="the limit is 10; .*zip_ratio=N"):
        archive(limits)
    assert archive(replace(limits, zip_ratio_from_bytes=200_000))


def test_a_part_of_a_pdf_that_is_too_large() -> None:
    data = build.file(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[4 0 R]>>", 4: PAGE, 5: BOMB}
    )
    with pytest.raises(LimitError, match="pdf_stream_bytes=N"):
        read("pdf", data, replace(DEFAULT_LIMITS, pdf_stream_bytes=10_000), isolate=False)


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R>>"
BOMB = build.stream(b"(a) Tj " * 20_000, flate=1)


def test_small_parts_of_a_pdf_that_are_drawn_again_and_again() -> None:
    objects = {50: build.stream(b"(a) Tj " * 1000, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]")}
    data = build.pdf("/X Do " * 6, objects=objects)
    with pytest.raises(LimitError, match="draws too much.*pdf_stream_bytes=N"):
        read("pdf", data, replace(DEFAULT_LIMITS, pdf_stream_bytes=10_000), isolate=False)


@pytest.mark.parametrize("from_text", [fountain.from_text, plain.from_text])
def test_text_from_python_has_a_limit_too(from_text: Callable[..., Screenplay]) -> None:
    with pytest.raises(LimitError, match="text_characters=N"):
        from_text("Rain falls.", limits=replace(DEFAULT_LIMITS, text_characters=10))


LONG = Screenplay(body=tuple(Action(text=(Run(text="Rain."),)) for _ in range(2_100)))


@pytest.mark.parametrize("name", [name for name in READER if name in WRITER and name not in ("pdf", "text")])
def test_every_reader_asks_how_late_it_is(name: str) -> None:
    written = WRITER[name].write(LONG, WRITER[name].options(), lambda _: None, DEFAULT_LIMITS)
    with pytest.raises(LimitError, match="max_seconds=N"):
        read(name, written, Limits(ends=0.0))


@pytest.mark.parametrize("name", ["fountain", "docx", "pdf", "text"])
def test_every_writer_asks_how_late_it_is(name: str) -> None:
    with pytest.raises(LimitError, match="max_seconds=N"):
        WRITER[name].write(LONG, WRITER[name].options(), lambda _: None, Limits(ends=0.0))


def test_pages_are_not_made_once_it_is_late() -> None:
    with pytest.raises(LimitError, match="max_seconds=N"):
        Builder(LONG, Setup(LONG, PageOptions(), ignore), Limits(ends=0.0).deadline())


def test_deeper_sections_are_flattened() -> None:
    text = "#" * 40 + " Deep"
    kept = read("fountain", text.encode(), replace(DEFAULT_LIMITS, nesting=3))
    assert [one.level for one in kept.body if isinstance(one, Section)] == [3]  # type: ignore[attr-defined]


def test_messages_are_kept_up_to_a_number_and_a_length() -> None:
    from converter.contract import Diagnostic, Kind

    report = Collector(Limits(diagnostics=2, message_characters=9))
    for _ in range(5):
        report(Diagnostic(Kind.WARNING, "a.b", "x" * 20))
    assert [len(one.message) for one in report.kept] == [9, 9]
    assert report.counts == {"a.b": 5}


def test_every_limit_stands_here() -> None:
    with open(__file__, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    names = {one.name for one in fields(Limits)} - {"ends"}
    assert {name for name in names if f"{name}=" not in text and f'"{name}"' not in text} == set()
