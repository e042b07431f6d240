"""Case files: one sentence, then named sections. README.md beside this file explains them."""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import pytest

from converter.contract import DEFAULT_LIMITS, Diagnostic, Position, Source
from converter.layout.paginate import paginate
from converter.layout.picture import picture
from converter.layout.style import PageOptions
from converter.normal import normal
from converter.tree import Screenplay

TESTS = Path(__file__).parent

BETWEEN_CASES = re.compile(r"^-{10,}\n", re.MULTILINE)
HEADER = re.compile(r"^--- (?P<format>[a-z]+)(?P<words>(?: [a-z]+| \d+)*?)(?P<options>(?: \w+=\S+)*)\n", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Section:
    header: str  # the whole line, so that it can be written back
    format: str
    words: str
    options: dict[str, str]
    text: str


@dataclass(frozen=True, kw_only=True)
class Case:
    path: Path
    number: int  # its place in the file, from 0
    sentence: str
    sections: tuple[Section, ...]

    def __str__(self) -> str:
        return f"{self.path.relative_to(TESTS)}:{self.number + 1}"


# ---------------------------------------------------------------- case files


def all_cases(folder: Path = TESTS) -> list[Case]:
    return [case for path in sorted(folder.rglob("*.case")) for case in parse(path)]


def parse(path: Path) -> list[Case]:
    blocks = BETWEEN_CASES.split(path.read_text(encoding="utf-8"))
    return [_parse_case(path, number, block) for number, block in enumerate(blocks)]


def _parse_case(path: Path, number: int, block: str) -> Case:
    headers = list(HEADER.finditer(block))
    assert headers, f"{path}: case {number + 1} has no section"
    lines = [line for line in block.splitlines(keepends=True) if line.startswith("---")]
    wrong = [line.strip() for line in lines if not HEADER.fullmatch(line)]
    assert not wrong, f"{path}: case {number + 1}: these lines begin no section: {wrong}"
    sentence = block[: headers[0].start()]
    assert sentence.strip(), f"{path}: case {number + 1} does not say in a sentence what it shows"
    ends = [header.start() for header in headers[1:]] + [len(block)]
    sections = tuple(
        Section(
            header=header[0],
            format=header["format"],
            words=header["words"].strip(),
            options=dict(one.split("=", 1) for one in header["options"].split()),
            text=block[header.end() : end],
        )
        for header, end in zip(headers, ends, strict=True)
    )
    return Case(path=path, number=number, sentence=sentence, sections=sections)


def _accept(case: Case, sections: list[Section]) -> None:
    text = case.sentence + "".join(section.header + section.text for section in sections)
    content = case.path.read_text(encoding="utf-8")
    dashes = [one[0] for one in BETWEEN_CASES.finditer(content)] + [""]
    blocks = BETWEEN_CASES.split(content)
    blocks[case.number] = text
    whole = "".join(block + line for block, line in zip(blocks, dashes, strict=True))
    case.path.write_text(whole, encoding="utf-8")


# ---------------------------------------------------------------- running a case


@dataclass
class _Run:
    """How far a case has come."""

    tree: Screenplay
    diagnostics: list[Diagnostic] = field(default_factory=list)
    written: tuple[str, bytes] | None = None


def check(case: Case, *, accept: bool = False) -> None:
    """Run the case; with `accept` write what came out into its file instead of failing."""
    for section in case.sections:
        _check_header(case, section)
    made = list(_made(case))
    if [section.text for section in made] == [section.text for section in case.sections]:
        return
    if accept:
        _accept(case, made)
        return
    pytest.fail(f"{case}: {case.sentence.strip()}\n{_difference(case, made)}", pytrace=False)


def _check_header(case: Case, section: Section) -> None:
    where = f"{case}: {section.header.strip()}"
    is_input = section is case.sections[0]
    words = {""} if is_input else {"", "written", "read back"}
    assert section.words in words or section.format == "page" and section.words.isdigit(), f"{where}: no such words"
    unknown = section.options.keys() - _known_options(where, section, is_input)
    assert not unknown, f"{where}: no such option: {', '.join(sorted(unknown))}"


def _known_options(where: str, section: Section, is_input: bool) -> set[str]:
    if section.format == "diagnostics":
        return set()
    if section.format == "page":
        return _names_of(PageOptions)
    package, side = ("converter.readers", "READER") if is_input else ("writers", "WRITER")
    try:
        form = getattr(importlib.import_module(f"{package}.{section.format}"), side)
    except (ImportError, AttributeError):
        raise AssertionError(f"{where}: no section has this name") from None
    return _names_of(form.options) | ({"part", "escapes"} if section.format == "fdx" else {"escapes"})


def _names_of(options: Any) -> set[str]:
    return {one.name for one in fields(options)}


def _difference(case: Case, made: list[Section]) -> str:
    expected = "".join(section.header + section.text for section in case.sections).splitlines(keepends=True)
    actual = "".join(section.header + section.text for section in made).splitlines(keepends=True)
    lines = difflib.unified_diff(expected, actual, "expected", "made", n=1000)
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def _made(case: Case) -> Iterator[Section]:
    """The sections as they should stand: the input, and behind it what the code makes now."""
    first, *later = case.sections
    run = _Run(tree=Screenplay())
    _read(run, first.format, input_bytes(first), first.options)
    yield first
    for section in later:
        if section.words == "read back":
            assert run.written is not None, f"{case}: nothing was written that could be read back"
            _read(run, *run.written, {})
        text = _section_text(run, section)
        if section.format != "diagnostics" or text:
            yield replace(section, text=_hidden(section, text))
    if run.diagnostics:
        text = "".join(diagnostic_line(one) for one in run.diagnostics)
        yield Section(header="--- diagnostics\n", format="diagnostics", words="", options={}, text=text)


def _section_text(run: _Run, section: Section) -> str:
    options = _code_options(section.options)
    if section.format == "diagnostics":
        lines = [diagnostic_line(one) for one in run.diagnostics]
        run.diagnostics.clear()
        return "".join(lines)
    if section.format == "page":
        return _with_line_end(_pages(run, section, options))
    writer = importlib.import_module(f"writers.{section.format}").WRITER
    data = writer.write(run.tree, writer.options(**options), run.diagnostics.append, DEFAULT_LIMITS)
    run.written = section.format, data
    text = data.decode("utf-8")
    if section.format == "fdx":
        text = fdx_part(text, section.options.get("part", "Content"))
    return _with_line_end(text)


def _read(run: _Run, format_name: str, data: bytes, options: dict[str, str]) -> None:
    reader = importlib.import_module(f"converter.readers.{format_name}").READER
    source = Source(f"case.{format_name}", data)
    run.tree = reader.read(source, reader.options(**_code_options(options)), run.diagnostics.append, DEFAULT_LIMITS)
    assert normal(replace(run.tree)) == run.tree, "a reader returns normal form"


def _pages(run: _Run, section: Section, options: dict[str, Any]) -> str:
    pages = paginate(run.tree, PageOptions(**options), run.diagnostics.append, DEFAULT_LIMITS).all
    if section.words.isdigit():
        pages = pages[int(section.words) - 1 :][:1]
    return "\f\n".join(map(picture, pages))


def diagnostic_line(diagnostic: Diagnostic) -> str:
    where = _place(diagnostic.at)
    return f"{diagnostic.kind.value} {diagnostic.code}{where}: {diagnostic.message}\n"


def _place(at: Position | None) -> str:
    if at is None:
        return ""
    for name in ("line", "page", "paragraph"):
        if getattr(at, name) is not None:
            return f" ({name} {getattr(at, name)})"
    return ""


def _with_line_end(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


# ---------------------------------------------------------------- options and escapes

OUR_OPTIONS = {"escapes", "part"}


def _code_options(options: dict[str, str]) -> dict[str, Any]:
    return {name: _option_value(value) for name, value in options.items() if name not in OUR_OPTIONS}


def _option_value(value: str) -> Any:
    if value in {"yes", "no"}:
        return value == "yes"
    return int(value) if value.isdigit() else value


ESCAPE = re.compile(r"\\(?:x(?P<two>[0-9a-f]{2})|u(?P<four>[0-9a-f]{4})|(?P<letter>[tr\\]))")
LETTERS = {"t": "\t", "r": "\r", "\\": "\\"}


def _unescaped(match: re.Match[str]) -> str:
    digits = match["two"] or match["four"]
    return chr(int(digits, 16)) if digits else LETTERS[match["letter"]]


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    for letter, meaning in LETTERS.items():
        if char == meaning:
            return "\\" + letter
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"


HIDDEN = re.compile("[\\\\\x00-\x09\x0b-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]| (?=\n)")


def _hidden(section: Section, text: str) -> str:
    return HIDDEN.sub(_escaped, text) if section.options.get("escapes") == "yes" else text


def input_text(section: Section) -> str:
    return ESCAPE.sub(_unescaped, section.text) if section.options.get("escapes") == "yes" else section.text


def input_bytes(section: Section) -> bytes:
    text = input_text(section)
    if section.format == "fdx" and "<FinalDraft" not in text:
        text = fdx_document(text)
    return text.encode("utf-8")


# ---------------------------------------------------------------- FDX

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'


def fdx_document(paragraphs: str) -> str:
    """The smallest document around a body's Paragraphs."""
    root = '<FinalDraft DocumentType="Script" Template="No" Version="5">\n'
    return f"{DECLARATION}{root}<Content>\n{paragraphs}</Content>\n</FinalDraft>\n"


def fdx_part(document: str, name: str) -> str:
    """One part of a written document without its indentation; of Content only what is in it."""
    if name == "all":
        return document
    start = re.search(rf"^[ ]{{0,2}}<{name}(?=[\s/>])", document, re.MULTILINE)
    if start is None:
        return ""
    empty = re.compile(r"[^<>]*/>\n").match(document, start.end())
    end = empty.end() if empty else document.index(f"</{name}>\n", start.end()) + len(f"</{name}>\n")
    part = document[start.start() : end]
    if name == "Content":
        part = "" if empty else part[part.index("\n") + 1 : part.rindex("\n", 0, -1) + 1]
    first = len(part) - len(part.lstrip(" "))
    return re.sub(rf"^[ ]{{{first}}}(?=\s*<)", "", part, flags=re.MULTILINE)
