"""Texts that are no screenplay: a result with an honest doubt, or a clear error within the limits."""

from __future__ import annotations

import random

import pytest

from benchmarks.generate import OBJECTS, SPOKEN, SUBJECTS, VERBS
from converter.contract import Diagnostic, LimitError, Limits, UsageError
from converter.readers import plain
from converter.tree import Action, Character, DualDialogue, SceneHeading, Screenplay, paragraphs, words
from tests.cost import seconds

ESSAY = """\
A lighthouse is a machine for being seen, and yet what we remember of one is the light that we
see by. The first keepers burned wood in an iron basket. They carried it up by hand, some four
hundred steps, every night of the year, and nobody on the water ever learned their names.

Consider the cost. A ton of oak gives five hours of flame; a winter night has fifteen. Oil was
cheaper, and the wick that floats in it can be trimmed by a child. When the lens came, at last,
the same small flame could be read at twenty miles, because glass does for light what a
sentence does for thought: it bends a wide and wasteful thing until it points.

Is that progress? It depends on whom you ask. The shipowners thought so. The keepers, who had
been woodcutters and were now clerks, were less sure. One of them wrote in his book that he
missed being tired.

We might draw a lesson from this, but lessons are the cheapest oil of all. What remains is the
tower, the stair, the glass. Somebody climbs, somebody steers by it, and the two never meet.
"""


def novel(count: int, width: int | None) -> str:
    """`count` paragraphs of narration with people who speak in quotes, wrapped to a width or not at all."""
    chance = random.Random(7)
    lines = []
    for _ in range(count):
        told = [f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)}." for _ in range(3)]
        said = [f'"{chance.choice(SPOKEN).rstrip(".")}," said {chance.choice(("Odile", "Bram"))}.' for _ in range(2)]
        lines.append(" ".join(told[:1] + said + told[1:]).replace("*", "").replace("_", ""))
    if width is None:
        return "\n\n".join(lines)
    return "\n\n".join(_wrapped(line, width) for line in lines)


def _wrapped(text: str, width: int) -> str:
    rows = [""]
    for word in text.split():
        if len(rows[-1]) + len(word) >= width:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return "\n".join(rows)


