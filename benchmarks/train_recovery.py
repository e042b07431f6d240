"""Learn the weight tables of converter/recovery from scripts whose elements are known.

    python -m benchmarks.train_recovery FOLDER [--kinds flat indented unindented contiguous] [--judge] [--keep 5000]

FOLDER holds scripts as Fountain, as FDX, or as `NAME.elements.json`, a list of {"type", "text", "number"}, and where
the script is known as it was typed, that text as `NAME.txt`. Each script is damaged on purpose; text in lines is
learned from the typed layout too. A structured perceptron with averaged weights learns a first table, and from first
results on scripts that it had not seen a second one; the weights that matter least are dropped.
`--judge` writes nothing: it leaves out two scripts at a time and scores them.

Needs numpy, which the converter itself does not.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import damage
from benchmarks.damage import Piece, Span
from converter.contract import Source
from converter.readers import fdx, fountain
from converter.recovery.decoder import roles as R
from converter.recovery.decoder.words import Words, stem
from converter.recovery.flat.cast import Cast
from converter.recovery.flat.firm import FlatText
from converter.recovery.flat.headers import page_headers
from converter.recovery.flat.lattice import ROLES_OF_SHAPE, Arc, Lattice
from converter.recovery.flat.second import SecondLookAtWords
from converter.recovery.lines.features import CountedRows
from converter.recovery.lines.furniture import find_furniture
from converter.recovery.lines.rows import cut_ends, rows_of_text
from converter.recovery.lines.second import SecondLookAtRows

WEIGHTS = Path(__file__).parent.parent / "converter" / "recovery" / "decoder" / "weights"
KINDS = ("flat", "indented", "unindented", "contiguous")
STRETCH = 45
EPOCHS = 5
UNSEEN_EPOCHS = 3
LEAST_WEIGHT, LEAST_JOINT = 0.005, 0.05  # less is nothing
NEVER = -1e9
LONG_WORDS = 10_000
COMMON_SHARE = 0.75  # of the long scripts must hold a word before it gets a weight of its own

ROLE = {
    "heading": R.HEADING,
    "action": R.ACTION,
    "cue": R.CUE,
    "parenthetical": R.PARENTHETICAL,
    "dialogue": R.DIALOGUE,
    "transition": R.TRANSITION,
    "number": R.NUMBER,
}
TYPES = {
    "scene_heading": "heading",
    "omitted": "heading",
    "shot": "heading",
    "character": "cue",
    "parenthetical": "parenthetical",
    "dialogue": "dialogue",
    "lyrics": "dialogue",
    "transition": "transition",
}


# ---------------------------------------------------------------- scripts


@dataclass
class Script:
    name: str
    pieces: list[Piece]
    typed: str | None

    def words(self) -> set[str]:
        """The stems of its words that stand in lower case."""
        found: set[str] = set()
        for piece in self.pieces:
            found.update(stem(word) for word in re.findall(r"(?<![\w'’])[a-z]{2,}(?![\w'’])", piece.text))
        return found


def load(folder: Path) -> list[Script]:
    scripts = []
    for path in sorted(folder.glob("*.elements.json")):
        name = path.name.removesuffix(".elements.json")
        elements = json.loads(path.read_text("utf-8"))
        pieces = [
            Piece(TYPES.get(one["type"], "action"), " ".join(one["text"].split()), one.get("number"))
            for one in elements
            if one["text"].strip()
        ]
        typed = folder / f"{name}.txt"
        scripts.append(Script(name, pieces, typed.read_bytes().decode("utf-8") if typed.exists() else None))
    for reader, suffix in ((fountain, ".fountain"), (fdx, ".fdx")):
        for path in sorted(folder.glob("*" + suffix)):
            pieces = damage.pieces_of(reader.read(Source(path.name, path.read_bytes())))
            scripts.append(Script(path.stem, pieces, None))
    return scripts


def common_words(scripts: Sequence[Script]) -> set[str]:
    """Stems that most long scripts hold, so no name and nobody's own word is among them."""
    long = [script for script in scripts if sum(piece.text.count(" ") for piece in script.pieces) > LONG_WORDS]
    counts = Counter(word for script in long for word in script.words())
    return {word for word, count in counts.items() if count >= COMMON_SHARE * len(long)}


