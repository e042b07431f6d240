"""Pages that other programs wrote, each producer's in our own words."""

from __future__ import annotations

import pytest

from converter import api
from converter.contract import Diagnostic, LimitError, Limits, NoTextError, Source
from converter.readers.html import Options, read
from converter.records import replace
from converter.tree import Screenplay
from writers import outline


def said(page: str | bytes, options: Options = Options()) -> tuple[Screenplay, list[Diagnostic]]:
    found: list[Diagnostic] = []
    data = page.encode("utf-8") if isinstance(page, str) else page
    return read(Source("page.html", data), options, found.append), found


def shown(page: str | bytes, options: Options = Options()) -> list[str]:
    return outline.to_text(said(page, options)[0]).splitlines()


def codes(page: str) -> list[str]:
    return [one.code for one in said(page)[1]]


# ---------------------------------------------------------------- producers

SCREENPLAIN = """<!DOCTYPE html><html><head><title>Screenplay</title><style>h6 {font-weight: bold;}</style></head><body>
<div id="wrapper" class="screenplay"><h1>Act One</h1><span class="h1-synopsis">Mara waits.</span>
<h6><span class="scnuml">7A</span>INT. SHED - DAY<span class="scnumr">7A</span></h6>
<div class="action"><p>Rain.&nbsp; Wind.<br/>A knock.</p></div>
<div class="dialog"><p class="character">MARA</p><p class="parenthetical">(low)</p><p>Who?</p></div>
<div class="dual"><div class="left"><p class="character">JOE</p><p>Me.</p></div><div class="right">
<p class="character">ANN</p><p>And me.</p></div><br /></div>
<div class="action centered"><p>LATER</p></div><div class="transition">CUT TO:</div></div></body></html>"""
FOUNTAIN_JS = """<div id="title-page"><h1>The <span class="bold underline">Shed</span></h1><p class="credit">by</p>
<p class="authors">M. Quill</p><p class="draft-date">Spring</p><p class="contact">Pier 4<br />Tide</p></div>
<div id="script"><p class="section" data-depth="2">The wait</p><p class="synopsis">Mara waits.</p>
<h3 id="12">INT. SHED - DAY</h3><p>Rain.</p><div class="dialogue"><h4>MARA</h4><p class="parenthetical">(low)</p>
<p>Who?</p></div><p class="lyrics">La la</p><h2>CUT TO:</h2><hr /><p class="centered">END</p></div>"""
JOUVENCE = """<!doctype html><body><div class="jouvence-doc"><div class="jouvence-title-page"><h1>THE SHED</h1>
<p class="jouvence-title-page-heading">Written by</p><p class="jouvence-title-page-heading">M. Quill</p>
<p class="jouvence-title-page-footer">3/4/2020</p><p class="jouvence-title-page-footer">Pier 4</p></div><hr/>
<p class="jouvence-scene-heading">INT. SHED - DAY</p><p class="jouvence-action">Rain.<br/>\n<br/>\nA knock.</p>
<p class="jouvence-character">MARA</p><p class="jouvence-dialog">Who?</p>
<p class="jouvence-transition">CUT TO:</p><div class="jouvence-notes"><p>[[Louder?]]</p></div></div></body>"""
JUMPCUT = """<html><body><section class="screenplay"><section class="title-page"><p class="title">The Shed</p></section>
<p class="sceneHeading"><span class="sceneNumberLeft">3</span>INT. SHED - DAY<span class="sceneNumberRight">3</span></p>
<p class="action">Rain.</p><div class="dualDialogueBlock"><div class="dialogueBlock"><p class="character">MARA</p>
<p class="dialogue">Who?</p></div><div class="dialogueBlock"><p class="character">JOE</p><p class="dialogue">Me.</p>
</div></div><p class="center">END</p></section></body></html>"""
BEAT = """<html><body><p class="heading" uuid="a">INT. SHED - DAY</p><p class="action" uuid="b">Rain.</p>
<div class="dual-dialogue"><p class="character">MARA</p><p class="dialogue">Who?</p>
<p class="dualDialogueCharacter">JOE</p><p class="dualDialogue">Me.</p></div>
<p class="shot">ON THE DOOR</p></body></html>"""
TRELBY = """<html><body><p class="title">The Shed</p><pre class="sc">INT. SHED - DAY</pre><pre class="ac"> </pre>
<pre class="ac">Rain falls on the roof and runs down along the window and</pre><pre class="ac">under the door.</pre>
<pre class="ac">A knock.</pre><pre class="ch"> </pre><pre class="ch">                      MARA</pre>
<pre class="pa">                (low)</pre><pre class="di">          Who?</pre><pre class="nt"> </pre>
<pre class="nt">     Louder?</pre><p class="footer">***<br>Generated</p></body></html>"""
CELTX = """<html><head><title>The Shed</title></head><body><p class="sceneheading">INT. SHED - DAY<br></p>
<p>Rain.<br></p><p class="character">MARA<br></p><p class="dialog">Who?<br></p></body></html>"""


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (
            SCREENPLAIN,
            """
Section "Act One"
Synopsis "Mara waits."
SceneHeading "INT. SHED - DAY" number="7A"
Action "Rain.  Wind." / "A knock."
Speech "MARA"
  Parenthetical "(low)"
  Dialogue "Who?"
DualDialogue
  Speech "JOE"
    Dialogue "Me."
  Speech "ANN"
    Dialogue "And me."
Action "LATER" align=center
Transition "CUT TO:"
""",
        ),
        (
            FOUNTAIN_JS,
            """
TitlePage
  "Title": "The " bold+underline "Shed"
  "Credit": "by"
  "Author": "M. Quill"
  "Draft date": "Spring"
  "Contact": "Pier 4" | "Tide"
Section "The wait" level=2
Synopsis "Mara waits."
SceneHeading "INT. SHED - DAY" number="12"
Action "Rain."
Speech "MARA"
  Parenthetical "(low)"
  Dialogue "Who?"
  Lyric "La la"
Transition "CUT TO:"
PageBreak
Action "END" align=center
""",
        ),
        (
            JOUVENCE,
            """
TitlePage
  "Title": "THE SHED"
  "Credit": "Written by"
  "Author": "M. Quill"
  "Draft date": "3/4/2020"
  "Contact": "Pier 4"
SceneHeading "INT. SHED - DAY"
Action "Rain."
Action "A knock."
Speech "MARA"
  Dialogue "Who?"
Transition "CUT TO:"
Note "Louder?"
""",
        ),
        (
            JUMPCUT,
            """
TitlePage
  "Title": "The Shed"
SceneHeading "INT. SHED - DAY" number="3"
Action "Rain."
DualDialogue
  Speech "MARA"
    Dialogue "Who?"
  Speech "JOE"
    Dialogue "Me."
Action "END" align=center
""",
        ),
        (
            BEAT,
            """
SceneHeading "INT. SHED - DAY"
Action "Rain."
DualDialogue
  Speech "MARA"
    Dialogue "Who?"
  Speech "JOE"
    Dialogue "Me."
Shot "ON THE DOOR"
""",
        ),
        (
            TRELBY,
            """
TitlePage
  "Title": "The Shed"
SceneHeading "INT. SHED - DAY"
Action "Rain falls on the roof and runs down along the window and under the door." / "A knock."
Speech "MARA"
  Parenthetical "(low)"
  Dialogue "Who?"
Note "Louder?"
""",
        ),
        (
            CELTX,
            """
TitlePage
  "Title": "The Shed"
SceneHeading "INT. SHED - DAY"
Action "Rain."
Speech "MARA"
  Dialogue "Who?"
""",
        ),
    ],
    ids=["screenplain", "fountain.js", "jouvence", "jumpcut", "beat", "trelby", "celtx"],
)
def test_programs_for_screenplays_mark_their_elements(page: str, lines: str) -> None:
    assert shown(page) == lines.strip().splitlines()


