"""An answer to one question about a family, and corrections of what was told before.

`value` reads what answers this very question where `family.read` found nothing that names it: 是, 没有, 九个月, 二级,
说不准. `corrected` reads 不是五个月是九个月 against what is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.reading.families import assistance, away, checking, family, grades, unnamed
from bot.reading.families.family_corrected import corrected as corrected
from bot.reading.measures import quantities
from bot.reading.normalise import normalise
from bot.reading.persons import kin
from bot.reading.reports import corrections
from bot.reading.talk import answers as short
from bot.reading.talk import replies

UNKNOWN = "unknown"
Value = str | int

_UNKNOWN = re.compile(
    "^[^,。!?;]{0,6}(?:不知道|不清楚|不晓得|说不准|说不好|说不清|记不清|记不得|不记得|不太清楚|忘了|"
    "不好说|没法说|谁知道|不确定|不懂(?!啥|什么|政策|规定|这个)|[整闹搞]不(?:明白|清)|弄不清|没问过|没打听|"
    "不方便|不想说|不愿意说)"
    "[^,。!?;]{0,8}$|^(?:都|也|还|从来)?没办过(?:呢|啊)?$"
    "|^(?:i )?(?:do ?n.?t|do not) know|^(?:i ?.?d? ?)?(?:would )?(?:rather|prefer) not"
    "|^not sure|^no idea|^unknown"
)
_LEFT_OUT = re.compile(
    "(?:这个|这条|这题|那)?(?:能不能|能|可以|可不可以|先)?(?:跳过(?:去)?|略过|不答|不说|不填|空着)(?:吗|么|吧|行吗|行不|不|呗|可以吗)*[?？]?"
)
_ENGLISH_NO = re.compile("no [a-z]")
"""No illness, no money: that no belongs to what follows."""
_MOTHERS = frozenset({"妈", "娘", "媳妇", "老婆", "母亲"})
_WENT_ALONG = re.compile(
    "(?P<who>母亲|父亲|媳妇|老婆|老公|妈|娘|爸|爹)[^,。!?;没不]{0,2}?也?(?:跟着|跟[他她]|一起|"
    "一块儿?)也?(?:去|走|出去|过去)"
    "了?(?!世|看|找|接|送|了?医院|学校|派出所)"
)
_SHARED = ("away_status", "away_months", "work_place")
_GRADE = re.compile(
    "(?<![0-9一二三四五六七八九十])(?P<grade>[一二三四1-4])(?:级|(?:等|吧|的|了|啊|呢)*(?=$|[,。!?; ])(?<!个))"
)
"""三级, 是二; not the 1 of 女儿10岁."""
_CARED = re.compile(
    "^(?:没(?:啥)?危险|没事|孩子|娃|他|她|都|[ ,])*"
    "(?:[爷奶姥姑姨舅叔伯爸妈]+)?(?:把?[他她孩娃]子?|对[他她我孩娃]子?)?"
    "(?:有|有人|有的|有人管|有人照顾|好|挺好|很好|好好|好好照顾|(?:照顾|带|照看|管|伺候|养)[得的]?(?:也|都|还|挺|很|真|可|好)*"
    "(?:好|行|不错|可以|周到|细心|精心)|好着呢|都好|没问题|有大人|有人看|还行|还可以|挺上心|不错|可好)"
    "(?:的|了|啊|呢|着呢)?$"
)
_CARED_BY = re.compile(
    "^(?:是|由|有|就|都|一直|现在|孩子|归|[ ,])*"
    "(?:我|俺|咱|爷|奶|姥|姑|姨|舅|叔|伯|婆|公|妈|爸|们|俩|老两口|两口子|老伴|自己|[他她大小老和跟着家])+"
    "(?:给|来|在|帮)?(?:照顾|带|照看|照料|看|管|伺候|领|养|拉扯)(?:着|的|呢|了|啊|呀|吧|[他她]|孩子|娃)*$"
)
"""我俩照顾, 姥姥带着呢, to the question whether somebody reliable looks after the child."""
_ALONE = re.compile("没有?大人|(?<!不是)一个人住|自己住|自己过")
_WELL = re.compile(
    "^(?:没事|没危险|孩子|娃|他|她|都|也|[ ,])+(?:好好的|好着呢|挺好|很好|都好|没事|在家呢)?(?:的|呢|了|啊)*$"
)
"""没事没事 孩子好好的, to the question whether a child lives without any grown-up."""
_WITH_GROWN_UP = re.compile(
    "有大人|有[我俺](?:呢|在|看|带|陪|跟|和|照)|[我俺]跟前|在[我俺](?:这儿?|家|身边)|[我俺]看着|有人|跟(?:着)?(?:我|他|她|爷|奶|姥|妈|爸|"
    "姑|姨|舅|叔)|和我们?(?:一起)?住|我带|我在带"
    "|(?:爷|奶|姥姥|姥爷|外公|外婆|姑|姨|舅|叔|伯|老人)[^没不,。!?;]{0,3}(?:带|照顾|照看|看着|陪|管)"
    r"|(?<![a-z])(?:grand[a-z]+|aunt|uncle|with (?:me|us|his|her|my|the|family|an adult|relatives))(?![a-z])"
)
_YES = re.compile("^(?:yes|yeah|yep|y)$|^(?:是|对|有)(?:的|啊|呀|呢|过)?$")
_NO = re.compile(
    "^(?:no|nope|none|n)(?: (?:no|nope|none))*$"
    "|^(?:(?:都|全|也|还|从来|从|哪|啥|[我俺]|[ ,])*(?:没有?|没得|不是|不用|哪有|没那|没这)"
    "(?:过|啥|的|了|啊|呢|吧|事|回事|样|什么|这种事|这些|那些)*){1,4}$"
)
_ALIVE = re.compile(
    "^(?:还|都|人|她|他)*(?:在|活着|健在|好着|正常|挺好|还好|很好|没事|好好的|好|alive|fine|ok)(?:的|呢|呗|啊|了)*$"
)
_MONTHS = ("away_months", "months_since_return")
_UNCARED = re.compile(
    "^(?:就是|真|孩子|娃|他|她|现在|也|都)*没有?(?:人|大人)(?:管|照顾|照看|照料|看|看着|带)?(?:的|了|"
    "啊|呀|呢|他|她|孩子)*$"
)
_NOBODY_RELIABLE = re.compile(
    "^(?:也|都|现在)*没有?(?:啥|什么)?(?:可靠|靠谱|靠得住)的?(?:人|大人)?(?:的|了|啊|呀|呢)*$"
)


def is_unknown(text: str) -> bool:
    """Whether a message says no more than that the answer is not known, or is not to be told."""
    if short.short_answer(text) in ("unsure", "skip") or _UNKNOWN.search(normalise(text[:60]).text) is not None:
        return True
    clauses = [one for one in _CLAUSE.split(text[:60]) if one]
    each = [_UNKNOWN.search(normalise(one).text) is not None or _LEFT_OUT.fullmatch(one) is not None for one in clauses]
    return bool(each) and all(each)


def value(text: str, fact: str, choices: Sequence[tuple[Value, str]], on: date) -> Value | None:
    """The value a message gives to the fact that was asked; None when it gives none.

    `choices`: (value, label) of the buttons; a label typed out is as good as a tap.
    """
    said = normalise(text[:200]).text
    labels = {normalise(label).text: value for value, label in choices}
    if said in labels:
        return labels[said]
    if is_unknown(text):
        return UNKNOWN
    general = fact.partition("_")[2] if fact.startswith(("father_", "mother_")) else fact
    if fact == "child_age_years" or general in _MONTHS:
        return _number(said, general)
    if general.endswith("_date"):
        return _day(said, on)
    if general.startswith("disab_") and (grade := _GRADE.search(said)):
        return f"g{quantities.number(grade['grade'])}"
    if general == "household_assistance" and unnamed.no_help(said):
        return "none"
    if general == "household_assistance" and assistance.named_without_having_it(said):
        return None  # 想办低保 holds a label's word, and tells nothing of what is had
    plain = _yes_or_no(said, text, general, {value for value, _ in choices})
    # A bare no is in no label what it is by itself: 没有 is no 没有能力管.
    hoped = general == "guardian_not_performing" and _HOPED.search(said) is not None
    return plain or (None if hoped or only_denies(text) else _by_words(said, labels))


_HOPED = re.compile("希望|盼|想(?:让|找|有|要)|要是|最好有|得有人|能不能")
"""希望有人好好照顾着 holds a label's words and tells of nobody who does."""
_CLAUSE = re.compile("[,，。;；!！?？ ]")


