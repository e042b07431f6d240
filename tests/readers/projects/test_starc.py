"""Story Architect: groups, scenes with their cards, every kind of paragraph, and the documents around the script."""

from __future__ import annotations

import pytest

from converter.contract import NoTextError
from tests.readers.projects.build import (
    DOCUMENTS,
    database,
    document,
    element,
    lines,
    read_starc,
    scene,
    starc_project,
)

RAIN = element("action", "Rain.")


def body(*content: str) -> list[str]:
    screenplay, said = read_starc(starc_project(document("screenplay/text", "".join(content))))
    assert said == []
    return lines(screenplay)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("scene_heading", 'SceneHeading "Rain."'),
        ("scene_characters", 'CastList "Rain."'),
        ("action", 'Action "Rain."'),
        ("transition", 'Transition "Rain."'),
        ("shot", 'Shot "Rain."'),
        ("inline_note", 'Note "Rain."'),
        ("beat_heading", 'Synopsis "Rain."'),
        ("lyrics", 'Lyric "Rain."'),
        ("unformatted_text", 'General "Rain."'),
        ("act_heading", 'NewAct "Rain."'),
        ("act_footer", 'EndOfAct "Rain."'),
        ("chapter_heading", 'Section "Rain."'),
    ],
)
def test_each_kind_of_paragraph(name: str, line: str) -> None:
    assert body(scene(element(name, "Rain."))) == [line]


def test_groups_lie_in_each_other() -> None:
    beat = f"<beat><content>{element('beat_heading', 'It rains.')}{RAIN}</content></beat>"
    footer = element("sequence_footer", "x")
    inner = f"<sequence><content>{element('sequence_heading', 'Two')}{scene(beat)}{footer}</content></sequence>"
    outer = f"<sequence><content>{element('sequence_heading', 'One')}{inner}</content></sequence>"
    act = f"<act><content>{element('act_heading', 'ACT ONE')}{outer}{element('act_footer', 'END')}</content></act>"
    assert body(act) == [
        'NewAct "ACT ONE"',
        'Section "One"',
        'Section "Two" level=2',
        'Synopsis "It rains."',
        'Action "Rain."',
        'EndOfAct "END"',
    ]


def test_a_scene_has_the_number_and_the_colour_of_its_card() -> None:
    card = '<number value="7B" custom="true"/><color><![CDATA[#00ff00]]></color>'
    heading = element("scene_heading", "INT. A")
    assert body(scene(heading, RAIN, card=card), scene(heading)) == [
        'SceneHeading "INT. A" number="7B" color="#00ff00"',
        'Action "Rain."',
        'SceneHeading "INT. A"',
    ]


def test_an_omitted_scene_keeps_its_text() -> None:
    inside = scene(element("scene_heading", "INT. A"), RAIN, card='<number value="3"/>', attributes='omited="true"')
    assert body(inside, scene(RAIN)) == [
        'SceneHeading "OMITTED" number="3"',
        "  omitted",
        '    SceneHeading "INT. A" number="3"',
        '    Action "Rain."',
        'Action "Rain."',
    ]


def column(first: bool) -> str:
    params = f'<params ifc="{str(first).lower()}"/>'
    return element("character", "LENA", params) + element("dialogue", "Stop!", params)


def test_columns_are_a_dual_dialogue_or_follow_each_other() -> None:
    start, end = '<splitter type="start"/>', '<splitter type="end"/>'
    assert body(scene(start, column(True), column(False), end))[0] == "DualDialogue"
    odd = scene(start, column(True), element("action", "Rain."), column(False), end)
    screenplay, said = read_starc(starc_project(document("screenplay/text", odd)))
    assert said == ["starc.columns"] and len(lines(screenplay)) == 5


def test_looks_alignment_and_comments() -> None:
    looks = '<fms><fm from="0" length="4" bold="true" strikethrough="true"/></fms>'
    notes = (
        '<rms><rm from="5" length="5" bgcolor="#ff0000"><c author="B" date="2020-01-02"><![CDATA[Why?]]></c></rm></rms>'
    )
    (line,) = body(scene(element("action", "Rain falls.", f'<params align="center"/>{looks}{notes}')))
    assert line.startswith('Action bold+strikeout "Rain" " "') and line.endswith("align=center")
    assert 'author="B"' in line and '"Why?"' in line and "NoteEnd" in line


def test_what_has_no_place_is_named() -> None:
    card = "<title>A card</title><tags><tag/><tag/></tags>"
    more = (
        '<bm/><rss><rs/></rss><fms><fm from="0" length="1" fontf="Arial"/></fms>'
        '<rms><rm from="0" length="1"><c r="true"/></rm><rm from="0" length="2"/></rms>'
    )
    data = starc_project(
        document("screenplay/text", scene(element("action", "Rain.", more), card=card)),
        document("character", "<name/>"),
    )
    assert {(one.name, one.count) for one in read_starc(data)[0].opaque} == {
        ("scene card", 1),
        ("scene tag", 2),
        ("bookmark", 1),
        ("resource", 1),
        ("typeface", 1),
        ("revision mark", 1),
        ("highlight", 1),
        ("character document", 1),
    }


def test_the_project_and_its_title_page() -> None:
    about = document("screenplay", "<name>Bridges</name><logline>A bridge.</logline><tagline> </tagline>")
    text = document("screenplay/text", scene(RAIN))
    named = read_starc(starc_project(text, about))[0]
    assert lines(named) == ["TitlePage", '  "Title": "Bridges"', 'Synopsis "A bridge."', 'Action "Rain."']
    center = '<params align="center"/>'
    page = document(
        "screenplay/title-page",
        "".join(element("text", said, center) for said in ("BRIDGES", "", "written by", "B. Writer"))
        + element("text", "Street 1"),
    )
    drawn = read_starc(starc_project(page, text, about))[0].title_page
    assert drawn is not None and len(drawn.sheets[0]) == 5
    assert [one.name for one in drawn.fields] == ["Title", "Credit", "Author", "Contact"]


def test_of_several_scripts_the_first_screenplay_is_read() -> None:
    play = document("stageplay/text", scene(element("action", "Snow.")))
    screenplay, said = read_starc(starc_project(play, document("screenplay/text", scene(RAIN))))
    assert said == ["starc.several-scripts"] and 'Action "Rain."' in lines(screenplay)
    assert [one.name for one in screenplay.opaque] == ["stageplay/text document"]
    assert lines(read_starc(starc_project(play))[0])[0] == 'Action "Snow."'


def test_an_unknown_kind_is_a_guess_and_an_empty_script_a_warning() -> None:
    unknown = starc_project(document("screenplay/text", scene(element("hologram", "Rain."))))
    assert read_starc(unknown)[1] == ["starc.unknown-kind"]
    assert read_starc(starc_project(document("screenplay/text", "")))[1] == ["starc.no-paragraphs"]


@pytest.mark.parametrize("data", [database(DOCUMENTS), database("CREATE TABLE a (b)"), starc_project(b"junk")])
def test_a_project_without_a_script_is_refused(data: bytes) -> None:
    with pytest.raises(NoTextError, match="no script"):
        read_starc(data)
