"""What pages print around a script: numbers, headers, footers. They stand in one row or in several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.languages import any_word
from converter.patterns import pattern
from converter.records import dataclass
from converter.recovery.pages.placed import Piece, PlacedRow, Sheet
from converter.terms import CONTINUED, HEADING_INTRO
from converter.tree import Style

PAGE_LABEL = pattern(
    r"[-–(]? \s? (?:page\s)? (?P<label> [A-Z]{0,3}\d{1,5}[A-Z]{0,3} (?: -\d{1,5}[A-Z]{0,3} )? )"
    r"(?: \s?(?:/|of)\s?\d{1,5} )? \s? [-–).]{0,2}",
    re.VERBOSE | re.IGNORECASE,
)
# What a page break in a scene prints: CONTINUED:, (CONTINUED), CONTINUED: (2); in other languages only with a sign, for
# SUITE alone is a word.
_COUNT = r"\s?(?:\(\d{1,3}\))?"
_SCENE_CONTINUED = (
    rf"(?:\(?\s?CONT(?:INUED|['’]D)\s?\)?[:.]?{_COUNT}[:.]?\)?"
    rf"|\(\s?(?:{any_word('continued')})[.]?\s?\)[:.]?{_COUNT}[:.]?|(?:{any_word('continued')}){_COUNT}\s?:{_COUNT})"
)
SCENE_CONTINUED = pattern(_SCENE_CONTINUED, re.IGNORECASE)
# The same with the scene's number in both margins, drawn as one string of words.
NUMBERED_CONTINUED = pattern(
    rf"(?P<number>[A-Z]{{0,3}}\d{{1,4}}[A-Z]{{0,3}})\s{{1,80}}{_SCENE_CONTINUED}\s{{1,80}}(?P=number)", re.IGNORECASE
)
MORE = pattern(rf"\(\s?(?:{any_word('more')})\.?\s?\)|MORE", re.IGNORECASE)
_ROMAN_LABEL = pattern(r"[ivxlc]{1,6}\.?")
# A number at one end of other words, `THE LONG OAR - 12.`; which of them count pages shows on the next ones.
_NUMBER_BEFORE = pattern(r"(?P<label>\d{1,5}[A-Z]{0,3})[.)]?(?= )")
_NUMBER_AFTER = pattern(r" (?:[-–(] ?)?(?P<label>\d{1,5}[A-Z]{0,3})[-–).]{0,2}$")
_DIGITS = pattern(r"\d+")

_FEWEST_ALIKE = 3
_ENOUGH_ALIKE = 5  # of which no room below has to tell that they are furniture
_MOST_ROWS = 4  # of furniture at one edge


def take_furniture(sheets: Sequence[Sheet], leading: float) -> None:
    """Moves page numbers, headers and footers out of the rows; a page's printed number becomes its label."""
    inside = {_DIGITS.sub("0", row.first.text) for sheet in sheets for row in sheet.rows[3:-3]}
    taken: list[list[PlacedRow]] = [[] for _ in sheets]
    for first in (True, False):
        for rows, edge in zip(taken, _edges(sheets, inside, leading, first=first), strict=True):
            found = edge.rows[: edge.furniture]
            rows += found
            # By identity: rows that are equal are other rows.
            edge.sheet.rows = edge.sheet.rows[len(found) :] if first else edge.sheet.rows[: -len(found) or None]
    _keep_words(sheets, taken)


# ---------------------------------------------------------------- which rows


@dataclass(slots=True)
class _Edge:
    """The rows at the top or foot of a page that may be furniture, from the paper's edge on."""

    sheet: Sheet
    rows: list[PlacedRow]
    furniture: int = 0  # how many of them are


def _edges(sheets: Sequence[Sheet], inside: set[str], leading: float, *, first: bool) -> list[_Edge]:
    edges = [_Edge(sheet, list(_rows_at_edge(sheet, first=first))) for sheet in sheets]
    known = _Known(edges, inside)
    for edge in edges:
        edge.furniture = _count_furniture(edge, known, leading, first=first)
    return edges


def _rows_at_edge(sheet: Sheet, *, first: bool) -> Iterator[PlacedRow]:
    for row in (sheet.rows if first else sheet.rows[::-1])[:_MOST_ROWS]:
        if not _is_in_zone(row, sheet, first=first) or _is_script(row):
            return
        yield row


def _is_in_zone(row: PlacedRow, sheet: Sheet, *, first: bool) -> bool:
    return row.y < 0.12 * sheet.height if first else row.y > 0.91 * sheet.height


def _is_in_margin(row: PlacedRow, sheet: Sheet) -> bool:
    """Nothing else than furniture has been seen so near to the edge."""
    return row.y < 0.085 * sheet.height or row.y > 0.935 * sheet.height


def _is_script(row: PlacedRow) -> bool:
    """A scene heading, (MORE), the underlined line of an act, what goes on from the page before."""
    return _goes_on(row) or any(
        HEADING_INTRO.match(piece.text)
        or MORE.fullmatch(piece.text)
        or all(Style.UNDERLINE in run.style for run in piece.runs)
        for piece in row.pieces
    )


