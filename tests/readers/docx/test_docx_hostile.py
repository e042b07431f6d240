"""Broken and malicious documents: a result or an honest error, nothing opened, nothing endless."""

import io
import zipfile
import zlib
from dataclasses import replace

import pytest

from converter.contract import EncryptedError, FormatError, LimitError, Limits, Sniff
from converter.formats import FORMATS
from converter.tree import Action, Run, Screenplay
from tests.cost import seconds
from tests.readers.docx.build import HEAD, RELS, archive, codes, document, p, read, shown, style, with_member
from writers import docx as writer

SOUND = writer.write(Screenplay(body=(Action(text=(Run(text="Rain falls."),)),)))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", FormatError),
        (b"Rain falls.", FormatError),
        (SOUND[:200], FormatError),
        (SOUND[: len(SOUND) // 2], FormatError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), EncryptedError),
        (archive(styles="<a/>"), FormatError),
        (archive(document="<w:document"), FormatError),
        (archive(document='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), FormatError),
    ],
)
def test_what_is_no_document_is_an_honest_error(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(data)


def test_a_document_needs_nothing_but_its_text() -> None:
    assert (
        shown(archive(document=f"<w:document {HEAD}><w:body>{p('Rain.')}</w:body></w:document>")) == 'Action "Rain."\n'
    )
    assert shown(archive(document=f"<w:document {HEAD}/>")) == ""


def test_a_damaged_part_beside_the_text_is_left_out() -> None:
    data = archive(document=f"<w:document {HEAD}><w:body>{p('Rain.')}</w:body></w:document>", styles="<w:styles")
    assert shown(data) == 'Action "Rain."\n'
    assert codes(data) == {"docx.damaged-part"}


def test_missing_parts_do_no_harm() -> None:
    relations = (
        f'<Relationships xmlns="{RELS}"><Relationship Id="a" Type="x/styles" Target="nowhere.xml"/>'
        '<Relationship Id="b" Type="x/comments" Target="../../../etc/passwd"/></Relationships>'
    )
    data = with_member(document(p("Rain.")), "word/_rels/document.xml.rels", relations)
    assert shown(data) == 'Action "Rain."\n'
    assert codes(data) == {"docx.missing-part"}


def test_what_lies_outside_is_never_followed() -> None:
    relations = (
        f'<Relationships xmlns="{RELS}"><Relationship Id="a" Type="x/officeDocument" TargetMode="External"'
        ' Target="http://example.org/word/document.xml"/></Relationships>'
    )
    assert shown(with_member(document(p("Rain.")), "_rels/.rels", relations)) == 'Action "Rain."\n'


def test_the_text_is_found_where_the_relations_say() -> None:
    relations = (
        f'<Relationships xmlns="{RELS}"><Relationship Id="a" Type="x/officeDocument" Target="/text/main.xml"/>'
        "</Relationships>"
    )
    body = f"<w:document {HEAD}><w:body>{p('Elsewhere.')}</w:body></w:document>"
    data = with_member(with_member(document(p("Rain.")), "text/main.xml", body), "_rels/.rels", relations)
    assert shown(data) == 'Action "Elsewhere."\n'


@pytest.mark.parametrize(
    "name",
    [
        "customXml/item1.xml",
        "docProps/thumbnail.jpeg",
        "inner.zip",
        "word/embeddings/sheet1.xlsx",
        "word/fontTable.xml",
        "word/fonts/font1.odttf",
        "word/glossary/document.xml",
        "word/media/image1.png",
        "word/theme/theme1.xml",
        "word/vbaProject.bin",
        "word/webSettings.xml",
    ],
)
def test_parts_that_no_script_needs_stay_closed(name: str) -> None:
    """They are broken here: whoever unpacked them would say so."""
    content = bytes(range(256)) * 40
    data = bytearray(with_member(document(p("Rain.")), name, content))
    place = data.index(zlib.compress(content)[2:-4])
    data[place : place + 20] = b"\xff" * 20
    with pytest.raises(zlib.error):
        zipfile.ZipFile(io.BytesIO(data)).read(name)
    assert shown(bytes(data)) == 'Action "Rain."\n'


def test_strict_documents_are_read() -> None:
    data = document(p("Rain."))
    text = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    strict = text.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert shown(with_member(data, "word/document.xml", strict)) == 'Action "Rain."\n'


def test_a_bomb_ends_at_a_limit() -> None:
    bomb = document(p("A" * 40_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(LimitError):
        read(bomb)


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl><w:tr><w:tc>" * 3000 + p("x") + "</w:tc></w:tr></w:tbl>" * 3000,
        "<w:sdt><w:sdtContent>" * 3000 + p("x") + "</w:sdtContent></w:sdt>" * 3000,
        "<w:p>" + "<w:ins>" * 3000 + "</w:ins>" * 3000 + "</w:p>",
    ],
    ids=["tables", "controls", "changes"],
)
def test_endless_nesting_ends_at_a_limit(body: str) -> None:
    with pytest.raises(LimitError):
        read(document(body))


def test_nested_tables_give_every_word_once() -> None:
    inner = p("deep")
    for _ in range(40):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert shown(document(inner)) == 'Action "deep"\n'


def test_nested_text_boxes_give_every_word_once() -> None:
    inner = p("deep")
    for number in range(40):
        inner = p(f"{number}", runs=f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>")
    found = shown(document(inner))
    assert found.count("deep") == 1
    assert found.count("Action") == 41


def test_too_many_paragraphs_end_at_a_limit() -> None:
    with pytest.raises(LimitError):
        read(document(*[p("a")] * 30), replace(Limits(), paragraphs=20))


@pytest.mark.timing
@pytest.mark.parametrize(
    "piece",
    [
        p("a") * 8_000,
        "<w:p>" + "<w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>" * 8_000 + "</w:p>",
        "<w:p>" + '<w:commentRangeStart w:id="1"/>' * 16_000 + "</w:p>",
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 8_000 + "<w:r><w:t>a</w:t></w:r></w:p>",
        "<w:p>" + '<w:bookmarkStart w:id="1" w:name="Tag1_1"/><w:r><w:t>a</w:t></w:r>' * 8_000 + "</w:p>",
        "<w:p><w:r><w:t>" + "A " * 300_000 + "</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>" + "(" * 300_000 + "</w:t></w:r></w:p>",
        (p("ANNA") + p("(MORE)")) * 4_000,
        (p("1 INT. BARN 1") + p()) * 4_000,
    ],
    ids=["paragraphs", "runs", "ranges", "fields", "bookmarks", "letters", "brackets", "more", "headings"],
)
def test_time_grows_with_the_size_alone(piece: str) -> None:
    """Less than a second each; what grows with the square would take a minute."""
    data = document(piece)
    assert seconds(read, data) < 10


def test_long_chains_of_styles_end() -> None:
    styles = "".join(style(f"s{number}", f"S{number}", f"s{number + 1}") for number in range(5000))
    assert (
        shown(document(*(p("Rain.", f"s{number}") for number in range(0, 5000, 50)), styles=styles)).count("Rain")
        == 100
    )


def test_documents_are_known_by_their_contents() -> None:
    row = next(row for row in FORMATS if row.name == "docx")
    assert row.sniff(SOUND) is Sniff.SURE
    assert row.sniff(b"PK\x03\x04" + bytes(30)) is Sniff.NO
    assert row.sniff(b"Title: word/document.xml") is Sniff.NO


@pytest.mark.parametrize(
    "inside", ["", "words", "<w:r><w:t>Rain.</w:t></w:r>", "<mc:Choice/>", "<mc:AlternateContent/>"]
)
@pytest.mark.parametrize("around", ["<w:pict>{}</w:pict>", "{}", "<w:object><w:drawing>{}</w:drawing></w:object>"])
def test_alternatives_that_offer_nothing_are_passed_over(inside: str, around: str) -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    empty = f'<mc:AlternateContent xmlns:mc="{mc}">{inside}</mc:AlternateContent>'
    assert "Snow." in shown(document(p("Snow."), p(runs=f"<w:r>{around.format(empty)}</w:r>")))
