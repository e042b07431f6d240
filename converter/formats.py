"""The formats: one row each, how a file shows which it is, and the plug-ins of others.

A row names its reader and writer as "module:NAME", so that a suffix or a look at the bytes costs no import; what the
row says is not said again there. Plug-ins (entry points of the groups matchcut.readers and matchcut.writers) say it
themselves, and are asked where no row surely fits.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

from converter import sniffing
from converter.contract import (
    Diagnostic,
    FormatError,
    Hint,
    Kind,
    Reader,
    Report,
    Sniff,
    Source,
    UnknownFormat,
    UsageError,
    Writer,
)
from converter.records import dataclass, replace

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    title: str  # what people call it
    suffixes: tuple[str, ...]  # the first is the one that we give
    sniff: Callable[[bytes], Sniff]
    reader: str | None = None
    writer: str | None = None
    lacks: str = ""  # what the format cannot hold


# ---------------------------------------------------------------- the table

FORMATS: tuple[Format, ...] = (
    Format(
        "fountain",
        "Fountain",
        (".fountain", ".spmd", ".ftn"),
        sniffing.fountain,
        reader="converter.readers.fountain:READER",
        writer="writers.fountain:WRITER",
        lacks="revisions, production tags, fonts and colours, page layout and paragraph styles",
    ),
    Format(
        "fdx",
        "Final Draft",
        (".fdx", ".fdxt"),
        sniffing.fdx,
        reader="converter.readers.fdx:READER",
        writer="writers.fdx:WRITER",
    ),
    Format(
        "docx",
        "Word",
        (".docx",),
        sniffing.docx,
        reader="converter.readers.docx:READER",
        writer="writers.docx:WRITER",
    ),
    Format(
        "osf",
        "Open Screenplay Format",
        (".osf",),
        sniffing.osf,
        reader="converter.readers.osf:READER",
        writer="writers.osf:WRITER",
        lacks="boneyards and sections, tags, authors of notes, alternates, cut scenes and paragraph styles",
    ),
    Format(
        "fadein",
        "Fade In",
        (".fadein",),
        sniffing.fadein,
        reader="converter.readers.osf:FADE_IN",
        writer="writers.osf:FADE_IN",
        lacks="boneyards and sections, tags, authors of notes, alternates, cut scenes and paragraph styles",
    ),
    Format(
        "celtx",
        "Celtx",
        (".celtx",),
        sniffing.celtx,
        reader="converter.readers.celtx:READER",
    ),
    Format(
        "trelby",
        "Trelby",
        (".trelby", ".blyte"),
        sniffing.trelby,
        reader="converter.readers.trelby:READER",
        writer="writers.trelby:WRITER",
        lacks="bold, italic and underlined words, scene numbers, dual dialogue, page breaks, revisions and tags",
    ),
    Format(
        "starc",
        "Story Architect",
        (".starc",),
        sniffing.starc,
        reader="converter.readers.starc:READER",
    ),
    Format(
        "kit",
        "KIT Scenarist",
        (".kitsp",),
        sniffing.kit,
        reader="converter.readers.kit:READER",
    ),
    Format(
        "scrite",
        "Scrite",
        (".scrite",),
        sniffing.scrite,
        reader="converter.readers.scrite:READER",
    ),
    Format(
        "adobestory",
        "Adobe Story",
        (".astx",),
        sniffing.adobestory,
        reader="converter.readers.adobestory:READER",
    ),
    Format(
        "rtf",
        "Rich Text Format",
        (".rtf",),
        sniffing.rtf,
        reader="converter.readers.rtf:READER",
    ),
    Format(
        "odt",
        "OpenDocument text",
        (".odt", ".ott"),
        sniffing.odt,
        reader="converter.readers.odt:READER",
    ),
    Format(
        "highland",
        "Highland, TextBundle",
        (".highland", ".textpack", ".textbundle"),
        sniffing.bundle,
        reader="converter.readers.highland:READER",
    ),
    Format(
        "text",
        "plain text",
        (".txt", ".text"),
        sniffing.text,
        reader="converter.readers.plain:READER",
        writer="writers.text:WRITER",
    ),
    Format(
        "pdf",
        "PDF",
        (".pdf",),
        sniffing.pdf,
        reader="converter.readers.pdf:READER",
        writer="writers.pdf:WRITER",
        lacks="notes, sections, synopses and cut scenes are not printed unless asked for",
    ),
    Format(
        "html",
        "HTML",
        (".html", ".htm", ".xhtml"),
        sniffing.html,
        reader="converter.readers.html:READER",
        writer="writers.html:WRITER",
    ),
    Format(
        "json",
        "JSON of the document tree, for programs",
        (".screenplay.json",),
        sniffing.json,
        reader="converter.readers.json:READER",
        writer="writers.json:WRITER",
    ),
    Format(
        "outline",
        "Outline of the document tree, to look inside",
        (".outline",),
        sniffing.nothing,
        writer="writers.outline:WRITER",
    ),
)

# What reports are written as, by the endings of their files.
TABLES = {f".{name}": f"writers.tables.{name}:write" for name in ("csv", "json", "xlsx", "html", "pdf")}


def table_writer(ending: str) -> Callable[..., bytes]:
    """`write(tables, title, limits)` for files with this ending, one of TABLES."""
    return cast("Callable[..., bytes]", _loaded(TABLES[ending]))


def pdf_copies() -> Callable[..., Iterator[bytes]]:
    """`copies(screenplay, readers, options, report, limits, pages=...)`: a PDF for each reader."""
    return cast("Callable[..., Iterator[bytes]]", _loaded("writers.pdf.copies:copies"))


def pdf_sides() -> Any:
    """The module with `Wanted` and `sides(screenplay, wanted, options, report, limits)`."""
    return import_module("writers.pdf.sides")


_AS_FDX = "export it there as Final Draft (.fdx) or Fountain"
_FINAL_DRAFT_7 = "comes from Final Draft 7 or older; save it as .fdx in Final Draft 8 or later"
_SCREENWRITER = "comes from Movie Magic Screenwriter; print it to PDF there, or export RTF and save that as .docx"
_OLD_WORD = "is an old Word document, or one with a password; save it in Word as .docx without a password"
_WRITERDUET = f"comes from WriterDuet; {_AS_FDX}"
_ADOBE_STORY = "comes from Adobe Story, which is gone; only scripts that it exported as .astx can be read"
_SCRIVENER = "belongs to a Scrivener project; compile the project there to Final Draft (.fdx) or Fountain"
_PAGES = "is an Apple Pages document; export it there as Word (.docx)"
_WEB_PAGE = "is a web page in an archive (MHT); open it in a browser and save it as a web page (.html)"
_DATABASE = "is a database (SQLite), and not one of Story Architect or KIT Scenarist"
_SCHEDULE = "comes from Movie Magic Scheduling; that is a schedule, not a script"

# Files that we do not read, each with the way out: by their first bytes, in lower case, or by the suffix.
_REFUSED_BYTES = (
    (b"\xfd\xfd\xfd\xfd", _FINAL_DRAFT_7),
    (b"screenwriterwinver", _SCREENWRITER),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_WORD),
    (b"sqlite format 3\0", _DATABASE),
    (b"\x1f\x8b", "is packed with gzip; unpack it first"),
    (b"mime-version:", _WEB_PAGE),  # saved as one file, .mht
    (b"from: <saved by", _WEB_PAGE),
)
_REFUSED_SUFFIXES = {
    ".fdr": _FINAL_DRAFT_7,
    ".fcf": _FINAL_DRAFT_7,
    ".mmsw": _SCREENWRITER,
    ".scw": _SCREENWRITER,
    ".sex": _SCHEDULE,
    ".msd": _SCHEDULE,
    ".wdz": _WRITERDUET,
    ".cxscript": "comes from Celtx on the web; export it there as PDF",
    ".wdu": _WRITERDUET,
    ".scriv": _SCRIVENER,
    ".scrivx": _SCRIVENER,
    ".stdoc": _ADOBE_STORY,
    ".mht": _WEB_PAGE,
    ".mhtml": _WEB_PAGE,
    ".epub": "is an e-book; a program for e-books, such as Calibre, saves it as .docx",
    ".pages": _PAGES,
    ".gdoc": "is only a link to a Google document; download that as Word (.docx)",
    ".doc": _OLD_WORD,
}


_READABLE = tuple(row for row in FORMATS if row.reader)
_WRITABLE = tuple(row for row in FORMATS if row.writer)
_DOUBLE_SUFFIXES = frozenset(suffix for row in FORMATS for suffix in row.suffixes if suffix.count(".") > 1)


# ---------------------------------------------------------------- which reader


def find_reader(source: Source, report: Report) -> Reader:
    """The reader for these bytes. What they surely are beats the suffix, with a WARNING.

    FormatError for a file of another program, with what to do there; UnknownFormat if nothing tells.
    """
    suffix = suffix_of(source.name)
    named = [row for row in _READABLE if suffix in row.suffixes]
    if named:
        return _loaded_reader(_told(_row_for(source, suffix, named, report), source.data, report))
    sure = surely(source.data)
    if sure is not None and not suffix:
        return _loaded_reader(sure)
    likely = [row for row in _READABLE if row.sniff(source.data) is not Sniff.NO]
    plug_in = _plug_in_for(source, suffix, report)
    if plug_in is not None:
        return plug_in
    refuse_foreign(source.data, suffix)
    if likely:
        return _loaded_reader(_told(_best(likely, source.data), source.data, report))
    raise UnknownFormat("nothing tells which format this is", hint=_naming("--from can name it", Reader))


def _row_for(source: Source, suffix: str, named: list[Format], report: Report) -> Format:
    """Of our formats, where the suffix is one of ours."""
    refuse_foreign(source.data, "")
    looks = {row.name: row.sniff(source.data) for row in named}
    if len(named) == 1 and looks[named[0].name] is Sniff.SURE:
        return named[0]
    fitting = [row for row in named if looks[row.name] is not Sniff.NO]
    sure = surely(source.data)
    if sure is not None and sure.name == "fountain" and fitting and not sniffing.is_fountain_script(source.data):
        sure = None
    if sure is not None and sure not in fitting:
        if not fitting:
            message = f"The name ends in {suffix}, but this is {sure.title}; it was read as that."
            report(Diagnostic(Kind.WARNING, "format.another-suffix", message))
        return sure
    if not fitting and source.data.startswith(b"PK\x03\x04") and named[0].name in _TEXTS:
        raise FormatError("this is a zip archive, not text; unpack it and convert what is in it")
    return _best(fitting or named, source.data)


_TEXTS = ("fountain", "fdx", "text")
_OF_PROGRAMS = re.compile(
    rb"""(?P<XML> <\?xml\s | <[A-Za-z][\w:.-]{0,60}(?:\s[^<>]*+)?> (?= (?s:.*)</ ) )
    | (?P<JSON> \{\s*+"[^"\n]{1,80}"\s{0,9}: | \[\s*+\{\s*+" )""",
    re.VERBOSE,
)


def _told(row: Format, data: bytes, report: Report) -> Format:
    """The same row. A WARNING where the data of some program come to be read as words of a script."""
    found = _OF_PROGRAMS.match(sniffing.head_of(data)) if row.name in ("fountain", "text") else None
    if found is not None:
        message = f"This is {found.lastgroup} that no format known here writes; all of it was read as text."
        message += " Export the script as Final Draft (.fdx), Fountain or PDF, and convert that."
        report(Diagnostic(Kind.WARNING, "format.data", message))
    return row


def surely(data: bytes) -> Format | None:
    """The format of ours that the bytes leave no doubt about, if we read it."""
    return next((row for row in _READABLE if row.sniff(data) is Sniff.SURE), None)


def _best(rows: list[Format], data: bytes) -> Format:
    """The surest, the later row of two equals: text without a sign of Fountain is rather not Fountain."""
    return max(reversed(rows), key=lambda row: row.sniff(data).value)


def refuse_foreign(data: bytes, suffix: str) -> None:
    """Raises FormatError for a file of another program, with the way out."""
    start = data[:64].lower()
    if start.startswith(b"pk\x03\x04") and re.search(rb"Index/[\w-]{1,40}\.iwa", data[: sniffing.SAMPLE]):
        raise FormatError(f"this file {_PAGES}")
    reason = next((text for first, text in _REFUSED_BYTES if start.startswith(first)), None)
    if reason == _DATABASE and surely(data) is not None:
        return
    reason = reason or _REFUSED_SUFFIXES.get(suffix)
    if reason:
        raise FormatError(f"this file {reason}")


def _plug_in_for(source: Source, suffix: str, report: Report) -> Reader | None:
    def wanted(reader: Reader) -> bool:
        return suffix in reader.suffixes

    def sure(reader: Reader) -> bool:
        return reader.sniff is not None and reader.sniff(source.data) is Sniff.SURE

    return _first_plug_in(Reader, (wanted, sure), report)


def reader_named(name: str, data: bytes, report: Report) -> Reader:
    """The reader of that name. FormatError where the bytes are surely something that it could not read."""
    row = next((row for row in _READABLE if row.name == name), None)
    if row is None:
        return _plug_in_named(name, Reader, report)
    if row.sniff(data) is Sniff.NO:
        sure = surely(data)
        if sure is not None:
            raise FormatError(f"this is {sure.title}, not {row.title}")
        refuse_foreign(data, "")
    return _loaded_reader(row)


# ---------------------------------------------------------------- which writer


def find_writer(path: str, report: Report) -> Writer:
    """The writer for a path's suffix."""
    suffix = suffix_of(path)
    row = next((row for row in _WRITABLE if suffix in row.suffixes), None)
    if row is not None:
        return _loaded_writer(row)
    plug_in = _first_plug_in(Writer, (lambda writer: suffix in writer.suffixes,), report) if suffix else None
    if plug_in is not None:
        return plug_in
    known = ", ".join(row.suffixes[0] for row in _WRITABLE)
    hint = Hint(f"use {known}, or name the format: {_names(Writer)}", f"use {known}, or --to: {_names(Writer)}")
    raise UnknownFormat(_why_unknown(path, suffix), hint=hint)