def _goes_on(row: PlacedRow) -> bool:
    """CONTINUED: or a name with (CONT'D), which pages begin with right under their number."""
    return any(SCENE_CONTINUED.match(piece.text) or CONTINUED.search(piece.text) for piece in row.pieces)


class _Known:
    """What the edges of all pages have in common."""

    def __init__(self, edges: Sequence[_Edge], inside: set[str]):
        self._inside = inside
        self._pages = sum(bool(edge.sheet.rows) for edge in edges)
        self._alike = Counter(_signature(row) for edge in edges for row in edge.rows)
        self._level = Counter(_level(row) for edge in edges for row in edge.rows)
        labels: dict[tuple[int, str], list[tuple[int, str]]] = {}
        for edge in edges:
            for row in edge.rows:
                for candidate in _candidates(row, edge.sheet):
                    labels.setdefault((_level(row), candidate.side), []).append((edge.sheet.number, candidate.label))
        self._counting = {place for place, found in labels.items() if _rises(found) >= _FEWEST_ALIKE - 1}

    def is_furniture(self, row: PlacedRow, sheet: Sheet) -> bool:
        return self.is_common(row) or _has_label(row) and _is_in_margin(row, sheet) or self.counts_pages(row, sheet)

    def is_common(self, row: PlacedRow) -> bool:
        """The same words at the same place on many pages.

        What stands on the script too, such as a name over a speech, is no header, however often it begins a page.
        """
        least = max(_FEWEST_ALIKE, 0.3 * self._pages, 0.6 * self._level[_level(row)])
        return self._alike[_signature(row)] >= least and _DIGITS.sub("0", row.first.text) not in self._inside

    def is_on_most(self, row: PlacedRow) -> bool:
        return self.is_common(row) and self._alike[_signature(row)] >= max(_ENOUGH_ALIKE, 0.6 * self._pages - 1)

    def counts_pages(self, row: PlacedRow, sheet: Sheet) -> bool:
        return any((_level(row), candidate.side) in self._counting for candidate in _candidates(row, sheet))


def _count_furniture(edge: _Edge, known: _Known, leading: float, *, first: bool) -> int:
    """As many rows from the edge on as are furniture and stand away from the script.

    A row of other words, `(I/A)` under the number, goes with those around it.
    """
    rows, inner = edge.rows, edge.sheet.rows if first else edge.sheet.rows[::-1]
    count = 0
    is_sure, is_any = True, False
    for place, row in enumerate(rows):
        is_furniture = known.is_furniture(row, edge.sheet)
        is_beside = _is_in_margin(row, edge.sheet) and not (place and _is_apart(rows[place - 1], row, leading))
        if not (is_furniture or is_beside):
            break
        is_any |= is_furniture
        is_sure &= is_furniture and (known.is_on_most(row) or known.counts_pages(row, edge.sheet))
        below = inner[place + 1] if place + 1 < len(inner) else None
        if is_any and (
            _is_apart(row, below, leading) or is_furniture and (is_sure or below is not None and _goes_on(below))
        ):
            count = place + 1
    return count


def _is_apart(row: PlacedRow, below: PlacedRow | None, leading: float) -> bool:
    """Does the row stand more than two lines away from the next one?"""
    return below is None or abs(below.y - row.y) > 1.6 * leading


def _level(row: PlacedRow) -> int:
    return round(row.y / 4)


def _signature(row: PlacedRow) -> tuple[str, int]:
    return _DIGITS.sub("0", " ".join(piece.text for piece in row.pieces)), _level(row)


def _has_label(row: PlacedRow) -> bool:
    last = row.pieces[-1].text
    return bool(PAGE_LABEL.fullmatch(last) or _ROMAN_LABEL.fullmatch(last))


# ---------------------------------------------------------------- which number is the page's


class _Candidate(NamedTuple):
    """A number that may be the page's: its place in the row, and where it stands in the words of its piece."""

    side: str
    label: str
    piece: Piece
    start: int
    end: int

    @property
    def is_alone(self) -> bool:
        return self.end - self.start == len(self.piece.text)


def _candidates(row: PlacedRow, sheet: Sheet) -> list[_Candidate]:
    """The likeliest first: alone, from the right, then after and before other words."""
    alone = [
        _Candidate(_third(piece, sheet), match["label"], piece, 0, len(piece.text))
        for piece in (row.pieces[-1], row.first)[: len(row.pieces)]
        if (match := PAGE_LABEL.fullmatch(piece.text))
    ]
    among = [
        _Candidate(side, match["label"], piece, match.start(), match.end())
        for side, piece, match in (
            ("after", row.pieces[-1], _NUMBER_AFTER.search(row.pieces[-1].text)),
            ("before", row.first, _NUMBER_BEFORE.match(row.first.text)),
        )
        if match
    ]
    return alone + among


