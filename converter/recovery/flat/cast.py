"""Flat text: who may be speaking, from counts of this text alone."""

from __future__ import annotations

from converter.recovery.flat.firm import FlatText

LONGEST_NAME = 5
COUNTED_NAME = 4
GIVEN = 20

# What follows a cue, and what follows a subject.
_SPEAKS = frozenset(("i", "you", "yes", "what", "not", "that", "it", "if", "but"))
ACTS = frozenset(("go", "look", "see", "'s", ",", "and", "as", "in", "to", "-ly", "-ed", "say", "then", "on", "body"))
_OPEN = frozenset(("be", "do", "have", "can"))  # then the word after says which
_ACTS_AFTER_OPEN = ACTS | {"the", "a", "-ing", "he", "they"}


class Uses:
    """How often a phrase stood where."""

    __slots__ = ("starts", "extensions", "speaks", "acts", "brackets", "total")

    def __init__(self) -> None:
        self.starts = self.extensions = self.speaks = self.acts = self.brackets = self.total = 0


NO_USES = Uses()


class Cast:
    def __init__(self, flat: FlatText, given: frozenset[str] = frozenset()) -> None:
        self.flat = flat
        self.given = given
        self.uses: dict[str, Uses] = {}
        self._count_starts()
        for name in given:
            self._count_given(name)
        self._count_totals()
        self._count_capitals()
        self.names = self._likely_names()

    def of(self, phrase: str) -> Uses:
        return self.uses.get(phrase, NO_USES)

    def _count_starts(self) -> None:
        for i in range(self.flat.size):
            if self.flat.end[i] and self.flat.nameable(i):
                self._count_names(i)
        for bracket in self.flat.extension:
            self._count_extension(bracket)

    def _count_names(self, i: int) -> None:
        """The words that a piece begins with: each as many as may be a name."""
        flat = self.flat
        phrase = flat.low[i]
        self._count_start(phrase, i + 1)
        for j in range(i + 1, min(flat.size, i + COUNTED_NAME)):
            if flat.end[j] or not flat.in_name(j):
                break
            phrase += " " + flat.low[j]
            self._count_start(phrase, j + 1)

    def _count_start(self, phrase: str, after: int) -> None:
        flat = self.flat
        uses = self.uses.get(phrase)
        if uses is None:
            uses = self.uses[phrase] = Uses()
        uses.starts += 1
        if after >= flat.size:
            return
        kind = flat.kind[after]
        if kind == "(":
            uses.brackets += after not in flat.extension
        elif kind in _OPEN:
            second = flat.kind[after + 1] if after + 1 < flat.size else "$"
            uses.speaks += second in _SPEAKS
            uses.acts += second in _ACTS_AFTER_OPEN
        else:
            uses.speaks += kind in _SPEAKS
            uses.acts += kind in ACTS

    def _count_extension(self, bracket: int) -> None:
        """The phrase before a sure extension, longest first to the start of its piece, else its last words."""
        flat = self.flat
        phrase = ""
        for j in range(bracket - 1, max(-1, bracket - 1 - LONGEST_NAME), -1):
            if not flat.in_name(j):
                break
            phrase = flat.low[j] + " " + phrase if phrase else flat.low[j]
            if flat.end[j] and flat.nameable(j):
                self.uses.setdefault(phrase, Uses()).extensions += 1
                break

    def _count_given(self, name: str) -> None:
        """Whom the user names is as sure as somebody who speaks all the time, and often stands before (CONT'D)."""
        uses = self.uses.setdefault(name, Uses())
        uses.starts += GIVEN
        uses.total += GIVEN
        uses.speaks += GIVEN
        uses.extensions += GIVEN

    def _count_totals(self) -> None:
        flat, uses = self.flat, self.uses
        low = flat.low
        for i in range(flat.size):
            phrase = low[i]
            for k in range(COUNTED_NAME):
                found = uses.get(phrase)
                if found is None:
                    break
                found.total += 1
                if i + k + 1 >= flat.size:
                    break
                phrase = phrase + " " + low[i + k + 1]

    def _count_capitals(self) -> None:
        """`case[word]`: 1 a capital in mid-sentence now and then, 2 mostly. `cased`: the text kept its case."""
        flat = self.flat
        capital: dict[str, int] = {}
        small: dict[str, int] = {}
        sentences = sentence_capitals = 0
        for i in range(flat.size):
            if flat.end[i]:
                sentences += 1
                sentence_capitals += flat.cap[i] > 0
            elif flat.cap[i] == 1:
                capital[flat.low[i]] = capital.get(flat.low[i], 0) + 1
            elif flat.cap[i] == 0:
                small[flat.low[i]] = small.get(flat.low[i], 0) + 1
        self.cased = sentence_capitals > 0.4 * max(1, sentences)
        self.case: dict[str, int] = {}
        for word, count in capital.items():
            if word != "i":
                self.case[word] = 2 if count >= small.get(word, 0) and count > 1 else 1

    def _likely_names(self) -> frozenset[str]:
        found = {word for word, how in self.case.items() if how == 2}
        found.update(phrase.partition(" ")[0] for phrase, uses in self.uses.items() if _is_likely_name(phrase, uses))
        found.update(phrase.partition(" ")[0] for phrase in self.given)
        return frozenset(found)


def _is_likely_name(phrase: str, uses: Uses) -> bool:
    """It has had extensions; a single word may also often stand where somebody speaks."""
    if " " in phrase or uses.extensions:
        return uses.extensions > (" " in phrase)
    return uses.starts > 2 and uses.speaks > 1 and uses.starts > 0.25 * uses.total
