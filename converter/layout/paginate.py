"""Breaking a screenplay into pages where Final Draft breaks it.

Measured on PDFs that Final Draft 11 wrote, from the first page to the last: a page holds 54 lines on US Letter; (MORE)
and the repeated cue cost none of them; a paragraph is cut where a sentence ends, two lines above and two below.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from converter.contract import DEFAULT_LIMITS, Limits, Report, UsageError, ignore
from converter.cuts import with_cuts_marked
from converter.layout.blocks import Block, Builder, Column, Split
from converter.layout.flow import Drawn, Flow, MarginNumber
from converter.layout.furniture import Furniture, Marks, run_cells, shown_marks
from converter.layout.labels import page_labels
from converter.layout.losses import report_losses
from converter.layout.select import SceneSpan, selected
from converter.layout.style import DEFAULT_OPTIONS, PageOptions, Setup
from converter.layout.titlepage import title_pages
from converter.lines import CELL, Line, Page, Start, cells
from converter.normal import normal
from converter.records import dataclass, replace
from converter.terms import CONTINUED, is_omitted
from converter.tree import NO_STYLE, Align, Paragraph, Revisions, Run, SceneHeading, Screenplay, Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneLength:
    """A scene as the pages show it."""

    heading: int  # which scene heading of the body, from 0
    number: str | None
    page: str  # label of the page on which the heading stands
    lines: float  # with the blank lines above its heading, without room that is left empty at the end of a page
    eighths: int  # of a page; 0 for an omitted scene only


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A screenplay on paper. `script` is what the options selected; all else is of the whole."""

    title: tuple[Page, ...]
    script: tuple[Page, ...]
    scenes: tuple[SceneLength, ...]
    whole: tuple[Page, ...]
    places: tuple[int, ...]  # of the pages of `script` in `whole`

    @property
    def count(self) -> int:
        return len(self.whole)

    @property
    def all(self) -> tuple[Page, ...]:
        return self.title + self.script


def paginate(
    screenplay: Screenplay,
    options: PageOptions = DEFAULT_OPTIONS,
    report: Report = ignore,
    limits: Limits = DEFAULT_LIMITS,
    *,
    endless: bool = False,
) -> Pages:
    """The pages of a screenplay. `endless` puts the whole script on one page without furniture."""
    screenplay = normal(screenplay)
    if report is not ignore:
        report_losses(screenplay, report)
    body = with_cuts_marked(screenplay.body)
    if body is not screenplay.body:
        screenplay = replace(screenplay, body=body)
    setup = Setup(screenplay, options, report, endless=endless)
    press = _Press(screenplay, setup, limits)
    press.run()
    furniture = Furniture(screenplay, setup, press.marks)
    labels = page_labels([sheet.locks for sheet in press.sheets], setup.first_page, skip=options.skip_i_and_o)
    pages = tuple(
        furniture.page(sheet.lines, label, number == 0, sheet.start, sheet.revisions)
        for number, (sheet, label) in enumerate(zip(press.sheets, labels, strict=True))
    )
    revised = _revised(press.sheets, screenplay, press.marks, options) if options.only_revised else ()
    chosen = selected(pages, revised, _scene_spans(press), options)
    wants_title = options.title_page and chosen is None
    title = title_pages(screenplay.title_page, setup, screenplay.revisions) if wants_title else ()
    places = tuple(range(len(pages))) if chosen is None else chosen
    script = tuple(pages[place] for place in places)
    return Pages(title=title, script=script, scenes=_scene_lengths(press, labels), whole=pages, places=places)


