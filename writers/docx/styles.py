"""The document's styles: our elements with the measures of this script's pages, and the styles of its author."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import NamedTuple

from lxml import etree

from converter.layout.style import Measure, Setup
from converter.lines import CELL
from converter.notation import docx as notation
from converter.notation.docx import BASES, Base, Role, w
from converter.tree import (
    Action,
    Align,
    Character,
    Dialogue,
    ElementStyle,
    Look,
    NewAct,
    Parenthetical,
    SceneHeading,
    Section,
    Shot,
    Style,
    Synopsis,
)
from writers.docx.body import OwnStyle
from writers.docx.properties import ALIGNMENTS
from writers.docx.runs import Node, fonts, write_size

_VAL = w("val")


class Looks(NamedTuple):
    """What the caller chose about type."""

    font: str
    language: str


class _Area(NamedTuple):
    """What indents count from, in twips: the page's margins, or a cell's edges."""

    left: int
    right: int


class Shown(NamedTuple):
    """Which of the elements that a page does not print are to be seen, and how deep the sections go."""

    sections: bool
    synopses: bool
    deepest: int


def style_sheet(
    setup: Setup, looks: Looks, shown: Shown, own: dict[OwnStyle, str], element_styles: tuple[ElementStyle, ...]
) -> Node:
    root = etree.Element(w("styles"), nsmap={"w": notation.WORD})
    _Sheet(root, setup, looks, shown, {style.name: style for style in element_styles}).write(own)
    return root


def written_measures(root: Node) -> dict[str, notation.StyleMeasures]:
    """What the styles of our elements say, so that a reader can tell whether somebody changed them."""
    names = {base.name for base in notation.MEASURED}
    found: dict[str, notation.StyleMeasures] = {}
    for style in root.iter(w("style")):
        name = style[0].get(_VAL)
        if name in names and name not in found:
            found[name] = _written(style)
    return found


def _written(style: Node) -> notation.StyleMeasures:
    indents, spacing, jc = (next(style.iter(w(tag)), None) for tag in ("ind", "spacing", "jc"))

    def twips(node: Node | None, *sides: str) -> int:
        said = [] if node is None else [node.get(w(side)) for side in sides]
        return int(next((one for one in said if one is not None), 0))

    first = twips(indents, "firstLine") - twips(indents, "hanging")
    align = next((align for align, said in ALIGNMENTS.items() if jc is not None and said == jc.get(_VAL)), None)
    flags = reduce(or_, (flag for flag, tag in _FLAGS if next(style.iter(w(tag)), None) is not None), Style(0))
    flags |= Style.UNDERLINE if next(style.iter(w("u")), None) is not None else Style(0)
    return notation.style_measures(
        twips(indents, "left"), twips(indents, "right"), first, twips(spacing, "before"), align, flags
    )


# The style of a new paragraph behind one of these; elsewhere Action.
_NEXT = {
    "Character": "Dialogue",
    "Parenthetical": "Dialogue",
    "Dual Character": "Dual Dialogue",
    "Dual Parenthetical": "Dual Dialogue",
    "Dual Dialogue": "Dual Dialogue",
    "Lyrics": "Lyrics",
    "Lyrics Alone": "Lyrics Alone",
    "Dual Lyrics": "Dual Lyrics",
    "Transition": "Scene Heading",
    "General": "General",
    "New Act": "Scene Heading",
    "End of Act": "New Act",
    "Cast List": "Action",
    "Character Continued": "Dialogue",
}
_KEPT_WITH_NEXT = (SceneHeading, Shot, Character, Parenthetical, NewAct, Section)

# Lines of the title page: how they stand, and whether they are bold and underlined capitals.
_TITLE_INDENT = str(notation.INCH - notation.LEFT_MARGIN)
_CENTERED_FIELDS = ("Title", "Credit", "Author", "Source")


def field_align(base: Base) -> Align:
    """How the style of a title page field sets its lines."""
    if base.name in _CENTERED_FIELDS:
        return Align.CENTER
    return Align.RIGHT if base.name == "Draft Date" else Align.LEFT


class _Sheet:
    def __init__(self, root: Node, setup: Setup, looks: Looks, shown: Shown, declared: dict[str, ElementStyle]):
        self._root = root
        self._setup = setup
        self._looks = looks
        self._shown = shown
        self._declared = declared
        self._page = _Area(notation.LEFT_MARGIN, round(setup.width * notation.POINT) - notation.RIGHT_MARGIN)

    def write(self, own: dict[OwnStyle, str]) -> None:
        self._defaults()
        _style(self._root, "Normal", "Normal", default=True)
        _style(self._root, "DefaultParagraphFont", "Default Paragraph Font", "character", default=True)
        _table_normal(self._root)
        _style(self._root, "NoList", "No List", "numbering", default=True)
        self._screenplay()
        for base in BASES.values():
            self._base(base)
        self._furniture()
        self._comments()
        self._characters()
        users: dict[str, set[Base]] = {}
        for style in own:
            users.setdefault(style.name or "", set()).add(style.base)
        for style, id_ in own.items():
            self._own(style, id_, own, users)

    # ---------------------------------------------------------------- ours

    def _defaults(self) -> None:
        defaults = etree.SubElement(self._root, w("docDefaults"))
        run = etree.SubElement(etree.SubElement(defaults, w("rPrDefault")), w("rPr"))
        etree.SubElement(run, w("rFonts"), fonts(self._looks.font))
        write_size(run, 12)
        language = {_VAL: self._looks.language, w("eastAsia"): self._looks.language, w("bidi"): "ar-SA"}
        etree.SubElement(run, w("lang"), language)
        etree.SubElement(defaults, w("pPrDefault"))

    def _screenplay(self) -> None:
        """The base of all others: lines of exactly 12 points keep 54 of them on a page, `auto` does not."""
        style = _style(self._root, notation.ROOT_STYLE, notation.ROOT_STYLE, based_on="Normal")
        paragraph = etree.SubElement(style, w("pPr"))
        etree.SubElement(paragraph, w("widowControl"))
        etree.SubElement(paragraph, w("suppressAutoHyphens"))
        spacing = {"before": "0", "after": "0", "line": str(self._lines(1)), "lineRule": "exact"}
        etree.SubElement(paragraph, w("spacing"), {w(name): value for name, value in spacing.items()})
        etree.SubElement(paragraph, w("jc"), {_VAL: "left"})
        run = etree.SubElement(style, w("rPr"))
        etree.SubElement(run, w("rFonts"), fonts(self._looks.font))
        write_size(run, 12)

    def _lines(self, count: float) -> int:
        return round(self._setup.leading * count * notation.POINT)

    def _base(self, base: Base) -> None:
        following = _NEXT.get(base.name, base.name if base.role is Role.FIELD else "Action")
        style = _style(
            self._root,
            base.id,
            base.name,
            based_on=notation.ROOT_STYLE,
            following=BASES[following].id,
            listed=base.role is Role.ELEMENT,
        )
        match base.role:
            case Role.ELEMENT:
                self._element(style, base)
            case Role.FIELD:
                self._field(style, base)
            case Role.SHEET:
                self._title_line(style)
            case Role.BONEYARD | Role.ALTERNATE | Role.MARKER:
                _run_format(style, Style.HIDDEN if base.role is not Role.MARKER else Style(0))
            case Role.MORE:
                self._paragraph_format(style, self._setup.measure(Character())._replace(blank=0), False, False)
            case Role.REPEATED_CUE:
                measure = self._setup.measure(Character())._replace(blank=0)
                self._paragraph_format(style, measure, True, True)
                _run_format(style, Style(measure.face.bits))
            case Role.CONTINUED:
                self._paragraph_format(style, self._setup.measure(Action())._replace(blank=0), False, False)

    def _element(self, style: Node, base: Base) -> None:
        assert base.kind is not None
        measure, area = self._dual(base) if base.dual else (self._setup.measure(base.kind()), self._page)
        if base.align is not None:
            measure = measure._replace(align=base.align)
        measure = _above_verse(measure, base)
        kept = issubclass(base.kind, _KEPT_WITH_NEXT)
        whole = kept and base.kind is not NewAct
        self._paragraph_format(style, measure, kept, whole, self._outline_level(base), area)
        hidden = base.kind is Section and not self._shown.sections or base.kind is Synopsis and not self._shown.synopses
        look = self._declared.get(base.name)
        _run_format(style, Style(measure.face.bits) | (Style.HIDDEN if hidden else Style(0)), look)

    def _dual(self, base: Base) -> tuple[Measure, _Area]:
        """Within a cell of the table, from the cell's left edge."""
        assert base.kind is not None
        measure = self._setup.dual_measure(base.kind, 1)
        left, right = (self._setup.dual_measure(Dialogue, column).left for column in (1, 2))
        blank = 1 if base.kind is Character else 0
        in_cell = {name: getattr(measure, name) - left for name in ("left", "right", "first_x")}
        return measure._replace(**in_cell, blank=blank), _Area(0, round((right - left) * notation.POINT))

    def _outline_level(self, base: Base) -> int | None:
        if base.kind is Section:
            return base.level - 1
        return min(self._shown.deepest, 8) if base.kind is SceneHeading else None

    def _paragraph_format(
        self,
        style: Node,
        measure: Measure,
        kept: bool,
        whole: bool,
        outline_level: int | None = None,
        area: _Area | None = None,
    ) -> None:
        paragraph = etree.SubElement(style, w("pPr"))
        if kept:
            etree.SubElement(paragraph, w("keepNext"))
        if whole:
            etree.SubElement(paragraph, w("keepLines"))
        if measure.new_page:
            etree.SubElement(paragraph, w("pageBreakBefore"))
        spacing = {w("before"): str(0 if measure.new_page else self._lines(measure.blank))}
        if measure.spacing != 1:
            spacing |= {w("line"): str(self._lines(measure.spacing)), w("lineRule"): "exact"}
        etree.SubElement(paragraph, w("spacing"), spacing)
        etree.SubElement(paragraph, w("ind"), self._indents(measure, area or self._page))
        etree.SubElement(paragraph, w("jc"), {_VAL: ALIGNMENTS[measure.align]})
        if outline_level is not None:
            etree.SubElement(paragraph, w("outlineLvl"), {_VAL: str(outline_level)})

    def _indents(self, measure: Measure, area: _Area) -> dict[str, str]:
        left = round(measure.left * notation.POINT)
        first = round(measure.first_x * notation.POINT)
        indents = {w("left"): str(left - area.left)}
        indents[w("right")] = str(_right_indent(measure, area))
        if first < left - 2:
            indents[w("hanging")] = str(left - first)
        elif first > left + 2:
            indents[w("firstLine")] = str(first - left)
        return indents

    # ---------------------------------------------------------------- title page, furniture, comments

    def _field(self, style: Node, base: Base) -> None:
        """Final Draft's title page runs from 1.00 to 7.50 inches."""
        paragraph = etree.SubElement(style, w("pPr"))
        etree.SubElement(paragraph, w("ind"), {w("left"): _TITLE_INDENT})
        etree.SubElement(paragraph, w("jc"), {_VAL: ALIGNMENTS[field_align(base)]})
        if base.name == "Title":
            _run_format(style, Style.BOLD | Style.UNDERLINE | Style.ALL_CAPS)

    def _title_line(self, style: Node) -> None:
        etree.SubElement(etree.SubElement(style, w("pPr")), w("ind"), {w("left"): _TITLE_INDENT})

    def _furniture(self) -> None:
        for name in ("header", "footer"):
            _style(self._root, name.title(), name, based_on=notation.ROOT_STYLE, listed=False)

    def _comments(self) -> None:
        _style(self._root, "CommentText", notation.COMMENT_TEXT, based_on="Normal", listed=False)
        reference = _style(self._root, "CommentReference", notation.COMMENT_REFERENCE, "character", listed=False)
        write_size(etree.SubElement(reference, w("rPr")), 8)
        title = _style(self._root, "NoteTitle", notation.NOTE_TITLE, based_on="CommentText", listed=False)
        _run_format(title, Style.BOLD)
        category = _style(self._root, "NoteCategory", notation.NOTE_CATEGORY, based_on="CommentText", listed=False)
        _run_format(category, Style.ITALIC)

    def _characters(self) -> None:
        for name in _CHARACTER_STYLES:
            style = _style(self._root, name.replace(" ", ""), name, "character", based_on="DefaultParagraphFont")
            if name == notation.SCENE_NUMBER:
                run = etree.SubElement(style, w("rPr"))
                etree.SubElement(run, w("u"), {_VAL: "none"})

    # ---------------------------------------------------------------- the author's

    def _own(self, own: OwnStyle, id_: str, all_own: dict[OwnStyle, str], users: dict[str, set[Base]]) -> None:
        name = _name(own, users)
        if own.cut:
            twin = own._replace(cut=own.cut - 1)
            base_id = all_own.get(twin, twin.base.id)
            _run_format(_style(self._root, id_, name, based_on=base_id, following=id_), Style.HIDDEN)
            return
        style = _style(self._root, id_, name, based_on=own.base.id, following=self._next(own, all_own))
        declared = self._declared.get(own.name or "")
        if declared is not None and own.base.kind is not None and not own.base.dual:
            measure = _above_verse(self._setup.measure(own.base.kind(style_name=own.name)), own.base)
            self._paragraph_format(style, measure, False, False)
            _run_format(style, Style(measure.face.bits), declared)

    def _next(self, own: OwnStyle, all_own: dict[OwnStyle, str]) -> str:
        declared = self._declared.get(own.name or "")
        name = declared.next_name if declared else None
        if name in BASES:
            return BASES[name].id
        found = (id_ for other, id_ in all_own.items() if name and other.name == name and not other.cut)
        return next(found, BASES[_NEXT.get(own.base.name, "Action")].id if own.base.kind else own.base.id)


