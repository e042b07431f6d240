"""What is refused says what and where; what is carried comes home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from converter import read_bytes, write_bytes
from converter.contract import Diagnostic, FormatError, LimitError, Limits, Source
from converter.readers import fdx, fountain
from converter.readers import json as json_reader
from converter.records import replace
from converter.tree import Screenplay
from writers import fdx as fdx_writer
from writers import json as json_writer

SAMPLES = Path(__file__).parent.parent.parent.parent / "samples"
PRODUCTION = (SAMPLES / "production-draft.fdx").read_bytes()


def read(data: bytes, limits: Limits = Limits()) -> tuple[Screenplay, list[str]]:
    said: list[Diagnostic] = []
    return json_reader.read(Source("", data), report=said.append, limits=limits), [one.code for one in said]


def whole(*body: Any, **around: Any) -> bytes:
    return json.dumps({"version": 1, "type": "Screenplay", "body": body, **around}).encode()


REFUSED = {
    b"": "this is no JSON: expecting value",
    b"[]": "this JSON is no screenplay; `matchcut schema` shows what one looks like",
    b"{": "this is no JSON: expecting property name",
    b"\xff\xfe\x00": "this is no JSON: it is not in UTF-8",
    b'{"type": "Screenplay"}': 'this JSON does not say which version it has; write "version": 1 first',
    b'{"version": 2, "type": "Screenplay"}': "this JSON was written by a later matchcut",
    b'{"version": 1, "type": "Screenplay", "body": NaN}': "this is no JSON: there is a number in it that is none",
    b'{"version": 1, "type": "Screenplay", "body": ' + b"9" * 5000 + b"}": "this is no JSON: there is a number",
    whole(7): "this JSON is no screenplay: an object should stand here: SceneHeading, Action",
    whole({"type": ["Action"]}): "this JSON is no screenplay: \"['Action']\" is no type of what can stand here",
    whole({"type": "Section", "level": 2**40}): "this JSON is no screenplay: a whole number should stand here",
    whole({"type": "Action", "at": {"row": 1}}): "this JSON is no screenplay: a place has no row",
    whole(
        {"type": "Action", "at": {"source": "x"}}
    ): "this JSON is no screenplay: hexadecimal digits should stand here",
}


@pytest.mark.parametrize("data", REFUSED, ids=lambda data: data[:40].decode("latin-1"))
def test_what_is_no_screenplay_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        read(data)
    assert caught.value.message.startswith(REFUSED[data])


def test_an_error_names_its_place() -> None:
    speech = {"type": "Speech", "parts": [{"type": "PageBreak"}, {"type": "Dialogue", "text": [{"type": "Run"}]}]}
    with pytest.raises(FormatError, match="a Run needs the field text") as caught:
        read(whole({"type": "PageBreak"}, speech))
    assert caught.value.where == "body[1].parts[1].text[0]"


def test_utf_16_is_read() -> None:
    assert read(whole({"type": "PageBreak"}).decode().encode("utf-16")) == read(whole({"type": "PageBreak"}))


def nested(depth: int) -> bytes:
    inside: Any = {"type": "Action", "text": []}
    for _ in range(depth):
        inside = {"type": "SceneHeading", "text": [], "omitted": [inside]}
    return whole(inside)


def test_cut_scenes_are_nested_only_so_deep() -> None:
    assert read(nested(32))[1] == []
    with pytest.raises(LimitError, match="nested too deeply in each other"):
        read(nested(33))
    with pytest.raises(LimitError, match="nested too deeply"):
        read(b"[" * 1_000_000)


def test_limits_hold() -> None:
    with pytest.raises(LimitError, match="too many paragraphs"):
        read(whole(*({"type": "Action"},) * 4), Limits(paragraphs=3))
    with pytest.raises(LimitError, match="too long"):
        read(whole(), Limits(text_characters=10))


# ---------------------------------------------------------------- what is carried


def test_a_final_draft_file_that_is_carried_comes_home() -> None:
    tree = fdx.read(Source("", PRODUCTION))
    data = json_writer.write(tree, json_writer.Options(carry=True))
    back, said = read(data)
    assert said == []
    assert fdx_writer.write(back) == PRODUCTION
    assert json_writer.write(back, json_writer.Options(carry=True)) == data


def test_an_edit_on_the_way_changes_what_was_edited() -> None:
    tree = fdx.read(Source("", PRODUCTION))
    data = json_writer.write(tree, json_writer.Options(carry=True))
    edited = json.loads(data)
    words = edited["body"][3]
    written = fdx_writer.write(
        read(json.dumps({**edited, "body": [*edited["body"][:3], *edited["body"][4:]]}).encode())[0]
    )
    assert written == fdx_writer.write(replace(tree, body=(*tree.body[:3], *tree.body[4:]))), words


def test_nothing_is_carried_that_was_not_asked_for() -> None:
    assert b"origin" not in json_writer.write(fdx.read(Source("", PRODUCTION)))


@pytest.mark.parametrize("carried", [7, {}, {"format": "fdx", "data": "!"}, {"format": "fdx", "data": "aGk="}])
def test_what_is_carried_and_damaged_is_left_out(carried: Any) -> None:
    screenplay, said = read(whole({"type": "PageBreak"}, {"type": "Action"}, origin=carried))
    assert said == ["json.carry-damaged"] and screenplay.origin is None


def test_the_name_that_we_give_is_known_again() -> None:
    tree = fountain.from_text("INT. ROOM - DAY\n\nRain.\n")
    data = write_bytes(tree, format="json").data
    for name in ("a.screenplay.json", "A.Screenplay.JSON", "a.txt", ""):
        assert read_bytes(data, name=name).format == "json"


def test_an_empty_tree_is_two_lines() -> None:
    tree = Screenplay(styles=())
    data = json_writer.write(replace(tree, tags=()))
    assert data.decode() == '{"version": 1, "type": "Screenplay",\n"body": []}\n'
