"""Who looks after a child, as said in one breath: 爷爷王长山，电话13800000000."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RELATION = re.compile(
    "爷爷奶奶|姥姥姥爷|外公外婆|爷爷|奶奶|姥姥|姥爷|外公|外婆|大爷|大伯|伯父|伯母|伯伯|叔叔|婶婶|婶子|姑姑|姑父|大姑|舅舅|舅妈|姨妈|小姨|大姨|姨父"
    "|哥哥|姐姐|嫂子|继父|继母|后爸|后妈|养父|养母|爸爸|父亲|妈妈|母亲|邻居|亲戚|老师"
)
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d[\d\- ]{8,10}|0\d{2,3}-?\d{7,8})(?!\d)")
_AROUND = re.compile(
    "孩子|现在|平时|一直|主要|是由|由|跟着|跟|和|与|一起|他|她|的|是|在|照看|照顾|照料|照护|看着|带着|带|管|叫|名字|姓名|电话号码|手机号码|电话|手机|号码|号|过|住|生活|呢|啊|吧"
)
_NOBODY = re.compile("没人|没有人|没大人|没有大人|(?:自己|独自|一个人)(?:住|过|生活|在家|照顾自己)|就(?:他|她)自己")
_NAME = re.compile("[㐀-鿿·]{2,4}")


@dataclass(frozen=True)
class Told:
    """What was told of a carer; empty where nothing was."""

    name: str
    relation: str
    phone: str


def alone(text: str) -> bool:
    """Whether the answer to who looks after a child is that nobody does."""
    return _NOBODY.search(text) is not None


def carer(text: str) -> Told:
    """Read a carer's name, relation to the child and phone from one sentence; never raises."""
    if alone(text):
        return Told("", "", "")
    number = _PHONE.search(text)
    rest = _PHONE.sub(" ", text)
    relation = _RELATION.search(rest)
    words = _AROUND.sub(" ", _RELATION.sub(" ", rest))
    names = (word for word in re.split(r"[^㐀-鿿·]+", words) if _NAME.fullmatch(word) and word[0] != "没")
    name = next((word for word in names if not _NOT_A_NAME.search(word)), "")
    return Told(name, relation.group() if relation else "", re.sub("[- ]", "", number.group()) if number else "")


_HITS = re.compile(
    f"(?:{_RELATION.pattern}|姑|姨|舅|叔|婶|奶|爷|姥|照护人|被委托人|看孩子的|带孩子的|照看的)[^,，。;；!！?？]{{0,8}}"
    "(?:打骂|打|揍|抽|扇|踹|掐|动手)(?!工|疫苗|电话|视频|麻将|牌|听|算|零工|针|车|卡|饭|水)"
    "(?:着|了|过)?(?:骂)?(?!电话|疫苗)[^,，。;；!！?？]{0,3}(?:孩子|娃|[他她]|小孩)"
)


def hits(text: str) -> bool:
    """Whether whoever looks after a child is said to hit it: 孩子的姑姑带着老打骂孩子."""
    return _HITS.search(text) is not None


_WITH = re.compile(
    f"(?:跟着?|和|随着?|由|归)(?:他|她|孩子)?(?P<who>(?:{_RELATION.pattern})[㐀-鿿·]{{0,4}}?)(?:一起|一块儿?)?"
    "(?:过|住|生活|长大|照看|照顾|照料|带|养|拉扯)"
)
_BOTH_AWAY = re.compile("(?:爸妈|爹妈|父母|他爸他妈|她爸她妈|两口子)[^，。,；;]{0,8}(?:打工|务工|外出|外地|在外)")
_LIVES = re.compile(r"(?:家?住在?|家在)(?P<where>[^，。,；;、\s]{1,16}(?:组|屯|号|栋|单元|路|街|胡同))")


def beside(text: str) -> Told:
    """The carer told beside other things: 跟奶奶马桂兰过. Empty where nobody is told so."""
    hit = _WITH.search(text)
    return carer(hit["who"]) if hit is not None else Told("", "", "")


def both_away(text: str) -> bool:
    """Whether both parents are said to work away: 爸妈都在长春打工."""
    return _BOTH_AWAY.search(text) is not None


def lives(text: str) -> str:
    """Where in the village a child is said to live: 住四组. Empty when it is not said."""
    hit = _LIVES.search(text)
    return hit["where"] if hit is not None else ""


_STOP = "要|想|建个?档|登记|录入|给|今年|现在|男|女|的|住|在|刚|才|已|她|他|是"
_CALLED = re.compile(f"(?:叫|名叫|姓名[是:：]?|名字[是:：]?)(?P<name>(?:(?!{_STOP})[㐀-鿿·]){{2,4}})")
_ALONE = re.compile("[㐀-鿿·]{2,6}")
_NOT_A_NAME = re.compile("[孩娃的]|儿童|登记|建个?档|档案|留守|困境|新增|添加|录入|[村家屯名]$")
_ENDS = re.compile("(?:今年|现在|男孩?|女孩?|才|刚|快|已经|在)$")


def name(text: str, *, asked: bool) -> str:
    """A child's name: after 叫, or a word that stands alone; with `asked` the whole answer may be one."""
    told = _CALLED.search(text)
    words = [told["name"]] if told else re.split(r"[^㐀-鿿·]+", text)
    for word in words:
        plain = _ENDS.sub("", word) if len(word) > 2 else word
        if _ALONE.fullmatch(plain) and (told or asked or len(plain) <= 4) and not _NOT_A_NAME.search(plain):
            return plain
    return ""
