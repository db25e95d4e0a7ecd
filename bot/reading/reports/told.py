"""What a message tells about a child, beside danger: signs, who speaks, who may have done it, which child, since when.

Deterministic and cautious: what is not said stays None, "unknown" or empty, and is never "no". The words are in
`data/lexicon`; `signs`, `people`, `children` and `quantities` read them, `scope` knows how they are meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.reading.dangers.scope import Scene
from bot.reading.measures import quantities
from bot.reading.normalise import FRESH, normalise
from bot.reading.persons import children, people, suspects
from bot.reading.reports import only_named
from bot.reading.reports import signs as signs_of

Span = tuple[int, int]

_END_OF_A_YEAR = date(2023, 12, 31)
"""A Sunday and the end of a year: no day that people name lies after it. Only places are wanted, so any day serves."""
_JUST_NOW = re.compile("刚才|方才|刚刚")
"""刚才没动静 昨个晚上抽的: what was not just now is no moment of it."""
_MY_WORK = re.compile("(?:带|教|接手|毕业|当)(?:的|过|了|班|她|他)")
"""二班是我去年带的: of the writer's own work."""
_STILL_TO_COME = re.compile("(?:再)?过$")
"""过两天看看再说: no time since when."""
_WAIT = re.compile("(?:[天日月]|之?后)?(?:再|看看|来|去|就(?:要|得|会))")
_BEFORE_TIME = re.compile("(?:自从|从|打从|打|自)$")
_TIME = re.compile(
    "(?:[今昨前大]+[天儿个晚]?的?(?:后晌|晌午|下晚|傍晚|早上|早晨|上午|下午|中午|晚上|夜里|半夜|头晌|晚|黑天)"
    "|(?:今|昨|前|大前)(?:儿个|个儿|儿|天|晚|夜)|(?:去年|前年|今年|头年|昨年)?(?:入冬|入秋|开春|上秋|秋收|上冬|猫冬)"
    "|(?:上|头|前)(?:个|俩|几个)?(?:学期|月)|(?:国庆|中秋|五一|十一|清明|端午|元旦|元宵)(?:节)?(?:那天|前|后|放假|期间)"
    "|前一阵子?|头几天|头两天|前两天|打小|从小(?!学|区|卖|麦)|(?:腊月|正月|冬月)(?:二?十?[一二三四五六七八九]|[二三]?十|初[一二三四五六七八九十])?|十月一|"
    "刚才|方才|刚刚|(?:今|当)晚|(?<!到)(?<!到后)(?:夜里|半夜))"
)
_AFTER_TIME = re.compile(
    "(?:的?(?:后晌|晌午|下晚|傍晚|早上|早晨|上午|下午|中午|晚上|夜里|半夜|放学|入冬|入秋|开春|冬天|夏天|开学|年底|年初)(?:以?后)?"
    "|那几?天|一?放假|的?(?:腊月|正月|冬月)|以?后|以?前|开始|以来|起|那会儿?|多|了|(?:一直)?到(?:现在|如今|这会儿?|今天)|至今|[,]?(?:一直)?到现在)+"
)
_SCHOOL_YEAR = re.compile("[0-9一二三四五六七八九十]{1,2}班")
_WITHOUT = re.compile("[多了]?(?:都|也|就|只)?(?:没|不|只)[^,。!?;]{0,2}(?:吃|喝|睡|洗)")
_NO_TIME = re.compile(
    "天[^,。!?;]{0,3}[0-9一二两三四五六](?:顿|遍|回|次)|天[^,。!?;]{0,4}(?:没|不|都|就|老|总|到黑|到晚)|天?(?:就|才|也|都)?(?:给|挣|开|发|工资|[0-9一二三四五六七八九]+[千百])"
)
"""一天天没人管, 一个月给八百: no time since when."""
_EACH_TIME = re.compile("一[喝打闹走干赌耍玩醉骂]就(?:是|得|要)?$")
"""一喝就三四天: how long it goes on each time, not since when."""
_SINCE_SCHOOL_YEAR = re.compile("(?:小学|初中|高中)?[一二三四五六七八九]年级(?=开始|起)")
_STILL = re.compile("还在|一直|现在还|到现在|天天|经常|总是|每天|没停|仍然|老是|三天两头|隔三差五|动不动")

