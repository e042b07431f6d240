"""A screenplay as Open Screenplay Format, version 40, or as Fade In's archive of it.

Every file that was seen has the eight built-in styles, settings of the page and word lists, so they are written too.
Both spellings of a style's base and of a scene's number are written: Fade In 3 and 5 and other programs differ there.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from converter.contract import DEFAULT_LIMITS, Limits, Report, Writer, ignore
from converter.notation.flat import Para, flat, has_number, stored
from converter.notation.osf import BASE_OF, BUILT_IN, DOCUMENT_TYPE, FONT, MEMBER, NAMES, SIZE, plain_number
from converter.notation.osf.setup import to_colors, to_settings
from converter.notation.osf.title import TitleLine, title_lines
from converter.records import dataclass
from converter.terms import split_cue, split_heading
from converter.tree import (
    Align,
    Character,
    Deletion,
    General,
    LineBreak,
    Paragraph,
    Run,
    SceneHeading,
    Screenplay,
    Style,
    words,
)
from writers.osf.fit import HOLDS as HOLDS
from writers.osf.fit import fit as fitted_tree
from writers.osf.fit import measures_of, paper_width


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: Fade In sets the pages."""


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    return fitted_tree(screenplay, report)


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    return _Document(fitted_tree(screenplay, report), limits).data()


def write_archive(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """The same as Fade In's own file."""
    return _packed(write(screenplay, options, report, limits))


WRITER = Writer("osf", (), Options, write, fit)
FADE_IN = Writer("fadein", (), Options, write_archive, fit)

_Element = etree._Element


class _Document:
    def __init__(self, fitted: Screenplay, limits: Limits):
        self._screenplay = fitted
        self._deadline = limits.deadline()
        self._paras = flat(fitted.body, lambda code, at: None)
        if self._paras and self._paras[-1] == Para(paragraph=General(), page=self._paras[-1].page):
            self._paras.append(Para(paragraph=General()))  # readers drop an empty paragraph at the very end
        self._width = paper_width(fitted.page_setup)

    def data(self) -> bytes:
        root = etree.Element("document", {"type": DOCUMENT_TYPE, "version": "40"})
        info = etree.SubElement(root, "info")
        etree.SubElement(root, "settings", self._settings())
        self._styles(etree.SubElement(root, "styles"))
        paragraphs = etree.SubElement(root, "paragraphs")
        has_pages = any(one.page for one in self._paras)
        for number, para in enumerate(self._paras):
            if not number % 1000:
                self._deadline.check()
            self._para(paragraphs, para, has_pages=has_pages)
        self._title_page(etree.SubElement(root, "titlepage"))
        spelling = etree.SubElement(root, "spelling", {"language": "en_US"})
        etree.SubElement(spelling, "user_dictionary")
        self._lists(etree.SubElement(root, "lists"))
        _indent(root)
        digest = hashlib.sha256(etree.tostring(root)).hexdigest().upper()[:32]
        parts = digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]
        info.set("uuid", "-".join(parts))
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8") + b"\n"

    # ---------------------------------------------------------------- around the body

    def _settings(self) -> dict[str, str]:
        revisions = self._screenplay.revisions
        active = revisions.active if revisions else None
        has_numbers = "true" if has_number(self._paras) else "false"
        return {
            **to_settings(self._screenplay.page_setup, numbered=has_number(self._paras)),
            "pages_locked": "true" if any(one.page for one in self._paras) else "false",
            "scenes_locked": has_numbers,
            "revision": str(active or 0),
            "show_revisions": "true",
            "show_all_revisions": "true" if revisions and revisions.show_all else "false",
        }

    def _styles(self, styles: _Element) -> None:
        settings = to_settings(self._screenplay.page_setup, numbered=has_number(self._paras))
        for index, one in enumerate(BUILT_IN):
            base = {} if not index else _base(BUILT_IN[0].name)
            style = {"name": one.name, "builtin": "1", "builtin_index": str(index), **base}
            style |= {"font": FONT, "size": plain_number(SIZE), **one.measures}
            if one.kind is SceneHeading:
                style |= {
                    "numbering": settings["scene_numbering"],
                    "number_locked": "true" if has_number(self._paras) else "false",
                    "number_mode": "1AB",
                    "number_format": "#",
                    "number_start": "1",
                    "number_position": settings["scenenumber_position"],
                }
            etree.SubElement(styles, "style", style)
        for name, base_name in self._own_styles():
            etree.SubElement(
                styles, "style", {"name": name, **_base(base_name), "font": FONT, "size": plain_number(SIZE)}
            )
        for name in ("header_style", "footer_style"):
            etree.SubElement(styles, name, _base(BUILT_IN[0].name))

    def _own_styles(self) -> list[tuple[str, str]]:
        """The styles that paragraphs have beside the eight, each with its base."""
        kinds = {type(one.paragraph) for one in self._paras} & BASE_OF.keys()
        named = {
            one.paragraph.style_name: NAMES[type(one.paragraph)] for one in self._paras if one.paragraph.style_name
        }
        ours = [(name, BASE_OF[kind]) for kind, name in NAMES.items() if kind in kinds]
        return [*ours, *((name, base) for name, base in named.items() if name)]

    def _title_page(self, content: _Element) -> None:
        page = self._screenplay.title_page
        for line in title_lines(page) if page else ():
            self._title_line(content, line)

    def _title_line(self, content: _Element, line: TitleLine) -> None:
        para = etree.SubElement(content, "para", {"bookmark": line.bookmark} if line.bookmark else {})
        style = self._style_of(line.paragraph)
        etree.SubElement(para, "style", style | ({"pagebreakbefore": "1"} if line.new_page else {}))
        _texts(para, line.paragraph.text)
        _marks(para, line.paragraph.text)

    def _lists(self, lists: _Element) -> None:
        cues: Any = (one.paragraph for one in self._paras if type(one.paragraph) is Character)
        headings: Any = (one.paragraph for one in self._paras if type(one.paragraph) is SceneHeading)
        self._list(lists, "character", (split_cue(words(one.text)).name for one in cues))
        self._list(lists, "location", (split_heading(words(one.text)).place for one in headings))
        for kind, names in _WORD_LISTS.items():
            self._list(lists, kind, names)
        colors = etree.SubElement(lists, "revision_colors")
        revisions = self._screenplay.revisions
        for entry in to_colors(revisions.sets if revisions else ()):
            etree.SubElement(colors, "revision_color", entry)

    def _list(self, lists: _Element, kind: str, names: Iterable[str]) -> None:
        part = etree.SubElement(lists, f"{kind}s")
        for name in dict.fromkeys(" ".join(name.split()) for name in names):
            if name:
                etree.SubElement(part, kind, {"name": name})

    # ---------------------------------------------------------------- the body

    def _para(self, content: _Element, para: Para, *, has_pages: bool) -> None:
        paragraph = para.paragraph
        attributes: dict[str, str] = {}
        if isinstance(paragraph, SceneHeading) and paragraph.number:
            attributes |= {"number": paragraph.number, "scene_number": paragraph.number}
        if para.page:
            attributes["page_number"] = para.page
        if para.note:
            attributes["note"] = para.note
        if para.synopsis:
            attributes["synopsis"] = para.synopsis
        if isinstance(paragraph, SceneHeading) and paragraph.color:
            attributes["synopsis_color"] = paragraph.color
        element = etree.SubElement(content, "para", attributes)
        style = self._style_of(paragraph)
        if para.new_page:
            style["pagebreakbefore"] = "1"
        if para.dual:
            style["dualdialogue"] = "1"
        etree.SubElement(element, "style", style)
        _texts(element, stored(paragraph))
        _marks(element, stored(paragraph))

    def _style_of(self, paragraph: Paragraph) -> dict[str, str]:
        kind = type(paragraph)
        style = _base(paragraph.style_name or NAMES[kind])
        if paragraph.align is not None:
            style["align"] = _ALIGN[paragraph.align]
        return style | measures_of(paragraph.layout, kind, self._width)


