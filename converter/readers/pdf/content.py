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
from converter.readers.pdf.work import Work

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
    opacity: Callable[[str], float | None]  # of a graphics state; None: it leaves it as it is
    is_ink: Callable[[str], bool]  # a colour space in which 1 is the full colour, as in print, and not white


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
    shade: float
    opacity: float
    is_ink: bool


class Turned(NamedTuple):
    """Letters that run down, up or upside down: how many there are, and on how many lines."""

    letters: list[int]
    lines: list[set[int]]


DOWN, OVER, UP = 0, 1, 2

_DEEPEST_FORM = 12
_MOST_FORMS = 5_000
_DEEPEST_STATE = 10_000
_TALLEST_RULE = 2.0
_MOST_RULES = 20_000
_MOST_OPERANDS = 1_000


class Interpreter:
    """Runs the content of one page."""

    def __init__(self, matrix: Matrix, resources: Resources, limits: Limits, work: Work):
        self.letters: list[Placed] = []
        self.shades: list[float] = []  # of each string, from 0, black, to 1, white or not to be seen
        self.marked: set[int] = set()  # strings that the page itself calls a watermark
        self.turned = Turned([0, 0, 0], [set(), set(), set()])
        self.slanted: list[str] = []  # words that run in another direction than left to right
        self.rules: list[Rule] = []
        self.is_broken = False  # words were drawn in a font that the file does not have
        self._limits = limits
        self._resources = resources
        self._strings = 0
        self._depth = 0
        self._forms = 0
        self._work = work
        self._open_forms: set[object] = set()
        self._known_forms: set[object] = set()
        self._matrix = self._paper = matrix
        self._shade, self._opacity, self._is_ink = 0.0, 1.0, False
        self._marks: list[bool] = []
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
            b"g": self._set_gray,
            b"rg": self._set_rgb,
            b"k": self._set_cmyk,
            b"cs": self._set_space,
            b"sc": self._set_color,
            b"scn": self._set_color,
            b"gs": self._set_graphics,
            b"BMC": self._begin_mark,
            b"BDC": self._begin_mark,
            b"EMC": self._end_mark,
        }

    def draw(self, form: Form, matrix: Matrix) -> None:
        """A drawing that lies over the page, such as the look of a form field."""
        self._states.clear()
        self._matrix = times(matrix, self._paper)
        self._draw(form)

    def write(self, words: str, corner: tuple[float, float], height: float) -> None:
        """Words that have no drawing, in a box of that height with that lower left corner."""
        size = min(12.0, 0.8 * height)
        lines = words.split("\n")
        room = height - 1.15 * size * len(lines)
        a, b, c, d, e, f = times((1.0, 0.0, 0.0, 1.0, *corner), self._paper)
        if not (a > 0 and abs(b) < 0.02 * a and size > 0):
            return
        for number, line in enumerate(lines):
            up = room / 2 + 1.15 * size * (len(lines) - number - 1) + 0.3 * size
            self._strings += 1
            self.shades.append(0.0)
            for place, char in enumerate(line):
                x = e + (2 + 0.6 * size * place) * a
                self.letters.append(Placed(x, f + up * d, char, 0.6 * size * a, 0, size * a, self._strings))

    def run(self, data: bytes) -> None:
        self._work.draw(len(data))
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
            self._shade,
            self._opacity,
            self._is_ink,
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
            self._shade,
            self._opacity,
            self._is_ink,
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

    # -------- colour

    def _set_gray(self, operands: list[Any]) -> None:
        self._shade, self._is_ink = float(operands[-1]), False

    def _set_rgb(self, operands: list[Any]) -> None:
        red, green, blue = (float(one) for one in operands[-3:])
        self._shade, self._is_ink = 0.3 * red + 0.59 * green + 0.11 * blue, False

    def _set_cmyk(self, operands: list[Any]) -> None:
        cyan, magenta, yellow, black = (float(one) for one in operands[-4:])
        self._shade = 1 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black)
        self._is_ink = False

    def _set_space(self, operands: list[Any]) -> None:
        self._is_ink = self._resources.is_ink(operands[-1])
        self._shade = 0.0

    def _set_color(self, operands: list[Any]) -> None:
        """As many numbers as the colour space has; a pattern is a name."""
        count = len(operands)
        if count == 1 and isinstance(operands[0], float):
            self._shade = 1 - operands[0] if self._is_ink else operands[0]
        elif count == 3:
            self._set_rgb(operands)
        elif count == 4:
            self._set_cmyk(operands)

    def _set_graphics(self, operands: list[Any]) -> None:
        opacity = self._resources.opacity(operands[-1])
        if opacity is not None:
            self._opacity = opacity

    def _begin_mark(self, operands: list[Any]) -> None:
        if len(self._marks) < _DEEPEST_STATE:
            self._marks.append("/Watermark" in operands or bool(self._marks) and self._marks[-1])

    def _end_mark(self, operands: list[Any]) -> None:
        if self._marks:
            self._marks.pop()

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
        self.shades.append(1 - self._opacity * (1 - self._shade))
        if self._marks and self._marks[-1]:
            self.marked.add(self._strings)
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
            self._keep_slanted("".join(slanted), a * size, b * size, (x, y))
        self._advance(distance)
        if len(letters) + len(self.slanted) > self._limits.pdf_page_glyphs:
            raise self._limits.passed("pdf_page_glyphs", "a page of this PDF holds too many letters")

    def _keep_slanted(self, text: str, a: float, b: float, at: tuple[float, float]) -> None:
        self.slanted.append(text)
        if abs(a) < 0.02 * abs(b):
            way, line = (DOWN if b > 0 else UP), at[0]
        elif abs(b) < 0.02 * -a:
            way, line = OVER, at[1]
        else:
            return
        self.turned.letters[way] += len(text.replace(" ", ""))
        self.turned.lines[way].add(round(line / 4))

    # -------- drawings

    def _draw_form(self, operands: list[Any]) -> None:
        form = self._resources.form(operands[-1])
        self._forms += 1
        self._work.use()
        if self._forms > _MOST_FORMS:
            raise LimitError(f"a page of this PDF uses more than {_MOST_FORMS:,} drawings; no option allows more")
        if form is not None:
            self._draw(form)

    def _draw(self, form: Form) -> None:
        if form.key in self._open_forms or self._depth >= _DEEPEST_FORM:
            return
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
