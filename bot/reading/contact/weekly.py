"""What a typed or dictated message says of the contact of a week and of how a child is: one breath, several answers.

Deterministic: what is not said is not in the result, and is never "no". The words are in `data/lexicon/weekly.txt`,
those of signals in `signals.txt`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from bot.reading.aftermath import calls_ahead
from bot.reading.dangers.scope import Scene
from bot.reading.lexicon import Patterns, lines, regex
from bot.reading.normalise import FRESH, normalise

GENERAL = "all"
Hit = tuple[str, str, int, int]
"""Item, value, and where it stands in the plain text."""
_CHILD = re.compile("孩子|娃|儿子|闺女|姑娘|丫头|小子|老[大二三]")
_PUTS_RIGHT = re.compile("错了?|不对|不是")
_CHILD_TOO = re.compile("(?:和|跟|与|带)(?:孩子|娃)|(?:孩子|娃)(?:和|跟|都|也)")
_MADE_GOOD = re.compile(
    "(?:才|后来|又|总算|终于|昨|今|刚)[^,。!?;没不未]{0,6}(?:打通|接了|联系上|通上|说上|视频了|通了)|(?<!没)(?:是|就|光)发的?(?:微信|语音)"
)
"""After a no: in the end it worked (好几天没打通，昨晚联系上了)."""

_HOW_IS_THE_CHILD = re.compile(
    "^(?:请问|问一下|想问问?|那|对了)?(?:[我俺咱](?:们)?家?的?)?(?:孩子|娃|儿子|闺女|姑娘|小子|丫头|老[大二三小]|[他她])(?:最近|"
    "这阵子|这段时间|现在|这几天|这两天|这周|在家|在学校|都|还|过得|表现)*"
    "(?:咋样|怎么样|怎样|好不好|好吗|还好吗|咋样了|怎么样了|怎样了|听话[不吗没]|听不听话|乖不乖|乖吗)[啊呢呀了吗?。!]*$"
)
_OTHER_PARENT = "(?:(?:孩子|娃|他|她){1,3}(?:爸|妈|爹|娘)|前夫|前妻)"
_ASKS_ABOUT_OTHER = re.compile(
    f"{_OTHER_PARENT}[^,。!;]{{0,12}}(?:[吗么]|没有?[?。]*$|没有?[?]|在哪|住哪|地址|住址|电话是|"
    f"电话多少|电话号|号码|手机号|微信|联系方式|咋说的|说啥了|说什么了)"
)
_COMES_HOME = re.compile(
    "(?:过年|春节|五一|十一|国庆|中秋|年底|下个?月|月底)"
    "[^,。!?;]{0,4}(?<!不)(?:能|要|会|打算|准备|可能)(?:回去?|回家|回来)(?:$|[,，。! ])"
)
_VISITS_HOME = re.compile(
    "(?:(?:下|这|本)个?(?:周末?|礼拜|星期)[一二三四五六日天]?|周末|过两天|过几天|后天|明天|今晚)"
    "[^,。!?;不没]{0,4}(?:回家|回去|回来)(?:待|住|看|呆|陪|歇)*"
    "(?:几天|两天|一阵|一趟|看看|陪陪|孩子|[他她娃])*(?:了|呢)?(?:$|[,，。! ])"
)
_ASKS_IT = re.compile("[吗么?？]|咋|怎么|行不")
_COUNTS_CALLS = re.compile(
    "[^,。!?;打]{0,8}(?:每|一)个?(?:礼拜|星期|周)[^,。!?;打]{0,6}打(?:[一两三四五几0-9]|俩|仨)(?:个|"
    "回|次|遍)(?:电话|视频|给(?:孩子|娃|他|她))|(?:我|俺|我们)?(?:[这上]个?|本)(?:礼拜|星期|周)(?:我|"
    "俺|就|才|只|一共|统共|总共|也|都|又)*打[了过](?:[一两三四五几0-9]|俩|仨)(?:回|次|个|"
    "遍)(?![他她孩娃耳巴嘴])|没(?:顾上|顾得上|来得及)打(?![他她孩娃])"
)
_KEPT_FROM = re.compile(
    "(?:不让|不许|不给|不准)[我俺](?:跟|和|给|往)?(?:孩子|娃|儿子|闺女|他|她)?(?:说话|说上话|通话|打电话|视频|接电话|联系)"
)
_LAST_WEEK = re.compile(
    "(?:^|错了?|不对|不是)[,，]?(?:是|那是|那个?是)?上个?(?:礼拜|星期|周)[一二三四五六日天]?(?:的事|才?(?:打|视频|联系|通))"
)
_THIS_WEEK = re.compile("(?:这个?|本)(?:礼拜|星期|周)(?:也|又)?(?:打|视频|联系|通)|今天|昨")
"""说错了 是上礼拜打的: a call of last week is none of this one."""
_A_CLAUSE = 6
"""Words between spaces so long stand by themselves: the 没 of 没打 老师说好几天没来 denies only 打."""
_CLAUSE_END = "[,。!?;]"
_NOBODY_STRIKES = re.compile("没(?:有)?(?:人|谁)(?:打|欺负|骂|动)(?:[他她孩娃]|$)")
"""没人打他 says nothing of calls."""
_DOUBTS_IT = re.compile("报喜不报忧|(?:不|不太|不咋)放心|(?:也|都)?不知道真假|净捡好听的|怕[他她]?是?瞒")
"""他奶说挺好 我估摸报喜不报忧: who doubts it does not say that all is well."""
_NOT_OF_THE_WEEK = re.compile(
    "(?:白天|上班|上工|夜班|工地|山里|井下|下个?月|那边)[^,。!?;]{0,6}(?:没信号|接不了|不让接|没法接)$"
)
"""白天没信号 晚上再问我 says when to ask, not that nobody was reached."""
_LITTLE = "(?:不是[^,。!?;]{1,5},?(?=是))?(?:的|得|也|都|还|倒|嘛|啊|呢|吧|上|是|就|我|俺|这块|那块|方面)*$"
_OF_ONE = (
    ("life", re.compile(f"(?:吃饭?|住|喝|睡觉?|胃口|身体|身子|饭量|穿){_LITTLE}")),
    ("study", re.compile(f"(?:学习|成绩|作业|功课|考试|考|数学|语文|英语){_LITTLE}")),
    ("mood", re.compile(f"(?:心情|情绪|精神头?|脾气){_LITTLE}")),
)
"""What a word for all of it is said of when it stands after this: 吃得挺好, 学习嘛一般般."""
_QUESTION = re.compile("^[^,。!?;]{0,4}[吗么嘛]$")
_OTHER = re.compile("(?<![跟和与给往])(?:(?:孩子|娃|他|她){1,3}(?:爸|妈|爹|娘)|前夫|前妻)[^跟和与]{0,6}$")
"""The other parent as who calls, not as who is called."""


@dataclass(frozen=True)
class Weekly:
    """Answers found. `items`: contact, carer, life, study, mood, concern, later, calls, self, access, stop with a
    value of weekly.txt; `kinds`: ways of contact; `general`: said of the child as a whole; `signals`: their ids."""

    items: dict[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    general: str | None = None
    signals: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether anything was found."""
        return bool(self.items or self.general or self.signals)


