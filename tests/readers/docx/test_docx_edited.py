"""What a person does to our document in a word processor arrives as what it is."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from converter.contract import Diagnostic, Report, Source, ignore
from converter.normal import normal
from converter.readers import docx as reader
from converter.tree import (
    Action,
    Align,
    Band,
    Character,
    Dialogue,
    ElementStyle,
    Look,
    Note,
    PageField,
    PageFieldKind,
    PageSetup,
    ParagraphLayout,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Style,
    TitleField,
    TitlePage,
)
from writers import docx, outline


def words(text: str) -> tuple[Run, ...]:
    return (Run(text=text),)


SCRIPT = Screenplay(
    body=(
        SceneHeading(text=words("INT. BARN - DAY"), number="7"),
        Action(text=words("Rain falls.")),
        Speech(cue=Character(text=words("ODILE")), parts=(Dialogue(text=words("Well.")),)),
    )
)


def edited(
    *changes: tuple[str, str],
    screenplay: Screenplay = SCRIPT,
    part: str = "word/document.xml",
    report: Report = ignore,
) -> str:
    """The outline after changes to the XML, saved by another program."""
    data = docx.write(screenplay)
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == part:
                for before, after in changes:
                    assert before in content
                    content = content.replace(before, after)
            new.writestr(name, content.replace("<Application>matchcut<", "<Application>Another Program<"))
    return outline.to_text(reader.read(Source("edited.docx", file.getvalue()), report=report))


def test_saving_it_in_another_program_changes_nothing() -> None:
    assert edited() == outline.to_text(SCRIPT)


def paragraph(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


CUE = '<w:p><w:pPr><w:pStyle w:val="Character"/>'


def test_a_paragraph_added_behind_a_cue_is_dialogue() -> None:
    end = "Well.</w:t></w:r></w:p>"
    assert '  Dialogue "Well."\n  Dialogue "Indeed."' in edited((end, end + paragraph("Dialogue", "Indeed.")))


def test_a_paragraph_split_in_two_is_two() -> None:
    split = "Rain</w:t></w:r></w:p>" + '<w:p><w:pPr><w:pStyle w:val="Action"/></w:pPr><w:r><w:t>falls.'
    assert 'Action "Rain"\nAction "falls."' in edited(("Rain falls.", split))


def test_a_paragraph_with_another_style_is_another_element() -> None:
    assert 'Transition "Rain falls."' in edited(
        ('"Action"/></w:pPr><w:r><w:t xml:space="preserve">Rain', '"Transition"/></w:pPr><w:r><w:t>Rain')
    )


def test_a_style_that_the_author_built_keeps_its_name() -> None:
    made = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="x1"><w:name w:val="Fast Talk"/>'
        '<w:basedOn w:val="Dialogue"/></w:style></w:styles>'
    )
    data = docx.write(SCRIPT)
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode().replace("</w:styles>", made)
            new.writestr(name, content.replace('<w:pStyle w:val="Dialogue"/>', '<w:pStyle w:val="x1"/>'))
    assert 'Dialogue "Well." style_name="Fast Talk"' in outline.to_text(reader.read(Source("", file.getvalue())))


def test_an_unstyled_paragraph_among_ours_is_guessed() -> None:
    assert 'Action "Then sun."' in edited((CUE, "<w:p><w:r><w:t>Then sun.</w:t></w:r></w:p>" + CUE))


def test_what_a_program_writes_out_again_is_not_the_authors() -> None:
    """LibreOffice repeats what the style says anyway; so do others when a paragraph is touched."""
    repeated = '"Action"/><w:ind w:hanging="0" w:left="2" w:right="-144"/><w:jc w:val="left"/></w:pPr><w:r>'
    again = '<w:rPr><w:rFonts w:ascii="Courier New"/><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">Rain'
    found = edited(('"Action"/></w:pPr><w:r>', repeated), ('<w:t xml:space="preserve">Rain', again))
    assert found == outline.to_text(SCRIPT)


@pytest.mark.parametrize(
    ("properties", "change"),
    [
        ('<w:jc w:val="center"/>', lambda action: Action(text=action.text, align=Align.CENTER)),
        ('<w:ind w:left="720"/>', lambda action: Action(text=action.text, layout=ParagraphLayout(left=2.0))),
    ],
)
def test_direct_formatting_is_the_authors(properties: str, change: Callable[[Action], Action]) -> None:
    action = SCRIPT.body[1]
    assert isinstance(action, Action)
    assert outline.to_text(Screenplay(body=(change(action),))).strip() in edited(
        ('"Action"/>', f'"Action"/>{properties}')
    )


def test_a_coloured_word_is_the_authors() -> None:
    red = '<w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>Rain</w:t></w:r><w:r><w:t xml:space="preserve"> falls.'
    want = Action(text=(Run(text="Rain", look=Look(color="#FF0000")), Run(text=" falls.")))
    found = edited(('<w:t xml:space="preserve">Rain falls.', red))
    assert outline.to_text(Screenplay(body=(want,))) in found


def test_a_comment_that_was_added_is_a_note() -> None:
    mark = 'falls.</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    script = Screenplay(body=(Note(text="First"), *SCRIPT.body))
    text = re.sub(r"\n", " ", edited(("falls.</w:t></w:r>", mark), screenplay=script))
    assert 'Note "First"' in text and 'Action "Rain falls."' in text


def test_tracked_changes_of_a_person_become_a_revision_set() -> None:
    change = (
        '<w:ins w:id="9" w:author="Ann" w:date="2026-05-01T10:00:00Z"><w:r><w:t>Hard rain</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> falls.'
    )
    found = edited(('<w:r><w:t xml:space="preserve">Rain falls.', change))
    assert 'Action "Hard rain" {revision=1} " falls."' in found
    assert 'RevisionSet id=1 name="Ann"' in found


def test_another_paper_arrives() -> None:
    found = edited(('w:w="12240" w:h="15840"', 'w:w="11906" w:h="16838"'))
    assert "paper=(width=8.27 height=11.69)" in found


def test_a_header_of_three_parts_arrives() -> None:
    number = PageField(kind=PageFieldKind.PAGE)
    parts = ((*words("LOW"), *words(" WATER")), words("Draft"), (number, *words(".")))
    script = replace(SCRIPT, page_setup=PageSetup(header=Band(left=parts[0], center=parts[1], right=parts[2])))
    found = edited(screenplay=script)
    assert found == outline.to_text(normal(script))
    for one in ("LOW WATER", "Draft", "page"):
        assert one in found


def test_letters_of_the_private_area_are_the_author_s() -> None:
    script = replace(SCRIPT, body=(Action(text=words("Rain \uf041\uf020")),), page_setup=None)
    assert edited(screenplay=script) == outline.to_text(script)


def test_an_emptied_marker_says_nothing_and_a_written_one_is_action() -> None:
    script = Screenplay(body=(*SCRIPT.body, Note(text="Last")))
    found = edited(
        ("</w:pPr><w:r><w:rPr><w:rStyle", "</w:pPr><w:r><w:t>The end.</w:t></w:r><w:r><w:rPr><w:rStyle"),
        screenplay=script,
    )
    assert 'Action "The end."' in found and 'Note "Last"' in found


def test_paragraphs_without_a_style_are_known_by_their_neighbours() -> None:
    """Somebody pasted a speech into a document of ours, and it lost its styles."""
    pasted = "".join(
        f'<w:p><w:pPr><w:ind w:left="{left}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for left, text in ((2880, "MARA"), (1440, "Somebody should mend that roof."))
    )
    assert edited(("<w:sectPr", pasted + "<w:sectPr")) == outline.to_text(
        Screenplay(
            body=(
                *SCRIPT.body,
                Speech(
                    cue=Character(text=words("MARA")), parts=(Dialogue(text=words("Somebody should mend that roof.")),)
                ),
            )
        )
    )


def test_a_style_that_was_changed_changes_the_script_s_style() -> None:
    """Somebody gave dialogue other indents, and headings bold letters, in the styles themselves."""
    data = docx.write(SCRIPT)
    styles = zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml").decode()
    dialogue = re.search(r'w:styleId="Dialogue".*?(<w:ind w:left="1440")', styles)
    heading = re.search(r'w:styleId="SceneHeading".*?(<w:rPr>)', styles)
    assert dialogue and heading
    said: list[Diagnostic] = []
    found = edited(
        (dialogue[0], dialogue[0].replace('w:left="1440"', 'w:left="1080"')),
        (heading[0], heading[0] + "<w:b/>"),
        part="word/styles.xml",
        report=said.append,
    )
    assert [one.code for one in said] == ["docx.changed-style", "docx.changed-style"]
    assert found == outline.to_text(
        replace(
            SCRIPT,
            styles=(
                ElementStyle(name="Scene Heading", style=Style.BOLD | Style.ALL_CAPS),
                ElementStyle(name="Dialogue", layout=ParagraphLayout(left=2.25)),
            ),
        )
    )


def test_a_style_of_the_script_s_own_that_was_changed_keeps_the_rest() -> None:
    own = ElementStyle(name="Action", layout=ParagraphLayout(left=1.75, space_before=24))
    screenplay = replace(SCRIPT, styles=(own,))
    styles = zipfile.ZipFile(io.BytesIO(docx.write(screenplay))).read("word/styles.xml").decode()
    action = re.search(r'w:styleId="Action".*?(<w:ind w:left="360")', styles)
    assert action
    moved = action[0].replace('w:left="360"', 'w:left="720"')
    found = edited((action[0], moved), screenplay=screenplay, part="word/styles.xml")
    assert found == outline.to_text(
        replace(SCRIPT, styles=(replace(own, layout=ParagraphLayout(left=2.0, space_before=24)),))
    )


def test_a_line_of_the_title_page_that_was_struck_out_is_reported() -> None:
    page = TitlePage(fields=(TitleField(name="Title", lines=(words("LOW WATER"), words("AGAIN"))),))
    struck = '<w:del w:id="90" w:author="Pink"><w:r><w:delText>LOW WATER</w:delText></w:r></w:del>'
    found: list[Diagnostic] = []
    shown = edited(
        ('<w:r><w:t xml:space="preserve">LOW WATER</w:t></w:r>', struck),
        (
            '<w:spacing w:before="4320"/></w:pPr>',
            '<w:spacing w:before="4320"/><w:rPr><w:del w:id="91" w:author="Pink"/></w:rPr></w:pPr>',
        ),
        screenplay=replace(SCRIPT, title_page=page),
        report=found.append,
    )
    assert "LOW WATER" not in shown
    assert [one.code for one in found] == ["docx.deleted-words"]


def test_a_header_that_was_added_is_reported() -> None:
    """A script whose header is ours prints numbers; of another the header is read."""
    said: list[Diagnostic] = []
    data = docx.write(Screenplay(body=(Action(text=words("Rain.")),)))
    archive = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "word/header1.xml":
                part = part.replace(b"</w:p>", b"<w:r><w:t>GROSS WEIGHT</w:t></w:r></w:p>")
            new.writestr(name, part)
    reader.read(Source("", out.getvalue()), report=said.append)
    assert [one.message for one in said] == ["The header of these pages was left out: '.GROSS WEIGHT'."]
