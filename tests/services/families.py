"""Families as they really come with the question whether their child counts: what they say, what they answer, and what
they have to hear. The results follow from eligibility.md §4 and §5, not from the engine."""

from __future__ import annotations

from typing import NamedTuple

TODAY = "2026-11-23"


class Family(NamedTuple):
    """One family. `said`: message by message; `answers`: by a part of the question; `otherwise`: to everything else.

    `met`, `open`: rules that have to be called 初步符合 or 需要进一步核实; `not_met`: parts of a line of 暂不符合.
    """

    who: str
    said: tuple[str, ...]
    met: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    otherwise: str = "没有"


def wrong(family: Family, result: str) -> list[str]:
    """What of a result is not what this family has to hear: a rule that is missing under its mark, or one too many."""
    lines = result.splitlines()
    met = [line for line in lines if line.startswith("✔")]
    open_now = [line for line in lines if line.startswith(("？", "?"))]
    not_met = [line for line in lines if line.startswith("✘")]
    marked = ((family.met, met), (family.open, open_now), (family.not_met, not_met))
    found = [label for labels, under in marked for label in labels if not any(label in line for line in under)]
    return found + met[len(family.met) :]


LB = "留守儿童"
CARED = (("可靠的大人", "照顾得挺好"), ("reliable adult", "well cared for"))
VISITS = (("回来过吗", "过年回来几天"), ("come home", "yes, for some days"))

