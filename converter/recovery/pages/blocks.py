"""Rows to paragraphs: which column a row stands in, which rows are one paragraph, what a page break cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from converter.contract import Limits
from converter.records import dataclass, field, replace
from converter.recovery.pages.measures import SPEAKS_ON, Measures
from converter.recovery.pages.placed import SCENE_CONTINUED, Piece, PlacedRow, Sheet, cells, cut
from converter.recovery.pages.wrapped import Habits, joint, rows_of, would_have_fitted
from converter.terms import CONTINUED, HEADING_INTRO, SCENE_NUMBER, is_capitals, split_cue
from converter.tree import Position, Run, Style


class Slot(Enum):
    """The column in which a paragraph stands."""

    MARGIN = "margin"  # the left margin of the text: action, headings
    CUE = "cue"
    DIALOGUE = "dialogue"
    BRACKET = "bracket"
    RIGHT_STOP = "right stop"  # where transitions end
    RIGHT = "right"
    CENTER = "center"
    ELSEWHERE = "elsewhere"


_LOOK_BACK = 80  # rows
SPOKEN = (Slot.CUE, Slot.DIALOGUE, Slot.BRACKET)


@dataclass(slots=True)
class BlockRow:
    """One row of a paragraph. `before`: what stood between it and the row above: line breaks, a blank, or nothing."""

    piece: Piece
    before: str
    page: int
    mark: str | None
    starts_page: bool = False


@dataclass(slots=True)
class Block:
    """A paragraph: `blank` lines above it, `top` when it is the first of its page."""

    slot: Slot
    rows: list[BlockRow]
    blank: int
    top: bool
    at: Position
    numbers: list[str] = field(default_factory=list)
    side: int = 0
    pair: int = 0  # which dual dialogue it is in, from 1
    alone: bool = False  # begins a page without going on with what was said on the page before
    guess: str | None = None

    @property
    def text(self) -> str:
        return "".join(part for one in self.rows for part in (one.before, one.piece.text))

    @property
    def end(self) -> str:
        """The text of the last rows: no paragraph needs more to tell whether it goes on."""
        return "".join(part for one in self.rows[-_LOOK_BACK:] for part in (one.before, one.piece.text))

    @property
    def is_italic(self) -> bool:
        return all(is_italic(one.piece) for one in self.rows)

    @property
    def is_underlined(self) -> bool:
        return all(Style.UNDERLINE in run.style or not run.text.strip() for one in self.rows for run in one.piece.runs)


def is_italic(piece: Piece) -> bool:
    return all(Style.ITALIC in run.style or run.text == " " for run in piece.runs)


_MORE = re.compile(r"\(\s?(?:more|mehr|weiter|suite|más|mas|altro|mais|fortsetzung)\s?\)|MORE", re.IGNORECASE)
_SENTENCE_END = re.compile(r"""[.?!…:][)"'”’\]*]*$""")
LONGEST_NUMBER = 12


