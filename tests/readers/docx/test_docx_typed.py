"""Scripts typed in a word processor: names before their words, or alone over them, in any case and place."""

from __future__ import annotations

from textwrap import dedent

import pytest

from converter.contract import Source
from converter.readers import docx, plain
from converter.tree import Screenplay
from tests.readers.docx.build import codes, document, p, r, read, shown, style
from writers import outline

SCENE = """\
    SceneHeading "Scene 1"
    Action "The two sit in a cold kitchen."
    Speech plain "Odile"
      Dialogue "Did you lock the shed?"
    Speech plain "Bram"
      Parenthetical "(yawning)"
      Dialogue "I think so."
    Speech plain "Odile"
      Dialogue "You think so?"
    Action "Bram goes to the window."
    Speech plain "Bram"
      Dialogue "The light is on."
    Speech plain "Odile"
      Dialogue "Then it is open."
    """
LINES = (
    "Scene 1",
    "The two sit in a cold kitchen.",
    "Odile: Did you lock the shed?",
    "Bram: (yawning) I think so.",
    "Odile: You think so?",
    "Bram goes to the window.",
    "Bram: The light is on.",
    "Odile: Then it is open.",
)


def expected(outline: str = SCENE) -> str:
    return dedent(outline)


def text_outline(text: str) -> str:
    return outline.to_text(plain.from_text(text))


def test_names_before_a_colon_speak() -> None:
    data = document(*map(p, LINES))
    assert shown(data) == expected()
    assert codes(data) == {"docx.guessed-element", "docx.manner"}


def test_the_same_lines_give_the_same_elements_in_text_and_in_word() -> None:
    assert text_outline("\n".join(LINES)) == shown(document(*map(p, LINES)))


@pytest.mark.parametrize("mark", [":", " :", "\uff1a", " \u2013", " -", "\t", ":\t", ". "])
def test_each_mark_after_a_name_in_capitals_is_heard(mark: str) -> None:
    lines = [line.replace("Odile:", f"ODILE{mark}").replace("Bram:", f"BRAM{mark}") for line in LINES]
    found = shown(document(*map(p, lines)))
    assert found == expected().replace('plain "Odile"', '"ODILE"').replace('plain "Bram"', '"BRAM"')


def test_numbers_before_names_leave_the_words_whole() -> None:
    spoken = [
        ("FX", "DOOR"),
        ("ANNA", "Where were you?"),
        ("BEN", "Out. Walking."),
        ("ANNA", "All night?"),
        ("BEN", "Yes."),
    ]
    for form in ("{}\t{}:\t{}", "{}. {}: {}", "{}    {}\t{}   *"):
        found = shown(document(*(p(form.format(at, *one)) for at, one in enumerate(spoken, 1))))
        for at, (name, said) in enumerate(spoken[1:], 2):
            assert f'Speech "{name}" number="{at}"\n  Dialogue "{said}"' in found, form


def test_a_bold_name_is_a_name_without_any_mark() -> None:
    bold = [
        p(runs=r(name, "<w:b/>") + r(" " + said.strip())) if said else p(name)
        for name, _, said in (line.partition(":") for line in LINES)
    ]
    assert shown(document(*bold)) == expected().replace("Speech plain", "Speech bold+plain")


def test_several_speeches_stand_in_one_paragraph_with_line_breaks() -> None:
    lines = "".join(
        r(line) + ("<w:r><w:br/></w:r>" if place < len(LINES) - 1 else "") for place, line in enumerate(LINES)
    )
    assert shown(document(p(runs=lines))) == expected()


def test_acts_and_scenes_are_known_in_any_place_and_look() -> None:
    underlined = [
        p(runs=r(text, '<w:u w:val="single"/>'), jc=jc) for text, jc in (("ACT ONE", ""), ("SCENE 1", "right"))
    ]
    end = [p("END OF ACT ONE", jc="center"), p("TAG"), p("ODILE: Late."), p("THE END", jc="center")]
    talk = [p(line.replace("Odile", "ODILE").replace("Bram", "BRAM")) for line in LINES[2:]]
    lines = shown(document(*underlined, *talk, *end)).splitlines()
    assert lines[:2] == ['NewAct underline "ACT ONE"', 'SceneHeading underline "SCENE 1"']
    assert lines[-5:] == [
        'EndOfAct "END OF ACT ONE"',
        'NewAct "TAG"',
        'Speech "ODILE"',
        '  Dialogue "Late."',
        'Action "THE END" align=center',
    ]


def test_short_centred_lines_over_words_are_names_in_any_case() -> None:
    lines = [p("A cold kitchen.")]
    for name, said in (("Mum", "Did you lock it?"), ("Ina", "I think so."), ("Mum", "You think so?"), ("Ina", "Open.")):
        lines += [p(name, jc="center"), p(said)]
    assert shown(document(*lines)).splitlines()[:3] == [
        'Action "A cold kitchen."',
        'Speech plain "Mum"',
        '  Dialogue "Did you lock it?"',
    ]


