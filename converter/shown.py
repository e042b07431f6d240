"""A screenplay as Python shows it: its outline for `str` and `print`, its first pages for a notebook.

The tree calls this only when it is asked to show itself, and it asks for the writers by their names.
"""

from __future__ import annotations

from converter.api import Options, chosen_output
from converter.contract import DEFAULT_LIMITS, ignore
from converter.tree import Screenplay

FRAME_HEIGHT = 40  # em, about half a page
ELEMENTS = 400  # that a notebook shows, some ten pages: it keeps what it shows in its file


def outline(screenplay: Screenplay) -> str:
    return _written(screenplay, "outline").rstrip("\n")


def frame(screenplay: Screenplay) -> str:
    """HTML with the first pages in a frame of their own, so that their looks and the notebook's do not mix.

    `sandbox` lets nothing in the frame run or reach out.
    """
    from html import escape

    from converter.records import replace

    start = replace(screenplay, body=screenplay.body[:ELEMENTS], origin=None)
    page = _written(start, "html", {"form": "pages"})
    left = len(screenplay.body) - ELEMENTS
    more = f"<p>The start of the script; {left:,} more elements are not shown here.</p>" if left > 0 else ""
    style = f"width:100%;height:{FRAME_HEIGHT}em;border:0"
    return f'<iframe sandbox title="The script" style="{style}" srcdoc="{escape(page)}"></iframe>{more}'


def _written(screenplay: Screenplay, format: str, options: Options = None) -> str:
    output = chosen_output("", format, options, ignore)
    return output.writer.write(screenplay, output.options, ignore, DEFAULT_LIMITS).decode("utf-8")
