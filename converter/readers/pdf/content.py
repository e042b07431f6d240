"""What a page draws: its letters with their places, and the horizontal rules that underline and strike them out.

Final Draft draws every letter with eight operators of its own, so this reads the decoded stream in one loop instead of
through pypdf's visitors, which need five times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from converter.contract import ConverterError, LimitError, Limits
from converter.readers.pdf.fonts import BOLD, ITALIC, Font

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Placed(NamedTuple):
    """A letter on the page: points from the top left corner, y down to the baseline."""

    x: float
    y: float
    text: str
    width: float
    style: int  # BOLD, ITALIC
    size: float
    string: int  # which string of the page it was drawn in


class Rule(NamedTuple):
    """A thin horizontal line."""

    left: float
    right: float
    y: float


class Resources(NamedTuple):
    """What the names in a content stream stand for."""

    font: Callable[[str], Font | None]
    form: Callable[[str], Form | None]


class Form(NamedTuple):
    """A drawing that a page uses by its name."""

    key: object
    data: Callable[[], bytes]
    is_whole: Callable[[], bool]
    matrix: Matrix
    resources: Resources


class _State(NamedTuple):
    """What q keeps and Q brings back."""

    matrix: Matrix
    font: Font | None
    size: float
    spacing: float
    word_spacing: float
    stretch: float
    leading: float
    rise: float
    mode: int
    line_width: float


_DEEPEST_FORM = 12
_MOST_FORMS = 5_000
_DEEPEST_STATE = 10_000
_TALLEST_RULE = 2.0
_MOST_RULES = 20_000
_MOST_OPERANDS = 1_000


class Interpreter:
    """Runs the content of one page."""

    def __init__(self, matrix: Matrix, resources: Resources, limits: Limits):
        self.letters: list[Placed] = []
        self.slanted: list[str] = []  # words that run in another direction than left to right
        self.rules: list[Rule] = []
        self.is_broken = False  # words were drawn in a font that the file does not have
        self._limits = limits
        self._resources = resources
        self._strings = 0
        self._depth = 0
        self._forms = 0
        self._work = 0
        self._open_forms: set[object] = set()
        self._known_forms: set[object] = set()
        self._matrix = matrix
        self._font: Font | None = None
        self._size = 0.0
        self._spacing = self._word_spacing = self._leading = self._rise = 0.0
        self._stretch = 1.0
        self._mode = 0
        self._line_width = 1.0
        self._states: list[_State] = []
        self._text = self._line = IDENTITY
        self._path: list[tuple[float, float, float, float]] = []
        self._boxes: list[tuple[float, float, float, float]] = []
        self._point = (0.0, 0.0)
        self._operators: dict[bytes, Callable[[list[Any]], None]] = {
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._concatenate,
            b"BT": self._begin_text,
            b"Tf": self._set_font,
            b"Td": self._move,
            b"TD": self._move_and_lead,
            b"Tm": self._set_matrix,
            b"T*": self._next_line,
            b"Tj": self._show,
            b"TJ": self._show_spaced,
            b"'": self._next_line_show,
            b'"': self._spaced_next_line_show,
            b"Tc": self._set_spacing,
            b"Tw": self._set_word_spacing,
            b"Tz": self._set_stretch,
            b"TL": self._set_leading,
            b"Ts": self._set_rise,
            b"Tr": self._set_mode,
            b"w": self._set_line_width,
            b"Do": self._draw_form,
            b"m": self._move_to,
            b"l": self._line_to,
            b"re": self._rectangle,
            b"c": self._curve,
            b"v": self._curve,
            b"y": self._curve,
            b"S": self._stroke,
            b"s": self._stroke,
            b"B": self._stroke,
            b"B*": self._stroke,
            b"b": self._stroke,
            b"b*": self._stroke,
            b"f": self._fill,
            b"F": self._fill,
            b"f*": self._fill,
            b"n": self._end_path,
        }

    def run(self, data: bytes) -> None:
        self._work += len(data)
        if self._work > 4 * self._limits.pdf_stream_bytes:
            raise self._limits.passed("pdf_stream_bytes", "a page of this PDF draws too much")
        operators = self._operators
        operands: list[Any] = []
        for kind, value in tokens(data):
            if kind is not _OPERATOR:
                operands.append(value)
                continue
            operator = operators.get(value)
            if operator is not None:
                try:
                    operator(operands)
                except ConverterError:
                    raise
                except (TypeError, ValueError, IndexError, OverflowError):
                    continue  # an operator without its operands draws nothing; viewers go on too
                finally:
                    operands.clear()
            else:
                operands.clear()

    # -------- state

    def _save(self, operands: list[Any]) -> None:
        if len(self._states) < _DEEPEST_STATE:
            self._states.append(self._state())

    def _state(self) -> _State:
        return _State(
            self._matrix,
            self._font,
            self._size,
            self._spacing,
            self._word_spacing,
            self._stretch,
            self._leading,
            self._rise,
            self._mode,
            self._line_width,
        )

    def _restore(self, operands: list[Any]) -> None:
        if self._states:
            self._set_state(self._states.pop())

    def _set_state(self, state: _State) -> None:
        (
            self._matrix,
            self._font,
            self._size,
            self._spacing,
            self._word_spacing,
            self._stretch,
            self._leading,
            self._rise,
            self._mode,
            self._line_width,
        ) = state

    def _concatenate(self, operands: list[Any]) -> None:
        self._matrix = times(_six(operands), self._matrix)

    def _set_font(self, operands: list[Any]) -> None:
        self._size = float(operands[-1])
        self._font = self._resources.font(operands[-2])

    def _set_spacing(self, operands: list[Any]) -> None:
        self._spacing = float(operands[-1])

    def _set_word_spacing(self, operands: list[Any]) -> None:
        self._word_spacing = float(operands[-1])

    def _set_stretch(self, operands: list[Any]) -> None:
        self._stretch = float(operands[-1]) / 100

    def _set_leading(self, operands: list[Any]) -> None:
        self._leading = float(operands[-1])

    def _set_rise(self, operands: list[Any]) -> None:
        self._rise = float(operands[-1])

    def _set_mode(self, operands: list[Any]) -> None:
        self._mode = int(operands[-1])

    def _set_line_width(self, operands: list[Any]) -> None:
        self._line_width = float(operands[-1])

    # -------- text

    def _begin_text(self, operands: list[Any]) -> None:
        self._text = self._line = IDENTITY

    def _set_matrix(self, operands: list[Any]) -> None:
        self._text = self._line = _six(operands)

    def _move(self, operands: list[Any]) -> None:
        x, y = float(operands[-2]), float(operands[-1])
        a, b, c, d, e, f = self._line
        self._text = self._line = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)

    def _move_and_lead(self, operands: list[Any]) -> None:
        self._leading = -float(operands[-1])
        self._move(operands)

    def _next_line(self, operands: list[Any]) -> None:
        self._move([0.0, -self._leading])

    def _next_line_show(self, operands: list[Any]) -> None:
        self._next_line(operands)
        self._show(operands)

    def _spaced_next_line_show(self, operands: list[Any]) -> None:
        self._word_spacing, self._spacing = float(operands[-3]), float(operands[-2])
        self._next_line_show(operands)

    def _show_spaced(self, operands: list[Any]) -> None:
        for item in operands:
            if isinstance(item, bytes):
                self._show([item])
            elif isinstance(item, float):
                self._advance(-item / 1000 * self._size * self._stretch)

    def _advance(self, distance: float) -> None:
        a, b, c, d, e, f = self._text
        self._text = (a, b, c, d, distance * a + e, distance * b + f)

    def _show(self, operands: list[Any]) -> None:
        font = self._font
        if font is None:
            self.is_broken |= bool(operands[-1].strip())
            return
        self.is_broken |= not font.is_whole
        a, b, c, d, x, y = times(self._text, self._matrix)
        glyphs = font.glyphs(operands[-1])
        x, y = x + self._rise * c, y + self._rise * d
        size, stretch = self._size, self._stretch
        height = abs(d) * size
        upright = a * size > 0 and abs(b) < 0.02 * a and d < 0
        style = font.style | _set_by_hand(self._mode, c, d)
        letters, distance = self.letters, 0.0
        self._strings += 1
        slanted = []
        for text, width, is_blank in glyphs:
            drawn = width * size * stretch
            if upright:
                letters.append(Placed(x + distance * a, y, text, drawn * a, style, height, self._strings))
            else:
                slanted.append(text)
            distance += drawn + self._spacing * stretch
            if is_blank:
                distance += self._word_spacing * stretch
        if slanted:
            self.slanted.append("".join(slanted))
        self._advance(distance)
        if len(letters) + len(self.slanted) > self._limits.pdf_page_glyphs:
            raise self._limits.passed("pdf_page_glyphs", "a page of this PDF holds too many letters")

    # -------- drawings

    def _draw_form(self, operands: list[Any]) -> None:
        form = self._resources.form(operands[-1])
        self._forms += 1
        if form is None or form.key in self._open_forms or self._depth >= _DEEPEST_FORM:
            return
        if self._forms > _MOST_FORMS:
            raise LimitError(f"a page of this PDF uses more than {_MOST_FORMS:,} drawings; no option allows more")
        kept, states, resources = self._state(), self._states, self._resources
        text, line = self._text, self._line
        self._open_forms.add(form.key)
        self._depth += 1
        self._states, self._resources = [], form.resources
        self._matrix = times(form.matrix, self._matrix)
        if form.key not in self._known_forms:
            self._known_forms.add(form.key)
            self.is_broken |= not form.is_whole()
        self.run(form.data())
        self._open_forms.discard(form.key)
        self._depth -= 1
        self._states, self._resources = states, resources
        self._text, self._line = text, line
        self._set_state(kept)

    def _move_to(self, operands: list[Any]) -> None:
        self._point = (float(operands[-2]), float(operands[-1]))

    def _line_to(self, operands: list[Any]) -> None:
        point = (float(operands[-2]), float(operands[-1]))
        self._path.append((*self._point, *point))
        self._point = point

    def _curve(self, operands: list[Any]) -> None:
        self._point = (float(operands[-2]), float(operands[-1]))

    def _rectangle(self, operands: list[Any]) -> None:
        x, y, width, height = (float(one) for one in operands[-4:])
        self._boxes.append((x, y, x + width, y + height))

    def _stroke(self, operands: list[Any]) -> None:
        for left, top, right, bottom in (*self._path, *self._boxes):
            self._rule(left, top, right, bottom, self._line_width)
        self._end_path(operands)

    def _fill(self, operands: list[Any]) -> None:
        for left, top, right, bottom in self._boxes:
            self._rule(left, top, right, bottom, 0.0)
        if len(self._path) >= 3:  # a thin box drawn side by side
            xs = [one for side in self._path for one in side[::2]]
            ys = [one for side in self._path for one in side[1::2]]
            self._rule(min(xs), min(ys), max(xs), max(ys), 0.0)
        self._end_path(operands)

    def _rule(self, left: float, top: float, right: float, bottom: float, width: float) -> None:
        a, b, c, d, e, f = self._matrix
        x1, y1 = left * a + top * c + e, left * b + top * d + f
        x2, y2 = right * a + bottom * c + e, right * b + bottom * d + f
        is_thin = abs(y2 - y1) <= _TALLEST_RULE and width * abs(d) <= _TALLEST_RULE
        if is_thin and abs(x2 - x1) > 2 and len(self.rules) < _MOST_RULES:
            self.rules.append(Rule(min(x1, x2), max(x1, x2), (y1 + y2) / 2))

    def _end_path(self, operands: list[Any]) -> None:
        self._path.clear()
        self._boxes.clear()


def times(first: Matrix, second: Matrix) -> Matrix:
    """What does `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _six(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = operands[-6:]
    return (float(a), float(b), float(c), float(d), float(e), float(f))


_SHEAR = 0.1  # slanted by hand: the tangent of six degrees


def _set_by_hand(mode: int, c: float, d: float) -> int:
    """Bold and italic that no font has: letters stroked as well as filled, letters sheared."""
    sheared = d != 0 and _SHEAR < -c / d < 0.5
    return (BOLD if mode == 2 else 0) | (ITALIC if sheared else 0)


# ---------------------------------------------------------------- tokens

_OPERATOR = "operator"
_OPERAND = "operand"

# PDF 32000-1, 7.2 and 7.3: number, name, string without brackets in it, string of digits, operator, the rest.
_TOKEN = re.compile(
    rb"""
    ([+-]?(?:\d+\.?\d*|\.\d+))          # 1
    | /([^\x00\t\n\x0c\r\ ()<>\[\]{}/%]*)   # 2
    | \(([^()\\]*+)\)                   # 3
    | ([A-Za-z'"][A-Za-z0-9*]*)         # 4
    | <([0-9A-Fa-f\s]*+)>               # 5
    | (\()                              # 6: a string with brackets or escapes
    | %[^\r\n]*+
    """,
    re.VERBOSE,
)


def tokens(data: bytes) -> Iterator[tuple[str, Any]]:
    """Operands and operators in order: numbers as float, names as str with their slash, strings as bytes.

    The items of an array come one by one, which is all that TJ needs; dictionaries lose their brackets.
    """
    place, count = 0, 0
    while True:
        for match in _TOKEN.finditer(data, place):
            kind = match.lastindex
            if kind == 1:
                count += 1
                if count <= _MOST_OPERANDS:
                    yield _OPERAND, float(match[1])
            elif kind == 4:
                operator = match[4]
                count = 0
                yield _OPERATOR, operator
                if operator == b"BI":
                    place = _after_image(data, match.end())
                    break
            elif kind == 3:
                yield _OPERAND, match[3]
            elif kind == 2:
                yield _OPERAND, "/" + match[2].decode("latin-1")
            elif kind == 5:
                digits = b"".join(match[5].split())
                yield _OPERAND, bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
            elif kind == 6:
                string, place = _string(data, match.end())
                yield _OPERAND, string
                break
        else:
            return


_IMAGE_END = re.compile(rb"[\s]EI(?=[\s]|$)")


def _after_image(data: bytes, place: int) -> int:
    """An inline image: its bytes are no operators."""
    match = _IMAGE_END.search(data, place)
    return match.end() if match else len(data)


_STRING_PART = re.compile(rb"[^()\\]++|[()]|\\(?:[0-7]{1,3}|\r\n|.|$)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}


def _string(data: bytes, place: int) -> tuple[bytes, int]:
    """A string in brackets from behind its first one; gives the place behind its last."""
    parts: list[bytes] = []
    depth = 1
    for match in _STRING_PART.finditer(data, place):
        part = match[0]
        if part == b"(":
            depth += 1
        elif part == b")":
            depth -= 1
            if not depth:
                return b"".join(parts), match.end()
        elif part[:1] == b"\\":
            part = _unescaped(part[1:])
        parts.append(part)
    return b"".join(parts), len(data)


def _unescaped(escape: bytes) -> bytes:
    if escape.isdigit():
        return bytes((int(escape, 8) & 0xFF,)) if escape[:1] not in b"89" else escape
    return _ESCAPES.get(escape, escape)
