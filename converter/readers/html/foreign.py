"""Read the HTML that other programs wrote: by its producer's marks, by its margins, or as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.contract import Diagnostic, Kind, Limits, NoTextError, Report, UsageError
from converter.normal import normal
from converter.notation.flat import built
from converter.readers.celtx.catalogue import Catalogue
from converter.readers.celtx.script import ScriptReader
from converter.readers.celtx.title import read_title_page
from converter.readers.html import own
from converter.readers.html.blocks import Block, blocks_of
from converter.readers.html.css import Sheet
from converter.readers.html.marked import APART, Marks, are_marked, body_of, title_page_of
from converter.readers.html.screen_lines import are_screen_lines, screen_paras
from converter.readers.html.unmarked import only_text, stuff_of
from converter.recovery.documents.script import Found, screenplay_of
from converter.recovery.manner import Manner
from converter.recovery.text import Hints, recover_text
from converter.safe.decode import decode
from converter.safe.xml import parse_html
from converter.tree import Screenplay, Text, TitleField, TitlePage, words

if TYPE_CHECKING:
    from lxml import etree

_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.I)
_HEAD = 4096  # where browsers look for it
_SHOWN = 200


def read(data: bytes, encoding: str | None, manner: Manner, report: Report, limits: Limits) -> Screenplay:
    limits.deadline().check()
    root = parse_html(_text(data, encoding, report, limits).encode("utf-8"), limits)
    if any("sceneheading" in p.get("class", "").split() for p in root.iter("p")):
        return _celtx(root, report, limits)
    if own.is_saved_anew(root):
        return own.read_root(root, report, limits)
    sheet = Sheet([str(style.text or "") for style in root.iter("style")])
    walk = blocks_of(root, sheet, limits, apart=APART)
    blocks = list(walk)
    _check_count(blocks, limits)
    if not any(block.text for block in blocks):
        raise NoTextError("there are no words on this web page; if a browser shows some, print it there to PDF")
    script = _script(blocks, manner, report, limits)
    _report_left_out(walk.left_out, report)
    return script


def _text(data: bytes, encoding: str | None, report: Report, limits: Limits) -> str:
    """In the encoding that a mark at its start, the page or the letters say."""
    said = _CHARSET.search(data, 0, _HEAD)
    if encoding or said is None or data.startswith((b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe")):
        return decode(data, report, limits, encoding)
    try:
        data.decode("utf-8")  # what is UTF-8 is nothing else, whatever the page says
        return decode(data, report, limits, "utf-8")
    except UnicodeDecodeError:
        return _as_said(data, said[1].decode("ascii"), report, limits)


def _as_said(data: bytes, charset: str, report: Report, limits: Limits) -> str:
    name = "cp1252" if charset.lower() in _LATIN else charset
    try:
        return decode(data, report, limits, None if charset.lower() == "utf-8" else name)
    except UsageError:
        return decode(data, report, limits)


_LATIN = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"})  # as browsers take these


def _check_count(blocks: list[Block], limits: Limits) -> None:
    if len(blocks) > limits.paragraphs:
        raise limits.passed("paragraphs", "there are too many paragraphs on this page")


# ---------------------------------------------------------------- by whom the page is


def _celtx(root: etree._Element, report: Report, limits: Limits) -> Screenplay:
    reader = ScriptReader(Catalogue(), report, limits)
    body = reader.read(root)
    return normal(Screenplay(title_page=read_title_page(root), body=body, tags=reader.tags()))


def _script(blocks: list[Block], manner: Manner, report: Report, limits: Limits) -> Screenplay:
    if are_screen_lines(blocks):
        return _trelby(blocks, report)
    marks = Marks(blocks)
    if are_marked(blocks, marks):
        return normal(Screenplay(title_page=title_page_of(blocks), body=body_of(blocks, marks)))
    text = only_text(blocks)
    if text is not None:
        _report_around(text[1], report)
        return recover_text(text[0], Hints(manner=manner), report, limits)
    return screenplay_of(Found(stuff=stuff_of(blocks)), "html", manner, report, limits)


def _trelby(blocks: list[Block], report: Report) -> Screenplay:
    script = [block for block in blocks if block.place.tag == "pre"]
    title = [block.text for block in blocks if "title" in block.place.names and block.text]
    around = [block for block in blocks if block.place.tag != "pre" and "title" not in block.place.names]
    _report_around(" ".join(words(block.text) for block in around), report)
    paras, notes = screen_paras(script)
    fields = _fields(title)
    return normal(Screenplay(title_page=TitlePage(fields=fields) if fields else None, body=(*built(paras), *notes)))


def _fields(lines: list[Text]) -> tuple[TitleField, ...]:
    if not lines:
        return ()
    title, *others = lines
    rest = (TitleField(name="Contact", lines=tuple(others)),) if others else ()
    return (TitleField(name="Title", lines=(title,)), *rest)


# ---------------------------------------------------------------- what is left out


def _report_left_out(said: list[str], report: Report) -> None:
    if said:
        words = _short(" / ".join(said))
        message = f"Menus, footers and hidden parts of the page were left out: {words!r}."
        report(Diagnostic(Kind.GUESS, "html.left-out", message))


def _report_around(said: str, report: Report) -> None:
    words = _short(" ".join(said.split()))
    if words:
        message = f"What stands around the script on this page was left out: {words!r}."
        report(Diagnostic(Kind.GUESS, "html.around-script", message))


def _short(said: str) -> str:
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}..."