_ADULT = "奶奶|爷爷|姥姥|姥爷|姑姑?|大?姨|舅舅?|叔叔?|亲戚|姐姐|大娘|爸爸?|妈妈?|婶子?|大伯|保姆"
_CARES = re.compile(
    f"(?P<who>{_ADULT})[^,。!?;没不]{{0,6}}(?:照顾|照看|照料|伺候|带着|管着)(?!不|的人|起来费|得?吃力|[^,。]{{0,3}}(?:走|跑))"
)
_NOBODY_CARES = re.compile("没(?:有)?(?:别人|其他人|别的大人|人)(?:管|照顾|照看|照料|看(?!见|到|出))|(?<!有)没有?大人")
_NOT_CARED_NOW = re.compile("以前|原来|原先|之前|本来|能不能|可不可以|想让|应该|打算|谁")
_HURT_NOW = re.compile("流血|出血|血(?:还)?(?:在|往)|受伤|伤(?:得|的)|昏迷|骨折|动不了|在医院|砸坏|摔断")
_SAFE = re.compile(
    "(?:现在|眼下|目前|这会儿?|暂时|已经)(?:就|也|都|算|是|还)?(?:没(?:有)?(?:啥|什么)?(?:危险|事儿?)|安全|不打了|消停|平静)了?(?![吗么吧不没?])"
    "|(?<!有)没(?:有)?(?:啥|什么)?危险(?![吗么吧?])|危险(?:倒|是|也|就|那|可|啥的|什么的)*(?:没有|没(?=$|[,。]))(?![吗么吧?])|(?:孩子|我|人|她|他)(?:现在)?(?:没事儿?了?|安全了?|很安全)(?![吗么吧不?])"
    "|^没事儿?了$"
)
_GONE = re.compile(
    "(?:^|[,。!?;\n])(?:他|那人|那个人|打人的|坏人|我爸|我爸爸|爸爸|我后爸|继父)(?:现在|刚|刚刚|已经|都)?"
    "(?:走了|出去了|睡了|睡着了|出门了)(?=[,。!?;\n]|$)"
)
_IN_DANGER = re.compile(
    "现在(?:很|就|还)?(?:有)?(?:生命)?危险(?![吗么不没?])|(?<!没)(?<!没有)有(?:生命)?危险(?![吗么不没?])|不安全(?![吗么?])"
)
_NOBODY_IN = re.compile("(?:^|[^里家边旁前])(?:没(?:有)?(?:什么|啥|一个)?人|没谁|谁也没|谁都没|哪|不觉得|不算)$")
"""没人有危险; but 家里没人 有危险."""
_ASKS = re.compile("有没有$|是否$|会不会$|是不是$")
_SUSPECTED = re.compile("怀疑|有没有|是不是|可能|好像|疑似|估计|八成|不知道是不是|没准|说不定|感觉像|听说|不确定")
_AT_RISK = re.compile(
    "怕(?:他|她|孩子|娃|再|[^,。]{0,5}再)|(?:要是|万一)[^,。]{0,6}再|早晚|迟早|扬言|威胁[^,。]{0,3}说|说要(?:打|杀|弄|收拾|卖)"
)


@dataclass(frozen=True)
class Told:
    """Facts with the ids and values of reports.yml#told_facts; spans are places in the text as written.

    `suspect_is_chain`: roles of our own chain that are named as doer, relative, protector or complained about.
    `still_going`: "yes" when something goes on; never "no". `suspect_is_reporter`: "yes" when the writer says that he
    did it himself; never "no".
    """

    signs: tuple[str, ...] = ()
    harm_tense: str = "unknown"
    suspect_relation: str = "unknown"
    suspect_is_reporter: str = "unknown"
    suspect_is_chain: tuple[str, ...] = ()
    child_age_years: int | None = None
    child_sex: str = "unknown"
    other_adult_cares: str = "unknown"
    injured_now: str = "unknown"
    danger_now: str = "unknown"
    reporter_type: str | None = None
    unit: str | None = None
    when: Span | None = None
    child_ref: Span | None = None
    still_going: str = "unknown"


@lru_cache(maxsize=FRESH)
def read(text: str) -> Told:
    """Read one message for everything it tells. Any text is taken; never raises."""
    plain = normalise(text)
    scene = Scene(plain)
    said = plain.text
    found = signs_of.find(scene)
    ids = tuple(dict.fromkeys(one.sign for one in found))
    named = only_named.left_out(text, ids)
    ids = tuple(one for one in ids if one not in named)
    speaker = people.teller(scene)
    deeds = [(one.start, one.end) for one in found if one.sign in signs_of.DONE_BY_SOMEBODY]
    doer = suspects.suspect(scene, deeds, speaker.kind)
    complaint = bool({"complaint", "complaint_harm"} & set(ids))
    trouble = bool(set(ids) - signs_of.ONLY_ASKING)
    when, child = _when(said), children.reference(plain, own_name=speaker.kind == "child_self")
    return Told(
        signs=ids,
        harm_tense=_tense(said) if set(ids) - signs_of.HARMLESS else "unknown",
        suspect_relation=people.RELATION_OF[doer.group] if doer else "unknown",
        suspect_is_reporter="yes" if doer and doer.word == suspects.MYSELF else "unknown",
        suspect_is_chain=_of_the_chain(text, suspects.conflicted(said, doer, complaint=complaint) if trouble else ()),
        child_age_years=children.age(said, own=speaker.kind == "child_self"),
        child_sex=children.sex(said),
        other_adult_cares=_cared_for(scene, found),
        injured_now="yes" if _hurt_now(scene) else "unknown",
        danger_now=_danger_now(said),
        reporter_type=speaker.kind,
        unit=speaker.unit,
        when=plain.span(*when) if when else None,
        child_ref=plain.span(*child) if child else None,
        still_going="yes" if _STILL.search(said) else "unknown",
    )


