"""The strategies make what they say, so that a law over them says something about every kind and field."""

import dataclasses
import typing
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.strategies import SearchStrategy

from converter import tree
from converter.normal import normal
from converter.tree import Screenplay
from tests import strategies

ONLY_GENERATE = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=tuple(HealthCheck),
)

# Every record of the tree but the view and the origin, which only a reader can make.
KINDS = tuple(
    kind
    for kind in vars(tree).values()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == tree.__name__
    if kind not in {tree.Scene, tree.Origin, tree.Paragraph}
)


def said(strategy: SearchStrategy[Any], examples: int) -> set[tuple[str, str]]:
    """Class and field of everything that had another value than its default; "" stands for the class itself."""
    seen: set[tuple[str, str]] = set()

    @settings(ONLY_GENERATE, max_examples=examples)
    @given(strategy)
    def look(value: Any) -> None:
        seen.update(_values_in(value))

    look()
    return seen


def _values_in(value: Any) -> Iterator[tuple[str, str]]:
    if dataclasses.is_dataclass(value):
        kind = type(value).__name__
        yield kind, ""
        for one in dataclasses.fields(value):
            said = getattr(value, one.name)
            if said != one.default:
                yield kind, one.name
            yield from _values_in(said)
    elif type(value) is tuple:
        for item in value:
            yield from _values_in(item)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_a_kind_comes_up(kind: type[Any]) -> None:
    fields = {(kind.__name__, one.name) for one in dataclasses.fields(kind) if one.init} - {("Screenplay", "origin")}
    assert any(fields <= said(strategies.node(kind), examples) for examples in (20, 60, 200))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_holds_what_its_annotation_says(kind: type[Any]) -> None:
    hints = typing.get_type_hints(kind)

    @settings(ONLY_GENERATE, max_examples=20)
    @given(strategies.node(kind))
    def look(value: Any) -> None:
        for one in dataclasses.fields(value):
            assert _fits(getattr(value, one.name), hints[one.name]), one.name

    look()


def _fits(value: Any, hint: Any) -> bool:
    if typing.get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(item, typing.get_args(hint)[0]) for item in value)
    if typing.get_args(hint):
        return any(_fits(value, one) for one in typing.get_args(hint))
    return isinstance(value, hint)


@pytest.mark.long
def test_every_kind_comes_up_in_a_tree_in_normal_form() -> None:
    """Nothing is made only to be put in order at once: ranges have both ends, styles are there."""
    needed = {(kind.__name__, "") for kind in KINDS} | {("Note", "id"), ("SceneHeading", "omitted")}
    assert needed - said(strategies.screenplays().map(normal), 1200) == set()


def test_a_tree_that_comes_up_shrinks_to_something_small() -> None:
    def has_dual(screenplay: Screenplay) -> bool:
        return any(isinstance(one, tree.DualDialogue) for one in screenplay.body)

    found = find(strategies.screenplays(), has_dual, settings=settings(max_examples=1000, database=None))
    assert found == Screenplay(body=(tree.DualDialogue(left=tree.Speech(), right=tree.Speech()),))


def test_runs_are_of_every_style() -> None:
    styles: set[tree.Style] = set()

    @settings(ONLY_GENERATE, max_examples=400)
    @given(strategies.node(tree.Run))
    def look(run: tree.Run) -> None:
        styles.update(run.style)

    look()
    assert styles == set(tree.Style)


def test_the_closed_unions_name_every_record() -> None:
    """So that a law which walks Element, Part and Inline meets all that can stand in a body."""
    blocks = {kind for kind in KINDS if issubclass(kind, tree.Paragraph)}
    named = {*typing.get_args(tree.Element), *typing.get_args(tree.Part), tree.Character}
    assert blocks <= named
