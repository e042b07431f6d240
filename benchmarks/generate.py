"""Make a feature-length Fountain script of a stated size from sentences of our own.

    python -m benchmarks.generate [SCALE] > script.fountain

Scale 1 has 190 scenes, 770 speeches and 870 actions in about 146 kB, the size and mix of a real feature. The same
scale gives the same bytes each time.
"""

from __future__ import annotations

import random
import sys

SCENES, SPEECHES, ACTIONS = 190, 770, 870

NAMES = ("ODILE", "BRAM", "MRS. TEAL", "KESTREL", "THE FERRYMAN", "JONAS", "DR. ABARA", "NIN")
PLACES = ("TIDE STATION", "BOAT SHED", "HARBOR OFFICE", "LAMP ROOM", "FISH MARKET", "QUAY", "SALT WORKS", "CHAPEL")
TIMES = ("DAY", "NIGHT", "DAWN", "DUSK", "CONTINUOUS", "LATER")
SUBJECTS = ("Odile", "Bram", "The old engine", "A gull", "Mrs. Teal", "The tide", "Kestrel", "Nobody", "The lamp")
VERBS = ("turns toward", "waits beside", "leans over", "ignores", "studies", "crosses to", "listens to", "walks past")
OBJECTS = (
    "the open ledger on the desk",
    "a rope that has been cut and tied again",
    "the window, where rain runs sideways",
    "two cups of coffee going cold",
    "the *Heron*, low in the water",
    "a radio that only hums",
    "the chart with **three** red marks on it",
    "the door nobody has painted since the war",
)
ENDS = ("and says nothing.", "then thinks better of it.", "as the floor tilts.", "for a long moment.", "and stops.")
SPOKEN = (
    "I counted them twice, and it comes out the same.",
    "You said the water never reaches the second step.",
    "Then somebody moved the step.",
    "Is that what you told the harbor office?",
    "I told them what they wrote down.",
    "We leave when the lamp is lit, not before.",
    "My father kept the same book, and he _never_ tore a page.",
    "If it floods we carry the engine out. That is the plan.",
    "All of it, every last bolt.",
    "That is no plan, that is a funeral with tools.",
)
PARENTHETICALS = ("(not looking up)", "(quietly)", "(over the engine)", "(beat)", "(to Bram)")
TRANSITIONS = ("CUT TO:", "DISSOLVE TO:", "SMASH CUT TO:")


def script(scale: float = 1, seed: int = 20) -> str:
    """A Fountain script with `scale` times the scenes, speeches and actions of a feature."""
    dice = random.Random(seed)
    blocks = ["Title: The Tide Book\nCredit: Written by\nAuthor: the matchcut project\nDraft date: 1 March"]
    for number in range(1, round(SCENES * scale) + 1):
        blocks.append(f"{dice.choice(('INT.', 'EXT.'))} {dice.choice(PLACES)} - {dice.choice(TIMES)} #{number}#")
        actions = _share(ACTIONS, number)
        speeches = _share(SPEECHES, number)
        scene = [_action(dice) for _ in range(actions)] + [_speech(dice) for _ in range(speeches)]
        head, rest = scene[:1], scene[1:]
        dice.shuffle(rest)
        blocks += head + rest
        if number % 12 == 0:
            blocks.append(dice.choice(TRANSITIONS))
    return "\n\n".join(blocks) + "\n"


def _share(total: int, number: int) -> int:
    """How many of `total`, spread evenly over the scenes, fall to scene `number`."""
    place = (number - 1) % SCENES
    return total * (place + 1) // SCENES - total * place // SCENES


def _action(dice: random.Random) -> str:
    sentences = []
    for _ in range(dice.choice((1, 1, 2))):
        sentences.append(f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)} {dice.choice(ENDS)}")
    return " ".join(sentences)


def _speech(dice: random.Random) -> str:
    lines = [dice.choice(NAMES) + dice.choice(("", "", "", " (V.O.)", " (O.S.)"))]
    if dice.random() < 0.15:
        lines.append(dice.choice(PARENTHETICALS))
    lines.append(" ".join(dice.choice(SPOKEN) for _ in range(dice.choice((1, 1, 2)))))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(script(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
