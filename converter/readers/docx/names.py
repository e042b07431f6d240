"""Which element the styles of other programs and templates mean, by their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
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
    Section,
    Shot,
    Synopsis,
    Transition,
)


class Named(NamedTuple):
    """What a style's name says: an element, or a field of the title page."""

    kind: type[Paragraph] | None = None
    field: str = ""
    centered: bool = False
    weak: bool = False  # Word's own styles, which people use for anything: only where nothing else speaks


# Names as word processors, screenwriting programs and templates have them, without blanks, marks and capitals.
_KINDS: dict[type[Paragraph], str] = {
    SceneHeading: "sceneheading slugline slug scenehead scenetitle masterscene masterscenehead sceneheader sluglines"
    " szenenuberschrift szene entetedescene intitule encabezado encabezadodeescena intestazione intestazionescena",
    Action: "action description stagedirection stagedirections actionline scenedescription"
    " handlung regie accion descripcion azione",
    Character: "character charactername cue speaker name charactercue"
    " figur figurenname personnage personaje personaggio",
    Parenthetical: "parenthetical paren parens wryly actordirection parentheticals personaldirection"
    " klammer parenthese didascalie acotacion parentetico",
    Dialogue: "dialogue dialog speech dialogtext replique dialogo",
    Transition: "transition transitions editorialtransition ubergang transicion transizione",
    Shot: "shot shots camera cameraangle camerashot angle einstellung plan plano inquadratura",
    Lyric: "lyric lyrics song singing",
    General: "general",
    NewAct: "act newact startofact actheading actbreak",
    EndOfAct: "endofact actend",
    CastList: "castlist cast",
    Synopsis: "synopsis",
    Section: "section",
}
_NAMED = {name: Named(kind) for kind, names in _KINDS.items() for name in names.split()}
_NAMED["centered"] = _NAMED["centred"] = _NAMED["actioncentered"] = Named(Action, centered=True)
_FIELDS = {
    "title": "Title",
    "scripttitle": "Title",
    "subtitle": "Title",
    "author": "Author",
    "authors": "Author",
    "writer": "Author",
    "credit": "Credit",
    "contact": "Contact",
    "contactinfo": "Contact",
    "draftdate": "Draft date",
}
_NAMED |= {name: Named(field=field) for name, field in _FIELDS.items()}
_WEAK = {"heading": SceneHeading, "heading1": SceneHeading, "scene": SceneHeading, "normal": Action, "bodytext": Action}
_WEAK |= {"standard": Action, "textbody": Action, "defaultparagraphstyle": Action, "body": Action}
_NAMED |= {name: Named(kind, weak=True) for name, kind in _WEAK.items()}

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 100


def named(names: Iterable[str]) -> Named | None:
    """What the first telling name says, of a style and those that it is built on."""
    weak: Named | None = None
    for name in names:
        found = _by_words(name)
        if found is not None and not found.weak:
            return found
        weak = weak or found
    return weak


def _by_words(name: str) -> Named | None:
    """The whole name, or its last words: SP-Action, Script Dialogue, FD - Scene Heading."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:_LONGEST])  # SceneHeading
    words = _WORD.findall(_plain(split))
    for start in range(len(words)):
        found = _NAMED.get("".join(words[start:]))
        if found is not None and not (start and (found.weak or found.field)):
            return found
    return None


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
