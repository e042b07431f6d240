"""What becomes of real FDX files that go through Fountain and back, counted by category.

    python -m benchmarks.round_trip FILE.fdx ...

Each figure is: how much there was, how much came back, how much the Fountain writer said it could not hold, and what
went without a word, which should be nothing. "carried" repeats it with the option `carry`, as it is and after ten
words of the Fountain text were changed.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from converter.contract import DEFAULT_LIMITS, Diagnostic, Kind, Reader, Source, Writer
from converter.formats import reader_named, writer_named
from converter.records import whole
from converter.tree import (
    Boneyard,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    LineBreak,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Synopsis,
    TitlePage,
    paragraphs,
    words,
)

Items: TypeAlias = Counter[Hashable]

# ---------------------------------------------------------------- what there is to keep


def measures(screenplay: Screenplay) -> dict[str, Items]:
    """By category, every single thing that a person would miss."""
    blocks = list(paragraphs(screenplay.body))
    headings = [one for one in blocks if isinstance(one, SceneHeading)]
    numbered = [one for one in blocks if one.number is not None]
    printed = [one for one in blocks if not isinstance(one, Section | Synopsis)]
    runs = [(said(one), run) for one in printed for run in one.text if isinstance(run, Run)]
    markers = list(_markers(screenplay.body))
    notes = [one for one in markers if isinstance(one, Note)]
    page = screenplay.title_page or TitlePage()
    return {
        "words": Counter(word for one in printed for word in said(one).split()),
        "paragraphs with their element": Counter((type(one).__name__, said(one)) for one in printed),
        "scene numbers": Counter((one.number, said(one)) for one in numbered if isinstance(one, SceneHeading)),
        "other numbers": Counter((one.number, said(one)) for one in numbered if not isinstance(one, SceneHeading)),
        "cut scenes": Counter(whole(one.omitted) for one in headings if one.omitted),
        "dual dialogue": Counter(_cues(one) for one in screenplay.body if isinstance(one, DualDialogue)),
        "letters with emphasis": _emphasis(runs),
        "type and colour": Counter((where, run.look) for where, run in runs if run.look),
        "alignment": Counter((said(one), one.align) for one in printed if one.align),
        "measures": Counter((said(one), one.layout) for one in printed if one.layout),
        "style names": Counter((said(one), one.style_name) for one in blocks if one.style_name),
        "line breaks": Counter(said(one) for one in blocks for inline in one.text if isinstance(inline, LineBreak)),
        "words of notes": Counter(word for one in notes for word in f"{one.title or ''} {one.text}".split()),
        "ranges of notes": Counter(one.text for one in notes if one.id is not None),
        "boneyards": Counter(one.source for one in markers if isinstance(one, Boneyard)),
        "page marks": Counter((one.label, one.locked) for one in markers if isinstance(one, PageMark)),
        "page breaks": Counter("page break" for one in markers if isinstance(one, PageBreak)),
        "synopses": Counter(said(one) for one in blocks if isinstance(one, Synopsis)),
        "sections": Counter((one.level, said(one)) for one in blocks if isinstance(one, Section)),
        "alternates": Counter(words(text) for one in blocks if isinstance(one, Dialogue) for text in one.alternates),
        "revised words": Counter((run.revision, run.text) for _, run in runs if run.revision is not None),
        "marks of deletions": Counter(one.revision for one in markers if isinstance(one, Deletion)),
        "tagged words": Counter((run.tags, run.text) for _, run in runs if run.tags),
        "title fields": Counter((one.name.lower(), tuple(map(words, one.lines))) for one in page.fields),
        "title page as drawn": Counter(whole(sheet) for sheet in page.sheets),
        "page setup": _fields(screenplay.page_setup),
        "styles": Counter(one.name for one in screenplay.styles),
        "revision sets": Counter(one.name for one in screenplay.revisions.sets) if screenplay.revisions else Counter(),
        "tags": Counter(one.label for one in screenplay.tags),
        "known to the source only": Counter(one.name for one in screenplay.opaque if not one.quiet),
    }


def _emphasis(runs: list[tuple[str, Run]]) -> Items:
    """How many letters of each paragraph are bold, italic or underlined; blanks do not show it."""
    letters: Items = Counter()
    for where, run in runs:
        for flag in run.style & (Style.BOLD | Style.ITALIC | Style.UNDERLINE):
            letters[where, flag] += len("".join(run.text.split()))
    return letters


def said(paragraph: Paragraph) -> str:
    return " ".join(words(paragraph.text).casefold().split())


def _cues(dual: DualDialogue) -> str:
    return " / ".join(said(speech.cue) for speech in (dual.left, dual.right) if speech.cue)


def _markers(elements: tuple[Element, ...]) -> Iterator[Any]:
    for element in elements:
        match element:
            case Speech():
                yield from _speech_markers(element)
            case DualDialogue():
                yield from _speech_markers(element.left)
                yield from _speech_markers(element.right)
            case Paragraph():
                yield from element.text
            case _:
                yield element


def _speech_markers(speech: Speech) -> Iterator[Any]:
    if speech.cue:
        yield from speech.cue.text
    for part in speech.parts:
        if isinstance(part, Paragraph):
            yield from part.text
        else:
            yield part


def _fields(record: Any) -> Items:
    names = record.__dataclass_fields__ if record is not None else ()
    return Counter((name, whole(getattr(record, name))) for name in names if getattr(record, name) is not None)


# ---------------------------------------------------------------- there and back


class Format:
    def __init__(self, name: str) -> None:
        self.reader: Reader = reader_named(name, b"", _nobody)
        self.writer: Writer = writer_named(name, _nobody)

    def read(self, data: bytes) -> Screenplay:
        source = Source(f"script{self.reader.suffixes[0]}", data)
        return self.reader.read(source, self.reader.options(), _nobody, DEFAULT_LIMITS)

    def write(self, screenplay: Screenplay, report: Callable[[Diagnostic], None], **options: Any) -> bytes:
        return self.writer.write(screenplay, self.writer.options(**options), report, DEFAULT_LIMITS)

    def fit(self, screenplay: Screenplay) -> Screenplay:
        assert self.writer.fit
        return self.writer.fit(screenplay, self.writer.options(), _nobody)


def _nobody(diagnostic: Diagnostic) -> None: ...


def compare(path: Path) -> int:
    """Prints the figures of one file; how many things went without a word."""
    fdx, fountain = Format("fdx"), Format("fountain")
    data = path.read_bytes()
    source = fdx.read(data)
    reports: list[Diagnostic] = []
    text = fountain.write(source, reports.append)
    back = fdx.read(fdx.write(fountain.read(text), _nobody))
    print(f"\n{path.name}: FDX -> FDX {'same bytes' if fdx.write(source, _nobody) == data else 'OTHER BYTES'}")
    silent = _print_table(measures(source), measures(fountain.fit(source)), measures(back))
    codes = Counter(one.code for one in reports if one.kind is Kind.LOSS)
    print("  said:", ", ".join(f"{code} {count}" for code, count in sorted(codes.items())) or "nothing")
    return silent + _carried(fdx, fountain, source, data)


def _print_table(there: dict[str, Items], fits: dict[str, Items], back: dict[str, Items]) -> int:
    silent = 0
    for name, items in there.items():
        total = items.total()
        kept = (items & back[name]).total()
        told = (items - fits[name]).total()
        unsaid = ((items & fits[name]) - back[name]).total()
        silent += unsaid
        if total:
            rate = 100 * kept / total
            warning = f", {unsaid} WITHOUT A WORD" if unsaid else ""
            print(f"  {name:32} {total:6} there {kept:6} back {rate:5.1f} % {told:5} said{warning}")
    return silent


def _carried(fdx: Format, fountain: Format, source: Screenplay, data: bytes) -> int:
    if "carry" not in fountain.writer.options.__dataclass_fields__:
        return 0
    text = fountain.write(source, _nobody, carry=True)
    same = fdx.write(fountain.read(text), _nobody)
    print("  carried:", "same bytes" if same == data else "OTHER BYTES")
    edited = with_ten_words_changed(text.decode("utf-8"), source).encode("utf-8")
    there, back = measures(source), measures(fdx.read(fdx.write(fountain.read(edited), _nobody)))
    missing = {name: (items - back[name]).total() for name, items in there.items()}
    print("  carried, ten words changed:", ", ".join(f"{name} {count}" for name, count in missing.items() if count))
    return 0 if same == data else 1


def with_ten_words_changed(text: str, source: Screenplay) -> str:
    """Ten words of action and dialogue, the same ones each time, get an X in front."""
    lines = [words(one.text).strip() for one in paragraphs(source.body) if type(one).__name__ in {"Action", "Dialogue"}]
    plain = [line for line in lines if re.fullmatch(r"[\w ,.']{12,}", line)]
    for line in random.Random(7).sample(plain, min(10, len(plain))):
        text = text.replace(line, "X" + line, 1)
    return text


def main() -> None:
    silent = sum(compare(Path(name)) for name in sys.argv[1:])
    sys.exit(1 if silent else 0)


if __name__ == "__main__":
    main()
