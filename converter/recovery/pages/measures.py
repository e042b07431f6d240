"""Where each kind of line stands in this document: the edges of a known template, or those learned from its lines."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from converter.lines import measured_width
from converter.patterns import pattern
from converter.records import dataclass, replace
from converter.recovery.pages.heading_words import reads_as_heading, without_number
from converter.recovery.pages.placed import Piece, PlacedRow, Sheet
from converter.recovery.pages.wrapped import FINAL_DRAFT, Habits, first_piece, needed, would_have_fitted
from converter.terms import HEADING_INTRO, has_lower, is_capitals, opens_bracket, split_cue
from converter.tree import NO_STYLE, Style

INCH = 72.0
NEAR = 2.0  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Points from the paper's left edge, columns in cells, blank lines before an element."""

    pitch: float
    leading: float
    first_y: float
    action: float
    text_right: float
    dialogue: float
    bracket: float  # where a parenthetical opens
    turn: float  # where its other lines begin
    cue: float | None  # None: cues are centered
    cue_center: float
    transition_right: float
    number_right: float
    mark_x: float
    action_columns: int
    dialogue_columns: int
    bracket_columns: int
    cue_columns: int
    transition_columns: int
    paper_center: float
    heading_blank: int = 2
    heading_style: Style = NO_STYLE  # bold or underlined, where the document's headings are
    dialogue_spacing: float = 1.0
    speech_blank: int = 0  # blank lines between a cue or a parenthetical and the words under it
    habits: Habits = FINAL_DRAFT
    is_known: bool = True  # a template that we know, not learned
    near: float = NEAR  # how far from its edge a line may stand

    @property
    def near_center(self) -> float:
        """The same for the middle of a centered line, which Final Draft puts on whole points."""
        return 1.3 if self.is_known else 0.75 * self.pitch

    @property
    def lyric_columns(self) -> int:
        return math.floor((min(7.38 * INCH, self.text_right) - self.dialogue - 0.2) / 7 + 1e-6)

    @property
    def center(self) -> float:
        return (self.action + self.text_right) / 2

    @property
    def dual_width(self) -> float:
        """Two halves with a quarter inch between them, as Final Draft sets a dual dialogue."""
        return (self.text_right - self.action - 0.25 * INCH) / 2

    def dual_left(self, side: int) -> float:
        return self.action if side == 1 else self.text_right - self.dual_width

    def dual_center(self, side: int) -> float:
        return self.dual_left(side) + self.dual_width / 2

    @property
    def dual_columns(self) -> int:
        columns = math.floor((self.dual_width - 0.2) / 7.0 + 1e-6)
        return columns if self.text_right >= 540 else min(columns, int(self.dual_width / 7.2))


def film(width: float, pitch: float, leading: float) -> Measures:
    """Final Draft's stock "Screenplay"; narrow paper moves the right edges to the left."""
    edge = measured_width(width / INCH)
    right = (edge - 1.0) * INCH
    return Measures(
        pitch=pitch,
        leading=leading,
        first_y=80,
        action=108,
        text_right=right,
        dialogue=180,
        bracket=209,
        turn=216,
        cue=252,
        cue_center=0,
        transition_right=round((edge - 1.4) * INCH),
        number_right=round((edge - 1.125) * INCH),
        mark_x=round((edge - 0.75) * INCH),
        paper_center=width / 2,
        action_columns=math.floor((right - 108 - 0.2) / 7 + 1e-6),
        dialogue_columns=35,
        bracket_columns=25,
        cue_columns=38,
        transition_columns=16,
    )


def _multi_camera(width: float, pitch: float, leading: float) -> Measures:
    """Final Draft's half-hour templates: speech in double space."""
    return replace(
        film(width, pitch, leading),
        dialogue=162,
        bracket=191,
        turn=198,
        transition_right=522,
        dialogue_columns=38,
        bracket_columns=28,
        cue_columns=28,
        heading_blank=1,
        dialogue_spacing=2.0,
    )