def _revised(sheets: list[_Sheet], screenplay: Screenplay, marks: Marks, options: PageOptions) -> list[bool]:
    """Which pages a revision touched, or none did.

    A locked page that was touched takes along what overflows it, for that is new paper too.
    """
    all_sets = set().union(*(sheet.touched for sheet in sheets))
    is_unrevised = options.revised_set.casefold() == "unrevised"
    wanted = all_sets if is_unrevised else _wanted_sets(all_sets, screenplay, marks, options.revised_set)
    revised: list[bool] = []
    is_locked = overflows = False
    for sheet in sheets:
        is_locked = is_locked or bool(sheet.locks)
        is_touched = not wanted.isdisjoint(sheet.touched)
        overflows = is_touched or is_locked and overflows and not sheet.locks
        revised.append(overflows != is_unrevised)
    return revised


def _wanted_sets(all_sets: set[int], screenplay: Screenplay, marks: Marks, name: str) -> set[int]:
    """Of a name, or the newest: the active one, else the last of those that touched any page."""
    revisions = screenplay.revisions or Revisions()
    if name.casefold() == "all":
        return all_sets
    if name:
        found = {one.id for one in revisions.sets if one.name.casefold() == name.casefold()}
        if not found:
            known = ", ".join(one.name for one in revisions.sets) or "it has none"
            raise UsageError(f"the script has no revision set called {name!r}; there are: {known}")
        return found
    newest = revisions.active if revisions.active is not None else marks.newest(all_sets)
    return set() if newest is None else {newest}


class _Sheet:
    """A page that is being filled; `used` counts its lines of text from `top` on."""

    __slots__ = ("is_fresh", "lines", "locks", "name_rows", "revisions", "start", "top", "touched", "used")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.top = 0  # lines that CONTINUED: and long repeated names take
        self.name_rows = 0  # of a repeated name that there is room for
        self.used: float = 0
        self.is_fresh = True  # no block on it yet
        self.locks: tuple[str, ...] = ()
        self.start: Start | None = None
        self.revisions: set[int] = set()  # those that are marked
        self.touched: set[int] = set()  # all of them


