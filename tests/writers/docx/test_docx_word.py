"""How the document behaves in a word processor, told from its XML."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx as python_docx
import pypdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor
from hypothesis import given
from lxml import etree

from converter.contract import FormatError, InputError, Source
from converter.layout.paginate import paginate
from converter.notation.docx import w
from converter.readers import docx as reader
from converter.readers import fountain
from converter.tree import (
    Action,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    Look,
    Lyric,
    Note,
    NoteEnd,
    PageBreak,
    PageSetup,
    Paper,
    ParagraphLayout,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Text,
    TitleField,
    TitlePage,
    Transition,
)
from tests.readers.docx.test_docx_libreoffice import needs_libreoffice, office
from tests.strategies import screenplays
from tests.writers.docx.validity import problems
from writers import docx

ROOT = Path(__file__).parents[3]


def words(text: str) -> Text:
    return (Run(text=text),)


def root(data: bytes, part: str = "word/document.xml") -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(part))


def opened(*elements: Element, **options: Any) -> Any:
    return python_docx.Document(io.BytesIO(docx.write(Screenplay(body=elements), docx.Options(**options))))


def sample(name: str) -> Screenplay:
    path = ROOT / "samples" / f"{name}.fountain"
    return fountain.read(Source(path.name, path.read_bytes()))


def test_enter_gives_the_style_that_comes_next() -> None:
    styles = opened().styles
    chain = {
        name: styles[name].next_paragraph_style.name for name in ("Scene Heading", "Action", "Character", "Transition")
    }
    assert chain == {
        "Scene Heading": "Action",
        "Action": "Action",
        "Character": "Dialogue",
        "Transition": "Scene Heading",
    }


def test_a_cue_stays_with_its_words() -> None:
    styles = opened().styles
    kept = {
        name
        for name in ("Scene Heading", "Character", "Parenthetical", "Action", "Dialogue")
        if styles[name].paragraph_format.keep_with_next
    }
    assert kept == {"Scene Heading", "Character", "Parenthetical"}


def test_lines_are_twelve_points_and_indents_final_drafts() -> None:
    styles = opened().styles
    assert styles["Screenplay"].paragraph_format.line_spacing == Pt(12)
    indents = {
        name: styles[name].paragraph_format.left_indent.inches for name in ("Character", "Dialogue", "Parenthetical")
    }
    assert indents == {"Character": 2.0, "Dialogue": 1.0, "Parenthetical": 1.5}


def test_what_stands_before_a_transition_stays_with_it() -> None:
    speech = Speech(cue=Character(text=words("ODILE")), parts=(Dialogue(text=words("No.")),))
    document = opened(Action(text=words("Rain.")), speech, Transition(text=words("CUT TO:")))
    assert [bool(one.paragraph_format.keep_with_next) for one in document.paragraphs] == [False, False, True, False]


def test_the_title_page_is_a_section_without_a_header() -> None:
    page = TitlePage(fields=(TitleField(name="Title", lines=(words("LOW WATER"),)),))
    data = docx.write(Screenplay(title_page=page, body=(Action(text=words("Rain.")),)))
    title, script = python_docx.Document(io.BytesIO(data)).sections
    assert title.header.is_linked_to_previous and not script.header.is_linked_to_previous
    assert script.different_first_page_header_footer
    assert script.first_page_header.paragraphs[0].text == ""
    assert [one.text.strip() for one in root(data, "word/header1.xml").iter(w("instrText"))] == [
        "DOCPROPERTY Revision",
        "PAGE",
    ]


def test_title_and_author_are_the_documents_properties() -> None:
    page = TitlePage(
        fields=(
            TitleField(name="Title", lines=(words("LOW"), words("WATER"))),
            TitleField(name="Author", lines=(words("Odile"),)),
        )
    )
    properties = python_docx.Document(io.BytesIO(docx.write(Screenplay(title_page=page)))).core_properties
    assert (properties.title, properties.author) == ("LOW WATER", "Odile")


def test_scene_numbers_stand_on_the_sides_that_are_asked_for() -> None:
    heading = SceneHeading(text=words("INT. BARN"), number="7")
    shown = {side: opened(heading, scene_numbers=side).paragraphs[0].text for side in ("both", "left", "right", "none")}
    assert shown == {"both": "7\tINT. BARN\t7", "left": "7\tINT. BARN", "right": "INT. BARN\t7", "none": "7\tINT. BARN"}
    hidden = opened(heading, scene_numbers="none").paragraphs[0].runs[0]
    assert hidden.font.hidden
    for side in shown:
        data = docx.write(Screenplay(body=(heading,)), docx.Options(scene_numbers=side))
        assert reader.read(Source("", data)).body == (heading,)


def test_sections_are_hidden_headings_of_word_unless_they_are_to_be_seen() -> None:
    section = Section(text=words("Act One"), level=2)
    assert opened(section).styles["Section 2"].font.hidden
    shown = opened(section, sections=True).styles["Section 2"]
    assert not shown.font.hidden
    assert shown.element.pPr.find(w("outlineLvl")).get(w("val")) == "1"


def test_a_page_break_of_a_hidden_section_is_made_where_words_print() -> None:
    body = (Action(text=words("One.")), PageBreak(), Section(text=words("Act Two")), Action(text=words("Two.")))
    breaks = [bool(one.paragraph_format.page_break_before) for one in opened(*body).paragraphs]
    assert breaks == [False, False, True]
    assert reader.read(Source("", docx.write(Screenplay(body=body)))).body == body


def test_the_first_line_of_a_page_has_no_space_above() -> None:
    body = (
        SceneHeading(text=words("INT. BARN")),
        PageBreak(),
        SceneHeading(text=words("EXT. PIER")),
        Action(text=words("a")),
    )
    spaces = [one.paragraph_format.space_before for one in opened(*body).paragraphs]
    assert spaces == [Pt(0.05), Pt(0.05), None]
    assert reader.read(Source("", docx.write(Screenplay(body=body)))).body == body


def test_notes_are_comments_on_their_words() -> None:
    text = (
        *words("The "),
        Note(text="a\nb", id=1, author="Ann Bell", date="2026-05-01"),
        *words("pier"),
        NoteEnd(id=1),
    )
    document = opened(Action(text=text))
    (comment,) = document.comments
    assert (comment.author, comment.initials, comment.text) == ("Ann Bell", "AB", "a\nb")
    assert comment.timestamp.isoformat()[:10] == "2026-05-01"


def test_a_font_is_named_with_one_of_its_width() -> None:
    data = docx.write(Screenplay(), docx.Options(font="Courier Prime"))
    (font,) = root(data, "word/fontTable.xml")
    assert font.get(w("name")) == "Courier Prime"
    assert font.find(w("altName")).get(w("val")) == "Courier New"
    (fonts,) = {tuple(one.attrib.values()) for one in root(data, "word/styles.xml").iter(w("rFonts"))}
    assert fonts == ("Courier Prime",) * 4


def test_a_paper_of_the_source_is_the_documents() -> None:
    screenplay = Screenplay(page_setup=PageSetup(paper=Paper(width=8.27, height=11.69)))
    section = python_docx.Document(io.BytesIO(docx.write(screenplay))).sections[-1]
    assert (round(section.page_width.inches, 2), round(section.page_height.inches, 2)) == (8.27, 11.69)


# ---------------------------------------------------------------- python-docx


def test_a_document_is_open_for_others_to_go_on_with() -> None:
    """The way through python-docx and back: a paragraph in one of our styles is that element."""
    document = docx.to_document(Screenplay(body=(Action(text=words("Rain.")),)))
    document.add_paragraph("INT. BARN - DAY", style="Scene Heading")
    assert reader.from_document(document).body == (
        Action(text=words("Rain.")),
        SceneHeading(text=words("INT. BARN - DAY")),
    )


# ---------------------------------------------------------------- a reference document


def reference() -> bytes:
    document = python_docx.Document()
    action = document.styles.add_style("Action", WD_STYLE_TYPE.PARAGRAPH)
    action.font.color.rgb = RGBColor(0x11, 0x22, 0x33)
    own = document.styles.add_style("Fast Talk", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = action
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_styles_of_a_reference_document_are_used(tmp_path: Path) -> None:
    screenplay = sample("short-film")
    data = docx.write(screenplay, docx.Options(reference_docx=reference()))
    document = python_docx.Document(io.BytesIO(data))
    assert document.styles["Action"].font.color.rgb == RGBColor(0x11, 0x22, 0x33)
    assert document.styles["Fast Talk"].base_style.name == "Action"
    assert document.styles["Dialogue"].base_style.name == "Screenplay"
    assert [line for line in problems(data) if "tblStylePr" not in line] == []
    assert reader.read(Source("", data)) == docx.fit(screenplay)
    path = tmp_path / "reference.docx"
    path.write_bytes(reference())
    assert docx.write(screenplay, docx.Options(reference_docx=str(path))) == data


def test_styles_of_a_reference_document_draw_no_capitals_where_the_script_is_to_be_as_typed() -> None:
    """Not its own capitals, nor those of a style that it is built on."""
    document = python_docx.Document()
    house = document.styles.add_style("House", WD_STYLE_TYPE.PARAGRAPH)
    house.font.small_caps = True
    character = document.styles.add_style("Character", WD_STYLE_TYPE.PARAGRAPH)
    character.base_style = house
    heading = document.styles.add_style("Scene Heading", WD_STYLE_TYPE.PARAGRAPH)
    heading.font.all_caps = heading.font.bold = True
    action = document.styles.add_style("Action", WD_STYLE_TYPE.PARAGRAPH)
    action.font.all_caps = True
    file = io.BytesIO()
    document.save(file)
    data = docx.write(Screenplay(), docx.Options(reference_docx=file.getvalue(), as_typed=True))
    written = python_docx.Document(io.BytesIO(data)).styles
    for name in ("Character", "Scene Heading", "Dual Character"):
        font = written[name].font
        assert (font.all_caps, font.small_caps) in {(False, False), (None, None)}, name
    assert written["Character"].font.small_caps is False
    assert (written["Scene Heading"].font.bold, written["Action"].font.all_caps) == (True, True)
    assert [line for line in problems(data) if "tblStylePr" not in line] == []


def zipped(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_a_reference_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no Word document"):
        docx.write(Screenplay(), docx.Options(reference_docx=b"PK"))
    path = tmp_path / "house.txt"
    for data in (b"Our house style", zipped({"text.txt": "no"}), zipped({"word/styles.xml": "<no/>"})):
        path.write_bytes(data)
        with pytest.raises(FormatError, match="no Word document") as caught:
            docx.write(Screenplay(), docx.Options(reference_docx=str(path)))
        assert caught.value.path == str(path), "not the script's"
    with pytest.raises(InputError):
        docx.write(Screenplay(), docx.Options(reference_docx=str(tmp_path / "none.docx")))


# ---------------------------------------------------------------- our own pages

LOCKED = docx.Options(pagination="locked")


@given(screenplays())
def test_locked_pages_come_back_as_the_script(screenplay: Screenplay) -> None:
    data = docx.write(screenplay, LOCKED)
    assert reader.read(Source("", data)) == docx.fit(screenplay)
    assert problems(data) == []


LONG = tuple(
    Speech(
        cue=Character(text=words("ODILE")),
        parts=(Dialogue(text=(*words("Forty drops. " * 20), *words("And a last one."))), Lyric(text=words("La la."))),
    )
    for _ in range(12)
)


def test_a_speech_over_two_pages_is_marked_and_joined_again() -> None:
    screenplay = Screenplay(body=LONG)
    data = docx.write(screenplay, LOCKED)
    texts = [one.text for one in python_docx.Document(io.BytesIO(data)).paragraphs]
    assert texts.count("(MORE)") >= 1
    assert reader.read(Source("", data)) == docx.fit(screenplay)


def test_a_space_above_that_a_page_top_hides_comes_back() -> None:
    spaced = tuple(Action(text=words(f"Line {n}."), layout=ParagraphLayout(space_before=24.0)) for n in range(60))
    screenplay = Screenplay(body=spaced)
    assert reader.read(Source("", docx.write(screenplay, LOCKED))) == screenplay


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("name", ["short-film", "production-draft"])
def test_locked_pages_hold_what_ours_hold(name: str) -> None:
    """Words and page numbers of each page, letter by letter; the order of columns is the program's own."""
    screenplay = sample(name)
    pdf = pypdf.PdfReader(io.BytesIO(office(docx.write(screenplay, LOCKED), "pdf")))
    ours = paginate(screenplay)
    script = pdf.pages[len(ours.title) :]
    assert len(script) == len(ours.script)
    for page, printed in zip(ours.script, script, strict=True):
        said = "".join(run.text for line in page.lines for run in line.text)
        assert sorted(_letters(printed.extract_text())) == sorted(_letters(said))


