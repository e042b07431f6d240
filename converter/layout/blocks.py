"""What stands on pages, in the order of the script: blocks that a page break leaves whole or cuts by its rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias, assert_never

from converter.contract import Deadline, Diagnostic, Kind
from converter.layout.flow import Flow, MarginNumber, after_cut, draw
from converter.layout.style import GREY, INCH, Measure, Setup
from converter.layout.wrap import beginning
from converter.lines import cells
from converter.records import replace
from converter.terms import Continuity, is_omitted
from converter.tree import (
    Action,
    Boneyard,
    CastList,
    Character,
    Cut,
    Dialogue,
    DualDialogue,
    Element,
    EndOfAct,
    General,
    Lyric,
    NewAct,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Speech,
    Style,
    Synopsis,
    Transition,
    words,
)

_WIDEST_NUMBER = 12  # cells: what the left margin holds beside a heading at 1.50 inches


class Split:
    """A place where a column may be cut: before `part`, or inside it at an offset, after `rows` of its rows."""

    __slots__ = ("offset", "part", "rows")

    def __init__(self, part: int, rows: int = 0, offset: int = 0):
        self.part, self.rows, self.offset = part, rows, offset


class Column:
    """A cue and what is said under it, or one paragraph of another kind; what earlier pages hold is gone from it.

    `height` and `rows` count what is left, the rows without the cue; counting stops at `limit`, more than any page.
    """

    __slots__ = ("continued", "cue", "goes_on", "height", "limit", "part", "parts", "rows", "splittable")

    def __init__(
        self, cue: Flow | None, parts: list[Flow], limit: int | None, *, splittable: bool, continued: bool = False
    ):
        self.cue = cue
        self.parts = parts
        self.part = 0  # the first that is not on a page yet
        self.limit = limit
        self.splittable = splittable
        self.continued = continued  # the cue is on an earlier page
        self.goes_on = False  # the author put a page break behind it, in the middle of a speech
        self.count()

    def count(self) -> None:
        self.height: float = self.top()
        self.rows = 0
        for place in range(self.part, len(self.parts)):
            flow = self.parts[place]
            self.height += self.gap(place) + flow.height
            self.rows += len(flow.rows)
            if self.limit is not None and self.height > self.limit:
                break

    def top(self) -> float:
        """Lines above the first part: the cue, if it is not on a page yet."""
        return 0 if self.cue is None or self.continued else self.cue.height

    def gap(self, place: int) -> int:
        """Blank lines before a part; those before the first line belong to the block."""
        if place == self.part and (self.cue is None or self.continued):
            return 0
        return self.parts[place].measure.blank

    @property
    def is_done(self) -> bool:
        return self.part == len(self.parts) and (self.cue is None or self.continued)

    def cut_at_sentence(self, room: float) -> Split | None:
        """The last place where the rules allow a cut, so that what stands above takes no more than `room` lines.

        Two lines above and two below, counted over the whole speech and as it was wrapped; inside a paragraph of three
        lines or more where a sentence ends, or before a paragraph that follows no parenthetical.
        """
        return self._cut(room, sentences=True)

    def cut_at_line(self, room: float) -> Split | None:
        """The same, but any line of a paragraph may be its last."""
        return self._cut(room, sentences=False)

    def _cut(self, room: float, *, sentences: bool) -> Split | None:
        height, above = self.top(), 0
        begun: list[tuple[int, float, int]] = []  # the parts that begin in the room, height and rows above each
        for place in range(self.part, len(self.parts)):
            flow = self.parts[place]
            height += self.gap(place)
            if height > room:
                break
            begun.append((place, height, above))
            height += flow.height
            above += len(flow.rows)
        for place, height, above in reversed(begun):
            cut = self._cut_inside(place, room - height, above, sentences)
            if cut is None and self._may_cut_before(place, above):
                cut = Split(place)
            if cut is not None:
                return cut
        return None

    def _may_cut_before(self, place: int, above: int) -> bool:
        return above >= 2 and self.rows - above >= 2 and self.parts[place - 1].kind is not Parenthetical

    def _cut_inside(self, place: int, room: float, above: int, sentences: bool) -> Split | None:
        flow = self.parts[place]
        if flow.kind is Parenthetical or len(flow.rows) < 3:
            return None
        most = min(int(room / flow.measure.spacing), self.rows - above - 2, len(flow.rows))
        for row in range(most, max(0, 1 - above), -1):
            offset = _sentence_end(flow, row) if sentences else _line_end(flow, row)
            if offset is not None:
                return Split(place, row, offset)
        return None

    def cut_anywhere(self, room: float) -> Split:
        """What fits, whatever the rules say; at least one line."""
        height = self.top()
        for place in range(self.part, len(self.parts)):
            flow = self.parts[place]
            height += self.gap(place)
            rows = int(max(0.0, room - height) / flow.measure.spacing)
            if place == self.part:
                rows = max(1, rows)
            if rows < len(flow.rows):
                return Split(place, rows, flow.rows[rows - 1][1]) if rows else Split(place)
            height += flow.height
        return Split(len(self.parts))

    def drop(self, cut: Split, setup: Setup) -> None:
        """Forgets what stands above the cut."""
        if cut.rows:
            self.parts[cut.part] = self.parts[cut.part].rest(cut.offset).wrap(setup)
        self.part = cut.part
        self.continued = True
        self.count()


# Closing quotes and brackets belong to the sentence.
_SENTENCE_END = re.compile(r"""[.?!…]+["'”’)\]]*""")


