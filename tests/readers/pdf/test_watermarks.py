"""Words that lie across the pages are taken out before lines are made; titles, colours and headers are not."""

from __future__ import annotations

import pytest

from converter.contract import Diagnostic, Source
from converter.readers.pdf import Options, read_pages
from tests.readers.pdf.build import pdf, stream, text

SENTENCES = ("Rain falls on the boards, and on the boats.", "Nobody minds it, and nobody rows.", "The gulls wait.")
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"


def script(page: int) -> str:
    """Forty lines in the type of scripts, another on each page."""
    return "".join(
        text(108, 80 + 12 * row, f"{page}.{row} {SENTENCES[(page + row) % 3]}") for row in range(40) if row % 4 < 3
    )


def read(*contents: str, objects: dict[int, bytes] | None = None, page: str = "") -> tuple[list[str], list[str]]:
    """The lines of all pages, and what was reported as a watermark."""
    report: list[Diagnostic] = []
    data = pdf(*contents, objects=objects, page=page)
    found = read_pages(Source("a.pdf", data), Options(isolate=False), report.append).pages
    lines = ["".join(run.text for run in line.text) for one in found for line in one.lines]
    return lines, [one.message for one in report if one.code == "pdf.watermark"]


def plain(count: int) -> list[str]:
    return read(*map(script, range(count)))[0]


def grey(words: str, y: float, size: float, shade: float = 0.8, x: float = 120) -> str:
    return f"q {shade} g {text(x, y, words, size=size)} Q\n"


WATERMARKS = {
    "large and grey": lambda page: grey("A. REED 0042", 300, 40),
    "large and grey, between lines": lambda page: grey("A. REED 0042", 309, 40),
    "large and red": lambda page: f"q 1 .5 .5 rg {text(100, 300, 'SECRET', size=60)} Q",
    "large and grey by other inks": lambda page: f"q 0 0 0 .2 k {text(100, 300, 'SECRET', size=60)} Q",
    "large and black": lambda page: text(100, 300, "DRAFT", size=80),
    "another word on each page": lambda page: grey(f"COPY {17 + page:04}", 300, 40),
    "as large as the script, and grey": lambda page: grey("Confidential - A. Reed", 296, 12),
    "as large as the script, grey, between lines": lambda page: grey("Confidential - A. Reed", 314, 12),
    "as large as the script, and black": lambda page: text(104, 298, "Confidential"),
    "letter by letter": lambda page: "".join(grey(one, 380, 70, x=90 + 80 * at) for at, one in enumerate("DRAFT")),
    "tiled": lambda page: "".join(grey("A. Reed", y, 16, x=x) for y in range(120, 700, 90) for x in (40, 200, 360)),
    "larger than any letter": lambda page: grey("X", 700, 900),
}


@pytest.mark.parametrize("under", [True, False])
@pytest.mark.parametrize("name", WATERMARKS)
def test_a_watermark_is_taken_out_and_told(name: str, under: bool) -> None:
    mark = WATERMARKS[name]
    contents = [mark(page) + script(page) if under else script(page) + mark(page) for page in range(4)]
    lines, told = read(*contents)
    assert lines == plain(4)
    assert len(told) == 1


def test_a_watermark_of_one_page_is_taken_out() -> None:
    assert read(grey("A. REED 0042", 300, 40) + script(0))[0] == plain(1)
    assert read(script(0), script(1) + grey("READER COPY", 292, 12), script(2))[0] == plain(3)


def test_a_mark_that_shines_through_is_pale() -> None:
    page = "/Resources<</Font 3 0 R/ExtGState<</G<</ca .2>>>>/ColorSpace<</S[/Separation/Black/DeviceGray 60 0 R]>>>>"
    for setting in ("/G gs", "/S cs .2 scn", "/S cs .2 sc", ".8 .8 .8 sc", "0 0 0 .2 scn"):
        contents = [script(at) + f"q {setting} {text(100, 298, 'Confidential')} Q" for at in range(2)]
        assert read(*contents, page=page)[0] == plain(2), setting
    # One ink at its full strength is as black as the script, which nothing lies over here.
    contents = [script(at) + f"q /S cs 1 scn {text(300, 680, 'Black.')} Q" for at in range(2)]
    assert read(*contents, page=page)[0].count("Black.") == 2


def test_what_a_page_calls_its_watermark_is_one() -> None:
    mark = f"/Artifact <</Subtype/Watermark/Type/Pagination>> BDC {text(300, 690, 'A. REED')} EMC"
    assert read(script(0) + mark) == (plain(1), read(script(0) + mark)[1])
    footer = f"/Artifact <</Subtype/Footer/Type/Pagination>> BDC {text(300, 690, 'A. REED')} EMC"
    assert "A. REED" in read(script(0) + footer)[0]
    form = {50: stream(text(300, 690, "A. REED").encode(), FORM)}
    assert "A. REED" not in read(script(0) + "/Artifact <</Subtype/Watermark>> BDC /X Do EMC", objects=form)[0]
    assert "A. REED" in read(script(0) + "/Artifact <</Subtype/Watermark>> BDC EMC /X Do", objects=form)[0]


def test_colours_titles_and_headers_stay() -> None:
    title = text(150, 250, "THE LONG OAR", size=40) + text(200, 320, "by Ann Reed")
    assert read(title, *map(script, range(3)))[0][0] == "THE LONG OAR"
    assert read(f".7 g {title}", *map(script, range(3)))[0][0] == "THE LONG OAR"
    blue = f"q 0 0 1 rg {text(108, 680, 'Revised.')} Q q .6 g {text(108, 700, 'A note.')} Q"
    assert read(script(0) + blue, script(1))[0].count("A note.") == 1
    headed = [script(page) + grey("THE LONG OAR", 40, 12) for page in range(4)]
    assert read(*headed)[0].count("THE LONG OAR") == 4
    repeated = [script(page) + text(300, 690, "More of this.") for page in range(4)]
    assert read(*repeated)[0].count("More of this.") == 4


def test_a_shadow_is_no_watermark() -> None:
    shadow = grey("INT. PIER", 691, 12, x=109) + text(108, 690, "INT. PIER")
    assert not read(script(0) + shadow)[1]


def test_letters_too_small_to_be_seen_are_told() -> None:
    report: list[Diagnostic] = []
    data = pdf(script(0) + text(108, 690, "Hidden words", size=0.5))
    [page] = read_pages(Source("a.pdf", data), Options(isolate=False), report.append).pages
    assert "Hidden" not in str(page)
    assert [(one.code, one.at.page if one.at else 0, "Hidden words" in one.message) for one in report] == [
        ("pdf.unread-letters", 1, True)
    ]