_CHARACTER_STYLES = (
    notation.SCENE_NUMBER,
    notation.AS_TYPED,
    notation.PUT_ASIDE,
    notation.AUTOMATIC,
    notation.PAGE_LABEL,
)


def _above_verse(measure: Measure, base: Base) -> Measure:
    """A lyric that stands alone has an empty line above it, as on our pages."""
    return measure if base.joins else measure._replace(blank=max(1, measure.blank))


def _right_indent(measure: Measure, area: _Area) -> int:
    """Room for the columns that Final Draft counts: it sets 61 in the 6 inches where Word has room for 60."""
    right = measure.right
    if measure.align is Align.LEFT:
        right = max(measure.left + measure.columns * CELL, measure.first_x + measure.first_columns * CELL)
    # One twip more, so that no rounding cuts the last character.
    return area.right - round(right * notation.POINT) - 1


def _name(own: OwnStyle, users: dict[str, set[Base]]) -> str:
    if own.name is None:
        name = own.base.name
    elif own.base.role is Role.FIELD:
        name = notation.field_style_name(own.name)
    else:
        name = notation.own_name(own.name, own.base, tuple(base.name for base in users[own.name]))
    for _ in range(own.cut):
        name = notation.omitted_name(name)
    return name


def _style(
    root: Node,
    id_: str,
    name: str,
    kind: str = "paragraph",
    *,
    based_on: str | None = None,
    following: str | None = None,
    default: bool = False,
    listed: bool = True,
) -> Node:
    attributes = {w("type"): kind}
    if default:
        attributes[w("default")] = "1"
    elif name not in _WORDS_OWN:
        attributes[w("customStyle")] = "1"
    style = etree.SubElement(root, w("style"), {**attributes, w("styleId"): id_})
    etree.SubElement(style, w("name"), {_VAL: name})
    if based_on is not None:
        etree.SubElement(style, w("basedOn"), {_VAL: based_on})
    if following is not None and following != id_:
        etree.SubElement(style, w("next"), {_VAL: following})
    if listed:
        etree.SubElement(style, w("qFormat"))
    else:
        etree.SubElement(style, w("uiPriority"), {_VAL: "99"})
    return style


