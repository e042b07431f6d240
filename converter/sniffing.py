"""What the first bytes of a file look like: a function for each format of ours, as the table of formats names it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.contract import Sniff
from converter.terms import HEADING_INTRO

SAMPLE = 65536
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a\x1b")
_MARKED_UP = (b"<?xml", b"<finaldraft", b"<!doctype", b"<html", b"{\\rtf", b"%pdf", b"pk\x03\x04")


def head_of(data: bytes) -> bytes:
    """The beginning of a file without byte order mark and leading blanks; UTF-16 and UTF-32 without their NULs."""
    head = data[:SAMPLE]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or min(even, odd) * 10 < max(even, odd):
        head = head.replace(b"\0", b"")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.lstrip()


_FINAL_DRAFT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?FinalDraft[\s>/]")


def fdx(data: bytes) -> Sniff:
    return Sniff.SURE if _FINAL_DRAFT.search(head_of(data)) else Sniff.NO


def docx(data: bytes) -> Sniff:
    """A zip archive; the names of its parts stand in the clear."""
    if not data.startswith(b"PK\x03\x04"):
        return Sniff.NO
    if b"word/" in data:
        return Sniff.SURE
    return Sniff.MAYBE if b"[Content_Types].xml" in data else Sniff.NO


def text(data: bytes) -> Sniff:
    """Nearly no control characters, and not the mark-up of something else."""
    head = head_of(data)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return Sniff.NO if head[:16].lower().startswith(_MARKED_UP) or controls * 100 > len(head) else Sniff.MAYBE


def fountain(data: bytes) -> Sniff:
    """SURE where a line does what only Fountain does, or scene headings stand unindented between empty lines."""
    if text(data) is Sniff.NO:
        return Sniff.NO
    head = head_of(data).decode("latin-1")
    return Sniff.SURE if _has_fountain_signs(head) else Sniff.MAYBE


# At the start of a line, as Fountain 1.1 has them. Headings and rules of Markdown look the same, so they are no sign.
_FOUNTAIN_LINE = re.compile(
    r"^(?: Title: | Draft[ ]date: | \.[A-Za-z] | @[A-Z] | ![A-Za-z] | >[ ]?[A-Z] | ~[ ]?\w )", re.VERBOSE | re.MULTILINE
)


def _has_fountain_signs(head: str) -> bool:
    lines = ["", *head.splitlines(), ""]
    if "\f" in head or 5 * (head.count("\n      ") + head.count("\n\t")) > sum(map(bool, lines)):
        return False  # pages as typed or printed
    if _FOUNTAIN_LINE.search(head):
        return True
    alone = [
        not before.strip() and not after.strip()
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
        if line[:1] in {"I", "E", "i", "e"} and HEADING_INTRO.match(line)
    ]
    return bool(alone) and sum(alone) * 10 >= len(alone) * 9  # text that lost its columns has many that are not


# ---------------------------------------------------------------- Fountain that is named as plain text

FEWEST_LINES, LONGEST_LINE = 10, 4_000
NARROWEST_TYPED_LINE, WIDEST_TYPED_LINE = 24, 90  # the halves of two who speak at once have 28 columns
# Compiled where they are used: few files need them, and every start would wait for it.
_SIGN = r"\.[A-Za-z]|@[A-Z]|![A-Za-z]|>[ ]?[A-Z]|~[ ]?\w|\[\[.*\]\]$|/\*|\#{1,6}[ ]\w|={1,2}[ ]?\w|===+$"
_TITLE_FIELD = r"(?i:Title|Credit|Authors?|Source|Draft date|Contact):"


def is_fountain_script(data: bytes) -> bool:
    """A whole script with several of Fountain's signs, not pasted pages: recovery reads those better.

    Tried on 49 texts (as typed, without columns, without blank lines, flat) and 13 scripts in Fountain: all told apart.
    """
    lines = head_of(data).decode("latin-1").splitlines()
    filled = [line for line in lines if line.strip()]
    if _is_title_page(filled):
        return True
    if len(filled) < FEWEST_LINES or max(map(len, filled)) > LONGEST_LINE or _is_wrapped(lines):
        return False
    signs = _title_fields(filled) + _signs(lines)
    return signs >= 2 and signs * 200 >= len(filled)  # a single odd line says nothing of thousands


def _is_title_page(filled: list[str]) -> bool:
    """Nothing but fields, and indented lines of them."""
    fields = [line for line in filled if not line[0].isspace()]
    return len(fields) > 1 and filled[0] is fields[0] and _title_fields(fields) == len(fields)


def _title_fields(filled: list[str]) -> int:
    return next((at for at, line in enumerate(filled) if not re.match(_TITLE_FIELD, line)), len(filled))


def _signs(lines: list[str]) -> int:
    """Lines after an empty one that Fountain alone begins so; headings between empty lines count for two in all."""
    signs, alone, is_sign = 0, [], re.compile(_SIGN, re.VERBOSE).match
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        if line[:1] in {"I", "E", "i", "e"} and HEADING_INTRO.match(line):
            alone.append(not before.strip() and not after.strip())
        elif not before.strip() and is_sign(line):
            signs += 1
    return signs + 2 * (len(alone) > 1 and sum(alone) * 10 >= len(alone) * 9)


def _is_wrapped(lines: list[str]) -> bool:
    """Do most paragraphs of several lines break where the next word would not have fitted?"""
    turned = [_breaks_where_full(words) for words in _paragraphs(lines) if len(words) > 1 and _is_wide(words)]
    return len(turned) > 1 and sum(turned) * 5 >= len(turned) * 4


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """The lines between empty ones, without the name and the bracket over a speech."""
    words: list[str] = []
    for line in [*lines, ""]:
        line = line.strip()
        if line:
            words.append(line)
            continue
        if words and words[0].upper() == words[0]:
            del words[0]
        if words and words[0].startswith("("):
            del words[0]
        yield words
        words = []


def _is_wide(words: list[str]) -> bool:
    return max(map(len, words)) >= NARROWEST_TYPED_LINE


def _breaks_where_full(words: list[str]) -> bool:
    width = max(map(len, words))
    return width <= WIDEST_TYPED_LINE and all(
        len(line) + 1 + len(below.partition(" ")[0]) > width for line, below in zip(words, words[1:], strict=False)
    )


def rtf(data: bytes) -> Sniff:
    return Sniff.SURE if head_of(data).startswith(b"{\\rtf") else Sniff.NO


def odt(data: bytes) -> Sniff:
    is_text = b"application/vnd.oasis.opendocument.text" in data[:200]
    return Sniff.SURE if data.startswith(b"PK\x03\x04") and is_text else Sniff.NO


def bundle(data: bytes) -> Sniff:
    """A zip archive with a text beside the index of a bundle; the names of its parts stand in the clear."""
    if not data.startswith(b"PK\x03\x04") or b"word/document" in data:
        return Sniff.NO
    if b"info.json" in data and b"text." in data:
        return Sniff.SURE
    return Sniff.MAYBE if b".fountain" in data else Sniff.NO


def pdf(data: bytes) -> Sniff:
    return Sniff.SURE if b"%PDF-" in data[:1024] else Sniff.NO


_OPEN_SCREENPLAY_ROOT = re.compile(rb"<document\b[^>]{0,200}\bOpen Screenplay Format")


def fadein(data: bytes) -> Sniff:
    """A zip archive with Open Screenplay Format in it; the names of its parts stand in the clear."""
    if not data.startswith(b"PK\x03\x04") or b"word/" in data:
        return Sniff.NO
    if data[26:28] == b"\x0c\0" and data[30:42] == b"document.xml":
        return Sniff.SURE
    return Sniff.MAYBE if b"document.xml" in data else Sniff.NO


def trelby(data: bytes) -> Sniff:
    return Sniff.SURE if re.match(rb"#Version [1-9][0-9]?\r?\n", head_of(data)) else Sniff.NO


def celtx(data: bytes) -> Sniff:
    return Sniff.SURE if data.startswith(b"PK\x03\x04") and b"project.rdf" in data else Sniff.NO


_SQLITE = b"SQLite format 3\0"  # the tables' statements stand in the clear near the beginning
_TABLES = 1 << 20


def kit(data: bytes) -> Sniff:
    is_kit = data.startswith(_SQLITE) and re.search(rb"TABLE\s+[\"\[`]?scenario\b", data[:_TABLES])
    return Sniff.SURE if is_kit else Sniff.NO


def starc(data: bytes) -> Sniff:
    is_starc = data.startswith(_SQLITE) and re.search(rb"TABLE\s+[\"\[`]?documents\b", data[:_TABLES])
    return Sniff.SURE if is_starc else Sniff.NO


def scrite(data: bytes) -> Sniff:
    is_archive = data.startswith(b"PK\x03\x04") and b"_header.json" in data
    return Sniff.SURE if is_archive or data.startswith(b"SCRITE") else Sniff.NO


def adobestory(data: bytes) -> Sniff:
    return Sniff.SURE if re.search(rb"<adobestory[\s>]", head_of(data)[:4096].lower()) else Sniff.NO


def osf(data: bytes) -> Sniff:
    return Sniff.SURE if _OPEN_SCREENPLAY_ROOT.search(head_of(data)[:4096]) else Sniff.NO


def json(data: bytes) -> Sniff:
    head = head_of(data)
    is_tree = head.startswith(b"{") and re.search(rb'"type"\s{0,9}:\s{0,9}"Screenplay"', head)
    return Sniff.SURE if is_tree else Sniff.NO


_PROLOGUE = rb"(?:<\?xml(?>.*?>)|<!--(?>.*?-->)|<!doctype(?!\s+html)[^<>]*+>|\s)*+"
_WEB = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)
# Elements that a page saved as text begins with, where its head is lost.
_WEB_PIECE = re.compile(
    _PROLOGUE + rb"<(?:meta|title|style|script|link|pre|p|div|center|table|font|span|h[1-6]|b|br)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)


def html(data: bytes) -> Sniff:
    head = head_of(data)
    if not head.startswith(b"<"):
        return Sniff.NO
    is_page = _WEB.match(head) or _WEB_PIECE.match(head) and b"</" in head
    return Sniff.SURE if is_page else Sniff.NO


def nothing(data: bytes) -> Sniff:
    return Sniff.NO