def find_measures(sheets: Sequence[Sheet], pitch: float, leading: float) -> Measures:
    """The template that explains nearly every row, else what the rows themselves show."""
    width = _usual(sheet.width for sheet in sheets) or 612.0
    rows = [row for sheet in sheets for row in sheet.rows if row.columns is None]
    feature, sitcom = film(width, pitch, leading), _multi_camera(width, pitch, leading)
    as_film, as_sitcom = _explained(rows, feature), _explained(rows, sitcom)
    best = sitcom if as_sitcom > as_film + max(3, 0.03 * len(rows)) else feature
    if len(rows) - max(as_film, as_sitcom) > max(3, 0.07 * len(rows)) or not _has_speech(rows, best):
        best = _learned(rows, best)
    best = replace(best, heading_style=_heading_style(rows, best), transition_right=_transition_right(rows, best))
    if not best.is_known:
        best = replace(best, near=_nearness(best))
    return _with_blanks(sheets, _with_columns(rows, best))


def _has_speech(rows: Sequence[PlacedRow], measures: Measures) -> bool:
    """Where rows stand as parentheticals do, others stand as speech does; else the places meet by chance."""
    if not any(_is_at(rows, edge) for edge in (measures.bracket, measures.turn)):
        return True
    return _is_at(rows, measures.dialogue)


def _is_at(rows: Sequence[PlacedRow], edge: float) -> bool:
    return any(abs(row.first.x - edge) <= NEAR for row in rows)


def _nearness(measures: Measures) -> float:
    """A cell where edges were learned, if they are far enough apart."""
    edges = sorted({measures.action, measures.dialogue, measures.bracket, measures.cue or measures.bracket})
    apart = min((right - left for left, right in pairwise(edges) if right - left > 2 * NEAR), default=0.0)
    return max(NEAR, min(1.1 * measures.pitch, 0.4 * apart))


def _usual(values: Iterable[float]) -> float | None:
    counts = Counter(round(value) for value in values)
    return max(counts, key=lambda value: (counts[value], -value)) if counts else None


# ---------------------------------------------------------------- does a template fit?


def _explained(rows: Sequence[PlacedRow], measures: Measures) -> float:
    """How many rows stand where the template puts something; edges count more than what can be a chance."""
    total = 0.0
    for row in rows:
        total += max((_fits(piece, measures) for piece in row.pieces), default=0.0)
    return total


def _fits(piece: Piece, measures: Measures) -> float:
    lefts = (measures.action, measures.dialogue, measures.bracket, measures.turn, measures.cue or 0.0)
    if any(abs(piece.x - left) <= NEAR for left in lefts):
        return 1.0
    if abs(piece.right - measures.transition_right) <= NEAR or abs(piece.right - measures.text_right) <= NEAR:
        return 0.97
    centers = (measures.center, measures.dual_center(1), measures.dual_center(2))
    if any(abs(piece.middle - center) <= 5 for center in centers):
        return 0.97
    if abs(piece.x - measures.dual_left(2)) <= NEAR or abs(piece.x - measures.dual_left(2) - 18) <= NEAR:
        return 0.97
    return 0.0


def explained_share(sheets: Sequence[Sheet], measures: Measures) -> float:
    """How many of the rows stand where these measures put something."""
    rows = [row for sheet in sheets for row in sheet.rows if row.columns is None]
    return sum(_stands_somewhere(row.first, measures) for row in rows) / max(1, len(rows))


def has_columns(sheets: Sequence[Sheet], measures: Measures) -> bool:
    """Do names stand over what is said, both away from the left margin, and often?"""
    rows = [row for sheet in sheets for row in sheet.rows]
    inside = measures.action + _INSIDE * measures.pitch
    if measures.dialogue < inside or (measures.cue or measures.cue_center) < inside:
        return False
    names = sum(_is_name_over_speech(above.first, below.first, measures) for above, below in pairwise(rows))
    return names > max(_FEW_NAMES, 0.04 * len(rows))