class _Press:
    """Fills sheet after sheet with the blocks of a script."""

    def __init__(self, screenplay: Screenplay, setup: Setup, limits: Limits):
        self.setup = setup
        self.limits = limits
        self.deadline = limits.deadline()
        self.blocks = Builder(screenplay, setup, self.deadline).blocks
        self.tails = _tails(self.blocks)
        self.marks = shown_marks(screenplay, setup.options)
        self.sheet = _Sheet()
        self.sheets = [self.sheet]
        self.scenes: list[_Begun] = []
        self.filled: float = 0  # lines of text on the pages that are done
        self.scene_number: MarginNumber | None = None  # number of the scene at hand
        self.continuations = 0  # pages that the scene at hand has run over to

    def run(self) -> None:
        place = 0
        while place < len(self.blocks):
            self._obey_breaks(self.blocks[place])
            place = self._place_chain(place)
        if len(self.sheets) > 1 and self._holds_empty_paragraphs_only():
            self.sheets.pop()

    def _holds_empty_paragraphs_only(self) -> bool:
        begins_scene = bool(self.scenes) and self.scenes[-1].sheet == len(self.sheets) - 1
        return not self.sheet.lines and not self.sheet.locks and not begins_scene

    # -------- pages

    def _obey_breaks(self, block: Block) -> None:
        """A page break ends the page at once, a second one leaves a page empty; none before the first block."""
        breaks, locks = block.forced, block.locks
        block.forced, block.locks = 0, ()
        if not (breaks or locks) or self.setup.endless:
            return
        if not (self.sheet.is_fresh and len(self.sheets) == 1):
            for _ in range(max(1, breaks)):
                self._turn(block)
        self.sheet.locks = locks

    def _turn(self, following: Block) -> None:
        """Ends the page; `following` is what the next one begins with."""
        if len(self.sheets) >= self.limits.output_pages:
            raise self.limits.passed("output_pages", "the script has too many pages")
        self.deadline.check()
        runs_on = following.in_scene and not following.begins_scene
        continued = self.setup.continued
        if runs_on and continued.at_bottom:
            self._scene_continued(continued.bottom, self.sheet.used + 2, _TRANSITION)
        self.filled += self.sheet.used - self.sheet.top
        self.sheet = _Sheet()
        self.sheets.append(self.sheet)
        if runs_on:
            self.continuations += 1
            if continued.at_top:
                again = f" ({self.continuations})" if continued.numbered and self.continuations > 1 else ""
                self._scene_continued(continued.top + again, 1, _HEADING)
                if self.scene_number is not None:
                    self._number(self.scene_number, self.setup.y(1), 0, is_marked=False)
                self.sheet.top = 2
        self._make_room_for_names(following)
        self.sheet.used = self.sheet.top

    def lines_so_far(self) -> float:
        return self.filled + self.sheet.used - self.sheet.top

    def _scene_continued(self, text: str, line: float, like: Paragraph) -> None:
        measure = self.setup.measure(like)
        x = max(0.0, round(measure.right) - CELL * cells(text)) if measure.align is Align.RIGHT else measure.x
        y = self.setup.y(line)
        self.sheet.lines.append(Line(text=(Run(text=text),), x=x, y=y, generated=True))

    def _make_room_for_names(self, following: Block) -> None:
        """Long names that are repeated take lines of the text: two rows fit below a header, one below CONTINUED:."""
        above = int((self.setup.first_y - self.setup.header_y) / self.setup.leading) - 1
        room = 1 if self.sheet.top else max(1, above)
        again = [self._again(one.cue) for one in following.columns if one.cue and one.continued and not one.is_done]
        rows = max((len(flow.rows) for flow in again), default=0) if self.setup.more.at_top else 0
        lines = max(0, min(rows - room, self.setup.lines - self.sheet.top - 2))
        self.sheet.top += lines
        self.sheet.name_rows = room + lines

    # -------- blocks

    def _place_chain(self, place: int) -> int:
        """Puts a block on the page, with those that stay with it before and behind. Gives the next to be placed."""
        blocks, sheet = self.blocks, self.sheet
        last, above = self._chain(place)
        block, tail = blocks[last], self.tails[last]
        fits = above + block.height <= self._room(last + 1)
        # Transitions that would fill a page by themselves cannot all stay with the block before them.
        is_hopeless = block.height + tail.height > self.setup.lines and not sheet.is_fresh
        if above + block.height + tail.height <= self._room(tail.end) or fits and is_hopeless:
            self._place(place, last + 1)
            return last + 1
        # A block that would fit without its transition is cut all the same, so that the transition follows its rest:
        # 23 of 150 page starts of an A4 script hang on that in Final Draft 12.
        cut = self._legal_cut(block, self._room_above_cut(block) - above)
        if cut is not None:
            self._place(place, last)
            return self._place_above(last, cut)
        if not sheet.is_fresh:
            self._turn(blocks[place])
            return place
        if fits:
            self._place(place, last + 1)
            return last + 1
        return self._place_by_force(place, last, above)

    def _chain(self, place: int) -> tuple[int, float]:
        """The last of the blocks that stay together from this one on, and the lines of the page above its own."""
        blocks = self.blocks
        last, above = place, self.sheet.used
        while blocks[last].glue and last + 1 < len(blocks) and not blocks[last + 1].is_forced:
            height = self._blank(blocks[last]) + blocks[last].height if last == place else blocks[last].full_height
            if above + height > self.setup.lines:
                break
            above += height
            last += 1
        return last, above + (self._blank(blocks[last]) if last == place else blocks[last].blank)

    def _blank(self, block: Block) -> int:
        """Blank lines before a page's first block are dropped; but an act that stands far down does so on purpose."""
        return block.blank if not self.sheet.is_fresh or block.sinks else 0

    def _room(self, following: int) -> int:
        """Lines for text, when that block comes next: (CONTINUED) takes two where a page cuts a scene."""
        if not self.setup.continued.at_bottom or following >= len(self.blocks):
            return self.setup.lines
        block = self.blocks[following]
        return self.setup.lines - (2 if block.in_scene and not block.begins_scene else 0)

    def _room_above_cut(self, block: Block) -> int:
        return self.setup.lines - (2 if block.in_scene and self.setup.continued.at_bottom else 0)

    def _legal_cut(self, block: Block, room: float) -> Split | None:
        column = block.columns[0]
        if not column.splittable or len(block.columns) > 1:
            return None
        return column.cut_at_sentence(room) if self.setup.break_at_sentences else column.cut_at_line(room)

    def _place(self, place: int, end: int) -> None:
        """Puts whole blocks on the page."""
        for block in self.blocks[place:end]:
            self._begin(block)
            top = self.sheet.used + self._blank(block)
            self.sheet.is_fresh = False
            if len(block.columns) == 1:
                self.sheet.used = self._put(block.columns[0], top, None, 0)
            else:
                self.sheet.used = max(self._put(column, top, None, side) for side, column in _sides(block))

    def _place_above(self, place: int, cut: Split) -> int:
        """Puts what stands above the cut on the page and turns it."""
        block = self.blocks[place]
        self._begin(block)
        top = self.sheet.used + self._blank(block)
        self.sheet.is_fresh = False
        column = block.columns[0]
        self.sheet.used = self._put(column, top, cut, 0)
        column.drop(cut, self.setup)
        return self._go_on(place)

    def _go_on(self, place: int) -> int:
        """Turns the page for the rest of a block; the next block, if there is none."""
        block = self.blocks[place]
        if block.is_done:
            return place + 1
        block.blank = 0
        block.count()
        self._turn(block)
        return place

    def _place_by_force(self, place: int, last: int, above: float) -> int:
        """On an empty page, what no page can hold in the way it should: cut by lines, glue or not."""
        block = self.blocks[last]
        if last > place and above + 2 > self.setup.lines:
            # More headings than a page holds: the last of them stays with what it is for.
            end = last if block.glue else max(place + 1, last - 1)
            self._place(place, end)
            return end
        self._place(place, last)
        room = self._room_above_cut(block) - above
        if len(block.columns) == 1:
            column = block.columns[0]
            return self._place_above(last, column.cut_at_line(room) or column.cut_anywhere(room))
        return self._place_dual_above(last, room)

    def _place_dual_above(self, place: int, room: float) -> int:
        """A pair taller than a page: each column is cut by itself, by the rules of a speech."""
        block = self.blocks[place]
        top = self.sheet.used + self._blank(block)
        self._begin(block)
        self.sheet.is_fresh = False
        for side, column in _sides(block):
            if column.is_done:
                continue
            cut = None
            if column.height > room:
                cut = column.cut_at_sentence(room) or column.cut_at_line(room) or column.cut_anywhere(room)
            self.sheet.used = max(self.sheet.used, self._put(column, top, cut, side))
            column.drop(cut or Split(len(column.parts)), self.setup)
        return self._go_on(place)

    def _begin(self, block: Block) -> None:
        """A heading begins its scene where it is first put on a page."""
        for number, heading in block.headings:
            begun = _Begun(number, heading, len(self.sheets) - 1, self.sheet.is_fresh, self.lines_so_far())
            self.scenes.append(begun)
            self.continuations = 0
            self.scene_number = block.columns[0].parts[0].margin_number
        block.headings = ()

    # -------- lines

    def _put(self, column: Column, top: float, cut: Split | None, side: int) -> float:
        """Puts a column's lines below `top` lines of the page, down to the cut; gives the lines then used."""
        if column.is_done:
            return top
        line = self._name(column, top, side)
        end = len(column.parts) if cut is None else cut.part
        for place in range(column.part, end):
            line = self._rows(column.parts[place], line + column.gap(place), side)
        if cut is not None and cut.rows:
            line = self._rows(column.parts[end], line + column.gap(end), side, cut)
        if column.cue is not None and (column.goes_on if cut is None else cut.part < len(column.parts)):
            self._more(column.cue, line, column.parts[min(end, len(column.parts) - 1)], side)
        return line

    def _name(self, column: Column, top: float, side: int) -> float:
        """The cue; a repeated one takes no line."""
        if column.cue is None:
            return top
        if column.continued:
            self._repeat_cue(column.cue, top, side)
            return top
        return self._rows(column.cue, top, side)

    def _rows(self, flow: Flow, line: float, side: int, cut: Split | None = None) -> float:
        """Puts a paragraph's rows, down to the cut, below so many lines of the page; gives the lines then used."""
        sheet = self.sheet
        if sheet.start is None and flow.number is not None:
            sheet.start = Start(flow.number, flow.drawn.typed_offset(flow.rows[0][0]))
        if cut is None and (last := flow.put_all(sheet.lines, line, self.setup, side)) is not None:
            return last
        count, offset = (len(flow.rows), None) if cut is None else (cut.rows, cut.offset)
        for row in range(count):
            line += flow.measure.spacing
            self._row(flow, row, line, side, offset if row + 1 == count else None)
        return line

    def _row(self, flow: Flow, row: int, line: float, side: int, cut: int | None) -> None:
        """A row with its number before it and the mark of its revision behind it."""
        setup, lines = self.setup, self.sheet.lines
        y = setup.y(line)
        mark = self._mark(flow, row) if flow.drawn.revised or flow.drawn.deleted else None
        first = len(lines)
        flow.put(lines, row, y, side, cut, mark)
        if flow.margin_number is not None and not row and not flow.start:
            self._number(flow.margin_number, y, first, is_marked=mark is not None)
        if mark is not None:
            lines.append(Line(text=(Run(text=mark),), x=setup.mark_x, y=y, generated=True))

    def _mark(self, flow: Flow, row: int) -> str | None:
        """The mark of the newest revision that changed the row."""
        mark = None
        for revision in sorted(flow.revisions(row), key=self.marks.rank):
            self.sheet.touched.add(revision)
            if revision in self.marks.marks:
                mark = self.marks.marks[revision]
                self.sheet.revisions.add(revision)
        return mark

    def _number(self, number: MarginNumber, y: float, first: int, *, is_marked: bool) -> None:
        """A number beside the words of a line, which `sheet.lines` holds from `first` on.

        Words that reach the number push it towards the edge of the paper, over the mark if there is one: Final Draft
        prints one over the other. A right number for which even that leaves no room is the left one's business.
        """
        setup, lines = self.setup, self.sheet.lines
        words = lines[first:]
        text, width = (Run(text=number.text),), CELL * cells(number.text)
        if number.right is not None:
            end = max((line.x + CELL * run_cells(line.text) for line in words), default=0.0)
            x = max(number.right - width, end + 2 * CELL)
            if is_marked and x + width > setup.mark_x - CELL and x > number.right - width:
                x = setup.mark_x + 2 * CELL
            last = setup.width - 2 * CELL - width
            if x <= last or number.left is None:
                lines.append(Line(text=text, x=min(x, last), y=y, generated=True))
        if number.left is not None:
            start = min((line.x for line in words), default=setup.width)
            x = max(2 * CELL, min(number.left, start - CELL - width))
            lines.insert(first, Line(text=text, x=x, y=y, generated=True))

    def _more(self, cue: Flow, line: float, spoken: Flow, side: int) -> None:
        """(MORE) under the last line costs no line, so it may stand one below the last line of the page."""
        more = self.setup.more
        if not more.at_bottom:
            return
        y = self.setup.y(line + spoken.measure.spacing)
        self._generated(self._like(cue, more.bottom, len(more.bottom)), y, side, 1)

    def _repeat_cue(self, cue: Flow, top: float, side: int) -> None:
        """The name again, in the line above the text, so that the speech begins where any text does."""
        if self.setup.more.at_top:
            self._generated(self._again(cue), self.setup.y(top), side, self.sheet.name_rows)

    def _again(self, cue: Flow) -> Flow:
        name = cue.text.rstrip(" ")
        text = name
        if cue.suffix == cue.end and not CONTINUED.search(name):
            text = f"{name} {self.setup.more.top}"
        return self._like(cue, text, len(name))

    def _like(self, cue: Flow, text: str, name: int) -> Flow:
        """Words of ours where the cue stands, with the name in the middle of its column."""
        style = cue.drawn.pieces[0][1].style if cue.drawn.pieces else NO_STYLE
        words = Drawn(text, [(len(text), Run(text=text, style=style))])
        flow = Flow(cue.paragraph, cue.number, cue.measure, words)
        flow.suffix = name
        return flow.wrap(self.setup)

    def _generated(self, flow: Flow, y: float, side: int, most: int) -> None:
        """Puts the last rows of words of ours, growing upwards from a baseline."""
        lines: list[Line] = []
        for row in range(max(0, len(flow.rows) - most), len(flow.rows)):
            above = len(flow.rows) - 1 - row
            flow.put(lines, row, y - above * self.setup.leading, side)
        self.sheet.lines.extend(line._replace(generated=True, at=None) for line in lines)


