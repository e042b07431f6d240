"""Files of every format made by their structure, sound in most of it and wrong somewhere: random bytes never are.

`python -m tests.fuzz.shapes READER SECONDS [SEED]` reads one after the other from that seed on. One that breaks a
promise is kept, and `python -m tests.fuzz.shapes READER 0 SEED` makes it again from its seed.
"""

# ruff: noqa: E501  # tables of names

from __future__ import annotations

import io
import json
import random
import re
import signal
import sys
import time
import traceback
import typing
import zipfile
import zlib
from base64 import a85encode
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from converter.contract import ConverterError, Limits, Source
from converter.formats import reader_named, writer_named
from converter.normal import normal
from converter.notation.json import Choice, Flags, Many, Maybe, Place, Records, Scalar, Shape, fields_of
from converter.records import replace
from converter.safe.clean import clean
from converter.tree import Element, Screenplay
from tests.readers.docx.build import HEAD, RELS, TYPES
from tests.readers.pdf import build
from tests.readers.projects.build import document, kit_project, starc_project

Dice: TypeAlias = random.Random
LIMITS = Limits(max_seconds=30)
PATIENCE = 20.0  # seconds on the processor for one small file, with all that is written from it


# ---------------------------------------------------------------- letters and words

_CONTROLS = ("\0", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9f")
_ODD = (
    *_CONTROLS, "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\ufffd", "\u200b", "\u200f", "\u202e", "\u2066",
    "\xa0", "\xad", "\u0301" * 9, "\U0001f600", "\U0010ffff", "\ud800", "日本", "שלום", "हिन्दी", "ß", "ǅ", "ﬃ", "İ",
    "\r", "\r\n", "\t", "   ",
)  # fmt: skip
_WORDS = (
    "INT. BARN - DAY", "EXT. SEA", "I/E. CAR - NIGHT #12A#", "ANN", "ANN (V.O.)", "ANN (CONT'D)", "ANN ^", "@McAda",
    "(softly)", "(beat).", "（静かに）", "CUT TO:", "> FADE OUT.", ">THE END<", "Rain falls.", "~la la", "# ACT", "## S",
    "= a synopsis", "===", "=== 12A", "!JUMP", ".FORCED", "[[note", "]]", "[[color blue]]", "/*", "*/", "*", "**", "***",
    "_", "\\", "\\*", "Title:", "Title: A\nAuthor: B\n", "    ", "OMITTED", "(MORE)", "CONTINUED:", "12.", "A19",
    "{#1}", "[a](b)", "<!-- x -->", "&amp;", "&#133;", "--- \n", "1", "-", "…", "SCENE 1", "ANNA: Yes.", "ANNA\tYes.",
)  # fmt: skip


def _words(dice: Dice) -> str:
    """A few words, sometimes with a letter that no script should hold, sometimes many times over."""
    text = dice.choice(("", " ", "\n", "\n\n")).join(dice.choices(_WORDS, k=dice.randint(1, 4)))
    if dice.random() < 0.25:
        place = dice.randrange(len(text) + 1)
        text = text[:place] + dice.choice(_ODD) + text[place:]
    return text * (dice.choice((2, 40, 400)) if dice.random() < 0.03 else 1)


_NUMBERS = (
    "0",
    "1",
    "-1",
    "12",
    "12A",
    "1.5",
    "-0.0",
    "1e9",
    "99999999999999999999",
    "0x1F",
    "NaN",
    "",
    " 7 ",
    "٣",
    "12%",
)


def _number(dice: Dice) -> str:
    return dice.choice(_NUMBERS) if dice.random() < 0.5 else str(dice.randint(-2000, 40_000))


# ---------------------------------------------------------------- text

_ENCODINGS = (
    "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252", "latin-1",
    "mac-roman", "cp437", "shift_jis", "gb18030", "koi8-r", "utf-7", "ascii",
)  # fmt: skip


def _encoded(dice: Dice, text: str, most: float = 0.5) -> bytes:
    """In one of many encodings, sometimes cut off or with a byte that is not in it."""
    encoding = dice.choice(_ENCODINGS) if dice.random() < most else "utf-8"
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf-") and encoding != "utf-7" else "replace")
    return _hurt(dice, data) if dice.random() < 0.2 else data


def _hurt(dice: Dice, data: bytes) -> bytes:
    place = dice.randrange(len(data) + 1)
    return dice.choice(
        (
            data[:place],
            data[place:],
            data[:place] + dice.randbytes(dice.randint(1, 3)) + data[place:],
            data + data[place:],
        )
    )


def text(dice: Dice) -> bytes:
    ends = dice.choice(("\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0c", "\n\n\n"))
    pieces = [_words(dice) for _ in range(dice.randint(1, 40))]
    indented = [" " * dice.choice((0, 10, 15, 22, 40)) + piece for piece in pieces] if dice.random() < 0.4 else pieces
    whole = ends.join(indented)
    if dice.random() < 0.02:
        whole *= dice.choice((20, 100))
    return _encoded(dice, whole[:200_000])


# ---------------------------------------------------------------- XML

Build: TypeAlias = Callable[[Dice], str]


def _element(dice: Dice, names: tuple[str, ...], attributes: tuple[str, ...], depth: int, values: Build) -> str:
    """An element of any of the names with any attributes and children: much of it where no program puts it."""
    name = dice.choice(names)
    given = {dice.choice(attributes): values(dice) for _ in range(dice.randint(0, 4))}
    head = "".join(f" {key}={quoteattr(_legal(value))}" for key, value in given.items())
    inner = "".join(
        _element(dice, names, attributes, depth - 1, values) if depth and dice.random() < 0.6 else _inner_text(dice)
        for _ in range(dice.choice((0, 1, 1, 2, 5)))
    )
    return f"<{name}{head}>{inner}</{name}>"


def _inner_text(dice: Dice) -> str:
    words = _words(dice)
    match dice.randrange(40):
        case 0:
            return f"<![CDATA[{_legal(words).replace(']]>', '')}]]>"
        case 1:
            return f"<!-- {words.replace('-', '')} -->"
        case 2:
            return dice.choice(("&#133;", "&#x7f;", "&#x1F600;", "&lt;", "<?pi x?>"))
        case 3 if dice.random() < 0.05:
            return dice.choice(("&#0;", "&nope;", "&", "<", "&#xD800;", "\x07"))
        case _:
            return escape(_legal(words))


_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _legal(words: str) -> str:
    return _ILLEGAL.sub("", words)


def _declared(dice: Dice, body: str, wrong: float = 0.3) -> bytes:
    """With a declaration that may name another encoding than that of the bytes, or words before it."""
    if dice.random() > wrong:
        return _legal(body).encode()
    named = dice.choice(("UTF-8", "UTF-8", "UTF-16", "windows-1252", "ISO-8859-1", "Shift_JIS", "nonsense", "UTF-7"))
    head = dice.choice((f'<?xml version="1.0" encoding="{named}" standalone="no" ?>\n', '<?xml version="1.1"?>', ""))
    before = dice.choice(("x", "\n", "\ufeff", "<!-- c -->", "\0", "<!DOCTYPE a>")) if dice.random() < 0.1 else ""
    data = _encoded(dice, before + head + body)
    return data + _words(dice).encode("utf-8", "replace") if dice.random() < 0.03 else data


_FDX_NAMES = (
    "Paragraph", "Paragraph", "Paragraph", "Text", "Text", "Text", "DualDialogue", "SceneProperties", "Summary", "ScriptNote",
    "Content", "OmittedScene", "Alts", "TitlePage", "HeaderAndFooter", "Header", "DynamicLabel", "Tabstops", "Tabstop",
    "Revisions", "Revision", "TagData", "TagCategories", "Tags", "Tag", "LockedPages", "LockedPage", "SmartType", "Macros",
    "ElementSettings", "FontSpec", "ParagraphSpec", "Behavior", "PageLayout", "MoresAndContinueds", "SceneArcBeats", "Cast",
    "ScriptNotes", "Bookmark", "Label", "Actors", "Unknown", "x:Paragraph", "CastList", "AltCollection", "Alt", "br",
)  # fmt: skip
_FDX_ATTRIBUTES = (
    "Type", "Type", "Number", "Style", "Alignment", "RevisionID", "AdornmentStyle", "Color", "Background", "Font", "Size",
    "Range", "ID", "Id", "Title", "Length", "Page", "StartsNewPage", "Leading", "LeftIndent", "RightIndent", "FirstIndent",
    "SpaceBefore", "Spacing", "PaginateAs", "TagNumber", "Name", "Version", "DocumentType", "WriterName", "xml:space",
    "Location", "Mark", "FullRevision", "Position", "CategoryId", "TagId", "Description", "Continued",
)  # fmt: skip
_FDX_VALUES = (
    "Action", "Character", "Dialogue", "Parenthetical", "Scene Heading", "Transition", "Shot", "General", "Cast List",
    "New Act", "End of Act", "Singing", "Lyrics", "Outline 1", "Bold+Italic", "Underline", "AllCaps", "-1", "Yes", "No", "0",
    "Center", "Right", "#FFFF00000000", "#12", "1,5", "5,1", "0,999999999", "Script", "5", "6", "1/8", "2 3/8", "Page #",
)  # fmt: skip


def _fdx_value(dice: Dice) -> str:
    kind = dice.random()
    return dice.choice(_FDX_VALUES) if kind < 0.6 else _number(dice) if kind < 0.85 else _words(dice)


def fdx(dice: Dice) -> bytes:
    def some(names: tuple[str, ...], depth: int) -> str:
        return _element(dice, names, _FDX_ATTRIBUTES, depth, _fdx_value)

    def paragraph() -> str:
        if dice.random() < 0.4:
            return some(("Paragraph",), 3)
        return f'<Paragraph Type="{dice.choice(_FDX_VALUES[:12])}"><Text>{_inner_text(dice)}</Text>{some(_FDX_NAMES, 1)}</Paragraph>'

    content = "".join(paragraph() for _ in range(dice.randint(0, 25)))
    around = "".join(some(_FDX_NAMES, 3) for _ in range(dice.randint(0, 4)))
    version = dice.choice(("1", "2", "3", "4", "5", "6", "", "x"))
    body = f'<FinalDraft DocumentType="Script" Version="{version}"><Content>{content}</Content>{around}</FinalDraft>'
    return _declared(dice, body if dice.random() < 0.95 else some(_FDX_NAMES, 3))


# ---------------------------------------------------------------- Word

_W_NAMES = tuple(
    "w:" + name
    for name in (
        "p p p p r r r r r t t t t t tab br cr sym noBreakHyphen softHyphen instrText fldChar fldSimple hyperlink ins del"
        " delText moveTo moveFrom moveFromRangeStart sdt sdtContent sdtPr smartTag customXml tbl tr tc tblPr pPr rPr pStyle"
        " rStyle ind spacing jc tabs b i u strike caps vanish color highlight sz numPr numId ilvl sectPr pgSz pgMar cols"
        " type pageBreakBefore keepNext commentRangeStart commentRangeEnd commentReference footnoteReference bookmarkStart"
        " bookmarkEnd lastRenderedPageBreak pict object drawing txbxContent ruby rt rubyBase dir bdo permStart unknown"
        " headerReference footerReference titlePg framePr placeholder showingPlcHdr altChunk subDoc proofErr"
    ).split()
) + ("mc:AlternateContent", "mc:Choice", "mc:Fallback", "m:oMath", "m:t", "m:r", "v:textbox", "wps:txbx", "x:strange")
_W_ATTRIBUTES = tuple(
    "w:" + name
    for name in (
        "val val val left right start end firstLine hanging before after line lineRule char font fldCharType instr id author"
        " date type w h top bottom pos leader name styleId anchor fill dropCap x y default numId"
    ).split()
) + ("r:id", "Requires", "mc:Ignorable")
_W_VALUES = (
    "begin", "separate", "end", "F04A", "Wingdings", "Symbol", "page", "column", "textWrapping", "continuous", "nextPage",
    "center", "right", "both", "start", "single", "none", "true", "false", "on", "off", "auto", "exact", "1440", "2160",
    "720", "-720", "3600", "31680", "999999", "rId1", "rId7", "Normal", "Heading1", "Character", "Dialogue", "PAGE", "wps",
    "HYPERLINK \"x\"", "\u20ac", "FF0000",
)  # fmt: skip
_NAMESPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:x="urn:x"'
)
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_KINDS = ("styles", "numbering", "comments", "footnotes", "endnotes", "header", "footer", "settings", "theme", "image")