_INSIDE = 2.5  # cells


def has_no_columns(sheets: Sequence[Sheet], measures: Measures) -> bool:
    """Do names stand at the margin, right over what is said, and next to nothing anywhere else?"""
    rows = [row for sheet in sheets for row in sheet.rows]
    aside = sum(abs(row.first.x - measures.action) > NEAR for row in rows)
    if len(rows) < (_ENOUGH_ROWS if measures.is_known else _FEW_ROWS) or aside > 0.03 * len(rows):
        return False
    names = sum(_looks_like_name(above.first, below.first, measures.leading) for above, below in pairwise(rows))
    return names > max(_FEW_NAMES, 0.04 * len(rows))


def _looks_like_name(above: Piece, below: Piece, leading: float) -> bool:
    """Capitals right over a line in small letters, and no heading."""
    if not is_capitals(above.text) or above.length > _LONGEST_NAME or HEADING_INTRO.match(above.text):
        return False
    return has_lower(below.text) and 0 < below.y - above.y < 1.5 * leading


_LONGEST_NAME = 30  # letters
_FEW_ROWS, _FEW_NAMES = 12, 2


def _stands_somewhere(piece: Piece, measures: Measures) -> bool:
    near = NEAR if measures.is_known else max(NEAR, 0.6 * measures.pitch)  # less than a cell: this is about the edges
    edges = (measures.action, measures.dialogue, measures.bracket, measures.turn, measures.cue)
    if any(edge is not None and abs(piece.x - edge) <= near for edge in edges) or piece.right <= measures.action:
        return True
    if measures.cue is None and abs(piece.middle - measures.cue_center) <= 1.3 * measures.pitch:
        return True
    return abs(piece.right - measures.transition_right) <= near or abs(piece.middle - measures.center) <= near


# ---------------------------------------------------------------- learning

_SURE_TRANSITION = pattern(r"(?:[A-Z ]{1,24}\bTO:|FADE (?:IN|OUT)[.:]?|[A-Z ]{0,16}\bCUT:)$")


SPEAKS_ON = pattern(r"\([^()]*\)[^(]*\w")  # a bracket that is closed, and words behind it


def _learned(rows: Sequence[PlacedRow], usual: Measures) -> Measures:
    """Edges from the rows themselves, each from those that show it most surely."""
    pitch = usual.pitch
    pieces = [_main_piece(row) for row in rows]
    action = _action_edge(pieces)
    if action is None:
        return replace(usual, is_known=False)
    shift = action - usual.action
    inside = [one for one in pieces if one.x > action + 2.5 * pitch and has_lower(one.text)]
    dialogue = _or(_speech_edge(inside), usual.dialogue + shift)
    bracket = _or(_bracket_edge(inside), usual.bracket + shift)
    names = _names_over(pieces, dialogue, usual) or _names_at(pieces, dialogue, usual)
    cue, center = _cue(names, usual.cue or 252.0, shift)
    ends = [piece.right for piece in pieces if abs(piece.x - action) <= NEAR]
    return replace(
        usual,
        action=action,
        text_right=max(max(ends, default=usual.text_right), action + 40 * pitch),
        dialogue=dialogue,
        bracket=bracket,
        turn=_or(_edge(_turned_brackets(pieces, dialogue + pitch)), bracket),
        cue=cue,
        cue_center=center,
        transition_right=_or(_edge(_transition_ends(pieces, dialogue + 6 * pitch)), usual.transition_right),
        is_known=False,
    )


def _main_piece(row: PlacedRow) -> Piece:
    """A number in the margin is not what the row is about."""
    return row.first if row.first.length > 5 or len(row.pieces) == 1 else row.pieces[1]


def _action_edge(pieces: Sequence[Piece]) -> float | None:
    """Where headings begin; without any, where the long lines do."""
    headings = [piece.x for piece in pieces if reads_as_heading(without_number(piece.text))]
    return _edge(headings or [piece.x for piece in pieces if piece.length > 40])


