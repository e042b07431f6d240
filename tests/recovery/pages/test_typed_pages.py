"""Pages of scripts that a word processor printed: names before their words, or over them in any case."""

from __future__ import annotations

from converter.contract import Diagnostic
from converter.lines import CELL
from tests.recovery.pages.test_rules import page, read

LEFT, WIDTH = 90, 432


def middle(text: str) -> float:
    return LEFT + (WIDTH - CELL * len(text)) / 2


def test_names_before_their_words_speak_and_acts_stand_apart() -> None:
    said: list[Diagnostic] = []
    lines = (
        "A kitchen. Evening. Odile stirs a pot.",
        "ODILE: You are late again, and the soup is cold, and the bread is",
        "gone as well.",
        "BRAM: The ferry never came.",
        "She hands him a bowl.",
        "ODILE: (softly) Eat.",
        "BRAM: It is cold.",
        "ODILE: I know.",
    )
    titles = ((0, middle("ACT ONE"), "ACT ONE"), (1, middle("SCENE 1"), "SCENE 1"))
    found = read(page(*titles, *((place + 2, LEFT, line) for place, line in enumerate(lines))), report=said)
    assert found == [
        'NewAct "ACT ONE"',
        'SceneHeading "SCENE 1"',
        'Action "A kitchen. Evening. Odile stirs a pot."',
        'Speech "ODILE"',
        '  Dialogue "You are late again, and the soup is cold, and the bread is gone as well."',
        'Speech "BRAM"',
        '  Dialogue "The ferry never came."',
        'Action "She hands him a bowl."',
        'Speech "ODILE"',
        '  Parenthetical "(softly)"',
        '  Dialogue "Eat."',
        'Speech "BRAM"',
        '  Dialogue "It is cold."',
        'Speech "ODILE"',
        '  Dialogue "I know."',
    ]
    assert {one.code for one in said} == {"pdf.unusual-layout", "text.manner"}


def test_centred_names_in_small_letters_speak_and_no_title_page_takes_their_script() -> None:
    lines: list[tuple[int, float, str]] = [
        (0, LEFT, "Scene 1: A cold night"),
        (1, LEFT, "Two people sit at the table."),
    ]
    for place, (name, said) in enumerate((("Mum", "Awake?"), ("Ina", "Yes."), ("Mum", "Bread?"), ("Ina", "Please."))):
        lines += [(2 * place + 2, middle(name), name), (2 * place + 3, LEFT, said)]
    assert read(page(*lines))[:4] == [
        'SceneHeading "Scene 1: A cold night"',
        'Action "Two people sit at the table."',
        'Speech plain "Mum"',
        '  Dialogue "Awake?"',
    ]
