"""A screenplay from text on one line: no layout, often no capitals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import add

from converter.contract import Deadline
from converter.records import dataclass, field
from converter.recovery.assemble import Unit
from converter.recovery.decoder import tables
from converter.recovery.decoder.path import Decoded, Matrix, ScoredArc, best_path, margins
from converter.recovery.decoder.roles import (
    ACTION,
    CUE,
    DIALOGUE,
    FLAT_STATES,
    HEADING,
    NUMBER,
    PARENTHETICAL,
    STATES_OF,
    TRANSITION,
    flat_forbids,
)
from converter.recovery.decoder.words import Words
from converter.recovery.doubts import Decision
from converter.recovery.flat.cast import Cast
from converter.recovery.flat.firm import FlatText
from converter.recovery.flat.headers import PageHeader, page_headers
from converter.recovery.flat.lattice import ROLES_OF_SHAPE, SEPARATORS, Lattice
from converter.recovery.flat.second import SecondLookAtWords
from converter.recovery.flat.title import title_of_words
from converter.recovery.flat.truecase import Restorer, names_among
from converter.recovery.proof import Span
from converter.tree import Position

STATES = len(FLAT_STATES)
LOOKED_AT_TWICE = 200_000  # words, eight features; more than that is no script, and one look has to do
MOST_WORDS = 500_000
LONGEST_REMARK = 8


class FlatScript:
    """The units of a flat text. `words.text` is the text they came from."""

    def __init__(
        self,
        text: str,
        cast: Sequence[str] = (),
        page_header: re.Pattern[str] | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        self.words = Words(text)
        self.is_too_long = len(self.words) > MOST_WORDS
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        headers = page_headers(self.words, page_header)
        self.title, first = title_of_words(self.words)
        self.flat = FlatText(self.words, headers, first)
        self.cast = Cast(self.flat, frozenset(filter(None, map(_phrase, cast))))
        self.deadline = deadline
        self.path: list[tuple[int, int, int]] = []  # first token, last token + 1, role
        self.margins: list[tuple[float, int]] = []
        if self.is_too_long:
            self._take_sentences()
        else:
            self._decode()
        self.units = _units(self)

    # -------- decoding

    def _decode(self) -> None:
        """Two looks: the second knows from the first who speaks, and which words belong to speech in this script."""
        weights = tables.load("flat", STATES)
        looked = self._look(weights)
        joint = weights.joint(0, looked.joints, flat_forbids)
        decoded = best_path(looked.first, joint, STATES, STATES)
        if self.flat.size > LOOKED_AT_TWICE:
            self._take(decoded, looked.first, joint)
            return
        looked.first.clear()
        again = self._look_again(weights, looked, decoded)
        joint = weights.joint(1, looked.joints, flat_forbids)
        self._take(best_path(again, joint, STATES, STATES), again, joint)

    def _take(self, decoded: Decoded, arcs: list[tuple[ScoredArc, ...]], joint: Callable[[int], Matrix]) -> None:
        self.path = _with_roles(decoded)
        self.margins = margins(arcs, joint, STATES, decoded, FLAT_STATES)

    def _look(self, weights: tables.Tables) -> _Looked:
        lattice = Lattice(self.flat, self.cast)
        looked = _Looked()
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # places that look alike share their features
        for place, arcs in enumerate(lattice.lay()):
            if not arcs:
                looked.add((), (), (), ())
                continue
            self._check_time(place)
            rows = [weights.scores(arc.features, ROLES_OF_SHAPE[arc.shape]) for arc in arcs]
            features = lattice.joint(place)
            looked.add(
                tuple([arc[:3] for arc in arcs]),
                tuple([_scored(arc[:3], row[0]) for arc, row in zip(arcs, rows, strict=True)]),
                tuple([tuple(row[1]) for row in rows]),
                alike.setdefault(features, features),
            )
        looked.first.append(())
        return looked

    def _look_again(self, weights: tables.Tables, looked: _Looked, decoded: Decoded) -> list[tuple[ScoredArc, ...]]:
        look = SecondLookAtWords(self.flat, self.cast, _with_roles(decoded))
        again: list[tuple[ScoredArc, ...]] = []
        for place, here in enumerate(looked.shapes):
            if not here:
                again.append(())
                continue
            self._check_time(place)
            scored = []
            for arc, scores in zip(here, looked.second[place], strict=True):
                more = weights.scores(look.features(*arc), ROLES_OF_SHAPE[arc[2]])[1]
                scored.append(_scored(arc, list(map(add, scores, more))))
            again.append(tuple(scored))
        again.append(())
        return again

    def _take_sentences(self) -> None:
        """Too long for a script, and for a lattice: every sentence is action."""
        start = 0
        while start < self.flat.size:
            end = self.flat.next_end[start]
            self.path.append((start, end, ACTION))
            start = end

    def _check_time(self, place: int) -> None:
        if self.deadline is not None and place % 10_000 == 0:
            self.deadline.check()

    def tell_as_action(self) -> None:
        """Prose: no piece is anything but action."""
        self.path = [(start, end, ACTION) for start, end, _ in self.path]
        self.units = _units(self)

    def decisions(self) -> Iterator[Decision]:
        for (start, end, role), (lead, runner_up) in zip(self.path, self.margins, strict=True):
            source = self.flat.source
            text = self.words.text[self.words.start[source[start]] : self.words.end[source[min(end, start + 12) - 1]]]
            yield Decision(self.position(start), text, role, runner_up, lead)

    # -------- places

    @property
    def last_pages(self) -> list[tuple[str, Span]]:
        """The pages that begin behind the last word."""
        return [(header.label, self.header_span(header)) for header in self.flat.marks.get(self.flat.size, ())]

    def header_span(self, header: PageHeader) -> Span:
        return self.words.start[header.first], self.words.end[header.last - 1]

    def headers(self) -> list[tuple[str, Position]]:
        spans = [self.header_span(header) for here in self.flat.marks.values() for header in here]
        return [(self.words.text[start:end], self._position(start)) for start, end in spans]

    def position(self, token: int) -> Position:
        return self._position(self.words.start[self.flat.source[token]])

    def _position(self, offset: int) -> Position:
        line = bisect_right(self.lines, offset)
        return Position(line=line, column=offset - self.lines[line - 1] + 1)

    def spans(self, start: int, end: int) -> list[Span]:
        """Where the tokens stood; more than one span when a page header was among them."""
        source, words = self.flat.source, self.words
        spans: list[Span] = []
        first = start
        for i in range(start, end):
            if i + 1 == end or source[i + 1] != source[i] + 1:
                spans.append((words.start[source[first]], words.end[source[i]]))
                first = i + 1
        return spans


@dataclass(slots=True)
class _Looked:
    """What the first look finds at each token.

    Tuples all through: most places have no arc, and the garbage collector does not look into tuples of numbers.
    """

    shapes: list[tuple[tuple[int, int, int], ...]] = field(default_factory=list)  # start, end and shape of each arc
    first: list[tuple[ScoredArc, ...]] = field(default_factory=list)
    second: list[tuple[tuple[float, ...], ...]] = field(default_factory=list)  # scores for the second look
    joints: list[tuple[str, ...]] = field(default_factory=list)

    def add(
        self,
        shapes: tuple[tuple[int, int, int], ...],
        first: tuple[ScoredArc, ...],
        second: tuple[tuple[float, ...], ...],
        joint: tuple[str, ...],
    ) -> None:
        self.shapes.append(shapes)
        self.first.append(first)
        self.second.append(second)
        self.joints.append(joint)


def _phrase(name: str) -> str:
    return " ".join(Words(name).low)


def _scored(arc: tuple[int, int, int], scores: list[float]) -> ScoredArc:
    spread, states = _STATES_OF_SHAPE[arc[2]]
    return arc[1], states, tuple([scores[place] for place in spread])


# For each shape: which of its roles each of its states has, and those states.
_STATES_OF_SHAPE = tuple(
    (
        tuple(place for place, role in enumerate(roles) for _ in STATES_OF[role]),
        tuple(state for role in roles for state in STATES_OF[role]),
    )
    for roles in ROLES_OF_SHAPE
)


def _with_roles(decoded: Decoded) -> list[tuple[int, int, int]]:
    return [(step.start, step.end, FLAT_STATES[step.state]) for step in decoded.path]


# ---------------------------------------------------------------- units


@dataclass(slots=True)
class _Group:
    """Neighbouring pieces that are one element."""

    role: int
    pieces: list[tuple[int, int]]
    number: list[int] = field(default_factory=list)  # tokens
    centered: bool = False
    is_shot: bool = False  # a number without INT or EXT behind it
    side: int = 0

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def _units(text: FlatScript) -> list[Unit]:
    groups = _side_by_side(text, _groups(text))
    speakers = [_name(text, group) for group in groups if group.role == CUE]
    restorer = Restorer(text.flat, text.cast, names_among(text.flat, text.cast, set(speakers), _prose(text)))
    return [_unit(text, group, restorer) for group in groups]


def _prose(text: FlatScript) -> Iterator[tuple[int, int]]:
    return ((start, end) for start, end, role in text.path if role in (ACTION, DIALOGUE))


def _groups(text: FlatScript) -> list[_Group]:
    flat = text.flat
    groups: list[_Group] = []
    number: list[int] = []
    for start, end, role in text.path:
        if role == NUMBER:
            _add_bare_number(groups, number)
            number = [start]
            continue
        if number and role == ACTION and end < flat.size and _is_separator(flat, start, end):
            continue
        start = _without_second_number(flat, groups, number, start, end)
        if start < end:
            _add_piece(flat, groups, _Group(role, [(start, end)], number))
            number = []
    _add_bare_number(groups, number)
    return groups


def _add_bare_number(groups: list[_Group], number: list[int]) -> None:
    """A number that nothing follows is action."""
    if number:
        groups.append(_Group(ACTION, [(number[0], number[-1] + 1)]))


def _add_piece(flat: FlatText, groups: list[_Group], piece: _Group) -> None:
    before = groups[-1] if groups else None
    if piece.role == ACTION and piece.number:
        piece.role, piece.is_shot = HEADING, True
        groups.append(piece)
    elif before is not None and piece.role == ACTION and _goes_on(flat, before, piece.start, piece.end):
        before.pieces += piece.pieces
    elif piece.role == TRANSITION and not piece.number and _takes_dots(flat, groups, piece.start):
        piece.pieces.insert(0, groups[-1].pieces.pop())
        if not groups[-1].pieces:
            groups.pop()
        groups.append(piece)
    else:
        piece.centered = piece.role == ACTION and _is_centered(flat, before, piece.start, piece.end)
        groups.append(piece)
        _merge_last(flat, groups)


def _merge_last(flat: FlatText, groups: list[_Group]) -> None:
    """Dialogue goes on, and so does action but for its centered lines."""
    if len(groups) < 2:
        return
    before, last = groups[-2:]
    if last.number or last.role != before.role:
        return
    if last.role == ACTION and (last.centered or before.centered or _is_resumed(flat, before, last.start)):
        return
    if last.role in (DIALOGUE, ACTION):
        before.pieces += last.pieces
        groups.pop()


def _is_resumed(flat: FlatText, before: _Group, start: int) -> bool:
    """`we realize -- -- the record has ended`: what breaks off with a dash goes on in a paragraph of its own."""
    if before.end != start or not _PAUSES.issuperset(flat.kind[start - 1 : start + 1]):
        return False
    return not _PAUSES.issuperset(flat.kind[before.start : start])


_PAUSES = frozenset(("--", "..."))


def _goes_on(flat: FlatText, before: _Group, start: int, end: int) -> bool:
    """A numbered shot is one sentence, with the bracket behind it: `150 a birthday party ... (16 mm)`."""
    if not before.is_shot or before.end != start:
        return False
    if flat.kind[start] == "(" and end - start <= LONGEST_REMARK and flat.partner.get(start, end) < end:
        return True
    return flat.kind[before.end - 1] not in (".", "?", "!", "...", ")", '"')


def _takes_dots(flat: FlatText, groups: Sequence[_Group], start: int) -> bool:
    """`then ... ... we dissolve to :` has dots of its own."""
    if not groups:
        return False
    before = groups[-1]
    first, last = before.pieces[-1]
    if before.role != ACTION or last != start or flat.low[first:last] != ["..."]:
        return False
    return len(before.pieces) == 1 or flat.kind[first - 1] in (".", "?", "!", "...")


def _is_separator(flat: FlatText, start: int, end: int) -> bool:
    """The dash or ellipsis between a number and its shot."""
    return SEPARATORS.issuperset(flat.kind[start:end])


def _without_second_number(flat: FlatText, groups: Sequence[_Group], number: list[int], start: int, end: int) -> int:
    """The number of the right margin, behind its heading, belongs to the heading."""
    if number or not groups or groups[-1].role != HEADING or len(groups[-1].number) != 1:
        return start
    mine = groups[-1].number
    if groups[-1].end == start and flat.low[start] == flat.low[mine[0]]:
        mine.append(start)
        return start + 1
    return start


def _is_centered(flat: FlatText, before: _Group | None, start: int, end: int) -> bool:
    """A song's title in square brackets, the words of a title card, the end."""
    if flat.low[start] == "[" and flat.low[end - 1] == "]" or flat.cards.get(start) == end:
        return True
    words = [low for low in flat.low[start:end] if low[0].isalnum()]
    if words == ["the", "end"] and flat.size - end < 10:
        return True
    return 0 < len(words) < 8 and before is not None and _announces_card(flat, before, start)