def _speech_edge(inside: Sequence[Piece]) -> float | None:
    return _edge(piece.x for piece in inside if not opens_bracket(piece.text))


def _bracket_edge(inside: Sequence[Piece]) -> float | None:
    """Where parentheticals open: the lines in brackets after which nobody speaks on, if there are any."""
    brackets = [one for one in inside if opens_bracket(one.text)]
    sure = [one for one in brackets if not SPEAKS_ON.match(one.text)]
    return _edge(piece.x for piece in sure or brackets)


def _names_over(pieces: Sequence[Piece], dialogue: float, usual: Measures) -> list[Piece]:
    """Lines in capitals, further in than the speech or the bracket right under them."""
    left, step = dialogue + 2.5 * usual.pitch, 2.3 * usual.leading
    return [
        above
        for above, below in pairwise(pieces)
        if above.x > left
        and 0 < below.y - above.y < step
        and is_capitals(split_cue(above.text).name)
        and (opens_bracket(below.text) or abs(below.x - dialogue) <= NEAR + 1)
    ]


def _names_at(pieces: Sequence[Piece], dialogue: float, usual: Measures) -> list[Piece]:
    """Lines in capitals where the speech right under them begins too."""
    return [
        above
        for above, below in pairwise(pieces)
        if abs(above.x - dialogue) <= NEAR + 1
        and abs(below.x - dialogue) <= NEAR + 1
        and _looks_like_name(above, below, usual.leading)
    ]


def _transition_ends(pieces: Sequence[Piece], left: float) -> list[float]:
    return [piece.right for piece in pieces if piece.x > left and _SURE_TRANSITION.match(piece.text)]


def _turned_brackets(pieces: Sequence[Piece], left: float) -> list[float]:
    """Where the second line of parentheticals begins."""
    return [
        below.x
        for above, below in pairwise(pieces)
        if below.x > left and above.text[0] == "(" and ")" not in above.text
    ]


def _cue(names: Sequence[Piece], usual: float, shift: float) -> tuple[float | None, float]:
    """One left edge for all cues, or one middle."""
    edge = _edge(piece.x for piece in names)
    if edge is None:
        return usual + shift, 0.0
    centers = [piece.middle for piece in names]
    center = _or(_edge(centers), 0.0)
    on_edge = sum(abs(piece.x - edge) <= NEAR for piece in names)
    on_center = sum(abs(one - center) <= 2 * NEAR for one in centers)
    lengths = {piece.length for piece in names}
    if on_center > 1.3 * on_edge and len(lengths) > 1:
        return None, center
    return edge, center


def _edge(values: Iterable[float]) -> float | None:
    """The commonest value, those within two points counted together."""
    counts = Counter(round(value) for value in values)
    if not counts:
        return None
    return float(max(counts, key=lambda one: (2 * counts[one] + counts[one - 1] + counts[one + 1], -one)))


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _transition_right(rows: Sequence[PlacedRow], measures: Measures) -> float:
    """Where the document's sure transitions end, if not one ends where the template says."""
    ends = [
        row.first.right for row in rows if row.first.x > measures.center and _SURE_TRANSITION.fullmatch(row.first.text)
    ]
    usual = measures.transition_right
    found = _edge(ends)
    if found is None or len(ends) < 2 or any(abs(end - usual) <= NEAR for end in ends):
        return usual
    return found


def _heading_style(rows: Sequence[PlacedRow], measures: Measures) -> Style:
    """Bold and underline, as far as nearly all headings have them from end to end."""
    headings = [piece for row in rows for piece in row.pieces if _is_sure_heading(piece, measures)]
    found = NO_STYLE
    for style in (Style.BOLD, Style.UNDERLINE):
        having = sum(all(style in run.style or run.text == " " for run in piece.runs) for piece in headings)
        if having > 1 and having > 0.8 * len(headings):
            found |= style
    return found


