"""What a family tells of itself, as facts of the eligibility model (ids and values of eligibility.yml).

Deterministic and cautious: what is not said is not there, what is doubtful is asked again (`to_ask`), near a boundary
the day is asked (`precise`). Words are in `data/lexicon/family.txt` and `kin.txt`; `kin` knows who is meant, `away` how
long and where. No fact is ever guessed: an illness that is named is `serious_unconfirmed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.reading.families import away, retold, school_years
from bot.reading.families.family_gathering import Found, Gathering
from bot.reading.families.family_pieces import BOTH_OF_THEM, pieces
from bot.reading.families.family_words import Value
from bot.reading.measures import quantities
from bot.reading.normalise import Plain, normalise
from bot.reading.persons import kin
from bot.reading.persons.kin import BOTH, CHILD, FATHER, MOTHER
from bot.reading.where import places

__all__ = ["Family", "Found", "Value", "is_hypothetical", "read"]

_HYPOTHETICAL = re.compile(
    "(?:如果|要是|假如)(?!(?:我)?(?:没|不)?记[错得])|(?<![0-9零一二两三四五六七八九十百千多几])万一|假设|假使|倘若|要不是"
    "|(?<!记错)(?<!记得)(?<!没错)的话|(?<![a-z])(?:what if|if)(?![a-z])"
)
"""要是没记错的话他爸走了二十个月了 supposes nothing, nor 欠了十多万 一个月挣两千."""
_CARER = re.compile("爷爷奶奶|姥姥姥爷|奶奶|爷爷|姥姥|姥爷|外公|外婆|大姑|小姑|姑姑|大姨|小姨|舅舅|叔叔|大伯|公婆|婆婆")
_GONE_FOR = re.compile("[^,。!?;]{0,6}(?:走|出去|出门|外出|打工|在外|离家|离开)")
_SO_LONG = re.compile(
    f"(?:都|得|有|也|快|将近|大概|差不多)*(?:{quantities.NUMBER}个?多?(?:年|月)|半年|小?半年|大半年|"
    f"好几年)[多半]?(?:了|都|吧|啦|的|呗|来着|左右)*"
)
"""一年多了都, of who is known to be away: gone for so long."""
_HEALTHY = re.compile("没残|没病|残疾|毛病|能吃能|能跑能|活蹦乱跳")
_ASKED_HEALTH = re.compile("illness|disab|incapacity")
"""没残没病 能吃能睡, where nobody asked after a parent's health, is said of the child."""
_THEY = re.compile("(?:他们|她们|他俩|她俩|俩人|两人|小两口)(?!家|村|屯|那|老师|学校|班|厂)")
_BOTH_PLACED = re.compile(f"{BOTH_OF_THEM.pattern}[^,。!?;]{{0,4}}(?:在|去|到|上|搁)")


@dataclass(frozen=True)
class Family:
    """Everything read. `speaker`: one of `kin.SPEAKERS`; `carer`: the words for whoever looks after the child;
    `whose_unknown`: things told of "me" while it is not known whether I am the father or the mother; `precise`: facts
    worth asking because what was told is near a boundary; `between`: the ages of the school year the child is in."""

    found: tuple[Found, ...] = ()
    speaker: str | None = None
    carer: str | None = None
    home: str | None = None
    whose_unknown: bool = False
    precise: tuple[str, ...] = ()
    between: tuple[int, int] | None = None

    @property
    def facts(self) -> dict[str, Value]:
        """The sure facts; the last word on each counts."""
        return {one.fact: one.value for one in self.found if one.sure}

    @property
    def to_ask(self) -> tuple[str, ...]:
        """Facts that were touched on without being sure."""
        sure = self.facts
        return tuple(dict.fromkeys(one.fact for one in self.found if not one.sure and one.fact not in sure))


_VERB_LAST = re.compile(
    "(?<![去到在往上从来])"
    "(?P<where>韩国|日本|俄罗斯|国外|外国|外地|青岛|大连|北京|上海|沈阳|山东|广东|南方)"
    "(?P<space> ?)(?P<goes>去|在)(?=了|呢|$|[,，。 ])"
)
"""Who speaks Korean at home puts the verb last: 爸妈 都韩国 去了, 三年 去了."""
_BACK_FOR = re.compile("(回来|回家) ((?:[一两三四五六七八九十几半]+|[0-9]{1,2})(?:天|个月|宿))")
_SO_LONG_FIRST = re.compile(
    "((?:[一二两三四五六七八九十几半]|[0-9]{1,2})(?:年|个月)(?:多|半)?) (去了|走了)(?=$|[,，。 ])"
)