_ALIGN = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.FULL: "justified"}
_WORD_LISTS = {
    "scene_intro": ("INT.", "EXT.", "INT./EXT."),
    "scene_time": ("DAY", "NIGHT", "MORNING", "AFTERNOON", "EVENING", "LATER", "MOMENTS LATER", "CONTINUOUS"),
    "extension": ("(V.O.)", "(O.S.)", "(O.C.)", "(SUBTITLE)"),
    "transition": ("CUT TO:", "FADE IN:", "FADE OUT", "FADE TO:", "DISSOLVE TO:", "BACK TO:"),
}


def _base(name: str) -> dict[str, str]:
    return {"basestyle": name, "basestylename": name}


_FLAGS = (
    (Style.BOLD, "bold"),
    (Style.ITALIC, "italic"),
    (Style.UNDERLINE, "underline"),
    (Style.STRIKEOUT, "strikethrough"),
)


def _texts(para: _Element, text: Iterable[Any]) -> None:
    """A text for each run, one at least. A line break is a line feed at the end of the words before it."""
    last: _Element | None = None
    for inline in text:
        if isinstance(inline, Run):
            last = etree.SubElement(para, "text", _attributes(inline))
            last.text = inline.text
        elif isinstance(inline, LineBreak):
            if last is None:
                last = etree.SubElement(para, "text")
            last.text = (last.text or "") + "\n"
    if last is None:
        etree.SubElement(para, "text").text = ""


def _attributes(run: Run) -> dict[str, str]:
    look = run.look
    attributes: dict[str, str] = {}
    if look is not None and look.font is not None:
        attributes["font"] = look.font
    if look is not None and look.size is not None:
        attributes["size"] = plain_number(look.size)
    attributes |= {name: "1" for flag, name in _FLAGS if flag in run.style}
    if look is not None and look.color is not None:
        attributes["color"] = look.color
    if look is not None and look.background is not None:
        attributes["bgcolor"] = look.background
    if run.revision is not None:
        attributes["revision"] = str(run.revision)
    return attributes


def _marks(para: _Element, text: Iterable[Any]) -> None:
    places = list(_deletions(text))
    if places:
        marks = etree.SubElement(para, "marks")
        for at, revision in places:
            etree.SubElement(marks, "mark", {"at": str(at), "revision": str(revision)})


def _deletions(text: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """Where words were deleted, in UTF-16 units from the start of the text."""
    place = 0
    for inline in text:
        if isinstance(inline, Run):
            place += len(inline.text) + sum(1 for char in inline.text if char > "\uffff")
        elif isinstance(inline, LineBreak):
            place += 1
        elif isinstance(inline, Deletion):
            yield place, inline.revision


# ---------------------------------------------------------------- the file


def _indent(root: _Element) -> None:
    """Two blanks a level; nothing between a text and its words."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if not len(element):
            continue
        element.text = "\n" + "  " * (depth + 1)
        for child in element:
            child.tail = element.text
            waiting.append((child, depth + 1))
        element[-1].tail = "\n" + "  " * depth


def _packed(data: bytes) -> bytes:
    """As Fade In does it: one part, deflated; the same bytes at any time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(MEMBER, (1980, 1, 1, 0, 0, 0))
        info.create_system = 3
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, data)
    return stream.getvalue()
