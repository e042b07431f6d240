"""Word documents: our own by their styles, anybody's by style names, position and words.

What is not said by a style is guessed and reported. docs/formats/docx.md has the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from converter.contract import DEFAULT_LIMITS, Limits, Reader, Report, Sniff, Source, ignore
from converter.notation import docx as notation
from converter.notation.docx import Role, w
from converter.readers.docx import assemble, ours
from converter.readers.docx.assemble import Alternate, Item, Line, Loose, Pair
from converter.readers.docx.notes import comments, footnotes
from converter.readers.docx.ours import Geometry
from converter.readers.docx.package import Node, Package
from converter.readers.docx.styles import Meaning, Styles, twips, value
from converter.readers.docx.text import Authors, TextReader
from converter.tree import (
    Action,
    Band,
    Character,
    General,
    Margins,
    PageField,
    PageSetup,
    Paper,
    Position,
    Revisions,
    RevisionSet,
    Run,
    Screenplay,
    Text,
    TitleField,
    TitlePage,
    normal,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose yet."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    return _Document(source.data, report, limits).screenplay()


def sniff(data: bytes) -> Sniff:
    """A zip archive with a part that Word documents have; the names stand in the clear."""
    if not data.startswith(b"PK\x03\x04"):
        return Sniff.NO
    if b"word/" in data:
        return Sniff.SURE
    return Sniff.MAYBE if b"[Content_Types].xml" in data else Sniff.NO


READER = Reader("docx", (".docx",), Options, read, sniff)


class _Document:
    def __init__(self, data: bytes, report: Report, limits: Limits):
        self._report = report
        self._limits = limits
        self._package = Package(data, limits, report)
        self._styles = Styles(self._package.part("styles"))
        self._told = notation.from_properties(_custom_properties(self._package))
        self._literal = self._styles.ours and _application(self._package) == notation.APPLICATION
        sets = self._told.revisions.sets if self._told.revisions else ()
        self._authors = Authors(notation.revision_authors(sets))
        self._text = TextReader(
            self._styles,
            comments(self._package.part("comments"), self._styles),
            footnotes(self._package.part("footnotes"), "footnote")
            | footnotes(self._package.part("endnotes"), "endnote"),
            self._authors,
            report,
        )
        self._text.literal = self._literal
        self._paragraphs = 0
        self._fields: list[tuple[str, list[Text]]] = []
        self._sheets: list[list[General]] = []

    def screenplay(self) -> Screenplay:
        body = self._package.document().find(w("body"))
        sections = _sections(body) if body is not None else []
        self._pages = [_geometry(section) for section in sections] or [_geometry(None)]
        last = sections[-1] if sections else None
        items = list(self._items(body)) if body is not None else []
        return normal(
            Screenplay(
                title_page=self._title_page(),
                body=assemble.body(items),
                page_setup=self._page_setup(last),
                revisions=self._revisions(),
                tags=self._told.tags,
                styles=self._told.styles,
            )
        )

    # ---------------------------------------------------------------- the flow

    def _items(self, body: Node) -> Iterator[Item]:
        deadline = self._limits.deadline()
        section = 0
        for block in _blocks(body):
            if block.tag == w("tbl"):
                yield from self._table(block, section)
            elif block.tag != w("p"):
                self._text.add_anchor(block)
            else:
                if self._paragraphs % 1000 == 0:
                    deadline.check()
                item = self._paragraph(block, section)
                if item is not None:
                    yield item
                section += _ends_section(block)

    def _table(self, table: Node, section: int) -> Iterator[Item]:
        for row in _rows(table):
            cells = [list(_paragraphs(cell)) for cell in row]
            if len(cells) == 2 and all(self._begins_with_cue(cell) for cell in cells):
                left, right = (tuple(self._column(cell, section)) for cell in cells)
                yield Pair(left=left, right=right)
                continue
            for cell in cells:
                for paragraph in cell:
                    item = self._paragraph(paragraph, section)
                    if item is not None:
                        yield item

    def _begins_with_cue(self, cell: list[Node]) -> bool:
        for paragraph in cell:
            meaning = self._styles.meaning(_style_id(paragraph))
            if meaning is not None and meaning.base.role is Role.ELEMENT:
                return meaning.base.kind is Character
        return False

    def _column(self, cell: list[Node], section: int) -> Iterator[Line | Loose | Alternate]:
        for paragraph in cell:
            item = self._paragraph(paragraph, section)
            if item is not None:
                yield item

    def _paragraph(self, node: Node, section: int) -> Line | Loose | Alternate | None:
        self._paragraphs += 1
        at = Position(paragraph=self._paragraphs)
        properties = node.find(w("pPr"))
        style = _style_id(node)
        format_ = self._styles.format(style)
        content = self._text.read(node, format_, at)
        meaning = self._styles.meaning(style)
        page = self._pages[min(section, len(self._pages) - 1)]
        inherited = None if self._literal else format_
        if meaning is None:
            return Line(paragraph=Action(text=cast(Text, tuple(content.text)), at=at), breaks=content.breaks)
        if meaning.base.role is Role.FIELD:
            self._title_field(meaning, cast(Text, tuple(content.text)))
            return None
        if meaning.base.role is Role.SHEET:
            line, begins = ours.sheet_line(meaning, content, properties, inherited, page, at)
            if begins or not self._sheets:
                self._sheets.append([])
            self._sheets[-1].append(line)
            return None
        return ours.body_line(meaning, content, properties, inherited, page, at)

    # ---------------------------------------------------------------- around the body

    def _title_field(self, meaning: Meaning, text: Text) -> None:
        name = meaning.style_name if meaning.style_name is not None else meaning.base.field
        if self._fields and self._fields[-1][0] == name:
            self._fields[-1][1].append(text)
        else:
            self._fields.append((name, [text]))

    def _title_page(self) -> TitlePage | None:
        found = tuple(
            TitleField(name=name, lines=() if lines == [()] else tuple(lines)) for name, lines in self._fields
        )
        sheets = tuple(map(tuple, self._sheets))
        return TitlePage(fields=found, sheets=sheets) if found or sheets else None

    def _revisions(self) -> Revisions | None:
        new = tuple(RevisionSet(id=id_, name=name) for id_, name in self._authors.new.items())
        told = self._told.revisions
        if not new:
            return told
        return replace(told or Revisions(), sets=(*(told.sets if told else ()), *new))

    def _page_setup(self, section: Node | None) -> PageSetup | None:
        """What the properties tell, and what the page itself says otherwise."""
        told = self._told.setup or PageSetup()
        if section is None:
            return self._told.setup
        setup = replace(told, **_paper_and_margins(section, told, margins=self._styles.ours))
        for name in ("header", "footer"):
            band = getattr(setup, name)
            if band is not None:
                changes: dict[str, Any] = {name: self._band(section, name, band.on_first_page)}
                setup = replace(setup, **changes)
        return setup

    def _band(self, section: Node, name: str, on_first_page: bool) -> Band:
        reference = next((one for one in section.iter(w(f"{name}Reference")) if one.get(w("type")) == "default"), None)
        root = (
            self._package.related(reference.get(f"{{{notation.RELATIONSHIPS}}}id")) if reference is not None else None
        )
        paragraph = None if root is None else root.find(w("p"))
        if paragraph is None:
            return Band(on_first_page=on_first_page)
        reader = TextReader(self._styles, {}, {}, self._authors, self._report)
        reader.in_band, reader.literal = True, self._literal
        parts: list[list[Run | PageField]] = [[], [], []]
        place = 0
        for inline in reader.read(paragraph, self._styles.format(_style_id(paragraph)), None).text:
            if isinstance(inline, PageField):
                parts[place].append(inline)
            elif isinstance(inline, Run):
                pieces = inline.text.split("\t")
                for number, piece in enumerate(pieces):
                    place = min(2, place + bool(number))
                    if piece:
                        parts[place].append(replace(inline, text=piece))
        left, center, right = map(tuple, parts)
        return Band(left=left, center=center, right=right, on_first_page=on_first_page)


# ---------------------------------------------------------------- the parts of a document

_FLOW = {w("p"), w("tbl")}
_ANCHORS = {w(name) for name in ("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd")}
_AROUND = {w(name) for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}


def _blocks(parent: Node) -> Iterator[Node]:
    """Paragraphs, tables and the anchors between them, also those in content controls."""
    waiting = [iter(parent)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.tag in _FLOW or node.tag in _ANCHORS:
            yield node
        elif node.tag in _AROUND:
            waiting.append(iter(node))


def _rows(table: Node) -> Iterator[list[Node]]:
    for row in _inner(table, w("tr")):
        yield list(_inner(row, w("tc")))


def _inner(parent: Node, tag: str) -> Iterator[Node]:
    waiting = [iter(parent)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.tag == tag:
            yield node
        elif node.tag in _AROUND:
            waiting.append(iter(node))


def _paragraphs(cell: Node) -> Iterator[Node]:
    """Those of tables in the cell too."""
    yield from cell.iter(w("p"))


def _style_id(paragraph: Node) -> str | None:
    properties = paragraph.find(w("pPr"))
    return None if properties is None else value(properties, "pStyle")


def _sections(body: Node) -> list[Node]:
    return list(body.iter(w("sectPr")))


def _ends_section(paragraph: Node) -> int:
    properties = paragraph.find(w("pPr"))
    return int(properties is not None and properties.find(w("sectPr")) is not None)


def _geometry(section: Node | None) -> Geometry:
    width, left, right = notation.DEFAULT_PAPER[0], notation.LEFT_MARGIN, notation.RIGHT_MARGIN
    if section is not None:
        size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        if size is not None:
            width = twips(size.get(w("w"))) or width
        if margins is not None:
            said = twips(margins.get(w("left"))), twips(margins.get(w("right")))
            left, right = (default if one is None else one for one, default in zip(said, (left, right), strict=True))
    return Geometry(left, width - right)


def _paper_and_margins(section: Node, told: PageSetup, *, margins: bool) -> dict[str, Any]:
    """Paper and margins where the page has others than those that were told."""
    changes: dict[str, Any] = {}
    size, edges = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is not None:
        width, height = twips(size.get(w("w"))), twips(size.get(w("h")))
        expected = notation.paper_twips(told)
        if width and height and max(abs(width - expected[0]), abs(height - expected[1])) > 20:
            changes["paper"] = Paper(width=round(width / notation.INCH, 2), height=round(height / notation.INCH, 2))
    if margins and edges is not None:
        said = [twips(edges.get(w(name))) for name in ("top", "bottom", "header", "footer")]
        known = [one for one in said if one is not None]
        pairs = zip(known, notation.margin_twips(told), strict=False)
        if len(known) == 4 and any(abs(one - other) > 20 for one, other in pairs):
            top, bottom, header, footer = map(notation.points, known)
            changes["margins"] = Margins(top=top, bottom=bottom, header=header, footer=footer)
    return changes


def _application(package: Package) -> str:
    root = package.top_part("extended-properties", "docProps/app.xml")
    nodes: Iterable[Node] = () if root is None else root
    return next((node.text or "" for node in nodes if node.tag.endswith("}Application")), "")


def _custom_properties(package: Package) -> dict[str, str]:
    root = package.top_part("custom-properties", "docProps/custom.xml")
    nodes: Iterable[Node] = () if root is None else root
    return {node.get("name", ""): "".join(node.itertext()) for node in nodes}
