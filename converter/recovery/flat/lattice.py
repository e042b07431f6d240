"""Flat text: the lattice of pieces that the decoder chooses from, and what the weights look at in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from converter.recovery.decoder import roles
from converter.recovery.decoder.counts import bucket
from converter.recovery.decoder.vocabulary import SHOT_WORDS, TIMES, TRANSITION_WORDS
from converter.recovery.flat.cast import ACTS, GIVEN, LONGEST_NAME, NO_USES, Cast, Uses
from converter.recovery.flat.firm import FlatText

LONGEST_HEADING = 22
LONGEST_BARE_HEADING = 12
LONGEST_PHRASE = 5

# Shapes of arcs, and the element kinds an arc of each may be.
PIECE, CLOSED, BRACKET, CUE, HEADING, NUMBER, TRANSITION = range(7)
ROLES_OF_SHAPE: tuple[tuple[int, ...], ...] = (
    (roles.ACTION, roles.DIALOGUE),
    (roles.ACTION, roles.DIALOGUE, roles.TRANSITION),
    (roles.PARENTHETICAL,),
    (roles.CUE,),
    (roles.HEADING,),
    (roles.NUMBER,),
    (roles.TRANSITION,),
)


class Arc(NamedTuple):
    start: int
    end: int
    shape: int
    features: list[str]


def length_step(length: int) -> int:
    return length if length < 5 else 5 + min(7, (length - 5) // 4)


class Lattice:
    """Every piece that the decoder may choose, and what the weights look at in it and between two."""

    def __init__(self, flat: FlatText, cast: Cast) -> None:
        self.flat = flat
        self.cast = cast
        self.mode = "k" if cast.cased else "l"
        self.case = self._cases()
        self.quotes = self._quotes()
        self.headings_seen = self._headings_seen()
        self.next_soft_end = self._soft_ends()
        self.phrases = repeated(flat)
        self.given_first = frozenset(name.partition(" ")[0] for name in cast.given)

    # -------- what is known of each token

    def _cases(self) -> list[str]:
        known = self.cast.case
        return [_CASES[cap][known.get(low, 0)] for cap, low in zip(self.flat.cap, self.flat.low, strict=True)]

    def _quotes(self) -> bytearray:
        """Is a quote open before token i? A piece that ends a paragraph would close it; nobody knows where that is."""
        state = bytearray(self.flat.size + 1)
        inside = 0
        for i, kind in enumerate(self.flat.kind):
            state[i] = inside
            if kind == '"':
                inside ^= 1
        return state

    def _headings_seen(self) -> dict[str, int]:
        """How often each run of words stands behind INT or EXT."""
        seen: dict[str, int] = {}
        flat = self.flat
        for i, kind in enumerate(flat.kind):
            if kind == "int":
                j = i + 1
                while j < min(flat.size, i + 5) and flat.low[j] in (".", "/", "int", "ext"):
                    j += 1
                phrase = ""
                for k in range(j, min(flat.size, j + 12)):
                    phrase += " " + flat.low[k]
                    seen[phrase] = seen.get(phrase, 0) + 1
        return seen

    # -------- the arcs

    def lay(self) -> Iterator[Sequence[Arc]]:
        """For each token the arcs that start there; the end of each arc is a new start."""
        size = self.flat.size
        reached = bytearray(size + 1)
        self._after_cue = bytearray(size + 1)
        self._after_number = bytearray(size + 1)
        self._shot_opens = bytearray(size + 1)  # after a sure number, and after the dash that may stand there
        reached[0] = 1
        for i in range(size):
            if not reached[i]:
                yield ()
                continue
            arcs = self._arcs(i)
            for arc in arcs:
                reached[arc.end] = 1
            yield arcs

    def _arcs(self, i: int) -> list[Arc]:
        flat = self.flat
        arcs: list[Arc] = []
        if flat.number[i]:
            arcs.append(Arc(i, i + 1, NUMBER, self._number_features(i)))
            self._after_number[i + 1] = 1
            if flat.number[i] == 2:
                return arcs
        self._shot_opens[i] |= i > 0 and flat.number[i - 1] == 2
        if self._shot_opens[i] and i + 1 < flat.size and flat.kind[i] in SEPARATORS:
            self._shot_opens[i + 1] = self._after_number[i + 1] = 1
            return [Arc(i, i + 1, PIECE, self._piece_features(i, i + 1))]
        if flat.kind[i] == "int" and self._after_number[i]:
            self._add_headings(arcs, i)  # nothing but a heading, wherever it ends
            if arcs:
                return arcs
        self._add_piece(arcs, i)
        if arcs[-1].shape == TRANSITION:
            return arcs[-1:]
        if flat.low[i] == "(" and i in flat.partner and not self._is_extension_only(i):
            self._add_bracket(arcs, i)
        if flat.kind[i] in ("int", "omit") or self._after_number[i] and flat.kind[i] not in _NO_SHOT:
            self._add_headings(arcs, i)
        elif flat.end[i]:
            self._add_bare_heading(arcs, i)
        return self._with_cues(arcs, i)

    def _with_cues(self, arcs: list[Arc], i: int) -> list[Arc]:
        """The arcs and the cues that may begin here, or only the cues where nothing else can."""
        flat = self.flat
        if self._shot_opens[i] or not (flat.nameable(i) or flat.low[i] in self.given_first):
            return arcs
        cues = self._cues(i, bool(self._after_cue[i]))
        only = self._only_cues(i, cues)
        for arc in only or cues:
            self._after_cue[arc.end] = 1
        return only or arcs + cues

    def _only_cues(self, i: int, cues: Sequence[Arc]) -> list[Arc]:
        sure = [arc for arc in cues if self._is_sure_cue(arc)]
        if sure:
            return sure
        opens = bool(self.flat.end[i] or self._after_cue[i])
        if self._lost_its_capital(i, opens) or any(map(self._is_known_title, cues)):
            return [arc for arc in cues if self._may_speak(arc.end)]
        return []

    def _is_sure_cue(self, arc: Arc) -> bool:
        """A name with (CONT'D), or with (O.S.) where a piece begins, is nothing else."""
        flat = self.flat
        last = arc.end - 1
        first = next((i for i in range(last, arc.start, -1) if flat.partner.get(i) == last), None)
        if first is None or flat.extension[first] < 2 and not flat.end[arc.start]:
            return False
        return self._may_speak(arc.end)

    def _may_speak(self, i: int) -> bool:
        """Can words of a speech begin here, or the text end?"""
        flat = self.flat
        return i == flat.size or flat.number[i] != 2 and not self._is_transition(i, flat.next_end[i])

    def _is_known_title(self, arc: Arc) -> bool:
        """A cue of several words that stood before (CONT'D) and the like, or that the user named; or named initials.

        Unlike a name such words begin no sentence: in eight features 86 of 86 were cues.
        """
        flat, cast = self.flat, self.cast
        if not flat.end[arc.start] or not self._may_follow_name(arc.end):
            return False
        phrase = " ".join(flat.low[arc.start : arc.end])
        extensions = cast.of(phrase).extensions
        if extensions and self._lost_its_capital(arc.end, True):
            return True  # two who speak at once
        return " " in phrase and extensions > 1 or "." in phrase and phrase in cast.given

    def _may_follow_name(self, i: int) -> bool:
        """No mark that a name in a sentence has after it, and nothing that somebody does; nor the end of the text."""
        kind = self.flat.kind[i] if i < self.flat.size else "."
        return kind not in _NOT_AFTER_CUE and kind not in ACTS

    def _lost_its_capital(self, i: int, opens: bool) -> bool:
        """A speaker's name in small letters where a piece `opens`, in a text that gives it a capital in its sentences.

        It stood in capitals, as cues do: 199 of 200 in eight features.
        """
        flat, cast = self.flat, self.cast
        if not opens or i + 1 >= flat.size or flat.cap[i] or cast.case.get(flat.low[i]) != 2:
            return False
        return self._may_follow_name(i + 1) and cast.of(flat.low[i]).extensions > 0

    def _add_piece(self, arcs: list[Arc], i: int) -> None:
        full = self.flat.next_end[i]
        ends = [full]
        j = self.next_soft_end[i]
        while j < full and len(ends) < 4:
            ends.append(j)
            j = self.next_soft_end[j]
        for end in ends:
            if self._is_transition(i, end):
                shape = TRANSITION
            else:
                shape = CLOSED if self._may_be_transition(i, end) else PIECE
            arcs.append(Arc(i, end, shape, self._piece_features(i, end)))

    def _soft_ends(self) -> list[int]:
        """For each token the next place where a piece may end although nothing says so."""
        flat = self.flat
        following = [flat.size] * (flat.size + 1)
        coming = flat.size
        for i in range(flat.size - 1, -1, -1):
            following[i] = coming
            if i and not flat.end[i] and self._is_soft_end(i):
                coming = i
        return following

    def _is_soft_end(self, i: int) -> bool:
        """In front of a bracket, and after a dash of one stroke when somebody who speaks often stands there."""
        flat, cast = self.flat, self.cast
        if flat.kind[i] == "(" and i in flat.partner:
            return True
        if flat.kind[i - 1] != "-" or not flat.nameable(i):
            return False
        uses = cast.of(flat.low[i])
        given = GIVEN if flat.low[i] in cast.given else 0
        return uses.speaks + uses.extensions > 2 + 2 * given and uses.speaks > uses.acts + given

    def _is_transition(self, i: int, end: int) -> bool:
        """FADE IN: and CUT TO BLACK. are words that stand together nowhere else; behind a number they are a shot."""
        words = [low for low in self.flat.low[i:end] if low[0].isalpha()]
        if not 1 < len(words) < 7 or "we" in words and not self._cuts_away(end) or i and self.flat.number[i - 1] == 2:
            return False
        if self.flat.kind[end - 1] in ("?", "!", ","):
            return False
        return _CLOSED_TRANSITION.issuperset(words) and not _TRANSITION_CORE.isdisjoint(words)

    def _cuts_away(self, end: int) -> bool:
        """`we dissolve to :` and then another scene."""
        flat = self.flat
        return flat.kind[end - 1] == ":" and (end == flat.size or flat.number[end] == 2 or flat.kind[end] == "int")

    def _may_be_transition(self, i: int, end: int) -> bool:
        low = self.flat.low
        if end - i <= 7 and low[end - 1] == ":":
            return True
        return end - i <= 12 and any(word in TRANSITION_WORDS for word in low[i:end])

    def _is_extension_only(self, i: int) -> bool:
        """(o.s.) and its like are never spoken with; (continuing) may be."""
        return i in self.flat.extension and self.flat.low[i + 1] != "continued"

    def _add_bracket(self, arcs: list[Arc], i: int) -> None:
        end = self.flat.partner[i] + 1
        while end < self.flat.size and self.flat.low[end] in (".", ",") and not self.flat.end[end]:
            end += 1
        arcs.append(Arc(i, end, BRACKET, self._bracket_features(i, end)))

    def _add_headings(self, arcs: list[Arc], i: int) -> None:
        flat = self.flat
        if flat.kind[i] == "omit":
            self._add_omitted(arcs, i)
            return
        j = i
        while j < min(flat.size, i + 5) and flat.low[j] in _INTRO:
            j += 1
        intro = j > i
        last = min(flat.size, i + (LONGEST_HEADING if intro else LONGEST_BARE_HEADING))
        ends = _ENDS_HEADING if intro else _ENDS_SHOT
        dashes = 0
        for end in range(max(j, i + 1), last + 1):
            if self._begins_something_else(end - 1, i, j):
                break
            dashes += flat.low[end - 1] == "-" or flat.kind[end - 1] == "--"
            if end > j and self._is_whole(end, intro) and self._heading_may_end(end):
                arcs.append(Arc(i, end, HEADING, self._heading_features(i, j, end, dashes, intro)))
            if flat.kind[end - 1] in ends:
                break

    def _add_omitted(self, arcs: list[Arc], i: int) -> None:
        if i and self.flat.number[i - 1]:
            end = i + 1 + (i + 1 < self.flat.size and self.flat.low[i + 1] == ".")
            arcs.append(Arc(i, end, HEADING, ["h.omit"]))

    def _begins_something_else(self, k: int, i: int, j: int) -> bool:
        """A sure number, an extension or another INT, in a heading that begins at i and whose place begins at j."""
        flat = self.flat
        if k in flat.extension or k > i and flat.number[k] == 2:
            return True
        return k > j and flat.kind[k] == "int" and flat.end[k] > 0

    def _is_whole(self, end: int, intro: bool) -> bool:
        """No time is still to come; `3 the rope ... 4`: what shows in a glimpse keeps its dots."""
        if intro:
            return not self._time_ahead(end)
        return end == self.flat.size or self.flat.kind[end] != "..."

    def _heading_may_end(self, end: int) -> bool:
        flat = self.flat
        last = flat.kind[end - 1]
        if last in _NO_HEADING_END and flat.low[end - 1] not in TIMES or last == ":" and flat.low[end - 2] not in TIMES:
            return False
        if end < flat.size and flat.low[end] == "later" and last == "day":
            return False
        return end == flat.size or flat.kind[end] not in _NOT_AFTER_HEADING

    def _add_bare_heading(self, arcs: list[Arc], i: int) -> None:
        """A heading without INT or number: only when it ends in a time or begins with the camera."""
        flat = self.flat
        shot = flat.low[i] in SHOT_WORDS or i + 1 < flat.size and flat.low[i + 1] in ("angle", "pov")
        dashes = 0
        for end in range(i + 1, min(flat.size, i + LONGEST_BARE_HEADING) + 1):
            kind = flat.kind[end - 1]
            if kind in _NO_BARE_HEADING or end - 1 > i and flat.number[end - 1] == 2:
                break
            dashes += kind in ("-", "--")
            is_bare = self._is_timed(i, end, dashes) or shot and end > i + 1
            if is_bare and self._heading_may_end(end):
                features = self._heading_features(i, i, end, dashes, False)
                arcs.append(Arc(i, end, HEADING, ["h.shot" if shot else "h.bare", *features]))
            if kind in (".", "..."):
                break

    def _is_timed(self, i: int, end: int, dashes: int) -> bool:
        """Does it end in a time, after a dash or one other word, where headings have no numbers?"""
        flat = self.flat
        if flat.all_numbered or flat.kind[end - 1] != "day" or flat.low[end - 1] not in TIMES:
            return False
        return dashes > 0 or end - i <= 2

    def _cues(self, i: int, doubled: bool) -> list[Arc]:
        flat, cast = self.flat, self.cast
        found: list[Arc] = []
        phrase = ""
        for j in range(i, min(flat.size - 1, i + LONGEST_NAME)):
            if j > i and flat.end[j]:
                break
            phrase = f"{phrase} {flat.low[j]}" if phrase else flat.low[j]
            if not flat.in_name(j) and phrase not in cast.given:
                break
            if flat.kind[j] in _NO_NAME_END or self._name_goes_on(j + 1):
                continue
            end = j + 1
            extensions = []
            while end in flat.extension:
                extensions.append(flat.low[end + 1].rstrip("."))
                end = flat.partner[end] + 1
            if extensions or self._is_known(phrase) or self._looks_like_cue(i, j, phrase, doubled):
                found.append(Arc(i, end, CUE, self._cue_features(i, j, end, phrase, extensions)))
        return found

    def _name_goes_on(self, i: int) -> bool:
        """`ann' mother`, `guard # 2`"""
        kind = self.flat.kind[i]
        return kind == "#" or kind == "'" and self.flat.is_glued(i)

    def _is_known(self, phrase: str) -> bool:
        return phrase in self.cast.given or self.cast.of(phrase).extensions > 0

    def _looks_like_cue(self, i: int, j: int, phrase: str, doubled: bool) -> bool:
        """Nobody said so: it depends on what follows the words from i to j, and where else they stand."""
        uses, kind = self.cast.of(phrase), self.flat.kind
        after = kind[j + 1]
        if after in _NOT_AFTER_CUE and not (uses.starts > 3 and uses.speaks > 1) or doubled and uses.speaks < 2:
            return False
        if j == i or uses.starts > 1:
            return True
        return kind[j] in ("man", "num", "numx") or kind[i] == "man" or after in _SPEAKS_AT_ONCE

    # -------- features

    def _number_features(self, i: int) -> list[str]:
        flat = self.flat
        if flat.number[i] == 2:
            return ["n.sure"]
        after = flat.kind[i + 1] if i + 1 < flat.size else "$"
        return ["n", "n.k=" + flat.kind[i], "n.next=" + after, f"n.before={flat.kind[i - 1] if i else '$'}"]

    def _piece_features(self, i: int, end: int) -> list[str]:
        kind, stem, low, names = self.flat.kind, self.flat.stem, self.flat.low, self.cast.names
        c1 = kind[i]
        c2 = kind[i + 1] if i + 1 < end else "$"
        c3 = kind[i + 2] if i + 2 < end else "$"
        last = end - 1
        while last > i and kind[last] in _TAIL:
            last -= 1
        tail = kind[end - 1] if kind[end - 1] in _TAIL else "none"
        counts: dict[str, int] = {}
        features = ["w=" + one for one in stem[i:end]]
        for k in kind[i:end]:
            counts[k] = counts.get(k, 0) + 1
        for k, count in counts.items():
            features.append(f"#{k}+" if count > 1 else "#" + k)
        step = length_step(last + 1 - i)
        features += [
            "p",
            "c1=" + c1,
            "c2=" + c2,
            f"c12={c1} {c2}",
            f"c23={c2} {c3}",
            f"c123={c1} {c2} {c3}",
            "f=" + stem[i],
            "cl=" + kind[last],
            "tail=" + tail,
            f"tl={tail}{min(step, 7)}",
            f"len={step}",
            f"q={self.quotes[i]}{self.quotes[end]}",
            f"case={self.mode}{self.case[i]}",
            f"names={min(sum([one in names for one in low[i + 1 : end]]), 2)}",
        ]
        features += self._whole_features(i, end, last, step, tail)
        if low[i] in names:
            features.append("n1=" + c2)
            features.append(f"n1c={self.mode}{self.case[i]}")
        if "i" not in counts and "you" not in counts:
            features.append(f"noiyou{min(step, 8)}")
        if last > i + 1 and kind[last - 1] == "," and low[last] in names:
            features.append("voc")
        return features

    def _whole_features(self, i: int, end: int, last: int, step: int, tail: str) -> list[str]:
        """What the piece is as a whole: its capitals, how often it comes again, words of a transition."""
        flat = self.flat
        features = []
        if self.cast.cased:
            features.append(f"caps={min(2, flat.cap[i:end].count(2))}{flat.cap[i]}")
        phrase = short_phrase(flat, i, end)
        if phrase is not None:
            features.append(f"again={bucket(self.phrases.get(phrase, 1) - 1)}{min(step, 4)}")
        if last - i < 7 and all(flat.low[j] in _CLOSED_TRANSITION or flat.kind[j] in _TAIL for j in range(i, end)):
            features.append("closing" + tail)
        return features

    def _bracket_features(self, i: int, end: int) -> list[str]:
        flat = self.flat
        inside = flat.kind[i + 1]
        features = [
            "b",
            "b1=" + inside,
            f"b12={inside} {flat.kind[i + 2] if i + 2 < flat.size else '$'}",
            f"bl={length_step(end - i)}",
            f"be={flat.kind[end - 2]}",
        ]
        if i in flat.extension:
            features.append("b.ext")
        if end < flat.size:
            features.append("bn=" + flat.kind[end])
        features.extend("b.w=" + flat.stem[j] for j in range(i + 1, end - 1))
        return features

    def _heading_features(self, i: int, j: int, end: int, dashes: int, intro: bool) -> list[str]:
        flat = self.flat
        last = flat.kind[end - 1]
        if last == "." and end - 2 >= j:
            last = "." + flat.kind[end - 2]
        after = flat.kind[end] if end < flat.size else "$"
        timed = int(self._ends_in_time(j, end))
        start = "i" if intro else "n"
        again, longer = self._seen_again(j, end, intro)
        features = [
            "h" + start,
            f"hl={start}{last}",
            f"hn={start}{after}",
            f"hln={last} {after}",
            f"ht={start}{timed}{int(self._time_ahead(end))}{min(dashes, 2)}",
            f"htn={timed}{after}",
            f"hlen={start}{min(end - j, 14)}",
            f"hseen={bucket(again)}{min(longer, 2)}{timed}",
            f"hend={int(end == flat.size or flat.end[end])}{timed}",
            f"hpast={start}{self._time_past(j, end)}{timed}",
        ]
        if not intro:
            features += self._bare_heading_features(i, end, timed)
        if end < flat.size:
            features += self._after_heading_features(end, timed)
        return features

    def _ends_in_time(self, j: int, end: int) -> bool:
        low = self.flat.low
        return low[end - 1] in TIMES or end - 2 >= j and low[end - 2] in TIMES and self.flat.kind[end - 1] == "."

    def _seen_again(self, j: int, end: int, intro: bool) -> tuple[int, int]:
        """How often these words stand after INT or EXT elsewhere, and how often the next one with them."""
        phrase = "".join([" " + word for word in self.flat.low[j:end]])
        own = 1 if intro else 0
        longer = self.headings_seen.get(phrase + " " + self.flat.low[end], 0) if end < self.flat.size else 0
        return self.headings_seen.get(phrase, 0) - own, max(longer - own, 0)

    def _bare_heading_features(self, i: int, end: int, timed: int) -> list[str]:
        flat = self.flat
        verbs = sum(kind in ("go", "look", "be", "see", "do", "have") for kind in flat.kind[i:end])
        commas = sum(kind == "," for kind in flat.kind[i:end])
        return [
            "hs=" + flat.kind[i],
            f"hcomma={min(commas, 2)}{timed}",
            f"hverb={min(verbs, 2)}",
            f"hrest={length_step(max(0, flat.next_end[end - 1] - end))}",
        ]

    def _after_heading_features(self, end: int, timed: int) -> list[str]:
        flat, names = self.flat, self.cast.names
        features = [f"hcase={self.mode}{self.case[end]}{timed}"]
        if flat.low[end] in names:
            features.append(f"hname{timed}{int(flat.low[end - 1] in names)}")
        if self.cast.cased:
            second = flat.cap[end + 1] if end + 1 < flat.size else 0
            features.append(f"hcaps={flat.cap[end - 1]}{flat.cap[end]}{second}")
        return features

    def _time_ahead(self, end: int) -> bool:
        flat = self.flat
        for k in range(end, min(flat.size, end + 8)):
            if flat.kind[k] in (".", "int", "?", "!", "...", ","):
                return False
            if flat.low[k] in TIMES and flat.kind[k - 1] == "-":
                return True
        return False

    def _time_past(self, j: int, end: int) -> int:
        """How many words ago a time stood behind a dash; 0 when none did."""
        flat = self.flat
        for k in range(end - 2, j, -1):
            if flat.low[k] in TIMES and flat.kind[k - 1] in ("-", "--", "/"):
                return min(4, end - 1 - k)
        return 0

    def _cue_features(self, i: int, j: int, end: int, phrase: str, extensions: list[str]) -> list[str]:
        flat, cast = self.flat, self.cast
        uses = cast.of(phrase)
        size = j + 1 - i - (flat.kind[i] == "mr")
        n1 = flat.kind[end] if end < flat.size else "$"
        n2 = flat.kind[end + 1] if end + 1 < flat.size else "$"
        ext = "0" if not extensions else "c" if extensions[0].startswith("cont") else "o"
        known = "k" if uses.extensions else "u"
        ratio = round(2 * log((uses.speaks + uses.extensions + 0.5) / (uses.acts + 0.5)))
        ratio = max(-6, min(6, ratio))
        share = min(9, 10 * (uses.starts + uses.extensions) // max(1, uses.total + uses.extensions))
        cased = self.case[i] if i == j else self.case[i] + self.case[j]
        features = [
            "c",
            f"c.len={size}{ext}",
            f"c.n1={n1}{known}",
            f"c.n12={n1} {n2}",
            f"c.case={self.mode}{cased}",
            f"c.casen={self.mode}{cased}{n1}",
            f"c.ncase={self.mode}{self.case[end] if end < flat.size else ''}",
            f"c.ext={bucket(uses.extensions)}{ext}",
            f"c.starts={bucket(uses.starts)}",
            f"c.speaks={bucket(uses.speaks)}",
            f"c.acts={bucket(uses.acts)}",
            f"c.brackets={bucket(uses.brackets)}",
            f"c.total={bucket(uses.total)}",
            f"c.ratio={ratio}{ext}",
            f"c.ration1={ratio}{n1}",
            f"c.share={share}",
            f"c.kind={flat.kind[j]}{known}",
            f"c.at={flat.end[i]}",
        ]
        if size > 1 and flat.kind[i] != "mr":
            shorter = cast.of(phrase.rpartition(" ")[0]) if size <= 4 else NO_USES
            features.append(f"c.short={_step_of_share(_cues_of(uses), _cues_of(shorter))}")
            features.append(f"c.kinds={flat.kind[i]} {flat.kind[j]}")
        if not extensions and size < 3:
            longer = cast.of(phrase + " " + flat.low[j + 1])
            features.append(f"c.long={_step_of_share(_cues_of(longer), _cues_of(uses))}{min(longer.extensions, 1)}")
        return features + self._name_features(j, end, phrase)

    def _name_features(self, j: int, end: int, phrase: str) -> list[str]:
        """A number ends the cue; a name follows it."""
        flat = self.flat
        features = []
        if flat.kind[j] in ("num", "numx") or "#" in phrase:
            features.append("c.number")
        if end < flat.size and flat.low[end] in self.cast.names:
            features.append("c.thenname")
        return features

    # -------- joints

    def joint(self, i: int) -> tuple[str, ...]:
        """What the weights see between the arc that ends and the one that starts before token i."""
        flat = self.flat
        if i >= flat.size:
            return ("j.end",)
        before = flat.kind[i - 1] if i else "$"
        name = flat.low[i] in self.cast.names
        after = flat.kind[i + 1] if i + 1 < flat.size else "$"
        return (
            "j",
            "j.p=" + (before if before in _JOINT_MARKS else "w") + str(self.quotes[i]),
            "j.c=" + flat.kind[i],
            f"j.case={self.mode}{self.case[i]}",
            "j.n=" + after if name else "j.n",
            "j.page" if i in flat.marks else "j.nopage",
        )


def short_phrase(flat: FlatText, i: int, end: int) -> tuple[str, ...] | None:
    """The words of a short piece from end to end, to be counted: "a beat ." comes again and again."""
    if end - i > LONGEST_PHRASE or not flat.end[i] or end != flat.next_end[i]:
        return None
    return tuple(flat.low[i:end])


def repeated(flat: FlatText) -> dict[tuple[str, ...], int]:
    counts: dict[tuple[str, ...], int] = {}
    for i in range(flat.size):
        if flat.end[i]:
            phrase = short_phrase(flat, i, flat.next_end[i])
            if phrase is not None:
                counts[phrase] = counts.get(phrase, 0) + 1
    return counts


_CLOSED_TRANSITION = frozenset(
    "cut dissolve fade wipe iris smash match jump quick slow hard to in out up black we the".split()
)
_TRANSITION_CORE = frozenset("cut dissolve fade wipe iris".split())
_CASES = tuple(tuple(f"{cap}{how}" for how in range(3)) for cap in range(3))
SEPARATORS = frozenset(("--", "...", "-"))
_TAIL = frozenset((".", "?", "!", "...", "--", ":", '"', ")", "]", ";", ","))
_JOINT_MARKS = frozenset((".", "?", "!", "...", "--", ":", '"', ")", "]", "$"))
_INTRO = frozenset(("int", "ext", ".", "/", "i/e", "int/ext", "est", "ext/int"))
_ENDS_HEADING = frozenset(("?", "!", "i", "you"))
_ENDS_SHOT = _ENDS_HEADING | {".", "..."}
_NO_NAME_END = frozenset(("#", "'", "-", "&"))
_SPEAKS_AT_ONCE = frozenset(("i", "you", "yes", "what", "("))
_NO_HEADING_END = frozenset("""- -- / , in the a and & ' ( [ # to ! ? 's i you " as then when""".split())
_NOT_AFTER_HEADING = frozenset((":", "-", "/", "'s", ",", ")", "]", ".", "!", "?", "&", ";"))
_NO_SHOT = frozenset('''and then we he they it i you as if but when that -- ... be do ( "'''.split())
_NO_BARE_HEADING = frozenset("""i you he they it be do have can not ? ! , yes ( : [ that as""".split())
_NOT_AFTER_CUE = frozenset((".", ",", "'s", "and", ";", ")", "'", "-", ":", "/", "]"))


def _cues_of(uses: Uses) -> int:
    return uses.starts + uses.extensions


def _step_of_share(part: int, whole: int) -> int:
    return min(5, 5 * part // whole) if whole else 9
