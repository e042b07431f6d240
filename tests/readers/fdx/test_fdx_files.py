"""FDX files as they come: encodings, damage, other programs, hostile sizes."""

from __future__ import annotations

import codecs
import dataclasses
from dataclasses import replace

import pytest

from converter.contract import DEFAULT_LIMITS, Diagnostic, FormatError, LimitError, Limits, Sniff, Source, ignore
from converter.formats import FORMATS
from converter.readers.fdx import read
from converter.tree import Action, Run, SceneHeading, Screenplay, words
from tests.cost import seconds
from tests.harness import fdx_document
from writers.fdx import WRITER

RAIN = "    <Paragraph Type=\"Action\"><Text>Rain &amp; 🌊 'é'</Text></Paragraph>\n"
DOCUMENT = fdx_document(RAIN)
TREE = (Action(text=(Run(text="Rain & 🌊 'é'"),)),)


def said_by(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Screenplay, list[str]]:
    said: list[Diagnostic] = []
    screenplay = read(Source("script.fdx", data), report=said.append, limits=limits)
    return screenplay, [one.code for one in said]


SOUND = {
    "UTF-8": DOCUMENT.encode("utf-8"),
    "a byte order mark": DOCUMENT.encode("utf-8-sig"),
    "UTF-16": DOCUMENT.replace("UTF-8", "UTF-16").encode("utf-16"),
    "UTF-16 without a mark": DOCUMENT.replace("UTF-8", "UTF-16").encode("utf-16-be"),
    "no declaration": DOCUMENT.partition("\n")[2].encode("utf-8"),
    "a declaration of another encoding left behind": DOCUMENT.replace("UTF-8", "UTF-16").encode("utf-8"),
    "CRLF": DOCUMENT.replace("\n", "\r\n").encode("utf-8"),
    "blank lines before it": b"\n\n" + DOCUMENT.encode("utf-8"),
    "comments": DOCUMENT.replace("<Text>", "<!-- a --><Text>").encode("utf-8"),
    "attributes of another namespace": DOCUMENT.replace("Version=", 'xmlns:q="urn:q" q:a="1" Version=').encode("utf-8"),
    "another namespace": DOCUMENT.replace("Version=", 'xmlns="urn:fd" Version=').encode("utf-8"),
    "the Windows encoding": DOCUMENT.replace("🌊", "~").replace("UTF-8", "windows-1252").encode("cp1252"),
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_sound_files_are_read_and_stay_the_origin(data: bytes) -> None:
    screenplay, said = said_by(data)
    wave = Action(text=(Run(text="Rain & ~ 'é'"),))
    assert screenplay.body in (TREE, (wave,))
    assert said == []
    assert screenplay.origin is not None and screenplay.origin.data == data
    assert screenplay.origin.screenplay == screenplay


def test_text_before_the_script_is_passed_over_with_a_word() -> None:
    screenplay, said = said_by(b"-- forwarded --\n" + SOUND["UTF-8"])
    assert screenplay.body == TREE
    assert said == ["fdx.text-before-script"]


BOM = codecs.BOM_UTF8
BEFORE = {
    "a word": (b"x", b"", ["fdx.text-before-script"]),
    "a NUL": (b"\0", b"", ["fdx.text-before-script"]),
    "a byte that is no text": (b"\xff", b"", ["fdx.text-before-script"]),
    "a word after a mark": (BOM + b"x", BOM, ["fdx.text-before-script"]),
    "a word before a mark": (b"x" + BOM, b"", ["fdx.text-before-script"]),
    "two marks": (BOM + BOM, BOM, []),
    "a mark": (BOM, BOM, []),
}


@pytest.mark.parametrize(("before", "stays", "expected"), BEFORE.values(), ids=BEFORE)
def test_what_stands_before_the_declaration_is_not_copied(before: bytes, stays: bytes, expected: list[str]) -> None:
    sound = SOUND["UTF-8"]
    screenplay, said = said_by(before + sound)
    assert (screenplay.body, said) == (TREE, expected)
    assert WRITER.write(screenplay, WRITER.options(), ignore, Limits()) == stays + sound
    edited = replace(screenplay, body=screenplay.body[:1])
    assert WRITER.write(edited, WRITER.options(), ignore, Limits()).startswith(stays + b"<?xml")


DAMAGED = {
    "a bare ampersand": (DOCUMENT.replace("&amp;", "&"), TREE),
    "a control character": (DOCUMENT.replace("Rain", "Ra\x07in"), TREE),
    "an unclosed tag": (DOCUMENT.replace("</Paragraph>", ""), TREE),
    "cut off": (DOCUMENT[: DOCUMENT.index("</Text>")], TREE),
    "cut off in a tag": (DOCUMENT[: DOCUMENT.index("</Text>") + 4], TREE),
}


@pytest.mark.parametrize(("text", "body"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_files_are_repaired_with_a_word_and_are_no_origin(text: str, body: object) -> None:
    screenplay, said = said_by(text.encode("utf-8"))
    assert screenplay.body == body
    assert "fdx.repaired-xml" in said
    assert screenplay.origin is None


def test_bytes_of_another_encoding_are_repaired() -> None:
    screenplay, said = said_by(DOCUMENT.replace("🌊", "~").encode("cp1252"))
    assert words(screenplay.body[0].text) == "Rain & ~ 'é'"  # type: ignore[union-attr]
    assert said == ["text.not-utf8", "fdx.repaired-xml"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xfd\xfd\xfd\xfd\x00", "Final Draft 8"),
        (b"<screenplay/>", "begins with 'screenplay'"),
        (b"once upon a time", "damaged"),
        (b"", "damaged"),
        (b'<!DOCTYPE FinalDraft [<!ENTITY a "b">]><FinalDraft/>', "document type"),
    ],
)
def test_other_files_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        said_by(data)


def test_a_script_without_content_is_empty_with_a_word() -> None:
    screenplay, said = said_by(b'<FinalDraft Version="1"/>')
    assert screenplay.body == ()
    assert said == ["fdx.no-content"]


def test_words_in_a_file_without_a_script_are_no_script() -> None:
    screenplay, said = said_by(b"<FinalDraft>Rain.<Text>Snow.</Text></FinalDraft>")
    assert (screenplay.body, said) == ((), ["fdx.no-content"])


def test_a_file_is_known_by_its_root() -> None:
    row = next(row for row in FORMATS if row.name == "fdx")
    assert all(row.sniff(data) is Sniff.SURE for data in SOUND.values())
    assert row.sniff(b"INT. FINALDRAFT - DAY") is Sniff.NO
    assert row.sniff(b"<FinalDrafts>") is Sniff.NO


def test_limits_hold() -> None:
    many = fdx_document(RAIN * 1100).encode("utf-8")
    with pytest.raises(LimitError, match="paragraphs"):
        said_by(many, Limits(paragraphs=900))
    with pytest.raises(LimitError, match="seconds"):
        said_by(many, Limits(max_seconds=-1.0))


def _nested(depth: int) -> str:
    start = '<Paragraph Type="Scene Heading"><Text>level</Text><OmittedScene>'
    return start * depth + RAIN + "</OmittedScene></Paragraph>" * depth


def test_scenes_cut_out_of_cut_scenes_go_so_deep_and_no_word_is_lost() -> None:
    screenplay, said = said_by(fdx_document(_nested(60)).encode("utf-8"))
    assert said == ["fdx.nested-too-deep"]
    assert screenplay.origin is None
    count, elements = 0, screenplay.body
    while elements:
        count += len(elements)
        (elements,) = [one.omitted for one in elements if isinstance(one, SceneHeading) and one.omitted] or [()]
    assert count == 61


def test_every_node_knows_its_file_and_paragraph() -> None:
    data = fdx_document(_nested(2) + RAIN).encode("utf-8")
    screenplay, _ = said_by(data)
    heading, action = screenplay.body
    assert isinstance(heading, SceneHeading) and heading.omitted is not None and heading.at is not None
    (inner,) = heading.omitted
    assert isinstance(inner, SceneHeading) and inner.omitted is not None and isinstance(action, Action)
    (rain,) = inner.omitted
    numbers = [one.at.paragraph for one in (heading, inner, rain, action)]
    assert numbers == [1, 2, 3, 4]
    again, _ = said_by(data)
    other, _ = said_by(data + b"\n")
    assert again.body[0].at.source == heading.at.source != other.body[0].at.source


@pytest.mark.timing
@pytest.mark.parametrize("piece", [RAIN, '<Paragraph Type="Dialogue"><Text>a</Text></Paragraph>', _nested(1), "<X/>"])
def test_time_grows_with_the_size(piece: str) -> None:
    def spent(count: int) -> float:
        data = fdx_document(piece * count).encode("utf-8")
        return seconds(said_by, data, dataclasses.replace(Limits(), paragraphs=10**6))

    spent(200)
    small, large = min(spent(500) for _ in range(3)), min(spent(4000) for _ in range(2))
    assert large < 8 * small * 4 + 0.2
