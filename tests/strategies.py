"""Screenplays of every shape for the laws, built from the dataclass definitions: a new kind or field joins by itself.

`screenplays()` makes trees of any shape, not in normal form, with words that are hard for every format.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from enum import Enum, Flag
from functools import cache, reduce
from types import NoneType, UnionType
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from converter import tree
from converter.tree import (
    Action,
    CastList,
    Character,
    Dialogue,
    Element,
    EndOfAct,
    General,
    LineBreak,
    Lyric,
    NewAct,
    Note,
    NoteEnd,
    Paragraph,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Synopsis,
    Text,
    Transition,
)

# ---------------------------------------------------------------- words

ORDINARY = ("Rain", "falls", "on", "the tide station", "Odile", "waits.", "Nobody answers", "3", "A", "go", ",", "ROOF")
BLANKS = (" ", " ", " ", " ", "  ", "\t", "\u00a0", "\u2009", "\u3000", "\u200b", "\u200e", "\u00a0\u200b")
LINE_ENDS = ("\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c")
NO_FILE_HOLDS_THEM = ("\x00", "\x07", "\x1b", "\x7f", "\x80", "\x9f", "\ufeff", "\ud800", "\udfff", "\ufffe", "\uffff")
LETTERS = (
    "\u00e9",
    "e\u0301",
    "\u00df",
    "\u0130",
    "\u01c5",
    "\u0416\u0410\u041d",
    "\u7530\u4e2d",
    "\u05e9\u05dc\u05d5\u05dd",
    "\u0645\u0631\u062d\u0628\u0627",
    "\u202e",
    "\u2067",
    "\U0001f600",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001d54f",
    "\ufb01",
    "\u00ad",
    "\u2019",
    "\u201c",
    "\u2014",
    "\u2026",
)
MARKS = (
    *("*", "**", "***", "_", "\\", "\\\\", "[[", "]]", "[", "]", "/*", "*/", "/", "//", "#", "#12A#", "# ", "!", "!!"),
    *(
        "@",
        ">",
        "<",
        "> ",
        " <",
        "=",
        "===",
        "= ",
        "~",
        ".",
        "..",
        "(",
        ")",
        "((",
        "^",
        " ^",
        ":",
        "{{",
        "}}",
        "%",
        "+",
    ),
    *(
        '"',
        "'",
        "&",
        "&amp;",
        "&#0;",
        "<b>",
        "</Text>",
        "]]>",
        "<!--",
        "-->",
        "--",
        "\\*",
        "\\_",
        "\\[",
        "a@b_c",
        "://",
    ),
    *("INT. ", "EXT./INT. ", "INT", ".INT", "CUT TO:", "FADE OUT.", "TO:", "Title:", "Author: x", "(V.O.)", "(CONT'D)"),
    *("(MORE)", "CONTINUED:", "OMITTED", "page 12A", "page ", "12.", "- ", "1/8", "(beat)", "marker red:"),
)

TYPICAL: dict[type[Paragraph], tuple[str, ...]] = {
    SceneHeading: ("INT. TIDE STATION - DAWN", "EXT. PIER - NIGHT", "int. barn", "OMITTED", "LATER", "INT./EXT. CAR"),
    Action: ("Rain falls.", "BANG!", "Nobody answers", "23", "She: yes", "A long line, with words.", ""),
    General: ("An epigraph.", "", "Page two"),
    Shot: ("CLOSE ON HAND", "Angle on the door"),
    Transition: ("CUT TO:", "FADE OUT.", "Dissolve to:", "FADE TO BLACK."),
    CastList: ("Odile, Mara", "MARA (40)"),
    NewAct: ("ACT ONE", "Teaser"),
    EndOfAct: ("END OF ACT ONE", ""),
    Synopsis: ("They meet.", "Low water"),
    Section: ("Act One", "Sequence 2"),
    Character: ("ODILE", "MARA (V.O.)", "Bo", "R2D2", "\u00c9VA (CONT'D)", "23", "\u7530\u4e2d"),
    Parenthetical: ("(beat)", "(low, then\nloud)", "softly", "(unclosed", "(a) or (b)", "(beat).", "[low]", "（低声）"),
    Dialogue: ("Hello?", "Hi.\nThere.", "CUT TO:", "(sighs) Fine.", "Yes\u2014"),
    Lyric: ("la la", "~ li"),
}


@cache
def words(max_pieces: int = 5) -> SearchStrategy[str]:
    """Words in which any format finds marks of its own."""
    piece = st.one_of(
        st.sampled_from(ORDINARY),
        st.sampled_from(BLANKS),
        st.sampled_from(MARKS),
        st.sampled_from(MARKS),
        st.sampled_from(LETTERS),
        st.sampled_from(LINE_ENDS),
        st.sampled_from(NO_FILE_HOLDS_THEM),
    )
    some = st.lists(piece, max_size=max_pieces).map("".join)
    return st.one_of(some, some, some, st.text(max_size=6), st.text(st.characters(exclude_categories=()), max_size=3))


# ---------------------------------------------------------------- nodes, from their definitions

# What only its own strategy can say: by class and field, or by field alone.
OWN: dict[str, Callable[[], SearchStrategy[Any]]] = {
    "text": lambda: texts(),
    "number": lambda: st.one_of(st.sampled_from(("1", "12A", "A12", "I-1-A", "9.")), words(2)),
    "style_name": lambda: st.one_of(st.sampled_from(("Singing", "Action", "Outline 1", "Lyrics")), words(2)),
    "color": lambda: st.one_of(st.sampled_from(("#FF0000", "#7676D6", "red", "#000000")), words(2)),
    "background": lambda: st.one_of(st.sampled_from(("#FFFF00", "#FFFFFF")), words(2)),
    "date": lambda: st.one_of(st.sampled_from(("2026-11-22", "2026-11-22T10:00:00")), words(2)),
    "name": lambda: st.one_of(st.sampled_from(("Title", "Author", "Draft date", "Singing", "Blue Rev.")), words(3)),
    "behaves_as": lambda: st.sampled_from(("Action", "Dialogue", "Singing", "Nothing at all")),
    "format": lambda: st.sampled_from(("fdx", "docx", "toy")),
    "revision": lambda: st.integers(0, 4),
    "level": lambda: st.integers(-1, 9),
    "Run.tags": lambda: st.lists(st.integers(0, 4), min_size=1, max_size=3).map(tuple),
    "Tag.number": lambda: st.integers(0, 4),
    "body": lambda: _bodies(),
    "omitted": lambda: st.lists(_cut_elements(), max_size=3).map(tuple),
    "parts": lambda: _tuples(typing.get_args(tree.Part), 4),
    "sheets": lambda: st.lists(st.lists(node(General), max_size=4).map(tuple), max_size=3).map(tuple),
    "at": lambda: st.builds(Position, line=st.integers(1, 9), paragraph=st.integers(1, 9), source=st.integers(0, 3)),
    "cue": lambda: st.one_of(st.none(), *(node(Character),) * 4),
    "Run.text": lambda: words(),
    "Deletion.text": lambda: _cut_texts(),
    "Note.text": lambda: words(),
    "Note.id": lambda: st.integers(0, 3),
    "NoteEnd.id": lambda: st.integers(0, 3),
    "Boneyard.source": lambda: st.one_of(words().map(lambda inside: f"/*{inside}*/"), words()),
    "PageMark.label": lambda: st.one_of(st.sampled_from(("2", "12A", "")), words(2)),
}

# Fields that nearly always say something; the others do seldom.
OFTEN = {"text", "parts", "cue", "fields", "sets", "body"}
NUMBERS = (0.0, 1.5, 7.5, 12.0, 0.25, -0.1, 11.69, 54.0, 1 / 3)


@cache
def node(kind: type[Any]) -> SearchStrategy[Any]:
    """Any value of a dataclass: most optional fields are left alone, now and then one or all of them speak."""
    if not dataclasses.fields(kind):
        return st.just(kind())
    hints = typing.get_type_hints(kind)
    always: dict[str, SearchStrategy[Any]] = {}
    seldom: dict[str, SearchStrategy[Any]] = {}
    for one in dataclasses.fields(kind):
        needed = one.default is dataclasses.MISSING or one.name in OFTEN
        if one.init and one.name != "origin":
            (always if needed else seldom)[one.name] = _field_value(kind, one.name, hints[one.name])
    names = tuple(seldom)
    choices = ((),) * (1 + len(names)) + tuple((name,) for name in names) + (names,) * (1 + len(names) // 4)

    def build(draw: st.DrawFn) -> Any:
        values = {name: draw(strategy) for name, strategy in always.items()}
        if seldom:
            values |= {name: draw(seldom[name]) for name in draw(st.sampled_from(choices))}
        return kind(**values)

    return st.composite(build)()  # a closure: arguments would be printed, strategies in strategies, at great length


def _field_value(kind: type[Any], name: str, hint: Any) -> SearchStrategy[Any]:
    own = OWN.get(f"{kind.__name__}.{name}") or OWN.get(name)
    if name == "text" and kind in TYPICAL:
        return st.one_of(st.sampled_from(TYPICAL[kind]).map(_one_run), texts(), texts())
    return st.deferred(own) if own else st.deferred(lambda: _value(hint))


def _value(hint: Any) -> SearchStrategy[Any]:
    kinds = _alternatives(hint)
    if typing.get_origin(hint) is tuple:
        return _tuples(_alternatives(typing.get_args(hint)[0]), 3)
    if len(kinds) > 1 or kinds[0] is not hint:
        return st.one_of(*map(_value, kinds))
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, 40)
    if hint is float:
        return st.sampled_from(NUMBERS)
    if hint is str:
        return words(3)
    if issubclass(hint, Flag):
        flags = st.lists(st.sampled_from(tuple(hint)), max_size=3)
        return flags.map(lambda chosen: reduce(lambda a, b: a | b, chosen, hint(0)))
    if issubclass(hint, Enum):
        return st.sampled_from(tuple(hint))
    return node(hint)


def _alternatives(hint: Any) -> tuple[Any, ...]:
    """The members of a union; None is left out, because a field that says nothing has it by default."""
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        return tuple(kind for kind in typing.get_args(hint) if kind is not NoneType)
    return (hint,)


def _tuples(kinds: tuple[Any, ...], max_size: int) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.one_of(*map(_value, kinds)), max_size=max_size).map(tuple)


# ---------------------------------------------------------------- texts


def _one_run(words: str) -> Text:
    """The words as one unset run; none at all for no words."""
    return (Run(text=words),) if words else ()


@cache
def texts() -> SearchStrategy[Text]:
    run = node(Run)
    rest = (kind for kind in typing.get_args(tree.Inline) if kind not in {Run, LineBreak})
    inline = st.one_of(run, run, run, run, st.just(LineBreak()), *map(node, rest))
    return st.lists(inline, max_size=4).map(tuple)


@cache
def _cut_texts() -> SearchStrategy[Text]:
    """Half of all marks of deletion hold no words: most formats have none."""
    inline = st.one_of(*(node(Run),) * 4, st.just(LineBreak()))
    return st.one_of(st.just(()), st.lists(inline, min_size=1, max_size=3).map(tuple))


@st.composite
def _with_ranges(draw: st.DrawFn, screenplay: Screenplay) -> Screenplay:
    """Note ranges over whatever lies between two places, which may be paragraphs apart."""
    whole = tree.paragraphs(screenplay.body, omitted=True, cut=True)
    total = sum(1 + len(one.text) for one in whole)
    places = st.integers(0, max(total - 1, 0))
    extra: dict[int, list[Note | NoteEnd]] = {}
    for number in range(draw(st.integers(0, 2))):
        note = dataclasses.replace(draw(node(Note)), id=10 + number)
        start, end = sorted((draw(places), draw(places)))
        extra.setdefault(start, []).append(note)
        extra.setdefault(end, []).append(NoteEnd(id=10 + number))
    place = 0

    def inserted(paragraph: Paragraph) -> Paragraph:
        nonlocal place
        text: list[Any] = []
        for inline in (*paragraph.text, None):
            text.extend(extra.get(place, ()))
            place += 1
            if inline is not None:
                text.append(inline)
        paragraph = dataclasses.replace(paragraph, text=tuple(text))
        if isinstance(paragraph, SceneHeading) and paragraph.omitted:
            omitted = tree.map_paragraphs(paragraph.omitted, inserted, cut=True)
            paragraph = dataclasses.replace(paragraph, omitted=omitted)
        return paragraph

    if not extra:
        return screenplay
    return dataclasses.replace(screenplay, body=tree.map_paragraphs(screenplay.body, inserted, cut=True))


# ---------------------------------------------------------------- whole trees


@cache
def elements() -> SearchStrategy[Element]:
    return st.one_of(*map(node, typing.get_args(tree.Element)))


@cache
def _cut_elements() -> SearchStrategy[Element]:
    """What a cut scene holds; a scene cut out of a cut scene comes up once in a while."""
    heading = st.one_of(st.builds(SceneHeading, text=texts()), node(SceneHeading))
    others = (kind for kind in typing.get_args(tree.Element) if kind is not SceneHeading)
    return st.one_of(heading, *map(node, others))


@cache
def _bodies() -> SearchStrategy[tuple[Element, ...]]:
    some = st.lists(elements(), min_size=1, max_size=6)
    return st.one_of(some, some, some, some, st.just([])).map(tuple)


@cache
def screenplays() -> SearchStrategy[Screenplay]:
    """Any tree, however odd: what `normal`, every writer and every layout must take."""
    return node(Screenplay).flatmap(_with_ranges)