def _why_unknown(path: str, suffix: str) -> str:
    if not suffix:
        return "the name of the result has no ending that tells its format"
    row = row_of_suffix(path)
    return f"{row.title} ({suffix}) can be read, but not written" if row else f"no format ends in {suffix}"


def writer_named(name: str, report: Report) -> Writer:
    row = next((row for row in _WRITABLE if row.name == name), None)
    return _plug_in_named(name, Writer, report) if row is None else _loaded_writer(row)


def row_of_suffix(path: str) -> Format | None:
    """Our format that gives files this suffix."""
    suffix = suffix_of(path)
    return next((row for row in FORMATS if suffix in row.suffixes), None)


def suffix_of(path: str) -> str:
    """`.fdx` of `DRAFT.FDX`, `.screenplay.json` of `draft.screenplay.json`, empty if there is none."""
    return path[len(without_suffix(path)) :].lower()


def without_suffix(path: str) -> str:
    """`DRAFT` of `DRAFT.FDX`."""
    before, last = os.path.splitext(path)
    first, middle = os.path.splitext(before)
    return first if middle and f"{middle}{last}".lower() in _DOUBLE_SUFFIXES else before


# ---------------------------------------------------------------- all of them


@dataclass(frozen=True, slots=True)
class Known:
    """What can be read and written under one name."""

    name: str
    title: str
    lacks: str
    reader: Reader | None
    writer: Writer | None


