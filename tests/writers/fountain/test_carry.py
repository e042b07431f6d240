"""The option `carry`: what Fountain cannot hold travels in a boneyard and comes back, also into edited text."""

from __future__ import annotations

import re
import zlib
from base64 import b85encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.contract import Diagnostic, Limits, Source
from converter.normal import normal
from converter.notation.carrying.align import align
from converter.notation.fountain.carried import Fitting
from converter.readers import fdx as fdx_reader
from converter.readers import fountain as fountain_reader
from converter.tree import Action, Boneyard, Dialogue, General, Note, PageMark, Run, Screenplay, Speech, words
from tests.strategies import screenplays
from writers import fdx, fountain

SCRIPT = b"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
  <Content>
    <Paragraph Type="Scene Heading" Number="1">
      <SceneProperties Length="1/8" Page="1" Title="Low water"/>
      <Text>INT. TIDE STATION - DAWN</Text>
    </Paragraph>
    <Paragraph Type="General"/>
    <Paragraph Type="General" Alignment="Right">
      <Text RevisionID="2">The lamp is out again.</Text>
    </Paragraph>
    <Paragraph Type="Action" LeftIndent="2.00">
      <Text>Rain falls on the </Text>
      <Text Font="Arial">tide</Text>
      <Text> station. </Text>
    </Paragraph>
    <Paragraph Type="Character">
      <Text>ODILE </Text>
    </Paragraph>
    <Paragraph Type="Dialogue" Number="7">
      <Text>Who is there?</Text>
    </Paragraph>
    <Paragraph Type="Dialogue" Number="8">
      <Text Color="#FFFF00000000">Nobody answers.</Text>
    </Paragraph>
    <Paragraph Type="Singing Softly">
      <Text>Snow.</Text>
    </Paragraph>
  </Content>
  <WindowState Height="600" Left="10" Mode="Normal" Top="10" Width="800"/>
