"""Pages as PDF operators, with bookmarks, page labels and metadata.

Coordinates come from layout in points from the paper's top left; PDF counts from the bottom.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeAlias

from converter.contract import Limits, Report
from converter.fonts import BOLD, ITALIC
from converter.layout.style import GREY
from converter.lines import CELL, Line, Page, widths
from converter.tree import (
    NO_STYLE,
    NewAct,
    Paragraph,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Style,
    paragraphs,
    words,
)
from writers.pdf.courier import SIZE, Piece, courier_letters
from writers.pdf.fonts import FontBook

if TYPE_CHECKING:
    from writers.pdf import Options
    from writers.pdf.objects import Outline

# Points from the baseline. Final Draft underlines with a hairline one point below it.
_UNDERLINE_BELOW, _STRIKE_ABOVE, _HAIRLINE = 1.0, 3.4, 0.6
_SLANT = 0.21  # an italic of 12 degrees where the family has none
_EMBOLDEN = 0.35  # points of outline around each letter where the family has no bold
_DEEPEST_BOOKMARK = 32


_NOTHING: Mapping[int, str] = {}


class _Sheets(NamedTuple):
    """What is drawn besides the words of pages, and how pages lie on sheets."""

    marks: tuple[int, list[int]]
    over: Mapping[int, str]
    two_up: bool


def draw(
    output: IO[bytes],
    screenplay: Screenplay,
    title_pages: Sequence[Page],
    script_pages: Sequence[Page],
    options: Options,
    report: Report,
    limits: Limits,
    *,
    marks: tuple[int, list[int]] = (0, []),
    over: Mapping[int, str] = _NOTHING,
    two_up: bool = False,
) -> None:
    """Write the pages as a PDF; the same pages and fonts give the same bytes.

    marks: on how many pages room is left for a mark, and where the numbers of those objects are put; over: what is
    drawn over the words of a page, by its place; two_up: two pages side by side on each sheet, without bookmarks.
    """
    pages = [*title_pages, *script_pages]
    text = _all_words(pages)
    with closing(FontBook(options.font, text, limits)) as book:
        sheets = _Sheets(marks, over, two_up)
        _draw(output, screenplay, pages, len(title_pages), book, options, report, limits, sheets)
    if book.has_outlines:
        from writers.pdf.missing import report_fonts
        from writers.pdf.unshaped import report_unshaped

        report_fonts(book, pages, report)
        report_unshaped(text, pages, report)


def _draw(
    output: IO[bytes],
    screenplay: Screenplay,
    pages: Sequence[Page],
    title_pages: int,
    book: FontBook,
    options: Options,
    report: Report,
    limits: Limits,
    sheets: _Sheets,
) -> None:
    from writers.pdf.objects import Outline, Pages, canvas_for

    size = (pages[0].width, pages[0].height)
    canvas = canvas_for(output, size, book.courier(0).font_name if book.is_courier else None)
    _describe(canvas, screenplay)
    pen = _Pen(book, canvas._doc, screenplay.revisions, options.colors)
    watermark = shapes_of(options.watermark, report, limits) if options.watermark else None
    finished = Pages(canvas._doc)
    bookmarks = _Bookmarks(screenplay, Outline(canvas._doc)) if options.bookmarks else None
    deadline = limits.deadline()
    for number, page in enumerate(pages):
        deadline.check()
        if not sheets.two_up:
            canvas.setPageSize((page.width, page.height))
        elif number % 2 == 0:
            canvas.setPageSize((page.height, page.width))
        if sheets.two_up:
            canvas.addLiteral(_half(page, number % 2))
        for ground in _under_the_words(page, options, watermark):
            canvas.addLiteral(ground)
        canvas.addLiteral(pen.drawn(page))
        if number in sheets.over:
            canvas.addLiteral(sheets.over[number])
        if sheets.two_up:
            canvas.addLiteral("Q")
            if number % 2 == 0 and number + 1 < len(pages):
                continue  # the next page stands beside it
        if bookmarks is not None and number >= title_pages:
            bookmarks.place(canvas._doc.thisPageRef(), page)
        canvas.showPage()
        finished.finish(page.label or "", mark=sheets.marks[1] if number < sheets.marks[0] else None)
    finished.label()
    book.write(canvas._doc)
    canvas.save()


def _half(page: Page, side: int) -> str:
    """What puts a page on the left or right half of a sheet of its own size, turned."""
    scale = min(page.height / 2 / page.width, page.width / page.height)
    x = side * page.height / 2 + (page.height / 2 - page.width * scale) / 2
    y = (page.width - page.height * scale) / 2
    return f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm"


def _all_words(pages: Sequence[Page]) -> str:
    return "".join(run.text for page in pages for line in page.lines for run in line.text)


# ---------------------------------------------------------------- letters


class _Pen:
    """Turns lines into text operators, changing font, spacing and colour only where they change."""

    def __init__(self, book: FontBook, document: Any, revisions: Revisions | None, colors: bool):
        self._book = book
        self._document = document
        self._colors = colors
        self._revision_colors = {one.id: one.color for one in revisions.sets} if revisions is not None else {}
        self._operators: list[str] = []
        self._rules: list[str] = []
        self._grounds: list[str] = []
        self._plain_resources: dict[int, str] = {}
        self._numbers = _Numbers()  # places as they are spelled: a page has some dozens of each
        self._state: tuple[str, float, bool, str | None] = ("", 0.0, False, None)
        self._regular = (self._resource(0) if book.is_courier else "", 0.0, False, None)

    def drawn(self, page: Page) -> str:
        """The operators of a page, in its own order: of a dual dialogue first the left column, then the right one."""
        self._operators, self._rules, self._grounds = ["BT"], [], []
        self._state = ("", 0.0, False, None)
        height, numbers, put = page.height, self._numbers, self._operators.append
        is_plain_courier = self._book.is_courier and not self._colors
        for line in page.lines:
            # The short way for nearly all lines; its figure stands at `put_all` in converter/layout/flow.py.
            if is_plain_courier and len(line.text) == 1 and _is_plain(line.text[0]):
                letters = line.text[0].text
                if self._state != self._regular:
                    self._change(self._regular)
                if "(" in letters or ")" in letters or "\\" in letters:
                    letters = courier_letters(letters)
                put(f"1 0 0 1 {numbers[line.x]} {numbers[height - line.y]} Tm ({letters}) Tj")
            else:
                self._line(line, height)
        return "\n".join((*self._grounds, *self._operators, "ET", *self._rules))

    def _line(self, line: Line, height: float) -> None:
        x, y = line.x, height - line.y
        for run in line.text:
            text, style, look = run.text, run.style, run.look
            color = self._color_of(run)
            bits = 0 if style is NO_STYLE else _bits(style)
            if self._book.main_has(text):
                cells = self._plain(text, bits, x, y, color)
            else:
                cells = self._fitted(text, bits, x, y, color)
            if self._colors and look is not None and look.background:
                self._ground(look.background, x, y, cells * CELL)
            if style is not NO_STYLE and style & _RULED:
                self._rule(style, x, y, cells * CELL)
            x += cells * CELL

    def _color_of(self, run: Run) -> str | None:
        """Its own colour, else that of its revision; without colours only what is printed on request is grey."""
        if not self._colors:
            return GREY.color if run.look is GREY else None
        own = run.look.color if run.look is not None else None
        return own if own is not None or run.revision is None else self._revision_colors.get(run.revision)

    def _fitted(self, text: str, bits: int, x: float, y: float, color: str | None) -> int:
        """Draw the text from x on, each letter in a face that has it; how many cells it took."""
        start = x
        for cells, same in _by_width(text):
            for piece_text, face in self._by_face(same, bits) if cells else self._without_cells(same, bits):
                for piece in face.pieces(piece_text, self._document):
                    room = cells * CELL
                    self._show(piece, x, y, room, color)
                    x += room * piece.characters
        return round((x - start) / CELL)

    def _without_cells(self, text: str, bits: int) -> Iterator[tuple[str, Any]]:
        """Marks, which stand on other letters; what became part of the sign before, as in an emoji, is unseen."""
        for is_mark, chars in groupby(text.replace("\xad", ""), key=lambda char: unicodedata.category(char)[0] == "M"):
            same = "".join(chars)
            yield from self._by_face(same, bits) if is_mark else [(same, self._book.stand_in(bits, unseen=True))]

    def _plain(self, text: str, bits: int, x: float, y: float, color: str | None) -> int:
        """The short way for text that Courier has, one cell a letter."""
        resource = self._resource(bits)
        if not text.isascii():
            text = text.replace("\xad", "")  # a soft hyphen takes no cell; Courier would draw it
        state = (resource, 0.0, False, color)
        if state != self._state:
            self._change(state)
        numbers = self._numbers
        self._operators.append(f"1 0 0 1 {numbers[x]} {numbers[y]} Tm ({courier_letters(text)}) Tj")
        return len(text)

    def _resource(self, bits: int) -> str:
        """Courier's name in the file."""
        resource = self._plain_resources.get(bits)
        if resource is None:
            [piece] = self._book.courier(bits).pieces("x", self._document)
            resource = self._plain_resources[bits] = piece.resource
        return resource

    def _by_face(self, text: str, bits: int) -> Iterator[tuple[str, Any]]:
        start = 0
        face = self._book.face(text[0], bits)
        for place, char in enumerate(text):
            other = self._book.face(char, bits)
            if other is not face:
                yield text[start:place], face
                start, face = place, other
        yield text[start:], face

    def _show(self, piece: Piece, x: float, y: float, room: float, color: str | None) -> None:
        """Letters with so much room each."""
        state = (piece.resource, round(room - piece.advance, 3), piece.emboldened, color)
        if state != self._state:
            self._change(state)
        slant = f"{_SLANT:g}" if piece.slanted else "0"
        self._operators.append(f"1 0 {slant} 1 {_number(x)} {_number(y)} Tm ({piece.letters}) Tj")

    def _change(self, state: tuple[str, float, bool, str | None]) -> None:
        resource, spacing, emboldened, color = state
        before = self._state
        if resource != before[0]:
            self._operators.append(f"{resource} {SIZE:g} Tf")
        if spacing != before[1]:
            self._operators.append(f"{spacing:g} Tc")
        if emboldened != before[2]:
            self._operators.append(f"2 Tr {_EMBOLDEN} w" if emboldened else "0 Tr")
        if color != before[3]:
            self._operators.append(f"{_color(color)} rg" if color else "0 g")
        self._state = state

    def _ground(self, color: str, x: float, y: float, width: float) -> None:
        """A highlight behind the words, a line high."""
        self._grounds.append(f"q {_color(color)} rg {_number(x)} {_number(y - 3)} {_number(width)} {SIZE:g} re f Q")

    def _rule(self, style: Style, x: float, y: float, width: float) -> None:
        if style & Style.UNDERLINE:
            self._rules.append(
                f"{_number(x)} {_number(y - _UNDERLINE_BELOW - _HAIRLINE)} {_number(width)} {_HAIRLINE} re f"
            )
        if style & Style.STRIKEOUT:
            self._rules.append(f"{_number(x)} {_number(y + _STRIKE_ABOVE)} {_number(width)} {_HAIRLINE} re f")


