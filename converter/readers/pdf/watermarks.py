"""Words that lie across the pages and belong to no line: the names of readers, DRAFT, the mark of a trial version.

They are taken out before lines are made, or their letters would mix with the script's. What betrays them is that they
are larger or paler than the script, stand at the same place of every page, and lie over words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from converter.readers.pdf.content import Placed
from converter.readers.pdf.rows import BLANKS

_LARGE = 1.5  # times the size of most letters
_PALE = 0.25  # further from black than most letters
_ENOUGH_LETTERS = 300  # of a page of the script; a title page holds fewer
_ENOUGH_HITS = 2
_MOST_GROUPS = 200  # of a page; more are no watermark
_LARGEST = 400.0  # points
SMALLEST = 1.0


class Page(Protocol):
    """What is looked at of a page that was drawn."""

    width: float
    height: float
    letters: list[Placed]
    shades: list[float]
    marked: set[int]


class Usual(NamedTuple):
    """How the letters of most words are drawn, and what stands at one place of most pages."""

    size: float
    shade: float
    repeated: frozenset[tuple[str, int, int]]  # text, place
    levels: frozenset[tuple[int, int]]  # baseline and size of words that are unlike the script's


_Group = list[Placed]


def look_at(pages: Sequence[Page]) -> Usual:
    """What the pages have in common."""
    sizes: Counter[float] = Counter()
    shades: Counter[float] = Counter()
    for page in pages:
        sizes.update(round(letter.size, 1) for letter in page.letters)
        shades.update(round(page.shades[letter.string - 1], 2) for letter in page.letters)
    size, shade = _middle(sizes, 12.0), _middle(shades, 0.0)
    filled = sum(bool(page.letters) for page in pages)
    fewest = max(2 if filled < 4 else 3, 0.6 * filled)
    usual = Usual(size, shade, frozenset(), frozenset())
    texts: Counter[tuple[str, int, int]] = Counter()
    levels: Counter[tuple[int, int]] = Counter()
    for page in pages:
        texts.update({_place(group) for group in _strings(page.letters)})
        levels.update({_level(group[0]) for group in _groups(page, usual) if not _is_at_edge(page, group[0])})
    return Usual(size, shade, _frequent(texts, fewest), _frequent(levels, fewest))


def _middle(counts: Counter[float], default: float) -> float:
    """The median of values that were counted."""
    rest = sum(counts.values()) / 2
    for value in sorted(counts):
        rest -= counts[value]
        if rest <= 0:
            return value
    return default


T = TypeVar("T")


def _frequent(counts: Counter[T], fewest: float) -> frozenset[T]:
    return frozenset(one for one, count in counts.items() if count >= fewest)


def confirm(pages: Sequence[Page], usual: Usual) -> Usual:
    """Of what stands at one place of most pages, only what lies over other words there."""
    seen: Counter[tuple[str, int, int]] = Counter()
    over: Counter[tuple[str, int, int]] = Counter()
    for page in pages if usual.repeated else ():
        lines = _Lines(page.letters)
        for group in _repeated(page, usual)[:_MOST_GROUPS]:
            seen[_place(group)] += 1
            over[_place(group)] += lines.hits(group) >= _ENOUGH_HITS
    return usual._replace(repeated=frozenset(one for one, count in over.items() if count >= max(1, 0.3 * seen[one])))


def take_unlike(page: Page, usual: Usual) -> list[str]:
    """Takes words that are set unlike the script's out of the page's letters, in place, and gives them."""
    lines = _Lines(page.letters)
    return _take(
        page, [group for group in _groups(page, usual)[:_MOST_GROUPS] if _is_watermark(page, group, usual, lines)]
    )


def take_repeated(page: Page, usual: Usual) -> list[str]:
    """The same for words that are the same on most pages and lie over others."""
    return _take(page, _repeated(page, usual)[:_MOST_GROUPS])


def _take(page: Page, groups: Sequence[_Group]) -> list[str]:
    taken = {id(letter) for group in groups for letter in group}
    if taken:
        page.letters[:] = [letter for letter in page.letters if id(letter) not in taken]
    words = ("".join(letter.text for letter in group) for group in groups)
    return [one for one in words if one.strip()]


def _is_watermark(page: Page, group: _Group, usual: Usual, lines: _Lines) -> bool:
    first = group[0]
    if first.string in page.marked or first.size >= _LARGEST:
        return True
    is_pale = _is_pale(page, first, usual)
    if is_pale and first.size > _LARGE * usual.size and len(page.letters) - len(group) >= _ENOUGH_LETTERS:
        return True
    return _level(first) in usual.levels and not _is_at_edge(page, first) or lines.hits(group) >= _ENOUGH_HITS


def _is_pale(page: Page, letter: Placed, usual: Usual) -> bool:
    return page.shades[letter.string - 1] >= usual.shade + _PALE


def _is_at_edge(page: Page, letter: Placed) -> bool:
    """Where headers and footers stand, which may be pale too."""
    return not 0.12 * page.height < letter.y < 0.91 * page.height


def _level(letter: Placed) -> tuple[int, int]:
    return round(letter.y / 2), round(letter.size)


def _groups(page: Page, usual: Usual) -> list[_Group]:
    """The letters that are unlike the script's, by baseline, size and shade."""
    large, pale = _LARGE * usual.size, usual.shade + _PALE
    shades, marked = page.shades, page.marked
    found: dict[tuple[int, int, bool], _Group] = defaultdict(list)
    for letter in page.letters:
        is_pale = shades[letter.string - 1] >= pale
        if is_pale or letter.size > large or letter.string in marked:
            found[(*_level(letter), is_pale)].append(letter)
    return list(found.values())


