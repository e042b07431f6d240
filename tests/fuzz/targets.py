"""What is fuzzed: one function for each reader, with what it begins from and the words that its language has.

Each takes any bytes and raises only where a promise is broken: an error that is none of ours, a tree that is not in
normal form, a message that a terminal would obey, a tree that no writer takes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from converter.contract import ConverterError, Limits, Reader, Source
from converter.formats import FORMATS, reader_named, writer_named
from converter.normal import normal
from converter.safe.clean import clean
from converter.safe.zip import open_zip
from converter.tree import Screenplay
from tests.readers.odt import test_odt as odt
from tests.readers.pdf import build as pdf
from tests.readers.projects.build import document, element, kit_project, scene, starc_project

LIMITS = Limits()
SAMPLES = Path(__file__).parent.parent.parent / "samples"
DOCX_PARTS = ("document", "styles", "numbering", "comments", "header1", "settings", "_rels/document.xml.rels")


class Target(NamedTuple):
    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    words: tuple[str, ...]


def _reader(name: str) -> Reader:
    return reader_named(name, b"", _hear)


def _hear(diagnostic: object) -> None: ...


def _checked(reader: Reader, data: bytes, **options: object) -> Screenplay | None:
    """The screenplay, once it kept every promise; None where there is an honest error."""
    said = []
    try:
        source = Source(f"fuzz{reader.suffixes[0]}", data)
        screenplay = reader.read(source, reader.options(**options), said.append, LIMITS)
    except ConverterError as error:
        assert str(error).strip()
        return None
    assert normal(replace(screenplay)) == screenplay
    for diagnostic in said:
        assert clean(diagnostic.message, len(diagnostic.message)) == diagnostic.message, diagnostic
    for name in {"text", reader.name} & {row.name for row in FORMATS if row.writer}:
        writer = writer_named(name, _hear)
        writer.write(screenplay, writer.options(), _hear, LIMITS)
    return screenplay


# ---------------------------------------------------------------- text and XML


def _fountain(data: bytes) -> None:
    _checked(_reader("fountain"), data)


def _read_text(data: bytes) -> None:
    _checked(_reader("text"), data)


def _fdx(data: bytes) -> None:
    _checked(_reader("fdx"), data)


def _html(data: bytes) -> None:
    _checked(_reader("html"), data)


def _json(data: bytes) -> None:
    _checked(_reader("json"), data)


def _samples(name: str) -> Iterator[bytes]:
    """Each sample in a format, the first part of it: small inputs are tried oftener."""
    writer = writer_named(name, _hear)
    for path in sorted(SAMPLES.glob("*.fountain")):
        screenplay = _checked(_reader("fountain"), b"\n\n".join(path.read_bytes().split(b"\n\n")[:12]))
        assert screenplay
        yield writer.write(screenplay, writer.options(), _hear, LIMITS)


# ---------------------------------------------------------------- archives


def _docx(data: bytes) -> None:
    """An archive; or the name of a part, a line end and what it contains, since no mutation survives a checksum."""
    if not data.startswith(b"PK"):
        name, _, content = data.partition(b"\n")
        data = _archive({_part_called(name): content})
    _checked(_reader("docx"), data)


def _part_called(name: bytes) -> str:
    known = next((part for part in DOCX_PARTS if part.encode() == name), DOCX_PARTS[0])
    return f"word/{known}" if known.endswith(".rels") else f"word/{known}.xml"


def _archive(changed: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {**_sound_parts(), **changed}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


_SOUND: dict[str, bytes] = {}


def _sound_parts() -> dict[str, bytes]:
    if not _SOUND:
        with zipfile.ZipFile(io.BytesIO(next(_samples("docx")))) as archive:
            _SOUND.update({name: archive.read(name) for name in archive.namelist()})
    return _SOUND


def _docx_seeds() -> Iterator[bytes]:
    for data in _samples("docx"):
        yield data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in DOCX_PARTS:
                if (name := _part_called(part.encode())) in archive.namelist():
                    yield part.encode() + b"\n" + archive.read(name)


def _osf(data: bytes) -> None:
    _checked(_reader("osf"), data)


def _celtx(data: bytes) -> None:
    """The page of a script, in a project with nothing else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("script-a.html", data)
    _checked(_reader("celtx"), buffer.getvalue())


