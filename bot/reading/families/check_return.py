"""Somebody comes back to the check of eligibility he left: 昨天查到哪了, 我那个测算 接着测, 昨天那个 低保批下来了.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.talk import replies

NAMED, BACK = "named", "back"
LONGEST = 40
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s]+")
_DAY = "(?:昨天|昨儿个?|昨晚上?|前天|前儿|头两天|前几天|上回|上次|那天|刚才|早上|上午|头午|下午)"
_LOOK = "(?:测算|自测|测|查(?!询|进度|岗|案|号|码)|算(?!命|账|卦)|判断|筛查)"
_LEFT = "(?:一半|半截|半道|到一半|没完|剩下?)"
_SPEAKS = "(?:那|你|您|咱们?|我|俺|我是说|俺是说|我说的是|我问的是|就是|是|再|还|给|把|先|来|行|好|嗯|哎|了|的)*"
_NAMED = re.compile(
    f"{_DAY}[^,，。]{{0,4}}{_LOOK}(?:的|到|了|那|过|{_LEFT}|算不算|[^,，。]{{0,3}}(?:那个|那份|那事|孩子|结果))"
    f"|^{_SPEAKS}{_DAY}(?:的|那个)*{_LOOK}(?:呢|吧|的)?$"
    f"|(?:那个|那份|我的|俺的){_LOOK}(?=$|[呢吧的啊呀]|接着|继续|到|没|还)"
    f"|^(?:今天|今儿)?{_SPEAKS}(?:接着|继续|接上|往下|接茬){_SPEAKS}(?:{_DAY})?{_SPEAKS}{_LOOK}(?:吧|呗|啊|算不算|那个|完|下去|一下|孩子|[测查算]|{_DAY}|的|够不够)*$"
    f"|^{_SPEAKS}{_LOOK}到?(?:哪|啥地方|什么地方|第几){{1,2}}[^,，。]{{0,4}}$|{_LOOK}到?{_LEFT}"
    f"|(?:没|还没){_LOOK}(?:完|利索|明白|出来)"
)
_BACK = re.compile(
    f"^{_SPEAKS}(?:接着|继续|接上|接茬)(?:来|整|弄|吧|呗)*$|^{_SPEAKS}(?:又)?(?:回来|来|忙完|干完活|下班|下工|歇着|有空|到家)(?:了|啦)*$"
    f"|^{_SPEAKS}{_DAY}(?:的)?(?:那个|那份|那事儿?|那些|弄的|整的|问的|说的)*(?:事儿?|话)?$"
    f"|^{_SPEAKS}{_DAY}?[^,，。]{{0,3}}(?:弄|整|说|问|唠|填|答|聊|办)到?(?:哪|啥地方|第几|一半|半截){{1,2}}[^,，。]{{0,8}}$"
)
_PUTS_OFF = re.compile(
    "^(?:那个|这个|那事|这事|托的?(?:那个)?事|别的)?(?:就|先|回头再|以后再|改天再)+"
    "(?:放着|放一放|放|不说|不弄|不办|搁着|撂着|说|弄)(?:了|吧|它|呗)*$"
)
"""那个先放着 接着查: what is left for now is nothing that is told."""
_OF_SOMETHING_ELSE = re.compile(
    "报警|反映|举报|报的?案|查询码|进度|走访|协议|委托|视频|平安|每周|联系人|医院|化验|体检|考试|警察|公安|派出所"
)
_WHO_SEES = re.compile(
    "(?:我|俺|咱)[^,，。]{0,4}(?:说|讲|写|打|发)(?:的|过的?|那)[^,，。]{0,8}(?:谁|都谁|哪些人|什么人|别人)[^,，。]{0,4}"
    "(?:看|知道|瞅|收|瞧)|(?:谁|都谁|哪些人|别人)[^,，。]{0,4}(?:能|会)?(?:看|瞅|瞧)(?:见|到|着)[^,，。]{0,3}(?:我|俺)[^,，。]{0,4}(?:说|讲|写|话)"
)


@dataclass(frozen=True)
class Return:
    """`kind`: NAMED, the check is named; BACK, only that one is back. `rest`: what is said besides."""

    kind: str
    rest: str


def read(text: str) -> Return | None:
    """How somebody comes back to what he left; None: he says nothing of that, or means something else than a check."""
    if len(text) > LONGEST or _OF_SOMETHING_ELSE.search(text):
        return None
    each = [one for one in _CLAUSES.findall(text) if not _PUTS_OFF.match(one)]
    named = [one for one in each if _NAMED.search(one)]
    back = [one for one in each if one not in named and (_BACK.search(one) or replies.resumes(one))]
    if not named and not back and not replies.resumes(text):
        return None
    rest = " ".join(one for one in each if one not in (*named, *back)) if named or back else ""
    return Return(NAMED if named else BACK, rest)


def asks_who_sees(text: str) -> bool:
    """Whether somebody asks who reads what he wrote: 我昨天说的那话 谁能看着."""
    plain = " ".join(_CLAUSES.findall(text[:LONGEST])).replace(" ", "")
    return _WHO_SEES.search(plain) is not None
