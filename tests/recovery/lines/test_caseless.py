"""Scripts in letters that have no capitals: the same scene in eight of them, with columns and without."""

from __future__ import annotations

import pytest

from converter.readers import plain
from converter.tree import Action, Character, Dialogue, Paragraph, Parenthetical, SceneHeading, paragraphs

# Two headings, three pieces of action, two names, a bracket, three lines of speech, in the order of `scene`.
WORDS = {
    "Hindi": """अंदर. रसोई - रात|रीना बर्तन हिलाती है। भाप कमरे में फैलती है।
रीना|तुम देर से आए। सूप ठंडा हो गया।|मोहन
(धीरे से)|बस नहीं आई।|वह उसे कटोरा देती है।
बाहर. सड़क - रात|बारिश हो रही है।|काश मैं रुक जाता।""",
    "Thai": """ภายใน. ครัว - กลางคืน|มาลีคนหม้อ ไอน้ำลอยเต็มห้องจนมองไม่เห็นอะไร
มาลี|มาช้าจังเลย ซุปเย็นหมดแล้ว|สมชาย
(ยักไหล่)|รถเมล์ไม่มาสักคัน|เธอยื่นชามให้เขา
ภายนอก. ถนน - กลางคืน|ฝนกำลังตก|น่าจะอยู่ต่อ""",
    "Arabic": """داخلي. مطبخ - ليل|ليلى تحرك القدر. البخار يملأ الغرفة.
ليلى|تأخرت. برد الحساء.|سامي
(بهدوء)|لم تأت الحافلة.|تعطيه الوعاء.
خارجي. شارع - ليل|المطر يهطل.|ليتني بقيت.""",
    "Hebrew": """פנים. מטבח - לילה|דנה מערבבת סיר. אדים ממלאים את החדר.
דנה|איחרת. המרק התקרר.|יוסי
(בשקט)|האוטובוס לא הגיע.|היא מגישה לו קערה.
חוץ. רחוב - לילה|גשם יורד.|הלוואי שנשארתי.""",
    "Chinese": """内景. 厨房 - 夜|小红搅着锅。蒸汽弥漫房间。
小红|你迟到了。汤凉了。|大明
（耸肩）|车没来。|她递给他一个碗。
外景. 街道 - 夜|下雨了。|我应该留下。""",
    "Korean": """실내. 부엌 - 밤|수진이 냄비를 젓는다. 김이 방에 퍼진다.
수진|늦었네. 국이 식었어.|민호
(어깨를 으쓱하며)|버스가 안 왔어.|그녀가 그릇을 건넨다.
실외. 거리 - 밤|비가 내린다.|남을걸 그랬어.""",
    "Tamil": """உள். சமையலறை - இரவு|மீனா பானையைக் கிளறுகிறாள். நீராவி அறையை நிரப்புகிறது.
மீனா|தாமதமாக வந்தாய். சூப் ஆறிவிட்டது.|ரவி
(மெதுவாக)|பேருந்து வரவில்லை.|அவள் கிண்ணத்தைக் கொடுக்கிறாள்.
வெளி. தெரு - இரவு|மழை பெய்கிறது.|நான் தங்கியிருக்கலாம்.""",
    "Japanese": """内．台所　―　夜|花子が鍋をかき混ぜる。湯気が部屋に広がる。
花子|遅いわね。スープが冷めたわ。|太郎
（肩をすくめて）|バスが来なかったんだ。|彼女は椀を渡す。
外．道　―　夜|雨が降っている。|残ればよかった。""",
}
KINDS = [
    *(SceneHeading, Action, Character, Dialogue, Character, Parenthetical, Dialogue, Action),
    *(SceneHeading, Action, Character, Dialogue),
]


def scene(language: str, columns: tuple[int, int, int, int], headings: tuple[str, str] | None = None) -> str:
    """One scene; columns of action, names, brackets and speech."""
    first, told, name, said, other, bracket, more, after, second, rain, last = (
        WORDS[language].replace("\n", "|").split("|")
    )
    action, cue, paren, speech = (" " * column for column in columns)
    first, second = headings or (first, second)
    return (
        f"{action}{first}\n\n{action}{told}\n\n{cue}{name}\n{speech}{said}\n\n{cue}{other}\n{paren}{bracket}\n"
        f"{speech}{more}\n\n{action}{after}\n\n{action}{second}\n\n{action}{rain}\n\n{cue}{other}\n{speech}{last}\n"
    )


def kinds(text: str) -> list[type[Paragraph]]:
    return [type(one) for one in paragraphs(plain.from_text(text).body)]


@pytest.mark.parametrize("columns", [(15, 35, 30, 25), (0, 0, 0, 0)], ids=["columns", "flush"])
@pytest.mark.parametrize("language", WORDS)
def test_elements_are_known_by_place_and_marks(language: str, columns: tuple[int, int, int, int]) -> None:
    assert kinds(scene(language, columns)) == KINDS
    assert kinds(scene(language, columns, ("INT. KITCHEN - DAY", "EXT. STREET - NIGHT"))) == KINDS
