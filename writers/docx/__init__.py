"""Word: a script that a person can go on editing. docs/formats/docx.md says what a document holds.

Every element is a paragraph style of Final Draft's name; the tree comes back from what Word itself keeps when it saves.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

from lxml import etree

from converter.contract import DEFAULT_LIMITS, Limits, Report, Writer, ignore, option
from converter.layout.select import is_selective
from converter.layout.style import PageOptions, Setup
from converter.layout.titlepage import field_places
from converter.notation import docx as notation
from converter.notation.docx import w
from converter.records import dataclass, replace
from converter.tree import (
    Align,
    Band,
    Element,
    PageField,
    Paragraph,
    Screenplay,
    Section,
    TitleField,
    TitlePage,
    paragraphs,
    words,
)
from writers.docx import package
from writers.docx.body import Body
from writers.docx.fit import HOLDS as HOLDS
from writers.docx.fit import fit as fit_tree
from writers.docx.heard import refuse_unheard
from writers.docx.locked import NO_PLAN, page_plan
from writers.docx.pages import Numbered, end_sections, keep_pages, numbered, only_printed
from writers.docx.properties import FieldSetting
from writers.docx.reference import reference_parts, with_reference
from writers.docx.runs import Node
from writers.docx.styles import Looks, Shown, field_align, style_sheet, written_measures

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(PageOptions):
    pagination: Literal["flow", "locked"] = option(
        "flow", "flow: Word breaks the pages; locked: they are those of the PDF, with (MORE) and (CONT'D) typed in."
    )
    real_caps: bool = option(
        False, "Type capitals where an element has them, for programs that ignore Word's capitals."
    )
    font: str = option("Courier New", "The typeface; computers without it show Courier New or one of its width.")
    reference_docx: str | bytes | None = option(
        None, "A document of your own, as a path or its bytes: where it has a style of our names, that is used."
    )
    changes: Literal["marks", "tracked"] = option(
        "marks",
        "What becomes of words that were cut. marks: their place is marked; tracked: Word can bring them back.",
    )
    language: str = option("en-US", "The language of the script, for Word's spelling check: en-GB, fr-FR.")


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    refuse_unheard(options)
    fitted = fit(_wanted(screenplay, options), options, report)
    return package.pack(_Document(fitted, options, report, limits).parts())


def _wanted(screenplay: Screenplay, options: Options) -> Screenplay:
    if is_selective(options):
        return only_printed(screenplay, options)
    return screenplay if options.title_page else replace(screenplay, title_page=None)


def to_document(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> WordDocument:
    """The document as an object of python-docx, for those who go on with it in Python."""
    from docx import Document

    return Document(io.BytesIO(write(screenplay, options, report, limits)))


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    capitals = _drawn_in_capitals(screenplay, options) if options.real_caps else frozenset()
    return fit_tree(screenplay, report, capitals, tracked=options.changes == "tracked")


def _drawn_in_capitals(screenplay: Screenplay, options: Options) -> frozenset[type[Paragraph]]:
    setup = Setup(screenplay, options, ignore)
    kinds = {base.kind for base in notation.BASES.values() if base.kind is not None}
    return frozenset(kind for kind in kinds if setup.measure(kind()).face.capitals)


class _Document:
    def __init__(self, fitted: Screenplay, options: Options, report: Report, limits: Limits):
        self._screenplay = fitted
        self._options = options
        self._limits = limits
        self._setup = Setup(fitted, options, report)
        self._paper = round(self._setup.width * notation.POINT), round(self._setup.height * notation.POINT)
        sets = fitted.revisions.sets if fitted.revisions else ()
        self._authors = notation.revision_authors(sets)
        self._is_selective = is_selective(options)
        self._locked = options.pagination == "locked" or self._is_selective
        self._plan = page_plan(fitted, options, self._setup, limits) if self._locked else NO_PLAN
        self._body = Body(self._setup, self._authors, limits.deadline(), self._paper[0], self._plan)

    def parts(self) -> dict[str, Node]:
        screenplay = self._screenplay
        if screenplay.title_page is not None:
            self._title_page(screenplay.title_page)
        self._body.write(screenplay.body)
        placed = keep_pages(self._body.placed, self._plan.chosen) if self._is_selective else self._body.placed
        sections = self._sections()
        bands = self._bands(sections)
        *ended, last = (self._section(bands, one, begins=one is sections[0]) for one in sections)
        end_sections(placed, [one.page for one in sections[1:]], ended, self._body.section_end)
        self._body.root.append(last)
        looks = Looks(self._options.font, self._options.language)
        shown = Shown(self._options.sections, self._options.synopses, _deepest_section(screenplay.body))
        styles = style_sheet(self._setup, looks, shown, self._body.styles, screenplay.styles)
        parts = {
            "word/document.xml": self._body.document,
            **self._styles(styles),
            "word/settings.xml": package.settings(),
            "word/fontTable.xml": package.font_table(self._options.font),
            **bands,
            "docProps/core.xml": package.core_properties(*self._credits(), self._options.language),
            "docProps/app.xml": package.app_properties(),
        }
        if self._body.comments:
            parts["word/comments.xml"] = package.comments(self._body.comments)
        properties = notation.to_properties(screenplay)
        if self._locked:
            properties[notation.LOCKED] = "locked"
        if self._options.reference_docx is None:
            properties[notation.MEASURES] = notation.to_measures(written_measures(styles))
        if properties:
            parts["docProps/custom.xml"] = package.custom_properties(properties)
        return parts

    def _styles(self, ours: Node) -> dict[str, Node]:
        if self._options.reference_docx is None:
            return {"word/styles.xml": ours}
        parts = reference_parts(self._options.reference_docx, self._limits)
        merged = with_reference(ours, parts["word/styles.xml"], as_typed=self._options.as_typed)
        return {**parts, "word/styles.xml": merged}

    def _credits(self) -> tuple[str, str]:
        """Title and author for the document's properties."""
        page = self._screenplay.title_page
        said = {one.name.casefold(): _field_words(one) for one in reversed(page.fields)} if page else {}
        return said.get("title", ""), said.get("author") or said.get("authors", "")

    # ---------------------------------------------------------------- title page

    def _title_page(self, page: TitlePage) -> None:
        """As the source drew it, with the fields hidden in front; else the fields where the PDF has them."""
        hidden = bool(page.sheets)
        settings = [FieldSetting()] * len(page.fields) if hidden else self._field_settings(page.fields)
        for one, setting in zip(page.fields, settings, strict=True):
            for line in one.lines or ((),):
                self._body.write_field(one.name, line, setting, hidden)
                setting = setting._replace(space_before=0)
        for number, sheet in enumerate(page.sheets):
            for place, paragraph in enumerate(sheet):
                self._body.write_sheet_line(paragraph, new_page=bool(number) and not place)
        if settings and settings[-1].frame is not None:
            self._body.write_marker()  # what stands in a frame cannot end a section
        properties = etree.Element(w("sectPr"))
        self._page(properties)
        self._body.end_section(properties)

    def _field_settings(self, fields: tuple[TitleField, ...]) -> list[FieldSetting]:
        """The foot in frames, and the middle too if the script has it in an order other than the page's."""
        places = field_places(fields, self._setup)
        line = self._setup.leading * notation.POINT
        if places is None:
            spaces = _field_spaces(fields, self._setup.lines)
            return [FieldSetting(round(spaces[one.name] * line)) for one in fields]
        top = notation.margin_twips(self._screenplay.page_setup, self._locked)[0]
        left, right = notation.INCH, round(self._setup.text_right * notation.POINT)
        middle = (left + right) // 2
        sides = {
            Align.CENTER: (left, right - left),
            Align.LEFT: (left, middle - left),
            Align.RIGHT: (middle + notation.INCH // 4, right - middle - notation.INCH // 4),
        }
        middle_lines = [place.line for place in places if place.align is Align.CENTER]
        flows = middle_lines == sorted(middle_lines)
        used = 0
        settings = []
        for one, place in zip(fields, places, strict=True):
            align = None if place.align is field_align(notation.field_style(one.name)[0]) else place.align
            if place.align is Align.CENTER and flows:
                settings.append(FieldSetting(round((place.line - used - 1) * line), None, align))
                used = place.line + place.height - 1
            else:
                x, width = sides[place.align]
                settings.append(FieldSetting(0, (x, top + round((place.line - 1) * line), width), align))
        return settings

    # ---------------------------------------------------------------- pages

    def _page(self, properties: Node) -> None:
        width, height = self._paper
        etree.SubElement(properties, w("pgSz"), {w("w"): str(width), w("h"): str(height)})
        top, bottom, header, footer = notation.margin_twips(self._screenplay.page_setup, self._locked)
        margins = {
            "top": top,
            "right": notation.RIGHT_MARGIN,
            "bottom": bottom,
            "left": notation.LEFT_MARGIN,
            "header": header,
            "footer": footer,
            "gutter": 0,
        }
        etree.SubElement(properties, w("pgMar"), {w(name): str(value) for name, value in margins.items()})

    def _sections(self) -> list[Numbered]:
        """The sections of the script: one that Word counts through, unless our pages are called otherwise."""
        whole = Numbered(0, max(0, self._setup.first_page))
        if not self._locked:
            return [whole]
        sections = numbered(self._plan.labels, self._plan.chosen)
        shows = _shows_page(self._setup.header) or _shows_page(self._setup.footer)
        return sections if shows else sections[:1]

    def _section(self, bands: dict[str, Node], section: Numbered, *, begins: bool) -> Node:
        """A section of the script; the page on which the script begins shows no number."""
        shows_first = begins and not section.page
        properties = etree.Element(w("sectPr"))
        for name in _BAND_TAGS:
            default = _band_part(name, section)
            for kind, part in (("default", default), ("first", _first_band(name))):
                if part in bands and (kind == "default" or shows_first):
                    attributes = {
                        w("type"): kind,
                        f"{{{notation.RELATIONSHIPS}}}id": package.relationship_id(part),
                    }
                    etree.SubElement(properties, w(f"{name}Reference"), attributes)
        self._page(properties)
        etree.SubElement(properties, w("pgNumType"), {w("start"): str(section.start)})
        if shows_first:
            etree.SubElement(properties, w("titlePg"))
        return properties

    def _bands(self, sections: list[Numbered]) -> dict[str, Node]:
        """Header and footer, what stands in their places on the first page, and those with a label typed in."""
        setup = self._setup
        stops = round(setup.width / 2 * notation.POINT), round(setup.number_right * notation.POINT)
        center, right = (stop - notation.LEFT_MARGIN for stop in stops)
        revisions = self._screenplay.revisions
        active = self._authors.get(revisions.active, "") if revisions and revisions.active is not None else ""
        bands: dict[str, Node] = {}
        for name, content in (("header", setup.header), ("footer", setup.footer)):
            if content == Band():
                continue
            tag = _BAND_TAGS[name]
            first = content if content.on_first_page else Band()
            bands[f"word/{name}1.xml"] = package.band(tag, content, (center, right), active)
            bands[_first_band(name)] = package.band(tag, first, (center, right), active, _first_label(sections))
            for section in sections:
                if section.label is not None:
                    part = _band_part(name, section)
                    bands[part] = package.band(tag, content, (center, right), active, section.label)
        return bands


_BAND_TAGS = {"header": "hdr", "footer": "ftr"}


def _band_part(name: str, section: Numbered) -> str:
    return f"word/{name}1.xml" if section.label is None else f"word/{name}{section.page + 3}.xml"


def _first_band(name: str) -> str:
    return f"word/{name}2.xml"


def _first_label(sections: list[Numbered]) -> str | None:
    return sections[0].label


def _shows_page(band: Band) -> bool:
    return any(isinstance(one, PageField) for one in (*band.left, *band.center, *band.right))


def _field_words(one: TitleField) -> str:
    return " ".join(" ".join(words(line) for line in one.lines).split())


# Final Draft's title page: the title on line 19, the credit on 23, the author on 25, the source on 30.
_TITLE_COLUMNS = 60  # of the 65 between the margins
_BLANKS_ABOVE = {"title": 18, "credit": 3, "author": 1, "authors": 1, "source": 4}


def _field_spaces(all_fields: tuple[TitleField, ...], page_lines: int) -> dict[str, int]:
    """Blank lines above each field; the first of those that stand at the foot is pushed down there."""
    spaces = {one.name: _BLANKS_ABOVE.get(one.name.casefold(), 1) for one in all_fields}
    low = [one.name for one in all_fields if one.name.casefold() not in _BLANKS_ABOVE]
    if low:
        taken = sum(spaces[one.name] + _height(one) for one in all_fields)
        spaces[low[0]] = max(1, page_lines - taken + 1)
    return spaces


def _height(one: TitleField) -> int:
    """Lines that a field takes; a few more for long ones, which break between words."""
    return sum(1 + len(words(line)) // _TITLE_COLUMNS for line in one.lines) or 1


def _deepest_section(body: tuple[Element, ...]) -> int:
    return max((one.level for one in paragraphs(body) if isinstance(one, Section)), default=0)


WRITER = Writer("docx", (), Options, write, fit)
