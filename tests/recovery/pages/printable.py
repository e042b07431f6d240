"""Screenplays that a page shows without look-alikes: what recovery must read back as it was.

Avoided, because a page cannot tell: a line break where the line was full anyway, two blanks, an action that reads as a
heading or a shot, a shot without a word for the camera, speech all in italics, two dialogues in a row, a typed
(CONT'D) where the page adds one, an empty paragraph at the edge of a page, General right under action.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from converter.normal import normal
from converter.terms import cue_as_seen
from converter.tree import (
    Action,
    Align,
    Boneyard,
    CastList,
    Character,
    Continued,
    Dialogue,
    DualDialogue,
    Element,
    EndOfAct,
    General,
    LineBreak,
    Lyric,
    NewAct,
    Note,
    PageSetup,
    Paper,
    Parenthetical,
    Run,
    SceneHeading,
    SceneNumbers,
    Screenplay,
    Section,
    Shot,
    Speech,
    Style,
    Synopsis,
    Text,
    TitleField,
    TitlePage,
    Transition,
    words,
)

WORDS = (
    "rain falls harbour slowly a the lamp behind half-open door seven gulls wind-blown over her shoulder in "
    "nothing moves while somebody counts Été façade coin-operated or perhaps not--well maybe Odile -- grey sea"
).split()
PLACES = ("TIDE STATION", "PIER 9", "MRS. PELL'S ATTIC - BACK ROOM", "ROOF", "THE LONG ROAD OVER THE HILL TO THE SEA")
TIMES = ("DAY", "NIGHT", "CONTINUOUS", "LATER")
NAMES = (
    "ODILE",
    "MARA",
    "McCLANE",
    "deVries",
    "THE OLD PILOT",
    "É",
    "MAN #2",
    "DR. O'NEILL-ABARA OF THE HARBOUR OFFICE",
)
EXTENSIONS = ("", "", "", " (V.O.)", " (O.S.)", " (INTO PHONE)")
NUMBERS = (None, "1", "12A", "A12", "I-1-A", "110AB", "77PT")
BRACKETS = (
    "(beat)",
    "(to the door, which does not answer her)",
    "(sotto)",
    "(off her look; he knows)",
    "(beat).",
    "(softly) Eat now, before it is cold again.",
    "（低声）",
    "[low]",
    "quietly",
)
SHOTS = ("ANGLE ON THE DOOR", "CLOSE ON HAND", "INSERT - THE CLOCK", "ODILE'S POV")
TRANSITIONS = ("CUT TO:", "FADE OUT.", "SMASH CUT TO:", "SLOW DISSOLVE TO:", "A VERY SLOW DISSOLVE TO:")
STYLES = (Style.BOLD, Style.ITALIC, Style.UNDERLINE, Style.STRIKEOUT, Style.BOLD | Style.ITALIC)


class Author:
    """Writes elements from a seed."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        self.scenes = 0

    def sentence(self) -> list[str]:
        words = self.dice.choices(WORDS, k=self.dice.randint(2, 14))
        words = [words[0].lstrip("-").capitalize() or "So", *words[1:]]
        while words[-1] == "--":
            words.pop()
        words[-1] = words[-1].rstrip("-") + self.dice.choice((".", ".", ".", "?", "!", "..."))
        return words

    def prose(self, most: int = 5) -> Text:
        words = [word for _ in range(self.dice.randint(1, most)) for word in self.sentence()]
        return self.emphasised(words)

    def emphasised(self, words: list[str]) -> Text:
        """Now and then a few words are set in another style, never all of them."""
        if len(words) < 6 or self.dice.random() < 0.6:
            return (Run(text=" ".join(words)),)
        start = self.dice.randint(1, len(words) - 4)
        end = self.dice.randint(start + 1, start + 3)
        before, inside, after = (" ".join(part) for part in (words[:start], words[start:end], words[end:]))
        return (Run(text=before + " "), Run(text=inside, style=self.dice.choice(STYLES)), Run(text=" " + after))

    def short_lines(self) -> Text:
        """Two lines that nobody had to turn."""
        return (Run(text="Low water."), LineBreak(), Run(text="High water."))

    # -------- elements

    def heading(self) -> list[Element]:
        intro = self.dice.choice(("INT.", "EXT.", "INT./EXT."))
        text = f"{intro} {self.dice.choice(PLACES)} - {self.dice.choice(TIMES)}"
        number = self.dice.choice(NUMBERS) if len(text) < 55 else None
        if number is not None and self.dice.random() < 0.15:
            text = "OMITTED"
        return [SceneHeading(text=(Run(text=text),), number=number)]

    def heading_with_cast(self) -> list[Element]:
        return [*self.heading(), CastList(text=(Run(text="(ODILE, MARA)"),))]

    def heading_with_general(self) -> list[Element]:
        return [*self.heading(), General(text=(Run(text="Out of season, in another year."),))]

    def action(self) -> list[Element]:
        return [Action(text=self.prose())]

    def long_action(self) -> list[Element]:
        return [Action(text=self.prose(14))]

    def broken_action(self) -> list[Element]:
        return [Action(text=self.short_lines())]

    def placed_action(self) -> list[Element]:
        align = self.dice.choice((Align.CENTER, Align.RIGHT))
        return [Action(text=(Run(text=" ".join(self.sentence()[:3])),), align=align)]

    def empty_lines(self) -> list[Element]:
        return [*self.action(), Action(), *self.action()]

    def shot(self) -> list[Element]:
        return [Shot(text=(Run(text=self.dice.choice(SHOTS)),))]

    def transition(self) -> list[Element]:
        return [Transition(text=(Run(text=self.dice.choice(TRANSITIONS)),))]

    def act(self) -> list[Element]:
        return [NewAct(text=(Run(text=self.dice.choice(("ACT ONE", "TEASER", "ACT THREE"))),))]

    def end_of_act(self) -> list[Element]:
        return [EndOfAct(text=(Run(text="END OF ACT ONE"),))]

    def verse(self) -> list[Element]:
        return [Lyric(text=self.verses())]

    def verses(self) -> Text:
        return (Run(text="Low water, low,"), LineBreak(), Run(text="and the tide will go."))

    def cue(self) -> Character:
        return Character(text=cue_as_seen((Run(text=self.dice.choice(NAMES) + self.dice.choice(EXTENSIONS)),)))

    def speech(self, most: int = 4) -> list[Element]:
        parts = []
        for _ in range(self.dice.randint(1, 3)):
            if self.dice.random() < 0.4:
                parts.append(Parenthetical(text=(Run(text=self.dice.choice(BRACKETS)),)))
            if not parts or isinstance(parts[-1], Parenthetical):
                parts.append(Dialogue(text=self.prose(most)))
        return [Speech(cue=self.cue(), parts=tuple(parts))]

    def long_speech(self) -> list[Element]:
        return self.speech(16)

    def stanzas(self) -> list[Element]:
        """A blank line in the middle of a speech."""
        text = (*self.prose(), LineBreak(), LineBreak(), *self.prose())
        return [Speech(cue=self.cue(), parts=(Dialogue(text=text),))]

    def song(self) -> list[Element]:
        return [Speech(cue=self.cue(), parts=(Dialogue(text=self.prose(1)), Lyric(text=self.verses())))]

    def silence(self) -> list[Element]:
        """Without words below it only capitals tell a name from other words in the middle."""
        return [Speech(cue=Character(text=(Run(text=words(self.cue().text).upper()),)))]

    def voice(self) -> list[Element]:
        return [*self.action(), Speech(parts=(Dialogue(text=self.prose(1)),))]

    def long_scene(self) -> list[Element]:
        """Three pages or so."""
        pairs = [[*self.long_speech(), *self.long_action()] for _ in range(5)]
        return [*self.heading(), *(element for pair in pairs for element in pair)]

    def dual(self) -> list[Element]:
        sides = []
        for _ in range(2):
            name = self.dice.choice(NAMES[:-1]) + self.dice.choice(EXTENSIONS[:-1])
            parts = [Dialogue(text=self.prose(2))]
            if self.dice.random() < 0.4:
                parts.insert(0, Parenthetical(text=(Run(text=self.dice.choice(BRACKETS)),)))
            sides.append(Speech(cue=Character(text=cue_as_seen((Run(text=name),))), parts=tuple(parts)))
        return [DualDialogue(left=sides[0], right=sides[1])]

    def unprinted(self) -> list[Element]:
        hidden: tuple[Element, ...] = (
            Note(text="Is this so?"),
            Boneyard(source="/* cut */"),
            Section(text=(Run(text="Act One"),)),
            Synopsis(text=(Run(text="They meet."),)),
        )
        return [self.dice.choice(hidden)]

    def front(self) -> TitlePage:
        fields = {
            "Title": ("THE TIDE STATION",),
            "Episode": ('"Low Water"',),
            "Credit": ("written by",),
            "Author": ("Odile Marchetti",),
            "Source": ("based on a true tide",),
            "Draft date": ("3 May 2026",),
            "Copyright": ("(c) 2026 Odile Marchetti",),
            "Contact": ("Harbour Office", "9 Pier Street"),
        }
        kept = {
            name: lines for name, lines in fields.items() if name in {"Title", "Author"} or self.dice.random() < 0.7
        }
        if "Credit" not in kept:
            kept.pop("Episode", None)
        return TitlePage(
            fields=tuple(
                TitleField(name=name, lines=tuple((Run(text=line),) for line in lines)) for name, lines in kept.items()
            )
        )