# ---------------------------------------------------------------- problems: a lattice and its best path


@dataclass
class Problem:
    """A damaged script. Arcs are numbered through; `first[i]` is the first arc that starts at place i."""

    size: int
    states_of: tuple[tuple[int, ...], ...]
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    roles: list[tuple[int, ...]] = field(default_factory=list)
    features: list[list[str]] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    joints: list[tuple[str, ...]] = field(default_factory=list)
    truth: list[tuple[int, int, int]] = field(default_factory=list)  # arc, role, state
    found: list[tuple[int, int, int]] = field(default_factory=list)  # start, end, role of the first result
    second: Callable[[Sequence[tuple[int, int, int]]], list[list[str]]] | None = None
    score: Callable[[Sequence[tuple[int, int, int]]], np.ndarray] | None = None
    ids: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    offsets: np.ndarray = field(default_factory=lambda: np.zeros(1, np.int64))
    joint_ids: list[np.ndarray] = field(default_factory=list)


FLAT_DAMAGE: tuple[dict[str, Any], ...] = (
    {"stems": True, "known_names": 0.5},
    {"stems": False, "lower": False},
    {"stems": False, "known_names": 0.4},
)


def flat_problem(text: str, spans: Sequence[Span]) -> Problem:
    words = Words(text)
    flat = FlatText(words, page_headers(words))
    cast = Cast(flat)
    lattice = Lattice(flat, cast)
    problem = Problem(flat.size, R.STATES_OF)
    arcs: list[Arc] = []
    for place, here in enumerate(lattice.lay()):
        arcs.extend(here)
        problem.first.append(len(problem.start))
        problem.joints.append(lattice.joint(place) if here else ())
        for arc in here:
            problem.start.append(arc.start)
            problem.end.append(arc.end)
            problem.roles.append(ROLES_OF_SHAPE[arc.shape])
            problem.features.append(arc.features)
    problem.first.append(len(problem.start))
    true, opens = flat_truth(flat, spans)
    problem.truth = flat_target(problem, flat, true, opens)

    def second(found: Sequence[tuple[int, int, int]]) -> list[list[str]]:
        look = SecondLookAtWords(flat, cast, found)
        return [look.features(arc.start, arc.end, arc.shape) for arc in arcs]

    problem.second = second
    problem.score = lambda found: flat_score(flat, true, opens, found)
    return problem


def flat_truth(flat: FlatText, spans: Sequence[Span]) -> tuple[list[int], list[bool]]:
    """For each token its role (-1 nobody's) and whether it opens an element; paragraphs do not count."""
    true = [-1] * flat.size
    opens = [False] * flat.size
    k = 0
    before: tuple[int, int] | None = None
    for i, source in enumerate(flat.source):
        start = flat.words.start[source]
        while k < len(spans) and spans[k].end <= start:
            k += 1
        if k == len(spans) or spans[k].start > start or spans[k].kind not in ROLE:
            continue
        role = ROLE[spans[k].kind]
        here = (spans[k].piece, role)
        if here != before:
            opens[i] = not (before and role == before[1] and role in (R.ACTION, R.DIALOGUE))
        true[i], before = role, here
    return true, opens


def flat_target(problem: Problem, flat: FlatText, true: list[int], opens: list[bool]) -> list[tuple[int, int, int]]:
    """The path with most words under their true role, less the wrong ones and the starts it swallows."""
    size = flat.size
    weight = np.array([1.0 if is_word(kind) else 0.1 for kind in flat.kind])
    right = np.zeros((7, size + 1))
    roles = np.array(true)
    for role in range(7):
        right[role, 1:] = np.cumsum(np.where(roles == role, weight, -weight))
    swallowed = np.concatenate(([0], np.cumsum(opens)))
    scores = []
    for arc, (i, end) in enumerate(zip(problem.start, problem.end, strict=True)):
        row = {}
        for role in problem.roles[arc]:
            score = right[role, end] - right[role, i] - 1.5 * (swallowed[end] - swallowed[i + 1])
            if opens[i]:
                score += 1.0 if true[i] == role else -0.5
            elif role in (R.HEADING, R.CUE, R.PARENTHETICAL, R.TRANSITION):
                score -= 1.5
            row[role] = score
        scores.append(row)
    start = len(R.FLAT_STATES)
    return viterbi(problem, 0, size, start, lambda arc, role: scores[arc][role], lambda place: FLAT_MASK)