_WORDS_OWN = {"Title", "header", "footer", notation.COMMENT_TEXT, notation.COMMENT_REFERENCE}


def _table_normal(root: Node) -> None:
    style = _style(root, "TableNormal", "Normal Table", "table", default=True, listed=False)
    properties = etree.SubElement(style, w("tblPr"))
    etree.SubElement(properties, w("tblInd"), {w("w"): "0", w("type"): "dxa"})
    margins = etree.SubElement(properties, w("tblCellMar"))
    for side, width in (("top", "0"), ("left", "0"), ("bottom", "0"), ("right", "0")):
        etree.SubElement(margins, w(side), {w("w"): width, w("type"): "dxa"})


def _run_format(style: Node, flags: Style, declared: ElementStyle | None = None) -> None:
    """What a style does to its words; the look of a style of the source goes on top."""
    look = declared.look if declared else None
    if not flags and look is None:
        return
    run = etree.SubElement(style, w("rPr"))
    if look is not None and look.font:
        etree.SubElement(run, w("rFonts"), fonts(notation.plain_name(look.font)))
    _write_flags(run, flags)
    if look is not None:
        _write_color_and_size(run, look)
    if Style.UNDERLINE in flags:
        etree.SubElement(run, w("u"), {_VAL: "single"})


def _write_color_and_size(run: Node, look: Look) -> None:
    if look.color and notation.COLOR.fullmatch(look.color):
        etree.SubElement(run, w("color"), {_VAL: look.color[1:]})
    if look.size and 1 <= look.size <= 1638:
        write_size(run, look.size)


def _write_flags(run: Node, flags: Style) -> None:
    for flag, tag in _FLAGS:
        if flag in flags:
            etree.SubElement(run, w(tag))


_FLAGS: tuple[tuple[Style, str], ...] = (
    (Style.BOLD, "b"),
    (Style.ITALIC, "i"),
    (Style.ALL_CAPS, "caps"),
    (Style.SMALL_CAPS, "smallCaps"),
    (Style.STRIKEOUT, "strike"),
    (Style.HIDDEN, "vanish"),
)