def _strings(letters: Iterable[Placed]) -> list[_Group]:
    """The letters of each string that a page draws, but for the shortest."""
    found: dict[int, _Group] = defaultdict(list)
    for letter in letters:
        found[letter.string].append(letter)
    return [group for group in found.values() if len(group) > 2]


def _repeated(page: Page, usual: Usual) -> list[_Group]:
    if not usual.repeated:
        return []
    return [group for group in _strings(page.letters) if _place(group) in usual.repeated]


def _place(group: _Group) -> tuple[str, int, int]:
    return "".join(letter.text for letter in group), round(group[0].x / 2), round(group[0].y / 2)


class _Lines:
    """The letters of a page from top to bottom, to see which of them others lie over."""

    def __init__(self, letters: Sequence[Placed]):
        self._letters = sorted(letters, key=_y)
        self._tallest = max((letter.size for letter in letters if letter.size < _LARGEST), default=0.0)

    def hits(self, group: _Group) -> int:
        """How many letters of other words the group lies over."""
        own = set(map(id, group))
        top = min(letter.y - 0.7 * letter.size for letter in group)
        bottom = max(letter.y for letter in group)
        start = bisect_left(self._letters, top, key=_y)
        end = bisect_right(self._letters, bottom + 0.7 * self._tallest, key=_y)
        left, right = min(letter.x for letter in group), max(letter.x + letter.width for letter in group)
        others = [
            one
            for one in self._letters[start:end]
            if id(one) not in own and one.text not in BLANKS and one.x < right and one.x + one.width > left
        ]
        return _hits(group, others)


def _hits(group: _Group, others: Sequence[Placed]) -> int:
    """Letters from left to right on both sides, so that each is compared with its neighbours only."""
    others = sorted(others, key=_x)
    widest = max((one.width for one in others), default=0.0)
    hit: set[int] = set()
    for letter in group:
        if letter.text in BLANKS:
            continue
        start = bisect_left(others, letter.x - widest, key=_x)
        end = bisect_right(others, letter.x + letter.width, key=_x)
        hit.update(id(one) for one in others[start : min(end, start + 500)] if _is_over(letter, one))
        if len(hit) >= _ENOUGH_HITS:
            break
    return len(hit)


def _is_over(letter: Placed, other: Placed) -> bool:
    """Do the two share room? A copy of the same letter beside it is a shadow, or bold."""
    if letter.text == other.text and abs(letter.y - other.y) < 2.5 and abs(letter.x - other.x) < 2.5:
        return False
    across = min(letter.x + letter.width, other.x + other.width) - max(letter.x, other.x)
    down = min(letter.y, other.y) - max(letter.y - 0.7 * letter.size, other.y - 0.7 * other.size)
    return across > 0.25 * min(letter.width, other.width) and down > 0.1 * min(letter.size, other.size)


def _y(letter: Placed) -> float:
    return letter.y


def _x(letter: Placed) -> float:
    return letter.x
