"""The parts of a Word document around its body, and the zip archive that holds them all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from converter.notation import docx as notation
from converter.notation.docx import w
from converter.tree import Band, Note, PageField, PageFieldKind, Run
from writers.docx.runs import PRESERVE, Node, run_in_style, write_run_properties

_VAL = w("val")
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KINDS = {  # part -> content type, relationship
    "word/document.xml": (_MAIN + "document.main+xml", _OFFICE + "officeDocument"),
    "word/styles.xml": (_MAIN + "styles+xml", _OFFICE + "styles"),
    "word/settings.xml": (_MAIN + "settings+xml", _OFFICE + "settings"),
    "word/fontTable.xml": (_MAIN + "fontTable+xml", _OFFICE + "fontTable"),
    "word/comments.xml": (_MAIN + "comments+xml", _OFFICE + "comments"),
    "word/header.xml": (_MAIN + "header+xml", _OFFICE + "header"),  # and all that have a number
    "word/footer.xml": (_MAIN + "footer+xml", _OFFICE + "footer"),
    "word/theme/theme1.xml": ("application/vnd.openxmlformats-officedocument.theme+xml", _OFFICE + "theme"),
    "docProps/core.xml": (
        "application/vnd.openxmlformats-package.core-properties+xml",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    ),
    "docProps/app.xml": (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        _OFFICE + "extended-properties",
    ),
    "docProps/custom.xml": (
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        _OFFICE + "custom-properties",
    ),
}


def pack(parts: dict[str, Node]) -> bytes:
    """The archive of these parts, by name. The same parts give the same bytes: no clock, fixed order."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        _add(file, "[Content_Types].xml", _content_types(parts))
        _add(file, "_rels/.rels", _relationships(name for name in parts if _is_top(name)))
        _add(file, "word/_rels/document.xml.rels", _relationships(name for name in parts if not _is_top(name)))
        for name, root in parts.items():
            _add(file, name, root)
    return archive.getvalue()


def _kind(name: str) -> tuple[str, str]:
    return _KINDS.get(name) or _KINDS[_NUMBER.sub("", name)]


_NUMBER = re.compile("[0-9]+(?=[.]xml$)")


def _is_top(name: str) -> bool:
    return not name.startswith("word/") or name == "word/document.xml"


def _add(file: zipfile.ZipFile, name: str, root: Node) -> None:
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    file.writestr(member, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _root(name: str, namespace: str) -> Node:
    """An element whose namespace needs no prefix."""
    nsmap: Any = {None: namespace}  # the stubs know no default namespace
    return etree.Element(f"{{{namespace}}}{name}", nsmap=nsmap)


def _content_types(parts: Iterable[str]) -> Node:
    root = _root("Types", _TYPES)
    package = "application/vnd.openxmlformats-package.relationships+xml"
    etree.SubElement(root, f"{{{_TYPES}}}Default", Extension="rels", ContentType=package)
    etree.SubElement(root, f"{{{_TYPES}}}Default", Extension="xml", ContentType="application/xml")
    for name in parts:
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName="/" + name, ContentType=_kind(name)[0])
    return root


def relationship_id(part: str) -> str:
    return part.removeprefix("word/").removeprefix("docProps/").removesuffix(".xml").replace("/", "")


def _relationships(parts: Iterable[str]) -> Node:
    namespace = notation.PACKAGE_RELATIONSHIPS
    root = _root("Relationships", namespace)
    for name in parts:
        target = name.removeprefix("word/") if not _is_top(name) else name
        attributes = {"Id": relationship_id(name), "Type": _kind(name)[1], "Target": target}
        etree.SubElement(root, f"{{{namespace}}}Relationship", attributes)
    return root


# ---------------------------------------------------------------- properties


def core_properties(title: str, author: str, language: str) -> Node:
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    for name, text in (("title", title), ("creator", author), ("language", language)):
        if text:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = text
    return root


def app_properties() -> Node:
    root = _root("Properties", _APP)
    etree.SubElement(root, f"{{{_APP}}}Application").text = notation.APPLICATION
    return root