def _letters(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())


# ---------------------------------------------------------------- type, titles, pairs


def spacings(data: bytes) -> list[dict[str, str]]:
    return [
        {etree.QName(name).localname: value for name, value in one.attrib.items()}
        for one in root(data).iter(w("spacing"))
    ]


def test_lines_of_large_type_are_as_high_as_it_is() -> None:
    """Lines of exactly 12 points would cut it, and Word shows only the lower half of the letters."""
    large = Screenplay(body=(Action(text=(Run(text="BANG", look=Look(size=28.0)),)), Action(text=words("Rain."))))
    data = docx.write(large)
    assert [one for one in spacings(data) if one.get("lineRule")] == [
        {"before": "1", "line": "241", "lineRule": "atLeast"}
    ]
    assert reader.read(Source("", data)) == large


def test_a_title_page_field_has_its_style_however_its_name_is_written() -> None:
    page = TitlePage(
        fields=tuple(TitleField(name=name, lines=(words(name),)) for name in ("title", "Authors", "Title"))
    )
    data = docx.write(Screenplay(title_page=page))
    styles = {one.name: one for one in python_docx.Document(io.BytesIO(data)).styles}
    assert styles["title (title page)"].base_style.name == "Title"
    assert styles["Authors (title page)"].base_style.name == "Author"
    assert reader.read(Source("", data)).title_page == page


