"""Each writer puts every word of every kind into its output or reports a LOSS, but what pages never print."""

import re
from pathlib import Path

import pytest

from converter.contract import Writer
from tests.facets import Status, declared, facets, statuses
from tests.laws import WRITERS
from tests.support_table import ROWS, rows_of, table


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_nothing_vanishes(writer: Writer) -> None:
    found = statuses(writer)
    bad = {name: status.value for name, status in found.items() if status in {Status.VANISHED, Status.CRIED}}
    assert bad == {}
    assert found == declared(writer)


def test_each_facet_has_one_row_in_the_table() -> None:
    wrong = {facet.name: rows_of(facet.name) for facet in facets() if len(rows_of(facet.name)) != 1}
    assert wrong == {}
    assert {row for facet in facets() for row in rows_of(facet.name)} == set(ROWS)


@pytest.mark.long
def test_the_readme_s_table_says_what_each_format_keeps(accept: bool) -> None:
    """`pytest --accept` writes it anew."""
    path = Path(__file__).parent.parent / "README.md"
    text = path.read_text(encoding="utf-8")
    before, there, after = re.split(
        r"(?<=<summary>The table</summary>\n\n)(.+?\n)(?=\n</details>)", text, flags=re.DOTALL
    )
    if accept:
        path.write_text(before + table() + after, encoding="utf-8")
    else:
        assert there == table()
