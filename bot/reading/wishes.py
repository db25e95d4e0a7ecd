"""What somebody tells who wants a child looked after while away: who is to do it, where the journey goes, the child.

Read cautiously from one message of a talk; what is not plain stays in the words as they were said, which are kept
whatever is read in them. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading import codes, places
from bot.reading.normalise import normalise
from bot.reading.quantities import number

_KIN = (
    "二舅妈?|三舅妈?|大舅妈|二姑|三姑|二叔|二婶|三叔|三姨|大姐|二姐|三姐|老姐|姐姐?|大妹|妹妹?|老姨|大姨|二姨|小姨|姨妈?|大姑|老姑|小姑|姑姑?|舅妈|大舅|老舅|舅舅?|爷爷奶奶|奶奶?|爷爷?|姥姥姥爷|姥姥|姥爷"
    "|公婆|婆婆|公公|丈母娘|老丈人|岳母|岳父|嫂子|弟媳妇?|哥哥?|弟弟?|叔叔?|婶子?|大伯|大娘|大爷|邻居|我妈|我爸妈|我爸|俺妈|俺爸妈|亲戚"
)
_GIVEN_TO = re.compile(
    f"(?:放|让|给|托|托给|交给|留给|扔给|叫|由|请|找|送到?|搁|跟|换成?|在)(?P<who>[我他她俺孩子]{{0,2}}(?:{_KIN}))"
    f"|(?P<does>[我他她俺孩子]{{0,2}}(?:{_KIN}))[^,。!?;]{{0,4}}(?:带|看着?|照顾|照看|管)"
)
_KIN_NAMED = re.compile(f"(?P<who>[我他她俺]{{0,2}}(?:{_KIN}))(?:叫|名叫|是叫)?(?P<name>[㐀-鿿]{{2,3}})?")
_WITH_ME = re.compile(
    f"我是(?:孩子|他|她)?的?(?P<who>{_KIN})[^。!?]{{0,16}}(?:放|搁|托|留|送|扔|交)(?:给|在|到)?(?:我|俺)(?:这|家|带|看|管)?"
    f"|(?:放|搁|托|留|送|扔)(?:给|在|到)?(?:我|俺)(?:这儿?|家)(?:了|呢|带|看)"
)
"""Who writes looks after the child already."""
_CALLED = re.compile("(?:(?<![我俺])叫|名字[是叫]?|姓名[是:]?)(?P<name>[㐀-鿿]{2,4})(?=$|[,，。!?; 0-9今岁])")
_I_AM = re.compile("我(?:是|叫|姓名是)(?P<name>[㐀-鿿]{2,4})(?=$|[,，。!?; ])")
_NO_NAME = re.compile("孩|他|她|爸|妈|爹|娘|爷|奶|姥|姑|姨|舅|叔|伯|哥|姐|弟|妹|的|家|要|想|在|来|去|咋|主任")
_AGE = re.compile(
    "(?<![0-9一二三四五六七八九十第初高])(?P<n>[0-9]{2}|[二三四五六七八]?十[一二三四五六七八九]?)(?![0-9一二三四五六七八九十百千万个元块号月日天点年])"
)
_AWAY = re.compile(
    "(?<![他她])都?在(?!家|老家|村)[^,。!?;]{1,6}(?:厂[里子]?|工地|上班|干活|务工)|(?:在|去|到)(?:外地|外头|国外|韩国|日本)"
    "|(?:俩人|两口子|爸妈|父母|爹妈)[^,。!?;]{0,4}(?:都|全)?(?:走了|出去了|不在家)|打工|进厂|务工|出国|劳务|上班|外出|出门|出去|做买卖|做生意|跑船|干活|(?:月|月底|号|初[一二三四五六七八九十]|明天|后天|几天|年后|正月|[0-9]日)[^,。!?;]{0,4}走|去[^,。!?;]{2,6}$"
)
_CHILD = re.compile("孩子|闺女|儿子|姑娘|丫头|小子|娃|女儿|大的|小的|老大|老二")
_CHILD_TOLD = re.compile(
    "岁|年级|初[一二三]|高[一二三]|幼儿园|上学|小学|初中|中学|念|读|大的|小的|[一二三四五六七八九十0-9]+个?孩子"
)
_CHILD_SAYS = re.compile(
    "(?:孩子|闺女|儿子|姑娘|丫头|小子|女儿|娃|他|她)[^,。!?;]{0,6}(?:乐意|愿意|想跟|不想|不肯|不干|哭|同意)"
)
_GOING_ON = re.compile("(?:在|正)[^,。!?;]{1,10}呢$")
"""她在里屋写作业呢 asks nothing."""
_ASKS = re.compile(
    "[吗么呢][?？]?$|[?？]$|(?P<x>[行能用要犯会可是])不(?P=x)|犯不犯|咋(?:办|整|弄)|姓啥|叫啥|给我个?电话|怎么|多少|是吧$|哪条|为啥|凭啥"
)
_TIRED = re.compile(
    "(?:带|照顾|照看|看|管|伺候)(?:不|不太)(?:动|了|下去|过来)|撑不住|实在(?:是)?(?:带|管|看)不|顶不住|(?:想|要)换个?人|不想(?:再)?(?:带|看|管)"
)
_ENTRUSTS = re.compile(
    "(?:想|要|打算|准备)把?[^,。!?;]{0,2}(?:孩子|闺女|儿子|姑娘|丫头|小子|女儿|娃)[^,。!?;]{0,3}(?:放|托|交|送|留|给)"
    "|(?:过几天|下个?月|明天|后天|年后|马上|快|想|要|准备|打算)[^。!?;]{0,4}(?:走|去[^,。!?;]{1,6}打工|出去打工|外出打工|出国)"
    "[^。!?;]{0,6}(?:孩子|闺女|儿子|姑娘|丫头|女儿|娃)[^。!?;]{0,4}(?:咋|怎么|谁|放|托|交|给|没人)"
)
_OF_NOTICE = (("school", "学校|老师|班主任"), ("village", "村|居委|社区|屯"))
_WRITTEN = re.compile("告知|书面|通知书|那份|那张|交了|交过|没交|没写|写了|去交")
_NOT_WRITTEN = re.compile("没|还要|得去|说要|准备|打算")
_GIVES_IT = re.compile("交了|写了|告诉了|报了|递了|交过|写好了")
_LEFT_TO_DO = re.compile(
    "还?[差缺剩](?:哪|啥|什么|几)|还有(?:啥|什么|哪)[^,。]{0,3}没[办弄做]|还[得要](?:办|弄|做)(?:啥|什么|哪)"
)
_TO_BE_VISITED = re.compile(
    "(?:让|请|叫|找)[^,，。?？]{0,5}主任[^,，。?？]{0,3}(?:来|联系|打电话|上门|到家)|(?:交上去|交|报上去|转过去|转给[^,。]{0,5})[吧呗]"
)
MYSELF = "我自己"
LONGEST_ASKED, LONGEST_WISH = 40, 60
_WANTS_CARER = re.compile(
    f"(?:能不能|能|可以|想|打算|要|那|不行就|要不)(?:不)?(?:把[^,。!?;]{{0,4}})?(?:让|托给?|交给|找|叫|请|换成?)(?:我|俺|孩子|她|他)?(?:{_KIN})[^,。!?;]{{0,6}}"
    "(?:看着?|带着?|照顾|照看|照管|管着?|来看|来带)(?![见到病])"
)


@dataclass(frozen=True)
class Wish:
    """What one message tells. `carer`: the words for who is to look after the child, `carer_name`, `carer_age`, `me`:
    the writer's own name, `phone`, `area`: the division named; `away`, `child`, `child_says`, `asks`: whether it tells
    of the journey, of the child, of what the child wants, or asks us something."""

    carer: str = ""
    carer_name: str = ""
    carer_age: int | None = None
    me: str = ""
    phone: str = ""
    area: str = ""
    away: bool = False
    child: bool = False
    child_says: bool = False
    asks: bool = False


def entrusts(text: str) -> bool:
    """Whether somebody who leaves asks what to do with the child, or wants to leave it with a person."""
    return _ENTRUSTS.search(normalise(text[:200]).text) is not None


def tells(text: str) -> bool:
    """Whether a message tells of the journey, the child, its wish, who is to look after it, or the place."""
    found = read(text)
    return bool(found.carer or found.away or found.child or found.child_says or found.area)


def wants_carer(text: str) -> bool:
    """Whether somebody asks, or wants, that a person he names looks after the child: 能不能让我妹看着 要办啥手续不."""
    said = normalise(text[:LONGEST_WISH]).text
    return len(text) <= LONGEST_WISH and _WANTS_CARER.search(said) is not None


def notices(text: str) -> dict[str, bool]:
    """What is said of the written notices to school and village: whether each is given (学校那份交了，村里的还没写)."""
    told: dict[str, bool] = {}
    said = normalise(text[:120]).text
    if _WRITTEN.search(said) is None:
        return {}
    for clause in re.split("[,。!?;]", said):
        for name, words in _OF_NOTICE:
            if re.search(words, clause) and (_GIVES_IT.search(clause) or _NOT_WRITTEN.search(clause)):
                told[name] = _GIVES_IT.search(clause) is not None and _NOT_WRITTEN.search(clause) is None
    return told


def asks_what_is_left(text: str) -> bool:
    """Whether somebody asks what is still to be done: 那我还差哪几样没办."""
    return len(text) <= LONGEST_ASKED and _LEFT_TO_DO.search(normalise(text).text) is not None


def hands_over(text: str) -> bool:
    """Whether somebody wants the child director to come now, and asks nothing: 行，请儿童主任来家吧."""
    said = normalise(text[:80]).text
    return _TO_BE_VISITED.search(said) is not None and _ASKS.search(said) is None and "非得" not in said


def tired(text: str) -> bool:
    """Whether whoever looks after a child cannot or will not go on."""
    return _TIRED.search(normalise(text[:200]).text) is not None


def read(text: str, asked: str = "") -> Wish:
    """Read one message; `asked`: the open question (carer, away, child, where, phone)."""
    plain = normalise(text[:400])
    said = plain.text
    numbers = [one for one in codes.find(text[:400]) if one.kind == "phone"]
    given = _GIVEN_TO.search(said)
    named = _KIN_NAMED.search(said) if given is None and (asked == "carer" or _CALLED.search(text[:400])) else None
    several = dict.fromkeys(one["who"] or one["does"] for one in _GIVEN_TO.finditer(said))
    carer = "、".join(several) if given else named["who"] if named else ""
    mine = _WITH_ME.search(said)
    carer = (mine["who"] or MYSELF) if mine is not None else carer
    # A name ends where the person left a space, which plain text does not show.
    called, me, best = _CALLED.search(text[:400]), _I_AM.search(text[:400]), places.find(text[:400]).best
    wanted_by_the_child = _CHILD_SAYS.search(said) is not None
    age = _AGE.search(_without(text[:400], numbers))
    child = _CHILD.search(said) is not None
    return Wish(
        carer="" if wanted_by_the_child else carer,
        carer_name=_name(called) if called and not child else _name(named) if named else "",
        carer_age=number(age["n"]) if age and not (child and not carer) else None,
        me=_name(me),
        phone=numbers[0].value if numbers else "",
        area=best.code if best is not None else "",
        away=_AWAY.search(said) is not None,
        child=child and _CHILD_TOLD.search(said) is not None,
        child_says=wanted_by_the_child,
        asks=len(said) <= LONGEST_ASKED and _ASKS.search(said) is not None and _GOING_ON.search(said) is None,
    )


def _name(hit: re.Match[str] | None) -> str:
    found = (hit["name"] or "") if hit is not None else ""
    return "" if _NO_NAME.search(found) else found


def _without(text: str, numbers: list[codes.Found]) -> str:
    for one in reversed(numbers):
        text = text[: one.start] + "," + text[one.end :]
    return normalise(text).text
