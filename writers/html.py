"""Write HTML: one file without a script or a remote part, for phones, screen readers, mail and print.

`flow` has an element for each of the tree's and is read back as the same tree; `pages` are the pages of the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Literal, assert_never

from converter.contract import DEFAULT_LIMITS, Limits, Report, Writer, ignore, option
from converter.fitting import WHOLE, Holds
from converter.layout.paginate import paginate
from converter.layout.style import PageOptions
from converter.lines import CELL, Line, Page
from converter.normal import normal
from converter.notation.html import CLASSES, DOCTYPE, GENERATED, META, MORE, NAME, NODE, TAGS
from converter.records import dataclass, replace
from converter.terms import cue_name, is_omitted
from converter.tree import (
    NO_STYLE,
    Boneyard,
    Cut,
    Deletion,
    DualDialogue,
    Element,
    Inline,
    LineBreak,
    NewAct,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Paragraph,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Text,
    TitleField,
    TitlePage,
    words,
)
from writers.json import Encoder, dumps


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    form: Literal["flow", "pages"] = option("flow", "A text that flows and is read back, or the pages of the PDF.")
    language: str = option("en", "The language of the script, such as en or pt-BR, for screen readers.")


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    return to_text(screenplay, options, report, limits).encode("utf-8")


def to_text(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> str:
    """One page of HTML, which `write` encodes; `report` gets what it cannot hold."""
    tree = fit(screenplay, options, report)
    deadline = limits.deadline()
    deadline.check()
    body = _pages(tree, report, limits) if options.form == "pages" else _flow(tree, limits)
    return f"{DOCTYPE.decode()}{_head(tree, options)}\n<body>\n{body}\n</body>\n</html>\n"


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    """Everything is held, but for the bytes that the tree was read from."""
    tree = normal(screenplay)
    return tree if tree.origin is None else normal(replace(tree, origin=None))


HOLDS = Holds(fields={"Screenplay": WHOLE})
WRITER = Writer("html", (), Options, write, fit)

_RECORD = Encoder(places=False).record


def _head(tree: Screenplay, options: Options) -> str:
    title = _field(tree, "title") or "Screenplay"
    author = _field(tree, "author") or _field(tree, "authors")
    around = replace(tree, body=(), title_page=tree.title_page and TitlePage(sheets=tree.title_page.sheets))
    lines = [
        f'<html lang="{escape(options.language)}">',
        "<head>",
        '<meta charset="utf-8"/>',
        '<meta name="generator" content="matchcut"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{escape(title, quote=False)}</title>",
    ]
    if author:
        lines.append(f'<meta name="author"{_attribute("content", author)}/>')
    if options.form == "flow":
        lines.append(f'<meta name="{META}"{_attribute("content", dumps(_RECORD(around)))}/>')
    return "\n".join([*lines, f"<style>\n{_FLOW_CSS if options.form == 'flow' else _PAGES_CSS}</style>", "</head>"])


def _field(tree: Screenplay, name: str) -> str:
    for one in tree.title_page.fields if tree.title_page else ():
        if one.name.lower() == name:
            return " ".join(" ".join(map(words, one.lines)).split())
    return ""


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value).replace(chr(10), "&#10;").replace(chr(9), "&#9;")}"'


def _more(node: Any, *shown: str) -> str:
    """The fields that the mark-up does not show, as an attribute; none where they have their defaults."""
    said = {name: value for name, value in _RECORD(node).items() if name not in ("type", *shown)}
    return _attribute(MORE, dumps(said)) if said else ""


# ---------------------------------------------------------------- the flow


def _flow(tree: Screenplay, limits: Limits) -> str:
    flow = _Flow(any(isinstance(one, NewAct | Section) for one in tree.body))
    deadline = limits.deadline()
    lines = ['<header class="title-page">', *_title(tree.title_page), "</header>", '<main class="screenplay">']
    for number, element in enumerate(tree.body):
        if number % 1000 == 0:
            deadline.check()
        lines.extend(flow.element(element))
    return "\n".join([*lines, *flow.end(), "</main>"])


def _title(page: TitlePage | None) -> Iterator[str]:
    fields = page.fields if page is not None else ()
    headed = next((one for one in fields if one.name.lower() == "title" and any(map(words, one.lines))), None)
    if headed is None:
        yield f'<h1 class="{GENERATED} unseen">Screenplay</h1>'
    for one in fields:
        tag = "h1" if one is headed else "p"
        yield f'<{tag} class="title-field"{_attribute(NAME, one.name)}>{_field_lines(one)}</{tag}>'
    if page is not None and not fields:
        drawn = (f"<p>{escape(words(line.text))}</p>" for sheet in page.sheets for line in sheet)
        yield f'<div class="{GENERATED}">{"".join(drawn)}</div>'


def _field_lines(one: TitleField) -> str:
    return "".join(f'<span class="line">{_inlines(line)}</span>' for line in one.lines)


_DEEPEST = 6  # there is no h7


class _Flow:
    """The headings' levels go down one step at a time, and a scene is a section of the document."""

    def __init__(self, has_parts: bool) -> None:
        self._level = 2 if has_parts else 1  # of the last heading above the scenes
        self._started = not has_parts
        self._scenes = 0
        self._is_open = False
        self._called: set[str] = set()

    def element(self, element: Element) -> Iterator[str]:
        match element:
            case SceneHeading():
                yield from self._scene(element)
            case Section() | NewAct():
                yield from self.end()
                wanted = 1 + (element.level if isinstance(element, Section) else 1)
                self._level = min(wanted, (self._level if self._started else 1) + 1, _DEEPEST)
                self._started = True
                yield _paragraph(element, f"h{self._level}" if words(element.text).strip() else "p")
            case Speech():
                yield _speech(element)
            case DualDialogue():
                yield f'<div class="dual">{_speech(element.left)}{_speech(element.right)}</div>'
            case Paragraph():
                yield _paragraph(element, "p")
            case PageBreak() | Note() | Boneyard() | PageMark() | Cut():
                yield _loose(element, "div")
            case _:
                assert_never(element)

    def _scene(self, heading: SceneHeading) -> Iterator[str]:
        yield from self.end()
        self._scenes += 1
        self._is_open = True
        above = self._level if self._started else 1
        called = words(heading.text).strip()
        has_words = bool(called)
        name = f"heading-{self._scenes}"
        # Two regions of one name would be one to a screen reader; the second goes by its heading alone.
        whole = f"{heading.number} {' '.join(called.upper().split())}"
        labelled = f' aria-labelledby="{name}"' if has_words and whole not in self._called else ""
        self._called.add(whole)
        yield f'<section class="scene" id="scene-{self._scenes}"{labelled}>'
        tag = f"h{min(above + 1, _DEEPEST)}" if has_words else "p"
        yield _paragraph(heading, tag, f' id="{name}"')

    def end(self) -> Iterator[str]:
        if self._is_open:
            yield "</section>"
        self._is_open = False


