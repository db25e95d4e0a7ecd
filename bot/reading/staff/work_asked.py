"""What a bound worker wants of the work in passing words: who is late, who goes instead, the reports, a table, the log.

The words are in `data/lexicon/office.txt`. Any text is taken; nothing here raises. What is said of a child's own
trouble is none of it (the caller looks first).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.reading.lexicon import lines, regex
from bot.reading.measures import codes, quantities
from bot.reading.normalise import normalise
from bot.reading.staff import case_words

LONGEST = 60
_LENGTH = "(?:半个月|[0-9一二两三四五六七八九十]+个?(?:天|周|礼拜|星期|月))"
_POLICE_LATER = re.compile("(?:报警|110|报公安|派出所)[^。]{0,4}(?:回头|再说|等会|待会|晚点|先不|不急|明天)")
_CALL_PARENTS = re.compile(
    "(?:[爸妈]|父母|家长|监护人)[^。]{0,14}(?:打不打|打吗|联系不联系|联不联系|要不要|用不用|该不该|能不能|通知)"
)
_SENDS = re.compile("(?:让|叫|派)[^,，。]{1,12}(?:先|再)?(?:去|来|跑|看)")
_OTHER_DAY = re.compile("(?:改|换|挪|推)(?:下|到|成|在)?.{0,2}(?:周|礼拜|星期|[0-9一二三四五六七八九十]+[号日]|明|后)")
_OVER = re.compile(f"[超过逾拖][^,，。]{{0,3}}?(?P<days>{_LENGTH})")
_UNIT = {"天": 1, "周": 7, "期": 7, "拜": 7, "月": 30}
_MATTERS = re.compile("(?:另外|还有个?事儿?|再一个|再就是|对了|顺便)[,，。 ]*")
"""What begins another matter in the same message."""
_SHORTEST_MATTER = 4
_NOBODYS = re.compile("没(?:有)?人(?:接|管|理|处理|认领|受理|办)|(?:谁|哪个|几个|几件)[还都是]*没(?:接|管)")
_UNTIL_NOW = re.compile("到(?:现在|今天|今儿|这会儿)|以来|至今")
_LATELY = re.compile("这(?P<count>[两三几])天")
_DAYS = {"两": 2, "三": 3, "几": 4}
_CANNOT = re.compile("(?:去不了|去不成|走不开|没空去?|跑不了|来不了|不行)了?")
_OTHER_HOME = re.compile("[^那这他她把将给让就的,，。 改挪推]{2,3}(?:家|那[户家个]|那边)")
_VISITS = re.compile("走访|入户|上门|超期|逾期|过期|跑|家")
_OWN = "own_report"
NUMBERED, LAST, IN_SIGHT = "numbered", "last", "in_sight"
"""What is wanted of one report: by its number, of the one that came last, of the one just shown (`case_words`)."""
_SMALL = ("everyday", "done", "day_over")
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_ACCEPTED = re.compile("(?:受理|接手|接单|我来?接)[了吧啊]*[,，。 ]*")


@dataclass(frozen=True)
class Asked:
    """What is wanted, by its kind (`office.txt`), and the words that want it; `over`: late by so many days."""

    kind: str
    over: int = 0
    words: str = ""


def read(text: str) -> Asked | None:
    """What is wanted of the work; None: nothing we know. Of several matters the first."""
    return next(iter(every(text)), None)


def every(text: str) -> tuple[Asked, ...]:
    """Everything that is wanted, matter by matter: 让小丁后天去 另外梓涵爹回来了. Of one that is not known nothing.
    What is said of one report is one matter."""
    if len(text) <= case_words.LONGEST and (case_words.number(text) is not None or case_words.of_the_last(text)):
        return (Asked(NUMBERED if case_words.number(text) is not None else LAST, 0, text.strip()),)
    matters = [one for one in _MATTERS.split(text) if len(one) >= _SHORTEST_MATTER]
    found = [_one(matter) for matter in (matters if len(matters) > 1 else [text])]
    return tuple(one for one in found if one is not None)


def _one(text: str) -> Asked | None:
    if len(text) > LONGEST:
        return None
    plain = normalise(text).text
    kind = next((kind for kind, words in _patterns() if kind != _OWN and words.search(plain)), None)
    kind = kind or _small_words(text)
    return Asked(kind, _over(plain), text.strip()) if kind is not None else None


def _small_words(text: str) -> str | None:
    """ "everyday" where each clause only says what somebody does himself, or agrees: 行 我开会去了 回头再看."""
    every = [normalise(one).text for one in _CLAUSES.findall(text)]
    small = [words for kind, words in _patterns() if kind in _SMALL]
    said = every and all(any(words.search(one) for words in small) for one in every)
    return _SMALL[0] if said else None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    split = (line.partition(":") for line in lines("office.txt"))
    return tuple((kind, re.compile(regex(phrase).replace(f"?{re.escape('*')}", "*"))) for kind, _, phrase in split)


def of_own_report(text: str) -> bool:
    """Whether a worker speaks of a report told by code, a caller's or the own one: 查进度, 我报的那个."""
    plain = normalise(text).text
    coded = any(one.kind == "report_code" for one in codes.find(text))
    return coded or any(kind == _OWN and words.search(plain) for kind, words in _patterns())


