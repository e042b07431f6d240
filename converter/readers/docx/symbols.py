"""The signs of symbol fonts as the Unicode characters that look like them.

Word keeps a sign of such a font as the font's name and a code from F020 on, or as a letter of the private area. The
codes are those of the fonts (Microsoft's Symbol, Wingdings, Webdings; Adobe's Zapf Dingbats); the characters are those
that Unicode added for them, or the older one of that shape which more fonts can draw (→ rather than U+1F86A).
"""

from __future__ import annotations

import re
from typing import Final

from converter.notation.docx import w
from converter.readers.docx.package import Node

_EXTENDED = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"  # [MS-DOCX], 2.5.1.23
SIGN = w("sym")
SIGNS = frozenset({SIGN, _EXTENDED + "symEx"})
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,6}")

NO_LETTER: Final = "\ufffd"
_FIRST, _PRIVATE = 0x20, 0xF000

# Sixteen in a row, from 20 to FF; U+FFFD where the font has no sign, or one that Unicode lacks.
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./"
    "0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ"
    "ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνο"
    "πθρστυϖωξψζ{|}∼�"
    "����������������"
    "����������������"
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓"
    "°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉"
    "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
    "�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�"
)
_ZAPF = (
    " ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏"
    "✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟"
    "✠✡✢✣✤✥✦✧★✩✪✫✬✭✮✯"
    "✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿"
    "❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏"
    "❐❑❒▲▼◆❖◗❘❙❚❛❜❝❞�"
    "❨❩❪❫❬❭❮❯❰❱❲❳❴❵��"
    "����������������"
    "�❡❢❣❤❥❦❧♣♦♥♠①②③④"
    "⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿"
    "➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏"
    "➐➑➒➓➔→↔↕➘➙➚➛➜➝➞➟"
    "➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯"
    "�➱➲➳➴➵➶➷➸➹➺➻➼➽➾�"
)
_WINGDINGS = (
    " ✏✂✁👓🔔📖🕯☎✆✉🖃📪📫📬📭"
    "📁📂📄🗏🗐🗄⌛⌨🖰🖲🖳🖴🖫🖬✇✍"
    "🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣🕱🏳"
    "⚐✈☼💧❄🕆✞✚✠✡☪☯ॐ☸♈♉"
    "♊♋♌♍♎♏♐♑♒♓🙰🙵●🔾■□"
    "❐❑❒⬧⧫◆❖⬥⌧⮹⌘🏵🏶❝❞�"
    "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹"
    "❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•"
    "⬝○🞆🞈◉◎❍▪◻🟁✦★✶✴✹✵"
    "⯐⌖✧⯏⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘"
    "🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗"
    "🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈➲⮉⮋←"
    "→↑↓↖↗↙↘⬅➔⬆⬇⬉⬈⬋⬊⇦"
    "⇨⇧⇩⇔⇕⬁⬀⬃⬂▭▫✘✔☒☑�"
)
_WINGDINGS_2 = (
    " 🖊🖋🖌🖍✄✀🕾🕽🗅🗆🗇🗈🗉🗊🗋"
    "🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙"
    "🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑✗"
    "✓☒☑☒☒⮾⮿🛇⦸🙱🙴🙲🙳‽🙹🙺"
    "🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥"
    "⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿�"
    "☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤"
    "🕥🕦🕧🙨🙩⋅🞄⦁●○🞅🞇🞉⊙⦿🞌"
    "🞍◾■□🞑🞒🞓🞔▣🞕🞖🞗🞘⬩⬥◇"
    "🞚◈🞛🞜🞝🞞⬪⬧◊🞠◖◗⯊⯋⯀⯁"
    "⬟⯂⬣⬢⯃⯄🞡🞢🞣🞤🞥🞦🞧🞨🞩🞪"
    "🞫🞬🞭🞮🞯🞰🞱🞲🞳🞴🞵🞶🞷🞸🞹🞺"
    "🞻🞼🞽🞾🞿🟀🟂🟄🟆🟉🟊✶🟌🟎🟐🟒"
    "✹🟃🟇✯🟍🟔⯌⯍※⁂������"
)
_WINGDINGS_3 = (
    " ⭠⭢⭡⭣⭦⭧⭩⭨⭰⭲⭱⭳⭶⭸⭻"
    "⭽⭤⭥⭪⭬⭫⭭⭍⮠⮡⮢⮣⮤⮥⮦⮧"
    "⮐⮑⮒⮓⮀⮃⭾⭿⮄⮆⮅⮇⮏⮍⮎⮌"
    "⭮⭯⎋⌤⌃⌥␣⍽⇪⮸🢠🢡🢢🢣🢤🢥"
    "🢦🢧🢨🢩🢪🢫🡐🡒🡑🡓🡔🡕🡗🡖🡘🡙"
    "▲▼△▽◀▶◁▷◣◢◤◥🞀🞂🞁�"
    "🞃⯅⯆⯇⯈⮜⮞⮝⮟🠐🠒🠑🠓🠔🠖🠕"
    "🠗🠘🠚🠙🠛🠜🠞🠝🠟🠀🠂🠁🠃🠄🠆🠅"
    "🠇🠈🠊🠉🠋🠠🠢🠤🠦🠨🠪🠬🢜🢝🢞🢟"
    "🠮🠰🠲🠴🠶🠸🠺🠹🠻🢘🢚🢙🢛🠼🠾🠽"
    "🠿🡀🡂🡁🡃🡄🡆🡅🡇⮨⮩⮪⮫⮬⮭⮮"
    "⮯🡠🡢🡡🡣🡤🡥🡧🡦🡰🡲🡱🡳🡴🡵🡷"
    "🡶🢀🢂🢁🢃🢄🢅🢇🢆🢐🢒🢑🢓🢔🢖🢕"
    "🢗���������������"
)
_WEBDINGS = (
    " 🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼"
    "🗕🗖🗗⏴⏵⏶⏷⏪⏩⏮⏭⏸⏹⏺🗚🗳"
    "🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂"
    "🏞🏕🛤🏟🛳🕬🕫🕨🔈🎔🎕🗬🙽🗭🗪🗫"
    "⮔✔🚲⬜🛡📦🛱⬛🚑🛈🛩🛰🟈🕴⬤🛥"
    "🚔🗘🗙❓🛲🚇🚍⛳⦸⊖🚭🗮⏐🗯🗲�"
    "🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠"
    "🛢💰🏷💳👪🗡🗢🗣✯🖄🖅🖃🖆🖹🖺🖻"
    "🕵🕰🖽🖾📋🗒🗓🕮📚🗞🗟🗃🗂🖼🎭🎜"
    "🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻"
    "🖥🖦🖧🕹🎮🕻🕼📟🖁🖀🖨🖩🖿🖪🗜🔒"
    "🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫"
    "🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦"
    "🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊"
)
_TABLES = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "zapf dingbats": _ZAPF,
    "zapfdingbats": _ZAPF,
    "itc zapf dingbats": _ZAPF,
    "monotype sorts": _ZAPF,
}


