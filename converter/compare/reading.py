"""A comparison to read: one column by scenes, what is new and what was cut in it, the rest folded away.

One file of HTML without a script: Tab and Return go from change to change. New words are underlined on blue, cut ones
struck out on orange, which readers who cannot tell red from green tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from converter.records import dataclass, field
from converter.tree import (
    Boneyard,
    Cut,
    Deletion,
    DualDialogue,
    LineBreak,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Style,
    Text,
    words,
)

if TYPE_CHECKING:
    from converter.compare import Change, Comparison, SceneChange

_FEWEST_FOLDED = 3  # unchanged paragraphs in a row


def as_html(found: Comparison, old: str, new: str) -> str:
    """The whole page; `old` and `new` are what the drafts are called."""
    view = _View(found.revision, {(one.number, one.heading) for one in found.scenes if one.what == "moved"})
    scenes = [view.scene(one) for one in _scenes(found.screenplay)]
    if view.changes:
        scenes[-1].append(f'<p class="end" id="change-{view.changes + 1}">That was the last change.</p>')
    body = [
        f"<h1>{escape(new)} compared with {escape(old)}</h1>",
        *_overview(found, old, new, view),
        *(line for scene in scenes for line in scene),
    ]
    return _page(f"{new} compared with {old}", body)


def list_as_html(found: Comparison, old: str, new: str) -> str:
    """The list of changes as a table."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Scene", "What", "Element", "Before", "Now"))
    rows = [f"<tr>{''.join(f'<td>{_lines(cell)}</td>' for cell in _cells(one))}</tr>" for one in found.changes]
    caption = f"{len(rows):,} paragraphs changed" if rows else f"{escape(new)} says what {escape(old)} says."
    title = f"{new} compared with {old}"
    table = [
        f"<table><caption>{caption}</caption>",
        f"<thead><tr>{head}</tr></thead><tbody>",
        *rows,
        "</tbody></table>",
    ]
    return _page(title, [f"<h1>{escape(title)}</h1>", *table], wide=True)


def _cells(one: Change) -> tuple[str, ...]:
    return one.scene or "", one.what, one.kind, one.old, one.new


def _lines(said: str) -> str:
    return escape(said, quote=False).replace("\n", "<br>")


# ---------------------------------------------------------------- the top


def _overview(found: Comparison, old: str, new: str, view: _View) -> Iterator[str]:
    if found.is_equal:
        yield f"<p>{escape(new)} says what {escape(old)} says.</p>"
        return
    came, went = (sum(getattr(one, name) for one in found.scenes) for name in ("words_new", "words_cut"))
    yield f"<p>{len(found.scenes):,} scenes changed; {came:,} words are new, {went:,} were cut.</p>"
    if view.changes:
        yield '<p><a href="#change-1">To the first change</a></p>'
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Number", "Scene", "What", "Words"))
    yield f"<table><caption>What became of the scenes</caption><thead><tr>{head}</tr></thead><tbody>"
    for one in found.scenes:
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in _scene_cells(one, view))}</tr>"
    yield "</tbody></table>"


def _scene_cells(one: SceneChange, view: _View) -> Iterator[str]:
    number = one.number or one.old_number or ""
    yield escape(number)
    heading = one.heading if one.heading is not None else one.old_heading
    said = escape(heading or "(before the first scene)", quote=False)
    place = view.places.get((one.number, one.heading or "OMITTED"))
    yield f'<a href="#{place}">{said}</a>' if place else said
    was = f", before {escape(one.old_number)}" if one.old_number and one.number not in (None, one.old_number) else ""
    yield one.what + was
    yield " ".join(f"{sign}{count}" for sign, count in (("+", one.words_new), ("−", one.words_cut)) if count)


# ---------------------------------------------------------------- the script


def _scenes(screenplay: Screenplay) -> Iterator[list[Any]]:
    scene: list[Any] = []
    for element in screenplay.body:
        if isinstance(element, SceneHeading) and scene:
            yield scene
            scene = []
        scene.append(element)
    yield scene


