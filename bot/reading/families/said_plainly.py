"""What a family says plainly without naming what it is about: that the child has difficulties (说话晚 上学跟不上趟), in
which month they left (就四月底吧), and that an answer goes before a correction (没有重病 对了我说错了 闺女是十二).

Whose it is, only the talk it stands in can say. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.reading.measures import quantities

_CLAUSES = re.compile("[^,，。;；!！?？\\s]+")
_DIFFICULT = re.compile(
    "说话(?:晚|不清|不利索|费劲|说不(?:清|明白))|(?:不会|不能)(?:说话|走|走路|自理)"
    "|(?:上学|上课|学习|功课|念书)?[^,，。]{0,3}跟不上(?:趟|课|进度|班)?|(?:上学|上课|念书)[^,，。]{0,4}(?:费劲|吃力|困难|听不[清见着]|看不[清见着])"
    "|(?:走道|走路|穿衣|吃饭|上下楼|上厕所|干啥|做啥)[^,，。]{0,3}(?:费劲|吃力|不利索|不方便|困难|走不(?:了|稳|远))"
    "|(?:得|要|全靠|都得|离不开)[^,，。]{0,3}(?:背(?!书|课)|抱着|喂|伺候|陪着|搀|扶|接送|照料|看护)|(?:天天|每天|常年|老得|得天天)[^,，。]{0,3}(?:打针|吃药|输液|透析)|离不(?:开|了)人|自理不了|生活[^,，。]{0,3}不能自理"
    "|(?:康复|训练|看病|治病|治疗|吃药|护理)[^,，。]{0,6}(?:难|贵|跑|没断|不起|不上|费劲|常年|得去)"
    "|(?:上不了|不能|没法|没学校)[^,，。]{0,2}(?:上学|念书|收)|跟(?:人|小孩|别的孩子)[^,，。]{0,4}(?:玩不到|说不到|处不来)"
)
_OF_ANOTHER = re.compile(
    "^(?:他|她|孩子)?(?:爸|妈|爹|娘|爷|奶|姥|老头|老伴|老太太)|^(?:我|俺)(?!.*(?:背|抱|喂|陪|伺候|搀|扶))"
)
_NONE = re.compile("不(?:费劲|困难|吃力|影响|耽误)|没(?:有)?(?:啥|什么)?困难|跟得上|能跟上|正常|[吗么]$|算不算")
HAS_ONE = ("cert_held", "applying", "no_certificate", "yes", "in_catalogue", "serious_unconfirmed", "not_in_catalogue")
OF_ILLNESS = ("child_disability", "child_illness")
DIFFICULTY = "condition_difficulty"


def difficulty(clause: str) -> bool:
    """Whether a clause tells of a difficulty of the child in treatment, care, school or among others."""
    found = _DIFFICULT.search(clause) is not None
    return found and _OF_ANOTHER.search(clause) is None and _NONE.search(clause) is None


def difficulties(text: str, facts: Mapping[str, object]) -> dict[str, str]:
    """What such words mean of a child with a disability or an illness (JL-2.2.2); of another child nothing."""
    ill = any(facts.get(fact, "none") not in ("none", "unknown") for fact in OF_ILLNESS)
    told = ill and any(difficulty(one) for one in _CLAUSES.findall(text[:200]))
    return {DIFFICULTY: "yes"} if told else {}


_MONTH = (
    "(?:农历|阴历|阳历)?(?:去年|今年|前年)?(?:的)?"
    f"(?:{quantities.NUMBER}月份?|正月|冬月|腊月)(?:初|头|中旬?|底|末|尾|里|初?{quantities.NUMBER}(?:号|日)?)?"
)
_WHEN_ALONE = re.compile(
    f"(?:就|都|也|是|大概|大约|差不多|应该|估计|好像|得有|那|打|从|记得)*(?P<when>{_MONTH})(?:那会儿|那阵儿?|左右|前后|来着|吧|呢|的|了|呗|啊)*"
)
_TOGETHER = re.compile(
    "(?:他俩|俩|两个?|爸妈|他们)(?:人|口子)?(?:都)?(?:是)?一(?:块|起|块堆|堆|道)[儿]?(?:走|出去|去|儿)?的?|俩人一块"
)


def left_in(text: str) -> str:
    """The words with a month that stands alone taken for when somebody left: 俩人一块走的 就四月底吧 → 四月底走的. The
    same words where there is none, or they tell of something else as well."""
    each = _CLAUSES.findall(text[:60])
    alone = [hit for one in each if (hit := _WHEN_ALONE.fullmatch(one)) is not None]
    if len(alone) != 1 or any(not (_WHEN_ALONE.fullmatch(one) or _TOGETHER.fullmatch(one)) for one in each):
        return text
    return f"{alone[0]['when']}走的"


def together(text: str) -> bool:
    """Whether two are told to have left together."""
    return any(_TOGETHER.search(one) for one in _CLAUSES.findall(text[:60]))


_SLIP = re.compile(
    "^(?:对了|啊|哦|哎|诶|等等)*(?:我|俺)?(?:刚才|方才|前面|刚)?(?:说|记|写|打|弄|整)(?:错|岔|差|反)了?$|^不对$|^改一下$"
)
_YEARS = f"(?:{quantities.NUMBER})"
_CHILD = "(?:孩子|娃|闺女|丫头|姑娘|儿子|小子|孙子|孙女|大孙子|大孙女|外孙子?|外孙女|他|她|大的|小的|老大|老二)?"
_AGE_NOW = re.compile(
    f"^(?:哦|啊|哎|诶|对了|不对|那个)*{_CHILD}(?:今年|应该|其实|周岁)*(?:是|才|都)?(?P<new>{_YEARS})周?岁?(?:了|的|才对)?$"
)
_AGE_NOT = re.compile(f"^(?:可)?不是(?P<old>{_YEARS})周?岁?(?:了|的)?$")
_OF_BIRTH = re.compile("^(?:是)?属.{1,2}的?$")


_AND_NOT = re.compile("(?<=[0-9一二两三四五六七八九十岁])(?=不是[0-9一二两三四五六七八九十])")
"""是十一不是十二: two clauses without a mark."""


def is_slip(clause: str) -> bool:
    """Whether a clause only says that something is to be put right: 改一下, 说错了."""
    return _SLIP.match(clause) is not None


def _years(said: str) -> int | None:
    return quantities.number(said)


def age_put_right(text: str, known: object) -> tuple[str, int] | None:
    """What was said before a correction of the child's age, and the age that holds: 没有过 闺女十二岁 不是十一 → 没有过
    and 12. `known`: the age told before. None: no such correction."""
    each = _CLAUSES.findall(_AND_NOT.sub("，", text[:120]))
    slips = [at for at, one in enumerate(each) if _SLIP.match(one)]
    for at, clause in enumerate(each):
        new = _AGE_NOW.match(clause)
        if new is None:
            continue
        denied = [hit for one in each[at + 1 :] if (hit := _AGE_NOT.match(one)) is not None]
        denies = bool(denied) and _years(denied[-1]["old"]) == known
        slip = next((one for one in slips if one < at), None)
        if (denies or slip is not None) and (years := _years(new["new"])) is not None and years != known:
            return " ".join(each[: at if slip is None else slip]), years
    return None


def of_birth(clause: str) -> bool:
    """Whether a clause only tells of a birthday or the year's animal (属兔的, 正月十六的生日): kept as it was told."""
    return _OF_BIRTH.match(clause) is not None or re.search("(?:的|过)?生日$|^生日", clause) is not None