def says_who(text: str, on: date, speaker: str | None) -> str | None:
    """Who somebody says to be when asked: 姥姥, 我带着呢. None: 孩子跟他姥姥过呢 only tells of the child."""
    read = family.read(text, on, speaker)
    if read.speaker not in (None, kin.PARENT):
        return read.speaker
    first = _CLAUSE.split(text.strip())[0] if read.facts else text
    return None if family.read(first, on).facts else checking.speaker(first)


_NOT_KNOWN = re.compile(
    "不知道|不清楚|不晓得|[哪谁上]知道|说不[上准好清]|记不[住清得准]|不记得|没记|"
    "上哪[^,。!?;]{0,2}记|也没个准|不懂|[我咱俺]哪懂|没弄过|没查过|[整闹搞弄]不(?:明白|清)"
    "|没报过|没报警|没报案"
)
_OF_WHOM = (
    ("mother", "[他她]妈|孩子妈|[他她]娘|妈妈|母亲|儿媳|媳妇"),
    ("father", "[他她]爸|孩子爸|[他她]爹|爸爸|父亲|儿子|^爸"),
)
_BESIDE_IT = re.compile("法院|打官司|报案|报警|报没报|报过|立案|立没立|公安|派出所|证明")
_OF_PLACE = re.compile(
    "在哪|哪个(?:城市|地方|省|厂)|[啥什]么?地方|哪旮[瘩沓]|上哪干|哪[儿里]干|准地方|地方(?:不|咱|我|说)"
)
_OF_MONTHS = re.compile(
    "几个月|多久|多长时间|老长时间|挺长时间|好长时间|有年头|哪年走|(?:啥|什么)时候走|"
    "走(?:了)?(?:好久|几年)|出去(?:了)?(?:好久|几年)"
)
_OF_AGE = re.compile("属[一-鿿]{0,2}|岁数|多大|几岁|生日|哪年生")
_ANIMAL = re.compile("属(?:[鼠牛虎兔龙蛇马羊猴鸡狗猪]|[大小]龙)[^岁]{0,8}$")
_TOLD_AGE = re.compile(
    "(?:孩子|娃|女儿|闺女|丫头|姑娘|儿子|小子|孙子|孙女|[他她]|今年|周岁)(?:是|才|都|今年)*"
    f"{quantities.NUMBER}(?=$|[岁了,。 ])"
)
"""闺女是十二 属马的: the age is told beside the animal."""
_OF_ILLNESS = re.compile("病|毛病")
_NOT_HEARD_OF = re.compile("没(?:个|过)?(?:音?信|消息|动静)|失联|联系不上|找不[到着]|跑了|不联系|没露面")
_LONG_GONE = re.compile("(?:小时候|打小|生下来?|满月|没断奶|很小|[一两三四五六七八几]岁)[^,。!?;]{0,8}(?:走|跑|没)")
"""我小时候就走了 不知道在哪: she cannot be found; nobody speaks of a place of work."""
AGE = "child_age_years"


