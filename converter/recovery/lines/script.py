"""A screenplay from text in lines: with its columns or without, with blank lines or without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from operator import add

from converter.contract import Deadline
from converter.records import dataclass, field
from converter.recovery.assemble import Unit
from converter.recovery.damage import Damage
from converter.recovery.decoder import roles, tables
from converter.recovery.decoder.path import Decoded, Matrix, ScoredArc, best_path, margins
from converter.recovery.decoder.roles import ACTION, CUE, DIALOGUE, HEADING, LINE_STATES, PARENTHETICAL, TRANSITION
from converter.recovery.doubts import Decision
from converter.recovery.lines.caseless import is_sentence, is_small, set_in_cases
from converter.recovery.lines.columns import part_columns
from converter.recovery.lines.features import WIDE_ENDS, CountedRows
from converter.recovery.lines.furniture import find_furniture, takes_number
from converter.recovery.lines.rows import TypedRow, TypedText, cut_ends
from converter.recovery.lines.second import SecondLookAtRows
from converter.recovery.lines.title import title_of_rows
from converter.recovery.lines.typed import first_row, paragraphs_of, sure_rows, units_of
from converter.recovery.manner import Manner
from converter.recovery.proof import Span
from converter.recovery.typed.script import Reading, read_typed
from converter.terms import CONTINUED, HEADING_INTRO, has_lower, split_cue

STATES = len(LINE_STATES)
LOOKED_AT_TWICE = 50_000  # rows, eight features; more than that is no script, and one look has to do
RUNS_ON = 1_000.0  # weighs more than all that the words of a row say
MOST_ROWS = 500_000  # more lines than that are words to us
_WORD = re.compile(r"[^\W\d_]{3,}")
ROW_ROLES = (HEADING, ACTION, CUE, PARENTHETICAL, DIALOGUE, TRANSITION)
TOLD = (ACTION, PARENTHETICAL, DIALOGUE)  # what a sentence of a script without capitals can be
SPOKEN = (CUE, PARENTHETICAL, DIALOGUE)  # what stands beside something else


class TypedScript:
    """The units of a text in lines."""

    def __init__(
        self,
        sheet: TypedText,
        damage: Damage,
        cast: Sequence[str] = (),
        deadline: Deadline | None = None,
        manner: Manner = "auto",
    ) -> None:
        self.damage = damage
        self.deadline = deadline
        self.source = sheet.text
        rows = sheet.rows
        self._check_time()
        cut_ends(rows)
        find_furniture(rows)
        self._check_time()
        reading = read_typed(paragraphs_of(rows, sheet.text), manner)
        self.title, first = title_of_rows(rows, first_row(reading, rows))
        self._check_time()
        rows = [row for place, row in enumerate(rows) if place >= first or row.furniture]
        if damage == "indented" and reading.manner == "printed":
            rows = part_columns(rows)
        self.headers = [(row.text, row.at) for row in rows if _is_header(row)]
        self.furniture: list[Span] = []
        self.marks: dict[int, list[tuple[str, Span]]] = {}  # before which row of the story a page begins
        self.more: set[int] = set()  # in front of which a (MORE) or CONTINUED stood
        self.rows = self._story(rows)
        if damage == "contiguous":
            for row in self.rows:
                row.blank = 0
        self._check_time()
        self.manner = reading.manner
        self.fixed = sure_rows(self.rows, sheet.text)
        self.roles: list[int] = []
        self.margins: list[tuple[float, int]] = []
        if reading.manner == "printed":
            self.is_caseless = set_in_cases(self.rows)
            self.counted = CountedRows(self.rows, damage == "indented", cast)
            self._decode()
            self._join_rows()
        else:
            self._take_typed(reading)

    def _take_typed(self, reading: Reading) -> None:
        self.units = units_of(reading, self.rows, self.source, self.marks)
        self.dropped = self.furniture
        self.last_pages = self.marks.get(len(self.rows), [])

    def _join_rows(self) -> None:
        self._check_time()
        joined = _Units(self)
        self.units = joined.units
        self.dropped = [*self.furniture, *joined.repeated]
        self.last_pages = joined.marks.get(len(self.rows), [])  # they begin behind the last row

    def _story(self, rows: Sequence[TypedRow]) -> list[TypedRow]:
        """The rows that are not furniture; a number on a line of its own goes to the next row."""
        story: list[TypedRow] = []
        number: TypedRow | None = None  # that waits for its row
        for row in rows:
            match row.furniture:
                case "page":
                    self.marks.setdefault(len(story), []).append((row.label, row.span))
                    self.furniture += row.number_spans
                case "number" if not row.blank and story and takes_number(story[-1]):
                    story[-1].number, story[-1].number_spans = row.number, row.number_spans
                case "number":
                    self.furniture += number.number_spans if number is not None else ()
                    number = row
                case "":
                    self._give_number(number, row)
                    number = None
                    story.append(row)
                case kind:
                    self.furniture += [row.span, *row.number_spans]
                    if kind == "more":
                        self.more.add(len(story))
        if number is not None:
            self.furniture += number.number_spans
        return story

    def _give_number(self, number: TypedRow | None, row: TypedRow) -> None:
        if number is not None and row.number:
            self.furniture += number.number_spans
        elif number is not None:
            row.number, row.number_spans = number.number, number.number_spans

    def _check_time(self) -> None:
        if self.deadline is not None:
            self.deadline.check()

    def _decode(self) -> None:
        rows = self.counted
        weights = tables.load(self.damage, STATES)
        first: list[list[ScoredArc]] = []
        second: list[list[float]] = []
        for i in range(len(self.rows)):
            if self.deadline is not None and i % 1_000 == 0:
                self.deadline.check()
            scores = weights.scores(rows.features(i), self._roles_at(i))
            first.append([(i + 1, self._roles_at(i), tuple(scores[0]))])
            second.append(scores[1])
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # joints that look alike share their features
        joints = [alike.setdefault(found, found) for found in map(rows.joint, range(len(self.rows)))]
        self._check_time()
        first.append([])
        joint = weights.joint(0, joints)
        decoded = best_path(first, joint, STATES, STATES)
        if len(self.rows) > LOOKED_AT_TWICE:
            self._take(decoded, first, joint)
            return
        look = SecondLookAtRows(rows, [step.state for step in decoded.path])
        again: list[list[ScoredArc]] = []
        for i, scores_here in enumerate(second):
            if self.deadline is not None and i % 1_000 == 0:
                self.deadline.check()
            roles_at = first[i][0][1]
            sums = tuple(map(add, scores_here, weights.scores(look.features(i), roles_at)[1]))
            again.append([(i + 1, *self._likely(roles_at, sums, i, look))])
        again.append([])
        self._check_time()
        joint = self._held_together(weights.joint(1, joints))
        self._take(best_path(again, joint, STATES, STATES), again, joint)

    def _likely(
        self, roles: tuple[int, ...], scores: tuple[float, ...], i: int, look: SecondLookAtRows
    ) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """The bare name of somebody who speaks is no scene, and words right under it are said."""
        row = self.rows[i]
        if i in self.fixed:
            return roles, scores
        if self._is_under_speaker(i, look):
            likely = {DIALOGUE, PARENTHETICAL} if row.text[0] in "([" else {DIALOGUE}
        elif HEADING in roles and not row.number and look.is_speaker(row):
            likely = {*roles} - {HEADING}
        else:
            return roles, scores
        kept = [place for place, role in enumerate(roles) if role in likely]
        return tuple(roles[place] for place in kept), tuple(scores[place] for place in kept)

    def _is_under_speaker(self, i: int, look: SecondLookAtRows) -> bool:
        row, above = self.rows[i], self.rows[i - 1]
        if not i or row.blank or row.number or above.number or not has_lower(row.text):
            return False
        return row.page == above.page and look.is_speaker(above)

    def _held_together(self, joint: Callable[[int], Matrix]) -> Callable[[int], Matrix]:
        """A sentence that runs on into the next row is said to its end, or told to its end."""
        held: dict[int, Matrix] = {}  # by the identity of the matrix that they are made of

        def matrix(i: int) -> Matrix:
            found = joint(i)
            if not self._runs_on(i):
                return found
            if id(found) not in held:
                held[id(found)] = [list(row) for row in found]
                for before in (DIALOGUE, ACTION):
                    row = held[id(found)][before]
                    row[:] = [score if after == before else score - RUNS_ON for after, score in enumerate(row)]
            return held[id(found)]

        return matrix

    def _runs_on(self, i: int) -> bool:
        if not 0 < i < len(self.rows) or self.damage == "indented":
            return False
        above, row = self.rows[i - 1], self.rows[i]
        if row.blank or row.number or row.page != above.page or not row.text[0].islower():
            return False
        return above.text[-1].isalnum() and has_lower(above.text) or above.text[-1] == ","

    def _roles_at(self, i: int) -> tuple[int, ...]:
        if i in self.fixed:
            return (self.fixed[i][0],)
        row = self.rows[i]
        if row.side:
            return SPOKEN
        if self.is_caseless and is_small(row.text):
            return TOLD if is_sentence(row.text) else (HEADING, CUE, *TOLD)
        return TOLD if row.text[-1:] in WIDE_ENDS else ROW_ROLES

    def _take(self, decoded: Decoded, arcs: list[list[ScoredArc]], joint: Callable[[int], Matrix]) -> None:
        self.roles = [step.state for step in decoded.path]
        if self.is_caseless:
            self._speak_under_names()
        self.margins = margins(arcs, joint, STATES, decoded, LINE_STATES)

    def _speak_under_names(self) -> None:
        """Where no capitals help, what stands right under a name is spoken."""
        for i in range(1, len(self.rows)):
            if (
                self.roles[i] == ACTION
                and self.roles[i - 1] in SPOKEN
                and not self.rows[i].blank
                and i not in self.fixed
            ):
                self.roles[i] = DIALOGUE

    def tell_as_action(self) -> None:
        """Prose: no row is anything but action, or an act or scene by its own words."""
        self.roles = [self.fixed[i][0] if i in self.fixed else ACTION for i in range(len(self.rows))]
        self._join_rows()

    def decisions(self) -> Iterator[Decision]:
        for row, role, (lead, runner_up) in zip(self.rows, self.roles, self.margins, strict=True):
            yield Decision(row.at, row.text, role, runner_up, lead)


# ---------------------------------------------------------------- units


def _is_header(row: TypedRow) -> bool:
    """Words that only the page had."""
    return row.furniture == "header" or row.furniture == "page" and _WORD.search(row.text) is not None


@dataclass(slots=True)
class _Group:
    role: int
    rows: list[int] = field(default_factory=list)
    open_brackets: int = 0


class _Units:
    """Rows that are one element, joined."""

    def __init__(self, typed: TypedScript) -> None:
        self.typed = typed
        self.rows = typed.rows
        self.centre = _centre(typed)
        self.marks = {place: list(marks) for place, marks in typed.marks.items()}
        self.more = set(typed.more)
        self.repeated: list[Span] = []
        self.units: list[Unit] = []
        self.speaker = ""
        for group in self._groups():
            self._place(group)

    def _groups(self) -> list[_Group]:
        groups: list[_Group] = []
        for i, role in enumerate(self.typed.roles):
            if not (groups and groups[-1].role == role and self._goes_on(groups[-1], i)):
                groups.append(_Group(role))
            groups[-1].rows.append(i)
            groups[-1].open_brackets += self.rows[i].text.count("(") - self.rows[i].text.count(")")
        return groups

    def _goes_on(self, group: _Group, i: int) -> bool:
        """Is row i the same paragraph as the rows before it, which have its role?"""
        row, above = self.rows[i], self.rows[i - 1]
        if row.number or row.side != above.side or i in self.typed.fixed or i - 1 in self.typed.fixed:
            return False
        over_page = i in self.marks or row.page != above.page or i in self.more
        match group.role:
            case roles.DIALOGUE:
                return over_page or not row.blank
            case roles.PARENTHETICAL:
                return group.open_brackets > 0 or not row.text.startswith("(")
            case roles.CUE:
                return above.text.count("(") > above.text.count(")")
            case roles.ACTION if row.whole:
                return False
            case roles.ACTION if over_page:
                return _is_cut_sentence(above.text, row.text)
        return not row.blank and not over_page and self._turns(group.role, above, row)

    def _turns(self, role: int, above: TypedRow, row: TypedRow) -> bool:
        """Right under each other on one page: did the paragraph only turn there?"""
        match role:
            case roles.ACTION:
                return not self._paragraph_ended(above, row)
            case roles.HEADING:
                return HEADING_INTRO.match(row.text) is None and self._is_full(above, row)
            case _:
                return False

    def _paragraph_ended(self, above: TypedRow, row: TypedRow) -> bool:
        """Without blank lines: a row that had room for the next one's first word, and ends a sentence, ends more."""
        if self.typed.damage != "contiguous":
            return False
        return not self._is_full(above, row) and above.text[-1] in ".!?:\"'”’)-" and not row.text[0].islower()

    def _is_full(self, above: TypedRow, row: TypedRow) -> bool:
        word = row.text.partition(" ")[0]
        return len(above.text) + 1 + len(word) > self.typed.counted.columns.action_width - 2

    def _place(self, group: _Group) -> None:
        if group.role == CUE and self._is_repeated_for_the_page(group):
            self._drop_repeated(group)
            return
        unit = self._unit(group)
        if group.role == CUE:
            self.speaker = split_cue(unit.text).name.upper()
        before = self.units[-1] if self.units else None
        if before is not None and before.role == group.role == DIALOGUE and group.rows[0] in self.more:
            _join(before, unit)
        else:
            self.units.append(unit)
        if group.role in (HEADING, ACTION, TRANSITION):
            self.speaker = ""

    def _drop_repeated(self, group: _Group) -> None:
        """The marks of its pages go to what follows."""
        self.repeated += [self.rows[i].span for i in group.rows]
        moved = [mark for i in group.rows for mark in self.marks.pop(i, ())]
        self.marks.setdefault(group.rows[-1] + 1, [])[:0] = moved
        self.more.add(group.rows[-1] + 1)

    def _is_repeated_for_the_page(self, group: _Group) -> bool:
        """A page ended inside the speech, so the cue stands there again."""
        i = group.rows[0]
        row = self.rows[i]
        at_page = i in self.more or i in self.marks or i > 0 and row.page != self.rows[i - 1].page
        if not at_page or not self.speaker or row.number:
            return False
        cue = split_cue(row.text)
        return cue.name.upper() == self.speaker and (CONTINUED.search(row.text) is not None or i in self.more)

    def _unit(self, group: _Group) -> Unit:
        first = self.rows[group.rows[0]]
        unit = Unit(group.role, "", [], first.at, first.number, list(first.number_spans), side=first.side)
        pieces: list[str] = []
        length = 0
        for i in group.rows:
            row = self.rows[i]
            blank = _blank_between(pieces[-1] if pieces else "")
            start, end = row.span
            text = " ".join(self.typed.source[start:end].split())
            unit.marks += [(length + blank if pieces else 0, label, span) for label, span in self.marks.get(i, ())]
            unit.spans.append(row.span)
            if row.revised:
                unit.revised.append((length + blank, length + blank + len(text)))
            pieces.append(" " * blank + text)
            length += blank + len(text)
        unit.text = "".join(pieces)
        if group.role == TRANSITION and unit.text[0] == ">" and unit.text[-1] != "<" and not unit.marks:
            unit.text = unit.text[1:].lstrip()  # Fountain's mark, in text that is none
        unit.centered = group.role == ACTION and len(group.rows) == 1 and self._is_centered(first)
        fixed = self.typed.fixed.get(group.rows[0])
        if fixed is not None:
            unit.made = fixed[1]
            unit.centered = group.role == ACTION and self._is_indented(first)
        return unit

    def _is_indented(self, row: TypedRow) -> bool:
        edge = self.typed.counted.columns.edges["a"]
        return self.centre is not None and edge is not None and row.column >= edge + 6

    def _is_centered(self, row: TypedRow) -> bool:
        if self.centre is None or not self._is_indented(row):
            return False
        return abs(row.column + len(row.text) / 2 - self.centre) <= 1.5


def _is_cut_sentence(above: str, below: str) -> bool:
    return below[0].islower() or above[-1].isalnum() or above[-1] in ",-"


def _centre(typed: TypedScript) -> float | None:
    edge = typed.counted.columns.edges["a"]
    return None if edge is None or typed.damage != "indented" else edge + 30.5


def _blank_between(text: str) -> int:
    """None at the start and behind a hyphen that cut a word."""
    if not text or text[-1] == "-" and len(text) > 1 and text[-2].isalpha():
        return 0
    return 1


def _join(before: Unit, unit: Unit) -> None:
    offset = len(before.text) + _blank_between(before.text)
    before.text += " " * (offset - len(before.text)) + unit.text
    before.spans += unit.spans
    before.marks += [(offset + place, label, span) for place, label, span in unit.marks]
    before.revised += [(offset + start, offset + end) for start, end in unit.revised]
