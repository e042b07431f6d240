"""A feature with recorded edits: each edited paragraph is marked, and hardly any other."""

from __future__ import annotations

import random
from typing import Any

import pytest

from benchmarks.generate import script
from converter.compare import compare
from converter.readers import fountain
from converter.records import replace
from converter.tree import Action, Cut, Deletion, Dialogue, Paragraph, Run, Screenplay, Speech, paragraphs, words
from tests.examples import share

PAIRS = 60
MOST_OTHERS = 0.01


class Editor:
    """Changes words, sentences, paragraphs and speeches, and remembers what it touched by the words in it."""

    def __init__(self, draft: Screenplay, dice: random.Random):
        self.body: list[Any] = list(draft.body)
        self.dice = dice
        self.touched: set[str] = set()
        self.cut: list[str] = []
        self._count = 0

    def draft(self, like: Screenplay) -> Screenplay:
        return replace(like, body=tuple(self.body))

    def edit(self) -> None:
        place = self.dice.randrange(len(self.body))
        element = self.body[place]
        if isinstance(element, Speech):
            self._speech(place, element)
        elif isinstance(element, Action):
            self._action(place, element)

    def _speech(self, place: int, speech: Speech) -> None:
        lines = [number for number, part in enumerate(speech.parts) if isinstance(part, Dialogue)]
        chosen = self.dice.choice(lines)
        parts = list(speech.parts)
        parts[chosen] = self._changed(parts[chosen])
        self.body[place] = replace(speech, parts=tuple(parts))

    def _action(self, place: int, action: Action) -> None:
        match self.dice.randrange(4):
            case 0:
                self.body.insert(place, Action(text=(Run(text=self._sentence()),)))
                self.touched.add(words(self.body[place].text))
            case 1 if words(action.text) not in self.touched:
                self.cut.append(words(action.text))
                del self.body[place]
            case _:
                self.body[place] = self._changed(action)

    def _changed(self, one: Any) -> Any:
        said = words(one.text)
        self.touched.discard(said)
        pieces = said.split(" ")
        at = self.dice.randrange(len(pieces))
        match self.dice.randrange(3):
            case 0:
                pieces[at] = self._word()
            case 1:
                pieces.append(self._sentence())
            case _:
                pieces.insert(at, self._word())
        changed = replace(one, text=(Run(text=" ".join(pieces)),))
        self.touched.add(words(changed.text))
        return changed

    def _word(self) -> str:
        self._count += 1
        return f"new{self._count}"

    def _sentence(self) -> str:
        return (
            " ".join([self._word().capitalize(), *self.dice.sample("a lamp the door of rain with salt".split(), 5)])
            + "."
        )


def is_marked(one: Paragraph, revision: int) -> bool:
    return any(isinstance(inline, Run | Deletion) and inline.revision == revision for inline in one.text)


@pytest.mark.parametrize("seed", range(share(PAIRS) // 6 or 1))
def test_what_was_edited_is_marked_and_nothing_else(seed: int) -> None:
    dice = random.Random(seed)
    old = fountain.from_text(script(1 + seed % 3)[:150_000])
    editor = Editor(old, dice)
    for _ in range(dice.choice([1, 5, 20, 60, 200])):
        editor.edit()
    found = compare(old, editor.draft(old))
    marked = {words(one.text) for one in paragraphs(found.screenplay.body) if is_marked(one, found.revision)}
    assert editor.touched <= marked
    others = [one for one in paragraphs(found.screenplay.body) if words(one.text) not in editor.touched]
    assert sum(is_marked(one, found.revision) for one in others) <= MOST_OTHERS * len(others)
    gone = " ".join(
        words(one.text) for cut in found.screenplay.body if isinstance(cut, Cut) for one in paragraphs(cut.elements)
    )
    assert all(said in gone for said in editor.cut if said not in editor.touched)
