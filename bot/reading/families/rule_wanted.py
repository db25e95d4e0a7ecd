"""Whether words said to the check of one's own family ask for what is laid down. Who tells a fact, or only wants the
check (看看算不算吧), reads no rule. Any text is taken; nothing here raises."""

from __future__ import annotations

import re

from bot.reading.families import check_handing, retold
from bot.reading.talk import purposes, question_forms

_ONLY_THE_CHECK = re.compile(
    "(?:那|就|你|您|给|帮|替|麻烦|请|我|俺|咱|们|家|想|要)*(?:看看|看一下|查查|查一下|测测|测一下|算算|问问|瞅瞅|判断一下)"
    "(?:一下|下|我|俺|咱|们|家|这|那|个|孩子|娃|他|她|到底)*(?:算不算|够不够|能不能算|算吗|够吗|能算[不吗]|是不是)"
    "(?:上|留守|困境|儿童|家庭|孩子|条件|格|吧|呗|啊|呀|呢|吗|不|的)*"
)
_WAVED_OFF = re.compile("^啥(?P<what>.{1,4}?)不(?P=what)的?")
"""啥残疾不残疾的 asks nothing."""


def only_wants_check(text: str) -> bool:
    """Whether a clause wants the check, and nothing else is asked: 看看算不算吧 小子十岁."""
    each = [one.text.strip("?？") for one in purposes.read(text)]
    return any(map(_ONLY_THE_CHECK.fullmatch, each)) and not asked(text)


_ASKS_OR_SUPPOSES = re.compile(
    "(?:去|上|到|找|搁|在)(?:哪|谁)(?:儿|里|个)?(?:办|申请|领|弄|开|评)|(?:咋|怎么)(?:办|弄|申请|整|评)(?:理|的)?$|(?:要|带|用|得)(?:点|些)?(?:啥|什么)(?:证|手续|材料|条件)"
    "|要是|如果|假如"
)


def asked(text: str) -> bool:
    """Whether a clause asks something of the rules; the wish that people come is none."""
    if check_handing.hands_over(text):
        return False
    if _ASKS_OR_SUPPOSES.search(text):
        return True
    each = (one.text.strip("?？") for one in purposes.read(text) if one.purpose == purposes.QUESTION)
    return any(not (_ONLY_THE_CHECK.fullmatch(one) or _WAVED_OFF.match(one)) for one in each)


_WHAT_THERE_IS = re.compile(
    "(?:有|给)(?:没有|啥|什么|点|些|个)*(?:说法|政策|待遇|照顾|补助|帮助)|能?算(?:是)?(?:啥|什么|哪)"
)


def asks_for_own(text: str) -> bool:
    """Whether who brings a child up alone, or is divorced, asks what there is for them: 我自己带个小子 有啥说法没."""
    alone = retold.brings_up_alone(text) or (retold.parted(text) and question_forms.own_case(text))
    return alone and _WHAT_THERE_IS.search(text[:200]) is not None