def _is_sure_heading(piece: Piece, measures: Measures) -> bool:
    if abs(piece.x - measures.action) > NEAR or not HEADING_INTRO.match(piece.text):
        return False
    return is_capitals(piece.text)


# ---------------------------------------------------------------- widths and blanks


N = TypeVar("N", int, float)


def _learned_count(counts: Mapping[N, int], known: N, is_known: bool) -> N:
    """What most rows show; a few cannot overrule a template."""
    total = sum(counts.values())
    most = max(counts, key=lambda one: (counts[one], one), default=known)
    return known if is_known and (total < _ENOUGH_PAIRS or counts[most] < 0.6 * total) else most


def _commonest(counts: Mapping[int, int]) -> int:
    return max(counts, key=lambda one: (counts[one], -one), default=0)


_ENOUGH_PAIRS = 6
_ENOUGH_ROWS = 60


def _with_columns(rows: Sequence[PlacedRow], measures: Measures) -> Measures:
    """How long lines are before they turn, and where in a word they may."""
    measures = replace(measures, habits=_habits(rows, measures))
    action = _longest(rows, measures.action, measures.action_columns, measures)
    dialogue = _longest(rows, measures.dialogue, measures.dialogue_columns, measures)
    bracket = measures.bracket_columns if measures.is_known else _bracket_columns(rows, measures)
    return replace(measures, action_columns=action, dialogue_columns=dialogue, bracket_columns=bracket)


def _bracket_columns(rows: Sequence[PlacedRow], measures: Measures) -> int:
    """From the first rows of parentheticals that take more than one."""
    pairs = [
        (above.first, below.first)
        for above, below in pairwise(rows)
        if abs(above.first.x - measures.bracket) <= NEAR
        and above.first.text[0] == "("
        and ")" not in above.first.text
        and above.page == below.page
    ]
    lengths = sorted(above.length for above, _ in pairs)
    if len(pairs) < _ENOUGH_PAIRS:
        return measures.bracket_columns
    return _width_that_explains(lengths, lengths[-1], pairs, measures)


def _pairs(rows: Sequence[PlacedRow], left: float, measures: Measures) -> Iterator[tuple[Piece, Piece]]:
    """Rows at one edge with the row right under them at the same edge."""
    most = (measures.dialogue_spacing + 0.5) * measures.leading
    for above, below in zip(rows, rows[1:], strict=False):
        if above.page == below.page and below.y - above.y < most:
            one, two = above.first, below.first
            if abs(one.x - left) <= NEAR and abs(two.x - left) <= NEAR:
                yield one, two


_DASHES = pattern(r"\w--( ?)\w")


def _habits(rows: Sequence[PlacedRow], measures: Measures) -> Habits:
    """Lines turn behind hyphens unless some did not where they could have."""
    turned = kept = 0
    for left, columns in (
        (measures.action, measures.action_columns),
        (measures.dialogue, measures.dialogue_columns),
    ):
        for above, below in _pairs(rows, left, measures):
            word = first_piece(below.text, at_hyphens=False)
            if re.search(r"\w-$", above.text):
                turned += 1
            elif re.match(r"\w+-\w", word) and above.length > 0.7 * columns:
                kept += would_have_fitted(above.text, above.length, below.text, columns)
    dashes = [match[1] for row in rows for match in _DASHES.finditer(row.first.text)]
    return Habits(at_hyphens=turned >= kept, spaced_dashes=2 * sum(map(bool, dashes)) > len(dashes))


