"""A variable font at one weight: the only work that is left to fontTools, which takes a tenth of a second to load."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from converter.contract import ConverterError
from converter.fonts.index import FONT_LIMITS
from converter.fonts.tables import FontError
from converter.safe import files


def instance(path: str, number: int, letters: Iterable[str], weight: int) -> bytes:
    """The font with these letters only, as a file of its own. FontError if it is damaged."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options(notdef_outline=True, layout_features=[], name_IDs=[1, 2, 4, 6], hinting=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "MATH"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted({" ", *letters})))
    output = io.BytesIO()
    with _quiet():
        try:
            data = files.read_file(path, FONT_LIMITS)
            font = TTFont(io.BytesIO(data), fontNumber=number, lazy=True, recalcTimestamp=False)
            subsetter.subset(font)
            axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
            instancer.instantiateVariableFont(font, axes | {"wght": weight}, inplace=True)
            font.save(output)
        except ConverterError:
            raise
        except Exception as error:  # fontTools has as many errors as there are ways to damage a font
            raise FontError(f"the font does not vary: {error}") from error
    return output.getvalue()


_lock = threading.Lock()
_users = 0
_before = (True, logging.NOTSET)


@contextmanager
def _quiet() -> Iterator[None]:
    """fontTools tells its log what it leaves out; where nobody set one up, Python prints that on standard error."""
    global _users, _before
    log = logging.getLogger("fontTools")
    with _lock:
        if not _users:
            _before = (log.propagate, log.level)
            log.propagate, log.level = False, logging.CRITICAL + 1
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                log.propagate, log.level = _before
