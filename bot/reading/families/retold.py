"""Words of a family brought into the shape our reading takes, before anything is read: what somebody puts right in the
same breath (走了快俩月 哦不是 是正月十六走的), says of himself after the child was named (我在家带孩子 身体好好的),
leaves out because it was said just before (没残疾 他爸也没有), or asks back first (啥叫低保啊 俺家没办那玩意).

Pure: any text is taken, nothing raises.
"""

from __future__ import annotations

import re

from bot.reading.measures import quantities

_LENGTH = f"(?:(?:{quantities.NUMBER}|俩)个?多?(?:年|月|天|礼拜|星期)|半年|小半年|大半年|好几年|几个月)[多半]?"
_GOES = "(?:走|出去|出来|出门|离家|去|来|上)"
_WRONG_TIME = re.compile(
    f"(?:{_GOES}|在外|外出)?(?:了|的|也|都|有|快|得|能|差不多|将近)*{_LENGTH}[了的呢吧啊]*[,，。 ]+"
    "(?:哦|噢|啊|哎呀?|诶|嗐|不对)?[,， ]*(?:不是|不对|[我俺]?(?:说|记)?错了)[,，。 ]+"
    "(?:(?:[我俺]|让我)?(?:再)?(?:寻思|想|算)[^,，。 ]{0,6}[,，。 ]+)*(?:应该|得|那)?(?:是|才)?"
    f"(?=[^,，。 ]{{1,16}}{_GOES}的)"
)
"""走了快俩月 哦不是 我寻思寻思 是正月十六走的: the first time is none."""
_OWN_HEALTH = re.compile(
    "(?P<own>(?:^|(?<=[,，。 ]))[我俺][^,，。 ]{0,4}(?:带|看|伺候|照顾|拉扯)着?(?:孩子|娃)[^,，。 ]{0,2})[,，。 ]+"
    "(?=身体|身子|没(?:啥|什么)?(?:大?病|毛病|残疾)|啥毛?病)"
)
"""我在家带孩子 身体好好的: whoever looks after the child is well, nothing is told of the child."""
_NEITHER = re.compile(
    "(?P<what>没(?:有|啥)?(?:残疾|大病|重病|病|毛病))(?P<then>(?:的|呢|啊)?[,，。 ]+)"
    "(?P<who>(?:[他她]|孩子|娃)的?(?:爸爸?|妈妈?|爹|娘)|我|俺|孩子|娃)也(?:都)?没有?(?=$|[,，。 ])"
)
_HOW_OFTEN = re.compile(
    "(?<![0-9一二两三四五六七八九十半])一(?=个?(?:年|月)[^,，。 0-9]{0,8}[一两二三四五六七八九十几][次回趟])"
)
"""一年给打一次钱 says how often, and not for how long somebody is gone."""
_WHOSE_HOUSE = re.compile(
    "(?:[我俺]们?)?[大老二三小]{0,2}(?:儿子|闺女|姑娘|女儿)家(?:的|那|这|个)*"
    "(?=孩子|娃|小子|小小子|丫头|外?孙|[0-9一二两三四五六七八九十]{1,2}岁|今年|都[0-9一二两三四五六七八九十])"
)
"""大儿子家的九岁了, 闺女家那丫头八岁: by whose house a child is of; nothing is told of that one."""
_WAVED_OFF = re.compile("啥(?P<what>.{1,4}?)不(?P=what)的?(?:都|也)?没有?")
"""啥残疾不残疾的没有没病: the first is denied, and what follows is not denied twice."""
_DENIED_AFTER = re.compile("(?P<what>流浪|要饭|讨饭|乞讨)(?:啥的|的|这些)?(?:从来)?没(?:有)?过?(?=$|[,，。])")
"""流浪没有过: a denial that ends its clause; 流浪没有家 denies nothing."""
_HELP = "低保|特困|建档立卡|低保边缘"
_ASKED_BACK = re.compile(
    f"(?:(?:啥|什么)(?:叫|是)?(?P<one>{_HELP})|(?P<two>{_HELP})(?:是|叫)?(?:个)?(?:啥|什么)(?:意思|玩意|东西)?)"
    "[啊呀呢吗]?[?？]?[,，。 ]+(?:[我俺咱]们?家?|家里)?(?:也|都|可)?"
    "没(?:办|有|整|弄|吃|领)[^,，。 批下]{0,4}(?=$|[,，。 ])"
)


