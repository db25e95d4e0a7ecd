"""Whether somebody only breaks off for a moment: 哎呀锅糊了 等一会, 工头喊了 先不说了. It answers
nothing he was asked."""

from __future__ import annotations

import re

LONGEST = 24
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_CALLED_AWAY = re.compile(
    "(?:哎呀?|呀|那啥|哦|啊)?(?:锅(?:糊|开|溢)了|水开了|来(?:人|客|活|电话)了|有人(?:叫|喊|敲门|来)了?|(?:工头|老板|班长|领导|组长|我妈|我爸)(?:喊|叫)(?:我|人)?了"
    "|(?:上课|开会|上工|开工|打铃|下课)了|我(?:哥|姐|弟|妹|媳妇|老公|爱人)回来了|没电了|车来了|到站了)"
)
_BREAKS_OFF = re.compile(
    "(?:你|您)?(?:先)?等(?:我)?(?:一)?(?:下|会|等)儿?(?:啊|哈)?|(?:我|俺)?先?(?:去)?忙(?:去)?(?:一)?(?:会|下)儿?了?|(?:我|俺)?先不(?:说|聊|唠|打字|写)了"
    "|(?:一|待)?(?:会|等下)儿?再(?:说|聊|来|唠|写)|(?:我|俺)?先(?:走|撤|下|去|忙)了|回头再(?:说|聊|来)"
)

_THINKS = re.compile(
    "(?:让|容|等)?(?:我|俺)?(?:再|得|先|还|好好|回去)*(?:想想|想一想|想一下|寻思寻思|寻思一下|合计合计|琢磨琢磨|考虑考虑|考虑一下|考虑下)"
    "(?:再说|再报)?(?:吧|哈|啊|的)?"
)
_BESIDE = ("嗯", "哎呀", "那", "行", "先不急")


def thinks_it_over(text: str) -> bool:
    """Whether somebody only wants time to think: 我再想想, 容我寻思寻思再说."""
    said = _CLAUSES.findall(text) if len(text) <= LONGEST else []
    thinks = [_THINKS.fullmatch(one) is not None for one in said]
    beside = (one for one, thought in zip(said, thinks, strict=True) if not thought)
    return any(thinks) and all(one in _BESIDE or _BREAKS_OFF.fullmatch(one) for one in beside)


def is_one(text: str) -> bool:
    """Whether every clause only breaks off or says what calls, and one breaks off."""
    said = _CLAUSES.findall(text) if len(text) <= LONGEST else []
    breaks = [_BREAKS_OFF.fullmatch(one) is not None for one in said]
    return any(breaks) and all(
        one or _CALLED_AWAY.fullmatch(clause) is not None for one, clause in zip(breaks, said, strict=True)
    )