def _longest(rows: Sequence[PlacedRow], left: float, known: int, measures: Measures) -> int:
    """The template's columns, unless the rows of this document keep within fewer."""
    firsts = [row.first for row in rows if abs(row.first.x - left) <= NEAR]
    lengths = sorted(first.length for first in firsts if not first.text.endswith("-"))
    if not lengths:
        return known
    longest = lengths[-1 - len(lengths) // 200]
    if not measures.is_known:
        return _width_that_explains(lengths, longest, list(_pairs(rows, left, measures)), measures)
    if len(lengths) < _ENOUGH_ROWS and not _turn_early(rows, left, longest, known, measures):
        return known
    return min(longest, known)


def _turn_early(rows: Sequence[PlacedRow], left: float, longest: int, known: int, measures: Measures) -> bool:
    """Do the few rows there are turn where the template's columns would have had room?"""
    pairs = [(one, two) for one, two in _pairs(rows, left, measures) if one.length > 0.75 * known]
    early = sum(needed(one.text, one.length, two.text, measures.habits) <= known for one, two in pairs)
    return early > max(1, 0.1 * len(pairs)) and longest > 0.85 * known


def _width_that_explains(
    lengths: Sequence[int], longest: int, pairs: Sequence[tuple[Piece, Piece]], measures: Measures
) -> int:
    """Where rows turn that were not all turned in one place: fewest are longer, or ended before they had to."""
    shortest = int(0.85 * longest)
    early = Counter(
        needed(one.text, one.length, two.text, measures.habits) for one, two in pairs if one.length > 0.75 * longest
    )
    ended = sum(count for cells, count in early.items() if cells < shortest)
    best, least = longest, len(lengths) + len(pairs)
    for columns in range(shortest, longest + 1):
        ended += early[columns]
        cost = len(lengths) - bisect_right(lengths, columns) + ended
        if cost <= least:
            best, least = columns, cost
    return best


def _with_blanks(sheets: Sequence[Sheet], measures: Measures) -> Measures:
    """Blank lines above scene headings, the spacing of speech, and the first line of a page, as most rows show."""
    headings: Counter[int] = Counter()
    spoken: Counter[float] = Counter()
    under_names: list[float] = []
    for above, below in (pair for sheet in sheets for pair in pairwise(sheet.rows)):
        step = (below.y - above.y) / measures.leading
        if abs(below.first.x - measures.action) <= NEAR and HEADING_INTRO.match(below.first.text):
            headings[max(1, round(step) - 1)] += 1
        if _are_both_spoken(above.first, below.first, measures):
            spoken[round(step * 2) / 2] += 1
        if _is_name_over_speech(above.first, below.first, measures):
            under_names.append(step)
    spacing = _learned_count(spoken, measures.dialogue_spacing, measures.is_known)
    spacing = spacing if 1.0 <= spacing <= 2.5 else 1.0
    gaps = Counter(max(0, round(step - spacing)) for step in under_names)
    return replace(
        measures,
        heading_blank=min(_learned_count(headings, measures.heading_blank, measures.is_known), 3),
        dialogue_spacing=spacing,
        speech_blank=min(_learned_count(gaps, 0, is_known=True), 2),
        first_y=_first_y(sheets, measures),
    )


def _first_y(sheets: Sequence[Sheet], measures: Measures) -> float:
    """Where most pages begin; a known template's first line unless more than two begin elsewhere."""
    tops = Counter(round(sheet.rows[0].y) for sheet in sheets if sheet.rows)
    near = 0.5 * measures.leading
    at_top = {y: count for y, count in tops.items() if not measures.is_known or abs(y - measures.first_y) < near}
    if at_top or tops[_commonest(tops)] > 2:
        return float(_commonest(at_top or tops))
    return measures.first_y


def _are_both_spoken(above: Piece, below: Piece, measures: Measures) -> bool:
    return abs(above.x - measures.dialogue) <= NEAR and abs(below.x - measures.dialogue) <= NEAR


def _is_name_over_speech(above: Piece, below: Piece, measures: Measures) -> bool:
    if not is_capitals(above.text) or not any(abs(below.x - x) <= NEAR for x in (measures.dialogue, measures.bracket)):
        return False
    if measures.cue is not None:
        return abs(above.x - measures.cue) <= NEAR
    return abs(above.middle - measures.cue_center) <= measures.pitch
