"""The styles of a document of the caller's own: where it has one of our names, its look counts."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from converter.contract import EncryptedError, FormatError, Limits
from converter.notation.docx import BASES, w
from converter.safe.files import read_file
from converter.safe.xml import parse
from converter.safe.zip import open_zip
from converter.tree import Character, SceneHeading
from writers.docx.runs import Node

_STYLES, _THEME = "word/styles.xml", "word/theme/theme1.xml"
_VAL, _ID, _DEFAULT, _TYPE = w("val"), w("styleId"), w("default"), w("type")


def reference_parts(reference: str | bytes, limits: Limits) -> dict[str, Node]:
    """The styles and the theme of a document, given as its bytes or as the path of its file."""
    path = "the reference document" if isinstance(reference, bytes) else reference
    data = reference if isinstance(reference, bytes) else read_file(reference, limits)
    try:
        archive = open_zip(data, limits)
        parts = {name: parse(archive.read(name), limits, name=name) for name in (_STYLES, _THEME) if archive.has(name)}
    except EncryptedError as error:
        raise EncryptedError(error.message, path=path, where=error.where) from None
    except FormatError:
        parts = {}
    if _STYLES not in parts or parts[_STYLES].tag != w("styles"):
        raise FormatError("this is no Word document that styles can be taken from; save it in Word as .docx", path=path)
    return parts


def with_reference(ours: Node, reference: Node, *, as_typed: bool = False) -> Node:
    """The reference's styles with those of ours that it lacks after them.

    The text uses our ids, so a style of one of our names gets our id, and whoever refers to it learns so.
    `as_typed`: headings and cues lose the capitals that the reference gives them.
    """
    root = deepcopy(reference)
    for numbering in list(root.iter(w("numPr"))):  # the lists that it points to stay behind
        numbering.getparent().remove(numbering)
    theirs = dict(_named(root))
    _rename(root, _new_ids(ours, theirs))
    defaults = {style.get(_TYPE) for style in root.iter(w("style")) if style.get(_DEFAULT) == "1"}
    for name, style in _named(ours):
        if name not in theirs:
            if style.get(_TYPE) in defaults:
                style.attrib.pop(_DEFAULT, None)
            root.append(style)
    if as_typed:
        for name in _AS_TYPED & set(theirs):
            _take_capitals(theirs[name])
    return root


_AS_TYPED = {base.name.casefold() for base in BASES.values() if base.kind in (SceneHeading, Character)}
_CAPITALS = (w("caps"), w("smallCaps"))
_BEFORE_CAPITALS = {w(tag) for tag in ("rStyle", "rFonts", "b", "bCs", "i", "iCs")}  # the order of CT_RPr


def _take_capitals(style: Node) -> None:
    """Say that the style has none, since those that it is built on may have some."""
    properties = style.find(w("rPr"))
    if properties is None:
        properties = etree.SubElement(style, w("rPr"))
    for node in [one for one in properties if one.tag in _CAPITALS]:
        properties.remove(node)
    place = sum(one.tag in _BEFORE_CAPITALS for one in properties)
    properties[place:place] = [etree.Element(tag, {_VAL: "0"}) for tag in _CAPITALS]


def _new_ids(ours: Node, theirs: dict[str, Node]) -> dict[str, str]:
    """Of their styles those whose id changes: to ours where the name is one of ours, out of its way elsewhere."""
    renamed = {theirs[name].get(_ID): style.get(_ID) for name, style in _named(ours) if name in theirs}
    wanted = {style.get(_ID) for _, style in _named(ours)}
    for style in theirs.values():
        id_ = style.get(_ID)
        if id_ in wanted and id_ not in renamed:
            renamed[id_] = _free(f"{id_}Reference", wanted | set(renamed))
    return renamed


def _rename(root: Node, renamed: dict[str, str]) -> None:
    for style in root.iter(w("style")):
        style.set(_ID, renamed.get(style.get(_ID), style.get(_ID)))
        for tag in ("basedOn", "next", "link"):
            for node in style.iter(w(tag)):
                node.set(_VAL, renamed.get(node.get(_VAL), node.get(_VAL)))


def _named(root: Node) -> Iterator[tuple[str, Node]]:
    for style in list(root.iter(w("style"))):
        name = style.find(w("name"))
        if name is not None:
            yield name.get(_VAL, "").casefold(), style


def _free(id_: str, taken: set[str]) -> str:
    while id_ in taken:
        id_ += "_"
    return id_
