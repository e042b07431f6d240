"""A script that goes through another format on its way arrives with the words that it has when it goes straight.

The words are counted here in the files themselves, by other means than ours: XML and zip archives by hand, PDF by
pypdf.
Where words differ, a LOSS or WARNING says which kind of words the format between could not keep.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

from converter import api
from converter.contract import Diagnostic, Kind
from converter.records import replace
from converter.tree import PageMark, Screenplay

ROOT = Path(__file__).parent.parent
REAL = Path(os.environ.get("MATCHCUT_REAL_FILES", ROOT.parent / "shared" / "real"))
SUFFIXES = {".fdx": "fdx", ".fountain": "fountain", ".docx": "docx", ".pdf": "pdf", ".txt": "text"}
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in SUFFIXES)
OTHERS = sorted(path for path in REAL.glob("[!t]*/*") if path.suffix in SUFFIXES) if REAL.is_dir() else []

BETWEEN = ("fdx", "fountain", "docx")
FILES = ("fdx", "fountain", "docx")  # all words count in these: notes, synopses, numbers
PAGES = ("text", "pdf")  # words that are printed


# ---------------------------------------------------------------- words, counted by hand


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def words_of_fdx(data: bytes) -> Counter[str]:
    """Of the script, its title page, numbers, notes and other wordings; not what the editor's panels keep beside it."""
    root = etree.fromstring(data)
    lines: list[str] = []
    for part in root.iterfind("*"):
        if part.tag not in {"Content", "TitlePage", "ScriptNotes", "UnanchoredScriptNotes", "AltCollection"}:
            continue
        beside = part.iter("SceneArcBeats", "AttributedTitle", "HeaderAndFooter")
        panels = {one for panel in beside for one in panel.iter("Paragraph")}
        for paragraph in part.iter("Paragraph"):
            if paragraph not in panels:
                lines.append("".join(str(text.text or "") for text in paragraph.iterfind("Text")))
                lines.append(str(paragraph.get("Number", "")) if part.tag == "Content" else "")
    return words_of("\n".join(lines))


def words_of_docx(data: bytes) -> Counter[str]:
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in {"word/document.xml", "word/comments.xml", "word/footnotes.xml"} & set(archive.namelist()):
            for paragraph in etree.fromstring(archive.read(name)).iter(word + "p"):
                pieces = paragraph.iter(word + "t", word + "tab", word + "br")
                lines.append("".join(str(one.text or "") if one.tag == word + "t" else " " for one in pieces))
    return words_of("\n".join(lines))


