"""Whether words can be the answer to a question of the talk about 委托照护 that is answered in words: a number, a
school, a journey, a name. What cannot be one is kept beside it and never in its place.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.reading import carers, entrusted_told, people, question_forms
from bot.reading.answers import short_answer

LONGEST_NAME, LONGEST_SCHOOL = 4, 10
_DIGITS = re.compile("[0-9０-９][0-9０-９ -]{5,}|[零一二三四五六七八九幺〇]{7,}")
_NO_NUMBER = re.compile(
    "(?:没|无|沒)(?:有|得)?(?:电话|手机|号码?|联系方式)|联系不上|打不通|打不着|关机|停机|空号|拉黑|不用手机|没(?:有)?号|^(?:都|也)?(?:没有?|无|不知道|记不(?:住|得|清)|不记得)"
    "|(?:不知道|记不(?:住|得|清)|不记得|忘了?)[^,。 ]{0,6}(?:电话|号码?|手机|多少)?$|(?:电话|号码?|手机)[^,。 ]{0,4}(?:不知道|记不|忘了|不记得)|没存"
)
_SCHOOL = re.compile(
    "小学|中学|初中|高中|职高|技校|学校|幼儿园|托儿所|幼儿|实验|附小|附中|中心校|学堂|[一二三四五六七八九十]{1,2}[小中]|[0-9一二三四五六七八九]年级|[初高][一二三]|[大中小]班"
)
_NO_SCHOOL = re.compile("没(?:有)?(?:上|念|去|在)|不(?:上|念)|还小|没到(?:岁数|年龄|上学)|辍学|毕业|在家(?:待|呆|呢)")
_TIME_OR_PLACE = re.compile(
    "[0-9一二两三四五六七八九十半几](?:个)?(?:月|号|日|天|年|周|礼拜|星期)|[明后]天|下个?月|月[初底]|年[前后底]|过年|春节|正月|初[一二三四五六七八九十]|暑假|秋天|开春|现在就|已经(?:走|在)|早(?:走|就走)|市|省|国外|南方|北方|外地|关里|工地|不一定|说不准|还没定|没准"
)
_REASON = re.compile(
    "打工|务工|上班|上工|干活|挣钱|赚钱|养家|生意|买卖|做工|厂|工地|饭店|病|住院|手术|透析|化疗|治|生(?:二胎|孩子)|陪护?|伺候|照(?:顾|料)|带不|管不|顾不|看不了|没(?:时间|空|工夫|人)|忙|出国|外出|出门|出差|离|判|服刑|坐牢|戒毒|当兵|学习|进修|上学|跑车|跑船|送货|养不|困难|残|年(?:纪|岁)大|身体"
)
_VERBS = re.compile("[吗么呢吧呗啊呀]$|谢|再见|拜拜|等|咋|怎么|帮|行不|不知道|问")


def fits(step: str, text: str) -> bool:
    """Whether a message can be the answer to this question; those of which nothing is known here always can."""
    return _FITS[step](text.strip()) if step in _FITS else True


def _number(text: str) -> bool:
    plain = short_answer(text) in ("no", "skip", "unsure")
    return plain or _DIGITS.search(text) is not None or _NO_NUMBER.search(text) is not None


def _school(text: str) -> bool:
    if question_forms.asks(text) or short_answer(text) in ("skip", "unsure", "no"):
        return short_answer(text) is not None
    short_name = len(text) <= LONGEST_SCHOOL and not _VERBS.search(text)
    return short_name or _SCHOOL.search(text) is not None or _NO_SCHOOL.search(text) is not None


def _reason(text: str) -> bool:
    return _REASON.search(text) is not None and not text.endswith(("?", "？", "吗", "么"))


def _away(text: str) -> bool:
    told = entrusted_told.journey(text) or entrusted_told.lasts(text) or _TIME_OR_PLACE.search(text) is not None
    return (told and entrusted_told.person(text).years is None) or short_answer(text) in ("unsure", "skip")


def _name(text: str) -> bool:
    said = carers.carer(text)
    return bool(said.phone) or _is_a_name(said.name or text) or bool(entrusted_told.person(text).name)


def _carer(text: str) -> bool:
    said, person = carers.carer(text), entrusted_told.person(text)
    named = bool(said.relation or person.relation or person.name) or _is_a_name(said.name or text)
    return named and not question_forms.asks(text)


def _is_a_name(words: str) -> bool:
    return 1 < len(words) <= LONGEST_NAME and people.begins_with_surname(words) and not _VERBS.search(words)


_FITS: Mapping[str, Callable[[str], bool]] = {
    "carer": _carer,
    "carer_phone": _number,
    "reason": _reason,
    "phones": _number,
    "school": _school,
    "away": _away,
    "carer_name": _name,
}