def test_word_s_own_outline_makes_acts_and_scenes() -> None:
    styles = style("h1", "heading 1") + style("h2", "heading 2")
    data = document(p("Part 1", "h1"), p("Kitchen 1", "h2"), *map(p, LINES[1:]), p("Yard 2", "h2"), styles=styles)
    lines = shown(data).splitlines()
    assert [lines[0], lines[1], lines[-1]] == ['NewAct "Part 1"', 'SceneHeading "Kitchen 1"', 'SceneHeading "Yard 2"']


def test_headings_of_a_printed_script_that_come_back_are_scenes() -> None:
    styles = style("h2", "heading 2")
    speech = [one for name in ("ODILE", "BRAM", "ODILE") for one in (p(name, left=2), p("I never said that.", left=1))]
    data = document(p("Kitchen", "h2"), p("Cold."), *speech, p("Yard", "h2"), p("Snow falls."), styles=styles)
    assert [line for line in shown(data).splitlines() if line.startswith("Scene")] == [
        'SceneHeading "Kitchen"',
        'SceneHeading "Yard"',
    ]


def test_headings_that_name_no_scene_stay_words_where_others_do() -> None:
    styles = style("h1", "heading 1")
    data = document(p("People", "h1"), p("Two."), p("Scene 1", "h1"), p("Cold."), styles=styles)
    assert shown(data).splitlines()[::2] == ['Action "People"', 'SceneHeading "Scene 1"']


def test_headings_in_small_letters_and_parted_by_tabs() -> None:
    styles = style("regie", "Stage Direction")
    data = document(
        p("Int.\tKitchen\t\tNight", "regie"),
        p("Odile sits.", "regie"),
        p("Ext. Yard - Day."),
        p("Bram runs."),
        p("Cut to."),
        styles=styles,
    )
    assert shown(data) == dedent("""\
        SceneHeading "Int.\\tKitchen\\t\\tNight"
        Action "Odile sits."
        SceneHeading "Ext. Yard - Day."
        Action "Bram runs."
        Transition "Cut to."
        """)


def test_the_option_manner_overrules() -> None:
    data = document(*map(p, LINES))
    screenplay = docx.read(Source("case.docx", data), docx.Options(manner="prose"))
    assert {type(one).__name__ for one in screenplay.body} == {"SceneHeading", "Action"}


def test_a_title_page_ends_where_the_first_act_or_speech_begins() -> None:
    data = document(p("The Shed"), p("written by Ina Lund"), p("ACT I"), *map(p, LINES))
    screenplay, _ = read(data)
    assert _names(screenplay) == ["Title", "Credit", "Author"]
    assert type(screenplay.body[0]).__name__ == "NewAct"


def _names(screenplay: Screenplay) -> list[str]:
    return [] if screenplay.title_page is None else [one.name for one in screenplay.title_page.fields]


def test_a_document_of_action_alone_says_so() -> None:
    data = document(*(p(f"The tide comes in, and number {count} goes out.") for count in range(4)))
    assert codes(data) == {"docx.not-a-screenplay"}
    assert codes(document(p("Rain falls."))) == set()


def table(*rows: tuple[str, ...]) -> str:
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>{p()}"


def test_plain_paragraphs_where_styles_stand_are_what_those_are() -> None:
    indent = '<w:pPr><w:ind w:left="{}"/></w:pPr>'
    styles = style("c", "CHARACTER", properties=indent.format(2520)) + style("d", "Dialogue", "", indent.format(1440))
    data = document(
        p("Odile sits."),
        p("Odile", "c"),
        p("Did you lock the shed?", "d"),
        p("Bram", left=1.75),
        p("I think so.", "d"),
        p("Odile", left=1.75),
        p("You think so?", left=1),
        p("(beat)", left=1),
        p("Well.", left=1),
        p("Bram goes."),
        p("Ina"),
        p("I saw it.", "d"),
        styles=styles,
    )
    assert shown(data) == dedent("""\
        Action "Odile sits."
        Speech plain "Odile"
          Dialogue "Did you lock the shed?"
        Speech plain "Bram"
          Dialogue "I think so."
        Speech plain "Odile"
          Dialogue "You think so?"
          Parenthetical "(beat)"
          Dialogue "Well."
        Action "Bram goes."
        Speech plain "Ina"
          Dialogue "I saw it."
        """)


def test_a_heading_parted_over_cells_is_one_and_keeps_its_number() -> None:
    data = document(
        table(("1.", "Ext", "Lane", "Night"), ("", "A dark lane under trees.", "", ""), ("2.", "Int", "Car", "Day"))
    )
    assert shown(data) == dedent("""\
        SceneHeading "Ext Lane Night" number="1"
        Action "A dark lane under trees."
        SceneHeading "Int Car Day" number="2"
        """)


