"""What a bound worker asks of the work in passing words: who is late and why, the reports, a deadline, figures, logs.

Any text is taken; nothing here raises. What is said of a child's own trouble is none of it (the caller looks first).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading import quantities
from bot.reading.normalise import normalise

LONGEST = 40
_LENGTH = "(?:半个月|[0-9一二两三四五六七八九十]+个?(?:天|周|礼拜|星期|月))"
_VISITS = "跑|走访|入户|上门|去|到家"
_ASKS: tuple[tuple[str, str], ...] = (
    ("phone", f"(?:电话|视频)[^。]{{0,8}}(?:算不算|算吗|算是|能算|算)[^。]{{0,6}}(?:{_VISITS})"),
    (
        "reporter",
        "(?:报告|举报|反映|线索)人?是?谁|(?:报告|电话|线索|这条|那条)[^。]{0,6}谁(?:打|报|举报|反映)的|(?:报告|举报)人(?:是|叫|电话)",
    ),
    ("accept", "^(?:[好行嗯]的?|那)?[,，。 ]*我?(?:受理了?|来?接手?了?|来接)(?=$|[,，。！! 吧])"),
    ("spot", "抽查?的?档案|档案抽查|抽档"),
    ("quarter", "季度[^。]{0,8}(?:数|更新|录|报)"),
    ("logs", "(?:主任们?|他们|她们|各村|下面|大家|咱镇|全镇)的?[^。]{0,4}(?:工作)?日志"),
    ("reports", "(?:县里|上面|市里|派|转|交)[^。]{0,6}(?:下来|过来|给我)[^。]{0,6}(?:报告|线索|单子|件)"),
    ("reports", "那[条个件份](?:报告|线索|单子)?(?:处理|办|弄)[得的]?(?:怎么样|咋样|到哪|完了?没)"),
    (
        "urge",
        "催(?:一下|一催|催|下)?[他她主各那]|催一?下|定个?(?:期限|这?下?周)|把(?![^。]{0,4}(?:孩子|娃))[^。]{1,12}(?:转|派)给",
    ),
    ("late", "[没未]有?按时(?:跑|走访|入户|上门|去)|(?:谁|哪些|哪几[个家]|几[个家])[^。]{0,6}[超逾过拖]期"),
    ("late", f"(?:[超过逾]了?|超期){_LENGTH}(?:往上|以上|的)"),
    ("late", "(?:那几个|他们|那边|咋|为啥|为什么|主任)[^。]{0,14}(?:写|说|填)[^。]{0,3}(?:原因|为啥|理由)"),
)
_POLICE_LATER = re.compile("(?:报警|110|报公安|派出所)[^。]{0,4}(?:回头|再说|等会|待会|晚点|先不|不急|明天)")
_CALL_PARENTS = re.compile(
    "(?:[爸妈]|父母|家长|监护人)[^。]{0,14}(?:打不打|打吗|联系不联系|联不联系|要不要|用不用|该不该|能不能|通知)"
)
_SENDS = re.compile("(?:让|叫|派)[^,，。]{1,12}(?:先|再)?(?:去|来|跑|看)")
_COMPILED = tuple((kind, re.compile(words)) for kind, words in _ASKS)
_OTHER_DAY = re.compile("(?:改|换|挪|推)(?:下|到|成|在)?.{0,2}(?:周|礼拜|星期|[0-9一二三四五六七八九十]+[号日]|明|后)")
_OVER = re.compile(f"[超过逾拖][^,，。]{{0,3}}?(?P<days>{_LENGTH})")
_UNIT = {"天": 1, "周": 7, "期": 7, "拜": 7, "月": 30}


@dataclass(frozen=True)
class Asked:
    """`kind`: late, phone, reporter, accept, spot, quarter, logs, reports or urge; `over`: late by so many days."""

    kind: str
    over: int = 0


def read(text: str) -> Asked | None:
    """What is asked of the work; None: nothing we know."""
    if len(text) > LONGEST:
        return None
    kind = next((kind for kind, words in _COMPILED if words.search(text)), None)
    return Asked(kind, _over(text)) if kind is not None else None


def another_deadline(text: str) -> bool:
    """Whether somebody gives another day for what was just spoken of: 不对 周五他们培训 改下周一."""
    return len(text) <= LONGEST and _OTHER_DAY.search(text) is not None


def hands_on(text: str) -> bool:
    """Whether somebody sends another one: 让姜家店主任先去看一眼."""
    return _SENDS.search(text) is not None


def puts_police_off(text: str) -> bool:
    """Whether somebody wants to tell the police later: 我先领我家去行不行 报警回头再说."""
    return _POLICE_LATER.search(text) is not None


def asks_to_call_parents(text: str) -> bool:
    """Whether somebody asks whether to call the parents: 他爸妈电话我有 我打不打."""
    return _CALL_PARENTS.search(text) is not None


def _over(text: str) -> int:
    found = _OVER.search(normalise(text).text)
    if found is None:
        return 0
    said = found["days"]
    if said == "半个月":
        return 15
    return (quantities.number(re.sub("个?(?:天|周|礼拜|星期|月)$", "", said)) or 1) * _UNIT[said[-1]]