def code_of(sign: Node) -> int:
    """Of w:sym, or of the element that newer versions of Word write for an emoji; 0 if it says none."""
    said = sign.get(w("char")) if sign.tag == SIGN else sign.get(_EXTENDED + "char")
    return int(said, 16) if said and _HEXADECIMAL.fullmatch(said) else 0


def font_of(sign: Node) -> str | None:
    font: str | None = sign.get(w("font")) if sign.tag == SIGN else sign.get(_EXTENDED + "font")
    return font


def signs_of(font: str | None) -> str | None:
    """The signs of a symbol font; None for a font of letters."""
    return None if font is None else _TABLES.get(font.strip().lower())


def is_private(char: str) -> bool:
    """Is it a sign of a symbol font, in the private area where Word keeps these?"""
    return "\uf020" <= char <= "\uf0ff"


def letter(code: int, signs: str | None) -> str:
    """The character for a code of w:sym, NO_LETTER if there is none."""
    place = code - _PRIVATE if code >= _PRIVATE else code
    if _FIRST <= place <= 0xFF and (signs is not None or code >= _PRIVATE):
        return NO_LETTER if signs is None else signs[place - _FIRST]
    return chr(code) if _FIRST <= code < 0xE000 or 0xF900 <= code < 0x110000 else NO_LETTER


def letters(words: str, signs: str | None, *, all_signs: bool) -> str:
    """Words with the signs in them as letters. `all_signs`: the font draws plain letters as signs too."""
    return "".join(_letter_for(char, signs, all_signs) for char in words)


def _letter_for(char: str, signs: str | None, all_signs: bool) -> str:
    if signs is None or not (is_private(char) or all_signs and " " <= char <= "\xff"):
        return char
    return letter(ord(char), signs)