def not_known(text: str, away: Sequence[str] = ()) -> tuple[str, ...] | None:
    """The facts somebody says in his own words to know nothing of (地保办没办我不知道, 他妈有没有残疾我哪知道); none of
    ours where it is said of courts and police; None: nothing of the kind is said. `away`: the parents known to be away,
    of whom 不知道几个月 is said where nobody is named."""
    said = normalise(text[:80]).text
    if _NOT_KNOWN.search(said) is None:
        told = any(one.isdigit() for one in said) or any(one.certain for one in quantities.ages(said))
        told = told or _TOLD_AGE.search(said) is not None
        return (AGE,) if _ANIMAL.search(said) and not told else None
    who = next((parent for parent, words in _OF_WHOM if re.search(words, said)), None)
    facts = _of_somebody(said, who, who or (away[0] if len(away) == 1 else None))
    if re.search("[低地]保|特困|五保|救助|补助", said):
        facts.append("household_assistance")
    if "残" in said:
        facts += [f"{who}_disab_{kind}" for kind in grades.KINDS] if who else ["child_disability"]
    if _LONG_GONE.search(said) and not facts:
        return None
    return tuple(facts) if facts or _BESIDE_IT.search(said) else None


def _of_somebody(said: str, named: str | None, absent: str | None) -> list[str]:
    """Where somebody is and since when, of whoever is away; how old or ill, of the child unless a parent is named."""
    facts: list[str] = []
    if absent and not _NOT_HEARD_OF.search(said):
        facts += [f"{absent}_work_place"] if _OF_PLACE.search(said) and not _LONG_GONE.search(said) else []
        facts += [f"{absent}_away_months"] if _OF_MONTHS.search(said) else []
    if _OF_ILLNESS.search(said) and "报" not in said:
        facts.append(f"{named or 'child'}_illness")
    if named is None and _OF_AGE.search(said):
        facts.append(AGE)
    return facts


