"""Text in lines: the edges and widths of this document, learned from its surest lines; columns side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from converter.records import replace
from converter.recovery.lines.rows import TypedRow
from converter.terms import HEADING_INTRO, is_capitals

LONGEST_CUE = 40


class Columns:
    """`cue`, `dialogue`, `action`...: the commonest left edges; widths in cells."""

    def __init__(self, rows: Sequence[TypedRow], capitals: Sequence[bool]) -> None:
        self.cue_counts = _cue_counts(rows, capitals)
        sure = [
            i
            for i, row in enumerate(rows)
            if capitals[i]
            and len(row.text) < LONGEST_CUE
            and self.cue_counts[cue_key(row.text)][1] > 1
            and i + 1 < len(rows)
            and not rows[i + 1].blank
            and not capitals[i + 1]
        ]
        behind = [rows[i + 1] for i in sure]
        self.dialogue_width = _percentile([len(row.text) for row in behind], 93, 35)
        self.action_width = _percentile(
            [len(row.text) for row, caps in zip(rows, capitals, strict=True) if not caps], 97, 60
        )
        self.edges = {
            "c": _commonest(rows[i].column for i in sure),
            "d": _commonest(row.column for row in behind if not row.text.startswith("(")),
            "p": _commonest(row.column for row in rows if row.text.startswith("(")),
            "h": _commonest(row.column for row in rows if row.text[:4].upper() in ("INT.", "EXT.", "INT ", "EXT ")),
            "a": _commonest(
                row.column
                for row, caps in zip(rows, capitals, strict=True)
                if not caps and len(row.text) > self.dialogue_width + 3
            ),
        }
        self.centre = _commonest((2 * rows[i].column + len(rows[i].text)) // 4 for i in sure)


def cue_key(text: str) -> str:
    """The name in a cue, without brackets: what is counted."""
    return text.partition("(")[0].strip().rstrip(":").upper()


def _cue_counts(rows: Sequence[TypedRow], capitals: Sequence[bool]) -> dict[str, list[int]]:
    """Upper-case text -> how often it stands on a line of its own, and how often a line with lower case follows."""
    counts: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if capitals[i] and len(row.text) < LONGEST_CUE:
            entry = counts.setdefault(cue_key(row.text), [0, 0])
            entry[0] += 1
            if i + 1 < len(rows) and not rows[i + 1].blank and not capitals[i + 1]:
                entry[1] += 1
    return counts


def _percentile(values: list[int], percent: int, default: int) -> int:
    if len(values) < 5:
        return default
    values = sorted(values)
    return values[min(len(values) - 1, len(values) * percent // 100)]


def _commonest(values: Iterable[int]) -> int | None:
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], -value)) if counts else None


# ---------------------------------------------------------------- dual dialogue

_GAP = re.compile(r"\s{2,}")
NARROWEST_CUE_GAP = 5
MOST_ROWS = 60  # a page
EDGE_SHIFT = 6  # a cue stands further right than its speech


def part_columns(rows: Sequence[TypedRow]) -> list[TypedRow]:
    """Two cues on one line begin two columns: first the rows of the left one, then those of the right one."""
    result: list[TypedRow] = []
    place = 0
    while place < len(rows):
        pair = _two_cues(rows, place)
        end = _block_end(rows, place) if pair else place + 1
        columns = _parted(rows[place:end], pair) if pair else None
        if columns is None:
            result.append(rows[place])
            place += 1
        else:
            result += columns
            place = end
    return result


def _two_cues(rows: Sequence[TypedRow], place: int) -> int | None:
    """Where the second of two cues begins, in cells of its row."""
    row = rows[place]
    if not is_capitals(row.text) or len(row.text) > 2 * LONGEST_CUE or row.number or row.furniture:
        return None
    if place + 1 >= len(rows) or rows[place + 1].blank or HEADING_INTRO.match(row.text):
        return None
    gaps = [gap for gap in _GAP.finditer(row.text) if len(gap.group()) >= NARROWEST_CUE_GAP]
    if len(gaps) != 1:
        return None
    left, right = row.text[: gaps[0].start()], row.text[gaps[0].end() :]
    return gaps[0].end() if is_capitals(left) and is_capitals(right) else None


def _block_end(rows: Sequence[TypedRow], place: int) -> int:
    last = min(len(rows), place + MOST_ROWS)
    place += 1
    while place < last and not rows[place].blank and not rows[place].furniture and not rows[place].number:
        place += 1
    return place


def _parted(block: Sequence[TypedRow], cue: int) -> list[TypedRow] | None:
    """The block's rows cut at the gap that all of them have, or None where one has no such gap."""
    right_cue = block[0].column + cue
    edges = [
        row.column + gap.end()
        for row in block[1:]
        for gap in _GAP.finditer(row.text)
        if right_cue - 4 * EDGE_SHIFT < row.column + gap.end() <= right_cue + 2
    ]
    edges += [row.column for row in block[1:] if right_cue - 4 * EDGE_SHIFT < row.column <= right_cue + EDGE_SHIFT]
    if not edges:
        return None
    edge = min(edges)
    left: list[TypedRow] = []
    right: list[TypedRow] = []
    for row in block:
        if row.column >= edge:
            right.append(replace(row, side=2, tokens=(0, 0)))
            continue
        if row.column + len(row.text) <= edge:
            left.append(replace(row, side=1, tokens=(0, 0)))
            continue
        gap = next((gap for gap in _GAP.finditer(row.text) if row.column + gap.end() >= edge), None)
        if gap is None:
            return None
        left.append(replace(row, text=row.text[: gap.start()], side=1))
        right.append(
            replace(
                row,
                text=row.text[gap.end() :],
                start=row.start + gap.end(),
                column=row.column + gap.end(),
                side=2,
                blank=0,
            )
        )
    return left + right if len(left) > 1 and len(right) > 1 else None
