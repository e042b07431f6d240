"""Flat text: what stands firm before anything is guessed: scene numbers, the ends of sentences, title cards."""

from __future__ import annotations

from collections.abc import Sequence

from converter.recovery.decoder.vocabulary import EXTENSION_OPENERS
from converter.recovery.decoder.words import Words, stem
from converter.recovery.flat.headers import PageHeader

MOST_BRACKET_WORDS = 45
LONGEST_PIECE = 120
LONGEST_TITLE = 14
FEWEST_NUMBERED = 10  # headings with a number say that the script has none without
FEWEST_SURE = 3  # scene numbers that bound others
FARTHEST = 6  # how far a scene number may be from the sure ones around it


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
        sure = [i for i in range(self.size - 1) if self._is_sure_number(i)]
        self.number = [0] * self.size
        for i in sure:
            self.number[i] = 2
        scenes = sum(map(self._opens_heading, range(self.size)))
        headings = sum(self.kind[i + 1] == "int" for i in sure)
        self.all_numbered = headings >= FEWEST_NUMBERED and headings >= 0.9 * scenes
        if len(sure) >= FEWEST_SURE:
            self._find_likely_numbers([_value(self.low[i]) for i in sure])

    def _is_sure_number(self, i: int) -> bool:
        kind = self.kind
        return kind[i] in ("num", "numx") and len(self.low[i]) < 7 and kind[i + 1] in ("int", "omit")

    def _opens_heading(self, i: int) -> bool:
        """INT or EXT, but for the second of INT./EXT."""
        if self.kind[i] != "int":
            return False
        return not i or self.kind[i - 1] != "int" and self.low[i - 1] not in ("/", "-", ".")

    def _find_likely_numbers(self, sure: Sequence[int]) -> None:
        after = below = 0
        for i in range(self.size - 1):
            if self.number[i]:
                below = sure[after]
                after += 1
                continue
            if not self._may_be_number(i):
                continue
            value = _value(self.low[i])
            sure_below = sure[after - 1] if after else 0
            above = sure[after] if after < len(sure) else sure_below + FARTHEST
            next_one = 0 <= value - below <= 1 and value <= above
            if next_one or _is_between(value, sure_below, above) or self._has_strayed(i, value - sure_below):
                self.number[i] = 1
                below = max(below, value)

    def _has_strayed(self, i: int, distance: int) -> bool:
        """Right after a cut scene order is only a hint: 65, 66, 67 omit, 64."""
        return i > 0 and self.kind[i - 1] == "omit" and abs(distance) <= FARTHEST

    def _may_be_number(self, i: int) -> bool:
        low, kind = self.low, self.kind
        if kind[i] not in ("num", "numx") or len(low[i]) > 6 or kind[i] == "num" and kind[i + 1] in _NOT_AFTER_DIGITS:
            return False
        return low[i + 1] not in _NOT_AFTER_NUMBER and not (i and low[i - 1] in ("#", "(", "$", "the"))

    # -------- ends of sentences

    def _ends(self) -> None:
        """`end[i]`: a piece may end before token i."""
        size = self.size
        self.end = bytearray(size + 1)
        self.end[size] = 1
        ends = _Ends(self)
        for i in range(size):
            ends.read(i)
        self.cards = self._cards()
        for first, last in self.cards.items():
            self.end[first] = self.end[last] = 1
        self.next_end = [size] * (size + 1)
        coming = size
        for i in range(size - 1, -1, -1):
            self.next_end[i] = coming
            if self.end[i]:
                coming = i
        if size:
            self.end[0] = 1

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
        """After a quotation, a season, a year, or "five years later"."""
        low, size = self.low, self.size
        if self.kind[i] == '"':
            return 1 + next((j for j in range(i + 1, min(size, i + LONGEST_TITLE)) if self.kind[j] == '"'), i - 1)
        for j in range(i + 1, min(size, i + 4)):
            if low[j] in _LATER:
                return j + 1 if self.stem[j - 1] in _SPANS else self._season_or_year_end(i)
        return self._season_or_year_end(i)

    def _season_or_year_end(self, i: int) -> int:
        is_year = self.low[i].isdigit() and len(self.low[i]) == 4
        return i + 1 if is_year or self.low[i] in _SEASONS else i

    def is_abbreviated(self, i: int) -> bool:
        if self.kind[i] == ":":
            return 0 < i < self.size - 1 and self.kind[i - 1] == "num" and self.kind[i + 1] == "num"
        return self.kind[i] == "." and i > 0 and self.kind[i - 1] in ("mr", "int")

    def is_glued(self, i: int) -> bool:
        """Did the source have no blank before token i?"""
        source, words = self.source, self.words
        return i > 0 and source[i] == source[i - 1] + 1 and words.start[source[i]] == words.end[source[i - 1]]

    def name_before(self, bracket: int) -> int | None:
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