WRITTEN: dict[str, Callable[[Author], list[Element]]] = {
    name: getattr(Author, name)
    for name in (
        *("heading", "heading_with_cast", "heading_with_general", "action", "long_action", "broken_action"),
        *("placed_action", "empty_lines", "shot", "transition", "act", "end_of_act", "verse", "speech", "long_speech"),
        *("stanzas", "song", "silence", "voice", "dual", "unprinted", "long_scene"),
    )
}
LETTER, A4 = Paper(width=8.5, height=11.0), Paper(width=8.27, height=11.69)


@st.composite
def printables(draw: st.DrawFn, least: int = 0, most: int = 40) -> Screenplay:
    """Up to `most` elements on either paper, with and without numbers, CONTINUED and a title page."""
    author = Author(draw(st.integers(0, 1 << 30)))
    kinds = draw(st.lists(st.sampled_from(tuple(WRITTEN)), min_size=least, max_size=most))
    body = [element for kind in kinds for element in WRITTEN[kind](author)]
    title_page = author.front() if draw(st.booleans()) else None
    setup = PageSetup(
        paper=draw(st.sampled_from((None, LETTER, A4))),
        continued=draw(st.sampled_from((None, Continued(at_bottom=True, at_top=True, numbered=True)))),
        scene_numbers=draw(st.sampled_from((None, SceneNumbers(right=False), SceneNumbers(left=False)))),
    )
    return normal(Screenplay(title_page=title_page, body=tuple(_apart(body)), page_setup=setup))


def _apart(body: list[Element]) -> list[Element]:
    """Without neighbours that make look-alikes."""
    out: list[Element] = []
    for element in body:
        above = next((one for one in reversed(out) if not isinstance(one, Note | Boneyard | Section | Synopsis)), None)
        if isinstance(element, Speech) and element.cue is None and not isinstance(above, Action):
            continue
        if isinstance(element, General) and isinstance(above, Action | General | CastList):
            continue
        out.append(element)
    return out


def without_marks(screenplay: Screenplay) -> Screenplay:
    """Of a recovered tree what `printed` has: the words, not what is known of the pages."""
    page = screenplay.title_page
    return normal(Screenplay(title_page=replace(page, sheets=()) if page else None, body=screenplay.body))