class Blocks:
    """Reads the rows of all pages in order and collects `blocks`."""

    def __init__(self, sheets: Sequence[Sheet], measures: Measures, limits: Limits):
        self.blocks: list[Block] = []
        self.measures = measures
        self.lines = _lines_of_page(sheets, measures)
        self.has_scene_continued = False
        self._more: set[int] = set()  # sides of the speech that (MORE) cut
        self._pairs = 0
        self._last_cue: Block | None = None
        self._last_in_half: dict[int, Block] = {}  # the paragraph at hand on each side of a dual dialogue
        self._in_pair = False
        self._right_half = measures.dual_left(2)
        self._half_columns = (measures.dual_columns, measures.dual_columns)
        self._above: PlacedRow | None = None
        self._first_y = measures.first_y
        self._names: set[str] = set()
        self._was_continued = False  # (CONTINUED) stood at the foot of the page before
        deadline = limits.deadline()
        for sheet in sheets:
            deadline.check()
            self._page(sheet)
            if len(self.blocks) > limits.paragraphs:
                raise limits.passed("paragraphs", "this script has too many paragraphs")

    # -------- pages

    def _page(self, sheet: Sheet) -> None:
        rows = sheet.rows
        for row in rows:
            take_margins(row, self.measures)
        rows = [row for row in rows if row.pieces]
        self._first_y = self.measures.first_y
        rows = self._without_scene_continued_top(rows)
        self._above = None
        was_in_pair, self._in_pair = self._in_pair, False
        place = 0
        if rows and self.blocks:
            place = self._over_the_page(rows, was_in_pair)
        rows = self._without_scene_continued_bottom(rows)
        while place < len(rows):
            self._row(rows, place)
            self._above = rows[place]
            place += 1

    def _without_scene_continued_top(self, rows: list[PlacedRow]) -> list[PlacedRow]:
        """CONTINUED: at the top of a page, which a long repeated name may stand beside."""
        m = self.measures
        first = rows[0].first if rows and self.blocks else None
        if first and SCENE_CONTINUED.fullmatch(first.text) and abs(first.x - m.action) <= m.near:
            rows[0].pieces.pop(0)
            rows[0].numbers.clear()
            self.has_scene_continued = True
            self._first_y = m.first_y + 2 * m.leading
        return [row for row in rows if row.pieces]

    def _without_scene_continued_bottom(self, rows: list[PlacedRow]) -> list[PlacedRow]:
        m = self.measures
        self._was_continued = False
        if rows and len(rows[-1].pieces) == 1 and SCENE_CONTINUED.fullmatch(rows[-1].first.text):
            x = rows[-1].first.x
            if x > m.dialogue and abs(x - m.bracket) > m.near and abs(x - m.turn) > m.near:
                self.has_scene_continued = self._was_continued = True
                return rows[:-1]
        return rows

    # -------- rows

    def _row(self, rows: list[PlacedRow], place: int) -> None:
        row = rows[place]
        if all(_MORE.fullmatch(piece.text) and piece.x > self.measures.action for piece in row.pieces):
            sides = {self._side(piece) for piece in row.pieces} if self._in_pair else {0}
            self._more |= sides
            return
        following = rows[place + 1] if place + 1 < len(rows) else None
        if self._in_pair and self._blank(row, Slot.DIALOGUE) == 0:
            self._pair_row(row)
            return
        self._in_pair = False
        if self._opens_pair(row, following):
            self._pairs += 1
            self._in_pair = True
            self._measure_halves(rows, place)
            for side, piece in enumerate(row.pieces, start=1):
                self._new(Slot.CUE, row, piece, side=side, pair=self._pairs)
            return
        piece = row.first if len(row.pieces) == 1 else _together(row.pieces, self.measures.pitch)
        slot = self._slot(row, piece, following)
        if not self._goes_on(slot, row, piece):
            self._new(slot, row, piece)

    def _blank(self, row: PlacedRow, slot: Slot) -> int:
        """Blank lines above the row; speech in double space has one more line above each row."""
        spacing = 1.0
        if slot in (Slot.DIALOGUE, Slot.BRACKET):
            spacing = self.measures.dialogue_spacing + (self.measures.speech_blank if self._is_under_name(row) else 0)
        if self._above is None:
            return max(0, round((row.y - self._first_y) / self.measures.leading + 1 - spacing))
        return max(0, round((row.y - self._above.y) / self.measures.leading - spacing))

    def _is_under_name(self, row: PlacedRow) -> bool:
        """Or under a parenthetical, or such a one itself: where some printers leave blank lines in a speech."""
        if not self.blocks:
            return False
        last = self.blocks[-1].slot
        return last in (Slot.CUE, Slot.BRACKET) or last is Slot.DIALOGUE and row.first.text[0] == "("

    def _new(self, slot: Slot, row: PlacedRow, piece: Piece, *, side: int = 0, pair: int = 0) -> Block:
        block = Block(
            slot=slot,
            rows=[BlockRow(piece, "", row.page, row.mark, starts_page=self._above is None)],
            blank=self._blank(row, slot),
            top=self._above is None,
            alone=self._above is None,
            at=row.at,
            numbers=row.numbers,
            side=side,
            pair=pair,
        )
        self.blocks.append(block)
        if slot is Slot.CUE:
            self._last_cue = block
        if pair:
            self._last_in_half[side] = block
        return block

    # -------- which column

    def _slot(self, row: PlacedRow, piece: Piece, following: PlacedRow | None) -> Slot:
        m = self.measures
        near = m.near
        contiguous = self._above is not None and self._blank(row, Slot.DIALOGUE) == 0
        in_speech = contiguous and bool(self.blocks) and self.blocks[-1].slot in SPOKEN and not self.blocks[-1].pair
        middle = (piece.x + piece.right) / 2
        centered = abs(middle - m.center) <= m.near_center
        opens_bracket = piece.text[0] == "("
        if abs(piece.x - m.action) <= near:
            return Slot.MARGIN
        if in_speech and opens_bracket and self._stands_as_bracket(piece):
            return self._slot_of_bracket(piece)
        if abs(piece.x - m.dialogue) <= near and (in_speech or not centered):
            return Slot.DIALOGUE
        if in_speech and abs(piece.x - m.turn) <= near and self.blocks[-1].slot is Slot.BRACKET:
            return Slot.BRACKET
        if self._stands_as_cue(piece, near) and self._speaks(row, following):
            self._names.add(_name(piece.text))
            return Slot.CUE
        if (
            abs(piece.right - m.transition_right) <= near
            and piece.length <= m.transition_columns + 1
            and (is_capitals(piece.text) or m.is_known)
            and not centered
        ):
            return Slot.RIGHT_STOP
        is_name = not centered or "(" in piece.text or _name(piece.text) in self._names
        if is_name and self._stands_as_cue(piece, near) and is_capitals(piece.text):
            return Slot.CUE
        if opens_bracket and abs(piece.x - m.bracket) <= near and not centered:
            return self._slot_of_bracket(piece)
        if abs(piece.right - m.text_right) <= near and piece.x > m.action + 2 * m.pitch and not centered:
            return Slot.RIGHT
        if centered or abs(middle - m.paper_center) <= m.near_center:
            return Slot.CENTER
        if self._stands_as_cue(piece, near) and m.is_known:
            return Slot.CUE
        return self._nearest(piece, contiguous)

    def _stands_as_bracket(self, piece: Piece) -> bool:
        m = self.measures
        return abs(piece.x - m.bracket) <= m.near or abs(piece.x - m.turn) <= m.near

    def _slot_of_bracket(self, piece: Piece) -> Slot:
        """Some printers set a speech there too that begins with a bracket, `(smiles) You came.`; no template does."""
        speaks_on = not self.measures.is_known and SPEAKS_ON.match(piece.text)
        return Slot.DIALOGUE if speaks_on else Slot.BRACKET

    def _stands_as_cue(self, piece: Piece, near: float) -> bool:
        m = self.measures
        if m.cue is not None:
            return abs(piece.x - m.cue) <= near
        name = split_cue(piece.text).name
        middles = (piece.x + piece.right) / 2, piece.x + m.pitch * len(name) / 2
        return any(abs(middle - m.cue_center) <= 1.3 * m.pitch for middle in middles) and is_capitals(name)

    def _speaks(self, row: PlacedRow, following: PlacedRow | None) -> bool:
        """Does the row below stand as speech would, with no blank line between?"""
        if following is None:
            return is_capitals(row.first.text)
        m = self.measures
        step = (following.y - row.y) / m.leading
        if step > m.dialogue_spacing + m.speech_blank + 0.5:
            return False
        below = following.first
        if any(abs(below.x - edge) <= m.near for edge in (m.dialogue, m.bracket, m.turn)):
            return True
        is_name_too = m.cue is not None and abs(below.x - m.cue) <= m.near
        return is_name_too and would_turn(row.first, below, m.cue_columns, m.habits)

    def _nearest(self, piece: Piece, contiguous: bool) -> Slot:
        """A line that stands where no other does: it goes on with what it hangs under, else it is action."""
        if contiguous and self.blocks[-1].slot in (Slot.DIALOGUE, Slot.BRACKET) and piece.x > self.measures.dialogue:
            return self.blocks[-1].slot
        if contiguous and self.blocks[-1].slot in (Slot.ELSEWHERE, Slot.CENTER):
            return self.blocks[-1].slot
        return Slot.ELSEWHERE

    # -------- dual dialogue

    def _opens_pair(self, row: PlacedRow, following: PlacedRow | None) -> bool:
        """Two names side by side, each in the middle of its half or further in than the words under it."""
        if len(row.pieces) != 2 or row.numbers:
            return False
        m = self.measures
        left, right = row.pieces
        capitals = [is_capitals(split_cue(one.text).name) for one in row.pieces]
        if right.x - left.right < 2.5 * m.pitch or right.x < m.dual_left(2) - m.near or left.x < m.action - m.near:
            return False
        if all(capitals) and all(self._in_half(piece, side) for side, piece in enumerate(row.pieces, start=1)):
            return True
        if following is None:
            return all(capitals) and right.x - left.right > 5 * m.pitch
        if following.y - row.y > (1.5 + m.speech_blank) * m.leading or len(following.pieces) != 2:
            return False
        if all(capitals):
            return following.pieces[1].x > left.right
        further_in = all(above.x > below.x + m.near for above, below in zip(row.pieces, following.pieces, strict=True))
        return any(capitals) and further_in

    def _in_half(self, piece: Piece, side: int) -> bool:
        typed = len(split_cue(piece.text).name), len(CONTINUED.sub("", piece.text).rstrip()), piece.length
        middles = [piece.x + self.measures.pitch * length / 2 for length in typed]
        return any(abs(middle - self.measures.dual_center(side)) <= 0.75 * self.measures.pitch for middle in middles)

    def _measure_halves(self, rows: list[PlacedRow], place: int) -> None:
        """Where the right one of two speeches side by side begins, and how long the lines of both are."""
        m = self.measures
        self._right_half = m.dual_left(2)
        self._half_columns = (m.dual_columns, m.dual_columns)
        if all(self._in_half(piece, side) for side, piece in enumerate(rows[place].pieces, start=1)):
            return
        below = rows[place + 1 :]
        end = next((n for n, row in enumerate(below) if row.y - rows[place + n].y > 1.5 * m.leading), len(below))
        pieces = [piece for row in below[:end] for piece in row.pieces]
        self._right_half = min(piece.x for row in [rows[place], *below[:end]] for piece in row.pieces[1:2])
        lengths: list[list[int]] = [[10], [10]]
        for piece in pieces:
            lengths[self._side(piece) - 1].append(piece.length)
        self._half_columns = (max(lengths[0]), max(lengths[1]))

    def _side(self, piece: Piece) -> int:
        return 2 if piece.x >= self._right_half - 1.5 * self.measures.pitch else 1

    def _pair_row(self, row: PlacedRow) -> None:
        for piece in row.pieces:
            side = self._side(piece)
            last = self._last_in_half.get(side)
            if last is not None and last.slot is Slot.CUE and CONTINUED.fullmatch(piece.text):
                self._append(last, row, piece, 0)
                continue
            opens = piece.text[0] == "(" and (last is None or not _is_open(last))
            slot = Slot.BRACKET if opens or last and _is_open(last) else Slot.DIALOGUE
            if last is not None and last.slot is slot and not opens:
                self._append(last, row, piece, self._half_columns[side - 1] - (5 if slot is Slot.BRACKET else 0))
            else:
                self._new(slot, row, piece, side=side, pair=self._pairs)

    # -------- one paragraph

    def _goes_on(self, slot: Slot, row: PlacedRow, piece: Piece) -> bool:
        """Joins the row to the paragraph above where they are one."""
        if not self.blocks or self._above is None or row.numbers or self.blocks[-1].pair:
            return False
        last, m = self.blocks[-1], self.measures
        blank = self._blank(row, slot)
        if last.slot is not slot:
            return False
        if slot is Slot.DIALOGUE:
            return self._dialogue_goes_on(last, row, piece, blank)
        if blank:
            return False
        columns = self._columns(last)
        turned = would_turn(last.rows[-1].piece, piece, columns, m.habits)
        match slot:
            case Slot.BRACKET:
                if piece.text[0] == "(" and not _is_open(last):
                    return False
            case Slot.MARGIN:
                if (
                    len(last.rows) < 4
                    and is_heading(last, m)
                    and (not turned or not is_capitals(piece.text) or piece.text[0] == "(")
                ):
                    return False
            case Slot.CUE:
                if not turned:
                    return False
            case _:
                pass
        self._append(last, row, piece, columns)
        return True

    def _dialogue_goes_on(self, last: Block, row: PlacedRow, piece: Piece, blank: int) -> bool:
        italic = is_italic(piece)
        m, above = self.measures, last.rows[-1].piece
        if is_italic(above) != italic and not would_turn(above, piece, m.dialogue_columns, m.habits):
            return False  # words that are sung under words that are said
        if blank and italic:
            return False  # a verse of its own
        if blank:
            last.rows.append(BlockRow(piece, "\n" * (blank + 1), row.page, row.mark))
        else:
            self._append(last, row, piece, self._columns(last))
        return True

    def _columns(self, block: Block) -> int:
        m = self.measures
        match block.slot:
            case Slot.DIALOGUE:
                return m.dialogue_columns
            case Slot.BRACKET:
                return m.bracket_columns + (1 if len(block.rows) == 1 and m.turn > m.bracket + 1 else 0)
            case Slot.CUE:
                return m.cue_columns
            case Slot.RIGHT_STOP:
                return m.transition_columns
            case _:
                return m.action_columns

    def _append(self, block: Block, row: PlacedRow, piece: Piece, columns: int | None) -> None:
        """`columns` is None where a page break cut the paragraph."""
        above = block.rows[-1].piece
        before = joint(above.text, above.length, piece.text, columns, self.measures.habits)
        block.rows.append(BlockRow(piece, before, row.page, row.mark, starts_page=columns is None))

    # -------- over the page

    def _over_the_page(self, rows: list[PlacedRow], was_in_pair: bool) -> int:
        """What the page before began and this one goes on with; gives the first row that is new."""
        more, self._more = self._more, set()
        last = self.blocks[-1]
        if last.slot not in SPOKEN:
            return self._action_over_the_page(rows)
        if not more and self._opens_pair(rows[0], rows[1] if len(rows) > 1 else None):
            return 0
        if was_in_pair:
            return self._pair_over_the_page(rows, more)
        place = self._repeated_cue(rows, bool(more))
        if place < len(rows):
            piece = rows[place].first
            slot = self._spoken_slot(piece)
            if slot is None or not (place or more) and is_italic(piece):
                return place
            if slot is Slot.DIALOGUE and last.slot is Slot.DIALOGUE:
                self._append(last, rows[place], piece, None)
            else:
                block = self._new(slot, rows[place], piece)
                block.blank, block.alone = 0, False
            self._above = rows[place]
            return place + 1
        return place

    def _spoken_slot(self, piece: Piece) -> Slot | None:
        m = self.measures
        if piece.text[0] == "(" and self._stands_as_bracket(piece):
            return self._slot_of_bracket(piece)
        return Slot.DIALOGUE if abs(piece.x - m.dialogue) <= m.near else None

    def _repeated_cue(self, rows: list[PlacedRow], more: bool) -> int:
        """How many rows at the top only say who goes on speaking."""
        m = self.measures
        cue = self._last_cue
        if cue is None or not self._stands_as_cue(rows[0].first, m.near):
            return 0
        count = 1
        while (
            count < len(rows)
            and m.cue is not None
            and abs(rows[count].first.x - m.cue) <= m.near
            and (rows[count].y - rows[count - 1].y < 1.5 * m.leading)
        ):
            count += 1
        text = " ".join(row.first.text for row in rows[:count])
        same = _name(text) == _name(cue.text)
        above_text = rows[count - 1].y < self._first_y - 0.5 * m.leading
        if same and (more or above_text) or more and CONTINUED.search(text):
            return count
        return 0

    def _pair_over_the_page(self, rows: list[PlacedRow], more: set[int]) -> int:
        """Two speeches side by side that go on: their names again, or at once their words, each under its own."""
        first = rows[0]
        lefts = [block.rows[0].piece.x for block in self.blocks[-12:] if block.pair == self._pairs]
        known = any(abs(first.first.x - left) <= self.measures.near for left in lefts)
        stays = len(first.pieces) == 2 and (known or self.blocks[-1].slot is Slot.CUE)
        if stays:
            self._right_half = min(self._right_half, first.pieces[1].x)
        names = all(is_capitals(split_cue(piece.text).name) and CONTINUED.search(piece.text) for piece in first.pieces)
        if not (more or stays):
            return 0
        self._in_pair = True
        if more and names:
            self._above = first
            return 1
        self._pair_row(first)
        self._above = first
        return 1

    def _action_over_the_page(self, rows: list[PlacedRow]) -> int:
        last, row = self.blocks[-1], rows[0]
        piece = row.first
        m = self.measures
        if last.slot is not Slot.MARGIN or abs(piece.x - m.action) > m.near or len(row.pieces) > 1 or row.numbers:
            return 0
        if (
            self._blank(row, Slot.MARGIN)
            or len(last.rows) < 4
            and is_heading(last, self.measures)
            or is_capitals(last.end) != is_capitals(piece.text)
        ):
            return 0
        below = [piece]
        for above, one in zip(rows, rows[1:], strict=False):
            if one.y - above.y > 1.5 * m.leading or abs(one.first.x - m.action) > m.near:
                break
            below.append(one.first)
        verdict = self._is_one_paragraph(last, below)
        if not verdict:
            return 0
        self._append(last, row, piece, None)
        self._above = row
        return 1

    def _is_one_paragraph(self, last: Block, below: list[Piece]) -> bool:
        """Final Draft cuts behind a sentence, two lines above and two below, as late as it can."""
        above_text, below_text = last.end.rpartition("\n")[2], below[0].text
        for above, piece in pairwise(below):
            below_text += joint(above.text, above.length, piece.text, None, self.measures.habits) + piece.text
        if above_text[-1] in "。！？」":
            return False  # no blank stands behind these, so no page is cut there
        if not _SENTENCE_END.search(above_text):
            return True
        if below_text[:1].islower():
            return True
        count = sum(one.page == last.rows[-1].page for one in last.rows)
        if count < 2 and not last.rows[0].starts_page or len(below) < 2:
            return False
        last_row = self._last_y
        used = round((last_row - self.measures.first_y) / self.measures.leading) + 1
        room = max(0, self.lines - used - (2 if self._was_continued else 0))
        columns = self.measures.action_columns
        whole = f"{above_text} {below_text}"
        rows = rows_of(whole, columns)
        cut_row = next((place for place, (start, end) in enumerate(rows) if end >= len(above_text)), 0)
        rest = len(rows) - cut_row - 1
        if rest < 2 or rest <= room:
            return False  # too little to be cut off, or nothing had to be: the page ended for another reason
        if _has_sentence_end(whole, rows, cut_row, min(len(rows) - 2, cut_row + 1 + room), len(above_text)):
            return False  # the cut would have come later
        alone = rows_of(below_text, columns)
        if room - 1 >= len(alone) or _has_sentence_end(below_text, alone, 1, min(len(alone) - 2, room - 1), 0):
            return True  # a paragraph of its own would have begun on the page before
        return self._likelier_one(count, len(below))

    @property
    def _last_y(self) -> float:
        return self.blocks[-1].rows[-1].piece.y

    def _likelier_one(self, above: int, below: int) -> bool:
        """Both would look the same: how long are the paragraphs of this script?"""
        lengths: dict[int, int] = {}
        total = 0
        for block in self.blocks[-400:]:
            if block.slot is Slot.MARGIN and not is_capitals(block.end):
                lengths[len(block.rows)] = lengths.get(len(block.rows), 0) + 1
                total += 1

        def share(length: int) -> float:
            near = lengths.get(length, 0) + 0.5 * (lengths.get(length - 1, 0) + lengths.get(length + 1, 0))
            return (near + 0.3) / (2 * total + 3)

        one = share(above + below) * 0.5
        two = share(above) * share(below) * 4
        self.blocks[-1].guess = "page"
        return one > two


