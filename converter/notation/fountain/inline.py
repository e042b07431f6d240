"""Emphasis and escapes inside a line, in both directions.

Bold, italic and underline are three independent switches. A line of a tree is `pieces`: words with their switches, and
the notes and boneyards between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from converter.notation.fountain.lines import (
    ANCHORS,
    BLANKS,
    BONEYARD_ANCHOR,
    NOTE_ANCHOR,
    SPACES,
    only_anchors,
    without_anchors,
)
from converter.notation.fountain.markers import spelled
from converter.patterns import pattern
from converter.tree import NO_STYLE, Boneyard, Inline, LineBreak, Marker, Note, PageMark, Run, Style, Text

_BOLD, _ITALIC, _UNDERLINE = 1, 2, 4
_STARS = _BOLD | _ITALIC

# Combining flags costs more than parsing the words that have them.
STYLES = tuple(
    (Style.BOLD if bits & _BOLD else NO_STYLE)
    | (Style.ITALIC if bits & _ITALIC else NO_STYLE)
    | (Style.UNDERLINE if bits & _UNDERLINE else NO_STYLE)
    for bits in range(8)
)
BITS = {style: bits for bits, style in enumerate(STYLES)}
HELD = STYLES[7]

# ---------------------------------------------------------------- reading

# Beat's macros: literal, never emphasised inside.
MACRO = pattern(r"\{\{[^{}\\\[]*\}\}")

# The first visible character of a line behind backslashes: `\(` is no parenthetical, `\~` no lyric.
_START_ESCAPE = pattern(rf"([{BLANKS}\x00\x01]*+(?:[*_][*_\x00\x01]*+)?)(\\++)(?=[(（~!@>#=.])")


def without_start_escape(line: str) -> str:
    found = _START_ESCAPE.match(line) if "\\" in line else None
    if found is None:
        return line
    return found[1] + "\\" * (len(found[2]) // 2) + line[found.end() :]


def parse(line: str, markers: Sequence[Marker | None] = ()) -> list[Inline]:
    """The inlines of a trimmed line. `markers` are what its anchors stand for, in order; None was left out."""
    if not (markers or "*" in line or "_" in line or "\\" in line or "\u2028" in line):  # faster than a pattern
        return [Run(text=line)] if line else []
    if "\u2028" in line:
        return _soft_lines(line, markers)
    if not markers and _are_only_characters(line):
        return [Run(text=line)]
    return _emitted(_switched(_with_literal_brackets(line)), iter(markers))


def _are_only_characters(line: str) -> bool:
    """Is no mark right before something visible with another one behind it?"""
    if "\\" in line:
        return False
    opening = _OPENING.search(line)
    return opening is None or _MARK.search(line, opening.end()) is None


_OPENING = pattern(rf"[*_](?![*_{SPACES}]|\Z)")
_MARK = re.compile("[*_]")


def _soft_lines(line: str, markers: Sequence[Marker | None]) -> list[Inline]:
    """Some programs break lines inside a paragraph with U+2028."""
    inlines: list[Inline] = []
    start = 0
    for number, piece in enumerate(line.split("\u2028")):
        if number:
            inlines.append(LineBreak())
        end = start + piece.count(NOTE_ANCHOR) + piece.count(BONEYARD_ANCHOR)
        inlines.extend(parse(trimmed(piece), markers[start:end]))
        start = end
    return inlines


def trimmed(line: str) -> str:
    """Without blanks at either end, nor between them and the notes and boneyards that stand there."""
    line = line.strip(BLANKS)
    if line and (line[0] in ANCHORS or line[-1] in ANCHORS):
        rest = line.lstrip(BLANKS + ANCHORS)
        lead = line[: len(line) - len(rest)]
        return only_anchors(lead) + right_trimmed(rest)
    return line


def right_trimmed(line: str) -> str:
    line = line.rstrip(BLANKS)
    if line and line[-1] in ANCHORS:
        body = line.rstrip(BLANKS + ANCHORS)
        return body + only_anchors(line[len(body) :])
    return line


def indented(line: str) -> str:
    """A line whose leading blanks count. Those behind a note at its very start only set the note off."""
    line = right_trimmed(line)
    if line[:1] in ANCHORS and line:
        lead = _LEADING_ANCHORS.match(line)
        assert lead is not None
        return only_anchors(lead.group()) + line[lead.end() :]
    return line


_LEADING_ANCHORS = pattern("[\x00\x01](?: ?[\x00\x01])* ?")


def split_lines(inlines: Iterable[Inline]) -> list[tuple[Inline, ...]]:
    text = tuple(inlines)
    lines: list[tuple[Inline, ...]] = []
    start = 0
    for place, one in enumerate(text):
        if type(one) is LineBreak:
            lines.append(text[start:place])
            start = place + 1
    lines.append(text[start:])
    return lines


_BRACKET_GROUP = pattern(r"(?<!\\)(?:\\*+\[){2,}")
_BRACKET = pattern(r"(\\*+)\[")


def _with_literal_brackets(line: str) -> str:
    r"""`\[\[` is `[[`: in a group of brackets a backslash hides the one behind it. A lone `\[` is what it is."""
    if "\\" not in line or "[" not in line:
        return line
    return _BRACKET_GROUP.sub(lambda group: _BRACKET.sub(lambda one: one[1][: len(one[1]) // 2] + "[", group[0]), line)


class _Words(NamedTuple):
    text: str


class _Anchor(NamedTuple):
    char: str


class _Opening:
    """A mark that opens the switches `bits`, or stays a mark for those that nothing closes."""

    __slots__ = ("bits", "closed")

    def __init__(self, bits: int):
        self.bits = bits
        self.closed = 0


class _Closing(NamedTuple):
    bits: int


_Item: TypeAlias = _Words | _Anchor | _Opening | _Closing

_TOKEN = pattern(r"\\+|\*+|_+|[\x00\x01]|\{\{[^{}\\\[]*\}\}")
_AFTER_MARKS = pattern(r"[^*_\x00\x01]")


class _Scanner:
    """One pass over a line: which marks open, which close, which are only characters."""

    def __init__(self, line: str):
        self._line = line
        self._items: list[_Item] = []
        self._open: dict[int, tuple[_Opening, int]] = {}  # switch -> its opening mark, words emitted before it
        self._emitted = 0
        self._last = " "  # the last character emitted
        self._next = 0  # cached: where the first character behind a run of marks stands
        self._addresses = _inside_addresses(line)[::-1]  # those still ahead, the next one last

    def items(self) -> list[_Item]:
        line, at, escaped = self._line, 0, False
        for token in _TOKEN.finditer(line):
            start, end = token.span()
            if start > at:
                self._words(line[at:start])
            at = end
            char = line[start]
            if char == "\\":
                escaped = self._backslashes(end - start, line[end : end + 1])
                continue
            if char == "*" or char == "_":
                if escaped:
                    self._words(char)
                    start += 1
                if start < end:
                    self._marks(char, start, end)
            elif char == "{":
                self._words(token.group())
            else:
                self._items.append(_Anchor(char))
            escaped = False
        if at < len(line):
            self._words(line[at:])
        return self._items

    def _words(self, text: str) -> None:
        self._items.append(_Words(text))
        self._emitted += len(text)
        self._last = text[-1]

    def _backslashes(self, count: int, following: str) -> bool:
        """Before a mark they pair up: each pair is one, an odd one hides the mark."""
        if following and following in "*_":
            if count > 1:
                self._words("\\" * (count // 2))
            return count % 2 == 1
        self._words("\\" * count)
        return False

    def _marks(self, char: str, start: int, end: int) -> None:
        bits = self._meaning(char, start, end)
        closing = self._closable(bits)
        if closing:
            self._close(closing)
            opening = bits & ~closing
            if opening and opening not in self._open and self._may_open(end):
                self._open_at(opening)
            elif opening:
                self._words("*" * (2 if opening == _BOLD else 1))
        elif bits and not any(bit in self._open for bit in (1, 2, 4) if bit & bits) and self._may_open(end):
            self._open_at(bits)
        else:
            self._words(char * (end - start))

    def _meaning(self, char: str, start: int, end: int) -> int:
        """Which switches a run of marks concerns; 0 for what is text in any case."""
        count = end - start
        if char == "_":
            return _UNDERLINE if count == 1 and not self._is_in_address(start) else 0
        if count > 3 or self._line[start - 1 : start] == "/":
            return 0  # `/*` opens a boneyard or is two characters
        return (0, _ITALIC, _BOLD, _STARS)[count]

    def _is_in_address(self, place: int) -> bool:
        while self._addresses and self._addresses[-1][1] <= place:
            self._addresses.pop()
        return bool(self._addresses) and self._addresses[-1][0] <= place

    def _closable(self, bits: int) -> int:
        if self._last in SPACES:
            return 0
        return sum(bit for bit in (1, 2, 4) if bit & bits and bit in self._open and self._emitted > self._open[bit][1])

    def _may_open(self, end: int) -> bool:
        if self._next < end:
            found = _AFTER_MARKS.search(self._line, end)
            self._next = found.start() if found else len(self._line)
        return self._line[self._next : self._next + 1] not in SPACES

    def _open_at(self, bits: int) -> None:
        opening = _Opening(bits)
        self._items.append(opening)
        for bit in (1, 2, 4):
            if bit & bits:
                self._open[bit] = (opening, self._emitted)

    def _close(self, bits: int) -> None:
        for bit in (1, 2, 4):
            if bit & bits:
                self._open.pop(bit)[0].closed |= bit
        self._items.append(_Closing(bits))


def _switched(line: str) -> list[_Item]:
    return _Scanner(line).items()


_TOKEN_OF_WORDS = pattern(r"[^ \t]+")


def _inside_addresses(line: str) -> list[tuple[int, int]]:
    """Where underscores are part of a mail or web address."""
    if "_" not in line or "@" not in line and "://" not in line:
        return []
    spans = []
    for found in _TOKEN_OF_WORDS.finditer(line):
        token = found.group()
        if "@" in token or "://" in token:
            start = found.end() - len(token.lstrip("*_" + ANCHORS))
            spans.append((start, found.start() + len(token.rstrip("*_" + ANCHORS))))
    return spans


def _emitted(items: list[_Item], markers: Iterable[Marker | None]) -> list[Inline]:
    markers = iter(markers)
    inlines: list[Inline] = []
    words: list[str] = []
    bits = words_bits = 0
    for item in items:
        match item:
            case _Words():
                text = item.text
            case _Opening():
                open_still = item.bits & ~item.closed
                if open_still:
                    _emit(inlines, words, words_bits, bits)
                    words_bits = bits
                    words.append(_mark(open_still))
                bits |= item.closed
                continue
            case _Closing():
                bits &= ~item.bits
                continue
            case _Anchor():
                marker = next(markers)
                if marker is not None:
                    _emit(inlines, words, words_bits, -1)
                    inlines.append(marker)
                continue
        _emit(inlines, words, words_bits, bits)
        words_bits = bits
        words.append(text)
    _emit(inlines, words, words_bits, -1)
    return inlines


def _emit(inlines: list[Inline], words: list[str], words_bits: int, bits: int) -> None:
    """Words that go on in the same style wait; others become a run."""
    if words and words_bits != bits:
        inlines.append(Run(text="".join(words), style=STYLES[words_bits]))
        words.clear()


def _mark(bits: int) -> str:
    return "_" if bits == _UNDERLINE else "*" * ((bits & _BOLD) * 2 + (bits & _ITALIC) // 2)


# ---------------------------------------------------------------- lines of a tree

# A line in pieces: words with their switches, or a marker.
Piece: TypeAlias = tuple[str, int] | Marker


def pieces_of(inlines: Iterable[Inline]) -> list[Piece]:
    """For inlines that Fountain can hold; no LineBreak among them."""
    pieces: list[Piece] = []
    for inline in inlines:
        match inline:
            case Run():
                pieces.append((inline.text, 0 if inline.style is NO_STYLE else BITS[inline.style]))
            case Note() | Boneyard() | PageMark():
                pieces.append(inline)
            case _:
                raise AssertionError(f"fit leaves no {type(inline).__name__} in a line")
    return pieces


def inlines_of(pieces: Iterable[Piece]) -> list[Inline]:
    inlines: list[Inline] = []
    for piece in pieces:
        if not isinstance(piece, tuple):
            inlines.append(piece)
        elif piece[0]:
            last = inlines[-1] if inlines else None
            if isinstance(last, Run) and last.style == STYLES[piece[1]]:
                inlines[-1] = Run(text=last.text + piece[0], style=last.style)
            else:
                inlines.append(Run(text=piece[0], style=STYLES[piece[1]]))
    return inlines


def anchored(pieces: Iterable[Piece]) -> str:
    """The words of a line with an anchor for each marker."""
    return "".join(piece[0] if isinstance(piece, tuple) else anchor_of(piece) for piece in pieces)


def anchor_of(marker: Marker) -> str:
    return BONEYARD_ANCHOR if isinstance(marker, Boneyard) else NOTE_ANCHOR


# ---------------------------------------------------------------- what emphasis can be written


def fit_emphasis(pieces: list[Piece]) -> list[Piece]:
    """Emphasis as marks can say it: from one visible character to another, not between `/` and a star."""
    styled = [piece[0] for piece in pieces if isinstance(piece, tuple) and piece[1]]
    line = anchored(pieces)
    if not any(text[0] in SPACES or text[-1] in SPACES for text in styled) and not _DELICATE.search(line):
        return pieces
    bits = _bits(pieces)
    before = bytes(bits)
    _make_whole(line, bits)
    _trim_left(line, bits)
    _trim_right(line, bits)
    _trim_left(line, bits)
    return pieces if bytes(bits) == before else _repieced(pieces, bits)


_DELICATE = pattern(r"[/@]|\{\{")


def _bits(pieces: list[Piece]) -> bytearray:
    bits = bytearray()
    for piece in pieces:
        if isinstance(piece, tuple):
            bits.extend([piece[1]] * len(piece[0]))
        else:
            bits.append(0)
    return bits


def _make_whole(line: str, bits: bytearray) -> None:
    for found in MACRO.finditer(line):
        if "/*" not in found.group():
            _spread(line, bits, found.start(), found.end(), 7)
    if "@" in line or "://" in line:
        for found in _TOKEN_OF_WORDS.finditer(line):
            if "@" in found.group() or "://" in without_anchors(found.group()):
                _spread(line, bits, found.start(), found.end(), _UNDERLINE)


def _spread(line: str, bits: bytearray, start: int, end: int, mask: int) -> None:
    places = [at for at in range(start, end) if line[at] not in ANCHORS]
    union = 0
    for at in places:
        union |= bits[at] & mask
    for at in places:
        bits[at] |= union


def _trim_right(line: str, bits: bytearray) -> None:
    """From the end: a blank has no more than what follows; a slash has the stars of what follows."""
    following, touching = 0, True
    for at in range(len(line) - 1, -1, -1):
        char = line[at]
        if char in ANCHORS:
            touching = False
            continue
        if char in SPACES:
            bits[at] &= following
        elif char == "/" and touching and (bits[at] ^ following) & _STARS and not (bits[at] ^ following) & _UNDERLINE:
            bits[at] = bits[at] & ~_STARS | following & _STARS
        following, touching = bits[at], True


def _trim_left(line: str, bits: bytearray) -> None:
    before = 0
    for at, char in enumerate(line):
        if char in ANCHORS:
            continue
        if char in SPACES:
            bits[at] &= before
        before = bits[at]


def _repieced(pieces: list[Piece], bits: bytearray) -> list[Piece]:
    new: list[Piece] = []
    at = 0
    for piece in pieces:
        if not isinstance(piece, tuple):
            new.append(piece)
            at += 1
            continue
        start = at
        end = at + len(piece[0])
        while start < end:
            stop = start + 1
            while stop < end and bits[stop] == bits[start]:
                stop += 1
            new.append((piece[0][start - at : stop - at], bits[start]))
            start = stop
        at = end
    return new


# ---------------------------------------------------------------- writing


class Raw(NamedTuple):
    """A line as it will stand in the file, with anchors, and the markers for them."""

    line: str
    markers: tuple[Marker, ...]


def plainly(text: Text) -> str | None:
    """One line of words in which no character needs hiding, with its marks; None where `write` must look closer."""
    if len(text) == 1 and type(text[0]) is Run and text[0].style is NO_STYLE:
        return None if _WITH_MARKS.search(text[0].text) else text[0].text
    line, bits = "", 0
    for run in text:
        if type(run) is not Run or _CLOSER_LOOK.search(run.text):
            return None
        now = BITS.get(run.style)
        if now is None:
            return None
        if now != bits:
            line += _switched_marks(bits, now)
            bits = now
        line += run.text
    return line + _switched_marks(bits, 0) if bits else line


_WITH_MARKS = re.compile(r"[*_\\\[\]]")
_CLOSER_LOOK = re.compile(r"[*_\\\[\]/@{]")  # a slash may not touch a star, addresses and macros take no marks


def _switched_marks(before: int, now: int) -> str:
    """Underscores stand outside of stars where both change."""
    closing, opening = before & ~now, now & ~before
    ends = _mark(closing & _STARS) + ("_" if closing & _UNDERLINE else "")
    return ends + ("_" if opening & _UNDERLINE else "") + _mark(opening & _STARS)


def write(pieces: Sequence[Piece], *, hide_brackets: bool, hide_marks: bool) -> Raw:
    """Spell a line. With `hide_marks` every literal star and underscore gets its backslash."""
    if len(pieces) == 1:
        only = pieces[0]
        if isinstance(only, tuple) and not only[1] and _needs_no_escape(only[0], hide_marks):
            return Raw(only[0], ())
    markers = tuple(piece for piece in pieces if not isinstance(piece, tuple))
    return Raw(_Speller(pieces, hide_brackets, hide_marks).line(), markers)


def _needs_no_escape(text: str, hide_marks: bool) -> bool:
    """For words without emphasis: nothing in them could mean something, or only marks that mean themselves."""
    if _TO_ESCAPE.search(text) is None:
        return True
    return not hide_marks and _BESIDE_MARKS.search(text) is None


_TO_ESCAPE = re.compile(r"[*_\\\[]")
_BESIDE_MARKS = pattern(r"[\\\[/]")


def finished(raw: Raw) -> str:
    """The line with its notes and boneyards. Backslashes right before a note count double, or they would hide it."""
    if not raw.markers:
        return raw.line
    markers = iter(raw.markers)

    def spelled_out(found: re.Match[str]) -> str:
        hidden = found[1] if found[2] == NOTE_ANCHOR else ""
        return found[1] + hidden + spelled(next(markers))

    return _ANCHOR.sub(spelled_out, raw.line)


_ANCHOR = pattern("(?<!\\\\)(\\\\*+)([\x00\x01])")


class _Speller:
    def __init__(self, pieces: Sequence[Piece], hide_brackets: bool, hide_marks: bool):
        self._pieces = pieces
        self._hide_brackets = hide_brackets
        self._hide_marks = hide_marks
        macros = [found.span() for found in MACRO.finditer(anchored(pieces)) if "/*" not in found.group()]
        self._macros = macros[::-1]  # those still ahead, the next one last
        self._out: list[str] = []
        self._bits = 0
        self._waiting = ""  # anchors since the last words
        self._text = ""  # the last words

    def line(self) -> str:
        at = 0
        for piece in self._pieces:
            if not isinstance(piece, tuple):
                self._waiting += anchor_of(piece)
                at += 1
                continue
            text, bits = piece
            self._switch(bits)
            self._out.append(self._literal(text, at))
            self._text = text
            at += len(text)
        self._switch(0, at_end=True)
        return "".join(self._out)

    def _switch(self, bits: int, *, at_end: bool = False) -> None:
        """What stands between two words: marks that end, anchors, marks that begin."""
        between = self._between(self._bits & ~bits, bits & ~self._bits, at_end)
        if between[:1] and between[0] in "*_":  # backslashes right before a mark count double
            self._out.append("\\" * (len(self._text) - len(self._text.rstrip("\\"))))
        self._out.append(between)
        self._bits = bits
        self._waiting = ""

    def _between(self, closing: int, opening: int, at_end: bool) -> str:
        """Underscores stand outside of stars where both change, and no star behind a slash: `/*` opens a boneyard."""
        ends, begins = _mark(closing & _STARS), _mark(opening & _STARS)
        under_ends, under_begins = closing & _UNDERLINE, opening & _UNDERLINE
        if not self._text.endswith("/") or not ends and (under_begins or self._waiting):
            ends += "_" if under_ends else ""
            begins = ("_" if under_begins else "") + begins
            return ends + self._anchors(at_end) + begins
        if under_ends:
            return "_" + ends + self._anchors(at_end) + begins
        if self._waiting:
            return self._waiting + ends + ("_" if under_begins else "") + begins
        return ("_" if under_begins else "") + ends + begins

    def _anchors(self, at_end: bool) -> str:
        """Notes at an end of the line stand off by a blank, which the reader takes away."""
        if not self._text:
            return " ".join(self._waiting) + ("" if at_end or not self._waiting else " ")
        return "".join(" " + anchor for anchor in self._waiting) if at_end else self._waiting

    def _literal(self, text: str, at: int) -> str:
        if _TO_ESCAPE.search(text) is None:
            return text
        pieces, start = [], 0
        for first, last in self._macros_in(at, at + len(text)):
            pieces += [self._escaped(text[start : first - at]), text[first - at : last - at]]
            start = last - at
        return "".join((*pieces, self._escaped(text[start:])))

    def _macros_in(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The macros, or what of them stands in this part of the line. Asked from left to right."""
        while self._macros and self._macros[-1][1] <= start:
            self._macros.pop()
        for first, last in reversed(self._macros):
            if first >= end:
                return
            yield max(first, start), min(last, end)

    def _escaped(self, text: str) -> str:
        if "[" in text:
            text = _BRACKET_GROUP.sub(self._brackets, text)
        text = _BEFORE_MARK.sub(r"\g<0>\g<0>", text)
        return (_LITERAL_MARK if self._hide_marks else _BONEYARD_STAR).sub(r"\\\g<0>", text)

    def _brackets(self, group: re.Match[str]) -> str:
        hide = "\\" if self._hide_brackets else ""
        return _BRACKET.sub(lambda one: one[1] * 2 + hide + "[", group[0])


_BEFORE_MARK = pattern(r"(?<!\\)\\++(?=[*_])")
_LITERAL_MARK = pattern(r"[*_]")
_BONEYARD_STAR = pattern(r"(?<=/)\*")