def test_a_page_of_ours_that_another_program_saved_anew_keeps_its_elements() -> None:
    screenplay = api.read("samples/short-film.fountain").screenplay
    page = api.write_bytes(screenplay, format="html").data.decode("utf-8")
    again = page.replace("<!DOCTYPE html>", "<!doctype html>").replace("<br/>", "<br>")
    assert again != page
    assert said(again)[0] == said(page)[0] == screenplay


@pytest.mark.parametrize(
    "page",
    [
        '<p class="scene-heading">INT. A</p>' + "<p>Other words.</p>" * 5,
        '<p class="action">Call now</p><p class="character">Bold</p>',
        '<p class="sceneHeader">One</p><p>Anna: Hi.</p><p>Ben: Ho.</p>' * 3,
    ],
)
def test_a_class_here_and_there_marks_no_script(page: str) -> None:
    found = shown(page)
    assert any("Other" in line or "Call" in line or "Hi." in line for line in found)


# ---------------------------------------------------------------- pages without marks

MARGINS = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN"><html><head><style>p.MsoNormal{margin:0in}
.cue{margin-left:2.2in;font-weight:bold} p.said{margin:0 1in 0 1in}</style></head><body>
<p class=MsoNormal>INT. SHED - DAY</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Rain. <b>Loud.</b></p>
<p class=MsoNormal>&nbsp;</p><p class=cue>MARA</p><p class=MsoNormal style='margin-left:1.6in'>(low)</p>
<p class=said>Who?</p><p class=MsoNormal>&nbsp;</p><p class=cue>JOE</p><p class=said>Me.</p>
<p class=MsoNormal align=right>CUT TO:</p>
<p class=MsoNormal>EXT. YARD - NIGHT</p><p class=MsoNormal>The door opens.</p></body></html>"""


def test_margins_say_what_a_paragraph_is() -> None:
    assert shown(MARGINS) == [
        'SceneHeading "INT. SHED - DAY"',
        'Action "Rain. " bold "Loud."',
        'Speech "MARA"',
        '  Parenthetical "(low)"',
        '  Dialogue "Who?"',
        'Speech "JOE"',
        '  Dialogue "Me."',
        'Transition "CUT TO:"',
        'SceneHeading "EXT. YARD - NIGHT"',
        'Action "The door opens."',
    ]


ARCHIVE = """<html><body><table><tr><td><a href="/">All scripts</a></td><td><pre>
<b>INT. SHED - DAY
</b>
          Rain falls on the &amp; roof.