def _w_value(dice: Dice) -> str:
    kind = dice.random()
    return dice.choice(_W_VALUES) if kind < 0.6 else _number(dice) if kind < 0.9 else _words(dice)


def _w(dice: Dice, names: tuple[str, ...], depth: int) -> str:
    return _element(dice, names, _W_ATTRIBUTES, depth, _w_value)


def _document(dice: Dice) -> str:
    body = "".join(
        _w(dice, _W_NAMES, 4)
        if dice.random() < 0.4
        else f'<w:p><w:pPr><w:ind w:left="{_number(dice)}"/></w:pPr><w:r><w:t>{_inner_text(dice)}</w:t></w:r></w:p>'
        for _ in range(dice.randint(0, 25))
    )
    return _part(dice, "document", f"<w:body>{body}</w:body>")


def _part(dice: Dice, root: str, inner: str) -> str:
    head = f"{HEAD} {_NAMESPACES}"
    if dice.random() < 0.1:
        head = re.sub(r'xmlns:w="[^"]*"', f'xmlns:w="{_STRICT}"', head)
    return f"<w:{root} {head}>{inner}</w:{root}>"


def _relations(dice: Dice) -> str:
    targets = (
        "styles.xml",
        "/word/styles.xml",
        "../word/header.xml",
        "document.xml",
        "../../etc/passwd",
        "http://x/y",
        "",
        "#a",
    )
    rows = "".join(
        f'<Relationship Id="rId{dice.randint(1, 9)}" Type="{RELS[: RELS.rfind("/package")]}/officeDocument/2006/relationships/{kind}"'
        f" Target={quoteattr(dice.choice((f'{kind}.xml', f'{kind}.xml', f'{kind}.xml', *targets)))}"
        f"{dice.choice(('', '', ' TargetMode=' + chr(34) + 'External' + chr(34)))}/>"
        for kind in dice.choices(_KINDS, k=dice.randint(0, 9))
    )
    return f'<Relationships xmlns="{RELS}">{rows}</Relationships>'


