"""Text in lines: the edges and widths of this document, learned from its surest lines; columns side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from converter.records import replace
from converter.recovery.lines.rows import TypedRow
from converter.terms import HEADING_INTRO, has_upper, is_capitals, without_brackets

LONGEST_CUE = 40


class Columns:
    """`cue`, `dialogue`, `action`...: the commonest left edges; widths in cells."""

    def __init__(self, rows: Sequence[TypedRow], capitals: Sequence[bool]) -> None:
        self.cue_counts = _cue_counts(rows, capitals)
        over_words = _names_over_words(rows, capitals)
        sure = [pair for pair in over_words if self.cue_counts[cue_key(pair[0].text)][1] > 1]
        cues, spoken = zip(*sure, strict=True) if sure else ((), ())
        small = [row for row, caps in zip(rows, capitals, strict=True) if not caps]
        self.dialogue_width = _percentile([len(row.text) for row in spoken], 93, 35)
        self.action_width = _percentile([len(row.text) for row in small], 97, 60)
        self.edges = _edges(rows, small, cues, spoken, self.dialogue_width)
        self.centre = _commonest((2 * row.column + len(row.text)) // 4 for row in cues)


def _edges(
    rows: Sequence[TypedRow],
    small: Sequence[TypedRow],
    cues: Sequence[TypedRow],
    spoken: Sequence[TypedRow],
    dialogue_width: int,
) -> dict[str, int | None]:
    return {
        "c": _edge(cues),
        "d": _edge(row for row in spoken if not row.text.startswith("(")),
        "p": _edge(row for row in rows if row.text.startswith("(")),
        "h": _edge(row for row in rows if row.text[:4].upper() in _INTROS),
        "a": _edge(row for row in small if len(row.text) > dialogue_width + 3),
    }


def _edge(rows: Iterable[TypedRow]) -> int | None:
    return _commonest(row.column for row in rows)


_INTROS = ("INT.", "EXT.", "INT ", "EXT ")


def cue_key(text: str) -> str:
    """The name in a cue, without brackets: what is counted."""
    return text.partition("(")[0].strip().rstrip(":").upper()


def _cue_counts(rows: Sequence[TypedRow], capitals: Sequence[bool]) -> dict[str, list[int]]:
    """Upper-case text -> how often it stands on a line of its own, and how often a line with lower case follows."""
    counts: dict[str, list[int]] = {}
    for row, caps in zip(rows, capitals, strict=True):
        if caps and len(row.text) < LONGEST_CUE:
            counts.setdefault(cue_key(row.text), [0, 0])[0] += 1
    for row, _ in _names_over_words(rows, capitals):
        counts[cue_key(row.text)][1] += 1
    return counts


def _names_over_words(rows: Sequence[TypedRow], capitals: Sequence[bool]) -> list[tuple[TypedRow, TypedRow]]:
    """Short rows in capitals, each with the row in small letters right under it."""
    return [
        (row, rows[i + 1])
        for i, row in enumerate(rows[:-1])
        if capitals[i] and len(row.text) < LONGEST_CUE and not rows[i + 1].blank and not capitals[i + 1]
    ]


def names_as_typed(rows: Sequence[TypedRow], capitals: Sequence[bool], edges: Mapping[str, int | None]) -> list[int]:
    """Names that a page prints with small letters, McCLANE: where the others stand, over somebody's words."""
    cue = edges["c"]
    if cue is None or any(edge is not None and edge >= cue for name, edge in edges.items() if name != "c"):
        return []
    return [
        i
        for i, row in enumerate(rows[:-1])
        if abs(row.column - cue) <= 1
        and not capitals[i]
        and (row.blank or row.side)
        and not rows[i + 1].blank
        and not row.furniture
        and is_like_name(row.text)
    ]


def is_like_name(text: str) -> bool:
    """A few words with a capital, and no end of a sentence."""
    name = without_brackets(text).strip()
    return len(text) < LONGEST_CUE and has_upper(name) and name[-1:] not in _SENTENCE_ENDS and len(name.split()) <= 4


_SENTENCE_ENDS = frozenset(".!?,;:…")


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
    if place + 1 >= len(rows) or rows[place + 1].blank or not _may_be_cues(row):
        return None
    gaps = [gap for gap in _GAP.finditer(row.text) if len(gap.group()) >= NARROWEST_CUE_GAP]
    if len(gaps) != 1:
        return None
    left, right = row.text[: gaps[0].start()], row.text[gaps[0].end() :]
    if is_capitals(left) and is_capitals(right):
        return gaps[0].end()
    one_in_capitals = (is_capitals(left) or is_capitals(right)) and is_like_name(left) and is_like_name(right)
    return gaps[0].end() if one_in_capitals else None


def _may_be_cues(row: TypedRow) -> bool:
    if row.number or row.furniture or len(row.text) > 2 * LONGEST_CUE:
        return False
    return has_upper(row.text) and not HEADING_INTRO.match(row.text)


def _block_end(rows: Sequence[TypedRow], place: int) -> int:
    last = min(len(rows), place + MOST_ROWS)
    place += 1
    while place < last and not rows[place].blank and not rows[place].furniture and not rows[place].number:
        place += 1
    return place


def _parted(block: Sequence[TypedRow], cue: int) -> list[TypedRow] | None:
    """The block's rows cut at the gap that all of them have, or None where one has no such gap."""
    edge = _right_edge(block[1:], block[0].column + cue)
    if edge is None:
        return None
    left: list[TypedRow] = []
    right: list[TypedRow] = []
    for row in block:
        if row.column >= edge:
            right.append(replace(row, side=2, tokens=(0, 0)))
        elif row.column + len(row.text) <= edge:
            left.append(replace(row, side=1, tokens=(0, 0)))
        else:
            gap = next((gap for gap in _GAP.finditer(row.text) if row.column + gap.end() >= edge), None)
            if gap is None:
                return None
            left.append(replace(row, text=row.text[: gap.start()], side=1))
            right.append(_after_gap(row, gap.end()))
    return left + right if len(left) > 1 and len(right) > 1 else None


def _right_edge(rows: Sequence[TypedRow], cue: int) -> int | None:
    """Where the words under the right cue begin: not far from it, and further left more likely than right."""
    edges = [
        row.column + gap.end()
        for row in rows
        for gap in _GAP.finditer(row.text)
        if cue - 4 * EDGE_SHIFT < row.column + gap.end() <= cue + 2
    ]
    edges += [row.column for row in rows if cue - 4 * EDGE_SHIFT < row.column <= cue + EDGE_SHIFT]
    return min(edges, default=None)


def _after_gap(row: TypedRow, end: int) -> TypedRow:
    return replace(row, text=row.text[end:], start=row.start + end, column=row.column + end, side=2, blank=0)