def _third(piece: Piece, sheet: Sheet) -> str:
    return ("left", "middle", "right")[max(0, min(2, int(3 * piece.middle / max(1.0, sheet.width))))]


_Place = tuple[bool, int, str]


def _keep_words(sheets: Sequence[Sheet], taken: Sequence[Sequence[PlacedRow]]) -> None:
    """The numbers that count the pages become labels; all else is kept as what headers say."""
    found: list[dict[_Place, _Candidate]] = []
    for sheet, rows in zip(sheets, taken, strict=True):
        here: dict[_Place, _Candidate] = {}
        for row in rows:
            for candidate in _candidates(row, sheet):
                here.setdefault((row.y < sheet.height / 2, _level(row), candidate.side), candidate)
        found.append(here)
    labels = _labels(found)
    for sheet, rows, label in zip(sheets, taken, labels, strict=True):
        if label is not None:
            sheet.label = label.label
        for row in rows:
            sheet.header += filter(None, (_without_label(piece, label) for piece in row.pieces))


def _without_label(piece: Piece, label: _Candidate | None) -> str:
    """The words of a piece; the page's number may stand there twice."""
    if label is None:
        return piece.text
    if label.piece is piece:
        return (piece.text[: label.start] + piece.text[label.end :]).strip(" -–")
    match = PAGE_LABEL.fullmatch(piece.text)
    return "" if match and match["label"] == label.label else piece.text


def _labels(found: Sequence[dict[_Place, _Candidate]]) -> list[_Candidate | None]:
    """Of each page the number at the place where numbers rise from page to page, or one that fits between these."""
    rising = {place: _rises(labels) for place, labels in _by_place(found).items()}
    best = max(rising, key=lambda place: rising[place], default=None)
    if best is None or not rising[best]:
        return [_only_label(here) for here in found]
    labels = [here.get(best) for here in found]
    known = {number: label.label for number, label in enumerate(labels) if label is not None}
    for number, here in enumerate(found):
        if labels[number] is None:
            fitting = next((one for one in here.values() if _fits(number, one.label, known)), None)
            labels[number] = fitting or (_only_label(here) if len(here) == 1 else None)  # a new part counts from 1
    return labels


def _by_place(found: Sequence[dict[_Place, _Candidate]]) -> dict[_Place, list[tuple[int, str]]]:
    places: dict[_Place, list[tuple[int, str]]] = {}
    for number, here in enumerate(found):
        for place, candidate in here.items():
            places.setdefault(place, []).append((number, candidate.label))
    return places


def _only_label(here: dict[_Place, _Candidate]) -> _Candidate | None:
    """Where no numbers rise: the last that stands alone and is no year."""
    alone = [one for one in here.values() if one.is_alone and not _YEAR.fullmatch(one.piece.text)]
    return alone[-1] if alone else None


_YEAR = pattern(r"(?:19|20)\d\d")


def _fits(number: int, label: str, known: dict[int, str]) -> bool:
    """Does the label count on from that of the page before, or up to that of the page after?"""
    return any(
        abs(step) == abs(number - near) and step * (number - near) > 0
        for near in (number - 1, number + 1, number - 2, number + 2)
        if near in known
        for step in (_value(label) - _value(known[near]),)
    )


def _rises(labels: Sequence[tuple[int, str]]) -> int:
    """How often a label is followed by that of a later page, which may be 12A after 12."""
    return sum(
        before != after and 0 <= _value(after) - _value(before) <= later - number
        for (number, before), (later, after) in pairwise(labels)
    )


def _value(label: str) -> int:
    digits = _DIGITS.findall(label)
    return int(digits[-1][:9]) if digits else 0


# ---------------------------------------------------------------- booklets


def booklet_order(sheets: Sequence[Sheet]) -> list[int]:
    """The pages in the order in which a booklet is read, if their numbers rise in that and not as they lie.

    Folded in the middle, each sheet of paper holds four pages, from outside in: 8 and 1, 2 and 7, 6 and 3, 4 and 5.
    """
    count = len(sheets)
    if count < 4 or count % 4:
        return []
    order = [0] * count
    for sheet in range(count // 2):
        low, high = sheet, count - 1 - sheet
        left, right = (high, low) if sheet % 2 == 0 else (low, high)
        order[left], order[right] = 2 * sheet, 2 * sheet + 1
    as_they_lie = _best_rise([_edge_labels(sheet) for sheet in sheets])
    as_folded = _best_rise([_edge_labels(sheets[place]) for place in order])
    return order if as_folded > max(1, as_they_lie) else []


def _edge_labels(sheet: Sheet) -> dict[_Place, _Candidate]:
    found: dict[_Place, _Candidate] = {}
    for first in (True, False):
        for row in _rows_at_edge(sheet, first=first):
            for candidate in _candidates(row, sheet):
                found.setdefault((first, _level(row), candidate.side), candidate)
    return found


def _best_rise(found: Sequence[dict[_Place, _Candidate]]) -> int:
    return max((_rises(labels) for labels in _by_place(found).values()), default=0)