</FinalDraft>
"""


def read_fdx(data: bytes) -> Screenplay:
    return fdx_reader.read(Source("script.fdx", data))


def carried(data: bytes = SCRIPT) -> str:
    return fountain.to_text(read_fdx(data), fountain.Options(carry=True))


def read_back(text: str) -> tuple[Screenplay, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return fountain_reader.from_text(text, report=said.append), said


def edited(old: str, new: str) -> tuple[Screenplay, list[Diagnostic]]:
    text = carried()
    assert text.count(old) == 1
    return read_back(text.replace(old, new))


def codes(said: list[Diagnostic]) -> list[str]:
    return [one.code for one in said]


def test_an_untouched_script_comes_back_byte_for_byte() -> None:
    screenplay, said = read_back(carried())
    assert said == []
    assert fdx.write(screenplay) == SCRIPT


def test_nothing_is_said_to_be_lost_that_is_carried() -> None:
    said: list[Diagnostic] = []
    fountain.to_text(read_fdx(SCRIPT), fountain.Options(carry=True), said.append)
    assert said == []


def test_people_are_told_what_the_boneyard_is() -> None:
    text = carried()
    start = text.index("/*")
    assert text[start:].startswith("/* What follows is what Final Draft knows of this script")
    assert text.endswith("\n*/\n")
    assert "*/" not in text[start:-3]


def test_an_edited_word_leaves_the_rest_of_its_paragraph_alone() -> None:
    screenplay, said = edited("Rain falls on the tide station.", "Rain falls hard on the tide station.")
    before = read_fdx(SCRIPT).body[3]
    after = screenplay.body[3]
    assert said == []
    assert isinstance(before, Action) and isinstance(after, Action)
    assert words(after.text) == "Rain falls hard on the tide station. "
    assert after.layout == before.layout
    assert [one.look for one in after.text if isinstance(one, Run)] == [
        one.look for one in before.text if isinstance(one, Run)
    ]
    changed = fdx.write(screenplay).replace(b"falls hard on", b"falls on")
    assert changed == SCRIPT


def test_an_edited_paragraph_keeps_its_element_and_the_revision_of_its_old_words() -> None:
    screenplay, _ = edited("The lamp is out again.", "The lamp is dark again.")
    general = screenplay.body[2]
    assert isinstance(general, General)
    revised = [one.text for one in general.text if isinstance(one, Run) and one.revision == 2]
    assert revised == ["The lamp is ", " again."]


def test_an_edited_part_of_a_speech_leaves_the_others_alone() -> None:
    screenplay, said = edited("Nobody answers.", "Somebody answers.")
    speech = screenplay.body[4]
    assert isinstance(speech, Speech) and speech.cue
    assert said == []
    assert words(speech.cue.text) == "ODILE "
    first, second, _ = speech.parts
    assert isinstance(first, Dialogue) and isinstance(second, Dialogue)
    assert (first.number, words(first.text)) == ("7", "Who is there?")
    assert (second.number, words(second.text)) == ("8", "Somebody answers.")


def test_what_was_added_stands_where_it_was_added() -> None:
    screenplay, said = edited(
        "Rain falls on the tide station.", "A bell.\n\nRain falls on the tide station.\n\nA bell."
    )
    assert said == []
    assert [one for one in screenplay.body if one not in read_fdx(SCRIPT).body] == [
        Action(text=(Run(text="A bell."),)),
        Action(text=(Run(text="A bell."),)),
    ]


def test_what_was_rewritten_is_new_and_what_is_lost_by_it_is_said() -> None:
    screenplay, said = edited("The lamp is out again.", "Gulls, many of them.")
    assert codes(said) == ["fountain.carry-stale"]
    assert said[0].at is not None
    assert Action(text=(Run(text="Gulls, many of them."),)) in screenplay.body
    assert sum(isinstance(one, General) for one in screenplay.body) == 1  # the empty one is still there


def test_a_title_page_comes_back_as_drawn_unless_it_was_edited() -> None:
    page = b"<TitlePage><Content><Paragraph Alignment='Center'><Text>LOW WATER</Text></Paragraph></Content></TitlePage>"
    data = SCRIPT.replace(b"</FinalDraft>", page + b"</FinalDraft>")
    text = carried(data)
    screenplay, said = read_back(text)
    assert said == []
    assert screenplay.title_page and screenplay.title_page.sheets
    screenplay, said = read_back(text.replace("LOW WATER", "HIGH WATER", 1))
    assert codes(said) == ["fountain.carry-stale"]
    assert screenplay.title_page and not screenplay.title_page.sheets


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("matchcut carry 1 ", "matchcut carry 2 "),
        lambda text: re.sub(r"(matchcut carry 1 )\w", r"\1z", text),
        lambda text: text[:-40] + text[-20:],
        lambda text: text.replace("\n*/\n", " \N{SNOWMAN}\n*/\n"),
    ],
    ids=["later version", "checksum", "cut", "not its code"],
)
def test_a_damaged_boneyard_stays_one(damage: object) -> None:
    assert callable(damage)
    screenplay, said = read_back(damage(carried()))
    if said:
        assert codes(said) == ["fountain.carry-damaged"]
    assert isinstance(screenplay.body[-1], Boneyard)
    assert screenplay.origin is None


def test_a_boneyard_that_grows_too_large_is_not_opened() -> None:
    huge = b85encode(zlib.compress(bytes(2_000_000))).decode()
    text = f"/* x\nmatchcut carry 1 {zlib.crc32(bytes(2_000_000)):08x}\n{huge}\n*/\n"
    said: list[Diagnostic] = []
    screenplay = fountain_reader.from_text(text, report=said.append, limits=Limits(input_bytes=1_000_000))
    assert codes(said) == ["fountain.carry-damaged"]
    assert len(screenplay.body) == 1


def test_the_reader_can_leave_it_a_boneyard() -> None:
    screenplay = fountain_reader.from_text(carried(), fountain_reader.Options(carried="ignore"))
    assert isinstance(screenplay.body[-1], Boneyard)


def test_the_options_of_the_fountain_are_remembered() -> None:
    options = fountain.Options(
        carry=True, blank_lines="drop", scene_heading_case="upper", notes="drop", cue_case="upper"
    )
    data = SCRIPT.replace(b"INT. TIDE", b"int. tide")
    screenplay, said = read_back(fountain.to_text(read_fdx(data), options))
    assert said == []
    assert fdx.write(screenplay) == data


def test_notes_keep_their_authors() -> None:
    tree = Screenplay(
        body=(
            Action(
                text=(Run(text="Rain"), Note(text="wet", author="Ines"), Run(text=" falls.")),
            ),
        )
    )
    text = fountain.to_text(tree, fountain.Options(carry=True))
    screenplay, said = read_back(text.replace("falls", "pours", 1))
    assert said == []
    rain = screenplay.body[0]
    assert isinstance(rain, Action)
    assert [one.author for one in rain.text if isinstance(one, Note)] == ["Ines"]


@given(screenplays())
def test_whatever_final_draft_holds_comes_back(screenplay: Screenplay) -> None:
    data = fdx.write(screenplay)
    came_back, said = read_back(carried(data))
    assert came_back == read_fdx(data)
    assert "fountain.carry-stale" not in codes(said)


@given(screenplays(), st.data())
def test_any_edit_gives_a_normal_screenplay(screenplay: Screenplay, data: st.DataObject) -> None:
    lines = carried(fdx.write(screenplay)).split("\n")
    for _ in range(3):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place : place + data.draw(st.integers(0, 2))] = data.draw(st.lists(st.sampled_from(lines), max_size=2))
        lines = lines or [""]
    came_back, _ = read_back("\n".join(lines))
    assert normal(came_back) == came_back


def test_markers_and_hidden_words_are_what_fountain_makes_of_them() -> None:
    fitting = Fitting(fountain.Options(), ())
    assert fitting.marker(Note(text="wet", author="Ines")) == Note(text="wet")
    assert fitting.marker(PageMark(label="2", locked=True)) == PageMark(label="2")
    assert fitting.marker(Boneyard(source="{{TOC}}")) == Boneyard(source="/* {{TOC}} */")
    assert fitting.hidden("[wet]") == Note(text=" [wet] ")
    assert fitting.alternate((Run(text="Who?"),)) == Note(text="ALT: Who?")


# ---------------------------------------------------------------- alignment


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_aligned_elements_are_equal_and_in_order(old: list[int], new: list[int]) -> None:
    places = align(old, new)
    found = [place for place in places if place >= 0]
    assert found == sorted(set(found))
    assert all(old[at] == new[place] for at, place in enumerate(places) if place >= 0)


def test_alignment_finds_what_stands_once_on_both_sides() -> None:
    assert align("xabcxdex", "abcyydezx") == [-1, 0, 1, 2, -1, 5, 6, 8]


def test_alignment_holds_what_both_begin_and_end_with_though_it_comes_twice() -> None:
    assert align("xxa", "xxb") == [0, 1, -1]
    assert align("axx", "bxx") == [-1, 1, 2]
    assert align("xxaxx", "xxbxx") == [0, 1, -1, 3, 4]
    assert align("xx", "x") == [0, -1]
    assert align("xy", "zx") == [1, -1]
    assert align("567", "896") == [-1, 2, -1]
    assert align("", "x") == [] and align("x", "") == [-1]


def test_of_what_changed_places_the_longest_part_is_the_same() -> None:
    assert align("1abc2", "3bca4") == [-1, -1, 1, 2, -1]
    assert align("1dcba2", "3abcd4").count(-1) == 5


def test_alignment_of_long_lists_is_fast() -> None:
    old = [*range(100_000)]
    places = align(old, old[500:] + old[:500])
    assert sum(place >= 0 for place in places) == 99_500


SPOKEN = b"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
  <Content>
    <Paragraph Type="Character"><Text>Odile (v.o.)</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text Color="#FFFF00000000">Who is there?</Text></Paragraph>
    <Paragraph Type="Parenthetical" Number="3"><Text>(beat).</Text></Paragraph>
    <Paragraph Type="Dialogue" Number="4"><Text>Speak up.</Text></Paragraph>
    <Paragraph Type="Parenthetical"><Text>softly</Text></Paragraph>
    <Paragraph Type="Character"><Text Style="">McCLANE</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>Me.</Text></Paragraph>
  </Content>
</FinalDraft>
"""


def test_cues_and_parentheticals_come_back_as_they_were_typed() -> None:
    text = carried(SPOKEN)
    assert text.startswith("ODILE (V.O.)\nWho is there?\n(beat).\nSpeak up.\n(softly)\n\n@McCLANE\nMe.\n")
    screenplay, said = read_back(text)
    assert (fdx.write(screenplay), said) == (SPOKEN, [])


def test_an_edit_beside_a_parenthetical_that_became_dialogue_leaves_it_one() -> None:
    edits = {"Speak up": "Speak, man", "(beat)": "(a beat)", "ODILE (V.O.)": "ODILE (O.S.)"}
    for old, new in edits.items():
        screenplay, said = read_back(carried(SPOKEN).replace(old, new))
        shown = fdx.write(screenplay)
        typed = {"ODILE (O.S.)": "Odile (O.S.)"}.get(new, new)
        before = {"ODILE (V.O.)": "Odile (v.o.)"}.get(old, old)
        assert said == []
        assert shown == SPOKEN.replace(before.encode(), typed.encode())
