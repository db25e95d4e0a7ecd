"""What a message tells about a child, beside danger: signs, who speaks, who may have done it, age, since when.

Deterministic and cautious: what is not said stays None, "unknown" or empty. The words are in `data/lexicon`
(signs.txt, tellers.txt, suspects.txt); denial, quotation and questions about rules come from `scope`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.reading.lexicon import lines, regex
from bot.reading.normalise import Plain, normalise
from bot.reading.scope import Scene

Span = tuple[int, int]

_NUMBERS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_AGE = re.compile(
    r"(?<![0-9一二三四五六七八九十])(?P<n>[0-9]{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(?:周岁|岁)(?!数)"
)
_OLDER = re.compile(r"(?:爷|奶|姥|妈|爸|爹|老人|老头|大爷|大娘|男的|女的|叔|婶|舅|姑|姨|我今年)[^,。!?;]{0,4}$")
_FEMALE = re.compile("女孩|小姑娘|姑娘|闺女|女儿|孙女|丫头|女娃|女生|女童|侄女|外甥女|妹妹|女婴|女学生")
_MALE = re.compile("男孩|小子|儿子|孙子|男娃|男生|男童|侄子|外甥(?!女)|弟弟|男婴|男学生|小伙子")
_WHEN = re.compile(
    r"(?:昨[天晚儿]|前[天晚儿]|今[天早晚儿]|上[个]?(?:周|星期|礼拜|月)|这(?:几天|两天|段时间|阵子|个月)|最近|去年|前年|"
    r"[0-9一二两三四五六七八九十]+月[0-9一二两三四五六七八九十]*[号日]?|过完年|开学|放假|刚才|刚刚|"
    r"(?:快|有|都|好)?(?:[0-9一二两三四五六七八九十半几]+(?:个)?(?:多)?(?:天|周|星期|礼拜|月|年)|半个?[月年]|仨月|俩月|俩礼拜)"
    r"(?:了|多了|以前|前|多)?)"
)
_STILL = re.compile("还在|一直|现在还|到现在|天天|经常|总是|每天|没停|仍然")
_CHILD = re.compile(
    r"(?:(?:老?[一-鿿]{1,2}家)的?(?:[大二三四五小]?(?:孩子|丫头|小子|儿子|闺女|女儿|孙子|孙女|姑娘|娃))"
    r"|[一二三四五六七八九初高]{1,2}(?:年级|[一二三])[0-9一二三四五六七八九]{0,2}班?的?(?:[一-鿿]{1,3}同学|学生|小[一-鿿])"
    r"|叫(?P<name>[一-鿿]{2,3})(?=[,。!?;的 ]|$|今年|在|住|上))"
)
_NO_DANGER = re.compile("现在没(?:有)?(?:危险|事)|没(?:有)?危险|眼下没事|孩子(?:现在)?(?:没事|安全)")
_IN_DANGER = re.compile("现在(?:很|就)?(?:有)?危险|(?<!没)(?<!没有)有(?:生命)?危险")
_OTHER_CARES = re.compile(
    r"(?:奶奶|爷爷|姥姥|姥爷|姑姑?|大姨|舅舅?|叔叔?|亲戚|姐姐|大娘|爸爸?|妈妈?)[^,。!?;没不]{0,6}(?:照顾|照看|带着|看着|伺候|照料|管着)(?!不|的人)"
)
_NOBODY_CARES = re.compile("(?:也)?没(?:有)?(?:别人|其他人|别的大人|人)(?:管|照顾|照看|看)|没有?大人")
_HURT_NOW = re.compile("流血|出血|血(?:还)?(?:在|往)|受伤|伤(?:得|的)|昏迷|骨折|动不了|在医院|砸坏|摔断")


@dataclass(frozen=True)
class Told:
    """Facts with the ids and values of reports.yml#told_facts; spans are places in the text as written.

    `suspect_is_chain`: roles of our own chain that are named (儿童主任 …) together with harm or a complaint.
    """

    signs: tuple[str, ...] = ()
    harm_tense: str = "unknown"
    suspect_relation: str = "unknown"
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


def read(text: str) -> Told:
    """Read one message for everything it tells. Any text is taken; never raises."""
    plain = normalise(text)
    scene = Scene(plain)
    said = plain.text
    signs = _signs(scene)
    who, unit = _teller(scene)
    harmful = bool(signs)
    chain = tuple(role for role, pattern in _chain() if harmful and pattern.search(said))
    return Told(
        signs=signs,
        harm_tense=_tense(scene, signs),
        suspect_relation=_suspect(said) if harmful else "unknown",
        suspect_is_chain=chain if {"complaint", "complaint_harm"} & set(signs) or _suspect(said) == "staff" else (),
        child_age_years=_age(said),
        child_sex=_sex(said),
        other_adult_cares="no" if _NOBODY_CARES.search(said) else "yes" if _OTHER_CARES.search(said) else "unknown",
        injured_now="yes" if _hurt_now(scene) else "unknown",
        danger_now="no" if _NO_DANGER.search(said) else "yes" if _IN_DANGER.search(said) else "unknown",
        reporter_type=who,
        unit=unit,
        when=_span(plain, _WHEN.search(said)),
        child_ref=_span(plain, _CHILD.search(said)),
        still_going="yes" if _STILL.search(said) else "unknown",
    )


def _signs(scene: Scene) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for sign, pattern in _patterns():
        if sign in found:
            continue
        for hit in pattern.finditer(scene.text):
            scope = scene.at(hit.start(), hit.end())
            asked = scope.asking and sign not in ("eligibility_question", "policy_question", "hardship", "complaint")
            if not (scope.negated or scope.quoted or asked or (scope.note and scope.over)):
                found[sign] = None
                break
    return tuple(found)


def _teller(scene: Scene) -> tuple[str | None, str | None]:
    for who, unit, pattern in _tellers():
        hit = pattern.search(scene.text)
        if hit and not scene.at(hit.start(), hit.end()).negated:
            return who, unit if unit != "none" else None
    return None, None


def _suspect(said: str) -> str:
    """The relation named first; unknown when nobody is named."""
    hits = [(hit.start(), relation) for relation, pattern in _relations() if (hit := pattern.search(said))]
    return min(hits)[1] if hits else "unknown"


def _tense(scene: Scene, signs: tuple[str, ...]) -> str:
    if not signs:
        return "unknown"
    if re.search("怀疑|可能|好像|疑似|估计|八成|不知道是不是", scene.text):
        return "suspected"
    if re.search("怕(?:他|她|孩子)|要是|早晚|扬言|威胁说|说要(?:打|杀|弄)", scene.text):
        return "at_risk"
    return "suffered"


def _age(said: str) -> int | None:
    for hit in _AGE.finditer(said):
        if _OLDER.search(said[: hit.start()]):
            continue
        years = _number(hit["n"])
        if years is not None and years < 18:
            return years
    return None


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _NUMBERS.get(text)
    return (_NUMBERS[tens] if tens else 1) * 10 + (_NUMBERS[ones] if ones else 0)


def _sex(said: str) -> str:
    female, male = _FEMALE.search(said), _MALE.search(said)
    if bool(female) == bool(male):
        return "unknown"
    return "female" if female else "male"


def _hurt_now(scene: Scene) -> bool:
    hit = _HURT_NOW.search(scene.text)
    if hit is None:
        return False
    scope = scene.at(hit.start(), hit.end())
    now = scope.when == "now" or "还在流" in scene.text or "在医院" in hit.group()
    return now and not scope.negated and not scope.quoted


def _span(plain: Plain, hit: re.Match[str] | None) -> Span | None:
    return plain.span(hit.start(), hit.end()) if hit else None


def _columns(name: str, count: int) -> Iterator[list[str]]:
    for line in lines(name):
        yield [part.strip() for part in line.split("|", count - 1)]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((sign, re.compile(regex(pattern))) for sign, pattern in _columns("signs.txt", 2))


@cache
def _tellers() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((who, unit, re.compile(regex(pattern))) for who, unit, pattern in _columns("tellers.txt", 3))


@cache
def _relations() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (row for row in _columns("suspects.txt", 2) if row[0] != "chain")
    return tuple((relation, re.compile(regex(pattern))) for relation, pattern in rows)


@cache
def _chain() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (row[1].split("|") for row in _columns("suspects.txt", 2) if row[0] == "chain")
    return tuple((role.strip(), re.compile(regex(pattern.strip()))) for role, pattern in rows)
