"""Who speaks: numbers, sizes of parts, and each speech of each character."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from converter.reports.facts import Facts, SpeechFact
from converter.reports.scenes import COUNTED, called
from converter.reports.table import Cell, Column, Table, columns

_CAST = columns(
    ("Number", "count"), "Character", ("Scenes", "count"), ("Present in", "count", "scenes"), ("Speeches", "count"),
    ("Words", "count"), "First page", "Last page",
)  # fmt: skip
_CHARACTERS = columns(
    "Character", ("Scenes", "count"), ("Speeches", "count"), ("Words", "count"), ("Lines", "count"), "First page",
    "Last page", "In scenes",
)  # fmt: skip
_LINES = columns("Character", ("Speech", "count"), "Scene", "Page", "Cue line", "Parenthetical", "Words")


def table(facts: Facts) -> Table:
    """The largest part is number 1, as on a strip board."""
    by_name = _speeches_by_name(facts)
    rows: list[tuple[Cell, ...]] = []
    for name, number in facts.cast_numbers().items():
        speeches = by_name[name]
        present = {one.scene for one in speeches if not one.is_heard_only}
        size = sum(one.words for one in speeches)
        first, last = speeches[0].page, speeches[-1].last_page
        rows.append(
            (number, name, len({one.scene for one in speeches}), len(present), len(speeches), size, first, last)
        )
    notes = ("A voice over speaks in a scene and is not present in it.",)
    return Table(name="cast", title="Cast", columns=_CAST, rows=tuple(rows), notes=notes)


def characters(facts: Facts) -> Table:
    by_name = _speeches_by_name(facts)
    rows = tuple(_sizes(facts, name, by_name[name]) for name in facts.cast)
    notes = (COUNTED,) if any(scene.is_counted and scene.heading for scene in facts.scenes) else ()
    return Table(name="characters", title="Characters", columns=_CHARACTERS, rows=rows, notes=notes)


def _sizes(facts: Facts, name: str, speeches: list[SpeechFact]) -> tuple[Cell, ...]:
    scenes = list(dict.fromkeys(one.scene for one in speeches))
    return (
        name,
        len(scenes),
        len(speeches),
        sum(one.words for one in speeches),
        sum(one.lines for one in speeches),
        speeches[0].page,
        speeches[-1].last_page,
        ", ".join(called(facts.scenes[place]) for place in scenes),
    )


def lines(facts: Facts, name: str | None = None) -> Table:
    """Each speech with the end of the one before it, the actor's cue; of one character or of all."""
    by_name = _speeches_by_name(facts)
    before = _cue_lines(facts)
    names = facts.cast if name is None else [name]
    rows = tuple(_line(facts, one, before[one.number]) for each in names for one in by_name[each])
    title = f"Lines of {name}" if name is not None else "Lines by character"
    return Table(name="lines", title=title, columns=_LINES, rows=rows)


def _line(facts: Facts, one: SpeechFact, before: str) -> tuple[Cell, ...]:
    scene = called(facts.scenes[one.scene])
    return one.name, one.number, scene, one.page, before or None, one.parentheticals or None, one.said


_CUE_WORDS = 8


def _cue_lines(facts: Facts) -> dict[int, str]:
    """By the number of a speech: the last words of the one before it in the same scene, with their speaker."""
    found: dict[int, str] = {}
    for scene in facts.scenes:
        before: SpeechFact | None = None
        for speech in scene.speeches:
            found[speech.number] = "" if before is None else _last_words(before)
            before = speech
    return found


def _last_words(speech: SpeechFact) -> str:
    said = speech.said.split()
    dots = "... " if len(said) > _CUE_WORDS else ""
    return f"{speech.name}: {dots}{' '.join(said[-_CUE_WORDS:])}"


def _speeches_by_name(facts: Facts) -> dict[str, list[SpeechFact]]:
    found: dict[str, list[SpeechFact]] = defaultdict(list)
    for one in facts.speeches():
        found[one.name].append(one)
    return found


def matrix(facts: Facts) -> Table:
    """A row for each scene, a column for each of the cast; in the foot in how many scenes each is, and how long."""
    shown = (*columns("Scene", "Heading", ("Length", "eighths", "pages")), *_name_columns(facts))
    rows: list[tuple[Cell, ...]] = []
    for scene in facts.scenes:
        if scene.heading:
            speaking, present = set(scene.speaking), set(scene.present)
            marks = ("X" if name in present else "V.O." if name in speaking else None for name in facts.cast)
            rows.append((called(scene), scene.heading, scene.eighths, *marks))
    foot = list(_foot(facts))
    notes = ("X: speaks and is there. V.O.: is only heard.",)
    return Table(name="matrix", title="Scenes and cast", columns=shown, rows=(*rows, *foot), notes=notes)


def _name_columns(facts: Facts) -> Iterator[Column]:
    for name, number in facts.cast_numbers().items():
        yield Column(name=f"{number} {name}")


def _foot(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    scenes: Counter[str] = Counter()
    eighths: Counter[str] = Counter()
    for scene in facts.scenes:
        for name in scene.speaking:
            scenes[name] += 1
            eighths[name] += scene.eighths
    yield None, "Scenes", None, *(f"{scenes[name]}" for name in facts.cast)
    yield None, "Eighths", None, *(f"{eighths[name]}" for name in facts.cast)
