"""How a script is set: the choices a person can make, and the measures of every element on every paper.

A choice of the caller counts before the source's own setup, that before the default. The defaults are Final Draft's
stock "Screenplay": figures from its templates and from PDFs that Final Draft 11 wrote.
"""

from __future__ import annotations

import math
import re
from typing import Literal, NamedTuple, TypeVar

from converter.contract import Diagnostic, Kind, Report, UsageError, option
from converter.lines import CELL, measured_width
from converter.records import dataclass, replace
from converter.terms import CAPITALS
from converter.tree import (
    ELEMENT_NAMES,
    NO_STYLE,
    Action,
    Align,
    Band,
    CastList,
    Character,
    Continued,
    Dialogue,
    ElementStyle,
    EndOfAct,
    General,
    Look,
    Lyric,
    Margins,
    More,
    NewAct,
    PageField,
    PageFieldKind,
    PageSetup,
    Paper,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Style,
    Synopsis,
    TabStop,
    Transition,
)

INCH = 72.0

# Final Draft on macOS sets its glyphs 7.0 points apart and wants room for the last one's 7.2, so an action line of
# 6 inches holds 61 characters. Drawn at 10 to the inch they are 0.1 inch wider than the element.
_PITCH = 7.0
_SLACK = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """What PDF, text and page-true DOCX let one choose; their Options inherit it. None: as the source says."""

    paper: Literal["letter", "a4"] | None = option(None, "Paper: letter or a4.")
    template: Literal["film", "multi-camera"] | None = option(
        None, "Measures of a kind of script, in place of the source's own: film, or multi-camera for sitcoms."
    )
    columns: Literal["final-draft", "strict"] = option(
        "final-draft",
        "Line lengths: final-draft breaks lines where Final Draft does, strict stays within 10 to the inch.",
    )
    lines: int | None = option(None, "Lines of text on a page, if not what its margins hold: 54 on US Letter.")
    leading: float | None = option(None, "Points from line to line, 12 unless said; less puts more on a page.")
    heading_style: Literal["plain", "bold", "underline", "bold-underline"] | None = option(
        None, "Scene headings in plain, bold, underline or bold-underline."
    )
    as_typed: bool = option(False, "Print scene headings and cues as typed, not in capitals.")
    heading_blank_lines: int | None = option(None, "Blank lines before a scene heading, usually 2 or 1.")
    scene_numbers: Literal["none", "left", "right", "both"] | None = option(
        None, "Where the scene numbers that the script has are printed; --number-scenes gives it some."
    )
    join_omitted: bool = option(False, "Print a row of omitted scenes as one line, 12-15 OMITTED.")
    dialogue_numbers: bool = option(False, "Number the speeches in the left margin, as for dubbing and radio.")
    more: bool | None = option(None, "Print (MORE) and repeat the name when a page cuts a speech.")
    more_text: str | None = option(None, "What a cut speech prints at the foot of the page, (MORE).")
    contd: bool | None = option(None, "Mark a speaker who goes on after action with (CONT'D).")
    contd_text: str | None = option(None, "The mark of a speaker who goes on, (CONT'D).")
    scene_continued: bool | None = option(None, "Print (CONTINUED) and CONTINUED: when a page cuts a scene.")
    scene_continued_bottom: str | None = option(None, "What a cut scene prints at the foot of the page, (CONTINUED).")
    scene_continued_top: str | None = option(None, "What a cut scene prints at the top of the next page, CONTINUED:.")
    notes: bool = option(False, "Print notes, in double brackets.")
    sections: bool = option(False, "Print sections.")
    synopses: bool = option(False, "Print synopses.")
    title_page: bool = option(True, "Print the title page.")
    header: str | None = option(
        None,
        "The header from page 2 on: left | center | right, with {page}, {revision}, {date}; {page}. unless said.",
    )
    footer: str | None = option(None, "The footer of every page, in the same way; empty unless said.")
    break_at_sentences: bool | None = option(None, "Cut paragraphs between pages only where a sentence ends.")
    keep_double_hyphen: bool = option(False, "Keep -- together and on the line of the word before it.")
    revision_marks: Literal["none", "active", "all"] | None = option(
        None, "Mark the lines changed in the active revision, in all of them, or none."
    )
    list_revisions: bool = option(False, "List the revisions at the upper right of the title page, the newest last.")
    skip_i_and_o: bool = option(True, "Leave out I and O in the letters of added pages, since they look like 1 and 0.")
    only_pages: str | None = option(None, "Print only these pages: 3, 5-8, 12A.")
    only_scenes: str | None = option(None, "Print only the pages with these scene numbers: 4, 12-14.")
    only_revised: bool = option(False, "Print only the pages that the newest revision touched.")
    revised_set: str = option(
        "", "With only_revised, whose pages: a revision's name, all (of any revision) or unrevised (of none)."
    )