def _speech(speech: Speech) -> str:
    name = "" if speech.cue is None else cue_name(speech.cue)
    label = f' role="group"{_attribute("aria-label", name)}' if name else ""
    cue = "" if speech.cue is None else _paragraph(speech.cue, "p")
    return f'<div class="speech"{label}>{cue}{"".join(map(_part, speech.parts))}</div>'


def _part(part: Part) -> str:
    return _paragraph(part, "p") if isinstance(part, Paragraph) else _loose(part, "div")


def _paragraph(one: Paragraph, tag: str, more: str = "") -> str:
    align = f" {one.align.value}" if one.align is not None else ""
    left, right = _numbers(one) if isinstance(one, SceneHeading) else ("", "")
    omitted = isinstance(one, SceneHeading) and is_omitted(one) and not words(one.text).strip()
    said = f'<span class="{GENERATED}">OMITTED</span>' if omitted else ""
    return (
        f'<{tag} class="{CLASSES[type(one)]}{align}"{more}{_more(one, "text")}>'
        f"{left}{_inlines(one.text)}{said}{right}</{tag}>"
    )


def _numbers(heading: SceneHeading) -> tuple[str, str]:
    if not heading.number:
        return "", ""
    number = escape(heading.number)
    return (
        f'<span class="{GENERATED} number">{number} </span>',
        f'<span class="{GENERATED} number right" aria-hidden="true">{number}</span>',
    )


def _loose(node: Note | Boneyard | PageMark | PageBreak | Cut | NoteEnd | Deletion, tag: str) -> str:
    if isinstance(node, Note):
        return f'<{tag} class="note"{_more(node, "text")}>{escape(node.text, quote=False)}</{tag}>'
    name = "new-page" if isinstance(node, PageBreak) else "unseen-node"
    return f'<{tag} class="{name}"{_attribute(NODE, dumps(_RECORD(node)))}></{tag}>'


def _inlines(text: Text) -> str:
    return "".join(map(_inline, text))


def _inline(inline: Inline) -> str:
    match inline:
        case Run():
            return _run(inline)
        case LineBreak():
            return "<br/>"
        case Note() | NoteEnd() | Boneyard() | PageMark() | Deletion():
            return _loose(inline, "span")
        case _:
            assert_never(inline)


_SHOWN = Style.BOLD | Style.ITALIC | Style.UNDERLINE | Style.STRIKEOUT


def _run(run: Run) -> str:
    said = escape(run.text, quote=False)
    for tag, style in TAGS.items():
        if style in run.style:
            said = f"<{tag}>{said}</{tag}>"
    rest = replace(run, style=run.style & ~_SHOWN)
    if rest.style != NO_STYLE or run.look is not None or run.revision is not None or run.tags:
        names = " ".join(str(flag.name).lower().replace("_", "-") for flag in rest.style)
        shown = f' class="set {names}"' if names else ""
        return f"<span{shown}{_more(rest, 'text')}>{said}</span>"
    return said


# ---------------------------------------------------------------- the pages


