"""The second look at flat text: what the first result tells about this one script.

The first result says who speaks, and which words this writer uses in speech and which in action.
The place that is asked about is always taken out of the counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.recovery.decoder.counts import WordOdds, bucket
from converter.recovery.decoder.roles import ACTION, DIALOGUE, INITIALS, PARENTHETICAL
from converter.recovery.decoder.roles import CUE as CUE_ROLE
from converter.recovery.decoder.roles import HEADING as HEADING_ROLE
from converter.recovery.decoder.roles import NUMBER as NUMBER_ROLE
from converter.recovery.flat.cast import Cast
from converter.recovery.flat.firm import FlatText
from converter.recovery.flat.lattice import BRACKET, CUE, HEADING, NUMBER, short_phrase

Found = Sequence[tuple[int, int, int]]  # (start, end, role) of each arc of the first result
_FEWEST_TURNS = 4  # times that a speaker goes on after action, before a habit shows


class SecondLookAtWords:
    def __init__(self, flat: FlatText, cast: Cast, found: Found) -> None:
        self.flat = flat
        self.cast = cast
        self.role = [ACTION] * (flat.size + 1)
        self.cue_at: dict[int, str] = {}
        self.cues: dict[str, int] = {}
        self.odds = WordOdds()
        self.shares: dict[tuple[str, ...], list[int]] = {}  # short phrase -> how often action, how often dialogue
        self.continued: set[int] = set()  # cues with (CONT'D)
        for start, end, role in found:
            for i in range(start, end):
                self.role[i] = role
            if role == CUE_ROLE:
                phrase = self._phrase(start, end)
                self.cue_at[start] = phrase
                if self._is_continued(start, end):
                    self.continued.add(start)
                self.cues[phrase] = self.cues.get(phrase, 0) + 1
            elif role in (ACTION, DIALOGUE):
                self.odds.add(flat.stem[start:end], role)
            if role in (ACTION, DIALOGUE):
                known = short_phrase(flat, start, end)
                if known is not None:
                    self.shares.setdefault(known, [0, 0])[role == DIALOGUE] += 1
        self._list_speakers()
        self.habit = self._habit()
        self._list_pieces(found)
        self.speakers = frozenset(phrase.partition(" ")[0] for phrase, count in self.cues.items() if count > 1)

    def _phrase(self, start: int, end: int) -> str:
        words = []
        for i in range(start, end):
            if self.flat.low[i] == "(":
                break
            words.append(self.flat.low[i])
        return " ".join(words)

    def _is_continued(self, start: int, end: int) -> bool:
        return any(word.startswith("cont") for word in self.flat.low[start + 1 : end])

    def _habit(self) -> int:
        """Does this writer mark speakers who go on after action? 0 nobody knows, 1 seldom, 2 now and then, 3 always."""
        marked = total = 0
        for start, phrase in self.cue_at.items():
            if phrase == self.last[start][0] and self.told_since[start]:
                total += 1
                marked += start in self.continued
        return 0 if total < _FEWEST_TURNS else 1 + (4 * marked > total) + (10 * marked > 7 * total)

    def _list_speakers(self) -> None:
        """For each token the cues before it (last, last but one), the next at or behind it, action since the last."""
        size = self.flat.size
        self.last = [("", "")] * (size + 1)
        self.told_since = bytearray(size + 1)
        last, earlier, told = "", "", 1
        for i in range(size):
            self.last[i] = (last, earlier)
            self.told_since[i] = told
            if i in self.cue_at:
                last, earlier, told = self.cue_at[i], last, 0
            elif self.role[i] not in (DIALOGUE, CUE_ROLE) and self.role[i] != PARENTHETICAL:
                told = 1 if self.role[i] == ACTION else 2
        self.next = [""] * (size + 1)
        self.next_place = [size] * (size + 1)
        coming, place = "", size
        for i in range(size - 1, -1, -1):
            self.next[i], self.next_place[i] = coming, place
            if i in self.cue_at:
                coming, place = self.cue_at[i], i

    def _list_pieces(self, found: Found) -> None:
        """For each token how many pieces ago the last cue was, how many pieces on the next; and whose that is."""
        size = self.flat.size
        self.since = bytearray(size + 1)
        self.until = bytearray(size + 1)
        self.turn = ["o"] * (size + 1)
        count = 5
        for start, end, role in found:
            count = 0 if role == CUE_ROLE else min(5, count + 1)
            self.since[start:end] = bytes([count]) * (end - start)
        count, cue, continued = 5, "", False
        for start, end, role in reversed(found):
            if role == CUE_ROLE:
                count, cue = 0, self.cue_at[start]
                continued = start in self.continued
            elif role in (HEADING_ROLE, NUMBER_ROLE):
                count, cue = 5, ""
            else:
                count = min(5, count + 1)
                turn = "h" if not cue else "o" if cue != self.last[start][0] else "c" if continued else "s"
                self.turn[start:end] = [turn] * (end - start)
                self.until[start:end] = bytes([count]) * (end - start)

    def features(self, i: int, end: int, shape: int) -> list[str]:
        """What the second table sees of an arc besides what the first did."""
        before = INITIALS[self.role[i - 1] if i else 7]
        behind = INITIALS[self.role[end] if end < self.flat.size else 7]
        if shape == CUE:
            return self._cue_features(i, end, before, behind)
        if shape == HEADING:
            return [f"2h={before}{behind}", f"2hn={behind}{int(end in self.cue_at)}"]
        if shape == BRACKET:
            return [f"2b={before}{behind}", f"2bl={int(i - 1 in self.cue_at)}"]
        if shape == NUMBER:
            return [f"2n={before}{behind}"]
        return self._piece_features(i, end, before, behind)

    def _piece_features(self, i: int, end: int, before: str, behind: str) -> list[str]:
        mine = self.role[i]
        step = self.odds.step(self.flat.stem[i:end], mine)
        features = [
            f"2o={step}",
            f"2ol={step}{min(3, (end - i) // 4)}",
            f"2p={before}{behind}",
            f"2p-={before}",
            f"2p+={behind}",
            f"2d={self.since[i]}{self.until[i]}",
            f"2t={self.turn[i]}{min(2, self.until[i])}",
            f"2ts={self.turn[i]}{self.since[i]}",
            f"2th={self.turn[i]}{self.habit}",
        ]
        phrase = short_phrase(self.flat, i, end)
        if phrase is not None and phrase in self.shares:
            told, spoken = self.shares[phrase]
            told, spoken = told - (mine == ACTION), spoken - (mine == DIALOGUE)
            if told + spoken > 0:
                features.append(f"2r={5 * max(0, spoken) // (told + spoken)}{bucket(told + spoken)}")
        if self.flat.low[i] in self.speakers:
            features.append("2s=" + (self.flat.kind[i + 1] if i + 1 < self.flat.size else "$"))
        return features

    def _cue_features(self, i: int, end: int, before: str, behind: str) -> list[str]:
        phrase = self._phrase(i, end)
        continued = self._is_continued(i, end)
        uses = self.cues.get(phrase, 0) - (self.cue_at.get(i) == phrase)
        starts = self.cast.of(phrase).starts - 1
        share = min(5, 5 * uses // starts) if starts > 0 else 6
        last, earlier = self.last[i]
        same = "l" if phrase == last else "e" if phrase == earlier else "n"
        coming = "s" if self.next[end - 1] == phrase else "o"
        told = self.told_since[i]
        following, place = self.next[end - 1], self.next_place[end - 1]
        marked = place in self.continued
        fits = "".join(
            str(int(not other or mark == (one == other)))
            for one, other, mark in ((last, phrase, continued), (phrase, following, marked), (last, following, marked))
        )
        return [
            f"2cf={fits}{self.habit}",
            f"2cft={fits}{self.habit}{told}",
            f"2c={bucket(uses)}",
            f"2cs={share}{min(bucket(uses), 4)}",
            f"2cw={same}{told}{int(continued)}",
            f"2cn={coming}{same}{told}",
            f"2cp={before}{behind}",
            f"2cpc={before}{int(continued)}{same}",
            f"2cu={bucket(uses)}{self.flat.kind[end] if end < self.flat.size else '$'}",
            f"2cul={bucket(uses)}{self.cast.case.get(self.flat.low[i], 0)}{self.flat.cap[i]}",
        ]