<b>                         MARA
</b>               Who is there?

<b>                         JOE
</b>               Me, only me.
               Let me in.
</pre></td></tr></table></body></html>"""


def test_a_script_in_one_preformatted_text_is_read_as_text() -> None:
    assert shown(ARCHIVE) == [
        'SceneHeading "INT. SHED - DAY"',
        'Action "Rain falls on the & roof."',
        'Speech "MARA"',
        '  Dialogue "Who is there?"',
        'Speech "JOE"',
        '  Dialogue "Me, only me. Let me in."',
    ]
    assert "html.around-script" in codes(ARCHIVE)


TYPED = "<p>Anna: Where is he?</p><p>Ben: (low) Gone.</p><p>They wait.</p><p>Anna: Since when?</p><p>Ben: Monday.</p>"


def test_a_script_typed_into_a_page_is_read_in_its_manner() -> None:
    assert [line for line in shown(TYPED) if "Speech" in line or "wait" in line] == [
        'Speech plain "Anna"',
        'Speech plain "Ben"',
        'Action "They wait."',
        'Speech plain "Anna"',
        'Speech plain "Ben"',
    ]
    assert [line for line in shown(TYPED, Options(manner="prose")) if "Speech" in line] == []


def test_prose_in_one_paragraph_is_no_screenplay() -> None:
    assert codes(f"<p>{'It was a dark and stormy night. ' * 60}</p>") == ["html.not-a-screenplay"]
    assert codes("<p>It was a dark and stormy night.</p>") == []


def test_words_beside_paragraphs_stay_in_their_order() -> None:
    page = """<body>First.<table><tr><td>ANNA</td><td>Where is he?</td></tr><tr><td>BEN</td><td>Gone.</td></tr>
