"""Flat text: who may be speaking, from counts of this text alone."""

from __future__ import annotations

from converter.recovery.flat.firm import FlatText

LONGEST_NAME = 5
COUNTED_NAME = 4
GIVEN = 20

# What follows a cue, and what follows a subject.
_SPEAKS = frozenset(("i", "you", "yes", "what", "not", "that", "it", "if", "but"))
ACTS = frozenset(("go", "look", "see", "'s", ",", "and", "as", "in", "to", "-ly", "-ed", "say", "then", "on", "body"))
_OPEN = frozenset(("be", "do", "have", "can"))


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
        flat = self.flat
        for i in range(flat.size):
            if flat.end[i] and flat.nameable(i):
                phrase = ""
                for k in range(COUNTED_NAME):
                    if i + k >= flat.size or k and (flat.end[i + k] or not flat.in_name(i + k)):
                        break
                    phrase = phrase + " " + flat.low[i + k] if k else flat.low[i]
                    self._count_start(phrase, i + k + 1)
        for bracket in flat.extension:
            self._count_extension(bracket)

    def _count_start(self, phrase: str, behind: int) -> None:
        flat = self.flat
        uses = self.uses.get(phrase)
        if uses is None:
            uses = self.uses[phrase] = Uses()
        uses.starts += 1
        if behind >= flat.size:
            return
        kind = flat.kind[behind]
        if kind == "(":
            uses.brackets += behind not in flat.extension
        elif kind in _SPEAKS:
            uses.speaks += 1
        elif kind in ACTS:
            uses.acts += 1
        elif kind in _OPEN and behind + 1 < flat.size:
            after = flat.kind[behind + 1]
            if after in _SPEAKS:
                uses.speaks += 1
            elif after in ACTS or after in ("the", "a", "-ing", "he", "they"):
                uses.acts += 1

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
        for phrase, uses in self.uses.items():
            if " " not in phrase and (
                uses.extensions or uses.starts > 2 and uses.speaks > 1 and uses.starts > 0.25 * uses.total
            ):
                found.add(phrase)
            elif uses.extensions > 1:
                found.add(phrase.partition(" ")[0])
        for phrase in self.given:
            found.add(phrase.partition(" ")[0])
        return frozenset(found)