@dataclass(slots=True)
class _View:
    revision: int
    moved: set[tuple[str | None, str | None]]  # scenes, by number and heading
    changes: int = 0
    places: dict[tuple[str | None, str], str] = field(default_factory=dict)  # of scenes, by number and heading
    _count: int = 0
    _is_changed: bool = False  # the element that is being drawn

    def scene(self, elements: list[Any]) -> list[str]:
        self._count += 1
        name = f"scene-{self._count}"
        heading = elements[0] if elements and isinstance(elements[0], SceneHeading) else None
        if heading is not None:
            self.places.setdefault((heading.number, words(heading.text)), name)
        lines = [f'<section id="{name}">']
        folded: list[str] = []
        for element in elements:
            self._is_changed = False
            drawn = self._element(element, heading)
            if drawn and element is not heading and not self._is_changed:
                folded.append(drawn)
                continue
            lines += _folded(folded)
            folded = []
            lines.append(self._change(drawn) if self._is_changed else drawn)
        return [*lines, *_folded(folded), "</section>"]

    def _change(self, drawn: str) -> str:
        self.changes += 1
        link = f'<a class="next" href="#change-{self.changes + 1}" aria-label="Next change">↓</a>'
        return f'<div class="change" id="change-{self.changes}">{link}{drawn}</div>'

    def _element(self, element: Any, heading: SceneHeading | None = None) -> str:
        match element:
            case Speech():
                return self._speech(element)
            case DualDialogue():
                return f'<div class="dual">{self._speech(element.left)}{self._speech(element.right)}</div>'
            case Cut():
                return self._cut(element)
            case SceneHeading():
                return self._heading(element, "h2" if element is heading else "p")
            case Paragraph():
                return f'<p class="{type(element).__name__.lower()}">{self._text(element.text)}</p>'
            case Note() | Boneyard() | PageMark() | PageBreak():
                return ""  # no words of a draft
            case _:
                return ""

    def _heading(self, heading: SceneHeading, tag: str) -> str:
        number = f'<span class="number">{escape(heading.number)}</span> ' if heading.number else ""
        said = self._text(heading.text)
        # Scenes without numbers can have one heading; a moved one is marked as a whole, so its heading is too.
        is_moved = tag == "h2" and self._is_changed and (heading.number, words(heading.text)) in self.moved
        moved = ' <span class="what">(moved here)</span>' if is_moved else ""
        drawn = f'<{tag} class="sceneheading">{number}{said}{moved}</{tag}>'
        if not heading.omitted or not self._is_changed:
            return drawn
        return f'{drawn}<div class="cut">{self._all(heading.omitted)}</div>'

    def _speech(self, speech: Speech) -> str:
        return f'<div class="speech">{self._all([*filter(None, [speech.cue]), *speech.parts])}</div>'

    def _cut(self, cut: Cut) -> str:
        if cut.revision != self.revision:
            return ""
        self._is_changed = True
        return f'<div class="cut">{self._all(cut.elements)}</div>'

    def _all(self, elements: Iterable[Any]) -> str:
        return "".join(map(self._element, elements))

    def _text(self, text: Text) -> str:
        return "".join(map(self._inline, text))

    def _inline(self, inline: Any) -> str:
        match inline:
            case LineBreak():
                return "<br>"
            case Run():
                return self._run(inline)
            case Deletion(revision=self.revision):
                self._is_changed = True
                said = "".join(map(_plain, inline.text))
                return f"<del>{said}</del>" if said else '<del title="Words were cut here.">…</del>'
            case _:
                return ""

    def _run(self, run: Run) -> str:
        said = escape(run.text, quote=False)
        for style, tag in _TAGS:
            if style in run.style:
                said = f"<{tag}>{said}</{tag}>"
        if run.revision != self.revision:
            return said
        self._is_changed = True
        return f"<ins>{said}</ins>"


_TAGS = ((Style.BOLD, "b"), (Style.ITALIC, "i"), (Style.UNDERLINE, "u"))


def _plain(inline: Run | LineBreak) -> str:
    return "<br>" if isinstance(inline, LineBreak) else escape(inline.text, quote=False)


def _folded(drawn: list[str]) -> Iterator[str]:
    if len(drawn) < _FEWEST_FOLDED:
        yield from drawn
        return
    yield f"<details><summary>{len(drawn):,} unchanged</summary>"
    yield from drawn
    yield "</details>"


# ---------------------------------------------------------------- the page


def _page(title: str, body: Iterable[str], *, wide: bool = False) -> str:
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title, quote=False)}</title>\n<style>\n{_CSS}</style>\n</head>\n"
    )
    lines = "\n".join(body)
    return f"{head}<body>\n<main{' class=wide' if wide else ''}>\n{lines}\n</main>\n</body>\n</html>\n"


_CSS = """\
html { color-scheme: light dark; font: 12pt/1.35 "Courier Prime", "Courier New", Courier, monospace; }
body { margin: 0; color: #111; background: #fff; overflow-wrap: break-word; }
main { max-width: 66ch; margin: 0 auto; padding: 1em 1em 4em; }
main.wide { max-width: 120ch; }
h1, h2 { font-size: 1em; }
h2, p, table, details { margin: 1em 0 0; }
h2, p { white-space: pre-wrap; }
.sceneheading, .character, .transition, .shot { text-transform: uppercase; }
.what { font-weight: normal; text-transform: none; }
.speech { margin-top: 1em; }
.speech > p { margin-top: 0; }
.character { margin-left: 22ch; }
.parenthetical { margin-left: 16ch; }
.dialogue, .speech .lyric { margin-left: 10ch; max-width: 35ch; }
.transition { text-align: right; }
.dual { display: grid; grid-template-columns: 1fr 1fr; gap: 2ch; }
.dual .speech > p { margin-left: 0; }
.dual .character { padding-left: 4ch; }
ins { background: #d6e6ff; color: #001a4d; text-decoration: underline; }
del, .cut { background: #ffe2c2; color: #4d1f00; text-decoration: line-through; }
.cut { padding: 0 1ch 0.5em; }
.change { border-left: 4px solid #0a4fb3; padding-left: 1ch; margin: 1em 0 0 -1.5ch; scroll-margin-top: 2em; }
.change > :nth-child(2) { margin-top: 0; }
.next { float: right; text-decoration: none; padding: 0 1ch; }
a { color: #003c99; }
a:focus, summary:focus { outline: 3px solid; }
:target { outline: 2px dashed; outline-offset: 4px; }
summary { color: #444; cursor: pointer; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #767676; padding: 0.2em 1ch 0.2em 0; }
@media (prefers-color-scheme: dark) {
  body { color: #eee; background: #121212; }
  ins { background: #0b2a5c; color: #e0ecff; }
  del, .cut { background: #4a2500; color: #ffe8d1; }
  a { color: #9cc4ff; }
  summary { color: #ccc; }
  .change { border-color: #9cc4ff; }
}
@media (max-width: 40em) {
  .character { margin-left: 7ch; }
  .parenthetical { margin-left: 5ch; }
  .dialogue, .speech .lyric { margin-left: 3ch; }
  .dual { grid-template-columns: 1fr; }
}
@page { margin: 1in; }
@media print {
  body { color: #000; background: #fff; }
  .next { display: none; }
  ins, del, .cut { print-color-adjust: exact; }
  .change { break-inside: avoid; }
}
"""
