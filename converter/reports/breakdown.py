"""What a scene needs, by category: a row for each scene and category, in the order of the script."""

from __future__ import annotations

from collections.abc import Iterator

from converter.reports.facts import Facts, SceneFact
from converter.reports.locations import day_or_night
from converter.reports.scenes import called
from converter.reports.table import Cell, Table, columns

_COLUMNS = columns(
    ("Sheet", "count"), "Scene", "INT/EXT", "Set", "Time", "Page", ("Length", "eighths", "pages"), "Sheet color",
    "Synopsis", "Category", "What",
)  # fmt: skip
# As Movie Magic has them; houses differ.
_COLORS = {
    ("INT", "day"): "white",
    ("EXT", "day"): "yellow",
    ("INT", "night"): "blue",
    ("EXT", "night"): "green",
}


def table(facts: Facts) -> Table:
    rows: list[tuple[Cell, ...]] = []
    numbers = facts.cast_numbers()
    sheet = 0
    for scene in facts.scenes:
        if not scene.heading or scene.is_omitted:
            continue
        sheet += 1
        rows += [(*_head(sheet, scene), category, what) for category, what in _needs(scene, numbers)]
    notes = ("Categories are those that words of the script are tagged with; the cast is numbered by size of part.",)
    return Table(name="breakdown", title="Breakdown", columns=_COLUMNS, rows=tuple(rows), notes=notes)


def _head(sheet: int, scene: SceneFact) -> tuple[Cell, ...]:
    where, time = scene.split.place, scene.split.time
    place = f"{where} - {scene.split.part}" if scene.split.part else where
    color = _COLORS.get((scene.split.side, day_or_night(scene)))
    return (
        sheet,
        called(scene),
        scene.split.side or None,
        place or None,
        time or None,
        scene.page,
        scene.eighths,
        color,
        scene.synopsis or None,
    )


def _needs(scene: SceneFact, numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    """At least one, so that no scene is without a sheet."""
    cast = ", ".join(f"{numbers[name]} {name}" for name in sorted(scene.speaking, key=numbers.__getitem__))
    yield "Cast", cast
    for category, labels in scene.tags.items():
        yield category, ", ".join(labels)