def after_accepting(text: str) -> str:
    """What is told together with taking a report on: 受理 明天我自己去看 → 明天我自己去看."""
    found = _ACCEPTED.search(text)
    return text[found.end() :].strip() if found is not None else ""


def asks_for_nobodys(text: str) -> bool:
    """Whether reports are meant that nobody has taken on: 没人接的还有没有."""
    return _NOBODYS.search(text) is not None


def of_days(text: str) -> int | None:
    """How many days up to today are meant: 这两天 → 2; None: none of these words is said."""
    found = _LATELY.search(text)
    return _DAYS[found["count"]] if found is not None else None


def until_now(text: str) -> bool:
    """Whether days that are named go on until now: 昨晚到现在."""
    return _UNTIL_NOW.search(text) is not None


def instead(text: str) -> str:
    """The words that name the other day: of 明天去不了 后天吧 the last ones."""
    return _CANNOT.split(text)[-1] or text


def not_today(text: str) -> bool:
    """Whether somebody says that he goes nowhere today: 今天去不了了 家里有事."""
    plain = normalise(text).text
    return any(kind == "not_today" and words.search(plain) for kind, words in _patterns())


def names_a_home(text: str) -> bool:
    """Whether a home is called by a name, known here or not: 国庆那户; 那家 is none."""
    return _OTHER_HOME.search(text) is not None


def another_deadline(text: str) -> bool:
    """Whether somebody gives another day for what was just spoken of: 不对 周五他们培训 改下周一."""
    return len(text) <= LONGEST and _OTHER_DAY.search(text) is not None


def hands_on(text: str) -> bool:
    """Whether somebody sends another one: 让姜家店主任先去看一眼."""
    return _SENDS.search(text) is not None


def of_visits(text: str) -> bool:
    """Whether words are of visits to homes: 催韩主任把超期的跑了."""
    return _VISITS.search(text) is not None


def puts_police_off(text: str) -> bool:
    """Whether somebody wants to tell the police later: 我先领我家去行不行 报警回头再说."""
    return _POLICE_LATER.search(text) is not None


def asks_to_call_parents(text: str) -> bool:
    """Whether somebody asks whether to call the parents: 他爸妈电话我有 我打不打."""
    return _CALL_PARENTS.search(text) is not None


def _over(plain: str) -> int:
    found = _OVER.search(plain)
    if found is None:
        return 0
    said = found["days"]
    if said == "半个月":
        return 15
    return (quantities.number(re.sub("个?(?:天|周|礼拜|星期|月)$", "", said)) or 1) * _UNIT[said[-1]]
