"""Where the scenes play: a row for each set, with its scenes and how much of the script is there by day and night."""

from __future__ import annotations

from collections.abc import Iterable

from converter.reports.facts import Facts, SceneFact
from converter.reports.scenes import COUNTED, called
from converter.reports.table import Cell, Table, columns

_COLUMNS = columns(
    "Set", "INT/EXT", "Parts", ("Scenes", "count"), "Scene numbers", ("Length", "eighths", "pages"),
    ("Day", "eighths", "pages"), ("Night", "eighths", "pages"), ("Other times", "eighths", "pages"),
)  # fmt: skip
_NIGHT = frozenset("NIGHT MIDNIGHT NACHT NUIT NOCHE NOTTE NOITE NOC NATT NAT YÖ НОЧЬ НІЧ ΝΥΧΤΑ 夜 夜晚 밤".split())
_DAY = frozenset("DAY MORNING AFTERNOON NOON TAG JOUR DÍA DIA GIORNO DZIEŃ DAG PÄIVÄ ДЕНЬ ΜΕΡΑ 日 白天 낮 昼".split())


def table(facts: Facts) -> Table:
    """Sets in the order of how much is played there."""
    sets: dict[str, list[SceneFact]] = {}
    for scene in facts.scenes:
        if scene.split.place and not scene.is_omitted:
            sets.setdefault(scene.split.place.upper(), []).append(scene)
    rows = [_row(name, scenes) for name, scenes in sets.items()]
    rows.sort(key=lambda row: (-int(row[5] or 0), str(row[0])))
    notes = (COUNTED,) if any(scene.is_counted and scene.heading for scene in facts.scenes) else ()
    return Table(name="locations", title="Sets", columns=_COLUMNS, rows=tuple(rows), notes=notes)


def _row(name: str, scenes: list[SceneFact]) -> tuple[Cell, ...]:
    sides = dict.fromkeys(scene.split.side for scene in scenes if scene.split.side)
    parts = dict.fromkeys(scene.split.part for scene in scenes if scene.split.part)
    day = _eighths(scene for scene in scenes if day_or_night(scene) == "day")
    night = _eighths(scene for scene in scenes if day_or_night(scene) == "night")
    whole = _eighths(scenes)
    numbers = ", ".join(map(called, scenes))
    return (
        name,
        ", ".join(sides) or None,
        "; ".join(parts) or None,
        len(scenes),
        numbers,
        whole,
        day,
        night,
        whole - day - night,
    )


def _eighths(scenes: Iterable[SceneFact]) -> int:
    return sum(scene.eighths for scene in scenes)


def day_or_night(scene: SceneFact) -> str:
    """`day`, `night`, or empty where the heading says another time or none."""
    said = set(scene.split.time.upper().replace(".", " ").split())
    return "night" if said & _NIGHT else "day" if said & _DAY else ""
