"""Pages that lie on their side, and sheets that hold two pages."""

from __future__ import annotations

import pytest

from converter.contract import Diagnostic, Source
from converter.readers.pdf import Options, read, read_pages
from converter.tree import Screenplay
from tests.readers.pdf.build import pdf, text
from writers import outline


def drawn(number: int, lines: int = 8) -> str:
    """A page of a script with its number."""
    rows = [(108, 80, f"INT. ROOM {'IVXLCDM'[number % 7]} - DAY")]
    for row in range(lines):
        y = 104 + 60 * row
        rows += [(108, y, "Rain falls on the boards, and on the boats."), (252, y + 24, ("MARA", "ODILE")[row % 2])]
        rows += [(180, y + 36, f"You came {number} times.")]
    return "".join(text(x, y, words) for x, y, words in rows) + text(500, 44, f"{number + 1}.")


def pages(data: bytes, report: list[Diagnostic] | None = None) -> list[tuple[float, float, list[str]]]:
    found = read_pages(Source("a.pdf", data), Options(isolate=False), (report if report is not None else []).append)
    return [
        (one.width, one.height, ["".join(run.text for run in line.text) for line in one.lines]) for one in found.pages
    ]


def body(data: bytes) -> str:
    return outline.to_text(Screenplay(body=read(Source("a.pdf", data), Options(isolate=False)).body))


COUNT = 8
UPRIGHT = pdf(*map(drawn, range(COUNT)))

# ---------------------------------------------------------------- turned


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_was_turned_is_read_along_its_lines(rotation: int) -> None:
    """Upright words on a page that is shown on its side, as scanners and viewers leave it."""
    assert pages(pdf(*map(drawn, range(COUNT)), page=f"/Rotate {rotation}")) == pages(UPRIGHT)


@pytest.mark.parametrize(
    ("matrix", "box"),
    [("0 1 -1 0 792 0", "[0 0 792 612]"), ("0 -1 1 0 0 612", "[0 0 792 612]"), ("-1 0 0 -1 612 792", "[0 0 612 792]")],
)
def test_a_page_that_was_set_on_its_side_is_read_along_its_lines(matrix: str, box: str) -> None:
    contents = [f"{matrix} cm\n{drawn(number)}" for number in range(COUNT)]
    assert pages(pdf(*contents, box=box)) == pages(UPRIGHT)


def test_underlines_of_a_turned_page_are_seen() -> None:
    page = drawn(0) + text(108, 700, "Underlined.") + "108 90 79 0.5 re f"
    [found] = read_pages(Source("a.pdf", pdf(page, page="/Rotate 90")), Options(isolate=False)).pages
    assert [str(line.text[0].style) for line in found.lines].count("Style.UNDERLINE") == 1


def test_words_along_the_edge_of_a_page_do_not_turn_it() -> None:
    report: list[Diagnostic] = []
    beside = "BT /F 12 Tf 0 1 -1 0 30 100 Tm (Confidential, for A. Reed alone) Tj ET\n"
    assert pages(pdf(drawn(0) + beside), report) == pages(pdf(drawn(0)))
    assert [one.code for one in report] == ["pdf.watermark"]
    [(width, height, lines)] = pages(pdf(text(108, 80, "Rain.") + beside))
    assert (width, height, lines) == (612, 792, ["Rain."])


# ---------------------------------------------------------------- two on a sheet


def sheets(order: list[int | None], width: float, height: float, scale: float, up: float) -> bytes:
    contents = []
    for left, right in zip(order[::2], order[1::2], strict=True):
        content = ""
        for side, number in enumerate((left, right)):
            if number is not None:
                content += f"q {scale} 0 0 {scale} {side * width / 2} {up} cm\n{drawn(number)} Q\n"
        contents.append(content)
    return pdf(*contents, box=f"[0 0 {width} {height}]")


IN_ORDER: list[int | None] = list(range(COUNT))


@pytest.mark.parametrize(
    ("width", "height", "scale", "up"),
    [(792, 612, 396 / 612, 49.8), (792, 612, 396 / 612, 99), (1224, 792, 1, 0), (842, 595, 0.68, 28)],
)
def test_two_pages_on_a_sheet_are_two(width: float, height: float, scale: float, up: float) -> None:
    data = sheets(IN_ORDER, width, height, scale, up)
    assert len(pages(data)) == COUNT
    assert body(data) == body(UPRIGHT)


def test_a_sheet_of_two_pages_at_their_size_is_measured_like_them() -> None:
    assert pages(sheets(IN_ORDER, 1224, 792, 1, 0)) == pages(UPRIGHT)
    [(width, height, _), *_] = pages(sheets(IN_ORDER, 792, 612, 396 / 612, 49.8))
    assert (round(width), round(height)) == (612, 792)


def test_a_booklet_is_read_in_order() -> None:
    data = sheets([7, 0, 1, 6, 5, 2, 3, 4], 792, 612, 396 / 612, 49.8)
    assert body(data) == body(UPRIGHT)


def test_the_last_sheet_may_be_half_empty() -> None:
    data = sheets([0, 1, 2, None], 792, 612, 396 / 612, 49.8)
    assert body(data) == body(pdf(*map(drawn, range(3))))


def test_a_page_of_two_columns_is_one() -> None:
    """A wide table: its columns stand closer than pages do."""
    rows = "".join(
        text(60, 300 + 12 * row, f"The left column of row {row:02}, which says what is seen")
        + text(480, 300 + 12 * row, f"The right column of row {row:02}")
        for row in range(20)
    )
    assert [width for width, _, _ in pages(pdf(rows, box="[0 0 792 612]"))] == [792]
    assert [width for width, _, _ in pages(pdf(drawn(0), box="[0 0 1224 792]"))] == [1224]


def test_marks_and_damage_of_a_sheet_are_told_once() -> None:
    report: list[Diagnostic] = []
    data = sheets([0, 1], 792, 612, 396 / 612, 49.8)
    mark = b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 300 200 Tm (SECRET) Tj ET\nq "
    data = pdf(*[(mark + data[data.index(b"q 0.64") + 2 : data.index(b"\nendstream")]).decode()], box="[0 0 792 612]")
    assert len(pages(data, report)) == 2
    assert [one.code for one in report] == ["pdf.watermark"]