_OMITTED = re.compile(r"\W*(?:OMITTED|OMIT)\W*")


def is_heading(block: Block, measures: Measures) -> bool:
    """A scene heading: its words, its number, or the room above it say so."""
    text = block.text
    if block.slot is not Slot.MARGIN or not is_capitals(text):
        return False
    if HEADING_INTRO.match(text) or _OMITTED.fullmatch(text):
        return True
    has_room = (
        not block.top and measures.heading_blank > 1 and block.blank >= measures.heading_blank and block.blank % 2 == 0
    )
    style = measures.heading_style
    is_set_so = bool(style) and all(
        style in run.style or run.text == " " for one in block.rows for run in one.piece.runs
    )
    return bool(block.numbers) and not SHOT.match(text) or has_room or is_set_so


# What a shot begins with: the camera's place or move.
SHOT = re.compile(
    r"(?:ANGLE|ANOTHER ANGLE|CLOSE|CLOSER|CLOSEUP|CLOSE-UP|C\.U\.|CU|POV|P\.O\.V\.|INSERT|BACK TO|WIDE|WIDER|TIGHT|"
    r"REVERSE|AERIAL|TRACKING|MOVING|DOLLY|CRANE|TWO SHOT|MEDIUM|EXTREME|FAVORING|FULL SHOT|ESTABLISHING)\b"
    r"|.{1,40}['’]S (?:POV|P\.O\.V\.)",
)


