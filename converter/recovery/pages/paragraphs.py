"""Rows to paragraphs: which column a row stands in, which rows are one paragraph, what a page break cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from converter.contract import Limits
from converter.recovery.pages import signs
from converter.recovery.pages.furniture import MORE, NUMBERED_CONTINUED, SCENE_CONTINUED
from converter.recovery.pages.margins import take_margins
from converter.recovery.pages.measures import SPEAKS_ON, Measures
from converter.recovery.pages.page_ends import is_cut_as_late, would_begin_above
from converter.recovery.pages.placed import Piece, PlacedRow, Sheet
from converter.recovery.pages.placed_paragraph import (
    SPOKEN,
    ParagraphRow,
    PlacedParagraph,
    Slot,
    is_heading,
    is_italic,
)
from converter.recovery.pages.wrapped import joint, needed, would_have_fitted
from converter.terms import (
    CONTINUED,
    closes_bracket,
    closes_more,
    is_capitals,
    is_heading_again,
    opens_bracket,
    split_cue,
)

_MOST_HEADING_ROWS = 4
_MOST_BRACKET_ROWS = 6
_AMPLE = 4  # cells
_BRACKET_IN_HALF = 18.0  # points
_FEW_CELLS = 6
_SENTENCE_END = re.compile(r"""[.?!…:][)"'”’\]*]*$""")


