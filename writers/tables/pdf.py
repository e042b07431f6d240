"""Tables on pages, in the typewriter face of scripts.

Wide ones stand on larger paper of the same shape, to be printed fit to the page; what does not fit even there goes on
on further pages, with the first columns again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import accumulate

from converter.contract import DEFAULT_LIMITS, Limits, ignore
from converter.lines import CELL, Line, Page, cells
from converter.reports.table import Table
from converter.tree import NO_STYLE, Run, Screenplay, Style, TitleField, TitlePage
from writers.pdf import Options
from writers.pdf.draw import draw

_WIDTH, _HEIGHT = 792.0, 612.0  # US Letter on its side, in points
_MARGIN = 54.0
_LINE = 12.0
_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)  # times the paper; at 2, letters of 12 points are printed in 6
_LARGEST = _SCALES[-1]
_GAP = 2  # cells between columns
_WIDEST, _NARROWEST = 34, 6  # cells of a column
_KEPT = 2  # columns that begin each part of a wide table


def write(tables: Sequence[Table], title: str = "", limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Raises LimitError for more pages than `limits.output_pages`."""
    pages: list[Page] = []
    deadline = limits.deadline()
    for table in tables:
        texts = table.texts()
        for some in _parts([_natural(table, texts, place) for place in range(len(table.columns))]):
            deadline.check()
            pages += _Sheets(table, texts, some, limits, len(pages)).pages()
    if not pages:
        pages.append(
            Page(width=_WIDTH, height=_HEIGHT, label="1", lines=(_at("Nothing to tell.", _MARGIN, _MARGIN, NO_STYLE),))
        )
    field = TitleField(name="Title", lines=((Run(text=title),),))
    output = io.BytesIO()
    draw(output, Screenplay(title_page=TitlePage(fields=(field,))), (), tuple(pages), Options(), ignore, limits)
    return output.getvalue()


def _natural(table: Table, texts: list[list[str]], place: int) -> int:
    longest = max((cells(line) for row in texts for line in row[place].split("\n")), default=0)
    return max(_NARROWEST, min(max(longest, cells(table.columns[place].name)), _WIDEST))


def _parts(widths: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Columns with their widths, as many as stand side by side on the largest paper."""
    room = _cells_of(_LARGEST)
    first = list(enumerate(widths))[:_KEPT]
    part = list(first)
    for place, width in list(enumerate(widths))[_KEPT:]:
        if sum(one + _GAP for _, one in part) + width > room and len(part) > len(first):
            yield part
            part = list(first)
        part.append((place, width))
    yield part


def _cells_of(scale: float) -> int:
    return int((_WIDTH * scale - 2 * _MARGIN) / CELL)


class _Sheets:
    """The pages of one table, or of some of its columns."""

    def __init__(self, table: Table, texts: list[list[str]], some: list[tuple[int, int]], limits: Limits, before: int):
        self._table, self._texts, self._some = table, texts, some
        self._limits, self._before = limits, before
        taken = sum(width + _GAP for _, width in some)
        self._scale = next((scale for scale in _SCALES if taken <= _cells_of(scale)), _LARGEST)
        starts = accumulate((width + _GAP for _, width in some), initial=0)
        self._left = [_MARGIN + CELL * start for start in starts]
        self._pages: list[Page] = []
        self._lines: list[Line] = []
        self._y = 0.0

    def pages(self) -> list[Page]:
        self._begin()
        for row in self._texts:
            self._row(row, NO_STYLE)
        for note in self._table.notes:
            self._put([[line] for line in _wrapped(note, _cells_of(self._scale))], NO_STYLE, whole=True)
        self._end()
        return self._pages

    def _begin(self) -> None:
        self._lines, self._y = [], _MARGIN
        self._line(self._table.title, _MARGIN, Style.BOLD)
        self._y += 2 * _LINE
        self._row([column.name for column in self._table.columns], Style.UNDERLINE)

    def _end(self) -> None:
        number = self._before + len(self._pages) + 1
        if number > self._limits.output_pages:
            raise self._limits.passed("output_pages", "this report has too many pages")
        height = _HEIGHT * self._scale
        label = f"{number}."
        self._lines.append(
            _at(label, _WIDTH * self._scale - _MARGIN - CELL * len(label), height - _MARGIN / 2, NO_STYLE)
        )
        page = Page(width=_WIDTH * self._scale, height=height, label=str(number), lines=tuple(self._lines))
        self._pages.append(page)

    def _row(self, row: list[str], style: Style) -> None:
        columns = [_wrapped(row[place], width) for place, width in self._some]
        deepest = max(map(len, columns))
        self._put([[one[line] if line < len(one) else "" for one in columns] for line in range(deepest)], style)

    def _put(self, lines: list[list[str]], style: Style, *, whole: bool = False) -> None:
        """A row stays together where it fits on one page."""
        bottom = _HEIGHT * self._scale - _MARGIN
        room = bottom - _MARGIN - 4 * _LINE
        if self._y + len(lines) * _LINE > bottom and (len(lines) * _LINE <= room or self._y > bottom - 3 * _LINE):
            self._turn()
        for line in lines:
            if self._y > bottom:
                self._turn()
            for said, left in zip(line, [_MARGIN] if whole else self._left, strict=False):
                self._line(said, left, style)
            self._y += _LINE
        self._y += _LINE / 3

    def _turn(self) -> None:
        self._end()
        self._begin()

    def _line(self, said: str, x: float, style: Style) -> None:
        if said:
            self._lines.append(_at(said, x, self._y, style))


def _at(said: str, x: float, y: float, style: Style) -> Line:
    return Line(text=(Run(text=said, style=style),), x=x, y=y)


def _wrapped(said: str, width: int) -> list[str]:
    """Lines of at most so many cells; a longer word is cut."""
    lines: list[str] = []
    for typed in said.split("\n"):
        line = ""
        for word in typed.split(" "):
            longer = f"{line} {word}" if line else word
            if cells(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _pieces(word, width)
            lines += whole
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces, piece, taken = [], "", 0
    for char in word:
        wide = cells(char)
        if taken + wide > width and piece:
            pieces.append(piece)
            piece, taken = "", 0
        piece += char
        taken += wide
    return [*pieces, piece]