@lru_cache(maxsize=FRESH)
def read(text: str) -> Weekly:
    """Read one message. Any text is taken; never raises."""
    plain = normalise(text)
    scene = Scene(plain)
    found = _found(scene)
    items = {item: value for item, value, _, _ in found if item not in ("kind", GENERAL, "contact")}
    contact = _contact(found, plain.text)
    if _LAST_WEEK.search(plain.text) is not None and _THIS_WEEK.search(plain.text) is None:
        contact = "no"
    if contact is not None:
        items["contact"] = contact
    if any(item == "mood" and value == "unsure" for item, value, _, _ in found):
        items["mood"] = "unsure"  # 心情看不出来 蔫了吧唧的: who does not know it does not say that it is low
    general = next((value for item, value, _, _ in reversed(found) if item == GENERAL), None)
    kinds = tuple(dict.fromkeys(value for item, value, _, _ in found if item == "kind"))
    apart = [_signals(Scene(normalise(one))) for one in text.split() if len(one) >= _A_CLAUSE]
    signals = dict.fromkeys(_signals(scene) + tuple(one for clause in apart for one in clause))
    return Weekly(items, kinds if contact == "yes" else (), general, tuple(signals))


def of_the_carer(found: Weekly, text: str) -> Weekly:
    """What was found in an answer to whether one talked with the carer: 没唠上 他爷睡得早 is of him, not of the child;
    who puts right what he said before (说错了 是上礼拜打的) does not answer it."""
    of_the_child = _CHILD.search(text) or _PUTS_RIGHT.search(text) or _LAST_WEEK.search(text)
    if "contact" not in found.items or "carer" in found.items or of_the_child is not None:
        return found
    items = {("carer" if item == "contact" else item): value for item, value in found.items.items()}
    return replace(found, items=items, kinds=())


