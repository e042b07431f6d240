"""OpenDocument texts, of the parts that matter."""

from __future__ import annotations

import io
import zipfile

import pytest

from converter.contract import ConverterError, Diagnostic, EncryptedError, FormatError, LimitError, Source
from converter.readers.odt import read
from converter.tree import Screenplay
from writers.outline import to_text

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
    for name, rest in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
NAMES = ("Scene Heading", "Action", "Character", "Parenthetical", "Dialogue", "Transition")
STYLES = "".join(
    f'<style:style style:name="{name.replace(" ", "_20_")}" style:display-name="{name}" style:family="paragraph"/>'
    for name in NAMES
)


def odt(body: str, *, automatic: str = "", styles: str = STYLES, rest: str = "", **members: bytes) -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    sheet = f"<office:document-styles {SPACES}><office:styles>{styles}</office:styles>{rest}</office:document-styles>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", sheet)
        for name, data in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return buffer.getvalue()


def p(style: str, words: str) -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def shown(data: bytes) -> tuple[list[str], list[str]]:
    heard: list[Diagnostic] = []
    screenplay: Screenplay = read(Source("a.odt", data), report=heard.append)
    return to_text(screenplay).splitlines(), [one.code for one in heard]


def test_styles_say_what_a_paragraph_is_also_under_automatic_ones() -> None:
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Dialogue"/>'
    body = p("Scene_20_Heading", "INT. SHED - NIGHT") + p("Character", "ann") + p("P1", "Now.")
    assert shown(odt(body, automatic=automatic)) == (
        ['SceneHeading "INT. SHED - NIGHT"', 'Speech plain "ann"', '  Dialogue "Now."'],
        [],
    )


def test_words_blanks_breaks_and_emphasis() -> None:
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    words = 'It  is\n <text:span text:style-name="T1">very</text:span><text:s text:c="2"/>cold.<text:line-break/> Snow.'
    body = p("Action", words + '<text:span text:style-name="T2">Secret</text:span>')
    assert shown(odt(body, automatic=automatic)) == (
        ['Action "It is " bold "very" "  cold." / "Snow."'],
        ["odt.hidden-text"],
    )


def test_notes_and_tracked_changes() -> None:
    info = "<office:change-info><dc:creator>Ann Lee</dc:creator></office:change-info>"
    changes = (
        f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>{info}{p("Action", "a ")}'
        f'</text:deletion></text:changed-region><text:changed-region text:id="c2"><text:insertion>{info}'
        "</text:insertion></text:changed-region></text:tracked-changes>"
    )
    words = (
        'On <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>the '
        '<text:change-end text:change-id="c2"/>roof<office:annotation><dc:creator>Ben</dc:creator>'
        "<dc:date>2026-05-04T12:30:00.5</dc:date><text:p>Hard?</text:p></office:annotation>"
        "<text:note><text:note-body><text:p>Why?</text:p></text:note-body></text:note>."
    )
    gone = p("Action", '<text:change text:change-id="c1"/>')
    assert shown(odt(changes + p("Action", words) + gone))[0] == [
        'Action "On " [Deletion "a " revision=1] "the " {revision=1} "roof" '
        '[Note "Hard?" author="Ben" date="2026-05-04T12:30:00"] [Note "Why?"] "."',
        "Cut revision=1",
        '  Action "a "',
        "Revisions",
        '  RevisionSet id=1 name="Ann Lee"',
    ]


def test_page_breaks_lists_headings_tables_and_boxes() -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Action">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    cells = "".join(
        f"<table:table-cell>{p('Character', name)}{p('Dialogue', words)}</table:table-cell>"
        for name, words in (("ANN", "Yes."), ("BEN", "No."))
    )
    sign = f"<draw:frame><draw:text-box>{p('Action', 'A sign.')}</draw:text-box></draw:frame>"
    body = (
        f"<text:list><text:list-item>{p('Action', 'Rain.')}</text:list-item></text:list>"
        f"<text:section>{p('P1', f'Snow.{sign}')}"
        f"</text:section><table:table><table:table-row>{cells}</table:table-row></table:table>"
        f"<text:table-of-content>{p('Action', 'Contents 3')}</text:table-of-content>"
        f"{p('Action', 'Hail.<draw:frame><draw:image/></draw:frame>')}"
    )
    assert shown(odt(body, automatic=automatic)) == (
        [
            'Action "Rain."', "PageBreak", 'Action "Snow."', 'Action "A sign."', "DualDialogue", '  Speech "ANN"',
            '    Dialogue "Yes."', '  Speech "BEN"', '    Dialogue "No."', 'Action "Hail."',
        ],
        ["odt.dropped-furniture", "odt.pictures", "odt.guessed-dual"],
    )  # fmt: skip


def test_without_names_indents_and_the_manner_decide() -> None:
    typed = "".join(
        p("", words) for words in ("Ann: Is it?", "Ben: It is.", "Ann: Then we wait.", "Ben: No.", "Ann: So.")
    )
    found, codes = shown(odt(typed))
    assert found[:2] == ['Speech plain "Ann"', '  Dialogue "Is it?"']
    assert "odt.manner" in codes


def test_headers_that_say_more_than_a_number_are_reported() -> None:
    master = (
        "<office:master-styles><style:master-page><style:header><text:p>Draft of May</text:p></style:header>"
        "<style:footer><text:p>Page 3</text:p></style:footer></style:master-page></office:master-styles>"
    )
    assert shown(odt(p("Action", "Rain."), rest=master))[1] == ["odt.page-header"]


def test_the_paper_is_kept_where_it_is_not_letter() -> None:
    said = '<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/>'
    page = f"<style:page-layout>{said}</style:page-layout>"
    lines, _ = shown(odt(p("Action", "Rain."), rest=f"<office:automatic-styles>{page}</office:automatic-styles>"))
    assert lines == ['Action "Rain."', "PageSetup", "  paper=(width=8.27 height=11.69)"]


def test_what_cannot_be_read_ends_in_a_clear_error() -> None:
    with pytest.raises(EncryptedError, match="needs a password"):
        read(Source("a.odt", odt("", **{"META-INF__manifest": b"<a><encryption-data/></a>"})))
    with pytest.raises(FormatError, match="not a zip archive"):
        read(Source("a.odt", b"Rain."))
    with pytest.raises(LimitError):
        read(Source("a.odt", odt("<text:span>" * 300 + "</text:span>" * 300)))


def test_loops_of_styles_and_huge_measures_end() -> None:
    loop = '<style:style style:name="A" style:family="paragraph" style:parent-style-name="A"/>'
    wide = (
        '<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:margin-left="99999in"/>'
        "</style:style>"
    )
    lines, _ = shown(odt(p("A", "Rain.") + p("B", 'Snow.<text:s text:c="999999999"/>'), styles=loop + wide))
    assert len(lines) == 2


@pytest.mark.parametrize("body", ["", "<text:p/>", "<table:table/>", "<text:change/>", "<draw:frame/>"])
def test_an_empty_text_is_an_empty_script(body: str) -> None:
    try:
        lines, _ = shown(odt(body))
    except ConverterError as error:
        pytest.fail(str(error))
    assert [line for line in lines if not line.startswith("Action")] == []