DEFAULT_OPTIONS = PageOptions()


# ---------------------------------------------------------------- measures


class Face(NamedTuple):
    """What a style does to the words it is for: what is drawn, and in which letters."""

    bits: int  # of the style
    drawn: Style
    capitals: bool
    hidden: bool

    def with_words(self, style: Style) -> Face:
        """The words' own style added; PLAIN says that the element's does not apply to them."""
        value = style.value
        return _face(value if value & _PLAIN else value | self.bits)


# Numbers, because an operation on flags costs more than all else that is done with a run.
_PLAIN, _HIDDEN = Style.PLAIN.value, Style.HIDDEN.value
_CAPITALS = (Style.ALL_CAPS | Style.SMALL_CAPS).value  # a grid of cells has no small capitals
_DRAWN_BITS = (Style.BOLD | Style.ITALIC | Style.UNDERLINE | Style.STRIKEOUT).value
_DRAWN = {bits: Style(bits) for bits in range(_DRAWN_BITS + 1) if not bits & ~_DRAWN_BITS}


def face(style: Style) -> Face:
    return _face(style.value)


def _face(bits: int) -> Face:
    return Face(bits, _DRAWN[bits & _DRAWN_BITS], bool(bits & _CAPITALS), bool(bits & _HIDDEN))


class Measure(NamedTuple):
    """How one kind of paragraph is set. Points from the paper's left edge; blank lines and spacing in lines."""

    left: float
    right: float
    first_x: float
    x: float
    first_columns: int
    columns: int
    blank: int
    spacing: float
    align: Align
    face: Face
    new_page: bool
    tabs: tuple[TabStop, ...]
    look: Look | None  # colours; there is one typeface on a grid of cells

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class _Row(NamedTuple):
    """One element in inches from the paper's left edge on US Letter."""

    left: float
    right: float
    blank: int
    align: Align = Align.LEFT
    style: Style = NO_STYLE
    first: float = 0.0
    spacing: float = 1.0
    new_page: bool = False


_ACT = Style.ALL_CAPS | Style.UNDERLINE

# Final Draft 10's stock "Screenplay"; section and synopsis are ours, since Final Draft does not print them.
_FILM: dict[type[Paragraph], _Row] = {
    SceneHeading: _Row(1.50, 7.50, 2, style=Style.ALL_CAPS),
    Shot: _Row(1.50, 7.50, 1, style=Style.ALL_CAPS),
    Action: _Row(1.50, 7.50, 1),
    Character: _Row(3.50, 7.25, 1, style=Style.ALL_CAPS),
    Parenthetical: _Row(3.00, 5.50, 0, first=-0.10),
    Dialogue: _Row(2.50, 6.00, 0),
    Lyric: _Row(2.50, 7.38, 0, style=Style.ITALIC),
    Transition: _Row(5.50, 7.10, 1, Align.RIGHT, Style.ALL_CAPS),
    General: _Row(1.50, 7.50, 0),
    CastList: _Row(1.50, 7.50, 0, style=Style.ALL_CAPS),
    NewAct: _Row(1.50, 7.50, 1, Align.CENTER, _ACT, new_page=True),
    EndOfAct: _Row(1.50, 7.50, 2, Align.CENTER, _ACT),
    Section: _Row(1.50, 7.50, 1, style=Style.BOLD),
    Synopsis: _Row(1.50, 7.50, 1, style=Style.ITALIC),
}