def counts_calls(text: str) -> bool:
    """Whether a message begins with how often one called in a week, the telephone unsaid: 这礼拜就打了一回."""
    return _COUNTS_CALLS.match(normalise(text[:40]).text) is not None


def kept_from(text: str) -> bool:
    """Whether a parent tells that somebody does not let him talk to the child: 他爸不让我跟孩子说话."""
    return _KEPT_FROM.search(normalise(text[:60]).text) is not None


def asks_about_child(text: str) -> bool:
    """Whether a parent asks in so many words how the own child is: 我家孩子最近咋样."""
    return _HOW_IS_THE_CHILD.match(normalise(text).text) is not None


def asks_about_other(text: str) -> bool:
    """Whether somebody asks what the other parent does, or where he lives: 孩子他爸这周打电话了吗, 他爸的地址."""
    return _ASKS_ABOUT_OTHER.search(normalise(text).text) is not None


def visits_home(text: str) -> bool:
    """Whether somebody far away says that he comes home for some days now, and does not ask: 下周我回家待几天."""
    return _VISITS_HOME.search(text) is not None and _ASKS_IT.search(text) is None


class _Repeating(Patterns):
    """Patterns in which ]* is a bracket that may come any number of times."""

    def __init__(self, sources: list[str]) -> None:
        super().__init__(source.replace("]*", "]") for source in sources)
        self._repeating = sources

    def compiled(self, index: int) -> re.Pattern[str]:
        """The pattern as a regular expression, made when first wanted."""
        if index not in self._compiled:
            self._compiled[index] = re.compile(regex(self._repeating[index]).replace(f"?{re.escape('*')}", "*"))
        return self._compiled[index]


def comes_home(text: str) -> bool:
    """Whether somebody far away says that he comes home soon, and does not ask: 过年能回去."""
    return _COMES_HOME.search(text) is not None and _ASKS_IT.search(text) is None


def _found(scene: Scene) -> list[Hit]:
    """Hits that are meant, in the order of the message; a hit inside an earlier entry's hit of its item is none."""
    patterns, entries = _lexicon()
    taken: dict[str, list[tuple[int, int]]] = {}
    hits: list[Hit] = []
    for index in patterns.worth_trying(scene.text):
        item, value = entries[index]
        for hit in patterns.compiled(index).finditer(scene.text):
            start, end = hit.span()
            inside = any(begin < end and start < stop for begin, stop in taken.get(item, ()))
            denied = value not in ("no", "bad", "low") and scene.negated(start)
            denied = denied or _NOBODY_STRIKES.match(scene.text, start) is not None
            unsure = item == GENERAL and _DOUBTS_IT.search(scene.text) is not None
            elsewhere = item == "contact" and value == "no" and _NOT_OF_THE_WEEK.search(scene.text[:end]) is not None
            if inside or denied or unsure or elsewhere or start == end or _either(scene.text, hit):
                continue
            if (item, value) == ("mood", "unsure") and (one := _of_one(scene.text[:start])) is not None:
                item = one  # 学习我也说不上来
            if item == GENERAL and (one := _of_one(scene.text[:start])) is not None:
                hits.append((one, value, start, end))
                continue
            stands = _stands(item, value, scene.text, start, end)
            if stands == calls_ahead.AHEAD and item != "kind":
                hits.append(("later", "yes", start, end))
            if stands != calls_ahead.MADE:
                continue
            if item != "kind":
                taken.setdefault(item, []).append((start, end))
            hits.append((item, value, start, end))
    return [
        hit
        for hit in sorted(hits, key=lambda hit: hit[2])
        if not (_with_somebody_else(hit, hits, scene.text) or _asks_or_tells_of_the_other(hit, scene.text))
    ]


