"""Words that were set apart and lost their capitals, put back as sentences. Only blanks and case change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from converter.recovery.decoder.words import ELLIPSIS
from converter.recovery.flat.cast import Cast
from converter.recovery.flat.firm import FlatText

MOSTLY = 2  # capitals for each small letter

_NO_BLANK_BEFORE = frozenset(
    (".", ",", ";", ":", "!", "?", ")", "]", "'s", "'d", "'re", "'ve", "'ll", "'m", "n't", "%")
)
_RESTS = frozenset(("'am", "'all", "'clock"))  # of ma'am, y'all, o'clock
_NO_BLANK_AFTER = frozenset(("(", "[", "#", "$"))
_ENDS_SENTENCE = frozenset((".", "?", "!"))
_OPENS_SENTENCE = frozenset((".", "?", "!", "...", "--", ":", '"', "'", "(", "["))
_LEAVES_SENTENCE = frozenset(('"', "'", "(", ")", "[", "]"))  # as it was
_ALWAYS_CAPITAL = frozenset(("i", "i'm", "i'd", "i'll", "i've"))


def names_among(
    flat: FlatText, cast: Cast, speakers: Iterable[str], prose: Iterable[tuple[int, int]]
) -> frozenset[str]:
    """The words that get a capital wherever they stand: those that mostly have one inside a sentence, and speakers.

    `prose`: the pieces of action and speech.
    """
    return frozenset(_often_capital(flat, prose) | _words_of_names(flat, [*speakers, *cast.given]))


def _often_capital(flat: FlatText, prose: Iterable[tuple[int, int]]) -> set[str]:
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for i in (i for start, end in prose for i in range(start + 1, end)):
        if flat.kind[i - 1] not in _OPENS_SENTENCE and flat.low[i][0].isalpha():
            has_capital = flat.cap[i] == 1 or flat.cap[i] and "." in flat.low[i]
            (capital if has_capital else small)[flat.low[i]] += 1
    return {word for word, count in capital.items() if count > 1 and count >= MOSTLY * small[word]}


def _words_of_names(flat: FlatText, names: Iterable[str]) -> set[str]:
    """A plain word of a cue is a name ("ann"), unless an article stands before it now and then ("the singer")."""
    kinds = dict(zip(flat.low, flat.kind, strict=True))
    uses = Counter(flat.low)
    articles = Counter(low for before, low in zip(flat.kind, flat.low[1:], strict=False) if before in ("the", "a"))
    words = {word for name in names for word in name.split()}
    return {word for word in words if kinds.get(word) == "w" and articles[word] * 10 <= uses[word]}


class Restorer:
    """Makes text of tokens `start` to `end`, and says where in it each token begins."""

    def __init__(self, flat: FlatText, cast: Cast, names: frozenset[str]) -> None:
        self.flat = flat
        self.cased = cast.cased
        self.names = names

    def sentence(self, start: int, end: int, *, capital: bool = True) -> tuple[str, list[int]]:
        """Prose: capitals for sentences and names, marks where they belong. `capital`: a sentence begins here."""
        return self._joined(start, end, self._sentence_case(start, end, capital), hyphens=True)

    def capitals(self, start: int, end: int) -> tuple[str, list[int]]:
        """Headings, cues and transitions."""
        forms = [self._form(i).upper() for i in range(start, end)]
        return self._joined(start, end, forms, hyphens=False)

    def _form(self, i: int) -> str:
        form = self.flat.words.form[self.flat.source[i]]
        return "&" if form.startswith("&") else form

    def _sentence_case(self, start: int, end: int, opens: bool) -> list[str]:
        forms = []
        for i in range(start, end):
            form, kind = self._form(i), self.flat.kind[i]
            forms.append(form if self.cased else self._with_capital(i, form, opens))
            if kind in _ENDS_SENTENCE and not self._abbreviated(i):
                opens = True
            elif kind not in _LEAVES_SENTENCE or self.flat.low[i] in ELLIPSIS:
                opens = False
        return forms

    def _with_capital(self, i: int, form: str, opens: bool) -> str:
        """Where a sentence opens, and of a name."""
        low = self.flat.low[i]
        is_name = low in self.names
        if low not in _ALWAYS_CAPITAL and not ((opens or is_name) and form[0].islower()):
            return form
        return form.upper() if is_name and self.flat.kind[i] == "l.a." else form[0].upper() + form[1:]

    def _abbreviated(self, i: int) -> bool:
        return i > 0 and self.flat.kind[i - 1] in ("mr", "l.a.") and self.flat.kind[i] == "."

    def _joined(self, start: int, end: int, forms: list[str], *, hyphens: bool) -> tuple[str, list[int]]:
        pieces: list[str] = []
        offsets: list[int] = []
        length = 0
        quoted = False
        glue = True  # nothing between this token and the one before
        for i, form in enumerate(forms, start=start):
            if i > start and self._is_rest_of_entity(i):
                offsets.append(length)
                continue
            kind = self.flat.kind[i]
            if not (glue or self.flat.is_glued(i) or self._no_blank_before(i, kind, quoted, hyphens, end)):
                pieces.append(" ")
                length += 1
            offsets.append(length)
            pieces.append(form)
            length += len(form)
            if kind == '"':
                glue = not quoted
                quoted = not quoted
            else:
                glue = self._no_blank_after(i, kind, hyphens, end)
        return "".join(pieces), offsets

    def _no_blank_after(self, i: int, kind: str, hyphens: bool, end: int) -> bool:
        if kind in (",", ":"):
            return self._is_in_number(i, end)
        return kind in _NO_BLANK_AFTER or hyphens and kind == "-" and self._is_hyphen(i, end)

    def _no_blank_before(self, i: int, kind: str, quoted: bool, hyphens: bool, end: int) -> bool:
        if self.flat.low[i] in _NO_BLANK_BEFORE or self._is_rest_of_word(i):
            return True
        match kind:
            case '"':
                return quoted
            case "'":
                return self.flat.low[i - 1].endswith(("in", "s"))
            case "-":
                is_second = i > 0 and self.flat.kind[i - 1] == "-"  # of a dash of two hyphens
                return is_second or hyphens and self._is_hyphen(i, end)
            case _:
                return False

    def _is_hyphen(self, i: int, end: int) -> bool:
        """`blow - out` was one word; a dash at either end of the text was none."""
        flat = self.flat
        return 0 < i < end - 1 and flat.low[i - 1][-1].isalnum() and flat.low[i + 1][0].isalnum()

    def _is_in_number(self, i: int, end: int) -> bool:
        """`9 , 480` and `10 : 54` were one number."""
        flat = self.flat
        if not 0 < i < end - 1 or flat.kind[i - 1] != "num" or flat.kind[i + 1] != "num":
            return False
        return len(flat.low[i + 1]) == (3 if flat.kind[i] == "," else 2)

    def _is_rest_of_word(self, i: int) -> bool:
        return self.flat.low[i] in _RESTS and i > 0 and self.flat.kind[i - 1] != "'"

    def _is_rest_of_entity(self, i: int) -> bool:
        return self.flat.low[i] == ";" and self.flat.low[i - 1] == "&amp"