<tr><td>ANNA</td><td>Since when?</td></tr></table>Then <i>this</i>.<div>Before<p>Within</p>Behind <b>IT</b></div>
Last.</body>"""
    text = "\n".join(shown(page))
    order = [
        "First.",
        "ANNA",
        "Where",
        "BEN",
        "Gone",
        "Since",
        "Then",
        "this",
        "Before",
        "Within",
        "Behind",
        "IT",
        "Last.",
    ]
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_a_number_beside_words_that_are_no_heading_stays() -> None:
    assert shown(marked("<span class=number>12</span>men wait."))[1] == 'Action "12 men wait."'
    assert shown('<p><span class="num">12</span>men wait.</p><p>They go.</p>')[0] == 'Action "12 men wait."'


def test_the_element_of_a_number_that_is_left_open_takes_no_words() -> None:
    page = '<p class="scene-heading"><span class="number">7A INT. SHED - DAY</p><p class="action">Rain.</p>'
    assert shown(page)[0] == 'SceneHeading "7A INT. SHED - DAY"'


def test_a_table_that_only_divides_the_page_is_none() -> None:
    page = "<table><tr><td><p>INT. SHED - DAY</p><p>Rain.</p></td></tr><tr><td><p>EXT. YARD - DAY</p></td></tr></table>"
    assert shown(page) == ['SceneHeading "INT. SHED - DAY"', 'Action "Rain."', 'SceneHeading "EXT. YARD - DAY"']


# ---------------------------------------------------------------- words


def marked(words: str, style: str = "") -> str:
    return f'<style>{style}</style><p class="scene-heading">INT. A</p><p class="action">{words}</p>'


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("one\n  two\tthree ", '"one two three"'),
        ("a <b>b </b> c", '"a " bold "b " "c"'),
        ("a<br>b<br>", '"a" / "b"'),
        ("a &lt;&eacute;&#8212;", '"a <é—"'),
        ("<span style='white-space: pre'>a</span>  b", '"a b"'),
        (
            "<em>a</em><s>b</s><span style='text-decoration: underline'>c</span>",
            'italic "a" strikeout "b" underline "c"',
        ),
        ("<span class=x>a</span> b", 'bold "a" " b"'),
        ("a<!-- never -->b<script>c()</script><style>d</style>", '"ab"'),
        ("a<span class='note'>look [here]</span> b", '"a" [Note "look [here]"] " b"'),
    ],
)
def test_the_words_of_a_paragraph(words: str, line: str) -> None:
    assert shown(marked(words, ".x {font-weight: 700}"))[1] == f"Action {line}"


def test_blanks_count_where_the_page_says_so() -> None:
    page = marked("a  b\nc", ".action {white-space: pre-wrap}")
    assert shown(page)[1] == 'Action "a  b" / "c"'


@pytest.mark.parametrize(
    "part",
    [
        "<nav>Home</nav>",
        "<footer>Home</footer>",
        '<div style="display:none">Home</div>',
        "<div hidden>Home</div>",
        '<p class="unseen">Home</p>',
    ],
)
def test_what_is_around_or_hidden_is_left_out_and_told(part: str) -> None:
    page = marked("Rain.", ".unseen { visibility: hidden }") + part
    assert shown(page) == ['SceneHeading "INT. A"', 'Action "Rain."']
    assert codes(page) == ["html.left-out"]


@pytest.mark.parametrize(
    ("head", "data"),
    [
        ('<meta charset="windows-1252">', "é – ü".encode("cp1252")),
        ('<meta charset="iso-8859-1">', "é – ü".encode("cp1252")),  # browsers take it for windows-1252
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "Дождь".encode("koi8-r")),
        ('<meta charset="windows-1252">', "é – ü".encode()),  # and it is UTF-8
        ("", "é – ü".encode()),
        ('<?xml version="1.0" encoding="windows-1251"?>', "Дождь".encode("cp1251")),
    ],
)
def test_the_encoding_is_what_the_page_says(head: str, data: bytes) -> None:
    page = head.encode() + b'<p class="scene-heading">INT. A</p><p class="action">' + data + b"</p>"
    assert shown(page)[1] in ('Action "é – ü"', 'Action "Дождь"')


def test_an_encoding_that_nobody_knows_is_passed_over() -> None:
    assert (
        shown(b'<meta charset="klingon"><p class="scene-heading">INT. A</p><p class=action>\xe9</p>')[1] == 'Action "é"'
    )
    page = b'<p class="scene-heading">INT. A</p><p class=action>\x84</p>'
    assert shown(page, Options(encoding="mac-roman"))[1] == 'Action "Ñ"'


# ---------------------------------------------------------------- bad pages


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><p> </p></body></html>", "<html><script>a()</script>"])
def test_a_page_without_words_is_an_error(page: str) -> None:
    with pytest.raises(NoTextError):
        said(page)


def test_limits_hold() -> None:
    with pytest.raises(LimitError):
        said("<div>" * 100_000)
    with pytest.raises(LimitError):
        read(Source("a.html", b"<p>a" * 50), limits=replace(Limits(), paragraphs=20))


def test_a_page_on_one_line_is_read_in_linear_time() -> None:
    screenplay, _ = said('<p class="scene-heading">INT. A</p>' + '<p class="action">Rain on the roof.</p>' * 5_000)
    assert len(screenplay.body) == 5_001


def test_attributes_are_counted_before_the_parser_compares_them() -> None:
    few = Limits(xml_attributes=20)
    names = " ".join(f"a{number}" for number in range(21))
    tags = [
        f"<p {names}>",
        f'<p x="<b \'>" {names}>',
        f'<!-- <p x=" --><p {names}>',
        f"<p x' {names} y'>",
        f"<script {names}></script>",
    ]
    for tag in tags:
        with pytest.raises(LimitError, match="this web page has too many attributes"):
            read(Source("a.html", f"{tag}INT. MILL - DAY".encode()), limits=few)
    long = f'<p title="{names} {names}" class=/{"x/" * 50}>INT. MILL - DAY<p>'
    for page in (long, f"<!-- <p {names}> -->{long}", f"<SCRIPT>if (a<b {names}) c()</script>{long}"):
        assert read(Source("a.html", page.encode()), limits=few).body


def test_what_is_too_deep_is_called_a_page() -> None:
    with pytest.raises(LimitError, match="this web page is more than 256 elements deep"):
        said("<div>" * 1_000)