def _of_the_chain(text: str, conflicted: tuple[str, ...]) -> tuple[str, ...]:
    """Who is conflicted, and who is asked to be kept out of it."""
    return tuple(dict.fromkeys((*conflicted, *suspects.left_out(text))))


def _tense(said: str) -> str:
    if _SUSPECTED.search(said):
        return "suspected"
    return "at_risk" if _AT_RISK.search(said) else "suffered"


def _cared_for(scene: Scene, found: list[signs_of.Found]) -> str:
    """A "yes" can make a report less urgent: it wants a grown-up who cares now and is not told to be unable."""
    if _NOBODY_CARES.search(scene.text):
        return "no"
    failing = "".join(scene.text[one.start : one.end] for one in found if one.sign not in _NOT_ABOUT_CARERS)
    for hit in _CARES.finditer(scene.text):
        scope = scene.at(hit.start(), hit.end())
        sentence = scene.text[scene.sentence(*hit.span())[0] : hit.end()]
        doubtful = scope.negated or scope.supposed or scope.asking or scope.quoted or _NOT_CARED_NOW.search(sentence)
        if not doubtful and hit["who"][0] not in failing:
            return "yes"
    return "unknown"


_NOT_ABOUT_CARERS = frozenset(
    {"parents_silent", "hardship", "eligibility_question", "policy_question", "psych_concern"}
)


def _hurt_now(scene: Scene) -> bool:
    hit = _HURT_NOW.search(scene.text)
    if hit is None:
        return False
    scope = scene.at(hit.start(), hit.end())
    now = scope.when == "now" or "还在流" in scene.text or "在医院" in hit.group()
    return now and not scope.negated and not scope.quoted


def _danger_now(said: str) -> str:
    in_danger = _IN_DANGER.search(said)
    if in_danger and _NOBODY_IN.search(said[: in_danger.start()]):
        return "no"
    if in_danger and not _ASKS.search(said[: in_danger.start()] + in_danger.group()[:1]):
        return "yes"
    return "no" if _SAFE.search(said) or _GONE.search(said) else "unknown"


def _when(said: str) -> Span | None:
    """The first time or length of time told, with the words that belong to it: 打去年入冬, 过完年到现在, 昨儿后晌."""
    spans = [(one.start, one.end) for one in quantities.days(said, _END_OF_A_YEAR)]
    spans += [hit.span() for hit in _TIME.finditer(said)]
    spans += [
        (one.start, one.end)
        for one in quantities.durations(said)
        if (one.months or one.days or not one.hours)
        and not _SCHOOL_YEAR.match(said, one.end)
        and not _WITHOUT.match(said, one.end)
        and not _NO_TIME.match(said, one.end - 1 if said[one.end - 1] == "天" else one.end)
        and not _EACH_TIME.search(said[: one.start])
    ]
    spans += [hit.span() for hit in _SINCE_SCHOOL_YEAR.finditer(said)]
    in_ages = bytearray(len(said))
    for one in quantities.ages(said):
        in_ages[one.start : one.end] = b"\1" * (one.end - one.start)
    free = [span for span in spans if said[slice(*span)] != "今年" and not any(in_ages[slice(*span)])]
    free = [span for span in free if not (said[: span[0]].endswith("我") and _MY_WORK.match(said, span[1]))]
    free = [span for span in free if not (_STILL_TO_COME.search(said[: span[0]]) and _WAIT.match(said, span[1]))]
    free = [span for span in free if not (_JUST_NOW.match(said, span[0]) and said.startswith("没", span[1]))]
    if not free:
        return None
    start, end = min(free, key=lambda span: (span[0], -span[1]))
    before = _BEFORE_TIME.search(said[:start])
    after = _AFTER_TIME.match(said, end)
    return before.start() if before else start, after.end() if after else end
