"""The list of scenes, a row each: what an assistant director makes a one-liner and a schedule from."""

from __future__ import annotations

from converter.reports.facts import Facts, SceneFact
from converter.reports.table import Cell, Table, columns

_COLUMNS = columns(
    "Scene", "INT/EXT", "Set", "Part of set", "Time", "Page", ("Length", "eighths", "pages"),
    ("Eighths", "count", "1/8 page"), "Speaking", "Present", "Synopsis", "Omitted", "Revision", "Color", "Act",
)  # fmt: skip
COUNTED = "The script has no numbers for some scenes; those in brackets were counted by matchcut."


def table(facts: Facts) -> Table:
    rows = [_row(scene) for scene in facts.scenes if scene.heading or scene.speeches]
    total = sum(scene.eighths for scene in facts.scenes)
    notes = [f"{sum(bool(scene.heading) for scene in facts.scenes):,} scenes, {total} eighths on {facts.pages:,} pages"]
    if any(scene.is_counted and scene.heading for scene in facts.scenes):
        notes.append(COUNTED)
    return Table(name="scenes", title="Scenes", columns=_COLUMNS, rows=tuple(rows), notes=tuple(notes))


def _row(scene: SceneFact) -> tuple[Cell, ...]:
    return (
        called(scene),
        scene.split.side or None,
        scene.split.place or None,
        scene.split.part or None,
        scene.split.time or None,
        scene.page,
        scene.eighths,
        scene.eighths,
        ", ".join(scene.speaking) or None,
        ", ".join(scene.present) or None,
        scene.synopsis or None,
        "omitted" if scene.is_omitted else None,
        scene.revision or None,
        scene.color,
        scene.act or None,
    )


def called(scene: SceneFact) -> str:
    """Its number; in brackets where the script has none."""
    return f"({scene.number})" if scene.is_counted else scene.number
