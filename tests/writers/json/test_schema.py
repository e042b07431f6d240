"""The schema says what is written and read, and changes only with the version."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from converter import read, tree
from converter.contract import ConverterError, Source
from converter.notation.json import VERSION, fields_of
from converter.notation.json.schema import MEANINGS, schema, schema_text
from converter.readers import json as json_reader
from converter.tree import Screenplay
from tests.strategies import screenplays
from writers import json as json_writer

ROOT = Path(__file__).parent.parent.parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in {".fountain", ".fdx"})

# Never changed, only added to: programs rely on what a version said.
DIGESTS = {1: "cdc48e84eb6525481d006d56b55bf450bf6b8e96ec5e935fc658f1244f504fef"}


def without_meanings(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: without_meanings(value) for key, value in part.items() if key != "description" or type(value) is dict
        }
    return [without_meanings(one) for one in part] if isinstance(part, list) else part


def test_a_change_of_the_schema_moves_the_version() -> None:
    said = json.dumps(without_meanings(schema()), sort_keys=True)
    assert DIGESTS[VERSION] == hashlib.sha256(said.encode()).hexdigest()
    assert max(DIGESTS) == VERSION


def test_the_docs_have_the_schema(accept: bool) -> None:
    """`pytest --accept` writes it anew."""
    path = ROOT / "docs" / "screenplay.schema.json"
    if accept:
        path.write_text(schema_text(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == schema_text()


def test_each_meaning_is_of_a_field() -> None:
    kinds = [kind for kind in vars(tree).values() if isinstance(kind, type) and hasattr(kind, "__record__")]
    names = {name for kind in kinds for one in fields_of(kind) for name in (one.name, f"{kind.__name__}.{one.name}")}
    assert set(MEANINGS) <= names


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("options", [{}, {"places": True}, {"carry": True}], ids=str)
def test_every_sample_is_as_the_schema_says(path: Path, options: dict[str, bool], validator: Any) -> None:
    if options.get("carry") and path.suffix != ".fdx":
        pytest.skip("nothing to carry")
    written = json.loads(json_writer.write(read(path).screenplay, json_writer.Options(**options)))
    validator.validate(written)


@given(screenplays())
def test_every_tree_is_as_the_schema_says(screenplay: Screenplay) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    written = json.loads(json_writer.write(screenplay, json_writer.Options(places=True)))
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(written)) == []


WRONG: list[Any] = [
    {},
    {"version": 1},
    {"version": 2, "type": "Screenplay"},
    {"version": True, "type": "Screenplay"},
    {"version": 1, "type": "Screenplay", "body": [{"type": "Slug"}]},
    {"version": 1, "type": "Screenplay", "body": [{"type": "Action", "text": "Rain."}]},
    {"version": 1, "type": "Screenplay", "body": [{"type": "Character"}]},
    {"version": 1, "type": "Screenplay", "body": [{"type": "NoteEnd", "id": 1}]},
    {"version": 1, "type": "Screenplay", "body": [{"type": "PageMark"}]},
    {"version": 1, "type": "Screenplay", "body": [{"type": "Action", "align": "middle"}]},
    {"version": 1, "type": "Screenplay", "body": [{"type": "Action", "text": [{"type": "Run", "text": 1}]}]},
    {"version": 1, "type": "Screenplay", "page_setup": {"type": "PageSetup", "leading": "12"}},
    {"version": 1, "type": "Screenplay", "revisions": {"type": "Revisions", "show_all": 1}},
]


@pytest.mark.parametrize("value", WRONG, ids=json.dumps)
def test_what_the_schema_forbids_the_reader_refuses(value: Any, validator: Any) -> None:
    assert not validator.is_valid(value)
    with pytest.raises(ConverterError):
        json_reader.read(Source("", json.dumps(value).encode()))
