"""Read the HTML that we write: each node from its class, what no mark-up shows from the attributes."""

from __future__ import annotations

from collections.abc import Iterator
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
    DualDialogue,
    Inline,
    LineBreak,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
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
_NODES: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Note, NoteEnd, Boneyard, PageMark, PageBreak, Deletion, Cut)
}
_MARK = b'<meta name="generator" content="matchcut"/>'


def is_own(data: bytes) -> bool:
    """HTML that we wrote, and that no other program wrote anew."""
    return data.startswith(DOCTYPE) and _MARK in data[:4096]


def read(data: bytes, report: Report, limits: Limits) -> Screenplay:
    root = parse(data.removeprefix(DOCTYPE), limits)
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
        return replace(around, title_page=page, body=tuple(self._blocks(body)))

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
            yield self._node(element)
        elif name == "note":
            yield self._note(element)
        elif name in _KINDS:
            yield self._paragraph(element, _KINDS[name])
        elif name == "speech":
            yield self._speech(element)
        elif name == "dual":
            speeches = [self._speech(one) for one in element if one.get("class") == "speech"]
            yield from [DualDialogue(left=speeches[0], right=speeches[1])] if len(speeches) == 2 else speeches
        else:
            yield from self._blocks(element)

    def _paragraph(self, element: etree._Element, kind: type[Any]) -> Any:
        more = element.get(MORE)
        plain = self._reading.from_text(more or "{}", kind)
        return replace(plain, text=self._text(element))

    def _speech(self, element: etree._Element) -> Speech:
        parts = tuple(self._blocks(element))
        cue = parts[0] if parts and isinstance(parts[0], Character) else None
        return Speech(cue=cue, parts=tuple(one for one in parts if not isinstance(one, Character)))

    def _node(self, element: etree._Element) -> Any:
        return self._reading.from_text(element.get(NODE, ""), *_NODES.values())

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
            yield self._node(element)
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