def test_both_speeches_of_a_pair_begin_a_page_at_the_same_height() -> None:
    pair = DualDialogue(
        left=Speech(cue=Character(text=words("ODILE")), parts=(Dialogue(text=words("No.")),)),
        right=Speech(cue=Character(text=words("MARA")), parts=(Dialogue(text=words("Yes.")),)),
    )
    screenplay = Screenplay(body=(Action(text=words("Rain.")), PageBreak(), pair, Action(text=words("Both go."))))
    data = docx.write(screenplay)
    assert [one.get("before") for one in spacings(data)] == ["1", "1", "1"]
    assert reader.read(Source("", data)) == screenplay


# ---------------------------------------------------------------- verses and title pages


def test_a_lyric_that_stands_alone_has_an_empty_line_above_it() -> None:
    song, verse = Lyric(text=words("La la")), Lyric(text=words("Lo"), style_name="Chant")
    said = Speech(cue=Character(text=words("ANN")), parts=(Lyric(text=words("Hm")),))
    data = docx.write(Screenplay(body=(Action(text=words("Rain.")), song, verse, said, song)))
    paragraphs = python_docx.Document(io.BytesIO(data)).paragraphs
    above = {one.text: space_above(one) for one in paragraphs}
    assert above == {"Rain.": 0.05, "La la": 12.0, "Lo": 12.0, "ANN": 12.0, "Hm": 0.0}


