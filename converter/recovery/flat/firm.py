"""Flat text: what stands firm before anything is guessed: page headers, scene numbers, the ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.records import dataclass
from converter.recovery.decoder.vocabulary import EXTENSION_OPENERS
from converter.recovery.decoder.words import Words, stem

# A word with this many numbers behind it that rise by one is the page header: "revision 2." to "revision 84."
SHORTEST_CHAIN = 4
MOST_BRACKET_WORDS = 45
LONGEST_PIECE = 120
LONGEST_TITLE = 14
LONGEST_HEADER = 80  # characters
FEWEST_NUMBERED = 10  # headings with a number say that the script has none without
FARTHEST = 6  # how far a scene number may be from the sure ones around it


@dataclass(frozen=True, slots=True)
class PageHeader:
    """The tokens from `first` up to `last` say that page `label` begins here."""

    first: int
    last: int
    label: str


# ---------------------------------------------------------------- page headers


def page_headers(words: Words, pattern: re.Pattern[str] | None = None) -> list[PageHeader]:
    if pattern is not None:
        return list(_given_headers(words, pattern))
    numbers: dict[str, list[int]] = {}
    for place, kind in enumerate(words.kind):
        if kind == "num" and place and len(words.low[place]) < 5 and words.kind[place - 1] != "int":
            numbers.setdefault(words.low[place - 1], []).append(place)
    best: list[int] = []
    for places in numbers.values():
        if len(places) > max(len(best), SHORTEST_CHAIN - 1):
            chain = _rising_chain(words, places)
            if len(chain) > len(best):
                best = chain
    if len(best) < SHORTEST_CHAIN or words.low[best[0] - 1] in _NO_HEADER and len(best) < 3 * SHORTEST_CHAIN:
        return []
    before = _same_words_before(words, best)
    return [
        PageHeader(place - before, place + 1 + _dot_behind(words, place), words.form[place].upper()) for place in best
    ]


_NO_HEADER = frozenset(". , ! ? ) -- ... : ;".split())


def _given_headers(words: Words, pattern: re.Pattern[str]) -> Iterator[PageHeader]:
    """Where the user's pattern matches; its first group, or the first number in it, is the page."""
    place = 0
    for match in pattern.finditer(words.text):
        if len(match.group()) > LONGEST_HEADER:
            continue
        while place < len(words) and words.start[place] < match.start():
            place += 1
        first = place
        while place < len(words) and words.end[place] <= match.end():
            place += 1
        number = match.group(1) if pattern.groups else next(iter(re.findall(r"\w*\d\w*", match.group())), "")
        if place > first and number:
            yield PageHeader(first, place, number.upper())


def _rising_chain(words: Words, places: list[int]) -> list[int]:
    """The longest run of places, in order, whose numbers rise by exactly one."""
    ends: dict[int, tuple[int, int | None]] = {}  # place -> length of the chain that ends there, the place before
    last: dict[int, int] = {}  # number -> place
    for place in places:
        value = int(words.low[place])
        before = last.get(value - 1)
        ends[place] = (ends[before][0] + 1 if before is not None else 1, before)
        if value not in last or ends[place][0] >= ends[last[value]][0]:
            last[value] = place
    place_or_none: int | None = max(ends, key=lambda place: ends[place][0])
    chain: list[int] = []
    while place_or_none is not None:
        chain.append(place_or_none)
        place_or_none = ends[place_or_none][1]
    return chain[::-1]


def _same_words_before(words: Words, chain: list[int]) -> int:
    """How many words before the number are the same on nearly all pages: at least the one."""
    count = 1
    if words.low[chain[0] - 1] in _NO_HEADER:
        return 0
    while count < 8:
        found = [words.low[place - count - 1] for place in chain if place > count]
        common = max(set(found), key=found.count) if found else ""
        if not common or found.count(common) < 0.9 * len(chain) or common in _NO_HEADER:
            break
        count += 1
    return count


def _dot_behind(words: Words, place: int) -> bool:
    return place + 1 < len(words) and words.low[place + 1] == "."


# ---------------------------------------------------------------- the text without its page headers


