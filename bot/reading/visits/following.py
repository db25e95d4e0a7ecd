"""Who sees to a need heard at a visit, and until when: 让镇民政办的去办，月底前; 我自己下周三送去.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reading.measures import ahead, lunar, quantities

ME = "me"
LONGEST_WHO, LONGEST = 12, 60
_DECEMBER, _SUNDAY, _PAIR, _SHORT = 12, 6, 2, 6
_PART_ENDS = {"初": 10, "上旬": 10, "中旬": 20}
_NUM = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_WHEN = re.compile(
    "(?:最晚|最迟|争取|尽量|大概|大约|就|到|在|等|得|要)*(?P<day>"
    "今[天儿日]个?|明后天|大后天|[明后][天儿日]个?"
    f"|(?:这个?|本|当|下个?|{_NUM})?月(?:底|末|内|份内|初|[上中下]旬)|今?年(?:底|末)|(?:过大?年|春节|元旦|大年三十|(?<![今去明后半])年)(?=之?前|以前)"
    f"|腊八|元宵节|端午|中秋|重阳节|半个?月|下个?月{_NUM}[号日]|下个?月|(?:下{{1,2}}个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天末]"
    f"|(?:下个?|这个?|本)(?:周|星期|礼拜)内?|{_NUM}月{_NUM}[号日]?|{_NUM}[号日]|[0-9]{{1,2}}[-/.][0-9]{{1,2}}(?![0-9])"
    f"|这?[两几]天|{_NUM}个?(?:天|日|周|星期|礼拜|月))(?P<by>之前|以前|之内|以内|前|内|里)?"
)
_ENDING = (
    "(?:一定|就)?(?:给|有|回)?(?:家里|他家|她家|他们|孩子)?(?:个?(?:回音|回信|信儿?|答复|话)|回话|解决"
    "|(?:拉|送|拿|办|修|弄|整|买|交|批|领|补|发|换|装|配|安)(?:去|到|来|过去|好|完|成|下来|上|齐)?(?:一趟|[一二两三四五几0-9]?[车床双套件副张袋吨个]|它|了它)?"
    "|就(?:去|办|来)|去一趟)?[了吧呗啊哈。]*"
)
_DEED = (
    "(?<![政治贫工])办|管|跑|送|修|弄|整|拿|申请|处理|解决|落实|联系|打听|问|对接|想办法|想辙|张罗|买|垫|补"
    "|钉|跟进|跟着|盯着?|反映|上报|递|配|拉|带|捎|装|想想办法|想个办法|糊|换|发(?!烧|脾气|火|现)|批(?!评)|查(?!出)|拨|凑|砌|垒|堵|焊|铺|寄|汇(?!报)|捐|协调"
    "|看看|瞧瞧|瞅瞅"
)
_DONE = "(?!了|过|的时候|着|不)"
_BODY = (
    "办|所|局|站|中心|联|会|校|村里?|乡里?|镇里?|县里?|屯里?|里头|社区|街道|民政|老师|医院|卫生院|主任|书记"
    "|督导员?|队|部|公司"
)
_PERSON = (
    "爷|奶|姥|姥爷|爸|妈|姑|姨|叔|舅|伯|哥|姐|亲戚|邻居|人|长|志愿者|社工|医生|大夫|老[㐀-鿿]|小[㐀-鿿]|[㐀-鿿]师傅"
)
_WISH = "(?<![想要望盼愿能求说问好申邀不别没])"
_GIVES = (
    f"{_WISH}(?:(?:让|由|请|叫|找|托)(?P<who>(?:[我俺咱](?:家|们村|村|屯))?[^,，。;；、我俺咱 ]{{1,12}}?)"
    "(?:来人|的人|的|那边)?(?:们)?"
    f"(?:(?:来|去|给|帮忙|帮|负责|先|再)*(?:{_DEED}){_DONE}|(?<=[政治贫工]办)$)"
    "|(?:转?交给|转给|归|(?:上|汇)?报(?:给|到)|上报|反映给)(?P<to>[^,，。;；、我俺咱让由请 ]{1,12}?)(?:的人|那边)?"
    f"(?:(?:来|去|负责)*(?:{_DEED}){_DONE}|$))"
)
_OFFICIAL = "村|乡|镇|县|屯|社区|街道|单位|督导|书记|主任|老师|学校|民政|残联|妇联|医院"
_MINE = (
    f"{_WISH}(?P<me>(?:我|俺|咱|本人)(?:们)?(?!{_OFFICIAL}|是?说)(?:自己|自个儿?)?[^,，。;；我]{{0,10}}?"
    f"(?:(?:去|来|给|帮|替)?(?:(?<![政治贫工])办|跑|送|修|弄|整|申请|处理|解决|落实|联系|打听|对接|想办法|想辙|张罗|买|垫"
    "|跟进|盯着|反映|上报|递|配|拉|捎)"
    f"|(?:去|帮|替)[^,，。;；]{{0,3}}(?:拿|问)|(?:自己|来)(?:管|吧)|负责|(?:去|来)(?:说|一趟)"
    f"|找(?:人|校长|园长|所长|{_OFFICIAL})"
    f"|[跟和](?:{_OFFICIAL})[^,，。;；]{{0,4}}?(?:说|讲|沟通|商量|反映)){_DONE})"
)
_ALONE = (
    "[村乡镇县屯]里|村上|镇上|卫生院|医院|社区|街道|学校|残联|妇联|民政|老师|书记|主任|督导员?"
    "|志愿者|社工|电工|木匠|瓦匠"
)
_OFFICE = (
    f"^(?:(?:改成|换成|改由|改让|换)(?:是|让|由)?)?(?P<office>(?:(?:(?![让由请叫找托把])[一-鿿]){{1,10}}?(?:{_BODY}|志愿者|社工|大夫|医生|师傅)|{_ALONE})(?:[老小][一-鿿])?(?:的人|那边)?)"
    f"(?:(?:说|答应)?了?(?:来|去|给|帮忙|帮着?|负责)+人?(?:{_DEED}){_DONE}|(?:说|答应)了?[给帮][^,，。;；]{{1,8}}$|(?:送|带|拉|捎|拿|寄)(?:过来|过去|来|去){_DONE}"
    "|(?:管|负责|出面|包|(?<![政治贫工])办)(?:这事儿?|这个)?[吧呗]?$)"
)
_TOLD = (
    "(?<![孩娃子爸妈奶爷姥他她])(?:已经|都|刚才?|也)*[跟和给](?P<told>[^,，。;；我]{0,6}(?:"
    f"{_OFFICIAL}))[^,，。;；]{{0,2}}?(?:说|讲|反映|提|打电话|打招呼|汇报)过?了"
    f"|(?:我|俺|咱)(?:去|再|给)*找(?P<via>[^,，。;；我]{{0,6}}(?:{_OFFICIAL}))(?:去|给)*(?:要|申请|领|借){_DONE}"
)
_WHO = re.compile(f"{_GIVES}|{_TOLD}|{_MINE}|{_OFFICE}")
_FILLER = re.compile(
    "^(?:就|那|还是|先|可以)?(?:这(?:事儿?|个|条))?(?:让|由|请|叫|找|托|转?交给|归)?"
    f"|(?:的人|那边)?(?:来|去|给|帮忙|帮|负责|先|再)*(?:{_DEED})*(?:问|系|着|点|一下|吧|呗|。)*$"
)
_MYSELF = re.compile(
    "^(?:就|还是|由)?(?:我|俺|咱|本人)(?:们)?(?:自己|自个儿?)?(?:去|来|办|弄|整|管|跟|跟进|负责)*[吧呗啊。!！]*$"
)
_NAMED = re.compile(f"^(?!.*[好没不了说])[㐀-鿿]{{0,10}}(?:{_BODY}|{_PERSON})$")
_ASKED = re.compile("^(?:就|那|还是)?(?:让|由|请|叫|找|托|转?交给)(?P<who>[㐀-鿿]{1,12})$")
_THIS = re.compile("^(?:那|[这那](?:件|个|条)?(?:事儿?)?|.{1,8}(?:那边|那儿|那头|的事儿?))?$")
_TAIL = re.compile("(?:[这那](?:件|个)?事儿?|这块儿?|的事儿?)?(?:赶紧|赶快|尽快|马上|就|得|由|让|我|俺)*$")
"""What stands between a matter and who sees to it: 炉子这事让我自己去找人修."""
_TO_BE_DONE = re.compile(
    f"(?:得|要|必须|争取|给)*把(?P<what>[^,，。;；把]{{1,8}}?)(?:给|都)*(?:{_DEED})(?:了|好|上|完|妥|掉|下来)*[吧啊]?"
)
"""12月4号之前把炉子修了: what is to be done until then, by whom is not said."""
_POINTS = re.compile("^(?:就是|他家|她家|家里)?[那这]个?")
_ANYBODY = ("人", "个人", "谁")
_PRONOUNS = ("他", "她", "他们", "人家")
_HELPERS = re.compile("(?:找|派|安排|叫|来)(?:个)?人$")
_SAYS = re.compile(f"^(?P<who>[㐀-鿿]{{0,8}}(?:{_BODY}))(?:那边)?(?:说|答应|讲)(?:了|是)?$")
_POINTED = re.compile("(?:[㐀-鿿]{1,6}?家?)?(?:的|[那这][个条件]?)?(?:需求|诉求|求助|困难|难处)(?:的?事儿?)?")
"""A need that is called by no other name: 李家那个需求."""
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]")
_AGO = re.compile(f"{_NUM}个?(?:天|周|星期|礼拜|月)(?:之|以)?前$")
_COMMON = re.compile("孩子|小孩|娃|奶奶|爷爷|姥姥|姥爷|[他她]家|家里|屋里|想要|需要|申请|没有|坏了|[就还也都老没不]")
"""Words that stand in many needs and tell none from another."""
_PARTS = re.compile("[,，。;；、\\s]+")


@dataclass(frozen=True)
class Follow:
    """Who is to see to a need (`ME`, or as they are called; "" where it is not said) and until when; in whose words."""

    who: str = ""
    due: date | None = None
    words: str = ""


def found(clause: str, on: date) -> tuple[str, Follow] | None:
    """What a clause says of it, and the words before that: 奶奶想申请低保由李督导跟进; None where it says nothing."""
    when = _WHEN.search(clause)
    rest = clause if when is None else clause[: when.start()] + clause[when.end() :]  # 村里年前给拉两吨
    hit = _WHO.search(rest)
    if hit is None:
        done = _TO_BE_DONE.fullmatch(rest) if when is not None and when["by"] is not None else None
        if done is not None and when is not None and (by := _day(when, on)) is not None:
            return done["what"], Follow("", by, clause)
        if when is None or when["by"] is None or re.fullmatch(_ENDING, clause[when.end() :]) is None:
            return None
        before, due = clause[: when.start()], _day(when, on)
        says = _SAYS.match(before)
        if due is None:
            return None
        return ("", Follow(says["who"], due, clause)) if says else (before, Follow("", due, clause[when.start() :]))
    before = rest[: hit.start()]
    said = Follow(_who(hit), _day(when, on) if when is not None else None, clause.removeprefix(before))
    what = _TAIL.sub("", before)
    return "" if _THIS.match(what) else what, said


def bare(matter: str) -> str:
    """A matter without the words that only point at it: 那炉子的事 → 炉子."""
    return _TAIL.sub("", _POINTS.sub("", matter)) or matter


def both(first: Follow | None, then: Follow) -> Follow:
    """What was said of it in two breaths."""
    if first is None:
        return then
    words = "，".join(filter(None, (first.words, then.words)))
    who = first.who if then.who in _PRONOUNS else then.who  # 跟村书记说了 让他月底前拉来
    return Follow(who or first.who, then.due or first.due, words)


def day_alone(clause: str, on: date) -> Follow | None:
    """A clause that is nothing but a day, after it was said who; None where it is more."""
    when = _WHEN.match(clause)
    due = _day(when, on) if when is not None and re.fullmatch(_ENDING, clause[when.end() :]) else None
    return Follow("", due, clause) if due is not None else None


def names(text: str, need: str) -> bool:
    """Whether words take up a need: 低保让民政办 of 奶奶想申请低保."""
    telling = _COMMON.sub(" ", need)
    telling = telling if len(telling.replace(" ", "")) >= _PAIR else need
    pairs = (telling[at : at + _PAIR] for at in range(len(telling) - 1))
    return any(pair in text for pair in pairs if " " not in pair)


def names_one(text: str, need: str) -> bool:
    """As `names`, or by one character that says what it is: 煤 of 家里缺过冬的煤."""
    return names(text, need) or (len(need) > 1 and need[-1] in text and not _COMMON.search(need[-1]))


def due_in(clause: str, on: date) -> tuple[date | None, bool, str] | None:
    """The day named in a clause, whether it is one by which (…前), and what stands around it. None: none is named."""
    when = _WHEN.search(clause)
    if when is None:
        return None
    around = clause[: when.start()] + clause[when.end() :]
    return (_day(when, on) if on != date.max else on), when["by"] is not None and not _AGO.search(when.group()), around


def hands_over(text: str, on: date) -> bool:
    """Whether somebody else is to see to something: 那个煤改成民政助理老刘去办 下周三前 sets no day for a visit."""
    said = answer(text, on)
    return said is not None and said.who not in ("", ME)


def answer(text: str, on: date, *, alone: bool = False, needs: Sequence[str] = ()) -> Follow | None:
    """What words say of it after it was asked who and until when: 镇民政办，12月5号; None where they say neither.

    `alone`: None as well where they say anything else; the `needs` they are about may be named in them.
    """
    if len(text) > LONGEST:
        return None
    who, due, more = "", None, False
    for part in _PARTS.split(text.strip()):
        said = found(part, on)
        when = _WHEN.search(part)
        due = due or (_day(when, on) if when is not None else None)
        rest = part if when is None else part[: when.start()] + part[when.end() :]
        of_them = said is not None and (not said[0] or any(names(said[0], need) for need in needs))
        one = (said[1].who if said is not None and of_them else "") or _named(rest)
        named = len(rest) <= _SHORT and any(names(rest, need) or bare(rest) in need for need in needs if rest)
        more = more or not (one or named or re.fullmatch(_ENDING, rest) or _POINTED.fullmatch(rest))
        who = who or one
    return Follow(who, due, text.strip()) if (who or due is not None) and not (alone and more) else None


def _named(rest: str) -> str:
    """Whom the rest of an answer names: somebody of an office or a family, or anybody who is to be asked."""
    if _MYSELF.match(rest):
        return ME
    name = _FILLER.sub("", rest)
    asked = _ASKED.match(rest)
    return name if _NAMED.match(name) else (asked["who"] if asked is not None else "")


def _who(hit: re.Match[str]) -> str:
    if hit["me"]:
        return ME
    if hit["who"] in _ANYBODY:  # 找人修: whoever says so gets somebody
        return ME
    named = str(hit["who"] or hit["to"] or hit["told"] or hit["via"] or hit["office"])
    return (_HELPERS.sub("", named) or named)[:LONGEST_WHO]


def _day(hit: re.Match[str], on: date) -> date | None:
    """The day that is meant; none for one that is past (三天前)."""
    if _AGO.search(hit.group()):
        return None
    if (feast := lunar.feast_ahead(hit["day"], on)) is not None:
        return feast
    said = re.sub(_NUM, lambda number: str(quantities.number(number.group()) or number.group()), hit["day"])
    if said.startswith("今") and not said.endswith(("底", "末")):
        return on
    ends = _end_of(said, on)
    return ends if ends is not None else ahead.day(hit["day"] if _WEEKDAY.search(hit["day"]) else said, on)


def _end_of(said: str, on: date) -> date | None:
    """The last day of a month, a week or the year that is named, or the day so far ahead; None: a day is named."""
    days = {"半个月": 15, "半月": 15, "这两天": 3, "明后天": 2, "两天": 2, "这几天": 3, "几天": 3}
    if said in days:
        return on + timedelta(days=days[said])
    if said in ("过年", "过大年", "春节", "年", "大年30"):
        eves = (lunar.day(year, 1, 1) for year in (on.year, on.year + 1))
        return next((eve - timedelta(days=1) for eve in eves if eve is not None and eve > on), None)
    if said in ("年底", "年末", "今年底", "今年末", "元旦"):
        return date(on.year, _DECEMBER, 31)
    return _end_of_month(said, on) or _end_of_week(said, on)


def _end_of_month(said: str, on: date) -> date | None:
    hit = re.fullmatch(
        "(?P<next>下个?)?(?:这个?|本|当)?(?P<number>[0-9]{1,2})?月(?P<part>底|末|内|份内|初|[上中下]旬)?(?P<day>[0-9]{1,2})?[号日]?",
        said,
    )
    if hit is None or (hit["number"] and hit["day"]) or not (hit["number"] or hit["next"] or hit["part"]):
        return None
    month = int(hit["number"] or on.month)
    later = (1 if hit["next"] else 0) if not hit["number"] else (month - on.month) % 12
    if not 1 <= month <= _DECEMBER:
        return None
    year, number = divmod(on.year * 12 + on.month - 1 + later, 12)
    last = monthrange(year, number + 1)[1]
    until = int(hit["day"] or 0) or _PART_ENDS.get(hit["part"], last)
    return date(year, number + 1, min(until, last))


def _end_of_week(said: str, on: date) -> date | None:
    hit = re.fullmatch("(?P<next>下{0,2})(?:这|本)?个?(?:周|星期|礼拜)(?:内|末)?", said)
    if hit is None:
        return None
    return on + timedelta(days=_SUNDAY - on.weekday(), weeks=len(hit["next"]))
