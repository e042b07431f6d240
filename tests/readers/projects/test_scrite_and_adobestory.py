"""Two formats of which no file was to be had: what their names say, and whatever may be missing."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from converter.contract import ConverterError, Diagnostic, EncryptedError, FormatError, LimitError, Source
from converter.readers import adobestory, scrite
from tests.readers.projects.build import lines

# ---------------------------------------------------------------- Scrite


def archive(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        written.writestr(name, data)
    return buffer.getvalue()


def scrite_of(root: object) -> tuple[list[str], list[str]]:
    said: list[Diagnostic] = []
    data = archive("_header.json", json.dumps(root).encode())
    return lines(scrite.read(Source("a.scrite", data), report=said.append)), [one.code for one in said]


def scene(number: int, *elements: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"scene": {"id": str(number), "elements": [{"type": kind, "text": text} for kind, text in elements], **more}}


HEADING = {"enabled": True, "locationType": "INT", "location": "MILL", "moment": "NIGHT"}


def test_scenes_stand_in_the_order_of_the_screenplay() -> None:
    root = {
        "structure": {
            "elements": [
                scene(1, ("Action", "Rain."), heading=HEADING, color="#ff00ff00", synopsis="It rains."),
                scene(2, ("Character", "LENA"), ("Parenthetical", "low"), ("Dialogue", "Stop.\nNow."), comments="Why?"),
                scene(3, ("Action", "Nowhere.")),
            ],
            "characters": [{}, {}],
        },
        "screenplay": {
            "title": "Bridges",
            "author": "B. Writer",
            "email": "nobody@example.invalid",
            "logline": "A bridge.",
            "elements": [
                {"elementType": "break", "breakTitle": "Act 1"},
                {"sceneID": "2"},
                {"sceneID": "1", "userSceneNumber": "7", "pageBreakBefore": True},
                {"sceneID": "4"},
            ],
        },
    }
    assert scrite_of(root) == (
        [
            "TitlePage",
            '  "Title": "Bridges"',
            '  "Author": "B. Writer"',
            '  "Contact": "nobody@example.invalid"',
            'Synopsis "A bridge."',
            'Section "Act 1"',
            'Note "Why?"',
            'Speech "LENA"',
            '  Parenthetical "(low)"',
            '  Dialogue "Stop." / "Now."',
            "PageBreak",
            'SceneHeading "INT. MILL - NIGHT" number="7" color="#00ff00"',
            'Synopsis "It rains."',
            'Action "Rain."',
            'Opaque format="scrite" name="character" count=2',
            'Opaque format="scrite" name="scene outside the screenplay"',
        ],
        [],
    )


def test_an_omitted_scene_keeps_its_text() -> None:
    root = {
        "structure": {"elements": [scene(1, ("Action", "Rain."), heading=HEADING)]},
        "screenplay": {"elements": [{"sceneID": "1", "omitted": True, "userSceneNumber": "2"}]},
    }
    assert scrite_of(root)[0] == [
        'SceneHeading "OMITTED" number="2"',
        "  omitted",
        '    SceneHeading "INT. MILL - NIGHT"',
        '    Action "Rain."',
    ]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ({"enabled": False, "location": "MILL"}, []),
        ({"location": "MILL"}, ['SceneHeading "MILL"']),
        ({"locationType": "EXT.", "location": "MILL"}, ['SceneHeading "EXT. MILL"']),
        ({"locationType": "", "location": "", "moment": "DAY"}, ['SceneHeading "DAY"']),
        ({}, []),
    ],
)
def test_a_heading_is_made_of_what_is_there(heading: dict[str, Any], said: list[str]) -> None:
    root = {
        "structure": {"elements": [scene(1, ("Shot", "Rain."), heading=heading)]},
        "screenplay": {"elements": [{"sceneID": "1"}]},
    }
    assert scrite_of(root)[0] == [*said, 'Shot "Rain."']


def test_an_unknown_kind_is_a_guess_and_no_script_a_warning() -> None:
    root = {
        "structure": {"elements": [scene(1, ("Hologram", "Rain."), ("Action", ""))]},
        "screenplay": {"elements": [{"sceneID": "1"}]},
    }
    assert scrite_of(root) == (['Action "Rain."'], ["scrite.unknown-kind"])


@pytest.mark.parametrize(
    "root",
    [{}, {"structure": [], "screenplay": 3}, {"structure": {"elements": [1, None, {"scene": "x"}]}, "screenplay": {}}],
)
def test_whatever_is_missing_is_empty(root: object) -> None:
    said, codes = scrite_of(root)
    assert codes == ["scrite.no-paragraphs"] and all(line.startswith("Opaque") for line in said)


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"SCRITE\0\0", FormatError, "early Scrite"),
        (archive("_header.json_encrypted", b"x"), EncryptedError, "protected"),
        (archive("other", b"x"), FormatError, "_header.json is missing"),
        (archive("_header.json", b"{"), FormatError, "damaged"),
        (archive("_header.json", b"[]"), FormatError, "no object"),
        (archive("_header.json", b"[" * 200_000), LimitError, "too deeply"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, error: type[ConverterError], message: str) -> None:
    with pytest.raises(error, match=message):
        scrite.read(Source("a.scrite", data))


# ---------------------------------------------------------------- Adobe Story


def story_of(*paragraphs: str) -> tuple[list[str], list[str]]:
    said: list[Diagnostic] = []
    inside = "".join(paragraphs)
    data = f"<AdobeStory><document><stream><section><scene>{inside}</scene></section></stream></document></AdobeStory>"
    read = adobestory.read(Source("a.astx", data.encode()), report=said.append)
    return lines(read), [one.code for one in said]


def paragraph(kind: str, inside: str) -> str:
    return f'<paragraph element="{kind}">{inside}</paragraph>'


def test_each_paragraph_says_what_it_is() -> None:
    assert story_of(
        paragraph("SceneHeading", "<textRun>INT. MILL</textRun>"),
        paragraph(
            "Action", '<textRun>Rain </textRun><textRun bold="true">falls</textRun><break/><textRun>on.</textRun>'
        ),
        paragraph("Character", "<textRun>LENA</textRun>"),
        paragraph("Parenthetical", "<textRun>low</textRun>"),
        paragraph("Dialog", "<textRun>Stop.</textRun><break/>"),
        paragraph("Shot", "<textRun>CLOSE</textRun>"),
        paragraph("Transition", "<textRun>CUT TO:</textRun>"),
    ) == (
        [
            'SceneHeading "INT. MILL"',
            'Action "Rain " bold "falls" / "on."',
            'Speech "LENA"',
            '  Parenthetical "(low)"',
            '  Dialogue "Stop."',
            'Shot "CLOSE"',
            'Transition "CUT TO:"',
        ],
        [],
    )


def test_an_unknown_kind_becomes_action_and_an_empty_script_is_reported() -> None:
    assert story_of(paragraph("Hologram", "<textRun>Rain.</textRun>")) == (
        ['Action "Rain."'],
        ["adobestory.unknown-kind"],
    )
    assert story_of()[1] == ["adobestory.no-paragraphs"]


def test_other_xml_is_refused() -> None:
    with pytest.raises(FormatError, match="not a script of Adobe Story"):
        adobestory.read(Source("a.astx", b"<other/>"))
