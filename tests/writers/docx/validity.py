"""What Word asks of a document beyond well-formed XML; each breach is one line."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from converter.notation.docx import PACKAGE_RELATIONSHIPS, RELATIONSHIPS, w

# The order of children in ECMA-376's schema; Word calls a file damaged that has another.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "settings": "defaultTabStop autoHyphenation compat",
    "r": "rPr *",
    "p": "pPr *",
}
RANKS = {w(parent): {w(name): rank for rank, name in enumerate(names.split())} for parent, names in ORDER.items()}
REFERENCE = f"{{{RELATIONSHIPS}}}id"


def problems(data: bytes) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    roots = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    return [
        *_duplicates("member", archive.namelist()),
        *_types(roots),
        *_relations(roots),
        *(line for name, root in roots.items() for line in _order(name, root)),
        *_styles(roots),
        *_document(roots),
    ]


def _duplicates(what: str, names: list[str]) -> Iterator[str]:
    yield from (f"{what} {name} occurs twice" for name in sorted({name for name in names if names.count(name) > 1}))


def _types(roots: dict[str, Any]) -> Iterator[str]:
    overrides = {one.get("PartName", "")[1:] for one in roots["[Content_Types].xml"] if one.get("PartName")}
    yield from (f"{name} has a content type and does not exist" for name in overrides - set(roots))
    parts = {name for name in roots if not name.endswith(".rels") and not name.startswith("[")}
    yield from (f"{name} has no content type" for name in parts - overrides)


def _relations(roots: dict[str, Any]) -> Iterator[str]:
    reached = set()
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ones = list(root.iter(f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"))
        yield from _duplicates(f"{name}: id", [one.get("Id") for one in ones])
        for one in ones:
            target = posixpath.join(folder, one.get("Target"))
            reached.add(target)
            if target not in roots:
                yield f"{name} leads to {target}, which does not exist"
    known = {one.get("Id") for one in roots["word/_rels/document.xml.rels"]}
    for node in roots["word/document.xml"].iter():
        if node.get(REFERENCE) is not None and node.get(REFERENCE) not in known:
            yield f"the text refers to {node.get(REFERENCE)}, which does not exist"
    yield from (
        f"nothing leads to {name}" for name in roots if not name.endswith(("rels", "].xml")) and name not in reached
    )


def _order(name: str, root: Any) -> Iterator[str]:
    for node in root.iter():
        ranks = RANKS.get(node.tag)
        if ranks is None:
            continue
        rest = ranks.get(w("*"))
        places = [ranks.get(child.tag, rest) for child in node]
        if None in places:
            yield f"{name}: {node.tag} has a child that it must not have: {[child.tag for child in node]}"
        elif places != sorted(places):
            yield f"{name}: the children of {node.tag} stand in a wrong order: {[child.tag for child in node]}"
        if rest is None and node.tag not in {w("tbl"), w("tr"), w("sectPr")}:
            yield from _duplicates(f"{name}: in {node.tag}", [child.tag for child in node])


def _styles(roots: dict[str, Any]) -> Iterator[str]:
    styles = list(roots["word/styles.xml"].iter(w("style")))
    ids = [style.get(w("styleId")) for style in styles]
    yield from _duplicates("style id", ids)
    yield from _duplicates("style name", [style.find(w("name")).get(w("val")) for style in styles])
    for root in roots.values():
        for tag in ("pStyle", "rStyle", "basedOn", "next"):
            for node in root.iter(w(tag)):
                if node.get(w("val")) not in ids:
                    yield f"there is no style {node.get(w('val'))}"


def _document(roots: dict[str, Any]) -> Iterator[str]:
    body = roots["word/document.xml"].find(w("body"))
    if body[-1].tag != w("sectPr") or len(body) < 2 or body[-2].tag != w("p"):
        yield "the body does not end with a paragraph and its section"
    for cell in body.iter(w("tc")):
        if cell[-1].tag != w("p"):
            yield "a cell does not end with a paragraph"
    comments = roots.get("word/comments.xml")
    known = [] if comments is None else [one.get(w("id")) for one in comments]
    starts, ends, marks = (
        [node.get(w("id")) for node in body.iter(w(tag))]
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
    )
    if starts != sorted(starts, key=int) or sorted(starts) != sorted(ends) or sorted(marks, key=int) != known:
        yield f"comments {known}, starts {starts}, ends {ends}, marks {marks}"
    bookmarks = [node.get(w("id")) for node in body.iter(w("bookmarkStart"))]
    if sorted(bookmarks) != sorted(node.get(w("id")) for node in body.iter(w("bookmarkEnd"))):
        yield "a bookmark is not closed"
    names = [node.get(w("name")) for node in body.iter(w("bookmarkStart"))]
    yield from _duplicates("bookmark", names)
    yield from _duplicates("bookmark id", bookmarks)
    yield from (f"the bookmark {name} has too long a name" for name in names if len(name) > 40)
    changes = [node.get(w("id")) for node in body.iter(w("ins"), w("del"))]
    yield from _duplicates("change", changes)