def is_word(kind: str) -> bool:
    return kind[0].isalnum() or kind == "'s" or kind[0] == "-" and len(kind) > 2 and kind != "--"


def flat_score(flat: FlatText, true: list[int], opens: list[bool], found: Sequence[tuple[int, int, int]]) -> np.ndarray:
    """Words, right ones; element starts hit, false, missed."""
    said = [-1] * flat.size
    begins = [False] * flat.size
    before = -1
    for start, end, role in found:
        said[start:end] = [role] * (end - start)
        begins[start] = not (role == before and role in (R.ACTION, R.DIALOGUE))
        before = role
    count = np.zeros(5)
    for i in range(flat.size):
        if true[i] not in (-1, R.NUMBER):
            if is_word(flat.kind[i]):
                count[0] += 1
                count[1] += said[i] == true[i]
            if opens[i]:
                count[2 if begins[i] and said[i] == true[i] else 4] += 1
        if begins[i] and said[i] != R.NUMBER and not (opens[i] and true[i] == said[i]):
            count[3] += 1
    return count


def lined_problem(text: str, roles: dict[int, tuple[int, int]], kind: str) -> Problem:
    """`roles`: line number from 1 -> its role and its element's number."""
    rows = rows_of_text(text).rows
    cut_ends(rows)
    find_furniture(rows)
    rows = [row for row in rows if not row.furniture]
    if kind == "contiguous":
        for row in rows:
            row.blank = 0
    lined = CountedRows(rows, kind == "indented")
    known = [roles.get(row.at.line or 0, (-1, -1)) for row in rows]
    true = [role for role, _ in known]
    for i, role in enumerate(true):
        if role < 0:
            true[i] = true[i - 1] if i and rows[i].text[0].islower() else R.ACTION
            if rows[i].text.startswith("OMIT"):
                true[i] = R.HEADING
    problem = Problem(len(rows), [(state,) for state in R.LINE_STATES])
    problem.start = list(range(len(rows)))
    problem.end = list(range(1, len(rows) + 1))
    problem.roles = [tuple(range(1, 7))] * len(rows)
    problem.features = [lined.features(i) for i in range(len(rows))]
    problem.first = list(range(len(rows) + 1))
    problem.joints = [lined.joint(i) for i in range(len(rows))]
    problem.truth = [(i, role, role) for i, role in enumerate(true)]

    def second(found: Sequence[tuple[int, int, int]]) -> list[list[str]]:
        look = SecondLookAtRows(lined, [role for _, _, role in found])
        return [look.features(i) for i in range(len(rows))]

    problem.second = second
    problem.score = lambda found: lined_score(rows, known, [role for _, _, role in found])
    return problem


def lined_score(rows: Sequence[Any], known: Sequence[tuple[int, int]], found: Sequence[int]) -> np.ndarray:
    count = np.zeros(5)
    for i, (row, (true, element)) in enumerate(zip(rows, known, strict=True)):
        if true < 0:
            continue
        size = len(re.findall(r"[^\W_]+", row.text))
        count[0] += size
        count[1] += size * (found[i] == true)
        opens = not i or true != known[i - 1][0] or true not in (R.ACTION, R.DIALOGUE) and element != known[i - 1][1]
        begins = (
            not i
            or found[i] != found[i - 1]
            or found[i] == R.CUE
            or found[i] == R.PARENTHETICAL
            and row.text[0] == "("
            or found[i] in (R.HEADING, R.TRANSITION)
            and (row.blank > 0 or bool(re.match("INT|EXT", row.text)))
        )
        if opens:
            count[2 if begins and found[i] == true else 4] += 1
        if begins and not (opens and found[i] == true):
            count[3] += 1
    return count


