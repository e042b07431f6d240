"""The best path through a lattice, and by how much it is the best.

A lattice has a place before each unit (token or line) and one at the end; arcs lead from a place to a later one and
carry a score for each state (element kind) they may have. Between two arcs a joint matrix scores the pair of states.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

IMPOSSIBLE = -1e9

ScoredArc = tuple[int, tuple[int, ...], tuple[float, ...]]  # where it ends, the states it may have, the score of each
Matrix = list[list[float]]  # [state before][state]


class Step(NamedTuple):
    """One arc of the best path. `arc` is its number among those that start at `start`."""

    start: int
    end: int
    state: int
    arc: int


class Decoded(NamedTuple):
    path: list[Step]
    score: float
    forward: list[list[float] | None]  # place -> state -> best score of a path that ends there with it
    entered: list[list[float] | None]  # the same with the joint to the next state added, by next state


def best_path(
    arcs: Sequence[Sequence[ScoredArc]], joint: Callable[[int], Matrix], states: int, before_first: int
) -> Decoded:
    """Viterbi. `joint(place)` is the matrix there; `before_first` is the state that stands before the first arc."""
    size = len(arcs) - 1
    forward: list[list[float] | None] = [None] * (size + 1)
    entered: list[list[float] | None] = [None] * (size + 1)
    came: list[list[int]] = [[] for _ in range(size + 1)]  # state before, by next state
    back: list[list[tuple[int, int] | None] | None] = [None] * (size + 1)  # (start, arc), by state
    first = [IMPOSSIBLE] * (states + 1)
    first[before_first] = 0.0
    forward[0] = first
    for place in range(size):
        scores = forward[place]
        if scores is None:
            continue
        matrix = joint(place)
        live = [(score, matrix[state], state) for state, score in enumerate(scores) if score > IMPOSSIBLE / 2]
        if not live:
            continue
        best = [IMPOSSIBLE] * states
        source = [0] * states
        for after in {state for _, possible, _ in arcs[place] for state in possible}:
            best[after], source[after] = max([(score + row[after], state) for score, row, state in live])
        entered[place], came[place] = best, source
        for number, (end, possible, gains) in enumerate(arcs[place]):
            reached = forward[end]
            if reached is None:
                reached = forward[end] = [IMPOSSIBLE] * (states + 1)
                back[end] = [None] * (states + 1)
            links = back[end]
            assert links is not None
            for state, gain in zip(possible, gains, strict=True):
                total = best[state] + gain
                if total > reached[state]:
                    reached[state] = total
                    links[state] = (place, number)
    return Decoded(_traced(forward, back, came, size), _best(forward[size]), forward, entered)


def _best(scores: list[float] | None) -> float:
    return max(scores) if scores else IMPOSSIBLE


def _traced(
    forward: list[list[float] | None],
    back: list[list[tuple[int, int] | None] | None],
    came: list[list[int]],
    size: int,
) -> list[Step]:
    scores = forward[size]
    if not size or scores is None:
        return []
    state = scores.index(max(scores))
    place = size
    path: list[Step] = []
    while place > 0:
        links = back[place]
        link = links[state] if links is not None else None
        if link is None:
            break
        start, number = link
        path.append(Step(start, place, state, number))
        state, place = came[start][state], start
    return path[::-1]


def backward(
    arcs: Sequence[Sequence[ScoredArc]], joint: Callable[[int], Matrix], states: int, decoded: Decoded
) -> list[list[float]]:
    """place -> state -> best score of what comes behind a path that reaches the place with the state."""
    size = len(arcs) - 1
    nothing = [IMPOSSIBLE] * (states + 1)
    after: list[list[float]] = [nothing] * size + [[0.0] * (states + 1)]
    for place in range(size - 1, -1, -1):
        scores = decoded.forward[place]
        if scores is None or not arcs[place]:
            continue
        leaving: dict[int, float] = {}
        for end, possible, gains in arcs[place]:
            rest = after[end]
            for state, gain in zip(possible, gains, strict=True):
                total = gain + rest[state]
                if total > leaving.get(state, IMPOSSIBLE):
                    leaving[state] = total
        if not leaving:
            continue
        matrix = joint(place)
        here = after[place] = nothing[:]
        for before, score in enumerate(scores):
            if score > IMPOSSIBLE / 2:
                row = matrix[before]
                here[before] = max([row[state] + total for state, total in leaving.items()])
    return after


def margins(
    arcs: Sequence[Sequence[ScoredArc]],
    joint: Callable[[int], Matrix],
    states: int,
    decoded: Decoded,
    role_of: Sequence[int],
) -> list[tuple[float, int]]:
    """For each step: its lead over the best path that gives its first unit another role, and that role."""
    path = decoded.path
    after = backward(arcs, joint, states, decoded)
    alternatives: list[dict[int, float]] = [{} for _ in path]
    step_at = _step_at(path, len(arcs))
    for place, here in enumerate(arcs):
        entered = decoded.entered[place]
        if entered is None:
            continue
        first = step_at[place]
        for end, possible, gains in here:
            number = first
            while number < len(path) and path[number].start < end:
                mine, others = role_of[path[number].state], alternatives[number]
                for state, gain in zip(possible, gains, strict=True):
                    role = role_of[state]
                    total = entered[state] + gain + after[end][state]
                    if role != mine and total > others.get(role, IMPOSSIBLE):
                        others[role] = total
                number += 1
    return [_lead(decoded.score, others) for others in alternatives]


def _step_at(path: Sequence[Step], size: int) -> list[int]:
    """place -> the first step that starts there or later."""
    step_at = [len(path)] * (size + 1)
    for number in range(len(path) - 1, -1, -1):
        step_at[path[number].start] = number
    for place in range(size - 1, -1, -1):
        step_at[place] = min(step_at[place], step_at[place + 1])
    return step_at


def _lead(score: float, others: dict[int, float]) -> tuple[float, int]:
    runner_up = max(others, key=lambda role: others[role], default=-1)
    return score - others[runner_up] if others else -IMPOSSIBLE, runner_up