class Paragraphs:
    """Reads the rows of all pages in order and collects `paragraphs`."""

    def __init__(self, sheets: Sequence[Sheet], measures: Measures, limits: Limits):
        self.paragraphs: list[PlacedParagraph] = []
        self.measures = measures
        self.lines = signs.lines_of_page(sheets, measures)
        self.has_scene_continued = False
        self._more: set[int] = set()  # sides of the speech that (MORE) cut
        self._pairs = 0
        self._last_cue: PlacedParagraph | None = None
        self._last_in_half: dict[int, PlacedParagraph] = {}  # the paragraph at hand on each side of a dual dialogue
        self._in_pair = False
        self._right_half = measures.dual_left(2)
        self._half_columns = (measures.dual_columns, measures.dual_columns)
        self._above: PlacedRow | None = None
        self._first_y = measures.first_y
        self._names: set[str] = set()
        self._was_continued = False  # (CONTINUED) stood at the foot of the page before
        self._heading: PlacedParagraph | None = None  # of the scene at hand, as far as
        self._searched = 0  # the paragraphs in which it was looked for
        deadline = limits.deadline()
        for sheet in sheets:
            deadline.check()
            self._page(sheet)
            if len(self.paragraphs) > limits.paragraphs:
                raise limits.passed("paragraphs", "this script has too many paragraphs")

    # -------- pages

    def _page(self, sheet: Sheet) -> None:
        rows = sheet.rows
        for row in rows:
            take_margins(row, self.measures)
        rows = [row for row in rows if row.pieces]
        self._first_y = self.measures.first_y if sheet.first_y is None else sheet.first_y
        rows = self._without_scene_continued_top(rows)
        self._above = None
        was_in_pair, self._in_pair = self._in_pair, False
        place = 0
        if rows and self.paragraphs:
            place = self._over_the_page(rows, was_in_pair)
        rows = self._without_scene_continued_bottom(rows)
        while place < len(rows):
            self._row(rows, place)
            self._above = rows[place]
            place += 1

    def _without_scene_continued_top(self, rows: list[PlacedRow]) -> list[PlacedRow]:
        """CONTINUED: at the top of a page, which a long repeated name may stand beside."""
        m = self.measures
        first = rows[0].first if rows and self.paragraphs else None
        if first and self._says_scene_goes_on(rows[0]):
            rows[0].pieces.pop(0)
            rows[0].numbers.clear()
            self.has_scene_continued = True
            self._first_y = m.first_y + 2 * m.leading
            return [row for row in rows if row.pieces]
        again = self._rows_of_heading_again(rows)
        if again:
            self.has_scene_continued = True
            self._first_y = rows[0].y + 2 * m.leading
        return rows[again:]

    def _says_scene_goes_on(self, row: PlacedRow) -> bool:
        """Where action stands, or wherever a scene's number in one string of words with it has put it."""
        if NUMBERED_CONTINUED.fullmatch(row.first.text):
            return True
        is_there = row.numbers or self._is_at(row.first.x, self.measures.action)
        return bool(is_there) and SCENE_CONTINUED.fullmatch(row.first.text) is not None

    def _rows_of_heading_again(self, rows: list[PlacedRow]) -> int:
        """How many rows at the top only say which scene goes on: its heading again, with CONTINUED or its number."""
        heading = self._heading_at_hand()
        if heading is None:
            return 0
        text = ""
        for count, row in enumerate(rows[:_MOST_HEADING_ROWS], start=1):
            if len(row.pieces) > 1 or count > 1 and row.y - rows[count - 2].y > 1.5 * self.measures.leading:
                return 0
            text = f"{text} {row.first.text}".strip()
            is_other = row.numbers and heading.numbers and row.numbers[0] != heading.numbers[0]
            if is_other:
                return 0
            is_same = bool(row.numbers and heading.numbers) and text == " ".join(heading.text.split())
            if is_same or is_heading_again(text, heading.text):
                return count
        return 0

    def _heading_at_hand(self) -> PlacedParagraph | None:
        for paragraph in self.paragraphs[self._searched :]:
            if is_heading(paragraph, self.measures):
                self._heading = paragraph
        self._searched = len(self.paragraphs)
        return self._heading

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
        if self._says_more(row):
            self._more |= {self._side(piece) for piece in row.pieces} if self._in_pair else {0}
            return
        following = rows[place + 1] if place + 1 < len(rows) else None
        if self._in_pair and self._blank(row, Slot.DIALOGUE) == 0:
            self._pair_row(row)
            return
        self._in_pair = False
        if self._opens_pair(row, following):
            self._open_pair(rows, place)
            return
        piece = row.first if len(row.pieces) == 1 else signs.pieces_together(row.pieces, self.measures.pitch)
        is_bracket = opens_bracket(piece.text) and self._is_bracket_at_speech(rows, place, piece)
        slot = Slot.BRACKET if is_bracket else self._slot(row, piece, following)
        if not self._goes_on(slot, row, piece):
            self._new(slot, row, piece)

    def _says_more(self, row: PlacedRow) -> bool:
        return all(MORE.fullmatch(piece.text) and piece.x > self.measures.action for piece in row.pieces)

    def _open_pair(self, rows: list[PlacedRow], place: int) -> None:
        self._pairs += 1
        self._in_pair = True
        self._measure_halves(rows, place)
        for side, piece in enumerate(rows[place].pieces, start=1):
            self._new(Slot.CUE, rows[place], piece, side=side, pair=self._pairs)

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
        if not self.paragraphs:
            return False
        last = self.paragraphs[-1].slot
        return last in (Slot.CUE, Slot.BRACKET) or last is Slot.DIALOGUE and opens_bracket(row.first.text)

    def _new(self, slot: Slot, row: PlacedRow, piece: Piece, *, side: int = 0, pair: int = 0) -> PlacedParagraph:
        paragraph = PlacedParagraph(
            slot=slot,
            rows=[ParagraphRow(piece, "", row.page, row.mark, starts_page=self._above is None)],
            blank=self._blank(row, slot),
            top=self._above is None,
            alone=self._above is None,
            at=row.at,
            numbers=row.numbers,
            side=side,
            pair=pair,
        )
        self.paragraphs.append(paragraph)
        if slot is Slot.CUE:
            self._last_cue = paragraph
        if pair:
            self._last_in_half[side] = paragraph
        return paragraph

    # -------- which column

    def _slot(self, row: PlacedRow, piece: Piece, following: PlacedRow | None) -> Slot:
        """The first of its places where the line stands, the surest first."""
        m = self.measures
        if self._is_at(piece.x, m.action):
            return Slot.MARGIN
        contiguous = self._above is not None and self._blank(row, Slot.DIALOGUE) == 0
        slot = self._slot_in_speech(piece, following) if contiguous and self._in_speech() else None
        if slot is not None:
            return slot
        centered = abs(piece.middle - m.center) <= m.near_center
        if self._is_at(piece.x, m.dialogue) and not centered:
            is_name = not contiguous and self._names_stand_at_speech(piece, following)
            return Slot.CUE if is_name else Slot.DIALOGUE
        is_name = self._stands_as_cue(piece) or not contiguous and self._stands_among_names(piece)
        if is_name and self._speaks(row, following):
            self._names.add(signs.speaker_of(piece.text))
            return Slot.CUE
        slot = self._slot_in_the_middle(piece) if centered else self._slot_aside(piece)
        return slot or self._nearest(piece, contiguous)

    def _names_stand_at_speech(self, piece: Piece, following: PlacedRow | None) -> bool:
        """Is this a name over its words, in a document that sets both at one edge?"""
        m = self.measures
        if m.is_known or m.cue is None or abs(m.cue - m.dialogue) > m.near or following is None:
            return False
        is_over = following.y - piece.y < (m.dialogue_spacing + 0.5) * m.leading
        return is_over and self._is_at(following.first.x, m.dialogue) and is_capitals(split_cue(piece.text).name)

    def _in_speech(self) -> bool:
        last = self.paragraphs[-1] if self.paragraphs else None
        return last is not None and last.slot in SPOKEN and not last.pair

    def _slot_in_speech(self, piece: Piece, following: PlacedRow | None) -> Slot | None:
        """Right under words of a speech."""
        m = self.measures
        if self._closes_bracket(piece, following):
            return Slot.BRACKET
        if self._stands_as_bracket(piece):
            return self._slot_of_bracket(piece)
        if self._is_at(piece.x, m.dialogue):
            return Slot.DIALOGUE
        if self._is_at(piece.x, m.turn) and self.paragraphs[-1].slot is Slot.BRACKET:
            return Slot.BRACKET
        return None

    def _is_bracket_at_speech(self, rows: list[PlacedRow], place: int, piece: Piece) -> bool:
        """A parenthetical of several rows that stands where speech does: the words after it begin a line."""
        m = self.measures
        if not (self._is_at(piece.x, m.dialogue) and self._in_speech()) or self._blank(rows[place], Slot.DIALOGUE):
            return False
        depth, above = closes_more(piece.text), rows[place]
        was_closed = False
        for row in rows[place + 1 : place + 1 + _MOST_BRACKET_ROWS]:
            is_below = row.y - above.y < (m.dialogue_spacing + 0.5) * m.leading
            if depth > 0 or not is_below or not self._is_at(row.first.x, m.dialogue):
                return False
            if was_closed or depth == 0:
                return was_closed and not signs.would_turn(above.first, row.first, m.dialogue_columns, m.habits)
            depth += closes_more(row.first.text)
            was_closed = depth == 0 and closes_bracket(row.first.text)
            above = row
        return False

    def _closes_bracket(self, piece: Piece, following: PlacedRow | None) -> bool:
        """Under an open bracket, wherever it stands, as far as the row that closes it."""
        last = self.paragraphs[-1]
        if not signs.is_open_bracket(last) or len(last.rows) >= _MOST_BRACKET_ROWS or opens_bracket(piece.text):
            return False
        below = following.first.text if following is not None else ""
        return closes_bracket(piece.text) or closes_bracket(below) and closes_more(below) > 0

    def _slot_in_the_middle(self, piece: Piece) -> Slot:
        """A name over no words stands there as a title does: it has an extension, or has spoken before."""
        is_name = "(" in piece.text or signs.speaker_of(piece.text) in self._names
        is_cue = is_name and self._stands_as_cue(piece) and is_capitals(piece.text)
        return Slot.CUE if is_cue else Slot.CENTER

    def _slot_aside(self, piece: Piece) -> Slot | None:
        """Neither at the left nor in the middle of the text."""
        m = self.measures
        if self._stands_as_transition(piece):
            return Slot.RIGHT_STOP
        if self._stands_as_cue(piece) and is_capitals(piece.text):
            return Slot.CUE
        if opens_bracket(piece.text) and self._is_at(piece.x, m.bracket):
            return self._slot_of_bracket(piece)
        if self._ends_at_right(piece):
            return Slot.RIGHT
        if abs(piece.middle - m.paper_center) <= m.near_center:
            return Slot.CENTER
        return Slot.CUE if m.is_known and self._stands_as_cue(piece) else None

    def _is_at(self, x: float, edge: float) -> bool:
        return abs(x - edge) <= self.measures.near

    def _stands_as_transition(self, piece: Piece) -> bool:
        m = self.measures
        if not self._is_at(piece.right, m.transition_right) or piece.length > m.transition_columns + 1:
            return False
        return m.is_known or is_capitals(piece.text)

    def _ends_at_right(self, piece: Piece) -> bool:
        m = self.measures
        return self._is_at(piece.right, m.text_right) and piece.x > m.action + 2 * m.pitch

    def _stands_as_bracket(self, piece: Piece) -> bool:
        """Our own pages set nothing else there; on others it has to begin with a bracket."""
        m = self.measures
        if opens_bracket(piece.text):
            return self._is_at(piece.x, m.bracket) or self._is_at(piece.x, m.turn)
        return m.is_known and m.turn > m.bracket + 1 and self._is_at(piece.x, m.bracket)

    def _slot_of_bracket(self, piece: Piece) -> Slot:
        """Some printers set a speech there too that begins with a bracket, `(smiles) You came.`; no template does."""
        speaks_on = not self.measures.is_known and SPEAKS_ON.match(piece.text)
        return Slot.DIALOGUE if speaks_on else Slot.BRACKET

    def _stands_as_cue(self, piece: Piece) -> bool:
        m = self.measures
        if m.cue is not None:
            return self._is_at(piece.x, m.cue)
        name = split_cue(piece.text).name
        middles = piece.middle, piece.x + m.pitch * len(name) / 2
        return any(abs(middle - m.cue_center) <= 1.3 * m.pitch for middle in middles) and is_capitals(name)

    def _stands_among_names(self, piece: Piece) -> bool:
        """Its middle is that of most names, which were set in the middle: one of them may be longer than the others."""
        m = self.measures
        is_near = m.cue is not None and m.cue_center > m.dialogue and abs(piece.middle - m.cue_center) <= 1.5 * m.pitch
        return is_near and not m.is_known and is_capitals(split_cue(piece.text).name)

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
        return is_name_too and signs.would_turn(row.first, below, m.cue_columns, m.habits)

    def _nearest(self, piece: Piece, contiguous: bool) -> Slot:
        """A line that stands where no other does: it goes on with what it hangs under, else it is action."""
        if (
            contiguous
            and self.paragraphs[-1].slot in (Slot.DIALOGUE, Slot.BRACKET)
            and piece.x > self.measures.dialogue
        ):
            return self.paragraphs[-1].slot
        if contiguous and self.paragraphs[-1].slot in (Slot.ELSEWHERE, Slot.CENTER):
            return self.paragraphs[-1].slot
        return Slot.ELSEWHERE

    # -------- dual dialogue

    def _opens_pair(self, row: PlacedRow, following: PlacedRow | None) -> bool:
        """Two names side by side, each in the middle of its half or further in than the words under it."""
        if len(row.pieces) != 2 or row.numbers or not self._stand_apart(*row.pieces):
            return False
        capitals = [is_capitals(split_cue(one.text).name) for one in row.pieces]
        if all(capitals):
            return self._are_in_halves(row) or self._speak_side_by_side(row, following)
        if following is None or not self._is_pair_below(row, following):
            return False
        if not any(capitals):  # names of small letters have to stand as ours do
            return self.measures.is_known and self._are_in_halves(row)
        return self._stands_further_in(row, following)

    def _stands_further_in(self, row: PlacedRow, following: PlacedRow) -> bool:
        pairs = zip(row.pieces, following.pieces, strict=True)
        return all(above.x > below.x + self.measures.near for above, below in pairs)

    def _stand_apart(self, left: Piece, right: Piece) -> bool:
        m = self.measures
        is_gap = right.x - left.right >= 2.5 * m.pitch
        return is_gap and right.x >= m.dual_left(2) - m.near and left.x >= m.action - m.near

    def _are_in_halves(self, row: PlacedRow) -> bool:
        return all(self._in_half(piece, side) for side, piece in enumerate(row.pieces, start=1))

    def _speak_side_by_side(self, row: PlacedRow, following: PlacedRow | None) -> bool:
        """Words stand under both names; at the foot of a page a wide gap has to do."""
        left, right = row.pieces
        if following is None:
            return right.x - left.right > 5 * self.measures.pitch
        return self._is_pair_below(row, following) and following.pieces[1].x > left.right

    def _is_pair_below(self, row: PlacedRow, following: PlacedRow) -> bool:
        m = self.measures
        return len(following.pieces) == 2 and following.y - row.y <= (1.5 + m.speech_blank) * m.leading

    def _in_half(self, piece: Piece, side: int) -> bool:
        typed = len(split_cue(piece.text).name), len(CONTINUED.sub("", piece.text).rstrip()), piece.length
        middles = [piece.x + self.measures.pitch * length / 2 for length in typed]
        return any(abs(middle - self.measures.dual_center(side)) <= 0.75 * self.measures.pitch for middle in middles)

    def _measure_halves(self, rows: list[PlacedRow], place: int) -> None:
        """Where the right one of two speeches side by side begins, and how long the lines of both are."""
        m = self.measures
        self._right_half = m.dual_left(2)
        self._half_columns = (m.dual_columns, m.dual_columns)
        if self._are_in_halves(rows[place]):
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
        begun: set[int] = set()
        for piece in row.pieces:
            side = self._side(piece)
            begins = side not in begun
            begun.add(side)
            last = self._last_in_half[side]
            if last.slot is Slot.CUE and CONTINUED.fullmatch(piece.text):
                self._append(last, row, piece, 0)
                continue
            is_open = signs.is_open_bracket(last) and piece.x >= last.rows[0].piece.x - self.measures.near
            opens = opens_bracket(piece.text) and (not is_open or signs.is_whole_bracket(piece.text))
            goes_on = is_open or begins and self._stands_in_half(piece, side, last)
            is_bracket = opens_bracket(piece.text) or goes_on
            slot = Slot.BRACKET if is_bracket else Slot.DIALOGUE
            if opens or last.slot is not slot:
                self._new(slot, row, piece, side=side, pair=self._pairs)
            else:
                self._append(last, row, piece, self._columns_of_half(side, slot))

    def _stands_in_half(self, piece: Piece, side: int, last: PlacedParagraph) -> bool:
        """A quarter inch further in than the words of its half, where our pages have nothing but parentheticals."""
        m = self.measures
        return (m.is_known or last.slot is Slot.BRACKET) and self._is_at(piece.x, m.dual_left(side) + _BRACKET_IN_HALF)

    def _columns_of_half(self, side: int, slot: Slot) -> int:
        return self._half_columns[side - 1] - (5 if slot is Slot.BRACKET else 0)

    # -------- one paragraph

    def _goes_on(self, slot: Slot, row: PlacedRow, piece: Piece) -> bool:
        """Joins the row to the paragraph above where they are one."""
        last = self.paragraphs[-1] if self.paragraphs and self._above is not None and not row.numbers else None
        if last is None or last.pair or last.slot is not slot:
            return False
        blank = self._blank(row, slot)
        if slot is Slot.DIALOGUE:
            return self._dialogue_goes_on(last, row, piece, blank)
        columns = row.columns or self._columns(last)
        if blank or self._begins_anew(last, piece, columns):
            return False
        self._append(last, row, piece, columns)
        return True

    def _begins_anew(self, last: PlacedParagraph, piece: Piece, columns: int) -> bool:
        """Is a line of its own what stands right under the paragraph, in the same column?"""
        turned = signs.would_turn(last.rows[-1].piece, piece, columns, self.measures.habits)
        match last.slot:
            case Slot.BRACKET:
                return self._stands_as_bracket(piece) and (
                    not signs.is_open_bracket(last) or signs.is_whole_bracket(piece.text)
                )
            case Slot.MARGIN:
                of_heading = turned and is_capitals(piece.text) and not opens_bracket(piece.text)
                return not of_heading and self._is_short_heading(last)
            case Slot.CUE:
                return not turned
            case _:
                return False

    def _is_short_heading(self, paragraph: PlacedParagraph) -> bool:
        """A heading of a few lines: what has more of them is action in capitals."""
        return len(paragraph.rows) < _MOST_HEADING_ROWS and is_heading(paragraph, self.measures)

    def _dialogue_goes_on(self, last: PlacedParagraph, row: PlacedRow, piece: Piece, blank: int) -> bool:
        italic = is_italic(piece)
        m, above = self.measures, last.rows[-1].piece
        if is_italic(above) != italic and not signs.would_turn(above, piece, m.dialogue_columns, m.habits):
            return False  # words that are sung under words that are said
        if blank and italic:
            return False  # a verse of its own
        if blank:
            last.rows.append(ParagraphRow(piece, "\n" * (blank + 1), row.page, row.mark))
        else:
            self._append(last, row, piece, row.columns or self._columns(last))
        return True

    def _columns(self, paragraph: PlacedParagraph) -> int:
        m = self.measures
        match paragraph.slot:
            case Slot.DIALOGUE:
                return m.dialogue_columns
            case Slot.BRACKET:
                return m.bracket_columns + (1 if len(paragraph.rows) == 1 and m.turn > m.bracket + 1 else 0)
            case Slot.CUE:
                return m.cue_columns
            case Slot.RIGHT_STOP:
                return m.transition_columns
            case _:
                return m.action_columns

    def _append(self, paragraph: PlacedParagraph, row: PlacedRow, piece: Piece, columns: int | None) -> None:
        """`columns` is None where a page break cut the paragraph."""
        above = paragraph.rows[-1].piece
        before = joint(above.text, above.length, piece.text, columns, self.measures.habits)
        if before == "\n" and columns is not None:
            is_turned = self._is_inside_sentence(above, piece, columns)
            if paragraph.slot is Slot.BRACKET and not self._was_ended(above, piece, columns):
                before = " "
            elif is_turned and paragraph.slot is not Slot.CUE and not paragraph.pair:
                before = joint(above.text, above.length, piece.text, None, self.measures.habits)
        paragraph.rows.append(ParagraphRow(piece, before, row.page, row.mark, starts_page=columns is None))

    def _is_inside_sentence(self, above: Piece, piece: Piece, columns: int) -> bool:
        """A sentence goes on in small letters: its line turned early, as words set by others than us do.

        Where a template tells how long lines are, only a few cells may be missing; else a line may be short.
        """
        m = self.measures
        if not piece.text[0].islower() or _SENTENCE_END.search(above.text):
            return False
        least = columns - _FEW_CELLS if m.is_known else columns // 2
        return needed(above.text, above.length, piece.text, m.habits) > least

    def _was_ended(self, above: Piece, piece: Piece, columns: int | None) -> bool:
        """Within brackets few writers end a line: only after a full thought, and where there was ample room."""
        m = self.measures
        if not m.is_known or columns is None or above.text[-1] not in ".;:?!":
            return False
        return would_have_fitted(above.text, above.length + _AMPLE, piece.text, columns, m.habits)

    # -------- over the page

    def _over_the_page(self, rows: list[PlacedRow], was_in_pair: bool) -> int:
        """What the page before began and this one goes on with; gives the first row that is new."""
        more, self._more = self._more, set()
        if self.paragraphs[-1].slot not in SPOKEN:
            return self._action_over_the_page(rows)
        if not more and self._opens_pair(rows[0], rows[1] if len(rows) > 1 else None):
            return 0
        if was_in_pair:
            return self._pair_over_the_page(rows, more)
        place = self._repeated_cue(rows, bool(more))
        return self._speech_over_the_page(rows, place, bool(place or more))

    def _speech_over_the_page(self, rows: list[PlacedRow], place: int, says_so: bool) -> int:
        """`says_so`: (MORE) or the name again says that the speech goes on; words in italics need that."""
        row = rows[place] if place < len(rows) else None
        slot = self._spoken_slot(row.first) if row is not None else None
        if row is None or slot is None or not says_so and is_italic(row.first):
            return place
        last = self.paragraphs[-1]
        if slot is Slot.DIALOGUE and last.slot is Slot.DIALOGUE:
            self._append(last, row, row.first, None)
        else:
            paragraph = self._new(slot, row, row.first)
            paragraph.blank, paragraph.alone = 0, False
        self._above = row
        return place + 1

    def _spoken_slot(self, piece: Piece) -> Slot | None:
        m = self.measures
        if self._stands_as_bracket(piece):
            return self._slot_of_bracket(piece)
        return Slot.DIALOGUE if self._is_at(piece.x, m.dialogue) else None

    def _repeated_cue(self, rows: list[PlacedRow], more: bool) -> int:
        """How many rows at the top only say who goes on speaking."""
        cue = self._last_cue
        if cue is None or not self._stands_as_cue(rows[0].first):
            return 0
        count = 1
        while count < len(rows) and self._goes_on_as_name(rows[count - 1], rows[count]):
            count += 1
        is_above_text = rows[count - 1].y < self._first_y - 0.5 * self.measures.leading
        says_so = signs.says_again(
            " ".join(row.first.text for row in rows[:count]), cue.text, more=more, above=is_above_text
        )
        return count if says_so else 0

    def _goes_on_as_name(self, above: PlacedRow, row: PlacedRow) -> bool:
        """A long name takes two rows."""
        m = self.measures
        return m.cue is not None and self._is_at(row.first.x, m.cue) and row.y - above.y < 1.5 * m.leading

    def _pair_over_the_page(self, rows: list[PlacedRow], more: set[int]) -> int:
        """Two speeches side by side that go on: their names again, or at once their words, each under its own."""
        first = rows[0]
        stays = len(first.pieces) == 2 and self._stands_under_pair(first.first)
        if stays:
            self._right_half = min(self._right_half, first.pieces[1].x)
        if not (more or stays):
            return 0
        self._in_pair = True
        if not (more and all(signs.is_name_again(piece) for piece in first.pieces)):
            self._pair_row(first)
        self._above = first
        return 1

    def _stands_under_pair(self, piece: Piece) -> bool:
        """Where the left one of the two stood before, or right under both names."""
        lefts = [paragraph.rows[0].piece.x for paragraph in self.paragraphs[-12:] if paragraph.pair == self._pairs]
        return any(self._is_at(piece.x, left) for left in lefts) or self.paragraphs[-1].slot is Slot.CUE

    def _action_over_the_page(self, rows: list[PlacedRow]) -> int:
        last, row = self.paragraphs[-1], rows[0]
        if not self._stands_as_action(row) or not self._may_be_cut_here(last, row):
            return 0
        below = [row.first]
        for above, one in pairwise(rows):
            if one.y - above.y > 1.5 * self.measures.leading or not self._is_at(one.first.x, self.measures.action):
                break
            below.append(one.first)
        if not self._is_one_paragraph(last, below, self._lines_to_transition(rows, len(below))):
            return 0
        self._append(last, row, row.first, None)
        self._above = row
        return 1

    def _lines_to_transition(self, rows: list[PlacedRow], count: int) -> int:
        """From the paragraph of so many rows at the top to the end of a transition that stays with it."""
        if count == len(rows) or not self._stands_as_transition(rows[count].first):
            return 0
        return round((rows[count].y - rows[count - 1].y) / self.measures.leading)

    def _stands_as_action(self, row: PlacedRow) -> bool:
        return self._is_at(row.first.x, self.measures.action) and len(row.pieces) == 1 and not row.numbers

    def _may_be_cut_here(self, last: PlacedParagraph, row: PlacedRow) -> bool:
        """Can the last paragraph be action that goes on in the row at the top?"""
        if last.slot is not Slot.MARGIN or self._blank(row, Slot.MARGIN) or self._is_short_heading(last):
            return False
        return is_capitals(last.end) == is_capitals(row.first.text)

    def _is_one_paragraph(self, last: PlacedParagraph, below: list[Piece], tail: int) -> bool:
        """Final Draft cuts after a sentence, two lines above and two below, as late as it can."""
        above_text, below_text = last.end.rpartition("\n")[2], below[0].text
        for above, piece in pairwise(below):
            below_text += joint(above.text, above.length, piece.text, None, self.measures.habits) + piece.text
        if above_text[-1] in "。！？」":
            return False  # no blank stands behind these, so no page is cut there
        if not _SENTENCE_END.search(above_text) or below_text[:1].islower():
            return True
        count = sum(one.page == last.rows[-1].page for one in last.rows)
        if count < 2 and not last.rows[0].starts_page or len(below) < 2:
            return False
        columns, room = self.measures.action_columns, self._room_below(last)
        if not is_cut_as_late(above_text, below_text, columns, room, tail):
            return False
        if would_begin_above(below_text, columns, room):
            return True
        return self._likelier_one(count, len(below))

    def _room_below(self, last: PlacedParagraph) -> int:
        """Lines that the page before had left."""
        used = round((last.rows[-1].piece.y - self.measures.first_y) / self.measures.leading) + 1
        return max(0, self.lines - used - (2 if self._was_continued else 0))

    def _likelier_one(self, above: int, below: int) -> bool:
        """Both would look the same: how long are the paragraphs of this script?"""
        lengths: dict[int, int] = {}
        total = 0
        for paragraph in self.paragraphs[-400:]:
            if paragraph.slot is Slot.MARGIN and not is_capitals(paragraph.end):
                lengths[len(paragraph.rows)] = lengths.get(len(paragraph.rows), 0) + 1
                total += 1

        def share(length: int) -> float:
            near = lengths.get(length, 0) + 0.5 * (lengths.get(length - 1, 0) + lengths.get(length + 1, 0))
            return (near + 0.3) / (2 * total + 3)

        one = share(above + below) * 0.5
        two = share(above) * share(below) * 4
        self.paragraphs[-1].guess = "page"
        return one > two
