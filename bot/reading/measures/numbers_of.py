"""Whose telephone number a message tells: the writer's own, or somebody's who was spoken of (孩子爸电话 139…).

Whoever answers at another's number would hear of the report: it is told of the matter and is no way to the writer. Any
text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.measures import codes

_KIN = (
    "爸爸?|妈妈?|爹|娘|爷爷?|奶奶?|姥姥?|姥爷|舅妈?|姑姑?|姨妈?|叔叔?|伯父?|婶子?|大爷|大娘|哥哥?|姐姐?|嫂子?|后[爸妈]"
    "|父母|父亲|母亲|家长|监护人"
)
_OFFICE = (
    "(?:班)?主任|老师|校长|书记|村长|支书|会计|干部|大夫|医生|民警|警察|老板|学校|幼儿园|村部|村委会?|村里|派出所|医院"
)
_NEIGHBOUR = "邻居|同学|亲戚|房东|对象|媳妇|老伴|[前后东西左右]院|隔壁"
_CHILD = "[他她它]|孩子|娃|小孩|那家|人家|小子|丫头|闺女"
_LINE = "电话号?码?|手机号?码?|座机号?码?|号码?|联系方式|微信号?"
_OF = f"(?:家|家里|那边|那儿)?的?(?:{_LINE})"
_HIS = f"(?:{_CHILD})(?:们)?的?(?:{_KIN}|{_OFFICE}|{_NEIGHBOUR})|(?:{_CHILD})(?:们)?家|孩子父母|家长"
"""Somebody of the child's; a bare 班主任 or 邻居 beside a number is as often who writes."""
_THERE = f"(?:(?:{_HIS})(?:{_OF}|那边|那儿)?|(?:{_KIN}|{_OFFICE}|{_NEIGHBOUR}|{_CHILD}){_OF})"
_BEFORE = re.compile(f"(?:^|[^我俺咱]){_THERE}(?:我有|我知道|有|是|叫|为|就是|我给你|给你|这有)*[ 是:：,，]*$")
_I_AM = re.compile(f"[我俺](?:就)?是(?:{_CHILD})?[^,，。 ]{{0,6}}[ :：,，]*(?:{_LINE})?[ 是:：,，]*$")
_MINE_BEFORE = re.compile(f"[我俺咱](?:家)?的?(?:{_KIN}|{_NEIGHBOUR})(?:{_OF})?(?:有|是|为)*[ 是:：,，]*$")
"""我妈的号: a way to reach the writer where one was asked for, else hers."""
_AFTER = re.compile(
    f"^[ ,，]*(?:这|那|就)?(?:个|都)?号?(?:是|,|，)?(?:{_HIS}|{_KIN}|{_OFFICE}|{_NEIGHBOUR})(?:{_OF})?"
    "(?=$|[ ,，。!！啊呀吧呢的你])"
)
_TO_FIND = re.compile(
    f"^[ ,，]*(?:能|就能|可以|就|去|是)*(?:找|问|联系|打给)(?:到|着)?(?:{_CHILD})?的?(?:{_KIN}|{_CHILD})"
)
_OWN = re.compile("[打找]我|联系我|[我俺](?:的|这)?(?:自己的?)?(?:电话|手机|号|微信)|本人|回我|我接")
NEAR = 16
_OF_KIN = re.compile(
    "[我俺](?:妈|爸|爹|娘|奶|爷|姥|姐|哥|弟|妹|婆婆|公公|媳妇|对象|家?里)"
    "|[他她](?:妈|爸|爹|娘|奶|爷|姥|大?姑|大?姨|大?舅|大?伯|大爷|叔|婶|姐|哥)[^,，。]{0,8}(?:电话|手机|号)"
)
"""Whose number it is where it is not the writer's own."""
_SPOKEN = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")


def own(text: str, *, asked: bool = False) -> list[str]:
    """The writer's numbers as they were written. `asked`: how to reach him was the question, which 我妈的号 answers."""
    return [number for number, before, after in _numbers(text) if not _of_another(before, after, asked=asked)]


def every(text: str) -> list[str]:
    """All numbers of a message as they were written, whoever answers there."""
    return [number for number, _, _ in _numbers(text)]


def any_told(text: str) -> bool:
    """Whether a message holds a telephone number, whoever answers there."""
    return bool(_numbers(text))


def only_of_others(text: str, *, asked: bool = False) -> bool:
    """Whether every number in a message is somebody else's, and there is one."""
    return any_told(text) and not own(text, asked=asked)


def of_kin(text: str) -> bool:
    """Whether a number told is another's: 我妈的 138…, 他大伯叫王福 电话是 139…."""
    return _OF_KIN.search(text) is not None or only_of_others(text, asked=True)


def is_code(text: str) -> bool:
    """Whether the code of a report is told."""
    return any(found.kind == "report_code" for found in codes.find(text))


def tail(text: str) -> str:
    """The ending of the last number in a text, which is enough to know it again."""
    numbers = every(text) or [text]
    return "".join(char for char in numbers[-1].translate(_SPOKEN) if char.isalnum())[-4:]


def _of_another(before: str, after: str, *, asked: bool) -> bool:
    if _MINE_BEFORE.search(before):
        return not asked
    if _TO_FIND.search(after):
        return True
    if _I_AM.search(before) or _OWN.search(before) or _OWN.search(after):
        return False
    return bool(_BEFORE.search(before) or _AFTER.search(after))


def _numbers(text: str) -> list[tuple[str, str, str]]:
    """Each number with what stands near it before and behind it."""
    found = [one for one in codes.find(text) if one.kind == "phone"]
    return [
        (text[one.start : one.end], text[max(0, one.start - NEAR) : one.start], text[one.end : one.end + NEAR])
        for one in found
    ]