def _has_sentence_end(text: str, rows: list[tuple[int, int]], first: int, last: int, behind: int) -> bool:
    """Does a sentence end in one of these rows, behind a place, where more follows?"""
    for place in range(max(0, first), min(last, len(rows))):
        start, end = rows[place]
        for match in _ENDS.finditer(text, max(start, behind + 1), end):
            if match.end() < len(text) and text[match.end()] == " ":
                return True
    return False


_ENDS = re.compile(r"""[.?!…]+["'”’)\]]*""")


def _name(text: str) -> str:
    return " ".join(split_cue(text).name.upper().split())


def _is_open(block: Block) -> bool:
    """A parenthetical whose bracket is not closed yet."""
    return block.slot is Slot.BRACKET and not block.rows[-1].piece.text.endswith(")")


def would_turn(above: Piece, below: Piece, columns: int, habits: Habits) -> bool:
    return not would_have_fitted(above.text, above.length, below.text, columns, habits)


def _together(pieces: Sequence[Piece], pitch: float) -> Piece:
    """Pieces of one row that belong to one paragraph, with the blanks between them."""
    runs = list(pieces[0].runs)
    for before, piece in zip(pieces, pieces[1:], strict=False):
        runs.append(Run(text=" " * max(1, round((piece.x - before.right) / pitch))))
        runs.extend(piece.runs)
    text = "".join(run.text for run in runs)
    return Piece(tuple(runs), text, pieces[0].x, pieces[0].y, pieces[-1].right, cells(text))


