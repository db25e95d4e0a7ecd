"""What a worker says of a need heard at a visit: that the list is wanted, and what became of one.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

LONGEST, LONGEST_ASKING = 60, 24
_LIST = re.compile(
    "(?:看|下|一下|查|列|我的|我|有|还有|哪些|什么|几条|多少|没办完的?|没办的|没解决的?|未办结?的?|未解决的?|到期的?|孩子的?|家里的?|村里?的?)*"
    "(?:困难诉求|困难和诉求|诉求)(?:清单|列表|有哪些|还有哪些|没办完|到期了?)?[吗呢啊。?？!！ ]*"
)
_OPEN = re.compile("还没|没回音|没消息|没动静|正在|在办|等着|再等|准备|打算|快要?|马上|明天|下周|下个?月|[?？]|吗$|呢$")
_VOID = re.compile("(?:已经|现在|也)?(?:不需要|不用|用不着|不要|不想要)(?:办|申请)?了")
_UNMET = re.compile(
    "没(?:办成|办下来|批|通过|解决成|申请上)|办不[了成下]|解决不了|不(?:给办|给批|符合|够条件|予批准)|批不[了下]|被退回"
)
_MET = re.compile(
    "办(?:好|成|完|妥|下来|了)|解决了|落实了|批(?:下来|了|准了)|到位了?|(?:送|领|拿|发|补)(?:到|去|过去|来)了?|"
    "(?:修|装|买|换|补|弄|配)(?:好|上|完)了?|联系(?:好|上)了|申请(?:上|到|成)了|通过了"
)
_MORE = re.compile("^(?:补充|补一句|备注|再补充)(?:一句|一下)?[:：，, ]*(.+)$", re.DOTALL)


def asks_for_list(text: str) -> bool:
    """Whether the open needs are wanted: 还有哪些诉求没办完."""
    return len(text) <= LONGEST_ASKING and _LIST.fullmatch(text.strip()) is not None


def became(text: str) -> str | None:
    """What became of a need: met, unmet or void; None: nothing yet, or it is not said."""
    if len(text) > LONGEST or _OPEN.search(text):
        return None
    found = (("unmet", _UNMET), ("void", _VOID), ("met", _MET))
    return next((name for name, words in found if words.search(text)), None)


def more(text: str) -> str | None:
    """What is to be added to what was just written down: 补充：人社局答应下周来; None: nothing is."""
    found = _MORE.match(text.strip())
    return found[1].strip() if found is not None else None