_I_DO_NOT_KNOW = re.compile(
    "[我俺咱](?=[也可都]?(?:不知道|不清楚|不晓得|[上]?哪知道|记不))"
    "|(?<=[妈爸爹娘亲])[我俺](?=(?:还)?(?:小时候|很小|没记事|不记事|[一两三四五六七八九]岁(?:时|那年|的时候|就)))"
)
"""他妈我不知道多少年没信儿了, 妈妈我小时候就走了: told of the mother, not of me."""


_I_AM = re.compile(
    "((?:^|[,，。;； ])[我俺](?:就|也|才)?是(?:[她他]|孩子|娃)?的?(?:爸爸|妈妈|父亲|母亲|爸|妈|爹|娘)) (?=[他她孩娃])"
)
"""我就是她爸 她妈前年没了: who says who he is names nobody side by side with himself."""
_I_WHO_LEFT = re.compile("([我俺])是(?=[^,，。!?;]{1,8}(?:走|出来|出去|来|去|上)[^,，。!?;]{0,4}的)")
"""我是今年六月出来的 tells when I left, not who I am."""
_WHEN_FIRST = re.compile(
    "(?:^|(?<=[,，。;； ]))((?:今年|去年|前年)?(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})月份?(?:初|底|中旬)?)[,， ]?"
    "([我俺]|[他她](?:爸|妈|爹|娘))(?=[就才也](?:走|去|上|来|出|到))"
)
"""六月份我就上沈阳了: the time stands before who left."""


_WHETHER_IT_COUNTS = re.compile(
    "(?<![打总就合失预])算(?:不算|是)?(?![上了起下命账计])[^,，。;；!！?？ ]{1,14}?"
    "(?:吗|么|嘛|不(?=$|[,，。?？ ])|[?？])"
    "|算不算[^,，。;；!！?？ ]{1,14}"
)
"""他妈跑了 算失踪吗: what something is asked to count as, nobody tells."""
_IT_IS = re.compile(
    "(?P<what>有?残疾|有?大?病|得病|生病|瘫痪?|坐牢|出去打工|打工|走|在外头?)的(?:那个)?(?:人)?是"
    "(?P<who>(?:我|俺|他|她|孩子|娃)?的?(?:老伴|老头|老太太|爸|妈|爹|娘|爷爷|奶奶|姥姥|姥爷|媳妇|老公|儿子|闺女|自己|本人|孩子)|我|俺)"
    "(?=$|[,，。;； ])"
)
"""有残疾的是我老伴: of whom it is told stands last."""
_MY_OWN = re.compile(
    "((?:孩子|娃|[他她])的?(?:妈妈|爸爸|妈|爸|娘|爹))"
    "(?:就)?是(?:我|俺)(?:家)?[大老二小三]?(?P<who>闺女|姑娘|女儿|丫头|儿子|小子)[,， ]*"
)
"""孩子妈是我闺女 在广东两年了: who speaks is said by it, and what follows is told of her."""
_GROWN_CHILD = {
    kin.MATERNAL: (re.compile("(?:我|俺)(?:们|们家|家)?的?[大老二三小]?(?:闺女|姑娘|女儿)(?!家的)"), "孩子妈"),
    kin.PATERNAL: (re.compile("(?:我|俺)(?:们|们家|家)?的?[大老二三小]?儿子(?!媳妇)"), "孩子爸"),
}
"""俺闺女没了, said by the grandmother of 外孙女: the child's mother is dead."""
_BACK_FOR_GOOD = re.compile(
    "(?:(?:今年|去年|上个?月|这个?月|前几天|前两天|前阵子|刚刚?|已经|都|就|[一二三四五六七八九十]{1,2}月份?)[,， ]*)*"
    "(?:回来|回家|回村)了?[,， ]*(?:就|这回|再也|也|说)*(?:不(?:再)?(?:走|出去)了)"
)
"""他爸上个月回来了不走了: he is at home; when he came is no day of leaving."""
_BY_BIRTHDAYS = re.compile("(?P<n>周岁(?:是|才|刚|满|也就)*(?:[一二三四五六七八九十两]{1,3}|[0-9]{1,2})岁?)")
_NOMINAL = re.compile(
    "(?:[一二三四五六七八九十两]{1,3}|[0-9]{1,2})岁?[,， ]*(?:是|按)?虚岁(?![一二三四五六七八九十两0-9])"
    "|(?:按|论)?虚岁(?:是|都|该)*(?:[一二三四五六七八九十两]{1,3}|[0-9]{1,2})岁?"
)
_NOMINAL_LAST = re.compile(
    "((?:[一二三四五六七八九十两]{1,3}|[0-9]{1,2})岁)[,， ]*(?:是|按)?虚岁(?![一二三四五六七八九十两0-9])"
)
"""九岁 虚岁 周岁八岁: the age by birthdays is told, the other is none."""
_DAY_LEFT = re.compile(
    "(?P<day>(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})月(?:[一二三]?十[一二三四五六七八九]?|[一二三]?[0-9]))(?=那天|就|才|走|出|去|来|上|生)"
)
"""七月十九走的, 三月十二生的: a day, though nobody says 号."""
_SONS, _OWN_CHILD = ("儿子", "小子"), ("姥姥", "奶奶")
_NO_RULE_OF_OURS = re.compile(
    "不(?:都|也|就)是[^,，。;；!！?？ ]{1,12}?[吗么嘛]"
    "|不是(?:都|只|光|就|非|必须|一定)+(?:得|要|有|限|算|是|管)?[^,，。;；!！?？ ]{1,14}"
)
"""不是都得农村的: what somebody thought that the rule wants, nobody tells of a family."""


