"""A correction of something told before, in free words: 啊不对，六岁; 女孩 不是男孩; 更正一下，他是三年一班 我串了.

What holds now is told apart from what does not. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reading.measures import codes
from bot.reading.normalise import normalise
from bot.reading.reports import told
from bot.reading.talk import purposes, replies
from bot.reading.where import places

LONGEST = 80
EXPLAINS = 4
"""With so many characters beside what was wrong a clause explains the slip: 我嫁出去的妹妹在平安."""
_AH = (
    "(?:啊呸|呸|哎妈呀|妈呀|哎呦|啊呀|哎呀|哎哟|啊|哦|噢|喔|唉|哎|诶|欸|呃|嗯|等等|等下|等一下|等会儿?|先|那个|那"
    "|刚才|刚刚|刚|前面|上面|头前|不好意思|对不起|抱歉)*"
)
_SLIP = (
    "(?:不对不对|不对(?!劲|头|外|付|称|路|味|等|起)|错了?错了|错了"
    "|(?:我|俺)?(?:刚才|刚刚|刚|前面|上面|头前|那句|又|给|都)*(?:说|写|打|记|弄|搞|整|讲|填|报|听|看|念|输)"
    "(?:错(?:字)?|差|反|混|串|岔|拧|劈|秃噜|颠倒|乱)(?:字|嘴|劈|行)?了?(?![^,。]{0,6}(?:就|老师|他爸|他妈)[^,。]{0,4}[打骂])"
    "|(?:我|俺)(?:串|岔)了|更正|纠正|口误|说秃噜嘴?了?|嘴瓢了?|呸)"
)
_NAMED = (
    "(?:(?:我|俺)?(?:刚才|刚刚|刚)?把)?(?P<of>电话|手机|号码?|尾号|名字?|姓名|大名|小名|岁数|年龄|性别|地方|地址|地点|位置|村名?|镇名?|乡|县|学校|班级?|年级|时间|日子|日期|门牌号?|楼号)?"
    "(?:那儿|那里|这儿|这里|那块|我|俺|给|也|都|又)*"
)
_TAIL = "(?:一下|了|啊|呀|哈|哦|呢|个事|一个)*"
_CUE = re.compile(
    f"^{_AH}{_NAMED}{_SLIP}{_TAIL}(?:应该|(?=是|叫|才|还)|(?=[男女小丫闺]|[0-9]{{1,2}}岁|[一二三四五六七八九十]{{1,2}}岁))"
)
_CUE_ALONE = re.compile(f"^{_AH}{_NAMED}{_SLIP}{_TAIL}$")
_OF_IT_WRONG = re.compile(
    "^(?P<said>[^,。]{1,6}?)(?:也|那)?(?:(?:不对(?!劲|头|外|付|称|路|味))|(?:我|俺)?(?:刚才|刚刚|刚)?(?:说|写|打|记|弄|搞|整|讲|填|报)(?:错|差|反|混|串|岔)了?)$"
)
"""What was told is named again and called wrong: 丫头不对 是小子."""
_CHANGE = re.compile(f"^{_AH}(?:改一下|改下|改成|改为|应该是|其实是)")
_BELONGS_ELSEWHERE = re.compile(
    "^(?P<old>[^,。]{1,8}?)(?:那)?(?:个)?(?:是|才是)(?:他|她|我|人家|孩子|俺)(?:的)?[^,。]{1,5}$"
)
"""八岁那是他姐, 平安镇是他姥家: what was told is true of another."""
_NOT = re.compile(f"^{_AH}(?:可|也|又|才|都)*(?:不是|不叫|没在|不在)(?P<old>[^,。是]{{1,12}})$")
_NEW_NOT_OLD = re.compile("^(?:是|叫)?(?P<new>[^,。不]{1,14}?)(?:可|并|,)?不是(?P<old>[^,。是]{1,12})$")
_NOT_OLD_NEW = re.compile(
    "^(?:(?:那|这)?(?:孩子|娃|小孩|丫头|小子|村|屯|他|她|人)(?:家|名|子)?(?:今年|其实|应该)?)?(?:可|也|才)?(?:不是|不叫)(?P<old>[^,。是]{1,12}?)(?:而?是|应该是|叫|,)(?P<new>[^,。]{1,30})$"
)
_SAYS_SO = re.compile(
    f"^{_AH}(?:应该|其实|改成|改为|一下)*(?:(?:这|那)?(?:孩子|娃|小孩)(?:今年|属实|其实|应该)?)?是|^{_AH}(?:应该|其实|改成|改为|一下)+|^{_AH}"
)
_CLAUSES = re.compile("[^,，。;；!！?？、:：\\s…~]+")
_ROOM = re.compile(
    "(?:(?:初|高)[一二三123]|[0-9一二三四五六七八九]{1,2}年级?)?[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?班"
)
_ASKS_TO_CHANGE = re.compile(
    "^(?:那|就|请|麻烦|快|你们?|您)*(?:给|帮|替)?(?:我|俺|着|忙)*(?:改|换|更正|纠正)(?:一下|下|过来|成对的|回来|了|改)*(?:吧|呗|啊|行不|行吗|哈|好吗)*$"
)
"""Beside what holds: 是三道沟村 你给改过来."""
_END_OF_NUMBER = re.compile(
    "(?:最后|末尾|尾号|后头|后面|末了|最末)(?:那|的)?(?:[一二两俩三四1234](?:个|位)*)?(?:数字?|号码?)?(?:[^0-9,。]{0,4}错了?)?"
    "[,。 ]*(?:应该)?是(?P<digits>[0-9]{1,4})(?![0-9号日点岁月个次天年回块楼])"
)
_NEIGHBOURS = re.compile("(?:紧|就)?(?:挨着|挨边|离得近|差一个字|名儿?字?(?:差不多|像))")
"""How one came to be said for the other, told beside it: 挨着的俩屯子."""
_CHILDS_YEARS = re.compile(
    "(?P<who>孩子|娃|[他她]|小孩|丫头|小子)(?P<not>(?:今年)?不是)(?P<old>[0-9]{1,2})"
    "(?P<is>[,， ]*(?:而?是|才))(?P<new>[0-9]{1,2})(?=$|[,，。 ])"
)
"""孩子不是12，是11: bare numbers of a child are its years."""
_VILLAGE_ENDS = "村屯沟店堡岭河窝棚泡洼甸山"
_OF_A_NUMBER = re.compile("电话|手机|号码|尾号|[错差]了|[一两俩三四]位")
_MUCH = re.compile("(?:我|俺)(?:是不是|又|真)?(?:做|干)错|怪我|错在")
ENDING = "尾号"
"""`Correction.of` where only the last figures of a number are put right: 电话写错了 最后俩是57."""
AGE, SEX, PLACE, WHEN, CHILD, PHONE, ROOM = "age", "sex", "place", "when", "child", "phone", "room"
HOUSE = "house"
_HOUSE_NUMBER = re.compile(
    "(?:[0-9一二三四五六七八九十]{1,3}(?:号楼|栋|号院|单元|门|楼|组|号))+(?:[东西南北中]门|[东西]户|[0-9]{2,4}(?:室|号|户)?)?"
)


@dataclass(frozen=True)
class Correction:
    """What holds now and what was told instead, as they were written; `plain`: words of a correction were said, so that
    it is one whatever was told before; `of`: the fact as it was named (电话, 名字); `in_one_breath`: something is told
    before it in the same message. Each of the words may be empty."""

    new: str
    old: str
    plain: bool
    of: str = ""
    in_one_breath: bool = False

    @property
    def clauses(self) -> list[str]:
        """What holds, the last said first: it counts most."""
        return self.new.split(" ")[::-1] if self.new else []


def read(text: str) -> Correction | None:
    """The correction a message makes; None: it makes none."""
    if len(text) > LONGEST or _MUCH.search(text):
        return None
    text = _CHILDS_YEARS.sub(r"\g<not>\g<old>岁\g<is>\g<new>岁", text)
    ending = _END_OF_NUMBER.search(normalise(text).text) if _OF_A_NUMBER.search(text) else None
    if ending is not None:
        return Correction(ending["digits"], "", plain=True, of=ENDING)
    parts = [one.group() for one in _CLAUSES.finditer(text) if _NEIGHBOURS.match(one.group()) is None]
    if (named := _called_wrong(parts)) is not None:
        return named
    cue = next(((at, hit) for at, part in enumerate(parts) if (hit := _cue(part)) is not None), None)
    if cue is None:
        return _by_contrast(parts)
    at, hit = cue
    rest = _SAYS_SO.sub("", parts[at][hit.end() :])
    before, after = parts[:at], _without_cues([*([rest] if rest else []), *parts[at + 1 :]])
    new, old = _sorted(after or before, before if after else [])
    earlier = before if after else []
    return Correction(" ".join(new), " ".join([*old, *earlier]), plain=True, of=_of(hit), in_one_breath=bool(earlier))


def _called_wrong(parts: list[str]) -> Correction | None:
    wrong = _OF_IT_WRONG.match(parts[0]) if len(parts) > 1 else None
    if wrong is None:
        return None
    new = " ".join(_SAYS_SO.sub("", one) or one for one in _without_cues(parts[1:]))
    alike = kinds(wrong["said"]) & kinds(new)
    return Correction(new, wrong["said"], plain=True) if alike else None


def tells_only_this(text: str) -> bool:
    """Whether a message corrects facts we know of and says nothing else beside them."""
    found = read(text)
    if found is None or found.in_one_breath or not found.clauses:
        return False
    return all(kinds(one) for one in found.clauses)


def kinds(part: str) -> frozenset[str]:
    """Which facts about a child words tell: age, sex, place, when, child (a name), phone, room (a school class)."""
    if not part:
        return frozenset()
    found, plain = told.read(part), normalise(part).text
    place = places.find(part)
    tells = {
        AGE: found.child_age_years is not None,
        SEX: found.child_sex != "unknown",
        PLACE: bool(place.best or place.candidates),
        WHEN: found.when is not None,
        ROOM: _ROOM.search(plain) is not None,
        HOUSE: _HOUSE_NUMBER.fullmatch(plain) is not None,
        CHILD: found.child_ref is not None,
        PHONE: any(one.kind == "phone" for one in codes.find(part)),
    }
    return frozenset(kind for kind, tells_it in tells.items() if tells_it)


def room(text: str) -> str:
    """The school class in words, as it was written: 三年一班; empty: none."""
    found = _ROOM.search(text)
    return found.group() if found is not None else ""


def is_cue(part: str) -> bool:
    """Whether a clause only says that what was told is wrong: 不对, 我说错了."""
    return _CUE_ALONE.match(part) is not None


def _cue(part: str) -> re.Match[str] | None:
    return _CUE_ALONE.match(part) or _CUE.match(part) or _CHANGE.match(part)


def _of(hit: re.Match[str]) -> str:
    return hit.groupdict().get("of") or ""


def _without_cues(parts: list[str]) -> list[str]:
    beside = (_CUE_ALONE, _ASKS_TO_CHANGE)
    parts = [one for one in parts if not any(said.match(one) for said in beside) and not replies.is_empty(one)]
    told_on = [one for one in parts if not _of_the_slip(one)]  # 是2单元 我走岔了 2单元501
    return told_on or parts


def _of_the_slip(part: str) -> bool:
    return all(one.purpose in (purposes.TALK, purposes.REQUEST) for one in purposes.read(part))


def _sorted(parts: list[str], before: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """The clauses that hold and what they say does not; `before`: what was told just before the slip."""
    new: list[str] = []
    old: list[str] = []
    for part in parts:
        elsewhere, denied = _BELONGS_ELSEWHERE.match(part), _NOT.match(part)
        pair = _NEW_NOT_OLD.match(part) or _NOT_OLD_NEW.match(part)
        if pair is not None:
            new.append(pair["new"])
            old.append(pair["old"])
        elif denied is not None:
            old.append(denied["old"])
        elif elsewhere is not None and (
            kinds(elsewhere["old"]) & {AGE, PLACE, WHEN} or any(elsewhere["old"] in one for one in before)
        ):
            old.append(elsewhere["old"])
        else:
            new.append(_SAYS_SO.sub("", part) or part)
    return [one for one in new if not any(word in one and len(one) >= len(word) + EXPLAINS for word in old)], old


def _by_contrast(parts: list[str]) -> Correction | None:
    """今年八岁 不是七岁, 不是小子 是闺女, 昨天不是前天, 八岁那是他哥 他才五岁: one fact of a kind against another."""
    new, old = _sorted(parts)
    if not old or not new:
        return None
    alike = frozenset[str]().union(*map(kinds, new)) & frozenset[str]().union(*map(kinds, old))
    called = any(part.startswith("不叫") for part in parts)
    villages = len(new) == len(old) == 1 and _same_kind_of_village(new[0], old[0])
    return Correction(" ".join(new), " ".join(old), plain=False) if alike or called or villages else None


def _same_kind_of_village(new: str, old: str) -> bool:
    """Whether two short names end as villages do, and alike: 不是五道沟 是六道沟."""
    bare = new.rstrip("村屯"), old.rstrip("村屯")
    return all(2 <= len(one) <= 6 for one in bare) and bare[0][-1] == bare[1][-1] and bare[0][-1] in _VILLAGE_ENDS
