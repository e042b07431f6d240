"""The title page: as its author drew it, or set from what the source says of title and author."""

from __future__ import annotations

from converter.layout.flow import Flow, draw
from converter.layout.style import INCH, Setup, face
from converter.lines import CELL, Line, Page, cells
from converter.tree import (
    NO_STYLE,
    Align,
    General,
    ParagraphLayout,
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


def title_pages(page: TitlePage | None, setup: Setup) -> tuple[Page, ...]:
    if page is None:
        return ()
    if page.sheets:
        sheets = [_drawn_sheet(sheet, setup) for sheet in page.sheets]
        pages = [page for sheet in sheets for page in sheet]
    else:
        pages = _set_fields(page.fields, setup)
    while pages and not pages[-1]:
        pages.pop()
    return tuple(_page(lines, number, setup) for number, lines in enumerate(pages))


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


class _Grid:
    """Lines of a title page by their number; what stands below the last opens another page."""

    def __init__(self, setup: Setup):
        self.setup = setup
        self.pages: list[list[Line]] = [[]]
        self.count = 0  # lines set so far
        self.used = 0  # the lowest line that holds something

    def flow(self, text: Text, align: Align, style: Style = NO_STYLE) -> Flow:
        layout = None
        if align is not Align.CENTER:
            middle = (1.0 + self.setup.text_right / INCH) / 2
            layout = ParagraphLayout(right=middle) if align is Align.LEFT else ParagraphLayout(left=middle + 0.25)
        self.count += 1
        return _flow(General(text=text, align=align, layout=layout), self.count - 1, style, self.setup)

    def put(self, line: int, flows: list[Flow]) -> int:
        """Puts texts one below the other from this line on; gives the line of the last."""
        line -= 1
        for flow in flows:
            for row in range(len(flow.rows)):
                line += 1
                page, above = divmod(line - 1, self.setup.title_lines)
                while len(self.pages) <= page:
                    self.pages.append([])
                flow.put(self.pages[page], row, self.setup.y(above + 1))
        self.used = max(self.used, line)
        return line


def _set_fields(fields: tuple[TitleField, ...], setup: Setup) -> list[list[Line]]:
    """Title, credit, author and source down the middle; contact at the foot left, draft and date at the foot right."""
    said = _lines_by_place(fields)
    grid = _Grid(setup)
    _set_middle(said, grid)
    rights = [grid.flow(text, Align.LEFT) for text in said.get("rights", ())]
    contact = [grid.flow(text, Align.LEFT) for text in said.get("contact", ())]
    draft = [grid.flow(text, Align.RIGHT) for text in said.get("draft", ())]
    between = [grid.flow((), Align.LEFT)] if rights and contact else []
    middle = grid.used
    for foot in ([*rights, *between, *contact], draft):
        height = sum(len(flow.rows) for flow in foot)
        grid.put(max(middle + 2, setup.title_lines - height + 1), foot)
    return grid.pages


def _lines_by_place(fields: tuple[TitleField, ...]) -> dict[str, list[Text]]:
    said: dict[str, list[Text]] = {}
    for field in fields:
        place = _place(field)
        if place is not None:
            said.setdefault(place, []).extend(line for line in field.lines if words(line).strip())
    return said


def _set_middle(said: dict[str, list[Text]], grid: _Grid) -> None:
    def centered(name: str, style: Style = NO_STYLE) -> list[Flow]:
        return [grid.flow(text, Align.CENTER, style) for text in said.get(name, ())]

    title = grid.put(_TITLE, centered("title", TITLE_STYLE))
    episode = centered("episode")
    if episode:
        title = grid.put(title + _EPISODE_BELOW_TITLE, episode) + _CREDIT_BELOW_EPISODE - _CREDIT_BELOW_TITLE
    credit = max(_CREDIT, title + _CREDIT_BELOW_TITLE)
    credit = max(credit, grid.put(credit, centered("credit")))
    author = credit + _AUTHOR_BELOW_CREDIT
    author = max(author, grid.put(author, centered("author")))
    grid.put(author + _SOURCE_BELOW_AUTHOR, centered("source"))