_YEAR_AND_MONTH = re.compile(
    "(?P<year>去年|前年|大前年)(?:的)?(?:春天?|夏天?|秋天?|冬天?|开春|入冬|上秋|秋收完?|下半年|上半年)?"
    "(?:就)?(?:走|出去|去|离家)的?"
    "[,，。 ]+(?:就|大概|大约|好像|得有|应该|估计|记得|是|在)*"
    f"(?P<month>{quantities.NUMBER}月)(?:份)?(?:吧|左右|前后|那会儿|来着)*(?=$|[,，。 ])"
)
"""去年秋天走的 就十月吧: the month is of that year."""


def plainly(text: str) -> str:
    """The same words, put so that each fact stands where it belongs; any others as they are."""
    text = _WRONG_TIME.sub("", text)
    text = _YEAR_AND_MONTH.sub(r"\g<year>\g<month>走的", text)
    text = _OWN_HEALTH.sub(r"\g<own>，我", text)
    text = _HOW_OFTEN.sub("每", text)
    text = _WHOSE_HOUSE.sub(lambda house: "，" * len(house.group()), text)
    text = _WAVED_OFF.sub(lambda off: f"没{off['what']}".ljust(len(off.group()), "，"), text)
    text = _DENIED_AFTER.sub(r"没\g<what>过", text)
    text = _NEITHER.sub(r"\g<what>\g<then>\g<who>\g<what>", text)
    return _ASKED_BACK.sub(lambda asked: f"没办{asked['one'] or asked['two']}", text)


_ALONE = re.compile(
    "(?:(?:我|俺)(?:就|是|都|现在|一直|(?:前年|去年|早就?|[一两三四五六七八九十]年前)?"
    "(?:离(?:了|婚了?|异)|丧偶|没再婚)(?:[一二两三四五六七八九十好几]+年了?)?[,，。 ]*)*"
    "|(?:离(?:了|婚了?|异)|丧偶)(?:[一二两三四五六七八九十好几]+年了?)?[,，。 ]*(?:现在|就|我|俺)*)"
    "(?:自己|自个儿?|一个?人|独自)(?:在(?:家|农村|屯里|村里|乡下|老家)|又)?"
    "(?:带|领|拉扯|养|抚养|照顾)(?:着)?(?![^,，。 ]{0,2}[弟妹])"
)
_PARTED = re.compile("(?<![没不])(?:离婚|离异|离了)(?!家)|单亲")
_NEW_FAMILY = re.compile("再婚|又找|再找|复婚|又结|后爸|后妈|没离|不是离|新(?:老公|媳妇)")


def brings_up_alone(text: str) -> bool:
    """Whether who writes says that he brings the child up alone: 我自己带孩子, 我一个人拉扯."""
    return _ALONE.search(text[:200]) is not None


_NOT_PARTED = re.compile("没(?:有)?(?:办)?离(?:婚)?(?![开家])")


def married_still(text: str) -> bool:
    """Whether the parents are told not to be divorced: 没离婚."""
    return _NOT_PARTED.search(text[:200]) is not None


def of_a_spouse(text: str) -> bool:
    """Whether a divorce, or none, is spoken of by who brings the child up alone: one of the parents writes."""
    return brings_up_alone(text) and re.search("离婚|离异|离了|没离", text[:200]) is not None


def parted(text: str) -> bool:
    """Whether the parents are told to be divorced, and nobody to have married again."""
    return _PARTED.search(text[:200]) is not None and _NEW_FAMILY.search(text[:200]) is None


_TOGETHER = re.compile(
    "(?P<who>[他她孩子娃]*(?P<one>爸爸?|妈妈?|爹|娘))(?:也)?(?:是)?(?:跟|和|同|随)(?:着)?(?:[他她]|孩子|娃)?(?:他|她)?(?:的)?(?P<other>爸爸?|妈妈?|爹|娘)?"
    "(?:俩)?(?:是)?一(?:块堆|块儿?|起|堆|道)(?:走|出去|出来|去|来|上|离家)"
)
_MOTHERS = ("妈", "娘")


def left_with_the_other(text: str) -> str | None:
    """Which parent is told to have left together with the other one (她妈跟她爸一块堆走的): father or mother; None:
    nothing of that."""
    found = _TOGETHER.search(text[:120])
    if found is None or (found["other"] or "")[:1] == found["one"][:1]:
        return None
    return "mother" if found["one"].startswith(_MOTHERS) else "father"
