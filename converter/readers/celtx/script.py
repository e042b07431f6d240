"""The body of a script's HTML: paragraphs by their class, scene cards beside their headings."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from converter.contract import Diagnostic, Kind, Limits, Report
from converter.normal import allowed
from converter.notation.flat import Para, built, typed
from converter.readers.celtx.catalogue import Catalogue
from converter.readers.celtx.words import Tags, Words
from converter.records import replace
from converter.tree import (
    Action,
    Character,
    Dialogue,
    Element,
    General,
    NewAct,
    Note,
    Paragraph,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Shot,
    Tag,
    Text,
    Transition,
    words,
)

if TYPE_CHECKING:
    from lxml import etree

_KINDS: dict[str, tuple[type[Paragraph], str | None]] = {
    "sceneheading": (SceneHeading, None),
    "action": (Action, None),
    "": (Action, None),
    "character": (Character, None),
    "dialog": (Dialogue, None),
    "dialogue": (Dialogue, None),
    "parenthetical": (Parenthetical, None),
    "transition": (Transition, None),
    "shot": (Shot, None),
    "act": (NewAct, None),
    "sound": (Action, "Sound"),
    "music": (Action, "Music"),
    "voice": (Action, "Voice"),
    "caption": (General, "Caption"),
}
_SPOKEN = frozenset({Character, Dialogue, Parenthetical})
_SKIPPED = frozenset({"script", "style", "head", "title", "meta", "link"})
_MESSAGES = {
    "media": (Kind.LOSS, "celtx.media", "Pictures and sounds in the script were left out."),
    "note-date": (Kind.LOSS, "celtx.note-date", "The date of a note could not be read."),
    "cues": (Kind.GUESS, "celtx.cues", "Cues for sound, music and voices were taken for action of that name."),
    "unknown-kind": (Kind.GUESS, "celtx.unknown-kind", "Paragraphs of a kind that is not known were taken for action."),
    "card": (
        Kind.LOSS,
        "celtx.card",
        "Other titles, plot lines, eighths and script days of scene cards were left out.",
    ),
    "omitted": (Kind.GUESS, "celtx.omitted", "An omitted scene was taken to reach to the next heading."),
    "no-paragraphs": (Kind.WARNING, "celtx.no-paragraphs", "There are no words in this script."),
}


class ScriptReader:
    """Reads the scripts of a project, one after the other."""

    def __init__(self, catalogue: Catalogue, report: Report, limits: Limits):
        self._cards = catalogue.cards
        self._report, self._limits = report, limits
        self._tags = Tags(catalogue.titles)
        self._words = Words(self._tags, self._say)
        self._told: set[str] = set()
        self._count = 0

    def tags(self) -> tuple[Tag, ...]:
        return self._tags.all()

    def read(self, root: etree._Element) -> tuple[Element, ...]:
        numbers = next(
            (meta.get("content") for meta in root.iter("meta") if meta.get("name") == "CX.sceneNumbering"), ""
        )
        paras = list(self._paras(root, numbered=numbers in {"left", "right", "both"}))
        if not paras:
            self._say("no-paragraphs", None)
        return _with_omitted_scenes(built(one for one, _ in paras), {id(one.paragraph) for one, cut in paras if cut})

    def words(self, root: etree._Element) -> str:
        """The words of a scratch pad, a paragraph a line."""
        texts = (words(self._words.text(block, Position())) for block in _blocks(root))
        return "\n\n".join(said for said in texts if said.strip())

    def _say(self, name: str, at: Position | None) -> None:
        """Once a file."""
        if name not in self._told:
            self._told.add(name)
            kind, code, message = _MESSAGES[name]
            self._report(Diagnostic(kind, code, message, at))

    # ---------------------------------------------------------------- paragraphs

    def _paras(self, root: etree._Element, *, numbered: bool) -> Iterator[tuple[Para, bool]]:
        """Each paragraph, and whether it is the heading of an omitted scene."""
        deadline = self._limits.deadline()
        new_page = False
        counter = 0
        for block in _blocks(root):
            kind_name = (block.get("class") or "").strip().lower()
            if kind_name == "hardbreak":
                new_page = True
                continue
            if kind_name == "softbreak":
                continue
            self._count += 1
            if not self._count % 1000:
                deadline.check()
            if self._count > self._limits.paragraphs:
                raise self._limits.passed("paragraphs", "there are too many paragraphs in this script")
            at = Position(None, None, None, self._count, None)
            text = self._words.text(block, at)
            if not words(text).strip() and not any(isinstance(one, Note) for one in text):
                continue
            para = self._para(block, kind_name, text, at)
            heading = para.paragraph
            if isinstance(heading, SceneHeading):
                counter += 1
                para.paragraph = self._with_number(heading, block, counter) if numbered else heading
            para.new_page, new_page = new_page, False
            omitted = isinstance(heading, SceneHeading) and block.get("omit") == "true"
            if omitted:
                self._say("omitted", at)
            yield para, omitted

    def _para(self, block: Any, kind_name: str, text: Text, at: Position) -> Para:
        kind, style_name = self._kind(kind_name, at)
        make: Any = kind
        if kind is not SceneHeading:
            paragraph = typed(make(text=text, style_name=style_name, at=at))
            return Para(paragraph=paragraph, dual=kind is Character and block.get("dual") == "true")
        card = self._cards.get(block.get("id") or "")
        if card is None:
            return Para(paragraph=SceneHeading(text=text, at=at))
        if card.lost:
            self._say("card", at)
        return Para(
            paragraph=SceneHeading(text=text, color=card.color, at=at), synopsis=card.synopsis, note=card.comments
        )

    def _kind(self, name: str, at: Position) -> tuple[type[Paragraph], str | None]:
        found = _KINDS.get(name)
        if found is None:
            self._say("unknown-kind", at)
            return Action, name
        if found[0] is Action and found[1]:
            self._say("cues", at)
        return found

    def _with_number(self, heading: SceneHeading, block: Any, counter: int) -> SceneHeading:
        """What is printed, or as Celtx counts where the file keeps no numbers."""
        number = block.get("scenestr") or block.get("scenenumber") or str(counter)
        return replace(heading, number=number)


def _blocks(root: etree._Element) -> Iterator[Any]:
    """Paragraphs and page breaks in order; words that stand in the page itself are a paragraph of their own."""
    from lxml import etree

    body = root.find("body")
    waiting: list[Any] = [] if body is None else [body]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            bare = etree.Element("p")
            bare.text = element
            yield bare
            continue
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            continue
        if element.tag == "p" or element.get("class") in ("hardbreak", "softbreak"):
            yield element
            continue
        waiting.extend(reversed(list(_parts(element))))


_INLINE = frozenset({"span", "b", "i", "u", "em", "strong", "a", "font", "br"})


def _parts(element: Any) -> Iterator[Any]:
    """The blocks in an element; neighbouring words and inline elements together."""
    from lxml import etree

    bare: Any = None

    def begun() -> Any:
        made = etree.Element("p")
        made.text = ""
        return made

    if element.text and element.text.strip():
        bare = begun()
        bare.text = allowed(element.text)
    for child in element:
        tail = child.tail
        if child.tag in _INLINE:
            bare = begun() if bare is None else bare
            bare.append(deepcopy(child))
            continue
        if bare is not None:
            yield bare
            bare = None
        yield child
        if tail and tail.strip():
            bare = begun()
            bare.text = allowed(tail)
    if bare is not None:
        yield bare


def _with_omitted_scenes(body: tuple[Element, ...], cut: set[int]) -> tuple[Element, ...]:
    """The heading of an omitted scene says OMITTED, and all up to the next heading lies behind it."""
    if not cut:
        return body
    out: list[Element] = []
    inside: list[Element] | None = None
    heading: SceneHeading | None = None

    def close() -> None:
        if heading is not None and inside is not None:
            out.append(replace(heading, text=(Run(text="OMITTED"),), omitted=tuple(inside)))

    for element in body:
        if isinstance(element, SceneHeading):
            close()
            heading, inside = None, None
            if id(element) in cut:
                heading, inside = element, [replace(element, number=None)]
            else:
                out.append(element)
        elif inside is not None:
            inside.append(element)
        else:
            out.append(element)
    close()
    return tuple(out)
