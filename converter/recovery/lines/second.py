"""The second look at text in lines: what the first result tells about this one script.

The first result says who speaks, which words this writer uses in speech and which in action, and what stands where.
The place that is asked about is always taken out of the counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.recovery.decoder.counts import WordOdds, bucket
from converter.recovery.decoder.roles import ACTION, CUE, DIALOGUE, INITIALS, NUMBER, ROLES
from converter.recovery.lines.columns import cue_key
from converter.recovery.lines.features import CountedRows
from converter.recovery.lines.rows import TypedRow


class SecondLookAtRows:
    def __init__(self, counted: CountedRows, found: Sequence[int]) -> None:
        self.counted = counted
        self.found = found
        self.cues: dict[str, int] = {}
        self.edges: dict[int, list[int]] = {}
        self.odds = WordOdds()
        widths: dict[int, list[int]] = {ACTION: [], DIALOGUE: []}
        for row, role in zip(counted.rows, found, strict=True):
            if role == CUE:
                key = cue_key(row.text)
                self.cues[key] = self.cues.get(key, 0) + 1
            elif role in widths:
                widths[role].append(len(row.text))
                self.odds.add(counted.words.stem[row.tokens[0] : row.tokens[1]], role)
            self.edges.setdefault(row.column, [0] * len(ROLES))[role] += 1
        self.width = {role: _wide(lengths) for role, lengths in widths.items()}
        self.speakers = frozenset(key for key, count in self.cues.items() if count > 1)

    def is_speaker(self, row: TypedRow) -> bool:
        return row.text == row.text.upper() and cue_key(row.text) in self.speakers

    def features(self, i: int) -> list[str]:
        counted, found = self.counted, self.found
        row, me = counted.rows[i], counted.shape[i]
        mine = found[i]
        before = INITIALS[found[i - 1] if i else 7]
        behind = INITIALS[found[i + 1] if i + 1 < len(found) else 7]
        gap = min(row.blank, 1)
        result = [f"2p={before}{behind}{me}", f"2p-={before}{gap}{me}", f"2p+={behind}{me}"]
        if counted.capitals[i]:
            key = cue_key(row.text)
            uses = self.cues.get(key, 0) - (mine == CUE)
            total = counted.columns.cue_counts.get(key, [1])[0] - 1
            result.append(f"2c={bucket(uses)}{min(5, 5 * uses // total) if total > 0 else 6}")
        else:
            step = self.odds.step(counted.words.stem[row.tokens[0] : row.tokens[1]], mine)
            result += [f"2o={step}", f"2op={step}{before}{gap}"]
            for role, name in ((ACTION, "a"), (DIALOGUE, "d")):
                width = self.width[role]
                if width:
                    result.append(f"2w{name}={max(-5, min(3, (len(row.text) - width) // 3))}")
        if counted.use_columns:
            counts = self.edges[row.column]
            total = sum(counts) - 1
            for role, count in enumerate(counts):
                if role != NUMBER:
                    share = (count - (role == mine)) * 5 // total if total > 2 else 6
                    result.append(f"2x{INITIALS[role]}={share}")
        return result


def _wide(lengths: list[int]) -> int:
    if len(lengths) < 10:
        return 0
    lengths = sorted(lengths)
    return lengths[len(lengths) * 95 // 100]
