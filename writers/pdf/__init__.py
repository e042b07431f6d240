"""PDF: the pages of `converter.layout`, drawn.

Layout decides every line and page; here they only become operators. reportlab supplies fonts, structure and objects,
the page contents are written by hand, which is several times faster than its drawing calls.
"""

from __future__ import annotations

import io

from converter.contract import DEFAULT_LIMITS, Limits, Report, Writer, ignore, option
from converter.layout.losses import HOLDS as HOLDS
from converter.layout.paginate import paginate
from converter.layout.style import PageOptions
from converter.records import dataclass
from converter.tree import Screenplay
from writers.pdf.draw import draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(PageOptions):
    """Everything that pages share, and what only a drawn page has."""

    font: str | None = option(None, "A font family on this system or a .ttf or .otf file; Courier unless said.")
    colors: bool = option(False, "Draw words in the colours that the source gives them or their revision.")
    tint: bool = option(False, "Tint revised pages in the colour of their revision.")
    watermark: str | None = option(None, "A word or name in light grey across every page.")
    watermark_gray: float = option(0.88, "How light the watermark is: 0 is black, 1 is white.")
    bookmarks: bool = option(True, "List acts, sections and scenes in the reader's side bar.")


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """The screenplay's pages as a PDF in which every font is embedded; the same bytes each time.

    Raises LimitError for more pages than `limits.output_pages`, UsageError for a font that is not found.
    """
    pages = paginate(screenplay, options, report, limits)
    output = io.BytesIO()
    draw(output, screenplay, pages.title, pages.script, options, report, limits)
    return output.getvalue()


WRITER = Writer("pdf", (), Options, write)