def _lines_of_page(sheets: Sequence[Sheet], measures: Measures) -> int:
    """Lines of text on a page: an inch of margin above and below, more where some page shows more."""
    height = max((sheet.height for sheet in sheets), default=792.0)
    return int((height - 144) / measures.leading + 1e-6)


# ---------------------------------------------------------------- margins


def take_margins(row: PlacedRow, measures: Measures) -> None:
    """Moves scene numbers and revision marks from the pieces of a row to its `numbers` and `mark`."""
    pieces = row.pieces
    if pieces and _is_mark(pieces[-1], measures, alone=len(pieces) == 1):
        row.mark = pieces.pop().text
    if pieces and pieces[0].right <= measures.action - 1 and _is_number(pieces[0]):
        row.numbers.append(pieces.pop(0).text)
    if not pieces:
        return
    if not measures.is_known and not row.numbers:
        _take_number_at_edge(row)
    last = pieces[-1]
    if (
        len(pieces) > 1
        and _is_number(last)
        and (
            row.numbers
            and last.text == row.numbers[0]
            or abs(last.right - measures.number_right) <= measures.near + 1
            or last.right > measures.number_right
            and HEADING_INTRO.match(pieces[-2].text)  # a long one pushes it on
            or not measures.is_known
            and last.x > measures.text_right - 8 * measures.pitch
            and any(char.isdigit() for char in last.text)
        )
    ):
        row.numbers.append(pieces.pop().text)


