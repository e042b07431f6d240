"""The proof that recovery changed no word: made for every result, not only in tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.contract import ConverterError
from converter.records import dataclass, field
from converter.tree import DualDialogue, PageMark, Paragraph, Screenplay, Speech, paragraphs, words

Span = tuple[int, int]


class WordsChanged(ConverterError):
    """The result does not hold the words of the text, each once and in order. Always a bug of ours."""


@dataclass(slots=True)
class Ledger:
    """What became of every part of the text: of what each paragraph was made, and what is in none of them."""

    paragraphs: list[list[Span]] = field(default_factory=list)  # title page first, then the body's
    numbers: list[tuple[int, Span]] = field(default_factory=list)  # which paragraph has this scene number
    pages: list[tuple[str, Span]] = field(default_factory=list)  # the page that a header or number names
    furniture: list[Span] = field(default_factory=list)  # CONTINUED, (MORE), a cue repeated for the page


def prove(source: str, screenplay: Screenplay, ledger: Ledger) -> None:
    """Raises WordsChanged unless each letter and digit of the source is in the tree or in the ledger, once, in order.

    Where two columns were merged, or a page cut a speech, the spans of the ledger say where the words stood.
    """
    _prove_that_nothing_is_left_out(source, ledger)
    made = list(_texts(screenplay))
    if len(made) != len(ledger.paragraphs):
        raise _bug(f"{len(ledger.paragraphs)} paragraphs became {len(made)}")
    for (text, _), spans in zip(made, ledger.paragraphs, strict=True):
        expected = letters(" ".join(source[start:end] for start, end in spans))
        if letters(text) != expected and not (letters(text) == "omitted" and expected == "omit"):
            raise _bug(f"{expected[:40]!r} became {letters(text)[:40]!r}")
    _prove_numbers(source, [number for _, number in made], ledger)
    if list(_page_labels(screenplay)) != [label for label, _ in ledger.pages]:
        raise _bug("a page number is lost")


def _bug(what: str) -> WordsChanged:
    return WordsChanged(f"recovery would have changed this text: {what}. This is a bug; there is no result")


_ENTITY = re.compile(r"&amp\s*+;")


def letters(text: str) -> str:
    """What must stay: letters and digits, case apart. An `&amp;` is the sign it stands for."""
    return "".join(filter(str.isalnum, _ENTITY.sub("", text).casefold()))


def _prove_that_nothing_is_left_out(source: str, ledger: Ledger) -> None:
    spans = [span for one in ledger.paragraphs for span in one]
    spans += [span for _, span in ledger.numbers] + [span for _, span in ledger.pages] + ledger.furniture
    place = 0
    for start, end in sorted(spans):
        if start < place:
            raise _bug(f"{source[start:place][:40]!r} stands there twice")
        if letters(source[place:start]):
            raise _bug(f"{source[place:start][:40]!r} is lost")
        place = end
    if letters(source[place:]):
        raise _bug(f"{source[place:][:40]!r} is lost")


def _texts(screenplay: Screenplay) -> Iterator[tuple[str, str | None]]:
    """The words and the number of each paragraph that the ledger counts."""
    if screenplay.title_page is not None:
        for entry in screenplay.title_page.fields:
            for line in entry.lines:
                yield words(line), None
    for paragraph in paragraphs(screenplay.body):
        yield words(paragraph.text), paragraph.number


def _prove_numbers(source: str, numbers: list[str | None], ledger: Ledger) -> None:
    numbered = {which for which, _ in ledger.numbers}
    if numbered != {which for which, number in enumerate(numbers) if number is not None}:
        raise _bug("a scene number is lost")
    for which, (start, end) in ledger.numbers:
        if letters(numbers[which] or "") != letters(source[start:end]):
            raise _bug(f"scene number {source[start:end]!r} became {numbers[which]!r}")


def _page_labels(screenplay: Screenplay) -> Iterator[str]:
    for element in screenplay.body:
        match element:
            case Speech():
                yield from _labels_of_speech(element)
            case DualDialogue():
                yield from _labels_of_speech(element.left)
                yield from _labels_of_speech(element.right)
            case PageMark():
                yield element.label
            case Paragraph():
                yield from _labels_in(element)
            case _:
                pass


def _labels_of_speech(speech: Speech) -> Iterator[str]:
    if speech.cue is not None:
        yield from _labels_in(speech.cue)
    for part in speech.parts:
        match part:
            case PageMark():
                yield part.label
            case Paragraph():
                yield from _labels_in(part)
            case _:
                pass


def _labels_in(paragraph: Paragraph) -> Iterator[str]:
    for inline in paragraph.text:
        if isinstance(inline, PageMark):
            yield inline.label
