"""What a supervisor asks to see of a place: who is late where and why, how much there is to do, unseen longest.

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


def asked(text: str) -> str | None:
    """What is asked for: "late" (late by place with reasons, workload) or "unseen" (children unseen longest)."""
    said = text.strip(" 。.!！?？")
    if len(said) > LONGEST:
        return None
    if _UNSEEN.fullmatch(said):
        return "unseen"
    return "late" if _LATE.fullmatch(said) and not _WHOSE.search(said) else None