def _is_plain(run: Run) -> bool:
    return run.style is NO_STYLE and run.look is None and run.text.isascii() and run.text.isprintable()


_RULED = Style.UNDERLINE | Style.STRIKEOUT
_BITS = {
    style: (BOLD if style & Style.BOLD else 0) | (ITALIC if style & Style.ITALIC else 0)
    for style in (Style(0), Style.BOLD, Style.ITALIC, Style.BOLD | Style.ITALIC)
}


def _bits(style: Style) -> int:
    known = _BITS.get(style)
    return _BITS[style & (Style.BOLD | Style.ITALIC)] if known is None else known


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class _Numbers(dict[float, str]):
    def __missing__(self, value: float) -> str:
        spelled = self[value] = _number(value)
        return spelled


def _color(color: str) -> str:
    """#RRGGBB as three numbers of PDF; what is no such colour is black."""
    try:
        channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    except ValueError:
        channels = [0.0, 0.0, 0.0]
    return " ".join(f"{channel:.3g}" for channel in channels)


def _by_width(text: str) -> Iterator[tuple[int, str]]:
    """Stretches of characters that take as many cells each: 0 (marks that combine), 1 or 2."""
    for width, pairs in groupby(zip(widths(text), text, strict=True), key=itemgetter(0)):
        yield width, "".join(char for _, char in pairs)


