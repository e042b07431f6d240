"""What differs between two drafts beside the words, which are what a comparison marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from converter.compare.paragraphs import Alignment
from converter.compare.units import Unit, folded
from converter.records import dataclass
from converter.tree import DualDialogue, Note, Run, Screenplay, Speech, Style, paragraphs, words

_EMPHASIS = Style.BOLD | Style.ITALIC | Style.UNDERLINE | Style.STRIKEOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Paragraphs whose words are the same and whose typography, or emphasis, is not; notes that came and went."""

    typography: int = 0
    emphasis: int = 0
    notes_new: int = 0
    notes_gone: int = 0
    title_page: bool = False
    dual: int = 0  # speeches that now stand beside another, or no longer do


def apart_of(old: Screenplay, new: Screenplay, found: Alignment, ignored: Container[str]) -> Apart:
    """`ignored` may have `notes` and `typography`, which takes emphasis along."""
    pairs = [] if "typography" in ignored else list(_same_words(found))
    gone, came = (Counter[str](), Counter[str]()) if "notes" in ignored else map(Counter, (_notes(old), _notes(new)))
    return Apart(
        typography=sum(_typed(one) != _typed(other) for one, other in pairs),
        emphasis=sum(_set(one) != _set(other) for one, other in pairs),
        notes_new=(came - gone).total(),
        notes_gone=(gone - came).total(),
        title_page=_title(old) != _title(new),
        dual=sum(_is_left(old, one) != _is_left(new, other) for one, other in _pairs(found) if one.place[2] < 0),
    )


def _is_left(draft: Screenplay, cue: Unit) -> bool:
    """Whether a cue is the left one of a dual dialogue, which stands for both."""
    return cue.place[1] == 0 and isinstance(draft.body[cue.place[0]], DualDialogue)


def _same_words(found: Alignment) -> Iterator[tuple[Unit, Unit]]:
    return ((one, other) for one, other in _pairs(found) if one.key == other.key)


def _pairs(found: Alignment) -> Iterator[tuple[Unit, Unit]]:
    for group in found.groups:
        if len(group.old) == len(group.new) == 1:
            yield found.old[group.old.start], found.new[group.new.start]


def _typed(unit: Unit) -> str:
    said = words(unit.paragraph.text)
    return said.casefold() if unit.key.isupper() else said


def _set(unit: Unit) -> list[tuple[str, Style]]:
    """What is set apart in a paragraph, without its blanks and typography, however it is divided into runs."""
    found: list[tuple[str, Style]] = []
    for inline in unit.paragraph.text:
        if isinstance(inline, Run) and inline.text.strip():
            style = inline.style & _EMPHASIS
            said = "".join(folded(inline.text).casefold().split())
            if found and found[-1][1] == style:
                found[-1] = found[-1][0] + said, style
            else:
                found.append((said, style))
    return found


def _notes(screenplay: Screenplay) -> Iterator[str]:
    for paragraph in paragraphs(screenplay.body):
        yield from (one.text for one in paragraph.text if isinstance(one, Note))
    for element in screenplay.body:
        match element:
            case Note():
                yield element.text
            case Speech():
                yield from _notes_between(element)
            case DualDialogue():
                yield from _notes_between(element.left)
                yield from _notes_between(element.right)
            case _:
                pass


def _notes_between(speech: Speech) -> Iterator[str]:
    yield from (part.text for part in speech.parts if isinstance(part, Note))


def _title(screenplay: Screenplay) -> list[tuple[str, list[str]]]:
    page = screenplay.title_page
    if page is None:
        return []
    return [(one.name, said) for one in page.fields if any(said := [words(line).strip() for line in one.lines])]