def element_face(kind: type[Paragraph]) -> Face:
    """How an element is set unless its source says otherwise."""
    return face(_FILM[kind].style)


def element_align(kind: type[Paragraph]) -> Align:
    return _FILM[kind].align


# Printed only on request, and then so that nobody takes them for the script.
_ASIDES = frozenset({Section, Synopsis})
GREY = Look(color="#808080")

# Final Draft's half-hour templates: capitals for action, speech in double space.
_MULTI_CAMERA: dict[type[Paragraph], _Row] = {
    **_FILM,
    SceneHeading: _Row(1.50, 7.50, 1, style=_ACT),
    Action: _Row(1.50, 7.50, 1, style=Style.ALL_CAPS),
    Character: _Row(3.50, 6.25, 1, style=Style.ALL_CAPS),
    Parenthetical: _Row(2.75, 5.50, 0, first=-0.10),
    Dialogue: _Row(2.25, 6.00, 0, spacing=2.0),
    Transition: _Row(5.50, 7.25, 1, Align.RIGHT, Style.ALL_CAPS),
}

# On paper too narrow for Letter's measures these end a given way from its right edge; speech keeps its columns as long
# as there is room for them.
_FOLLOWS_PAPER = frozenset(
    {SceneHeading, Shot, Action, Transition, General, CastList, NewAct, EndOfAct, Section, Synopsis}
)

# What has no capitals of its own where the option `as_typed` says so.
_AS_TYPED = frozenset({SceneHeading, Character})

# A source can say anything; nothing readable has fewer columns, or lines on a page.
_FEWEST_COLUMNS = 8
_FEWEST_LINES = 4
_WIDEST_SPACING = 4.0
_NEAREST_EDGE = 0.5  # inches