# ---------------------------------------------------------------- bookmarks


class _Bookmarks:
    """Acts, sections and scenes as a tree of places, each at the first line that prints it or follows it."""

    def __init__(self, screenplay: Screenplay, outline: Outline):
        self._outline = outline
        self._waiting = list(reversed(list(_entries(screenplay))))
        self._open: list[int] = []  # levels of the entries that the next one may stand under

    def place(self, reference: Any, page: Page) -> None:
        """Set the bookmarks whose paragraph is on this page, or is not printed and would stand before its lines."""
        for line in page.lines:
            if line.paragraph is None:
                continue
            while self._waiting and self._waiting[-1][0] <= line.paragraph:
                _, level, title = self._waiting.pop()
                while self._open and self._open[-1] >= level:
                    self._open.pop()
                # PDF knows no gaps between levels.
                self._outline.add(title, reference, page.height - line.y + SIZE, len(self._open))
                self._open.append(level)


def _entries(screenplay: Screenplay) -> Iterator[tuple[int, int, str]]:
    """Paragraph number, level and title of everything that a reader looks for."""
    depth = 0
    for number, paragraph in enumerate(paragraphs(screenplay.body)):
        match paragraph:
            case NewAct():
                yield number, 0, _title(paragraph)
                depth = 1
            case Section():
                level = min(paragraph.level, _DEEPEST_BOOKMARK) - 1
                yield number, level, _title(paragraph)
                depth = level + 1
            case SceneHeading():
                yield number, depth, _title(paragraph)
            case _:
                pass


