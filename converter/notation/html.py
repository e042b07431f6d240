"""What our HTML is made of: the class of each element, and the attributes that hold what no mark-up says.

It is XML too, so that what is read back is exactly what was written. `data-more` holds the fields of a node that its
mark-up does not show, `data-node` a whole node, as JSON; converter.notation.json has its form.
"""

from __future__ import annotations

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
    Section,
    Shot,
    Style,
    Synopsis,
    Transition,
)

DOCTYPE = b"<!DOCTYPE html>\n"
MORE, NODE, NAME = "data-more", "data-node", "data-name"
META = "matchcut"  # the name of the <meta> with what surrounds the body
GENERATED = "generated"  # the class of what the tree does not hold

CLASSES: dict[type[Paragraph], str] = {
    SceneHeading: "scene-heading",
    Action: "action",
    General: "general",
    Shot: "shot",
    Transition: "transition",
    CastList: "cast-list",
    NewAct: "new-act",
    EndOfAct: "end-of-act",
    Synopsis: "synopsis",
    Section: "outline",
    Character: "character",
    Parenthetical: "parenthetical",
    Dialogue: "dialogue",
    Lyric: "lyric",
}
TAGS = {"strong": Style.BOLD, "em": Style.ITALIC, "u": Style.UNDERLINE, "s": Style.STRIKEOUT}
