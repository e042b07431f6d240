"""What the formats' tables say, for the laws, the README and the pages of docs/formats."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from converter import tree
from converter.contract import Diagnostic, Writer
from converter.fitting import ASKED, HELD, UNPRINTED, WHOLE, Becomes, Entry, Fitting, Holds, Loss
from converter.formats import FORMATS
from converter.normal import normal
from converter.tree import Screenplay

_MODULES = {row.name: import_module(row.writer.partition(":")[0]) for row in FORMATS if row.writer}
TABLES: dict[str, Holds] = {name: module.HOLDS for name, module in _MODULES.items()}


def lost(writer: Writer, screenplay: Screenplay) -> list[Diagnostic]:
    """What the walk over the format's table reports, without a file."""
    told: list[Diagnostic] = []
    if writer.fit is not None:
        writer.fit(screenplay, writer.options(), told.append)
        return told
    table: Holds | None = TABLES[writer.name]
    while table is not None:
        fitting = Fitting(table, told.append, own=screenplay)
        fitting.screenplay(normal(fitting.without_cut_words(normal(screenplay))))
        table = table.beyond
    return told


def is_never_printed(holds: Holds, facet: str) -> bool:
    """Is `SceneHeading.color`, `Note in a text` something that no page of the format shows, unless asked to?"""
    head, _, path = facet.partition(".")
    kind = getattr(tree, head.split()[0])
    name = path.partition(".")[0]
    row = _rows(holds).get(f"{kind.__name__}.{name}")
    if row is not None:
        return row in (ASKED, UNPRINTED)
    if _node(holds, kind) in (ASKED, UNPRINTED) or head == "Tag" and holds.says(Screenplay, "tags") is UNPRINTED:
        return True
    return bool(name) and holds.says(kind, name) in (ASKED, UNPRINTED)


def _node(holds: Holds, kind: type) -> Entry | None:
    found = holds.elements.get(kind) or holds.inlines.get(kind) or holds.rows.get(kind.__name__)
    return _node(holds.beyond, kind) if found is None and holds.beyond is not None else found


def _rows(holds: Holds) -> dict[str, Entry]:
    return {**(_rows(holds.beyond) if holds.beyond is not None else {}), **holds.rows}


# ---------------------------------------------------------------- a table as a page shows it


def page_table(holds: Holds) -> str:
    """What is held as it is, and a row for everything else."""
    elements, inlines = dict[type, Entry](), dict[type, Entry]()
    table: Holds | None = holds
    while table is not None:
        elements, inlines = {**elements, **table.elements}, {**inlines, **table.inlines}
        table = table.beyond
    entries: dict[str, Entry] = {
        **_named(elements, ""),
        **_named(inlines, " in a text"),
        **{name.removeprefix("Screenplay."): entry for name, entry in _rows(holds).items()},
    }
    held = [f"`{name}`" for name, entry in entries.items() if entry in (HELD, WHOLE)]
    lines = ["| in the tree | | reported as |", "|---|---|---|"]
    others = {name: entry for name, entry in entries.items() if entry not in (HELD, WHOLE)}
    lines += [f"| `{name}` | {' | '.join(_cells(entry))} |" for name, entry in others.items()]
    return "\n".join(("Held as it is: " + ", ".join(held) + ".", "", *lines)) + "\n"


def _named(entries: Mapping[type, Entry], where: str) -> dict[str, Entry]:
    return {f"{kind.__name__}{where}": entry for kind, entry in entries.items()}


def _cells(entry: Entry) -> tuple[str, str]:
    loss = entry if isinstance(entry, Loss) else getattr(entry, "loss", None)
    code = f"`{loss.code}`" if loss is not None else ""
    if entry is ASKED or entry is UNPRINTED:
        return str(entry.value), ""
    if isinstance(entry, Loss):
        return "not held", code
    if isinstance(entry, Becomes):
        return ("becomes something else" if loss else "held, if need be in another form"), code
    return "held in part", code