def _pages(tree: Screenplay, report: Report, limits: Limits) -> str:
    pages = paginate(tree, PageOptions(), report, limits)
    title = _field(tree, "title") or "Screenplay"
    heading = f'<h1 class="{GENERATED} unseen">{escape(title, quote=False)}</h1>'
    return "\n".join(["<main>", heading, *map(_sheet, pages.all), "</main>"])


def _sheet(page: Page) -> str:
    size = f"width:{_points(page.width)};height:{_points(page.height)}"
    name = f"Page {page.label}" if page.label else "A page without a number"
    lines = "".join(map(_line, sorted(page.lines, key=lambda line: (line.y, line.x))))
    return f'<section class="page" style="{size}"{_attribute("aria-label", name)}>{lines}</section>'


def _line(line: Line) -> str:
    top = _points(line.y - _ASCENT)
    said = _inlines(tuple(Run(text=run.text, style=run.style & _SHOWN) for run in line.text))
    return f'<p style="left:{_cells(line.x)};top:{top}">{said}</p>'


_ASCENT = 9.0  # points from the top of a line to its baseline


def _points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "pt"


def _cells(x: float) -> str:
    return f"{x / CELL:.3f}".rstrip("0").rstrip(".") + "ch"


_COMMON_CSS = """\
html { color-scheme: light dark; font: 12pt "Courier Prime", "Courier New", Courier, monospace; }
body { margin: 0; color: #111; background: #fff; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""

_FLOW_CSS = f"""\
{_COMMON_CSS}\
body {{ line-height: 1.35; overflow-wrap: break-word; }}
header, main {{ max-width: 61ch; margin: 0 auto; padding: 1em 1em 0; }}
main {{ padding-bottom: 4em; }}
h1, h2, h3, h4, h5, h6 {{ font-size: 1em; }}
h1, h2, h3, h4, h5, h6, p, .note {{ margin: 1em 0 0; white-space: pre-wrap; }}
.title-field {{ text-align: center; }}
h1.title-field {{ margin-top: 4em; }}
.line {{ display: block; min-height: 1.35em; }}
.scene-heading {{ text-transform: uppercase; position: relative; font-weight: bold; margin-top: 2em; }}
.number.right {{ float: right; }}
.outline, .new-act, .end-of-act {{ text-align: center; text-decoration: underline; }}
.synopsis, .note {{ font-style: italic; color: #444; }}
div.note, .synopsis {{ border-left: 3px solid; padding-left: 1ch; }}
span.note::before {{ content: "["; }}
span.note::after {{ content: "]"; }}
.shot, .transition, .character {{ text-transform: uppercase; }}
.transition {{ text-align: right; }}
.speech {{ margin-top: 1em; }}
.speech > p {{ margin-top: 0; }}
.character {{ margin-left: 22ch; }}
.parenthetical {{ margin-left: 16ch; max-width: 25ch; text-indent: -1ch; }}
.dialogue, .speech .lyric {{ margin-left: 10ch; max-width: 35ch; }}
.lyric {{ font-style: italic; }}
.dual {{ display: grid; grid-template-columns: 1fr 1fr; gap: 2ch; }}
.dual .speech > p {{ margin-left: 0; }}
.dual .parenthetical {{ padding-left: 2ch; }}
.dual .character {{ padding-left: 4ch; }}
.left {{ text-align: left; }}
.center {{ text-align: center; }}
p.right {{ text-align: right; }}
.full {{ text-align: justify; }}
.all-caps {{ text-transform: uppercase; }}
.small-caps {{ font-variant: small-caps; }}
.hidden, .unseen-node {{ display: none; }}
.plain {{ text-transform: none; }}
:target {{ outline: 2px solid; outline-offset: 4px; }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #eee; background: #121212; }}
  .synopsis, .note {{ color: #ccc; }}
}}
@media (max-width: 40em) {{
  .character {{ margin-left: 7ch; }}
  .parenthetical {{ margin-left: 5ch; }}
  .dialogue, .speech .lyric {{ margin-left: 3ch; }}
}}
@media (max-width: 30em) {{ .dual {{ grid-template-columns: 1fr; }} }}
@page {{ size: letter; margin: 1in 1in .75in 1.5in; }}
@media print {{
  body {{ color: #000; background: #fff; line-height: 1; }}
  header, main {{ max-width: none; padding: 0; }}
  .synopsis, .note {{ color: #333; }}
  .title-page {{ break-after: page; }}
  .scene-heading, .character, .parenthetical, .outline, .new-act {{ break-after: avoid; }}
  .new-page {{ break-before: page; }}
  p {{ orphans: 2; widows: 2; }}
}}
"""

_PAGES_CSS = f"""\
{_COMMON_CSS}\
body {{ background: #ddd; }}
.page {{ position: relative; margin: 1em auto; background: #fff; color: #111; overflow: hidden; }}
.page p {{ position: absolute; margin: 0; white-space: pre; line-height: 12pt; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #000; }}
  .page {{ background: #1a1a1a; color: #eee; }}
}}
@page {{ margin: 0; }}
@media print {{
  body {{ background: #fff; }}
  .page {{ margin: 0; break-after: page; background: #fff; color: #000; }}
}}
"""