def made_lines(script: Script, kind: str, seed: int) -> Problem:
    text, spans = damage.lined(script.pieces, seed, indented=kind == "indented", blanks=kind != "contiguous")
    line_starts = [0] + [match.end() for match in re.finditer("\n", text)]
    roles: dict[int, tuple[int, int]] = {}
    line = 0
    for span in spans:
        while line + 1 < len(line_starts) and line_starts[line + 1] <= span.start:
            line += 1
        if span.kind in ROLE and span.kind != "number":
            roles.setdefault(line + 1, (ROLE[span.kind], span.piece))
    return lined_problem(text, roles, kind)


def typed_lines(script: Script, kind: str) -> Problem | None:
    if script.typed is None:
        return None
    roles = roles_of_typed(script)
    text = script.typed
    if kind != "indented":
        text = "\n".join(line.strip(" \t\r") for line in text.split("\n"))
    return lined_problem(text, roles, kind)


def roles_of_typed(script: Script) -> dict[int, tuple[int, int]]:
    """Which element each line of the typed text belongs to: the one that most of its words are from."""
    assert script.typed is not None
    word = re.compile(r"[^\W_]+")
    typed: list[tuple[str, int]] = []
    for number, line in enumerate(script.typed.split("\n"), start=1):
        typed.extend((match.group(), number) for match in word.finditer(line.lower()))
    known = [(match.group(), n) for n, piece in enumerate(script.pieces) for match in word.finditer(piece.text.lower())]
    votes: dict[int, Counter[int]] = {}
    for i, j in aligned([one[0] for one in typed], [one[0] for one in known]):
        votes.setdefault(typed[i][1], Counter())[known[j][1]] += 1
    sizes = Counter(line for _, line in typed)
    result = {}
    for line, count in votes.items():
        element, share = count.most_common(1)[0]
        if share * 2 >= sizes[line] - 2:
            result[line] = (ROLE[script.pieces[element].kind], element)
    return result


def aligned(a: Sequence[str], b: Sequence[str], run: int = 4, window: int = 4000) -> Iterator[tuple[int, int]]:
    """Pairs of equal words in order. Greedy: where the texts part, the nearest place where `run` words agree again."""
    i = j = 0
    grams: dict[tuple[str, ...], list[int]] = {}
    for k in range(len(b) - run + 1):
        grams.setdefault(tuple(b[k : k + run]), []).append(k)
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            yield i, j
            i, j = i + 1, j + 1
            continue
        best: tuple[int, int, int] | None = None
        for skip in range(min(window, len(a) - i)):
            if best is not None and skip >= best[0]:
                break
            for place in grams.get(tuple(a[i + skip : i + skip + run]), ()):
                ahead = place - j
                if 0 <= ahead < window and (best is None or skip + ahead < best[0]):
                    best = (skip + ahead, i + skip, place)
        if best is None:
            i, j = i + 1, j + 1
        else:
            i, j = best[1], best[2]


# ---------------------------------------------------------------- decoding and learning


def mask(states: int, forbids: Callable[[int, int], bool]) -> np.ndarray:
    table = np.zeros((states + 1, states))
    for before in range(states + 1):
        for after in range(states):
            if forbids(before, after):
                table[before, after] = NEVER
    return table


FLAT_MASK = mask(len(R.FLAT_STATES), R.flat_forbids)
LINE_MASK = mask(len(R.LINE_STATES), lambda before, after: False)


def viterbi(
    problem: Problem,
    first: int,
    last: int,
    before_first: int,
    score: Callable[[int, int], float],
    joint: Callable[[int], np.ndarray],
) -> list[tuple[int, int, int]]:
    """The best path from place `first` to place `last`: (arc, role, state) for each step."""
    states = joint(first).shape[1]
    here = [NEVER] * (states + 1)
    here[before_first] = 0.0
    best = {first: here}
    links: dict[int, list[Any]] = {}
    came: dict[int, list[int]] = {}
    for place in range(first, last):
        if place not in best:
            continue
        entering = np.array(best[place])[:, None] + joint(place)
        came[place] = entering.argmax(0).tolist()
        entered = entering.max(0).tolist()
        for arc in range(problem.first[place], problem.first[place + 1]):
            end = problem.end[arc]
            if end > last:
                continue
            if end not in best:
                best[end], links[end] = [NEVER] * (states + 1), [None] * (states + 1)
            reached, linked = best[end], links[end]
            for role in problem.roles[arc]:
                gain = score(arc, role)
                for state in problem.states_of[role]:
                    total = entered[state] + gain
                    if total > reached[state]:
                        reached[state], linked[state] = total, (place, arc, role)
    place = last
    state = int(np.argmax(best[last]))
    path = []
    while place > first:
        start, arc, role = links[place][state]
        path.append((arc, role, state))
        state, place = came[start][state], start
    return path[::-1]