def _of_one(before: str) -> str | None:
    """The item that a word for all of it (挺好, 一般) is said of; None: of the child as a whole."""
    return next((item for item, subject in _OF_ONE if subject.search(before)), None)


def _either(text: str, hit: re.Match[str]) -> bool:
    """Whether a hit is half of either this or that: 不高兴 of 高兴不高兴, 高不高兴."""
    said = hit.group()
    return said[:1] == "不" and (text[: hit.start()].endswith(said[1:]) or text[: hit.start()][-1:] == said[1:2])


def _stands(item: str, value: str, text: str, start: int, end: int) -> str:
    """Whether a call that was found is made or still to come; of anything else: made."""
    if value == "visit":
        return calls_ahead.AHEAD if calls_ahead.to_visit(text, start, end) else calls_ahead.MADE
    if (item in ("contact", "carer") and value == "yes") or item == "kind":
        return calls_ahead.told(text, start, end)
    return calls_ahead.MADE


def _asks_or_tells_of_the_other(hit: Hit, text: str) -> bool:
    """Whether a hit stands in a question (他爸打电话了吗), or a call in it is the other parent's: neither answers."""
    item, _, start, end = hit
    if item in ("stop", "concern", "later", "access"):
        return False
    before = re.split(_CLAUSE_END, text[:start])[-1]
    rest = re.split(_CLAUSE_END, text[end:], maxsplit=1)[0]
    return _QUESTION.search(rest) is not None or (item in ("contact", "kind") and _OTHER.search(before) is not None)


def _with_somebody_else(hit: Hit, hits: list[Hit], text: str) -> bool:
    """Whether a talk is one with the carer or the director: a call with grandmother is no contact with the child."""
    item, _, start, end = hit
    return item == "contact" and any(
        other in ("carer", "concern") and begin < end and start < stop and not _CHILD_TOO.search(text[begin:stop])
        for other, _, begin, stop in hits
    )


def _contact(found: list[Hit], text: str) -> str | None:
    """A call that was not answered is no contact, whatever else was done; one that came through in the end is."""
    said = [(value, start) for item, value, start, _ in found if item == "contact"]
    failed = [start for value, start in said if value == "no"]
    if not failed:
        return said[-1][0] if said else None
    worked = [hit.start() for hit in _MADE_GOOD.finditer(text)]
    return "yes" if worked and worked[-1] > failed[0] else "no"


def signal_ids() -> frozenset[str]:
    """All ids of signals that can be found."""
    return frozenset(_signal_lexicon()[1])


def _signals(scene: Scene) -> tuple[str, ...]:
    patterns, names = _signal_lexicon()
    found = []
    for index in patterns.worth_trying(scene.text):
        for hit in patterns.compiled(index).finditer(scene.text):
            scope = scene.at(hit.start(), hit.end())
            if not (_either(scene.text, hit) or scope.negated or scope.quoted or scope.asking == "law"):
                found.append(names[index])
                break
    return tuple(dict.fromkeys(found))


@cache
def _lexicon() -> tuple[Patterns, tuple[tuple[str, str], ...]]:
    """The patterns of weekly.txt with item and value. Raises ValueError naming the line that cannot be read."""
    rows: list[tuple[str, str, str]] = []
    for line in lines("weekly.txt"):
        parts = [part.strip() for part in line.split(" | ", 2)]
        if len(parts) != 3:
            raise ValueError(f"weekly.txt: three columns wanted in {line!r}")
        rows.append((parts[0], parts[1], parts[2]))
    return _Repeating([row[2] for row in rows]), tuple((row[0], row[1]) for row in rows)


@cache
def _signal_lexicon() -> tuple[Patterns, tuple[str, ...]]:
    """The patterns of signals.txt with the signal of each. Raises ValueError naming a line that cannot be read."""
    rows: list[tuple[str, str]] = []
    for line in lines("signals.txt"):
        name, bar, pattern = line.partition(" | ")
        if not bar:
            raise ValueError(f"signals.txt: two columns wanted in {line!r}")
        rows.append((name.strip(), pattern.strip()))
    return _Repeating([row[1] for row in rows]), tuple(row[0] for row in rows)