class _Ends:
    """Finds in one walk where a piece may end."""

    def __init__(self, flat: FlatText) -> None:
        self.flat = flat
        self.in_quotes = False
        self.title_ends = -1  # a title in square brackets keeps its marks
        self.closes_piece = bytearray(flat.size + 1)  # a bracket that a piece began with
        self.run = 0  # tokens since the last end

    def read(self, i: int) -> None:
        flat, end = self.flat, self.flat.end
        kind = flat.kind[i]
        self._limit(i)
        if flat.number[i] == 2 or kind == "int" and self._begins_heading(i):
            end[i] = 1
        if kind in _BRACKETS_AND_QUOTES:
            self._read_bracket_or_quote(i, kind)
        elif kind in _CLOSERS and i > self.title_ends and not flat.is_abbreviated(i):
            self._end_sentence(i)
        elif flat.number[i]:
            self._read_number(i, kind)

    def _limit(self, i: int) -> None:
        """A piece without any mark ends somewhere."""
        self.run = 0 if self.flat.end[i] else self.run + 1
        if self.run > LONGEST_PIECE:
            self.flat.end[i], self.run = 1, 0

    def _begins_heading(self, i: int) -> bool:
        low = self.flat.low
        return (i == 0 or low[i - 1] not in ("/", "-")) and low[i] != "est"

    def _read_bracket_or_quote(self, i: int, kind: str) -> None:
        flat = self.flat
        match kind:
            case '"':
                self.in_quotes = not self.in_quotes
            case "(" | "[":
                self._open_bracket(i, kind)
                name = flat.name_before(i) if flat.extension.get(i, 0) > 1 else None
                if name is not None:
                    flat.end[name] = 1
            case _:
                flat.end[i + 1] |= self.closes_piece[i]

    def _open_bracket(self, i: int, kind: str) -> None:
        partner = self.flat.partner.get(i)
        if partner is None or i and not self.flat.end[i]:
            return
        self.closes_piece[partner] = 1
        if kind == "[" and partner - i <= LONGEST_TITLE:
            self.title_ends = partner

    def _end_sentence(self, i: int) -> None:
        """The last of several marks ends it, with the quote that it closes; a bracket that follows is not done."""
        following = self.flat.kind[i + 1] if i + 1 < self.flat.size else ""
        if following not in _GOES_ON_AFTER_STOP:
            self.flat.end[i + (2 if following == '"' and self.in_quotes else 1)] = 1

    def _read_number(self, i: int, kind: str) -> None:
        """A number that begins a sentence, or has a letter, is a scene's; so what follows begins a piece."""
        flat, end = self.flat, self.flat.end
        if flat.number[i] == 1 and (end[i] or kind == "numx"):
            flat.number[i], end[i] = 2, 1
        if flat.number[i] == 2:
            end[i + 1] = 1
            if i + 1 < flat.size and flat.kind[i + 1] == "omit":
                end[i + 2] = 1


_STOPS = frozenset((".", "?", "!", ":"))
_GOES_ON_AFTER_STOP = _STOPS | {")", "]"}
_BRACKETS_AND_QUOTES = frozenset(("(", ")", "[", "]", '"'))
_CLOSERS = _STOPS | {"...", "--"}
_SEASONS = frozenset(("winter", "spring", "summer", "fall", "autumn"))
_CARD_WORDS = frozenset(("card", "super", "supers", "superimpose", "superimposed", "chyron", "caption"))
_LATER = frozenset(("later", "earlier", "before", "ago"))
_SPANS = frozenset(map(stem, ("minute", "hour", "day", "night", "week", "month", "year", "decade")))
_NOT_AFTER_NUMBER = frozenset((",", ".", "%", ")", "'s", ";"))
_NOT_AFTER_DIGITS = frozenset(("in", "to", "day", "of"))
_NO_NAME = frozenset(
    """i you we he they it that the a be do have can not and but if as to in then what when int omit here see num numx
    num+""".split()
)
IN_NAME = frozenset(("#", "'s", "num", "numx", "'", "-", "&", "mr"))


def _is_between(value: int, below: int, above: int) -> bool:
    """Near both sure numbers around it."""
    return 0 <= value - below <= FARTHEST and 0 <= above - value <= FARTHEST


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