_CALM = re.compile(
    "钱每个?月给|月月给钱|视频也?天天|天天视频|没耽误|没落下|不缺|没缺|挺好|还凑合|照顾得?好|"
    "带得?(?:挺)?好|[天照]常上学|天天上学|能伺候|不差|种(?:那)?点?地|也带(?:着)?[俩两仨三几]个?孩子|"
    "(?:伺候|坐|做)月子|肢体|[一二三四]级"
)
_NO_HARM = re.compile(
    "没(?:有)?(?:人|谁)?(?:打|骂|欺负|动)(?:过)?[他她孩娃]|(?:打|骂|欺负)都没|(?:疼|"
    "稀罕)(?:[他她])?还来不及|没(?:挨过?打|受(?:过)?[气伤]|啥?伤)"
)
_NOT_CALM = re.compile("打|骂|饿|锁|摸|血|伤(?!心)|不敢|害怕|没人|自己在|死|哭")


def alone(text: str) -> bool:
    """Whether a child is told to live without any grown-up, or that nobody looks after it."""
    said = normalise(text[:200]).text
    return _ALONE.search(said) is not None or any(_UNCARED.search(one) for one in _CLAUSE.split(said))


def tells_calmly(text: str) -> bool:
    """Whether words only tell that things go well, or how one lives (家里就种那点地，孩子上学倒没耽误)."""
    said = normalise(text[:80]).text
    rest = _NO_HARM.sub("", said)
    return (_CALM.search(said) is not None or rest != said) and _NOT_CALM.search(rest) is None


def only_denies(text: str) -> bool:
    """Whether a message is a bare no: 没有, 没有啊, 都没有."""
    return short.short_answer(text) == "no" or _NO.match(normalise(text[:60]).text) is not None


_DENIED = re.compile("^[^有,。]{0,6}(?:没|不|无)|没有?$")


def denies_one_by_one(text: str) -> bool:
    """Whether a message of several clauses says no in each: 身体没毛病 没残疾 低保没有 asks nothing."""
    clauses = [one for one in re.split("[,，。;；、 ]+", text[:80]) if one]
    return len(clauses) > 1 and all(_DENIED.search(one) for one in clauses)


_ASKED_BACK = re.compile("(?P<what>低保|特困|建档立卡|残疾证|大病)[?？]+[,，\\s]*(?P<no>没有|没|不是|没办)")


def asked_back(text: str) -> str:
    """The same words with an echoed question turned into what it says: 低保？没有 → 没有低保."""
    return _ASKED_BACK.sub(lambda hit: f"没有{hit['what']}", text)


def may_be_unattended(text: str) -> bool:
    """Whether an answer to the question after a reliable grown-up may mean that there is none: 没有, 没有靠谱的."""
    return only_denies(text) or _NOBODY_RELIABLE.match(normalise(text[:60]).text) is not None


def unattended(text: str) -> str | None:
    """The answer to "so nobody looks after the child?", or None. A second 没有 stands; 有 tells of somebody."""
    said = normalise(text[:60]).text
    if _CARED.match(said) or said.startswith(("有", "不是", "不对")):
        return "no"
    if may_be_unattended(text):
        return "yes" if "没" in said else "no"
    return (
        "yes" if _UNCARED.match(said) or (short.short_answer(text) == "yes" and not short.only_agrees(text)) else None
    )


def _number(said: str, general: str) -> int | None:
    if general in _MONTHS:
        told = away.lengths(said)
        if told and told[0].months is not None:
            return told[0].months
    elif ages := quantities.ages(said):
        return ages[0].years if ages[0].certain else None
    bare = re.search(rf"(?<![初高])({quantities.NUMBER})(?:个|岁|周岁|了|多|吧|呢|$|,|。)", said)
    years = quantities.number(bare[1]) if bare else None
    return years if years is not None and years <= (240 if general in _MONTHS else 99) else None


def _day(said: str, on: date) -> str | None:
    if (written := away.since(said, on)[0]) is not None:
        return written.isoformat()
    exact = [one.first for one in quantities.days(said, on) if one.first == one.last and one.certain]
    return exact[0].isoformat() if exact else None


