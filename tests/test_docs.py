"""The documentation says what the code does."""

import dataclasses
import enum
import re
from pathlib import Path

import pytest

from converter import tree

DOCS = Path(__file__).parent.parent / "docs"

NODES = [
    kind
    for kind in vars(tree).values()
    if isinstance(kind, type) and kind.__module__ == tree.__name__ and kind is not tree.Scene
]


@pytest.mark.parametrize("kind", NODES, ids=lambda kind: kind.__name__)
def test_the_tree_page_names_each_class_and_field(kind: type) -> None:
    page = (DOCS / "tree.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", page))))
    assert kind.__name__ in named
    if dataclasses.is_dataclass(kind):
        assert {one.name for one in dataclasses.fields(kind)} <= named
    elif issubclass(kind, enum.Enum):
        assert {member.name for member in kind} <= named
