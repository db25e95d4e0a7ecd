"""Whether somebody only breaks off for a moment: 哎呀锅糊了 等一会, 工头喊了 先不说了. It answers
nothing he was asked."""

from __future__ import annotations

import re

LONGEST = 24
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_CALLED_AWAY = re.compile(
    "(?:哎呀?|呀|那啥|哦|啊)?(?:锅(?:糊|开|溢)了|水开了|来(?:人|客|活|电话)了|有人(?:叫|喊|敲门|来)了?|(?:工头|老板|班长|领导|组长|我妈|我爸|我奶|我爷|我姥)(?:喊|叫|来|找|查岗)(?:我|人)?(?:了|吃饭|睡觉|写作业|下楼|回家|干活)了?"
    "|(?:我|俺|他|她)?(?:老伴|老头子?|老太太|儿子|闺女|儿媳妇?|孙子|孙女|孩子|邻居|婆婆|主任|同事)(?:喊|叫|招呼|找)(?:我|俺|人)?(?:了|呢|吃饭|一声)*"
    "|(?:孩子|娃|宝宝)(?:哭|醒|闹)了|(?:饭|菜|粥|汤)(?:糊|溢|好)了|下雨了|(?:鸡|猪|羊|牛|狗)跑了"
    "|(?:上课|开会|上工|开工|打铃|下课)了|我(?:哥|姐|弟|妹|媳妇|老公|爱人)回来了|没电了|车来了|到站了)"
)
_BREAKS_OFF = re.compile(
    "(?:你|您)?(?:先)?等(?:我)?(?:一)?(?:下|会|等)儿?(?:啊|哈)?|(?:我|俺)?先?(?:去)?忙(?:去)?(?:一)?(?:会|下)儿?了?|(?:我|俺)?先不(?:说|聊|唠|打字|写)(?:了|啦)?"
    "|(?:我|俺)?先?去(?:接个?|打个?)?(?:电话|开个?门|看看锅|做饭|喂(?:鸡|猪|孩子)|收衣服)(?:去|了|一下)?"
    "|(?:你|您)?先?等(?:等|我(?:一|会|等|下))(?:儿|下)?(?:啊|哈)?"
    "|(?:一|待)?(?:会|等下)儿?再(?:说|聊|来|唠|写)|(?:我|俺)?先(?:走|撤|下|去|忙)了|回头再(?:说|聊|来)"
)


def _parted(clause: str) -> tuple[str, ...]:
    """等会儿啊锅糊了, 来人了等会: the two where nobody put a space between them; else the clause as it is."""
    cuts = ((clause[:at], clause[at:]) for at in range(1, len(clause)))
    of_both = (_BREAKS_OFF.fullmatch, _CALLED_AWAY.fullmatch)
    for one, two in cuts:
        if any(first(one) and second(two) for first, second in (of_both, of_both[::-1])):
            return one, two
    return (clause,)


def is_one(text: str) -> bool:
    """Whether every clause only breaks off or says what calls, and one breaks off."""
    said = [part for one in _CLAUSES.findall(text) for part in _parted(one)] if len(text) <= LONGEST else []
    breaks = [_BREAKS_OFF.fullmatch(one) is not None for one in said]
    return any(breaks) and all(
        one or _CALLED_AWAY.fullmatch(clause) is not None for one, clause in zip(breaks, said, strict=True)
    )