def _yes_or_no(said: str, text: str, general: str, values: set[Value]) -> Value | None:
    """A bare yes or no, as it fits this question; where it would not say which, nothing."""
    if general == "life_status":
        return "alive" if _ALIVE.search(said) else None
    if general == "guardian_not_performing":
        return _cared_for(said, text)
    if general == "lives_without_guardian" and (_ALONE.search(said) or _WITH_GROWN_UP.search(said)):
        return "yes" if _ALONE.search(said) else "no"
    if general == "lives_without_guardian" and (_WELL.search(said) or _CARED.match(said)):
        return "no"
    lead = None if _ENGLISH_NO.match(said) else replies.lead(text)
    if lead is not None and lead.agrees and lead.rest:
        return None  # 行吧 帮我找个人问问 says of the child nothing that is so
    if lead is not None and lead.rest and short.short_answer(lead.rest) is None and _puts_right(text):
        return None  # 诶不对 我说的六月是阴历 is of something told before
    kind = lead.kind if lead else short.short_answer(text)
    kind = "yes" if _YES.match(said) else "no" if _NO.match(said) else kind
    if general == "lives_without_guardian" and said.startswith("有"):
        return None
    if kind == "yes":
        return "yes" if "yes" in values else None
    if kind == "no":
        return next((one for one in ("no", "none") if one in values), None)
    return None


_SPEAKS_AGAINST = re.compile("没|不|但|可是|就是|打|骂|饿|累|费劲|吃力|难|病|瘫|走了|跑了|谁")
_NOTHING_LACKS = re.compile(
    "不过|不缺|不差|不愁|不耽误|没耽误|没落下|不少|没少|不用(?:操心|惦记)|没(?:啥|什么)?问题|没事|不饿|饿不着|冻不着|亏不着|难不倒"
    "|[我俺](?:腰|腿|血压|身体|岁数|胃|心脏|眼睛)[^,。 ]{0,4}"
)
"""吃的穿的都不缺, 不过做饭接送都中: nothing in it speaks against being looked after; nor does what ails the one who
looks after the child, as long as it goes well."""
_SOMEBODY = re.compile("爷|奶|姥|公|婆|爸|妈|爹|娘|姑|姨|舅|叔|伯|大人|我|俺|咱")


def _cared_for(said: str, text: str) -> str | None:
    """Whether a child is well looked after: said by the whole message, or by its first clause where the others tell
    something else (挺好的 今年十岁) and nothing that speaks against it."""
    first, *others = [normalise(one).text for one in _CLAUSE.split(text[:200]) if one] or [said]
    rest = _NOTHING_LACKS.sub("", "".join(others))
    if _CARED.match(said) or _CARED_BY.match(said) or (_CARED.match(first) and not _SPEAKS_AGAINST.search(rest)):
        return "no"
    return "yes" if _UNCARED.match(said) or (_UNCARED.match(first) and not _SOMEBODY.search(rest)) else None


def _puts_right(text: str) -> bool:
    found = corrections.read(text)
    return found is not None and found.plain


_BARE_NO = ("不是", "没有")
"""In 母亲应该是10个月，不是一年多 a denial of something else, though it is a label's word."""


def _by_words(said: str, labels: Mapping[str, Value]) -> Value | None:
    """The one label of which a part between commas and brackets is said, or which holds the whole short answer."""
    clauses = re.split("[,。;!? ]", said)
    fits = {
        value
        for label, value in labels.items()
        for part in re.split("[,()]", label)
        if len(part) > 1 and (part in clauses if part in _BARE_NO else part in said)
    }
    if not fits and 1 < len(said) <= 8:
        fits = {value for label, value in labels.items() if said in label}
    return fits.pop() if len(fits) == 1 else None


def went_along(text: str, facts: Mapping[str, Value]) -> dict[str, Value]:
    """What 他妈也跟着去了 means: what is known of the one who went holds for the other, unless told otherwise."""
    found = _WENT_ALONG.search(normalise(text[:200]).text)
    if found is None:
        return {}
    who, other = ("mother", "father") if found["who"] in _MOTHERS else ("father", "mother")
    known = {fact: facts.get(f"{other}_{fact}", UNKNOWN) for fact in _SHARED}
    if not str(known["away_status"]).startswith("away"):
        return {}
    fresh = (fact for fact in known if facts.get(f"{who}_{fact}", UNKNOWN) == UNKNOWN)
    return {f"{who}_{fact}": known[fact] for fact in fresh if known[fact] != UNKNOWN}