def docx(dice: Dice) -> bytes:
    main = (
        f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Target="word/document.xml"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    parts: dict[str, bytes] = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": main.encode(),
        "word/document.xml": _declared(dice, _document(dice), 0.1),
        "word/_rels/document.xml.rels": _declared(dice, _relations(dice), 0.1),
    }
    for kind in dice.sample(_KINDS, dice.randint(0, 6)):
        inner = "".join(
            _w(dice, (*_W_NAMES, "w:style", "w:comment", "w:num", "w:abstractNum", "w:lvl"), 3) for _ in range(4)
        )
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        parts[f"word/{kind}.xml"] = _declared(dice, _part(dice, root, inner), 0.1)
    while dice.random() < 0.25 and parts:  # parts that are missing
        del parts[dice.choice(list(parts))]
    while dice.random() < 0.15 and parts:  # or hold something else
        parts[dice.choice(list(parts))] = dice.choice((b"", b"<", *parts.values(), text(dice)))
    return _zipped(dice, parts)


# ---------------------------------------------------------------- archives


def _zipped(dice: Dice, parts: dict[str, bytes]) -> bytes:
    """An archive, in one of three with something wrong in its lists."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            method = dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            archive.writestr(zipfile.ZipInfo(name), data, method)
        if dice.random() < 0.05:
            archive.writestr(dice.choice(("../x", "/abs", "a\\b", "word/", "\u202ex", "C:x", "n" * 300)), b"x")
    made = bytearray(out.getvalue())
    if dice.random() < 0.33:
        for _ in range(dice.randint(1, 3)):
            _hurt_list(dice, made)
    if dice.random() < 0.1:
        return _hurt(dice, bytes(made))
    return bytes(made)


def _hurt_list(dice: Dice, made: bytearray) -> None:
    """Another number in a header of a member, of the list, or of its end (APPNOTE 4.3)."""
    kind, fields = dice.choice(
        (
            (b"PK\3\4", ((4, 2), (6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2))),
            (b"PK\1\2", ((6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (38, 4), (42, 4))),
            (b"PK\5\6", ((8, 2), (10, 2), (12, 4), (16, 4), (20, 2))),
        )
    )
    places = [found.start() for found in re.finditer(re.escape(kind), made)]
    if not places:
        return
    offset, size = dice.choice(fields)
    value = dice.choice((0, 1, 8, 12, 14, 99, 0x800, 0xFFFF, 0xFFFFFFFF, dice.randrange(1 << 16))) & (
        (1 << 8 * size) - 1
    )
    start = dice.choice(places) + offset
    made[start : start + size] = value.to_bytes(size, "little")


def highland(dice: Dice) -> bytes:
    inside = dice.choice(("a.textbundle/text.md", "text.md", "a/b/text.fountain", "document.json", "text.txt"))
    info = dice.choice((b"{}", b"{", b'{"version":"x","type":1}', b"[" * 5000, text(dice)))
    return _zipped(dice, {inside: text(dice), "a.textbundle/info.json": info})


def archive(dice: Dice) -> bytes:
    return docx(dice) if dice.random() < 0.5 else highland(dice)


# ---------------------------------------------------------------- PDF

_FILTERS: dict[str, Callable[[bytes], bytes]] = {
    "FlateDecode": lambda data: zlib.compress(data),
    "Fl": lambda data: zlib.compress(data),
    "ASCIIHexDecode": lambda data: data.hex().encode() + b">",
    "ASCII85Decode": lambda data: a85encode(data) + b"~>",
    "RunLengthDecode": lambda data: (
        b"".join(bytes([len(data[at : at + 128]) - 1]) + data[at : at + 128] for at in range(0, len(data), 128))
        + b"\x80"
    ),
    "LZWDecode": lambda data: data,
    "DCTDecode": lambda data: data,
    "Crypt": lambda data: data,
    "JBIG2Decode": lambda data: data,
    "Nonsense": lambda data: data,
}
_OPERATORS = (
    "BT", "ET", "Tf", "Tm", "Td", "TD", "T*", "Tj", "TJ", "'", '"', "Tr", "Ts", "Tw", "Tz", "Tc", "TL", "cm", "q", "Q", "Do", "re",
    "f", "S", "n", "m", "l", "c", "BI", "ID", "EI", "BDC", "BMC", "EMC", "gs", "sh", "d0", "d1", "w", "BX", "EX", "MP",
)  # fmt: skip


def _stream(dice: Dice, data: bytes, entries: str = "") -> bytes:
    names = [dice.choice(list(_FILTERS)) for _ in range(dice.choice((0, 0, 1, 1, 2, 3)))]
    for name in reversed(names):
        data = _FILTERS[name](data)
    if dice.random() < 0.1:
        data = _hurt(dice, data)
    filters = f"/Filter[{' '.join('/' + name for name in names)}]" if names else ""
    if dice.random() < 0.1:
        filters += f"/DecodeParms<</Predictor {dice.choice((1, 2, 10, 12, 15, 99))}/Columns {_pdf_number(dice)}/Colors {_pdf_number(dice)}>>"
    length = str(len(data)) if dice.random() < 0.9 else dice.choice(("0", "99999999", "-1", "4 0 R", "1 0 R", ""))
    return f"<</Length {length}{filters}{entries}>>stream\n".encode("latin-1", "replace") + data + b"\nendstream"


def _pdf_number(dice: Dice) -> str:
    return (
        _number(dice)
        if dice.random() < 0.03
        else str(dice.choice((0, 1, -1, 12, 90, 600, 1e6, dice.randint(-2000, 40_000))))
    )


def _pdf_word(dice: Dice) -> str:
    words = _words(dice)[:300].encode("cp1252", "replace").decode("latin-1")
    return "(" + words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"


def _operand(dice: Dice) -> str:
    match dice.randrange(9):
        case 0:
            return _pdf_word(dice)
        case 1:
            return f"<{dice.randbytes(dice.randint(0, 6)).hex()}>"
        case 2:
            return "/" + dice.choice(("F", "B", "G", "X", "Y", "None"))
        case 3:
            return f"[{_pdf_word(dice)} {_pdf_number(dice)} {_pdf_word(dice)}]"
        case 4:
            return dice.choice(("1e400", "-9999999999", "0.00001", "<<", ">>", "[", "]", "true", "null", "R", "%x\n"))
        case _:
            return str(dice.choice((0, 1, -1, 12, 72, 108, 612, dice.uniform(-900, 900))))


def _drawn(dice: Dice) -> bytes:
    pieces = []
    for _ in range(dice.randint(1, 40)):
        if dice.random() < 0.6:
            size = dice.choice((12, 12, 12, 0.5, 900, 0, -12))
            matrix = dice.choice(("1 0 0 1", "1 0 0 1", "0 1 -1 0", "0.7 0.7 -0.7 0.7", "1 0 0.3 1", "0 0 0 0"))
            x, y, font = dice.randint(0, 500), dice.randint(0, 800), dice.choice("FFFBIGHK")
            pieces.append(f"BT /{font} {size} Tf {matrix} {x} {y} Tm {_pdf_word(dice)} Tj ET")
        else:
            operands = " ".join(_operand(dice) for _ in range(dice.randint(0, 7)))
            pieces.append(f"{operands} {dice.choice(_OPERATORS)}")
    return "\n".join(pieces).encode("latin-1", "replace")


def _cmap(dice: Dice) -> bytes:
    rows = []
    for _ in range(dice.randint(0, 12)):
        first, last = dice.randrange(1 << 16), dice.randrange(1 << 16)
        to = "".join(
            f"{dice.choice((0x41, 0x2028, 0x0, 0x85, 0xD800, 0xFEFF, 0x1F600 & 0xFFFF)):04x}"
            for _ in range(dice.randint(0, 3))
        )
        rows.append(
            f"1 beginbfrange <{first:04x}> <{last:04x}> {dice.choice((f'<{to}>', f'[<{to}> <{to}>]', '<', '5'))} endbfrange"
        )
        rows.append(f"1 beginbfchar <{first & 255:02x}> <{to}> endbfchar")
    return ("begincmap 1 begincodespacerange <00> <ff> endcodespacerange " + "\n".join(rows) + " endcmap").encode()


def _font(dice: Dice) -> str:
    kind = dice.choice(("Type0", "Type1", "TrueType", "Type3", "MMType1", "Nonsense"))
    encoding = dice.choice(
        ("/WinAnsiEncoding", "/MacRomanEncoding", "/Identity-H", "/90ms-RKSJ-H", "/UniGB-UCS2-H", "/GBK-EUC-H", "/ETen-B5-H",
         "<</Differences[32/space/A 1 2/uni2028/g3/.notdef/uniD800 999999/B]>>", "60 0 R", "7", "/None")
    )  # fmt: skip
    widths = dice.choice(
        ("", f"/FirstChar {_pdf_number(dice)}/Widths[{' '.join(_pdf_number(dice) for _ in range(9))}]", "/Widths 1 0 R")
    )
    wide = dice.choice(
        ("", f"/W[{_pdf_number(dice)} [1 2] 3 {_pdf_number(dice)} 600]", f"/W[1 2]/DW {_pdf_number(dice)}")
    )
    unicode = dice.choice(("", "/ToUnicode 60 0 R", "/ToUnicode/Identity-H"))
    return (
        f"<</Type/Font/Subtype/{kind}/BaseFont/{dice.choice(('Courier', 'AAAAAA+Symbol', 'Helvetica-Bold', '', 'x#00y'))}"
        f"/Encoding {encoding}{widths}{unicode}/FontMatrix[{_pdf_number(dice)} 0 0 1 0 0]"
        f"/DescendantFonts[<</Subtype/CIDFontType2/FontDescriptor<</Flags {_pdf_number(dice)}>>{wide}>>]>>"
    )


def pdf(dice: Dice) -> bytes:
    content = [_drawn(dice) for _ in range(dice.choice((1, 1, 2, 5)))]
    form = "/Type/XObject/Subtype/Form/Matrix[1 0 0 1 0 0]/Resources<</Font 3 0 R/XObject<</X 50 0 R/Y 51 0 R>>>>"
    fonts = "".join(f"/{name} {_font(dice)}" for name in "GHK")
    objects: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R{_around(dice)}>>".encode("latin-1", "replace"),
        3: ("<<" + "".join(f"/{name} {font}" for name, font in build.FONTS.items()) + fonts + ">>").encode(),
        50: _stream(dice, _drawn(dice), form),
        51: _stream(dice, _drawn(dice), form),
        60: _stream(dice, _cmap(dice)),
    }
    kids = []
    for place, drawn in enumerate(content):
        number = 100 + 2 * place
        kids.append(f"{number} 0 R")
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{_box(dice)}]{_of_page(dice)}/Resources<</Font 3 0 R/XObject<</X 50 0 R"
            f"/Y 51 0 R>>>>/Contents {dice.choice((f'{number + 1} 0 R', f'{number + 1} 0 R', f'[{number + 1} 0 R 101 0 R]'))}>>"
        ).encode("latin-1", "replace")
        objects[number + 1] = _stream(dice, drawn)
    loose = dice.choice(("", "", "", " 2 0 R", " 999 0 R", " 1 0 R", " null"))
    count = dice.choice((str(len(kids)), str(len(kids)), _pdf_number(dice)))
    objects[2] = f"<</Type/Pages/Count {count}/Kids[{' '.join(kids)}{loose}]>>".encode()
    while dice.random() < 0.1:
        objects[dice.choice(list(objects))] = dice.choice((b"null", b"<<", b"5", b"[]", b"1 0 R", *objects.values()))
    data = build.file(objects)
    return _hurt(dice, data) if dice.random() < 0.1 else data


def _box(dice: Dice) -> str:
    return "0 0 612 792" if dice.random() < 0.8 else " ".join(_pdf_number(dice) for _ in range(dice.choice((3, 4, 4))))


def _of_page(dice: Dice) -> str:
    annotation = (
        f"<</Type/Annot/Subtype/{dice.choice(('FreeText', 'Widget', 'Text', 'Stamp'))}/Rect[{_box(dice)}]/Contents{_pdf_word(dice)}"
        f"/AP<</N {dice.choice(('50 0 R', '<</On 51 0 R>>', '9 0 R', '7'))}>>/V{_pdf_word(dice)}/DA(/F 12 Tf)>>"
    )
    entries = (
        f"/Rotate {_pdf_number(dice)}",
        f"/UserUnit {_pdf_number(dice)}",
        f"/CropBox[{_box(dice)}]",
        f"/Annots[{annotation}]",
        "/Annots 50 0 R",
    )
    return "".join(entry for entry in entries if dice.random() < 0.15)


def _around(dice: Dice) -> str:
    entries = (
        f"/PageLabels<</Nums[0<</S/{dice.choice('DrRaAx')}/St {_pdf_number(dice)}/P{_pdf_word(dice)}>>]>>",
        "/Outlines<</First 70 0 R/Last 70 0 R>>",
        "/AcroForm<</Fields[100 0 R]/DA(/F 12 Tf)>>",
        "/OCProperties<</D<</OFF[50 0 R]>>>>",
        "/PageLabels 2 0 R",
    )
    return "".join(entry for entry in entries if dice.random() < 0.15)


# ---------------------------------------------------------------- what each is asked

# ---------------------------------------------------------------- JSON


def json_tree(dice: Dice) -> bytes:
    """Nodes of the tree with any of their fields and values, now and then one that cannot stand there."""
    body = [_json_record(dice, dice.choice(_ELEMENTS), 4) for _ in range(dice.randint(1, 12))]
    whole = {"version": 1, "type": "Screenplay", "body": body}
    for one in fields_of(Screenplay):
        if one.name != "body" and dice.random() < 0.3:
            whole[one.name] = _json_value(dice, one.shape, 4)
    said = json.dumps(whole, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")
    return _hurt(dice, said) if dice.random() < 0.1 else said


def html(dice: Dice) -> bytes:
    """What we write of such a tree, with attributes and tags that stand elsewhere then."""
    screenplay = None
    while screenplay is None:
        screenplay = _read("json", json_tree(dice))
    writer = writer_named("html", _hear)
    text = writer.write(screenplay, writer.options(), _hear, LIMITS).decode("utf-8")
    if dice.random() < 0.2:
        pieces = re.split(r"(?=<p|<div|<span)", text)
        dice.shuffle(pieces)
        text = pieces[0] + "".join(pieces[1:])
    return _hurt(dice, text.encode("utf-8")) if dice.random() < 0.1 else text.encode("utf-8")


_ELEMENTS = typing.get_args(Element)


def _json_record(dice: Dice, kind: type, depth: int) -> dict[str, object]:
    said: dict[str, object] = {"type": kind.__name__}
    for one in fields_of(kind):
        if one.is_needed or dice.random() < 0.4 or one.name in ("text", "parts"):
            said[one.name] = _json_value(dice, one.shape, depth - 1)
    return said


def _json_value(dice: Dice, form: Shape, depth: int) -> object:
    if dice.random() < 0.003:
        return dice.choice((None, True, 7, -1e300, 10**30, "", "x", [], {}, [[]], {"type": "Run"}))
    match form:
        case Scalar(kind=kind):
            number = dice.choice((0, 1, 2, 3, -1, 40, 2**31))
            return {str: lambda: _words(dice), int: lambda: number, float: lambda: number / 3}.get(
                kind, lambda: dice.random() < 0.5
            )()
        case Choice(kind=kind):
            return dice.choice([one.value for one in kind])
        case Flags(kind=kind):
            return [str(one.name).lower() for one in kind if dice.random() < 0.2]
        case Place():
            return {"line": dice.randint(1, 99), "source": "ff"}
        case Records(kinds=kinds):
            return _json_record(dice, dice.choice(list(kinds.values())), depth)
        case Many(of=of):
            return [_json_value(dice, of, depth) for _ in range(dice.randint(0, 3) if depth > 0 else 0)]
        case Maybe(of=of):
            return _json_value(dice, of, depth) if dice.random() < 0.8 else None


# ---------------------------------------------------------------- sound files with something wrong

_PIECES = re.compile(rb"<[^<>]*>|\\[a-z]+-?\d*|[{}\n]|[^<>{}\\\n]+|.", re.DOTALL)
_ODD_NUMBERS = (b"0", b"-1", b"1", b"65536", b"99999999999", b"1e9", b"x", b"")


def _disturbed(seed: bytes, dice: Dice) -> bytes:
    """With some tags, groups or control words left out, doubled, changed about, or with other numbers."""
    tokens = _PIECES.findall(seed)
    for _ in range(dice.choice((0, 0, 1, 2, 12))):
        if not tokens:
            break
        place, other = dice.randrange(len(tokens)), dice.randrange(len(tokens))
        match dice.randrange(4):
            case 0:
                del tokens[place : place + dice.randint(1, 4)]
            case 1:
                tokens[place:place] = tokens[other : other + dice.randint(1, 9)]
            case 2:
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case _:
                tokens[place] = re.sub(rb"\d+", lambda _: dice.choice(_ODD_NUMBERS), tokens[place])
    return b"".join(tokens)


def _of_seeds(name: str) -> Callable[[Dice], bytes]:
    def made(dice: Dice) -> bytes:
        seed = dice.choice(_seeds(name))
        if not seed.startswith(b"PK"):
            return _PROJECTS.get(name, bytes)(_disturbed(seed, dice))
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(seed)) as sound, zipfile.ZipFile(buffer, "w") as archive:
            parts = {part: sound.read(part) for part in sound.namelist()}
            wrong = dice.choice([part for part, content in parts.items() if content[:1] == b"<"])
            for part, content in parts.items():
                archive.writestr(part, _disturbed(content, dice) if part == wrong else content)
        return buffer.getvalue()

    return made


@cache
def _seeds(name: str) -> list[bytes]:
    from tests.fuzz.targets import TARGETS

    inside = {"celtx": "script-a.html", "odt": "content.xml"}.get(name)
    seeds = list(TARGETS[name].seeds())
    return [_in_archive(inside, seed) if inside and not seed.startswith(b"PK") else seed for seed in seeds]


def _in_archive(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


_PROJECTS: dict[str, Callable[[bytes], bytes]] = {
    "kit": lambda data: data if data.startswith(b"SQLite") else kit_project(data.decode("utf-8", "replace")),
    "starc": lambda data: (
        data
        if data.startswith(b"SQLite")
        else starc_project(document("screenplay/text", data.decode("utf-8", "replace")))
    ),
}
_OF_SEEDS = ("adobestory", "celtx", "fadein", "kit", "odt", "osf", "rtf", "starc", "trelby")
_ODD_VALUES = (None, 0, True, [], {}, "", "x", "Rain\nfalls", "\ud83d", "Hologram", "1", [None], {"text": 3})


def scrite(dice: Dice) -> bytes:
    """A document with scenes in some order, in which some values are something else."""

    def some(value: object) -> object:
        return dice.choice(_ODD_VALUES) if dice.random() < 0.06 else value

    def scene(number: int) -> object:
        lines = [
            {"type": some(dice.choice(["Action", "Character", "Dialogue", "Shot"])), "text": some("Rain")}
            for _ in range(3)
        ]
        heading = some(
            {"enabled": some(True), "locationType": some("INT"), "location": some("A"), "moment": some("DAY")}
        )
        return some({"scene": some({"id": str(number), "heading": heading, "elements": some(lines)})})

    order = [some({"sceneID": str(dice.randrange(4)), "omitted": some(False)}) for _ in range(4)]
    structure = {"elements": some([scene(number) for number in range(3)])}
    root = {"structure": some(structure), "screenplay": some({"title": some("Rain"), "elements": some(order)})}
    return _in_archive("_header.json", json.dumps(root).encode())


SHAPES: dict[str, Callable[[Dice], bytes]] = {
    "fountain": text,
    "text": text,
    "fdx": fdx,
    "docx": docx,
    "highland": highland,
    "html": html,
    "json": json_tree,
    "pdf": pdf,
    "scrite": scrite,
    **{name: _of_seeds(name) for name in _OF_SEEDS},
}
_OPTIONS: dict[str, dict[str, object]] = {"pdf": {"isolate": False}}
_TARGETS = ("fountain", "fdx", "text", "outline", "docx", "pdf")
_HEAVY = 0.1  # of the files are drawn and set too
_BARED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def shape(reader: str, seed: int) -> bytes:
    return SHAPES[reader](random.Random(f"{reader} {seed}"))


def check(reader: str, data: bytes, *, heavy: bool = False) -> bool:
    """Raises AssertionError, or whatever a bug raises, where a promise is broken; whether there was a screenplay."""
    start = time.process_time()
    screenplay = _read(reader, data)
    if screenplay is not None:
        for name in _TARGETS if heavy else _TARGETS[:4]:
            _write(name, screenplay)
    assert time.process_time() - start < PATIENCE, "this takes far too long"
    return screenplay is not None


def _read(name: str, data: bytes) -> Screenplay | None:
    reader = reader_named(name, b"", _hear)
    said = []
    try:
        source = Source(f"fuzz.{name}", data)
        screenplay = reader.read(source, reader.options(**_OPTIONS.get(name, {})), said.append, LIMITS)
    except ConverterError as error:
        assert str(error).strip() and error.code in (3, 4), error
        return None
    assert normal(replace(screenplay)) == screenplay, "the tree is not in its normal form"
    for one in said:
        assert clean(one.message, len(one.message)) == one.message, one
    return screenplay


def _write(name: str, screenplay: Screenplay) -> None:
    writer = writer_named(name, _hear)
    try:
        data = writer.write(screenplay, writer.options(), _hear, LIMITS)
    except ConverterError as error:
        assert error.code == 4, error
        return
    if name in ("fountain", "text"):
        found = _BARED.search(data.decode("utf-8"))
        assert found is None or (found.group() == "\x0c" and name == "text"), f"{found!r} in {name}"
    if name in ("fountain", "fdx", "docx"):  # what we wrote we read
        reader = reader_named(name, b"", _hear)
        reader.read(Source(f"back.{name}", data), reader.options(), _hear, LIMITS)


def _hear(diagnostic: object) -> None: ...


def main(reader: str, seconds: str, seed: str = "1") -> int:
    end = time.monotonic() + float(seconds)
    number, read = int(seed), 0
    found: dict[str, int] = {}
    signal.signal(signal.SIGALRM, _give_up)
    while number == int(seed) or time.monotonic() < end:
        data = shape(reader, number)
        signal.alarm(60)
        try:
            read += check(reader, data, heavy=random.Random(number).random() < _HEAVY)
        except Exception as error:
            what = _named(error)
            if what not in found:
                found[what] = number
                path = Path("fuzz") / f"{reader}-{number}"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
                print(f"{reader}: seed {number} breaks a promise, {path}: {what}", flush=True)
        number += 1
    print(
        f"{reader}: seeds {seed} to {number - 1}, {number - int(seed):,} inputs, {read:,} read, {len(found)} findings"
    )
    return 1 if found else 0


def _give_up(*_: object) -> None:
    raise TimeoutError("this hangs")


def _named(error: Exception) -> str:
    """The same for one bug: what was raised, and where."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}: {str(error)[:200]!r}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
