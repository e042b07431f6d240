"""Projects of Celtx: which scripts they hold, and what their pages and cards say."""

from __future__ import annotations

import io
import zipfile

import pytest

from converter.contract import DEFAULT_LIMITS, Diagnostic, LimitError, NoTextError, Source
from converter.readers import celtx
from converter.tree import Screenplay
from writers import outline

HEAD = (
    '<RDF:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cx="http://celtx.com/NS/v1/"'
    ' xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
)


def document(address: str, file: str, kind: str = "ScriptDocument", title: str = "", more: str = "") -> str:
    doctype = f'<cx:doctype RDF:resource="http://celtx.com/NS/v1/{kind}"/>'
    return f'<cx:Document RDF:about="{address}" dc:title="{title}" cx:localFile="{file}"{more}>{doctype}</cx:Document>'


def project(rdf: str | None, **pages: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if rdf is not None:
            archive.writestr("project.rdf", f"{HEAD}{rdf}</RDF:RDF>" if rdf.startswith("<cx") else rdf)
        for name, page in pages.items():
            archive.writestr(f"{name.replace('_', '-')}.html", page)
    return stream.getvalue()


def read(data: bytes) -> tuple[Screenplay, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return celtx.read(Source("a.celtx", data), celtx.Options(), said.append, DEFAULT_LIMITS), said


def script(body: str, head: str = "", rdf: str = "") -> tuple[str, list[str]]:
    """The outline of a project with one script, and what was reported."""
    page = f"<!DOCTYPE HTML><html><head>{head}</head><body>{body}</body></html>"
    screenplay, said = read(project(document("s", "script-a.html") + rdf, script_a=page))
    return outline.to_text(screenplay), [one.code for one in said]


def test_the_class_says_which_element_a_paragraph_is() -> None:
    body = """
    <p class="act">act i<br></p><p id="x" class="sceneheading">int. shed<br></p><p class="">Rain
    falls<br>hard.<br></p><p>Hail.</p><p class="character">odile<br></p><p class="parenthetical">low</p>
    <p class="dialog">Hello&nbsp; you\u200e.</p><p class="character"><br></p><p class="transition">CUT TO:</p>
    <p class="shot">CLOSE ON</p><p class="caption">Later</p>"""
    assert script(body) == (
        'NewAct "act i"\nSceneHeading "int. shed"\nAction "Rain falls" / "hard."\nAction "Hail."\nSpeech "odile"\n'
        '  Parenthetical "(low)"\n  Dialogue "Hello  you."\nTransition "CUT TO:"\nShot "CLOSE ON"\n'
        'General "Later" style_name="Caption"\n',
        [],
    )


def test_cues_of_radio_plays_and_unknown_kinds_are_guesses() -> None:
    assert script('<p class="sound">Bang</p><p class="dance">Waltz</p>') == (
        'Action "Bang" style_name="Sound"\nAction "Waltz" style_name="dance"\n',
        ["celtx.cues", "celtx.unknown-kind"],
    )


def test_what_is_set_on_words() -> None:
    body = (
        '<p class="action">A <b>b <i>c</i></b> <span style="text-decoration: underline;">d</span>'
        '<span revision="2">e</span> <span ref="r" class="props">old lamp</span>'
        '<span class="media" mediares="m"></span></p>'
    )
    assert script(body, rdf='<cx:Prop RDF:about="r" dc:title="LAMP"/>') == (
        'Action "A " bold "b " bold+italic "c" " " underline "d" "e" {revision=2} " " "old lamp" {tags=(1)}\n'
        'Tag number=1 category="Props" label="LAMP"\n',
        ["celtx.media"],
    )


def test_notes_are_points_or_lie_on_words() -> None:
    body = (
        '<p class="action">A <span class="note" text="Why?&#10;How?" date="May 28, 2008 12:23:28 AM"></span>b '
        '<span class="note" text="Who?" style="background-color: rgb(255, 153, 0)" date="28. Mai">c</span> d</p>'
    )
    assert script(body) == (
        'Action "A " [Note "Why?\\nHow?" date="2008-05-28T00:23:28"] "b " [Note "Who?" id=1 color="#FF9900"] "c"'
        ' [NoteEnd id=1] " d"\n',
        ["celtx.note-date"],
    )


def test_a_dual_cue_pairs_with_the_next() -> None:
    body = (
        '<p class="character" dual="true">A</p><p class="dialog">Yes.</p>'
        '<p class="character" dual="true">B</p><p class="dialog">No.</p>'
    )
    assert script(body)[0] == 'DualDialogue\n  Speech "A"\n    Dialogue "Yes."\n  Speech "B"\n    Dialogue "No."\n'


NUMBERED = '<meta content="both" name="CX.sceneNumbering">'
HEADINGS = '<p class="sceneheading" scenestr="12A">INT. A</p><p class="sceneheading">INT. B</p>'


@pytest.mark.parametrize(
    ("head", "numbers"),
    [("", ("", "")), (NUMBERED, (' number="12A"', ' number="2"')), (NUMBERED.replace("both", "none"), ("", ""))],
)
def test_numbers_count_where_they_are_shown(head: str, numbers: tuple[str, str]) -> None:
    assert script(HEADINGS, head)[0] == f'SceneHeading "INT. A"{numbers[0]}\nSceneHeading "INT. B"{numbers[1]}\n'


def test_a_page_is_forced_by_a_hard_break_only() -> None:
    body = '<p>A</p><div class="softbreak">1</div><p>B</p><div class="hardbreak"></div><p>C</p>'
    assert script(body)[0] == 'Action "A"\nAction "B"\nPageBreak\nAction "C"\n'


def test_words_outside_of_paragraphs_are_kept() -> None:
    assert script("Rain <b>falls</b> on<p>us</p> and <div>them</div>")[0] == (
        'Action "Rain " bold "falls" " on"\nAction "us"\nAction "and"\nAction "them"\n'
    )


def test_control_characters_outside_of_paragraphs_are_left_out() -> None:
    assert script("Ra\x01in<p>on</p>fal\x02ls")[0] == 'Action "Rain"\nAction "on"\nAction "falls"\n'


def test_an_omitted_scene_reaches_to_the_next_heading() -> None:
    body = '<p class="sceneheading" omit="true">INT. A</p><p>Rain.</p><p class="sceneheading">INT. B</p>'
    assert script(body) == (
        'SceneHeading "OMITTED"\n  omitted\n    SceneHeading "INT. A"\n    Action "Rain."\nSceneHeading "INT. B"\n',
        ["celtx.omitted"],
    )


def test_the_card_of_a_scene() -> None:
    card = (
        '<cx:Scene RDF:about="c" cx:sceneid="x" cx:colour="Pink" cx:alttitle="Other">'
        "<dc:description>They meet.</dc:description><cx:comments>Dark.</cx:comments></cx:Scene>"
    )
    assert script('<p class="sceneheading" id="x">INT. A</p>', rdf=card) == (
        'Note "Dark."\nSceneHeading "INT. A" color="#FFC0CB"\nSynopsis "They meet."\n',
        ["celtx.card"],
    )


def test_the_title_page() -> None:
    head = (
        '<title>Salt</title><meta content="Odile&#10;Bo" name="Author"><meta content="By" name="CX.byline">'
        '<meta content="" name="DC.source"><meta content="2020" name="DC.rights"><meta name="CX.contact" content="x@y">'
        '<meta name="CX.castTitle" content="Cast"><meta name="CX.castItem" content="Ann" description="ODILE">'
        '<meta name="CX.timeTitle" content="Time" description="1890s">'
    )
    assert script("<p>A</p>", head)[0] == (
        'TitlePage\n  "Title": "Salt"\n  "Credit": "By"\n  "Author": "Odile" | "Bo"\n  "Copyright": "2020"\n'
        '  "Contact": "x@y"\n  "Cast": "ODILE, Ann"\n  "Time": "1890s"\nAction "A"\n'
    )
    assert script("<p>A</p>", '<title>Screenplay</title><meta content="By" name="CX.byline">')[0] == 'Action "A"\n'


def test_all_scripts_in_the_order_of_the_project() -> None:
    rdf = (
        document("s1", "script-a.html", title="One", more=' cx:auxFile="scratch-a.html"')
        + document("s2", "script-b.html", "AVDocument", "Two")
        + document("t", "outline-c.html", "TextDocument")
        + '<cx:Project RDF:about="p"><cx:components RDF:resource="l"/></cx:Project>'
        + '<RDF:Seq RDF:about="l"><RDF:li RDF:resource="m"/></RDF:Seq>'
        + '<RDF:Seq RDF:about="m"><RDF:li RDF:resource="s2"/><RDF:li RDF:resource="l"/>'
        + '<RDF:li RDF:resource="s1"/></RDF:Seq>'
    )
    data = project(rdf, script_a="<p>A</p>", script_b="<p>B</p>", scratch_a="<p>Odd</p>ends", outline_c="x")
    screenplay, said = read(data)
    assert outline.to_text(screenplay) == (
        'Section "Two"\nAction "B"\nPageBreak\nSection "One"\nAction "A"\nBoneyard "/*\\nOdd\\n\\nends\\n*/"\n'
    )
    assert [one.code for one in said] == ["celtx.several-scripts", "celtx.several-scripts", "celtx.not-read"]


def test_a_damaged_catalogue_costs_no_script() -> None:
    screenplay, said = read(project("<broken", script_b="<p>B</p>"))
    assert outline.to_text(screenplay) == 'Action "B"\n'
    assert [one.code for one in said] == ["celtx.no-catalogue"]


def test_a_script_without_words_says_so() -> None:
    assert script("<p class='action'><br></p>") == ("", ["celtx.no-paragraphs"])
    assert script("")[1] == ["celtx.no-paragraphs"]


@pytest.mark.parametrize(
    ("kind", "reason"), [("TextDocument", "texts of other kinds"), ("CatalogDocument", "may be a template")]
)
def test_a_project_without_a_script_is_refused(kind: str, reason: str) -> None:
    with pytest.raises(NoTextError, match=reason):
        read(project(document("t", "outline-a.html", kind), outline_a="x"))


def test_elements_in_elements_have_a_limit() -> None:
    with pytest.raises(LimitError, match="deep"):
        script("<div>" * 1000 + "x")