_ELDER = re.compile(
    "大字不识|不识(?:几个)?字|不认(?:得|识)?字|识字(?:不多|少)|没(?:啥)?文化|不会(?:打字|用手机|整手机|摆弄)|眼(?:睛|神)?(?:花|不好|看不清)"
    "|(?:孙子|孙女|外孙女?|邻居|别人|孩子|闺女|儿子)(?:给|帮|替|让)(?:我|俺)?(?:打的|点的|点(?:这个)?|弄的|整的)"
)


def reads_little(text: str) -> bool:
    """Whether somebody says that he hardly reads or types: he hears a short beginning, and one thing at a time."""
    return _ELDER.search(text[:80]) is not None


def of_the_check(text: str) -> bool:
    """Whether words name what the check is for: 查啥留守儿童."""
    return re.search("留守|困境|低保户?孩子", text[:80]) is not None


_OLD = "(?:老伴儿?|老头子?|老太太|老婆子|爷爷?|奶奶?|姥姥|姥爷|外公|外婆)"
_OF_THE_OLD = re.compile(f"(?:我|俺|孩子|他|她)?(?:家)?{_OLD}[^,，。\\s]{{0,2}}(?:得|有|患|查|是|的|病|瘫|犯)")


def ails_the_old(text: str) -> bool:
    """Whether it is a grandparent who is ill: 脑血栓是大病不 我老伴得的; nothing of it is told of child or parents."""
    each = _CLAUSES.findall(text[:120])
    return any(_OF_THE_OLD.match(one) for one in each)