def is_hypothetical(text: str) -> bool:
    """Whether a message asks what would be: 如果他妈也出去呢."""
    return _HYPOTHETICAL.search(normalise(text[:400]).text) is not None


def read(
    text: str,
    on: date,
    speaker: str | None = None,
    asked: str | None = None,
    home: str | None = None,
    absent: str | None = None,
) -> Family:
    """Read one message of a family. Any text is taken; never raises.

    `speaker`: who speaks, when known already. `asked`: the fact asked, for answers that name nobody (在外地打工).
    `home`: code of the division the child belongs to, when known. `absent`: who is known to be away (father, mother or
    both): 走了两年了 by itself is told of them.
    """
    text = retold.plainly(text)
    text = _WHETHER_IT_COUNTS.sub(lambda asked: "，" * len(asked.group()), text)
    text = _NO_RULE_OF_OURS.sub(lambda asked: "，" * len(asked.group()), text)
    text = _I_AM.sub(r"\1，", text)
    text = _MY_OWN.sub(lambda own: f"我是孩子{_OWN_CHILD[own['who'] in _SONS]}，{own[1]}", text)
    text = _of_grandparents(text, speaker)
    if (named := _of_siblings(text)) != text:
        text, speaker = named, speaker or kin.OTHER
    text = _BACK_FOR_GOOD.sub("回家不走了", text)
    text = _NOMINAL.sub(" ", text) if _BY_BIRTHDAYS.search(text) else _NOMINAL_LAST.sub(r"虚岁\1", text)
    text = _IT_IS.sub(r"\g<who>\g<what>", text)
    text = _DAY_LEFT.sub(r"\g<day>号", text)
    text = _WHEN_FIRST.sub(r"\2\1", _I_WHO_LEFT.sub(r"\1", _I_DO_NOT_KNOW.sub("", text)))
    text = _BACK_FOR.sub(r"\1\2 ", text)
    text = _SO_LONG_FIRST.sub(r"走了\1", _VERB_LAST.sub(r"\g<goes>\g<where>\g<space>", text))
    if absent and _SO_LONG.fullmatch(normalise(text[:40]).text.strip(" ,。!?;")):
        text = f"走了{text}"
    plain = normalise(text)
    said = plain.text
    by = kin.speaker(said) or speaker
    if speaker in (FATHER, MOTHER) and by in (kin.PARENT, FATHER, MOTHER) and kin.outright(said) is None:
        by = speaker  # whoever is known to be the mother is not the father because 孩子妈 stands in the words
    if by == kin.PARENT:  # 她爸判了五年半: so says her mother
        by = kin.the_other(said)
    home, registered = home or _home(plain), _registered(plain)
    default = next((p for p in (FATHER, MOTHER) if asked and asked.startswith(p)), CHILD if asked else None)
    if not kin.mentions(said, by):
        default = _told_of(said, asked, absent, default)
        healthy = _HEALTHY.search(said) and not _ASKED_HEALTH.search(asked or "")
        if default in (FATHER, MOTHER) and (healthy or school_years.ages(said)):
            default = CHILD
    parts = pieces(plain, by, default)
    reading = Gathering(plain, on, registered or home)
    reading.whole(said, by)
    for piece in parts:
        reading.piece(piece)
    reading.conclude()
    carer = _CARER.search(said)
    return Family(
        tuple(reading.found),
        by,
        carer.group() if carer else None,
        home,
        reading.whose_unknown,
        tuple(dict.fromkeys(reading.precise)),
        reading.between,
    )