def space_above(paragraph: Any) -> float:
    """In points, from the paragraph or its styles."""
    format_, style = paragraph.paragraph_format, paragraph.style
    while format_.space_before is None:
        format_, style = style.paragraph_format, style.base_style
    return float(format_.space_before.pt)


TITLE = """Title: The Bell
Episode: One
Credit: written by
Author: Odile Maar
Draft date: 3 May
Contact:
    The Harbour Office
    12 Quay Street
Copyright: 2026 the matchcut project
Series: Tides

Rain.
"""


def test_a_title_page_stands_where_the_pdf_has_it() -> None:
    """Title and credits in the flow, the foot in frames; fields in another order stand in frames, all of them."""
    screenplay = fountain.from_text(TITLE)
    title_page = screenplay.title_page
    assert title_page is not None
    for fields, frames in ((title_page.fields, 4), (title_page.fields[1:] + title_page.fields[:1], 8)):
        turned = replace(screenplay, title_page=TitlePage(fields=fields))
        data = docx.write(turned)
        assert len(list(root(data).iter(w("framePr")))) == frames + 1, "two lines of the contact"
        assert placed_lines(data) == {
            "The Bell": (19, 1.0),
            "One": (21, 1.0),
            "written by": (26, 1.0),
            "Odile Maar": (28, 1.0),
            "2026 the matchcut project": (50, 1.0),
            "Tides": (51, 1.0),
            "The Harbour Office": (53, 1.0),
            "12 Quay Street": (53, 1.0),  # in the frame of its field
            "3 May": (54, 6.5 - 2.0),
        }
        assert reader.read(Source("", data)) == turned


def placed_lines(data: bytes) -> dict[str, tuple[float, float]]:
    """For the words of a title page: the line, or that of the frame, and the left edge in inches."""
    lines: dict[str, tuple[float, float]] = {}
    used = 0
    for paragraph in python_docx.Document(io.BytesIO(data)).paragraphs:
        frame = next(paragraph._p.iter(w("framePr")), None)
        if frame is None:
            used += round(space_above(paragraph) / 12) + 1
        place = (used, 1.0) if frame is None else (int(frame.get(w("y"))) / 240 - 5, int(frame.get(w("x"))) / 1440)
        lines |= {paragraph.text: place} if paragraph.text not in ("", "Rain.") else {}
    return lines