class Setup:
    """Everything that the pages of one screenplay need to know, and the measures of its paragraphs.

    Made anew for each run; `measure` remembers what it has worked out.
    """

    def __init__(self, screenplay: Screenplay, options: PageOptions, report: Report, *, endless: bool = False):
        source = screenplay.page_setup or PageSetup()
        self.options = options
        self.report = report
        self.endless = endless  # one page for everything, without furniture
        self._own_styles: dict[str | None, ElementStyle] = {}
        if options.template is None:
            self._own_styles.update((style.name, style) for style in screenplay.styles)
        self._table = _MULTI_CAMERA if options.template == "multi-camera" else _FILM
        self._measures: dict[object, Measure] = {}

        self._set_paper(source)
        if endless:
            self.lines = 1 << 60
        # Rows of one paragraph that are worth knowing at a time.
        self.limit = None if endless else 2 * self.lines + 4
        self._set_numbers(source)
        self.mark_x = self._mark_x(screenplay.revisions)
        self.more = _more(options, source)
        self.continued = _continued(options, source)
        self.break_at_sentences = _or(options.break_at_sentences, _or(source.break_at_sentences, True))
        self.first_page = _or(source.first_page, 1)
        self.header = _band(options.header, source.header, _DEFAULT_HEADER)
        self.footer = _band(options.footer, source.footer, Band(), on_first_page=True)
        self.keep_double_hyphen = options.keep_double_hyphen

    def _set_paper(self, source: PageSetup) -> None:
        """The paper, its lines, and what stands at its edges."""
        options, report = self.options, self.report
        paper = _paper(options, source)
        self.width, self.height = paper.width * INCH, paper.height * INCH
        self._edge = measured_width(paper.width)
        # Measures without a paper are meant for US Letter.
        self._narrower = paper.width < (source.paper or _PAPERS["letter"]).width - 0.1

        margins = source.margins or Margins(top=72, bottom=72, header=36, footer=36)
        self.leading = _leading(options, source, report)
        self.lines = _lines(self.height, margins, self.leading)
        if self.lines < _FEWEST_LINES:
            margins = Margins(top=72, bottom=72, header=36, footer=36)
            self.lines = max(_FEWEST_LINES, _lines(self.height, margins, self.leading))
            report(_unusable("The margins leave no room on the page, so one inch was used.", "pages.no-room"))
        self.title_lines = self.lines
        if options.lines is not None:
            self.lines = max(_FEWEST_LINES, options.lines)
        # Courier Prime's first baseline lies 8 points under the margin, the last line's descent 4 above the other.
        self.first_y = margins.top + self.leading - 4
        self.header_y = margins.header + 8
        self.footer_y = self.height - margins.footer - 4
        self.number_right = (self._edge - 1.25) * INCH
        self.band_left = 1.25 * INCH
        self.text_left, self.text_right = 1.5 * INCH, (self._edge - 1.0) * INCH

    def _set_numbers(self, source: PageSetup) -> None:
        numbers = source.scene_numbers
        self.number_left_x = round(INCH * _or(numbers.left_position if numbers else None, 0.75))
        number_right = _or(numbers.right_position if numbers else None, self._edge - 1.125)
        self.number_right_x = round(INCH * self._on_narrower(number_right))
        self.numbers_left, self.numbers_right = _numbered_sides(self.options, source)

    def _mark_x(self, revisions: Revisions | None) -> int:
        """Where marks stand: as the file says, where the paper has room there."""
        if revisions is not None and revisions.location != Revisions().location:
            x = revisions.location * INCH
            if 0 <= x <= self.width - CELL:
                return round(x)
        return round((self._edge - 0.75) * INCH)

    def y(self, line: float) -> float:
        """The baseline of a line counted from 1."""
        return self.first_y + self.leading * (line - 1)

    def measure(self, paragraph: Paragraph) -> Measure:
        key = (type(paragraph), paragraph.style_name, paragraph.align, paragraph.layout)
        found = self._measures.get(key)
        if found is None:
            found = self._measures[key] = self._worked_out(paragraph)
        return found

    def dual_measure(self, kind: type[Paragraph], column: int) -> Measure:
        """The left (1) or right (2) half of the text width, a quarter inch between them.

        Measured in Final Draft: 1.50 to 4.375 and 4.625 to 7.50 inches, 29 columns; the bracket of a parenthetical
        stands a quarter inch in and does not hang.
        """
        found = self._measures.get((kind, column))
        if found is None:
            found = self._measures[kind, column] = self._dual(kind, column)
        return found

    def sheet_measure(self, line: General) -> Measure:
        """A line of a title page: from 1.00 to 7.50 inches, no style but its own."""
        key = (None, line.align, line.layout)
        found = self._measures.get(key)
        if found is None:
            row, tabs = _with_layout(_Row(1.0, self._edge - 1.0, 0, line.align or Align.LEFT), line.layout)
            found = self._measures[key] = self._in_points(row, tabs, None)
        return found

    def _dual(self, kind: type[Paragraph], column: int) -> Measure:
        page = self.measure(General())
        single = self.measure(kind())
        width = (page.right - page.left - 0.25 * INCH) / 2
        left = page.left if column == 1 else page.right - width
        right = left + width
        if kind is Parenthetical:
            left, right = left + 0.25 * INCH, right - 0.25 * INCH
        align = Align.CENTER if kind is Character else Align.LEFT
        columns = self._columns(left, right)
        if self._edge < 8.5 and kind is not Parenthetical:
            columns = min(columns, int((right - left) / CELL))  # the halves are too near each other for more
        x = round(left)
        return single._replace(
            left=left, right=right, first_x=x, x=x, first_columns=columns, columns=columns, align=align, tabs=()
        )

    def _worked_out(self, paragraph: Paragraph) -> Measure:
        kind = type(paragraph)
        row = self._table[kind]
        row = self._on_paper(kind, row)
        names = (paragraph.style_name, ELEMENT_NAMES.get(kind))
        own = next((self._own_styles[name] for name in names if name in self._own_styles), None)
        tabs: tuple[TabStop, ...] = ()
        look = GREY if kind in _ASIDES else None
        if own is not None:
            row, tabs = _with_layout(row._replace(style=own.style, align=own.align or row.align), own.layout)
            look = _colors(own.look)
        if self.options.as_typed and kind in _AS_TYPED:
            row = row._replace(style=row.style & ~CAPITALS)
        row = self._with_heading_options(row, kind)
        row, own_tabs = _with_layout(row, paragraph.layout)
        if paragraph.align is not None:
            row = row._replace(align=paragraph.align)
        return self._in_points(row._replace(right=self._on_narrower(row.right)), own_tabs or tabs, look)

    def _on_narrower(self, right: float) -> float:
        """A right edge that was meant for wider paper: at most half an inch from the edge of this one."""
        return min(right, self.width / INCH - _NEAREST_EDGE) if self._narrower else right

    def _on_paper(self, kind: type[Paragraph], row: _Row) -> _Row:
        wider = self._edge - 8.5
        if kind is Transition:
            return row._replace(left=row.left + wider, right=row.right + wider)
        if kind in _FOLLOWS_PAPER:
            return row._replace(right=row.right + wider)
        return row._replace(right=min(row.right, self._edge - 1.0))

    def _with_heading_options(self, row: _Row, kind: type[Paragraph]) -> _Row:
        if kind is not SceneHeading:
            return row
        if self.options.heading_blank_lines is not None:
            row = row._replace(blank=max(0, self.options.heading_blank_lines))
        if self.options.heading_style is not None:
            row = row._replace(
                style=row.style & ~(Style.BOLD | Style.UNDERLINE) | _HEADINGS[self.options.heading_style]
            )
        return row

    def _in_points(self, row: _Row, tabs: tuple[TabStop, ...], look: Look | None) -> Measure:
        left, right, first = row.left * INCH, row.right * INCH, (row.left + row.first) * INCH
        if min(self._columns(left, right), self._columns(first, right)) < _FEWEST_COLUMNS or left < 0 or first < 0:
            self.report(
                _unusable("A paragraph's indents leave no room for its words, so others were used.", "pages.no-width")
            )
            left = first = (1.5 if self._edge >= 6 else 0.5) * INCH
            right = (self._edge - (1.0 if self._edge >= 6 else 0.5)) * INCH
        return Measure(
            left=left,
            right=right,
            first_x=round(first),
            x=round(left),
            first_columns=max(_FEWEST_COLUMNS, self._columns(first, right)),
            columns=max(_FEWEST_COLUMNS, self._columns(left, right)),
            blank=row.blank,
            spacing=row.spacing,
            align=row.align,
            face=face(row.style),
            new_page=row.new_page,
            tabs=tabs,
            look=look,
        )

    def _columns(self, left: float, right: float) -> int:
        if self.options.columns == "strict":
            return math.floor((right - left) / CELL + 1e-6)
        return math.floor((right - left - _SLACK) / _PITCH + 1e-6)