def _title(paragraph: Paragraph) -> str:
    title = " ".join(words(paragraph.text).split())
    if isinstance(paragraph, SceneHeading):
        title = title.upper()
    return f"{paragraph.number}  {title}" if paragraph.number else title or "(untitled)"


# ---------------------------------------------------------------- around the pages


def _describe(canvas: Any, screenplay: Screenplay) -> None:
    """Metadata: what the title page says; reportlab would say "anonymous"."""
    said: dict[str, str] = {}
    if screenplay.title_page is not None:
        for field in screenplay.title_page.fields:
            value = " ".join(" ".join(words(line) for line in field.lines).split())
            said.setdefault(" ".join(field.name.lower().split()), value)
    canvas.setTitle(said.get("title") or "Screenplay")
    canvas.setAuthor(said.get("author") or said.get("authors") or "")
    canvas.setSubject(said.get("source") or "Screenplay")
    canvas.setCreator("matchcut")
    canvas.setProducer("matchcut")


Shapes: TypeAlias = tuple[str, float]


def shapes_of(text: str, report: Report, limits: Limits) -> Shapes:
    """Outlines of the words at a size of one point, and their width: drawn as shapes, nothing copies them as text."""
    from writers.pdf.missing import missing_letter
    from writers.pdf.shapes import outline_path

    path, width, missing = outline_path(text, limits)
    for char in missing:
        report(missing_letter(char, "in the watermark"))
    return path, width


def _under_the_words(page: Page, options: Options, watermark: Shapes | None) -> Iterator[str]:
    if options.tint and page.color:
        yield f"q {_color(page.color)} rg 0 0 {page.width:g} {page.height:g} re f Q"
    if watermark is not None:
        yield across(watermark, page, options.watermark_gray)


def across(watermark: Shapes, page: Page, gray: float) -> str:
    """The shapes from the lower left to the upper right corner."""
    path, width = watermark
    diagonal = (page.width**2 + page.height**2) ** 0.5
    size = min(0.75 * diagonal / max(width, 0.1), 120.0)
    cosine, sine = page.width / diagonal, page.height / diagonal
    length, rise = width * size, 0.35 * size
    x = page.width / 2 - (cosine * length - sine * rise * 2) / 2
    y = page.height / 2 - (sine * length + cosine * rise * 2) / 2
    matrix = " ".join(f"{value:.4f}" for value in (cosine * size, sine * size, -sine * size, cosine * size, x, y))
    return f"/Artifact BMC q {min(max(gray, 0.0), 1.0):g} g {matrix} cm {path} f Q EMC"
