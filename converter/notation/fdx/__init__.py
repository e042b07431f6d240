"""What reader and writer of Final Draft's FDX share: names, units, flags, colours. The styles stand in `styles`,
the title page in `title`.

Final Draft publishes no schema; the rules here were measured on files of Final Draft 8 to 13 (Version 1 to 6).
"""

from __future__ import annotations

import re
import zlib
from functools import cache

from converter.notation.colors import NAMED_COLORS
from converter.tree import NO_STYLE, Align, PageFieldKind, Style

# In the order in which Final Draft joins them. Strikeout is reported by other programs only.
FLAGS: tuple[tuple[Style, str], ...] = (
    (Style.BOLD, "Bold"),
    (Style.ITALIC, "Italic"),
    (Style.UNDERLINE, "Underline"),
    (Style.STRIKEOUT, "Strikeout"),
    (Style.ALL_CAPS, "AllCaps"),
    (Style.SMALL_CAPS, "SmallCaps"),
    (Style.HIDDEN, "HiddenText"),
)
_FLAG = {name: style for style, name in FLAGS} | {"WordUnderline": Style.UNDERLINE}

ALIGN = {"Left": Align.LEFT, "Center": Align.CENTER, "Right": Align.RIGHT, "Full": Align.FULL}
LABELS = {
    "Page #": PageFieldKind.PAGE,
    "Label": PageFieldKind.LABEL,
    "Date": PageFieldKind.DATE,
    "Collated Revisions": PageFieldKind.REVISION,
    "Last Revised": PageFieldKind.REVISION,  # its name before Final Draft 11
}

# Types of our own, which Final Draft shows like any custom element.
ALONE = "Lyrics Alone"  # lyrics that do not belong to the speech before them
BLANK_PAGE = "Page Break"  # a page break without a paragraph to carry it

# The kinds of script notes that stand for other nodes of the tree.
BONEYARD_NOTE = "Boneyard"
PAGE_NOTE = "Page"

# Children of UserDocumentData, where Final Draft lets programs keep their own. Both are believed only as long as the
# rest of the file still says the same.
TITLE_FIELDS = "matchcut.TitleFields"
SILENT_SETUP = "matchcut.SilentSetup"

NO_NUMBER = frozenset({"", "None", "(null)"})  # what exporters wrote on unnumbered scenes

# ---------------------------------------------------------------- flags


@cache
def style_of(value: str) -> Style:
    style = NO_STYLE
    for name in value.split("+"):
        style |= _FLAG.get(name, NO_STYLE)
    return style


@cache
def unknown_flags(value: str) -> bool:
    return any(name not in _FLAG and name for name in value.split("+"))


@cache
def flags_of(style: Style) -> str:
    return "+".join(name for flag, name in FLAGS if flag in style)


# ---------------------------------------------------------------- colours

BLACK, WHITE = "#000000", "#FFFFFF"
_WIDE = r"#(?:[0-9A-Fa-f]{12}|[0-9A-Fa-f]{6})\Z"
HEX_COLOR = r"#[0-9A-Fa-f]{6}\Z"


def color_of(value: str | None) -> str | None:
    """#RRGGBB of Final Draft's 16 bits a channel; None for `(null)` and whatever else is no colour."""
    if value is None or not re.match(_WIDE, value):
        return None
    return value if len(value) == 7 else value[:3] + value[5:7] + value[9:11]


def color_value(color: str) -> str:
    red, green, blue = color[1:3], color[3:5], color[5:7]
    return f"#{red}{red}{green}{green}{blue}{blue}"


def card_color(color: str | None) -> tuple[str, str | None]:
    """Color of a note or scene card, and ColorName: what the tree says where Color alone would not give it back."""
    if color is None:
        return color_value(BLACK), None
    if re.match(HEX_COLOR, color):
        return color_value(color), color if color == BLACK else None
    return color_value(NAMED_COLORS.get(color.lower(), BLACK)), color


# ---------------------------------------------------------------- numbers


def inches(value: float) -> str:
    """Two decimals as Final Draft writes them, more where the value has more."""
    short = f"{value:.2f}"
    return short if float(short) == value else repr(value)


def plain_number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


# ---------------------------------------------------------------- text


def units(text: str) -> int:
    """The length by which Final Draft counts: UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(1 for char in text if char > "\uffff")


def digest(data: bytes) -> int:
    """Which file a node came from; the same in every process."""
    return zlib.crc32(data) | zlib.adler32(data) << 32 | (len(data) & 0xFFFFFFFF) << 64


_NAME_LENGTH = 40


def first_words(text: str) -> str:
    """What Final Draft lists a note under that has no title: the beginning of its first line."""
    line = text.partition("\n")[0].strip()
    if len(line) <= _NAME_LENGTH:
        return line
    cut = line[: _NAME_LENGTH + 1].rpartition(" ")[0].rstrip()
    return (cut or line[:_NAME_LENGTH]) + "..."


# ---------------------------------------------------------------- dates

_STAMP = r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\Z"
_ISO = r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\Z"


def date_of(value: str) -> str:
    """ISO 8601 of YYYYMMDDThhmmss; anything else as it stands."""
    return re.sub(_STAMP, r"\1-\2-\3T\4:\5:\6", value, flags=re.ASCII)


def date_value(date: str) -> str:
    return re.sub(_ISO, r"\1\2\3T\4\5\6", date, flags=re.ASCII)
