"""What whoever wishes for 委托照护 puts right of what he told: the day of leaving, a name, a number; that it is off;
and what he wants read back.

Any text is taken; nothing here raises. The words are in `data/lexicon/wish_corrections.txt`.
"""

from __future__ import annotations

import re

from bot.reading.entrusted import entrusted_plans, journeys
from bot.reading.normalise import normalise
from bot.reading.persons import people
from bot.reading.wordings import Wordings

_says = Wordings("wish_corrections.txt")

ALL, CARER, AWAY, CARER_PHONE, PHONE = "all", "carer", "away", "carer_phone", "phone"
LONGEST, LONGEST_ASKED, A_DAY = 120, 40, 8

_NAME = re.compile("(?<!不)(?:叫|名字是|是|成)(?P<name>[㐀-鿿]{2,3})(?=$|[,，。!！;； 0-9]|不是|你|，)")
_SAME = 8
"""So many digits two numbers share of which one is the other, put right."""
_WHO_IS = re.compile("(?P<name>[㐀-鿿]{2,3})(?:才)?是(?P<me>我)(?=$|[,，。!！;； ]|不|的)")
_OWN = re.compile("(?:我|俺)(?:叫|姓|是|的?(?:电话|手机|号))")
_OTHERS = re.compile(
    "(?:[她他]|[姨姑舅叔婶奶爷姥姐哥弟妹嫂伯娘]|姑父|姨夫|[我俺][爸妈]|[婶嫂]子|[舅姑姨大]妈|[战朋]友|闺[蜜密]|同[学事]|邻居|姐妹)的?(?:电话|手机|号)|照护人"
)


def asks_back(text: str) -> str | None:
    """What is to be read back: ALL (念一遍), AWAY (走的日子记的哪天), CARER, PHONE or CARER_PHONE; None: nothing is."""
    said = normalise(text).text
    if len(text) > LONGEST_ASKED or _says("not_back", said) or not _says("back", said):
        return None
    if _says("of_phone", said):
        return PHONE if _says("own", said) else CARER_PHONE
    if _says("of_day", said):
        return AWAY
    return CARER if _says("of_carer", said) else ALL


def corrects(text: str) -> bool:
    """Whether something told before is put right: 名字弄反了, 不是二十号 是二十六, 换人了, 电话补一个."""
    return _says("cue", _plain(text))


def gives_number(text: str) -> bool:
    """Whether a short message gives somebody's number, and says whose: 小姨电话13304440003."""
    digits = sum(sign.isdigit() for sign in text)
    return digits >= _SAME and len(text) - digits <= _SAME and (_OTHERS.search(text) or _OWN.search(text)) is not None


def of_one_child(text: str) -> bool:
    """Whether one of several children is spoken of: 小的托给他小姨 大的还是姥姥."""
    return _says("of_one_child", _plain(text))


def is_off(text: str) -> bool:
    """Whether the journey or the wish is called off: 我不走了, 不用托了."""
    return _says("off", _plain(text))


def asks_how_to_tell(text: str) -> bool:
    """Whether somebody asks how he is to tell of changes: 要有啥变动我咋告诉你们."""
    return _says("tell_changes", _plain(text))


def day(text: str) -> str:
    """The day of leaving, put right: 二十六号 of 走的日子是26号不是20号; empty: none is."""
    own = journeys.of_the_writer(text[:LONGEST])
    said = own if "，" in own else normalise(own).text
    puts_right = corrects(text) or bool(entrusted_plans.day_of_leaving(text))
    bare = len(text) <= A_DAY  # 哎 改初六了
    if not (puts_right and (bare or _says("leaving", said))) or _says("not_leaving", said):
        return ""
    return journeys.day(said)


def of_the_day(text: str) -> bool:
    """Whether the day one leaves is spoken of: 走的日子 腊月初六."""
    said = _plain(text)
    return len(text) <= A_DAY * 2 and _says("leaving", said) and not _says("not_leaving", said)


def of_leaving(text: str) -> bool:
    """Whether the journey is spoken of, or how long it lasts: 不是三年 是一年半 behind 待三年."""
    return not _says("not_leaving", _plain(text))


def name(text: str) -> str:
    """A name put right by itself: 写错字了 是吴明; empty: none is, or it is denied, or is no name."""
    found = [hit["name"] for hit in _NAME.finditer(text[:LONGEST]) if people.begins_with_surname(hit["name"])]
    return found[-1] if found else ""


def own_name(text: str) -> str:
    """The writer's own name, told apart from another's: 王立新是我; empty: none."""
    hit = _WHO_IS.search(text[:LONGEST])
    return hit["name"] if hit is not None and people.begins_with_surname(hit["name"]) else ""


def puts_right(number: str, before: str) -> bool:
    """Whether a number is one told `before` with a digit or two put right: 最后一位错了 是13304440002."""
    return len(number) == len(before) and sum(a == b for a, b in zip(number, before, strict=True)) >= _SAME


def of_carer(before: str, carer: str, carer_name: str) -> bool | None:
    """Whose a number is by the words before it: True: the carer's, False: the writer's own; None: they do not say.

    `carer`: what that person is called (她大娘), `carer_name`: the name, empty where not told.
    """
    kin = carer.lstrip("我他她俺孩子的")
    marks = [one for one in (kin, carer_name) if one]
    theirs = max([before.rfind(one) for one in marks] + [hit.start() for hit in _OTHERS.finditer(before)], default=-1)
    own = max((hit.start() for hit in _OWN.finditer(before)), default=-1)
    return None if theirs == own == -1 else theirs > own


def _plain(text: str) -> str:
    return normalise("，".join(text[:LONGEST].split())).text
