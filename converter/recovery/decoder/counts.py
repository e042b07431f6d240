"""Counts of one script as the weights see them: in steps, and how much a word belongs to speech."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from converter.recovery.decoder.roles import ACTION, DIALOGUE

_SMALLEST = 3  # a word seen less often says nothing


def bucket(count: int) -> int:
    """Counts in steps: 0 1 2 3-4 5-8 9-16 17-32 33-64 more."""
    return count if count < 3 else min(8, (count - 1).bit_length() + 1)


class WordOdds:
    """How much a word belongs to speech (above 0) or to action, in this script."""

    def __init__(self) -> None:
        self.spoken: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self.all_spoken = self.all_told = 0
        self._known: dict[int, dict[str, float]] = {DIALOGUE: {}, ACTION: {}, -1: {}}

    def add(self, words: Sequence[str], role: int) -> None:
        counts = self.spoken if role == DIALOGUE else self.told
        for word in words:
            counts[word] = counts.get(word, 0) + 1
        if role == DIALOGUE:
            self.all_spoken += len(words)
        else:
            self.all_told += len(words)

    def step(self, words: Sequence[str], role: int) -> int:
        """The sum over the words in steps from -6 to 6, each without its own use under the role."""
        known = self._known[role if role in (DIALOGUE, ACTION) else -1]
        total = 0.0
        for word in words:
            value = known.get(word)
            if value is None:
                value = known[word] = self._odds(word, role)
            total += value
        return max(-6, min(6, round(total)))

    def _odds(self, word: str, role: int) -> float:
        spoken = max(0, self.spoken.get(word, 0) - (role == DIALOGUE))
        told = max(0, self.told.get(word, 0) - (role == ACTION))
        if spoken + told < _SMALLEST:
            return 0.0
        odds = (spoken + 0.5) / (told + 0.5) * (self.all_told + 20) / (self.all_spoken + 20)
        return max(-2.0, min(2.0, log(odds)))