class FlatText:
    """The tokens that are left for the decoder, and what is known of each place between them.

    `source` maps them to the tokens of the text; `marks` are the page headers that stood before a token.
    """

    def __init__(self, words: Words, headers: list[PageHeader], first: int = 0) -> None:
        """`first`: where the story begins, behind the title page."""
        self.words = words
        gone: set[int] = set()
        self.marks: dict[int, list[PageHeader]] = {}
        starts = {header.first: header for header in headers}
        self.source: list[int] = []
        for place in range(first, len(words)):
            header = starts.get(place)
            if header is not None:
                gone.update(range(header.first, header.last))
                self.marks.setdefault(len(self.source), []).append(header)
            if place not in gone:
                self.source.append(place)
        self.low = [words.low[i] for i in self.source]
        self.kind = [words.kind[i] for i in self.source]
        self.cap = [words.cap[i] for i in self.source]
        self.stem = [words.stem[i] for i in self.source]
        self.size = len(self.source)
        self.partner = _brackets(self.low)
        self.extension = _extensions(self.low, self.partner)
        self._numbers()
        self._ends()

    # -------- scene numbers

    def _numbers(self) -> None:
        """`number`: 0 no scene number, 1 perhaps, 2 surely. Sure ones bound the others."""
        self.number = [0] * self.size
        sure: list[tuple[int, int]] = []
        low, kind = self.low, self.kind
        for i in range(self.size - 1):
            if kind[i] in ("num", "numx") and len(low[i]) < 7 and (kind[i + 1] in ("int", "omit")):
                self.number[i] = 2
                sure.append((i, _value(low[i])))
        scenes = sum(
            kind[i] == "int" and not (i and (kind[i - 1] == "int" or low[i - 1] in ("/", "-", ".")))
            for i in range(self.size)
        )
        headings = sum(self.number[i] == 2 and kind[i + 1] == "int" for i, _ in sure)
        self.all_numbered = headings >= FEWEST_NUMBERED and headings >= 0.9 * scenes
        if len(sure) < 3:
            return
        after, below = 0, 0
        for i in range(self.size - 1):
            if self.number[i]:
                below = _value(low[i])
                after += 1
                continue
            if kind[i] not in ("num", "numx") or not self._may_be_number(i):
                continue
            value = _value(low[i])
            sure_below = sure[after - 1][1] if after else 0
            above = sure[after][1] if after < len(sure) else sure_below + 6
            near = 0 <= value - sure_below <= FARTHEST and 0 <= above - value <= FARTHEST
            next_one = 0 <= value - below <= 1 and value <= above
            # Right behind a cut scene order is only a hint: 65, 66, 67 omit, 64.
            strayed = i > 0 and kind[i - 1] == "omit" and abs(value - sure_below) <= FARTHEST
            if near or next_one or strayed:
                self.number[i] = 1
                below = max(below, value)

    def _may_be_number(self, i: int) -> bool:
        low, kind = self.low, self.kind
        if len(low[i]) > 6 or kind[i] == "num" and kind[i + 1] in _NOT_BEHIND_DIGITS:
            return False
        return low[i + 1] not in (",", ".", "%", ")", "'s", ";") and not (i and low[i - 1] in ("#", "(", "$", "the"))

    # -------- ends of sentences

    def _ends(self) -> None:
        """`end[i]`: a piece may end before token i."""
        size, low, kind = self.size, self.low, self.kind
        self.end = end = bytearray(size + 1)
        end[size] = 1
        quotes = 0
        title_ends = -1
        opened_piece = bytearray(size + 1)
        run = 0
        for i in range(size):
            run = 0 if end[i] else run + 1
            if run > LONGEST_PIECE:
                end[i], run = 1, 0
            k = kind[i]
            if self.number[i] == 2 or k == "int" and (i == 0 or low[i - 1] not in ("/", "-")) and low[i] != "est":
                end[i] = 1
            if k in ("(", "[") and (end[i] or i == 0) and self.partner.get(i):
                opened_piece[self.partner[i]] = 1
                if k == "[" and self.partner[i] - i <= LONGEST_TITLE:
                    title_ends = self.partner[i]
            if k == '"':
                quotes ^= 1
            if i in self.extension and self.extension[i] > 1:
                name = self._name_before(i)
                if name is not None:
                    end[name] = 1
            if k in (")", "]") and opened_piece[i]:
                end[i + 1] = 1
            elif k in _CLOSERS and i > title_ends and not self._abbreviated(i):
                j = i + 1
                if j < size and kind[j] in _STOPS:
                    continue  # the last of them ends the piece
                if j < size and (kind[j] == '"' and quotes):
                    j += 1
                elif j < size and kind[j] in (")", "]"):
                    continue
                end[j] = 1
            if self.number[i] == 1 and (end[i] or k == "numx"):
                self.number[i], end[i] = 2, 1
            if self.number[i] == 2:
                end[i + 1] = 1
                if i + 1 < size and kind[i + 1] == "omit":
                    end[i + 2] = 1
        self.cards = self._cards()
        for first, last in self.cards.items():
            end[first] = end[last] = 1
        self.next_end = [size] * (size + 1)
        coming = size
        for i in range(size - 1, -1, -1):
            self.next_end[i] = coming
            if end[i]:
                coming = i
        if size:
            end[0] = 1

    # -------- title cards

    def _cards(self) -> dict[int, int]:
        """Where the words of a title card begin and end: behind "title card:", or a season that stands alone."""
        found: dict[int, int] = {}
        for i in range(self.size):
            if self.end[i] and self.low[i] in _SEASONS and self.end[i + 1]:
                found[i] = i + 1
            elif i and self.kind[i - 1] == ":" and self._announces_card(i - 1):
                last = self._card_end(i)
                if last > i:
                    found[i] = last + (last < self.size and self.kind[last] in (".", "..."))
        return found

    def _announces_card(self, colon: int) -> bool:
        before = self.low[max(0, colon - 6) : colon]
        return not _CARD_WORDS.isdisjoint(before) or before[-1:] == ["title"] or before[-2:] == ["fade", "to"]

    def _card_end(self, i: int) -> int:
        """Behind a quotation, a season, a year, or "five years later"."""
        low, size = self.low, self.size
        if self.kind[i] == '"':
            last = next((j for j in range(i + 1, min(size, i + LONGEST_TITLE)) if self.kind[j] == '"'), i - 1)
            return last + 1
        later = next((j for j in range(i + 1, min(size, i + 4)) if low[j] in _LATER), 0)
        if later and self.stem[later - 1] in _SPANS:
            return later + 1
        if low[i] in _SEASONS or low[i].isdigit() and len(low[i]) == 4:
            return i + 1
        return i

    def _abbreviated(self, i: int) -> bool:
        if self.kind[i] == ":":
            return 0 < i < self.size - 1 and self.kind[i - 1] == "num" and self.kind[i + 1] == "num"
        return self.kind[i] == "." and i > 0 and self.kind[i - 1] in ("mr", "int")

    def is_glued(self, i: int) -> bool:
        """Did the source have no blank before token i?"""
        source, words = self.source, self.words
        return i > 0 and source[i] == source[i - 1] + 1 and words.start[source[i]] == words.end[source[i - 1]]

    def _name_before(self, bracket: int) -> int | None:
        """Where the name before an extension begins that stands in mid-sentence: its last word, a number apart."""
        start = bracket - 1
        while start > 0 and self.kind[start] in ("num", "numx", "#") and not self.end[start]:
            start -= 1
        if start < 0 or not self.nameable(start):
            return None
        reach = range(start, max(-1, start - 4), -1)
        return None if any(self.end[j] for j in reach if all(map(self.in_name, range(j, start)))) else start

    def in_name(self, i: int) -> bool:
        """May token i be a word of a cue behind its first?"""
        return self.kind[i] in IN_NAME or self.nameable(i)

    def nameable(self, i: int) -> bool:
        """May token i be a word of a cue?"""
        kind = self.kind[i]
        if kind in _NO_NAME:
            return False
        return kind[0].isalpha() or kind[0] == "-" and len(kind) > 2


