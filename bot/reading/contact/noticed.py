"""What a parent writes back under a notice that asks to call the child and to answer. Any text is taken."""

from __future__ import annotations

import re

from bot.reading.contact import weekly
from bot.reading.talk import courtesies

CALLED, NOT_REACHED, LATER = "called", "not_reached", "later"
LONGEST = 60
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_WHO = (
    "(?:我|俺|咱|都|也|就|才|又|总算|已经|早就|刚才?|刚刚|跟|和|给|与|往|孩子|娃|闺女|姑娘|儿子|[他她]|家里?|电话|手机)"
)
_WHEN = "(?:昨[天晚]|今[天晚早]|早上|上午|中午|下午|晚上|夜里|前天|方才)"
_TALK = "(?:通|打|聊|唠|视频|联系|说|谈)(?:上|过|完|好|成)?(?:一?个)?(?:话|电话|视频|长途)?"
_CALLED = re.compile(f"(?:{_WHO}|{_WHEN})*{_TALK}[了过](?:一?会儿?|半天|好久|挺久|[一两几半]个?小?时|啊|呀|的|呢)*")
_NOT_REACHED = re.compile(
    f"(?:{_WHO}|{_WHEN}|一直|老是?|总|几[遍回次])*"
    "(?:(?:打|联系|接|通)不[通上进着了]|没(?:打|联系|接|通)[通上进着]|(?:不|没人?)(?:肯|愿意)?接)(?:我?的?电话|我)?[啊呀呢的]*"
)
_SOON = "(?:今晚|晚上|下班|下工|收工|马上|立马|这就|现在就?|等会儿?|待会儿?|一会儿?|回头|明[天早晚]|中午|赶紧)"
_LATER = re.compile(
    f"(?:{_WHO}|好|行)*{_SOON}(?:{_WHO}|{_SOON}|后|了|再|去|要|会)*{_TALK}[吧啊呀的]*"
    f"|(?:{_WHO}|{_SOON})*(?:请假|回去|回家|往回赶|买票)(?:请假|回去|回家|一趟|看看?|[他她]|孩子|娃|了|吧|啊|票)*"
)
_HUMS = re.compile("[嗯哦噢啊好行中唉哎的]+")


def answer(text: str) -> str | None:
    """CALLED, NOT_REACHED, LATER (heard, or will call), or None: it is no answer to the notice.

    `LATER` only where nothing else is told: what stands beside it would go unheard.
    """
    said = _CLAUSES.findall(text) if len(text) <= LONGEST else []
    told = weekly.read(text).items.get("contact")
    if any(_NOT_REACHED.fullmatch(one) for one in said) and told != "yes":
        return NOT_REACHED
    if any(_CALLED.fullmatch(one) for one in said):
        return CALLED
    if any(_LATER.fullmatch(one) for one in said) or (text and courtesies.courtesy(text) == courtesies.HEARD):
        return LATER if all(_heard(one) for one in said) else None
    return {"yes": CALLED, "no": NOT_REACHED}.get(str(told))


def _heard(clause: str) -> bool:
    return any(one.fullmatch(clause) for one in (_LATER, _HUMS)) or courtesies.courtesy(clause) == courtesies.HEARD
