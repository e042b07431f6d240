"""Each format's table names everything that a tree can say, and the walk does what a table says."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any

import pytest

from converter import tree
from converter.fitting import ASKED, HELD, Holds, Kept, Nested
from converter.records import fields, is_dataclass
from converter.tree import Character, Element, Inline, Paragraph, Part, Run, Screenplay, Speech, Style
from tests.tables import TABLES, page_table


def unnamed(holds: Holds) -> Iterator[str]:
    """What can stand in a tree and is in no row, from the unions and the fields of the records."""
    waiting: list[type] = [Screenplay]
    seen: set[type] = set()
    while waiting:
        kind = waiting.pop()
        if kind in seen or kind is Paragraph:
            continue
        seen.add(kind)
        hints = typing.get_type_hints(kind, vars(tree))
        for one in fields(typing.cast(Any, kind)):
            entry = holds.says(kind, one.name)
            if entry is None and one.compare and not (kind is Run and one.name == "style"):
                yield f"{kind.__name__}.{one.name}"
            if entry in (HELD, ASKED) or isinstance(entry, Nested):
                waiting.extend(records_in(hints[one.name]))
    if Speech in seen:
        elements = {*typing.get_args(Element), *typing.get_args(Part), Character}
        yield from (f"elements: {one.__name__}" for one in elements if not is_named(holds, "elements", one))
        yield from (
            f"inlines: {one.__name__}" for one in typing.get_args(Inline) if not is_named(holds, "inlines", one)
        )
        whole = holds.says(Run, "style")
        flags = [flag for flag in Style if whole is None and holds.says(Run, f"style.{flag.name}") is None]
        yield from (f"Run.style.{flag.name}" for flag in flags)


def nameless(holds: Holds) -> Iterator[str]:
    """Rows that no field answers to."""
    for row in sorted(holds.rows):
        kind, _, name = row.partition(".")
        known = {one.name for one in fields(typing.cast(Any, getattr(tree, kind)))}
        if kind == "Run":
            known |= {f"style.{flag.name}" for flag in Style}
        if name and name not in known:
            yield row


def records_in(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    if isinstance(hint, UnionType) or typing.get_args(hint):
        for one in typing.get_args(hint):
            yield from records_in(one)


def is_named(holds: Holds, table: str, kind: type) -> bool:
    return kind in getattr(holds, table) or holds.beyond is not None and is_named(holds.beyond, table, kind)


@pytest.mark.parametrize("name", TABLES)
def test_each_table_names_everything(name: str) -> None:
    assert list(unnamed(TABLES[name])) == []


def test_what_no_table_names_is_found() -> None:
    holds = Holds(around={"body": HELD, "Screenplay": Kept.WHOLE})
    assert "elements: Speech" in unnamed(Holds(fields={"Screenplay.body": HELD}))
    assert "Screenplay.tags" in unnamed(holds)


@pytest.mark.parametrize("name", TABLES)
def test_each_row_names_something(name: str) -> None:
    assert list(nameless(TABLES[name])) == []


def test_a_row_that_names_nothing_is_found() -> None:
    assert list(nameless(Holds(around={"TitleField": HELD, "body": HELD}, run={"style.BOLT": HELD}))) == [
        "Run.style.BOLT",
        "Screenplay.TitleField",
    ]


@pytest.mark.parametrize("name", sorted(TABLES.keys() - {"outline"}))
def test_the_format_s_page_shows_its_table(name: str, accept: bool) -> None:
    """`pytest --accept` writes it anew."""
    path = Path(__file__).parent.parent / "docs" / "formats" / f"{name}.md"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = re.split(r"(?<=<summary>Row by row</summary>\n)(.*?)(?=</details>)", text, flags=re.DOTALL)
    assert len(parts) == 3, f"{path} needs a <details> with <summary>Row by row</summary>, as the other pages have it"
    table = f"\n{page_table(TABLES[name])}\n"
    if accept:
        path.write_text(parts[0] + table + parts[2], encoding="utf-8")
    else:
        assert parts[1] == table
