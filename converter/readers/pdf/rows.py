"""Letters to lines: what stands on one baseline and side by side, with its blanks, bold, italic, underlined, struck."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from statistics import median
from typing import NamedTuple
from unicodedata import combining

from converter.lines import is_wide
from converter.readers.pdf.content import Placed, Rule
from converter.readers.pdf.fonts import BOLD

UNDERLINE, STRIKEOUT = 4, 8  # beside BOLD and ITALIC

BLANKS = (" ", "\u00a0")
_TIGHT = 0.3  # of a cell: less than this is no gap
_MOST_TRACKS = 20  # strings over each other on one baseline; more are no words
_MOST_RULES = 300  # near one baseline
_WIDE = 2.6  # cells: more than this parts two columns


class Segment(NamedTuple):
    """Letters side by side: where they begin and end, and the words by style."""

    left: float
    right: float
    y: float
    size: float
    runs: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


def segments(letters: Sequence[Placed], rules: Sequence[Rule]) -> list[Segment]:
    """The lines of a page from top to bottom and left to right."""
    found: list[Segment] = []
    letters, is_scan = _levelled(letters)
    room = _SCANNED_ROOM * median(letter.size for letter in letters) if is_scan else 0.0
    lines = _with_raised(_baselines(letters))
    baselines = [track for line in lines for track in _tracks(_without_doubles(line))]
    draws_blanks = not is_scan and _draws_blanks(baselines)
    by_y = sorted(rules, key=_rule_y)
    for line in baselines:
        top = min(letter.y - 0.6 * letter.size for letter in line)
        bottom = max(letter.y + 0.4 * letter.size for letter in line)
        start = bisect_left(by_y, top, key=_rule_y)
        end = bisect_right(by_y, bottom, key=_rule_y)
        near = by_y[start : min(end, start + _MOST_RULES)]
        parts = (_segment(part, near) for part in _parts(line, draws_blanks, room))
        found.extend(part for part in parts if part is not None)
    return found


def _rule_y(rule: Rule) -> float:
    return rule.y


# ---------------------------------------------------------------- scans

_MANY_HEIGHTS = 70  # of letters; typed pages have as many as they have lines
_FEWEST_STEPS = 20
_SCANNED_ROOM = 1.6  # sizes between two words of a line
_FLATTEST, _STEEPEST = 0.001, 0.05  # of pages that lay askew


def _levelled(letters: Sequence[Placed]) -> tuple[Sequence[Placed], bool]:
    """The letters of a scan as if it had lain straight, and whether it is one: its words stand each by itself."""
    if len({round(letter.y, 1) for letter in letters}) < _MANY_HEIGHTS:
        return letters, False
    firsts = [after for before, after in pairwise(letters) if before.string != after.string]
    steps = [
        (after.y - before.y) / (after.x - before.x)
        for before, after in pairwise(firsts)
        if after.x - before.x > 2 * before.size and abs(after.y - before.y) < _STEEPEST * (after.x - before.x)
    ]
    uneven = sum(step != 0 for step in steps)
    if len(steps) < _FEWEST_STEPS or 2 * uneven < len(steps):
        return letters, False
    slope = median(steps)
    if abs(slope) < _FLATTEST:
        return letters, True
    return [letter._replace(y=letter.y - slope * letter.x) for letter in letters], True


# ---------------------------------------------------------------- baselines


def _baselines(letters: Sequence[Placed]) -> list[list[Placed]]:
    """Letters by baseline, each from left to right. Scans that went through OCR stand unevenly."""
    usable = [one for one in letters if one.text and isfinite(one.x) and isfinite(one.y) and 1 < one.size < 400]
    usable.sort(key=_place)
    lines: list[list[Placed]] = []
    first = last = float("-inf")
    for letter in usable:
        if letter.y - last > 2.5 or letter.y - first > 0.5 * letter.size:
            lines.append([])
            first = letter.y
        last = letter.y
        lines[-1].append(letter)
    for line in lines:
        line.sort(key=_x)
    return lines


def _place(letter: Placed) -> tuple[float, float]:
    return letter.y, letter.x


def _x(letter: Placed) -> float:
    return letter.x


_RAISED = 0.6  # of the size of the letters beside it: no letter is raised or lowered by more
_SMALLER = 0.85  # of their size, at most
_TOUCHES = 0.3  # of their size between the letters of a word
_BESIDE = 0.8  # of their size between a word and what is raised in it


def _with_raised(lines: list[list[Placed]]) -> list[list[Placed]]:
    """Small letters a little above or below the end of a word, as in 2nd, on the baseline of the word."""
    for upper, lower in pairwise(lines):
        if upper and lower and lower[0].y - upper[0].y < _RAISED * max(upper[0].size, lower[0].size):
            _move_raised(upper, lower)
            _move_raised(lower, upper)
    return [line for line in lines if line]


def _move_raised(small: list[Placed], line: list[Placed]) -> None:
    xs = [letter.x for letter in line]
    kept: list[Placed] = []
    raised: list[Placed] = []
    for group in _touching(small):
        place = bisect_right(xs, group[0].x)
        before = line[place - 1] if place else None
        end = line[place].x if place < len(line) else float("inf")
        if before is not None and _is_raised(group, before, end):
            line[place - 1] = before._replace(width=max(before.width, group[0].x - before.x))
            raised += (letter._replace(y=before.y) for letter in group)
        else:
            kept += group
    if raised:
        small[:] = kept
        line += raised
        line.sort(key=_x)


def _touching(line: list[Placed]) -> list[list[Placed]]:
    """The letters of a line by words."""
    groups: list[list[Placed]] = []
    for place, letter in enumerate(line):
        if not place or letter.x - line[place - 1].x - line[place - 1].width > _TOUCHES * letter.size:
            groups.append([])
        groups[-1].append(letter)
    return groups


def _is_raised(group: list[Placed], before: Placed, end: float) -> bool:
    first, last = group[0], group[-1]
    if before.text in BLANKS or max(letter.size for letter in group) > _SMALLER * before.size:
        return False
    gap = first.x - before.x - before.width
    is_beside = -_TOUCHES * before.size < gap < _BESIDE * before.size
    return is_beside and last.x + last.width < end + _TOUCHES * before.size


def _without_doubles(line: list[Placed]) -> list[Placed]:
    """Final Draft draws page numbers, (MORE) and repeated cues twice; others fake bold by a second, shifted copy."""
    doubles = _doubles(line)
    if not doubles:
        return line
    # One letter of another string may fall on its like by chance; a string drawn twice does so with all of its letters.
    twice, all_of = (Counter(letter.string for letter in some) for some in (doubles, line))
    kept: list[Placed] = []
    for letter in line:
        is_twice = 2 * twice[letter.string] > all_of[letter.string]
        place = _doubled(kept[-2:], letter) if is_twice else None
        if place is None:
            kept.append(letter)
        elif letter.x - kept[place].x > 0.15:
            kept[place] = kept[place]._replace(style=kept[place].style | BOLD)
    return kept


def _doubles(line: list[Placed]) -> list[Placed]:
    """The letters that are drawn over one of the two before them."""
    return [
        letter
        for place, letter in enumerate(line)
        if place and (_is_double(line[place - 1], letter) or place > 1 and _is_double(line[place - 2], letter))
    ]


def _doubled(before: list[Placed], letter: Placed) -> int | None:
    """Which of the one or two letters before it this one is drawn over: -1, the last, or -2."""
    for place in range(-1, -1 - len(before), -1):
        if _is_double(before[place], letter):
            return place
    return None


def _is_double(first: Placed, second: Placed) -> bool:
    return (
        first.text == second.text and second.x - first.x < max(0.2 * first.width, 0.1) and abs(first.y - second.y) < 1
    )


def _tracks(line: list[Placed]) -> list[list[Placed]]:
    """Strings drawn over each other, such as a long heading and the scene number behind it, each for itself."""
    if not any(_overlap(a, b) for a, b in pairwise(line)):
        return [line]
    tracks: list[list[Placed]] = []
    track_of: dict[int, list[Placed]] = {}
    for letter in line:
        track = track_of.get(letter.string)
        if track is None:
            fitting = [one for one in tracks if not _overlap(one[-1], letter)]
            track = max(fitting, key=_end, default=tracks[-1] if len(tracks) == _MOST_TRACKS else None)
            if track is None:
                track = []
                tracks.append(track)
            track_of[letter.string] = track
        track.append(letter)
    return tracks


def _overlap(first: Placed, second: Placed) -> bool:
    return second.x < first.x + 0.5 * first.width and not combining(second.text[0]) and not combining(first.text[0])


def _end(track: list[Placed]) -> float:
    return track[-1].x + track[-1].width


def _draws_blanks(lines: list[list[Placed]]) -> bool:
    """Does this page draw the blanks between its words, or only leave room for them?"""
    drawn = left_out = 0
    for line in lines:
        drawn += sum(letter.text in BLANKS for letter in line)
        for a, b in pairwise(line):
            gap = b.x - a.x - a.width
            if gap > _TIGHT * _cell(a) and a.text not in BLANKS and b.text not in BLANKS:
                left_out += gap < _WIDE * _cell(a)
    return drawn > left_out


def _cell(letter: Placed) -> float:
    """The width of a blank, as far as one letter shows it; wide letters stand apart without one."""
    if is_wide(letter.text[0]):
        return 2 * letter.size
    return max(
        0.6 * letter.size if abs(letter.width - 0.6 * letter.size) < 0.03 * letter.size else 0.3 * letter.size, 1
    )


# ---------------------------------------------------------------- segments


class _Part(NamedTuple):
    letters: list[Placed]
    texts: list[str]  # of each letter, with the blanks before it that were not drawn


def _parts(line: list[Placed], draws_blanks: bool, room: float) -> list[_Part]:
    """`room`: points that words of a scan may stand apart, which are as wide as their ink."""
    parts = [_Part([line[0]], [line[0].text])]
    for before, letter in pairwise(line):
        gap = letter.x - before.x - before.width
        cell = _cell(letter if before.text in BLANKS else before)
        if gap > max(room, (_TIGHT if draws_blanks else _WIDE) * cell):
            parts.append(_Part([], []))
            blanks = 0
        else:
            blanks = _blanks(before, letter, gap, cell) if gap > _TIGHT * cell else 0
        parts[-1].letters.append(letter)
        parts[-1].texts.append(" " * blanks + letter.text)
    return parts


def _blanks(before: Placed, letter: Placed, gap: float, cell: float) -> int:
    """How many blanks there is room for between two letters that are none."""
    if before.text in BLANKS or letter.text in BLANKS:
        return 0
    return max(1, round(gap / cell)) if cell > 0.5 * letter.size else 1


def _segment(part: _Part, rules: Sequence[Rule]) -> Segment | None:
    """The part without blanks at its ends; None if it is all blank."""
    letters, texts = part
    inked = [place for place, letter in enumerate(letters) if letter.text not in BLANKS]
    if not inked:
        return None
    first, last = inked[0], inked[-1] + 1
    letters, texts = letters[first:last], texts[first:last]
    texts[0] = texts[0].lstrip(" ")
    lines = [rule for rule in rules if _belongs(rule, letters)]
    end = letters[-1]
    return Segment(
        letters[0].x,
        end.x + end.width,
        median(one.y for one in letters),
        median(one.size for one in letters),
        tuple(_styled(letters, texts, lines)),
    )


def _styled(letters: Sequence[Placed], texts: Sequence[str], rules: Sequence[Rule]) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for letter, text in zip(letters, texts, strict=True):
        style = letter.style | (_ruled(letter, rules) if rules else 0)
        if len(text) > 1 and text[0] == " ":  # blanks that were not drawn are set as both neighbours are
            blanks = len(text) - len(text.lstrip(" "))
            _add(runs, " " * blanks, style & runs[-1][1] if runs else style)
            text = text[blanks:]
        _add(runs, text, style)
    return runs


def _add(runs: list[tuple[str, int]], text: str, style: int) -> None:
    if runs and runs[-1][1] == style:
        runs[-1] = (runs[-1][0] + text, style)
    else:
        runs.append((text, style))


def _belongs(rule: Rule, letters: Sequence[Placed]) -> bool:
    """A rule that reaches far beyond the words is a border or a fold, not an underline."""
    slack = 0.7 * letters[0].size
    return rule.left > letters[0].x - slack and rule.right < letters[-1].x + letters[-1].width + slack


def _ruled(letter: Placed, rules: Sequence[Rule]) -> int:
    """Underlined or struck out: a rule lies under or across the middle of the letter."""
    style = 0
    middle = letter.x + letter.width / 2
    for rule in rules:
        if rule.left <= middle <= rule.right:
            above = (letter.y - rule.y) / letter.size
            if -0.32 <= above < 0.1:
                style |= UNDERLINE
            elif 0.1 <= above <= 0.45:
                style |= STRIKEOUT
    return style