_HEADINGS = {
    "plain": NO_STYLE,
    "bold": Style.BOLD,
    "underline": Style.UNDERLINE,
    "bold-underline": Style.BOLD | Style.UNDERLINE,
}


def _with_layout(row: _Row, layout: ParagraphLayout | None) -> tuple[_Row, tuple[TabStop, ...]]:
    if layout is None:
        return row, ()
    changed = row._replace(
        left=_or(layout.left, row.left),
        right=_or(layout.right, row.right),
        first=_or(layout.first_indent, row.first),
        # Old files give 11 and 22 points for one and two lines: they were typed at 11 point.
        blank=row.blank if layout.space_before is None else max(0, round(layout.space_before / 12)),
        spacing=min(max(1.0, _or(layout.line_spacing, row.spacing)), _WIDEST_SPACING),
        new_page=row.new_page if layout.new_page is None else layout.new_page,
    )
    return changed, layout.tabs or ()


def _colors(look: Look | None) -> Look | None:
    if look is None or look.color is None and look.background is None:
        return None
    return Look(color=look.color, background=look.background)


# ---------------------------------------------------------------- the page

_PAPERS = {"letter": Paper(width=8.5, height=11.0), "a4": Paper(width=595.28 / INCH, height=841.89 / INCH)}

_DEFAULT_HEADER = Band(
    center=(PageField(kind=PageFieldKind.REVISION),), right=(PageField(kind=PageFieldKind.PAGE), Run(text="."))
)


