"""The length of each scene in eighths and the page on which it begins, as Final Draft keeps them beside a heading.

Final Draft works both out anew, so they are written only when asked: counting pages costs more than the rest.
"""

from __future__ import annotations

from converter.contract import DEFAULT_LIMITS, Limits, ignore
from converter.layout.paginate import SceneLength, eighths_text, paginate
from converter.notation.fdx.listed import read_style_table
from converter.notation.fdx.source import working_text
from converter.notation.fdx.styles import StyleTable
from converter.safe.xml import Span, parse, spans
from converter.tree import SceneHeading, Screenplay
from writers.fdx.markup import attributes


def with_lengths(data: bytes, screenplay: Screenplay, limits: Limits) -> bytes:
    """The file with `Length` and `Page` on every scene heading; `screenplay` is what the file says."""
    scenes = paginate(screenplay, report=ignore, limits=limits).scenes
    working = working_text(data)
    assert working is not None, "what we write is text"
    table = read_style_table(parse(working.data, DEFAULT_LIMITS, encoding="utf-8"))
    content = spans(working.data).child("Content")
    headings = _headings(content, table) if content is not None else []
    pieces, copied = [], 0
    for heading, scene in zip(headings, scenes, strict=True):
        start, end, markup = _edit(working.data, heading, scene)
        pieces += [working.data[copied:start], markup.encode("utf-8")]
        copied = end
    return working.original(b"".join((*pieces, working.data[copied:])))


def _headings(content: Span, table: StyleTable) -> list[Span]:
    """The paragraphs that are scene headings, without those of omitted scenes."""
    return [
        one for one in content.each("Paragraph") if table.kind(one.attributes.get("Type", "")).element is SceneHeading
    ]


def _edit(data: bytes, heading: Span, scene: SceneLength) -> tuple[int, int, str]:
    """Which bytes to replace by which: the tag of the properties, or none where a heading has no properties yet."""
    values = {"Length": eighths_text(scene.eighths), "Page": scene.page}
    properties = heading.child("SceneProperties")
    if properties is None:
        tag = f"<SceneProperties{attributes({**values, 'Title': ''})}/>"
        return heading.inner, heading.inner, f"\n      {tag}"
    end = "/>" if data[properties.inner - 2 : properties.inner] == b"/>" else ">"
    return properties.start, properties.inner, f"<SceneProperties{attributes({**properties.attributes, **values})}{end}"