def known_formats(report: Report) -> list[Known]:
    """Ours in the order of the table, then those of plug-ins by name. Imports them all."""
    readers = {reader.name: reader for reader in _plug_ins(Reader, report)}
    writers = {writer.name: writer for writer in _plug_ins(Writer, report)}
    ours = [
        Known(
            row.name,
            row.title,
            row.lacks,
            _loaded_reader(row) if row.reader else readers.get(row.name),
            _loaded_writer(row) if row.writer else writers.get(row.name),
        )
        for row in FORMATS
    ]
    names = {row.name for row in FORMATS}
    theirs = sorted((readers.keys() | writers.keys()) - names)
    return ours + [Known(name, f"{name}, a plug-in", "", readers.get(name), writers.get(name)) for name in theirs]


def readable_suffixes(name: str | None, report: Report) -> tuple[str, ...]:
    """The name endings of scripts that can be read, or of those in one format."""
    ours = [suffix for row in _READABLE if name in (None, row.name) for suffix in row.suffixes]
    theirs = [suffix for one in _plug_ins(Reader, report) if name in (None, one.name) for suffix in one.suffixes]
    return tuple(dict.fromkeys((*ours, *theirs)))


# ---------------------------------------------------------------- loading

Plugged = TypeVar("Plugged", Reader, Writer)


