"""Which element the styles of other programs and templates mean, by their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from converter.tree import (
    Action,
    CastList,
    Character,
    Dialogue,
    EndOfAct,
    General,
    Lyric,
    NewAct,
    Paragraph,
    Parenthetical,
    SceneHeading,
    Section,
    Shot,
    Synopsis,
    Transition,
)


class Named(NamedTuple):
    """What a style's name says: an element, or a field of the title page."""

    kind: type[Paragraph] | None = None
    field: str = ""
    centered: bool = False
    weak: bool = False  # Word's own styles, which people use for anything: only where nothing else speaks


# Names as word processors, screenwriting programs and templates have them, in the languages that they come in.
_KINDS: dict[type[Paragraph], str] = {
    SceneHeading: """scene heading, time and place, scene headings,
        slugline, sluglines, slug line, slug, scene head, scene title,
        scene header, scene number, scene intro, master scene, master scene heading, location heading, new scene,
        Szenenüberschrift, Szenentitel, Szenenkopf, Szene, Bildzeile,
        en-tête de scène, titre de scène, intitulé, intitulé de scène, scène, séquence,
        encabezado, encabezado de escena, escena, cabecera de escena, cabeçalho de cena, cabeçalho, cena,
        intestazione, intestazione scena, intestazione di scena, titolo scena, scena, nagłówek sceny, nagłówek,
        scenrubrik, scenkop, scènekop, sceneoverskrift, scènetitel, kohtausotsikko,
        заголовок сцены, сцена, место и время, 柱, 场景标题, 场景""",
    Action: """action, actions, action line, action lines, action description, description, scene description,
        stage direction, stage directions, direction, directions, business, big print, blocking,
        Handlung, Handlungstext, Regie, Regieanweisung, Aktion, Szenenbeschreibung, Beschreibung,
        descriptif, scène action, acción, descripción, ação, descrição, azione, descrizione,
        akcja, opis, opis akcji, didaskalia, handling, actie, toiminta, действие, описание, ト書き, 动作""",
    Character: """character, characters, character name, character cue, character names, cue, speaker, speaker name,
        name, role, actor,
        Figur, Figurenname, Rolle, Rollenname, Sprecher, Charakter, personnage, nom du personnage, personaje,
        nombre del personaje, personagem, personaggio, nome personaggio, postać, bohater, karaktär, rollfigur,
        rolfiguur, personage, karakter, hahmo, персонаж, имя персонажа, 人物, 登場人物, 角色""",
    Parenthetical: """parenthetical, parentheticals, parenthesis, parentheses, paren, parens, wryly, wrylie, wrylies,
        actor direction, personal direction, character direction, delivery,
        Klammer, Klammern, Parenthese, Spielanweisung, Sprechanweisung, parenthèse, indication, didascalie,
        didascalies, acotación, paréntesis, rubrica, parêntese, parênteses, parentetica, parentetico, parentesi,
        nawias, wtrącenie, parentes, parenthesen, ремарка, 括号""",
    Dialogue: """dialogue, dialog, dialogues, dialogs, speech, speeches, lines, dialogue text, dialog text, spoken text,
        Dialogtext, réplique, répliques, diálogo, dialogo, réplica, fala, battuta, dialogi, kwestia, replik, repliik,
        dialoog, диалог, реплика, 台詞, セリフ, 对白""",
    Transition: """transition, transitions, editorial transition, right transition, scene transition,
        Übergang, Übergänge, transición, transição, transizione, przejście, overgang, övergång, siirtymä,
        переход, 转场""",
    Shot: """shot, shots, camera, camera angle, camera shot, camera direction, angle, sub slug, subslug, subheader,
        mini slug, Einstellung, plan, plan de caméra, plano, inquadratura, ujęcie, kadr""",
    Lyric: """lyric, lyrics, song, songs, song lyrics, singing, sung, verse, Liedtext, Lied, paroles, chanson,
        letra de canción, canción, piosenka, testo canzone""",
    General: "general, Allgemein, général, general text, ogólne",
    NewAct: "act, new act, start of act, act heading, act break, act title, Akt, acte, acto, atto, ato, акт",
    EndOfAct: "end of act, act end, Aktende, fin d'acte, fin de acto, fine atto",
    CastList: "cast list, cast, Besetzung, Rollenliste, distribution, reparto",
    Synopsis: "synopsis, scene synopsis, Synopse",
    Section: "section",
}


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_WORD = re.compile(r"[^\W_]+")


def _joined(name: str) -> str:
    return "".join(_WORD.findall(_without_accents(name)))


_NAMED = {_joined(name): Named(kind) for kind, names in _KINDS.items() for name in names.split(",")}
_NAMED["centered"] = _NAMED["centred"] = _NAMED["actioncentered"] = Named(Action, centered=True)
_FIELDS = {
    "title": "Title",
    "scripttitle": "Title",
    "subtitle": "Title",
    "author": "Author",
    "authors": "Author",
    "writer": "Author",
    "credit": "Credit",
    "contact": "Contact",
    "contactinfo": "Contact",
    "draftdate": "Draft date",
}
_NAMED |= {name: Named(field=field) for name, field in _FIELDS.items()}
# Names that people also use for something else.
_WEAK = {"heading": SceneHeading, "heading1": SceneHeading, "scene": SceneHeading, "normal": Action, "bodytext": Action}
_WEAK |= {"standard": Action, "textbody": Action, "defaultparagraphstyle": Action, "body": Action}
_NAMED |= {name: Named(kind, weak=True) for name, kind in _WEAK.items()}

_LONGEST = 100


def named(names: Iterable[str]) -> Named | None:
    """What the first telling name says, of a style and those that it is built on."""
    weak: Named | None = None
    for name in names:
        found = _by_words(name)
        if found is not None and not found.weak:
            return found
        weak = weak or found
    return weak


def _by_words(name: str) -> Named | None:
    """The whole name, or its last words (SP-Action, Script Dialogue), without what only numbers it (Dialogue 2)."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:_LONGEST])  # SceneHeading
    words = _WORD.findall(_without_accents(split))
    found = _NAMED.get("".join(words))
    while found is None and len(words) > 1 and (words[-1].isdigit() or words[-1] in _NOISE):
        words.pop()
    for start in range(len(words)):
        found = found or _NAMED.get("".join(words[start:]))
        if found is not None:
            alone = start and (found.weak or found.field or words[start:] in _ONLY_ALONE)
            return None if alone else found
    return None


# Behind an element's name these say which of several it is.
_NOISE = frozenset("char dual left right first in out style paragraph para block copy contd continued zchn car".split())
# At the end of other names these mean something else: Business Plan, Table Lines.
_ONLY_ALONE = tuple(
    [word] for word in "plan plano name role rolle lines cast act akt acte acto song lied verse".split()
)