def _announces_card(flat: FlatText, before: _Group, start: int) -> bool:
    """`super :`"""
    if before.role != ACTION or before.end != start:
        return False
    above = flat.low[before.pieces[-1][0] : before.end]
    return above[-1] == ":" and not _CARD_WORDS.isdisjoint(above[-4:])


_CARD_WORDS = frozenset(("title", "card", "super", "superimpose", "caption"))


def _side_by_side(text: FlatScript, groups: list[_Group]) -> list[_Group]:
    """Two cues in a row, and the two speeches that stood beside each other behind them."""
    result: list[_Group] = []
    place = 0
    while place < len(groups):
        three = groups[place : place + 3]
        if [group.role for group in three] == [CUE, CUE, DIALOGUE] and len(three[2].pieces) > 1:
            left, right, spoken = three
            half = _half(spoken.pieces)
            left.side = 1
            right.side = 2
            result += [left, _Group(DIALOGUE, spoken.pieces[:half], side=1)]
            result += [right, _Group(DIALOGUE, spoken.pieces[half:], side=2)]
            place += 3
        else:
            result.append(groups[place])
            place += 1
    return result


def _half(pieces: Sequence[tuple[int, int]]) -> int:
    """Where to cut so that both halves are about as long."""
    total = sum(end - start for start, end in pieces)
    run = 0
    best, place = total, 1
    for number, (start, end) in enumerate(pieces[:-1], start=1):
        run += end - start
        if abs(total - 2 * run) < best:
            best, place = abs(total - 2 * run), number
    return place


def _name(text: FlatScript, group: _Group) -> str:
    words = []
    for low in text.flat.low[group.start : group.end]:
        if low == "(":
            break
        words.append(low)
    return " ".join(words)


def _unit(text: FlatScript, group: _Group, restorer: Restorer) -> Unit:
    flat = text.flat
    start, end = group.start, group.end
    if group.role in (HEADING, CUE, TRANSITION) and not group.is_shot:
        made, offsets = restorer.capitals(start, end)
    else:
        made, offsets = restorer.sentence(start, end, capital=group.role != PARENTHETICAL)
    marks = []
    first = group.number[0] if group.number else start
    for i in range(first, end):
        for header in flat.marks.get(i, ()):
            marks.append((offsets[i - start] if i > start else 0, header.label, text.header_span(header)))
    return Unit(
        role=group.role,
        text=made,
        spans=text.spans(start, end),
        at=text.position(first),
        number=flat.low[group.number[0]].upper() if group.number else "",
        number_spans=[text.spans(i, i + 1)[0] for i in group.number],
        marks=marks,
        centered=group.centered,
        side=group.side,
    )