def recovered(text: str) -> tuple[Screenplay, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return plain.from_text(text, report=said.append), said


PROSE = {
    "an essay": ESSAY,
    "an essay on one line": " ".join(ESSAY.split()),
    "an essay without blank lines": ESSAY.replace("\n\n", "\n"),
    "an indented essay": "".join(f"      {line}\n" for line in ESSAY.splitlines()),
    "a novel": novel(80, 72),
    "a novel, a paragraph a line": novel(80, None),
    "a novel on one line": novel(80, None).replace("\n\n", " "),
    "a novel in lower case": novel(80, None).replace("\n\n", " ").lower(),
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE.keys())
def test_prose_comes_back_as_action_with_a_doubt(text: str) -> None:
    screenplay, said = recovered(text)
    cues = [words(one.text) for one in paragraphs(screenplay.body) if isinstance(one, Character)]
    assert len(cues) * 1000 <= len(text.split()), cues
    assert any(isinstance(element, Action) for element in screenplay.body)
    assert "text.not-a-screenplay" in [diagnostic.code for diagnostic in said]


SOURCE_CODE = '''\
from pathlib import Path

LIMIT = 20

class Keeper:
    """Counts what was lit."""

    def __init__(self, name, lamps=()):
        self.name = name
        if len(lamps) > LIMIT:
            raise ValueError("too many lamps")
        self.lamps = list(lamps)

    def light(self):
        for lamp in self.lamps:
            if not lamp.lit:
                lamp.lit = True
        return len(self.lamps)
'''

ODD = {
    "source code": SOURCE_CODE,
    "nothing": "",
    "blanks": " \n\t\n  ",
    "one letter": "a",
    "one number": "12",
    "a heading alone": "INT.",
    "numbers and headings without places": "1 int 2 ext 3 int . 4 omit omit 5",
    "a cue at the end": "1 int . room - day he walk . anna",
    "only brackets": "( ( ( ) ) ( o.s. ) ) ( cont 'd ) [ ] ( )",
    "only marks": ". . . -- ... ? ! : ; , \" ' # & *",
    "only capitals": "THE END OF THE LINE\nAND ANOTHER\n",
    "page numbers alone": "1.\n\f2.\n\f3.\n\f4.\n",
    "form feeds": "\f\f\f",
    "entities": "1 int . bar &amp ; grill - day tapas &amp; tune . &amp ;",
    "other scripts": "内景。房间 - 日\n\n安娜\n你好。\n",
    "right to left": "פנים. חדר - יום\nשלום",
    "odd lines": "INT. ROOM - DAY\rANNA\x0bHello\x85BEN\u2028Hi",
    "two columns of nothing": "        ANNA              BEN\n\n\n",
}


@pytest.mark.parametrize("kind", ["auto", "indented", "unindented", "contiguous", "flat"])
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_keep_every_word(text: str, kind: str) -> None:
    plain.from_text(text, plain.Options(kind=kind))  # type: ignore[arg-type]  # it proves itself, or raises


def test_a_text_of_one_endless_word() -> None:
    screenplay, _ = recovered("a" * 2_000_000)
    assert len(screenplay.body) == 1


@pytest.mark.timing
@pytest.mark.parametrize(
    "shape",
    [
        "word ",
        "a , ",
        "( ",
        "int . ",
        "1 int ",
        "mia ",
        "mia ( o.s. ) ",
        '" ',
        "-- ",
        "\n",
        "MIA\n",
        "(\n",
        "1\n",
        "A    B\n",
    ],
)
@pytest.mark.parametrize("kind", ["flat", "indented"])
def test_time_grows_with_the_text(shape: str, kind: str) -> None:
    options = plain.Options(kind=kind)  # type: ignore[arg-type]
    less, more = (seconds(plain.from_text, shape * (size // len(shape)), options) for size in (2_000, 8_000))
    assert more < 10 * less + 0.5  # four times the text; the rest for a busy machine


def test_a_time_limit_holds() -> None:
    with pytest.raises(LimitError):
        plain.from_text("he walk . " * 20_000, plain.Options(kind="flat"), limits=Limits(max_seconds=0.0))


@pytest.mark.timing
@pytest.mark.parametrize("text", ["word " * 500_001, "Word.\n" * 500_001], ids=["words", "lines"])
def test_what_is_longer_than_any_script_is_action(text: str) -> None:
    found: list[Diagnostic] = []
    screenplay = plain.from_text(text, report=found.append)
    assert [type(element) for element in screenplay.body] == [Action]
    assert [one.code for one in found] == ["text.kind", "text.too-long"]


@pytest.mark.parametrize(
    "behind", ["", "2 int . shed - day he wait .", "fade out .", "bram ( cont 'd ) fade out .", "3"]
)
def test_a_cue_that_nothing_can_follow_is_no_trap(behind: str) -> None:
    text = f"1 int . hall - night odile ( cont 'd ) {behind} 4 int . hall - day he go . 5 int . hall - night she go ."
    screenplay = plain.from_text(text, plain.Options(kind="flat"))
    assert sum(isinstance(one, SceneHeading) for one in screenplay.body) >= 3


def cues(text: str, **options: str) -> list[str]:
    screenplay = plain.from_text(text, plain.Options(kind="flat", **options))  # type: ignore[arg-type]
    return [words(one.text) for one in paragraphs(screenplay.body) if isinstance(one, Character)]


def test_names_that_the_user_gives_are_cues() -> None:
    text = (
        "1 int . hall - night odile wait . a clerk yell : p.a. clear the stair ! harbour master one second . "
        "2 int . shed - day rain ."
    )
    assert cues(text, cast="P.A., Harbour Master") == ["P.A.", "HARBOUR MASTER"]


def test_a_name_in_small_letters_that_has_a_capital_elsewhere_was_a_cue() -> None:
    text = (
        "1 int . hall - night he see Odile . then -- odile ( cont 'd ) not here . she wait , and Odile wait too . "
        "he look at Odile . odile can not . work . 2 int . shed - day Odile sleep . 3 int . hall - day nobody ."
    )
    assert cues(text) == ["ODILE (CONT'D)", "ODILE"]


def test_two_names_that_lost_their_capitals_speak_at_once() -> None:
    text = (
        "1 int . hall - night he see Odile and Bram . then -- odile ( cont 'd ) not here . bram ( cont 'd ) no . "
        "and Odile wait , and Bram wait too . he look at Odile and at Bram . bram odile come in . go away . "
        "2 int . shed - day rain ."
    )
    screenplay = plain.from_text(text, plain.Options(kind="flat"))
    assert any(isinstance(one, DualDialogue) for one in screenplay.body)


SIGNS = (
    "odile Odile bram Bram ( cont 'd ) ( o.s. ) ( beat ) . ? ! ... -- : [ ] \" ' - # 12 A12 13 omit int . ext . "
    "day night cut to : fade out we dissolve bram' mother the a I you be go look , and title card winter two year later"
).split()


@pytest.mark.parametrize("seed", range(40))
def test_no_order_of_words_is_a_trap(seed: int) -> None:
    dice = random.Random(seed)
    text = " ".join(dice.choices(SIGNS, k=dice.randint(1, 300)))
    plain.from_text(text, plain.Options(kind="flat", cast="Odile, Harbour Day"))  # the proof is made for each


def test_a_page_header_that_is_no_pattern() -> None:
    with pytest.raises(UsageError, match="page_header is not a regular expression"):
        plain.from_text("Rain falls.", plain.Options(page_header="[revision"))
