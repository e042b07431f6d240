"""What a Final Draft file says around its text, attribute by attribute; the kept defaults are Final Draft's."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from converter.notation.fdx import SILENT_SETUP
from converter.notation.fdx.setup import DEFAULT_SETUP
from converter.readers.fdx.setup import read_page_setup, read_revisions, read_tags, silent_names
from converter.tree import (
    Band,
    Continued,
    Margins,
    More,
    PageField,
    PageFieldKind,
    PageSetup,
    Paper,
    Revisions,
    RevisionSet,
    Run,
    SceneNumbers,
    Style,
    Tag,
)

NO_NAMES: frozenset[str] = frozenset()


def root(inside: str) -> etree._Element:
    return etree.fromstring(f"<FinalDraft>{inside}</FinalDraft>")


def setup(inside: str) -> PageSetup | None:
    return read_page_setup(root(inside), NO_NAMES)


def breaks(name: str, attributes: str) -> str:
    return f"<MoresAndContinueds><{name} {attributes}/></MoresAndContinueds>"


MORE = More(bottom="(MORE)", top="(CONT'D)", at_bottom=True, at_top=True, automatic=True)
CONTINUED = Continued(bottom="(CONTINUED)", top="CONTINUED:", at_bottom=False, at_top=False, numbered=False)
NUMBERS = SceneNumbers(left=True, right=True, left_position=None, right_position=None)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", {}),
        ("<PageLayout/>", {}),
        ('<PageLayout><PageSize Width="8.5" Height="11"/></PageLayout>', {"paper": Paper(width=8.5, height=11)}),
        ('<PageLayout><PageSize Width="8.5"/></PageLayout>', {}),
        ('<PageLayout><PageSize Width="8.5" Height="0"/></PageLayout>', {}),
        ('<PageLayout BreakDialogueAndActionAtSentences="Yes"/>', {"break_at_sentences": True}),
        ('<PageLayout BreakDialogueAndActionAtSentences="True"/>', {"break_at_sentences": True}),
        ('<PageLayout BreakDialogueAndActionAtSentences="No"/>', {"break_at_sentences": False}),
        ('<PageLayout DocumentLeading="Normal"/>', {"leading": 12.0}),
        ('<PageLayout DocumentLeading="Odd"/>', {}),
        ('<HeaderAndFooter StartingPage="3"/>', {"first_page": 3}),
        (breaks("DialogueBreaks", ""), {"more": MORE}),
        (breaks("SceneBreaks", ""), {"continued": CONTINUED}),
        ("<SceneNumberOptions/>", {"scene_numbers": NUMBERS}),
    ],
)
def test_what_is_said_of_the_page(inside: str, said: dict[str, Any]) -> None:
    assert setup(inside) == (PageSetup(**said) if said else None)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('DialogueBottom="(MEHR)"', {"bottom": "(MEHR)"}),
        ('DialogueTop="(WEITER)"', {"top": "(WEITER)"}),
        ('BottomOfPage="No"', {"at_bottom": False}),
        ('TopOfNext="No"', {"at_top": False}),
        ('AutomaticCharacterContinueds="No"', {"automatic": False}),
    ],
)
def test_words_where_a_page_cuts_a_speech(attributes: str, said: dict[str, Any]) -> None:
    found = setup(breaks("DialogueBreaks", attributes))
    usual = {"bottom": "(MORE)", "top": "(CONT'D)", "at_bottom": True, "at_top": True, "automatic": True}
    assert found == PageSetup(more=More(**{**usual, **said}))


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('SceneBottom="(WEITER)"', {"bottom": "(WEITER)"}),
        ('SceneTop="WEITER:"', {"top": "WEITER:"}),
        ('SceneBottomOfPage="Yes"', {"at_bottom": True}),
        ('SceneTopOfNext="Yes"', {"at_top": True}),
        ('ContinuedNumber="Yes"', {"numbered": True}),
    ],
)
def test_words_where_a_page_cuts_a_scene(attributes: str, said: dict[str, Any]) -> None:
    found = setup(breaks("SceneBreaks", attributes))
    usual = {"bottom": "(CONTINUED)", "top": "CONTINUED:", "at_bottom": False, "at_top": False, "numbered": False}
    assert found == PageSetup(continued=Continued(**{**usual, **said}))


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('ShowNumbersOnLeft="No"', {"left": False}),
        ('ShowNumbersOnRight="No"', {"right": False}),
        ('LeftLocation="0.75"', {"left_position": 0.75}),
        ('RightLocation="7.38"', {"right_position": 7.38}),
    ],
)
def test_where_scene_numbers_stand(attributes: str, said: dict[str, Any]) -> None:
    found = setup(f"<SceneNumberOptions {attributes}/>")
    usual = {"left": True, "right": True, "left_position": None, "right_position": None}
    assert found == PageSetup(scene_numbers=SceneNumbers(**{**usual, **said}))


@pytest.mark.parametrize("name", ["top", "bottom", "header", "footer"])
def test_a_margin_that_is_not_said_is_final_draft_s(name: str) -> None:
    default = DEFAULT_SETUP.margins
    assert default is not None
    usual = {one: getattr(default, one) for one in ("top", "bottom", "header", "footer")}
    found = setup(f'<PageLayout {name.capitalize()}Margin="99"/>')
    assert found == PageSetup(margins=Margins(**{**usual, name: 99.0}))


def test_what_our_own_writer_filled_in_is_not_said() -> None:
    layout = '<PageLayout><PageSize Width="8.5" Height="11"/></PageLayout>'
    names = f"<UserDocumentData><{SILENT_SETUP}>paper margins</{SILENT_SETUP}></UserDocumentData>"
    assert silent_names(root("")) == frozenset()
    assert silent_names(root(names)) == {"paper", "margins"}
    assert read_page_setup(root(layout), frozenset({"paper", "odd"})) is None
    other = layout.replace("8.5", "8.27")
    assert read_page_setup(root(other), frozenset({"paper"})) == PageSetup(paper=Paper(width=8.27, height=11))


# ---------------------------------------------------------------- header and footer


def bands(inside: str, attributes: str = "") -> PageSetup | None:
    return setup(f"<HeaderAndFooter {attributes}>{inside}</HeaderAndFooter>")


def header(inside: str, attributes: str = "", paragraph: str = "") -> Band | None:
    found = bands(f"<Header><Paragraph {paragraph}>{inside}</Paragraph></Header>", attributes)
    return None if found is None else found.header


def texts(band: Band | None) -> tuple[list[str], list[str], list[str]]:
    assert band is not None
    left, center, right = (
        [one.text if isinstance(one, Run) else one.kind.name for one in part]
        for part in (band.left, band.center, band.right)
    )
    return left, center, right


def test_tabs_go_to_the_left_the_middle_and_the_right() -> None:
    assert texts(header("<Text>a\tb\tc\td</Text>")) == (["a"], ["b"], ["c", "d"])
    assert texts(header("<Text>a</Text><Text>\tb</Text>")) == (["a"], ["b"], [])


def test_tab_stops_of_its_own_say_where_they_go() -> None:
    stops = '<Tabstops><Tabstop Position="7.25" Type="Right"/></Tabstops>'
    assert texts(header(f"<Text>a\tb\tc</Text>{stops}")) == (["a"], [], ["b", "c"])


@pytest.mark.parametrize(("alignment", "place"), [("Right", 2), ("Center", 1), ("Left", 0), ("Full", 0), ("Odd", 0)])
def test_a_line_that_is_aligned_has_one_part(alignment: str, place: int) -> None:
    found = texts(header("<Text>a\tb</Text>", paragraph=f'Alignment="{alignment}"'))
    assert found[place][0] == "a"
    assert (found[place] == ["a", "b"]) is (place > 0)


def test_fields_stand_between_the_words() -> None:
    band = header('<Text>p. </Text><DynamicLabel Type="Page #"/><DynamicLabel Type="Odd"/><Text Style="Bold">x</Text>')
    assert band == Band(
        left=(Run(text="p. "), PageField(kind=PageFieldKind.PAGE), Run(text="x", style=Style.BOLD)),
        on_first_page=False,
    )


def test_a_header_is_not_on_the_first_page_and_a_footer_is() -> None:
    found = bands("<Header/><Footer/>")
    assert found == PageSetup(header=Band(on_first_page=False), footer=Band(on_first_page=True))
    found = bands("<Header/><Footer/>", 'HeaderFirstPage="Yes" FooterFirstPage="No"')
    assert found == PageSetup(header=Band(on_first_page=True), footer=Band(on_first_page=False))


def test_a_header_that_is_hidden_or_blank_is_empty() -> None:
    assert header("<Text>a</Text>", 'HeaderVisible="No"') == Band(on_first_page=False)
    assert header("<Text>a</Text>", 'HeaderVisible="Yes"') == Band(left=(Run(text="a"),), on_first_page=False)
    assert header("<Text> </Text>") == Band(on_first_page=False)
    assert bands("", 'HeaderVisible="Yes"') == PageSetup(header=Band(on_first_page=False))
    assert bands("") is None


# ---------------------------------------------------------------- revisions and tags


def revisions(inside: str, attributes: str = "", silent: frozenset[str] = NO_NAMES) -> Revisions | None:
    return read_revisions(root(f"<Revisions {attributes}>{inside}</Revisions>"), silent)


BLUE = '<Revision ID="2" Name="Blue" Mark="+" Color="#00000000FFFF" PageColor="#FFFF00000000"/>'


def test_a_revision_has_a_name_a_mark_and_two_colors() -> None:
    blue = RevisionSet(id=2, name="Blue", mark="+", color="#0000FF", page_color="#FF0000")
    assert revisions(BLUE) == Revisions(sets=(blue,))
    assert revisions('<Revision ID="2"/><Revision Name="x"/>') == Revisions(
        sets=(RevisionSet(id=2, name="", mark="*"),)
    )


@pytest.mark.parametrize(
    ("attributes", "active", "shows_all"),
    [
        ("", None, False),
        ('ActiveSet="2"', 2, False),
        ('ActiveSet="0"', None, False),
        ('ShowAllSets="Yes"', None, True),
        ('RevisionsShown="All"', None, True),
        ('RevisionsShown="Active" ShowAllSets="Yes"', None, False),
    ],
)
def test_which_revisions_are_marked(attributes: str, active: int | None, shows_all: bool) -> None:
    found = revisions(BLUE, attributes)
    assert found is not None
    assert (found.active, found.show_all) == (active, shows_all)


def test_no_revisions_are_none() -> None:
    assert read_revisions(root(""), NO_NAMES) is None
    assert revisions("") is None
    assert revisions("", 'ShowAllSets="Yes"') == Revisions(show_all=True)


def test_tags_have_the_words_of_their_definitions() -> None:
    data = (
        '<TagData><TagCategories><TagCategory Id="c" Name="Props"/></TagCategories>'
        '<TagDefinitions><TagDefinition Id="d" CatId="c" Label="Lamp"/><TagDefinition Id="e" CatId="x"/>'
        '</TagDefinitions><Tags><Tag Number="1"><DefId> d </DefId></Tag><Tag Number="2" DefId="e"/><Tag Number="3"/>'
        '<Tag DefId="d"/></Tags></TagData>'
    )
    assert read_tags(root(data)) == (
        Tag(number=1, category="Props", label="Lamp"),
        Tag(number=2, category="", label=""),
        Tag(number=3, category="", label=""),
    )
