"""The words of a report as a careful clerk writes them into its lines: without the yes they began with, greetings,
what only says that something is unknown or is not to be written. What was said itself stays as it is; this is for
reading back. Any text is taken; nothing here raises, and what would leave nothing is left whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STOPS = " ,，。;；!！、"
_LEADS = re.compile(
    f"^(?:(?:没有|没|有|嗯+|啊|哦|对|对对|是|是的|好|好的|行|可以|能|那个|你好|您好|在吗|睡了没|有人吗|不是)[{_STOPS}]+"
    f"|(?:我|俺)?(?:想|要|来)(?:跟你们?|向你们?)?(?:反映|报告|举报|说|报)(?:一下|个|一个|点|件)*(?:事儿?|情况|问题)[{_STOPS}]+"
    f"|(?:我|俺)?再?补(?:充)?(?:一个|一句|一下|个|句|两句)[{_STOPS}]+)+"
)
_CLAUSES = re.compile(f"[^{_STOPS}]+")
_UNKNOWN_NAME = re.compile(
    "(?:大名|小名|名字?|姓名|姓啥|叫啥(?:名)?|叫什么(?:名字?)?)(?:也|都|就|是)?(?:啥|什么)?(?:我|俺)?(?:不知道|不清楚|不晓得|说不上)(?:叫啥)?"
    "|(?:也|都|我|俺)?不(?:知道|清楚|晓得)(?:他|她|孩子)?(?:叫啥(?:名)?|叫什么(?:名字?)?|名字?|姓名|大名|姓啥)"
)
_UNNAMED = re.compile("匿名|(?:别|不|不用|不要|甭)(?:想|能)?(?:写|留|问|说|提|露)(?:我|名|是我|姓名|名字)*")
_RUNS_ON = re.compile(
    "^(?P<role>(?:我|俺)是[^,，。 ]{0,16}?(?:老师|班主任|校长|园长|大夫|医生|护士|社工|主任|书记|邻居))"
    "(?:我|俺|有|他|她|今天|昨天|刚才|前天|早上|上午|下午).*$"
)
"""A telling without a stop runs on behind who tells: 我是中心校的老师我班有个学生."""
_CONTACT_LEADS = re.compile(f"^(?:可以|行|能|好|好的|嗯|中|成)?[{_STOPS}]*(?:不过|但是?|就是|只要)?[{_STOPS}]*")
_MANY = (
    (re.compile("俩仨(?=(?:个)?(?:月|星期|礼拜|天|年))个?"), "两三个"),
    (re.compile("仨(?=(?:个)?(?:月|星期|礼拜))个?"), "三个"),
    (re.compile("俩(?=(?:个)?(?:月|星期|礼拜))个?"), "两个"),
)
_SOON_AFTER = re.compile("^(?P<when>半夜|夜里|晚上|早上|中午|下晚)了$")


def what(text: str) -> str:
    """What happened, without the answer or greeting before it: 没有 现在在宿舍呢 → 现在在宿舍呢."""
    return _LEADS.sub("", text).strip(_STOPS) or text


def who(text: str) -> str:
    """Who writes; empty where it is only said that no name is to stand there: 匿名吧 别写我."""
    text = _RUNS_ON.sub(r"\g<role>", text)
    each = _CLAUSES.findall(text)
    kept = [one for one in each if _UNNAMED.search(one) is None]
    return "，".join(kept) if len(kept) < len(each) else text


def contact(text: str) -> str:
    """How to reach somebody, without the yes before it: 可以 不过别打电话 → 别打电话."""
    return _CONTACT_LEADS.sub("", text, count=1) or text


def child(said: Sequence[str]) -> list[str]:
    """Which child it is; what stands in longer words is told once, and that no name is known is not among them."""
    kept = []
    for text in said:
        known = [one for one in _CLAUSES.findall(text) if _UNKNOWN_NAME.fullmatch(one) is None]
        kept.append("，".join(known) if 0 < len(known) < len(_CLAUSES.findall(text)) else text)
    return _once(kept)


def when(said: Sequence[str]) -> list[str]:
    """Since when, in plain numbers, told once: 仨月了, 天天这样 得有俩仨月了 → 天天这样 得有两三个月了."""
    return [_counted(one) for one in _once(said)]


def _counted(text: str) -> str:
    for many, plain in _MANY:
        text = many.sub(plain, text)
    return _SOON_AFTER.sub(r"\g<when>", text)


def _once(said: Sequence[str]) -> list[str]:
    """Each once, without what stands within another of them, whatever it is called with: 叫王小宝."""
    each = list(dict.fromkeys(said))
    return [one for one in each if not any(other != one and one.removeprefix("叫") in other for other in each)]
