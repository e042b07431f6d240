"""An FDX file that nobody changed comes out byte for byte; after an edit, all but the edited place does.

data/waves.fdx has what Final Draft writes and much that the tree does not know: attributes, children, whole parts.
"""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.normal import normal
from converter.tree import Action, Element, Note, Run, SceneHeading, Screenplay
from tests import harness
from tests.laws import BOTH, losses, written
from writers import outline

FDX = next((form for form in BOTH if form.name == "fdx"), None)
pytestmark = pytest.mark.skipif(FDX is None, reason="FDX is not in the table of formats")

# Each paragraph is told by a word of its own, wave00, wave01 ...; {wave05} stands for the offset of that word.
DOCUMENT = (Path(__file__).parent / "data" / "waves.fdx").read_text(encoding="utf-8")


def _with_offsets(document: str) -> str:
    """Offsets count the UTF-16 units of every top paragraph's own text and 1 for its end, and 2 for a block in it."""
    places: dict[str, int] = {}
    offset = 0
    content = document[document.index("<Content>") : document.index("</Content>")]
    for paragraph in re.findall(r"^    <Paragraph .*?^    </Paragraph>", content, re.MULTILINE | re.DOTALL):
        for text in re.findall(r"^      <Text[^>]*>([^<]*)</Text>", paragraph, re.MULTILINE):
            words = text.replace("&amp;", "&")
            for word in re.findall(r"wave\d\d", words):
                places[word] = offset + words.index(word)
            offset += len(words)
        offset += 1 + 2 * (paragraph.count("<DualDialogue>") + paragraph.count("<OmittedScene>"))
    document = re.sub(r"\{(wave\d\d)\}\+6", lambda one: str(places[one[1]] + 6), document)
    return re.sub(r"\{(wave\d\d)\}", lambda one: str(places[one[1]]), document)


TEXT = _with_offsets(DOCUMENT)
DATA = TEXT.encode("utf-8")

VARIANTS = {
    "as Final Draft writes it": DATA,
    "with CRLF": TEXT.replace("\n", "\r\n").encode("utf-8"),
    "in UTF-16": TEXT.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
    "with a byte order mark": TEXT.encode("utf-8-sig"),
    "on one line": re.sub(r">\n\s*<", "><", TEXT).encode("utf-8"),
    "with comments": TEXT.replace("<SmartType>", "<!-- so -->\n  <SmartType>").encode("utf-8"),
    "without a declaration": TEXT[TEXT.index("\n") + 1 :].encode("utf-8"),
}


# ---------------------------------------------------------------- nobody changed anything


def fdx_inputs() -> dict[str, bytes]:
    cases = ((case, case.sections[0]) for case in harness.all_cases())
    inputs = {str(case): harness.input_bytes(first) for case, first in cases if first.format == "fdx"}
    samples = Path(__file__).parent.parent / "samples"
    return VARIANTS | inputs | {path.name: path.read_bytes() for path in sorted(samples.glob("*.fdx"))}


REBUILDS: dict[str, Callable[[Screenplay], Screenplay]] = {
    "as it is": lambda screenplay: screenplay,
    "copied": copy.deepcopy,
    "pickled": lambda screenplay: pickle.loads(pickle.dumps(screenplay)),
    "every node rebuilt": lambda screenplay: dataclasses.replace(screenplay, body=rebuilt(screenplay.body)),
    "in normal form": normal,
}


def rebuilt(value: Any) -> Any:
    """An equal value in which no tuple, node or string is the same object."""
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple([rebuilt(item) for item in value])
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{one.name: rebuilt(getattr(value, one.name)) for one in dataclasses.fields(value)})
    return "".join(list(value)) if isinstance(value, str) else value


@pytest.mark.parametrize("rebuild", REBUILDS.values(), ids=REBUILDS)
@pytest.mark.parametrize("data", fdx_inputs().values(), ids=fdx_inputs())
def test_an_untouched_file_keeps_its_bytes(data: bytes, rebuild: Callable[[Screenplay], Screenplay]) -> None:
    assert FDX
    screenplay = FDX.read(data)
    if screenplay.origin is None:
        pytest.skip("a repaired file has no origin")
    out, said = written(FDX.writer, rebuild(screenplay))
    assert out == data
    assert losses(said) == []


# ---------------------------------------------------------------- somebody did

OFFSETS = re.compile(r'\b(Range|Position|Offset|Start|End)="[\d,]+"')


def without_offsets(data: bytes) -> str:
    return OFFSETS.sub(r'\1="..."', data.decode("utf-8"))


def chunk(number: int, text: str) -> str:
    """The lines of one top paragraph of Content."""
    word = f"wave{number:02}"
    place = text.lower().index(word)
    start = text.rindex("\n    <Paragraph", 0, place) + 1
    return text[start : text.index("\n    </Paragraph>\n", place) + len("\n    </Paragraph>\n")]


def element_of(screenplay: Screenplay, number: int) -> Element:
    return next(
        one for one in screenplay.body if f"wave{number:02}" in outline.to_text(Screenplay(body=(one,))).lower()
    )


def edited(screenplay: Screenplay, body: list[Element]) -> tuple[str, Screenplay]:
    """The new text without offsets, after making sure that it reads as edited."""
    assert FDX
    new = dataclasses.replace(screenplay, body=tuple(body))
    data, said = written(FDX.writer, new)
    assert losses(said) == []
    assert outline.to_text(FDX.read(data)) == outline.to_text(normal(new))
    return without_offsets(data), FDX.read(data)