def test_columns_of_names_and_words_are_speeches() -> None:
    rows = (("ID", "Character", "Line", "Context"), ("1", "Odile", "Awake?", "She whispers."), ("2", "Bram", "2", "2"))
    assert shown(document(table(*rows))).splitlines()[4:] == [
        'Speech plain "Odile" number="1"',
        '  Dialogue "Awake?"',
        'Action "She whispers."',
        'Speech plain "Bram" number="2"',
        '  Dialogue "2"',
        'Action "2"',
    ]
    talk = (("Odile", "Awake?"), ("Bram", "Yes."), ("Odile", "Bread?"), ("Bram", "Please."))
    assert shown(document(table(*talk))).splitlines()[:2] == ['Speech plain "Odile"', '  Dialogue "Awake?"']
    assert "docx.guessed-table" in codes(document(table(*talk)))


def test_a_number_in_a_cell_is_no_page_number() -> None:
    data = document(*(table((str(count), "The tide comes in."), ("x", "It goes out.")) for count in range(1, 5)))
    assert [line for line in shown(data).splitlines() if line.strip('Action "').isdigit()] != []
    assert "docx.dropped-furniture" not in codes(data)


def test_a_row_of_a_small_table_speaks_where_its_name_speaks_in_other_tables() -> None:
    talk = (table(("Odile", "Awake?"), ("Bram", "(low) Yes.")), p("Rain."), table(("Odile", "Bread?")))
    data = document(*talk, p("Wind."), table(("Bram", "Please.")))
    assert shown(data) == dedent("""\
        Speech plain "Odile"
          Dialogue "Awake?"
        Speech plain "Bram"
          Parenthetical "(low)"
          Dialogue "Yes."
        Action "Rain."
        Speech plain "Odile"
          Dialogue "Bread?"
        Action "Wind."
        Speech plain "Bram"
          Dialogue "Please."
        """)


def test_facts_that_come_again_in_tables_speak_not() -> None:
    sheet = (("Height", "Two metres."), ("Colour", "Grey."), ("Place", "The shed."))
    assert "Speech" not in shown(document(table(*sheet), p("And the other."), table(*sheet)))


@pytest.mark.parametrize(
    "head",
    [
        ("Line", "Character", "Text"),
        ("Nr.", "Figur", "Replik"),
        ("N.º", "Personaje", "Texto"),
        ("№", "Персонаж", "Реплика"),
        ("番号", "役名", "セリフ"),
        ("رقم", "الشخصية", "النص"),
    ],
)
def test_heads_of_columns_in_several_languages(head: tuple[str, ...]) -> None:
    rows = (head, ("1", "Odile", "Did you lock the shed?"), ("2", "Bram", "I think so."))
    assert shown(document(table(*rows))).splitlines()[3:5] == [
        'Speech plain "Odile" number="1"',
        '  Dialogue "Did you lock the shed?"',
    ]


CAST = table(("Odile", "who mends nets"), ("Bram", "her brother"))
TALK = ("Act I", "Odile: Awake?", "Bram: Yes.", "Odile: Bread?", "Bram: Please.", "Odile: Here.")


def test_a_table_of_those_who_speak_is_the_cast_list_where_it_stands() -> None:
    data = document(CAST, *map(p, TALK))
    assert shown(data).splitlines()[:3] == [
        'CastList "Odile\\twho mends nets"',
        'CastList "Bram\\ther brother"',
        'NewAct "Act I"',
    ]
    assert "docx.guessed-table" in codes(data)


def test_a_table_after_the_first_act_or_of_others_is_no_cast_list() -> None:
    others = table(("Nets", "two"), ("Oars", "four"))
    for data in (document(*map(p, TALK), CAST), document(others, *map(p, TALK))):
        assert "CastList" not in shown(data)


def test_names_above_their_words_in_one_paragraph_with_a_line_break() -> None:
    lines = [("Odile", "Awake?"), ("Bram", "Yes."), ("Odile", "Bread?"), ("Bram", "Please.")]
    data = document(*(p(runs=r(name) + "<w:r><w:br/></w:r>" + r(words)) for name, words in lines))
    assert shown(data).splitlines()[:2] == ['Speech plain "Odile"', '  Dialogue "Awake?"']
    assert shown(data).count("Speech") == 4


def test_centred_names_over_centred_words_and_action_at_the_edge() -> None:
    talk = [("ODILE", "Awake?"), ("BRAM", "Yes."), ("ODILE", "Bread?")]
    data = document(*(p(text, jc="center") for pair in talk for text in pair), p("Bram eats."))
    assert shown(data).splitlines()[-2:] == ['  Dialogue "Bread?"', 'Action "Bram eats."']


def test_bold_names_of_several_words_and_in_scripts_without_capitals() -> None:
    for one, other in (("Old Odile", "Bram"), ("小林", "阿芳")):
        lines = [(one, "你在吗？"), (other, "在。"), (one, "好。"), (other, "来。"), (one, "走。")]
        data = document(*(p(runs=r(name, "<w:b/>") + r(" " + words)) for name, words in lines))
        assert shown(data).count("Speech") == 5, shown(data)
        assert f'"{one}"' in shown(data).splitlines()[0]
