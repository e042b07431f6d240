"""Nodes behave as the frozen dataclasses that they are declared as."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from converter import records, tree
from converter.contract import Diagnostic, Kind, Limits, Source
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
    for field in fields(node):  # type: ignore[arg-type]
        value = getattr(node, field.name)
        assert (f"{field.name}={value!r}" in shown) == (field.compare and value != field.default)
        assert f"{field.name}={records.whole(value)}" in records.whole(node)


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


def test_a_repr_stays_short() -> None:
    rain = Action(text=(Run(text="Rain."),), at=Position(line=2))
    assert repr(rain) == "Action(text=(Run(text='Rain.'),))"
    script = tree.Screenplay(body=(rain,) * 1002)
    assert repr(script) == f"Screenplay(body=({rain!r}, {rain!r}, {rain!r}, <999 more>))"
    assert repr(Run(text="a" * 81)) == f"Run(text='{'a' * 80}…')"
    assert repr(Run(text="a" * 80)) == f"Run(text='{'a' * 80}')"
    assert repr(Source("a", bytes(1081))) == "Source(name='a', data=<1,081 bytes>)"
    cut: tree.Element = rain
    for _ in range(40):
        cut = tree.Cut(revision=1, elements=(cut,) * 4)
    assert len(repr(cut)) < 10_000


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


def test_text_may_be_given_as_a_str() -> None:
    for _ in range(10):  # the first objects of a class are made otherwise than the later ones
        heading = SceneHeading(text="INT. BARN")  # type: ignore[arg-type]
        assert heading == SceneHeading(text=(Run(text="INT. BARN"),))
        assert Action(text="") == Action()  # type: ignore[arg-type]


def test_what_is_no_text_is_refused_at_once() -> None:
    for _ in range(10):
        with pytest.raises(TypeError, match="text is a str or a tuple of Runs and other inlines, not int"):
            tree.Shot(text=5)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="not a tuple with Run, str"):
            tree.Shot(text=(Run(text="a"), "b"))  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="not a tuple with str"):
            tree.Shot(text=("b",))  # type: ignore[arg-type]


def test_what_is_no_element_is_refused_at_once() -> None:
    for _ in range(10):
        with pytest.raises(TypeError, match=r"here stands a tuple of elements such as Action\(text=...\), not list"):
            tree.Screenplay(body=[Action()])  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="not a tuple with Action, str"):
            tree.Screenplay(body=(Action(), "Rain."))  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="not a tuple with Run"):
            tree.Speech(parts=(Run(text="a"),))  # type: ignore[arg-type]


def test_a_script_shows_itself_as_outline_and_in_a_notebook_as_pages() -> None:
    script = tree.Screenplay(body=(Action(text=(Run(text="Rain & wind."),)),))
    assert str(script) == 'Action "Rain & wind."'
    shown = script._repr_html_()
    assert shown.startswith("<iframe sandbox ") and shown.endswith("</iframe>")
    assert 'srcdoc="&lt;!DOCTYPE html&gt;' in shown and "Rain &amp;amp; wind." in shown
    many = replace(script, body=script.body * 402)._repr_html_()
    assert many.endswith("</iframe><p>The start of the script; 2 more elements are not shown here.</p>")