def custom_properties(properties: dict[str, str]) -> Node:
    types = notation.PROPERTY_TYPES
    root = _root("Properties", notation.PROPERTIES)
    for number, (name, value) in enumerate(properties.items(), start=2):  # 0 and 1 are not free
        attributes = {"fmtid": "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "pid": str(number), "name": name}
        one = etree.SubElement(root, f"{{{notation.PROPERTIES}}}property", attributes)
        etree.SubElement(one, f"{{{types}}}lpwstr", nsmap={"vt": types}).text = value
    return root


# ---------------------------------------------------------------- settings, fonts


def settings() -> Node:
    root = etree.Element(w("settings"), nsmap={"w": notation.WORD})
    etree.SubElement(root, w("defaultTabStop"), {_VAL: "720"})
    etree.SubElement(root, w("autoHyphenation"), {_VAL: "0"})
    compatibility = etree.SubElement(root, w("compat"))
    # Without mode 15 Word opens the file in compatibility mode and spaces lines in an older way.
    attributes = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": "15"}
    etree.SubElement(compatibility, w("compatSetting"), {w(name): value for name, value in attributes.items()})
    return root


def font_table(font: str) -> Node:
    """A computer without the font falls back to one of the same width, so the lines stay.

    LibreOffice 7.4 does not look here: without Courier Prime it takes a proportional face, so that is not the default.
    """
    root = etree.Element(w("fonts"), nsmap={"w": notation.WORD})
    one = etree.SubElement(root, w("font"), {w("name"): font})
    etree.SubElement(one, w("altName"), {_VAL: "Liberation Mono" if font == "Courier New" else "Courier New"})
    etree.SubElement(one, w("family"), {_VAL: "modern"})
    etree.SubElement(one, w("pitch"), {_VAL: "fixed"})
    return root


# ---------------------------------------------------------------- comments


def comments(notes: list[Note]) -> Node:
    root = etree.Element(w("comments"), nsmap={"w": notation.WORD})
    for number, note in enumerate(notes):
        author = note.author or ""
        attributes = {w("id"): str(number), w("author"): author}
        if note.date is not None:
            attributes[w("date")] = note.date if "T" in note.date else note.date + "T00:00:00"
        attributes[w("initials")] = "".join(name[0] for name in author.split())[:9]
        comment = etree.SubElement(root, w("comment"), attributes)
        for place, (style, line) in enumerate(_comment_lines(note)):
            _comment_paragraph(comment, style, line, note.color, first=not place)
    return root


def _comment_lines(note: Note) -> Iterator[tuple[str, str]]:
    if note.title is not None:
        yield "NoteTitle", note.title
    if note.category is not None:
        yield "NoteCategory", note.category
    for line in note.text.split("\n"):
        yield "CommentText", line


def _comment_paragraph(comment: Node, style: str, line: str, color: str | None, first: bool) -> None:
    paragraph = etree.SubElement(comment, w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    etree.SubElement(properties, w("pStyle"), {_VAL: style})
    if color is not None:
        etree.SubElement(etree.SubElement(properties, w("rPr")), w("color"), {_VAL: color[1:]})
    if first:
        run = etree.SubElement(paragraph, w("r"))
        etree.SubElement(etree.SubElement(run, w("rPr")), w("rStyle"), {_VAL: "CommentReference"})
        etree.SubElement(run, w("annotationRef"))
    for place, piece in enumerate(line.split("\t")):
        run = etree.SubElement(paragraph, w("r"))
        if color is not None:
            etree.SubElement(etree.SubElement(run, w("rPr")), w("color"), {_VAL: color[1:]})
        if place:
            etree.SubElement(run, w("tab"))
        etree.SubElement(run, w("t"), PRESERVE).text = piece


# ---------------------------------------------------------------- headers and footers


def band(tag: str, content: Band, stops: tuple[int, int], revision: str, label: str | None = None) -> Node:
    """A header or footer: left, center and right with a tab between them; `stops` in twips from the margin.

    A page's `label` is typed where Word does not count to it.
    """
    root = etree.Element(w(tag), nsmap={"w": notation.WORD})
    paragraph = etree.SubElement(root, w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    etree.SubElement(properties, w("pStyle"), {_VAL: "Header" if tag == "hdr" else "Footer"})
    tabs = etree.SubElement(properties, w("tabs"))
    for kind, stop in zip(("center", "right"), stops, strict=True):
        etree.SubElement(tabs, w("tab"), {_VAL: kind, w("pos"): str(stop)})
    etree.SubElement(properties, w("ind"), {w("left"): "-360"})  # a band begins at 1.25 inches
    for place, part in enumerate((content.left, content.center, content.right)):
        if place and (content.right or place == 1 and content.center):
            etree.SubElement(etree.SubElement(paragraph, w("r")), w("tab"))
        for one in part:
            _band_item(paragraph, one, revision, label)
    return root


def _band_item(paragraph: Node, one: Run | PageField, revision: str, label: str | None) -> None:
    if isinstance(one, Run):
        _band_words(paragraph, one)
    elif one.kind is PageFieldKind.PAGE and label is not None:
        etree.SubElement(run_in_style(paragraph, notation.PAGE_LABEL), w("t"), PRESERVE).text = label
    else:
        _field(paragraph, one.kind, revision)


def _band_words(paragraph: Node, words: Run) -> None:
    run = etree.SubElement(paragraph, w("r"))
    if words.style or words.look is not None:
        write_run_properties(run, words.style, words.look)
    etree.SubElement(run, w("t"), PRESERVE).text = words.text


def _field(paragraph: Node, kind: PageFieldKind, revision: str) -> None:
    shown = {PageFieldKind.PAGE: "1", PageFieldKind.LABEL: "1", PageFieldKind.REVISION: revision}.get(kind, "")
    _field_mark(paragraph, "begin")
    run = etree.SubElement(paragraph, w("r"))
    code = etree.SubElement(run, w("instrText"), PRESERVE)
    code.text = f" {notation.FIELD_CODES[kind]} "
    _field_mark(paragraph, "separate")
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = shown
    _field_mark(paragraph, "end")


def _field_mark(paragraph: Node, kind: str) -> None:
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("fldChar"), {w("fldCharType"): kind})
