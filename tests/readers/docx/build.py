"""Small Word documents as other programs write them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from converter.contract import Diagnostic, Limits, Source
from converter.notation.docx import PACKAGE_RELATIONSHIPS, RELATIONSHIPS, WORD
from converter.readers import docx
from converter.tree import Screenplay
from writers import outline

HEAD = f'xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def p(text: str = "", style: str = "", left: float = 0, jc: str = "", extra: str = "", runs: str = "") -> str:
    """A paragraph: its style's id, its indent in inches; tabs in the text become w:tab."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += extra
    if left:
        properties += f'<w:ind w:left="{round(left * 1440)}"/>'
    if jc:
        properties += f'<w:jc w:val="{jc}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    said = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{said}</w:t></w:r>'


def style(id_: str, name: str, based_on: str = "", properties: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{base}{properties}</w:style>'


def archive(**parts: str) -> bytes:
    """An archive of word/*.xml parts; `document` and `styles` are the names to use."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("[Content_Types].xml", TYPES)
        for name, content in parts.items():
            members.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def document(*paragraphs: str, styles: str = "", **parts: str) -> bytes:
    body = "".join(paragraphs)
    section = (
        '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="2160"/></w:sectPr>'
    )
    return archive(
        document=f"<w:document {HEAD}><w:body>{body}{section}</w:body></w:document>",
        styles=f"<w:styles {HEAD}>{styles}</w:styles>",
        **parts,
    )


def with_member(data: bytes, name: str, content: bytes | str) -> bytes:
    """The archive with one member added or replaced."""
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return file.getvalue()


def read(data: bytes, limits: Limits | None = None) -> tuple[Screenplay, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return docx.read(Source("case.docx", data), docx.Options(), said.append, limits or Limits()), said


def shown(data: bytes) -> str:
    """The outline of the tree that is read."""
    return outline.to_text(read(data)[0])


def codes(data: bytes) -> set[str]:
    return {one.code for one in read(data)[1]}


RELS = PACKAGE_RELATIONSHIPS
