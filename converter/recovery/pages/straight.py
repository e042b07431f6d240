"""Scanned pages put straight: each lay a little to one side, so that no edge holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from converter.recovery.pages.measures import Measures, explained_share, film, find_measures
from converter.recovery.pages.placed import PlacedRow, Sheet

_FURTHEST = 18.0  # points that a page may have lain to one side
_NEAR = 1.5  # how unevenly the lines of one page stand
_UNEVEN = 1.0  # pages that differ by less were not scanned
_WORTH = 0.05  # of all lines, that must stand better than before
_FEWEST = 8  # lines that say where a page lies


def straightened(sheets: Sequence[Sheet], measures: Measures, pitch: float, leading: float) -> Measures:
    """The measures of the pages after each was moved to where its edges meet the others'.

    They are moved, in place, only if they lie differently and many more of their lines then stand somewhere.
    """
    before = explained_share(sheets, measures)
    width = max((sheet.width for sheet in sheets), default=612.0)
    for reference in (film(width, pitch, leading), measures):
        shifts = [_shift(sheet.rows, reference) for sheet in sheets]
        if max(shifts, default=0.0) - min(shifts, default=0.0) < _UNEVEN:
            continue
        _move(sheets, shifts)
        found = find_measures(sheets, pitch, leading)
        if explained_share(sheets, found) > before + _WORTH:
            return found
        _move(sheets, [-shift for shift in shifts])
    return measures


def _shift(rows: Sequence[PlacedRow], measures: Measures) -> float:
    """How far to the right the page lies: what brings most of its lines to an edge."""
    lefts = [measures.action, measures.dialogue, measures.bracket, measures.turn]
    if measures.cue is not None:
        lefts.append(measures.cue)
    votes = sorted(row.first.x - left for row in rows if row.first.length > 1 for left in lefts)
    agreed = _most_alike([vote for vote in votes if abs(vote) < _FURTHEST])
    return sum(agreed) / len(agreed) if agreed and len(agreed) >= min(_FEWEST, len(rows)) else 0.0


def _most_alike(votes: Sequence[float]) -> Sequence[float]:
    """The first of the longest stretches of sorted votes that lie close together."""
    best: Sequence[float] = ()
    start = 0
    for end, vote in enumerate(votes):
        while vote - votes[start] > 2 * _NEAR:
            start += 1
        if end + 1 - start > len(best):
            best = votes[start : end + 1]
    return best


def _move(sheets: Sequence[Sheet], shifts: Sequence[float]) -> None:
    for sheet, shift in zip(sheets, shifts, strict=True):
        for row in sheet.rows:
            for piece in row.pieces:
                piece.x -= shift
                piece.right -= shift
