"""Rich Text Format: what word processors and older programs for scripts hand out.

The names of its styles say what a paragraph is; without them recovery decides, as in Word. docs/formats/rtf.md has the
rules.
"""

from __future__ import annotations

from converter.contract import DEFAULT_LIMITS, FormatError, Limits, Reader, Report, Source, ignore, option
from converter.readers.rtf.document import Document
from converter.records import dataclass
from converter.recovery.documents.script import Found, screenplay_of
from converter.recovery.manner import MANNER_HELP, Manner
from converter.tree import Screenplay


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    manner: Manner = option("auto", MANNER_HELP)


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    limits.deadline().check()
    data = source.data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.startswith(b"{\\rtf"):
        raise FormatError("this is not an RTF document")
    document = Document(report, limits)
    document.read(data)
    found = Found(stuff=document.stuff, revisions=document.revisions(), paper=document.paper())
    return screenplay_of(found, "rtf", options.manner, report, limits)


READER = Reader("rtf", (), Options, read)