def _sentence_end(flow: Flow, row: int) -> int | None:
    """Where the last sentence ends that ends in this row (counted from 1), with a blank or a line break behind it."""
    start, end = flow.rows[row - 1]
    text = flow.text
    found = None
    for match in _SENTENCE_END.finditer(text, start, end):
        place = match.end()
        if place < flow.end and text[place] in " \n":
            found = place
    if found is not None and row == len(flow.rows) and after_cut(text, found, flow.end) >= flow.end:
        return None
    return found


def _line_end(flow: Flow, row: int) -> int | None:
    return flow.rows[row - 1][1] if row < len(flow.rows) else None


class Block:
    """What a page takes as one: a paragraph, a speech, a dual dialogue. `tail` blocks never start a page."""

    __slots__ = (
        "begins_scene",
        "blank",
        "columns",
        "forced",
        "glue",
        "headings",
        "height",
        "in_scene",
        "locks",
        "sinks",
        "tail",
    )

    def __init__(self, columns: tuple[Column, ...], blank: int):
        self.columns = columns
        self.blank = blank
        self.glue = False  # stays with the next block
        self.tail = False  # stays with the block before
        self.sinks = False  # keeps its blank lines at the top of a page
        self.forced = 0  # page breaks that the author put before it
        self.locks: tuple[str, ...] = ()  # labels of the locked pages that begin here
        self.begins_scene = False  # a heading or an act: what came before does not continue here
        self.in_scene = False
        self.headings: tuple[tuple[int, SceneHeading], ...] = ()  # those in it, counted through the body
        self.count()

    def count(self) -> None:
        columns = self.columns
        self.height = columns[0].height if len(columns) == 1 else max(column.height for column in columns)

    @property
    def full_height(self) -> float:
        return self.blank + self.height

    @property
    def is_forced(self) -> bool:
        return bool(self.forced or self.locks)

    @property
    def is_done(self) -> bool:
        return all(column.is_done for column in self.columns)


# ---------------------------------------------------------------- from the tree