def words_of_pdf(data: bytes) -> Counter[str]:
    import pypdf

    return words_of("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))


def words_of_fountain(data: bytes) -> Counter[str]:
    """Without the marks of emphasis, which stand inside words."""
    return words_of(re.sub(r"[*\\]", "", data.decode("utf-8")))


COUNT = {
    "fdx": words_of_fdx,
    "docx": words_of_docx,
    "fountain": words_of_fountain,
    "pdf": words_of_pdf,
    "text": lambda data: words_of(data.decode("utf-8")),
}

# What the page adds by itself: it depends on where pages break and on settings, which not every format keeps.
ADDED_BY_PAGES = frozenset({"more", "cont", "d", "continued"})


# ---------------------------------------------------------------- the law

# The reports that take or add words of a kind. Each of them names the words or their places in its message.
CHANGES_WORDS = frozenset(
    {
        "fountain.page-mark-changed",  # a locked page is a note with its label, or the other way round
        "fountain.no-acts",  # the name of an act is a section too
        "fountain.no-alternates",  # a note says ALT: before it
        "fountain.no-note-details",  # the title of a note stands before its text
        "fountain.no-hidden-text",
        "fountain.no-number",  # on something that is no scene
        "fountain.no-revisions",  # words of deletions
        "fountain.no-cut-words",
        "fountain.not-held",
        "fountain.odd-scene-number",
        "fountain.no-title-layout",
        "docx.color",  # a name of a colour in a note of Fountain
        "docx.foreign-part",
        "docx.no-cut-words",
        "fdx.no-cut-words",
        "fdx.color-name",
    }
)
# Of these, what changes words that are printed.
CHANGES_PRINTED_WORDS = frozenset({"fountain.no-number", "fountain.odd-scene-number", "fountain.no-title-layout"})


class Read(NamedTuple):
    screenplay: Screenplay
    said: tuple[str, ...]


def codes(diagnostics: tuple[Diagnostic, ...]) -> tuple[str, ...]:
    return tuple(one.code for one in diagnostics if one.kind is not Kind.GUESS)


def read(data: bytes, format_: str, name: str = "") -> Read:
    result = api.read_bytes(data, format=format_, name=name)
    return Read(replace(result.screenplay, origin=None), codes(result.diagnostics))


def write(screenplay: Screenplay, format_: str) -> tuple[bytes, tuple[str, ...]]:
    if format_ in PAGES:
        body = tuple(element for element in screenplay.body if not isinstance(element, PageMark))
        screenplay = replace(screenplay, body=body, page_setup=None, revisions=None, styles=())
    if format_ == "docx":
        # As drawn and as fields, the words of a title page stand twice in a document, or once.
        screenplay = replace(screenplay, title_page=None)
    result = api.write_bytes(screenplay, format=format_)
    return result.data, codes(result.diagnostics)


def arrived(screenplay: Screenplay, format_: str, ignored: frozenset[str]) -> tuple[Counter[str], tuple[str, ...]]:
    data, said = write(screenplay, format_)
    words = Counter({word: count for word, count in COUNT[format_](data).items() if word not in ADDED_BY_PAGES})
    if format_ in PAGES:
        number = re.compile(r"\d+[a-z]{0,2}")  # of a page, or of a scene, which is printed on both sides
        counted = ((word, count) for word, count in words.items() if word not in ignored and not number.fullmatch(word))
        words = Counter(dict(counted))
    return words, said


@cache
def source(path: Path) -> tuple[Read, frozenset[str]]:
    """The script, and the words that pages may print more or less often: those of names over speeches."""
    came = read(path.read_bytes(), SUFFIXES[path.suffix], path.name)
    root = etree.fromstring(write(came.screenplay, "fdx")[0])
    names = "\n".join("".join(map(str, one.itertext())) for one in root.iterfind(".//Paragraph[@Type='Character']"))
    return came, ADDED_BY_PAGES | words_of(names).keys()


def check(path: Path, between: str, end: str) -> None:
    came, ignored = source(path)
    straight, said_straight = arrived(came.screenplay, end, ignored)
    result = api.write_bytes(came.screenplay, format=between)
    data, said = result.data, codes(result.diagnostics)
    again = read(data, between)
    around, said_around = arrived(again.screenplay, end, ignored)
    reported = {*said, *again.said, *said_around} - {*said_straight}
    lost, new = straight - around, around - straight
    if end in FILES and reported & CHANGES_WORDS or end in PAGES and reported & CHANGES_PRINTED_WORDS:
        return
    assert (lost, new) == (Counter(), Counter()), sorted(reported)


def routes(*ends: str) -> Any:
    return pytest.mark.parametrize(
        "route", [pair for pair in product(BETWEEN, ends) if pair[0] != pair[1]], ids=lambda route: "-".join(route)
    )


QUICK = {"short-film.fountain", "short-film.fdx", "nihongo.fountain", "production-draft.fdx"}
each_sample = pytest.mark.parametrize(
    "path", [pytest.param(one, id=one.name, marks=[] if one.name in QUICK else pytest.mark.long) for one in SAMPLES]
)
each_real_file = pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)


@each_sample
@routes(*FILES, "text")
def test_words_of_samples_arrive_by_every_route(path: Path, route: tuple[str, str]) -> None:
    check(path, *route)


@pytest.mark.long
@each_sample
@routes("pdf")
def test_words_of_samples_are_printed_after_every_route(path: Path, route: tuple[str, str]) -> None:
    check(path, *route)


@pytest.mark.long
@each_real_file
@routes(*FILES, "text")
def test_words_of_real_files_arrive_by_every_route(path: Path, route: tuple[str, str]) -> None:
    check(path, *route)


# ---------------------------------------------------------------- straight through


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix == ".fdx"], ids=lambda path: path.name)
def test_final_draft_s_words_are_all_there_when_the_file_is_written_anew(path: Path) -> None:
    """Without the origin, so that every word is ours."""
    assert words_of_fdx(write(source(path)[0].screenplay, "fdx")[0]) == words_of_fdx(path.read_bytes())