_HEADING, _TRANSITION = SceneHeading(), Transition()


def _sides(block: Block) -> list[tuple[int, Column]]:
    """The columns of a pair with their numbers, 1 and 2."""
    return list(enumerate(block.columns, start=1))


class _Tail(NamedTuple):
    """What has to stand on the page with a block because it may start none: its height, and the block behind it."""

    height: float
    end: int


def _tails(blocks: list[Block]) -> list[_Tail]:
    tails: list[_Tail] = []
    tail = _Tail(0, len(blocks))
    for place in range(len(blocks) - 1, -1, -1):
        tails.append(tail)
        block = blocks[place]
        if block.tail and not block.is_forced:
            tail = _Tail(block.full_height + tails[-1].height, tails[-1].end)
        else:
            tail = _Tail(0, place)
    tails.reverse()
    return tails


# ---------------------------------------------------------------- scenes


class _Begun(NamedTuple):
    """A scene heading on its page, and how many lines of text the pages hold before it."""

    number: int
    heading: SceneHeading
    sheet: int  # counted from 0
    begins_page: bool
    lines_before: float


def _scene_spans(press: _Press) -> list[SceneSpan]:
    """From the page of a heading to that of the next, but for a next one at the very top."""
    spans = []
    for place, begun in enumerate(press.scenes):
        last = len(press.sheets) - 1
        if place + 1 < len(press.scenes):
            following = press.scenes[place + 1]
            last = following.sheet - 1 if following.begins_page else following.sheet
        spans.append(SceneSpan(begun.heading.number, begun.sheet, max(begun.sheet, last)))
    return spans


def _scene_lengths(press: _Press, labels: list[str]) -> tuple[SceneLength, ...]:
    """Begun eighths count, as in Final Draft: 57 of the 58 lengths that it stored in five of its files.

    A page of 54 lines has eight eighths of 6.75.
    """
    ends = [begun.lines_before for begun in press.scenes[1:]] + [press.lines_so_far()]
    lengths = []
    for begun, end in zip(press.scenes, ends, strict=False):
        taken = end - begun.lines_before
        lengths.append(
            SceneLength(
                heading=begun.number,
                number=begun.heading.number,
                page=labels[begun.sheet],
                lines=taken,
                eighths=0 if is_omitted(begun.heading) else max(1, ceil(taken * 8 / press.setup.lines)),
            )
        )
    return tuple(lengths)


def eighths_text(eighths: int) -> str:
    """As breakdowns write it: 1 3/8, 4/8, 2. Never reduced."""
    pages, rest = divmod(eighths, 8)
    if not rest:
        return str(pages)
    return f"{pages} {rest}/8" if pages else f"{rest}/8"
