"""Every page of every sample as an independent reader finds it: what stands where, and what never happens.

The reader gives letters with their places. Letters side by side on a baseline are pieces; those of the text, in
the order of the file, must be the script's words, and so each piece knows its element.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pypdf
import pytest

from converter import read
from converter.layout.printed import printed
from converter.tree import (
    Action,
    Align,
    Character,
    Deletion,
    Dialogue,
    DualDialogue,
    Lyric,
    NewAct,
    Paragraph,
    Parenthetical,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Synopsis,
    Transition,
    paragraphs,
    words,
)
from writers import pdf

SAMPLES = Path(__file__).parents[3] / "samples"
NAMES = [*sorted(path.name for path in SAMPLES.glob("*.fountain")), "production-draft.fdx", "short-film.fdx"]
INCH, CELL, LINE = 72.0, 7.2, 12.0
FIRST, HEADER = 80, 44  # baselines of the first line and of the page number, from the top of the paper


class Paper(NamedTuple):
    lines: int
    number_right: float  # where a page number ends
    scene_right: float  # where the right scene number ends
    transition_right: float
    mark: float
    columns: tuple[tuple[float, float], tuple[float, float]]  # of a dual dialogue

    @property
    def last(self) -> float:
        return FIRST + LINE * (self.lines - 1)


PAPERS = {
    "letter": Paper(54, 522, 531, 511, 558, ((108, 315), (333, 540))),
    "a4": Paper(58, 522, 531, 511, 558, ((108, 315), (333, 540))),
}
LEFT: dict[type[Paragraph], float] = {
    SceneHeading: 108,
    Shot: 108,
    Action: 108,
    Character: 252,
    Parenthetical: 216,
    Dialogue: 180,
    Lyric: 180,
}
HANGING_BRACKET = 209  # 2.90 inches
NEVER_LAST = (SceneHeading, Shot, NewAct, Character)


class Piece(NamedTuple):
    """Letters side by side. Without an element they are not the author's: numbers, marks, (MORE)."""

    x: float
    end: float
    y: float
    text: str
    element: Paragraph | None = None
    column: int = 0
    begins: bool = False


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.element is not None]

    @property
    def lines(self) -> dict[float, str]:
        """Everything by baseline, in capitals."""
        lines: dict[float, str] = {}
        for piece in sorted(self.pieces):
            lines[piece.y] = f"{lines.get(piece.y, '')} {piece.text.upper()}".strip()
        return lines


# ---------------------------------------------------------------- reading the file


def sheets_of(data: bytes) -> list[Sheet]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            Sheet(float(page.width), float(page.height), tuple(_pieces(page.chars, float(page.height))))
            for page in document.pages
        ]


def _pieces(chars: list[dict[str, object]], height: float) -> Iterator[Piece]:
    piece: Piece | None = None
    for char in chars:
        x, end, matrix = char["x0"], char["x1"], char["matrix"]
        assert isinstance(x, float | int) and isinstance(end, float | int) and isinstance(matrix, tuple)
        if unicodedata.east_asian_width(str(char["text"])[:1] or " ") in "WF":
            end = x + 2 * CELL  # whatever the font's own width is
        y = round(height - matrix[5], 1)
        if piece is not None and piece.y == y and piece.end - CELL - 0.1 <= x <= piece.end + 3:
            piece = piece._replace(end=max(end, piece.end), text=piece.text + str(char["text"]))
        else:
            if piece is not None:
                yield piece
            piece = Piece(float(x), float(end), y, str(char["text"]))
    if piece is not None:
        yield piece


def letters(text: str) -> str:
    """The text without blanks and capitals, accents apart."""
    return unicodedata.normalize("NFD", "".join(text.split()).casefold())


def with_elements(sheets: list[Sheet], screenplay: Screenplay, paper: Paper) -> list[Sheet]:
    """The sheets with the element of each piece of text; every word of the script must be there, in its order."""
    spoken = [(one, column, letters(words(one.text))) for one, column in _in_order(printed(screenplay))]
    spoken = [(one, column, said) for one, column, said in spoken if said]
    place = offset = 0
    found = []
    for sheet in sheets:
        pieces = []
        for piece in sheet.pieces:
            said = letters(piece.text)
            if place < len(spoken) and not _is_beside(piece, paper):
                element, column, text = spoken[place]
                if text.startswith(said, offset):
                    piece = piece._replace(element=element, column=column, begins=not offset)
                    offset += len(said)
                    if offset == len(text):
                        place, offset = place + 1, 0
            pieces.append(piece)
        found.append(replace(sheet, pieces=tuple(pieces)))
    assert place == len(spoken), f"not on the pages: {spoken[place][2][offset:]!r}"
    return found


