"""Read Highland documents and TextBundles: a zip archive around one Fountain text.

The specification of TextBundle (textbundle.org) names the text `text.` and a suffix, beside `info.json` and a folder
`assets`; Highland adds files of its own. The rest is passed over, and said.
"""

from __future__ import annotations

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.readers import fountain
from converter.readers.fountain import Options
from converter.safe.clean import clean
from converter.safe.zip import Archive, open_zip
from converter.tree import Screenplay

_ZIP = b"PK\x03\x04"
_TEXTS = (".fountain", ".md", ".markdown", ".txt")  # the first is the likeliest script
_MOST_NAMES = 5  # that a message lists


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """FormatError for an archive without a text. What is no archive is the bare text that some versions wrote."""
    if not source.data.startswith(_ZIP):
        return fountain.read(source, options, report, limits)
    archive = open_zip(source.data, limits)
    names = [name for name in archive.names() if _counts(name)]
    text = _text_of(names, archive)
    _report_the_rest([name for name in names if name != text], report)
    return fountain.read(Source(source.name, archive.read(text)), options, report, limits)


READER = Reader("highland", (), Options, read)


def _counts(name: str) -> bool:
    """Neither a folder nor what macOS hides in archives."""
    return not name.endswith("/") and not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _text_of(names: list[str], archive: Archive) -> str:
    """`text.*` of the shallowest folder; else the one Fountain file; else the largest text."""
    texts = [name for name in names if _suffix(name) in _TEXTS]
    named = [name for name in texts if _file(name).lower().startswith("text.")]
    if named:
        return min(named, key=lambda name: (name.count("/"), _TEXTS.index(_suffix(name)), name))
    scripts = [name for name in texts if _suffix(name) == ".fountain"]
    if len(scripts) == 1:
        return scripts[0]
    if texts:
        return max(sorted(texts), key=lambda name: archive.size(name))
    raise FormatError("there is no text in this bundle; export it from its program as Fountain")


_LONGEST_NAME = 60


def _report_the_rest(names: list[str], report: Report) -> None:
    rest = [clean(_file(name), _LONGEST_NAME) for name in names if _file(name) != "info.json"]
    if rest:
        listed = ", ".join(rest[:_MOST_NAMES]) + (
            f" and {len(rest) - _MOST_NAMES} more" if len(rest) > _MOST_NAMES else ""
        )
        message = f"Of this bundle only the text was read; it also holds {listed}."
        report(Diagnostic(Kind.LOSS, "highland.not-read", message))


def _file(name: str) -> str:
    return name.rpartition("/")[2]


def _suffix(name: str) -> str:
    before, dot, suffix = _file(name).rpartition(".")
    return f".{suffix.lower()}" if dot and before else ""
