"""What reader and writer of Open Screenplay Format share: the names of its styles and kinds, its measures.

The format has no published schema; the rules were measured on files of its versions 12 to 50, which the Fade In program
and others wrote. `body` puts paragraphs together and takes them apart, `title` and `setup` do it for what is around.
"""

from __future__ import annotations

from typing import NamedTuple

from converter.tree import (
    Action,
    CastList,
    Character,
    Dialogue,
    EndOfAct,
    General,
    Lyric,
    NewAct,
    Paragraph,
    Parenthetical,
    SceneHeading,
    Shot,
    Transition,
)

DOCUMENT_TYPE = "Open Screenplay Format document"
MEMBER = "document.xml"  # the one part of a .fadein archive
TENTHS = 254  # lengths are tenths of a millimetre: so many to the inch
SIDE_MARGIN = 317
LINE = 12.0  # points: space before a paragraph is counted in lines


class BuiltIn(NamedTuple):
    """One of the eight styles that every file has, with its measures in Fade In 3 to 5."""

    kind: type[Paragraph]
    name: str
    measures: dict[str, str]


# By builtin_index.
BUILT_IN: tuple[BuiltIn, ...] = (
    BuiltIn(General, "Normal Text", {}),
    BuiltIn(SceneHeading, "Scene Heading", {"spacebefore": "2.0", "keepwithnext": "1", "allcaps": "1"}),
    BuiltIn(Action, "Action", {"spacebefore": "1.0"}),
    BuiltIn(Character, "Character", {"spacebefore": "1.0", "keepwithnext": "1", "leftindent": "635", "allcaps": "1"}),
    BuiltIn(Parenthetical, "Parenthetical", {"keepwithnext": "1", "leftindent": "508", "rightindent": "508"}),
    BuiltIn(Dialogue, "Dialogue", {"leftindent": "330", "rightindent": "254"}),
    BuiltIn(
        Transition,
        "Transition",
        {"spacebefore": "1.0", "align": "right", "leftindent": "1016", "rightindent": "127", "allcaps": "1"},
    ),
    BuiltIn(Shot, "Shot", {"spacebefore": "1.0", "keepwithnext": "1", "allcaps": "1"}),
)

# Kinds that the format has no style for: custom styles of these names. The first of a kind is the one that we write.
BY_NAME: dict[str, type[Paragraph]] = {
    "Lyrics": Lyric,
    "Song": Lyric,
    "New Act": NewAct,
    "Act": NewAct,
    "End of Act": EndOfAct,
    "Cast List": CastList,
    "Cast": CastList,
    "Left column": Action,
    "Right column": Action,
}
BASE_OF = {Lyric: "Dialogue", NewAct: "Normal Text", EndOfAct: "Normal Text", CastList: "Action"}

KINDS: dict[str, type[Paragraph]] = {
    name.casefold(): kind for name, kind in (*BY_NAME.items(), *((one.name, one.kind) for one in BUILT_IN))
}
NAMES: dict[type[Paragraph], str] = {
    **{kind: name for name, kind in reversed(BY_NAME.items())},
    **{one.kind: one.name for one in BUILT_IN},
}
BASES: dict[type[Paragraph], BuiltIn] = {one.kind: one for one in BUILT_IN} | {
    kind: next(one for one in BUILT_IN if one.name == base) for kind, base in BASE_OF.items()
}
FONT, SIZE = "Courier New", 12.0  # of all eight styles in what we write


def plain_number(value: float) -> str:
    """As short as it can be, with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
