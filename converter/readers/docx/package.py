"""The parts of a Word document, taken from its zip archive by what they are, not by where they usually lie."""

from __future__ import annotations

import codecs
import posixpath
from collections.abc import Iterator
from typing import Any, TypeAlias
from urllib.parse import unquote

from converter.contract import Diagnostic, EncryptedError, FormatError, Kind, Limits, Report
from converter.notation.docx import MATH, PACKAGE_RELATIONSHIPS, PROPERTIES, RELATIONSHIPS, WORD
from converter.safe.xml import parse
from converter.safe.zip import Archive, open_zip

Node: TypeAlias = Any  # lxml's element class has no public name

# ISO 29500 Strict, which Word offers as another kind of .docx, has other names for the same things.
_STRICT = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", WORD),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", RELATIONSHIPS),
    ("http://purl.oclc.org/ooxml/officeDocument/customProperties", PROPERTIES),
    ("http://purl.oclc.org/ooxml/officeDocument/math", MATH),
)
_NEEDED = frozenset(
    {"styles", "numbering", "comments", "footnotes", "endnotes", "header", "footer", "custom-properties"}
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONSHIP = f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"


def _wide_encoding(data: bytes) -> str:
    """How the letters of an XML part stand in its bytes; XML knows UTF-16 by its mark or by the NULs of its `<`."""
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\0<")):
        return "utf-16-be"
    return "ascii"


class Package:
    def __init__(self, data: bytes, limits: Limits, report: Report):
        if data.startswith(_OLE):
            raise EncryptedError("this document needs a password, or is from an old Word; save it as .docx without one")
        self._limits = limits
        self._report = report
        self._archive: Archive = open_zip(data, limits)
        self._top = self._relations("")
        self._main = self._target(self._top, "officeDocument", "word/document.xml")
        if self._main is None:
            raise FormatError("this zip archive is not a Word document: it has no text part")
        self._parts = self._relations(self._main)
        self._report_missing()

    def document(self) -> Node:
        assert self._main is not None
        return self._parse(self._main)

    def part(self, kind: str) -> Node | None:
        """The styles, comments, footnotes, ... of the document; None if it has none that can be read."""
        return self._optional(self._target(self._parts, kind, f"word/{kind}.xml"))

    def related(self, id_: str) -> Node | None:
        """A header or footer by the id that the text gives."""
        name = next((target for rid, _, target in self._parts if rid == id_), None)
        return self._optional(name if name is not None and self._archive.has(name) else None)

    def top_part(self, kind: str, usual: str) -> Node | None:
        return self._optional(self._target(self._top, kind, usual))

    def _report_missing(self) -> None:
        """Parts that hold words or say what words are, and are named and not there."""
        for _, type_, name in (*self._parts, *self._top):
            if type_.rpartition("/")[2] in _NEEDED and not self._archive.has(name):
                message = f"A part that this document names is not in it: {name}."
                self._report(Diagnostic(Kind.WARNING, "docx.missing-part", message))

    def _optional(self, name: str | None) -> Node | None:
        if name is None:
            return None
        try:
            return self._parse(name)
        except FormatError as error:
            message = f"A part of this document is damaged and was left out: {name} ({error.message})."
            self._report(Diagnostic(Kind.WARNING, "docx.damaged-part", message))
            return None

    def _parse(self, name: str) -> Node:
        data = self._archive.read(name)
        encoding = _wide_encoding(data)
        for strict, usual in _STRICT:
            data = data.replace(strict.encode(encoding), usual.encode(encoding))
        return parse(data, self._limits, name=name)

    def _target(self, relations: list[tuple[str, str, str]], kind: str, usual: str) -> str | None:
        for _, type_, target in relations:
            if type_.rpartition("/")[2] == kind and self._archive.has(target):
                return target
        return usual if self._archive.has(usual) else None

    def _relations(self, source: str) -> list[tuple[str, str, str]]:
        """Id, type and target of what belongs to a part. What lies outside the file is never followed."""
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", name + ".rels")
        root = self._optional(part if self._archive.has(part) else None)
        return [] if root is None else list(self._internal(root, folder))

    def _internal(self, root: Node, folder: str) -> Iterator[tuple[str, str, str]]:
        for one in root.iter(_RELATIONSHIP):
            if one.get("TargetMode") != "External":
                target = unquote(one.get("Target", ""))
                whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                yield one.get("Id", ""), one.get("Type", ""), whole