ONE_PARAGRAPH = (5, 7, 8, 9, 10)  # elements that are one top paragraph each, and the heading is 0


HAS_ANCHORS = {1, 7, 10}  # new words there take a note or the mark of a deletion away


@pytest.mark.parametrize("number", [1, 5, 7, 8, 10])
@pytest.mark.parametrize("words", ["", "Now.", "\U0001f30a A text as long as this, & so on.\nTwo lines."])
def test_new_words_change_one_paragraph(number: int, words: str) -> None:
    assert FDX
    screenplay = FDX.read(DATA)
    element = element_of(screenplay, number)
    new = dataclasses.replace(element, text=(Run(text=f"{words}wave{number:02}"),))  # type: ignore[call-arg]
    text, _ = edited(screenplay, [new if one is element else one for one in screenplay.body])
    whole = without_offsets(DATA)
    old = chunk(number, whole)
    before, after = whole.split(old)
    assert text.startswith(before)
    assert text.endswith(after) or number in HAS_ANCHORS
    assert re.findall(r'id="[^"]*"|Type="Action"', chunk(number, text)) == re.findall(r'id="[^"]*"|Type="Action"', old)


@pytest.mark.parametrize("number", [5, 8, 9])
def test_a_cut_paragraph_is_gone_and_nothing_else(number: int) -> None:
    assert FDX
    screenplay = FDX.read(DATA)
    element = element_of(screenplay, number)
    text, _ = edited(screenplay, [one for one in screenplay.body if one is not element])
    whole = without_offsets(DATA)
    assert text == whole.replace(chunk(number, whole), "")


@pytest.mark.parametrize(("number", "behind"), [(8, 10), (9, 5), (10, 5), (5, 9)])
def test_a_moved_paragraph_takes_its_lines_along(number: int, behind: int) -> None:
    assert FDX
    screenplay = FDX.read(DATA)
    element, target = element_of(screenplay, number), element_of(screenplay, behind)
    body = [one for one in screenplay.body if one is not element]
    body.insert(body.index(target) + 1, element)
    text, _ = edited(screenplay, body)
    whole = without_offsets(DATA)
    old, place = chunk(number, whole), chunk(behind, whole)
    assert text == whole.replace(old, "").replace(place, place + old)


@pytest.mark.parametrize("number", [1, 8, 9])
def test_a_copied_paragraph_is_the_same_without_its_id(number: int) -> None:
    assert FDX
    screenplay = FDX.read(DATA)
    element = element_of(screenplay, number)
    if isinstance(element, Action):  # the note stays with the first
        bare = tuple(inline for inline in element.text if isinstance(inline, Run))
        text, _ = edited(screenplay, [*screenplay.body, dataclasses.replace(element, text=bare)])
    else:
        text, _ = edited(screenplay, [*screenplay.body, element])
    whole = without_offsets(DATA)
    old = chunk(number, whole)
    copied = re.sub(r' id="[^"]*"', "", old)
    assert text == whole.replace("  </Content>", copied + "  </Content>")


def test_a_new_paragraph_stands_between_old_ones() -> None:
    assert FDX
    screenplay = FDX.read(DATA)
    body = list(screenplay.body)
    place = body.index(element_of(screenplay, 5))
    text, _ = edited(screenplay, [*body[: place + 1], Action(text=(Run(text="wave99"),)), *body[place + 1 :]])
    whole = without_offsets(DATA)
    before, after = whole.split(chunk(5, whole))
    assert text.startswith(before + chunk(5, whole)) and text.endswith(after)
    assert len(text) - len(whole) < 200


def test_another_scene_number_changes_one_attribute() -> None:
    assert FDX
    screenplay = FDX.read(DATA)
    heading = element_of(screenplay, 0)
    assert isinstance(heading, SceneHeading)
    text, _ = edited(
        screenplay, [dataclasses.replace(heading, number="1A") if one is heading else one for one in screenplay.body]
    )
    assert text == without_offsets(DATA).replace('Number="1"', 'Number="1A"')


def test_notes_follow_the_words_they_are_about() -> None:
    """The last note's range moves by what is typed before it."""
    assert FDX
    screenplay = FDX.read(DATA)
    _, new = edited(screenplay, [Action(text=(Run(text="\U0001f30a\U0001f30a"),)), *screenplay.body])
    action = new.body[-1]
    assert isinstance(action, Action)
    assert [type(inline) for inline in action.text].count(Note) == 1
    place = next(place for place, inline in enumerate(action.text) if isinstance(inline, Note))
    assert action.text[place + 1] == Run(text="wave10")


@given(st.data())
def test_any_edit_reads_as_edited(data: st.DataObject) -> None:
    """Elements cut, moved, copied and changed at will."""
    assert FDX
    screenplay = FDX.read(DATA)
    numbers = data.draw(st.lists(st.integers(0, len(screenplay.body) - 1), max_size=14))
    body = []
    for number in numbers:
        element = screenplay.body[number]
        if isinstance(element, Action) and data.draw(st.booleans()):
            element = dataclasses.replace(element, text=(Run(text=data.draw(st.sampled_from("abc"))), *element.text))
        body.append(element)
    new = dataclasses.replace(screenplay, body=tuple(body))
    fitted, _ = FDX.fit(new)
    out = FDX.write(new)
    assert outline.to_text(FDX.read(out)) == outline.to_text(fitted)
    assert FDX.write(FDX.read(out)) == out