def _of_grandparents(text: str, speaker: str | None) -> str:
    """The words of a grandparent with its own grown child named as the child's parent."""
    by = speaker if speaker in _GROWN_CHILD else kin.speaker(normalise(text).text)
    own, parent = _GROWN_CHILD.get(str(by), (None, ""))
    return own.sub(parent, text) if own is not None else text


_COUPLES = tuple(
    (re.compile(husband), re.compile(wife))
    for husband, wife in (
        ("[我俺][大二三老小]?哥哥?(?![家嫂])", "[我俺]?[大二三老小]?嫂子|[大二三老小]嫂"),
        ("[我俺][大二三老小]?弟弟?(?![家媳妹])", "[我俺]?(?:弟媳妇?|弟妹)"),
        ("[我俺]?[大二三老小]?妹夫", "[我俺][大二三老小]?妹[妹子]?(?!夫)"),
        ("[我俺]?[大二三老小]?姐夫", "[我俺][大二三老小]?姐姐?(?!夫)"),
    )
)
"""A brother or sister of whoever speaks, and whom they are married to."""
_THEIR_CHILD = re.compile("他家|他们家|她家|她们家|[俩两]个?孩子|孩子|侄|外甥")
_CHILDS = ("", "他", "孩子", "孩子他", "孩子他的")
_GIVEN_TO = re.compile("(?:给|跟|跟着|和|托|交|让|由|放|搁|在|送|找|求)$")


def _as_long(parent: str) -> Callable[[re.Match[str]], str]:
    """A child's parent named in as many characters as whoever it is named after, so that spans stay where they are."""
    return lambda hit: f"{_CHILDS[len(hit.group()) - 1]}{parent}"


def _of_siblings(text: str) -> str:
    """A brother and his wife, a sister and her husband, named as the parents of their child: 我哥去年没了 嫂子有尿毒症,
    他家孩子算啥. Who gives a child to them names carers."""
    if _THEIR_CHILD.search(text) is None:
        return text
    for husband, wife in _COUPLES:
        named = (husband.search(text), wife.search(text))
        if all(hit is not None and not _GIVEN_TO.search(text[: hit.start()]) for hit in named):
            return wife.sub(_as_long("妈"), husband.sub(_as_long("爸"), text))
    return text


_GONE_TO = re.compile("(?:走|出去|出来|外出|出门)[了的]?[^。,，!?！？\n孩娃带家]{0,6}(?:在|搁|去|到|上|奔)了?$")
"""What stands before a place somebody went to: 我六月走的 在延吉."""


def _told_of(said: str, asked: str | None, absent: str | None, default: str | None) -> str | None:
    """Whose journey is told where nobody is named: 都在天津 both, 走了两年了 and 过年回来待了五天 of who is away."""
    parents_open = absent is not None or (asked or "").startswith((FATHER, MOTHER))
    if parents_open and (_BOTH_PLACED.match(said) or _THEY.match(said)):
        return BOTH
    return absent if absent and (_GONE_FOR.match(said) or away.home_stays(said)) else default


_REGISTERED = re.compile("户口(?:本|上|也|都|还|是|就|全)*(?:在|搁|落在)(?P<where>[^,，。;；!！?？ ]{2,14})")


def _registered(plain: Plain) -> str | None:
    """Where the family is registered, where that is told: work is near or far by it, wherever the child is
    (JL-2.1.3)."""
    hit = _REGISTERED.search(plain.original) if "户口" in plain.original else None
    found = places.find(f"孩子在{hit['where']}").best if hit is not None else None
    return None if found is None else found.code


def _home(plain: Plain) -> str | None:
    """Where the child belongs, as far as the words say: not where somebody is told to have gone, and only for want of
    another place where it is registered."""
    found = places.find(plain.original)
    if "户口" in plain.original and (apart := places.find(_REGISTERED.sub(" ", plain.original))).best is not None:
        found, plain = apart, normalise(_REGISTERED.sub(" ", plain.original))
    gone = [_GONE_TO.search(plain.original[:start]) for start, _ in found.spans]
    if found.best is None or (gone and all(gone)):
        return None
    return found.best.code
