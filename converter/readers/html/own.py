"""Read the HTML that we write: each node from its class, what no mark-up shows from the attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from converter.contract import FormatError, Limits, Report
from converter.normal import normal
from converter.notation.html import CLASSES, DOCTYPE, GENERATED, META, MORE, NAME, NODE, TAGS
from converter.readers.json import Reading
from converter.records import replace
from converter.safe.xml import parse
from converter.tree import (
    NO_STYLE,
    Boneyard,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Inline,
    LineBreak,
    Lyric,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Parenthetical,
    Run,
    Screenplay,
    Speech,
    Text,
    TitleField,
    TitlePage,
)

if TYPE_CHECKING:
    from lxml import etree

_KINDS = {name: kind for kind, name in CLASSES.items()}
_BLOCKS: tuple[type[Any], ...] = (Note, Boneyard, PageMark, PageBreak, Cut)
_INLINES: tuple[type[Any], ...] = (Note, NoteEnd, Boneyard, PageMark, Deletion)
_MARK = b'<meta name="generator" content="matchcut"/>'


def is_own(data: bytes) -> bool:
    """HTML that we wrote, and that no other program wrote anew."""
    return data.startswith(DOCTYPE) and _MARK in data[:4096]


def is_saved_anew(root: etree._Element) -> bool:
    """HTML that we wrote, as a browser or another program saved it."""
    return any(meta.get("name") == META for meta in root.iter("meta"))


def read(data: bytes, report: Report, limits: Limits) -> Screenplay:
    return read_root(parse(data.removeprefix(DOCTYPE), limits), report, limits)


def read_root(root: etree._Element, report: Report, limits: Limits) -> Screenplay:
    return normal(_Page(root, Reading(report, limits)).screenplay())


class _Page:
    def __init__(self, root: etree._Element, reading: Reading):
        self._root = root
        self._reading = reading

    def screenplay(self) -> Screenplay:
        around: Screenplay = Screenplay()
        for meta in self._root.iter("meta"):
            if meta.get("name") == META:
                around = self._reading.from_text(meta.get("content", ""), Screenplay)
        fields = tuple(map(self._title_field, self._of_class("title-field")))
        sheets = around.title_page.sheets if around.title_page else ()
        page = TitlePage(fields=fields, sheets=sheets) if fields or sheets else None
        body = self._root.find("body/main")
        if body is None:
            raise FormatError("this web page of ours has lost its script: the part called main is missing")
        return replace(around, title_page=page, body=tuple(_grouped(self._blocks(body), _SPOKEN)))

    def _of_class(self, name: str) -> Iterator[etree._Element]:
        return (one for one in self._root.iter("h1", "p") if one.get("class") == name)

    def _title_field(self, element: etree._Element) -> TitleField:
        lines = tuple(self._text(one) for one in element if one.get("class") == "line")
        return TitleField(name=element.get(NAME, ""), lines=lines)

    # -------- blocks

    def _blocks(self, parent: etree._Element) -> Iterator[Any]:
        for element in parent:
            yield from self._block(element)

    def _block(self, element: etree._Element) -> Iterator[Any]:
        name = element.get("class", "").partition(" ")[0]
        if name == GENERATED:
            return
        if element.get(NODE) is not None:
            yield self._node(element, _BLOCKS)
        elif name == "note":
            yield self._note(element)
        elif name in _KINDS:
            yield self._paragraph(element, _KINDS[name])
        elif name == "speech":
            yield from _grouped(self._blocks(element), _PARTS)
        elif name == "dual":
            yield from self._dual(element)
        else:
            yield from self._blocks(element)

    def _paragraph(self, element: etree._Element, kind: type[Any]) -> Any:
        more = element.get(MORE)
        plain = self._reading.from_text(more or "{}", kind)
        return replace(plain, text=self._text(element))

    def _dual(self, element: etree._Element) -> list[Any]:
        inside = list(self._blocks(element))
        if len(inside) == 2 and all(isinstance(one, Speech) for one in inside):
            return [DualDialogue(left=inside[0], right=inside[1])]
        return inside

    def _node(self, element: etree._Element, kinds: tuple[type[Any], ...]) -> Any:
        return self._reading.from_text(element.get(NODE, ""), *kinds)

    def _note(self, element: etree._Element) -> Note:
        more = element.get(MORE)
        plain: Note = Note(text="") if more is None else self._reading.from_text(more, Note, text="")
        return replace(plain, text="".join(map(str, element.itertext())))

    # -------- texts

    def _text(self, element: etree._Element) -> Text:
        return tuple(self._inlines(element, Run(text="x")))

    def _inlines(self, parent: etree._Element, like: Run) -> Iterator[Inline]:
        if parent.text:
            yield replace(like, text=parent.text)
        for element in parent:
            yield from self._inline(element, like)
            if element.tail:
                yield replace(like, text=element.tail)

    def _inline(self, element: etree._Element, like: Run) -> Iterator[Inline]:
        name = element.get("class", "").partition(" ")[0]
        if name == GENERATED:
            return
        if element.tag == "br":
            yield LineBreak()
        elif element.get(NODE) is not None:
            yield self._node(element, _INLINES)
        elif name == "note":
            yield self._note(element)
        else:
            yield from self._inlines(element, self._set(element, like))

    def _set(self, element: etree._Element, like: Run) -> Run:
        """How the words inside are set."""
        more = element.get(MORE)
        if more is not None:
            own: Run = self._reading.from_text(more, Run, text="x")
            return replace(own, style=own.style | like.style)
        tag = TAGS.get(str(element.tag), NO_STYLE)
        return replace(like, style=like.style | tag) if tag else like


_SPOKEN = (Parenthetical, Dialogue)
_PARTS: tuple[type[Any], ...] = (*_SPOKEN, Lyric, Note, Boneyard, PageMark, PageBreak, Cut)


def _grouped(blocks: Iterable[Any], kinds: tuple[type[Any], ...]) -> Iterator[Any]:
    """Speeches out of cues and parts of these kinds, also where an edit has moved them."""
    cue: Character | None = None
    parts: list[Any] | None = None
    for one in blocks:
        if isinstance(one, kinds):
            parts = parts or []
            parts.append(one)
            continue
        if parts is not None:
            yield Speech(cue=cue, parts=tuple(parts))
        cue, parts = (one, []) if isinstance(one, Character) else (None, None)
        if parts is None:
            yield one
    if parts is not None:
        yield Speech(cue=cue, parts=tuple(parts))
