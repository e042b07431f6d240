"""Comments, footnotes and endnotes."""

from __future__ import annotations

from collections.abc import Iterator

from converter.normal import allowed
from converter.notation import docx as notation
from converter.notation.docx import w
from converter.readers.docx import maths, symbols
from converter.readers.docx.package import Node
from converter.readers.docx.styles import Styles, rgb, value
from converter.readers.docx.wrappers import ALTERNATIVES, chosen
from converter.tree import Note

_T, _TAB, _BR, _CR = w("t"), w("tab"), w("br"), w("cr")
_FORMULA_T = f"{{{notation.MATH}}}t"
_GAPS = (_TAB, w("ptab"), _BR, _CR)
_FONTS = f"{w('rPr')}/{w('rFonts')}"
_NO_DATE = ("0001-01-01", "1970-01-01", "0-00-00")  # what programs write that know none


def comments(root: Node | None, styles: Styles, literal: bool) -> dict[str, Note]:
    """Every comment by its id, as a point; `literal` where no other program has saved the file."""
    found: dict[str, Note] = {}
    if root is not None:
        for comment in root.iter(w("comment")):
            found.setdefault(comment.get(w("id"), ""), _comment(comment, styles, literal))
    return found


def _comment(comment: Node, styles: Styles, literal: bool) -> Note:
    told: dict[str, str] = {}
    lines: list[str] = []
    color = None
    for paragraph in comment.iter(w("p")):
        name = styles.name(_style_id(paragraph))
        line = _line(paragraph)
        if name in _PARTS and _PARTS[name] not in told and not lines:
            told[_PARTS[name]] = line
        else:
            lines.append(line)
        color = color or _color(paragraph, literal)
    date = comment.get(w("date"), "").removesuffix("T00:00:00")
    author = comment.get(w("author"), "")
    return Note(
        text="\n".join(lines),
        title=told.get("title"),
        category=told.get("category"),
        author=None if author in _NOBODY else author,
        color=color,
        date=None if date.startswith(_NO_DATE) else date or None,
    )


_PARTS = {notation.NOTE_TITLE: "title", notation.NOTE_CATEGORY: "category"}
_BLACK = "#000000"
_NOBODY = ("", "Unknown Author")  # the second is what LibreOffice writes for the first


def _style_id(paragraph: Node) -> str | None:
    properties = paragraph.find(w("pPr"))
    return None if properties is None else value(properties, "pStyle")


def _color(paragraph: Node, literal: bool) -> str | None:
    for properties in paragraph.iter(w("rPr")):
        color = rgb(value(properties, "color"))
        if color is not None and (literal or color != _BLACK):
            return color
    return None


def _line(paragraph: Node) -> str:
    return allowed("".join(_pieces(paragraph)))


def _pieces(paragraph: Node) -> Iterator[str]:
    for run in paragraph.iter(w("r"), maths.FORMULA):
        if run.tag == maths.FORMULA:
            yield maths.in_one_line(run)
            continue
        signs = symbols.signs_of(_font(run))
        for node in _children(run):
            if node.tag == _T:
                yield symbols.letters(node.text or "", signs, all_signs=True)
            elif node.tag in symbols.SIGNS:
                yield symbols.letter(symbols.code_of(node), symbols.signs_of(symbols.font_of(node)))
            elif node.tag in (_TAB, _BR, _CR):
                yield "\t" if node.tag == _TAB else "\n"


def _children(run: Node) -> Iterator[Node]:
    for node in run:
        if node.tag == ALTERNATIVES:
            yield from chosen(node)
        else:
            yield node


def _font(run: Node) -> str | None:
    fonts = run.find(_FONTS)
    return None if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi"))


def footnotes(root: Node | None, kind: str) -> dict[str, str]:
    """The text of footnotes or endnotes by "kind id"; the separators that Word keeps among them are none."""
    found: dict[str, str] = {}
    if root is not None:
        for note in root.iter(w(kind)):
            if note.get(w("type"), "normal") == "normal":
                text = "\n".join(_line(paragraph) for paragraph in note.iter(w("p"))).strip()
                found[f"{kind} {note.get(w('id'), '')}"] = text
    return found


def band_words(root: Node) -> str:
    """What a header or footer says beside the fields in it, such as the number of the page."""
    lines = []
    for paragraph in root.iter(w("p")):
        inside = 0
        for node in paragraph.iter(_T, _FORMULA_T, *_GAPS, w("fldChar")):
            if node.tag in (_T, _FORMULA_T):
                lines.append("" if inside else node.text or "")
            elif node.tag in _GAPS:
                lines.append(" ")
            else:
                inside += {"begin": 1, "end": -1}.get(node.get(w("fldCharType"), ""), 0)
        lines.append("\n")
    return "".join(lines)
