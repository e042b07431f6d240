"""A variable font at one weight: the only work that is left to fontTools, which takes a tenth of a second to load."""

from __future__ import annotations

import io
from collections.abc import Iterable

from converter.contract import ConverterError
from converter.fonts.index import FONT_LIMITS
from converter.fonts.tables import FontError
from converter.safe import files
from converter.safe.quiet import quiet


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
    with quiet("fontTools"):
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
