"""How much taking a PDF apart has cost so far, in all its pages and fonts together."""

from __future__ import annotations

from converter.contract import LimitError, Limits

_MOST_CODES = 1_000_000  # letters that fonts name and measure; a large Japanese font has 20,000
_MOST_UNPACKED = 100
_MOST_FORMS = 200_000


class Work:
    """Counts what is done, not what comes out: a part that is used again costs as much as the first time."""

    def __init__(self, limits: Limits, size: int):
        """`size`: bytes of the file. Contents of scripts unpack to ten or twenty times as much as they were."""
        self._limits = limits
        self._drawn = self._codes = self._forms = 0
        most = limits.pdf_stream_bytes
        self._most_drawn = min(4 * most, most // 4 + _MOST_UNPACKED * size)

    def draw(self, count: int) -> None:
        """So many bytes of contents, drawings or tables are gone through."""
        self._drawn += count
        if self._drawn > self._most_drawn:
            raise self._limits.passed("pdf_stream_bytes", "this PDF draws too much")

    def name(self, codes: int) -> None:
        """A font says so many times which letter a code is, or how wide."""
        self._codes += max(0, codes)
        if self._codes > _MOST_CODES:
            raise LimitError("the fonts of this PDF name their letters too often; no option allows more")

    def use(self) -> None:
        """A page uses a drawing by its name."""
        self._forms += 1
        if self._forms > _MOST_FORMS:
            raise LimitError(f"this PDF uses more than {_MOST_FORMS:,} drawings; no option allows more")
