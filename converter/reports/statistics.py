"""How a script is made: shares, lengths, times, who speaks to whom. Counts, and no judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from converter.reports.facts import Facts, SceneFact
from converter.reports.locations import day_or_night
from converter.reports.scenes import called
from converter.reports.table import Cell, Table, columns


def tables(facts: Facts) -> tuple[Table, ...]:
    """Each of them can be drawn: shares and lengths along the script, sums by time and place, parts, pairs."""
    return (_whole(facts), _along(facts), _times(facts), _acts(facts), _parts(facts), _speeches(facts), _pairs(facts))


def _filled(facts: Facts) -> list[SceneFact]:
    return [scene for scene in facts.scenes if scene.words and not scene.is_omitted]


def _whole(facts: Facts) -> Table:
    scenes = _filled(facts)
    all_words, spoken = sum(scene.words for scene in scenes), sum(scene.speech_words for scene in scenes)
    speeches = list(facts.speeches())
    rows: list[tuple[Cell, ...]] = [
        ("Pages", str(facts.pages)),
        ("Running time at a minute a page", f"{facts.pages} min"),
        ("Scenes", str(sum(bool(scene.heading) for scene in scenes))),
        ("Sets", str(len({scene.split.place.upper() for scene in scenes if scene.split.place}))),
        ("Speaking parts", str(len(facts.cast))),
        ("Speeches", str(len(speeches))),
        ("Words", f"{all_words:,}"),
        ("Words of dialogue", f"{spoken:,} ({_share(spoken, all_words)} %)"),
        (
            "Words a speech, on the mean",
            f"{sum(one.words for one in speeches) / len(speeches):.1f}" if speeches else "0",
        ),
    ]
    return Table(name="whole", title="The whole", columns=columns("What", "How much"), rows=tuple(rows))


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _along(facts: Facts) -> Table:
    shown = columns("Scene", "Page", ("Length", "eighths", "pages"), ("Dialogue", "count", "%"), ("Speakers", "count"))
    rows = tuple(
        (called(scene), scene.page, scene.eighths, _share(scene.speech_words, scene.words), len(scene.speaking))
        for scene in _filled(facts)
    )
    return Table(name="along", title="Along the script", columns=shown, rows=rows)


def _times(facts: Facts) -> Table:
    sums: Counter[tuple[str, str]] = Counter()
    scenes: Counter[tuple[str, str]] = Counter()
    for scene in _filled(facts):
        if scene.heading:
            key = scene.split.side or "not said", day_or_night(scene) or scene.split.time.upper() or "not said"
            sums[key] += scene.eighths
            scenes[key] += 1
    shown = columns("INT/EXT", "Time", ("Scenes", "count"), ("Length", "eighths", "pages"))
    rows = tuple((*key, scenes[key], total) for key, total in sums.most_common())
    return Table(name="times", title="Inside and outside, day and night", columns=shown, rows=rows)


def _acts(facts: Facts) -> Table:
    sums: Counter[str] = Counter()
    scenes: Counter[str] = Counter()
    for scene in _filled(facts):
        sums[scene.act] += scene.eighths
        scenes[scene.act] += bool(scene.heading)
    shown = columns("Act", ("Scenes", "count"), ("Length", "eighths", "pages"))
    rows = tuple((act, scenes[act], total) for act, total in sums.items() if act)
    return Table(name="acts", title="Acts", columns=shown, rows=rows)


def _parts(facts: Facts) -> Table:
    said: Counter[str] = Counter()
    speeches: Counter[str] = Counter()
    scenes: Counter[str] = Counter()
    for scene in facts.scenes:
        scenes.update(scene.present)
        for one in scene.speeches:
            said[one.name] += one.words
            speeches[one.name] += 1
    total = sum(said.values())
    shown = columns(
        "Character", ("Words", "count"), ("Share", "count", "%"), ("Speeches", "count"), ("Scenes", "count")
    )
    rows = tuple((name, said[name], _share(said[name], total), speeches[name], scenes[name]) for name in facts.cast)
    return Table(name="parts", title="Parts", columns=shown, rows=rows)


_STEPS = (1, 3, 10, 20, 40, 80)  # words


def _speeches(facts: Facts) -> Table:
    counts = Counter(next((step for step in _STEPS if one.words <= step), 0) for one in facts.speeches())
    rows: list[tuple[Cell, ...]] = []
    lowest = 0
    for step in _STEPS:
        rows.append((f"{lowest} to {step}", counts[step]))
        lowest = step + 1
    rows.append((f"{lowest} and more", counts[0]))
    return Table(
        name="speeches", title="Speeches by length", columns=columns("Words", ("Speeches", "count")), rows=tuple(rows)
    )


_MOST_PAIRS = 50


def _pairs(facts: Facts) -> Table:
    """Who speaks after whom in one scene: as near as a script tells who speaks to whom."""
    pairs: Counter[tuple[str, str]] = Counter()
    for scene in facts.scenes:
        for one, other in _neighbours(scene):
            pairs[(one, other) if one < other else (other, one)] += 1
    shown = columns("One", "Other", ("Exchanges", "count"))
    rows = tuple((*pair, number) for pair, number in pairs.most_common(_MOST_PAIRS))
    return Table(name="pairs", title="Who speaks to whom", columns=shown, rows=rows)


def _neighbours(scene: SceneFact) -> Iterator[tuple[str, str]]:
    names = [one.name for one in scene.speeches]
    yield from ((one, other) for one, other in zip(names, names[1:], strict=False) if one != other)
