"""Nodes behave as the frozen dataclasses that they are declared as."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from converter import records, tree
from converter.contract import Diagnostic, Kind, Limits
from converter.tree import Action, LineBreak, NoteEnd, Position, Run, SceneHeading

NODES = [
    Action(text=(Run(text="Rain."),), number="2"),
    SceneHeading(text=(Run(text="INT. BARN"),), color="#FF0000", at=Position(line=3)),
    LineBreak(),
    NoteEnd(id=4),
    Limits(paragraphs=7),
]


@pytest.mark.parametrize("node", NODES, ids=lambda node: type(node).__name__)
def test_a_node_can_be_copied_pickled_and_shown(node: object) -> None:
    assert is_dataclass(node)
    for same in (pickle.loads(pickle.dumps(node)), copy.copy(node), copy.deepcopy(node), replace(node)):  # type: ignore[type-var]
        assert same == node
        assert hash(same) == hash(node)
    shown = repr(node)
    assert shown.startswith(type(node).__name__ + "(")
    assert all(f"{field.name}={getattr(node, field.name)!r}" in shown for field in fields(node))  # type: ignore[arg-type]


@pytest.mark.parametrize("node", NODES, ids=lambda node: type(node).__name__)
def test_a_node_cannot_be_changed(node: object) -> None:
    for name in [field.name for field in fields(node)] or ["anything"]:  # type: ignore[arg-type]
        with pytest.raises(FrozenInstanceError):
            setattr(node, name, None)
        with pytest.raises(FrozenInstanceError):
            delattr(node, name)
    assert not hasattr(node, "__dict__")


def test_where_a_node_stands_does_not_count() -> None:
    assert Action(at=Position(line=1)) == Action(at=Position(line=2))
    assert hash(Action(at=Position(line=1))) == hash(Action())


def test_nodes_of_two_kinds_differ() -> None:
    assert Action() != tree.General()
    assert Action(text=(Run(text="a"),)) != Action(text=(Run(text="b"),))


def test_a_field_that_has_no_default_must_be_given() -> None:
    with pytest.raises(TypeError, match="text"):
        Run()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Action("words")  # type: ignore[misc]
    assert Diagnostic(Kind.LOSS, "a.b", "c") == Diagnostic(kind=Kind.LOSS, code="a.b", message="c")


def test_the_first_objects_of_a_class_are_made_as_the_later_ones() -> None:
    @records.dataclass(frozen=True, slots=True)
    class Thing:
        name: str
        parts: list[str] = records.field(default_factory=list)
        seen: bool = records.field(default=False, init=False, compare=False)

    wrong: list[tuple[tuple[object, ...], dict[str, object]]] = [
        ((), {}),
        (("a", [], True), {}),
        (("a",), {"name": "b"}),
        (("a",), {"other": 1}),
        (("a",), {"seen": True}),
    ]
    made = []
    for _ in range(20):
        made.append((Thing("a"), Thing(name="a", parts=["b"]), Thing("a", ["b"])))
        for values, named in wrong:
            with pytest.raises(TypeError, match="__init__"):
                Thing(*values, **named)  # type: ignore[arg-type]
    assert all(one == made[0] and one[1] == one[2] != one[0] for one in made)
    assert made[0][0].parts is not made[1][0].parts


def test_a_wrong_first_object_says_what_is_missing() -> None:
    @records.dataclass(frozen=True, slots=True, kw_only=True)
    class Thing:
        name: str

    with pytest.raises(TypeError, match="name"):
        Thing()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional"):
        Thing("a")  # type: ignore[misc]
    assert Thing(name="a") == Thing(name="a")