def _celtx_seeds() -> Iterator[bytes]:
    kinds = ("sceneheading", "action", "character", "parenthetical", "dialog", "transition")
    yield "".join(f'<p class="{kind}" id="a">Rain<br></p>' for kind in kinds).encode()
    yield b'<p class="action"><span class="note" text="Why?">Rain <b>falls</b></span> <span ref="a">x</span></p>'


def _kit(data: bytes) -> None:
    """The script in a project, or a whole project."""
    if not data.startswith(b"SQLite"):
        data = kit_project(data.decode("utf-8", "replace"))
    _checked(_reader("kit"), data)


def _kit_seeds() -> Iterator[bytes]:
    names = ("scene_heading", "action", "character", "parenthetical", "dialog", "folder_header", "noprintable_text")
    yield "".join(element(name, "Rain") for name in names).encode()
    yield (b"<splitter_start/><character><v>A</v></character><dialog><v>B</v></dialog><splitter/><splitter_end/>")
    yield kit_project(element("action", "Rain"), {"name": "Rain"})


def _starc(data: bytes) -> None:
    """The script in a project, or a whole project."""
    if not data.startswith(b"SQLite"):
        data = starc_project(document("screenplay/text", data.decode("utf-8", "replace")))
    _checked(_reader("starc"), data)


def _starc_seeds() -> Iterator[bytes]:
    names = ("scene_heading", "action", "character", "parenthetical", "dialogue", "act_heading", "inline_note")
    yield scene(*(element(name, "Rain") for name in names), card='<number value="1"/>').encode()
    looks = '<fms><fm from="1" length="2" bold="true"/></fms><rms><rm from="0" length="2"><c>x</c></rm></rms>'
    yield scene(element("action", "Rain", looks), attributes='omited="true"').encode()
    yield starc_project(document("screenplay/text", scene(element("action", "Rain"))))