def _paper(options: PageOptions, source: PageSetup) -> Paper:
    if options.paper is not None:
        return _PAPERS[options.paper]
    own = source.paper
    if own is None or not (3 <= own.width <= 40 and 3 <= own.height <= 40):
        return _PAPERS["letter"]
    return own


def _leading(options: PageOptions, source: PageSetup, report: Report) -> float:
    leading = options.leading if options.leading is not None else source.leading
    if leading is None or leading == 12:
        return 12.0
    if not 6 <= leading <= 72:
        report(_unusable(f"A line height of {leading:g} points cannot be read, so 12 was used.", "pages.other-leading"))
        return 12.0
    report(_unusable(f"Lines stand {leading:g} points apart, so pages do not count as usual.", "pages.other-leading"))
    return float(leading)


def _lines(height: float, margins: Margins, leading: float) -> int:
    return math.floor((height - max(0.0, margins.top) - max(0.0, margins.bottom)) / leading + 1e-6)


def _numbered_sides(options: PageOptions, source: PageSetup) -> tuple[bool, bool]:
    if options.scene_numbers is not None:
        return options.scene_numbers in {"left", "both"}, options.scene_numbers in {"right", "both"}
    numbers = source.scene_numbers
    return (True, True) if numbers is None else (numbers.left, numbers.right)


def _more(options: PageOptions, source: PageSetup) -> More:
    own = source.more or More()
    return More(
        bottom=_or(options.more_text, own.bottom),
        top=_or(options.contd_text, own.top),
        at_bottom=_or(options.more, own.at_bottom),
        at_top=_or(options.more, own.at_top),
        automatic=_or(options.contd, own.automatic),
    )


def _continued(options: PageOptions, source: PageSetup) -> Continued:
    own = source.continued or Continued()
    return replace(
        own,
        bottom=_or(options.scene_continued_bottom, own.bottom),
        top=_or(options.scene_continued_top, own.top),
        at_bottom=_or(options.scene_continued, own.at_bottom),
        at_top=_or(options.scene_continued, own.at_top),
    )


_FIELD = re.compile(r"\{(\w+)\}")
_FIELDS = {"page": PageFieldKind.PAGE, "revision": PageFieldKind.REVISION, "date": PageFieldKind.DATE}


def _band(said: str | None, own: Band | None, default: Band, *, on_first_page: bool = False) -> Band:
    if said is None:
        return default if own is None else own
    parts = said.split("|")
    if len(parts) > 3:
        raise UsageError(f"a header or footer has three parts, left | center | right; {said!r} has {len(parts)}")
    if len(parts) == 1:
        parts = ["", "", *parts]
    left, center, right = ([*parts, ""])[:3]
    return Band(left=_band_part(left), center=_band_part(center), right=_band_part(right), on_first_page=on_first_page)


def _band_part(text: str) -> tuple[Run | PageField, ...]:
    pieces: list[Run | PageField] = []
    for number, piece in enumerate(_FIELD.split(text.strip())):
        if number % 2 and piece not in _FIELDS:
            raise UsageError(f"a header or footer has no {{{piece}}}; it can have {{page}}, {{revision}} and {{date}}")
        if number % 2:
            pieces.append(PageField(kind=_FIELDS[piece]))
        elif piece:
            pieces.append(Run(text=piece))
    return tuple(pieces)


T = TypeVar("T")


def _or(value: T | None, default: T) -> T:
    return default if value is None else value


def _unusable(message: str, code: str) -> Diagnostic:
    return Diagnostic(Kind.WARNING, code, message)