class Builder:
    """Walks the body once. The page adds here what depends on the order of the script: (CONT'D), numbers."""

    def __init__(self, screenplay: Screenplay, setup: Setup, deadline: Deadline):
        self.setup = setup
        self.options = setup.options
        self.blocks: list[Block] = []
        self.number = -1  # of the paragraph at hand, as tree.paragraphs counts
        self.headings = -1
        self.speeches = 0
        self.continuity = Continuity()
        self.forced = 0
        self.locks: list[str] = []
        self.in_scene = False
        self.omitted: str | None = None  # the number of the omitted scene that the last block is
        for place, element in enumerate(screenplay.body):
            if place % 1000 == 0:
                deadline.check()
            self.element(element)
        self.end_scene()

    def element(self, element: Element) -> None:
        match element:
            case Speech():
                self.speech(element)
            case DualDialogue():
                self.dual(element)
            case PageBreak():
                self.forced += 1
                return
            case PageMark(locked=True):
                self.locks.append(element.label)
            case PageMark() | Boneyard() | Cut():  # what stands after a Cut has its mark
                pass
            case Note():
                if self.options.notes:
                    self.note(element)
            case _:
                self.standing_alone(element)
        # Breaks with something invisible between them, such as a section, are one break.
        self.forced = min(self.forced, 1)

    def standing_alone(self, paragraph: _StandingAlone) -> None:
        match paragraph:
            case Action() | General() | Lyric():
                self.paragraph(paragraph, splittable=True)
            case SceneHeading():
                self.heading(paragraph)
            case Section():
                self.aside(paragraph, self.options.sections)
            case Synopsis():
                self.aside(paragraph, self.options.synopses)
            case Shot():
                self.paragraph(paragraph, glue=True)
            case CastList():
                self.paragraph(paragraph, glue=bool(self.blocks) and self.blocks[-1].glue)
            case NewAct():
                self.continuity.new_scene()
                self.end_scene()
                self.paragraph(paragraph, glue=True, begins_scene=True)
            case Transition() | EndOfAct():
                self.paragraph(paragraph, tail=True)
            case _:
                assert_never(paragraph)

    def end_scene(self) -> None:
        """The scene before does not go on over a section that leads to the next one, and what else is said there."""
        start = place = len(self.blocks)
        while place and (kind := _aside(self.blocks[place - 1])) is not None:
            place -= 1
            if kind is Section:
                start = place
        for block in self.blocks[start:]:
            block.in_scene = False

    def heading(self, heading: SceneHeading) -> None:
        self.continuity.new_scene()
        self.end_scene()
        self.in_scene = True
        self.headings += 1
        omitted = is_omitted(heading)
        if omitted and self._joins(heading):
            return
        heading = saying_omitted(heading)
        if self.paragraph(heading, glue=True, begins_scene=True):
            self.blocks[-1].headings = ((self.headings, heading),)
            self.omitted = heading.number if omitted else None

    def _joins(self, heading: SceneHeading) -> bool:
        """12-15 OMITTED: does the heading before take this one in?"""
        if not self.options.join_omitted or self.omitted is None or heading.number is None:
            return False
        if self.forced or self.locks:
            return False
        self.number += 1
        last = self.blocks[-1]
        last.headings += ((self.headings, heading),)
        flow = last.columns[0].parts[0]
        if flow.margin_number is not None:
            flow.margin_number = flow.margin_number._replace(text=f"{self.omitted}-{heading.number}")
        return True

    def paragraph(
        self,
        paragraph: Paragraph,
        *,
        splittable: bool = False,
        glue: bool = False,
        tail: bool = False,
        begins_scene: bool = False,
    ) -> bool:
        """Makes the blocks of a paragraph that stands alone. False: no page shows it."""
        self.number += 1
        measure = self.setup.measure(paragraph)
        flow = self.flow(paragraph, measure)
        if flow is None:
            return False
        self.set_number(flow)
        blank = measure.blank
        if type(paragraph) is Lyric and blank == 0:
            blank = 1  # a verse of its own, not the next line of somebody's song
        if measure.new_page:
            self.forced = max(self.forced, 1)
        first = len(self.blocks)
        self.add(None, [flow], blank, splittable=splittable)
        block = self.blocks[first]
        block.begins_scene = begins_scene
        self.blocks[-1].glue = glue
        block.tail = tail
        # The half-hour templates put 11 blank lines over a new act, which stands a fifth down its page.
        block.sinks = measure.new_page and blank > 2
        return True

    def aside(self, paragraph: Section | Synopsis, printed: bool) -> None:
        if printed:
            is_section = isinstance(paragraph, Section)
            self.paragraph(paragraph, splittable=not is_section, glue=is_section)
        else:
            self.number += 1

    def note(self, note: Note) -> None:
        measure = self.setup.measure(Action())
        flow = self.note_flow(note, measure, Style.ITALIC | Style.PLAIN)
        self.add(None, [flow], measure.blank, splittable=True)

    def note_flow(self, note: Note, measure: Measure, style: Style) -> Flow:
        run = Run(text=f"[[{' '.join(note.text.split())}]]", style=style, look=GREY)
        return Flow(None, None, measure, draw((run,), measure.face)).wrap(self.setup)

    def speech(self, speech: Speech) -> None:
        added: tuple[bool, ...] = (False,)
        if speech.cue is not None:
            added = self.continuity.speech(words(speech.cue.text))
        cue, parts = self.spoken(speech, added[0], 0)
        if cue is not None and self._is_too_tall(cue):
            self.add(None, [cue], cue.measure.blank, splittable=True)
            cue = None
        blank = cue.measure.blank if cue is not None else 0
        if cue is None:
            first = next((part for part in parts if isinstance(part, Flow)), None)
            blank = first.measure.blank if first is not None else 0
        self.add(cue, parts, blank, splittable=True)

    def dual(self, dual: DualDialogue) -> None:
        """Locked pages and page breaks inside a pair can only come before it."""
        cues = [words(speech.cue.text) if speech.cue else "" for speech in (dual.left, dual.right)]
        added = self.continuity.speech(*cues)
        columns = (self.side(dual.left, added[0], 1), self.side(dual.right, added[1], 2))
        blank = self.setup.measure(Character()).blank
        if any(self._is_too_tall(column.cue) for column in columns):
            for one in columns:
                flows = [one.cue, *one.parts] if one.cue is not None else one.parts
                self.add(None, list(flows), blank, splittable=True)
        elif any(column.cue is not None or column.parts for column in columns):
            self.append(Block(columns, blank))

    def side(self, speech: Speech, continued: bool, column: int) -> Column:
        cue, parts = self.spoken(speech, continued, column)
        flows = []
        for part in parts:
            match part:
                case Flow():
                    flows.append(part)
                    self.locks.extend(label for _, label in part.drawn.stops)
                case str():
                    self.locks.append(part)
                case None:
                    self.forced = max(self.forced, 1)
                case _:
                    assert_never(part)
        return Column(cue, flows, self.setup.limit, splittable=True)

    def _is_too_tall(self, cue: Flow | None) -> bool:
        """A name that fills a page is none: it is set like any long paragraph, and may be cut."""
        return cue is not None and cue.height > self.setup.lines - 2

    def spoken(self, speech: Speech, continued: bool, column: int) -> tuple[Flow | None, list[_Item]]:
        cue = None
        if speech.cue is not None:
            self.number += 1
            self.speeches += 1
            cue = self.cue(speech.cue, continued, column)
        items: list[_Item] = []
        for part in speech.parts:
            items.extend(self.part(part, column))
        return cue, items

    def part(self, part: Part, column: int) -> Iterator[_Item]:
        match part:
            case Dialogue() | Parenthetical() | Lyric():
                self.number += 1
                flow = self.flow(part, self.measure(part, column))
                if flow is not None:
                    self.set_number(flow)
                    yield flow
            case Note():
                if self.options.notes:
                    yield self.note_flow(part, self.measure(Dialogue(), column), Style.ITALIC)
            case PageMark(locked=True):
                yield part.label
            case PageBreak():
                yield None
            case PageMark() | Boneyard() | Cut():
                pass
            case _:
                assert_never(part)

    def cue(self, cue: Character, continued: bool, column: int) -> Flow | None:
        measure = self.measure(cue, column)
        drawn = draw(cue.text, measure.face, look=measure.look, notes=self.options.notes)
        if not drawn.text and (measure.face.hidden or words(cue.text)):
            return None
        flow = Flow(cue, self.number, measure, drawn)
        if continued and self.setup.more.automatic:
            flow.hang(self.setup.more.top)
        if self.options.dialogue_numbers:
            flow.margin_number = self.number_of_speech(cue, column)
        else:
            self.set_number(flow)
        return flow.wrap(self.setup)

    def measure(self, paragraph: Paragraph, column: int) -> Measure:
        return self.setup.dual_measure(type(paragraph), column) if column else self.setup.measure(paragraph)

    def flow(self, paragraph: Paragraph, measure: Measure) -> Flow | None:
        """The paragraph in rows; None if all its words are hidden."""
        text = paragraph.text
        drawn = draw(text, measure.face, look=measure.look, notes=self.options.notes, tabs=bool(measure.tabs))
        if not drawn.text and (measure.face.hidden or words(text)):
            return None
        flow = Flow(paragraph, self.number, measure, drawn)
        if measure.tabs and "\t" in drawn.text:
            if cells(drawn.text) <= measure.columns:
                flow.tabs = measure.tabs
            else:
                flow.drawn = draw(text, measure.face, look=measure.look, notes=self.options.notes)
                flow.end = flow.suffix = len(flow.text)
        return flow.wrap(self.setup)

    def set_number(self, flow: Flow) -> None:
        paragraph, setup = flow.paragraph, self.setup
        if paragraph is not None and paragraph.number and (setup.numbers_left or setup.numbers_right):
            left = setup.number_left_x if setup.numbers_left else None
            right = setup.number_right_x if setup.numbers_right else None
            flow.margin_number = MarginNumber(self.fitting_number(paragraph, paragraph.number), left, right)

    def number_of_speech(self, cue: Character, column: int) -> MarginNumber:
        """A speech is counted in the left margin, right of scene numbers; the right one of a pair on its own side."""
        number = self.fitting_number(cue, cue.number or str(self.speeches))
        return MarginNumber(number, None if column == 2 else INCH, self.setup.number_right_x if column == 2 else None)

    def fitting_number(self, paragraph: Paragraph, number: str) -> str:
        if cells(number) <= _WIDEST_NUMBER:
            return number
        message = f"The number {number} is too long for the margin, so the page shows only its beginning."
        self.setup.report(Diagnostic(Kind.LOSS, "pages.long-number", message, paragraph.at))
        return beginning(number, _WIDEST_NUMBER)

    def add(self, cue: Flow | None, items: list[_Item], blank: int, *, splittable: bool) -> None:
        """One block, or one for each page where page breaks or locked pages cut it by force."""
        flows: list[Flow] = []
        continued = False
        for item in self.cut_at_locks(items):
            if isinstance(item, Flow):
                flows.append(item)
                continue
            if flows:
                self.finish(cue, flows, blank, splittable, continued, goes_on=True)
                flows, continued = [], True
            if item is None:
                self.forced = max(self.forced, 1)
            else:
                self.locks.append(item)
        if flows or not items or cue is not None and not continued:
            self.finish(cue, flows, blank, splittable, continued)

    def cut_at_locks(self, items: list[_Item]) -> Iterator[_Item]:
        """The paragraphs, cut where locked pages begin inside them, with the labels of those pages."""
        for item in items:
            if isinstance(item, Flow):
                for stop, label in item.drawn.stops:
                    if item.start < stop < item.end:
                        yield item.until(stop).wrap(self.setup)
                        item = item.rest(stop).wrap(self.setup)
                    yield label
            yield item

    def finish(
        self,
        cue: Flow | None,
        flows: list[Flow],
        blank: int,
        splittable: bool,
        continued: bool,
        *,
        goes_on: bool = False,
    ) -> None:
        column = Column(cue, flows, self.setup.limit, splittable=splittable, continued=continued)
        column.goes_on = goes_on
        self.append(Block((column,), 0 if continued else blank))

    def append(self, block: Block) -> None:
        block.forced, self.forced = self.forced, 0
        block.locks, self.locks = tuple(self.locks), []
        block.in_scene = self.in_scene
        self.omitted = None
        self.blocks.append(block)


def _aside(block: Block) -> type[Section | Synopsis | Note] | None:
    """What a block says beside the script, if it does."""
    column = block.columns[0]
    if column.cue is not None or not column.parts:
        return None
    match column.parts[0].paragraph:
        case Section():
            return Section
        case Synopsis():
            return Synopsis
        case None:
            return Note
        case _:
            return None


def saying_omitted(heading: SceneHeading) -> SceneHeading:
    """The heading of a cut scene, with the word that stands for it if it has none."""
    if heading.omitted is None or words(heading.text).strip():
        return heading
    return replace(heading, text=(Run(text="OMITTED"),))


_StandingAlone: TypeAlias = (
    Action | General | Lyric | SceneHeading | Section | Synopsis | Shot | CastList | NewAct | Transition | EndOfAct
)
_Item: TypeAlias = "Flow | str | None"  # a paragraph, the label of a locked page, a page break