def _scrite(data: bytes) -> None:
    """The JSON in a document."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_header.json", data)
    _checked(_reader("scrite"), buffer.getvalue())


def _scrite_seeds() -> Iterator[bytes]:
    inside = b'{"id":"1","heading":{"locationType":"INT","location":"A"},"elements":[{"type":"Action","text":"Rain"}]}'
    yield b'{"structure":{"elements":[{"scene":%s}]},"screenplay":{"elements":[{"sceneID":"1"}]}}' % inside


def _adobestory(data: bytes) -> None:
    _checked(_reader("adobestory"), data)


def _adobestory_seeds() -> Iterator[bytes]:
    yield b'<AdobeStory><paragraph element="Action"><textRun>Rain</textRun><break/></paragraph></AdobeStory>'


def _trelby(data: bytes) -> None:
    _checked(_reader("trelby"), data)


def _highland(data: bytes) -> None:
    """An archive, or the text in one."""
    if not data.startswith(b"PK"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.textbundle/text.md", data)
        data = buffer.getvalue()
    _checked(_reader("highland"), data)


def _highland_seeds() -> Iterator[bytes]:
    for text in _samples("fountain"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.textbundle/text.md", text)
            archive.writestr("a.textbundle/info.json", "{}")
        yield buffer.getvalue()


def _rtf(data: bytes) -> None:
    _checked(_reader("rtf"), data if data.startswith(b"{\\rtf") else b"{\\rtf1 " + data)


def _rtf_seeds() -> Iterator[bytes]:
    yield (
        rb"{\rtf1\ansi{\fonttbl{\f0\fcharset204 A;}}{\stylesheet{\s1 Action;}{\s2 Character;}{\s3 Dialogue;}}"
        rb"\pard\s1 Rain {\b hard}.\par\trowd\intbl\s2 ANN\par\s3 Yes.\cell\s2 BEN\par\s3 No.\cell\row"
        rb"{\footnote Why?}\u8364?\'e9\page{\deleted\revauthdel1 a}\par}"
    )


def _odt(data: bytes) -> None:
    """An archive, or the text part of one."""
    if not data.startswith(b"PK"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("content.xml", data)
        data = buffer.getvalue()
    _checked(_reader("odt"), data)


def _odt_seeds() -> Iterator[bytes]:
    bold = '<style:text-properties fo:font-weight="bold"/>'
    automatic = f'<style:style style:name="T1" style:family="text">{bold}</style:style>'
    words = odt.p("Action", 'Rain <text:span text:style-name="T1">hard</text:span>.')
    cell = odt.p("Character", "ANN") + odt.p("Dialogue", "Yes.")
    row = f"<table:table-row><table:table-cell>{cell}</table:table-cell></table:table-row>"
    body = f"{words}<table:table>{row}</table:table>"
    data = odt.odt(body, automatic=automatic)
    yield data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield archive.read("content.xml")


def _html_seeds() -> Iterator[bytes]:
    yield from _samples("html")
    yield b"<p class=heading>INT. A</p><div class=dual><p class=character>ANN<p class=dialog>Yes<br>no</div><hr>"
    yield b"<style>.x{margin:1in 2em}</style><table><tr><td>ANN<td class=x>Yes</table><pre class=sc>INT. A</pre>"
    yield b"<title>A</title><pre>INT. A\n\n     ANN\n  Yes.\n</pre><nav>b</nav><p style='margin-left:2in'>ANN"


def _zip(data: bytes) -> None:
    try:
        archive = open_zip(data, LIMITS)
        for name in archive.names():
            archive.read(name)
    except ConverterError as error:
        assert str(error).strip()


# ---------------------------------------------------------------- PDF


def _pdf(data: bytes) -> None:
    """A file; or what a page draws, for most mutations of a file hurt only its skeleton."""
    if not data.startswith(b"%PDF"):
        data = pdf.pdf(data.decode("latin-1"))
    _checked(_reader("pdf"), data, isolate=False)


def _pdf_seeds() -> Iterator[bytes]:
    lines = ((108, 72, "INT. SHED - NIGHT"), (108, 96, "Rain."), (252, 120, "ANN"), (180, 132, "Now."))
    drawn = "".join(pdf.text(x, y, words) for x, y, words in lines)
    yield drawn.encode("latin-1")
    yield pdf.pdf(drawn, drawn)
    yield from _samples("pdf")


# ---------------------------------------------------------------- the table

_MARKS = (
    "INT. ",
    "EXT. ",
    "CUT TO:",
    "FADE IN:",
    "(V.O.)",
    "(CONT'D)",
    "(MORE)",
    "OMITTED",
    "CONTINUED:",
    "\n\n",
    "\u2028",
)
_FOUNTAIN = (
    "[[",
    "]]",
    "/*",
    "*/",
    "===",
    "> ",
    " <",
    "# ",
    "= ",
    "~",
    "^",
    "!",
    "@",
    "**",
    "***",
    "_",
    "\\",
    "#1#",
    "Title:",
)
_FDX = (
    "<Paragraph", "</Paragraph>", "<Text>", "</Text>", "<DualDialogue>", "<SceneProperties", "<ScriptNote", "<Content>",
    "<OmittedScene>", "<Title", "Type=", "Number=", "Range=", "Style=", "RevisionID=", "Alignment=", '"Character"',
    '"Dialogue"', '"Scene Heading"', "&amp;", "<TitlePage>", "<LockedPages", "<Revisions", "<TagData",
)  # fmt: skip
_DOCX = (
    "<w:p>", "</w:p>", "<w:r>", "<w:t>", "</w:t>", "<w:tab/>", "<w:br/>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:pStyle",
    "<w:ind w:left=", "<w:ins>", "<w:del>", "<w:commentRangeStart w:id=", "<w:commentReference w:id=",
    "<w:bookmarkStart w:id=", "<w:fldChar w:fldCharType=", "<w:sectPr>", "<w:basedOn w:val=", "<w:sym w:char=",
)  # fmt: skip
_CELTX = (
    "<p class=", "</p>", "<span class=\"note\"", "text=", "date=", "ref=", "<br>", "<div class=\"hardbreak\">",
    "dual=\"true\"", "omit=\"true\"", "<meta name=\"CX.sceneNumbering\" content=\"both\">", "&nbsp;",
)  # fmt: skip
_TRELBY = (
    "#Version 3",
    "#Title-String 0,80,12,c,Courier,,",
    "#Begin-Config ",
    "#End-Config ",
    "#Start-Script ",
    "\\n",
    "|.",
    ">:",
)
_OSF = (
    "<para", "<style basestyle=", "<text", "<marks>", "<mark at=", "note=", "synopsis=", "page_number=",
    "number=", "bookmark=", "dualdialogue=", "pagebreakbefore=", "builtin_index=", "version=\"12\"",
    "&lt;b&gt;", "&lt;br&gt;", "revision=", "leftindent=",
)  # fmt: skip
_PDF = (
    "BT", "ET", "Tf", "Tm", "Td", "TD", "T*", "Tj", "TJ", "Tr", "Ts", "Tw", "Tz", "Tc", "cm", "q", "Q", "Do", "re", "f",
    "BI", "ID", "EI", "obj", "endobj", "stream", "endstream", "/Filter", "/FlateDecode", "/Kids", "/Count", "/Contents",
    "/ToUnicode", "/Encoding", "/Differences", "/Widths", "/W", "/Type0", "/Outlines", "/PageLabels", "trailer", "xref",
)  # fmt: skip

_HTML = (
    "<p class=", "<span>", "</span>", "<br/>", "<em>", "</em>", "data-more=", "data-node=", '"action"', '"speech"',
    '"dual"', '"dialogue"', '"character"', '"note"', "<div", "</div>", "{", "}", "&quot;", "&amp;", "&#10;",
)  # fmt: skip
_JSON = (
    '"version": 1', '"type": "', '"Screenplay"', '"body": [', '"text": [', '"Run"', '"Action"', '"Speech"', '"cue"',
    '"parts"', '"Dialogue"', '"Cut"', '"omitted"', '"SceneHeading"', '"at": {"line": 1}', '"style": ["bold"]', "null",
    "true", "1e9", "-1", "[", "]", "{", "}", ",", ":", "\\ud800",
)  # fmt: skip

_RTF = (
    "{", "}", "\\par ", "\\pard ", "\\s1 ", "\\intbl ", "\\cell ", "\\row ", "\\u8364?", "\\uc2 ", "\\'e9", "\\bin9 ",
    "{\\*\\annotation ", "{\\footnote ", "{\\stylesheet{\\s1 Action;}}", "\\deleted ", "\\revised ", "\\page ",
    "{\\shptxt ", "{\\header ", "{\\listtext 1.}", "\\li720 ", "\\qc ", "\\v ", "\\sect ", "\\f0 ", "\\caps ",
)  # fmt: skip

_ODT = (
    "<text:p>", "</text:p>", "<text:h ", "<text:span ", "<text:s/>", "<text:tab/>", "<text:line-break/>",
    "<table:table>", "<table:table-row>", "<table:table-cell>", "<text:change ", "<office:annotation>", "<text:note>",
    "<draw:text-box>", "style:parent-style-name=", "fo:margin-left=", 'fo:break-before="page"', "<text:list>",
    "<text:list-item>",
)  # fmt: skip

_PROJECTS = (
    "<v><![CDATA[", "]]></v>", "<scene><content>", "</content></scene>", "<splitter/>", '<params ifc="true"/>',
    "<action>", '"omitted":true', '"sceneID":"1"', "<textRun>", "<break/>", 'from="0" length="99"', "&amp;lt;",
)  # fmt: skip

TARGETS: dict[str, Target] = {
    "fountain": Target(_fountain, lambda: _samples("fountain"), _MARKS + _FOUNTAIN),
    "text": Target(_read_text, lambda: _samples("text"), _MARKS),
    "fdx": Target(_fdx, lambda: _samples("fdx"), _MARKS + _FDX),
    "docx": Target(_docx, _docx_seeds, _MARKS + _DOCX),
    "celtx": Target(_celtx, _celtx_seeds, _MARKS + _CELTX),
    "fadein": Target(_osf, lambda: _samples("fadein"), _MARKS + _OSF),  # one reader for both
    "osf": Target(_osf, lambda: _samples("osf"), _MARKS + _OSF),
    "trelby": Target(_trelby, lambda: _samples("trelby"), _MARKS + _TRELBY),
    "kit": Target(_kit, _kit_seeds, _MARKS + _PROJECTS),
    "starc": Target(_starc, _starc_seeds, _MARKS + _PROJECTS),
    "scrite": Target(_scrite, _scrite_seeds, _MARKS + _PROJECTS),
    "adobestory": Target(_adobestory, _adobestory_seeds, _MARKS + _PROJECTS),
    "highland": Target(_highland, _highland_seeds, ("PK\x01\x02", "text.", "[[", "*", "Title:")),
    "html": Target(_html, _html_seeds, _MARKS + _HTML),
    "json": Target(_json, lambda: _samples("json"), _MARKS + _JSON),
    "rtf": Target(_rtf, _rtf_seeds, _MARKS + _RTF),
    "odt": Target(_odt, _odt_seeds, _MARKS + _ODT),
    "zip": Target(_zip, lambda: _samples("docx"), ("PK\x01\x02", "PK\x03\x04", "PK\x05\x06")),
    "pdf": Target(_pdf, _pdf_seeds, _PDF),
}