@dataclass
class Weights:
    arcs: np.ndarray  # feature, role
    joints: np.ndarray  # feature, state before, state
    features: dict[str, int]
    joint_features: dict[str, int]


class Learner:
    def __init__(self, forbidden: np.ndarray, wanted: Callable[[str], bool]) -> None:
        self.forbidden = forbidden
        self.wanted = wanted
        self.features: dict[str, int] = {}
        self.joint_features: dict[str, int] = {}

    def index(self, problem: Problem, *, grow: bool, second: bool) -> None:
        """Number the features of a problem; the second table sees those of the second look too."""
        more = problem.second(problem.found) if second and problem.second else None
        ids: list[int] = []
        offsets = [0]
        for arc, features in enumerate(problem.features):
            for feature in features + more[arc] if more else features:
                number = self._number(self.features, feature, grow)
                if number is not None:
                    ids.append(number)
            offsets.append(len(ids))
        problem.ids = np.array(ids, np.int32)
        problem.offsets = np.array(offsets, np.int64)
        problem.joint_ids = [
            np.array(
                [n for feature in features if (n := self._number(self.joint_features, feature, grow)) is not None],
                np.int32,
            )
            for features in problem.joints
        ]

    def _number(self, table: dict[str, int], feature: str, grow: bool) -> int | None:
        number = table.get(feature)
        if number is None and grow and self.wanted(feature):
            number = table[feature] = len(table)
        return number

    def emissions(self, problem: Problem, arcs: np.ndarray, low: int, high: int) -> np.ndarray:
        offsets = problem.offsets[low : high + 1]
        if high == low or offsets[0] == offsets[-1]:
            return np.zeros((high - low, arcs.shape[1]))
        rows = np.vstack((arcs[problem.ids[offsets[0] : offsets[-1]]], np.zeros((1, arcs.shape[1]))))
        sums = np.add.reduceat(rows, offsets[:-1] - offsets[0], axis=0)
        sums[offsets[1:] == offsets[:-1]] = 0
        return sums

    def decode(
        self,
        problem: Problem,
        weights: tuple[np.ndarray, np.ndarray],
        first: int = 0,
        last: int | None = None,
        before_first: int | None = None,
        truth: set[tuple[int, int]] | None = None,
    ) -> list[tuple[int, int, int]]:
        arcs, joints = weights
        last = problem.size if last is None else last
        low, high = problem.first[first], problem.first[last]
        table = self.emissions(problem, arcs, low, high).tolist()

        def score(arc: int, role: int) -> float:
            return table[arc - low][role] + (truth is not None and (arc, role) not in truth)

        def joint(place: int) -> np.ndarray:
            return joints[problem.joint_ids[place]].sum(0) + self.forbidden

        start = self.forbidden.shape[1] if before_first is None else before_first
        return viterbi(problem, first, last, start, score, joint)

    def learn(self, problems: Sequence[Problem], seed: int, epochs: int = EPOCHS) -> tuple[np.ndarray, np.ndarray]:
        states = self.forbidden.shape[1]
        arcs = np.zeros((len(self.features), len(R.LABELS)))
        joints = np.zeros((len(self.joint_features), states + 1, states))
        arc_sums, joint_sums = np.zeros_like(arcs), np.zeros_like(joints)
        jobs = [(p, k) for p, problem in enumerate(problems) for k in range(0, len(problem.truth), STRETCH)]
        chance = random.Random(seed)
        turn = 1
        for _ in range(epochs):
            chance.shuffle(jobs)
            for p, k in jobs:
                problem = problems[p]
                truth = problem.truth[k : k + STRETCH]
                first = problem.start[truth[0][0]]
                last = problem.end[truth[-1][0]]
                before = problem.truth[k - 1][2] if k else states
                found = self.decode(problem, (arcs, joints), first, last, before, {step[:2] for step in truth})
                turn += 1
                if found == truth:
                    continue
                wanted, unwanted = with_states_before(truth, before), with_states_before(found, before)
                for steps, sign in ((wanted - unwanted, 1.0), (unwanted - wanted, -1.0)):
                    for arc, role, state, previous in steps:
                        ids = problem.ids[problem.offsets[arc] : problem.offsets[arc + 1]]
                        np.add.at(arcs, (ids, role), sign)
                        np.add.at(arc_sums, (ids, role), sign * turn)
                        joint = problem.joint_ids[problem.start[arc]]
                        joints[joint, previous, state] += sign
                        joint_sums[joint, previous, state] += sign * turn
        return arcs - arc_sums / turn, joints - joint_sums / turn


