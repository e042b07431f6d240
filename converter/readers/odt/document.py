"""The paragraphs and tables of an OpenDocument text, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.contract import Diagnostic, FormatError, Kind, Limits, Report
from converter.normal import allowed
from converter.readers.odt.styles import Format, Node, Styles, o, twips
from converter.records import dataclass, field, replace
from converter.recovery.documents.flow import Stuff
from converter.recovery.documents.foreign import Foreign, ForeignRow
from converter.recovery.documents.lines import struck_out
from converter.recovery.documents.names import named
from converter.tree import (
    Deletion,
    Inline,
    LineBreak,
    Note,
    Position,
    Revisions,
    RevisionSet,
    Run,
    Section,
    Style,
    Synopsis,
    Text,
)
from converter.twips import INCH, PAGE

_BLANKS = re.compile(r"[ \t\r\n]+")
_ONLY_NUMBERS = re.compile(r"(?:page|seite|p[aá]gina|pag|pg|p|of|von|de|di|[\W\d_])*", re.IGNORECASE)
_SKIPPED = {o("text:tracked-changes"), o("text:sequence-decls"), o("office:forms"), o("text:variable-decls"),
            o("text:user-field-decls"), o("office:annotation-end"), o("text:ruby-text")}  # fmt: skip
_INDEXES = {o(f"text:{name}") for name in ("table-of-content", "alphabetical-index", "illustration-index")}
_PARAGRAPHS = (o("text:p"), o("text:h"))
_MOST_BLANKS = 1_000


@dataclass(slots=True)
class _Words:
    inlines: list[Inline] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    after_blank: bool = True  # so that a blank is none


class Document:
    def __init__(self, content: Node, styles: Node | None, report: Report, limits: Limits):
        self._report = report
        self._limits = limits
        self._body = content.find(f"{o('office:body')}/{o('office:text')}")
        if self._body is None:
            raise FormatError("this OpenDocument file is no text; open it in LibreOffice and save its text as .odt")
        self._paragraph_styles, self._word_styles = Styles(), Styles()
        self._width, self._left, self._right = PAGE[0], INCH, INCH
        self._height = PAGE[1]
        for root in (styles, content):
            if root is not None:
                self._read_styles(root)
        self._authors: dict[str, int] = {}
        self._deleted: dict[str, Deletion] = {}
        self._inserted: dict[str, int] = {}
        self._revision: int | None = None  # of the words being read
        self._paragraphs = 0
        self._pictures = 0
        self._break_behind = False
        if styles is not None:
            self._report_bands(styles)

    def revisions(self) -> Revisions | None:
        sets = tuple(RevisionSet(id=id_, name=name) for name, id_ in self._authors.items())
        return Revisions(sets=sets) if sets else None

    def paper(self) -> tuple[int, int]:
        return self._width, self._height

    def stuff(self) -> list[Stuff]:
        self._read_changes()
        stuff = list(self._flow(self._body))
        if self._pictures:
            what = "A picture or embedded object was" if self._pictures == 1 else f"{self._pictures} pictures were"
            self._warn("odt.pictures", f"{what} left out: a script holds words alone.")
        return stuff

    def _warn(self, code: str, message: str, at: Position | None = None) -> None:
        self._report(Diagnostic(Kind.WARNING, code, message, at))

    # ---------------------------------------------------------------- styles and pages

    def _read_styles(self, root: Node) -> None:
        for place in ("office:styles", "office:automatic-styles"):
            parent = root.find(o(place))
            for node in () if parent is None else parent:
                family = node.get(o("style:family"))
                styles = {"paragraph": self._paragraph_styles, "text": self._word_styles}.get(family)
                if node.tag == o("style:default-style") and family == "paragraph":
                    from converter.readers.odt.styles import format_of

                    self._paragraph_styles.default = format_of(node)._replace(new_page=None)
                elif node.tag == o("style:style") and styles is not None:
                    styles.add(node, automatic=place != "office:styles")
                elif node.tag == o("style:page-layout"):
                    self._read_page(node)

    def _read_page(self, layout: Node) -> None:
        said = layout.find(o("style:page-layout-properties"))
        if said is None:
            return
        both = twips(said.get(o("fo:margin")))
        self._width = twips(said.get(o("fo:page-width"))) or self._width
        self._height = twips(said.get(o("fo:page-height"))) or self._height
        for name in ("left", "right"):
            found = twips(said.get(o(f"fo:margin-{name}")))
            found = both if found is None else found
            if found is not None:
                setattr(self, f"_{name}", found)

    def _report_bands(self, styles: Node) -> None:
        told: set[str] = set()
        for node in styles.iter(o("style:header"), o("style:footer"), o("style:header-first"), o("style:footer-first")):
            said = " ".join(allowed(" ".join(node.itertext())).split())
            if said not in told and not _ONLY_NUMBERS.fullmatch(said):
                told.add(said)
                which = "header" if "header" in node.tag else "footer"
                self._warn("odt.page-header", f"The {which} of these pages was left out: {said[:200]!r}.")

    # ---------------------------------------------------------------- tracked changes

    def _read_changes(self) -> None:
        for region in self._body.iter(o("text:changed-region")):
            id_ = region.get(o("xml:id")) or region.get(o("text:id")) or ""
            for change in region:
                creator = change.find(f"{o('office:change-info')}/{o('dc:creator')}")
                author = "" if creator is None else " ".join(allowed("".join(creator.itertext())).split())
                revision = self._authors.setdefault(author or "Unknown", len(self._authors) + 1)
                if change.tag == o("text:deletion"):
                    self._deleted[id_] = Deletion(revision=revision, text=self._deleted_words(change))
                elif change.tag == o("text:insertion"):
                    self._inserted[id_] = revision

    def _deleted_words(self, change: Node) -> tuple[Run | LineBreak, ...]:
        words: list[Run | LineBreak] = []
        for node in change.iter(*_PARAGRAPHS):
            text = self._words(node).inlines
            words += [*([LineBreak()] if words else []), *(one for one in text if isinstance(one, Run | LineBreak))]
        return tuple(words)

    # ---------------------------------------------------------------- the flow

    def _flow(self, parent: Node) -> Iterator[Stuff]:
        for node in _blocks(parent):
            if node.tag in _PARAGRAPHS:
                yield from self._paragraph(node)
            elif node.tag == o("table:table"):
                yield from self._table(node)
            elif node.tag in _INDEXES:
                self._report_index(node)
            elif node.tag.startswith(o("draw:")):
                yield from self._box(node)
            else:
                self._mark(node)

    def _report_index(self, node: Node) -> None:
        message = "A table of contents or index was left out."
        self._report(Diagnostic(Kind.GUESS, "odt.dropped-furniture", message, Position(paragraph=self._paragraphs + 1)))

    def _box(self, node: Node) -> Iterator[Stuff]:
        boxes = list(node.iter(o("draw:text-box")))
        self._pictures += not boxes
        for box in boxes[:1]:  # those in it come with it
            yield from self._flow(box)

    def _table(self, table: Node) -> Iterator[Stuff]:
        for row in table.iter(o("table:table-row")):
            if next(row.iterancestors(o("table:table"))) is not table:
                continue  # of a table in a cell, which is read with it
            cells: list[list[Foreign]] = []
            others: list[Stuff] = []
            for cell in row:
                if cell.tag == o("table:table-cell"):
                    found = list(self._flow(cell))
                    nested = [one for row_ in found if isinstance(row_, ForeignRow) for c in row_.cells for one in c]
                    cells.append([one for one in found if isinstance(one, Foreign)] + nested)
                    others += [one for one in found if not isinstance(one, Foreign | ForeignRow)]
            if cells:
                yield ForeignRow(cells=cells)
            yield from others

    def _paragraph(self, node: Node) -> Iterator[Stuff]:
        self._paragraphs += 1
        if self._paragraphs > self._limits.paragraphs:
            raise self._limits.passed("paragraphs", "this document has too many paragraphs")
        if self._paragraphs % 1000 == 0:
            self._limits.deadline().check()
        at = Position(paragraph=self._paragraphs)
        style = node.get(o("text:style-name"))
        said = self._paragraph_styles.format(style)
        words = self._words(node)
        one = self._foreign(node, style, said, tuple(words.inlines), at)
        yield struck_out(one) or one
        for box in words.boxes:
            yield from self._box(box)

    def _foreign(self, node: Node, style: str | None, said: Format, text: Text, at: Position) -> Foreign:
        names = self._paragraph_styles.names(style)
        kind = named(names)
        sheet = self._paragraph_styles.format(style, own=False)
        breaks = int(bool(said.new_page)) + self._break_behind
        self._break_behind = bool(said.ends_page)
        level = node.get(o("text:outline-level")) if node.tag == o("text:h") else None
        return Foreign(
            text=self._visible(text, said, kind is not None and kind.kind in (Synopsis, Section), at),
            named=kind,
            style=names[0] if names and names[0] not in ("Standard", "Default Paragraph Style") else None,
            left=self._left + (said.left or 0) + (said.first or 0),
            right=self._width - self._right - (said.right or 0),
            tabs=tuple(self._left + (said.left or 0) + stop for stop in said.tabs or ()),
            align=said.align,
            before=said.before or 0,
            after=said.after or 0,
            breaks=breaks,
            break_behind=bool(said.ends_page),
            number=None,
            capitals=Style.ALL_CAPS in sheet.on,
            at=at,
            level=int(level) if level and re.fullmatch("[1-9]", level) else self._paragraph_styles.level(style),
        )

    def _visible(self, text: Text, said: Format, is_kept: bool, at: Position) -> Text:
        """Without hidden words, which no page prints."""
        if is_kept:
            return tuple(replace(one, style=one.style & ~Style.HIDDEN) if isinstance(one, Run) else one for one in text)
        hidden = Style.HIDDEN in said.on
        seen = tuple(one for one in text if not isinstance(one, Run) or not hidden and Style.HIDDEN not in one.style)
        if len(seen) != len(text):
            self._warn("odt.hidden-text", "Hidden text was left out: no page of this document prints it.", at)
        return seen

    # ---------------------------------------------------------------- words

    def _words(self, node: Node) -> _Words:
        words = _Words()
        own = self._paragraph_styles.format(node.get(o("text:style-name"))).on
        sheet = self._paragraph_styles.format(node.get(o("text:style-name")), own=False).on
        self._read(node, own & ~sheet & ~Style.HIDDEN, words)
        return words

    def _read(self, parent: Node, style: Style, words: _Words) -> None:
        self._say(parent.text, style, words)
        for node in parent:
            self._inline(node, style, words)
            self._say(node.tail, style, words)

    def _inline(self, node: Node, style: Style, words: _Words) -> None:
        tag = node.tag
        if tag in _SKIPPED:
            return
        match tag:
            case _Tags.span:
                own = self._word_styles.format(node.get(o("text:style-name")))
                self._read(node, style & ~own.off | own.on, words)
            case _Tags.blanks:
                said = node.get(o("text:c")) or "1"
                count = min(int(said), _MOST_BLANKS) if re.fullmatch("[0-9]{1,9}", said) else 1
                self._add(" " * count, style, words)
                words.after_blank = False
            case _Tags.tab:
                self._add("\t", style, words)
                words.after_blank = True
            case _Tags.line_break:
                words.inlines.append(LineBreak())
                words.after_blank = True
            case _Tags.note:
                self._note(node.find(o("text:note-body")), words)
            case _Tags.annotation:
                self._note(node, words)
            case _Tags.change | _Tags.change_start | _Tags.change_end:
                self._mark(node, words)
            case _ if tag.startswith(o("draw:")):
                words.boxes.append(node)
            case _:
                self._read(node, style, words)

    def _mark(self, node: Node, words: _Words | None = None) -> None:
        id_ = node.get(o("text:change-id")) or ""
        if node.tag == _Tags.change_start:
            self._revision = self._inserted.get(id_)
        elif node.tag == _Tags.change_end:
            self._revision = None
        elif words is not None and id_ in self._deleted:
            words.inlines.append(self._deleted[id_])

    def _note(self, node: Node | None, words: _Words) -> None:
        if node is None:
            return
        lines = ["".join(_plain(one)) for one in node.iter(*_PARAGRAPHS)]
        creator, date = node.find(o("dc:creator")), node.find(o("dc:date"))
        text = allowed("\n".join(lines)).strip()
        if text:
            author = None if creator is None else " ".join(allowed("".join(creator.itertext())).split()) or None
            when = None if date is None else allowed(date.text or "").partition(".")[0].strip() or None
            words.inlines.append(Note(text=text, author=author, date=when))

    def _say(self, text: str | None, style: Style, words: _Words) -> None:
        """Blanks in a row are one, and none at the start of a line."""
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if words.after_blank:
            text = text.removeprefix(" ")
        if text:
            self._add(text, style, words)
            words.after_blank = text.endswith(" ")

    def _add(self, text: str, style: Style, words: _Words) -> None:
        text = allowed(text)
        last = words.inlines[-1] if words.inlines else None
        if text and isinstance(last, Run) and (last.style, last.revision) == (style, self._revision):
            words.inlines[-1] = replace(last, text=last.text + text)
        elif text:
            words.inlines.append(Run(text=text, style=style, revision=self._revision))


class _Tags:
    span, blanks, tab, line_break = o("text:span"), o("text:s"), o("text:tab"), o("text:line-break")
    note, annotation = o("text:note"), o("office:annotation")
    change, change_start, change_end = o("text:change"), o("text:change-start"), o("text:change-end")


def _blocks(parent: Node) -> Iterator[Node]:
    """Paragraphs, tables and what stands beside them, whatever lists and sections they lie in."""
    wrappers = {o(f"text:{name}") for name in ("list", "list-item", "list-header", "section", "numbered-paragraph")}
    waiting = list(reversed(parent))
    while waiting:
        node = waiting.pop()
        if node.tag in wrappers:
            waiting.extend(reversed(node))
        elif node.tag not in _SKIPPED:
            yield node


def _plain(node: Node) -> Iterator[str]:
    yield _BLANKS.sub(" ", node.text or "")
    for one in node.iterdescendants():
        if one.tag == _Tags.blanks:
            yield " "
        elif one.tag == _Tags.line_break:
            yield "\n"
        yield _BLANKS.sub(" ", one.text or "")
        yield _BLANKS.sub(" ", one.tail or "")