def _loaded_reader(row: Format) -> Reader:
    assert row.reader
    return replace(cast(Reader, _loaded(row.reader)), suffixes=row.suffixes, sniff=row.sniff)


def _loaded_writer(row: Format) -> Writer:
    assert row.writer
    return replace(cast(Writer, _loaded(row.writer)), suffixes=row.suffixes)


def _loaded(place: str) -> object:
    module, _, name = place.partition(":")
    try:
        return cast(object, getattr(import_module(module), name))
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in {"converter", "writers"}:
            raise
        raise UsageError(f"this format needs the Python package {library}, which is not installed here") from None


def _rows(kind: type[Reader] | type[Writer]) -> tuple[Format, ...]:
    return _READABLE if kind is Reader else _WRITABLE


def _entry_points(kind: type[Reader] | type[Writer]) -> list[EntryPoint]:
    """Plug-ins by name, without those that have the name of one of ours."""
    from importlib.metadata import entry_points  # 26 ms, so not at start-up

    side = "reader" if kind is Reader else "writer"
    ours = {row.name for row in _rows(kind)}
    found = entry_points(group=f"matchcut.{side}s")
    return sorted((entry for entry in found if entry.name not in ours), key=lambda entry: (entry.name, entry.value))


def _plug_ins(kind: type[Plugged], report: Report) -> Iterator[Plugged]:
    for entry in _entry_points(kind):
        plug_in = _plug_in(entry, kind, report)
        if plug_in is not None:
            yield plug_in