def with_states_before(path: Sequence[tuple[int, int, int]], before: int) -> set[tuple[int, int, int, int]]:
    """The steps with the state before each; steps that two paths share cancel out."""
    states = [before, *(state for _, _, state in path)]
    return {(*step, previous) for step, previous in zip(path, states, strict=False)}


def arcs_of(problem: Problem, path: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    return [(problem.start[arc], problem.end[arc], role) for arc, role, _ in path]


# ---------------------------------------------------------------- the whole recipe


class Recipe:
    """Problems of all scripts for one kind of text, and tables learned from some of them."""

    def __init__(self, kind: str, scripts: Sequence[Script], variants: int = 2) -> None:
        self.kind = kind
        self.scripts = {script.name: script for script in scripts}
        self.forbidden = FLAT_MASK if kind == "flat" else LINE_MASK
        self.problems: dict[str, list[Problem]] = {}
        for script in scripts:
            made: list[Problem | None]
            if kind == "flat":
                made = [flat_problem(*damage.flat(script.pieces, 11 + n, **FLAT_DAMAGE[n])) for n in range(variants)]
            else:
                made = [typed_lines(script, kind), made_lines(script, kind, 5)]
            self.problems[script.name] = [problem for problem in made if problem is not None]

    def wanted(self, names: Sequence[str]) -> Callable[[str], bool]:
        common = common_words([self.scripts[name] for name in names])

        def wanted(feature: str) -> bool:
            name, _, word = feature.partition("=")
            return name not in ("w", "f", "b.w") or word in common

        return wanted

    def learn(
        self, names: Sequence[str], *, second: bool, keep: int = 0, shuffles: int = 1, epochs: int = EPOCHS
    ) -> tuple[Learner, Any]:
        learner = Learner(self.forbidden, self.wanted(names))
        problems = [problem for name in names for problem in self.problems[name]]
        for problem in problems:
            learner.index(problem, grow=True, second=second)
        weights = mean([learner.learn(problems, seed, epochs) for seed in range(shuffles)])
        return pruned(learner, weights, problems, keep) if keep else (learner, weights)

    def find(self, learner: Learner, weights: Any, names: Sequence[str], *, second: bool) -> None:
        """Decode and remember the result in each problem."""
        for name in names:
            for problem in self.problems[name]:
                learner.index(problem, grow=False, second=second)
                problem.found = arcs_of(problem, learner.decode(problem, weights))

    def find_unseen(self, names: Sequence[str], folds: int = 4) -> None:
        """First results of each script by tables that have not seen it."""
        for k in range(folds):
            held = names[k::folds]
            seen = [name for name in names if name not in held]
            learner, weights = self.learn(seen, second=False, epochs=UNSEEN_EPOCHS)
            self.find(learner, weights, held, second=False)

    def scores(self, names: Sequence[str], which: int) -> np.ndarray:
        total = np.zeros(5)
        for name in names:
            problem = self.problems[name][which]
            assert problem.score is not None
            total += problem.score(problem.found)
        return total


def mean(tables: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    return sum(table[0] for table in tables) / len(tables), sum(table[1] for table in tables) / len(tables)


def pruned(
    learner: Learner, weights: tuple[np.ndarray, np.ndarray], problems: Sequence[Problem], keep: int
) -> tuple[Learner, tuple[np.ndarray, np.ndarray]]:
    """Without the features that move scores least: weight times the root of how often they occur."""
    arcs, joints = weights
    often = np.zeros(len(arcs))
    for problem in problems:
        often += np.bincount(problem.ids, minlength=len(arcs))
    numbers = (np.abs(arcs) > LEAST_WEIGHT).sum(1)
    room = keep - int((np.abs(joints) > LEAST_JOINT).sum())
    kept = np.zeros(len(arcs), bool)
    for n in np.argsort(-np.abs(arcs).max(1) * np.sqrt(often)):
        room -= int(numbers[n])
        if room < 0:
            break
        kept[n] = True
    return learner, (np.where(kept[:, None], arcs, 0.0), joints)


def rate(counts: np.ndarray) -> str:
    words, right, hit, false, missed = counts
    return f"{right / words:.4f} {2 * hit / (2 * hit + false + missed):.4f}"


def judge(recipe: Recipe, keep: int) -> None:
    """Leave out two scripts at a time: first and second result."""
    names = list(recipe.scripts)
    ways = len(recipe.problems[names[0]])
    totals = np.zeros((2, ways, 5))
    for k in range(4):
        held = names[k::4]
        seen = [name for name in names if name not in held]
        began = time.time()
        recipe.find_unseen(seen, 3)
        learner, weights = recipe.learn(seen, second=False, keep=keep)
        recipe.find(learner, weights, held, second=False)
        for way in range(ways):
            totals[0, way] += recipe.scores(held, way)
        learner, weights = recipe.learn(seen, second=True, keep=keep)
        recipe.find(learner, weights, held, second=True)
        for way in range(ways):
            totals[1, way] += recipe.scores(held, way)
        print(recipe.kind, held, rate(totals[1].sum(0)), f"{time.time() - began:.0f} s", flush=True)
    for n, look in enumerate(("first", "second")):
        print(recipe.kind, look, *(rate(totals[n, way]) for way in range(ways)), sep="  ", flush=True)


def write(path: Path, learner: Learner, weights: tuple[np.ndarray, np.ndarray]) -> int:
    """The table as text: hundredths, sorted by name, nothing for nothing."""
    arcs, joints = (np.rint(table * 100).astype(int) for table in weights)
    lines = ["// feature\t" + "\t".join(R.LABELS)]
    count = 0
    for feature, row in sorted(zip(learner.features, arcs, strict=True), key=lambda pair: pair[0]):
        if row.any():
            lines.append("\t".join([feature, *(str(value) if value else "" for value in row)]).rstrip("\t"))
            count += int((row != 0).sum())
    lines.append("[joints]")
    for feature, table in sorted(zip(learner.joint_features, joints, strict=True), key=lambda pair: pair[0]):
        for before, after in zip(*np.nonzero(np.abs(table) > 100 * LEAST_JOINT), strict=True):
            lines.append(f"{feature}\t{before}\t{after}\t{table[before, after]}")
            count += 1
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--keep", type=int, default=0, help="how many numbers a table may hold; 0: all")
    parser.add_argument("--shuffles", type=int, default=3)
    parser.add_argument("--variants", type=int, default=2, help="how many ways each script is flattened")
    options = parser.parse_args()
    scripts = load(options.folder)
    if not scripts:
        sys.exit(f"no *.elements.json in {options.folder}")
    for kind in options.kinds:
        recipe = Recipe(kind, scripts, options.variants)
        if options.judge:
            judge(recipe, options.keep)
            continue
        names = list(recipe.scripts)
        recipe.find_unseen(names)
        WEIGHTS.mkdir(exist_ok=True)
        for number, second in ((1, False), (2, True)):
            learner, weights = recipe.learn(names, second=second, keep=options.keep, shuffles=options.shuffles)
            count = write(WEIGHTS / f"{kind}-{number}.tsv", learner, weights)
            print(kind, "table", number, "holds", count, "numbers", flush=True)


if __name__ == "__main__":
    main()
