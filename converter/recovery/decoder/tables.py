"""Learned weights: from the package's files to the scores of arcs and joints.

There are two tables for each kind of text, one for the first look and one for the second. A file has a line for each
feature: its name, then a column for each role, in hundredths, empty for nothing. Below the line `[joints]` each line
is a feature, the state before, the state after and the weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pkgutil import get_data

from converter.recovery.decoder.path import IMPOSSIBLE, Matrix
from converter.recovery.decoder.roles import ROLES

WIDTH = len(ROLES)
NOTHING = (0.0,) * WIDTH


class Tables:
    def __init__(self, first: str, second: str, states: int) -> None:
        """The texts of the two files."""
        self.states = states
        self.joints: tuple[dict[str, list[float]], ...] = ({}, {})  # by state before, then state after
        rows: tuple[dict[str, tuple[float, ...]], ...] = ({}, {})
        for number, text in enumerate((first, second)):
            arcs, _, joints = text.partition("[joints]\n")
            for line in arcs.splitlines():
                if not line.startswith("//"):
                    feature, *columns = line.split("\t")
                    weights = [int(column) / 100 if column else 0.0 for column in columns]
                    rows[number][feature] = tuple(weights + [0.0] * (WIDTH - len(weights)))
            for line in joints.splitlines():
                feature, before, after, weight = line.split("\t")
                table = self.joints[number].setdefault(feature, [0.0] * (states * (states + 1)))
                table[int(before) * states + int(after)] = int(weight) / 100
        self.both = {
            feature: rows[0].get(feature, NOTHING) + rows[1].get(feature, NOTHING) for feature in {**rows[0], **rows[1]}
        }

    def scores(self, features: Iterable[str], roles: Sequence[int]) -> tuple[list[float], list[float]]:
        """The score of an arc under each of the roles, in the first table and in the second."""
        both = self.both
        sums = list(map(sum, zip(*[both[feature] for feature in features if feature in both])))  # noqa: B905
        if not sums:
            return [0.0] * len(roles), [0.0] * len(roles)
        return [sums[role] for role in roles], [sums[role + WIDTH] for role in roles]

    def joint(
        self,
        number: int,
        features: Sequence[tuple[str, ...]],
        forbids: Callable[[int, int], bool] | None = None,
    ) -> Callable[[int], Matrix]:
        """place -> matrix, in the first (0) or second (1) table. Places that look alike share one."""
        known: dict[tuple[str, ...], Matrix] = {}
        joints, states = self.joints[number], self.states
        bare = [
            IMPOSSIBLE if forbids is not None and forbids(before, after) else 0.0
            for before in range(states + 1)
            for after in range(states)
        ]

        def matrix(place: int) -> Matrix:
            found = known.get(features[place])
            if found is None:
                tables = [joints[feature] for feature in features[place] if feature in joints]
                sums: list[float] = list(map(sum, zip(bare, *tables, strict=True)))
                found = known[features[place]] = [sums[k : k + states] for k in range(0, len(sums), states)]
            return found

        return matrix


def load(kind: str, states: int) -> Tables:
    first, second = (_read(f"weights/{kind}-{number}.tsv") for number in (1, 2))
    return Tables(first, second, states)


def _read(name: str) -> str:
    data = get_data("converter.recovery.decoder", name)
    assert data is not None, "the package's own loader gives its data"
    return data.decode("utf-8")