def _first_plug_in(kind: type[Plugged], tests: Sequence[Callable[[Plugged], bool]], report: Report) -> Plugged | None:
    """The first that passes the first test, else the second. Broken ones are told of only where none passes."""
    broken: list[Diagnostic] = []
    plug_ins = list(_plug_ins(kind, broken.append))
    for test in tests:
        for plug_in in plug_ins:
            if test(plug_in):
                return plug_in
    for diagnostic in broken:
        report(diagnostic)
    return None


def _plug_in(entry: EntryPoint, kind: type[Plugged], report: Report) -> Plugged | None:
    """A stranger's module may fail in any way; that must not stop the others."""
    try:
        loaded = entry.load()
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
    else:
        if isinstance(loaded, kind):
            return loaded
        reason = f"{entry.value} is no {kind.__name__}"
    message = f"The plug-in {entry.name} could not be loaded ({reason}); its format is missing."
    report(Diagnostic(Kind.WARNING, "format.broken-plug-in", message))
    return None


def _plug_in_named(name: str, kind: type[Plugged], report: Report) -> Plugged:
    for entry in _entry_points(kind):
        if entry.name == name:
            plug_in = _plug_in(entry, kind, report)
            if plug_in is not None:
                return plug_in
    side = "read" if kind is Reader else "written"
    from converter.options import did_you_mean

    names = _names(kind)
    near = did_you_mean(name, names.split(", "))
    raise UnknownFormat(f"no format called {name!r} can be {side}{near}; there are: {names}")


def _naming(flag: str, kind: type[Reader] | type[Writer]) -> Hint:
    names = _names(kind)
    return Hint(f"name it, one of {names}", f"{flag}: {names}")


def _names(kind: type[Reader] | type[Writer]) -> str:
    ours = [row.name for row in _rows(kind)]
    return ", ".join(dict.fromkeys([*ours, *(entry.name for entry in _entry_points(kind))]))
