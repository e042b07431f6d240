"""XML text in Final Draft's own form: two blanks a level, attributes in alphabetical order, LF.

Elements of lxml cost several times as much as text, so this module writes the text itself: every word goes through
`escaped` or `quoted`, every attribute through `attributes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from converter.normal import allowed
from converter.notation.fdx import color_value, flags_of, plain_number
from converter.notation.fdx.styles import Settings
from converter.tree import NO_STYLE, Boneyard, Deletion, LineBreak, Look, Note, NoteEnd, PageMark, Run, Style, Text

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'


def escaped(words: str) -> str:
    """As the content of an element."""
    if "&" in words:
        words = words.replace("&", "&amp;")
    if "<" in words:
        words = words.replace("<", "&lt;")
    if ">" in words:
        words = words.replace(">", "&gt;")
    return words.replace("\r", "&#13;") if "\r" in words else words


def quoted(value: str) -> str:
    """As the value of an attribute, with its quotes; a parser turns bare tabs and line feeds into blanks."""
    value = escaped(allowed(value)).replace('"', "&quot;")
    return f'"{value.replace(chr(9), "&#9;").replace(chr(10), "&#10;")}"'


def attributes(values: Mapping[str, str | None]) -> str:
    """With a blank before each; None leaves one out."""
    return "".join(f" {name}={quoted(value)}" for name, value in sorted(values.items()) if value is not None)


def tag(name: str, values: Mapping[str, str | None], content: Iterable[str] | None = None, indent: str = "") -> str:
    """An element on lines of its own; without content an empty tag."""
    start = f"{indent}<{name}{attributes(values)}"
    if content is None:
        return start + "/>\n"
    inside = "".join(content)
    return f"{start}>\n{inside}{indent}</{name}>\n" if inside else start + "/>\n"


def line(name: str, words: str, values: Mapping[str, str | None] | None = None, indent: str = "") -> str:
    """An element that holds words."""
    return f"{indent}<{name}{attributes(values or {})}>{escaped(allowed(words))}</{name}>\n"


def yes(value: bool) -> str:
    return "Yes" if value else "No"


# ---------------------------------------------------------------- runs


class RunWriter:
    """Texts as Text elements; remembers what each setting of words came to."""

    def __init__(self) -> None:
        self._known: dict[tuple[Style, Look | None, int | None, tuple[int, ...], Style], str] = {}

    def setting(self, run: Run, own: Style) -> str:
        """The attributes of a run in an element with that style of its own."""
        if run.style is NO_STYLE and run.look is None and run.revision is None and not run.tags:
            return ""
        key = (run.style, run.look, run.revision, run.tags, own)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = attributes(run_attributes(run, own))
        return found

    def texts(self, text: Text, own: Style, indent: str) -> str:
        """Text elements, one for each stretch of words set alike."""
        if len(text) == 1:
            only = text[0]
            if type(only) is Run:
                return f"{indent}<Text{self.setting(only, own)}>{escaped(only.text)}</Text>\n"
        pieces = [f"{indent}<Text{setting}>{escaped(words)}</Text>\n" for setting, words in self.stretches(text, own)]
        return "".join(pieces) or f"{indent}<Text></Text>\n"

    def stretches(self, text: Text, own: Style) -> list[tuple[str, str]]:
        """Attributes and words; a line break goes with the words before it."""
        result: list[tuple[str, list[str]]] = []
        first_breaks = ""
        for inline in text:
            match inline:
                case Run():
                    setting = self.setting(inline, own)
                    if result and result[-1][0] == setting:
                        result[-1][1].append(inline.text)
                    else:
                        result.append((setting, [first_breaks, inline.text]))
                        first_breaks = ""
                case LineBreak():
                    if result:
                        result[-1][1].append("\n")
                    else:
                        first_breaks += "\n"
                case Note() | NoteEnd() | Boneyard() | PageMark() | Deletion():
                    pass
        if first_breaks:
            result.append(("", [first_breaks]))
        return [(setting, "".join(words)) for setting, words in result]


def run_attributes(run: Run, own: Style) -> dict[str, str | None]:
    values: dict[str, str | None] = {"Style": style_value(run.style, own)}
    if run.look is not None:
        values |= look_attributes(run.look)
    if run.revision is not None:
        values["RevisionID"] = str(run.revision)
    if run.tags:
        values["TagNumber"] = ",".join(map(str, run.tags))
    return values


def style_value(style: Style, own: Style) -> str | None:
    """A Style replaces the element's own, so it says that again; PLAIN is one that does not."""
    if Style.PLAIN in style:
        return flags_of(style)
    return flags_of(style | own) if style else None


def look_attributes(look: Look) -> dict[str, str | None]:
    return {
        "Font": look.font,
        "Size": None if look.size is None else plain_number(look.size),
        "Color": None if look.color is None else color_value(look.color),
        "Background": None if look.background is None else color_value(look.background),
    }


def font_attributes(settings: Settings) -> dict[str, str | None]:
    """The full set, as a FontSpec has it."""
    return {
        "AdornmentStyle": "0",
        "Background": color_value(settings.background),
        "Color": color_value(settings.color),
        "Font": settings.font,
        "RevisionID": "0",
        "Size": plain_number(settings.size),
        "Style": flags_of(settings.style),
    }