FAMILIES = (
    Family(
        "a grandmother whose son and his wife both work away",
        ("我孙子九岁，算不算留守儿童，他爸他妈都在大连打工两年了，孩子跟我过",),
        met=(LB,),
        not_met=("家庭困境",),
        answers=(*CARED, *VISITS),
    ),
    Family(
        "a confused grandmother who knows nothing",
        ("我孙子算不算留守儿童",),
        open=(LB, "孤弃儿童", "低保、特困、建档立卡"),
        otherwise="不知道",
    ),
    Family(
        "a father who tells three things at once and then puts one right",
        ("孩子算不算留守儿童", "孩子9岁，我在大连打工五个月，他妈在家", "不是五个月是九个月"),
        not_met=("留守儿童”的条件（原因：母亲在家",),
        answers=(*CARED, *VISITS),
    ),
    Family(
        "a widow who writes English",
        (
            "Is my daughter eligible? She is 9 and lives with her grandmother. "
            "I work in Shanghai for 8 months, my husband died",
        ),
        met=("Left-behind child (留守儿童)",),
        answers=(*CARED, *VISITS),
        otherwise="no",
    ),
    Family(
        "a mother who writes traditional characters",
        ("我閨女十歲，我在蘇州打工一年，她爸在韓國打工兩年，孩子跟奶奶過，算不算留守兒童",),
        met=(LB,),
        answers=(("可靠的大人", "有人照顧"), ("回来过吗", "過年回來幾天")),
        otherwise="沒有",
    ),
    Family(
        "parents who left a few days less than half a year ago",
        ("他爸他妈都在沈阳打工半年了，孩子10岁跟爷爷，爷爷照顾得挺好，没回来过，算留守吗",),
        not_met=(LB,),
        answers=(("哪一天走的", "5月24号"),),
    ),
    Family(
        "parents who left half a year ago to the day",
        ("他爸他妈都在沈阳打工半年了，孩子10岁跟爷爷，爷爷照顾得挺好，没回来过，算留守吗",),
        met=(LB,),
        answers=(("哪一天走的", "5月23号"),),
    ),
    Family(
        "a child who lives with its parents at the place of work",
        ("我俩在大连打工三年，孩子8岁跟着我们在大连上学，算留守儿童吗",),
        not_met=(LB,),
        answers=(*CARED, ("一个人住", "不是"), *VISITS),
    ),
    Family(
        "a father who works in the same county",
        ("孩子7岁跟奶奶，奶奶照顾得挺好，他爸他妈都在县城打工一年，算留守吗",),
        not_met=(LB,),
        answers=VISITS,
    ),
    Family(
        "a family on 低保 with a boy of sixteen and a half",
        ("我家吃低保，儿子2010年5月1号生的，他爸他妈在北京打工两年，孩子跟我过，算不算留守困境",),
        met=("低保、特困、建档立卡",),
        not_met=(LB,),
        answers=(*CARED, *VISITS),
    ),
    Family(
        "a grandmother whose son died and whose daughter-in-law is in prison",
        ("俺孙女八岁 她爸没了 她妈坐牢判了五年 我带着呢 算困境儿童不",),
        met=("一方死亡或宣告失踪，另一方服刑", "参照孤儿保障", "事实无人抚养（失联、服刑等类）"),
        answers=CARED,
    ),
    Family(
        "an uncle who took in an orphan",
        ("我外甥12岁，他爸妈都车祸没了，跟我过，我是他舅舅，能申请啥补助吗",),
        met=("孤弃儿童",),
        answers=CARED,
    ),
    Family(
        "a grandmother whose daughter cannot be found, with the receipt of the police",
        ("他妈跑了三年没音信 报警了有回执 他爸去年去世了 孩子五岁跟姥姥过 算困境吗",),
        met=("事实无人抚养（失联、服刑等类）",),
        answers=CARED,
    ),
    Family(
        "a father away whose wife left without a word, never reported",
        ("孩子6岁跟奶奶过，我在山东打工一年多，他妈跑了两年了没音信，没报警，算不算留守",),
        open=(LB,),
        answers=(*CARED, *VISITS),
    ),
    Family(
        "parents of a disabled girl",
        ("闺女6岁，有残疾证二级，我和她爸都在家，照顾得挺好，算困境儿童吗",),
        met=("自身困境·残疾儿童",),
        not_met=(LB,),
        answers=(("困难吗", "有困难"), ("情况？", "在"), ("在家还是", "在家"), ("流浪", "没有")),
    ),
    Family(
        "a family on 低保 whose child has leukaemia",
        ("家里吃低保 孩子七岁得了白血病 跟爸妈住 都在家 照顾得挺好 算困境不",),
        met=("低保、特困、建档立卡",),
        open=("自身困境·重病儿童",),
        answers=(("困难吗", "有困难"), ("流浪", "没有"), ("情况？", "在"), ("在家还是", "在家"), ("一个人住", "不是")),
    ),
    Family(
        "a family in which both parents are disabled",
        ("孩子8岁，他爸肢体残疾二级，他妈精神残疾三级，都在家，跟爷爷奶奶一起住，算困境儿童吗",),
        met=("父母双方残疾或重病", "事实无人抚养（残疾、重病类）"),
        answers=(*CARED, ("流浪", "没有"), ("情况？", "在")),
    ),
    Family(
        "an aunt: the father in compulsory rehab, the mother in prison",
        ("孩子5岁，他爸强制隔离戒毒，他妈在监狱服刑判了三年，我是他姑姑，孩子我带着，算困境儿童吗",),
        met=("父母双方服刑在押或强制隔离戒毒",),
        answers=CARED,
    ),
    Family(
        "parents away with a business of their own",
        ("孩子9岁跟奶奶，奶奶照顾得挺好，他爸他妈在沈阳做买卖三年了，算留守吗",),
        open=(LB,),
        answers=VISITS,
    ),
    Family(
        "a divorced mother at home in a village",
        ("我离婚了，孩子8岁跟我在农村过，我在家，他爸在沈阳打工三年，算留守吗",),
        open=("农村单亲",),
        not_met=(LB,),
        answers=(*CARED, *VISITS, ("什么人", "妈妈"), ("单亲", "是"), ("农村", "是")),
    ),
    Family(
        "a girl of twelve who asks for herself",
        ("我12岁 我爸妈都在韩国打工三年了 我跟姥姥住 我算留守儿童吗",),
        met=(LB,),
        answers=(*CARED, *VISITS),
    ),
    Family(
        "a grandmother whose granddaughter was taken in without papers",
        ("我外孙女是抱养的，没办手续，今年4岁，跟我过，算困境儿童吗",),
        open=("监护困境·其他",),
        answers=(*CARED, ("亲生父母", "不知道"), ("情况？", "不知道"), ("在家还是", "不知道")),
    ),
    Family(
        "a child director who describes a family of the village",
        ("我是村里的儿童主任，老王家孙女八岁，爹妈都在青岛打工一年半了，孩子跟爷爷奶奶过，你看算不算留守儿童",),
        met=(LB,),
        not_met=("家庭困境",),
        answers=(*CARED, *VISITS),
    ),
    Family(
        "a grandmother who dictates without a comma",
        (
            "那个我想问一下啊我家孙女今年十岁了她爸她妈呢都在广州打工大概走了有三年多了吧"
            "过年的时候回来个几天平时就是我跟她爷爷带着照顾得挺好你看这算不算留守儿童",
        ),
        met=(LB,),
        answers=(*CARED, *VISITS),
    ),
    Family(
        "a grandmother who writes traditional characters",
        ("我孫子八歲 他爸媽都在韓國打工三年多了 孩子跟我過 這算留守兒童嗎", "照顧得挺好"),
        met=(LB,),
        answers=(("可靠的大人", "照顧得挺好"), ("回来过吗", "過年回來幾天")),
        otherwise="沒有",
    ),
    Family(
        "a left-behind girl with a disability whose family lives on 低保",
        (
            "孙女9岁跟我过，我照顾得挺好，她爸她妈都在上海打工两年，过年回来几天",
            "家里吃低保，孩子有残疾证，三级，看病挺困难的，算哪一种困境",
        ),
        met=(LB, "低保、特困、建档立卡", "自身困境·残疾儿童"),
        answers=(*CARED, *VISITS, ("困难吗", "有困难")),
    ),
    Family(
        "a grandfather who counts in 虚岁",
        ("孙子虚岁十七了，他爸他妈在大连打工两年，孩子跟我过，还算不算留守",),
        not_met=(LB,),
        answers=(("多大", "2010年3月8号生的"), *CARED, *VISITS),
    ),
    Family(
        "an English father whose wife died and whose son is kept by his aunt",
        (
            "does my son qualify for any help? he is 7, his mother died, I work in Shenzhen since two years",
            "he lives with his aunt",
        ),
        met=("Left-behind child (留守儿童)",),
        answers=(*CARED, *VISITS),
        otherwise="no",
    ),
)
