"""All that is said, numbered, with room for what dubbing and subtitling note beside it."""

from __future__ import annotations

from converter.reports.facts import Facts
from converter.reports.scenes import called
from converter.reports.table import Table, columns

_COLUMNS = columns(
    ("Number", "count"), "Scene", "Page", "Character", "Extension", "Parenthetical", "Words", "Time in", "Time out",
    "Notes",
)  # fmt: skip


def table(facts: Facts) -> Table:
    rows = tuple(
        (
            one.number,
            called(facts.scenes[one.scene]),
            one.page,
            one.name,
            " ".join(one.extensions) or None,
            one.parentheticals or None,
            one.said,
            None,
            None,
            None,
        )
        for one in facts.speeches()
    )
    return Table(name="dialogue", title="Dialogue", columns=_COLUMNS, rows=rows)
