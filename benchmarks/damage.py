"""Damage a script on purpose and remember what every character was: for training recovery and for its tests.

A script is a list of `Piece`s in reading order. `flat` makes one line of it as data sets do (words and marks set apart,
capitals lost, contractions spelled out, words cut to their stems, page headers in the middle), `lined` a typed page
with or without its columns and blank lines. Both give the text and its `Span`s. The same seed gives the same text.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from converter.tree import (
    Action,
    Character,
    Dialogue,
    DualDialogue,
    General,
    Lyric,
    Paragraph,
    Parenthetical,
    SceneHeading,
    Screenplay,
    Shot,
    Speech,
    Transition,
    words,
)


@dataclass(frozen=True, slots=True)
class Piece:
    kind: str  # heading, action, cue, parenthetical, dialogue, transition
    text: str
    number: str | None = None
    dual: bool = False  # the cue of the second speech of a pair


class Span(NamedTuple):
    start: int
    end: int
    kind: str  # a piece's kind, or number, page, furniture
    piece: int


KINDS: dict[type[Paragraph], str] = {
    SceneHeading: "heading",
    Shot: "heading",
    Action: "action",
    General: "action",
    Character: "cue",
    Parenthetical: "parenthetical",
    Dialogue: "dialogue",
    Lyric: "dialogue",
    Transition: "transition",
}


def pieces_of(screenplay: Screenplay) -> list[Piece]:
    return list(_pieces(screenplay))


def _pieces(screenplay: Screenplay) -> Iterator[Piece]:
    for element in screenplay.body:
        match element:
            case Speech():
                yield from _speech(element)
            case DualDialogue():
                yield from _speech(element.left)
                yield from _speech(element.right, dual=True)
            case Paragraph() if type(element) in KINDS:
                yield from _piece(element)
            case _:
                pass


def _speech(speech: Speech, dual: bool = False) -> Iterator[Piece]:
    if speech.cue is not None:
        yield from _piece(speech.cue, dual)
    for part in speech.parts:
        if isinstance(part, Paragraph):
            yield from _piece(part)


def _piece(paragraph: Paragraph, dual: bool = False) -> Iterator[Piece]:
    text = " ".join(words(paragraph.text).split())
    if isinstance(paragraph, SceneHeading | Character | Transition | Shot):
        text = text.upper()
    if text:
        yield Piece(KINDS[type(paragraph)], text, paragraph.number, dual)


# ---------------------------------------------------------------- a text and its spans


class _Text:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.spans: list[Span] = []

    def raw(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def span(self, text: str, kind: str, piece: int) -> None:
        if text:
            self.spans.append(Span(self.length, self.length + len(text), kind, piece))
            self.raw(text)

    def result(self) -> tuple[str, list[Span]]:
        return "".join(self.parts), self.spans


# ---------------------------------------------------------------- flat text


def flat(
    script: Sequence[Piece],
    seed: int,
    *,
    lower: bool = True,
    stems: bool = False,
    known_names: float = 0.6,
    headers: bool = True,
    omitted: float = 0.1,
    shots: float = 0.03,
) -> tuple[str, list[Span]]:
    """`known_names`: the share of names that keep their capital; `omitted`: how often a cut scene is invented;
    `shots`: in a numbered script, how often a paragraph of action gets a number too."""
    chance = random.Random(seed)
    out = _Text()
    case = _Case(script, chance, known_names) if lower else None
    page, written, limit = 1, 0, chance.randint(170, 260)

    def emit(text: str, kind: str, piece: int) -> None:
        if out.length:
            out.raw(" ")
        out.span(text, kind, piece)

    def spoiled(text: str) -> str:
        text = _spelled_out(text)
        text = _set_apart(text, chance)
        if case is not None:
            text = case.lost(text)
        if stems:
            text = " ".join(map(crude_stem, text.split()))
        return text

    def number(text: str, piece: int) -> None:
        emit(text.lower() if lower and chance.random() < 0.8 else text, "number", piece)

    last = ""
    for place in _reading_order(script):
        piece = script[place]
        if piece.number:
            last = piece.number
            number(piece.number, place)
        elif last.isdecimal() and piece.kind == "action" and chance.random() < shots:
            number(chance.choice("ABC") + last, place)
        if piece.kind == "heading" and piece.text.startswith("OMIT"):
            emit("omit", "heading", place)
            continue
        sentences = (
            re.split(r"(?<=[.!?]) +(?=[A-Z])", piece.text) if piece.kind in ("action", "dialogue") else [piece.text]
        )
        for k, sentence in enumerate(sentences):
            if headers and written >= limit and (k or piece.kind in ("heading", "action", "cue")):
                page, written, limit = page + 1, 0, chance.randint(170, 260)
                emit(f"revision {page}" + ("." if chance.random() < 0.2 else " ."), "page", place)
            emit(spoiled(sentence), piece.kind, place)
            written += len(sentence.split())
        if piece.kind == "heading" and chance.random() < omitted:
            number(chance.choice(("{}", "a{}", "{}b")).format(chance.randint(1, 180)), -place - 1)
            emit("omit", "heading", -place - 1)
    return out.result()


def _reading_order(script: Sequence[Piece]) -> Iterator[int]:
    """Dual dialogue comes as columns merge: both cues, then both speeches."""
    place = 0
    while place < len(script):
        second = _speech_end(script, place) if script[place].kind == "cue" else place
        if second < len(script) and second > place and script[second].dual:
            end = _speech_end(script, second)
            yield from (place, second, *range(place + 1, second), *range(second + 1, end))
            place = end
        else:
            yield place
            place += 1


def _speech_end(script: Sequence[Piece], place: int) -> int:
    place += 1
    while place < len(script) and script[place].kind in ("parenthetical", "dialogue"):
        place += 1
    return place


_SPELLED = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        (r"\bcan['’]t\b", "can not"),
        (r"\bwon['’]t\b", "will not"),
        (r"n['’]t\b", " not"),
        (r"(?<=\w)['’]ll\b", " will"),
        (r"(?<=\w)['’]re\b", " are"),
        (r"(?<=\w)['’]ve\b", " have"),
        (r"\bi['’]m\b", "I am"),
        (r"\b(i|you|he|she|it|we|they)['’]d\b", r"\1 would"),
    )
)


def _spelled_out(text: str) -> str:
    for pattern, new in _SPELLED:
        text = pattern.sub(new, text)
    return text


_MARK = re.compile(r"\.{3,}|--+|[,;:!?()\[\]\"]")
_STOP = re.compile(r"(?<=[\w'\")])(?<!\.\w)\.(?=\s|$)")
_CURLED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": " -- ", "—": " -- "})


def _set_apart(text: str, chance: random.Random) -> str:
    """Marks between blanks; one in a hundred stays glued to its word."""

    def loose(match: re.Match[str]) -> str:
        return match.group() if chance.random() < 0.01 else f" {match.group()} "

    text = _STOP.sub(loose, _MARK.sub(loose, text.translate(_CURLED)))
    text = re.sub(r"\b(INT|EXT|I/E)\.", r"\1 .", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\w)-(?=\w)", lambda match: " - " if chance.random() < 0.5 else "-", text)
    text = re.sub(r"(?<=\w)('(?:s|d)\b)", r" \1", text, flags=re.IGNORECASE)
    return " ".join(text.split())


class _Case:
    """Lower case but for some names: one that the tool knew keeps its capital wherever it stands in prose."""

    def __init__(self, script: Sequence[Piece], chance: random.Random, share: float) -> None:
        self.chance = chance
        names: set[str] = set()
        for piece in script:
            if piece.kind == "cue":
                names.update(word.lower() for word in re.findall(r"[^\W\d_]{2,}", piece.text.partition("(")[0]))
            elif piece.kind in ("action", "dialogue"):
                names.update(word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", piece.text))
        self.known = {name for name in sorted(names) if chance.random() < share}

    def lost(self, text: str) -> str:
        return re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)?", self._word, text)

    def _word(self, match: re.Match[str]) -> str:
        word = match.group()
        if word in ("I", "I'm", "I'd", "I'll", "I've"):
            return word
        if len(word) > 2 and word.isupper():
            return word if self.chance.random() < 0.03 else word.lower()
        return word if word.lower() in self.known else word.lower()


_FORMS = dict(
    pair.split(":")
    for pair in """am:be is:be are:be was:be were:be been:be has:have had:have does:do did:do done:do an:a his:he him:he
    her:she me:I us:we our:we their:they them:they your:you these:this those:that went:go gone:go goes:go came:come
    said:say saw:see seen:see took:take taken:take made:make men:man women:woman children:child eyes:eye
    feet:foot knew:know thought:think stood:stand sat:sit ran:run left:leave held:hold turned:turn""".split()
)


def crude_stem(word: str) -> str:
    """The kind of stem that data sets have: often wrong."""
    low = word.lower()
    if low in _FORMS:
        return _FORMS[low]
    if not low.isalpha() or len(low) < 4 or word != low or low.endswith("thing"):
        return word
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if re.search(r"(?:s|x|z|ch|sh)es$", low):
        return low[:-2]
    if low.endswith("s") and not re.search(r"(?:ss|us|is|os|as)$", low):
        return low[:-1]
    for ending in ("ing", "ed"):
        cut = low[: -len(ending)]
        if low.endswith(ending) and len(cut) > 3 and re.search(r"[aeiou]", cut):
            if cut[-1] == cut[-2] and cut[-1] not in "lsz":
                return cut[:-1]
            return cut + "e" if re.search(r"(?:[bcdfgkptz]l|[aeiou]s|[dr]g|v|c)$", cut) else cut
    return word


# ---------------------------------------------------------------- text in lines

# column and width of each element, in cells from the left edge of the text
_MEASURES = {
    "heading": (15, 60),
    "action": (15, 60),
    "cue": (37, 38),
    "parenthetical": (31, 26),
    "dialogue": (25, 35),
    "transition": (15, 60),
}
_ROWS = 54


def lined(
    script: Sequence[Piece], seed: int, *, indented: bool = True, blanks: bool = True, headers: bool = True
) -> tuple[str, list[Span]]:
    chance = random.Random(seed)
    shift = chance.randint(-5, 6)
    out = _Text()
    row, page = 0, 1

    def end_row() -> None:
        nonlocal row
        out.raw("\n")
        row += 1

    def new_page() -> None:
        nonlocal row, page
        page, row = page + 1, 0
        if indented:
            out.raw("\f")
        if headers:
            label = f"{page}."
            out.raw(" " * (75 + shift - len(label)) if indented else "")
            out.span(label, "page", -1)
            end_row()
            if blanks:
                end_row()

    for place, piece in enumerate(script):
        column, width = _MEASURES[piece.kind]
        rows = textwrap.wrap(piece.text, width) or [""]
        if piece.kind not in ("parenthetical", "dialogue") and place:
            for _ in range((2 if piece.kind == "heading" else 1) * blanks):
                end_row()
            if row + len(rows) > _ROWS - 3:
                new_page()
        for k, text in enumerate(rows):
            if row >= _ROWS:
                new_page()
            indent = column + shift + (k > 0 and piece.kind == "parenthetical")
            if piece.kind == "transition":
                indent = 75 + shift - len(text)
            numbered = piece.number if not k else None
            if numbered:
                left = max(0, indent - 8)
                out.raw(" " * left if indented else "")
                out.span(numbered, "number", place)
                out.raw(" " * max(1, indent - left - len(numbered)) if indented else " ")
            else:
                out.raw(" " * indent if indented else "")
            out.span(text, piece.kind, place)
            if numbered:
                out.raw(" " * max(1, 60 - len(text)) if indented else " ")
                out.span(numbered, "number", place)
            end_row()
    return out.result()
