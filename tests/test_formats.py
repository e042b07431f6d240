"""Which format a file has: its contents first, then its name, then plug-ins, and a way out for the rest."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter import read_bytes, write_bytes
from converter.contract import ConverterError, Diagnostic, FormatError, Sniff, Source, UnknownFormat
from converter.formats import FORMATS, find_reader, find_writer, known_formats, reader_named, suffix_of, writer_named

FOUNTAIN = b"INT. HOUSE - DAY\n\nRain.\n\nANNA\nHello?\n"
FDX = b'<?xml version="1.0" encoding="UTF-8"?>\n<FinalDraft DocumentType="Script"></FinalDraft>'
DOCX = b"PK\x03\x04....[Content_Types].xml....word/document.xml"
OSF = b'<?xml version="1.0"?>\n<document type="Open Screenplay Format document" version="40"></document>'
FADE_IN = b"PK\x03\x04" + bytes(22) + b"\x0c\0\0\0document.xml...."
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
TYPED = b"FADE IN:\n\n" + b"          INT. HOUSE - DAY\n\n          Rain.\n\n" * 9
FLAT = b"Just some words about nothing in particular.\n"

SAMPLES = Path(__file__).parent.parent / "samples"
READ = {row.name for row in FORMATS if row.reader}


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "toy"))
    importlib.invalidate_caches()


def found(name: str, data: bytes) -> tuple[str, list[str]]:
    diagnostics: list[Diagnostic] = []
    reader = find_reader(Source(name, data), diagnostics.append)
    return reader.name, [one.code for one in diagnostics]


CASES = [
    ("draft.fountain", FOUNTAIN, "fountain", []),
    ("DRAFT.FOUNTAIN", FLAT, "fountain", []),
    ("draft.fdx", FDX, "fdx", []),
    ("draft.docx", DOCX, "docx", []),
    ("draft.txt", FOUNTAIN, "text", []),  # too short to be sure of
    ("draft.txt", b"Title: Salt\nContact:\n    12 Pier Road\n", "fountain", []),  # a title page alone
    ("draft.txt", b"Title: Salt\nRain.\n", "text", []),
    ("draft.txt", b"<play><act>Rain.</act></play>", "text", ["format.data"]),
    ("draft.fountain", b'<?xml version="1.0"?>\n<play>Rain.</play>', "fountain", ["format.data"]),
    ("draft.fountain", b'{"scenes": []}', "fountain", ["format.data"]),
    ("draft.json", b'[ {"scene": 1} ]', "text", ["format.data"]),
    ("draft.fountain", b"[[a note]]\n\n<whispers>\n", "fountain", []),
    ("draft.txt", TYPED, "text", []),
    ("draft.txt", FLAT, "text", []),
    ("draft", FOUNTAIN, "fountain", []),
    ("draft", FDX, "fdx", []),
    ("draft", TYPED, "text", []),
    ("draft.md", FOUNTAIN, "fountain", []),
    ("draft.bak", DOCX, "docx", []),
    ("draft.xml", OSF, "osf", []),
    ("draft.fdx", OSF, "osf", ["format.another-suffix"]),
    ("draft.bak", FADE_IN, "fadein", []),
    ("draft.fadein", OSF, "osf", ["format.another-suffix"]),
    ("draft.bak", b"\xef\xbb\xbf#Version 3\n#Start-Script \n", "trelby", []),
    ("draft.zip", b"PK\x03\x04....script-a.html....project.rdf", "celtx", []),
    ("draft.db", b"SQLite format 3\0....CREATE TABLE scenario (id", "kit", []),
    ("draft.db", b'SQLite format 3\0....CREATE TABLE "documents" (id', "starc", []),
    ("draft.zip", b"PK\x03\x04...._header.json....", "scrite", []),
    ("draft", b"SCRITE\0\0", "scrite", []),
    ("draft.xml", b'<?xml version="1.0"?>\n<AdobeStory version="1.0">', "adobestory", []),
    ("draft.xhtml", b"<!-- nothing else -->", "html", []),
    ("draft", "<!DocType\nHTML public>".encode("utf-16"), "html", []),
    (
        "draft.fountain",
        b'<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<HTML lang="en">',
        "html",
        ["format.another-suffix"],
    ),
    ("draft.txt", b"<!doctype html>\n<p>INT. CAVE - DAY", "html", ["format.another-suffix"]),
    ("draft.txt", b"<pre>\nINT. CAVE - DAY\n</pre>", "html", []),
    ("draft.txt", b"<b> is bold\n\nINT. CAVE - DAY\n", "text", []),
    ("draft.fountain", FDX, "fdx", ["format.another-suffix"]),
    ("draft.fdx", FOUNTAIN, "fountain", ["format.another-suffix"]),
    ("draft.fdx", DOCX, "docx", ["format.another-suffix"]),
    ("draft.rtf", b"{\\rtf1\\ansi hello}", "rtf", []),
    ("draft.txt", b"{\\rtf1\\ansi hello}", "rtf", ["format.another-suffix"]),
    ("draft.fdx", b"broken <FinalDra", "fdx", []),
    ("draft.docx", b"", "docx", []),
    ("draft.fountain", b"", "fountain", []),
    ("draft.fdx", FDX.decode().encode("utf-16"), "fdx", []),
    ("draft", FOUNTAIN.decode().encode("utf-16"), "fountain", []),
    ("draft", b"\xef\xbb\xbf" + FOUNTAIN, "fountain", []),
]
if "pdf" in READ:
    CASES += [
        ("draft.pdf", PDF, "pdf", []),
        ("", PDF, "pdf", []),
        ("draft.txt", PDF, "pdf", ["format.another-suffix"]),
        ("draft.pdf", FDX, "fdx", ["format.another-suffix"]),
        ("draft.docx", PDF, "pdf", ["format.another-suffix"]),
        ("draft.pdf", FLAT, "pdf", []),
    ]


@pytest.mark.parametrize(("name", "data", "format", "codes"), CASES)
def test_contents_beat_names(name: str, data: bytes, format: str, codes: list[str]) -> None:
    assert found(name, data) == (format, codes)


@pytest.mark.parametrize(
    ("sign", "sure"),
    [
        ("Title: NIGHT\n", True),
        (".A HOUSE\n", True),
        ("@McANNA\nHi.\n", True),
        ("> FADE OUT.\n", True),
        ("~Willy Wonka\n", True),
        ("!SCANNING THE AISLES\n", True),
        ("EXT. HOUSE - DAY\n", True),
        ("Rain.\n\nI/E CAR - DAY\n\nRain.\n", True),
        ("INT. HOUSE - DAY right behind something.\nMore.\n", False),
        ("          INT. HOUSE - DAY\n\n          Rain.\n", False),
        ("# A heading\n\n---\n\nText.\n", False),
        ("... and then\n", False),
        ("INT. A\n\nRain.\n\nINT. B\nSnow.\n", False),
        ("INT. A\n\nRain.\n\n" * 9 + "INT. B\nSnow.\n", True),
        ("Nothing special.\n", False),
        ("EXT. HOUSE - DAY\n\n\fPage two.\n", False),
    ],
)
def test_signs_of_fountain(sign: str, sure: bool) -> None:
    row = next(row for row in FORMATS if row.name == "fountain")
    assert row.sniff(sign.encode()) is (Sniff.SURE if sure else Sniff.MAYBE)


SPEECH = b"ANNA\nHi, and a lot of other words that nobody would wrap, since this goes on and on and on and on.\n\n"
WRAPPED = b"She winds the clock and does not look up,\nnot even when the door is thrown open.\n\n"


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (b"INT. HOUSE - DAY\n\nRain.\n\n" * 5 + SPEECH, "fountain"),
        (b"Title: Kite\nAuthor: Ann\n\n" + SPEECH * 5, "fountain"),
        (b".ROOF\n\nRain.\n\n@McANNA\nHi.\n\n" + SPEECH * 5, "fountain"),
        (
            b"Title: My Kite\nAuthor: Ann\n\n@McANNA\nHi.\n\n" + b".ROOF\n\nRain.\n\n" * 4,
            "fountain",
        ),  # short lines, not full
        (b".ROOF\n\nRain.\n\n" + SPEECH * 5, "text"),  # one sign
        (b"Rain.\n.ROOF\n@McANNA\nHi.\n\n" + SPEECH * 5, "text"),  # signs without an empty line before
        (b".ROOF\n\nRain.\n\n@McANNA\nHi.\n\n" + SPEECH * 300, "text"),  # two signs among hundreds of lines
        (b".ROOF\n\n@ANNA\nHi.\n", "text"),  # too short
        (b"INT. HOUSE - DAY\n\n" + WRAPPED * 5 + b"INT. ROOF - DAY\n\n", "text"),  # pasted pages
        (b"ext . jetty - day a man waits . " * 900, "text"),  # one line
    ],
)
def test_a_text_file_is_fountain_with_several_signs_only(text: bytes, format: str) -> None:
    assert found("draft.txt", text)[0] == format


def test_our_own_pages_are_not_taken_for_fountain() -> None:
    pages = convert_bytes((SAMPLES / "short-film.fountain").read_bytes())
    assert found("pages.txt", pages) == ("text", [])
    assert found("", pages) == ("text", [])


def convert_bytes(data: bytes) -> bytes:
    return write_bytes(read_bytes(data, format="fountain").screenplay, format="text").data


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.fountain")), ids=lambda path: path.name)
def test_our_samples_are_surely_fountain(path: Path) -> None:
    assert found("", path.read_bytes()) == ("fountain", [])


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("old.fdr", b"\xfd\xfd\xfd\xfdjunk", FormatError, "Final Draft 7 or older"),
        ("old", b"\xfd\xfd\xfd\xfdjunk", FormatError, "save it as .fdx"),
        ("old.fountain", b"\xfd\xfd\xfd\xfd\0\0junk", FormatError, "Final Draft 7"),
        ("draft.mmsw", b"ScreenwriterWinVer. 6.00\x1a\0\1\2\3", FormatError, "Movie Magic Screenwriter"),
        ("draft", b"Screenwriterwinver. 4.\x1a\0\1\2\3", FormatError, "Movie Magic Screenwriter"),
        ("draft.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FormatError, "with a password"),
        ("draft.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FormatError, "save it in Word as .docx"),
        ("draft.wdu", b"{}", FormatError, "WriterDuet"),
        ("draft.scrivx", b"<ScrivenerProject>", FormatError, "Scrivener"),
        ("draft.scriv", b"", FormatError, "Scrivener"),
        ("draft.zip", b"PK\x03\x04....Index/Document.iwa", FormatError, "Apple Pages"),
        ("draft.docx", b"PK\x03\x04....Index/Document.iwa", FormatError, "Apple Pages"),
        ("draft.wdz", b"PK\x03\x04whatever", FormatError, "WriterDuet"),
        ("draft.stdoc", b"", FormatError, "Adobe Story"),
        ("draft.gz", b"\x1f\x8b\x08junk", FormatError, "gzip"),
        ("draft.db", b"SQLite format 3\0junk", FormatError, "is a database"),
        ("draft.pages", b"PK\x03\x04index.iwa", FormatError, "Apple Pages"),
        ("draft.txt", b"MIME-Version: 1.0\nContent-Type: multipart/related;", FormatError, "web page"),
        ("draft", b"From: <Saved by Blink>\n", FormatError, "web page"),
        ("draft.mht", b"Subject: INT. CAVE\n", FormatError, "web page"),
        ("draft.epub", b"PK\x03\x04mimetypeapplication/epub+zip", FormatError, "e-book"),
        ("draft.txt", b"PK\x03\x04\0\0\0\x01\x02a.txt", FormatError, "zip archive, not text"),
        ("draft.fountain", b"PK\x03\x04\0\0\0\x01\x02a.txt", FormatError, "unpack it"),
        (
            "draft.bin",
            bytes(range(256)),
            UnknownFormat,
            "nothing tells which format this is; name it, one of fountain, ",
        ),
        ("draft.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(90), UnknownFormat, "nothing tells"),
    ],
)
def test_files_of_others_are_refused_with_a_way_out(
    name: str, data: bytes, error: type[ConverterError], words: str
) -> None:
    with pytest.raises(error, match=words):
        found(name, data)


def test_a_format_that_is_named_wins_unless_it_cannot_be() -> None:
    def named(name: str, data: bytes) -> str:
        return reader_named(name, data, lambda _: None).name

    assert named("fountain", FLAT) == "fountain"
    with pytest.raises(FormatError, match="this is Word, not Fountain"):
        named("fountain", DOCX)
    with pytest.raises(FormatError, match="Final Draft 7"):
        named("fountain", b"\xfd\xfd\xfd\xfd" + bytes(range(32)))
    with pytest.raises(
        UnknownFormat, match="no format called 'fountin' can be read .did you mean 'fountain'.*; there are: "
    ):
        named("fountin", FLAT)
    with pytest.raises(UnknownFormat, match="no format called 'outline' can be read"):
        named("outline", FLAT)


def test_writers_by_suffix_and_name() -> None:
    assert find_writer("a/B.FDX", lambda _: None).name == "fdx"
    assert writer_named("fdx", lambda _: None).name == "fdx"
    with pytest.raises(UnknownFormat, match=r"no format ends in \.xyz; use .*\.fdx"):
        find_writer("a.xyz", lambda _: None)
    with pytest.raises(UnknownFormat, match=r"^Highland, TextBundle \(.highland\) can be read, but not written; use"):
        find_writer("a.highland", lambda _: None)
    with pytest.raises(UnknownFormat, match="the name of the result has no ending"):
        find_writer("fdx", lambda _: None)
    with pytest.raises(UnknownFormat, match="no format called 'xyz' can be written"):
        writer_named("xyz", lambda _: None)


def test_a_row_alone_says_how_files_of_its_format_are_known() -> None:
    known = {one.name: one for one in known_formats(lambda _: None)}
    assert len({row.name for row in FORMATS}) == len(FORMATS)
    for row in FORMATS:
        reader, writer = known[row.name].reader, known[row.name].writer
        assert reader is None or (reader.name, reader.suffixes, reader.sniff) == (row.name, row.suffixes, row.sniff)
        assert writer is None or (writer.name, writer.suffixes) == (row.name, row.suffixes)
        for module, _, name in (place.partition(":") for place in (row.reader, row.writer) if place):
            assert getattr(importlib.import_module(module), name).suffixes == (), "the table has them"


def test_suffixes() -> None:
    assert [suffix_of(path) for path in ("a.FDX", "a.b/c", "a/.fdx", "a.", "", "a.tar.gz")] == [
        ".fdx",
        "",
        "",
        ".",
        "",
        ".gz",
    ]


# ---------------------------------------------------------------- plug-ins


@pytest.mark.usefixtures("toy")
def test_a_plug_in_is_found_by_suffix_by_contents_and_by_name() -> None:
    assert found("draft.toy", FOUNTAIN) == ("toy", [])
    assert found("draft.odd", b"TOY\nRain.\n") == ("toy", [])
    assert found("draft.toy", bytes(range(256))) == ("toy", [])
    assert reader_named("toy", PDF, lambda _: None).name == "toy"
    assert writer_named("toy-binary", lambda _: None).name == "toy-binary"
    assert find_writer("copy.toyb", lambda _: None).name == "toy-binary"


@pytest.mark.usefixtures("toy")
def test_plug_ins_are_listed_behind_ours() -> None:
    known = [one.name for one in known_formats(lambda _: None)]
    assert known == [*(row.name for row in FORMATS), "toy", "toy-binary"]


@pytest.mark.usefixtures("toy")
def test_a_plug_in_cannot_take_our_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    info = tmp_path / "thief-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: thief\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[matchcut.writers]\nfdx = toy_format:WRITER\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    assert writer_named("fdx", lambda _: None).name == "fdx"
    assert next(one for one in known_formats(lambda _: None) if one.name == "fdx").writer is not None
    assert [one.name for one in known_formats(lambda _: None)].count("fdx") == 1


def test_a_broken_plug_in_is_told_of_where_no_format_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "toy" / "broken"))
    importlib.invalidate_caches()
    assert found("draft.fountain", FOUNTAIN) == ("fountain", [])
    assert found("draft.odd", FOUNTAIN) == ("fountain", ["format.broken-plug-in"])
    diagnostics: list[Diagnostic] = []
    with pytest.raises(UnknownFormat):
        writer_named("no-writer", diagnostics.append)
    assert [one.message for one in diagnostics] == [
        "The plug-in no-writer could not be loaded (json:loads is no Writer); its format is missing."
    ]


# ---------------------------------------------------------------- any bytes


@given(st.binary(max_size=200), st.sampled_from(["", "a.txt", "a.fdx", "a.docx", "a.pdf", "a.fountain", "a.odd"]))
def test_any_bytes_have_a_reader_or_an_error(data: bytes, name: str) -> None:
    try:
        found(name, data)
    except ConverterError as error:
        assert error.code in {2, 3}
