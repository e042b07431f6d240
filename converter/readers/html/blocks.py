"""The paragraphs of a web page as a browser shows them: runs of words between the edges of blocks, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from converter.contract import Limits
from converter.normal import allowed
from converter.readers.html.css import Look, Sheet
from converter.records import dataclass, field, replace
from converter.tree import NO_STYLE, Inline, LineBreak, Note, Run, Style, Text

if TYPE_CHECKING:
    from lxml import etree

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre section summary table tbody td
    tfoot th thead tr ul xmp""".split()
)
_KEPT_EMPTY = frozenset({"p", "pre", "li", "h1", "h2", "h3", "h4", "h5", "h6"})  # an empty one is an empty line
_NEVER_SHOWN = frozenset(
    """applet area audio base canvas embed head iframe img input link map meta noembed noframes noscript object param
    script select source style svg template textarea title track video""".split()
)
_AROUND = frozenset({"nav", "footer", "button", "menu", "form"})  # shown, and no part of a script
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_STYLES = {
    "b": Style.BOLD,
    "strong": Style.BOLD,
    "i": Style.ITALIC,
    "em": Style.ITALIC,
    "cite": Style.ITALIC,
    "u": Style.UNDERLINE,
    "ins": Style.UNDERLINE,
    "s": Style.STRIKEOUT,
    "strike": Style.STRIKEOUT,
    "del": Style.STRIKEOUT,
}
_NAMED_STYLES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "underline": Style.UNDERLINE,
    "strikeout": Style.STRIKEOUT,
}
_NUMBER = re.compile(r"(?:scene-?)?num(?:ber)?(?:-?(?:left|right))?|scnum[lr]?", re.IGNORECASE)
_LONGEST_NUMBER = 10  # what is longer stands in the element of a number by a slip
GENERATED = "generated"


@dataclass(slots=True, kw_only=True)
class Place:
    """A block and those around it. Measures in twips from the edge of the page's text."""

    tag: str
    names: tuple[str, ...] = ()  # its classes, id and role
    values: Mapping[str, str] = field(default_factory=dict)
    up: Place | None = None
    look: Look = Look()

    def around(self) -> Iterator[Place]:
        """This block, then those around it, from within."""
        one: Place | None = self
        while one is not None:
            yield one
            one = one.up


@dataclass(slots=True, kw_only=True)
class Block:
    """A paragraph of the page. A break has no words, and stands for a rule or the end of a page."""

    place: Place
    text: Text
    numbers: tuple[str, ...] = ()  # of the scene, as they are set apart from the words
    is_break: bool = False

    def with_numbers(self, text: Text) -> Text:
        """The text where the numbers are no scene's."""
        return (Run(text=" ".join((*self.numbers, ""))), *text) if self.numbers else text


def blocks_of(root: etree._Element, sheet: Sheet, limits: Limits, *, apart: frozenset[str]) -> _Walk:
    """The walk over the page's body; `apart` names the classes of inline elements that are paragraphs of their own."""
    return _Walk(root, sheet, limits, apart)


@dataclass(slots=True)
class _Words:
    """The words of the paragraph that goes on, with blanks folded."""

    inlines: list[Inline] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    after_blank: bool = True

    def add(self, said: str, style: Style, *, pre: bool) -> None:
        if pre:
            self._add_lines(said, style)
            return
        said = _BLANKS.sub(" ", said)
        if self.after_blank:
            said = said.removeprefix(" ")
        if said:
            self.after_blank = said.endswith(" ")
            self.inlines.append(Run(text=said, style=style))

    def _add_lines(self, said: str, style: Style) -> None:
        for number, line in enumerate(said.replace("\r\n", "\n").split("\n")):
            if number:
                self.inlines.append(LineBreak())
            if line:
                self.inlines.append(Run(text=line, style=style))
        self.after_blank = False

    def break_line(self) -> None:
        self._end_line()
        self.inlines.append(LineBreak())

    def _end_line(self) -> None:
        last = self.inlines[-1] if self.inlines else None
        if isinstance(last, Run) and last.text.endswith(" ") and not last.text.isspace():
            self.inlines[-1] = replace(last, text=last.text.rstrip(" "))
        elif isinstance(last, Run) and last.text == " ":
            self.inlines.pop()
        self.after_blank = True

    def text(self) -> Text:
        """A break at the very end shows nothing."""
        self._end_line()
        if self.inlines and isinstance(self.inlines[-1], LineBreak):
            self.inlines.pop()
        return tuple(self.inlines)


@dataclass(slots=True)
class _Around:
    """What holds for the words at a place."""

    place: Place
    style: Style = NO_STYLE
    is_number: bool = False
    note: list[str] | None = None


