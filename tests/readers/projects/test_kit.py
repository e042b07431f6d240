"""KIT Scenarist: every kind of paragraph, what hangs on words, and what else a project holds."""

from __future__ import annotations

import pytest

from converter.contract import FormatError, NoTextError
from tests.readers.projects.build import SCENARIO, VERSIONS, database, element, kit_project, lines, read_kit


def body(*paragraphs: str) -> list[str]:
    screenplay, said = read_kit(kit_project("".join(paragraphs)))
    assert said == []
    return lines(screenplay)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("scene_heading", 'SceneHeading "Rain."'),
        ("scene_characters", 'CastList "Rain."'),
        ("action", 'Action "Rain."'),
        ("undefined", 'Action "Rain."'),
        ("transition", 'Transition "Rain."'),
        ("note", 'Shot "Rain."'),
        ("noprintable_text", 'Note "Rain."'),
        ("scene_description", 'Synopsis "Rain."'),
        ("lyrics", 'Lyric "Rain."'),
        ("title_header", 'General "Rain."'),
        ("title", 'General "Rain."'),
        ("folder_header", 'Section "Rain."'),
    ],
)
def test_each_kind_of_paragraph(name: str, line: str) -> None:
    assert body(element(name, "Rain.")) == [line]


def test_a_speech_has_its_brackets_again() -> None:
    speech = element("character", "LENA (V.O.)") + element("parenthetical", "low") + element("dialog", "Stop.")
    assert body(speech, element("lyrics", "la la")) == [
        'Speech "LENA (V.O.)"',
        '  Parenthetical "(low)"',
        '  Dialogue "Stop."',
        '  Lyric "la la"',
    ]


def test_folders_lie_in_each_other() -> None:
    inner = element("folder_header", "Two") + element("folder_footer", "end")
    outer = (
        element("folder_header", "One") + inner + element("folder_footer", "end") + element("folder_header", "Three")
    )
    assert body(outer) == ['Section "One"', 'Section "Two" level=2', 'Section "Three"']


COLUMN = element("character", "LENA") + element("dialog", "Stop!")


def test_two_columns_of_one_speech_each_are_a_dual_dialogue() -> None:
    assert body(f"<splitter_start/>{COLUMN}<splitter/>{COLUMN}<splitter_end/>", element("action", "Rain."))[0::3] == [
        "DualDialogue",
        '  Speech "LENA"',
    ]


@pytest.mark.parametrize(
    "columns",
    [
        f"<splitter_start/>{COLUMN}{element('action', 'Rain.')}<splitter/>{COLUMN}<splitter_end/>",
        f"<splitter_start/>{element('action', 'Rain.')}<splitter/>{COLUMN}<splitter_end/>",
        f"<splitter_start/>{COLUMN}<splitter_end/>",
        f"<splitter_start/>{COLUMN}<splitter/>{element('character', 'LENA')}<splitter_end/>",
        f"<splitter_start/>{COLUMN}",
    ],
)
def test_other_columns_follow_each_other(columns: str) -> None:
    screenplay, said = read_kit(kit_project(columns))
    assert said == ["kit.columns"] and "DualDialogue" not in lines(screenplay)
    assert sum("Stop!" in line for line in lines(screenplay)) == columns.count("Stop!")


def test_words_are_unescaped_once_more_and_line_feeds_are_line_breaks() -> None:
    assert body(element("action", "&lt;Rain&gt; &amp; snow&#10;fall.")) == ['Action "<Rain> & snow" / "fall."']


def test_looks_count_in_utf_16() -> None:
    looks = (
        '<formatting><format from="3" length="4" bold="true"/><format from="5" length="2" italic="true"/></formatting>'
    )
    assert body(element("action", "😀 rain falls", looks)) == [
        'Action "😀 " bold "ra" bold+italic "in" " falls"',
    ]


