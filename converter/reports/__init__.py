"""What a production makes out of a script: scenes, cast, sets, dialogue, breakdown, statistics, each as tables.

`facts_of` reads the script and its pages once; each module makes a table of them, which `writers.tables` makes a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from converter.contract import DEFAULT_LIMITS, Limits, Report, UsageError, ignore
from converter.records import replace
from converter.reports import breakdown, cast, dialogue, locations, scenes, statistics
from converter.reports.facts import Facts, SceneFact, facts_of
from converter.reports.table import Column, Table
from converter.tree import Screenplay

__all__ = ["KINDS", "Column", "Facts", "Table", "facts_of", "report", "select"]

KINDS: Mapping[str, Callable[[Facts], tuple[Table, ...]]] = {
    "scenes": lambda facts: (scenes.table(facts),),
    "cast": lambda facts: (cast.table(facts),),
    "characters": lambda facts: (cast.characters(facts),),
    "lines": lambda facts: (cast.lines(facts),),
    "locations": lambda facts: (locations.table(facts),),
    "matrix": lambda facts: (cast.matrix(facts),),
    "dialogue": lambda facts: (dialogue.table(facts),),
    "breakdown": lambda facts: (breakdown.table(facts),),
    "statistics": statistics.tables,
}


def report(
    screenplay: Screenplay, kind: str, tell: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> tuple[Table, ...]:
    """The tables of one kind of report. UsageError for a kind that is none; `tell` hears what is doubtful."""
    if kind not in KINDS:
        raise UsageError(f"there is no report {kind!r}; there are: {', '.join(KINDS)}")
    return KINDS[kind](facts_of(screenplay, tell, limits))


def select(facts: Facts, numbers: tuple[str, ...] = (), characters: tuple[str, ...] = ()) -> Facts:
    """The facts of some scenes, by their numbers (12, 14A-16), and of some characters, by their names.

    UsageError for a number or name that the script does not have.
    """
    if numbers:
        facts = replace(facts, scenes=_only_scenes(facts.scenes, numbers))
    if characters:
        facts = _only_characters(facts, characters)
    spoken = {one.name for one in facts.speeches()}
    return replace(facts, cast=[name for name in facts.cast if name in spoken])


def _only_scenes(all_scenes: list[SceneFact], numbers: tuple[str, ...]) -> list[SceneFact]:
    places: dict[str, int] = {}
    for place, scene in enumerate(all_scenes):
        if scene.number:
            places.setdefault(scene.number.upper(), place)
    wanted: set[int] = set()
    for said in numbers:
        first, dash, last = said.upper().partition("-") if said.upper() not in places else (said.upper(), "", "")
        for number in filter(None, (first, last)):
            if number not in places:
                raise UsageError(f"the script has no scene {number!r}")
        wanted |= set(range(places[first], places[last if dash else first] + 1))
    return [_at(scene, new) for new, scene in enumerate(all_scenes[place] for place in sorted(wanted))]


def _at(scene: SceneFact, place: int) -> SceneFact:
    return replace(scene, speeches=[replace(one, scene=place) for one in scene.speeches])


def _only_characters(facts: Facts, names: tuple[str, ...]) -> Facts:
    wanted = {" ".join(name.upper().split()) for name in names}
    for name in sorted(wanted - set(facts.cast)):
        raise UsageError(f"nobody called {name!r} speaks in this script{_meant(name, facts.cast)}")
    kept = [scene for scene in facts.scenes if wanted & set(scene.speaking)]
    return replace(
        facts,
        scenes=[
            replace(scene, speeches=[replace(one, scene=place) for one in scene.speeches if one.name in wanted])
            for place, scene in enumerate(kept)
        ],
    )


def _meant(name: str, cast_: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, cast_, 1)
    return f"; did you mean {close[0]}?" if close else ""