_PLACE_OF_WORK = re.compile(
    "(?:在|搁|上|去)[^,，。\\s]{0,6}(?:厂子?|工厂|电子厂|服装厂|工地|饭店|饭馆|车间|公司|矿上|船上|超市|酒店)(?:里|那边|干活|上班)?(?:呢|的)?$"
)
_IN_SCHOOL = re.compile("孩子|娃|上学|念书|住院")


def at_a_place_of_work(text: str) -> bool:
    """Whether somebody is told to be where people work: 爹妈都在青岛厂子里."""
    each = _CLAUSES.findall(text[:120])
    return any(_PLACE_OF_WORK.search(one) and not _IN_SCHOOL.search(one) for one in each)


_LEFT_ME = "(?:跟|和|与|同)(?:我|俺)(?:早就?|都|已经)?(?:离(?:了|婚|异)|分开)"
_I_WITH = "(?:我|俺)(?:跟|和)(?:孩子|娃|他|她)的?"
_OF_CHILD = "(?:孩子|娃|他|她)的?(?:他|她)?"
_HE_LEFT = re.compile(f"{_OF_CHILD}(?:爸爸?|爹)[^,，。]{{0,3}}{_LEFT_ME}|{_I_WITH}(?:爸爸?|爹)[^,，。]{{0,4}}离")
_SHE_LEFT = re.compile(f"{_OF_CHILD}(?:妈妈?|娘)[^,，。]{{0,3}}{_LEFT_ME}|{_I_WITH}(?:妈妈?|娘)[^,，。]{{0,4}}离")


_GIVEN_TO_ME = re.compile(
    "离(?:婚|了|异)[^。]{0,8}(?:孩子|娃|闺女|儿子|丫头|小子|他|她)?(?:判给|归|跟)了?(?:我|俺)(?!妈|爸|爹|娘|婆|公)[^。]{0,8}(?:他|她|孩子|娃)(?:他|她)?(?P<other>爸|爹|妈|娘)"
)
"""离婚了孩子判给我 他爸在外地: who has the child is the other parent."""


def divorced_parent(text: str) -> str | None:
    """Who writes, where he or she tells of the own divorce: 孩子爸跟我离了 says the mother; None: nobody does."""
    if (given := _GIVEN_TO_ME.search(text[:120])) is not None:
        return {"爸": "mother", "爹": "mother"}.get(given["other"], "father")
    return "mother" if _HE_LEFT.search(text[:120]) else "father" if _SHE_LEFT.search(text[:120]) else None


_CARED = re.compile("^(?:都|也|孩子|娃|[他她]|现在|就)*有人(?:好好)?(?:照顾|管|照看|带|看着|伺候)(?:着|呢|的|了|啊)*$")


def is_cared_for(text: str) -> bool:
    """Whether a clause says that somebody looks after the child: 有人照顾."""
    return any(_CARED.match(one) for one in _CLAUSES.findall(text[:120]))
