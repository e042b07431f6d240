"""Texts that are neither UTF nor Windows-1252, and those that are Windows-1252 and stay so."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.contract import Diagnostic, Kind, Limits
from converter.safe.charsets import proposed
from converter.safe.decode import decode

SAMPLES = Path(__file__).parents[2] / "samples"


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.fountain").read_text(encoding="utf-8")


CHINESE = """\
标题：潮水站
作者：匿名

内景. 潮水站 - 夜

雨点敲打着窗户。老人坐在桌前，慢慢地翻开一本旧日记。

老人
（低声）
你终于来了。我等了整整三十年。

少女把湿透的雨衣挂在门后，走到炉子旁边烤手。

少女
外面的路都被水淹了。码头上一个人也没有。

老人
水会退的。它每次都会退。

她看着墙上的时钟。时钟停在四点十分。

少女
钟坏了吗？

老人
没有坏。是我让它停的。

切至：

外景. 码头 - 清晨

雾气笼罩着海面，一艘小船慢慢靠岸。船上没有人，只有一只空箱子和一盏还在燃烧的灯。

少女
（喊）
有人吗？

没有人回答。海鸥在远处叫着，声音越来越远。
"""
TAIWANESE = """\
標題：潮水站
作者：匿名

內景. 潮水站 - 夜

雨點敲打著窗戶。老人坐在桌前，慢慢地翻開一本舊日記。

老人
（低聲）
你終於來了。我等了整整三十年。

少女把濕透的雨衣掛在門後，走到爐子旁邊烤手。

少女
外面的路都被水淹了。碼頭上一個人也沒有。

老人
水會退的。它每次都會退。

她看著牆上的時鐘。時鐘停在四點十分。

少女
鐘壞了嗎？

老人
沒有壞。是我讓它停的。

外景. 碼頭 - 清晨

霧氣籠罩著海面，一艘小船慢慢靠岸。船上沒有人，只有一只空箱子和一盞還在燃燒的燈。
"""
KOREAN = """\
제목: 밀물 관측소

실내. 관측소 - 밤

비가 창문을 두드린다. 노인이 책상에 앉아 낡은 일기를 천천히 넘긴다.

노인
(작은 목소리로)
드디어 왔구나. 삼십 년을 기다렸다.

소녀가 젖은 비옷을 문 뒤에 걸고 난로 곁으로 다가가 손을 녹인다.

소녀
길이 모두 물에 잠겼어요. 부두에는 아무도 없었어요.

노인
물은 빠질 거야. 언제나 그랬으니까.

그녀는 벽에 걸린 시계를 본다. 시계는 네 시 십 분에 멈춰 있다.

실외. 부두 - 새벽

안개가 바다를 덮고 있다. 작은 배 한 척이 천천히 다가온다.
"""
GERMAN = """\
Title: Das Wasser

INNEN. KÜCHE - TAG

Regen schlägt gegen die Scheiben. JÖRG räumt das Geschirr in den Schrank, während Frau Müller schläft.

JÖRG
(flüstert)
Könntest du bitte später wiederkommen? Sie hört uns sonst.

GRETE
Ich gehe nicht, bevor du mir erklärt hast, was du weißt.

Er öffnet die Tür. Draußen läutet eine Glocke, und irgendwo bellt ein Hund.

AUSSEN. HAFEN - NACHT

Das Boot ist größer, als sie gedacht hatte. Niemand grüßt.

GRETE
Für drei Leute ist das zu wenig Öl.
"""
SPANISH = """\
Title: La marea

INT. CASA DE MARÍA - NOCHE

La lluvia golpea los cristales. MARÍA busca algo en el cajón, con prisa.

MARÍA
¿Dónde está la llave? ¡Mañana será demasiado tarde!

JOSÉ
(en voz baja)
Tú sabes que el niño no duerme. Habla más despacio.

Ella se detiene. Un perro ladra en el jardín del señor Peña.
"""
SWEDISH = """\
Title: Floden

INT. KÖK - NATT

Regnet slår mot rutan. Åsa dukar av bordet medan fru Öberg sover.

ÅSA
Kan du inte komma tillbaka senare? Hon hör oss.

LARS
Jag går inte förrän du har förklarat vad du såg.

Han öppnar dörren. Utanför skäller en hund långt borta på ängen.
"""

ENGLISH = sample("short-film").replace("'", "’").replace("--", "—").replace("...", "…")
READ = {
    "cp1251": sample("russkii"),
    "koi8-r": sample("russkii"),
    "cp866": sample("russkii"),
    "cp932": sample("nihongo"),
    "euc-jp": sample("nihongo"),
    "gb18030": CHINESE,
    "cp950": TAIWANESE,
    "cp949": KOREAN,
    "cp1250": sample("polski"),
    "cp1253": sample("ellinika"),
    "mac-roman": GERMAN,
}
WESTERN = {
    "German": GERMAN,
    "French": sample("francais"),
    "Spanish": SPANISH,
    "Swedish": SWEDISH,
    "English": ENGLISH,
}


def sized(text: str, codec: str, size: int) -> bytes:
    """The text, again and again, cut at a line's end, as far as the codec has its characters."""
    data = text.encode(codec, errors="ignore") + b"\n"
    data *= size // len(data) + 1
    return data[: data.rfind(b"\n", 0, size) + 1]


@pytest.mark.parametrize("size", [2_000, 20_000, 90_000])
@pytest.mark.parametrize("codec", READ)
def test_a_text_is_read_by_its_letters(codec: str, size: int) -> None:
    data = sized(READ[codec], codec, size)
    said: list[Diagnostic] = []
    assert decode(data, said.append, Limits()) == data.decode(codec)
    assert [(one.kind, one.code) for one in said] == [(Kind.GUESS, "text.encoding")]
    assert "--encoding names another" in said[0].message


@pytest.mark.parametrize("text", [GERMAN, sample("francais"), ENGLISH], ids=["German", "French", "English"])
def test_an_old_mac_is_known_by_signs_inside_words(text: str) -> None:
    assert proposed(sized(text, "mac-roman", 5_000)) == "mac-roman"


@pytest.mark.parametrize("size", [200, 500, 2_000, 20_000, 90_000])
@pytest.mark.parametrize("language", WESTERN)
def test_windows_1252_stays_what_it_is(language: str, size: int) -> None:
    assert proposed(sized(WESTERN[language], "cp1252", size)) is None


@pytest.mark.parametrize("language", WESTERN)
def test_no_line_of_windows_1252_is_taken_for_another(language: str) -> None:
    lines = WESTERN[language].splitlines()
    for place in range(len(lines)):
        for count in (1, 3, 6):
            assert proposed("\n".join(lines[place : place + count]).encode("cp1252", errors="ignore")) is None


def test_one_name_in_other_letters_proposes_nothing() -> None:
    assert proposed("INT. QUAY - NIGHT\n\nShe waits for Иван.\n".encode("cp1251")) is None


def test_what_the_proposal_cannot_read_is_marked() -> None:
    data = sized(READ["cp932"], "cp932", 2_000) * 40 + b"\x81\x00"
    said: list[Diagnostic] = []
    assert decode(data, said.append, Limits()).endswith("\ufffd")
    assert [one.code for one in said] == ["text.encoding", "text.undecodable", "text.control-characters"]