def _in_order(screenplay: Screenplay) -> Iterator[tuple[Paragraph, int]]:
    for element in screenplay.body:
        if isinstance(element, DualDialogue):
            for column, speech in enumerate((element.left, element.right), start=1):
                yield from ((one, column) for one in paragraphs((speech,)))
        else:
            yield from ((one, 0) for one in paragraphs((element,)))


def _is_beside(piece: Piece, paper: Paper) -> bool:
    """Above or below the text, or in a margin."""
    return not FIRST <= piece.y <= paper.last or piece.x < 100 or piece.x >= paper.mark


# ---------------------------------------------------------------- what must hold


@pytest.mark.parametrize("size", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_as_it_should_be(name: str, size: str) -> None:
    paper = PAPERS[size]
    screenplay = read(SAMPLES / name).screenplay
    data = pdf.write(screenplay, pdf.Options(paper=size))  # type: ignore[arg-type]
    sheets = sheets_of(data)
    if screenplay.title_page is not None:
        for sheet in sheets:
            assert_inside_the_paper(sheet)
        del sheets[0]
    sheets = with_elements(sheets, screenplay, paper)
    labels = pypdf.PdfReader(io.BytesIO(data)).page_labels[-len(sheets) :]
    for number, (sheet, label) in enumerate(zip(sheets, labels, strict=True)):
        assert_inside_the_paper(sheet)
        assert_lines_on_the_grid(sheet, paper)
        assert_places(sheet, paper)
        assert_right_edge(sheet)
        assert_page_number(sheet, paper, label, is_first=number == 0)
        assert_scene_numbers(sheet, paper)
        if number + 1 < len(sheets):
            assert_end(sheet, sheets[number + 1])


def assert_inside_the_paper(sheet: Sheet) -> None:
    for piece in sheet.pieces:
        assert piece.x >= 0 and piece.end <= sheet.width and LINE <= piece.y <= sheet.height - 4, piece


def assert_lines_on_the_grid(sheet: Sheet, paper: Paper) -> None:
    """54 lines, on A4 58; besides them only (MORE) one line below and a repeated cue one line above."""
    for piece in sheet.pieces:
        line = (piece.y - FIRST) / LINE
        if piece.element is not None:
            assert line == int(line) and 0 <= line < paper.lines, piece
        elif piece.y > paper.last:
            assert piece.text == "(MORE)" and piece.y == paper.last + LINE, piece
        elif piece.y < FIRST:
            assert piece.y == FIRST - LINE or piece.y == HEADER, piece


def assert_places(sheet: Sheet, paper: Paper) -> None:
    for piece in sheet.text:
        assert piece.element is not None
        kind = type(piece.element)
        if piece.column:
            left, right = paper.columns[piece.column - 1]
            start = {Parenthetical: left + 18, Character: (left + right) / 2 - CELL * len(piece.text) / 2}
            assert abs(piece.x - start.get(kind, left)) <= 1, piece
        elif kind is Transition:
            assert abs(piece.end - paper.transition_right) < 0.1, piece
        elif piece.element.align is Align.CENTER:
            middle = (108 + paper.columns[1][1]) / 2
            assert abs((piece.x + piece.end) / 2 - middle) <= 1 + CELL / 2, piece
        elif kind is Parenthetical and piece.begins:
            assert piece.x == HANGING_BRACKET, piece
        else:
            assert piece.x == LEFT[kind], piece


def assert_right_edge(sheet: Sheet) -> None:
    """61 columns of Final Draft's and one hyphen that hangs: 7.70 inches."""
    edge = 108 + CELL * 61
    for piece in sheet.text:
        hanging = CELL if piece.text.endswith("-") else 0
        assert piece.end <= edge + hanging + 0.1, piece


def assert_page_number(sheet: Sheet, paper: Paper, label: str, *, is_first: bool) -> None:
    numbers = [piece for piece in sheet.pieces if piece.y == HEADER and piece.x > 400]
    if is_first:
        assert not numbers
    else:
        assert [(piece.text, round(piece.end)) for piece in numbers] == [(f"{label}.", paper.number_right)]


def assert_scene_numbers(sheet: Sheet, paper: Paper) -> None:
    """Left from 0.75 inches on, right up to 7.38, as the script has them, on the first line of each heading."""
    for piece in sheet.text:
        assert piece.element is not None
        if isinstance(piece.element, SceneHeading) and piece.begins:
            beside = [one for one in sheet.pieces if one.y == piece.y and one.element is None and one.text != "*"]
            expected = [(54.0, piece.element.number), (paper.scene_right, piece.element.number)]
            shown = [(round(one.x if one.x < 108 else one.end, 1), one.text) for one in sorted(beside)]
            assert shown == (expected if piece.element.number else []), piece


def assert_end(sheet: Sheet, following: Sheet) -> None:
    """No heading and no cue ends a page, no transition begins one, and each (MORE) has its (CONT'D)."""
    last, first = sheet.text[-1], following.text[0]
    assert not isinstance(last.element, NEVER_LAST), last
    assert not isinstance(first.element, Transition), first
    again = following.lines.get(FIRST - LINE)
    if "(MORE)" in sheet.lines.values():
        cue = next(piece for piece in reversed(sheet.text) if isinstance(piece.element, Character))
        assert again is not None and again.startswith(cue.text.upper()) and again.endswith("(CONT'D)")
    else:
        assert again is None
    if isinstance(first.element, Dialogue | Parenthetical) and not first.column:
        assert again is not None, first


# ---------------------------------------------------------------- fonts


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_poppler_finds_every_font_embedded(name: str, tmp_path: Path) -> None:
    path = tmp_path / "script.pdf"
    path.write_bytes(pdf.write(read(SAMPLES / name).screenplay))
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert listed
    assert [line.split()[-5] for line in listed] == ["yes"] * len(listed)


# ---------------------------------------------------------------- a production draft


def production() -> tuple[Screenplay, list[Sheet], list[str]]:
    screenplay = read(SAMPLES / "production-draft.fdx").screenplay
    data = pdf.write(screenplay)
    sheets = with_elements(sheets_of(data)[1:], screenplay, PAPERS["letter"])
    return screenplay, sheets, pypdf.PdfReader(io.BytesIO(data)).page_labels[1:]


def test_asterisks_stand_on_exactly_the_revised_lines() -> None:
    screenplay, sheets, _ = production()
    assert screenplay.revisions is not None
    revised = list(_revised(screenplay, screenplay.revisions.active))
    offset = 0
    for sheet in sheets:
        for piece in sheet.text:
            begin, offset = offset, offset + len(letters(piece.text))
            is_revised = any(start < offset and begin < end or start == end == begin for start, end in revised)
            is_marked = any(one.text == "*" and one.y == piece.y and one.x == 558 for one in sheet.pieces)
            assert is_revised == is_marked, piece


def _revised(screenplay: Screenplay, revision: int | None) -> Iterator[tuple[int, int]]:
    """Where in the letters of the script revised ones begin and end; what was cut is a range without letters."""
    offset = 0
    for paragraph in paragraphs(screenplay.body):
        for inline in paragraph.text if not isinstance(paragraph, Section | Synopsis) else ():
            if isinstance(inline, Run):
                end = offset + len(letters(inline.text))
                if inline.revision == revision:
                    yield offset, end
                offset = end
            elif isinstance(inline, Deletion) and inline.revision == revision:
                yield offset, offset


def test_a_page_with_changes_names_their_revision_in_its_header() -> None:
    _, sheets, _ = production()
    for sheet in sheets[1:]:
        is_marked = any(piece.text == "*" and piece.x == 558 for piece in sheet.pieces)
        assert ("Yellow Rev." in [piece.text for piece in sheet.pieces if piece.y == HEADER]) == is_marked


def test_a_cut_scene_keeps_its_number_and_nothing_else() -> None:
    screenplay, sheets, _ = production()
    cut = [one.number for one in screenplay.body if isinstance(one, SceneHeading) and one.omitted is not None]
    lines = [line for sheet in sheets for line in sheet.lines.values()]
    assert len(cut) >= 5
    assert [f"{number} OMITTED {number}" in lines for number in cut] == [True] * len(cut)


def test_revised_pages_are_those_with_marks_and_what_overflows_them() -> None:
    screenplay, sheets, labels = production()
    marked = [
        label for sheet, label in zip(sheets, labels, strict=True) if any(one.text == "*" for one in sheet.pieces)
    ]
    data = pdf.write(screenplay, pdf.Options(only_revised=True))
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.page_labels == marked
    whole = {label: sheet.lines for sheet, label in zip(sheets, labels, strict=True)}
    assert [sheet.lines for sheet in sheets_of(data)] == [whole[label] for label in marked]
