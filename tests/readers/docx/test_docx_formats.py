"""What properties of paragraphs and words say, and what a style takes from those that it is built on."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from lxml import etree

from converter.contract import Source
from converter.readers import docx as reader
from converter.readers.docx.styles import Format, Styles, paragraph_format, rgb, run_format, twips
from converter.recovery.documents.names import Named, named
from converter.tree import Action, Align, Character, Dialogue, Run, SceneHeading, Screenplay, Style
from tests.readers.docx.build import HEAD, with_member
from writers import docx


def properties(name: str, inside: str) -> Any:
    return etree.fromstring(f"<w:{name} {HEAD}>{inside}</w:{name}>")


@pytest.mark.parametrize(
    ("said", "measure"),
    [("720", 720), ("-720", -720), ("1in", 1440), ("2.54cm", 1440), ("25.4mm", 1440), ("12pt", 240), ("1pc", 240)]
    + [("1pi", 240), ("0.5in", 720), ("x", None), ("xpt", None), ("", None), (None, None), ("1e9", None)],
)
def test_measures(said: str | None, measure: int | None) -> None:
    assert twips(said) == measure


@pytest.mark.parametrize(("said", "color"), [("FF0000", "#FF0000"), ("auto", None), ("FF00", None), (None, None)])
def test_colors(said: str | None, color: str | None) -> None:
    assert rgb(said) == color


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", {}),
        ('<w:ind w:left="720"/>', {"left": 720}),
        ('<w:ind w:start="720" w:end="360"/>', {"left": 720, "right": 360}),
        ('<w:ind w:right="360" w:end="1"/>', {"right": 360}),
        ('<w:ind w:firstLine="100"/>', {"first": 100}),
        ('<w:ind w:hanging="100" w:firstLine="50"/>', {"first": -100}),
        ('<w:ind w:hanging="0"/>', {"first": 0}),
        ('<w:spacing w:before="240" w:after="120"/>', {"before": 240, "after": 120}),
        ('<w:spacing w:line="480" w:lineRule="exact"/>', {"line": 480}),
        ('<w:jc w:val="center"/>', {"align": Align.CENTER}),
        ('<w:jc w:val="end"/>', {"align": Align.RIGHT}),
        ('<w:jc w:val="right"/>', {"align": Align.RIGHT}),
        ('<w:jc w:val="start"/>', {"align": Align.LEFT}),
        ('<w:jc w:val="left"/>', {"align": Align.LEFT}),
        ('<w:jc w:val="both"/>', {"align": Align.FULL}),
        ('<w:jc w:val="distribute"/>', {"align": Align.FULL}),
        ('<w:jc w:val="odd"/>', {}),
        ("<w:pageBreakBefore/>", {"new_page": True}),
        ('<w:pageBreakBefore w:val="0"/>', {"new_page": False}),
        ('<w:outlineLvl w:val="2"/>', {"outline": 2}),
        ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>', {"list": "7", "list_level": 1}),
        (
            '<w:tabs><w:tab w:pos="720"/><w:tab w:val="right" w:pos="1440"/><w:tab w:val="clear" w:pos="9"/>'
            "<w:tab/></w:tabs>",
            {"tabs": ((720, "left"), (1440, "right"))},
        ),
        ("<w:keepNext/>", {}),
    ],
)
def test_what_a_paragraph_says(inside: str, said: dict[str, Any]) -> None:
    assert paragraph_format(properties("pPr", inside)) == Format(**said)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", {}),
        ("<w:b/>", {"on": Style.BOLD}),
        ('<w:b w:val="0"/>', {"off": Style.BOLD}),
        ('<w:b w:val="false"/><w:i w:val="true"/>', {"off": Style.BOLD, "on": Style.ITALIC}),
        ("<w:caps/><w:smallCaps/>", {"on": Style.ALL_CAPS | Style.SMALL_CAPS}),
        ("<w:strike/>", {"on": Style.STRIKEOUT}),
        ("<w:dstrike/>", {"on": Style.STRIKEOUT}),
        ("<w:vanish/>", {"on": Style.HIDDEN}),
        ('<w:u w:val="wave"/>', {"on": Style.UNDERLINE}),
        ('<w:u w:val="none"/>', {"off": Style.UNDERLINE}),
        ('<w:rFonts w:ascii="Arial" w:hAnsi="Odd"/>', {"font": "Arial"}),
        ('<w:rFonts w:hAnsi="Arial"/>', {"font": "Arial"}),
        ('<w:sz w:val="20"/>', {"size": 20}),
        ('<w:color w:val="FF0000"/>', {"color": "#FF0000"}),
        ('<w:shd w:fill="00FF00"/>', {"background": "#00FF00"}),
        ('<w:highlight w:val="yellow"/><w:shd w:fill="auto"/>', {"background": "#FFFF00"}),
        ('<w:highlight w:val="none"/>', {}),
    ],
)
def test_what_words_say(inside: str, said: dict[str, Any]) -> None:
    assert run_format(properties("rPr", inside)) == Format(**said)


@pytest.mark.parametrize(
    ("name", "color"),
    [
        *zip(
            "black blue cyan green magenta red yellow white darkBlue darkCyan darkGreen darkMagenta darkRed darkYellow "
            "darkGray lightGray".split(),
            "000000 0000FF 00FFFF 00FF00 FF00FF FF0000 FFFF00 FFFFFF 000080 008080 008000 800080 800000 808000 808080 "
            "C0C0C0".split(),
            strict=True,
        )
    ],
)
def test_highlights_have_their_colors(name: str, color: str) -> None:
    assert run_format(properties("rPr", f'<w:highlight w:val="{name}"/>')).background == f"#{color}"


def test_what_is_said_on_top_counts() -> None:
    below = Format(left=720, on=Style.BOLD | Style.ITALIC, font="Arial")
    above = Format(left=0, off=Style.BOLD, on=Style.UNDERLINE)
    assert below.under(above) == Format(left=0, on=Style.ITALIC | Style.UNDERLINE, off=Style.BOLD, font="Arial")
    assert above.under(below).on == Style.BOLD | Style.ITALIC | Style.UNDERLINE


# ---------------------------------------------------------------- styles


def style(id_: str, inside: str = "", kind: str = 'w:type="paragraph"', base: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:styleId="{id_}" {kind}><w:name w:val="Name of {id_}"/>{based}{inside}</w:style>'


def styles(*inside: str) -> Styles:
    return Styles(properties("styles", "".join(inside)))


DEFAULTS = (
    '<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after="200"/></w:pPr></w:pPrDefault>'
    "<w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault></w:docDefaults>"
)


def test_a_style_has_what_those_say_that_it_is_built_on() -> None:
    found = styles(
        DEFAULTS,
        style("a", '<w:pPr><w:ind w:left="720"/></w:pPr><w:rPr><w:b/></w:rPr>'),
        style("b", '<w:pPr><w:ind w:right="360"/></w:pPr><w:rPr><w:i w:val="0"/></w:rPr>', base="a"),
    )
    assert found.format("b")._replace(on=Style(0), off=Style(0)) == Format(left=720, right=360, after=200)
    assert (found.format("b").on, found.format("a").on) == (Style.BOLD, Style.BOLD | Style.ITALIC)
    assert found.run_style("b").after is None
    assert found.names("b") == ["Name of b", "Name of a"]


def test_the_default_style_is_a_paragraph_s() -> None:
    default = 'w:type="paragraph" w:default="1"'
    found = styles(
        style("c", kind='w:type="character" w:default="1"'), style("a", kind=default), style("b", kind='w:default="0"')
    )
    assert found.default_id == "a"
    assert found.names(None) == ["Name of a"]
    assert styles(style("x", kind='w:default="true"')).default_id == "x"  # a style without a type is a paragraph's
    assert Styles(None).default_id is None


def test_styles_that_are_built_on_each_other_end() -> None:
    found = styles(style("a", base="b"), style("b", base="a"))
    assert found.names("a") == ["Name of a", "Name of b"]


def test_a_style_that_is_not_there_is_called_as_its_id() -> None:
    found = styles(style("a", base="gone"), '<w:style w:styleId="bare"/>', "<w:style/>")
    assert (found.name("a"), found.name("gone"), found.name("bare"), found.name(None)) == (
        "Name of a",
        "gone",
        "bare",
        "",
    )
    assert found.names("gone") == []
    assert found.format("gone") == Format()
    assert found.meaning("a") is None and found.meaning(None) is None


# ---------------------------------------------------------------- names of styles, and the page


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Scene Heading", Named(SceneHeading)),
        ("SceneHeading", Named(SceneHeading)),
        ("SP-Action", Named(Action)),
        ("Dialogue 2", Named(Dialogue)),
        ("Character Char", Named(Character)),
        ("Standard", Named(Action, weak=True)),
        ("Text Body", Named(Action, weak=True)),
        ("Default Paragraph Style", Named(Action, weak=True)),
        ("Body", Named(Action, weak=True)),
        ("Body Text", Named(Action, weak=True)),
        ("Normal", Named(Action, weak=True)),
        ("Heading 1", Named(SceneHeading, weak=True)),
        ("Heading", Named(SceneHeading, weak=True)),
        ("Scene", Named(SceneHeading, weak=True)),
        ("Centered", Named(Action, centered=True)),
        ("Script Title", Named(field="Title")),
        ("Subtitle", Named(field="Title")),
        ("Contact Info", Named(field="Contact")),
        ("Draft Date", Named(field="Draft date")),
        ("Business Plan", None),
        ("Table Lines", None),
        ("My Normal", None),
        ("Book Title", None),
        ("", None),
    ],
)
def test_the_name_of_a_style_says_what_its_paragraphs_are(name: str, found: Named | None) -> None:
    assert named([name]) == found


def test_of_several_names_the_first_that_is_sure_counts() -> None:
    assert named(["Odd", "Normal", "Dialogue"]) == Named(Dialogue)
    assert named(["Odd", "Normal", "Body"]) == Named(Action, weak=True)
    assert named(["Odd"]) is None


@pytest.mark.parametrize(("edge", "place"), [("top", 0), ("bottom", 1)])
def test_margins_that_were_changed_in_word_are_the_script_s(edge: str, place: int) -> None:
    data = docx.write(Screenplay(body=(Action(text=(Run(text="Rain."),)),)))
    text = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    wider = with_member(data, "word/document.xml", text.replace(f'w:{edge}="1440"', f'w:{edge}="2000"'))
    setup = reader.read(Source("draft.docx", wider)).page_setup
    assert setup is not None and setup.margins is not None
    margins = (setup.margins.top, setup.margins.bottom, setup.margins.header, setup.margins.footer)
    assert margins == tuple(100.0 if n == place else usual for n, usual in enumerate((72.0, 72.0, 36.0, 36.0)))
    for near in (1420, 1460):  # a seventieth of an inch is what other programs round away
        same = with_member(data, "word/document.xml", text.replace(f'w:{edge}="1440"', f'w:{edge}="{near}"'))
        assert reader.read(Source("draft.docx", same)).page_setup is None
    assert reader.read(Source("draft.docx", data)).page_setup is None