_NUMBERED = re.compile(rf"({SCENE_NUMBER})[.)]?(?: +|$)")


def _take_number_at_edge(row: PlacedRow) -> None:
    """Where the words begin too, `12A  INT. PIER - DAY`: the heading then stands where its number did."""
    first = row.first
    number = _NUMBERED.match(first.text)
    if number is None:
        return
    is_alone = number.end() == len(first.text)
    heading, start = (row.pieces[1], 0) if is_alone and len(row.pieces) > 1 else (first, number.end())
    text = heading.text[start:]
    if HEADING_INTRO.match(text):
        row.numbers.append(number[1])
        runs = cut(heading.runs, start, len(heading.text))
        row.pieces[: 2 if is_alone else 1] = [replace(heading, runs=runs, text=text, x=first.x, length=cells(text))]


def _is_number(piece: Piece) -> bool:
    return piece.length <= LONGEST_NUMBER and " " not in piece.text


def _is_mark(piece: Piece, measures: Measures, *, alone: bool) -> bool:
    if piece.length > 3:
        return False
    at_mark = abs(piece.x - measures.mark_x) <= measures.near + 1
    stars = not piece.text.strip("*") and piece.x > measures.center
    return stars and (not alone or at_mark or piece.x > measures.text_right) or at_mark