def test_comments_are_notes_over_their_words() -> None:
    comment = '<review_comment comment="Why &amp;quot;rain&amp;quot;?" author="B" date="2020-01-02T10:00:00"/>'
    again = '<review_comment comment="Because."/>'
    marks = f'<reviews><review from="0" length="4" bgcolor="#ff0000">{comment}{again}</review></reviews>'
    (line,) = body(element("action", "Rain falls.", marks))
    assert 'Why \\"rain\\"?' in line and "Because." in line and 'author="B"' in line and 'color="#ff0000"' in line
    assert line.index("Rain") > line.index("Because.") and "NoteEnd" in line


def test_a_comment_on_no_words_is_a_point() -> None:
    marks = '<reviews><review from="5" length="0"><review_comment comment="Here."/></review></reviews>'
    (line,) = body(element("action", "Rain falls.", marks))
    assert line.index("Rain") < line.index("Here.") < line.index("falls") and "NoteEnd" not in line


def test_a_note_stands_before_what_follows_or_at_the_end() -> None:
    assert body(
        element("noprintable_text", "One."), element("action", "Rain."), element("noprintable_text", "Two.")
    ) == [
        'Note "One."',
        'Action "Rain."',
        'Note "Two."',
    ]


def test_a_heading_has_the_number_that_was_fixed_and_a_colour() -> None:
    attributes = 'number="12" number_suffix="A" color="#00ff00;#112233" title="A card"'
    screenplay, _ = read_kit(kit_project(element("scene_heading", "INT. A", attributes=attributes)))
    assert lines(screenplay) == [
        'SceneHeading "INT. A" number="12A" color="#00ff00"',
        'Opaque format="kit" name="card title"',
    ]


def test_the_title_page_and_what_the_script_is_about() -> None:
    data = {
        "name": "Bridges",
        "author": "<p>B. <b>Writer</b></p>",
        "logline": "A &amp; B.",
        "genre": "",
        "year": "2020",
    }
    screenplay, said = read_kit(kit_project(element("action", "Rain."), data))
    assert said == [] and lines(screenplay) == [
        "TitlePage",
        '  "Title": "Bridges"',
        '  "Author": "B. Writer"',
        '  "Draft date": "2020"',
        'Synopsis "A & B."',
        'Action "Rain."',
    ]


def test_what_has_no_place_is_named() -> None:
    rain = element("action", "Rain.", '<reviews><review from="0" length="2"/></reviews>', 'bookmark="x"')
    data = kit_project(rain, {"header": "H"}, aside="<action/>", research=(0, 1, 2, 3, 4, 5, 100, 101, 200))
    screenplay, _ = read_kit(data)
    assert {(one.name, one.count) for one in screenplay.opaque} == {
        ("bookmark", 1),
        ("highlight", 1),
        ("header or footer", 1),
        ("draft aside", 1),
        ("research note", 2),
        ("character", 2),
        ("location", 1),
    }


def test_older_drafts_are_counted() -> None:
    rows = [("INSERT INTO scenario (text, is_draft) VALUES (?, 0)", ("<s><action><v>Rain.</v></action></s>",))]
    rows += [("INSERT INTO script_versions (script_text) VALUES (?)", (one,)) for one in "ab"]
    screenplay, _ = read_kit(database(SCENARIO, VERSIONS, rows=rows))
    assert [(one.name, one.count) for one in screenplay.opaque] == [("older draft", 2)]


def test_an_unknown_kind_is_a_guess_and_an_empty_script_a_warning() -> None:
    screenplay, said = read_kit(kit_project(element("hologram", "Rain.")))
    assert said == ["kit.unknown-kind"] and lines(screenplay) == ['Action "Rain."']
    assert read_kit(kit_project(""))[1] == ["kit.no-paragraphs"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (database("CREATE TABLE other (a)"), NoTextError),
        (database(SCENARIO), NoTextError),
        (database(SCENARIO, rows=[("INSERT INTO scenario (text, is_draft) VALUES (?, 0)", (b"\xff",))]), NoTextError),
        (b"INT. A - DAY", FormatError),
    ],
)
def test_what_holds_no_script_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_kit(data)