_STOPS = frozenset((".", "?", "!", ":"))
_CLOSERS = _STOPS | {"...", "--"}
_SEASONS = frozenset(("winter", "spring", "summer", "fall", "autumn"))
_CARD_WORDS = frozenset(("card", "super", "supers", "superimpose", "superimposed", "chyron", "caption"))
_LATER = frozenset(("later", "earlier", "before", "ago"))
_SPANS = frozenset(map(stem, ("minute", "hour", "day", "night", "week", "month", "year", "decade")))
_NOT_BEHIND_DIGITS = frozenset(("in", "to", "day", "of"))
_NO_NAME = frozenset(
    """i you we he they it that the a be do have can not and but if as to in then what when int omit here see num numx
    num+""".split()
)
IN_NAME = frozenset(("#", "'s", "num", "numx", "'", "-", "&", "mr"))


def _value(number: str) -> int:
    return int("".join(char for char in number if char.isdecimal())[:9] or "0")


def _brackets(low: list[str]) -> dict[int, int]:
    """Opening bracket -> its partner, not more than a few words away."""
    partner: dict[int, int] = {}
    opened: dict[str, int | None] = {"(": None, "[": None}
    for i, word in enumerate(low):
        if word in opened:
            opened[word] = i
        elif word in (")", "]"):
            first = opened["(" if word == ")" else "["]
            if first is not None and i - first <= MOST_BRACKET_WORDS:
                partner[first] = i
            opened["(" if word == ")" else "["] = None
    return partner


def _extensions(low: list[str], partner: dict[int, int]) -> dict[int, int]:
    """Opening bracket of an extension -> 2 for (cont'd), 1 for the others such as (o.s.)."""
    found: dict[int, int] = {}
    for first, last in partner.items():
        if low[first] == "(" and last - first <= 5 and low[first + 1].rstrip(".") in EXTENSION_OPENERS:
            found[first] = 2 if low[first + 1].startswith("cont") else 1
    return found
