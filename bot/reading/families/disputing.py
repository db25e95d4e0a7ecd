"""Somebody disputes the result of a check, or asks what it hangs on: 我不同意 那大的咋不算困境, 凭啥不够格.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

LONGEST = 40
_DISPUTES = re.compile("不同意|不服|不认(?!识|字|得)|不认可|算错了|不公平|(?:do ?n.?t|do not|dis) ?agree", re.I)
_NOT_OF_US = re.compile(
    "(?:他|她|孩子|娃|爸|妈|爹|娘|爷|奶|姥|老师|学校|村里|村上|主任|镇上|民政|法院|媳妇|老公|对象)[^,，。我俺]{0,4}"
    "(?:不同意|不服|不认|不公平)|不同意(?:离婚|交|放|转|上报|给)"
)
_WHY = re.compile(
    "(?:咋|怎么|为啥|为什么|凭啥|凭什么)[^,，。]{0,8}(?:不|没)(?:能)?(?:算|够|是困境|是留守|符合|行|问完|测完)"
    "|(?:不算|不够|不符合|没问完)[^,，。]{0,6}(?:咋回事|怎么回事|为啥|啥原因|什么原因|是因为|凭啥)"
    "|(?:看|按|凭|根据)(?:啥|什么|哪条)[^,，。]{0,4}(?:算|判|定|说)"
)
_BACK_TO = re.compile(
    "(?:我|俺)?(?:问|说|指)的(?:就)?是|(?:我|俺)(?:就)?(?:问|说)(?:的)?(?=大的|小的|老大|老二|老三)|不用(?:再)?(?:测|问|查)|别(?:再)?(?:给我|给俺)?(?:测|问|查)(?:新的|别的|另)?"
)


def disputes(text: str) -> bool:
    """Whether somebody does not accept the result: 我不同意, 我不认 再给看看; of others that is told."""
    return len(text) <= LONGEST and _DISPUTES.search(text) is not None and _NOT_OF_US.search(text) is None


def asks_why(text: str) -> bool:
    """Whether somebody asks what a result hangs on: 那大的咋不算困境, 为啥还没问完."""
    return len(text) <= LONGEST and _WHY.search(text) is not None


def goes_back(text: str) -> bool:
    """Whether somebody says which child he meant, or wants no other looked at: 我问的就是大的 不用再测了."""
    return len(text) <= LONGEST and _BACK_TO.search(text) is not None