class _Walk:
    """Gives the blocks; afterwards `left_out` has the words that stand around the script."""

    def __init__(self, root: etree._Element, sheet: Sheet, limits: Limits, apart: frozenset[str]):
        self._root, self._sheet, self._limits, self._apart = root, sheet, limits, apart
        self._words = _Words()
        self._has_given = True  # since the block began
        self.left_out: list[str] = []

    def __iter__(self) -> Iterator[Block]:
        from lxml import etree

        body = self._root.find("body")
        top = self._root if body is None else body
        deadline = self._limits.deadline()
        around = [_Around(Place(tag="html"))]
        walk: Any = etree.iterwalk(top, events=("start", "end"))
        for count, (event, element) in enumerate(walk):
            if count % 5000 == 0:
                deadline.check()
            if event == "end":
                yield from self._closed(element, around)
            elif self._is_skipped(element):
                walk.skip_subtree()
                around.append(around[-1])
            else:
                yield from self._opened(element, around)
        yield from self._given(around[0].place)

    # -------- elements

    def _opened(self, element: Any, around: list[_Around]) -> Iterator[Block]:
        here, tag = around[-1], element.tag
        if tag == "br":
            self._words.break_line()
            around.append(here)
            return
        names = _names_of(element)
        if self._is_block(tag, names):
            yield from self._given(here.place)
            here = self._block_in(element, names, here)
            self._has_given = tag not in _KEPT_EMPTY
            if tag == "hr" or any(name in _PAGE_ENDS for name in names):
                yield Block(place=here.place, text=(), is_break=True)
        else:
            here = self._inline_in(element, names, here)
        around.append(here)
        self._say(element.text, here)

    def _closed(self, element: Any, around: list[_Around]) -> Iterator[Block]:
        here = around.pop()
        outer = around[-1]
        if here.place is not outer.place:
            yield from self._given(here.place)
        if here.note is not None and here.note is not outer.note:
            self._words.inlines.append(Note(text=_folded("".join(here.note))))
        self._say(element.tail, outer)

    def _is_block(self, tag: str, names: tuple[str, ...]) -> bool:
        return tag in _BLOCKS or any(name.lower() in self._apart for name in names)

    def _block_in(self, element: Any, names: tuple[str, ...], here: _Around) -> _Around:
        look = self._sheet.look(element, names, here.place.look)
        place = Place(tag=element.tag, names=names, values=element.attrib, up=here.place, look=look)
        return _Around(place, here.style | look.style)  # a note of words does not reach over paragraphs

    def _inline_in(self, element: Any, names: tuple[str, ...], here: _Around) -> _Around:
        style = here.style | self._sheet.style(element, names) | _STYLES.get(element.tag, NO_STYLE)
        for name in names:
            style |= _NAMED_STYLES.get(name.lower(), NO_STYLE)
        note: list[str] | None = [] if "note" in map(str.lower, names) else here.note
        return _Around(here.place, style, here.is_number or any(map(_NUMBER.fullmatch, names)), note)

    def _is_skipped(self, element: Any) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in _NEVER_SHOWN or GENERATED in element.get("class", "").split():
            return True
        if tag not in _AROUND and not self._is_hidden(element):
            return False
        said = _folded(" ".join(element.itertext()))
        if said:
            self.left_out.append(said)
        return True

    def _is_hidden(self, element: Any) -> bool:
        return element.get("hidden") is not None or self._sheet.hides(element)

    # -------- words

    def _say(self, said: str | None, here: _Around) -> None:
        if not said:
            return
        said = allowed(said)
        if here.is_number and len(_folded(said)) <= _LONGEST_NUMBER:
            self._words.numbers.append(_folded(said))
        elif here.note is not None:
            here.note.append(said)
        else:
            self._words.add(said, here.style, pre=here.place.look.pre)

    def _given(self, place: Place) -> Iterator[Block]:
        text = self._words.text()
        numbers = tuple(filter(None, self._words.numbers))
        self._words = _Words()
        if _shows(text) or not self._has_given:
            yield Block(place=place, text=text if _shows(text) else (), numbers=numbers)
        self._has_given = True


_PAGE_ENDS = frozenset({"page-break", "pagebreak", "new-page"})


def _shows(text: Text) -> bool:
    return any(isinstance(one, Note) or isinstance(one, Run) and not one.text.isspace() for one in text)


def _names_of(element: Any) -> tuple[str, ...]:
    said = [element.get("class"), element.get("id"), element.get("data-type"), element.get("data-element")]
    return tuple(" ".join(filter(None, said)).split())


def _folded(said: str) -> str:
    return " ".join(allowed(said).split())
