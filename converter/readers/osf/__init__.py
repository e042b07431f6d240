"""Open Screenplay Format, and Fade In's files, which are that in a zip archive.

One rule reads all versions from 12 to 50: names count in lower case and without `_`. Only version 12 has mark-up inside
its texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.normal import allowed, normal
from converter.notation.flat import Para, built, lines_of, typed
from converter.notation.numbers import integer_of
from converter.notation.osf import MEMBER
from converter.notation.osf.setup import LARGEST, revisions_of, set_of, setup_of
from converter.notation.osf.title import TitleLine, settled, title_page_of
from converter.readers.osf.markup import pieces
from converter.readers.osf.styles import Shape, Styles, attributes_of, color_of, name_of
from converter.records import dataclass, replace
from converter.safe.clean import clean
from converter.safe.decode import decode
from converter.safe.xml import parse, parse_plain, parse_repaired
from converter.safe.zip import Archive, open_zip
from converter.tree import (
    Deletion,
    General,
    Inline,
    LineBreak,
    Position,
    Revisions,
    Run,
    SceneHeading,
    Screenplay,
    Style,
    Text,
    TitleField,
    TitlePage,
    words,
)

if TYPE_CHECKING:
    from lxml import etree

_ZIP = b"PK\x03\x04"
_MARKED_UP = 12  # the version with mark-up in its texts, and all before
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: a file in Open Screenplay Format says what it is."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    limits.deadline().check()
    data = source.data
    if data.startswith(_ZIP):
        archive = open_zip(data, limits)
        _report_the_rest(archive, report)
        data = archive.read(MEMBER)
    return _Document(_parsed(data, report, limits), report, limits).screenplay()


READER = Reader("osf", (), Options, read)
FADE_IN = Reader("fadein", (), Options, read)


def _report_the_rest(archive: Archive, report: Report) -> None:
    rest = [clean(name.rpartition("/")[2], 60) for name in archive.names() if name != MEMBER and name[-1:] != "/"]
    if rest:
        listed = ", ".join(rest[:_MOST_NAMES])
        more = f" and {len(rest) - _MOST_NAMES} more" if len(rest) > _MOST_NAMES else ""
        message = f"Pictures and attachments were left out: {listed}{more}."
        report(Diagnostic(Kind.LOSS, "osf.attachments", message))


def _parsed(data: bytes, report: Report, limits: Limits) -> etree._Element:
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    root = parse_plain(data, limits) if b"encoding" not in data[:100] or b"utf-8" in data[:100].lower() else None
    if root is None:
        try:
            root = parse(data, limits)
        except FormatError as error:
            if not error.message.startswith("this XML is damaged"):
                raise
            root = _repaired(data, error, report, limits)
    if name_of(root) != "document":
        raise FormatError(f"this XML is not in Open Screenplay Format: it begins with {root.tag[:40]!r}")
    return root


def _repaired(data: bytes, damage: FormatError, report: Report, limits: Limits) -> etree._Element:
    text = decode(data, report, limits)
    start = re.search(r"<document[\s>]", text)
    if start is None:
        raise damage
    root = parse_repaired(text[start.start() :].encode("utf-8"), limits)
    reason = damage.message.removeprefix("this XML is damaged: ")
    where = f" ({damage.where})" if damage.where else ""
    message = f"This file is damaged: {reason}{where}. It was repaired as far as it goes."
    report(Diagnostic(Kind.WARNING, "osf.repaired-xml", message))
    return root


# ---------------------------------------------------------------- the document


@dataclass(slots=True)
class _Marked:
    """What stands on a paragraph apart from its words."""

    attributes: dict[str, str]
    shape: Shape
    at: Position


class _Document:
    def __init__(self, root: etree._Element, report: Report, limits: Limits):
        self._report = report
        self._limits = limits
        self._parts: dict[str, etree._Element] = {}
        for child in root:
            self._parts.setdefault(name_of(child), child)
        self._version = integer_of(root.get("version")) or 0
        self._settings = attributes_of(self._parts.get("settings"))
        listed = self._parts.get("styles")
        self._styles = Styles([] if listed is None else listed, self._settings)
        self._heading = self._heading_style(listed)
        self._names: dict[str, str] = {}  # of elements, as every version has them
        self._revised: set[int] = set()
        self._told: set[str] = set()

    def _heading_style(self, listed: etree._Element | None) -> dict[str, str]:
        styles = map(attributes_of, () if listed is None else listed)
        return next((one for one in styles if one.get("name", "").casefold() == "scene heading"), {})

    def screenplay(self) -> Screenplay:
        body = built(self._paras())
        setup = setup_of(self._settings | self._numbering())
        return normal(
            Screenplay(
                title_page=self._title_page(),
                body=body,
                page_setup=setup,
                revisions=self._revisions(),
            )
        )

    def _numbering(self) -> dict[str, str]:
        """Since version 40 the style of scene headings says whether numbers are shown, and where."""
        found = {"scenenumbering": "numbering", "scenenumberposition": "numberposition"}
        return {name: self._heading[own] for name, own in found.items() if own in self._heading}

    def _are_numbers_locked(self) -> bool:
        values = (self._settings.get("sceneslocked"), self._heading.get("numberlocked"))
        return any((value or "").lower() in {"true", "1"} for value in values)

    def _say(self, kind: Kind, code: str, message: str, at: Position | None = None) -> None:
        """Once a file."""
        if code not in self._told:
            self._told.add(code)
            self._report(Diagnostic(kind, code, message, at))

    # ---------------------------------------------------------------- the body

    def _paras(self) -> Iterator[Para]:
        """The paragraphs, without the empty one that Fade In leaves at the very end."""
        content = self._parts.get("paragraphs")
        if content is None or not len(content):
            message = "There is no script in this file: its part for paragraphs is missing or empty."
            self._report(Diagnostic(Kind.WARNING, "osf.no-paragraphs", message))
            return
        deadline = self._limits.deadline()
        locked = self._settings.get("pageslocked", "").lower() in {"true", "1"}
        numbered = self._are_numbers_locked()
        last: Para | None = None
        count = 0
        for element in content:
            if self._name(element) != "para":
                continue
            if last is not None:
                yield last
            count += 1
            if not count % 1000:
                deadline.check()
            if count > self._limits.paragraphs:
                raise self._limits.passed("paragraphs", "there are too many paragraphs in this script")
            last = self._para(element, Position(None, None, None, count, None), locked=locked, numbered=numbered)
        if last is not None and last != Para(paragraph=General()):
            yield last

    def _name(self, element: etree._Element) -> str:
        tag = element.tag
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = name_of(element)
        return name

    def _para(self, element: etree._Element, at: Position, *, locked: bool, numbered: bool) -> Para:
        shape, text = self._content(element)
        if not shape.is_known or shape.column:
            self._say_of_style(shape, at)
        make: Any = shape.kind
        if not element.keys():
            paragraph = make(text=text, align=shape.align, style_name=shape.style_name, layout=shape.layout, at=at)
            return Para(paragraph=typed(paragraph), dual=shape.dual, new_page=shape.new_page)
        marked = _Marked(attributes_of(element), shape, at)
        common: dict[str, Any] = {"align": shape.align, "style_name": shape.style_name, "layout": shape.layout}
        if shape.kind is SceneHeading:
            common |= self._of_heading(marked, numbered)
        self._say_lost(marked)
        attributes = marked.attributes
        return Para(
            paragraph=typed(make(text=text, at=at, **common)),
            note=_lines(attributes.get("note")),
            synopsis=_lines(attributes.get("synopsis")),
            page=attributes.get("pagenumber") or None if locked else None,
            dual=shape.dual,
            new_page=shape.new_page,
        )

    def _of_heading(self, marked: _Marked, numbered: bool) -> dict[str, Any]:
        attributes = marked.attributes
        number = (attributes.get("number") or attributes.get("scenenumber") or None) if numbered else None
        return {"number": number, "color": color_of(attributes.get("synopsiscolor"))}

    def _say_of_style(self, shape: Shape, at: Position) -> None:
        if not shape.is_known:
            message = f"The file does not say what the style {shape.style_name!r} is; its paragraphs became action."
            self._say(Kind.GUESS, "osf.unknown-style", message, at)
        if shape.column:
            message = "Two columns side by side were put one after the other."
            self._say(Kind.LOSS, "osf.columns", message, at)

    def _say_lost(self, marked: _Marked) -> None:
        if marked.attributes.get("bookmark"):
            message = "Bookmarks in the script, which links lead to, were left out."
            self._say(Kind.LOSS, "osf.bookmark", message, marked.at)
        if marked.attributes.get("synopsiscolor") and marked.shape.kind is not SceneHeading:
            message = "Only scenes have a colour; that of another paragraph was left out."
            self._say(Kind.LOSS, "osf.color-of-paragraph", message, marked.at)

    # ---------------------------------------------------------------- words

    def _content(self, element: etree._Element) -> tuple[Shape, Text]:
        own: Mapping[str, str] = {}
        texts: list[etree._Element] = []
        marks: etree._Element | None = None
        for child in element:
            name = self._name(child)
            if name == "text":
                texts.append(child)
            elif name == "style":
                own = cast(Any, child.attrib)
            elif name == "marks":
                marks = child
        shape = self._styles.shape(own)
        text = self._text(texts, shape)
        if marks is not None and len(marks):
            text = self._with_deletions(text, marks)
        return shape, text

    def _text(self, texts: list[etree._Element], shape: Shape) -> Text:
        run, settings = self._styles.run, shape.words
        if len(texts) == 1 and self._version > _MARKED_UP and not len(texts[0]):
            said = texts[0].text or ""
            attributes: Any = texts[0].attrib
            if "\n" not in said and not attributes:
                return (run(said, {}, settings),) if said else ()
        text: list[Inline] = []
        for child in texts:
            for said, attributes in self._pieces(child):
                for number, line in enumerate(said.split("\n")):
                    if number:
                        text.append(LineBreak())
                    if line:
                        one = run(line, attributes, settings)
                        if one.revision:
                            self._revised.add(one.revision)
                        text.append(one)
        if self._version <= _MARKED_UP and not any(isinstance(one, Run) for one in text):
            return ()  # old programs wrote a line feed for an empty line
        return tuple(text)

    def _pieces(self, child: etree._Element) -> Iterator[tuple[str, dict[str, str]]]:
        said = "".join(cast(Any, child.itertext())) if len(child) else child.text or ""
        attributes: Any = child.attrib
        if "link" in attributes:
            message = "Links in the script were left out; their words were kept."
            self._say(Kind.LOSS, "osf.link", message)
        if self._version <= _MARKED_UP:
            return pieces(said, dict(attributes))
        return iter(((said, attributes),))

    def _with_deletions(self, text: Text, marks: etree._Element) -> Text:
        """Places count characters as Fade In does: in UTF-16 units of the whole text."""
        waiting: list[tuple[int, int]] = []
        for mark in marks:
            attributes = attributes_of(mark)
            at, revision = integer_of(attributes.get("at")), integer_of(attributes.get("revision"))
            if at is not None and revision is not None and 0 < revision <= LARGEST:
                waiting.append((max(at, 0), revision))
        waiting.sort(key=lambda mark: mark[0])
        waiting.reverse()
        self._revised.update(revision for _, revision in waiting)
        return tuple(_marked(text, waiting))

    # ---------------------------------------------------------------- around the body

    def _title_page(self) -> TitlePage | None:
        content = self._parts.get("titlepage")
        if content is not None:
            lines = [self._title_line(element) for element in content if self._name(element) == "para"]
            return settled(title_page_of(lines))
        return settled(self._old_title_page(attributes_of(self._parts.get("info"))))

    def _title_line(self, element: etree._Element) -> TitleLine:
        shape, text = self._content(element)
        layout = shape.layout if shape.kind is General else None  # else it is relative to another element
        paragraph = General(text=text, align=shape.align, layout=layout)
        bookmark = attributes_of(element).get("bookmark") or None
        return TitleLine(bookmark, paragraph, shape.new_page)

    def _old_title_page(self, info: Mapping[str, str]) -> TitlePage | None:
        fields: list[TitleField] = []
        for name, attribute in _OLD_FIELDS:
            said = _lines(info.get(attribute))
            if said:
                lines = tuple(lines_of(line) for line in said.split("\n"))
                if name == "Title" and "<u>" in info.get("titleformat", ""):
                    lines = tuple(tuple(map(_underlined, line)) for line in lines)
                fields.append(TitleField(name=name, lines=lines))
        if all(_OLD_DEFAULTS.get(one.name) == _said(one).strip().lower() for one in fields):
            return None
        return TitlePage(fields=tuple(fields))

    def _revisions(self) -> Revisions | None:
        lists = self._parts.get("lists")
        colors = next((part for part in lists if name_of(part) == "revisioncolors"), ()) if lists is not None else ()
        sets = [set_of(place, attributes_of(color)) for place, color in enumerate(colors)]
        active = integer_of(self._settings.get("revision"))
        shown = self._settings.get("showallrevisions") or self._settings.get("showrevisions", "")
        known = [one for one in sets if one is not None]
        return revisions_of(known, active, self._revised, show_all=shown.lower() in {"true", "all"})


_OLD_FIELDS = (
    ("Title", "title"),
    ("Subtitle", "subtitle"),
    ("Credit", "writtenby"),
    ("Draft date", "drafts"),
    ("Copyright", "copyright"),
    ("Contact", "contact"),
)
_OLD_DEFAULTS = {
    "Title": "untitled screenplay",
    "Credit": "written by",
    "Copyright": "copyright (c)",
    "Draft date": "first draft",
}


def _said(one: TitleField) -> str:
    return "\n".join(map(words, one.lines))


def _underlined(inline: Any) -> Any:
    return replace(inline, style=inline.style | Style.UNDERLINE) if isinstance(inline, Run) else inline


def _lines(said: str | None) -> str | None:
    """What an attribute says, with line feeds alone as line ends."""
    if not said:
        return None
    return allowed(said.replace("\r\n", "\n").replace("\r", "\n")) or None


def _marked(text: Text, waiting: list[tuple[int, int]]) -> Iterator[Inline]:
    """The text with the marks at their places; `waiting` has the last one first."""
    place = 0
    for inline in text:
        if not isinstance(inline, Run):
            while waiting and waiting[-1][0] <= place:
                yield Deletion(revision=waiting.pop()[1])
            place += 1
            yield inline
            continue
        rest = inline.text
        start, place = place, place + _units(rest)
        while waiting and waiting[-1][0] < place:
            at, revision = waiting.pop()
            cut = _cut(rest, at - start)
            if cut:
                yield replace(inline, text=rest[:cut])
            start, rest = start + _units(rest[:cut]), rest[cut:]
            yield Deletion(revision=revision)
        if rest:
            yield replace(inline, text=rest)
    while waiting:
        yield Deletion(revision=waiting.pop()[1])


def _units(said: str) -> int:
    return len(said) if said.isascii() else len(said) + sum(1 for char in said if char > "\uffff")


def _cut(said: str, offset: int) -> int:
    """How many characters make so many UTF-16 units."""
    if said.isascii():
        return max(offset, 0)
    length = 0
    for count, char in enumerate(said):
        if length >= offset:
            return count
        length += 2 if char > "\uffff" else 1
    return len(said)
