"""The title page: as its author drew it, or set from what the source says of title and author."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from converter.layout.flow import Flow, draw
from converter.layout.style import INCH, Setup, face
from converter.layout.wrap import beginning
from converter.lines import CELL, Line, Page, cells
from converter.tree import (
    NO_STYLE,
    Align,
    General,
    ParagraphLayout,
    Revisions,
    Run,
    Style,
    Text,
    TitleField,
    TitlePage,
    words,
)

# Lines of a page of 54: measured in Final Draft's PDFs, title and author in six of seven.
_TITLE, _CREDIT = 19, 23
_EPISODE_BELOW_TITLE, _CREDIT_BELOW_TITLE, _CREDIT_BELOW_EPISODE = 2, 4, 5
_AUTHOR_BELOW_CREDIT, _SOURCE_BELOW_AUTHOR = 2, 5

TITLE_STYLE = Style.BOLD | Style.UNDERLINE | Style.ALL_CAPS


def title_pages(page: TitlePage | None, setup: Setup, revisions: Revisions | None = None) -> tuple[Page, ...]:
    pages = _said_pages(page, setup) if page is not None else []
    while pages and not pages[-1]:
        pages.pop()
    if setup.options.list_revisions and revisions is not None:
        _list_revisions(pages, [one.name for one in revisions.sets if one.name], setup)
    return tuple(_page(lines, number, setup) for number, lines in enumerate(pages))


def _said_pages(page: TitlePage, setup: Setup) -> list[list[Line]]:
    if page.sheets:
        sheets = [_drawn_sheet(sheet, setup) for sheet in page.sheets]
        return [page for sheet in sheets for page in sheet]
    return _set_fields(_printed(page.fields), setup).pages


def _list_revisions(pages: list[list[Line]], names: Sequence[str], setup: Setup) -> None:
    """Colours and dates at the upper right, where offices look for them; a script without title page gets one.

    Takes the rows that are free, from the top; what no page has room for opens another.
    """
    left = list(reversed(names))
    for number in range(len(names)):  # an empty page has room for a name
        if not left:
            return
        if number == len(pages):
            pages.append([])
        taken = {line.y for line in pages[number]}
        for y in map(setup.y, range(1, int(setup.title_lines) + 1)):
            if left and y not in taken:
                name = beginning(left.pop(), int((setup.number_right - INCH) / CELL))
                x = setup.number_right - CELL * cells(name)
                pages[number].append(Line(text=(Run(text=name),), x=x, y=y, generated=True))


def _page(lines: list[Line], number: int, setup: Setup) -> Page:
    """The first has no number, the others small roman ones without a full stop."""
    label = roman(number + 1) if number else None
    if label is not None:
        x = setup.number_right - CELL * len(label)
        lines = [Line(text=(Run(text=label),), x=x, y=setup.header_y, generated=True), *lines]
    return Page(width=setup.width, height=setup.height, label=label, lines=tuple(lines))


def roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


# ---------------------------------------------------------------- sheets


def _drawn_sheet(sheet: tuple[General, ...], setup: Setup) -> list[list[Line]]:
    """Line for line on the grid, blank ones too; what does not fit opens another page."""
    pages: list[list[Line]] = [[]]
    used: float = 0
    for number, paragraph in enumerate(sheet):
        flow = _flow(paragraph, number, NO_STYLE, setup)
        spacing = flow.measure.spacing
        used += flow.measure.blank
        for row in range(len(flow.rows)):
            used += spacing
            if used > setup.title_lines:
                pages.append([])
                used = spacing
            flow.put(pages[-1], row, setup.y(used))
    return pages


def _flow(paragraph: General, number: int, style: Style, setup: Setup) -> Flow:
    measure = setup.sheet_measure(paragraph)
    keeps_tabs = bool(measure.tabs) and cells(words(paragraph.text)) <= measure.columns
    flow = Flow(paragraph, number, measure, draw(paragraph.text, face(style), tabs=keeps_tabs))
    if keeps_tabs and "\t" in flow.text:
        flow.tabs = measure.tabs
    return flow.wrap(setup, whole=True)


# ---------------------------------------------------------------- fields

_PLACES = {
    "title": "title",
    "episode": "episode",
    "credit": "credit",
    "author": "author",
    "authors": "author",
    "source": "source",
    "contact": "contact",
    "contact info": "contact",
    "draft date": "draft",
    "date": "draft",
    "draft": "draft",
    "revision": "draft",
    "copyright": "rights",
    "notes": "rights",
}


def is_printed(field: TitleField) -> bool:
    """Has the title page a place for it?"""
    return _place(field) is not None


def is_title(field: TitleField) -> bool:
    return _place(field) == "title"


def _place(field: TitleField) -> str | None:
    return _PLACES.get(" ".join(field.name.casefold().split()))


class FieldPlace(NamedTuple):
    """The lines of a title page that a field takes: the first, counted from 1, and how many."""

    line: int
    height: int
    align: Align  # in the middle, or at the foot on one side


def field_places(fields: tuple[TitleField, ...], setup: Setup) -> list[FieldPlace] | None:
    """Where each field stands, the ones that no page prints too: at the foot. None if one sheet does not hold them."""
    grid = _set_fields(_whole(fields), setup)
    if len(grid.pages) > 1:
        return None
    return [FieldPlace(*grid.extent(number), grid.align_of[number]) for number in range(len(fields))]


def _whole(fields: tuple[TitleField, ...]) -> _Said:
    said: _Said = {}
    for number, field in enumerate(fields):
        lines = said.setdefault(_place(field) or "rights", [])
        lines.extend((number, line) for line in field.lines or ((),))
    return said


def _printed(fields: tuple[TitleField, ...]) -> _Said:
    said: _Said = {}
    for number, field in enumerate(fields):
        place = _place(field)
        if place is not None:
            said.setdefault(place, []).extend((number, line) for line in field.lines if words(line).strip())
    return said


_Said: TypeAlias = dict[str, list[tuple[int, Text]]]  # lines by their place, with the number of their field


class _Grid:
    """Lines of a title page by their number; what stands below the last opens another page."""

    def __init__(self, said: _Said, setup: Setup):
        self.said = said
        self.setup = setup
        self.pages: list[list[Line]] = [[]]
        self.count = 0  # lines set so far
        self.used = 0  # the lowest line that holds something
        self.lines_of: dict[int, list[int]] = {}  # of each field
        self.align_of: dict[int, Align] = {}

    def extent(self, field: int) -> tuple[int, int]:
        """The first line of a field, and how many there are to its last."""
        lines = self.lines_of[field]
        return lines[0], lines[-1] - lines[0] + 1

    def flows(self, place: str, align: Align, style: Style = NO_STYLE) -> list[tuple[int | None, Flow]]:
        return [(number, self.flow(text, align, style)) for number, text in self.said.get(place, ())]

    def flow(self, text: Text, align: Align, style: Style = NO_STYLE) -> Flow:
        layout = None
        if align is not Align.CENTER:
            middle = (1.0 + self.setup.text_right / INCH) / 2
            layout = ParagraphLayout(right=middle) if align is Align.LEFT else ParagraphLayout(left=middle + 0.25)
        self.count += 1
        return _flow(General(text=text, align=align, layout=layout), self.count - 1, style, self.setup)

    def put(self, line: int, flows: list[tuple[int | None, Flow]]) -> int:
        """Puts texts one below the other from this line on; gives the line of the last."""
        line -= 1
        for field, flow in flows:
            for row in range(len(flow.rows)):
                line += 1
                page, above = divmod(line - 1, self.setup.title_lines)
                while len(self.pages) <= page:
                    self.pages.append([])
                flow.put(self.pages[page], row, self.setup.y(above + 1))
                if field is not None:
                    self.lines_of.setdefault(field, []).append(line)
                    self.align_of[field] = flow.measure.align
        self.used = max(self.used, line)
        return line


def _set_fields(said: _Said, setup: Setup) -> _Grid:
    """Title, credit, author and source down the middle; contact at the foot left, draft and date at the foot right."""
    grid = _Grid(said, setup)
    _set_middle(grid)
    rights, contact = (grid.flows(place, Align.LEFT) for place in ("rights", "contact"))
    draft = grid.flows("draft", Align.RIGHT)
    between = [(None, grid.flow((), Align.LEFT))] if rights and contact else []
    middle = grid.used
    for foot in ([*rights, *between, *contact], draft):
        height = sum(len(flow.rows) for _, flow in foot)
        grid.put(max(middle + 2, setup.title_lines - height + 1), foot)
    return grid


def _set_middle(grid: _Grid) -> None:
    title = grid.put(_TITLE, grid.flows("title", Align.CENTER, TITLE_STYLE))
    episode = grid.flows("episode", Align.CENTER)
    if episode:
        title = grid.put(title + _EPISODE_BELOW_TITLE, episode) + _CREDIT_BELOW_EPISODE - _CREDIT_BELOW_TITLE
    credit = max(_CREDIT, title + _CREDIT_BELOW_TITLE)
    credit = max(credit, grid.put(credit, grid.flows("credit", Align.CENTER)))
    author = credit + _AUTHOR_BELOW_CREDIT
    author = max(author, grid.put(author, grid.flows("author", Align.CENTER)))
    grid.put(author + _SOURCE_BELOW_AUTHOR, grid.flows("source", Align.CENTER))
