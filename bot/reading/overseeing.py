"""What a supervisor asks to see of a place: who is late where and why, how much there is to do, unseen longest, how it
is there, and which reports nobody has taken on.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

LONGEST = 30
_AROUND = (
    "(?:请|帮我|给我|我要|我想|看|查|一下|下|列|各个?|哪个?|哪些|全|本|我们?|这|镇|乡|村|屯|街道|社区|辖区|县|里"
    "|的|是|有|现在|今天|情况|统计|汇总|怎么样|如何|吧|呢|吗|了|啥样)*"
)
_LATE = re.compile(
    f"{_AROUND}(?:走访)?(?:(?:逾期|超期|拖期)(?:和|的)?(?:原因)?(?:和)?(?:工作量)?|工作量|没按时走访|没(?:去)?走访(?:到|完)?|任务量){_AROUND}"
)
_UNSEEN = re.compile(
    f"{_AROUND}(?:(?:最久|最长时间|多久|好久|很久|长期|时间最长)没(?:有)?(?:见到?|走访到?|看到?|去过?|上门)(?:过|着)?)"
    f"(?:的)?(?:孩子|娃|儿童|人家|家)*{_AROUND}"
)
_WHOSE = re.compile("谁|名单|我村|我们村|本村|哪几个孩子|哪些孩子|哪几家")
"""Who asks for children by name wants the list, not the figures of places."""
_HOW_IS = re.compile(
    "(?:请问|问一下|看看|看一下|查查)?(?P<where>[^,，。!！?？ ]{1,14}?)(?:那边|那儿|这边|那块)?"
    "(?:最近|现在|这阵子?|这段时间|这个月|本月|这几天|近来|目前)*的?(?:情况|走访|工作|孩子们?|娃们?)*(?:咋样|怎么样|怎样|如何|啥情况|什么情况|啥样)[了啊呢吧呀]*"
)
_ALL = re.compile("(?:我们?|咱们?|俺们|全|本|各|这|整)?个?(?:镇|乡|街道|县|辖区|各?村)(?:里|上)?|下[面边]|各村")
_WAITING = re.compile(
    "(?:没人|没有人|无人|没谁|没)(?:接手?|认领|受理|管|跟|处理|应)(?:了|过|着|上)?的?(?:那些|还有)?(?:报告|线索|件|单子|案子|举报)"
    "|(?:报告|线索|举报|单子)[^,，。]{0,6}(?:没人|没有人|无人|还没)(?:接手?|认领|受理|管|处理)"
)


def how_is(text: str) -> str | None:
    """The place somebody asks about, as he calls it: 姜家店村最近咋样; "" for all of his; None: nobody asks that."""
    said = text.strip(" 。.!！?？")
    found = _HOW_IS.fullmatch(said) if len(said) <= LONGEST else None
    if found is None:
        return None
    return "" if _ALL.fullmatch(found["where"]) else found["where"]


def asks_waiting(text: str) -> bool:
    """Whether somebody asks which reports nobody has taken on: 没人接的报告有哪些."""
    return len(text) <= LONGEST and _WAITING.search(text) is not None


def asked(text: str) -> str | None:
    """What is asked for: "late" (late by place with reasons, workload) or "unseen" (children unseen longest)."""
    said = text.strip(" 。.!！?？")
    if len(said) > LONGEST:
        return None
    if _UNSEEN.fullmatch(said):
        return "unseen"
    return "late" if _LATE.fullmatch(said) and not _WHOSE.search(said) else None
